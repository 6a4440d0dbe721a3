"""Texts of people in every kind of file: where each number stands, what is refused, and the marks on a copy."""

import io
import os
import pickle
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from email.message import EmailMessage
from html.parser import HTMLParser

import docx
import openpyxl
import pptx
import pytest
import typst
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from typer.testing import CliRunner

from ennum_stats.audit import Verdict, VerdictKind
from ennum_stats.cli import app
from ennum_stats.errors import EnnumError, Message
from ennum_stats.figures.figure import figure as known_figure
from ennum_stats.kit.edition import Edition
from ennum_stats.office.package import DocumentRefused
from ennum_stats.office.refresh import refresh
from ennum_stats.office.texts.apart import read_apart
from ennum_stats.office.texts.marks import mark
from ennum_stats.office.texts.own import Ours
from ennum_stats.office.texts.page import audit_page, published_feed, published_page
from ennum_stats.office.texts.published import keep, published_numbers, stale, stale_texts
from ennum_stats.office.texts.readers import CELLS_UNJUDGED, ON_A_DESK, read_text
from ennum_stats.office.texts.report import TextAudit
from ennum_stats.office.word_file import WordFile
from ennum_stats.project import Project
from ennum_stats.quantities import Bounds
from ennum_stats.reading.judging import in_percent
from tests.office.officer import W, w

ATOM = "{http://www.w3.org/2005/Atom}"
SENTENCE = "Le jury a retenu 1234 projets dans les écoles de la région."
STRUCK = "4321"
BUDGET = "L’appel EN2018 a reçu 6 910 088 euros pour les écoles."


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word():
    """A Word file with a number in each place that a reader sees, and one that was deleted."""
    document = docx.Document()
    document.add_heading("Bilan", 1)
    paragraph = document.add_paragraph("Le jury a retenu ")
    paragraph.add_run("12").bold = True
    paragraph.add_run("34 projets dans les écoles de la région.")
    table = document.add_table(2, 2)
    for at, words in enumerate(("Appel", "Projets", "EN2018", "777")):
        table.cell(at // 2, at % 2).text = words
    document.sections[0].footer.paragraphs[0].text = "Il y a 555 écoles."
    tracked = f'<w:p xmlns:w="{W}">{{}}</w:p>'
    runs = "<w:r><w:t>888 classes, </w:t></w:r><w:r><w:t>et plus.</w:t></w:r>"
    inserted = f'<w:ins w:id="90" w:author="Marie">{runs}</w:ins>'
    deleted = f'<w:del w:id="91" w:author="Marie"><w:r><w:delText>{STRUCK} classes</w:delText></w:r></w:del>'
    document.element.body.insert(2, etree.fromstring(tracked.format(inserted + deleted)))
    inside = tracked.format("<w:r><w:t>Dans un cadre, 444 classes.</w:t></w:r>")
    box = f"<w:r><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r><w:r><w:t>Autour.</w:t></w:r>"
    document.element.body.insert(3, etree.fromstring(tracked.format(box)))
    leading = tracked.format('<w:r><w:t>Renvoi</w:t><w:footnoteReference w:id="2"/></w:r>')
    document.element.body.insert(4, etree.fromstring(leading))
    note = f'<w:footnote w:id="2">{tracked.format("<w:r><w:t>Il y a 333 classes.</w:t></w:r>")}</w:footnote>'
    notes = f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'.encode()
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return saved(document)


def slides():
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "Bilan", SENTENCE
    slide.notes_slide.notes_text_frame.text = "Dire aussi 555 écoles."
    data = CategoryChartData()
    data.categories = ["EN2018"]
    data.add_series("Projets", [777])
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, 9_000_000, 900_000, data)
    return saved(show)


def workbook():
    book = openpyxl.Workbook()
    book.active.title = "Suivi"
    for row in (("Appel", "Projets", "Part"), ("EN2018", 777, 0.125)):
        book.active.append(row)
    book.active["C2"].number_format = "0.0%"
    return saved(book)


def mail():
    letter = EmailMessage()
    letter["Subject"], letter["Date"] = "Bilan", "Tue, 12 May 2020 10:00:00 +0200"
    letter.set_content(SENTENCE)
    letter.add_attachment(b"x", maintype="application", subtype="pdf", filename="annexe.pdf")
    return bytes(letter)


