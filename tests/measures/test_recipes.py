"""The recipes of CONTRIBUTING.md for a measure and a column, followed in a copy of the project."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import copied_project
from tools import store_methods

ROOT = Path(__file__).resolve().parents[2]
MEASURE = '''"""Sessions that inform schools of a call: invented by a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from ennum_stats.errors import message
from ennum_stats.measures.columns import Column
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.store.answers import Answer
from ennum_stats.store.ledger import Ledger


@dataclass(frozen=True)
class SessionsRow:
    """Hold the sessions of one call."""

    call: str
    sessions_held: Annotated[Answer, Column(message("Sessions held"), "sessions", ("call",), ("call",))]


def sessions_rows(ledger: Ledger) -> MeasureTable[SessionsRow]:
    """Give the sessions that informed schools of the calls.

    One row is one call, as known on the store's day.

    >>> store.sessions()[["call", "sessions_held"]]
    """
    rows = [
        SessionsRow(
            one.call,
            ledger.answer("information_sessions", programme=one.programme, call=one.call, stage="planned"),
        )
        for one in ledger.calls
    ]
    return MeasureTable(rows, SessionsRow)


SESSIONS = MeasureDefinition(
    "sessions", message("Sessions that inform of a call."), sessions_rows, {SessionsRow: ("call",)},
    is_released=True,
)
'''
FIELD = '    refused: Annotated[Answer, Column(message("Refused projects"), "projects", _CALL, _CALL)]\n'
COLUMN = {
    "    prices: str = NOMINAL\n\n\ndef": FIELD + "    prices: str = NOMINAL\n\n\ndef",
    "        prices=prices.name if": "        refused=introduced - projects,\n        prices=prices.name if",
}
WORDS = {
    "fr": ("Séances tenues", "Séances d’information d’un appel.", "Projets refusés en tout"),
    "de": ("Gehaltene Sitzungen", "Sitzungen zu einem Aufruf.", "Abgelehnte Projekte insgesamt"),
    "nl": ("Gehouden sessies", "Sessies over een oproep.", "Geweigerde projecten in totaal"),
}
ASKED = """
import json
import sys
import ennum_stats
from dashboards.queries.table_builder import FILTERS
from typer.testing import CliRunner
from dashboards.app import create_app
from ennum_stats.cli import app
from ennum_stats.comparison.comparables import COMPARABLES
from ennum_stats.measures.frames.cross_table import cross_table
from ennum_stats.project import Project
from ennum_stats.release.rows import filled_tables

def said(*command):
    return CliRunner().invoke(app, ["measure", *command]).stdout

at = ("--known-at", "2020-10-31", "--root", sys.argv[1])
store = ennum_stats.open(sys.argv[1], known_at="2020-10-31")
client = create_app(Project.at(sys.argv[1])).server.test_client()
rows = {row["call"]: row for row in client.get("/api/measures/sessions?known_at=2020-10-31").get_json()["items"]}
winners = store.winners().set_index("call")
released = next(one for one in filled_tables(store) if one.table.name == "measures").rows
print(json.dumps({
    "tab": "sessions" in dir(store),
    "frame": int(store.sessions().set_index("call").loc["EN2020", "sessions_held"]),
    "type": str(store.sessions()["sessions_held"].dtype),
    "doc": ennum_stats.Store.sessions.__doc__,
    "total": int(store.total("sessions")["lower"][0]),
    "sum": int(ennum_stats.sum_bounds(store.sessions())["sessions_held_lower"][0]),
    "api": rows["EN2020"]["sessions_held"],
    "compared": [name for name in COMPARABLES if name in ("sessions.sessions_held", "winners.refused")],
    "offered": [name for name in FILTERS[1].kinds if name in ("sessions.sessions_held", "winners.refused")],
    "built": str(cross_table(store, "sessions", "call").cells["EN2020", "sessions_held"].quantity.value),
    "released": sorted({
        int(row["value"]) for row in released
        if row["call"] == "EN2020" and row["measure"] in ("sessions_held", "refused")
    }),
    "refused": [int(winners.loc["EN2020", "refused"]), str(winners["refused"].dtype)],
    "said": [said("sessions", *at), said("winners", *at), said("sessions", *at, "--format", "json"), said("--help")],
}))
"""


def test_the_methods_of_the_store_are_what_the_measures_declare():
    assert store_methods.NAMES.read_text("utf-8") == store_methods.names(), "run `python -m tools.generated`"
    assert store_methods.METHODS.read_text("utf-8") == store_methods.methods(), (
        "run `python -m tools.generated`"
    )


@pytest.fixture
def copy(tmp_path, project):
    """A copy of the code in which the recipes were followed."""
    for name in (
        "ennum_stats",
        "dashboards",
        "tools",
        "notebooks",
    ):  # also as compiled: all are loaded three times
        shutil.copytree(ROOT / name, tmp_path / name)
    copied_project(project.root / "data", tmp_path / "data")
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    measures = tmp_path / "ennum_stats" / "measures"
    (measures / "sessions.py").write_text(MEASURE, "utf-8")
    winners = (measures / "winners.py").read_text("utf-8")
    for before, after in COLUMN.items():
        assert before in winners
        winners = winners.replace(before, after)
    (measures / "winners.py").write_text(winners, "utf-8")
    texts = ("Sessions held", "Sessions that inform of a call.", "Refused projects")
    for language, words in WORDS.items():
        catalogue = tmp_path / "ennum_stats" / "locale" / language / "LC_MESSAGES" / "measures.po"
        entries = [f'\nmsgid "{a}"\nmsgstr "{b}"\n' for a, b in zip(texts, words, strict=True)]
        with catalogue.open("a", encoding="utf-8") as file:
            file.write("".join(entries))
    python(tmp_path, "-m", "tools.generated")
    return tmp_path


def python(folder, *arguments):
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.product
def test_a_measure_is_a_file_and_a_column_a_field(copy, project):
    """Press kit, section 5.1: four sessions for EN2020. RTL/Belga, June 2020: 679 of 955 projects awarded."""
    found = json.loads(python(copy, "-c", ASKED, str(project.root)).splitlines()[-1])
    words, (sessions, winners, rows, usage) = found.pop("doc"), found.pop("said")
    assert found == {
        "tab": True, "frame": 4, "type": "Int64", "total": 4, "sum": 4, "api": 4, "built": "4",
        "compared": ["winners.refused", "sessions.sessions_held"], "released": [4, 276],
        "offered": ["winners.refused", "sessions.sessions_held"],
        "refused": [955 - 679, "Int64"],
    }  # fmt: skip
    assert "`sessions_held` (sessions)" in words
    assert "Séances tenues" in sessions
    assert "Projets refusés en tout" in winners
    assert {row["call"]: row["sessions_held"] for row in json.loads(rows)}["EN2020"] == 4
    assert "sessions" in usage
    dictionary = (copy / "docs" / "data-dictionary.md").read_text("utf-8")
    assert "| `sessions_held` | Sessions held | sessions | call |" in dictionary
    assert "| `refused` | Refused projects | projects | call |" in dictionary
    assert "`sessions_held` (sessions)" in (copy / "ennum_stats/measures/frames/measured.py").read_text(
        "utf-8"
    )
    assert re.search(r", sessions\b", (copy / "docs" / "command-reference.md").read_text("utf-8"))
    assert "missing" not in python(copy, "tools/catalogues.py").lower()
