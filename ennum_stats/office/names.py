"""List what a document of somebody's can name between braces: figures, dates, calls, charts and tables, with
their words of the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ennum_stats.charts.catalogue import CHARTS
from ennum_stats.document.blocks import WrittenTable
from ennum_stats.errors import Message, UnknownName, message, nearest_names
from ennum_stats.figures.statements import ROLES
from ennum_stats.kit.edition import ASPECTS, OF_CHARTS, Edition
from ennum_stats.kit.formats.control_writer import title_of
from ennum_stats.kit.programme_tables import TABLES
from ennum_stats.kit.text import TablePlace, kit_text, parts_of
from ennum_stats.languages import translate
from ennum_stats.typography import typeset

CHART, TABLE = "chart:", "table:"
TOKEN = re.compile(r"\{\{([^{}]{1,120})\}\}")
"""A name between double braces; programs may have put spaces into it."""
TABLE_NAMES = {**{name: name for name in TABLES}, "winners": "calls"}
"""The tables of the kit by name; that of the calls also by the name that charts and measures have."""

ROLE_WORDS: dict[str, Message] = {
    "last": message("the last call"),
    "planned": message("the planned call"),
    "unpublished": message("the call without published winners"),
    "falling": message("the call with fewer projects"),
    "before_fall": message("the call before it"),
}
"""What each role of a call is called in a sentence."""


@dataclass(frozen=True)
class Name:
    """Hold what may be written between braces: what it is, and what stands there today."""

    token: str
    what: str
    words: str

    @property
    def written(self) -> str:
        """The name as it is written in a document."""
        return f"{{{{{self.token}}}}}"


def names(edition: Edition) -> list[Name]:
    """List all names, those of figures first; without words where nothing is known on the day."""
    return [*_figures(edition), *_others(edition), *_charts(edition), *_tables(edition)]


def _figures(edition: Edition) -> Iterator[Name]:
    for name in edition.figures:
        yield _name(edition, name)


def _others(edition: Edition) -> Iterator[Name]:
    for role in ROLES:
        token = f"call:{role}"
        known = edition.can_write(token)
        words = edition.words(token) if known else ""
        yield Name(token, edition.t(ROLE_WORDS[role].text), words)
    for milestone in edition.milestones:
        yield _name(edition, f"milestone:{milestone}")


def _name(edition: Edition, token: str) -> Name:
    words = edition.words(token) if edition.can_write(token) else ""
    return Name(token, title_of(edition, token), words)


def _charts(edition: Edition) -> Iterator[Name]:
    for name, entry in CHARTS.items():
        drawn = edition.chart(name)
        what = translate(entry.description, edition.language)
        yield Name(CHART + name, what, drawn.title if drawn.marks else "")


def _tables(edition: Edition) -> Iterator[Name]:
    captions = _captions(edition.language)
    for name, of in TABLE_NAMES.items():
        rows = len(TABLES[of](edition).rows)
        words = edition.t("rows: {n}", n=rows) if rows else ""
        yield Name(TABLE + name, captions[of], words)


def _captions(language: str) -> dict[str, str]:
    """Find the captions that the kit's text gives its tables."""
    return {
        part.name: typeset(part.caption, language)
        for part in parts_of(kit_text(language).blocks)
        if isinstance(part, TablePlace)
    }


def named_table(edition: Edition, name: str) -> WrittenTable | None:
    """Make the table of a name; nothing where there is none, or nothing is known."""
    if name not in TABLE_NAMES:
        return None
    table = TABLES[TABLE_NAMES[name]](edition)
    caption = _captions(edition.language)[TABLE_NAMES[name]]
    return replace(table, name=name, caption=caption) if table.rows else None


def is_drawn(token: str) -> bool:
    """Tell whether a name is that of a whole chart, and not of its title or notes."""
    return token.startswith(CHART) and "." not in token


def is_named(edition: Edition, token: str) -> bool:
    """Tell whether there is something of this name, known on the day or not."""
    if token.startswith(CHART):
        name, _, aspect = token.removeprefix(CHART).partition(".")
        return name in CHARTS and aspect in ("", *OF_CHARTS)
    if token.startswith(TABLE):
        return token.removeprefix(TABLE) in TABLE_NAMES
    kind, _, code = token.rpartition(":")
    if kind == "call":
        return code in ROLES or code in {call.call for call in edition.ledger.calls}
    if kind == "milestone":
        return code.removesuffix(".on") in edition.milestones
    if kind:
        return (kind, code) == ("documents", "undated") or (kind == "rate" and code in edition.ledger.rates)
    name, _, aspect = token.partition(".")
    try:
        edition.figure(name)
    except UnknownName:
        return any(name.startswith(f"{role}_") for role in ROLES)
    return aspect in ASPECTS


def nearest(edition: Edition, tokens: Iterable[str]) -> list[Message]:
    """Say for each unknown name which ones come nearest."""
    known = [
        *edition.figures,
        *(CHART + chart for chart in CHARTS),
        *(TABLE + name for name in TABLE_NAMES),
        *(f"call:{role}" for role in ROLES),
        *(f"milestone:{milestone}" for milestone in edition.milestones),
    ]
    return [
        message("“{name}” (nearest: {names})", name=token, names=nearest_names(token, known)[:3])
        for token in tokens
    ]
