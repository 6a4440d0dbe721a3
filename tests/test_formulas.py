"""R15: what a spreadsheet program would compute is in no raw table, and behind an apostrophe in
every CSV of ours."""

import csv
import io

import polars as pl
import pytest

from ennum_stats.cli.options import print_csv
from ennum_stats.document.sheet import csv_of
from ennum_stats.raw.cell_checks import cell_findings
from ennum_stats.raw.kinds import CODE
from ennum_stats.raw.tables import TABLES
from ennum_stats.release.package import csv_bytes
from ennum_stats.release.rows import Filled
from ennum_stats.release.schema import RELEASED
from ennum_stats.table import ValueColumn, ValueTable, harmless

COMPUTED = (
    "=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠SUM",
)  # fmt: skip
"""How a formula may begin, after the list of OWASP (CSV Injection)."""
READ = ("-12.5", "-12,5 %", "+3", "955 − 679", "– 5", "2017-2018", "école = lieu", "", "a@b")


def test_what_would_be_computed_stands_behind_an_apostrophe():
    assert all(harmless(text) == "'" + text.replace("\r", "\n") for text in COMPUTED)
    assert harmless("a\r=1") == "a\n=1"  # within quotation marks it begins no row
    assert [harmless(text) for text in READ] == list(READ)


def test_every_csv_of_ours_has_one_rule(capsys):
    rows = [{"name": text} for text in COMPUTED]
    print_csv(rows, ["name"])
    printed = list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))
    served = csv_of(ValueTable((ValueColumn("name"),), tuple((text,) for text in COMPUTED))).decode(
        "utf-8-sig"
    )
    released = RELEASED[0]
    field = next(field.name for field in released.fields if field.type == "string")
    empty = {field.name: None for field in released.fields}
    filled = Filled(released, tuple(empty | {field: text} for text in COMPUTED))
    given = csv.DictReader(io.StringIO(csv_bytes(filled).decode(), newline=""))
    for found in (
        [cell for [cell] in printed[1:]],
        [cell for [cell] in csv.reader(io.StringIO(served, newline=""), delimiter=";")][1:],
        [row[field] for row in given],
    ):
        assert found == [harmless(text) for text in COMPUTED]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_column_of_text_of_a_raw_table_begins_like_a_formula(table):
    texts = [column.name for column in table.columns if column.kind.name == "text" or column.kind is CODE]
    for name in texts:
        cells = {column: [None] * len(COMPUTED) for column in table.column_names} | {name: COMPUTED}
        frame = pl.DataFrame(cells, schema=dict.fromkeys(table.column_names, pl.String))
        frame = frame.with_columns(_file=pl.lit("a.csv")).with_row_index("_line")
        found = {one.line for one in cell_findings(table, frame) if one.column == name}
        assert found == set(range(len(COMPUTED))), name
