"""The text of the kit: what it names exists, it types no number, and it is true on any day."""

import csv
import re
from pathlib import Path

import pytest

from ennum_stats.charts.catalogue import CHARTS, chart
from ennum_stats.document import blocks as doc
from ennum_stats.figures import figure
from ennum_stats.figures.calls import CALL_RULES
from ennum_stats.figures.catalogue import definitions
from ennum_stats.figures.statements import ROLES, STATEMENTS
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.figure_tables import all_figures
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.programme_tables import TABLES, communes
from ennum_stats.kit.publisher import ITEMS
from ennum_stats.kit.text import (
    TOKEN,
    CardsPlace,
    Conditional,
    TablePlace,
    Token,
    kit_text,
    parts_of,
    text_of,
)
from ennum_stats.languages import catalogue

TODAY = "2026-11-24"
RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "press_kit_2020.fr.txt"

ON_SCREEN_ALONE = {"applicants_per_winner", "committed_since_first_call"}
"""Charts that answer a director's questions on the dashboard; the kit tells winners and budgets by others."""
IN_THE_KIT = "a chart stands in each press-kit.md, or in ON_SCREEN_ALONE"
GOLDEN = Path(__file__).parents[1] / "golden" / "press_kit_2020.csv"
NAMES = [row["name"] for row in csv.DictReader(GOLDEN.read_text("utf-8").splitlines())]
"""The names under which the figures of the press kit of 2020 are asked for."""
OF_FIGURES = ("known", "unknown")
OF_STATEMENTS = ("states", "unless")
REFERENCE_SIGNS = ("see:", "number:")
SUFFIXES = {rule.suffix for rule in CALL_RULES}


def named_in(tree):
    """What a text names in its words, conditions and cards; and what it states."""
    parts = list(parts_of(tree.blocks))
    tokens = {one.name for one in parts if isinstance(one, Token)}
    named = {token.split(".")[0] for token in tokens if not token.startswith(REFERENCE_SIGNS)}
    stated = set()
    for one in parts:
        if isinstance(one, CardsPlace):
            named |= {name for choice in one.choices for name in choice}
        if isinstance(one, Conditional | doc.Sentence):
            named |= {n for key in OF_FIGURES for n in one.conditions.get(key, "").split()}
            stated |= {n for key in OF_STATEMENTS for n in one.conditions.get(key, "").split()}
    return named, stated


def is_there(name, ledger):
    """Whether a name is of a figure, a chart, a call, a role, a set of calls, a plan, a year, a milestone, a
    rate; or of what the publisher gives."""
    kind, _, code = name.rpartition(":")
    if kind == "publisher":
        return code in ITEMS
    if name == "documents:undated" or (kind == "chart" and code in CHARTS):
        return True
    if kind in ("milestone", "rate"):
        return code.removesuffix(".on") in {"milestone": milestones, "rate": ledger.rates}[kind]
    if code in ROLES or code in ledger.call_sets or code in {call.call for call in ledger.calls}:
        return True
    if name.isdigit() or code in {row["programme"] for row in ledger.records("programmes")}:
        return True
    if name in {event["kind"] for event in ledger.records("events")}:
        return True
    role = next((one for one in ROLES if name.startswith(f"{one}_")), None)
    return name.removeprefix(f"{role}_") in SUFFIXES if role else figure(ledger, name).name == name


milestones = {line.partition(",")[0] for line in (RAW / "milestones.csv").read_text("utf-8").splitlines()}


def test_everything_named_exists(tree, ledger_at):
    named, stated = named_in(tree)
    assert len(named) > 50
    assert len(stated) > 10
    assert [name for name in named if not is_there(name, ledger_at(TODAY))] == []
    for name, *subjects in (statement.split(":") for statement in stated):
        assert name in STATEMENTS
        named = [f"milestone:{one}" if name == "past" else one for one in subjects]
        assert [one for one in named if one not in SUFFIXES and not is_there(one, ledger_at(TODAY))] == []


def test_each_figure_of_the_text_bears_its_own_name(resolved_at, ledger_at):
    """Also where the text names its call by a role: Word finds a figure again by this name."""
    tokens = [n.figure for n in parts_of(resolved_at(TODAY)) if isinstance(n, doc.FigureWords)]
    names = {token.partition(".")[0] for token in tokens if ":" not in token}
    assert names <= set(definitions(ledger_at(TODAY)))
    assert {"en2020_projects", "en2018_mean_grant"} <= names


