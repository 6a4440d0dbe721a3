"""Rows of observations: their ids, their files, and the words in which a number was understood."""

from __future__ import annotations

from decimal import Decimal

from ennum_stats.imports.merging import KnownRows
from ennum_stats.imports.plan import NewRow
from ennum_stats.imports.printed import Numbers
from ennum_stats.quantities import Bounds, Precision, Quantity
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.opening import HOME
from ennum_stats.store.publish import EMBARGOED, is_under_embargo, now
from ennum_stats.wording import words

PLANNED_STAGE, PLANNED_STATUS, NORMAL_STATUS = "planned", "F", "A"
_BREAKDOWN = ("level", "network", "province", "component")
_OBSERVATIONS = TABLE_BY_NAME["observations"]


def observation(
    values: dict[str, str], number: Numbers, row: int, known: KnownRows, fields: dict[str, str]
) -> NewRow:
    """A row of observations from its dimensions and its number, with its id and its file."""
    cells = dict.fromkeys(_OBSERVATIONS.column_names, "") | values
    cells |= {name: getattr(number, name) for name in Numbers.__slots__}
    cells["status"] = values.get("status") or (
        PLANNED_STATUS if cells["stage"] == PLANNED_STAGE else NORMAL_STATUS
    )
    same = known.same_observation(cells)
    cells["observation_id"] = same["observation_id"] if same else _new_id(cells, known)
    is_held_back = is_under_embargo(cells["embargo_until"], now())
    folder = EMBARGOED if is_held_back else _OBSERVATIONS.path
    path = f"{folder}/{cells['source_id']}.csv"
    return NewRow("observations", path, cells, row, fields)


def observation_id(cells: dict[str, str]) -> str:
    """The id by rule: document, measure, call or programme, breakdown, and the period of a state.

    The territory stands where it is not Wallonia, or where nothing else says what the number is about.
    """
    subject = cells["call"] or cells["programme"]
    territory = cells["territory"] if cells["territory"] != HOME or not subject else ""
    periods = () if cells["call"] else tuple(
        dict.fromkeys((cells["valid_from"], cells["valid_to"]))
    )  # fmt: skip
    parts = (
        cells["source_id"], cells["measure"], subject, territory,
        *(cells[name] for name in _BREAKDOWN), *periods,
    )  # fmt: skip
    return ".".join(part.replace(" ", "_") for part in parts if part)


def _new_id(cells: dict[str, str], known: KnownRows) -> str:
    """The id by rule; what else tells two numbers of one document apart is added where it is taken."""
    name, taken = observation_id(cells), set(known.names_taken())
    for extra in ("counted", "stage", "valid_from", "valid_to"):
        if name not in taken:
            break
        name += f".{cells[extra]}" if cells[extra] else ""
    return name


def understood(number: Numbers, unit: str, language: str) -> str:
    """A number in the words in which readers will see it."""
    if number.value:
        step = Decimal(number.step) if number.step else None
        quantity = Quantity.printed(Decimal(number.value), unit, Precision(number.precision), step)
    else:
        low, high = (Decimal(end) if end else None for end in (number.lower, number.upper))
        quantity = Quantity(None, Bounds(low, high), unit, Precision.RANGE)
    return words(quantity, language)
