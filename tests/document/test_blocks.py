"""One type of table for the terminal, notebooks, charts and the kit."""

import re
from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as reader

from ennum_stats.cli.options import print_table
from ennum_stats.cli.terminal import table_lines
from ennum_stats.document.blocks import (
    Bullets,
    Card,
    Cards,
    Contents,
    Definitions,
    FigureWords,
    Heading,
    Link,
    Marked,
    Paragraph,
    Quotation,
    Row,
    Sentence,
    Strong,
    Text,
    TextColumn,
    WrittenTable,
    group,
    row,
    written_table,
)
from ennum_stats.document.html import html_of, table_html
from ennum_stats.table import ValueColumn, ValueTable


def test_texts_become_cells_and_headings_columns():
    made = written_table(["Call", "Projects"], [["EN1", "177\u00a0projets"]], "Calls")
    assert [column.heading for column in made.columns] == [("Call",), ("Projects",)]
    assert made.rows == (Row((("EN1",), ("177\u00a0projets",))),)
    assert row(Link(("a",), "https://example.org"), "b", total=True).is_total
    assert group("All").is_group


def test_values_stay_values():
    columns = (ValueColumn("Call"), ValueColumn("Projects", "projects"))
    made = ValueTable(columns, (("EN1", Decimal(177)), ("EN2", None)))
    assert [cells[1] for cells in made.rows] == [Decimal(177), None]


SIGNS = "\"><i title=x>&'</p>"
"""What ends an attribute, an element and a page where it is taken for markup."""


def test_whatever_signs_a_document_has_its_page_says_them_as_words():
    """Each text of each block and inline is the same signs: what a browser reads has them whole, and no element."""
    cell = (SIGNS,)
    words = (
        SIGNS, Text(SIGNS, "nl"), FigureWords(SIGNS, "x", "x"), Marked(SIGNS, SIGNS, "wrong", SIGNS), Strong(cell),
        Link(cell, f"https://example.org/{SIGNS}"), Link(cell, f"javascript:{SIGNS}"), Sentence(cell, "x", {}),
    )  # fmt: skip
    table = WrittenTable((TextColumn(cell),), (Row((cell,)), Row((cell,), is_group=True)), SIGNS)
    blocks = (
        Heading(1, cell, SIGNS), Contents(SIGNS), Paragraph(words), Bullets((cell,)),
        Definitions(((cell, cell, SIGNS),)), Quotation((Paragraph(cell),), SIGNS), table,
        Cards((Card("x", SIGNS, SIGNS, SIGNS, SIGNS, SIGNS, SIGNS),), SIGNS, SIGNS),
    )  # fmt: skip
    page = reader.fromstring(html_of(blocks, "fr") + table_html(table))
    assert page.find(".//i") is None
    assert page.find(".//span[@lang]").get("lang") == "nl-BE"
    hrefs = [link.get("href") for link in page.iter("a")]
    assert [href for href in hrefs if SIGNS in href] == [
        f"#{SIGNS}",
        f"#{SIGNS}",
        f"https://example.org/{SIGNS}",
    ]
    assert sum(element.get("id") == SIGNS for element in page.iter()) == 2
    told = sum((text or "").count(SIGNS) for element in page.iter() for text in (element.text, element.tail))
    said = [1, 2, 9, 1, 2, 2, 4, 7, 4]  # as listed above, and the table once more
    assert told == sum(said)


def test_a_notebook_shows_what_is_written_and_no_markup_of_it():
    page = reader.fromstring(table_html(written_table(["A <b>", "B"], [["x & y", "<i>"]], "1 < 2")))
    assert page.findtext("caption") == "1 < 2"
    assert [(cell.text, cell.get("scope")) for cell in page.iter("th")] == [("A <b>", "col"), ("B", "col")]
    assert [cell.text for cell in page.iter("td")] == ["x & y", "<i>"]


def test_the_terminal_shows_every_cell_and_breaks_no_no_break_space(capsys):
    print_table(written_table(["Call", "Projects"], [["EN1", "177\u00a0projets"]], "Calls"))
    lines = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    words = [[word.strip() for word in line if word.strip()] for line in lines]
    assert [line for line in words if line and "─" not in line[0]] == [
        ["Calls"], ["Call", "Projects"], ["EN1", "177\u00a0projets"],
    ]  # fmt: skip


WORDS = st.builds(str.__add__, st.sampled_from("abc1é"), st.text("abc1é\u00a0\u202f_.-", max_size=11))
SENTENCES = st.lists(WORDS, min_size=1, max_size=20).map(" ".join)


@settings(max_examples=60)
@given(st.integers(20, 120), st.integers(1, 8), st.data())
def test_no_word_is_cut_or_lost_at_any_width(width, columns, data):
    cells = st.lists(SENTENCES, min_size=columns, max_size=columns)
    header, *rows = data.draw(st.lists(cells, min_size=2, max_size=4))
    lines = table_lines(written_table(header, rows), width)
    printed = Counter(word for line in lines for word in re.split(" +", line.strip(" ")))
    for cell in rows:
        assert Counter(" ".join(cell).split(" ")) <= printed
    longest = max(len(word) for cell in (header, *rows) for word in " ".join(cell).split(" "))
    assert max(map(len, lines)) <= max(width, width // 2 + longest + 4)


def test_what_has_no_room_in_columns_is_a_block_a_row():
    header = ["Name", "Figure", "Source"]
    row = ["en2019_budget", "6\u202f825\u202f000\u00a0euros", "École Numérique, dossier de presse\nMR"]
    assert table_lines(written_table(header, [row, row]), 36) == [
        "en2019_budget", "  Figure  6\u202f825\u202f000\u00a0euros", "  Source  École Numérique, dossier",
        "          de presse", "          MR", "", "en2019_budget",
        "  Figure  6\u202f825\u202f000\u00a0euros", "  Source  École Numérique, dossier",
        "          de presse", "          MR",
    ]  # fmt: skip
