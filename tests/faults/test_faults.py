"""The search for faults, a few cases of each family: `python3 run.py test faults` tries thousands.

A family runs in processes of its own, because none may be forked from one whose libraries have threads.
"""

import os
import subprocess
import sys

import pytest

from tests.faults.harness import FAMILIES, ROOT, SHARED, Tried, shares, table
from tests.faults.outcome import DONE, REFUSED, Outcome, Verdict

SEED = 14
FEW = {"languages": 12, "obstacles": 6, "addresses": 60, "publications": 2}
"""Cases of a family here; where it is not named, the least."""
LEAST = 2

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork a process")


@pytest.fixture(scope="session")
def shared_ground(tmp_path_factory):
    """What all families are tried on, made by the first of them, also where several processes test."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "faults"
    place.mkdir(exist_ok=True)
    return {**os.environ, SHARED: str(place)}


@pytest.mark.parametrize("family", FAMILIES)
def test_no_case_of_a_family_ends_badly(family, shared_ground):
    n = FEW.get(family, LEAST)
    command = [sys.executable, "-m", "tests.faults", "--only", family, "--cases", str(n)]
    done = subprocess.run(
        [*command, "--seed", str(SEED), "--jobs", "1"], cwd=ROOT, env=shared_ground, check=False,
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


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
    assert "python3 run.py test faults --only disks --seed 5 --case 17" in told
