"""The one way to a published store: made of the raw tables, proved, and only then published, with what other
programs read of it (`shared_store`).

What is proved is that everything can be made of it today that the program makes of stores (`products`). What
cannot is told as findings with file and line (`proof`), and the store that was published before stays.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ennum_stats.errors import UsageError
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import Audience, Project, has_packaged_tables, packaged_project
from ennum_stats.store.publish import Published, current_store, is_up_to_date

if TYPE_CHECKING:
    from ennum_stats.kit.inputs import UnopenedStore
    from ennum_stats.raw.cell_checks import Frames
    from ennum_stats.store.build import BuiltStore
    from ennum_stats.store.ledger import Ledger

__all__ = [
    "NewestStore",
    "build",
    "build_if_changed",
    "checked",
    "ledger_of_tables",
    "newest_store",
    "project_at_hand",
    "trial",
]


def build(project: Project) -> Published:
    """Build the stores of a project, prove that everything can be made of them, and publish them.

    Raises `RawTablesRefused` with everything found wrong; nothing is published then.
    """
    from ennum_stats.publication.proof import prove
    from ennum_stats.publication.shared_store import write_shared
    from ennum_stats.store import build as stores

    return stores.build(project, partial(prove, share=write_shared))


def project_at_hand(root: Path | str | None) -> Project:
    """Find the project that is named or at hand; away from any, give the one that came with the package, with
    its store. Raises `UsageError` where there is neither."""
    try:
        return Project.at(root)
    except UsageError:
        if root is not None or not has_packaged_tables():
            raise
    project = packaged_project()
    build_if_changed(project)
    return project


def build_if_changed(project: Project, audience: Audience = Audience.PUBLIC) -> Published:
    """Give the published store where neither the raw tables nor the code changed since; else build one."""
    return current_store(project, audience) if is_up_to_date(project, audience) else build(project)


@dataclass(frozen=True)
class NewestStore:
    """Hold the store of the raw tables as they are, to make something of that is shown once it is published."""

    named: UnopenedStore
    opened: Callable[[], Ledger]
    published: Callable[[], object]
    """Waits until it is proved and published; raises what `build` raises."""


@contextmanager
def newest_store(project: Project, audience: Audience, known_at: date | None) -> Iterator[NewestStore]:
    """Give the store of the raw tables as they are, as known on a day (today unless told): the published one,
    or one that is proved meanwhile, and published at the end of the block at the latest.

    Raises what `build` raises.
    """
    from ennum_stats.kit.inputs import unopened_store
    from ennum_stats.store.ledger import open_ledger

    if sys.platform == "win32":  # which moves no file that is open
        build_if_changed(project, audience)
    if is_up_to_date(project, audience):
        named = unopened_store(project, known_at, audience)
        yield NewestStore(named, lambda: open_ledger(project, known_at, audience), lambda: None)
        return
    from ennum_stats.publication.meanwhile import store_while_proved

    with store_while_proved(project, audience, known_at) as store:
        yield store


def checked(project: Project) -> Frames:
    """Read and check the raw tables as a build does, without publishing anything.

    Raises `RawTablesRefused` with what a build would find.
    """
    with trial(project) as stores:
        return stores[-1].frames


@contextmanager
def trial(
    project: Project,
    known_at: date | None = None,
    languages: Sequence[str] = LANGUAGES,
    share: Callable[[Ledger, Path], None] = lambda *_: None,
) -> Iterator[tuple[BuiltStore, ...]]:
    """Make the stores of a project and prove them in some languages as known on a day (today unless told),
    elsewhere and only for a while; `share` reads of those that are proved.

    Raises `RawTablesRefused` with what a build would find.
    """
    from ennum_stats.publication.proof import prove
    from ennum_stats.raw.schema import RawTablesRefused
    from ennum_stats.store.build import built_stores

    with project.workplace() as place, built_stores(project, place) as built:
        if findings := prove(built, known_at, languages, share):
            raise RawTablesRefused(findings)
        yield built


@contextmanager
def ledger_of_tables(project: Project, known_at: date) -> Iterator[Ledger]:
    """Open a store that says what the raw tables say now: the published one where it does, else one that is
    made for a while and not proved.

    Raises `RawTablesRefused` where none can be made.
    """
    from ennum_stats.store.build import built_stores
    from ennum_stats.store.ledger import open_ledger

    if is_up_to_date(project):
        ledger = open_ledger(project, known_at)
        try:
            yield ledger
        finally:
            ledger.connection.close()
        return
    with (
        project.workplace() as place,
        built_stores(project, place) as built,
        built[0].opened(known_at) as ledger,
    ):
        yield ledger
