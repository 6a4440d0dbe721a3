"""Chart of a comparison: one bar for each thing compared, the base first, its bounds as a band."""

from __future__ import annotations

from dataclasses import replace

from ennum_stats.charts.spec import LABEL_VALUE, Chart, ChartDraft, Mark, mark_of, value_text
from ennum_stats.comparison.comparables import KINDS
from ennum_stats.comparison.side_by_side import Side, SideBySide
from ennum_stats.comparison.words import noted, pair_words, part_words, what_words
from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import first_capital, semicolons

NAME = "comparison"
VALUE = message("{value} ({name})")
SUBTITLE = message("{differences}.")
COMPARED, VALUE_HEADING = message("Compared"), message("Value")
_WHOLE = 1


def comparison_chart(ledger: Ledger, compared: SideBySide, language: str) -> Chart:
    """Draw what is compared; shares as parts of their whole. Where a number is below zero, nothing is
    drawn."""
    unit = compared.unit or "share"
    ends = [side.answer.quantity for side in compared.sides]
    uppers = [quantity.bounds.ends[1] for quantity in ends if quantity]
    is_share = unit == "share" and all(end <= _WHOLE for end in uppers)
    values = semicolons([_value(ledger, compared, side, language) for side in compared.sides], language)
    draft = ChartDraft(
        kind="shares" if is_share else "bars",
        title=first_capital(
            translate(LABEL_VALUE, language, label=what_words(compared, language), value=values)
        ),
        subtitle=translate(SUBTITLE, language, differences=_differences(ledger, compared, language)),
        marks=[_mark(ledger, compared, side, language) for side in compared.sides],
        evidence=[side.answer for side in compared.sides],
        unit=unit,
        label_heading=translate(KINDS.get(compared.by, COMPARED), language),
        value_heading=translate(VALUE_HEADING, language),
        notes=noted(ledger, compared, language),
        lists=[name for side in compared.sides for name in side.lists],
        registers=list(dict.fromkeys(name for side in compared.sides for name in side.registers)),
    )
    return replace(draft.completed(ledger, language), name=NAME)


def can_be_drawn(compared: SideBySide) -> bool:
    """Tell whether there is a number, and none that may be below zero: bars begin there."""
    known = [quantity for side in compared.sides if (quantity := side.answer.quantity)]
    return bool(known) and all(quantity.bounds.ends[0] >= 0 for quantity in known)


def _value(ledger: Ledger, compared: SideBySide, side: Side, language: str) -> str:
    name = part_words(ledger, compared.by, side.code, language)
    text = value_text(side.answer.quantity, language) if side.answer.quantity else "–"
    return translate(VALUE, language, value=text, name=name)


def _differences(ledger: Ledger, compared: SideBySide, language: str) -> str:
    pairs = [pair_words(ledger, compared, side, other, language) for side, other in compared.pairs]
    return semicolons(pairs, language)


def _mark(ledger: Ledger, compared: SideBySide, side: Side, language: str) -> Mark:
    colour = side.code if compared.by == "programme" else ECOLE_NUMERIQUE
    label = first_capital(part_words(ledger, compared.by, side.code, language))
    mark = mark_of(label, side.answer, language)
    return replace(
        mark,
        text=mark.text or mark.words,
        colour="neutral" if compared.by in ("component", "day", "lot") else colour,
        state="reached" if mark.quantity else "unknown",
        about=(compared.by, side.code),
    )
