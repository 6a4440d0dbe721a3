"""The tables that analysts get: the methods of a store, types of columns, sums, years."""
