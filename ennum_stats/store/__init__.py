"""The store: built from the raw tables in one go, published by swapping a pointer, opened read-only.

`build` makes it, `publish` says which one is current, `ledger` opens it at a day, `answers` are what a ledger
answers, `conflicts` where documents disagree. `school_rows` and `population` read lists, registers and their
sites as typed rows, `sql` runs a reader's own query. No SQL stands outside this package.
"""
