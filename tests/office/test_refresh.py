"""A kit that a communication officer edited, renewed to other days: nothing of theirs is lost, and all that
the machine wrote is what a kit of that day says."""

import os
import re
import shutil
import stat
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import OutputInUse, UsageError
from ennum_stats.files.boundary import AccessRefused
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.press import edited_before, to_carry_over
from ennum_stats.languages import translate
from ennum_stats.office.package import DocumentRefused
from ennum_stats.office.refresh import refresh
from ennum_stats.office.refresh.claims import failed
from ennum_stats.office.refresh.report import Outcome, shortened_pair
from ennum_stats.store.ledger import open_ledger
from tests.office.officer import MARIE, Officer, W, tag_of, w, words

BROWN = "884400"
THEN, MIDDLE = "2020-01-31", "2020-10-31"
OUR_PARTS = (
    "word/document.xml", "word/comments.xml", "word/header", "customXml/", "[Content", "_rels",
    "word/charts/", "word/embeddings/",
)  # fmt: skip
LINKED = (
    b'<Relationships xmlns="x"><Relationship Id="r" Type="x/image" TargetMode="External" '
    b'Target="https://example.org/a.png"/></Relationships>'
)
SOFFICE = shutil.which("soffice")


def edited(path):
    """Does to a kit what an officer does before it goes out."""
    desk = Officer(path)
    desk.write("Un premier programme wallon", "D’autres prennent la suite", "D’autres suivent de près")
    desk.move("Le programme a coûté", "Cyberclasse a équipé")
    desk.copy("Les appels EN1 à EN2019 ont désigné", "Les écoles lauréates")
    desk.add_paragraph("Une phrase de la ministre, données fictives.", "Un premier programme wallon")
    desk.overtype(desk.controls("implantations_total.dated", "words")[0], "quelque 4 000 implantations")
    desk.add_row(desk.table("calls"), ["Mon appel", "données fictives", "9 000 001", "–", "–"], 2)
    desk.comment("Chaque programme répond", "À relire avec le cabinet")
    desk.track("Chaque programme répond", "à l’école", "dans l’école")
    desk.recolour(desk.controls("team_over_time", "chart")[0])
    desk.recolour_native("budget_by_programme", "0077BB", BROWN)
    desk.recolour_native("budget_by_programme", "034.0680071<", "034.06800710045<")  # as Word writes it
    desk.split_runs(desk.controls("total_investment", "words")[0])
    desk.save()
    return path


@pytest.fixture(scope="module")
def original(kit, tmp_path_factory):
    return edited(Path(shutil.copy(kit / "fr" / "press-kit.docx", tmp_path_factory.mktemp("desk"))))


@pytest.fixture
def mine(original, tmp_path):
    """An edited kit to be renewed."""
    return Path(shutil.copy(original, tmp_path / "dossier.docx"))


@pytest.fixture(scope="module")
def kits(kit_of):
    """The kits that are made on the days to which documents are renewed."""
    return {day: Officer(kit_of(day) / "fr" / "press-kit.docx") for day in (THEN, MIDDLE)}


@pytest.fixture(scope="module")
def renewed(original, ledger_at, tmp_path_factory):
    """The edited kit, renewed twice: back to January 2020, then on to October; with its reports."""
    path = Path(shutil.copy(original, tmp_path_factory.mktemp("renewed")))
    reports, states = [], []
    for day in (THEN, MIDDLE):
        reports.append(refresh(ledger_at(day), path))
        states.append(Officer(path))
    return dict(zip((THEN, MIDDLE), zip(reports, states, strict=True), strict=True))


@pytest.mark.parametrize("day", [THEN, MIDDLE])
def test_no_edit_of_a_person_is_lost(original, renewed, day):
    before, after = Officer(original), renewed[day][1]
    assert after.by_hand() == before.by_hand()
    gone = [name for name in before.parts if name not in after.parts]
    assert [name for name in gone if "media/image" not in name] == []  # our old pictures go
    untouched = [
        name for name in before.parts if name not in gone and not any(part in name for part in OUR_PARTS)
    ]
    assert len(untouched) > 10
    assert [name for name in untouched if after.parts[name] != before.parts[name]] == []


