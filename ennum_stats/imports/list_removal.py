"""Taking a list of schools out again: one imported by mistake, or replaced by a better one.

Its row in `lists` and every row that came with it go; everything else stays byte for byte.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ennum_stats.errors import message, unknown_name
from ennum_stats.imports.apply import preview, write_unless_changed
from ennum_stats.imports.plan import FigureChange, change_lines, comparison_lines
from ennum_stats.languages import translate
from ennum_stats.measures.reconciliation import Comparison
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.raw.reader import known_rows
from ennum_stats.raw.schema import Finding, RawTablesRefused
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import raw_fingerprint

_HOLDING_ROWS = ("participations", "deliveries")


@dataclass(frozen=True)
class Removal:
    """What removing a list would do; `remove` does it."""

    project: Project
    name: str
    row_count: int
    findings: tuple[Finding, ...]
    changes: tuple[FigureChange, ...]
    comparisons: tuple[Comparison, ...]
    known_at: date
    contents: dict[str, bytes] = field(repr=False)
    fingerprint: str = field(repr=False)

    def lines(self, language: str) -> list[str]:
        """The removal for a person at a terminal: rows, findings, changes."""
        rows = message(
            "List {name}: rows that would be removed: {n}.", name=self.name, n=self.row_count
        )
        return [
            translate(rows, language),
            *(f"  {finding.words(language)}" for finding in self.findings),
            *change_lines(self.changes, self.known_at, language),
            *comparison_lines(self.comparisons, language),
        ]


def lists_loaded(project: Project) -> list[dict[str, str]]:
    """The rows of the table of lists, in the order in which they were imported."""
    return known_rows(project, "lists").fill_null("").to_dicts()


def plan_removal(project: Project, name: str) -> Removal:
    """What removing a list would do; nothing is written.

    Raises `UnknownName` for a list that is not loaded, `RawTablesRefused` where the tables cannot be read.
    """
    fingerprint = raw_fingerprint(project, Audience.INTERNAL)
    loaded = {row["list"]: row for row in lists_loaded(project)}
    if name not in loaded:
        raise unknown_name(message("“{code}” is unknown.", code=name), loaded)
    contents, count = {}, 0
    for table in ("lists", *_HOLDING_ROWS):
        path = project.raw / TABLE_BY_NAME[table].path
        if path.is_file():
            kept, gone = _without(path.read_bytes().decode(), name)
            count += gone if table in _HOLDING_ROWS else 0
            if gone:
                contents[TABLE_BY_NAME[table].path] = kept.encode()
    known_at = max(today(), Period(loaded[name]["known_on"]).last)
    shown = preview(project, contents, known_at)
    return Removal(
        project, name, count, shown.findings, shown.changes, shown.comparisons, known_at,
        contents, fingerprint,
    )  # fmt: skip


def remove(removal: Removal) -> list[Path]:
    """Takes the rows out, and gives the files written.

    Raises as `apply` does; in each case nothing is written.
    """
    if removal.findings:
        raise RawTablesRefused(list(removal.findings))
    return write_unless_changed(
        removal.project, removal.contents, removal.fingerprint, removal.name
    )


def _without(text: str, name: str) -> tuple[str, int]:
    """A file without the rows of a list, and how many those were. A row may span lines."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines)
    column = next(reader).index("list")
    kept, first, gone = lines[: reader.line_num], reader.line_num, 0
    for row in reader:
        if row and row[column] == name:
            gone += 1
        else:
            kept += lines[first : reader.line_num]
        first = reader.line_num
    return "".join(kept), gone
