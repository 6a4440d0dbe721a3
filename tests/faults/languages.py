"""Figures, measures, charts and published numbers of any day, in the four languages: each can be made or is
refused in a sentence, the numbers are the same in all of them, and no word is of another language."""

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from ennum_stats.errors import EnnumError
from ennum_stats.languages import LANGUAGES
from tests.faults.commands import ask
from tests.faults.ground import ground
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict

WEIGHT = 80
FIRST, LAST = date(1998, 1, 1), date(2030, 12, 31)
_THINGS = 6
OWN_WORDS = {
    "fr": "les une aux pour avec sur dans est sont ces cette qui leurs tableau chaque jamais lauréats",
    "de": "der das und oder nicht für mit dem den einer eine wurde wurden Schulen Aufruf ist sind aus",
    "nl": "het een niet voor van zijn wordt scholen met uit oproep oproepen aantal dat",
    "en": "the and with were not which their schools call calls had been this that from never",
}
"""Words that are of one of the languages alone, as they stand in our texts."""
_SPACES = "\\s\u00a0\u202f"


@dataclass(frozen=True)
class Told:
    """What one output says in a language: numbers, and its own words without those of documents."""

    values: tuple[object, ...]
    texts: tuple[str, ...]


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        for _ in range(n):
            day = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days))
            seed, audience = rng.getrandbits(32), rng.choice(("public", "public", "internal"))
            yield Case(
                f"{_THINGS} things as known on {day}, {audience}, drawn by {seed}",
                partial(ask, _tried, made.project, day, audience, seed),
            )


def _tried(root: Path, day: date, audience: str, seed: int) -> Outcome:
    from ennum_stats.project import Audience, Project
    from ennum_stats.store.ledger import open_ledger

    rng = Random(seed)  # noqa: S311 - the same things each time
    ledger = open_ledger(Project(root), day, Audience(audience))
    outcomes = [_judged(*one) for one in rng.sample(list(_things(ledger)), _THINGS)]
    bad = [outcome for outcome in outcomes if outcome.verdict.is_bad]
    return (bad or sorted(outcomes, key=lambda outcome: outcome.verdict))[0]


def _things(ledger: Any) -> Iterator[tuple[str, Callable[[str], Told]]]:
    """List everything that says something in a language of a store, by its name."""
    from ennum_stats.charts.catalogue import CHARTS
    from ennum_stats.figures.catalogue import definitions
    from ennum_stats.measures.catalogue import TABLES

    for name in definitions(ledger):
        yield f"figure {name}", partial(_figure, ledger, name)
    for name in CHARTS:
        yield f"chart {name}", partial(_chart, ledger, name)
    for name, table in TABLES.items():
        for by in table.by:
            yield f"measure {name} by {by}", partial(_measure, ledger, name, by)
    for observation in ledger.all_observations()[::7]:
        yield f"number {observation.observation_id}", partial(_number, ledger, observation)


def _figure(ledger: Any, name: str, language: str) -> Told:
    from ennum_stats.figures.figure import figure

    record = figure(ledger, name).record(language)
    keys = ("value", "printed", "lower", "upper", "unit", "precision", "status", "missing_reason")
    return Told(
        (*(record[key] for key in keys), _numbers(record["text"], language)),
        (record["label"], record["text"], record["formula"] or ""),
    )


def _chart(ledger: Any, name: str, language: str) -> Told:
    from ennum_stats.charts.catalogue import chart

    made = chart(ledger, name, language)
    values = tuple((mark.quantity, mark.state, mark.first, mark.last, mark.depth) for mark in made.marks)
    words = [(mark.label, mark.words, mark.remark, mark.group, mark.detail) for mark in made.marks]
    texts = [made.title, made.subtitle, made.note, made.unit, *(word for mark in words for word in mark)]
    return Told((*values, _numbers(made.title, language)), tuple(texts))


def _measure(ledger: Any, name: str, by: str, language: str) -> Told:
    from ennum_stats.measures.catalogue import measure_rows
    from ennum_stats.measures.labels import worded_rows

    header, rows = worded_rows(ledger, measure_rows(ledger, name, by), language)
    numbers = tuple(_numbers(" ; ".join(row), language) for row in rows)
    return Told(numbers, (*header, *(cell for row in rows for cell in row)))


def _number(ledger: Any, observation: Any, language: str) -> Told:
    from ennum_stats.figures.observations import bounds_words, printed

    said = printed(observation, language)
    bounds = bounds_words(observation.quantity, language) if observation.quantity else ""
    return Told((_numbers(said, language), _numbers(bounds, language)), (said, bounds))


def _judged(name: str, told: Callable[[str], Told]) -> Outcome:
    """Judge what one thing says in all languages."""
    answers: dict[str, Told | str] = {}
    for language in LANGUAGES:
        try:
            answers[language] = told(language)
        except EnnumError as error:
            answers[language] = type(error).__name__
        except Exception:  # noqa: BLE001 - that is what is looked for
            return Outcome(Verdict.TRACE, f"{name}, {language}\n{traceback.format_exc()[-1200:]}")
    refusals = {answer for answer in answers.values() if isinstance(answer, str)}
    said = [answer for answer in answers.values() if isinstance(answer, Told)]
    if len({answer.values for answer in said}) + len(refusals) > 1:
        shown = {k: v.values if isinstance(v, Told) else v for k, v in answers.items()}
        return Outcome(Verdict.INCONSISTENT, f"{name}: numbers differ\n{shown}")
    for language, answer in answers.items():
        if isinstance(answer, Told) and (foreign := _foreign(answer.texts, language)):
            return Outcome(Verdict.INCONSISTENT, f"{name}, {language}: {foreign}")
    return REFUSED if refusals else DONE


def _foreign(texts: Sequence[str], language: str) -> list[str]:
    """List the words of other languages, with the text in which they stand; what is quoted may hold any."""
    found = []
    for other, words in OWN_WORDS.items():
        pattern = rf"\b({'|'.join(words.split())})\b"
        for text in texts if other != language else ():
            own = re.sub(r"«[^»]*»|“[^”]*”|„[^“]*“|\"[^\"]*\"", "", text)
            if hit := re.search(pattern, own):
                found.append(f"{hit[0]} ({other}) in “{text[:120]}”")
    return found


def _numbers(text: str, language: str) -> tuple[tuple[str, int], ...]:
    """Read the numbers of a text as its language writes them."""
    thousands, point = {"fr": ("\u202f\u00a0 ", ","), "en": (",", ".")}.get(language, (".", ","))
    joined = re.sub(rf"(?<=\d)[{thousands}](?=\d{{3}}(?!\d))", "", text)
    found = re.findall(rf"\d+(?:\{point}\d+)?", joined)
    return tuple(sorted(Counter(one.replace(",", ".") for one in found).items()))
