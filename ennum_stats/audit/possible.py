"""Find what a number may be about by the words around it, and judge it by each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ennum_stats.audit.certainty import is_known, is_sure, is_years_ago, not_of_fact
from ennum_stats.audit.facts import Fact, facts, facts_by_idea, facts_by_measure, total
from ennum_stats.audit.ideas import are_named
from ennum_stats.audit.matching import (
    COUNTED_ALIKE,
    OF_EACH_CALL,
    POPULATIONS,
    is_likely,
    is_meant,
    is_of_time,
    last_day,
    latest,
    narrowest,
    widened,
)
from ennum_stats.audit.mention import Mention
from ennum_stats.audit.values import (
    BOUNDS,
    OPEN,
    SAID,
    TELLING,
    Judgement,
    compare,
    instead,
    is_bound_within,
    is_surer,
    settled,
)
from ennum_stats.audit.verdict import RIGHT, VerdictKind
from ennum_stats.quantities import Bounds
from ennum_stats.reading.judging import is_miswritten, is_telling, same_unit
from ennum_stats.reading.references import PLAN
from ennum_stats.search.concepts import AIMS
from ennum_stats.store.ledger import HOME, Ledger, once_a_ledger
from ennum_stats.vocabulary import Precision
from ennum_stats.wording import currency_of

_CLOSE = Decimal("1.1")
"""How many times off a bound may be of what it may be said of in another unit."""
_THOUSAND = 3
"""How many places a number that is miswritten may be off: thousands for millions."""
_COUNTED = COUNTED_ALIKE | {
    "pupil", "teacher", "computer", "device", "terminal", "team", "respondent", "room", "space", "network", "staff",
    "classroom",
}  # fmt: skip
"""Nouns for which a number of another noun may stand by mistake."""
_SHARED = frozenset(("pupil", "computer", "device", "terminal"))
"""Nouns of how many share one, or of how many have one."""


def judge_possible(mention: Mention, ledger: Ledger) -> list[Judgement]:
    """Find the facts that a number may be about; where none agrees, what else it may be: another unit, a plan."""
    meant = _meant(mention, ledger)
    near = _near(mention, meant, ledger)
    if mention.since and near:
        most = max(len(fact.calls) for fact in near)
        older = [compare(mention, fact) for fact in near if len(fact.calls) < most]
        near = [fact for fact in near if len(fact.calls) == most]
        is_least = mention.number.precision in (Precision.MORE_THAN, Precision.AT_LEAST)
        if is_least and (bounds := [judgement for judgement in older if judgement.kind in RIGHT]):
            return bounds  # more calls can only be more
        stale = [
            Judgement(next((o for o in near if o.measure == before.fact.measure), before.fact), VerdictKind.STALE,
                       before.fact.observations[0])
            for before in older if before.kind in RIGHT or is_surer(mention.number, before.fact.quantity)
        ]  # fmt: skip
        if stale and not any(compare(mention, fact).kind in RIGHT for fact in near):
            return stale
    done_since = {"won"} if "planned" in mention.own else {"won", "done"}
    says_planned = "planned" in mention.near and not mention.own & done_since
    done = [fact for fact in near if not fact.is_planned]
    planned = [fact for fact in near if fact.is_planned]
    first = planned if says_planned and planned else done or planned
    compared = [compare(mention, fact) for fact in first]
    judgements = [_doubted(mention, judgement, ledger) for judgement in compared]
    is_older = any(judgement.kind is VerdictKind.STALE for judgement in judgements)
    if not is_older and all(o.kind is VerdictKind.CONTRADICTED for o in compared):  # whatever it is about
        judgements = [o for o in judgements if o.kind is VerdictKind.CONTRADICTED] or judgements
    is_done_here = mention.own & {"installed", "ready", "spent", "done"} and "planned" not in mention.own
    if planned and first is planned and (is_done_here or "planned" not in mention.around):
        is_untold = not (mention.number.unit or mention.topic & (AIMS | {"plan"}))
        if is_done_here or is_untold or mention.around & {"done", "spent"}:
            return [instead(judgement, RIGHT, VerdictKind.FORECAST_AS_FACT) for judgement in judgements]
        is_of_plan = mention.number.unit and mention.programme.startswith(PLAN)
        if not (is_of_plan or mention.around & AIMS):
            judgements = [instead(judgement, RIGHT, VerdictKind.UNVERIFIABLE) for judgement in judgements]
    if right := [judgement for judgement in judgements if judgement.kind in RIGHT]:
        judgements = right if mention.role == "base" else judgements
        is_bound = all(judgement.kind is VerdictKind.BOUND for judgement in right)
        closer = [compare(mention, o) for o in meant if is_surer(mention.number, o.quantity)]
        if is_bound and (stronger := [o for o in closer if o.kind is VerdictKind.STRONGER]):
            return stronger
        is_loose = not any(is_bound_within(mention.number, o.fact.quantity, _CLOSE) for o in right)
        mixed = next(_of_other_unit(mention, ledger), None) if is_bound and is_loose else None
        return [mixed] if mixed else judgements
    if done == first and not says_planned and not any(judgement.kind in SAID for judgement in judgements):
        of_plans = (o for o in meant if o.is_planned and is_shown(mention, o))
        forecasts = [
            instead(compare(mention, fact), SAID, VerdictKind.FORECAST_AS_FACT)
            for fact in (*planned, *of_plans)
        ]
        if forecasts := [o for o in forecasts if o.kind is VerdictKind.FORECAST_AS_FACT]:
            return forecasts
    is_open = all(judgement.kind in OPEN for judgement in judgements)
    mixed = next(_of_other_unit(mention, ledger), None) if is_open else None
    return [mixed] if mixed else judgements


def judge_widely(mention: Mention, possible: list[Judgement], ledger: Ledger) -> list[Judgement]:
    """Let what the rest of its sentence, the one before and its heading tell of stand beside a number that its own
    words leave open: only what agrees is said then."""
    wide = mention.near | mention.around | mention.before
    if wide == mention.near or settled(possible)[0] is not VerdictKind.UNVERIFIABLE:
        return possible
    wider = judge_possible(replace(mention, near=wide), ledger)
    return wider if settled(wider)[0] in RIGHT else possible


def slip_of_pen(mention: Mention, ledger: Ledger) -> list[Judgement]:
    """Contradict a large number that is a slip of the pen of a fact that is likely meant, where it agrees with no other
    such fact."""
    is_named = max(mention.calls_from, mention.programme_from) > 0
    is_told = not (mention.around & {"elsewhere"} or mention.own & {"total", "change"})
    if not (is_told and is_telling(mention.number, is_named=is_named)):
        return []
    every = [
        o for o in (*facts(ledger), *_sums(mention, ledger)) if same_unit(mention.number, o.quantity.unit)
    ]
    if is_known(mention, (fact for fact in every if fact.heads & mention.heads)):
        return []  # what is so of another subject
    wide = widened(mention)
    likely = [fact for fact in every if is_likely(wide, fact)]
    judged = [compare(mention, fact) for fact in likely]
    if not judged or any(judgement.kind in SAID | {VerdictKind.STRONGER} for judgement in judged):
        return []
    slips = [
        judgement
        for judgement in judged
        if judgement.fact.quantity.value
        and judgement.fact.quantity.value >= TELLING
        and abs(judgement.fact.quantity.value.adjusted() - mention.number.readings[0].value.adjusted())
        <= _THOUSAND
        and is_miswritten(mention.number, replace(judgement.fact.quantity, bounds=Bounds(None, None)))
    ]
    slips.sort(key=lambda o: (o.fact.calls != mention.calls, o.fact.programme != mention.programme))
    return slips[:1]


def _near(mention: Mention, meant: list[Fact], ledger: Ledger) -> list[Fact]:
    """List the facts that a number may be about: of those that its words allow, those of its part, its time and its
    stage before others."""
    timed = [fact for fact in meant if is_of_time(mention, fact)]
    timed = [fact for fact in timed if fact.months & mention.near] or timed
    likely = [fact for fact in timed if are_named(fact.needs, mention.topic)]
    of_programme = [fact for fact in timed if fact.programme == mention.programme]
    near = likely or [fact for fact in of_programme if not not_of_fact(mention, fact, ledger)] or meant
    is_told = mention.programme_from > (2 if "since1999" in mention.around else 0) and mention.role != "base"
    if is_told and any(fact.programme == mention.programme for fact in near):
        near = [fact for fact in near if fact.calls or fact.programme]
    near = narrowest(mention, latest(mention, near))
    if "now" in mention.around:
        near = [fact for fact in near if not is_years_ago(fact, ledger)] or near
    of_named = [
        fact
        for fact in near
        if (fact.calls == mention.calls if fact.calls else fact.programme == mention.programme)
        or (mention.is_since and len(fact.calls) > 1)
        or (
            not (fact.calls or fact.programme)
            and fact.needs
            and fact.measure not in POPULATIONS
            and are_named(fact.needs, mention.near)
        )
    ]
    everywhere = [fact for fact in near if fact.is_of_all]
    if everywhere or any(fact.calls or fact.programme for fact in of_named):
        near = everywhere or of_named
    of_calls = (
        [fact for fact in near if fact.calls] if mention.calls_from > max(0, mention.programme_from) else []
    )
    return of_calls or near


def _meant(mention: Mention, ledger: Ledger) -> list[Fact]:
    """List the facts that the words about a number allow, of its calls, of any or of none."""
    index = facts_by_idea(ledger)
    these = dict.fromkeys((frozenset[str](), mention.calls))
    if mention.is_since:
        these = dict.fromkeys((frozenset(), *(calls for calls in index if len(calls) > 1)))
    keys = [
        (mention.number.unit, is_part, idea)
        for is_part in (False, True)
        for idea in sorted(mention.part if is_part else mention.heads)
    ]
    every = {
        fact.name: fact
        for calls in these if calls in index
        for key in keys
        for fact in index[calls].get(key, ())
    }  # fmt: skip
    return [fact for fact in (*every.values(), *_sums(mention, ledger)) if is_meant(mention, fact)]


def _doubted(mention: Mention, judgement: Judgement, ledger: Ledger) -> Judgement:
    """Leave open what contradicts a fact that may not be meant; call past what was so years ago and is told of now, and
    what was so of the same subject before."""
    if judgement.kind is VerdictKind.CONTRADICTED:
        for before in facts_by_measure(ledger)[judgement.fact.measure]:
            is_older = before.key == judgement.fact.key and last_day(before) < last_day(judgement.fact)
            if before.years and is_older and compare(mention, before).kind in RIGHT:
                return replace(judgement, kind=VerdictKind.STALE, observation=before.observations[0])
    if judgement.kind is VerdictKind.CONTRADICTED and not is_sure(mention, judgement.fact, ledger):
        return replace(judgement, kind=VerdictKind.UNVERIFIABLE)
    is_past = "now" in mention.around and is_years_ago(judgement.fact, ledger)
    return instead(judgement, RIGHT, VerdictKind.STALE) if is_past else judgement


def is_shown(mention: Mention, fact: Fact) -> bool:
    """Tell whether the subject of a number that is not judged may be shown: another call's or programme's misleads."""
    if fact.calls:
        return fact.calls == mention.calls or mention.since
    return not fact.programme or fact.programme == mention.programme


def _sums(mention: Mention, ledger: Ledger) -> tuple[Fact, ...]:
    """Add what is known of each of several calls that are told together; since the first, of all with winners."""
    return (
        _sums_of(ledger, None if mention.is_since else mention.calls)
        if len(mention.calls) > 1 or mention.is_since
        else ()
    )


@once_a_ledger
def _sums_of(ledger: Ledger, calls: frozenset[str] | None) -> tuple[Fact, ...]:
    by_measure = facts_by_measure(ledger)
    parts = {
        measure: {fact.calls: fact for fact in by_measure.get(measure, ())
                  if len(fact.calls) == 1 and not fact.narrow and fact.territory == HOME}
        for measure in OF_EACH_CALL
    }  # fmt: skip
    every = frozenset[str]().union(*parts["projects_awarded"]) if calls is None else calls
    return tuple(
        total([known[frozenset((c.call,))] for c in ledger.calls if c.call in every], every)
        for known in parts.values()
        if every and all(frozenset((call,)) in known for call in every)
    )


def _is_of_each(mention: Mention) -> bool:
    """Tell whether a mean of pupils to a computer is told, or of computers to a pupil; a whole number may be rounded of
    either."""
    is_both = mention.heads <= _SHARED and "pupil" in mention.own and len(mention.own & _SHARED) > 1
    return is_both and "100" not in mention.near and mention.number.readings[0].value % 1 != 0


def _of_other_unit(mention: Mention, ledger: Ledger) -> Iterator[Judgement]:
    """Find the number of the same subject in another unit: projects for sites, francs for euros, schools for shares."""
    number = replace(mention.number, readings=mention.number.readings[:1])
    value, others = number.readings[0].value, list[Mention]()
    if currency_of(number.unit):
        others = [replace(mention, number=replace(number, unit="BEF" if number.unit == "EUR" else "EUR"))]
    elif mention.heads == {"months"}:
        others = [replace(mention, number=number, heads=frozenset(("duration",)))]
    elif _is_of_each(mention):
        heads = frozenset(("per" if "pupil" in mention.heads else "pupil",))
        others = [replace(mention, number=number, heads=heads, own=mention.own - mention.heads,
                          near=mention.near | {"100"}, around=mention.around | {"100"})]  # fmt: skip
    elif mention.heads & mention.own & _COUNTED:
        own = mention.own - mention.heads
        others = [replace(mention, number=replace(number, unit="percent"), heads=frozenset(("share",)),
                          own=mention.own - {"won"})]  # fmt: skip
        if value >= TELLING or mention.heads & COUNTED_ALIKE:
            heads = (_COUNTED if value >= TELLING else COUNTED_ALIKE) - {"won"} - mention.heads
            others.append(replace(mention, number=number, heads=heads, own=own, near=mention.near | {"won", "project"},
                                  around=mention.around | heads))  # fmt: skip
    for other in others:
        for fact in sorted(_meant(other, ledger), key=lambda fact: -len(fact.calls)):
            is_it = compare(other, fact).kind in RIGHT or value == fact.quantity.value
            is_near = number.precision not in BOUNDS or is_bound_within(number, fact.quantity, _CLOSE)
            is_other = other.number.unit or not fact.heads & mention.heads
            is_done = fact.quantity.unit == "years" or fact.is_planned == ("planned" in mention.own)
            if is_it and is_near and is_other and is_done:
                yield Judgement(fact, VerdictKind.MIXED_UNITS)
