"""Altered ledgers of which everything is said: nothing of it is doubtful, and what is planted is found."""

import json
from decimal import Decimal
from functools import cache

import pytest
from typer.testing import CliRunner

from dashboards.page_texts import page_texts
from ennum_stats.cli import app
from ennum_stats.doubt import cases, reading
from ennum_stats.doubt.alterations import WAYS
from ennum_stats.doubt.cases import TYPED, UNMOVED, doubtful, try_case, unaltered_lines
from ennum_stats.doubt.sentences import ReadLine
from ennum_stats.kit.edition import Edition
from ennum_stats.languages import LANGUAGES
from tests.conftest import SEEDS, copy_of_raw

COVERING = ("doubled", "a tie of calls", "a single one", "no session", "an official document contradicts")


@pytest.fixture(scope="module")
def before(copied):
    """A function that gives what is said of the tables as they are in a language, by its code."""
    return cache(lambda language: unaltered_lines(copied, (language,)))


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A project of its own: places for altered copies are made in it."""
    return copy_of_raw(tmp_path_factory.mktemp("doubt"))


def number_of(name):
    return next(number for number, way in enumerate(WAYS) if way.name.text == name)


def test_the_real_ledger_holds_nothing_doubtful(ledger_at):
    ledger = ledger_at("2026-11-24")
    pages = {language: [*page_texts(ledger, language)] for language in ("de", "en")}
    assert {page for page, _ in pages["en"]} >= {"", "winners", "budgets", "coverage"}
    for language in LANGUAGES:
        assert [*doubtful(ledger, language, (), {}, lambda _, code: pages.get(code, ()))] == []


@pytest.mark.search
@pytest.mark.parametrize("case", range(SEEDS) if SEEDS else [number_of(name) for name in COVERING])
def test_nothing_that_is_said_of_an_altered_ledger_is_doubtful(copied, before, case):
    language = LANGUAGES[case % 4]
    read = {code: before(code)[code] for code in LANGUAGES} if SEEDS else before(language)
    pages = page_texts if SEEDS and not case % 4 else lambda *_: ()
    tried = try_case(copied, 0, case, read, pages)
    assert [(found.line.place, found.doubt) for found in tried.doubtful] == []


def test_what_checks_refuse_is_refused(copied):
    assert try_case(copied, 0, number_of("negative"), {"fr": {}}).is_refused


def test_a_line_that_did_not_move_is_found(ledger_at, monkeypatch):
    """What a kit of another day says of a number, and a count that is typed, stand in an edition of today."""
    stale = ReadLine(
        "press-kit",
        "EN2020 a retenu 500 projets.",
        True,
        (("en2020_projects", "500 projets"),),
        "EN2020 a retenu ",
    )
    typed = ReadLine("press-kit", "Il y avait quatre séances.", True, (), "Il y avait quatre séances.")
    right = ReadLine(
        "press-kit",
        "EN2020 a retenu 679 projets.",
        True,
        (("en2020_projects", "679 projets"),),
        "EN2020 a retenu ",
    )
    monkeypatch.setattr(cases, "lines_of_edition", lambda _: [stale, typed, right])
    found = [*doubtful(ledger_at("2026-11-24"), "fr", {(Decimal(4), "sessions")}, {})]
    assert [(each.line, each.doubt.kind) for each in found] == [(stale, UNMOVED), (typed, TYPED)]


def test_a_chart_that_keeps_its_title_is_found(ledger_at, monkeypatch):
    """“EN2018 … 21 197 euros” stands above marks that say 13 570 now; the years in it are no matter."""
    title = ReadLine("chart mean_grant_per_call, title", "En 2018 : environ 21 197 euros par projet")
    then, now = (
        ReadLine("chart mean_grant_per_call, EN2018", f"environ {n} euros") for n in ("21 197", "13 570")
    )
    monkeypatch.setattr(cases, "lines_of_edition", lambda _: [title, now])
    found = [*doubtful(ledger_at("2026-11-24"), "fr", (), dict.fromkeys([title, then]))]
    assert [(each.line, each.doubt.kind) for each in found] == [(title, UNMOVED)]
    assert [*doubtful(ledger_at("2026-11-24"), "fr", (), dict.fromkeys([title, now]))] == []


def test_a_year_in_the_name_of_a_plan_is_no_mark(ledger_at, monkeypatch):
    """The mark of 2014 may go: the plan of 2014–2022 keeps its name, and a sentence of 2014 does not."""
    plan = ReadLine("chart timeline, subtitle", "Plans not drawn: 2014–2022.")
    alone = ReadLine("chart timeline, note", "15 assistants were hired in 2014.")
    gone = ReadLine("chart timeline, 2014", "15 assistants hired in 2014")
    monkeypatch.setattr(cases, "lines_of_edition", lambda _: [plan, alone])
    found = [*doubtful(ledger_at("2026-11-24"), "en", (), dict.fromkeys([plan, alone, gone]))]
    assert {each.line for each in found} == {alone}


def test_pages_are_read_too(ledger_at, monkeypatch):
    monkeypatch.setattr(cases, "lines_of_edition", lambda *_: ())
    found = [
        *doubtful(ledger_at("2026-11-24"), "en", (), {}, lambda *_: [("winners", "It awarded 1 projects")])
    ]
    assert [(each.line.place, each.doubt.kind) for each in found] == [("page winners", reading.DISAGREES)]


def test_every_text_of_an_edition_is_read(ledger_at):
    edition = Edition(ledger_at("2026-11-24"), "fr")
    places = {line.place.partition(",")[0] for line in cases.lines_of_edition(edition)}
    assert {
        "press-kit", "release", "slides.pptx", "workbook.xlsx", "chart winners_per_call", "notice",
    } <= places  # fmt: skip


def test_the_command_repeats_a_case_and_counts_by_way(copied, monkeypatch):
    monkeypatch.setattr(cases, "lines_of_edition", lambda *_: ())
    planted = [("winners", "Le dossier  compte 1 projets")]
    monkeypatch.setattr("dashboards.page_texts.page_texts", lambda *_: planted)
    asked = ["doubt", "--case", str(number_of("one more")), "--seed", "3", "--format", "json"]
    result = CliRunner().invoke(app, [*asked, "--root", str(copied.root)])
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["ways"] == [{"way": "un de plus", "tried": 1, "refused": 0, "fine": 0, "doubtful": 1}]
    assert {(row["seed"], row["case"], row["place"]) for row in told["doubtful"]} == {(3, 7, "page winners")}
    assert {row["kind"] for row in told["doubtful"]} == {"une place vide", "un nom qui ne s’accorde pas"}
