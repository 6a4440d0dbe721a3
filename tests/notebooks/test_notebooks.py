"""The notebooks run from top to bottom, without outputs in the repository, and each says its limits."""

import os
import shutil
from pathlib import Path

import pytest

import ennum_stats

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def test_there_are_seven_and_each_has_a_question_an_answer_and_limits():
    assert [path.name[:3] for path in NOTEBOOKS] == [f"{n:02}_" for n in range(1, 8)]
    for path in NOTEBOOKS:
        text = path.read_text("utf-8")
        for told in ("**Question.**", "**Réponse.**", "**Limites.**"):
            assert told in text, (path.name, told)


def test_what_is_invented_says_so():
    text = next(p for p in NOTEBOOKS if p.name.startswith("06")).read_text("utf-8")
    assert "données fictives" in text.split("import", 1)[0]


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path, project, tmp_path, monkeypatch):
    jupytext = pytest.importorskip("jupytext")
    nbclient = pytest.importorskip("nbclient")
    shutil.copytree(project.root, tmp_path / "project")
    folder = tmp_path / "project" / "notebooks"
    folder.mkdir()
    package = str(Path(ennum_stats.__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([package, os.environ.get("PYTHONPATH", "")]))
    monkeypatch.delenv("ENNUM_ROOT", raising=False)
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    notebook = jupytext.read(path)
    client = nbclient.NotebookClient(
        notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    assert any(cell.get("outputs") for cell in notebook.cells if cell.cell_type == "code")
