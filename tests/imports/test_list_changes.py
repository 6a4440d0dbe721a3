"""A corrected list takes the place of an earlier one, and is told row by row; what overlaps is told too."""

import csv

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import Parameter, UnknownName, UsageError
from ennum_stats.imports import ImportOptions, ImportRefused, apply, plan_import
from ennum_stats.imports.report import plan_lines, plan_record

JUNE, OCTOBER = "EN2020-winners-2020-06", "EN2020-winners-2020-10"
TITLES = "FASE;Projet;Montant;Date"
FIRST = (TITLES, "101;A-1;100,00;27/01/2020", "102;A-2;200,00;27/01/2020", "103;A-3;300,00;27/01/2020")
# Site 101 as it was, 102 with another amount, 103 with another number, 104 new.
SECOND = (TITLES, "104;B-1;400,00;", "103;A-9;300,00;27/01/2020",
          "101;A-1;100,00;27/01/2020", "102;A-2;250,50;27/01/2020")  # fmt: skip


@pytest.fixture
def importing(schools, csv_list):
    """A function that plans the import of a list of winners, or does it."""

    def plan(*lines, as_of="2020-10", does=False, kind="winners", call="EN2020", **options):
        asked = ImportOptions(call=call, as_of=as_of, **options)
        made = plan_import(kind, csv_list(*lines), schools.project, asked, looks_ahead=False)
        if does:
            apply(made)
        return made

    return plan


@pytest.fixture
def with_june(importing):
    importing(*FIRST, as_of="2020-06", does=True)


def rows(schools, table):
    path = schools.path(f"rows/{table}.csv")
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def told(change):
    return change.site, {c: (change.before.get(c), change.after.get(c)) for c in change.columns}


@pytest.mark.usefixtures("with_june")
def test_what_comes_goes_and_changes_is_told_by_site(importing):
    changes = importing(*SECOND[:-2], "102;A-2;250,50;28/01/2020", replaces=JUNE).corrected
    assert [one.site for one in changes.came] == ["104"]
    assert [one.site for one in changes.went] == ["101"]
    assert list(map(told, changes.changed)) == [
        ("102", {"amount_eur": ("200", "250.5"), "occurred_on": ("2020-01-27", "2020-01-28")}),
        ("103", {"project": ("A-3", "A-9")}),
    ]
    assert changes.same == 0
    assert changes.came[0].name == "Athénée royal de Huy, Huy"


@pytest.mark.usefixtures("with_june")
def test_it_is_said_in_words_and_in_json(importing):
    plan = importing(*SECOND, replaces=JUNE)
    said = "\n".join(plan_lines(plan, "fr")).replace("\u00a0", " ").replace("\u202f", " ")
    assert f"Corrige la liste {JUNE} : lignes nouvelles 1, disparues 0, changées 2, inchangées 1." in said
    assert "nouvelle : 104 Athénée royal de Huy, Huy – numéro du projet : B-1, montant : 400 euros" in said
    assert "changée : 102 Institut Saint-Aubain, Namur – montant : 200 euros → 250,50 euros" in said
    record = plan_record(plan, "fr")["corrects"]
    assert (record["list"], record["same"], len(record["changed"])) == (JUNE, 1, 2)


@pytest.mark.usefixtures("with_june")
def test_the_corrected_list_stays_and_the_new_one_names_it(importing, schools):
    before = schools.path("rows/participations.csv").read_bytes()
    importing(*SECOND, replaces=JUNE, does=True)
    assert schools.path("rows/participations.csv").read_bytes().startswith(before)
    assert [(row["list"], row["replaces"], row["size"]) for row in rows(schools, "lists")] == [
        (JUNE, "", "3"),
        (OCTOBER, JUNE, "4"),
    ]
    assert schools.findings() == []


@pytest.mark.usefixtures("with_june")
@pytest.mark.parametrize("again", [{"replaces": JUNE}, {"replaces": OCTOBER}, {}])
def test_the_same_correction_twice_changes_nothing(importing, again):
    importing(*SECOND, replaces=JUNE, does=True)
    plan = importing(*SECOND, **again)
    assert (plan.contents, plan.taken, len(plan.already_there)) == ({}, (), 4)


@pytest.mark.usefixtures("with_june")
def test_the_list_of_before_brought_again_changes_nothing(importing):
    importing(*SECOND[:-2], replaces=JUNE, does=True)
    plan = importing(*FIRST, as_of="2020-12")
    assert (plan.contents, plan.refused, len(plan.already_there)) == ({}, (), 3)
    told = [str(one) for one in plan.remarks]
    assert "Rows of a list that was corrected since, which are not taken again: 3." in told
    assert not [one for one in told if "another state" in one]


@pytest.mark.usefixtures("with_june")
def test_a_list_is_corrected_again_by_naming_the_last_one(importing, schools):
    importing(*SECOND, replaces=JUNE, does=True)
    with pytest.raises(UsageError, match=f"{JUNE} is corrected by {OCTOBER} already") as refused:
        importing(*FIRST, as_of="2021-01", replaces=JUNE)
    assert refused.value.remedy.values["replaces"] == Parameter("replaces", OCTOBER)
    importing(*FIRST, as_of="2021-01", replaces=OCTOBER, does=True)
    assert rows(schools, "lists")[-1]["replaces"] == OCTOBER
    assert schools.findings() == []


@pytest.mark.usefixtures("with_june")
def test_a_list_may_be_corrected_on_its_own_day(importing, schools):
    importing(*SECOND, as_of="2020-06", replaces=JUNE, does=True)
    assert rows(schools, "lists")[-1]["list"] == f"{JUNE}.2"
    assert schools.findings() == []


