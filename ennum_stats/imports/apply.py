"""The raw tables as an import leaves them: what their files would hold, and writing them.

Rows are added at the end of a file, in its own order of columns: UTF-8, commas, quotes only where needed,
one row a line. Nothing that stands in a file is touched but cells that were empty and are filled. Writing swaps
all files in, or none; what would follow is computed before (`preview`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.errors import EnnumError, Parameter, message
from ennum_stats.files.journal import writing
from ennum_stats.imports.plan import FigureChange, FilledCell, ImportPlan, NewRow
from ennum_stats.imports.preview import said
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.schools.completeness import Completeness, completeness
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.publication import ledger_of_tables
from ennum_stats.raw.excel_csv import table_bytes
from ennum_stats.raw.history import Author, ChangeMade, entry_of
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.raw.tables import RAW_TABLE_BY_NAME
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import raw_fingerprint
from ennum_stats.store.school_rows import DELIVERIES

if TYPE_CHECKING:
    import polars as pl

_CELLS = re.compile(r'(?:^|,)("(?:[^"]|"")*"|[^,]*)')
"""The cells of a line as they are written, quotation marks included."""
Places = dict[tuple[str, int], NewRow | FilledCell]
"""What stands on a line of a raw file, by its path relative to data/raw and its number."""


class ImportRefused(EnnumError, RuntimeError):
    """Tell of a plan that cannot be carried out any more."""


def apply(plan: ImportPlan, author: Author | None = None) -> list[Path]:
    """Add what is new in a plan to the raw tables, with an entry of the history, and give the files written; none
    where every row is there already. Without an author it is the account that runs the program.

    Raises `RawTablesRefused` with the findings at their places in the workbook where the tables would not
    pass their checks, `ImportRefused` where a question has no answer or they changed since the plan was
    made, `FolderInUse` where another command writes to them, `OutputInUse` where a file cannot be replaced.
    In each case nothing is written.
    """
    require_answers(plan)
    if plan.findings:
        raise RawTablesRefused(list(plan.findings))
    change = replace(plan.made, figures=figure_records(plan.changes))
    return write_raw(plan.project, plan.contents, plan.fingerprint, change, author)


def figure_records(changes: Iterable[FigureChange]) -> tuple[dict[str, Any], ...]:
    """Give figures that change as plain values: name, labels, unit, those of before and after, none where the figure is
    not there."""
    return tuple(
        {"name": change.name, "label": {code: translate(change.label, code) for code in LANGUAGES},
         "unit": next((each.quantity.unit for each in (change.after, change.before) if isinstance(each, Known)), None),
         "before": _record(change.before), "after": _record(change.after)}
        for change in changes
    )  # fmt: skip


def _record(answer: Answer | None) -> list[str | None] | None:
    return None if answer is None else [None if part is None else str(part) for part in said(answer)]


def require_answers(plan: ImportPlan) -> None:
    """Raise `ImportRefused` where a question about the file has no answer."""
    questions = plan.unanswered
    if not questions:
        return
    takeable = next((question.name for question in questions if question.may_be_taken), "")
    raise ImportRefused(
        message("Questions without an answer: {names}. Nothing was written.",
                names=", ".join(question.name for question in questions)),
        where=plan.file,
        remedy=message("Answer each of them: {take} where its rows are to be taken, {leave} where not.",
                       take=Parameter("take", takeable), leave=Parameter("leave", takeable))
        if takeable else message("What is not read can only be left: {leave}.",
                                 leave=Parameter("leave", questions[0].name)),
    )  # fmt: skip


def write_raw(
    project: Project,
    contents: Mapping[str, bytes | None],
    made_from: str = "",
    made: ChangeMade | None = None,
    author: Author | None = None,
) -> list[Path]:
    """Put new contents, by path relative to `data/raw`, in the place of the old, all or none, with the entry of the
    history that tells of it: the one way in which raw tables are written. `made_from` is the fingerprint of the tables
    that they were made from. Without `made`, the tables are those of a demonstration, which has no history.

    Raises `ImportRefused` where the raw tables are no longer those of the fingerprint.
    """
    if not contents:
        return []
    with writing(project.raw) as journal:
        if made_from and raw_fingerprint(project, Audience.INTERNAL) != made_from:
            raise ImportRefused(
                message("The raw tables have changed since the file was read."),
                where=made.file or ", ".join(made.names) if made else "",
                remedy=message("Nothing was written; import it again."),
            )
        entries: dict[str, bytes | None] = {}
        if made:
            entry = entry_of(made, author or Author.here(), journal.folder, contents)
            entries |= entry.contents()
        for name in (*contents, *entries):
            project.make_private(journal.folder / name)
        journal.write_all({**contents, **entries})
        project.keep_private()
        return [journal.folder / path for path, data in contents.items() if data is not None]


def new_contents(
    raw: Path, rows: Iterable[NewRow], filled: Iterable[FilledCell] = ()
) -> tuple[dict[str, bytes], Places]:
    """Give what the files of new rows and filled cells would hold, by path relative to `raw`; and which of
    them stands on which line."""
    by_path: dict[str, list[NewRow]] = {}
    for row in rows:
        by_path.setdefault(row.path, []).append(row)
    contents: dict[str, bytes] = {}
    places: Places = {}
    for cell in filled:
        old = contents.get(cell.path) or table_bytes(raw / cell.path, RAW_TABLE_BY_NAME[cell.table])
        contents[cell.path], line = _with_cell(old, cell)
        places[cell.path, line] = cell
    for path, added in by_path.items():
        table = RAW_TABLE_BY_NAME[added[0].table]
        declared, old = table.column_names, contents.get(path) or table_bytes(raw / path, table)
        if old and not {*declared} <= {*_header(old)}:
            old = with_columns(old, declared)
        later = {tuple(row.values[name] for name in table.key) for row in added if row.takes_place}
        old, _ = without_rows(old, table.key, later)
        columns = _header(old) or list(declared)
        text = _lines([columns] if not old else []) + _lines(
            [row.values[name] for name in columns] for row in added
        )
        if old and not old.endswith(b"\n"):
            old += b"\n"
        first = old.count(b"\n") + (1 if old else 2)
        places |= {(path, first + position): row for position, row in enumerate(added)}
        contents[path] = old + text.encode()
    return contents, places


def without_rows(data: bytes, columns: Sequence[str], keys: Collection[tuple[str, ...]]) -> tuple[bytes, int]:
    """Leave the rows that have one of these keys in some columns out of a file, every other line as it was; give the
    rest, and how many they were. A row stands on one line."""
    if not (keys and data):
        return data, 0
    lines = io.StringIO(data.decode(), newline="").readlines()
    header, *rows = csv.reader(lines)
    places = [header.index(column) for column in columns]
    kept = [
        line for line, row in zip(lines[1:], rows, strict=True) if tuple(row[at] for at in places) not in keys
    ]
    return "".join([lines[0], *kept]).encode(), len(rows) - len(kept)


def with_columns(data: bytes, declared: Sequence[str]) -> bytes:
    """Give a file the columns of its table that it lacks, since they were declared later; all cells empty."""
    header, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    later = [name for name in declared if name not in header]
    return _lines([[*header, *later], *([*row, *("" for _ in later)] for row in rows if row)]).encode()


def _with_cell(data: bytes, cell: FilledCell) -> tuple[bytes, int]:
    """Fill a cell of a file, every other byte as it was; give also the line of the cell, from 1."""
    columns = _header(data)
    key = columns.index(RAW_TABLE_BY_NAME[cell.table].key[0])
    lines = data.decode().split("\n")
    for number, line in enumerate(lines):
        row = line.removesuffix("\r")
        if number and row and next(csv.reader([row]))[key] == cell.key:
            cells = _CELLS.findall(row)
            cells[columns.index(cell.column)] = _lines([[cell.text]]).removesuffix("\n")
            lines[number] = ",".join(cells) + line[len(row) :]
            return "\n".join(lines).encode(), number + 1
    raise ImportRefused(message("The raw tables have changed since the file was read."), where=cell.path)


def _header(data: bytes) -> list[str]:
    return next(csv.reader([data.split(b"\n", 1)[0].decode()]), [])


def _lines(rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def appended(project: Project, table: str, rows: pl.DataFrame) -> tuple[str, bytes]:
    """Give the file of a table (relative to data/raw) and what it would hold with these rows at its end."""
    declared = RAW_TABLE_BY_NAME[table]
    old = table_bytes(project.raw / declared.path, declared)
    if old and not old.endswith(b"\n"):
        old += b"\n"
    text = io.BytesIO()
    rows.select(declared.column_names).write_csv(text, include_header=not old)
    return declared.path, old + text.getvalue()


def lists_judged(project: Project, lists: Sequence[Mapping[str, str]]) -> list[Completeness | None]:
    """Judge for each row of the table of lists whether the lists of its call or programme are complete, as
    known once all of them are; no list of deliveries says what there was in all.

    Raises `RawTablesRefused` where nothing can be built of the raw tables.
    """
    if not lists:
        return []
    day = max([today(), *(Period(row["known_on"]).last for row in lists)])
    with ledger_of_tables(project, day) as ledger:
        judged = {(c.programme, c.call or ""): c for c in completeness(ledger)}
    return [
        None if row["kind"] == DELIVERIES else judged.get((row["programme"], row["call"])) for row in lists
    ]
