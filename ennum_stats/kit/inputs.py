"""What the kit of a day is made of and where it lies: enough to tell that nothing has to be made again,
before a store is opened and before anything is loaded that makes a kit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ennum_stats.errors import FICTITIOUS_FILE
from ennum_stats.files.journal import settle
from ennum_stats.kit.manifest import MANIFEST, Manifest, sha256
from ennum_stats.kit.publisher import private_bytes
from ennum_stats.project import Audience, Project
from ennum_stats.raw.embargo import now
from ennum_stats.store.publish import code_fingerprint, published_store

if TYPE_CHECKING:
    from ennum_stats.store.ledger import Ledger

UNDER_EMBARGO = "-embargo"
"""How the name of a folder ends whose kit is under embargo."""


@dataclass(frozen=True)
class UnopenedStore:
    """Hold what is known of a published store by its name."""

    content_hash: str
    known_at: date
    audience: Audience
    is_demo: bool
    embargo: datetime | None = None


StoreOfDay: TypeAlias = "Ledger | UnopenedStore"
"""What a ledger says of itself, and a store says that nobody opened."""


def unopened_store(
    project: Project, known_at: date | None = None, audience: Audience = Audience.PUBLIC
) -> UnopenedStore:
    """Name the published store of a project as known on a day (today unless told), as `open_ledger` does.

    Raises `StoreMissing` before the first build, and `StoreDamaged`.
    """
    published, _ = published_store(project, audience)
    day = known_at or now().astimezone().date()
    return UnopenedStore(published.content_hash, day, audience, project.is_demo)


def inputs(project: Project, store: StoreOfDay) -> dict[str, Any]:
    """List all that whatever is made for people depends on; what only the publisher has is named by a hash,
    as is the content of the store."""
    return {
        "content_hash": store.content_hash,
        "version": _version(),
        "known_at": store.known_at.isoformat(),
        "audience": str(store.audience),
        "embargo": store.embargo and store.embargo.isoformat(),
        "code": code_fingerprint(),
        "publisher": sha256(b"\0".join(private_bytes(project))),
    }


def inputs_of_kit(
    project: Project, store: StoreOfDay, template: bytes | None, *, native: bool, angle: str = ""
) -> dict[str, Any]:
    """List all that each language of a kit depends on, also whose look it has, what draws its charts, and what its
    release begins with."""
    look = None if template is None else sha256(template)
    charts = "native" if native else "pictures"
    before = folder_before(project, store)
    since = [each.get("content_hash") for each in Manifest.of(before).editions.values()] if before else []
    news = {"angle": angle, "since": f"{before.name} {since[0]}" if before and since else ""}
    return inputs(project, store) | {"charts": charts, "template": look} | news


def folder_before(project: Project, store: StoreOfDay) -> Path | None:
    """Find the last kit of everybody before the day of a store."""
    prefix = FICTITIOUS_FILE if store.is_demo else ""
    today = f"{prefix}{store.known_at.isoformat()}"
    names = (path.parent for path in project.reports.glob(f"{prefix}*/{MANIFEST}"))
    days = [folder for folder in names if len(folder.name) == len(today) and folder.name < today]
    return max(days, default=None)


def is_current(
    project: Project,
    store: StoreOfDay,
    languages: Sequence[str] = ("fr",),
    out: Path | None = None,
    *,
    native: bool = True,
    template: bytes | None = None,
    angle: str = "",
) -> bool:
    """Tell whether the kit of that day exists already, made of the same store, code and look."""
    folder = (out or default_folder(project, store)).resolve()
    if not folder.is_dir():
        return False
    settle(folder.parent)
    made_of = inputs_of_kit(project, store, template, native=native, angle=angle)
    manifest = Manifest.of(folder)
    return all(manifest.is_current(folder, language, made_of) for language in languages)


def default_folder(project: Project, store: StoreOfDay) -> Path:
    """Return the folder of the store's day; kits under embargo and of the internal store have their own."""
    name = day = store.known_at.isoformat()
    if store.embargo or store.audience is not Audience.PUBLIC:
        name = f"{day}{UNDER_EMBARGO if store.embargo else f'-{store.audience}'}"
    return project.reports / f"{FICTITIOUS_FILE if store.is_demo else ''}{name}"


def _version() -> str:
    try:
        return version("ennum-stats")
    except PackageNotFoundError:
        return "0"
