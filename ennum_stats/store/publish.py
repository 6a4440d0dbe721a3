"""Which store is in force. Stores are named after their content and never edited; `current.json` names
the one in force and is replaced in one step, so that readers see the old one or the new one, whole.

The internal store, with what is under embargo, has a folder, a pointer and a history of its own: nothing
in the public ones tells that it exists.

The last published stores, and what each changed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from ennum_stats.atomic import write_atomic
from ennum_stats.boundary import require_file
from ennum_stats.errors import StoreDamaged, StoreMissing, message, unknown_name
from ennum_stats.project import Audience, Project
from ennum_stats.raw.embargo import embargoed_files, embargoed_rows, now
from ennum_stats.raw.tables import TABLES

POINTER = "current.json"
HISTORY = "history.json"
STORES_KEPT = 10
_PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Published:
    """What `current.json` says of the store in force."""

    store: str
    content_hash: str
    raw_fingerprint: str
    code_fingerprint: str
    published_at: str


def folder(project: Project, audience: Audience) -> Path:
    """Locate the stores of an audience."""
    if audience is Audience.INTERNAL:
        return project.processed / "internal"
    return project.processed


def current_store(project: Project, audience: Audience = Audience.PUBLIC) -> Published:
    """Read which store of an audience is published.

    Raises `StoreMissing` where there is none, `StoreDamaged` where the pointer cannot be read.
    """
    path = folder(project, audience) / POINTER
    if not path.is_file():
        raise StoreMissing(
            message("No store has been built yet."),
            where=str(project.processed),
            remedy=message("Run: ennum build"),
        )
    try:
        return Published(**json.loads(path.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise StoreDamaged(
            message("The pointer to the store cannot be read."),
            where=str(path),
            remedy=message("Run: ennum build"),
        ) from error


def published_store(project: Project, audience: Audience) -> tuple[Published, Path]:
    """Read once which store an audience is shown, and where its file is: the public one where nothing is
    under embargo. Raises `StoreMissing` and `StoreDamaged`."""
    try:
        published, place = current_store(project, audience), folder(project, audience)
    except StoreMissing:
        published, place = current_store(project), project.processed
    return published, place / published.store


def set_current(project: Project, published: Published, audience: Audience) -> None:
    """Replace the pointer in one step, and delete the stores beyond the last ten."""
    place = folder(project, audience)
    earlier = [p for p in history(project, audience) if p.content_hash != published.content_hash]
    kept = [published, *earlier][:STORES_KEPT]
    _write_json(place / HISTORY, [asdict(entry) for entry in kept])
    _write_json(place / POINTER, asdict(published))
    _forget(place, {entry.store for entry in kept})


def history(project: Project, audience: Audience = Audience.PUBLIC) -> list[Published]:
    """List the stores that were published and are still there, the last one first."""
    path = folder(project, audience) / HISTORY
    if not path.is_file():
        return []
    entries = [Published(**entry) for entry in json.loads(path.read_text("utf-8"))]
    return [entry for entry in entries if (path.parent / entry.store).is_file()]


def rollback(project: Project, content_hash: str) -> Published:
    """Publish one of the last public stores again, by its hash or the beginning of it.

    It stays published until the raw tables change again. Raises `UnknownName`.
    """
    entries = history(project)
    found = [entry for entry in entries if entry.content_hash.startswith(content_hash)]
    if len(found) != 1 or not content_hash:
        raise unknown_name(
            message("No single store has the hash “{hash}”.", hash=content_hash),
            [entry.content_hash[:16] for entry in entries],
            message("Stores: {names}."),
            remedy=message("ennum stores lists them."),
        )
    published = replace(
        found[0],
        raw_fingerprint=raw_fingerprint(project, Audience.PUBLIC),
        code_fingerprint=code_fingerprint(),
        published_at=now().isoformat(timespec="seconds"),
    )
    set_current(project, published, Audience.PUBLIC)
    return published


def remove_internal(project: Project) -> None:
    """Delete the internal stores: nothing is under embargo any more."""
    shutil.rmtree(folder(project, Audience.INTERNAL), ignore_errors=True)


# --- fingerprints -----------------------------------------------------------------------------------


def is_up_to_date(project: Project, audience: Audience = Audience.PUBLIC) -> bool:
    """Tell whether a published store is there, made of these raw tables by this code.

    Asked before anything is built, so that nothing heavy is loaded where nothing has changed.
    """
    try:
        published = current_store(project, audience)
    except (StoreMissing, StoreDamaged):
        return False
    return (
        (folder(project, audience) / published.store).is_file()
        and published.raw_fingerprint == raw_fingerprint(project, audience)
        and published.code_fingerprint == code_fingerprint()
    )


def is_published(project: Project) -> bool:
    """Tell whether stores were published of the raw tables as they are, also of what is under embargo."""
    digests = raw_fingerprints(project)
    has_embargo = digests[Audience.INTERNAL] != digests[Audience.PUBLIC]
    return is_up_to_date(project, Audience.INTERNAL if has_embargo else Audience.PUBLIC)


def raw_fingerprint(project: Project, audience: Audience) -> str:
    """Compute a fingerprint of the raw tables that an audience may see, which tells whether a build reads
    anything new. Rows under embargo leave no trace in the public one."""
    return raw_fingerprints(project)[audience]


def raw_fingerprints(project: Project) -> dict[Audience, str]:
    """Compute the fingerprint for each audience; the files that all may see are read once."""
    embargoed = {path for table in TABLES for path in embargoed_files(project.raw, table)}
    shared = hashlib.sha256()
    for path in sorted({*project.raw.rglob("*.csv")} - embargoed):
        _digest_file(shared, path, project.raw)
    digests = {audience: shared.copy() for audience in Audience}
    for audience, rows in zip(Audience, embargoed_rows(project.raw), strict=True):
        for row in rows:
            digests[audience].update("\x1f".join(str(cell) for cell in row.values()).encode())
    return {audience: digest.hexdigest() for audience, digest in digests.items()}


@cache
def code_fingerprint() -> str:
    """Compute a fingerprint of the package's own files: code, catalogues and texts."""
    digest = hashlib.sha256()
    for pattern in ("*.py", "*.po", "*.md", "*.typ", "*.lua"):
        for path in sorted(_PACKAGE.rglob(pattern)):
            _digest_file(digest, path, _PACKAGE)
    return digest.hexdigest()


