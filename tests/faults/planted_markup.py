"""Markup, formulas and scripts planted in the texts of raw tables: refused, or dead letters in every page,
picture, document, workbook and table that is made of them."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from xml.etree import ElementTree as ET

from ennum_stats.languages import LANGUAGES
from tests.faults.commands import GRACE_S, Ended, ask, command
from tests.faults.ground import Copy, Ground, ground
from tests.faults.judgement import said_badly
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict
from tests.faults.scenarios import Scenario

WEIGHT = 4
_LIMIT_S = GRACE_S + 40
MARK = "zyx"
PLANTED = (
    "<script>zyx()</script>", '"><img src=x onerror=zyx()>', "'><svg/onload=zyx()>",
    "</text><script>zyx()</script>", "<zyx>",
    "=cmd|'/C zyx'!A1", "+zyx()", "-zyx()", "@zyx()", "\t=zyx()", '=HYPERLINK("http://zyx","x")',
    "javascript:zyx()",
    "[zyx](javascript:zyx)", "![zyx](http://zyx.example/x.png)", "`<zyx>`{=html}",
    '<a href="javascript:zyx">x</a>', "{{zyx}}",
    "${zyx}", '#eval("zyx")', '#import "/etc/passwd": zyx', "\\input{zyx}", "]]><zyx/>", "<!--zyx",
    "&zyx;", "&#60;zyx&#62;",
    "</style><zyx>", "</title><zyx>", "`<w:zyx/>`{=openxml}", "DDEAUTO zyx", "\u202ezyx",
    "</script><zyx>", "<?zyx ?>", "{=zyx}",
    "::: {onclick=zyx}", "$zyx$", "*zyx*_zyx_", "%zyx", "<base href=//zyx>", "<iframe src=//zyx>",
    "zyx|zyx\\|", "=1+1+zyx",
)  # fmt: skip
ADDRESSES = (
    "javascript:zyx()", "JaVaScript:zyx()", " javascript:zyx()", "data:text/html,<zyx>", "vbscript:zyx",
    "file:///etc/zyx",
    'https://x.example/"onmouseover=zyx()', "https://x.example/<zyx>", "//zyx.example",
    "java\tscript:zyx()", "\u0001javascript:zyx",
)  # fmt: skip
_TEXT = re.compile("name|title|note|locator|publisher|label|text|address|locality|remark|role|organisation")
OUTPUTS = ("pages", "press", "release", "table", "chart")
NAMED = ("document/press-kit-2020", "call/EN2019", "figure/en2019_budget", "chart/timeline", "province/namur")
_ACTIVE_ADDRESS = re.compile(r"\s*(?:javascript|vbscript|data:text|file):?", re.IGNORECASE)
_CHARTS = ("timeline", "coverage_by_programme", "budget_by_programme")
"""Those that name in their title or marks what raw tables call it."""
_FORMULA = re.compile(r"[=+\-@\t\r]")
_MARKUP = tuple(text for text in PLANTED if text.lstrip("'\"").startswith(("<", "]]>", "&")))
_TAKEN = tuple(text for text in PLANTED if not _FORMULA.match(text))

Cell = tuple[Path, int, str, str]
"""A file of the raw tables, the line of a row, a column, and what is planted there."""


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        raw = made.project / "data" / "raw"
        places = [
            (path.relative_to(raw), line, column, row[column])
            for path in sorted(raw.rglob("*.csv"))
            if not path.is_relative_to(raw / "embargoed")
            for line, row in enumerate(_rows(path))
            for column in row
            if (_TEXT.search(column) and row[column] and column != "title_language") or column == "url"
        ]
        for _ in range(n):
            output, language = rng.choice([(one, own) for one in OUTPUTS for own in LANGUAGES])
            if rng.random() < 0.2:  # what is refused is planted alone: nothing else would be read
                *place, _ = rng.choice(places)
                cells = [(*place, rng.choice(ADDRESSES if place[2] == "url" else PLANTED))]
                told = f"{cells[0][3]!r} in {place[0]}:{place[1]} {place[2]}"
            else:
                signs, first = rng.choice((_TAKEN, _MARKUP, _MARKUP)), rng.randrange(len(_TAKEN))
                cells = [*_everywhere(places, signs, first)]
                told = f"{len(signs)} signs in all texts, the {first}th first"
            yield Case(f"{told}, {output} {language}", partial(_tried, made, cells, output, language))


def _everywhere(places: list[Cell], signs: tuple[str, ...], first: int) -> Iterator[Cell]:
    """Plant a sign in each text, before what stands there or behind it."""
    texts = (place for place in places if place[2] != "url")
    for n, (path, line, column, text) in enumerate(texts, first):
        sign = signs[n % len(signs)]
        yield path, line, column, f"{text} {sign}" if n // len(signs) % 2 else f"{sign} {text}"


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def _plant(raw: Path, cells: list[Cell]) -> None:
    of_files: dict[Path, list[Cell]] = {}
    for cell in cells:
        of_files.setdefault(raw / cell[0], []).append(cell)
    for path, own in of_files.items():
        rows = _rows(path)
        for _, line, column, text in own:
            rows[line][column] = text
        written = io.StringIO()
        writer = csv.DictWriter(written, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(written.getvalue(), "utf-8")


def _tried(made: Ground, cells: list[Cell], output: str, language: str) -> Outcome:
    with made.copied(Path("project"), Scenario("plant", lambda root, files: [])) as copy:
        _plant(copy.root / "data" / "raw", cells)
        built = _run(copy, "build")
        if bad := said_badly(built):
            return bad
        if built.code != 0:
            return REFUSED
        out = copy.folder / "out"
        match output:
            case "pages":
                active = ask(_active_pages, copy.root, language)
                return Outcome(Verdict.LEAK, str(active[:5])) if active else DONE
            case "press":
                ended = _run(copy, "press", "--lang", language, "--out", str(out))
            case "release":
                ended = _run(copy, "release", str(out))
            case "table":
                ended = _run(copy, "observations", "--format", "csv", "--lang", language)
                out.mkdir()
                (out / "printed.csv").write_text(ended.out, "utf-8")
            case _:
                out.mkdir()
                for name in _CHARTS:
                    ended = _run(copy, "chart", name, "--lang", language, "--out", str(out / f"{name}.svg"))
        active = [f"{path.name}: {found}" for path in sorted(out.rglob("*")) for found in active_in(path)]
        if active:
            return Outcome(Verdict.LEAK, f"{active[:5]}\n{ended.said}")
        return said_badly(ended) or (REFUSED if ended.code else DONE)


def _run(copy: Copy, *arguments: str) -> Ended:
    return command([*arguments, "--root", str(copy.root)], copy.folder, _LIMIT_S)


def _active_pages(root: Path, language: str) -> list[str]:
    """List what would run in a browser on the pages of a dashboard."""
    from dashboards.app import create_app
    from dashboards.registry import all_pages
    from ennum_stats.project import Project

    client = create_app(Project(root)).server.test_client()
    found = []
    for name in (*(page for page in all_pages() if "<" not in page), *NAMED):
        answer = client.get(f"/{language}/{name}")
        found += [f"{name}: {one}" for one in _in_html(answer.get_data(as_text=True))]
        if answer.status_code >= 500:
            found.append(f"{name}: {answer.status_code}")
    return found


def active_in(path: Path) -> Iterator[str]:
    """Give what a reader's program would run, fetch or compute of what was planted in a file."""
    data = path.read_bytes() if path.is_file() else b""
    match path.suffix:
        case ".html" | ".md":
            yield from _in_html(data.decode("utf-8", "replace"))
        case ".svg" | ".rdf" | ".xml":
            yield from _in_xml(data)
        case ".docx" | ".xlsx":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    if name.endswith((".xml", ".rels")):
                        yield from (f"{name}: {found}" for found in _in_xml(archive.read(name)))
        case ".csv":
            for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
                yield from (f"formula {cell[:60]!r}" for cell in row if MARK in cell and _FORMULA.match(cell))
        case ".pdf" if b"/JavaScript" in data or b"(javascript:" in data:
            yield "a script"


