"""Published numbers one by one: those that a reader asks for; each in words, as plain values, and in lines.

What a number is about, when it holds and how it is printed is said here for commands and dashboard alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ennum_stats.errors import NEAREST, Message, UnknownName, message, nearest_names, unknown_name
from ennum_stats.figures.contradictions import disagreeing, side_words, subject
from ennum_stats.figures.figure import Figure, figures
from ennum_stats.figures.reports import labelled
from ennum_stats.languages import number, span_words, translate
from ennum_stats.measures.dates import published_words, valid_words
from ennum_stats.measures.measure_table import OBSERVATION_COLUMNS, observation_row, to_json_value
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Observation, Source, documents_of
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.typography import fold, typeset
from ennum_stats.vocabulary import MEASURES, STATUSES
from ennum_stats.wording import as_printed, missing_words

RECORD_COLUMNS = ("subject", "text", *OBSERVATION_COLUMNS, "publisher", "url", "disagreeing")
HEADINGS = (
    message("Name"), message("What"), message("Printed"), message("Bounds"), message("For"),
    message("Document"), message("Place"), message("Published"), message("Status"),
    message("Others"), message("Remark"),
)  # fmt: skip
BOUNDS = message("from {low} to {high}")
AT_LEAST, AT_MOST = message("at least {n}"), message("at most {n}")
EXACT = message("exact")
NO_DOCUMENT = message("There is no document “{name}”.")


@dataclass(frozen=True)
class ObservationFilter:
    """Say which published numbers are asked for; what is empty asks for all."""

    measure: str = ""
    call: str = ""
    programme: str = ""
    document: str = ""
    """The key of a document, or a part of it, of its title or of its publisher."""
    known: Period | None = None
    """The day, month or year in which it became known."""
    texts: tuple[str, ...] = ()
    """What must stand in its name, subject, document, place or remark, whatever accents and capitals."""


def observations(ledger: Ledger, asked: ObservationFilter, language: str) -> list[Observation]:
    """Select published numbers, in the order of the days from which they were known.

    Raises `UnknownName` for a measure, call, programme or document that nothing is known of.
    """
    every = ledger.all_observations()
    for name in ("measure", "call", "programme"):
        if wanted := getattr(asked, name):
            codes = {getattr(o, name) for o in every} - {None}
            code = _code(wanted, MEASURES if name == "measure" else codes)
            every = [o for o in every if getattr(o, name) == code]
    if asked.document:
        every = _of_document(every, asked.document, ledger)
    if asked.known:
        first, last = asked.known.first, asked.known.last
        every = [o for o in every if first <= o.known_on <= last]
    texts = [fold(text) for text in asked.texts]
    return [o for o in every if _holds(texts, ledger, o, language)] if texts else every


def observation_named(ledger: Ledger, name: str) -> Observation:
    """Find a published number by its name, as known on the ledger's day; raise `UnknownName`."""
    every = {o.observation_id: o for o in ledger.all_observations()}
    if name not in every:
        raise _unknown(message("There is no published number “{name}”.", name=name), name, every)
    return every[name]


def source_named(ledger: Ledger, name: str) -> Source:
    """Find a document by its key, where it was known on the ledger's day; raise `UnknownName`."""
    known = [row["source_id"] for row in ledger.records("sources")]
    if name not in known:
        raise _unknown(message(NO_DOCUMENT.text, name=name), name, known)
    return ledger.source(name)


@once_a_ledger
def used_by(ledger: Ledger) -> dict[str, list[Figure]]:
    """Find the figures that rest on each published number; what none rests on is left out."""
    result: dict[str, list[Figure]] = {}
    for one in figures(ledger):
        for name in dict.fromkeys(o.observation_id for o in one.observations):
            result.setdefault(name, []).append(one)
    return result


# --- in words ---------------------------------------------------------------------------------------


def printed(observation: Observation, language: str) -> str:
    """Write the number as its document prints it; or why it gives none."""
    if observation.quantity is not None:
        return as_printed(observation.quantity, language)
    reason = observation.missing_reason
    return missing_words(reason, language) if reason else ""


def bounds_words(quantity: Quantity, language: str) -> str:
    """Write the ends between which a number lies, to their last digit."""
    if quantity.is_exact:
        return translate(EXACT, language)
    places = 4 if quantity.unit == "share" else None
    low, high = (
        None if end is None else number(end, language, places)
        for end in (quantity.bounds.lower, quantity.bounds.upper)
    )
    if low and high:
        return translate(BOUNDS, language, low=low, high=high)
    if low:
        return translate(AT_LEAST, language, n=low)
    return translate(AT_MOST, language, n=high) if high else ""


def time_words(ledger: Ledger, observation: Observation, language: str) -> str:
    """Write the time for which a number holds: the school years of its call, or the days that it is given
    for; nothing where no document tells them."""
    return _call_years(ledger, observation, language) or valid_words(observation, language)


def status_words(observation: Observation, language: str) -> str:
    """Name the status of SDMX, where it is another than normal."""
    status = STATUSES[observation.status]
    return translate(status.title or status.label or status.code, language)


