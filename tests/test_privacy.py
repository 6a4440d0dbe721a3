"""Names, telephone numbers and e-mails of persons in imported lists are in nothing that comes out of them.

The lists are made here, with persons in columns of their own, above the header, and in the midst of columns
that are read. Their names and numbers are invented.
"""

import csv
import zipfile

import duckdb
import openpyxl
import pypdf
import pytest
from typer.testing import CliRunner

from ennum_stats.charts.catalogue import CHARTS, chart
from ennum_stats.cli import app
from ennum_stats.imports import ImportOptions, apply, plan_import
from ennum_stats.imports.report import plan_lines, plan_record
from ennum_stats.imports.workbooks import write_refused
from ennum_stats.kit.press import press
from ennum_stats.measures.schools.listed_and_published import comparisons
from ennum_stats.project import Project
from ennum_stats.raw.personal_data import reaches_person
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.release import release
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from tests.conftest import copy_of_raw
from tests.drawing.conftest import file_svg

pytestmark = pytest.mark.product

BETWEEN = "\f"
NAMES = ("Quidamme", "Zébulonne", "Tartempionne")
TELEPHONES = (
    "081 23 45 67", "081/23.45.67", "(081) 23 45 67", "+32 475 12 34 56", "0475/12.34.56",
    "0032 81 23 45 67", "+32 (0)81 23 45 67", "0475123456", "04/222 33 44", "081\u00a023\u00a045\u00a067",
)  # fmt: skip
E_MAILS = ("zoe.quidamme@ecole-fictive.be", "direction@institut-fictif.cfwb.be")
NEEDLES = (*NAMES, *TELEPHONES, *E_MAILS, "quidamme", "ecole-fictive", "institut-fictif")
REGISTER = (
    "N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Réseau;"
    "N° FASE de l'implantation;Adresse de l'implantation;Commune de l'implantation;Directeur;Téléphone;"
    "Courriel\n"
    "11;École du Bois;Primaire ordinaire;WBE;101;Rue A 1;Namur;Zoé Quidamme;081 23 45 67;"
    "zoe.quidamme@ecole-fictive.be\n"
    "12;Institut du Pré;Secondaire ordinaire;WBE;102;Rue B 2;Huy;Max Zébulonne;0475/12.34.56;\n"
    "13;École du Val;Primaire ordinaire;WBE;103;Rue C 3 (0032 81 23 45 67);Huy;Ada Tartempionne;;\n"
    "14;École du Lac;Primaire ordinaire;WBE;104;Rue D 4;Huy;;;\n"
)
_TITLE = "Liste de Zoé Quidamme (zoe.quidamme@ecole-fictive.be, 081/23.45.67)"


def lists():
    """Each list: kind, options, header, rows. A row in four has a person where the school should be."""
    who = [f"{name}, tél. {number}" for name, number in zip(NAMES * 4, TELEPHONES, strict=False)]
    telephones = [[site, f"École ({number})", "Huy", "1,00", who[0]]
                  for site, number in zip([101, 102, 104] * 4, TELEPHONES, strict=False)]  # fmt: skip
    yield "winners", {"call": "EN2020"}, ["FASE", "École", "Commune", "Montant", "Contact"], [
        [101, "École du Bois", "Namur", "10,00", who[0]],
        [102, E_MAILS[1], "Huy", "10,00", E_MAILS[0]],
        *telephones,
    ]  # fmt: skip
    yield "winners", {"call": "EN2019"}, ["FASE", "N° dossier", "Montant", "Personne de contact"], [
        [104, "EN19-1", "10,00", who[1]], [102, "Max Zébulonne", "10,00", ""],
        [101, TELEPHONES[5], "10,00", who[2]],
    ]  # fmt: skip
    yield "equipped", {"programme": "cyberclasse"}, ["FASE", "Année", "Responsable"], [
        [101, "2012", who[3]], [104, TELEPHONES[0], who[4]],
    ]  # fmt: skip
    yield "connections", {}, ["FASE", "Raccordé le", "GSM"], [[102, "15/09/2019", TELEPHONES[3]]]
    yield "deliveries", {"call": "EN2019"}, ["FASE", "Lot", "Quantité", "Livré le", "Signé par"], [
        [101, "Tablettes", "12", "05/02/2020", who[5]],
        [102, f"Robots {TELEPHONES[6]}", "2", "05/02/2020", who[6]],
    ]  # fmt: skip


@pytest.fixture(scope="module")
def project_of_persons(made_once):
    """A project into which such lists were imported as a steward would, and all that was said meanwhile. Tests
    read it and change nothing."""
    root = made_once("persons", imported)
    said = (root / "said.txt").read_text("utf-8").split(BETWEEN)
    return Project(root / "project"), root / "brought", said


