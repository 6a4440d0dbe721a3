"""Single cells of raw tables: numbers, dates, codes. What people really type, each with its finding."""

import pytest

from ennum_stats.store.build import build
from ennum_stats.store.publish import current_store

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
    ("events.csv", "EN2020.information.namur", "starts_at", "12h30"): "is not an hour.",
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
NAMES = {"observations": "observation_id", "sources": "source_id", "events": "event"}
"""The column that names a row, by its file."""
IN_ORDER = [
    *(
        (KIT, EN2019_BUDGET, "value", text)
        for text in ("6825000", "6825000.5", "6825000.000001", "6825", "0")
    ),
    *((*READ, text) for text in ("2020-02-29", "2020-02", "2020")),
]


def test_what_a_cell_cannot_be_is_one_finding(raw_copy):
    """Each in a row of its own, which is one too many."""
    expected = {}
    for number, ((file, key, column, text), words) in enumerate(FAULTS.items()):
        (name,) = (one for one in NAMES if one in file)
        line = raw_copy.row(file, key, **{NAMES[name]: f"{name}-{number}", column: text})
        expected[f"data/raw/{file}:{line}: {column}: “{text}” {words}"] = words == "is not allowed here."
    found = raw_copy.findings()
    for begins, is_listed in expected.items():
        (finding,) = (one for one in found if one.startswith(begins))
        assert ("Expected one of: " in finding) is is_listed
        found.remove(finding)
    again = "The document already gives", "Nothing comes from the source"
    assert all(any(words in finding for words in again) for finding in found), found


@pytest.mark.parametrize("cell", IN_ORDER)
def test_digits_with_a_decimal_point_and_days_months_and_years_are_read(raw_copy, cell):
    assert raw_copy.changed(cell)[0] == []


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