def stays(control, day):
    """Whether a control names the call of a role of which its paragraph still says something of another day."""
    name = tag_of(control).split("|")[5]
    if not name.startswith("call:"):
        return False
    paragraph = next(control.iterancestors(w("p")))
    beside = [tag_of(one).split("|") for one in paragraph.iter(w("sdt"))]
    role = name.removeprefix("call:")
    return any(of.startswith(f"{role}_") and known_at != day for *_, known_at, _, of in beside)


def controls_that_agree(document, fresh, day):
    """Count the controls of a day that a fresh document has, too; their words must be the same. What names a call stays
    with it where something else is still said of that call beside it, of which nothing was known on the day."""
    said = {}
    for one in fresh.controls():
        _, _, form, _, _, name = tag_of(one).split("|")
        if form not in ("claim", "table", "chart", "native"):
            said.setdefault((name, form), words(one))
    compared = 0
    for one in document.controls():
        _, _, form, known_at, _, name = tag_of(one).split("|")
        if known_at == f"{day[2:4]}{day[5:7]}{day[8:]}" and (name, form) in said and not stays(one, known_at):
            assert words(one) == said[name, form]
            compared += 1
    return compared


def test_the_annex_follows_as_the_kit_does(kit, kit_of, ledger_at, tmp_path):
    """Its tables have the rows of an annex that was made on that day, and a sentence of somebody's stays."""
    annex = "fr/press-kit-annex.docx"
    path = Path(shutil.copy(kit / annex, tmp_path))
    with_mine = Document(path)
    with_mine.add_paragraph("Une phrase à moi, données fictives.")
    with_mine.save(path)
    refresh(ledger_at(THEN), path)
    document, fresh = Officer(path), Officer(kit_of(THEN) / annex)
    assert controls_that_agree(document, fresh, THEN) > 20
    assert "Une phrase à moi, données fictives." in words(document.root)
    for name in ("figures", "precisions", "staff", "milestones"):
        rows = [
            [[words(cell) for cell in row.iter(w("tc"))] for row in of.table(name).iter(w("tr"))]
            for of in (document, fresh)
        ]
        assert rows[0] == rows[1]


def test_a_paragraph_speaks_of_one_call(renewed):
    """Where not all that it says of the last call was known on the day, it stays with the one it was written of."""
    assert {words(one) for one in renewed[THEN][1].controls() if stays(one, "200131")} == {"EN2020"}


@pytest.mark.parametrize("day", [THEN, MIDDLE])
def test_what_the_machine_wrote_is_what_a_kit_of_that_day_says(renewed, kits, day):
    fresh, document = kits[day], renewed[day][1]
    assert controls_that_agree(document, fresh, day) > 120
    for name, form in (("budget_per_call", "native"), ("timeline", "chart")):
        drawn, expected = (one.parts[one.part_of(name, form)] for one in (document, fresh))
        assert drawn == expected


def test_a_native_chart_follows_with_its_workbook_and_keeps_the_look_that_a_person_gave_it(renewed, kits):
    _, document = renewed[MIDDLE]
    ours, theirs = (document.part_of(name, "native") for name in ("budget_per_call", "budget_by_programme"))
    fresh = kits[MIDDLE]
    workbook, expected = (
        desk.parts[desk.part_of("budget_per_call", "native").replace("charts/", "embeddings/")
                   .replace(".xml", ".xlsx")]
        for desk in (document, fresh)
    )  # fmt: skip
    assert workbook == expected
    assert BROWN.encode() in document.parts[theirs]
    assert BROWN.encode() not in document.parts[ours]
    today = fresh.parts[fresh.part_of("budget_by_programme", "native")]
    assert _told(document.parts[theirs]) == _told(today)


def test_a_native_chart_with_other_numbers_is_left_and_told(mine, ledger_at):
    desk = Officer(mine)
    desk.recolour_native("winners_per_call", "<c:v>503</c:v>", "<c:v>504</c:v>")
    desk.save()
    report = refresh(ledger_at(MIDDLE), mine)
    after = Officer(mine)
    assert b"<c:v>504</c:v>" in after.parts[after.part_of("winners_per_call", "native")]
    left = [str(line.text) for line in report.lines if line.outcome is Outcome.LEFT]
    assert any("changed by hand" in told for told in left)


def _told(chart):
    """The numbers and words of a chart."""
    return re.findall(r"<(?:c:v|a:t)>([^<]*)<", chart.decode())


