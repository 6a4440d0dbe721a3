"""Checks of rows against each other and against the house rules. A check is one function from frames to
findings, listed in `CHECKS`, with a passing and a failing example in the tests.

Frames are those of `ennum_stats.raw.reading` (strings with `_file` and `_line`); checks on numbers and
days take the typed ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from ennum_stats.errors import message
from ennum_stats.quantities import UNITS, Precision, printed_bounds
from ennum_stats.raw.cells import cell_findings, findings_at, typed
from ennum_stats.raw.corrections import corrected
from ennum_stats.raw.findings import Finding
from ennum_stats.raw.reading import read_tables
from ennum_stats.raw.tables import EMBARGOED, TABLES, Column, Kind, Table
from ennum_stats.raw.vocabulary import MEASURES

Frames = dict[str, pl.DataFrame]
_BOUNDS = pl.Struct({"bound_lower": pl.String, "bound_upper": pl.String, "basis": pl.String})
# What makes two numbers numbers of the same thing.
KEY_COLUMNS = (
    "measure", "programme", "call", "territory", "level", "network", "province", "component",
    "stage", "counted", "valid_from", "valid_to",
)  # fmt: skip


def check_raw_tables(
    raw: Path, root: Path, tables: tuple[Table, ...] = TABLES
) -> tuple[Frames, list[Finding]]:
    """Reads and checks every raw table: the typed frames of the store, and all findings together."""
    strings, findings = read_tables(raw, root, (*tables, EMBARGOED))
    strings["observations"] = pl.concat([strings["observations"], strings.pop(EMBARGOED.name)])
    strings["observations"], found = corrected(strings["observations"], strings["corrections"])
    findings += found
    for table in tables:
        findings += cell_findings(table, strings[table.name])
    frames = {table.name: typed(table, strings[table.name]) for table in tables}
    frames["observations"] = with_bounds(frames["observations"])
    for check in CHECKS:
        findings += check(frames)
    return frames, sorted(findings, key=lambda f: (f.file, f.line, f.column))


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
    joined = observations.join(table, on=printed, how="left", nulls_equal=True)
    is_range = pl.col("value").is_null() & (
        pl.col("lower").is_not_null() | pl.col("upper").is_not_null()
    )
    return joined.with_columns(
        pl.coalesce("bound_lower", "lower").alias("bound_lower"),
        pl.coalesce("bound_upper", "upper").alias("bound_upper"),
        pl.when(is_range).then(pl.lit("proved")).otherwise(pl.col("basis")).alias("basis"),
    )


def _implied(value: object, step: object, precision: str, unit: str) -> tuple[object, object, str]:
    if precision == Precision.RANGE or precision not in tuple(Precision) or unit not in UNITS:
        return None, None, "proved"
    bounds = printed_bounds(value, step, Precision(precision), unit)  # type: ignore[arg-type]
    return bounds.lower, bounds.upper, bounds.basis.value


# --- the checks -------------------------------------------------------------------------------------


def check_repeated_keys(frames: Frames) -> list[Finding]:
    """The key of a table stands once."""
    findings = []
    for table in TABLES:
        frame = frames[table.name]
        repeated = frame.filter(
            pl.struct(table.key).is_duplicated()
            & pl.all_horizontal(pl.col(table.key).is_not_null())
        )
        first = pl.struct(table.key).is_first_distinct()
        findings += findings_at(
            repeated, table.key[-1], ~first,
            lambda value: message("The key “{value}” stands here again.", value=value),
            message("A key stands once in a table."),
            message("Remove the row, or give it a key of its own."),
        )  # fmt: skip
    return findings


def check_references(frames: Frames) -> list[Finding]:
    """A code that refers to another table is there."""
    findings = []
    for table in TABLES:
        for column in table.columns:
            if column.references:
                findings += _unknown_codes(frames, table, column)
    return findings


def _unknown_codes(frames: Frames, table: Table, column: Column) -> list[Finding]:
    known = set(_known_codes(frames, column.references))
    frame = frames[table.name]
    texts = frame[column.name].drop_nulls().unique().to_list()
    is_list = column.kind is Kind.CODES
    unknown = [text for text in texts if not known.issuperset(text.split() if is_list else [text])]
    where = "codelists.csv" if "codelists" in column.references else column.references
    return findings_at(
        frame, column.name, pl.col(column.name).is_in(unknown),
        lambda value: message("“{value}” is unknown.", value=value),
        message("Expected a code of {table}.", table=where.replace("+", ", ")),
        message("Correct it, or add it there first."),
    )  # fmt: skip


def _known_codes(frames: Frames, references: str) -> Iterable[str]:
    if references == "measures":
        return MEASURES.keys()
    if references.startswith("codelists."):
        codes = frames["codelists"]
        wanted = references.removeprefix("codelists.")
        return codes.filter(pl.col("codelist") == wanted)["code"].drop_nulls().to_list()
    keys = {table.name: table.key[0] for table in TABLES}
    return [
        code
        for name in references.split("+")
        for code in frames[name][keys[name]].drop_nulls().to_list()
    ]


def check_missing_values(frames: Frames) -> list[Finding]:
    """A number, or bounds, or a reason why there is none."""
    numbers = [pl.col(name).is_not_null() for name in ("value", "lower", "upper")]
    has_number = pl.any_horizontal(numbers)
    observations = frames["observations"]
    return findings_at(
        observations, "value", ~has_number & pl.col("missing_reason").is_null(),
        lambda _: message("There is no number and no reason why."),
        message("A value, bounds, or a code in missing_reason."),
        message("Look it up, or say why it is missing."),
    ) + findings_at(
        observations, "missing_reason", has_number & pl.col("missing_reason").is_not_null(),
        lambda value: message("There is a number, and a reason why there is none (“{value}”).",
                              value=value),
        message("One of the two."), message("Empty one of them."),
    )  # fmt: skip


def check_bounds_in_order(frames: Frames) -> list[Finding]:
    """The lower bound is not above the upper one."""
    return findings_at(
        frames["observations"], "lower", pl.col("lower") > pl.col("upper"),
        lambda value: message("The lower bound {value} is above the upper one.", value=value),
        message("The lower bound is at most the upper one."), message("Exchange or correct them."),
    )  # fmt: skip


def check_precision(frames: Frames) -> list[Finding]:
    """A value says how precise it is, and a rounding says its step."""
    has_value = pl.col("value").is_not_null()
    needs_step = pl.col("precision").is_in(["rounded", "about", "nearly"])
    return findings_at(
        frames["observations"], "precision", has_value & pl.col("precision").is_null(),
        lambda _: message("The value has no precision."),
        message("Expected one of: {names}.", names=", ".join(Precision)), message("Fill it in."),
    ) + findings_at(
        frames["observations"], "step",
        has_value & needs_step & (pl.col("step").is_null() | (pl.col("step") == 0)),
        lambda _: message("The precision of this number has no step."),
        message("The place of the last printed digit: 1000000 for “85 millions”."),
        message("Fill it in."),
    )  # fmt: skip


def check_currencies(frames: Frames) -> list[Finding]:
    """Money in a former currency can be converted."""
    rates = frames["exchange_rates"]["currency"].drop_nulls().to_list()
    money = [code for code, unit in UNITS.items() if unit.is_money and code != "EUR"]
    return findings_at(
        frames["observations"], "unit",
        pl.col("unit").is_in(money) & ~pl.col("unit").is_in(rates),
        lambda value: message("There is no rate for {value}.", value=value),
        message("A former currency has its official rate in exchange_rates.csv."),
        message("Add the rate with its source."),
    )  # fmt: skip


def check_parts_within_whole(frames: Frames) -> list[Finding]:
    """What one document gives as parts does not exceed what it gives as their whole."""
    additive = [code for code, unit in UNITS.items() if unit.resolution is not None]
    rows = frames["observations"].filter(
        pl.col("unit").is_in(additive) & pl.col("bound_lower").is_not_null()
    )
    findings = []
    for dimension in ("programme", "level", "network", "province", "component"):
        keys = ["source_id", "unit", *(name for name in KEY_COLUMNS if name != dimension)]
        parts = (
            rows.filter(pl.col(dimension).is_not_null())
            .group_by(keys)
            .agg(pl.col("bound_lower").sum().alias("_parts"), pl.len().alias("_n"))
        )
        whole = rows.filter(pl.col(dimension).is_null() & pl.col("bound_upper").is_not_null())
        joined = whole.join(parts, on=keys, how="inner", nulls_equal=True)
        findings += findings_at(
            joined, "value", pl.col("_parts") > pl.col("bound_upper"),
            lambda value: message("The parts of this whole ({value}) exceed it.", value=value),
            message("In one document, parts add up to their whole at most."),
            message("Check the whole and its parts in the document."),
        )  # fmt: skip
    return findings


CHECKS: tuple[Callable[[Frames], list[Finding]], ...] = (
    check_repeated_keys,
    check_references,
    check_missing_values,
    check_bounds_in_order,
    check_precision,
    check_currencies,
    check_parts_within_whole,
)
