"""The tables that people write: their declarations (`tables`), their reading, and their checks.

A check gives findings; all findings of a run are collected before anything is refused.
"""
