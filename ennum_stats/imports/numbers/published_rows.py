"""Raw rows made of a row of a form: calls, published numbers, and the documents that say them.

A row of "Appel" becomes the call, its document, its planned and awarded numbers; a row of "Observations" one
published number and its document. A document is known by its code, or becomes a new row of sources.csv.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from ennum_stats.errors import Message, message
from ennum_stats.imports.forms import DOCUMENT_KEYS
from ennum_stats.imports.numbers.known_rows import KnownRows, require_same
from ennum_stats.imports.plan import NewRow
from ennum_stats.imports.spreadsheets.cell_values import ParsedRow
from ennum_stats.imports.spreadsheets.number_parser import CellRefused, NumberCells, RowRefused, numbers
from ennum_stats.languages import LANGUAGES
from ennum_stats.quantities import Bounds, Precision, Quantity
from ennum_stats.raw.communes import communes
from ennum_stats.raw.embargo import is_under_embargo, now
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import HOME
from ennum_stats.typography import fold
from ennum_stats.vocabulary import AWARDED, COMMUNE_UNITS, DIMENSIONS, FORECAST, NORMAL, PARTS, PLANNED

_WHERE = message("Where in the document do the numbers stand?")
_BREAKDOWN = tuple(name for name in PARTS if name != "programme")
_OBSERVATIONS = TABLE_BY_NAME["observations"]


def observation(
    values: dict[str, str], number: NumberCells, row: int, known: KnownRows, fields: dict[str, str]
) -> NewRow:
    """Make a row of observations from its dimensions and its number, with its id and its file."""
    cells = dict.fromkeys(_OBSERVATIONS.column_names, "") | values
    cells |= {name: getattr(number, name) for name in NumberCells.__slots__}
    cells["status"] = values.get("status") or (FORECAST if cells["stage"] == PLANNED else NORMAL)
    same = known.same_observation(cells)
    cells["observation_id"] = same["observation_id"] if same else _new_id(cells, known)
    is_held_back = is_under_embargo(cells["embargo_until"], now())
    folder = _OBSERVATIONS.embargoed if is_held_back else _OBSERVATIONS.path
    path = f"{folder}/{cells['source_id']}.csv"
    return NewRow("observations", path, cells, row, fields)


def observation_id(cells: dict[str, str]) -> str:
    """Make the id by rule: document, measure, call or programme, breakdown, and the period of a state.

    The territory stands where it is not Wallonia, or where nothing else says what the number is about.
    """
    subject = cells["call"] or cells["programme"]
    territory = cells["territory"] if cells["territory"] != HOME or not subject else ""
    periods = () if cells["call"] else tuple(dict.fromkeys((cells["valid_from"], cells["valid_to"])))
    parts = (
        cells["source_id"], cells["measure"], subject, territory,
        *(cells[name] for name in _BREAKDOWN), *periods,
    )  # fmt: skip
    return ".".join(part.replace(" ", "_") for part in parts if part)


def _new_id(cells: dict[str, str], known: KnownRows) -> str:
    """Make the id by rule; what else tells two numbers of one document apart is added where it is taken."""
    name, taken = observation_id(cells), set(known.names_taken())
    for extra in ("counted", "stage", "valid_from", "valid_to"):
        if name not in taken:
            break
        name += f".{cells[extra]}" if cells[extra] else ""
    return name


def read_back(number: NumberCells, unit: str) -> Quantity:
    """Give a number as readers will see it."""
    if number.value:
        step = Decimal(number.step) if number.step else None
        return Quantity.printed(Decimal(number.value), unit, Precision(number.precision), step)
    low, high = (Decimal(end) if end else None for end in (number.lower, number.upper))
    return Quantity(None, Bounds(low, high), unit, Precision.RANGE)


_REQUIRED = ("title", "publisher", "kind", "retrieved_on")
_SOURCES = TABLE_BY_NAME["sources"]


def document(filled: ParsedRow, known: KnownRows) -> tuple[str, list[NewRow]]:
    """Give the code of a row's document, and its row of sources.csv where it is not there yet.

    Without a code, a document is named after its publisher and its day. Raises `CellRefused` where it is
    known as something else, `RowRefused` where it is unknown and not told.
    """
    given = filled.given(*DOCUMENT_KEYS)
    source_id = given.get("source_id") or _code(filled)
    blank = dict.fromkeys(_SOURCES.column_names, "") | {"title_language": "fr"}
    values = blank | given | {"source_id": source_id}
    row = NewRow("sources", _SOURCES.path, values, filled.row)
    existing = known.get("sources", source_id)
    if existing is not None:
        require_same(row, existing, [name for name in DOCUMENT_KEYS if name in given])
        return source_id, []
    _require_given(
        (name for name in _REQUIRED if name not in given),
        message("The document “{code}” is not known yet: fill in this cell.", code=source_id),
    )
    return source_id, [row]


def _require_given(missing: Iterable[str], why: Message) -> None:
    """Raise `RowRefused` with all cells that are missing."""
    if refusals := [CellRefused(name, why) for name in missing]:
        raise RowRefused(refusals)


@contextmanager
def _kept_for_later(refusals: list[CellRefused]) -> Iterator[None]:
    """Keep the refusals of a part of a row, so that they are told with those of the others."""
    try:
        yield
    except CellRefused as refused:
        refusals.append(refused)
    except RowRefused as refused:
        refusals += refused.refusals


def _code(filled: ParsedRow) -> str:
    publisher, read_on = filled.text("publisher"), filled.text("retrieved_on")
    when = filled.text("published_on") or (f"lu-{read_on}" if read_on else "")
    if not publisher or not when:
        raise CellRefused(
            "source_id",
            message("Which document says so? Give its code, or its title, publisher, kind and days."),
        )
    return f"{fold(publisher).replace(' ', '-')}-{when}"


_CALLS = TABLE_BY_NAME["calls"]
_NAMES = tuple(f"name_{suffix}" for suffix in LANGUAGES)
_GIVEN = ("programme", *_NAMES, "opened_on", "closed_on", "note")
_SCHOOL_YEARS = {"valid_from": "school_years", "valid_to": "school_years"}


@dataclass(frozen=True)
class CallNumber:
    """Hold a number that the form asks of a call: the measure is also the field."""

    measure: str
    unit: str
    stage: str = ""
    counted: str = ""


CALL_NUMBERS = (
    CallNumber("projects_planned", "projects", PLANNED, "projects"),
    CallNumber("budget_planned", "EUR", PLANNED),
    CallNumber("projects_introduced", "projects", "", "projects"),
    CallNumber("projects_awarded", "projects", AWARDED, "projects"),
    CallNumber("budget_awarded", "EUR", AWARDED),
)


def call_rows(filled: ParsedRow, known: KnownRows) -> list[NewRow]:
    """Make the rows of a call and of what one document says of it. Raises `RowRefused` with all cells that are
    missing or cannot be taken."""
    refusals: list[CellRefused] = []
    rows: list[NewRow] = []
    source_id, programme = "", filled.text("programme")
    with _kept_for_later(refusals):
        source_id, rows = document(filled, known)
    with _kept_for_later(refusals):
        call = _call(filled, source_id, known)
        programme = call.values["programme"]
        rows.append(call)
    numbers_given = [entry for entry in CALL_NUMBERS if entry.measure in filled.numbers]
    if numbers_given and not filled.text("locator"):
        refusals.append(CellRefused("locator", _WHERE))
    for entry in numbers_given:
        with _kept_for_later(refusals):
            rows.append(_number_of_call(entry, filled, source_id, programme, known))
    if refusals:
        raise RowRefused(refusals)
    return rows


def _call(filled: ParsedRow, source_id: str, known: KnownRows) -> NewRow:
    """Make the row of the call; of a call that is known already, what is filled in must agree with it or fill
    what is empty there."""
    name = filled.text("call")
    given = filled.given(*_GIVEN)
    if years := filled.text("school_years"):
        first, last = years.split("-")
        given |= {"valid_from": f"{first}-09-01", "valid_to": f"{last}-08-31"}
    existing = known.get("calls", name)
    if existing is not None:
        filled_in = {"call": name, "programme": existing["programme"]} | given
        row = NewRow("calls", _CALLS.path, filled_in, filled.row, _SCHOOL_YEARS)
        require_same(row, existing)
        return row
    _require_given(
        (key for key in ("programme", *_NAMES, "school_years") if not filled.text(key)),
        message("The call “{call}” is not known yet: fill in this cell.", call=name),
    )
    values = dict.fromkeys(_CALLS.column_names, "") | given
    values |= {"call": name, "source_id": source_id}
    return NewRow("calls", _CALLS.path, values, filled.row, _SCHOOL_YEARS)


def _number_of_call(
    entry: CallNumber, filled: ParsedRow, source_id: str, programme: str, known: KnownRows
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


_TEXTS = (
    "measure", *DIMENSIONS, "valid_from", "valid_to", "unit", "status", "missing_reason", "locator",
    "embargo_until", "note",
)  # fmt: skip


def observation_rows(filled: ParsedRow, known: KnownRows) -> list[NewRow]:
    """Make the row of a published number, after that of its document. Raises `RowRefused`."""
    refusals: list[CellRefused] = []
    rows: list[NewRow] = []
    source_id, number = "", NumberCells()
    with _kept_for_later(refusals):
        source_id, rows = document(filled, known)
    if not filled.text("locator"):
        refusals.append(CellRefused("locator", _WHERE))
    values = filled.given(*_TEXTS) | {"source_id": source_id}
    with _kept_for_later(refusals):
        if call := filled.text("call"):
            values["programme"] = _programme(call, filled.text("programme"), known)
    with _kept_for_later(refusals):
        number = _numbers_of(filled)
    if refusals:
        raise RowRefused(refusals)
    return [*rows, observation(values, number, filled.row, known, {})]


_COMMUNE_NUMBERS = TABLE_BY_NAME["commune_numbers"]


def commune_rows(filled: ParsedRow, known: KnownRows) -> list[NewRow]:
    """Make the rows of how many inhabitants and pupils a commune has, after that of their document. Raises
    `RowRefused`."""
    refusals: list[CellRefused] = []
    rows: list[NewRow] = []
    commune, year, locator = (filled.text(key) for key in ("commune", "year", "locator"))
    source_id = ""
    with _kept_for_later(refusals):
        source_id, rows = document(filled, known)
    if not locator:
        refusals.append(CellRefused("locator", _WHERE))
    if commune not in communes().by_code:
        refusals.append(CellRefused("commune", message(
            "“{code}” was no commune of Wallonia in 2019; of those that merged since, tell each.", code=commune
        )))  # fmt: skip
    if not filled.numbers:
        refusals.append(CellRefused(COMMUNE_UNITS[0], message("There is no number and no reason why.")))
    for unit, printed in filled.numbers.items():
        with _kept_for_later(refusals):
            value = numbers(printed, unit, unit, Precision.EXACT.value).value
            if not value.isdigit():
                raise CellRefused(unit, message("“{value}” is not a whole number.", value=value))
            cells = (f"{source_id}.{commune}.{unit}.{year}", commune, unit, year, value, source_id, locator)
            values = dict(zip(_COMMUNE_NUMBERS.column_names, cells, strict=True))
            rows.append(
                NewRow(_COMMUNE_NUMBERS.name, _COMMUNE_NUMBERS.path, values, filled.row, {"value": unit})
            )
    if refusals:
        raise RowRefused(refusals)
    return rows


def _programme(call: str, given: str, known: KnownRows) -> str:
    """Give that of the call, which the form need not repeat."""
    call_set = known.get("call_sets", call)
    first = known.get("calls", call_set["calls"].split()[0] if call_set else call)
    programme = first["programme"] if first else given
    if given and given != programme:
        raise CellRefused(
            "programme", message("The call {call} belongs to “{programme}”.", call=call, programme=programme)
        )
    return programme


def _numbers_of(filled: ParsedRow) -> NumberCells:
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
            raise CellRefused("value", message("“entre … et …” has a minimum and a maximum instead."))
        return number if not ends else NumberCells(**_cells(number) | ends)
    if ends:
        return NumberCells(**ends, precision=Precision.RANGE.value)
    if not filled.text("missing_reason"):
        raise CellRefused("value", message("There is no number and no reason why."))
    return NumberCells()


def _cells(number: NumberCells) -> dict[str, str]:
    return {name: getattr(number, name) for name in NumberCells.__slots__}
