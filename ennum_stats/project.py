"""Where a project's files are: a folder with `data/raw`, from which everything else is made.

Analysts away from any project have the public raw tables that travel in the wheel.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path

from ennum_stats.errors import ONE_OF, EnnumError, Parameter, UsageError, message, unknown_name
from ennum_stats.files.atomic import folder_beside
from ennum_stats.files.journal import settle
from ennum_stats.files.leavings import remove_leavings, temporary_folder

NOT_SHARED = (
    "contacts.csv", "publisher.csv", "logos", "*.png", "*.docx", "*.dotx", "*.pptx", "*.potx",
    "embargoed", "rows", "history",
)  # fmt: skip
"""What git ignores of the raw tables, by names or their ends: persons, who publishes, with
logos and templates, numbers under embargo, lists of schools, who changed what."""


_PRIVATE = (
    "data/raw/embargoed", "data/raw/rows", "data/raw/history", "data/raw/contacts.csv", "data/drafts",
    "data/processed/internal",
)  # fmt: skip
"""What nobody but its owner reads: what is under embargo, lists of schools, persons, who changed what."""
_OTHERS = 0o077


def is_private(path: Path) -> bool:
    """Tell whether git ignores a raw file, by its path relative to data/raw."""
    return any(fnmatch(part, pattern) for part in path.parts for pattern in NOT_SHARED)


class Audience(StrEnum):
    """For whom: everybody, or the administration, which also sees what is under embargo."""

    PUBLIC = "public"
    INTERNAL = "internal"

    @classmethod
    def named(cls, name: str) -> Audience:
        """Find an audience by its name. Raises `UnknownName`."""
        if name not in [*cls]:
            raise unknown_name(
                message("There is no audience “{name}”.", name=name), [*cls], ONE_OF,
                where=Parameter("audience"),
            )  # fmt: skip
        return cls(name)


@dataclass(frozen=True)
class Project:
    """Hold a folder with `data/raw` (written by people), `data/processed` and `reports` (made)."""

    root: Path

    @classmethod
    def at(cls, root: Path | str | None = None) -> Project:
        """Find the project at `root`; without one, the nearest folder at or above the current one that
        holds `data/raw`.

        Raises `UsageError` where there is none, or where its path has a backslash.
        """
        if root is not None:
            start = Path(root)
            candidates = [start]
        else:
            start = Path.cwd()
            candidates = [start, *start.parents]
        for folder in candidates:
            if (folder / "data" / "raw").is_dir():
                if "\\" in str(Path.cwd() / folder) and sys.platform != "win32":  # DuckDB reads it as a slash
                    raise UsageError(
                        message("The database opens no file in a folder whose name has a backslash."),
                        where=os.fspath(folder),
                        remedy=message("Give the folder another name, or move the project elsewhere."),
                    )
                return cls(folder)
        raise UsageError(
            message("There is no folder data/raw here."),
            where=os.fspath(start),
            remedy=message(
                "Go to the project's folder, or name it with {parameter}.", parameter=Parameter("root", "…")
            ),
        )

    @property
    def raw(self) -> Path:
        """The tables that people write; what a killed command began there is finished or undone first.

        Raises `FolderInUse` while another command writes to them.
        """
        raw = self.root / "data" / "raw"
        settle(raw)
        return raw

    @property
    def is_demo(self) -> bool:
        """Whether its schools and lists are invented (`ennum demo` made it)."""
        return (self.raw / "rows" / "demonstration.csv").is_file()

    @property
    def processed(self) -> Path:
        """Published stores, and `current.json`, which says which one is in force."""
        return self.root / "data" / "processed"

    def keep_private(self, *, mends: bool = True) -> dict[str, bool]:
        """Have what is under embargo and lists of schools read by their owner alone, whatever the system gives new
        files; name the places that others could read, and whether that is mended. Without `mends` they are only
        named. Of a demonstration the lists are invented, and stay. Windows has no such rights: a folder's owner
        says there who reads it."""
        wider: dict[str, bool] = {}
        for name in _PRIVATE if sys.platform != "win32" else ():
            place = self.root / name
            with suppress(OSError):  # what cannot be looked into is private
                if not place.exists() or (name == "data/raw/rows" and self.is_demo):
                    continue
                for path in (place, *place.rglob("*")):
                    rights = stat.S_IMODE(path.lstat().st_mode)
                    if rights & _OTHERS and not path.is_symlink():
                        wider[name] = False
                        if mends:
                            path.chmod(rights & ~_OTHERS)
                            wider[name] = True
        return wider

    def make_private(self, path: Path) -> None:
        """Make the folder of a private path, which nobody else reads before anything is in it; any other path is left
        as it is."""
        for name in _PRIVATE:
            if path.is_relative_to(place := self.root / name) and not place.suffix:
                place.mkdir(mode=0o700, parents=True, exist_ok=True)

    def tidy(self) -> None:
        """Remove what killed commands left beside stores and kits, and among temporary files."""
        for folder in (self.processed, self.reports):
            with suppress(EnnumError):  # another writes there, or nothing may be written
                settle(folder, patience=0)
        for folder in (self.processed, self.processed / Audience.INTERNAL, self.reports):
            remove_leavings(folder)

    @contextmanager
    def workplace(self) -> Iterator[Path]:
        """Give a folder for a while that this user alone may read: what is under embargo does not leave the
        project. Only where nothing is, and the project cannot be written to, it is a temporary one."""
        with ExitStack() as stack:
            try:
                self.tidy()
                folder = stack.enter_context(folder_beside(self.processed / "trial"))
            except OSError:
                if any(self.raw.glob("embargoed/*.csv")):
                    raise
                folder = stack.enter_context(temporary_folder())
            folder.chmod(0o700)
            yield folder

    @property
    def reports(self) -> Path:
        """Press kits, one folder a day known at."""
        return self.root / "reports"


_PACKAGED = Path(__file__).parent / "data" / "raw"


def has_packaged_tables() -> bool:
    """Tell whether the package brings raw tables along: in a wheel it does."""
    return _PACKAGED.is_dir()


def packaged_project() -> Project:
    """Give a project in the user's cache with the packaged tables; copy them there the first time."""
    target = cache_folder() / _fingerprint(_PACKAGED)
    if not target.is_dir():
        with folder_beside(target) as folder:
            shutil.copytree(_PACKAGED, folder / "data" / "raw")
            with suppress(OSError):  # another process was faster: its copy is the same
                folder.replace(target)
    return Project(target)


def cache_folder() -> Path:
    """Give the place of what a program can make again; `ENNUM_CACHE` names another than the system's."""
    folder = os.environ.get("ENNUM_CACHE")
    if folder:
        return Path(folder)
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "ennum-stats"


def _fingerprint(packaged: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(packaged.rglob("*.csv")):
        digest.update(path.relative_to(packaged).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
