"""What a question asks for: its words bind the kind of its answer.

"Quand" wants a day, "qui" a partner, "où" a place, "quel appel a eu le plus" a name, "ensemble" a sum, "de plus
que" a difference, "est-il vrai" a yes or no; all else a number of what is to be counted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ennum_stats.code_list import Labelled
from ennum_stats.errors import message
from ennum_stats.languages import LANGUAGES
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.quantities import NumberInText, numbers_in
from ennum_stats.search.concepts import IDLE_WORDS
from ennum_stats.store.ledger import Ledger

LONGEST = 300


class AnswerKind(Labelled):
    """Say which kind of answer a question wants."""

    NUMBER = "number", message("a number")
    DATE = "date", message("a date")
    WHO = "who", message("a partner")
    PLACE = "place", message("a place")
    WHICH = "which", message("a name")
    SUM = "sum", message("a sum")
    DIFFERENCE = "difference", message("a difference")
    TRUTH = "truth", message("yes or no")
    STATED = "stated", message("what has this number")


_GREAT = r"(?: (?:eleve|haut|grand|important|cher)e?s?)?"
_WHICH = r"(?:quel(?:le)?s?|welche[rsn]?|welke?|which|what|waar|wo|where|ou)"
_MOST = (
    rf"(?:(?:le|la|les) plus{_GREAT}|am meisten|die meisten|das meiste|hochste[nrs]?|gros+te[nrs]?|"
    r"(?:de |het )?meeste|hoogste|grootste|(?:the )?most|highest|largest|biggest)"
)
_LEAST = (
    rf"(?:(?:le|la|les) moins{_GREAT}|am wenigsten|(?:die )?wenigsten|niedrigste[nrs]?|"
    r"(?:de |het )?minste|laagste|kleinste|(?:the )?fewest|(?:the )?least|lowest|smallest)"
)
_TRUTH = (
    r"(?:est-ce (?:que|vrai|bien|correct|exact)|est-(?:il|elle) (?:vrai|exact|correct|bien)|vrai que|stimmt (?:es|das)|"
    r"ist es (?:wahr|richtig)|klopt (?:het|dat)|is het (?:waar|juist)|is it (?:true|correct|right))"
)
_TURNED = {
    "fr": r"(?!combien|de combien|quand|qui|ou |quel).*-(?:t-)?(?:il|elle|on|ils|elles)\b",
    "de": r"(?:hat|hatte|haben|war|waren|wurden?|gab|kostete|kosteten|ist|sind) ",
    "nl": r"(?:heeft|had|hadden|hebben|waren|was|werden?|kostten?|is|zijn) ",
    "en": r"(?:did|does|was|were|is|are|has|have|had) ",
}
"""How a question begins that states what it asks, in each language."""
_PROGRAMMES = (
    r"cyber-?ecoles?|cyber-?classes?|ecole numerique|connectivite|connectivity|konnektivitat|connectiviteit"
)
_APART = r"ecart|difference|unterschied|verschil"
_MORE = r"de plus|de moins|mehr|weniger|meer|minder|more|fewer|less"
_ASKS_WHEN = re.compile(
    r"^(?:et )?(?:[a-z']+ )?(?:quand|wann|wanneer|when)\b|\b(?:quelle|what|which) date\b|\bquel jour\b|"
    r"\b(?:quelle annee|in welchem jahr|in welk jaar|(?:what|which) year)\b|^date (?:de|of|du)\b"
)
_SIGNS = (
    (AnswerKind.WHICH, re.compile(rf"\b{_WHICH}\b.*\b(?:{_MOST}|{_LEAST})\b")),
    (AnswerKind.DATE, _ASKS_WHEN),
    (
        AnswerKind.WHO,
        re.compile(
            r"^(?:par |a |durch |door |by )?(?:qui|wer|wen|wie(?! (?:viel|hoch|lang|gros+|oft|teuer))|who|whom)\b"
            r"|\bquel(?:le)?s? (?:partenaire|administration|acteur)s?\b"
        ),
    ),
    (
        AnswerKind.PLACE,
        re.compile(
            r"^(?:ou|wo|waar|where)\b|\b(?:dans quelle|in welcher|in welke|in which) (?:ville|stad|stadt|town)\b"
        ),
    ),
    (
        AnswerKind.DIFFERENCE,
        re.compile(
            rf"\b(?:{_MORE})\b.*\b(?:qu'?|que|als|dan|than)\b"
            rf"|\b(?:{_APART})\b.*\b(?:entre|zwischen|tussen|between)\b"
        ),
    ),
)
_COMPARED = re.compile(
    rf"\b(?:{_APART}|{_MORE}|augment\w*|hausse|baisse|diminu\w*|recul\w*|progress\w*|evolu\w*|steig\w*|stieg\w*|"
    r"zunahm\w*|zugenommen|abnahm\w*|gesunken|sank|stijg\w*|gestegen|daling|daal\w*|gedaald|toegenomen|afgenomen|"
    r"increas\w*|decreas\w*|drop\w*|fell|rose|grow\w*|grew|par rapport|gegenuber|vergleich|vergelijk\w*|"
    r"ten opzichte|compared|versus|vs)\b"
)
_TOGETHER = re.compile(
    r"\b(?:ensemble|cumules?|reunis|additionnes?|zusammen|insgesamt|samen|together|combined|in total)\b"
)
_HOW_MANY = re.compile(r"combien|wie ?viele?|hoeveel|how (?:many|much)|quel|welch|welk|what")
_A_DURATION = re.compile(r" (?:ans|annees|jahren?|jaar|years)\b")
_PER_SO_MANY = re.compile(r"\b(?:pour|par|pro|je|per|for|tranche de) (?:100|500|1000|1 000)\b")
_DIMENSIONS = {
    "call": r"appels?|editions?|aufrufe?|projektaufrufe?|oproep(?:en)?|calls?",
    "programme": r"programmes?|programm[ae]?s?|plans?",
    "province": r"provinces?|provinz(?:en)?|provincies?",
    "level": r"niveaux?|stufen?|schulstufe|onderwijsniveaus?|levels?",
    "territory": r"regions?|region(?:en)?|regio'?s?|territoires?|gemeinschaft(?:en)?|waar|wo|where|ou",
    "network": r"reseaux?|netz(?:e)?|netten|networks?",
}
_ASKS_WHERE = re.compile(r"waar|wo|where|ou|.*region|.*gemeinsch")
_VOTES = {language: frozenset(words.split()) for language, words in IDLE_WORDS.items()}


@dataclass(frozen=True)
class ParsedQuestion:
    """Hold a question: the kind of its answer, what is left of its words, and what it names."""

    text: str
    kind: AnswerKind
    subject: str
    """The words that say what is asked about: without those that ask."""
    calls: tuple[str, ...] = ()
    """The calls that it names; where it names none, the programmes, as it writes them."""
    stated: tuple[NumberInText, ...] = ()
    dimension: str = ""
    """What a superlative is to name."""
    wants_least: bool = False


def language_of(text: str, likelier: str = "fr") -> str:
    """Find the language of a text by its small words; of two as likely, the one that is given."""
    counts = Counter(levelled(text).replace("'", " ").split())
    votes = {code: sum(counts[word] for word in _VOTES[code]) for code in LANGUAGES}
    return max(LANGUAGES, key=lambda code: (votes[code], code == likelier))


def read_question(ledger: Ledger, text: str, language: str) -> ParsedQuestion:
    """Read which kind of answer a question wants, and about what."""
    text = text[:LONGEST]
    plain = levelled(text)
    calls = _calls(ledger, plain) or tuple(dict.fromkeys(re.findall(_PROGRAMMES, plain)))
    own = language_of(text, language)
    stated = tuple(number for number in numbers_in(text, own)
                   if number.readings and not number.reason and not _A_DURATION.match(number.following))  # fmt: skip
    is_turned = re.match(_TURNED[own], plain) is not None and (bool(stated) or own == "en")
    if re.match(_TRUTH, plain) or is_turned:
        return ParsedQuestion(
            text, AnswerKind.TRUTH, _without(re.sub(rf"^{_TRUTH}", " ", plain), text, stated), calls, stated
        )
    for kind, signs in _SIGNS:
        if (nearby := signs.search(plain)) and (read := _of_kind(text, plain, kind, nearby, calls)):
            return read
    if len(calls) == 2 and _COMPARED.search(plain):
        return ParsedQuestion(text, AnswerKind.DIFFERENCE, _COMPARED.sub(" ", plain), calls)
    if len(calls) > 1 and (_TOGETHER.search(plain) or calls[0].startswith("EN")):
        return ParsedQuestion(text, AnswerKind.SUM, _TOGETHER.sub(" ", text), calls)
    if stated and not _HOW_MANY.search(plain) and not _PER_SO_MANY.search(plain):
        return ParsedQuestion(text, AnswerKind.STATED, _without(plain, text, stated), calls, stated)
    return ParsedQuestion(text, AnswerKind.NUMBER, text, calls)


def _of_kind(
    text: str, plain: str, kind: AnswerKind, nearby: re.Match[str], calls: tuple[str, ...]
) -> ParsedQuestion | None:
    """Read a question of a kind that its words announce; nothing where what that kind needs is not there."""
    if kind is AnswerKind.DIFFERENCE:
        return ParsedQuestion(text, kind, _COMPARED.sub(" ", plain), calls) if len(calls) == 2 else None
    if kind is not AnswerKind.WHICH:
        return ParsedQuestion(text, kind, f"{plain[: nearby.start()]} {plain[nearby.end() :]}", calls)
    dimension = next(
        (code for code, names in _DIMENSIONS.items() if re.search(rf"\b(?:{names})\b", plain)), ""
    )
    if not dimension or (dimension == "territory" and not _ASKS_WHERE.match(plain)):
        return None
    least = bool(re.search(rf"\b{_LEAST}\b", plain))
    rest = re.sub(rf"\b(?:{_MOST}|{_LEAST}|{_WHICH}|{_DIMENSIONS[dimension]})\b", " ", plain)
    return ParsedQuestion(text, kind, rest, calls, (), dimension, least)


def _without(plain: str, text: str, stated: tuple[NumberInText, ...]) -> str:
    """Leave the stated numbers out of a question."""
    for number in stated:
        written = levelled(text[min(number.start, number.hedge[0] or number.start) : number.end])
        plain = plain.replace(written, " ", 1)
    return plain


def _calls(ledger: Ledger, plain: str) -> tuple[str, ...]:
    """List the calls that a question names, by their code or their year; of a range, those between as well."""
    order = [call.call for call in ledger.calls if call.call.startswith("EN")]
    by_year = {call[2:]: call for call in order if len(call) == 6}
    pattern = r"\be\.?n\.? ?(20\d\d|[1-9])\b|\b(20\d\d)\b"
    named = [
        (match, f"EN{match[1]}" if match[1] else by_year.get(match[2], ""))
        for match in re.finditer(pattern, plain)
    ]
    named = [(match, call) for match, call in named if call in order]
    if len(named) == 2:
        (first, low), (second, high) = named
        before, between = (
            plain[max(0, first.start() - 9) : first.start()],
            plain[first.end() : second.start()],
        )
        is_range = re.fullmatch(r" ?(?:a|bis|tot|to|until|-|–|jusqu'a) ?(?:l'appel )?", between) or (
            re.fullmatch(r" (?:et|und|en|and) ", between)
            and re.search(r"(?:entre|zwischen|tussen|between) $", before)
        )
        if is_range and order.index(low) < order.index(high):
            return tuple(order[order.index(low) : order.index(high) + 1])
    return tuple(dict.fromkeys(call for _, call in named))
