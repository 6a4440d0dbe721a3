"""How texts are set: apostrophes, no-break spaces, minus signs, by the rules of each language.

In every language the apostrophe is U+2019, a no-break space U+00A0 and the minus sign U+2212; French
groups digits with U+202F (Babel writes it). Catalogues and raw tables hold plain spaces and apostrophes;
no other module puts the typographic ones in. What a text says is none of this module's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args
from unicodedata import combining, normalize

LanguageCode: TypeAlias = Literal["fr", "de", "nl", "en"]
LANGUAGES: tuple[str, ...] = get_args(LanguageCode)
"""The languages of all texts; `languages` says how each is written."""
NBSP = "\u00a0"
MINUS = "\u2212"
FRENCH_SIGNS = (":", ";", "?", "!", "»")
"""Signs that stand alone in French: a space before them, which must not break."""

_APOSTROPHE = "\u2019"
_FRENCH_SPACE = re.compile(rf" (?=[{''.join(FRENCH_SIGNS)}])|(?<=«) ")
_BEFORE_CURRENCY = re.compile(r" (?=€|FB\b|BEF\b)")
_YEARS = re.compile(r"(?<=\b(?:19|20)\d\d)-(?=(?:19|20)\d\d\b)")
_WITH_DASHES = ("de", "en")
"""In these languages a dash stands between two years, elsewhere a hyphen."""
_ELIDED = re.compile(r"\b([DdQq]u?)e (?=[AEIOUÉÈÊÎÔŒ])")
_BEFORE_DIGIT = re.compile(r" (?=\d)")


def typeset(text: str, language: str) -> str:
    """Set a text of a raw table or of the kit with the apostrophes, spaces and dashes of its language.

    >>> typeset("l'appel : « oui »", "fr").replace(NBSP, "_")
    'l’appel_: «_oui_»'
    >>> typeset("one ; two, 1999-2019", "en")
    'one; two, 1999–2019'
    """
    curled = text.replace("'", _APOSTROPHE)
    if language == "fr":
        return elided(_FRENCH_SPACE.sub(NBSP, curled))
    dashed = _YEARS.sub("–", curled) if language in _WITH_DASHES else curled
    return dashed.replace(" ;", ";")


def elided(text: str) -> str:
    """Elide the French "de" and "que" before a name with a vowel.

    >>> elided("les lauréats de EN2021, plus que EN2018, de 2019")
    'les lauréats d’EN2021, plus qu’EN2018, de 2019'
    """
    return _ELIDED.sub(rf"\1{_APOSTROPHE}", text)


def first_capital(text: str) -> str:
    """Write the first letter of a sentence as a capital."""
    return text[:1].upper() + text[1:]


def first_small(text: str, language: str) -> str:
    """Write a name as it stands within a sentence: small, except in German, where nouns are capitals.

    >>> first_small("Provinces", "en"), first_small("Provinzen", "de")
    ('provinces', 'Provinzen')
    """
    return text if language == "de" else text[:1].lower() + text[1:]


def colon(language: str) -> str:
    """Give the colon of a language, with the space that stands before it in French.

    >>> f"Budget{colon('en')} 7"
    'Budget: 7'
    """
    return f"{NBSP}:" if language == "fr" else ":"


def semicolons(parts: Iterable[str], language: str) -> str:
    """Write parts one after the other, with semicolons between them.

    >>> semicolons(["SPW", "AWT"], "de")
    'SPW; AWT'
    """
    return (f"{NBSP}; " if language == "fr" else "; ").join(parts)


class Apart(tuple[str, ...]):
    """Hold parts that stand one after the other in a text, with semicolons between them."""

    __slots__ = ()

    def __str__(self) -> str:
        return "; ".join(self)


def unbroken(text: str) -> str:
    """Keep a text on one line."""
    return text.replace(" ", NBSP)


def tied_to_digits(text: str) -> str:
    """Keep each number on the line of the word before it: "section 2.1"."""
    return _BEFORE_DIGIT.sub(NBSP, text)


def with_number(text: str, place: str, digits: str) -> str:
    """Put digits in their place in a text, tied to the word beside them and before a currency.

    >>> with_number("# millions d’euros", "#", "137").replace(NBSP, "_")
    '137_millions d’euros'
    """
    tied = text.replace(f"{place} ", place + NBSP).replace(f" {place}", NBSP + place)
    return _BEFORE_CURRENCY.sub(NBSP, tied).replace(place, digits)


_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Give what is left of a name when it is compared.

    >>> fold("  Année(s) scolaire(s)* ")
    'annee s scolaire s'
    """
    plain = text.casefold()
    if not plain.isascii():
        letters = normalize("NFKD", plain.replace("œ", "oe"))
        plain = "".join(letter for letter in letters if not combining(letter))
    return _NO_LETTERS.sub(" ", plain).strip()
