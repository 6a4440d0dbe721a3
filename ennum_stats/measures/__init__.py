"""Measures: tables of numbers computed from an opened store, each number with its bounds.

`catalogue.TABLES` lists them. Each has a `…_rows` function, whose rows are objects of a dataclass with
answers, for figures and charts; analysts ask for them as typed tables by the methods of a store (`Measured`).
"""
