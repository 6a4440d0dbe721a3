"""Texts, links and downloads, of which the parts for screens alone are Dash components."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.blocks import Cited, PageLink
from dashboards.components.browser import dashed
from dashboards.follow import Feed
from dashboards.reading import Reading
from ennum_stats.document.blocks import Bullets, Heading, Inlines, Link, Paragraph, Section, Small, Text
from ennum_stats.errors import message
from ennum_stats.figures import figure
from ennum_stats.figures.observations import place_words
from ennum_stats.figures.reports import labelled
from ennum_stats.measures.schools.places import place_name
from ennum_stats.store.answers import Source

FEED = message("Feed")
FEED_OF = message("Feed: {what}")
EVIDENCE_OF = message("Evidence: {label}")
EVIDENCE = message("Evidence")
EVIDENCE_FILES = message("Evidence and files")
EVIDENCE_FILES_OF = message("Evidence and files: {label}")
COPY_OF = message("Copy in words: {label}")
COPY = message("Copy")
ALL_NUMBERS = message("its numbers")
ALL_NUMBERS_OF = message("All numbers of the document: {document}")
DOWNLOAD = message("Download:")
DOWNLOAD_AS = message("Download as {form}: {what}")


def inlines_of(*parts: Any) -> Inlines:
    """Put parts one after the other: words, inlines, and several of them."""
    return tuple(inline for part in parts for inline in (part if isinstance(part, tuple) else (part,)))


def section(
    heading: str = "",
    paragraphs: Iterable[Any] = (),
    items: Iterable[Any] = (),
    links: Iterable[Any] = (),
    *,
    anchor: str = "",
    style: str = "text",
) -> Section:
    """Make a heading with paragraphs, a list, and links."""
    blocks: list[Any] = [Heading(2, (heading,))] if heading else []
    blocks += [Paragraph(inlines_of(text)) for text in paragraphs]
    blocks += [Bullets(shown)] if (shown := tuple(inlines_of(item) for item in items)) else []
    blocks += [Bullets(shown, style="links")] if (shown := tuple((link,) for link in links)) else []
    return Section(tuple(blocks), style, anchor)


def stated(reading: Reading, name: str) -> str:
    """Say a figure by name as a sentence of its own: what it is, and what is known of it."""
    known, language = figure(reading.ledger, name, reading.prices), reading.language
    return f"{labelled(known.label(language), known.full_text(language), language)}."


def titled(reading: Reading, source: Source, place: str, day: str) -> Inlines:
    """Cite a document; small below it a place in it and its day."""
    return (cited(reading, source), Small((located(reading, place), f", {day}")))


def cited(reading: Reading, source: Source) -> Cited:
    """Cite a document by its title, which leads to all its numbers, or by its publisher and its number in the list of
    sources of a page."""
    return Cited((document_link(reading, source),), (source,), source.publisher)


def title_of(source: Source) -> Link | Text:
    """Give the title of a document in its own language, as a link where the document can be read
    elsewhere."""
    title = Text(source.title, source.title_language)
    return Link((title,), source.url) if source.url else title


def located(reading: Reading, locator: str) -> Text:
    """Tell where in a document a number stands, in the reader's language as far as that has words for it."""
    return Text(*place_words(locator, reading.language))


# --- links --------------------------------------------------------------------------------------------


def page_link(address: str, *words: Any, **options: Any) -> PageLink:
    """Make a link to another page or view: Dash goes there without loading anything again."""
    return PageLink(inlines_of(*words), address, **options)


def place_link(reading: Reading, kind: str, code: str, *, is_here: bool = False) -> PageLink:
    """Make a link to the page of a commune, province or network, by its name."""
    name = place_name(reading.ledger, kind, code, reading.language)
    return page_link(reading.view.address(f"{kind}/{code}"), name, is_here=is_here)


def evidence_link(reading: Reading, page: str, text: str) -> PageLink:
    """Make a link to the evidence of a figure ("figure/NAME") or chart ("chart/NAME"), opened beside the
    page."""
    return page_link(reading.evidence(page), text, is_evidence=True)


def document_link(reading: Reading, source: Source) -> PageLink:
    """Make a link to a document and all its numbers, by its title in its own language."""
    title = Text(source.title, source.title_language)
    return page_link(reading.view.address(f"document/{source.source_id}"), title)


def numbers_link(reading: Reading, source: Source, text: str) -> PageLink:
    """Make a link to all numbers of a document."""
    label = f"{text} – {reading.t(ALL_NUMBERS_OF, document=source.title)}"
    return page_link(reading.view.address(f"document/{source.source_id}"), text, label=label)


# --- for screens alone --------------------------------------------------------------------------------


def evidence_button(reading: Reading, page: str, label: str, *, has_files: bool = False) -> html.A:
    """Give the link to the evidence among the tools of a figure or chart, named for readers of screens after
    `label`; of a chart, its files stand there too."""
    text, named = (EVIDENCE_FILES, EVIDENCE_FILES_OF) if has_files else (EVIDENCE, EVIDENCE_OF)
    texts = {"data_evidence_link": "", "aria_label": reading.t(named, label=label)}
    return html.A(reading.t(text), href=reading.evidence(page), **dashed(**texts))


def onward(address: str, words: Any, **props: Any) -> html.A:
    """Make a link to another view that files leave out."""
    return html.A(words, href=address, **dashed(data_link="", **props))


def feed_link(reading: Reading, feed: Feed | None) -> tuple[str | Component, ...]:
    """Make a small link to a feed, named for readers of screens after what it tells of; nothing where there
    is none."""
    if feed is None:
        return ()
    address = f"/{reading.language}/{feed.path}"
    named = dashed(aria_label=reading.t(FEED_OF, what=feed.title))
    return (" ", html.A(reading.t(FEED), href=address, className="feed", **named))


def copy_button(reading: Reading, label: str, words: str, address: str) -> html.Button:
    """Make a button that copies words with the address that shows them."""
    return html.Button(
        reading.t(COPY), className="plain with-script", type="button",
        **dashed(data_copy=words, data_address=address, aria_label=reading.t(COPY_OF, label=label)),
    )  # fmt: skip


def downloads(
    reading: Reading, page: str, forms: Sequence[str], what: str, /, **changes: str
) -> list[Component]:
    """Give links to the same as files ("csv", "xlsx", "svg", "png"); what is chosen on the page goes into
    them."""
    if not forms:
        return []
    chosen = {**reading.carried(page), **changes}
    links = [
        html.A(
            form.upper(), download="", href=reading.view.address(f"{page}.{form}", **chosen),
            **dashed(aria_label=reading.t(DOWNLOAD_AS, form=form.upper(), what=what)),
        )
        for form in forms
    ]  # fmt: skip
    return [html.P([html.Span(reading.t(DOWNLOAD)), *links], className="files")]