def test_figures_of_documents_follow(renewed):
    """Press kit of 2020, graph 1 (503 projects of EN2019); RTL/Belga, June 2020 (679 of EN2020)."""
    then, later = renewed[THEN][1], renewed[MIDDLE][1]
    assert set(then.text("last_projects")) >= {"503\u00a0projets"}
    assert set(later.text("last_projects")) == {"679\u00a0projets"}
    assert "EN2019" in then.text("call:last")
    assert then.text("total_investment")[0].startswith("entre 136,6 et 137,7")


def test_moved_and_copied_paragraphs_follow(renewed):
    later = renewed[MIDDLE][1]
    copies = [one for one in later.root.iter(w("p")) if words(one).startswith("Les appels EN1 à EN2019 ont")]
    assert len(copies) == 2
    assert len({words(one) for one in copies}) == 1
    assert "1\u202f709\u00a0projets" in words(copies[0])


def test_a_control_that_somebody_typed_into_is_left_and_told(renewed):
    report, document = renewed[THEN]
    assert "quelque 4 000 implantations" in document.text("implantations_total.dated")
    lines = [line for line in report.text() if "quelque 4 000" in line]
    assert len(lines) == 1
    assert "environ 3\u202f800" in lines[0]
    assert lines[0].strip().startswith("«\u00a0Cyberclasse")


def test_a_row_of_a_person_stays_in_a_table_that_follows(renewed):
    table = renewed[THEN][1].table("calls")
    rows = [[words(cell) for cell in row.iter(w("tc"))] for row in table.iter(w("tr"))]
    assert ["Mon appel", "données fictives", "9 000 001", "–", "–"] in rows
    assert [row[0] for row in rows] == [
        "Appel", "EN1", "EN2", "Mon appel", "EN3", "EN2017", "EN2018", "EN2019", "EN2020",
    ]  # fmt: skip
    assert rows[-1][2] != "679"  # nobody could know that in January 2020


def test_a_recoloured_chart_keeps_its_colour(renewed):
    chart = renewed[MIDDLE][1].controls("team_over_time", "chart")[0]
    assert b"grayscl" in etree.tostring(chart)


def test_a_claim_that_no_longer_holds_gets_one_comment(renewed, mine, ledger_at):
    """In January 2020 nobody could say that EN2020 had more projects than each call before."""
    report, document = renewed[THEN]
    comments = etree.fromstring(document.parts["word/comments.xml"])
    ours = [words(one) for one in comments if one.get(w("author")) == "ennum-stats"]
    assert len(ours) == len(report.of(Outcome.REMARKED)) > 5
    assert all("31\u00a0janvier 2020" in one for one in ours)
    refresh(ledger_at(THEN), mine)
    again = refresh(ledger_at(THEN), mine)
    repeated = etree.fromstring(Officer(mine).parts["word/comments.xml"])
    assert len(repeated) == len(ours) + 1  # and Marie's
    assert not again.is_written


def test_a_comment_goes_where_its_sentence_holds_again(mine, ledger_at):
    refresh(ledger_at(THEN), mine)
    refresh(ledger_at("2026-11-24"), mine)
    comments = etree.fromstring(Officer(mine).parts["word/comments.xml"])
    assert [one.get(w("author")) for one in comments] == [MARIE]


def test_two_runs_give_the_same_bytes_and_a_trial_none(original, ledger_at, tmp_path):
    made = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        path = Path(shutil.copy(original, tmp_path / folder / "dossier.docx"))
        tried = refresh(ledger_at(MIDDLE), path, dry_run=True)
        assert path.read_bytes() == original.read_bytes()
        report = refresh(ledger_at(MIDDLE), path)
        assert tried.lines == report.lines
        made.append(path.read_bytes())
    assert made[0] == made[1] != original.read_bytes()


def test_tracked_changes_can_be_taken_back_and_accepted(mine, original, renewed, ledger_at):
    """Refusing all of ours gives what was there, accepting them what a refresh without tracking writes."""
    refresh(ledger_at(THEN), mine, track=True)
    desk = Officer(mine)
    numbers = [one.get(w("id")) for one in desk.root.iter(w("ins"), w("del"))]
    assert len(ours_in(desk.root)) > 20
    assert len(numbers) == len(set(numbers))
    assert lines(decided(desk, w("del"), w("ins"))) == lines(Officer(original).root)
    assert lines(decided(Officer(mine), w("ins"), w("del"))) == lines(renewed[THEN][1].root)


