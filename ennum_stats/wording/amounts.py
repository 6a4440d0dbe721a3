"""Write numbers with their unit: digits, scale (thousand, million) and a noun that agrees.

A number is written here as it is given, rounded half up; `ennum_stats.wording.phrases` tells how well it is
known. Catalogues hold plain spaces; those that must not break (between a number and its noun, before € and
FB) become U+00A0 here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from ennum_stats.errors import UnknownName, message
from ennum_stats.languages import Number, as_decimal, number, plural, rounded, translate_plural
from ennum_stats.typography import with_number
from ennum_stats.vocabulary import UNITS

Style = Literal["long", "text", "short"]
Scale = Literal["one", "thousand", "million", "billion"]
Noun = tuple[str, str]

ONE = Decimal(1)
_TENTH, _CENT = Decimal("0.1"), Decimal("0.01")
_DIVISORS: dict[Scale, Decimal] = {
    "one": ONE,
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
}

_MONEY_LONG: dict[tuple[str, Scale], Noun] = {
    ("EUR", "one"): plural("{n} euro", "{n} euros"),
    ("EUR", "thousand"): plural("{n} thousand euros", "{n} thousand euros"),
    ("EUR", "million"): plural("{n} million euros", "{n} million euros"),
    ("EUR", "billion"): plural("{n} billion euros", "{n} billion euros"),
    ("BEF", "one"): plural("{n} Belgian franc", "{n} Belgian francs"),
    ("BEF", "thousand"): plural("{n} thousand Belgian francs", "{n} thousand Belgian francs"),
    ("BEF", "million"): plural("{n} million Belgian francs", "{n} million Belgian francs"),
    ("BEF", "billion"): plural("{n} billion Belgian francs", "{n} billion Belgian francs"),
}
_MONEY_SHORT: dict[tuple[str, Scale], Noun] = {
    ("EUR", "one"): plural("€{n}", "€{n}"),
    ("EUR", "thousand"): plural("€{n}k", "€{n}k"),
    ("EUR", "million"): plural("€{n}m", "€{n}m"),
    ("EUR", "billion"): plural("€{n}bn", "€{n}bn"),
    ("BEF", "one"): plural("BEF {n}", "BEF {n}"),
    ("BEF", "thousand"): plural("BEF {n}k", "BEF {n}k"),
    ("BEF", "million"): plural("BEF {n}m", "BEF {n}m"),
    ("BEF", "billion"): plural("BEF {n}bn", "BEF {n}bn"),
}
_PERCENT = plural("{n}%", "{n}%")
TIMES, SHARE_POINTS, PERCENT_POINTS = "times", "share_points", "percent_points"
"""Units that only comparisons have: a ratio, and what two shares, or two numbers of percent, differ by."""
_POINTS = plural("{n} percentage point", "{n} percentage points")
_TIMES = plural("{n} time", "{n} times")
_NO_NOUN: Noun = ("{n}", "{n}")
_CURRENCIES = ("EUR", "BEF")


@dataclass(frozen=True, slots=True)
class NumberForm:
    """Say how numbers of one unit and size are written: divided by `divisor`, with a noun.

    `step` is the last place that is written. `first` is what stands with the first number of a range:
    nothing in "between 14 and 16 people", but a sign ("%", "M€") with each.
    """

    divisor: Decimal
    noun: Noun
    step: Decimal
    first: Noun = _NO_NOUN

    @property
    def is_scaled(self) -> bool:
        """Whether thousands, millions or more are counted."""
        return self.divisor > 1

    @property
    def reads_rounded(self) -> bool:
        """Whether readers take such a number as rounded: "25,1 M€", "41,6 %"."""
        return self.first == self.noun and self.step < 1

    def nearest(self, scaled: Decimal) -> Decimal:
        """Round half up at `step`; a number with up to three figures and two decimals stays as printed."""
        return scaled if self._is_readable(scaled) else rounded(scaled, self.step)

    def below(self, scaled: Decimal) -> Decimal:
        """Round down at `step`, under the same rule."""
        return scaled if self._is_readable(scaled) else below(scaled, self.step)

    def above(self, scaled: Decimal) -> Decimal:
        """Round up at `step`, under the same rule."""
        return scaled if self._is_readable(scaled) else above(scaled, self.step)

    def write(self, scaled: Decimal, language: str, decimals: int | None = None) -> str:
        """Write a number that is already divided and rounded."""
        if decimals is None and self.step == _CENT and scaled % 1:
            decimals = 2
        text = translate_plural(*self.noun, scaled, language, n="\0")
        return with_number(text, "\0", number(scaled, language, decimals))

    def first_of_range(self) -> NumberForm:
        """Give the form of the first number of a range."""
        return replace(self, noun=self.first)

    def digits(self) -> NumberForm:
        """Give the form without any noun or sign."""
        return replace(self, noun=_NO_NOUN, first=_NO_NOUN)

    def _is_readable(self, scaled: Decimal) -> bool:
        takes_decimals = self.step < 1 or self.is_scaled
        return takes_decimals and figures(scaled) <= 3 and scaled == rounded(scaled, _CENT)


def form_of(
    value: Decimal, unit: str, style: Style, *, noun: bool = True, scale: Scale | None = None
) -> NumberForm:
    """Choose how a number of a unit is written. Without noun, a sum keeps its currency and a share its %.

    `scale` is for sums; by default it is that of the value. An unknown unit is an `UnknownName`.
    """
    if unit in _CURRENCIES:
        return _money_form(unit, scale or scale_of(value), style, value)
    if unit in ("share", "percent"):
        return NumberForm(_CENT if unit == "share" else ONE, _PERCENT, _TENTH, first=_PERCENT)
    if unit in (SHARE_POINTS, PERCENT_POINTS):
        named = _POINTS if style == "long" else UNITS["points"].noun
        return NumberForm(_CENT if unit == SHARE_POINTS else ONE, named, _TENTH)
    if unit == TIMES:
        step = _CENT if abs(value) < 10 else _TENTH
        return NumberForm(ONE, _TIMES if noun else _NO_NOUN, step)
    if unit not in UNITS:
        raise UnknownName(message("There are no words for the unit “{unit}”.", unit=unit))
    known = UNITS[unit]
    if known.short and not noun:
        return _money_form("EUR", "one", style, value)
    if known.short and style != "long":
        return NumberForm(ONE, known.short, ONE, first=_MONEY_SHORT["EUR", "one"])
    step = ONE if known.resolution or known.short else _TENTH
    return NumberForm(ONE, known.noun if noun else _NO_NOUN, step)


def exact_form(value: Decimal, unit: str, style: Style, *, noun: bool = True) -> NumberForm:
    """Choose how an exact number is written: a sum in full in long style, unless it is a round million."""
    form = form_of(value, unit, style, noun=noun)
    if form.is_scaled and style == "long" and figures(value) > 3:
        form = form_of(value, unit, style, scale="one")
    if unit in _CURRENCIES and not form.is_scaled and value % 1:
        form = replace(form, step=_CENT)
    return form


def _money_form(currency: str, scale: Scale, style: Style, value: Decimal) -> NumberForm:
    divisor = _DIVISORS[scale]
    if style == "short":
        noun = _MONEY_SHORT[currency, scale]
        return NumberForm(divisor, noun, ONE if scale == "one" else _TENTH, first=noun)
    step = ONE if scale == "one" or abs(value) >= 10 * divisor else _TENTH
    return NumberForm(divisor, _MONEY_LONG[currency, scale], step)


def scale_of(value: Decimal) -> Scale:
    """Choose the scale in which a sum is written: in full below a million."""
    size = abs(value)
    if size >= _DIVISORS["billion"]:
        return "billion"
    return "million" if size >= _DIVISORS["million"] else "one"


def currency_of(unit: str) -> str:
    """Name the currency of a sum or a mean; empty for what is no money."""
    return unit.partition("/")[0] if unit.partition("/")[0] in _CURRENCIES else ""


def is_count(unit: str) -> bool:
    """Tell whether a unit counts things, which are whole."""
    return unit in UNITS and UNITS[unit].resolution == ONE


def noun_of(unit: str, language: str) -> str:
    """Write what a unit counts, in the plural: "établissements". Raises `UnknownName` for a unit of no things."""
    if not is_count(unit):
        raise UnknownName(message("There is no noun for what the unit “{unit}” counts.", unit=unit))
    return translate_plural(*UNITS[unit].noun, 2, language, n="").strip()


def figures(value: Decimal) -> int:
    """Count the figures of a number between the zeros at its ends: 2 for 8,500, 3 for 0.0685."""
    return len(value.normalize().as_tuple().digits)


def last_place(value: Decimal) -> Decimal:
    """Return the place of the last figure that is not zero: 100 for 8,500, 0.01 for 6.85."""
    exponent = value.normalize().as_tuple().exponent
    return ONE.scaleb(exponent) if value and isinstance(exponent, int) else ONE


def below(value: Decimal, step: Decimal) -> Decimal:
    """Return the largest multiple of a step that is not above a number."""
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def above(value: Decimal, step: Decimal) -> Decimal:
    """Return the smallest multiple of a step that is not below a number."""
    return (value / step).to_integral_value(ROUND_CEILING) * step


def amount(value: Number, unit: str, language: str, *, noun: bool = True, decimals: int | None = None) -> str:
    """Write a number with its unit, as it is given: nothing tells how well it is known.

    For axes, tick labels and tables whose columns hold the bounds. Rounded half up, to `decimals` or by
    default to whole units, tenths of a million or of a percent.
    """
    exact = as_decimal(value)
    form = form_of(exact, unit, "short", noun=noun)
    return _write(exact, form, language, decimals)


def money(
    value: Number,
    language: str,
    scale: Scale | None = None,
    *,
    currency: str = "EUR",
    style: Style = "short",
    decimals: int | None = None,
) -> str:
    """Write a sum of money as it is given, in a scale: "25,1 M€", "104 880 euros".

    Without `scale`, it is in full below a million, else in millions or billions.
    """
    exact = as_decimal(value)
    form = form_of(exact, currency, style, scale=scale)
    return _write(exact, form, language, decimals)


def _write(value: Decimal, form: NumberForm, language: str, decimals: int | None) -> str:
    scaled = value / form.divisor
    if decimals is not None:
        return form.write(rounded(scaled, ONE.scaleb(-decimals)), language, decimals)
    return form.write(form.nearest(scaled), language)
