"""Each statement and quotation of the press kit has a page that says on what it rests, in four languages."""

import io
import re
import zipfile
from decimal import Decimal
from html import unescape
from itertools import cycle

import pytest
from docx.oxml.ns import qn
from lxml.etree import fromstring
from pptx import Presentation

from ennum_stats.document.blocks import plain_text
from ennum_stats.figures.explanations import CLAIMS, explained, page_of
from ennum_stats.figures.statements import STATEMENTS, holds
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.formats.slide_words import SlideWords
from ennum_stats.kit.formats.slides import write_slides
from ennum_stats.kit.formats.web_page import write_page
from ennum_stats.kit.formats.word import write_sheet
from ennum_stats.kit.publisher import Publisher
from ennum_stats.kit.resting import proofs_named, resting_on
from ennum_stats.kit.text import kit_text, read_text, text_of
from ennum_stats.languages import LANGUAGES, number
from ennum_stats.office.refresh import refresh
from ennum_stats.vocabulary import ClaimStatus
from tests.conftest import SEEDS, covering

DAYS = ("2026-11-24", "2020-01-31", "2018-06-30")
SITE = "https://chiffres.example.org"
STATED = [proof for proof in proofs_named() if not proof.startswith("quotes:")]
PROVE = {
    "fr": ("c’est établi.", "ce n’est pas établi"), "de": ("trifft das zu.", "ist das nicht belegt"),
    "nl": ("klopt dit.", "is dit niet bewezen"), "en": ("this is so.", "this is not proved: the press kit"),
}  # fmt: skip


