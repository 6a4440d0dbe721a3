"""What was imported by mistake is taken out again, and nothing else with it; what others refer to stays."""

import re

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import UnknownName
from ennum_stats.imports import ImportOptions, ImportRefused, apply, plan_import
from ennum_stats.imports.apply import write_raw
from ennum_stats.imports.removal import REMOVABLE, plan_removal, remove
from ennum_stats.project import Audience, Project
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.publish import raw_fingerprint

RIGHT = ("FASE;Montant", "101;1,00", "102;2,00")
MISTAKE = "EN2019-winners-2020-06-27"
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
    removal = plan_removal(schools.project, "list", [MISTAKE])
    assert removal.rows == {"lists": 1, "participations": 2}
    assert {path.name for path in remove(removal)} == {"lists.csv", "participations.csv"}
    assert raw_files(schools) == with_a_mistake


def test_what_is_only_planned_changes_nothing(schools, with_a_mistake):
    before = raw_files(schools)
    plan_removal(schools.project, "list", [MISTAKE])
    with pytest.raises(UnknownName, match="EN2099"):
        plan_removal(schools.project, "list", [MISTAKE, "EN2099-winners-2020-06-27"])
    with pytest.raises(UnknownName, match="school"):
        plan_removal(schools.project, "school", ["101"])
    assert raw_files(schools) == before


def test_deliveries_go_with_their_list_also_where_it_is_the_only_one(schools, csv_list):
    path = csv_list("FASE;Lot;Quantité;Livré le", "101;Robots;1;05/02/2020", "101;Robots;2;06/02/2020")
    options = ImportOptions(call="EN2019", as_of="2020-06-27")
    apply(plan_import("deliveries", path, schools.project, options, looks_ahead=False))
    removal = plan_removal(schools.project, "list", ["EN2019-deliveries-2020-06-27"])
    assert (removal.rows, removal.preview.findings) == ({"lists": 1, "deliveries": 2}, ())
    remove(removal)
    assert len(schools.path("rows/lists.csv").read_text("utf-8").splitlines()) == 1
    assert len(schools.path("rows/deliveries.csv").read_text("utf-8").splitlines()) == 1


def test_tables_changed_since_are_left_alone(schools, with_a_mistake):
    removal = plan_removal(schools.project, "list", [MISTAKE])
    table = schools.path("rows/lists.csv")
    table.write_bytes(table.read_bytes() + b"\n")
    before = raw_files(schools)
    with pytest.raises(ImportRefused):
        remove(removal)
    assert raw_files(schools) == before


@pytest.mark.parametrize("kept", ["1,2\n", "1,3\n", ""])
def test_what_was_made_from_other_tables_than_there_are_is_not_written(tmp_path, kept):
    project = Project(tmp_path)
    table = tmp_path / "data" / "raw" / "sources.csv"
    table.parent.mkdir(parents=True)
    table.write_bytes(b"1,2\n")
    made_from = raw_fingerprint(project, Audience.INTERNAL)
    table.write_text(kept)
    if kept == "1,2\n":
        write_raw(project, {"sources.csv": b"new"}, made_from)
        assert table.read_bytes() == b"new"
    else:
        with pytest.raises(ImportRefused, match="have changed"):
            write_raw(project, {"sources.csv": b"new"}, made_from)
        assert table.read_text() == kept


def test_the_command_asks_first_and_says_what_it_did(schools, with_a_mistake):
    root = ["--root", str(schools.project.root)]
    shown = CliRunner().invoke(app, ["lists", *root])
    assert shown.exit_code == 0
    assert MISTAKE in shown.stdout
    unasked = CliRunner().invoke(app, ["remove", "list", MISTAKE, *root])
    assert unasked.exit_code == 1
    assert "Rien n’a été écrit" in unasked.stderr
    done = CliRunner().invoke(app, ["remove", "list", MISTAKE, "--yes", *root])
    assert done.exit_code == 0
    assert "lignes qui seraient enlevées\u00a0: listes 1, lignes de listes 2." in done.stdout
    assert raw_files(schools) == with_a_mistake
    unknown = CliRunner().invoke(app, ["remove", "list", MISTAKE, *root])
    assert unknown.exit_code == 2
    assert "EN2020-winners-2020-06-27" in unknown.stderr


SECOND = """N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Réseau;\
N° FASE de l'implantation;Adresse de l'implantation;Code postal de l'implantation;\
Commune de l'implantation
12;Institut Saint-Aubain;Secondaire ordinaire;Libre confessionnel;102;Rue B 2;5000;Namur
13;Athénée royal de Huy;Secondaire ordinaire;WBE;204;Quai D 4;4500;Huy
"""
LINKS = ("Ancien numéro;Numéro actuel;Raison;Vérifié le", "104;204;même adresse;2021-02-01")


def brought(schools, kind, path, **options):
    apply(plan_import(kind, path, schools.project, ImportOptions(**options), looks_ahead=False))


@pytest.fixture
def with_two_registers(schools, csv_list):
    """A second register, a year later; and the tables as they were before it."""
    before = raw_files(schools)
    brought(schools, "register", csv_list(SECOND.rstrip(), name="second.csv"), as_of="2020")
    return before


def refers(removal):
    return [finding.words("en") for finding in removal.preview.findings]


