"""The command line as people and other programs use it: answers, formats, exit codes, unknown names."""

import ast
import csv
import io
import json
import os
import subprocess
import sys
from inspect import signature

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.cli.query import measure
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.quantities import HOUSE_RULES
from ennum_stats.store.publish import current_store
from tests.conftest import covering, crossed

FIGURE_KEYS = {
    "name", "label", "value", "lower", "upper", "unit", "precision", "status", "text", "known_at",
    "formula", "observations", "caveats",
}  # fmt: skip
OBSERVATION_KEYS = {"observation_id", "source_id", "source_title", "locator", "published_on"}


class Answer:
    """What a run of `ennum` gave."""

    def __init__(self, result):
        self.code, self.out, self.err = result.exit_code, result.stdout, result.stderr
        assert result.exception is None or isinstance(result.exception, SystemExit)

    @property
    def json(self):
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def csv(self):
        assert self.code == 0, self.err
        return list(csv.DictReader(io.StringIO(self.out)))


SAID_WHERE_NOTHING_IS = {
    ("sites",): "ennum import register",
    ("sites", "--by", "commune"): "ennum import register",
    ("coverage", "--by", "commune"): "ennum import register",
    ("deliveries",): "ennum import deliveries",
}


@pytest.mark.parametrize("asked", SAID_WHERE_NOTHING_IS, ids=" ".join)
def test_a_table_without_any_answer_says_what_to_load(ennum, asked):
    answer = ennum("measure", *asked)
    assert answer.code == 0
    assert SAID_WHERE_NOTHING_IS[asked] in answer.out
    for language in LANGUAGES:
        below = [line for line in ennum("measure", *asked, "--lang", language).out.splitlines() if line]
        assert not below[-1].startswith(" "), "a sentence stands under the table"
    assert "ennum import" not in ennum("measure", *asked, "--format", "csv").out


def test_a_table_with_answers_has_no_such_sentence(ennum):
    assert "ennum import" not in ennum("measure", "winners").out


@pytest.fixture
def ennum(project, monkeypatch):
    """Runs a command on the built project, without environment or terminal of the tester."""
    for name in ("ENNUM_ROOT", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments, root=project.root):
        where = () if root is None else ("--root", os.fspath(root))
        return Answer(CliRunner().invoke(app, [*where, *map(str, arguments)]))

    return run


def process(*arguments, environment=None, **options):
    command = [sys.executable, "-c", "from ennum_stats.cli import main; main()", *arguments]
    env = {name: value for name, value in os.environ.items() if name != "ENNUM_ROOT"}
    env |= environment or {}
    return subprocess.run(command, capture_output=True, check=False, env=env, **options)


# --- help and misuse ------------------------------------------------------------------------------


def test_help_names_every_command_with_what_it_does(ennum):
    answer = ennum("--help", root=None)
    assert answer.code == 0
    for command in ("check", "build", "figures", "measure", "trace"):
        (line,) = [text for text in answer.out.splitlines() if text.strip().startswith(command + " ")]
        assert len(line.split()) > 3


def test_nothing_asked_shows_the_help_and_ends_with_2(ennum):
    answer = ennum(root=None)
    assert answer.code == 2
    assert "figures" in answer.out + answer.err


# --- where the project is -------------------------------------------------------------------------


def test_the_root_stands_before_or_after_the_command(ennum, project):
    before = ennum("figures", "en3_projects", "--format", "json")
    after = ennum("figures", "en3_projects", "--format", "json", "--root", project.root, root=None)
    assert before.json == after.json


def test_the_root_may_come_from_the_environment_or_be_found_from_inside(ennum, project, monkeypatch):
    monkeypatch.setenv("ENNUM_ROOT", os.fspath(project.root))
    assert ennum("figures", "en3_projects", root=None).code == 0
    monkeypatch.delenv("ENNUM_ROOT")
    monkeypatch.chdir(project.raw / "observations")
    assert ennum("figures", "en3_projects", root=None).code == 0


def test_a_folder_without_raw_tables_is_no_project(ennum, tmp_path):
    answer = ennum("check", root=tmp_path)
    assert answer.code == 2
    assert "data/raw" in answer.err
    assert os.fspath(tmp_path) in answer.err


def test_before_the_first_build_one_is_told_to_build(ennum, raw_copy):
    answer = ennum("figures", root=raw_copy.project.root)
    assert answer.code == 1
    assert "ennum build" in answer.err
    assert answer.out == ""


