"""Choose and write the words of a quantity, never more strongly than its bounds prove.

The words follow from value and bounds alone. What a reader may conclude from them under the house
rules (`ennum_stats.quantities.HOUSE_RULES`) holds of the whole interval:

- "more than" and "less than" are only said of proved bounds; of a number that is printed, and whose bounds
  rest on a convention, it is "about … or more";
- "about" is said of a number whose bounds lie within half of its last place, as it is read where a
  document says it; where they reach further, the bounds are said: in its place where they are narrow, and
  in short style; else beside it ("about 79% (between 64% and 94%)");
- "between … and …", "at least" and "at most", rounded outwards, are said where only bounds are known.

Whether a zero at the end of a number counts, nobody can see: it has counted in "about 60 million" and not in
"about 3,000". What "about", "nearly" and a rounded print reach is therefore said beside every number that ends
in a zero, from its bounds: "about 3,000, to within 500". Running text, titles and labels leave it to the table
and the card of the number; they also write no approximate number with more than three figures, and say "some"
where they round: "some 21,200 euros" for 21,196.59.

Sums from a million on are read in millions: whole ones from ten million, tenths below and in bounds; up to three
figures stay as printed (6.85 million). A sum that is known to its last figure, or to the last one that was
printed, stays in full in long style (about 9,489,000 euros). In short style a sum in millions or a share is
itself a rounded print: it stands without a word where the bounds lie within half of its last place.

A `Phrase` is chosen first, by rules without any language, and then written in one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from ennum_stats.errors import Message, Parameter, UsageError, message
from ennum_stats.languages import SPELLED_TO, rounded, spelled, translate
from ennum_stats.quantities import Basis, Precision, Quantity, Reason
from ennum_stats.wording.amounts import (
    ONE,
    PERCENT_POINTS,
    NumberForm,
    Scale,
    Style,
    above,
    below,
    currency_of,
    exact_form,
    figures,
    form_of,
    is_count,
    last_place,
)

PLAIN = message("{n}")
ABOUT = message("about {n}")
SOME = message("some {n}")
NEARLY = message("nearly {n}")
MORE_THAN = message("more than {n}")
LESS_THAN = message("less than {n}")
FEWER_THAN = message("fewer than {n}")
AT_LEAST = message("at least {n}")
AT_MOST = message("at most {n}")
OR_MORE = message("about {n} or more")
OR_LESS = message("about {n} or less")
BETWEEN = message("between {low} and {high}")
FROM_TO = message("{fewest} to {most}")
UNKNOWN = message("not known")
WITHIN = message("to within {n}")

_TENTH, _HALF = Decimal("0.1"), Decimal("0.5")
_WIDE = Decimal("0.1")
"""Bounds that lie further apart than this part of the value leave it worth saying beside them."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold what will be said: a template and its numbers, divided and rounded for their form."""

    template: Message
    form: NumberForm
    number: Decimal
    high: Decimal | None = None
    """The second number of "between"."""
    spread: tuple[Decimal, Decimal] | None = None
    """The bounds that are added where "about" alone would hide them."""
    is_rounded: bool = False
    """Whether a number without a word is a rounded one."""


@dataclass(frozen=True, slots=True)
class _Case:
    """Hold a quantity to be put into words: its ends (infinite where unknown), style and unit."""

    quantity: Quantity
    value: Decimal | None
    low: Decimal
    high: Decimal
    style: Style
    noun: bool

    @property
    def is_proved(self) -> bool:
        return self.quantity.bounds.basis is Basis.PROVED

    @property
    def has_low(self) -> bool:
        """Whether the lower end tells anything: it goes without phrase that a count is 0 or more."""
        return self.low.is_finite() and self.low != 0

    @property
    def has_high(self) -> bool:
        """Whether the upper end tells anything: it goes without phrase that a share is 100% or less, unless
        there is a value below it."""
        whole = {"share": ONE, "percent": Decimal(100)}.get(self.quantity.unit)
        return self.high.is_finite() and not (self.value is None and self.high == whole)

    def form(self, value: Decimal, scale: Scale | None = None) -> NumberForm:
        return form_of(value, self.quantity.unit, self.style, noun=self.noun, scale=scale)


