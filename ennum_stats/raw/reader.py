"""Reading of raw tables exactly as they must be: UTF-8, comma, decimal point, ISO dates; or as French Excel saves them.

`read_parts` gives frames of strings, with the columns `_file` and `_line`, and notes what is wrong with the
form of the files: one that is missing, a folder, unreadable, or in another encoding or layout is a finding.
Nothing else is guessed or mended here. What the cells mean
is checked in `ennum_stats.raw.row_checks`.

Files are read in blocks of whole lines, so that a list of millions of rows needs no more memory than a
block; all lines of a block are counted at once, and one by one only those that look wrong.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from functools import wraps
from pathlib import Path
from typing import BinaryIO, TypeVar

import polars as pl

from ennum_stats.errors import message
from ennum_stats.project import Project
from ennum_stats.raw.embargo import embargoed_files, now
from ennum_stats.raw.excel_csv import file_as_ours
from ennum_stats.raw.schema import Finding, RawTable, RawTablesRefused
from ennum_stats.raw.tables import RAW_TABLE_BY_NAME, TABLE_BY_NAME, TABLES

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BLOCK = 1 << 24  # bytes: what is held at once as bytes, as lines and as strings
_NO_MARKS = bytes(set(range(256)) - set(b',"\n'))
"""What says nothing of where cells and lines end."""
_SAVE_AS_UTF8 = "Save the file as CSV UTF-8 with commas and without a byte-order mark."
_PLACE = {"_file": pl.Categorical(), "_line": pl.UInt32()}
_MOST_BYTES, _MOST_KEPT, _MOST_KEPT_BYTES = 1 << 24, 200, 1 << 26
T = TypeVar("T")
Read = Callable[[Path, Path, RawTable], T]


def kept_while_the_same(read: Read[T]) -> Read[T]:
    """Keep what is read of a table: where its files are as they were, they are not read again on this day. What is
    kept longest goes first, and very large tables are not kept.

    An import reads the raw tables as they are, then as they would be: all but one or two of them are the same.
    """
    kept: dict[Hashable, tuple[T, int]] = {}

    @wraps(read)
    def of(raw: Path, root: Path, table: RawTable) -> T:
        content, size = _content(raw, root, table)
        if content in kept:
            return kept[content][0]
        value = read(raw, root, table)
        if content is not None and (content, size) == _content(raw, root, table):
            kept[content] = value, size
            while len(kept) > _MOST_KEPT or sum(size for _, size in [*kept.values()]) > _MOST_KEPT_BYTES:
                kept.pop(next(iter(kept)), None)
        return value

    return of


def _content(raw: Path, root: Path, table: RawTable) -> tuple[Hashable, int]:
    """Return what the findings on a table come from: its files, those of its corrections, and the day; none
    where one is no file or cannot be read, or where they are large. Give also how many bytes they are."""
    tables = (table, TABLE_BY_NAME["corrections"]) if table.name == "observations" else (table,)
    digests: list[tuple[str, str]] = []
    size = 0
    for path in (path for each_table in tables for path in table_files(raw, each_table)):
        try:
            size += path.stat().st_size if path.is_file() else 0
            if size > _MOST_BYTES:
                return None, size
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        except OSError:
            return None, size
        if not digest and (path.exists() or path.is_symlink()):
            return None, size
        digests.append((path.relative_to(root).as_posix(), digest))
    return (table.name, now().astimezone().date(), tuple(digests)), size


def read_tables(
    raw: Path, root: Path, tables: tuple[RawTable, ...] = TABLES
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Read all raw tables under `raw` as strings; return them and the findings on the form of their files.

    `root` is the folder to which the places in findings are relative.
    """
    read = {table.name: _strings(raw, root, table) for table in tables}
    findings = [finding for _, of_form in read.values() for finding in of_form]
    return {name: frame for name, (frame, _) in read.items()}, findings


@kept_while_the_same
def _strings(raw: Path, root: Path, table: RawTable) -> tuple[pl.DataFrame, list[Finding]]:
    findings: list[Finding] = []
    return pl.concat(read_parts(raw, root, table, findings), rechunk=True), findings


