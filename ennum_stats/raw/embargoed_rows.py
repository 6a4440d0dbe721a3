"""Rows under embargo among the others: what the public store leaves out, and where they must not stand.

Nothing but numbers, and the documents from which nothing else comes, can be under embargo: rows of other
tables wait outside, and what names something under embargo in a table that git shares is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import polars as pl

from ennum_stats.errors import message
from ennum_stats.raw.cell_checks import Frames, findings_at
from ennum_stats.raw.embargo import is_under_embargo, now
from ennum_stats.raw.schema import Finding
from ennum_stats.raw.tables import TABLES

IS_SHARED = ~pl.col("_file").cast(pl.String).str.contains("/embargoed/", literal=True)
"""Whether a row stands in a file that git shares."""
_FOLDER = message("What is under embargo stands in data/raw/embargoed/, which git ignores.")


def without_embargoed(frames: Frames, moment: datetime) -> Frames:
    """Leave out of the raw tables what the public may not see at a moment of the real clock."""
    is_held_back = _is_held_back(frames, moment)
    documents = documents_held_back(frames, moment)
    sources = frames["sources"].filter(~pl.col("source_id").is_in(documents))
    return frames | {"observations": frames["observations"].filter(~is_held_back), "sources": sources}


def documents_held_back(frames: Frames, moment: datetime) -> set[str]:
    """Find the documents from which only numbers under embargo come."""
    observations, is_held_back = frames["observations"], _is_held_back(frames, moment)
    held_back = documents_named([observations.filter(is_held_back)])
    if not held_back:
        return set()
    others = [frames[table.name] for table in TABLES if table.name not in ("sources", "observations")]
    return held_back - documents_named([*others, observations.filter(~is_held_back)])


def documents_named(frames: Iterable[pl.DataFrame]) -> set[str]:
    """Find the documents that rows of these tables name."""
    named = (frame["source_id"] for frame in frames if "source_id" in frame.columns)
    return {code for codes in named for code in codes.drop_nulls().unique().to_list()}


def _is_held_back(frames: Frames, moment: datetime) -> pl.Expr:
    texts = frames["observations"]["embargo_until"].drop_nulls().unique().to_list()
    held_back = [text for text in texts if is_under_embargo(text, moment)]
    return pl.col("embargo_until").is_in(held_back).fill_null(value=False)


# --- checks -----------------------------------------------------------------------------------------


def check_embargoed_apart(frames: Frames) -> list[Finding]:
    """Find what tells of a number or document under embargo in a table that git shares."""
    moment = now()
    is_held_back = _is_held_back(frames, moment)
    held_back = frames["observations"].filter(is_held_back)
    is_hidden = pl.col("source_id").is_in(documents_held_back(frames, moment))
    findings = findings_at(
        frames["observations"], "embargo_until", is_held_back & IS_SHARED,
        lambda value: message("This number is under embargo until {moment}, and git shares this file.",
                              moment=value),
        _FOLDER, message("Move the row to a file there."),
    ) + findings_at(
        frames["sources"], "source_id", is_hidden & IS_SHARED,
        lambda value: message("Only numbers under embargo come from the document “{code}”, and git shares "
                              "this file.", code=value),
        _FOLDER, message("Move the row to data/raw/embargoed/sources.csv."), ("observations",),
    )  # fmt: skip
    return findings + _naming_documents(frames, moment) + _repeating_numbers(frames, held_back)


def _naming_documents(frames: Frames, moment: datetime) -> list[Finding]:
    """Find shared rows that name a document of which no number is public yet."""
    sources, observations = frames["sources"], frames["observations"]
    is_released = pl.col("embargo_until").is_not_null() & ~_is_held_back(frames, moment)
    hidden = set(sources.filter(~IS_SHARED)["source_id"].drop_nulls())
    hidden -= set(sources.filter(IS_SHARED)["source_id"].drop_nulls())
    hidden -= documents_named([observations.filter(is_released)])
    findings = []
    for table in TABLES:
        if table.name == "sources" or "source_id" not in table.column_names:
            continue
        findings += findings_at(
            frames[table.name], "source_id", pl.col("source_id").is_in(hidden) & IS_SHARED,
            lambda value: message("The document “{code}” is under embargo, and git shares this file.",
                                  code=value),
            message("Until its embargo ends, only rows in data/raw/embargoed/ name it."),
            message("Give the number the same embargo, or take the row out until then; a document that is "
                    "public already stands in data/raw/sources.csv."),
            ("sources", "observations"),
        )  # fmt: skip
    return findings


def _repeating_numbers(frames: Frames, held_back: pl.DataFrame) -> list[Finding]:
    """Find corrections and remarks of numbers under embargo: both tables are shared."""
    observations = frames["observations"]
    keys = held_back["observation_id"].to_list()
    others = observations.filter(~pl.col("observation_id").is_in(keys))
    notes = set(held_back["note"].drop_nulls()) - set(others["note"].drop_nulls())
    return findings_at(
        frames["corrections"], "observation_id", pl.col("observation_id").is_in(keys),
        lambda value: message("The number “{key}” is under embargo, and git shares this file.", key=value),
        _FOLDER, message("Correct the number in its own row, and take this row out."), ("observations",),
    ) + findings_at(
        frames["remarks"], "note", pl.col("note").is_in(notes),
        lambda _: message("This remark is of a number under embargo, and git shares this file."),
        _FOLDER, message("Take the row out until the embargo ends."), ("observations",),
    )  # fmt: skip
