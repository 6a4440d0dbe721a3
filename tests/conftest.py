"""One project built once a run, ledgers of it as known on given days, and copies to break.

Nothing here touches the repository's own `data/processed` or `reports`, and what is private in `data/raw`
(contacts, embargoed rows, lists of schools) is left out of every copy.
"""

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from ennum_stats.project import Project
from ennum_stats.raw.checks import check_raw_tables
from ennum_stats.store.build import build
from ennum_stats.store.opening import open_ledger

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
PRIVATE = {"contacts.csv", "embargoed", "rows"}


def copy_of_raw(root):
    """A project at `root` with the public raw tables, and nothing built yet."""
    ignored = shutil.ignore_patterns(*PRIVATE, ".~lock.*", "~$*")
    shutil.copytree(RAW, root / "data" / "raw", ignore=ignored)
    return Project(root)


class RawCopy:
    """A project whose raw tables a test may change; each change says the line that it touched."""

    def __init__(self, project):
        self.project = project

    def path(self, file):
        return self.project.raw / file

    def bytes(self, file, change):
        """Changes a file as bytes."""
        path = self.path(file)
        before = path.read_bytes()
        after = change(before)
        assert after != before, f"nothing changed in {file}"
        path.write_bytes(after)

    def cell(self, file, key, column, value):
        """Writes a cell of the row whose first cell is `key`; gives the line."""
        lines = self._lines(file)
        header = self._cells(lines[0])
        number = next(n for n, line in enumerate(lines[1:], 1) if self._cells(line)[0] == key)
        cells = self._cells(lines[number])
        cells[header.index(column)] = value
        lines[number] = self._line(cells)
        self.path(file).write_text("".join(lines), "utf-8")
        return number + 1

    def row(self, file, like, **cells):
        """Adds a row like the one whose first cell is `like`, but for `cells`; gives the line."""
        lines = self._lines(file)
        header = self._cells(lines[0])
        model = next(self._cells(line) for line in lines[1:] if self._cells(line)[0] == like)
        row = dict(zip(header, model, strict=True)) | cells
        self.path(file).write_text("".join([*lines, self._line(row.values())]), "utf-8")
        return len(lines) + 1

    def findings(self):
        """What the check of all raw tables finds, in English."""
        found = check_raw_tables(self.project.raw, self.project.root)[1]
        return [finding.words("en") for finding in found]

    def _lines(self, file):
        return self.path(file).read_text("utf-8").splitlines(keepends=True)

    @staticmethod
    def _cells(line):
        return next(csv.reader([line]))

    @staticmethod
    def _line(cells):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(cells)
        return text.getvalue()


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A project with the public raw tables, built. Tests read it and change nothing."""
    made = copy_of_raw(tmp_path_factory.mktemp("project"))
    build(made)
    return made


@pytest.fixture(scope="session")
def ledger_at(project):
    """A function that gives the ledger as known on a day (`date` or ISO text)."""
    opened = {}

    def at(day):
        day = date.fromisoformat(day) if isinstance(day, str) else day
        if day not in opened:
            opened[day] = open_ledger(project, day)
        return opened[day]

    yield at
    for ledger in opened.values():
        ledger.connection.close()


@pytest.fixture(scope="session")
def kit_ledger(ledger_at):
    """What was known when the press kit had come out: 31 January 2020."""
    return ledger_at("2020-01-31")


@pytest.fixture(scope="session")
def raw_copy_at():
    """A function that makes a copy of the raw tables to change at a folder, not built."""
    return lambda root: RawCopy(copy_of_raw(root))


@pytest.fixture
def raw_copy(tmp_path):
    """A copy of the raw tables to change, not built."""
    return RawCopy(copy_of_raw(tmp_path / "project"))


@pytest.fixture
def built_copy(tmp_path, project):
    """A copy of the built project to change: raw tables and the published store."""
    root = tmp_path / "project"
    shutil.copytree(project.root, root)
    return RawCopy(Project(root))
