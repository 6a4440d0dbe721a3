"""Slides of a kit that a communication officer edited, renewed to other days: nothing of theirs is lost, and
all that the machine wrote is what the slides of that day say."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor

from ennum_stats.errors import UsageError
from ennum_stats.office.package import DocumentRefused
from ennum_stats.office.refresh import refresh
from ennum_stats.office.refresh.report import Outcome

THEN, MIDDLE, LATER = "2020-01-31", "2020-10-31", "2026-11-24"
SOFFICE = shutil.which("soffice")
THEIRS = "Une phrase de la ministre, données fictives."
OVERTYPED = "quelque 4 000 implantations, données fictives"
RED = RGBColor(0xAA, 0x11, 0x11)


def named(presentation, name):
    """The shapes of a presentation, and of its notes, that hold something of this name."""
    for slide in presentation.slides:
        for shape in (*slide.shapes, *slide.notes_slide.shapes):
            if shape.name.startswith("ennum|") and shape.name.split("|", 5)[5] == name:
                yield shape


def words(presentation, name):
    return [shape.text_frame.text for shape in named(presentation, name)]


def chart(presentation, name):
    (shape,) = named(presentation, f"chart:{name}")
    return shape.chart


def edited(path):
    """Does to slides what an officer does before they are shown."""
    made = Presentation(path)
    (lead,) = [one for one in named(made, "slides:lead") if not one.is_placeholder]
    lead.text_frame.add_paragraph().text = THEIRS
    (notes,) = [one for one in named(made, "slides:lead") if one.is_placeholder]
    notes.text_frame.paragraphs[0].text = THEIRS
    (card,) = named(made, "card:cyberclasse_implantations")
    card.text_frame.paragraphs[0].runs[0].text = OVERTYPED
    (total,) = named(made, "card:total_investment")
    total.left, total.text_frame.paragraphs[0].runs[0].font.color.rgb = 0, RED
    bars = chart(made, "winners_per_call").plots[0].series[0]
    bars.points[0].format.fill.solid()
    bars.points[0].format.fill.fore_color.rgb = RED
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = THEIRS
    (plans,) = named(made, "chart:plan_budgets")
    plans._element.getparent().remove(plans._element)
    order = made.slides._sldIdLst
    order.insert(0, order[3])
    made.save(path)
    return path


@pytest.fixture(scope="module")
def original(kit, tmp_path_factory):
    return edited(shutil.copy(kit / "fr" / "press-kit.pptx", tmp_path_factory.mktemp("slides")))


@pytest.fixture
def mine(original, tmp_path):
    return Path(shutil.copy(original, tmp_path / "exposé.pptx"))


@pytest.fixture(scope="module")
def kits(kit_of):
    return {day: Presentation(kit_of(day) / "fr" / "press-kit.pptx") for day in (THEN, MIDDLE)}


@pytest.fixture(scope="module")
def renewed(original, ledger_at, tmp_path_factory):
    """The edited slides, renewed twice: back to January 2020, then on to October."""
    path = Path(shutil.copy(original, tmp_path_factory.mktemp("renewed")))
    states = {}
    for day in (THEN, MIDDLE):
        report = refresh(ledger_at(day), path)
        states[day] = (report, Presentation(path))
    return states


@pytest.mark.parametrize("day", [THEN, MIDDLE])
def test_no_edit_of_a_person_is_lost(renewed, day):
    report, made = renewed[day]
    texts = [
        shape.text_frame.text
        for slide in made.slides
        for shape in (*slide.shapes, *slide.notes_slide.shapes)
        if shape.has_text_frame
    ]
    assert sum(THEIRS in text for text in texts) == 3
    assert any(OVERTYPED in text for text in texts)
    (total,) = named(made, "card:total_investment")
    assert total.left == 0
    assert total.text_frame.paragraphs[0].runs[0].font.color.rgb == RED
    bar = chart(made, "winners_per_call").plots[0].series[0].points[0]
    assert bar.format.fill.fore_color.rgb == RED
    assert [*named(made, "chart:plan_budgets")] == []
    left = [line for line in report.of(Outcome.LEFT) if "4 000" in str(line.text)]
    assert len(left) == 1


@pytest.mark.parametrize("day", [THEN, MIDDLE])
@pytest.mark.parametrize(
    "name",
    [
        "slides:title", "slides:lines", "slides:cards-title", "card:total_investment",
        "card:en_projects_2012_2019", "chart:budget_by_programme.title", "chart:winners_per_call.title",
        "chart:winners_per_call.notes", "chart:coverage_by_programme.notes", "slides:last",
        "slides:last-notes",
    ],
)  # fmt: skip
def test_words_of_the_machine_are_those_of_the_day(renewed, kits, day, name):
    assert words(renewed[day][1], name) == words(kits[day], name)


@pytest.mark.parametrize("day", [THEN, MIDDLE])
@pytest.mark.parametrize("name", ["winners_per_call", "coverage_by_programme"])
def test_charts_are_those_of_the_day(renewed, kits, day, name):
    mine, theirs = (chart(one, name) for one in (renewed[day][1], kits[day]))
    for one, other in zip(mine.plots[0].series, theirs.plots[0].series, strict=True):
        assert tuple(one.values) == tuple(other.values)
    assert tuple(mine.plots[0].categories) == tuple(theirs.plots[0].categories)
    assert mine.part.chart_workbook.xlsx_part.blob == theirs.part.chart_workbook.xlsx_part.blob


def test_own_sentences_of_a_box_follow_beside_those_of_a_person(renewed, kits):
    day = THEN
    (mine,) = [one for one in named(renewed[day][1], "slides:lead") if not one.is_placeholder]
    (theirs,) = [one for one in named(kits[day], "slides:lead") if not one.is_placeholder]
    assert mine.text_frame.text == f"{theirs.text_frame.text}\n{THEIRS}"


def test_the_same_day_again_changes_no_byte(mine, ledger_at):
    assert refresh(ledger_at(MIDDLE), mine).is_written
    before = mine.read_bytes()
    assert not refresh(ledger_at(MIDDLE), mine).is_written
    assert mine.read_bytes() == before


def test_there_and_back_says_the_same(kit, ledger_at, tmp_path):
    path = Path(shutil.copy(kit / "fr" / "press-kit.pptx", tmp_path / "exposé.pptx"))
    before = Presentation(path)
    for day in (THEN, "2026-11-24"):
        refresh(ledger_at(day), path)
    after = Presentation(path)
    for name in ("slides:last", "slides:lead", "slides:lines", "chart:winners_per_call.notes"):
        assert words(after, name) == words(before, name)


def test_a_trial_writes_nothing_and_a_copy_leaves_the_slides(mine, ledger_at, tmp_path):
    before = mine.read_bytes()
    assert refresh(ledger_at(THEN), mine, dry_run=True).of(Outcome.CHANGED)
    copy = tmp_path / "copie.pptx"
    refresh(ledger_at(THEN), mine, out=copy)
    assert mine.read_bytes() == before
    assert words(Presentation(copy), "slides:lines") != words(Presentation(mine), "slides:lines")


def test_slides_have_no_tracked_changes(mine, ledger_at):
    with pytest.raises(UsageError, match="tracked"):
        refresh(ledger_at(THEN), mine, track=True)


def test_slides_without_anything_of_ours_are_refused(ledger_at, tmp_path):
    path = tmp_path / "autre.pptx"
    Presentation().save(path)
    with pytest.raises(DocumentRefused, match="nothing"):
        refresh(ledger_at(THEN), path)


def test_a_workbook_is_told_how_to_be_filled_in_again(ledger_at, tmp_path):
    path = tmp_path / "chiffres.xlsx"
    path.write_bytes(b"x")
    with pytest.raises(UsageError, match="workbook") as caught:
        refresh(ledger_at(THEN), path)
    assert "ennum fill" in str(caught.value.remedy)


def test_macros_on_slides_are_refused(mine, ledger_at):
    with zipfile.ZipFile(mine, "a") as archive:
        archive.writestr("ppt/vbaProject.bin", b"x")
    before = mine.read_bytes()
    with pytest.raises(DocumentRefused, match="macros"):
        refresh(ledger_at(THEN), mine)
    assert mine.read_bytes() == before


@pytest.mark.hour
@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
def test_slides_that_libreoffice_saved_are_renewed_alike(mine, kits, ledger_at, tmp_path):
    out = tmp_path / "saved"
    command = [SOFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pptx", "--outdir", str(out), str(mine)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    path = out / mine.name
    refresh(ledger_at(THEN), path)
    made = Presentation(path)
    for name in ("slides:title", "card:en_projects_2012_2019", "chart:winners_per_call.title"):
        assert words(made, name) == words(kits[THEN], name)
    assert any(OVERTYPED in text for text in words(made, "card:cyberclasse_implantations"))


# --- what today's slides have more and less -----------------------------------------------------------


@pytest.fixture
def old(kit_of, tmp_path):
    """Slides of January 2020, from which somebody took a card."""
    path = Path(shutil.copy(kit_of(THEN) / "fr" / "press-kit.pptx", tmp_path / "exposé.pptx"))
    made = Presentation(path)
    (card,) = named(made, "card:connectivity_sites_installed")
    for element in (card._element.getprevious(), card._element):
        element.getparent().remove(element)
    made.save(path)
    return path


def test_what_todays_slides_have_more_is_told_and_put_in(old, ledger_at, kit):
    """The plans of 2022 (Le Soir, 16 March 2022) have a slide; EN2020 has its 679 winners (October 2021)."""
    told = [str(what) for what in refresh(ledger_at(LATER), old, dry_run=True).more]
    assert [what.split()[0] for what in told] == ["card", "slide"]
    report = refresh(ledger_at(LATER), old, add=["all"])
    assert ([str(what) for what in report.added], report.more) == (told, [])
    made, today = Presentation(old), Presentation(kit / "fr" / "press-kit.pptx")
    titles = [[slide.shapes.title.text for slide in each.slides] for each in (made, today)]
    assert titles[0] == titles[1]
    for name in ("card:connectivity_sites_installed", "card:en2020_projects", "chart:plan_budgets.notes"):
        assert words(made, name) == words(today, name) != []
    (place,), (own,) = (
        [(shape.left, shape.top) for shape in named(each, "card:connectivity_sites_installed")]
        for each in (made, today)
    )
    assert place == own
    plans, expected = (chart(each, "plan_budgets").part for each in (made, today))
    assert plans.blob == expected.blob
    assert plans.chart_workbook.xlsx_part.blob == expected.chart_workbook.xlsx_part.blob
    feet = [shape.text_frame.text for slide in made.slides for shape in slide.shapes if shape.has_text_frame]
    assert {f"{n} / 7" for n in range(1, 8)} <= {*feet}
    written = old.read_bytes()
    assert refresh(ledger_at(LATER), old).lines == []
    assert old.read_bytes() == written


def test_less_names_the_slides_of_which_nothing_is_known(ledger_at, kit):
    report = refresh(ledger_at(THEN), kit / "fr" / "press-kit.pptx", dry_run=True)
    (gone,) = report.less
    assert str(gone).startswith("slide “Montants annoncés par des plans")
