"""What is no number: days (milestones and events), places of events, and who does what; each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

from ennum_stats.errors import message
from ennum_stats.figures.observations import place_words
from ennum_stats.languages import LANGUAGES, clock_time, listed, period_words, translate
from ennum_stats.measures.coverage.call_constraints import rules_of_calls
from ennum_stats.measures.dates import published_words
from ennum_stats.periods import period_of
from ennum_stats.reading.suggestions import Suggestion
from ennum_stats.search.concepts import ACTS, concept, ideas_of, is_named, telling_words
from ennum_stats.search.spelling import meant_by
from ennum_stats.search.subjects import NEAR
from ennum_stats.store.ledger import Ledger, once_a_ledger

STATED = message("{what}: {answer} ({publisher}, {day}, {place}).")
RULED = message("{rule} ({publisher}, {day}, {place}).")
_DATE = re.compile(r"\b(\d{1,2})[./-](0?[1-9]|1[0-2])[./-](\d{4})\b")
_DIGITS = re.compile(r"\d+")
_NEAR_ENOUGH = 0.6
_COVERED = 0.5
"""The part of its own words that a question must name which names no act: not "wifi" alone."""
_ENDS = frozenset(("begin", "end", "first", "ecolenumerique", "cyberecole", "cyberclasse"))
_PLAIN = frozenset(("call", "project", "wallonia", "planned", "school", "programme", "teacher"))
"""Ideas that a question may name though the words of a milestone do not."""
_THINGS = frozenset(("study", "tender"))
"""Ideas of acts that are things as well."""
_OF_NO_ROLE = _PLAIN | {"won", "device", "team", "total"}
"""Ideas that do not tell what a partner does: of many, or none at all."""


@dataclass(frozen=True)
class Happening:
    """Hold a milestone, an event, or what a partner does: its words by language, the day and place, and the ideas
    by which it is found."""

    code: str
    names: tuple[str, ...]
    ideas: frozenset[str]
    """What its own words name; `about` is what its programme, call and day are called."""
    about: frozenset[str]
    source_id: str
    locator: str
    day: str = ""
    place: str = ""
    actor: str = ""
    hour: str = ""
    """When it begins, or ends where it is a deadline."""

    def name(self, language: str) -> str:
        """Say what it is."""
        return self.names[LANGUAGES.index(language)]


@once_a_ledger
def happenings(ledger: Ledger) -> tuple[Happening, ...]:
    """List the milestones, events and roles of partners known on the ledger's day."""
    return (*_milestones(ledger), *_events(ledger), *_roles(ledger))


def nearest(ledger: Ledger, words: str, needs: str) -> list[Happening]:
    """List what has a day, place or actor (`needs`) and all that the words name, those that are about the least
    more first; nothing where some word is not of it."""
    every = _every_idea(ledger)
    words = _DATE.sub(lambda match: f"{match[1]} {date(2000, int(match[2]), 1):%B} {match[3]}", words)
    wanted = [
        (word, idea)
        for word in telling_words(words)
        for idea in (ideas_of(word) if is_named(word) or word in every else meant_by(word, every))
    ]
    if "begin" in {idea for _, idea in wanted}:  # from when one may submit, a call is open
        wanted = [pair for pair in wanted if pair[1] != "submitted"]
    near = []
    for entry in happenings(ledger):
        if getattr(entry, needs) and wanted and all(_has(entry, word, idea) for word, idea in wanted):
            ideas = {idea for _, idea in wanted}
            is_act = needs != "day" or ideas & (ACTS | {"hired", "session"})
            named = (ideas & entry.ideas) - (ACTS - _THINGS) - _PLAIN
            if needs == "actor" and ideas <= _OF_NO_ROLE:
                continue
            dated = {idea for idea in ideas if idea[-1:].isdigit()}
            if needs == "day" and not (entry.place or named or ideas - dated <= _ENDS | _PLAIN):
                continue
            if is_act or _covers(entry, ideas):
                unsaid = len(ideas - entry.ideas - entry.about)
                near.append((unsaid + len(_of_language(entry) - ideas), entry))
    ideas = {idea for _, idea in wanted}
    if "begin" in ideas and "first" not in ideas:  # "premiers projets" begin where nothing is said to
        near = [pair for pair in near if "begin" in pair[1].ideas] or near
    near.sort(key=lambda pair: (pair[0], pair[1].day))
    near = [pair for pair in near if pair[0] <= near[0][0] + 1 or ideas <= _ENDS]
    if ideas & {"begin", "end"} and not any(idea.startswith("en") and idea[2:].isdigit() for idea in ideas):
        near.sort(key=lambda pair: pair[1].day, reverse="end" in ideas)
    return [entry for _, entry in near]


def _covers(entry: Happening, ideas: set[str]) -> bool:
    """Tell whether ideas name enough of what an entry says, in the language that says it nearest."""
    own = [{concept(word) for word in telling_words(name)} - _PLAIN for name in entry.names]
    return any(named and len(named & ideas) >= len(named) * _COVERED for named in own)


@once_a_ledger
def _every_idea(ledger: Ledger) -> frozenset[str]:
    return frozenset(idea for entry in happenings(ledger) for idea in entry.ideas | entry.about)


def days_told(ledger: Ledger, nearby: Sequence[Happening], language: str) -> list[Suggestion]:
    """Say when each took or takes place."""
    return [_suggestion(ledger, entry, _moment(entry, language), entry.day, language) for entry in nearby]


