"""How many of the schools a programme has reached: a share where one can be had, bounds where not.

Sites are divided by sites only. Établissements are never divided by implantations, and a programme that
includes promotion sociale is never a share of a universe without it: such rows are given as not
comparable, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ennum_stats.errors import Message, UnknownName, message
from ennum_stats.measures.budgets import programmes
from ennum_stats.measures.frames import Row, Rows, frame
from ennum_stats.measures.winners import PROGRAMME as ECOLE_NUMERIQUE
from ennum_stats.measures.winners import of_call, share_of
from ennum_stats.quantities import Basis, Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing, sum_of
from ennum_stats.store.opening import Call, Ledger

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_UNIVERSE = "implantations"
_COLUMNS = ("programme", "universe", "counted", "sites", "share", "comparable", "assumptions")
_ANSWERS = ("sites", "share")
ONE_PROJECT_A_SITE = message("A site has at most one project a call (an assumption).")
INSIDE = message("The 300 sites of promotion sociale are read as inside the 3,800.")
BESIDE = message("The 300 sites of promotion sociale are read as beside the 3,800.")
WITHOUT = message("The 300 sites of promotion sociale are taken out of the 3,800.")


def coverage(ledger: Ledger, universe: str | None = None) -> pd.DataFrame:
    """The share of school sites that each programme has reached, as far as documents tell.

    One row is one programme on one universe: all universes, or the one that is named. The universe of
    about 3,800 implantations is given in the three readings of its 300 of promotion sociale. What is
    only bounded has no value: `sites` and `share` are `<NA>` and the bounds say what is known. Of
    École Numérique, published totals of projects only bound the sites: at most as many as projects;
    at least, under the assumption that is named, those of the largest call.

    Reads what was known on the ledger's day. "About" is in the bounds.

    Columns: `programme`, `universe`, `counted` (the unit of `sites`), `sites`, `sites_lower`,
    `sites_upper`, `share`, `share_lower`, `share_upper`, `comparable` (where not, there is no share),
    `assumptions` (tuple of sentences in English: readings, assumptions, or why it is not comparable),
    `calls_covered`, `calls_not_known` (tuples), `status`, `missing_reason`, `observation_ids`.

    Raises `UnknownName` for a universe that does not exist.

    >>> coverage(store, universe="implantations")[["programme", "share_lower"]]  # doctest: +SKIP
    """
    return frame(coverage_rows(ledger, universe))


def coverage_rows(ledger: Ledger, universe: str | None = None) -> Rows:
    """The rows of `coverage`, with answers; `assumptions` are messages."""
    universes = {
        row["universe"]: row for row in ledger.records("universes", order="counted DESC, universe")
    }
    if universe is not None and universe not in universes:
        raise UnknownName(
            message("There is no universe “{name}”.", name=universe),
            expected=message("Known: {names}.", names=", ".join(universes)),
        )
    chosen = [universes[universe]] if universe else list(universes.values())
    rows = [
        _row(ledger, programme, in_universe)
        for programme in programmes(ledger)
        for in_universe in chosen
    ]
    return Rows(rows, (*_COLUMNS, "calls_covered", "calls_not_known"), _ANSWERS)


def universe_size(ledger: Ledger, universe: Row) -> Answer:
    """How many sites a universe has, in its reading of what is inside and what is beside."""
    territory = universe["territory"]
    size = ledger.answer(universe["measure"], territory=territory)
    for level, sign in ((universe["adds_level"], 1), (universe["removes_level"], -1)):
        if level:
            part = ledger.answer(universe["measure"], territory=territory, level=level)
            size = size + part if sign > 0 else size - part
    return size


def sites_of_calls(ledger: Ledger, calls: Sequence[Call]) -> Answer:
    """Distinct implantations with a project in these calls: only bounds.

    At most as many as projects, each published number of distinct sites counted once for its calls; at
    least a published number of distinct sites, or under `ONE_PROJECT_A_SITE` the largest call.
    """
    names = [call.call for call in calls]
    projects = {name: of_call(ledger, "projects_awarded", name) for name in names}
    known = {name: answer for name, answer in projects.items() if isinstance(answer, Known)}
    if not known:
        return Missing(Reason.NOT_YET_KNOWN)
    lower = max(_lower(answer) for answer in known.values())
    upper = sum((_upper(answer) for answer in known.values()), Decimal(0))
    evidence: list[Known] = list(known.values())
    for call_set, union in _published_unions(ledger, set(known)):
        members = ledger.calls_of(call_set)
        lower = max(lower, _lower(union))
        rest = sum((_upper(known[name]) for name in known if name not in members), Decimal(0))
        upper = min(upper, rest + _upper(union))
        evidence.append(union)
    observations = tuple(o for answer in evidence for o in answer.observations)
    quantity = Quantity.derived(None, Bounds(lower, upper, Basis.PROVED), "implantations")
    return Known(quantity, observations, status="E", caveats=(ONE_PROJECT_A_SITE,))


def _published_unions(ledger: Ledger, known: set[str]) -> list[tuple[str, Known]]:
    sets = ledger.codes("sites_awarded", "call", programme=ECOLE_NUMERIQUE, counted="implantations")
    found = []
    for name in sets:
        answer = ledger.answer(
            "sites_awarded", programme=ECOLE_NUMERIQUE, call=name, counted="implantations"
        )
        if isinstance(answer, Known) and known.issuperset(ledger.calls_of(name)):
            found.append((name, answer))
    return found


def _lower(answer: Known) -> Decimal:
    return answer.quantity.bounds.lower or Decimal(0)


def _upper(answer: Known) -> Decimal:
    upper = answer.quantity.bounds.upper
    return Decimal("Infinity") if upper is None else upper


def _row(ledger: Ledger, programme: Row, universe: Row) -> Row:
    sites, counted, calls = _sites(ledger, programme["programme"])
    sites = _without_bare_end(sites)
    size = universe_size(ledger, universe)
    reason = _not_comparable(programme, counted, universe)
    share: Answer = Missing(Reason.NOT_COMPARABLE)
    if reason is None:
        sites = _inside(sites, size)
        share = share_of(sites, size)
    assumptions = (reason,) if reason else (*_reading(universe), *_caveats(sites))
    return {
        "programme": programme["programme"],
        "universe": universe["universe"],
        "counted": counted,
        "sites": sites,
        "share": share,
        "comparable": reason is None,
        "assumptions": assumptions,
        "calls_covered": tuple(call.call for call in calls),
        "calls_not_known": _calls_not_known(ledger, programme["programme"], calls),
    }


def _sites(ledger: Ledger, programme: str) -> tuple[Answer, str, list[Call]]:
    """What a programme reached, in which unit, and of which calls."""
    if programme == ECOLE_NUMERIQUE:
        calls = [
            call
            for call in ledger.calls
            if isinstance(of_call(ledger, "projects_awarded", call.call), Known)
        ]
        return sites_of_calls(ledger, calls), "implantations", calls
    if programme == "cyberecole":
        return schools_of_cyberecole(ledger), "etablissements", []
    if programme == "connectivity":
        return ledger.answer("sites_installed", programme=programme), "implantations", []
    return ledger.answer("implantations_equipped", programme=programme), "implantations", []


def schools_of_cyberecole(ledger: Ledger) -> Answer:
    """Établissements equipped by Cyberécole: those of primary level, and the others."""
    levels = ("primary", "secondary_and_adult_education")
    return sum_of(
        ledger.answer("etablissements_equipped", programme="cyberecole", level=level)
        for level in levels
    )


def _calls_not_known(ledger: Ledger, programme: str, covered: list[Call]) -> tuple[str, ...]:
    """Calls that took place by the day known at, and whose winners were not known."""
    names = {call.call for call in covered}
    return tuple(
        call.call
        for call in ledger.calls
        if call.programme == programme and call.call not in names and _took_place(call, ledger)
    )


def _took_place(call: Call, ledger: Ledger) -> bool:
    return (
        call.valid_from <= ledger.known_at
        or date.fromisoformat(f"{(call.opened_on or '9999')[:4]}-12-31") <= ledger.known_at
    )


def _not_comparable(programme: Row, counted: str, universe: Row) -> Message | None:
    if counted != universe["counted"]:
        return message(
            "Not comparable: {counted} are not divided by {universe_counted}.",
            counted=message(counted), universe_counted=message(universe["counted"]),
        )  # fmt: skip
    if universe["territory"] != "wallonia":
        return message("Not comparable: the universe is of another territory.")
    if universe["removes_level"] and programme["adult_education"] != "no":
        return message(
            "Not comparable: the universe is without promotion sociale, and the winners include it."
        )
    return None


def _inside(sites: Answer, size: Answer) -> Answer:
    """Sites reached are sites of the universe: there are not more of them."""
    if isinstance(sites, Missing) or isinstance(size, Missing):
        return sites
    upper = size.quantity.bounds.upper
    low, high = sites.quantity.bounds.ends
    if upper is None or low > upper or high <= upper:
        return sites
    return sites.within(Bounds(Decimal(0), upper))


def _without_bare_end(sites: Answer) -> Answer:
    """An end (more than 2,240) is no number of sites: only the bound is given."""
    if isinstance(sites, Missing) or sites.quantity.value is None:
        return sites
    bounds = sites.quantity.bounds
    if bounds.contains(sites.quantity.value):
        return sites
    return replace(sites, quantity=Quantity.derived(None, bounds, sites.quantity.unit))


def _reading(universe: dict[str, Any]) -> tuple[Message, ...]:
    if universe["adds_level"]:
        return (BESIDE,)
    return (WITHOUT,) if universe["removes_level"] else (INSIDE,)


def _caveats(sites: Answer) -> tuple[Message, ...]:
    return sites.caveats
