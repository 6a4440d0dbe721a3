"""Read published numbers from the store: the columns of a number with its document, and what they make."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

from ennum_stats.quantities import Basis, Bounds, Precision, Quantity, Reason
from ennum_stats.store.answers import Observation, Source
from ennum_stats.vocabulary import DIMENSIONS

SOURCE_COLUMNS = tuple(field.name.removesuffix("_as_written") for field in fields(Source))
"""The columns of a document."""
_AS_PUBLISHED = (
    "observation_id", "measure", *DIMENSIONS, "valid_from", "valid_to", "status", "locator", "note",
)  # fmt: skip
_OBSERVATION_COLUMNS = (
    *_AS_PUBLISHED, "value", "bound_lower", "bound_upper", "basis", "unit", "precision", "step",
    "missing_reason",
)  # fmt: skip
_COLUMNS = (*(f"o.{name}" for name in _OBSERVATION_COLUMNS), *(f"s.{name}" for name in SOURCE_COLUMNS))
PUBLISHED = f"""
    SELECT {", ".join(_COLUMNS)}
    FROM observations o JOIN sources s USING (source_id)
"""
"""The query of all published numbers, each with its document."""


def observation_of(row: tuple[Any, ...]) -> Observation:
    """Make an observation of a row of `PUBLISHED`, read by the names of its columns."""
    cells = dict(zip(_COLUMNS, row, strict=True))
    value, low, high = (_plain(cells[f"o.{n}"]) for n in ("value", "bound_lower", "bound_upper"))
    quantity = None
    if value is not None or low is not None or high is not None:
        bounds = Bounds(low, high, Basis(cells["o.basis"]))
        precision = Precision(cells["o.precision"] or Precision.RANGE)
        quantity = Quantity(value, bounds, cells["o.unit"], precision)
    reason = cells["o.missing_reason"]
    return Observation(
        **{name: cells[f"o.{name}"] for name in _AS_PUBLISHED},
        quantity=quantity,
        step=_plain(cells["o.step"]),
        missing_reason=Reason(reason) if reason else None,
        source=Source(*(cells[f"s.{name}"] for name in SOURCE_COLUMNS)),
    )


def _plain(number: Decimal | None) -> Decimal | None:
    """Take off the trailing zeros of the column's type."""
    if number is None:
        return None
    normal = number.normalize()
    exponent = normal.as_tuple().exponent
    return normal.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else normal