class TestRegister:
    def test_it_goes_with_its_sites_schools_and_teaching(self, schools, with_two_registers):
        removal = plan_removal(schools.project, "register", ["fwb-2020"])
        assert removal.rows == {"registers": 1, "implantations": 2, "etablissements": 2, "teaching": 2}
        remove(removal)
        assert raw_files(schools) == with_two_registers

    @pytest.mark.usefixtures("with_two_registers")
    def test_one_whose_sites_lists_and_links_name_stays(self, schools, csv_list):
        brought(schools, "links", csv_list(*LINKS))
        imported(schools, csv_list(*RIGHT), "EN2020")
        before = raw_files(schools)
        removal = plan_removal(schools.project, "register", ["fwb-2019"])
        assert [one.split(": ", 1)[0] for one in refers(removal)] == [
            "data/raw/rows/participations.csv:2",  # 101 is in no other register, 102 is
            "data/raw/rows/site_links.csv:2",  # 104 leads to 204
        ]
        assert "EN2020-winners-2020-06-27: sites that no other register has: 1." in refers(removal)[0]
        with pytest.raises(RawTablesRefused):
            remove(removal)
        assert raw_files(schools) == before


@pytest.mark.usefixtures("with_two_registers")
def test_a_link_goes_alone(schools, csv_list):
    before = raw_files(schools)
    brought(schools, "links", csv_list(*LINKS))
    removal = plan_removal(schools.project, "link", ["104"])
    assert removal.rows == {"site_links": 1}
    remove(removal)
    left = raw_files(schools)
    assert left.pop("site_links.csv").count(b"\n") == 1
    assert left == before


def test_a_call_and_its_numbers_are_undone_one_after_the_other(copied, fill, announced, raw_bytes):
    before = raw_bytes()
    apply(plan_import("call", fill("call", announced), copied, looks_ahead=False))
    refused = plan_removal(copied, "call", ["EN2099"])
    told = refers(refused)
    assert len(told) == 2  # the projects and the budget that are planned
    assert all("refers to EN2099" in one for one in told)
    numbers = [re.search("“(.*)” refers", one)[1] for one in told]
    remove(plan_removal(copied, "observation", numbers))
    remove(plan_removal(copied, "call", ["EN2099"]))
    left = raw_bytes()
    made = left.keys() - before.keys()  # a file of the document, with its header alone
    assert [left.pop(path).count(b"\n") for path in made] == [1]
    assert left == before


def test_the_document_of_a_number_goes_with_its_last_row(copied, fill, announced):
    apply(plan_import("call", fill("call", announced), copied, looks_ahead=False))
    told = refers(plan_removal(copied, "call", ["EN2099"]))
    numbers = [re.search("“(.*)” refers", one)[1] for one in told]
    assert plan_removal(copied, "observation", numbers[:1]).rows == {"observations": 1}
    # The row of the call itself still comes from the document.
    assert plan_removal(copied, "observation", numbers).rows == {"observations": 2}


def test_a_number_that_is_corrected_stays(copied):
    (told,) = refers(plan_removal(copied, "observation", ["batichronique-2018.pupils_concerned.EN2018"]))
    assert told.startswith("data/raw/corrections.csv:2: observation_id: “batichronique-2018.pupils_")


def test_figures_that_change_are_told(copied):
    removal = plan_removal(copied, "observation", ["press-kit-2020.projects_awarded.EN2018"])
    assert removal.preview.findings == ()
    assert "en2018_projects" in {change.name for change in removal.preview.changes}


@pytest.mark.parametrize("first", [0, 1])
def test_what_is_wrong_elsewhere_is_no_reason_to_keep_a_mistake(schools, csv_list, first):
    imported(schools, csv_list(*RIGHT), "EN2020")
    before = raw_files(schools)
    imported(schools, csv_list("FASE;Montant;Date", "103;3,00;01/02/2020"), "EN2019")
    imported(schools, csv_list("FASE;Montant;Date", "104;3,00;01/02/2020"), "EN2018")
    table = schools.path("rows/participations.csv")
    table.write_text(table.read_text("utf-8").replace("2020-02-01", "2999-02-01"), "utf-8")
    mistakes = [MISTAKE, MISTAKE.replace("EN2019", "EN2018")]
    for name in (mistakes[first], mistakes[1 - first]):
        removal = plan_removal(schools.project, "list", [name])
        assert removal.preview.findings == ()
        remove(removal)
    assert raw_files(schools) == before


def test_a_list_that_another_corrects_stays_and_the_other_may_go(schools, csv_list):
    imported(schools, csv_list(*RIGHT), "EN2020")
    before = raw_files(schools)
    first, second = "EN2020-winners-2020-06-27", "EN2020-winners-2020-10"
    path = csv_list("FASE;Montant", "101;1,00", "102;3,00")
    brought(schools, "winners", path, call="EN2020", as_of="2020-10", replaces=first)
    (told,) = refers(plan_removal(schools.project, "list", [first]))
    assert told.startswith(f"data/raw/rows/lists.csv:3: replaces: “{second}” refers to {first}.")
    both = plan_removal(schools.project, "list", [first, second])
    assert both.rows == {"lists": 2, "participations": 4}
    remove(plan_removal(schools.project, "list", [second]))
    assert raw_files(schools) == before


@pytest.mark.parametrize("kind", REMOVABLE)
def test_every_kind_says_what_it_does_not_know(schools, kind):
    with pytest.raises(UnknownName, match="nothing-like-it"):
        plan_removal(schools.project, kind, ["nothing-like-it"])


def test_one_mistake_in_every_row_of_a_table_is_not_told_ten_thousand_times(schools, csv_list):
    rows = [f"EN2020.awarded.{n},EN2020-nowhere,ecole_numerique,EN2020,awarded,{n},,,," for n in range(999)]
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
