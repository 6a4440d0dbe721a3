"""List what the drop-down lists of the forms offer: a name that a person understands, and the code behind
it.

Most lists come from the project's own tables, so that a new programme or call is in the next form without
further work; units, precisions, statuses and kinds of source come from the vocabulary. A form offers the names of its
language; what comes back is understood in any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import polars as pl
from rapidfuzz import process

from ennum_stats.errors import Message, message
from ennum_stats.imports.spreadsheets.sheet import SheetCell
from ennum_stats.languages import LANGUAGES, language_name, number, translate
from ennum_stats.measures.schools.listed_and_published import TAKES_LIST, TAKES_PUBLISHED
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

NAMES_IN = {
    "fr": message("Name in French"), "de": message("Name in German"), "nl": message("Name in Dutch"),
    "en": message("Name in English"),
}  # fmt: skip
_PLACES = {
    0: message("unit"), 1: message("tens"), 2: message("hundred"), 3: message("thousand"), 6: message("million"),
    9: message("milliard"),
}  # fmt: skip
CELLS = {
    "value": message("number"), "lower": message("minimum"), "upper": message("maximum"), "unit": message("unit"),
    "precision": message("precision"), "valid_from": message("first day"), "valid_to": message("last day"),
    "locator": message("place in the document"),
}  # fmt: skip
"""The cells of a published number that can be corrected."""
RIGHT = {TAKES_LIST: message("the list"), TAKES_PUBLISHED: message("the published number")}
_STEPS = ("0.01", "0.1", "1", "5", *(str(10**place) for place in range(1, 10)))
EXAMPLE = message("example")
_EXAMPLES = frozenset(fold(translate(EXAMPLE, language)) for language in LANGUAGES)
_STATUSES_OFFERED = "AEPFBU"
_NEAREST = 3


def is_example(cell: SheetCell) -> bool:
    """Tell whether a cell marks its row as an example, in any language."""
    return not cell.is_empty and fold(cell.shown) in _EXAMPLES


@dataclass(frozen=True)
class ListEntry:
    """Hold an entry of a list: its code, and its names by language. The list offers `shown`; the code and the bare
    names are accepted as well."""

    code: str
    names: Mapping[str, str]
    has_code: bool = True

    def shown(self, language: str) -> str:
        """Write the entry as a list in a language offers it: with its code where names could be alike."""
        name = self.names[language]
        return f"{name} [{self.code}]" if self.has_code else name


@dataclass(frozen=True)
class Choices:
    """Hold all lists by name."""

    lists: dict[str, tuple[ListEntry, ...]]

    def code(self, name: str, text: str) -> str | None:
        """Find the code that a text means in a list; empty where it means none or several."""
        codes = self._codes[name].get(fold(text), set())
        return next(iter(codes)) if len(codes) == 1 else None

    def shown(self, name: str, code: str, language: str) -> str:
        """Return a code as its list offers it; the code itself where no list has it."""
        return next((c.shown(language) for c in self.lists[name] if c.code == code), code)

    def nearest(self, name: str, text: str) -> list[str]:
        """Find the entries spelled most like a text, in the language of the first of them."""
        shown = {entry.shown(language): language for language in LANGUAGES for entry in self.lists[name]}
        spoken = shown[process.extractOne(text, shown.keys(), processor=fold)[0]]
        entries = [entry.shown(spoken) for entry in self.lists[name]]
        return [entry for entry, _, _ in process.extract(text, entries, limit=_NEAREST, processor=fold)]

    @cached_property
    def _codes(self) -> dict[str, dict[str, set[str]]]:
        result: dict[str, dict[str, set[str]]] = {}
        for name, entries in self.lists.items():
            codes = result.setdefault(name, {})
            for entry in entries:
                shown = (
                    text for language, text in entry.names.items() for text in (text, entry.shown(language))
                )
                for text in (entry.code, *shown):
                    codes.setdefault(fold(text), set()).add(entry.code)
        return result


def choices_of(frames: dict[str, pl.DataFrame]) -> Choices:
    """Read the lists of a project from its raw tables (frames of strings or typed)."""
    lists = {
        "example": _fixed({"example": EXAMPLE}),
        "programme": _named(frames["programmes"], "programme"),
        "call": (*_named(frames["calls"], "call"), *_named(frames["call_sets"], "call_set")),
        "measure": _fixed({measure.code: measure.label for measure in MEASURES.values()}, has_code=True),
        "source": _fixed({code: Message(code) for code in frames["sources"]["source_id"]}),
        "unit": _fixed({unit.code: unit.label for unit in _units_offered()}, has_code=True),
        "missing_reason": _fixed({reason.value: reason.label for reason in Reason}),
        "precision": _fixed({precision.value: precision.label for precision in Precision}),
        "source_kind": _fixed({kind.code: kind.label for kind in SOURCE_KINDS.values()}),
        "language": tuple(
            ListEntry(code, {spoken: language_name(code, spoken) for spoken in LANGUAGES}, has_code=False)
            for code in LANGUAGES
        ),
        "status": _fixed({code: STATUSES[code].title for code in _STATUSES_OFFERED}),
        "step": tuple(
            ListEntry(step, {language: _step_words(step, language) for language in LANGUAGES}, has_code=False)
            for step in _STEPS
        ),
    }
    lists |= {"column": _fixed(CELLS), "takes": _fixed(RIGHT)}
    codelists = frames["codelists"]
    for dimension in DIMENSIONS.values():
        if dimension.names.startswith("codelists."):
            of_dimension = codelists.filter(pl.col("codelist") == dimension.code)
            lists[dimension.code] = _named(of_dimension, "code")
    return Choices(lists)


def _units_offered() -> list[Unit]:
    """Order units as they are looked for: money, what is counted, then ratios."""
    return sorted(UNITS.values(), key=lambda unit: (not unit.is_money, unit.resolution is None))


def _step_words(step: str, language: str) -> str:
    """Write a place of digits: 1 000 (thousand)."""
    digits = number(Decimal(step), language)
    noun = _PLACES.get(len(step) - 1) if step.strip("0") == "1" else None
    return f"{digits} ({translate(noun, language)})" if noun else digits


def _named(frame: pl.DataFrame, code: str) -> tuple[ListEntry, ...]:
    columns = [f"name_{language}" for language in LANGUAGES]
    return tuple(
        ListEntry(key, dict(zip(LANGUAGES, names, strict=True)))
        for key, *names in frame.select(code, *columns).rows()
    )


def _fixed(labels: Mapping[str, str | Message], *, has_code: bool = False) -> tuple[ListEntry, ...]:
    return tuple(
        ListEntry(code, {language: translate(label, language) for language in LANGUAGES}, has_code)
        for code, label in labels.items()
    )
