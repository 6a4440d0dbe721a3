"""Load what commands import and read, when it is imported: for processes that are forked from one that did."""

from tests.faults.commands import load

load()
