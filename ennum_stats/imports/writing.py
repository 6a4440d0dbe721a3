"""Writing an import into the raw tables: new files made beside the old ones, then swapped in.

Rows are added at the end of a file, in its own order of columns: UTF-8, commas, quotes only where needed,
one row a line. Nothing that stands in a file is touched but cells that were empty and are filled.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable
from pathlib import Path

from ennum_stats.errors import EnnumError, message
from ennum_stats.imports.new_workbook import in_use
from ennum_stats.imports.plan import FilledCell, ImportPlan, NewRow
from ennum_stats.project import Audience, Project
from ennum_stats.raw.findings import RawTablesRefused
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.publish import raw_fingerprint, write_whole

_CELLS = re.compile(r'(?:^|,)("(?:[^"]|"")*"|[^,]*)')
"""The cells of a line as they are written, quotation marks included."""


class ImportRefused(EnnumError, RuntimeError):
    """A plan that cannot be carried out any more."""


def apply(plan: ImportPlan) -> list[Path]:
    """Adds what is new in a plan to the raw tables, and gives the files written; none where every row
    is there already.

    Raises `RawTablesRefused` with the findings at their places in the workbook where the tables would not
    pass their checks, `ImportRefused` where they changed since the plan was made, `OutputInUse` where a
    file cannot be replaced. In each case nothing is written.
    """
    if plan.findings:
        raise RawTablesRefused(list(plan.findings))
    return write_unless_changed(plan.project, plan.contents, plan.fingerprint, plan.file)


def write_unless_changed(
    project: Project, contents: dict[str, bytes], fingerprint: str, name: str
) -> list[Path]:
    """Puts new contents, by path relative to `data/raw`, in the place of the old, all or none.

    Raises `ImportRefused` where the raw tables are no longer those of the fingerprint.
    """
    if raw_fingerprint(project, Audience.INTERNAL) != fingerprint:
        raise ImportRefused(
            message("The raw tables have changed since the file was read."),
            where=name,
            remedy=message("Nothing was written; import it again."),
        )
    files = {project.raw / path: data for path, data in contents.items()}
    _write_all(files)
    return list(files)


def _write_all(files: dict[Path, bytes]) -> None:
    """All files or none: what was replaced before a failure is put back."""
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in files}
    done: list[Path] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside[path].write_bytes(data)
        for path in files:
            beside[path].replace(path)
            done.append(path)
    except OSError as error:
        for path in done:
            _put_back(path, before[path])
        raise in_use(str(error.filename or next(iter(files)))) from error
    finally:
        for path in beside.values():
            path.unlink(missing_ok=True)


def _put_back(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_whole(path, data)


def new_contents(
    raw: Path, rows: Iterable[NewRow], filled: Iterable[FilledCell] = ()
) -> tuple[dict[str, bytes], dict[tuple[str, int], NewRow | FilledCell]]:
    """What the files of the new rows and filled cells would hold, by path relative to `raw`; and which of
    them stands on which line."""
    by_path: dict[str, list[NewRow]] = {}
    for row in rows:
        by_path.setdefault(row.path, []).append(row)
    contents: dict[str, bytes] = {}
    places: dict[tuple[str, int], NewRow | FilledCell] = {}
    for cell in filled:
        old = contents.get(cell.path) or (raw / cell.path).read_bytes()
        contents[cell.path], line = _with_cell(old, cell)
        places[cell.path, line] = cell
    for path, added in by_path.items():
        file = raw / path
        old = contents.get(path) or (file.read_bytes() if file.is_file() else b"")
        columns = _header(old) or list(TABLE_BY_NAME[added[0].table].column_names)
        text = _lines([columns] if not old else []) + _lines(
            [row.values[name] for name in columns] for row in added
        )
        if old and not old.endswith(b"\n"):
            old += b"\n"
        first = old.count(b"\n") + (1 if old else 2)
        places |= {(path, first + position): row for position, row in enumerate(added)}
        contents[path] = old + text.encode()
    return contents, places


def _with_cell(data: bytes, cell: FilledCell) -> tuple[bytes, int]:
    """A file with a cell filled, every other byte as it was; and the line of the cell, from 1."""
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
    raise ImportRefused(
        message("The raw tables have changed since the file was read."), where=cell.path
    )


def _header(data: bytes) -> list[str]:
    return next(csv.reader([data.split(b"\n", 1)[0].decode()]), [])


def _lines(rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
