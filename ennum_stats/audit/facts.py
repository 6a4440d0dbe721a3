"""What a number of a text can be about: every published subject, and what follows from two of them.

A fact says which words a text must have for it to be meant (`needs`), which calls and programme it is of, and what
is known of it. Facts are compared with words alone: their values come later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.quantities import Quantity
from ennum_stats.reading.judging import written_unit
from ennum_stats.search.candidates import HEADS
from ennum_stats.search.concepts import CONCEPTS, LEVELS, PLACES, WORDS, concepts
from ennum_stats.search.subjects import apart
from ennum_stats.store.answers import Observation
from ennum_stats.store.conflicts import observations_by_subject
from ennum_stats.store.ledger import HOME, Ledger, once_a_ledger
from ennum_stats.vocabulary import DIMENSIONS, FORECAST, MEASURES

Needs = tuple[frozenset[str], ...]
_PLAIN = frozenset(
    ("money", "project", "call", "won", "school", "site", "institution", "share", "use", "buy", "device",
     "terminal", "computer", "team", "staff", "teacher", "pupil", "duration", "plan", "first",
     "reached", "begin", "accompany", "judge", "lot", "type", "wallonia", "ceiling", "mean", "grant", "network",
     "planned", "room", "hour", "point", "session", "space", "aim", "distinct", "public", "per", "100", "weekly",
     "ecolenumerique", "cyberecole", "cyberclasse", "pilot", "invest", "recover", "province", "provincie", "provinz")
)  # fmt: skip
"""Ideas of labels that a text need not have: units and programmes are seen by themselves."""
_NEEDS = {
    "budget_growth": "money change",
    "budget_awarded_per_year": "yearly|ceiling",
    "computers_planned": "",
    "servers_planned": "server",
    "schools_not_joined_share": "joined not",
    "budget_needed": "connected estime|need|planned",
    "budget_spent": "",
    "budget_spent_everywhere": "wallonia|region|total since1999",
    "devices_delivered": "",
    "pupils_growth": "pupil change",
    "terminals_growth": "terminal|device|computer change",
    "directors_contacted": "head contacted|reached",
    "directors_surveyed": "head survey",
    "directors_two_questionnaires": "head survey twice",
    "grant_per_space": "space|publicspace grant|supported|per|each",
    "grant_per_500_pupils": "pupil grant|supported|help|covid",
    "projects_introduced": "submitted",
    "projects_success_share": "success",
    "projects_introduced_change": "submitted change",
    "projects_rejected": "rejected",
    "files_introduced": "submitted",
    "projects_running": "encour",
    "computers": "exist|use|wallonia",
    "computers_installed": "",
    "computers_installed_share": "installed|aim",
    "computers_per_100_pupils": "100",
    "computers_per_school": "per|each",
    "connected_share": "connected|internet|wifi",
    "coverage_share": "reached|project|grant|supported",
    "devices_subsidised": "grant",
    "etablissements": "exist",
    "etablissements_equipped": "",
    "grant_ceiling": "ceiling",
    "grant_per_point": "point",
    "implantations": "exist",
    "implantations_equipped": "",
    "interactive_boards_share": "board",
    "lots_added_planned": "added|ajouter",
    "maintenance_planned": "maintain",
    "mean_grant": "mean",
    "never_awarded_share": "never",
    "own_funds": "own",
    "problems_share": "problem|survey",
    "project_duration": "accompany|project",
    "pupils_concerned": "pupil",
    "pupils_per_computer": "computer",
    "pupils_per_computer_target": "target|aim|planned",
    "pupils_per_terminal": "terminal|computer|device",
    "rooms_planned": "room",
    "schools": "exist",
    "schools_supported": "supported|grant|help|covid",
    "sites_awarded": "won|project|involved|distinct|reached|call",
    "sites_installed": "ready|installed|equipped|wifi|connected",
    "sites_never_awarded": "never",
    "sites_planned": "planned",
    "sites_selected": "won|pilote|installed|wifi|equipped|connected",
    "sites_targeted": "begin|aim|planned",
    "spaces_supported": "space",
    "staff": "",
    "subsidies": "grant",
    "survey_respondents": "survey",
    "teachers_involved": "",
    "teachers_weekly_use_share": "use|weekly",
    "teams_equipped": "",
    "terminals": "",
    "terminals_per_100_pupils": "100",
    "terminals_per_100_pupils_change": "change",
    "transformation_share": "transformation",
    "weekly_hours_per_school": "hour",
    "wifi_sites_planned": "",
    "wifi_sites_planned_per_year": "yearly",
}  # fmt: skip
"""Words that a text must have for a measure, one of each group; of the others, those of its label."""
_PLACES = PLACES | {"charleroi", "centre"}
"""Ideas of places, which must be told."""
_HEADS = {
    "projects": "project won", "implantations": "site school", "etablissements": "institution school",
    "schools": "school", "networks": "network school site", "winners": "won respondent", "files": "project",
    "years": "duration", "lots": "lot type", "types": "type lot", "percent": "share",
    "per_100_pupils": "per computer terminal device",
}  # fmt: skip
"""The ideas that a unit is counted by in texts, where they are not those of a question."""


@dataclass(frozen=True)
class Fact:
    """Hold a subject and what is known of it on a day."""

    name: str
    measure: str
    quantity: Quantity
    heads: frozenset[str]
    needs: Needs
    """Groups of ideas of what is measured: a text must have one of each."""
    narrow: Needs
    """Groups of ideas of the part, place, level that it is of: a text must have one of each beside the number."""
    calls: frozenset[str] = frozenset()
    programme: str = ""
    territory: str = HOME
    is_planned: bool = False
    counted: frozenset[str] = frozenset()
    """Of what a share is one: the ideas of the population."""
    implied: frozenset[str] = frozenset()
    """Ideas that go without saying: those of its measure's label, of a ratio those of its base."""
    years: frozenset[int] = frozenset()
    months: frozenset[str] = frozenset()
    """The ideas of the months that it is of, where it is of less than a year."""
    observations: tuple[Observation, ...] = ()
    others: tuple[Observation, ...] = ()
    """What other documents say of the same."""
    is_single: bool = False
    """Whether its measure and part are known of no other call or programme: these need not be named."""
    besides: Needs = ()
    """Groups of its part that go without saying beside the others: no number of its measure is known without them."""
    formula: tuple[str, tuple[Fact, ...]] = field(default=("", ()))
    """The sign of a computed number, and what it is computed from."""

    @cached_property
    def ideas(self) -> frozenset[str]:
        """All ideas that it may be told by."""
        return self.heads.union(self.counted, self.implied, *self.needs, *self.narrow, *self.besides)

    @cached_property
    def call_years(self) -> frozenset[int]:
        """The years that its calls are named by."""
        return frozenset(int(call[2:]) for call in self.calls if len(call) == len("EN2017"))

    @property
    def key(self) -> tuple[object, ...]:
        """What it is of, but for its time."""
        narrow = self.narrow, self.besides
        return self.measure, self.calls, self.programme, self.needs, narrow, self.territory, self.counted

    @property
    def is_of_all(self) -> bool:
        """Whether it is of all programmes together, since the first."""
        return not self.programme and frozenset(("since1999",)) in self.needs

    @property
    def is_computed(self) -> bool:
        """Whether no document prints it."""
        return bool(self.formula[1])


