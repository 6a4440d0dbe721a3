"""Where readers hear of changes: the feeds and the calendar, by their addresses.

Only the public server has any: what goes to a reader's programs must hold nothing under embargo.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from dashboards.reading import Reading
from dashboards.registry import About, Page, all_pages
from ennum_stats.errors import Message, message
from ennum_stats.figures import figure
from ennum_stats.figures.contradictions import subject
from ennum_stats.measures.targets import Promise

WHOLE = message("What is new")
OF_SUBJECT = message("What is new: {subject}")
ATOM = "application/atom+xml"
_WHOLE_SUBJECT = "documents"
"""The page that counts every number: its feed would be the whole one."""


@dataclass(frozen=True)
class Feed:
    """Hold a feed: its address below the language, and what it tells of."""

    path: str
    title: str


def public_address(path: str) -> str:
    """Give an address as it is read elsewhere; only its path where no public name is declared."""
    base = current_app.extensions["ennum-address"]
    assert isinstance(base, str)
    return base + path


def has_feeds(reading: Reading) -> bool:
    """Tell whether this server has any."""
    return reading.is_public


def whole_feed(reading: Reading) -> Feed:
    """Give the feed of everything."""
    return Feed("feed.atom", reading.t(WHOLE))


def subject_feeds(reading: Reading) -> list[Feed]:
    """Give a feed for each page of a subject, in the order of the navigation."""
    return [_subject_feed(page, reading) for page in all_pages().values() if page.path in subjects()]


def subjects() -> dict[str, About]:
    """Give what the pages with a feed of their own count, by their paths."""
    every = all_pages().values()
    return {page.path: page.about for page in every if page.about and page.path != _WHOLE_SUBJECT}


def _subject_feed(page: Page, reading: Reading) -> Feed:
    title: Message = message(OF_SUBJECT.text, subject=page.title)
    return Feed(f"feed/{page.path}.atom", reading.t(title))


def figure_feed(reading: Reading, name: str) -> Feed:
    """Give the feed of a figure. Raises `UnknownName`."""
    label = figure(reading.ledger, name).label(reading.language)
    return Feed(f"feed/figure/{name}.atom", reading.t(message(OF_SUBJECT.text, subject=label)))


def target_feed(reading: Reading, promise: Promise) -> Feed:
    """Give the feed of what is announced, chosen by its name."""
    what = subject(reading.ledger, promise.announced.observations[0], reading.language)
    return Feed(f"feed/target/{promise.name}.atom", reading.t(message(OF_SUBJECT.text, subject=what)))


def page_feed(page: Page, reading: Reading) -> Feed | None:
    """Give the feed of what a page is about; nothing where it has none of its own."""
    if not has_feeds(reading):
        return None
    if page.path in subjects():
        return _subject_feed(page, reading)
    if page.path == "figure/<name>":
        return figure_feed(reading, reading.view.page.partition("/")[2])
    return whole_feed(reading) if page.path == _WHOLE_SUBJECT else None
