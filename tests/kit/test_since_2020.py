"""The part of the kit about the years after 2020: it tells what the rows hold, and nothing before they do."""

import csv
import re
import shutil
from datetime import date
from functools import cache

import duckdb
import pytest

from ennum_stats.charts.catalogue import chart
from ennum_stats.document.blocks import WrittenTable, plain_text
from ennum_stats.figures.statements import holds
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.press import KIT_LANGUAGES
from ennum_stats.kit.text import kit_text
from ennum_stats.store.ledger import Ledger

TODAY = "2026-11-25"
HEADINGS = {"fr": "Depuis 2020", "de": "Seit 2020", "nl": "Sinds 2020", "en": "Since 2020"}
ENDS_LATER = re.compile(r"EN1_EN2021|EN2017_EN2021|EN2021")


@pytest.fixture(scope="module")
def written(ledger_at):
    """All that a kit says on a day, in a language: its headings, sentences and the cells of its tables."""

    @cache
    def of(language, day):
        ledger, tree = ledger_at(day), kit_text(language)
        drawn = {name for name in tree.charts if chart(ledger, name, language).marks}
        blocks = Resolver(Edition(ledger, language), drawn).resolved(tree)
        return "\n".join(words for block in blocks for words in said(block))

    return of


def said(block):
    if isinstance(block, WrittenTable):
        yield block.caption
        yield from (plain_text(cell) for row in block.rows for cell in row.cells)
    else:
        yield plain_text(block)


def rows_of(project, name):
    with (project.raw / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def later(project):
    """The programmes and plans with a number after 2020, from the rows: one that was published after 2020,
    that is of a later time, or of a later call."""
    published = {row["source_id"]: row["published_on"] for row in rows_of(project, "sources.csv")}
    files = sorted((project.raw / "observations").glob("*.csv"))
    every = [row for file in files for row in rows_of(project, f"observations/{file.name}")]
    found = {
        row["programme"]
        for row in every
        if max(published[row["source_id"]] or "", row["valid_to"]) > "2021"
        or ENDS_LATER.fullmatch(row["call"])
    }
    return found - {""}


@pytest.mark.parametrize("language", KIT_LANGUAGES)
def test_the_kit_of_today_names_every_programme_and_plan_with_a_number_after_2020(
    project, written, later, language
):
    assert later >= {"ecole_numerique", "connectivity", "plan_2014_2022", "plan_2022_2026"}
    names = {row["programme"]: row for row in rows_of(project, "programmes.csv")}
    told = plain(written(language, TODAY))
    told = told[told.index(f"\n{HEADINGS[language]}\n") :]
    for programme in later:
        assert plain(names[programme][f"name_{language}"]).partition(" (")[0] in told, programme


def plain(words):
    return re.sub(r"\s", " ", words.replace("’", "'").replace("–", "-")) if "\n" not in words else "\n".join(
        plain(line) for line in words.split("\n")
    )  # fmt: skip


def test_the_part_is_left_out_while_nothing_of_it_was_known(written):
    """In 2020 only EN2020 was known: no document of 2021 or later, no plan."""
    assert HEADINGS["fr"] not in written("fr", "2020-12-31")
    told = written("fr", "2021-12-31")
    assert HEADINGS["fr"] in told
    assert "fin des appels" not in told  # Regional-IT, 9 November 2022
    assert "plan 20" not in told.lower()


def test_numbers_appear_as_documents_give_them(written):
    """SPW, 2021: 1,724 sites; Regional-IT, 2022: 24 million a year; Belga, July 2023: 120 million."""
    days = {"2021-12-31": ("1 724",), "2022-12-31": ("24 millions", "2 440"), "2023-12-31": ("120 millions",)}
    told = {day: plain(written("fr", day)) for day in days}
    for day, numbers in days.items():
        for number in numbers:
            assert number in told[day], (day, number)
            assert all(number not in told[before] for before in days if before < day), (day, number)


def test_years_are_counted_from_the_rows(project, written):
    """The documents that give a number, and their numbers, by the year printed on them."""
    years = {row["source_id"]: row["published_on"][:4] for row in rows_of(project, "sources.csv")}
    files = sorted((project.raw / "observations").glob("*.csv"))
    sources = [r["source_id"] for f in files for r in rows_of(project, f"observations/{f.name}")]
    told = written("fr", TODAY)
    for year in ("2021", "2022", "2023", "2024", "2025", "2026"):
        of_year = [source for source in sources if years[source] == year]
        assert f"\n{year}\n{len(set(of_year))}\n{len(of_year)}\n" in told, year


@pytest.fixture
def altered(project, tmp_path):
    """A copy of the store to change: what opens it, with the day of today. A ledger that is open never changes."""
    copy = tmp_path / "altered.duckdb"
    shutil.copy(next(project.processed.glob("stores/*/store.duckdb")), copy)
    with duckdb.connect(str(copy)) as connection:
        yield lambda: Ledger(connection, date.fromisoformat(TODAY), "altered")


def test_a_plan_is_only_planned_until_a_document_tells_more(altered):
    assert holds(altered(), "only-planned:plan_2022_2026")
    altered().connection.execute(
        "UPDATE observations SET stage = 'installed' WHERE observation_id = "
        "'la-libre-belga-2023-07-13.wifi_sites_planned.plan_2022_2026'"
    )
    assert not holds(altered(), "only-planned:plan_2022_2026")


def test_years_are_thin_while_one_has_a_single_document(altered):
    """Of 2026 there is no document; with two of each year the sentence is left out."""
    assert holds(altered(), "thin-years:2020")
    for year in range(2021, 2027):
        altered().connection.execute(
            f"UPDATE sources SET published_on = '{year}-01-01', known_on = '{year}-01-01' WHERE source_id IN "  # noqa: S608
            f"(SELECT DISTINCT source_id FROM observations ORDER BY 1 LIMIT 2 OFFSET {2 * (year - 2021)})"
        )
    assert not holds(altered(), "thin-years:2020")
