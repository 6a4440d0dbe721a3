"""A kit in a team's own look: what of their Word file stands in it, and what is told of the rest."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor
from PIL import Image

from ennum_stats.errors import EnnumError, UsageError
from ennum_stats.kit.formats.word_template import PLACEHOLDER, dressed
from ennum_stats.office.templates import open_template
from ennum_stats.office.word_file import WordFile

BLUE = RGBColor(0x12, 0x34, 0x9A)
LOGO = "Logo du service (données fictives)"


def team_file(path, *, lines=("Service de la communication", "Ébauche fictive"), wide=2):
    """Save a Word file as a service makes it: cover, logo in the header, blue headings of a French name."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(wide)
    heading = made.styles["Heading 1"]
    heading.font.color.rgb, heading.font.name = BLUE, "Georgia"
    heading.element.find(qn("w:name")).set(qn("w:val"), "Titre 1")
    heading.element.styleId = "Titre1"
    made.styles["Normal"].font.name = "Verdana"
    _level_of(made, made.styles["List Number"].element).find(qn("w:lvlText")).set(qn("w:val"), "%1)")
    subtitle = made.styles["Subtitle"].element
    subtitle.getparent().remove(subtitle)
    logo = io.BytesIO()
    Image.new("RGB", (40, 20), (18, 52, 154)).save(logo, "PNG")
    head = section.header.paragraphs[0]
    head.add_run().add_picture(logo)._inline.docPr.set("descr", LOGO)
    section.footer.paragraphs[0].text = "Rue fictive 1, 5000 Namur"
    for line in lines:
        made.add_paragraph(line, style="Titre 1" if line.startswith("Service") else None)
    made.save(path)
    return path


def _level_of(document, element):
    """The first level of the numbering that a style or a paragraph names."""
    key = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    numbering = document.part.numbering_part.element
    (number,) = (one for one in numbering.num_lst if str(one.numId) == key)
    of = str(number.abstractNumId.val)
    kinds = {one.get(qn("w:abstractNumId")): one for one in numbering.iter(qn("w:abstractNum"))}
    return next(kinds[of].iter(qn("w:lvl")))


@pytest.fixture(scope="module")
def ours(kit):
    return (kit / "fr" / "press-kit.docx").read_bytes()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return open_template(team_file(tmp_path_factory.mktemp("template") / "service.docx"))


@pytest.fixture(scope="module")
def kit_of_team(ours, template):
    return dressed(ours, template)


@pytest.fixture(scope="module")
def document(kit_of_team):
    return Document(io.BytesIO(kit_of_team))


def test_headings_are_theirs_and_still_headings(document):
    headings = [one for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [headings[0].text, headings[1].text] == ["Service de la communication", "En bref"]
    style = headings[1].style
    assert (style.font.color.rgb, style.font.name) == (BLUE, "Georgia")
    assert style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val")) == "0"
    assert document.styles["Normal"].font.name == "Verdana"
    keys = [one.styleId for one in document.styles.element.iter(qn("w:style"))]
    assert len(keys) == len(set(keys))


def test_their_cover_stands_before_the_kit_on_a_page_of_its_own(document):
    texts = [one.text for one in document.paragraphs]
    assert texts[:2] == ["Service de la communication", "Ébauche fictive"]
    assert texts.index("Ébauche fictive") < texts.index("Le numérique à l’école en\u00a0Wallonie")
    kinds = [one.start_type for one in document.sections]
    assert kinds == [WD_SECTION.NEW_PAGE] * 2 + [WD_SECTION.CONTINUOUS] * 2


def test_lists_are_those_of_word_with_their_signs(document):
    items = [one for one in document.paragraphs if one.style.name == "List Number"]
    bullets = [one for one in document.paragraphs if one.style.name == "List Bullet"]
    assert len(items) == 4
    assert len(bullets) > 5
    signs = {_level_of(document, one._p).find(qn("w:lvlText")).get(qn("w:val")) for one in items}
    assert signs == {"%1)"}


def test_their_caption_is_the_title_of_charts_and_tables(document, template):
    """What Word calls a caption; the notes below a chart are the kit's own, in small grey."""
    caption = template.document.styles["Caption"]
    for name in ("Graphique\u00a0: titre", "Tableau\u00a0: légende"):
        assert document.styles[name].font.color.rgb == caption.font.color.rgb
    assert document.styles["Caption"].font.color.rgb != caption.font.color.rgb


def test_logo_header_and_footer_are_theirs_with_our_day_and_page(document):
    section = document.sections[-1]
    part = section.header.part
    (drawing,) = part.element.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    )
    assert drawing.get("descr") == LOGO
    assert any(one.reltype.endswith("/image") for one in part.rels.values())
    words = "".join(one.text or "" for one in part.element.iter(qn("w:t")))
    assert "Chiffres connus au 24 novembre 2026" in words
    foot = section.footer.part.element
    assert "Rue fictive 1" in section.footer.paragraphs[0].text
    assert any("PAGE" in (one.text or "").split() for one in foot.iter(qn("w:instrText")))


