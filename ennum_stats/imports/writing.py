"""Writing an import into the raw tables: new files made beside the old ones, then swapped in.

Rows are added at the end of a file, in its own order of columns: UTF-8, commas, quotes only where needed,
one row a line. Nothing that stands in a file is touched.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path

from ennum_stats.errors import EnnumError, message
from ennum_stats.imports.new_workbook import in_use
from ennum_stats.imports.plan import ImportPlan, NewRow
from ennum_stats.project import Audience
from ennum_stats.raw.findings import RawTablesRefused
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.publish import raw_fingerprint, write_whole


class ImportRefused(EnnumError, RuntimeError):
    """A plan that cannot be carried out any more."""


def apply(plan: ImportPlan) -> list[Path]:
    """Adds the new rows of a plan to the raw tables, and gives the files written; none where every row
    is there already.

    Raises `RawTablesRefused` with the findings at their places in the workbook where the tables would not
    pass their checks, `ImportRefused` where they changed since the plan was made, `OutputInUse` where a
    file cannot be replaced. In each case nothing is written.
    """
    if plan.findings:
        raise RawTablesRefused(list(plan.findings))
    project = plan.project
    if raw_fingerprint(project, Audience.INTERNAL) != plan.fingerprint:
        raise ImportRefused(
            message("The raw tables have changed since the file was read."),
            where=plan.file,
            remedy=message("Nothing was written; import it again."),
        )
    files = {project.raw / name: data for name, data in plan.contents.items()}
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
    raw: Path, rows: Iterable[NewRow]
) -> tuple[dict[str, bytes], dict[tuple[str, int], NewRow]]:
    """What the files of the new rows would hold, by path relative to `raw`; and which new row stands on
    which line of them."""
    by_path: dict[str, list[NewRow]] = {}
    for row in rows:
        by_path.setdefault(row.path, []).append(row)
    contents: dict[str, bytes] = {}
    places: dict[tuple[str, int], NewRow] = {}
    for path, added in by_path.items():
        file = raw / path
        old = file.read_bytes() if file.is_file() else b""
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


def _header(data: bytes) -> list[str]:
    return next(csv.reader([data.split(b"\n", 1)[0].decode()]), [])


def _lines(rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
