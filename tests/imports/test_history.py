"""Each change of the raw tables has an entry that says who, when and from what, and that undoes it. Schools and
persons are invented."""

import csv
import json
import random
import re
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import UsageError
from ennum_stats.imports import Author, ImportOptions, apply, plan_import, removal
from ennum_stats.imports.apply import figure_records
from ennum_stats.imports.plan import FigureChange, Preview
from ennum_stats.imports.report import NOT_YET, figure_lines
from ennum_stats.languages import translate
from ennum_stats.quantities import Bounds, Quantity
from ennum_stats.raw.history import breaks, difference, entries, undone_by
from ennum_stats.store.answers import Known
from ennum_stats.store.build import build
from ennum_stats.store.publish import current_store, rollback

TITLES = "FASE;École;N° du projet;Montant"
FIRST = (TITLES, "101;Bouge;A-1;100,00", "102;;A-2;200,00", "999;Jean Dupont (0475 12 34 56);A-9;5,00")
SECOND = (TITLES, "101;Bouge;A-1;100,00", "102;;A-2;250,00", "103;;A-3;300,00")
LIST = "EN2020-winners-2020-06"


@pytest.fixture(autouse=True)
def _without_figures(monkeypatch):
    """Leaves out what figures would change: `test_preview.py` looks at that."""
    monkeypatch.setattr(removal, "newly_seen", lambda *_: Preview())


@pytest.fixture
def project(schools):
    return schools.project


@pytest.fixture
def importing(project, csv_list):
    def write(*lines, who="", **options):
        options = {"call": "EN2020", "as_of": "2020-06", **options}
        plan = plan_import("winners", csv_list(*lines), project, ImportOptions(**options), looks_ahead=False)
        apply(plan, Author.here(who))
        return entries(project)[-1]

    return write


@pytest.fixture
def undoing(project):
    def undo(number):
        removal.remove(removal.plan_undo(project, number))
        return entries(project)[-1]

    return undo


@pytest.fixture
def journal(project, importing, undoing):
    """A journal whose last entries are an import, two publications, and what undoes the import; the publications."""
    imported = importing(*FIRST)
    published = [build(project), build(project)]
    undoing(imported.number)
    return published


def broken(project):
    return [translate(found, "en") for found in breaks(project.raw)]


def test_publications_stand_in_the_journal_with_what_was_put_in_force(project, journal, undoing):
    first, second = entries(project)[-3:-1]
    assert [(one.kind, one.file, one.sha256) for one in (first, second)] == [
        ("publish", one.store, one.files[one.store]) for one in journal
    ]
    assert broken(project) == []
    with pytest.raises(UsageError, match="changed no table"):
        undoing(second.number)
    rollback(project, journal[0].content_hash)
    assert entries(project)[-1].kind == "republish"
    asked = ["--root", str(project.root)]
    listed = CliRunner().invoke(app, ["history", "--format", "csv", *asked])
    rows = [*csv.DictReader(listed.stdout.splitlines())]
    files = sorted((project.raw / "history").glob("*.json"))
    assert [row["previous"] for row in rows][1:] == [sha256(path.read_bytes()).hexdigest() for path in files][
        :-1
    ]
    told = CliRunner().invoke(app, ["verify", str(project.raw / "history"), "--lang", "en", *asked])
    assert (told.exit_code, told.stdout.strip()) == (0, f"The journal is whole; entries: {len(files)}.")


def test_a_publication_that_a_kill_kept_out_of_the_journal_is_noted_by_the_next(project, journal):
    path = project.raw / entries(project)[-1].path
    build(project)
    (project.raw / "history" / "last").unlink()
    last = entries(project)[-1]
    (project.raw / last.path).unlink()
    assert path.exists()
    build(project)
    assert [one.file for one in entries(project)[-2:]] == [last.file, current_store(project).store]


def test_an_entry_that_is_taken_out_or_changed_is_missed(project, journal):
    for path in sorted((project.raw / "history").glob("*.json"))[-4:]:
        content = path.read_bytes()
        path.unlink()
        assert broken(project)
        path.write_bytes(content.replace(b'"who": "', b'"who": "x'))
        assert broken(project)
        told = CliRunner().invoke(app, ["verify", str(path.parent), "--root", str(project.root)])
        assert told.exit_code == 1
        path.write_bytes(content)
        assert broken(project) == []


