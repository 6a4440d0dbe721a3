"""A row of the form "Appel" into raw rows: the call, its document, its planned and awarded numbers."""

from __future__ import annotations

from dataclasses import dataclass

from ennum_stats.errors import message
from ennum_stats.imports.converting import Filled
from ennum_stats.imports.documents import document
from ennum_stats.imports.merging import KnownRows, require_same
from ennum_stats.imports.observing import PLANNED_STAGE, observation
from ennum_stats.imports.plan import NewRow
from ennum_stats.imports.printed import CellRefused, RowRefused, numbers
from ennum_stats.raw.tables import LANGUAGE_SUFFIXES, TABLE_BY_NAME
from ennum_stats.store.opening import HOME

_CALLS = TABLE_BY_NAME["calls"]
_NAMES = tuple(f"name_{suffix}" for suffix in LANGUAGE_SUFFIXES)
_GIVEN = ("programme", *_NAMES, "opened_on", "closed_on", "note")
_SCHOOL_YEARS = {"valid_from": "school_years", "valid_to": "school_years"}


@dataclass(frozen=True)
class CallNumber:
    """A number that the form asks of a call: the measure is also the field."""

    measure: str
    unit: str
    stage: str = ""
    counted: str = ""


CALL_NUMBERS = (
    CallNumber("projects_planned", "projects", PLANNED_STAGE, "projects"),
    CallNumber("budget_planned", "EUR", PLANNED_STAGE),
    CallNumber("projects_introduced", "projects", "", "projects"),
    CallNumber("projects_awarded", "projects", "awarded", "projects"),
    CallNumber("budget_awarded", "EUR", "awarded"),
)


def raw_rows(filled: Filled, known: KnownRows) -> list[NewRow]:
    """The rows of a call and of what one document says of it. Raises `CellRefused`, or
    `RowRefused` where several numbers cannot be taken."""
    source_id, rows = document(filled, known)
    call = _call(filled, source_id, known)
    rows.append(call)
    numbers_given = [entry for entry in CALL_NUMBERS if entry.measure in filled.numbers]
    if numbers_given and not filled.text("locator"):
        raise CellRefused("locator", message("Where in the document do the numbers stand?"))
    refusals = []
    for entry in numbers_given:
        try:
            rows.append(_number(entry, filled, source_id, call.values["programme"], known))
        except CellRefused as refused:
            refusals.append(refused)
    if refusals:
        raise RowRefused(refusals)
    return rows


def _call(filled: Filled, source_id: str, known: KnownRows) -> NewRow:
    """The row of the call; of a call that is known already, what is filled in must agree with it or fill
    what is empty there."""
    name = filled.text("call")
    given = filled.given(*_GIVEN)
    if years := filled.text("school_years"):
        first, last = years.split("-")
        given |= {"valid_from": f"{first}-09-01", "valid_to": f"{last}-08-31"}
    existing = known.get("calls", name)
    if existing is not None:
        said = {"call": name, "programme": existing["programme"]} | given
        row = NewRow("calls", _CALLS.path, said, filled.row, _SCHOOL_YEARS)
        require_same(row, existing)
        return row
    for key in ("programme", *_NAMES, "school_years"):
        if not filled.text(key):
            raise CellRefused(
                key, message("The call “{call}” is not known yet: fill in this cell.", call=name)
            )
    values = dict.fromkeys(_CALLS.column_names, "") | given
    values |= {"call": name, "source_id": source_id}
    return NewRow("calls", _CALLS.path, values, filled.row, _SCHOOL_YEARS)


def _number(
    entry: CallNumber, filled: Filled, source_id: str, programme: str, known: KnownRows
) -> NewRow:
    key = entry.measure
    number = numbers(filled.numbers[key], key, entry.unit, filled.text(f"{key}_precision"))
    values = {
        "measure": key,
        "programme": programme,
        "call": filled.text("call"),
        "territory": HOME,
        "stage": entry.stage,
        "counted": entry.counted,
        "unit": entry.unit,
        "source_id": source_id,
        "locator": filled.text("locator"),
    }
    return observation(values, number, filled.row, known, {"*": key})
