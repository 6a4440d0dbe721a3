"""Tell whether a number is surely about a fact: only then can it contradict it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ennum_stats.audit.facts import Fact, facts, facts_by_measure
from ennum_stats.audit.ideas import PLACES, are_named
from ennum_stats.audit.matching import DISTINCT, IMPLIED, POPULATIONS, about, is_of_time, unexplained
from ennum_stats.audit.mention import Mention
from ennum_stats.audit.values import SAID, compare
from ennum_stats.audit.verdict import VerdictKind
from ennum_stats.reading.judging import in_percent, is_miswritten, is_telling, same_unit
from ennum_stats.reading.operators import phrases
from ennum_stats.reading.references import PLAN
from ennum_stats.search.concepts import ACTS, AIMS, CONCEPTS, LEVELS
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import PART_OF, Precision

_A_CALL = re.compile(r"en[0-9]+")
_FILES = phrases("file")
"""What is submitted before it is won."""
_PERSONS = phrases("applicant")
_OF_A_TOTAL = 50
"""A number so many times smaller than a total is not said of it, but of a part of it."""


def is_sure(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number is about a fact and no other: only then can it contradict it. Its call or programme must be
    told in its sentence, or its part beside it; nothing else in the sentence may be what it is."""
    siblings = facts_by_measure(ledger)[fact.measure]
    is_slip = is_miswritten(mention.number, fact.quantity)
    is_other = (
        _is_of_other_time(mention, fact, ledger)
        or _is_elsewhere(mention, fact, is_slip=is_slip)
        or _is_of_several(mention, fact, is_slip=is_slip)
        or any(
            compare(mention, o).kind is not VerdictKind.CONTRADICTED
            for o in _other_parts(mention, fact, siblings)
        )
        or any(compare(mention, part).kind in SAID for part in fact.formula[1])  # one of those that are added
        or _may_be_part(mention, fact, ledger)
        or _is_of_other(mention, fact, ledger)
        or _is_of_applicants(mention, fact, ledger)
    )
    low, high = in_percent(fact.quantity).ends
    times = (low or high) / max(mention.number.readings[0].value, Decimal(1))
    if is_other or not _is_stage_told(mention, fact) or (times > _OF_A_TOTAL and not is_slip):
        return False
    if fact.calls or fact.programme:
        is_of_size = is_slip or times * _OF_A_TOTAL > 1
        return _is_named(mention, fact, siblings, is_slip, ledger, is_of_size=is_of_size)
    is_placed = fact.narrow or mention.around & {"wallonia", "region"}
    others = (o for o in siblings if o.territory != fact.territory)
    if not is_placed and any(compare(mention, o).kind in SAID for o in others):
        return False  # of another place, which is not told
    told_by = mention.near if mention.number.unit or mention.heads & mention.own else mention.around
    is_there = is_placed or fact.years & mention.years
    return is_slip or bool(is_there and are_named(fact.needs, told_by))


