"""Measure times, one module for each subject; they are printed and never fail, because a clock is no test.

`python3 run.py bench [SUBJECT] [--fresh] [--runs N]`. A new subject is a module with a function
`measures(options)` that shows its lines (`bench/timing.py`), named in `bench/__main__.py`.
"""