def pdf(text):
    return typst.compile(text.encode())


CELLS = "<table><tr><th>Appel<th>Projets<tr><td>EN2018<td>777</table>"
PAGE = f"<title>Bilan</title><script>var n = {STRUCK};</script><p>{SENTENCE}</p>{CELLS}"
FILES = {
    "a.docx": (
        word,
        {
            "1234": "paragraph 1",
            "777": "row 2, column 2",
            "555": "Footer",
            "888": "paragraph 2",
            "444": "paragraph 4",
            "333": "Notes",
        },
    ),
    "a.pptx": (slides, {"1234": "Slide 1", "555": "Notes of slide 1", "777": "Chart"}),
    "a.xlsx": (workbook, {"777": "cell B2", "12.5 %": "cell C2"}),
    "a.eml": (mail, {"1234": "Paragraph 1"}),
    "a.html": (PAGE.encode, {"1234": "Paragraph 2", "777": "row 2, column 2"}),
    "a.md": (f"# Bilan\n**Un** mot\n\n{SENTENCE}".encode, {"1234": "Paragraph 3"}),
    "a.txt": (f"Bilan\r\n\r\n{SENTENCE}".encode("cp1252", "replace").__bytes__, {"1234": "Paragraph 2"}),
    "a.pdf": (
        lambda: pdf(f"{SENTENCE}\n#pagebreak()\nEncore 777 écoles."),
        {"1234": "Page 1", "777": "Page 2"},
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_each_number_leads_back_to_where_it_stands(name):
    make, numbers = FILES[name]
    text = read_text(name, make())
    assert STRUCK not in text.whole
    for number, place in numbers.items():
        at = text.whole.index(number)
        piece, start, end = text.piece_at(at, at + len(number))
        assert text.pieces[piece].text[start:end] == number
        assert place in str(text.pieces[piece].place)


def test_a_cell_is_read_with_what_heads_it():
    for name in ("a.docx", "a.pptx", "a.xlsx", "a.html"):
        assert "Projets, EN2018: 777." in read_text(name, FILES[name][0]()).whole


def test_what_is_not_read_is_said_and_days_are_found():
    letter = read_text("a.eml", mail())
    assert "annexe.pdf" in str(letter.remarks[0].values["names"][0])
    assert letter.days[0][0] == date(2020, 5, 12)
    assert read_text("a.pdf", pdf("Un mot.")).remarks
    lines = (
        "Namur, le 1er mars 2021",
        "Le 3 mai 2019 est un jour dont ce texte dit bien d’autres choses encore.",
    )
    dated = read_text("a.txt", "\n\n".join(lines).encode())
    assert [day for day, _ in dated.days] == [date(2021, 3, 1)]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"EN2018 a retenu 326 projets.\n",
        b"\x00\x01\xfe\xff" * 50,
        b"Subject: Bilan\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nEN2018 : 326 projets\n",
        b"Subject: Bilan\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\nEN2018 : 326 projets\n",
    ],
)
def test_a_broken_e_mail_is_refused(broken):
    with pytest.raises(EnnumError):
        read_text("bad.eml", broken)


def test_no_number_of_a_pdf_is_judged_outside_of_a_sentence(kit_ledger):
    """The cells of its tables are read in any order."""
    cells = "#table(columns: 3, [EN2018], [326 projets], [6 910 088 euros])"
    text = read_text("a.pdf", pdf(f"L’appel EN2018 a désigné 326 projets lauréats.\n#pagebreak()\n{cells}"))
    audit = TextAudit.of(text, kit_ledger, "fr")
    places = [(str(audit.piece_of(verdict).place), verdict.is_judged) for verdict in audit.statistics]
    assert places == [("Page 1", True), *[("Page 2", False)] * (len(places) - 1)]
    assert len(places) > 1
    assert CELLS_UNJUDGED in text.remarks
    assert (
        CELLS_UNJUDGED
        not in read_text("a.pdf", pdf("L’appel EN2018 a désigné 326 projets lauréats.")).remarks
    )


