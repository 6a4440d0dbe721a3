"""The raw tables as an import leaves them: what their files would hold, what would follow, and writing them.

Rows are added at the end of a file, in its own order of columns: UTF-8, commas, quotes only where needed,
one row a line. Nothing that stands in a file is touched but cells that were empty and are filled. What would
follow is computed in a copy, never in the project; writing swaps all files in, or none.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.errors import EnnumError, Parameter, message
from ennum_stats.figures import Figure, figures
from ennum_stats.files.atomic import write_atomic
from ennum_stats.files.journal import writing
from ennum_stats.files.system import link_or_copy
from ennum_stats.imports.history import FOLDER, Author, ChangeMade, entry_of
from ennum_stats.imports.plan import FigureChange, FilledCell, ImportPlan, NewRow, Preview
from ennum_stats.measures.schools.completeness import Completeness, completeness
from ennum_stats.measures.schools.listed_and_published import Comparison, comparisons
from ennum_stats.measures.schools.reconciliation import Breach, breaches
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.publication import ledger_of_tables, trial
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.answers import Answer, Missing
from ennum_stats.store.ledger import Ledger, today
from ennum_stats.store.publish import raw_fingerprint
from ennum_stats.store.school_rows import DELIVERIES

if TYPE_CHECKING:
    import polars as pl

_CELLS = re.compile(r'(?:^|,)("(?:[^"]|"")*"|[^,]*)')
"""The cells of a line as they are written, quotation marks included."""
Places = dict[tuple[str, int], NewRow | FilledCell]
"""What stands on a line of a raw file, by its path relative to data/raw and its number."""


_PREVIEWED = ("fr",)
"""The languages in which a preview proves that all can be made: that of the forms. The build proves all."""


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
    """Give figures that change as plain values: those of before and after, none where the figure is not there."""
    return tuple(
        {"name": change.name, "before": _record(change.before), "after": _record(change.after)}
        for change in changes
    )


def _record(answer: Answer | None) -> list[str | None] | None:
    return None if answer is None else [None if part is None else str(part) for part in _says(answer)]


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
            entries[entry.path] = entry.content()
        journal.write_all({**contents, **entries})
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
        old = contents.get(cell.path) or (raw / cell.path).read_bytes()
        contents[cell.path], line = _with_cell(old, cell)
        places[cell.path, line] = cell
    for path, added in by_path.items():
        file, declared = raw / path, TABLE_BY_NAME[added[0].table].column_names
        old = contents.get(path) or (file.read_bytes() if file.is_file() else b"")
        if old and not {*declared} <= {*_header(old)}:
            old = _with_columns(old, declared)
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


def _with_columns(data: bytes, declared: Sequence[str]) -> bytes:
    """Give a file the columns of its table that it lacks, since they were declared later; all cells empty."""
    header, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    later = [name for name in declared if name not in header]
    return _lines([[*header, *later], *([*row, *("" for _ in later)] for row in rows if row)]).encode()


def _with_cell(data: bytes, cell: FilledCell) -> tuple[bytes, int]:
    """Fill a cell of a file, every other byte as it was; give also the line of the cell, from 1."""
    columns = _header(data)
    key = columns.index(TABLE_BY_NAME[cell.table].key[0])
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
    declared = TABLE_BY_NAME[table]
    path = project.raw / declared.path
    old = path.read_bytes() if path.is_file() else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    text = io.BytesIO()
    rows.select(declared.column_names).write_csv(text, include_header=not old)
    return declared.path, old + text.getvalue()


@dataclass(frozen=True)
class _State:
    """Hold what a store says on a day."""

    figures: dict[str, Figure]
    comparisons: tuple[Comparison, ...]
    breaches: tuple[Breach, ...]
    completeness: tuple[Completeness, ...]


def preview(project: Project, contents: Mapping[str, bytes | None], known_at: date) -> Preview:
    """Check a project with these raw files in a copy, and compare its figures as known on a day: nothing
    is compared where no store can be made of the files as they are."""
    if not contents:
        return Preview()
    states: list[_State] = []

    def read(ledger: Ledger, _: Path) -> None:
        """Read a store where it is proved, with what was computed for that; the public one comes first."""
        states.append(_state(ledger if ledger.known_at == known_at else ledger.known_on(known_at)))

    with _copy(project) as copy:
        for name, data in contents.items():
            if data is None:
                (copy.raw / name).unlink(missing_ok=True)
            else:
                write_atomic(copy.raw / name, data)
        try:
            with trial(copy, max(known_at, today()), _PREVIEWED, read):
                after = states[0]
        except RawTablesRefused as refused:
            return Preview(tuple(refused.findings))
    try:
        with ledger_of_tables(project, known_at) as ledger:
            before = _state(ledger)
    except RawTablesRefused:
        return Preview()
    return Preview(
        changes=tuple(_changes(before.figures, after.figures)),
        comparisons=tuple(c for c in after.comparisons if c not in before.comparisons),
        breaches=tuple(b for b in after.breaches if b not in before.breaches),
        completeness=tuple(c for c in after.completeness if c not in before.completeness),
    )


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


def _changes(before: dict[str, Figure], after: dict[str, Figure]) -> Iterator[FigureChange]:
    """Compare all figures of both sides: those that are new, changed and gone."""
    for name in {**before, **after}:
        old, new = (figures_of[name].answer if name in figures_of else None for figures_of in (before, after))
        if old is None or new is None or _says(old) != _says(new):
            yield FigureChange(name, {**before, **after}[name].definition.label, old, new)


def _says(answer: Answer) -> tuple[object, ...]:
    if isinstance(answer, Missing):
        return (answer.reason,)
    return answer.quantity.value, *answer.quantity.bounds.ends


def _state(ledger: Ledger) -> _State:
    """Read all figures, comparisons, broken rules and what lists are complete."""
    return _State(
        {figure.name: figure for figure in figures(ledger)},
        comparisons(ledger),
        tuple(breach for breach in breaches(ledger) if breach.is_broken),
        completeness(ledger),
    )


@contextmanager
def _copy(project: Project) -> Iterator[Project]:
    with project.workplace() as place:
        copy = Project(place)
        hidden = shutil.ignore_patterns(".*", FOLDER)
        shutil.copytree(project.raw, copy.raw, ignore=hidden, copy_function=link_or_copy)
        yield copy
