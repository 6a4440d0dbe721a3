"""Who won: projects submitted and awarded, budgets, and what follows from them, call by call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from ennum_stats.errors import ONE_OF, message, unknown_name
from ennum_stats.measures.budgets import awarded
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, Whole, applicants_per_winner, of_call, share_of
from ennum_stats.measures.columns import PLACES, Column, columns_of
from ennum_stats.measures.coverage.site_counts import PAIRS, WINNERS_BY, SiteWinners, winners_by_rows
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable, require_not_given
from ennum_stats.measures.prices import NOMINAL, Prices, prices_named
from ennum_stats.measures.schools.school_sites import EVERY_LEVEL
from ennum_stats.quantities import Reason
from ennum_stats.store.answers import Answer, Missing
from ennum_stats.store.ledger import Call, Ledger
from ennum_stats.store.school_rows import Within

PUBLISHED_BY = ("call", "school_year")
_OF_REGISTER = (*PLACES, "repeats", *PAIRS)
_CALL = ("call",)


@dataclass(frozen=True)
class WinnersRow:
    """Hold what is known of the projects of one call."""

    call: str
    school_year: str
    projects_introduced: Annotated[Answer, Column(message("Projects submitted"), "projects", _CALL, _CALL)]
    projects_awarded: Annotated[Answer, Column(message("Projects awarded"), "projects", _CALL, _CALL)]
    selection_rate: Annotated[
        Answer, Column(message("Selection rate"), "share", compared_by=_CALL, note="awarded of submitted")
    ]
    applicants_per_winner: Annotated[Answer, Column(
        message("Applicants for one winner"), "projects/project", compared_by=_CALL,
        note="submitted for one awarded",
    )]  # fmt: skip
    projects_cumulated: Annotated[Answer, Column(
        message("Projects, cumulated"), "projects", compared_by=_CALL, cumulated_by="call",
        grows_by="projects_awarded", note="only a lower bound where a call before is not known",
    )]  # fmt: skip
    budget_awarded: Annotated[Answer, Column(message("Budget awarded"), "EUR", _CALL, _CALL)]
    budget_cumulated: Annotated[Answer, Column(
        message("Budget, cumulated"), "EUR", compared_by=_CALL, cumulated_by="call",
        grows_by="budget_awarded",
    )]  # fmt: skip
    mean_grant: Annotated[
        Answer, Column(message("Mean budget per project"), "EUR/project", compared_by=_CALL)
    ]
    projects_change: Annotated[
        Answer, Column(message("Change from the call before"), "projects", compared_by=_CALL)
    ]
    projects_planned: Annotated[Answer, Column(message("Projects planned"), "projects", compared_by=_CALL)]
    budget_planned: Annotated[Answer, Column(message("Budget planned"), "EUR", compared_by=_CALL)]
    mean_grant_planned: Annotated[
        Answer, Column(message("Mean budget planned"), "EUR/project", compared_by=_CALL)
    ]
    awarded_of_planned: Annotated[Answer, Column(message("Awarded of planned"), "share", compared_by=_CALL)]
    prices: str = NOMINAL


def winners_table(
    ledger: Ledger, by: str, levels: Sequence[str] = (), prices: str = NOMINAL, within: Within | None = None
) -> MeasureTable[object]:
    """Give the projects of the calls of École Numérique submitted and awarded, with budgets and grants.

    One row is one call, in the order of its school years; `by="school_year"` gives the same rows under their
    school years (EN3 covers two). Population: the projects of Wallonia, promotion sociale included. A project
    is not a school: a school may win several. Amounts are those of their time, or of a year:
    `prices="real:2019"`. Reads what was known on the store's day.

    By level, network, province, commune or `repeats` (the number of projects of a site), or by two of them,
    projects are counted from the lists of winners known on the day, and one row is one such part of the sites
    of the register (`levels`: compulsory, adult; both unless told; `within`: only of these places). A site
    stands in each of its levels and networks. Projects of sites that are not in the register are in the row
    `not_in_register`. `incomplete` are the calls of which lists are missing or not complete: while there are
    any, every number is a lower bound, and `repeats` are "1+", "2+" … By `programme` and by `year` (in which
    the school years of the calls began) all sites of the lists count, in the register or not.

    Raises `UnknownName` for another `by` or level.

    >>> store.winners()[["call", "projects_awarded"]]
    """
    if by not in _OF_REGISTER:
        require_not_given([*(within or {})], "winners", by, "within")
    if by in (*WINNERS_BY, *PAIRS):
        require_not_given(prices if prices != NOMINAL else "", "winners", by, "prices")
        return winners_by_rows(ledger, by, levels=levels or EVERY_LEVEL, within=within)
    require_not_given(levels, "winners", by, "levels")
    return winners_rows(ledger, by, prices)


def winners_rows(ledger: Ledger, by: str = "call", prices: str = NOMINAL) -> MeasureTable[WinnersRow]:
    """Give the rows of `winners` by call or school year, with answers: what was published; amounts also at
    the prices of a year ("real:2019"), which are then told in a column."""
    if by not in PUBLISHED_BY:
        raise unknown_name(message("Winners cannot be given by “{name}”.", name=by), PUBLISHED_BY, ONE_OF)
    basis = prices_named(ledger, prices)
    rows: list[WinnersRow] = []
    for call in ledger.calls:
        if call.programme == ECOLE_NUMERIQUE:
            rows.append(_row(ledger, call, rows, basis))
    others = [name for name in columns_of(WinnersRow) if name not in (by, "prices")]
    told = ("prices",) if basis else ()
    return MeasureTable(rows, WinnersRow, shown=(*told, by, *others))


_NO_ORDER = Missing(Reason.NOT_YET_KNOWN)
"""What depends on the calls before one, while no document tells its school year."""


def _cumulated(call: Call, before: Sequence[WinnersRow], number: str, own: Answer) -> Answer:
    """Sum up to a call: a lower bound where a call before it is not known, or where no document tells yet
    which calls came before."""
    if isinstance(own, Missing):
        return own
    whole = Whole((*(row.call for row in before), call.call), is_listed=call.years is not None)
    return whole.total([*(getattr(row, number) for row in before), own])


def _row(ledger: Ledger, call: Call, before: Sequence[WinnersRow], prices: Prices | None) -> WinnersRow:
    """Give the row of a call; sums and the change follow from the rows of the calls before it."""
    introduced = of_call(ledger, "projects_introduced", call.call)
    projects = of_call(ledger, "projects_awarded", call.call)
    budget = awarded(ledger, call, prices)
    projects_planned = of_call(ledger, "projects_planned", call.call)
    budget_planned = awarded(ledger, call, prices, "budget_planned")
    change: Answer = Missing(Reason.NOT_APPLICABLE)
    if before:
        change = projects - before[-1].projects_awarded if call.years else _NO_ORDER
    return WinnersRow(
        call=call.call,
        school_year=call.school_year,
        projects_introduced=introduced,
        projects_awarded=projects,
        selection_rate=share_of(projects, introduced),
        applicants_per_winner=applicants_per_winner(introduced, projects),
        projects_cumulated=_cumulated(call, before, "projects_awarded", projects),
        budget_awarded=budget,
        budget_cumulated=_cumulated(call, before, "budget_awarded", budget),
        mean_grant=budget.over(projects, "EUR/project"),
        projects_change=change,
        projects_planned=projects_planned,
        budget_planned=budget_planned,
        mean_grant_planned=budget_planned.over(projects_planned, "EUR/project"),
        awarded_of_planned=projects.over(projects_planned, "share"),
        prices=prices.name if prices else NOMINAL,
    )


WINNERS = MeasureDefinition(
    "winners",
    message(
        "Projects submitted and awarded, budgets and mean grants, call by call; counted from the lists by "
        "level, network, province, commune and number of projects."
    ),
    winners_table,
    {WinnersRow: PUBLISHED_BY, SiteWinners: WINNERS_BY},
    options=("levels", "prices", "within"),
    carried={"call": ("school_year",), "school_year": ("call",)},
    pairs=PAIRS,
    of_register=_OF_REGISTER,
    is_released=True,
)
