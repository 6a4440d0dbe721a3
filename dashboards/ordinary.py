"""Pages that are written as Dash's documentation tells: `dash.register_page`, `layout`, `@callback`.

They stand in the folder `pages` of a project. Each gets an address in every language, a place in the menu and
what stands around every page; its layout is drawn by the server first, with what its callbacks answer at
the start. Nothing here knows what such a page shows.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from pathlib import Path
from textwrap import dedent
from traceback import extract_tb
from typing import Any

import dash
import plotly.io
from dash import dcc, html

from dashboards.blocks import Ordinary
from dashboards.inner import answer_first
from dashboards.reading import Reading
from dashboards.registry import OURS, OVERVIEW, Content, Page, add, page_at
from dashboards.rendering.markup import props_of
from dashboards.view import Filter
from ennum_stats.document import blocks as doc
from ennum_stats.drawing.sketch import MOST_ROWS, SIZE, described, sketched, values_of
from ennum_stats.drawing.template import NAME
from ennum_stats.errors import Message, UsageError, message

FOLDER = "pages"
SENTENCE = message("A page of this server, written beside those of the package.")
NOT_IMPORTED = message("This page cannot be imported ({error}).")
MEND_IT = message(
    "Mend that line, or take the file out of the folder: without it the other pages are served."
)
OTHER = message('Give it another one: dash.register_page(__name__, path="/…").')
AS_OF_TODAY = message("This page knows no other day: its numbers are those of today.")
_TOLD = ("language", "known_at")
"""What a layout is told where it takes it, beside what stands in the address."""
_LAST = 200
"""The place in the menu of a page that has none."""
_VARIABLE = re.compile(r"<(\w+)>")


@contextmanager
def folder_of(root: Path) -> Iterator[str]:
    """Give the folder of a project's own pages as Dash wants it; empty where there is none. Their charts
    have our look from then on, unless they name another template. Raises `UsageError` for a page that cannot
    be imported, with the line of it that fails."""
    folder = (root / FOLDER).resolve()
    if not folder.is_dir():
        yield ""
        return
    plotly.io.templates.default = NAME
    try:
        yield str(folder)
    except Exception as error:
        ran = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
        if isinstance(error, SyntaxError):
            ran.append((error.filename or "", error.lineno))
        lines = [(Path(file), line) for file, line in ran if Path(file).is_relative_to(folder)]
        if not lines:
            raise
        file, line = lines[-1]
        raise UsageError(
            message(NOT_IMPORTED.text, error=f"{type(error).__name__}: {error}"),
            where=f"{FOLDER}/{file.relative_to(folder).as_posix()}:{line}", remedy=MEND_IT,
        ) from error  # fmt: skip


def adopt(app: dash.Dash) -> list[str]:
    """Give the pages that Dash has found a place among ours; return the paths of those without a name in their
    address. Raises `UsageError` where another page has the address."""
    paths = [
        _registered(app, page) for page in dash.page_registry.values() if not page["module"].startswith(OURS)
    ]
    return [path for path in paths if "<" not in path]


def _registered(app: dash.Dash, page: Mapping[str, Any]) -> str:
    path = _VARIABLE.sub("<name>", page["path_template"] or page["path"]).strip("/")
    there = page_at(path)
    if path == OVERVIEW or (there and not there.is_ordinary):
        raise UsageError(
            message("The address “{path}” is that of another page.", path=f"/{path}"),
            where=f"{FOLDER}/{page['module'].rpartition(f'.{FOLDER}.')[2].replace('.', '/')}.py",
            remedy=OTHER,
        )
    takes = inspect.signature(page["layout"]).parameters if callable(page["layout"]) else {}
    named = [
        parameter.name for parameter in takes.values() if parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    variable = next(iter(_VARIABLE.findall(page["path_template"] or "")), "")
    sentence = Message(page["description"]) if page["description"] else SENTENCE
    content = partial(_content, app, page["layout"], tuple(named), variable)
    filters = tuple(_asked(name) for name in named if name not in (*_TOLD, variable))
    order = _LAST if page["order"] is None else _LAST + page["order"]
    add(Page(path, Message(page["name"]), sentence, content, filters, order, is_ordinary=True))
    return path


def _asked(name: str) -> Filter:
    """Declare what a layout reads of the address: whatever stands there."""
    return Filter(name, Message(name), lambda *_: [], is_text=True, is_carried=True)


def _content(app: dash.Dash, layout: Any, named: tuple[str, ...], variable: str, reading: Reading) -> Content:
    """Lay a page out, and fill in what its callbacks answer before anyone chooses."""
    if callable(layout):
        day = reading.view.known_at.isoformat() if reading.view.known_at else ""
        given = dict(zip(_TOLD, (reading.language, day), strict=True))
        given[variable] = reading.view.page.rpartition("/")[2]
        values = {name: given[name] if name in given else reading.choice(name) for name in named}
        layout = layout(**{name: value for name, value in values.items() if value})
    else:
        layout = deepcopy(layout)  # it is shared by all readers, and changed here
    parts = list(layout) if isinstance(layout, list | tuple) else [layout]
    answer_first(app, parts)
    if reading.view.known_at and "known_at" not in named:
        yield doc.Paragraph((reading.t(AS_OF_TODAY),), "notice")
    for part in _below_our_heading(parts):
        yield Ordinary(part, tuple(_blocks(part)))


def _below_our_heading(node: Any) -> Any:
    """Make its own headings those of the second level: that of the page stands above."""
    if isinstance(node, list | tuple):
        return [_below_our_heading(part) for part in node]
    if isinstance(node, html.H1):
        node = html.H2(**props_of(node))
    if getattr(node, "children", None) is not None:
        node.children = _below_our_heading(node.children)
    return node


def _blocks(node: Any) -> Iterator[Any]:
    """Tell what a component says where nothing can be clicked: headings, texts, lists, tables, figures."""
    inside = getattr(node, "children", None)
    match node:
        case list() | tuple():
            for child in node:
                yield from _blocks(child)
        case html.H2() | html.H3():
            yield doc.Heading(2 if isinstance(node, html.H2) else 3, (_words(inside),))
        case html.P() | html.Label() | html.Span() | html.A() | html.Pre() | str() | int() | float():
            yield doc.Paragraph((_words(node),))
        case html.Ul() | html.Ol():
            yield doc.Bullets(tuple((_words(item),) for item in _listed(inside)))
        case html.Table():
            header, *rows = ([_words(cell) for cell in _listed(row.children)] for row in _rows(node))
            yield _table(header, rows)
        case dcc.Markdown():
            text = dedent(inside if isinstance(inside, str) else "\n".join(_listed(inside)))
            yield from (doc.Paragraph((part.strip("# \n"),)) for part in text.split("\n\n") if part.strip())
        case dcc.Graph():
            yield from _figure(getattr(node, "figure", None))
        case _ if inside is not None:
            yield from _blocks(inside)


def _figure(figure: Any) -> Iterator[doc.Illustration | doc.WrittenTable]:
    """Give a figure as it is drawn without a script, or its values."""
    if figure is None:
        return
    svg, (header, rows) = sketched(figure, *SIZE), values_of(figure)
    if svg:
        yield doc.Illustration(svg, described(figure))
    elif 0 < len(rows) <= MOST_ROWS:
        yield _table(header, rows)


def _rows(node: Any) -> Iterator[Any]:
    for part in _listed(node.children):
        yield from [part] if isinstance(part, html.Tr) else _rows(part)


def _listed(children: Any) -> Sequence[Any]:
    return children if isinstance(children, list | tuple) else [] if children is None else [children]


def _words(node: Any) -> str:
    """Tell the words of a component in one line."""
    if isinstance(node, str | int | float):
        return str(node)
    return " ".join(filter(None, (_words(part) for part in _listed(getattr(node, "children", None)))))


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> doc.WrittenTable:
    columns = tuple(doc.TextColumn((heading,)) for heading in header)
    return doc.WrittenTable(columns, tuple(doc.Row(tuple((cell,) for cell in row)) for row in rows))
