"""A page as slides: charts that Office draws, with the numbers of the documents; tables, notes, notices."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from pptx import Presentation

from dashboards.registry import all_pages
from ennum_stats.charts import CHARTS, chart
from ennum_stats.document.blocks import Heading, Paragraph, written_table
from ennum_stats.document.slides import SlideWriter
from ennum_stats.drawing.office.native import is_native
from ennum_stats.languages import LANGUAGES
from tests.conftest import covering

TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PRESS_KIT = {"EN1": 28, "EN2": 72, "EN3": 210, "EN2017": 570, "EN2018": 326, "EN2019": 503}
"""The winners of each call, as the press kit of January 2020 prints them."""


@pytest.fixture
def ledger(ledger_at):
    return ledger_at(None)


def slides_of(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (200, TYPE)
    return Presentation(BytesIO(answer.data)).slides


def words_on(slide):
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def charts_on(slides):
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def test_a_native_chart_has_the_numbers_of_the_press_kit(client):
    slides = slides_of(client, "/en/chart/winners_per_call.pptx?known_at=2020-01-31")
    [one] = charts_on(slides)
    plot = one.plots[0]
    told = dict(zip(plot.categories, plot.series[0].values, strict=True))
    for call, winners in PRESS_KIT.items():
        [found] = [value for name, value in told.items() if name.split()[0] == call]
        assert found == winners


def test_a_chart_is_described_and_its_sources_stand_in_the_notes(client):
    slides = slides_of(client, "/en/chart/winners_per_call.pptx?known_at=2020-01-31")
    [slide] = [one for one in slides if any(shape.has_chart for shape in one.shapes)]
    [frame] = [shape for shape in slide.shapes if shape.has_chart]
    assert "503" in frame._element.nvGraphicFramePr.cNvPr.get("descr")
    assert "As known on" in slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("name", covering(CHARTS, 7))
def test_what_office_cannot_draw_is_a_picture(client, ledger, name):
    drawn = chart(ledger, name, "en")
    slides = slides_of(client, f"/en/chart/{name}.pptx")
    pictures = [shape for slide in slides for shape in slide.shapes if hasattr(shape, "image")]
    if is_native(drawn):
        assert len(charts_on(slides)) == 1
    elif not drawn.is_empty:
        assert pictures
        assert all(shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures)


def test_every_listed_page_has_slides_with_titles_within_the_slide(client):
    """One language after the other."""
    for nth, page in enumerate(page for page in all_pages().values() if page.is_listed):
        language = LANGUAGES[nth % len(LANGUAGES)]
        answer = client.get(f"/{language}/{page.path or 'overview'}.pptx")
        deck = Presentation(BytesIO(answer.data))
        for slide in deck.slides:
            assert slide.shapes.title.text_frame.text, page.path
            tables = [shape.table for shape in slide.shapes if shape.has_table]
            assert all(len(table.rows) - table.first_row > 1 for table in tables), page.path
            assert len(tables) <= 1, page.path
            for shape in slide.shapes:
                assert shape.left + shape.width <= deck.slide_width, page.path
                assert shape.top + shape.height <= deck.slide_height, page.path


def test_what_stands_below_a_table_is_one_text_in_its_order(client):
    """The amounts with their periods have several notes below them: none lies on another."""
    slides = slides_of(client, "/en/budgets.pptx?by=year")
    for slide in slides:
        places = [(shape.left, shape.top) for shape in slide.shapes]
        assert len({*places}) == len(places)
    [noted] = [
        slide.notes_slide.notes_text_frame.text.split("\n")
        for slide in slides
        if "The average divides an amount" in slide.notes_slide.notes_text_frame.text
    ]
    assert noted[0].startswith("The average divides an amount")


def test_slides_begin_with_an_answer_and_its_chart_and_end_with_sources(client):
    """What programs ask for stands in the notes alone."""
    slides = [*slides_of(client, "/en/winners.pptx?known_at=2020-01-31&call=EN2019")]
    assert any(shape.has_chart for shape in slides[0].shapes)
    assert "Calls: EN2019" in words_on(slides[0])
    assert slides[-1].shapes.title.text_frame.text == "Sources"
    assert "As known on 31 January 2020." in words_on(slides[-1]).replace("\u00a0", " ")
    for slide in slides:
        assert not re.search(r"/en/winners|\b[0-9a-f]{16}\b", words_on(slide))
        assert "/en/winners?known_at=2020-01-31" in slide.notes_slide.notes_text_frame.text


def moments_in(archive):
    """The times of the entries of an Office file and of the workbooks in it, and of its making."""
    with ZipFile(BytesIO(archive)) as parts:
        for part in parts.infolist():
            yield part.date_time[:3]
            content = parts.read(part)
            if part.filename.endswith(".xlsx"):
                yield from moments_in(content)
            if part.filename == "docProps/core.xml":
                for day in re.findall(rb'W3CDTF">(\d+)-(\d+)-(\d+)T00:00:00Z<', content):
                    yield tuple(map(int, day))
                assert content.count(b"W3CDTF") == content.count(b"T00:00:00Z") == 2


@pytest.mark.parametrize("address", ["chart/winners_per_call.pptx", "numbers.xlsx", "table.xlsx"])
def test_no_clock_is_in_a_file(client, address):
    """So that two runs give the same bytes."""
    made = client.get(f"/en/{address}?known_at=2020-01-31").data
    assert set(moments_in(made)) == {(1980, 1, 1), (2020, 1, 31)}


def test_each_internal_slide_says_so(inside):
    for slide in slides_of(inside, "/en/people.pptx"):
        assert "internal" in words_on(slide).lower()


def test_what_is_said_first_and_explained_below_a_table_stands_on_its_slide():
    """It was a slide of one line before it, and one after it."""
    writer = SlideWriter("The page", "en", date(2026, 11, 24), "foot")
    table = written_table(["Call", "Projects"], [["EN1", "28"], ["EN2", "72"]])
    first, below = Paragraph(("An invented notice.",)), Paragraph(("Each call counts once.",))
    writer.write_blocks([first, Heading(1, ("All calls",)), table, below])
    [slide] = Presentation(BytesIO(writer.content())).slides
    assert all(
        text in words_on(slide) for text in ("All calls", "An invented notice.", "Each call counts once.")
    )


def test_the_overview_is_three_slides(client):
    """A board's brief, in the language with the longest words: where the money went, figures, what there is to do."""
    slides = [*slides_of(client, "/de/overview.pptx")]
    assert len(slides) == 3
    assert charts_on(slides[:1])
    assert "2022–2026" in words_on(slides[2])  # announcements of a plan of which nothing is heard