# --- check and build ------------------------------------------------------------------------------


def test_check_and_build_of_good_tables(ennum, raw_copy):
    root = raw_copy.project.root
    assert ennum("check", root=root).code == 0
    answer = ennum("build", root=root)
    assert answer.code == 0
    assert current_store(raw_copy.project).store in answer.out
    assert ennum("figures", "en3_projects", root=root).code == 0


def test_check_and_build_of_bad_tables(ennum, raw_copy):
    line = raw_copy.cell("calls.csv", "EN3", "programme", "école")
    for command in ("check", "build"):
        answer = ennum(command, root=raw_copy.project.root)
        assert answer.code == 1
        assert answer.out.startswith(f"data/raw/calls.csv:{line}: programme: «\u00a0école\u00a0» ")
        assert answer.out.count("\n") == 1
        assert answer.err


# --- figures --------------------------------------------------------------------------------------


def test_figures_as_json(ennum):
    records = ennum("figures", "--known-at", "2020-01-31", "--format", "json").json
    assert len(records) >= 64
    for record in records:
        assert set(record) >= FIGURE_KEYS
        assert record["known_at"] == "2020-01-31"
        assert record["label"]
        assert record["formula"]
        assert isinstance(record["caveats"], list)
        for number in (record["value"], record["lower"], record["upper"]):
            assert number is None or type(number) in (int, float)
        for observation in record["observations"]:
            assert set(observation) >= OBSERVATION_KEYS


def test_a_figure_of_which_only_bounds_are_known_has_a_null_value(ennum):
    names = ("staff_cyberclasse", "en_coverage", "connectivity_cost_per_site")
    records = ennum("figures", *names, "--known-at", "2020-01-31", "--format", "json").json
    assert [record["name"] for record in records] == list(names)
    assert [record["value"] for record in records] == [None, None, None]
    assert all(record["lower"] < record["upper"] for record in records)
    assert (records[0]["lower"], records[0]["upper"]) == (14, 16)  # kit, section 3


def test_whole_numbers_are_whole_and_shares_are_not(ennum):
    names = ("en2018_projects", "en2018_budget", "connectivity_progress")
    records = ennum("figures", *names, "--known-at", "2020-01-31", "--format", "json").json
    assert [record["value"] for record in records] == [326, 6910088, 0.915]
    assert [type(record["value"]) for record in records] == [int, int, float]


def test_a_figure_that_was_not_known_is_null_with_a_reason(ennum):
    (record,) = ennum("figures", "en2020_projects", "--known-at", "2020-01", "--format", "json").json
    assert record["value"] is None
    assert record["missing_reason"] == "not_yet_known"
    assert record["status"] == "M"
    assert record["observations"] == []


def test_figures_as_csv(ennum):
    rows = ennum("figures", "--known-at", "2020-01-31", "--format", "csv").csv
    by_name = {row["name"]: row for row in rows}
    assert by_name["en3_budget"]["value"] == "3424546"
    assert by_name["staff_cyberclasse"]["value"] == ""
    assert by_name["staff_cyberclasse"]["lower"] == "14"
    records = ennum("figures", "--known-at", "2020-01-31", "--format", "json").json
    assert [row["name"] for row in rows] == [record["name"] for record in records]


def test_figures_as_a_table_for_people(ennum):
    answer = ennum("figures", "total_investment", "en2018_projects", "--known-at", "2020-01-31")
    assert answer.code == 0
    assert "entre 136,6 et 137,7\u00a0millions d’euros" in answer.out
    assert "326\u00a0projets" in answer.out
    assert "dossier de presse" in answer.out


@pytest.mark.parametrize("arguments", [("register",), ("winners", "--call", "EN3")])
def test_a_day_of_a_list_that_does_not_exist_is_told(ennum, tmp_path, arguments):
    kind, *options = arguments
    path = tmp_path / "list.csv"
    path.write_text(
        "N° FASE de l'établissement;Type d'enseignement;Réseau;N° FASE de l'implantation;"
        "Code postal de l'implantation;Commune de l'implantation\n"
        "11;Primaire ordinaire;Subventionné communal;101;5004;Namur\n",
        "utf-8",
    )
    answer = ennum("import", kind, str(path), *options, "--as-of", "2012-02-30")
    assert answer.code == 2
    assert answer.err.replace("\u00a0", " ").startswith("--as-of: « 2012-02-30 » n’est pas une date")


