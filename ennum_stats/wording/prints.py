"""Write a published number as its document prints it, whatever its bounds are read to be."""

from __future__ import annotations

from ennum_stats.errors import Message
from ennum_stats.languages import translate
from ennum_stats.quantities import Precision, Quantity
from ennum_stats.wording import phrases
from ennum_stats.wording.amounts import exact_form, is_count

_WORDS: dict[Precision, Message] = {
    Precision.ABOUT: phrases.ABOUT,
    Precision.NEARLY: phrases.NEARLY,
    Precision.MORE_THAN: phrases.MORE_THAN,
    Precision.LESS_THAN: phrases.LESS_THAN,
    Precision.AT_LEAST: phrases.AT_LEAST,
    Precision.AT_MOST: phrases.AT_MOST,
}


def as_printed(quantity: Quantity, language: str) -> str:
    """Write every printed figure of a number after the document's word: "plus de 1 700 établissements".

    A rounded print stands without a word, as in its document: "6 825 000 euros", "85 millions d’euros". Of a
    span, which has no value, it writes the two ends.
    """
    if quantity.value is None:
        return phrases.words(quantity, language)
    template = _WORDS.get(quantity.precision, phrases.PLAIN)
    if template is phrases.LESS_THAN and is_count(quantity.unit):
        template = phrases.FEWER_THAN
    form = exact_form(quantity.value, quantity.unit, "long")
    return translate(template, language, n=form.write(quantity.value / form.divisor, language))
