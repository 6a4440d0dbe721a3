"""Read words as a stranger would, without what wrote them: numbers with their intervals, and what no sentence of
any ledger may hold.

The words of four languages stand here once more by hand, because a reader who took them from the catalogues
would find every mistake of these right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from ennum_stats.errors import Message, message

INFINITY = Decimal("Infinity")
_SPACES = "\u00a0\u202f"
_WORDS_KEPT = 50_000
"""Most lines of an altered ledger are those of the one before, and are read once."""


class Doubt(NamedTuple):
    """Hold what is doubtful of words: the kind, and the piece that shows it."""

    kind: Message
    piece: str


@dataclass(frozen=True)
class Reader:
    """Hold how a language writes numbers and hedges them, and its nouns of what is counted."""

    about: str
    nearly: str
    above: str
    below: str
    at_least: str
    at_most: str
    between: tuple[str, str]
    to: str
    within: str
    or_more: str
    or_less: str
    million: str
    few: str
    """The words of two to sixteen."""
    counted: str
    """What is counted: units with singular and plural."""
    grouping: str
    decimal: str

    @cached_property
    def nouns(self) -> dict[str, tuple[str, str]]:
        """The nouns of each unit, singular and plural, as patterns."""
        pairs = (pair.replace("_", " ").split("=") for pair in self.counted.split())
        return {unit: (noun.split("/")[0], noun.split("/")[1]) for unit, noun in pairs}


_READERS = {
    "fr": Reader(
        "environ|quelque", "près de|près d’", "plus de|plus d’", "moins de|moins d’", "au moins", "au plus",
        ("entre", "et"), "à", "à", "ou plus", "ou moins", r"millions?|M FB",
        "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        "projects=projet/projets implantations=implantation/implantations etablissements=établissement/établissements "
        "schools=école/écoles persons=personne/personnes pupils=élève/élèves teachers=enseignant/enseignants "
        "devices=appareil/appareils lots=lot/lots aims=objectif/objectifs sessions=séance/séances "
        "networks=réseau/réseaux teams=équipe/équipes winners=lauréat/lauréats rooms=salle/salles EUR=euro/euros "
        "documents=document/documents calls=appel/appels numbers=nombre/nombres",
        " ", ",",
    ),
    "de": Reader(
        "rund|etwa", "fast", "mehr als", "weniger als", "mindestens", "höchstens", ("zwischen", "und"), "bis", "auf",
        "oder mehr", "oder weniger", r"Million(?:en)?|Mio\.",
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn",
        "projects=Projekt/Projekten? implantations=Schulstandort/Schulstandorten? "
        "etablissements=Bildungseinrichtung/Bildungseinrichtungen schools=Schule/Schulen persons=Person/Personen "
        "teachers=Lehrkraft/Lehrkräften? devices=Gerät/Geräten? lots=Los/Losen? aims=Ziel/Zielen? "
        "sessions=Veranstaltung/Veranstaltungen networks=Netz/Netzen? rooms=Raum/Räumen? "
        "documents=Dokument/Dokumenten? calls=Aufruf/Aufrufen? numbers=Zahl/Zahlen",
        ".", ",",
    ),
    "nl": Reader(
        "ongeveer|zowat", "bijna", "meer dan", "minder dan", "minstens", "hoogstens", ("tussen", "en"), "à", "op",
        "of meer", "of minder", r"miljoen|mln\.",
        "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien",
        "projects=project/projecten implantations=vestigingsplaats/vestigingsplaatsen "
        "etablissements=onderwijsinstelling/onderwijsinstellingen schools=school/scholen persons=persoon/personen "
        "pupils=leerling/leerlingen teachers=leerkracht/leerkrachten devices=toestel/toestellen "
        "lots=perceel/percelen aims=doel/doelen sessions=sessie/sessies networks=netwerk/netwerken "
        "rooms=lokaal/lokalen documents=document/documenten calls=oproep/oproepen numbers=getal/getallen",
        ".", ",",
    ),
    "en": Reader(
        "about|some", "nearly", "more than", "less than|fewer than", "at least", "at most", ("between", "and"),
        "to", "to within",
        "or more", "or less|or fewer", "million",
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
        "projects=project/projects implantations=school_site/school_sites "
        "etablissements=educational_institution/educational_institutions schools=school/schools persons=person/people "
        "pupils=pupil/pupils teachers=teacher/teachers devices=device/devices lots=lot/lots aims=aim/aims "
        "sessions=session/sessions networks=network/networks teams=team/teams winners=winner/winners "
        "rooms=room/rooms EUR=euro/euros documents=document/documents calls=call/calls numbers=number/numbers",
        ",", ".",
    ),
}  # fmt: skip
_MILLION, _PERCENT = Decimal(1_000_000), Decimal("0.01")
_BILLIONS = r"milliards?|Milliarden?|miljard|billion|Md ?€|Md FB|Mrd\.|mld\.|bn"


class PrintedNumber(NamedTuple):
    """Hold a number read in words: its ends, and where it stands."""

    low: Decimal
    high: Decimal
    begin: int
    end: int

    def may_hold(self, low: Decimal, high: Decimal) -> bool:
        """Tell whether a number between two ends is what is read here, whichever it is."""
        return self.low <= low and high <= self.high


def _number(language: str) -> str:
    """Give the pattern of a number in digits, with its scale or its sign."""
    reader = _READERS[language]
    group, point = re.escape(reader.grouping), re.escape(reader.decimal)
    return (
        rf"(?<![\w{point}–])(?P<sign>[−-])?(?:€ ?)?(?P<digits>\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)"
        rf"(?:{point}(?P<decimals>\d+))?(?: ?(?:(?P<million>{reader.million}|M€|m)|(?P<billion>{_BILLIONS})))?"
        r"(?P<percent> ?%)?(?!\w)"
    )


_PATTERNS = {language: re.compile(_number(language)) for language in _READERS}


def plain(words: str) -> str:
    """Give words with plain spaces."""
    return re.sub(f"[{_SPACES}]", " ", words)


@dataclass(frozen=True)
class _Digits:
    """Hold a number as its digits say it, and half of its last place that is not zero."""

    value: Decimal
    half: Decimal
    scale: Decimal
    match: re.Match[str]


def _digits(language: str, words: str) -> Iterator[_Digits]:
    reader = _READERS[language]
    for match in _PATTERNS[language].finditer(words):
        whole = match["digits"].replace(reader.grouping, "")
        value = Decimal(f"{whole}.{match['decimals']}" if match["decimals"] else whole)
        scale = _MILLION if match["million"] else _PERCENT if match["percent"] else Decimal(1)
        scale *= 1000 * _MILLION if match["billion"] else 1
        place = Decimal(1).scaleb(-len(match["decimals"] or ""))
        if value and not match["decimals"]:
            place = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
        if match["percent"]:
            place = min(place, Decimal(10))
        yield _Digits(value * scale * (-1 if match["sign"] else 1), place * scale / 2, scale, match)


@lru_cache(_WORDS_KEPT)
def numbers(words: str, language: str) -> tuple[PrintedNumber, ...]:
    """Read the numbers of words, each as wide as its hedges say it."""
    return tuple(_numbers(words, language))


def _numbers(words: str, language: str) -> Iterator[PrintedNumber]:
    words, reader = plain(words), _READERS[language]
    read = [*_digits(language, words)]
    skipped = -1
    for at, digits in enumerate(read):
        if at <= skipped:
            continue
        begin, end = digits.match.span()
        before = words[:begin].rstrip().lower()
        following = read[at + 1] if at + 1 < len(read) else None
        joint = words[end : following.match.start()].strip() if following else ""
        is_span = before.endswith(reader.between[0]) and joint.endswith(reader.between[1]) and len(joint) < 40
        is_span |= following is not None and joint == reader.to and digits.value <= following.value
        if following and is_span:
            skipped = at + 1
            scale = following.scale if digits.scale == 1 else Decimal(1)
            yield PrintedNumber(digits.value * scale, following.value, begin, following.match.end())
            continue
        hedge = re.search(rf"(?:{reader.about}|(?P<nearly>{reader.nearly}))$", before)
        if (
            following
            and hedge
            and re.fullmatch(rf"[^,.;:()]*, {reader.within}", words[end : following.match.start()].rstrip())
        ):
            skipped = at + 1  # about 3,000 school sites, to within 500
            reach = following.value * (_PERCENT if digits.match["percent"] else 1)
            high = digits.value + (0 if hedge["nearly"] else reach)
            yield PrintedNumber(digits.value - reach, high, begin, following.match.end())
            continue
        yield _hedged(reader, words, digits, before)


def _hedged(reader: Reader, words: str, digits: _Digits, before: str) -> PrintedNumber:
    begin, end = digits.match.span()
    value, half = digits.value, digits.half
    after = words[end : end + 40]

    def stands(pattern: str) -> bool:
        return re.search(rf"(?:{pattern})$", before) is not None

    is_about = stands(reader.about)
    low, high = (value - half, value + half) if is_about or digits.scale != 1 else (value, value)
    if stands(reader.nearly):
        low, high = value - 2 * half, value
    elif stands(reader.above) or stands(reader.at_least):
        low, high = value, INFINITY
    elif stands(reader.below) or stands(reader.at_most):
        low, high = -INFINITY, value
    elif is_about and re.search(rf"^[^,.;:()]*\b(?:{reader.or_more})", after):
        high = INFINITY
    elif is_about and re.search(rf"^[^,.;:()]*\b(?:{reader.or_less})", after):
        low = -INFINITY
    return PrintedNumber(low, high, begin, end)


_TIME_ALONE = re.compile(r"\s\([^();]*\b(?:19|20)\d\d\)$")
_TIME_BEHIND = re.compile(r"\s?;[^();]*\b(?:19|20)\d\d\)$")


def figure_read(words: str, language: str) -> PrintedNumber | None:
    """Read the words of one figure: of "about 79% (between 64% and 94%)" the span; a small number in letters. The
    time of a state, at the end in brackets, is none of its numbers."""
    words = _TIME_ALONE.sub("", _TIME_BEHIND.sub(")", words))
    read = [*numbers(words, language)]
    if len(read) == 2 and re.fullmatch(r"[^(]*\([^()]*", words[read[0].end : read[1].begin]):
        return read[1]
    if len(read) == 1:
        return read[0]
    letters = _READERS[language].few.split()
    spelled = [Decimal(letters.index(word) + 2) for word in plain(words).lower().split() if word in letters]
    return PrintedNumber(spelled[0], spelled[0], 0, 0) if not read and len(spelled) == 1 else None


def typed_counts(typed: str, language: str, gone: Collection[tuple[Decimal, str]]) -> Iterator[str]:
    """Find numbers, in digits or letters, that a text types although no row gives them any more."""
    letters = {word: Decimal(at) for at, word in enumerate(_READERS[language].few.split(), 2)}
    typed, nouns = plain(typed), _READERS[language].nouns
    read = [(digits.value, digits.match.end()) for digits in _digits(language, typed)]
    read += [(letters[m[0].lower()], m.end()) for m in re.finditer(r"\w+", typed) if m[0].lower() in letters]
    for value, end in read:
        named = (nouns[unit] for number, unit in gone if number == value and unit in nouns)
        if any(re.match(rf" (?:{singular}|{plural})\b", typed[end:]) for singular, plural in named):
            yield typed[max(0, end - 20) : end + 20]


# --- what no words may hold ---------------------------------------------------------------------------

EMPTY = message("an empty place")
CODE = message("a name of the code")
DOUBLED = message("a word twice")
NEGATIVE = message("a number below zero")
TURNED = message("an end below the other")
ABOVE_WHOLE = message("a share above 100%")
DISAGREES = message("a noun that does not agree")
TWO_HEDGES = message("two hedges")
NO_CAPITAL = message("no capital")
NO_STOP = message("no full stop")
_EMPTY = re.compile(
    r"\{|\}|\(\s*\)|  | ,|(?<=\w) \.(?![.\d])|\(\s|\s\)|« *»|“”|\bNone\b|\bnan\b|,\.|,,|:\.|;\.|\(,"
)
_CODE = re.compile(r"\b[a-z]\w*_\w+\b")
_DOUBLED = re.compile(r"\b([^\W\d_]{2,}) \1\b", re.IGNORECASE)
_USUAL_TWICE = frozenset(("nous", "vous", "die", "das", "der", "dat", "that", "had", "het", "en"))
_NEGATIVE = re.compile(r"(?<![\w\d,.–-])[−-]\d[\d .,]*(?![\d .,%])")
_RANGE = re.compile(r"(?<![\d\w–-])(\d[\d .,]*)–(\d[\d .,]*\d|\d)(?![\d–])")
_BEGIN = re.compile(r"^[“«„\"(\s–]*([a-zà-ÿ])")
_AFTER_STOP = re.compile(r"(?<=[a-zà-ÿ]{3})[.!?] [a-zà-ÿ]")
_STOPS = (".", "!", "?", ":", "…", "»", "”", "“", ")")


@lru_cache(_WORDS_KEPT)
def doubts(words: str, language: str, *, is_prose: bool) -> tuple[Doubt, ...]:
    """Find what is impossible or ungrammatical in words; in running text also how sentences begin and end."""
    return tuple(_doubts(words, language, is_prose=is_prose))


def _doubts(words: str, language: str, *, is_prose: bool) -> Iterator[Doubt]:
    words = plain(words)
    for kind, pattern in ((EMPTY, _EMPTY), (CODE, _CODE), (NEGATIVE, _NEGATIVE)):
        yield from (Doubt(kind, _around(words, match)) for match in pattern.finditer(words))
    for match in _DOUBLED.finditer(words):
        if match[1].lower() not in _USUAL_TWICE:
            yield Doubt(DOUBLED, _around(words, match))
    yield from _of_numbers(words, language)
    if is_prose and words:
        if _BEGIN.match(words) or _AFTER_STOP.search(words):
            yield Doubt(NO_CAPITAL, words[:60])
        if not words.rstrip().endswith(_STOPS):
            yield Doubt(NO_STOP, words[-60:])


def _around(words: str, match: re.Match[str]) -> str:
    return words[max(0, match.start() - 25) : match.end() + 25]


def _of_numbers(words: str, language: str) -> Iterator[Doubt]:
    """Find spans that are turned round, shares above their whole, nouns that do not agree, and two hedges."""
    reader = _READERS[language]
    for read in numbers(words, language):
        if read.low > read.high:
            yield Doubt(TURNED, words[max(0, read.begin - 12) : read.end])
    for match in _RANGE.finditer(words):
        first, last = (re.sub(r"\D", "", end) for end in match.groups())
        if len(first) >= len(last) and int(first) > int(last) and "," not in match[0] and "." not in match[0]:
            yield Doubt(TURNED, _around(words, match))
    for digits in _digits(language, words):
        match = digits.match
        if match["percent"] and digits.value > 1 and words[: match.start()][-1:] != "+":
            yield Doubt(ABOVE_WHOLE, _around(words, match))
        is_one = 0 <= abs(digits.value) < 2 if language == "fr" else abs(digits.value) == 1
        if digits.scale != 1:
            continue
        after = words[match.end() :]
        for singular, plurals in reader.nouns.values():
            wrong = rf" {plurals}\b" if is_one else rf" {singular}\b(?! site|…)"
            if re.match(wrong, after):
                yield Doubt(DISAGREES, _around(words, match))
    hedges = (reader.about, reader.nearly, reader.above, reader.below, reader.at_least, reader.at_most)
    hedge = "|".join((*hedges, reader.between[0]))
    twice = rf"\b(?:{hedge}) (?:{hedge}) ?(?=\d)|\b(?:{reader.about}) 0 ?%? (?:{reader.or_more})"
    for match in re.finditer(twice, words, re.IGNORECASE):
        yield Doubt(TWO_HEDGES, _around(words, match))
