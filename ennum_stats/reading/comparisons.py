"""Questions and statements that compare: how far two numbers lie apart, which of two is the larger, and which of all is
the largest."""

from __future__ import annotations

import re
from dataclasses import replace

from ennum_stats.reading import statements
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.operators import Operator, operators_in, phrases
from ennum_stats.reading.parsed import AnswerKind, ParsedQuestion
from ennum_stats.reading.terms import (
    DIMENSION_OF,
    DIMENSIONS,
    OF_ANY_DIMENSION,
    are_calls,
    dimension_in,
    is_named_in,
    listed_in,
)
from ennum_stats.search.concepts import concept, concepts, joined
from ennum_stats.search.subjects import ALL_HEADS

_PRICED = phrases("priced")
"""Adjectives that compare amounts."""
_GOT = phrases("got")
_HIGHER, _LOWER = phrases("higher"), phrases("lower")
"""Words that say which of two numbers is the larger."""
_EQUAL, ADDITIONAL = phrases("equal"), phrases("additional")
_COMPARED = re.compile(
    rf"{phrases('gap').pattern}|(?<=\d )(?:{phrases('against').pattern})(?= (?:en)?\d)|{phrases('compared').pattern}"
)
_THAN = re.compile(
    rf"(?:{phrases('more or less').pattern}).*?(?:{phrases('than').pattern})|^(?:{phrases('measured by').pattern})"
)
"""What stands before that which is taken away, even where it is named first: "more than in 2019 in 2020"."""
_PERCENT = re.compile(f"{phrases('percent').pattern}|%")
_FELL = phrases("fell")
"""Which words of change say that a number became smaller."""
_BETWEEN = phrases("between")


def compared_as(plain: str) -> re.Match[str] | None:
    """Find the word that says which of two is the smaller, else which is the larger."""
    return _LOWER.search(plain) or _HIGHER.search(plain)


def compares_than(plain: str) -> bool:
    """Tell whether words say that something is larger or smaller "than" something else."""
    compared = compared_as(plain)
    return bool(compared and phrases("than").search(plain[compared.end() :]))


def is_of_percent(question: str) -> bool:
    """Tell whether a difference is asked for in percent: it is then growth."""
    return bool(_PERCENT.search(levelled(question)))


def compares(plain: str) -> bool:
    """Tell whether a question compares two numbers, or asks how one changed."""
    return bool(_COMPARED.search(plain)) or "change" in concepts(plain)


def are_ends(plain: str, terms: tuple[str, ...]) -> bool:
    """Tell whether a question compares the first and the last of the calls that it names: "between EN1, EN2, EN3"."""
    return len(terms) > 2 and are_calls(terms) and bool(_BETWEEN.search(plain)) and compares(plain)


# --- how far apart, and which of two --------------------------------------------------------------------


def apart(read: ParsedQuestion, plain: str) -> ParsedQuestion:
    """Read a question of how far two numbers lie apart: in the order in which they are named where it is asked by how
    much the one is more or less "than" the other; else whichever is the larger."""
    bare = _COMPARED.sub(" ", ADDITIONAL.sub(" ", plain))
    than, terms = _THAN.search(plain), read.terms
    if than and not any(is_named_in(term, plain[: than.end()]) for term in terms):
        terms = terms[::-1]
    is_change = than is None or "change" in concepts(bare)
    subject = statements.without_bounds(_PERCENT.sub(" ", _but_for("change", bare)))
    subject = _HIGHER.sub(_price, _LOWER.sub(_price, subject))
    return replace(
        read, kind=AnswerKind.DIFFERENCE, subject=subject, terms=terms,
        wants_least=bool(_LOWER.search(plain)), is_change=is_change,
    )  # fmt: skip


def either(read: ParsedQuestion, plain: str) -> ParsedQuestion | None:
    """Read a question of which of two things that it names has more, or less; nothing where it does not ask so."""
    compared = compared_as(plain)
    if len(read.terms) != 2 or not (compared and phrases("or", read.language).search(plain)):
        return None
    rest = _LOWER.sub(" ", _HIGHER.sub(" ", OF_ANY_DIMENSION.sub(" ", plain))) + _price(plain)
    dimension = "call" if are_calls(read.terms) else DIMENSION_OF.get(read.terms[0], "component")
    return replace(
        read, kind=AnswerKind.WHICH, subject=rest, dimension=dimension, wants_least=compared.re is _LOWER
    )


