"""A page for each commune, province and network: its sites, what lists say that they had, its place among the
others, and what is not known. Single schools are named to the administration only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dashboards.blocks import PageCard, Trail
from dashboards.components import copy_button, number_card, page_link, section
from dashboards.components.comparing import SITES_COMPARED, compare_link
from dashboards.components.place_tables import (
    HEADING,
    counted_table,
    had_table,
    levels_table,
    names_of_lists,
    sites_table,
)
from dashboards.components.without_lists import TO_COVERAGE, known_without_lists
from dashboards.filters import PRICES_AS_PRINTED
from dashboards.pages.figure import name_of
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.charts.spec import call_range
from ennum_stats.document.blocks import Cards, Paragraph, Section
from ennum_stats.errors import Message, message
from ennum_stats.languages import day, listed, plural, translate_plural
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.schools.completeness import incomplete, not_complete
from ennum_stats.measures.schools.places import (
    OTHER_REGISTER,
    Place,
    lists_every_community,
    place,
    place_name,
    places_compared,
    province_of,
)
from ennum_stats.measures.schools.ranks import Rank, rank_words
from ennum_stats.measures.schools.school_lists import registers_named
from ennum_stats.measures.schools.school_sites import rows_to_load
from ennum_stats.project import Audience
from ennum_stats.search.places import had_sentence, registered_sentence
from ennum_stats.store.answers import Known
from ennum_stats.store.place_rows import COMMUNE, NETWORK, PROVINCE
from ennum_stats.wording import words

SITES = message("School sites in the register")
REACHED = message("With at least one project of École Numérique")
REST = message("Without any project of École Numérique")
OF_REGISTER = message("Register of {days}")
SCHOOLS_THERE = message("{schools} there")
FOR_CALLS = message("Counted for the calls {calls}")
AS_BOUNDS = message("Lists missing or not complete: {calls}")
CODE = message("NIS code {code}, of 2019.")
CODE_SINCE = message("NIS code {code}, of 2019; since 2025 {since}.")
AMONG = {
    COMMUNE: message("Among the communes"),
    PROVINCE: message("Among the provinces"),
    NETWORK: message("Among the networks"),
}
RANK_SITES = message("By number of school sites, among all that have one: {rank}.")
RANK_SHARE = message("By share of school sites with a project of École Numérique: {rank}.")
ALIKE = plural(
    "Among communes like it: {n} other of the same province has at least half and at most twice as many "
    "school sites.",
    "Among communes like it: {n} others of the same province have at least half and at most twice as many "
    "school sites.",
)
NONE_ALIKE = message(
    "No other commune of the same province has at least half and at most twice as many school sites: there "
    "is none like it."
)
ALIKE_SITES = message("There, by number of school sites: {rank}.")
ALIKE_SHARE = message("There, by share with a project of École Numérique: {rank}.")
NEAREST_TABLE = message("Communes like it, the nearest in size first")
ALL_TABLE = {PROVINCE: message("All provinces"), NETWORK: message("All networks of schools")}
ITS_COMMUNES = message("Its communes")
UNKNOWN = message("What is not known")
LACKING = message(
    "How many of its school sites have had nothing, exactly: the lists of {calls} are missing or not "
    "complete. What is told are bounds that hold whatever these say."
)
ALL_KNOWN = message("The lists of all calls that took place are complete.")
NO_SITES = message("The register has no school site there.")
TO_LOAD = message("What the service that holds the lists can load:")
TO_MAP = message("Map of all communes")


def heading(kind: str, reading: Reading) -> str:
    """Give the name of the place. Raises `UnknownName`."""
    return place_name(reading.ledger, kind, name_of(reading), reading.language)


def content(kind: str, reading: Reading) -> Content:
    """Tell what is known of the place, its tables, its rank, and what is not known."""
    facts = place(reading.ledger, kind, name_of(reading))
    yield _trail(reading, facts)
    if isinstance(facts.sites, Known) or isinstance(facts.counted.reached, Known):
        yield Cards((*_numbers(reading, facts),))
    if not isinstance(facts.counted.reached, Known):
        yield from known_without_lists(reading, kind, [facts.code])
    yield from _sentence(reading, facts)
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
    language, ledger = reading.language, reading.ledger
    note = ""
    if isinstance(facts.schools, Known):
        note = reading.t(SCHOOLS_THERE, schools=words(facts.schools.quantity, language, style="text"))
        note = f"{note}. {reading.t(OF_REGISTER, days=_days(reading, facts))}"
    yield number_card(reading, "sites", reading.t(SITES), facts.sites, note)
    lacking = incomplete(ledger, ECOLE_NUMERIQUE)
    texts = ""
    if isinstance(facts.counted.reached, Known):
        calls = call_range(ledger, lacking or tuple(item.call for item in facts.had if item.call), language)
        texts = reading.t(AS_BOUNDS if lacking else FOR_CALLS, calls=calls)
    rest = facts.sites - facts.counted.reached
    yield number_card(reading, "reached", reading.t(REACHED), facts.counted.reached, texts, ECOLE_NUMERIQUE)
    yield number_card(reading, "rest", reading.t(REST), rest, texts, ECOLE_NUMERIQUE)


def _days(reading: Reading, facts: Place) -> str:
    registers = registers_named(reading.ledger, facts.registers)
    return listed(sorted({day(item.as_of, reading.language) for item in registers}), reading.language)


def _sentence(reading: Reading, facts: Place) -> Iterator[Section]:
    """Make a sentence to be quoted, with a button that copies it; of a commune also its code."""
    language = reading.language
    sentences = registered_sentence(reading.ledger, facts, language), had_sentence(facts, language)
    texts = [*filter(None, sentences)]
    lines: list[Paragraph] = []
    if texts:
        text, address = " ".join(texts), reading.view.address()
        copy = copy_button(reading, heading(facts.kind, reading), text, address)
        lines.append(Paragraph((text, " ", copy)))
    if facts.kind == COMMUNE:
        lines.append(Paragraph((_code(reading, facts.code),), "note"))
    if lines:
        yield Section(tuple(lines), "text")


def _code(reading: Reading, commune: str) -> str:
    from ennum_stats.raw.communes import communes

    since = communes().by_code[commune].commune_2025
    return reading.t(CODE if since == commune else CODE_SINCE, code=commune, since=since)


def _among(reading: Reading, facts: Place) -> Iterator[Section]:
    """Give its rank among all, and among those like it, with the table of these."""
    if facts.by_sites is None:
        return
    texts = [_ranked(reading, RANK_SITES, facts.by_sites)]
    texts += [_ranked(reading, RANK_SHARE, facts.by_share)] if facts.by_share else []
    if facts.kind == COMMUNE:
        texts.append(
            translate_plural(*ALIKE, len(facts.alike), reading.language)
            if facts.alike
            else reading.t(NONE_ALIKE)
        )
    if facts.by_sites_alike:
        texts.append(_ranked(reading, ALIKE_SITES, facts.by_sites_alike))
    if facts.by_share_alike:
        texts.append(_ranked(reading, ALIKE_SHARE, facts.by_share_alike))
    other = places_compared(reading.ledger, facts)
    others = [item.code for shown in other.values() for item in shown if item.code != facts.code]
    name = heading(facts.kind, reading)
    links = [
        compare_link(reading, facts.kind, SITES_COMPARED, name, [facts.code, *others[:1]]),
        page_link(reading.view.address("chart/coverage_map"), reading.t(TO_MAP)),
        page_link(reading.view.address("coverage"), reading.t(TO_COVERAGE)),
    ]
    yield section(reading.t(AMONG[facts.kind]), texts, links=links)


def _other_places(reading: Reading, facts: Place) -> Iterator[Section]:
    """Give the tables of the places beside it: those like it or all of its kind, and a province's
    communes."""
    titles = {"alike": NEAREST_TABLE, "all": ALL_TABLE.get(facts.kind), "communes": ITS_COMMUNES}
    for name, shown in places_compared(reading.ledger, facts).items():
        kind = COMMUNE if name == "communes" else facts.kind
        title = titles[name]
        assert title is not None
        yield counted_table(reading, kind, name, title, shown, facts)


def _ranked(reading: Reading, text: Message, rank: Rank) -> str:
    return reading.t(text, rank=rank_words(rank, reading.language))


def _not_known(reading: Reading, facts: Place) -> Iterator[Section]:
    """Tell what nobody can say of the place by what was known, besides what `known_without_lists` tells where
    nothing is counted; to the service also what can be loaded."""
    ledger = reading.ledger
    texts: list[str] = []
    if isinstance(facts.sites, Known):
        texts += [] if facts.sites.quantity.value else [reading.t(NO_SITES)]
        if isinstance(facts.counted.reached, Known):
            texts.append(_lists_lacking(reading, facts))
        is_of_liege = (facts.kind, facts.code) == (PROVINCE, "liege")
        if is_of_liege and not lists_every_community(ledger):
            texts.append(reading.t(OTHER_REGISTER))
    else:
        no_register, *to_load = facts.sites.caveats
        texts.append(reading.t(no_register))
        if ledger.audience is Audience.INTERNAL:
            texts += [reading.t(caveat) for caveat in to_load]
    items = []
    if ledger.audience is Audience.INTERNAL:
        items = [reading.t(text) for text in rows_to_load(ledger)]
        texts += [reading.t(TO_LOAD)] if items else []
    if texts:
        yield section(reading.t(UNKNOWN), texts, items)


def _lists_lacking(reading: Reading, facts: Place) -> str:
    """Tell which lists are missing or not complete, or that none is."""
    ledger = reading.ledger
    if lacking := incomplete(ledger, ECOLE_NUMERIQUE):
        return reading.t(LACKING, calls=call_range(ledger, lacking, reading.language))
    if others := facts.had[-1].incomplete:
        return reading.t(not_complete(names_of_lists(reading, others)))
    return reading.t(ALL_KNOWN)


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
        filters=(PRICES_AS_PRINTED,),
    )
