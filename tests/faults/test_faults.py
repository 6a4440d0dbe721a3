"""The search for faults, a few cases of each family: `python3 run.py test search` tries thousands.

A family runs in processes of its own, because none may be forked from one whose libraries have threads: they
are forked from one that has loaded what they need and done nothing with it.
"""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

import pytest

from tests.faults import __main__ as search
from tests.faults.harness import FAMILIES, ROOT, SHARED, SILENCE_S, Tried, run, run_here, shares, table
from tests.faults.outcome import DONE, REFUSED, Outcome, Verdict
from tests.faults.pages import faults_of_page, faults_of_table, of_later

SEED = 186031
"""Its cases kill an import, fill the disk under a build, and have a store published beside an import; of few
commands, each of which is first tried undisturbed."""
FEW = {"languages": 4, "obstacles": 2, "addresses": 12}
"""Cases of a family here, where it is named; else one."""
RUN_BY_COMMAND = "addresses"
"""The family that is run by workers of its own, as the long search runs all."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork a process")


@pytest.fixture
def shared_ground(made_once, demonstration, monkeypatch):
    """What all families are tried on, made by the first of them, also where several processes test."""

    def make(folder):
        folder.mkdir()
        (folder / "demonstration").symlink_to(demonstration.root)

    monkeypatch.setenv(SHARED, str(made_once("faults", make)))


@pytest.fixture(scope="module")
def loaded():
    """Starts processes in which the program is loaded."""
    forking = get_context("forkserver")
    forking.set_forkserver_preload(["tests.faults.loaded"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        with ProcessPoolExecutor(1, forking, max_tasks_per_child=1) as processes:
            yield processes


def few(family, shared):
    os.environ[SHARED] = shared
    return [*run_here(family, SEED, FEW.get(family, 1))]


@pytest.mark.search
@pytest.mark.parametrize("family", FAMILIES)
def test_no_case_of_a_family_ends_badly(family, shared_ground, loaded):
    if family == RUN_BY_COMMAND:
        ended = list(run({family: FEW[family]}, SEED, jobs=1))
    else:
        ended = loaded.submit(few, family, os.environ[SHARED]).result(SILENCE_S)
    assert ended
    assert [one.told(SEED) for one in ended if one.outcome.verdict.is_bad] == []


PAGE = """<!doctype html><html lang="fr"><main><p class="notice strong">Données fictives</p>
<h1 id="a">Combien\u00a0?</h1><svg role="img" aria-label="x" aria-describedby="d"></svg><p id="d">x</p>
<a href="/fr/" aria-label="Ne plus choisir : Namur">Namur ×</a><label for="q">q</label><input id="q"></main></html>"""
DAMAGES = (
    ('id="d"', 'id="a"', "an id 2 times: a"), ("Données fictives", "Données", "invented"),
    ('aria-describedby="d"', "", "without a description"), (' aria-label="x"', "", "picture without a name"),
    (' aria-label="Ne plus choisir : Namur"', "", "control without a name"), ('for="q"', "", "field without"),
    ("\u00a0?", " ?", "'n ?'"), ("<h1", '<h1 onclick="x"', "what runs"),
)  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "told"), DAMAGES)
def test_what_is_wrong_on_a_page_is_said_and_nothing_of_a_right_one(right, wrong, told):
    assert [*faults_of_page(PAGE, "fr")] == []
    assert any(told in one for one in faults_of_page(PAGE.replace(right, wrong), "fr"))


@pytest.mark.parametrize(
    ("cell", "is_computed"),
    [("=1+1", True), ("@x", True), ("-zyx()", True), ("-0.5", False), ("'=1+1", False)],
)
def test_what_a_spreadsheet_computes_is_said_of_a_table(cell, is_computed):
    assert bool([*faults_of_table(f"name,told\na,{cell}\n")]) == is_computed


def test_a_title_is_of_later_until_the_day_of_its_document():
    """The press kit of January 2020."""
    told = (
        "<p>École Numérique, dossier de presse\u00a0: 20 ans d’investissement numérique dans les écoles</p>"
    )
    assert of_later(told, date(2020, 1, 30))
    assert not of_later(told, date(2020, 1, 31))


def test_every_family_has_its_share_of_all_cases():
    counts = shares(FAMILIES, 10_000)
    assert set(counts) == set(FAMILIES)
    assert abs(sum(counts.values()) - 10_000) <= len(FAMILIES)
    assert all(shares(FAMILIES, 1).values())


def test_the_table_counts_what_cases_ended_as():
    tried = [
        Tried("disks", n, "full", outcome, 1.0)
        for n, outcome in enumerate([DONE, DONE, REFUSED, Outcome(Verdict.LOST, "raw")])
    ]
    header, disks, everything = (line.split() for line in table(tried).splitlines())
    assert header == ["family", "cases", *Verdict]
    counted = {"cases": "4", "done": "2", "refused": "1", "lost": "1"}
    expected = [counted.get(column, "–") for column in header[1:]]
    assert disks == ["disks", *expected]
    assert everything == ["all", *expected]


def test_a_bad_case_tells_the_line_that_repeats_it():
    told = Tried("disks", 17, "full", Outcome(Verdict.LOST, "raw"), 1.0).told(5)
    assert "python3 run.py test search --only disks --seed 5 --case 17" in told


@pytest.mark.parametrize("verdict", [Verdict.DONE, Verdict.LOST])
def test_the_command_tells_bad_cases_and_a_table_and_fails_for_them(monkeypatch, capsys, tmp_path, verdict):
    def one_case(counts, seed, jobs):
        assert (counts, seed, jobs) == ({"disks": 1}, SEED, 2)
        yield Tried("disks", 0, "full", Outcome(verdict, "raw"), 1.0)

    monkeypatch.setenv(SHARED, str(tmp_path))
    monkeypatch.setattr(search, "shares", dict.fromkeys)
    monkeypatch.setattr(search, "FAMILIES", ("disks",))
    monkeypatch.setattr(search, "run", one_case)
    options = ["--only", "disks", "--cases", "1", "--seed", str(SEED), "--jobs", "2"]
    monkeypatch.setattr(sys, "argv", ["faults", *options])
    assert search.main() == (verdict is Verdict.LOST)
    told = capsys.readouterr().out
    assert ("python3 run.py test search --only disks" in told) == (verdict is Verdict.LOST)
    assert told.rstrip().splitlines()[-1].split()[:2] == ["all", "1"]
