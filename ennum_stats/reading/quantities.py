"""Numbers in running text, in four languages: where each stands, what it may be, and how surely it is said.

All readings are kept ("12.345" is 12,345 or 12.345), the likelier of the language first. What is no statistic
(days, hours, telephones, addresses, laws, pages, lists, names of calls, years) is kept with its reason.
Spelled cardinals are read by text2num, never with a scale: it does not know where these end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

from ennum_stats.quantities import Quantity
from ennum_stats.reading.forms import (
    FORMS,
    SHORT_SCALES,
    SIGNS,
    NumberForms,
    either,
    last_place,
    levelled,
    meaning,
)
from ennum_stats.reading.operators import begins_with, ends_in, phrases
from ennum_stats.search.concepts import WORDS
from ennum_stats.vocabulary import UNITS, Precision

_DIGITS = (
    r"(?<![a-z0-9_])(?<![0-9][.,/])(?:[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?:'[0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?)"
    r"(?![0-9])(?![.,][0-9])"
)
_YEAR = r"(?:19[5-9]|20[0-4])[0-9]"
_TIME = r"[0-9]{1,2}(?:[.:h][0-9]{2})?"
_SPOKEN = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*|\S")
_ONE, _TWO = r"une?|ein|een|a", r"deux|zwei|twee|two"
_FULL = r"bon(?:ne)?|petite?|gro(?:s|sse)|gutes|knappes|goede?|kleine?|good"
_WEEKDAY = phrases("weekdays").pattern
_CURRENCY = r"(?:€|\beur|\bfb|\bbef)"
_ASIDE = (
    (r"(?:https?://|www\.)\S+|\S+@\S+", "address"),
    (r"\b(?:[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})\b", "date"),
    (r"\b[0-9]{1,2} ?h(?:eures?)? ?(?:[0-9]{2})?\b|\b[0-9]{1,2}:[0-9]{2}\b", "hour"),
    (r"\b[0-9]{1,2}(?:[.:][0-9]{2})? ?(?:uhr|uur|am|pm|a\.m\.|p\.m\.|o'clock)(?![a-z])", "hour"),
    (r"(?:\+|(?<![0-9][ .])\b00)[0-9]{2}[0-9 ./()]{7,}[0-9]", "telephone"),
    (r"(?<![0-9][ .])\b0[0-9]{1,3}[ ./][0-9 ./]{5,}[0-9]", "telephone"),
    (r"\[(?:footnoteref:)?[0-9]{1,3}[:\]]", "reference"),
    (r"\bto within [0-9][0-9,.]*|\b(?:auf|op) [0-9][0-9.,]*(?: euro)? (?:genau|nauwkeurig)\b", "word"),
    (r"\b(?:sources?|quellen?|bron(?:nen)?) ?:(?:[^.!?\n]|\.(?! ))*", "reference"),
    (r"\b(?:at|om|um) [0-9]{1,2}\.[0-5][0-9](?=[,;)]|[.!?]?(?: *$|\n)| (?:on(?! av)|in|at|am|im|op|auf)\b)", "hour"),
    (r"\b(?:level|niveau|shelf|regal|stockwerk|etage|rayon|etagere|schap|perron) [0-9]{1,3}\b(?! ?%)", "address"),
    (r"\b[a-z]*(?:stras+e|straat|laan|plein|platz|allee|gasse) [0-9]{1,3}\b(?! ?%)", "address"),
    (r"\b(?:24 ?h?/24|24/7|7 ?j?/7)\b", "hour"),
    (rf"\b{_TIME} ?(?:[-–]|a|bis|tot|to|et|und|en|and) ?(?={_TIME} ?(?:h\b|heures?|uhr|uur|am\b|pm\b))", "hour"),
    (r"(?m)^[ ]*[0-9]{1,2}/[0-9]{1,2}(?![0-9/])|\([0-9]{1,2}/[0-9]{1,2}\)|(?<![0-9/])[0-9]{1,2}/[0-9]{1,2} *$",
     "list"),
    (r"\b(?:le|am|op|on|vom|du|van) [0-9]{1,2}/[0-9]{1,2}\b", "date"),
    (r"\b(?:le|am|op|vom|van) [0-9]{1,2}\.[0-9]{1,2}\.(?![0-9])", "date"),
    (r"#[0-9]+\b|\b[0-9]{1,4}/(?:0[0-9]+|20[0-4][0-9])\b", "reference"),
    (r"\b(?:iso|code|ticket|route|pin|referen(?:ce|tie|z)|(?:dossier|zaak|akten)nummer) [0-9][0-9./-]*\b", "code"),
    (r"\b[1-9][0-9]{3} (?:brux|bruss|namur|namen|eupen|liege|luik|luttich|charleroi|mons|bergen|tournai|verviers)",
     "address"),
    (r"\b(?:rue|avenue|chaussee|place|boulevard|quai)\b[^.;:!?0-9\n]{0,40}[0-9]{1,3}(?=,? [1-9][0-9]{3}\b)", "address"),
    (r"\b(?:pages?|pp?\.|seiten?|bladzijden?|blz\.) [0-9]+ ?(?:[-–]|a|et|bis|und|tot|en|to|and) ?[0-9]+\b", "page"),
    (r"\b(?:klassen|folien|classes|years|grades|slides) [0-9]{1,2} ?(?:[-–]|et|und|en|and|a|bis|tot|to) ?[0-9]{1,2}\b",
     "reference"),
    (r"\b[0-9]{1,2}(?:[.:][0-9]{2})? ?u\b", "hour"),
    (r"\b[a-z]{2}[0-9]{2}(?: [0-9]{4})+(?: [0-9]{1,4})?\b|\b0[0-9]{3}\.[0-9]{3}\.[0-9]{3}\b", "code"),
    (r"\b(?:windows|office|ipad|iphone|android|ios|usb|bluetooth|wi-?fi) [0-9]+(?:\.[0-9]+)?\b(?! ?%)", "name"),
    (rf"\b{_YEAR} ?[-–/] ?(?:{_YEAR}|[0-9]{{2}})\b", "year"),
    (r"(?m)^[^\w\n]*[0-9]{1,2}(?:\W?[.)/:|]|\.[0-9]{1,2}\.?(?! (?:per\b|%|[mb]illion|terminal|pupil))| ?[–—])(?=[ *])",
     "list"),
    (r"(?m)^[^\w\n]*[a-z]+ [0-9]{1,2} ?[:–—](?= )", "reference"),
    (r"(?<=[.:;?!] )[0-9]{1,2}\)(?= )|(?<=[.?!] )[1-9]\.(?= [a-z])", "list"),
    (r"\b24 (?:uur op|heures sur|hours a day)(?: 24\b)?", "hour"),
    (r"\b[0-9]+(?:er|ere|re|e|eme|ieme|th|st|nd|rd|ste|de|ter|ten)\b", "ordinal"),
    (r"\b(?:der|die|das|dem|den|des|beim|im|zum) [0-9]{1,2}\. (?=aufruf|ausgabe|auflage|schul|klasse|phase|teil|jahr)",
     "ordinal"),
    (r"\b[0-9]+[.-][0-9]+(?:[.-][0-9]+)+\b(?<![.][0-9]{3})|\b[a-z]{2,}/[0-9]+-[0-9]+\b", "reference"),
    (r"\b[0-9]{1,2} (?:jan|fevr?|feb|mrt|avr|apr|juil|aug|sept?|okt|oct|nov|de[cz])\b(?! ?%)", "date"),
    (r"\b(?:circulaire|circular|rundschreiben|omzendbrief) [0-9][0-9 .]*[0-9]", "law"),
    (r"\b[0-9]{1,3}[- ]?(?:jahrig|jarig|year-old)[a-z]*", "word"),
    (rf"(?:{_WEEKDAY}),? (?:der |den |dem |the |le |de )?[0-9]{{1,2}}\b(?! ?[%a-z]*[0-9]*h\b)", "date"),
    (r"\b(?:generation|promo(?:tion)?|class|generatie|lichting|mai|mei) (?:de |of |van )?'?[0-9]{2}\b(?! ?%)", "year"),
    (r"\b(?:perd|gagn|battu|verl[oi]|gew[oai]nn|wonnen|won|lost|beat)\w*(?: [a-z]+){0,2} [0-9]{1,2} ?[-:–] ?[0-9]\b",
     "word"),
    (r"\b(?:notes?|cotes?|mark|score|grade|punten)\b[a-z ]* [0-9]+(?:[.,][0-9])? ?(?:sur|op|von|out of|/) ?[12]00?\b",
     "word"),
    (r"\b[0-9]{1,2}[.:][0-5][0-9](?= (?:train|bus|tram)\b)", "hour"),
    (r"\b[0-9]{1,2}'[0-9]{2}\b|\b(?:on air|auf sendung) [0-9]{1,2}\.[0-5][0-9]\b", "hour"),
    (r"\b(?:diapo|slide|folie|dia|poster|paper|exhibit|item) [0-9]{1,3}\b(?! ?%)", "reference"),
    (r"\b(?:slot|junction|exit|channel|sortie|canal|ausfahrt|kanal|afrit|kanaal) [0-9]{1,3}\b(?! ?%)", "reference"),
)  # fmt: skip
_SHORT_SCALE = re.compile(rf" ?({either(SHORT_SCALES)})(?![a-z])")
"""A scale that is one behind an amount whose currency stands before it."""
_CALL = re.compile(r"\bE\.?N\.? ?(?:20[0-9]{2}|[1-9])\b")
_PASSING = {
    meaning: "|".join(", ".join(by_language.values()).replace("*", "[a-z]*").split(", "))
    for meaning, by_language in WORDS["passing"].items()
}
_COUNTS_NOTHING = re.compile(
    r" (?:(?:de|of) |d')?(?:(?!(?:pour|dans|avec|voor|with|from|waren|were|sont)\b)(?P<other>[a-z-]{4,}) )?"
    rf"(?:{_PASSING['counted']})(?![a-z'])"
)
"""What is counted in passing: calls, school years, pages, weeks, metres."""
_OF_TAXES = re.compile(rf"(?<![a-z])(?:{_PASSING['share']})[ :a-z]{{0,12}}$")
_OF_AGE = re.compile(rf"(?<![a-z])(?:{_PASSING['age']}) $|, $")
_AGE = re.compile(r" (?:ans|jahren?|jaar|years?)(?![a-z])| in |[.,;)]")
_PARENT_OF = ends_in("parent")
_NO_COUNT = begins_with("no count")
_LASTS = re.compile(rf"(?:{phrases('lasted').pattern})(?: [a-z]+)? $")
_HOURS = begins_with("hours")
_OFTEN = begins_with("times")
_TOGETHER = begins_with("together in a list")
_SPAN = ends_in("for so long")
"""What stands before years that went by: "depuis deux ans", "al dertig jaar", "nach gut drei Jahren"."""
_YEARS = begins_with("time spans")
_AFTERWARDS = ends_in("within")
"""What stands before years in which something was or will be done."""
_LATER = re.compile(
    rf" [a-z]+ (?:{phrases('years before').pattern}|{phrases('later').pattern}|"
    r"(?:before|on(?! average)|(?:from|de|van|von) (?:19|20)[0-9]{2})\b)"
)
_PUPILS = re.compile(rf" (?:[a-z]+ )?(?:{phrases('pupils').pattern})")
_NEVER = re.compile(rf"(?:{phrases('never').pattern})(?: [a-z]+){{0,2}} $")
"""What makes of "more than" the most that there was: "it never cost more than"."""
_HAS_OVER = re.compile(r"(?<![a-z])(?:verfug|beschik)[a-z]+ (?:[^.,;:]* )?(?:uber|over) $")
"""Verbs that need "über" for what they have, and do not say that it is more."""
_OF_SO_MANY = ends_in("for every")
_SINCE = ends_in("of a year", "part of a year")
_SMALL, _OLDEST = 10, 120
"""Below the one, numbers in words are read with care; above the other, none is an age."""
_ENDS = re.compile(r" *(?:[.,;:!?)\n]|$)| (?:en|in|im|a|au|aux|to|bei|bij|at|for|pour|voor|fur) ")
_ONLY = ends_in("only")
_A_NUMBER = re.compile(r"(?<![a-z0-9])[0-9]|\b(?:elf|zwolf|onze|douze|eleven|twelve|twaalf)\b")
_DETERMINED = ends_in("determined")
"""What makes of a small number that nothing follows no count: "les deux", "un ou deux", "at two"."""
_THERE_ARE = ends_in("there are")
"""What stands before a small number in words that no noun follows: "il y en a quatre !", "its staff numbered seven"."""
_OF_A_YEAR = re.compile(r"(?<![a-z])(?:the|den|der|die|les|des) $")
_A_HUNDRED = re.compile(r" (?:hundert|honderd|cent|hundred|[0-9])")
"""What stands about a year before a noun: "der 2016 ausgewählten Standorte", "2017 hundert Schüler"."""
_OLD_YEAR = re.compile(r"1[5-9][0-9]{2}")
_FOUNDED = begins_with("founded")
"""What follows a year that stands alone: "1898 gegründet"."""
_NO_TOWN = begins_with("no town")
"""What follows a number that is no postal code."""
_STREET, _POSTAL = re.compile(r",? (?:rue|avenue|street|road)\b"), re.compile(r" [a-z]{3}")
_AND = re.compile(r" (?:et|und|en|and|a|bis|tot|to|ou|oder|of|or|&) | ?[-–] ?")
"""What joins the second of two references: "Folie 4 und 5"."""
_NAMED = re.compile(r"[a-z_][0-9]|[0-9][a-z_]|[a-z]-[0-9]|(?<![a-z])[a-z]\.[0-9]")


@dataclass(frozen=True)
class NumberReading:
    """Hold what a printed number may be: its value (of a range, its lower end), the upper end of a range, and the
    place of its last certain digit."""

    value: Decimal
    step: Decimal
    high: Decimal | None = None


@dataclass(frozen=True)
class NumberInText:
    """Hold a number of a text between two offsets, with the words that say how surely it is said."""

    start: int
    end: int
    text: str
    readings: tuple[NumberReading, ...] = ()
    precision: Precision = Precision.EXACT
    unit: str = ""
    """EUR, BEF or percent; empty where a noun says what is counted."""
    following: str = ""
    """The words after it, to the end of their clause, levelled."""
    hedge: tuple[int, int] = (0, 0)
    """Where the word that says how surely it is said stands."""
    reason: str = ""
    """Why it is no statistic."""
    nouns: frozenset[str] = frozenset()
    """Which of the words after it may be the noun of what it counts, levelled."""

    @property
    def begin(self) -> int:
        """Where it begins, with the word before it that says how surely it is said."""
        return min(self.hedge[0], self.start) if self.hedge[1] else self.start

    def quantities(self, unit: str) -> Iterator[Quantity]:
        """Give each reading as a number with its bounds, in a unit, by the house rules; none that the unit cannot
        have: no half of a school, nothing below none."""
        least = UNITS[unit].resolution
        is_below = self.precision in (Precision.NEARLY, Precision.LESS_THAN)
        for reading in self.readings:
            if (least and (reading.value % least or reading.step < least)) or (
                is_below and not reading.value
            ):
                continue
            if reading.high is None:
                yield Quantity.printed(reading.value, unit, self.precision, reading.step)
            else:
                bounds = Quantity.exact(reading.value, unit).bounds.hull(
                    Quantity.exact(reading.high, unit).bounds
                )
                yield Quantity.derived(None, bounds, unit)


def numbers_in(text: str, language: str) -> list[NumberInText]:
    """Read the numbers of a text in one language, in the order in which they stand."""
    plain = levelled(text)
    aside = {nearby.start: nearby for nearby in _set_aside(plain, text)}
    taken = [(nearby.start, nearby.end) for nearby in aside.values()]
    grammar = _grammar(language)
    numbers = [
        *_shares(plain, text, grammar),
        *_in_digits(plain, text, language, taken),
        *_spelled(plain, text, language),
    ]
    numbers.sort(key=lambda number: (number.start, number.start - number.end))
    kept: list[NumberInText] = []
    for number in numbers:
        is_inside = _is_taken(taken, number.start, number.end)
        if not is_inside and (not kept or number.start >= kept[-1].end):
            kept.append(_in_place(number, plain, grammar))
    joined = _joined(kept, plain, grammar)
    numbers = [
        replace(
            number,
            text=text[number.start : number.end],
            nouns=_nouns(text[number.end : number.end + 90], language),
        )
        for number in joined
    ]
    numbers = sorted([*numbers, *aside.values()], key=lambda number: number.start)
    for place, (first, second) in enumerate(pairwise(numbers)):
        is_more = first.reason in ("reference", "page", "law") and _AND.fullmatch(
            plain, first.end, second.start
        )
        if is_more and not (second.reason or second.unit or _counts(second.following)):
            numbers[place + 1] = replace(second, reason=first.reason)
    return numbers


def _nouns(following: str, language: str) -> frozenset[str]:
    """List the words that may be nouns of what is counted, and measures: "km"."""
    measure = r"[bcdfghjklmnpqrstvwxzGM]{2,4}|(?:kilo|centi)?(?:gramm?e?|met(?:er|re)|lit(?:er|re)|watt|inch)"
    noun = re.compile(f"{FORMS[language].noun}|{measure}")
    return frozenset(levelled(word) for word in _SPOKEN.findall(following) if noun.fullmatch(word))


# --- what is no statistic ---------------------------------------------------------------------------


def _set_aside(plain: str, text: str) -> Iterator[NumberInText]:
    ends = 0
    months = "|".join(form.months for form in FORMS.values())
    before = r"(?:[0-9]{1,2}\.?,? (?:(?:et|und|en|and|au|bis|tot|to) )?)*"
    nth = rf"{before}[0-9]{{1,2}}\.?(?:er|st|nd|rd|th)? (?:of )?"
    day = rf"\b(?<![:.,])(?:{nth})?(?:{months}) {_YEAR}\b", "date"
    of_month = rf"\b(?<![:.,])(?:{nth}(?:{months})|(?:{months}) [0-9]{{1,2}})\b", "date"
    nearby = [
        (match.start(), match.end(), reason)
        for pattern, reason in (day, of_month, *_ASIDE)
        for match in re.finditer(pattern, plain)
    ]
    nearby += [(match.start(), match.end(), "call") for match in _CALL.finditer(text)]
    for start, end, reason in sorted(nearby, key=lambda span: (span[0], -span[1])):
        if start >= ends and any(char.isdigit() for char in plain[start:end]):
            ends = end
            yield NumberInText(start, end, text[start:end], reason=reason)


def _reason(number: NumberInText, plain: str, grammar: _Grammar) -> str:
    """Say why a number in digits is no statistic, by what stands about it; empty where it may be one."""
    before, after = plain[max(0, number.start - 60) : number.start], plain[number.end : number.end + 40]
    digits, value = plain[number.start : number.end], number.readings[0].value
    nearby = grammar.aside.search(before.rstrip(" "))
    is_counted = number.unit or (_counts(number.following) and nearby and nearby.lastgroup == "address")
    if nearby and not is_counted:
        return nearby.lastgroup or ""
    is_begun = digits[0].isdigit() and _NAMED.search(before + digits[0], max(0, len(before) - 2))
    if is_begun or _NAMED.match(digits[-1] + after[:1]):
        return "name"
    is_per_100 = value == 100 and _PUPILS.match(after)
    passing = _COUNTS_NOTHING.match(after)
    is_age = value < _OLDEST and _OF_AGE.search(before) and _AGE.match(after)
    if (
        (passing and not _counts(f" {passing['other']}"))
        or (is_age and (not before.endswith(", ") or re.match(r" (?:ans|jahre|jaar),", after)))
        or _PARENT_OF.search(before)
        or _NO_COUNT.match(after)
        or (_LASTS.search(before) and _HOURS.match(after))
        or (_OFTEN.match(after) and value in (100, 1000))
        or (number.unit == "percent" and _OF_TAXES.search(before))
        or (_TOGETHER.match(after) and value < _SMALL)
        or (
            _YEARS.match(after)
            and (_SPAN.search(before) or _LATER.match(after) or _AFTERWARDS.search(before))
        )
        or is_per_100
        or (_OF_SO_MANY.search(before) and value in (100, 500, 1000) and not re.match(r" proj", after))
    ):
        return "word"
    if _STREET.match(after) or (
        _POSTAL.match(after)
        and re.fullmatch(r"[1-9][0-9]{3}", digits)
        and before.endswith(", ")
        and not (_counts(number.following) or _NO_TOWN.match(after))
    ):
        return "address"
    if _OLD_YEAR.fullmatch(digits) and not number.unit and (_SINCE.search(before) or _FOUNDED.match(after)):
        return "year"
    if re.fullmatch(_YEAR, digits) and not number.unit:
        if _OF_A_YEAR.search(before) or _A_HUNDRED.match(after):
            return "year"
        is_base = re.search(r"[0-9] [a-z]+ (?:sur|out of) $", before)
        return "" if is_base or (_counts(number.following) and not _SINCE.search(before)) else "year"
    return ""


def _counts(following: str) -> bool:
    """Tell whether words begin with something that is counted."""
    from ennum_stats.search.candidates import HEADS
    from ennum_stats.search.concepts import IDLE, concept

    heads = {head for group in HEADS.values() for head in group} - {"share", "per"} | {"school"}
    words = re.match(r" (?!ecoles? numerique)([a-z]+)(?: (?!ecoles? numerique)([a-z]+))?", following)
    if words is None or words[1] in IDLE:
        return False
    return any(concept(word) in heads for word in words.groups(""))


# --- numbers ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Grammar:
    forms: NumberForms
    before: re.Pattern[str]
    after: re.Pattern[str]
    scale: re.Pattern[str]
    short: re.Pattern[str]
    unit: re.Pattern[str]
    share: re.Pattern[str]
    collective: re.Pattern[str]
    half: re.Pattern[str]
    aside: re.Pattern[str]


@lru_cache(maxsize=8)
def _grammar(language: str) -> _Grammar:
    forms = FORMS[language]
    money = tuple(unit for unit in forms.units if unit[1] in ("EUR", "BEF", "percent"))
    return _Grammar(
        forms,
        re.compile(rf"(?:(?<![a-z])({either(forms.before)})|({either(SIGNS)})) ?(?:{_CURRENCY} ?)?$"),
        re.compile(rf" ?\(?({either(forms.after)})(?![a-z])"),
        re.compile(rf" ?({either(forms.scales)})(?![a-z])(?: (et demie?|and a half))?"),
        re.compile(rf" ?({either(SHORT_SCALES)})\.?(?= ?(?:d'|de )?{_CURRENCY})"),
        re.compile(rf" ?{forms.linking}({either(money)})(?![a-z])"),
        re.compile(rf"(?<![a-z])({either(forms.parts)})(?![a-z])"),
        re.compile(rf"(?<![a-z])({_ONE}|{_TWO}) (?:(?:{_FULL}) )?({either(forms.collectives)})s?(?![a-z])"),
        re.compile(
            rf"(?<![a-z])(?:(half an?|(?:een )?half|(?:une? )?demi|(?:eine )?halbe)|anderhalf|anderthalb|eineinhalb|"
            rf"one and a half)[ -](?= ?(?:{either(forms.scales)})(?![a-z]))"
        ),
        _numbered(language),
    )


def _numbered(language: str) -> re.Pattern[str]:
    """Make one pattern of what stands before the number of a page, a law or a street, a group a reason."""
    reasons = ("page", "law", "reference", "year", "address")
    words = {reason: [phrases(f"numbered {reason}", language).pattern] for reason in reasons}
    words["reference"].append(r"(?<![a-z] )\byear")
    words["address"].append(rf"(?<!\ben )(?:{phrases('street', language).pattern})[^.;:!?\d]{{0,40}}")
    words["telephone"] = [rf"(?:{phrases('telephone').pattern})[^a-z]{{0,6}}"]
    return re.compile("|".join(rf"(?P<{reason}>(?:{'|'.join(some)})$)" for reason, some in words.items()))


def _is_taken(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a span meets one of those that stand in order, none over another."""
    place = bisect_left(taken, (end, 0))
    return place > 0 and taken[place - 1][1] > start