def test_french_is_meant_unless_told(ennum):
    assert ennum("figures", "en2018_projects").out == ennum("figures", "en2018_projects", "--lang", "fr").out


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2018-06-30", 325),  # Regional-IT and others
        ("2018-06", 325),
        ("2019", 325),
        ("2020-01-30", 325),
        ("2020-01-31", 326),  # the kit
        ("2020-01", 326),  # a month and a year count from their last day
        ("2020", 326),
        ("30/01/2020", 325),
        ("31/01/2020", 326),
        ("31.1.2020", 326),
        ("01/2020", 326),
    ],
)
def test_known_at_takes_a_day_a_month_or_a_year(ennum, day, value):
    (record,) = ennum("figures", "en2018_projects", "--known-at", day, "--format", "json").json
    assert record["value"] == value


@pytest.mark.parametrize(
    ("day", "command"),
    crossed(
        ["30/02/2020", "2020-02-30", "2020-13", "31/01/20", "hier", ""],
        [("figures",), ("measure", "winners"), ("trace", "en3_projects")],
    ),
)
def test_a_day_that_does_not_exist_is_misuse(ennum, command, day):
    answer = ennum(*command, "--known-at", day)
    assert answer.code == 2
    assert answer.err.startswith("--known-at: ")


def test_the_days_of_a_comparison_are_refused_by_their_own_names(ennum):
    for wrong, days in (("--from", ("31/02/2018", "2020")), ("--to", ("2018", "31/02/2020"))):
        answer = ennum("diff", "--from", days[0], "--to", days[1])
        assert answer.code == 2
        assert answer.err.startswith(f"{wrong}: ")


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        (("figures", "total_investissement"), "total_investment"),
        (("trace", "total_investissement"), "total_investment"),
        (("measure", "winner"), "winners"),
        (("measure", "budgets", "--by", "province"), "component"),
    ],
)
def test_an_unknown_name_gets_those_that_are_known_and_the_nearest(ennum, asked, known):
    answer = ennum(*asked)
    assert (answer.code, answer.out) == (2, "")
    assert asked[-1] in answer.err
    assert known in answer.err


# --- find -----------------------------------------------------------------------------------------


def test_a_question_is_answered_in_every_format(ennum):
    """Chart 2 of the kit prints 6 825 000 euros for EN2019."""
    asked = ("find", "coût", "EN2019")
    record = ennum(*asked, "--format", "json").json
    assert record["answered"]
    assert record["candidates"][0]["printed"] == 6_825_000
    rows = ennum(*asked, "--format", "csv").csv
    assert [row["name"] for row in rows] == [one["name"] for one in record["candidates"]]
    shown = ennum(*asked)
    assert shown.code == 0
    assert record["sentence"].split(" (")[0] in shown.out
    for one in record["candidates"]:
        assert ennum("trace", one["name"]).code == 0


def test_sql_is_answered_in_every_format_and_only_reads(ennum):
    """Chart 2 of the kit prints 503 projects for EN2019."""
    asked = ("sql", "SELECT call, projects_awarded FROM winners_by_call WHERE call = 'EN2019'")
    assert ennum(*asked, "--format", "json").json == [{"call": "EN2019", "projects_awarded": 503}]
    assert [*ennum(*asked, "--format", "csv").csv] == [{"call": "EN2019", "projects_awarded": "503"}]
    assert "503" in ennum(*asked).out
    refused = ennum("sql", "DROP TABLE calls", "--lang", "en")
    assert (refused.code, refused.out) == (2, "")
    assert "SELECT" in refused.err


def test_what_nothing_answers_ends_with_one_and_names_the_nearest(ennum):
    answer = ennum("find", "combien d'écoles Verviers", "--lang", "en")
    assert answer.code == 1
    assert "ennum import register" in answer.out
    assert "The nearest:" in answer.out
    assert not json.loads(ennum("find", "xyzzy", "--format", "json").out)["answered"]


# --- observations -----------------------------------------------------------------------------------


def test_published_numbers_are_listed_in_every_format(ennum):
    asked = ("observations", "--call", "EN2018", "--measure", "budget_awarded")
    records, rows = (ennum(*asked, "--format", output) for output in ("json", "csv"))
    names = [record["observation_id"] for record in records.json]
    assert "lecho-2018-06.budget_awarded.EN2018" in names
    assert [row["observation_id"] for row in rows.csv] == names
    listed = ennum(*asked)
    assert all(f"\n{name}\n" in listed.out for name in names)
    assert f" : {len(names)}." in listed.err.replace("\u00a0", " ")


