"""A chart that a person gave another look, brought to other numbers: theirs stays, ours follows."""

import re

import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml import parse_xml

from ennum_stats.charts import chart
from ennum_stats.drawing.office.native import add_native_chart, native_charts
from ennum_stats.office.chart_merge import merged_chart

THEN, NOW = "2020-01-31", "2026-11-24"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ORANGE, BROWN = "C7470A", "8B4513"


@pytest.fixture(scope="module")
def made(ledger_at):
    """A chart as a kit of a day has it."""

    def part(name, day):
        return next(native_charts([chart(ledger_at(day), name, "fr")])).xml

    return part


def told(part):
    return re.findall(r"<(?:c:v|a:t)>([^<]*)<", part.decode())


def colour_of(part, bar):
    """The colour of a bar of the first series that has one: its own, or that of the series."""
    for series in etree.fromstring(part).iter(f"{C}ser"):
        names = [one.findtext(f"{C}v") for one in series.find(f"{C}cat").iter(f"{C}pt")]
        place = next(at for at, name in enumerate(names) if name.startswith(bar))
        own = {one[0].get("val"): one for one in series.findall(f"{C}dPt")}
        look = own.get(str(place), series).find(f"{C}spPr")
        if look.find(f"{A}noFill") is None:
            return next(look.iter(f"{A}srgbClr")).get("val")
    raise AssertionError(f"{bar} has no colour")


def painted(part, place, colour):
    """The chart after a person gave one bar another colour: Word writes a point for it."""
    tree = etree.fromstring(part)
    series = next(tree.iter(f"{C}ser"))
    point = etree.fromstring(
        f'<c:dPt xmlns:c="{C[1:-1]}" xmlns:a="{A[1:-1]}"><c:idx val="{place}"/>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr></c:dPt>'
    )
    series.find(f"{C}invertIfNegative").addnext(point)
    return etree.tostring(tree)


@pytest.mark.parametrize(("before", "after"), [(THEN, NOW), (NOW, THEN)])
@pytest.mark.parametrize(
    "name", ["winners_per_call", "budget_per_call", "budget_by_programme", "coverage_over_time"]
)
def test_numbers_and_words_are_todays_whatever_was_there(made, name, before, after):
    written, today = made(name, before), made(name, after)
    found = written.replace(b"</c:plotArea>", b"</c:plotArea><c:legend/>")
    merged = merged_chart(written, found, today)
    assert told(merged) == told(today)
    assert b"legend" in merged  # what a person added stays
    assert etree.fromstring(merged).find(f".//{C}max").get("val") == (
        etree.fromstring(today).find(f".//{C}max").get("val")
    )


def test_a_colour_stays_with_its_bar_where_there_are_more_bars_today(made):
    """EN2019 was the sixth of seven calls on record in January 2020; today there are eight."""
    written, today = made("winners_per_call", THEN), made("winners_per_call", NOW)
    merged = merged_chart(written, painted(written, 5, BROWN), today)
    assert colour_of(merged, "EN2019") == BROWN
    assert {colour_of(merged, bar) for bar in ("EN2018", "EN2020")} == {ORANGE}
    again = merged_chart(today, merged, written)
    assert colour_of(again, "EN2019") == BROWN
    assert told(again) == told(written)


def test_a_colour_of_all_bars_is_that_of_new_ones_too(made):
    written, today = made("winners_per_call", THEN), made("winners_per_call", NOW)
    found = written.replace(ORANGE.encode(), BROWN.encode())
    merged = merged_chart(written, found, today)
    assert {colour_of(merged, bar) for bar in ("EN1", "EN2019", "EN2020")} == {BROWN}


def test_what_we_drew_otherwise_follows(made):
    """The call EN2020 was planned in January 2020, so hatched; nobody had chosen that."""
    written, today = made("coverage_over_time", THEN), made("coverage_over_time", NOW)
    found = written.replace(b"</c:plotArea>", b"</c:plotArea><c:legend/>")
    merged = merged_chart(written, found, today)
    fills = [etree.tostring(one) for one in etree.fromstring(merged).iter(f"{A}gs")]
    assert fills == [etree.tostring(one) for one in etree.fromstring(today).iter(f"{A}gs")]


def test_larger_words_stay_larger(made):
    written, today = made("winners_per_call", THEN), made("winners_per_call", NOW)
    found = written.replace(b'sz="900" b="1"', b'sz="1400" b="1"')
    merged = merged_chart(written, found, today)
    assert b'sz="1400" b="1"' in merged
    assert told(merged) == told(today)


def test_a_chart_of_another_kind_is_left(made):
    written = made("winners_per_call", THEN)
    found = written.replace(b"barChart", b"areaChart")
    assert merged_chart(written, found, made("winners_per_call", NOW)) is None


def test_office_opens_a_merged_chart_without_repair(made, ledger_at, tmp_path):
    """Checked within slides, whose charts are the same as those of texts."""
    openxml_audit = pytest.importorskip("openxml_audit")
    written, today = made("winners_per_call", THEN), made("winners_per_call", NOW)
    deck = Presentation()
    shapes = deck.slides.add_slide(deck.slide_layouts[6]).shapes
    frame = add_native_chart(
        shapes, chart(ledger_at(NOW), "winners_per_call", "fr"), (0, 0, 9_000_000, 5_000_000)
    )
    relation = next(iter(frame.chart.part.rels))
    merged = merged_chart(written, painted(painted(written, 5, BROWN), 1, BROWN), today)
    assert merged.count(b"dPt>") == 4
    frame.chart.part._element = parse_xml(merged.replace(b'r:id="rId1"', f'r:id="{relation}"'.encode()))
    deck.save(tmp_path / "merged.pptx")
    assert [
        str(one) for one in openxml_audit.OpenXmlValidator().validate(tmp_path / "merged.pptx").errors
    ] == []
