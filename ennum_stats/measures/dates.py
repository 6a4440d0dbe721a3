"""Say in words of when numbers are: when a document was published, for which time a number holds, and at what
time a state is known: what was installed, reached or employed then, and may be otherwise now.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ennum_stats.errors import message
from ennum_stats.languages import day, period_words, span_words, translate
from ennum_stats.measures.schools.school_lists import lists_named
from ennum_stats.periods import Period
from ennum_stats.store.answers import Answer, Known, Observation, Source
from ennum_stats.store.ledger import HOME_LANGUAGE, Ledger
from ennum_stats.typography import semicolons
from ennum_stats.vocabulary import STATES
from ennum_stats.wording import words

READ_ON = message("read on {day}")


def published_words(source: Source, language: str) -> str:
    """Write the day, month or year printed on a document; of one without, the day on which it was read."""
    if source.published_on is None:
        return translate(READ_ON, language, day=source.known_on)
    return period_words(source.day, language)


def publisher_and_day(source: Source, language: str) -> str:
    """Say who published a document, and when: "SPW, janvier 2020"."""
    return f"{source.publisher}, {published_words(source, language)}"


def publishers_and_days(observations: Iterable[Observation], language: str) -> list[str]:
    """List who published numbers, and when, each once: "SPW (janvier 2020)"."""
    sources = (observation.source for observation in observations)
    return [*dict.fromkeys(f"{s.publisher} ({published_words(s, language)})" for s in sources)]


def valid_words(observation: Observation, language: str) -> str:
    """Write the time that a number is given for, no finer than it is known: a year, years, a school year, a
    month, a day; nothing where nothing tells it."""
    first, last = observation.valid_from, observation.valid_to
    if first is None or last is None:
        only = first or last
        return day(only, language) if only else ""
    return _span(first, last, language)


def known_words(ledger: Ledger, answer: Answer, language: str) -> str:
    """Write the time for which a number is known, that of the latest number or list that it comes from: the
    time that this is given for, if that was over when its document appeared; else when this appeared."""
    return known_until(ledger, answer, language)[1]


def known_until(ledger: Ledger, answer: Answer, language: str = HOME_LANGUAGE) -> tuple[date | None, str]:
    """Give the last day of that time, and its words."""
    if not isinstance(answer, Known):
        return None, ""
    times = [_known(observation, language) for observation in answer.observations]
    times += [(one.known_on, day(one.known_on, language)) for one in lists_named(ledger, answer.lists)]
    return max(times, key=lambda time: time[0], default=(None, ""))


def state_words(ledger: Ledger, answer: Answer, language: str) -> str:
    """Write the time for which a state is known, or a number computed from one; nothing for what happened in
    a time of its own, such as a call."""
    is_state = bool(answer.lists)
    is_state |= any(observation.measure in STATES for observation in answer.observations)
    return known_words(ledger, answer, language) if is_state else ""


def dated(text: str, time: str, language: str) -> str:
    """Put a time in brackets behind a number in words, within those that this ends with.

    >>> dated("79% (between 64% and 94%)", "January 2020", "en")
    '79% (between 64% and 94%; January 2020)'
    """
    if time and text.endswith(")"):
        return semicolons([text[:-1], f"{time})"], language)
    return f"{text} ({time})" if time else text


def dated_words(ledger: Ledger, answer: Known, language: str) -> str:
    """Write a number of a title in words, of a state with the time for which it is known."""
    text = words(answer.quantity, language, style="text")
    return dated(text, state_words(ledger, answer, language), language)


def _known(observation: Observation, language: str) -> tuple[date, str]:
    period = observation.period
    if period and period[1] <= observation.known_on:
        return period[1], _span(*period, language)
    return observation.known_on, published_words(observation.source, language)


def _span(first: date, last: date, language: str) -> str:
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    school_years = (first.month, first.day, last.month, last.day) == (9, 1, 8, 31)
    if first == last:
        return day(first, language)
    if whole_years and first.year == last.year:
        return str(first.year)
    if whole_years or school_years:
        return span_words(first.year, last.year, language)
    month = Period(f"{first:%Y-%m}")
    if (month.first, month.last) == (first, last):
        return period_words(month, language)
    return f"{day(first, language)} – {day(last, language)}"
