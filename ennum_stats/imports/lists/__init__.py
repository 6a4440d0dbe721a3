"""Take in lists of schools: what is doubtful in them, and what a corrected list changes."""
