"""The form of published numbers: its rows with their ids, bounds, documents and embargoes, and the cells that
are refused. What is new in these documents is invented, for these tests only."""

import openpyxl

from ennum_stats.errors import message
from ennum_stats.imports import apply, plan_import
from ennum_stats.imports.report import refusal_words
from ennum_stats.imports.workbooks import write_refused
from ennum_stats.languages import LANGUAGES
from tests.imports.conftest import rows_of, rows_planned


def test_an_observation_and_its_id(copied, fill, observed):
    observed |= {"Niveau": "enseignement secondaire [secondary]", "Remarque": "inventé"}
    plan = rows_planned("observations", fill("observations", observed), copied)
    (row,) = plan.new_rows
    assert row.path == "observations/regional-it-2018-06-06.csv"
    assert {name: text for name, text in row.values.items() if text} == {
        "observation_id": "regional-it-2018-06-06.projects_rejected.EN2018.secondary",
        "measure": "projects_rejected", "programme": "ecole_numerique", "call": "EN2018",
        "territory": "wallonia", "level": "secondary", "counted": "projects", "value": "456",
        "unit": "projects", "step": "1", "precision": "exact", "status": "A",
        "source_id": "regional-it-2018-06-06", "locator": "article", "note": "inventé",
    }  # fmt: skip


def test_a_state_at_a_day_has_the_day_in_its_id(copied, fill, observed):
    observed |= {
        "Appel": None, "Programme": "cyberclasse", "Mesure": "schools_equipped",
        "Unité comptée": "schools", "Unité": "schools", "Valable du": "06/2018",
        "Valable au": "06/2018", "Valeur": "environ 2 100", "Précision": None,
    }  # fmt: skip
    (row,) = rows_planned("observations", fill("observations", observed), copied).new_rows
    assert row.values["observation_id"] == ("regional-it-2018-06-06.schools_equipped.cyberclasse.2018-06")
    assert (row.values["step"], row.values["precision"]) == ("100", "about")


def test_bounds_and_a_stated_step(copied, fill, observed):
    between = observed | {"Valeur": "entre 450 et 460", "Précision": None}
    ends = observed | {"Valeur": None, "Minimum": 450, "Maximum": 460, "Réseau": "municipal",
                       "Précision": "entre … et …"}  # fmt: skip
    stepped = observed | {"Valeur": 325, "Précision": "environ", "Arrondi à": "5", "Province": "namur"}
    plan = rows_planned("observations", fill("observations", between, ends, stepped), copied)
    cells = [
        tuple(row.values[n] for n in ("value", "lower", "upper", "step", "precision"))
        for row in plan.new_rows
    ]
    assert cells == [
        ("", "450", "460", "", "range"),
        ("", "450", "460", "", "range"),
        ("325", "", "", "5", "about"),
    ]


def test_a_new_document_is_told_once(copied, fill, observed):
    new = observed | {
        "Code du document": None, "Titre du document": "Rapport inventé", "Éditeur": "RTL/Belga",
        "Nature du document": "presse", "Publié le": "06/2019", "Consulté le": "24/11/2026",
    }  # fmt: skip
    later = observed | {"Code du document": "rtl-belga-2019-06", "Niveau": "secondary"}
    plan = rows_planned("observations", fill("observations", new, later), copied)
    assert plan.refused == ()
    assert [row["source_id"] for row in plan.rows_by_table["sources"]] == ["rtl-belga-2019-06"]
    assert [row["source_id"] for row in plan.rows_by_table["observations"]] == 2 * ["rtl-belga-2019-06"]


def test_under_embargo_a_row_goes_where_git_and_the_public_do_not_see_it(copied, fill, observed):
    observed["Embargo jusqu’au"] = "15/06/2999 10:00"
    plan = plan_import("observations", fill("observations", observed), copied)
    assert plan.changes == ()
    (path,) = apply(plan)
    assert path == copied.raw / "embargoed" / "regional-it-2018-06-06.csv"
    assert rows_of(path)[0]["embargo_until"] == "2999-06-15T10:00"
    assert plan_import("observations", fill("observations", observed), copied).already_there == (6,)


