"""A copy of the project to import into; forms filled in by their column titles; five sites of schools."""

import csv
from functools import cache

import openpyxl
import pytest

from ennum_stats.imports import ImportOptions, apply, plan_import, template
from ennum_stats.project import Project
from ennum_stats.store.build import build
from tests.conftest import RawCopy, copied_project

HEADER_ROW = 3


@pytest.fixture
def copied(built_copy):
    """A copy of the built project, to import into."""
    (built_copy.project.raw / "embargoed").mkdir()
    return built_copy.project


@pytest.fixture(scope="session")
def form(project, tmp_path_factory):
    """The empty form of a kind for the project as it is, written once."""
    folder = tmp_path_factory.mktemp("forms")
    return cache(lambda kind: template(kind, project, folder / f"{kind}.xlsx"))


@pytest.fixture
def fill(form, tmp_path):
    """Fills an empty form: `fill("call", {"Code de l’appel": "EN2099", …}, …)`, from line 6 on."""

    def filled(kind, *rows):
        path = tmp_path / f"{kind}.xlsx"
        book = openpyxl.load_workbook(form(kind))
        sheet = book.worksheets[0]
        columns = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[HEADER_ROW]}
        for line, row in enumerate(rows, start=HEADER_ROW + 3):
            for heading, value in row.items():
                sheet.cell(line, columns[heading], value)
        book.save(path)
        return path

    return filled


@pytest.fixture
def raw_bytes(copied):
    """Every raw file of the project, to see that nothing changed."""

    def read():
        return {p.relative_to(copied.raw): p.read_bytes() for p in copied.raw.rglob("*.csv")}

    return read


# Invented, for these tests only: there is no such call.
ANNOUNCED = {
    "Code de l’appel": "EN2099",
    "Programme": "École Numérique [ecole_numerique]",
    "Nom en français": "École Numérique 2026 (inventé)",
    "Nom en allemand": "École Numérique 2026 (erfunden)",
    "Nom en néerlandais": "École Numérique 2026 (verzonnen)",
    "Nom en anglais": "École Numérique 2026 (invented)",
    "Années scolaires": "2025-2026",
    "Ouverture": "15/01/2026",
    "Clôture": "04/03/2026",
    "Titre du document": "Annonce inventée de l’appel",
    "Éditeur": "SPW",
    "Nature du document": "officiel",
    "Publié le": "15/01/2026",
    "Consulté le": "16/01/2026",
    "Adresse (lien)": "https://example.org/en2099",
    "Endroit dans le document": "page 2",
    "Projets prévus": 500,
    "Budget prévu": "7,5 millions",
}
AWARDED = {
    "Code de l’appel": "EN2099",
    "Titre du document": "Résultat inventé de l’appel",
    "Éditeur": "SPW",
    "Nature du document": "officiel",
    "Publié le": "15/06/2026",
    "Consulté le": "16/06/2026",
    "Endroit dans le document": "page 3",
    "Projets introduits": "1 020",
    "Projets attribués": 612,
    "Budget attribué": "8,85 M€",
}


@pytest.fixture
def announced():
    return dict(ANNOUNCED)


@pytest.fixture
def awarded():
    return dict(AWARDED)


@pytest.fixture
def observed():
    """An invented number of a document that the project knows."""
    return {
        "Code du document": "regional-it-2018-06-06",
        "Endroit dans le document": "article",
        "Mesure": "projects_rejected",
        "Unité comptée": "projets",
        "Appel": "EN2018",
        "Territoire": "Wallonie",
        "Valeur": 456,
        "Unité": "projets",
        "Précision": "exact",
    }


REGISTER = """N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Réseau;\
N° FASE de l'implantation;Adresse de l'implantation;Code postal de l'implantation;\
Commune de l'implantation
11;École communale de Bouge;Primaire ordinaire;Subventionné communal;101;Rue A 1;5004;Namur
12;Institut Saint-Aubain;Secondaire ordinaire;Libre confessionnel;102;Rue B 2;5000;Namur
12;Institut Saint-Aubain;Secondaire ordinaire;Libre confessionnel;103;Rue C 3;5000;Namur
13;Athénée royal de Huy;Secondaire ordinaire;WBE;104;Quai D 4;4500;Huy
14;École de Bruxelles;Primaire ordinaire;WBE;105;Rue E 5;1000;Bruxelles
"""


@pytest.fixture(scope="session")
def registered(made_once, raw_copy_at):
    """The project that `schools` copies: its tables were checked, and its stores built, once."""

    def make(root):
        project = raw_copy_at(root / "project").project
        path = root / "register.csv"
        path.write_text(REGISTER, "utf-8")
        apply(plan_import("register", path, project, ImportOptions(as_of="2019")))
        build(project)

    return made_once("registered", make) / "project"


@pytest.fixture
def schools(registered, tmp_path):
    """A project with five sites in its register, one of them in Brussels."""
    (tmp_path / "register.csv").write_text(REGISTER, "utf-8")
    root = tmp_path / "project"
    copied_project(registered, root)
    return RawCopy(Project(root))


@pytest.fixture
def csv_list(tmp_path):
    def write(*lines, name="list.csv"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return write


@pytest.fixture
def planned(schools):
    """The plan of a list of winners of EN2020, with answers to its questions."""

    def plan(path, take=(), leave=(), **options):
        asked = ImportOptions(
            **{"call": "EN2020", "as_of": "2020-06-27", **options},
            take=frozenset(take), leave=frozenset(leave),
        )  # fmt: skip
        return plan_import("winners", path, schools.project, asked, looks_ahead=False)

    return plan


def asked(plan):
    """The questions of a plan: names and rows."""
    return {question.name: question.rows for question in plan.questions}


def rows_planned(kind, path, project):
    """A plan of which only the rows are asked: those that look ahead ask a build, too."""
    return plan_import(kind, path, project, looks_ahead=False)


def rows_of(path):
    """The rows of a raw table, by column."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
