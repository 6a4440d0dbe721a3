"""Build, prove and publish a store in a process of its own while something is made of it.

What is made meanwhile may be shown once `published` of `NewestStore` has returned. Where the process does not
succeed, for whatever reason, the store is built here, which says what is wrong and where.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from ennum_stats.errors import message
from ennum_stats.files.journal import FolderInUse
from ennum_stats.kit.inputs import UnopenedStore
from ennum_stats.project import Audience, Project
from ennum_stats.publication import NewestStore, build
from ennum_stats.raw.schema import Finding, RawTablesRefused
from ennum_stats.store.publish import current_store

if TYPE_CHECKING:
    from ennum_stats.store.build import BuiltStore
    from ennum_stats.store.ledger import Ledger


@contextmanager
def store_while_proved(project: Project, audience: Audience, known_at: date | None) -> Iterator[NewestStore]:
    """Give the store of the raw tables as they are, as known on a day (today unless told). It is published as
    soon as it is proved, at the end of the block at the latest, whatever became of what was made of it.

    Raises what `build` raises, rather than what is raised in the block.
    """
    with _process(project, audience) as process:
        import docx  # noqa: F401 - what a kit is made with is loaded while the raw tables are read
        import fontTools.ttLib  # noqa: F401
        import highspy  # noqa: F401
        import numpy as np  # noqa: F401
        import pptx  # noqa: F401
        import typst  # noqa: F401
        import xlsxwriter  # noqa: F401

        import ennum_stats.kit.press  # noqa: F401
        from ennum_stats.store.ledger import open_ledger

        ledger = _opened(process, known_at, audience)
        if is_built_here := ledger is None:
            build(project)
            ledger = open_ledger(project, known_at, audience)

        @cache
        def published() -> None:
            if is_built_here or process.wait() == 0:
                return
            build(project)
            if current_store(project, audience).content_hash != ledger.content_hash:
                raise FolderInUse(
                    message("The raw tables change while they are read."), where=str(project.raw)
                )

        named = UnopenedStore(ledger.content_hash, ledger.known_at, audience, project.is_demo)
        try:
            yield NewestStore(named, lambda: ledger, published)
        except RawTablesRefused:
            raise  # by `published`, which has built it here
        except Exception:
            published()
            raise
        else:
            published()
        finally:
            ledger.connection.close()


@contextmanager
def _process(project: Project, audience: Audience) -> Iterator[subprocess.Popen[str]]:
    """Start the process that publishes; it does not outlive this one, nor the block."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-P", "-m", __name__, str(project.root), audience]
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=quiet, text=True, env=env) as process:
        try:
            yield process
        finally:
            process.kill()
            with suppress(OSError):  # it is gone, and what was said to it is nowhere
                process.stdin.close()  # type: ignore[union-attr]


def _opened(process: subprocess.Popen[str], known_at: date | None, audience: Audience) -> Ledger | None:
    """Open the store that the process has written, and say so: it is moved only then. None where it failed."""
    assert process.stdin is not None
    assert process.stdout is not None
    if not (line := process.stdout.readline()):
        return None
    path, content_hash = json.loads(line)
    from ennum_stats.store.ledger import open_store

    ledger = open_store(Path(path), content_hash, known_at, audience)
    with suppress(OSError):  # it is gone, which `published` finds
        process.stdin.write("\n")
        process.stdin.flush()
    return ledger


def main(root: str, audience: str) -> None:
    """Publish the store of a project; name its file before it is proved, and move it once it has been opened.
    Ends with 1 where anything is wrong, without looking for the rows behind it."""
    from ennum_stats.store import build as stores
    from ennum_stats.store.files import FILE

    is_opened = Event()
    Thread(target=_follow, args=(is_opened,), daemon=True).start()

    def prove(built: Sequence[BuiltStore]) -> list[Finding]:
        store = next((store for store in built if store.audience == audience), built[0])
        print(json.dumps([str(store.folder / FILE), store.content_hash]), flush=True)
        from ennum_stats.publication.proof import is_proved  # while it is drawn
        from ennum_stats.publication.shared_store import write_shared

        for store in built:
            with store.opened() as ledger:
                if not is_proved(ledger):
                    sys.exit(1)
                write_shared(ledger, store.folder)
        is_opened.wait()
        return []

    gc.disable()  # it lives for three seconds
    stores.build(Project(Path(root)), prove)


def _follow(is_opened: Event) -> None:
    """Hear that the store has been opened; end with the process that asked."""
    if sys.stdin.readline():
        is_opened.set()
    sys.stdin.read()  # until the other end is closed, as it is with the process that has it
    os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