@pytest.mark.parametrize(("language", "sentence"), [
    ("fr", SENTENCE), ("de", "Der Projektaufruf hat 12 Schulen erreicht."),
    ("nl", "De oproep kreeg 12 projecten van de scholen."),
    ("en", "The call was won by 12 schools."), ("", "El jurado eligió 12 proyectos en las escuelas de la región."),
    ("", "EN2018: 12"),
])  # fmt: skip
def test_the_language_is_found_or_asked_for(language, sentence):
    text = read_text("a.txt", sentence.encode())
    if language:
        assert text.language == language
    else:
        with pytest.raises(EnnumError, match="--lang"):
            _ = text.language


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 40_000_000)
    return file.getvalue()


@pytest.mark.parametrize(("name", "data"), [
    ("scan.pdf", pdf("#rect(width: 2cm)")), ("torn.pdf", b"%PDF-1.7\nx"), ("other.pdf", b"hello"),
    ("other.docx", b"hello"),
    ("bomb.docx", bomb()), ("macro.docm", b"PK"), ("word.txt", b"PK\x03\x04xx"), ("empty.txt", b" \n"),
    ("strange.xyz", b"x"),
    ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("spanish.txt", b"El jurado del programa eligio 12 de las escuelas."),
    ("missing.txt", None),
])  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(project, tmp_path, name, data):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    result = CliRunner().invoke(app, ["--root", str(project.root), "audit", str(path)])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert name in result.output


# --- marks ------------------------------------------------------------------------------------------


def audited(ledger, data, name, *found):
    """Audit a text with given verdicts: words, kind, right words, and the figure that they are of."""
    text = read_text(str(name), data)
    verdicts = []
    for words, kind, right, figure in found:
        at = text.whole.index(words)
        verdicts.append(Verdict(at, at + len(words), words, kind, kind, name=figure, right_words=right,
                                distance=Decimal(1), suggestion=f"Remarque sur {words}."))  # fmt: skip
    verdicts.sort(key=lambda verdict: verdict.start)
    return TextAudit(text, verdicts, "fr", date(2021, 5, 1), Message("here"), ledger)


def commented_words(path):
    """The words that each comment of a Word file stands on, by the words of the comment."""
    with zipfile.ZipFile(path) as archive:
        root, comments = (
            etree.fromstring(archive.read(f"word/{part}.xml")) for part in ("document", "comments")
        )
    texts = {one.get(w("id")): "".join(one.itertext()) for one in comments}
    result, open_ = {}, set()
    for element in root.iter():
        if element.tag == w("commentRangeStart"):
            open_.add(element.get(w("id")))
        elif element.tag == w("commentRangeEnd"):
            open_.discard(element.get(w("id")))
        elif element.tag == w("t"):
            for number in open_:
                result[texts[number]] = result.get(texts[number], "") + (element.text or "")
    return result


def faults(path):
    """What Office would find wrong in a file."""
    openxml_audit = pytest.importorskip("openxml_audit")
    return {str(fault) for fault in openxml_audit.OpenXmlValidator().validate(path).errors}


def plain(text):
    return re.sub(r"\s", " ", text)


