"""Files for imports that are traps: bombs, halves, other kinds of files, and more of everything than anybody
needs. Workbooks are written by hand: no library writes what is wrong."""

import csv
import io
import zipfile
from random import Random
from xml.sax.saxutils import escape

LONGEST = 32_767
"""The most signs that Excel lets a cell hold."""
File = tuple[str, bytes]
"""The ending of a file's name, and its content."""


def rows_of(kind: str) -> list[list[str]]:
    """Give a small file as people have it."""
    if kind == "register":
        header = (
            "N° FASE de l'établissement|Nom de l'établissement|Type d'enseignement|Réseau|"
            "N° FASE de l'implantation|Adresse de l'implantation|Code postal de l'implantation|"
            "Commune de l'implantation"
        )
        school = "9000012|École B (données fictives)|Secondaire ordinaire|Libre confessionnel"
        lines = [header, f"{school}|9000102|Rue B 2|5000|Namur", f"{school}|9000103|Rue C 3|5000|Namur"]
    else:
        number = "Montant" if kind == "winners" else "Quantité"
        header = f"FASE|École|Remarque|{number}"
        lines = [header, "9000103|École B||1,00", "9000104|École C|vu|2,00", "9000102|École B||3"]
    return [line.split("|") for line in lines]


def as_csv(rows: list[list[str]]) -> File:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    return ".csv", text.getvalue().encode("utf-8", "surrogatepass")


# --- workbooks ------------------------------------------------------------------------------------

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def parts_of(sheet: str, sheets: int = 1) -> dict[str, str]:
    """Give the parts of a workbook with a sheet, or so many times the same."""
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, sheets + 1))
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, sheets + 1)
    )
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": sheet for n in range(1, sheets + 1)},
    }


def sheet_of(rows: list[list[str]]) -> str:
    """Write rows as a sheet of texts."""
    lines = "".join(
        f'<row r="{line}">'
        + "".join(f'<c t="inlineStr"><is><t>{escape(_printable(cell))}</t></is></c>' for cell in row)
        + "</row>"
        for line, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() or sign in " \t\n\u00a0\u202f")


def as_workbook(rows: list[list[str]]) -> File:
    return ".xlsx", zipped(parts_of(sheet_of(rows)))


# --- traps ----------------------------------------------------------------------------------------


def a_bomb(kind: str, rng: Random) -> File:
    sheet = sheet_of(rows_of(kind)).replace("<sheetData>", "<sheetData>" + " " * 300_000_000)
    return ".xlsx", zipped(parts_of(sheet))


def entities_within_entities(kind: str, rng: Random) -> File:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<!DOCTYPE x [<!ENTITY e0 "ha">{names}]>' + sheet_of(rows_of(kind)).replace("Rue", "&e11;", 1)
    return ".xlsx", zipped(parts_of(sheet.replace("École", "&e11;")))


def a_foreign_entity(kind: str, rng: Random) -> File:
    sheet = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + sheet_of(rows_of(kind))
    return ".xlsx", zipped(parts_of(sheet.replace("École", "&f;")))


def macros(kind: str, rng: Random) -> File:
    return ".xlsm", zipped(parts_of(sheet_of(rows_of(kind))) | {"xl/vbaProject.bin": "\x00" * 999})


def links_elsewhere(kind: str, rng: Random) -> File:
    parts = parts_of(sheet_of(rows_of(kind)).replace(">1,00<", ">[1]S1!A1<").replace("inlineStr", "str", 1))
    return ".xlsx", zipped(parts | {"xl/externalLinks/externalLink1.xml": "<externalLink/>"})


def long_cells(kind: str, rng: Random) -> File:
    sign = rng.choice(("a", "0 ", "( ", " ", "1.", "a1", "é ", "rue "))
    rows = [[(sign * LONGEST)[:LONGEST] for _ in rows_of(kind)[0]] for _ in range(8)]
    return rng.choice((as_csv, as_workbook))([rows_of(kind)[0], *rows])


def many_columns(kind: str, rng: Random) -> File:
    rows = rows_of(kind)
    wide = [[*row, *["x"] * rng.choice((16_384, 200_000))] for row in rows]
    return as_csv(wide)


def many_sheets(kind: str, rng: Random) -> File:
    return ".xlsx", zipped(parts_of(sheet_of(rows_of(kind)), rng.choice((300, 3_000))))


def a_far_row(kind: str, rng: Random) -> File:
    sheet = sheet_of(rows_of(kind)).replace('<row r="3">', '<row r="1048576">')
    return ".xlsx", zipped(parts_of(sheet))


def places_that_are_none(kind: str, rng: Random) -> File:
    wrong = rng.choice(("A0", "ZZZZ9", "", "1A", "XFE1", "A-1", "A99999999999", "é1"))
    return ".xlsx", zipped(parts_of(sheet_of(rows_of(kind)).replace("<c t", f'<c r="{wrong}" t', 1)))


def half_a_workbook(kind: str, rng: Random) -> File:
    data = as_workbook(rows_of(kind))[1]
    return ".xlsx", data[: rng.randrange(len(data))]


def flipped_bytes(kind: str, rng: Random) -> File:
    suffix, data = rng.choice((as_csv, as_workbook))(rows_of(kind))
    bad = bytearray(data)
    for _ in range(rng.choice((1, 5, 50))):
        bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
    return suffix, bytes(bad)


def a_part_is_missing(kind: str, rng: Random) -> File:
    parts = parts_of(sheet_of(rows_of(kind)))
    del parts[rng.choice(list(parts))]
    return ".xlsx", zipped(parts)


def another_encoding(kind: str, rng: Random) -> File:
    text = as_csv(rows_of(kind))[1].decode()
    code = rng.choice(("utf-16", "utf-16-le", "latin-1", "cp1252", "utf-32", "utf-8-sig", "utf-7", "cp037"))
    return ".csv", text.encode(code, "replace") + rng.choice((b"", b"\xff", b"\x00\x00"))


def noise(kind: str, rng: Random) -> File:
    size = rng.choice((0, 1, 100, 100_000))
    return rng.choice((".csv", ".xlsx", ".xls", ".ods", ".geojson", ".pdf", "")), rng.randbytes(size)


def another_kind_of_file(kind: str, rng: Random) -> File:
    data = rng.choice(
        (b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"{}", b"[" * 50_000, b"<html>")
    )
    return rng.choice((".csv", ".xlsx", ".xls")), data


def one_long_line(kind: str, rng: Random) -> File:
    return ".csv", as_csv(rows_of(kind))[1] + rng.choice((b"x", b'"', b";", b"0 ")) * 5_000_000


def quotation_marks(kind: str, rng: Random) -> File:
    data = bytearray(as_csv(rows_of(kind))[1])
    for _ in range(rng.choice((1, 1, 2, 3))):
        data.insert(rng.randrange(len(data)), ord('"'))
    return ".csv", bytes(data)


def many_rows(kind: str, rng: Random) -> File:
    rows = rows_of(kind)
    return as_csv([rows[0], *(rows[1:] * rng.choice((1_000, 20_000)))])


TRAPS = (
    a_bomb, entities_within_entities, a_foreign_entity, macros, links_elsewhere, long_cells,
    many_columns, many_sheets, a_far_row,
    places_that_are_none, half_a_workbook, flipped_bytes, a_part_is_missing, another_encoding, noise,
    another_kind_of_file,
    one_long_line, quotation_marks, many_rows,
)  # fmt: skip
