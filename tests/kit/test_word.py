"""The Word file: real headings, captions and table heads, tagged figures, alt texts, Belgian French."""

import io
import re
import zipfile
from collections import Counter
from datetime import date

import pypdf
import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree
from openpyxl import load_workbook

from ennum_stats.charts.catalogue import CHARTS
from ennum_stats.charts.spec import LONGEST_ALT
from ennum_stats.document.blocks import Text, WrittenTable, column, group, row
from ennum_stats.document.control import ControlForm, Registry, fingerprint, read_tag
from ennum_stats.document.word import PAGE_TWIPS, table_markup
from ennum_stats.drawing.theme import BOLD, FAMILY, LIGHT, REGULAR, bare, font_file
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.control_writer import Controls
from ennum_stats.kit.formats.word_look import KEYS, LOOK, STYLE_NAMES, obfuscated
from tests.kit.test_text import ON_SCREEN_ALONE

EMU_A_TWIP = 635


@pytest.fixture(scope="module")
def document(kit):
    return Document(kit / "fr" / "press-kit.docx")


@pytest.fixture(scope="module")
def parts(kit):
    with zipfile.ZipFile(kit / "fr" / "press-kit.docx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def annex(kit):
    return Document(kit / "fr" / "press-kit-annex.docx")


def test_headings_are_headings(document, annex):
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "En bref"
    assert headings[-1] == "Qui fait quoi\u00a0?"
    of_annex = [p.text for p in annex.paragraphs if p.style.name == "Heading 1"]
    assert [heading[:8] for heading in of_annex] == ["Annexe A", "Annexe B", "Annexe C"]
    assert [p for p in document.paragraphs if p.style.name == "Heading 2"]
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == [
        "Le numérique à l’école en\u00a0Wallonie"
    ]


def test_tables_repeat_their_heading_row(document, annex):
    tables = [Table(one, of) for of in (document, annex) for one in of.element.body.iter(qn("w:tbl"))]
    with_data = [t for t in tables if t.style.style_id == "KitTable"]
    assert len(with_data) >= 11
    for data in with_data:
        first = data.rows[0]._tr
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        for line in data.rows:
            assert line._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None


def test_every_chart_has_a_text_that_stands_for_it(document, annex):
    pictures = [picture for of in (document, annex) for picture in of.element.iter(qn("wp:docPr"))]
    told = [entry for name, entry in CHARTS.items() if name not in ON_SCREEN_ALONE]
    shown = [entry for entry in told if not entry.is_counted]  # no lists of schools here
    assert len(pictures) == len(shown)
    texts = [picture.get("descr") for picture in pictures]
    assert all(20 < len(text) <= LONGEST_ALT for text in texts)
    assert any("679" in text for text in texts)


def test_columns_and_bars_are_charts_of_words_own_with_their_rows(parts, controls):
    """Chart 1 of the press kit, and RTL/Belga, June 2020: 28 to 503 projects, and 679."""
    native = [one.name for one, _ in controls if one.form is ControlForm.NATIVE]
    assert {"winners_per_call", "budget_by_programme", "coverage_by_programme"} <= {*native}
    charts = [name for name in parts if re.fullmatch(r"word/charts/chart\d+\.xml", name)]
    assert len(charts) == len(native)
    number = native.index("winners_per_call") + 1
    values = etree.fromstring(parts[f"word/charts/chart{number}.xml"]).xpath(
        "//*[local-name()='barChart']//*[local-name()='val']//*[local-name()='v']/text()"
    )
    assert [float(one) for one in values] == [28, 72, 210, 570, 326, 503, 679]
    book = load_workbook(io.BytesIO(parts[f"word/embeddings/chart{number}.xlsx"]))
    rows = [*book.active.iter_rows(values_only=True)][1:]
    assert [value for _, value, *_ in rows] == [28, 72, 210, 570, 326, 503, 679, None]
    assert rows[0][0].startswith("EN1")


def test_charts_and_tables_are_numbered_from_the_kit_on_into_its_annex(document, annex):
    numbers = {"Graphique": [], "Tableau": []}
    for paragraph in (*document.paragraphs, *annex.paragraphs):
        if paragraph.style.style_id in ("ChartTitle", "TableCaption"):
            word, number = re.match(r"(\w+) (\d+)\u2002", paragraph.text).groups()
            numbers[word].append(int(number))
    assert len(numbers["Tableau"]) >= 11
    assert all(found == [*range(1, len(found) + 1)] for found in numbers.values())


def test_word_goes_on_counting_in_the_annex_where_the_kit_ends(document, annex):
    """Word counts captions of a file from one, unless the first says otherwise."""
    for of, begins in ((document, False), (annex, True)):
        counted = [element.text for element in of.element.iter(qn("w:instrText")) if " SEQ " in element.text]
        first = [next(code for code in counted if word in code) for word in ("Graphique", "Tableau")]
        assert [r"\r" in code for code in first] == [begins] * 2
        assert sum(r"\r" in code for code in counted) == 2 * begins


@pytest.mark.parametrize("name", ["press-kit", "press-kit-annex"])
def test_references_lead_to_the_numbers_of_captions(kit, name):
    """Each within its file: a reference to another one would be an error in Word."""
    text = Document(kit / "fr" / f"{name}.docx").element.xml
    named = re.findall(r" REF (\w+) \\h ", text)
    marks = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', text))
    assert len(named) >= 5
    assert {*named} <= marks


@pytest.mark.parametrize("name", ["press-kit", "press-kit-annex"])
def test_contents_say_the_pages_of_the_pdf_until_word_knows_its_own(kit, name):
    pages = [page.extract_text() for page in pypdf.PdfReader(kit / "fr" / f"{name}.pdf").pages]
    document = Document(kit / "fr" / f"{name}.docx")
    entries = [p for p in document.paragraphs if p.style.style_id in ("TOC1", "TOC2")]
    assert len(entries) > 5
    for entry in entries:
        heading, page = entry.text.split("\t")
        assert heading.split()[0] in pages[int(page) - 1]


def test_contents_stand_in_two_columns(document):
    """The page begins with them, and the text goes on below."""
    columns = [one._sectPr.find(qn("w:cols")).get(qn("w:num")) for one in document.sections]
    assert columns == [None, "2", None]
    assert [one.start_type for one in document.sections][1:] == [WD_SECTION.CONTINUOUS] * 2
    assert len({one.page_width for one in document.sections}) == 1
    assert not document.sections[0].header.is_linked_to_previous
    assert document.sections[-1].header.is_linked_to_previous


def test_our_styles_have_names_in_the_language_of_the_document(document):
    """Word translates the names of its own styles itself."""
    ours = [one for one in document.styles if one.element.get(qn("w:customStyle")) == "1"]
    english = {told.text for told in STYLE_NAMES.values()}
    assert len(ours) > 20
    assert [one.name for one in ours if one.style_id not in STYLE_NAMES] == []
    assert [one.name for one in ours if one.name in english] == []


def test_the_language_is_belgian_french(parts, document):
    assert b'w:val="fr-BE"' in parts["word/styles.xml"]
    assert set(re.findall(rb'<w:lang [^>]*w:val="([^"]+)"', parts["word/styles.xml"])) == {b"fr-BE"}
    assert document.core_properties.language == "fr-BE"
    assert document.core_properties.title == "Le numérique à l’école en\u00a0Wallonie"
    assert document.core_properties.created.isoformat().startswith("2026-11-24T00:00:00")


@pytest.fixture(scope="module")
def controls(document):
    """The content controls of the kit: what their tags say, and the words in each."""
    found = []
    for control in document.element.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        found.append((read_tag(tag), "".join(t.text for t in control.iter(qn("w:t")))))
    return found


def test_figures_are_tagged_content_controls(controls):
    words = {(one.name, one.form): text for one, text in controls}
    assert words["last_projects", ControlForm.WORDS] == "679\u00a0projets"  # EN2020, by its role in the text
    assert words["total_investment", ControlForm.WORDS] == "entre 136,6 et 137,7\u00a0millions d’euros"
    assert words["milestone:cyberecole_start.on", ControlForm.WORDS] == "1999"
    assert (
        words["cyberclasse_implantations", ControlForm.PRECISION]
        == "environ, à\u00a0500\u00a0près, janvier 2020"
    )
    assert len(words) > 64


def test_every_sentence_table_and_chart_is_a_control(controls, document):
    forms = Counter(one.form for one, _ in controls)
    captions = [p.text for p in document.paragraphs if p.style.style_id in ("ChartTitle", "TableCaption")]
    assert forms[ControlForm.CHART] + forms[ControlForm.NATIVE] == sum(
        one.startswith("Graphique") for one in captions
    )
    assert forms[ControlForm.TABLE] == sum(one.startswith("Tableau") for one in captions)
    sentences = [text for one, text in controls if one.form is ControlForm.SENTENCE]
    assert ", plus que chacun des appels précédents" in sentences


def test_a_tag_tells_language_day_and_what_was_written(controls, parts):
    registry = Registry.read(etree.fromstring(parts["customXml/item1.xml"]))
    assert {one.language for one, _ in controls} == {"fr"}
    assert {one.known_at for one, _ in controls} == {date(2026, 11, 24)}
    for one, text in controls:
        assert len(one.tag) <= 64
        entry = registry[one.tag]
        if one.form not in (ControlForm.SENTENCE, ControlForm.TABLE, ControlForm.CHART, ControlForm.NATIVE):
            assert one.fingerprint == fingerprint(text)
            assert entry.text.strip() == text.strip()
    assert any(entry.of == "en2020_projects" for entry in registry.values())


def test_controls_stand_as_the_schema_asks(parts, document):
    """Word repairs a file with two controls of one number, or with their properties in another order."""
    order = [qn(f"w:{name}") for name in ("alias", "tag", "id", "picture", "text")]
    header = etree.fromstring(next(x for n, x in parts.items() if "header" in n and b"sdt" in x))
    numbers = []
    for properties in (*document.element.iter(qn("w:sdtPr")), *header.iter(qn("w:sdtPr"))):
        places = [order.index(child.tag) for child in properties]
        assert places == sorted(places)
        numbers.append(properties.find(qn("w:id")).get(qn("w:val")))
    starts = [mark.get(qn("w:id")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))
    assert len(starts) == len(set(starts))


def test_pages_say_title_day_and_number(parts):
    header = next(x for n, x in parts.items() if n.startswith("word/header") and b"connus au" in x)
    assert "Chiffres connus au 24\u00a0novembre 2026".encode() in header
    footer = next(x for n, x in parts.items() if n.startswith("word/footer") and b"NUMPAGES" in x)
    assert b" PAGE " in footer
    assert b"w:titlePg" in parts["word/document.xml"]


@pytest.mark.parametrize(("number", "weight"), [(1, REGULAR), (2, BOLD)])
def test_the_typeface_is_inside(parts, number, weight):
    inside = parts[f"word/fonts/font{number}.odttf"]
    assert obfuscated(inside, KEYS[weight][1]) == font_file(weight).read_bytes()
    assert b"embedTrueTypeFonts" in parts["word/settings.xml"]


@pytest.mark.parametrize("is_dense", [False, True])
def test_every_style_of_a_table_is_in_the_document(document, ledger_at, is_dense):
    """A paragraph of a style that is not there falls out of its table."""
    rows = (group("Two"), row("a", "b"), row("c", "d", total=True))
    columns = (column("A"), column("B"))
    controls = Controls(Edition(ledger_at("2026-11-24"), "fr"))
    xml = table_markup(WrittenTable(columns, rows, is_dense=is_dense), controls)
    named = set(re.findall(r'<w:(?:pStyle|tblStyle) w:val="([^"]+)"', xml))
    assert len(named) > 2
    assert named <= {style.style_id for style in document.styles}


def test_the_look_has_the_colours_and_the_page_of_all_other_files():
    """It is a file of its own, which people change in Word: what PDF, slides and pages look like stands elsewhere."""
    look = Document(LOOK)
    colours = {one.get(qn("w:val")) for one in look.styles.element.iter(qn("w:color"))}
    assert colours == {bare(LIGHT.text), bare(LIGHT.muted)}
    (section,) = look.sections
    width = section.page_width - section.left_margin - section.right_margin
    assert abs(width / EMU_A_TWIP - PAGE_TWIPS) <= 2
    fonts = {one.get(qn("w:ascii")) for one in look.styles.element.iter(qn("w:rFonts"))}
    assert fonts == {FAMILY}


def test_words_in_another_language_than_the_document_are_marked_for_who_reads_aloud(ledger_at):
    """The title of a document is French in each kit."""
    controls = Controls(Edition(ledger_at("2026-11-24"), "de"))
    rows = (row((Text("Dossier de presse", "fr"),), "28"),)
    root = table_markup(WrittenTable((column("Dokument"), column("Zahl")), rows), controls)
    (marked,) = re.findall(r"<w:r>(?:(?!</w:r>).)*<w:lang [^>]*>.*?</w:r>", root)
    assert 'w:val="fr-BE"' in marked
    assert "Dossier de presse" in marked
