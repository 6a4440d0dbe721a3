"""Which column of a foreign table is which: by a table of names, never by position.

The header is the row, among the first ones, in which most columns are recognised; a title that is merged
with cells below it may stand one or two rows higher. Names are compared without accents, capitals,
punctuation and doubled spaces, titles of columns also without articles, units and abbreviations. What is not
recognised is told, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ennum_stats.errors import Parameter, message, unknown_name
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


@dataclass(frozen=True)
class MatchedTable:
    """Hold a table found in a file: its sheet, the row of its header, and where each field stands."""

    sheet: str
    header: ForeignRow
    rows: tuple[ForeignRow, ...]
    positions: dict[str, int]
    ignored: tuple[str, ...]

    def cell(self, row: ForeignRow, key: str) -> SheetCell:
        """Give the cell of a field in a row; an empty one where the file has no such column."""
        return row.cell(self.positions[key]) if key in self.positions else SheetCell()

    def heading(self, key: str) -> str:
        """Give the name of a column as the file writes it."""
        return heading_of(self.header.cell(self.positions[key]))


def heading_of(cell: SheetCell) -> str:
    """Give what a cell of the header says, on one line."""
    return " ".join(cell.shown.replace("*", " ").split())


def recognise(
    file: ForeignFile, fields: Sequence[Field], sheet_name: str = "", fewest: int = FEWEST_COLUMNS
) -> MatchedTable:
    """Find the table of a file that has these fields; a hidden sheet is looked at only where it is named.

    Raises `FileRefused`: no header, several sheets with one, a column twice, a required one missing; and
    `UnknownName` for a sheet that the file does not have.
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
        raise FileRefused(
            message("No columns of this form were recognised in the first {n} rows.", n=HEADER_WITHIN),
            where=file.name,
            expected=message("Expected columns: {names}.", names=", ".join(_expected(fields))),
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
    """Find the tables that have these fields, at most one a sheet. Raises `FileRefused` for a column twice."""
    names = _names(fields)
    return [table for table in (_table(sheet, names, fewest) for sheet in sheets) if table is not None]


def _expected(fields: Sequence[Field]) -> list[str]:
    """Titles to look for: of the required columns, or of any where none is."""
    required = [field.heading for field in fields if field.is_required]
    return required or [field.heading for field in fields]


def _names(fields: Sequence[Field]) -> dict[str, str]:
    """Give the field of each name that a column may have; a title goes before the key of another field."""
    keys = {title_of(field.key): field.key for field in fields}
    return keys | {title_of(name): field.key for field in fields for name in (field.heading, *field.aliases)}


def _table(sheet: Sheet, names: dict[str, str], fewest: int) -> MatchedTable | None:
    first = [row for row in sheet.rows if row.number <= HEADER_WITHIN]
    if not first:
        return None
    candidates = [_with_merged_titles(row, first[:n], names) for n, row in enumerate(first)]
    scores = [len({names.get(title_of(heading_of(c))) for c in row.cells} - {None}) for row in candidates]
    best = scores.index(max(scores))
    if scores[best] < min(fewest, len(set(names.values()))):
        return None
    header = candidates[best]
    below = tuple(row for row in sheet.rows if row.number > header.number)
    positions: dict[str, int] = {}
    ignored: list[str] = []
    for position, cell in enumerate(header.cells):
        key = names.get(title_of(heading_of(cell)))
        if key is None:
            ignored += [heading_of(cell)] if not cell.is_empty else []
        elif key in positions:
            raise FileRefused(
                message("Two columns mean the same: “{one}” and “{other}”.",
                        one=heading_of(header.cell(positions[key])), other=heading_of(cell)),
                where=sheet.name,
                remedy=message(
                    "Leave one of them; of two tables side by side, put one below the other."
                ),
            )  # fmt: skip
        else:
            positions[key] = position
    ignored += _without_title(header, below, first[:best])
    return MatchedTable(sheet.name, header, below, positions, tuple(ignored))


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
        raise FileRefused(
            message("Columns are missing: {names}.", names=", ".join(missing)),
            where=name,
            remedy=message("Write the column titles in one row, as in the form."),
        )
