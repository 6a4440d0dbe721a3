"""Files read back: each form of one table holds the same, numbers are numbers, and the page says no other."""

import csv
import io
import re

import openpyxl
import polars as pl
import pytest

from tests.dashboard.conftest import cells_of, page_of

PLACES = ("province/namur/had", "province/namur/levels", "province/namur/all", "province/namur/communes")
TABLES = (
    *PLACES, "table/winners", "table/targets", "compare", "numbers", "chart/winners_per_call",
    "figure/total_investment", "table",
)  # fmt: skip
BUILT = "number=coverage.share&rows=province&columns=network"
TEXTS = {"code", "locator", "published_on"}
"""Columns whose texts may be digits: codes, places in documents, days of which only the year is known."""


def as_csv(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return [*csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";")]


def as_xlsx(client, address):
    book = openpyxl.load_workbook(io.BytesIO(client.get(address).data))
    return [[*row] for row in book.active.iter_rows(values_only=True)]


def records_of(client, address):
    """The rows of a CSV by the codes of its columns, which stand below the headings."""
    _, codes, *rows = as_csv(client, address)
    return [dict(zip(codes, row, strict=True)) for row in rows]


def is_number(text):
    return bool(re.fullmatch(r"-?\d+([.,]\d+)?", text))


@pytest.mark.parametrize("name", TABLES)
def test_csv_and_workbook_hold_the_same_and_numbers_are_numbers(demo_client, name):
    asked = f"?{BUILT}" if name == "table" else ""
    text = as_csv(demo_client, f"/fr/{name}.csv{asked}")
    book = as_xlsx(demo_client, f"/fr/{name}.xlsx{asked}")
    headings, *rows = text
    if not name.startswith("chart/"):
        codes, *rows = rows
        assert not set(headings) & set(codes)
        sheet = openpyxl.load_workbook(io.BytesIO(demo_client.get(f"/fr/{name}.xlsx{asked}").data))["Codes"]
        assert [*sheet.iter_rows(values_only=True)] == [*zip(headings, codes, strict=True)]
    else:
        codes = headings
    assert book[0] == headings
    assert len(book) == 1 + len(rows) > 1
    numbers = 0
    for told, cells in zip(rows, book[1:], strict=True):
        for column, one, cell in zip(codes, told, cells, strict=True):
            if isinstance(cell, int | float):
                assert float(one.replace(",", ".")) == pytest.approx(cell, rel=1e-12)
                numbers += 1
            else:
                assert (cell or "").replace("\u202f", "\u00a0") == one.removeprefix("'")
                assert column in TEXTS or not is_number(one), (column, one)
    assert numbers


def test_parquet_has_types(demo_client):
    content = demo_client.get(f"/fr/table.parquet?{BUILT}").data
    frame = pl.read_parquet(io.BytesIO(content))
    header, *rows = as_xlsx(demo_client, f"/fr/table.xlsx?{BUILT}")
    assert frame["share"].dtype == pl.Float64
    at = header.index("Part")
    assert frame["share"].to_list() == pytest.approx([row[at] for row in rows], rel=1e-12)


def test_the_page_of_a_place_says_what_its_files_hold(demo_client):
    page = page_of(demo_client, "/en/province/namur")
    rows = records_of(demo_client, "/en/province/namur/communes.csv")
    told = {row[0]: row[1:4] for row in cells_of(page, "communes")}
    assert len(rows) == len(told) > 30
    for row in rows:
        sites, reached, share = told[row["name"]]
        assert sites == row["sites"]
        assert reached == row["reached"]
        if row["share"]:
            percent = 100 * float(row["share"].replace(",", "."))
            assert float(share.rstrip("%")) == pytest.approx(percent, abs=0.051)


def test_a_file_of_a_page_speaks_its_language_and_keeps_the_codes(client):
    """A code heading is no heading for people; programs find the same codes as in the API."""
    numbers = {row["observation_id"]: row for row in records_of(client, "/fr/numbers.csv")}
    number = numbers["press-kit-2020.projects_awarded.EN2019"]
    codes = [number[code] for code in ("measure", "programme", "unit", "precision", "status", "source_id")]
    assert codes == ["projects_awarded", "ecole_numerique", "projects", "exact", "A", "press-kit-2020"]
    named = [number[f"{code}_name"] for code in ("measure", "programme", "unit", "status")]
    assert named == ["Projets lauréats", "École Numérique", "projets", "normal"]
    api = client.get("/api/measures/budgets?by=call").get_json()["items"]
    told = records_of(client, "/de/table/budgets.csv?by=call")
    assert [row["programme"] for row in told] == [row["programme"] for row in api]
    every = {name for name in api[0] if f"{name}_name" not in told[0]}
    assert every <= told[0].keys()


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("fr", ["Appel", "Budget attribué", "Budget attribué, borne inférieure", "Statut (code)"]),
        ("de", ["Aufruf", "Bewilligtes Budget", "Bewilligtes Budget, Untergrenze", "Status (Code)"]),
        ("nl", ["Oproep", "Toegekend budget", "Toegekend budget, ondergrens", "Status (code)"]),
        ("en", ["Call", "Budget awarded", "Budget awarded, lower bound", "Status (code)"]),
    ],
)
def test_headings_are_those_of_the_language(client, language, headings):
    spoken, codes, *_ = as_csv(client, f"/{language}/table/winners.csv")
    named = dict(zip(codes, spoken, strict=True))
    asked = ("call", "budget_awarded", "budget_awarded_lower", "status")
    assert [named[code].replace("\u00a0", " ") for code in asked] == headings


def test_what_a_place_has_not_is_not_found(demo_client):
    for name in ("province/namur/alike.csv", "province/namur/had.parquet", "commune/0/had.csv"):
        assert demo_client.get(f"/fr/{name}").status_code == 404, name
