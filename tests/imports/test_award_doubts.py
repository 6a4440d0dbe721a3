"""What is doubtful in a row once its site is known: its own call, a level that no coverage counts, an award
that is there under another number. Schools and amounts are invented (données fictives)."""

import json

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.imports import ImportOptions, apply, plan_import
from ennum_stats.imports.report import plan_lines, plan_record
from ennum_stats.languages import LANGUAGES
from tests.imports.conftest import asked

JUNE = "EN2020-winners-2020-06-27"


@pytest.fixture
def planned(schools, csv_list):
    """The plan of a list of these lines, or of its import."""

    def plan(*lines, kind="winners", does=False, take=(), leave=(), **options):
        asked = ImportOptions(
            **{"call": "EN2020", "as_of": "2020-06-27", **options},
            take=frozenset(take), leave=frozenset(leave),
        )  # fmt: skip
        made = plan_import(kind, csv_list(*lines), schools.project, asked, looks_ahead=False)
        if does:
            apply(made)
        return made

    return plan


def awards(plan):
    return [row.values["participation"] for row in plan.new_rows if row.table == "participations"]


# --- the row's own call -----------------------------------------------------------------------------

OWN_CALL = ("N° FASE;Appel;Montant", "101;EN2020;1", "102;EN2019;2", "104;;3")


def test_a_row_of_another_call_than_the_list_is_a_question(planned):
    plan = planned(*OWN_CALL)
    assert asked(plan) == {"call-EN2019": (3,)}
    assert (plan.taken, plan.set_aside, plan.refused) == ((2, 4), (3,), ())
    said = "\n".join(plan_lines(plan, "fr"))
    assert "Lignes de l’appel EN2019, alors que la liste est d’EN2020." in said


def test_it_keeps_its_own_call_where_it_is_taken(planned):
    taken = planned(*OWN_CALL, take=["call-EN2019"])
    assert awards(taken) == ["EN2020.awarded.101", "EN2019.awarded.102", "EN2020.awarded.104"]
    assert planned(*OWN_CALL, leave=["call-EN2019"]).taken == (2, 4)


def test_each_other_call_is_a_question_of_its_own(planned):
    plan = planned("N° FASE;Appel", "101;EN2018", "102;EN2019", "104;EN2018")
    assert asked(plan) == {"call-EN2018": (2, 4), "call-EN2019": (3,)}


def test_a_list_of_several_calls_asks_nothing(planned):
    plan = planned(*OWN_CALL[:-1], call="", programme="ecole_numerique")
    assert (plan.questions, plan.taken) == ((), (2, 3))


def test_what_is_there_already_is_no_question_again(planned):
    planned(*OWN_CALL, take=["call-EN2019"], does=True)
    again = planned(*OWN_CALL)
    assert (again.questions, again.already_there) == ((), (2, 3, 4))


def test_a_row_that_is_left_does_not_stand_in_the_way_of_another(planned):
    lines = ("N° FASE;Appel;Projet", "101;EN2019;1", "101;EN2020;1")
    plan = planned(*lines, leave=["call-EN2019"])
    assert (plan.taken, plan.set_aside, plan.refused) == ((3,), (2,), ())


def test_deliveries_of_another_call_are_a_question_too(planned):
    lines = ("N° FASE;Lot;Appel;Quantité;Date de livraison", "101;1;EN2018;4;15/01/2020")
    plan = planned(*lines, kind="deliveries", call="EN2019")
    assert (asked(plan), plan.set_aside) == ({"call-EN2018": (2,)}, (2,))
    assert planned(*lines, kind="deliveries", call="EN2019", take=["call-EN2018"]).taken == (2,)


# --- levels -----------------------------------------------------------------------------------------

TEACHING = {
    101: ("Maternel ordinaire",),
    102: ("Promotion sociale supérieur",),
    103: ("Artistique à horaire réduit", "Haute École"),
    104: ("Artistique à horaire réduit", "Primaire spécialisé"),
    105: ("Promotion sociale secondaire",),
}


@pytest.fixture
def of_all_levels(schools, tmp_path):
    """Sites of each kind of teaching, in a register of the year of the list."""
    titles = (
        "N° FASE de l'établissement", "Nom de l'établissement", "Type d'enseignement", "Réseau",
        "N° FASE de l'implantation", "Code postal de l'implantation", "Commune de l'implantation",
    )  # fmt: skip
    lines = [";".join(titles)]
    for site, kinds in TEACHING.items():
        lines += [f"{site - 90};École {site};{one};WBE;{site};5000;Namur" for one in kinds]
    path = tmp_path / "register.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    apply(plan_import("register", path, schools.project, ImportOptions(as_of="2020-01")))


@pytest.mark.usefixtures("of_all_levels")
def test_sites_that_no_coverage_counts_are_a_question(planned):
    lines = ("N° FASE implantation;Montant", *(f"{site};{site}" for site in TEACHING))
    plan = planned(*lines)
    assert asked(plan) == {"levels": (3, 4)}
    assert (plan.taken, plan.set_aside) == ((2, 5, 6), (3, 4))
    assert planned(*lines, take=["levels"]).taken == (2, 3, 4, 5, 6)
    assert planned(*lines, leave=["levels"]).unanswered == ()


