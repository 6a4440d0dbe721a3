"""The register of schools: Wallonia by commune, what refuses a row, several years, the Federation's file."""

from pathlib import Path

import openpyxl
import polars as pl
import pytest

from ennum_stats.imports import FileRefused, ImportOptions, apply, plan_import
from ennum_stats.imports.register.reader import read_form
from ennum_stats.imports.report import plan_lines, plan_record
from ennum_stats.imports.workbooks import write_refused, write_site_changes
from ennum_stats.measures.frames.shapes import NothingCollected
from ennum_stats.opening import store_of
from ennum_stats.raw.row_checks import check_raw_tables
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
REGISTER = SHARED / "school_register_2023.csv"
HEADER = (
    "N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Réseau;"
    "N° FASE de l'implantation;Adresse de l'implantation;Code postal de l'implantation;"
    "Localité de l'implantation;Commune de l'implantation;Latitude;Longitude;Nom de P.O."
)
ROWS = [
    "11;École du Bois;Primaire ordinaire;Subventionné communal;101;Rue A 1;5000;NAMUR;Namur;50.46;4.86;X",
    "11;École du Bois;Maternel ordinaire;Subventionné communal;101;Rue A 1;5000;NAMUR;Namur;50.46;4.86;X",
    "12;École libre;Secondaire CEFA;Libre confessionnel;0 101;Rue A 1;5000;NAMUR;Namur;50.46;4.86;X",
    "13;Cours du soir;Promotion sociale CEFA;WBE;102;Rue B 2;6600;BASTOGNE;Bastogne;;;X",
    "13;Cours du soir;Promotion sociale secondaire;WBE;103;Rue C 3;6687;BERTOGNE;Bertogne;50,08;5,67;X",
    "14;Renaix;Primaire ordinaire;WBE;104;Broecke 1;9600;RENAIX;Renaix;50.7;3.6;X",
    "15;Bruxelles;Primaire ordinaire;WBE;105;Rue D 4;1000;BRUXELLES;Bruxelles;50.8;4.3;X",
    "16;Liège;Primaire ordinaire;WBE;106;Rue E 5;4420;SAINT-NICOLAS;Saint-Nicolas;50.6;5.5;X",
]


@pytest.fixture
def register(tmp_path):
    def write(rows=ROWS, name="register_2023.csv"):
        path = tmp_path / name
        text = "\ufeff\ufeff" + "\n".join([HEADER, *rows]) + "\n"
        path.write_text(text, "utf-8")
        return path

    return write


def loaded(raw_copy, path, **options):
    plan = plan_import("register", path, raw_copy.project, ImportOptions(**options))
    apply(plan)
    return plan


def counted(raw_copy, *levels):
    build(raw_copy.project)
    ledger = open_ledger(raw_copy.project)
    try:
        row = store_of(ledger).sites(levels=levels or ("compulsory",)).iloc[0]
        return int(row["implantations"]), int(row["etablissements"])
    finally:
        ledger.connection.close()


def test_wallonia_is_a_list_of_communes_and_not_what_is_left_of_brussels(raw_copy, register):
    plan = loaded(raw_copy, register())
    assert plan.left_out == 2
    rows = pl.read_csv(raw_copy.path("rows/implantations.csv"), infer_schema=False)
    assert dict(rows.select("implantation", "commune").rows()) == {
        "101": "92094", "102": "82003", "103": "82005", "106": "62093",
    }  # fmt: skip
    communes = pl.read_csv(raw_copy.path("rows/communes.csv"), infer_schema=False)
    assert len(communes) == 262
    merged = communes.filter(pl.col("commune_2025") == "82039")["commune"].to_list()
    assert merged == ["82003", "82005"]


def test_the_cefa_of_promotion_sociale_is_not_compulsory(raw_copy, register):
    loaded(raw_copy, register())
    assert counted(raw_copy) == (2, 3)
    assert counted(raw_copy, "adult") == (1, 1)
    assert counted(raw_copy, "compulsory", "adult") == (3, 4)


