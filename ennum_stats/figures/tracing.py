"""Where a figure comes from, told line by line."""

from __future__ import annotations

from collections.abc import Sequence

from ennum_stats.errors import message
from ennum_stats.figures.resolving import Figure
from ennum_stats.languages import day, number, period_words, translate, translate_plural
from ennum_stats.measures.evidence import worded_list
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import ClaimStatus, Observation
from ennum_stats.wording import missing_words, words

CLAIMS = {
    ClaimStatus.PROVED: message("proved"),
    ClaimStatus.CONSISTENT: message("consistent"),
    ClaimStatus.CONTRADICTED: message("contradicted"),
}


def trace_lines(figure: Figure, language: str) -> list[str]:
    """Label, words, formula, caveats, then every document with its place and date, every list of schools
    with its day, then the documents that do not agree."""
    lines = [
        f"{figure.name}: {figure.label(language)}",
        f"  {figure.text(language)}",
        "  " + _told("Formula", figure.formula(language), language),
        "  " + _told("Known at", day(figure.known_at, language), language),
        *(f"  ! {caveat}" for caveat in figure.caveats(language)),
    ]
    claim = figure.record(language)["claim"]
    if claim:
        told = translate(
            message(
                "Printed total: {text} ({status}).",
                text=claim["text"],
                status=CLAIMS[claim["status"]],
            ),
            language,
        )
        lines.append(f"  ! {told}")
    lines += _documents("Comes from", figure.observations, language)
    lines += _lists(figure, language)
    lines += _documents("Other documents disagree", figure.answer.conflicts, language)
    return lines


def _told(title: str, value: str, language: str) -> str:
    """A title and what it says, with the colon of the language."""
    return translate("{label}: {value}", language, label=translate(title, language), value=value)


def _documents(title: str, observations: Sequence[Observation], language: str) -> list[str]:
    if not observations:
        return []
    return [
        _told(title, "", language).rstrip(),
        *(line for o in observations for line in _document(o, language)),
    ]


def _lists(figure: Figure, language: str) -> list[str]:
    if not figure.lists:
        return []
    lines = [_told("Rests on lists of schools", "", language).rstrip()]
    for one in figure.lists:
        what, about, _, known_on, key = worded_list(figure.ledger, one, language)
        size = translate_plural("{n} row", "{n} rows", one.size, language)
        lines += [f"  - {what}, {about} · {size} · {known_on}", f"    {key}"]
    return lines


def _document(observation: Observation, language: str) -> list[str]:
    source = observation.source
    if observation.quantity is not None:
        told = words(observation.quantity, language)
    elif observation.missing_reason is not None:
        told = missing_words(observation.missing_reason, language)
    else:
        told = ""
    published = source.published_on or source.known_on.isoformat()
    when = period_words(Period(published), language)
    if observation.quantity is not None:
        told += f" [{_in_full(observation.quantity, language)}]"
    lines = [
        f"  - {told} · {source.title}, {observation.locator} · {when}",
        f"    {observation.observation_id}",
    ]
    if observation.note:
        lines.append(f"    {observation.note}")
    return lines


def _in_full(quantity: Quantity, language: str) -> str:
    """The printed number to its last digit, its unit, and its bounds."""
    ends = [
        "…" if end is None else number(end, language)
        for end in (quantity.bounds.lower, quantity.bounds.upper)
    ]
    value = "" if quantity.value is None else f"{number(quantity.value, language)} "
    return f"{value}{quantity.unit}: {ends[0]} – {ends[1]}"
