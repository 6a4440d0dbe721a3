"""Figures, measures, charts and published numbers of any day, in the four languages: each can be made or is
refused in a sentence, the numbers are the same in all of them, no word is of another language, and what is said is
no stronger than what is known: bounds follow from what documents print, words reach as far as bounds, parts are no
more than their whole, and nothing rests on a document of later."""

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from ennum_stats.doubt.reading import DISAGREES, DOUBLED, EMPTY, TURNED, TWO_HEDGES, doubts
from ennum_stats.errors import EnnumError
from ennum_stats.languages import LANGUAGES
from tests import sayings
from tests.faults.commands import ask
from tests.faults.ground import ground
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict

WEIGHT = 80
FIRST, LAST = date(1998, 1, 1), date(2030, 12, 31)
_THINGS = 24
OWN_WORDS = {
    "fr": "les une aux pour avec sur dans est sont ces cette qui leurs tableau chaque jamais lauréats",
    "de": "der das und oder nicht für mit dem den einer eine wurde wurden Schulen Aufruf ist sind aus",
    "nl": "het een niet voor van zijn wordt scholen met uit oproep oproepen aantal dat",
    "en": "the and with were not which their schools call calls had been this that from never",
}
"""Words that are of one of the languages alone, as they stand in our texts."""
_HEDGES = {
    language: "|".join(words for words in strengths if len(words) > 5)
    for language, strengths in sayings.STRENGTHS.items()
}
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“]*“|\"[^\"]*\"")
_YEARS = r"(?<![-\w])(?:19|20)\d\d-(?:19|20)\d\d(?![-\w])"
ILL_SET = {
    "fr": re.compile(r"\S [:;!?»]|« "), "de": re.compile(f"{_YEARS}|\\w [:;!?]"), "nl": re.compile(r"\w [:;!?]"),
    "en": re.compile(f"{_YEARS}|\\w [:;!?]"),
}  # fmt: skip
"""What no line of a language may break at, or have: signs that French ties, and that others do not part."""
_NO_END = Decimal("Infinity")
_WRONG = (DISAGREES, DOUBLED, EMPTY, TURNED, TWO_HEDGES)
_COUNTED = {  # by their units, as `ennum_stats.vocabulary` has them
    "implantations": "implantation|Schulstandort|vestigingsplaats|school site",
    "projects": "proje[ck]?t", "schools": "école|schule|school|scholen",
    "persons": "perso|people",
    "EUR": "euro|€",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What one output says in a language: numbers, its own words without those of documents, and what of it cannot
    be."""

    values: tuple[object, ...]
    texts: tuple[str, ...]
    wrong: tuple[str, ...] = ()


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
        (*_beyond(record["text"], sayings.ends_of(record), language, is_print=sayings.is_ratio(record)),
         *_not_named(record["text"], record["unit"], language, is_known=record["missing_reason"] is None)),
    )  # fmt: skip


def _beyond(text: str, ends: Any, language: str, *, is_print: bool = False) -> Iterator[str]:
    """Say where words, as a stranger reads them, leave out a number that is possible."""
    said = sayings.wording(text, language)
    read = sayings.reach(said._replace(is_print=said.is_print or is_print))
    if not (ends and read):
        return
    is_reached = {"more": ends[0] <= read[0], "less": read[1] <= ends[1]}  # "more than 41" is not 41
    if not (read[0] <= ends[0] and ends[1] <= read[1]) or is_reached.get(said.strength):
        yield f"“{text}” is said of {ends[0]} to {ends[1]}"


def _not_named(text: str, unit: str, language: str, *, is_known: bool) -> Iterator[str]:
    """Say where a number is one of nothing."""
    if is_known and unit in _COUNTED and not re.search(_COUNTED[unit], text, re.IGNORECASE):
        yield f"“{text}” does not say of what ({unit})"


def _chart(ledger: Any, name: str, language: str) -> Told:
    from ennum_stats.charts.catalogue import chart

    made = chart(ledger, name, language)
    values = tuple((mark.quantity, mark.state, mark.first, mark.last, mark.depth) for mark in made.marks)
    words = [(mark.label, mark.words, mark.remark, mark.detail) for mark in made.marks]
    texts = [made.title, made.subtitle, made.note, made.unit, *(word for mark in words for word in mark)]
    later = [
        f"rests on {one.source_id} of {one.known_on}"
        for one in made.sources
        if one.known_on > ledger.known_at
    ]
    return Told((*values, _numbers(made.title, language)), tuple(texts), tuple(later))


def _measure(ledger: Any, name: str, by: str, language: str) -> Told:
    from ennum_stats.measures.catalogue import measure_rows
    from ennum_stats.measures.labels import worded_rows

    table = measure_rows(ledger, name, by)
    header, rows = worded_rows(ledger, table, language)
    numbers = tuple(_numbers(" ; ".join(row), language) for row in rows)
    law = _LAWS.get(name, lambda *_: ())
    wrong = [*law(ledger, table), *_of_cells(table, language)]
    return Told(numbers, (*header, *(cell for row in rows for cell in row)), tuple(wrong))


def _of_cells(table: Any, language: str) -> Iterator[str]:
    """Read what stands in the cells of a measure."""
    for row in table.rows:
        for answer in (one for name in table.answers for one in _known(table.cell(row, name))):
            quantity = answer.quantity
            if quantity.unit.startswith("per_") or quantity.bounds.ends[0] < 0:
                continue  # "for 1,000 sites" has a number of its own, and a stranger reads no sign
            by = 100 if quantity.unit == "share" else 1
            ends = tuple(end * by for end in quantity.bounds.ends)
            is_print = quantity.unit in ("share", "projects/project")
            yield from _beyond(answer.words(language, style="short"), ends, language, is_print=is_print)


def _of_budgets(ledger: Any, table: Any) -> Iterator[str]:
    """No parts are surely more than the whole may be, and no whole of which a part is not known has an upper end."""
    from ennum_stats.measures.catalogue import measure_rows

    low = sum(answer.quantity.bounds.lower or 0 for row in table.rows for answer in _known(row.value))
    whole = measure_rows(ledger, "budgets", "programme").rows
    high = sum(_upper(row.value) for row in whole)
    if low > high:
        yield f"at least {low} of {high}"
    for row in whole:
        if row.calls_not_known and _upper(row.value) < _NO_END:
            yield f"{row.programme}: at most {_upper(row.value)} without {row.calls_not_known}"


def _of_coverage(ledger: Any, table: Any) -> Iterator[str]:
    """A site that was reached has had a project: there are no more of them than projects of its calls."""
    from ennum_stats.measures.catalogue import measure_rows

    projects = {
        row.call: _upper(row.projects_awarded) for row in measure_rows(ledger, "winners", "call").rows
    }
    for row in table.rows:
        programme = getattr(row, "programme", "ecole_numerique" if hasattr(row, "year") else None)
        if programme == "ecole_numerique" and row.calls_covered and not row.calls_not_known:
            most = sum(projects.get(call, _NO_END) for call in row.calls_covered)
            if _upper(row.sites) > most and _known(row.share):
                yield f"up to {_upper(row.sites)} sites of {most} projects"


def _of_targets(ledger: Any, table: Any) -> Iterator[str]:
    """What was reached of a target is told by no document of before."""
    for row in table.rows:
        for one in (one for answer in _known(row.reached) for one in answer.observations):
            if one.known_on < row.known_on:
                yield f"{row.target} of {row.known_on} is reached by {one.observation_id} of {one.known_on}"


_LAWS: dict[str, Callable[[Any, Any], Iterator[str]]] = {
    "budgets": _of_budgets, "coverage": _of_coverage, "targets": _of_targets,
}  # fmt: skip


def _known(answer: Any) -> list[Any]:
    from ennum_stats.store.answers import Known

    return [answer] if isinstance(answer, Known) else []


def _upper(answer: Any) -> Any:
    return next(
        (one.quantity.bounds.upper for one in _known(answer) if one.quantity.bounds.upper is not None),
        _NO_END,
    )


def _number(ledger: Any, observation: Any, language: str) -> Told:
    from ennum_stats.figures.observations import bounds_words, printed

    said, quantity = printed(observation, language), observation.quantity
    bounds = bounds_words(quantity, language) if quantity else ""
    wrong = [*_of_print(observation), *_of_contradictions(ledger, observation)] if quantity else []
    wrong += _not_named(said, quantity.unit, language, is_known=True) if quantity else []
    return Told((_numbers(said, language), _numbers(bounds, language)), (said, bounds), tuple(wrong))


def _of_print(one: Any) -> Iterator[str]:
    """What a document rounds reaches half a place to both sides; of nothing else the ends are known by it alone."""
    half, quantity = one.step / 2, one.quantity
    expected = {"rounded": (half, half), "exact": (0, 0)}.get(quantity.precision)
    if expected is not None and quantity.bounds.ends != (
        quantity.value - expected[0],
        quantity.value + expected[1],
    ):
        yield f"{quantity.value} to {one.step}, {quantity.precision}, as {quantity.bounds}"


def _of_contradictions(ledger: Any, one: Any) -> Iterator[str]:
    """Only numbers that cannot both be true contradict each other; of these the better document is believed."""
    from ennum_stats.figures.contradictions import disagreeing

    for conflict, _ in disagreeing(ledger).get(one.observation_id, ()):
        sides = [conflict.chosen, *conflict.others]
        low, high = (pick(side.quantity.bounds.ends[n] for side in sides) for n, pick in ((0, max), (1, min)))
        if low <= high:
            yield f"{low} to {high} contradict nothing"
        best, *others = ({o.source.rank for o in side.observations} for side in sides)
        if any(min(best) > max(other) for other in others):
            yield f"{conflict.chosen.source_id} is believed rather than a better document"


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
        wrong = (
            [*answer.wrong, *_foreign(answer.texts, language), *_ill(answer.texts, language)]
            if isinstance(answer, Told)
            else []
        )
        if wrong:
            return Outcome(Verdict.INCONSISTENT, f"{name}, {language}: {wrong}")
    return REFUSED if refusals else DONE


def _foreign(texts: Sequence[str], language: str) -> list[str]:
    """List the words of other languages, with the text in which they stand; what is quoted may hold any."""
    own = [_QUOTED.sub("", text) for text in texts]
    return [
        f"{hit[0]} ({other}) in “{text[:120]}”"
        for other, words in OWN_WORDS.items()
        for text in (own if other != language else ())
        if (hit := re.search(rf"\b({'|'.join(words.split())}|{_HEDGES[other]})\b", text))
    ]


def _ill(texts: Sequence[str], language: str) -> Iterator[str]:
    """List what no text of a language may have: nouns that do not agree with their number, spaces at which signs
    stand alone. A school year that is a whole cell is a code."""
    for text in texts:
        if (hit := ILL_SET[language].search(text)) and len(text) > len("2019-2020"):
            yield f"{hit[0]!r} in “{text[:120]}”"
        yield from (
            f"{one.kind}: {one.piece}" for one in doubts(text, language, is_prose=False) if one.kind in _WRONG
        )


def _numbers(text: str, language: str) -> tuple[tuple[str, int], ...]:
    """Read the numbers of a text as its language writes them."""
    thousands, point = {"fr": ("\u202f\u00a0 ", ","), "en": (",", ".")}.get(language, (".", ","))
    joined = re.sub(rf"(?<=\d)[{thousands}](?=\d{{3}}(?!\d))", "", text)
    found = re.findall(rf"\d+(?:\{point}\d+)?", joined)
    return tuple(sorted(Counter(one.replace(",", ".") for one in found).items()))
