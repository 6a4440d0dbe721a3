"""The calendar: what is to come, what came last, and how to hear of it without coming back."""

from __future__ import annotations

from dashboards.blocks import Moment
from dashboards.components import page_link, section, table_section
from dashboards.follow import has_feeds, subject_feeds, whole_feed
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.document.blocks import Bullets, Heading, Link, Paragraph, Section, Small, Text
from ennum_stats.errors import message
from ennum_stats.figures.calendar import KINDS, to_come
from ennum_stats.languages import day

TO_COME = message("What is to come")
HEADER = (message("When"), message("What"), message("Kind"))
NOTHING = message("No day of a next publication is declared.")
EMBARGO = message(
    "Figures under embargo are shown from their day and hour on, and not before; only ends of embargoes "
    "that are declared public stand here."
)
AS_CALENDAR = message("The same for a calendar program (iCalendar)")
LATEST = message("What came last")
FOLLOW = message("To be told of changes")
FEEDS = message(
    "A program that reads feeds (Atom) tells when a document comes, a figure changes, documents contradict "
    "each other or a number is corrected. Every figure has a feed of its own, on its page."
)
PROGRAMS = message("The figures for programs (JSON)")
_SHOWN = 12


def calendar(reading: Reading) -> Content:
    """Tell what is announced, the latest news, feeds."""
    yield _announced(reading)
    if has_feeds(reading):
        yield Paragraph((Link((reading.t(AS_CALENDAR),), f"/{reading.language}/calendar.ics"),))
    yield section(paragraphs=[reading.t(EMBARGO)])
    yield _latest(reading)
    if has_feeds(reading):
        feeds = [whole_feed(reading), *subject_feeds(reading)]
        links = [*(Link((feed.title,), f"/{reading.language}/{feed.path}") for feed in feeds)]
        links.append(Link((reading.t(PROGRAMS),), "/api/"))
        yield section(reading.t(FOLLOW), [reading.t(FEEDS)], links=links, anchor="feeds")


def _announced(reading: Reading) -> Section:
    rows = [
        [each.when(reading.language), _named(each.title(reading.language), each.url),
         reading.t(KINDS[each.kind])]
        for each in to_come(reading.ledger)
    ]  # fmt: skip
    if not rows:
        return section(reading.t(TO_COME), [reading.t(NOTHING)])
    return table_section("releases", reading.t(TO_COME), map(reading.t, HEADER), rows)


def _named(name: str, url: str | None) -> str | Link:
    return Link((name,), url) if url else name


def _latest(reading: Reading) -> Section:
    """Tell what became known last by the day of the page, each with the page that shows it as it was."""
    news = reading.edition.news().known_on(reading.ledger).latest(lambda _: True, _SHOWN)
    items = []
    for each in news:
        title = each.titles[reading.language]
        address = reading.view.address(each.page or "documents", known_at=each.day.isoformat())
        when = Moment(day(each.day, reading.language), each.day.isoformat())
        sentence = Small((Text(each.sentences[reading.language]),))
        items.append((when, " ", page_link(address, Text(title)), sentence))
    heading = Heading(2, (reading.t(LATEST),), "latest")
    return Section((heading, Bullets(tuple(items), style="news")), "text")


register_page(
    "calendar", message("Calendar"),
    message("What is to be published, what came last, and how to be told of changes."),
    calendar, order=65,
)  # fmt: skip
