"""Tables that keep their meaning in files."""

import csv
import json

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import ennum_stats


@pytest.fixture(scope="module")
def opened(project):
    with ennum_stats.open(project.root, known_at="2026-11-24") as store:
        yield store


def test_pandas_reads_a_parquet_file_back_as_it_was(opened, tmp_path):
    winners = opened.winners(labels="en")
    again = pd.read_parquet(opened.save(winners, tmp_path / "winners.parquet"))
    pd.testing.assert_frame_equal(again, winners)
    assert {name: again.attrs[name] for name in winners.attrs} == winners.attrs
    assert again.attrs["columns"]["mean_grant_lower"]["unit"] == "EUR/project"
    assert "press-kit-2020" in {one["source_id"] for one in again.attrs["sources"]}
    assert again.attrs["licence"].startswith("https://creativecommons.org/")


def test_units_and_documents_are_found_again_after_a_merge(opened, tmp_path):
    merged = opened.winners().merge(opened.observations("projects_awarded"), on="call")
    assert not merged.attrs
    read = pd.read_parquet(opened.save(merged, tmp_path / "merged.parquet")).attrs
    assert read["columns"]["projects_awarded"]["unit"] == "projects"
    assert {one["source_id"] for one in read["sources"]} == {*merged["source_id"]}


def test_polars_and_other_programs_find_it_too(opened, tmp_path):
    path = opened.save(opened.polars.budgets(), tmp_path / "budgets.parquet")
    assert_frame_equal(pl.read_parquet(path), opened.polars.budgets())
    query = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'PANDAS_ATTRS'"
    (kept,) = duckdb.execute(query, [str(path)]).fetchone()
    assert json.loads(kept)["known_at"] == "2026-11-24"


def test_excel_has_sheets_for_columns_documents_and_all_of_it(opened, tmp_path):
    path = opened.save(opened.winners(), tmp_path / "winners.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["data", "columns", "sources", "about"]
    assert [cell.value for cell in book["data"][1]] == list(opened.winners().columns)
    told = {row[0].value: row[1].value for row in book["about"].iter_rows()}
    assert (told["known_at"], told["publisher"]) == ("2026-11-24", "Service public de Wallonie")


def test_a_csv_has_its_description_beside_it(opened, tmp_path):
    path = opened.save(opened.winners(), tmp_path / "winners.csv")
    told = json.loads(path.with_name("winners.csv-metadata.json").read_text("utf-8"))
    assert told["url"] == path.name
    assert [column["name"] for column in told["tableSchema"]["columns"]] == list(pd.read_csv(path).columns)


def test_what_is_supposed_says_so_in_every_row_of_a_file(opened, tmp_path):
    supposed = opened.scenario(projects_awarded={"EN2020": 500})
    path = supposed.save(supposed.polars.winners(), tmp_path / "supposed.csv")
    assert pd.read_csv(path)["notice"].str.contains("EN2020").all()


def test_another_ending_is_told_with_those_that_there_are(opened, tmp_path):
    with pytest.raises(ennum_stats.UnknownName, match=r"path.*cannot be written.*\.parquet, \.xlsx, \.csv"):
        opened.save(opened.winners(), tmp_path / "winners.ods")
    assert not [*tmp_path.iterdir()]


def test_borders_and_what_is_merged_to_them_are_features(counted_projects, tmp_path):
    project = counted_projects["borders"]
    with ennum_stats.open(project.root, known_at="2026-11-24") as store:
        merged = store.borders(language="nl").merge(store.coverage(by="commune"), on="commune", how="left")
        path = store.save(merged, tmp_path / "shares.geojson")
    collection = json.loads(path.read_text("utf-8"))
    assert (collection["type"], collection["known_at"]) == ("FeatureCollection", "2026-11-24")
    assert "licence of the file they come from" in collection["columns"]["geometry"]["label"]
    rings = {}
    for row in csv.DictReader((project.raw / "rows" / "borders.csv").read_text("utf-8").splitlines()):
        numbers = map(float, row["points"].split())
        rings[row["commune"], int(row["part"]) - 1, int(row["ring"]) - 1] = [
            [*point] for point in zip(numbers, numbers, strict=True)
        ]
    assert rings == {
        (feature["properties"]["commune"], part, number): ring
        for feature in collection["features"]
        for part, polygon in enumerate(feature["geometry"]["coordinates"])
        for number, ring in enumerate(polygon)
    }
    names = {feature["properties"]["name"] for feature in collection["features"]}
    assert {"Bergen", "Namen", "Luik"} <= names


def test_borders_that_were_not_imported_are_told(opened, tmp_path):
    with pytest.warns(ennum_stats.NothingCollected, match=r"ennum import borders FILE\.geojson"):
        assert opened.borders().empty
    with pytest.raises(ennum_stats.UnknownName, match=r"frame.*There is no column “geometry”"):
        opened.save(opened.winners(), tmp_path / "winners.geojson")
