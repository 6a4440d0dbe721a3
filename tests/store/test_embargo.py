"""A number under embargo is in the internal store alone, until the real clock passes its moment.

The embargoed value is an invented one that stands nowhere else; it is looked for in everything public.
"""

import gc
import os
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

import ennum_stats
from ennum_stats import project as projects
from ennum_stats.audit import audit
from ennum_stats.charts.catalogue import chart
from ennum_stats.document.blocks import WrittenTable, flat, plain_text
from ennum_stats.errors import StoreDamaged
from ennum_stats.figures import figure
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.local_sheet import sheet_parts
from ennum_stats.kit.press import press
from ennum_stats.publication import build_if_changed
from ennum_stats.raw import embargo
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store import sql
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from ennum_stats.store.publish import current_store, rollback

pytestmark = pytest.mark.product

INVENTED = 98761234
ROW = {
    "observation_id": "invented.budget_awarded.EN2021",
    "measure": "budget_awarded",
    "programme": "ecole_numerique",
    "call": "EN2021",
    "territory": "wallonia",
    "stage": "awarded",
    "value": str(INVENTED),
    "unit": "EUR",
    "step": "1",
    "precision": "exact",
    "status": "A",
    "source_id": "lavenir-2022-05-28",
    "locator": "inventé",
}


def in_hours(hours: int) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat(timespec="seconds")


class AfterTomorrow(datetime):
    """The real clock, two days on."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(hours=48)


@pytest.fixture
def embargoed(raw_copy):
    """A project with one invented number, under embargo until tomorrow."""
    project = raw_copy.project
    write(project, in_hours(24))
    return project


@pytest.fixture(scope="module")
def built(made_once, raw_copy_at):
    """The same with its stores built. Tests read it and change nothing."""

    def make(root):
        project = raw_copy_at(root).project
        write(project, in_hours(24))
        before = os.umask(0)  # the widest that a system can give new files
        try:
            build(project)
        finally:
            os.umask(before)

    return projects.Project(made_once("number-under-embargo", make))


def write(project, until):
    columns = TABLE_BY_NAME["observations"].column_names
    cells = ROW | {"embargo_until": until}
    lines = [",".join(columns), ",".join(cells.get(name, "") for name in columns)]
    path = project.raw / "embargoed" / "next.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def holds(path, needle: bytes) -> bool:
    """Whether a file, or a part of a zipped one, holds the number as digits."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return any(needle in parts.read(name) for name in parts.namelist())
    return needle in data


def public_files(project):
    places = [project.processed, project.reports]
    found = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [path for path in found if "internal" not in path.relative_to(project.root).parts]


def test_the_internal_store_knows_it_and_the_public_one_does_not(built) -> None:
    public = open_ledger(built)
    internal = open_ledger(built, audience=projects.Audience.INTERNAL)
    assert figure(public, "en2021_budget").value is None
    assert figure(internal, "en2021_budget").value == INVENTED
    for audience, known in (("public", None), ("internal", INVENTED)):
        with ennum_stats.open(built.root, audience=audience).connection as connection:
            query = "SELECT max(value) FROM observations WHERE value = ?"
            assert connection.execute(query, [INVENTED]).fetchone() == (known,)


def test_a_sheet_of_a_place_for_the_public_tells_nothing_of_it(built) -> None:
    shown = {}
    for audience in projects.Audience:
        edition = Edition(open_ledger(built, audience=audience), "fr")
        parts = sheet_parts(edition, "commune", "63079")
        words = (plain_text(cell) for part in parts for block in flat(part) if isinstance(block, WrittenTable)
                 for row in block.rows for cell in row.cells)  # fmt: skip
        shown[audience] = "98,8" in " ".join(words)
    assert shown == {projects.Audience.PUBLIC: False, projects.Audience.INTERNAL: True}


def test_an_audit_for_the_public_tells_nothing_of_it(built) -> None:
    told = {}
    for audience in projects.Audience:
        ledger = open_ledger(built, audience=audience)
        for number in ("98 761 234", "98 761 235"):
            told[audience, number] = audit(f"EN2021 : {number} euros attribués.", ledger, "fr")[-1].kind.value
    assert [*told.values()] == ["unverifiable", "unverifiable", "exact", "contradicted"]


def test_the_public_store_is_the_one_without_the_row(embargoed, tmp_path) -> None:
    """Hash, fingerprint and counts are those of a project that never had the number."""
    with_row = build(embargoed)
    (embargoed.raw / "embargoed" / "next.csv").unlink()
    without = build(embargoed)
    assert with_row.content_hash == without.content_hash
    assert with_row.raw_fingerprint == without.raw_fingerprint


def test_no_public_file_and_no_query_holds_it(built) -> None:
    published = current_store(built)
    with duckdb.connect(str(built.processed / published.store), read_only=True) as store:
        for (name,) in store.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            rows = store.execute(f"FROM {name}").fetchall()
            assert str(INVENTED) not in str(rows), name
            assert "invented.budget_awarded" not in str(rows), name
        for path in (built.processed / published.store).parent.glob("ennum/*"):
            assert str(INVENTED) not in str(store.execute(f"FROM '{path}'").fetchall()), path
    for path in public_files(built):
        assert not holds(path, str(INVENTED).encode()), path


