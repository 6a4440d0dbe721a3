"""Checks of rows against each other and against the house rules, and the reading of all raw tables.

A check is one function from frames to findings, listed in `CHECKS`, with a passing and a failing example in
the tests. Frames are those of `ennum_stats.raw.reader` with the types of the store; observations also have
their bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ennum_stats.errors import message
from ennum_stats.raw import day_checks, list_checks
from ennum_stats.raw.cell_checks import Frames, cell_findings, findings_at, typed, with_bounds
from ennum_stats.raw.corrections import corrected
from ennum_stats.raw.embargoed_rows import check_embargoed_apart, documents_named
from ennum_stats.raw.kinds import CODES
from ennum_stats.raw.part_checks import check_parts_of_counts, check_parts_within_whole, check_shares
from ennum_stats.raw.reader import kept_while_the_same, read_parts, read_tables, table_files
from ennum_stats.raw.schema import Finding, RawColumn, RawTable
from ennum_stats.raw.school_tables import INVENTED_FROM
from ennum_stats.raw.tables import KEY_COLUMNS, RAW_TABLE_BY_NAME, TABLE_BY_NAME, TABLES
from ennum_stats.vocabulary import MEASURES, UNITS, Precision


def check_raw_tables(raw: Path, root: Path) -> tuple[Frames, list[Finding]]:
    """Read and check every raw table; return the typed frames of the store, and all findings together.

    A fault is told once: of one cell only the first finding, and of a table that could not be read nothing
    about the rows that refer to it.
    """
    tables = {table.name: _checked(raw, root, table) for table in RAW_TABLE_BY_NAME.values()}
    of_form = [finding for table in tables.values() for finding in table.of_form]
    findings = [finding for table in tables.values() for finding in table.of_cells]
    frames = {name: table.frame for name, table in tables.items()}
    unread = _unread(raw, root, of_form)
    for check in CHECKS:
        findings += check(frames)
    usable = (f for f in reversed([*of_form, *findings]) if not f.relies_on & unread)
    by_place = {(f.file, f.line, f.column): f for f in usable}
    return frames, [by_place[place] for place in sorted(by_place)]


# --- a table alone ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Checked:
    """Hold a table with the types of the store, and the findings on its files and on single cells."""

    frame: pl.DataFrame
    of_form: list[Finding]
    of_cells: list[Finding]


@kept_while_the_same
def _checked(raw: Path, root: Path, table: RawTable) -> _Checked:
    """Read and check a table; its strings are let go part by part."""
    of_form: list[Finding] = []
    of_cells: list[Finding] = []
    parts = read_parts(raw, root, table, of_form)
    if table.name == "observations":
        corrections = read_tables(raw, root, (TABLE_BY_NAME["corrections"],))[0]["corrections"]
        parts = corrected(parts, corrections, of_cells)
    frames = []
    for part in parts:
        of_cells += cell_findings(table, part)
        frames.append(typed(table, part))
    frame = pl.concat(frames)
    return _Checked(with_bounds(frame) if table.name == "observations" else frame, of_form, of_cells)


def _unread(raw: Path, root: Path, findings: list[Finding]) -> set[str]:
    """Return the tables of which a file could not be read."""
    files = {finding.file for finding in findings}
    return {
        table.name
        for table in RAW_TABLE_BY_NAME.values()
        if any(path.relative_to(root).as_posix() in files for path in table_files(raw, table))
    }


# --- the checks -------------------------------------------------------------------------------------


def check_repeated_keys(frames: Frames) -> list[Finding]:
    """Find keys that stand more than once in a table."""
    findings = []
    for table in RAW_TABLE_BY_NAME.values():
        frame = frames[table.name]
        if not _has_repeated(frame, table.key):
            continue
        key = pl.struct(table.key)
        is_whole = pl.all_horizontal(pl.col(table.key).is_not_null())
        findings += findings_at(
            frame.filter(key.is_duplicated() & is_whole), table.key[-1], ~key.is_first_distinct(),
            lambda value: message("The key “{value}” stands here again.", value=value),
            message("A key stands once in a table."),
            message("Remove the row, or give it a key of its own."),
        )  # fmt: skip
    return findings


def _has_repeated(frame: pl.DataFrame, key: tuple[str, ...]) -> bool:
    """Tell whether two rows may have the same key: where no two hashes are the same, none have."""
    if frame.is_empty():
        return False
    # Sorted numbers are compared in a tenth of the time and memory that keys take.
    hashes = frame.select(key).hash_rows().sort()
    return bool((hashes == hashes.shift()).any())


def check_references(frames: Frames) -> list[Finding]:
    """Find codes that are not in the table that they refer to."""
    findings = []
    for table in TABLES:
        for column in table.columns:
            if column.references and not frames[table.name].is_empty():
                findings += _unknown_codes(frames, table, column)
    return findings


def _unknown_codes(frames: Frames, table: RawTable, column: RawColumn) -> list[Finding]:
    known = set(_known_codes(frames, column.references))
    frame = frames[table.name]
    texts = frame[column.name].drop_nulls().unique().to_list()
    is_list = column.kind is CODES
    unknown = [text for text in texts if not known.issuperset(text.split() if is_list else [text])]
    if not unknown:
        return []
    where = "codelists.csv" if "codelists" in column.references else column.references
    return findings_at(
        frame, column.name, pl.col(column.name).is_in(unknown),
        lambda value: message("“{value}” is unknown.", value=value),
        message("Expected a code of {table}.", table=where.replace("+", ", ")),
        message("Correct it, or add it there first."),
        column.references.split(".")[0].split("+"),
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
        code for name in references.split("+") for code in frames[name][keys[name]].drop_nulls().to_list()
    ]


def check_missing_values(frames: Frames) -> list[Finding]:
    """Find rows without number, bounds or reason, and rows with a number and a reason for none."""
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
        lambda value: message("There is a number, and a reason why there is none (“{value}”).", value=value),
        message("One of the two."), message("Empty one of them."),
    )  # fmt: skip


def check_bounds_in_order(frames: Frames) -> list[Finding]:
    """Find lower bounds above the upper one."""
    return findings_at(
        frames["observations"], "lower", pl.col("lower") > pl.col("upper"),
        lambda value: message("The lower bound {value} is above the upper one.", value=value),
        message("The lower bound is at most the upper one."), message("Exchange or correct them."),
    )  # fmt: skip


def check_precision(frames: Frames) -> list[Finding]:
    """Find values without precision, roundings without step, and what leaves no number at all."""
    has_value = pl.col("value").is_not_null()
    needs_step = pl.col("precision").is_in(["rounded", "about", "nearly"])
    is_no_step = pl.col("step") == 0
    lacks_step = needs_step & (pl.col("step").is_null() | is_no_step)
    return findings_at(
        frames["observations"], "precision", has_value & pl.col("precision").is_null(),
        lambda _: message("The value has no precision."),
        message("Expected one of: {names}.", names=", ".join(Precision)), message("Fill it in."),
    ) + findings_at(
        frames["observations"], "step",
        has_value & lacks_step,
        lambda _: message("The precision of this number has no step."),
        message("The place of the last printed digit: 1000000 for “85 millions”."),
        message("Fill it in."),
    ) + findings_at(
        frames["observations"], "step", is_no_step & ~(has_value & needs_step).fill_null(value=False),
        lambda _: message("The step is zero."),
        message("The place of the last printed digit: 1000000 for “85 millions”."),
        message("Correct it, or leave the cell empty."),
    ) + findings_at(
        frames["observations"], "step", ~is_no_step & ~_is_place(pl.col("step")),
        lambda value: message("“{value}” is no place of a printed digit.", value=value),
        message("The place of the last printed digit: 1000000 for “85 millions”."),
        message("Correct it, or leave the cell empty."),
    ) + findings_at(
        frames["observations"], "precision",
        has_value & pl.col("precision").is_in(["nearly", "less_than"])
        & pl.col("bound_lower").is_null() & pl.col("bound_upper").is_null()
        & pl.col("unit").is_in(list(UNITS)) & ~lacks_step,
        lambda value: message("No number is “{value}” this one.", value=value),
        message("Below the number there is room for another of its unit, within its step."),
        message("Correct the value, the step or the precision."),
    )  # fmt: skip


def _is_place(step: pl.Expr) -> pl.Expr:
    """Tell whether a step is the place of a digit: 1, 10, 100 …, 0.1."""
    return step.cast(pl.String).str.contains(r"^(?:0*10*(?:\.0*)?|0*\.0*10*)$")


def check_currencies(frames: Frames) -> list[Finding]:
    """Find money in a former currency that has no rate."""
    rates = frames["exchange_rates"]["currency"].drop_nulls().to_list()
    money = [code for code, unit in UNITS.items() if unit.is_money and code != "EUR"]
    return findings_at(
        frames["observations"], "unit",
        pl.col("unit").is_in(money) & ~pl.col("unit").is_in(rates),
        lambda value: message("There is no rate for {value}.", value=value),
        message("A former currency has its official rate in exchange_rates.csv."),
        message("Add the rate with its source."), ("exchange_rates",),
    )  # fmt: skip


def check_sources_used(frames: Frames) -> list[Finding]:
    """Find documents from which nothing comes."""
    tables = [table.name for table in TABLES if table.name != "sources"]
    used = documents_named(frames[name] for name in tables)
    return findings_at(
        frames["sources"], "source_id",
        pl.col("source_id").is_not_null() & ~pl.col("source_id").is_in(used),
        lambda value: message("Nothing comes from the source “{value}”.", value=value),
        message("Every source is used by a row of another table."),
        message("Remove it, or add what it says."), tables,
    )  # fmt: skip


def check_one_row_a_key(frames: Frames) -> list[Finding]:
    """Find second numbers of one document for the same thing, in one unit."""
    key = pl.struct("source_id", "unit", *KEY_COLUMNS)
    rows = frames["observations"]
    return findings_at(
        rows, "measure",
        key.is_duplicated() & ~key.is_first_distinct() & pl.col("observation_id").is_first_distinct(),
        lambda value: message("The document already gives “{value}” for the same thing.", value=value),
        message("One document has one row for the same measure, dimensions, period and unit."),
        message("Tell the rows apart by a dimension, or remove one."), ("corrections",),
    )  # fmt: skip


def check_invented_apart(frames: Frames) -> list[Finding]:
    """Find invented schools among real ones, and the reverse."""
    is_demo = not frames["demonstration"].is_empty()
    findings = []
    for name in ("implantations", "teaching", "participations", "deliveries"):
        invented = pl.col("implantation").cast(pl.Int64, strict=False) >= INVENTED_FROM
        findings += findings_at(
            frames[name], "implantation", invented.fill_null(value=False) != is_demo,
            lambda value: message("The site {value} is in the wrong project.", value=value),
            message("Invented schools and real ones never stand in one project."),
            message("Take it out; a demonstration has a project of its own."), ("demonstration",),
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
    check_parts_of_counts,
    check_shares,
    day_checks.check_periods_in_order,
    day_checks.check_calls_open_first,
    day_checks.check_read_after_publication,
    day_checks.check_published_after_beginning,
    day_checks.check_lists_after_calls,
    day_checks.check_days_of_rows,
    day_checks.check_embargoes,
    day_checks.check_releases,
    check_embargoed_apart,
    check_sources_used,
    check_one_row_a_key,
    check_invented_apart,
    list_checks.check_list_sizes,
    list_checks.check_corrected_lists,
    list_checks.check_declared_lists,
    list_checks.check_counted_once,
)
