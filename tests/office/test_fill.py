"""Documents of people with names between braces: filled in wherever these stand, and nothing else changed."""

import io
import re
import zipfile
from decimal import Decimal
from itertools import pairwise

import openpyxl
import openpyxl.chart
import openpyxl.worksheet.table
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from ennum_stats.charts import chart
from ennum_stats.drawing.office.native import native_charts
from ennum_stats.errors import UsageError
from ennum_stats.kit.edition import Edition
from ennum_stats.office.fill import fill
from ennum_stats.office.fill.names_workbook import names_workbook
from ennum_stats.office.names import names
from ennum_stats.office.package import DocumentRefused
from ennum_stats.office.refresh import refresh
from tests.office.officer import Officer, tag_of, w, words

DAY, THEN = "2020-10-31", "2020-01-31"
TOTAL = "entre 136,6 et 137,7\u00a0millions d’euros"
BOX = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def note(path):
    """A note with names in the text, broken over runs, in header, cell and text box."""
    document = Document()
    document.add_heading("Note à la ministre", 1)
    broken = document.add_paragraph("Le total est de {{total")
    broken.add_run("_invest").bold = True
    broken.add_run("ment}} ; soit {{ last_projects }} pour {{call\u00a0:last}}.")
    document.add_paragraph("{{chart:budget_per_call}}")
    document.add_paragraph("Titre : {{chart:budget_per_call.title}}")
    document.add_paragraph("{{table:winners}}")
    document.add_table(1, 2).cell(0, 1).text = "{{en_budget_2012_2019}}"
    document.sections[0].header.paragraphs[0].text = "Chiffres : {{total_investment}}"
    text = "<w:p><w:r><w:t>{{{{total_</w:t></w:r><w:r><w:t>investment}}}}</w:t></w:r></w:p>".replace(
        "{{{{", "{{"
    )
    text = text.replace("}}}}", "}}")
    document.element.body.sectPr.addprevious(parse_xml(
        f"<w:p {nsdecls('w')} {BOX}><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{text}"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    ))  # fmt: skip
    document.save(path)
    return path


def test_a_note_is_filled_in_beside_itself(ledger_at, tmp_path):
    path = note(tmp_path / "note.docx")
    before = path.read_bytes()
    result = fill(ledger_at(DAY), path)
    assert path.read_bytes() == before
    assert result.path == tmp_path / f"note ({DAY}).docx"
    assert result.unknown == []
    desk = Officer(result.path)
    assert (
        words(desk.paragraph("Le total")) == f"Le total est de {TOTAL} ; soit 679\u00a0projets pour EN2020."
    )
    assert desk.text("total_investment") == [TOTAL, TOTAL]  # the text box too
    assert "{{" not in words(desk.root)
    header = next(data for name, data in desk.parts.items() if "header" in name and b"w:hdr" in data)
    assert TOTAL.encode() in header
    rows = [[words(cell) for cell in row.iter(w("tc"))] for row in desk.table("winners").iter(w("tr"))]
    assert rows[1][0] == "EN1"
    assert [row[2] for row in rows if row[0] == "EN2020"] == ["679"]
    assert len(list(desk.controls("budget_per_call", "native")[0].iter(w("drawing")))) == 1
    assert words(desk.paragraph("Titre")).startswith("Titre : Près de 34")
    assert fill(ledger_at(DAY), path).path.name == f"note ({DAY}, 2).docx"


def test_a_filled_note_stays_alive(ledger_at, tmp_path):
    path = fill(ledger_at(DAY), note(tmp_path / "note.docx")).path
    refresh(ledger_at(THEN), path)
    assert words(Officer(path).paragraph("Le total")).endswith("soit 503\u00a0projets pour EN2019.")


