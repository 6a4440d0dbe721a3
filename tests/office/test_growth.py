"""A kit of an earlier day: what today's has more is told and can be put in, a settled forecast gives way on its card,
and what other programs dropped is found again."""

import shutil
from pathlib import Path

import pytest

from ennum_stats.errors import UsageError
from ennum_stats.office.refresh import refresh
from ennum_stats.office.refresh.report import Outcome, Report
from tests.office.officer import Officer, parsed, w, words

THEN, LATER = "2020-01-31", "2026-11-24"


@pytest.fixture
def mine(kit_of, tmp_path):
    return Path(shutil.copy(kit_of(THEN) / "fr" / "press-kit.docx", tmp_path / "dossier.docx"))


@pytest.fixture
def annex(kit_of, tmp_path):
    return Path(shutil.copy(kit_of(THEN) / "fr" / "press-kit-annex.docx", tmp_path / "annexe.docx"))


def titles(things):
    return [str(thing) for thing in things]


def headings(desk):
    styles = {"Heading1", "Heading2"}
    return [
        words(one)
        for one in desk.root.iter(w("p"))
        if (style := one.find(f"{w('pPr')}/{w('pStyle')}")) is not None and style.get(w("val")) in styles
    ]


def refused(desk):
    """The words that are left once all insertions are refused and all deletions taken back."""
    lines = []
    for paragraph in desk.root.iter(w("p")):
        inserted = {one for mark in paragraph.iter(w("ins")) for one in mark.iter(w("t"))}
        line = "".join(one.text or "" for one in paragraph.iter(w("t"), w("delText")) if one not in inserted)
        lines.append(line)
    return [line for line in lines if line.strip()]


def test_a_kit_of_its_day_has_nothing_more_and_nothing_less(mine, ledger_at):
    report = refresh(ledger_at(THEN), mine, dry_run=True)
    assert (report.more, report.less) == ([], [])


def test_what_a_later_kit_has_more_is_told_and_put_in_where_it_belongs(mine, ledger_at, kit):
    """The plans of 2022 (Le Soir, 16 March 2022) came after the kit of 2020."""
    before = headings(Officer(mine))
    tried = refresh(ledger_at(LATER), mine, dry_run=True)
    told = titles(tried.more)
    assert told[0] == "chapter “Depuis 2020”"
    assert any(line.startswith("1. ") for line in map(str.strip, tried.text(is_tried=True)))
    plain = mine.with_name("plain.docx")
    refresh(ledger_at(LATER), mine, out=plain, track=True)
    report = refresh(ledger_at(LATER), mine, add=["all"], track=True)
    assert titles(report.added) == told
    assert report.more == []
    desk, today = Officer(mine), Officer(kit / "fr" / "press-kit.docx")
    after = headings(desk)
    assert [heading for heading in after if heading in before] == before
    assert [heading for heading in after if heading in headings(today)] == headings(today)
    (control,) = desk.controls("plan_budgets", "native")
    assert list(control.iter(w("ins")))
    assert refused(desk) == refused(Officer(plain))
    written = mine.read_bytes()
    again = refresh(ledger_at(LATER), mine)
    assert (again.more, mine.read_bytes()) == ([], written)


def test_one_of_many_is_put_in_alone(annex, ledger_at):
    told = titles(refresh(ledger_at(LATER), annex, dry_run=True).more)
    report = refresh(ledger_at(LATER), annex, add=["2"])
    assert titles(report.added) == [told[1]]
    assert titles(report.more) == [told[0], *told[2:]]


def test_a_number_that_is_not_listed_is_refused(mine, ledger_at):
    before = mine.read_bytes()
    with pytest.raises(UsageError, match="99"):
        refresh(ledger_at(LATER), mine, add=["1", "99"])
    assert mine.read_bytes() == before


def test_a_card_of_a_settled_forecast_shows_the_result(mine, ledger_at):
    """500 projects were planned for EN2020 (press kit of 2020), 679 were awarded (Trends/Le Vif, October 2021)."""
    assert Officer(mine).text("en2020_projects_planned", "number") == ["500"]
    refresh(ledger_at(LATER), mine)
    desk = Officer(mine)
    assert desk.text("en2020_projects_planned", "number") == []
    assert desk.text("en2020_projects", "number") == ["679"]
    assert desk.text("en2020_projects", "sure") == ["exact"]
    assert refresh(ledger_at(LATER), mine).of(Outcome.CHANGED) == []


