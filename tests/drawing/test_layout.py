"""Nothing overlaps and nothing is clipped: every text of every chart, language and size, on three days.

The room of a text is reckoned in the typeface of the charts and with some to spare, for readers whose
machine shows Arial instead.
"""

import io
import re
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import combinations

import pytest
from PIL import Image, ImageFont

from ennum_stats.charts import CHARTS, chart
from ennum_stats.drawing import SIZES, figure_dict
from ennum_stats.drawing.fitting import drawing_of
from ennum_stats.drawing.primitives import Signature
from ennum_stats.drawing.svg import print_svg
from ennum_stats.drawing.theme import BOLD, REGULAR, SEMIBOLD, Size, font_file, text_width, wrapped
from ennum_stats.languages import LANGUAGES
from ennum_stats.quantities import Quantity
from tests.conftest import crossed
from tests.drawing.conftest import Drawing

DAYS = ("2019-01-01", "2020-01-31", "2026-11-24")
LOGO = io.BytesIO()
Image.new("RGB", (50, 20), "navy").save(LOGO, "PNG")
SIGNED = Signature("Service public (fictif)", "Dessin : les auteurs (fictifs).", LOGO.getvalue())
PAGES = (Size("wide", 900, 430, 15, 1, 24), Size("narrow", 330, 345, 13, 1, 9))
"""A page's drawings, without title and source."""
COUNTED = [name for name, entry in CHARTS.items() if entry.is_counted]
LINE = 1.3  # plotly's own
X_SHARE = {"left": 0, "center": 0.5, "right": 1}
Y_SHARE = {"top": 0, "middle": 0.5, "bottom": 1}


def place(figure, axis, ref, value):
    """Where a value lies in the picture, in px from the left or the top."""
    layout = figure["layout"]
    margin = layout["margin"]
    begin, after, full = ("l", "r", "width") if axis == "x" else ("t", "b", "height")
    room = layout[full] - margin[begin] - margin[after]
    if ref == "paper":
        share = value if axis == "x" else 1 - value
    else:
        first, last = layout[f"{axis}axis"]["range"]
        share = (value - first) / (last - first)
        assert -1e-6 <= share <= 1 + 1e-6, "plotly hides a text whose place is not on the axis"
        share = share if axis == "x" else 1 - share
    return margin[begin] + share * room


def boxes(figure):
    """Text and its left, top, right and bottom, in px."""
    found = []
    for note in figure["layout"]["annotations"]:
        size = note["font"]["size"]
        weight = SEMIBOLD if note["font"]["weight"] == 600 else REGULAR
        lines = [unescape(line) for line in note["text"].split("<br>")]
        width = max(text_width(line, size, weight) for line in lines)
        height = len(lines) * LINE * size
        x = place(figure, "x", note["xref"], note["x"]) + note["xshift"]
        y = place(figure, "y", note["yref"], note["y"]) - note["yshift"]
        left, top = x - X_SHARE[note["xanchor"]] * width, y - Y_SHARE[note["yanchor"]] * height
        found.append((" / ".join(lines), left, top, left + width, top + height))
    return found


def overlap(one, other, slack=1.5):
    return (
        one[1] < other[3] - slack
        and other[1] < one[3] - slack
        and one[2] < other[4] - slack
        and other[2] < one[4] - slack
    )


def faults_of(name, figure):
    """Texts that leave the picture, and texts that lie over another."""
    width, height = figure["layout"]["width"], figure["layout"]["height"]
    texts = boxes(figure)
    for text, left, top, right, bottom in texts:
        if left < 0 or top < 0 or right > width or bottom > height:
            yield f"{name}: {text!r} leaves the picture"
    for one, other in combinations(texts, 2):
        if overlap(one, other):
            yield f"{name}: {one[0]!r} over {other[0]!r}"


@pytest.mark.parametrize(("size", "language", "day"), crossed(SIZES, LANGUAGES, DAYS))
def test_no_text_overlaps_another_or_leaves_the_picture(charts, day, language, size):
    faults = []
    for made in charts(day, language):
        faults += faults_of(made.name, figure_dict(made, SIZES[size]))
    assert faults == []


@pytest.fixture(scope="module")
def charts(ledger_at):
    """All charts as known on a day, declared once for all sizes."""

    @cache
    def made(day, language):
        return [chart(ledger_at(day), name, language) for name in CHARTS]

    return made


@pytest.mark.parametrize(
    ("size", "language", "schools"), crossed([*SIZES.values(), *PAGES], LANGUAGES, ["borders", "dots"])
)
def test_the_same_holds_of_what_is_counted_from_lists(counted_charts, schools, language, size):
    faults = []
    for made in counted_charts(schools, language):
        assert not made.is_empty
        faults += faults_of(made.name, figure_dict(made, size, framed=size not in PAGES))
    assert faults == []


