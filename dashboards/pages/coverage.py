"""How many school sites each programme has reached, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

from dashboards.blocks import Division, PageLink, SmallDrawing
from dashboards.components import chart_figure, downloads, evidence_link, table_section
from dashboards.components.conflicts import conflicts_shown
from dashboards.components.counted import counted_figures
from dashboards.components.evidence import justified
from dashboards.components.sparks import interval
from dashboards.components.tables import worded
from dashboards.components.texts import stated
from dashboards.filters import CHARTS, UNITS_OF_SITES
from dashboards.queries import places
from dashboards.reading import Reading
from dashboards.registry import About, Content, register_page
from dashboards.view import Filter, Option
from ennum_stats.document.blocks import Inlines, Paragraph, Section
from ennum_stats.errors import message
from ennum_stats.figures import figure
from ennum_stats.figures.programmes import CALLS_COVERED, WINNERS_NOT_KNOWN
from ennum_stats.languages import listed, translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_range
from ennum_stats.measures.columns import REGISTER
from ennum_stats.measures.coverage.coverage_facts import DEFAULT_UNIVERSE
from ennum_stats.measures.coverage.coverage_table import coverage_rows, row_of_known_calls, shown_rows
from ennum_stats.measures.dates import dated, state_words
from ennum_stats.measures.schools.school_sites import is_counted
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Known, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import registers_known
from ennum_stats.wording import words

KEY_FIGURE, OF_THE_KIT = "en_coverage_all_calls", "en_coverage"
_HIDDEN = ("comparable", "calls_covered", "calls_not_known")
"""What the share says, and the intervals above."""
_JOINED = ("schools_joined_share", "schools_not_joined_share")
ALL_UNIVERSES = message("all sets of reference")
IN_REGISTER = message("School sites of the register")
COVERAGE_TABLE = message("Coverage by programme: {universe}")
INTERVAL_HEADING = message("How sure is the coverage?")
INTERVAL_NOTE = message(
    "Documents count projects, and a school site may win in several calls: so bounds enclose the number of "
    "different sites, where no lists let them be counted. Each row names the calls that it covers."
)
INTERVAL_HEADER = (
    message("What"), message("Share of the school sites"), message("School sites reached"),
    message("Assumed"),
)  # fmt: skip
SHARE_OF_SITES = message("Share of school sites with at least one École Numérique project ({calls})")


def _universes(ledger: Ledger, language: str) -> list[Option]:
    rows = ledger.records("universes", order="counted DESC, universe")
    named = [Option(row["universe"], row[f"name_{language}"]) for row in rows]
    named.sort(key=lambda option: option.value != DEFAULT_UNIVERSE)
    if any(row.universe == REGISTER for row in coverage_rows(ledger).rows):
        named.append(Option(REGISTER, translate(IN_REGISTER, language)))
    return [*named, Option("all", translate(ALL_UNIVERSES, language))]


UNIVERSE = Filter("universe", message("Set of reference"), _universes)


def coverage(reading: Reading) -> Content:
    """Tell the share and draw all programmes; then the commune searched, the intervals, the calls, the places."""
    universe = reading.choice("universe") or DEFAULT_UNIVERSE
    yield Paragraph((stated(reading, KEY_FIGURE),), "state lead")
    yield chart_figure(reading, "coverage_by_programme")
    yield Division((*places.commune_answer(reading),))
    yield _interval(reading)
    yield _programmes(reading, universe)
    yield chart_figure(reading, "coverage_over_time")
    yield from counted_figures(reading, ("coverage_map",))
    if is_counted(reading.ledger):
        yield from places.ranking(reading)
        yield from places.provinces_compared(reading)
    elif registers_known(reading.ledger):
        yield from places.sites_of_register(reading)
    yield from justified(reading, conflicts_shown(reading, _is_of))


def _programmes(reading: Reading, universe: str) -> Section:
    """Tell what each programme has reached, of the set of reference chosen or of all, and what is assumed."""
    ledger, language = reading.ledger, reading.language
    result = coverage_rows(ledger, None if universe in ("all", DEFAULT_UNIVERSE) else universe)
    if universe == DEFAULT_UNIVERSE:
        result = replace(result, rows=shown_rows(ledger))
    is_one = len({row.universe for row in result.rows}) == 1
    hidden = [*_HIDDEN, *(("universe",) if is_one else ())]  # the caption says it
    header, rows, numeric = worded(reading, result, hidden)
    names = {o.value: o.label for o in _universes(ledger, language)}
    caption = reading.t(COVERAGE_TABLE, universe=names[universe])
    files = downloads(reading, "table/coverage", ("csv", "xlsx"), caption, universe=universe)
    return table_section("coverage-table", caption, header, rows, below=files, numeric=numeric)


def _interval(reading: Reading) -> Section:
    """Give the bounds of École Numérique, each with its calls and with what is assumed in words: of the whole,
    which is the answer on every page; of the calls that are known alone; then what assumptions, and the calls
    of the press kit alone, would make of it."""
    ledger, language = reading.ledger, reading.language
    rows = []
    texts = set()
    of_known = row_of_known_calls(ledger)
    for row in [*shown_rows(ledger), *([of_known] if of_known else [])]:
        if row.programme != ECOLE_NUMERIQUE or not isinstance(row.share, Known):
            continue
        share = words(row.share.quantity, language)
        if share in texts:
            continue
        texts.add(share)
        calls = call_range(ledger, row.calls_covered or (), language)
        assumed = [reading.t(text) for text in row.assumptions]
        if row.calls_not_known:
            assumed.append(reading.t(WINNERS_NOT_KNOWN, calls=listed(row.calls_not_known, language)))
        sites = words(row.sites.quantity, language) if isinstance(row.sites, Known) else ""
        label: str | PageLink = reading.t(SHARE_OF_SITES, calls=calls)
        if len(texts) == 1:  # the figure has no calls in its label, and the kit's, of another value, has
            label = evidence_link(reading, f"figure/{KEY_FIGURE}", figure(ledger, KEY_FIGURE).label(language))
            assumed.insert(0, reading.t(CALLS_COVERED, calls=calls))
        shown = _share(dated(share, state_words(ledger, row.share, language), language), row.share.quantity)
        rows.append([label, shown, sites, " ".join(assumed)])
    kit = figure(ledger, OF_THE_KIT)
    if kit.text(language) not in texts:
        linked = evidence_link(reading, f"figure/{OF_THE_KIT}", kit.label(language))
        caveats = " ".join(kit.caveats(language))
        rows.append([linked, _share(kit.full_text(language), kit.quantity), "", caveats])
    header = [reading.t(text) for text in INTERVAL_HEADER]
    note = Paragraph((reading.t(INTERVAL_NOTE),), "note")
    heading = reading.t(INTERVAL_HEADING)
    return table_section("interval", heading, header, rows, below=[note], numeric={2})


def _share(text: str, share: Quantity | None) -> Inlines:
    """Put a share into words, and between which ends of the whole it lies."""
    drawn = SmallDrawing(interval(share), programme=ECOLE_NUMERIQUE) if share else ""
    return (text, drawn)


def _is_of(observation: Observation) -> bool:
    """Tell whether a number counts sites, or schools of a programme."""
    counted = observation.counted in ("implantations", "sites", "etablissements")
    return counted or observation.measure in _JOINED


register_page(
    "coverage", message("Coverage"),
    About(
        message("How many of the school sites each programme has reached, and how sure that is."),
        message("school sites: the places where schools teach, each counted once"),
        _is_of,
    ),
    coverage, filters=(places.COMMUNE, places.PROVINCE, places.SHARE_CLASS, UNIVERSE, UNITS_OF_SITES, CHARTS), order=30,
)  # fmt: skip
