"""What administrations are given to put the dashboard into service, tried: nginx, backup, container."""

import http.client
import json
import re
import resource
import shlex
import shutil
import socket
import ssl
import subprocess
import tarfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench.serving import free_port, proxied, running
from dashboards.server.answers import SECONDS_TO_WAIT
from dashboards.serving import SECONDS_TO_END
from ennum_stats.cli import app
from ennum_stats.project import Project
from ennum_stats.store.build import build
from ennum_stats.store.publish import current_store
from tests.conftest import RawCopy, copied_project
from tests.faults.commands import slowness

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
PAGE = ROOT / "docs" / "deploy.md"
NAME = "chiffres.example.be"
LITTLE = 16_384
"""Bytes of a socket's buffer: the system's own would take in a hundred pages that nobody reads."""


# --- nginx ------------------------------------------------------------------------------------------


class Front:
    """nginx with the example's configuration before two services."""

    def __init__(self, folder, ports, **limits):
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
             f"/CN={NAME}", "-keyout", str(key), "-out", str(certificate)],
            check=True, capture_output=True,
        )  # fmt: skip
        self.folder, self.ends = folder, ExitStack()
        self.port = self.ends.enter_context(
            proxied(folder, ports, {
                f"/etc/ssl/certs/{NAME}.pem": str(certificate),
                f"/etc/ssl/private/{NAME}.key": str(key),
                **limits,
            })
        )  # fmt: skip

    def opened(self, *options):
        """A connection to it; `options` are those of its socket."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.socket()
        plain.settimeout(60)
        for name, value in options:
            plain.setsockopt(socket.SOL_SOCKET, name, value)
        plain.connect(("127.0.0.1", self.port))
        return context.wrap_socket(plain, server_hostname=NAME)

    def lines(self):
        """What the log says."""
        return (self.folder / "access.log").read_text().splitlines()

    def kept(self):
        """Where the last answer came from, as the log says it."""
        return self.lines()[-1].split()[6]

    def post(self, body):
        return self.get("/_dash-update-component", "POST", body, **{"Content-Type": "application/json"})

    def get(self, path, method="GET", body=None, **headers):
        """What is answered, once the log has its line, which nginx writes behind the answer; of health none."""
        client, before = http.client.HTTPConnection(NAME), len(self.lines())
        client.sock = self.opened()
        try:
            client.request(method, path, body, headers=headers)
            answer = client.getresponse()
            told = answer.read()
        finally:
            client.close()
        while path != "/health" and len(self.lines()) == before:
            time.sleep(0.01)
        return answer, told


@pytest.fixture(scope="module")
def behind(project, serving, tmp_path_factory):
    """Puts nginx before two services of a copy of the project, with other limits where these are given. The
    last test of them changes both."""
    if not shutil.which("nginx") or not shutil.which("openssl"):
        pytest.skip("no nginx or no openssl")
    copy = RawCopy(Project(copied_project(project.root, tmp_path_factory.mktemp("behind") / "project")))
    with ExitStack() as ends:
        services = []
        for _ in range(2):
            services.append(serving(copy.project.root, "--allowed-host", NAME))
            ends.callback(services[-1].stop)

        def start(limits=()):
            folder = tmp_path_factory.mktemp("nginx")
            made = Front(folder, [one.port for one in services], **dict(limits))
            ends.callback(made.ends.close)
            made.services, made.copy = services, copy
            return made

        yield start


@pytest.fixture(scope="module")
def front(behind):
    return behind()


@pytest.fixture(scope="module")
def impatient(behind):
    """The same, which gives nobody ten seconds; what is not read is soon more than it keeps for a client."""
    return behind({
        " ssl;": f" ssl sndbuf={LITTLE};",
        "client_header_timeout 10s": "client_header_timeout 1s",
        "client_body_timeout 10s": "client_body_timeout 1s", "send_timeout 30s": "send_timeout 1s",
    })  # fmt: skip


def test_through_nginx_pages_arrive_as_they_were_compressed(front):
    answer, body = front.get("/fr/", **{"Accept-Encoding": "gzip, br"})
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "br")
    assert answer.headers["ETag"].startswith('"')
    assert int(answer.headers["Content-Length"]) == len(body)
    asked = {"Accept-Encoding": "gzip, br", "If-None-Match": answer.headers["ETag"]}
    again, nothing = front.get("/fr/", **asked)
    assert (again.status, nothing) == (304, b"")


def test_nginx_ends_slow_clients_and_large_headers(impatient):
    with impatient.opened() as slow:
        slow.sendall(b"GET /fr/ HTTP/1.1\r\nHost: chi")
        assert impatient.get("/fr/")[0].status == 200
        assert slow.recv(100).partition(b"\r")[0] in (b"", b"HTTP/1.1 408 Request Time-out")
    assert impatient.get("/fr/", Cookie="x" * 20_000)[0].status == 400
    assert impatient.get("/fr/?" + "x" * 9_000)[0].status == 414


@pytest.mark.parametrize(
    ("sent", "logged"),
    [
        (f"POST /_dash-update-component HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 5000\r\n\r\n{{",
         "POST /_dash-update-component 408"),
        (f"GET /fr/documents HTTP/1.1\r\nHost: {NAME}\r\n\r\n" * 100, "GET /fr/documents 200"),
    ],
    ids=["send", "read"],
)  # fmt: skip
def test_nginx_ends_who_does_not_send_or_read_and_others_do_not_wait(impatient, sent, logged):
    """More of them than the services have threads; none is given what it asked for."""
    with ExitStack() as opened:
        slow = []
        for _ in range(40):
            slow.append(opened.enter_context(impatient.opened((socket.SO_RCVBUF, LITTLE))))
            slow[-1].sendall(sent.encode())
        begin = time.monotonic()
        assert impatient.get("/fr/people?known_at=2020-01-31")[0].status == 200
        assert time.monotonic() - begin < 5 * slowness()
        while sum(logged in line for line in impatient.lines()) < len(slow):
            assert time.monotonic() - begin < 60
            time.sleep(0.05)
        whole = len(impatient.get("/fr/documents")[1])
        for one in slow:
            got = 0
            with suppress(ConnectionError, ssl.SSLError):
                while part := one.recv(100_000):
                    got += len(part)
            assert got < whole * max(1, sent.count("GET "))


def test_nginx_keeps_for_two_seconds_what_is_public_and_nothing_else(front):
    """Each answer that it gives without asking is what the service would say of the same question."""
    figures = [
        json.dumps({
            "output": "evidence-body.children", "state": [], "changedPropIds": [],
            "outputs": {"id": "evidence-body", "property": "children"},
            "inputs": [{"id": "evidence-address", "property": "data", "value": f"/fr/figure/{name}"}],
        })
        for name in ("total_investment", "en2019_projects")
    ]  # fmt: skip
    for asked in (lambda: front.get("/fr/budgets"), lambda: front.post(figures[0])):
        assert [asked()[0].status for _ in range(10)] == [200] * 10
        assert "HIT" in [front.kept() for _ in range(10) if asked()]
    front.get("/fr/budgets", **{"Accept-Encoding": "br"})
    assert front.post(figures[0])[1] != front.post(figures[1])[1]
    assert front.post(json.dumps({"output": "x" * 60_000}))[0].status == 400
    for _ in range(3):
        front.get("/fr/search?q=wifi")
        assert front.kept() == "MISS"
    asked_again = []
    for _ in range(3):  # of which a slow machine may fill the cache later than it answers
        front.get("/fr/budgets")
        asked_again.append(front.kept())
        time.sleep(2.5)
    assert "EXPIRED" in asked_again[1:]


def test_nginx_keeps_nothing_of_an_internal_service(project, serving, tmp_path):
    """It never stands before one; were it put there, it would ask each time."""
    service = serving(project.root, "--audience", "internal", "--allowed-host", NAME)
    (tmp_path / "nginx").mkdir()
    front = Front(tmp_path / "nginx", [service.port])
    try:
        for path in ("/fr/", "/api/calls", "/fr/chart/timeline.svg") * 2:
            assert front.get(path)[0].status == 200
            assert front.kept() == "MISS"
        assert not any(one.is_file() for one in (front.folder / "cache").rglob("*"))
    finally:
        front.ends.close()
        service.stop()


def test_nginx_refuses_large_bodies_and_floods(front):
    with front.opened() as client:
        client.sendall(
            f"POST /_dash-update-component HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 90000\r\n\r\n".encode()
        )
        assert client.recv(1_000).startswith(b"HTTP/1.1 413 ")
    asked = f"GET /health HTTP/1.1\r\nHost: {NAME}\r\n\r\n" * 600
    with front.opened() as client:
        sending = threading.Thread(target=client.sendall, args=(asked.encode(),))
        sending.start()
        answers = client.makefile("rb")
        lines = iter(answers.readline, b"")
        assert any(line.startswith(b"HTTP/1.1 429 ") for line in lines)  # 200 at once, then 50 a second
    sending.join()
    while front.get("/health")[0].status == 429:
        time.sleep(0.1)
    time.sleep(1)  # fifty requests for the tests that follow: one answer alone leaves room for no other


def test_health_through_nginx_and_on_each_port(front):
    assert json.loads(front.get("/health")[1])["status"] == "ok"
    for one in front.services:
        assert json.loads(one.get("/health/live")[1]) == {"status": "ok"}


def test_the_log_has_no_reader_and_no_question(front):
    front.get("/fr/budgets?known_at=2020-01-31", **{"User-Agent": "Marguerite-9"})
    assert any("GET /fr/budgets 200" in line for line in front.lines())
    for line in front.lines():
        assert "127.0.0.1" not in line
        assert "Marguerite-9" not in line
        assert "known_at" not in line


def test_a_store_and_a_service_change_while_requests_run(front):
    """No request fails while another store is published and the services are restarted one by one."""
    ends, found = threading.Event(), []

    def ask():
        while not ends.wait(0.1):  # nginx allows 50 requests a second from one address
            answer, body = front.get("/fr/winners?known_at=2020-01-31")
            shown = re.search(rb'data-store="(\w+)"', body)
            found.append((answer.status, shown and shown[1].decode() == answer.headers["Ennum-Store"]))

    with ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(ask) for _ in range(4)]
        try:
            front.copy.cell(
                "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019", "value", "504"
            )
            build(front.copy.project)
            hash_built = current_store(front.copy.project).content_hash
            for one in front.services:
                while one.health()["store"] != hash_built:
                    time.sleep(0.1)
            front.services[0].stop()
            time.sleep(1)
        finally:
            ends.set()
        for one in asking:
            one.result(20)
    assert len(found) > 10
    assert set(found) == {(200, True)}, (front.folder / "error.log").read_text()[-2_000:]
    pages = (front.get("/fr/winners?known_at=2020-01-31")[1] for _ in range(100))
    assert any(
        b">504<" in page or time.sleep(0.1) for page in pages
    )  # nginx keeps what it has for two seconds


# --- the files ------------------------------------------------------------------------------------------


def test_the_container_file_is_made_of_steps_that_exist():
    told = (DEPLOY / "Containerfile").read_text("utf-8")
    steps = [line.split(maxsplit=1) for line in told.splitlines() if line and line[0] != "#"]
    names = [name for name, _ in steps]
    assert names[0] == "FROM"
    assert names[-1] == "ENTRYPOINT"
    assert set(names) <= {
        "FROM", "ADD", "RUN", "WORKDIR", "ENV", "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT",
    }  # fmt: skip
    given = dict(steps)
    assert given["USER"] != "root"
    assert "/" not in given["FROM"]  # no registry is named
    runs = [rest for name, rest in steps if name == "RUN"]
    assert runs[1:] == ["python3 run.py setup", ".venv/bin/ennum build", ".venv/bin/python -m dashboards"]
    for line in (given["ENTRYPOINT"], given["HEALTHCHECK"].partition("CMD ")[2]):
        assert json.loads(line)[0].startswith(".venv/bin/")
    assert options_of(" ".join(json.loads(given["ENTRYPOINT"]))) <= known_options()


OF_THIS_MACHINE = ("usr", "etc/ssl", "etc/resolv.conf")
"""What the base takes of it to read: Python, and how packages are fetched."""


@pytest.fixture
def buildah():
    """Builds and runs without a daemon or rights of its own; what it made is removed."""
    if (
        not shutil.which("buildah")
        or subprocess.run(["/usr/bin/python3", "-c", "import ensurepip"], check=False).returncode
    ):
        pytest.skip("no buildah, or no Python with venv in /usr: apt-get install -y buildah python3-venv")
    made, limits = [], []
    for kind, name in ((resource.RLIMIT_NOFILE, "nofile"), (resource.RLIMIT_NPROC, "nproc")):
        limits += [
            "--ulimit",
            "{}={}:{}".format(name, *resource.getrlimit(kind)),
        ]  # it asks for more otherwise

    def run(command, *options):
        told = [*limits] if command in ("build", "from") else []
        done = subprocess.run(
            ["buildah", command, *told, *options], capture_output=True, text=True, check=False
        )
        if "Vérifiez réseau" in done.stderr:
            pytest.skip("packages cannot be fetched here")
        assert done.returncode == 0, done.stderr[-2_000:]
        made.extend([("rm", done.stdout.strip())] if command == "from" else ())
        made.extend([("rmi", options[-1])] if command == "commit" else ())
        return done.stdout.strip()

    yield run
    for command, name in reversed(made):
        subprocess.run(["buildah", command, name], capture_output=True, check=False)


@pytest.mark.hour
def test_the_image_is_built_and_serves(buildah, built_copy, tmp_path):
    """Its base has Python from this machine, since no registry is asked here; its steps are those of the file, and its
    store is the one that is built outside of it."""
    base = buildah("from", "scratch")
    with tarfile.open(tmp_path / "base.tar", "w") as files:
        for name in ("bin", "sbin", "lib", "lib64"):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, f"usr/{name}"
            files.addfile(link)
        for name in ("tmp", "srv", "root", "proc", "sys", "dev"):
            folder = tarfile.TarInfo(name)
            folder.type, folder.mode = tarfile.DIRTYPE, 0o1777 if name == "tmp" else 0o755
            files.addfile(folder)
        files.add("/etc/passwd", "etc/passwd")
    buildah("add", base, str(tmp_path / "base.tar"), "/")
    buildah("config", "--env", "PATH=/usr/bin:/bin", base)
    buildah("commit", base, "localhost/ennum-base")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    (tmp_path / "dist").mkdir()
    with tarfile.open(tmp_path / "dist" / "ennum_stats-0.tar.gz", "w:gz") as packed:
        for name in filter(None, tracked.decode().split("\0")):
            packed.add(ROOT / name, f"ennum_stats-0/{name}")
    shown = [*(f"--volume=/{name}:/{name}:ro" for name in OF_THIS_MACHINE), "--isolation=chroot"]
    file = ["--from=localhost/ennum-base", f"--file={DEPLOY / 'Containerfile'}", "--layers=false"]
    image = buildah("build", *shown, "--network=host", *file, "--quiet", str(tmp_path))
    container = buildah("from", image)
    start = json.loads(
        re.findall(r"^ENTRYPOINT (.*)$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)[0]
    )
    command = ["buildah", "run", *shown, "--network=host", "--user=65534:65534", container, "--", *start]
    port = free_port()
    with (
        running([*command, "--port", str(port)], port),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as told,
    ):
        assert json.load(told)["store"] == current_store(built_copy.project).content_hash
    subprocess.run(["buildah", "rm", container], capture_output=True, check=True)
    subprocess.run(["buildah", "rmi", image], capture_output=True, check=True)


def test_the_unit_shuts_the_service_in():
    told = (DEPLOY / "ennum-dashboard@.service").read_text("utf-8")
    for wanted in (
        "DynamicUser=yes", "ProtectSystem=strict", "ReadOnlyPaths=/srv/ennum-stats", "MemoryMax=1G",
        "Restart=always", "OOMPolicy=continue", "NoNewPrivileges=yes", "CapabilityBoundingSet=\n",
    ):  # fmt: skip
        assert wanted in told
    (start,) = re.findall(r"^ExecStart=(.*)$", told, re.MULTILINE)
    (stop,) = re.findall(r"^TimeoutStopSec=(\d+)$", told, re.MULTILINE)
    assert int(stop) > SECONDS_TO_END > SECONDS_TO_WAIT
    assert options_of(start) <= known_options()
    if shutil.which("systemd-analyze"):
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(DEPLOY / "ennum-dashboard@.service")],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        told = [line for line in done.stderr.splitlines() if "ennum-dashboard" in line]
        assert all("is not executable" in line for line in told), told


def options_of(line):
    return set(re.findall(r"--[a-z-]+", line))


def known_options():
    from typer.main import get_command

    from ennum_stats.cli import app

    return {option for one in get_command(app).commands["dashboard"].params for option in one.opts}


# --- backup ---------------------------------------------------------------------------------------------


def test_what_was_backed_up_gives_the_same_store(built_copy, tmp_path, monkeypatch):
    """The lines of the guide, with what git does not keep."""
    raw = built_copy.project.raw
    (raw / "rows").mkdir(exist_ok=True)
    (raw / "contacts.csv").write_text("données fictives\n", "utf-8")
    (raw / "rows" / "9000001.txt").write_text("données fictives\n", "utf-8")
    lines = re.findall(r"^\S+/ennum ((?:backup|restore) .*)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(lines) == 3
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("ENNUM_ROOT", str(built_copy.project.root))  # whatever other tests left there
    monkeypatch.chdir(built_copy.project.root)
    moved = {"/srv/ennum-stats": elsewhere, "/sauvegardes": tmp_path, "/coffre": tmp_path}
    for line in lines:
        words = re.sub("|".join(moved), lambda m: str(moved[m[0]]), line)
        ended = CliRunner().invoke(app, [*shlex.split(words), *(["--yes"] if "restore" in line else [])])
        assert ended.exit_code == 0, ended.output
    assert (elsewhere / "data" / "raw" / "rows" / "9000001.txt").is_file()
    restored = type(built_copy.project)(elsewhere)
    build(restored)
    assert current_store(restored).content_hash == current_store(built_copy.project).content_hash
