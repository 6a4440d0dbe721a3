"""Which store is in force. A store is published as a folder that is sealed: the store, its tables for other
programs, a manifest with the SHA-256 of each, and nothing in it is ever edited.

    stores/000012-3f2a…/       store.duckdb, ennum.duckdb, ennum/*.parquet, current.json
    internal/stores/000012-…/  the same with what is under embargo; nothing public tells that it exists
    publications/000012/       two links, `public` and `internal`
    current                    the one pointer, a link to a publication: renaming it publishes, and puts back
    current.json, ennum.duckdb, ennum   links by way of it that stay, in `internal` too, for whoever reads

So every reader, public and internal, sees the one publication or the other, whole. Where a system has no links
(Windows without the right to make them), the names that stay are files, replaced by a journal. One command
publishes at a time.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.errors import EnnumError, StoreDamaged, StoreMissing, message, unknown_name
from ennum_stats.files.atomic import folder_beside
from ennum_stats.files.boundary import require_file, store_damaged
from ennum_stats.files.journal import Journal, writing
from ennum_stats.files.leavings import remove
from ennum_stats.files.system import exchange, link_or_copy, sync_all, sync_folder, take_rights
from ennum_stats.project import Audience, Project
from ennum_stats.raw.embargo import embargoed_files, embargoed_rows, now
from ennum_stats.raw.tables import TABLES
from ennum_stats.store.files import FILE, are_whole, file_hash, require_bytes

if TYPE_CHECKING:  # the journal is for who writes: readers open a store sooner without it
    from ennum_stats.raw.history import ChangeMade

POINTER = "current.json"
"""The manifest of a store, and the name by which the one in force is found."""
SHARED_FILE, SHARED_FOLDER = "ennum.duckdb", "ennum"
"""What other programs read: a database, and its tables in a folder."""
STORES, PUBLICATIONS, CURRENT = "stores", "publications", "current"
_NUMBERED = "[0-9][0-9][0-9][0-9][0-9][0-9]*"
STORES_KEPT = 10
_UNREADABLE = message("The pointer to the store cannot be read.")
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

    Raises `StoreMissing` where there is none, `StoreDamaged` where the pointer cannot be read, or where an internal
    one is in force without: nobody must be shown the public one for it.
    """
    path = folder(project, audience) / POINTER
    if not path.is_file():
        if audience is Audience.INTERNAL and os.path.lexists(project.processed / CURRENT / audience):
            raise store_damaged(path, _UNREADABLE)
        raise StoreMissing(
            message("No store has been built yet."),
            where=str(project.processed),
            remedy=message("Run: ennum build"),
        )
    try:
        return Published.read(json.loads(path.read_text("utf-8")))
    except (ValueError, RecursionError) as error:
        raise store_damaged(path, _UNREADABLE) from error


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
        project.keep_private()
        _remove_unlisted(project)
        _seal_older(project, journal)
        try:
            yield journal
        finally:
            _remove_unlisted(project)
            project.keep_private()


def publish(
    project: Project,
    journal: Journal,
    made: Mapping[Audience, tuple[Path, Published]],
    kept: Mapping[Audience, Published] | None = None,
    noted: ChangeMade | None = None,
) -> dict[Audience, Published]:
    """Seal the folders in which stores were made, with what is to be said of each, and put them in force in one
    step with those of other audiences that are `kept`; the journal keeps what is `noted`. Of an audience without
    any, all stores go."""
    from ennum_stats.store.writing import explained_write_faults

    places = [
        *(folder(project, audience) / STORES for audience in Audience),
        project.processed / PUBLICATIONS,
    ]
    numbers = [int(path.name[:6]) for place in places for path in place.glob(_NUMBERED)]
    number = f"{1 + max(numbers, default=0):06}"
    stores = dict(kept or {})
    before = history(project)[:1]
    with explained_write_faults(project.processed):
        for audience, (folder_made, told) in made.items():
            stores[audience] = _sealed(folder(project, audience), number, folder_made, told)
        take_rights(project.processed / STORES, project.processed)
        if not _pointed(project, number, stores):
            _copied(project, stores, journal)
    if Audience.INTERNAL not in stores:
        remove(folder(project, Audience.INTERNAL))
    if noted:
        _note(project, before, stores[Audience.PUBLIC], noted)
    return stores