NEW_DOCUMENT = {
    "Code du document": "spw-2026-invente", "Titre du document": "Rapport inventé", "Éditeur": "Inventé",
    "Nature du document": "presse", "Publié le": "20/11/2026", "Consulté le": "24/11/2026",
}  # fmt: skip
UNDER_EMBARGO = {"Embargo jusqu’au": "15/06/2999 10:00"}
IN_SECONDARY = {"Niveau": "secondary"}


def test_a_document_of_numbers_under_embargo_alone_goes_where_they_go(copied, fill, observed, raw_bytes):
    before = raw_bytes()
    row = observed | NEW_DOCUMENT | UNDER_EMBARGO
    written = apply(plan_import("observations", fill("observations", row), copied))
    folder = copied.raw / "embargoed"
    assert sorted(written) == [folder / "sources.csv", folder / "spw-2026-invente.csv"]
    assert rows_of(folder / "sources.csv")[0]["title"] == "Rapport inventé"
    assert {path: data for path, data in raw_bytes().items() if path in before} == before
    again = plan_import("observations", fill("observations", row), copied)
    assert again.already_there == (6,)


def test_a_document_with_a_public_number_is_public(copied, fill, observed):
    held_back = observed | NEW_DOCUMENT | UNDER_EMBARGO
    public = observed | NEW_DOCUMENT | IN_SECONDARY
    plan = plan_import("observations", fill("observations", held_back, public), copied)
    assert plan.findings == ()
    assert [row.path for row in plan.new_rows] == [
        "sources.csv", "embargoed/spw-2026-invente.csv", "observations/spw-2026-invente.csv",
    ]  # fmt: skip


def test_a_public_number_of_a_document_under_embargo_is_a_finding_at_its_row(copied, fill, observed):
    hidden = fill("observations", observed | NEW_DOCUMENT | UNDER_EMBARGO)
    apply(plan_import("observations", hidden, copied))
    public = observed | {"Code du document": "spw-2026-invente"} | IN_SECONDARY
    (finding,) = plan_import("observations", fill("observations", public), copied).findings
    assert finding.line == 6
    assert finding.words("fr").startswith("observations.xlsx:6: Code du document")
    assert "sous embargo" in finding.words("fr")


REFUSED = [
    ({"Mesure": "projets imaginaires"}, "Mesure", "pas dans la liste"),
    ({"Valeur": "=400+56"}, "Valeur", "formule"),
    ({"Valeur": "12.345"}, "Valeur", "milliers ou celui des décimales"),
    ({"Valeur": None}, "Valeur", "ni nombre, ni raison"),
    ({"Unité": None}, "Unité", "vide"),
    ({"Code du document": "inconnu-2018"}, "Titre du document", "pas encore connu"),
    ({"Code du document": None}, "Code du document", "Quel document"),
    ({"Endroit dans le document": None}, "Endroit dans le document", "Où se trouvent"),
    ({"Programme": "cyberclasse"}, "Programme", "appartient"),
    ({"Valable du": "31/02/2018"}, "Valable du", "ni un jour"),
    ({"Valeur": None, "Minimum": 20, "Maximum": 10}, "Minimum", "dépasse"),
]


def test_each_refused_cell_is_named_with_its_reason(copied, fill, observed, tmp_path):
    rows = [observed | wrong for wrong, _, _ in REFUSED]
    plan = rows_planned("observations", fill("observations", *rows), copied)
    assert plan.taken == ()
    first = {refusal.row: refusal for refusal in reversed(plan.refused)}  # more may be missing in a row
    said = [(r.row, r.column, refusal_words(r, "fr")) for r in reversed(first.values())]
    for line, ((_, column, reason), found) in enumerate(zip(REFUSED, said, strict=True), start=6):
        assert found[:2] == (line, column)
        assert reason in found[2].replace("\u00a0", " ")
    check_refused_workbook(plan, tmp_path / "refus.xlsx", [column for _, column, _ in REFUSED])


