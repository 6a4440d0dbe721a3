"""The PDF: tagged, PDF/UA-1, with title, language, alt texts and the package's own typeface."""

import pypdf
import pytest

from ennum_stats.document.blocks import Paragraph
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats import pdf
from ennum_stats.kit.formats.pdf import TypesettingFailed, write_pdf


@pytest.fixture(scope="module")
def reader(kit):
    return pypdf.PdfReader(kit / "fr" / "press-kit.pdf")


def test_it_is_tagged_and_claims_ua_1(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data().replace(b" ", b"")


def test_title_language_and_date(reader):
    assert reader.metadata.title == "Le numérique à l’école en\u00a0Wallonie"
    assert reader.trailer["/Root"]["/Lang"] == "fr-BE"
    assert reader.metadata.creation_date.isoformat().startswith("2026-11-24T00:00:00")


def test_charts_have_alt_texts_and_tables_heads(reader, kit):
    kinds, alts = [], []

    def look(element):
        element = element.get_object()
        if isinstance(element, list):
            for child in element:
                look(child)
        elif isinstance(element, dict):
            kinds.append(element.get("/S"))
            if "/Alt" in element:
                alts.append(str(element["/Alt"]))
            if "/K" in element:
                look(element["/K"])

    for of in (reader, pypdf.PdfReader(kit / "fr" / "press-kit-annex.pdf")):
        look(of.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert sum(len(text) > 60 for text in alts) == 13
    assert kinds.count("/TH") > 30
    assert "/H1" in kinds


def test_only_our_typeface_is_in_it(reader):
    fonts = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            fonts.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    assert fonts
    assert all(name.startswith("SourceSansPro") for name in fonts)


def test_pages_say_where_they_are(reader):
    last = len(reader.pages)
    text = reader.pages[last - 1].extract_text()
    assert f"page {last} de {last}" in text
    assert "Chiffres connus au 24\u00a0novembre 2026" in text
    assert "page 1 de" not in reader.pages[0].extract_text()


def test_a_page_that_cannot_be_set_is_an_error(ledger_at, tmp_path, monkeypatch):
    """typst only warns of an unknown typeface: here every warning is an error."""
    (tmp_path / "charts").mkdir()
    look = pdf._LOOK.read_text("utf-8").replace("Source Sans Pro", "No Such Face")
    (tmp_path / "look.typ").write_text(look, "utf-8")
    monkeypatch.setattr(pdf, "_LOOK", tmp_path / "look.typ")
    blocks = (Paragraph(("x",)),)
    with pytest.raises(TypesettingFailed, match="no such face"):
        write_pdf(Edition(ledger_at("2026-11-24"), "fr"), blocks, "T", "K", tmp_path / "charts")
