"""R3: in whatever column of whatever form a telephone number or an e-mail stands, it is refused with its
place, shown nowhere, and never written. Schools, persons and numbers are invented (données fictives)."""

import openpyxl
import polars as pl
import pytest

from ennum_stats.imports import ImportOptions, apply, plan_import
from ennum_stats.imports.forms import FORMS, CellReading
from ennum_stats.imports.report import plan_lines, plan_record
from ennum_stats.imports.workbooks import write_refused
from ennum_stats.languages import translate
from ennum_stats.raw.cell_checks import cell_findings
from ennum_stats.raw.tables import TABLES

PERSONS = ("0475 12 34 56", "zoe.quidamme(at)ecole-fictive.be", "475/12.34.56", "０８１ ２３ ４５ ６７")
FIRST_ROW = 6
"""Of a form, below its titles and its example."""
NEEDLES = ("0475", "34 56", "quidamme", "fictive.be", "12.34.56", "２３")
HEADER = (
    "N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Réseau;"
    "N° FASE de l'implantation;Adresse de l'implantation;Code postal de l'implantation;"
    "Localité de l'implantation;Commune de l'implantation;Latitude;Longitude"
)
ROW = "11;École du Bois;Primaire ordinaire;WBE;101;Rue A 1;5000;Namur;Namur;50.4;4.8"
ELSEWHERE = "12;École de la Senne;Primaire ordinaire;WBE;102;Rue B 2;1000;Bruxelles;Bruxelles;50.8;4.3"


def everything_said(plan, folder):
    yield from plan_lines(plan, "fr")
    yield str(plan_record(plan, "fr"))
    if plan.refused:
        path = write_refused(plan, folder / "refus.xlsx")
        rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
        yield from (str(row) for row in rows)


def require_nobody(plan, folder):
    for text in everything_said(plan, folder):
        assert not any(needle in text for needle in NEEDLES), text
    for path, content in plan.contents.items():
        assert not any(needle in content.decode() for needle in NEEDLES), path


# --- registers --------------------------------------------------------------------------------------


def register_with(tmp_path, *rows):
    """A register of one row in order, and these."""
    file = tmp_path / "register_2023.csv"
    file.write_text("\n".join((HEADER, ROW, *rows)), "utf-8")
    return file


@pytest.mark.parametrize("person", PERSONS)
def test_no_column_of_a_register_lets_a_person_in(raw_copy, tmp_path, person):
    rows = [ROW.replace("101", str(103 + column)).split(";") for column in range(9)]
    for column, cells in enumerate(rows):
        cells[column] = f"{cells[column]} {person}"
    plan = plan_import("register", register_with(tmp_path, *map(";".join, rows)), raw_copy.project)
    assert (plan.taken, plan.refused_rows) == ((2,), (*range(3, 12),))
    require_nobody(plan, tmp_path)


def test_no_row_that_is_left_out_lets_a_person_in(raw_copy, tmp_path):
    rows = [ELSEWHERE.replace("102", str(103 + column)).split(";") for column in range(9)]
    for column, cells in enumerate(rows):
        cells[column] = PERSONS[0]
    file = register_with(tmp_path, *map(";".join, rows))
    require_nobody(plan_import("register", file, raw_copy.project), tmp_path)


@pytest.mark.parametrize("code", ["500", "B-5000", "50000", "M. X 0475 12 34 56", "x@y.be", "5000 Namur"])
def test_a_postal_code_has_four_digits(raw_copy, tmp_path, code):
    file = register_with(tmp_path, ROW.replace("101", "103").replace("5000", code))
    plan = plan_import("register", file, raw_copy.project)
    (refused,) = plan.refused
    assert (refused.row, refused.key) == (3, "postal_code")


def test_a_postal_code_that_excel_made_a_decimal_number_is_taken(raw_copy, tmp_path):
    file = tmp_path / "register_2023.csv"
    file.write_text("\n".join((HEADER, ROW.replace("5000", "5000.0"))), "utf-8")
    assert plan_import("register", file, raw_copy.project).frames["implantations"][
        "postal_code"
    ].to_list() == ["5000"]


def test_a_mapping_file_cannot_bring_a_person_either(raw_copy, tmp_path):
    """What it says of networks and of its community is written into every row."""
    from ennum_stats.raw.schema import RawTablesRefused

    mapping = tmp_path / "form.toml"
    titles = dict(zip(("etablissement", "name", "teaching", "network", "implantation", "address",
                       "postal_code", "locality", "commune"), HEADER.split(";"), strict=False))  # fmt: skip
    mapping.write_text(
        f'community = "fwb {PERSONS[0]}"\n[columns]\n'
        + "".join(f'{key} = "{title}"\n' for key, title in titles.items())
        + '[teaching]\n"Primaire ordinaire" = "primary_ordinary"\n[network]\nWBE = "wbe"\n',
        "utf-8",
    )
    file = tmp_path / "register_2023.csv"
    file.write_text(f"{HEADER}\n{ROW}", "utf-8")
    with pytest.raises(RawTablesRefused) as caught:
        plan_import("register", file, raw_copy.project, ImportOptions(mapping=mapping))
    assert not any("0475" in finding.words("fr") for finding in caught.value.findings)


# --- forms ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMS)
def test_no_column_of_a_form_lets_a_person_in(copied, fill, observed, announced, tmp_path, kind):
    """A row for each column."""
    texts = [
        translate(field.heading, "fr")
        for field in FORMS[kind].fields
        if field.reading is not CellReading.CHOICE and field.key != "example"
    ]
    row = {"communes": {}, "call": announced}.get(kind, observed)
    plan = plan_import(
        kind, fill(kind, *(row | {text: PERSONS[0]} for text in texts)), copied, looks_ahead=False
    )
    refused = {(refusal.row, refusal.column.removesuffix(" *")) for refusal in plan.refused}
    assert {*enumerate(texts, start=FIRST_ROW)} <= refused
    require_nobody(plan, tmp_path)


def test_a_telephone_number_that_excel_made_a_number_is_no_number_of_a_project(copied, tmp_path):
    register = tmp_path / "register_2012.csv"
    register.write_text(f"{HEADER}\n{ROW}", "utf-8")
    apply(plan_import("register", register, copied))
    book = openpyxl.Workbook()
    book.active.append(["N° FASE de l’implantation", "N° du projet", "Montant"])
    book.active.append([101, 475123456, 475123456])
    book.active.append([101, 20180123, 1234.5])
    book.save(file := tmp_path / "winners.xlsx")
    asked = ImportOptions(call="EN2020", as_of="2021")
    plan = plan_import("winners", file, copied, asked, looks_ahead=False)
    assert [(one.row, one.key) for one in plan.refused] == [(2, "project")]
    assert plan.taken == (3,)


# --- raw tables -------------------------------------------------------------------------------------

MADE = {"observation_id", "participation", "commune_number"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_of_text_of_every_raw_table_is_looked_through(table):
    """Codes that are made of other cells by rule are the only ones that are not."""
    for column in table.columns:
        if column.kind.release_type != "string" or column.name in MADE:
            continue
        cells = {name: [None] for name in table.column_names} | {column.name: [PERSONS[1]]}
        frame = pl.DataFrame(cells, schema=dict.fromkeys(table.column_names, pl.String))
        frame = frame.with_columns(_file=pl.lit("a.csv"), _line=pl.lit(2))
        found = [one for one in cell_findings(table, frame) if one.column == column.name]
        assert found, column.name
        assert not any("quidamme" in one.words("fr") for one in found), column.name
