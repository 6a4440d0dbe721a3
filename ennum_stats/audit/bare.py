"""A text without what says nothing of its numbers: brackets about a number, datelines, what is counted too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ennum_stats.audit.ideas import PLACES, ideas_of
from ennum_stats.languages import LANGUAGES
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.quantities import NumberInText

_BRACKETED_DAY = re.compile(r"\((?:[0-9]{1,2}\.? )?(?:[a-z]+ )?(?:19|20)[0-9]{2}\)")
_DATELINE = re.compile(
    r"^\W*(?:[A-ZÀ-Ý][\w'-]+(?: \([^)\n]{1,20}\))? [–—-](?! ?[€\d])|[A-ZÀ-Ý]{4,} \|) ", re.MULTILINE
)
"""The place of a press agency's text: "NAMUR (Belga) – "."""
_NO_TOWN = re.compile(
    r"\bnamen\b(?=[^;:!?\n]* (?:aan|bij|deel|mee)\b)|\bToday in Liège\b|"
    r"(?:(?<=hat )|(?<=heeft )|(?<=has )|(?<=wil )|(?<=will ))Nam(?:ur|en)\b|"
    r"\bNam(?:ur|en) (?=(?:a|avait|veut|hat|hatte|will|heeft|had|wil|has|wants|promise?[ds]?)\b)"
)
"""The Dutch verb that looks like Namur, "namen 474 winnaars deel", a newspaper, and Namur for the Region."""
_AND_ITS = re.compile(
    r" (?:et|und|en|and) (?:son|sein|zijn|its) (?:(?:europ|wallo|waals)[a-z]* )?(?:pendant|equivalent|gegenstuck|"
    r"tegenhanger|counterpart)(?: (?:europeen|wallon))?(?<=.{21})"
)
"""A plan and its counterpart are both."""
_HUNDRED = re.compile(
    r"(?<=pour )cent(?= eleves)|(?<= (?:per|pro) )h(?:undred|onderd|undert)\b|(?<= je )hundert\b"
)
_ADULT = r"(?:promotion sociale|erwachsenenbildung|volwassenenonderwijs|adult education)(?: \(promotion sociale\))?"
_INCLUDED = re.compile(
    rf"(?:{_ADULT}|[a-z-]+),? (?:y )?(?:compris\w*|inclus\w*|includ\w+|inbegriffen|eingerechnet|eingeschlossen|"
    rf"mitgerechnet|mitgezahlt|inbegrepen|"
    rf"meegerekend|meegeteld)|(?:y compris|incluant|including|einschliesslich|inklusive|inclusief) "
    rf"(?:(?:l[ae]s?|the|de[rn]?|die|het) )?(?:{_ADULT}|[a-z-]+)|"
    r"(?:wenn man|als (?:men|je|we)) [^,;.0-9]{3,60} (?:mit|hinzu|dazu|ein)?(?:rechnet|zahlt|meerekent|meetelt)\b|"
    r"(?:en (?:y )?comptant|si l'on compte|if (?:you|we) count|counting) [^,;.0-9]{3,60}(?=[,;.])"
)
_COUNTED_TOO = frozenset(("adult", "added", "brussels"))
"""What is told to be counted too: no part is meant."""


def blank(letters: list[str], start: int, end: int, words: str = "") -> None:
    """Put words, or nothing, in the place of others; what follows stays where it is."""
    letters[start:end] = words.ljust(end - start)


def bare_words(text: str, numbers: Sequence[NumberInText]) -> str:
    """Level a text, and blank what says nothing of its numbers; what is counted is written as it is read."""
    letters = list(levelled(text))
    brackets = [(number.begin - 1, number.end) for number in numbers]
    days = [(match.start(), match.end() - 1) for match in _BRACKETED_DAY.finditer("".join(letters))]
    for opening, closing in (*brackets, *days):  # "le Wi-Fi (16 %)" is told like "le Wi-Fi 16 %"
        if "".join((*letters[opening : opening + 1], *letters[closing : closing + 1])) == "()":
            letters[opening] = letters[closing] = " "
    for match in _in_towns().finditer(text):
        blank(letters, *match.span(), "gde")
    plain = "".join(letters)
    included = (match for match in _INCLUDED.finditer(plain) if ideas_of(match[0]) & _COUNTED_TOO)
    for match in (*_DATELINE.finditer(text), *included, *_NO_TOWN.finditer(text)):
        blank(letters, *match.span(), "nemen" if match[0] == "namen" else "")  # a verb, and no town
    for number in numbers:
        if (
            number.reason == "word" and number.readings and number.readings[0].value == 100
        ):  # "hundert Schüler"
            blank(letters, number.start, number.end, "100")
    plain = _AND_ITS.sub(lambda match: "relance european plan".rjust(len(match[0])), "".join(letters))
    return _HUNDRED.sub(lambda match: "100".ljust(len(match[0])), plain)


@cache
def _in_towns() -> re.Pattern[str]:
    """Find where something is in a commune of Wallonia."""
    from ennum_stats.raw.communes import communes  # the package of all communes

    names = {commune.name(language) for commune in communes().walloon for language in LANGUAGES}
    named = "|".join(re.escape(name) for name in sorted(names) if not ideas_of(levelled(name)) & PLACES)
    return re.compile(rf"\b(?:[Àà]|[Ii]n|[Tt]e|[Bb]ei|[Bb]ij|[Aa]t) (?:{named})(?!\w)")