def test_twice_changes_nothing_and_another_content_is_refused(raw_copy, register):
    loaded(raw_copy, register())
    again = plan_import("register", register(), raw_copy.project)
    assert again.contents == {}
    assert len(again.already_there) == 6
    with pytest.raises(FileRefused, match="already with another content"):
        plan_import("register", register(ROWS[:3]), raw_copy.project)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        (";101;", ";A101;", "N° FASE de l'implantation"),
        ("Primaire ordinaire", "Primaire nouveau", "Type d'enseignement"),
        ("Subventionné communal", "Réseau neuf", "Réseau"),
        (";Namur;", ";Namour;", "Commune de l'implantation"),
        (";101;", ";9000101;", "N° FASE de l'implantation"),
    ],
)
def test_a_row_that_cannot_be_read_comes_back_with_its_reason(raw_copy, register, tmp_path, old, new, column):
    plan = plan_import("register", register([ROWS[0].replace(old, new), ROWS[3]]), raw_copy.project)
    assert [(r.row, r.column) for r in plan.refused] == [(2, column)]
    assert plan.taken == (3,)
    assert write_refused(plan, tmp_path / "back.xlsx").is_file()


@pytest.mark.parametrize("place", [1, 3, -1])
def test_a_stray_quotation_mark_swallows_no_schools(raw_copy, register, place):
    """polars would read on: of six rows one, without a word."""
    rows = list(ROWS)
    first, rest = rows[place].split(";", 1)
    rows[place] = f'{first};"{rest}'
    with pytest.raises(FileRefused, match=r"On line \d+, a quotation mark is not closed"):
        plan_import("register", register(rows), raw_copy.project)


def test_the_day_of_a_register_is_said_or_stands_in_its_name(raw_copy, register):
    with pytest.raises(FileRefused, match="Of which day"):
        plan_import("register", register(name="ecoles.csv"), raw_copy.project)
    assert plan_import("register", register(), raw_copy.project, ImportOptions(as_of="2022-10")).taken


def test_a_site_keeps_its_identity_over_two_registers(raw_copy, register):
    loaded(raw_copy, register(ROWS[:2]), as_of="2022")
    later = loaded(raw_copy, register([ROWS[0].replace(";101;", ";201;")]), as_of="2023")
    told = " ".join(str(remark) for remark in later.remarks)
    assert "numbers gone 1, come 1, with another address 0" in told
    assert "101 → 201: same address: Rue A 1" in told
    raw_copy.path("rows/site_links.csv").write_text(
        "implantation,same_as,reason,reviewed_on\n101,201,même adresse et même école,2026-11-24\n", "utf-8"
    )
    build(raw_copy.project)
    ledger = open_ledger(raw_copy.project)
    found = ledger.connection.execute("SELECT DISTINCT site FROM implantations").fetchall()
    ledger.connection.close()
    assert found == [("201",)]


def test_a_register_tells_what_went_came_and_moved_and_links_nothing_itself(raw_copy, register, tmp_path):
    before = [
        "11;École du Bois;Primaire ordinaire;WBE;101;Rue A, 1;5000;NAMUR;Namur;;;X",
        "12;École libre;Primaire ordinaire;WBE;102;Rue B 2;5000;NAMUR;Namur;;;X",
        "13;Institut Saint-Luc;Primaire ordinaire;WBE;103;Rue C 3;4500;HUY;Huy;;;X",
        "14;École du Pré;Primaire ordinaire;WBE;104;Rue D 4;4500;HUY;Huy;;;X",
    ]
    after = [
        "21;École neuve;Primaire ordinaire;WBE;201;rue A 1;5000;NAMUR;Namur;;;X",  # the address of 101
        "22;École libre;Primaire ordinaire;WBE;202;Rue Z 9;5000;NAMUR;Namur;;;X",  # the name of 102
        "23;Inst. St-Luc;Primaire ordinaire;WBE;203;Rue C 3;5000;NAMUR;Namur;;;X",  # another commune
        "14;École du Pré;Primaire ordinaire;WBE;104;Rue E 5;4500;HUY;Huy;;;X",  # moved
    ]
    loaded(raw_copy, register(before), as_of="2022")
    plan = plan_import("register", register(after), raw_copy.project, ImportOptions(as_of="2023"))
    told = "\n".join(plan_lines(plan, "fr"))
    assert "numéros disparus 3, apparus 3, à une autre adresse 1" in told
    assert "101 → 201\u00a0: même adresse\u00a0: rue A 1" in told
    assert "102 → 202\u00a0: même nom dans la même commune\u00a0: École libre, Namur" in told
    assert "103 →" not in told
    apply(plan)
    assert not raw_copy.path("rows/site_links.csv").exists()
    book = openpyxl.load_workbook(write_site_changes(plan.since, tmp_path / "changements.xlsx", "fr"))
    sheets = {s.title: [[c.value for c in row] for row in s.iter_rows(min_row=2)] for s in book}
    assert list(sheets) == ["Liens possibles", "Disparues", "Apparues", "Déplacées"]
    assert [(row[0], row[1], row[3]) for row in sheets["Liens possibles"]] == [
        ("101", "201", ""), ("102", "202", ""),
    ]  # fmt: skip
    assert [row[0] for row in sheets["Disparues"]] == ["101", "102", "103"]
    assert [row[0] for row in sheets["Apparues"]] == ["201", "202", "203"]
    assert [(row[0], row[2], row[5]) for row in sheets["Déplacées"]] == [("104", "Rue D 4", "Rue E 5")]
    headings = [cell.value for cell in book.worksheets[0][1]]
    assert tuple(headings[:4]) == TABLE_BY_NAME["site_links"].column_names


