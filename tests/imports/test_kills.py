"""An import that is killed has done all or nothing: the next command finishes or undoes it.

`run.py test search` tries a hundred moments and more: before each opening, syncing, renaming and deleting of
a file by imports of several kinds, and with the file that was being synced cut off, as when the power fails.
Each run tries every twelfth of a register and a call.
"""

import io
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import count, product
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ennum_stats import imports
from ennum_stats.cli import app
from ennum_stats.errors import OutputInUse
from ennum_stats.files.journal import JOURNAL, writing
from ennum_stats.imports import ImportOptions, apply, plan_import, steps
from ennum_stats.imports.drafts import Drafts
from tests.conftest import SEEDS

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork a process")

SECOND = """N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Réseau;\
N° FASE de l'implantation;Adresse de l'implantation;Code postal de l'implantation;\
Commune de l'implantation
12;Institut Saint-Aubain;Secondaire ordinaire;Libre confessionnel;102;Rue B 2;5000;Namur
13;Athénée royal de Huy;Secondaire ordinaire;WBE;104;Quai D 4;4500;Huy
"""


def files_of(project):
    """Every file of a project but its stores and its history, hidden ones too."""
    files = (path for path in project.root.rglob("*") if path.is_file())
    made = {project.processed, project.raw / "history"}
    return {path: path.read_bytes() for path in files if not made & {*path.parents}}


def entries_of(project):
    return {*(project.raw / "history").glob("*")}


def content(path):
    return path.read_bytes() if path.is_file() else None


def put_back(project, files):
    for path in files_of(project).keys() - files.keys():
        path.unlink()
    for path, data in files.items():
        if path.read_bytes() != data:
            path.write_bytes(data)


@pytest.fixture
def plans(schools, csv_list, fill, announced, tmp_path):
    """Imports of a list, of deliveries, of a register and of a call: two to four files each."""
    project = schools.project
    register = tmp_path / "register-2020.csv"
    register.write_text(SECOND, "utf-8")
    winners = csv_list("FASE;Montant", "101;1,00", "102;2,00", name="winners.csv")
    delivered = csv_list("FASE;Lot;Quantité;Livré le", "101;Robots;1;05/02/2020", name="robots.csv")
    of = ImportOptions(call="EN2019", as_of="2020-06-27")
    return [
        plan_import("winners", winners, project, of, looks_ahead=False),
        plan_import("deliveries", delivered, project, of, looks_ahead=False),
        plan_import("register", register, project, ImportOptions(as_of="2020")),
        plan_import("call", fill("call", announced), project, looks_ahead=False),
    ]


def passes(project):
    """Ask the next command whether all is in order."""
    answer = CliRunner().invoke(app, ["check", "--root", str(project.root)])
    assert answer.exit_code == 0, answer.output


