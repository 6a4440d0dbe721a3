"""The calendar: what is to come, what came last, and how to hear of it without coming back."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.blocks import Moment
from dashboards.components import page_link, section, table_section
from dashboards.components.by_year import by_year
from dashboards.follow import has_feeds, whole_feed
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.document.blocks import Bullets, Heading, Link, Paragraph, Section, Small, Text
from ennum_stats.errors import message
from ennum_stats.figures.calendar import KINDS, Release, to_come
from ennum_stats.figures.news import NewsItem
from ennum_stats.languages import day, plural

TO_COME = message("What is to come")
HEADER = (message("When"), message("What"), message("Kind"))
NOTHING = message("No day of a next publication is declared.")
EMBARGO = message(
    "Figures under embargo are shown from their day and hour on, and not before; only ends of embargoes "
    "that are declared public stand here."
)
LAST = message("The last news came on {day}. {what}.")
NEXT = message("Next comes: {what} ({day}).")
BY_YEAR = plural(
    "From {first} to {last}: something became known on {n} day, {most} of {peak}",
    "From {first} to {last}: something became known on {n} days, {most} of them in {peak}",
)
AS_CALENDAR = message("What is to come, for a calendar program (iCalendar)")
LATEST = message("What came last")
FOLLOW = message("To be told of changes")
FEEDS = message(
    "A program that reads feeds (Atom) tells when a document comes, a figure changes, documents contradict "
    "each other or a number is corrected. Pages and figures have feeds of their own, which stand there."
)
_SHOWN = 12


def calendar(reading: Reading) -> Content:
    """Answer what came last and what is to come; draw when there was news; then the latest of it, what is announced,
    how to be told."""
    news = reading.edition.news().known_on(reading.ledger).latest(lambda _: True, _SHOWN)
    announced, language = to_come(reading.ledger), reading.language
    texts = [reading.t(LAST, day=each.day, what=each.titles[language]) for each in news[:1]]
    texts += [reading.t(NEXT, what=each.title(language), day=each.when(language)) for each in announced[:1]]
    yield Paragraph((" ".join([*texts, *([] if announced else [reading.t(NOTHING)])]),), "state lead")
    days = (day for day in reading.ledger.days_known() if day <= reading.ledger.known_at)
    yield from by_year(reading, "news", (day.year for day in days), BY_YEAR)
    yield _announced(reading, announced)
    yield _latest(reading, news)
    if has_feeds(reading):
        feed = whole_feed(reading)
        links = [
            Link((feed.title,), f"/{reading.language}/{feed.path}"),
            Link((reading.t(AS_CALENDAR),), f"/{reading.language}/calendar.ics"),
        ]
        yield section(reading.t(FOLLOW), [reading.t(FEEDS)], links=links, anchor="feeds")


def _announced(reading: Reading, announced: Sequence[Release]) -> Section:
    rows = [
        [each.when(reading.language), _named(each.title(reading.language), each.url),
         reading.t(KINDS[each.kind])]
        for each in announced
    ]  # fmt: skip
    if not rows:
        return section(reading.t(TO_COME), [reading.t(EMBARGO)])
    below = [Paragraph((reading.t(EMBARGO),))]
    return table_section("releases", reading.t(TO_COME), map(reading.t, HEADER), rows, below=below)


def _named(name: str, url: str | None) -> str | Link:
    return Link((name,), url) if url else name


def _latest(reading: Reading, news: Sequence[NewsItem]) -> Section:
    """Tell what became known last by the day of the page, each with the page that shows it as it was."""
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
