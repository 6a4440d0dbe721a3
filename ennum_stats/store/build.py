"""Build a store: read, check, write a new file named after its content, prove it, then publish it.

A build that is killed, or that finds anything wrong, leaves the published store untouched, and one of a
project publishes at a time. Two builds of the same rows have the same name, in whatever order the rows stand;
a repeated row is another content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from ennum_stats.errors import message
from ennum_stats.files.atomic import folder_beside
from ennum_stats.files.journal import FolderInUse
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.raw.cell_checks import Frames
from ennum_stats.raw.embargo import now
from ennum_stats.raw.embargoed_rows import without_embargoed
from ennum_stats.raw.history import PUBLISH, ChangeMade
from ennum_stats.raw.row_checks import check_raw_tables
from ennum_stats.raw.schema import Finding, RawTablesRefused
from ennum_stats.raw.school_tables import latest_numbers
from ennum_stats.store.files import FILE
from ennum_stats.store.ledger import Ledger, open_store
from ennum_stats.store.publish import (
    Published,
    code_fingerprint,
    folder,
    publish,
    publishing,
    raw_fingerprints,
)
from ennum_stats.store.writing import write_store
from ennum_stats.vocabulary import SOURCE_KINDS

_READINGS = 5
"""How often raw tables are read anew that change meanwhile."""


@dataclass(frozen=True)
class BuiltStore:
    """Hold a store that is made and not yet published: its folder, and what will be said of it."""

    project: Project
    audience: Audience
    folder: Path
    content_hash: str
    raw_fingerprint: str
    frames: Frames = field(repr=False)
    """The rows that it holds, with their files and lines."""

    @contextmanager
    def opened(self, known_at: date | None = None) -> Iterator[Ledger]:
        """Open it as known on a day; it is closed again before it is moved or deleted."""
        ledger = open_store(self.folder / FILE, self.content_hash, known_at, self.audience)
        try:
            yield ledger
        finally:
            ledger.connection.close()

    def as_published(self) -> Published:
        """Give what is to be said of it once it is published."""
        return Published(
            store="",
            content_hash=self.content_hash,
            raw_fingerprint=self.raw_fingerprint,
            code_fingerprint=code_fingerprint(),
            published_at=now().isoformat(timespec="seconds"),
        )


Proof = Callable[[Sequence[BuiltStore]], list[Finding]]
"""What finds out whether all that is made of stores can be made of these."""


def build(project: Project, prove: Proof = lambda _: []) -> Published:
    """Build and publish the public store of a project, and the internal one where anything is under
    embargo; `prove` may find what forbids it (`ennum_stats.publication` asks for everything).

    What it writes to the folder of a store is published with it.

    Raises `RawTablesRefused` with everything found wrong in the raw tables, and with what `prove` finds;
    `FolderInUse` where another command publishes, `StoreNotWritten` where the disk does not take it. Nothing
    is published then.
    """
    with publishing(project) as journal, built_stores(project) as made:
        if findings := prove(made):
            raise RawTablesRefused(findings)
        stores = {store.audience: (store.folder, store.as_published()) for store in made}
        held_back = len(made[-1].frames["observations"]) - len(made[0].frames["observations"])
        noted = ChangeMade(PUBLISH, options={"embargoed": str(held_back)} if held_back else {})
        return publish(project, journal, stores, noted=noted)[Audience.PUBLIC]


@contextmanager
def built_stores(project: Project, place: Path | None = None) -> Iterator[tuple[BuiltStore, ...]]:
    """Make the stores of the raw tables beside those that are published, or in another place: the public one,
    and the internal one where anything is under embargo. What is not published is deleted at the end.

    Raises `RawTablesRefused` with everything found wrong in the raw tables.
    """
    fingerprints, frames, findings = _read(project)
    if findings:
        raise RawTablesRefused(findings)
    frames = with_sites(with_known_days(frames))
    wanted = {Audience.PUBLIC: without_embargoed(frames, now())}
    if len(wanted[Audience.PUBLIC]["observations"]) < len(frames["observations"]):
        wanted[Audience.INTERNAL] = frames
    with ExitStack() as folders:
        made = []
        for audience, rows in wanted.items():
            beside = place / audience if place else folder(project, audience)
            project.make_private(beside)
            work = folders.enter_context(folder_beside(beside / "building"))
            content_hash = write_store(work, rows, audience, is_for_a_while=place is not None)
            made.append(BuiltStore(project, audience, work, content_hash, fingerprints[audience], rows))
        yield tuple(made)


def _read(project: Project) -> tuple[dict[Audience, str], Frames, list[Finding]]:
    """Read and check the raw tables, again where somebody wrote to them meanwhile: they may be of two states.

    Raises `FolderInUse` where that does not end.
    """
    for _ in range(_READINGS):
        fingerprints = raw_fingerprints(project)
        frames, findings = check_raw_tables(project.raw, project.root)
        if raw_fingerprints(project) == fingerprints:
            return fingerprints, frames, findings
    raise FolderInUse(
        message("The raw tables change while they are read."),
        where=str(project.raw),
        remedy=message("Wait until it is done, then try again."),
    )


def with_known_days(frames: Frames) -> Frames:
    """Add to sources, observations and prices the day from which they were known, and the rank of sources.

    A document is known from the last day of the day, month or year printed on it; one without a date,
    from the day it was read. The mean of an index over a year is known by the end of January, when the index
    of December is published, whatever the document that it was copied from much later.
    """
    dates = pl.coalesce("published_on", "retrieved_on")
    last_day = dates.map_elements(lambda text: Period(text).last, return_dtype=pl.Date)
    ranks = {code: kind.rank for code, kind in SOURCE_KINDS.items()}
    rank = pl.col("kind").replace_strict(ranks, return_dtype=pl.Int32)
    sources = frames["sources"].with_columns(last_day.alias("known_on"), rank.alias("rank"))
    observations = frames["observations"]
    known_on = observations.select("source_id").join(
        sources.select(pl.col("source_id").cast(pl.Categorical), "known_on"),
        on="source_id", how="left", maintain_order="left",
    )["known_on"]  # fmt: skip
    priced = frames["prices"].with_columns(pl.date(pl.col("year") + 1, 1, 31).alias("known_on"))
    return frames | {
        "sources": sources, "observations": observations.with_columns(known_on), "prices": priced,
    }  # fmt: skip


def with_sites(frames: Frames) -> Frames:
    """Add to implantations and participations the identity of the site: its latest number, where a
    reviewed link says that it had several."""
    latest = latest_numbers(dict(frames["site_links"].select("implantation", "same_as").rows()))
    site = pl.col("implantation").replace(latest).alias("site")
    named = ("implantations", "participations")
    return frames | {name: frames[name].with_columns(site) for name in named}
