"""Checks of parts against their wholes: what one document says of both cannot be more of the part.

Numbers of different documents that do not go together are no fault of a row: they are conflicts, told by
`ennum_stats.store.conflicts`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from ennum_stats.errors import Message, message
from ennum_stats.raw.cell_checks import Frames, findings_at
from ennum_stats.raw.tables import KEY_COLUMNS
from ennum_stats.vocabulary import DIMENSIONS, MEASURES, PART_OF, PARTS, UNITS

if TYPE_CHECKING:
    from ennum_stats.raw.schema import Finding

_NEEDED = ("_file", "_line", "source_id", "value", "unit", "bound_lower", "bound_upper")
_SUBJECT = [name for name in DIMENSIONS if name != "stage"]
_WHOLES = {"share": 1, "percent": 100}


def check_parts_within_whole(frames: Frames) -> list[Finding]:
    """Find wholes that are exceeded by their parts in the same document."""
    additive = [code for code, unit in UNITS.items() if unit.resolution is not None]
    rows = frames["observations"].select(*_NEEDED, *KEY_COLUMNS).filter(
        pl.col("unit").is_in(additive) & pl.col("bound_lower").is_not_null()
    )  # fmt: skip
    findings = []
    for dimension in PARTS:
        keys = ["source_id", "unit", *(name for name in KEY_COLUMNS if name != dimension)]
        whole = rows.filter(pl.col(dimension).is_null() & pl.col("bound_upper").is_not_null())
        thing = pl.struct(keys).hash()
        known = whole.select(thing).to_series()  # parts without a whole are not grouped: memory
        parts = (
            rows.filter(pl.col(dimension).is_not_null() & thing.is_in(known.implode()))
            .group_by(keys)
            .agg(pl.col("bound_lower").sum().alias("_parts"))
        )
        joined = whole.join(parts, on=keys, how="inner", nulls_equal=True)
        findings += findings_at(
            joined, "value", pl.col("_parts") > pl.col("bound_upper"),
            lambda value: message("The parts of this whole ({value}) exceed it.", value=value),
            message("In one document, parts add up to their whole at most."),
            message("Check the whole and its parts in the document."),
        )  # fmt: skip
    return findings


def check_parts_of_counts(frames: Frames) -> list[Finding]:
    """Find more winners than projects submitted in one document, and other parts above what they are a part
    of, on whatever days. Several wholes of one subject, as of several years, count together."""
    rows = frames["observations"]
    keys = ["source_id", "unit", *_SUBJECT]
    findings = []
    for part, whole in PART_OF.items():
        wholes = (
            rows.filter((pl.col("measure") == whole) & pl.col("bound_upper").is_not_null())
            .group_by(keys)
            .agg(pl.col("bound_upper").sum().alias("_whole"))
        )
        parts = rows.filter(pl.col("measure") == part).join(wholes, on=keys, nulls_equal=True)
        findings += findings_at(
            parts, "value", pl.col("bound_lower") > pl.col("_whole"),
            partial(_more, part, whole),
            message("In one document, a part is not more than its whole."),
            message("Check both numbers in the document; they may have been exchanged."),
        )  # fmt: skip
    return findings


def _more(part: str, whole: str, value: str) -> Message:
    return message(
        "{value} is more for “{part}” than the same document says for “{whole}”.",
        value=value, part=Message(MEASURES[part].label), whole=Message(MEASURES[whole].label),
    )  # fmt: skip


def check_shares(frames: Frames) -> list[Finding]:
    """Find shares of more than the whole. A change, such as a growth, may be any percentage."""
    most = pl.col("unit").replace_strict(_WHOLES, default=None, return_dtype=pl.Int32)
    is_share = pl.col("measure").cast(pl.String).str.ends_with("_share")
    return findings_at(
        frames["observations"], "value", is_share & (pl.col("bound_lower") > most),
        lambda value: message("A share of {value} is more than the whole.", value=value),
        message("A share lies between 0 and 1, or between 0 and 100 percent."),
        message("Correct the number or its unit."),
    )  # fmt: skip
