"""What a person decides on the page « Données »: corrections, explanations, declarations, links; weighed, written by
the road of every change, and undone. Schools and amounts are invented (données fictives)."""

import csv
import io
import re

import openpyxl
import pytest

from ennum_stats.errors import UsageError
from ennum_stats.imports import Author, ImportOptions, apply, decided, plan_import, removal, template
from ennum_stats.imports.decided import mark, plan_decisions, to_translate
from ennum_stats.imports.decision_forms import DECISION_FORMS, DECISIONS
from ennum_stats.imports.plan import Preview
from ennum_stats.languages import LANGUAGES
from ennum_stats.raw.history import entries
from ennum_stats.store.ledger import today
from tests.imports.conftest import REGISTER
from tests.imports.test_data_page import NUMBER, Steward, raw_files, steps_here, steward

__all__ = ["steps_here", "steward"]


def rows_of(project, name):
    return list(csv.DictReader(io.StringIO((project.raw / f"{name}.csv").read_text("utf-8"))))


def test_a_number_is_corrected_in_the_open_and_the_old_one_stays(steward):
    before = raw_files(steward.project)
    steward.open("/fr/data/correct?q=budget EN2018 regional")
    address = re.search(rf'href="([^"]+{re.escape(NUMBER)})"', steward.page)[1]
    steward.open(address)
    assert "6,85\u00a0millions" in steward.words
    assert "nombre\u00a0: 6\u202f850\u202f000" in steward.words
    cells = {
        "cell-observation_id": NUMBER,
        "cell-column": "value",
        "cell-reason": "L’arrêté dit 6,9 millions.",
    }
    form = {"decision": "corrections", **cells}
    steward.post("/fr/data/decide", **form, **{"cell-new_value": "beaucoup"})
    assert steward.status == 422
    assert 'value="beaucoup"' in steward.page
    steward.post("/fr/data/decide", **form, **{"cell-new_value": "6,9 millions"})
    assert "6\u202f850\u202f000 → 6,9 millions" in steward.words
    assert "6,9\u00a0millions d’euros (Regional-IT" in steward.words  # as the contradictions would say
    assert raw_files(steward.project) == before
    steward.open(steward.address.replace("/fr/", "/de/"))
    assert (
        "6,9\u00a0Millionen Euro (Regional-IT" in steward.words
    )  # weighed again, in the words of this reader
    of = re.search(r'name="of" value="([^"]+)"', steward.page)[1]
    steward.post("/fr/data/decide", write="1", of=of, who="A. Dupont")
    correction = rows_of(steward.project, "corrections")[-1]
    assert {key: correction[key] for key in ("observation_id", "column", "old_value", "new_value")} == {
        "observation_id": NUMBER, "column": "value", "old_value": "6850000", "new_value": "6900000",
    }  # fmt: skip
    changed = [path for path, data in raw_files(steward.project).items() if before[path] != data]
    assert [path.name for path in changed] == ["corrections.csv"]  # the number itself stays as it was printed
    entry = entries(steward.project)[-1]
    assert (entry.kind, entry.who) == ("decide corrections", "A. Dupont")
    steward.open(f"/fr/data/change/{entry.number}")
    assert "un chiffre d’un document corrigé" in steward.words
    steward.post(undo="1", who="A. Dupont")
    assert raw_files(steward.project) == before


def test_decisions_of_each_kind_are_rows_of_their_tables(schools, monkeypatch):
    monkeypatch.setattr(decided, "newly_seen", lambda *_: Preview())
    project = schools.project

    def take(name, **cells):
        removal.remove(plan_decisions(project, name, [cells], "fr"), Author("A. Martin"))

    take("complete_lists", programme="ecole_numerique", call="EN2020", rows="3", name_de="Alles da.")
    take("complete_lists", programme="ecole_numerique", call="EN2020", rows="4", name_de="Alles ist da.")
    (row,) = rows_of(project, "rows/complete_lists")  # the later one takes the place of the earlier one
    assert (row["rows"], row["name_de"], row["name_fr"]) == ("4", "Alles ist da.", "[de] Alles ist da.")
    (open_,) = to_translate(project)
    assert open_ == ("complete_lists", row)
    take("complete_lists", **row | {f"name_{code}": f"Texte {code}" for code in LANGUAGES})
    assert [*to_translate(project)] == []
    assert mark("de") == "[de] "
    take("reconciliations", reconciliation="EN2020.projects_awarded", measure="projects_awarded", takes="list",
         programme="ecole_numerique", call="EN2020", listed="2", published="679", name_de="Zeile\nzwei")  # fmt: skip
    assert rows_of(project, "rows/reconciliations")[0]["name_de"] == "Zeile zwei"
    take("typing", observation_id=NUMBER, column="value", new_value="6 860 000", reason="Lu de travers.")
    published = (project.raw / "observations" / "published.csv").read_text("utf-8")
    (line,) = (line for line in published.splitlines() if line.startswith(NUMBER))
    assert ",6860000," in line
    assert entries(project)[-1].options == {"reason": "Lu de travers."}
    with pytest.raises(UsageError):
        plan_decisions(project, "links", [], "fr")


