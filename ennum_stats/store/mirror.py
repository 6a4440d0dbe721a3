"""A sealed store at an address, for machines that have no project: put there whole, followed, and verified.

At the address it has the names that it has here: `stores/…/` with its files, and `current.json`, which is written last,
in one step. Who follows it takes the files that this names, compares each with its SHA-256, and puts them in force as a
build does; as long as the address does not answer, or is not whole, the last one stays.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path, PurePosixPath

from ennum_stats.errors import StoreDamaged, StoreMissing, message
from ennum_stats.files.atomic import folder_beside, write_atomic
from ennum_stats.files.boundary import is_address
from ennum_stats.files.remote import fetch_at, read_at, write_remote
from ennum_stats.project import Audience, Project, cache_folder
from ennum_stats.store.files import FILE, file_hash, require_bytes
from ennum_stats.store.publish import POINTER, Published, current_store, publish, publishing

_LARGEST = 16 * 2**30


def put_store(project: Project, address: str) -> Published:
    """Put the public store in force to an address (`s3://bucket/ennum`, `https://…` by WebDAV) or into a folder; its
    manifest last. Raises `AddressUnreachable`, `StoreDamaged`."""
    published = current_store(project)
    sealed = (project.processed / published.store).parent
    files = {FILE: published.files[published.store], **published.shared}
    for name, digest in files.items():
        require_bytes(sealed / name, digest)
    place = PurePosixPath(published.store).parent
    for name in (*files, POINTER):
        _write(address, str(place / name), sealed / name)
    _write(address, POINTER, sealed / POINTER)
    return published


def followed(address: str) -> Project:
    """Give the project in the user's cache that follows an address: it has stores, and nothing else."""
    return Project(cache_folder() / f"followed-{hashlib.sha256(address.encode()).hexdigest()[:16]}")


def follow(project: Project, address: str) -> None:
    """Put the store at an address in force in a project that follows it, unless it is.

    Raises `AddressUnreachable`, `FileMissing`, and `StoreDamaged` for a file with other bytes than its manifest says;
    then the one in force stays.
    """
    try:
        told = Published.read(json.loads(read_at(address, POINTER)))
        files = {FILE: told.files[told.store], **told.shared}
    except (ValueError, KeyError, RecursionError) as error:
        raise _damaged(f"{address}/{POINTER}") from error
    place = PurePosixPath(told.store).parent
    if any(".." in PurePosixPath(name).parts or name.startswith("/") for name in (told.store, *files)):
        raise _damaged(f"{address}/{POINTER}")
    if _is_in_force(project, told):
        return
    with publishing(project) as journal:
        if _is_in_force(project, told):  # by another process, meanwhile
            return
        with folder_beside(project.processed / "building") as folder:
            for name, digest in files.items():
                (folder / name).parent.mkdir(exist_ok=True)
                fetch_at(address, str(place / name), folder / name, _LARGEST)
                if file_hash(folder / name) != digest:
                    raise _damaged(f"{address}/{place / name}")
            publish(project, journal, {Audience.PUBLIC: (folder, told)})


def _is_in_force(project: Project, told: Published) -> bool:
    with suppress(StoreMissing, StoreDamaged):
        both = (current_store(project), told)
        return len({(one.published_at, *one.files.values(), *one.shared.values()) for one in both}) == 1
    return False


def _damaged(where: str) -> StoreDamaged:
    return StoreDamaged(
        message("The store at this address is not as it was published."), where=where,
        remedy=message("Publish it again: {command}", command="ennum publish --to …"),
    )  # fmt: skip


def _write(address: str, name: str, source: Path) -> None:
    if is_address(address):
        write_remote(address, name, source)
    else:
        write_atomic(Path(address) / name, source)
