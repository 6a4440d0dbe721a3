"""Prove that a redesign changes nothing: compare all that this tree and another checkout answer.

    python -m tools.compare BASE            BASE is a checkout with an environment of its own (`run.py setup`)
    python -m tools.compare BASE --quick    without kits, releases and forms

Each runs on the public raw tables of its own checkout, which a redesign leaves as they are but for
columns that it adds, and on an invented project with lists of schools. Each answers in its own
environment, through what stays the same in every design: commands, public names, store files, addresses.
One line a subject is printed: how many answers were compared, how many differ, and the first that do.
Of files the words are compared, cells and alternative texts, and the values of charts that Office draws; of
pages the words in four languages, where links lead, and what readers of screens are told. Pictures are left
out; their tables, titles and alternative texts are not.
Ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import unified_diff
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

from ennum_stats.project import NOT_SHARED

ROOT = Path(__file__).resolve().parents[1]
ANSWERING = Path(__file__).with_name("answering.py")
_SLIDE = re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml")
_CHART = re.compile(r"charts/chart\d+\.xml$")
_NOT_READ = frozenset(("style", "script"))
_BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "li", "td", "th", "caption", "figcaption", "dt", "dd", "svg", "text", "tr", "nav",
     "section", "div", "summary", "label", "option", "button", "title"),
)  # fmt: skip
SHOWN = 3
"""How many differing answers of a subject are named."""
Answers = dict[str, dict[str, str]]
"""Answers in words by subject, each under its question."""


def compare(base: Path, *, quick: bool) -> int:
    """Print what differs between a checkout and this tree; return 1 where something does, 2 for misuse."""
    if not _python_of(base).is_file():
        sys.stderr.write(f"{base}: no environment there; run `python3 run.py setup` in it.\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="ennum-compare-") as scratch:
        trees = {"before": base, "after": ROOT}
        for side, tree in trees.items():
            shutil.copytree(
                tree / "data" / "raw", Path(scratch, side, "published", "data", "raw"),
                ignore=shutil.ignore_patterns(*{*NOT_SHARED} - {"rows"}),
            )  # fmt: skip
        with ThreadPoolExecutor(len(trees)) as both:
            asked = [
                both.submit(answers, tree, Path(scratch, side), quick=quick) for side, tree in trees.items()
            ]
            before, after = (one.result() for one in asked)
    lines, differing = comparison(before, after)
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if differing else 0


def answers(tree: Path, folder: Path, *, quick: bool) -> Answers:
    """Collect what a checkout answers; the files that it wrote are opened here, so that both sides are read
    with the same libraries."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("ENNUM_")}
    environment |= {"PYTHONPATH": str(tree), "PYTHONWARNINGS": "ignore", "NO_COLOR": "1"}
    if browser := shutil.which("chromium"):  # older checkouts draw charts with a browser
        environment |= {"BROWSER_PATH": browser}
    command = [str(_python_of(tree)), str(ANSWERING), str(folder), *(["--quick"] if quick else [])]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{tree} could not answer:\n{done.stderr[-2000:]}")
    found: Answers = json.loads((folder / "answers.json").read_text("utf-8"))
    found["pages"] = {question: _page_text(page) for question, page in found["pages"].items()}
    for kind in ("kit", "release", "forms", "pages"):
        texts = found.setdefault(f"files: {kind}", {})
        for path in sorted(folder.glob(f"*/{kind}/**/*")):
            if path.is_file():
                texts |= {f"{path.relative_to(folder)}{part}": text for part, text in texts_of(path)}
    return found


def comparison(before: Answers, after: Answers) -> tuple[list[str], int]:
    """Make the table to print, and count how many answers differ in all."""
    width = max(len(subject) for subject in (*before, *after))
    lines = [f"{'subject':<{width}}  compared  differing"]
    total = 0
    for subject in dict.fromkeys((*before, *after)):
        old, new = before.get(subject, {}), after.get(subject, {})
        asked = list(dict.fromkeys((*old, *new)))
        differing = [question for question in asked if old.get(question) != new.get(question)]
        total += len(differing)
        lines.append(f"{subject:<{width}}  {len(asked):>8}  {len(differing):>9}")
        for question in differing[:SHOWN]:
            lines += [f"    {question}", *first_difference(old.get(question), new.get(question))]
    return [*lines, f"{total} answers differ." if total else "Nothing differs."], total


def first_difference(old: str | None, new: str | None) -> list[str]:
    """Return the first lines in which two answers differ."""
    if old is None or new is None:
        return [f"        only {'before' if new is None else 'after'}"]
    changed = unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    lines = [line for line in changed if not line.startswith(("---", "+++", "@@"))]
    return [f"        {line[:160]}" for line in lines[:4]] or ["        other line ends"]


