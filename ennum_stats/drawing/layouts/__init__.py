"""Layouts: where the marks of each kind of chart stand, in the one drawing that all writers read."""
