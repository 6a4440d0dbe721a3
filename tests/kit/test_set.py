"""The set beside the kit: press release, slides, web page, and what goes with the charts."""

import io
import re
from html.parser import HTMLParser

import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation

from ennum_stats.charts.catalogue import chart
from ennum_stats.document.blocks import Heading, Quotation, plain_text
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.figure_tables import precisions
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.formats.chart_files import embed_lines
from ennum_stats.kit.formats.slide_words import SlideWords
from ennum_stats.kit.formats.slides import write_slides
from ennum_stats.kit.formats.word import write_sheet
from ennum_stats.kit.press import KIT_LANGUAGES
from ennum_stats.kit.publisher import Publisher
from ennum_stats.kit.text import kit_text
from tests.dashboard.conftest import violations
from tests.kit.test_languages_of_texts import TAGS, built

TODAY = "2026-11-24"
DAYS = (TODAY, "2020-01-31", "2012-06-30")
EVERYTHING = Publisher(
    {
        item: {"fr": f"{item} (fictif)"}
        for item in ("publisher", "press_contact", "boilerplate", "licence", "credit", "quote", "quoted")
    }
    | {"site_address": {"fr": "https://chiffres.example.org/"}}
)


def release_of(ledger, language, *publisher):
    edition = Edition(ledger, language, *publisher)
    return edition, Resolver(edition).resolved(kit_text(language, "release"))


def words_in(element):
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


# --- the press release -----------------------------------------------------------------------------------


def test_all_languages_announce_the_same():
    first, *others = (built(kit_text(one, "release").blocks) for one in KIT_LANGUAGES)
    assert all(other == first for other in others)


@pytest.mark.parametrize("language", KIT_LANGUAGES)
def test_the_release_holds_message_six_figures_quote_and_contact(ledger_at, language):
    edition, blocks = release_of(ledger_at(TODAY), language, EVERYTHING)
    document = Document(io.BytesIO(write_sheet(edition, blocks, "Titre", "Communiqué")))
    assert document.core_properties.language == TAGS[language]
    headings = [p for p in document.element.body.iter(qn("w:p")) if p.style == "Heading1"]
    (message,) = headings
    assert edition.figure("total_investment").text(language) in words_in(message)
    cards = document.tables[1]
    shown = [tag.get(qn("w:val")) for tag in cards._tbl.iter(qn("w:tag"))]
    numbers = [tag for tag in shown if "|number|" in tag]
    assert len(numbers) == 6
    assert len([tag for tag in numbers if tag.endswith("|total_investment")]) == 1
    words = words_in(document.element.body)
    for given in ("quote", "quoted", "press_contact", "boilerplate"):
        assert f"{given} (fictif)" in words


def test_a_release_without_quote_and_contact_has_no_place_for_them(ledger_at):
    edition, blocks = release_of(ledger_at(TODAY), "fr")
    assert not [block for block in blocks if isinstance(block, Quotation)]
    document = Document(io.BytesIO(write_sheet(edition, blocks, "Titre", "Communiqué")))
    assert all(words_in(one._p).strip() for one in document.paragraphs)


@pytest.mark.parametrize("day", DAYS)
def test_a_release_of_any_day_begins_with_a_message(ledger_at, day):
    edition, blocks = release_of(ledger_at(day), "fr")
    assert [type(block) for block in blocks].count(Heading) == 1
    assert write_sheet(edition, blocks, "Titre", "Communiqué")


# --- slides ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=KIT_LANGUAGES)
def slides(request, ledger_at):
    edition, blocks = release_of(ledger_at(TODAY), request.param, EVERYTHING)
    words = SlideWords(edition, "Dossier", blocks)
    made = write_slides(words, "Titre")
    assert made == write_slides(words, "Titre")
    return edition, Presentation(io.BytesIO(made))


def test_a_minister_gets_five_to_seven_slides_each_with_a_title_and_notes(slides):
    edition, made = slides
    assert 5 <= len(made.slides) <= 7
    assert made.core_properties.language == TAGS[edition.language]
    assert made.core_properties.author == edition.publisher_name
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]
    assert len(set(titles)) == len(titles)
    assert all(titles)
    assert all(slide.has_notes_slide for slide in made.slides)


def test_the_last_slide_is_what_one_may_say_and_the_method_stands_in_its_notes(slides):
    edition, made = slides
    *_, last = made.slides
    texts = [shape.text_frame.text for shape in last.shapes if shape.has_text_frame]
    sentences = next(text for text in texts if text.count("\n") == 5).split("\n")
    assert all(re.search(r"\((.* )?(SPW|Trends).*\d{4}\)\.$", sentence) for sentence in sentences)
    assert edition.words("total_investment") in sentences[0]
    notes = last.notes_slide.notes_text_frame.text
    for rule in precisions(edition).rows:
        assert plain_text(rule.cells[1]) in notes
        assert not any(plain_text(rule.cells[1]) in text for text in texts)


