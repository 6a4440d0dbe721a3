"""Files read back: each form of one table holds the same, numbers are numbers, and the page says no other."""

import csv
import io
import re

import openpyxl
import polars as pl
import pytest

from tests.dashboard.test_coverage_page import cells_of, page_of

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


def is_number(text):
    return bool(re.fullmatch(r"-?\d+([.,]\d+)?", text))


@pytest.mark.parametrize("name", TABLES)
def test_csv_and_workbook_hold_the_same_and_numbers_are_numbers(demo_client, name):
    asked = f"?{BUILT}" if name == "table" else ""
    text = as_csv(demo_client, f"/fr/{name}.csv{asked}")
    book = as_xlsx(demo_client, f"/fr/{name}.xlsx{asked}")
    assert book[0] == text[0]
    assert len(book) == len(text) > 1
    numbers = 0
    for told, cells in zip(text[1:], book[1:], strict=True):
        for column, one, cell in zip(text[0], told, cells, strict=True):
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
    at = header.index("share")
    assert frame["share"].to_list() == pytest.approx([row[at] for row in rows], rel=1e-12)


def test_the_page_of_a_place_says_what_its_files_hold(demo_client):
    page = page_of(demo_client, "/en/province/namur")
    header, *rows = as_xlsx(demo_client, "/en/province/namur/communes.xlsx")
    at = {name: header.index(name) for name in ("name", "sites", "reached", "share")}
    told = {row[0]: row[1:4] for row in cells_of(page, "communes")}
    assert len(rows) == len(told) > 30
    for row in rows:
        sites, reached, share = told[row[at["name"]]]
        assert sites == str(row[at["sites"]])
        assert reached == str(row[at["reached"]])
        if row[at["share"]] is not None:
            assert float(share.rstrip("%")) == pytest.approx(100 * row[at["share"]], abs=0.051)


def test_what_a_place_has_not_is_not_found(demo_client):
    for name in ("province/namur/alike.csv", "province/namur/had.parquet", "commune/0/had.csv"):
        assert demo_client.get(f"/fr/{name}").status_code == 404, name
