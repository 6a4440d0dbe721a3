"""Figures, measures, charts and published numbers of any day, in the four languages: each can be made or is
refused in a sentence, the numbers are the same in all of them, no word is of another language, and what is said is
no stronger than what is known: bounds follow from what documents print, words reach as far as bounds, parts are no
more than their whole, and nothing rests on a document of later."""

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from csv import DictReader
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from ennum_stats.doubt.reading import DISAGREES, DOUBLED, EMPTY, TURNED, TWO_HEDGES, doubts
from ennum_stats.errors import EnnumError
from ennum_stats.languages import LANGUAGES
from tests import sayings
from tests.comparison.test_difference_words import LESS, MORE
from tests.faults.commands import ask
from tests.faults.ground import Ground, ground
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict
from tests.wording.test_words_are_true import check_true

WEIGHT = 80
FIRST, LAST = date(1998, 1, 1), date(2030, 12, 31)
_FEW = {
    "figure": 6, "chart": 4, "measure": 3, "law": 5, "number": 8, "comparison": 3, "table": 2, "place": 1,
    "document": 2, "words": 1, "rows": 1,
}  # fmt: skip
"""How many things of each kind a case looks at; a law is a measure whose numbers have one."""
MOST_CELLS = 2_000
"""Of a table that is built, by `docs/dashboard.md`."""
_DRAWN = 40
_UNITS = ("EUR", "EUR", "BEF", "projects", "projects", "share", "percent", "hours")
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
_SAME_YEAR = re.compile(r"\b((?:19|20)\d\d)[-–]\1\b")
_NO_END = Decimal("Infinity")
_EPSILON = Decimal("1e-9")
"""What a division leaves."""
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


Thing = tuple[str, Callable[[str], Told]]


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        known = _days(made.project / "data" / "raw" / "sources.csv")
        for _ in range(n):
            day, chance = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days)), rng.random()
            if chance < 0.8:  # when something came to be known, or the day before, or all did
                day = known[-1] if chance < 0.3 else rng.choice(known) - timedelta(days=rng.choice((0, 0, 1)))
            seed, audience = rng.getrandbits(32), rng.choice(("public", "public", "internal"))
            of = rng.choice(("project", "demonstration"))
            yield Case(
                f"{sum(_FEW.values())} things of the {of} as known on {day}, {audience}, drawn by {seed}",
                partial(_asked, made, of, day, audience, seed),
            )


def _asked(made: Ground, of: str, *how: Any) -> Outcome:
    return ask(_tried, made.of(of), *how)


def _days(path: Path) -> list[date]:
    """Read the days on which documents were published."""
    with path.open(encoding="utf-8") as file:
        told = {row["published_on"] for row in DictReader(file)}
    return sorted(date.fromisoformat(one) for one in told if len(one) == len("2020-01-31"))


def _tried(root: Path, day: date, audience: str, seed: int) -> Outcome:
    from ennum_stats.project import Audience, Project
    from ennum_stats.store.ledger import open_ledger

    rng = Random(seed)  # noqa: S311 - the same things each time
    ledger = open_ledger(Project(root), day, Audience(audience))
    of_kinds: dict[str, list[Thing]] = {kind: [] for kind in _FEW}
    for thing in _things(ledger, rng.getrandbits(32)):
        of_kinds[thing[0].partition(" ")[0]].append(thing)
    drawn = [one for kind, of in of_kinds.items() for one in rng.sample(of, min(len(of), _FEW[kind]))]
    outcomes = [_judged(*one) for one in drawn]
    bad = [outcome for outcome in outcomes if outcome.verdict.is_bad]
    return (bad or sorted(outcomes, key=lambda outcome: outcome.verdict))[0]


def _things(ledger: Any, seed: int) -> Iterator[Thing]:
    """List everything that says something in a language of a store, by its name, whose first word is its kind."""
    from ennum_stats.charts.catalogue import CHARTS
    from ennum_stats.comparison.comparables import KINDS, comparables
    from ennum_stats.figures.catalogue import definitions
    from ennum_stats.measures.schools.places import place_codes
    from ennum_stats.raw.tables import TABLES as RAW

    for name in definitions(ledger):
        yield f"figure {name}", partial(_figure, ledger, name)
    for name in CHARTS:
        yield f"chart {name}", partial(_chart, ledger, name)
    yield from _of_measures(ledger)
    for observation in ledger.all_observations():
        yield f"number {observation.observation_id}", partial(_number, ledger, observation)
    for by in KINDS:
        for one in comparables(ledger, by):
            yield f"comparison {one.name} by {by}", partial(_comparison, ledger, one.name, by, seed)
    for kind in ("commune", "province", "network"):
        for code in place_codes(ledger, kind):
            yield f"place {kind} {code}", partial(_place, ledger, kind, code)
    for one in ledger.records("sources"):
        yield f"document {one['source_id']}", partial(_document, ledger, one)
    yield f"words {seed}", partial(_words, seed)
    yield "rows", partial(_rows, ledger, [table.name for table in RAW])


