"""Walk the page for data as its guide tells, in French and in English, and write the pictures of the guide anew.

    python -m tools.guide_pictures           writes docs/images/data-*.png
    python -m tools.guide_pictures FOLDER    leaves the demonstration and its workbook there as well

Everything is of the demonstration (`ennum demo`): schools, amounts and persons are invented, and each page says so.
A step that is gone otherwise than the guide tells ends the walk: a button is pressed by the words that it bears.
"""

from __future__ import annotations

import csv
import logging
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import PatternFill
from PIL import Image
from typer.testing import CliRunner
from werkzeug.serving import make_server

from bench.browser import opened
from dashboards import data_page, decisions_page
from dashboards.app import create_app
from ennum_stats.cli import app
from ennum_stats.demo import make_demo
from ennum_stats.errors import FICTITIOUS, Message
from ennum_stats.languages import LanguageCode, translate
from ennum_stats.project import Audience, Project
from ennum_stats.publication import build

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "images"
GUIDED: tuple[LanguageCode, ...] = ("fr", "en")
CALL, LIST, DAY, WHO = "EN2021", "EN2021-winners-2022-08-31", "2022-06-30", "A. Dupont"
_TITLE = "DONNÉES FICTIVES – École Numérique 2021 : projets lauréats"
_HEADINGS = ("École", "Adresse", "Commune", "Situation", "Montant attribué")
_OPEN_DIFFERENCE, _DECLARED = "EN2020.projects_awarded,", f"ecole_numerique,{CALL},"
_AS_IN_BELGIUM = """() => { const day = document.querySelector("#data-as_of");
    day.type = "text"; day.value = "30/06/2022"; day.style.width = "8rem";
    document.head.insertAdjacentHTML("beforeend", "<style>::file-selector-button{display:none}</style>"); }"""
_AS_IT_IS = (
    """() => { const day = document.querySelector("#data-as_of"); day.value = ""; day.type = "date"; }"""
)
"""How a browser writes a day and its own button is of its own language, which this one may not have."""
_MARKED = """([words, top]) => { const mark = document.querySelector("#mark") ?? document.createElement("strong");
    mark.id = "mark"; mark.textContent = words; document.body.append(mark);
    mark.style = `position:absolute;right:1.5rem;top:${top - 8}px`; }"""
"""Puts the mark of a demonstration, which stands above each page, in the corner of a picture too."""
_WIDTH, _COLOURS, _SITES, _PATIENCE_MS = 760, 16, 300, 120_000


def demonstration(folder: Path) -> Project:
    """Make a demonstration in which a call waits for its list, and one difference for who explains it."""
    project = make_demo(Project(ROOT), folder, _SITES)
    removed = CliRunner().invoke(app, ["--root", str(folder), "remove", "list", LIST, "--yes"])
    assert removed.exit_code == 0, removed.output
    for table, start in (("reconciliations", _OPEN_DIFFERENCE), ("complete_lists", _DECLARED)):
        path = project.raw / "rows" / f"{table}.csv"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(start)), "utf-8")
    build(project)
    return project


def workbook(folder: Path) -> Path:
    """Write a list as it comes by mail: schools by name, one of them misspelt, one who withdrew, a cell that is no
    amount, a row in colour."""
    with next((folder / "listes-fictives").glob("registre*.csv")).open(encoding="utf-8", newline="") as lines:
        rows = [[*row.values()] for row in csv.DictReader(lines, delimiter=";")]
    sites = [*{row[4]: row for row in rows if row[0] == row[4]}.values()][20:140:12]
    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    for row in ([_TITLE], [], _HEADINGS):
        sheet.append(row)
    for n, site in enumerate(sites):
        *first, own, number = site[1].split()
        own = own[:2] + own[3] + own[2] + own[4:] if n in (2, 5) else own
        name, amount = " ".join([*first, own, number]), "néant" if n == 4 else 8_000 + 137 * n
        sheet.append([name, site[5], site[8], "Désisté" if n == len(sites) - 1 else "Lauréat", amount])
    for cell in sheet[10]:
        cell.fill = PatternFill("solid", fgColor="FFFFC000")
    book.save(path := folder / "laureats-2021.xlsx")
    return path