def test_a_chart_of_a_note_has_its_title_once_and_its_notes_as_text(ledger_at, tmp_path):
    """The note names the title of its chart itself; the rest stands beside the drawing."""
    path = fill(ledger_at(DAY), note(tmp_path / "note.docx")).path
    desk = Officer(path)
    for aspect in ("title", "subtitle", "note"):
        assert len(desk.controls(f"chart:budget_per_call.{aspect}")) == 1
    styles = [
        style.get(w("val"))
        for style in desk.root.iter(w("pStyle"))
        if style.get(w("val")).startswith("Chart")
    ]
    assert styles == ["ChartSubtitle", "ChartSubtitle"]
    assert b'w:styleId="ChartSubtitle"' in desk.parts["word/styles.xml"]
    refresh(ledger_at(THEN), path)
    later = Officer(path)
    assert later.part_of("budget_per_call", "native") == "word/charts/chart1.xml"
    fresh = next(native_charts([chart(ledger_at(THEN), "budget_per_call", "fr")]))
    assert later.parts["word/charts/chart1.xml"] == fresh.xml
    assert later.parts["word/embeddings/chart1.xlsx"] == fresh.workbook


def test_a_chart_within_a_sentence_or_a_map_is_a_picture(ledger_at, tmp_path):
    document = Document()
    document.add_paragraph("Voyez {{chart:budget_per_call}} et")
    document.add_paragraph("{{chart:timeline}}")
    document.save(tmp_path / "x.docx")
    desk = Officer(fill(ledger_at(DAY), tmp_path / "x.docx").path)
    forms = [tag_of(one).split("|")[2] for one in desk.controls()]
    assert forms == ["picture", "picture"]


def test_a_shape_too_small_for_title_and_notes_gets_a_picture(ledger_at, tmp_path):
    deck = Presentation()
    box = deck.slides.add_slide(deck.slide_layouts[5]).shapes.add_textbox(0, 0, 2_000_000, 900_000)
    box.text_frame.text = "{{chart:budget_per_call}}"
    deck.save(tmp_path / "x.pptx")
    made = Presentation(fill(ledger_at(DAY), tmp_path / "x.pptx").path)
    assert [one.shape_type for one in made.slides[0].shapes if not one.has_text_frame] == [13]


def test_the_first_letter_of_a_name_gives_its_look(ledger_at, tmp_path):
    document = Document()
    paragraph = document.add_paragraph("{{total_")
    paragraph.runs[0].italic = True
    paragraph.add_run("investment}} au total")
    document.save(tmp_path / "look.docx")
    desk = Officer(fill(ledger_at(DAY), tmp_path / "look.docx").path)
    control = desk.controls("total_investment")[0]
    assert control.find(f".//{w('i')}") is not None


def slides(path):
    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "Budget : {{total_investment}}"
    first.placeholders[1].text = "{{chart:budget_per_call}}"
    first.notes_slide.notes_text_frame.text = "Soit {{last_projects}}"
    second = deck.slides.add_slide(deck.slide_layouts[5])
    box = second.shapes.add_textbox(100_000, 1_500_000, 8_000_000, 4_000_000)
    box.text_frame.text = "{{table:"
    box.text_frame.paragraphs[0].add_run().text = "winners}}"
    deck.save(path)
    return path


def test_slides_are_filled_in(ledger_at, tmp_path):
    made = Presentation(fill(ledger_at(DAY), slides(tmp_path / "deck.pptx")).path)
    first, second = made.slides
    assert first.shapes.title.text == f"Budget : {TOTAL}"
    assert first.notes_slide.notes_text_frame.text == "Soit 679\u00a0projets"
    frame = next(one for one in first.shapes if one.has_chart)
    assert "sept appels" in frame._element.nvGraphicFramePr.cNvPr.get("descr")
    assert frame.chart.plots[0].series[0].values[3] == 7_260_658  # EN2017: press kit of 2020
    layout = made.slide_layouts[1].placeholders[1]
    told = [one for one in first.shapes if one != first.shapes.title]
    assert [one.has_chart for one in told] == [False, False, True, False]
    assert told[0].text_frame.text.startswith("Près de 34")
    assert "Sources" in told[3].text_frame.text
    for one in told:
        assert (one.left, one.width) == (layout.left, layout.width)
    assert all(one.top + one.height <= two.top for one, two in pairwise(told))
    assert told[3].top + told[3].height <= layout.top + layout.height
    table = next(one for one in second.shapes if one.has_table).table
    assert [table.cell(7, column).text for column in (0, 2)] == ["EN2020", "679"]


