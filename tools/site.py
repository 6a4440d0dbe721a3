"""Put the notebooks and the examples of docstrings on the site: a hook of mkdocs (`mkdocs.yml`).

What `python3 run.py docs` ran (`build/notebooks`) is shown with its outputs; mkdocs alone shows the
notebooks as they are committed, without. Charts are drawn by Plotly's own script, which the site brings:
nothing is fetched elsewhere.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import griffe
import nbformat
import plotly
from mkdocs.structure.files import File, Files
from nbconvert import MarkdownExporter
from nbformat import NotebookNode

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
RUN = ROOT / "build" / "notebooks"
SECTIONS = {"fr": "Carnets (français)", "en": "Notebooks (English)"}
_PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
_CHART = "application/vnd.plotly.v1+json"
_SCRIPT = "notebooks/plotly.min.js"
_EXAMPLE = re.compile(r"(?:^(?:>>>|\.\.\.) .*\n?)+(?:^(?!>>>)\S.*\n?)*", re.MULTILINE)


def pages() -> dict[str, Path]:
    """Return the address of each page below the site, in order, and its notebook: run, if it was."""
    found = {}
    for language in SECTIONS:
        for path in sorted((ROOT / "notebooks" / language).glob("*.ipynb")):
            run = RUN / language / path.name
            found[f"notebooks/{language}/{path.stem}.md"] = run if run.exists() else path
    return found


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the notebooks to the navigation, a section a language."""
    nav: list[Any] = config.nav or []
    for language, section in SECTIONS.items():
        nav.append({section: [at for at in pages() if at.startswith(f"notebooks/{language}/")]})
    config.nav = nav
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each notebook, and the script of their charts."""
    for address, path in pages().items():
        files.append(File.generated(config, address, content=page(nbformat.read(path, 4))))
    files.append(File.generated(config, _SCRIPT, abs_src_path=str(_PLOTLY)))
    return files


def on_page_context(context: Any, *, page: Page, config: MkDocsConfig, **_others: Any) -> Any:
    """Let the theme speak the language of a page: that which its section names."""
    sections = [str(section.title) for section in page.ancestors]
    is_english = "English" in " ".join(sections) or page.url.startswith("decisions/")
    config.theme["language"] = "en" if is_english else "fr"
    return context


def page(notebook: NotebookNode) -> str:
    """Write a notebook as Markdown: folded solutions stay folded, charts stay charts."""
    has_charts = False
    for position, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            cell.source = cell.source.replace("<details>", '<details markdown="1">')
        for output in cell.get("outputs", []):
            drawn = output.get("data", {}).pop(_CHART, None)
            if drawn:
                has_charts = True
                output["data"] = {"text/html": _drawn(drawn, f"chart-{position}")}
    text: str = MarkdownExporter().from_notebook_node(notebook)[0]
    script = '<script src="../../plotly.min.js"></script>\n\n' if has_charts else ""
    title, _, rest = text.lstrip().partition("\n")
    return f"{title}\n\n{script}{rest}"


def _drawn(chart: dict[str, Any], name: str) -> str:
    """Write a chart for a page; no text of it can end the script."""
    data, layout = (
        json.dumps(chart[key], ensure_ascii=False).replace("</", "<\\/") for key in ("data", "layout")
    )
    height = chart["layout"].get("height", 420)
    return (
        f'<div id="{name}" class="chart" style="height:{height}px"></div>'
        f"<script>Plotly.newPlot('{name}', {data}, {layout}, {{responsive: true}})</script>"
    )


class ExamplesAsCode(griffe.Extension):
    """Show what stands behind `>>>` in a docstring as code: in Markdown it would be a quotation."""

    def on_object(self, *, obj: griffe.Object, **_others: Any) -> None:
        """Put a fence around each example."""
        if obj.docstring:
            obj.docstring.value = _EXAMPLE.sub(
                lambda found: f"```pycon\n{found[0].rstrip()}\n```\n", obj.docstring.value
            )
