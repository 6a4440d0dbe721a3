"""Corrections of what is wrong in a document: made in the open, with a reason, never in the row itself.

Each correction guards the value that it replaces: once the row says something else, the correction is
reported instead of applied.
"""

from __future__ import annotations

import polars as pl

from ennum_stats.errors import message
from ennum_stats.quantities import Reason
from ennum_stats.raw.cells import findings_at
from ennum_stats.raw.findings import Finding


def corrected(
    observations: pl.DataFrame, corrections: pl.DataFrame
) -> tuple[pl.DataFrame, list[Finding]]:
    """The observations (still strings) with all corrections applied, and the corrections that cannot be.

    A value that is corrected to nothing is set aside: its row stays, missing as not comparable.
    """
    findings = _unknown_columns(observations, corrections)
    for column in corrections["column"].unique().to_list():
        if column not in observations.columns:
            continue
        wanted = corrections.filter(pl.col("column") == column)
        rows = wanted.join(
            observations.select("observation_id", pl.col(column).alias("_found")),
            on="observation_id",
            how="left",
        )
        findings += _not_matching(rows, observations)
        matching = rows.filter(pl.col("_found").eq_missing(pl.col("old_value")))
        observations = _applied(observations, matching, column)
    return observations, findings


def _applied(observations: pl.DataFrame, matching: pl.DataFrame, column: str) -> pl.DataFrame:
    replacements = matching.select("observation_id", pl.col("new_value").alias("_new"))
    joined = observations.join(
        replacements.with_columns(pl.lit(True).alias("_is_corrected")),
        on="observation_id",
        how="left",
        maintain_order="left",
    )
    is_corrected = pl.col("_is_corrected").fill_null(False)
    changed = [pl.when(is_corrected).then("_new").otherwise(column).alias(column)]
    if column == "value":
        is_set_aside = is_corrected & pl.col("_new").is_null()
        reason = pl.lit(Reason.NOT_COMPARABLE.value)
        changed.append(
            pl.when(is_set_aside).then(reason).otherwise("missing_reason").alias("missing_reason")
        )
    return joined.with_columns(changed).select(observations.columns)


def _unknown_columns(observations: pl.DataFrame, corrections: pl.DataFrame) -> list[Finding]:
    return findings_at(
        corrections, "column", ~pl.col("column").is_in(observations.columns),
        lambda value: message("The correction is of a column “{value}” that does not exist.",
                              value=value),
        message("A column of the observations."), message("Correct its name."),
    )  # fmt: skip


def _not_matching(rows: pl.DataFrame, observations: pl.DataFrame) -> list[Finding]:
    known = observations["observation_id"].to_list()
    is_known = pl.col("observation_id").is_in(known)
    return findings_at(
        rows, "observation_id", ~is_known,
        lambda value: message("The correction matches no row: “{value}”.", value=value),
        message("The observation_id of a row in observations."),
        message("Correct it, or remove the correction."), ("observations",),
    ) + findings_at(
        rows, "old_value", is_known & ~pl.col("_found").eq_missing(pl.col("old_value")),
        lambda value: message("The corrected row no longer says “{value}”.", value=value),
        message("The old value still stands in the row."),
        message("Look whether the correction is still needed, then adapt or remove it."),
    )  # fmt: skip