def _note(project: Project, before: Sequence[Published], published: Published, noted: ChangeMade) -> None:
    """Keep in the journal that a store was put in force; and the one before, if a kill kept it from that."""
    from ennum_stats.raw.history import PUBLISH, REPUBLISH, ChangeMade, entries, note

    if project.is_demo:  # which is made as a whole
        return
    with suppress(EnnumError, OSError):  # it is in force, whether its entry can be written or not
        last = next((e for e in reversed(entries(project)) if e.kind in (PUBLISH, REPUBLISH)), None)
        missed = [(one, ChangeMade(PUBLISH)) for one in before if last and last.file != one.store]
        note(project.raw, *(
            replace(made, names=(one.content_hash[:16],), file=one.store, sha256=one.files[one.store])
            for one, made in [*missed, (published, noted)]
        ))  # fmt: skip


def _sealed(place: Path, number: str, made: Path, told: Published) -> Published:
    """Write the manifest of a store into its folder, and give the folder its name for good."""
    name = f"{STORES}/{number}-{told.content_hash[:16]}"
    store = f"{name}/{FILE}"
    shared = {name: file_hash(made / name) for name in _shared_names(made)}
    sealed = replace(told, store=store, files={store: file_hash(made / FILE)}, shared=shared)
    (made / POINTER).write_bytes((json.dumps(asdict(sealed), indent=2) + "\n").encode())
    sync_all(made)
    (place / STORES).mkdir(parents=True, exist_ok=True)
    made.replace(place / name)
    sync_folder(place / STORES)
    return sealed


def _pointed(project: Project, number: str, stores: Mapping[Audience, Published]) -> bool:
    """Have all names that stay lead to stores, in one step; tell whether that is possible here."""
    publication = project.processed / PUBLICATIONS / number
    publication.mkdir(parents=True)
    lasting: dict[Path, Path] = {}
    for audience, published in stores.items():
        place = folder(project, audience)
        if not _linked(publication / audience, place / Path(published.store).parent):
            return False
        names = (SHARED_FILE, SHARED_FOLDER, POINTER)
        lasting |= {place / name: project.processed / CURRENT / audience / name for name in names}
    take_rights(publication.parent, project.processed)
    sync_folder(publication.parent)
    for name, target in lasting.items():
        if not os.path.lexists(name):  # it leads nowhere until all do
            _linked(name, target)
    _linked(project.processed / CURRENT, publication)
    for name, target in lasting.items():
        _linked(name, target)
    return True


def _linked(place: Path, target: Path) -> bool:
    """Make a name lead to a place, in one step; tell whether this system has links. What stands there under
    the name gives way."""
    leads = os.path.relpath(target, place.parent)
    if not (place.is_symlink() and place.readlink() == Path(leads)):
        made = place.with_name(f".{place.name}.link")
        remove(made)
        try:
            made.symlink_to(leads)
        except (OSError, NotImplementedError) as error:
            if getattr(error, "errno", None) == errno.ENOSPC:
                raise
            return False
        if place.is_dir() and not place.is_symlink():  # which no link can replace
            if not exchange(made, place):
                remove(place)
                made.replace(place)
            remove(made)
        else:
            made.replace(place)
        sync_folder(place.parent)
    return True


def _copied(project: Project, stores: Mapping[Audience, Published], journal: Journal) -> None:
    """Replace the names that stay by copies of what they would lead to, all or none."""
    for name in (CURRENT, PUBLICATIONS):
        remove(project.processed / name)
    files: dict[str, bytes | None] = {}
    for audience, published in stores.items():
        place, sealed = folder(project, audience), folder(project, audience) / Path(published.store).parent
        for name in (SHARED_FOLDER, SHARED_FILE, POINTER):
            if (place / name).is_symlink() or (place / name).is_dir() != (name == SHARED_FOLDER):
                remove(place / name)
        copies = {name: (sealed / name).read_bytes() for name in (*_shared_names(sealed), POINTER)}
        named = dict.fromkeys(_shared_names(place)) | copies
        files |= {
            (place / name).relative_to(project.processed).as_posix(): data for name, data in named.items()
        }
    journal.write_all(files)


def _seal_older(project: Project, journal: Journal) -> None:
    """Seal the stores that an earlier version published, file by file: nobody reads anything else by it."""
    with ExitStack() as folders:
        made, kept = {}, {}
        for audience in Audience:
            place = folder(project, audience)
            with suppress(StoreMissing, StoreDamaged):
                told = current_store(project, audience)
                if "/" in told.store:
                    kept[audience] = told
                    continue
                if not are_whole(place, {told.store: told.files.get(told.store, "")}):
                    return
                work = folders.enter_context(folder_beside(place / "building"))
                (work / SHARED_FOLDER).mkdir()
                link_or_copy(place / told.store, work / FILE)
                for name in _shared_names(place):
                    link_or_copy((place / name).resolve(), work / name)
                made[audience] = work, told
        if made:
            publish(project, journal, made, kept)


