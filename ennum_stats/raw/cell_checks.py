"""Checks of single cells, by the kind of their column; the types of the store, and the bounds of a print.

Frames come from `ennum_stats.raw.reader`: strings, with `_file` and `_line`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

import polars as pl

from ennum_stats.errors import Message, message
from ennum_stats.periods import Period
from ennum_stats.quantities import printed_bounds
from ennum_stats.raw.embargo import now
from ennum_stats.raw.kinds import CODE, Fault, Texts, decimal_type, is_period
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.raw.schema import Finding, RawColumn, RawTable
from ennum_stats.vocabulary import Basis, Precision

Frames = dict[str, pl.DataFrame]


def cell_findings(table: RawTable, frame: pl.DataFrame) -> list[Finding]:
    """Find everything that is wrong with single cells of a table (or of a part of one).

    Each text of a column is looked at once; rows are looked for only where there is something to find.
    """
    findings = []
    for column in table.columns if len(frame) else ():
        texts = frame.select(pl.col(column.name).unique())
        faults = [*_faults(column, texts)]
        is_there = texts.select(fault.is_wrong.any().alias(str(n)) for n, fault in enumerate(faults))
        for fault, is_found in zip(faults, is_there.row(0) if faults else (), strict=True):
            findings += _at(frame, fault) if is_found else []
    return findings


def _faults(column: RawColumn, frame: pl.DataFrame) -> Iterator[Fault]:
    value = pl.col(column.name)
    if column.required:
        yield Fault(
            column.name, value.str.strip_chars().fill_null("") == "",
            lambda _: message("This cell is empty."),
            message("A value is expected here."), message("Fill it in."),
        )  # fmt: skip
    yield from column.kind.check(column.name, value, _texts(column, frame))
    if column.is_past:
        yield Fault(
            column.name, value.is_in(_still_to_come(_texts(column, frame))),
            lambda value: message("This day ({value}) is still to come.", value=value),
            message("What is written down here has happened already."), message("Correct it."),
        )  # fmt: skip
    if column.choices:
        yield Fault(
            column.name, value.is_not_null() & ~value.is_in(column.choices),
            lambda value: message("“{value}” is not allowed here.", value=value),
            message("Expected one of: {names}.", names=", ".join(column.choices)),
            message("Correct it."),
        )  # fmt: skip


def _still_to_come(texts: Texts) -> list[str]:
    """Return the days, months and years that have not begun by the reader's clock."""
    today = now().astimezone().date()
    return [text for text in texts() if is_period(text) and Period(text).first > today]


def _texts(column: RawColumn, frame: pl.DataFrame) -> Texts:
    def texts(pattern: str = "") -> list[str]:
        series = frame[column.name].drop_nulls()
        return (series.filter(series.str.contains(pattern)) if pattern else series).unique().to_list()

    return texts


def findings_at(
    frame: pl.DataFrame,
    column: str,
    is_wrong: pl.Expr,
    found: Callable[[str], Message],
    expected: Message,
    remedy: Message,
    relies_on: Iterable[str] = (),
) -> list[Finding]:
    """Make a finding of every row where `is_wrong`; `found` words the value of `column` there."""
    return _at(frame, Fault(column, is_wrong, found, expected, remedy, relies_on))


def _at(frame: pl.DataFrame, fault: Fault) -> list[Finding]:
    wrong = frame if frame.is_empty() else frame.filter(fault.is_wrong)
    if wrong.is_empty():
        return []
    shown = pl.col(fault.column).cast(pl.String).fill_null("")
    if isinstance(frame.schema[fault.column], pl.Decimal):
        shown = shown.str.strip_chars_end("0").str.strip_chars_end(".")
    places = wrong.select("_file", "_line", shown.alias("_shown"))
    tables = frozenset(fault.relies_on)
    rows = ((file, line, without_persons(value)) for file, line, value in places.iter_rows())
    return [
        Finding(file, line, fault.column, fault.found(value), fault.expected, fault.remedy, tables)
        for file, line, value in rows
    ]


def typed(table: RawTable, frame: pl.DataFrame) -> pl.DataFrame:
    """Give a frame the types of the store; a cell that failed its check is empty there.

    Codes of a closed list or of another table are kept as numbers: a quarter of the memory.
    """
    casts = [
        column.kind.parse(pl.col(column.name), _texts(column, frame))
        for column in table.columns
        if column.kind.parse is not None
    ]
    codes = [
        column.name
        for column in table.columns
        if column.kind is CODE and (column.choices or column.references)
    ]
    return frame.with_columns(*casts, pl.col(codes).cast(pl.Categorical))


def with_bounds(observations: pl.DataFrame) -> pl.DataFrame:
    """Add `bound_lower`, `bound_upper` and `basis`: what each print implies by the house rules.

    Printed bounds (of a range) are taken as they stand.
    """
    printed = ["value", "step", "precision", "unit"]
    distinct = observations.select(printed).unique().drop_nulls(["value", "precision", "unit"])
    implied = pl.DataFrame(
        [_implied(*row) for row in distinct.rows()],
        {"bound_lower": decimal_type(), "bound_upper": decimal_type(), "basis": pl.String},
        orient="row",
    )
    bounds = observations.select(printed).join(
        distinct.hstack(implied), on=printed, how="left", nulls_equal=True, maintain_order="left"
    )
    is_range = pl.col("value").is_null() & (pl.col("lower").is_not_null() | pl.col("upper").is_not_null())
    return observations.with_columns(
        pl.coalesce(bounds["bound_lower"], "lower").alias("bound_lower"),
        pl.coalesce(bounds["bound_upper"], "upper").alias("bound_upper"),
        pl.when(is_range).then(pl.lit(Basis.PROVED.value)).otherwise(bounds["basis"]).alias("basis"),
    )


def _implied(value: Decimal, step: Decimal, precision: str, unit: str) -> tuple[object, ...]:
    """Compute the bounds of one print; none where cells are wrong, which their checks tell."""
    try:
        bounds = printed_bounds(value, step, Precision(precision), unit)
    except (KeyError, ValueError):
        return None, None, Basis.PROVED.value
    return bounds.lower, bounds.upper, bounds.basis.value
