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
from ennum_stats.drawing.svg import coloured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEFT_OUT = ("Button", "Nav", "Form", "Store", "Points", "LastVisit", "Pre", "Summary", "Select")
_FOR_SCREENS = frozenset(("tools", "files", "live", "no-script", "feed", "onward"))
_TEXTS = ("P", "Dd", "A", "Span", "Strong", "Time")
_SPACES = re.compile(" {2,}")
_FEWEST, _MOST = 6, 40
"""The letters by which a column is given its width."""
BESIDE = 4
"""As many letters as the room between two columns takes."""
_APART = ("P", "Div", "Li")
"""What stands on lines of its own on a page, and apart by a space in one line."""
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
    if kind in ("H2", "H3", "Dt"):
        yield Heading(3 if kind == "Dt" else int(kind[1]), runs_of(node))
    elif kind in _TEXTS:
        runs = runs_of(node)
        yield from [Paragraph(runs, bool(style & {"source", "small", "note"}))] if runs else ()
    elif kind in ("Ul", "Ol"):
        yield from _list(node)
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
            run
            for place, one in enumerate(node)
            for run in (
                *([Run(" ")] if place and getattr(one, "_type", "") in _APART else ()),
                *runs_of(one, url, language, is_strong=is_strong),
            )
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
    inside = getattr(node, "children", None)
    if "quiet-link" in _style(node):  # its link leads on from the screen
        inside = [one for one in inside or () if getattr(one, "_type", "") != "A"]
    found = runs_of(
        inside, url, getattr(node, "lang", None) or language,
        is_strong=is_strong or node._type == "Strong",  # noqa: SLF001
    )  # fmt: skip
    if found and "detail" in _style(node):  # on a page it stands on a line of its own
        return (Run(" · "), *found, Run(" "))
    return (*found, Run(" ")) if found and node._type in _APART else found  # noqa: SLF001


def words_of(runs: Runs) -> str:
    """The words alone."""
    return _SPACES.sub(" ", "".join(run.words for run in runs)).strip(" ")


def longest_word(texts: Sequence[str]) -> int:
    """The letters of the longest word of some texts: what must not be broken."""
    return max(len(word) for text in texts for word in re.split(r"[ \n]", text))


def column_shares(columns: Sequence[Sequence[str]], letters: float) -> list[float]:
    """How much of the width of a table each column is given, where so many letters stand beside each other:
    more to those with longer texts, and to each enough for its longest word."""
    wanted = [min(max(_FEWEST, *map(len, texts)), _MOST) ** 0.75 for texts in columns]
    shares = [one / sum(wanted) for one in wanted]
    least = [(longest_word(texts) + BESIDE) / letters for texts in columns]
    narrow = {i for i, share in enumerate(shares) if share < least[i]}
    room, rest = 1 - sum(least[i] for i in narrow), sum(shares) - sum(shares[i] for i in narrow)
    if room <= 0 or rest <= 0:
        return shares
    return [least[i] if i in narrow else share * room / rest for i, share in enumerate(shares)]


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


def _list(node: Component) -> Iterator[KeyFigures | Bullets]:
    """Cards, or items with words; of a list of ways onward, those that lead out of these pages."""
    if "cards" in _style(node):
        yield KeyFigures(tuple(_card(one) for one in node.children))
        return
    is_ways = "links" in _style(node)
    items = [one for one in node.children if not (is_ways and _is_inside(one.children))]
    if told := tuple(filter(None, (runs_of(one) for one in items))):
        yield Bullets(told)


def _is_inside(link: Any) -> bool:
    return str(getattr(link, "href", "")).startswith("/")


def _card(card: Component) -> KeyFigure:
    label, number, told, *_ = card.children
    lines = told.children if isinstance(told.children, list) else [told.children]
    return KeyFigure(
        runs_of(label), runs_of(number), tuple(filter(None, (runs_of(line) for line in lines)))
    )


def _table(table: Component) -> Table:
    """A table without the columns of which a file shows nothing, as links that change the page."""
    caption, head, body = (
        next((one for one in table.children if one._type == kind), None)  # noqa: SLF001
        for kind in ("Caption", "Thead", "Tbody")
    )
    header: Sequence[Component] = _rows(head)[0] if head else []
    rows = _rows(body)
    told = [[runs_of(cell) for cell in row] for row in rows]
    kept = [i for i in range(len(rows[0])) if any(row[i] for row in told)] if rows else []
    numeric = {
        place for place, i in enumerate(kept) if any("numeric" in _style(row[i]) for row in rows)
    }
    return Table(
        runs_of(caption), tuple(runs_of(header[i]) for i in kept if header),
        tuple(tuple(row[i] for i in kept) for row in told), frozenset(numeric),
    )  # fmt: skip


def _rows(part: Any) -> list[list[Component]]:
    rows = part.children if isinstance(part.children, list) else [part.children]
    return [row.children if isinstance(row.children, list) else [row.children] for row in rows]


def _picture(drawing: Drawing, chart: str) -> Iterator[Picture]:
    """A drawing in the width of a desk; one without description says what stands beside it."""
    alt = _ALT.search(drawing.svg or "")
    if alt and "wide" in _style(drawing):
        yield Picture(coloured(drawing.svg or ""), alt[1], chart)
