"""Corrections of what is wrong in a document: made in the open, with a reason, never in the row itself.

Each correction guards the value that it replaces: once the row says something else, the correction is
reported instead of applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from ennum_stats.errors import message
from ennum_stats.quantities import Reason
from ennum_stats.raw.cell_checks import findings_at
from ennum_stats.raw.schema import Finding


def corrected(
    parts: Iterable[pl.DataFrame], corrections: pl.DataFrame, findings: list[Finding]
) -> Iterator[pl.DataFrame]:
    """Apply all corrections to the observations (still strings), part by part; once all have been read, add
    to `findings` the corrections that cannot be applied.

    A value that is corrected to nothing is set aside: its row stays, missing as not comparable.
    """
    columns: list[str] = []
    known: set[str] = set()
    for part in parts:
        columns = part.columns
        of_part = pl.col("observation_id").is_in(corrections["observation_id"].to_list())
        rows = part.filter(of_part)
        known.update(rows["observation_id"])
        for column in corrections["column"].unique(maintain_order=True):
            if column in columns and not rows.is_empty():
                wanted = corrections.filter(pl.col("column") == column).join(
                    rows.select("observation_id", pl.col(column).alias("_found")), "observation_id"
                )
                findings += _no_longer_there(wanted)
                part = _applied(part, wanted, column)  # noqa: PLW2901 - a part, corrected step by step
        yield part
    is_column = pl.col("column").is_in(columns)
    findings += _unknown_columns(corrections.filter(~is_column))
    findings += _without_row(corrections.filter(is_column), known)


_IS_SAID = pl.col("_found").eq_missing(pl.col("old_value"))


def _applied(part: pl.DataFrame, wanted: pl.DataFrame, column: str) -> pl.DataFrame:
    new = dict(wanted.filter(_IS_SAID).select("observation_id", "new_value").rows())
    key = pl.col("observation_id")
    is_corrected = key.is_in(list(new))
    value = key.replace_strict(new, default=None, return_dtype=pl.String)
    changed = [pl.when(is_corrected).then(value).otherwise(column).alias(column)]
    if column == "value":
        is_set_aside = key.is_in([name for name, text in new.items() if text is None])
        reason = pl.lit(Reason.NOT_COMPARABLE.value)
        changed.append(pl.when(is_set_aside).then(reason).otherwise("missing_reason").alias("missing_reason"))
    return part.with_columns(changed)


def _unknown_columns(corrections: pl.DataFrame) -> list[Finding]:
    return findings_at(
        corrections, "column", pl.lit(True),
        lambda value: message("The correction is of a column “{value}” that does not exist.", value=value),
        message("A column of the observations."), message("Correct its name."),
    )  # fmt: skip


def _without_row(corrections: pl.DataFrame, known: set[str]) -> list[Finding]:
    return findings_at(
        corrections, "observation_id", ~pl.col("observation_id").is_in(list(known)),
        lambda value: message("The correction matches no row: “{value}”.", value=value),
        message("The observation_id of a row in observations."),
        message("Correct it, or remove the correction."), ("observations",),
    )  # fmt: skip


def _no_longer_there(wanted: pl.DataFrame) -> list[Finding]:
    return findings_at(
        wanted, "old_value", ~_IS_SAID,
        lambda value: message("The corrected row no longer says “{value}”.", value=value),
        message("The old value still stands in the row."),
        message("Look whether the correction is still needed, then adapt or remove it."),
    )  # fmt: skip
