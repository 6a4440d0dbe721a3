"""What the words of these pages mean, each under an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.texts import marked
from dashboards.glossary import TERMS
from dashboards.registry import GLOSSARY, Content, register_page
from ennum_stats.errors import message

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.reading import Reading


def glossary(reading: Reading) -> Content:
    """Each term with its meaning."""
    inside: list[Component] = []
    for one in TERMS:
        name = marked(reading.t(one.name), reading.language)
        inside.append(html.Dt(name, id=reading.view.id(one.key)))
        inside.append(html.Dd(marked(reading.t(one.meaning), reading.language)))
    yield html.Section(html.Dl(inside, className="terms"), className="text")


register_page(
    GLOSSARY, message("Glossary"),
    message("What the words of these pages mean: each once, as it is meant everywhere here."),
    glossary, order=68,
)  # fmt: skip