def _of_measures(ledger: Any) -> Iterator[Thing]:
    from ennum_stats.measures.catalogue import TABLES
    from ennum_stats.measures.frames.cross_table import crossable

    for name, table in TABLES.items():
        for by in table.by:
            yield (
                f"{'law' if name in _LAWS else 'measure'} {name} by {by}",
                partial(_measure, ledger, name, by),
            )
        for number in table.crossed:
            for rows, across in crossable(name, number).items():
                for by in across:
                    yield (
                        f"table {name}.{number} {rows} {by}",
                        partial(_table, ledger, name, rows, by, number),
                    )
    for one in ledger.records("programmes"):
        for by in ("programme", "year"):
            yield (
                f"law coverage of {one['programme']} by {by}",
                partial(_measure, ledger, "coverage", by, programme=one["programme"]),
            )


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


def _measure(ledger: Any, name: str, by: str, language: str, **options: Any) -> Told:
    from ennum_stats.measures.catalogue import measure_rows
    from ennum_stats.measures.labels import worded_rows

    table = measure_rows(ledger, name, by, **options)
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
            is_print = quantity.unit in ("share", "projects/project")
            words = answer.words(language, style="short")
            yield from _beyond(words, _whole(quantity), language, is_print=is_print)


def _whole(quantity: Any) -> tuple[Decimal, Decimal]:
    """Give the ends of a quantity as words say them: whole things, percents."""
    low, high = quantity.bounds.ends
    if quantity.unit in _COUNTED and quantity.unit != "EUR":
        return low.to_integral_value(ROUND_CEILING), high.to_integral_value(ROUND_FLOOR)
    return (low * 100, high * 100) if quantity.unit == "share" else (low, high)


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
            yield from _of_basis(row.sites)
            most = sum(projects.get(call, _NO_END) for call in row.calls_covered)
            if _upper(row.sites) > most and _known(row.share):
                yield f"up to {_upper(row.sites)} sites of {most} projects"


def _of_basis(answer: Any) -> Iterator[str]:
    """What rests on numbers alone whose bounds are proved is proved."""
    from ennum_stats.quantities import Basis

    for one in _known(answer):
        read = {o.observation_id for o in one.observations if o.quantity.bounds.basis is Basis.CONVENTION}
        if one.observations and (one.quantity.bounds.basis is Basis.CONVENTION) != bool(read):
            yield f"{one.quantity.bounds} rests on a reading of {read or 'nothing'}"


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


def _table(ledger: Any, name: str, rows: str, columns: str, number: str, language: str) -> Told:
    """Build a table: it has no more cells than one may have, and no sum of which a part is not known has an end."""
    from ennum_stats.measures.frames.cross_table import cross_table

    table = cross_table(ledger, name, rows=rows, columns=columns, number=number)
    cells = len(table.rows) * len(table.columns)
    wrong = [f"{cells} cells"] if cells > MOST_CELLS else []
    sums = [
        ({row: {*table.columns}}, one) for row, one in zip(table.rows, table.row_sums or (), strict=False)
    ]
    sums += [
        ({row: {column} for row in table.rows}, one)
        for column, one in zip(table.columns, table.column_sums, strict=False)
    ]
    for places, total in sums:
        parts = [cell for (row, column), cell in table.cells.items() if column in places.get(row, ())]
        if any(not _known(cell) for cell in parts) and _upper(total) < _NO_END:
            wrong.append(f"at most {_upper(total)} with a part that is not known: {places}")
    return Told((cells,), (), tuple(wrong))


