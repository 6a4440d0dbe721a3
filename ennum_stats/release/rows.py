"""Fill the released tables from a public ledger, as known on its day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any

from ennum_stats.figures import figures
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.catalogue import RELEASED_MEASURES, TABLES
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.release.schema import RELEASED, RELEASED_NAMES, Released, ReleaseVersion, noticed
from ennum_stats.store.answers import Answer, Known, Missing, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import DIMENSIONS, MEASURES, STATUSES

Row = dict[str, Any]
_SIX_PLACES = Decimal("0.000001")
_AS_OBSERVED = ("observation_id", "measure", *DIMENSIONS, "valid_from", "valid_to", "locator", "note")
_NAMED = ("programmes", "calls", "call_sets", "universes", "communes")


@dataclass(frozen=True)
class Filled:
    """Hold a released table with its rows, which have its columns and no others."""

    table: Released
    rows: tuple[Row, ...]


def filled_tables(ledger: Ledger, names: Collection[str] = RELEASED_NAMES, notice: str = "") -> list[Filled]:
    """Fill every released table, or those of some names; only columns of the allow-list are taken. A notice,
    as that of a demonstration, is told in every row."""
    text = notice or ReleaseVersion.of(ledger).notice
    return [
        Filled(table, tuple(_allowed({**row, "notice": text}, table) for row in _ROWS[table.name](ledger)))
        for table in (noticed(each, text) for each in RELEASED if each.name in names)
    ]


def _allowed(row: Mapping[str, Any], table: Released) -> Row:
    return {field.name: row.get(field.name) for field in table.fields}


def _observations(ledger: Ledger) -> Iterator[Row]:
    printed = {row["observation_id"]: row for row in ledger.records("observations")}
    for observation in sorted(ledger.all_observations(), key=lambda o: o.observation_id):
        ends = printed[observation.observation_id]
        yield _observation(observation) | {"printed_lower": ends["lower"], "printed_upper": ends["upper"]}


def _observation(observation: Observation) -> Row:
    reason = observation.missing_reason
    return {
        **{name: getattr(observation, name) for name in _AS_OBSERVED},
        **_quantity(observation.quantity),
        "printed": observation.quantity and _rounded(observation.quantity.value, ROUND_HALF_EVEN),
        "step": observation.step,
        "status": observation.status,
        "missing_reason": reason.value if reason else None,
        "source_id": observation.source.source_id,
        "known_on": observation.known_on,
    }


def _sources(ledger: Ledger) -> Iterable[Row]:
    return ledger.records("sources")


def _figures(ledger: Ledger) -> Iterator[Row]:
    for shown in figures(ledger):
        answer = shown.answer
        claim = answer.claim_status
        yield {
            "name": shown.name,
            **{f"label_{code}": shown.label(code) for code in LANGUAGES},
            **{f"text_{code}": shown.full_text(code) for code in LANGUAGES},
            **{f"formula_{code}": shown.formula(code) for code in ("fr", "en")},
            **_answer(answer),
            "printed": _rounded(shown.printed, ROUND_HALF_EVEN),
            "unit": shown.unit,
            "claim_status": claim.value if claim else None,
            "known_at": ledger.known_at,
        }


def _calls(ledger: Ledger) -> Iterator[Row]:
    """Give the calls that were known of, each with its dates as far as a document told them."""
    school_years = {call.call: call.school_year for call in ledger.calls}
    for row in ledger.records("calls"):
        if row["call"] in school_years:
            yield row | {"school_year": school_years[row["call"]]}


def _milestones(ledger: Ledger) -> Iterator[Row]:
    for row in ledger.records("milestones", order="occurred_on, milestone"):
        yield row | {"first_day": Period(row["occurred_on"]).first}


def _measures(ledger: Ledger) -> Iterator[Row]:
    calls = {call.call: call for call in ledger.calls}
    for name, by, rows in _tables(ledger):
        for row in rows.rows:
            cells = {column: rows.cell(row, column) for column in rows.columns if column not in rows.answers}
            keys = [str(cells[name]) for name in BREAKDOWNS if cells.get(name) not in (None, "")]
            if (call := calls.get(str(cells.get("call")))) and "valid_from" not in cells:
                cells |= {"valid_from": call.valid_from, "valid_to": call.valid_to}
                cells |= {"school_year": call.school_year or None}
            for column in rows.answers:
                measure = name if column == "value" else column
                yield {
                    **_answer(rows.answer(row, column)),
                    **cells,
                    "number_id": ".".join([name, by, *keys, measure]),
                    "measure_table": name,
                    "given_by": by,
                    "measure": measure,
                }


BREAKDOWNS = (
    "programme", "call", "component", "year", "universe", "basis", "stage", "valid_from", "level", "network",
    "province", "commune", "repeats",
)  # fmt: skip
"""What tells the rows of one measure apart: columns of the release, and in this order in the keys."""


def _tables(ledger: Ledger) -> Iterator[tuple[str, str, MeasureTable[object]]]:
    """Give every measure by every dimension by which anything is known; winners by school year are the same
    rows as by call."""
    for name in RELEASED_MEASURES:
        table = TABLES[name]
        for by in table.by:
            rows = table.of(ledger, by)
            if by != "school_year" and _is_known(rows):
                yield name, by, rows


def _is_known(table: MeasureTable[object]) -> bool:
    """Tell whether a table has any number: without one, its rows only hold the place of what is missing."""
    return any(isinstance(table.cell(row, column), Known) for row in table.rows for column in table.answers)


def _codes(ledger: Ledger) -> Iterator[Row]:
    """Give the names of codes; of calls, only those that were known of."""
    known = {call.call for call in ledger.calls}
    for name in _NAMED:
        key = "call" if name == "call_sets" else TABLE_BY_NAME[name].key[0]
        column = "call_set" if name == "call_sets" else key
        for row in ledger.records(name):
            if key == "call" and not known.issuperset(ledger.calls_of(row[column])):
                continue
            yield {"codelist": key, "code": row[column], **row}
    for row in ledger.records("codelists"):
        yield dict(row)
    for measure in MEASURES.values():
        yield {"codelist": "measure", "code": measure.code, **_names(measure.label)}
    for status in STATUSES.values():
        if status.label:  # only codes with a label; others stand as they are
            yield {"codelist": "status", "code": status.code, **_names(status.label)}


def _names(text: str) -> dict[str, str]:
    return {f"name_{code}": translate(text, code) for code in LANGUAGES}


def _exchange_rates(ledger: Ledger) -> Iterable[Row]:
    return ledger.records("exchange_rates")


_ROWS = {
    "observations": _observations,
    "figures": _figures,
    "measures": _measures,
    "calls": _calls,
    "milestones": _milestones,
    "sources": _sources,
    "codes": _codes,
    "exchange_rates": _exchange_rates,
}


def _answer(answer: Answer) -> Row:
    ids = {o.observation_id: None for o in answer.observations}
    released: Row = {"observation_ids": " ".join(ids) or None}
    if isinstance(answer, Missing):
        return released | {"status": "M", "missing_reason": answer.reason.value}
    return released | _quantity(answer.quantity) | {"status": answer.status}


def _quantity(quantity: Quantity | None) -> Row:
    """Round numbers to six places; bounds are rounded outwards, so that they stay true."""
    if quantity is None:
        return {}
    bounds = quantity.bounds
    return {
        "value": _rounded(quantity.point, ROUND_HALF_EVEN),
        "lower": _rounded(bounds.lower, ROUND_FLOOR),
        "upper": _rounded(bounds.upper, ROUND_CEILING),
        "unit": quantity.unit,
        "precision": quantity.precision.value,
        "basis": bounds.basis.value,
    }


def _rounded(number: Decimal | None, rounding: str) -> Decimal | None:
    return None if number is None else number.quantize(_SIX_PLACES, rounding)


def cell(value: Any) -> str:
    """Write a value as it stands in a CSV: plain digits, ISO days, nothing where nothing is known."""
    match value:
        case None:
            return ""
        case Decimal():
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case date():
            return value.isoformat()
        case tuple():
            return " ".join(value)
        case _:
            return str(value)
