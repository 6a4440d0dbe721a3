"""A measure's rows in words, for a terminal or a page: names for codes, words for numbers."""

from __future__ import annotations

from typing import Any

from ennum_stats.errors import Message, message
from ennum_stats.languages import listed, translate, written
from ennum_stats.measures.budgets import NOT_DETAILED
from ennum_stats.measures.constraining import BASIS_NAMES
from ennum_stats.measures.frames import Rows
from ennum_stats.store.answers import Known, Missing
from ennum_stats.store.opening import Ledger
from ennum_stats.wording import missing_words, words

HEADINGS: dict[str, Message] = {
    "prices": message("Prices"),
    "programme": message("Programme"),
    "call": message("Call"),
    "school_year": message("School year"),
    "component": message("Component"),
    "year": message("Year"),
    "stage": message("Stage"),
    "universe": message("Universe"),
    "counted": message("Unit counted"),
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
    "projects_introduced": message("Projects introduced"),
    "projects_awarded": message("Projects awarded"),
    "selection_rate": message("Selection rate"),
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
    "network": message("Network"),
    "level": message("Level"),
    "levels": message("Levels"),
    "province": message("Province"),
    "commune": message("Commune"),
    "registers": message("Registers"),
    "implantations": message("School sites"),
    "etablissements": message("Schools"),
}
_NOTHING = "–"


NAMED_BY = {
    "programme": "programmes",
    "universe": "universes",
    "component": "codelists.component",
    "counted": "codelists.counted",
    "stage": "codelists.stage",
    "network": "codelists.network",
    "level": "codelists.level",
    "province": "codelists.province",
    "commune": "communes",
}
"""The tables that give the codes of a column their names."""


def worded_rows(ledger: Ledger, table: Rows, language: str) -> tuple[list[str], list[list[str]]]:
    """Headings and cells of a measure in a language; columns that are empty throughout are left out."""
    header = [translate(HEADINGS[column], language) for column in table.columns]
    cells = [
        [_named(ledger, column, row.get(column), language) for column in table.columns]
        for row in table.rows
    ]
    kept = [i for i in range(len(header)) if any(row[i] not in (_NOTHING, "") for row in cells)]
    return [header[i] for i in kept], [[row[i] for i in kept] for row in cells]


def explanations(table: Rows, language: str) -> list[str]:
    """Why a table has no answer at all, and what would give it one, each sentence once; nothing where it has
    any, or where nobody knows."""
    answers = [row.get(column) for row in table.rows for column in table.answers]
    missing = [answer for answer in answers if isinstance(answer, Missing)]
    if len(missing) < len(answers):
        return []
    sentences = (caveat for answer in missing for caveat in answer.caveats)
    return list(dict.fromkeys(written(sentence, language) for sentence in sentences))


def _named(ledger: Ledger, column: str, value: Any, language: str) -> str:
    if column == "basis":
        return translate(BASIS_NAMES[value], language)
    if value and column in NAMED_BY and value != NOT_DETAILED:
        return ledger.name(NAMED_BY[column], value, language)
    return translate("not detailed", language) if value == NOT_DETAILED else _cell(value, language)


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
