"""The manifest of a kit: what each language was made of, each file with its hash, each figure with its value.

It stands in the folder of the kit, and is how later commands tell the files that they may replace from those
of people: a file is the program's own only while its bytes are those that the manifest names.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.files.boundary import require_file

if TYPE_CHECKING:
    from ennum_stats.figures import Figure

MANIFEST = "MANIFEST.json"
_SEAL = "sha256"
"""The hash of all that stands before it: who changed a manifest by hand has a file of their own."""
_TOLD_OF_FIGURES = (
    "label", "value", "printed", "lower", "upper", "unit", "precision", "status", "text", "missing_reason",
)  # fmt: skip


@dataclass(frozen=True)
class Manifest:
    """Hold what stands in the folder of a kit, by names as in the folder ("fr/press-kit.docx")."""

    editions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What each language was made of, and its figures."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The hash of each file that the program wrote."""
    beside: Mapping[str, str] = field(default_factory=dict)
    """Which of these stand beside a file that people changed or had open, and beside which."""
    is_changed: bool = False
    """Whether somebody changed the manifest itself; nothing is known then."""

    @classmethod
    def of(cls, folder: Path) -> Manifest:
        """Read the manifest of a folder; an empty one where there is none, or where people changed it."""
        if not (folder / MANIFEST).exists():
            return cls()
        try:
            text = require_file(folder / MANIFEST).read_bytes().decode()
            content = json.loads(text)
            seal = content.pop(_SEAL, None)
            if seal is not None and seal != _seal_of(text.replace(_sealed("", seal), "\n}\n")):
                return cls(is_changed=True)
            files = {str(name): str(digest) for name, digest in content["files"].items()}
            placed = {str(ours): str(place) for ours, place in content.get("beside", {}).items()}
            return cls(content.get("editions") or _before_editions(content), files, placed)
        except (ValueError, KeyError, AttributeError, TypeError):
            return cls(is_changed=True)

    def text(self) -> str:
        """Write the manifest as it stands in its file."""
        content = {
            "editions": dict(sorted(self.editions.items())),
            "files": dict(sorted(self.files.items())),
            "beside": dict(sorted(self.beside.items())),
        }
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        return _sealed(text.removesuffix("\n}\n"), _seal_of(text))

    def is_current(self, folder: Path, language: str, made_of: Mapping[str, Any]) -> bool:
        """Tell whether a language was made of these inputs, all its files are there unchanged, and none
        stands beside a file that is gone, or the program's own again."""
        edition = self.editions.get(language, {})
        names = self.files_of(language)
        return (
            bool(names)
            and all(edition.get(key) == value for key, value in made_of.items())
            and all(hash_of(folder / name) == self.files[name] for name in names)
            and not any(
                self.beside[name] in self.files or not (folder / self.beside[name]).exists()
                for name in names if name in self.beside
            )
        )  # fmt: skip

    def files_of(self, language: str) -> list[str]:
        """List the files of a language."""
        return [name for name in self.files if name.startswith(f"{language}/")]


def _before_editions(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Read a manifest that told all languages together, with the figures of the first one."""
    first, *others = content.get("languages") or [""]
    without = {name: value for name, value in content.items() if name != "figures"}
    return {first: content, **dict.fromkeys(others, without)} if first else {}


def _sealed(text: str, seal: object) -> str:
    """Write the seal below a manifest that lacks its end."""
    return f'{text},\n  "{_SEAL}": "{seal}"\n}}\n'


def _seal_of(text: str) -> str:
    return sha256(text.encode())


def figure_values(figures: Iterable[Figure], language: str) -> dict[str, dict[str, Any]]:
    """Give each figure by its name, as the manifest tells it."""
    records = ((figure.name, figure.record(language)) for figure in figures)
    return {name: {key: record[key] for key in _TOLD_OF_FIGURES} for name, record in records}


def sha256(data: bytes) -> str:
    """Compute the SHA-256 hash of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def hash_of(path: Path) -> str | None:
    """Compute the hash of a file; nothing where there is none."""
    return sha256(path.read_bytes()) if path.is_file() else None
