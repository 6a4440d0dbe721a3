"""What is stated about the sites of the calls of École Numérique, as constraints on their unions.

They come from the rules (`rules.csv`), from published numbers of projects, from published numbers of sites
for which there is no rule, and from the lists of winners. A list that may be counted on takes the place of
whatever else is stated of its calls alone; another one says how many sites there are at least. Only what was
known on the ledger's day counts. Numbers count sites (implantations) of Wallonia.

How many sites had a project in some calls of École Numérique: counted from lists, or in sharp bounds.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ennum_stats.errors import Message, RulesContradict, message, unknown_name
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, of_call
from ennum_stats.measures.frames import Row
from ennum_stats.measures.reconciliation import complete_calls
from ennum_stats.measures.school_lists import COUNTED, listed_by_call, lists_of_calls, patterns
from ennum_stats.measures.union_bounds import (
    Constraint,
    Contradiction,
    Exclusion,
    Listed,
    SizeConstraint,
    union_bounds,
)
from ennum_stats.quantities import HOUSE_RULES, Basis, Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import Ledger

PROVED = "proved"
ONE_PROJECT_A_SITE = "one_project_a_site"
"""The two grounds of bounds: documents and logic alone, or also that a site has one project a call."""
LISTS = "lists_of_winners"
"""What lists of winners state, in the place of a rule."""
BASIS_NAMES = {
    PROVED: message("Proved by documents"),
    ONE_PROJECT_A_SITE: message("If a site has at most one project a call"),
    COUNTED: message("Counted from the lists"),
}
_SITES = {"programme": ECOLE_NUMERIQUE, "counted": "implantations"}


@dataclass(frozen=True)
class CallFacts:
    """Constraints, the published numbers that they come from, each with its calls, and the calls that
    are counted from lists."""

    constraints: tuple[Constraint, ...]
    published: tuple[tuple[tuple[str, ...], Known], ...]
    counted: tuple[str, ...] = ()

    def about(self, calls: Collection[str]) -> list[Known]:
        """The published numbers about one of these calls."""
        return [answer for about, answer in self.published if set(about) & set(calls)]


def grounds(ledger: Ledger, basis: str, without: Collection[str] = ()) -> CallFacts:
    """What was known about sites on the ledger's day, on a basis, but for the rules switched off.

    Raises `UnknownName` for a rule that does not exist.
    """
    key = ("grounds", basis, tuple(without))
    return ledger.cached(key, lambda: _grounds(ledger, basis, without))


def _grounds(ledger: Ledger, basis: str, without: Collection[str]) -> CallFacts:
    rules = ledger.records("rules")
    projects = projects_by_call(ledger)
    sizes = dict(_sizes_without_rule(ledger, rules))
    _require_rules(ledger, without, sizes)
    active = [rule for rule in rules if rule["rule"] not in without]
    constraints = [_from_rule(rule) for rule in active if rule["kind"] in _OF_SITES]
    constraints += [
        _reached(name, calls, answer)
        for name, (calls, answer) in sizes.items()
        if name not in without
    ]
    sized = {c.calls for c in constraints if isinstance(c, SizeConstraint) and len(c.calls) == 1}
    for rule in active:
        constraints += _of_projects(rule, basis, projects, sized)
    numbers = [((call,), answer) for call, answer in projects.items()]
    counted = complete_calls(ledger)
    return CallFacts(
        (*_beside_lists(constraints, counted), *_of_lists(ledger, counted, projects)),
        tuple(
            (calls, one) for calls, one in (*numbers, *_sizes(ledger)) if not {*calls} <= {*counted}
        ),
        counted,
    )


def bases(ledger: Ledger, without: Collection[str] = ()) -> tuple[str, ...]:
    """The bases on which sites are bounded; one only where every assumption is switched off."""
    assumed = [
        rule["rule"]
        for rule in ledger.records("rules")
        if rule["kind"] == "assumption" and rule["rule"] not in without
    ]
    return (PROVED, ONE_PROJECT_A_SITE) if assumed else (PROVED,)


def projects_by_call(ledger: Ledger) -> dict[str, Known]:
    """The projects awarded by each call for which they were known, in the order of the calls."""

    def read() -> dict[str, Known]:
        calls = [call.call for call in ledger.calls if call.programme == ECOLE_NUMERIQUE]
        answers = {call: of_call(ledger, "projects_awarded", call) for call in calls}
        return {call: answer for call, answer in answers.items() if isinstance(answer, Known)}

    return ledger.cached(("projects_by_call",), read)


def calls_known(ledger: Ledger) -> tuple[str, ...]:
    """The calls of which projects were published or lists may be counted on, in their order."""
    known = {*projects_by_call(ledger), *complete_calls(ledger)}
    return tuple(call for call in ledger.all_calls(ECOLE_NUMERIQUE) if call in known)


def _beside_lists(
    constraints: Sequence[Constraint], counted: Collection[str]
) -> Iterator[Constraint]:
    """What they say of another call as well than those that are counted."""
    for constraint in constraints:
        if not isinstance(constraint, Exclusion):
            if not {*constraint.calls} <= {*counted}:
                yield constraint
            continue
        for call in constraint.calls:
            others = [c for c in constraint.excluded if not {c, call} <= {*counted}]
            if others:
                yield Exclusion(constraint.rule, (call,), tuple(others))


def _of_lists(
    ledger: Ledger, counted: Sequence[str], projects: dict[str, Known]
) -> Iterator[Constraint]:
    """What lists state: all of the sites of a call, or, where a list is not complete, at least so many
    (not more than there are projects)."""
    if counted:
        yield Listed(LISTS, tuple(counted), patterns(ledger, counted))
    for call, listed in listed_by_call(ledger).items():
        if call not in counted:
            upper = _whole_ends(projects[call])[1] if call in projects else None
            least = listed.sites if upper is None else min(listed.sites, upper)
            yield SizeConstraint(LISTS, (call,), least, None)


_OF_SITES = ("exclusion", "size", "union")


def _from_rule(rule: Row) -> Constraint:
    """A rule that speaks of sites; "more than" is a bound of what was published, never of a rule."""
    calls = tuple(rule["calls"].split())
    if rule["kind"] == "exclusion":
        return Exclusion(rule["rule"], calls, tuple(rule["excluded_calls"].split()))
    return SizeConstraint(rule["rule"], calls, int(rule["value"]), int(rule["value"]))


def _of_projects(
    rule: Row, basis: str, projects: dict[str, Known], sized: Collection[tuple[str, ...]]
) -> Iterator[Constraint]:
    """Sites of each call from its projects: at least one and at most as many; as many, under the
    assumption, unless a number of sites was published."""
    for call in (rule["calls"] or " ".join(projects)).split():
        if call not in projects:
            continue
        lower, upper = _whole_ends(projects[call])
        if rule["kind"] == "logic":
            yield SizeConstraint(rule["rule"], (call,), min(lower, 1), upper)
        if rule["kind"] == "assumption" and basis != PROVED and (call,) not in sized:
            yield SizeConstraint(rule["rule"], (call,), lower, upper)


def _sizes(ledger: Ledger) -> Iterator[tuple[tuple[str, ...], Known]]:
    """Published numbers of distinct sites, with their calls."""
    for name in ledger.codes("sites_awarded", "call", **_SITES):
        answer = ledger.answer("sites_awarded", call=name, **_SITES)
        if isinstance(answer, Known):
            yield ledger.calls_of(name), answer


def _sizes_without_rule(
    ledger: Ledger, rules: Sequence[Row]
) -> Iterator[tuple[str, tuple[tuple[str, ...], Known]]]:
    """Those that no rule repeats, each under the key of its observation."""
    told = {frozenset((rule["calls"] or "").split()) for rule in rules if rule["value"] is not None}
    for calls, answer in _sizes(ledger):
        if frozenset(calls) not in told:
            yield answer.observations[0].observation_id, (calls, answer)


def _reached(name: str, calls: tuple[str, ...], answer: Known) -> SizeConstraint:
    return SizeConstraint(name, calls, *_whole_ends(answer))


def _whole_ends(answer: Known) -> tuple[int, int | None]:
    """The ends of a count as whole numbers; it is not below 0."""
    lower, upper = answer.quantity.bounds.lower, answer.quantity.bounds.upper
    least = math.ceil(lower or Decimal(0))
    return least, None if upper is None else math.floor(upper)


def _require_rules(ledger: Ledger, without: Collection[str], sizes: Collection[str]) -> None:
    every_day = ledger.known_on(date.max)
    known = [*(rule["rule"] for rule in every_day.records("rules")), *sizes]
    for name in without:
        if name not in known:
            raise unknown_name(
                message("There is no rule “{name}”.", name=name), known, where="--without"
            )


def house_rules(language: str) -> list[Row]:
    """What "about", "nearly", "more than" and a rounded print imply, in the columns of `rules_of_calls`."""
    return [
        RULE_COLUMNS
        | {
            "kind": "house",
            "rule": rule.precision.value,
            "precision": rule.precision.value,
            "basis": rule.basis.value,
            "meaning": translate(rule.meaning, language),
        }
        for rule in HOUSE_RULES.values()
    ]


def rules_of_calls(ledger: Ledger, language: str) -> list[Row]:
    """The rules that bound coverage as known on the ledger's day, with their documents."""
    return [
        RULE_COLUMNS
        | {
            "kind": rule["kind"],
            "rule": rule["rule"],
            "basis": ONE_PROJECT_A_SITE if rule["kind"] == "assumption" else PROVED,
            "meaning": rule[f"name_{language}"],
            "calls": tuple((rule["calls"] or "").split()),
            "excluded_calls": tuple((rule["excluded_calls"] or "").split()),
            "value": None if rule["value"] is None else int(rule["value"]),
            **_document(ledger, rule),
        }
        for rule in ledger.records("rules")
    ]