def test_a_workbook_filled_in_with_what_is_there_takes_the_road_of_the_form(schools, tmp_path, monkeypatch):
    monkeypatch.setattr(decided, "newly_seen", lambda *_: Preview())
    project, before = schools.project, raw_files(schools.project)

    def filled(cells):
        path = template("corrections", project, tmp_path / "correcties.xlsx", "nl")
        book = openpyxl.load_workbook(path)
        titles = [str(cell.value).removesuffix(" *") for cell in book.worksheets[0][3]]
        rows = (dict(zip(titles, row, strict=True)) for row in book.worksheets[0].iter_rows(min_row=4))
        row = next(row for row in rows if row["Naam van het cijfer"].value == NUMBER)
        shown = {title: cell.value for title, cell in row.items()}
        for title, text in cells.items():
            row[title].value = text
        book.save(path)
        return shown, plan_import("corrections", path, project, looks_ahead=False)

    why, remark = "Reden, in één zin", {"Opmerking": "Zie het besluit."}
    new = {
        "Wat fout is": "getal",
        "Wat het moet zijn; leeg: opzijgelegd": "6,9 miljoen",
        why: "Besluit: 6,9 miljoen.",
    }
    shown, plan = filled(remark)
    assert "6,85\u00a0miljoen" in shown["Waarde"]
    assert [refusal.key for refusal in plan.refused] == ["column", "reason"]  # both at once
    _, plan = filled(new)
    cells = {"observation_id": NUMBER, "column": "value", "new_value": "6900000", "reason": new[why]}
    assert plan.contents == plan_decisions(project, "corrections", [cells], "nl").contents
    assert (len(plan.taken), plan.refused, plan.keys) == (1, (), [f"{NUMBER} value"])
    there = len(plan.already_there)
    apply(plan, Author("A. Dupont"))
    assert rows_of(project, "corrections")[-1]["new_value"] == "6900000"
    shown, plan = filled(remark)
    assert (shown[why], shown["Wat fout is"]) == (None, None)  # to correct another cell of it
    _, plan = filled({})
    assert (plan.taken, len(plan.already_there)) == ((), 1 + there)
    monkeypatch.setattr(removal, "newly_seen", lambda *_: Preview())
    removal.remove(removal.plan_undo(project, entries(project)[-1].number), Author("A. Dupont"))
    assert raw_files(project) == before


