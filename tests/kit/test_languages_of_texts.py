"""The text in every language: built alike, in its own typography, and set as a document of that language."""

import re

import pypdf
import pytest
from docx import Document

from ennum_stats.charts.catalogue import chart
from ennum_stats.document import blocks as doc
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.press import KIT_LANGUAGES
from ennum_stats.kit.text import (
    TOKEN,
    CardsPlace,
    ChartPlace,
    Conditional,
    TablePlace,
    Token,
    kit_text,
    text_of,
)
from ennum_stats.languages import LANGUAGES

TODAY = "2026-11-24"
OTHERS = [language for language in KIT_LANGUAGES if language != "fr"]
TAGS = {"fr": "fr-BE", "de": "de-BE", "nl": "nl-BE", "en": "en-GB"}
FRENCH = re.compile(r"\b(?:les|une?|aux?|et|pour|par|sur|dans|est|graphique|tableau)\b", re.IGNORECASE)
"""Words that are of no other language of the kit."""


def built(blocks):
    """What a text is built of, block by block: kinds, directives, figures; the words do not matter, nor
    the order of figures in a paragraph, which each language has of its own."""
    return [built_of(block) for block in blocks]


def built_of(block):
    kind = type(block).__name__
    match block:
        case Conditional():
            return kind, block.conditions, built(block.blocks)
        case doc.Heading():
            return kind, block.level, inside(block.inlines)
        case ChartPlace() | TablePlace():
            return kind, block.name
        case CardsPlace():
            return kind, block.choices
        case doc.Bullets():
            return kind, block.is_numbered, [inside(item) for item in block.items]
        case doc.Paragraph():
            return kind, inside(block.inlines)
        case _:
            return kind, built(getattr(block, "blocks", ()))


def inside(inlines):
    """The figures of a paragraph, and its conditions with their figures."""
    found = []
    for inline in inlines:
        match inline:
            case Token():
                found.append((inline.name,))
            case doc.Sentence() if not inline.key:
                found += [("proved", name.partition(".")[0]) for name, *_ in inside(inline.inlines)]
            case doc.Sentence():
                found.append((str(sorted(inline.conditions.items())), *inside(inline.inlines)))
            case doc.Strong():
                found.append(("Strong", *inside(inline.inlines)))
    return sorted(found, key=str)


@pytest.fixture(scope="module")
def trees():
    return {language: kit_text(language) for language in KIT_LANGUAGES}


@pytest.fixture(scope="module")
def resolved(trees, ledger_at):
    """The text of a language with its numbers, as known on a day."""

    def of(language, day):
        edition = Edition(ledger_at(day), language)
        named = trees[language].charts
        drawn = {name for name in named if chart(edition.ledger, name, language).marks}
        return Resolver(edition, drawn).resolved(trees[language])

    return of


def captions(blocks):
    """Headings of chapters, tables and their columns, captions of charts: what is read first."""
    for block in blocks:
        match block:
            case doc.ChartBlock():
                yield block.caption
            case doc.WrittenTable():
                yield block.caption
                yield from (doc.plain_text(column.heading) for column in block.columns)
                yield from (doc.plain_text(row.cells[0]) for row in block.rows if row.is_group)
            case doc.Cards():
                yield block.heading
                yield block.note
            case doc.Contents():
                yield block.heading
            case doc.Heading():
                yield doc.plain_text(block)


