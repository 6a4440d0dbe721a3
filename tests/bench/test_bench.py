"""Every benchmark runs at its smallest, so that none is broken on the day when its numbers are needed."""

import io
import os
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, contextmanager, nullcontext, redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from bench import browser, kit, matching, schools, serving, timing
from bench.__main__ import SUBJECTS
from bench.timing import ENNUM, PYTHON, Options, command
from ennum_stats.cli import app
from ennum_stats.imports.schools.sites import School, Site, SiteRegister
from ennum_stats.project import Project
from ennum_stats.publication import build
from tests.conftest import copied_project

HUY = "61031"
SITES = {
    str(number): Site(
        str(number), HUY, f"Rue fictive {number}", "4500", "HUY",
        (School(str(number), f"Ecole fondamentale {name}", "municipal", frozenset(), frozenset()),),
    )
    for number, name in enumerate(("Saint-Aubain", "Sainte-Marie", "n° 1 - Site A", "du Beaupré"), 101)
}  # fmt: skip
INVENTED = SiteRegister("fictif-2021", SITES, {}, frozenset(SITES), {})
"""Données fictives, in the place of the real register, which no clone has."""
IN_BROWSER = {"dashboard", "questions"}
ONLY_ASKS = {"explore", "questions"}


def run_here(arguments, *, env=None, cwd=None, check=False, **how):
    """Runs a command of the program, or a piece of Python, in the place of `subprocess.run`: what starting a process
    costs is not the matter here. What benchmarks start themselves, to serve or to weigh it, are processes."""
    program, *rest = map(str, arguments)
    with chdir(cwd), pytest.MonkeyPatch.context() as patch:
        if program == str(ENNUM):
            done = CliRunner().invoke(app, rest, env=env)
            return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)
        assert program == str(PYTHON)
        if rest[0] != "-c":
            return subprocess.run(arguments, env=env, cwd=cwd, check=check, **how)
        patch.setattr(sys, "argv", ["-c", *rest[2:]])
        out, err = io.StringIO(), ""
        with redirect_stdout(out):
            try:
                exec(compile(rest[1], "-c", "exec"), {})  # noqa: S102 - that of a benchmark
            except Exception:  # noqa: BLE001 - told as Python tells it
                err = traceback.format_exc()
        return SimpleNamespace(returncode=int(bool(err)), stdout=out.getvalue(), stderr=err)


def taken_here(arguments):
    """Weighs a command of the program as if it had been a process."""
    assert run_here(arguments, cwd=schools.ROOT).returncode == 0
    return schools.Taken(1.0, 1.0)


def build_here(command, root):
    """Publishes while a server answers, in the place of `ennum build`."""
    assert command == "build"
    build(Project(root))


def pressed_once(arguments, *how):
    """Makes one kit: of that with a number changed the store alone is built."""
    return build(Project(arguments[3])) if arguments[1:3] == ["press", "--root"] else command(arguments, *how)


@pytest.fixture
def options(tmp_path, monkeypatch, project, demonstration):
    """As small as can be, on a project of its own."""
    root = copied_project(project.root, tmp_path / "at-hand")
    monkeypatch.setenv("ENNUM_ROOT", str(root))
    monkeypatch.setattr(serving, "SECONDS_TO_SETTLE", 0)
    monkeypatch.setattr(serving, "copied", lambda root: copied_project(project.root, root))
    monkeypatch.setattr(serving, "invented", lambda root, _: copied_project(demonstration.root, root))
    monkeypatch.setattr(serving, "ennum", build_here)
    monkeypatch.setattr(kit, "command", pressed_once)
    monkeypatch.setattr(timing, "subprocess", SimpleNamespace(run=run_here))
    weighed = schools._taken
    monkeypatch.setattr(schools, "_taken", lambda line: (taken_here if line[0] == ENNUM else weighed)(line))
    monkeypatch.setattr(matching, "REGISTER", Path(__file__))
    monkeypatch.setattr(matching, "real_register", lambda _: INVENTED)
    return Options(runs=1, is_fresh=False, scratch=tmp_path, is_tiny=True)


@pytest.fixture
def servers(request, monkeypatch, project):
    """A function that gives a benchmark the servers that tests of the dashboard ask, too."""

    def give():
        counted = request.getfixturevalue("counted_projects")["borders"].root
        serving_it = {project.root: "server", counted: "counted_server"}

        @contextmanager
        def asked(root, **_):
            yield request.getfixturevalue(serving_it[root]).port, os.getpid()

        monkeypatch.setattr(serving, "copied", lambda _: project.root)
        monkeypatch.setattr(serving, "invented", lambda *_: counted)
        monkeypatch.setattr(serving, "dashboard", asked)

    return give


@pytest.mark.parametrize(
    "subject", [pytest.param(s, marks=pytest.mark.browser if s in IN_BROWSER else ()) for s in SUBJECTS]
)
def test_a_benchmark_runs_at_its_smallest(subject, options, servers, capsys, request, monkeypatch):
    if subject in IN_BROWSER:
        monkeypatch.setattr(browser, "opened", lambda: nullcontext(request.getfixturevalue("chromium")))
    if subject in ONLY_ASKS:
        servers()
    if subject == "server":  # clients have a loop; in the thread of the tests runs that of a browser
        with ThreadPoolExecutor(1) as threads:
            threads.submit(SUBJECTS[subject], options).result()
    else:
        SUBJECTS[subject](options)
    assert "—" not in capsys.readouterr().out
