"""Keep the raw tables of a project in one file, and bring them back, here or elsewhere. What git does not share
(persons, embargoes, lists of schools, the journal) goes to a file of its own, and only on wish.

A backup is a zip archive with the files by their paths in the project, and SHA256SUMS, which `sha256sum -c` checks
without the program. It is read again before it takes its place. Tables of an earlier version lack columns that were
declared since: these are added, empty.
"""

from __future__ import annotations

import csv
import hashlib
import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.files.boundary import require_file
from ennum_stats.files.journal import writing
from ennum_stats.files.leavings import owned_file
from ennum_stats.files.sums import CHANGED, CHECKSUMS, MISSING, NOT_OURS
from ennum_stats.files.system import sync, sync_folder
from ennum_stats.imports.apply import with_columns
from ennum_stats.imports.plan import RemovalPlan
from ennum_stats.imports.preview import FORMS_LANGUAGE
from ennum_stats.imports.removal import newly_seen
from ennum_stats.project import Audience, Project, is_private
from ennum_stats.raw.excel_csv import as_ours
from ennum_stats.raw.history import FOLDER, ChangeMade, counts_of, difference, table_at
from ennum_stats.store.files import file_hash
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import raw_fingerprint

_RAW = "data/raw"
_PASSING = (".", "~$")
"""How names begin that a program has there while it runs."""


class BackupDamaged(EnnumError, ValueError):
    """Tell of a file that is no backup, or not as it was written."""


def write_backup(project: Project, path: Path, private: Path | None = None) -> dict[Path, int]:
    """Write the raw tables that all may see to a file, and those that git does not share to a `private` one, which
    its owner alone may read; tell how many files are in each.

    Raises `FolderInUse` while another command writes to the tables, `OutputInUse` where nothing can be written.
    """
    with writing(project.raw):  # so that they are of one state
        paths = [path for path in project.raw.rglob("*") if not path.name.startswith(_PASSING)]
        files = sorted(path for path in paths if path.is_file())
        parts = {path: [file for file in files if not is_private(file.relative_to(project.raw))]}
        if private:
            parts[private] = [file for file in files if file not in parts[path]]
        for target, members in parts.items():
            _write(target, project.root, members, of_owner=target is private)
    return {target: len(members) for target, members in parts.items()}


def _write(target: Path, root: Path, members: Iterable[Path], *, of_owner: bool) -> None:
    with owned_file(target) as (beside_it, file):
        if of_owner and sys.platform != "win32":
            os.fchmod(file.fileno(), 0o600)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            sums = ""
            for member in members:
                name = member.relative_to(root).as_posix()
                archive.write(member, name)
                sums += f"{file_hash(member)}  {name}\n"
            archive.writestr(CHECKSUMS, sums)
        sync(file)
        read_backup(beside_it)
        beside_it.replace(target)
    sync_folder(target.parent)


def read_backup(path: Path) -> dict[str, bytes]:
    """Read the files of a backup, by path relative to data/raw. Raises `BackupDamaged` where one is not as it was
    written, or stands elsewhere."""
    try:
        with zipfile.ZipFile(require_file(path)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        lines = files.pop(CHECKSUMS).decode().splitlines()
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        raise _damaged(path, message("This is no backup, or it is not whole.")) from error
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in sorted({*sums, *files}):
        place = PurePosixPath(name)
        if name not in sums or not place.is_relative_to(_RAW) or ".." in place.parts or "\\" in name:
            raise _damaged(path, Message(NOT_OURS.text, {"name": name}))
        if name not in files:
            raise _damaged(path, Message(MISSING.text, {"name": name}))
        if hashlib.sha256(files[name]).hexdigest() != sums[name]:
            raise _damaged(path, Message(CHANGED.text, {"name": name}))
    return {PurePosixPath(name).relative_to(_RAW).as_posix(): data for name, data in files.items()}


def _damaged(path: Path, fault: Message) -> BackupDamaged:
    return BackupDamaged(
        fault, where=str(path), remedy=message("Nothing was written; take another copy of the backup.")
    )


@contextmanager
def place_for(path: Path, root: Path | None) -> Iterator[None]:
    """Make a folder a project to which a backup is brought, if it is none yet; where nothing comes of it, it is none
    afterwards. Raises `BackupDamaged` before that."""
    raw = root / _RAW if root else None
    if raw is None or raw.exists():
        yield
        return
    read_backup(path)
    new = [place for place in (raw, *raw.parents) if not place.exists()]
    raw.mkdir(parents=True)
    try:
        yield
    finally:
        with suppress(OSError):  # what holds anything stays
            for place in (raw.parent / "processed", *new):
                if place.exists():
                    place.rmdir()


def plan_restore(
    project: Project, path: Path, language: str = FORMS_LANGUAGE
) -> tuple[RemovalPlan, list[str]]:
    """Say what bringing a backup back would do, and which columns its tables lack; nothing is written. The tables
    become those of the backup, those that it has no part in stay: private ones for a public backup, and the other
    way round. The journal is that of the backup only where there is none.

    Raises `BackupDamaged`.
    """
    fingerprint = raw_fingerprint(project, Audience.INTERNAL)
    files, lacking = read_backup(path), []
    for name, data in files.items():
        if data and (table := table_at(name)):
            written = as_ours(data, table) or data
            header = next(csv.reader([written.split(b"\n", 1)[0].decode()]))
            if missing := [column for column in table.column_names if column not in header]:
                lacking += [f"{name}: {', '.join(missing)}"]
                files[name] = with_columns(written, table.column_names)
    has_journal = (project.raw / FOLDER).is_dir()
    has_private = any(is_private(Path(name)) for name in files)
    here = {file.relative_to(project.raw).as_posix() for file in project.raw.rglob("*.csv")}
    gone = {name for name in here - files.keys() if files and is_private(Path(name)) == has_private}
    contents: dict[str, bytes | None] = dict.fromkeys(sorted(gone)) | {
        name: data
        for name, data in files.items()
        if not (has_journal and name.startswith(f"{FOLDER}/"))
        and not ((file := project.raw / name).is_file() and file.read_bytes() == data)
    }
    differences = [
        difference(name, file.read_bytes() if (file := project.raw / name).is_file() else None, data)
        for name, data in contents.items()
    ]
    counts = counts_of(differences)
    change = ChangeMade("restore", (), path.name, file_hash(path), known_at=today().isoformat())
    plan = RemovalPlan(
        project, (path.name,), {table: went for table, (went, _) in counts.items() if went},
        newly_seen(project, contents, today(), language), today(), contents, fingerprint, change,
        {table: came for table, (_, came) in counts.items() if came},
    )  # fmt: skip
    return plan, lacking
