"""R16: what a command is started with: long names, devices, odd variables, few files. Each is told."""

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from tests.conftest import covering

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="its devices and limits are those of Linux")
LONG, DEEP = "x" * 300, "x/" * 3000
TOO_LONG = "Ce nom est plus long"
MISUSE, FAILED, DONE = 2, 1, 0
"""Exit codes."""


def run(root, *arguments, limit="", **environment):
    """Runs a command of a project in a process of its own."""
    command = f'{limit} exec "{sys.executable}" -m ennum_stats.cli "$@"'
    surroundings = {name: value for name, value in os.environ.items() if name != "ENNUM_ROOT"}
    return subprocess.run(
        ["/bin/sh", "-c", command, "sh", *arguments], cwd=root, env={**surroundings, **environment},
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


def assert_told(told, code, expected, sentence=""):
    assert code == expected, told
    assert "Traceback" not in told
    assert "erreur du logiciel" not in told
    assert sentence in told


ARGUMENTS = {
    "chart, long name": (("chart", "winners_per_call", "--out", f"{LONG}.svg"), FAILED, TOO_LONG),
    "chart, deep folder": (("chart", "winners_per_call", "--out", f"{DEEP}x.svg"), FAILED, TOO_LONG),
    "chart, device": (
        ("chart", "winners_per_call", "--format", "svg", "--out", "/dev/full"),
        FAILED,
        "pas un fichier ordinaire",
    ),
    "chart, folder": (("chart", "winners_per_call", "--format", "svg", "--out", "."), FAILED, "un dossier"),
    "release, long name": (("release", LONG), FAILED, TOO_LONG),
    "release, device": (("release", "/dev/full"), MISUSE, "/dev/full"),
    "demo, device": (("demo", "/dev/full"), FAILED, "un dossier"),
    "demo, long name": (("demo", LONG), FAILED, TOO_LONG),
    "template, device": (("template", "call", "/dev/full"), FAILED, "pas un fichier ordinaire"),
    "template, long name": (("template", "call", f"{LONG}.xlsx"), FAILED, TOO_LONG),
    "import, endless device": (("import", "call", "/dev/zero"), FAILED, "pas un fichier ordinaire"),
    "import, long name": (("import", "borders", LONG), FAILED, TOO_LONG),
    "import, deep folder": (("import", "borders", DEEP), FAILED, TOO_LONG),
    "root, long name": (("--root", LONG, "check"), FAILED, TOO_LONG),
    "root, file": (("--root", "/dev/full", "check"), MISUSE, "data/raw"),
    "no text in a name": (("trace", b"\xff.\xfe"), MISUSE, r"\udcff"),
    "a long day": (("figures", "--known-at", "9" * 5000), MISUSE, "--known-at"),
    "a name of 60 letters": (("figures", "x" * 60), MISUSE, "x" * 60),
}
ENVIRONMENTS = {
    "one column, no language": {"COLUMNS": "1", "LANG": "C", "LC_ALL": "POSIX"},
    "no columns, no UTF-8": {"COLUMNS": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    "columns of letters, no folder for temporary files": {"COLUMNS": "abc", "TMPDIR": "/nonexistent"},
    "less than no columns, a cache that is none, an odd time zone": {
        "COLUMNS": "-5", "ENNUM_CACHE": "/dev/null/x", "TZ": "Nowhere/Bad",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", ARGUMENTS)
def test_what_a_command_is_given(built_copy, monkeypatch, name):
    arguments, code, sentence = ARGUMENTS[name]
    monkeypatch.delenv("ENNUM_ROOT", raising=False)
    monkeypatch.chdir(built_copy.project.root)
    done = CliRunner().invoke(app, [os.fsdecode(one) for one in arguments])
    assert isinstance(done.exception, SystemExit)
    assert_told(done.stderr, done.exit_code, code, sentence)


@pytest.mark.parametrize("name", covering(ENVIRONMENTS, 2))
def test_variables_do_not_matter(built_copy, name):
    done = run(built_copy.project.root, "figures", "total_investment", **ENVIRONMENTS[name])
    assert_told(done.stderr, done.returncode, DONE)
    assert "total_investment" in done.stdout


def test_a_root_that_the_environment_names_wrongly_is_told(built_copy):
    done = run(built_copy.project.root, "check", ENNUM_ROOT="/nonexistent")
    assert_told(done.stderr, done.returncode, MISUSE, "--root")


@pytest.mark.parametrize("limit", covering(["ulimit -n 8;", "ulimit -f 100;"], 1))
def test_limits_of_the_system_leave_the_store_in_force(built_copy, limit):
    root = built_copy.project.root
    pointer = (built_copy.project.processed / "current.json").read_bytes()
    built_copy.cell("observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN1", "note", "autre")
    done = run(root, "build", limit=limit)
    assert_told(done.stderr, done.returncode, FAILED)
    assert (built_copy.project.processed / "current.json").read_bytes() == pointer