def test_a_name_from_the_list_is_traced_with_its_document_and_who_says_otherwise(ennum):
    name = "lecho-2018-06.budget_awarded.EN2018"
    answer = ennum("trace", name)
    assert "6,8 millions d’euros" in answer.out.replace("\u00a0", " ")
    assert "La Wallonie débloque 6,8 millions" in answer.out.replace("la W", "La W")
    assert "6\u202f910\u202f088\u00a0euros (SPW" in answer.out
    record = ennum("trace", name, "--format", "json").json
    assert record["disagreeing"] == ["press-kit-2020.budget_awarded.EN2018"]
    assert ennum("trace", name, "--format", "csv").csv[0]["source_id"] == "lecho-2018-06"
    wrong = ennum("trace", name.replace("2018", "2017"))
    assert wrong.code == 2
    assert name in wrong.err


@pytest.mark.parametrize("wrong", [("--measure", "budget"), ("--known", "32/01/2020")])
def test_a_filter_that_means_nothing_is_misuse(ennum, wrong):
    answer = ennum("observations", *wrong)
    assert answer.code == 2
    assert wrong[1] in answer.err


# --- measure --------------------------------------------------------------------------------------


OUTPUTS = ("table", "json", "csv")
ASKED = [(name, by, output) for output in OUTPUTS for name, table in TABLES.items() for by in table.by]


