"""Open a published store for an analyst: of a project, or of the tables that came with the package."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from ennum_stats.analyst import Store
from ennum_stats.errors import StoreMissing
from ennum_stats.files.boundary import translated_errors
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
    root: Path | str | None = ...,
    *,
    known_at: date | str | None = ...,
    audience: Audience | Literal["public", "internal"] = ...,
    language: LanguageCode | None = ...,
    frame: Literal["pandas"] = ...,
) -> Store[pd.DataFrame]: ...
@overload
def open(  # noqa: A001 - the public name is ennum_stats.open
    root: Path | str | None = ...,
    *,
    known_at: date | str | None = ...,
    audience: Audience | Literal["public", "internal"] = ...,
    language: LanguageCode | None = ...,
    frame: Literal["polars"],
) -> Store[pl.DataFrame]: ...
@translated_errors()
def open(  # noqa: A001 - the public name is ennum_stats.open
    root: Path | str | None = None,
    *,
    known_at: date | str | None = None,
    audience: Audience | Literal["public", "internal"] = Audience.PUBLIC,
    language: LanguageCode | None = None,
    frame: FrameKind = "pandas",
) -> Any:
    """Open the published store of the project at `root` (the current one unless told); build it the first
    time. Its tables are those of pandas, or of polars (`frame`). `language` ("fr", "de", "nl", "en")
    is that of all its texts: figures, lists, charts, titles, and names beside codes; without it texts are French,
    attributes English, and codes have no names.

    It shows what had been published by `known_at` (a date, or "2020-01-31"; today unless told). Away
    from any project, an installed package opens the raw tables that came with it: they are built once,
    into the user's cache. Raises `RawTablesRefused` where a store cannot be built, and `UsageError` where
    there is neither a project nor packaged tables.

    >>> store = open(known_at="2020-01-31")  # doctest: +SKIP
    """
    require_library(frame)
    if language is not None:
        require_language(language)
    project, day, allowed = project_at_hand(root), day_of(known_at), Audience.named(audience)
    try:
        ledger = open_ledger(project, day, allowed)
    except StoreMissing:
        if was_published(project):
            raise
        build_if_changed(project)
        ledger = open_ledger(project, day, allowed)
    return replace(store_of(ledger, frame), language=language)


def store_of(ledger: Ledger, library: FrameKind = "pandas") -> Store[Any]:
    """Give an opened ledger as what an analyst holds."""
    key = ledger.connection, ledger.known_at, ledger.content_hash, ledger.audience
    return Store(*key, library=library)
