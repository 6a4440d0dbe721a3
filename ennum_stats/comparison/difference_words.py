"""Write how far two numbers lie apart: "177 more", "between 120 and 180 fewer", "about 1.5 times".

Which of two numbers is larger is only said where their bounds prove it; else "it is not known which is
larger", with how far apart they may be on either side. Numbers stand without a noun (the sentence around
them says what is counted), but keep their currency, and shares differ by percentage points.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.quantities import Basis, Bounds, Quantity
from ennum_stats.wording.amounts import Style, form_of, is_count
from ennum_stats.wording.phrases import words

MORE, FEWER, LESS = message("{n} more"), message("{n} fewer"), message("{n} less")
MORE_AT_LEAST, FEWER_AT_LEAST, LESS_AT_LEAST = (
    message("about {n} more, or even more"),
    message("about {n} fewer, or even fewer"),
    message("about {n} less, or even less"),
)
SAME = message("the same")
SAME_OR = message("the same, or {difference}")
LARGER, SMALLER = message("the same or more"), message("the same or less")
AT_MOST = message("at most {n}")
NOT_KNOWN = message("it is not known which is larger")
NOT_KNOWN_WITHIN = message("it is not known which is larger ({differences})")
EITHER = message("{less}, {more}")


def difference_words(difference: Quantity, language: str, *, style: Style = "long") -> str:
    """Write what a number is more than another one; a difference below zero is one of fewer, or less.

    >>> difference_words(Quantity.exact(177, "projects"), "en")
    '177 more'
    """
    low, high = difference.bounds.ends
    if low == high == 0:
        return translate(SAME, language)
    if low > 0:
        return _further(difference, language, style, is_more=True)
    if high < 0:
        return _further(_turned(difference), language, style, is_more=False)
    more = _at_most(high, difference.unit, language, style, is_more=True)
    less = _at_most(-low, difference.unit, language, style, is_more=False)
    if low == 0:
        return translate(SAME_OR, language, difference=more) if more else translate(LARGER, language)
    if high == 0:
        return translate(SAME_OR, language, difference=less) if less else translate(SMALLER, language)
    if more and less:
        within = translate(EITHER, language, less=less, more=more)
        return translate(NOT_KNOWN_WITHIN, language, differences=within)
    if more or less:
        return translate(NOT_KNOWN_WITHIN, language, differences=more or less)
    return translate(NOT_KNOWN, language)


def _further(size: Quantity, language: str, style: Style, *, is_more: bool) -> str:
    """Write a difference whose sign is known, by its size."""
    bounds = size.bounds
    assert bounds.lower is not None
    if bounds.upper is None and bounds.basis is Basis.CONVENTION:  # "about 120 or more more"
        form = form_of(bounds.lower, size.unit, style, noun=False)
        number = form.write(form.below(bounds.lower / form.divisor), language)
        few = FEWER_AT_LEAST if is_count(size.unit) else LESS_AT_LEAST
        return translate(MORE_AT_LEAST if is_more else few, language, n=number)
    number = words(size, language, style=style, noun=False)
    return translate(_template(size.unit, is_more=is_more), language, n=number)


def _at_most(end: Decimal, unit: str, language: str, style: Style, *, is_more: bool) -> str:
    """Write how far one number may lie above or below the other; nothing where that is not known."""
    if not end.is_finite() or end == 0:
        return ""
    form = form_of(end, unit, style, noun=False)
    number = form.write(form.above(end / form.divisor), language)
    further = translate(_template(unit, is_more=is_more), language, n=number)
    return translate(AT_MOST, language, n=further)


def _template(unit: str, *, is_more: bool) -> Message:
    return MORE if is_more else FEWER if is_count(unit) else LESS


def _turned(difference: Quantity) -> Quantity:
    """Give the size of a difference below zero."""
    lower, upper = difference.bounds.lower, difference.bounds.upper
    bounds = Bounds(
        None if upper is None else -upper, None if lower is None else -lower, difference.bounds.basis
    )
    value = None if difference.value is None else -difference.value
    return replace(difference, value=value, bounds=bounds)
