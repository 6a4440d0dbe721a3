"""How the pages of kit and annex lie: filled, nothing alone at a foot, nothing overprinted, nothing too small, in every
language and on three days, with lists and without, as PDF and as LibreOffice sets the Word file."""

import json
import re
import shutil
from itertools import product

import pypdfium2
import pytest
import typst
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.drawing.theme import typst_fonts
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver, parted
from ennum_stats.kit.formats.page_fill import BOTTOM_CM, MOST_PAGES, TOP_CM, End, awkwardness, first_to_float
from ennum_stats.kit.formats.pdf import write_pdf
from ennum_stats.kit.formats.word import write_sheet, write_word
from ennum_stats.kit.manifest import MANIFEST, Manifest
from ennum_stats.kit.page_check import faults_of, faults_of_files
from ennum_stats.kit.placement import remarks_on
from ennum_stats.kit.press import KIT_LANGUAGES
from ennum_stats.kit.text import kit_text
from ennum_stats.languages import translate
from ennum_stats.opening import open_ledger
from tests.conftest import SEEDS

ROOM = BOTTOM_CM - TOP_CM
LEAST_PAGES = 8


def test_a_chart_floats_where_the_page_before_would_be_empty():
    """Half of the first page stands empty before a chart that begins the second."""
    ends = [End("", 2, TOP_CM + ROOM / 2), End("chart", 3, 20.0), End("", 3, 22.0)]
    assert first_to_float(ends, ()) == "chart"
    assert first_to_float(ends, ("chart",)) is None


def test_text_that_goes_on_and_a_full_page_leave_nothing_empty():
    assert first_to_float([End("", 2, 15.0), End("", 3, 20.0)], ()) is None
    assert first_to_float([End("", 2, BOTTOM_CM - 1), End("chart", 3, 20.0)], ()) is None


def test_no_chart_overtakes_one_that_floats():
    ends = [End("", 2, 20.0), End("first", 3, 9.0), End("", 2, 22.0), End("second", 2, 27.0)]
    assert first_to_float(ends, ("first",)) == "second"


def test_the_last_page_may_be_short_but_no_line_stands_alone():
    assert not any(awkwardness([End("", 2, 27.0), End("", 3, TOP_CM + ROOM / 2)], MOST_PAGES))
    assert any(awkwardness([End("", 2, 27.0), End("", 3, TOP_CM + 1)], MOST_PAGES))


def test_a_page_too_many_is_worse_than_a_short_last_one():
    """Of two spacings the one is taken that keeps to the pages that a kit may have."""
    long = awkwardness([End("", MOST_PAGES + 1, 27.0)], MOST_PAGES)
    assert long > awkwardness([End("", MOST_PAGES, TOP_CM + 1)], MOST_PAGES)


# --- the check itself -----------------------------------------------------------------------------------

FULL = "#lorem(900)"
PAGES = {
    "filled to 9%": f"#lorem(60)#pagebreak(){FULL}",
    "stands alone at the foot": f"#block(height: 23.9cm)[#lorem(700)]#text(size: 15pt)[Heading]#pagebreak(){FULL}",
    "type of 6.0 points": f"{FULL}#text(size: 6pt)[small]",
    "lie on each other": f"{FULL}#place(top, dx: 3pt, dy: 2pt)[overprinted]",
    "leaves the page": f"{FULL}#place(top + right, dx: 3cm)[outside]",
    "is cut": f"{FULL} Cyberclas…",
}


def pages(body):
    page = '#set page(margin: (top: 2.7cm, bottom: 2.3cm, x: 2.5cm))\n#set text(font: "Source Sans Pro", size: 10pt)\n'
    return typst.compile((page + body).encode(), font_paths=typst_fonts())


@pytest.mark.parametrize("fault", PAGES)
def test_each_fault_of_a_page_is_seen(fault):
    assert any(fault in str(line) for line in faults_of(pages(PAGES[fault])))


def test_a_full_page_has_none():
    assert faults_of(pages(FULL)) == []


def test_a_kit_tells_what_is_wrong_on_its_pages_until_it_is_made_again(tmp_path):
    (fault,) = faults_of(pages(PAGES["is cut"]))
    kept = json.loads(json.dumps([("press-kit.pdf", fault.text, fault.values)]))
    (tmp_path / MANIFEST).write_text(Manifest({"de": {"pages": kept}}).text(), "utf-8")
    (line,) = remarks_on(tmp_path, ["de"], "de")
    assert translate(line, "de").startswith(
        "In „de/press-kit.pdf“: auf Seite 2 ist „Cyberclas…“ abgeschnitten"
    )


def test_verify_looks_at_the_pages_of_a_kit_where_it_is_asked_to(project, kit, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)  # without LibreOffice, PDFs alone
    folder = shutil.copytree(kit, tmp_path / "kit")
    (folder / "fr" / "press-kit.pdf").write_bytes(pages(PAGES["filled to 9%"]))
    result = CliRunner().invoke(
        app, ["verify", str(folder), "--pages", "--root", str(project.root), "--lang", "en"]
    )
    assert result.exit_code == 1
    assert result.stdout.startswith("In “fr/press-kit.pdf”, page 1 is filled to 9% only")
    assert "LibreOffice is not installed" in result.stderr


# --- kits -----------------------------------------------------------------------------------------------

DAYS = ("2020-01-31", "2021-12-31", "2026-11-24")
KITS = [*product((*DAYS, "lists"), KIT_LANGUAGES)] if SEEDS else [
    ("2020-01-31", "de"), ("2021-12-31", "nl"), ("2026-11-24", "fr"), ("2026-11-24", "de"), ("lists", "de"),
]  # fmt: skip
"""In each run the language whose texts are the longest, and others once."""


@pytest.fixture
def documents(ledger_at, demonstration):
    """Kit and annex of a day in a language, or of a demonstration with lists: their edition and blocks."""

    def of(day, language):
        ledger = open_ledger(demonstration) if day == "lists" else ledger_at(day)
        edition, text = Edition(ledger, language), kit_text(language)
        drawn = {name for name in text.charts if edition.chart(name).marks}
        kit, title, annex = parted(Resolver(edition, drawn).resolved(text))
        return (edition, kit, text.title, text.kind), (edition, annex, title, text.title)

    return of


@pytest.mark.parametrize(("day", "language"), KITS)
def test_no_page_of_a_pdf_has_a_fault(documents, day, language, tmp_path):
    kit, annex = documents(day, language)
    (tmp_path / "charts").mkdir()
    pdf = write_pdf(*kit, tmp_path / "charts").pdf
    assert faults_of(pdf) == []
    document = pypdfium2.PdfDocument(pdf)
    assert LEAST_PAGES <= len(document) <= MOST_PAGES
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    numbers = re.findall(rf"(?m)^{translate('Chart', language)} (\d+) ", text)
    assert [*map(int, numbers)] == [*range(1, len(numbers) + 1)]  # none overtakes another where it floats
    assert faults_of(write_pdf(*annex, tmp_path / "charts").pdf) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize(("day", "language"), KITS if SEEDS else [("2026-11-24", "fr"), ("2020-01-31", "de")])
def test_no_page_of_a_word_file_has_a_fault(documents, day, language, tmp_path):
    kit, annex = documents(day, language)
    files = [tmp_path / "kit.docx", tmp_path / "annex.docx"]
    for file, data in zip(files, (write_word(*kit), write_sheet(*annex)), strict=True):
        file.write_bytes(data)
    assert [*faults_of_files(files)] == []