def choose(quantity: Quantity, style: Style = "long", *, noun: bool = True) -> Phrase:
    """Choose the phrase that value and bounds allow."""
    low, high = quantity.bounds.ends
    if is_count(quantity.unit):
        low, high = _whole(low, high)
    case = _Case(quantity, quantity.value, low, high, "short" if style == "short" else "long", noun)
    phrase = next(phrase for rule in _RULES if (phrase := rule(case)) is not None)
    return _readable(phrase, case) if style == "text" else phrase


def _within(phrase: Phrase, quantity: Quantity, style: Style, language: str) -> str:
    """Say how far both ends lie from a number that ends in a zero, rounded up to one figure; of others nothing."""
    form, number, (low, high) = phrase.form, phrase.number, quantity.bounds.ends
    is_approximate = phrase.template in (ABOUT, NEARLY) or phrase.is_rounded
    if not is_approximate or phrase.spread is not None or last_place(number) <= ONE:
        return ""
    distance = max(number - low / form.divisor, high / form.divisor - number)
    distance = max(distance, _TENTH if form.is_scaled else form.step)
    if figures(distance) > 2:
        distance = above(distance, ONE.scaleb(distance.adjusted()))
    if quantity.unit in ("share", "percent"):
        written = form_of(distance, PERCENT_POINTS, "short").write(distance, language)
    elif currency := currency_of(quantity.unit):
        distance *= form.divisor
        form = exact_form(distance, currency, style)
        written = form.write(distance / form.divisor, language)
    else:
        written = form.digits().write(distance, language)
    return translate(WITHIN, language, n=written)


def _readable(phrase: Phrase, case: _Case) -> Phrase:
    """Write no more figures than running text bears: three of an approximate number, and of two ends of what is
    no count those that their distance allows, rounded outwards."""
    if phrase.high is not None and not is_count(case.quantity.unit):
        step = ONE.scaleb((phrase.high - phrase.number).adjusted() - 1)
        if step > phrase.form.step:
            first, last = below(phrase.number, step), above(phrase.high, step)
            return replace(phrase, number=first, high=last)
    if case.value is None or phrase.template is not ABOUT or phrase.spread or figures(phrase.number) <= 3:
        return phrase
    form = case.form(case.value)
    low, high = case.low / form.divisor, case.high / form.divisor
    rungs = (n for n in _rungs(case.value / form.divisor, form) if figures(n) <= 3 and _reads(n, low, high))
    number = next(rungs, None)
    return phrase if number is None else Phrase(SOME, form, number)


