"""Run the import of docs/schools.md as a steward would, and write its outputs and pictures anew.

    python -m tools.import_pictures          writes the outputs into the page, and the pictures beside it
    python -m tools.import_pictures FOLDER   leaves project, workbooks and pictures there as well

Schools, amounts and persons are invented, and say so. The pictures are the workbooks as LibreOffice lays
them out; without it the outputs alone are written.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageChops
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.project import NOT_SHARED
from tools.contact_sheet import office_pages

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "schools.md"
PICTURES = ROOT / "docs" / "images"
MESSY, REFUSED, REGISTER = "laureats.xlsx", "laureats-refus.xlsx", "registre_2021.csv"
IMPORT = f"ennum import winners {MESSY} --call EN2021 --as-of 2022-06"
ANSWERS = "--leave sheets --take list-title"
STEPS = (
    f"ennum import register {REGISTER} --yes",
    f"{IMPORT} --dry-run",
    f"{IMPORT} {ANSWERS} --yes",
    f"ennum import winners {REFUSED} --call EN2021 --as-of 2022-06 --yes",
    f"{IMPORT} {ANSWERS} --yes",
    "ennum build",
    "ennum measure winners --by province",
)
"""What the steward types; before the fourth step the refused rows are mended."""
_SHOWN_FROM = {3: "Lignes refusées", 5: "Lignes lues"}
"""Where the output of a step begins, for a step that repeats what an earlier one said."""
_REFUSAL = re.compile(r"  ligne \d+, ")
_WIDTH = 1300
_COLOURS = 48
_AS_IT_CAME = "refus-premier.xlsx"
_REGISTER = """\
N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Réseau;N° FASE de l'implantation;\
Adresse de l'implantation;Code postal de l'implantation;Localité de l'implantation;Commune de l'implantation
9000001;École communale fictive des Tilleuls;Primaire ordinaire;Subventionné communal;9000101;\
Rue fictive 1;5000;NAMUR;Namur
9000002;Institut fictif Saint-Aubain;Secondaire ordinaire;Libre confessionnel;9000102;Rue fictive 2;5000;\
NAMUR;Namur
9000002;Institut fictif Saint-Aubain;Secondaire ordinaire;Libre confessionnel;9000103;Rue fictive 30;5100;\
JAMBES;Namur
9000003;Athénée royal fictif;Secondaire ordinaire;WBE;9000104;Quai fictif 4;4500;HUY;Huy
9000004;École libre fictive du Moulin;Primaire ordinaire;Libre confessionnel;9000105;Rue fictive 5;4500;HUY;\
Huy
9000005;École fondamentale fictive du Vallon;Primaire ordinaire;WBE;9000106;Rue fictive 6;6700;ARLON;Arlon
"""
_TITLE = "DONNÉES FICTIVES – École Numérique 2021 : lauréats (version de travail, ne pas diffuser)"
_ROWS: tuple[tuple[object, ...], ...] = (
    (
        "9 000 101",
        9000001,
        "Éc. com. fictive des Tilleuls",
        "Namur",
        "12 345,50 €",
        "27/06/2022",
        "Mme Fictive, 081 00 00 01",
    ),
    ("9000102,0", None, "Institut St-Aubain", "NAMUR", 14000, date(2022, 6, 27), "M. Inventé"),
    (None, None, "Athénée Royal fictif", "Huy", "€ 9.800,-", 44739, "ar@ecole-fictive.be"),
    ("9000105", 9000003, "École du Moulin", "Huy", "11 200,00", "27 juin 2022", ""),
    ("9000101", "", "Éc. com. fictive des Tilleuls", "Namur", "12 345,50 €", "27/06/2022", ""),
    (None, None, "Institut fictif Saint-Aubain", "Namur", "8 000,00 €", "27/06/2022", ""),
    ("9000106", "", "Vallon (tél. 063/00.00.02)", "Arlon", "7 500", "31/06/2022", ""),
    ("9000199", "", "École libre fictive", "Namur", "6 000,00", "27/06/2022", "M. Inventé"),
    ("TOTAL GÉNÉRAL", None, None, None, "81 191,00 €", None, None),
)


def messy_workbook(path: Path) -> Path:
    """Write the list as it arrives: a page to read first, merged titles over two rows, persons, a total."""
    book = openpyxl.Workbook()
    notes, sheet = book.worksheets[0], book.create_sheet("Lauréats")
    notes.title = "À lire"
    notes["A1"] = "Données fictives. Contact : Mme Fictive, 081 00 00 01"
    sheet["A1"], sheet["A3"], sheet["E3"] = _TITLE, "École", "Montant octroyé (€)"
    sheet["F3"], sheet["G3"] = "Date de la décision", "Personne de contact"
    for column, title in enumerate(("N° Fase impl.", "FASE établ.", "Dénomination", "Commune"), 1):
        sheet.cell(4, column, title)
    for merged in ("A1:G1", "A3:D3", "E3:E4", "F3:F4", "G3:G4"):
        sheet.merge_cells(merged)
    for number, row in enumerate(_ROWS, start=5):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value or None)
    _dress(sheet)
    book.active = 1
    book.save(path)
    return path


def _dress(sheet: Any) -> None:
    """Set colours, borders and one page in width."""
    thin = Side(style="thin", color="999999")
    for row in sheet.iter_rows(min_row=3, max_col=7):
        for cell in row:
            cell.border = Border(thin, thin, thin, thin)
            if cell.row <= 4:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE699")
                cell.alignment = Alignment("center", "center", wrap_text=True)
    sheet["A1"].font = Font(bold=True, size=14, color="C00000")
    for letter, width in zip("ABCDEFG", (16, 13, 32, 10, 16, 14, 26), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def narrow(path: Path, target: Path) -> Path:
    """Copy the refused rows onto one page in width, for the picture."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for letter in "CDEFGH":
        sheet.column_dimensions[letter].width = 15
    sheet.column_dimensions["E"].width = 28
    sheet.print_title_cols = None
    sheet.page_setup.fitToWidth = 1
    book.save(target)
    return target


