"""The table that a reader builds: which number, by which rows and columns, of which parts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from dashboards.filters import CALL, NETWORK, PRICES, PROVINCE
from dashboards.filters import LEVEL as LEVEL_OF_DOCUMENTS
from dashboards.follow import public_address
from dashboards.reading import Reading
from dashboards.view import Filter, Option
from ennum_stats.comparison.comparables import COMPARABLES, KINDS, Comparable, codes_compared
from ennum_stats.errors import UsageError, message
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.frames.cross_table import CrossTable, cross_table, crossable
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.store.ledger import Ledger

NUMBER, ROWS, COLUMNS = message("The number"), message("Rows"), message("In columns")
NO_COLUMNS = message("no columns")
_OF_TWO = ("equipment",)
"""Measures whose rows are each of two dimensions: without columns a cell would have several numbers."""
_FIRST = "winners.projects_awarded"
_NOT_ALONE = {("coverage", "programme"), ("staff", "programme"), ("staff", "component")}
"""Rows that are several for each part: one a universe, one a time."""


def _rows_of(each: Comparable) -> list[str]:
    every = TABLES[each.measure].by
    if each.measure in _OF_TWO:
        return [*each.by]
    return [by for by in each.by if by in every and (each.measure, by) not in _NOT_ALONE]


_OFFERED = {
    name: each
    for name, each in sorted(COMPARABLES.items(), key=lambda item: item[0] != _FIRST)
    if _rows_of(each)
}


def _columns_of(each: Comparable) -> list[str]:
    """Give the dimensions that any rows of a number can be crossed with."""
    others = crossable(each.measure, each.number.name)
    return [by for by in KINDS if any(by in others.get(rows, ()) for rows in _rows_of(each))]


def _numbers(_ledger: Ledger, language: str) -> list[Option]:
    return [Option(name, translate(each.label, language)) for name, each in _OFFERED.items()]


def _dimensions(
    codes: Sequence[str], _ledger: Ledger, language: str, *, with_none: bool = False
) -> list[Option]:
    named = [Option(code, translate(KINDS[code], language)) for code in codes]
    return [Option("", translate(NO_COLUMNS, language)), *named] if with_none else named


def _levels(ledger: Ledger, language: str) -> list[Option]:
    """Give the levels of the last registers."""
    return [
        Option(code, ledger.name("codelists.level", code, language))
        for code in codes_compared(ledger, "level")
    ]


def _communes(ledger: Ledger, language: str) -> list[Option]:
    """Give the communes of the last registers by their codes, found by their names in any language."""
    crossed = {row["commune"]: row for row in ledger.records("communes")}
    named = [crossed[code] for code in codes_compared(ledger, "commune")]
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
        name: replace(_ROWS, options=partial(_dimensions, _rows_of(each)))
        for name, each in _OFFERED.items()
    }),
    replace(_COLUMNS, after="number", kinds={
        name: replace(
            _COLUMNS,
            options=partial(_dimensions, _columns_of(each), with_none=each.measure not in _OF_TWO),
        )
        for name, each in _OFFERED.items()
    }),
    *_PARTS, PRICES,
)  # fmt: skip


def number_of(reading: Reading) -> Comparable:
    """Give the number chosen, or the first."""
    return _OFFERED[reading.choice("number") or _FIRST]


def dimensions_of(reading: Reading) -> tuple[str, str]:
    """Give the rows and columns chosen."""
    each, columns = number_of(reading), reading.choice("columns")
    if each.measure in _OF_TWO and not columns:
        columns = crossable_with(reading)[0]
    return _rows(reading), columns


def crossable_with(reading: Reading) -> tuple[str, ...]:
    """Tell what the rows chosen can have as columns."""
    each = number_of(reading)
    crossed = crossable(each.measure, each.number.name).get(_rows(reading), ())
    return tuple(code for code in crossed if code in KINDS)


def _rows(reading: Reading) -> str:
    return reading.choice("rows") or _rows_of(number_of(reading))[0]


def only_of(reading: Reading) -> dict[str, Collection[str]]:
    """Give the parts that are left of each dimension, where some are chosen and the table has it or counts
    sites that do."""
    chosen = {each.name: reading.chosen(each.name) for each in _PARTS if reading.chosen(each.name)}
    texts = (*dimensions_of(reading), *_places_of(reading))
    return {name: codes for name, codes in chosen.items() if name in texts}


def places_left(reading: Reading) -> dict[str, Collection[str]]:
    """Give the places of which sites are counted, where rows and columns do not tell them."""
    places = _places_of(reading)
    return {name: codes for name, codes in only_of(reading).items() if name in places}


def idle_filters(reading: Reading) -> list[Filter]:
    """Give the filters of which something is chosen that leaves nothing out."""
    left = only_of(reading)
    return [each for each in _PARTS if reading.chosen(each.name) and each.name not in left]


def _places_of(reading: Reading) -> tuple[str, ...]:
    """Give the dimensions of places of which the table can count some, besides its rows and columns."""
    declared = TABLES[number_of(reading).measure]
    try:
        by = declared.by_all([each for each in dimensions_of(reading) if each])
    except UsageError:  # there is no such table, as its page says
        return ()
    return declared.places_of(by)


def prices_of(reading: Reading) -> str:
    """Give the euros asked for, where the table is of published amounts: those of lists have no year to start
    from."""
    rows, columns = dimensions_of(reading)
    is_published = number_of(reading).measure == "budgets" or (rows == "call" and not columns)
    has_prices = "prices" in TABLES[number_of(reading).measure].options
    return reading.prices if has_prices and is_published and reading.prices != NOMINAL else ""


def table_of(reading: Reading) -> CrossTable:
    """Give the table that the address asks for. Raises `UsageError` where there is none such."""
    each = number_of(reading)
    rows, columns = dimensions_of(reading)
    return cross_table(
        reading.ledger, each.measure, rows, columns, each.number.name, only_of(reading), prices_of(reading),
    )  # fmt: skip


# --- the same elsewhere ---------------------------------------------------------------------------------


def api_address(reading: Reading, crossed: CrossTable) -> str:
    """Give the address of the API that gives the rows of a table, as known on its day."""
    given = [("by", each) for each in (crossed.rows_by, crossed.columns_by) if each]
    given += [(name, code) for name, codes in only_of(reading).items() for code in codes]
    if prices := prices_of(reading):
        given.append(("prices", prices))
    given.append(("known_at", reading.ledger.known_at.isoformat()))
    return public_address(f"/api/measures/{crossed.measure}?{urlencode(given)}")


def python_lines(reading: Reading, crossed: CrossTable) -> str:
    """Give the lines of Python that give the rows of a table as a DataFrame."""
    day = reading.ledger.known_at.isoformat()
    given = [repr(crossed.measure), f"by={crossed.by!r}"]
    if prices := prices_of(reading):
        given.append(f"prices={prices!r}")
    places = places_left(reading)
    if places:
        given.append(f"within={ {name: [*codes] for name, codes in places.items()}!r}")
    lines = [
        "import ennum_stats",
        f'store = ennum_stats.open(known_at="{day}")',
        f"rows = store.measure({', '.join(given)}).frame()",
    ]
    lines += [
        f"rows = rows[rows[{name!r}].isin({list(codes)!r})]"
        for name, codes in only_of(reading).items()
        if name not in places
    ]
    return "\n".join(lines)
