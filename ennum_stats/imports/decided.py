"""What a person decides, a row each of a small table: a number corrected in the open, a difference explained, a list
declared complete, numbers that are one school site; or a cell of ours that was mistyped.

A decision takes the place of an earlier one about the same thing. What would follow is shown before, and writing is
that of every change: all or none, with an entry of the history, which undoes it. One language is enough for a text:
the others get it with a mark, by which it is found again to be translated.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ennum_stats.errors import UsageError, message
from ennum_stats.imports.apply import new_contents
from ennum_stats.imports.plan import FilledCell, RemovalPlan
from ennum_stats.imports.removal import newly_seen
from ennum_stats.imports.spreadsheets.number_parser import CellRefused, plain, read_number
from ennum_stats.imports.spreadsheets.sheet import cell_of
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import Audience, Project
from ennum_stats.raw.excel_csv import table_bytes
from ennum_stats.raw.history import ChangeMade
from ennum_stats.raw.reader import known_rows, table_files
from ennum_stats.raw.schema import RawColumn
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import raw_fingerprint

TYPING = "typing"
"""A cell of a published number that was not typed as the document prints it."""
TEXT = "text"
_NUMBERS = ("value", "lower", "upper", "step")
"""The one text of a decision that is given in a language."""


@dataclass(frozen=True)
class Decision:
    """Declare a kind of decision: its table, the columns that say what it is about, and that of its day."""

    table: str
    given: tuple[str, ...]
    day: str = "reviewed_on"

    @property
    def is_translated(self) -> bool:
        """Whether its text stands there in every language."""
        return f"name_{LANGUAGES[0]}" in TABLE_BY_NAME[self.table].column_names

    @property
    def asked_of_person(self) -> tuple[RawColumn, ...]:
        """The columns that a person fills in, without the texts in several languages."""
        known = {*self.given, self.day, *(f"name_{language}" for language in LANGUAGES)}
        return tuple(column for column in TABLE_BY_NAME[self.table].columns if column.name not in known)


DECISIONS = {
    "corrections": Decision("corrections", ("observation_id", "column", "old_value"), "decided_on"),
    "reconciliations": Decision(
        "reconciliations", ("reconciliation", "measure", "programme", "call", "listed", "published")
    ),
    "complete_lists": Decision("complete_lists", ("programme", "call", "rows")),
    "site_links": Decision("site_links", ("implantation", "same_as")),
}


def plan_decisions(
    project: Project, name: str, rows: Sequence[Mapping[str, str]], language: str
) -> RemovalPlan:
    """Say what taking decisions of a kind would do; nothing is written. Of each the cells are given that say what it is
    about and that a person fills in; its text, where it is translated, as `text` in a language. `removal.remove`
    writes it.

    Raises `UsageError` where nothing is decided.
    """
    options: dict[str, str] = {}
    fingerprint, day = raw_fingerprint(project, Audience.INTERNAL), today()
    rows = [_tidy(row) for row in rows]
    if not rows:
        raise UsageError(
            message("Nothing was decided."), remedy=message("Choose at least one of the answers.")
        )
    if name == TYPING:
        contents = dict(new_contents(project.raw, (), [_retyped(project, row) for row in rows])[0])
        names = [row["observation_id"] for row in rows]
        options = {"reason": rows[0]["reason"]}
    else:
        decision = DECISIONS[name]
        full = [_full(decision, row, language, day.isoformat()) for row in rows]
        contents = _with_decisions(project, decision.table, full)
        names = [" ".join(row[key] for key in TABLE_BY_NAME[decision.table].key) for row in full]
    change = ChangeMade(f"decide {name}", tuple(names), options=options, known_at=day.isoformat())
    changed: dict[str, bytes | None] = {**contents}
    seen = newly_seen(project, changed, day, language)
    return RemovalPlan(project, tuple(names), {}, seen, day, changed, fingerprint, change)


def _tidy(row: Mapping[str, str]) -> dict[str, str]:
    """Give the cells of a decision on one line each, a number as raw tables have it."""
    cells = {key: " ".join(cell.split()) for key, cell in row.items()}
    if cells.get("column") in _NUMBERS and cells["new_value"]:
        cells["new_value"] = _number(cells["new_value"])
    return cells


def _number(text: str) -> str:
    """Write a number as raw tables have it, from how a person or a document writes it. Raises `UsageError`."""
    try:
        return plain(read_number(cell_of(text), "new_value").value)
    except CellRefused as refused:
        raise UsageError(refused.reason) from refused


def _full(decision: Decision, row: Mapping[str, str], language: str, day: str) -> dict[str, str]:
    """Fill in the day of a decision, and its text in every language, marked where it is to be translated."""
    text = row.get(TEXT, "")
    texts = {
        f"name_{code}": text if code == language or not text else f"{mark(language)}{text}"
        for code in LANGUAGES
    }
    cells = texts | {key: cell for key, cell in row.items() if key != TEXT} | {decision.day: day}
    return {column: cells.get(column, "") for column in TABLE_BY_NAME[decision.table].column_names}


def mark(language: str) -> str:
    """Give what stands before a text that is to be translated, in the language that it is in.

    >>> mark("fr")
    '[fr] '
    """
    return f"[{language}] "


def to_translate(project: Project) -> Iterator[tuple[str, dict[str, str]]]:
    """List the decisions whose text is to be translated: kind and row."""
    marks = tuple(map(mark, LANGUAGES))
    for name, decision in DECISIONS.items():
        for row in (
            known_rows(project, decision.table).fill_null("").to_dicts() if decision.is_translated else ()
        ):
            if any(row[f"name_{code}"].startswith(marks) for code in LANGUAGES):
                yield name, row


def _with_decisions(project: Project, table: str, rows: Sequence[dict[str, str]]) -> dict[str, bytes]:
    """Give the file of a table with these rows at its end, and without those of the same keys; every other line as it
    was."""
    declared = TABLE_BY_NAME[table]
    keys = {tuple(row[column] for column in declared.key) for row in rows}
    content = table_bytes(project.raw / declared.path, declared).decode()
    lines = io.StringIO(content, newline="").readlines()
    header = next(csv.reader(lines[:1]), [*declared.column_names])
    places = [header.index(column) for column in declared.key]
    cells = csv.reader(lines)
    kept = [
        line
        for line, row in zip(lines, cells, strict=True)
        if tuple(row[place] for place in places) not in keys
    ]
    if kept and not kept[-1].endswith("\n"):
        kept[-1] += "\n"
    end = io.StringIO()
    writer = csv.writer(end, lineterminator="\n")
    writer.writerows([] if kept else [header])
    writer.writerows([row[column] for column in header] for row in rows)
    return {declared.path: ("".join(kept) + end.getvalue()).encode()}


def _retyped(project: Project, row: Mapping[str, str]) -> FilledCell:
    """Give the cell of a published number as the document prints it. Raises `UsageError` where there is no such
    number."""
    for path in table_files(project.raw, TABLE_BY_NAME["observations"]):
        text = io.StringIO(table_bytes(path, TABLE_BY_NAME["observations"]).decode(), newline="")
        if any(each["observation_id"] == row["observation_id"] for each in csv.DictReader(text)):
            place = path.relative_to(project.raw).as_posix()
            return FilledCell(
                "observations",
                place,
                row["observation_id"],
                row["column"],
                row["new_value"],
                0,
                row["column"],
            )
    raise UsageError(message("“{code}” is unknown.", code=row["observation_id"]))