def test_a_chart_that_word_cannot_track_gets_a_comment_until_it_is_drawn_without(mine, ledger_at):
    report = refresh(ledger_at(THEN), mine, track=True)
    redrawn = [one for one in report.of(Outcome.CHANGED) if "Word has no tracked" in str(one.text)]
    assert len(redrawn) == 5  # of six that Word draws, the plans are not known yet
    desk = Officer(mine)
    [one] = [one for one in ours_of(desk) if "près de 34" in words(one).lower()]
    assert "connus au 31\u00a0janvier 2020. Word" in words(one)
    placed = desk.root.xpath("//w:commentRangeStart", namespaces={"w": W})
    [start] = [mark for mark in placed if mark.get(w("id")) == one.get(w("id"))]
    assert start.getnext() is desk.controls("budget_per_call", "native")[0]
    refresh(ledger_at(MIDDLE), mine)
    assert not [one for one in ours_of(Officer(mine)) if "Word" in words(one)]


def ours_of(desk):
    comments = etree.fromstring(desk.parts["word/comments.xml"])
    return [one for one in comments if one.get(w("author")) == "ennum-stats"]


def test_what_is_pending_is_no_edit_of_a_person(mine, renewed, ledger_at):
    for day in (THEN, MIDDLE):
        refresh(ledger_at(day), mine, track=True)
    assert lines(decided(Officer(mine), w("ins"), w("del"))) == lines(renewed[MIDDLE][1].root)


def ours_in(root):
    changes = root.iter(w("ins"), w("del"))
    return [one for one in changes if one.get(w("author")) == "ennum-stats"]


def decided(desk, kept, refused):
    """The text once each of our tracked changes is accepted or refused."""
    for one in ours_in(desk.root):
        row = one.getparent().getparent() if one.getparent().tag == w("trPr") else None
        if one.tag == refused and row is not None:
            row.getparent().remove(row)
        elif one.tag == refused:
            one.getparent().remove(one)
        elif kept == w("del"):
            for text in list(one.iter(w("delText"))):
                text.tag = w("t")
    return desk.root


def lines(root):
    """The words of the text, a paragraph each."""
    return [words(one) for one in root.iter(w("p"))]


def test_a_change_that_a_person_tracked_in_a_figure_is_theirs(mine, ledger_at):
    desk = Officer(mine)
    run = next(desk.controls("cyberclasse_implantations.dated", "words")[0].iter(w("r")))
    for text in run.iter(w("t")):
        text.tag = w("delText")
    around = etree.SubElement(run.getparent(), w("del"), {w("id"): "901", w("author"): MARIE})
    around.append(run)
    added = etree.SubElement(around.getparent(), w("ins"), {w("id"): "902", w("author"): MARIE})
    etree.SubElement(etree.SubElement(added, w("r")), w("t")).text = "3 000 lieux"
    desk.save()
    report = refresh(ledger_at(MIDDLE), mine)
    assert any("3 000 lieux" in line for line in report.text())
    assert "3 000 lieux" in Officer(mine).text("cyberclasse_implantations.dated")


def test_an_emptied_control_is_left(mine, ledger_at):
    desk = Officer(mine)
    control = desk.controls("cyberecole_schools.dated", "words")[0]
    control.find(w("sdtPr")).insert(0, etree.Element(w("showingPlcHdr")))
    desk.overtype(control, "Cliquez ici")
    desk.save()
    refresh(ledger_at(MIDDLE), mine)
    assert "Cliquez ici" in Officer(mine).text("cyberecole_schools.dated")


def test_a_name_that_is_gone_is_told_with_the_nearest(mine, ledger_at):
    desk = Officer(mine)
    for control in desk.controls("total_investment", "words"):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        tag.set(w("val"), tag.get(w("val")).replace("total_investment", "total_invested"))
    desk.save()
    told = "\n".join(refresh(ledger_at(MIDDLE), mine).text())
    assert "total_invested" in told
    assert "total_investment" in told


def test_many_places_left_for_one_reason_are_told_together(mine, ledger_at):
    report = refresh(ledger_at("2005-01-31"), mine, dry_run=True)
    left = report.of(Outcome.LEFT)
    unknown = [line for line in left if "not known on" in line.text.text]
    assert len(unknown) > 20
    lines = report.text()
    assert len(lines) < len(report.text(is_whole=True)) - 20
    (together,) = (line for line in lines if "--details" in line and "pas connu" in line)
    assert f"31\u00a0janvier 2005\u00a0: {len(unknown)} endroits, dont «" in together.replace(
        "31 janvier", "31\u00a0janvier"
    )
    assert len(report.text(is_whole=True)) > len(left)


