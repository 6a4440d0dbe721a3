"""Make the kit's tables about the programmes: milestones, calls, budgets, people, partners, contacts, sites, plans
and what was published of each year.

Each is a function of an edition; `TABLES` lists all that the text may name, also those of figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time
from decimal import Decimal
from itertools import groupby
from typing import Any

from ennum_stats.charts.coverage_map import RankedCommune, ranked_communes
from ennum_stats.document.blocks import Row, WrittenTable, column, group, row
from ennum_stats.figures.contradictions import subject
from ennum_stats.figures.since_2020 import published_by_year
from ennum_stats.kit import figure_tables
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.publisher import CONTACT_FIELDS
from ennum_stats.languages import clock_time, number, period_words
from ennum_stats.measures.budgets import TWENTY_YEARS, programme_budget
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.coverage.coverage_facts import coverage_facts
from ennum_stats.measures.dates import publisher_and_day
from ennum_stats.measures.programmes import milestones as known_milestones
from ennum_stats.measures.programmes import plans as known_plans
from ennum_stats.measures.programmes import programmes, staff_rows
from ennum_stats.measures.winners import winners_rows
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known, Observation
from ennum_stats.typography import typeset
from ennum_stats.wording import amount, words

_OPEN = "–"
_ENDS = 10
"""How many communes the short ranking shows at either end; the workbook has all."""


def milestones(edition: Edition) -> WrittenTable:
    """Tabulate what happened when, by date and programme."""
    columns = (column(edition.t("Date"), width=20), column(edition.t("Milestone"), width=80))
    past = [m for m in known_milestones(edition.ledger) if m.occurred_on.last <= edition.ledger.known_at]
    past.sort(key=lambda m: (m.occurred_on.first, m.milestone))
    rows = [row(period_words(m.occurred_on, edition.language), m.names[edition.language]) for m in past]
    return WrittenTable(columns, tuple(rows), is_dense=True)


def calls(edition: Edition) -> WrittenTable:
    """Tabulate the calls of École Numérique: school years, projects, budget, and the mean of a project."""
    columns = (
        column(edition.t("Call"), width=12),
        column(edition.t("School years"), width=18),
        column(edition.t("Projects awarded"), width=18, is_number=True),
        column(edition.t("Budget awarded"), width=28, is_number=True),
        column(edition.t("Mean per project"), width=24, is_number=True),
    )
    rows = [
        row(
            r.call,
            typeset(r.school_year, edition.language),
            *(
                a.words(edition.language, noun=False)
                for a in (r.projects_awarded, r.budget_awarded, r.mean_grant)
            ),
        )
        for r in winners_rows(edition.ledger).rows
    ]
    return WrittenTable(columns, tuple(rows))


def budgets(edition: Edition) -> WrittenTable:
    """Tabulate what each programme cost or awarded, with the bounds that its wording implies."""
    columns = (
        column(edition.t("Programme"), width=31),
        column(edition.t("Amount"), width=28, is_number=True),
        column(edition.t("What the rounding leaves open"), width=41, is_number=True),
    )
    ledger = edition.ledger
    parts = [
        (r.programme, programme_budget(ledger, r.programme, TWENTY_YEARS[1])) for r in programmes(ledger)
    ]
    rows = [
        _bounds_row(edition, edition.name("programmes", programme), part)
        for programme, part in parts
        if isinstance(part, Known)
    ]
    total = edition.figure("total_investment").answer
    if rows and isinstance(total, Known):
        rows.append(replace(_bounds_row(edition, edition.t("Total"), total), is_total=True))
    return WrittenTable(columns, tuple(rows))


def _bounds_row(edition: Edition, name: str, answer: Answer) -> Row:
    assert isinstance(answer, Known)
    quantity = answer.quantity
    interval = edition.t("exact amount")
    if not quantity.is_exact:
        interval = words(Quantity.derived(None, quantity.bounds, "EUR"), edition.language)
    return row(name, answer.words(edition.language, noun=False), interval)


def staff(edition: Edition) -> WrittenTable:
    """Tabulate the unit's people by function, at the date of the newest count."""
    columns = (column(edition.t("Function"), width=70), column(edition.t("People"), width=30, is_number=True))
    parts = [r for r in staff_rows(edition.ledger).rows if r.programme == ECOLE_NUMERIQUE]
    whole = [r.value for r in parts if r.component is None]
    functions = {r.component: r.value for r in parts if r.component is not None}
    named = sorted(functions.items(), key=lambda part: (-_size(part[1]), part[0]))
    rows = [
        row(edition.name("codelists.component", function), answer.words(edition.language, noun=False))
        for function, answer in named
    ]
    others = edition.figure("staff_others_2019").answer
    if rows and isinstance(others, Known):
        rows.append(row(edition.t("administration and others"), others.words(edition.language, noun=False)))
    rows += [
        row(edition.t("Total"), answer.words(edition.language, noun=False), total=True) for answer in whole
    ]
    return WrittenTable(columns, tuple(rows) if named else ())


