"""What goes wrong, told to a person: where, what was found, what was expected, what to do.

Every error of the package is an `EnnumError`; each class is also the built-in error that a programmer
would expect to catch. Texts are `Message`s: a sentence in English with named values, which
`ennum_stats.languages.translate` turns into the reader's language. Nothing here prints or exits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self


@dataclass(frozen=True)
class Message:
    """Hold a sentence with named places, still in English: `Message("{n} rows", {"n": 3})`."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.values) if self.values else self.text


def message(text: str, /, **values: Any) -> Message:
    """Make `Message(text, values)`; the texts of these calls are what translators see."""
    return Message(text, values)


def plural(one: str, many: str) -> tuple[str, str]:
    """Keep both forms of a text for `translate_plural(*forms, n, language)`; translators see them."""
    return one, many


class Parameter(str):
    """Name a parameter of a Python call in a message, with a value as an example; "…" is any value.

    The command line writes it as the option of the same name.

    >>> print(Parameter("as_of", "2023-10"), Parameter("as_of", "2023-10").option)
    as_of="2023-10" --as-of 2023-10
    >>> print(Parameter("without", "…"), Parameter("without", "…").option)
    without=… --without
    """

    option: str
    name: str
    value: str

    def __new__(cls, name: str, value: str = "") -> Self:
        """Write the parameter, and keep its parts and the option beside it."""
        shown = {"": name, "…": f"{name}=…"}.get(value, f'{name}="{value}"')
        text = super().__new__(cls, shown)
        text.option = f"--{name.replace('_', '-')} {value.strip('…')}".rstrip()
        text.name, text.value = name, value.strip("…")
        return text


def with_options(text: Message) -> Message:
    """Name options where a message names the parameters of a Python call."""
    options = {
        name: value.option if isinstance(value, Parameter) else value for name, value in text.values.items()
    }
    return Message(text.text, options)


INTERNAL_USE = message("Internal use: contains figures under embargo")
"""Said by every output of the internal store."""
FICTITIOUS = message("Fictitious data")
"""Said by every output of a demonstration, whose schools are invented."""
FICTITIOUS_FILE = "fictitious_"
"""How the names of files from a demonstration begin."""


class EnnumError(Exception):
    """Tell of an error with a place, what was found, what was expected, and what to do about it."""

    exit_code = 1

    def __init__(
        self,
        found: Message,
        *,
        where: str = "",
        expected: Message | None = None,
        remedy: Message | None = None,
    ) -> None:
        super().__init__(str(found))
        self.where = where
        self.found = found
        self.expected = expected
        self.remedy = remedy

    def __str__(self) -> str:
        sentences = [str(part) for part in (self.found, self.expected, self.remedy) if part]
        return (f"{self.where}: " if self.where else "") + " ".join(sentences)


class UsageError(EnnumError, ValueError):
    """Tell of the call itself is not one that can be answered (exit code 2)."""

    exit_code = 2


class UnknownName(UsageError, KeyError):
    """Tell of a figure, measure, chart, call or language that does not exist (exit code 2)."""

    __str__ = EnnumError.__str__


KNOWN = message("Known: {names}.")
ONE_OF = message("Expected one of: {names}.")
NEAREST = message("Nearest names: {names}.")
_MOST_NEAREST = 5


def unknown_name(
    found: Message,
    names: Iterable[str],
    expected: Message = KNOWN,
    *,
    where: str = "",
    remedy: Message | None = None,
) -> UnknownName:
    """Make the error for a name that does not exist; `expected` is the sentence that lists the names."""
    listed = Message(expected.text, {"names": ", ".join(names) or "–"})
    return UnknownName(found, where=where, expected=listed, remedy=remedy)


def nearest_names(name: str, known: Iterable[str]) -> list[str]:
    """Give the names that are spelled most like one; the first ones where none comes near.

    >>> nearest_names("budget", ["winners", "budgets"])
    ['budgets']
    """
    return list(_nearest(name, tuple(known)))


@lru_cache(maxsize=200)
def _nearest(name: str, known: tuple[str, ...]) -> list[str]:
    """Compare each name once: a text asks in every language for what a store does not have."""
    from difflib import get_close_matches

    nearest = get_close_matches(name, known, _MOST_NEAREST, cutoff=0.3)
    return nearest or [*known[:_MOST_NEAREST]]


class StoreMissing(EnnumError, FileNotFoundError):
    """Tell of no published store where one was to be opened."""

    __str__ = EnnumError.__str__


class StoreDamaged(EnnumError, OSError):
    """Tell of a published store that cannot be opened or is not what its name says."""

    __str__ = EnnumError.__str__


class RulesContradict(EnnumError, ValueError):
    """Tell of what documents state of the sites of calls cannot all be true; `rows` are those of a smallest set of
    it, each by the name of its table and its key."""

    def __init__(self, found: Message, rows: Iterable[tuple[str, str]]) -> None:
        super().__init__(found)
        self.rows = tuple(dict.fromkeys(rows))


class ListsDiffer(EnnumError, ValueError):
    """Lists of schools and published numbers differ, and nothing explains why."""


class OutputInUse(EnnumError, PermissionError):
    """Tell of a file cannot be replaced, most often because it is open in Word or Excel."""

    __str__ = EnnumError.__str__


class Unquotable(EnnumError, TypeError):
    """Tell of a number of which only bounds are known was asked for as one number."""
