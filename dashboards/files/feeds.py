"""What is new as Atom (RFC 4287): everything, a subject or a figure, in each language; and the calendar.

A feed follows from the content of the store alone, so that every worker gives the same, to the byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort

from dashboards import follow
from dashboards.reading import Reading, reading_at
from dashboards.service import service_name
from ennum_stats.errors import message
from ennum_stats.figures.calendar import icalendar
from ennum_stats.figures.citation import MINTED, MINTED_BY, SITE
from ennum_stats.figures.figure import noticed
from ennum_stats.figures.news import NewsItem
from ennum_stats.figures.reports import labelled
from ennum_stats.languages import LANGUAGES, tag_of, translate
from ennum_stats.measures.targets import promises

feeds = Blueprint("feeds", __name__)
_ATOM = "http://www.w3.org/2005/Atom"
TO_COME = message("What is to come")
ET.register_namespace("", _ATOM)


@feeds.get("/feed.atom")
def whole_in_home_language() -> Response:
    """Everything that is new, in the language of the Region."""
    return whole(LANGUAGES[0])


@feeds.get("/<language>/feed.atom")
def whole(language: str) -> Response:
    """Everything that is new."""
    reading = _reading(language)
    items = reading.edition.news().latest(lambda _: True)
    return _answer(reading, follow.whole_feed(reading), items, "documents")


@feeds.get("/<language>/feed/<subject>.atom")
def of_subject(language: str, subject: str) -> Response:
    """Tell what is new of a subject: of the numbers that its page counts."""
    reading = _reading(language)
    about = follow.subjects().get(subject)
    if about is None:
        abort(404)
    items = reading.edition.news().latest(lambda item: any(map(about.is_of, item.observations)))
    feed = next(
        candidate for candidate in follow.subject_feeds(reading) if candidate.path == f"feed/{subject}.atom"
    )
    return _answer(reading, feed, items, subject)


@feeds.get("/<language>/feed/figure/<name>.atom")
def of_figure(language: str, name: str) -> Response:
    """Tell what is new of a figure. Raise `UnknownName`."""
    reading = _reading(language)
    feed = follow.figure_feed(reading, name)
    return _answer(reading, feed, reading.edition.news().of_figure(name), f"figure/{name}")


@feeds.get("/<language>/feed/target/<name>.atom")
def of_target(language: str, name: str) -> Response:
    """Tell what is new of one thing that was announced: its documents, what was reached, what contradicts it."""
    reading = _reading(language)
    promise = next((each for each in promises(reading.ledger) if each.name == name), None)
    if promise is None:
        abort(404)
    items = reading.edition.news().latest(lambda item: not promise.observations.isdisjoint(item.observations))
    return _answer(reading, follow.target_feed(reading, promise), items, "targets")


@feeds.get("/<language>/calendar.ics")
def calendar(language: str) -> Response:
    """Tell what is announced, for a calendar program that goes on asking, whatever there is to tell."""
    reading = _reading(language)
    name = labelled(reading.t(TO_COME), reading.t(SITE), language)
    text = icalendar(reading.ledger, language, name, MINTED_BY)
    return _readable_elsewhere(Response(text, content_type="text/calendar; charset=utf-8"))


def _reading(language: str) -> Reading:
    """Tell what a feed is made from: the store as known today, whatever else its address asks."""
    if language not in LANGUAGES:
        abort(404)
    reading = reading_at(language, "", "")
    if not follow.has_feeds(reading):
        abort(404)
    return reading


def _answer(reading: Reading, feed: follow.Feed, items: Sequence[NewsItem], page: str) -> Response:
    body = atom(reading, feed, items, page)
    return _readable_elsewhere(Response(body, content_type=f"{follow.ATOM}; charset=utf-8"))


def _readable_elsewhere(answer: Response) -> Response:
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def atom(reading: Reading, feed: follow.Feed, items: Sequence[NewsItem], page: str) -> bytes:
    """Give a feed as Atom; `page` shows what it tells of."""
    language, ledger = reading.language, reading.ledger
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": tag_of(language)})
    _add(root, "id", f"{MINTED}/{language}/{feed.path.removesuffix('.atom')}")
    _add(root, "title", noticed(ledger, language, f"{feed.title} – {translate(SITE, language)}"))
    days = [item.day for item in items] or [reading.edition.days[0]]
    _add(root, "updated", f"{max(days).isoformat()}T00:00:00Z")
    _add(_add(root, "author"), "name", service_name(reading))
    _link(root, "self", f"/{language}/{feed.path}", follow.ATOM, language)
    _link(root, "alternate", f"/{language}/{page}", "text/html", language)
    for other in LANGUAGES:
        if other != language:
            _link(root, "alternate", f"/{other}/{feed.path}", follow.ATOM, other)
    for item in items:
        _entry(root, item, reading)
    ET.indent(root)
    text = ET.tostring(root, "unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _entry(root: ET.Element, item: NewsItem, reading: Reading) -> None:
    """Tell of one thing; what it was then is shown by a page of that day."""
    language = reading.language
    entry = _add(root, "entry")
    _add(entry, "id", f"{MINTED}/{language}/{item.kind}/{item.key}")
    _add(entry, "title", noticed(reading.ledger, language, item.titles[language]))
    _add(entry, "updated", f"{item.day.isoformat()}T00:00:00Z")
    page = item.page or "documents"
    _link(entry, "alternate", f"/{language}/{page}?known_at={item.day.isoformat()}", "text/html", language)
    if item.page.startswith("figure/"):
        _link(entry, "related", f"/{language}/{page}", "text/html", language)
    _add(entry, "category").set("term", item.kind.value)
    _add(entry, "summary", noticed(reading.ledger, language, item.sentences[language]))


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = text or None
    return child


def _link(parent: ET.Element, rel: str, path: str, kind: str, language: str) -> None:
    attributes = {"rel": rel, "href": follow.public_address(path), "type": kind, "hreflang": tag_of(language)}
    _add(parent, "link").attrib.update(attributes)
