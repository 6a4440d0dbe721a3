"""The pages of the subjects: budgets, winners, coverage, connectivity and equipment, people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboards.address import Filter, Option, View
from dashboards.blocks import Block, Cards, Grid, Text
from dashboards.drawing import card, downloads, measure_grid, picture, pictured
from dashboards.published import Edition
from ennum_stats.charts import chart
from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.coverage import coverage_rows
from ennum_stats.measures.coverage_facts import DEFAULT_UNIVERSE, REGISTER
from ennum_stats.measures.labels import worded_rows
from ennum_stats.measures.school_sites import has_borders, is_counted, rows_to_load
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.wording import words

NAMES: dict[str, Message] = {
    "programme": message("by programme"),
    "call": message("by call"),
    "component": message("by item of Cyberclasse"),
    "year": message("by year"),
}
OF_THE_TIME = message("in euros of the time")
OF_YEAR = message("at the prices of {year}")
BUDGET_TABLE = message("Budgets {by}, {prices}")
PRICES_NOTE = message(
    "The charts are in euros of the time. At the prices of a year, an amount of a span of years is "
    "bounded by the prices of its first and its last year."
)
WINNERS_TABLE = message("All calls, with what follows from their numbers")
ALL_CALLS = message("all calls")
LEVELS = message("by level of education")
PROVINCES = message("by province")
BREAKDOWN_TABLE = message("Projects awarded {by}, where documents tell")
BREAKDOWN_NOTE = message(
    "Only what documents print. The parts of a call need not be all of it, and projects are not schools."
)
NO_BREAKDOWN = message("No document known on this day breaks the winners down in this way.")
CALL, PART, PROJECTS, SOURCE = (
    message("Call"),
    message("Part"),
    message("Projects"),
    message("Source"),
)
ALL_UNIVERSES = message("all sets of reference")
IN_REGISTER = message("School sites of the register")
COVERAGE_TABLE = message("Coverage by programme and set of reference")
ASSUMED = message("What is assumed")
COUNTED_HEADING = message("School by school")
NOT_COUNTED = message(
    "Single schools are not counted here: on {day} no register or no list of them was known, and no coverage "
    "of a commune is drawn from totals."
)
LOADS = message("What the service that holds the lists can load:")
THEN_BUILD = message("Then: ennum build")
DOTS_NOTE = message(
    "The map shows sites as dots, because no borders of the communes were imported."
)
ALL_COMMUNES = message("All communes as a ranked table")
INTERVAL_NOTE = message(
    "Where only bounds are known the band runs from one to the other, and no value is given in it."
)
CONNECTIVITY_TABLE = message("The pilot of internal connectivity")
EQUIPMENT_TABLE = message("Equipment on offer, by programme and call")
STAFF_TABLE = message("The team by programme and function")


def _by(_ledger: Ledger, language: str) -> list[Option]:
    return [Option(code, translate(text, language)) for code, text in NAMES.items()]


def _prices(ledger: Ledger, language: str) -> list[Option]:
    years = sorted({int(row["year"]) for row in ledger.records("prices")}, reverse=True)
    real = [Option(f"real:{y}", translate(OF_YEAR, language, year=str(y))) for y in years]
    return [Option("nominal", translate(OF_THE_TIME, language)), *real]


def _breakdowns(_ledger: Ledger, language: str) -> list[Option]:
    texts = {"call": ALL_CALLS, "level": LEVELS, "province": PROVINCES}
    return [Option(code, translate(text, language)) for code, text in texts.items()]


def _universes(ledger: Ledger, language: str) -> list[Option]:
    rows = ledger.records("universes", order="counted DESC, universe")
    named = [Option(row["universe"], row[f"name_{language}"]) for row in rows]
    named.sort(key=lambda option: option.value != DEFAULT_UNIVERSE)
    if is_counted(ledger):
        named.append(Option(REGISTER, translate(IN_REGISTER, language)))
    return [*named, Option("all", translate(ALL_UNIVERSES, language))]


BY = Filter("by", message("Amounts"), _by)
PRICES = Filter("prices", message("Prices"), _prices)
BREAKDOWN = Filter("by", message("Broken down"), _breakdowns)
UNIVERSE = Filter("universe", message("Set of reference"), _universes)

_CHARTS_BY = {
    "programme": ("budget_by_programme", "cumulated_investment"),
    "call": ("budget_per_call", "mean_grant_per_call"),
    "component": ("cyberclasse_components",),
    "year": ("cumulated_investment",),
}
_BUDGET_CARDS = {
    "programme": (
        ("cyberecole_budget", "cyberecole"), ("cyberclasse_budget", "cyberclasse"),
        ("en_budget_2012_2019", ECOLE_NUMERIQUE), ("connectivity_budget", "connectivity"),
    ),
}  # fmt: skip


def budgets(view: View, ledger: Ledger, _edition: Edition) -> Iterator[Block]:
    """Budgets by programme, call, item or year, nominal or at the prices of a year."""
    by = view.choice("by") or "programme"
    prices = view.choice("prices") or "nominal"
    if by in _BUDGET_CARDS:
        yield _cards(view, ledger, _BUDGET_CARDS[by])
    for name in _CHARTS_BY[by]:
        yield picture(view, ledger, name)
    said = OF_THE_TIME if prices == "nominal" else OF_YEAR
    caption = translate(
        BUDGET_TABLE, view.language, by=NAMES[by],
        prices=translate(said, view.language, year=prices.removeprefix("real:")),
    )  # fmt: skip
    yield measure_grid(view, ledger, "budgets", caption, by=by, prices=prices)
    yield Text(paragraphs=[translate(PRICES_NOTE, view.language)])


def winners(view: View, ledger: Ledger, _edition: Edition) -> Iterator[Block]:
    """Winners per call; by level or province where documents tell."""
    breakdown = view.choice("by")
    if breakdown:
        yield _breakdown(view, ledger, breakdown)
        yield Text(paragraphs=[translate(BREAKDOWN_NOTE, view.language)])
    for name in ("winners_per_call", "mean_grant_per_call"):
        yield picture(view, ledger, name)
    yield measure_grid(view, ledger, "winners", translate(WINNERS_TABLE, view.language))
    yield from _counted(
        view, ledger, ("repeat_winners", "winners_by_province", "winners_by_network")
    )


def _counted(view: View, ledger: Ledger, names: Sequence[str]) -> Iterator[Block]:
    """Charts that are counted from lists of schools; without these, what to load."""
    drawn = [chart(ledger, name, view.language) for name in names]
    language = view.language
    if all(one.is_empty for one in drawn):
        told = [translate(NOT_COUNTED, language, day=ledger.known_at)]
        yield _to_load(ledger, language, told)
        return
    for one in drawn:
        label = translate(ALL_COMMUNES, language) if one.kind == "map" else ""
        yield pictured(view, one, table_label=label)
    if "coverage_map" in names and not has_borders(ledger):
        yield _to_load(ledger, language, [translate(DOTS_NOTE, language)])


def _to_load(ledger: Ledger, language: str, told: list[str]) -> Text:
    """What is missing, each with its command; nothing to do on a day that is only too early."""
    items = [translate(text, language) for text in rows_to_load(ledger)]
    if items:
        told.append(translate(LOADS, language))
        items.append(translate(THEN_BUILD, language))
    return Text(translate(COUNTED_HEADING, language), told, items)


def _breakdown(view: View, ledger: Ledger, dimension: str) -> Block:
    """Projects awarded by level or province: a row a number that a document prints."""
    rows = []
    for observation in ledger.all_observations():
        code = getattr(observation, dimension)
        is_part = observation.measure == "projects_awarded" and observation.call and code
        if is_part and observation.quantity is not None:
            name = ledger.name(f"codelists.{dimension}", code, view.language)
            if observation.component:
                part = ledger.name("codelists.component", observation.component, view.language)
                name = f"{name} ({part})"
            number = words(observation.quantity, view.language)
            rows.append([observation.call, name, number, observation.source.title])
    by = {"level": LEVELS, "province": PROVINCES}[dimension]
    caption = translate(BREAKDOWN_TABLE, view.language, by=by)
    if not rows:
        return Text(caption, [translate(NO_BREAKDOWN, view.language)])
    header = [translate(text, view.language) for text in (CALL, PART, PROJECTS, SOURCE)]
    return Grid(f"by-{dimension}", caption, header, rows, foreign=frozenset({3}), heading=caption)


def coverage(view: View, ledger: Ledger, _edition: Edition) -> Iterator[Block]:
    """Coverage by programme on a set of reference, with its assumptions."""
    universe = view.choice("universe") or DEFAULT_UNIVERSE
    yield picture(view, ledger, "coverage_by_programme")
    yield picture(view, ledger, "coverage_over_time")
    table = coverage_rows(ledger, None if universe == "all" else universe)
    header, rows = worded_rows(ledger, table, view.language)
    yield Grid(
        "coverage-table", translate(COVERAGE_TABLE, view.language), header, rows,
        downloads=downloads(view, "table/coverage", ("csv", "xlsx"), universe=universe),
    )  # fmt: skip
    known = [row for row in table.rows if isinstance(row.share, Known)]
    assumed = dict.fromkeys(
        translate(text, view.language) for row in known for text in row.assumptions
    )
    yield Text(
        translate(ASSUMED, view.language), [translate(INTERVAL_NOTE, view.language)], [*assumed]
    )
    yield from _counted(view, ledger, ("coverage_map",))


def connectivity(view: View, ledger: Ledger, _edition: Edition) -> Iterator[Block]:
    """The Wi-Fi pilot and the equipment on offer."""
    names = ("connectivity_progress", "connectivity_budget", "connectivity_cost_per_site")
    yield _cards(view, ledger, [(name, "connectivity") for name in names])
    yield picture(view, ledger, "connectivity_progress")
    caption = translate(CONNECTIVITY_TABLE, view.language)
    yield measure_grid(view, ledger, "connectivity", caption)
    yield picture(view, ledger, "equipment_lots")
    yield measure_grid(view, ledger, "equipment", translate(EQUIPMENT_TABLE, view.language))


def people(view: View, ledger: Ledger, _edition: Edition) -> Iterator[Block]:
    """The team, and its helpdesk."""
    yield _cards(
        view, ledger,
        (("staff_total_2019", ECOLE_NUMERIQUE), ("staff_ami_2019", ECOLE_NUMERIQUE),
         ("staff_advisers_2019", ECOLE_NUMERIQUE), ("cyberclasse_helpdesk", "cyberclasse")),
    )  # fmt: skip
    yield picture(view, ledger, "team_over_time")
    yield measure_grid(view, ledger, "staff", translate(STAFF_TABLE, view.language))
    yield picture(view, ledger, "timeline")


def _cards(view: View, ledger: Ledger, names: Sequence[tuple[str, str]]) -> Cards:
    return Cards([card(view, ledger, name, programme) for name, programme in names])