RULE_COLUMNS: Row = {
    "kind": None, "rule": None, "precision": None, "basis": None, "meaning": None, "calls": (),
    "excluded_calls": (), "value": None, "source_id": None, "source": None, "published_on": None,
    "locator": None, "verdict": None,
}  # fmt: skip


def _document(ledger: Ledger, rule: Row) -> Row:
    if rule["source_id"] is None:
        return {}
    source = ledger.source(rule["source_id"])
    return {
        "source_id": source.source_id,
        "source": source.title,
        "published_on": source.published_on,
        "locator": rule["locator"],
    }


DEFAULT_UNIVERSE = "implantations"
"""About 3,800 school sites, adult education included: the universe of the press kit."""
ASSUMED = message("A site has at most one project a call (an assumption).")
COUNTED_CALLS = message("Counted from the lists of winners: {calls}.")


def universe_size(ledger: Ledger, universe: Row) -> Answer:
    """How many sites a universe has, in its reading of what is inside and what is beside."""
    territory = universe["territory"]
    size = ledger.answer(universe["measure"], territory=territory)
    for level, sign in ((universe["adds_level"], 1), (universe["removes_level"], -1)):
        if level:
            part = ledger.answer(universe["measure"], territory=territory, level=level)
            size = size + part if sign > 0 else size - part
    return size