def _is_of_other_time(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number is of other years than a fact, or of none, where its sentence tells of now or never."""
    is_of_no_year = "never" in mention.own and mention.number.precision is Precision.MORE_THAN
    is_of_all = "total" in mention.own and "duration" in mention.around and not mention.number.unit
    is_past = "now" in mention.around and is_years_ago(fact, ledger)
    # "in no year more than nine million" is nine; "over three years that makes 1,500"
    return is_of_no_year or is_of_all or is_past or not _is_of_years(mention, fact)


def _is_elsewhere(mention: Mention, fact: Fact, *, is_slip: bool) -> bool:
    """Tell whether a number may be of another place than a fact: of one that only an earlier sentence names, where its
    own does not speak of "the town"; of all schools, say, of a town."""
    if "elsewhere" in mention.around and not any(group & PLACES & mention.part for group in fact.narrow):
        return True
    is_only_here = (
        fact.is_single and fact.needs and are_named(fact.needs, mention.own)
    )  # known of no other place
    is_own = is_only_here or mention.near & {"municipal", "town"}
    is_earlier = any(group & PLACES and not group & mention.around for group in fact.narrow)
    is_population = fact.measure in POPULATIONS and not mention.around & {"wallonia", "region"}
    return not is_slip and (is_population or (is_earlier and not is_own))


def _is_of_several(mention: Mention, fact: Fact, *, is_slip: bool) -> bool:
    """Tell whether a number is of a part that a fact is none of, or of several programmes or calls together."""
    is_part = fact.narrow or fact.measure in PART_OF or fact.quantity.unit == "share"
    is_of_all = mention.own & {"total", "follows"} or ("total" in mention.near and mention.calls_from < 1)
    is_counted_part = fact.narrow and not mention.number.unit
    is_whole = not (is_counted_part or fact.is_of_all) and fact.formula[0] != "/" and len(fact.calls) < 2
    return not is_slip and bool((mention.role == "part" and not is_part) or (is_of_all and is_whole))


def _is_stage_told(mention: Mention, fact: Fact) -> bool:
    """Tell whether a plan is told as one, and what was done not as one ("aura coûté")."""
    if not fact.is_planned:
        return "planned" not in mention.own or bool(mention.own & {"done", "spent"})
    is_of_plan = fact.programme == mention.programme and fact.programme.startswith(PLAN)
    plans = AIMS - {"aim"} | ({"plan", "invest"} if is_of_plan and mention.programme_from > 1 else set())
    return (is_of_plan and mention.is_alone) or bool(mention.around & plans)


def _other_parts(mention: Mention, fact: Fact, siblings: Sequence[Fact]) -> Iterator[Fact]:
    """List the other parts that are told about a number; where its own words tell the level of a fact, theirs alone."""
    is_level_told = bool(fact.narrow) and all(
        group <= LEVELS and group & mention.own for group in fact.narrow
    )
    for o in siblings:
        is_other = (
            o.narrow and o.narrow != fact.narrow and (o.programme, o.calls) == (fact.programme, fact.calls)
        )
        is_own = not is_level_told or (are_named(o.narrow, mention.own) and not {*o.narrow} < {*fact.narrow})
        if is_other and is_own and is_part_told(mention, fact, o):
            yield o


def _is_of_applicants(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number may be of others of those that applied: of all, of those that won, or did not."""
    following = mention.number.following
    is_introduced, is_team = fact.measure == "projects_introduced", "team" in mention.heads
    if not is_introduced and (fact.measure != "projects_awarded" or "won" in mention.near):
        return False
    others = (o for o in facts(ledger) if o.calls == fact.calls and o.measure != fact.measure)
    is_other = (is_team or _PERSONS.match(following, 1) is not None) and is_known(mention, others)
    if is_introduced:
        return is_other
    return (is_team and (mention.calls_from < 1 or is_other)) or _FILES.match(following, 1) is not None


def _is_of_years(mention: Mention, fact: Fact) -> bool:
    """Tell whether a fact is of the years that are told for a number, or nearly, where these are no call's."""
    years = fact.call_years or fact.years
    return (
        not (mention.years and years)
        or mention.calls_from == 3
        or (mention.calls_from > 0 and not fact.call_years - mention.years)
        or (mention.calls_from < 1 and not years.isdisjoint(about(mention.years)))
    )


def not_of_fact(mention: Mention, fact: Fact, ledger: Ledger) -> frozenset[str]:
    """Give what is told about a number that a fact is not about; mere words among it matter only where the number is
    the very one of another subject."""
    beyond = unexplained(mention, fact)
    is_open = not mention.years - fact.years and not is_known(mention, facts(ledger))
    ours = CONCEPTS | ACTS
    return (
        frozenset(idea for idea in beyond if idea in ours or _A_CALL.fullmatch(idea)) if is_open else beyond
    )


def is_known(mention: Mention, every: Iterable[Fact]) -> bool:
    """Tell whether a number is the very one that is known of some subject in its unit."""
    values = {reading.value for reading in mention.number.readings}
    return any(
        fact.quantity.value in values and same_unit(mention.number, fact.quantity.unit) for fact in every
    )


def _is_named(
    mention: Mention, fact: Fact, siblings: Sequence[Fact], is_slip: bool, ledger: Ledger, *, is_of_size: bool
) -> bool:
    """Tell whether the call or programme of a fact is told for a number: in its sentence, with no other number of
    another call; or in the one before, where its own says nothing else than the fact does."""
    is_named = (
        fact.calls == mention.calls or mention.since
        if fact.calls
        else fact.programme == (mention.programme or ("ecole_numerique" if mention.calls else ""))
    )
    if is_of_time(mention, fact):
        return True
    is_carried = (mention.calls_from if fact.calls else mention.programme_from) < 1
    if is_carried and not is_slip and _is_carried_in_doubt(mention, fact, ledger):
        return False
    if is_named and is_carried and mention.is_alone:
        beyond = not_of_fact(mention, fact, ledger)
        if (is_of_size and not beyond) or (is_slip and not beyond & DISTINCT):
            return True
    if not is_named or is_carried:
        groups = (*fact.narrow, *(fact.needs if fact.is_single else ()))
        is_then = mention.years & (fact.call_years or fact.years)
        if not (is_named or is_then) and all(group <= LEVELS | PLACES for group in groups):
            return False  # a level or place alone, of another programme than that which is told
        return (
            is_of_size
            and any(is_named or is_then or not group & mention.heads for group in groups)
            and (not fact.is_planned or "planned" in mention.near)
            and are_named(groups, mention.own | mention.part)
        )
    other_calls = mention.calls_beside - fact.calls - mention.compared
    return mention.calls_from == 3 or not any(
        o.calls <= other_calls and len(o.calls) == 1 and compare(mention, o).kind in SAID for o in siblings
    )


def _is_carried_in_doubt(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number that goes on from earlier sentences may be of something else: what is counted is carried
    too, or its call is told otherwise; of another place, or a plan that nobody names; the very one of another
    subject that the text tells of."""
    is_counted = mention.number.unit or mention.heads & (mention.own | mention.near)
    is_other_plan = fact.is_planned and not fact.programme.startswith(PLAN) and "planned" not in mention.own
    if mention.place - fact.ideas or is_other_plan:
        return True
    is_of_base = fact.formula[0] == "/" and any(group & mention.own for group in fact.formula[1][1].needs)
    is_loose_share = mention.number.unit == "percent" and mention.number.text[0].isalpha()
    is_whole = not (fact.narrow or fact.is_single or is_of_base or is_loose_share)
    is_planned_told = fact.is_planned and "planned" in mention.own
    others = (
        o for o in facts(ledger)
        if o.heads & mention.heads and (not o.calls or o.calls & mention.calls_told)
        and (o.is_planned == fact.is_planned or not is_planned_told)
    )  # fmt: skip
    is_untold = not fact.narrow and (not is_counted or "call" in mention.own)
    return is_untold or (is_whole and is_known(mention, others))


def is_part_told(mention: Mention, fact: Fact, part: Fact) -> bool:
    """Tell whether a part is told about a number; one that is narrower still, anywhere in its sentence."""
    about = mention.around if {*fact.narrow} < {*part.narrow} else mention.near
    return are_named(part.narrow, about)


def _may_be_part(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number is that of a part of what a fact counts, where its words do not name the whole: sites that
    a pilot covers are those selected, or those now ready."""
    return any(
        compare(mention, o).kind in SAID
        and not frozenset[str]().union(*fact.needs).difference(*o.needs, IMPLIED.get(fact.programme, ())) & mention.own
        for part, whole in PART_OF.items() if whole == fact.measure
        for o in facts_by_measure(ledger).get(part, ())
        if (o.programme, o.calls, o.narrow) == (fact.programme, fact.calls, fact.narrow)
    )  # fmt: skip


def _is_of_other(mention: Mention, fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a number is the very one of the whole, of which its own words name no part; or, where nothing need
    be told of a fact, that of another subject of its calls or programme, which is told."""
    is_bare = not (fact.narrow or fact.needs) and is_telling(mention.number, is_named=False)
    is_part = are_named(fact.narrow, mention.own)
    if is_part and not is_bare:
        return False
    return any(
        {*o.narrow} < {*fact.narrow} if o.measure == fact.measure
        else is_bare and bool(o.needs) and are_named((*o.narrow, *o.needs), mention.around)
        for o in facts(ledger)
        if (o.programme, o.calls) == (fact.programme, fact.calls)
        and same_unit(mention.number, o.quantity.unit)
        and any(reading.value == o.quantity.value for reading in mention.number.readings)
    )  # fmt: skip


def is_years_ago(fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a fact is of years that are long past."""
    return bool(fact.years) and max(fact.years) < ledger.known_at.year - 1
