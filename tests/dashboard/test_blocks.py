"""Blocks of a page: what a screen draws of them, and what a file shows."""

import pytest
from dash import html

from dashboards.blocks import (
    Division,
    Items,
    LargeNumber,
    Muted,
    OnScreen,
    PageLink,
    PageTable,
    Quiet,
    SmallDrawing,
    Stage,
    Trail,
    french_names,
    texts_of,
)
from dashboards.files.for_files import for_files
from dashboards.rendering.layout import page_and_reading
from dashboards.rendering.markup import html_of
from dashboards.rendering.screen import Screen
from ennum_stats.document import blocks as doc


@pytest.fixture
def screen(app):
    with app.server.test_request_context("/"):
        yield Screen(page_and_reading("/en/method", "")[1])


def shown_in_files(*blocks):
    return [*for_files(blocks, "en")]


def test_a_component_among_blocks_is_for_the_screen_alone(screen):
    blocks = [
        doc.Paragraph(("Read", html.Button("Copy"))),
        html.Button("Save"),
        OnScreen((doc.Paragraph(("Keep",)),)),
    ]
    drawn = html_of(screen.drawn(blocks))
    assert all(words in drawn for words in ("Read", "Copy", "Save", "Keep"))
    assert [doc.words_of(one.inlines) for one in shown_in_files(*blocks)] == ["Read"]


def test_a_file_leaves_out_what_is_folded_and_what_only_leads_onward(screen):
    closed = doc.Folded(("More",), (doc.Paragraph(("folded",)),))
    opened = doc.Folded(("Values",), (doc.Paragraph(("open",)),), is_open=True)
    ways = doc.Bullets(
        ((PageLink(("Budgets",), "/en/budgets"),), (doc.Link(("Report",), "https://a.be"),)), style="links"
    )
    blocks = [
        Trail((("All", "/en/"),), "Here"),
        closed,
        Division((opened,)),
        ways,
        doc.Illustration("<svg/>", ""),
    ]
    first, second = shown_in_files(*blocks)
    assert doc.words_of(first.inlines) == "open"
    assert second.items == ((doc.Link((doc.Text("Report"),), "https://a.be"),),)
    assert {"Here", "folded", "open"} <= {*texts_of(blocks)}  # the words of a page are all of them


def test_a_link_to_a_page_is_words_where_no_public_name_is_declared(screen):
    (paragraph,) = shown_in_files(doc.Paragraph((PageLink(("Budgets",), "/en/budgets"),)))
    assert paragraph.inlines == (doc.Text("Budgets"),)


def test_a_column_of_which_a_file_shows_nothing_is_left_out(screen):
    columns = (
        doc.TextColumn(("What",)),
        doc.TextColumn(("Value",), is_number=True),
        doc.TextColumn(("Compare",)),
    )
    bar = SmallDrawing("<svg/>", "bar")
    table = PageTable(columns, (doc.row("EN1", ("28", bar), html.A("Compare", href="/")),), "Calls", "calls")
    (shown,) = shown_in_files(table)
    assert [doc.words_of(one.heading) for one in shown.columns] == ["What", "Value"]
    assert [doc.words_of(cell) for cell in shown.rows[0].cells] == ["EN1", "28"]


def test_words_below_the_rest_stand_in_one_line_of_a_file(screen):
    cell = ("28 projects", doc.Small(("exact",)), doc.Small(("",)))
    document = (
        doc.Link(("Press kit",), "https://a.be"),
        Quiet(("p. 3", doc.Link(("its numbers",), "/en/document/a"))),
    )
    first, second = shown_in_files(doc.Paragraph(cell), doc.Paragraph(document))
    assert doc.words_of(first.inlines) == "28 projects · exact"
    assert doc.words_of(second.inlines) == "Press kit · p. 3"
    several, one = Items((("a",), ("b",)), "2 figures"), Items((("a",),))
    assert [
        doc.words_of(one.inlines)
        for one in shown_in_files(doc.Paragraph(("x ", several)), doc.Paragraph((one,)))
    ] == ["x", "a"]


def test_french_names_are_marked_in_other_languages_wherever_they_stand(screen):
    assert french_names("Cyberclasse in 2009", "en") == [("Cyberclasse", "fr"), (" in 2009", "")]
    assert french_names("Cyberclasse", "fr") == [("Cyberclasse", "")]
    name = '<span lang="fr">Cyberclasse</span>'
    for block in (
        doc.Heading(2, ("Cyberclasse",)),
        doc.Paragraph((doc.Strong(("Cyberclasse",)),)),
        doc.Paragraph((Muted(("Cyberclasse",)),)),
    ):
        assert name in html_of(screen.drawn([block]))


def test_headings_of_the_second_level_are_kept_for_the_contents_but_for_folded_ones(screen):
    drawn = screen.drawn(
        [doc.Heading(2, ("First",)), doc.Heading(3, ("Below",)), doc.Folded(("More",), (doc.Heading(2, ("Folded",)),)),
         doc.Heading(2, ("Second",), "second")]
    )  # fmt: skip
    assert screen.headings == [("part-1", ("First",)), ("second", ("Second",))]
    assert '<h2 id="part-1">First</h2>' in html_of(drawn)


def test_a_number_that_changes_is_named_for_who_hears_it(screen):
    drawn = html_of(
        screen.drawn(
            [doc.Paragraph((LargeNumber("28", "projects", "figure/en1_projects", "EN1"),), "number")]
        )
    )
    assert 'data-cell="figure/en1_projects" data-label="EN1">28</strong> <span>projects</span>' in drawn


def test_a_table_tells_its_rows_its_numbers_and_its_order(screen):
    columns = (doc.TextColumn(("What",)), doc.TextColumn(("Value",), is_number=True))
    rows = tuple(
        doc.row(name, value) for name, value in (("EN1", "28"), ("EN2", "72"), ("EN3", Muted(("–",))))
    )
    drawn = html_of(screen.drawn([PageTable(columns, rows, "Calls", "calls")]))
    assert drawn.count('<th scope="row">') == 3
    assert drawn.count("numeric") == 4
    assert '<td class="numeric none">–</td>' in drawn
    assert drawn.count('class="sort"') == 2
    ordered = html_of(
        screen.drawn(
            [PageTable(columns, rows, "Calls", "calls", is_sortable=False, ordered=(1, "descending"))]
        )
    )
    assert 'aria-sort="descending"' in ordered
    assert 'sort"' not in ordered.replace("aria-sort", "")


def test_a_drawing_of_a_page_is_a_block_with_its_chart(app, screen):
    blocks = [
        *page_and_reading("/en/chart/winners_per_call", "")[0].content(
            page_and_reading("/en/chart/winners_per_call", "")[1]
        )
    ]
    charts = [one.chart.name for one in shown_in_files(*blocks) if isinstance(one, Stage)]
    assert charts == ["winners_per_call"]
