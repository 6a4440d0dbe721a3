"""Every chart as printed: nothing clipped, nothing over another, nothing left out, the same in pixels."""

import io
import re
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from lxml import etree
from PIL import Image

from ennum_stats.charts import CHARTS, chart
from ennum_stats.charts.spec import ChartDraft
from ennum_stats.drawing import LIGHT, SIZES
from ennum_stats.drawing.picture import png_of
from ennum_stats.drawing.svg import page_svg
from ennum_stats.languages import LANGUAGES
from tests.drawing.conftest import PX, SVG, file_svg, meet

DAY, KIT = date(2018, 6, 30), "press-kit-2020"


def outside(drawing):
    """What leaves the picture."""
    for text in drawing.texts:
        if not drawing.holds(text.box, 0):
            yield f"{text.words!r} leaves the picture"
    for box in (*drawing.boxes, *drawing.dots):
        if not drawing.holds(box, PX):
            yield f"{box} leaves the picture"
    for line in drawing.lines:
        for x, y in (point for part in line.parts for point in part):
            if not drawing.has(x, y, PX):
                yield f"a line leaves the picture at {x:.1f}, {y:.1f}"


def faults(name, drawing):
    """What leaves the picture, and texts that lie over texts or over what is drawn of a mark."""
    yield from (f"{name}: {fault}" for fault in outside(drawing))
    for one, other in combinations(drawing.texts, 2):
        if meet(one.box, other.box):
            yield f"{name}: {one.words!r} over {other.words!r}"
    for box in (*drawing.boxes, *drawing.dots):
        for text in drawing.texts if box.said else ():
            if meet(text.box, box, 1):
                yield f"{name}: {text.words!r} over {box.said!r}"


def test_a_chart_without_marks_has_paths_that_a_browser_can_draw(ledger_at):
    before_the_kit = chart(ledger_at("2017-12-31"), "budget_by_programme", "fr")
    for kind in SIZES:
        for path in re.findall(r' d="([^"]*)"', file_svg(before_the_kit, SIZES[kind])):
            assert path[-1].isdigit() or path.endswith("Z")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped_and_no_text_lies_over_another_or_a_mark(drawn, language, size):
    found = []
    for name, entry in CHARTS.items():
        found += faults(name, drawn(name, size, "kit", language)[1])
        if entry.is_counted or name.startswith("coverage"):
            found += faults(f"{name}, counted", drawn(name, size, "dots", language)[1])
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_title_subtitle_note_and_source_whole(drawn, language):
    for name in CHARTS:
        declared, drawing = drawn(name, SIZES["press"], "kit", language)
        said = [text.words for text in drawing.texts]
        for words in (declared.title, declared.subtitle, declared.note, declared.source_line):
            assert not words or " ".join(words.split("\n")) in said


def test_what_is_said_is_what_is_seen(drawn):
    """The picture as typst draws it: each column in its own paint, hatched where it is planned."""
    declared, drawing = drawn("winners_per_call", SIZES["press"])
    png = png_of(file_svg(declared), title="t", alt="a", language="fr", size=SIZES["press"])
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    scale = picture.width / drawing.width
    for mark in declared.marks:
        box = drawing.said(mark)
        x, y = (round(scale * at) for at in box.centre)
        hue = tuple(bytes.fromhex(LIGHT.colour(mark.colour)[1:]))
        row = {picture.getpixel((x + step, y)) for step in range(-25, 26)}
        assert hue in row
        assert ((255, 255, 255) in row) is (mark.state == "planned")
    for text in drawing.texts:
        area = [
            round(scale * side) for side in (text.box.left, text.box.top, text.box.right, text.box.bottom)
        ]
        assert picture.crop(area).convert("L").getextrema()[0] < 128, f"{text.words!r} is not there"


def test_words_with_signs_of_markup_are_words_of_the_picture(ledger_at):
    drawn = replace(
        chart(ledger_at("2020-01-31"), "winners_per_call", "fr"), title="a < b & c", description='"d" > e'
    )
    root = etree.fromstring(file_svg(drawn))
    assert [root.findtext(f"{SVG}{name}") for name in ("title", "desc")] == ["a < b & c", '"d" > e']
    page = etree.fromstring(page_svg(drawn, SIZES["press"], "x"))
    assert page.get("aria-label") == "a < b & c"
    assert page.xpath(f"//*[@id='{page.get('aria-describedby')}']")[0].text == '"d" > e'
    assert page.get("role") == "img"


def test_the_source_of_a_past_day_names_no_document_of_later(ledger_at):
    """The list of documents of a chart may name what was not published yet: the kit of January 2020."""
    named = [one.source for one in ledger_at("2020-01-31").all_observations()]
    earlier = next(one.source_id for one in named if one.known_on < DAY)
    draft = ChartDraft("columns", "", "", [], [], "projects", "", "", documents=[KIT, earlier])
    drawn = draft.completed(ledger_at(DAY.isoformat()), "fr")
    assert [source.source_id for source in drawn.sources] == [earlier]
