"""Every benchmark runs at its smallest, so that none is broken on the day when its numbers are needed."""

import shutil

import pytest

from bench import serving
from bench.__main__ import SUBJECTS
from bench.timing import Options, seconds

IN_BROWSER = {"dashboard", "questions"}


@pytest.fixture
def options(tmp_path, monkeypatch, project):
    """As small as can be, on a project of its own."""
    root = shutil.copytree(project.root, tmp_path / "project")
    monkeypatch.setenv("ENNUM_ROOT", str(root))
    monkeypatch.setattr(serving, "SECONDS_TO_SETTLE", 0)
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
