"""The kit as slides for a minister: the message, the figures to quote, four charts, what to know of them.

Charts are Office's own where it can draw them. What a speaker is asked stands in the notes: the words of each
number, what it does not say, its documents. Each shape with words or a drawing of ours is named so that
`refresh` finds it again.
"""

from __future__ import annotations

from typing import Any

from ennum_stats.charts.spec import Chart
from ennum_stats.document.blocks import Card, plain_text
from ennum_stats.document.control import ControlForm, fingerprint_of_bytes
from ennum_stats.document.deck import (
    BELOW_LEAD,
    CAPTION,
    DRAWING,
    EDGE,
    FOOT,
    SMALL,
    TOP,
    WIDTH,
    Deck,
    Place,
    across,
    emu,
)
from ennum_stats.document.slide_ground import Ground, subtitle_of
from ennum_stats.drawing.office.native import NativeChart, is_native, native_on_slide
from ennum_stats.drawing.picture import png_of
from ennum_stats.drawing.svg import coloured, page_svg
from ennum_stats.drawing.theme import LIGHT, LOGO_HEIGHT_CM, bare
from ennum_stats.figures.figure import noticed
from ennum_stats.kit.embargo import identifier_of
from ennum_stats.kit.formats import slide_words

CHARTS = ("budget_by_programme", "winners_per_call", "coverage_by_programme", "plan_budgets")
"""The charts that have a slide, in their order."""
_A_ROW = 3
_CARD_HEIGHT = 2.4
_CM_PER_INCH = 2.54
_PLACE: Place = across(BELOW_LEAD, FOOT - BELOW_LEAD - 0.1)
"""Where a chart stands on its slide."""


def write_slides(words: slide_words.SlideWords, title: str, ground: Ground | None = None) -> bytes:
    """Write the slides of an edition, with their words; `ground` are slides of the team's, emptied."""
    edition = words.edition
    slides = _Slides(words, title, ground)
    slides.add_first()
    slides.add_cards()
    for drawn in map(edition.chart, CHARTS):
        if not drawn.is_empty:
            slides.add_chart(drawn)
    slides.add_last()
    return slides.deck.content()


def native_of_slide(drawn: Chart, relation: str) -> NativeChart:
    """Make a chart as Office draws it on a slide; `relation` leads from it to its workbook."""
    return native_on_slide(drawn, _PLACE, relation)


def picture_of_slide(drawn: Chart, language: str) -> bytes:
    """Draw a chart as PNG as it stands on a slide."""
    return png_of(_svg(drawn), title=drawn.title, alt=drawn.alt, language=language, size=DRAWING)


def _svg(drawn: Chart) -> str:
    return coloured(page_svg(drawn, DRAWING, drawn.name))


