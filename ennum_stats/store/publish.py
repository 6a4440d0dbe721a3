"""Which store is in force. Stores are named after their content and never edited; `current.json` names
the one in force and is replaced in one step, so that readers see the old one or the new one, whole.

The internal store, with what is under embargo, has a folder, a pointer and a history of its own: nothing
in the public ones tells that it exists.

What other programs read of the store in force (`ennum.duckdb`, and the folder `ennum`) has names that stay,
and takes its place in the same step as the pointer. Here these are files that somebody made.

The last published stores, and what each changed. One command publishes at a time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ennum_stats.errors import Message, StoreDamaged, StoreMissing, message, unknown_name
from ennum_stats.files.atomic import folder_beside
from ennum_stats.files.boundary import require_file, store_damaged
from ennum_stats.files.journal import Journal, writing
from ennum_stats.files.leavings import remove
from ennum_stats.project import Audience, Project
from ennum_stats.raw.embargo import embargoed_files, embargoed_rows, now
from ennum_stats.raw.tables import TABLES
from ennum_stats.store.files import are_whole, require_bytes

POINTER = "current.json"
HISTORY = "history.json"
SHARED_FILE, SHARED_FOLDER = "ennum.duckdb", "ennum"
"""What other programs read: a database, and its tables in a folder."""
STORES_KEPT = 10
_PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Published:
    """Hold what `current.json` says of the store in force."""

    store: str
    content_hash: str
    raw_fingerprint: str
    code_fingerprint: str
    published_at: str
    files: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of its files, by name in the folder of the stores."""
    shared: dict[str, str] = field(default_factory=dict)
    """That of the files that other programs read, likewise."""

    @classmethod
    def read(cls, entry: object) -> Published:
        """Read what was written of a store. Raises `ValueError` for anything else."""
        try:
            found = cls(**entry)  # type: ignore[arg-type]
            *names, files, shared = vars(found).values()
            texts = (*names, *files, *files.values(), *shared, *shared.values())
        except (TypeError, AttributeError) as error:
            raise ValueError(entry) from error
        if not all(isinstance(text, str) for text in texts):
            raise ValueError(entry)
        return found


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
        return Published.read(json.loads(path.read_text("utf-8")))
    except (ValueError, RecursionError) as error:
        raise store_damaged(path, message("The pointer to the store cannot be read.")) from error


def was_published(project: Project) -> bool:
    """Tell whether anything stands where the pointer to a store is, be it one or not."""
    return os.path.lexists(project.processed / POINTER)


def published_store(project: Project, audience: Audience) -> tuple[Published, Path]:
    """Read once which store an audience is shown, and where its file is: the public one where nothing is
    under embargo. Its bytes are those that were published.

    Raises `StoreMissing` and `StoreDamaged`.
    """
    found = _store_shown(project, audience)
    while True:
        published, path = found
        try:
            require_bytes(path, published.files.get(published.store))
        except StoreDamaged:  # another one may have been published since the pointer was read
            if (found := _store_shown(project, audience)) == (published, path):
                raise
        else:
            return found


def _store_shown(project: Project, audience: Audience) -> tuple[Published, Path]:
    try:
        published, place = current_store(project, audience), folder(project, audience)
    except StoreMissing:
        published, place = current_store(project), project.processed
    return published, place / published.store


# --- by one command at a time -------------------------------------------------------------------------


@contextmanager
def publishing(project: Project) -> Iterator[Journal]:
    """Be the one command that publishes stores of a project. What killed ones left is removed first, and what
    this one leaves unpublished is at the end.

    Raises `FolderInUse` where another publishes.
    """
    with writing(project.processed) as journal:
        project.tidy()
        _remove_unlisted(project)
        try:
            yield journal
        finally:
            _remove_unlisted(project)


def set_current(
    project: Project,
    published: Mapping[Audience, Published],
    journal: Journal,
    shared: Mapping[Audience, Path],
) -> None:
    """Replace the pointers of audiences, the lists of the last ten stores, and what other programs read
    (made in a folder for each audience), all or none. Where nothing was made, what was shared before goes: it
    is of another store."""
    files: dict[str, bytes | None] = {}
    for audience, one in published.items():
        place = folder(project, audience).relative_to(project.processed)
        contents = _shared_contents(shared[audience])
        before = dict.fromkeys(_shared_names(folder(project, audience)))
        files |= {(place / name).as_posix(): data for name, data in (before | contents).items()}
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
        now_current = replace(one, shared=digests)
        earlier = [p for p in history(project, audience) if p.content_hash != one.content_hash]
        kept = [now_current, *earlier][:STORES_KEPT]
        files[(place / HISTORY).as_posix()] = _json([asdict(entry) for entry in kept])
        files[(place / POINTER).as_posix()] = _json(asdict(now_current))
    for name in files:
        if (project.processed / name).is_dir():  # by no program of ours, and no file can replace it
            remove(project.processed / name)
    journal.write_all(files)


def _shared_names(place: Path) -> list[str]:
    """Name the files in a folder that other programs read."""
    found = [place / SHARED_FILE, *place.glob(f"{SHARED_FOLDER}/*.parquet")]
    return [path.relative_to(place).as_posix() for path in found if path.is_file()]


def _shared_contents(made: Path) -> dict[str, bytes]:
    """Read what was made for other programs, by name; nothing where nothing was."""
    return {name: (made / name).read_bytes() for name in _shared_names(made)}


