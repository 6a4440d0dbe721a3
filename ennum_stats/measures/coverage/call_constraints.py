"""Bounds of how many sites had a project in some calls of École Numérique, from what is stated about them.

What is stated comes from the rules (`rules.csv`), from published numbers of projects, from published numbers
of sites for which there is no rule, and from the lists of winners. A list that may be counted on takes the
place of whatever else is stated of its calls alone; another one says how many sites there are at least. All
of it becomes constraints on unions of calls, which `union_bounds` solves.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ennum_stats.errors import Message, Parameter, RulesContradict, message, unknown_name
from ennum_stats.languages import translate
from ennum_stats.measures.columns import ONE_PROJECT_A_SITE
from ennum_stats.measures.coverage.coverage_facts import CoverageFacts, PublishedSites, Rule
from ennum_stats.measures.coverage.union_bounds import (
    Constraint,
    Contradiction,
    CountedCalls,
    Exclusion,
    SizeConstraint,
    renamed,
    union_bounds,
)
from ennum_stats.measures.measure_table import Row
from ennum_stats.quantities import HOUSE_RULES, Basis, Bounds, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.scenario import SCENARIO

PROVED, CONVENTION = Basis.PROVED.value, Basis.CONVENTION.value
"""Grounds of bounds: documents and logic alone; also how wide "about" is read."""
LISTS = "lists_of_winners"
"""What lists of winners state, in the place of a rule."""
UNIVERSE = "universe"
"""What the number of school sites states, in the place of a rule."""
ASSUMED = message("A site has at most one project a call (an assumption).")
SUPPOSED_AMONG = message(
    # Defines Fewer winners are some of those that the call had; more are all of those and others.
    "Fewer winners are some of those that the call had; more are all of those and others (an assumption)."
)
CANNOT_ALL_BE = message("No sites can satisfy all of: {rules}.")
COUNTED_CALLS = message("Counted from the lists of winners: {calls}.")
_OF_SITES = ("exclusion", "size", "union")
"""The kinds of rules that speak of sites."""


@dataclass(frozen=True)
class CallConstraints:
    """Constraints on the sites of calls, and the published numbers that they come from, each with its
    calls."""

    constraints: tuple[Constraint, ...]
    published: tuple[PublishedSites, ...]

    def about(self, calls: Collection[str]) -> list[Known]:
        """Select the published numbers about one of these calls."""
        return [one.answer for one in self.published if set(one.calls) & set(calls)]


def call_constraints(facts: CoverageFacts, basis: str, without: Collection[str] = ()) -> CallConstraints:
    """State what was known about the sites of calls, on a basis, but for the rules switched off.

    Raises `UnknownName` for a rule that does not exist.
    """
    _require_rules(facts, without)
    constraints = _stated(facts, without)
    told = [*constraints, *(_stated(facts.published, without) if facts.published else ())]
    sized = {c.calls for c in told if isinstance(c, SizeConstraint) and c.upper is not None}
    for rule in facts.rules:
        if rule.rule not in without:
            constraints += _of_projects(facts, rule, basis, sized)
    numbers = [PublishedSites((call,), answer) for call, answer in facts.projects.items()]
    own = CallConstraints(
        (*_beside_lists(constraints, facts.complete), *_of_lists(facts)),
        tuple(one for one in (*numbers, *facts.published_sites) if not {*one.calls} <= {*facts.complete}),
    )
    return _beside_what_was(facts, facts.published, own, basis, without) if facts.published else own


def _stated(facts: CoverageFacts, without: Collection[str]) -> list[Constraint]:
    """State what rules and published numbers say of sites."""
    sizes = _sizes_without_rule(facts)
    of_rules = (_of_rule(rule) for rule in facts.rules if rule.rule not in without and rule.kind in _OF_SITES)
    return [*of_rules, *(_of_published(name, one) for name, one in sizes.items() if name not in without)]


def _beside_what_was(
    facts: CoverageFacts, published: CoverageFacts, own: CallConstraints, basis: str, without: Collection[str]
) -> CallConstraints:
    """Add what is published, in which a call that is supposed otherwise has another name. Fewer winners are some
    of those that it had, more are all of those and others: a project more or less is a site at most."""
    was = call_constraints(published, basis, without)
    names = {call: f"{call}*" for call in facts.supposed}
    stated = [*own.constraints, *(renamed(one, names) for one in was.constraints)]
    for call, name in names.items():
        if call not in published.projects or call not in facts.projects or call in facts.listed.by_call:
            continue  # sites that are named are those of the list alone
        fewest, most = _whole_ends(published.projects[call])
        least, largest = _whole_ends(facts.projects[call])
        lost = None if most is None else max(0, most - least)
        added = None if largest is None else max(0, largest - fewest)
        stated.append(SizeConstraint(SCENARIO, (name,), 0, lost, without=(call,)))
        stated.append(SizeConstraint(SCENARIO, (call,), 0, added, without=(name,)))
    numbers = tuple(one for one in was.published if not {*one.calls} & {*facts.supposed})
    return CallConstraints(tuple(dict.fromkeys(stated)), tuple(dict.fromkeys((*own.published, *numbers))))


def bases(facts: CoverageFacts, without: Collection[str] = ()) -> tuple[str, ...]:
    """List the bases on which sites are bounded; one only where every assumption is switched off."""
    is_assumed = any(rule.kind == "assumption" and rule.rule not in without for rule in facts.rules)
    return (PROVED, ONE_PROJECT_A_SITE) if is_assumed else (PROVED,)


def basis_of(basis: str, *answers: Answer) -> str:
    """Name what answers rest on that were bounded on a basis: they are not proved where "about" is read."""
    is_read = any(
        isinstance(answer, Known) and answer.quantity.bounds.basis is Basis.CONVENTION for answer in answers
    )
    return CONVENTION if is_read and basis == PROVED else basis


def sites_of_calls(
    facts: CoverageFacts,
    calls: Sequence[str],
    basis: str = ONE_PROJECT_A_SITE,
    without: Sequence[str] = (),
    size: Answer | None = None,
) -> Answer:
    """Bound the distinct implantations with a project in these calls, inside a universe of a size.

    The bounds are the sharpest that the documents allow on a basis; calls whose projects were not known are
    left out. There is a value only where both ends are the same, and no answer where no sites can satisfy
    everything that is stated.
    """
    known = facts.known_calls
    asked = [call for call in calls if call in known]
    if not asked:
        return Missing(Reason.NOT_YET_KNOWN)
    stated = call_constraints(facts, basis, without)
    limit = size.quantity.bounds.upper if isinstance(size, Known) else None
    constraints = _within_universe(facts, stated, limit)
    evidence = stated.about(asked)
    observations = tuple({o: None for answer in evidence for o in answer.observations})
    try:
        lower, upper = union_bounds(asked, constraints)
    except Contradiction as found:
        told = message(CANNOT_ALL_BE.text, rules=[*map(_in_words, found.constraints)])
        return Missing(Reason.CONTRADICTED, observations, caveats=(told,))
    is_convention = upper == limit or any(
        answer.quantity.bounds.basis is Basis.CONVENTION for answer in evidence
    )
    bounds = Bounds(
        Decimal(lower),
        None if upper is None else Decimal(upper),
        Basis.CONVENTION if is_convention else Basis.PROVED,
    )
    return Known(
        Quantity.derived(bounds.lower if lower == upper else None, bounds, "implantations"),
        observations,
        status="A" if set(asked) <= set(facts.complete) else "E",
        caveats=(*_caveats(asked, facts.complete, basis), *((SUPPOSED_AMONG,) if facts.supposed else ())),
        lists=tuple(dict.fromkeys(name for name, call in facts.listed.list_calls if call in asked)),
    )


def _in_words(constraint: Constraint) -> Message:
    """Write a constraint for readers, who do not know the names of rules."""
    calls = [*constraint.calls]
    match constraint:
        case SizeConstraint(lower=lower, upper=upper):
            ends = Bounds(Decimal(lower), None if upper is None else Decimal(upper), Basis.PROVED)
            return message("{calls}: {n} school sites", calls=calls, n=lower if lower == upper else ends)
        case Exclusion(excluded=excluded):
            return message("{calls}: closed to the winners of {excluded}", calls=calls, excluded=[*excluded])
        case CountedCalls():
            return message("{calls}: the lists of winners", calls=calls)


def require_possible(facts: CoverageFacts) -> None:
    """Raise `RulesContradict` where no sites can satisfy everything that is stated, with the rows of a
    smallest set of rules, published numbers and lists that cannot all be true."""
    size = facts.default_universe.size
    limit = size.quantity.bounds.upper if isinstance(size, Known) else None
    for basis in bases(facts):
        constraints = _within_universe(facts, call_constraints(facts, basis), limit)
        try:
            union_bounds((), constraints)
        except Contradiction as found:
            raise RulesContradict(
                message(CANNOT_ALL_BE.text, rules="; ".join(map(str, found.constraints))),
                [row for one in found.constraints for row in _rows_behind(facts, one)],
            ) from found


def _rows_behind(facts: CoverageFacts, constraint: Constraint) -> Iterator[tuple[str, str]]:
    """Name the rows that state a constraint: a rule, the published numbers that it is about, or lists."""
    kinds = {rule.rule: rule.kind for rule in facts.rules}
    rule, calls = constraint.rule, constraint.calls
    answers: list[Answer] = []
    if rule == LISTS:
        yield from (("lists", name) for name, call in facts.listed.list_calls if call in calls)
    elif rule == UNIVERSE:
        answers = [facts.default_universe.size]
    elif rule in kinds:
        yield ("rules", rule)
        if kinds[rule] not in _OF_SITES:
            answers = [facts.projects[call] for call in calls]
    else:
        yield ("observations", rule)
    yield from (("observations", o.observation_id) for one in answers for o in one.observations)


def _caveats(asked: Sequence[str], counted: Sequence[str], basis: str) -> tuple[Message, ...]:
    """Say what was counted, and what was assumed of the rest."""
    listed = [call for call in asked if call in counted]
    told = (message(COUNTED_CALLS.text, calls=", ".join(listed)),) if listed else ()
    is_assumed = basis != PROVED and len(listed) < len(asked)
    return (*told, ASSUMED) if is_assumed else told


# --- constraints ----------------------------------------------------------------------------------------


def _within_universe(
    facts: CoverageFacts, stated: CallConstraints, limit: Decimal | None
) -> tuple[Constraint, ...]:
    """Add that no more sites have a project than there are."""
    if limit is None:
        return stated.constraints
    return (*stated.constraints, SizeConstraint(UNIVERSE, facts.known_calls, 0, math.floor(limit)))


def _beside_lists(constraints: Sequence[Constraint], counted: Collection[str]) -> Iterator[Constraint]:
    """Keep what constraints say of any call that is not counted."""
    for constraint in constraints:
        if not isinstance(constraint, Exclusion):
            if not {*constraint.calls} <= {*counted}:
                yield constraint
            continue
        for call in constraint.calls:
            others = [c for c in constraint.excluded if not {c, call} <= {*counted}]
            if others:
                yield Exclusion(constraint.rule, (call,), tuple(others))


def _of_lists(facts: CoverageFacts) -> Iterator[Constraint]:
    """State what lists say: all of the sites of a call, or, where a list is not complete, at least so many
    (not more than there are projects)."""
    if facts.complete:
        yield CountedCalls(LISTS, facts.complete, facts.complete_patterns)
    for call, sites in facts.incomplete_sites.items():
        published = facts.projects.get(call)
        upper = _whole_ends(published)[1] if published else None
        least = sites if upper is None else min(sites, upper)
        yield SizeConstraint(LISTS, (call,), least, None)


def _of_rule(rule: Rule) -> Constraint:
    """State a rule that speaks of sites; "more than" is a bound of what was published, never of a rule."""
    if rule.kind == "exclusion":
        return Exclusion(rule.rule, rule.calls, rule.excluded_calls)
    assert rule.value is not None
    return SizeConstraint(rule.rule, rule.calls, int(rule.value), int(rule.value))


def _of_published(name: str, one: PublishedSites) -> SizeConstraint:
    """State a published number of sites; those of a part of Wallonia are not all."""
    lower, upper = _whole_ends(one.answer)
    return SizeConstraint(name, one.calls, lower, None if one.is_part else upper)


def _of_projects(
    facts: CoverageFacts, rule: Rule, basis: str, sized: Collection[tuple[str, ...]]
) -> Iterator[Constraint]:
    """State the sites of each call from its projects: at least one and at most as many; as many, under the
    assumption, unless a number of sites was published."""
    for call in rule.calls or tuple(facts.projects):
        if call not in facts.projects:
            continue
        lower, upper = _whole_ends(facts.projects[call])
        if rule.kind == "logic":
            yield SizeConstraint(rule.rule, (call,), min(lower, 1), upper)
        if rule.kind == "assumption" and basis != PROVED and (call,) not in sized:
            yield SizeConstraint(rule.rule, (call,), lower, upper)


def _sizes_without_rule(facts: CoverageFacts) -> dict[str, PublishedSites]:
    """Select published numbers of sites that no rule repeats, each under the key of its observation."""
    told = {frozenset(rule.calls) for rule in facts.rules if rule.value is not None}
    return {
        one.answer.observations[0].observation_id: one
        for one in facts.published_sites
        if one.is_part or frozenset(one.calls) not in told
    }


def _whole_ends(answer: Known) -> tuple[int, int | None]:
    """Give the ends of a count as whole numbers; it is not below 0."""
    lower, upper = answer.quantity.bounds.lower, answer.quantity.bounds.upper
    least = math.ceil(lower or Decimal(0))
    return least, None if upper is None else math.floor(upper)


def rule_names(facts: CoverageFacts) -> list[str]:
    """Name what may be switched off: rules, and published numbers of sites that no rule states."""
    return [*facts.every_rule, *_sizes_without_rule(facts)]


def _require_rules(facts: CoverageFacts, without: Collection[str]) -> None:
    known = [*rule_names(facts), *(rule_names(facts.published) if facts.published else ())]
    for name in without:
        if name not in known:
            raise unknown_name(
                message("There is no rule “{name}”.", name=name), known, where=Parameter("without")
            )


# --- the rules, listed ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class RuleRow:
    """Hold a rule as it is listed: what it says, and which document says so.

    `precision` is set where it is a house rule about how a number is printed, `verdict` where it is a claim,
    which bounds nothing.
    """

    kind: str
    rule: str
    precision: str | None = None
    basis: str | None = None
    meaning: str = ""
    calls: tuple[str, ...] = ()
    excluded_calls: tuple[str, ...] = ()
    value: int | float | None = None
    source_id: str | None = None
    source: str | None = None
    published_on: str | None = None
    locator: str | None = None
    verdict: str | None = None


def house_rules(language: str) -> list[RuleRow]:
    """List what "about", "nearly", "more than" and a rounded print imply."""
    return [
        RuleRow(
            kind="house",
            rule=rule.precision.value,
            precision=rule.precision.value,
            basis=rule.basis.value,
            meaning=translate(rule.meaning, language),
        )
        for rule in HOUSE_RULES.values()
    ]


def rules_of_calls(ledger: Ledger, language: str) -> list[RuleRow]:
    """List the rules that bound coverage as known on the ledger's day, with their documents."""
    return [_listed(ledger, row, language) for row in ledger.records("rules")]


def _listed(ledger: Ledger, row: Row, language: str) -> RuleRow:
    rule = RuleRow(
        kind=row["kind"],
        rule=row["rule"],
        basis=ONE_PROJECT_A_SITE if row["kind"] == "assumption" else PROVED,
        meaning=row[f"name_{language}"],
        calls=tuple((row["calls"] or "").split()),
        excluded_calls=tuple((row["excluded_calls"] or "").split()),
        value=None if row["value"] is None else int(row["value"]),
    )
    if row["source_id"] is None:
        return rule
    source = ledger.source(row["source_id"])
    return replace(
        rule,
        source_id=source.source_id,
        source=source.title,
        published_on=source.published_on,
        locator=row["locator"],
    )