def _shared_names(place: Path) -> list[str]:
    """Name the files in a folder that other programs read."""
    found = [place / SHARED_FILE, *place.glob(f"{SHARED_FOLDER}/*.parquet")]
    return [path.relative_to(place).as_posix() for path in found if path.is_file()]


def history(project: Project, audience: Audience = Audience.PUBLIC) -> list[Published]:
    """List the stores that were published and are still there, each content once, the last one first. One whose
    manifest cannot be read is none."""
    place = folder(project, audience)
    entries: list[Published] = []
    with suppress(StoreMissing, StoreDamaged):
        entries.append(current_store(project, audience))
    last = Path(entries[0].store).parent.name if entries else "~"
    for path in sorted((place / STORES).glob(f"*/{POINTER}"), reverse=True):
        if path.parent.name <= last:  # one after it was sealed by a command that was killed then
            with suppress(ValueError, OSError, RecursionError):
                entries.append(Published.read(json.loads(require_file(path).read_text("utf-8"))))
    found: dict[str, Published] = {}
    for entry in entries:
        if (place / entry.store).is_file():
            found.setdefault(entry.content_hash, entry)
    return [*found.values()][:STORES_KEPT]


def _remove_unlisted(project: Project) -> None:
    """Remove what was made for the stores and is neither published nor kept. What was in force before stays
    until another is published: who has just been led to it still opens its files."""
    publications = project.processed / PUBLICATIONS
    pointer = project.processed / CURRENT
    now_current = pointer.readlink().name if pointer.is_symlink() else ""
    numbers = sorted(path.name for path in publications.glob(_NUMBERED))
    lasting = [name for name in numbers if name <= now_current][-2:]
    for name in {*numbers}.difference(lasting):
        remove(publications / name)
    if lasting and not os.path.lexists(publications / lasting[-1] / Audience.INTERNAL):
        remove(folder(project, Audience.INTERNAL))
    for audience in Audience:
        place = folder(project, audience) / STORES
        for path in place.parent.glob(".*.link"):
            remove(path)
        if (place.parent / POINTER).is_symlink():  # then nothing is read any more that had other names before
            for path in (*place.parent.glob("ennum-*"), place.parent / "history.json"):
                remove(path)
        kept = {Path(entry.store).parent.name for entry in history(project, audience)}
        kept |= {Path(os.path.realpath(publications / name / audience)).name for name in lasting}
        for path in place.glob("*"):
            if path.name not in kept:
                remove(path)


def rollback(project: Project, content_hash: str) -> Published:
    """Publish one of the last public stores again, by its hash or the beginning of it: the same files, sealed
    anew, so that it stays published until the raw tables change again.

    Raises `UnknownName`, and `StoreDamaged` where it is not what was published; then the one in force stays.
    """
    from ennum_stats.raw.history import REPUBLISH, ChangeMade
    from ennum_stats.store.ledger import open_store

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
        file = project.processed / found[0].store
        sealed = file.parent
        if not are_whole(sealed, {FILE: found[0].files[found[0].store], **found[0].shared}):
            raise StoreDamaged(
                message("This store is damaged: it cannot be put back."), where=str(file),
                remedy=message("Choose another; ennum stores lists them."),
            )  # fmt: skip
        try:
            open_store(file, found[0].content_hash).connection.close()
        except StoreDamaged as error:
            raise StoreDamaged(
                message("This store is of another version, whose tables are others: it cannot be put back."),
                where=str(file),
                remedy=message("Undo the change and publish again (ennum undo, ennum build), or choose another; "
                               "ennum stores lists them."),
            ) from error  # fmt: skip
        told = replace(
            found[0],
            raw_fingerprint=raw_fingerprint(project, Audience.PUBLIC),
            code_fingerprint=code_fingerprint(),
            published_at=now().isoformat(timespec="seconds"),
        )
        kept = {}
        with suppress(StoreMissing):
            kept[Audience.INTERNAL] = current_store(project, Audience.INTERNAL)
        with folder_beside(project.processed / "building") as made:
            other = shutil.ignore_patterns(POINTER)
            shutil.copytree(sealed, made, ignore=other, copy_function=link_or_copy, dirs_exist_ok=True)
            stores = {Audience.PUBLIC: (made, told)}
            return publish(project, journal, stores, kept, ChangeMade(REPUBLISH))[Audience.PUBLIC]


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
