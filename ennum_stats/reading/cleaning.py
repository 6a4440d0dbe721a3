"""How a question is written out before it is read: without abbreviations, misspellings and what it is not about, and
with the codes of the calls and plans that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ennum_stats.reading.asides import without_frame
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.operators import one_of, phrases
from ennum_stats.reading.references import references_in
from ennum_stats.reading.statements import ASKS
from ennum_stats.reading.strange_words import respelled
from ennum_stats.reading.terms import ALTERNATIVES
from ennum_stats.search.candidates import candidates
from ennum_stats.search.concepts import IDLE, IDLE_WORDS, WORDS, concept, concepts, is_named
from ennum_stats.search.spelling import ASKING, meant_of
from ennum_stats.search.subjects import ALL_HEADS, POPULATIONS
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import fold


def _shorts(kind: str) -> Iterator[tuple[str, str]]:
    """Give a pattern of what is written short for each phrase of a kind of the table, and the phrase."""
    for full, by_language in WORDS[kind].items():
        yield one_of(", ".join(filter(None, by_language.values())).split(", ")).pattern, full


_OR = rf"(?:{phrases('or').pattern})"
_UP_TO = rf"(?:{phrases('up to').pattern})"
_IN_FULL: tuple[tuple[re.Pattern[str], str], ...] = (
    *((re.compile(pattern), full) for pattern, full in (
        *_shorts("short"),
        *((rf"{short}(?= 20[0-2]\d\b)", full) for short, full in _shorts("short before a year")),
        (rf"(?:{phrases('forgotten').pattern})[^.?!]* \d+ {_OR} \d+[^.?!]*", " "),
        (rf"(?:{phrases('it was').pattern}) \d+ {_OR} \d+(?: mille)?,?", "combien"),
        (r"\b1er (?=janv|fev|mars|avr|mai|jui|ao|sept|oct|nov|dec)", "1 "),
        (r"\bafter the (20\d\d) jury\b", "after the jury in {0}"),
        (r"(?<!by )\bhow much (?=(?:did|does|do|has) (?:\w+ ){1,9}?(?:(?:in|de)creas|gr[eo]w|ris|fall|drop|chang))",
         "by how much "),
        (r"\b(plan|programme?|periode?|zeitraum) ([12]\d) ?(?:[-–/]|a|bis|tot|to) ?([12]\d)\b", "{0} 20{1}-20{2}"),
        (rf"({_UP_TO}(?: (?:(?:en ?)?\d+|l'appel \d+))?),? (?:{phrases('included').pattern})", "{0}"),
        (r"\b(?:19|20)\d0(?:s|ern?)\b|\b(?:annees|jaren) (?:19|20)\d0\b", " "),
        (r"\b(20[0-2]\d) ?[-–/] ?([0-2]\d)\b(?![-–/.])", "{0}-20{1}"),
        (r"(?<![\d/.-])\b(17|18|19)/(18|19|20)\b(?![\d/.-])", "20{0} / 20{1}"),
        (rf"[,;.–] [^,;.?!]*\b\d+ ?(?:{phrases('minutes').pattern})[^,;.?!]*", " "),
        (rf"\b(20[0-2]\d {_UP_TO}(?: ende| fin| eind)?) '?([0-2]\d)\b(?! ?[\d.,%])", "{0} 20{1}"),
        (rf"(?<!\d )({phrases('short year').pattern}) '?(1[1-9]|2[0-7])(?=\W*$|[^\w ])", "{0} 20{1}"),
        (r"\b(\d[\d.]*)er[- ]?(marke|grenze|schwelle)\b", "{1} von {0}"),
    )),
)  # fmt: skip
"""What is written short, or beside what is asked, as a levelled text has it, and what is written for it."""
_SHORT_CALL = re.compile(r"\bEN ?'?(1[789]|2[01])\b")
_DOTTED = re.compile(r"(?<=\d)(?<!\b0)\.(?=\d{3}\b(?! ?(?:mi|mln|mrd|md|m\b)))")
"""The dot of thousands."""
_BESIDES = re.compile(rf"^(?:{phrases('besides').pattern})(?: (?:{phrases('article').pattern}))? [^ ,]+,?")
"""What is told to be left out, before what is asked: "besides iPads, how many MacBooks"."""
_NOT_THIS = re.compile(
    rf"[(,;–-] ?(?:(?:{phrases('but').pattern}) )?(?:{phrases('not this').pattern}) "
    rf"(?:{phrases('article').pattern}|{phrases('of or in').pattern})(?: \w+){{1,3}} ?(?=[),;.?!–]|$)"
)
"""What is said not to be meant, beside what is: "the Walloon plan (not the European one)"."""
_NOT_THESE = re.compile(rf"\((?:{phrases('not these').pattern}) (\w+)\)")
"""Things in brackets that are not meant: "computers (not tablets)"."""
_RECEIVED = re.compile(rf"^(?=(?:{phrases('what').pattern})(?! er\b)).*(?:{phrases('handed').pattern})")
"""What winners receive, where no thing is named, is money."""
_RECEIVING = frozenset(("space", "team"))
"""Units that receive money as schools do."""
_CONTRACTED = re.compile(r"\b(wh(?:at|o|en|ere)|how)['’]s\b", re.IGNORECASE)
_ELIDED = re.compile(r"\b([dlDL])(\w{4,})")
_FIRST_PROGRAMME = phrases("first programme")
_WORD = re.compile(r"[^\W\d_]+")
_MILLIONS = r"(\d+)[ -]?(?:millionen|mio|miljoen(?:en)?|millions?|mln|m(?![a-z]))"
_CURRENCY = r"(?:[ -]?(?:d'|de )?(?:euros?|eur\b|€))?"
_PLAN_OF = re.compile(
    rf"{_MILLIONS}{_CURRENCY}[ -]?plan\w*|"
    rf"\bplan\w* (?:(?:a|de|des|du|von|van|uber|met|mit|of|worth|les|€) ?)*{_MILLIONS}{_CURRENCY}"
)
"""How a plan is named by its amount: "der 77-Millionen-Plan"."""


def in_full(text: str) -> str:
    """Write what a question abbreviates in full.

    >>> in_full("cb de projets t/m 2022-26")
    'combien de projets tot en met 2022-2026'
    """
    for pattern, full in _IN_FULL:
        text = _replaced(pattern, full, text)
    return _SHORT_CALL.sub(r"EN20\1", text)


def _replaced(pattern: re.Pattern[str], new: str, text: str) -> str:
    """Write `new` for what a pattern has in a text as it is levelled; its groups are as the text writes them."""
    for match in reversed([*pattern.finditer(levelled(text))]):
        groups = [text[slice(*match.span(group))] for group in range(1, pattern.groups + 1)]
        text = f"{text[: match.start()]}{new.format(*groups)}{text[match.end() :]}"
    return text


def cleaned(ledger: Ledger, text: str, language: str) -> str:
    """Write a question as it is read: spelled as it is meant, without who asks and what it is not about, and with the
    codes of what it names."""
    written = without_dots(text)
    written = _replaced(_BESIDES, "", respelled(ledger, written, language))
    for not_these in reversed([*_NOT_THESE.finditer(levelled(written))]):
        if _is_thing(not_these[1]):
            written = f"{written[: not_these.start()]} {written[not_these.end() :]}"
    alone = _replaced(_NOT_THIS, " ", written)
    bare = _asked_as_meant(without_frame(ledger, alone, language), language)
    if _RECEIVED.search(levelled(bare)) and not {*concepts(bare)} & (ALL_HEADS - POPULATIONS - _RECEIVING):
        bare = f"euro won {bare}"
    return _in_named_units(_with_codes(ledger, bare), language)


def without_dots(text: str) -> str:
    """Leave the dots of thousands out."""
    return _DOTTED.sub("", text)


def _is_thing(word: str) -> bool:
    """Tell whether a word that is not meant is a thing: "(not tablets)", and not "(not selected)"."""
    return any(concept(word) in group and "won" not in group for group in ALTERNATIVES)


def _asked_as_meant(text: str, language: str) -> str:
    """Spell the word that asks as it is meant ("wan", "how meny"), and part articles from nouns ("lecole")."""
    for match in reversed([*re.finditer(r"\w+", text)][:2]):
        word = fold(match[0])
        if len(word) > 2 and not is_named(word) and word not in IDLE_WORDS[language].split():
            near = meant_of(word, ASKING[language], is_first_sure=False)
            text = f"{text[: match.start()]}{near or match[0]}{text[match.end() :]}"
    if language == "en":
        return _CONTRACTED.sub(r"\1 is", text)
    return _ELIDED.sub(_elided, text) if language == "fr" else text


def _elided(match: re.Match[str]) -> str:
    """Part the article from the noun with which it is written: "lecole"."""
    word, noun = fold(match[0]), fold(match[2])
    is_article = is_named(noun) and not is_named(word) and word not in IDLE
    return f"{match[1]}'{match[2]}" if is_article else match[0]


def _in_named_units(text: str, language: str) -> str:
    """Leave out that a share is asked for, where its unit says that it is a part: "the share, in euros"."""
    if not phrases("in units", language).search(levelled(text)):
        return text
    text = _replaced(phrases("share", language), " ", text)
    return _WORD.sub(lambda word: " " if concept(fold(word[0])) == "share" else word[0], text)


# --- codes for names ------------------------------------------------------------------------------------


def _with_codes(ledger: Ledger, text: str) -> str:
    """Write the codes of calls, and the name of a programme, for the words by which a question names them."""
    text = _with_plans(ledger, text)
    plain, taken = levelled(text), len(text)
    if _FIRST_PROGRAMME.search(plain):
        oldest = min(ledger.records("programmes"), key=lambda row: str(row["valid_from"]))
        return _replaced(_FIRST_PROGRAMME, f" {oldest['name_fr']} ", text)
    for name in reversed(references_in(text, plain, ledger)):
        is_code = re.search(r"[0-9]{4}|en.?[0-9]", plain[name.start : name.end])
        if name.calls and name.end <= taken and not is_code:
            taken = name.start
            text = f"{text[:taken]} call {' '.join(name.order or name.calls)} {text[name.end :]}"
    return text


def _with_plans(ledger: Ledger, text: str) -> str:
    """Write the years of a plan that a question names by its amount, and asks something else of."""
    plain = levelled(text)
    named = _PLAN_OF.search(plain)
    if named is None or not (ASKS.search(plain) or "share" in concepts(plain)):
        return text
    plans = {
        row.quantity.value: row.programme.removeprefix("plan_").replace("_", "-")
        for item in candidates(ledger)
        for row in item.observations
        if row.measure == "budget_planned" and not row.component and row.programme and row.quantity
    }
    years = plans.get(Decimal(named[1] or named[2]).scaleb(6), "")
    return f"{text[: named.start()]}plan {years}{text[named.end() :]}" if years[:1].isdigit() else text
