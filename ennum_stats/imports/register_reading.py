"""A register of schools as it comes, CSV or XLSX, into whole columns of text.

The header may stand below titles, on any sheet. Of the file only the columns of the form are kept: nothing
that names or reaches a person.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ennum_stats.errors import Message, message
from ennum_stats.imports.columns import HEADER_WITHIN, Recognised
from ennum_stats.imports.delimited import read_text
from ennum_stats.imports.files import read_file, require_readable
from ennum_stats.imports.foreign import Cell, FileRefused, ForeignRow
from ennum_stats.imports.names import fold
from ennum_stats.imports.register_forms import FEDERATION, REQUIRED, RegisterForm
from ennum_stats.raw.persons import without_persons

FIELDS = tuple(FEDERATION.columns)


@dataclass(frozen=True)
class Source:
    """A register as read: its fields by row (`_row` is the row in the file), and its own columns from the
    row `first` on."""

    name: str
    fields: pl.DataFrame
    file: pl.DataFrame
    titles: dict[str, str]
    first: int
    remarks: tuple[Message, ...] = ()

    def refused_rows(self, numbers: Iterable[int]) -> Recognised:
        """The header and the refused rows, for the workbook that gives them back."""
        keys = list(self.titles)
        rows = tuple(
            ForeignRow(
                number,
                tuple(Cell(without_persons(self._shown(number, key)) or None) for key in keys),
            )
            for number in sorted(set(numbers))
        )
        header = ForeignRow(self.first - 1, tuple(Cell(self.titles[key]) for key in keys))
        return Recognised("", header, rows, {key: n for n, key in enumerate(keys)}, ())

    def _shown(self, number: int, key: str) -> str:
        return str(self.file.item(number - self.first, self.titles[key]) or "")


def read_register(path: Path, form: RegisterForm) -> Source:
    """The rows of a register with anything in the columns of the form. Raises `FileRefused`."""
    if path.suffix.lower() in (".csv", ".txt"):
        require_readable(path)
        frame, first, remarks = _text_frame(path, form)
    else:
        frame, first, remarks = _workbook_frame(path, form)
    titles = {form.by_title[fold(c)]: c for c in frame.columns if fold(c) in form.by_title}
    missing = [form.columns[key][0] for key in REQUIRED if key not in titles]
    if missing:
        raise FileRefused(
            message("Columns are missing: {names}.", names=", ".join(missing)),
            where=path.name,
            remedy=message("A list in another form is read with a mapping file (--mapping)."),
        )
    fields = frame.select(
        (pl.int_range(pl.len()) + first).alias("_row"),
        *(
            (pl.col(titles[key]).str.strip_chars() if key in titles else pl.lit(None, pl.String))
            .replace("", None).alias(key)
            for key in FIELDS
        ),
    ).filter(pl.any_horizontal(pl.col(FIELDS).is_not_null()))  # fmt: skip
    return Source(path.name, fields, frame, titles, first, remarks)


def _text_frame(path: Path, form: RegisterForm) -> tuple[pl.DataFrame, int, tuple[Message, ...]]:
    """The rows below the header, and the number of the first of them."""
    text, remarks = read_text(path)
    head = text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN]
    separator = max(";\t,", key=max(head, key=len).count)
    skipped = _header_place([line.split(separator) for line in head], form)
    try:
        frame = pl.read_csv(
            io.BytesIO(text.encode()), separator=separator, infer_schema=False, skip_lines=skipped
        )
    except pl.exceptions.PolarsError as error:
        raise FileRefused(
            message("The file cannot be read as CSV: {error}", error=str(error).split("\n")[0]),
            where=path.name,
            remedy=message("Save it again as an Excel workbook (.xlsx)."),
        ) from error
    return frame, skipped + 2, remarks


def _workbook_frame(
    path: Path, form: RegisterForm
) -> tuple[pl.DataFrame, int, tuple[Message, ...]]:
    """The rows below the header, of the sheet in which most of its titles are, empty ones among them."""
    foreign = read_file(path)
    found = []
    for sheet in foreign.sheets:
        titles = [[cell.shown for cell in row.cells] for row in sheet.rows[:HEADER_WITHIN]]
        place = _header_place(titles, form) if titles else 0
        found.append((_known_titles(titles[place], form) if titles else 0, place, sheet))
    if not any(sheet.rows for sheet in foreign.sheets):
        raise FileRefused(
            message("No sheet holds any rows."),
            where=path.name,
            remedy=message("Save it again as an Excel workbook (.xlsx)."),
        )
    _, place, sheet = max(found, key=lambda entry: entry[0])
    header, below = sheet.rows[place], {row.number: row for row in sheet.rows[place + 1 :]}
    names = [" ".join(cell.shown.split()) or f"_{n}" for n, cell in enumerate(header.cells)]
    first = header.number + 1
    rows = [below.get(n, ForeignRow(n, ())) for n in range(first, max(below, default=0) + 1)]
    cells = [[row.cell(n).shown or None for n in range(len(names))] for row in rows]
    schema = {name: pl.String() for name in names}
    return pl.DataFrame(cells, schema=schema, orient="row"), first, foreign.remarks


def _header_place(rows: Sequence[Sequence[str]], form: RegisterForm) -> int:
    """Which of the first rows holds most of the titles; the first one where none holds any."""
    scores = [_known_titles(row, form) for row in rows]
    return scores.index(max(scores))


def _known_titles(row: Sequence[str], form: RegisterForm) -> int:
    return sum(fold(title) in form.by_title for title in row)


def period_in(name: str) -> str:
    """The day, month or year in the name of a file. Raises `FileRefused` where there is none."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)(?:[-_]?(\d\d)(?:[-_]?(\d\d))?)?(?!\d)", name)
    if found is None:
        raise FileRefused(
            message("Of which day is this register?"),
            where=name,
            remedy=message("Say it: --as-of 2023-10."),
        )
    return "-".join(part for part in found.groups() if part)