def test_the_kit_stays_alive_in_its_language(ours, kit_of_team, document, tmp_path):
    before, after = tmp_path / "before.docx", tmp_path / "after.docx"
    before.write_bytes(ours)
    after.write_bytes(kit_of_team)
    told = [[(c.written, c.text) for c in WordFile.open(one).controls()] for one in (before, after)]
    assert sorted(map(str, told[0])) == sorted(map(str, told[1]))
    assert document.core_properties.language == "fr-BE"
    assert document.core_properties.title == "Le numérique à l’école en\u00a0Wallonie"
    with zipfile.ZipFile(before) as one, zipfile.ZipFile(after) as two:
        charts = [name for name in one.namelist() if name.startswith("word/charts/")]
        assert charts
        assert all(one.read(name) == two.read(name) for name in charts)
        languages = re.findall(rb'<w:lang [^>]*w:val="([^"]+)"', two.read("word/styles.xml"))
    assert set(languages) == {b"fr-BE"}


def test_two_runs_give_the_same_bytes(ours, kit_of_team, template):
    assert dressed(ours, template) == kit_of_team


def test_word_reads_the_file_without_repair(kit_of_team, tmp_path):
    openxml_audit = pytest.importorskip("openxml_audit")
    path = tmp_path / "kit.docx"
    path.write_bytes(kit_of_team)
    assert [str(one) for one in openxml_audit.OpenXmlValidator().validate(path).errors] == []


def test_the_kit_stands_where_the_file_names_it(ours, tmp_path):
    lines = ("Service avant", PLACEHOLDER, "Contact après")
    made = open_template(team_file(tmp_path / "t.docx", lines=lines))
    texts = [one.text for one in Document(io.BytesIO(dressed(ours, made))).paragraphs]
    assert (texts[0], texts[-1]) == ("Service avant", "Contact après")
    assert PLACEHOLDER not in texts
    assert len(made.remarks("fr")) == 1  # the style that is not there


def test_a_sheet_takes_the_look_without_the_cover(kit, template):
    sheet = dressed((kit / "fr" / "release.docx").read_bytes(), template, has_cover=False)
    document = Document(io.BytesIO(sheet))
    assert "Ébauche fictive" not in [one.text for one in document.paragraphs]
    assert "Rue fictive 1" in document.sections[0].footer.paragraphs[0].text


def test_what_is_missing_is_told_by_the_names_of_word(tmp_path, template):
    told = [str(one) for one in template.remarks("fr")]
    assert any(one.endswith(": Sous-titre.") for one in told)
    narrow = open_template(team_file(tmp_path / "n.docx", wide=5))
    assert any("too narrow" in str(one) for one in narrow.remarks("fr"))


def test_a_template_of_word_is_read_as_a_document_is(tmp_path):
    """A .dotx is a .docx that calls itself a template (ECMA-376, part 1, 11.3.10)."""
    made, path = team_file(tmp_path / "t.docx"), tmp_path / "service.dotx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b"document.main+xml", b"template.main+xml")
            new.writestr(name, data)
    assert [one.text for one in open_template(path).document.paragraphs][1] == "Ébauche fictive"


def test_slides_are_no_template_of_a_word_file(tmp_path):
    (tmp_path / "service.pptx").write_bytes(b"PK")
    with pytest.raises(UsageError, match=r"“\.pptx” file") as caught:
        open_template(tmp_path / "service.pptx")
    assert ".docx" in str(caught.value.expected)


def test_a_file_without_a_page_of_its_own_takes_the_kits(ours, tmp_path):
    path = team_file(tmp_path / "service.docx")
    made = Document(path)
    made.element.body.remove(made.element.body.sectPr)
    made.save(path)
    template = open_template(path)
    assert len(template.remarks("fr")) == 5  # style, header, footer, page, place
    page = Document(io.BytesIO(dressed(ours, template))).sections[-1]
    assert page.page_width.cm == pytest.approx(21, abs=0.01)


def without_headings(path):
    made = Document()
    for style in [one for one in made.styles if one.name.startswith(("Heading", "Title"))]:
        style.element.getparent().remove(style.element)
    made.save(path)


def with_broken_styles(path):
    spare = team_file(path.with_name("spare.docx"))
    with zipfile.ZipFile(spare) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<w:styles" if name == "word/styles.xml" else old.read(name))


def with_macros(path):
    team_file(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"fictif")


def with_link(path):
    made = Document()
    made.part.relate_to(
        "https://example.org/logo.png",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        is_external=True,
    )
    made.save(path)


def with_bomb(path):
    team_file(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.bin", bytes(8_000_000))


def with_password(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (without_headings, "no headings"),
        (with_broken_styles, "damaged"),
        (with_macros, "macros"),
        (with_link, "in another file"),
        (with_bomb, "No Office program"),
        (with_password, "password"),
        (lambda path: path.write_bytes(b"nothing"), "damaged"),
    ],
)
def test_a_template_that_cannot_be_is_one_finding(spoil, found, tmp_path):
    path = tmp_path / "service.docx"
    spoil(path)
    with pytest.raises(EnnumError, match=found) as caught:
        open_template(path)
    assert str(path) in str(caught.value.where)
