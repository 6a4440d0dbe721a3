"""SQL on an opened store, as it was known on its day: reading only, and nothing but the store.

A query runs on a copy in memory of what the ledger knew, so that it cannot see the future, change the
store, or touch a file or the network. It runs in a transaction that cannot write, so that the next query
finds what this one found, and ends where its time or memory does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from threading import Timer
from typing import TYPE_CHECKING, Any

import duckdb

from ennum_stats.errors import Parameter, UsageError, message
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.files import RowsGiven
from ennum_stats.store.known_rows import known_rows, values_known
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.store.scenario import create_table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_SEALED = (
    "memory_limit = '2GB'", "temp_directory = ''", "enable_external_access = false",
    "python_enable_replacements = false", "lock_configuration = true",
)  # fmt: skip
_PARAMETER = re.compile(r"\?|\$\w+")
LONGEST_QUERY = 60.0
"""How many seconds a query may take."""


@once_a_ledger
def in_memory(ledger: Ledger) -> duckdb.DuckDBPyConnection:
    """Copy the tables of the store as known on the ledger's day into a connection that is sealed off.

    `known_rows` says what of a table was known. `observations` has the bounds of each print beside it
    (`bound_lower`, `bound_upper`).
    """
    memory, cursor = duckdb.connect(":memory:"), ledger.connection.cursor()
    read = cache(lambda query: cursor.execute(query).fetchall())
    for name in TABLE_BY_NAME:
        query = known_rows(name)
        values = values_known(query, ledger.known_at, read)
        create_table(memory, name, cursor.sql(query, params=values))
    for setting in _SEALED:
        memory.execute(f"SET {setting}")
    return memory


Values = Sequence[Any] | Mapping[str, Any] | None
"""The values of `?` or `$1` in their order, or those of `$name` by name."""


def answer_to(
    memory: duckdb.DuckDBPyConnection,
    query: str,
    params: Values,
    kind: str,
    tables: Mapping[str, Any],
    provide: Callable[[Collection[str]], None] = lambda _: None,
) -> pd.DataFrame | pl.DataFrame:
    """Answer one query that only reads, as a frame of pandas or polars; `tables` are DataFrames that it may
    name, and `provide` makes what else it names.

    Raises `UsageError` for anything else than one query that reads, for files, for what SQL does not
    understand, and for what takes too long or too much memory.
    """
    if isinstance(params, str) or not isinstance(params, Sequence | Mapping | None):
        raise UsageError(
            message("Values of a query are a list or a dictionary."),
            where=Parameter("params"),
            remedy=message("Write: {example}", example='store.sql("… call = ?", ["EN2019"])'),
        )
    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as error:
        raise _refusal(error) from error
    if len(statements) != 1 or statements[0].type is not duckdb.StatementType.SELECT:
        raise _writes()
    cursor = memory.cursor()
    try:
        for name, frame in tables.items():
            is_polars = type(frame).__module__.startswith("polars")
            cursor.register(name, RowsGiven(frame) if is_polars else frame)
        provide(_named(cursor, query) - set(tables))
        with _reading(cursor):
            found = cursor.sql(statements[0].query, params=params)
            if kind == "pandas":
                answer: pd.DataFrame = found.df()
                return answer
            import polars as pl

            return pl.DataFrame(found)
    except duckdb.TransactionException as error:
        raise _writes() from error
    except duckdb.PermissionException as error:
        raise UsageError(
            message("A query cannot read or write files."),
            expected=message("Expected a SELECT from tables of the store."),
            remedy=message("Read the file with pandas or polars and give it as an argument: "
                           "store.sql(query, name=frame)."),
        ) from error  # fmt: skip
    except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
        raise UsageError(
            message("The query takes too long, or too much memory."),
            expected=message("At most {n} seconds and 2 GB.", n=round(LONGEST_QUERY)),
            remedy=message("Ask for fewer rows, or join on a column of both tables."),
        ) from error
    except duckdb.Error as error:
        raise _refusal(error) from error


def _named(cursor: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    """List the tables that a query names; none where DuckDB cannot tell, and answers with its own words."""
    try:
        return set(cursor.get_table_names(_PARAMETER.sub("NULL", query)))
    except duckdb.Error:
        return set()


@contextmanager
def _reading(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Hold a transaction in which nothing can be written, also from inside a query, and which is
    interrupted after `LONGEST_QUERY`."""
    cursor.execute("BEGIN TRANSACTION READ ONLY")
    limit = Timer(LONGEST_QUERY, cursor.interrupt)
    limit.start()
    try:
        yield
    finally:
        limit.cancel()
        cursor.execute("ROLLBACK")


def _writes() -> UsageError:
    return UsageError(
        message("This is not one query that only reads."),
        expected=message("Expected one SELECT: the store is never changed by a query."),
    )


def _refusal(error: duckdb.Error) -> UsageError:
    said = " ".join(str(error).partition("\n\nLINE ")[0].split())
    return UsageError(
        message("The query cannot be answered: {said}", said=said),
        remedy=message("store.sql('SHOW TABLES') lists the tables."),
    )
