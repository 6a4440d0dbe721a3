"""Tell two releases apart, by kind: what is new, what a later document revised, what was corrected, and what
is only computed otherwise.

Both are read as their CSV says them, so that a release of any day, made anywhere, can be compared. A number
of a document that reads otherwise, or is gone, was corrected: documents do not change. A figure or measure
that changed rests on such a number, on a new one, or on the same ones: then the method is another.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ennum_stats.errors import UsageError, message
from ennum_stats.languages import translate
from ennum_stats.quantities import Basis, Bounds, Precision, Quantity, Reason
from ennum_stats.typography import first_capital
from ennum_stats.wording import missing_words, words

Row = Mapping[str, str]
Tables = Mapping[str, dict[str, Row]]
"""The rows of a release's tables, by table and key."""
KEYS = {"observations": "observation_id", "figures": "name", "measures": "number_id", "sources": "source_id"}
"""The tables that are compared, and that of the documents, with their keys."""
_COMPUTED = ("figures", "measures")
_NUMBERS = ("value", "lower", "upper", "unit")
_AS_PRINTED = ("printed", "printed_lower", "printed_upper", "unit", "precision", "missing_reason")
_NOTHING = "–"


class ChangeKind(StrEnum):
    """Say why a number is another one, in the order in which they are told."""

    CORRECTED = "corrected"
    METHOD = "method"
    REVISED = "revised"
    NEW = "new"


KIND_WORDS = {
    ChangeKind.CORRECTED: message("corrected"),
    ChangeKind.METHOD: message("computed otherwise"),
    ChangeKind.REVISED: message("revised"),
    ChangeKind.NEW: message("new"),
}


COUNTS = message(
    "{kind} – figures: {figures}; published numbers: {observations}; numbers of measures: {measures}."
)
NOT_A_RELEASE = message("This folder holds something that is not a release.")
ANOTHER_FOLDER = message("Name an empty folder, or that of an earlier release.")
ALL_ALIKE = message("Every number is the same in both releases.")


@dataclass(frozen=True)
class ReleaseChange:
    """Hold a number that is another one than before: its rows in both releases, where it has one, and the
    documents that made the change."""

    kind: ChangeKind
    table: str
    name: str
    before: Row | None
    after: Row | None
    documents: tuple[str, ...]

    def label(self, language: str) -> str:
        """Say what the number is: the label of a figure, else the key."""
        return (self.after or self.before or {}).get(f"label_{language}") or self.name

    def record(self, language: str) -> dict[str, Any]:
        """Give it as plain values, and in words."""
        return {
            "kind": self.kind.value,
            "table": self.table,
            "name": self.name,
            "label": self.label(language),
            "before": number_words(self.before, language),
            "after": number_words(self.after, language),
            "documents": list(self.documents),
        }


def tables_of(texts: Mapping[str, str]) -> Tables:
    """Read the tables of a release from its CSV, by table; one of an older form is empty. Raises `UsageError` where
    one ends within a row."""
    tables: dict[str, dict[str, Row]] = {}
    for name, key in KEYS.items():
        rows = csv.DictReader(io.StringIO(texts.get(name, "")))
        is_of_this_form = key in (rows.fieldnames or ()) and (
            name != "measures" or "measure_table" in (rows.fieldnames or ())
        )
        tables[name] = {row[key]: row for row in rows} if is_of_this_form else {}
        if any(None in row.values() for row in tables[name].values()):
            raise UsageError(NOT_A_RELEASE, where=f"{name}.csv", remedy=ANOTHER_FOLDER)
    return tables