def _price(words: re.Match[str] | str) -> str:
    """Say that amounts are compared where an adjective of prices compares: "teurer" is of more money."""
    return " euro " if _PRICED.search(words if isinstance(words, str) else words[0]) else " "


def _but_for(idea: str, plain: str) -> str:
    """Leave out the words of an idea."""
    return " ".join(word for word in joined(plain).split() if concept(word) != idea)


# --- which of all -----------------------------------------------------------------------------------------


def superlative(read: ParsedQuestion, operator: Operator, plain: str) -> ParsedQuestion | None:
    """Read which of all has the most or least: calls, unless a noun or what it names says of what else."""
    listed = listed_in(read.text, read.language)
    terms = listed or read.terms
    of_terms = DIMENSION_OF.get(terms[0], "component" * bool(listed)) if len(terms) > 1 else ""
    is_of_calls = "call" in concepts(plain) or are_calls(terms)
    dimension = of_terms or dimension_in(plain)
    if not dimension and is_of_calls and Operator.WHO not in read.operators:
        dimension = "call"
    if not dimension:  # who of all
        return None
    bare = plain if dimension == "component" else DIMENSIONS[dimension].sub(" ", plain)
    subject = _PRICED.sub("euro", bare)
    if dimension == "component" and not {*concepts(subject)} & ALL_HEADS:
        subject += " share"
    if dimension in ("territory", "level") and "equipped" in concepts(
        subject
    ):  # best equipped for their pupils
        subject = f"{_but_for('equipped', subject)} 100"
    return replace(
        read, kind=AnswerKind.WHICH, subject=subject, terms=terms, stated=(), dimension=dimension,
        wants_least=operator is Operator.LEAST,
    )  # fmt: skip


# --- what is stated without a number ----------------------------------------------------------------------


def comparison_stated(read: ParsedQuestion, statement: str, subject: str) -> ParsedQuestion | None:
    """Read a statement that compares: that something grew, that one of two is the larger, or one the largest."""
    read = replace(read, kind=AnswerKind.TRUTH)
    return (
        _change_stated(read, statement, subject)
        or _larger_stated(read, statement, subject)
        or _most_stated(read, subject)
    )


def _change_stated(read: ParsedQuestion, statement: str, subject: str) -> ParsedQuestion | None:
    """Read a statement that a number of a call is more or less than that of an earlier one: it grew, or fell."""
    fell = _FELL.search(statement)
    if len(read.terms) < 2 or not are_calls(read.terms) or not (fell or "change" in concepts(statement)):
        return None
    first, *_, last = sorted(read.terms, key=lambda call: int(call[2:]))
    return replace(read, subject=_but_for("change", subject), terms=(last, first), wants_least=bool(fell))


def _larger_stated(read: ParsedQuestion, statement: str, subject: str) -> ParsedQuestion | None:
    """Read a statement that one of two numbers is the larger, the smaller, or as large."""
    is_lower, is_equal = bool(_LOWER.search(statement)), bool(_EQUAL.search(statement))
    is_compared = is_lower or is_equal or _HIGHER.search(statement) or statements.exceeds(statement)
    if len(read.terms) != 2 or not is_compared:
        return None
    rest = _EQUAL.sub(" ", _LOWER.sub(" ", _HIGHER.sub(" ", _PRICED.sub(" euro ", subject))))
    if _GOT.search(rest) and not {*concepts(rest)} & (ALL_HEADS - {"won"}):  # winners receive money
        rest = f"{_but_for('won', rest)} euro"
    subject = f"{rest} {_price(statement)}"
    return replace(read, subject=subject, wants_least=is_lower, wants_equal=is_equal)


def _most_stated(read: ParsedQuestion, subject: str) -> ParsedQuestion | None:
    """Read a statement that a call, or what else it names, has the most or least of all."""
    operators = operators_in(subject, read.language)
    largest = next((operator for operator in (Operator.MOST, Operator.LEAST) if operator in operators), None)
    if largest is None:
        return None
    rest = operators[largest]
    dimension = dimension_in(rest) or "call"
    parts = tuple(idea for idea in concepts(rest) if DIMENSION_OF.get(idea) == dimension)
    named = read.terms if dimension == "call" else parts
    if len(named) != 1:
        return None
    rest = _but_for(named[0], _PRICED.sub("euro", DIMENSIONS[dimension].sub(" ", rest)))
    return replace(
        read, subject=rest, terms=named, dimension=dimension, wants_least=largest is Operator.LEAST
    )
