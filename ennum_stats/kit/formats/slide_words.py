"""Everything in words on the slides of a kit, by name: what is written there, and what `refresh` writes there
on another day.

The name of a shape tells which words it holds, as the tag of a content control does in Word: PowerPoint and
LibreOffice keep it, also in a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self

from ennum_stats.document.blocks import Blocks, Bullets, Card, Cards, Heading, Link, inlines_of, plain_text
from ennum_stats.document.control import ControlForm, Written, fingerprint
from ennum_stats.errors import message
from ennum_stats.figures.reports import labelled
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.figure_tables import precisions
from ennum_stats.kit.filling import Resolver, titles_of
from ennum_stats.kit.press_release import statement_of
from ennum_stats.kit.resting import PROOF, with_proofs
from ennum_stats.kit.text import kit_text

Paragraphs = tuple[tuple[str, ...], ...]
"""The runs of each paragraph."""
RELEASE = "release"
"""The stem of the press release, and of its text, which the slides share."""
TITLE, LINES, LEAD = "slides:title", "slides:lines", "slides:lead"
CARDS_TITLE, CARDS_NOTE = "slides:cards-title", "slides:cards-note"
LAST_TITLE, LAST, LAST_NOTES = "slides:last-title", "slides:last", "slides:last-notes"
LEAD_PROOFS, LAST_PROOFS = "slides:lead-proofs", "slides:last-proofs"
"""What leads from the sentences of a slide to that which proves them."""
_CARD, _CARDS, _CHART = "card:", "cards:", "chart:"
TO_SAY = message("What you may say, as it stands")


class SlideWords:
    """Word what stands on the slides of an edition; the message, the cards and the closing sentences are
    those of its press release."""

    def __init__(self, edition: Edition, kind: str, release: Blocks) -> None:
        self.edition = edition
        (heading,) = (block for block in release if isinstance(block, Heading))
        at = next(place for place, block in enumerate(release) if isinstance(block, Cards))
        self.cards: Cards = release[at]
        addresses = [edition.address(f"figure/{card.figure}") for card in self.cards.cards]
        self.proofs = {
            LEAD_PROOFS: [*_links_of(with_proofs(edition, release[:at]))],
            LAST_PROOFS: [Link((edition.t(PROOF),), address) for address in addresses if address],
        }
        """The links to pages that prove what the slides say, as Word has them; none without a site."""
        lead = [plain_text(block) for block in release[:at] if block is not heading]
        closing = [plain_text(block) for block in release[at + 1 :]]
        method = [*closing, *(plain_text(row.cells[1]) for row in precisions(edition).rows)]
        self._lines: dict[str, Callable[[], Sequence[str]]] = {
            TITLE: lambda: [plain_text(heading)],
            LINES: lambda: [kind, *edition.cover_lines],
            LEAD: lambda: lead,
            CARDS_TITLE: lambda: [self.cards.heading],
            CARDS_NOTE: lambda: [self.cards.note],
            LAST_TITLE: lambda: [edition.t(TO_SAY)],
            LAST: lambda: [plain_text(statement_of(edition, card.figure)) for card in self.cards.cards],
            LAST_NOTES: lambda: [*method, edition.known_line],
        }

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """Word the slides of an edition whose press release nobody has filled in yet."""
        release = Resolver(edition).resolved(kit_text(edition.language, RELEASE))
        return cls(edition, titles_of(edition, kit_text(edition.language))[1], release)

    def paragraphs(self, name: str) -> Paragraphs | None:
        """Give the words of a name; nothing where they are not known on the day."""
        if name in self.proofs:
            return (spaced(plain_text(link) for link in self.proofs[name]),)
        if name in self._lines:
            return tuple((line,) for line in self._lines[name]())
        if name.startswith(_CARD):
            card = self._card(name.removeprefix(_CARD))
            return None if card is None else of_card(card)
        if name.startswith(_CARDS):
            cards = map(self._card, name.removeprefix(_CARDS).split(","))
            return tuple((self._said(card),) for card in cards if card) or None
        if name.startswith(_CHART):
            lines = tuple((line,) for line in self._of_chart(name.removeprefix(_CHART)))
            return lines or None
        return None

    def lines(self, name: str) -> list[str]:
        """Give the words of a name that is always known, a line a paragraph."""
        return joined(self.paragraphs(name) or ())

    def _card(self, figure: str) -> Card | None:
        shown = (candidate for candidate in self.cards.cards if candidate.figure == figure)
        if card := next(shown, None):
            return card
        known = self.edition.can_say(figure)
        return Resolver(self.edition).card(figure) if known else None

    def _said(self, card: Card) -> str:
        value = f"{card.number} {card.unit}".strip()
        words = f"{value} ({card.precision})"
        return f"{labelled(card.label, words, self.edition.language)} – {card.evidence}"

    def _of_chart(self, name: str) -> Iterator[str]:
        name, _, aspect = name.partition(".")
        drawn = self.edition.chart(name)
        if drawn.is_empty:
            return
        match aspect:
            case "title":
                yield drawn.title
            case "subtitle":
                yield drawn.subtitle
            case "notes":
                yield from (line for line in (drawn.note, drawn.source_line) if line)


def _links_of(blocks: Blocks) -> Iterator[Link]:
    for block in blocks:
        for inlines in block.items if isinstance(block, Bullets) else (getattr(block, "inlines", ()),):
            yield from (part for part in inlines_of(inlines) if isinstance(part, Link))


def spaced(runs: Iterable[str]) -> tuple[str, ...]:
    """Put a space between runs."""
    return tuple(piece for run in runs for piece in (" ", run))[1:]


def joined(paragraphs: Paragraphs) -> list[str]:
    """Put the runs of each paragraph together."""
    return ["".join(runs) for runs in paragraphs]


def of_card(card: Card) -> Paragraphs:
    """Give the words of a card: number and unit, how sure it is, what it is, its documents."""
    number = (card.number, f" {card.unit}")
    return (number, (card.precision,), (card.label,), (card.evidence,))


def card_name(card: Card) -> str:
    """Name the words of a card."""
    return f"{_CARD}{card.figure}"


def figure_of_card(name: str) -> str:
    """Give the figure of a card, of which no word is true without the others; nothing for other words."""
    return name.removeprefix(_CARD) if name.startswith(_CARD) else ""


def figures_of(name: str) -> list[str]:
    """List the figures of a card, or of what a speaker reads of cards; nothing for other words."""
    kind, _, figures = name.partition(":")
    return figures.split(",") if f"{kind}:" in (_CARD, _CARDS) else []


def cards_name(figures: Iterable[str]) -> str:
    """Name what a speaker reads of some cards."""
    return _CARDS + ",".join(figures)


def title_and_notes(names: Sequence[str]) -> tuple[str, str] | None:
    """Name title and notes of a slide by what else stands on it; nothing where nothing of ours does.

    LibreOffice gives the places of a layout names of its own."""
    figures = [figure for name in names if (figure := figure_of_card(name))]
    if figures:
        return CARDS_TITLE, cards_name(figures)
    for name in names:
        if name in (LINES, LEAD):
            return TITLE, LEAD
        if name == LAST:
            return LAST_TITLE, LAST_NOTES
        if name.startswith(_CHART):
            chart = name.removeprefix(_CHART).partition(".")[0]
            return chart_name(chart, "title"), chart_name(chart, "notes")
    return None


def chart_name(chart: str, aspect: str = "") -> str:
    """Name a chart on a slide, or the words of one of its aspects."""
    return f"{_CHART}{chart}.{aspect}" if aspect else f"{_CHART}{chart}"


def fingerprint_of_lines(lines: Sequence[str]) -> str:
    """Compute the fingerprint of the paragraphs of a shape."""
    return fingerprint("\n".join(lines))


def shape_name(edition: Edition, name: str, form: ControlForm, print_: str) -> str:
    """Give the name of a shape that holds something of ours."""
    return Written(name, edition.language, form, edition.ledger.known_at, print_).whole_tag