def _comparison(ledger: Any, name: str, by: str, seed: int, language: str) -> Told:
    """Set some things side by side: each has its own bounds, differences reach no further than two numbers allow, and
    more or less is said as these prove."""
    from ennum_stats.comparison.differences import Difference
    from ennum_stats.comparison.side_by_side import codes_known, side_by_side
    from ennum_stats.comparison.words import compared_words, comparison_records

    codes = codes_known(ledger, name, by)
    if len(codes) < 2:
        return Told((), ())
    found = side_by_side(ledger, name, by, Random(seed).sample(codes, min(len(codes), 3)))  # noqa: S311
    records = comparison_records(ledger, found, language)
    ends = [side.answer.quantity.bounds.ends for side in found.sides]
    wrong = [
        f"{record} has the ends {own}"
        for record, own in zip(records, ends, strict=True)
        if not _is_ends((record["lower"], record["upper"]), own)
    ]
    for (_, compared), record, own in zip(found.pairs, records[1:], ends[1:], strict=True):
        if isinstance(compared, Difference):
            low, high = compared.amount.quantity.bounds.ends
            text = compared_words(compared, language)
            if low < own[0] - ends[0][1] - _EPSILON or high > own[1] - ends[0][0] + _EPSILON:
                wrong.append(f"{low} to {high} between {ends[0]} and {own}")
            if not _is_ends((record["difference_lower"], record["difference_upper"]), (low, high)):
                wrong.append(f"{record} of {low} to {high}")
            for size, way, other in ((low, MORE, LESS), (-high, LESS, MORE)):
                is_other = re.search(
                    rf"(?:{other[language]})(?: [(]|$)", text
                )  # "mehr als 22 Millionen weniger"
                if size > 0 and (is_other or not re.search(way[language], text)):
                    wrong.append(f"“{text}” of {low} to {high}")
    told = tuple(record["text"] or "" for record in records)
    return Told(tuple(_numbers(text, language) for text in told), told, tuple(wrong))


def _is_ends(told: tuple[Any, Any], ends: tuple[Decimal, Decimal]) -> bool:
    """Tell whether two ends as data have them are those of a number; an end that is not known is none."""
    return all(
        own.is_infinite() if end is None else abs(float(end) - float(own)) <= 1e-6 * max(1, abs(float(own)))
        for end, own in zip(told, ends, strict=True)
    )


def _place(ledger: Any, kind: str, code: str, language: str) -> Told:
    """Say the rank of a place, which leaves out no order that bounds allow; and choose communes by their share."""
    from ennum_stats.charts import coverage_map as shares
    from ennum_stats.measures.schools.places import place, places_counted
    from ennum_stats.measures.schools.ranks import rank_words

    found, wrong = place(ledger, kind, code), []
    ranks = {"sites": found.by_sites, "share": found.by_share}
    others = [
        one
        for one in places_counted(ledger, kind).values()
        if one.code != code and _known(one.sites) and _upper(one.sites) > 0
    ]
    for what, rank in ranks.items():
        low, high = next((own.quantity.bounds.ends for own in _known(getattr(found.counted, what))), (0, 0))
        ends = [
            next((one.quantity.bounds.ends for one in _known(getattr(other, what))), (-_NO_END, _NO_END))
            for other in others
        ]
        first, last = 1 + sum(end[0] > high for end in ends), 1 + sum(end[1] > low for end in ends)
        if rank and (rank.first, rank.last) != (first, last):
            wrong.append(f"{what}: {rank}, not {first} to {last}")
    communes = shares.ranked_communes(ledger, language)
    for low, high in shares.share_classes(communes):
        choice = shares.MapChoice(shares=(str(int(low * 100)),))
        chosen = [one.share for one in shares.chosen_communes(communes, choice)]
        of_class = [one.share for one in communes if one.share is not None and low <= one.share]
        if chosen != [one for one in of_class if one < high or high == 1]:
            wrong.append(f"{chosen} between {low} and {high}")
    told = tuple(rank_words(rank, language) for rank in ranks.values() if rank)
    return Told(tuple(_numbers(text, language) for text in told), told, tuple(wrong))


def _document(ledger: Any, record: dict[str, Any], language: str) -> Told:
    """Cite a document by its name: it is called as it calls itself."""
    from ennum_stats.charts.citations import cite_any

    cited = cite_any(ledger, record["source_id"], language, lambda *_: "")
    as_called = " ".join(record["title"].replace("’", "'").split())
    is_called = as_called in " ".join(cited.title.replace("’", "'").split())
    return Told((cited.issued,), (), () if is_called else (f"{cited.title}, not {as_called}",))


