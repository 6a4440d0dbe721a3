"""Which column of a foreign table is which: by a table of names, never by position.

The header is the row, among the first ones, in which most columns are recognised; a title that is merged
with cells below it may stand one or two rows higher. Names are compared without accents, capitals,
punctuation and doubled spaces, titles of columns also without articles, units and abbreviations. What is not
recognised is told, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ennum_stats.errors import Message, Parameter, message, unknown_name
from ennum_stats.imports.forms import Field
from ennum_stats.imports.spreadsheets.bounds import FileRefused
from ennum_stats.imports.spreadsheets.sheet import EMPTY, ForeignFile, ForeignRow, Sheet, SheetCell
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.typography import fold

_SAME_WORD = {
    "no": "n", "nr": "n", "nummer": "n", "num": "n", "numero": "n", "code": "n", "matricule": "n",
    "impl": "implantation", "implant": "implantation", "implantations": "implantation",
    "etab": "etablissement", "etabl": "etablissement", "ets": "etablissement",
    "etablissements": "etablissement", "ecoles": "ecole", "denomination": "nom", "intitule": "nom",
    "ref": "reference", "nb": "nombre", "nbre": "nombre", "qte": "quantite",
    "octroye": "accorde", "attribue": "accorde", "alloue": "accorde", "octroyee": "accorde",
    "attribuee": "accorde", "accordee": "accorde", "allouee": "accorde", "subvention": "subside",
}  # fmt: skip
_ARTICLES = frozenset((
    "de", "du", "des", "d", "la", "le", "les", "l", "en", "a", "der", "die", "das", "dem", "den", "van", "het", "und",
))  # fmt: skip
_UNITS = frozenset(("eur", "euro", "euros", "tvac", "scolaire"))


def title_of(text: str) -> str:
    """Give what is left of the title of a column when it is compared.

    >>> title_of("Nº Fase Impl."), title_of("Numéro FASE de l’implantation")
    ('n fase implantation', 'n fase implantation')
    """
    words = fold(text.replace("º", " ").replace("№", "n ").replace("€", " eur ")).split()
    last = len(words) - 1  # "Nom (de)" is a name in German
    columns = [
        _SAME_WORD.get(word, word)
        for place, word in enumerate(words)
        if word not in _UNITS and (word not in _ARTICLES or place == last)
    ]
    return " ".join(columns or words)


HEADER_WITHIN = 30
FEWEST_COLUMNS = 3
MERGED_ROWS = 2
_ROWS_SHOWN, _LONGEST_SHOWN = 8, 80


@dataclass(frozen=True)
class TopOfTable:
    """Hold how a table begins in its file, for a person who says which column is which: its titles, the field of each
    (empty where none is recognised), and its first rows; telephone numbers and e-mails are masked."""

    titles: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, header: ForeignRow, below: Sequence[ForeignRow], names: Mapping[str, str]) -> TopOfTable:
        """Give the top of a table whose titles have these names."""
        shown = range(max((len(row.cells) for row in (header, *below[:_ROWS_SHOWN])), default=0))
        titles = [heading_of(header.cell(n)) for n in shown]
        return cls(
            tuple(map(without_persons, titles)),
            tuple(names.get(title_of(title), "") for title in titles),
            tuple(
                tuple(without_persons(row.cell(n).shown)[:_LONGEST_SHOWN] for n in shown)
                for row in below[:_ROWS_SHOWN]
            ),
        )


class ColumnsRefused(FileRefused):
    """Tell of a file whose columns are not those of the form, and how it begins."""

    def __init__(self, found: Message, top: TopOfTable, **parts: Any) -> None:
        super().__init__(found, **parts)
        self.top = top


@dataclass(frozen=True)
class MatchedTable:
    """Hold a table found in a file: its sheet, the row of its header, and where each field stands."""

    sheet: str
    header: ForeignRow
    rows: tuple[ForeignRow, ...]
    positions: dict[str, int]
    ignored: tuple[str, ...]
    top: TopOfTable = TopOfTable()

    def cell(self, row: ForeignRow, key: str) -> SheetCell:
        """Give the cell of a field in a row; an empty one where the file has no such column."""
        return row.cell(self.positions[key]) if key in self.positions else EMPTY

    def heading(self, key: str) -> str:
        """Give the name of a column as the file writes it."""
        return self.headings[key]

    @cached_property
    def headings(self) -> dict[str, str]:
        """The names of the columns of all fields."""
        return {key: heading_of(self.header.cell(place)) for key, place in self.positions.items()}


def heading_of(cell: SheetCell) -> str:
    """Give what a cell of the header says, on one line."""
    return " ".join(cell.shown.replace("*", " ").split())


def recognise(
    file: ForeignFile, fields: Sequence[Field], sheet_name: str = "", fewest: int = FEWEST_COLUMNS
) -> MatchedTable:
    """Find the table of a file that has these fields; a hidden sheet is looked at only where it is named.

    Raises `ColumnsRefused`: no header, a column twice, a required one missing; `FileRefused` for several sheets
    with one; and `UnknownName` for a sheet that the file does not have.
    """
    sheets = (
        [sheet for sheet in file.sheets if fold(sheet.name) == fold(sheet_name)]
        if sheet_name
        else file.visible_sheets
    )
    if sheet_name and not sheets:
        names_there = [without_persons(sheet.name) for sheet in file.sheets if sheet.name]
        raise unknown_name(message("“{code}” is unknown.", code=sheet_name), names_there)
    tables = tables_of(sheets, fields, fewest)
    if not tables:
        raise ColumnsRefused(
            message("No columns of this form were recognised in the first {n} rows.", n=HEADER_WITHIN),
            _likely_top(sheets, _names(fields)),
            where=file.name,
            expected=message("Expected columns: {names}.", names=_expected(fields)),
            remedy=message("Write the column titles in one row, as in the form."),
        )
    if len(tables) > 1:
        raise FileRefused(
            message(
                "Several sheets hold such a table: {names}.",
                names=", ".join(without_persons(table.sheet) for table in tables),
            ),
            where=file.name,
            remedy=message("Import each by its name: {parameter}.", parameter=Parameter("sheet", "…")),
        )
    _require_columns(tables[0], fields, file.name)
    return tables[0]


def tables_of(sheets: Iterable[Sheet], fields: Sequence[Field], fewest: int) -> list[MatchedTable]:
    """Find the tables that have these fields, at most one a sheet. Raises `ColumnsRefused` for a column twice."""
    names = _names(fields)
    return [table for table in (_table(sheet, names, fewest) for sheet in sheets) if table is not None]


def _expected(fields: Sequence[Field]) -> list[Message]:
    """Titles to look for: of the required columns, or of any where none is."""
    required = [field.heading for field in fields if field.is_required]
    return required or [field.heading for field in fields if field.heading.text]


def _names(fields: Sequence[Field]) -> dict[str, str]:
    """Give the field of each name that a column may have, empty for none: another title goes before that of another
    field, and this before its key."""
    names = [
        *((field.key, field.key) for field in fields),
        *((heading, field.key) for field in fields for heading in field.headings),
        *((alias, field.key) for field in fields for alias in field.aliases),
    ]
    return {title_of(name): key for name, key in names}


def _table(sheet: Sheet, names: dict[str, str], fewest: int) -> MatchedTable | None:
    first = [row for row in sheet.rows if row.number <= HEADER_WITHIN]
    if not first:
        return None
    candidates = [_with_merged_titles(row, first[:n], names) for n, row in enumerate(first)]
    scores = [len({names.get(title_of(heading_of(c))) for c in row.cells} - {None, ""}) for row in candidates]
    best = scores.index(max(scores))
    if scores[best] < min(fewest, len(set(names.values()))):
        return None
    header = candidates[best]
    below = tuple(row for row in sheet.rows if row.number > header.number)
    positions: dict[str, int] = {}
    ignored: list[str] = []
    for position, cell in enumerate(header.cells):
        key = names.get(title_of(heading_of(cell)))
        if not key:
            ignored += [heading_of(cell)] if not cell.is_empty else []
        elif key in positions:
            raise ColumnsRefused(
                message("Two columns mean the same: “{one}” and “{other}”.",
                        one=heading_of(header.cell(positions[key])), other=heading_of(cell)),
                TopOfTable.of(header, below, names),
                where=sheet.name,
                remedy=message(
                    "Leave one of them; of two tables side by side, put one below the other."
                ),
            )  # fmt: skip
        else:
            positions[key] = position
    ignored += _without_title(header, below, first[:best])
    top = TopOfTable.of(header, below, names)
    return MatchedTable(sheet.name, header, below, positions, tuple(ignored), top)


def _likely_top(sheets: Sequence[Sheet], names: Mapping[str, str]) -> TopOfTable:
    """Take for the header the first of the rows in which most cells are texts."""
    rows = next((sheet.rows for sheet in sheets if sheet.rows), ())
    texts = [
        sum(any(sign.isalpha() for sign in cell.shown) for cell in row.cells) for row in rows[:HEADER_WITHIN]
    ]
    start = texts.index(max(texts)) if texts else 0
    return TopOfTable.of(rows[start], rows[start + 1 :], names) if rows else TopOfTable()


def _with_merged_titles(header: ForeignRow, above: Sequence[ForeignRow], names: dict[str, str]) -> ForeignRow:
    """Give the header with the titles that stand higher, in cells merged with the empty ones below them."""
    near = [row for row in reversed(above) if header.number - row.number <= MERGED_ROWS]
    cells = list(header.cells)
    cells += [EMPTY] * (max((len(row.cells) for row in near), default=0) - len(cells))
    for position, cell in enumerate(cells):
        higher = (row.cell(position) for row in near)
        if cell.is_empty:
            cells[position] = next((title for title in higher if title_of(heading_of(title)) in names), cell)
    return ForeignRow(header.number, tuple(cells))


def _without_title(header: ForeignRow, below: Sequence[ForeignRow], above: Sequence[ForeignRow]) -> list[str]:
    """Give the columns with something in them and no title, by the one that stands higher or by the letters of a
    spreadsheet program."""
    widest = max((len(row.cells) for row in below), default=0)
    bare = [n for n in range(widest) if header.cell(n).is_empty]
    near = [row for row in reversed(above) if header.number - row.number <= MERGED_ROWS]
    return [
        next((heading_of(row.cell(n)) for row in near if not row.cell(n).is_empty), _letters(n))
        for n in bare
        if any(not row.cell(n).is_empty for row in below)
    ]


def _letters(position: int) -> str:
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def require_unbroken(table: MatchedTable, keys: Iterable[str], name: str) -> None:
    """Raise `FileRefused` where a line break stands in a cell that is never longer than a line (a number, a
    day, a place): in a CSV file, rows have run into each other."""
    places = {table.positions[key]: key for key in keys if key in table.positions}
    for row in table.rows if not table.sheet else ():
        for place, key in places.items():
            if "\n" in row.cell(place).shown:
                raise FileRefused(
                    message("In row {row}, a line break stands in the column “{column}”.",
                            row=str(row.number), column=table.heading(key)),
                    where=name,
                    remedy=message("Look for a quotation mark that is missing or too many."),
                )  # fmt: skip


def _require_columns(table: MatchedTable, fields: Sequence[Field], name: str) -> None:
    missing = [f.heading for f in fields if f.is_required and f.key not in table.positions]
    if missing:
        raise ColumnsRefused(
            message("Columns are missing: {names}.", names=missing),
            table.top,
            where=name,
            remedy=message("Write the column titles in one row, as in the form."),
        )
