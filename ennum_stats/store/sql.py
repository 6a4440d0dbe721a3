"""SQL on an opened store, as it was known on its day: reading only, and nothing but the store.

A query runs on a copy of what the ledger knew, so that it cannot see the future, change the store, or touch a
file or the network; and in a process of its own (`query_process`), which ends where its time, its memory or its
rows do, or where whoever asks no longer waits.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import re
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

import duckdb

from ennum_stats.errors import Parameter, UsageError, message
from ennum_stats.files.atomic import folder_beside
from ennum_stats.files.leavings import owned_folder, temporary_folder
from ennum_stats.project import Audience
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.files import RowsGiven, quoted
from ennum_stats.store.known_rows import known_rows, values_known
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.store.query_process import ANSWER, ENDED, LARGEST_ANSWER, MEMORY_GB, READY, REQUEST, ROWS
from ennum_stats.store.scenario import create_table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_PARAMETER = re.compile(r"\?|\$\w+")
_PROCESS = "ennum_stats.store.query_process"
_START_S = 20.0
LONGEST_QUERY = 60.0
"""How many seconds a query may take."""
_TOO_MUCH = ("InterruptException", "OutOfMemoryException", "MemoryError", "IOException", "InternalException")


@once_a_ledger
def in_memory(ledger: Ledger) -> duckdb.DuckDBPyConnection:
    """Copy the tables of the store as known on the ledger's day into a connection of their own.

    `known_rows` says what of a table was known. `observations` has the bounds of each print beside it
    (`bound_lower`, `bound_upper`).
    """
    memory, cursor = duckdb.connect(":memory:"), ledger.connection.cursor()
    read = cache(lambda query: cursor.execute(query).fetchall())
    for name in TABLE_BY_NAME:
        query = known_rows(name)
        values = values_known(query, ledger.known_at, read)
        create_table(memory, name, cursor.sql(query, params=values))
    return memory


Values = Sequence[Any] | Mapping[str, Any] | None
"""The values of `?` or `$1` in their order, or those of `$name` by name."""


@dataclass(eq=False)
class _Box:
    """Hold what queries of a ledger may see, and the folder of this process in which that is a file for theirs."""

    memory: duckdb.DuckDBPyConnection
    folder: Path

    def copied(self) -> Path:
        """Give the file of all tables and views that were made in memory until now."""
        query = "SELECT count(*) FROM duckdb_columns() WHERE NOT internal"
        ((columns,),) = self.memory.cursor().execute(query).fetchall()
        path = self.folder / f"known-{columns}.duckdb"
        if not path.exists():
            self.memory.execute(f"ATTACH {quoted(path)} AS known")
            self.memory.execute("COPY FROM DATABASE memory TO known")
            self.memory.execute("DETACH known")
        return path


@once_a_ledger
def _box(ledger: Ledger) -> _Box:
    """Make the box of a ledger; what is under embargo stays beside its store."""
    stack = ExitStack()
    place = (ledger.published or ledger).file
    if ledger.audience is Audience.INTERNAL and place:
        folder = stack.enter_context(folder_beside(place.resolve().parents[2] / "queries"))
        folder.chmod(0o700)
    else:
        folder = stack.enter_context(temporary_folder())
    box = _Box(in_memory(ledger), folder)
    weakref.finalize(box, stack.close)
    return box


def answer_to(
    ledger: Ledger,
    query: str,
    params: Values,
    kind: str,
    tables: Mapping[str, Any],
    provide: Callable[[duckdb.DuckDBPyConnection, Collection[str]], None],
    progress: Callable[[float], None] = lambda _: None,
) -> pd.DataFrame | pl.DataFrame:
    """Answer one query that only reads, as a frame of pandas or polars; `tables` are DataFrames that it may
    name, and `provide` makes what else it names. `progress` is told how many percent of a long one are done.

    Raises `UsageError` for anything else than one query that reads, for files, for what SQL does not
    understand, and for what takes too long, too much memory, or has too many rows.
    """
    if isinstance(params, str) or not isinstance(params, Sequence | Mapping | None):
        raise UsageError(
            message("Values of a query are a list or a dictionary."),
            where=Parameter("params"),
            remedy=message("Write: {example}", example='store.sql("… call = ?", ["EN2019"])'),
        )
    try:
        (statement,) = duckdb.extract_statements(query)
        is_reading = statement.type is duckdb.StatementType.SELECT
    except duckdb.Error as error:
        raise _refusal(str(error)) from error
    except (TypeError, ValueError):  # half a sign, not one statement, or one that Python has no name for
        is_reading = False
    if not is_reading:
        raise _writes()
    box = _box(ledger)
    provide(box.memory, _named(box.memory.cursor(), query) - set(tables))
    with owned_folder(box.folder / "query") as folder:
        try:
            with duckdb.connect(str(folder / ANSWER)) as given:
                for name, frame in tables.items():
                    is_polars = type(frame).__module__.startswith("polars")
                    given.register("rows_given", RowsGiven(frame) if is_polars else frame)
                    given.execute(f'CREATE TABLE "{name}" AS FROM rows_given')
                    given.unregister("rows_given")
        except duckdb.Error as error:
            raise _refusal(str(error)) from error
        request = (str(box.copied()), statement.query, params, [*tables], LONGEST_QUERY)
        (folder / REQUEST).write_bytes(pickle.dumps(request))
        _run(folder, progress)
        with duckdb.connect(str(folder / ANSWER), read_only=True) as connection:
            rows = connection.sql(f"FROM {ROWS}")
            if len(rows) > LARGEST_ANSWER:
                raise _too_much()
            if kind == "pandas":
                answer: pd.DataFrame = rows.df()
                return answer
            import polars as pl

            return pl.DataFrame(rows)


class _Queries:
    """Hold a process that starts those of queries, and the lines that these say."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", _PROCESS], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, encoding="utf-8", start_new_session=True,
        )  # fmt: skip
        self.lines: SimpleQueue[str] = SimpleQueue()
        self.reader = Thread(target=self._read, daemon=True)
        self.reader.start()
        atexit.register(self.end)

    def _read(self) -> None:
        for line in chain(self.process.stdout or (), [""]):
            self.lines.put(line.strip())

    def end(self) -> None:
        """End it, with the query that it has underway."""
        atexit.unregister(self.end)
        if sys.platform != "win32" and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.reader.join()
        with suppress(OSError):
            self.process.communicate()