@once_a_ledger
def facts(ledger: Ledger) -> tuple[Fact, ...]:
    """List every subject known on the ledger's day, and what the few rules below compute of two of them."""
    published = list(_published(ledger))
    computed = list(_computed(published))
    published = [*_without_saying(published)]
    means = {fact.calls for fact in computed if fact.measure == "mean_grant"}
    every = (
        *(fact for fact in published if fact.measure != "mean_grant" or fact.calls not in means),
        *computed,
    )
    of = defaultdict(set)
    for fact in every:
        of[fact.measure, fact.narrow].add((fact.calls, fact.programme))
    return tuple(
        replace(fact, is_single=len(of[fact.measure, fact.narrow]) == 1 and bool(fact.needs or fact.narrow))
        for fact in every
    )


def _without_saying(published: list[Fact]) -> Iterator[Fact]:
    """Let go without saying what all numbers of a measure are of that are of the other parts of one: those who say what
    was added in a province need not say that it was added. A place must be told."""
    parts = defaultdict(set)
    for fact in published:
        parts[fact.measure].add(fact.narrow)
    for fact in published:
        narrow = fact.narrow
        for group in reversed(fact.narrow):
            others = {*narrow} - {group}
            is_of_these = not others or any(other & (_PLACES | LEVELS) for other in others)
            if (
                group.isdisjoint(_PLACES)
                and is_of_these
                and all(group in part for part in parts[fact.measure] if others <= {*part})
            ):
                narrow = tuple(other for other in narrow if other != group)
        besides = tuple(group for group in fact.narrow if group not in narrow)
        needs = () if besides and not narrow else fact.needs  # told beside it, in the place of a part
        yield replace(
            fact, narrow=narrow if needs == fact.needs else fact.needs, needs=needs, besides=besides
        )