@pytest.mark.usefixtures("with_june")
def test_what_cannot_be_corrected_is_refused(importing, schools):
    before = schools.path("rows/lists.csv").read_bytes()
    with pytest.raises(UnknownName, match="EN2020-winners-2020-07"):
        importing(*SECOND, replaces="EN2020-winners-2020-07")
    for other in ({"call": "EN2019"}, {"kind": "equipped"}):
        with pytest.raises(UsageError, match=f"{JUNE} is of something else: winners, EN2020"):
            importing(*SECOND, replaces=JUNE, **other)
    with pytest.raises(UsageError, match="nothing corrects it before"):
        importing(*SECOND, as_of="2020-05", replaces=JUNE)
    assert schools.path("rows/lists.csv").read_bytes() == before


def test_only_lists_correct_others(schools, csv_list):
    links = csv_list("Ancien numéro;Numéro actuel;Raison;Vérifié le")
    with pytest.raises(UsageError, match="Only a list corrects another one"):
        plan_import("links", links, schools.project, ImportOptions(replaces=JUNE))


@pytest.mark.usefixtures("with_june")
def test_its_call_need_not_be_said_again(importing):
    assert importing(*SECOND, call="", replaces=JUNE).corrected.corrects == JUNE


@pytest.mark.usefixtures("with_june")
def test_rows_that_go_while_others_are_refused_are_asked_about(importing):
    lines = (TITLES, "101;A-1;100,00;27/01/2020", "102;A-2;200,00;27/01/2020", "109;A-3;300,00;27/01/2020")
    plan = importing(*lines, replaces=JUNE)
    assert [question.name for question in plan.unanswered] == ["rows-gone"]
    with pytest.raises(ImportRefused, match="rows-gone"):
        apply(plan)
    assert importing(*lines, replaces=JUNE, leave=frozenset(["rows-gone"])).contents == {}
    taken = importing(*lines, replaces=JUNE, take=frozenset(["rows-gone"]), does=True)
    assert [one.site for one in taken.corrected.went] == ["103"]


@pytest.mark.usefixtures("with_june")
def test_rows_of_another_list_that_counts_are_left_to_it(importing, schools):
    importing(TITLES, "104;B-1;400,00;", as_of="2020-07", does=True)
    plan = importing(*SECOND, replaces=JUNE, does=True)
    assert len(plan.already_there) == 1
    assert plan.corrected.came == ()
    assert schools.findings() == []


class TestWithoutSayingThatItCorrects:
    @pytest.mark.usefixtures("with_june")
    def test_an_overlapping_list_is_told_with_the_two_ways_on(self, importing):
        plan = importing(*SECOND)
        (question,) = plan.unanswered
        told = str(question.text)
        assert (plan.taken, len(question.rows)) == ((), 2)
        assert (
            f"list {JUNE} in another state: rows that are the same 1, different 1, only here 2, only" in told
        )
        assert 'only there 1. To correct that list: replaces="EN2020-winners-2020-06"; otherwise' in told

    @pytest.mark.usefixtures("with_june")
    def test_fewer_rows_than_before_are_told(self, importing):
        (told,) = [str(one) for one in importing(*FIRST[:-1]).remarks if "another state" in str(one)]
        assert "the same 2, different 0, only here 0, only there 1." in told

    @pytest.mark.usefixtures("with_june")
    def test_at_a_terminal_the_option_is_named(self, importing):
        said = "\n".join(plan_lines(importing(*SECOND), "fr"))
        assert f"--replaces {JUNE}" in said

    @pytest.mark.usefixtures("with_june")
    def test_the_same_list_and_other_sites_are_no_other_state(self, importing):
        for lines in (FIRST, (TITLES, "104;B-1;400,00;")):
            plan = importing(*lines)
            assert not plan.questions
            assert not [one for one in plan.remarks if "another state" in str(one)]


def test_deliveries_are_compared_by_lot_and_site(importing, schools):
    titles = "FASE;Lot;Quantité;Livré le"
    of = {"kind": "deliveries", "call": "EN2019"}
    first = (titles, "101;Robots;1;05/02/2020", "101;Robots;1;05/02/2020", "102;Robots;7;05/02/2020")
    importing(*first, as_of="2020-06", does=True, **of)
    second = (titles, "101;Robots;1;05/02/2020", "101;Robots;3;06/02/2020", "103;Robots;2;05/02/2020")
    changes = importing(*second, replaces="EN2019-deliveries-2020-06", does=True, **of).corrected
    assert (changes.same, [one.site for one in changes.came]) == (1, ["103"])
    assert [one.site for one in changes.went] == ["102"]
    assert list(map(told, changes.changed)) == [
        ("101", {"quantity": ("1", "3"), "delivered_on": ("2020-02-05", "2020-02-06")})
    ]
    assert schools.findings() == []
    for again in (first, second):
        plan = importing(*again, as_of="2021", **of)
        assert (plan.contents, len(plan.already_there)) == ({}, 3)


def test_the_command_shows_the_changes_and_the_list_of_lists_who_corrects_whom(schools, csv_list):
    root = ["--root", str(schools.project.root)]

    def run(*arguments):
        return CliRunner().invoke(app, [*arguments, *root])

    first, second = csv_list(*FIRST, name="june.csv"), csv_list(*SECOND, name="october.csv")
    of = ["--call", "EN2020", "--yes", "--as-of"]
    assert run("import", "winners", str(first), *of, "2020-06").exit_code == 0
    done = run("import", "winners", str(second), *of, "2020-10", "--replaces", JUNE)
    assert done.exit_code == 0, done.output
    assert "lignes nouvelles 1" in done.stdout
    assert run("check").exit_code == 0
    shown = run("lists", "--format", "csv")
    assert [row["replaces"] for row in csv.DictReader(shown.stdout.splitlines())] == ["", JUNE]