def test_the_languages_of_the_kit_are_those_of_the_package():
    assert set(KIT_LANGUAGES) <= set(LANGUAGES)
    assert {"fr", "en"} <= set(KIT_LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_built_as_the_french_one(trees, language):
    """The same directives, figures, charts and tables in the same places: a kit says the same in all."""
    french, other = built(trees["fr"].blocks), built(trees[language].blocks)
    for expected, found in zip(french, other, strict=False):
        assert found == expected
    assert len(other) == len(french)
    assert trees[language].title
    assert trees[language].kind


@pytest.mark.parametrize("language", KIT_LANGUAGES)
def test_no_number_is_typed(language):
    """Digits stand in names (EN2020) and in years alone."""
    text = re.sub(r"\{[^}]*\}", "", TOKEN.sub("", text_of(language)))
    text = re.sub(r"^\d\. ", "", text, flags=re.MULTILINE)  # numbers of items
    text = re.sub(r"\bEN\d+\b", "", text)
    text = re.sub(r"\b(?:19|20)\d\d\b", "", text)
    assert re.findall(r"\S*\d\S*", text) == []


@pytest.mark.parametrize("language", KIT_LANGUAGES)
@pytest.mark.parametrize("day", ["2012-12-31", "2020-01-31", TODAY])
def test_no_sentence_begins_with_a_figure(resolved, language, day):
    """A figure begins with a small letter: "about", "between"; so would the sentence."""
    for block in resolved(language, day):
        if isinstance(block, doc.Paragraph):
            assert not re.search(r"(?:^|[a-z][.?] )[a-z]", doc.plain_text(block)), doc.plain_text(block)


def test_no_english_article_stands_before_a_figure():
    """A figure may begin with "about" or "between"."""
    before = re.findall(r"\b(?:an?|the|these|those) \{\{([^}]+)\}\}", text_of("en"))
    assert [name for name in before if not name.endswith(".noun")] == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("day", ["2020-01-31", TODAY])
def test_no_french_is_left_in_headings_captions_and_columns(resolved, language, day):
    """But for the terms given in brackets, "(promotion sociale)", which have no plain words of French."""
    told = [re.sub(r"\([^)]*\)", "", words) for words in captions(resolved(language, day))]
    assert len(told) > 60
    assert [words for words in told if FRENCH.search(words.replace("de l’", ""))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_typography_is_not_french(resolved, language):
    """No space before high signs, no guillemets with spaces, and the apostrophe of print."""
    for block in resolved(language, TODAY):
        words = doc.plain_text(block) if isinstance(block, doc.Paragraph | doc.Heading | doc.Bullets) else ""
        assert not re.search(r"[\s\u00a0\u202f][:;?!]|«[\s\u00a0]|'|\"", words), words


@pytest.mark.parametrize("language", KIT_LANGUAGES)
@pytest.mark.parametrize(("day", "size"), [("2012-12-31", 0), ("2020-01-31", 6), (TODAY, 6)])
def test_the_first_page_has_six_cards(resolved, language, day, size):
    cards = next(b for b in resolved(language, day) if isinstance(b, doc.Cards))
    assert len(cards.cards) == size or day == "2012-12-31"
    for card in cards.cards:
        assert card.number
        assert card.precision
        assert card.label
        assert card.evidence


ENGLISH_TITLES = ("The Brussels Times", "Labo Société Numérique")


@pytest.mark.parametrize("language", OTHERS)
def test_titles_of_documents_stay_in_their_language_and_say_so(resolved, language):
    cells = [
        one
        for block in resolved(language, TODAY)
        if isinstance(block, doc.WrittenTable)
        for row in block.rows
        for cell in row.cells
        for one in doc.inlines_of(cell)
        if isinstance(one, doc.Text) and one.language
    ]
    assert {cell.language for cell in cells} == {"fr", "en"} - {language}
    assert all(cell.words.startswith(ENGLISH_TITLES) for cell in cells if cell.language == "en")
    assert not any(cell.words.startswith(ENGLISH_TITLES) for cell in cells if cell.language == "fr")
    assert any(cell.words.startswith("École Numérique, dossier de presse\u00a0:") for cell in cells)


# --- as files ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kits(kit_of):
    """All languages in one go, in the order in which they are asked for."""
    return kit_of(TODAY, KIT_LANGUAGES)


def test_one_go_makes_every_language(kits):
    names = {path.relative_to(kits).as_posix() for path in kits.rglob("*") if path.is_file()}
    by_language = {
        language: {name.partition("/")[2] for name in names if name.startswith(f"{language}/")}
        for language in KIT_LANGUAGES
    }
    assert all(files == by_language["fr"] for files in by_language.values())
    assert {"press-kit.docx", "press-kit.pdf", "press-kit.xlsx"} <= by_language["fr"]


@pytest.mark.parametrize("language", KIT_LANGUAGES)
def test_the_pdf_is_a_document_of_its_language(kits, language, trees):
    reader = pypdf.PdfReader(kits / language / "press-kit.pdf")
    root = reader.trailer["/Root"]
    assert root["/Lang"] == TAGS[language]
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data().replace(b" ", b"")
    title = trees[language].title
    assert reader.metadata.title == title
    first = reader.pages[0].extract_text()
    headings = [doc.plain_text(b) for b in trees[language].blocks if isinstance(b, doc.Heading)]
    contents = reader.pages[1].extract_text().replace("\u00a0", " ")
    assert all(heading.replace("\u00a0", " ") in contents for heading in headings[:3])
    assert first.count("SPW") >= 5  # the evidence of the cards: all six on one page
    assert "SPW" not in contents.partition(headings[0])[0]


@pytest.mark.parametrize("language", KIT_LANGUAGES)
def test_word_and_excel_are_documents_of_their_language(kits, language):
    import openpyxl

    document = Document(kits / language / "press-kit-annex.docx")
    assert document.core_properties.language == TAGS[language]
    xml = document.element.xml
    tags = set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', xml))
    # Places are French; titles of documents are French or English (sources.csv says so of each).
    assert tags == {"fr-BE", "en-GB"} - {TAGS[language]}
    assert f'w:val="{TAGS[language]}"' in document.styles.element.xml
    book = openpyxl.load_workbook(kits / language / "press-kit.xlsx")
    assert book.properties.language == TAGS[language]


def test_excel_writes_sums_as_the_language_does(kits):
    import openpyxl

    formats = {"fr": '#,##0\\ "€"', "de": '#,##0\\ "€"', "nl": '"€"\\ #,##0', "en": '"€"#,##0'}
    for language in KIT_LANGUAGES:
        book = openpyxl.load_workbook(kits / language / "press-kit.xlsx")
        assert book.worksheets[1]["C2"].number_format == formats[language]
