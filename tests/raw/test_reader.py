"""The form of raw tables: files, columns, delimiters, encodings, quotation marks.

Each case breaks a copy of the real tables in one way and expects one finding, at its place.
"""

import csv
import io
import re

import pytest

from ennum_stats.raw.reader import read_tables, table_files
from ennum_stats.raw.tables import TABLES

BOM = b"\xef\xbb\xbf"


def lines_changed(change):
    return lambda data: b"\n".join(change(data.split(b"\n")))


def header_changed(old, new):
    return lines_changed(lambda lines: [lines[0].replace(old, new, 1), *lines[1:]])


def line_changed(number, change):
    def apply(lines):
        return [*lines[: number - 1], change(lines[number - 1]), *lines[number:]]

    return lines_changed(apply)


def as_latin_1(data):
    return data.decode("utf-8").replace("’", "'").encode("latin-1", errors="replace")


MALFORMED = {
    "tabs": (
        "prices.csv",
        lambda data: data.replace(b",", b"\t"),
        "data/raw/prices.csv:1: The columns are separated by tabs.",
    ),
    "two byte-order marks": (
        "observations/published.csv",
        lambda data: BOM + BOM + data,
        "data/raw/observations/published.csv:1: The file begins with 2 byte-order mark(s).",
    ),
    "UTF-16": (
        "calls.csv",
        lambda data: data.decode("utf-8").encode("utf-16"),
        "data/raw/calls.csv:1: A character here is not UTF-8",
    ),
    "an unclosed quotation mark": (
        "milestones.csv",
        line_changed(3, lambda line: line.replace(b",", b',"', 1)),
        "data/raw/milestones.csv:3: A quotation mark is not closed on this line.",
    ),
    "a line break in a cell": (
        "sources.csv",
        line_changed(4, lambda line: line.replace(b",", b',"a\nb",', 1)),
        "data/raw/sources.csv:4: A quotation mark is not closed on this line.",
    ),
    "a cell too many": (
        "prices.csv",
        line_changed(5, lambda line: line + b","),
        "data/raw/prices.csv:5: This line has 6 cells. 5 cells are expected.",
    ),
    "a cell too few": (
        "prices.csv",
        line_changed(5, lambda line: line.replace(b",", b"", 1)),
        "data/raw/prices.csv:5: This line has 4 cells. 5 cells are expected.",
    ),
    "an empty line": (
        "prices.csv",
        line_changed(5, lambda line: b"\n" + line),
        "data/raw/prices.csv:5: This line has 0 cells. 5 cells are expected.",
    ),
    "a column missing": (
        "exchange_rates.csv",
        lambda _: b"currency,source_id,locator\nBEF,council-regulation-2866-98,article 1\n",
        "data/raw/exchange_rates.csv:1: per_euro: This column is missing.",
    ),
    "a column unknown": (
        "exchange_rates.csv",
        lambda data: data.replace(b"locator\n", b"locator,taux\n").replace(b"1\n", b"1,40\n"),
        "data/raw/exchange_rates.csv:1: taux: This column is unknown.",
    ),
    "a column repeated": (
        "exchange_rates.csv",
        lambda data: data.replace(b"locator\n", b"locator,per_euro\n").replace(b"1\n", b"1,40\n"),
        "data/raw/exchange_rates.csv:1: per_euro: This column stands 2 times.",
    ),
}


@pytest.fixture
def in_small_blocks(raw_copy, monkeypatch):
    """A function that reads one file in blocks of some bytes: its rows, and what is told of it."""
    tables = {table.path: table for table in TABLES}

    def read(file):
        table = tables.get(file) or tables[file.split("/")[0]]
        with monkeypatch.context() as small:
            small.setattr("ennum_stats.raw.reader._BLOCK", 64)
            frames, findings = read_tables(raw_copy.project.raw, raw_copy.project.root, (table,))
        return frames[table.name], [finding.words("en") for finding in findings]

    return read


def test_the_raw_tables_as_they_are_have_no_finding(raw_copy):
    assert raw_copy.findings() == []


