"""A quantity in words, never more strongly than its bounds prove.

The words follow from value and bounds alone. What a reader may conclude from them under the house
rules (`ennum_stats.quantities.HOUSE_RULES`) holds of the whole interval:

- "more than", "less than", "at least" and "at most" are only said of proved bounds; where bounds
  rest on a convention it is "about … or more";
- "about" is said of a number inside its bounds; where these reach further than one place of what is
  written, they are added: "about 79% (between 64% and 94%)";
- "between … and …", rounded outwards, is said where only bounds are known.

Sums from a million on are read in millions: whole ones from ten million, tenths below; up to three
figures stay as printed (6.85 million). An exact sum stays in full in long style. In short style a
sum in millions is itself a rounded print: it stands without a word where the bounds lie within half
of its last place.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ennum_stats.errors import message
from ennum_stats.languages import Number, as_decimal, translate
from ennum_stats.quantities import Basis, Quantity, Reason
from ennum_stats.wording import choosing
from ennum_stats.wording.amounts import Form, Style, exact_form, form_of
from ennum_stats.wording.choosing import Saying, choose

_EXACT = message("exact")
_ROUNDED = message("rounded")
_PLANNED = message("planned")
_REASONS = {
    Reason.NOT_YET_KNOWN: message("not yet known"),
    Reason.NOT_COLLECTED: message("not collected"),
    Reason.UNDER_EMBARGO: message("under embargo"),
    Reason.NOT_COMPARABLE: message("not comparable"),
    Reason.NOT_APPLICABLE: message("not applicable"),
}


class KeyFigure(NamedTuple):
    """A figure for a card: the number large, its unit and precision small beside it."""

    number: str
    unit: str
    precision: str


def words(quantity: Quantity, language: str, *, style: Style = "long", noun: bool = True) -> str:
    """A quantity in words: "plus de 25 millions d’euros", "entre 14 et 16 personnes".

    `long` is for sentences and tables of figures; `short` ("137 M€") for labels and cells, whose
    bounds are shown beside them. Without `noun`, a sum keeps its currency and a share its %.
    """
    saying = choose(quantity, style, noun=noun)
    return _written(saying, language, with_spread=style == "long")


def strongest(quantity: Quantity, language: str) -> str:
    """The strongest short phrase that is true, for a headline.

    As `words`, but an exact sum is read in millions too ("plus de 7,1 millions d’euros"), and
    "près de" is said of a sum where it is proved ("près de 20 millions d’euros").
    """
    saying = choose(quantity)
    value, (low, high) = quantity.value, quantity.bounds.ends
    if value is None or saying.template not in (choosing.PLAIN, choosing.ABOUT):
        return _written(saying, language)
    form = form_of(value, quantity.unit, "long")
    number = form.nearest(value / form.divisor)
    if form.is_scaled and quantity.bounds.basis is Basis.PROVED:
        if number < low / form.divisor:
            saying = Saying(choosing.MORE_THAN, form, number)
        elif high / form.divisor < number <= low / form.divisor + form.step:
            saying = Saying(choosing.NEARLY, form, number)
    return _written(saying, language)


def claim(quantity: Quantity, threshold: Number, language: str) -> str | None:
    """The claim that a threshold is exceeded, "plus de 25 millions d’euros", if that is proved.

    `None` where the lower bound does not lie above the threshold, or rests on a convention: then it
    must not be said.
    """
    limit = as_decimal(threshold)
    if quantity.bounds.basis is not Basis.PROVED or quantity.bounds.ends[0] <= limit:
        return None
    form = exact_form(limit, quantity.unit, "long")
    return _written(Saying(choosing.MORE_THAN, form, form.below(limit / form.divisor)), language)


def precision_words(
    quantity: Quantity, language: str, *, style: Style = "short", planned: bool = False
) -> str:
    """The words beside a large number: "environ", "plus de", "entre 14 et 16", "exact", "arrondi".

    They fit the number that `words` shows in the same style. `planned` puts "prévu" before them.
    """
    saying = choose(quantity, style)
    parts = [translate(_PLANNED, language)] if planned else []
    if saying.template is not choosing.PLAIN:
        parts.append(_precision(saying, language))
    elif saying.is_rounded or not planned:
        parts.append(translate(_ROUNDED if saying.is_rounded else _EXACT, language))
    return ", ".join(parts)


def key_figure(quantity: Quantity, language: str, *, planned: bool = False) -> KeyFigure:
    """The parts of a card: ("137 M€", "", "environ"), ("14–16", "personnes", "entre 14 et 16")."""
    precision = precision_words(quantity, language, planned=planned)
    saying = choose(quantity, "short")
    if saying.template is choosing.UNKNOWN:
        return KeyFigure("–", "", precision)
    bare = choose(quantity, "short", noun=False).form
    last = saying.number if saying.high is None else saying.high
    number = bare.write(last, language)
    unit = saying.form.write(last, language).removeprefix(number).strip()
    if saying.high is not None:
        is_prefixed = not number.startswith(bare.digits().write(last, language))
        first = (bare if is_prefixed else bare.digits()).write(saying.number, language)
        number = f"{first}–{number}"
    return KeyFigure(number, unit, precision)


def missing_words(reason: Reason, language: str) -> str:
    """Why a number is missing: "pas encore connu"."""
    return translate(_REASONS[reason], language)


def _written(saying: Saying, language: str, *, with_spread: bool = True) -> str:
    form = saying.form
    if saying.high is not None:
        return _between(form, saying.number, saying.high, language)
    text = translate(saying.template, language, n=form.write(saying.number, language))
    if saying.spread is None or not with_spread:
        return text
    return f"{text} ({_between(form, *saying.spread, language)})"


def _precision(saying: Saying, language: str) -> str:
    """The words of a saying without its number: "environ", "environ … ou plus"."""
    bare = saying.form.first_of_range()
    if saying.high is not None:
        return _between(bare, saying.number, saying.high, language)
    text = translate(saying.template, language, n="…").removesuffix("…").strip()
    if saying.spread is None:
        return text
    return f"{text}, {_between(bare, *saying.spread, language)}"


def _between(form: Form, low: Decimal, high: Decimal, language: str) -> str:
    first = form.first_of_range().write(low, language)
    return translate(choosing.BETWEEN, language, low=first, high=form.write(high, language))