def test_workbooks_of_explanations_and_of_complete_lists_are_written_and_undone(
    schools, csv_list, tmp_path, monkeypatch
):
    """Two schools are listed, 679 projects were published (Regional-IT 2021); one language is filled in."""
    monkeypatch.setattr(removal, "newly_seen", lambda *_: Preview())
    project = schools.project
    rows = csv_list("N° FASE de l’implantation;N° du projet", "101;A1", "102;A2")
    apply(
        plan_import(
            "winners", rows, project, ImportOptions(call="EN2020", as_of="2020-06-27"), looks_ahead=False
        )
    )
    before = raw_files(project)
    about = {"programme": "ecole_numerique", "call": "EN2020"}
    day = {"reviewed_on": today().isoformat()}
    explained = about | {
        "reconciliation": "EN2020.projects_awarded", "measure": "projects_awarded", "listed": "2", "published": "679",
        "takes": "published", **texts("de", "Die Liste ist ein Auszug."),
    }  # fmt: skip
    declared = about | {"rows": "2", **texts("de", "Alle haben geantwortet.")}
    choices = {"takes": "die veröffentlichte Zahl"}
    for kind, expected, sentence in (
        ("reconciliations", explained, "679\u00a0Projekte veröffentlicht"),
        ("complete_lists", declared, "2 in der Liste"),
    ):  # fmt: skip
        path = template(kind, project, tmp_path / f"{kind}.xlsx", "de")
        book = openpyxl.load_workbook(path)
        header, *lines = book.worksheets[0].iter_rows(min_row=3)
        place = {field.key: at for at, field in enumerate(DECISION_FORMS[kind].fields)}
        assert len(header) == len(place)
        (line,) = (line for line in lines if "[EN2020]" in str(line[place["call"]].value))
        for key in DECISIONS[kind].given:  # labels, each with its code, or the code alone
            assert expected[key] in re.split(r"[][]", line[place[key]].value)
        assert sentence in line[place["about"]].value
        line[place["name_de"]].value = expected["name_de"]
        for key in {*choices} & {*place}:
            line[place[key]].value = choices[key]
        book.save(path)
        plan = plan_import(kind, path, project, looks_ahead=kind == "complete_lists")
        assert (len(plan.taken), plan.refused, plan.findings) == (1, (), ())
        assert raw_files(project) == before
        new = plan.preview.completeness.new
        assert [judged.is_declared_complete for judged in new] == [True] * (kind == "complete_lists")
        apply(plan, Author("A. Dupont"))
        assert rows_of(project, f"rows/{kind}") == [expected | day]
        removal.remove(removal.plan_undo(project, entries(project)[-1].number), Author("A. Dupont"))
        assert raw_files(project) == before


def texts(language, text):
    """The columns of a text that is written in one language, and marked in the others."""
    return {f"name_{code}": text if code == language else f"[{language}] {text}" for code in LANGUAGES}


@pytest.mark.usefixtures("steps_here")
def test_the_register_screen_shows_what_went_and_one_choice_links_two_numbers(schools, monkeypatch, tmp_path):
    later = REGISTER.replace(";101;", ";901;")
    assert later != REGISTER
    (tmp_path / "later.csv").write_text(later, "utf-8")
    apply(plan_import("register", tmp_path / "later.csv", schools.project, ImportOptions(as_of="2025-01-15")))
    steward = Steward(schools.project)
    steward.open("/fr/data/register")
    assert "101" in steward.words
    answer = re.search(r'name="site-101" value="(901 [^"]+)"', steward.page)[1]
    (line,) = decided.form_rows("links", schools.project, "fr")  # the workbook asks what the page does
    assert (line["implantation"], line["same_as"], line["reason"]) == ("101", *answer.split(" ", 1))
    monkeypatch.setattr(decided, "newly_seen", lambda *_: Preview())
    steward.post("/fr/data/decide", decision="links", **{"site-101": answer})
    of = re.search(r'name="of" value="([^"]+)"', steward.page)[1]
    steward.post("/fr/data/decide", write="1", of=of, who="A. Dupont")
    (link,) = rows_of(schools.project, "rows/site_links")
    assert (link["implantation"], link["same_as"]) == ("101", "901")
    steward.open("/fr/data/register")
    assert 'name="site-101"' not in steward.page


def test_what_is_missing_says_whom_to_ask(steward):
    steward.drop("N° FASE;Montant\n101;10,00\n102;20,00\n", call="EN2020")
    steward.post(write="1", who="A. Dupont")
    steward.post("/fr/data", step="publish", who="A. Dupont")
    steward = Steward(steward.project)  # whose application reads what is published now
    steward.open("/fr/data/decide")
    (call,) = re.findall(r"<tr>(?:(?!</tr>).)*EN2020-winners.*?</tr>", steward.page, re.DOTALL)
    assert "SPW" in call  # who announced the call
    assert 'name="cell-listed" value="2"' in steward.page
    assert 'name="cell-published" value="679"' in steward.page
    ids = re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', steward.page)
    assert len(ids) == len({*ids})
    assert {*ids} <= {*re.findall(r'<label for="([^"]+)"', steward.page)} | {"known-at", "q"} | {*ids[:6]}
