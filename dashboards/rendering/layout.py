"""What stands around every page, and a page at an address: the one tree that server and browser draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from dash import ctx, dcc, html
from dash.development.base_component import Component
from flask import current_app
from werkzeug.exceptions import NotFound

from dashboards.blocks import ChartFrame, OnScreen, Stage, Trail, texts_of
from dashboards.components.browser import Kept, Still, dashed
from dashboards.components.charts import CHART_HEADING
from dashboards.components.controls import controls, finder, select, show_button
from dashboards.components.take_along import take_along
from dashboards.components.texts import document_link, feed_link, onward, section
from dashboards.filters import IN_TURN
from dashboards.follow import page_feed
from dashboards.glossary import terms_in
from dashboards.inner import CONTENT, DATA, DUMMY, LOCATION, SUGGEST, TITLE
from dashboards.queries.finding import proposed, words_of
from dashboards.reading import Reading, reading_at, split_path
from dashboards.registry import GLOSSARY, About, Page, all_pages, page_at
from dashboards.rendering.screen import Screen
from dashboards.rendering.still import stilled
from dashboards.service import contact, published_at, updated
from dashboards.view import SEPARATOR
from ennum_stats.charts import CHARTS
from ennum_stats.document.blocks import Definitions, Folded, Paragraph, flat
from ennum_stats.errors import message
from ennum_stats.figures.citation import SITE
from ennum_stats.figures.figure import noticed
from ennum_stats.languages import LANGUAGES, language_name, plural, translate_plural
from ennum_stats.measures.dates import published_words, publisher_and_day
from ennum_stats.measures.labels import notices, prices_words
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.store.ledger import today

REGION = message("Wallonia")
AS_KNOWN_ON = message("As known on")
TODAY = message("today ({day})")
DAY = message("{day}")
TURN_BACK = message("Day known: turn back the clock")
FIND = message("Find")
SEARCH_FOR = message("Search for “{text}”")
MEANT = message("Did you mean:")
FIND_WHAT = message("Find a commune, call, figure, word…")
LANGUAGE, PAGES = message("Language"), message("Pages")
DATA_PAGE = message("Data")
TO_CONTENT, TO_CHART = message("To the content"), message("To the first chart")
TO_PARTS = message("To the parts of this page")
ON_THIS_PAGE = message("On this page")
CONTENTS = "contents"
"""The anchor of the contents of a long page, to which a skip link leads."""
_LONG = 3
"""So many headings make a page long."""
SOURCES = message("Sources")
KNOWN_ON = message("As known on {day}.")
ON_DAY = message("{heading}, as known on {day}")
IS_PAST = message("A past day: this page tells what was known on {day}, and nothing that became known since.")
BACK_TO_TODAY = message("Back to today")
FULL_SCREEN = message("Full screen: the charts of this page, one after the other by the arrow keys")
MENU = message("Menu")
LEADS = message("Every number leads to its document.")
COUNTS = message("Counts: {what}.")
PERIOD = message("Period: {first}–{last}.")
DOCUMENTS = plural("From {n} document, of {day}.", "From {n} documents, the latest of {day}.")
WORDS_HERE = message("Words on this page")
AS_PRINTED = message(
    "The amounts of this page stay at current prices, as documents and lists give them; those of "
    "the other pages are {prices}."
)
STATEMENT = message("Accessibility statement")
CLOSE = message("Close")
COPIED, NOT_COPIED = message("Copied."), message("Not copied: select the text and copy it.")
ASCENDING = message("The table is now sorted by “{column}”, ascending.")
DESCENDING = message("The table is now sorted by “{column}”, descending.")
RENEWED = message("The figures were renewed: another store was published.")
SHOWS = message("The page now shows: {chosen}.")
NOT_CHOSEN = message("no choice")
CONTENT_READ = "content-read"
"""Where the content of a page ends: a browser paints nothing before it has read so far, as header and choices
would move when the rest of them comes, and so would the columns of a table of which it has some rows."""


def page_and_reading(path: str, search: str, accepted: tuple[str, ...] = ()) -> tuple[Page, Reading]:
    """Find the page of an address, and what it is drawn from. Raises `NotFound` and `StoreMissing`."""
    address = split_path(path)
    page = page_at(address[1]) if address else None
    if address is None or page is None:
        raise NotFound
    return page, reading_at(*address, search, page.filters, accepted)


def heading_of(page: Page, reading: Reading) -> str:
    """Tell what a page is about. Raises `UnknownName` where nothing has the name of its address."""
    return page.heading(reading) if page.heading else reading.t(page.title)


def heading_on_day(page: Page, reading: Reading) -> str:
    """Tell what a page is about and, of a past day, which one: a window, a file and a link that was kept say it
    before anything else."""
    heading, day = heading_of(page, reading), reading.view.known_at
    is_ours = not _tagged(page, reading)
    return reading.t(ON_DAY, heading=heading, day=day) if day and is_ours else heading


def _contents(screen: Screen) -> list[html.Nav]:
    """Give links to the headings of what a screen shows, none for a short page."""
    if len(screen.headings) < _LONG:
        return []
    links = [html.Li(html.A(screen.words(inlines), href=f"#{target}")) for target, inlines in screen.headings]
    title = screen.reading.t(ON_THIS_PAGE)
    named = dashed(aria_label=title)
    return [
        html.Nav([html.P(title), html.Ul(links)], className="contents", id=CONTENTS, tabIndex="-1", **named)
    ]


def shell(page: Page, reading: Reading, path: str, search: str) -> html.Div:
    """Lay out everything: what the router of Dash Pages works with, the page of the address, the dialog."""
    store = reading.edition.published.content_hash
    announced = dashed(
        aria_live="polite", data_renewed=reading.t(RENEWED), data_copied=reading.t(COPIED),
        data_not_copied=reading.t(NOT_COPIED), data_ascending=reading.t(ASCENDING),
        data_descending=reading.t(DESCENDING), data_shows=reading.t(SHOWS, chosen="{chosen}"),
        data_not_chosen=reading.t(NOT_CHOSEN),
    )  # fmt: skip
    close = html.Button(reading.t(CLOSE), className="plain", autoFocus="autofocus")
    return html.Div(
        [
            dcc.Location(id=LOCATION, refresh="callback-nav", pathname=path, search=search),
            html.Div(page_layout(page, reading), id=CONTENT),
            dcc.Store(id=TITLE, data={"title": window_title(page, reading)}),
            html.Div(id=DUMMY),
            dcc.Store(id="store", data=store),
            dcc.Store(id="evidence-address"),
            dcc.Store(id="nowhere"),
            html.Div(id="announce", className="quiet-status", role="status", **announced),
            html.Dialog(
                [html.Form(close, method="dialog"), html.Div(id="evidence-body")],
                id="evidence",
                **dashed(aria_labelledby="evidence-title"),
            ),
        ]
    )


def window_title(page: Page, reading: Reading) -> str:
    """Tell what the window is called."""
    title = f"{heading_on_day(page, reading)} – {reading.t(SITE)}"
    return noticed(reading.ledger, reading.language, title)


def page_layout(page: Page, reading: Reading) -> list[Component]:
    """Draw a page with its header, navigation and footer."""
    screen, blocks = Screen(reading, lists_sources=not page.has_name), [*page.content(reading)]
    main = _main(page, screen, blocks)
    aside = _contents(screen)
    return _around(page, reading, main, aside, _past_the_rest(screen, aside))


def _around(
    page: Page | None,
    reading: Reading,
    main: html.Main,
    aside: Iterable[Component] = (),
    ways: Iterable[Component] = (),
) -> list[Component]:
    """Lay out what stands around the content of a page, or of none: then nothing of it can be chosen. `ways` lead
    past it."""
    return stilled([
        html.Div([html.A(reading.t(TO_CONTENT), className="skip", href="#main"), *ways]),
        _header(page, reading),
        html.Div(
            [html.Div(html.Div([_navigation(page, reading), *aside]), className="side"), main],
            className="frame",
        ),
        _footer(reading),
    ])  # fmt: skip


def _past_the_rest(screen: Screen, aside: Sequence[Component]) -> list[html.A]:
    """Lead past all that stands before the first chart of a page, and to the links to its parts; none where there is
    no chart, or no contents."""
    charts = [anchor for anchor, _ in screen.headings if anchor.endswith(CHART_HEADING)][:1]
    ways = [*((TO_CHART, anchor) for anchor in charts), *((TO_PARTS, CONTENTS) for _ in aside)]
    return [html.A(screen.reading.t(text), className="skip", href=f"#{anchor}") for text, anchor in ways]


def _opening(blocks: Sequence[Any]) -> int:
    """Count the blocks that stand above the choices of a page: the sentences that answer, and their chart."""
    at = next(
        (at for at, block in enumerate(blocks) if not isinstance(block, Paragraph | Trail)), len(blocks)
    )
    if not any(isinstance(block, Paragraph) and "lead" in block.style for block in blocks[:at]):
        return 0
    return at + isinstance(blocks[at], ChartFrame | OnScreen) if at < len(blocks) else at


def _sources(screen: Screen) -> Iterator[Component]:
    """List the documents that a page cites by number, each with the way to all its numbers."""
    reading = screen.reading
    items = [
        (f"[{at}] ", document_link(reading, source), f" – {publisher_and_day(source, reading.language)}")
        for at, source in enumerate(screen.sources, 1)
    ]
    if items:
        yield from screen.drawn(
            [section(reading.t(SOURCES), items=items, anchor="sources", style="text sources")]
        )


def _main(page: Page, screen: Screen, blocks: Sequence[Any]) -> html.Main:
    """Lay out the content of a page below its notices and heading."""
    reading = screen.reading
    language, view = reading.language, reading.view
    above: list[Component] = [_past(reading, view.known_at)] if view.known_at else []
    above += [html.P(reading.t(notice), className="notice strong") for notice in notices(reading.ledger)]
    above += [html.P(reading.t(notice), className="notice", role="note") for notice in view.notices]
    if page.is_as_printed and reading.prices != NOMINAL:
        prices = prices_words(reading.prices, language)
        above.append(html.P(reading.t(AS_PRINTED, prices=prices), className="notice", role="note"))
    if page.heading:
        above.append(html.P(reading.t(page.title), className="above"))
    choices, drawn, opening = controls(reading, page), screen.drawn(blocks), _opening(blocks)
    return html.Main(
        [
            html.Div(above, className="above-all"),
            html.H1(screen.words((heading_on_day(page, reading),)), **_tagged(page, reading)),
            html.P(reading.t(page.sentence), className="sentence"),
            html.Div(drawn[:opening], className="content opening"),
            *(_about(page, page.about, reading) if page.about else ()),
            *choices,
            html.Div([*drawn[opening:], *_sources(screen)], className="content"),
            html.Div(id=CONTENT_READ),
            *_in_turn(page, reading, blocks),
            *_words(page, screen, texts_of(blocks)),
            *([] if page.path == DATA else [take_along(reading, heading_of(page, reading), screen.drawn)]),
        ],
        id="main", tabIndex="-1",
        **dashed(data_store=reading.edition.published.content_hash),
    )  # fmt: skip


def _in_turn(page: Page, reading: Reading, blocks: Sequence[Any]) -> Iterator[html.P]:
    """Lead to the charts of a page one after the other, each as large as the screen."""
    names = [
        block.chart.name for block in flat(blocks) if isinstance(block, Stage) and block.chart.name in CHARTS
    ]
    if names and not page.has_name:
        there = f"chart/{names[0]}"
        address = reading.view.address(
            there, **reading.carried(there), **{IN_TURN.name: SEPARATOR.join(names)}
        )
        text = reading.t(FULL_SCREEN)
        yield html.P(
            onward(address, text, className="with-script", data_full_screen=""), className="tools turn"
        )


def _past(reading: Reading, day: date) -> html.P:
    """Say that a page is of a past day, and lead back to today."""
    back = onward(reading.view.address(known_at=""), reading.t(BACK_TO_TODAY), className="button")
    return html.P([html.Strong(reading.t(IS_PAST, day=day)), " ", back], className="notice past", role="note")


def _words(page: Page, screen: Screen, texts: Iterable[str]) -> Iterator[Component]:
    """Fold away the terms that a page uses, each with what it means."""
    reading = screen.reading
    labels = (choice.label for choice in page.filters if not (choice.is_carried or choice.is_place))
    above = map(reading.t, (page.title, page.sentence, *labels))
    terms = terms_in((*above, *texts), reading.language)
    if page.path == GLOSSARY or not terms:
        return
    meant = tuple(((reading.t(term.name),), (reading.t(term.meaning),), f"word-{term.key}") for term in terms)
    yield from screen.drawn(
        [Folded((reading.t(WORDS_HERE),), (Definitions(meant),), style="words", anchor="words")]
    )


def _about(page: Page, about: About, reading: Reading) -> Iterator[Component]:
    """Tell what a page counts, for which years, and from which documents; nothing where nothing was known."""
    ledger = reading.ledger
    observations = [observation for observation in ledger.all_observations() if about.is_of(observation)]
    days = [
        day for observation in observations for day in (observation.valid_from, observation.valid_to) if day
    ]
    days += [
        day
        for call in ledger.calls
        if any(observation.call == call.call for observation in observations)
        for day in (call.valid_from, call.valid_to)
        if day
    ]
    if not observations:
        return
    sentences = [reading.t(COUNTS, what=reading.t(about.counts))]
    if days:
        sentences.append(reading.t(PERIOD, first=str(min(days).year), last=str(max(days).year)))
    sources = {observation.source.source_id: observation.source for observation in observations}
    dated = [source for source in sources.values() if source.published_on] or [*sources.values()]
    latest = max(dated, key=lambda source: source.known_on)
    sentences.append(
        translate_plural(
            *DOCUMENTS, len(sources), reading.language, day=published_words(latest, reading.language)
        )
    )
    yield html.P([" ".join(sentences), *feed_link(reading, page_feed(page, reading))], className="about")


def _tagged(page: Page, reading: Reading) -> dict[str, Any]:
    """Give the language of a heading, where it is another one than that of the page."""
    language = page.heading_language(reading) if page.heading_language else reading.language
    return {} if language == reading.language else {"lang": language}


def evidence_beside(page: Page, reading: Reading, address: str) -> list[Component]:
    """Lay out a page of evidence as a dialog shows it: without what stands around, with its address below."""
    aside = reading.with_ids("evidence-")
    screen = Screen(aside)
    return stilled([
        html.P(aside.t(page.title), className="above"),
        html.H1(screen.words((heading_of(page, aside),)), id="evidence-title"),
        html.P(aside.t(page.sentence), className="sentence"),
        *screen.drawn(page.content(aside)),
        html.P(onward(address, address), className="address"),
    ])  # fmt: skip


def _header(page: Page | None, reading: Reading) -> html.Header:
    view, days = reading.view, [day for day in reading.edition.days if day < today()]
    if view.known_at and view.known_at not in days:
        days = sorted([*days, view.known_at])
    options = [(day.isoformat(), reading.t(DAY, day=day)) for day in reversed(days)]
    day = select(
        "known_at", reading.t(AS_KNOWN_ON), [("", reading.t(TODAY, day=today())), *options],
        view.known_at.isoformat() if view.known_at else "",
        field="known-at", slider=reading.t(TURN_BACK),
    )  # fmt: skip
    kept = [Kept(name, value) for name, value in (view.choices or {}).items()]
    form = html.Form([html.Div(kept, hidden=True), day, show_button(reading)], className="day", method="get")
    languages = [
        html.Li(
            html.A(
                html.Abbr(code.upper(), title=language_name(code, code).capitalize()),
                href=view.address(language=code), lang=code, hrefLang=code,
                **dashed(aria_current="true" if code == reading.language else None),
            )
        )
        for code in LANGUAGES
    ]  # fmt: skip
    name = [
        onward(view.address(""), reading.t(SITE)), html.Span(reading.t(REGION)),
        onward(
            view.address("calendar"),
            reading.t(KNOWN_ON, day=view.known_at) if view.known_at else updated(reading),
            className="updated",
        ),
    ]  # fmt: skip
    return html.Header(
        [
            html.P(name, className="name"),
            html.Details(html.Summary(reading.t(MENU)), className="menu"),
            form if page else None,
            _finder(reading),
            html.Nav(html.Ul(languages), className="languages", **dashed(aria_label=reading.t(LANGUAGE))),
        ],
        className="top",
        **dashed(data_page=page.path if page else None),
    )


def _finder(reading: Reading) -> Still:
    """Lay out the search of the header: for everything that has a name, from every page."""
    known_at = reading.view.known_at
    return finder(
        reading.t(FIND_WHAT), reading.t(FIND), f"/{reading.language}/search",
        f"/{reading.language}/{SUGGEST}", reading.choice("q"), known_at.isoformat() if known_at else "",
    )  # fmt: skip


def _navigation(page: Page | None, reading: Reading) -> html.Nav:
    links = [
        html.Li(
            html.A(
                reading.t(each_page.title),
                href=reading.view.address(each_page.path, **reading.kept_for(each_page.filters)),
                **dashed(
                    aria_current="page" if each_page is page else None,
                    # A page of another kind is loaded whole, with the plotly.js that it needs.
                    data_link="" if not page or each_page.is_ordinary <= page.is_ordinary else None,
                ),
            )
        )
        for each_page in all_pages().values()
        if each_page.is_listed
    ]
    if DATA in current_app.blueprints:
        links.append(html.Li(html.A(reading.t(DATA_PAGE), href=f"/{reading.language}/{DATA}")))
    return html.Nav(html.Ul(links), className="pages", **dashed(aria_label=reading.t(PAGES)))


def _footer(reading: Reading) -> html.Footer:
    view = reading.view
    sentences = [reading.t(KNOWN_ON, day=view.known_at or today()), " ", reading.t(LEADS), " "]
    sentences += [published_at(reading), " "]
    statement = onward(view.address("method") + "#accessibility", reading.t(STATEMENT))
    here = html.P(className="print-only", **dashed(data_here=""))
    question = html.P(Screen(reading).words(contact(reading)))
    return html.Footer([question, html.P([*sentences, statement]), here], className="foot")


def problem(title: str, note: str, language: str, *, home: str) -> html.Main:
    """Lay out what a reader sees where there is nothing to read: why, and what comes next."""
    return html.Main(
        [
            html.H1(title),
            html.P(note) if note else None,
            html.P(html.A(home, className="button", href=f"/{language}/")),
        ],
        id="main", className="problem",
    )  # fmt: skip


def no_page(title: str, reading: Reading, path: str) -> list[Component]:
    """Lay out what a reader sees where there is no page: why, what its address may have meant, and the ways from any
    page."""
    sought = words_of(path)
    search = html.A(reading.t(SEARCH_FOR, text=sought), href=reading.view.address("search", q=sought))
    meant = [html.Li(html.A(label, href=address)) for label, address in proposed(reading, path)]
    main = html.Main(
        [
            html.H1(title),
            *([html.P(reading.t(MEANT)), html.Ul(meant)] if meant else []),
            html.P(search) if sought else None,
        ],
        id="main", className="problem",
    )  # fmt: skip
    return _around(None, reading, main)


def layout_at(*, here: str, search: str, **_asked: Any) -> list[Component]:
    """Draw a page for the router of Dash Pages: only what the location says counts, whatever an address names."""
    return page_layout(*page_and_reading(here, search))


def title_at(**_asked: str) -> str:
    """Give the title of the page at the location: the router hands on nothing but names in its path."""
    given = {**ctx.inputs, **ctx.states}
    place = (given[f"{LOCATION}.{name}"] for name in ("pathname", "search"))
    return window_title(*page_and_reading(*place))
