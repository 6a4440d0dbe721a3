"""A measure's rows in words, for a terminal or a page: names for codes, words for numbers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ennum_stats.errors import FICTITIOUS, INTERNAL_USE, Message, message
from ennum_stats.languages import listed, translate, written
from ennum_stats.measures.budgets import NOT_DETAILED
from ennum_stats.measures.call_constraints import BASIS_NAMES
from ennum_stats.measures.comparisons import NAMES, TAKES_LIST, TAKES_PUBLISHED, VERDICTS
from ennum_stats.measures.coverage_facts import REGISTER
from ennum_stats.measures.frames import MeasureTable
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.measures.school_sites import PLACES
from ennum_stats.measures.site_counts import OR_MORE
from ennum_stats.project import Audience
from ennum_stats.store.answers import Known, Missing, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.population import NOT_IN_REGISTER
from ennum_stats.store.scenario import hypotheses
from ennum_stats.vocabulary import DIMENSIONS, MEASURES
from ennum_stats.wording import missing_words, words

HEADINGS: dict[str, Message] = {
    **{one.code: Message(one.label) for one in DIMENSIONS.values()},
    "prices": message("Prices"),
    "school_year": message("School year"),
    "year": message("Year"),
    "universe": message("Universe"),
    "valid_from": message("From"),
    "valid_to": message("To"),
    "value": message("Value"),
    "cumulated": message("Cumulated"),
    "sites": message("Sites reached"),
    "share": message("Share"),
    "comparable": message("Comparable"),
    "assumptions": message("Assumptions"),
    "basis": message("Basis"),
    "calls_covered": message("Calls covered"),
    "calls_not_known": message("Calls not known"),
    "incomplete": message("Lists missing or not complete"),
    "projects_introduced": message("Projects submitted"),
    "projects_awarded": message("Projects awarded"),
    "selection_rate": message("Selection rate"),
    "applicants_per_winner": message("Applicants for one winner"),
    "projects_cumulated": message("Projects, cumulated"),
    "budget_awarded": message("Budget awarded"),
    "budget_cumulated": message("Budget, cumulated"),
    "mean_grant": message("Mean budget per project"),
    "projects_change": message("Change from the call before"),
    "projects_planned": message("Projects planned"),
    "budget_planned": message("Budget planned"),
    "mean_grant_planned": message("Mean budget planned"),
    "awarded_of_planned": message("Awarded of planned"),
    "sites_selected": message("Sites selected"),
    "sites_installed": message("Sites installed"),
    "progress": message("Progress"),
    "budget_spent": message("Budget spent"),
    "cost_per_site": message("Budget per site"),
    "levels": message("Levels"),
    "commune": message("Commune"),
    "registers": message("Registers"),
    "implantations": message("School sites"),
    "etablissements": message("Schools"),
    "lists": message("Lists"),
    "repeats": message("Participations of a site"),
    "universe_sites": message("School sites"),
    "projects": message("Projects"),
    "projects_per_1000_sites": message("Projects per 1,000 school sites"),
    "amount_eur": message("Amount"),
    "implantation": message("Site number"),
    "schools": message("Schools on the site"),
    "address": message("Address"),
    "postal_code": message("Postal code"),
    "locality": message("Locality"),
    "networks": message("Networks"),
    "teaching_levels": message("Levels"),
    "lot": message("Lot"),
    "devices": message("Devices"),
    "deliveries": message("Deliveries"),
    "participations": message("Participations"),
    "measure": message("What"),
    "listed": message("In the lists"),
    "published": message("Published"),
    "verdict": message("Verdict"),
    "takes": message("Right is"),
    "explanation": message("Explanation"),
    "excluded_call": message("Closed to the winners of"),
    "rule": message("Rule"),
    "meaning": message("Meaning"),
    "document": message("Document"),
    "target": message("Announced"),
    "known_on": message("Known on"),
    "source_id": message("Document"),
    "planned": message("Planned"),
    "reached": message("Reached"),
}
GROUND = message("{what}: {which}.")
OR_MORE_OFTEN = message("{n} or more")
_GROUNDS = (
    "basis", "calls_covered", "calls_not_known", "incomplete", "lists", "registers", "levels",
)  # fmt: skip
_NOTHING = "–"
OF_THE_TIME = message("at current prices")
OF_YEAR = message("at the prices of {year}")


def prices_words(prices: str, language: str) -> str:
    """Say in which euros amounts are: "nominal" those of their time, "real:2019" those of 2019."""
    if prices in ("", NOMINAL):
        return translate(OF_THE_TIME, language)
    return translate(OF_YEAR, language, year=prices.removeprefix("real:"))


_ELSEWHERE = {NOT_IN_REGISTER: message("not in the register, or of other levels")}
OF_COLUMN: dict[str, dict[str, Message]] = {
    "basis": BASIS_NAMES,
    "component": {NOT_DETAILED: message("not detailed")},
    "universe": {REGISTER: message("School sites of the register")},
    "verdict": VERDICTS,
    "takes": {TAKES_LIST: message("the list"), TAKES_PUBLISHED: message("the published number")},
    "measure": NAMES,
    "target": {one.code: Message(one.label) for one in MEASURES.values()},
    "levels": {
        "compulsory": message("compulsory education"),
        "adult": message("adult education (promotion sociale)"),
    },
    **dict.fromkeys(PLACES, _ELSEWHERE),
}
"""Codes that no table names, by column."""
NAMED_BY = {
    **{one.code: one.names for one in DIMENSIONS.values() if one.code != "call"},
    "universe": "universes",
    "commune": "communes",
    "networks": "codelists.network",
    "teaching_levels": "codelists.level",
}
"""The tables that give the codes of a column their names."""


def worded_rows(
    ledger: Ledger, table: MeasureTable[object], language: str
) -> tuple[list[str], list[list[str]]]:
    """Write the headings and cells of a measure in a language, without columns that are empty throughout and
    those of `worded_grounds`."""
    hoisted = _alike(table)
    columns = [column for column in table.columns if column not in hoisted]
    header = [translate(HEADINGS[column], language) for column in columns]
    cells = [
        [column_words(ledger, column, table.cell(row, column), language) for column in columns]
        for row in table.rows
    ]
    kept = [i for i in range(len(header)) if any(row[i] not in (_NOTHING, "") for row in cells)]
    return [header[i] for i in kept], [[row[i] for i in kept] for row in cells]


def notices(ledger: Ledger) -> list[Message]:
    """List what every output of a store says of itself: that it is for internal use, that it is invented,
    what of it is only supposed."""
    internal = [] if ledger.audience is Audience.PUBLIC else [INTERNAL_USE]
    invented = [FICTITIOUS] if ledger.is_demo else []
    supposed = [_supposed(one) for one in hypotheses(ledger)]
    told = (
        [message("Scenario, not published: {hypotheses}", hypotheses=supposed)] if supposed else []
    )
    return [*internal, *invented, *told]


def _supposed(one: Observation) -> Message:
    assert one.quantity is not None
    ends = one.quantity.bounds
    told = one.quantity.value if one.quantity.is_exact else ends
    label = message("{what} ({code})", what=HEADINGS[one.measure], code=one.call or one.programme)
    return message("{label}: {value}", label=label, value=told)


def explanations(table: MeasureTable[object], language: str) -> list[str]:
    """Say why a table has no answer at all, and what would give it one, each sentence once; say nothing where
    it has any, or where nobody knows."""
    answers = [table.cell(row, column) for row in table.rows for column in table.answers]
    missing = [answer for answer in answers if isinstance(answer, Missing)]
    if len(missing) < len(answers):
        return []
    sentences = (caveat for answer in missing for caveat in answer.caveats)
    return list(dict.fromkeys(written(sentence, language) for sentence in sentences))


def worded_grounds(
    ledger: Ledger, table: MeasureTable[object], language: str, hidden: Collection[str] = ()
) -> list[str]:
    """Say what all rows of a measure rest on alike, a sentence each: lists, registers, calls, basis; without
    the columns `hidden`."""
    return [
        translate(
            GROUND,
            language,
            what=translate(HEADINGS[column], language),
            which=column_words(ledger, column, value, language),
        )
        for column, value in _alike(table).items()
        if value and column not in hidden
    ]


def _alike(table: MeasureTable[object]) -> dict[str, Any]:
    """Find the columns of grounds that say the same in several rows."""
    if len(table.rows) < 2:
        return {}
    first, *others = table.rows
    found = {c: table.cell(first, c) for c in table.columns if c in _GROUNDS}
    return {
        column: value
        for column, value in found.items()
        if all(table.cell(row, column) == value for row in others)
    }


def column_words(ledger: Ledger, column: str, value: Any, language: str) -> str:
    """Write what stands in a column of a measure: a name for a code, words for a number."""
    if column == "repeats" and isinstance(value, str):
        return translate(OR_MORE_OFTEN, language, n=int(value.removesuffix(OR_MORE)))
    codes = value if isinstance(value, tuple) else (value,)
    named = OF_COLUMN.get(column, {})
    if all(isinstance(code, str) and code in named for code in codes) and codes:
        return listed([translate(named[code], language) for code in codes], language)
    if value and column in NAMED_BY:
        return listed([ledger.name(NAMED_BY[column], code, language) for code in codes], language)
    return _cell(value, language)


def _cell(value: Any, language: str) -> str:
    match value:
        case None | ():
            return _NOTHING
        case Known():
            return words(value.quantity, language, style="short")
        case Missing():
            return missing_words(value.reason, language)
        case True | False:
            return translate("yes" if value else "no", language)
        case int():
            return str(value)
        case tuple() if isinstance(value[0], Message):
            return " ".join(written(item, language) for item in value)
        case tuple():
            return listed(value, language)
        case _:
            return written(value, language)
