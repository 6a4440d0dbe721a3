"""One type of table for the terminal, notebooks, charts and the kit."""

from decimal import Decimal

from lxml import html as reader

from ennum_stats.cli.options import print_table
from ennum_stats.table import Cell, Column, Row, TableOf, group, html, row, written_table


def test_texts_become_cells_and_headings_columns():
    made = written_table(["Call", "Projects"], [["EN1", "177\u00a0projets"]], "Calls")
    assert [column.name for column in made.columns] == ["Call", "Projects"]
    assert made.rows == (Row((Cell("EN1"), Cell("177\u00a0projets"))),)
    assert row(Cell("a", url="https://example.org"), "b", total=True).is_total
    assert group("All").is_group


def test_values_stay_values():
    columns = (Column("Call"), Column("Projects", "projects"))
    made = TableOf(columns, (("EN1", Decimal(177)), ("EN2", None)))
    assert [cells[1] for cells in made.rows] == [Decimal(177), None]


def test_a_notebook_shows_what_is_written_and_no_markup_of_it():
    page = reader.fromstring(html(written_table(["A <b>", "B"], [["x & y", "<i>"]], "1 < 2")))
    assert page.findtext("caption") == "1 < 2"
    assert [cell.text for cell in page.iter("th")] == ["A <b>", "B"]
    assert [cell.text for cell in page.iter("td")] == ["x & y", "<i>"]


def test_the_terminal_shows_every_cell_and_breaks_no_no_break_space(capsys):
    print_table(written_table(["Call", "Projects"], [["EN1", "177\u00a0projets"]], "Calls"))
    lines = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    words = [[word.strip() for word in line if word.strip()] for line in lines]
    assert [line for line in words if line and "─" not in line[0]] == [
        ["Calls"], ["Call", "Projects"], ["EN1", "177\u00a0projets"],
    ]  # fmt: skip
