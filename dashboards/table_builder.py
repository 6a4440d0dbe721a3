"""The table that a reader builds: which number, by which rows and columns, of which parts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboards.filters import CALL, NETWORK, PRICES, PROVINCE
from dashboards.filters import LEVEL as LEVEL_OF_DOCUMENTS
from dashboards.follow import public_address
from dashboards.view import Filter, Option
from ennum_stats.comparison.comparables import COMPARABLES, KINDS, Comparable, codes_compared
from ennum_stats.errors import UsageError, message
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.frames.cross_table import CrossTable, cross_table, crossable
from ennum_stats.measures.prices import NOMINAL

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboards.reading import Reading
    from ennum_stats.store.ledger import Ledger

NUMBER, ROWS, COLUMNS = message("The number"), message("Rows"), message("In columns")
EVERY_NUMBER = message("all numbers of the rows")
_OF_TWO = ("equipment",)
"""Measures whose rows are each of two dimensions: without columns a cell would have several numbers."""
_MEASURES = ("winners", "budgets", "coverage", "sites", "deliveries", *_OF_TWO)
_FIRST = "winners.projects_awarded"
_NOT_ALONE = {("coverage", "programme")}
"""Rows that are several for each programme: one a universe."""


def _rows_of(one: Comparable) -> list[str]:
    every = TABLES[one.measure].by
    if one.measure in _OF_TWO:
        return [*one.by]
    return [by for by in one.by if by in every and (one.measure, by) not in _NOT_ALONE]


_OFFERED = {
    name: one
    for name, one in sorted(COMPARABLES.items(), key=lambda item: item[0] != _FIRST)
    if one.measure in _MEASURES and _rows_of(one)
}


def _columns_of(one: Comparable) -> list[str]:
    """The dimensions that any rows of a number can be crossed with."""
    others = crossable(one.measure, one.number.name)
    return [by for by in KINDS if any(by in others.get(rows, ()) for rows in _rows_of(one))]


def _numbers(_ledger: Ledger, language: str) -> list[Option]:
    return [Option(name, translate(one.label, language)) for name, one in _OFFERED.items()]


def _dimensions(
    codes: Sequence[str], _ledger: Ledger, language: str, *, with_none: bool = False
) -> list[Option]:
    named = [Option(code, translate(KINDS[code], language)) for code in codes]
    return [Option("", translate(EVERY_NUMBER, language)), *named] if with_none else named


def _levels(ledger: Ledger, language: str) -> list[Option]:
    """The levels of the last registers."""
    return [
        Option(code, ledger.name("codelists.level", code, language))
        for code in codes_compared(ledger, "level")
    ]


def _communes(ledger: Ledger, language: str) -> list[Option]:
    """The communes of the last registers by their codes, found by their names in any language."""
    found = {row["commune"]: row for row in ledger.records("communes")}
    named = [found[code] for code in codes_compared(ledger, "commune")]
    return [
        Option(
            row["commune"], row[f"name_{language}"],
            tuple(dict.fromkeys(row[f"name_{code}"] for code in LANGUAGES)),
        )
        for row in sorted(named, key=lambda row: str(row[f"name_{language}"]))
    ]  # fmt: skip


LEVEL = replace(LEVEL_OF_DOCUMENTS, options=_levels)
COMMUNE = Filter("commune", message("Communes"), _communes, is_many=True, is_searched=True)
_PARTS = (CALL, LEVEL, NETWORK, PROVINCE, COMMUNE)
"""What leaves only some parts: of rows and columns, or of the sites that are counted."""
_ROWS = Filter("rows", ROWS, lambda _ledger, _language: [])
_COLUMNS = Filter("columns", COLUMNS, lambda _ledger, _language: [])
FILTERS = (
    Filter("number", NUMBER, _numbers),
    replace(_ROWS, after="number", kinds={
        name: replace(_ROWS, options=partial(_dimensions, _rows_of(one)))
        for name, one in _OFFERED.items()
    }),
    replace(_COLUMNS, after="number", kinds={
        name: replace(
            _COLUMNS,
            options=partial(_dimensions, _columns_of(one), with_none=one.measure not in _OF_TWO),
        )
        for name, one in _OFFERED.items()
    }),
    *_PARTS, PRICES,
)  # fmt: skip


def number_of(reading: Reading) -> Comparable:
    """The number chosen, or the first."""
    return _OFFERED[reading.choice("number") or _FIRST]


def dimensions_of(reading: Reading) -> tuple[str, str]:
    """The rows and columns chosen; no columns where each is a number of its own."""
    one, columns = number_of(reading), reading.choice("columns")
    if one.measure in _OF_TWO and not columns:
        columns = crossable_with(reading)[0]
    return _rows(reading), columns


def crossable_with(reading: Reading) -> tuple[str, ...]:
    """What the rows chosen can have as columns."""
    one = number_of(reading)
    found = crossable(one.measure, one.number.name).get(_rows(reading), ())
    return tuple(code for code in found if code in KINDS)


def _rows(reading: Reading) -> str:
    return reading.choice("rows") or _rows_of(number_of(reading))[0]


def only_of(reading: Reading) -> dict[str, Collection[str]]:
    """The parts that are left of each dimension, where some are chosen and the table has it or counts sites
    that do."""
    chosen = {one.name: reading.chosen(one.name) for one in _PARTS if reading.chosen(one.name)}
    told = (*dimensions_of(reading), *_places_of(reading))
    return {name: codes for name, codes in chosen.items() if name in told}


def places_left(reading: Reading) -> dict[str, Collection[str]]:
    """The places of which sites are counted, where rows and columns do not tell them."""
    places = _places_of(reading)
    return {name: codes for name, codes in only_of(reading).items() if name in places}


def idle_filters(reading: Reading) -> list[Filter]:
    """The filters of which something is chosen that leaves nothing out."""
    left = only_of(reading)
    return [one for one in _PARTS if reading.chosen(one.name) and one.name not in left]


def _places_of(reading: Reading) -> tuple[str, ...]:
    """The dimensions of places of which the table can count some, besides its rows and columns."""
    declared = TABLES[number_of(reading).measure]
    try:
        by = declared.by_all([one for one in dimensions_of(reading) if one])
    except UsageError:  # there is no such table, as its page says
        return ()
    return declared.places_of(by)


def prices_of(reading: Reading) -> str:
    """The euros asked for, where the table is of published amounts: those of lists have no year to start
    from."""
    rows, columns = dimensions_of(reading)
    is_published = number_of(reading).measure == "budgets" or (rows == "call" and not columns)
    has_prices = "prices" in TABLES[number_of(reading).measure].options
    return reading.prices if has_prices and is_published and reading.prices != NOMINAL else ""


def table_of(reading: Reading) -> CrossTable:
    """The table that the address asks for. Raises `UsageError` where there is none such."""
    one = number_of(reading)
    rows, columns = dimensions_of(reading)
    return cross_table(
        reading.ledger, one.measure, rows, columns, one.number.name if columns else "",
        only_of(reading), prices_of(reading),
    )  # fmt: skip


# --- the same elsewhere ---------------------------------------------------------------------------------


def api_address(reading: Reading, found: CrossTable) -> str:
    """The address of the API that gives the rows of a table, as known on its day."""
    asked = [("by", one) for one in (found.rows_by, found.columns_by) if one]
    asked += [(name, code) for name, codes in only_of(reading).items() for code in codes]
    if prices := prices_of(reading):
        asked.append(("prices", prices))
    asked.append(("known_at", reading.ledger.known_at.isoformat()))
    return public_address(f"/api/measures/{found.measure}?{urlencode(asked)}")


def python_lines(reading: Reading, found: CrossTable) -> str:
    """The lines of Python that give the rows of a table as a DataFrame."""
    day = reading.ledger.known_at.isoformat()
    asked = [repr(found.measure), f"by={found.by!r}"]
    if prices := prices_of(reading):
        asked.append(f"prices={prices!r}")
    places = places_left(reading)
    if places:
        asked.append(f"within={ {name: [*codes] for name, codes in places.items()}!r}")
    lines = [
        "import ennum_stats",
        f'store = ennum_stats.open(known_at="{day}")',
        f"rows = store.measure({', '.join(asked)}).frame()",
    ]
    lines += [
        f"rows = rows[rows[{name!r}].isin({list(codes)!r})]"
        for name, codes in only_of(reading).items()
        if name not in places
    ]
    return "\n".join(lines)
