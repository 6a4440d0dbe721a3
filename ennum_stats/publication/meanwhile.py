"""Prove a store in a process of its own while something is made of it.

The process begins before the store is there: it loads what it needs while the raw tables are read. What is
made meanwhile may be shown once `published` of `NewestStore` has returned.
Where the process does not succeed, for whatever reason, the proof is made here, and says which rows fail.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from ennum_stats.files.leavings import remove
from ennum_stats.kit.inputs import UnopenedStore
from ennum_stats.project import Audience, Project
from ennum_stats.publication import NewestStore
from ennum_stats.store import build as stores
from ennum_stats.store.ledger import Ledger, open_store, today
from ennum_stats.store.writing import FILE, SHARED

if TYPE_CHECKING:
    from ennum_stats.raw.schema import Finding


@contextmanager
def store_while_proved(project: Project, audience: Audience, known_at: date | None) -> Iterator[NewestStore]:
    """Give the store of the raw tables as they are, as known on a day (today unless told). It is published as
    soon as it is proved, at the end of the block at the latest, whatever became of what was made of it.

    Raises what `build` raises, rather than what is raised in the block.
    """
    future: Future[Ledger] = Future()
    with _process() as process, ThreadPoolExecutor(1) as background:
        built = background.submit(_build, project, audience, known_at, process, future)
        import ennum_stats.kit.press  # noqa: F401 - while the raw tables are read

        ledger = future.result()
        named = UnopenedStore(ledger.content_hash, ledger.known_at, audience, project.is_demo)
        try:
            yield NewestStore(named, lambda: ledger, built.result)
        finally:
            ledger.connection.close()
            built.result()


def _build(
    project: Project, audience: Audience, known_at: date | None, process: subprocess.Popen[str],
    future: Future[Ledger],
) -> None:  # fmt: skip
    """Build and publish the stores; the one to make something of is opened as soon as it is written."""

    def prove(built: Sequence[stores.BuiltStore]) -> list[Finding]:
        store = next((candidate for candidate in built if candidate.audience is audience), built[0])
        future.set_result(open_store(store.folder / FILE, store.content_hash, known_at, audience))
        if _proves(process, built):
            return []
        for each_store in built:
            remove(each_store.shared)
        from ennum_stats.publication import proof, shared_store

        return proof.prove(built, share=shared_store.write_shared)

    try:
        stores.build(project, prove)
    except BaseException as error:
        if not future.done():
            future.set_exception(error)
        raise


@contextmanager
def _process() -> Iterator[subprocess.Popen[str]]:
    """Start the process that proves; it does not outlive this one, nor the block."""
    quiet, env = subprocess.DEVNULL, {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, text=True, env=os.environ | env,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        try:
            yield process
        finally:
            process.kill()
            with suppress(OSError):  # it is gone, and what was said to it is nowhere
                process.stdin.close()


def _proves(process: subprocess.Popen[str], built: Sequence[stores.BuiltStore]) -> bool:
    """Have stores proved, and what other programs read of them written; tell whether all of it was done."""
    assert process.stdin is not None
    day = today().isoformat()
    named = [(str(store.folder), store.content_hash, store.audience.value, day) for store in built]
    try:
        process.stdin.write(f"{json.dumps(named)}\n")
        process.stdin.flush()
    except OSError:  # it is gone
        return False
    return process.wait() == 0


def main() -> int:
    """Prove the stores that standard input names; give 0 where all of them hold."""
    from ennum_stats.publication.proof import is_proved
    from ennum_stats.publication.shared_store import write_shared

    gc.disable()  # it lives for two seconds
    named = json.loads(sys.stdin.readline())
    Thread(target=_end_with_parent, daemon=True).start()
    for folder, content_hash, audience, day in named:
        known_at = date.fromisoformat(day)
        ledger = open_store(Path(folder, FILE), content_hash, known_at, Audience(audience))
        if not is_proved(ledger):
            return 1
        write_shared(ledger, Path(folder, SHARED))
    return 0


def _end_with_parent() -> None:
    sys.stdin.read()  # until the other end is closed, as it is with the process that has it
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
