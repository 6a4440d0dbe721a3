"""What can be found: every named figure, and every subject that documents have published a number of.

A candidate holds the ideas that it is described by, in all languages at once; what it says is computed only
for those that a question comes near.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ennum_stats.errors import Message
from ennum_stats.figures.calls import call_figures
from ennum_stats.figures.catalogue import definitions
from ennum_stats.figures.definition import Definition
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.search.concepts import CONCEPTS, concepts
from ennum_stats.store.answers import Known, Missing, Observation
from ennum_stats.store.conflicts import observations_by_subject
from ennum_stats.store.ledger import HOME, Ledger, once_a_ledger
from ennum_stats.vocabulary import BREAKDOWNS, DIMENSIONS, FORECAST, MEASURES

HEADS = {
    "EUR": ("money", "grant"), "BEF": ("francs", "money"), "EUR/project": ("mean",),
    "EUR/implantation": ("mean",), "share": ("share",), "percent": ("share",),
    "pupils/computer": ("pupil",), "per_100_pupils": ("per", "computer", "terminal"),
    "projects/project": ("project",), "hours": ("hour",), "projects": ("project",), "implantations": ("site",),
    "etablissements": ("institution",), "schools": ("school",), "persons": ("staff",),
    "pupils": ("pupil",), "teachers": ("teacher",),
    "devices": ("device", "computer", "terminal"), "lots": ("lot",), "types": ("type",),
    "aims": ("aim",), "sessions": ("session",), "years": ("duration",), "points": ("point",),
    "rooms": ("room",), "files": ("project",), "networks": ("network",), "teams": ("team",),
    "spaces": ("space",), "winners": ("respondent",),
}  # fmt: skip
"""The ideas that a unit answers to: what a question of how many, or how much, asks for."""
PROGRAMMES = frozenset(("cyberecole", "cyberclasse", "ecolenumerique", "connected"))
_OF_A_PERIOD = 0.4
"""How well what was paid in several years answers to one of those between its ends."""
_OF_SETS = 0.6
"""How well a set of calls answers to the name of one of them."""
_HOME = (DIMENSIONS["territory"].names, HOME)
_HALF_A_YEAR = 183
_AS_SCHOOLS = re.compile("« (?:écoles|établissements|dans autant d'écoles) »")
_NARROWING = tuple(name for name in BREAKDOWNS if name not in ("programme", "call"))


@dataclass(frozen=True)
class Candidate:
    """Hold a figure or a subject: its name, the ideas that describe it, each with how well it answers to it, and
    those by which it is only a part of a whole."""

    name: str
    ideas: dict[str, float]
    heads: frozenset[str]
    about: frozenset[str]
    """The ideas of the table that its label names: what of them is not asked for leads away."""
    definition: Definition | None = None
    observations: tuple[Observation, ...] = ()
    narrow: tuple[frozenset[str], ...] = ()
    counted: frozenset[str] = frozenset()
    """What is counted, in the words of the document."""
    known: int = 0
    """The day from which it is known, as a number: of two alike, the later one comes first."""
    remarks: frozenset[str] = frozenset()
    """Ideas of titles, places and remarks: they say less than the subject."""
    years: dict[int, float] = field(default_factory=dict)
    call: str = ""
    """The idea of its call, where it is of one."""
    programme: frozenset[str] = frozenset()
    """The ideas of its programme."""
    calls: tuple[str, ...] = ()
    """The calls that it is of."""
    is_planned: bool = False
    is_told_as_schools: bool = False
    """Whether some document prints its projects as so many schools."""
    is_unpublished: bool = False
    """Whether it is a figure of a call that no document gives."""
    network: frozenset[str] = frozenset()
    """The ideas of its network: with a place or level beside it, this goes without saying."""

    @cached_property
    def every_idea(self) -> frozenset[str]:
        """Give all ideas that it answers to."""
        return frozenset(self.ideas) | self.counted | self.heads

    def is_about(self, ideas: Collection[str]) -> bool:
        """Tell whether it is about several things that stand for one another, and not about one of them alone."""
        return len(ideas) < 2 or self.about.union(*self.narrow, self.programme) >= {*ideas}


@once_a_ledger
def candidates(ledger: Ledger) -> list[Candidate]:
    """List all figures, and all subjects known on the ledger's day that no figure is of."""
    figures = _definitions(ledger)
    printed = _by_number(ledger, figures)
    subjects = list(_subjects(ledger, printed))
    names = {subject.name for subject in subjects}
    return [*(_figure(ledger, figure) for figure in figures if figure.name not in names), *subjects]