def page_text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    whole = answer.get_data(as_text=True).partition('<script id="_dash-config"')[0]
    words = re.sub(r"<[^>]+>", " ", re.search(r"<main.*", whole, re.DOTALL)[0])
    return whole, re.sub(r"\s+", " ", unescape(words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_proofs_are_those_that_a_text_names_in_each_language(language):
    named = set()
    for name in ("press-kit", "release"):
        for _, quoted, plain in re.findall(
            r'(states|unless)=(?:"([^"]*)"|([^\s}]+))', text_of(language, name)
        ):
            named |= {*(quoted or plain).split()}
        for quoted, plain in re.findall(r'quotes=(?:"([^"]*)"|([^\s}]+))', text_of(language, name)):
            named |= {f"quotes:{place}" for place in (quoted or plain).split()}
    assert named == {*proofs_named()}
    assert len({page_of(proof) for proof in named}) == len(named) > 30
    assert {page_of(proof) for proof in named} == {
        page for page in map(page_of, named) if re.fullmatch(r"proof/[A-Za-z0-9_~-]+", page)
    }


def test_each_statement_that_a_text_may_make_has_words():
    assert CLAIMS.keys() == STATEMENTS.keys()


@pytest.mark.parametrize(
    ("language", "day"),
    [(code, day) for code in LANGUAGES for day in DAYS] if SEEDS else [*zip(LANGUAGES, cycle(DAYS))],
)
def test_a_page_says_whether_the_statement_holds(client, ledger_at, language, day):
    yes, no = PROVE[language]
    answers = set()
    for statement in STATED:
        _, words = page_text(client, f"/{language}/{page_of(statement)}?known_at={day}")
        is_held = holds(ledger_at(day), statement)
        answers.add(is_held)
        assert ((yes in words) and (no not in words)) is is_held, statement
        assert (no in words) is not is_held, statement
    assert answers == {True, False}


def test_the_bounds_compared_are_those_of_the_figures_and_tell_whether_it_holds(ledger_at):
    """A number exceeds another on paper where each line of the arithmetic has the sign of greater."""
    compared = 0
    for ledger in map(ledger_at, DAYS):
        for statement in STATED:
            known = explained(ledger, statement, "en")
            if statement.split(":")[0] in {*ClaimStatus}:
                continue
            if statement.split(":")[0] not in ("exceeds", "exceeds-each-before", "highest", "rises"):
                assert known.arithmetic == ()
                continue
            assert (bool(known.arithmetic) and all(" > " in line for line in known.arithmetic)) is known.holds
            ends = {number(end, "en") for f in known.figures for end in (f.lower, f.upper) if end is not None}
            for line in known.arithmetic:
                if signed := re.search(r"at most (\S+)\. (\S+) ([>≤]) (\S+)$", line):
                    high, low, sign, same = signed.groups()
                    assert high == same
                    assert {low, high} <= ends
                    above = Decimal(low.replace(",", "")) > Decimal(high.replace(",", ""))
                    assert above is (sign == ">")
                    compared += 1
                else:
                    assert "cannot be compared" in line
    assert compared > 20


def test_the_page_of_the_last_call_compares_what_documents_print(client):
    """679 projects (Trends, October 2021), after 28, 72, 210, 570, 326 and 503 (press kit, chart 1)."""
    whole, words = page_text(client, "/en/proof/exceeds-each-before~last~projects?known_at=2026-11-24")
    assert re.findall(r"(\d+) > (\d+)", words) == [
        ("679", before) for before in ("28", "72", "210", "570", "326", "503")
    ]
    assert "more than any of the calls before it" in words
    for figure in ("en2020_projects", "en1_projects", "en2019_projects"):
        assert f'href="/en/figure/{figure}?known_at=2026-11-24"' in whole
    assert "chart 1, January 2020" in words


def test_a_printed_total_stands_beside_the_sum_of_its_parts(client):
    """The kit of 2020 prints "more than 137 million" for 136.6 to 137.7; the SPW 2,075 projects for 570 + 326 + 503
    + 679."""
    _, words = page_text(client, "/en/proof/consistent~total_investment?known_at=2026-11-24")
    assert "allow the total that a document prints, and do not prove it" in words
    assert "Printed: more than 137 million euro" in words
    _, words = page_text(client, "/en/proof/proved~total_investment?known_at=2026-11-24")
    assert "Not proved: The parts of" in words
    _, words = page_text(client, "/en/proof/contradicted~en_projects_2017_2020?known_at=2026-11-24")
    assert "Printed: 2,075 projects, exact. Sum of the parts: 2,078 projects, exact." in words


def test_a_paragraph_rests_on_a_proof_only_where_it_stands(ledger_at):
    exceeds = "exceeds:en2020_projects:en2020_projects_planned"
    words = {day: [plain_text(line) for line in resting_on(ledger_at(day), "en", exceeds)] for day in DAYS}
    assert [any("exceeds the forecast" in line for line in words[day]) for day in DAYS] == [
        True,
        False,
        False,
    ]


def test_a_quotation_shows_document_and_place_and_is_not_there_before(client):
    for proof in proofs_named():
        if proof.startswith("quotes:"):
            document = proof.removeprefix("quotes:").partition("#")[0]
            for language in LANGUAGES:
                whole, _ = page_text(client, f"/{language}/{page_of(proof)}?known_at=2026-11-24")
                assert f"/{language}/document/{document}?known_at=2026-11-24" in whole, proof
    _, words = page_text(client, "/de/proof/quotes~press-kit-2020~section-5-1")
    assert "Abschnitt 5.1, Januar 2020" in words
    assert (
        client.get("/fr/proof/quotes~regional-it-2022-11-09~article?known_at=2022-11-08").status_code == 404
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "n’a pas de phrase"), ("de", "keinen Satz"), ("nl", "geen zin"), ("en", "no sentence")],
)  # fmt: skip
def test_an_unknown_proof_is_not_found_in_the_language_of_the_reader(client, language, words):
    for name in ("none", "exceeds~a~b", "exceeds", "quotes~press-kit-2020~section-99"):
        answer = client.get(f"/{language}/proof/{name}")
        assert answer.status_code == 404, name
        assert words in unescape(answer.get_data(as_text=True)), name


def test_a_page_is_given_as_a_file(client):
    answer = client.get("/fr/proof/exceeds-each-before~last~projects.pdf?known_at=2026-11-24")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_web_page_of_a_kit_leads_to_answers(client, ledger_at, language):
    site = Publisher({"site_address": {"fr": f"{SITE}/"}})
    edition = Edition(ledger_at("2026-11-24"), language, site)
    blocks = Resolver(edition).resolved(kit_text(language))
    page = write_page(edition, blocks, "T", "K", "").decode()
    links = {unescape(link) for link in re.findall(rf'href="{SITE}([^"]*)"', page)}
    assert len([link for link in links if "/proof/" in link]) > 5
    assert len([link for link in links if "/figure/" in link]) > 50
    asked = covering(sorted(links), 80)
    assert [link for link in asked if client.get(link).status_code != 200] == []
    plain = write_page(Edition(ledger_at("2026-11-24"), language), blocks, "T", "K", "").decode()
    assert "/proof/" not in plain


def write_kit_slides(edition, release, title, kind):
    return write_slides(SlideWords(edition, kind, release), title)


def leads_to(frames):
    """The addresses that words of slides lead to, in their order."""
    runs = (run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs)
    return [run.hyperlink.address.removeprefix(SITE) for run in runs if run.hyperlink.address]