class _Slides:
    """Make the slides of an edition, one after the other."""

    def __init__(self, words: slide_words.SlideWords, title: str, ground: Ground | None) -> None:
        edition = words.edition
        foot = noticed(edition.ledger, edition.language, f"{title} – {edition.publisher_name}")
        self.words, self.edition = words, edition
        self.deck = Deck(
            title, edition.language, edition.ledger.known_at, foot,
            author=edition.publisher_name, ground=ground, identifier=identifier_of(edition.ledger.embargo),
        )  # fmt: skip

    def add_first(self) -> None:
        """Add the message: on a first slide as the team's has it, where it has one."""
        deck, words = self.deck, self.words
        (headline,), lines = words.lines(slide_words.TITLE), words.lines(slide_words.LINES)
        if cover := deck.add_cover(headline, lines):
            self._name(cover.shapes.title, slide_words.TITLE)
            self._name(subtitle_of(cover), slide_words.LINES)
            self._notes(cover, slide_words.LEAD)
            self._proofs(cover, slide_words.LEAD_PROOFS)
            return
        slide = deck.add_slide(headline)
        self._name(slide.shapes.title, slide_words.TITLE)
        _add_stripe(deck, slide)
        if not deck.ground:
            title = slide.shapes.title
            title.top, title.height = emu(1.9), emu(1.7)
            title.text_frame.paragraphs[0].runs[0].font.size = emu(36 / 72)
        self._lines(slide, slide_words.LINES, 18, 3.6)
        self._lines(slide, slide_words.LEAD, 14, 5.35)
        self._proofs(slide, slide_words.LEAD_PROOFS)
        self._add_pictures(slide)
        self._notes(slide, slide_words.LEAD)

    def _add_pictures(self, slide: Any) -> None:
        """Add the publisher's logos and photo."""
        deck, edition, left = self.deck, self.edition, emu(EDGE)
        for logo in edition.publisher.pictures.get("logo", ()):
            height = emu(LOGO_HEIGHT_CM / _CM_PER_INCH * 1.4)
            shown = deck.add_picture(slide, logo, edition.publisher_name, left, emu(0.7), height)
            left += shown.width + emu(0.3)
        for photo in edition.publisher.pictures.get("photo", ())[:1]:
            alt = edition.given("photo_alt")
            shown = deck.add_picture(slide, photo, alt, 0, emu(0.45), emu(1.6))
            shown.left = emu(WIDTH - EDGE) - shown.width
            deck.note(slide, edition.given("photo_credit"))

    def add_cards(self) -> None:
        """Add the figures to quote."""
        deck, cards = self.deck, self.words.cards
        slide = self._slide(slide_words.CARDS_TITLE)
        wide = (WIDTH - 2 * EDGE) / _A_ROW
        for number, card in enumerate(cards.cards):
            row, column = divmod(number, _A_ROW)
            where = EDGE + column * wide, 1.6 + row * _CARD_HEIGHT
            box = _add_card(deck, slide, card, *where, wide - 0.3)
            if address := self.edition.address(f"figure/{card.figure}"):
                box.text_frame.paragraphs[-1].runs[0].hyperlink.address = address
            self._name(box, slide_words.card_name(card))
        self._notes(slide, slide_words.cards_name(card.figure for card in cards.cards))
        box = deck.add_box(slide, across(CAPTION + 0.15, 0.4), cards.note, 12)
        self._name(box, slide_words.CARDS_NOTE)

    def add_chart(self, drawn: Chart) -> None:
        """Add a chart, its title above and its documents in the notes."""
        deck = self.deck
        slide = self._slide(slide_words.chart_name(drawn.name, "title"))
        box = deck.add_box(slide, across(1.3, 0.6), drawn.subtitle, 14)
        self._name(box, slide_words.chart_name(drawn.name, "subtitle"))
        shape = deck.add_drawing(slide, _PLACE, drawn.title, _svg(drawn), drawn.alt, drawn)
        form = ControlForm.NATIVE if is_native(drawn) else ControlForm.CHART
        data = shape.chart.part.blob if form is ControlForm.NATIVE else shape.image.blob
        print_ = fingerprint_of_bytes(data)
        shape.name = slide_words.shape_name(self.edition, slide_words.chart_name(drawn.name), form, print_)
        self._notes(slide, slide_words.chart_name(drawn.name, "notes"))
        if address := self.edition.address(f"chart/{drawn.name}"):
            sources = slide.notes_slide.notes_text_frame.paragraphs[-1]
            sources.runs[-1].hyperlink.address = address

    def add_last(self) -> None:
        """Add what may be said, as sentences with their documents; how it is known stands in the notes."""
        slide = self._slide(slide_words.LAST_TITLE)
        self._lines(slide, slide_words.LAST, 20, TOP)
        self._proofs(slide, slide_words.LAST_PROOFS)
        self._notes(slide, slide_words.LAST_NOTES)

    # --- words --------------------------------------------------------------------------------------------

    def _slide(self, name: str) -> Any:
        slide = self.deck.add_slide(" ".join(self.words.lines(name)))
        self._name(slide.shapes.title, name)
        return slide

    def _lines(self, slide: Any, name: str, points: float, top: float) -> None:
        first, *others = self.words.lines(name) or [""]
        box = self.deck.add_box(slide, across(top, 1.4), first, points)
        for line in others:
            self.deck.add_paragraph(box.text_frame, line, points)
        self._name(box, name)

    def _proofs(self, slide: Any, name: str) -> None:
        """Add what leads to the proofs of the sentences above it, small at the foot; nothing without a site."""
        if links := self.words.proofs[name]:
            first, *others = links
            box = self.deck.add_box(slide, across(CAPTION + 0.25, 0.35), plain_text(first), SMALL)
            paragraph = box.text_frame.paragraphs[0]
            paragraph.runs[0].hyperlink.address = first.url
            for link in others:
                self.deck.write(paragraph, " ", SMALL)
                self.deck.write(paragraph, plain_text(link), SMALL).hyperlink.address = link.url
            self._name(box, name)

    def _notes(self, slide: Any, name: str) -> None:
        for line in self.words.lines(name):
            self.deck.note(slide, line)
        self._name(slide.notes_slide.notes_placeholder, name)

    def _name(self, shape: Any, name: str) -> None:
        """Name a shape by what it holds."""
        lines = [paragraph.text for paragraph in shape.text_frame.paragraphs]
        shape.name = slide_words.shape_name(
            self.edition, name, ControlForm.WORDS, slide_words.fingerprint_of_lines(lines)
        )


def _add_stripe(deck: Deck, slide: Any) -> None:
    """Add the colours of the four programmes."""
    colours = list(LIGHT.accents.values())
    wide = emu(WIDTH) // len(colours)
    for number, colour in enumerate(colours):
        deck.add_ornament(slide, (number * wide, 0, wide, emu(0.22)), colour)


def _add_card(deck: Deck, slide: Any, card: Card, left: float, top: float, wide: float) -> Any:
    """Add a card; return the box of its words."""
    from pptx.dml.color import RGBColor

    colour = LIGHT.accents.get(card.programme, LIGHT.text)
    place = emu(left), emu(top), emu(0.05), emu(_CARD_HEIGHT - 0.45)
    deck.add_ornament(slide, place, colour)
    box = slide.shapes.add_textbox(emu(left + 0.1), emu(top - 0.05), emu(wide), emu(_CARD_HEIGHT - 0.4))
    frame = box.text_frame
    frame.word_wrap = True
    (number, unit), *others = slide_words.of_card(card)
    for words, points in ((number, 24 if card.is_long else 40), (unit, 16)):
        run = deck.write(frame.paragraphs[0], words, points, is_bold=True)
        run.font.color.rgb = RGBColor.from_string(bare(colour))
    for (words,), points in zip(others, (14, 14, 11), strict=True):
        deck.write(frame.add_paragraph(), words, points, is_bold=words == card.precision)
    return box