# --- the texts of files ---------------------------------------------------------------------------


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Read the parts of a file as texts, each with its name; pictures have none."""
    match path.suffix:
        case ".docx":
            yield "", _office_text(path, "word/document.xml")
            yield from _chart_values(path)
        case ".pptx":
            names = zipfile.ZipFile(path).namelist()
            for part in sorted(one for one in names if _SLIDE.fullmatch(one)):
                yield f" {part}", _office_text(path, part)
            yield from _chart_values(path)
        case ".html":
            yield "", _page_text(path.read_text("utf-8"))
        case ".pdf" if "charts" not in path.parts:
            from pypdf import PdfReader

            for number, page in enumerate(PdfReader(path).pages, 1):
                yield f" page {number}", page.extract_text()
        case ".xlsx":
            yield from _sheets(path)
            yield from _chart_values(path)
        case ".parquet":
            import polars as pl

            yield "", pl.read_parquet(path).write_csv()
        case ".csv" | ".md" | ".ttl" | ".txt" | ".json" if path.name != "manifest.json":
            yield "", _without_hashes(path.read_text("utf-8"))
        case _:
            yield " (there)", "yes"


def _office_text(path: Path, part: str) -> str:
    """Read the paragraphs of a document or slide with the alternative texts of its pictures."""
    root = ET.fromstring(zipfile.ZipFile(path).read(part))  # noqa: S314
    lines: list[str] = [""]
    for element in root.iter():
        match element.tag.rpartition("}")[2]:
            case "p":
                lines.append("")
            case "t":
                lines[-1] += element.text or ""
            case "docPr" | "cNvPr" if element.get("descr"):
                lines += [f"[{element.get('descr')}]", ""]
    return "\n".join(lines)


def _chart_values(path: Path) -> Iterator[tuple[str, str]]:
    """Read what charts that Office draws hold: names of series and categories, values, words."""
    archive = zipfile.ZipFile(path)
    for part in sorted(one for one in archive.namelist() if _CHART.search(one)):
        root = ET.fromstring(archive.read(part))  # noqa: S314
        tags = ("v", "t", "f", "formatCode")
        found = (one for one in root.iter() if one.tag.rpartition("}")[2] in tags)
        yield f" {part}", "\n".join(one.text or "" for one in found)


class _Words(HTMLParser):
    """Read the words of a page, with where links lead and what is said of pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line with a block; pass over what nobody reads."""
        self._unread += tag in _NOT_READ
        if tag in _BLOCKS:
            self.lines.append("")
        heard = ("aria-label", "alt", *(("href",) if tag == "a" else ()))
        told = [value for name, value in attrs if name in heard and value]
        if told and not self._unread:
            self.lines[-1] += f"[{' '.join(told)}]"

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        self._unread -= tag in _NOT_READ
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        """Read words."""
        if not self._unread:
            self.lines[-1] += " ".join(data.replace("\xa0", "~").split(" ")).replace("\n", " ")


def _page_text(markup: str) -> str:
    """Read the words of a page, a line a block."""
    words = _Words()
    words.feed(markup)
    text = "\n".join(line.strip() for line in words.lines if line.strip())
    text = re.sub(r"(/static/[\w-]+)\.[0-9a-f]{12}", r"\1", text)  # names by content, as of style sheets
    return re.sub(r"\b\d\d:\d\d\b", "#:#", text)  # when the store was published


def _sheets(path: Path) -> Iterator[tuple[str, str]]:
    """Read the cells of each sheet: place, value and number format."""
    import openpyxl

    for sheet in openpyxl.load_workbook(path):
        cells = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
        lines = [f"{cell.coordinate} {cell.value!r} {cell.number_format}" for cell in cells]
        yield f" sheet {sheet.title}", "\n".join(lines)


def _without_hashes(text: str) -> str:
    """Remove checksums of other files from a text: Parquet files hold their writer's version."""
    return re.sub(r"\b[0-9a-f]{64}\b", "#", text)


def _python_of(tree: Path) -> Path:
    """Find the interpreter of a checkout's own environment."""
    windows = tree / ".venv" / "Scripts" / "python.exe"
    return windows if windows.exists() else tree / ".venv" / "bin" / "python"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare with the checkout named by the arguments."""
    parser = argparse.ArgumentParser(prog="tools.compare", description="Compare two checkouts.")
    parser.add_argument("base", type=Path, help="another checkout, with its own .venv")
    parser.add_argument("--quick", action="store_true", help="without kits, releases and forms")
    asked = parser.parse_args(arguments)
    return compare(asked.base.resolve(), quick=asked.quick)


if __name__ == "__main__":
    raise SystemExit(main())
