"""Key figures: cards that lead to their evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.blocks import PageCard
from dashboards.components.texts import copy_button, evidence_button
from dashboards.key_figures import key_figure_of
from dashboards.reading import Reading
from ennum_stats.document.blocks import Cards
from ennum_stats.store.answers import Answer, Known
from ennum_stats.wording import key_figure, missing_words

_SPAN = "–"
"""In a number that is given as its two ends: its precision would say the same again."""
_IN_LARGE_TYPE = 12
"""The letters of a number that stand on one line of a card; a longer one is as small as words."""


def card(reading: Reading, name: str, programme: str = "", drawing: str = "") -> PageCard:
    """Make a figure by name: number, unit, precision, change since the press kit, source, evidence.

    `programme` gives it the colour of one; `drawing` is a small one as SVG below the number.
    """
    shown, page = key_figure_of(reading.view, reading.ledger, name), f"figure/{name}"
    notes = (
        ("precision", shown.precision),
        ("basis", shown.basis),
        ("change", shown.change),
        ("source", shown.source),
    )
    return PageCard(
        page, shown.label, shown.number, shown.unit, "", "", programme,
        notes=tuple((style, text) for style, text in notes if text),
        is_worded=shown.is_worded or len(shown.number) > _IN_LARGE_TYPE,
        drawing=drawing,
        tools=(
            evidence_button(reading, page, shown.label),
            copy_button(reading, shown.label, shown.copied, reading.evidence(page)),
        ),
    )  # fmt: skip


def cards(
    reading: Reading,
    names: Sequence[tuple[str, str]],
    heading: str = "",
    drawings: Mapping[str, str] | None = None,
) -> Cards:
    """Give several figures side by side, each with the programme whose colour it has."""
    drawn = [card(reading, name, programme, (drawings or {}).get(name, "")) for name, programme in names]
    return Cards(tuple(drawn), heading)


def number_card(
    reading: Reading, name: str, label: str, answer: Answer, note: str = "", programme: str = ""
) -> PageCard:
    """Make a number of no named figure, as of a commune: its precision or why it is not known, and a note."""
    number, unit, precision = "", "", ""
    if isinstance(answer, Known):
        number, unit, precision = key_figure(answer.quantity, reading.language)
    else:
        number = missing_words(answer.reason, reading.language)
    notes = (("precision", "" if _SPAN in number else precision), ("source", note))
    return PageCard(
        name, label, number, unit, "", "", programme,
        notes=tuple((style, text) for style, text in notes if text),
        is_worded=not isinstance(answer, Known),
    )  # fmt: skip
