"""What a case of the search for faults ends as.

A case does something to the program that nobody wishes to happen to theirs, and looks at what is true
afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The first two are as it should be; each of the others is a fault of the program."""

    DONE = "done"
    """It did what it says."""
    REFUSED = "refused"
    """It did nothing, and said so in a sentence and by its exit code."""
    FALSE_SUCCESS = "false_success"
    """It says done, and it is not: no store, another content, a kit with other bytes."""
    LOST = "lost"
    """What people had is gone."""
    HALF = "half"
    """Some of what belongs together is new, some is old."""
    LEFT = "left"
    """What a command made for itself lies about, also after the next one."""
    TRACE = "trace"
    """A person reads a Python trace, or nothing at all."""
    HANG = "hang"
    """No answer within 5 s more than the same takes undisturbed."""
    LEAK = "leak"
    """What is under embargo, a person, or what a reader's program would run, is where it must not be."""
    INCONSISTENT = "inconsistent"
    """Two outputs contradict each other: hash and numbers, languages, a message and what is true."""

    @property
    def is_bad(self) -> bool:
        return self not in {Verdict.DONE, Verdict.REFUSED}


@dataclass(frozen=True)
class Outcome:
    """A verdict, and for a bad one what was seen."""

    verdict: Verdict
    told: str = ""


DONE, REFUSED = Outcome(Verdict.DONE), Outcome(Verdict.REFUSED)


@dataclass(frozen=True)
class Case:
    """One thing that is tried, by itself: its name says what, `run` tries it. Whatever is random was drawn
    before, so that running it, or not, changes no other case."""

    name: str
    run: Callable[[], Outcome]