@contextmanager
def served(project: Project) -> Iterator[str]:
    """Serve the internal dashboard of a project on this machine; give its address."""
    server = make_server("127.0.0.1", 0, create_app(project, Audience.INTERNAL).server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


class Walk:
    """Hold a page in one language, and the folder of its pictures; `shown` are their names in order."""

    def __init__(self, page: Any, address: str, language: LanguageCode) -> None:
        self.page, self.language = page, language
        self.address = f"{address}/{language}/data"
        self.shown: list[str] = []

    def words(self, text: Message) -> str:
        """Give a text as the page says it."""
        return translate(text, self.language)

    def open(self, path: str = "") -> None:
        """Open a page of data, and wait until no step is under way."""
        self.page.goto(f"{self.address}{path}")
        self.settle()

    def press(self, text: Message) -> None:
        """Press the last button that says so."""
        self.page.get_by_role("button", name=self.words(text), exact=True).last.click()
        self.settle()

    def settle(self) -> None:
        """Wait while the page tells how far a step is."""
        self.page.wait_for_load_state("load")
        while self.page.get_by_role("button", name=self.words(data_page.STOP), exact=True).count():
            time.sleep(0.5)
            self.page.wait_for_load_state("load")

    def section(self, heading: Message) -> Any:
        """Find the section under a heading."""
        has = self.page.get_by_role("heading", name=self.words(heading), exact=True)
        return self.page.locator("main section", has=has).first

    def picture(self, name: str, *headings: Message, height: int = 900) -> None:
        """Write a picture of the sections under headings, in few colours."""
        found = map(self.section, headings)
        self.page.evaluate("scrollTo(0, 0)")
        boxes = [each.bounding_box() for each in found]
        top, bottom = min(b["y"] for b in boxes), max(b["y"] + b["height"] for b in boxes)
        self.page.evaluate(_MARKED, [self.words(FICTITIOUS), top])
        clip = {"x": 0, "y": top - 12, "width": _WIDTH, "height": min(bottom - top, height) + 24}
        drawn = Image.open(BytesIO(self.page.screenshot(full_page=True, clip=clip))).convert("RGB")
        drawn.quantize(_COLOURS).save(PICTURES / f"data-{name}-{self.language}.png", optimize=True)
        self.shown.append(name)


def walk(steps: Walk, file: Path) -> None:
    """Go the whole way of the guide: a list to the figures in force, an explanation, a correction, an undo."""
    page = steps.page
    steps.open()
    page.set_input_files("#data-file", file)
    page.select_option("#data-call", CALL)
    page.fill("#data-who", WHO)
    page.evaluate(_AS_IN_BELGIUM)
    steps.picture("drop", data_page.DROP)
    page.evaluate(_AS_IT_IS)
    page.fill("#data-as_of", DAY)
    steps.press(data_page.READ)
    steps.picture("understood", data_page.UNDERSTOOD)
    steps.picture("questions", data_page.QUESTIONS, height=640)
    steps.picture("schools", data_page.SCHOOLS, height=372)
    for field in page.locator("input[type=radio][value=take]").all():
        if field.is_visible():
            field.check()
    page.locator("fieldset", has_text="Désisté").locator("input[value=leave]").first.check()
    for choice in page.locator("fieldset:has([name^='answer-site'])").all():
        choice.locator("input[type=radio]").first.check()
    steps.press(data_page.ANSWERED)
    steps.picture("refused", data_page.REFUSED)
    page.get_by_label(steps.words(data_page.HEADINGS[2])).first.fill("8 548")
    steps.press(data_page.READ_AGAIN)
    steps.picture("changes", data_page.CHANGES, data_page.CONFIRM)
    steps.press(data_page.WRITE)
    steps.open("/decide")
    page.locator("summary", has_text=steps.words(decisions_page.EXPLAIN)).first.click()
    steps.picture("explain", decisions_page.DIFFERENCES)
    page.locator("details[open] input[type=radio]").first.check()
    page.locator("details[open] input[name=cell-text]").fill("Données fictives : liste de 300 implantations.")
    steps.press(decisions_page.WEIGH)
    page.fill("#data-who", WHO)
    steps.press(data_page.WRITE)
    page.fill("#data-publish-by", WHO)
    steps.press(data_page.STEP_BUTTONS["publish"])
    steps.picture("published", data_page.NEXT, data_page.TAKE_BACK)
    steps.press(data_page.STEP_BUTTONS["kit"])
    steps.picture("kit", data_page.FILES, data_page.NEXT, data_page.TAKE_BACK)
    steps.open()
    steps.picture("history", data_page.HISTORY)
    steps.section(data_page.HISTORY).locator("tbody a").nth(1).click()
    steps.settle()
    steps.picture("undo", data_page.UNDO, height=640)
    steps.open("/correct")
    page.fill("#data-q", "budget EN2018 regional")
    steps.press(data_page.LOOK_UP)
    page.locator("main tbody a").first.click()
    steps.picture("correct", decisions_page.CORRECT)


def main(arguments: Sequence[str]) -> None:
    """Write the pictures, each language in a demonstration of its own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    for language in GUIDED:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(arguments[0]).resolve() / language if arguments else Path(made) / "demo"
            project = demonstration(folder)
            with served(project) as address, opened() as browser:
                page = browser.new_page(
                    viewport={"width": _WIDTH, "height": 900}, locale=language, bypass_csp=True
                )
                page.set_default_timeout(_PATIENCE_MS)
                steps = Walk(page, address, language)
                walk(steps, workbook(folder))
        print(*(f"docs/images/data-{name}-{language}.png" for name in steps.shown), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