def _whole(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Round the ends of a count inwards to whole numbers: between 69.5 and 70.5 things are 70."""
    first, last = low.to_integral_value("ROUND_CEILING"), high.to_integral_value("ROUND_FLOOR")
    return (first, last) if first <= last else (low, high)


def _exactly(case: _Case) -> Phrase | None:
    value = case.value if case.value is not None else case.low
    if not (case.quantity.is_exact or (case.is_proved and case.low == case.high == value)):
        return None
    form = exact_form(value, case.quantity.unit, case.style, noun=case.noun)
    scaled = value / form.divisor
    number = form.nearest(scaled)
    is_rounded = number != scaled
    is_print = form.reads_rounded and case.style == "short"
    template = ABOUT if is_rounded and not is_print else PLAIN
    return Phrase(template, form, number, is_rounded=is_rounded)


def _nothing(case: _Case) -> Phrase | None:
    if case.has_low or case.has_high:
        return None
    return Phrase(UNKNOWN, NumberForm(ONE, ("", ""), ONE), Decimal(0))


def _from(case: _Case) -> Phrase | None:
    """Choose the phrase where only a lower end is known."""
    if case.has_high:
        return None
    is_above_value = case.value is not None and case.value < case.low
    limit = case.value if case.value is not None and is_above_value else case.low
    form = case.form(limit)
    if case.value is not None and not case.is_proved:
        return Phrase(OR_MORE, form, form.nearest(limit / form.divisor))
    if is_above_value:
        return Phrase(MORE_THAN, form, form.below(limit / form.divisor))
    form = _form_of_end(form)
    return Phrase(AT_LEAST, form, form.below(limit / form.divisor))


def _about(case: _Case) -> Phrase | None:
    """Choose the phrase for a value inside its two ends."""
    value, low, high = case.value, case.low, case.high
    if value is None or not low <= value <= high or low.is_infinite():
        return None
    if value == high != low:
        return _between(case) if case.has_low else None  # "at most"
    form = _printed_form(case) or case.form(value)
    ends = low / form.divisor, high / form.divisor
    for number in _rungs(value / form.divisor, form):
        if _reads(number, *ends):
            return _plain_or_about(case, form, number, ends)
    if not case.has_low:
        return None
    if case.style == "short" or high - low <= _WIDE * abs(value):
        return _between(case)
    number = rounded(value / form.divisor, _place_of_ends(*ends, form))
    return Phrase(ABOUT, form, number, spread=_outwards(*ends, form))


def _reads(number: Decimal, low: Decimal, high: Decimal) -> bool:
    """Tell whether "about" a number, as the house rules read it, covers all between two ends."""
    half = last_place(number) * _HALF
    return number - half <= low and high <= number + half


def _printed_form(case: _Case) -> NumberForm | None:
    """Choose the form in full of a sum that is known to the last figure that was printed: 9,489,000 euros."""
    if case.value is None or case.style == "short" or not _reads(case.value, case.low, case.high):
        return None
    return exact_form(case.value, case.quantity.unit, case.style, noun=case.noun)


def _rungs(scaled: Decimal, form: NumberForm) -> Iterator[Decimal]:
    """Yield a number as it is written, then ever more coarsely rounded, down to three figures; from ten
    million on to whole millions, as in long style."""
    step, number = form.step, form.nearest(scaled)
    while True:
        yield number
        step *= 10
        are_millions = form.is_scaled and step == ONE and abs(scaled) >= 10
        if step * 100 > abs(scaled) and not are_millions:
            return
        number = rounded(scaled, step)


def _plain_or_about(case: _Case, form: NumberForm, number: Decimal, ends: tuple[Decimal, Decimal]) -> Phrase:
    half = min(ONE, last_place(number)) * _HALF
    is_print = number - half <= ends[0] and ends[1] <= number + half
    if case.style == "short" and form.reads_rounded and is_print:
        return Phrase(PLAIN, form, number, is_rounded=True)
    if case.style == "long" and form.is_scaled and case.is_proved and number < ends[0]:
        return Phrase(MORE_THAN, form, number)
    return Phrase(ABOUT, form, number)


def _up_to(case: _Case) -> Phrase | None:
    """Choose the phrase where only an upper end is known."""
    if case.has_low:
        return None
    is_below_value = case.value is not None and case.value > case.high
    limit = case.value if case.value is not None and is_below_value else case.high
    form = case.form(limit)
    if case.value is not None and not case.is_proved:
        return Phrase(OR_LESS, form, form.nearest(limit / form.divisor))
    if is_below_value:
        less_than = FEWER_THAN if is_count(case.quantity.unit) else LESS_THAN
        return Phrase(less_than, form, form.above(limit / form.divisor))
    form = _form_of_end(form)
    return Phrase(AT_MOST, form, form.above(limit / form.divisor))


def _form_of_end(form: NumberForm) -> NumberForm:
    """Write a bound of a sum in tenths of a million in every style: it is one number, and has one wording."""
    return replace(form, step=_TENTH) if form.is_scaled else form


def _nearly(case: _Case) -> Phrase | None:
    """Choose the phrase where both ends lie below the value, by at most one place of it."""
    if case.value is None or case.value <= case.high:
        return None
    form = case.form(case.value)
    number = form.above(case.value / form.divisor)
    if case.low / form.divisor < number - last_place(number):
        return None
    return Phrase(NEARLY, form, number)


def _between(case: _Case) -> Phrase | None:
    low, high = case.low, case.high
    form = case.form(high)
    if form.is_scaled and abs(low) < form.divisor:
        form = case.form(high, "one")
    first, last = _outwards(low / form.divisor, high / form.divisor, form)
    if first == last:
        return Phrase(ABOUT, form, first)
    return Phrase(BETWEEN, form, first, high=last)


def _outwards(low: Decimal, high: Decimal, form: NumberForm) -> tuple[Decimal, Decimal]:
    """Round both ends outwards."""
    step = _place_of_ends(low, high, form)
    return below(low, step), above(high, step)


def _place_of_ends(low: Decimal, high: Decimal, form: NumberForm) -> Decimal:
    """Choose the place to which two ends are rounded: tenths of a million; whole percents, or tenths where
    they lie less than ten percents apart."""
    if form.is_scaled:
        return _TENTH
    return ONE if form.reads_rounded and high - low >= 10 else form.step


_RULES: tuple[Callable[[_Case], Phrase | None], ...] = (
    _exactly,
    _nothing,
    _from,
    _about,
    _up_to,
    _nearly,
    _between,
)


_EXACT, _ROUNDED = message("exact"), message("rounded")


class CardNumber(NamedTuple):
    """Hold a figure for a card: the number in large type, its unit and precision in small type beside it."""

    number: str
    unit: str
    precision: str


def words(quantity: Quantity, language: str, *, style: Style = "long", noun: bool = True) -> str:
    """Write a quantity in words: "plus de 25 millions d’euros", "entre 14 et 16 personnes".

    `long` is for tables and single numbers, with their reach; `short` ("137 M€") for labels and cells whose
    bounds are shown beside them; `text` for titles: readable figures, no reach, and of an uncertain number the
    span alone. Without `noun`, a sum keeps its currency and a share its %. Raises `UsageError` for what is no
    quantity.

    """
    if not isinstance(quantity, Quantity):
        raise UsageError(
            message("Words are made of a quantity, not of a {kind}.", kind=type(quantity).__name__),
            where=Parameter("quantity"),
            remedy=message("Write: {example}", example='store.figure("total_investment").text("fr")'),
        )
    phrase = choose(quantity, style, noun=noun)
    if style == "text" and phrase.spread is not None:
        first, last = phrase.spread
        phrase = replace(phrase, template=BETWEEN, number=first, high=last, spread=None)
    within = _within(phrase, quantity, style, language) if style == "long" else ""
    return ", ".join(filter(None, (_written(phrase, language), within)))


def running_words(quantity: Quantity, language: str, *, noun: bool = True) -> str:
    """Write a quantity as running text does: as `words` for text, but counts up to sixteen in letters ("sept
    personnes"), or from one to the other where both ends are as small ("14 à 16 personnes")."""
    phrase = choose(quantity, "text", noun=noun)
    last = phrase.number if phrase.high is None else phrase.high
    if not is_count(quantity.unit) or last > SPELLED_TO:
        return _written(phrase, language)
    if phrase.high is not None:
        fewest = phrase.form.digits().write(phrase.number, language)
        return translate(FROM_TO, language, fewest=fewest, most=phrase.form.write(last, language))
    digits = phrase.form.digits().write(last, language)
    letters = spelled(int(last), language) if phrase.template is PLAIN else digits
    return _written(phrase, language).replace(digits, letters, 1)


def end_words(quantity: Quantity, language: str) -> tuple[str, str]:
    """Write the two ends of "between … and …" apart, each with its sign; of one number, twice that."""
    phrase = choose(quantity, "short")
    ends = phrase.number, phrase.number if phrase.high is None else phrase.high
    first, last = (phrase.form.write(end, language) for end in ends)
    return first, last


def headline_words(quantity: Quantity, language: str) -> str:
    """Write the strongest short phrase that is true, for a headline.

    As `words`, but an exact sum is written in millions too ("plus de 7,1 millions d’euros"), and "près de"
    is said of a sum where it is proved ("près de 20 millions d’euros").
    """
    phrase = choose(quantity, "text")
    value, (low, high) = quantity.value, quantity.bounds.ends
    if value is None or phrase.template not in (PLAIN, ABOUT, SOME):
        return _written(phrase, language)
    form = form_of(value, quantity.unit, "long")
    number = form.nearest(value / form.divisor)
    if form.is_scaled and quantity.bounds.basis is Basis.PROVED:
        if number < low / form.divisor:
            phrase = Phrase(MORE_THAN, form, number)
        elif high / form.divisor < number <= low / form.divisor + form.step:
            phrase = Phrase(NEARLY, form, number)
    return _written(phrase, language)


def precision_words(quantity: Quantity, language: str, *, style: Style = "short", forecast: str = "") -> str:
    """Write the words beside a large number: "environ", "plus de", "entre 14 et 16", "exact", "arrondi".

    They fit the number that `words` writes in the same style; of a `forecast` its words ("prévu") come first.
    """
    phrase = choose(quantity, style)
    parts = [forecast]
    if phrase.template is not PLAIN:
        parts.append(_precision(phrase, language))
    elif phrase.is_rounded or not forecast:
        parts.append(translate(_ROUNDED if phrase.is_rounded else _EXACT, language))
    return ", ".join(filter(None, (*parts, _within(phrase, quantity, style, language))))


def key_figure(quantity: Quantity, language: str, *, forecast: str = "") -> CardNumber:
    """Write the parts of a card: ("137 M€", "", "environ"), ("14–16", "personnes", "entre 14 et 16")."""
    precision = precision_words(quantity, language, forecast=forecast)
    phrase = choose(quantity, "short")
    if phrase.template is UNKNOWN:
        return CardNumber("–", "", precision)
    bare = choose(quantity, "short", noun=False).form
    last = phrase.number if phrase.high is None else phrase.high
    number = bare.write(last, language)
    unit = phrase.form.write(last, language).removeprefix(number).strip()
    if phrase.high is not None:
        ends = [bare.digits().write(end, language) for end in (phrase.number, last)]
        sign, _, behind = number.partition(ends[1])
        joint = f"{behind}–{sign}" if sign and sign == sign.rstrip() else "–"  # "€136.6m–€137.7m"
        number = number.replace(ends[1], joint.join(ends))
    return CardNumber(number, unit, precision)


def missing_words(reason: Reason, language: str) -> str:
    """Say why a number is missing: "pas encore connu"."""
    return translate(reason.label, language)


def _written(phrase: Phrase, language: str) -> str:
    form = phrase.form
    if phrase.high is not None:
        return _range_words(form, phrase.number, phrase.high, language)
    text = translate(phrase.template, language, n=form.write(phrase.number, language))
    if phrase.spread is None:
        return text
    return f"{text} ({_range_words(form, *phrase.spread, language)})"


def _precision(phrase: Phrase, language: str) -> str:
    """Write the words of a phrase without its number: "environ", "environ … ou plus"."""
    bare = phrase.form.first_of_range()
    if phrase.high is not None:
        return _range_words(bare, phrase.number, phrase.high, language)
    text = translate(phrase.template, language, n="…").removesuffix("…").strip()
    if phrase.spread is None:
        return text
    return f"{text}, {_range_words(bare, *phrase.spread, language)}"


def _range_words(form: NumberForm, low: Decimal, high: Decimal, language: str) -> str:
    first = form.first_of_range().write(low, language)
    return translate(BETWEEN, language, low=first, high=form.write(high, language))


_AS_PRINTED: dict[Precision, Message] = {
    Precision.ABOUT: ABOUT,
    Precision.NEARLY: NEARLY,
    Precision.MORE_THAN: MORE_THAN,
    Precision.LESS_THAN: LESS_THAN,
    Precision.AT_LEAST: AT_LEAST,
    Precision.AT_MOST: AT_MOST,
}


def as_printed(quantity: Quantity, language: str) -> str:
    """Write every printed figure of a number after the document's word: "plus de 1 700 établissements".

    A rounded print stands without a word, as in its document: "6 825 000 euros", "85 millions d’euros". Of a
    span, which has no value, it writes the two ends.
    """
    if quantity.value is None:
        return words(quantity, language)
    template = _AS_PRINTED.get(quantity.precision, PLAIN)
    if template is LESS_THAN and is_count(quantity.unit):
        template = FEWER_THAN
    form = exact_form(quantity.value, quantity.unit, "long")
    return translate(template, language, n=form.write(quantity.value / form.divisor, language))
