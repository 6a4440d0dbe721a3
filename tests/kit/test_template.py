"""A kit in a team's own look: what of their Word file stands in it, and what is told of the rest."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
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


LEVEL = (
    '<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{style}"/>'
    '<w:lvlText w:val="{label}"/><w:lvlJc w:val="left"/></w:lvl>'
)
TABLE = (
    '<w:style {ns} w:type="table" w:customStyle="1" w:styleId="TableauService"><w:name w:val="Tableau du service"/>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="12349A"/></w:tcPr></w:tblStylePr></w:style>'
)


def numbered_file(path):
    """Save a Word file whose chapters are numbered, as a service makes it, with its own style of tables."""
    made, ns = Document(team_file(path)), nsdecls("w")
    levels = [("Titre1", "%1."), ("Heading2", "%1.%2"), ("Heading3", "%1.%2.%3")]
    markup = "".join(
        LEVEL.format(depth=depth, style=style, label=label) for depth, (style, label) in enumerate(levels)
    )
    numbering = made.part.numbering_part.element
    kind = f'<w:abstractNum {ns} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{markup}</w:abstractNum>'
    numbering.insert(0, parse_xml(kind))
    numbering.append(parse_xml(f'<w:num {ns} w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, (style, _) in enumerate(levels):
        place = f'<w:numPr {ns}><w:ilvl w:val="{depth}"/><w:numId w:val="88"/></w:numPr>'
        made.styles.element.get_by_id(style).get_or_add_pPr()._insert_numPr(parse_xml(place))
    made.styles.element.append(parse_xml(TABLE.format(ns=ns)))
    made.paragraphs[0].style = made.styles["Title"]
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


def heads_of(document):
    rows = document.element.body.iter(qn("w:tr"))
    return [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]


def test_chapters_keep_their_numbers_and_are_not_numbered_twice(kit, ours, tmp_path):
    template = open_template(numbered_file(tmp_path / "numbered.docx"))
    made = dressed(ours, template)
    document = Document(io.BytesIO(made))
    level = _level_of(document, document.styles["Heading 1"].element)
    assert level.find(qn("w:lvlText")).get(qn("w:val")) == "%1."
    assert level.find(qn("w:pStyle")).get(qn("w:val")) == "Heading1"
    chapters = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    entries = [one for one in document.paragraphs if one.style.name == "toc 1"]
    lines = ["".join(t.text for t in one._p.iter(qn("w:t"))) for one in entries]
    assert [line.split("\u2002")[0] for line in lines] == [f"{n}." for n in range(1, len(chapters) + 1)]
    second = next(one for one in document.paragraphs if one.style.name == "toc 2")
    assert next(second._p.iter(qn("w:t"))).text.startswith(
        "3.1\u2002"
    )  # the third chapter is the first with parts
    openxml_audit = pytest.importorskip("openxml_audit")
    (tmp_path / "kit.docx").write_bytes(made)
    assert [str(e) for e in openxml_audit.OpenXmlValidator().validate(tmp_path / "kit.docx").errors] == []
    for name in ("press-kit-annex", "release"):  # “Annexe A”, and a page of one heading
        sheet = Document(
            io.BytesIO(dressed((kit / "fr" / f"{name}.docx").read_bytes(), template, has_cover=False))
        )
        assert sheet.styles["Heading 1"].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is None


def test_tables_are_theirs_and_their_heads_can_be_read(ours, tmp_path, template):
    theirs = open_template(numbered_file(tmp_path / "numbered.docx"))
    document = Document(io.BytesIO(dressed(ours, theirs)))
    style = document.styles.element.get_by_id("KitTable")
    assert style.find(f".//{qn('w:shd')}").get(qn("w:fill")) == "12349A"
    colours = {one.get(qn("w:val")) for head in heads_of(document) for one in head.iter(qn("w:color"))}
    assert colours == {"FFFFFF"}
    assert not any("style of tables" in str(one) for one in theirs.remarks("fr"))
    assert sum("style of tables" in str(one) for one in template.remarks("fr")) == 1


def test_logo_header_and_footer_are_theirs_with_our_day_and_page(document):
    section = document.sections[-1]
    part = section.header.part
    (drawing,) = part.element.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    )
    assert drawing.get("descr") == LOGO
    assert any(one.reltype.endswith("/image") for one in part.rels.values())
    words = "".join(one.text or "" for one in part.element.iter(qn("w:t")))
    assert "Chiffres connus au 24\u00a0novembre 2026" in words
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
    assert len(made.remarks("fr")) == 2  # the style that is not there, and that of tables


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
    turned = Document(team_file(tmp_path / "turned.docx"))
    section = turned.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    turned.save(tmp_path / "turned.docx")
    assert any("not upright" in str(one) for one in open_template(tmp_path / "turned.docx").remarks("fr"))


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
    assert len(template.remarks("fr")) == 6  # style, tables, header, footer, page, place
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
