"""What readers put together or look for by an address: a table, a comparison, numbers, places, words."""
