"""Texts, links and downloads; French names inside other languages are marked for readers of screens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.browser import dashed
from dashboards.follow import Feed
from ennum_stats.errors import message
from ennum_stats.figures.observations import place_words
from ennum_stats.measures.schools.places import place_name
from ennum_stats.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboards.reading import Reading
    from ennum_stats.store.answers import Source

BREADCRUMB = message("Where you are")
FEED = message("Feed")
FEED_OF = message("Feed: {what}")
EVIDENCE_OF = message("Evidence: {label}")
EVIDENCE = message("Evidence")
COPY_OF = message("Copy in words: {label}")
COPY = message("Copy")
ALL_NUMBERS = message("its numbers")
ALL_NUMBERS_OF = message("All numbers of the document: {document}")
DOWNLOAD = message("Download:")
DOWNLOAD_AS = message("Download as {form}: {what}")
_FRENCH = re.compile(r"(Cyberécole|Cyberclasse|École Numérique|promotion sociale)")


def marked(text: str, language: str) -> str | list[Any]:
    """A text as its language sets it, whose French names are marked as French where it is in another."""
    text = typeset(text, language)
    if language == "fr" or not _FRENCH.search(text):
        return text
    parts = _FRENCH.split(text)
    return [html.Span(part, lang="fr") if n % 2 else part for n, part in enumerate(parts) if part]


def title_of(reading: Reading, source: Source) -> Component:
    """The title of a document in its own language, as a link where the document can be read elsewhere."""
    language = source.title_language
    props: dict[str, Any] = {} if language == reading.language else {"lang": language}
    title = typeset(source.title, language)
    if source.url:
        return html.A(title, href=source.url, rel="external noreferrer", **props)
    return html.Span(title, **props)


def numbers_link(reading: Reading, source: Source, text: str) -> html.A:
    """A link to all numbers of a document."""
    address = reading.view.address(f"document/{source.source_id}")
    name = f"{text} – {reading.t(ALL_NUMBERS_OF, document=source.title)}"
    return page_link(address, text, aria_label=name)


def titled(reading: Reading, source: Source, place: str, when: str) -> html.Div:
    """The title of a document in its own language; small below it a place in it, its day, and a link to all
    its numbers."""
    numbers = numbers_link(reading, source, reading.t(ALL_NUMBERS))
    small: list[Any] = [" ", located(reading, place), f", {when} ", numbers]
    return html.Div([title_of(reading, source), html.Span(small, className="detail quiet-link")])


def located(reading: Reading, locator: str) -> html.Span:
    """Where in a document a number stands, in the reader's language as far as that has words for it."""
    told, language = place_words(locator, reading.language)
    return html.Span(told, lang=None if language == reading.language else language)


def page_link(address: str, label: Any, **props: Any) -> html.A:
    """A link to another page or view: Dash goes there without loading anything again."""
    return html.A(label, href=address, **dashed(data_link="", **props))


def place_link(reading: Reading, kind: str, code: str, *, is_here: bool = False) -> html.A:
    """A link to the page of a commune, province or network, by its name."""
    name = place_name(reading.ledger, kind, code, reading.language)
    current = "page" if is_here else None
    return page_link(reading.view.address(f"{kind}/{code}"), name, aria_current=current)


def evidence_link(reading: Reading, page: str, label: str, text: str = "") -> html.A:
    """A link to the evidence of a figure ("figure/NAME") or chart ("chart/NAME"), opened beside the page.

    Its text is "Evidence", named for readers of screens after `label`; or `text`.
    """
    props = dashed(data_evidence_link="")
    if not text:
        props["aria-label"] = reading.t(EVIDENCE_OF, label=label)
    shown = marked(text, reading.language) if text else reading.t(EVIDENCE)
    return html.A(shown, href=reading.view.address(page, **reading.carried(page)), **props)


def feed_link(reading: Reading, feed: Feed | None) -> list[Component | str]:
    """A small link to a feed, named for readers of screens after what it tells of; nothing where there is
    none."""
    if feed is None:
        return []
    address = f"/{reading.language}/{feed.path}"
    named = dashed(aria_label=reading.t(FEED_OF, what=feed.title))
    return [" ", html.A(reading.t(FEED), href=address, className="feed", **named)]


def breadcrumb(reading: Reading, above: Sequence[tuple[str, str]], here: str) -> html.Nav:
    """The way to where the reader is: what stands above, by label and address, and the place itself."""
    steps = [html.Li(page_link(address, label)) for label, address in above]
    last = html.Span(marked(here, reading.language), **dashed(aria_current="page"))
    return html.Nav(
        html.Ol([*steps, html.Li(last)]), className="breadcrumb",
        **dashed(aria_label=reading.t(BREADCRUMB)),
    )  # fmt: skip


def copy_button(reading: Reading, label: str, words: str, address: str) -> html.Button:
    """A button that copies words with the address that shows them."""
    return html.Button(
        reading.t(COPY), className="plain with-script", type="button",
        **dashed(data_copy=words, data_address=address,
           aria_label=reading.t(COPY_OF, label=label)),
    )  # fmt: skip


def downloads(
    reading: Reading, page: str, forms: Sequence[str], what: str, /, **changes: str
) -> list[Component]:
    """Links to the same as files ("csv", "xlsx", "svg", "png"); what is chosen on the page goes into them."""
    if not forms:
        return []
    links = [
        html.A(
            form.upper(), download="",
            href=reading.view.address(f"{page}.{form}", **{**reading.carried(page), **changes}),
            **dashed(aria_label=reading.t(DOWNLOAD_AS, form=form.upper(), what=what)),
        )
        for form in forms
    ]  # fmt: skip
    return [html.P([html.Span(reading.t(DOWNLOAD)), *links], className="files")]


def section(
    reading: Reading,
    heading: str = "",
    paragraphs: Sequence[str] = (),
    items: Sequence[str] = (),
    links: Sequence[Component] = (),
    anchor: str = "",
) -> html.Section:
    """A heading with paragraphs, a list, and links."""
    language = reading.language
    inside: list[Component] = [html.H2(marked(heading, language))] if heading else []
    inside += [html.P(marked(text, language)) for text in paragraphs]
    if items:
        inside.append(html.Ul([html.Li(marked(text, language)) for text in items]))
    if links:
        inside.append(html.Ul([html.Li(link) for link in links], className="links"))
    named: dict[str, Any] = {"id": reading.view.id(anchor)} if anchor else {}
    return html.Section(inside, className="text", **named)
