"""Open a published store for an analyst: of a project, or of the tables that came with the package."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from ennum_stats.analyst import Store
from ennum_stats.errors import StoreMissing
from ennum_stats.files.boundary import is_address, translated_errors
from ennum_stats.files.sums import CHECKSUMS
from ennum_stats.languages import LanguageCode, require_language
from ennum_stats.measures.measure_table import FrameKind, require_library
from ennum_stats.periods import day_of
from ennum_stats.project import Audience
from ennum_stats.publication import build_if_changed, project_at_hand
from ennum_stats.store.ledger import Ledger, open_ledger
from ennum_stats.store.publish import was_published

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


@overload
def open(  # noqa: A001 - the public name is ennum_stats.open
    root: Path | str | None = None,
    *,
    release: str | None = None,
    known_at: date | str | None = None,
    audience: Audience | Literal["public", "internal"] = Audience.PUBLIC,
    language: LanguageCode | None = None,
    frame: Literal["pandas"] = "pandas",
) -> Store[pd.DataFrame]: ...
@overload
def open(  # noqa: A001 - the public name is ennum_stats.open
    root: Path | str | None = None,
    *,
    release: str | None = None,
    known_at: date | str | None = None,
    audience: Audience | Literal["public", "internal"] = Audience.PUBLIC,
    language: LanguageCode | None = None,
    frame: Literal["polars"],
) -> Store[pl.DataFrame]: ...
@translated_errors()
def open(  # noqa: A001 - the public name is ennum_stats.open
    root: Path | str | None = None,
    *,
    release: str | None = None,
    known_at: date | str | None = None,
    audience: Audience | Literal["public", "internal"] = Audience.PUBLIC,
    language: LanguageCode | None = None,
    frame: FrameKind = "pandas",
) -> Any:
    """Open the published store of the project at `root` (the current one unless told); build it the first
    time. `root` may also be a release, by its folder or address (`https://…`, `s3://…`), the folder of its
    Parquet files, or the file of a store (.duckdb); `release` names one whose wheel is installed: "2026-11".
    A release is read once, compared with its checksums, and kept in the user's cache.

    The store's tables are those of pandas, or of polars (`frame`). `language` ("fr", "de", "nl", "en")
    is that of all its texts: figures, lists, charts, titles, and names beside codes; without it texts are French,
    attributes English, and codes have no names.

    It shows what had been published by `known_at` (a date, or "2020-01-31"; today unless told, or the day of the
    release). Away from any project, an installed package opens the raw tables that came with it: they are built
    once, into the user's cache. Raises `RawTablesRefused` where a store cannot be built, `UsageError` where there is
    nothing of all that, an `OSError` for an address that does not answer and a file with other bytes than listed.

    >>> store = open(known_at="2020-01-31")
    """
    require_library(frame)
    if language is not None:
        require_language(language)
    if release:
        from ennum_stats.release.carried_store import installed_release

        root = installed_release(release)
    ledger = _ledger(root, day_of(known_at), Audience.named(audience))
    return replace(store_of(ledger, frame), language=language)


def _ledger(place: Path | str | None, day: date | None, audience: Audience) -> Ledger:
    """Open what stands at a place: a release, the file of a store, or a project, whose store is built where there is
    none."""
    if place is not None and (is_address(place) or _is_released(Path(place)) or Path(place).is_file()):
        from ennum_stats.release.carried_store import opened_file, opened_release

        if not is_address(place) and Path(place).is_file():
            return opened_file(Path(place), day)
        return opened_release(place, day, audience)
    project = project_at_hand(place)
    try:
        return open_ledger(project, day, audience)
    except StoreMissing:
        if was_published(project):
            raise
        build_if_changed(project)
        return open_ledger(project, day, audience)


def _is_released(folder: Path) -> bool:
    """Tell whether a folder may be that of a release, or of its Parquet files: a project is none."""
    # looked at first: from Python 3.13 on, glob fails on a name that no folder can have
    if not folder.is_dir() or (folder / "data" / "raw").is_dir():
        return False
    return (folder / CHECKSUMS).is_file() or any(folder.glob("*.parquet"))


def store_of(ledger: Ledger, library: FrameKind = "pandas") -> Store[Any]:
    """Give an opened ledger as what an analyst holds."""
    key = ledger.connection, ledger.known_at, ledger.content_hash, ledger.audience
    return Store(*key, last_day=ledger.last_day, library=library)
