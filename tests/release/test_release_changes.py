"""What is another number in a release than in an earlier one, by the kind of its reason."""

import csv
import io
import json
import shutil
from collections import Counter
from datetime import date

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import UsageError
from ennum_stats.languages import LANGUAGES
from ennum_stats.release import compare, release
from ennum_stats.release.release_changes import ChangeKind, tables_of
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's
KIT = "observations/press_kit_2020.csv"
EN2018 = "press-kit-2020.projects_awarded.EN2018"
DAY = date(2020, 1, 31)


@pytest.fixture(scope="module")
def old(kit_ledger, tmp_path_factory):
    """The release of the day on which the press kit was known; tests change nothing in it."""
    folder = tmp_path_factory.mktemp("release") / "old"
    release(kit_ledger, folder)
    return folder


def by_name(found, table="figures"):
    return {one.name: one for one in found if one.table == table}


def test_the_same_day_changes_nothing(kit_ledger, old):
    assert compare(kit_ledger, old) == []


def test_later_documents_bring_new_numbers_and_revise_others(ledger_at, old):
    """RTL/Belga, June 2020: 679 projects of EN2020, of which nobody knew in January; coverage follows."""
    found = by_name(compare(ledger_at("2020-10-31"), old))
    new = found["en2020_projects"]
    assert (new.kind, new.record("en")["after"]) == (ChangeKind.NEW, "679\u00a0projects")
    assert any("RTL" in title for title in new.documents)
    assert found["en_coverage_all_calls"].kind is ChangeKind.REVISED
    assert "en2018_projects" not in found


def changed(raw_copy, **cells):
    """The release of a project in which cells of the projects of EN2018 are other ones."""
    for column, value in cells.items():
        raw_copy.cell(KIT, EN2018, column, value)
    build(raw_copy.project)
    return open_ledger(raw_copy.project, DAY)


def test_a_number_that_was_mistyped_is_corrected_with_all_that_rests_on_it(raw_copy, old):
    """326 in the kit, typed as 325."""
    ledger = changed(raw_copy, value="325")
    found = compare(ledger, old)
    assert {one.kind for one in found} == {ChangeKind.CORRECTED}
    number, figure = by_name(found, "observations")[EN2018], by_name(found)["en2018_projects"]
    for one in (number, figure):
        assert (one.before["value"], one.after["value"]) == ("326", "325")
        assert one.documents == by_name(found, "observations")[EN2018].documents != ()
    assert any(one.table == "measures" for one in found)
    ledger.connection.close()


def in_old(old, folder, table, key, **cells):
    """A copy of a release in which cells of a row are other ones."""
    shutil.copytree(old, folder)
    (path,) = folder.glob(f"data/{table}.csv")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    for row in rows:
        if next(iter(row.values())) == key:
            row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_the_same_numbers_that_give_another_figure_are_a_matter_of_method(kit_ledger, old, tmp_path):
    before = in_old(old, tmp_path / "x", "figures", "en2018_projects", value="320", lower="320")
    (one,) = compare(kit_ledger, before)
    assert (one.kind, one.name, one.documents) == (ChangeKind.METHOD, "en2018_projects", ())


def test_a_print_that_is_read_otherwise_is_a_matter_of_method(kit_ledger, old, tmp_path):
    before = in_old(old, tmp_path / "x", "observations", EN2018, upper="330")
    (one,) = compare(kit_ledger, before)
    assert (one.kind, one.table, one.name) == (ChangeKind.METHOD, "observations", EN2018)


def test_what_is_gone_was_corrected(kit_ledger, old, tmp_path):
    """A number of the earlier release that no document gives any more."""
    shutil.copytree(old, tmp_path / "x")
    path = tmp_path / "x" / "data" / "observations.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    row = next(line for line in lines if line.startswith(f"{EN2018},"))
    path.write_text("".join([*lines, row.replace(EN2018, "gone.number", 1)]), "utf-8")
    (one,) = compare(kit_ledger, tmp_path / "x")
    assert (one.kind, one.name, one.after) == (ChangeKind.CORRECTED, "gone.number", None)
    assert one.record("fr")["after"] == "–"


def test_a_table_that_ends_within_a_row_is_not_compared():
    whole = "name,value,observation_ids\na,1,x\nb,2,y\n"
    assert len(tables_of({"figures": whole})["figures"]) == 2
    with pytest.raises(UsageError, match=r"figures\.csv"):
        tables_of({"figures": whole.removesuffix(",y\n")})


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_without_a_release_is_told(kit_ledger, tmp_path, there):
    if there:
        (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(UsageError):
        compare(kit_ledger, tmp_path if there else tmp_path / "nowhere")


def test_the_command_tells_it_in_four_languages_and_writes_nothing(built_copy, old):
    command = ["release", "--compare", str(old), "--known-at", "2020-10-31"]
    command += ["--root", str(built_copy.project.root)]
    said = {lang: CliRunner().invoke(app, [*command, "--lang", lang]) for lang in LANGUAGES}
    assert {one.exit_code for one in said.values()} == {0}
    for lang, word in zip(LANGUAGES, ("Nouveau", "Neu", "Nieuw", "New"), strict=True):
        assert f"{word} –" in said[lang].stdout
    records = json.loads(CliRunner().invoke(app, [*command, "--format", "json"]).stdout)
    assert Counter(one["kind"] for one in records)["revised"] > 0
    assert not list(built_copy.project.root.glob("data/*.csv"))
    assert CliRunner().invoke(app, ["release", *command[3:]]).exit_code == 2
