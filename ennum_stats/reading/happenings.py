"""What is no number: days (milestones and events), places of events, and who does what; each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from itertools import permutations
from operator import itemgetter

from ennum_stats.errors import message
from ennum_stats.figures.observations import place_words
from ennum_stats.languages import LANGUAGES, clock_time, listed, period_words, translate
from ennum_stats.measures.coverage.call_constraints import rules_of_calls
from ennum_stats.measures.dates import published_words
from ennum_stats.periods import period_of
from ennum_stats.raw.communes import communes
from ennum_stats.reading.operators import longest, one_of
from ennum_stats.reading.suggestions import Suggestion
from ennum_stats.search.concepts import ACTS, CALL_CODE, CONCEPTS, WORDS, concept, ideas_of, telling_words
from ennum_stats.search.spelling import meant_by
from ennum_stats.search.subjects import DISTINCT, NEAR
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.typography import fold

STATED = message("{what}: {answer} ({publisher}, {day}, {place}).")
STATED_WHOLE = message("{what}: {answer} ({publisher}, {day}).")
ENDED = message("End of {programme}: another programme follows it")
RULED = message("{rule} ({publisher}, {day}, {place}).")
_DATE = re.compile(r"\b(\d{1,2})[./-](0?[1-9]|1[0-2])[./-](\d{4})\b")
_IS_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DIGITS = re.compile(r"\d+")
_NEAR_ENOUGH = 0.6
_COVERED = 0.5
"""The part of its own words that a question must name which names no act: not "wifi" alone."""
_ENDS = frozenset(("begin", "end", "first", "ecolenumerique", "cyberecole", "cyberclasse"))
_OURS = frozenset(("project", "programme", "cyberecole", "cyberclasse", "connected"))
"""Ideas of which one must be named beside a year, where only a beginning or an end is asked for."""
_PLAIN = frozenset((
    "call", "project", "wallonia", "planned", "school", "programme", "teacher", "installed", "staff",
    "never", "added",
))  # fmt: skip
"""Ideas that a question may name though the words of a milestone do not."""
_THINGS = frozenset(("study", "tender"))
"""Ideas of acts that are things as well."""
_GEAR = frozenset(("device", "computer", "tablet", "ipad", "macbook", "board", "terminal", "server"))
_OF_NO_ROLE = (
    (_PLAIN - {"installed"})
    | _GEAR
    | {"won", "team", "total", "submitted", "head", "classroom", "room", "ecolenumerique"}
)
"""Ideas that do not tell what a partner does: of many, or none at all."""
_MARKS = frozenset((
    "signature", "study", "tender", "present", "second", "finalfile", "onzieme", "hired", "helpdesk",
    "session", "presskit",
))  # fmt: skip
"""What a day must be asked of by its name: no other milestone of its call or programme has it."""
_BOUNDS = {"fromwhen": "begin", "untilwhen": "end"}
_EN_YEAR = re.compile(r"EN20\d\d")
_DUTIES = frozenset(
    ("accompany", "help", "advise", "buy", "check", "judge", "measure", "support", "supported")
)
"""What partners do: beside a day, it only says who is meant."""
_EN = re.compile(r"en\d+")


_IN_PASSING = frozenset(
    ("parent", "share", "problem", "mean", "network", "room", "classroom", "duration", "head", "yearly")
)
"""Ideas that a question of a day, place or partner names beside what it asks for."""
_MONEY = frozenset(("money", "grant", "invest", "francs", "won"))
_OF_TIME = frozenset(("duration", "weekly", "notyet", "team"))
"""Ideas of questions of how long something took, or how much time is left."""


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
    days: tuple[str, ...] = ()
    """The first and last day of what goes on for several."""

    def name(self, language: str) -> str:
        """Say what it is."""
        return self.names[LANGUAGES.index(language)]


@once_a_ledger
def happenings(ledger: Ledger) -> tuple[Happening, ...]:
    """List the milestones, ends of programmes, press kits, events and roles of partners known on the ledger's day."""
    return (
        *_milestones(ledger), *_ends(ledger), *_press_kits(ledger), *_events(ledger), *_roles(ledger)
    )  # fmt: skip


