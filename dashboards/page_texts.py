"""Give what pages and feeds say of a ledger, for whoever reads all of it: no server runs, and nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from flask import Flask

from dashboards.blocks import texts_of
from dashboards.reading import Reading
from dashboards.registry import all_pages
from dashboards.served_store import OpenedStore, ServedLedger
from dashboards.view import View
from ennum_stats.figures.news import News
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.publish import Published

_ENTRIES = 20
"""More of them would be of days long ago, each to be computed."""


def page_texts(ledger: Ledger, language: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of the pages that the navigation shows, and of the newest entries of the feed, in a language,
    each with the path of its page."""
    store = ledger.cached(("pages",), lambda: _opened(ledger))
    app = Flask("dashboards")
    app.extensions["ennum-address"] = ""  # pages tell addresses below that of their server
    for page in all_pages().values():
        if page.is_listed and not page.is_ordinary:
            with app.app_context():
                texts = [*texts_of(page.content(Reading(View(language, page.path), store.ledger, store)))]
            yield from ((page.path, words) for words in texts if words)
    for item in ledger.cached(("feed",), lambda: News(ledger).latest(lambda _: True, _ENTRIES)):
        yield from (("feed.atom", words[language]) for words in (item.titles, item.sentences))


def _opened(ledger: Ledger) -> OpenedStore:
    """Open a ledger as the dashboard does, with the other days that its pages ask for, in whatever language."""
    served = ServedLedger(**{field.name: getattr(ledger, field.name) for field in fields(Ledger)})
    published = Published(
        ledger.content_hash, ledger.content_hash, "", "", f"{ledger.known_at}T00:00:00+00:00"
    )
    return OpenedStore(published, served, (ledger.known_at,))
