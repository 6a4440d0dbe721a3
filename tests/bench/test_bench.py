"""Every benchmark runs at its smallest, so that none is broken on the day when its numbers are needed."""

import shutil
from pathlib import Path

import pytest

from bench import matching, serving
from bench.__main__ import SUBJECTS
from bench.timing import Options, seconds
from ennum_stats.imports.schools.sites import School, Site, SiteRegister

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


@pytest.fixture
def options(tmp_path, monkeypatch, project):
    """As small as can be, on a project of its own."""
    root = shutil.copytree(project.root, tmp_path / "at-hand")
    monkeypatch.setenv("ENNUM_ROOT", str(root))
    monkeypatch.setattr(serving, "SECONDS_TO_SETTLE", 0)
    monkeypatch.setattr(matching, "REGISTER", Path(__file__))
    monkeypatch.setattr(matching, "real_register", lambda _: INVENTED)
    return Options(runs=1, is_fresh=False, scratch=tmp_path, is_tiny=True)


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param(s, marks=pytest.mark.browser if s in IN_BROWSER else pytest.mark.product)
        for s in SUBJECTS
    ],
)
def test_a_benchmark_runs_at_its_smallest(subject, options, capsys):
    for measure in SUBJECTS[subject](options):
        assert all(taken >= 0 for taken in seconds(measure, options.runs)), measure.name
    assert "—" not in capsys.readouterr().out
