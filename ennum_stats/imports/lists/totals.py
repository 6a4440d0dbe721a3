"""Totals in a list of schools: which rows are some, and whether they are the sum of the others.

A total says so in words that leave no place for anything else: "TOTAL GÉNÉRAL :", "Sous-total province
de Namur". Whatever else begins with such a word is a name (the commune of Somme-Leuze). It has no site, no
school and no commune: a row that gives one is a row of the list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ennum_stats.errors import Message, message
from ennum_stats.imports.lists.verdicts import says_where
from ennum_stats.imports.spreadsheets.bounds import FileRefused
from ennum_stats.imports.spreadsheets.header import MatchedTable
from ennum_stats.imports.spreadsheets.number_parser import CellRefused, ParsedNumber, plain, read_number
from ennum_stats.imports.spreadsheets.sheet import EMPTY, ForeignRow, SheetCell, text_cell
from ennum_stats.typography import fold

_SITE = ("implantation", "etablissement", "school", "address", "postal_code", "commune")
_TOTAL = re.compile(r"(?:grand )?(?P<part>sous )?(?:total|totaux|somme)\b ?(?P<rest>.*)")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_FEWEST_COUNTED = 3
_OF_A_PART = re.compile(r"\b(?:page|feuille|province|arrondissement|commune|region|zone|reseau)\b")
_SAID_OF_TOTALS = frozenset((
    "general", "generaux", "generale", "global", "globaux", "globale", "partiel", "partiels", "final",
    "cumule", "de", "du", "des", "d", "la", "le", "les", "l", "par", "pour", "en", "et", "a", "report",
    "reporter", "page", "feuille", "liste", "appel", "projet", "projets", "montant", "montants", "budget",
    "subside", "subsides", "subvention", "subventions", "octroye", "octroyes", "attribue", "attribues",
    "accorde", "accordes", "ligne", "lignes", "implantation", "implantations", "ecole", "ecoles",
    "laureat", "laureats", "site", "sites", "dossier", "dossiers", "livraison", "livraisons", "quantite",
    "quantites", "appareil", "appareils", "euro", "euros", "eur", "tvac", "htva", "tva",
))  # fmt: skip
"""What may follow the word "total", so that nothing of it can be a name."""


def is_total(row: ForeignRow, table: MatchedTable) -> bool:
    """Tell whether a row is a total or a sub-total: a cell says so, and none names a site."""
    if not any(says_total(cell) for cell in row.cells):
        return False
    named = (table.cell(row, key) for key in _SITE)
    return all(cell.is_empty or says_total(cell) for cell in named)


def says_total(cell: SheetCell) -> bool:
    """Tell whether a cell names a total or a sub-total."""
    return _total(cell.shown) is not None


def is_of_a_part(cell: SheetCell) -> bool:
    """Tell whether a cell names the total of some rows only: of a page, of a place."""
    total = _total(cell.shown)
    if total is None:
        return False
    rest = total["rest"]
    return bool(total["part"] or _OF_A_PART.search(rest) or says_where(rest))


def _total(text: str) -> re.Match[str] | None:
    if text.lstrip()[:1].casefold() not in ("t", "s", "g"):  # nearly every cell: spares its folding
        return None
    match = _TOTAL.fullmatch(fold(text))
    if match is None:
        return None
    is_named = bool(_OF_A_PART.search(match["rest"])) or ("total" in match[0] and says_where(match["rest"]))
    is_total = all(word in _SAID_OF_TOTALS or word.isdigit() for word in match["rest"].split())
    return match if is_total or is_named else None


def with_totals_named(table: MatchedTable, key: str) -> MatchedTable:
    """Write the word into the rows that are totals by what stands in them, whatever they are called: a number that is
    at least half of all above, or of its section, and neither a site nor a project beside it."""
    if key not in table.positions:
        return table
    rows: list[ForeignRow] = []
    above = section = Decimal(0)
    counted = 0
    for row in table.rows:
        number = _number(table.cell(row, key), key)
        is_bare, word = number is not None and _is_bare(row, table, key), message("Total").text
        if is_total(row, table) or number is None:
            section = Decimal(0)
        elif (
            is_bare
            and counted >= _FEWEST_COUNTED
            and 2 * number >= min(filter(None, (above, section)), default=0)
        ):
            place = next((n for n, cell in enumerate(row.cells) if _LETTERS.search(cell.shown)), 0)
            place = place if place != table.positions[key] else len(row.cells)
            cells = [*row.cells, EMPTY]
            cells[place] = text_cell(word)
            row, section = replace(row, cells=tuple(cells)), Decimal(0)  # noqa: PLW2901
        else:
            above, section, counted = above + number, section + number, counted + 1
        rows.append(row)
    return replace(table, rows=tuple(rows))


def _is_bare(row: ForeignRow, table: MatchedTable, key: str) -> bool:
    """Tell whether a row has numbers alone, and one text at most, which is no number of a site or project."""
    texts = [cell for cell in row.cells if _LETTERS.search(cell.shown) and cell is not table.cell(row, key)]
    named = (table.cell(row, name) for name in (*_SITE, "project"))
    return len(texts) <= 1 and all(
        cell.is_empty or (cell in texts and not re.search(r"\d", cell.shown)) for cell in named
    )


def _number(cell: SheetCell, key: str) -> Decimal | None:
    try:
        return None if cell.is_empty or cell.fault else read_number(cell, key).value
    except CellRefused:
        return None


@dataclass
class Totals:
    """Hold the sum of a column so far, and what the foot says of it.

    A total may leave out the rows that are doubtful (hidden ones, those under another title), or be that of
    its section alone.
    """

    key: str
    sum_: Decimal = Decimal(0)
    certain: Decimal = Decimal(0)
    remarks: list[Message] = field(default_factory=list)
    unread: int = 0
    """Numbers above that could not be read: without them nothing is known of the sum."""
    _section: Decimal = Decimal(0)
    _above: tuple[Decimal, ...] = ()
    _told: Decimal | None = None
    _row: int = 0

    def add(self, number: ParsedNumber | None, *, is_certain: bool) -> None:
        """Count the number of a row, taken or refused."""
        if number is not None:
            self.sum_ += number.value
            self._section += number.value
            self.certain += number.value if is_certain else 0

    def begin_section(self) -> None:
        """Count anew what stands under a title."""
        self._section = Decimal(0)

    def foot(self, row: ForeignRow, table: MatchedTable) -> None:
        """Read a row of totals; a sub-total is only left out."""
        if any(is_of_a_part(cell) for cell in row.cells):
            return
        cell = table.cell(row, self.key)
        if cell.fault is not None:
            self.remarks.append(
                message("The total in row {row} is a formula: it was not compared.", row=str(row.number))
            )
            return
        if cell.is_empty:
            return
        try:
            self._told, self._row = read_number(cell, self.key).value, row.number
        except CellRefused:
            return
        self._above = self.sum_, self.certain, self._section

    def require_matching(self, table: MatchedTable) -> None:
        """Raise `FileRefused` where the total is not the sum of the rows, all of which could be read."""
        if self._told is None:
            return
        if self.unread:
            self.remarks.append(
                message("The total in row {row} was not compared: amounts above it that cannot be read: {n}.",
                        row=str(self._row), n=self.unread)
            )  # fmt: skip
            return
        if self._told not in (self.sum_, self.certain, *self._above):
            raise FileRefused(
                message("The total in row {row} is {told}, but the rows add up to {sum}.",
                        row=str(self._row), told=_digits(self._told), sum=_digits(self.sum_)),
                where=table.heading(self.key),
                remedy=message("Look for a row that is missing, twice or changed; then import it again."),
            )  # fmt: skip
        self.remarks.append(message("The total at the foot matches: {sum}.", sum=_digits(self._told)))
        self._told = None


def _digits(number: Decimal) -> str:
    return plain(number).replace(".", ",") if number else "0"