def test_every_chart_and_table_named_exists_and_all_charts_are_shown(tree):
    assert sorted(tree.charts) == sorted({*CHARTS} - ON_SCREEN_ALONE), IN_THE_KIT
    places = [one for one in parts_of(tree.blocks) if isinstance(one, TablePlace)]
    assert {one.name for one in places} == set(TABLES)


@pytest.mark.parametrize("language", ["fr", "de", "nl", "en"])
def test_references_name_what_the_text_shows(language):
    tree = kit_text(language)
    tokens = {token for token in TOKEN.findall(text_of(language)) if token.startswith(REFERENCE_SIGNS)}
    shown = {f"chart:{name}" for name in tree.charts} | {f"table:{name}" for name in TABLES}
    assert len(tokens) > 15
    assert {token.partition(":")[2] for token in tokens} <= shown
    spans = [one for one in parts_of(tree.blocks) if isinstance(one, doc.Sentence) and one.key]
    # LibreOffice does not open a Word file with a field in a control, as conditional sentences are.
    assert [
        one for one in spans if any(f"{{{{{sign}" in doc.plain_text(one) for sign in REFERENCE_SIGNS)
    ] == []


def test_a_reference_tells_the_number_of_its_caption(resolved_at):
    blocks = resolved_at(TODAY)
    numbers = {b.key: b.number for b in blocks if isinstance(b, doc.ChartBlock | doc.WrittenTable)}
    told = [(one.key, one.number) for one in parts_of(blocks) if isinstance(one, doc.Reference)]
    assert len(told) > 15
    assert all(numbers[key] == number for key, number in told)


def test_a_reference_to_what_is_not_shown_says_nothing(words_at):
    """No plan was announced in January 2020, so that there is no chart of plans."""
    assert "(graphique 13)" not in words_at("2020-01-31")
    assert "()" not in words_at("2020-01-31")
    assert " ." not in words_at("2020-01-31")


def test_words_before_a_figure_need_no_elision():
    """A figure may begin with "environ" or "entre": after "de", "que" or an article it is no French."""
    before = re.findall(r"\b(?:de|que|le|la|les|des|du|aux) \{\{([^}]+)\}\}", text_of("fr"))
    exact = {"en1_budget", "lots_cyberclasse"}
    assert [name for name in before if not name.endswith((".when", ".noun")) and name not in exact] == []


def test_no_paragraph_begins_with_a_figure(resolved_at):
    for block in resolved_at(TODAY):
        if isinstance(block, doc.Paragraph):
            assert not re.match(r"[a-zà-ü]", doc.plain_text(block))


SHARPER_BEFORE = ("cyberecole_primary_schools",)
"""More precise in a question in parliament of 2006 than in the kit: 1,773, not “more than 1,700”."""


@pytest.mark.parametrize("day", ["2020-01-31", TODAY])
def test_each_figure_of_the_kit_of_2020_is_in_the_table(ledger_at, day):
    table = all_figures(Edition(ledger_at(day), "fr"))
    rows = {row.cells[1][0].figure: row.cells for row in table.rows if not row.is_group}
    assert len(NAMES) == 64
    assert set(NAMES) <= set(rows)
    for name in NAMES:
        label, words, date, source = map(doc.plain_text, rows[name])
        assert label
        assert words != "pas encore connu"
        told = "2006" if name in SHARPER_BEFORE else "janvier 2020"
        assert date.startswith(told) or day == TODAY
        assert source


def test_the_planned_call_is_planned_in_january_2020(words_at):
    text = words_at("2020-01-31")
    assert "Ces nombres sont des prévisions" in text
    assert "500 projets prévision" in text  # on its card
    assert "679" not in text
    assert "L’appel EN2020 n’est pas encore clos. Il prévoit 500 projets" in text
    assert "EN2021" not in text


def test_the_awarded_call_is_awarded_today(words_at):
    text = words_at(TODAY)
    assert "EN2020 : sur 955 projets introduits, 679 projets ont été retenus" in text
    assert "environ 8,7 millions d’euros" in text
    assert "Ces nombres sont des prévisions" not in text
    assert "L’appel EN2021 a eu lieu depuis" in text