@once_a_ledger
def facts_by_idea(ledger: Ledger) -> dict[frozenset[str], dict[tuple[str, bool, str], list[Fact]]]:
    """Sort the facts by the calls that must be told for them, by the unit that a text writes, and by the ideas of which
    one must be told: of a part (true) those that name it, of a whole the nouns that it answers to."""
    index: dict[frozenset[str], dict[tuple[str, bool, str], list[Fact]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for fact in facts(ledger):
        unit = written_unit(fact.quantity.unit)
        for idea in fact.narrow[0] if fact.narrow else fact.heads:
            index[frozenset() if fact.is_single else fact.calls][unit, bool(fact.narrow), idea].append(fact)
    return index


@once_a_ledger
def facts_by_measure(ledger: Ledger) -> dict[str, tuple[Fact, ...]]:
    """Sort the facts by what they measure."""
    index: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts(ledger):
        index[fact.measure].append(fact)
    return {measure: tuple(some) for measure, some in index.items()}


def _published(ledger: Ledger) -> Iterator[Fact]:
    for group in observations_by_subject(ledger.all_observations()).values():
        choice = ledger.choice(group)
        if choice is None:
            continue
        chosen = choice.chosen.observation
        if chosen.quantity is None:
            continue
        others = tuple(o for o in group if o is not chosen and o.quantity is not None)
        narrow = tuple(apart([*_narrow(ledger, chosen)]))
        needs = _needs(_measure(chosen), chosen.quantity.unit)
        if chosen.measure == "connected_share":
            needs, narrow = (*needs, *narrow[-1:]), narrow[:-1]
        fact = Fact(
            chosen.observation_id,
            chosen.measure,
            chosen.quantity,
            heads_of(chosen.quantity.unit, chosen.measure),
            () if narrow and chosen.measure in ("sites_awarded", "implantations", "schools") else needs,
            narrow,
            frozenset(ledger.calls_of(chosen.call)) if chosen.call else frozenset(),
            chosen.programme or "",
            chosen.territory or "",
            chosen.status == FORECAST,
            (_names(ledger, DIMENSIONS["counted"].names, chosen.counted) | {chosen.counted.rstrip("s")})
            & _POPULATIONS
            if chosen.counted
            else frozenset(),
            _labelled(chosen.measure)
            | (frozenset(("per", "each", "per_site")) if "_per_" in chosen.measure else frozenset()),
            _years(chosen),
            _months(chosen),
            (chosen,),
            others,
        )
        yield fact
        if chosen.quantity.unit == "BEF":
            in_euro = ledger.in_euro(chosen.quantity)
            printed = (o for o in others if o.quantity and o.quantity.unit == "EUR")
            yield replace(fact, name=f"{fact.name} EUR", quantity=in_euro, observations=(chosen, *printed))


def _measure(observation: Observation) -> str:
    is_everywhere = observation.measure == "budget_spent" and not observation.programme
    return "budget_spent_everywhere" if is_everywhere else observation.measure


def heads_of(unit: str, measure: str = "") -> frozenset[str]:
    """Name the ideas that a number of a unit is counted by."""
    if measure.startswith("mean_grant") or measure == "grant_ceiling":
        return frozenset(("money",))
    if measure.startswith("directors"):
        return frozenset(("head",))
    base = _HEADS[unit].split() if unit in _HEADS else HEADS.get(unit.partition("/")[0], HEADS.get(unit, ()))
    base = (*base, *(idea for idea in ("submitted", "rejected") if idea in _NEEDS.get(measure, "")))
    extra = {"devices": ("tablet", "ipad", "macbook", "board", "computer", "terminal", "device", "server")}
    return frozenset((*base, *extra.get(unit, ())))


def _needs(measure: str, unit: str) -> Needs:
    if measure in _NEEDS:
        return tuple(frozenset(group.split("|")) for group in _NEEDS[measure].split())
    wanted = _labelled(measure) - _PLAIN - heads_of(unit)
    return tuple(frozenset((idea,)) for idea in sorted(wanted))


@lru_cache(maxsize=1024)
def _labelled(measure: str) -> frozenset[str]:
    return frozenset(concepts(translate(MEASURES[measure].label, "fr"))) & CONCEPTS


def _narrow(ledger: Ledger, observation: Observation) -> Iterator[frozenset[str]]:
    level = observation.level or ""
    levels = [part for part in WORDS["level"] if part in level]
    yield from (frozenset((part,)) for part in levels)
    for name in ("territory", "level", "network", "province", "component"):
        code = getattr(observation, name)
        if name == "level" and levels:
            continue
        if code and code.startswith("added_after_jury"):
            yield frozenset(("added",))
        if code and code != "added_after_jury" and (name, code) != ("territory", HOME):
            every = _names(ledger, DIMENSIONS[name].names, code) - {"added"}
            also = {code, "device"} if code == "equipment" else {code} if name == "component" else set()
            yield (every - _PLAIN or every) | also


_HALF_A_YEAR = 183
_POPULATIONS = frozenset(("site", "institution", "school", "classroom", "teacher", "pupil"))


@lru_cache(maxsize=1024)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(concepts(text))


def _names(ledger: Ledger, table: str, code: str) -> frozenset[str]:
    return frozenset(idea for language in LANGUAGES for idea in _words_of(ledger.name(table, code, language)))


def _years(observation: Observation) -> frozenset[int]:
    if observation.period is None:
        return frozenset()
    first, last = observation.period
    return frozenset(range(first.year, last.year + 1))


def _months(observation: Observation) -> frozenset[str]:
    if observation.period is None or (observation.period[1] - observation.period[0]).days > _HALF_A_YEAR:
        return frozenset()
    return frozenset(f"month{day.month}" for day in observation.period)


# --- what is computed -------------------------------------------------------------------------------

_RATIOS = (
    ("projects_awarded", "projects_introduced", "share", "won|share"),
    ("projects_rejected", "projects_introduced", "share", "rejected"),
    ("budget_awarded", "projects_awarded", "EUR/project", "mean"),
    ("budget_planned", "projects_planned", "EUR/project", "mean"),
    ("sites_installed", "sites_selected", "share", "wifi|installed|pilote|site"),
    ("implantations_equipped", "implantations", "share", "equipped|reached|site"),
)
"""What is divided by what, in which unit, and the words that tell it."""


def _computed(published: list[Fact]) -> Iterator[Fact]:
    whole = {(fact.measure, fact.calls, fact.programme): fact for fact in published
             if not fact.narrow and fact.territory == HOME}  # fmt: skip
    for top, bottom, unit, words in _RATIOS:
        for (measure, calls, programme), fact in whole.items():
            base = whole.get((bottom, calls, programme)) or (
                whole.get((bottom, frozenset(), "")) if measure == "implantations_equipped" else None
            )
            if measure == top and base is not None and base.quantity.bounds.ends[0] > 0:
                printed = whole.get(("mean_grant", calls, programme)) if measure == "budget_awarded" else None
                yield ratio(
                    fact, base, unit, words, (), (*printed.observations, *printed.others) if printed else ()
                )
    parts = [
        fact
        for fact in published
        if fact.measure in ("budget_planned", "budget_spent") and len(fact.narrow) == 1
    ]
    for part in parts:
        every = whole.get((part.measure, part.calls, part.programme))
        if every:
            is_spent = part.measure == "budget_spent"
            yield ratio(
                part, every, "share", "money|spent" if is_spent else "planned|invest|money|plan", part.narrow
            )
    by_levels = {(fact.calls, frozenset[str]().union(*fact.narrow)): fact for fact in published
                 if fact.measure == "projects_awarded" and fact.calls and len(fact.narrow) == 2}  # fmt: skip
    for (calls, levels), ordinary in by_levels.items():
        special = by_levels.get((calls, levels - {"ordinary"} | {"special"}))
        if special and "ordinary" in levels:
            yield replace(total([ordinary, special], calls), narrow=(levels - {"ordinary"},))
    selected, installed = (next((f for f in whole.values() if f.measure == m), None)
                           for m in ("sites_selected", "sites_installed"))  # fmt: skip
    if selected and installed:
        yield difference(selected, installed, "notyet|leftout")


def ratio(
    top: Fact, base: Fact, unit: str, words: str, narrow: Needs = (), others: tuple[Observation, ...] = ()
) -> Fact:
    """Divide what is known of one subject by what is known of another; `others` are what documents say of it."""
    is_share = unit == "share"
    return replace(
        top,
        name=f"{top.name} / {base.name}",
        measure=f"{top.measure}_share" if is_share else "mean_grant",
        quantity=top.quantity.over(base.quantity, unit),
        heads=frozenset(("share" if is_share else "money",)),
        needs=(frozenset(words.split("|")),),
        narrow=narrow,
        is_planned=top.is_planned and not is_share,
        counted=base.heads & _POPULATIONS,
        implied=base.ideas,
        years=frozenset(),
        observations=(*top.observations, *base.observations),
        others=others,
        formula=("/", (top, base)),
    )


def difference(top: Fact, base: Fact, words: str) -> Fact:
    """Subtract what is known of one subject from what is known of another."""
    return replace(
        top,
        name=f"{top.name} − {base.name}",
        measure=f"{top.measure}_rest",
        quantity=top.quantity - base.quantity,
        needs=(frozenset(words.split("|")),),
        narrow=(),
        counted=frozenset(),
        years=frozenset(),
        observations=(*top.observations, *base.observations),
        others=(),
        formula=("−", (top, base)),
    )


def product(count: Fact, each: Fact) -> Fact:
    """Multiply what is known of how many there are by what is known of each."""
    return replace(
        each,
        name=f"{count.name} × {each.name}",
        quantity=count.quantity.times(each.quantity, each.quantity.unit.partition("/")[0]),
        narrow=(),
        years=frozenset(),
        observations=(*count.observations, *each.observations),
        others=(),
        formula=("×", (count, each)),
    )


def total(parts: Sequence[Fact], calls: frozenset[str]) -> Fact:
    """Add what is known of several calls, or of several numbers of a text."""
    quantity = parts[0].quantity
    for part in parts[1:]:
        quantity = quantity + part.quantity
    return replace(
        parts[0],
        name=" + ".join(part.name for part in parts),
        quantity=quantity,
        narrow=(),
        calls=calls,
        years=frozenset(),
        observations=tuple(o for part in parts for o in part.observations),
        others=(),
        formula=(" + ", tuple(parts)),
    )
