"""Many rows at once: what the optional tables hold, and what their files would be with rows added."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ennum_stats.project import Project
from ennum_stats.raw.findings import RawTablesRefused
from ennum_stats.raw.reading import read_tables
from ennum_stats.raw.tables import TABLE_BY_NAME

if TYPE_CHECKING:
    import polars as pl


def known_rows(project: Project, table: str) -> pl.DataFrame:
    """The rows of a raw table as strings; none where an optional one has no file.

    Raises `RawTablesRefused` where the file cannot be read.
    """
    frames, findings = read_tables(project.raw, project.root, (TABLE_BY_NAME[table],))
    if findings:
        raise RawTablesRefused(findings)
    return frames[table].select(TABLE_BY_NAME[table].column_names)


def appended(project: Project, table: str, rows: pl.DataFrame) -> tuple[str, bytes]:
    """The file of a table (relative to data/raw) and what it would hold with these rows at its end."""
    declared = TABLE_BY_NAME[table]
    path = project.raw / declared.path
    old = path.read_bytes() if path.is_file() else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    text = io.BytesIO()
    rows.select(declared.column_names).write_csv(text, include_header=not old)
    return declared.path, old + text.getvalue()
