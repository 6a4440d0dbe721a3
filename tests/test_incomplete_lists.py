"""What a reader is told with no list, four rows of one, some lists and all of them: kit, pages and tables, as
text. Of lists that are not complete nothing is said but how many there are at least.
"""

import json
import re
from collections import Counter
from html import unescape

import pytest
from typer.testing import CliRunner

from dashboards.app import create_app
from ennum_stats.charts.catalogue import CHARTS, chart
from ennum_stats.cli import app
from ennum_stats.document.blocks import ChartBlock, WrittenTable, plain_text
from ennum_stats.kit import text
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.coverage.coverage_table import shown_rows
from ennum_stats.measures.schools.completeness import complete_calls
from ennum_stats.project import Project
from ennum_stats.reading.answers import find
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from tests.conftest import copied_project, covering, plain, rows_of, write_rows

pytestmark = pytest.mark.product

DAY = "2026-11-24"
KEPT = {
    "none": {},
    "four": {"EN2021": 4},
    "some": {"EN1": None, "EN2": None, "EN3": None},
    "but the last": dict.fromkeys(("EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019", "EN2020")),
    "all": None,
}
"""How many rows of the lists of which calls are left in each project."""
INCOMPLETE = [name for name in KEPT if name != "all"]
HAD_NONE = re.compile(r"n’en (?:ont|a) eu aucun|aucune implantation n’a eu|aucun projet : |Sans aucun projet")
"""That somebody had nothing, as charts, tables and pages say it of what they count."""


def rewrite(project, table, rows):
    """Puts rows in the place of those of a table."""
    path = project.raw / "rows" / f"{table}.csv"
    columns = path.read_text("utf-8").splitlines()[0]
    write_rows(project, table, columns.replace(",", " "), [row.values() for row in rows])


def keep(project, calls):
    """Leaves so many rows of the lists of calls in a project, and builds it."""
    left = [
        row
        for call, number in calls.items()
        for row in [r for r in rows_of(project, "participations") if r["call"] == call][:number]
    ]
    sizes = Counter(row["call"] for row in left)
    rewrite(project, "participations", left)
    rewrite(
        project,
        "lists",
        [row | {"size": sizes[row["call"]]} for row in rows_of(project, "lists") if row["call"] in sizes],
    )
    rewrite(
        project, "reconciliations",
        [row for row in rows_of(project, "reconciliations") if row["call"] in sizes],
    )  # fmt: skip
    build(project)


@pytest.fixture(scope="module")
def projects(counted_projects, made_once):
    """The invented schools with the lists of each state; whole ones are as their reconciliation says."""
    whole = counted_projects["borders"]

    def make(root):
        for name in INCOMPLETE:
            keep(Project(copied_project(whole.root, root / name)), KEPT[name])

    root = made_once("incomplete-lists", make)
    return {"all": whole} | {name: Project(root / name) for name in INCOMPLETE}


@pytest.fixture(scope="module")
def ledgers(projects):
    opened = {name: open_ledger(one) for name, one in projects.items()}
    yield opened
    for ledger in opened.values():
        ledger.connection.close()


def kit_text(ledger, language="fr"):
    """All words of a kit: text, tables, and title and values of each chart in it; and its charts."""
    tree = text.kit_text(language)
    charts = {name: chart(ledger, name, language) for name in tree.charts}
    shown = {name: one for name, one in charts.items() if one.marks}
    words = []
    for block in Resolver(Edition(ledger, language), shown).resolved(tree):
        match block:
            case ChartBlock():
                drawn = shown[block.chart.name]
                words += [drawn.title, drawn.subtitle, drawn.note, *(mark.full_words for mark in drawn.marks)]
            case WrittenTable():
                words += [" | ".join(map(plain_text, row.cells)) for row in block.rows]
            case _:
                words.append(plain_text(block))
    return plain("\n".join(words)), set(shown)


def page_text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = unescape(answer.get_data(as_text=True).partition('<script id="_dash-config"')[0])
    return plain(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))


def printed(project, *asked):
    wide = {"COLUMNS": "600"}  # so that no cell is broken into lines
    result = CliRunner().invoke(app, [*asked, "--root", str(project.root)], env=wide)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return plain(result.stdout)


COUNTED = {name for name, entry in CHARTS.items() if entry.is_counted}


@pytest.mark.parametrize("state", INCOMPLETE)
def test_the_kit_counts_nobody_who_had_nothing(ledgers, state):
    text, charts = kit_text(ledgers[state])
    assert not HAD_NONE.findall(text)
    assert not charts & COUNTED
    assert "Les lauréats, implantation par implantation" not in text
    assert "Les communes aux deux bouts du classement" not in text


