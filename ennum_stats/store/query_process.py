"""The process of its own in which one query of `store.sql` runs, whose limits the system keeps: DuckDB's own end
neither one long function (`lpad`, `list_sort`) nor what is taken beside its memory.

`store.sql` keeps a process in which DuckDB is imported, which takes longer than most queries; it starts one for each
folder that it is told, in which the request is. That answers by lines: `ready`, how much is done in percent, and the
error if there is one; the rows stand in a database in the folder. `ended` follows; where the system ended the query,
nothing follows any more.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

REQUEST, ANSWER, ROWS = "request", "answer.duckdb", '"the answer"'
"""The names of the request, and of the database and its table in which the answer is; tables that were given stand
beside it."""
READY, ENDED = "ready", "ended"
MEMORY_GB, LARGEST_ANSWER = 2, 1_000_000
"""What a query may take of memory, and how many rows it may give."""
_ADDRESSES = 2 * MEMORY_GB * 2**30
"""Of which those of libraries and threads are a part."""
_SETTINGS = (
    f"memory_limit = '{MEMORY_GB}GB'", "temp_directory = ''", "enable_external_access = false",
    "python_enable_replacements = false", "lock_configuration = true",
)  # fmt: skip
_PAUSE = 0.5


def main() -> None:
    """Answer the request in each folder that is told, each in a process of its own; where the system makes no copies
    of a process, the first one in this, which then ends."""
    import duckdb  # noqa: F401 - once for all queries

    for line in sys.stdin:
        child = os.fork() if hasattr(os, "fork") else 0
        if child == 0:
            _answer(Path(json.loads(line)))
        _, status = os.waitpid(child, 0)
        if status:
            break
        print(ENDED, flush=True)


def _answer(folder: Path) -> None:
    known, query, params, given, seconds = pickle.loads((folder / REQUEST).read_bytes())  # noqa: S301 - our own
    _limit(seconds)
    import duckdb

    connection = duckdb.connect(":memory:", config={"threads": 4})  # each takes addresses when it starts
    connection.execute(f"ATTACH '{known}' AS store (READ_ONLY)")
    connection.execute(f"ATTACH '{folder / ANSWER}' AS answer")
    for name in given:
        connection.execute(f'CREATE TEMP VIEW "{name}" AS FROM answer."{name}"')
    connection.execute("USE store")
    for setting in _SETTINGS:
        connection.execute(f"SET {setting}")
    print(READY, flush=True)
    is_done = Event()
    Thread(target=_tell, args=(connection, is_done), daemon=True).start()
    try:
        rows = f"SELECT * FROM ({query}\n) LIMIT {LARGEST_ANSWER + 1}"
        connection.execute(f"CREATE TABLE answer.{ROWS} AS {rows}", params)
        connection.execute("DETACH answer")
    except (duckdb.Error, MemoryError) as error:
        print(json.dumps([type(error).__name__, str(error)]), flush=True)
    is_done.set()
    if sys.platform == "win32":
        print(ENDED, flush=True)
    os._exit(0)  # nothing is left to be closed, and closing takes as long as a query


def _limit(seconds: float) -> None:
    """Have the system end this process where it takes too much, also once nobody waits for it any more."""
    if sys.platform == "win32":
        return
    import resource

    for what in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE):
        resource.setrlimit(what, (_ADDRESSES, _ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(round(seconds) + 10)


def _tell(connection: object, is_done: Event) -> None:
    with suppress(Exception):
        while not is_done.wait(_PAUSE):
            print(json.dumps(connection.query_progress()), flush=True)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