@pytest.fixture(scope="module")
def counted_charts(counted):
    """What rests on lists of schools, declared once for all sizes."""

    @cache
    def made(schools, language):
        names = (*COUNTED, "coverage_by_programme", "coverage_over_time")
        return [chart(getattr(counted, schools), name, language) for name in names]

    return made


@pytest.mark.parametrize("weight", [REGULAR, SEMIBOLD, BOLD])
def test_widths_are_those_of_the_typeface(weight):
    """Against FreeType, without kerning; texts get room for the wider Arial."""
    text = "De 28 lauréats à 503 : 137\u00a0M€, 21\u202f197 – Schulstandorte ß"
    font = ImageFont.truetype(str(font_file(weight)), 1000, layout_engine=ImageFont.Layout.BASIC)
    assert text_width(text, 1000, weight) / font.getlength(text) == pytest.approx(1.12, rel=0.01)


def test_a_text_breaks_at_spaces_only():
    assert wrapped("une deux", 1, 10) == ["une", "deux"]
    assert wrapped("137\u00a0millions d’euros", 1, 10) == ["137\u00a0millions", "d’euros"]
    assert wrapped("fin\n2019", 1000, 10) == ["fin", "2019"]


def test_only_signs_of_the_typeface_are_used(ledger_at):
    """A sign that the typeface lacks would be drawn from another one, or as a box."""
    font = ImageFont.truetype(str(font_file(REGULAR)), 100)
    missing = font.getmask("\U0010ffff").getbbox()
    signs = set()
    for language in LANGUAGES:
        for name in CHARTS:
            figure = figure_dict(chart(ledger_at(DAYS[-1]), name, language))
            signs |= set("".join(note["text"] for note in figure["layout"]["annotations"]))
    printed = [sign for sign in signs if not re.match(r"\s", sign)]
    assert [sign for sign in printed if font.getmask(sign).getbbox() == missing] == []


@pytest.mark.parametrize("name", ["connectivity_progress", "equipment_lots"])
def test_a_number_that_is_wrong_by_far_draws_no_millions_of_squares(ledger_at, name):
    """7.5 million lots or sites, as when an amount is typed into the row of a count."""
    drawn = chart(ledger_at("2020-01-31"), name, "fr")
    huge = Quantity.exact(7_500_000, "lots")
    marks = [replace(mark, quantity=huge) for mark in drawn.marks]
    figure = figure_dict(replace(drawn, marks=marks), PAGES[1])
    points = [trace["x"] for trace in figure["data"] if trace.get("mode") == "markers"]
    assert len(points) == len(marks)
    assert all(100 < len(x) < 5_000 for x in points)


@pytest.mark.parametrize(
    ("name", "label"), crossed([name for name in CHARTS if name not in COUNTED], ["X" * 60, "mot " * 40])
)
def test_a_name_of_any_length_is_drawn(ledger_at, name, label):
    """R16: a function of 60 letters without a space left the page of the team without an answer."""
    drawn = chart(ledger_at(DAYS[-1]), name, "fr")
    long = replace(drawn, marks=tuple(replace(mark, label=label) for mark in drawn.marks))
    for size in (PAGES[1], SIZES["social-portrait"]):
        figure_dict(long, size)


@pytest.mark.parametrize("language", LANGUAGES)
def test_print_and_telephones_have_no_small_type_and_a_post_is_half_marks_with_its_logo(ledger_at, language):
    for name in CHARTS:
        drawn = chart(ledger_at(DAYS[-1]), name, language)
        if drawn.is_empty:
            continue
        press = SIZES["press"]
        points = press.width_cm / 2.54 * 72 / press.width
        notes = figure_dict(drawn, press)["layout"]["annotations"]
        assert min(note["font"]["size"] for note in notes) * points >= 7.5, name
        phone = figure_dict(drawn, SIZES["phone"])["layout"]
        assert min(note["font"]["size"] for note in phone["annotations"]) >= 12, name
        for size in (SIZES["social"], SIZES["social-portrait"], SIZES["social-wide"], SIZES["phone"]):
            drawing = drawing_of(drawn, size, signature=SIGNED)
            full, logo = drawing.size.height, drawing.logo
            if size.width <= size.height:
                assert full - drawing.top - drawing.bottom >= 0.4 * full, name
            assert logo.left + logo.width <= size.width
            assert logo.top + logo.height <= full
            assert logo.width / logo.height == pytest.approx(2.5)
            texts = Drawing(print_svg(drawn, drawing)).texts
            assert {SIGNED.name, SIGNED.credit} <= {t.words for t in texts} | {
                t.words[-len(SIGNED.credit) :] for t in texts
            }
            assert not [t.words for t in texts if t.box.right > logo.left and t.box.bottom > logo.top]
