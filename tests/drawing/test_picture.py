"""Charts as files: the same bytes each time, with what they say to those who do not see them."""

import io
import re
import subprocess

import pytest
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from ennum_stats.charts import chart
from ennum_stats.drawing import DARK, SIZES, Picture, draw

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures(kit_ledger):
    bars = chart(kit_ledger, "budget_per_call", "fr")
    people = chart(kit_ledger, "team_over_time", "de")
    return [Picture(bars, ("svg", "png", "pdf")), Picture(people, ("svg", "png"), SIZES["social"], DARK)]


@pytest.fixture(scope="module")
def drawn(pictures):
    return list(draw(pictures))


def test_files_repeat_byte_for_byte(pictures, drawn):
    assert list(draw(pictures)) == drawn


def test_an_svg_tells_its_message_and_values(pictures, drawn):
    for picture, files in zip(pictures, drawn, strict=True):
        root = etree.fromstring(files["svg"])
        declared = picture.chart
        assert root.findtext(f"{SVG}title") == declared.title
        assert root.findtext(f"{SVG}desc") == declared.description
        assert root.get("role") == "img"
        assert root.get("lang") == declared.language
        ids = root.get("aria-labelledby").split()
        assert [root.xpath(f"//*[@id='{name}']")[0].tag for name in ids] == [f"{SVG}title", f"{SVG}desc"]
    assert etree.fromstring(drawn[0]["svg"]).get("width") == "16cm"


def test_an_svg_keeps_its_texts_and_asks_for_our_typeface(drawn):
    svg = drawn[0]["svg"].decode()
    texts = "".join(t for e in etree.fromstring(drawn[0]["svg"]).iter(f"{SVG}text") for t in e.itertext())
    assert "Plus de 25\u00a0millions d’euros" in texts
    assert "7,3\u00a0M€" in texts
    fonts = set(re.findall(r'font-family="([^"]+)"', svg))
    assert fonts == {"&quot;Source Sans Pro&quot;, Arial, sans-serif"}


def test_an_svg_needs_nothing_from_outside(drawn):
    for files in drawn:
        svg = files["svg"].decode()
        assert set(re.findall(r"https?://[^\"'\s)<]+", svg)) == {"http://www.w3.org/2000/svg"}
        assert "<script" not in svg


def test_a_png_has_the_size_asked_for(drawn):
    press, social = (Image.open(io.BytesIO(files["png"])) for files in drawn)
    assert press.width == 1920  # 16 cm at 305 dots an inch; as high as its texts ask for
    assert 1200 <= press.height < 1600
    assert social.size == (1080, 1080)
    assert social.convert("RGB").getpixel((2, 2)) == (0x20, 0x26, 0x2D)
    assert {colour for _, colour in press.convert("RGB").getcolors(1 << 24)} >= {
        (0xC7, 0x47, 0x0A), (0xFF, 0xFF, 0xFF),
    }  # fmt: skip


def test_a_pdf_is_tagged_in_our_typeface(pictures, drawn):
    reader = PdfReader(io.BytesIO(drawn[0]["pdf"]))
    assert reader.metadata.title == pictures[0].chart.title
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "fr-BE"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    page = reader.pages[0]
    fonts = {font.get_object()["/BaseFont"] for font in page_fonts(page)}
    assert fonts
    assert all("SourceSansPro" in font for font in fonts)
    wide, high = (float(side) / 72 * 2.54 for side in page.mediabox[2:])
    assert wide == pytest.approx(16, abs=0.01)
    assert 10 <= high + 0.01 < 13


def page_fonts(page):
    """Fonts of a page, and of the pictures in it."""
    resources = page["/Resources"].get_object()
    yield from (resources.get("/Font") or {}).values()
    for part in (resources.get("/XObject") or {}).values():
        if "/Resources" in part.get_object():
            yield from page_fonts(part.get_object())


def test_a_picture_starts_no_other_program(pictures, drawn, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("started a program"))
    assert next(draw(pictures)) == drawn[0]


def test_nothing_is_drawn_of_nothing():
    assert list(draw([])) == []