@pytest.mark.parametrize("make", [note, slides])
def test_office_opens_what_was_filled_without_repair(ledger_at, tmp_path, make):
    """What python-docx's own template lacks is not told."""
    openxml_audit = pytest.importorskip("openxml_audit")
    suffix = "docx" if make is note else "pptx"
    before = make(tmp_path / f"x.{suffix}")
    after = fill(ledger_at(DAY), before).path
    found = [
        {one.description for one in openxml_audit.OpenXmlValidator().validate(path).errors}
        for path in (before, after)
    ]
    assert {one for one in found[1] - found[0] if "stylesWithEffects" not in one} == set()


def test_filled_slides_have_nothing_left_to_fill(ledger_at, tmp_path):
    made = fill(ledger_at(DAY), slides(tmp_path / "deck.pptx")).path
    before = made.read_bytes()
    with pytest.raises(DocumentRefused, match="no name"):
        fill(ledger_at(DAY), made)
    assert made.read_bytes() == before


def workbook(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["B2"] = ("Total", "{{total_investment}}", "soit {{last_projects}}")
    sheet["A4"], sheet["H1"], sheet["A20"] = ("{{table:winners}}", "{{chart:budget_per_call}}", Decimal(12))
    sheet["A21"] = "=A20*2"
    sheet.oddHeader.center.text = "Au {{total_investment}}"
    book.save(path)
    return path


def test_a_workbook_is_filled_in(ledger_at, tmp_path):
    path = fill(ledger_at(DAY), workbook(tmp_path / "feuille.xlsx")).path
    sheet = openpyxl.load_workbook(path).active
    assert sheet["B1"].value == TOTAL
    assert sheet["B2"].value == "soit 679\u00a0projets"
    assert [sheet.cell(11, column).value for column in (1, 3)] == ["EN2020", 679]
    about = next(row[3] for row in sheet["A5:D11"] if row[0].value == "EN2019")
    assert about.value == 6_825_000  # "environ 6 825 000 euros": press kit of 2020, chart 2
    assert about.number_format.startswith('"environ "#,##0"')
    assert (sheet["A20"].value, sheet["A21"].value) == (12, "=A20*2")
    assert sheet.oddHeader.center.text == f"Au {TOTAL}"
    assert (sheet._images[0].anchor._from.col, sheet._images[0].anchor._from.row) == (7, 0)


def test_cells_hold_numbers_that_show_their_words(ledger_at, tmp_path):
    """EN2020: 679 projects of 955; the budget of Cyberclasse: "environ 85 millions" (press kit of 2020)."""
    book = openpyxl.Workbook()
    sheet = book.active
    tokens = ("en2020_projects", "cyberclasse_budget", "total_investment", "total_investment.lower",
              "en2020_projects.value", "cyberclasse_budget.value")  # fmt: skip
    for row, token in enumerate(tokens, 1):
        sheet.cell(row, 1).value = f"{{{{{token}}}}}"
    sheet["A5"].number_format = "0.00"
    book.save(tmp_path / "x.xlsx")
    cells = openpyxl.load_workbook(fill(ledger_at(DAY), tmp_path / "x.xlsx").path).active["A"]
    lower = cells[3].value
    assert 136_600_000 <= lower < 136_700_000  # the words round it outwards
    assert [cell.value for cell in cells] == [679, 85_000_000, TOTAL, lower, 679, 85_000_000]
    assert cells[0].number_format == '#,##0"\u00a0projets"'
    assert cells[1].number_format == '"environ "#,##0,,"\u00a0millions d’euros"'
    assert cells[4].number_format == "0.00"  # chosen by the person


def test_names_of_sheets_headings_of_tables_and_charts_in_a_workbook(ledger_at, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "{{en2020_projects}}"
    for row in (
        ("Appel", "{{en2019_projects}}"),
        ("{{en2020_projects.noun}}", "{{en2020_projects}}"),
        ("b", 7),
    ):
        sheet.append(row)
    sheet.add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A1:B3"))
    drawn = openpyxl.chart.BarChart()
    drawn.add_data(openpyxl.chart.Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    drawn.set_categories(openpyxl.chart.Reference(sheet, min_col=1, min_row=2, max_row=3))
    drawn.title = "Soit {{total_investment}}"
    sheet.add_chart(drawn, "D1")
    other = book.create_sheet("Autre")
    other["A1"] = "='{{en2020_projects}}'!B3*2"
    book.save(tmp_path / "x.xlsx")
    result = fill(ledger_at(DAY), tmp_path / "x.xlsx")
    assert result.left == []
    filled = openpyxl.load_workbook(result.path)
    first, second = filled.worksheets
    assert first.title == "679\u00a0projets"
    assert second["A1"].value == "='679\u00a0projets'!B3*2"
    heading = first["B1"].value
    assert heading == "503\u00a0projets"
    assert [column.name for column in first.tables["T"].tableColumns] == ["Appel", heading]
    assert first["B2"].value == 679
    with zipfile.ZipFile(result.path) as archive:
        markup = archive.read("xl/charts/chart1.xml").decode()
    assert f"Soit {TOTAL}" in re.sub("<[^>]*>", "", markup)
    assert "{{" not in markup
    assert "'679\u00a0projets'!$B$2:$B$3" in markup


def test_names_in_a_chart_of_slides_and_in_its_cells(ledger_at, tmp_path):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["{{call:last}}", "b"]
    data.add_series("CH {{en2020_projects}}", (1, 2))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 5_000_000, 4_000_000, data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "{{total_investment}}"
    part = frame.chart.part.chart_workbook.xlsx_part
    book = openpyxl.load_workbook(io.BytesIO(part.blob))
    book.active["B3"] = "{{en2019_projects}}"
    content = io.BytesIO()
    book.save(content)
    part._blob = content.getvalue()
    deck.save(tmp_path / "deck.pptx")
    result = fill(ledger_at(DAY), tmp_path / "deck.pptx")
    assert result.left == []
    drawn = Presentation(result.path).slides[0].shapes[0].chart
    assert drawn.chart_title.text_frame.text == TOTAL
    assert list(drawn.plots[0].categories) == ["EN2020", "b"]
    series = drawn.plots[0].series[0]
    assert (series.name, tuple(series.values)) == ("CH 679\u00a0projets", (1, 503))
    cells = openpyxl.load_workbook(io.BytesIO(drawn.part.chart_workbook.xlsx_part.blob)).active
    assert [[cell.value for cell in row] for row in cells["A2:B3"]] == [["EN2020", 1], ["b", 503]]


def test_a_name_where_nothing_can_be_filled_in_is_told_with_its_place(ledger_at, tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "{{en2020_projects}}", '="{{total_investment}}"'
    book.save(tmp_path / "x.xlsx")
    result = fill(ledger_at(DAY), tmp_path / "x.xlsx")
    assert [(name.token, str(name.place)) for name in result.left] == [
        ("total_investment", "Sheet “Sheet”, cell A2")
    ]


def test_two_fillings_are_the_same_bytes(ledger_at, tmp_path):
    for make, name in ((note, "a.docx"), (slides, "a.pptx"), (workbook, "a.xlsx")):
        path = make(tmp_path / name)
        assert fill(ledger_at(DAY), path).path.read_bytes() == fill(ledger_at(DAY), path).path.read_bytes()


def test_what_is_not_known_on_the_day_stays_and_is_told(ledger_at, tmp_path):
    document = Document()
    document.add_paragraph("{{en2020_projects}} et {{en2019_projects}}")
    document.save(tmp_path / "x.docx")
    result = fill(ledger_at(THEN), tmp_path / "x.docx")
    assert result.unknown == ["en2020_projects"]
    assert words(Officer(result.path).root) == "{{en2020_projects}} et 503\u00a0projets"
    assert fill(ledger_at(DAY), result.path).filled == ["en2020_projects"]


# --- what is refused ----------------------------------------------------------------------------------


def refused(ledger, path, error, found):
    before = path.read_bytes()
    with pytest.raises(error, match=found) as caught:
        fill(ledger, path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    return str(caught.value)


def document_with(path, *markups):
    document = Document()
    for markup in markups:
        document.element.body.sectPr.addprevious(parse_xml(f"<w:p {nsdecls('w')}>{markup}</w:p>"))
    document.save(path)
    return path


def text(told):
    return f"<w:r><w:t>{told}</w:t></w:r>"


def test_an_unknown_name_is_told_with_the_nearest(ledger_at, tmp_path):
    path = document_with(tmp_path / "x.docx", text("{{total_investmnt}}"), text("{{chart:budget_per_cal}}"))
    told = refused(ledger_at(DAY), path, UsageError, "do not exist")
    assert "total_investment" in told
    assert "chart:budget_per_call" in told


NAMED = text("{{total_investment}}")
BEGIN, SHOWN, END = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end"))


@pytest.mark.parametrize(
    "markup",
    [
        f'<w:fldSimple w:instr="AUTHOR">{NAMED}</w:fldSimple>',
        f"{BEGIN}<w:r><w:instrText>IF {{{{total_investment}}}}</w:instrText></w:r>{END}",
        f"{BEGIN}{SHOWN}{NAMED}{END}",
        f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{NAMED}</w:sdtContent></w:sdt>",
    ],
)
def test_a_name_in_a_field_is_refused(ledger_at, tmp_path, markup):
    refused(ledger_at(DAY), document_with(tmp_path / "x.docx", markup), UsageError, "field")


def test_a_table_in_the_middle_of_a_sentence_is_refused(ledger_at, tmp_path):
    path = document_with(tmp_path / "x.docx", text("Voici {{table:winners}} donc"))
    refused(ledger_at(DAY), path, UsageError, "place of their own")


def test_a_table_over_cells_of_a_person_is_refused(ledger_at, tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B3"] = "{{table:winners}}", "à moi"
    book.save(tmp_path / "x.xlsx")
    refused(ledger_at(DAY), tmp_path / "x.xlsx", UsageError, "place of their own")


def test_a_document_without_names_is_refused(ledger_at, tmp_path):
    refused(ledger_at(DAY), document_with(tmp_path / "x.docx", text("Rien")), DocumentRefused, "no name")


def test_macros_in_slides_are_refused(ledger_at, tmp_path):
    path = slides(tmp_path / "deck.pptx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ppt/vbaProject.bin", b"x")
    refused(ledger_at(DAY), path, DocumentRefused, "macros")


# --- the list of names --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def listed(ledger_at):
    return names(Edition(ledger_at(DAY), "fr"))


def test_all_names_are_listed_with_their_words(listed):
    told = {one.token: one for one in listed}
    assert len(told) == len(listed) > 120
    assert told["total_investment"].words == TOTAL
    assert told["call:last"].words == "EN2020"
    assert told["table:winners"].what == "Les appels École Numérique, l’un après l’autre"
    assert told["chart:coverage_map"].words == ""  # no lists of schools here


def test_every_name_that_is_known_can_be_filled_in(ledger_at, listed, tmp_path):
    known = [one for one in listed if one.words]
    path = document_with(tmp_path / "all.docx", *(text(one.written) for one in known))
    result = fill(ledger_at(DAY), path)
    assert result.filled == [one.token for one in known]
    root = Officer(result.path).root
    assert "{{" not in words(root)


def test_the_excel_list_has_the_same_names(ledger_at, listed):
    edition = Edition(ledger_at(DAY), "fr")
    data = names_workbook(edition, listed)
    assert data == names_workbook(edition, listed)
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [one.written for one in listed]
