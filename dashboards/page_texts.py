"""Give what the pages say of a ledger, for whoever reads all of it: no server runs, and nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from dashboards.blocks import texts_of
from dashboards.reading import Reading
from dashboards.registry import all_pages
from dashboards.served_store import OpenedStore
from dashboards.view import View
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.publish import Published


def page_texts(ledger: Ledger, language: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of the pages that the navigation shows, in a language, each with the path of its page."""
    published = Published(
        ledger.content_hash, ledger.content_hash, "", "", f"{ledger.known_at}T00:00:00+00:00"
    )
    store = OpenedStore(published, ledger, (ledger.known_at,))
    app = Flask("dashboards")
    app.extensions["ennum-address"] = ""  # pages tell addresses below that of their server
    for page in all_pages().values():
        if page.is_listed and not page.is_ordinary:
            with app.app_context():
                texts = [*texts_of(page.content(Reading(View(language, page.path), ledger, store)))]
            yield from ((page.path, words) for words in texts if words)
