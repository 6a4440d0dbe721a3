"""Write the notebooks of `notebooks/fr` and `notebooks/en` from their one source, and run them.

    python -m tools.notebooks            writes the .ipynb files, without outputs
    python -m tools.notebooks --run DIR  runs them all and writes them with their outputs to DIR

A source is a Python file in jupytext's percent format. A cell marked `lang="fr"` stands in the French
notebook alone, one that is not marked in both. `opening.py` is put after the title of each: it says what is
missing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from markdown.extensions.toc import slugify
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
SOURCES = FOLDER / "source"
LANGUAGES = ("fr", "en")
_OPENING = "opening"
_METADATA = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
_SOLUTION = re.compile(r"<details>.*?```python\n(.*?)```.*?</details>", re.DOTALL)
_SECONDS = 120  # one cell makes a demonstration


@dataclass(frozen=True)
class Edition:
    """Hold a notebook in one language, and where it is kept (`fr/01_premiers_pas.ipynb`)."""

    name: str
    language: str
    notebook: NotebookNode

    @property
    def path(self) -> Path:
        """Return its place in the folder of notebooks."""
        title = self.notebook.cells[0].source.partition("\n")[0]
        return Path(self.language, f"{slugify(title, '_')}.ipynb")

    @property
    def text(self) -> str:
        """Return the file as JupyterLab would save it."""
        return f"{nbformat.writes(self.notebook)}\n"

    def solutions(self) -> list[str]:
        """Return the code that is folded away below the exercises."""
        told = (cell.source for cell in self.notebook.cells if cell.cell_type == "markdown")
        return [code for text in told for code in _SOLUTION.findall(text)]


def editions() -> list[Edition]:
    """Read all sources and return their notebooks, language by language."""
    names = sorted(path.stem for path in SOURCES.glob("[0-9]*.py"))
    return [_edition(name, language) for language in LANGUAGES for name in names]


def _edition(name: str, language: str) -> Edition:
    title, *cells = _cells(name, language)
    cells = [title, *_cells(_OPENING, language), *cells]
    for position, cell in enumerate(cells):
        cell.id = f"cell-{position:02}"  # the same at each writing
        cell.metadata = NotebookNode()
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata=_METADATA)
    nbformat.validate(notebook)
    return Edition(name, language, notebook)


def _cells(name: str, language: str) -> list[NotebookNode]:
    source = jupytext.read(SOURCES / f"{name}.py", fmt="py:percent")
    return [cell for cell in source.cells if cell.metadata.get("lang", language) == language]


def write(folder: Path = FOLDER) -> None:
    """Write every notebook without outputs."""
    for edition in editions():
        target = folder / edition.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(edition.text, "utf-8", newline="\n")


@contextmanager
def kernel(folder: Path) -> Iterator[tuple[Any, Any]]:
    """Start one kernel in a folder: heavy libraries are imported once for all notebooks that it runs."""
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="python3")
    quiet = ["--IPKernelApp.log_level=ERROR"]
    manager.start_kernel(cwd=str(folder), extra_arguments=quiet)
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=_SECONDS)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(found: Iterable[Edition], folder: Path, *, with_solutions: bool = False) -> list[Edition]:
    """Run notebooks one after another, each with no names of the one before, and return them with outputs.

    Raises `nbclient.exceptions.CellExecutionError` at the first cell that fails.
    """
    done = []
    with kernel(folder) as (manager, client):
        for edition in found:
            cells = [new_code_cell("%reset -f"), *deepcopy(edition.notebook.cells)]
            notebook = nbformat.v4.new_notebook(cells=cells, metadata=_METADATA)
            if with_solutions:
                notebook.cells += map(new_code_cell, edition.solutions())
            runner = NotebookClient(notebook, km=manager, timeout=_SECONDS)
            runner.kc = client
            runner.execute()
            notebook.cells = notebook.cells[1:]
            done.append(Edition(edition.name, edition.language, notebook))
    return done


def main(arguments: list[str]) -> int:
    """Write the notebooks, or run them into a folder."""
    if arguments[:1] != ["--run"]:
        write()
        return 0
    for language in LANGUAGES:
        own = [edition for edition in editions() if edition.language == language]
        for edition in run(own, FOLDER / language):
            target = Path(arguments[1], edition.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(edition.text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
