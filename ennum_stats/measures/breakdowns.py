"""Winners and coverage by any dimension: as published, bounded, or counted from lists of schools."""

from __future__ import annotations

from collections.abc import Sequence

from ennum_stats.errors import UsageError, message
from ennum_stats.measures.counted import (
    COVERAGE_BY as COUNTED_BY,
)
from ennum_stats.measures.counted import EVERY_LEVEL, WINNERS_BY, coverage_by_rows, winners_by_rows
from ennum_stats.measures.coverage import coverage_rows
from ennum_stats.measures.frames import Frame, FrameKind, Rows, in_frame
from ennum_stats.measures.over_time import coverage_by_year_rows
from ennum_stats.measures.winners import BY as PUBLISHED_BY
from ennum_stats.measures.winners import PROGRAMME, winners_rows
from ennum_stats.store.opening import Ledger

COVERAGE_BY = ("programme", "year", *COUNTED_BY)
WINNERS_BY_ANY = (*PUBLISHED_BY, *WINNERS_BY)


def winners(
    ledger: Ledger,
    by: str = "call",
    levels: Sequence[str] = (),
    *,
    frame: FrameKind = "pandas",
) -> Frame:
    """Projects awarded by the calls of École Numérique, and what follows from them.

    One row is one call, in the order of its school years; `by="school_year"` gives the same rows under
    their school years (EN3 covers two). Population: the projects of Wallonia, promotion sociale
    included. A project is not a school: a school may win several.

    Reads what was known on the ledger's day. A number that was not known yet is `<NA>`, with
    `missing_reason`; "about" and "more than" are in the bounds.

    Columns, each with `_lower` and `_upper`: `projects_introduced`, `projects_awarded`,
    `projects_cumulated`, `projects_change` (from the call before), `projects_planned`: projects;
    `selection_rate` (awarded of introduced), `awarded_of_planned`: shares; `budget_awarded`,
    `budget_cumulated`, `budget_planned`: EUR; `mean_grant`, `mean_grant_planned`: EUR a project. Then
    `status` (SDMX), `missing_reason`, `observation_ids`.

    By level, network, province, commune or `repeats` (the number of projects of a site), the projects are
    counted from the lists of winners known on that day, and one row is one such part of the sites of the
    register (`levels`: compulsory, adult; both unless told). A site stands in each of its levels and
    networks. Projects of sites that are not in the register are in the row `not_in_register`. Columns:
    the one of `by`, `lists`, `registers` (tuples); `projects`; `sites` (implantations with a project),
    `universe_sites` (all), `projects_per_1000_sites`, `amount_eur` (at least that, where not every row
    of a list tells it). By `programme` and by `year` (in which the school years of the calls began) all
    sites of the lists count, in the register or not, and there is no rate.

    Raises `UnknownName` for another `by` or level.

    >>> winners(store)[["call", "projects_awarded"]]  # doctest: +SKIP
    """
    return in_frame(winners_table(ledger, by, levels), frame)


def winners_table(ledger: Ledger, by: str, levels: Sequence[str] = ()) -> Rows:
    """The rows of `winners` by any dimension."""
    if by in WINNERS_BY:
        return winners_by_rows(ledger, by, levels=levels or EVERY_LEVEL)
    _require_none(levels, "winners", by, "levels")
    return winners_rows(ledger, by)


def coverage(
    ledger: Ledger,
    universe: str | None = None,
    calls: Sequence[str] = (),
    without: Sequence[str] = (),
    *,
    by: str = "programme",
    programme: str = "",
    levels: Sequence[str] = (),
    frame: FrameKind = "pandas",
) -> Frame:
    """The share of school sites that each programme has reached, as far as documents and lists tell.

    One row is one programme on one universe: all universes, or the one that is named. The universe of
    about 3,800 implantations is given in the three readings of its 300 of promotion sociale. What is
    only bounded has no value: `sites` and `share` are `<NA>` and the bounds say what is known.

    Of École Numérique, documents only bound the sites; the bounds are sharp, and given in two rows, by
    `basis`: `proved` (documents and logic alone) and `one_project_a_site` (also that a site has at most
    one project a call). What lists of winners tell of some calls is in these bounds. Where a programme has
    lists, and a register was loaded, one more row (`counted`) is on the universe `register`. `calls` asks
    for the sites with a project in one of these calls or sets of calls, and for no other programme;
    `without` switches rules off (`ennum rules` lists them).

    Reads what was known on the ledger's day. "About" is in the bounds.

    Columns: `programme`, `universe`, `counted` (the unit of `sites`), `sites`, `sites_lower`,
    `sites_upper`, `share`, `share_lower`, `share_upper`, `comparable` (where not, there is no share),
    `assumptions` (tuple of sentences in English: readings, assumptions, or why it is not comparable),
    `basis`, `calls_covered`, `calls_not_known` (tuples), `status`, `missing_reason`,
    `observation_ids`.

    With another `by`, one row is one part of the sites of the last register known (`levels`: compulsory,
    adult; both unless told), counted from the lists of a `programme` (École Numérique unless told, "all"
    for any): `level`, `network`, `province`, `commune`, `call`, or `repeats` (how many participations a
    site has: 0, 1, 2 …). Columns: the one of `by`, `basis`, `calls_covered`, `calls_not_known`, `lists`,
    `registers` (tuples), `sites` (reached), `universe_sites`, `share`. A site stands in each of its levels
    and networks; those that the register does not have are in the row `not_in_register`. `by="year"`
    cumulates from the beginning, and also works without lists, in bounds.

    Raises `UnknownName` for a universe, call, rule, level or `by` that does not exist, `UsageError` where
    two do not go together, and `RulesContradict` where no sites can satisfy everything that is stated.

    >>> coverage(store, universe="implantations")[["programme", "share_lower"]]  # doctest: +SKIP
    """
    table = coverage_table(ledger, by, calls, without, programme, levels, universe)
    return in_frame(table, frame)


def coverage_table(
    ledger: Ledger,
    by: str = "programme",
    calls: Sequence[str] = (),
    without: Sequence[str] = (),
    programme: str = "",
    levels: Sequence[str] = (),
    universe: str | None = None,
) -> Rows:
    """The rows of `coverage` by any dimension."""
    if by == "programme":
        _require_none(programme, "coverage", by, "programme")
        _require_none(levels, "coverage", by, "levels")
        return coverage_rows(ledger, universe, calls, without)
    _require_none(universe or "", "coverage", by, "universe")
    if by == "year":
        _require_none(calls, "coverage", by, "calls")
        _require_none(levels, "coverage", by, "levels")
        return coverage_by_year_rows(ledger, programme or PROGRAMME, without)
    _require_none(without, "coverage", by, "without")
    return coverage_by_rows(
        ledger, by, programme=programme or PROGRAMME, calls=calls, levels=levels or EVERY_LEVEL
    )


def _require_none(given: Sequence[str], measure: str, by: str, option: str) -> None:
    if given:
        raise UsageError(
            message("{measure} by {by} is not given with {option}.", measure=measure, by=by,
                    option=option),
            remedy=message("Leave it out, or ask by another dimension."),
        )  # fmt: skip
