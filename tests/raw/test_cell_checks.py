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


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_is_not_a_number_is_one_finding(raw_copy, text):
    line = raw_copy.cell(KIT, EN2019_BUDGET, "value", text)
    (finding,) = raw_copy.findings()
    assert finding.startswith(f"data/raw/{KIT}:{line}: value: “{text}” {NOT_NUMBERS[text]}.")


@pytest.mark.parametrize("text", ["6825000", "6825000.5", "6825000.000001", "6825", "0"])
def test_digits_and_a_decimal_point_are_a_number(raw_copy, text):
    raw_copy.cell(KIT, EN2019_BUDGET, "value", text)
    assert raw_copy.findings() == []


@pytest.mark.parametrize("column", ["lower", "upper", "step"])
def test_bounds_and_steps_are_not_negative(raw_copy, column):
    line = raw_copy.cell(KIT, "press-kit-2020.staff.cyberclasse", column, "-14")
    (finding,) = raw_copy.findings()
    assert finding.startswith(f"data/raw/{KIT}:{line}: {column}: “-14” is negative.")


@pytest.mark.parametrize(
    "text",
    ["30/02/2018", "2018-02-30", "2018-13", "2018-00", "2017-02-29", "18-06-06", "juin 2018", "2018-6-6"],
)
def test_a_date_that_does_not_exist_is_a_finding(raw_copy, text):
    line = raw_copy.cell("sources.csv", "regional-it-2018-06-06", "published_on", text)
    (finding,) = raw_copy.findings()
    assert finding.startswith(
        f"data/raw/sources.csv:{line}: published_on: “{text}” is not a date that exists."
    )


@pytest.mark.parametrize("text", ["2020-02-29", "2020-02", "2020"])
def test_a_day_a_month_and_a_year_are_dates(raw_copy, text):
    raw_copy.cell("sources.csv", "regional-it-2018-06-06", "published_on", text)
    assert raw_copy.findings() == []


def test_a_period_that_does_not_exist_is_one_finding(raw_copy):
    line = raw_copy.cell(KIT, "press-kit-2020.staff.cyberecole", "valid_to", "2008-02-30")
    (finding,) = raw_copy.findings()
    assert finding.startswith(f"data/raw/{KIT}:{line}: valid_to: “2008-02-30” is not a date")


def test_an_hour_is_written_with_a_colon(raw_copy):
    events = raw_copy.path("events.csv").read_text("utf-8").splitlines()
    column = events[0].split(",").index("starts_at")
    key = next(line.split(",")[0] for line in events[1:] if line.split(",")[column])
    line = raw_copy.cell("events.csv", key, "starts_at", "12h30")
    (finding,) = raw_copy.findings()
    assert finding.startswith(f"data/raw/events.csv:{line}: starts_at: “12h30” is not an hour.")


def test_an_embargo_is_a_moment(raw_copy):
    line = raw_copy.cell(KIT, EN2019_BUDGET, "embargo_until", "27/01/2027 10h")
    (finding,) = raw_copy.findings()
    assert finding.startswith(f"data/raw/{KIT}:{line}: embargo_until: “27/01/2027 10h” is not a moment.")


def test_a_year_of_prices_is_a_whole_number(raw_copy):
    raw_copy.bytes("prices.csv", lambda data: data.replace(b",2019,", b",2019.5,", 1))
    (finding,) = raw_copy.findings()
    assert ": year: “2019.5” is not a whole number." in finding


def test_a_code_has_no_spaces_around_it(raw_copy):
    raw_copy.cell(KIT, EN2019_BUDGET, "stage", "awarded ")
    (finding,) = raw_copy.findings()
    assert ": stage: “awarded ” begins or ends with a space." in finding


@pytest.mark.parametrize(("column", "text"), [("unit", "EURO"), ("precision", "environ"), ("status", "Z")])
def test_a_closed_list_takes_nothing_else(raw_copy, column, text):
    line = raw_copy.cell(KIT, EN2019_BUDGET, column, text)
    (finding,) = raw_copy.findings()
    assert finding.startswith(f"data/raw/{KIT}:{line}: {column}: “{text}” is not allowed here.")
    assert "Expected one of: " in finding


@pytest.mark.parametrize("empty", ["", "  ", "\u00a0"])
@pytest.mark.parametrize(
    ("file", "key", "column"),
    [
        ("programmes.csv", "cyberclasse", "name_nl"),
        ("calls.csv", "EN2018", "valid_from"),
        ("sources.csv", "press-kit-2020", "publisher"),
        (KIT, EN2019_BUDGET, "locator"),
        (KIT, EN2019_BUDGET, "source_id"),
    ],
)
def test_what_must_be_filled_is_filled(raw_copy, file, key, column, empty):
    line = raw_copy.cell(file, key, column, empty)
    assert any(
        finding.startswith(f"data/raw/{file}:{line}: {column}: This cell is empty.")
        for finding in raw_copy.findings()
    )


def test_an_empty_cell_in_quotation_marks_is_empty(raw_copy):
    raw_copy.bytes("calls.csv", lambda data: data.replace(b",2012-09-01,", b',"",', 1))
    (finding,) = raw_copy.findings()
    assert finding.startswith("data/raw/calls.csv:2: valid_from: This cell is empty.")


def test_optional_cells_may_be_quoted_and_empty(project, raw_copy):
    """As LibreOffice writes them when it quotes all text: the same content, the same store."""
    raw_copy.bytes("calls.csv", lambda data: data.replace(b",2011,,", b',2011,"",', 1))
    assert build(raw_copy.project).content_hash == current_store(project).content_hash


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "file:///etc/passwd",
        "ftp://example.org/rapport.pdf",
        "www.example.org",
        "https://example.org/a b",
        'https://example.org/"onclick="x',
        "https://",
    ],
)
def test_an_address_that_is_no_page_is_a_finding(raw_copy, text):
    line = raw_copy.cell("sources.csv", "press-kit-2020", "url", text)
    (finding,) = raw_copy.findings()
    assert finding.startswith(f"data/raw/sources.csv:{line}: url: “{text}” is no address")
