"""The tables that people write: what they are (`tables`), reading them, and checking them.

A check gives findings; all findings of a run are collected before anything is refused.
"""
