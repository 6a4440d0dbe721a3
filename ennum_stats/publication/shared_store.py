"""The store for other programs: `ennum.duckdb`, a file of one name, and its tables as Parquet.

Business-intelligence tools cannot follow a store whose name changes with its content, nor apply its house
rules. They get the tables of the open-data release as known today, for the audience of the store, and views
whose natural sum is right; every table and column says what it is. Nothing is about a single school.

The file has the format of DuckDB 1.0, which every later version reads.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

from ennum_stats.errors import message
from ennum_stats.figures.figure import noticed
from ennum_stats.files.system import sync_all
from ennum_stats.languages import LANGUAGES
from ennum_stats.publication.shared_views import OF_VIEWS, VIEWS
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.release.package import frame_of
from ennum_stats.release.rows import Filled, filled_tables
from ennum_stats.release.schema import RELEASED_NAMES, Released, ReleasedField
from ennum_stats.store.files import RowsGiven, quoted
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.publish import SHARED_FILE as FILE
from ennum_stats.store.publish import SHARED_FOLDER as FOLDER
from ennum_stats.store.sql import Values, answer_to
from ennum_stats.store.writing import explained_write_faults, not_written, rows_hash

if TYPE_CHECKING:
    import pandas as pd

STORAGE_VERSION = "v1.0.0"
_BLOCK = 16_384
"""Bytes of a block of the file: the smallest, since most tables have some hundred rows."""
ABOUT = Released(
    "about", "One row: of which store and day the other tables are",
    (
        ReleasedField("known_at", "The day known at: what was published later is not in it.", "date"),
        ReleasedField("content_hash", "The hash of the rows that it is made of."),
        ReleasedField("audience", "For whom it is: public, or internal with what is under embargo."),
        ReleasedField("notice", "What must be said beside every number; mostly nothing."),
    ),
    ("content_hash",),
)  # fmt: skip

TABLE_NAMES = (*RELEASED_NAMES, ABOUT.name)
VIEW_NAMES = frozenset(view.name for view in VIEWS)


def shared_tables(ledger: Ledger, names: Collection[str] = TABLE_NAMES) -> list[Filled]:
    """Fill the tables that other programs read, or those of some names, as known on the ledger's day."""
    notice = " · ".join(dict.fromkeys(noticed(ledger, code) for code in LANGUAGES))
    row = {
        "known_at": ledger.known_at,
        "content_hash": ledger.content_hash,
        "audience": ledger.audience.value,
        "notice": notice or None,
    }
    about = [Filled(ABOUT, (row,))] if ABOUT.name in names else []
    return [*filled_tables(ledger, names, notice), *about]


def answer(
    ledger: Ledger,
    query: str,
    params: Values,
    kind: str,
    tables: Mapping[str, Any],
    progress: Callable[[float], None] = lambda _: None,
) -> pd.DataFrame | pl.DataFrame:
    """Answer one query in SQL that only reads from these tables and the others of the store, as known on the
    ledger's day. Raises `UsageError`."""
    return answer_to(ledger, query, params, kind, tables, partial(_provide, ledger), progress)


def _provide(ledger: Ledger, memory: duckdb.DuckDBPyConnection, named: Collection[str]) -> None:
    """Make in memory the tables and views that a query names; all of them where it names none (`SHOW TABLES`)
    or an unknown one (DuckDB proposes the nearest). What was made stays."""
    query = "SELECT table_name FROM duckdb_tables() WHERE comment IS NOT NULL"
    provided = {name for (name,) in memory.cursor().execute(query).fetchall()}
    is_all = not named or not set(named) <= {*TABLE_BY_NAME, *TABLE_NAMES, *VIEW_NAMES}
    wanted = {*TABLE_NAMES} if is_all else {*TABLE_NAMES}.intersection(named)
    if not VIEW_NAMES.isdisjoint(named):
        wanted |= OF_VIEWS
    if missing := wanted - provided:
        create(memory, shared_tables(ledger, missing), wanted >= OF_VIEWS)


def write_shared(ledger: Ledger, folder: Path) -> None:
    """Write the store for other programs into a new folder, and prove that it can be read back.

    Raises `StoreNotWritten` where the disk does not take it.
    """
    tables = shared_tables(ledger)
    with explained_write_faults(folder):
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            connection.execute(
                f"ATTACH {quoted(folder / FILE)} AS shared "
                f"(STORAGE_VERSION '{STORAGE_VERSION}', BLOCK_SIZE {_BLOCK})"
            )
            connection.execute("USE shared")
            create(connection, tables)
            for name, content in _parquet(connection):
                (folder / FOLDER / name).write_bytes(content)
            connection.execute("USE memory")
            connection.execute("DETACH shared")
        sync_all(folder)
        is_whole = _is_whole(folder / FILE, tables)
    if not is_whole:
        raise not_written(folder, message("What was written cannot be read back."))


def create(connection: duckdb.DuckDBPyConnection, tables: Sequence[Filled], with_views: bool = True) -> None:
    """Create tables, and mostly the views, in the database that a connection uses, each with its comments."""
    connection.begin()  # else each comment is synced by itself
    comments: list[str] = []
    for filled in tables:
        table = filled.table
        connection.register("rows_given", RowsGiven(frame_of(filled)))
        connection.execute(f"CREATE OR REPLACE TABLE {table.name} AS FROM rows_given")
        connection.unregister("rows_given")
        fields = {field.name: field.meaning for field in table.fields}
        comments += _comments("TABLE", table.name, table.row_is, fields)
    has_notice = any(row.get("notice") for filled in tables for row in filled.rows)
    for view in VIEWS if with_views else ():
        query, meanings = view.with_notice(has_notice)
        connection.execute(f"CREATE OR REPLACE VIEW {view.name} AS {query}")
        comments += _comments("VIEW", view.name, view.row_is, meanings)
    connection.execute("; ".join(comments))
    connection.commit()


def _comments(kind: str, name: str, row_is: str, meanings: Mapping[str, str]) -> Iterator[str]:
    """Write the comments on a table or view and its columns, in SQL."""
    yield f"COMMENT ON {kind} {name} IS {quoted(row_is + '.')}"
    for column, meaning in meanings.items():
        yield f"COMMENT ON COLUMN {name}.{column} IS {quoted(meaning)}"


def _parquet(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, bytes]]:
    """Write every table and view as Parquet, with its comments."""
    labels: dict[str, dict[str, str]] = {}
    query = """
        SELECT table_name, column_name, comment FROM duckdb_columns()
        WHERE database_name = current_database() AND NOT internal"""
    for table, column, comment in connection.execute(query).fetchall():
        labels.setdefault(table, {})[column] = comment
    for name, meanings in labels.items():
        buffer = io.BytesIO()
        frame = pl.DataFrame(connection.table(name))
        frame.write_parquet(buffer, compression="zstd", metadata=meanings)
        yield f"{name}.parquet", buffer.getvalue()


def _is_whole(path: Path, tables: Sequence[Filled]) -> bool:
    """Tell whether the file gives back the rows that were written to it."""
    with duckdb.connect(os.fspath(path), read_only=True) as connection:
        return all(
            rows_hash([frame_of(filled)]) == rows_hash([pl.DataFrame(connection.table(filled.table.name))])
            for filled in tables
        )