@pytest.mark.parametrize(("name", "by", "output"), covering(ASKED, len(ASKED) // 5))
def test_every_measure_in_every_format(ennum, name, by, output):
    answer = ennum("measure", name, "--by", by, "--known-at", "2020-01-31", "--format", output)
    assert answer.code == 0, answer.err
    rows = {"json": lambda: answer.json, "csv": lambda: answer.csv}.get(output, answer.out.splitlines)()
    assert len(rows) > (4 if output == "table" else 0)


def test_winners_as_csv(ennum):
    rows = ennum("measure", "winners", "--known-at", "2020-01-31", "--format", "csv").csv
    assert [row["projects_awarded"] for row in rows] == ["28", "72", "210", "570", "326", "503", ""]


# --- trace ----------------------------------------------------------------------------------------


def test_trace_tells_formula_documents_places_and_dates(ennum):
    answer = ennum("trace", "total_investment", "--known-at", "2020-01-31")
    assert answer.code == 0
    for told in ("Cyberécole", "press-kit-2020.budget_spent.cyberclasse", "section 2.1", "graphique 2",
                 "janvier 2020", "137\u00a0millions"):  # fmt: skip
        assert told in answer.out


def test_trace_tells_the_documents_that_disagree(ennum):
    """EN2018: 325 in the press of June 2018, 326 in the kit."""
    answer = ennum("trace", "en2018_projects", "--known-at", "2020-01-31")
    assert "graphique 1" in answer.out
    assert "lecho-2018-06.projects_awarded.EN2018" in answer.out


def test_trace_as_json_and_csv(ennum):
    record = ennum("trace", "en2018_projects", "--known-at", "2020-01-31", "--format", "json").json
    assert record["name"] == "en2018_projects"
    assert {o["value"] for o in record["conflicts"]} >= {325}
    rows = ennum("trace", "en2018_projects", "--known-at", "2020-01-31", "--format", "csv").csv
    assert [row["observation_id"] for row in rows] == ["press-kit-2020.projects_awarded.EN2018"]


@pytest.mark.parametrize("output", ["table", "json", "csv"])
def test_trace_of_a_figure_that_was_not_known(ennum, output):
    answer = ennum("trace", "en2020_projects", "--known-at", "2020-01-31", "--format", output)
    assert answer.code == 0


# --- conflicts, diff, rules, stores ---------------------------------------------------------------


def test_conflicts_as_json(ennum):
    found = ennum("conflicts", "--format", "json").json
    for conflict in found:
        assert set(conflict) >= {"subject", "measure", "calls", "chosen", "others", "distance", "kind"}
        for side in (conflict["chosen"], *conflict["others"]):
            assert set(side) >= {"value", "source_id", "published_on"}
    of_en2018 = next(
        c for c in found if c["measure"] == "projects_awarded" and c["calls"] in ("EN2018", ["EN2018"])
    )
    assert of_en2018["chosen"]["value"] == 326
    assert 325 in {side["value"] for side in of_en2018["others"]}


def test_diff_tells_what_changed_and_why(ennum):
    found = ennum("diff", "--from", "2018-06-30", "--to", "2020-01-31", "--format", "json").json
    (change,) = [change for change in found if change["name"] == "en2018_projects"]
    assert set(change) >= {"name", "from", "to", "reason", "observations"}
    assert (change["from"]["value"], change["to"]["value"]) == (325, 326)
    assert change["reason"]


def test_nothing_changes_from_a_day_to_the_same_day(ennum):
    assert ennum("diff", "--from", "2020-01-31", "--to", "2020-01-31", "--format", "json").json == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_lists_the_house_rules(ennum, language):
    records = ennum("rules", "--lang", language, "--format", "json").json
    house = [record for record in records if record["kind"] == "house"]
    assert [record["precision"] for record in house] == list(HOUSE_RULES)


def test_rules_lists_the_constraints_with_their_documents(ennum):
    records = ennum("rules", "--format", "json").json
    rules = {record["rule"]: record for record in records if record["kind"] not in ("house", "claim")}
    size = rules["en2018_sites"]
    assert (size["value"], size["calls"], size["published_on"]) == (317, ["EN2018"], "2018")
    assert size["source_id"] == "batichronique-2018"
    assert rules["one_project_a_site"]["source_id"] is None
    claims = {r["rule"]: r["verdict"] for r in records if r["kind"] == "claim"}
    assert claims["regional-it-2021-10-11.never_awarded_share.EN1_EN2020"] == "consistent"


def test_coverage_of_chosen_calls_without_a_rule(ennum):
    asked = ("measure", "coverage", "--known-at", "2020-01-31", "--format", "json")
    rows = ennum(*asked, "--calls", "EN2017,EN2018", "--without", "en2018_sites").json
    ends = {row["basis"]: (row["sites_lower"], row["sites_upper"]) for row in rows}
    bounds = {"proved": (2, 896), "convention": (2, 896), "one_project_a_site": (896, 896)}
    assert ends == bounds, "convention where the universe is about 3,800"
    answer = ennum(*asked, "--without", "en2018")
    assert answer.code == 2
    assert "en2018_sites" in answer.err


def test_stores_are_listed_and_one_is_put_back(ennum, raw_copy):
    root = raw_copy.project.root
    ennum("build", root=root)
    first = current_store(raw_copy.project).content_hash
    raw_copy.cell("observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN1", "value", "29")
    ennum("build", root=root)
    assert current_store(raw_copy.project).content_hash != first
    assert len(ennum("stores", "--format", "json", root=root).json) == 2
    assert ennum("publish", first, root=root).code == 0
    assert current_store(raw_copy.project).content_hash == first
    assert ennum("publish", "ffff", root=root).code == 2


# --- as a program among others --------------------------------------------------------------------


def test_a_program_reads_utf_8_whatever_the_terminal(project):
    """Windows gives pipes its own code page, which has no narrow no-break space."""
    result = process(
        "figures", "en_projects_2012_2019", "--root", os.fspath(project.root), "--format", "json",
        environment={"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    (record,) = json.loads(result.stdout.decode("utf-8"))
    assert record["text"] == "1\u202f709\u00a0projets"


def test_a_reader_that_stops_early_is_no_error(project):
    command = [sys.executable, "-c", "from ennum_stats.cli import main; main()"]
    with subprocess.Popen(
        [*command, "figures", "--root", os.fspath(project.root), "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        running.stdout.read(1)
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


def test_help_loads_nothing_heavy():
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from ennum_stats.cli import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        "print(sorted({m.split('.')[0] for m in sys.modules}))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {"pandas", "plotly", "duckdb", "polars", "numpy", "scipy"} & set(
        ast.literal_eval(loaded.stdout)
    )


def test_a_root_that_is_said_wins_over_the_environment(project, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ENNUM_ROOT", str(tmp_path))
    for arguments in (["--root", str(project.root), "rules"], ["check", "--root", str(project.root)]):
        assert CliRunner().invoke(app, arguments).exit_code == 0
    told = CliRunner().invoke(app, ["--root", str(project.root), "check"])
    assert told.exit_code == 0, told.output


def test_the_command_offers_each_option_that_a_measure_declares():
    offered = signature(measure).parameters
    for table in TABLES.values():  # sites within a place are asked of pages and the API
        assert {*table.options} - {"within"} <= {*offered}, table.name
