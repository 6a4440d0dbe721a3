"""List what the drop-down lists of the forms offer: a name that a person understands, and the code behind
it.

Most lists come from the project's own tables, so that a new programme or call is in the next form without
further work; units, precisions, statuses and kinds of source come from the vocabulary. Names are French, as
the forms are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl
from rapidfuzz import process

from ennum_stats.errors import Message
from ennum_stats.languages import LANGUAGES, language_name, translate
from ennum_stats.typography import fold
from ennum_stats.vocabulary import (
    DIMENSIONS,
    MEASURES,
    SOURCE_KINDS,
    STATUSES,
    UNITS,
    Precision,
    Reason,
    Unit,
)

TITLE_LANGUAGES = {code: language_name(code, "fr") for code in LANGUAGES}
STEPS = {
    "0.01": "0,01", "0.1": "0,1", "1": "1 (unité)", "5": "5", "10": "10 (dizaine)",
    "100": "100 (centaine)", "1000": "1 000 (millier)", "10000": "10 000",
    "100000": "100 000 (dixième de million)", "1000000": "1 000 000 (million)",
    "10000000": "10 000 000", "100000000": "100 000 000", "1000000000": "1 000 000 000 (milliard)",
}  # fmt: skip
EXAMPLE = "exemple"
_STATUSES_OFFERED = "AEPFBU"
_NEAREST = 3


@dataclass(frozen=True)
class ListEntry:
    """Hold an entry of a list. The list offers `shown`; its code and its bare name are accepted as well."""

    code: str
    name: str
    has_code: bool = True

    @property
    def shown(self) -> str:
        """The entry as the list offers it: with its code where names could be alike."""
        return f"{self.name} [{self.code}]" if self.has_code else self.name


@dataclass(frozen=True)
class Choices:
    """Hold all lists by name."""

    lists: dict[str, tuple[ListEntry, ...]]

    def code(self, name: str, text: str) -> str | None:
        """Find the code that a text means in a list; empty where it means none or several."""
        codes = self._codes[name].get(fold(text), set())
        return next(iter(codes)) if len(codes) == 1 else None

    def shown(self, name: str, code: str) -> str:
        """Return a code as its list offers it; the code itself where no list has it."""
        return next((c.shown for c in self.lists[name] if c.code == code), code)

    def nearest(self, name: str, text: str) -> list[str]:
        """Find the entries spelled most like a text."""
        shown = [choice.shown for choice in self.lists[name]]
        near = process.extract(text, shown, limit=_NEAREST, processor=fold)
        return [entry for entry, _, _ in near]

    @cached_property
    def _codes(self) -> dict[str, dict[str, set[str]]]:
        result: dict[str, dict[str, set[str]]] = {}
        for name, entries in self.lists.items():
            codes = result.setdefault(name, {})
            for entry in entries:
                for text in (entry.shown, entry.code, entry.name):
                    codes.setdefault(fold(text), set()).add(entry.code)
        return result


def choices_of(frames: dict[str, pl.DataFrame]) -> Choices:
    """Read the lists of a project from its raw tables (frames of strings or typed)."""
    lists = {
        "example": (ListEntry(EXAMPLE, EXAMPLE, has_code=False),),
        "programme": _named(frames["programmes"], "programme"),
        "call": (*_named(frames["calls"], "call"), *_named(frames["call_sets"], "call_set")),
        "measure": tuple(ListEntry(measure.code, _french(measure.label)) for measure in MEASURES.values()),
        "source": tuple(
            ListEntry(code, code, has_code=False) for code in frames["sources"]["source_id"].to_list()
        ),
        "unit": tuple(ListEntry(unit.code, _french(unit.label)) for unit in _units_offered()),
        "missing_reason": _fixed({reason.value: _french(reason.label) for reason in Reason}),
        "precision": _fixed({precision.value: _french(precision.label) for precision in Precision}),
        "source_kind": _fixed({kind.code: _french(kind.label) for kind in SOURCE_KINDS.values()}),
        "language": _fixed(TITLE_LANGUAGES),
        "status": _fixed({code: _french(STATUSES[code].title) for code in _STATUSES_OFFERED}),
        "step": _fixed(STEPS),
    }
    codelists = frames["codelists"]
    for dimension in DIMENSIONS.values():
        if dimension.names.startswith("codelists."):
            of_dimension = codelists.filter(pl.col("codelist") == dimension.code)
            lists[dimension.code] = _named(of_dimension, "code")
    return Choices(lists)


def _units_offered() -> list[Unit]:
    """Order units as they are looked for: money, what is counted, then ratios."""
    return sorted(UNITS.values(), key=lambda unit: (not unit.is_money, unit.resolution is None))


def _french(label: str | Message) -> str:
    return translate(label, "fr")


def _named(frame: pl.DataFrame, code: str, name: str = "name_fr") -> tuple[ListEntry, ...]:
    return tuple(ListEntry(*row) for row in frame.select(code, name).rows())


def _fixed(names: dict[str, str]) -> tuple[ListEntry, ...]:
    return tuple(ListEntry(code, name, has_code=False) for code, name in names.items())
