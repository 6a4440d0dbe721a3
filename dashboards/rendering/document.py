"""The HTML around the tree: head, the tree as HTML, and what the browser goes on with."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from flask import current_app

from dashboards.follow import ATOM, has_feeds, page_feed, whole_feed
from dashboards.reading import Reading
from dashboards.registry import Page
from dashboards.rendering.layout import REGION, no_page, page_layout, problem, window_title
from dashboards.rendering.markup import html_of
from dashboards.resources import Resources
from ennum_stats.errors import Message, message
from ennum_stats.figures.citation import SITE
from ennum_stats.languages import LANGUAGES, translate

TO_OVERVIEW = message("To the overview")
ASKS_AGAIN = message("This page asks again by itself every five seconds.")
SECONDS_TO_RETRY = 5
_DOCUMENT = """<!doctype html>
<html lang="{%language%}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{%title%}</title>
<meta name="description" content="{%description%}">
<link rel="stylesheet" href="{%style%}">
{%fonts%}
<link rel="icon" href="{%icon%}" type="image/svg+xml">
{%head%}
</head>
<body>
{%body%}
</body>
</html>
"""
_PLACE = re.compile(r"{%(\w+)%}")


def document(*, language: str, title: str, description: str, head: str, body: str) -> str:
    """Write a whole page; `head` and `body` are HTML already."""
    resources = current_app.extensions["ennum-resources"]
    assert isinstance(resources, Resources)
    fonts = "\n".join(
        f'<link rel="preload" href="{address}" as="font" type="font/woff2" crossorigin>'
        for name, address in resources.addresses.items()
        if name.endswith(".woff2")
    )
    values = {
        "language": language, "title": escape(title), "description": escape(description),
        "style": resources.addresses["dashboard.css"], "icon": resources.addresses["icon.svg"],
        "fonts": fonts, "head": head, "body": body,
    }  # fmt: skip
    return _PLACE.sub(lambda place: values[place[1]], _DOCUMENT)


def still_document(page: Page, reading: Reading) -> str:
    """Write a page that answers what was posted: without scripts, which would draw that of its address."""
    return document(
        language=reading.language, title=window_title(page, reading), description=reading.t(page.sentence),
        head='<meta name="robots" content="noindex">', body=html_of(page_layout(page, reading)),
    )  # fmt: skip


def alternates(addresses: dict[str, str]) -> str:
    """Link the same page in the other languages, for search engines."""
    return "\n".join(
        f'<link rel="alternate" hreflang="{code}" href="{escape(addresses[code])}">' for code in LANGUAGES
    )


def feed_links(page: Page, reading: Reading) -> list[str]:
    """Link the feeds of a page, which readers of feeds look for in its head: its own, then the whole."""
    if not has_feeds(reading):
        return []
    feeds = {feed.path: feed for feed in (page_feed(page, reading), whole_feed(reading)) if feed}
    return [
        f'<link rel="alternate" type="{ATOM}" title="{escape(feed.title)}" '
        f'href="/{reading.language}/{escape(feed.path)}">'
        for feed in feeds.values()
    ]


def problem_document(code: int, text: Message, language: str, reading: Reading | None, path: str) -> str:
    """Write the page of an error; where there is only no store yet, it asks again by itself, and where there is no
    page, it leads on like any other, from a `reading`, and to what the path below the language may have meant."""
    title, note, head = translate(text, language), "", ""
    if code == 503:
        note = translate(ASKS_AGAIN, language)
        head = f'<meta http-equiv="refresh" content="{SECONDS_TO_RETRY}">'
    shown: Any = problem(title, note, language, home=translate(TO_OVERVIEW, language))
    if reading:
        shown = no_page(title, reading, path)
    return document(
        language=language, title=f"{title} – {translate(SITE, language)}",
        description=f"{title} {translate(REGION, language)}", head=head,
        body=html_of(shown),
    )  # fmt: skip