def test_the_public_kit_does_not_hold_it(embargoed) -> None:
    build(embargoed)
    press(embargoed, open_ledger(embargoed), ("fr",))
    for path in public_files(embargoed):
        data = path.read_bytes()
        assert b"98\xe2\x80\xaf761" not in data, path
        assert not holds(path, str(INVENTED).encode()), path


def test_every_internal_chart_says_so(built) -> None:
    internal = open_ledger(built, audience=projects.Audience.INTERNAL)
    assert chart(internal, "budget_per_call", "en").source_line.startswith("Internal use")
    assert "Internal use" not in chart(open_ledger(built), "budget_per_call", "en").source_line


def test_a_query_leaves_what_is_under_embargo_beside_its_store_and_nothing_afterwards(
    built, monkeypatch
) -> None:
    """Its process reads a copy, in a folder that this user alone may read; temporary ones are not asked for."""
    monkeypatch.setattr(sql, "temporary_folder", None)
    place = built.processed / "internal"
    before = {*place.iterdir()}
    with ennum_stats.open(built.root, audience="internal") as store:
        query = "SELECT value FROM observations WHERE call = 'EN2021' AND measure = 'budget_awarded'"
        assert INVENTED in {*store.sql(query)["value"]}
        (copied,) = {*place.iterdir()} - before
        assert copied.stat().st_mode & 0o077 == 0
    del store
    gc.collect()
    assert {*place.iterdir()} == before


def test_it_is_published_by_the_next_build_once_the_clock_has_passed(embargoed, monkeypatch) -> None:
    before = build(embargoed)
    monkeypatch.setattr(embargo, "datetime", AfterTomorrow)
    after = build_if_changed(embargoed)
    assert after.content_hash != before.content_hash
    assert figure(open_ledger(embargoed), "en2021_budget").value == INVENTED


def test_the_day_known_at_does_not_lift_an_embargo(built) -> None:
    later = open_ledger(built, known_at=date(2030, 1, 1))
    assert figure(later, "en2021_budget").value is None


def test_an_internal_store_without_its_pointer_is_not_answered_by_the_public_one(embargoed) -> None:
    """Nor is a store put back beside it, which would take it away."""
    build(embargoed)
    published = current_store(embargoed, projects.Audience.INTERNAL)
    pointer = embargoed.processed / "internal" / Path(published.store).parent / "current.json"
    pointer.unlink()
    pointer.symlink_to(pointer.name)
    for read in (
        lambda: open_ledger(embargoed, audience=projects.Audience.INTERNAL),
        lambda: rollback(embargoed, current_store(embargoed).content_hash),
    ):
        with pytest.raises(StoreDamaged, match="Run: ennum build"):
            read()


def test_without_embargo_the_internal_audience_reads_the_public_store(raw_copy) -> None:
    published = build(raw_copy.project)
    internal = open_ledger(raw_copy.project, audience=projects.Audience.INTERNAL)
    assert internal.content_hash == published.content_hash


def read_by_another(root):
    """The files below a project's `data` that an account without rights of its own can read, as it says itself."""
    if os.geteuid() != 0:
        pytest.skip("only the administrator of a machine can be another account")
    out, into = os.pipe()
    if (child := os.fork()) == 0:
        os.chdir(root)  # folders above may be closed to all others
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        for folder, _, names in os.walk("data"):
            for place in (f"{folder}/{name}" for name in names):
                with suppress(OSError), Path(place).open("rb"):
                    os.write(into, place.encode() + b"\n")
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as lines:
        places = lines.read().decode().split()
    os.waitpid(child, 0)
    return places


def test_another_account_reads_what_is_public_alone(built):
    readable = read_by_another(built.root)
    closed = [
        place for place in readable if "internal/" in place or "embargoed/" in place or "/rows/" in place
    ]
    assert closed == []
    assert any(place.endswith("store.duckdb") for place in readable)
    assert "data/raw/sources.csv" in readable
    internal = built.processed / "internal"
    for place in (internal, *internal.rglob("*"), built.raw / "embargoed", *built.raw.glob("embargoed/*")):
        assert place.is_symlink() or place.stat().st_mode & 0o777 == (0o700 if place.is_dir() else 0o600)


def test_check_closes_what_others_could_read_and_says_so(embargoed):
    rows = embargoed.root / "data" / "raw" / "rows"
    rows.mkdir(exist_ok=True)
    rows.chmod(0o755)
    (embargoed.raw / "contacts.csv").write_text("kind;name", "utf-8")
    (embargoed.raw / "contacts.csv").chmod(0o640)
    assert set(embargoed.keep_private()) >= {"data/raw/rows", "data/raw/contacts.csv"}
    assert embargoed.keep_private() == {}
    assert rows.stat().st_mode & 0o777 == 0o700
    assert (embargoed.raw / "contacts.csv").stat().st_mode & 0o777 == 0o600
    assert (embargoed.raw / "sources.csv").stat().st_mode & 0o044
