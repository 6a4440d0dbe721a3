"""Reading raw tables exactly as they must be: UTF-8, comma, decimal point, ISO dates.

`read_tables` gives a frame of strings a table, with the columns `_file` and `_line`, and what is wrong
with the form of the files. Nothing is guessed or mended here: a file that French Excel saved is for
`ennum import`. What the cells mean is checked in `ennum_stats.raw.checks`.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import polars as pl

from ennum_stats.errors import message
from ennum_stats.raw.findings import Finding
from ennum_stats.raw.tables import EMBARGOED, TABLES, Table

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SAVE_AS_UTF8 = "Save the file as CSV UTF-8 with commas and without a byte-order mark."


def read_tables(
    raw: Path, root: Path, tables: tuple[Table, ...] = TABLES
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """All raw tables under `raw` as strings, and the findings on the form of their files.

    `root` is the folder to which the places in findings are relative. A table whose files have a
    finding of form is given without them, so that one fault is not reported twice.
    """
    frames: dict[str, pl.DataFrame] = {}
    findings: list[Finding] = []
    for table in tables:
        parts = [_empty(table)]
        for path in table_files(raw, table):
            shown = path.relative_to(root).as_posix()
            if not path.is_file():
                if table.is_optional:
                    continue
                findings.append(_missing_file(shown))
                continue
            frame, found = _read_file(path, shown, table)
            findings.extend(found)
            if frame is not None:
                parts.append(frame)
        frames[table.name] = pl.concat(parts)
    return frames, findings


def table_files(raw: Path, table: Table) -> list[Path]:
    """The files of a table in a fixed order; the path that is missing where there is none."""
    path = raw / table.path
    if not table.is_folder:
        return [path]
    files = sorted(path.glob("*.csv"))
    return files if files or table is EMBARGOED else [path / f"{table.name}.csv"]


def _empty(table: Table) -> pl.DataFrame:
    schema: dict[str, pl.DataType] = {"_file": pl.String(), "_line": pl.Int64()}
    return pl.DataFrame(schema=schema | {name: pl.String() for name in table.column_names})


def _read_file(path: Path, shown: str, table: Table) -> tuple[pl.DataFrame | None, list[Finding]]:
    data = path.read_bytes()
    findings = _encoding_findings(data, shown)
    if findings:
        return None, findings
    lines = data.split(b"\n")
    header = _cells(lines[0])
    findings = _header_findings(header, shown, table)
    if findings:
        return None, findings
    findings = _line_findings(lines, len(header), shown)
    if findings:
        return None, findings
    frame = pl.read_csv(data, infer_schema=False, row_index_name="_line", row_index_offset=2)
    frame = frame.with_columns(pl.col(pl.String).replace("", None))  # "" is an empty cell too
    return (
        frame.with_columns(pl.lit(shown).alias("_file"), pl.col("_line").cast(pl.Int64)).select(
            "_file", "_line", *table.column_names
        ),
        [],
    )


def _missing_file(shown: str) -> Finding:
    return Finding(
        shown, 1, "",
        message("This file is missing."),
        message("The table is expected here."),
        message("Put it back, for instance from the last commit."),
    )  # fmt: skip


def _encoding_findings(data: bytes, shown: str) -> list[Finding]:
    marks = 0
    while data[3 * marks :].startswith(_BYTE_ORDER_MARK):
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
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        row = before[before.rfind(b"\n") + 1 :] + b"?"
        header = data.split(b"\n", 1)[0]
        column = _column_at(header, len(_cells(row)) - 1) if len(before) > len(header) else ""
        return [
            Finding(
                shown, before.count(b"\n") + 1, column,
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
    text = line.decode("utf-8", errors="replace").rstrip("\r")
    return next(csv.reader([text]), [])


def _header_findings(header: list[str], shown: str, table: Table) -> list[Finding]:
    expected = table.column_names
    for delimiter, name in ((";", message("semicolons")), ("\t", message("tabs"))):
        if len(header) == 1 and delimiter in header[0]:
            found = message("The columns are separated by {name}.", name=name)
            return [
                Finding(
                    shown, 1, "", found, message("A raw table has commas."), message(_SAVE_AS_UTF8)
                )
            ]
    counts = Counter(header)
    wrong = [
        (name, message("This column stands {n} times.", n=n), message("Leave one of them."))
        for name, n in counts.items()
        if n > 1
    ]
    wrong += [
        (name, message("This column is missing."), message("Add it to the header."))
        for name in expected
        if name not in counts
    ]
    wrong += [
        (name, message("This column is unknown."), message("Correct its name or remove it."))
        for name in counts
        if name not in expected
    ]
    columns = message("Expected columns: {names}.", names=", ".join(expected))
    return [Finding(shown, 1, name, found, columns, remedy) for name, found, remedy in wrong]


def _line_findings(lines: list[bytes], width: int, shown: str) -> list[Finding]:
    """Lines that do not hold one row each of the header's number of cells."""
    findings = []
    last = len(lines) - 1
    for number, line in enumerate(lines, start=1):
        if number - 1 == last and not line:
            break
        if b'"' not in line and line.count(b",") == width - 1:
            continue
        if line.count(b'"') % 2:
            findings.append(
                Finding(
                    shown, number, "",
                    message("A quotation mark is not closed on this line."),
                    message("A row stands on one line."),
                    message("Close the quotation mark, or take the line break out of the cell."),
                )
            )  # fmt: skip
            break
        cells = len(_cells(line)) if line.strip() else 0
        if cells != width:
            findings.append(
                Finding(
                    shown, number, "",
                    message("This line has {n} cells.", n=cells),
                    message("{n} cells are expected.", n=width),
                    message("Look for a comma too many or too few, or an empty line."),
                )
            )  # fmt: skip
    return findings