def test_changes_are_told_in_the_order_of_the_text(mine, ledger_at):
    report = refresh(ledger_at(MIDDLE), mine, dry_run=True)
    places = [translate(line.place.words, "fr") for line in report.of(Outcome.CHANGED)]
    told = [line for line in report.text() if line.startswith("  ")]
    assert all(line.startswith(f"  {place}") for line, place in zip(told, places, strict=False))


def test_pages_are_told_where_word_noted_them(mine, ledger_at):
    assert "Page" not in "".join(refresh(ledger_at(MIDDLE), mine, dry_run=True).text())
    desk = Officer(mine)
    for beginning in ("En bref", "D’un programme", "Les programmes"):
        run = next(desk.paragraph(beginning).iter(w("r")))
        run.insert(0, etree.Element(w("lastRenderedPageBreak")))
    desk.save()
    lines = refresh(ledger_at(MIDDLE), mine, dry_run=True).text()
    assert any(line.startswith("  Page 4, «\u00a0École Numérique") for line in lines)


def test_old_pictures_go_and_rights_stay(mine, ledger_at):
    pictures = [name for name in Officer(mine).parts if "media" in name]
    mine.chmod(0o664)
    for day in (THEN, MIDDLE):
        refresh(ledger_at(day), mine)
    desk = Officer(mine)
    relations = desk.parts["word/_rels/document.xml.rels"].decode()
    media = [name for name in desk.parts if "media" in name]
    assert len(media) == len(pictures)
    assert all(name.removeprefix("word/") in relations for name in media)
    assert stat.S_IMODE(mine.stat().st_mode) == 0o664


def test_a_copy_leaves_the_document(mine, original, renewed, ledger_at, monkeypatch):
    """And is the same, though elements that lxml has let go of give their places in memory to others."""
    monkeypatch.setattr("ennum_stats.office.refresh.id", lambda _: 0, raising=False)
    out = mine.with_name("octobre.docx")
    report = refresh(ledger_at(THEN), mine, out=out)
    assert report.is_written
    assert mine.read_bytes() == original.read_bytes()
    assert out.read_bytes() == renewed[THEN][1].bytes


def test_the_command_writes_the_copy_that_it_tells_of(mine, original, renewed, project):
    out = mine.with_name("octobre.docx")
    ended = CliRunner().invoke(
        app, ["refresh", str(mine), "--known-at", THEN, "--out", str(out), "--root", str(project.root)]
    )
    assert ended.exit_code == 0, ended.output
    assert out.name in ended.output
    assert mine.read_bytes() == original.read_bytes()
    assert out.read_bytes() == renewed[THEN][1].bytes


def test_a_later_kit_offers_to_carry_over_what_the_team_edited(kit_of, ledger_at, built_copy, original):
    folder = shutil.copytree(kit_of(THEN), built_copy.project.reports / THEN)
    kit_of_then = folder / "fr" / "press-kit.docx"
    later = open_ledger(built_copy.project, date.fromisoformat(MIDDLE))
    assert edited_before(built_copy.project, later) == []
    shutil.copy(original, kit_of_then)
    assert edited_before(built_copy.project, later) == [kit_of_then]
    told = "\n".join(str(one) for one in to_carry_over(built_copy.project, later))
    assert f'ennum refresh "{kit_of_then}" --known-at {MIDDLE}' in told
    copy = Path(re.search('--out "(.+)"', told)[1])
    copy.parent.mkdir(parents=True)
    shutil.copy(kit_of_then, copy)
    assert "ennum refresh" not in " ".join(str(one) for one in to_carry_over(built_copy.project, later))
    assert edited_before(built_copy.project, ledger_at(THEN)) == []


# --- what is refused ----------------------------------------------------------------------------------


def refused(ledger, path, error, found):
    before = path.read_bytes()
    with pytest.raises(error, match=found) as caught:
        refresh(ledger, path)
    assert path.read_bytes() == before
    assert caught.value.remedy or caught.value.expected
    assert [one.name for one in path.parent.iterdir() if one.suffix not in (".docx", ".docm")] in ([], LOCKS)


LOCKS = ["~$ssier.docx"]


def test_a_document_without_anything_of_ours_is_refused(ledger_at, tmp_path):
    from docx import Document

    path = tmp_path / "autre.docx"
    Document().save(path)
    refused(ledger_at(MIDDLE), path, DocumentRefused, "nothing that ennum-stats wrote")