def _in_digits(plain: str, text: str, language: str, taken: list[tuple[int, int]]) -> Iterator[NumberInText]:
    for match in re.finditer(_DIGITS, plain):
        if not _is_taken(taken, match.start(), match.start() + 1):
            yield NumberInText(match.start(), match.end(), text[match.start() : match.end()],
                               tuple(_readings(match[0], language)))  # fmt: skip


def _readings(digits: str, language: str) -> Iterator[NumberReading]:
    """Read digits in each way that they allow, the usual one of the language first; `step` holds the place of
    the last digit for `_in_place` to settle."""
    marks = [char for char in digits if not char.isdigit()]
    last = marks[-1] if marks else ""
    tail = digits.rpartition(last)[2] if last else ""
    groups = len(tail) == 3 and last and all(mark == last for mark in marks)
    decimal_sign = "." if language == "en" else ","
    whole = NumberReading(Decimal(re.sub(r"\D", "", digits)), Decimal(1))
    if not marks or (groups and (last in " '" or len(marks) > 1)):
        yield whole
    elif groups and last in ".,":
        split = NumberReading(Decimal(digits.replace(last, ".")), Decimal("0.001"))
        yield from (split, whole) if last == decimal_sign or digits.startswith("0") else (whole, split)
    else:
        head = re.sub(r"\D", "", digits.rpartition(last)[0])
        yield NumberReading(Decimal(f"{head}.{tail}"), Decimal(1).scaleb(-len(tail)))