def check_refused_workbook(plan, path, columns):
    sheet = openpyxl.load_workbook(write_refused(plan, path)).active
    header = [cell.value for cell in sheet[1]]
    assert header[:2] == ["Ligne du fichier", "Motif du refus"]
    for line, column in enumerate(columns, start=2):
        cells = dict(zip(header, sheet[line], strict=True))
        heading = next(name for name in header if name.removesuffix(" *") == column)
        assert cells["Ligne du fichier"].value == line + 4
        assert column in cells["Motif du refus"].value
        assert cells[heading].fill.fgColor.rgb == "FFFFD6D0"
        assert column in cells[heading].comment.text


def test_all_numbers_of_a_row_that_are_not_certain_are_told_at_once(copied, fill, announced):
    announced |= {"Projets prévus": "12.345", "Budget prévu": 7_500_000, "Projets introduits": 1.5}
    plan = rows_planned("call", fill("call", announced), copied)
    assert [refusal.column for refusal in plan.refused] == ["Projets prévus"]
    announced["Projets prévus"] = 500
    plan = rows_planned("call", fill("call", announced), copied)
    assert [refusal.column for refusal in plan.refused] == ["Budget prévu", "Projets introduits"]
    assert (plan.rows_read, plan.refused_rows) == (1, (6,))


def test_all_cells_that_are_missing_are_told_at_once_and_choices_are_kept(copied, fill, tmp_path):
    """A call and a document of which only the codes are told: the form asks for eleven more cells."""
    empty = {"Code de l’appel": "EN2099", "Code du document": "spw-2031", "Projets prévus": 500}
    plan = rows_planned("call", fill("call", empty), copied)
    assert [refusal.key for refusal in plan.refused] == [
        "title", "publisher", "kind", "retrieved_on", "programme",
        *(f"name_{language}" for language in LANGUAGES), "school_years", "locator",
    ]  # fmt: skip
    book = openpyxl.load_workbook(write_refused(plan, tmp_path / "refus.xlsx"))
    offered = {rule.formula1: str(rule.sqref) for rule in book.worksheets[0].data_validations.dataValidation}
    [column] = [cell.column_letter for cell in book.worksheets[0][1] if cell.value == "Nature du document"]
    assert any(place.startswith(f"{column}2:") for place in offered.values())
    assert (book.worksheets[1].title, book.worksheets[1].sheet_state) == ("Listes", "hidden")


def test_the_refused_rows_can_be_mended_and_imported(copied, fill, observed, tmp_path):
    plan = rows_planned("observations", fill("observations", observed | {"Valeur": "456 ?"}), copied)
    path = write_refused(plan, tmp_path / "refus.xlsx")
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book.active[1]]
    book.active.cell(2, header.index("Valeur") + 1, "456")
    book.save(path)
    again = rows_planned("observations", path, copied)
    assert (again.taken, again.refused) == ((2,), ())
    assert again.ignored_columns == ("Ligne du fichier", "Motif du refus")


def test_a_csv_as_french_excel_saves_it(copied, tmp_path):
    path = tmp_path / "chiffres.csv"
    text = (
        "Chiffres de l’appel;;;;;;;;\r\n"
        "Document;Page;MESURE;Appel;Territoire;Montant;Unite;Precision;du\r\n"
        "regional-it-2018-06-06;article;own_funds;EN2018;wallonia;12\u202f345,50 €;EUR;exact;"
        "27/01/2018\r\n"
    )
    path.write_bytes(text.encode("utf-8-sig"))
    plan = rows_planned("observations", path, copied)
    assert plan.refused == ()
    (row,) = plan.new_rows
    assert (row.values["value"], row.values["step"]) == ("12345.5", "0.01")
    assert row.values["valid_from"] == "2018-01-27"
    assert ("Montant", message("Value")) in plan.columns