def _digest_file(digest: hashlib._Hash, path: Path, start: Path) -> None:
    digest.update(path.relative_to(start).as_posix().encode() + b"\0")
    # What cannot be read (no rights, a folder) is a finding of the checks, not an error here.
    with suppress(OSError), require_file(path).open("rb") as file:
        digest.update(hashlib.file_digest(file, "sha256").digest())


def _write_json(path: Path, value: object) -> None:
    write_atomic(path, (json.dumps(value, indent=2) + "\n").encode())


def _forget(place: Path, kept: set[str]) -> None:
    for path in place.glob("ennum-*.duckdb"):
        if path.name not in kept:
            with suppress(OSError):  # Windows keeps what a reader still holds open
                path.unlink()
                shutil.rmtree(path.with_suffix(""), ignore_errors=True)


def store_records(project: Project) -> list[dict[str, Any]]:
    """List the public stores that are kept, the last one first: moment, hash, whether it is the current one,
    how many published numbers it holds, and how many were added and removed since the one before."""
    entries = history(project)
    current = current_store(project).content_hash
    numbers = [_observation_ids(project, entry) for entry in entries]
    records = []
    for position, entry in enumerate(entries):
        before = numbers[position + 1] if position + 1 < len(entries) else set()
        records.append(
            {
                "published_at": entry.published_at,
                "content_hash": entry.content_hash[:16],
                "in_force": entry.content_hash == current,
                "observations": len(numbers[position]),
                "added": len(numbers[position] - before),
                "removed": len(before - numbers[position]),
            }
        )
    return records


def _observation_ids(project: Project, entry: Published) -> set[tuple[Any, ...]]:
    """Read the published numbers by key and content, so that a changed number counts as removed and added."""
    path = folder(project, Audience.PUBLIC) / entry.store
    query = "SELECT observation_id, value, lower, upper, precision FROM observations"
    with duckdb.connect(str(path), read_only=True) as connection:
        return set(connection.execute(query).fetchall())