def test_links_that_a_person_has_dated_are_imported_and_no_others(raw_copy, register, tmp_path):
    loaded(raw_copy, register([ROWS[0], ROWS[4], ROWS[7]]), as_of="2022")
    later = [ROWS[0].replace(";101;", ";201;"), ROWS[4].replace(";103;", ";203;"), ROWS[7]]
    plan = loaded(raw_copy, register(later), as_of="2023")
    path = write_site_changes(plan.since, tmp_path / "changements.xlsx", "fr")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["101", "103"]
    sheet["D2"] = "24/11/2026"
    book.save(path)
    plan = plan_import("links", path, raw_copy.project, ImportOptions())
    assert (plan.taken, plan.left_out, plan.refused) == ((2,), 1, ())
    apply(plan)
    assert raw_copy.path("rows/site_links.csv").read_text("utf-8") == (
        "implantation,same_as,reason,reviewed_on\n101,201,même adresse : Rue A 1,2026-11-24\n"
    )
    again = plan_import("links", path, raw_copy.project, ImportOptions())
    assert (again.contents, again.already_there) == ({}, (2,))
    for cell, value, told in (
        ("B2", "203", "101 is linked to 201 already"),
        ("B2", "777", "No register has the site 777"),
        ("B2", "101", "A site is no link to itself"),
        ("C2", None, "This cell is empty"),
        ("D2", "bientôt", "is no day"),
    ):
        changed = openpyxl.load_workbook(path)
        changed.worksheets[0][cell] = value
        changed.save(tmp_path / "autre.xlsx")
        plan = plan_import("links", tmp_path / "autre.xlsx", raw_copy.project, ImportOptions())
        assert told in str(plan.refused[0].reason)
        assert plan.contents == {}


def test_a_number_that_is_linked_already_is_no_candidate(raw_copy, register):
    loaded(raw_copy, register(ROWS[:2]), as_of="2022")
    raw_copy.path("rows/site_links.csv").write_text(
        "implantation,same_as,reason,reviewed_on\n101,201,même adresse,2026-11-24\n", "utf-8"
    )
    plan = plan_import(
        "register",
        register([ROWS[0].replace(";101;", ";201;")]),
        raw_copy.project,
        ImportOptions(as_of="2023"),
    )
    assert plan.since.candidates == ()
    assert len(plan.since.gone) == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_register_below_titles_and_among_other_sheets(raw_copy, register, tmp_path, kind):
    if kind == "csv":
        path = register()
        path.write_text("Écoles au 1er octobre\n\n" + path.read_text("utf-8-sig").lstrip("\ufeff"), "utf-8")
    else:
        book = openpyxl.Workbook()
        book.active["A1"] = "Service du numérique"
        sheet = book.create_sheet("Écoles")
        sheet["A1"] = "Écoles au 1er octobre"
        sheet.merge_cells("A1:D1")
        for number, line in enumerate([HEADER, *ROWS], start=3):
            for column, text in enumerate(line.split(";"), start=1):
                is_number = column in (1, 5) and text.isdigit()
                sheet.cell(number, column, int(text) if is_number else text or None)
        book.save(path := tmp_path / "register.xlsx")
    plan = plan_import("register", path, raw_copy.project, ImportOptions(as_of="2023"))
    assert (plan.taken, plan.left_out, plan.refused) == ((4, 5, 6, 7, 8, 11), 2, ())
    assert plan.table.header.number == 3


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("École du Bois", "=A1", "A formula stands here"),
        (";101;", ";=A1;", "A formula stands here"),
        ("Rue A 1", "#N/A", "Excel shows an error here"),
        ("École du Bois", "École du Bois (081/23.45.67)", "a telephone number or an e-mail"),
        ("Rue A 1", "Rue A 1 direction@bois.be", "a telephone number or an e-mail"),
    ],
)
def test_a_register_takes_no_formulas_and_no_persons(raw_copy, register, tmp_path, old, new, told):
    row = ROWS[0].replace(old, new).replace(";X", ";Jeanne Dupont")
    plan = plan_import("register", register([row, ROWS[3]]), raw_copy.project)
    assert [refusal.row for refusal in plan.refused] == [2]
    assert told in str(plan.refused[0].reason)
    back = openpyxl.load_workbook(write_refused(plan, tmp_path / "back.xlsx")).active
    shown = " ".join(str(cell.value) for line in back.iter_rows() for cell in line)
    for text in (shown, str(plan_record(plan, "fr")), *plan_lines(plan, "fr")):
        assert not any(part in text for part in ("23.45", "direction@", "Dupont"))