def test_with_all_lists_the_kit_counts(ledgers):
    text, charts = kit_text(ledgers["all"])
    assert charts >= COUNTED
    assert "n’en ont eu aucun" in text
    assert "Les totaux publiés ne permettent pas de le dire" not in text


def test_the_dot_is_told_where_there_is_one(ledgers):
    told = "un point donne la part comptée"
    assert told in kit_text(ledgers["some"])[0]
    assert told not in kit_text(ledgers["four"])[0]


@pytest.mark.parametrize("state", KEPT)
def test_a_share_is_counted_or_bounded_and_never_both(ledgers, state):
    of = {}
    for row in shown_rows(ledgers[state]):
        of.setdefault(row.programme, set()).add(row.basis)
    assert all(len(bases) == 1 for bases in of.values() if "counted" in bases)
    assert ("counted" in of["ecole_numerique"]) == (state in ("but the last", "all"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["four", "some", "but the last"])
def test_an_empty_chart_says_which_lists_are_awaited(ledgers, state, language):
    missing = [c for c in ("EN1", "EN2020", "EN2021") if c not in complete_calls(ledgers[state])]
    for name in COUNTED:
        made = chart(ledgers[state], name, language)
        assert made.is_empty
        assert all(call in made.title for call in missing)


def test_pages_show_no_ranking_and_say_what_is_awaited(projects):
    for state in INCOMPLETE:
        client = create_app(projects[state]).server.test_client()
        for address in ("/fr/coverage", "/fr/coverage?commune=Namur", "/fr/winners"):
            text = page_text(client, address)
            assert not HAD_NONE.findall(text), (state, address)
            assert "Part la plus élevée d’implantations" not in text
            awaited = "Listes attendues : " in text
            assert awaited == (state != "none"), (state, address)
        whole = page_text(client, "/fr/coverage")
        is_counted = re.search(r"Compté d’après les listes(?! de lauréats)", whole)
        assert bool(is_counted) == (state == "but the last")


def test_a_commune_has_at_least_what_some_lists_name(projects, ledgers):
    """Of the last list but one nothing is unknown but EN2021: what is counted is a lower bound."""
    text = page_text(create_app(projects["but the last"]).server.test_client(), "/fr/coverage?commune=Namur")
    assert re.search(r"Avec au moins un projet École Numérique : au moins \d+ implantation", text)
    assert "On ne sait pas combien n’ont rien eu" in text
    told = find(ledgers["but the last"], "combien d’écoles à Namur ?", "fr").remarks
    assert any("au moins" in one for one in told)
    assert any("EN2021" in one for one in told)


COVERED = ("repeats", "call", "province", "commune", "level", "network")
WON = ("repeats", "province", "commune", "level", "network", "year", "programme")


@pytest.mark.parametrize(
    ("measure", "by"), covering([*[("coverage", by) for by in COVERED], *[("winners", by) for by in WON]], 5)
)
def test_four_rows_of_a_list_are_at_least_four_school_sites(projects, measure, by):
    """Whatever stands beside them in a table, no number of theirs is given as all."""
    asked = ("measure", measure, "--by", by)
    found = json.loads(printed(projects["four"], *asked, "--format", "json"))
    counted = ("sites", "share", "projects", "projects_per_1000_sites", "amount_eur")
    for row in found:
        assert all(row.get(name) is None for name in counted), row
        assert all(row.get(f"{name}_upper") is None for name in counted), row
    assert sum(row["sites_lower"] or 0 for row in found) >= 4
    assert re.search(r"au moins [1-4] implantation", printed(projects["four"], *asked))


def test_four_rows_name_nobody_who_had_nothing(projects):
    never = printed(projects["four"], "measure", "never_awarded")
    assert "non connu" in never
    assert "EN2021" in never
    assert not re.search(r"\b9000\d{3}\b", never)


def test_the_lists_say_whether_they_are_complete_and_why(projects):
    every = printed(projects["all"], "lists")
    assert every.count("complète, car la liste fait foi : données fictives") == 7
    assert "complète, déclarée telle (décembre 2022) : données fictives" in every
    some = printed(projects["four"], "lists", "--format", "json")
    assert '"complete": false' in some
    assert "compte comme minimum : déclarée complète avec" in some
    assert "complete_lists.csv" in printed(projects["four"], "lists")
    told = CliRunner().invoke(app, ["reconcile", "--root", str(projects["four"].root)])
    assert "EN2021 : compte comme minimum" in plain(told.stderr)
