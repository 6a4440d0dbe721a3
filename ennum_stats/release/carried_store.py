"""The store that a release carries, for analysts who have no project: written with it, and opened again from a
folder, an address, or a wheel that was installed.

It is an archive of the tables of the store as known on the day of the release, in Parquet. Single schools stay in
the house: the tables of their lists are left out, and who opens the release is told. What is fetched is compared
with the checksums of the release and then kept in the user's cache, so that it opens again without a network.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from warnings import warn

import polars as pl

from ennum_stats.errors import Parameter, StoreDamaged, UsageError, message
from ennum_stats.files.atomic import folder_beside, repeatable
from ennum_stats.files.boundary import FileMissing, is_address, require_file, shown
from ennum_stats.files.remote import AddressUnreachable, read_at
from ennum_stats.files.sums import CHECKSUMS, sums_listed
from ennum_stats.project import Audience, cache_folder
from ennum_stats.raw.schema import RawTable
from ennum_stats.raw.school_tables import SCHOOL_TABLES
from ennum_stats.raw.tables import TABLE_BY_NAME, TABLES
from ennum_stats.store.files import FILE, file_hash, require_bytes
from ennum_stats.store.ledger import Ledger, open_store
from ennum_stats.store.sql import in_memory
from ennum_stats.store.writing import proved_store, store_columns, write_store

ARCHIVE = "store.zip"
_ABOUT = "store.json"
_LARGEST = 2**30
PACKAGE = "ennum_stats_data"
"""The package of a wheel that holds nothing but a release."""
_LEFT_OUT = (
    "This release leaves out the lists of schools: what is counted from them stands in its table “measures”."
)
_AS_BEFORE = "{} does not answer: the release that was read from there before is opened."


def store_archive(ledger: Ledger) -> bytes:
    """Write the tables of a store as known on its day, but for lists of schools, as an archive of Parquet files.
    The same store gives the same bytes."""
    memory = in_memory(ledger)
    of_schools = {table.name for table in SCHOOL_TABLES}
    about = {
        "known_at": ledger.known_at.isoformat(),
        "content_hash": ledger.content_hash,
        "left_out": sorted(name for name in of_schools if ledger.has_rows(name)),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(_ABOUT, json.dumps(about, indent=2) + "\n")
        for name in TABLE_BY_NAME.keys() - of_schools:
            content = io.BytesIO()
            pl.DataFrame(memory.cursor().table(name)).write_parquet(content, compression="zstd")
            archive.writestr(f"{name}.parquet", content.getvalue())
    return repeatable(buffer.getvalue())


def installed_release(version: str) -> Path:
    """Find the release that a wheel of data brought, by its day or the beginning of it: "2026-11".

    Raises `UsageError` where none, or another one, is installed.
    """
    spec = find_spec(PACKAGE)
    folder = Path(spec.origin).parent if spec and spec.origin else None
    day = json.loads(_archived((folder / ARCHIVE).read_bytes())[_ABOUT])["known_at"] if folder else ""
    if folder is None or not day.startswith(version):
        raise UsageError(
            message("The release “{version}” is not installed.", version=version),
            where=Parameter("release"),
            expected=message("Installed is that of {day}.", day=day) if day else None,
            remedy=message("Install its wheel, which ennum release --wheel writes, or open its address."),
        )
    return folder


def require_public(audience: Audience) -> None:
    """Raise `UsageError` for the internal store, which no release is made of."""
    if audience is not Audience.PUBLIC:
        raise UsageError(
            message("The internal store is never released."),
            expected=message("A release is made of the public store."),
        )


def opened_release(place: Path | str, known_at: date | None, audience: Audience = Audience.PUBLIC) -> Ledger:
    """Open the store of a release in a folder or at an address, or of the folder of its Parquet files, as known on
    a day: that of the release, unless an earlier one is given.

    Raises `UsageError` for what is no release and for a later day, `StoreDamaged` for a file with other bytes than
    the release lists, `AddressUnreachable` where it does not answer and was never read before.
    """
    require_public(audience)
    kept = _kept(place)
    about = _about(kept)
    require_bytes(kept / FILE, about["sha256"])
    if about["left_out"]:
        warn(_LEFT_OUT, stacklevel=4)
    last = date.fromisoformat(about["known_at"])
    return replace(open_store(kept / FILE, about["content_hash"], last), last_day=last).known_on(
        known_at or last
    )


def opened_file(path: Path, known_at: date | None) -> Ledger:
    """Open the file of a published store, once its rows are found to be those of its hash.

    Raises `UsageError` for a database that is no store, `StoreDamaged` for other rows."""
    try:
        content_hash, audience = proved_store(require_file(path))
    except LookupError as error:
        raise UsageError(
            message("This database is no store: what other programs read of one has its tables alone."),
            where=shown(path),
            remedy=message("Open the project’s folder or a release; read this file with DuckDB."),
        ) from error
    return open_store(path, content_hash, known_at, audience)


def _kept(place: Path | str) -> Path:
    """Find a release in the cache, as it is listed at its place; read and keep it the first time."""
    address = place if isinstance(place, str) and is_address(place) else ""
    read = partial(read_at, place)
    where = address or os.fspath(Path(place).resolve())
    try:
        listed = read(CHECKSUMS)
    except AddressUnreachable:
        before = [
            path.parent for path in _releases().glob(f"*/{_ABOUT}") if _about(path.parent)["where"] == where
        ]
        if not before:
            raise
        warn(_AS_BEFORE.format(where), stacklevel=5)
        return max(before, key=lambda folder: folder.stat().st_mtime)
    except FileMissing as error:
        if address or not (Path(place) / _ABOUT).is_file():
            raise _no_release(where) from error
        files = {
            path.name: path.read_bytes()
            for path in Path(place).iterdir()
            if path.suffix in (".json", ".parquet")
        }
        listed = "".join(
            f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)
        ).encode()
    else:
        files = {}
    folder = _releases() / hashlib.sha256(where.encode() + b"\0" + listed).hexdigest()[:16]
    if not (folder / _ABOUT).is_file():
        _keep(folder, files or _verified(where, listed, read), where)
    os.utime(folder)  # the one that was read last is opened where nothing answers
    return folder


def _verified(where: str, listed: bytes, read: Callable[[str], bytes]) -> dict[str, bytes]:
    """Read the archive that a release lists, and compare it with its checksum."""
    try:
        digest = sums_listed(listed.decode())[ARCHIVE]
    except (KeyError, UnicodeDecodeError) as error:
        raise _no_release(where) from error
    content = read(ARCHIVE)
    if hashlib.sha256(content).hexdigest() != digest:
        raise _damaged(f"{where}/{ARCHIVE}")
    return _archived(content)


def _archived(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
            raise _damaged(ARCHIVE)
        return {name: archive.read(name) for name in archive.namelist()}


def _keep(folder: Path, files: Mapping[str, bytes], where: str) -> None:
    """Write a release into the cache as a store, whole or not at all."""
    try:
        about = json.loads(files[_ABOUT])
        date.fromisoformat(about["known_at"])
        str.encode(about["content_hash"])
        frames = {table.name: _frame(table, files) for table in TABLES}
    except (KeyError, TypeError, ValueError, pl.exceptions.PolarsError) as error:
        raise _damaged(where) from error
    with folder_beside(folder) as work:
        write_store(work, frames)
        about |= {"sha256": file_hash(work / FILE), "where": where}
        (work / _ABOUT).write_text(json.dumps(about), "utf-8")
        with suppress(OSError):  # another process was faster: its copy is the same
            work.replace(folder)


def _frame(table: RawTable, files: Mapping[str, bytes]) -> pl.DataFrame:
    """Read the rows of a table; columns that came after the release are empty, and so are lists that it leaves out."""
    names = [name for name, _ in store_columns(table)]
    if table in SCHOOL_TABLES:
        return pl.DataFrame(schema=names)
    frame = pl.read_parquet(io.BytesIO(files[f"{table.name}.parquet"]))
    return frame.with_columns(pl.lit(None).alias(name) for name in names if name not in frame.columns)


def _releases() -> Path:
    return cache_folder() / "releases"


def _about(folder: Path) -> dict[str, Any]:
    about: dict[str, Any] = json.loads((folder / _ABOUT).read_text("utf-8"))
    return about


def _no_release(where: str) -> UsageError:
    return UsageError(
        message("This is no release that can be opened."),
        where=where,
        expected=message("Expected a folder with {names}, which ennum release writes.",
                         names=f"{CHECKSUMS}, {ARCHIVE}"),
    )  # fmt: skip


def _damaged(where: str) -> StoreDamaged:
    return StoreDamaged(
        message("This file has other bytes than the release says."),
        where=where,
        remedy=message("Try again; where it stays so, tell those who publish it."),
    )