def _size(answer: Answer) -> Decimal:
    known = isinstance(answer, Known) and answer.quantity.value is not None
    return answer.quantity.value or Decimal(0) if known and isinstance(answer, Known) else Decimal(0)


def events(edition: Edition) -> WrittenTable:
    """Tabulate the dates of the latest call that has any, in order."""
    columns = (
        column(edition.t("Date"), width=33),
        column(edition.t("What"), width=36),
        column(edition.t("Where"), width=31),
    )
    records = edition.ledger.records("events")
    dated = {r["call"] for r in records}
    latest = next((c.call for c in reversed(edition.ledger.calls) if c.call in dated), None)
    records = [r for r in records if r["call"] == latest]
    records.sort(key=lambda r: (Period(r["starts_on"]).first, r["event"]))
    rows = [
        row(
            _moment(edition, r),
            typeset(r[f"name_{edition.language}"], edition.language),
            edition.quoted(r["place"]) if r["place"] else _OPEN,
        )
        for r in records
    ]
    return WrittenTable(columns, tuple(rows))


def _moment(edition: Edition, event: dict[str, Any]) -> str:
    """Say when an event is: "6 février 2020, de 12 h 30 à 13 h 15"."""
    language = edition.language
    first, last = Period(event["starts_on"]), Period(event["ends_on"] or event["starts_on"])
    if first != last:
        return edition.t("from {first} to {last}", first=first, last=last)
    start, end = (
        clock_time(time.fromisoformat(event[key]), language) if event[key] else ""
        for key in ("starts_at", "ends_at")
    )
    on = period_words(first, language)
    if start and end:
        return edition.t("{day}, {start} to {end}", day=on, start=start, end=end)
    return edition.t("{day}, until {end}", day=on, end=end) if end else on


def actors(edition: Edition) -> WrittenTable:
    """Tabulate who does what in École Numérique."""
    columns = (column(edition.t("Partner"), width=32), column(edition.t("Roles"), width=68))
    records = edition.ledger.records("actor_roles", order="actor, position")
    by_actor = {
        actor: [typeset(r[f"name_{edition.language}"], edition.language) for r in roles]
        for actor, roles in groupby(records, key=lambda r: r["actor"])
    }
    order = ("walloon_government", "spw", "adn", "fwb", "german_speaking_community", "esf")
    names = sorted(by_actor, key=lambda a: order.index(a) if a in order else len(order))
    rows = [row(edition.name("actors", actor), "\n".join(by_actor[actor])) for actor in names]
    return WrittenTable(columns, tuple(rows))


def contacts(edition: Edition) -> WrittenTable:
    """Tabulate whom to ask, from a file that is never published."""
    columns = (
        column(edition.t("Role"), width=24),
        column(edition.t("Organisation"), width=20),
        column(edition.t("Name"), width=18),
        column(edition.t("Telephone"), width=15),
        column(edition.t("E-mail"), width=23),
    )
    rows = [row(*(contact[field] for field in CONTACT_FIELDS)) for contact in edition.publisher.contacts]
    return WrittenTable(columns, tuple(rows), is_dense=True)


