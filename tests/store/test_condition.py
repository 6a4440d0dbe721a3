"""What `ennum doctor` looks at: each fault is told with what to do, and what is safe is mended."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.project import Audience
from ennum_stats.store import condition
from ennum_stats.store.build import build
from ennum_stats.store.publish import POINTER, current_store, folder
from tests.store.test_embargo import in_hours, read_by_another, write

KIT = "observations/press_kit_2020.csv"


def told(project, *options):
    """What is not as it should be, by name."""
    asked = ["doctor", "--root", str(project.root), "--lang", "en", "--format", "json", *options]
    result = CliRunner().invoke(app, asked)
    records = json.loads(result.stdout)
    bad = {one["name"]: one for one in records if not one["good"]}
    assert all(one["remedy"] for one in bad.values())
    assert (result.exit_code == 0) == (not bad)
    return bad


def damaged(project, _monkeypatch):
    (project.processed / current_store(project).store).write_bytes(b"x")


def of_another_version(_project, monkeypatch):
    monkeypatch.setattr(condition, "code_fingerprint", lambda: "another")


def without_journal_entry(project, _monkeypatch):
    next((project.raw / "history").glob("*.json")).unlink()


def without_room(_project, monkeypatch):
    monkeypatch.setattr(condition, "_ROOM", 2**60)


def with_a_clock_behind(_project, monkeypatch):
    behind = datetime.now().astimezone() - timedelta(days=2)
    monkeypatch.setattr(condition, "now", lambda: behind)


def without_memory(_project, monkeypatch):
    monkeypatch.setattr(condition, "_MEMORY", 2**60)


def without_typefaces(_project, monkeypatch):
    monkeypatch.setattr(condition, "find_spec", lambda _: None)


FAULTS = {
    damaged: "store", of_another_version: "store", without_journal_entry: "journal", without_room: "disk",
    with_a_clock_behind: "clock", without_memory: "memory", without_typefaces: "typefaces",
}  # fmt: skip


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems tell less")
def test_each_fault_is_told_with_what_to_do(built_copy):
    build(built_copy.project)
    assert {*told(built_copy.project, "--fix")} == set()
    for fault, name in reversed(FAULTS.items()):
        with pytest.MonkeyPatch.context() as patch:
            fault(built_copy.project, patch)
            assert name in told(built_copy.project), fault.__name__
    assert "service" in told(built_copy.project, "--service", "http://127.0.0.1:9")


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl")
@pytest.mark.parametrize(("days", "is_good"), [(20, False), (30, True)])
def test_a_certificate_is_told_before_it_ends(tmp_path, monkeypatch, days, is_good):
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
         str(days), "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key,
         "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("localhost", 0)) as server, ThreadPoolExecutor(1) as threads:

        def answer():
            with suppress(OSError):
                context.wrap_socket(server.accept()[0], server_side=True).close()
            server.accept()[0].close()  # the question for its store

        threads.submit(answer)
        seen, service = condition._services([f"https://localhost:{server.getsockname()[1]}"])
    assert (seen.name, seen.is_good, service.is_good) == ("certificate", is_good, False)
    last = datetime.now().astimezone() + timedelta(days=days)
    assert abs((seen.found.values["day"] - last.date()).days) <= 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_rights_and_leavings_are_mended_on_wish_alone(built_copy):
    project = built_copy.project
    write(project, in_hours(24))
    project.processed.chmod(0o755)
    old = os.umask(0o077)  # what is public is as open as its folder, whatever the system gives new files
    try:
        build(project)
    finally:
        os.umask(old)
    assert folder(project, Audience.INTERNAL).stat().st_mode & 0o777 == 0o700
    public = {f"data/processed/{name}" for name in (current_store(project).store, POINTER)}
    assert public <= {*read_by_another(project.root)}
    (project.raw / "embargoed").chmod(0o755)
    (project.processed / ".building.1").mkdir()
    assert {*told(project)} >= {"rights", "leavings"}
    assert not {"rights", "leavings"} & {*told(project, "--fix")}
    assert (project.raw / "embargoed").stat().st_mode & 0o777 == 0o700
    assert not (project.processed / ".building.1").exists()