def read_parts(raw: Path, root: Path, table: RawTable, findings: list[Finding]) -> Iterator[pl.DataFrame]:
    """Read a raw table as strings, part by part, the first without rows; add to `findings` those on the
    form of its files.

    A file that has such a finding is left out whole, so that one fault is not reported twice.
    """
    yield pl.DataFrame(schema=_PLACE | dict.fromkeys(table.column_names, pl.String()))
    for path in table_files(raw, table):
        shown = path.relative_to(root).as_posix()
        try:
            content = (file_as_ours(path, table) if path.is_file() else None) or path
            form_findings = _form_findings(path, content, shown, table)
            findings += form_findings
            if not form_findings and path.is_file():
                yield from _rows(content, shown, table)
        except (OSError, csv.Error, pl.exceptions.PolarsError):
            findings.append(_unreadable_file(shown))


def table_files(raw: Path, table: RawTable) -> list[Path]:
    """Return the files of a table in a fixed order, those under embargo last; the path that is missing where
    there is none that all may see."""
    path = raw / table.path
    if not table.is_folder:
        return [path, *embargoed_files(raw, table)]
    files = sorted(path.glob("*.csv")) or [path / f"{table.name}.csv"]
    return [*files, *embargoed_files(raw, table)]


Content = Path | bytes
"""A file, or what it was rewritten as (`excel_csv`)."""


def _opened(content: Content) -> BinaryIO:
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def _blocks(content: Content) -> Iterator[tuple[int, bytes]]:
    """Read a file in blocks of whole lines, each with the number of its first line."""
    line = 1
    with _opened(content) as file:
        while block := file.read(_BLOCK):
            block += file.readline()
            yield line, block
            line += block.count(b"\n")


def _header(content: Content) -> bytes:
    with _opened(content) as file:
        return file.readline()


def _rows(content: Content, shown: str, table: RawTable) -> Iterator[pl.DataFrame]:
    """Read the rows of a file whose form is right."""
    header = _header(content)
    for line, block in _blocks(content):
        is_first = line == 1
        frame = pl.read_csv(
            block if is_first else header + block,
            infer_schema=False,
            row_index_name="_line",
            row_index_offset=2 if is_first else line,
        )
        if b'""' in block:  # an empty cell too
            frame = frame.with_columns(pl.col(pl.String).replace("", None))
        lacking = [name for name in table.column_names if name not in frame.columns]
        yield frame.with_columns(pl.lit(None, pl.String).alias(name) for name in lacking).select(
            pl.lit(shown, pl.Categorical).alias("_file"),
            pl.col("_line").cast(pl.UInt32),
            pl.col(table.column_names),
        )


# --- the form of a file -----------------------------------------------------------------------------


def _form_findings(path: Path, content: Content, shown: str, table: RawTable) -> list[Finding]:
    """Find what keeps a file from being read: that it is none, its encoding, its header, or its lines."""
    if path.is_dir():
        fault, expected = message("This is a folder."), message("A file is expected here.")
        remedy = message("Move the folder elsewhere, and put the file back.")
        return [Finding(shown, 1, "", fault, expected, remedy)]
    if not path.is_file():
        if path.exists() or path.is_symlink():
            return [_unreadable_file(shown)]
        fault, expected = message("This file is missing."), message("The table is expected here.")
        remedy = message("Put it back, for instance from the last commit.")
        return [] if table.is_optional else [Finding(shown, 1, "", fault, expected, remedy)]
    header = _cells(_header(content))
    of_lines: list[Finding] = []
    is_open = False
    for line, block in _blocks(content):
        if findings := _encoding_findings(block, line, content, shown):
            return findings
        if not is_open:
            is_open = _note_lines(block, line, len(header), shown, of_lines)
    return _header_findings(header, shown, table) or of_lines


def _unreadable_file(shown: str) -> Finding:
    return Finding(
        shown, 1, "",
        message("This file cannot be read."),
        message("A CSV file that you may read is expected here."),
        message("Close it in other programs, and look at its access rights and its content."),
    )  # fmt: skip