def test_charts_are_those_of_office_with_the_values_of_the_press_chart(slides):
    edition, made = slides
    drawn = {}
    for slide in made.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                drawn[slide.shapes.title.text_frame.text] = shape
    assert len(drawn) == 4
    for name in ("budget_by_programme", "winners_per_call", "plan_budgets"):
        declared = chart(edition.ledger, name, edition.language)
        shape = drawn[declared.title]
        values = shape.chart.plots[0].series[0].values
        for mark, value in zip(declared.marks, values, strict=True):
            ends = [float(end) for end in mark.ends if end is not None]
            assert (value is None) == (mark.quantity is None)
            if value is not None:
                near = max(ends) * 1e-9  # Office keeps fifteen digits
                assert min(ends) - near <= value <= max(ends) + near
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == declared.alt
        notes = next(
            slide.notes_slide.notes_text_frame.text
            for slide in made.slides
            if slide.shapes.title.text_frame.text == declared.title
        )
        assert declared.source_line in notes


def test_each_card_has_its_words_and_documents_in_the_notes(slides):
    edition, made = slides
    notes = made.slides[1].notes_slide.notes_text_frame.text.strip().splitlines()
    assert len(notes) == 6
    assert all("SPW" in line or "Trends" in line for line in notes)
    assert edition.figure("total_investment").label(edition.language) in notes[0]


def test_every_picture_and_chart_is_described(slides):
    _, made = slides
    shown = [
        shape for slide in made.slides for shape in slide.shapes if shape.has_chart or hasattr(shape, "image")
    ]
    assert shown
    assert all(one._element.xpath(".//p:cNvPr/@descr")[0] for one in shown)


# --- the web page ----------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a page names outside itself, its headings and its pictures."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.levels, self.unnamed, self.ids = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.loaded += [values[key] for key in ("src", "srcset", "data") if key in values]
        if tag == "link":
            self.loaded.append(values["href"])
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if (tag == "img" and not values.get("alt")) or (tag == "svg" and not values.get("aria-label")):
            self.unnamed.append(self.get_starttag_text())
        if "id" in values:
            self.ids.append(values["id"])


def test_the_page_needs_nothing_else_and_names_everything_it_shows(kit):
    text = (kit / "fr" / "press-kit.html").read_text("utf-8")
    page = Page(text)
    assert page.loaded == []
    assert not re.search(r"url\((?!\"data:|#)", text)
    assert page.unnamed == []
    assert "data-" not in re.sub(r"data-mark|data:font", "", text)  # nothing of how it was made
    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    steps = [after - before for before, after in zip(page.levels, page.levels[1:], strict=False)]
    assert max(steps) <= 1
    assert sorted(set(page.ids)) == sorted(page.ids)
    assert text.startswith('<!DOCTYPE html>\n<html lang="fr-BE">')
    assert len(text.encode()) < 1_500_000


def test_the_page_says_the_words_of_the_kit(kit, words_at):
    text = (kit / "fr" / "press-kit.html").read_text("utf-8").replace("\u00a0", " ").replace("\u202f", " ")
    for words in ("entre 136,6 et 137,7 millions d’euros", "1 709 projets"):
        assert words in words_at(TODAY)
        assert words in text


def test_axe_finds_nothing_on_the_page(kit, browser):
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto((kit / "fr" / "press-kit.html").as_uri())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


# --- charts ----------------------------------------------------------------------------------------------


def test_every_picture_has_its_description_its_credits_and_lines_to_paste(kit, ledger_at):
    folder = kit / "fr" / "charts"
    names = {path.stem for path in folder.glob("*.svg") if not path.stem.endswith("-phone")}
    alts, credited = ((folder / f"{name}.txt").read_text("utf-8") for name in ("alt", "credits"))
    for name in names:
        declared = chart(ledger_at(TODAY), name, "fr")
        assert f"{name}\n{declared.alt}\n\n{declared.description}\n" in alts
        assert f"{name}\n{declared.source_line}" in credited
        lines = (folder / f"{name}.embed.html").read_text("utf-8")
        assert f'src="{name}.png"' in lines
        assert f'srcset="{name}-phone.png"' in lines
        assert (folder / f"{name}-phone.png").is_file()
        assert declared.source_line not in lines  # it stands in the picture
        assert "iframe" not in lines
        assert "script" not in lines


def test_lines_to_paste_are_of_a_day_or_follow_the_figures(ledger_at):
    edition = Edition(ledger_at(TODAY), "fr", EVERYTHING)
    declared = chart(edition.ledger, "winners_per_call", "fr")
    pinned, living = embed_lines(edition, declared).split("\n\n")
    site = "https://chiffres.example.org/fr"
    assert f'src="{site}/embed/chart/winners_per_call.svg?known_at={TODAY}"' in pinned
    assert f'href="{site}/chart/winners_per_call?known_at={TODAY}"' in pinned
    assert 'alt="De 28 lauréats' in pinned
    assert f'src="{site}/embed/chart/winners_per_call.svg"' in living
    assert f'srcset="{site}/embed/chart/winners_per_call-phone.svg"' in living
    assert "679" not in living  # its numbers will change
    assert "credit (fictif)" in living
