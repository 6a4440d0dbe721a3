"""The slides of a kit in a team's own look: their theme, layouts and places; what lacks is told."""

import zipfile
from io import BytesIO

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import EnnumError, UsageError
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.slide_words import SlideWords
from ennum_stats.kit.formats.slides import write_slides
from ennum_stats.kit.publisher import publisher_file, templates_named
from ennum_stats.office.templates import open_slide_template, open_templates

TODAY = "2026-11-24"
OLD_SLIDE = "Une diapositive du service, données fictives"


def team_slides(path, *, without=(), titles=True):
    """The slides of a service, 10 inches wide: three of theirs, and layouts without some."""
    made = Presentation()
    for _ in range(3):
        made.slides.add_slide(made.slide_layouts[1]).shapes.title.text = OLD_SLIDE
    layouts = made.slide_layouts
    for layout in [one for one in layouts if one.name in without]:
        layouts.remove(layout)
    if not titles:
        for root in (one._element for one in (made.slide_master, *layouts)):
            for held in [*root.iter(qn("p:ph"))]:
                held.set("type", "body")
    made.save(path)
    return path


@pytest.fixture(scope="module")
def dressed(ledger_at, tmp_path_factory):
    path = team_slides(tmp_path_factory.mktemp("look") / "service.pptx")
    words = SlideWords.of(Edition(ledger_at(TODAY), "fr"))
    template = open_slide_template(path)
    made = write_slides(words, "Titre", template.ground())
    assert made == write_slides(words, "Titre", template.ground())
    return Presentation(BytesIO(made)), template


def test_the_slides_are_theirs_and_none_of_theirs_is_left(dressed):
    made, template = dressed
    assert template.remarks() == []
    assert made.slide_width == Presentation(template.path).slide_width
    kinds = [slide.slide_layout.name for slide in made.slides]
    assert kinds[0] == "Title Slide"
    assert set(kinds[1:]) == {"Title Only"}
    texts = [one.text_frame.text for s in made.slides for one in s.shapes if one.has_text_frame]
    assert OLD_SLIDE not in texts
    with zipfile.ZipFile(template.path) as theirs:
        theme = theirs.read("ppt/theme/theme1.xml")
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    assert made.slide_master.part.part_related_by(relation).blob == theme


def test_titles_feet_and_numbers_stand_where_the_layout_has_them(dressed):
    made, _ = dressed
    for number, slide in enumerate(made.slides, 1):
        kinds = {one.placeholder_format.type: one for one in slide.placeholders}
        assert kinds[PP_PLACEHOLDER.SLIDE_NUMBER].text_frame.text == str(number)
        assert kinds[PP_PLACEHOLDER.FOOTER].text_frame.text.startswith("Titre")
        assert slide.shapes.title._element.spPr.find(qn("a:xfrm")) is None


def test_nothing_of_ours_leaves_the_slide_or_covers_its_title(dressed):
    made, _ = dressed
    for slide in made.slides:
        title = slide.shapes.title
        for shape in slide.shapes:
            if not shape.is_placeholder:
                assert shape.left >= 0
                assert shape.left + shape.width <= made.slide_width
                assert title.top + title.height <= shape.top
                assert shape.top + shape.height <= made.slide_height


def test_what_the_slides_lack_is_told(tmp_path):
    path = team_slides(tmp_path / "service.pptx", without=("Title Slide", "Title Only"))
    told = " ".join(map(str, open_slide_template(path).remarks()))
    assert "title alone" in told
    assert "first slide" in told


def with_macros(path):
    team_slides(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ppt/vbaProject.bin", b"x")


def with_bomb(path):
    team_slides(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/media/bomb.bin", bytes(8_000_000))


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (with_macros, "macros"),
        (with_bomb, "No Office program"),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)), "password"),
        (lambda path: path.write_bytes(b"nothing"), "damaged"),
        (lambda path: team_slides(path, titles=False), "has a title"),
    ],
)
def test_slides_that_cannot_be_a_template_are_one_finding(spoil, found, tmp_path):
    path = tmp_path / "service.pptx"
    spoil(path)
    with pytest.raises(EnnumError, match=found) as caught:
        open_slide_template(path)
    assert str(path) in str(caught.value.where)


def test_a_template_of_powerpoint_is_read_as_slides(tmp_path):
    path, potx = team_slides(tmp_path / "service.pptx"), tmp_path / "service.potx"
    kind = (b"presentation.main+xml", b"template.main+xml")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(potx, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(*kind) if name == "[Content_Types].xml" else data)
    assert open_slide_template(potx).remarks() == []


def test_two_templates_of_one_kind_are_refused(tmp_path):
    one, other = (team_slides(tmp_path / f"{name}.pptx") for name in "ab")
    with pytest.raises(UsageError, match="two templates"):
        open_templates([one, other])
    assert open_templates([one], [other]).slides.path == one  # what is said wins


def test_the_templates_of_a_project_are_named_beside_who_publishes(built_copy, tmp_path):
    project = built_copy.project
    rows = "item,fr,de,nl,en\ntemplate,service.pptx,,,\n"
    publisher_file(project).write_text(rows, "utf-8")
    with pytest.raises(UsageError, match="not there"):
        templates_named(project)
    told = CliRunner().invoke(app, ["press", "--root", str(project.root), "--out", str(tmp_path / "kit")])
    assert told.exit_code == 2
    assert "publisher.csv:2" in told.output
    path = team_slides(project.raw / "service.pptx")
    assert templates_named(project) == [path]