def differences(before: Tables, after: Tables) -> list[ReleaseChange]:
    """Find the numbers that are others in the second of two releases, by kind, each with its documents."""
    published = [*_published(before["observations"], after["observations"])]
    causes = {name: kind for kind, name in published}
    sources = before["sources"] | after["sources"]
    evidence = {**before["observations"], **after["observations"]}

    def titles(ids: Sequence[str]) -> tuple[str, ...]:
        named = dict.fromkeys(evidence[each_id]["source_id"] for each_id in ids if each_id in evidence)
        return tuple(sources[source]["title"] if source in sources else source for source in named)

    listed = [
        ReleaseChange(
            kind, "observations", name, before["observations"].get(name),
            after["observations"].get(name), titles([name]),
        )
        for kind, name in published
    ]  # fmt: skip
    for table in _COMPUTED:
        old, new = before[table], after[table]
        if not old:  # of an older form, or not there
            continue
        for name in dict.fromkeys((*new, *old)):
            rows = old.get(name), new.get(name)
            if change := _computed(*rows, causes):
                kind, ids = change
                listed.append(ReleaseChange(kind, table, name, *rows, titles(ids)))
    order = list(ChangeKind)
    return sorted(listed, key=lambda change: order.index(change.kind))


def _published(before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[tuple[ChangeKind, str]]:
    """Find the published numbers that are new, corrected or gone, or read by other rules."""
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if old is None:
            yield ChangeKind.NEW, name
        elif new is None or not _are_alike(old, new, _AS_PRINTED):
            yield ChangeKind.CORRECTED, name
        elif not _are_alike(old, new, _NUMBERS):
            yield ChangeKind.METHOD, name


def _computed(
    old: Row | None, new: Row | None, causes: Mapping[str, ChangeKind]
) -> tuple[ChangeKind, list[str]] | None:
    """Tell why a computed number changed, and by which published ones; nothing where it did not."""
    if _are_alike(old or {}, new or {}, _NUMBERS[:3]) or not (_is_known(old) or _is_known(new)):
        return None
    rests_on = [(row or {}).get("observation_ids", "").split() for row in (new, old)]
    ids = list(dict.fromkeys([*rests_on[0], *rests_on[1]]))
    corrected = [each_id for each_id in ids if causes.get(each_id) is ChangeKind.CORRECTED]
    added = [each_id for each_id in rests_on[0] if causes.get(each_id) is ChangeKind.NEW]
    if not _is_known(old):
        return ChangeKind.NEW, added or rests_on[0]
    if corrected:
        return ChangeKind.CORRECTED, corrected
    if added:
        return ChangeKind.REVISED, added
    return ChangeKind.METHOD, []


def _are_alike(old: Row, new: Row, columns: Sequence[str]) -> bool:
    """Compare columns; those that one release does not have yet tell nothing."""
    return all(old[column] == new[column] for column in columns if column in old and column in new) and bool(
        old
    ) == bool(new)


def _is_known(row: Row | None) -> bool:
    return row is not None and any(row.get(column) for column in _NUMBERS[:3])


def number_words(row: Row | None, language: str) -> str:
    """Write the number of a row in words: those of the release for a figure."""
    if row is None:
        return _NOTHING
    if text := row.get(f"text_{language}"):
        return text
    value, lower, upper = (Decimal(row[name]) if row.get(name) else None for name in _NUMBERS[:3])
    if not _is_known(row):
        reason = row.get("missing_reason")
        return missing_words(Reason(reason), language) if reason else _NOTHING
    basis = Basis(row["basis"]) if row.get("basis") in [*Basis] else Basis.PROVED
    precision = Precision(row["precision"]) if row.get("precision") else Precision.RANGE
    quantity = Quantity(value, Bounds(lower, upper, basis), row["unit"], precision)
    return words(quantity, language, style="short")


SINGLE = ("figures", "observations")
"""The tables whose changes are told one by one; those of measures follow from them."""


def counts_in_words(changes: Sequence[ReleaseChange], language: str) -> list[str]:
    """Say of each kind how many numbers are others; that none is, where none is."""
    sentences = []
    for kind in ChangeKind:
        numbers = [change for change in changes if change.kind is kind]
        counts = {name: sum(number.table == name for number in numbers) for name in (*SINGLE, "measures")}
        if numbers:
            what = first_capital(kind_words(kind, language))
            sentences.append(translate(COUNTS, language, kind=what, **counts))
    return sentences or [translate(ALL_ALIKE, language)]


def kind_words(kind: ChangeKind, language: str) -> str:
    """Say why a number is another one."""
    return translate(KIND_WORDS[kind], language)
