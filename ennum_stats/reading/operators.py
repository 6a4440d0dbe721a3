"""What a question wants done with numbers, by words that may stand anywhere in it: "chacune", "zusammengenommen".

`operators.csv` has the phrases of each operator, by language, folded: "*" stands for any ending, "…" for up to
six words between, "^" for the beginning of a question and "$" for its end. An answer must be of the kind that they
ask for; where it is not, the question is read once more by them (`answers.find`).

Rows of other names hold words that stand about numbers, calls and programmes; where they are looked for in levelled
texts, they keep apostrophes ("d'ici").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from ennum_stats.search.concepts import ACTS, CONCEPTS, IDLE, PHRASES, grouped_patterns, ideas_of, is_named
from ennum_stats.typography import fold


class Operator(StrEnum):
    """Say what is to be done with numbers, or which kind of thing is asked for."""

    SUM = "sum"
    DIFFERENCE = "difference"
    GROWTH = "growth"
    MEAN = "mean"
    PER_YEAR = "per_year"
    SHARE = "share"
    RATIO = "ratio"
    DURATION = "duration"
    MOST = "most"
    LEAST = "least"
    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    HOUR = "hour"
    TRUE = "true"
    REST = "rest"
    LIST = "list"


_Key = TypeVar("_Key")
_TELLING = (CONCEPTS | ACTS) - {"ceiling"}  # "the highest"
_GAP = r"((?: [a-z0-9]+){0,6}?)"
_BEGINNING = r"(?<![a-z0-9 ])(?:(?!im\b)[a-z]{1,3} )?"
"""The beginning, with an article."""
_MANY = r"\b(?:combien|wie ?viele?[nr]?|hoeveel|how (?:many|much))\b"
_NO_NUMBER = rf"(?! [0-9])(?!.*{_MANY})"
"""What follows there: no year, and no number is asked for."""
_CLAUSES = re.compile(r"[,:;?!–—] +")
_ASKING = frozenset((Operator.WHO, Operator.WHERE, Operator.WHEN, Operator.HOUR))
"""Operators that the last clause of a question may tell as if it stood alone: "the board broke, who mends it?"."""
with Path(__file__).with_name("operators.csv").open(encoding="utf-8", newline="") as _file:
    _ROWS = list(csv.DictReader(_file))


_FORMS = {
    ("fr", Operator.MOST): r"(?:le|la|les|des|du|au) (?:plus|mieux)"
    r"(?! (?:de [0-9]|tard|tot|recent\w*|ancien\w*|vie(?:ux|ille))\b)",
    ("fr", Operator.LEAST): r"(?:le|la|les|des|du|au(?! moins)) (?:moins|pires?)(?! [0-9])",
    ("de", Operator.MOST): r"(?:am|de[rnms]|die|das|im|welche[rnms]?|ihre?) "
    r"(?!(?:(?:aller)?er|letz|fruh|spat|alte|hoch|nach|mindest|\w*zig|\w*(?:li|ko|po|lei)|we|hundert)ste)\w{2,}ste[nrms]?",
    ("nl", Operator.MOST): r"(?:de|het|van|welke?) "
    r"(?!(?:(?:aller)?eer|(?:aller)?laat|vroeg|oud|\w*tig|\w*acht|volgend|best|post|kost|rest|tekst)ste?\b)\w{3,}ste",
    ("en", Operator.MOST): r"(?:the|which|what) "
    r"(?!(?:lat|earli|old|young|inter|requ|t|w|r|gu|hon|for|mod|harv|b|arr|inv|near)est\b)\w{2,}est|"
    r"(?<!at )the most|(?<!at )(?<!at the )(?<!at the very )most \w+",
    ("en", Operator.LEAST): r"(?:the )?(?<!at )(?<!at the )(?:least|fewest)",
    ("fr", Operator.DIFFERENCE): r"(?<!hauteur )de combien (?:la|les?|s|a|est|ont|sont|en)|"
    r"(?:plus|moins|davantage) ((?:\w+ ){0,4}?)qu(?:e|en|a|au|il|elle)(?! [0-9]+ [b-z])",
    ("de", Operator.DIFFERENCE): r"(?:mehr|weniger|\w{3,}er) ((?:\w+ ){0,4}?)als(?! [0-9]+ [a-z])",
    ("nl", Operator.DIFFERENCE): r"(?:meer|minder|\w{3,}er) ((?:\w+ ){0,4}?)dan(?! [0-9]+ [a-z])",
    ("en", Operator.DIFFERENCE): r"(?:more|less|fewer|\w{3,}er) ((?:\w+ ){0,4}?)than(?! [0-9]+ [a-z])",
    ("fr", Operator.WHO): r"^(?:et |mais |dites )?(?:a |de |par |chez |avec |pour |vers )?qui(?! (?:dit|sait)\b)|"
    r"(?:c est|est ce) qui",
    ("de", Operator.WHO): r"^(?:und |also |nun )?(?:von |bei |mit |an |fur |durch )?we[rmn](?= )",
    ("nl", Operator.WHO): r"^(?:en |dus )?(?:van |bij |met |aan |voor |door )?wie(?= )",
    ("en", Operator.WHO): r"^(?:and |so |by |to |from |with )?(?:who|whom|whose)(?= )|who is (?:that|it)$",
    ("fr", Operator.WHEN): rf"^(?:\w+ )?quand(?!.*{_MANY})|quand$|^quant(?! aux?\b| a\b)|"
    r"^(?:l )?(?:annee|date|jour) (?:de?|du|des|ou|a laquelle)\b",
    ("de", Operator.WHEN): r"^(?:\w+ )?wann|wann$|^(?:das )?(?:jahr|datum) (?:de[sr]|in dem|als)\b",
    ("nl", Operator.WHEN): rf"^(?:\w+ )?wanneer(?!.*{_MANY})|wanneer$|"
    r"^(?:het |de )?(?:jaar|dag|datum) (?:van|dat|waarop|waarin)\b",
    ("en", Operator.WHEN): rf"^(?:\w+ )?when(?!.*{_MANY})|when$|(?:start|end|launch|closing) year$|"
    r"^(?:the )?(?:\w+ )?(?:date|year) (?:of|when|that|in which)\b",
}  # fmt: skip
"""What tells an operator by its form: superlatives, comparatives, and who is asked for at the beginning."""


@lru_cache(maxsize=4)
def _patterns(language: str) -> tuple[tuple[Operator, re.Pattern[str]], ...]:
    """Make one pattern of the phrases and the form of each operator."""
    patterns = (
        (Operator(row["operator"]), one_of(row["phrases"].split(", ")).pattern)
        for row in _ROWS
        if row["language"] == language and row["operator"] in {*Operator}
    )
    return tuple(
        (
            operator,
            re.compile(
                rf"{pattern}|\b(?:{_FORMS[language, operator]})\b"
                if (language, operator) in _FORMS
                else pattern
            ),
        )
        for operator, pattern in patterns
    )


def ends_in(*kinds: str) -> re.Pattern[str]:
    """Make one pattern of the phrases of some rows where they stand at the end of a text, with a space."""
    return re.compile(rf"(?:{'|'.join(phrases(kind).pattern for kind in kinds)}) $")


def begins_with(kind: str) -> re.Pattern[str]:
    """Make one pattern of the phrases of a row where they stand behind a space."""
    return re.compile(rf" (?:{phrases(kind).pattern})")


@cache
def phrases(kind: str, language: str = "") -> re.Pattern[str]:
    """Make one pattern of the phrases of a row of the table, of one language or of all. Raises `LookupError` where no
    language has such a row."""
    rows = [row for row in _ROWS if row["operator"] == kind]
    if not rows:
        raise LookupError(f"operators.csv has no row “{kind}”")
    return one_of(
        [phrase for row in rows if language in ("", row["language"]) for phrase in row["phrases"].split(", ")]
    )


def one_of(phrases: Sequence[str]) -> re.Pattern[str]:
    """Make one pattern of phrases, the longest first; where all may stand anywhere, few are tried at each place."""
    ordered = sorted(phrases, key=len, reverse=True)
    if not ordered:
        return re.compile("(?!)")  # nothing
    if any(phrase[0] in "^*" or phrase.endswith("$") for phrase in ordered):
        return re.compile("|".join(map(_pattern, ordered)))
    return re.compile(rf"(?<![a-z0-9])(?:{grouped_patterns(map(_words_of, ordered))})(?![a-z0-9])")


def _pattern(phrase: str) -> str:
    first = _BEGINNING if phrase.startswith("^") else "(?<![a-z0-9])"
    last = "$" if phrase.endswith("$") else _NO_NUMBER if phrase.startswith("^") else ""
    return rf"{first}{_words_of(phrase.removeprefix('^').removesuffix(' $'))}(?![a-z0-9]){last}"


def _words_of(phrase: str) -> str:
    segments = (re.escape(segment.strip()).replace(r"\*", "[a-z0-9]*") for segment in phrase.split("…"))
    return f"{_GAP} ".join(segments)


def unranked(text: str, language: str) -> str:
    """Give the adjective of a superlative of which no row says whether it is of more or of less: "the strictest"; empty
    where there is none.

    >>> unranked("Quel appel fut le plus lent ?", "fr"), unranked("Quel appel fut le plus cher ?", "fr")
    ('lent', '')
    """
    plain = fold(text)
    for named, match in longest(_patterns(language), plain):
        if named not in _EXTREMES or phrases(named, language).search(match[0]):
            continue
        *_, last = match[0].split()
        if language == "fr" or last in ("most", "least"):
            last = next(iter(re.findall(r"\w+", plain[match.end() :])), "")
        if not (last in IDLE or is_named(last) or _ranked(language).search(last)):
            return last
    return ""


@lru_cache(maxsize=4)
def _ranked(language: str) -> re.Pattern[str]:
    """Make one pattern of the words that say which of several is the larger or largest."""
    kinds = (*_EXTREMES, "higher", "lower")
    rows = [row["phrases"] for row in _ROWS if row["operator"] in kinds and row["language"] == language]
    words = {word for row in rows for word in re.split(r",? ", row) if len(word) > 3}
    return one_of([*words - IDLE])


_EXTREMES = (Operator.MOST, Operator.LEAST)
"""Operators that are told also between the words of a longer phrase: "welke *kleinste* pot"."""


def longest(patterns: Iterable[tuple[_Key, re.Pattern[str]]], plain: str) -> list[tuple[_Key, re.Match[str]]]:
    """List what patterns find in a folded text: nothing that stands within a longer one."""
    every = [(key, match) for key, pattern in patterns for match in pattern.finditer(plain)]
    return [
        (key, match)
        for key, match in every
        if not any(
            other.start() <= match.start()
            and match.end() <= other.end()
            and len(other[0]) > len(match[0])
            and not (key in _EXTREMES and any(match[0] in (gap or "") for gap in other.groups()))
            for _, other in every
        )
    ]


def operators_in(text: str, language: str) -> dict[Operator, str]:
    """Find the operators that a question names, each with the folded question without its words.

    >>> [operator.value for operator in operators_in("EN1 et EN2, ça fait combien une fois additionnés ?", "fr")]
    ['sum']
    """
    plain = fold(text.replace("%", " pourcent "))
    result: dict[Operator, str] = {}
    taken: dict[Operator, int] = {}
    least = dict(_patterns(language))[Operator.LEAST]
    for named, match in reversed(longest(_patterns(language), plain)):  # from the end: places before stay
        is_least = named is Operator.MOST and least.search(match[0])  # "am wenigsten" has the form of most
        operator = Operator.LEAST if is_least else named
        is_told = operator in _ASKING and re.search(_MANY, plain[: match.start()])  # "how many in the year"
        if match.end() > taken.get(operator, len(plain)) or is_told:
            continue
        taken[operator], bare = match.start(), result.get(operator, plain)
        within = " ".join(match.groups("")).split()
        telling = (
            word
            for word in PHRASES.get(match[0], match[0]).split()
            if ideas_of(word)[0] in _TELLING or word in within
        )
        result[operator] = f"{bare[: match.start()]}{' '.join(telling)} {bare[match.end() :]}"
    opening, _, last = _CLAUSES.sub("\n", text).strip().rpartition("\n")
    if opening and not re.search(_MANY, plain):
        result |= dict.fromkeys(_ASKING & {*operators_in(last, language)} - {*result}, plain)
    if Operator.WHO in result:  # "who pays, the Region or the *town*?"
        result.pop(Operator.WHERE, None)
    return result
