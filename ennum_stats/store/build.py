"""Build a store: read, check, write a new file named after its content, then publish it.

A build that is killed, or that finds anything wrong, leaves the published store untouched. Two builds of
the same rows have the same name, in whatever order the rows stand; a repeated row is another content.
The checks have proved that keys are unique, so that the store needs no indexes to prove it again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import polars as pl

from ennum_stats.atomic import folder_beside
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.raw.cell_checks import Frames
from ennum_stats.raw.embargo import now
from ennum_stats.raw.embargoed_rows import without_embargoed
from ennum_stats.raw.kinds import CODE, DECIMAL, INTEGER, PERIOD_END
from ennum_stats.raw.row_checks import check_raw_tables
from ennum_stats.raw.schema import RawTablesRefused, Table
from ennum_stats.raw.school_tables import latest_numbers
from ennum_stats.raw.tables import TABLES
from ennum_stats.store.publish import (
    Published,
    code_fingerprint,
    current_store,
    folder,
    is_up_to_date,
    raw_fingerprints,
    remove_internal,
    set_current,
)
from ennum_stats.vocabulary import SOURCE_KINDS

PARQUET_TABLES = ("sources", "programmes", "calls", "observations", "milestones", "prices")
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
_ORDERS = {"participations": ("site", "participation")}


def build(project: Project) -> Published:
    """Build and publish the public store of a project, and the internal one where anything is under
    embargo.

    Raises `RawTablesRefused` with everything found wrong in the raw tables.
    """
    fingerprints = raw_fingerprints(project)
    frames, findings = check_raw_tables(project.raw, project.root)
    if findings:
        raise RawTablesRefused(findings)
    frames = with_sites(with_known_days(frames))
    public = without_embargoed(frames, now())
    published = _publish(project, Audience.PUBLIC, public, fingerprints[Audience.PUBLIC])
    if len(public["observations"]) < len(frames["observations"]):
        _publish(project, Audience.INTERNAL, frames, fingerprints[Audience.INTERNAL])
    else:
        remove_internal(project)
    return published


def build_if_changed(project: Project, audience: Audience = Audience.PUBLIC) -> Published:
    """Give the published store where neither the raw tables nor the code changed since; else build one."""
    return current_store(project, audience) if is_up_to_date(project, audience) else build(project)


def _publish(project: Project, audience: Audience, frames: Frames, fingerprint: str) -> Published:
    place = folder(project, audience)
    with folder_beside(place / "building") as work:
        content_hash = _write_store(work, frames)
        name = f"ennum-{content_hash[:16]}"
        _move(work / "store.duckdb", place / f"{name}.duckdb")
        _move(work / "parquet", place / name)
    published = Published(
        store=f"{name}.duckdb",
        content_hash=content_hash,
        raw_fingerprint=fingerprint,
        code_fingerprint=code_fingerprint(),
        published_at=now().isoformat(timespec="seconds"),
    )
    set_current(project, published, audience)
    return published


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


def _move(made: Path, place: Path) -> None:
    """Move a file unless its name is there: a name says the content, and what is there may be open."""
    if not place.exists():
        made.replace(place)


def _write_store(work: Path, frames: Frames) -> str:
    (work / "parquet").mkdir()
    digest = hashlib.sha256()
    with duckdb.connect(str(work / "store.duckdb"), config={"memory_limit": "1GB"}) as connection:
        for table in TABLES:
            table_hash = _write_table(connection, table, frames[table.name])
            digest.update(f"{table.name} {table_hash}\n".encode())
        content_hash = digest.hexdigest()
        connection.execute("CREATE TABLE store (content_hash VARCHAR)")
        connection.execute("INSERT INTO store VALUES (?)", [content_hash])
        for name in PARQUET_TABLES:
            target = work / "parquet" / f"{name}.parquet"
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
