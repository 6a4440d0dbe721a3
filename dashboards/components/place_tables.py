"""The tables of a commune, province or network: its sites, what they had, and other places beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dash.development.base_component import Component

from dashboards.components.comparing import COMPARE_WITH, compared_with
from dashboards.components.tables import of_service, table_section
from dashboards.components.texts import downloads, page_link, place_link
from dashboards.reading import Reading
from ennum_stats.document.blocks import Paragraph, Section, Text
from ennum_stats.errors import Message, message
from ennum_stats.languages import listed, number
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.columns import columns_of
from ennum_stats.measures.schools.places import CountedPlace, Had, Place, place_name, sites_listed
from ennum_stats.search.place_words import names_of_lists
from ennum_stats.store.answers import Known
from ennum_stats.store.place_rows import COMMUNE, NETWORK, PROVINCE

HEADING = {COMMUNE: message("Commune"), PROVINCE: message("Province"), NETWORK: message("Network")}
BY_LEVEL = {
    COMMUNE: message("School sites by level and network"),
    PROVINCE: message("School sites by level and network"),
    NETWORK: message("School sites by level and province"),
}
LEVEL, ALL_LEVELS = message("Level"), message("All levels")
ALL_ACROSS = {NETWORK: message("All networks"), PROVINCE: message("All provinces")}
SEVERAL = message(
    "A site counts once in each level and network that it has: rows and columns may add up to more than all."
)
HAD = message("What they had, by programme and call")
HAD_HEADER = (
    message("Programme or call"),
    *(columns_of(Had)[name].label for name in ("reached", "rest", "projects", "amount_eur")),
    message("Lists"),
)
ANY_CALL, ANY = message("{programme}, any call"), message("Any programme")
COMPLETE, NOT_COMPLETE = message("complete"), message("missing or not complete: {names}")
TABLE_HEADER = tuple(columns_of(CountedPlace)[name].label for name in ("sites", "reached", "share"))
SITE_BY_SITE = message("School by school (internal)")
SITE_HEADER = (
    message("Site"), message("Schools"), message("Address"), message("Networks"), message("Levels"),
    message("Had"),
)  # fmt: skip
NOTHING = message("nothing that lists tell")
_COMPARED = ("coverage.share", "sites.implantations")
"""The number by which places are compared where it is known, and the other."""


def levels_table(reading: Reading, facts: Place) -> Iterator[Section]:
    """Give the sites by level, and by network (of a network: by province), with all of them first."""
    if not facts.cells:
        return
    ledger, language = reading.ledger, reading.language
    across = PROVINCE if facts.kind == NETWORK else NETWORK
    sites = {(cell.level, cell.across): cell.sites for cell in facts.cells}
    levels = sorted({c.level for c in facts.cells if c.level}, key=lambda item: (-sites[item, None], item))
    columns = sorted({c.across for c in facts.cells if c.across}, key=lambda item: (-sites[None, item], item))
    names = [place_name(ledger, across, item, language) for item in columns]
    header = [reading.t(LEVEL), reading.t(ALL_ACROSS[across]), *names]
    rows: list[list[Any]] = []
    for level in (None, *levels):
        name = ledger.name("codelists.level", level, language) if level else reading.t(ALL_LEVELS)
        cells = (number(sites.get((level, item), 0), language) for item in (None, *columns))
        rows.append([name, *cells])
    numeric = range(1, len(header))
    title = reading.t(BY_LEVEL[facts.kind])
    files = _files(reading, facts, "levels", title)
    below = [*files, Paragraph((reading.t(SEVERAL),), "note")]
    yield table_section("levels", title, header, rows, below=below, numeric=numeric)


def had_table(reading: Reading, facts: Place) -> Iterator[Section]:
    """Tell what the sites had, by programme and call; nothing where there is no list at all."""
    if not facts.had:
        return
    rows = [_had_cells(reading, item) for item in facts.had]
    header = [reading.t(text) for text in HAD_HEADER]
    files = _files(reading, facts, "had", reading.t(HAD))
    yield table_section("had", reading.t(HAD), header, rows, below=files, numeric={1, 2, 3, 4})


def _had_cells(reading: Reading, item: Had) -> list[Any]:
    ledger, language = reading.ledger, reading.language
    name: Any = reading.t(ANY)
    if item.call:
        name = page_link(reading.view.address("winners", call=item.call), item.call)
    elif item.programme:
        name = ledger.name("programmes", item.programme, language)
        if item.programme == ECOLE_NUMERIQUE:
            name = reading.t(ANY_CALL, programme=name)
    names = names_of_lists(ledger, item.incomplete, language)
    lists = reading.t(NOT_COMPLETE, names=names) if names else reading.t(COMPLETE)
    numbers = (
        answer.words(language, style="short", noun=False)
        for answer in (item.reached, item.rest, item.projects, item.amount_eur)
    )
    return [name, *numbers, lists]


def counted_table(
    reading: Reading, kind: str, name: str, title: Message, shown: Sequence[CountedPlace], facts: Place
) -> Section:
    """Give places with their sites, those reached by École Numérique, and the share; each leads to its page,
    and to itself beside the place that the page is of, or beside the first where that is of another kind."""
    header: list[Any] = [reading.t(HEADING[kind]), *(reading.t(text) for text in TABLE_HEADER)]
    base = facts.code if kind == facts.kind else shown[0].code
    measure = _COMPARED[not isinstance(facts.counted.share, Known)]
    base_name = place_name(reading.ledger, kind, base, reading.language)
    rows: list[list[Any]] = [
        [
            place_link(reading, kind, item.code, is_here=(kind, item.code) == (facts.kind, facts.code)),
            *(
                answer.words(reading.language, style="short", noun=False)
                for answer in (item.sites, item.reached, item.share)
            ),
            "" if item.code == base else compared_with(reading, kind, measure, base, item.code),
        ]
        for item in shown
    ]
    header.append(Text(reading.t(COMPARE_WITH, name=base_name)))
    files = _files(reading, facts, name, reading.t(title))
    return table_section(name, reading.t(title), header, rows, below=files, numeric={1, 2, 3})


def _files(reading: Reading, facts: Place, name: str, title: str) -> list[Component]:
    """Make a table of a place as files."""
    return downloads(
        reading, f"{facts.kind}/{facts.code}/{name}", ("csv", "xlsx"), title, **(reading.view.choices or {})
    )


def sites_table(reading: Reading, facts: Place) -> Iterator[Section]:
    """Give the sites of a commune one by one; the public is told of none."""
    sites = sites_listed(reading.ledger, facts.code) if facts.kind == COMMUNE else []
    if not sites:
        return
    ledger, language = reading.ledger, reading.language

    def named(table: str, codes: Sequence[str]) -> str:
        return listed([ledger.name(table, code, language) for code in codes], language)

    rows: list[list[Any]] = [
        [
            item.implantation,
            of_service("\n".join(item.schools)),
            of_service(" ".join(filter(None, (item.address, item.postal_code, item.locality)))),
            named("codelists.network", item.networks),
            named("codelists.level", item.teaching_levels),
            listed(names_of_lists(ledger, item.had, language), language) if item.had else reading.t(NOTHING),
        ]
        for item in sites
    ]
    header = [reading.t(text) for text in SITE_HEADER]
    yield table_section("schools", reading.t(SITE_BY_SITE), header, rows)
