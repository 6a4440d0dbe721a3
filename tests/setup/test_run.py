"""The way in, without network: what it finds, what it remembers, where it sends a command."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import KINDS
from tools import environment

ROOT = Path(__file__).resolve().parents[2]


def load_run():
    spec = importlib.util.spec_from_file_location("run_script", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run = load_run()
SHELL = "chromium-headless-shell"
run_start = run.start


@pytest.fixture
def project(tmp_path):
    """A folder that looks like the project to the set-up."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\n", "utf-8")
    for group in run.LOCKED_GROUPS:
        (tmp_path / "requirements" / f"{group}.txt").write_text(f"{group}==1\n", "utf-8")
    (tmp_path / "ennum_stats").mkdir()
    (tmp_path / "ennum_stats" / "__init__.py").write_text("", "utf-8")
    return tmp_path


def executable(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", "utf-8")
    path.chmod(0o755)
    return str(path)


# --- the browser ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "named", "found"),
    [
        ((), None, None),
        (("chromium-browser",), None, "chromium-browser"),
        (("chromium", SHELL), None, SHELL),  # one without windows comes before one with
        (("chromium", "mine"), "mine", "mine"),
        (("chromium",), "gone", "chromium"),  # one that is named and is not there is passed over
    ],
)
def test_the_browser_that_is_named_or_the_first_that_is_there(monkeypatch, tmp_path, there, named, found):
    paths = {name: executable(tmp_path / name) for name in there}
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ENNUM_BROWSER", str(tmp_path / named) if named else "")
    assert environment.find_browser() == paths.get(found)


def test_newest_versions_are_tried_apart_and_what_breaks_is_named(monkeypatch, project, capsys):
    locks = {path: path.read_bytes() for path in (project / "requirements").iterdir()}

    def resolve(_group, target, *how):
        assert target.read_text() == "test==1\n"  # what may stay stays
        target.write_text("test==1\ndash==9\n" if "dash" in how else "test==2\n")
        return 0

    monkeypatch.setattr(run, "ROOT", project)
    monkeypatch.setattr(run, "LOCKS", project / "requirements")
    monkeypatch.setattr(run, "resolve", resolve)
    monkeypatch.setattr(environment, "set_up", lambda _: None)
    monkeypatch.setattr(environment, "run", lambda *_: None)
    monkeypatch.setattr(run, "call", lambda command, *_: int("dash" in command[0].parts))
    assert run.main(["newest", "unit"]) == 1
    shown = capsys.readouterr().err
    assert "dash==9" in shown
    assert "all : test==2" in shown
    assert "breaks: dash\n" in shown
    assert {path: path.read_bytes() for path in (project / "requirements").iterdir()} == locks
    assert run.main(["newest", "everything"]) == 1


