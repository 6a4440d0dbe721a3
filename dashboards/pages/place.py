"""A page for each commune, province and network: its sites, what lists say that they had, its place among the
others, and what is not known. Single schools are named to the administration only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from dashboards.blocks import PageCard, Trail
from dashboards.components import copy_button, number_card, page_link, section
from dashboards.components.charts import framed
from dashboards.components.comparing import SITES_COMPARED, compare_link
from dashboards.components.place_tables import HEADING, counted_table, had_table, levels_table, sites_table
from dashboards.components.sparks import strokes
from dashboards.components.without_lists import TO_COVERAGE, known_without_lists
from dashboards.filters import PRICES_AS_PRINTED
from dashboards.pages.figure import name_of
from dashboards.queries.places import AMONG as AMONG_COMMUNES
from dashboards.queries.places import LIKE, place_chosen
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.charts.coverage_map import ranked_communes
from ennum_stats.charts.place_map import place_history, place_map
from ennum_stats.document.blocks import Cards, ChartBlock, Heading, Illustration, Paragraph, Section, Strong
from ennum_stats.errors import message
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.schools.places import Place, place_name, places_compared, province_of
from ennum_stats.measures.schools.school_sites import rows_to_load
from ennum_stats.project import Audience
from ennum_stats.search import place_words
from ennum_stats.store.answers import Known
from ennum_stats.store.place_rows import COMMUNE, NETWORK, PROVINCE
from ennum_stats.wording import words

CODE = message("NIS code {code}, of 2019.")
CODE_SINCE = message("NIS code {code}, of 2019; since 2025 {since}.")
NEAREST_TABLE = message("Communes like it, the nearest in size first")
ALL_TABLE = {PROVINCE: message("All provinces"), NETWORK: message("All networks of schools")}
ITS_COMMUNES = message("Its communes")
SITES_HAD = message("{sites}: {reached} with a project of École Numérique, {rest} without.")
AMONG_ALL = message(
    "Share of the school sites with a project, from none to all: each stroke is one of {n} communes, the coloured "
    "one is this."
)
_LOW = 320
"""How high the columns of a place are, in px."""
TO_LOAD = message("What the service that holds the lists can load:")
TO_MAP = message("Map of all communes")


def heading(kind: str, reading: Reading) -> str:
    """Give the name of the place. Raises `UnknownName`."""
    return place_name(reading.ledger, kind, name_of(reading), reading.language)


def content(kind: str, reading: Reading) -> Content:
    """Answer first; then pictures of the place, its tables, its rank, and what is not known."""
    facts = place_chosen(reading, kind, name_of(reading))
    yield _trail(reading, facts)
    if not isinstance(facts.counted.reached, Known):
        yield from known_without_lists(reading, kind, [facts.code])
        if isinstance(facts.sites, Known):
            yield Cards((*_numbers(reading, facts),))
    yield from _answer(reading, facts)
    yield from _pictured(reading, facts)
    yield from levels_table(reading, facts)
    yield from had_table(reading, facts)
    yield from _among(reading, facts)
    yield from _other_places(reading, facts)
    yield from _not_known(reading, facts)
    yield from sites_table(reading, facts)


def _trail(reading: Reading, facts: Place) -> Trail:
    """Give the way from coverage; to a commune through its province."""
    above = [(reading.t(TO_COVERAGE), reading.view.address("coverage"))]
    if facts.kind == COMMUNE:
        code = province_of(facts.code)
        name = place_name(reading.ledger, PROVINCE, code, reading.language)
        above.append((name, reading.view.address(f"province/{code}")))
    return Trail(tuple(above), heading(facts.kind, reading))


def _numbers(reading: Reading, facts: Place) -> Iterator[PageCard]:
    for name, label, answer, note in place_words.key_numbers(reading.ledger, facts, reading.language):
        programme = "" if name == "sites" else ECOLE_NUMERIQUE
        yield number_card(reading, name, reading.t(label), answer, note, programme)


def _answer(reading: Reading, facts: Place) -> Iterator[Section]:
    """Answer in one line; below it what the register has, with a button that copies both, and the code of a commune."""
    ledger, language = reading.ledger, reading.language
    reached, lines = facts.counted.reached, list[Paragraph]()
    rest = facts.sites - reached
    if isinstance(facts.sites, Known) and isinstance(reached, Known) and isinstance(rest, Known):
        numbers = {
            name: words(each.quantity, language, style="text", noun=False)
            for name, each in (("reached", reached), ("rest", rest))
        }
        sites = words(facts.sites.quantity, language, style="text")
        lines.append(Paragraph((Strong((reading.t(SITES_HAD, sites=sites, **numbers),)),), "lead"))
    if registered := place_words.registered_sentence(ledger, facts, language):
        quoted = f"{registered} {place_words.had_sentence(facts, language)}".strip()
        copy = copy_button(reading, heading(facts.kind, reading), quoted, reading.view.address())
        lines.append(Paragraph((registered, " ", copy)))
    if facts.kind == COMMUNE:
        lines.append(Paragraph((_code(reading, facts.code),), "note"))
    if lines:
        yield Section(tuple(lines), "text")


def _pictured(reading: Reading, facts: Place) -> Iterator[Section]:
    """Show where the place lies, where a commune stands among all, and what there was of each programme and call."""
    ledger, language = reading.ledger, reading.language
    if facts.kind != NETWORK:
        drawn = place_map(ledger, facts.kind, facts.code, language)
        yield framed(drawn, ChartBlock(drawn), _among_all(reading, facts))
    if history := place_history(ledger, facts, language):
        yield framed(history, ChartBlock(history, height=_LOW), ())


def _among_all(reading: Reading, facts: Place) -> list[Any]:
    """Draw the share of each commune as a stroke, this one's in its colour; nothing where it has no share."""
    shares = {each.commune: each.share for each in ranked_communes(reading.ledger, reading.language)}
    own = shares.get(facts.code)
    if facts.kind != COMMUNE or own is None:
        return []
    others = [float(share) for code, share in shares.items() if share is not None and code != facts.code]
    text = reading.t(AMONG_ALL, n=len(others) + 1)
    title = reading.t(AMONG_COMMUNES, commune=heading(COMMUNE, reading))
    drawn = Illustration(strokes(others, float(own), text), text, "strip")
    return [Heading(3, (title,)), Paragraph((text,), "note"), drawn]


