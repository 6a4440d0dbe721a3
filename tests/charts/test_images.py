"""Charts as files, drawn by a real Chromium."""

import io
import re

import pytest
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from ennum_stats.charts import DARK, SIZES, Picture, chart, draw, write
from ennum_stats.charts.images import tidied
from ennum_stats.errors import BrowserMissing

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures(kit_ledger):
    bars = chart(kit_ledger, "budget_per_call", "fr")
    people = chart(kit_ledger, "team_over_time", "de")
    return [
        Picture(bars, ("svg", "png", "pdf")),
        Picture(people, ("svg", "png"), SIZES["social"], DARK),
    ]


@pytest.fixture(scope="module")
def drawn(pictures):
    return list(draw(pictures))


@pytest.mark.browser
def test_files_repeat_byte_for_byte(pictures, drawn):
    assert list(draw(pictures)) == drawn


@pytest.mark.browser
def test_an_svg_tells_its_message_and_values(pictures, drawn):
    for picture, files in zip(pictures, drawn, strict=True):
        root = etree.fromstring(files["svg"])
        declared = picture.chart
        assert root.findtext(f"{SVG}title") == declared.title
        assert root.findtext(f"{SVG}desc") == declared.alt
        assert root.get("role") == "img"
        assert root.get("lang") == declared.language
        ids = root.get("aria-labelledby").split()
        assert [root.xpath(f"//*[@id='{name}']")[0].tag for name in ids] == [
            f"{SVG}title", f"{SVG}desc",
        ]  # fmt: skip
    assert etree.fromstring(drawn[0]["svg"]).get("width") == "16cm"


@pytest.mark.browser
def test_an_svg_keeps_its_texts_and_asks_for_our_typeface(drawn):
    svg = drawn[0]["svg"].decode()
    texts = "".join(
        t for e in etree.fromstring(drawn[0]["svg"]).iter(f"{SVG}text") for t in e.itertext()
    )
    assert "Plus de 25\u00a0millions d’euros" in texts
    assert "7,3\u00a0M€" in texts
    fonts = set(re.findall(r"font-family: ([^;]+);", svg))
    assert fonts == {"'Source Sans Pro', Arial, sans-serif"}


@pytest.mark.browser
def test_an_svg_needs_nothing_from_outside(drawn):
    for files in drawn:
        svg = files["svg"].decode()
        assert set(re.findall(r"https?://[^\"'\s)<]+", svg)) == {
            "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
        }  # fmt: skip
        assert "<script" not in svg


@pytest.mark.browser
def test_a_png_has_the_size_asked_for(drawn):
    press, social = (Image.open(io.BytesIO(files["png"])) for files in drawn)
    assert press.size == (1920, 1200)  # 16 x 10 cm at 305 dots an inch
    assert social.size == (1080, 1080)
    assert social.convert("RGB").getpixel((2, 2)) == (0x20, 0x26, 0x2D)
    assert {colour for _, colour in press.convert("RGB").getcolors(1 << 24)} >= {
        (0xC7, 0x47, 0x0A), (0xFF, 0xFF, 0xFF),
    }  # fmt: skip


@pytest.mark.browser
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
    assert [round(float(side) / 72 * 2.54, 2) for side in page.mediabox[2:]] == [16, 10]


def page_fonts(page):
    """Fonts of a page, and of the pictures in it."""
    resources = page["/Resources"].get_object()
    yield from (resources.get("/Font") or {}).values()
    for part in (resources.get("/XObject") or {}).values():
        if "/Resources" in part.get_object():
            yield from page_fonts(part.get_object())


@pytest.mark.browser
def test_files_are_written_beside_their_path(pictures, drawn, tmp_path):
    path = tmp_path / "charts" / "budget_per_call"
    written = write({path: pictures[0]})
    assert [file.name for file in written] == [
        "budget_per_call.svg", "budget_per_call.png", "budget_per_call.pdf",
    ]  # fmt: skip
    assert [file.read_bytes() for file in written] == list(drawn[0].values())


@pytest.mark.parametrize("path", ["/nowhere/chrome", "/bin/false"])
def test_without_a_browser_one_command_is_told(pictures, monkeypatch, path):
    monkeypatch.setenv("ENNUM_BROWSER", path)
    with pytest.raises(BrowserMissing) as missing:
        list(draw(pictures))
    assert re.search(r"(apt-get|brew|winget) install", str(missing.value))


def test_the_browser_s_page_asks_nothing_of_a_network():
    kaleido = pytest.importorskip("kaleido")
    page = kaleido.PageGenerator(mathjax=False).generate_index()
    assert set(re.findall(r'src="(\w+):', page)) == {"file"}


def test_random_ids_get_an_order(pictures):
    one = '<svg class="main-svg" style=""><g id="defs-a1b2c3"/><g clip-path="url(#clipa1b2c3xy)"/></svg>'
    other = one.replace("a1b2c3", "f0e1d2")
    assert tidied(one, pictures[0]) == tidied(other, pictures[0])


def test_nothing_is_drawn_of_nothing():
    assert list(draw([])) == []
