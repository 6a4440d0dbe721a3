"""The pages: each with its address, its title, a sentence of what it tells, and a function that draws it.

A module of `dashboards/pages` calls `register_page` once; Dash Pages then routes to it, the navigation
shows it, and whatever it returns is written as HTML for the first answer.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, TypeAlias

from dashboards.blocks import PageBlock
from dashboards.filters import PRICES_ALONG, PRICES_AS_PRINTED
from dashboards.reading import Reading
from dashboards.view import Filter
from ennum_stats.errors import Message
from ennum_stats.store.answers import Observation

Content: TypeAlias = "Iterable[PageBlock]"
OVERVIEW = "overview"
"""What the page of a language itself is called where an address needs a name, as of a file."""
OURS = "dashboards.pages."
"""What the names of our pages begin with, as Dash knows them."""
GLOSSARY = "glossary"
"""The address of the page that tells what words mean, to which every other leads."""


@dataclass(frozen=True)
class About:
    """Hold what a page tells, what it counts, and which published numbers it is drawn from: their period and
    documents stand at its head."""

    sentence: Message
    counts: Message
    is_of: Callable[[Observation], bool]


@dataclass(frozen=True)
class Page:
    """Hold a page of the dashboard."""

    path: str
    """Its address below the language: "budgets", or "figure/<name>" for one page a name."""
    title: Message
    sentence: Message
    content: Callable[[Reading], Content]
    filters: tuple[Filter, ...] = ()
    order: int | None = 100
    """Its place in the navigation; nothing where links and the header lead to it."""
    heading: Callable[[Reading], str] | None = None
    """What a page with a name says above its content, in place of its title."""
    heading_language: Callable[[Reading], str] | None = None
    """The language of that heading, where it is not always the reader's."""
    about: About | None = None
    is_ordinary: bool = False
    """Whether it was written as Dash's documentation tells (`ordinary`): its charts may be of any kind, and come
    with the whole plotly.js."""

    @property
    def has_name(self) -> bool:
        """Tell whether its address needs a name."""
        return "<" in self.path

    @property
    def is_as_printed(self) -> bool:
        """Tell whether its amounts stay as documents and lists give them, whatever prices are chosen elsewhere."""
        return any(choice is PRICES_AS_PRINTED for choice in self.filters)

    @property
    def is_listed(self) -> bool:
        """Tell whether the navigation shows it."""
        return not self.has_name and self.order is not None


_PAGES: dict[str, Page] = {}


def register_page(
    path: str,
    title: Message,
    sentence: Message | About,
    content: Callable[[Reading], Content],
    *,
    filters: tuple[Filter, ...] = (),
    order: int | None = 100,
    heading: Callable[[Reading], str] | None = None,
    heading_language: Callable[[Reading], str] | None = None,
) -> None:
    """Add a page under `/<language>/<path>`; `content` returns the components below its heading.

    `filters` are its page-wide choices: each stands in the address, and `reading.choice` tells it to
    whatever is drawn; the prices chosen on another page come along through those that offer none. `order`
    is its place in the navigation, if it has one. With an `About`, its head also tells what it counts.
    """
    about = sentence if isinstance(sentence, About) else None
    sentence_shown = sentence.sentence if isinstance(sentence, About) else sentence
    if all(choice.name != PRICES_ALONG.name for choice in filters):
        filters = (*filters, PRICES_ALONG)
    add(Page(path, title, sentence_shown, content, filters, order, heading, heading_language, about))


def add(page: Page) -> None:
    """Add a page, in the place of one that had its address."""
    _PAGES[page.path] = page


def all_pages() -> Mapping[str, Page]:
    """List every page by its path, in the order of the navigation."""
    _load()
    return {page.path: page for page in sorted(_PAGES.values(), key=lambda page: page.order or 0)}


def page_at(path: str) -> Page | None:
    """Find the page of an address below the language."""
    _load()
    folder, _, name = path.partition("/")
    return _PAGES.get(path) or (_PAGES.get(f"{folder}/<name>") if name else None)


def page_of_file(path: str) -> Page | None:
    """Find the page of a file's path: of "budgets.pdf" that of budgets, of "overview.pdf" the overview."""
    name = path.partition(".")[0]
    return page_at("" if name == OVERVIEW else name)


@cache
def _load() -> None:
    """Import the modules of the pages, each of which registers its own."""
    pages = import_module("dashboards.pages")
    for module in pkgutil.iter_modules(pages.__path__):
        import_module(f"{pages.__name__}.{module.name}")


def register_with_dash(layout: Callable[..., Any], title: Callable[..., str]) -> None:
    """Tell Dash Pages of every page: those with a name first, the overview, which matches all, last."""
    import dash

    for page in sorted(all_pages().values(), key=lambda page: (page.is_listed, not page.path)):
        key = page.path.replace("/<name>", "").replace("-", "_") or "overview"
        order = 0 if not page.is_listed else 1 if page.path else 2
        dash.register_page(
            f"{OURS}{key}", path_template=f"/<language>/{page.path}", order=order, title=title, layout=layout
        )