@needs_fork
@pytest.mark.search
def test_killed_at_each_of_a_hundred_moments_all_or_nothing_is_written(plans, killed_at):
    moments, between_renames, checked, step = 0, 0, [], 1 if SEEDS else 12
    plans = plans if SEEDS else plans[2:]
    for plan, loses in [(plan, loses) for plan in plans for loses in (False, True)]:
        project, raw = plan.project, plan.project.raw
        before, entries = files_of(project), entries_of(project)
        after = before | {raw / name: data for name, data in plan.contents.items()}
        seen = []
        for moment in count(1 + loses * step // 2, step):
            put_back(project, before)
            for entry in entries_of(project) - entries:
                entry.unlink()
            if not killed_at(moment, lambda plan=plan: apply(plan), loses=loses):
                break
            new = [content(raw / name) == data for name, data in plan.contents.items()]
            between_renames += any(new) and not all(new)
            moments += 1
            assert project.raw.is_dir()  # what every command asks for first
            found = files_of(project)
            assert found in (before, after)
            assert len(entries_of(project) - entries) == (found == after)
            if found not in seen:
                seen.append(found)
            if found not in checked:  # with the same files, the next command finds the same
                checked.append(found)
                passes(project)
        assert len(seen) == 2 or not SEEDS
        put_back(project, before)
        for entry in entries_of(project) - entries:
            entry.unlink()
    assert len(checked) == 1 + len(plans)
    assert moments >= (100 if SEEDS else 10)
    assert between_renames >= (2 if SEEDS else 0)


@needs_fork
@pytest.mark.search
def test_a_draft_that_is_killed_at_any_moment_is_there_again_or_gone_whole(
    plans, killed_at, monkeypatch, tmp_path
):
    plan, project = plans[0], plans[0].project
    drafts, tables = Drafts(project), plan.project.raw
    monkeypatch.setattr(imports, "plan_import", lambda *_: plan)  # read before: no fork reads with polars
    draft = drafts.add("l.csv", io.BytesIO(b"FASE;Montant\n"), "winners", {"call": "EN2019"})
    place = drafts.folder / "steps"
    place.mkdir()
    said = (str(project.root), "fr", "A. Dupont", "declared", draft.number)
    answered = replace(draft, answers={"a": "take"})
    actions = {
        "add": lambda: drafts.add("2.csv", io.BytesIO(b"whole"), "winners", {}),
        "keep": lambda: drafts.keep(answered),
        "write": lambda: steps.take("write", place, *said),
        "remove": lambda: drafts.remove(draft.number),
    }
    before, known, folder = files_of(project), entries_of(project), drafts.folder
    kept = shutil.copytree(folder, tmp_path / "kept")
    moments, step = 0, 1 if SEEDS else 9
    for (name, action), loses in product(actions.items(), (False, True)):
        for moment in count(1 + loses * step // 2, step):
            shutil.rmtree(folder)
            shutil.copytree(kept, folder)
            put_back(project, before)
            for entry in entries_of(project) - known:
                entry.unlink()
            if not killed_at(moment, action, loses=loses):
                break
            moments += 1
            left = {each.number: each for each in drafts.all()}
            for each in left.values():
                assert drafts.file(each).read_bytes() in (b"FASE;Montant\n", b"whole")
                assert each.answers in ({}, {"a": "take"})
            with writing(tables):  # the next command settles what was begun
                is_written = [content(tables / path) == data for path, data in plan.contents.items()]
            assert all(is_written) or not any(is_written)
            assert len(entries_of(project) - known) == all(is_written)
            if draft.number not in left:  # it goes with what was written of it, or with its removal
                assert name == "remove" or all(is_written)
            files = {path.relative_to(folder).parts[0] for path in folder.rglob("*") if path.is_file()}
            assert files - {"steps"} == {*left}
    assert moments >= (200 if SEEDS else 8)


KILLED_AT_THE_SECOND_RENAME = """
import os, sys
from ennum_stats.cli import main

sys.argv = ["ennum", *sys.argv[1:]]
tables, renamed = os.path.join(sys.argv[-1], "data", "raw"), iter(range(1))

def end(event, arguments):
    is_table = event == "os.rename" and str(arguments[1]).startswith(tables)
    if is_table and next(renamed, None) is None:
        os._exit(99)

sys.addaudithook(end)
main()
"""


def test_a_command_killed_between_two_renames_is_finished_by_the_next(schools, csv_list):
    project, path = schools.project, csv_list("FASE;Montant", "101;1,00", "102;2,00")
    options = ["--call", "EN2019", "--as-of", "2020-06-27", "--yes", "--root", str(project.root)]
    program = [sys.executable, "-c", KILLED_AT_THE_SECOND_RENAME]
    command = [*program, "import", "winners", str(path), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 99, done.stderr
    rows = project.root / "data" / "raw" / "rows"
    assert (rows / "lists.csv").exists() != (rows / "participations.csv").exists()
    assert (rows.parent / JOURNAL).exists()
    passes(project)
    assert (rows / "lists.csv").exists()
    assert (rows / "participations.csv").exists()
    assert not [file for file in rows.parent.rglob(".*") if file.is_file()]


def test_a_file_held_open_elsewhere_is_told_and_nothing_is_written(schools, csv_list, monkeypatch):
    path = csv_list("FASE;Montant", "101;1,00")
    options = ImportOptions(call="EN2019", as_of="2020-06-27")
    plan = plan_import("winners", path, schools.project, options, looks_ahead=False)
    before = files_of(schools.project)
    replace = Path.replace

    def held(made, target):
        if target.name == "participations.csv":  # as Windows does while it is open in Excel
            raise PermissionError(13, "in use", str(target))
        return replace(made, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(OutputInUse, match="Nothing was written") as refused:
        apply(plan)
    assert refused.value.where.endswith("participations.csv")
    assert files_of(schools.project) == before