def imported(root):
    project, brought = copy_of_raw(root / "project"), root / "brought"
    brought.mkdir()
    (brought / "register.csv").write_text(REGISTER, "utf-8")
    said = []

    def run(*arguments):
        result = CliRunner().invoke(app, ["--root", str(project.root), *arguments])
        assert isinstance(result.exception, SystemExit | None), arguments
        said.append(result.stdout + result.stderr)

    run("import", "register", str(brought / "register.csv"), "--as-of", "2012", "--yes")
    for number, (kind, options, header, rows) in enumerate(lists()):
        book = openpyxl.Workbook()
        for row in ([_TITLE], [], header, *rows):
            book.active.append(row)
        path = brought / f"{number}.xlsx"
        book.save(path)
        if number == 0:
            run(
                "import",
                kind,
                str(path),
                "--call",
                options["call"],
                "--as-of",
                "2020",
                "--take",
                "list-title",
                "--yes",
            )
            continue
        asked = ImportOptions(**options, as_of="2020", take=frozenset(("list-title",)))
        plan = plan_import(kind, path, project, asked, looks_ahead=False)
        said.append("\n".join([*plan_lines(plan, "fr"), str(plan_record(plan, "fr"))]))
        if plan.refused:
            write_refused(plan, path.with_name(f"{number}-refus.xlsx"))
        apply(plan)
    build(project)
    explain_differences(project)
    run("build")
    (root / "said.txt").write_text(BETWEEN.join(said), "utf-8")


def explain_differences(project):
    """A kit is only made of lists whose differences from published numbers are explained."""
    ledger = open_ledger(project)
    names = dict.fromkeys((f"name_{code}" for code in ("fr", "de", "nl", "en")), "liste d’essai")
    with (project.raw / "rows" / "reconciliations.csv").open("w", encoding="utf-8") as file:
        writer = csv.DictWriter(file, TABLE_BY_NAME["reconciliations"].column_names)
        writer.writeheader()
        for n, one in enumerate(comparisons(ledger)):
            number, published = one.listed.quantity.value, one.published.quantity.value
            writer.writerow(
                {"reconciliation": f"r{n}", "measure": one.measure, "programme": one.programme,
                 "call": one.call or "", "listed": f"{number:f}", "published": f"{published:f}",
                 "takes": "published", "reviewed_on": "2026-11-24", **names}
            )  # fmt: skip
    ledger.connection.close()


@pytest.fixture(scope="module")
def ledger(project_of_persons):
    opened = open_ledger(project_of_persons[0])
    yield opened
    opened.connection.close()


def require_nobody(where, *texts):
    for text in texts:
        found = [needle for needle in NEEDLES if needle in text]
        assert not found, (where, found)


def texts_of(path):
    """Everything readable in a file, whatever it is."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode("utf-8", errors="replace")
    elif path.suffix == ".pdf":
        reader = pypdf.PdfReader(path)
        yield from (page.extract_text() for page in reader.pages)
        yield str(reader.metadata)
    elif path.suffix == ".parquet":
        yield str(duckdb.sql(f"FROM '{path}'").fetchall())
    else:
        yield path.read_bytes().decode("utf-8", errors="replace")


def test_every_number_of_the_lists_is_recognised():
    assert all(map(reaches_person, (*TELEPHONES, *E_MAILS)))


def test_rows_were_taken_and_rows_were_refused(project_of_persons, ledger):
    taken = ledger.connection.execute(
        "SELECT (SELECT count(*) FROM participations), (SELECT count(*) FROM deliveries), "
        "(SELECT count(*) FROM implantations)"
    ).fetchone()
    assert taken == (1 + 1 + 1 + 1, 1, 3)
    assert len(list(project_of_persons[1].glob("*-refus.xlsx"))) == 5


def test_no_person_in_the_tables_nor_in_the_store(project_of_persons, ledger):
    project, _, _ = project_of_persons
    files = [path for path in project.root.rglob("*") if path.is_file()]
    assert any(path.suffix == ".duckdb" for path in files)
    for path in files:
        require_nobody(path, *texts_of(path))
    tables = ledger.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    for (table,) in tables:
        rows = ledger.connection.execute(f'FROM "{table}"').fetchall()
        require_nobody(table, *(str(row) for row in rows))
    for table in ("implantations", "etablissements", "participations", "deliveries", "lists"):
        for row in ledger.connection.execute(f'FROM "{table}"').fetchall():
            assert not any(reaches_person(cell) for cell in row if isinstance(cell, str)), table


def test_no_person_in_what_is_refused_and_said(project_of_persons):
    _, brought, said = project_of_persons
    for path in brought.glob("*-refus.xlsx"):
        require_nobody(path, *texts_of(path))
        cells = [c.value for row in openpyxl.load_workbook(path).active.iter_rows() for c in row]
        assert not any(reaches_person(cell) for cell in cells if isinstance(cell, str)), path
    require_nobody("terminal", *said)
    assert not any(reaches_person(line) for text in said for line in text.splitlines())


def test_no_person_in_charts_and_release(ledger, tmp_path):
    for name in CHARTS:
        require_nobody(name, file_svg(chart(ledger, name, "fr")))
    for path in release(ledger, tmp_path / "release"):
        require_nobody(path, *texts_of(path))


def test_no_person_in_the_kit(project_of_persons, ledger, tmp_path):
    press(project_of_persons[0], ledger, ("fr",), tmp_path / "kit")
    made = [path for path in (tmp_path / "kit").rglob("*") if path.is_file()]
    assert {".docx", ".pdf", ".xlsx", ".svg", ".json"} <= {path.suffix for path in made}
    for path in made:
        require_nobody(path, *texts_of(path))
