"""What each printed number implies by the house rules: the bounds that the build adds to observations."""

from __future__ import annotations

import polars as pl

from ennum_stats.quantities import UNITS, Precision, printed_bounds


def with_bounds(observations: pl.DataFrame) -> pl.DataFrame:
    """Adds `bound_lower`, `bound_upper` and `basis`: what each print implies by the house rules.

    Printed bounds (of a range) are taken as they stand.
    """
    printed = ["value", "step", "precision", "unit"]
    combinations = observations.select(printed).unique().drop_nulls(["value", "precision", "unit"])
    implied = [_implied(*row) for row in combinations.rows()]
    table = combinations.with_columns(
        pl.Series("bound_lower", [low for low, _, _ in implied], pl.Decimal(20, 6)),
        pl.Series("bound_upper", [high for _, high, _ in implied], pl.Decimal(20, 6)),
        pl.Series("basis", [basis for _, _, basis in implied], pl.String),
    )
    bounds = observations.select(printed).join(
        table, on=printed, how="left", nulls_equal=True, maintain_order="left"
    )
    is_range = pl.col("value").is_null() & (
        pl.col("lower").is_not_null() | pl.col("upper").is_not_null()
    )
    return observations.with_columns(
        pl.coalesce(bounds["bound_lower"], "lower").alias("bound_lower"),
        pl.coalesce(bounds["bound_upper"], "upper").alias("bound_upper"),
        pl.when(is_range).then(pl.lit("proved")).otherwise(bounds["basis"]).alias("basis"),
    )


def _implied(value: object, step: object, precision: str, unit: str) -> tuple[object, object, str]:
    if precision == Precision.RANGE or precision not in tuple(Precision) or unit not in UNITS:
        return None, None, "proved"
    try:
        bounds = printed_bounds(value, step, Precision(precision), unit)  # type: ignore[arg-type]
    except ValueError:  # told by `check_precision`
        return None, None, "proved"
    return bounds.lower, bounds.upper, bounds.basis.value