def _spelled(plain: str, text: str, language: str) -> Iterator[NumberInText]:
    from text_to_num import find_numbers  # a library in Rust, seldom needed by who only asks

    forms = FORMS[language]
    large = either(forms.scales[:2])
    breaks = cache(re.compile(rf"{large}|und|en" if language in ("de", "nl") else large).fullmatch)
    tokens = [_Token(match) for match in _SPOKEN.finditer(text)]
    for token in tokens:
        low = plain[token.start : token.end]
        if not low[0].isalpha() or breaks(low):
            token.word = "."
    for nearby in find_numbers(tokens, language, threshold=0):
        first, last = tokens[nearby.start], tokens[nearby.end - 1]
        if nearby.is_ordinal:
            continue
        value = Decimal(repr(nearby.value)).normalize() + 0
        follows = plain[last.end : last.end + 40]
        out_of = rf" {forms.out_of} "
        is_ratio = re.match(out_of, follows) or re.search(
            rf"{out_of}$", plain[max(0, first.start - 40) : first.start]
        )
        if value <= 1 and not re.match(rf" ({large})(?![a-z])", follows):
            continue
        before = plain[max(0, first.start - 20) : first.start]
        is_all = _THERE_ARE.search(before) or _is_listed(plain, first.start, last.end)
        if value < _SMALL and not (is_ratio or is_all) and not re.match(r" (?:[a-z]{3}|im [a-z]|%)", follows):
            continue
        if plain[first.start : last.end].startswith("neuf") and not (
            re.match(r" (?:d'|de )?[a-z]+[sx]\b|.{0,3}sur|.{0,2}%", follows)
            or (is_all and re.search(r"(?:[sx]|pour|avec|que|contre|par) neuf\b", plain[: last.end][-24:]))
        ):
            continue
        yield NumberInText(
            first.start, last.end, text[first.start : last.end], (NumberReading(value, Decimal(1)),)
        )


