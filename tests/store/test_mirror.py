"""A sealed store is put to an address and followed from there: whole and verified, or the last good one stays."""

import json
import os
import re
import shutil
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from typer.testing import CliRunner

from dashboards.app import create_app
from dashboards.server.guards import STORE_HEADER
from ennum_stats.cli import app
from ennum_stats.errors import StoreDamaged
from ennum_stats.files.boundary import FileFault, FileMissing
from ennum_stats.files.remote import AddressUnreachable, read_remote, write_remote
from ennum_stats.project import Project
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from ennum_stats.store.mirror import follow, put_store
from ennum_stats.store.publish import current_store, rollback
from tests.conftest import SEEDS

KIT = "observations/press_kit_2020.csv"
EN2018 = "press-kit-2020.projects_awarded.EN2018"
NEVER = -1e9


@pytest.fixture
def published(built_copy):
    """Two stores of a project, the first in force, and their hashes."""
    first = build(built_copy.project)
    built_copy.cell(KIT, EN2018, "value", "325")
    second = build(built_copy.project)
    rollback(built_copy.project, first.content_hash)
    return built_copy.project, first.content_hash, second.content_hash


def test_a_store_is_followed_and_a_damaged_or_missing_one_leaves_the_last(published, tmp_path):
    project, first, second = published
    address, reader = tmp_path / "bucket" / "ennum", Project(tmp_path / "reader")
    result = CliRunner().invoke(app, ["publish", "--to", str(address), "--root", str(project.root)])
    assert result.exit_code == 0, result.output
    for _ in range(2):  # the second time nothing is to do
        follow(reader, str(address))
        assert current_store(reader).store.startswith("stores/000001-")
    assert current_store(reader).content_hash == first
    rollback(project, second)
    place = address / put_store(project, str(address)).store
    whole = place.read_bytes()
    place.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(StoreDamaged, match="not as it was published"):
        follow(reader, str(address))
    assert current_store(reader).content_hash == first
    server = create_app(reader).server
    store = server.extensions["ennum"]
    store.source, store._fetched_at = str(address), NEVER
    client = server.test_client()
    shutil.move(address, tmp_path / "away")
    health = json.loads(client.get("/health").data)
    assert (health["store"], bool(health["problem"])) == (first, True)
    assert client.get("/fr/").headers[STORE_HEADER] == first
    shutil.move(tmp_path / "away", address)
    place.write_bytes(whole)
    store._fetched_at = NEVER
    store.look()
    health = json.loads(client.get("/health").data)
    assert (health["store"], health["problem"]) == (second, None)
    assert client.get("/health/ready").json == {"ready": True, "findings": []}
    assert open_ledger(reader).calls


@pytest.mark.parametrize("told", [b"{", b"[]", b'{"store": "../../x"}'])
def test_what_is_no_store_is_not_taken(tmp_path, told):
    (tmp_path / "current.json").write_bytes(told)
    with pytest.raises(StoreDamaged):
        follow(Project(tmp_path / "reader"), str(tmp_path))
    with pytest.raises(FileFault):
        follow(Project(tmp_path / "reader"), str(tmp_path / "nowhere"))


def test_what_a_worker_counts_is_told_to_this_machine_alone(built_copy):
    client = create_app(built_copy.project).server.test_client()
    counts = []
    for _ in range(2):  # the process has answered other tests before
        client.get("/fr/")
        told = client.get("/metrics")
        (count,) = re.findall(rf'ennum_answers_total{{worker="{os.getpid()}",code="200"}} (\d+)', told.text)
        counts.append(int(count))
    assert told.content_type.startswith("application/openmetrics-text")
    assert counts[1] - counts[0] == 2  # a page, and the counts themselves
    assert told.text.endswith("# EOF\n")
    assert client.get("/metrics", headers={"Host": "chiffres.example.be"}).status_code in (400, 404)