def _definitions(ledger: Ledger) -> list[Definition]:
    """List the figures that may be asked for; of calls, those that were known of on the day."""
    calls = {call.call for call in ledger.calls}
    of_calls = call_figures(ledger, with_unpublished=True)
    every = {call.name: call for call in of_calls} | definitions(ledger)
    return [candidate for candidate in every.values() if calls.issuperset(_call_of(candidate))]


def _call_of(definition: Definition) -> list[str]:
    call = definition.label.values.get("call")
    return [call] if call else []


def _by_number(ledger: Ledger, figures: Iterable[Definition]) -> dict[str, Definition]:
    """Find the figures that are a published number as it stands, by the name of that number."""
    by_call: dict[str, Definition] = {}
    for figure in figures:
        answer = figure.compute(ledger) if figure.is_printed else None
        if isinstance(answer, Known) and len(answer.observations) == 1:
            by_call.setdefault(answer.observations[0].observation_id, figure)
    return by_call


def _figure(ledger: Ledger, definition: Definition) -> Candidate:
    """Make a candidate of a figure that is computed, or that nothing is known of."""
    call = next((call for call in ledger.calls if [call.call] == _call_of(definition)), None)
    words_beside = {"planned"} if definition.is_planned else set()
    words_beside |= {"total"} if call is None else set()
    return Candidate(
        definition.name,
        dict.fromkeys(_ideas(definition.label) | _names(ledger, *_HOME) | words_beside, 1.0),
        frozenset(HEADS.get(definition.unit, ())),
        _ideas(definition.label) & CONCEPTS,
        definition=definition,
        counted=frozenset(HEADS.get(definition.unit, ())),
        years=_named_years(call.call, call.school_year)
        if call and call.school_year
        else years_of(ledger, list(definition.compute(ledger).observations), ())
        | {int(word): 1.0 for word in concepts(definition.label.text) if word.isdigit() and len(word) == 4},
        remarks=frozenset(_remarks(definition.compute(ledger).observations)),
        call=call.call.lower() if call else "",
        programme=_ideas(definition.label) & PROGRAMMES,
        calls=(call.call,) if call else tuple(_calls_of(ledger, definition)),
        is_planned=definition.is_planned,
        is_unpublished=call is not None and isinstance(definition.compute(ledger), Missing),
    )


def _calls_of(ledger: Ledger, definition: Definition) -> Iterator[str]:
    """List the calls of the numbers that a figure is computed from."""
    sets = {number.call for number in definition.compute(ledger).observations if number.call}
    yield from dict.fromkeys(call for name in sorted(sets) for call in ledger.calls_of(name))