def _is_listed(plain: str, start: int, end: int) -> bool:
    """Tell whether a small number in words that no noun follows is one of several of its sentence, or an answer: "14
    für Hennegau, sechs für Namur"."""
    if not _ENDS.match(plain, end):
        return False
    lead = re.split(r"[.!?] |\n", plain[max(0, start - 300) : start])[-1]
    is_only = plain[max(0, start - 2) : start - 1] == "?" or _ONLY.search(lead)
    return bool(is_only or (_A_NUMBER.search(lead) and not _DETERMINED.search(lead)))


class _Token:
    """Hold a word as text2num asks for it."""

    def __init__(self, match: re.Match[str]) -> None:
        self.start, self.end = match.span()
        self.word = match[0].lower().replace("\u2011", "-").replace("\u2010", "-")

    def text(self) -> str:
        """Give the word."""
        return self.word

    def nt_separated(self, _previous: _Token) -> bool:
        """Tell whether it begins a number of its own: never by itself."""
        return False

    def not_a_number_part(self) -> bool:
        """Tell whether it is part of no number."""
        return self.word == "."


def _shares(plain: str, text: str, grammar: _Grammar) -> Iterator[NumberInText]:
    """Read shares, halves of scales and round numbers that are told in words."""
    for match in grammar.half.finditer(plain):
        value = Decimal("0.5") if match[1] else Decimal("1.5")
        yield NumberInText(match.start(), match.end(), text[match.start() : match.end()],
                           (NumberReading(value, Decimal("0.1")),))  # fmt: skip
    for match in grammar.share.finditer(plain):
        part = meaning(grammar.forms.parts, match[1])
        value = Decimal(part.numerator * 100) / Decimal(part.denominator)
        yield NumberInText(match.start(), match.end(), text[match.start() : match.end()],
                           (NumberReading(value, Decimal(1)),), Precision.ROUNDED, "percent")  # fmt: skip
    for match in grammar.collective.finditer(plain):
        times = 2 if re.fullmatch(_TWO, match[1]) else 1
        base = Decimal(meaning(grammar.forms.collectives, match[2]) * times)
        step = Decimal(10) ** base.adjusted()
        reading = NumberReading(base, step / 2 if base % step else step)  # "une quinzaine" is no 10
        yield NumberInText(
            match.start(), match.end(), text[match.start() : match.end()], (reading,), Precision.ABOUT
        )