def read_as(path, *, accepted):
    """The words of a Word file as Word shows them once its tracked changes are accepted, or refused."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    gone = w("del" if accepted else "ins")
    texts = root.iter(w("t"), w("delText"))
    return "".join(text.text or "" for text in texts if next(text.iterancestors(gone), None) is None)


def test_word_gets_comments_on_the_very_words_and_stays_valid(kit_ledger, tmp_path):
    source, copy = tmp_path / "a.docx", tmp_path / "copy.docx"
    source.write_bytes(data := word())
    audit = audited(kit_ledger, data, source, ("1234", VerdictKind.CONTRADICTED, "1235", ""),
                    ("888", VerdictKind.UNVERIFIABLE, "", ""), ("444", VerdictKind.UNVERIFIABLE, "", ""),
                    ("333", VerdictKind.UNVERIFIABLE, "", ""),
                    ("555", VerdictKind.STALE, "556", ""), ("777", VerdictKind.EXACT, "", ""))  # fmt: skip
    marking = mark(audit, copy, Edition(kit_ledger, "fr"), comment=True, track=True, adopt=False)
    assert source.read_bytes() == data
    comments = commented_words(copy)
    on = {
        words: next(value for key, value in comments.items() if f"Remarque sur {words}." in key)
        for words in ("1234", "888", "444", "333", "555")
    }
    assert on["1234"] == "1235"  # as it reads once the correction is accepted
    assert on["888"] == "888"
    assert "cadre" in on["444"]  # a box or a note has no comments: they stand on what leads to it
    assert any("« 333 » – " in plain(words) and value == "Renvoi" for words, value in comments.items())
    assert on["555"] == "Bilan"  # a footer has no comments: it is said at the beginning
    assert not any("Remarque sur 777" in words for words in comments)
    assert "1 " in next(key for key, value in comments.items() if value == "Bilan")
    assert marking.corrected == 2
    assert "1235 projets" in read_as(copy, accepted=True)
    assert "1234 projets" in read_as(copy, accepted=False)
    assert faults(copy) <= faults(source)  # python-docx’s own template has some


@pytest.mark.parametrize(("sentence", "words", "right", "reads"), [
    ("Il y a plus de 299 projets lauréats.", "299", "503 projets", "Il y a 503 projets lauréats."),
    ("Il a coûté 9 millions d’euros.", "9 millions d’euros", "environ 8,7 millions d’euros, à 50 000 euros près",
     "Il a coûté environ 8,7 millions d’euros."),
    ("Soit plus de 25 000 euros par projet.", "25 000 euros", "environ 21 197 euros par projet",
     "Soit environ 21 197 euros par projet."),
    ("Il a coûté 9 en tout.", "9", "8,7 millions d’euros", "Il a coûté 9 en tout."),
])  # fmt: skip
def test_a_correction_reads_as_a_sentence(kit_ledger, tmp_path, sentence, words, right, reads):
    document = docx.Document()
    document.add_paragraph(sentence)
    audit = audited(
        kit_ledger, saved(document), tmp_path / "a.docx", (words, VerdictKind.CONTRADICTED, right, "")
    )
    marking = mark(audit, None, Edition(kit_ledger, "fr"), comment=False, track=True, adopt=False)
    assert read_as(marking.path, accepted=True) == reads
    assert read_as(marking.path, accepted=False) == sentence


def test_above_four_numbers_a_paragraph_has_one_comment(kit_ledger, tmp_path):
    document = docx.Document()
    numbers = [str(1000 + n) for n in range(5)]
    document.add_paragraph(f"Il y a {', '.join(numbers)} écoles.")
    found = [(number, VerdictKind.UNVERIFIABLE, "", "") for number in numbers]
    audit = audited(kit_ledger, saved(document), tmp_path / "a.docx", *found)
    marking = mark(audit, None, Edition(kit_ledger, "fr"), comment=True, track=False, adopt=False)
    assert marking.path.parent == tmp_path
    assert marking.path.name != "a.docx"
    assert marking.commented == 2  # the one at the beginning of the document, and that of the paragraph


def test_a_number_that_is_right_becomes_a_control_that_follows(kit_ledger, tmp_path):
    document = docx.Document()
    document.add_paragraph(BUDGET)
    copy = tmp_path / "copy.docx"
    audit = audited(
        kit_ledger,
        saved(document),
        tmp_path / "a.docx",
        ("6 910 088 euros", VerdictKind.EXACT, "", "press-kit-2020.budget_awarded.EN2018"),
    )
    assert mark(audit, copy, Edition(kit_ledger, "fr"), comment=False, track=False, adopt=True).adopted == 1
    (control,) = WordFile.open(copy).controls()
    assert control.written.name == "en2018_budget"
    assert re.sub(r"\s", " ", control.text) == "6 910 088 euros"
    assert refresh(kit_ledger, copy).lines == []
    document = docx.Document(copy)
    document.add_paragraph("L’appel a reçu 9 910 088 euros.")
    text = read_text("copy.docx", saved(document))
    places = (text.whole.index(words) for words in (control.text, "9 910 088 euros"))
    apart = read_apart(
        "copy.docx", saved(document), ON_A_DESK
    )  # without its file, what is ours is known all the same
    assert (apart.whole, apart.days) == (text.whole, text.days)
    for at, is_ours in zip(places, (True, False), strict=True):
        assert [read.piece_at(at, at + 5) in Ours(read) for read in (text, apart)] == [is_ours, is_ours]


def workbook():
    book = openpyxl.Workbook()
    book.active["A1"] = SENTENCE
    return saved(book)


@pytest.mark.parametrize(
    ("name", "part", "old", "new"),
    [
        ("a.docx", "word/document.xml", b"encoding='UTF-8'", b"encoding='UTe-8'"),
        ("a.pptx", "ppt/presentation.xml", b'r:id="rId', b'r:id="none'),
        ("a.xlsx", "[Content_Types].xml", b"sheet.main+xml", b"styles+xml"),
        ("a.xlsx", "docProps/core.xml", b"http://purl.org/dc/elements/1.1/", "\u202e".encode()),
        ("a.xlsx", "", b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x54"),
    ],
    ids=["coding", "slide that is none", "no workbook", "namespace", "zip of another version"],
)
def test_a_damaged_file_is_told_as_damaged(name, part, old, new):
    """Found by 6,000 altered files: each ended as a fault of the program."""
    data = {"docx": word, "pptx": slides, "xlsx": workbook}[name[2:]]()
    if part:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {entry: archive.read(entry) for entry in archive.namelist()}
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            for entry, content in parts.items():
                assert entry != part or old in content
                archive.writestr(entry, content.replace(old, new) if entry == part else content)
        data = data.getvalue()
    else:
        assert old in data
        data = data.replace(old, new)
    with pytest.raises(DocumentRefused, match="damaged"):
        read_text(name, data)


class Reading:
    """Make a process that read a file answer with what it must not."""

    def __reduce__(self):
        return os.mkdir, ("taken-over",)


def test_a_reader_that_is_ended_or_taken_over_says_nothing(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answer").write_bytes(pickle.dumps(Reading()))
    for line in ("kill -9 $$", "cat answer"):
        script = tmp_path / "python"
        script.write_text(f"#!/bin/sh\n{line}\n")
        script.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(script))
        with pytest.raises(EnnumError, match="takes too much time or memory"):
            read_apart("a.txt", SENTENCE.encode(), ON_A_DESK)
    assert not (tmp_path / "taken-over").exists()


def test_a_process_that_is_confined_gets_no_more():
    taken = "confine(2**29, 5); import resource; print(resource.getrlimit(resource.RLIMIT_CPU)[0]); bytearray(2**29)"
    done = subprocess.run([sys.executable, "-c", f"from ennum_stats.files.foreign import confine; {taken}"],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.stdout.strip() == "5"
    assert done.stderr.splitlines()[-1] == "MemoryError"


def test_slides_get_comments_that_quote_the_words(kit_ledger, tmp_path):
    source, copy = tmp_path / "a.pptx", tmp_path / "copy.pptx"
    source.write_bytes(data := slides())
    audit = audited(
        kit_ledger,
        data,
        source,
        ("1234", VerdictKind.CONTRADICTED, "1235", ""),
        ("555", VerdictKind.STALE, "", ""),
    )
    mark(audit, copy, Edition(kit_ledger, "fr"), comment=True, track=False, adopt=False)
    with zipfile.ZipFile(copy) as archive:
        (comments,) = (
            archive.read(name).decode() for name in archive.namelist() if name.startswith("ppt/comments/")
        )
    assert "« … jury a retenu 1234 projets dans les … » – " in plain(comments)
    assert "Notes de la diapositive 1, « 555 » – " in plain(comments)
    assert faults(copy) <= faults(source)  # python-pptx’s own charts have some
    with pytest.raises(EnnumError, match="--comment"):
        mark(audit, copy, Edition(kit_ledger, "fr"), comment=False, track=True, adopt=False)


class Marks(HTMLParser):
    """The marked words of a page, each with the words that stand beside it."""

    def __init__(self):
        super().__init__()
        self.marks, self.tag, self.ids, self.links = [], "", set(), set()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tag = tag if tag in ("mark", "sup") else self.tag
        self.ids.add(given.get("id"))
        self.links.add(given.get("href", "").removeprefix("#"))

    def handle_endtag(self, tag):
        self.tag = "" if tag in ("mark", "sup") else self.tag

    def handle_data(self, data):
        if self.tag == "mark":
            self.marks.append([data, ""])
        elif self.tag == "sup":
            self.marks[-1][1] += data


def test_the_table_gives_what_is_right_today_of_a_number_that_was_right_on_its_day(ledger_at):
    """1,709 winners of six calls, as the kit of 2020 has them, and 679 of the seventh since."""
    text = read_text("note.txt", "École Numérique : 1 709 projets ont été retenus depuis 2012.".encode())
    audit = TextAudit.of(text, ledger_at("2026-11-28"), "fr", date(2020, 1, 31))
    (row,) = audit.table().rows
    (verdict,) = audit.remarked
    assert row.cells[:2] == (("vrai à une date antérieure",), ("1 709",))
    assert (
        "Juste\N{NO-BREAK SPACE}: 2\N{NARROW NO-BREAK SPACE}388\N{NO-BREAK SPACE}projets." in row.cells[2][0]
    )
    assert audit.remark(verdict).startswith("Juste le jour du texte, et aujourd’hui")


def test_a_page_says_each_verdict_in_words(kit_ledger):
    text = f"{SENTENCE} Et 777 <b>écoles</b>, et 555 autres."
    audit = audited(kit_ledger, text.encode(), "a.txt", ("1234", VerdictKind.CONTRADICTED, "1235", ""),
                    ("777", VerdictKind.UNVERIFIABLE, "", ""), ("555", VerdictKind.EXACT, "", ""))  # fmt: skip
    page = audit_page(Edition(kit_ledger, "fr"), audit).decode()
    assert "<b>écoles" not in page
    reader = Marks()
    reader.feed(page)
    assert [words for words, _ in reader.marks] == ["1234", "777", "555"]
    assert all(label for _, label in reader.marks)
    assert {"remark-1", "remark-2"} <= reader.ids & reader.links
    later = replace(
        audit.verdicts[2], today=VerdictKind.STALE
    )  # right then: wants a look before what is not judged
    assert [row.cells[1][0] for row in replace(audit, verdicts=[audit.verdicts[1], later]).table().rows] == [
        "555",
        "777",
    ]
    assert page.index("1 nombre sur 3 n’a pas été jugé") < page.index("Remarque sur 1234")


# --- what left the house ----------------------------------------------------------------------------


def test_a_published_text_is_told_of_when_its_number_does_not_hold(kit_ledger, tmp_path):
    """The house keeps numbers and no words; the one of two that what is known contradicts comes with its notice."""
    project, budget = Project(tmp_path), known_figure(kit_ledger, "en2018_budget")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    holds = in_percent(budget.quantity)
    verdicts = [
        Verdict(
            17, 21, "1234", VerdictKind.EXACT, VerdictKind.EXACT, name=budget.name, unit="EUR", stated=stated
        )
        for stated in (holds, Bounds(Decimal(9_910_088), Decimal(9_910_088)))
    ]
    text = read_text("discours.txt", SENTENCE.encode())
    audit = TextAudit(text, verdicts, "fr", kit_ledger.known_at, Message("here"), kit_ledger)
    for _ in range(2):  # what is added again is kept once
        keep(project, audit, "Le Journal")
    kept = published_numbers(project)
    assert [one.stated for one in kept] == [verdict.stated for verdict in verdicts]
    assert "jury" not in (tmp_path / "data" / "published_texts.csv").read_text()
    ((one, correction),) = stale(kit_ledger, kept, "fr")
    assert one == kept[1]
    assert re.sub(r"\s", " ", correction.written) == "9 910 088 EUR"
    assert correction.now.text("fr") == budget.text("fr")
    (text,) = stale_texts(kit_ledger, kept, "fr")
    page, feed = (
        made(Edition(kit_ledger, "fr"), [text]).decode() for made in (published_page, published_feed)
    )
    (entry,) = etree.fromstring(feed.encode()).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") == "2020-01-31T00:00:00Z"  # of the press kit, which prints it
    for words in (plain(page), plain(entry.findtext(f"{ATOM}content"))):
        assert "6 910 088 euros" in words
        assert "9 910 088" in words
    assert entry.findtext(f"{ATOM}title") == text.sentence("fr")
    assert all(words in page for words in ("discours.txt", "Le Journal"))
    assert "jury" not in page + feed