def mend(path: Path) -> None:
    """Correct the refused rows as the steward would (school, site, day) and remove the others."""
    book = openpyxl.load_workbook(path)
    sheet: Any = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[2]}
    for row in range(sheet.max_row, 2, -1):
        name = str(sheet.cell(row, columns["Dénomination"]).value)
        if "Moulin" in name:
            sheet.cell(row, columns["FASE établ."], "9000004")
        elif "Saint-Aubain" in name:
            sheet.cell(row, columns["N° Fase impl."], "9000103")
        elif "Vallon" in name:
            sheet.cell(row, columns["Dénomination"], "École du Vallon")
            sheet.cell(row, columns["Date de la décision"], "30/06/2022")
        else:
            sheet.delete_rows(row)
    book.save(path)


def tried(folder: Path) -> dict[str, str]:
    """Run all steps in a project in `folder`; return the output of each. The refused rows as first written
    are kept beside the corrected ones."""
    ignored = shutil.ignore_patterns(*NOT_SHARED, ".~lock.*", "~$*")
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw", ignore=ignored)
    rows = folder / "data" / "raw" / "rows"
    rows.mkdir()
    (rows / "demonstration.csv").write_text("demonstration,size\nschools,6\n", "utf-8")
    (folder / REGISTER).write_text(_REGISTER, "utf-8")
    messy_workbook(folder / MESSY)
    said = {}
    with contextlib.chdir(folder):
        for number, step in enumerate(STEPS):
            if number == 3:
                narrow(Path(REFUSED), Path(_AS_IT_CAME))
                mend(Path(REFUSED))
            result = CliRunner().invoke(app, ["--root", ".", *step.split()[1:]])
            said[f"{number + 1}. {step}"] = _shown(result.output, _SHOWN_FROM.get(number + 1, ""))
    return said


def _shown(output: str, start: str) -> str:
    """Return the output without the folder in which it was made, and without what was told before."""
    text = re.sub(r"\S*/(?=data/raw/)", "", output)
    text = re.sub(r"stores/\d{6}-[0-9a-f]{16}", "stores/…", text)
    lines = [line.rstrip() for line in text.splitlines()]
    if not start:
        return "\n".join(lines).strip("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith(start))
    told = [line for line in lines[first:] if not _REFUSAL.match(line)]
    return "\n".join(["…", *told])


def with_outputs(text: str, said: dict[str, str]) -> str:
    """Return the page with the outputs of the steps in their blocks."""
    for key, output in said.items():
        number, step = key.split(". ", 1)
        start = f"<!-- étape {number} -->\n```\n"
        if start not in text:
            sys.exit(f"{PAGE.name} : il manque l’étape {number}.")
        before, after = text.split(start, 1)
        text = f"{before}{start}$ {step}\n{output}\n```\n" + after.split("```\n", 1)[1]
    return text


def picture(workbook: Path, target: Path) -> Path | None:
    """Draw the first page of a workbook as LibreOffice lays it out, cut to its content; nothing without
    LibreOffice."""
    pages = [page for _, page in office_pages(workbook, 2 * _WIDTH)]
    if not pages:
        return None
    image = pages[-1 if workbook.name == MESSY else 0].convert("RGB")
    box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    cut = image.crop(box) if box else image
    height = round(cut.height * _WIDTH / cut.width)
    small = cut.resize((_WIDTH, height), Image.Resampling.LANCZOS)
    small.quantize(_COLOURS).save(target, optimize=True)
    return target


def main(arguments: Sequence[str]) -> None:
    """Write outputs and pictures."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(arguments[0]).resolve() if arguments else Path(made)
        said = tried(folder)
        PAGE.write_text(with_outputs(PAGE.read_text("utf-8"), said), "utf-8")
        for workbook, name in ((MESSY, "import-messy"), (_AS_IT_CAME, "import-refused")):
            target = picture(folder / workbook, PICTURES / f"{name}.png")
            if target:
                print(os.path.relpath(target))


if __name__ == "__main__":
    main(sys.argv[1:])