def _encoding_findings(block: bytes, line: int, content: Content, shown: str) -> list[Finding]:
    marks = 0
    while line == 1 and block[3 * marks :].startswith(_BYTE_ORDER_MARK):
        marks += 1
    if marks:
        return [
            Finding(
                shown, 1, "",
                message("The file begins with {n} byte-order mark(s).", n=marks),
                message("A raw table begins with its header."),
                message(_SAVE_AS_UTF8),
            )
        ]  # fmt: skip
    try:
        _ = block.isascii() or block.decode("utf-8")
    except UnicodeDecodeError as error:
        before = block[: error.start]
        line += before.count(b"\n")
        row = before[before.rfind(b"\n") + 1 :] + b"?"
        column = _column_at(_header(content), len(_cells(row)) - 1) if line > 1 else ""
        return [
            Finding(
                shown, line, column,
                message("A character here is not UTF-8 (the file looks like Latin-1 or Windows)."),
                message("A raw table is UTF-8."),
                message(_SAVE_AS_UTF8),
            )
        ]  # fmt: skip
    return []


def _column_at(header: bytes, position: int) -> str:
    names = _cells(header)
    return names[position] if position < len(names) else ""


def _cells(line: bytes) -> list[str]:
    text = line.decode("utf-8", errors="replace").rstrip("\r\n")
    return next(csv.reader([text]), [])


def _header_findings(header: list[str], shown: str, table: RawTable) -> list[Finding]:
    expected = table.column_names
    later = {column.name for column in table.columns if column.is_later}
    for delimiter, name in ((";", message("semicolons")), ("\t", message("tabs"))):
        if len(header) == 1 and delimiter in header[0]:
            fault = message("The columns are separated by {name}.", name=name)
            return [Finding(shown, 1, "", fault, message("A raw table has commas."), message(_SAVE_AS_UTF8))]
    counts = Counter(header)
    wrong = [
        (name, message("This column stands {n} times.", n=n), message("Leave one of them."))
        for name, n in counts.items()
        if n > 1
    ]
    wrong += [
        (name, message("This column is missing."), message("Add it to the header."))
        for name in expected
        if name not in counts and name not in later
    ]
    wrong += [
        (name, message("This column is unknown."), message("Correct its name or remove it."))
        for name in counts
        if name not in expected
    ]
    columns = message("Expected columns: {names}.", names=", ".join(expected))
    return [Finding(shown, 1, name, fault, columns, remedy) for name, fault, remedy in wrong]


def _note_lines(block: bytes, first: int, width: int, shown: str, findings: list[Finding]) -> bool:
    """Find lines of a block that do not hold one row each of the header's number of cells; tell whether a
    quotation mark stays open, so that nothing can be said of what follows."""
    for number, line in _lines_to_look_at(block, first, width):
        if line.count('"') % 2:
            findings.append(
                Finding(
                    shown, number, "",
                    message("A quotation mark is not closed on this line."),
                    message("A row stands on one line."),
                    message("Close the quotation mark, or take the line break out of the cell."),
                )
            )  # fmt: skip
            return True
        cells = len(_cells(line.encode())) if line.strip() else 0
        if cells != width:
            findings.append(
                Finding(
                    shown, number, "",
                    message("This line has {n} cells.", n=cells),
                    message("{n} cells are expected.", n=width),
                    message("Look for a comma too many or too few, or an empty line."),
                )
            )  # fmt: skip
    return False


def _lines_to_look_at(block: bytes, first: int, width: int) -> Iterator[tuple[int, str]]:
    """Select lines of a block, with their numbers, of which commas alone do not prove that they have `width`
    cells."""
    if block.translate(None, _NO_MARKS) == (b"," * (width - 1) + b"\n") * block.count(b"\n"):
        return
    commas = pl.col("line").str.count_matches(",", literal=True)
    is_quoted = pl.col("line").str.contains('"', literal=True)
    lines = pl.read_lines(block, row_index_name="number", row_index_offset=first)
    yield from lines.filter(is_quoted | (commas != width - 1)).iter_rows()


def known_rows(project: Project, table: str) -> pl.DataFrame:
    """Read the rows of a raw table as strings; none where an optional one has no file.

    Raises `RawTablesRefused` where the file cannot be read.
    """
    frames, findings = read_tables(project.raw, project.root, (RAW_TABLE_BY_NAME[table],))
    if findings:
        raise RawTablesRefused(findings)
    return frames[table].select(RAW_TABLE_BY_NAME[table].column_names)