def _moment(entry: Happening, language: str) -> str:
    day = period_words(period_of(entry.day, entry.code), language)
    hour = clock_time(time.fromisoformat(entry.hour), language) if entry.hour else ""
    return ", ".join(filter(None, (day, hour)))


def places_told(ledger: Ledger, nearby: Sequence[Happening], language: str) -> list[Suggestion]:
    """Say where they took place, in one answer."""
    places = [entry.place for entry in nearby]
    towns = " & ".join(dict.fromkeys(place.rsplit(",", 1)[-1].strip() for place in places))
    return [_suggestion(ledger, nearby[0], listed(places, language), towns, language)]


def actors_told(ledger: Ledger, nearby: Sequence[Happening], language: str) -> list[Suggestion]:
    """Say who does it: all those who do the same."""
    same = [entry for entry in nearby if entry.names == nearby[0].names]
    actors = list(dict.fromkeys(entry.actor for entry in same))
    names = [ledger.name("actors", actor, language) for actor in actors]
    return [_suggestion(ledger, nearby[0], listed(names, language), " & ".join(actors), language)]


def exclusions_told(ledger: Ledger, calls: Sequence[str], language: str) -> list[Suggestion]:
    """Say who may not take part in the latest of some calls: the winners of which others, by each of its rules."""
    by_former: dict[str, Suggestion] = {}
    for rule in rules_of_calls(ledger, language):
        if rule.excluded_calls and rule.source_id and calls[-1] in rule.calls:
            source = ledger.source(rule.source_id)
            sentence = translate(RULED, language, rule=rule.meaning, publisher=source.publisher,
                                 day=published_words(source, language),
                                 place=place_words(rule.locator or "", language)[0])  # fmt: skip
            named, text = " & ".join(rule.excluded_calls), listed(rule.excluded_calls, language)
            by_former.setdefault(named, Suggestion(rule.rule, rule.meaning, text, sentence, named=named))
    return list(by_former.values())


def _suggestion(ledger: Ledger, entry: Happening, text: str, named: str, language: str) -> Suggestion:
    source = ledger.source(entry.source_id)
    what = entry.name(language)
    sentence = translate(STATED, language, what=what, answer=text, publisher=source.publisher,
                         day=published_words(source, language),
                         place=place_words(entry.locator, language)[0])  # fmt: skip
    return Suggestion(entry.code, what, text, sentence, named=named)


def _has(entry: Happening, word: str, idea: str) -> bool:
    if idea == "money" and entry.actor:  # who pays is not who helps
        return idea in entry.ideas
    related = {idea} | {other for other, weight in NEAR.get(idea, {}).items() if weight >= _NEAR_ENOUGH}
    is_said = related & entry.ideas or {word, idea} & (entry.ideas | entry.about) or idea in _PLAIN
    return bool(is_said) or (idea == "begin" and bool(entry.hour or entry.ideas & {"first", "phase"}))


def _of_language(entry: Happening) -> set[str]:
    """Give what it is about, by its French words."""
    return set(_read(entry.names[0]))


@lru_cache(maxsize=2048)
def _read(text: str) -> tuple[str, ...]:
    return tuple(idea for word in telling_words(text) for idea in (word, concept(word)))


def _names(record: dict[str, object]) -> tuple[str, ...]:
    return tuple(str(record[f"name_{language}"] or "") for language in LANGUAGES)


def _ideas(*texts: str) -> frozenset[str]:
    return frozenset(idea for text in texts for idea in _read(text))


def _about(ledger: Ledger, record: dict[str, object], *days: str) -> frozenset[str]:
    programme, call = record.get("programme"), record.get("call")
    names = (
        [ledger.name("programmes", str(programme), language) for language in LANGUAGES] if programme else []
    )
    return _ideas(*names, str(call or ""), *days)


def _milestones(ledger: Ledger) -> Iterator[Happening]:
    for record in ledger.records("milestones"):
        names, day, code = _names(record), str(record["occurred_on"]), record["milestone"]
        about = _about(ledger, record, *_days(day))
        ideas = _ideas(*names, code.replace("_", " "))
        yield Happening(code, names, ideas, about, record["source_id"], record["locator"], day)


def _events(ledger: Ledger) -> Iterator[Happening]:
    for record in ledger.records("events"):
        names, day, place = _names(record), str(record["starts_on"]), record["place"] or ""
        ideas = _ideas(*names, place, record["kind"].replace("_", " "))
        about = _about(ledger, record, *_days(day))
        yield Happening(
            record["event"], names, ideas, about, record["source_id"], record["locator"], day, place,
            hour=record["starts_at"] or record["ends_at"] or "",
        )  # fmt: skip


def _roles(ledger: Ledger) -> Iterator[Happening]:
    for record in ledger.records("actor_roles"):
        names, actor = _names(record), record["actor"]
        code = f"{actor}/{record['position']}"
        actors = (ledger.name("actors", actor, language) for language in LANGUAGES)
        yield Happening(
            code, names, _ideas(*names), _ideas(*actors), record["source_id"], record["locator"], actor=actor
        )


def _days(day: str) -> list[str]:
    """Give the parts of a day as questions write them: "2020", "february", "6"."""
    numbers = [str(int(number)) for number in _DIGITS.findall(day)]
    months = [f"{date(2000, int(number), 1):%B}".lower() for number in numbers[1:2]]
    return [*numbers[:1], *months, *numbers[2:]]
