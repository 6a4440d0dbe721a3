"""Where a workbook goes that an import gives back: beside the file, where a person looks first.

The file may lie where nothing can be written (a share, a medium), or the workbook of the last time be open.
That stops no import: the workbook then goes to the project's reports, else to the current folder.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ennum_stats.errors import OutputInUse
from ennum_stats.project import Project


def leave_beside(
    file: Path, suffix: str, project: Project, write: Callable[[Path], Path]
) -> Path | None:
    """Writes the workbook of a file, called as the file with this suffix, and gives its place; none where no
    folder takes it."""
    name = f"{file.stem}{suffix}.xlsx"
    for folder in (file.parent, project.reports, Path.cwd()):
        try:
            if folder == project.reports:
                folder.mkdir(parents=True, exist_ok=True)
            return write(folder / name)
        except (OutputInUse, OSError):
            continue
    return None
