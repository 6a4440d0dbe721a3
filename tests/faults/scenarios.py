"""What people do with the program: the commands that write, each with something to write."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ennum_stats.document.control import ControlForm, Written, fingerprint
from ennum_stats.files.atomic import repeatable

CHANGED_ROW = "press-kit-2020.projects_awarded.EN1"
DAY = "2020-01-31"


@dataclass(frozen=True)
class Scenario:
    """A command, and what is changed before it so that it has something to do."""

    name: str
    arguments: Callable[[Path, Path], list[str]]
    """Of the project's folder and the one of the files that people bring."""
    before: Callable[[Path], None] = lambda root: None
    shows: Callable[[Path], bool] = lambda root: True
    """Whether the raw tables show that it was done."""
    is_long: bool = False


def set_cell(path: Path, key: str, column: str, value: str) -> None:
    """Write a cell of the row whose first cell is `key`, as a person does in a text editor."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    (row,) = [row for row in rows if row[0] == key]
    row[rows[0].index(column)] = value
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), "utf-8")


def note_changed(root: Path) -> None:
    """Change a remark: another store, and the same figures."""
    path = root / "data" / "raw" / "observations" / "press_kit_2020.csv"
    set_cell(path, CHANGED_ROW, "note", "remarque changée")


def contact_changed(root: Path) -> None:
    """Change a contact: another kit of the same store."""
    path = root / "data" / "raw" / "contacts.csv"
    path.write_text(path.read_text("utf-8").replace("081 00 00 00", "081 11 11 11"), "utf-8")


def note_written(root: Path) -> None:
    """Write a document that names a figure between braces."""
    document = Document()
    document.add_paragraph("En vingt ans : {{total_investment}}.")
    _save(document, root)


def note_filled(root: Path) -> None:
    """Write a document in which a figure of ours is out of date."""
    document = Document()
    tag = Written("total_investment", "fr", ControlForm.WORDS, date(2019, 1, 1), fingerprint("rien")).tag
    document.element.body.sectPr.addprevious(parse_xml(
        f'<w:p {nsdecls("w")}><w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent><w:r>'
        "<w:t>rien</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    ))  # fmt: skip
    _save(document, root)


def _save(document, root: Path) -> None:
    """Write a document, the same bytes each time."""
    content = io.BytesIO()
    document.save(content)
    (root / "reports" / "note.docx").write_bytes(repeatable(content.getvalue()))


def _listed(table: str, key: str, root: Path) -> bool:
    path = root / "data" / "raw" / "rows" / f"{table}.csv"
    lines = path.read_text("utf-8").splitlines() if path.exists() else ()  # whose last list went with it
    return any(line.startswith(f"{key},") for line in lines)


def _last_change(root: Path) -> str:
    *_, last = sorted((root / "data" / "raw" / "history").glob("*.json"))
    return last.stem.rpartition("-")[2]


def _hash(root: Path) -> str:
    return (root / "older-store.txt").read_text("utf-8")


SCENARIOS = (
    Scenario("build", lambda root, files: ["build"], note_changed),
    Scenario("press", lambda root, files: ["press", "--known-at", DAY], contact_changed),
    Scenario("import winners", lambda root, files: [
        "import", "winners", str(files / "winners.csv"), "--call", "EN2018", "--as-of", "2019-06-27", "--yes",
    ], shows=lambda root: _listed("lists", "EN2018-winners-2019-06-27", root)),
    Scenario("import register", lambda root, files: [
        "import", "register", str(files / "register-2020.csv"), "--as-of", "2020", "--yes",
    ], shows=lambda root: _listed("registers", "fwb-2020", root)),
    Scenario("remove", lambda root, files: [
        "remove", "list", "EN2019-winners-2020-06-27", "--yes",
    ], shows=lambda root: not _listed("lists", "EN2019-winners-2020-06-27", root)),
    Scenario("undo", lambda root, files: ["undo", _last_change(root), "--yes"],
             shows=lambda root: not _listed("lists", "EN2019-winners-2020-06-27", root)),
    Scenario("publish", lambda root, files: ["publish", _hash(root)]),
    Scenario("release", lambda root, files: ["release", str(root / "release"), "--known-at", DAY]),
    Scenario("chart", lambda root, files: [
        "chart", "budget_per_call", "--known-at", DAY, "--out", str(root / "reports" / "chart.svg"),
    ]),
    Scenario("fill", lambda root, files: [
        "fill", str(root / "reports" / "note.docx"), "--known-at", DAY,
        "--out", str(root / "reports" / "rempli.docx"),
    ], note_written),
    Scenario("refresh", lambda root, files: [
        "refresh", str(root / "reports" / "note.docx"), "--known-at", DAY,
    ], note_filled),
    Scenario("notice", lambda root, files: [
        "notice", "--from", DAY, "--to", "2020-10-31", "--lang", "fr",
    ]),
    Scenario("sheet", lambda root, files: ["sheet", "province", "liege", "--known-at", DAY]),
    Scenario("names", lambda root, files: ["names", "--excel", str(root / "reports" / "noms.xlsx")]),
    Scenario("template", lambda root, files: ["template", "call", str(root / "reports" / "form.xlsx")]),
    Scenario("site", lambda root, files: ["site", str(root / "site"), "--lang", "fr"], is_long=True),
    Scenario(
        "demo", lambda root, files: ["demo", str(root / "demo"), "--schools", "20"], is_long=True
    ),
)  # fmt: skip
READS: tuple[tuple[str, ...], ...] = (
    ("figures", "total_investment", "en2019_budget"), ("observations", "--call", "EN2019"), ("conflicts",),
    ("measure", "winners"), ("stores",), ("trace", "total_investment"), ("find", "coût", "EN2019"),
    ("lists",), ("check",), ("figures", "--audience", "internal"), ("chart",),
)  # fmt: skip
"""Commands that only read, and whose answer names no folder."""
QUICK = tuple(one for one in SCENARIOS if not one.is_long)
