"""A register of schools as it comes, CSV or XLSX, into whole columns of text.

The header may stand below titles, on any sheet. Of the file only the columns of the form are kept: nothing
that names or reaches a person. How a register names its columns, types of teaching and networks is a form:
the Federation's, or that of a mapping file.
"""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from ennum_stats.errors import Message, Parameter, message
from ennum_stats.imports.spreadsheets.bounds import FileRefused, reading
from ennum_stats.imports.spreadsheets.header import HEADER_WITHIN, MatchedTable
from ennum_stats.imports.spreadsheets.reader import read_file
from ennum_stats.imports.spreadsheets.sheet import (
    ForeignRow,
    SheetCell,
    lines_of,
    read_records,
    read_text,
    text_cell,
)
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.typography import fold

REQUIRED = ("implantation", "etablissement", "teaching")
LEVELS = {
    "nursery_ordinary": "fundamental_ordinary",
    "primary_ordinary": "fundamental_ordinary",
    "nursery_special": "fundamental_special",
    "primary_special": "fundamental_special",
    "secondary_ordinary": "secondary_ordinary",
    "secondary_special": "secondary_special",
    "cefa": "secondary_ordinary",
    "adult_secondary": "adult_education",
    "adult_cefa": "adult_education",
    "adult_higher": "adult_education",
    "arts_part_time": "arts_part_time",
    "university_college": "higher",
    "arts_college": "higher",
    "university": "higher",
}
"""The level of each type of teaching."""


@dataclass(frozen=True)
class RegisterForm:
    """Hold the form of a register: whose it is, titles of columns by field, and its words for codes."""

    community: str
    columns: dict[str, tuple[str, ...]]
    teaching: dict[str, str]
    network: dict[str, str]
    default_network: str = ""
    by_title: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        titles = {fold(title): key for key, names in self.columns.items() for title in names}
        object.__setattr__(self, "by_title", titles)

    def teaching_code(self, text: str) -> str | None:
        """Give the code of a type of teaching as the register writes it."""
        return self._code(self.teaching, text)

    def network_code(self, text: str) -> str | None:
        """Give the code of a network as the register writes it."""
        return self._code(self.network, text) if text else self.default_network or None

    @staticmethod
    def _code(codes: dict[str, str], text: str) -> str | None:
        return {fold(name): code for name, code in codes.items()}.get(fold(text))


FEDERATION = RegisterForm(
    community="fwb",
    columns={
        "etablissement": ("N° FASE de l'établissement",),
        "name": ("Nom de l'établissement",),
        "teaching": ("Type d'enseignement",),
        "network": ("Réseau",),
        "implantation": ("N° FASE de l'implantation",),
        "address": ("Adresse de l'implantation",),
        "postal_code": ("Code postal de l'implantation",),
        "locality": ("Localité de l'implantation",),
        "commune": ("Commune de l'implantation",),
        "latitude": ("Latitude",),
        "longitude": ("Longitude",),
    },
    teaching={
        "Maternel ordinaire": "nursery_ordinary",
        "Primaire ordinaire": "primary_ordinary",
        "Maternel spécialisé": "nursery_special",
        "Primaire spécialisé": "primary_special",
        "Secondaire ordinaire": "secondary_ordinary",
        "Secondaire spécialisé": "secondary_special",
        "Secondaire CEFA": "cefa",
        "Promotion sociale secondaire": "adult_secondary",
        "Promotion sociale CEFA": "adult_cefa",
        "Promotion sociale supérieur": "adult_higher",
        "Artistique à horaire réduit": "arts_part_time",
        "Haute École": "university_college",
        "École supérieure des Arts": "arts_college",
        "Université": "university",
    },
    network={
        "Subventionné communal": "municipal",
        "Subventionné provincial": "provincial",
        "Libre confessionnel": "free_denominational",
        "Libre non confessionnel": "free_non_denominational",
        "WBE": "wbe",
        "COCOF": "official_other",
        "Subventionné officiel (HE)": "official_other",
        "Indéterminé": "undetermined",
    },
)


def read_form(path: Path) -> RegisterForm:
    """Give the form that a mapping file describes. Raises `FileRefused` with what is wrong in it."""
    with reading(path):
        text = path.read_text("utf-8")
    try:
        described = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileRefused(
            message("The mapping file cannot be read: {error}", error=str(error)),
            where=path.name,
            remedy=message("It is TOML in UTF-8; the documentation of registers has an example."),
        ) from error
    columns: dict[str, tuple[str, ...]] = {
        key: (title,) for key, title in _texts(described, "columns").items()
    }
    teaching = _texts(described, "teaching")
    unknown = sorted({*columns} - {*FEDERATION.columns} | {c for c in teaching.values() if c not in LEVELS})
    missing = [key for key in REQUIRED if key not in columns]
    if unknown or missing or not described.get("community"):
        raise FileRefused(
            message("The mapping file is not complete: {names}.",
                    names=", ".join([*missing, *unknown] or ["community"])),
            where=path.name,
            expected=message("Fields: {fields}. Types of teaching: {codes}.",
                             fields=", ".join(FEDERATION.columns), codes=", ".join(LEVELS)),
        )  # fmt: skip
    return RegisterForm(
        str(described["community"]),
        columns,
        teaching,
        _texts(described, "network"),
        str(described.get("default_network", "")),
    )


