"""The store that a release carries is the store, from a folder, an address or a wheel; nothing else is opened."""

import shutil
import threading
import warnings
import zipfile
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import duckdb
import polars as pl
import pytest

import ennum_stats
from ennum_stats.files import remote
from ennum_stats.files.sums import with_sums
from ennum_stats.release.carried_store import ARCHIVE, store_archive
from ennum_stats.release.data_wheel import data_wheel
from ennum_stats.release.schema import ReleaseVersion

DAY = "2026-11-24"


@pytest.fixture(scope="module")
def files(ledger_at):
    """What of a release opens: its list and its store."""
    return with_sums({ARCHIVE: store_archive(ledger_at(DAY))})


@pytest.fixture(autouse=True)
def _cache(tmp_path, monkeypatch):
    monkeypatch.setenv("ENNUM_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def folder(files, tmp_path):
    place = tmp_path / "release-2026-11"
    place.mkdir()
    for name, content in files.items():
        (place / name).write_bytes(content)
    return place


class Server(ThreadingHTTPServer):
    """Serves what stands in `contents`; silence is None, and "slow" sends a byte from time to time."""

    daemon_threads = False

    def __init__(self, contents):
        super().__init__(("127.0.0.1", 0), Answers)
        self.contents, self.ended, self.asked = contents, threading.Event(), []
        self.address = f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.rpartition("/")[2]
        self.server.asked.append(name)
        if name not in self.server.contents:
            return self.send_error(404)
        content = self.server.contents[name]
        if isinstance(content, int):
            return self.send_error(content)
        if content is None:
            return self.server.ended.wait()
        self.send_response(200)
        self.send_header("Content-Length", str(1_000 if content == "slow" else len(content)))
        self.end_headers()
        while content == "slow" and not self.server.ended.wait(0.05):
            self.wfile.write(b"x")
        return None if content == "slow" else self.wfile.write(content)

    def handle(self):
        with suppress(OSError):  # who read has gone away
            super().handle()

    def log_message(self, *_):
        """Nothing is written to the terminal."""


@pytest.fixture
def server(files):
    with Server(dict(files)) as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.ended.set()
        running.shutdown()
    for thread in threading.enumerate():
        if thread.name == remote.READER:
            thread.join(5)


def opened(*place, **options):
    """Open with no warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return ennum_stats.open(*place, **options)


def test_it_is_the_same_store_of_every_day_until_its_own(folder, ledger_at):
    """The hash is that of all rows, which anybody may compute; the numbers of a past day are those of then."""
    with ennum_stats.open(folder) as store:
        assert (store.content_hash, str(store.known_at)) == (ledger_at(DAY).content_hash, DAY)
        then = store.known_on("2020-01-31").figure("en2019_projects")
        assert (then.value, store.known_on().known_at) == (503, date(2026, 11, 24))
        assert store.winners().equals(ennum_stats.opening.store_of(ledger_at(DAY)).winners())
        for later in (
            lambda: store.known_on("2026-11-25"),
            lambda: ennum_stats.open(folder, known_at="2027"),
        ):
            with pytest.raises(ennum_stats.UsageError, match="known on 2026-11-24: nothing later"):
                later()


def test_a_release_of_a_past_day_carries_nothing_that_was_told_later(ledger_at):
    with zipfile.ZipFile(BytesIO(store_archive(ledger_at("2020-01-31")))) as archive:
        tables = {name: archive.read(name) for name in archive.namelist() if name.endswith(".parquet")}
    days = pl.read_parquet(tables["observations.parquet"])["known_on"]
    assert days.max() <= date(2020, 1, 31)
    assert not any("EN2021" in pl.read_parquet(table).write_csv() for table in tables.values())


def test_it_is_fetched_once_and_opens_again_where_nothing_answers(server, files, ledger_at):
    for _ in range(2):
        opened(f"{server.address}/release-2026-11/")
    assert server.asked.count(ARCHIVE) == 1
    server.contents.update(dict.fromkeys(files, 503))
    with pytest.warns(UserWarning, match="does not answer"):
        store = ennum_stats.open(f"{server.address}/release-2026-11/")
    assert store.content_hash == ledger_at(DAY).content_hash


def flipped(content):
    return content[:5_000] + bytes([content[5_000] ^ 1]) + content[5_001:]


@pytest.mark.parametrize(
    ("name", "content", "kind", "sentence"),
    [
        ("SHA256SUMS", None, OSError, "does not answer, or not as it should"),
        ("SHA256SUMS", "slow", OSError, "does not answer, or not as it should"),
        ("SHA256SUMS", 500, OSError, "500 Internal Server Error"),
        (
            "SHA256SUMS",
            b"<!doctype html><title>Welcome</title>",
            ennum_stats.UsageError,
            "This is no release",
        ),
        ("SHA256SUMS", b"\xff" * 99, ennum_stats.UsageError, "This is no release"),
        (ARCHIVE, flipped, OSError, "other bytes than the release says"),
        (ARCHIVE, lambda content: content[:-1], OSError, "other bytes than the release says"),
        (ARCHIVE, "slow", OSError, "does not answer, or not as it should"),
    ],
)
def test_what_is_not_the_release_is_a_sentence_and_leaves_nothing(
    server, files, monkeypatch, tmp_path, name, content, kind, sentence
):
    monkeypatch.setattr(remote, "LONGEST", 0.3)
    server.contents[name] = content(files[name]) if callable(content) else content
    with pytest.raises(ennum_stats.EnnumError, match=sentence) as error:
        ennum_stats.open(f"{server.address}/release-2026-11")
    assert isinstance(error.value, kind)
    assert not any((tmp_path / "cache").rglob("*.duckdb"))


def test_a_kept_store_that_was_changed_since_is_not_opened(folder, tmp_path):
    ennum_stats.open(folder).connection.close()
    (kept,) = (tmp_path / "cache").rglob("*.duckdb")
    kept.write_bytes(flipped(kept.read_bytes()))
    with pytest.raises(OSError, match="damaged"):
        ennum_stats.open(folder)


def test_its_parquet_files_alone_open_too(folder, ledger_at, tmp_path):
    with zipfile.ZipFile(folder / ARCHIVE) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert opened(tmp_path / "unpacked").content_hash == ledger_at(DAY).content_hash


def test_a_wheel_of_data_brings_it(files, ledger_at, tmp_path, monkeypatch):
    ((name, wheel),) = data_wheel(ReleaseVersion.of(ledger_at(DAY)), files).items()
    assert name.startswith("ennum_stats_data-2026.11.24+")
    with pytest.raises(ennum_stats.UsageError, match="not installed"):
        ennum_stats.open(release="2026-11")
    with zipfile.ZipFile(BytesIO(wheel)) as archive:
        archive.extractall(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert opened(release="2026-11").content_hash == ledger_at(DAY).content_hash
    with pytest.raises(ennum_stats.UsageError, match="Installed is that of 2026-11-24"):
        ennum_stats.open(release="2026-10")


def test_the_file_of_a_store_opens_as_what_it_is(project, tmp_path):
    (file,) = project.processed.glob("stores/*/store.duckdb")
    with ennum_stats.open(project.root) as store, ennum_stats.open(file) as opened:
        assert opened.content_hash == store.content_hash
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE about (known_at DATE)")
    with pytest.raises(ennum_stats.UsageError, match="This database is no store"):
        ennum_stats.open(other)
    altered = shutil.copy(file, tmp_path / "altered.duckdb")
    with duckdb.connect(str(altered)) as connection:
        connection.execute("UPDATE observations SET value = value + 1 WHERE call = 'EN2019'")
    with pytest.raises(OSError, match="damaged"):
        ennum_stats.open(altered)


def test_lists_of_schools_stay_in_the_house_and_who_opens_it_is_told(demonstration, tmp_path):
    with ennum_stats.open(demonstration.root, known_at=DAY) as store:
        content = store_archive(store)
    (tmp_path / ARCHIVE).write_bytes(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert not {"participations.parquet", "implantations.parquet"}.intersection(archive.namelist())
    for name, written in with_sums({ARCHIVE: content}).items():
        (tmp_path / name).write_bytes(written)
    with pytest.warns(UserWarning, match="leaves out the lists of schools"):
        ennum_stats.open(tmp_path)