def sites_of_calls(
    ledger: Ledger,
    calls: Sequence[str],
    basis: str = ONE_PROJECT_A_SITE,
    without: Sequence[str] = (),
    size: Answer | None = None,
) -> Answer:
    """Distinct implantations with a project in these calls, inside a universe of a size: only bounds.

    They are the sharpest that the documents known on the ledger's day allow on a basis; calls whose
    projects were not known are left out.

    Raises `RulesContradict` where no sites can satisfy everything that is stated.
    """
    known = calls_known(ledger)
    asked = [call for call in calls if call in known]
    if not asked:
        return Missing(Reason.NOT_YET_KNOWN)
    stated = grounds(ledger, basis, without)
    limit = size.quantity.bounds.upper if isinstance(size, Known) else None
    constraints = list(stated.constraints)
    if limit is not None:
        constraints.append(SizeConstraint("universe", tuple(known), 0, math.floor(limit)))
    lower, upper = _bounds(asked, constraints)
    evidence = stated.about(asked)
    is_convention = upper == limit or any(
        answer.quantity.bounds.basis is Basis.CONVENTION for answer in evidence
    )
    bounds = Bounds(
        Decimal(lower),
        None if upper is None else Decimal(upper),
        Basis.CONVENTION if is_convention else Basis.PROVED,
    )
    observations = dict.fromkeys(o for answer in evidence for o in answer.observations)
    return Known(
        Quantity.derived(bounds.lower if lower == upper else None, bounds, "implantations"),
        tuple(observations),
        status="A" if set(asked) <= set(stated.counted) else "E",
        caveats=_caveats(asked, stated.counted, basis),
        lists=lists_of_calls(ledger, asked),
    )


def _caveats(asked: Sequence[str], counted: Sequence[str], basis: str) -> tuple[Message, ...]:
    """What was counted, and what was assumed of the rest."""
    listed = [call for call in asked if call in counted]
    told = (message(COUNTED_CALLS.text, calls=", ".join(listed)),) if listed else ()
    is_assumed = basis != PROVED and len(listed) < len(asked)
    return (*told, ASSUMED) if is_assumed else told


def _bounds(asked: Sequence[str], constraints: Sequence[Constraint]) -> tuple[int, int | None]:
    try:
        return union_bounds(asked, constraints)
    except Contradiction as contradiction:
        raise RulesContradict(
            message("No sites can satisfy all of: {rules}.",
                    rules="; ".join(map(str, contradiction.constraints))),
            remedy=message("Correct one of them, or leave one out with --without."),
        ) from contradiction  # fmt: skip