def _code(reading: Reading, commune: str) -> str:
    from ennum_stats.raw.communes import communes

    since = communes().by_code[commune].commune_2025
    return reading.t(CODE if since == commune else CODE_SINCE, code=commune, since=since)


def _among(reading: Reading, facts: Place) -> Iterator[Section]:
    """Give its rank among all, and among those like it, with the table of these."""
    texts = [*place_words.rank_sentences(facts, reading.language)]
    if not texts:
        return
    other = places_compared(reading.ledger, facts)
    others = [item.code for shown in other.values() for item in shown if item.code != facts.code]
    name = heading(facts.kind, reading)
    links = [
        compare_link(reading, facts.kind, SITES_COMPARED, name, [facts.code, *others[:1]]),
        page_link(reading.view.address("chart/coverage_map"), reading.t(TO_MAP)),
        page_link(reading.view.address("coverage"), reading.t(TO_COVERAGE)),
    ]
    yield section(reading.t(place_words.AMONG[facts.kind]), texts, links=links)


def _other_places(reading: Reading, facts: Place) -> Iterator[Section]:
    """Give the tables of the places beside it: those like it or all of its kind, and a province's
    communes."""
    titles = {"alike": NEAREST_TABLE, "all": ALL_TABLE.get(facts.kind), "communes": ITS_COMMUNES}
    for name, shown in places_compared(reading.ledger, facts).items():
        kind = COMMUNE if name == "communes" else facts.kind
        title = titles[name]
        assert title is not None
        yield counted_table(reading, kind, name, title, shown, facts)


def _not_known(reading: Reading, facts: Place) -> Iterator[Section]:
    """Tell what nobody can say of the place; to the service also what can be loaded."""
    texts, items = [*place_words.not_known(reading.ledger, facts, reading.language)], []
    if reading.ledger.audience is Audience.INTERNAL:
        items = [reading.t(text) for text in rows_to_load(reading.ledger)]
        texts += [reading.t(TO_LOAD)] if items else []
    if texts:
        yield section(reading.t(place_words.UNKNOWN), texts, items)


ABOUT_PLACE = message(
    "Its school sites, what lists say that they had, its place among the others, and what is not known."
)
for _kind in (COMMUNE, PROVINCE, NETWORK):
    register_page(
        f"{_kind}/<name>",
        HEADING[_kind],
        ABOUT_PLACE,
        partial(content, _kind),
        heading=partial(heading, _kind),
        filters=(PRICES_AS_PRINTED, *((LIKE,) if _kind == COMMUNE else ())),
    )
