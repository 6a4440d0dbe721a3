"""What people see of bad input: all findings together, in their language, and the published store as
it was."""

import re

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import EnnumError
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.build import build
from ennum_stats.store.publish import current_store

KIT = "observations/press_kit_2020.csv"
PLACE = re.compile(r"data/raw/[\w./]+\.csv:\d+: ")


def ennum(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def break_in_four_ways(copy):
    """A missing file, an unknown column, a decimal comma and a date that does not exist."""
    copy.path("events.csv").unlink()
    copy.bytes("prices.csv", lambda data: data.replace(b"base_year", b"annee_base", 1))
    copy.cell(KIT, "press-kit-2020.budget_awarded.EN3", "value", "3424546,0")
    copy.cell("sources.csv", "regional-it-2018-06-06", "published_on", "30/02/2018")


PLACES = [
    "data/raw/events.csv:1",
    "data/raw/observations/press_kit_2020.csv:24",
    "data/raw/prices.csv:1",
    "data/raw/prices.csv:1",
    "data/raw/sources.csv:9",
]


def places(text):
    return [line.split(": ")[0] for line in text.splitlines() if PLACE.match(line)]


@pytest.mark.parametrize("language", ["fr", "de", "nl", "en"])
def test_check_tells_all_findings_of_a_run(raw_copy, language):
    break_in_four_ways(raw_copy)
    result = ennum("check", "--root", raw_copy.project.root, "--lang", language)
    assert result.exit_code == 1
    assert places(result.stdout) == PLACES
    (of_the_value,) = [line for line in result.stdout.splitlines() if ": value: " in line]
    assert "3424546,0" in of_the_value


def test_check_speaks_french_unless_told(raw_copy):
    break_in_four_ways(raw_copy)
    unless_told = ennum("check", "--root", raw_copy.project.root)
    assert unless_told.stdout == ennum("check", "--root", raw_copy.project.root, "--lang", "fr").stdout
    said = {
        language: ennum("check", "--root", raw_copy.project.root, "--lang", language).stdout
        for language in ("fr", "de", "nl", "en")
    }
    assert len(set(said.values())) == 4
    for english in ("This file is missing", "has a decimal comma", "is not a date", "unknown"):
        assert english in said["en"]
        assert all(english not in said[language] for language in ("fr", "de", "nl"))
    assert "virgule" in said["fr"]
    assert "komma" in said["de"]  # Dezimalkomma
    assert "komma" in said["nl"]


def test_check_of_good_tables_is_fine(raw_copy):
    result = ennum("check", "--root", raw_copy.project.root)
    assert result.exit_code == 0
    assert places(result.stdout) == []


def test_check_publishes_nothing(raw_copy):
    ennum("check", "--root", raw_copy.project.root)
    assert [*raw_copy.project.processed.rglob("*")] == []


def stores(project):
    return {
        path.relative_to(project.processed): path.read_bytes()
        for path in sorted(project.processed.rglob("*"))
        if path.is_file()
    }


def test_a_refused_build_leaves_the_published_store_untouched(built_copy):
    before = stores(built_copy.project)
    published = current_store(built_copy.project)
    break_in_four_ways(built_copy)
    result = ennum("build", "--root", built_copy.project.root)
    assert result.exit_code == 1
    assert places(result.stdout) == PLACES
    assert current_store(built_copy.project) == published
    assert stores(built_copy.project) == before


def test_a_refused_build_raises_with_all_findings(raw_copy):
    break_in_four_ways(raw_copy)
    with pytest.raises(RawTablesRefused) as refused:
        build(raw_copy.project)
    assert isinstance(refused.value, EnnumError)
    assert isinstance(refused.value, ValueError)
    assert len(refused.value.findings) == len(PLACES)
    assert not (raw_copy.project.processed / "current.json").exists()


def test_a_finding_says_what_was_found_expected_and_to_be_done(raw_copy):
    raw_copy.cell(KIT, "press-kit-2020.budget_awarded.EN3", "value", "n.c.")
    (finding,) = raw_copy.findings()
    assert finding == (
        f"data/raw/{KIT}:24: value: “n.c.” is not a number. "
        "Where there is none, leave it empty and say why in missing_reason. "
        "A number is written with digits and a decimal point: 6825000.50. "
        "Write it so; the unit and the precision have their own columns."
    )
