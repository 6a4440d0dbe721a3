"""A kit under embargo holds the number, says so wherever anybody looks, and nobody else reads it; once the clock has
passed, the same command makes the kit of everybody."""

import io
import re
import shutil
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation
from typer.testing import CliRunner

from ennum_stats.cli import app as commands
from ennum_stats.kit.notice_files import write_notice
from ennum_stats.project import Project
from ennum_stats.raw import embargo
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from tests.conftest import copied_project
from tests.store.test_embargo import INVENTED, write

pytestmark = pytest.mark.product

UNTIL = "2030-12-01T05:00"
MARKS = {
    "fr": "SOUS EMBARGO jusqu’au 1er décembre 2030, 5 h",
    "nl": "ONDER EMBARGO tot 1 december 2030, 5.00 uur",
}
NAMES = {
    "fr": "SOUS-EMBARGO-JUSQU-AU-1ER-DECEMBRE-2030-5-H_",
    "nl": "ONDER-EMBARGO-TOT-1-DECEMBER-2030-5-00-UUR_",
}
DIGITS = {"fr": "98 761 234", "nl": "98.761.234"}
assert {digits.translate({32: None, 46: None}) for digits in DIGITS.values()} == {str(INVENTED)}
IN_FRENCH = ("press", "--lang", "fr", "--audience", "internal")
PRESS = (*IN_FRENCH, "--lang", "nl")


