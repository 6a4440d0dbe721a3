"""A bare column of numbers, decided for the file by the names beside it; a column that was sorted alone.

Données fictives: the numbers 9000021 to 9000024 are those of a school, and of a site of another school.
"""

import pytest

from ennum_stats.imports import FileRefused, ImportOptions, apply, plan_import
from ennum_stats.languages import translate

HEADER = (
    "N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Réseau;"
    "N° FASE de l'implantation;Adresse de l'implantation;Code postal de l'implantation;"
    "Localité de l'implantation;Commune de l'implantation"
)
SCHOOLS = """\
9000021;École libre fictive du Moulin;9000031;Rue fictive 1;5004;BOUGE;Namur
9000022;École libre fictive des Saules;9000032;Rue fictive 2;5100;JAMBES;Namur
9000023;École libre fictive du Verger;9000033;Rue fictive 3;4500;HUY;Huy
9000024;École libre fictive des Étangs;9000034;Rue fictive 4;4500;HUY;Huy
9000041;École libre fictive de la Tour;9000021;Rue fictive 5;5000;NAMUR;Namur
9000042;École libre fictive du Pont;9000022;Rue fictive 6;4500;HUY;Huy
9000043;École libre fictive des Champs;9000023;Rue fictive 7;5000;NAMUR;Namur
9000044;École libre fictive de la Halle;9000024;Rue fictive 8;5004;BOUGE;Namur
"""
ROWS = [line.split(";") for line in SCHOOLS.splitlines()]
AS_SCHOOLS = [(school, name) for school, name, *_ in ROWS[:4]]
AS_SITES = [(site, name) for _, name, site, *_ in ROWS[4:]]


@pytest.fixture
def invented(raw_copy, tmp_path):
    """A project of these invented schools."""
    path = tmp_path / "register.csv"
    rows = (
        f"{school};{name};Primaire ordinaire;Libre confessionnel;{';'.join(site)}"
        for school, name, *site in ROWS
    )
    path.write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")
    raw_copy.path("rows/demonstration.csv").parent.mkdir(exist_ok=True)
    raw_copy.path("rows/demonstration.csv").write_text("demonstration,size\nschools,8\n")
    apply(plan_import("register", path, raw_copy.project, ImportOptions(as_of="2019")))
    return raw_copy


@pytest.fixture
def planned(invented, csv_list):
    """The plan of a list of winners with this heading of the numbers, and these rows."""

    def plan(heading, rows, beside="École"):
        lines = [f"{heading};{beside}", *(";".join(row) for row in rows)]
        asked = ImportOptions(call="EN2020", as_of="2020-06-27")
        return plan_import("winners", csv_list(*lines), invented.project, asked, looks_ahead=False)

    return plan


def sites(plan):
    return [r.values["implantation"] for r in plan.new_rows if r.table == "participations"]


def remarks(plan):
    return " ".join(translate(remark, "fr") for remark in plan.remarks)


@pytest.mark.parametrize(
    ("rows", "expected", "told"),
    [
        (AS_SCHOOLS, ["9000031", "9000032", "9000033", "9000034"], "établissements"),
        (AS_SITES, ["9000021", "9000022", "9000023", "9000024"], "implantations"),
    ],
    ids=["établissements", "implantations"],
)
def test_the_names_say_whether_bare_numbers_are_of_sites_or_schools(planned, rows, expected, told):
    plan = planned("N° FASE", rows)
    assert (sites(plan), plan.refused) == (expected, ())
    assert f"numéros d’{told} : pour 4 lignes sur 4" in remarks(plan).replace("\u00a0", " ")


@pytest.mark.parametrize("rows", [[(n, "") for n, _ in AS_SITES], AS_SCHOOLS[:2] + AS_SITES[2:]])
def test_numbers_that_may_be_either_refuse_the_file_with_what_to_do(planned, rows):
    rows = [(*row, "1,00") for row in rows]
    with pytest.raises(FileRefused) as told:
        planned("N° FASE", rows, beside="École;Montant")
    assert "N° FASE" in str(told.value)
    assert "N° FASE de l’implantation" in translate(told.value.remedy, "fr")
    plan = planned("N° FASE de l’implantation", rows, beside="École;Montant")
    assert sites(plan)  # once the column is renamed, each row is read by itself


def test_numbers_that_are_only_of_sites_need_no_name(planned):
    plan = planned("FASE", [(site, "1,00") for _, _, site, *_ in ROWS[:4]], beside="Montant")
    assert sites(plan) == ["9000031", "9000032", "9000033", "9000034"]


def test_a_heading_that_names_what_it_holds_is_believed(planned):
    plan = planned("N° FASE école", AS_SCHOOLS)
    assert sites(plan) == ["9000031", "9000032", "9000033", "9000034"]
    assert "rien d’autre" not in remarks(plan)


def test_numbers_of_schools_under_a_heading_of_sites_refuse_the_file_with_what_to_do(planned):
    with pytest.raises(FileRefused) as told:
        planned("N° FASE de l’implantation", AS_SCHOOLS)
    assert "numéros d’établissements" in translate(told.value.found, "fr")
    assert "N° FASE de l’établissement" in translate(told.value.remedy, "fr")
    plan = planned("N° FASE de l’établissement", AS_SCHOOLS)
    assert sites(plan) == ["9000031", "9000032", "9000033", "9000034"]


def test_a_column_that_was_sorted_on_its_own_refuses_the_file_with_one_sentence(planned):
    numbers = sorted((site for _, _, site, *_ in ROWS), reverse=True)
    rows = [(number, row[1]) for number, row in zip(numbers, ROWS, strict=True)]
    with pytest.raises(FileRefused) as told:
        planned("N° FASE de l’implantation", rows)
    assert str(told.value.found) == (
        "8 of 8 rows contradict their number: a column seems to have been sorted on its own."
    )


def test_a_slip_in_a_good_list_refuses_its_row_alone(planned):
    rows = [(row[2], row[1]) for row in ROWS]
    rows[0] = (ROWS[1][2], ROWS[0][1])
    plan = planned("N° FASE de l’implantation", rows)
    assert [one.row for one in plan.refused] == [2]
    assert "École libre fictive des Saules, Rue fictive 2, 5100 JAMBES" in translate(
        plan.refused[0].reason, "fr"
    )
    assert len(sites(plan)) == 7
