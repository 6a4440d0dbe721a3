"""The table builder: one table as page, as files, by the API and in Python is the same table."""

import json
import re
from urllib.parse import urlsplit

import polars as pl
import pytest

import ennum_stats
from tests.dashboard.conftest import main_of
from tests.dashboard.test_files_read_back import records_of

CROSSED = "number=coverage.share&rows=province&columns=network"
PUBLISHED = "number=winners.projects_awarded&call=EN2018~EN2019"


def table_in(page):
    body = re.search(r'<table id="built".*?</table>', page, re.DOTALL)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    cells = [re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def code_in(page):
    return re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)


def csv_number(text):
    return float(text.replace(",", ".")) if text else None


def rounded(rows):
    return [[None if cell is None else round(float(cell), 9) for cell in row] for row in rows]


@pytest.mark.parametrize(
    "asked",
    [
        CROSSED,
        PUBLISHED,
        "number=winners.projects&rows=level&columns=call",
        "number=sites.implantations&rows=level&columns=network&province=hainaut~liege",
        "number=coverage.sites&rows=province&columns=network&level=fundamental_ordinary",
        "number=deliveries.devices&rows=year&columns=lot",
        "number=equipment.value",
    ],
)
def test_page_csv_parquet_api_and_python_tell_the_same(demo_client, demonstration, asked):
    page = main_of(demo_client, f"/en/table?{asked}")
    api, python = code_in(page)
    place = urlsplit(api)
    items = json.loads(demo_client.get(f"{place.path}?{place.query}").data)["items"]
    assert len(items) > 1
    numbers = [name for name in items[0] if f"{name}_lower" in items[0]]
    every = [name for number in numbers for name in (number, f"{number}_lower", f"{number}_upper")]
    every += [name for name in ("value", "lower", "upper") if name in items[0]]
    assert every
    expected = rounded([item[name] for name in every] for item in items)

    rows = records_of(demo_client, f"/en/table.csv?{asked}")
    assert rounded([csv_number(row[name]) for name in every] for row in rows) == expected

    content = demo_client.get(f"/en/table.parquet?{asked}").data
    assert rounded(pl.read_parquet(content).select(every).iter_rows()) == expected

    opened, told = ennum_stats.open, {}
    lines = python.replace("ennum_stats.open(", "opened(")
    exec(lines, {"opened": lambda **day: opened(demonstration.root, **day)} | told, told)  # noqa: S102
    frame = told["rows"][every].astype(object)
    found = frame.where(frame.notna(), None).to_numpy().tolist()
    told["store"].connection.close()
    assert rounded(found) == expected


def test_the_press_kit_stands_in_the_first_table(client):
    """Press kit of 2020, graph 1: 28 projects in EN1, 503 in EN2019."""
    rows = {row[0]: row for row in table_in(main_of(client, "/en/table"))}
    assert rows["EN1"] == ["EN1", "28"]
    assert rows["EN2019"] == ["EN2019", "503"]


def test_cells_stand_where_their_row_and_column_meet(demo_client):
    one = table_in(main_of(demo_client, f"/en/table?{CROSSED}"))
    turned = table_in(main_of(demo_client, "/en/table?number=coverage.share&rows=network&columns=province"))
    first = {(row[0], name): cell for row in one[1:] for name, cell in zip(one[0][1:], row[1:], strict=True)}
    other = {
        (name, row[0]): cell for row in turned[1:] for name, cell in zip(turned[0][1:], row[1:], strict=True)
    }
    assert len(first) > 8
    assert {(a.lower(), b.lower()): c for (a, b), c in first.items()} == {
        (a.lower(), b.lower()): c for (a, b), c in other.items()
    }


def test_what_is_chosen_leaves_only_some_sites_and_the_notes_say_so(demo_client):
    """Provinces of a level add up to it: each site stands in one."""
    asked = "/en/table?number=sites.implantations&rows=level&columns=network"
    codes = ("hainaut", "liege", "luxembourg", "namur", "walloon_brabant")

    def numbers(address):
        head, *rows = table_in(main_of(demo_client, address))
        return {
            (row[0], name): int(cell.replace(",", ""))
            for row in rows
            for name, cell in zip(head[1:], row[1:], strict=True)
            if cell != "–"
        }

    parts = [numbers(f"{asked}&province={code}") for code in codes]
    whole = numbers(asked)
    assert len(whole) > 5
    assert {key: sum(part.get(key, 0) for part in parts) for key in whole} == whole
    page = main_of(demo_client, f"{asked}&province=liege")
    assert "Only some school sites are counted. Provinces: Province of Liège." in page
    page = main_of(demo_client, f"/en/table?{PUBLISHED}&province=liege")
    assert "leaves nothing out" in page


def test_a_commune_is_chosen_by_its_name_in_any_language(demo_client):
    counted = json.loads(demo_client.get("/api/measures/sites?by=commune").data)["items"]
    there = {item["commune"] for item in counted}
    for lang in ("fr", "nl", "de"):
        asked = f"/api/places?kind=commune&lang={lang}"
        places = json.loads(demo_client.get(asked).data)["items"]
        name, code = next((one["name"], one["code"]) for one in places if one["code"] in there)
        page = main_of(demo_client, f"/en/table?number=sites.implantations&rows=level&commune={name}")
        assert "Only some school sites are counted. Communes: " in page
        assert f"commune={code}" in page


def test_a_table_is_kept_as_of_its_day_or_grows(demo_client):
    page = main_of(demo_client, f"/en/table?{CROSSED}&known_at=2020-06-01")
    kept = re.search(r"Keep this table.*?</ul>", page, re.DOTALL)[0]
    addresses = re.findall(r'<a href="([^"]+)"', kept)
    assert ["known_at=2020-06-01" in one for one in addresses] == [True, False]


def test_pivoting_is_announced_and_notes_follow_what_is_chosen(demo_client):
    page = main_of(demo_client, f"/en/table?{CROSSED}")
    assert re.search(r'<div role="status"><h2[^>]*>[^<]*rows provinces[^<]*columns networks', page)
    assert "are not summed" in page
    assert "rows=network&columns=province" in page or "columns=province&rows=network" in page
    summed = main_of(demo_client, "/en/table?number=winners.projects&rows=province&columns=call")
    assert "are not summed" not in summed
    assert "Sum of those shown" in summed


def test_what_there_is_not_is_said_with_what_there_is(demo_client, client):
    page = main_of(demo_client, "/en/table?number=coverage.share&rows=call&columns=commune&call=EN1")
    assert 'id="built"' in page
    page = main_of(demo_client, "/en/table?number=coverage.share&rows=year&columns=network")
    assert "no second dimension" in page
    page = main_of(client, f"/en/table?{CROSSED}")  # neither register nor lists
    assert "Single schools are not counted here" in page
    assert demo_client.get("/en/table.csv?number=coverage.share&rows=year&columns=network").status_code == 400
    assert demo_client.get("/en/table.docx").status_code == 404


def test_too_many_cells_are_said_and_nothing_is_drawn(demo_client, monkeypatch):
    monkeypatch.setattr("ennum_stats.measures.frames.cross_table.MOST_CELLS", 7)
    page = main_of(demo_client, "/fr/table?number=winners.projects&rows=network&columns=level")
    assert "au plus 7" in page
    assert "<table" not in page