def test_missing_browser_stops_before_anything_is_installed(monkeypatch, capsys):
    monkeypatch.setattr(environment, "find_browser", lambda: None)
    monkeypatch.setattr(environment, "can_install_packages", lambda: False)
    monkeypatch.setattr(environment, "set_up", lambda _: pytest.fail("installed all the same"))
    assert run.main(["test"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Chromium" in shown.err


def test_only_tests_that_open_pages_look_for_a_browser(monkeypatch):
    monkeypatch.setattr(environment, "find_browser", lambda: pytest.fail("looked for a browser"))
    monkeypatch.setattr(environment, "set_up", lambda _: None)
    monkeypatch.setattr(run, "call", lambda *_: 0)
    monkeypatch.setattr(environment, "make_bundle", lambda: None)
    for arguments in (["figures"], ["press"], ["chart", "timeline"], ["bench"], ["contact-sheet"],
                      ["test", "unit"], ["test", "document"]):  # fmt: skip
        assert run.main(arguments) == 0


@pytest.mark.parametrize(
    ("is_there", "named", "installed"),
    [
        (set(), "", [SHELL, "fontconfig", "nginx"]),
        ({"nginx"}, "", [SHELL, "fontconfig"]),
        ({"nginx", "chromium"}, "", [SHELL, "fontconfig"]),
        ({SHELL}, "", ["nginx"]),
        ({"chromium"}, "/opt/chromium", ["nginx"]),
        ({"chromium", SHELL, "nginx"}, "", None),
    ],
)
def test_what_tests_start_is_installed_while_the_environment_is_made(monkeypatch, is_there, named, installed):
    found, began = {*is_there}, []

    def start_install(packages):
        began.append(packages)
        found.update(packages)
        return subprocess.Popen([sys.executable, "-c", ""])

    monkeypatch.delenv("ENNUM_BROWSER", raising=False)
    if named:
        monkeypatch.setenv("ENNUM_BROWSER", named)
    monkeypatch.setattr(environment.shutil, "which", lambda name, **_: name if name in found else None)
    monkeypatch.setattr(environment, "can_install_packages", lambda: True)
    monkeypatch.setattr(environment, "start_install", start_install)
    monkeypatch.setattr(environment, "set_up", lambda _: None)
    monkeypatch.setattr(environment, "make_bundle", lambda: None)
    assert environment.prepare_tests()["ENNUM_BROWSER"] == (SHELL if SHELL in found else "chromium")
    assert began == ([] if installed is None else [installed])


def test_packages_that_cannot_be_installed_stop_the_tests_only_where_they_need_them(monkeypatch, capsys):
    monkeypatch.setattr(environment.shutil, "which", lambda _: None)
    monkeypatch.setattr(environment, "can_install_packages", lambda: True)
    monkeypatch.setattr(
        environment,
        "start_install",
        lambda _: subprocess.Popen([sys.executable, "-c", "raise SystemExit(100)"]),
    )
    monkeypatch.setattr(environment, "set_up", lambda _: None)
    monkeypatch.setattr(environment, "make_bundle", lambda: None)
    monkeypatch.setattr(environment, "find_browser", lambda: "/usr/bin/chromium")
    assert environment.prepare_tests()["ENNUM_BROWSER"] == "/usr/bin/chromium"
    assert "could not be installed" in capsys.readouterr().err
    monkeypatch.setattr(environment, "find_browser", lambda: None)
    with pytest.raises(run.SetupError, match="ENNUM_BROWSER"):
        environment.prepare_tests()


# --- the environment ------------------------------------------------------------------------------


def test_digest_follows_the_locks_and_the_declaration(project):
    first = environment.digest(["run"], project)
    assert environment.digest(["run"], project) == first
    assert environment.digest(["run", "test"], project) != first
    for name in ("requirements/run.txt", "pyproject.toml"):
        (project / name).write_text("changed\n", "utf-8")
        assert environment.digest(["run"], project) != first
        first = environment.digest(["run"], project)


def test_digest_follows_the_place(project, tmp_path_factory):
    moved = tmp_path_factory.mktemp("elsewhere") / "project"
    before = environment.digest(["run"], project)
    project.rename(moved)
    assert environment.digest(["run"], moved) != before


def test_press_after_test_keeps_what_the_tests_need():
    assert environment.groups_to_install(["run"], {"groups": ["run", "test"]}) == ["run", "test"]
    assert environment.groups_to_install(["test"], {"groups": ["run"]}) == ["run", "test"]
    assert environment.groups_to_install([], {}) == ["run"]


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"])
def test_broken_stamp_counts_as_none(tmp_path, content):
    stamp = tmp_path / "stamp.json"
    assert environment.read_stamp(stamp) == {}
    stamp.write_text(content, "utf-8")
    assert environment.read_stamp(stamp) == {}


@pytest.fixture
def steps(project, monkeypatch):
    """The steps that the set-up takes, instead of taking them; `.venv` is a folder of an earlier version at first."""
    taken = []
    (project / ".venv").mkdir()
    (project / ".venv" / "python").touch()
    for name, value in {
        "ROOT": project, "VENV": project / ".venv", "ENVIRONMENTS": project / ".venvs",
        "PYTHON": project / ".venv" / "python", "STAMP": project / ".venv" / "stamp.json",
    }.items():  # fmt: skip
        monkeypatch.setattr(environment, name, value)

    def made(place, python):
        taken.append("environment")
        place.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(environment, "works", lambda python: python.exists())
    monkeypatch.setattr(environment, "make_environment", made)
    monkeypatch.setattr(environment, "install", lambda groups, _: taken.append(" ".join(groups)))
    monkeypatch.setattr(environment, "make_bundle", lambda: None)
    monkeypatch.setattr(environment, "compile_our_code", lambda: taken.append("bytecode"))
    return taken


def test_second_set_up_does_nothing(steps):
    environment.set_up(["run"])
    assert steps == ["environment", "run", "bytecode"]
    environment.set_up(["run"])
    assert steps[3:] == []
    environment.set_up(["test"])
    assert steps[3:] == ["environment", "run test", "bytecode"]
    environment.set_up(["run"])
    assert steps[6:] == []


def test_changed_source_is_compiled_and_nothing_else(steps, project):
    environment.set_up(["run"])
    source = project / "ennum_stats" / "new.py"
    source.write_text("", "utf-8")
    stat = (project / "ennum_stats" / "__init__.py").stat()
    later = stat.st_mtime_ns + 1_000_000_000
    os.utime(source, ns=(later, later))
    environment.set_up(["run"])
    assert steps[3:] == ["bytecode"]


def test_an_environment_stays_until_the_next_is_whole_and_the_one_before_is_a_rename_away(
    steps, project, monkeypatch
):
    """Whatever is installed, `.venv` leads to one or the other; what runs in the one before keeps its files."""
    environment.set_up(["run"])
    first = (project / ".venv").resolve()

    def fail(_groups, python):
        assert (project / ".venv").resolve() == first
        (python.parent / "half").touch()
        raise run.SetupError("no network")

    with monkeypatch.context() as failing:
        failing.setattr(environment, "install", fail)
        with pytest.raises(run.SetupError):
            environment.set_up(["test"])
    assert (project / ".venv").resolve() == first
    del steps[:]
    environment.set_up(["run"])
    assert steps == []
    lock = project / "requirements" / "run.txt"
    before = lock.read_bytes()
    lock.write_text("run==2\n", "utf-8")
    environment.set_up(["run"])
    second = (project / ".venv").resolve()
    assert second != first
    assert first.is_dir()
    del steps[:]
    lock.write_bytes(before)
    environment.set_up(["run"])
    assert (project / ".venv").resolve() == first
    assert steps == ["bytecode"]
    lock.write_text("run==3\n", "utf-8")
    environment.set_up(["run"])
    assert {*(project / ".venvs").iterdir()} == {first, (project / ".venv").resolve()}


def test_python_without_pip_and_venv_is_told_how_to_get_them(monkeypatch, tmp_path):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(run.SetupError, match="apt-get install -y python3-venv"):
        environment.make_environment(tmp_path, tmp_path / "none")


def test_failed_step_is_named():
    with pytest.raises(run.SetupError, match="code 3"):
        environment.run([sys.executable, "-c", "raise SystemExit(3)"])


# --- the commands ---------------------------------------------------------------------------------


@pytest.fixture
def called(monkeypatch):
    """The commands that would be started, with the groups that they ask for."""
    calls = []
    monkeypatch.delenv("ENNUM_BROWSER", raising=False)  # `run.py test` gives it to us
    monkeypatch.setattr(environment, "make_bundle", lambda: None)
    monkeypatch.setattr(environment, "set_up", lambda groups: calls.append(list(groups)))
    monkeypatch.setattr(environment, "find_browser", lambda: "/usr/bin/chromium")

    def call(command, env, _cwd=None):
        calls.append([Path(command[0]).stem, *map(str, command[1:])])
        opens_pages = calls[0] == ["test"] and command[-1] != "unit"
        assert env.get("ENNUM_BROWSER") == ("/usr/bin/chromium" if opens_pages else None)
        return 0

    def start(command, env):
        call(command, env)
        return SimpleNamespace(communicate=lambda: ("", None), returncode=0)

    monkeypatch.setattr(run, "call", call)
    monkeypatch.setattr(run, "start", start)
    return calls


def test_other_commands_go_to_ennum_with_all_their_arguments(called):
    assert run.main(["figures", "total_investment", "--format", "json"]) == 0
    assert called == [["run"], ["ennum", "figures", "total_investment", "--format", "json"]]


def test_press_goes_to_ennum(called):
    assert run.main(["press", "--known-at", "2020-01-15"]) == 0
    assert called == [["run"], ["ennum", "press", "--known-at", "2020-01-15"]]


SHARED_OUT = ["python", "-m", "pytest", "--dist", "worksteal", "-n", "2"]
WITH_BROWSER = [*SHARED_OUT[:-1], "3"]


def test_tests_are_the_last_of_the_checks(called):
    assert run.main(["test"]) == 0
    assert called[0] == ["test"]
    assert [command[0] for command in called[1:4]] == ["ruff", "ruff", "lint-imports"]
    assert called[4][:3] == ["python", "-m", "mypy"]
    assert called[5:] == [[*WITH_BROWSER, "--durations", "20"]]


def test_each_step_says_how_long_it_took(called, capsys):
    assert run.main(["test"]) == 0
    told = re.findall(r"^  (.+) : \d+ s$", capsys.readouterr().err, re.MULTILINE)
    assert told == ["environnement", "ruff check", "ruff format", "import-linter", "pytest", "mypy"]


@pytest.mark.parametrize(
    ("arguments", "of_pytest"),
    [
        (["unit"], [*SHARED_OUT, "-m", "unit"]),
        (["document", "browser", "-x"], [*WITH_BROWSER, "-m", "document or browser", "-x"]),
        (["-q", "-x"], [*SHARED_OUT, "-q", "-x"]),
        (["tests/setup", "-q"], ["python", "-m", "pytest", "tests/setup", "-q"]),
        (
            ["tests/setup/test_run.py::test_failed_step_is_named"],
            ["python", "-m", "pytest", "tests/setup/test_run.py::test_failed_step_is_named"],
        ),
    ],
)
def test_kinds_and_arguments_are_for_pytest_alone(called, capsys, arguments, of_pytest):
    assert run.main(["test", *arguments]) == 0
    assert called == [["test"], of_pytest]
    if kinds := " ".join(argument for argument in arguments if argument in run.KINDS):
        assert re.search(rf"^  {kinds} : \d+ s$", capsys.readouterr().err, re.MULTILINE)


def test_every_test_is_of_one_kind(request):
    for item in request.session.items:
        kinds = {mark.name for mark in item.iter_markers()} & {*run.KINDS}
        assert len(kinds) == 1, item.nodeid
        assert "chromium" not in item.fixturenames or kinds == {"browser"}, item.nodeid
    assert run.KINDS == KINDS


@pytest.mark.parametrize("check", ["ruff", "lint-imports"])
def test_one_failed_check_fails_all_but_the_others_still_run(monkeypatch, called, capsys, check):
    recorded = run.call
    monkeypatch.setattr(
        run,
        "call",
        lambda command, env, cwd: recorded(command, env, cwd) or int(Path(command[0]).stem == check),
    )
    assert run.main(["test"]) == 1
    assert called[-1][:3] == ["python", "-m", "pytest"]
    assert "en échec" in capsys.readouterr().err


def test_types_are_checked_beside_the_tests_and_told_after_them(monkeypatch, called, capfd):
    code = "import sys; print('wrong type'); print('more', file=sys.stderr); sys.exit(1)"
    started = run_start
    monkeypatch.setattr(run, "start", lambda _, env: started([sys.executable, "-c", code], env))
    assert run.main(["test"]) == 1
    shown = capfd.readouterr()
    assert "wrong type" in shown.out
    assert "more" in shown.out
    assert shown.err.index("— pytest") < shown.err.index("— mypy")
    assert "Contrôles en échec : mypy" in shown.err


def test_the_long_search_tries_all_cases_then_faults_by_the_thousand(monkeypatch, called):
    monkeypatch.setattr(environment, "find_browser", lambda: pytest.fail("looked for a browser"))
    began = []
    monkeypatch.setattr(
        run, "call", lambda command, env, _: began.append((env.get("ENNUM_SEEDS"), *command[1:]))
    )
    run.main(["test", "search"])
    long = ("110", *SHARED_OUT[1:], "-m", "search or reads or hour")
    assert began == [long, ("110", "-m", "tests.faults")]
    run.main(["test", "search", "--only", "kills"])
    assert began[2:] == [(None, "-m", "tests.faults", "--only", "kills")]


def test_a_case_that_ends_badly_fails_the_long_search(monkeypatch, called):
    for codes in ([1, 0], [0, 1]):
        answers = iter(codes)
        monkeypatch.setattr(run, "call", lambda *_, answers=answers: next(answers))
        assert run.main(["test", "search"]) == 1


def test_without_command_the_usage_and_misuse(capsys):
    assert run.main([]) == 2
    assert "python3 run.py press" in capsys.readouterr().err


def test_unknown_group_is_refused(capsys):
    assert run.main(["setup", "everything"]) == 1
    assert "everything" in capsys.readouterr().err


def test_only_the_standard_library_is_imported():
    code = (
        "import sys, runpy; sys.path.insert(0, ''); runpy.run_path('run.py'); "
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    foreign = {
        name
        for name in done.stdout.split()
        if name not in sys.stdlib_module_names and not name.startswith("_")
    }
    assert foreign <= {"sitecustomize", "usercustomize", "tools"}


# --- the locks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", run.LOCKED_GROUPS)
def test_locks_have_hashes_and_no_addresses(group):
    lock = (ROOT / "requirements" / f"{group}.txt").read_text("utf-8")
    assert "://" not in lock
    for entry in lock.replace("\\\n", " ").splitlines():
        assert "==" in entry
        assert "--hash=sha256:" in entry


def test_every_declared_group_is_locked():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    assert sorted(declared) == sorted(run.LOCKED_GROUPS)
    assert {path.stem for path in (ROOT / "requirements").iterdir()} == set(run.LOCKED_GROUPS)
