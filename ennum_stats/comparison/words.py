"""Comparisons in words, as records, and of a figure as several days knew it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ennum_stats.comparison.difference_words import difference_words
from ennum_stats.comparison.differences import Difference, NotCompared, Order, difference
from ennum_stats.comparison.side_by_side import Side, SideBySide, based_on, require_few
from ennum_stats.errors import Message, UsageError, message
from ennum_stats.figures.figure import figure
from ennum_stats.languages import translate
from ennum_stats.measures.columns import SHARED_COLUMNS
from ennum_stats.measures.labels import GROUND, caveat_text, column_words, prices_words
from ennum_stats.measures.measure_table import to_json_value
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.periods import period_of
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import first_capital, semicolons
from ennum_stats.wording import Style, words

DAY = "day"
UNIVERSE = "universe"
AS_KNOWN, ON_DAY = message("as known on {day}"), message("{day}")
THEN_AND_NOW = message(
    "Both are the same number, as it was known on each day: the difference is what documents told meanwhile."
)
CONTRADICTED = message(
    "Documents contradict each other on: {names}. The number that is taken elsewhere too is compared."
)
LABEL_VALUE = message("{label}: {value}")
AGAINST = message("Difference, {other} against {base}: {difference}")
WITH_RATIO = message("{difference} ({ratio})")
UNCHANGED = message("unchanged")
MORE_PRECISE, LESS_PRECISE = message("known more precisely"), message("known less precisely")
BOTH_TRUE = message("other bounds, and both can be true")
NO_DIFFERENCE = message("cannot be told")
NOT_COMPARED = message("{other} and {base} cannot be compared: {reason}")
AT_PRICES = message("{what}, {prices}")
SENTENCE = message("{what}. {values}. {difference}.")


def figure_on_days(
    ledger: Ledger, name: str, days: Sequence[date], *, base: date | None = None, prices: str = NOMINAL
) -> SideBySide:
    """Set a figure side by side as it was known on two to four days, each with its difference from the base
    (the first on which it was known, unless told).

    Raises `UnknownName` for a figure that there is none of, `UsageError` for too few or too many days.
    """
    label = figure(ledger, name).definition.label
    codes = require_few([day.isoformat() for day in days])
    known = [Side(code, _known(ledger.known_on(date.fromisoformat(code)), name, prices)) for code in codes]
    sides = based_on(known, base.isoformat() if base else "")
    compared = tuple(difference(side.answer, sides[0].answer) for side in sides[1:])
    return SideBySide(label, DAY, tuple(sides), compared, (THEN_AND_NOW,), prices)


def _known(ledger: Ledger, name: str, prices: str) -> Answer:
    """Give a figure on its day; of a call, or at prices, that were not known of by then, nothing yet."""
    try:
        return figure(ledger, name, prices).answer
    except UsageError:
        return Missing(Reason.NOT_YET_KNOWN)


# --- words ----------------------------------------------------------------------------------------------


def what_words(comparison: SideBySide, language: str) -> str:
    """Name what is compared, with its euros where these are not those of its time."""
    what = translate(comparison.label, language)
    if comparison.prices == NOMINAL or not comparison.unit.startswith("EUR"):
        return what
    return translate(AT_PRICES, language, what=what, prices=prices_words(comparison.prices, language))


def part_words(ledger: Ledger, by: str, code: str, language: str) -> str:
    """Name one of the things compared: a call, a province, a day."""
    if by == DAY:
        return translate(ON_DAY, language, day=period_of(code, "day"))
    if by == "repeats":
        number = Quantity.exact(int(code.rstrip("+")), "participations")
        return (
            words(number, language)
            if code.isdigit()
            else column_words(ledger, SHARED_COLUMNS[by], code, language)
        )
    return column_words(ledger, SHARED_COLUMNS[by], code, language)


def value_words(side: Side, language: str) -> str:
    """Write a number in full, or why there is none."""
    if isinstance(side.answer, Missing) and side.answer.reason is Reason.NOT_COMPARABLE and side.why:
        return translate(side.why[0], language).rstrip(".")
    return side.answer.words(language)


def distance_words(
    comparison: SideBySide, side: Side, compared: Difference, language: str
) -> tuple[str, str]:
    """Write difference and ratio for the cells of a table; an empty ratio where there is none.

    Of one number on two days it is said whether it changed, or is only known better or worse: it is never
    "not known which is larger".
    """
    if comparison.by == DAY and isinstance(side.answer, Known) and isinstance(comparison.base.answer, Known):
        now, then = side.answer.quantity, comparison.base.answer.quantity
        if now.bounds.overlaps(then.bounds):
            return translate(_knowledge(now, then), language), ""
    ratio = compared.ratio.quantity
    amount = difference_words(compared.amount.quantity, language, style="short")
    return amount, words(ratio, language, style="short", noun=False) if ratio else ""


def _knowledge(now: Quantity, then: Quantity) -> Message:
    """Say what became of a number whose bounds still allow what was known then."""
    if (now.value, now.bounds.ends) == (then.value, then.bounds.ends):
        return UNCHANGED
    (low, high), (least, most) = now.bounds.ends, then.bounds.ends
    if least <= low and high <= most:
        return MORE_PRECISE
    return LESS_PRECISE if low <= least and most <= high else BOTH_TRUE


def compared_words(compared: Difference, language: str, style: Style = "long") -> str:
    """Write a difference with its ratio: "177 more (about 1.54 times)"; where it is not known which is
    larger, the ratio says nothing more."""
    amount = difference_words(compared.amount.quantity, language, style=style)
    if compared.order not in (Order.MORE, Order.LESS) or isinstance(compared.ratio, Missing):
        return amount
    ratio = words(compared.ratio.quantity, language, style=style)
    return translate(WITH_RATIO, language, difference=amount, ratio=ratio)


def pair_words(
    ledger: Ledger, comparison: SideBySide, side: Side, compared: Difference | NotCompared, language: str
) -> str:
    """Say how far a number lies from the base, or why that cannot be told; without a full stop."""
    other, base = (part_words(ledger, comparison.by, part.code, language) for part in (side, comparison.base))
    if isinstance(compared, Difference):
        words, ratio = distance_words(comparison, side, compared, language)
        if ratio or comparison.by != DAY:
            words = compared_words(compared, language)
        return translate(AGAINST, language, other=other, base=base, difference=words)
    if compared.is_missing:
        words = translate(NO_DIFFERENCE, language)
        return translate(AGAINST, language, other=other, base=base, difference=words)
    return translate(NOT_COMPARED, language, other=other, base=base, reason=compared.reason)


def sentences(ledger: Ledger, comparison: SideBySide, language: str) -> list[str]:
    """Say each difference in a sentence that can be quoted by itself, with both values."""
    return [
        translate(
            SENTENCE,
            language,
            what=first_capital(what_words(comparison, language)),
            values=first_capital(
                semicolons(
                    [_named(ledger, comparison, part, language) for part in (comparison.base, side)], language
                )
            ),
            difference=pair_words(ledger, comparison, side, compared, language),
        )
        for side, compared in comparison.pairs
    ]


def noted(ledger: Ledger, comparison: SideBySide, language: str) -> list[str]:
    """Say what a reader must know of all that is compared."""
    of = [
        column_words(ledger, SHARED_COLUMNS[UNIVERSE], universe, language)
        for universe in comparison.universes
    ]
    sentences = [
        translate(GROUND, language, what=SHARED_COLUMNS[UNIVERSE].label, which=universe) for universe in of
    ]
    sentences += [caveat_text(ledger, note, language) for note in comparison.notes]
    doubtful = [side for side in comparison.sides if isinstance(side.answer, Known) and side.answer.conflicts]
    if doubtful:
        names = [part_words(ledger, comparison.by, side.code, language) for side in doubtful]
        sentences.append(translate(CONTRADICTED, language, names=names))
    return sentences


def _named(ledger: Ledger, comparison: SideBySide, side: Side, language: str) -> str:
    name = part_words(ledger, comparison.by, side.code, language)
    if comparison.by == DAY:
        name = translate(AS_KNOWN, language, day=name)
    return translate(LABEL_VALUE, language, label=name, value=value_words(side, language))


# --- records --------------------------------------------------------------------------------------------


def comparison_records(ledger: Ledger, comparison: SideBySide, language: str) -> list[dict[str, Any]]:
    """Give each thing compared as plain values, the base first: number, difference and ratio with their
    bounds, which is larger, and a sentence."""
    base = {"base": True, "order": None, **_ends("difference", None), **_ends("ratio", None), "text": None}
    records = [_record(ledger, comparison, comparison.base, language) | base]
    lines = sentences(ledger, comparison, language)
    for (side, compared), sentence in zip(comparison.pairs, lines, strict=True):
        order, amount, ratio = (
            (compared.order.value, compared.amount, compared.ratio)
            if isinstance(compared, Difference)
            else (None, None, None)
        )
        records.append(
            _record(ledger, comparison, side, language)
            | {"base": False, "order": order}
            | _ends("difference", amount) | _ends("ratio", ratio) | {"text": sentence}
        )  # fmt: skip
    return records


def _record(ledger: Ledger, comparison: SideBySide, side: Side, language: str) -> dict[str, Any]:
    return {
        comparison.by: side.code,
        "name": part_words(ledger, comparison.by, side.code, language),
        **_ends("value", side.answer),
        "unit": comparison.unit or None,
        "missing_reason": side.answer.reason.value if isinstance(side.answer, Missing) else None,
    }


def _ends(name: str, answer: Answer | None) -> dict[str, Any]:
    """Give a number and its bounds, by the names that a measure's columns have."""
    quantity = answer.quantity if answer else None
    ends = (quantity.point, quantity.bounds.lower, quantity.bounds.upper) if quantity else (None,) * 3
    lower, upper = ("lower", "upper") if name == "value" else (f"{name}_lower", f"{name}_upper")
    return dict(zip((name, lower, upper), map(to_json_value, ends), strict=True))