@pytest.mark.parametrize("fault", MALFORMED)
def test_a_malformed_file_is_one_finding_wherever_a_block_ends(raw_copy, in_small_blocks, fault):
    file, change, expected = MALFORMED[fault]
    raw_copy.bytes(file, change)
    (finding,) = raw_copy.findings()
    assert finding.startswith(expected)
    assert in_small_blocks(file)[1] == [finding]


def test_latin_1_is_found_at_the_first_accent(raw_copy, in_small_blocks):
    header = raw_copy.path("actors.csv").read_text("utf-8").split("\n")[0].split(",")
    assert header[1] == "name_fr"
    raw_copy.bytes("actors.csv", as_latin_1)
    lines = raw_copy.path("actors.csv").read_bytes().split(b"\n")
    line = next(n for n, text in enumerate(lines, 1) if max(text, default=0) > 127)
    (finding,) = raw_copy.findings()
    assert finding.startswith(f"data/raw/actors.csv:{line}: name_")
    assert "is not UTF-8" in finding
    assert finding.endswith("Save the file as CSV UTF-8 with commas and without a byte-order mark.")
    assert in_small_blocks("actors.csv")[1] == [finding]


@pytest.mark.parametrize(
    "file", ["sources.csv", "calls.csv", "codelists.csv", "corrections.csv", "exchange_rates.csv"]
)
def test_a_missing_file_is_one_finding_not_one_a_row_that_refers_to_it(raw_copy, file):
    raw_copy.path(file).unlink()
    (finding,) = raw_copy.findings()
    assert finding.startswith(f"data/raw/{file}:1: This file is missing.")


def test_a_folder_without_observations_is_a_finding(raw_copy):
    for path in raw_copy.path("observations").glob("*.csv"):
        path.unlink()
    (finding,) = raw_copy.findings()
    assert finding.startswith("data/raw/observations/observations.csv:1: This file is missing.")


def test_an_empty_file_lacks_all_its_columns(raw_copy):
    raw_copy.path("exchange_rates.csv").write_bytes(b"")
    assert [finding.split(": ")[1] for finding in raw_copy.findings()] == [
        "currency", "locator", "per_euro", "source_id",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="line ends of Windows"),
        pytest.param(lambda data: data.removesuffix(b"\n"), id="no line end at the end"),
        pytest.param(header_changed(b"series", b'"series"'), id="a header in quotation marks"),
        pytest.param(
            lambda data: b"\n".join(b",".join(reversed(line.split(b","))) for line in data.split(b"\n")),
            id="columns in another order",
        ),
    ],
)
def test_what_says_the_same_is_read(raw_copy, in_small_blocks, change):
    rows, _ = in_small_blocks("prices.csv")
    raw_copy.bytes("prices.csv", change)
    assert raw_copy.findings() == []
    again, findings = in_small_blocks("prices.csv")
    assert findings == []
    assert again.equals(rows)


def saved_by_excel(data, table, codec):
    """What French Excel makes of a table: semicolons, decimals with commas, days with the day first."""
    header, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    kinds = {column.name: column.kind.name for column in table.columns}

    def cell(name, text):
        if kinds[name] == "decimal":
            return text.replace(".", ",")
        day = (
            re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
            if kinds[name] in ("day", "period_end", "period")
            else None
        )
        return f"{day[3]}/{day[2]}/{day[1]}" if day else text

    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerows([header, *([cell(*pair) for pair in zip(header, row, strict=True)] for row in rows)])
    return lines.getvalue().encode(codec)


def test_both_kinds_of_csv_of_french_excel_are_read_as_the_tables_that_were_opened(raw_copy):
    before, _ = read_tables(raw_copy.project.raw, raw_copy.project.root)
    for table in TABLES:
        for path in table_files(raw_copy.project.raw, table):
            if not path.is_file():
                continue
            data = path.read_bytes()
            try:
                path.write_bytes(saved_by_excel(data, table, "cp1252"))
            except UnicodeEncodeError:  # signs that "CSV" would lose
                path.write_bytes(saved_by_excel(data, table, "utf-8-sig"))
    after, findings = read_tables(raw_copy.project.raw, raw_copy.project.root)
    assert findings == []
    for name, frame in before.items():
        assert after[name].drop("_line").equals(frame.drop("_line")), name