def _texts(described: Mapping[str, object], name: str) -> dict[str, str]:
    """Read a table of a mapping file as texts; what is no table has none."""
    table = described.get(name)
    return {str(k): str(v) for k, v in table.items()} if isinstance(table, dict) else {}


FIELDS = tuple(FEDERATION.columns)


@dataclass(frozen=True)
class RegisterTable:
    """Hold a register as read: its fields by row (`_row` is the row in the file), and its own columns from the
    row `first` on."""

    name: str
    fields: pl.DataFrame
    file: pl.DataFrame
    titles: dict[str, str]
    first: int
    remarks: tuple[Message, ...] = ()

    def refused_rows(self, numbers: Iterable[int]) -> MatchedTable:
        """Give the header and the refused rows, for the workbook that gives them back."""
        keys = list(self.titles)
        rows = tuple(
            ForeignRow(number, tuple(text_cell(without_persons(self.shown(number, key))) for key in keys))
            for number in sorted(set(numbers))
        )
        header = ForeignRow(self.first - 1, tuple(SheetCell(self.titles[key]) for key in keys))
        return MatchedTable("", header, rows, {key: n for n, key in enumerate(keys)}, ())

    def shown(self, number: int, key: str) -> str:
        """Give what stands in a field of a row, as the file has it."""
        return str(self.file.item(number - self.first, self.titles[key]) or "")


def read_register(path: Path, form: RegisterForm) -> RegisterTable:
    """Give the rows of a register with anything in the columns of the form. Raises `FileRefused`."""
    if path.suffix.lower() in (".csv", ".txt"):
        with reading(path):
            frame, first, remarks = _text_frame(path, form)
    else:
        frame, first, remarks = _workbook_frame(path, form)
    titles = {form.by_title[fold(c)]: c for c in frame.columns if fold(c) in form.by_title}
    missing = [form.columns[key][0] for key in REQUIRED if key not in titles]
    if missing:
        raise FileRefused(
            message("Columns are missing: {names}.", names=", ".join(missing)),
            where=path.name,
            remedy=message(
                "A list in another form is read with a mapping file ({parameter}).",
                parameter=Parameter("mapping", "…"),
            ),
        )
    fields = frame.select(
        (pl.int_range(pl.len()) + first).alias("_row"),
        *(
            (pl.col(titles[key]).str.strip_chars() if key in titles else pl.lit(None, pl.String))
            .replace("", None).alias(key)
            for key in FIELDS
        ),
    ).filter(pl.any_horizontal(pl.col(FIELDS).is_not_null()))  # fmt: skip
    return RegisterTable(path.name, fields, frame, titles, first, remarks)


def _text_frame(path: Path, form: RegisterForm) -> tuple[pl.DataFrame, int, tuple[Message, ...]]:
    """Give the rows below the header, and the number of the first of them."""
    text, remarks = read_text(path)
    lines = lines_of(text, path.name)
    head = lines[:HEADER_WITHIN]
    separator = max(";\t,", key=max(head, key=len).count)
    skipped = _header_place([line.split(separator) for line in head], form)
    read_records(lines, separator, path.name)  # polars is lax
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


def _workbook_frame(path: Path, form: RegisterForm) -> tuple[pl.DataFrame, int, tuple[Message, ...]]:
    """Give the rows below the header, of the sheet in which most of its titles are, empty ones among them."""
    foreign = read_file(path)
    days = []
    for sheet in foreign.visible_sheets:
        titles = [[cell.shown for cell in row.cells] for row in sheet.rows[:HEADER_WITHIN]]
        place = _header_place(titles, form) if titles else 0
        days.append((_known_titles(titles[place], form) if titles else 0, place, sheet))
    if not any(sheet.rows for sheet in foreign.visible_sheets):
        raise FileRefused(
            message("No sheet holds any rows."),
            where=path.name,
            remedy=message("Save it again as an Excel workbook (.xlsx)."),
        )
    _, place, sheet = max(days, key=lambda entry: entry[0])
    header, below = sheet.rows[place], {row.number: row for row in sheet.rows[place + 1 :]}
    names = [" ".join(cell.shown.split()) or f"_{n}" for n, cell in enumerate(header.cells)]
    first = header.number + 1
    rows = [below.get(n, ForeignRow(n, ())) for n in range(first, max(below, default=0) + 1)]
    cells = [[row.cell(n).shown or None for n in range(len(names))] for row in rows]
    schema = {name: pl.String() for name in names}
    return pl.DataFrame(cells, schema=schema, orient="row"), first, foreign.remarks


def _header_place(rows: Sequence[Sequence[str]], form: RegisterForm) -> int:
    """Find which of the first rows holds most of the titles; the first one where none holds any."""
    scores = [_known_titles(row, form) for row in rows]
    return scores.index(max(scores))


def _known_titles(row: Sequence[str], form: RegisterForm) -> int:
    return sum(fold(title) in form.by_title for title in row)


def period_in(name: str) -> str:
    """Give the day, month or year in the name of a file. Raises `FileRefused` where there is none."""
    match = re.search(r"(?<!\d)((?:19|20)\d\d)(?:[-_]?(\d\d)(?:[-_]?(\d\d))?)?(?!\d)", name)
    if match is None:
        raise FileRefused(
            message("Of which day is this register?"),
            where=name,
            remedy=message("Say it: {parameter}.", parameter=Parameter("as_of", "2023-10")),
        )
    return "-".join(part for part in match.groups() if part)
