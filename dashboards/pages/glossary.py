"""What the words of these pages mean, each under an address of its own."""

from __future__ import annotations

from dashboards.glossary import TERMS
from dashboards.reading import Reading
from dashboards.registry import GLOSSARY, Content, register_page
from ennum_stats.document.blocks import Definitions, Section
from ennum_stats.errors import message


def glossary(reading: Reading) -> Content:
    """Show each term with its meaning."""
    terms = (((reading.t(item.name),), (reading.t(item.meaning),), item.key) for item in TERMS)
    yield Section((Definitions(tuple(terms)),), "text")


register_page(
    GLOSSARY, message("Glossary"),
    message("What the words of these pages mean: each once, as it is meant everywhere here."),
    glossary, order=68,
)  # fmt: skip
