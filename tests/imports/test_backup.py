"""What is precious of a project goes to a file and comes back elsewhere, byte for byte; what is confidential is in a
file of its own. Persons and numbers are invented."""

import csv
import hashlib
import io
import stat
import sys
import zipfile

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.imports import backup
from ennum_stats.imports.backup import BackupDamaged, plan_restore, read_backup, write_backup
from ennum_stats.imports.plan import Preview
from ennum_stats.imports.removal import plan_undo, remove
from ennum_stats.project import Audience, Project
from ennum_stats.raw.history import breaks, entries
from ennum_stats.store.build import build
from ennum_stats.store.publish import current_store
from tests.store.test_embargo import in_hours, write

KIT = "observations/press_kit_2020.csv"
EN2018 = "press-kit-2020.projects_awarded.EN2018"
CONTACT = "role,organisation,name,telephone,email\nPresse,SPW,Zoé Fictive,081 00 00 00,x@example.org\n"


def ennum(*arguments):
    result = CliRunner().invoke(app, [*map(str, arguments)])
    assert "Traceback" not in result.output
    return result


@pytest.fixture(scope="module")
def kept(made_once, raw_copy_at):
    """A project with a contact, a number under embargo and a journal, its stores, and its two backups."""

    def make(root):
        project = raw_copy_at(root).project
        write(project, in_hours(24))
        (project.raw / "contacts.csv").write_text(CONTACT, "utf-8")
        build(project)
        for names in (["backup", root / "public.zip", "--private", root / "private.zip"],):
            assert ennum(*names, "--root", root).exit_code == 0

    return Project(made_once("backups", make))


def raw_files(project):
    return {
        path.relative_to(project.raw): path.read_bytes()
        for path in project.raw.rglob("*.csv")
        if path.is_file()
    }


def test_a_project_comes_back_elsewhere_with_the_same_stores(kept, tmp_path):
    root = tmp_path / "house" / "moved"
    for name in ("public.zip", "private.zip"):
        result = ennum("restore", kept.root / name, "--root", root, "--yes")
        assert result.exit_code == 0, result.output
    moved = Project(root)
    assert raw_files(moved) == raw_files(kept)
    build(moved)
    for audience in Audience:
        assert current_store(moved, audience).content_hash == current_store(kept, audience).content_hash
    assert [entry.kind for entry in entries(moved)] == ["restore", "restore", "publish"]
    assert [*breaks(moved.raw)] == []


def test_a_backup_of_nothing_takes_nothing_away(raw_copy, tmp_path):
    """Of a project without anything confidential the private file is empty, and no public table is missing in it."""
    private = tmp_path / "private.zip"
    assert write_backup(raw_copy.project, tmp_path / "public.zip", private)[private] == 0
    plan, _ = plan_restore(raw_copy.project, private)
    assert (plan.contents, plan.rows) == ({}, {})


def test_the_journal_moves_where_there_is_none(kept, tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    moved = Project(tmp_path)
    remove(plan_restore(moved, kept.root / "private.zip")[0])
    assert [entry.kind for entry in entries(moved)] == ["publish", "restore"]
    assert [*breaks(moved.raw)] == []


def test_what_is_confidential_is_in_the_file_of_its_own_alone(kept):
    public, private = (read_backup(kept.root / name) for name in ("public.zip", "private.zip"))
    assert not any(b"98761234" in data or b"Fictive" in data for data in public.values())
    assert {"contacts.csv", "embargoed/next.csv"} <= private.keys()
    assert not public.keys() & private.keys()
    if sys.platform != "win32":
        assert stat.S_IMODE((kept.root / "private.zip").stat().st_mode) == 0o600
    with zipfile.ZipFile(kept.root / "public.zip") as archive:  # as `sha256sum -c` would
        for line in archive.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_a_restored_table_is_shown_before_and_undone_after(kept, raw_copy):
    raw_copy.cell(KIT, EN2018, "value", "325")
    changed = raw_files(raw_copy.project)
    asked = ("restore", kept.root / "public.zip", "--root", raw_copy.project.root, "--lang", "en")
    shown = ennum(*asked, "--dry-run")
    assert "published numbers 1" in shown.output
    assert "326" in shown.output
    assert raw_files(raw_copy.project) == changed
    assert ennum(*asked, "--yes").exit_code == 0
    assert (
        raw_files(raw_copy.project)[raw_copy.path(KIT).relative_to(raw_copy.project.raw)]
        == (kept.raw / KIT).read_bytes()
    )
    remove(plan_undo(raw_copy.project, entries(raw_copy.project)[-1].number))
    assert raw_files(raw_copy.project) == changed


def packed(path, files, sums=None):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        listed = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()} | (sums or {})
        archive.writestr("SHA256SUMS", "".join(f"{digest}  {name}\n" for name, digest in listed.items()))
    return path


BAD = {
    "another byte": ({"data/raw/a.csv": b"a"}, {"data/raw/a.csv": "0" * 64}, "was changed"),
    "missing": ({}, {"data/raw/a.csv": "0" * 64}, "is missing"),
    "elsewhere": ({"etc/passwd": b"a"}, None, "is not of the program"),
    "above": ({"data/raw/../../x.csv": b"a"}, None, "is not of the program"),
}


def test_a_table_that_excel_saved_before_the_backup_lacks_no_column(raw_copy, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "newly_seen", lambda *_: Preview())
    data = (raw_copy.project.raw / "prices.csv").read_bytes().replace(b",", b";")
    _, lacking = plan_restore(raw_copy.project, packed(tmp_path / "b.zip", {"data/raw/prices.csv": data}))
    assert lacking == []


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_whole_backup_changes_nothing(tmp_path, name):
    files, sums, said = BAD[name]
    path = packed(tmp_path / "x.zip", files, sums)
    with pytest.raises(BackupDamaged, match=said):
        read_backup(path)
    assert ennum("restore", path, "--root", tmp_path / "new", "--yes").exit_code == 1
    assert not (tmp_path / "new").exists()
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(BackupDamaged, match="no backup"):
        read_backup(path)


def test_tables_of_an_earlier_version_come_back_and_are_read(kept, tmp_path):
    """Without a column that was declared later; as in backups of before."""
    files = {f"data/raw/{name}": data for name, data in read_backup(kept.root / "public.zip").items()}
    rows, later = [*csv.DictReader(io.StringIO(files["data/raw/sources.csv"].decode()))], "note"
    text = io.StringIO()
    writer = csv.DictWriter(text, [name for name in rows[0] if name != later], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    old = packed(tmp_path / "old.zip", files | {"data/raw/sources.csv": text.getvalue().encode()})
    result = ennum("restore", old, "--root", tmp_path / "new", "--yes", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert f"sources.csv: {later}" in result.output
