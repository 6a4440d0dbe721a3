"""Explain why a statement of a text holds on a day, or why it does not: its rule in words, the numbers that
it compares, and the rows of calendar, rules and documents that it reads.

Whether it holds is told by `statements.holds` alone; what stands here is shown beside that answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ennum_stats.errors import Message, UnknownName, message
from ennum_stats.figures.contradictions import subject
from ennum_stats.figures.figure import Figure
from ennum_stats.figures.observations import bounds_words, printed
from ennum_stats.figures.since_2020 import published_by_year
from ennum_stats.figures.statements import FIGURE_PAIRS, call_named, figure_named, holds, name_meant, of_call
from ennum_stats.languages import number, period_words, translate
from ennum_stats.measures.calls import call_calendar
from ennum_stats.measures.columns import COUNTED
from ennum_stats.measures.coverage.coverage_over_time import coverage_by_year_rows
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Known, Observation
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.typography import fold
from ennum_stats.vocabulary import ClaimStatus
from ennum_stats.wording import words

QUOTES = "quotes"
"""How the name of a quotation begins, before its document and place."""
_FOLDER, _BETWEEN = "proof/", "~"
CLAIMS = {
    "exceeds": message("“{more}” exceeds “{less}”."),
    "exceeds-each-before": message("“{more}” exceeds the same number of each call before it."),
    "highest": message("“{more}” exceeds the same number of each other call of this set: {set}."),
    "rises": message("From call to call of this set the number rises, up to “{more}”: {set}."),
    "beyond": message("The number of a call outside of this set is known: {set}."),
    "outside": message("{call} is outside of this set: {set}."),
    "took-place": message("{call} took place."),
    "ahead": message("{call} is known, and is still to take place."),
    "past": message("The time of this is over: {milestone}."),
    "rounded": message("At least two of the published numbers behind “{figure}” are not exact."),
    "exact": message("“{figure}” is known exactly."),
    "equals": message("“{figure}” is exactly {number}."),
    "excludes": message("{call} is closed to the winners of these calls, and of no others: {calls}."),
    "has-events": message("The calendar of {call} has as many days of this kind as “{figure}” says."),
    "counted-years": message("The coverage of at least one year is counted from lists of schools."),
    "only-planned": message("All that documents say of it is planned: {programme}."),
    "thin-years": message("At least one year after {year} has no more than one document with numbers."),
    "proved": message("The parts of “{figure}” prove the total that a document prints."),
    "consistent": message(
        "The parts of “{figure}” allow the total that a document prints, and do not prove it."
    ),
    "contradicted": message("The parts of “{figure}” contradict the total that a document prints."),
}
"""What a statement says, by its name."""
COMPARES = message(
    "A number exceeds another if its lower bound is above the upper bound of the other. A number that is not "
    "known exceeds none, and none exceeds it."
)
CLOSES = message(
    "A call has taken place on the day on which projects were due; where no document tells that day, on the "
    "first day of its school year; where none tells that either, once it has winners."
)
JUDGES = message(
    "A printed total is proved where its bounds enclose those of the sum of its parts, and contradicted where both "
    "have nothing in common; otherwise the parts allow it and do not prove it."
)
READS = message("The rows below are counted or read as they stand; where one is missing, it does not hold.")
A_CALL = message("The call meant")
OF_YEAR = message("documents with numbers: {n}")
COUNTED_YEAR = message("from lists of schools")
BOUNDED_YEAR = message("from published totals")
NOT_KNOWN = message("not known")
COMPARED = message("{more}: at least {low}. {less}: at most {high}. {low} {sign} {high}")
JUDGED = message("Printed: {printed}, {claimed}. Sum of the parts: {sum}, {bounds}.")
UNCOMPARED = message("“{more}” and “{less}” cannot be compared: a bound is not known.")


@dataclass(frozen=True)
class RowRead:
    """Hold a row that a statement reads, in words: what it is, what it says, its document and place."""

    label: str
    words: str
    source_id: str = ""
    locator: str = ""


@dataclass(frozen=True)
class StatementProof:
    """Hold why a statement holds on a day: what it says, its rule, which bounds it compares, the figures and
    the other rows that it reads."""

    holds: bool
    claim: str
    rule: str
    arithmetic: tuple[str, ...]
    figures: tuple[Figure, ...]
    rows: tuple[RowRead, ...]


def page_of(statement: str) -> str:
    """Give the address of the page that proves a statement or quotation, below the language."""
    name, *subjects = statement.replace("#", ":").split(":")
    if name == QUOTES:
        subjects = [subjects[0], fold(subjects[1]).replace(" ", "-")]
    return _FOLDER + _BETWEEN.join((name, *subjects))


def explained(ledger: Ledger, statement: str, language: str) -> StatementProof:
    """Explain a statement on the ledger's day, in a language.

    Raises `KeyError` for a statement that is not in `STATEMENTS`: a mistake of the text.
    """
    name, *subjects = statement.split(":")
    pairs, names = _pairs(ledger, name, subjects), names_compared(ledger, statement)
    figures = [known for each in names if (known := _figure(ledger, each))]
    rows = _ROWS[name](ledger, language, *subjects) if name in _ROWS else ()
    values = {"figure": _label(ledger, language, names[0]) if names else ""}
    more, less = pairs[-1] if pairs else ("", "")
    values |= {"more": _label(ledger, language, more), "less": _label(ledger, language, less)}
    rule = COMPARES if name in FIGURE_PAIRS else _RULES.get(name, READS)
    judged = _judged(ledger, language, *subjects) if rule is JUDGES else ()
    return StatementProof(
        holds(ledger, statement),
        translate(CLAIMS[name], language, **values, **_values(ledger, language, name, subjects)),
        translate(rule, language),
        (*(_compared(ledger, language, *pair) for pair in pairs), *judged),
        tuple({each.name: each for each in figures}.values()),
        tuple(dict.fromkeys(rows)),
    )


def _values(ledger: Ledger, language: str, name: str, subjects: Sequence[str]) -> dict[str, str]:
    """Give what a statement names beside figures."""
    first, last = (subjects[0], subjects[-1]) if subjects else ("", "")
    values = {"call": call_named(ledger, first) or translate(A_CALL, language), "number": last, "year": first}
    if name in ("highest", "rises", "beyond", "outside"):
        known = last in ledger.call_sets
        values["set"] = ledger.name("call_sets", last, language) if known else last
    if name == "excludes":
        values["calls"] = ", ".join(subjects[1:])
    if name == "past":
        known = first in {row["milestone"] for row in ledger.records("milestones")}
        values["milestone"] = ledger.name("milestones", first, language) if known else first
    if name == "only-planned":
        known = first in {row["programme"] for row in ledger.records("programmes")}
        values["programme"] = ledger.name("programmes", first, language) if known else first
    return values


@once_a_ledger
def names_compared(ledger: Ledger, statement: str) -> list[str]:
    """List the figures that a statement compares or reads, by their names in the catalogue."""
    name, *subjects = statement.split(":")
    pairs = [each for pair in _pairs(ledger, name, subjects) for each in pair]
    return [name_meant(ledger, each) for each in dict.fromkeys(pairs or _named(ledger, name, subjects))]


# --- numbers ------------------------------------------------------------------------------------------


def _figure(ledger: Ledger, name: str) -> Figure | None:
    try:
        return figure_named(ledger, name)
    except UnknownName:
        return None


def _label(ledger: Ledger, language: str, name: str) -> str:
    known = _figure(ledger, name)
    return known.label(language) if known else translate(NOT_KNOWN, language)


def _compared(ledger: Ledger, language: str, more: str, less: str) -> str:
    """Write which bound of a number is compared with which of another."""
    above, below = _figure(ledger, more), _figure(ledger, less)
    low, high = above.lower if above else None, below.upper if below else None
    labels = {"more": _label(ledger, language, more), "less": _label(ledger, language, less)}
    if low is None or high is None:
        return translate(UNCOMPARED, language, **labels)
    sign = ">" if low > high else "≤"
    values = {"low": number(low, language), "high": number(high, language), "sign": sign}
    return translate(COMPARED, language, **labels, **values)


def _claim_of(ledger: Ledger, name: str) -> tuple[Observation, Quantity, Quantity] | None:
    """Find the total that a document prints for a figure, its quantity, and that of the sum of its parts."""
    known = _figure(ledger, name)
    answer = known.answer if known else None
    if not isinstance(answer, Known) or answer.claim is None or answer.claim.quantity is None:
        return None
    return answer.claim, answer.claim.quantity, answer.quantity


def _judged(ledger: Ledger, language: str, name: str) -> Iterator[str]:
    """Write a printed total beside the sum of its parts, each with its bounds."""
    if found := _claim_of(ledger, name):
        _, claimed, parts = found
        yield translate(
            JUDGED, language, printed=words(claimed, language), claimed=bounds_words(claimed, language),
            sum=words(parts, language), bounds=bounds_words(parts, language),
        )  # fmt: skip


def _pairs(ledger: Ledger, name: str, subjects: Sequence[str]) -> list[tuple[str, str]]:
    return [*FIGURE_PAIRS[name](ledger, *subjects)] if name in FIGURE_PAIRS else []


def _named(ledger: Ledger, name: str, subjects: Sequence[str]) -> Iterator[str]:
    """Name the figures of a statement that compares none with another."""
    match name, *subjects:
        case (("rounded" | "exact" | "equals" | "proved" | "consistent" | "contradicted"), figure, *_):
            yield figure
        case "has-events", _, _, figure:
            yield figure
        case "beyond", suffix, call_set:
            within = ledger.calls_of(call_set)
            yield from (of_call(c.call, suffix) for c in call_calendar(ledger).known if c.call not in within)


# --- rows ---------------------------------------------------------------------------------------------


def _of_call(ledger: Ledger, language: str, name: str, *_: str) -> Iterator[RowRead]:
    """Give the row of a call with the day on which its projects were due, or its school year began."""
    code = call_named(ledger, name)
    for call in (each for each in ledger.records("calls") if each["call"] == code):
        closed = call["closed_on"] or call["valid_from"]
        words = period_words(Period(str(closed)), language) if closed else translate(NOT_KNOWN, language)
        yield RowRead(ledger.name("calls", call["call"], language), words, call["source_id"])


def _of_set(ledger: Ledger, language: str, _: str, call_set: str) -> Iterator[RowRead]:
    if call_set in ledger.call_sets:
        yield RowRead(ledger.name("call_sets", call_set, language), ", ".join(ledger.calls_of(call_set)))


def _events(ledger: Ledger, language: str, call: str, kind: str, _: str) -> Iterator[RowRead]:
    for event in ledger.records("events"):
        if (event["call"], event["kind"]) == (call, kind):
            words = period_words(Period(event["starts_on"]), language)
            yield RowRead(ledger.name("events", event["event"], language), words, *_place(event))


def _milestones(ledger: Ledger, language: str, milestone: str) -> Iterator[RowRead]:
    for row in ledger.records("milestones"):
        if row["milestone"] == milestone:
            words = period_words(Period(row["occurred_on"]), language)
            yield RowRead(ledger.name("milestones", milestone, language), words, *_place(row))


def _rules(ledger: Ledger, language: str, call: str, *_: str) -> Iterator[RowRead]:
    for rule in ledger.records("rules"):
        if rule["kind"] == "exclusion" and rule["calls"] == call:
            closed_to = ", ".join(rule["excluded_calls"].split())
            yield RowRead(ledger.name("rules", rule["rule"], language), closed_to, *_place(rule))


def _claimed(ledger: Ledger, language: str, name: str) -> Iterator[RowRead]:
    if found := _claim_of(ledger, name):
        o = found[0]
        yield RowRead(subject(ledger, o, language), printed(o, language), o.source.source_id, o.locator)


def _place(record: dict[str, str]) -> tuple[str, str]:
    return record["source_id"], record["locator"]


def _coverage_years(ledger: Ledger, language: str) -> Iterator[RowRead]:
    for row in coverage_by_year_rows(ledger).rows:
        basis = COUNTED_YEAR if row.basis == COUNTED else BOUNDED_YEAR
        yield RowRead(str(row.year or ""), translate(basis, language))


def _of_programme(ledger: Ledger, language: str, programme: str) -> Iterator[RowRead]:
    for o in ledger.all_observations():
        if o.programme == programme:
            yield RowRead(subject(ledger, o, language), printed(o, language), o.source.source_id, o.locator)


def _years(ledger: Ledger, language: str, after: str) -> Iterator[RowRead]:
    for year in published_by_year(ledger, int(after)):
        yield RowRead(str(year.year), translate(OF_YEAR, language, n=number(year.documents, language)))


_RULES: dict[str, Message] = {"took-place": CLOSES, "ahead": CLOSES, **dict.fromkeys(ClaimStatus, JUDGES)}
"""The rule of a statement that compares no figures in pairs, where it does more than read rows."""
_ROWS: dict[str, Callable[..., Iterable[RowRead]]] = {
    "took-place": _of_call,
    "ahead": _of_call,
    "outside": _of_set,
    "past": _milestones,
    "excludes": _rules,
    "has-events": _events,
    "counted-years": _coverage_years,
    "only-planned": _of_programme,
    "thin-years": _years,
    **dict.fromkeys(ClaimStatus, _claimed),
}
"""The rows that a statement reads beside figures."""
