"""Single cells of raw tables: numbers, dates, codes. What people really type, each with its finding."""

import csv
from decimal import Decimal

import polars as pl
import pytest

from ennum_stats.raw.cell_checks import _implied, cell_findings
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.build import build
from ennum_stats.store.publish import current_store
from tests.conftest import RAW

KIT = "observations/press_kit_2020.csv"
EN2019_BUDGET = "press-kit-2020.budget_awarded.EN2019"
NARROW, NO_BREAK, THIN = "\u202f", "\u00a0", "\u2009"

NOT_NUMBERS = {
    "6825000,5": "has a decimal comma",
    f"6{NARROW}825{NARROW}000": "has spaces or marks between its digits",
    f"6{NO_BREAK}825{NO_BREAK}000": "has spaces or marks between its digits",
    f"6{THIN}825{THIN}000": "has spaces or marks between its digits",
    "6 825 000": "has spaces or marks between its digits",
    "6825000 ": "has spaces or marks between its digits",
    "6'825'000": "has spaces or marks between its digits",
    "6.825.000": "cannot be read as a number",
    "6825000.": "cannot be read as a number",
    "6,825 M": "has spaces or marks between its digits",
    "6825000€": "cannot be read as a number",
    "1e6": "cannot be read as a number",
    "=6825*1000": "cannot be read as a number",
    "99999999999999999999": "cannot be read as a number",
    "n.c.": "is not a number",
    "N.C.": "is not a number",
    "nc": "is not a number",
    "-": "is not a number",
    "?": "is not a number",
    "NaN": "is not a number",
    "-6825000": "is negative",
}


TEAM = "press-kit-2020.staff.cyberclasse"
READ = ("sources.csv", "regional-it-2018-06-06", "published_on")
FAULTS = {
    **{(KIT, EN2019_BUDGET, "value", text): f"{told}." for text, told in NOT_NUMBERS.items()},
    **{(KIT, TEAM, column, "-14"): "is negative." for column in ("lower", "upper", "step")},
    **{
        (*READ, text): "is not a date that exists."
        for text in ("30/02/2018", "2018-02-30", "2018-13", "2018-00", "2017-02-29", "18-06-06", "juin 2018",
            "2018-6-6")
    },
    (KIT, "press-kit-2020.staff.cyberecole", "valid_to", "2008-02-30"): "is not a date",
    **{
        ("events.csv", "EN2020.information.namur", "starts_at", text): "is not an hour."
        for text in ("12h30", "25:30", "9:30", "12:30:00", "1230")
    },
    (KIT, EN2019_BUDGET, "embargo_until", "27/01/2027 10h"): "is not a moment.",
    (KIT, EN2019_BUDGET, "unit", "EURO"): "is not allowed here.",
    (KIT, EN2019_BUDGET, "precision", "environ"): "is not allowed here.",
    (KIT, EN2019_BUDGET, "status", "Z"): "is not allowed here.",
    **{
        ("sources.csv", "press-kit-2020", "url", text): "is no address"
        for text in (
            "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "file:///etc/passwd",
            "ftp://example.org/rapport.pdf", "www.example.org", "https://example.org/a b",
            'https://example.org/"onclick="x', "https://",
        )
    },
}  # fmt: skip
"""What people type into a cell, and what is found of it."""
IN_ORDER = [
    *(
        (KIT, EN2019_BUDGET, "value", text)
        for text in ("6825000", "6825000.5", "6825000.000001", "6825", "0")
    ),
    *((*READ, text) for text in ("2020-02-29", "2020-02", "2020")),
    *(("events.csv", "EN2020.information.namur", "starts_at", text) for text in ("09:30", "23:59")),
]


def found_in(file, key, column, text):
    """What is found in the row of `data/raw` whose first cell is `key`, with another text in one cell."""
    row = next(
        row for row in csv.DictReader((RAW / file).read_text("utf-8").splitlines()) if key in row.values()
    )
    cells = {name: cell or None for name, cell in row.items()} | {column: text, "_file": file}
    frame = pl.DataFrame([cells], dict.fromkeys(cells, pl.String)).with_columns(_line=7)
    table = TABLE_BY_NAME["observations" if "/" in file else file.removesuffix(".csv")]
    return [finding.words("en") for finding in cell_findings(table, frame)]


@pytest.mark.parametrize("cell", FAULTS)
def test_what_a_cell_cannot_be_is_one_finding(cell):
    (finding,) = found_in(*cell)
    assert finding.startswith(f"{cell[0]}:7: {cell[2]}: “{cell[3]}” {FAULTS[cell]}")
    assert ("Expected one of: " in finding) is (FAULTS[cell] == "is not allowed here.")


@pytest.mark.parametrize("cell", IN_ORDER)
def test_digits_with_a_decimal_point_and_days_months_and_years_are_read(cell):
    assert found_in(*cell) == []


@pytest.mark.parametrize("cell", [*FAULTS][::8])
def test_whoever_checks_all_tables_is_told_of_a_cell(raw_copy, cell):
    (finding,), place = raw_copy.changed(cell)
    assert finding.startswith(f"{place}“{cell[3]}” {FAULTS[cell]}")


@pytest.mark.parametrize(
    ("unit", "precision"), [("euros", "exact"), ("projects", "about so many"), ("projects", "range")]
)
def test_a_number_whose_unit_or_precision_nobody_knows_has_no_bounds(unit, precision):
    wrong = _implied(Decimal(503), None, precision, unit)
    assert wrong[:2] == (None, None)
    assert _implied(Decimal(503), None, "exact", "projects")[:2] == (503, 503)


def test_a_year_of_prices_is_a_whole_number(raw_copy):
    raw_copy.bytes("prices.csv", lambda data: data.replace(b",2019,", b",2019.5,", 1))
    (finding,) = raw_copy.findings()
    assert ": year: “2019.5” is not a whole number." in finding


def test_a_code_has_no_spaces_around_it(raw_copy):
    raw_copy.cell(KIT, EN2019_BUDGET, "stage", "awarded ")
    (finding,) = raw_copy.findings()
    assert ": stage: “awarded ” begins or ends with a space." in finding


MUST_BE_FILLED = (
    ("programmes.csv", "cyberclasse", "name_nl"), ("calls.csv", "EN2018", "valid_from"),
    ("sources.csv", "press-kit-2020", "publisher"), (KIT, EN2019_BUDGET, "locator"), (KIT, EN2019_BUDGET, "source_id"),
)  # fmt: skip


@pytest.mark.parametrize("empty", ["", "  ", "\u00a0"])
def test_what_must_be_filled_is_filled(raw_copy, empty):
    places = [f"data/raw/{cell[0]}:{raw_copy.cell(*cell, empty)}: {cell[2]}" for cell in MUST_BE_FILLED]
    found = {finding.partition(" This cell is empty.")[0].rstrip(":") for finding in raw_copy.findings()}
    assert {*places} <= found


def test_an_empty_cell_in_quotation_marks_is_empty(raw_copy):
    raw_copy.bytes("calls.csv", lambda data: data.replace(b",2012-09-01,", b',"",', 1))
    (finding,) = raw_copy.findings()
    assert finding.startswith("data/raw/calls.csv:2: valid_from: This cell is empty.")


def test_optional_cells_may_be_quoted_and_empty(project, raw_copy):
    """As LibreOffice writes them when it quotes all text: the same content, the same store."""
    raw_copy.bytes("calls.csv", lambda data: data.replace(b",2011,,", b',2011,"",', 1))
    assert build(raw_copy.project).content_hash == current_store(project).content_hash
