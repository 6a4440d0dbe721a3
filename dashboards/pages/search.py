"""What is found by the search of the header: by kind, the nearest first; else what comes nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components import page_link, section
from dashboards.components.browser import dashed
from dashboards.filters import TEXT
from dashboards.finding import KINDS, address_of, detail_of, found, label_of, said
from dashboards.registry import Content, register_page
from ennum_stats.errors import message
from ennum_stats.languages import plural, translate_plural

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.reading import Reading
    from ennum_stats.search.lookup import Group, Match

TELLS = message(
    "Communes, provinces, networks, calls, figures, documents and words, by their names in four languages."
)
TYPE = message(
    "Type a name, a few words, or a code: a commune by its NIS code or one of its postal codes."
)
EXAMPLES = message("For example")
MORE = plural(
    "and {n} more, which a longer text tells apart", "and {n} more, which a longer text tells apart"
)
_MOST = 12
_EXAMPLES = ("Verviers", "Lüttich", "EN2018", "Wi-Fi", "4800")


def search(reading: Reading) -> Content:
    """The results of what was typed; else what can be."""
    text = reading.choice("q")
    if not text:
        links = [page_link(reading.view.address("search", q=one), one) for one in _EXAMPLES]
        yield section(reading, reading.t(EXAMPLES), [reading.t(TYPE)], links=links)
        return
    results = found(reading, text, _MOST)
    yield html.Section(html.P(said(reading, results)), className="text", **dashed(role="status"))
    for group in results.groups:
        yield _group(reading, group, text)


def _group(reading: Reading, group: Group, text: str) -> html.Section:
    rows: list[Component] = [html.Li(_result(reading, one, text)) for one in group.matches]
    inside: list[Component] = [
        html.H2(reading.t(KINDS[group.kind])),
        html.Ul(rows, className="results"),
    ]
    if more := group.total - len(group.matches):
        inside.append(html.P(translate_plural(*MORE, more, reading.language), className="note"))
    return html.Section(inside, className="text")


def _result(reading: Reading, one: Match, text: str) -> list[Any]:
    label, address = label_of(reading, one, text), address_of(reading, one.entry)
    named = page_link(address, label) if address else html.Span(label)
    detail = detail_of(reading, one)
    small = [" ", html.Span(detail, className="detail")] if detail else []
    return [named, *small]


register_page("search", message("Search"), TELLS, search, filters=(TEXT,), order=None)
