"""Whether the words about a number allow that it is about a fact: unit and noun, calls, programme, part, stage.

Values are not looked at here. Of several facts that are allowed, those remain that more of the words are about.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ennum_stats.audit.facts import Fact, total
from ennum_stats.audit.ideas import PLACES, are_named, ideas_of, is_read_otherwise
from ennum_stats.audit.mention import Mention
from ennum_stats.quantities import UNITS
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.judging import written_unit
from ennum_stats.reading.references import PLAN
from ennum_stats.search.concepts import LEVELS
from ennum_stats.wording import currency_of

DISTINCT = frozenset((
    "submitted", "rejected", "added", "jury", "helpdesk", "insurance", "sparepart", "never", "notyet", "not",
    "mean", "yearly", "change", "survey",
    "leftout", "problem", "success", "transformation", "tablet", "ipad", "macbook", "board", "server", "wifi",
    "internet", "classroom", "check", "advise", "lawyer", "consultant", "target", "weekly", "maintain", "compulsory",
    "training", "contacted", "joined", "point", "100", "per", "per_site", "supported", "municipal", "teacher",
    *LEVELS, *PLACES,
))  # fmt: skip
"""Ideas that make another subject of one: a fact without them is not meant by who says them."""
COUNTED_ALIKE = frozenset(("project", "site", "school", "institution", "won"))
"""Nouns that are easily taken for one another."""
_CARRIED = COUNTED_ALIKE | {"submitted", "rejected"}
"""What the words before may count, where those of a number name but its part: "dont 8 en promotion sociale"."""
_OF_PROJECTS = frozenset(("project", "won", "submitted", "rejected"))
IMPLIED = {
    "connectivity": frozenset(("wifi", "internet", "connected", "pilot", "installed", "equipped", "notyet")),
    "ecole_numerique": frozenset(("project", "won", "supported", "grant")),
}
"""Ideas that go without saying of a programme."""
_OF_ANY = frozenset((
    "total", "call", "wallonia", "region", "now", "sofar", "done", "exist", "use", "programme",
    "spent", "staff", "team",
    "ecolenumerique", "cyberecole", "cyberclasse", "pilot", "money", "project", "won", "third",
    "duration", "follows",
))  # fmt: skip
"""Ideas that a sentence may name whatever its number is about."""
_GOES_WITH: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (
        frozenset(("never", "notyet", "yearly")),
        frozenset(("not", "never")),
    ),  # "never more than nine million a year"
    (frozenset(("added", "transformation")), frozenset(("change",))),  # "sept de plus"
    (frozenset(("rejected",)), frozenset(("submitted", "not"))),
    (frozenset(("problem", "survey")), frozenset(("notyet", "not"))),  # "20% lacked training"
)
"""Ideas that may be told of what is told by others."""
_OF_PLANS = frozenset(("planned", "plan", "connected", "supported"))
_LARGEST_MEAN = 100_000
"""What one project costs at most, in euros: larger amounts of a sentence that tells means are totals."""
OF_EACH_CALL = ("projects_awarded", "budget_awarded", "projects_introduced")
"""Measures that are known of nearly every call, and may be added."""
_FEW = 100
_FIRST_YEAR = 2011
"""When the first call was launched."""
WHOLES = frozenset(("sites_selected", "projects_introduced", "implantations", "survey_respondents"))
"""Measures of which others are parts."""
POPULATIONS = frozenset(("implantations", "schools", "etablissements"))
_OF_SHARES = frozenset(("school", "site", "institution", "classroom"))
_PARTS = frozenset(("sites_installed", "implantations_equipped"))
_DONE_TO_SOME = frozenset(("won", "equipped", "installed", "involved", "ready", "reached"))


def is_meant(mention: Mention, fact: Fact) -> bool:
    """Tell whether the words about a number allow that it is about a fact."""
    return (
        _is_needed_told(mention, fact)  # of most facts it is not, and that is quickly seen
        and _is_counted(mention, fact)
        and _is_unit(mention, fact)
        and _is_of_calls(mention, fact)
        and _is_of_programme(mention, fact)
        and _is_told(mention, fact)
        and _is_of_role(mention, fact)
        and _is_of_stage(mention, fact)
    )


def widened(mention: Mention) -> Mention:
    """Give a number all the ideas of its sentence, the one before and its heading, as if they stood beside it."""
    wide = mention.near | mention.around | mention.before
    return replace(mention, near=wide, around=wide)


def is_likely(wide: Mention, fact: Fact) -> bool:
    """Tell whether a fact is likely what a number is about where none surely is: all of its words are told somewhere
    (`widened`); of its own call or programme, one thing may be told otherwise: what is counted, the part, the stage."""
    if not (_is_unit(wide, fact) and _is_of_programme(wide, fact)):
        return False
    is_own = fact.calls == wide.calls if fact.calls else "" != fact.programme == wide.programme
    is_of_stage = _is_of_role(wide, fact) and _is_of_stage(wide, fact)
    is_told = _is_needed_told(wide, fact) and _is_told(wide, fact)
    return [_is_counted(wide, fact), is_of_stage, is_told].count(False) <= is_own


def unexplained(mention: Mention, fact: Fact) -> frozenset[str]:
    """Give the ideas and words about a number that a fact is not about: where its sentence names no call or programme,
    they may be what it is about."""
    ideas = fact.ideas | IMPLIED.get(fact.programme, frozenset()) | _OF_ANY | fact.months
    about = (mention.near | mention.own | mention.heads) - ideas_of(levelled(mention.number.text))
    return frozenset(
        idea for idea in about - ideas if not (idea.upper() in fact.calls or is_read_otherwise(idea))
    )


def is_of_time(mention: Mention, fact: Fact) -> bool:
    """Tell whether a number is told of the very month that a fact is of, and of its programme: no more need be said."""
    is_then = bool(fact.months & mention.around and fact.years & mention.years)
    return (
        is_then
        and fact.programme != ""
        and (fact.programme == mention.programme or mention.programme_from < 1)
    )


def _is_counted(mention: Mention, fact: Fact) -> bool:
    """Tell whether the noun of a number is what a fact counts; where there is none, its part must be named."""
    if mention.heads <= _CARRIED - mention.own and not mention.is_foreign:
        is_of_programme = not mention.heads and "" != fact.programme == mention.programme
        is_named = fact.calls == mention.calls if fact.calls else is_of_programme
        is_part = bool(fact.narrow) and are_named(fact.narrow, mention.own)
        if is_named and is_part:
            return True
    return bool(mention.heads & fact.heads) or any(group & mention.heads for group in fact.narrow)


def _is_needed_told(mention: Mention, fact: Fact) -> bool:
    """Tell whether all that a fact needs is said about a number."""
    if fact.narrow:
        part = mention.part if are_named(fact.besides, mention.near) else mention.near
        if any(group.isdisjoint(part) for group in fact.narrow):
            return False
    for group in fact.needs:
        if group.isdisjoint(mention.needed):
            return (mention.role == "base" and fact.measure in WHOLES) or is_of_time(mention, fact)
    return True


def _is_told(mention: Mention, fact: Fact) -> bool:
    """Tell whether nothing is said about a number that a fact is not about."""
    if {"yearly"} in fact.needs and "duration" in mention.own and "yearly" not in mention.own:
        return False  # "over three years, 1,500"
    is_plan = fact.programme.startswith(PLAN)
    ideas = fact.ideas | (_OF_PLANS if is_plan else IMPLIED.get(fact.programme, frozenset()))
    ideas |= frozenset().union(*(also for ideas_of, also in _GOES_WITH if fact.ideas & ideas_of))
    if mention.heads & fact.heads & {"staff"}:
        ideas |= {"namur"}  # where the programme has its seat
    if mention.heads & fact.heads & {"computer", "device", "terminal"}:
        ideas |= {"classroom"}  # where they stand
    if "/" in fact.quantity.unit or fact.quantity.unit == "years":
        ideas |= {"per", "mean", "survey"}
    if (
        fact.measure in POPULATIONS
        and "secondary" in mention.around
        and mention.around & {"primary", "fundamental"}
    ):
        ideas |= LEVELS  # all of them are told: that is no part
    if mention.number.unit != "percent" or "submitted" in mention.own:
        ideas |= {"success"}  # who had success has won
    if fact.narrow:
        ideas |= {"jury"}
    if fact.is_planned:
        ideas |= {"target"}
    if mention.number.unit:
        ideas |= {"survey", "added"}  # "a ajouté 315 000 euros"
    elif not mention.heads & (COUNTED_ALIKE | {"staff"}):
        ideas |= {"added"}  # "dazu zwei Wochenstunden"
    if mention.heads == {"money"}:
        ideas |= {"submitted"}  # "n'a demandé que 503 000 euros"
    if mention.number.readings[0].value > _LARGEST_MEAN:
        ideas |= {"per"}  # "se sont partagé 25 millions"
    if (mention.own & DISTINCT) - ideas or (mention.own & PLACES or mention.near & PLACES) - ideas:
        return False
    if mention.number.unit == "percent" and not _is_of_population(mention, fact):
        return False
    return "change" in mention.near or not any(group == {"change"} for group in fact.needs)


def _is_of_population(mention: Mention, fact: Fact) -> bool:
    """Tell whether a share is one of what is told about it: of sites, and not of schools, of projects or of money."""
    counted = mention.own & {"site", "institution", "classroom", "teacher", "pupil"}
    if counted and fact.counted and not counted & fact.counted:
        return False
    if fact.formula[0] == "/" and mention.own & _OF_SHARES and not mention.own & fact.formula[1][1].heads:
        return False
    of_sites = mention.around if mention.around & {"money", "plan"} else mention.topic
    return fact.measure != "connected_share" or bool(of_sites & _OF_SHARES)  # "10 % gaat naar wifi" is none


def _is_of_role(mention: Mention, fact: Fact) -> bool:
    """Tell whether a part may be that of which others are parts, and the other way round."""
    if mention.role == "base":
        return fact.measure in WHOLES | POPULATIONS or (
            fact.measure == "projects_awarded" and "won" in mention.own
        )
    if mention.role == "part":
        return fact.measure not in WHOLES or bool(fact.narrow)
    return mention.role != "whole" or fact.measure not in _PARTS


def _is_of_stage(mention: Mention, fact: Fact) -> bool:
    """Tell whether what was done so far fits: sites chosen are not yet installed, projects submitted not yet won."""
    is_whole = mention.role in ("base", "whole")
    if fact.measure in POPULATIONS:
        return mention.role == "base" or not mention.own & _DONE_TO_SOME
    if fact.measure == "sites_installed":
        is_other = "won" in mention.own and not mention.own & {"ready", "installed"}
        if "leftout" in mention.own:
            return False  # "all but 17 are ready"
        done = mention.around & {"ready", "done"} | mention.own & {"connected", "equipped", "installed"}
        done |= frozenset() if "planned" in mention.near else mention.own & {"wifi"}
        return mention.role == "part" or bool(done and not is_other) or is_of_time(mention, fact)
    if fact.measure in ("sites_selected", "sites_planned"):
        is_done = mention.own & {"done", "now"} and mention.own & {"wifi", "installed", "equipped"}
        return is_whole or not (is_done or "ready" in mention.near)
    is_won = "won" in mention.own and "submitted" not in mention.own
    return fact.measure != "projects_introduced" or not is_won or is_whole


def _is_unit(mention: Mention, fact: Fact) -> bool:
    unit, number = fact.quantity.unit, mention.number
    value = number.readings[0].value
    if written_unit(unit) != number.unit:
        return False
    if currency_of(unit):
        is_mean = "mean" in (mention.around if value < _LARGEST_MEAN else mention.own)
        is_ceiling = fact.measure == "grant_ceiling" and value < _LARGEST_MEAN
        return is_ceiling or is_mean == (unit == "EUR/project")
    if number.unit == "percent":
        return True
    if "pupil" in mention.heads and mention.around & {"computer", "terminal", "device"} and value < _FEW:
        return unit == "pupils/computer"
    least = UNITS[unit].resolution
    return not least or any(reading.value % least == 0 for reading in number.readings)


def _is_of_calls(mention: Mention, fact: Fact) -> bool:
    """Tell whether a fact is of the calls told for a number; one that is the only one of its kind needs none."""
    if not fact.calls:
        return True
    if mention.is_since:
        return "EN1" in fact.calls and len(fact.calls) > 1
    is_other = mention.programme not in ("", "ecole_numerique")
    is_of_other = mention.calls_from == 0 and mention.is_alone and fact.measure in OF_EACH_CALL
    is_telling = any(group <= DISTINCT for group in (*fact.narrow, *fact.needs))
    is_other_told = is_other and (mention.programme_from > 0 or not is_telling)
    if fact.is_single and mention.calls_from <= 0 and not is_other_told:
        if mention.years and not fact.call_years & mention.years:
            return False
        is_telling = bool(fact.narrow) or any(group <= DISTINCT for group in fact.needs)
        is_of_calls = fact.calls == mention.calls or not mention.calls
        return (is_telling and not is_of_other) or is_of_calls or bool(fact.call_years & mention.years)
    if any(year < _FIRST_YEAR for year in mention.years):
        return False  # of all programmes, not of calls
    is_later = mention.programme_at > mention.calls_at and mention.calls_from < 2
    is_year = not mention.is_call_named and "call" not in mention.around
    is_year = is_year and (mention.programme_from > 1 or "programme" in mention.own)
    is_nearer = is_other and (is_later or is_year or mention.programme_from > mention.calls_from)
    return fact.calls == mention.calls and not is_nearer


def _is_of_programme(mention: Mention, fact: Fact) -> bool:
    """Tell whether a fact without calls is of the programme that is told for a number."""
    if fact.calls:
        return True
    if not fact.programme:
        return mention.programme_from < 3 or bool(fact.needs)
    if fact.programme == "ecole_numerique":
        return mention.programme in ("", "ecole_numerique") or mention.programme_from <= 0
    if fact.is_single and _needs_no_programme(mention, fact):
        return True
    if is_of_time(mention, fact) and are_named(fact.needs, mention.topic):
        return True
    if fact.programme.startswith(PLAN):
        if fact.years & mention.years and max(mention.calls_from, mention.programme_from) < 1:
            return True  # in a year of the plan, and of no other
        if mention.calls or mention.programme.startswith(PLAN):
            return mention.programme == fact.programme
        planned = mention.near if mention.around & {"pilot"} else mention.near | mention.before
        return bool(planned & {"plan", "planned", "yearly"})
    is_call = mention.is_call_named or "call" in mention.near
    is_nearer = mention.programme_from > 0 or mention.programme_at > mention.calls_at or not is_call
    return mention.programme == fact.programme and is_nearer


def _needs_no_programme(mention: Mention, fact: Fact) -> bool:
    is_call = mention.calls_from >= 2 and (mention.is_call_named or "call" in mention.around)
    if mention.calls and any("call" in group for group in fact.narrow):
        return False  # "the budget of the call" is that of the call which is told
    if "since1999" in mention.around and any("equipment" in group for group in fact.narrow):
        return False  # of all programmes: what they spent was all for equipment
    if fact.narrow and mention.programme_from <= 0 and not is_call:
        return True
    if mention.programme_from <= 0 and _is_all_told(mention, fact):
        return True
    is_project = bool(mention.heads & _OF_PROJECTS and mention.calls)
    return not mention.programme and mention.calls_from <= 0 and not is_project


def _is_all_told(mention: Mention, fact: Fact) -> bool:
    """Tell whether the own words of an amount tell all of the several things that a fact needs."""
    is_told = are_named(fact.needs, mention.own)
    return is_told and len(fact.needs) > 1 and fact.is_single and mention.number.unit == "EUR"


def narrowest(mention: Mention, near: list[Fact]) -> list[Fact]:
    """Keep those that more of the words are about: a part, where its part is told, before the whole."""
    is_base = mention.role == "base"
    ranks = [
        (
            max(
                len(fact.narrow) + sum(not group.isdisjoint(mention.topic) for group in fact.besides),
                len(fact.needs) if _is_all_told(mention, fact) else 0,
            ),
            min((told_level(mention, group) for group in fact.narrow), default=2),
            0.5 if is_base else min((told_level(mention, group) for group in fact.needs), default=0.5),
            0 if is_base else len(fact.needs),
        )
        for fact in near
    ]
    most = max(ranks, default=(0, 0, 0.0, 0))
    wholes = [fact for fact in near if not fact.narrow and fact.measure == "budget_planned"]
    parts = {fact.narrow for fact, rank in zip(near, ranks, strict=True) if rank == most}
    if wholes and len(parts) > 1:
        return wholes  # each part is told: that is the whole
    if len(parts) > 1 and not any(group <= LEVELS | PLACES for part in parts for group in part):
        told_parts = [fact for fact, rank in zip(near, ranks, strict=True) if rank == most]
        if len({(fact.measure, fact.calls, fact.programme, fact.quantity.unit) for fact in told_parts}) == 1:
            return [total(told_parts, told_parts[0].calls)]
    return [fact for fact, rank in zip(near, ranks, strict=True) if rank == most]


def told_level(mention: Mention, group: frozenset[str]) -> int:
    """Say how near to a number one of the ideas stands: beside it, about it, or elsewhere in its sentence."""
    return 2 if group & (mention.own | mention.heads) else 1 if group & mention.near else 0


def latest(mention: Mention, near: list[Fact]) -> list[Fact]:
    """Keep of one subject at several times that of the years that are told, else the latest."""
    result: list[Fact] = []
    for fact in near:
        alike = [o for o in near if o.key == fact.key and o.years]
        if len(alike) > 1 and fact.years:
            of_years = [o for o in alike if o.years & mention.years]
            of_years = of_years or [o for o in alike if not mention.years or o.years & about(mention.years)]
            of_years = [o for o in of_years if {min(o.years), max(o.years)} & mention.years] or of_years
            of_months = [o for o in of_years if o.months & mention.around]
            chosen = of_months or ([max(of_years, key=last_day)] if of_years else [])
            if fact not in chosen:
                continue
        elif (
            fact.years
            and mention.years
            and mention.role not in ("base", "whole")
            and not fact.years & about(mention.years)
        ):
            continue
        result.append(fact)
    return result


def last_day(fact: Fact) -> date:
    """Give the last day that a fact is of."""
    return fact.observations[0].valid_to or date.max


def about(years: frozenset[int]) -> frozenset[int]:
    """Add the year before and the year after."""
    return years | {year + 1 for year in years} | {year - 1 for year in years}
