"""The rows of a list of schools, apart from its titles and totals; its columns that are not read; and what is doubtful
in each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ennum_stats.errors import Message
from ennum_stats.imports.choices import is_example
from ennum_stats.imports.forms import EXAMPLE_KEY
from ennum_stats.imports.lists.totals import says_total
from ennum_stats.imports.questions import Doubt
from ennum_stats.imports.spreadsheets.header import MatchedTable, heading_of
from ennum_stats.imports.spreadsheets.sheet import ForeignRow
from ennum_stats.imports.workbooks import is_of_refused_rows


@dataclass
class ListDoubts:
    """Hold the doubts about each row by its number, the first row of each section, the numbers before the rows of
    each further sheet, and what is told of the list as a whole."""

    of_row: dict[int, list[Doubt]] = field(default_factory=dict)
    starts: set[int] = field(default_factory=set)
    sheets: set[int] = field(default_factory=set)
    remarks: list[Message] = field(default_factory=list)

    def add(self, row: int, doubt: Doubt) -> None:
        """Doubt a row."""
        self.of_row.setdefault(row, []).append(doubt)


def is_of_table(row: ForeignRow, table: MatchedTable) -> bool:
    """Tell whether something stands in a row under one of the columns that are read."""
    return any(not row.cell(place).is_empty for place in table.positions.values())


def is_header_again(row: ForeignRow, table: MatchedTable) -> bool:
    """Tell whether a row is that of the titles of the columns once more."""
    titles = table.headings
    return all(heading_of(row.cell(place)) == titles[key] for key, place in table.positions.items())


def rows_of(table: MatchedTable) -> list[ForeignRow]:
    """Give the rows of a list without totals and examples, and without the header where it stands again."""
    return [
        row
        for row in table.rows
        if is_of_table(row, table)
        and not any(map(says_total, row.cells))
        and not is_header_again(row, table)
        and not is_example(table.cell(row, EXAMPLE_KEY))
    ]


def unread_columns(table: MatchedTable, rows: Sequence[ForeignRow]) -> Iterator[tuple[int, str]]:
    """Give the positions and headings of the columns that are not read, but those of our own workbooks."""
    width = max((len(row.cells) for row in rows), default=0)
    for place in range(max(width, len(table.header.cells))):
        heading = heading_of(table.header.cell(place))
        if place not in table.positions.values() and not is_of_refused_rows(heading):
            yield place, heading