def test_a_document_that_is_open_is_left(mine, ledger_at):
    (mine.parent / LOCKS[0]).write_bytes(b"")
    refused(ledger_at(MIDDLE), mine, OutputInUse, "open in Office")


def test_a_read_only_document_is_left(mine, ledger_at):
    mine.chmod(stat.S_IREAD)
    refused(ledger_at(MIDDLE), mine, AccessRefused, "read-only")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"", "damaged"),
    ],
)
def test_what_is_no_document_is_refused(ledger_at, tmp_path, content, found):
    path = tmp_path / "x.docx"
    path.write_bytes(content)
    refused(ledger_at(MIDDLE), path, DocumentRefused, found)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("word/vbaProject.bin", b"x", "macros"),
        ("word/bomb.xml", b"0" * 40_000_000, "No Office program"),
        (
            "word/entities.xml",
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>',
            "No Office program",
        ),
        ("word/_rels/header9.xml.rels", LINKED, "another file"),
        ("word/_rels/header9.xml.rels", LINKED[:-1], "damaged"),
    ],
)
def test_a_harmful_document_is_refused(mine, ledger_at, name, content, found):
    with zipfile.ZipFile(mine, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    refused(ledger_at(MIDDLE), mine, DocumentRefused, found)


def test_a_strict_document_is_told_as_such(ledger_at, tmp_path):
    """ISO 29500 Strict names its relations by addresses of purl.oclc.org."""
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", f'<R><Relationship Type="{kind}"/></R>')
    refused(ledger_at(MIDDLE), path, DocumentRefused, "Strict Open XML")


def test_another_kind_of_file_is_refused(ledger_at, tmp_path):
    path = tmp_path / "dossier.docm"
    path.write_bytes(b"x")
    refused(ledger_at(MIDDLE), path, DocumentRefused, "macros")
    other = tmp_path / "dossier.odt"
    other.write_bytes(b"x")
    with pytest.raises(UsageError, match="odt"):
        refresh(ledger_at(MIDDLE), other)


def test_a_full_disk_leaves_the_document(mine, ledger_at, monkeypatch):
    before = mine.read_bytes()

    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("ennum_stats.files.atomic.sync", full)
    with pytest.raises(OSError, match="disk is full"):
        refresh(ledger_at(MIDDLE), mine)
    assert mine.read_bytes() == before
    assert [one.name for one in mine.parent.iterdir()] == [mine.name]


# --- LibreOffice --------------------------------------------------------------------------------------


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_a_document_that_libreoffice_saved_follows(mine, ledger_at, kits, tmp_path):
    """LibreOffice keeps the innermost controls only; sentences and tables are found by their bookmarks."""
    out = tmp_path / "saved"
    command = [
        SOFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
        "docx:MS Word 2007 XML", "--outdir", out, mine,
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    path = out / mine.name
    dropped = Officer(path)
    assert dropped.controls(form="table") == []
    report = refresh(ledger_at(THEN), path)
    document = Officer(path)
    assert len(document.controls(form="table")) == 2  # put back where they were renewed
    rows = [[words(cell) for cell in row.iter(w("tc"))] for row in document.table("calls").iter(w("tr"))]
    assert ["Mon appel", "données fictives", "9 000 001", "–", "–"] in rows
    assert rows[-1][0] == "EN2020"
    assert "quelque 4 000 implantations" in document.text("implantations_total.dated")
    assert "EN2019" in document.text("call:last")
    assert len(report.of(Outcome.REMARKED)) > 5
    assert "D’autres suivent de près" in words(document.root)
    assert [one for one in document._comments() if one[0] == MARIE]


def test_two_long_texts_are_told_where_they_differ():
    before = "Un texte dont le début ne change pas d’un jour à l’autre, et qui finit sur le nombre 503."
    told = shortened_pair(before, before.replace("503", "679"))
    assert told[0] != told[1]
    assert told[0].endswith("503.")
    assert shortened_pair("503 projets", "679 projets") == ("503 projets", "679 projets")


def test_what_the_tables_no_longer_name_is_told_by_its_key(kit_ledger):
    """A document may name a milestone that was taken out of the tables since."""
    (told,) = failed(Edition(kit_ledger, "en"), {"known": "milestone:taken_out"})
    assert "“taken_out”" in translate(told, "en")