def history(project: Project, audience: Audience = Audience.PUBLIC) -> list[Published]:
    """List the stores that were published and are still there, the last one first; only the one in force
    where the list cannot be read, because it begins anew then."""
    place = folder(project, audience)
    entries = _history(project, audience)
    if entries is None:
        with suppress(StoreMissing, StoreDamaged):
            entries = [current_store(project, audience)]
    return [entry for entry in entries or () if (place / entry.store).is_file()]


def history_problem(project: Project) -> Message | None:
    """Say that a list of published stores cannot be read, for whoever makes it begin anew; mostly nothing."""
    if all(_history(project, audience) is not None for audience in Audience):
        return None
    return message(
        "The list of the stores published before cannot be read; it begins anew with the one in force."
    )


def listed(project: Project, audience: Audience) -> list[Published] | None:
    """List the stores that must stay; nothing where that cannot be told."""
    entries = _history(project, audience)
    try:
        return None if entries is None else [current_store(project, audience), *entries]
    except StoreMissing:
        return entries
    except StoreDamaged:
        return None


def _history(project: Project, audience: Audience) -> list[Published] | None:
    """Read the list of published stores; nothing where it cannot be read."""
    path = folder(project, audience) / HISTORY
    try:
        return [Published.read(entry) for entry in [*json.loads(require_file(path).read_text("utf-8"))]]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError, OSError, RecursionError):
        return None


def _remove_unlisted(project: Project) -> None:
    """Remove what was made in the folders of the stores and is neither published nor kept."""
    for audience in Audience:
        place = folder(project, audience)
        kept = listed(project, audience)
        if kept is not None:
            names = {Path(entry.store).stem for entry in kept}
            for path in place.glob("ennum-*"):
                if path.name.partition(".")[0] not in names:
                    remove(path)


Share = Callable[[Path, str, Path], None]
"""What writes to a folder what other programs read of a store, given its file and its hash."""


def rollback(project: Project, content_hash: str, share: Share = lambda *_: None) -> Published:
    """Publish one of the last public stores again, by its hash or the beginning of it, with what `share`
    makes of it for other programs.

    It stays published until the raw tables change again. Raises `UnknownName`, and `StoreDamaged` where it is
    not what was published; then the one in force stays.
    """
    with publishing(project) as journal:
        entries = history(project)
        found = [entry for entry in entries if entry.content_hash.startswith(content_hash)]
        if len(found) != 1 or not content_hash:
            raise unknown_name(
                message("No single store has the hash “{hash}”.", hash=content_hash),
                [entry.content_hash[:16] for entry in entries],
                message("Stores: {names}."),
                remedy=message("ennum stores lists them."),
            )
        if not are_whole(project.processed, found[0].files):
            raise StoreDamaged(
                message("This store is damaged, or of another version: it cannot be put back."),
                where=str(project.processed / found[0].store),
                remedy=message("Choose another; ennum stores lists them."),
            )
        published = replace(
            found[0],
            raw_fingerprint=raw_fingerprint(project, Audience.PUBLIC),
            code_fingerprint=code_fingerprint(),
            published_at=now().isoformat(timespec="seconds"),
        )
        with folder_beside(project.processed / "building") as made:
            share(project.processed / published.store, published.content_hash, made)
            set_current(project, {Audience.PUBLIC: published}, journal, {Audience.PUBLIC: made})
    return published


def remove_internal(project: Project) -> None:
    """Delete the internal stores: nothing is under embargo any more."""
    remove(folder(project, Audience.INTERNAL))


# --- fingerprints -----------------------------------------------------------------------------------


def is_up_to_date(project: Project, audience: Audience = Audience.PUBLIC) -> bool:
    """Tell whether a published store is there, whole, made of these raw tables by this code.

    Asked before anything is built, so that nothing heavy is loaded where nothing has changed.
    """
    try:
        published = current_store(project, audience)
    except (StoreMissing, StoreDamaged):
        return False
    return (
        published.code_fingerprint == code_fingerprint()
        and published.raw_fingerprint == raw_fingerprint(project, audience)
        and are_whole(folder(project, audience), published.files | published.shared)
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


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def store_records(project: Project) -> list[dict[str, Any]]:
    """List the public stores that are kept, the last one first: moment, hash, whether it is the current one,
    how many published numbers it holds, and how many were added and removed since the one before."""
    entries = history(project)
    current = current_store(project).content_hash
    numbers = [_observation_ids(project, entry) for entry in entries]
    records = []
    for position, entry in enumerate(entries):
        own = numbers[position]
        before = next((ids for ids in numbers[position + 1 :] if ids is not None), set())
        records.append(
            {
                "published_at": entry.published_at,
                "content_hash": entry.content_hash[:16],
                "in_force": entry.content_hash == current,
                "observations": None if own is None else len(own),
                "added": None if own is None else len(own - before),
                "removed": None if own is None else len(before - own),
            }
        )
    return records


def _observation_ids(project: Project, entry: Published) -> set[tuple[Any, ...]] | None:
    """Read the published numbers by key and content, so that a changed number counts as removed and added;
    nothing of a store that is damaged."""
    if not are_whole(project.processed, entry.files):
        return None
    import duckdb

    query = "SELECT observation_id, value, lower, upper, precision FROM observations"
    with duckdb.connect(str(project.processed / entry.store), read_only=True) as connection:
        return set(connection.execute(query).fetchall())