def communes(edition: Edition) -> WrittenTable:
    """Tabulate the first and the last communes by the share of their sites that École Numérique reached."""
    columns = (
        column(edition.t("Commune"), width=20),
        column(edition.t("Province"), width=28),
        column(edition.t("School sites reached"), width=16, is_number=True),
        column(edition.t("School sites"), width=20, is_number=True),
        column(edition.t("Share of the sites"), width=16, is_number=True),
    )
    ranked = [
        commune for commune in ranked_communes(edition.ledger, edition.language) if commune.share is not None
    ]
    if len(ranked) <= 2 * _ENDS:
        return WrittenTable(columns, tuple(_commune(edition, commune) for commune in ranked))
    return WrittenTable(
        columns,
        (
            group(edition.t("The first {n}", n=_ENDS)),
            *(_commune(edition, commune) for commune in ranked[:_ENDS]),
            group(edition.t("The last {n}", n=_ENDS)),
            *(_commune(edition, commune) for commune in ranked[-_ENDS:]),
        ),
    )


def _commune(edition: Edition, commune: RankedCommune) -> Row:
    language = edition.language
    assert commune.reached is not None
    assert commune.sites is not None
    assert commune.share is not None
    numbers = (number(commune.reached, language), number(commune.sites, language))
    share = amount(commune.share, "share", language, decimals=1)
    return row(typeset(commune.name, language), typeset(commune.province, language), *numbers, share)


def universes(edition: Edition) -> WrittenTable:
    """Tabulate the definitions of how many school sites there are."""
    columns = (column(edition.t("Reading"), width=66), column(edition.t("Size"), width=34, is_number=True))
    universes = coverage_facts(edition.ledger).universes
    rows = [
        row(edition.name("universes", universe.universe), universe.size.words(edition.language, noun=False))
        for universe in sorted(universes, key=lambda universe: universe.universe)
        if universe.counted == "implantations"
    ]
    return WrittenTable(columns, tuple(rows))


def plans(edition: Edition) -> WrittenTable:
    """Tabulate what each plan announced, the newest plan first: each number that no later one replaces, with
    its document."""
    columns = (
        column(edition.t("What was announced"), width=46),
        column(edition.t("In words"), width=27),
        column(edition.t("Document"), width=27),
    )
    rows: list[Row] = []
    for plan in reversed(known_plans(edition.ledger)):
        rows.append(group(plan.names[edition.language]))
        rows += [
            row(
                typeset(
                    subject(edition.ledger, replace(observation, programme=None), edition.language),
                    edition.language,
                ),
                words(observation.quantity, edition.language) if observation.quantity else "",
                edition.quoted(publisher_and_day(observation.source, edition.language)),
            )
            for observation in _announced(edition, plan.programme)
        ]
    return WrittenTable(columns, tuple(rows), is_dense=True)


def _announced(edition: Edition, plan: str) -> Iterator[Observation]:
    """Give one number for each thing that a plan announced, in the order of their measures and parts."""
    every = [o for o in edition.ledger.all_observations() if o.programme == plan]
    things = {(o.measure, o.component or "") for o in every}
    for measure, component in sorted(things):
        part = {"component": component} if component else {}
        answer = edition.ledger.answer(measure, programme=plan, **part)
        if isinstance(answer, Known):
            yield answer.observations[0]


def years(edition: Edition) -> WrittenTable:
    """Tabulate how many documents with numbers there are of each year after 2020, and how many numbers; no
    row before there is one."""
    columns = (
        column(edition.t("Year"), width=30),
        column(edition.t("Documents with numbers"), width=35, is_number=True),
        column(edition.t("Numbers"), width=35, is_number=True),
    )
    counted = published_by_year(edition.ledger)
    rows = [
        row(str(t.year), number(t.documents, edition.language), number(t.numbers, edition.language))
        for t in counted
    ]
    return WrittenTable(columns, tuple(rows) if any(target.numbers for target in counted) else ())


TABLES: dict[str, Callable[[Edition], WrittenTable]] = {
    "actors": actors,
    "budgets": budgets,
    "calls": calls,
    "communes": communes,
    "conflicts": figure_tables.conflicts,
    "contacts": contacts,
    "derived": figure_tables.derived_figures,
    "events": events,
    "figures": figure_tables.all_figures,
    "milestones": milestones,
    "plans": plans,
    "precisions": figure_tables.precisions,
    "sources": figure_tables.documents,
    "staff": staff,
    "universes": universes,
    "years": years,
}
