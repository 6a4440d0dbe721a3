"""What a list of codes is: entries by code, each with its label; the lists themselves are in `vocabulary`.

A code that is not in its list raises `UnknownName`.

>>> colours = CodeList([Code("red", "Red")])
>>> colours["red"].label
'Red'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self, TypeVar

from ennum_stats.errors import Message, message, unknown_name


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


Entry_co = TypeVar("Entry_co", bound=_Coded, covariant=True)


class CodeList(Mapping[str, Entry_co]):
    """Hold entries by code, in their order; an unknown code raises `UnknownName`."""

    def __init__(self, entries: Iterable[Entry_co]) -> None:
        self._entries = {entry.code: entry for entry in entries}

    def __getitem__(self, code: str) -> Entry_co:
        try:
            return self._entries[code]
        except KeyError:
            raise unknown_name(message("“{value}” is unknown.", value=code), self._entries) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True, slots=True)
class Code:
    """Name a code: its label in English, translated where it is shown."""

    code: str
    label: str


_NO_LABEL = Message("")


class Labelled(StrEnum):
    """Base of closed lists of which the code itself speaks; each member has a label."""

    label: Message

    def __new__(cls, code: str, label: Message = _NO_LABEL) -> Self:
        """Make a member that is its code and carries its label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member