def test_entries_of_versions_that_made_no_chain_are_taken_as_they_are(project, importing, undoing):
    entry = importing(*FIRST)
    paths = sorted((project.raw / "history").glob("*.json"))
    for path in paths:
        cells = json.loads(path.read_text("utf-8"))
        del cells["previous"]
        path.write_text(json.dumps(cells), "utf-8")
    (project.raw / "history" / "last").unlink()
    assert broken(project) == []
    undoing(entry.number)
    assert broken(project) == []
    paths[-1].write_bytes(paths[-1].read_bytes().replace(b'"who": "', b'"who": "x'))
    assert broken(project)


def tables(project):
    """The bytes of all raw tables, without the history."""
    return {path: path.read_bytes() for path in sorted(project.raw.rglob("*.csv"))}


def test_an_import_says_who_when_from_what_and_what_it_wrote(project, importing, tmp_path):
    entry = importing(*FIRST, who="A. Martin", take=frozenset(("nothing",)))
    assert (entry.who, entry.known_by, entry.kind, entry.names) == (
        "A. Martin",
        "declared",
        "import winners",
        (LIST,),
    )
    assert entry.file == "list.csv"
    assert entry.sha256 == sha256((tmp_path / "list.csv").read_bytes()).hexdigest()
    assert entry.options == {"call": "EN2020", "as_of": "2020-06"}
    assert entry.answers == {"nothing": "take"}
    assert entry.rows() == {"lists": (0, 1), "participations": (0, 2)}


def test_figures_are_worded_as_they_are_known(project, importing):
    share = Quantity.derived(None, Bounds(Decimal("0.4933"), Decimal("Infinity")), "share")
    turned = [FigureChange("coverage", NOT_YET, None, Known(share))]
    entry = replace(importing(*FIRST), figures=figure_records(turned))
    assert [*figure_lines(entry, "en")] == ["not there yet: – → at least 49.3%"]
    older = replace(entry, figures=[{**each, "unit": None} for each in entry.figures])
    assert [*figure_lines(older, "en")] == ["not there yet: – → 0.49–…"]


def test_nothing_that_was_refused_stands_in_it(project, importing):
    entry = importing(*FIRST)
    text = (project.raw / entry.path).read_text("utf-8")
    assert json.loads(text)["number"] == entry.number
    assert not {"Dupont", "0475", "999"}.intersection(re.findall(r"\w+", text))  # hashes may hold any digits


def test_an_undo_leaves_every_table_as_it_was_and_can_be_undone(project, importing, undoing):
    before = tables(project)
    entry = importing(*FIRST)
    after = tables(project)
    undo = undoing(entry.number)
    assert tables(project) == before
    assert (undo.kind, undo.undoes, undone_by(entries(project))) == (
        "undo", entry.number, {entry.number: undo.number},
    )  # fmt: skip
    with pytest.raises(UsageError, match=f"undone already, by {undo.number}"):
        removal.plan_undo(project, entry.number)
    undoing(undo.number)
    assert tables(project) == after
    assert undone_by(entries(project)).get(entry.number) is None


def test_a_table_that_excel_saved_is_written_as_ours_and_undone_byte_for_byte(project, importing, undoing):
    """Windows-1252 with semicolons, as French Excel saves it, is no UTF-8."""
    path = project.raw / "rows" / "lists.csv"
    importing(*FIRST)
    header, row = path.read_bytes().splitlines()
    saved = b"\r\n".join((header, row + "reçue".encode())).replace(b",", b";").decode().encode("cp1252")
    path.write_bytes(saved)
    importing("FASE;Montant", "104;1,00", as_of="2020-07")
    with path.open(encoding="utf-8", newline="") as lines:
        notes = [each["note"] for each in csv.DictReader(lines)]
    assert notes == ["reçue", ""]
    undoing(entries(project)[-1].number)
    assert path.read_bytes() == saved


