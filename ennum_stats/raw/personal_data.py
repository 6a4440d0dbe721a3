"""Detection of telephone numbers and e-mails of persons: a text with one is never kept nor shown.

Names cannot be told from other words; imports leave the columns that hold them where they are. A text is
compared as a person reads it: full-width digits and signs, hyphens and spaces of every kind are the plain
ones, and signs without width are none. What e-mails and telephone numbers look like is told in `e_mails`
and `telephones`; each looks at a bounded stretch of the text only, so that no text takes long.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, decimal, normalize

from ennum_stats.raw.e_mails import e_mails
from ennum_stats.raw.telephones import telephones

MASK = "[…]"
MAY_REACH = (
    r"(?i)(?:[0-9][^0-9]*){8}|t[eé]l|gsm|fax|phone|handy|whatsapp|[@&%\x{ad}]|[^a-z]at[^a-z]"
    r"|[(\[{] ?a ?[)\]}]|arr?obas|a commercial|apenstaart|klammeraffe"
    r"|[^\x00-\x{24f}\x{2010}-\x{2027}\x{202f}\x{2039}\x{203a}€]"
)
"""What stands in every text that reaches a person, as a pattern of polars, which sets most other texts aside
a hundred times faster than they are read: eight digits, a word before fewer, a sign or word of e-mails, a
sign of another script."""


def reaches_person(text: str) -> bool:
    """Tell whether a telephone number or an e-mail stands in a text.

    >>> reaches_person("Tél. 081/23.45.67"), reaches_person("27/01/2020")
    (True, False)
    """
    return next(_found(_as_read(text)), None) is not None


def holds_e_mail(text: str) -> bool:
    """Tell whether an e-mail stands in a text whose digits may be of anything, such as a web address."""
    return next(e_mails(_as_read(text)), None) is not None


def without_persons(text: str) -> str:
    """Replace telephone numbers and e-mails in a text by a mark."""
    read = _as_read(text)
    spans = sorted(_found(read))
    if not spans:
        return text
    places = _places(text)
    parts, done = [], 0
    for start, end in spans:
        first, last = places[start], places[end - 1] + 1
        if first >= done:
            parts += [text[done:first], MASK]
        done = max(done, last)
    return "".join([*parts, text[done:]])


def _found(read: str) -> Iterator[tuple[int, int]]:
    yield from e_mails(read)
    yield from telephones(read)


def _as_read(text: str) -> str:
    """Give the signs of a text as a person reads them."""
    return text.lower() if text.isascii() and text.isprintable() else "".join(map(_sign, text))


def _places(text: str) -> list[int]:
    """Give for each sign of a text as it is read the place where it stands in the text."""
    return [place for place, sign in enumerate(text) for _ in _sign(sign)]


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    if sign.isspace():
        return " "
    kind = category(sign)
    if kind[0] == "M" or kind in ("Cf", "Cc"):
        return ""
    if kind == "Pd" or sign == "\u2212":
        return "-"
    if kind == "Nd":
        return str(decimal(sign))
    plain = normalize("NFKD", sign.casefold())
    return "".join(letter for letter in plain if category(letter)[0] != "M")