def _in_xml(data: bytes) -> Iterator[str]:
    """Give elements that were none, formulas, fields and addresses; what cannot be parsed is no XML."""
    try:
        elements = list(ET.fromstring(data).iter())  # noqa: S314 - we made it
    except ET.ParseError as error:
        yield f"not well formed: {error}"
        return
    for element in elements:
        name = str(element.tag).rpartition("}")[2]
        if MARK in name or name == "script":
            yield f"element {name}"
        if name in {"f", "instrText"} and MARK in (element.text or ""):
            yield f"{name}: {element.text}"
        yield from (
            f"{key}={value[:60]!r}"
            for key, value in element.attrib.items()
            if _is_active(key.rpartition("}")[2], value)
        )


def _is_active(attribute: str, value: str) -> bool:
    is_address = attribute.lower() in {"href", "src", "action", "target", "base"}
    return MARK in value.lower() and (
        (is_address and bool(_ACTIVE_ADDRESS.match(value))) or attribute.lower().startswith("on")
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_script = False

    def handle_starttag(self, tag, attrs) -> None:
        kind = dict(attrs).get("type") or "text/javascript"
        self._is_script = tag == "script" and "json" not in kind
        if MARK in tag:
            self.found.append(f"element {tag}")
        self.found += [f"{key}={value[:60]!r}" for key, value in attrs if _is_active(key, value or "")]
        if tag in {"iframe", "base", "object", "embed"}:
            self.found.append(f"element {tag}")

    def handle_comment(self, data) -> None:
        if MARK in data:
            self.found.append(f"a comment {data[:60]!r}")

    def handle_data(self, data) -> None:
        if self._is_script and re.match(r"\s*zyx", data):
            self.found.append(f"script {data[:60]!r}")


def _in_html(text: str) -> list[str]:
    reader = _Reader()
    reader.feed(text)
    return reader.found
