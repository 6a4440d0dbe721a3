"""The store: built from the raw tables in one go, published by swapping a pointer, opened read-only.

`build` makes and publishes it, `publish` knows what is in force, `opening` opens it as a `Ledger` at a
day, `choosing` says which of several published numbers is the value, `answers` is what the ledger answers.
"""
