"""Where a project's files are. A project is a folder with `data/raw`; everything else is made from it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ennum_stats.errors import UsageError, message


class Audience(StrEnum):
    """For whom: everybody, or the administration, which also sees what is under embargo."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Project:
    """A folder with `data/raw` (written by people), `data/processed` and `reports` (made)."""

    root: Path

    @classmethod
    def at(cls, root: Path | str | None = None) -> Project:
        """The project at `root`; without one, the nearest folder at or above the current one that
        holds `data/raw`.

        Raises `UsageError` where there is none.
        """
        if root is not None:
            start = Path(root)
            candidates = [start]
        else:
            start = Path.cwd()
            candidates = [start, *start.parents]
        for folder in candidates:
            if (folder / "data" / "raw").is_dir():
                return cls(folder)
        raise UsageError(
            message("There is no folder data/raw here."),
            where=os.fspath(start),
            remedy=message("Go to the project's folder, or name it with --root."),
        )

    @property
    def raw(self) -> Path:
        """The tables that people write."""
        return self.root / "data" / "raw"

    @property
    def is_demo(self) -> bool:
        """Whether its schools and lists are invented (`ennum demo` made it)."""
        return (self.raw / "rows" / "demonstration.csv").is_file()

    @property
    def processed(self) -> Path:
        """Published stores, and `current.json`, which says which one is in force."""
        return self.root / "data" / "processed"

    @property
    def reports(self) -> Path:
        """Press kits, one folder a day known at."""
        return self.root / "reports"
