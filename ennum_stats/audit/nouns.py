"""What a number counts: its noun, or what the words of its sentence say of one that has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ennum_stats.audit.facts import heads_of
from ennum_stats.audit.ideas import LOCAL, PLACES, SAYING_NOTHING, ideas_of
from ennum_stats.audit.mention import Mention
from ennum_stats.audit.own_words import WORDS
from ennum_stats.reading.operators import begins_with, phrases
from ennum_stats.reading.quantities import NumberInText, NumberReading
from ennum_stats.reading.references import PROGRAMME_NAME
from ennum_stats.search.candidates import HEADS
from ennum_stats.search.concepts import LEVELS
from ennum_stats.vocabulary import Precision
from ennum_stats.wording import currency_of

COUNTED = (frozenset(idea for ideas in HEADS.values() for idea in ideas) | heads_of("devices") | {
    "submitted", "rejected", "won", "respondent", "computer", "institution", "head", "server", "school", "months",
    "classroom",
}) - {"money", "per", "francs", "grant", "mean", "share"}  # fmt: skip
_DURATIONS = frozenset(("duration", "months"))
THINGS = COUNTED - _DURATIONS
"""What is counted, but for time."""
_OF_NO_CALL = _DURATIONS | {"staff", "head", "classroom", "room", "server", "computer", "network"}
"""Nouns of which no call has a number."""
ACTS = frozenset(("won", "submitted"))
"""What is done to what is counted, told in the place of its noun."""
_GROUPS = (
    {"project"}, {"site"}, {"school"}, {"institution"}, {"type"}, {"lot"},
    {"ipad", "macbook", "tablet", "board", "server"}, {"submitted", "rejected"}, {"staff"},
)  # fmt: skip
"""What is counted where several ideas are told, the likeliest first."""
_HUNDREDS, _THOUSAND = 100, 1000
_FOR = re.compile(r" (?:pour|voor|fur|for|aan|naar)\b")
_WITH_THEIR = re.compile(r" (?:[a-z]+ ){0,2}(?:leurs?|ihre[nr]?|hun|their) [^,;:.]*")
"""What those have that a number counts: "about 800 had their machines"."""
_STATES = LEVELS | {"ready", "done", "won", "equipped", "installed", "connected", "added"}
"""What may be told of those that a number counts behind it, and is no noun."""
_BESIDES = phrases("moreover")
"""What joins a number of something else."""
_OF_THE = re.compile(r" (?:du|de la|de l'|des|der|vom|van (?:de|het)|(?:of|from) the)(?![a-z])")
"""What follows a number whose noun stands before it: "2 500 projets du plan wallon et 650 du plan européen"."""
OF_THEM = begins_with("of them")
AMONG = re.compile(r"\s*(?:of|von|van|sur|parmi|unter|onder|among)(?: the| den| de| les)? ?")
"""How a sentence begins that tells of what its numbers are a part."""
_ONE_IN = re.compile(r"(?<![a-z])(?:one|een|eine?r?|une?) [a-z]+ (?:in|out of|op|van de|sur|von) $")
_TIMES = begins_with("times")
_TEAM_OF = re.compile(r"\b([a-z]+) (?:de|of|von|van|aus|uit|with|mit|met) $")
_FOR_EACH = re.compile(
    r"\b(?:ordinateur|machine|appareil|computer|rechner|gerat|toestel|device|terminal) (?:pour|fur|je|pro|voor|per|for)"
    r"(?: every| each| chaque| jede| elke)? $"
)
_PARTICIPLE = re.compile(r".*ge.{3,}(?:te?[nr]?|en|de?)|.*(?:ed|sen)")
_PER_100 = re.compile(r" (?:per|pour|je|pro) 100\b")
_IN_A_PLACE = re.compile(r" (?:in|im|en|a|au|aux|dans|bei|bij|chez|at) (?![0-9]|all\b|t[ou]t)[^,;.:]*")
"""What follows a number that counts what the one before it counts, in another part."""
_STOP = phrases("ends noun")
_ARTICLE = re.compile(r"une?|eine?[mnrs]?|een|an?")
_LINK = phrases("links noun")


class Noun(NamedTuple):
    """Hold the ideas of the noun of a number, those of them that are counted, and whether nobody counts by it."""

    ideas: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    is_foreign: bool = False


def noun_of(plain: str, number: NumberInText, since: int) -> Noun:
    """Read what is counted: the unit of a number; of those that are "of them", what its sentence tells before it,
    `since` there; else the noun that follows."""
    if number.unit:
        return Noun(heads=frozenset(("share",) if number.unit == "percent" else ("money",)))
    team = _TEAM_OF.search(plain, max(0, number.start - 24), number.start)
    if team and ideas_of(team[1]) & {"team", "staff", "unit", "cel"}:
        return Noun(heads=frozenset(("staff",)))
    if _ONE_IN.search(plain, max(0, number.start - 40), number.start) or _TIMES.match(plain, number.end):
        return Noun(is_foreign=True)
    if _PER_100.match(plain, number.end):
        return Noun(frozenset(("per", "100")), frozenset(("per",)))
    if OF_THEM.match(plain, number.end):
        lead = plain[since : number.begin]
        return Noun(
            heads=frozenset(("pupil",)) if _FOR_EACH.search(lead) else head_of(ideas_of(lead) & THINGS)
        )
    return _following(plain, number)


def _following(plain: str, number: NumberInText) -> Noun:
    """Read the first known noun of the few words after a number; it is foreign where the first of them is no word that
    only joins."""
    after = re.split(r"[.;:!?,()\n«»“”\"]", PROGRAMME_NAME.sub("", plain[number.end : number.end + 90]))[0]
    words = WORDS.findall(after)[:5]
    stops = (place for place, word in enumerate(words) if _STOP.fullmatch(word) and not _LINK.fullmatch(word))
    words = words[: next(stops, None)]
    if words and _ARTICLE.fullmatch(words[0]):
        return Noun()  # "zijn er twaalf een netwerk"
    is_foreign, act, done = False, None, frozenset[str]()
    is_of = _OF_THE.match(plain, number.end)
    for place, word in enumerate(words):
        if act and (_LINK.fullmatch(word) or not ideas_of(word) & COUNTED - done):
            break
        if _LINK.fullmatch(word):
            continue
        ideas = ideas_of(word if is_foreign else " ".join(words[place : place + 3]))
        if counted := ideas_of(word) & COUNTED or ideas & COUNTED:
            if act or is_foreign or not counted <= ACTS:
                return Noun(ideas, head_of(counted))
            act = Noun(ideas, head_of(counted))  # "200 selected sites"
            done = frozenset() if _PARTICIPLE.fullmatch(word) else ACTS  # "447 winners sent back"
            continue
        if ideas & _STATES:
            break
        if word in number.nouns and word not in SAYING_NOTHING and not is_of:
            is_foreign = True
            if place > 1:
                break
    return act or Noun(is_foreign=is_foreign)


def head_of(counted: frozenset[str]) -> frozenset[str]:
    """Choose what is counted of several ideas."""
    return next((counted & group for group in _GROUPS if counted & group), counted)


def headed(mentioned: Sequence[Mention], place: int, heading: frozenset[str]) -> Mention:
    """Say what one of the numbers of a sentence counts: applications that were accepted are projects; where no noun
    follows, what its clause, the others of its sentence or the heading tell."""
    mention = mentioned[place]
    if "rejected" in mention.own and mention.heads and mention.heads <= {"submitted", "project"}:
        return replace(mention, heads=frozenset(("rejected",)))
    if mention.own >= ACTS >= mention.heads and mention.role != "base":
        own, near = (ideas - {"submitted"} for ideas in (mention.own, mention.near))
        return replace(mention, heads=frozenset(("project",)), own=own, near=near)
    if mention.heads or mention.is_foreign:
        return mention
    others = [*reversed(mentioned[:place]), *mentioned[place + 1 :]]
    others = others[:place] if _BESIDES.search(mention.number.following) else others
    of_others = next((o.heads for o in others if o.heads & COUNTED), frozenset[str]())
    if {"100", "pupil"} <= mention.around and "pupil" not in of_others:
        return replace(mention, heads=frozenset(("per",)))
    is_of_them = OF_THEM.match(mention.number.following)
    if is_of_them and not of_others:  # "eight of those in Liège" are some of the place's
        return replace(mention, is_foreign=bool(mention.own & PLACES))
    own = frozenset[str]() if is_of_them else mention.own & THINGS
    having = _WITH_THEIR.match(mention.number.following)
    own, near = (ideas - ideas_of(having[0]) if having else ideas for ideas in (own, mention.near))
    if there := _IN_A_PLACE.match(mention.number.following):  # "davon 16.000 in den Schulen"
        return replace(mention, heads=of_others or (own | mention.near & COUNTED) - ideas_of(there[0]))
    if mention.own & LEVELS and own <= {"school"}:
        own = of_others  # "in der Primarschule 6,3 Schüler, in der Sekundarschule zehn"
    counted = own or of_others or near & THINGS
    if not counted and heading:
        mention = mention.hears(heading)
        is_money = "money" in heading and mention.number.readings[0].value >= _THOUSAND
        counted = frozenset(("money",)) if is_money else heading & THINGS
    number = replace(mention.number, unit="EUR") if counted == {"money"} else mention.number
    return replace(mention, heads=counted, number=number)


def of_call(mention: Mention) -> Mention:
    """Count what calls are counted by, projects, where no noun that is told beside a number says what else."""
    is_bare = not (mention.is_foreign or mention.number.unit or mention.heads & mention.own)
    if not (is_bare and mention.calls and mention.programme_from < 1):
        return mention
    heads = mention.heads - _OF_NO_CALL if mention.calls_from > 1 else mention.heads
    is_of_some = mention.calls_from > 1 or bool(mention.own & (LEVELS | LOCAL))
    is_of_some = is_of_some and heads <= {"school", "site", "institution", "submitted"}
    is_large = mention.number.readings[0].value >= _HUNDREDS  # "we were 18 to celebrate"
    return replace(mention, heads=heads | {"project"}) if is_of_some or (is_large and not heads) else mention


def with_money(plain: str, numbers: Sequence[NumberInText]) -> list[NumberInText]:
    """Read what is an amount though its currency is not told: "9 489 000 euros, l'assurance 503 000"."""
    result = [_chosen_among(plain, _as_money(plain, number)) for number in numbers]
    for place in range(1, len(result)):
        first, second = result[place - 1 : place + 1]
        reading = second.readings[0]
        if not currency_of(first.unit) or second.unit:
            continue
        if reading.value >= _THOUSAND and not second.following.strip():
            result[place] = replace(second, unit=first.unit)
        elif reading.value < _THOUSAND < first.readings[0].step and _FOR.match(second.following):
            millions = NumberReading(reading.value * 10**6, reading.step * 10**6)
            result[place] = replace(
                second, unit=first.unit, readings=(millions,)
            )  # "120 millions, dont 60 pour"
    return result


def _as_money(plain: str, number: NumberInText) -> NumberInText:
    """Read millions of nothing as euros: "8,7 millions, soit"."""
    is_large = number.readings[0].value >= 10**6
    is_bare = is_large and not noun_of(plain, number, number.start).heads - ACTS - {"device"}
    return replace(number, unit="EUR") if is_bare else number


def _chosen_among(plain: str, number: NumberInText) -> NumberInText:
    """Read "unter 762 Bewerbungen" as those from which is chosen, and not as fewer."""
    if plain[slice(*number.hedge)].strip() in ("unter", "onder") and "submitted" in ideas_of(
        number.following[:20]
    ):
        return replace(number, precision=Precision.EXACT, hedge=(0, 0))
    return number
