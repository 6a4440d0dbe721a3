"""What a page shows, one block after the other: what its files are made of.

The blocks come from the components of the page itself, so that a file says nothing else than the page. What
only a screen can do is left out, and so is what is folded away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from dashboards.components.browser import Drawing
from dashboards.follow import public_address
from ennum_stats.charts.svg import coloured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEFT_OUT = ("Button", "Nav", "Form", "Store", "Points", "LastVisit", "Pre", "Summary", "Select")
_FOR_SCREENS = frozenset(("tools", "files", "live", "no-script", "feed"))
_TEXTS = ("P", "A", "Span", "Strong", "Time")
_ALT = re.compile(r'aria-label="([^"]*)"')


@dataclass(frozen=True)
class Run:
    """Words of one kind: where they lead, and their language where it is another one."""

    words: str
    url: str = ""
    language: str = ""
    is_strong: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of the second or third level."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a small one says where something comes from."""

    runs: Runs
    is_small: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class KeyFigure:
    """A card: its label, its number, and the lines below."""

    label: Runs
    number: Runs
    lines: tuple[Runs, ...]


@dataclass(frozen=True)
class KeyFigures:
    """Cards side by side."""

    cards: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Table:
    """A table with its headings; columns in `numeric` stand to the right."""

    caption: Runs
    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numeric: frozenset[int]


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG with its description; `chart` is the name of the chart that it is."""

    svg: str = field(repr=False)
    alt: str
    chart: str = ""


Block = Heading | Paragraph | Bullets | KeyFigures | Table | Picture


def blocks_of(node: Any, chart: str = "") -> Iterator[Block]:
    """The blocks of components, in their order."""
    if isinstance(node, list | tuple):
        for one in node:
            yield from blocks_of(one, chart)
        return
    if isinstance(node, str):
        yield Paragraph(runs_of(node))
    if not _is_shown(node):
        return
    kind, style = node._type, _style(node)  # noqa: SLF001
    if kind in ("H2", "H3"):
        yield Heading(int(kind[1]), runs_of(node))
    elif kind in _TEXTS:
        runs = runs_of(node)
        yield from [Paragraph(runs, bool(style & {"source", "small", "note"}))] if runs else ()
    elif kind in ("Ul", "Ol"):
        yield _list(node)
    elif kind == "Table":
        yield _table(node)
    elif kind == "Drawing":
        yield from _picture(node, chart)
    else:
        name = getattr(node, "data-chart", "") or chart
        yield from blocks_of(getattr(node, "children", None), name)


def runs_of(node: Any, url: str = "", language: str = "", *, is_strong: bool = False) -> Runs:
    """The words of components as one line."""
    if isinstance(node, list | tuple):
        return tuple(
            run for one in node for run in runs_of(one, url, language, is_strong=is_strong)
        )
    if isinstance(node, str | int | float):
        words = str(node)
        return (Run(words, url, language, is_strong),) if words else ()
    if not _is_shown(node) or node._type == "Drawing":  # noqa: SLF001
        return ()
    if node._type == "Sort":  # noqa: SLF001
        return (Run(node.label, url, language, is_strong),)
    if node._type == "A":  # noqa: SLF001
        url = _url(node.href)
    found = runs_of(
        getattr(node, "children", None), url, getattr(node, "lang", None) or language,
        is_strong=is_strong or node._type == "Strong",  # noqa: SLF001
    )  # fmt: skip
    if found and "detail" in _style(node):  # on a page it stands on a line of its own
        return (Run(" · "), *found, Run(" "))
    return (*found, Run(" ")) if node._type in ("P", "Div", "Li") else found  # noqa: SLF001


def words_of(runs: Runs) -> str:
    """The words alone."""
    return " ".join("".join(run.words for run in runs).split(" ")).strip(" ")


def _is_shown(node: Any) -> bool:
    """Whether a component is shown where nothing can be clicked."""
    if not isinstance(node, Component) or node._type in _LEFT_OUT:  # noqa: SLF001
        return False
    if node._type == "Details" and not getattr(node, "open", None):  # noqa: SLF001
        return False
    return not (_style(node) & _FOR_SCREENS or getattr(node, "hidden", None))


def _style(node: Any) -> set[str]:
    return {*(getattr(node, "className", None) or "").split()}


def _url(href: str) -> str:
    """Where a link leads from a file; nothing where that cannot be told."""
    found = public_address(href) if href.startswith("/") else href
    return found if found.startswith(("https://", "http://", "mailto:", "tel:")) else ""


def _list(node: Component) -> KeyFigures | Bullets:
    if "cards" in _style(node):
        return KeyFigures(tuple(_card(one) for one in node.children))
    return Bullets(tuple(filter(None, (runs_of(one) for one in node.children))))


def _card(card: Component) -> KeyFigure:
    label, number, told, *_ = card.children
    lines = told.children if isinstance(told.children, list) else [told.children]
    return KeyFigure(
        runs_of(label), runs_of(number), tuple(filter(None, (runs_of(line) for line in lines)))
    )


def _table(table: Component) -> Table:
    caption, head, body = (
        next((one for one in table.children if one._type == kind), None)  # noqa: SLF001
        for kind in ("Caption", "Thead", "Tbody")
    )
    header: Sequence[Component] = _rows(head)[0] if head else []
    rows = _rows(body)
    numeric = {i for row in rows for i, cell in enumerate(row) if "numeric" in _style(cell)}
    return Table(
        runs_of(caption), tuple(runs_of(cell) for cell in header),
        tuple(tuple(runs_of(cell) for cell in row) for row in rows), frozenset(numeric),
    )  # fmt: skip


def _rows(part: Any) -> list[list[Component]]:
    rows = part.children if isinstance(part.children, list) else [part.children]
    return [row.children if isinstance(row.children, list) else [row.children] for row in rows]


def _picture(drawing: Drawing, chart: str) -> Iterator[Picture]:
    """A drawing in the width of a desk; one without description says what stands beside it."""
    alt = _ALT.search(drawing.svg or "")
    if alt and "wide" in _style(drawing):
        yield Picture(coloured(drawing.svg or ""), alt[1], chart)
