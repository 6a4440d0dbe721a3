"""Every format of the kit as its readers get it: valid for Office, and whole for who does not see it."""

import re
import zipfile
from itertools import pairwise

import openpyxl
import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.oxml.ns import qn as pn

from ennum_stats.charts.spec import LONGEST_ALT

OFFICE = ("press-kit.docx", "release.docx", "press-kit.pptx", "press-kit.xlsx")
WORD = ("press-kit.docx", "release.docx")
LONGEST_BOOKMARK = 40  # Word cuts a longer name, and what leads to it leads nowhere
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@pytest.fixture(scope="module")
def audit():
    """What Microsoft's Open XML SDK would find in a file, by its port to Python."""
    openxml_audit = pytest.importorskip("openxml_audit")
    validator = openxml_audit.OpenXmlValidator()
    return lambda path: [str(one) for one in validator.validate(path).errors]


@pytest.mark.parametrize("name", OFFICE)
def test_office_opens_it_without_repair(kit, audit, name):
    assert audit(kit / "fr" / name) == []


def test_the_audit_finds_an_order_that_word_would_repair(kit, audit, tmp_path):
    """The checker checks: properties of a content control behind its content are against the schema."""
    document = Document(kit / "fr" / "release.docx")
    control = next(document.element.iter(qn("w:sdt")))
    control.append(control.find(qn("w:sdtPr")))
    document.save(tmp_path / "broken.docx")
    assert audit(tmp_path / "broken.docx") != []


# --- Word ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=WORD)
def word(request, kit):
    return Document(kit / "fr" / request.param)


@pytest.fixture(scope="module")
def whole(kit):
    return Document(kit / "fr" / "press-kit.docx")


def test_no_level_of_headings_is_left_out(word):
    styles = [style.get(qn("w:val")) for style in word.element.iter(qn("w:pStyle"))]
    levels = [int(one[-1]) for one in styles if re.fullmatch("Heading[1-9]", one)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_numbers_of_drawings_and_bookmarks_are_their_own(word):
    for tag, key in (("wp:docPr", "id"), ("w:bookmarkStart", qn("w:id")), ("w:id", qn("w:val"))):
        numbers = [one.get(key) for one in word.element.iter(qn(tag))]
        assert len(numbers) == len(set(numbers))


def test_every_line_of_the_contents_leads_to_its_heading(whole):
    names = [mark.get(qn("w:name")) for mark in whole.element.iter(qn("w:bookmarkStart"))]
    assert all(len(name) <= LONGEST_BOOKMARK for name in names)
    led = [link.get(qn("w:anchor")) for link in whole.element.iter(qn("w:hyperlink"))]
    led += re.findall(r"PAGEREF (\S+)", "".join(t.text for t in whole.element.iter(qn("w:instrText"))))
    headings = [
        one for one in whole.element.iter(qn("w:pStyle")) if one.get(qn("w:val")) in ("Heading1", "Heading2")
    ]
    assert len(led) == 2 * len(headings) > 40
    assert set(led) <= set(names)


def test_pictures_have_one_description_and_no_name_of_a_file(word):
    for drawing in word.element.iter(qn("w:drawing")):
        assert 20 < len(drawing.find(f".//{qn('wp:docPr')}").get("descr")) <= LONGEST_ALT
        assert [one.get("descr") for one in drawing.iter(qn("pic:cNvPr")) if one.get("descr")] == []


def test_styles_are_those_in_use_and_the_kits_own(word):
    """Of python-docx's 170 and pandoc's 40 nothing stays that the kit does not write in."""
    styles = {style.style_id: style for style in word.styles}
    named = {one.get(qn("w:val")) for one in word.element.iter(qn("w:pStyle"), qn("w:tblStyle"))}
    assert named <= styles.keys()
    assert not [one for one in styles if re.search(r"Tok$|Accent\d|^Medium|^Colorful", one)]
    assert "Heading3" in styles  # people write in it
    assert len(styles) < 65


def test_word_knows_title_author_and_language(word):
    properties = word.core_properties
    assert properties.title
    assert properties.author == "SPW Emploi Formation"
    assert properties.language == "fr-BE"


# --- PowerPoint ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def slides(kit):
    return Presentation(kit / "fr" / "press-kit.pptx").slides


def test_slides_are_read_title_first_then_from_top_to_bottom(slides):
    for slide in slides:
        first, *others = slide.shapes
        assert first == slide.shapes.title
        told = [shape for shape in others if shape.has_text_frame and shape.text_frame.text]
        rows = [round(shape.top / 914_400, 1) for shape in told]
        assert rows == sorted(rows)


def test_what_is_seen_on_slides_is_told_or_marked_as_ornament(slides):
    for slide in slides:
        for shape in slide.shapes:
            if not (shape.has_text_frame and shape.text_frame.text):
                named = next(shape._element.iter(pn("p:cNvPr")))
                assert named.get("descr") or list(named.iter(DECORATIVE))


def test_every_slide_with_numbers_names_its_documents_in_the_notes(slides):
    for slide in slides:
        shown = any(shape.has_chart or shape.shape_type == 13 for shape in slide.shapes)
        if shown:
            assert re.search("Sources? :", slide.notes_slide.notes_text_frame.text.replace("\u00a0", " "))


# --- Excel -----------------------------------------------------------------------------------------------


def test_sheets_have_a_heading_row_that_stays_and_no_formula_of_words(kit):
    book = openpyxl.load_workbook(kit / "fr" / "press-kit.xlsx")
    for sheet in book:
        cells = [cell for row in sheet for cell in row if cell.value is not None]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    _, *tables = book
    assert len(tables) > 10
    assert all(sheet.freeze_panes and sheet.print_title_rows for sheet in tables)
    assert book.properties.title
    with zipfile.ZipFile(kit / "fr" / "press-kit.xlsx") as archive:
        assert [one for one in archive.namelist() if "externalLink" in one or "vba" in one] == []


# --- PDF -------------------------------------------------------------------------------------------------


def test_every_heading_of_the_pdf_is_in_its_outline_and_no_page_lacks_marks(kit):
    reader = pypdf.PdfReader(kit / "fr" / "press-kit.pdf")
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert len(reader.outline) > 8
    for page in reader.pages:
        assert "/StructParents" in page
        assert page["/Tabs"] == "/S"
    assert not reader.is_encrypted


# --- the page --------------------------------------------------------------------------------------------


def test_the_page_can_be_printed(kit):
    text = (kit / "fr" / "press-kit.html").read_text("utf-8")
    printed = re.search(r"@media print\s*\{(.+)", text, re.DOTALL)
    assert printed
    assert "break-inside" in text
