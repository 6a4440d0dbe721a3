"""Write a store into an empty folder, and read it again before anything is said of it.

DuckDB says nothing where a full disk loses its last pages. So the file is written to its end, closed, synced
and opened anew, and the rows in it must be those that were given, by the sum of their hashes. The checks
have proved that keys are unique, so that the store needs no indexes to prove it again.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from ennum_stats.errors import Message, OutputInUse, StoreDamaged, message
from ennum_stats.files.boundary import shown, store_damaged, translated_error, translated_errors
from ennum_stats.files.leavings import seen_from
from ennum_stats.files.system import sync_all
from ennum_stats.project import Audience
from ennum_stats.raw.cell_checks import Frames
from ennum_stats.raw.kinds import CODE, DECIMAL, INTEGER, PERIOD_END
from ennum_stats.raw.schema import RawTable
from ennum_stats.raw.tables import TABLE_BY_NAME, TABLES
from ennum_stats.store.files import FILE, OF_ANOTHER_VERSION, RowsGiven

_AT_ONCE = 2 * 122_880
"""Rows that are hashed, written and read together: whole row groups of DuckDB."""
# Columns that the build adds to those of the raw tables.
_ADDED = {
    "sources": (("known_on", PERIOD_END), ("rank", INTEGER)),
    "observations": (
        ("bound_lower", DECIMAL),
        ("bound_upper", DECIMAL),
        ("basis", CODE),
        ("known_on", PERIOD_END),
    ),
    "prices": (("known_on", PERIOD_END),),
    "implantations": (("site", CODE),),
    "participations": (("site", CODE),),
}
# In which order rows stand, where it is not that of the key: what is mostly asked is how many each site had,
# and rows of a site that stand together are counted in half the time.
_ORDERS = {"participations": ("site", "participation", "list")}


class StoreNotWritten(OutputInUse):
    """Hold a store that could not be written whole: the one published before stays in force."""


def write_store(
    work: Path, frames: Frames, audience: Audience = Audience.PUBLIC, *, is_for_a_while: bool = False
) -> str:
    """Write the rows of all tables into an empty folder, for an audience, prove that they are there, and give their
    hash. Of what is there for a while only what was written last is read again.

    Raises `StoreNotWritten` where the disk is full, or does not give back what was written.
    """
    with explained_write_faults(work):
        content_hash, sums = _written(work, frames, audience)
        if is_for_a_while:
            is_whole = _read_again(work, ()) == ({}, content_hash)
        else:
            sync_all(work)
            is_whole = _read_again(work, sums) == (sums, content_hash)
    if not is_whole:
        raise not_written(work, message("What was written cannot be read back."))
    return content_hash


def store_columns(table: RawTable) -> list[tuple[str, str]]:
    """Return names and SQL types of a table of the store: columns of the raw table, and those added."""
    raw = [(column.name, column.kind) for column in table.columns]
    return [(name, kind.sql_type) for name, kind in (*raw, *_ADDED.get(table.name, ()))]


def _written(work: Path, frames: Frames, audience: Audience) -> tuple[str, dict[str, int]]:
    """Write all tables; give the hash of the store, and the sum of the rows given of each."""
    with duckdb.connect(str(work / FILE), config={"memory_limit": "1GB"}) as connection:
        connection.begin()  # else each statement, also of an empty table, waits for the disk
        tables = {table.name: _write_table(connection, table, frames[table.name]) for table in TABLES}
        content_hash = _tables_hash({name: of_rows for name, (of_rows, _) in tables.items()})
        connection.execute("CREATE TABLE store (content_hash VARCHAR, audience VARCHAR)")
        connection.execute("INSERT INTO store VALUES (?, ?)", [content_hash, audience])
        connection.commit()
        connection.execute("CHECKPOINT")
    return content_hash, {name: total for name, (_, total) in tables.items()}


def _write_table(
    connection: duckdb.DuckDBPyConnection, table: RawTable, frame: pl.DataFrame
) -> tuple[str, int]:
    """Write a table in its order (mostly that of its key) and give its hash, whatever the order of its rows
    in the files, and the sum of its rows."""
    columns = store_columns(table)
    declared = ", ".join(f'"{name}" {sql_type}' for name, sql_type in columns)
    connection.execute(f"CREATE TABLE {table.name} ({declared})")
    rows = frame.select(name for name, _ in columns)
    sums = []

    def inserted() -> Iterator[pl.DataFrame]:
        for sorted_rows in _in_order(rows, _ORDERS.get(table.name, table.key)):
            part = sorted_rows.with_columns(pl.col(pl.Categorical).cast(pl.String))
            connection.register("part", RowsGiven(part))
            connection.execute(f"INSERT INTO {table.name} FROM part")
            sums.append(_sum_of(connection, "part"))
            connection.unregister("part")
            if len(part) == _AT_ONCE:  # what is committed needs no memory any more
                connection.commit()
                connection.begin()
            yield part

    return rows_hash(inserted()), sum(sums)


def _in_order(rows: pl.DataFrame, key: tuple[str, ...]) -> Iterator[pl.DataFrame]:
    """Give rows in the order of a key, some at once; of many, those of some lists after others, for to sort them all
    takes more memory than they do."""
    first = rows[key[0]]
    codes = first.unique().cast(pl.String).sort().to_list() if first.dtype == pl.Categorical else []
    each = max(1, len(codes) * 2 * _AT_ONCE // max(1, len(rows)))
    groups = [codes[start : start + each] for start in range(0, len(codes), each)]
    for part in (rows.filter(first.is_in(group)) for group in groups) if len(groups) > 1 else (rows,):
        yield from part.sort(key, maintain_order=True).iter_slices(_AT_ONCE)


def _sum_of(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    """Add up what DuckDB makes of each row: whether all are there is known in a tenth of the time that their
    hash takes."""
    return int(connection.execute(f"SELECT coalesce(sum(hash(t)), 0) FROM {rows} t").fetchall()[0][0])


def _read_again(work: Path, tables: Iterable[str]) -> tuple[dict[str, int], str]:
    """Read back the sums of tables, and the hash that the store says of itself."""
    with duckdb.connect(str(work / FILE), read_only=True) as connection:
        sums = {name: _sum_of(connection, name) for name in tables}
        said = connection.execute("SELECT content_hash FROM store").fetchone()
    return sums, said[0] if said else ""


def proved_store(path: Path) -> tuple[str, Audience]:
    """Read which hash the file of a store says that it has, which its rows must have, and for whom it is.

    Raises `LookupError` for a database that is no store, `StoreDamaged` for other rows than it says.
    """
    with translated_errors(path), duckdb.connect(str(path), read_only=True) as connection:
        try:
            row = connection.execute("SELECT content_hash, audience FROM store").fetchone()
            hashes = {name: rows_hash(_parts(connection, name)) for name in TABLE_BY_NAME}
        except duckdb.CatalogException as error:
            raise LookupError(path) from error
        except duckdb.BinderException as error:
            raise store_damaged(path, OF_ANOTHER_VERSION) from error
    if row is None or row[0] != _tables_hash(hashes):
        raise store_damaged(path, message("The published store is damaged, or gone."))
    return row[0], Audience(row[1])


def _parts(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[pl.DataFrame]:
    """Read a table in its order, some rows at once."""
    ((size,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    for start in range(0, size, _AT_ONCE):
        within = f"rowid >= {start} AND rowid < {start + _AT_ONCE}"
        yield pl.DataFrame(connection.sql(f"FROM {table} WHERE {within}"))


def rows_hash(parts: Iterable[pl.DataFrame]) -> str:
    """Compute the hash of rows in their order: SHA-256 of them as CSV, however many come at once."""
    digest = hashlib.sha256()
    for part in parts:
        content = io.BytesIO()
        part.write_csv(content, include_header=False)
        digest.update(content.getbuffer())
    return digest.hexdigest()


def _tables_hash(hashes: Mapping[str, str]) -> str:
    lines = (f"{name} {table_hash}\n" for name, table_hash in hashes.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@contextmanager
def explained_write_faults(work: Path) -> Iterator[None]:
    """Tell a person what the system or DuckDB says where nothing can be written.

    Raises `StoreNotWritten`.
    """
    try:
        yield
    except (duckdb.Error, OSError) as error:
        known = translated_error(error)
        is_of_system = known is not None and not isinstance(known, StoreDamaged)
        said = known.found if known and is_of_system else str(error).splitlines()[0]
        raise not_written(work, said) from error


def not_written(work: Path, said: str | Message) -> StoreNotWritten:
    """Say that a store could not be written to a folder, and why."""
    return StoreNotWritten(
        message("The store could not be written whole: {said}", said=said),
        where=shown(seen_from(work)),
        expected=message("The store published before stays in force."),
        remedy=message("Make room on the disk, or look at the access rights, then run: ennum build"),
    )
