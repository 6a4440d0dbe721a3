"""The kit as slides for a minister: the message, the figures to quote, four charts, what to know of them.

Charts are Office's own where it can draw them. What a speaker is asked stands in the notes: the words of each
number, what it does not say, its documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ennum_stats.charts.deck import (
    BELOW_LEAD,
    CAPTION,
    DRAWING,
    EDGE,
    FOOT,
    TOP,
    WIDTH,
    Deck,
    across,
    emu,
)
from ennum_stats.charts.spec import Chart
from ennum_stats.charts.svg import coloured, page_svg
from ennum_stats.charts.theme import GREYS, LOGO_HEIGHT_CM, PROGRAMME_COLOURS, bare
from ennum_stats.errors import message
from ennum_stats.figures.figure import noticed
from ennum_stats.figures.reports import labelled
from ennum_stats.kit.document import Card, Cards, Node, plain_text
from ennum_stats.kit.edition import Edition

_CHARTS = ("budget_by_programme", "winners_per_call", "coverage_by_programme", "plan_budgets")
_A_ROW = 3
_CARD_HEIGHT = 2.4
_CM_PER_INCH = 2.54
TO_KNOW = message("To know when quoting these figures")


def write_slides(edition: Edition, title: str, kind: str, release: Sequence[Node]) -> bytes:
    """Write the slides of an edition; the message, the cards and the closing sentences are those of its press
    release."""
    foot = noticed(edition.ledger, edition.language, f"{title} – {edition.publisher_name}")
    deck = Deck(
        title, edition.language, edition.ledger.known_at, foot, author=edition.publisher_name
    )
    (heading,) = (block for block in release if block["t"] == "Header")
    at = next(place for place, block in enumerate(release) if isinstance(block["c"], Cards))
    lead = [plain_text(block) for block in release[:at] if block is not heading]
    _add_first(deck, edition, plain_text(heading["c"][2]), [kind, *edition.cover_lines], lead)
    _add_cards(deck, release[at]["c"])
    for drawn in map(edition.chart, _CHARTS):
        if not drawn.is_empty:
            _add_chart(deck, drawn)
    _add_last(deck, edition, [plain_text(one) for one in release[at + 1 :]])
    return deck.content()


def _add_first(
    deck: Deck, edition: Edition, headline: str, lines: Sequence[str], lead: Sequence[str]
) -> None:
    slide = deck.add_slide(headline)
    _add_stripe(deck, slide)
    title = slide.shapes.title
    title.top, title.height = emu(1.9), emu(1.7)
    title.text_frame.paragraphs[0].runs[0].font.size = emu(36 / 72)
    _add_words(deck, slide, lines, 18, 3.6)
    _add_words(deck, slide, lead, 14, 5.35)
    left = emu(EDGE)
    for logo in edition.publisher.pictures.get("logo", ()):
        height = emu(LOGO_HEIGHT_CM / _CM_PER_INCH * 1.4)
        shown = deck.add_picture(slide, logo, edition.publisher_name, left, emu(0.7), height)
        left += shown.width + emu(0.3)
    for photo in edition.publisher.pictures.get("photo", ())[:1]:
        alt = edition.given("photo_alt")
        shown = deck.add_picture(slide, photo, alt, 0, emu(0.45), emu(1.6))
        shown.left = emu(WIDTH - EDGE) - shown.width
        deck.note(slide, edition.given("photo_credit"))
    for line in lead:
        deck.note(slide, line)


def _add_stripe(deck: Deck, slide: Any) -> None:
    """Add the colours of the four programmes."""
    colours = list(PROGRAMME_COLOURS.values())
    wide = emu(WIDTH) // len(colours)
    for number, colour in enumerate(colours):
        deck.add_ornament(slide, (number * wide, 0, wide, emu(0.22)), colour)


def _add_cards(deck: Deck, cards: Cards) -> None:
    slide = deck.add_slide(cards.heading)
    wide = (WIDTH - 2 * EDGE) / _A_ROW
    for number, card in enumerate(cards.cards):
        row, column = divmod(number, _A_ROW)
        where = EDGE + column * wide, 1.6 + row * _CARD_HEIGHT
        _add_card(deck, slide, card, *where, wide - 0.3)
        value = f"{card.key.number} {card.key.unit}".strip()
        said = labelled(card.label, f"{value} ({card.key.precision})", deck.language)
        deck.note(slide, f"{said} – {card.evidence}")
    deck.add_box(slide, across(CAPTION + 0.15, 0.4), cards.note, 12)


def _add_card(deck: Deck, slide: Any, card: Card, left: float, top: float, wide: float) -> None:
    from pptx.dml.color import RGBColor

    colour = PROGRAMME_COLOURS.get(card.programme, GREYS["ink"])
    place = emu(left), emu(top), emu(0.05), emu(_CARD_HEIGHT - 0.45)
    deck.add_ornament(slide, place, colour)
    box = slide.shapes.add_textbox(
        emu(left + 0.1), emu(top - 0.05), emu(wide), emu(_CARD_HEIGHT - 0.4)
    )
    frame = box.text_frame
    frame.word_wrap = True
    number = deck.write(
        frame.paragraphs[0], card.key.number, 24 if card.is_long else 40, is_bold=True
    )
    unit = deck.write(frame.paragraphs[0], f" {card.key.unit}", 16, is_bold=True)
    number.font.color.rgb = unit.font.color.rgb = RGBColor.from_string(bare(colour))
    for words, points in ((card.key.precision, 14), (card.label, 14), (card.evidence, 11)):
        deck.write(frame.add_paragraph(), words, points, is_bold=words == card.key.precision)


def _add_chart(deck: Deck, drawn: Chart) -> None:
    svg = coloured(page_svg(drawn, DRAWING, drawn.name))
    slide = deck.add_slide(drawn.title)
    deck.add_box(slide, across(1.3, 0.6), drawn.subtitle, 14)
    place = across(BELOW_LEAD, FOOT - BELOW_LEAD - 0.1)
    deck.add_drawing(slide, place, drawn.title, svg, drawn.alt, drawn)
    for line in (drawn.note, drawn.source_line):
        if line:
            deck.note(slide, line)


def _add_last(deck: Deck, edition: Edition, lines: Sequence[str]) -> None:
    slide = deck.add_slide(edition.t(TO_KNOW.text))
    _add_words(deck, slide, lines, 18, TOP)
    deck.note(slide, edition.known_line)


def _add_words(deck: Deck, slide: Any, lines: Sequence[str], points: float, top: float) -> None:
    first, *others = lines or [""]
    frame = deck.add_box(slide, across(top, 1.4), first, points)
    for line in others:
        deck.add_paragraph(frame, line, points)