def test_a_card_that_somebody_took_out_is_told_and_put_back_where_it_stood(mine, ledger_at):
    desk = Officer(mine)
    (number,) = desk.controls("connectivity_sites_installed", "number")
    cell = next(number.iterancestors(w("tc")))
    for child in [*cell][1:]:
        cell.remove(child)
    cell.append(parsed("<w:p/>"))
    desk.save()
    before = refused(Officer(mine))
    report = refresh(ledger_at(THEN), mine, add=["1"])
    assert [what.split()[0] for what in titles(report.added)] == ["card"]
    desk = Officer(mine)
    (number,) = desk.controls("connectivity_sites_installed", "number")
    assert list(number.iter(w("ins")))
    assert (words(number), refused(desk)) == ("183", before)
    assert refresh(ledger_at(THEN), mine, dry_run=True).more == []


def test_less_names_what_is_no_longer_known(kit, ledger_at, tmp_path):
    """Of the plans of 2022 nothing was known in 2020, and 679 winners of EN2020 not before October."""
    later = Path(shutil.copy(kit / "fr" / "press-kit.docx", tmp_path / "dossier.docx"))
    told = titles(refresh(ledger_at(THEN), later, dry_run=True).less)
    assert {"chapter “Depuis 2020”", "chart “Ce que les plans annoncent”"} <= {*told}
    shutil.copy(kit / "fr" / "press-kit-annex.docx", later)
    told = titles(refresh(ledger_at(THEN), later, dry_run=True).less)
    assert "table “Les nombres annoncés par les plans”" in told


def test_places_of_which_only_the_day_changed_are_one_line(mine, ledger_at):
    report = refresh(ledger_at(LATER), mine, dry_run=True)
    lines = report.of(Outcome.DATED)
    assert len(lines) > 4
    assert sum("24\u00a0novembre 2026" in line for line in report.text()) == 1 + sum(
        "24\u00a0novembre 2026" in str(line.text)
        for line in report.lines
        if line.outcome is not Outcome.DATED
    )


def as_another_program_saves(path, *, keeps_bookmarks):
    """Drops what LibreOffice drops on the way through its own format: our part of custom XML and the controls that
    hold others; others drop the bookmarks, too."""
    desk = Officer(path)
    for control in [*desk.controls(form="table"), *desk.controls(form="claim")]:
        for child in list(control.find(w("sdtContent"))):
            control.addprevious(child)
        control.getparent().remove(control)
    if not keeps_bookmarks:
        for mark in [*desk.root.iter(w("bookmarkStart"))]:
            if mark.get(w("name")).startswith("_ennum_"):
                mark.getparent().remove(mark)
    desk.parts = {name: data for name, data in desk.parts.items() if not name.startswith("customXml/")}
    relations = "word/_rels/document.xml.rels"
    kept = [
        part for part in desk.parts[relations].decode().split("<Relationship ") if "customXml" not in part
    ]
    desk.parts[relations] = "<Relationship ".join(kept).encode()
    if "</Relationships>" not in kept[-1]:
        desk.parts[relations] += b"</Relationships>"
    desk.save()


@pytest.mark.parametrize("keeps_bookmarks", [True, False])
def test_what_another_program_dropped_is_found_again(mine, ledger_at, keeps_bookmarks):
    whole = mine.with_name("whole.docx")
    refresh(ledger_at(LATER), mine, out=whole)
    as_another_program_saves(mine, keeps_bookmarks=keeps_bookmarks)
    report = refresh(ledger_at(LATER), mine)
    lines = report.text(is_whole=True)
    assert not any("~" in line for line in lines)
    desk, expected = Officer(mine), Officer(whole)
    tables = [[words(cell) for cell in one.iter(w("tc"))] for one in desk.root.iter(w("tbl"))]
    assert tables == [[words(cell) for cell in one.iter(w("tc"))] for one in expected.root.iter(w("tbl"))]
    assert len(desk.controls(form="table")) == len(expected.controls(form="table"))


def test_a_table_that_nothing_tells_of_any_more_is_told_as_lost(mine, ledger_at):
    as_another_program_saves(mine, keeps_bookmarks=True)
    desk = Officer(mine)
    marks = desk.root.iter(w("bookmarkStart"))
    mark = next(one for one in marks if one.get(w("name")).startswith("_ennum_"))
    mark.set(w("name"), "_ennum_00000000_1")
    desk.save()
    report: Report = refresh(ledger_at(LATER), mine, dry_run=True)
    assert any("no longer follows" in str(line.text) for line in report.of(Outcome.LEFT))


def test_an_annex_is_compared_with_that_of_today(annex, ledger_at):
    """What the kit holds is not missing in it; the plans of 2022 are (Le Soir, 16 March 2022)."""
    report = refresh(ledger_at(THEN), annex, dry_run=True)
    assert (report.more, report.less) == ([], [])
    told = titles(refresh(ledger_at(LATER), annex, dry_run=True).more)
    assert "table “Les nombres annoncés par les plans”" in told
    assert not any("Depuis 2020" in line or "Budgets" in line for line in told)
