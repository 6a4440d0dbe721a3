"""The notebooks are what their sources say, hold no outputs, and run from a fresh clone with no store."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import ennum_stats
from ennum_stats.cli import app, produce
from tests.conftest import covering

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
LANGUAGES = ("fr", "en")
WORDS = {
    "fr": ("**Question.**", "**Limites.**", "## Exercices", "**Réponse"),
    "en": ("**Question.**", "**Limits.**", "## Exercises", "**Answer"),
}
OPENING = 1


@pytest.fixture(scope="module")
def notebooks():
    """What writes and runs them; what it needs takes long to import."""
    from tools import notebooks

    return notebooks


@pytest.fixture(scope="module")
def editions(notebooks):
    return notebooks.editions()


@pytest.fixture(scope="module")
def of(editions):
    return lambda language: [edition for edition in editions if edition.language == language]


def without_comments(solutions):
    return [ast.dump(ast.parse(code)) for code in solutions]


def test_the_files_are_what_the_sources_say(editions):
    """Written again by `python -m tools.notebooks`."""
    written = {path.relative_to(FOLDER) for path in FOLDER.glob("*/*.ipynb")}
    assert written == {edition.path for edition in editions}
    for edition in editions:
        assert (FOLDER / edition.path).read_text("utf-8") == edition.text, edition.path
        assert not [cell for cell in edition.notebook.cells if cell.get("outputs")]


def test_both_languages_have_the_same_ten(of):
    french, english = (of(language) for language in LANGUAGES)
    assert [edition.name[:3] for edition in french] == [f"{n:02}_" for n in range(1, 11)]
    for one, other in zip(french, english, strict=True):
        kinds = [[cell.cell_type for cell in edition.notebook.cells] for edition in (one, other)]
        assert kinds[0] == kinds[1], one.name
        assert one.solutions(), one.name
        assert without_comments(one.solutions()) == without_comments(other.solutions())


def test_each_has_a_question_limits_exercises_and_an_answer_in_its_last_cell(editions):
    for edition in editions:
        question, limits, exercises, answer = WORDS[edition.language]
        cells = edition.notebook.cells
        assert question in cells[0].source, edition.path
        assert "run.py setup notebooks" in cells[OPENING].source, edition.path
        told = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        assert limits in told, edition.path
        assert exercises in told, edition.path
        assert cells[-1].cell_type == "code", edition.path
        assert answer in cells[-1].source, edition.path


def test_what_is_invented_says_so_first_and_last(editions):
    for edition in editions:
        if "demonstration" in "".join(cell.source for cell in edition.notebook.cells):
            for cell in (edition.notebook.cells[0], edition.notebook.cells[-1]):
                assert "données fictives" in cell.source, edition.path


def test_a_kernel_without_the_package_is_told_what_to_do(of):
    """A Python without its site-packages has neither the package nor pandas."""
    for edition in (of(language)[0] for language in LANGUAGES):
        code = edition.notebook.cells[OPENING].source
        command = [sys.executable, "-I", "-S", "-c", code]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 1
        last = done.stderr.strip().splitlines()[-1]
        assert "ennum_stats" in last
        assert "python3 run.py setup notebooks" in last


@pytest.mark.reads("notebooks", "tools/notebooks.py", "ennum_stats", "data/raw")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("language", covering(LANGUAGES, 1))
def test_all_run_and_so_do_the_solutions_of_their_exercises(
    notebooks, of, language, project, demonstration, tmp_path, monkeypatch
):
    root = tmp_path / "project"
    shutil.copytree(project.raw, root / "data" / "raw")  # as cloned: no store
    shutil.copytree(demonstration.root, root / "build" / "demonstration")
    (root / "notebooks" / language).mkdir(parents=True)
    package = str(Path(ennum_stats.__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([package, os.environ.get("PYTHONPATH", "")]))
    monkeypatch.delenv("ENNUM_ROOT", raising=False)
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    solved = language == LANGUAGES[0]  # solutions are the same in both
    tried = covering(of(language), 4)
    for edition in notebooks.run(tried, root / "notebooks" / language, with_solutions=solved):
        answer = edition.notebook.cells[-1 - len(edition.solutions()) * solved]
        assert answer.outputs[0].data["text/markdown"].startswith(WORDS[language][-1])
        shown = [output for cell in edition.notebook.cells for output in cell.get("outputs", [])]
        assert any("application/vnd.plotly.v1+json" in output.get("data", {}) for output in shown)


def saved_by_jupyterlab(edition, path, folder):
    """Run, as JupyterLab leaves it in its page, and saved through the hook of the configuration."""
    import nbformat

    config = SimpleNamespace(FileContentsManager=SimpleNamespace())
    code = (FOLDER / "jupyter_server_config.py").read_text("utf-8")
    exec(compile(code, "jupyter_server_config.py", "exec"), {"c": config})  # noqa: S102 - our own
    notebook = nbformat.from_dict(json.loads(edition.text))
    notebook.metadata["language_info"] = {"name": "python", "version": "3.13.1"}
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.execution_count = 3
    cell.metadata = {"execution": {"iopub.status.busy": "2030-01-01T00:00:00Z"}, "scrolled": True}
    cell.outputs = [nbformat.v4.new_output("stream", text="42\n")]
    model = {"type": "notebook", "content": notebook}
    config.FileContentsManager.pre_save_hook(model=model, path=path, contents_manager=None)
    nbformat.write(notebook, folder / "saved.ipynb")
    return (folder / "saved.ipynb").read_text("utf-8")


def test_a_notebook_that_was_run_and_saved_is_the_file_that_git_knows(editions, tmp_path):
    edition = editions[0]
    assert saved_by_jupyterlab(edition, edition.path.as_posix(), tmp_path) == edition.text


def test_the_command_tells_jupyterlab_where_this_is_written(monkeypatch):
    """Jupyter reads no settings of the folder where it is started."""
    started = []
    done = SimpleNamespace(returncode=0)
    monkeypatch.setattr(produce, "require_installed", lambda name: None)
    monkeypatch.setattr(produce.subprocess, "run", lambda *_, env, **__: started.append(env) or done)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "theirs")
    assert CliRunner().invoke(app, ["notebooks", "--root", str(FOLDER.parent)]).exit_code == 0
    (env,) = started
    assert env["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [str(FOLDER), "theirs"]


def test_a_notebook_of_ones_own_keeps_its_outputs(editions, tmp_path):
    assert "42" in saved_by_jupyterlab(editions[0], "mine.ipynb", tmp_path)
