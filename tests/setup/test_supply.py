"""What is shipped: a list of it with licences, and a source distribution of what git tracks."""

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from ennum_stats.project import NOT_SHARED

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sbom():
    """Imported by whoever runs these tests: its library takes longer to load than they take."""
    return pytest.importorskip("tools.sbom")


@pytest.fixture(scope="module")
def shipped(sbom):
    return sbom.written(sbom.LOCK.read_text("utf-8"))


@pytest.fixture(scope="module")
def components(shipped):
    return json.loads(shipped)["components"]


def test_the_list_is_valid_cyclonedx(shipped):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(shipped) is None


def test_the_same_lock_gives_the_same_file(sbom, shipped):
    assert sbom.written(sbom.LOCK.read_text("utf-8")) == shipped


def test_every_locked_package_is_in_it_with_its_version(sbom, components):
    lock = sbom.LOCK.read_text("utf-8").splitlines()
    locked = [line.split()[0].split("==") for line in lock if "==" in line]
    told = {(one["name"], one["version"]) for one in components}
    assert len(locked) > 40
    assert {tuple(one) for one in locked} <= told


def test_nothing_is_under_a_licence_that_binds_what_calls_it(components):
    told = {one["name"]: json.dumps(one.get("licenses", [])) for one in components}
    assert [name for name, licences in told.items() if "GPL" in licences] == []
    unknown = [name for name, licences in told.items() if licences == "[]"]
    assert unknown in ([], ["colorama"])  # for Windows alone


def test_the_list_names_no_registry(shipped):
    assert "://" not in shipped.replace("http://cyclonedx.org/schema/", "")


def test_the_document_of_licences_names_every_licence(components):
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    for one in components:
        for licence in one.get("licenses", []):
            told = licence.get("expression") or licence["license"].get("id")
            assert all(part in page for part in told.replace("OR", "AND").split(" AND ")), one["name"]


@pytest.fixture
def clone(tmp_path):
    """What is tracked now, as a clone of its own."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("no git, or no clone")
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def test_a_source_distribution_holds_only_what_git_tracks(clone):
    """A stray `.env` was packed, because git does not ignore it."""
    (clone / ".env").write_text("TOKEN=secret\n", "utf-8")
    (clone / "ennum_stats" / "notes.txt").write_text("do not ship\n", "utf-8")
    (clone / "data" / "raw" / "rows" / "private.csv").write_text("a\n", "utf-8")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist"],
        cwd=clone, check=True, capture_output=True,
    )  # fmt: skip
    (packed,) = (clone / "dist").glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=clone, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    assert names - {"PKG-INFO"} == set(filter(None, tracked))


def test_what_git_ignores_of_the_raw_tables_is_what_no_copy_takes_along():
    lines = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    ignored = [line for line in lines if line.startswith("data/raw/")]
    assert [Path(line.removesuffix("/*")).name for line in ignored] == [*NOT_SHARED]