def test_a_number_with_decimals_is_not_ten_times_as_large(raw_copy, register):
    loaded(raw_copy, register([ROWS[0].replace(";101;", ";101.0;")]))
    rows = pl.read_csv(raw_copy.path("rows/implantations.csv"), infer_schema=False)
    assert rows["implantation"].to_list() == ["101"]


def test_a_mapping_file_makes_another_form_loadable(raw_copy, tmp_path):
    mapping = tmp_path / "dg.toml"
    mapping.write_text(
        'community = "german_speaking_community"\n'
        'default_network = "german_speaking_community"\n'
        '[columns]\nimplantation = "Nummer"\netablissement = "Schulnummer"\nname = "Schule"\n'
        'teaching = "Unterricht"\ncommune = "Gemeinde"\n'
        '[teaching]\n"Primarschule" = "primary_ordinary"\n',
        "utf-8",
    )
    path = tmp_path / "schulen.csv"
    path.write_text("Nummer,Schulnummer,Schule,Unterricht,Gemeinde\n7,8,GS,Primarschule,Amel\n")
    loaded(raw_copy, path, as_of="2023", mapping=mapping)
    rows = pl.read_csv(raw_copy.path("rows/implantations.csv"), infer_schema=False)
    assert rows["commune"].to_list() == ["63001"]
    assert check_raw_tables(raw_copy.project.raw, raw_copy.project.root)[1] == []


@pytest.mark.parametrize("text", ["[columns]\n", "not toml", 'community = "fwb"\n'])
def test_a_mapping_file_that_says_too_little_is_refused(tmp_path, text):
    path = tmp_path / "m.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(FileRefused, match="mapping file"):
        read_form(path)


def test_without_a_register_there_is_nothing_to_count(ledger_at):
    with pytest.warns(NothingCollected, match="sites"):
        assert store_of(ledger_at("2026-11-24")).sites().empty


@pytest.mark.skipif(not REGISTER.is_file(), reason="the Federation's register is not on this machine")
def test_the_register_of_the_federation_gives_its_known_counts(raw_copy):
    """Counts given beside the open data of October 2023."""
    loaded(raw_copy, REGISTER)
    build(raw_copy.project)
    ledger = open_ledger(raw_copy.project)
    sites = store_of(ledger).sites
    whole = sites()
    assert whole[["implantations", "etablissements"]].to_numpy().tolist() == [[3703, 2196]]
    assert sites(levels=("adult",))["implantations"].tolist() == [207]
    assert sites(levels=("compulsory", "adult"))["implantations"].tolist() == [3910]
    networks = sites("network").set_index("network")["implantations"].to_dict()
    assert networks == {
        "municipal": 1689, "free_denominational": 1378, "wbe": 449, "provincial": 149,
        "free_non_denominational": 39,
    }  # fmt: skip
    without_cefa = ledger.connection.execute(
        "SELECT count(DISTINCT implantation) FROM teaching WHERE teaching IN ('nursery_ordinary', "
        "'primary_ordinary', 'nursery_special', 'primary_special', 'secondary_ordinary', "
        "'secondary_special')"
    ).fetchone()
    assert without_cefa == (3478,)
    ledger.connection.close()


def test_a_mapping_file_without_tables_is_refused_in_words(tmp_path):
    path = tmp_path / "form.toml"
    path.write_text('community = "x"\ncolumns = 3\nteaching = [1]\n', "utf-8")
    with pytest.raises(FileRefused, match="not complete"):
        read_form(path)
