"""A row of the form "Observations" into raw rows: one published number, and its document."""

from __future__ import annotations

from decimal import Decimal

from ennum_stats.errors import message
from ennum_stats.imports.converting import Filled
from ennum_stats.imports.documents import document
from ennum_stats.imports.merging import KnownRows
from ennum_stats.imports.observing import observation
from ennum_stats.imports.plan import NewRow
from ennum_stats.imports.printed import CellRefused, Numbers, numbers
from ennum_stats.quantities import Precision

_TEXTS = (
    "measure", "programme", "call", "territory", "level", "network", "province", "component", "stage",
    "counted", "valid_from", "valid_to", "unit", "status", "missing_reason", "locator",
    "embargo_until", "note",
)  # fmt: skip


def raw_rows(filled: Filled, known: KnownRows) -> list[NewRow]:
    """The row of a published number, after that of its document. Raises `CellRefused`."""
    source_id, rows = document(filled, known)
    if not filled.text("locator"):
        raise CellRefused("locator", message("Where in the document do the numbers stand?"))
    values = filled.given(*_TEXTS) | {"source_id": source_id}
    if call := filled.text("call"):
        values["programme"] = _programme(call, filled.text("programme"), known)
    return [*rows, observation(values, _number(filled), filled.row, known, {})]


def _programme(call: str, given: str, known: KnownRows) -> str:
    """That of the call, which the form need not repeat."""
    call_set = known.get("call_sets", call)
    first = known.get("calls", call_set["calls"].split()[0] if call_set else call)
    programme = first["programme"] if first else given
    if given and given != programme:
        raise CellRefused(
            "programme",
            message("The call {call} belongs to “{programme}”.", call=call, programme=programme),
        )
    return programme


def _number(filled: Filled) -> Numbers:
    unit, precision = filled.text("unit"), filled.text("precision")
    ends = {
        name: numbers(filled.numbers[name], name, unit, Precision.EXACT.value).value
        for name in ("lower", "upper")
        if name in filled.numbers
    }
    low, high = (filled.numbers.get(name) for name in ("lower", "upper"))
    if low and high and low.value > high.value:
        raise CellRefused("lower", message("The lower bound is above the upper one."))
    if "value" in filled.numbers:
        step = Decimal(filled.text("step")) if filled.text("step") else None
        number = numbers(filled.numbers["value"], "value", unit, precision, step)
        if ends and number.lower:
            raise CellRefused("lower", message("The value says both bounds already."))
        if number.precision == Precision.RANGE and number.value:
            raise CellRefused(
                "value", message("“entre … et …” has a minimum and a maximum instead.")
            )
        return number if not ends else Numbers(**_cells(number) | ends)
    if ends:
        return Numbers(**ends, precision=Precision.RANGE.value)
    if not filled.text("missing_reason"):
        raise CellRefused("value", message("There is no number and no reason why."))
    return Numbers()


def _cells(number: Numbers) -> dict[str, str]:
    return {name: getattr(number, name) for name in Numbers.__slots__}