_waiting: dict[int, list[_Queries]] = {}
"""The processes that wait for a query, each only for the process that has started it."""


def _run(folder: Path, progress: Callable[[float], None]) -> None:
    """Run the request of a folder in a process of its own, and end it whatever becomes of who waits. Raises
    `UsageError`."""
    waiting = _waiting.setdefault(os.getpid(), [])
    try:
        queries = waiting.pop()
    except IndexError:
        queries = _Queries()
    if queries.process.poll() is not None:  # the system has ended it meanwhile
        queries.end()
        queries = _Queries()
    refused, line, end = None, "", time.monotonic() + _START_S
    try:
        with suppress(OSError):  # it is gone, which the lines say
            print(json.dumps(str(folder)), file=queries.process.stdin, flush=True)
        while (line := queries.lines.get(timeout=max(0.0, end - time.monotonic()))) not in ("", ENDED):
            if line == READY:
                end = time.monotonic() + LONGEST_QUERY
            elif isinstance(told := json.loads(line), list):
                refused = _refused(*told)
            else:
                progress(told)
    except Empty:
        raise _too_much() from None
    finally:
        if line == ENDED and sys.platform != "win32":
            waiting.append(queries)
        else:
            queries.end()
    if refused or line != ENDED:
        raise refused or _too_much()


def _refused(kind: str, words: str) -> UsageError:
    """Tell an error of DuckDB by its name."""
    if kind in _TOO_MUCH:
        return _too_much()
    if kind == "TransactionException" or "read-only" in words or "data-modifying" in words:
        return _writes()
    if kind == "PermissionException":
        return UsageError(
            message("A query cannot read or write files."),
            expected=message("Expected a SELECT from tables of the store."),
            remedy=message("Read the file with pandas or polars and give it as an argument: "
                           "store.sql(query, name=frame)."),
        )  # fmt: skip
    return _refusal(words)


def _too_much() -> UsageError:
    return UsageError(
        message("The query takes too long, too much memory, or gives too many rows."),
        expected=message(
            "At most {n} seconds, {gb} GB and {rows} rows.",
            n=round(LONGEST_QUERY), gb=MEMORY_GB, rows=LARGEST_ANSWER,
        ),
        remedy=message("Ask for fewer rows, or join on a column of both tables."),
    )  # fmt: skip


def _named(cursor: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    """List the tables that a query names; none where DuckDB cannot tell, and answers with its own words."""
    try:
        return set(cursor.get_table_names(_PARAMETER.sub("NULL", query)))
    except duckdb.Error:
        return set()


def _writes() -> UsageError:
    return UsageError(
        message("This is not one query that only reads."),
        expected=message("Expected one SELECT: the store is never changed by a query."),
    )


def _refusal(words: str) -> UsageError:
    said = " ".join(words.partition("\n\nLINE ")[0].split())
    return UsageError(
        message("The query cannot be answered: {said}", said=said),
        remedy=message("store.sql('SHOW TABLES') lists the tables."),
    )
