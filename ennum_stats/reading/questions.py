"""What a question asks for: its words bind the kind of its answer.

"Quand" wants a day, "qui" a partner, "où" a place, "quel appel a eu le plus" a name, "ensemble" a sum, "de plus
que" a difference, "est-il vrai" a yes or no; all else a number of what is to be counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ennum_stats.languages import LANGUAGES
from ennum_stats.reading import statements
from ennum_stats.reading.cleaning import cleaned, in_full
from ennum_stats.reading.comparisons import (
    ADDITIONAL,
    apart,
    are_ends,
    compares,
    compares_than,
    comparison_stated,
    either,
    superlative,
)
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.happenings import told
from ennum_stats.reading.operators import Operator, operators_in, phrases
from ennum_stats.reading.parsed import HAPPENINGS, AnswerKind, ParsedQuestion
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.reading.stated import claimed, durations_in, known, stated_in, without
from ennum_stats.reading.statements import ASKS
from ennum_stats.reading.strange_words import without_strange_words
from ennum_stats.reading.terms import OF_ANY_DIMENSION, PROGRAMME_NAMES, are_calls, dimension_in, terms_of
from ennum_stats.search.concepts import (
    CONCEPTS,
    IDLE_WORDS,
    concept,
    concepts,
    is_unpublished,
    joined,
    telling_words,
)
from ennum_stats.search.subjects import POPULATIONS
from ennum_stats.store.ledger import Ledger

_LONGEST = 300
_HOW_MANY_OR_WHEN = phrases("how many or when")
_EITHER_OF = re.compile(rf"[,:;–-] [^,:;?]+ (?:{phrases('or').pattern}) [^,:;?]+\??$")
"""A last clause that names who it may be: "who pays, the Region or the Federation?"."""
_WHICH_ONES = re.compile(r"^(?:quel(?:le)?s?|welche[rsnm]?|welke?|which) (\w+)")
_TOGETHER = phrases("together")
_AGAIN = re.compile(f"{phrases('already').pattern}|{phrases('a second time').pattern}")
"""What says that two calls are of one and the same, and not to be added."""
_HOW_MANY = re.compile(
    r"combien|wie ?viele?[nr]?|hoeveel|how (?:many|much)|quel|quoi|welch|welk|what|\b(?:wat|was)\b|"
    r"(?:^|[,:] )qu(?:e |'(?:a|ont)\b)"
)
_FEW = 4
"""Of how many words a number and its noun are fewer: "1709 projets lauréats"."""
_ALL_OF = re.compile(rf"(?:{phrases('all').pattern}) (?=[0-9])")
_LEAST_MONEY = 1_000_000
"""Nothing else is counted by millions: no projects, devices or pupils."""
_KINDS = {
    Operator.SUM: AnswerKind.SUM, Operator.DIFFERENCE: AnswerKind.DIFFERENCE, Operator.GROWTH: AnswerKind.DIFFERENCE,
    Operator.WHO: AnswerKind.WHO, Operator.WHERE: AnswerKind.PLACE, Operator.WHEN: AnswerKind.DATE,
    Operator.HOUR: AnswerKind.DATE,
}  # fmt: skip
_LARGEST, _ASKING = (
    (Operator.MOST, Operator.LEAST),
    (Operator.WHEN, Operator.HOUR, Operator.WHO, Operator.WHERE),
)
"""Operators that bind what is asked for, the first first, whatever else a question names."""
_COMPARING = (AnswerKind.TRUTH, AnswerKind.DIFFERENCE, AnswerKind.WHICH)
_NAMING = {
    Operator.SHARE: "share", Operator.MEAN: "mean", Operator.PER_YEAR: "yearly", Operator.RATIO: "per",
    Operator.DURATION: "duration", Operator.REST: "notyet",
}  # fmt: skip
"""The word of the table by which a number is named that an operator asks for."""
_VOTES = {language: frozenset(words.split()) for language, words in IDLE_WORDS.items()}


def language_of(text: str, likelier: str = "fr") -> str:
    """Find the language of a text by its small words; of two as likely, the one that is given."""
    words = levelled(text).replace("'", " ").split()
    votes = {code: sum(word in _VOTES[code] for word in words) for code in LANGUAGES}
    return max(LANGUAGES, key=lambda code: (votes[code], code == likelier))


def read_question(ledger: Ledger, text: str, language: str) -> ParsedQuestion:
    """Read which kind of answer a question wants, and about what."""
    own = language_of(text, language)
    text = in_full(text)[:_LONGEST]
    whole = cleaned(ledger, text, own)
    read = _read(ParsedQuestion(
        text, AnswerKind.NUMBER, levelled(whole), terms_of(ledger, whole), language=own,
        unpublished=tuple(word for word in telling_words(whole) if is_unpublished(word, own)),
        operators=operators_in(whole, own), whole=whole,
    ))  # fmt: skip
    binding = next((operator for operator in (*_LARGEST, *_ASKING) if operator in read.operators), None)
    is_claim = read.kind is AnswerKind.TRUTH and not (binding in _ASKING and ASKS.match(levelled(whole)))
    is_bound = read.dimension or is_claim or read.kind is AnswerKind.ADMITTED
    other = None if is_bound or binding is None else _by_operator(ledger, read, binding)
    return other or _without_strange(ledger, read)


# --- by what it names, compares and states ----------------------------------------------------------------


def _read(read: ParsedQuestion) -> ParsedQuestion:
    """Read a question of which only its words and terms are known, in the first way in which it can be read."""
    plain, stated = read.subject, stated_in(read.whole, read.language)
    return (
        _by_statement(read, plain, stated)
        or either(read, plain)
        or _which_ones(read, plain)
        or _apart_or_added(read, plain)
        or _by_number(read, plain, stated)
    )


def _by_statement(
    read: ParsedQuestion, plain: str, stated: tuple[NumberInText, ...]
) -> ParsedQuestion | None:
    """Read a question of whether something is so, or who may take part in a call; nothing where it asks otherwise."""
    numbers = claimed(plain, stated)
    is_of_all = bool(stated and not numbers and statements.part_told(_ALL_OF.sub(" ", plain))[0])
    is_larger = compares_than(plain)
    is_claimed = bool(numbers) or is_of_all or statements.speaks_of_before(plain)
    is_claimed |= is_larger and not {*_LARGEST} & {*read.operators}  # "less than all others"
    statement = statements.statement_in(plain, read.language, is_claimed=is_claimed)
    if not stated and _is_of_admission(read, plain, statement):
        return replace(read, kind=AnswerKind.ADMITTED, subject=statement)
    is_sum = len(read.terms) > 1 and not (numbers or is_larger) and _TOGETHER.search(plain)
    if not statement or is_sum:
        return None
    lasting = () if stated else durations_in(read.whole, read.language)
    if len(lasting) == 1 and {*concepts(statement)} & CONCEPTS - {"duration", *PROGRAMME_NAMES}:
        return _statement(read, f"{statement} duration", lasting, lasting)
    return _statement(read, statement, numbers or (() if is_of_all else stated), stated)


def _is_of_admission(read: ParsedQuestion, plain: str, statement: str) -> bool:
    """Tell whether a question asks who may take part in a call that it names, or is kept out of it."""
    calls = [term for term in read.terms if term.startswith("EN")]
    ideas = {*concepts(plain)}
    if not calls or ideas & {"share", "hour"} or any(idea.startswith("month") for idea in ideas):
        return False
    if not statement and _HOW_MANY_OR_WHEN.search(plain):
        return False
    return statements.is_of_admission(statement or plain, calls, is_yes_no=bool(statement))


def _statement(
    read: ParsedQuestion, plain: str, numbers: tuple[NumberInText, ...], every: tuple[NumberInText, ...]
) -> ParsedQuestion:
    """Read what a question states: a number, a bound that its verb sets, a day, or which of two is the larger; `every`
    number that it tells, also those that go without saying ("the 200 sites")."""
    stated, bare = statements.bounded(without(plain, read.whole, every), numbers)
    subject = bare + " euro" * any(number.readings[0].value >= _LEAST_MONEY for number in stated)
    compared = None if stated else comparison_stated(read, plain, subject)
    if compared:
        return compared
    is_of_fates = "submitted" in read.terms and "share" not in concepts(subject)
    if is_of_fates:  # applications that were refused are projects
        subject = " ".join("projects" if concept(word) == "submitted" else word for word in subject.split())
    terms = read.terms if (stated and not is_of_fates) or len(read.terms) == 1 else ()
    return replace(read, kind=AnswerKind.TRUTH, subject=subject, terms=terms, stated=stated)


def _which_ones(read: ParsedQuestion, plain: str) -> ParsedQuestion | None:
    """Read a question of which ones, and not of how many: "which schools", "which calls"."""
    ones = _WHICH_ONES.match(plain)
    is_named = ones and (
        OF_ANY_DIMENSION.fullmatch(ones[1]) or concept(ones[1]) in POPULATIONS | {"teacher", "pupil"}
    )
    return replace(read, kind=AnswerKind.WHICH) if is_named else None


def _apart_or_added(read: ParsedQuestion, plain: str) -> ParsedQuestion | None:
    """Read a question of two numbers that are compared, or of several together; nothing where it asks of fewer."""
    if are_ends(plain, read.terms):
        read = replace(read, terms=(read.terms[0], read.terms[-1]))
    if len(read.terms) < 2:
        return None
    together = _TOGETHER.search(plain)
    is_more = ADDITIONAL.search(plain) and not (together or Operator.SUM in read.operators)
    is_compared = compares_than(plain) or compares(plain) or statements.exceeds(plain) or is_more
    if len(read.terms) == 2 and is_compared:
        return apart(read, plain)
    if together or (are_calls(read.terms) and not _AGAIN.search(plain)):
        return replace(read, kind=AnswerKind.SUM, subject=_TOGETHER.sub(" ", plain))
    return None


def _by_number(read: ParsedQuestion, plain: str, stated: tuple[NumberInText, ...]) -> ParsedQuestion:
    """Read a question of a number: what has it, whether it is so, or else how many."""
    if stated and not stated[0].start and len(telling_words(plain)) < _FEW:
        subject = without(plain, read.whole, stated)
        return replace(read, kind=AnswerKind.STATED, subject=subject, stated=stated)
    told_beside = known(plain, stated)
    if stated and not told_beside and not _HOW_MANY.search(plain):
        return _statement(read, plain, stated, stated)
    subject = without(plain, read.whole, told_beside) if told_beside else read.whole
    return replace(read, subject=subject, stated=told_beside)


# --- by its operators --------------------------------------------------------------------------------------


def rereadings(ledger: Ledger, read: ParsedQuestion) -> Iterator[ParsedQuestion]:
    """Read a question once more by each of its operators, wherever their words stand."""
    return filter(None, (_by_operator(ledger, read, operator) for operator in read.operators))


def _by_operator(ledger: Ledger, read: ParsedQuestion, operator: Operator) -> ParsedQuestion | None:
    """Read a question by one of its operators; nothing where it says nothing of how to read it."""
    bare = read.operators[operator]
    other = _reread(read, operator, f"{_NAMING.get(operator, '')} {bare}")
    if other is None:
        return None
    is_of_kinds = other.kind is AnswerKind.WHICH and dimension_in(bare)  # "le mieux doté" of calls
    left = tuple(word for word in read.unpublished if not is_of_kinds or word in bare.split())
    return _without_strange(ledger, replace(other, unpublished=left))


def _reread(read: ParsedQuestion, operator: Operator, plain: str) -> ParsedQuestion | None:
    """Read a question by one operator: `plain` are its words without those of the operator, and that which names
    what it asks for."""
    if operator in (Operator.DIFFERENCE, Operator.GROWTH):
        stated = stated_in(read.whole, read.language)
        far = apart(read, without(plain, read.whole, stated))
        return replace(far, stated=stated, is_change=True)
    if operator in _LARGEST:
        is_read = read.dimension or (read.kind is AnswerKind.WHICH and not dimension_in(plain))
        return None if is_read else superlative(read, operator, plain)
    if operator is Operator.TRUE:
        stated = stated_in(read.whole, read.language)
        return _statement(read, plain, stated, stated)
    if read.kind is AnswerKind.WHICH and operator in _NAMING:
        return replace(read, subject=f"{read.subject} {_NAMING[operator]}")
    kind = _KINDS.get(operator, AnswerKind.NUMBER)
    return replace(read, subject=plain, kind=kind, stated=(), dimension="", is_change=True)


def _without_strange(ledger: Ledger, read: ParsedQuestion) -> ParsedQuestion:
    """Leave the words that nobody knows out of the subject of a question; of one for days, places and partners, read
    what happens and what they do."""
    is_happening, unpublished = read.kind in HAPPENINGS, read.unpublished
    whole = _EITHER_OF.sub("", read.whole) if read.kind is AnswerKind.WHO else read.whole
    subject = told(whole, read.language) if is_happening else read.subject
    if is_happening or read.kind in _COMPARING:  # "kaputt" says what is to be done, "besser" that it is more
        unpublished = tuple(word for word in unpublished if word in subject.split())
    is_known = bool(read.dimension) or (read.kind is AnswerKind.TRUTH and bool(read.stated))
    familiar = without_strange_words(
        ledger, read.text, subject, read.language, of_numbers=not is_happening, is_of_kinds=is_known
    )
    strange = tuple(word for word in dict.fromkeys(joined(subject).split()) if word not in familiar.split())
    return replace(read, subject=familiar, strange=strange, unpublished=unpublished)
