"""From an empty form to figures, and every way in which that may not happen. EN2099 and its numbers are
invented, for these tests only."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ennum_stats.figures import figures
from ennum_stats.imports import ImportRefused, apply, plan_import
from ennum_stats.imports.apply import new_contents
from ennum_stats.imports.plan import FilledCell
from ennum_stats.imports.report import figure_words, plan_lines, plan_record, refusal_words
from ennum_stats.imports.workbooks import write_refused
from ennum_stats.project import Audience
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger, today
from tests.imports.conftest import rows_of, rows_planned

FIGURES = {
    "en2099_projects_planned": "500\u00a0projets",
    "en2099_budget_planned": "environ 7,5\u00a0millions d’euros",
    "en2099_introduced": "1\u202f020\u00a0projets",
    "en2099_projects": "612\u00a0projets",
    "en2099_selection_rate": "60\u00a0%",
}


def texts(copied, *names, audience=Audience.PUBLIC):
    ledger = open_ledger(copied, date(2026, 12, 31), audience)
    return {f.name: f.text("fr") for f in figures(ledger, names)}


def test_a_filled_form_gives_the_figures_of_a_new_call(copied, fill, announced, awarded):
    plan = plan_import("call", fill("call", announced, awarded), copied)
    assert (plan.rows_read, plan.taken, plan.refused, plan.examples) == (2, (6, 7), (), 2)
    assert plan.known_at == today()
    changes = {c.name: (figure_words(c.before, "fr"), figure_words(c.after, "fr")) for c in plan.changes}
    for name, words in FIGURES.items():
        assert changes[name] == ("n’existe pas encore", words)
    assert {path.name for path in apply(plan)} == {
        "sources.csv", "calls.csv", "spw-2026-01-15.csv", "spw-2026-06-15.csv",
    }  # fmt: skip
    build(copied)
    assert texts(copied, *FIGURES) == FIGURES


def test_the_rows_written(copied, fill, announced, awarded):
    apply(rows_planned("call", fill("call", announced, awarded), copied))
    call = rows_of(copied.raw / "calls.csv")[-1]
    assert call == {
        "call": "EN2099", "programme": "ecole_numerique",
        "name_fr": "École Numérique 2026 (inventé)", "name_de": "École Numérique 2026 (erfunden)",
        "name_nl": "École Numérique 2026 (verzonnen)", "name_en": "École Numérique 2026 (invented)",
        "valid_from": "2025-09-01", "valid_to": "2026-08-31", "opened_on": "2026-01-15",
        "closed_on": "2026-03-04", "source_id": "spw-2026-01-15", "note": "",
    }  # fmt: skip
    source = rows_of(copied.raw / "sources.csv")[-2]
    assert source == {
        "source_id": "spw-2026-01-15", "title": "Annonce inventée de l’appel", "title_language": "fr",
        "publisher": "SPW",
        "kind": "official", "published_on": "2026-01-15", "retrieved_on": "2026-01-16",
        "url": "https://example.org/en2099", "licence": "", "note": "",
    }  # fmt: skip
    budget = rows_of(copied.raw / "observations" / "spw-2026-06-15.csv")[-1]
    assert {name: text for name, text in budget.items() if text} == {
        "observation_id": "spw-2026-06-15.budget_awarded.EN2099", "measure": "budget_awarded",
        "programme": "ecole_numerique", "call": "EN2099", "territory": "wallonia",
        "stage": "awarded", "value": "8850000", "unit": "EUR", "step": "10000",
        "precision": "rounded", "status": "A", "source_id": "spw-2026-06-15", "locator": "page 3",
    }  # fmt: skip
    planned = rows_of(copied.raw / "observations" / "spw-2026-01-15.csv")[0]
    assert (planned["stage"], planned["status"], planned["counted"]) == ("planned", "F", "projects")


def test_what_stands_in_the_tables_stays_byte_for_byte(copied, fill, announced, raw_bytes):
    before = raw_bytes()
    apply(rows_planned("call", fill("call", announced), copied))
    after = raw_bytes()
    assert all(after[name].startswith(data) for name, data in before.items())
    assert all(data.endswith(b"\n") and b"\r" not in data for data in after.values())


def test_a_plan_writes_nothing(copied, fill, announced, raw_bytes):
    before = raw_bytes()
    processed = sorted(copied.processed.rglob("*"))
    plan_import("call", fill("call", announced), copied)
    assert raw_bytes() == before
    assert sorted(copied.processed.rglob("*")) == processed


def test_loaded_twice_a_file_changes_nothing(copied, fill, announced, awarded, observed, raw_bytes):
    files = {"call": fill("call", announced, awarded), "observations": fill("observations", observed)}
    for kind, path in files.items():
        apply(rows_planned(kind, path, copied))
    before = raw_bytes()
    for kind, path in files.items():
        again = plan_import(kind, path, copied)
        assert (again.taken, again.refused, again.changes) == ((), (), ())
        assert len(again.already_there) == again.rows_read
        assert apply(again) == []
    assert raw_bytes() == before


def test_a_row_that_stands_twice_in_a_file_is_taken_once(copied, fill, observed):
    plan = rows_planned("observations", fill("observations", observed, observed), copied)
    assert (plan.taken, plan.already_there) == ((6,), (7,))


def test_another_content_for_the_same_thing_is_refused_with_both(copied, fill, announced, awarded):
    apply(rows_planned("call", fill("call", announced, awarded), copied))
    awarded["Projets attribués"] = 613
    announced["Clôture"] = "05/03/2026"
    plan = rows_planned("call", fill("call", announced, awarded), copied)
    assert plan.taken == ()
    said = [refusal_words(refusal, "fr") for refusal in plan.refused]
    assert said[0].startswith("ligne 6, Clôture\u00a0:")
    assert "2026-03-04" in said[0]
    assert "2026-03-05" in said[0]
    assert said[1].startswith("ligne 7, Projets attribués\u00a0:")
    assert "«\u00a0612\u00a0» là-bas, «\u00a0613\u00a0» ici" in said[1]


# EN2021 as the ledger has it, with its closing day (17 December 2021) taken away.
EMPTY = ",2021-10-06,2021-12-17,", ",2021-10-06,,"


@pytest.fixture
def without_closing_day(copied):
    """The table of calls without the closing day of EN2021; the bytes that it had with it."""
    path = copied.raw / "calls.csv"
    whole = path.read_bytes()
    assert whole.decode().count(EMPTY[0]) == 1
    path.write_bytes(whole.decode().replace(*EMPTY).encode())
    return whole


@pytest.fixture
def closing():
    """A row of a known document that gives the closing day of EN2021."""
    return {"Code du document": "lavenir-2021-10-08", "Code de l’appel": "EN2021", "Clôture": "17/12/2021"}


def test_an_empty_cell_of_a_known_call_is_filled(copied, fill, closing, without_closing_day, raw_bytes):
    plan = plan_import("call", fill("call", closing, closing), copied)
    assert (plan.taken, plan.already_there, plan.refused, plan.new_rows) == ((6,), (7,), (), ())
    assert "  EN2021: closing day 2021-12-17 added" in plan_lines(plan, "en")
    assert "  EN2021\u00a0: clôture 2021-12-17 ajoutée" in plan_lines(plan, "fr")
    assert plan_record(plan, "en")["completed"] == [
        {"table": "calls", "key": "EN2021", "column": "closed_on", "value": "2021-12-17"}
    ]
    assert plan.row_count == 1
    before = raw_bytes()
    assert [path.name for path in apply(plan)] == ["calls.csv"]
    after = raw_bytes()
    assert (copied.raw / "calls.csv").read_bytes() == without_closing_day
    assert {name for name in before if before[name] != after[name]} == {Path("calls.csv")}


def test_a_filled_cell_is_filled_once_and_refuses_another_content(
    copied, fill, closing, without_closing_day, raw_bytes
):
    other = closing | {"Clôture": "18/12/2021"}
    plan = rows_planned("call", fill("call", closing, other), copied)
    assert [refusal.row for refusal in plan.refused] == [7]
    assert "2021-12-17" in refusal_words(plan.refused[0], "fr")
    apply(plan)
    before = raw_bytes()
    again = rows_planned("call", fill("call", closing), copied)
    assert (again.already_there, again.completed, apply(again)) == ((6,), (), [])
    later = rows_planned("call", fill("call", other), copied)
    assert (len(later.refused), later.contents) == (1, {})
    assert raw_bytes() == before


def test_a_cell_is_filled_beside_a_new_call_of_the_same_file(
    copied, fill, closing, announced, without_closing_day
):
    pilot = closing | {"Code de l’appel": "EN3", "Ouverture": "06/2014", "Clôture": ""}
    plan = rows_planned("call", fill("call", pilot, announced, closing), copied)
    assert plan.refused == ()
    apply(plan)
    now = (copied.raw / "calls.csv").read_bytes().decode()
    *there, new, last = now.split("\n")
    assert (new.split(",")[0], last) == ("EN2099", "")
    opened = "\n".join(there).replace(",2016-08-31,2014-06,,", ",2016-08-31,,,")
    assert opened + "\n" == without_closing_day.decode()


def test_a_cell_is_written_as_csv_and_nothing_else_is(copied):
    text = 'un "mot", deux'
    before = (copied.raw / "calls.csv").read_bytes().decode()
    cell = FilledCell("calls", "calls.csv", "EN3", "closed_on", text, 6, "closed_on")
    contents, places = new_contents(copied.raw, (), [cell])
    assert places == {("calls.csv", 4): cell}
    written = ',2016-08-31,,"un ""mot"", deux",'
    assert contents["calls.csv"].decode() == before.replace(",2016-08-31,,,", written)
    (row,) = csv.DictReader(contents["calls.csv"].decode().splitlines()[0::3][:2])
    assert (row["call"], row["closed_on"]) == ("EN3", text)


def test_a_published_number_cannot_be_changed_either(copied, fill, observed):
    # Regional-IT of 6 June 2018 says 781 projects introduced.
    observed |= {"Mesure": "projects_introduced", "Valeur": 782}
    plan = rows_planned("observations", fill("observations", observed), copied)
    assert "781" in refusal_words(plan.refused[0], "fr")
    observed |= {"Valeur": 781, "Programme": "ecole_numerique"}
    assert rows_planned("observations", fill("observations", observed), copied).already_there == (6,)


def test_a_known_call_needs_only_its_code(copied, fill, awarded):
    awarded["Code de l’appel"] = "EN2021"
    plan = plan_import("call", fill("call", awarded), copied)
    assert plan.refused == ()
    assert set(plan.rows_by_table) == {"sources", "observations"}
    assert "en2021_projects" in {change.name for change in plan.changes}


def test_the_figures_that_change_are_told_with_old_and_new_words(copied, fill, awarded):
    # The ledger knows 679 projects of EN2020; an official document of 2026 would say 680.
    awarded |= {"Code de l’appel": "EN2020", "Projets attribués": 680}
    del awarded["Projets introduits"], awarded["Budget attribué"]
    plan = plan_import("call", fill("call", awarded), copied)
    changes = {c.name: (figure_words(c.before, "fr"), figure_words(c.after, "fr")) for c in plan.changes}
    assert changes["en2020_projects"] == ("679\u00a0projets", "680\u00a0projets")


# --- checks, and what may happen between plan and apply ------------------------------------------------


@pytest.fixture
def too_many_parts(observed):
    """More projects in one level than the document gives in all: 781."""
    return observed | {"Mesure": "projects_introduced", "Valeur": 999, "Niveau": "secondary"}


def test_findings_stop_everything(copied, fill, observed, too_many_parts, raw_bytes, tmp_path):
    before = raw_bytes()
    plan = plan_import("observations", fill("observations", too_many_parts), copied)
    assert plan.findings
    assert plan.changes == ()
    with pytest.raises(RawTablesRefused):
        apply(plan)
    assert raw_bytes() == before


def test_a_finding_on_a_new_row_has_its_place_in_the_workbook(copied, fill, observed, tmp_path):
    observed |= {"Valable du": "2050", "Valable au": "2050"}  # the document is of 2018
    plan = plan_import("observations", fill("observations", observed), copied)
    (finding,) = [f for f in plan.findings if f.file == "observations.xlsx"]
    assert (finding.line, finding.column) == (6, "Code du document")
    sheet = openpyxl.load_workbook(write_refused(plan, tmp_path / "refus.xlsx")).active
    assert sheet.cell(2, 1).value == 6
    assert "Code du document" in sheet.cell(2, 2).value


def test_tables_that_changed_since_the_plan(copied, fill, observed, raw_bytes):
    plan = rows_planned("observations", fill("observations", observed), copied)
    with (copied.raw / "milestones.csv").open("a") as file:
        file.write("x")
    before = raw_bytes()
    with pytest.raises(ImportRefused, match="have changed"):
        apply(plan)
    assert raw_bytes() == before


def test_tables_that_are_not_in_order_come_first(copied, fill, observed):
    path = fill("observations", observed)
    with (copied.raw / "milestones.csv").open("a") as file:
        file.write("x\n")
    with pytest.raises(RawTablesRefused):
        plan_import("observations", path, copied)


def test_all_files_or_none(copied, fill, announced, raw_bytes, monkeypatch):
    plan = rows_planned("call", fill("call", announced), copied)
    before = raw_bytes()
    replace = type(copied.raw).replace

    def failing(self, target):
        if target.name == "calls.csv":
            raise PermissionError(13, "open in Excel", str(target))
        return replace(self, target)

    monkeypatch.setattr(type(copied.raw), "replace", failing)
    with pytest.raises(Exception, match="open in another program"):
        apply(plan)
    monkeypatch.undo()
    assert raw_bytes() == before
    assert not list(copied.raw.rglob(".*.csv.*"))


def test_the_plan_in_words_and_as_values(copied, fill, announced):
    plan = plan_import("call", fill("call", announced | {"Projets introduits": "12.345"}), copied)
    text = "\n".join(plan_lines(plan, "fr")).replace("\u00a0", " ")
    assert "Colonnes reconnues (ligne 3) : Exemple ? ; Code de l’appel" in text
    assert "Lignes lues : 1 ; prises : 0 ; déjà là : 0 ; refusées : 1 ; exemples laissés de côté : 2." in text
    assert "ligne 6, Projets introduits :" in text
    assert "Aucun chiffre publié ne changerait." in text
    record = plan_record(plan, "fr")
    assert record["refused"][0]["row"] == 6
    assert record["refused"][0]["value"] == "12.345"
    for language in ("de", "nl", "en"):
        assert plan_lines(plan, language)
