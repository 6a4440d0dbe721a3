"""Numbers that a question tells: those that it claims, those that go without saying, and how long something lasts."""

from __future__ import annotations

import re

from ennum_stats.reading.forms import levelled
from ennum_stats.reading.operators import begins_with, ends_in
from ennum_stats.reading.quantities import NumberInText, numbers_in
from ennum_stats.search.concepts import concept, is_named, telling_words
from ennum_stats.search.subjects import ALL_HEADS

YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_YEARS_BEHIND, _PER = begins_with("years"), ends_in("per")
_OF_SO_MANY = re.compile(rf"{ends_in('of so many').pattern}|'s $")
"""What stands before a number that is known, and is told beside what is asked: "how many of the 200 sites"."""
_SINCE = ends_in("for so long", "within", "of so many")
"""What stands before a duration that says when, and not how long: "seit zehn Jahren", "in ten years"."""
_CLAUSE_AFTER = re.compile(r"[,;:.!?–] (.*)")
"""What stands behind a number that is told before the question: "it costs 60 million, *and the rest*"."""


def stated_in(text: str, language: str) -> tuple[NumberInText, ...]:
    """List the numbers that a question tells: no years, no durations, and no bases ("per 100 pupils")."""
    return tuple(
        number
        for number in numbers_in(text, language)
        if number.readings and not number.reason and not _YEARS_BEHIND.match(number.following)
        and not _PER.search(levelled(text[: number.start])) and not _is_year(number)
    )  # fmt: skip


def _is_year(number: NumberInText) -> bool:
    """Tell whether digits that could be a year stand before no noun that is counted: "2020 mehr Projekte"."""
    following = number.following.split()[:1]
    return bool(YEAR.fullmatch(number.text)) and not (following and concept(following[0]) in ALL_HEADS)


def durations_in(text: str, language: str) -> tuple[NumberInText, ...]:
    """List the years that a question says that something lasts: not since when, and not until when."""
    return tuple(
        number
        for number in numbers_in(text, language)
        if _YEARS_BEHIND.match(number.following) and not _SINCE.search(levelled(text[: number.start]))
    )


def claimed(plain: str, stated: tuple[NumberInText, ...]) -> tuple[NumberInText, ...]:
    """Give the stated numbers that are claimed: not "the 200 sites", which there are."""
    return tuple(
        number
        for number in stated
        if number.unit == "percent" or not _OF_SO_MANY.search(plain[: number.start])
    )


def known(plain: str, stated: tuple[NumberInText, ...]) -> tuple[NumberInText, ...]:
    """Give the stated numbers that are told beside what is asked: "the 200 sites", "60 million, *and the rest*"."""
    return tuple(
        number
        for number in stated
        if not YEAR.fullmatch(number.text)
        and (_OF_SO_MANY.search(plain[: number.start]) or _is_told_before(plain[number.end :]))
    )


def _is_told_before(following: str) -> bool:
    """Tell whether what follows a number is another clause that asks: "60 million, *and the equipment*"."""
    after = _CLAUSE_AFTER.search(following)
    return bool(after and any(is_named(word) for word in telling_words(after[1])))


def without(plain: str, text: str, stated: tuple[NumberInText, ...]) -> str:
    """Leave the stated numbers out of a question."""
    for number in stated:
        written = levelled(text[number.hedge[0] if number.hedge[1] else number.start : number.end])
        plain = plain.replace(written, " ", 1)
    return plain
