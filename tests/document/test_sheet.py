"""Tables of values as files that spreadsheet programs open."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl

from ennum_stats.document.sheet import csv_of, workbook_of
from ennum_stats.table import ValueColumn, ValueTable


def test_csv_opens_in_french_excel():
    rows = (("=1+1", Decimal("-1234.5")), ("+44+1", None), ("@x", Decimal(7)))
    content = csv_of(ValueTable((ValueColumn("a"), ValueColumn("b")), rows, "t"))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["a", "b"], ["'=1+1", "-1234,5"], ["'+44+1", ""], ["'@x", "7"]]


def test_a_workbook_holds_no_formula():
    table = ValueTable((ValueColumn("a"),), (("=1+1",), (Decimal(2),)), "t")
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(table, date(2026, 1, 1))))
    cells = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1", "s"), (2, "n")]
