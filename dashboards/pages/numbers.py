"""A grid of every number that documents publish: searched, filtered and sorted by its address alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.blocks import Items, PageLink, PageTable, Sign
from dashboards.components import downloads, evidence_link, onward, page_link, section
from dashboards.components.browser import dashed
from dashboards.components.by_year import by_year
from dashboards.components.tables import table
from dashboards.components.texts import titled
from dashboards.filters import PRICES_AS_PRINTED
from dashboards.queries.numbers import COLUMNS, FILTERS, NEWEST, ROWS, USUAL, numbers_of, shown_of
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from dashboards.view import View
from ennum_stats.document.blocks import Heading, Paragraph, Section, Small, Text, Verbatim
from ennum_stats.errors import message
from ennum_stats.figures.contradictions import disagreeing, side_words, subject
from ennum_stats.figures.observations import bounds_words, printed, status_words, time_words, used_by
from ennum_stats.languages import plural, translate_plural
from ennum_stats.measures.dates import published_words
from ennum_stats.store.answers import Observation
from ennum_stats.typography import semicolons

HEADER = {"what": message("What"), "value": message("Printed"), "known": message("Document")}
"""The first columns, by the order that their headings ask for."""
COUNTED = plural("{n} published number", "{n} published numbers")
CONTRADICTED = plural(
    "{n} of them is contradicted by another document", "{n} of them are contradicted by other documents"
)
BY_YEAR = plural(
    "From {first} to {last}: {n} number of dated documents, {most} of {peak}",
    "From {first} to {last}: {n} numbers of dated documents, {most} of them of {peak}",
)
SHOWN = message("{found}: {first} to {last}")
NONE = message("No published number known on {day} is like that. Choose less, or a later day.")
FIGURES = plural("{n} figure", "{n} figures")
NO_FIGURE = message("no figure")
UP, DOWN = message("Sort by {column}, ascending"), message("Sort by {column}, descending")
PAGES = message("Pages of the table")
NEXT, BEFORE = message("Next page"), message("Page before")
AS_FILES = message("The published numbers chosen")


def numbers(reading: Reading) -> Content:
    """Count the numbers asked for, and draw of which years their documents are; then a page of them at a time, with
    their files; or that there is none."""
    matches = numbers_of(reading)
    if not matches:
        yield section(paragraphs=[reading.t(NONE, day=reading.ledger.known_at)])
        return
    page, shown = shown_of(reading, matches)
    first = (page - 1) * ROWS + 1
    counted = translate_plural(*COUNTED, len(matches), reading.language)
    contradicted = sum(item.observation_id in disagreeing(reading.ledger) for item in matches)
    texts = [
        counted,
        *([translate_plural(*CONTRADICTED, contradicted, reading.language)] if contradicted else []),
    ]
    yield Paragraph((f"{semicolons(texts, reading.language)}.",), "state lead")
    sources = (item.source for item in matches)
    yield from by_year(reading, "numbers", (s.day.first.year for s in sources if s.published_on), BY_YEAR)
    caption = reading.t(SHOWN, found=counted, first=first, last=first + len(shown) - 1)
    chosen = {name: value for name, value in (reading.view.choices or {}).items() if name != "leaf"}
    files = downloads(reading, "numbers", ("csv", "xlsx"), reading.t(AS_FILES), **chosen)
    leaves = _leaves(reading, page, -(-len(matches) // ROWS))
    yield Section((Heading(2, (caption,)), _grid(reading, caption, shown), *leaves, *files), "table-section")


def _grid(reading: Reading, caption: str, shown: Sequence[Observation]) -> PageTable:
    columns = reading.chosen("columns") or USUAL
    order = reading.choice("sort") or NEWEST
    header: list[Any] = [_heading(reading, name, order) for name in HEADER]
    header += [reading.t(COLUMNS[name]) for name in COLUMNS if name in columns]
    rows = [_row(reading, item, columns) for item in shown]
    sort = "descending" if order.startswith("-") else "ascending"
    ordered = ([*HEADER].index(order.removeprefix("-")), sort)
    return table("numbers", caption, header, rows, numeric={1}, ordered=ordered, is_sortable=False)


def _heading(reading: Reading, name: str, order: str) -> PageLink:
    """Make a heading that sorts by its column, and the other way round where that is the order already."""
    column = reading.t(HEADER[name])
    turned = f"-{name}" if order == name or (name == "known" and order != NEWEST) else name
    label = reading.t(DOWN if turned.startswith("-") else UP, column=column)
    sign = {name: " ↑", f"-{name}": " ↓"}.get(order, "")
    address = reading.view.address(sort="" if turned == NEWEST else turned, leaf="")
    return page_link(address, column, Sign(sign), label=label)


def _row(reading: Reading, item: Observation, columns: Sequence[str]) -> list[Any]:
    ledger, language = reading.ledger, reading.language
    bounds = bounds_words(item.quantity, language) if item.quantity else ""
    cells: list[Any] = [
        (subject(ledger, item, language), Small((time_words(ledger, item, language),))),
        (printed(item, language), Small((bounds,))),
        titled(reading, item.source, item.locator, published_words(item.source, language)),
    ]
    further: dict[str, Callable[[], Any]] = {
        "status": lambda: status_words(item, language),
        "others": lambda: _others(reading, item),
        "figures": lambda: _figures(reading, item),
        "remark": lambda: Text(*reading.ledger.remark(item, language)),
        # By which a program asks for it: `ennum observations`, the API.
        "name": lambda: Verbatim(item.observation_id),
    }
    return [*cells, *(further[name]() for name in COLUMNS if name in columns)]


def _others(reading: Reading, item: Observation) -> Items | str:
    """Tell what contradicts a number: the mark of a conflict, with who says what."""
    sides = disagreeing(reading.ledger).get(item.observation_id, ())
    if not sides:
        return ""
    return Items(tuple(("≠ ", Text(side_words(side, reading.language))) for _, side in sides))


def _figures(reading: Reading, item: Observation) -> Items | str:
    """Give the figures that rest on a number, each with its evidence."""
    matches = used_by(reading.ledger).get(item.observation_id, ())
    if not matches:
        return reading.t(NO_FIGURE)
    links = tuple((evidence_link(reading, f"figure/{f.name}", f.label(reading.language)),) for f in matches)
    summary = translate_plural(*FIGURES, len(links), reading.language) if len(links) > 1 else ""
    return Items(links, summary, f"figures-of-{item.observation_id}")


def _leaves(reading: Reading, page: int, last: int) -> list[Component]:
    """Give the pages of the grid by their numbers; nothing where there is one."""
    if last == 1:
        return []
    view = reading.view
    texts = [(page - 1, BEFORE)] if page > 1 else []
    links = [html.Li(onward(_at(view, n), "←", aria_label=reading.t(t))) for n, t in texts]
    for n in range(1, last + 1):
        current = "page" if n == page else None
        links.append(html.Li(onward(_at(view, n), str(n), aria_current=current)))
    if page < last:
        links.append(html.Li(onward(_at(view, page + 1), "→", aria_label=reading.t(NEXT))))
    label = reading.t(PAGES)
    return [html.Nav(html.Ul(links, className="leaves"), **dashed(aria_label=label))]


def _at(view: View, page: int) -> str:
    return view.address(leaf=str(page) if page > 1 else "")


register_page(
    "numbers", message("All numbers"),
    message(
        "Every number that a document publishes, as it is printed: with its bounds, its document, what "
        "contradicts it, and which figures use it."
    ),
    numbers, filters=(*FILTERS, PRICES_AS_PRINTED), order=62,
)  # fmt: skip
