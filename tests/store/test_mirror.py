"""A sealed store is put to an address and followed from there: whole and verified, or the last good one stays."""

import json
import os
import shutil
import threading
import time

import pytest
from typer.testing import CliRunner

from dashboards.app import create_app
from dashboards.server.guards import STORE_HEADER
from ennum_stats.cli import app
from ennum_stats.errors import StoreDamaged
from ennum_stats.files.boundary import FileFault
from ennum_stats.project import Project
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from ennum_stats.store.mirror import follow, put_store
from ennum_stats.store.publish import current_store, rollback

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
    client.get("/fr/")
    told = client.get("/metrics")
    assert told.content_type.startswith("application/openmetrics-text")
    assert f'ennum_answers_total{{worker="{os.getpid()}",code="200"}} 1' in told.text
    assert told.text.endswith("# EOF\n")
    assert client.get("/metrics", headers={"Host": "chiffres.example.be"}).status_code in (400, 404)


@pytest.mark.search
def test_three_dashboards_follow_object_storage_through_an_outage(published, tmp_path, monkeypatch):
    """By a real S3 on this machine: publications under load, and storage that is gone for a while."""
    moto = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "x"),
        ("AWS_SECRET_ACCESS_KEY", "x"),
        ("AWS_REGION", "eu-west-1"),
    ):
        monkeypatch.setenv(name, value)
    storage = moto.ThreadedMotoServer(port=0)
    storage.start()
    host, port = storage.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    client = boto3.client("s3", region_name="eu-west-1")
    client.create_bucket(Bucket="figures", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
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
            time.sleep(0.01)

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
        for number in range(6):
            wanted = hashes[(number + 1) % 2]
            rollback(project, wanted)
            put_store(project, "s3://figures/ennum")
            assert all_show(wanted)
        storage.stop()
        for server in servers:
            server.extensions["ennum"]._fetched_at = NEVER
            server.extensions["ennum"].look()
        assert all(server.extensions["ennum"].problem for server in servers)
        time.sleep(1)
    finally:
        ends.set()
        for reader in readers:
            reader.join()
    assert wrong == []
    assert len(answers) > 100
