"""Reviewed links between numbers of one site, into site_links.csv.

They come from the workbook of candidates that a new register leaves behind: a person dates those that are
the same site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from ennum_stats.errors import message
from ennum_stats.imports.choices import Choices
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.forms import CellReading, Field
from ennum_stats.imports.kind import ImportKind, ImportOptions
from ennum_stats.imports.plan import FileChanges, NewRow
from ennum_stats.imports.row_reader import RowReader
from ennum_stats.imports.schools.matcher import fase
from ennum_stats.imports.spreadsheets.cell_values import ParsedRow
from ennum_stats.imports.spreadsheets.header import recognise
from ennum_stats.imports.spreadsheets.kept_cells import kept
from ennum_stats.imports.spreadsheets.number_parser import CellRefused
from ennum_stats.imports.spreadsheets.reader import read_file
from ennum_stats.imports.spreadsheets.sheet import ForeignRow
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import today

_GROUP = message("The link")
FIELDS = (
    Field(
        "implantation", message("Former number"), _GROUP, message("The number that went."), is_required=True
    ),
    Field("same_as", message("Number now"), _GROUP, message("The same site since."), is_required=True),
    Field("reason", message("Reason"), _GROUP, message("Why it is the same site."), is_required=True),
    Field(
        "reviewed_on",
        message("Checked on"),
        _GROUP,
        message("Empty: not taken."),
        CellReading.PERIOD,
        is_required=True,
    ),
)
_TABLE = TABLE_BY_NAME["site_links"]


class SiteLinks(ImportKind):
    """Links that a person has reviewed."""

    name = "links"

    def changes(self, file: Path, destination: Destination, options: ImportOptions) -> FileChanges:
        """Read the links with a day of review."""
        destination.require_in_order()
        foreign = read_file(file)
        recognised = recognise(foreign, FIELDS, options.sheet, len(FIELDS))
        table = kept(recognised, FIELDS, written=options.cells)
        reader = LinkReader(
            table, FIELDS, Choices({}),
            dict(destination.rows("site_links").select("implantation", "same_as").rows()),
            frozenset(destination.rows("implantations")["implantation"]),
            questions=options.questions,
        )  # fmt: skip
        reader.read()
        left_out = message("Links without a day of review, left out: {n}.", n=reader.left_out)
        return reader.changes(foreign, today(), left_out)


@dataclass
class LinkReader(RowReader):
    """Go through the links, beside those that are there and the sites of all registers."""

    links: dict[str, str] = field(default_factory=dict)
    sites: frozenset[str] = frozenset()

    def passes_over(self, row: ForeignRow) -> bool:
        """Leave out what nobody has reviewed."""
        if self.table.cell(row, "reviewed_on").is_empty:
            self.left_out += 1
            return True
        return False

    def parsed(self, row: ForeignRow) -> tuple[ParsedRow, list[CellRefused]]:
        """Read the cells of a row; of several that cannot be taken, the first is told."""
        parsed, refused = super().parsed(row)
        return parsed, refused[:1]

    def take(self, parsed: ParsedRow) -> bool:
        """Take a link between two numbers that registers have."""
        former, now = (self._number(parsed, key) for key in ("implantation", "same_as"))
        if former == now:
            raise CellRefused("same_as", message("A site is no link to itself."))
        known = self.links.get(former)
        if known not in (None, now):
            raise CellRefused(
                "implantation", message("{number} is linked to {other} already.", number=former, other=known)
            )
        if known:
            return False
        self.links[former] = now
        values = {**parsed.texts, "implantation": former, "same_as": now}
        self.new_rows.append(NewRow(_TABLE.name, _TABLE.path, values, parsed.row))
        return True

    def _number(self, parsed: ParsedRow, key: str) -> str:
        number = fase(re.sub(r"\s", "", parsed.text(key)), key)
        if number not in self.sites:
            raise CellRefused(key, message("No register has the site {number}.", number=number))
        return number