@lru_cache(maxsize=4)
def _tellings(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Make one pattern of the everyday phrases for each thing that partners do or that happens."""
    return tuple(
        (meaning, one_of(by_language[language].split(", ")))
        for meaning, by_language in WORDS["telling"].items()
        if by_language[language]
    )


@lru_cache(maxsize=1024)
def told(text: str, language: str) -> str:
    """Fold a text and put what partners do and what happens in the place of everyday phrases for it.

    >>> told("À qui s'adresser quand l'ordinateur tombe en panne ?", "fr")
    'a qui s adresser quand l ordinateur help'
    """
    text = _DATE.sub(lambda match: f"{match[1]} {date(2000, int(match[2]), 1):%B} {match[3]}", text)
    plain = fold(CALL_CODE.sub(r"EN\1", text))
    taken = len(plain)
    for meaning, match in sorted(longest(_tellings(language), plain), key=lambda pair: -pair[1].start()):
        if match.end() > taken:
            continue
        taken = match.start()
        within = "".join(f" {told(gap, language)}" for gap in match.groups() if gap)
        plain = f"{plain[: match.start()]}{meaning}{within}{plain[match.end() :]}"
    return plain


def nearest(ledger: Ledger, words: str, needs: str, *, is_whole: bool = False) -> list[Happening]:
    """List what has a day, place or actor (`needs`) and all that the words name, those that are about the least
    more first; nothing where some word is not of it. Where they are all words of a question (`is_whole`), the only day
    that they are of needs no more, and what is paid no name."""
    every = every_idea(ledger)
    wanted = [
        (word, idea)
        for word in telling_words(words)
        for idea in (
            ideas_of(word) if {word, *ideas_of(word)} & (every | CONCEPTS) else meant_by(word, every)
        )
    ]
    ends = {idea for _, idea in wanted} & {"first", "last", "end"}
    wanted = _as_meant(wanted, needs)
    kept = [
        pair for pair in wanted if pair[1] in _ideas_by_kind(ledger)[needs] or not _is_passed_over(pair[1])
    ]
    least = 2 if {idea for _, idea in {*wanted} - {*kept}} - _IN_PASSING - _GEAR else 1
    wanted = kept
    bounds = {_BOUNDS[idea] for _, idea in wanted if idea in _BOUNDS}
    wanted = [pair for pair in wanted if pair[1] not in _BOUNDS]
    ideas = {idea for _, idea in wanted}
    if "european" in ideas:  # a fund
        wanted = [pair for pair in wanted if pair[1] != "money"]
    if ideas >= {"begin", "end"}:  # "from when on was it over"
        wanted = [pair for pair in wanted if pair[1] != "begin"]
    of_bounds = [*wanted, *((bound, bound) for bound in bounds)]
    near = _nearest(ledger, wanted if ideas & {"begin", "end"} else of_bounds, needs)
    if not near and bounds:
        near = [entry for entry in _nearest(ledger, wanted, needs) if not entry.ideas & {"begin", "end"}]
    near = [entry for entry in near if len(ideas & (entry.ideas | entry.about)) >= least]
    if needs == "place" and ends and near:  # of several sessions
        day = (min if "first" in ends else max)(entry.day for entry in near)
        near = [entry for entry in near if entry.day == day]
    if needs == "actor" and not is_whole:
        near = [entry for entry in near if ideas & entry.ideas != {"money"}]
    return near or ([*_only(ledger, wanted)] if needs == "day" and is_whole and not bounds else [])


def _as_meant(wanted: list[tuple[str, str]], needs: str) -> list[tuple[str, str]]:
    """Read words that mean another idea where a day, place or actor is asked for, without those that mean none."""
    ideas = {idea for _, idea in wanted}
    if needs == "actor":  # who says that a call is open
        german = _german_towns()
        wanted = [(word, "germanspeaking" if word in german else idea) for word, idea in wanted]
        if "educational" in ideas:
            wanted = [(word, "judge" if idea == "decide" else idea) for word, idea in wanted]
    elif needs == "day" and not ideas & _MARKS:  # somebody to be called
        wanted = [(word, "helpdesk" if idea == "help" else idea) for word, idea in wanted]
    unmeant = {"actor": {"begin", "end"}, "place": {"begin", "end", "first", "last"}}.get(needs, set())
    if "signature" in ideas:  # of what was handed in
        unmeant |= {"submitted"}
    return [pair for pair in wanted if pair[1] not in unmeant]


def _is_passed_over(idea: str) -> bool:
    """Tell whether an idea that says nothing of what happens or is done may be left out: no name, number, act, amount,
    or matter of its own."""
    is_of_other = idea in DISTINCT - _IN_PASSING or idea in ACTS or idea in _MONEY
    return idea in CONCEPTS | _IN_PASSING and not is_of_other


@once_a_ledger
def _ideas_by_kind(ledger: Ledger) -> dict[str, frozenset[str]]:
    """List the ideas of what has a day, place or actor."""
    return {
        needs: frozenset(
            idea
            for entry in happenings(ledger)
            if getattr(entry, needs)
            for idea in entry.ideas | entry.about
        )
        for needs in ("day", "place", "actor")
    }


def _nearest(ledger: Ledger, wanted: list[tuple[str, str]], needs: str) -> list[Happening]:
    """List what has all of some words and their ideas, those that are about the least more first."""
    every = every_idea(ledger)
    if "begin" in {idea for _, idea in wanted}:  # from when one may submit, a call is open
        wanted = [(word, "call" if idea == "submitted" else idea) for word, idea in wanted]
    ideas, places = {idea for _, idea in wanted}, _ideas(*(entry.place for entry in happenings(ledger)))
    of_kind = _ideas_by_kind(ledger)[needs] if needs == "actor" else every
    towns = communes().by_name if needs == "actor" else ()  # partners do the same in each
    known = CONCEPTS | ACTS
    binding = [
        (word, idea) for word, idea in wanted
        if (word not in towns or idea == "germanspeaking")
        and (idea in known or word in places or not {word, idea} & of_kind or not word.isalpha())
    ]  # fmt: skip
    loose = {idea for _, idea in {*wanted} - {*binding}} - known
    near = []
    for entry in happenings(ledger):
        if getattr(entry, needs) and wanted and all(_has(entry, word, idea) for word, idea in binding):
            meant = ideas - (loose - entry.ideas - entry.about)
            if not (_is_of_day if needs == "day" else _is_of_role)(entry, meant):
                continue
            unsaid = len(ideas - entry.ideas - entry.about)
            near.append((unsaid + len(_of_language(entry) - ideas), entry))
    if "begin" in ideas and "first" not in ideas:  # "premiers projets" begin where nothing is said to
        near = [pair for pair in near if "begin" in pair[1].ideas] or near
    near.sort(key=lambda pair: (pair[0], pair[1].day))
    near = [pair for pair in near if pair[0] <= near[0][0] + 1 or ideas <= _ENDS]
    if ideas & {"begin", "end"} and not any(idea.startswith("en") and idea[2:].isdigit() for idea in ideas):
        near.sort(key=lambda pair: pair[1].day, reverse="end" in ideas)
    return [entry for _, entry in near]


def _only(ledger: Ledger, wanted: list[tuple[str, str]]) -> Iterator[Happening]:
    """Give the one thing with a day that has all ideas of some words, and more of them for its own than any other."""
    ideas = {idea for _, idea in wanted}
    near = [
        (len(ideas & entry.ideas), entry)
        for entry in happenings(ledger)
        if entry.day
        and all(_has(entry, word, idea) for word, idea in wanted)
        and ideas & (ACTS | _DUTIES) <= entry.ideas
        and ("call" not in ideas or _is_of_call(entry.ideas | entry.about))
    ]
    most = max((count for count, _ in near), default=0)
    best = [entry for count, entry in near if count == most]
    if (
        len({entry.day for entry in best}) == 1
        and best[0].ideas & _MARKS <= ideas
        and ideas & best[0].ideas - _PLAIN - _GEAR
    ):
        yield best[0]


def _is_of_role(entry: Happening, ideas: set[str]) -> bool:
    """Tell whether ideas name what a partner does, and not only for whom; of a place, what took place or when."""
    own = entry.ideas | (entry.about & {"european"} if entry.actor else entry.about)
    return bool(ideas & own - _OF_NO_ROLE)


def _is_of_day(entry: Happening, ideas: set[str]) -> bool:
    """Tell whether ideas name what took place on a day, and not only of which call or programme it is."""
    marks, bounds = entry.ideas & _MARKS, entry.ideas & {"begin", "end"}
    if (marks and not marks & ideas) or ("call" in ideas and not _is_of_call(entry.ideas | entry.about)):
        return False
    named = (ideas & entry.ideas) - (ACTS - _THINGS) - _PLAIN
    dated = {idea for idea in ideas if idea[-1:].isdigit()}
    is_ours = ideas & _OURS or _is_of_call(ideas) or ("end" in ideas and "school" not in ideas)
    if not (marks or named or (ideas - dated <= _ENDS | _PLAIN and is_ours)):
        return False
    is_act = ideas & (ACTS | {"hired", "session", "submitted"}) and (not bounds or bounds & ideas)
    return bool(is_act) or _covers(entry, ideas)


def _is_of_call(ideas: Iterable[str]) -> bool:
    return any(idea in ("call", "ecolenumerique") or _EN.fullmatch(idea) for idea in ideas)


def days_between(ledger: Ledger, words: str) -> tuple[Happening, Happening] | None:
    """Find the two days of one call of which words name each by something that the other has not, and nothing else;
    nothing where they may be several."""
    ideas = {idea for word in telling_words(words) for idea in ideas_of(word)} - _PLAIN - _OF_TIME
    asked_for = {idea for idea in ideas if idea in CONCEPTS | ACTS or _EN.fullmatch(idea)}
    entries = [
        entry
        for entry in happenings(ledger)
        if _IS_DAY.fullmatch(entry.day) and entry.ideas & _MARKS <= ideas
    ]
    near: dict[tuple[str, str], tuple[int, Happening, Happening]] = {}
    for first, last in permutations(entries, 2):
        by = [{idea for idea in asked_for if _has(entry, idea, idea)} for entry in (first, last)]
        of_one_call = {idea for idea in first.about & last.about if _EN.fullmatch(idea)}
        if (
            first.day < last.day
            and of_one_call
            and by[0] | by[1] == asked_for
            and by[0] - by[1]
            and by[1] - by[0]
        ):
            unsaid = sum(len(_of_language(entry) - ideas) for entry in (first, last))
            pair = near.setdefault((first.day, last.day), (unsaid, first, last))
            near[first.day, last.day] = min(pair, (unsaid, first, last), key=itemgetter(0))
    best = sorted(near.values(), key=itemgetter(0))
    return None if not best or (len(best) > 1 and best[1][0] == best[0][0]) else best[0][1:]


def _covers(entry: Happening, ideas: set[str]) -> bool:
    """Tell whether ideas name enough of what an entry says, in the language that says it nearest."""
    own = [
        {concept(word) for word in telling_words(told(name, language))} - _PLAIN
        for name, language in zip(entry.names, LANGUAGES, strict=True)
    ]
    return any(len(named & ideas) > len(named) * _COVERED for named in own)


@once_a_ledger
def every_idea(ledger: Ledger) -> frozenset[str]:
    """List the words and ideas of all that happens or is done."""
    return frozenset(idea for entry in happenings(ledger) for idea in entry.ideas | entry.about)


def days_told(ledger: Ledger, nearby: Sequence[Happening], language: str) -> list[Suggestion]:
    """Say when each took or takes place."""
    return [_suggestion(ledger, entry, _moment(entry, language), entry.day, language) for entry in nearby]


def _moment(entry: Happening, language: str) -> str:
    days = entry.days or (entry.day,)
    day = " – ".join(period_words(period_of(of_day, entry.code), language) for of_day in days)
    hour = clock_time(time.fromisoformat(entry.hour), language) if entry.hour else ""
    return ", ".join(filter(None, (day, hour)))


def places_told(ledger: Ledger, nearby: Sequence[Happening], language: str) -> list[Suggestion]:
    """Say where they took place, in one answer."""
    places = [entry.place for entry in nearby]
    towns = " & ".join(dict.fromkeys(place.rsplit(",", 1)[-1].strip() for place in places))
    return [_suggestion(ledger, nearby[0], listed(places, language), towns, language)]


def actors_told(ledger: Ledger, nearby: Sequence[Sequence[Happening]], language: str) -> list[Suggestion]:
    """Say who does each of some things, in one answer: all those who do the same."""
    suggestions = []
    for entries in nearby:
        same = [entry for entry in entries if entry.names == entries[0].names]
        actors = list(dict.fromkeys(entry.actor for entry in same))
        names = [ledger.name("actors", actor, language) for actor in actors]
        suggestions.append(
            _suggestion(ledger, entries[0], listed(names, language), " & ".join(actors), language)
        )
    named = dict.fromkeys(name for item in suggestions for name in item.named.split(" & "))
    sentences, texts = ([getattr(item, part) for item in suggestions] for part in ("sentence", "text"))
    text = listed(list(dict.fromkeys(texts)), language)
    return [replace(suggestions[0], text=text, sentence=" ".join(sentences), named=" & ".join(named))]


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
    place = place_words(entry.locator, language)[0] if entry.locator else ""
    sentence = translate(STATED if place else STATED_WHOLE, language, what=what, answer=text,
                         publisher=source.publisher, day=published_words(source, language), place=place)  # fmt: skip
    return Suggestion(entry.code, what, text, sentence, named=named)


def _has(entry: Happening, word: str, idea: str) -> bool:
    if idea == "money" and entry.actor:  # who pays is not who helps
        return idea in entry.ideas
    related = {idea} | {other for other, weight in NEAR.get(idea, {}).items() if weight >= _NEAR_ENOUGH}
    plain = _OF_NO_ROLE if entry.actor or entry.place else _PLAIN | _GEAR | _DUTIES
    if entry.ideas & _MARKS:
        plain |= {"won", "notyet", "published", "present"}
    is_said = related & entry.ideas or {word, idea} & (entry.ideas | entry.about) or idea in plain
    return (
        bool(is_said)
        or (idea == "end" and "finalfile" in entry.ideas)
        or (idea == "begin" and bool(entry.hour or entry.ideas & {"first", "phase"}))
    )


def _of_language(entry: Happening) -> set[str]:
    """Give what it is about, by its French words."""
    return set(_read(told(entry.names[0], LANGUAGES[0])))


@lru_cache(maxsize=2048)
def _read(text: str) -> tuple[str, ...]:
    return tuple(idea for word in telling_words(text) for idea in (word, concept(word)))


def _names(record: dict[str, object]) -> tuple[str, ...]:
    return tuple(str(record[f"name_{language}"] or "") for language in LANGUAGES)


def _ideas(*texts: str) -> frozenset[str]:
    return frozenset(idea for text in texts for idea in _read(text))


def _named(names: Iterable[str]) -> Iterator[str]:
    """Read names in the four languages as questions are read."""
    return (told(name, language) for name, language in zip(names, LANGUAGES, strict=True))


def _about(ledger: Ledger, record: dict[str, object], *days: str) -> frozenset[str]:
    programme, call = record.get("programme"), str(record.get("call") or "")
    names = (
        [ledger.name("programmes", str(programme), language) for language in LANGUAGES] if programme else []
    )
    year = call[2:] if _EN_YEAR.fullmatch(call) else ""
    return _ideas(*names, call, year, *days)


def _milestones(ledger: Ledger) -> Iterator[Happening]:
    for record in ledger.records("milestones"):
        names, day, code = _names(record), str(record["occurred_on"]), record["milestone"]
        about = _about(ledger, record, *_days(day))
        ideas = _ideas(*_named(names), code.replace("_", " "))
        yield Happening(code, names, ideas, about, record["source_id"], record["locator"], day)


def _ends(ledger: Ledger) -> Iterator[Happening]:
    """Give the ends of programmes that another one follows."""
    for record in ledger.records("programmes"):
        if record["kind"] == "programme" and record["valid_to"]:
            names = tuple(
                translate(ENDED, language, programme=record[f"name_{language}"]) for language in LANGUAGES
            )
            code, day = record["programme"], f"{record['valid_to']:%Y}"
            ideas = _ideas(*_named(record[f"name_{language}"] for language in LANGUAGES), "end")
            yield Happening(code, names, ideas, _ideas(day), record["source_id"], "", day)


def _press_kits(ledger: Ledger) -> Iterator[Happening]:
    """Give the days of press kits."""
    for record in ledger.records("sources"):
        names, day = (record["title"],) * len(LANGUAGES), record["published_on"]
        if day and "presskit" in (ideas := _ideas(*_named(names), "published")):
            yield Happening(
                record["source_id"], names, ideas, _ideas(*_days(day)), record["source_id"], "", day
            )


def _events(ledger: Ledger) -> Iterator[Happening]:
    """Give events; of one that goes on for days, its beginning and its end as well."""
    for record in ledger.records("events"):
        names, place = _names(record), record["place"] or ""
        first, last = str(record["starts_on"]), str(record["ends_on"])
        ideas = _ideas(*_named(names), place, _province(place), record["kind"].replace("_", " "))
        days = ((first, ()), (first, ("begin",)), (last, ("end",))) if first != last else ((first, ()),)
        for day, bound in days:
            yield Happening(
                record["event"], names, ideas | {*bound}, _about(ledger, record, *_days(day)),
                record["source_id"], record["locator"], day, place,
                hour=record["starts_at"] or record["ends_at"] or "", days=(first, last) if first != last else (),
            )  # fmt: skip


def _province(place: str) -> str:
    """Name the province in which a place lies, unless a town is called so as well."""
    towns = communes()
    commune = towns.by_code.get(towns.by_name.get(fold(place.rsplit(",", 1)[-1]), ""))
    name = commune.province if commune else ""
    return "" if name in towns.by_name else name


@lru_cache(maxsize=1)
def _german_towns() -> frozenset[str]:
    """List the words by which the communes of the German-speaking region are called."""
    own = (commune for commune in communes().walloon if commune.is_german_speaking)
    return frozenset(fold(name).split()[-1] for commune in own for name in (commune.name_fr, commune.name_de))


def _roles(ledger: Ledger) -> Iterator[Happening]:
    for record in ledger.records("actor_roles"):
        names, actor = _names(record), record["actor"]
        code = f"{actor}/{record['position']}"
        actors = (ledger.name("actors", actor, language) for language in LANGUAGES)
        ideas, about = _ideas(*_named(names)), _ideas(*actors)
        yield Happening(code, names, ideas, about, record["source_id"], record["locator"], actor=actor)


def _days(day: str) -> list[str]:
    """Give the parts of a day as questions write them: "2020", "february", "6"."""
    numbers = [str(int(number)) for number in _DIGITS.findall(day)]
    months = [f"{date(2000, int(number), 1):%B}".lower() for number in numbers[1:2]]
    return [*numbers[:1], *months, *numbers[2:]]