def _subjects(ledger: Ledger, printed: Mapping[str, Definition]) -> Iterator[Candidate]:
    """Make a candidate of all that was published of one thing. Its name is that of the figure that it is; of
    what is no figure, that of the number taken."""
    for group in observations_by_subject(ledger.all_observations()).values():
        choice = ledger.choice(group)
        assert choice is not None
        chosen = choice.chosen.observation
        figure = printed.get(chosen.observation_id)
        label = _ideas(MEASURES[chosen.measure].label)
        parts = [
            _names(ledger, DIMENSIONS[name].names, code)
            for name in _NARROWING
            if (code := getattr(chosen, name)) and (name, code) != ("territory", HOME)
        ]
        home = _names(ledger, *_HOME) if chosen.territory == HOME else frozenset()
        programme = _names(ledger, "programmes", chosen.programme) if chosen.programme else frozenset()
        calls = ledger.calls_of(chosen.call) if chosen.call else ()
        assert chosen.quantity is not None
        heads = HEADS.get(chosen.quantity.unit, ())
        is_planned = chosen.status == FORECAST
        also = [
            *heads[:1],
            *["per"] * ("_per_" in chosen.measure),
            *_months(chosen),
            *["total"] * (not parts),
            *["planned"] * is_planned,
        ]
        ideas = dict.fromkeys(label.union(home, programme, also, *parts), 1.0)
        ideas |= {call.lower(): 1.0 if len(calls) == 1 else _OF_SETS for call in calls}
        if figure:
            ideas = dict.fromkeys(_ideas(figure.label), 1.0) | ideas
        yield Candidate(
            figure.name if figure else chosen.observation_id,
            ideas,
            frozenset(heads),
            (_ideas(figure.label) if figure else frozenset(ideas)) & CONCEPTS,
            definition=figure,
            observations=(chosen,),
            narrow=(*filter(None, (part - label - PROGRAMMES - {"plan"} for part in parts)), *_ratio(heads)),
            call=calls[0].lower() if len(calls) == 1 else "",
            programme=programme,
            calls=calls,
            counted=frozenset(heads) | _counted(ledger, chosen),
            known=chosen.known_on.toordinal(),
            remarks=frozenset(_remarks(group)),
            years=years_of(ledger, group, calls),
            is_planned=is_planned,
            is_told_as_schools="project" in heads
            and any(_AS_SCHOOLS.search(row.note or "") for row in group),
            network=_names(ledger, DIMENSIONS["network"].names, chosen.network) - label
            if chosen.network
            else frozenset(),
        )


@lru_cache(maxsize=1024)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(concepts(text))


def _ideas(label: str | Message) -> frozenset[str]:
    """Read a label in every language."""
    return frozenset(idea for lang in LANGUAGES for idea in _words_of(translate(label, lang)))


def _names(ledger: Ledger, table: str, code: str) -> frozenset[str]:
    """Read the names of a code in every language."""
    names = (ledger.name(table, code, language) for language in LANGUAGES)
    return frozenset(idea for name in names for idea in _words_of(name))


def _ratio(heads: Iterable[str]) -> Iterator[frozenset[str]]:
    """Tell that a number for so many pupils is less than one of all: it answers to "per"."""
    if "per" in heads:
        yield frozenset(("per", "100"))


def _counted(ledger: Ledger, observation: Observation) -> frozenset[str]:
    code = observation.counted
    return _names(ledger, DIMENSIONS["counted"].names, code) if code else frozenset()


def _remarks(group: Iterable[Observation]) -> Iterator[str]:
    for idea in group:
        for text in (idea.source.title, idea.source.publisher, idea.locator, idea.note or ""):
            yield from _words_of(text)
        days = (
            idea.source.day.first if idea.source.day.granularity != "year" else None,
            idea.valid_from,
            idea.valid_to,
        )
        yield from (f"month{day.month}" for day in days if day)


def _months(observation: Observation) -> Iterator[str]:
    """Name the months of a number that holds for less than a year."""
    first, last = observation.valid_from, observation.valid_to
    if first and last and (last - first).days < _HALF_A_YEAR:
        yield from {f"month{first.month}": None, f"month{last.month}": None}


def _named_years(call: str, school_year: str) -> dict[int, float]:
    """Give the year in the name of a call, and those of its school year."""
    named = {int(call[2:]): 1.0} if call[2:].isdigit() and len(call) == 6 else {}
    first, last = (int(year) for year in school_year.split("-"))
    return {first: 0.5, last: 0.7} | named


def years_of(ledger: Ledger, group: list[Observation], calls: tuple[str, ...]) -> dict[int, float]:
    """Weigh the years of a subject: those that it holds for, its ends before what lies between; those in
    which it was published."""
    years: dict[int, float] = {}
    for idea in group:
        years |= {idea.source.day.last.year: 0.6}
    for call in ledger.calls:
        if call.call in calls and call.school_year:
            years |= _named_years(call.call, call.school_year)
    for idea in group:
        if idea.valid_from and idea.valid_to and idea.quantity:
            first, last = idea.valid_from.year, idea.valid_to.year
            within = _OF_A_PERIOD if "money" in HEADS.get(idea.quantity.unit, ()) else 0.6
            years |= dict.fromkeys(range(first, last + 1), within) | {first: 0.9, last: 1.0}
    return years