def test_what_was_removed_comes_back_in_its_place(project, importing, undoing):
    importing(*FIRST)
    importing(TITLES, "104;;B-1;7,00", call="EN2019", as_of="2019-06")
    before = tables(project)
    removal.remove(removal.plan_removal(project, "list", [LIST]), Author("A. Martin"))
    entry = entries(project)[-1]
    assert (entry.kind, entry.names, entry.rows()) == (
        "remove list", (LIST,), {"lists": (1, 0), "participations": (2, 0)},
    )  # fmt: skip
    undoing(entry.number)
    assert tables(project) == before


def test_what_rests_on_a_change_is_undone_before_it(project, importing, undoing):
    first = importing(*FIRST)
    second = importing(*SECOND, as_of="2020-10", replaces=LIST)
    with pytest.raises(
        UsageError, match=rf"rest on {first.number}: .*{second.number} \(import winners"
    ) as refused:
        removal.plan_undo(project, first.number)
    assert f"ennum undo {second.number}" in str(refused.value.remedy)
    undoing(second.number)
    undoing(first.number)


def test_a_later_change_of_something_else_stays(project, importing, undoing):
    first = importing(*FIRST)
    importing(TITLES, "104;;B-1;7,00", call="EN2019", as_of="2019-06")
    undoing(first.number)
    rows = (project.raw / "rows" / "participations.csv").read_text("utf-8")
    assert "EN2019.awarded.104" in rows
    assert "EN2020" not in rows


def test_rows_that_somebody_changed_by_hand_are_not_undone(project, importing):
    entry = importing(*FIRST)
    path = project.raw / "rows" / "participations.csv"
    path.write_text(path.read_text("utf-8").replace("A-2", "A-3"), "utf-8")
    before = tables(project)
    with pytest.raises(UsageError, match="changed since, by hand"):
        removal.plan_undo(project, entry.number)
    assert tables(project) == before


def test_a_change_that_is_not_written_has_no_entry(project, importing, monkeypatch):
    written = importing(*FIRST)
    before = tables(project)
    blocked = project.raw / "rows" / "lists.csv"
    replace = Path.replace

    def fail(self, target):
        if Path(target) == blocked:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PermissionError):
        importing(TITLES, "104;;B-1;7,00", call="EN2019", as_of="2019-06")
    assert (tables(project), entries(project)[-1]) == (before, written)


def test_whatever_lines_change_a_difference_gives_back_what_was():
    chance = random.Random("history")  # noqa: S311 - the same lines each time
    for _ in range(300):
        lines = [f"{chance.randrange(40)},x\n" for _ in range(chance.randrange(30))]
        later = [line for line in lines if chance.random() < 0.7]
        for _ in range(chance.randrange(5)):
            later.insert(chance.randrange(len(later) + 1), f"{chance.randrange(40)},y\n")
        before, after = ("".join(part).encode() or None for part in (lines, later))
        assert difference("rows/lists.csv", before, after).reversed_in(after) == before


def test_the_commands_show_and_undo(project, importing):
    first = importing(*FIRST, who="A. Martin")

    def run(*arguments):
        return CliRunner().invoke(app, ["--root", str(project.root), *arguments])

    shown = run("history", "--lang", "fr")
    assert first.number in shown.stdout
    assert "A. Martin (nom déclaré)" in shown.stdout.replace("\n", " ")
    assert f"importé : une liste de lauréats d’un appel – {LIST}" in " ".join(
        run("history", first.number).stdout.replace("\u00a0", " ").split()
    )
    before = tables(project)
    dry = run("undo", first.number, "--dry-run")
    assert (dry.exit_code, tables(project)) == (0, before)
    assert "listes 1, lignes de listes 2" in dry.stdout
    assert run("undo", first.number, "--yes", "--who", "B. Simon").exit_code == 0
    last = entries(project)[-1]
    assert (last.kind, last.who) == ("undo", "B. Simon")
    assert run("undo", "zzzz").exit_code == 2
    records = json.loads(run("history", "--format", "json").stdout)
    assert [record["undone_by"] for record in records][-2:] == [last.number, None]