def test_before_the_kit_was_published_the_text_says_nothing_of_it(words_at):
    text = words_at("2012-12-31")
    for later in ("137", "1 709", "EN2018 compte", "connectivité interne ;", "helpdesk sert"):
        assert later not in text
    assert "ne permettaient pas encore de calculer le total" in text


def test_the_total_is_never_said_more_strongly_than_its_parts_prove(words_at):
    """The printed "plus de 137 millions" is consistent with the parts, not proved by them."""
    text = words_at(TODAY)
    assert "entre 136,6 et 137,7 millions d’euros" in text
    # where the method page tells of the claim, and in the table of what documents say otherwise
    assert text.count("plus de 137 millions d’euros") == 2
    assert "plus de 137 millions d’euros (SPW, janvier 2020)" in text
    assert "mais ne la prouvent pas" in text


def test_a_heading_with_nothing_below_is_left_out(resolved_at):
    blocks = resolved_at("2012-12-31")
    headings = [doc.plain_text(b) for b in blocks if isinstance(b, doc.Heading)]
    assert "Les budgets" not in headings
    assert not isinstance(blocks[-1], doc.Heading)


def test_what_is_counted_stands_in_the_kit_only_where_there_are_lists(resolved_at, counted, tree):
    """Without lists the public text neither has a heading of it nor tells anybody to load something."""

    def told(blocks):
        captions = {b.caption for b in blocks if isinstance(b, doc.WrittenTable | doc.ChartBlock)}
        headings = {doc.plain_text(b) for b in blocks if isinstance(b, doc.Heading)}
        return captions, headings, "\n".join(map(doc.plain_text, blocks))

    heading, table = (
        "Les lauréats, implantation par implantation",
        "Les communes aux deux bouts du classement",
    )
    captions, headings, text = told(resolved_at(TODAY))
    assert heading not in headings
    assert table not in captions
    assert "ennum" not in text
    bounded, listed = "Les totaux publiés ne permettent pas", "les listes des lauréats la comptent"
    assert bounded in text
    assert listed not in text
    edition = Edition(counted.dots, "fr")
    drawn = {name for name in tree.charts if chart(edition.ledger, name, "fr").marks}
    captions, headings, text = told(Resolver(edition, drawn).resolved(tree))
    assert bounded not in text
    assert listed in text
    assert heading in headings
    assert table in captions
    assert len([c for c in captions if c]) >= 17
    assert {*CHARTS} - ON_SCREEN_ALONE == drawn, IN_THE_KIT


def test_the_short_ranking_has_the_first_and_the_last_ten(counted):
    table = communes(Edition(counted.dots, "fr"))
    ranked = [row for row in chart(counted.dots, "coverage_map", "fr").table.rows if row[4] is not None]
    shown = [doc.plain_text(row.cells[0]) for row in table.rows if not row.is_group]
    assert shown == [row[0] for row in (*ranked[:10], *ranked[-10:])]
    assert [doc.plain_text(row.cells[0]) for row in table.rows if row.is_group] == [
        "Les 10 premières", "Les 10 dernières",
    ]  # fmt: skip


def test_contacts_stand_in_the_kit_only_where_the_file_is(resolved_at):
    def names(blocks):
        return [b.caption for b in blocks if isinstance(b, doc.WrittenTable)]

    contact = {"role": "Presse", "organisation": "SPW", "name": "", "telephone": "", "email": ""}
    assert "À qui s’adresser" not in names(resolved_at(TODAY))
    assert "À qui s’adresser" in names(resolved_at(TODAY, (contact,)))


def test_spaces_of_french_do_not_break(words_at):
    text = words_at(TODAY, ties=True)
    assert re.findall(r"\w+ [:;?!»]", text) == []
    assert re.findall(r"« ", text) == []
    assert "'" not in text


def _shingles(text, size=8):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


@pytest.mark.skipif(not REFERENCE.is_file(), reason="the old press kit is not beside the project")
def test_no_sentence_of_the_old_kit_is_copied(words_at):
    old = _shingles(REFERENCE.read_text("utf-8"))
    ours = _shingles(words_at(TODAY)) | _shingles(words_at("2020-01-31"))
    translations = _shingles("\n.\n".join(catalogue("fr").texts.values()))
    assert old & (ours | translations) == set()
