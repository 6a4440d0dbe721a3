"""Which store is in force. Stores are named after their content and never edited; `current.json` names
the one in force and is replaced in one step, so that readers see the old one or the new one, whole.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from ennum_stats.errors import StoreDamaged, StoreMissing, message
from ennum_stats.project import Project

POINTER = "current.json"
_PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Published:
    """What `current.json` says of the store in force."""

    store: str
    content_hash: str
    raw_fingerprint: str
    code_fingerprint: str
    published_at: str


def in_force(project: Project) -> Published:
    """The published store. Raises `StoreMissing` where there is none, `StoreDamaged` where the pointer
    cannot be read."""
    path = project.processed / POINTER
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


def put_in_force(project: Project, published: Published) -> None:
    """Replaces the pointer in one step."""
    text = json.dumps(asdict(published), indent=2) + "\n"
    write_whole(project.processed / POINTER, text.encode())


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file beside its place and swaps it in, so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def raw_fingerprint(project: Project) -> str:
    """A fingerprint of the bytes of all raw tables: tells whether a build would read anything new."""
    return _fingerprint(project.raw, ("*.csv",))


def code_fingerprint() -> str:
    """A fingerprint of the package's own files: code, catalogues and texts."""
    return _fingerprint(_PACKAGE, ("*.py", "*.po", "*.md", "*.typ", "*.lua"))


def _fingerprint(folder: Path, patterns: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in folder.rglob(pattern)):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
