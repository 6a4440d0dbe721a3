"""Foreign files: what is read, and what is refused in one sentence. Every file is made here."""

import contextlib
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from ennum_stats.imports.spreadsheets.bounds import FileRefused
from ennum_stats.imports.spreadsheets.marks import sheet_marks
from ennum_stats.imports.spreadsheets.reader import read_file
from ennum_stats.languages import translate

MARKED = Path(__file__).parent / "workbooks"


def workbook(path, rows=(("Nom", "Nombre"), ("a", 1)), title="Liste"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def with_part(path, name, content=b"x"):
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, content)
    return path


def refused(path):
    with pytest.raises(FileRefused) as caught:
        read_file(path)
    assert caught.value.remedy is not None
    return translate(caught.value.found, "fr")


# --- what is read -----------------------------------------------------------------------------------


def test_values_of_cells_and_numbers_of_rows(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [(" Nom ", None, 0.1 + 0.2), (None,), (date(2020, 1, 27),)])
    book = openpyxl.load_workbook(path)
    book.active["A9"], book.active["B9"] = 0.855, "=1+1"
    book.active["A9"].number_format = "0.0 %"
    book.active["C9"] = "#N/A"
    book.active["C9"].data_type = "e"
    book.save(path)
    (sheet,) = read_file(path).sheets
    assert [row.number for row in sheet.rows] == [1, 3, 9]
    first, third, ninth = sheet.rows
    assert [cell.value for cell in first.cells] == ["Nom", None, Decimal("0.3")]
    assert third.cell(0).value == date(2020, 1, 27)
    assert (ninth.cell(0).value, ninth.cell(0).is_percent) == (Decimal("85.5"), True)
    assert "formule" in translate(ninth.cell(1).fault, "fr")
    assert "erreur" in translate(ninth.cell(2).fault, "fr")
    assert ninth.cell(40).is_empty


