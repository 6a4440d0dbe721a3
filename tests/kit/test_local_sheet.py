"""The sheet of a commune or province: its numbers are those of the tables, in each language, as known on a day."""

import csv
import re

import pypdf
import pytest
from docx import Document
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.document.blocks import WrittenTable, flat, plain_text
from ennum_stats.errors import UnknownName, UsageError
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.local_sheet import sheet_parts
from ennum_stats.languages import LANGUAGES
from ennum_stats.raw.communes import communes
from ennum_stats.search.places import place_named
from tests.kit.conftest import sites_counted

TODAY = "2026-11-24"
OTTIGNIES = "25121"


def tables_of(ledger, kind, code, language="fr"):
    """The words of each table of a sheet, row by row."""
    parts = sheet_parts(Edition(ledger, language), kind, code)
    return [block for part in parts for block in flat(part) if isinstance(block, WrittenTable)]


def digits_of(text):
    return re.sub(r"\D", "", text)


def test_a_commune_and_its_province_have_the_sites_of_the_raw_tables(demonstration, invented):
    counted = sites_counted(demonstration)
    commune, sites, reached = counted[0]
    compared = tables_of(invented, "commune", commune)[0].shown
    assert [digits_of(cell) for cell in compared[1][1:3]] == [str(sites), str(reached)]
    provinces = {item.commune: item.province for item in communes().walloon}
    around = [row for row in counted if provinces[row[0]] == provinces[commune]]
    assert [digits_of(cell) for cell in compared[2][1:3]] == [
        str(sum(row[n] for row in around)) for n in (1, 2)
    ]
    assert digits_of(compared[3][1]) == str(sum(row[1] for row in counted))


def test_without_lists_a_province_has_what_documents_print_of_it(project, ledger_at):
    with (project.raw / "observations" / "published.csv").open(encoding="utf-8", newline="") as file:
        printed = [row["value"] for row in csv.DictReader(file) if row["province"] == "liege"]
    shown = tables_of(ledger_at(TODAY), "province", "liege")[0].shown[1:]
    assert sorted(digits_of(row[1]) for row in shown) == sorted(printed)
    assert not any(
        "41" in str(table.shown) for table in tables_of(ledger_at("2016-01-01"), "province", "liege")
    )


def test_all_languages_have_the_same_numbers(ledger_at, invented):
    for ledger, kind, code in ((ledger_at(TODAY), "commune", "52011"), (invented, "commune", "52011")):
        numbers = [
            [digits_of(cell) for table in tables_of(ledger, kind, code, language) for row in table.rows
             for cell, column in zip(map(plain_text, row.cells), table.columns, strict=False) if column.is_number]
            for language in LANGUAGES
        ]  # fmt: skip
        assert numbers[0]
        assert all(other == numbers[0] for other in numbers)


def test_names_in_all_languages_and_codes_lead_to_a_place(ledger_at):
    ledger = ledger_at(TODAY)
    for typed in ("Verviers", "commune verviers", "63079", "4800"):
        assert place_named(ledger, typed) == ("commune", "63079")
    for typed in ("province liège", "provincie Luik", "Provinz Lüttich"):
        assert place_named(ledger, typed) == ("province", "liege")
    with pytest.raises(UsageError, match=r"commune 62063 .*province liege"):
        place_named(ledger, "liège")
    with pytest.raises(UnknownName, match="Verviers"):
        place_named(ledger, "vervier")


def test_an_unknown_place_leaves_nothing(project, tmp_path):
    ended = CliRunner().invoke(
        app, ["sheet", "vervier", "--root", str(project.root), "--out", str(tmp_path / "x")]
    )
    assert ended.exit_code == 2
    assert "Verviers" in ended.stderr
    assert not (tmp_path / "x").exists()


def test_the_longest_name_with_nothing_known_is_one_page_in_each_form(project, tmp_path):
    arguments = ("--root", str(project.root), "--out", str(tmp_path / "x"), "--known-at", "2010-01-01")
    ended = CliRunner().invoke(app, ["sheet", OTTIGNIES, *arguments])
    assert ended.exit_code == 0, ended.stderr
    files = {path.suffix: path for path in (tmp_path / "x" / "fr").iterdir()}
    (page,) = pypdf.PdfReader(files[".pdf"]).pages
    assert "Ottignies-Louvain-la-Neuve" in page.extract_text()
    assert "connus au 1er janvier 2010" in page.extract_text().replace("\u00a0", " ")
    assert files[".png"].read_bytes().startswith(b"\x89PNG")
    assert len(Document(files[".docx"]).inline_shapes) == 1