class HourAfter(datetime):
    """The real clock, an hour after the embargo."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2030, 12, 1, 5, tzinfo=UTC).astimezone(tz)


def ask(project, *arguments):
    return CliRunner().invoke(commands, ["--root", str(project.root), *map(str, arguments)])


@pytest.fixture(scope="module")
def made(made_once, raw_copy_at):
    """A project with a number under embargo and its kit. Tests read it and change nothing."""

    def make(root):
        project = raw_copy_at(root).project
        write(project, UNTIL)
        assert ask(project, *PRESS).exit_code == 0

    return Project(made_once("kit-under-embargo", make))


def kit_of(project):
    return project.reports / "2030-12-01-embargo"


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'")


def pieces(path):
    """What a reader sees at once in a file, piece by piece: pages, slides, sheets, or all of it."""
    data = io.BytesIO(path.read_bytes())
    match path.suffix:
        case ".pdf":
            yield from (page.extract_text() for page in pypdf.PdfReader(data).pages)
        case ".pptx":
            for slide in Presentation(data).slides:
                yield "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        case ".xlsx":
            for sheet in openpyxl.load_workbook(data).worksheets:
                yield "\n".join(
                    str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell
                )
        case ".docx":
            document = Document(data)
            yield "".join(document.element.body.itertext())
            if "press-kit" in path.name:  # a release has one page
                yield "".join(document.sections[0].header._element.itertext())
        case ".png":
            return
        case _:
            yield path.read_text("utf-8")


@pytest.mark.parametrize("language", MARKS)
def test_it_says_so_on_every_page_slide_sheet_and_picture_and_in_every_name(made, language):
    files = [path for path in (kit_of(made) / language).rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {
        ".pdf", ".pptx", ".xlsx", ".docx", ".html", ".svg", ".png", ".txt",
    }  # fmt: skip
    for path in files:
        assert path.name.startswith(NAMES[language]), path.name
        for piece in pieces(path):
            words = " ".join(plain(piece).split())
            in_picture = re.sub("<[^>]*>| ", "", words) if path.suffix == ".svg" else ""
            assert MARKS[language] in words or MARKS[language].replace(" ", "") in in_picture, path.name
            assert "2030-12-01 05" not in words
            assert UNTIL not in words


@pytest.mark.parametrize("language", MARKS)
def test_its_release_begins_with_the_number(made, language):
    [path] = kit_of(made).glob(f"{language}/*release.docx")
    paragraphs = Document(path).element.body.iter(qn("w:p"))
    [heading] = [paragraph for paragraph in paragraphs if paragraph.style == "Heading1"]
    assert DIGITS[language] in plain("".join(heading.itertext()))


@pytest.mark.parametrize("language", MARKS)
def test_the_message_to_copy_begins_with_the_mark_and_the_number(made, language):
    [path] = kit_of(made).glob(f"{language}/*release.txt")
    message = plain(path.read_text("utf-8").split("\n\n")[1])
    assert message.startswith(f"{MARKS[language]} – ")
    assert DIGITS[language] in message
    assert len(message) <= 280


def test_it_says_that_it_is_internal(made):
    manifest = (kit_of(made) / "MANIFEST.json").read_text("utf-8")
    assert '"audience": "internal"' in manifest
    assert str(INVENTED) in manifest


def test_nobody_else_reads_it(made):
    places = [kit_of(made), *kit_of(made).rglob("*")]
    assert kit_of(made).stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in places if path.is_file())


def test_verify_tells_which_is_which(made):
    for path in (kit_of(made), *kit_of(made).glob("fr/*press-kit.docx"), *kit_of(made).glob("fr/*.pptx")):
        told = ask(made, "verify", path)
        assert told.exit_code == 0, told.output
        assert "Sous embargo jusqu’au 1er décembre 2030, 5 h, heure belge." in plain(told.output)


def test_the_public_is_told_of_no_kit_under_embargo(made, tmp_path):
    before, after = (open_ledger(made, day) for day in (date(2020, 1, 31), date(2030, 12, 2)))
    found = write_notice(made, before, after, ("fr",), tmp_path / "notice")
    assert found
    assert not any(kit.startswith("2030-12-01-embargo") for each in found for kit in each.kits)


@pytest.fixture
def lifted(made, tmp_path, monkeypatch):
    """A copy of the project, an hour after the embargo."""
    copied_project(made.root, tmp_path / "project")
    monkeypatch.setattr(embargo, "datetime", HourAfter)
    project = Project(tmp_path / "project")
    build(project)
    return project


def test_the_same_command_then_makes_the_kit_of_everybody(lifted):
    again = ask(lifted, *IN_FRENCH, "--known-at", "2030-12-01")
    assert again.exit_code == 0, again.output
    kit = lifted.reports / "2030-12-01"
    assert DIGITS["fr"] in plain("".join(pieces(kit / "fr" / "press-kit.xlsx")))
    for path in kit.glob("fr/**/*"):
        assert "EMBARGO" not in path.name
        if path.is_file():
            assert not any(MARKS["fr"] in plain(piece) for piece in pieces(path)), path
    assert "Rien n’y est sous embargo." in ask(lifted, "verify", kit).output
    told = ask(lifted, "verify", kit_of(lifted))
    assert "Son embargo a pris fin le 1er décembre 2030, 5 h" in plain(told.output)


def test_what_was_edited_under_embargo_loses_the_mark_when_it_is_brought_up_to_date(lifted):
    [path] = kit_of(lifted).glob("fr/*press-kit.docx")
    out = lifted.root / "renewed.docx"
    done = ask(lifted, "refresh", path, "--known-at", "2030-12-01", "--out", out)
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(out) as parts:
        for name in parts.namelist():
            if name.endswith(".xml"):
                assert "SOUS EMBARGO" not in parts.read(name).decode(), name
    assert "Rien n’y est sous embargo." in ask(lifted, "verify", out).output


@pytest.mark.parametrize(
    ("option", "publisher", "said"),
    [
        ("2020-01-01T05:00", "", "Cet embargo a pris fin le 1er janvier 2020, 5 h"),
        ("2030-12-01T04:59", "", "est sous embargo plus longtemps"),
        ("demain", "", "n’est pas le moment d’un embargo"),
        ("2030-12-01T05:00", "item,fr,de,nl,en\nquote,Mot (fictif),,,\n", "Personne n’est nommé"),
    ],
)
def test_an_embargo_that_cannot_be_is_told_and_nothing_is_written(made, tmp_path, option, publisher, said):
    copied_project(made.root, tmp_path / "project")
    project = Project(tmp_path / "project")
    shutil.rmtree(project.reports)
    if publisher:
        (project.raw / "publisher.csv").write_text(publisher, "utf-8")
    ended = ask(project, "press", "--embargo", option)
    assert ended.exit_code != 0
    assert said in plain(ended.output)
    assert not list(project.reports.rglob("*.docx"))