class Bucket(BaseHTTPRequestHandler):
    """What of S3 a store is put with and read by: PUT and GET of whole objects. Real servers (moto, MinIO) ask for
    libraries that cannot be installed beside pandas; `ENNUM_S3` names one that runs elsewhere."""

    objects: ClassVar[dict] = {}

    def do_PUT(self):
        self.objects[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("ETag", f'"{hash(self.objects[self.path])}"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        content = self.objects.get(self.path)
        self.send_response(200 if content is not None else 404)
        self.send_header("Content-Length", str(len(content or b"")))
        self.send_header("Last-Modified", "Sun, 29 Nov 2026 08:00:00 GMT")
        self.send_header("ETag", '"1"')
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *args):
        pass


@pytest.fixture
def bucket(monkeypatch):
    """Storage on this machine, and what ends it."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    storage = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    threading.Thread(target=storage.serve_forever, daemon=True).start()
    own = f"http://127.0.0.1:{storage.server_port}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", os.environ.get("ENNUM_S3", own))

    def end():
        storage.shutdown()
        storage.server_close()
        monkeypatch.setenv("AWS_ENDPOINT_URL", own)

    yield end
    end()


def test_by_webdav_what_is_written_is_read_from_the_web(bucket):
    address = f"{os.environ['AWS_ENDPOINT_URL']}/ennum"
    write_remote(address, "a.json", b"12345")
    assert read_remote(address, "a.json") == b"12345"


def test_what_is_not_there_and_what_is_too_large_are_said(bucket):
    write_remote("s3://figures/ennum", "a.json", b"12345")
    assert read_remote("s3://figures/ennum", "a.json", 5) == b"12345"
    with pytest.raises(AddressUnreachable, match="> 4 B"):
        read_remote("s3://figures/ennum", "a.json", 4)
    with pytest.raises(FileMissing):
        read_remote("s3://figures/ennum", "b.json")
    bucket()
    with pytest.raises(AddressUnreachable):
        read_remote("s3://figures/ennum", "a.json")


@pytest.mark.search
def test_three_dashboards_follow_object_storage_through_an_outage(published, tmp_path, bucket):
    """Publications under load, and storage that is gone for a while."""
    project, *hashes = published
    put_store(project, "s3://figures/ennum")
    servers = [create_app(Project(tmp_path / f"reader-{n}")).server for n in range(3)]
    for server in servers:
        server.extensions["ennum"].source = "s3://figures/ennum"
    ends, wrong, answers = threading.Event(), [], []

    def load(server):
        asking = server.test_client()
        while not ends.is_set():
            answer = asking.get("/api/figures/en2018_projects")
            answers.append(answer.status_code)
            if answer.status_code != 200 or answer.headers[STORE_HEADER] not in hashes:
                wrong.append((answer.status_code, answer.headers.get(STORE_HEADER)))
            time.sleep(0.01 if SEEDS else 0.1)

    def all_show(content_hash):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            for server in servers:
                server.extensions["ennum"]._fetched_at = NEVER
                server.extensions["ennum"].look()
            if {server.extensions["ennum"].shown.published.content_hash for server in servers} == {
                content_hash
            }:
                return True
        return False

    assert all_show(hashes[0])
    readers = [threading.Thread(target=load, args=(server,)) for server in servers]
    for reader in readers:
        reader.start()
    try:
        for number in range(20 if SEEDS else 3):
            wanted = hashes[(number + 1) % 2]
            rollback(project, wanted)
            put_store(project, "s3://figures/ennum")
            assert all_show(wanted)
        bucket()
        for server in servers:
            server.extensions["ennum"]._fetched_at = NEVER
            server.extensions["ennum"].look()
        assert all(server.extensions["ennum"].problem for server in servers)
        time.sleep(0.2)
    finally:
        ends.set()
        for reader in readers:
            reader.join()
    assert wrong == []
    assert len(answers) > (100 if SEEDS else 10)
