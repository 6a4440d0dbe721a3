"""Two or more things side by side: what may be compared, how far they lie apart in bounds, and in words."""
