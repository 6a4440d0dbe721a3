"""Winners call by call: small multiples on one axis, parts where documents tell, and what lists count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboards.blocks import Division
from dashboards.components import chart_figure, downloads, section, small_chart, table_section
from dashboards.components.bars import BarredLine, BarredNumber, barred, barred_table
from dashboards.components.comparing import compare_link, few
from dashboards.components.conflicts import conflicts_shown
from dashboards.components.counted import counted_figures
from dashboards.components.evidence import justified
from dashboards.components.shares import OF_THE_WHOLE, STAYING, in_shares, share_in
from dashboards.components.tables import of_service, worded
from dashboards.filters import CALL, CHARTS, LEVEL, NETWORK, PARTS, PRICES, PROVINCE, UNITS
from dashboards.reading import Reading
from dashboards.registry import About, Content, register_page
from ennum_stats.comparison.differences import Difference, difference
from ennum_stats.comparison.words import compared_words
from ennum_stats.document.blocks import Heading, Paragraph, Section
from ennum_stats.errors import message
from ennum_stats.figures import figure
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.coverage.site_counts import winners_by_rows
from ennum_stats.measures.labels import prices_words
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.prices import prices_named
from ennum_stats.measures.winners import WinnersRow, winners_rows
from ennum_stats.store.answers import Answer, Known, Missing, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import typeset
from ennum_stats.vocabulary import MEASURES, Reason
from ennum_stats.vocabulary import UNITS as ALL_UNITS
from ennum_stats.wording import headline_words

WINNERS_TABLE = message("All calls on one axis")
CALLS_TABLE = message("{calls} on one axis")
CALL_HEADING = message("Call")
SUBMITTED, AWARDED = message("Projects submitted"), message("Projects awarded")
RATE = message("Selected of those submitted")
APPLICANTS = message("Applicants for one winner")
MEAN = message("Mean grant per project, {prices}")
BUDGET = message("Budget awarded, {prices}")
# States last.
LAST_CALL = message("The last call whose winners are known, {call}, selected {projects}.")
DIFFERENCE = message("Difference, {last} from {first}")
BAND_NOTE = message("A pale end of a bar is what a number may be beyond what is sure; outlined is planned.")
PARTS_TABLE = message("Parts of calls that documents print")
PARTS_NOTE = message(
    "Only what documents print. The parts of a call need not be all of it, and projects are not schools."
)
NO_PARTS = message("No document known on this day gives a number for what is chosen here: {chosen}.")
WHOLE_CALLS = message(
    "Numbers of whole calls are not shown while provinces, networks or levels are chosen: they would not be "
    "of these."
)
NOT_BY_CALL = message("What the lists count is counted over all their calls together.")
PART, WHAT, NUMBER, SOURCE = (message("Part"), message("What"), message("Number"), message("Source"))
OF_ITS_CALL = message("{what}, share of the call")
COUNTED = message("Counted from the lists, for what is chosen")
_IN_PARTS = ("projects_introduced", "projects_awarded", "projects_rejected", "budget_awarded")
_AXES = ({0, 1}, {2}, {3}, {4}, {5})
_CHARTS = ("budget_per_call", "mean_grant_per_call", "applicants_per_winner")
_COMPARED = (
    "projects_introduced", "projects_awarded", "selection_rate", "applicants_per_winner", "mean_grant",
    "budget_awarded",
)  # fmt: skip
"""The columns of which two calls are compared, in their order."""
_PARTS_OF_WHOLES = (0, 1, 5)
"""The columns whose numbers add up: projects submitted and awarded, and the budget."""


def winners(reading: Reading) -> Content:
    """Tell the last call and draw all; then all their numbers beside each other, parts of calls, and what lists
    tell."""
    parts = {dimension: reading.chosen(dimension) for dimension in PARTS if reading.chosen(dimension)}
    calls = winners_rows(reading.ledger, prices=reading.prices).rows
    if parts:
        yield section(paragraphs=[reading.t(WHOLE_CALLS)])
    else:
        yield Paragraph((last_call_words(reading),), "state lead")
        yield chart_figure(reading, "winners_per_call")
        yield _multiples(reading, calls)
        yield Division(tuple(small_chart(reading, name, has_note=False) for name in _CHARTS), "multiples")
    conflicts = conflicts_shown(reading, lambda item: _is_of(item) and _is_chosen(reading, item))
    printed = _parts(reading, calls, parts)
    if parts:
        yield from printed
    yield from _counted(reading, parts)
    yield from justified(reading, (*printed, *conflicts))


def last_call(ledger: Ledger) -> str:
    """Give the last call whose winners are known; empty where there is none."""
    known = [row.call for row in winners_rows(ledger).rows if isinstance(row.projects_awarded, Known)]
    return known[-1] if known else ""


def last_call_words(reading: Reading) -> str:
    """Say how many projects the last call selected; nothing where none is known."""
    call = last_call(reading.ledger)
    projects = figure(reading.ledger, f"{call.lower()}_projects").quantity if call else None
    if projects is None:
        return ""
    return reading.t(LAST_CALL, call=call, projects=headline_words(projects, reading.language))


def _is_of(observation: Observation) -> bool:
    """Tell whether a number is of a call: what was submitted, awarded or rejected."""
    return observation.measure in _IN_PARTS and bool(observation.call)


def _is_chosen(reading: Reading, observation: Observation) -> bool:
    """Tell whether a number is of what is chosen for the page: calls, provinces, networks, levels."""
    chosen, named = reading.chosen("call"), reading.ledger.calls_of(observation.call or "")
    return (not chosen or any(call in chosen for call in named)) and all(
        getattr(observation, part) in reading.chosen(part) for part in PARTS if reading.chosen(part)
    )


# --- whole calls ----------------------------------------------------------------------------------


def _multiples(reading: Reading, calls: Sequence[WinnersRow]) -> Section:
    chosen = reading.chosen("call")
    rows = [row for row in calls if not chosen or row.call in chosen]
    lines = [_line(reading, row) for row in rows]
    if reading.is_in_shares:
        lines = in_shares(reading, lines, {column: column for column in _PARTS_OF_WHOLES})
    elif len(rows) == 2:
        lines.append(_difference(reading, *rows))
    prices = prices_words(reading.prices, reading.language)
    header = [
        reading.t(text, prices=prices)
        for text in (CALL_HEADING, SUBMITTED, AWARDED, RATE, APPLICANTS, MEAN, BUDGET)
    ]
    caption = reading.t(WINNERS_TABLE)
    if chosen:
        caption = reading.t(CALLS_TABLE, calls=[row.call for row in rows])
    notes = [BAND_NOTE]
    if reading.is_in_shares:
        caption = reading.t(OF_THE_WHOLE, what=caption)
        notes.append(STAYING)
    given = {} if reading.prices == "nominal" else {"prices": reading.prices}
    link = compare_link(reading, "call", "winners.projects_awarded", caption, few(chosen))
    return Section(
        (
            Heading(2, (caption,)),
            barred_table(reading, "winners-table", caption, header, lines, axes=_AXES),
            Paragraph((" ".join(reading.t(text) for text in notes),), "small"),
            *downloads(reading, "table/winners", ("csv", "xlsx"), caption, **given),
            Paragraph((link,), "tools"),
        ),
        "table-section",
    )


def _line(reading: Reading, row: WinnersRow) -> BarredLine:
    def either(answer: Answer, planned: Answer) -> BarredNumber:
        """Tell what was awarded; what is planned, as long as nothing was."""
        is_planned = not isinstance(answer, Known) and isinstance(planned, Known)
        return barred(reading, planned if is_planned else answer, is_planned=is_planned)

    cells = [
        barred(reading, row.projects_introduced),
        either(row.projects_awarded, row.projects_planned),
        barred(reading, row.selection_rate),
        barred(reading, row.applicants_per_winner),
        either(row.mean_grant, row.mean_grant_planned),
        either(row.budget_awarded, row.budget_planned),
    ]
    school_year = typeset(row.school_year, reading.language)
    return BarredLine(row.call, cells, "", school_year, f"call/{row.call}", ECOLE_NUMERIQUE)


def _difference(reading: Reading, first: WinnersRow, last: WinnersRow) -> BarredLine:
    """Tell how far the later of two calls lies from the earlier, with its ratio."""
    cells_shown = [_compared(reading, getattr(last, name), getattr(first, name)) for name in _COMPARED]
    return BarredLine(reading.t(DIFFERENCE, first=first.call, last=last.call), cells_shown)


def _compared(reading: Reading, after: Answer, before: Answer) -> BarredNumber:
    result = difference(after, before)
    if not isinstance(result, Difference):
        return BarredNumber(reading.t(result.reason))
    return BarredNumber(compared_words(result, reading.language, style="short"))


# --- parts of calls -------------------------------------------------------------------------------


def _parts(
    reading: Reading, rows_of_calls: Sequence[WinnersRow], parts: dict[str, tuple[str, ...]]
) -> Iterator[Section]:
    """Make a row for every number that a document prints of a part of a call."""
    ledger, language, calls = reading.ledger, reading.language, reading.chosen("call")
    every = {call.call: call for call in ledger.calls}
    basis, rows = prices_named(ledger, reading.prices), []
    wholes = {row.call: row for row in rows_of_calls}
    for observation in ledger.all_observations():
        codes = {dimension: getattr(observation, dimension) for dimension in PARTS}
        is_wanted = (
            observation.measure in _IN_PARTS
            and observation.quantity is not None
            and observation.call in (calls or every)
            and any(codes.values())
            and all(codes[dimension] in values for dimension, values in parts.items())
        )
        if not (is_wanted and observation.quantity and observation.call in every):
            continue
        names = [ledger.name(f"codelists.{d}", code, language) for d, code in codes.items() if code]
        if observation.component:
            names.append(ledger.name("codelists.component", observation.component, language))
        what = reading.t(MEASURES[observation.measure].label)
        answer: Answer = Known(observation.quantity)
        if basis and ALL_UNITS[observation.quantity.unit].is_money:
            years = every[observation.call].years
            answer = basis.real(answer, *years) if years else Missing(Reason.NOT_YET_KNOWN)
            what = f"{what}, {prices_words(basis.name, language)}"
        if reading.is_in_shares:
            answer = _of_its_call(answer, observation.measure, wholes[observation.call])
            what = reading.t(OF_ITS_CALL, what=what)
        cells_shown = barred(reading, answer).text
        rows.append(
            [observation.call, ", ".join(names), what, cells_shown, of_service(observation.source.title)]
        )
    caption = reading.t(PARTS_TABLE)
    if not rows:
        yield section(caption, [reading.t(NO_PARTS, chosen=_chosen_words(reading))])
        return
    header = [reading.t(text) for text in (CALL_HEADING, PART, WHAT, NUMBER, SOURCE)]
    yield table_section("parts", caption, header, rows, numeric={3})
    yield section(paragraphs=[reading.t(PARTS_NOTE)])


def _of_its_call(part: Answer, measure: str, call: WinnersRow) -> Answer:
    """Give a part as a share of the same number of its whole call."""
    whole: Answer = getattr(call, measure, Missing(Reason.NOT_COLLECTED))
    if isinstance(part, Known) and isinstance(whole, Known):
        return replace(part, quantity=share_in(part.quantity, whole.quantity))
    return whole


def _chosen_words(reading: Reading) -> list[str]:
    names = [*reading.chosen("call")]
    for dimension in PARTS:
        table = f"codelists.{dimension}"
        names += [reading.ledger.name(table, code, reading.language) for code in reading.chosen(dimension)]
    return names


def _counted(reading: Reading, parts: dict[str, tuple[str, ...]]) -> Iterator[Section]:
    """Tell what lists and registers tell: charts, or the rows of what is chosen."""
    names = ("repeat_winners", "winners_by_province", "winners_by_network")
    tables = [
        (dimension, winners_by_rows(reading.ledger, dimension), chosen) for dimension, chosen in parts.items()
    ]
    shown = [
        (dimension, MeasureTable(rows, table.row_type, table.by))
        for dimension, table, chosen in tables
        if (rows := [row for row in table.rows if getattr(row, "part", None) in chosen])
    ]
    if not shown:
        yield from counted_figures(reading, names)
    elif reading.chosen("call"):
        yield section(paragraphs=[reading.t(NOT_BY_CALL)])
    for dimension, table in shown:
        header, cells_shown, numeric = worded(reading, table)
        heading = reading.t(COUNTED)
        yield table_section(f"counted-{dimension}", heading, header, cells_shown, numeric=numeric)


register_page(
    "winners", message("Winners"),
    About(
        message("Who won: projects submitted and awarded, call by call."),
        message("projects, not schools: a school site may have won in several calls"),
        _is_of,
    ),
    winners, filters=(CALL, PROVINCE, NETWORK, LEVEL, PRICES, UNITS, CHARTS), order=20,
)  # fmt: skip