def test_hidden_sheets_are_told_apart(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Listes").sheet_state = "hidden"
    book.save(path)
    assert [sheet.name for sheet in read_file(path).visible_sheets] == ["Liste"]


def test_rows_and_columns_without_height_or_width_are_hidden():
    marks = sheet_marks(
        b'<worksheet><cols><col min="1" max="1" width="9.5"/><col min="2" max="3" width="0"/></cols>'
        b'<sheetData><row r="1" ht="15"/><row r="2" ht="0" customHeight="1"/><row/>'
        b'<row ht="0.0"/><row r="7" hidden="0"/><row r="8" hidden="true"/></sheetData></worksheet>'
    )
    assert marks.hidden_rows == {2, 4, 8}  # a row without a number follows the one before it
    assert marks.hidden_columns == {1, 2}


def test_rows_far_down_are_found_and_empty_ones_cost_nothing(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.active["A200000"] = "fin"
    book.save(path)
    assert [row.number for row in read_file(path).sheets[0].rows] == [1, 2, 200_000]


CSV = "Code;Montant;Date\r\nEN2031;12\u202f345,50;27/01/2020\r\n"


@pytest.mark.parametrize(
    ("data", "n_remarks"),
    [
        (CSV.encode("utf-8-sig"), 0),
        (CSV.encode(), 0),
        (CSV.replace("\u202f", "\u00a0").encode("cp1252"), 1),
        (CSV.encode("utf-16"), 0),
        (b"sep=;\r\n" + CSV.encode(), 0),
        (CSV.replace(",", ".").replace(";", "\t").encode(), 0),
    ],
)
def test_csv_as_excel_saves_it(tmp_path, data, n_remarks):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    file = read_file(path)
    header, row = file.sheets[0].rows
    assert [cell.value for cell in header.cells] == ["Code", "Montant", "Date"]
    assert row.number == 2
    assert row.cell(1).value.replace("\u00a0", "\u202f").replace(".", ",") == "12\u202f345,50"
    assert len(file.remarks) == n_remarks


@pytest.mark.parametrize(("codec", "told"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")])
def test_a_csv_says_by_its_accents_where_it_was_saved(tmp_path, codec, told):
    path = tmp_path / "a.csv"
    rows = ["N° FASE;Nom de l’école", "9000101;École fictive Saint-Éloi à Fléron", "9000102;Îlot ça là"]
    path.write_bytes("\r".join(rows).encode(codec))
    file = read_file(path)
    assert [";".join(c.shown for c in row.cells) for row in file.sheets[0].rows] == rows
    assert [told in str(remark) for remark in file.remarks] == [True]


def test_a_cell_of_a_csv_may_hold_semicolons_and_line_breaks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Code;Nom\n1;"a;b\nc"\n2;d\n', "utf-8")
    rows = read_file(path).sheets[0].rows
    assert rows[1].cell(1).value == "a;b\nc"
    assert [row.number for row in rows] == [1, 2, 3]


def test_a_formula_is_read_by_the_value_it_last_had(tmp_path):
    path = tmp_path / "computed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_number(1, 0, 7)
        sheet.write_formula(1, 1, "=A2*2", None, 14)
        sheet.write_formula(1, 2, '=IF(A2>1,"Namur","Huy")', None, "Namur")
    read = read_file(path)
    [_, row] = read.sheets[0].rows
    assert [(cell.value, cell.fault) for cell in row.cells] == [(7, None), (14, None), ("Namur", None)]
    [remark] = read.remarks
    assert "values last computed were read (2)" in str(remark)


def test_a_formula_in_a_csv_is_a_fault(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Code;Nom\n1;=HYPERLINK("http://example.org")\n', "utf-8")
    assert read_file(path).sheets[0].rows[1].cell(1).fault is not None


# --- what is refused --------------------------------------------------------------------------------


def test_a_file_that_is_not_there(tmp_path):
    assert refused(tmp_path / "a.xlsx") == "Ce fichier ou ce dossier n’existe pas."


@pytest.mark.parametrize("lock", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_a_file_still_open(tmp_path, lock):
    path = workbook(tmp_path / "a.xlsx")
    (tmp_path / lock).write_bytes(b"")
    assert refused(path) == "Ce fichier est encore ouvert dans Excel ou LibreOffice."


@pytest.mark.parametrize("name", ["a.xlsb", "a.pdf", "a"])
def test_other_formats(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    assert refused(tmp_path / name).startswith("Cette sorte de fichier n’est pas lue")


def test_macros(tmp_path):
    assert refused(workbook(tmp_path / "a.xlsm")) == "Ce classeur peut contenir des macros."
    path = with_part(workbook(tmp_path / "a.xlsx"), "xl/vbaProject.bin")
    assert refused(path) == "Ce document contient des macros."


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/externalLinks/externalLink1.xml", "liaisons externes"),
        ("xl/connections.xml", "connexion de données"),
        ("xl/embeddings/oleObject1.bin", "incorporé"),
    ],
)
def test_parts_that_reach_elsewhere(tmp_path, part, words):
    assert words in refused(with_part(workbook(tmp_path / "a.xlsx"), part))


def test_a_password(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    assert "mot de passe" in refused(path)


def test_a_zip_bomb(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 50_000_000)
    assert refused(path).startswith("Aucun programme Office")


def test_a_file_of_xml_entities(tmp_path):
    path = with_part(workbook(tmp_path / "a.xlsx"), "xl/x.xml", b'<?xml version="1.0"?><!DOCTYPE x>')
    assert refused(path).startswith("Aucun programme Office")


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("data", [b"", b"Code;Nom", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_workbook(tmp_path, data, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    assert "abîmé" in refused(path)


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_half_a_workbook_of_another_program_is_damaged(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    whole = (MARKED / f"marks.{suffix}").read_bytes()
    for part in (whole[: len(whole) // 2], whole[:3_000] + b"\xff" * 2_000 + whole[5_000:]):
        path.write_bytes(part)
        with contextlib.suppress(FileRefused):  # either is right; a crash of the library is not
            read_file(path)


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_workbooks_of_other_programs_say_all_that_a_person_sees(suffix):
    """Made by LibreOffice of one workbook: red letters in row 7, green cells in 8, row 9 struck, row 6 and column H
    hidden, a note in row 4, a word struck in B5, B10 bold and italic, a rule in C, a head line, formulas in F and G."""
    file = read_file(MARKED / f"marks.{suffix}")
    sheet, hidden, faulty = file.sheets
    assert (sheet.name, sheet.hidden_columns, sheet.noted_rows) == ("Lauréats", {7}, {4})
    assert (sheet.page_lines, sheet.has_colour_rules, sheet.is_hidden) == (("Projets refusés",), True, False)
    assert (hidden.is_hidden, hidden.has_colour_rules, faulty.rows[0].cell(1).fault is None) == (
        True,
        False,
        False,
    )
    rows = {row.number: row for row in sheet.rows}
    assert [number for number, row in rows.items() if row.is_hidden] == [6]
    assert [cell.value for cell in rows[4].cells[:6]] == [
        204, "École 4", Decimal("1004.5"), Decimal("12.5"), date(2020, 6, 4), 2009,
    ]  # fmt: skip
    assert rows[4].cell(3).is_percent
    assert [cell.is_computed for cell in rows[4].cells] == [False] * 5 + [True, True, False]
    assert {rows[4].cell(2).currency, rows[6].cell(2).currency} <= {"€", "EUR", "$", "USD"}
    assert rows[4].cell(2).currency != rows[6].cell(2).currency
    assert {cell.look for cell in rows[7].cells} == {"letters FF0000"}
    assert {cell.look for cell in rows[8].cells} == {"fill 00B050"}
    assert rows[10].cell(1).look == "bold, italic"
    assert [number for number, row in rows.items() if any(cell.is_struck for cell in row.cells)] == [5, 9]
    assert "(16)" in str(file.remarks[0])


def test_a_zip_of_something_else(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "x")
    assert "abîmé" in refused(path)


def test_a_workbook_whose_sheet_is_broken(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:200]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert "abîmé" in refused(path)


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b\0c")
    assert refused(path) == "Ce n’est pas un fichier de texte."


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(FileRefused, match="folder, not a file"):
        read_file(tmp_path)


def test_a_file_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text("a;b\n", "utf-8")

    def denied(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(PermissionError, match=r"list\.csv: The system refuses access"):
        read_file(path)


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (['1;"École A;x', "2;b;x", "3;c;x"], 2),  # never closed
        (['1;"École A;x', '2;"b";x', "3;c;x"], 2),  # closed by the next cell with marks
        (["1;a;x", '2;"École A;x', "3;b;x", '4;c";x', "5;d;x"], 3),  # closed rows below
        (["1;a;x", '2;"b;x', '3;c;x"', "4;d;x", "5;e;x"], 3),  # in another column
        (['1;"École" A;x', "2;b;x"], 2),  # goes on behind its mark
        (['1;École "A;x', "2;b;x"], 2),  # one mark inside
    ],
)
def test_a_quotation_mark_that_is_astray_refuses_a_csv_with_its_line(tmp_path, lines, line):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["N°;Nom;Lieu", *lines]) + "\n", "utf-8")
    assert refused(path).startswith(f"À la ligne {line}, un guillemet")


def test_quoted_cells_keep_their_marks_and_line_breaks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('N°;Nom\r\n1;"École ""A""\r\nannexe"\r\n2;"12"""\r\n3;c\r\n'.encode())
    rows = read_file(path).sheets[0].rows
    assert [row.cell(1).value for row in rows[1:]] == ['École "A"\r\nannexe', '12"', "c"]
