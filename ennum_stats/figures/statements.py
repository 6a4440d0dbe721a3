"""Prove what a text says about numbers: that one exceeds another, that a row of numbers rises, which call
is the last one known.

A text names a statement ("exceeds:last_projects:last_projects_planned"); it stands only where the bounds of
the numbers prove it on the ledger's day. What is merely likely, or known only in part, does not hold, so a
text has another sentence for it or none. A text that speaks of the last call, or of the one that broke a
row of rising numbers, names the call by its role: the numbers decide which call that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise

from ennum_stats.errors import UnknownName
from ennum_stats.figures.calls import TWENTY_YEARS_OF_CALLS
from ennum_stats.figures.figure import Figure, figure
from ennum_stats.figures.since_2020 import published_by_year
from ennum_stats.measures.calls import call_calendar
from ennum_stats.measures.columns import COUNTED
from ennum_stats.measures.coverage.coverage_over_time import coverage_by_year_rows
from ennum_stats.periods import Period
from ennum_stats.quantities import Bounds, Precision
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Call, Ledger, once_a_ledger
from ennum_stats.vocabulary import PLANNED, ClaimStatus


def holds(ledger: Ledger, statement: str) -> bool:
    """Tell whether the numbers known on the ledger's day prove a statement, such as
    "exceeds:last_projects:last_projects_planned": its name, and what it is about.

    Raises `KeyError` for a statement that is not in `STATEMENTS`: a mistake of the text.
    """
    name, *subjects = statement.split(":")
    return STATEMENTS[name](ledger, *subjects)


# --- Calls by their role ------------------------------------------------------------------------------


def call_named(ledger: Ledger, name: str) -> str | None:
    """Give the name of the call that has a role ("last") on the ledger's day, or that is named ("EN2020");
    nothing where no call known by then has it."""
    if name in ROLES:
        return _call_of_role(ledger, name)
    return name if name in {call.call for call in ledger.calls} else None


@once_a_ledger
def _call_of_role(ledger: Ledger, name: str) -> str | None:
    return ROLES[name](ledger)


def figure_named(ledger: Ledger, name: str) -> Figure:
    """Compute a figure by name, where the call in the name may be a role: "last_projects" is
    "en2020_projects" as long as EN2020 is the last call with known winners.

    Raises `UnknownName` for a figure that there is not, and for a role that no call has.
    """
    return figure(ledger, name_meant(ledger, name))


def name_meant(ledger: Ledger, name: str) -> str:
    """Give the name in the catalogue of a figure whose call may be named by a role; where no call has the role,
    the name as it is."""
    role = next((one for one in ROLES if name.startswith(f"{one}_")), "")
    call = call_named(ledger, role) if role else None
    return of_call(call, name.removeprefix(f"{role}_")) if call else name


def of_call(call: str, suffix: str) -> str:
    """Name the figure of a call by its ending."""
    return f"{call.lower()}_{suffix}"


def _last(ledger: Ledger) -> str | None:
    """Find the last call whose winners were counted."""
    known = call_calendar(ledger).known
    counted = (one.call for one in reversed(known) if _bounds_of_call(ledger, one.call, "projects"))
    return next(counted, None)


def _later(ledger: Ledger) -> Iterator[Call]:
    """Give the calls after the last one whose winners were counted, the latest first."""
    last = call_named(ledger, "last")
    for call in reversed(call_calendar(ledger).known):
        if call.call == last:
            return
        yield call


def _planned(ledger: Ledger) -> str | None:
    """Find the latest call of which only plans are known."""
    planned = (c.call for c in _later(ledger) if _bounds_of_call(ledger, c.call, "projects_planned"))
    return next(planned, None)


def _unpublished(ledger: Ledger) -> str | None:
    """Find the latest call that took place and whose winners no document counts."""
    day = ledger.known_at
    return next((call.call for call in _later(ledger) if call.took_place(day)), None)


def _falls(ledger: Ledger, suffix: str, call_set: str) -> tuple[tuple[str, str], ...] | None:
    """List the pairs of calls of a set between which a number fell; nothing where one step, up or down, is
    not proved."""
    falls = []
    for before, after in pairwise(ledger.calls_of(call_set)):
        earlier, later = (_bounds_of_call(ledger, call, suffix) for call in (before, after))
        if _is_above(earlier, later):
            falls.append((before, after))
        elif not _is_above(later, earlier):
            return None
    return tuple(falls)


def _only_fall(ledger: Ledger) -> tuple[str, str] | tuple[None, None]:
    falls = _falls(ledger, "projects", TWENTY_YEARS_OF_CALLS)
    return falls[0] if falls is not None and len(falls) == 1 else (None, None)


ROLES: dict[str, Callable[[Ledger], str | None]] = {
    "last": _last,
    "planned": _planned,
    "unpublished": _unpublished,
    "before_fall": lambda ledger: _only_fall(ledger)[0],
    "falling": lambda ledger: _only_fall(ledger)[1],
}
"""The roles that a text gives to calls of École Numérique. `falling` is the one call of the first twenty
years with fewer projects than the call before it, `before_fall` the call before it."""


# --- What is stated -----------------------------------------------------------------------------------


def _with_each_before(ledger: Ledger, name: str, suffix: str) -> Iterator[tuple[str, str]]:
    call, every = call_named(ledger, name), call_calendar(ledger).every
    if call is not None:
        yield from ((of_call(call, suffix), of_call(other, suffix)) for other in every[: every.index(call)])


def _with_each_other(ledger: Ledger, name: str, suffix: str, call_set: str) -> Iterator[tuple[str, str]]:
    call, calls = call_named(ledger, name), ledger.calls_of(call_set)
    if call is not None and call in calls:
        yield from ((of_call(call, suffix), of_call(other, suffix)) for other in calls if other != call)


def _steps(ledger: Ledger, suffix: str, call_set: str) -> Iterator[tuple[str, str]]:
    for before, after in pairwise(ledger.calls_of(call_set)):
        yield of_call(after, suffix), of_call(before, suffix)


FIGURE_PAIRS: dict[str, Callable[..., Iterable[tuple[str, str]]]] = {
    "exceeds": lambda _, more, less: [(more, less)],
    "exceeds-each-before": _with_each_before,
    "highest": _with_each_other,
    "rises": _steps,
}
"""The figures that a comparing statement compares, in pairs: the one that must be above, and the other. It holds
where each is, and there is at least one."""


def _compares(pairs: Callable[..., Iterable[tuple[str, str]]], ledger: Ledger, *subjects: str) -> bool:
    compared = [*pairs(ledger, *subjects)]
    return bool(compared) and all(
        _is_above(_bounds(ledger, more), _bounds(ledger, less)) for more, less in compared
    )


def _beyond(ledger: Ledger, suffix: str, call_set: str) -> bool:
    """Tell whether the number of a call outside of a set is known."""
    calls = {call.call for call in call_calendar(ledger).known} - set(ledger.calls_of(call_set))
    return any(_bounds_of_call(ledger, call, suffix) for call in calls)


def _outside(ledger: Ledger, name: str, call_set: str) -> bool:
    call = call_named(ledger, name)
    return call is not None and call not in ledger.calls_of(call_set)


def _took_place(ledger: Ledger, name: str) -> bool:
    return call_named(ledger, name) in call_calendar(ledger).took_place


def _ahead(ledger: Ledger, name: str) -> bool:
    return call_named(ledger, name) is not None and not _took_place(ledger, name)


def _past(ledger: Ledger, milestone: str) -> bool:
    """Tell whether the time of a milestone is over: a planned one is no longer told as ahead."""
    times = (row["occurred_on"] for row in ledger.records("milestones") if row["milestone"] == milestone)
    return any(Period(time).last < ledger.known_at for time in times)


def _rounded(ledger: Ledger, name: str) -> bool:
    """Tell whether several of the published numbers that a figure comes from are not exact."""
    found = _answer(ledger, name)
    given = [o.quantity for o in found.observations if o.quantity] if found else []
    return sum(quantity.precision is not Precision.EXACT for quantity in given) > 1


def _exact(ledger: Ledger, name: str) -> bool:
    """Tell whether a number is known exactly, and not only its bounds."""
    found = _answer(ledger, name)
    return found is not None and found.quantity.is_exact


def _is_claim(status: ClaimStatus, ledger: Ledger, name: str) -> bool:
    """Tell whether the parts of a figure say this of the total that a document prints for it."""
    found = _answer(ledger, name)
    return found is not None and found.claim_status is status


def _has_counted_years(ledger: Ledger) -> bool:
    """Tell whether the coverage of a year is counted from lists."""
    return any(row.basis == COUNTED for row in coverage_by_year_rows(ledger).rows)


def _only_planned(ledger: Ledger, programme: str) -> bool:
    """Tell whether all that was published of a programme or plan is what it plans."""
    told = [one for one in ledger.all_observations() if one.programme == programme]
    return bool(told) and all(one.stage == PLANNED for one in told)


def _has_thin_years(ledger: Ledger, after: str) -> bool:
    """Tell whether a year after one has a single document with numbers, or none."""
    return any(year.documents < 2 for year in published_by_year(ledger, int(after)))


def _equals(ledger: Ledger, name: str, number: str) -> bool:
    """Tell whether a number is exactly as many as a text lists."""
    bounds = _bounds(ledger, name)
    return bounds is not None and bounds.ends == (Decimal(number), Decimal(number))


def _excludes(ledger: Ledger, call: str, *former: str) -> bool:
    """Tell whether a rule closes a call to the winners of these calls, and of no others."""
    rules = (
        rule for rule in ledger.records("rules") if rule["kind"] == "exclusion" and rule["calls"] == call
    )
    return any({*rule["excluded_calls"].split()} == {*former} for rule in rules)


def _has_events(ledger: Ledger, call: str, kind: str, name: str) -> bool:
    """Tell whether the calendar of a call has as many events of a kind as a figure counts."""
    dated = [event for event in ledger.records("events") if (event["call"], event["kind"]) == (call, kind)]
    return _equals(ledger, name, str(len(dated)))


STATEMENTS: dict[str, Callable[..., bool]] = {
    **{name: partial(_compares, pairs) for name, pairs in FIGURE_PAIRS.items()},
    "beyond": _beyond,
    "outside": _outside,
    "took-place": _took_place,
    "ahead": _ahead,
    "past": _past,
    "rounded": _rounded,
    "exact": _exact,
    "equals": _equals,
    "excludes": _excludes,
    "has-events": _has_events,
    "counted-years": _has_counted_years,
    "only-planned": _only_planned,
    "thin-years": _has_thin_years,
    **{status.value: partial(_is_claim, status) for status in ClaimStatus},
}
"""All that a text may state, by name: each with the ledger and its subjects (calls by name or role, figures,
milestones, sets of calls, plans, years, numbers, kinds of events, and of a call the ending of its figures: "projects",
"mean_grant")."""


# --- The numbers --------------------------------------------------------------------------------------


def _is_above(more: Bounds | None, less: Bounds | None) -> bool:
    return more is not None and less is not None and more.exceeds(less)


def _bounds(ledger: Ledger, name: str) -> Bounds | None:
    found = _answer(ledger, name)
    return found.quantity.bounds if found else None


def _bounds_of_call(ledger: Ledger, call: str, suffix: str) -> Bounds | None:
    return _bounds(ledger, of_call(call, suffix))


@once_a_ledger
def _answer(ledger: Ledger, name: str) -> Known | None:
    try:
        answer = figure_named(ledger, name).answer
    except UnknownName:
        return None
    return answer if isinstance(answer, Known) else None