def _in_place(number: NumberInText, plain: str, grammar: _Grammar) -> NumberInText:
    """Add scale, unit and the words about a number, and what follows it; say why it is no statistic."""
    forms, end, scale, half = grammar.forms, number.end, Decimal(1), Decimal(0)
    is_word = number.precision in (Precision.ABOUT, Precision.ROUNDED)
    before = plain[max(0, number.start - 90) : number.start]
    is_money_before = re.search(rf"{_CURRENCY} ?$", before)
    if not is_word:
        short = _SHORT_SCALE if is_money_before else grammar.short
        if full := grammar.scale.match(plain, end):
            scale, end = meaning(forms.scales, full[1]), full.end()
            half = scale / 2 if full[2] else half
        elif letters := short.match(plain, end):
            scale, end = meaning(SHORT_SCALES, letters[1]), letters.end()
    hedge = None if _HAS_OVER.search(before) else grammar.before.search(before)
    unit_match = grammar.unit.match(plain, end)
    unit = number.unit or (meaning(forms.units, unit_match[1]) if unit_match else "")
    if is_money_before and not unit:
        unit = "BEF" if before.rstrip().endswith(("fb", "bef")) else "EUR"
    end = unit_match.end() if unit_match else end
    follower = grammar.after.match(plain, end)
    precision, place = number.precision, (0, 0)
    if hedge:
        precision = meaning(forms.before, hedge[1]) if hedge[1] else meaning(SIGNS, hedge[2])
        first, last = hedge.span(1 if hedge[1] else 2)
        never = _NEVER.search(before[:first]) if precision is Precision.MORE_THAN else None
        if never:
            first, precision = never.start(), Precision.AT_MOST
        place = (number.start - len(before) + first, number.start - len(before) + last)
    elif follower:
        precision, place = meaning(forms.after, follower[1]), (end, follower.end())
    readings = tuple(
        _settled(reading, scale, half, precision, bool(hedge or follower), unit)
        for reading in number.readings
    )
    if precision is Precision.EXACT and not hedge:
        value, step = readings[0].value, readings[0].step
        if scale != 1 or unit == "percent" or (value and value % 1000 == 0) or step > 1:
            precision = Precision.ROUNDED
    following = re.split(r"[.;:!?\n()]", plain[end : end + 90])[0]
    placed = replace(
        number, end=end, readings=readings, precision=precision, unit=unit, following=following, hedge=place
    )
    reason = _reason(placed, plain, grammar)
    return replace(placed, reason=reason) if reason else placed