@pytest.mark.usefixtures("of_all_levels")
def test_devices_are_counted_whatever_is_taught(planned):
    lines = ("N° FASE implantation;Lot;Quantité;Date de livraison", "102;1;4;15/01/2020")
    plan = planned(*lines, kind="deliveries")
    assert (plan.questions, plan.taken) == ((), (2,))


@pytest.mark.usefixtures("of_all_levels")
def test_two_doubts_about_a_row_are_two_questions(planned):
    lines = ("N° FASE implantation;Appel", "102;EN2019")
    plan = planned(*lines, take=["levels"])
    assert asked(plan) == {"call-EN2019": (2,), "levels": (2,)}
    assert plan.set_aside == (2,)
    both = planned(*lines, take=["levels", "call-EN2019"])
    assert both.taken == (2,)


# --- the same list with other numbers ---------------------------------------------------------------

NUMBERED = ("N° FASE;Projet;Montant", "101;A-1;10", "102;A-2;20", "104;A-3;30")
OTHERS = ("N° FASE;Projet;Montant", "104;B-7;30", "101;B-8;10", "102;B-9;20")


def test_the_same_list_with_other_numbers_is_a_question(planned):
    planned(*NUMBERED, does=True)
    plan = planned(*OTHERS, as_of="2020-10")
    assert asked(plan) == {f"same-as-{JUNE}": (2, 3, 4)}
    assert (plan.taken, plan.set_aside, plan.contents) == ((), (2, 3, 4), {})
    taken = planned(*OTHERS, as_of="2020-10", take=[f"same-as-{JUNE}"])
    assert (taken.taken, len(awards(taken))) == ((2, 3, 4), 3)
    assert planned(*OTHERS, as_of="2020-10", leave=[f"same-as-{JUNE}"]).contents == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_which_option_corrects_that_list(planned, language):
    planned(*NUMBERED, does=True)
    plan = planned(*OTHERS, as_of="2020-10")
    assert f"--replaces {JUNE}" in "\n".join(plan_lines(plan, language))
    [question] = plan_record(plan, language)["questions"]
    assert f"--replaces {JUNE}" in question["text"]


def test_a_list_that_corrects_it_is_no_question(planned):
    planned(*NUMBERED, does=True)
    plan = planned(*OTHERS, as_of="2020-10", replaces=JUNE)
    assert (plan.questions, plan.taken) == ((), (2, 3, 4))


def test_rows_of_its_own_are_taken_beside_those_that_are_there(planned):
    planned(*NUMBERED, does=True)
    plan = planned(*OTHERS, "103;B-1;5", as_of="2020-10")
    assert asked(plan) == {f"same-as-{JUNE}": (2, 3, 4)}
    assert plan.taken == (5,)


@pytest.mark.parametrize(
    "lines",
    [
        ("101;B-1;11", "102;B-2;21", "104;B-3;31"),  # other amounts
        ("101;A-1;10", "102;A-2;20", "104;A-3;30", "101;B-1;10"),  # another project, as it came
        ("101;B-1;10", "103;B-2;1", "102;B-3;7"),  # one of three
    ],
)
def test_another_list_of_the_same_sites_is_no_question(planned, lines):
    planned(*NUMBERED, does=True)
    assert not [
        name for name in asked(planned(NUMBERED[0], *lines, as_of="2020-10")) if name.startswith("same-as")
    ]


def test_the_same_sites_in_another_call_are_no_question(planned):
    planned(*NUMBERED, does=True)
    assert planned(*OTHERS, call="EN2019").questions == ()


def test_the_same_sites_in_another_programme_are_no_question(planned):
    lines = ("N° FASE implantation;Date", "101;2014", "102;2014")
    planned(*lines, kind="equipped", call="", programme="cyberclasse", as_of="2014-06", does=True)
    other = {"kind": "connections", "call": "", "programme": "connectivity", "as_of": "2018-06"}
    plan = planned(*lines, **other)
    assert (plan.questions, plan.taken) == ((), (2, 3))


# --- at the terminal --------------------------------------------------------------------------------


def test_answers_are_given_as_options(schools, csv_list):
    arguments = ["--root", str(schools.project.root), "import", "winners", str(csv_list(*OWN_CALL)),
                 "--call", "EN2020", "--as-of", "2020-06-27", "--format", "json"]  # fmt: skip
    result = CliRunner().invoke(app, [*arguments, "--dry-run"])
    assert result.exit_code == 1
    assert "--take call-EN2019" in result.output
    settled = CliRunner().invoke(app, [*arguments, "--leave", "call-EN2019", "--dry-run"])
    assert settled.exit_code == 0
    [question] = json.loads(settled.stdout)["questions"]
    assert (question["rows"], question["answer"]) == ([3], "leave")