def test_the_source_lines_of_word_and_slides_lead_to_evidence(client, ledger_at):
    """Six key figures on a release and on the slides; on the kit each chart and card. What release and slides quote
    leads to its place: their first sentence is of sections 1 and 1.1 of the press kit. Notes lead to charts."""
    edition = Edition(ledger_at("2026-11-24"), "fr", Publisher({"site_address": {"fr": f"{SITE}/"}}))
    release = Resolver(edition).resolved(kit_text("fr", "release"))
    with zipfile.ZipFile(io.BytesIO(write_sheet(edition, release, "T", "K"))) as file:
        sheet = file.read("word/document.xml").decode()
    links = re.findall(rf'HYPERLINK (?:"|&quot;){SITE}([^"&]*)', sheet)
    quoted = [f"/fr/proof/quotes~press-kit-2020~section-{n}?known_at=2026-11-24" for n in ("1", "1-1")]
    assert [each for each in links if "/proof/" in each] == quoted
    led = [each for each in links if each not in quoted]
    assert len(led) == 6
    slides = Presentation(io.BytesIO(write_slides(SlideWords(edition, "K", release), "T")))
    frames = [shape.text_frame for slide in slides.slides for shape in slide.shapes if shape.has_text_frame]
    assert leads_to(frames) == quoted + led + led  # the last slide, of what one may say, has them once more
    of_charts = leads_to(slide.notes_slide.notes_text_frame for slide in slides.slides)
    assert len(of_charts) == 4
    assert [each for each in (*led, *of_charts, *quoted) if client.get(each).status_code != 200] == []


@pytest.mark.parametrize("written", [write_sheet, write_kit_slides], ids=["Word", "slides"])
def test_links_follow_to_the_day_that_a_file_is_renewed_to(ledger_at, tmp_path, written):
    site = Publisher({"site_address": {"fr": f"{SITE}/"}})
    path = tmp_path / ("release.docx" if written is write_sheet else "kit.pptx")
    edition = Edition(ledger_at("2026-11-24"), "fr", site)
    release = Resolver(edition).resolved(kit_text("fr", "release"))
    path.write_bytes(written(edition, release, "T", "K"))
    refresh(ledger_at("2021-12-31"), path, site)
    with zipfile.ZipFile(path) as file:
        parts = " ".join(
            file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))
        )
    days = re.findall(rf"{SITE}/fr/(?:proof|figure|chart)[^\s]*known_at=([\d-]+)", parts)
    assert len(days) > 5
    assert {*days} == {"2021-12-31"}


def test_a_link_to_a_proof_stands_behind_the_control_of_its_sentence(ledger_at):
    """Also where what is proved is a part of a sentence that stands on a condition: a control holds no link."""
    edition = Edition(ledger_at("2026-11-24"), "fr", Publisher({"site_address": {"fr": SITE}}))
    text = read_text(
        "---\ntitle: T\nsubtitle: S\n---\n[{{call:last}} a retenu {{last_projects}}[, plus que chacun]"
        "{states=exceeds-each-before:last:projects}.]{states=outside:last:EN1_EN2019}\n"
    )
    with zipfile.ZipFile(
        io.BytesIO(write_sheet(edition, Resolver(edition).resolved(text), "T", "K"))
    ) as file:
        fields = fromstring(file.read("word/document.xml")).iter(qn("w:instrText"))
    links = [field for field in fields if "HYPERLINK" in field.text]
    assert [re.search(r"proof/([^?]*)", field.text)[1] for field in links] == [
        "exceeds-each-before~last~projects"
    ]
    assert [field for field in links if [*field.iterancestors(qn("w:sdt"))]] == []


def test_a_figure_and_a_document_lead_to_what_the_press_kit_says_with_them(client, ledger_at):
    """Every statement that holds on numbers is within reach of each of its figures, every quotation of its
    document."""
    ledger, reached = ledger_at("2026-11-24"), 0
    for statement in STATED:
        known = explained(ledger, statement, "en")
        for figure in known.figures:
            whole, words = page_text(client, f"/en/figure/{figure.name}?known_at=2026-11-24")
            is_led = f'href="/en/{page_of(statement)}?known_at=2026-11-24"' in whole
            assert is_led is known.holds, (statement, figure.name)
            reached += is_led
    assert reached > 10
    whole, words = page_text(client, "/en/document/press-kit-2020?known_at=2026-11-24")
    for proof in proofs_named():
        if proof.startswith("quotes:press-kit-2020#"):
            assert f'href="/en/{page_of(proof)}?known_at=2026-11-24"' in whole, proof
    assert "box after section 2" in words
