"""R16: what a command is started with: long names, devices, odd variables, few files. Each is told."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="its devices and limits are those of Linux"
)
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


def assert_told(done, code, sentence=""):
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "erreur du logiciel" not in done.stderr
    assert sentence in done.stderr


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
}  # fmt: skip
ENVIRONMENTS = {
    "one column": {"COLUMNS": "1"},
    "no columns": {"COLUMNS": "0"},
    "columns of letters": {"COLUMNS": "abc"},
    "less than no columns": {"COLUMNS": "-5"},
    "no language": {"LANG": "C", "LC_ALL": "POSIX"},
    "no UTF-8": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    "no folder for temporary files": {"TMPDIR": "/nonexistent"},
    "a cache that is none": {"ENNUM_CACHE": "/dev/null/x"},
    "an odd time zone": {"TZ": "Nowhere/Bad"},
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_what_a_command_is_given(built_copy, name):
    arguments, code, sentence = ARGUMENTS[name]
    assert_told(run(built_copy.project.root, *arguments), code, sentence)


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_variables_do_not_matter(built_copy, name):
    told = run(built_copy.project.root, "figures", "total_investment", **ENVIRONMENTS[name])
    assert_told(told, DONE)
    assert "total_investment" in told.stdout


def test_a_root_that_the_environment_names_wrongly_is_told(built_copy):
    assert_told(run(built_copy.project.root, "check", ENNUM_ROOT="/nonexistent"), MISUSE, "--root")


@pytest.mark.parametrize("limit", ["ulimit -n 8;", "ulimit -f 100;"])
def test_limits_of_the_system_leave_the_store_in_force(built_copy, limit):
    root = built_copy.project.root
    pointer = (built_copy.project.processed / "current.json").read_bytes()
    built_copy.cell(
        "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN1", "note", "autre"
    )
    assert_told(run(root, "build", limit=limit), FAILED)
    assert (built_copy.project.processed / "current.json").read_bytes() == pointer
