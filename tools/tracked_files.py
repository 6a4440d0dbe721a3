"""A step of hatchling: a source distribution holds what git tracks, and nothing that only lies in the folder.

Without it everything is packed that git does not ignore: a stray `.env`, notes, a list of schools under
another name. Outside a clone, as in an unpacked source distribution, everything there is came from git once.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def tracked(root: Path) -> list[str]:
    """The files of a clone that git tracks and that are there; none where this is no clone.

    A clone inside another one's folder is not meant: its files would be those of the other.
    """
    if not (root / ".git").exists():
        return []
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, encoding="utf-8"
    )
    return [name for name in done.stdout.split("\0") if name and (root / name).is_file()]


class TrackedFiles(BuildHookInterface):  # type: ignore[type-arg]
    """Narrows what is packed to the files that git tracks."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called before any file is looked at."""
        names = tracked(Path(self.root))
        if names:
            self.build_config.target_config["only-include"] = names