def _words(seed: int, language: str) -> Told:
    """Write numbers of all sizes, as known as you like: words never reach further than bounds prove, and halves are
    rounded away from zero."""
    from ennum_stats.comparison.difference_words import difference_words
    from ennum_stats.quantities import Basis, Bounds, Quantity
    from ennum_stats.wording import headline_words, words

    rng = Random(seed)  # noqa: S311 - the same numbers in each language
    for _ in range(_DRAWN):
        unit = rng.choice(_UNITS)
        value = Decimal(rng.randint(1, 99_999)).scaleb(
            rng.randint(-10, -5) if unit == "share" else rng.randint(-2, 5)
        )
        if unit == "projects":  # which are whole
            value = value.to_integral_value() or Decimal(1)
        reaches = [value * rng.choice((0, 0, 1, 10, 50, 300, 2_000)) / 10_000 for _ in range(2)]
        low = rng.choice((value - reaches[0], value - reaches[0], Decimal(0), None))
        high = rng.choice((value + reaches[1], value + reaches[1], None))
        number = rng.choice((value, value, None, *((high, high + 1) if high else ())))
        known = Quantity.derived(number, Bounds(low, high, rng.choice([*Basis])), unit)
        exact = Quantity.exact(value, unit)
        for style in ("long", "text", "short"):
            check_true(words(known, language, style=style), known, language, style)
            told = words(exact, language, style=style)
            read = sayings.wording(told, language)
            lost = value * (100 if unit == "share" else 1) - read.numbers[0]
            assert lost * 2 != read.places[0], f"{told} of {value}"
        check_true(headline_words(known, language), known, language, "text")
        if unit in ("projects", "EUR"):
            for turned, way, other in ((exact, MORE, LESS), (Quantity.exact(-value, unit), LESS, MORE)):
                told = difference_words(turned, language)
                assert re.search(way[language], told), f"{told} of {turned}"
                assert not re.search(other[language], told), f"{told} of {turned}"
    return Told((), ())


def _rows(ledger: Any, tables: Sequence[str], language: str) -> Told:
    """Read the small tables of a day: no row is of later."""
    later = [
        f"{name}: {row}"
        for name in tables
        for row in (_small(ledger, name) if language == "en" else ())
        for column in ("known_on", "announced_on")
        if (day := row.get(column)) and day > ledger.known_at
    ]
    return Told((), (), tuple(later))


def _small(ledger: Any, name: str) -> list[dict[str, Any]]:
    try:
        return ledger.records(name, "1")
    except EnnumError:  # not for the public
        return []


def _number(ledger: Any, observation: Any, language: str) -> Told:
    from ennum_stats.figures.observations import bounds_words, printed, time_words

    said, quantity = printed(observation, language), observation.quantity
    bounds = bounds_words(quantity, language) if quantity else ""
    wrong = [*_of_print(observation), *_of_contradictions(ledger, observation)] if quantity else []
    wrong += _not_named(said, quantity.unit, language, is_known=True) if quantity else []
    is_worded = sayings.wording(said, language).strength != "exact"  # a print may be rounded without a word
    if quantity and is_worded and quantity.unit in _COUNTED and quantity.unit != "EUR":
        wrong += _beyond(said, _whole(quantity), language)
    when = time_words(ledger, observation, language)
    numbers = (_numbers(said, language), _numbers(bounds, language))
    return Told(numbers, (said, bounds, when), tuple(wrong))


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
        if (hit := re.search(rf"(?<![-\w])({'|'.join(words.split())}|{_HEDGES[other]})(?![-\w])", text))
    ]


def _ill(texts: Sequence[str], language: str) -> Iterator[str]:
    """List what no text of a language may have: nouns that do not agree with their number, spaces at which signs
    stand alone. A school year that is a whole cell is a code."""
    for text in texts:
        if (hit := ILL_SET[language].search(text)) and len(text) > len("2019-2020"):
            yield f"{hit[0]!r} in “{text[:120]}”"
        if hit := _SAME_YEAR.search(text):
            yield f"a span of one year: {hit[0]}"
        yield from (
            f"{one.kind}: {one.piece}" for one in doubts(text, language, is_prose=False) if one.kind in _WRONG
        )


def _numbers(text: str, language: str) -> tuple[tuple[str, int], ...]:
    """Read the numbers of a text as its language writes them."""
    thousands, point = {"fr": ("\u202f\u00a0 ", ","), "en": (",", ".")}.get(language, (".", ","))
    joined = re.sub(rf"(?<=\d)[{thousands}](?=\d{{3}}(?!\d))", "", text)
    found = re.findall(rf"\d+(?:\{point}\d+)?", joined)
    return tuple(sorted(Counter(one.replace(",", ".") for one in found).items()))