def _is_worded_share(low: NumberInText, between: str, high: NumberInText) -> bool:
    """Tell whether two numbers in words are a share of what stands between them: "deux écoles sur trois"."""
    is_in_words = low.text[0].isalpha() and high.text[0].isalpha()
    is_time = re.match(r" (?:an|mois|jahr|monat|jaar|jaren|maand|year|month)", high.following)
    return is_in_words and not is_time and re.fullmatch(r" [a-z]+ (?:sur|op|out of) ", between) is not None


def _settled(
    reading: NumberReading, scale: Decimal, half: Decimal, precision: Precision, is_hedged: bool, unit: str
) -> NumberReading:
    value = reading.value * scale + half
    decimals = max(0, -int(reading.step.as_tuple().exponent)) if reading.step < 1 else 0
    is_full = (
        not is_hedged and precision is Precision.EXACT and scale == 1 and not (value and value % 1000 == 0)
    )
    how = Precision.EXACT if is_full and unit != "percent" else Precision.ROUNDED
    if reading.step > 1:
        return NumberReading(value, reading.step * scale)
    if half:
        return NumberReading(value, scale / 10)
    step = Decimal(1) if unit == "percent" and not decimals else last_place(value, scale, decimals, how)
    return NumberReading(value, step)


def _joined(numbers: list[NumberInText], plain: str, grammar: _Grammar) -> list[NumberInText]:
    """Make one number of the two ends of a range, and of "9 sur 10"."""
    result: list[NumberInText] = []
    for number in numbers:
        last = result[-1] if result else None
        if last is None or last.reason or number.reason:
            result.append(number)
            continue
        between = plain[last.end : number.start]
        low, high = last.readings[0], number.readings[0]
        if (
            re.fullmatch(rf" {grammar.forms.out_of} ", between) or _is_worded_share(last, between, number)
        ) and low.value < high.value <= 10:
            share = NumberReading((low.value * 100 / high.value).quantize(Decimal("0.01")), Decimal(1))
            how = last.precision if last.hedge[1] else Precision.ROUNDED
            result[-1] = replace(last, end=number.end, readings=(share,), precision=how, unit="percent",
                                 following=number.following)  # fmt: skip
        elif (
            between == " "
            and last.text[0].isalpha()
            and number.text[0].isalpha()
            and high.value < low.step >= 10**6
        ):
            total = NumberReading(low.value + high.value, high.step)
            result[-1] = replace(
                number, start=last.start, readings=(total,), precision=last.precision, hedge=last.hedge
            )
        elif _is_range(last, between, plain, grammar.forms) and _upscaled(last, number) < high.value:
            ends = (NumberReading(_upscaled(last, number), low.step, high.value),)
            unit = number.unit or last.unit
            result[-1] = replace(
                number,
                start=last.start,
                readings=ends,
                precision=Precision.RANGE,
                hedge=last.hedge,
                unit=unit,
            )
        else:
            result.append(number)
    return result


_MOVED = re.compile(rf"(?:{phrases('moved').pattern}) (?:de|d'|from) ?$")
"""What stands before two numbers of which the one became the other: "est passé de 326 à 503"."""


def _is_range(last: NumberInText, between: str, plain: str, forms: NumberForms) -> bool:
    if _MOVED.search(plain[max(0, last.start - 24) : last.start]):
        return False
    before = plain[max(0, last.start - 12) : last.start].rstrip()
    opened = any(
        re.fullmatch(rf" ?{joint} ?", between)
        and (not opening or re.search(rf"(?<![a-z]){opening}$", before))
        for opening, joint in forms.ranges
    )
    return opened or bool(re.fullmatch(r" ?[-–] ?", between))


def _upscaled(last: NumberInText, number: NumberInText) -> Decimal:
    """Read the lower end in the scale of the upper one: "entre 7 et 8,5 millions"."""
    low, high = last.readings[0].value, number.readings[0]
    scale = Decimal(1)
    while 0 < low * scale * 1000 <= high.value:
        scale *= 1000
    return low * scale if low < 1000 else low
