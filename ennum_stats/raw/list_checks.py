"""Checks of lists of schools against their rows and against each other.

A list has as many rows as it says, and is declared complete of a call that there is. One that corrects
another takes its place from the day on which it is known, so that no participation ever counts twice; both
keep their rows, because past days are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from ennum_stats.errors import Message, message
from ennum_stats.raw.cell_checks import Frames
from ennum_stats.raw.schema import Finding

SAME_KIND = ("kind", "programme", "call")
"""What a list has in common with the one that it corrects."""


def check_list_sizes(frames: Frames) -> list[Finding]:
    """Find lists that have other rows than they say; while rows are of a list that is unknown, they may be
    of any."""
    holding = ("participations", "deliveries")
    counts = pl.concat(frames[name].group_by("list").len() for name in holding)
    rows = dict(counts.group_by(pl.col("list").cast(pl.String)).agg(pl.col("len").sum()).rows())
    if not rows.keys() <= set(frames["lists"]["list"]):
        return []
    return [
        Finding(
            row["_file"], row["_line"], "size",
            message("The list {name} has {found} rows, and says {size}.",
                    name=row["list"], found=rows.get(row["list"], 0), size=row["size"]),
            message("A list has the rows that were imported with it, no more and no fewer."),
            message("Put back what is missing, or remove the list and import it again."),
            frozenset(holding),
        )
        for row in frames["lists"].to_dicts()
        if row["size"] is not None and row["size"] != rows.get(row["list"], 0)
    ]  # fmt: skip


def check_corrected_lists(frames: Frames) -> list[Finding]:
    """Find lists that cannot correct the one that they name: of something else, or known before it; and
    lists that two others correct."""
    lists = {row["list"]: row for row in reversed(frames["lists"].to_dicts())}
    corrected: dict[str, str] = {}
    findings = []
    for name, row in reversed(lists.items()):
        earlier = lists.get(row["replaces"])
        if earlier is None:
            continue
        by = corrected.setdefault(earlier["list"], name)
        for column, fault in _wrong_correction(row, earlier, by, lists):
            findings.append(
                Finding(
                    row["_file"], row["_line"], column, fault,
                    message("A list corrects one of the same kind, programme and call that was known before, "
                            "and that no other corrects."),
                    message("Name the last list of its kind, or leave the cell empty."),
                )
            )  # fmt: skip
    return findings


def _wrong_correction(
    row: dict[str, Any], earlier: dict[str, Any], by: str, lists: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, Message]]:
    name, other = row["list"], earlier["list"]
    if any(row[column] != earlier[column] for column in SAME_KIND):
        yield "replaces", message("The list {other} is of something else than {name}.",
                                  other=other, name=name)  # fmt: skip
    if by != name:
        yield ("replaces", message("The list {other} is corrected by {by} already.", other=other, by=by))
    if row["known_on"] and earlier["known_on"] and row["known_on"] < earlier["known_on"]:
        yield "known_on", message("The list {name} was known before {other}, which it corrects.",
                                  name=name, other=other)  # fmt: skip
    if _leads_to_itself(name, lists):
        yield "replaces", message("The list {name} corrects itself, by way of others.", name=name)


def _leads_to_itself(name: str, lists: dict[str, dict[str, Any]]) -> bool:
    seen: set[str] = set()
    at = lists[name]["replaces"]
    while at in lists and at not in seen:
        seen.add(at)
        at = lists[at]["replaces"]
    return name in seen


def check_declared_lists(frames: Frames) -> list[Finding]:
    """Find lists that are declared complete of no call although their programme has calls, or of a call of
    another programme: such a declaration would say nothing."""
    programme_of = dict(frames["calls"].select("call", "programme").rows())
    having_calls = set(programme_of.values())
    return [
        Finding(
            row["_file"], row["_line"], "call",
            message("“{call}” is no call of {programme}.", call=row["call"] or "",
                    programme=row["programme"]),
            message("Lists are declared complete call by call; without a call only of a programme that has "
                    "none."),
            message("Name a call of this programme."),
            frozenset({"calls"}),
        )
        for row in frames["complete_lists"].to_dicts()
        if (programme_of.get(row["call"]) != row["programme"] if row["call"]
            else row["programme"] in having_calls)
    ]  # fmt: skip


def check_counted_once(frames: Frames) -> list[Finding]:
    """Find participations that stand in two lists which count on the same day."""
    rows = frames["participations"].select("_file", "_line", "list", "participation")
    hashes = rows["participation"].hash().sort()
    if not (hashes == hashes.shift()).any():  # sorted numbers are cheap to compare; keys are not
        return []
    listed = rows.filter(pl.col("participation").is_duplicated()).with_columns(pl.col("list").cast(pl.String))
    placed = listed.join(_days_in_force(frames["lists"]), on="list")
    pairs = placed.join(placed, on="participation", suffix="_other").filter(
        (pl.col("list") != pl.col("list_other"))
        & (pl.col("_line") > pl.col("_line_other"))
        & (pl.col("_from") < pl.col("_until_other").fill_null(pl.date(9999, 12, 31)))
        & (pl.col("_from_other") < pl.col("_until").fill_null(pl.date(9999, 12, 31)))
    )
    return [
        Finding(
            file, line, "participation",
            message("“{key}” stands in the list {other} too, and both count on the same day.",
                    key=key, other=other),
            message("Lists that count on the same day have no row in common."),
            message("If one corrects the other, say so in the column replaces of lists.csv; else remove the "
                    "row."),
            frozenset({"lists"}),
        )
        for file, line, key, other in pairs.select("_file", "_line", "participation", "list_other").rows()
    ]  # fmt: skip


def _days_in_force(lists: pl.DataFrame) -> pl.DataFrame:
    """Give from when each list counts, and the day of the list that corrects it, if any."""
    known = lists.select(pl.col("list").cast(pl.String), pl.col("known_on").alias("_from"))
    corrected = lists.filter(pl.col("replaces").is_not_null()).group_by(
        pl.col("replaces").cast(pl.String).alias("list")
    )
    return known.join(corrected.agg(pl.col("known_on").min().alias("_until")), on="list", how="left")
