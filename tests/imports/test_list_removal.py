"""A list imported by mistake is taken out again, and nothing else with it."""

import re

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import UnknownName
from ennum_stats.imports import ImportOptions, ImportRefused, apply, plan_import
from ennum_stats.imports.list_removal import lists_loaded, plan_removal, remove
from ennum_stats.raw.tables import TABLE_BY_NAME

pytestmark = pytest.mark.slow

RIGHT = ("FASE;Montant", "101;1,00", "102;2,00")
WRONG = ("FASE;Montant", "103;3,00", "104;4,00")


def imported(schools, path, call):
    options = ImportOptions(call=call, as_of="2020-06-27")
    apply(plan_import("winners", path, schools.project, options, looks_ahead=False))


def raw_files(schools):
    rows = sorted(schools.project.raw.rglob("*.csv"))
    return {path.name: path.read_bytes() for path in rows}


@pytest.fixture
def with_a_mistake(schools, csv_list):
    """One list that is right, one more that is not; and the tables as they were between the two."""
    imported(schools, csv_list(*RIGHT), "EN2020")
    before = raw_files(schools)
    imported(schools, csv_list(*WRONG), "EN2019")
    return before


def test_the_tables_are_byte_for_byte_those_before_the_mistake(schools, with_a_mistake):
    assert [row["list"] for row in lists_loaded(schools.project)] == [
        "EN2020-winners-2020-06-27",
        "EN2019-winners-2020-06-27",
    ]
    removal = plan_removal(schools.project, "EN2019-winners-2020-06-27")
    assert removal.row_count == 2
    assert {path.name for path in remove(removal)} == {"lists.csv", "participations.csv"}
    assert raw_files(schools) == with_a_mistake


def test_what_is_only_planned_changes_nothing(schools, with_a_mistake):
    before = raw_files(schools)
    plan_removal(schools.project, "EN2019-winners-2020-06-27")
    with pytest.raises(UnknownName, match="EN2031"):
        plan_removal(schools.project, "EN2031-winners-2020-06-27")
    assert raw_files(schools) == before


def test_deliveries_go_with_their_list_also_where_it_is_the_only_one(schools, csv_list):
    path = csv_list(
        "FASE;Lot;Quantité;Livré le", "101;Robots;1;05/02/2020", "101;Robots;2;06/02/2020"
    )
    options = ImportOptions(call="EN2019", as_of="2020-06-27")
    apply(plan_import("deliveries", path, schools.project, options, looks_ahead=False))
    removal = plan_removal(schools.project, "EN2019-deliveries-2020-06-27")
    assert (removal.row_count, removal.preview.findings) == (2, ())
    remove(removal)
    assert lists_loaded(schools.project) == []
    assert len(schools.path("rows/deliveries.csv").read_text("utf-8").splitlines()) == 1


def test_tables_changed_since_are_left_alone(schools, with_a_mistake):
    removal = plan_removal(schools.project, "EN2019-winners-2020-06-27")
    table = schools.path("rows/lists.csv")
    table.write_bytes(table.read_bytes() + b"\n")
    before = raw_files(schools)
    with pytest.raises(ImportRefused):
        remove(removal)
    assert raw_files(schools) == before


def test_the_command_asks_first_and_says_what_it_did(schools, with_a_mistake):
    root = ["--root", str(schools.project.root)]
    name = "EN2019-winners-2020-06-27"
    shown = CliRunner().invoke(app, ["lists", *root])
    assert shown.exit_code == 0
    assert name in shown.stdout
    unasked = CliRunner().invoke(app, ["lists", "--remove", name, *root])
    assert unasked.exit_code == 1
    assert "Rien n’a été écrit" in unasked.stderr
    done = CliRunner().invoke(app, ["lists", "--remove", name, "--yes", *root])
    assert done.exit_code == 0
    assert "lignes qui seraient enlevées\u00a0: 2." in done.stdout
    assert raw_files(schools) == with_a_mistake
    unknown = CliRunner().invoke(app, ["lists", "--remove", name, *root])
    assert unknown.exit_code == 2
    assert "EN2020-winners-2020-06-27" in unknown.stderr


def test_one_mistake_in_every_row_of_a_table_is_not_told_ten_thousand_times(schools, csv_list):
    rows = [
        f"EN2020.awarded.{n},EN2020-nowhere,ecole_numerique,EN2020,awarded,{n},,,,"
        for n in range(999)
    ]
    header = ",".join(TABLE_BY_NAME["participations"].column_names)
    table = schools.path("rows/participations.csv")
    table.write_text("\n".join([header, *rows, ""]), "utf-8")
    answer = CliRunner().invoke(app, ["check", "--root", str(schools.project.root)])
    assert answer.exit_code == 1
    *told, last = answer.stdout.splitlines()
    assert len(told) == 200
    assert all(line.startswith("data/raw/rows/participations.csv:") for line in told)
    (count,) = [int(word) for word in re.findall(r"\d+", answer.stderr.replace("\u202f", ""))]
    assert last == f"… et {count - 200} autres."
