"""What a kit is made of: the store, the code, each file with its hash, each figure with its value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ennum_stats.figures import Figure
from ennum_stats.kit.contacts import contacts_file
from ennum_stats.project import Project
from ennum_stats.store.opening import Ledger
from ennum_stats.store.publish import code_fingerprint

NAME = "MANIFEST.json"


def inputs(project: Project, ledger: Ledger, languages: Iterable[str]) -> dict[str, Any]:
    """All that a kit depends on. The contacts are told by a hash, as the store's content is."""
    contacts = contacts_file(project)
    return {
        "content_hash": ledger.content_hash,
        "version": _version(),
        "known_at": ledger.known_at.isoformat(),
        "audience": str(ledger.audience),
        "languages": list(languages),
        "code": code_fingerprint(),
        "contacts": sha256(contacts.read_bytes()) if contacts.is_file() else None,
    }


def text(made_of: dict[str, Any], folder: Path, figures: Iterable[Figure], language: str) -> str:
    """The manifest of the files in a folder."""
    files = {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    }
    values = {figure.name: _value(figure, language) for figure in figures}
    whole = made_of | {"files": files, "figures": values}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def is_current(made_of: dict[str, Any], folder: Path) -> bool:
    """Whether the kit in a folder was made of this, and all its files are there as they were made."""
    try:
        told = json.loads((folder / NAME).read_text("utf-8"))
        is_same = all(told.get(key) == value for key, value in made_of.items())
        return is_same and all(
            sha256((folder / path).read_bytes()) == digest for path, digest in told["files"].items()
        )
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def is_kit_or_empty(folder: Path) -> bool:
    """Whether a folder is a kit, or has nothing in it."""
    return (folder / NAME).is_file() or not any(folder.iterdir())


def foreign_files(folder: Path) -> list[Path]:
    """Files in the folder of a kit that are not as we made them: added, or changed, by somebody.

    What Word and Excel leave beside an open file does not count.
    """
    if not (folder / NAME).is_file():
        return []
    told = json.loads((folder / NAME).read_text("utf-8"))["files"]
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != NAME
        and not path.name.startswith(("~$", ".~lock."))
        and told.get(path.relative_to(folder).as_posix()) != sha256(path.read_bytes())
    ]


def sha256(data: bytes) -> str:
    """The fingerprint of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def _value(figure: Figure, language: str) -> dict[str, Any]:
    record = figure.record(language)
    keys = ("label", "value", "lower", "upper", "unit", "precision", "status", "text")
    return {key: record[key] for key in (*keys, "missing_reason")}


def _version() -> str:
    try:
        return version("ennum-stats")
    except PackageNotFoundError:
        return "0"