PLACE_WORDS = {
    "article": message("article"), "page": message("page"), "question": message("question"),
    "réponse": message("answer"), "section": message("section"), "sections": message("sections"),
    "graphique": message("chart"), "titre": message("title"),
    "encadré après la section": message("box after section"), "calculé": message("calculated"),
    "et": message("and"),
}  # fmt: skip
"""The words by which the raw tables say where in a document a number stands."""
_PLACE_WORD = re.compile(r"encadré après la section|[^\W\d_]+")


def place_words(locator: str, language: str) -> tuple[str, str]:
    """Write where in a document a number stands, and say in which language that is: the reader's where every
    word of it is one of ours, else French, as in the tables."""
    if language == "fr" or not set(_PLACE_WORD.findall(locator)) <= PLACE_WORDS.keys():
        return locator, "fr"
    told = _PLACE_WORD.sub(lambda found: translate(PLACE_WORDS[found[0]], language), locator)
    return typeset(told, language), language


def cells(ledger: Ledger, observation: Observation, language: str) -> list[str]:
    """Write a published number as a row of a table, in the order of `HEADINGS`."""
    source, quantity = observation.source, observation.quantity
    others = disagreeing(ledger).get(observation.observation_id, ())
    return [
        observation.observation_id,
        subject(ledger, observation, language),
        printed(observation, language),
        bounds_words(quantity, language) if quantity else "",
        time_words(ledger, observation, language),
        source.title,
        observation.locator,
        published_words(source, language),
        status_words(observation, language),
        "\n".join(side_words(side, language) for _, side in others),
        ledger.remark(observation, language)[0],
    ]


def observation_cells(ledger: Ledger, observation: Observation, language: str) -> list[str]:
    """Put a published number into words for readers: what it is of and for which time, as printed, its bounds, its
    place in its document, and the day of that."""
    return [
        subject(ledger, observation, language),
        time_words(ledger, observation, language),
        printed(observation, language),
        bounds_words(observation.quantity, language) if observation.quantity else "",
        observation.locator,
        published_words(observation.source, language),
    ]


def record(ledger: Ledger, observation: Observation, language: str) -> dict[str, Any]:
    """Give a published number as plain values, as `ennum observations --format json` gives it."""
    row = {name: to_json_value(value) for name, value in observation_row(observation).items()}
    others = disagreeing(ledger).get(observation.observation_id, ())
    return {
        "subject": subject(ledger, observation, language),
        "text": printed(observation, language),
        **dict.fromkeys(OBSERVATION_COLUMNS),
        **row,
        "publisher": observation.source.publisher_as_written,
        "url": observation.source.url,
        "disagreeing": [o.observation_id for _, side in others for o in side.observations],
    }


def observation_lines(ledger: Ledger, observation: Observation, language: str) -> list[str]:
    """Write all that is known of a published number, line by line: as `trace` does of a figure."""
    name, what, text, *values = cells(ledger, observation, language)
    pairs = zip(HEADINGS[3:], values, strict=True)
    lines = [f"{name}: {what}", f"  {text}"]
    for heading, value in pairs:
        first, *more = value.split("\n")
        if more:
            lines.append("  " + labelled(heading, "", language).rstrip())
            lines += [f"    - {line}" for line in (first, *more)]
        elif value:
            lines.append("  " + labelled(heading, value, language))
    if observation.source.url:
        lines.append(f"  {observation.source.url}")
    return lines


# --- inside -----------------------------------------------------------------------------------------


def _code(wanted: str, codes: Iterable[str]) -> str:
    """Find a code whatever its capitals; raise `UnknownName` with the nearest."""
    by_text = {code.casefold(): code for code in codes}
    if wanted.casefold() not in by_text:
        raise _unknown(message("“{value}” is unknown.", value=wanted), wanted, by_text.values())
    return by_text[wanted.casefold()]


def _of_document(every: list[Observation], document: str, ledger: Ledger) -> list[Observation]:
    text = fold(document)
    found = [
        o
        for o in every
        if any(text in fold(part) for part in (o.source.source_id, o.source.title, o.source.publisher))
    ]
    if not found:
        keys = documents_of(ledger.all_observations())
        raise _unknown(message(NO_DOCUMENT.text, name=document), document, keys)
    return found


def _unknown(found: Message, name: str, names: Iterable[str]) -> UnknownName:
    return unknown_name(found, nearest_names(name, sorted(names)), NEAREST)


def _holds(texts: list[str], ledger: Ledger, observation: Observation, language: str) -> bool:
    source = observation.source
    parts = (
        observation.observation_id, subject(ledger, observation, language), source.title,
        source.publisher, observation.locator, observation.note or "",
    )  # fmt: skip
    whole = fold(" ".join(parts))
    return all(text in whole for text in texts)


def _call_years(ledger: Ledger, observation: Observation, language: str) -> str:
    """Write the school years of the call, or from the first to the last of a set of calls; nothing without
    one."""
    named = ledger.calls_of(observation.call) if observation.call else ()
    calls = [one for one in ledger.calls if one.call in named]
    days = [day for one in calls for day in (one.valid_from, one.valid_to) if day]
    return span_words(min(days).year, max(days).year, language) if days else ""
