"""Build a store: read, check, write a new file named after its content, prove it, then publish it.

A build that is killed, or that finds anything wrong, leaves the published store untouched. Two builds of
the same rows have the same name, in whatever order the rows stand; a repeated row is another content.
The checks have proved that keys are unique, so that the store needs no indexes to prove it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from ennum_stats.atomic import folder_beside, swap_folder
from ennum_stats.errors import StoreDamaged
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.raw.cell_checks import Frames
from ennum_stats.raw.embargo import now
from ennum_stats.raw.embargoed_rows import without_embargoed
from ennum_stats.raw.kinds import CODE, DECIMAL, INTEGER, PERIOD_END
from ennum_stats.raw.row_checks import check_raw_tables
from ennum_stats.raw.schema import Finding, RawTablesRefused, Table
from ennum_stats.raw.school_tables import latest_numbers
from ennum_stats.raw.tables import TABLES
from ennum_stats.store.ledger import Ledger, open_store
from ennum_stats.store.publish import (
    Published,
    code_fingerprint,
    folder,
    raw_fingerprints,
    remove_internal,
    set_current,
)
from ennum_stats.vocabulary import SOURCE_KINDS

PARQUET_TABLES = ("sources", "programmes", "calls", "observations", "milestones", "prices")
FILE, PARQUET = "store.duckdb", "parquet"
"""What a store is made as, before its name is known."""
_AT_ONCE = 2 * 122_880
"""Rows that are put in order, hashed and written together: whole row groups of DuckDB."""
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


@dataclass(frozen=True)
class MadeStore:
    """A store that is made and not yet published: its folder, and what will be said of it."""

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

    def publish(self) -> Published:
        """Move it to the stores of its audience and make it the current one."""
        place = folder(self.project, self.audience)
        name = f"ennum-{self.content_hash[:16]}"
        if not _is_there(place / f"{name}.duckdb", self.content_hash):
            swap_folder(self.folder / PARQUET, place / name)  # first: where the file is, this is
            (self.folder / FILE).replace(place / f"{name}.duckdb")
        published = Published(
            store=f"{name}.duckdb",
            content_hash=self.content_hash,
            raw_fingerprint=self.raw_fingerprint,
            code_fingerprint=code_fingerprint(),
            published_at=now().isoformat(timespec="seconds"),
        )
        set_current(self.project, published, self.audience)
        return published


Proof = Callable[[Sequence[MadeStore]], list[Finding]]
"""What finds out whether all that is made of stores can be made of these."""


def build(project: Project, prove: Proof = lambda _: []) -> Published:
    """Build and publish the public store of a project, and the internal one where anything is under
    embargo; `prove` may find what forbids it (`ennum_stats.publication` asks for everything).

    Raises `RawTablesRefused` with everything found wrong in the raw tables, and with what `prove` finds;
    nothing is published then.
    """
    with made_stores(project) as made:
        if findings := prove(made):
            raise RawTablesRefused(findings)
        published, *_ = [store.publish() for store in made]
    if len(made) == 1:
        remove_internal(project)
    return published


@contextmanager
def made_stores(project: Project, place: Path | None = None) -> Iterator[tuple[MadeStore, ...]]:
    """Make the stores of the raw tables beside those that are published, or in another place: the public one,
    and the internal one where anything is under embargo. What is not published is deleted at the end.

    Raises `RawTablesRefused` with everything found wrong in the raw tables.
    """
    fingerprints = raw_fingerprints(project)
    frames, findings = check_raw_tables(project.raw, project.root)
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
            work = folders.enter_context(folder_beside(beside / "building"))
            hashes = (_write_store(work, rows), fingerprints[audience])
            made.append(MadeStore(project, audience, work, *hashes, rows))
        yield tuple(made)


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


def _is_there(path: Path, content_hash: str) -> bool:
    """Tell whether a store of this content is there: a name says the content, and what is there may be open.
    One that another version made of the same rows has other columns, and is none."""
    try:
        open_store(path, content_hash).connection.close()
    except StoreDamaged:
        return False
    return True


def _write_store(work: Path, frames: Frames) -> str:
    (work / PARQUET).mkdir()
    digest = hashlib.sha256()
    with duckdb.connect(str(work / FILE), config={"memory_limit": "1GB"}) as connection:
        for table in TABLES:
            table_hash = _write_table(connection, table, frames[table.name])
            digest.update(f"{table.name} {table_hash}\n".encode())
        content_hash = digest.hexdigest()
        connection.execute("CREATE TABLE store (content_hash VARCHAR)")
        connection.execute("INSERT INTO store VALUES (?)", [content_hash])
        for name in PARQUET_TABLES:
            target = work / PARQUET / f"{name}.parquet"
            connection.execute(f"COPY {name} TO '{target}' (FORMAT parquet)")
    return content_hash


def _write_table(connection: duckdb.DuckDBPyConnection, table: Table, frame: pl.DataFrame) -> str:
    """Write a table in its order (mostly that of its key) and give its hash: SHA-256 of the rows as CSV
    in that order, whatever their order in the files."""
    columns = store_columns(table)
    declared = ", ".join(f'"{name}" {sql_type}' for name, sql_type in columns)
    connection.execute(f"CREATE TABLE {table.name} ({declared})")
    digest = hashlib.sha256()
    rows = frame.select(name for name, _ in columns)
    order = pl.arg_sort_by(_ORDERS.get(table.name, table.key), maintain_order=True)
    for places in rows.select(order).iter_slices(_AT_ONCE):
        part = rows[places.to_series()]
        digest.update(part.write_csv(include_header=False).encode())
        connection.register("part", part)
        connection.execute(f"INSERT INTO {table.name} FROM part")
        connection.unregister("part")
    return digest.hexdigest()


def store_columns(table: Table) -> list[tuple[str, str]]:
    """Return names and SQL types of a table of the store: columns of the raw table, and those added."""
    raw = [(column.name, column.kind) for column in table.columns]
    return [(name, kind.sql_type) for name, kind in (*raw, *_ADDED.get(table.name, ()))]
