"""Wi-Fi and equipment: what was done, planned and announced, and where documents disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboards.blocks import PageTable
from dashboards.components import cards, chart_figure, measure_table
from dashboards.components.bars import NO_NUMBER, BarredLine, BarredNumber, barred_table
from dashboards.components.conflicts import conflicts_shown
from dashboards.components.evidence import justified, published_numbers
from dashboards.components.texts import numbers_link
from dashboards.filters import CHARTS, PRICES
from dashboards.reading import Reading
from dashboards.registry import About, Content, register_page
from ennum_stats.document.blocks import Cards, Heading, Paragraph, Section
from ennum_stats.errors import Message, message
from ennum_stats.figures.catalogue import definitions
from ennum_stats.measures.dates import published_words, state_words
from ennum_stats.measures.programmes import connectivity_row, plans
from ennum_stats.measures.targets import NOTHING_LATER, targets_rows
from ennum_stats.store.answers import Known, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import MEASURES, PLANNED, UNITS
from ennum_stats.wording import words

BY_DOCUMENT = message("{plan}: what documents say of it")
EQUIPMENT_TABLE = message("Equipment on offer, by programme and call")
DONE = message("Wi-Fi: what was selected, installed and paid")
IN_PLAN = message("Wi-Fi: what the Region planned")
ANNOUNCED = message("Wi-Fi and equipment: what was announced or estimated, and by whom")
PILOT = message(
    "The connectivity pilot had installed Wi-Fi on {installed} out of {selected} school sites ({day})."
)
WIFI_PLANNED = message(
    "Announced since: {plan}, with Wi-Fi for {schools} ({day}) and {amount} for it ({later})."
)
ANNOUNCED_BY = message("Announced by the last plan")
_OF_PLAN = ("schools_wifi", "budget_wifi", "networks")
_CARDS = ("connectivity_progress", "connectivity_budget", "connectivity_cost_per_site")
_PILOT = "connectivity"


def connectivity(reading: Reading) -> Content:
    """Show the pilot: chart, key figures, its numbers by how firm they are; the plans, document by document;
    where these disagree; the equipment on offer."""
    yield Paragraph((f"{pilot_words(reading)} {_planned_words(reading)}".strip(),), "state lead")
    yield chart_figure(reading, "connectivity_progress")
    yield cards(reading, [(name, _PILOT) for name in _CARDS])
    yield from _announced(reading)
    yield chart_figure(reading, "plan_budgets")
    yield chart_figure(reading, "equipment_lots")
    yield measure_table(reading, "equipment", reading.t(EQUIPMENT_TABLE))
    yield from justified(reading, (*_pilot(reading), *_plans(reading), *conflicts_shown(reading, _is_of)))


def pilot_words(reading: Reading) -> str:
    """Say how far Wi-Fi is; nothing where documents contradict each other in it, so that no share is known."""
    ledger, language, pilot = reading.ledger, reading.language, connectivity_row(reading.ledger)
    installed, selected = pilot.sites_installed, pilot.sites_selected
    if not (
        isinstance(installed, Known) and isinstance(selected, Known) and isinstance(pilot.progress, Known)
    ):
        return ""
    done, whole = (words(each.quantity, language, style="text", noun=False) for each in (installed, selected))
    return reading.t(PILOT, installed=done, selected=whole, day=state_words(ledger, installed, language))


def _planned_words(reading: Reading) -> str:
    """Say what the last plan adds, and whether anything is heard of it; nothing where its numbers are not known."""
    ledger, language = reading.ledger, reading.language
    plan = _last_plan(ledger)
    schools, amount = (
        ledger.answer(measure, programme=plan, **part)
        for measure, part in (("wifi_sites_planned", {}), ("budget_planned", {"component": "wifi"}))
    )
    if not (isinstance(schools, Known) and isinstance(amount, Known)):
        return ""
    given = {
        "schools": words(schools.quantity, language, style="text"),
        "day": published_words(schools.observations[0].source, language),
        "amount": words(amount.quantity, language, style="text"),
        "later": published_words(amount.observations[0].source, language),
    }
    texts = [reading.t(WIFI_PLANNED, plan=ledger.name("programmes", plan, language), **given)]
    rows = [row for row in targets_rows(ledger).rows if row.programme == plan]
    if not any(isinstance(row.reached, Known) for row in rows):
        texts.append(reading.t(NOTHING_LATER, day=ledger.known_at))
    return " ".join(texts)


def _last_plan(ledger: Ledger) -> str:
    """Give the plan that was announced last; empty where none was."""
    return next((item.programme for item in reversed(plans(ledger))), "")


def _announced(reading: Reading) -> Iterator[Cards]:
    """Tell what the last plan announced, as key figures; nothing where no document tells any."""
    known, plan = definitions(reading.ledger), _last_plan(reading.ledger)
    names = [f"{plan}_{item}" for item in _OF_PLAN]
    shown = [(name, _PILOT) for name in names if name in known]
    if shown:
        yield cards(reading, shown, reading.t(ANNOUNCED_BY))


def _pilot(reading: Reading) -> Iterator[Section]:
    """Give all published numbers of the pilot, by how firm they are, the latest first."""
    groups: dict[str, tuple[Message, list[Observation]]] = {
        "done": (DONE, []), "planned": (IN_PLAN, []), "announced": (ANNOUNCED, []),
    }  # fmt: skip
    for item in reversed(reading.ledger.all_observations()):
        if item.programme == _PILOT:
            groups[_firmness(item)][1].append(item)
    for name, (title, result) in groups.items():
        yield from published_numbers(reading, name, title, result)


def _plans(reading: Reading) -> Iterator[Section]:
    """Give the plans, the last one first: what each document says that they provide for."""
    ledger = reading.ledger
    for plan in reversed(plans(ledger)):
        result = [item for item in ledger.all_observations() if item.programme == plan.programme]
        name = ledger.name("programmes", plan.programme, reading.language)
        yield by_document(reading, plan.programme, reading.t(BY_DOCUMENT, plan=name), result)


def _is_of(observation: Observation) -> bool:
    """Tell whether a number is of the pilot or of a plan."""
    programme = observation.programme or ""
    return programme == _PILOT or programme.startswith("plan_")


def _firmness(observation: Observation) -> str:
    """Tell how firm a number is: done where it reached a stage other than a plan, planned where an official
    document plans it, else announced."""
    if observation.stage and observation.stage != PLANNED:
        return "done"
    return "planned" if observation.source.kind == "official" else "announced"


SAYS = message("{publisher}, {day}")
WHAT = message("What")
AMOUNTS, COUNTS = message("{heading} (euros)"), message("{heading} (projects, schools, networks)")
OF_WHICH = message("of which: {part}")


def by_document(reading: Reading, name: str, heading: str, observations: Sequence[Observation]) -> Section:
    """Make a row for each thing that is told, a column for each document, the earliest first; amounts and counts
    apart, each with bars of one scale where it has one unit. What one document alone tells has dashes beside
    it."""
    texts = [item for item in observations if item.quantity]
    amounts = [item for item in texts if item.quantity and UNITS[item.quantity.unit].is_money]
    counts = [item for item in texts if item not in amounts]
    drawn = [
        _drawn(reading, f"{name}-{kind}", reading.t(caption, heading=heading), some)
        for kind, caption, some in (("amounts", AMOUNTS, amounts), ("counts", COUNTS, counts))
        if some
    ]
    return Section((Heading(2, (heading,)), *drawn), "table-section")


def _drawn(reading: Reading, name: str, caption: str, observations: Sequence[Observation]) -> PageTable:
    sources = list({item.source.source_id: item.source for item in observations}.values())
    sources.sort(key=lambda source: (source.known_on, source.source_id))
    lines: dict[tuple[str, str], dict[str, BarredNumber]] = {}
    for item in observations:
        cells = lines.setdefault((item.measure, item.component or ""), {})
        cells[item.source.source_id] = _cell(reading, item)
    titles = (
        reading.t(SAYS, publisher=source.publisher, day=published_words(source, reading.language))
        for source in sources
    )
    header = [
        reading.t(WHAT),
        *(numbers_link(reading, source, title) for source, title in zip(sources, titles, strict=True)),
    ]
    rows = [
        BarredLine(
            _name(reading, measure, component), [cells.get(source.source_id, NO_NUMBER) for source in sources]
        )
        for (measure, component), cells in sorted(lines.items())
    ]
    units = {item.quantity.unit for item in observations if item.quantity}
    axes = [range(len(sources))] if len(units) == 1 else []  # lengths of two units would tell nothing
    return barred_table(reading, name, caption, header, rows, axes=axes)


def _name(reading: Reading, measure: str, component: str) -> str:
    """Give the whole by its measure, the parts below it by what they are."""
    if not component:
        return reading.t(MEASURES[measure].label)
    name = reading.ledger.name("codelists.component", component, reading.language)
    return reading.t(OF_WHICH, part=name)


def _cell(reading: Reading, item: Observation) -> BarredNumber:
    quantity = item.quantity
    assert quantity is not None
    is_amount = UNITS[quantity.unit].is_money
    text = words(quantity, reading.language, style="short", noun=not is_amount)
    return BarredNumber(text, quantity, is_planned=item.status == "F")


register_page(
    "connectivity", message("Connectivity and equipment"),
    About(
        message(
            "How far Wi-Fi in schools is, what is planned and announced, and what equipment was on offer."
        ),
        message("school sites with Wi-Fi inside, and euros, networks and devices planned"),
        _is_of,
    ),
    connectivity, filters=(PRICES, CHARTS), order=40,
)  # fmt: skip
