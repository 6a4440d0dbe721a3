"""A dashboard of the test project, in this process and as a server of its own."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from html import unescape
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient

from bench.reader import Reader
from bench.serving import free_port
from dashboards.app import create_app
from ennum_stats.project import Audience, Project
from ennum_stats.store.build import build
from tests.conftest import SERVER_PROCESS, copied_project

ROOT = Path(__file__).resolve().parents[2]


class Served:
    """A dashboard at a port of this machine."""

    def __init__(self, port):
        self.port = port
        self.address = f"http://127.0.0.1:{port}"

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def health(self):
        return json.loads(self.get("/health")[1])

    def asked(self, path, method="GET", **headers):
        """The whole answer, and its body."""
        client = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            client.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
            answer = client.getresponse()
            return answer, answer.read()
        finally:
            client.close()

    def opened(self):
        """A connection for clients that are not polite."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def first_line(self, request):
        """The first line of what is answered to these bytes."""
        with self.opened() as client:
            client.sendall(request)
            return client.makefile("rb").readline().decode().strip()


class Server(Served):
    """`ennum dashboard` in processes of its own."""

    def __init__(self, root, *options):
        super().__init__(free_port())
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        code = "from ennum_stats.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "dashboard", "--root", str(root), "--port", str(self.port),
             "--workers", "1", *options],
            env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise

    def wait(self):
        for _ in range(3_000):  # scripts that changed are compressed first, and others use the machine
            try:
                self.get("/health")
            except OSError:
                assert self.process.poll() is None, "the server ended"
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server does not answer")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="session")
def project(project, made_once):
    """The project with what became known kept beside its store, as a service does: reading it takes seconds."""

    def make(root):
        copied_project(project.root, root)
        edition = create_app(Project(root)).server.extensions["ennum"].edition()
        edition.keep(edition.news().written())

    return Project(made_once("with-past", make))


@pytest.fixture(scope="session")
def app(project):
    return create_app(project)


class Following(FlaskClient):
    """Goes on from an address to its settled form, as browsers do."""

    def open(self, *asked, **options):
        answer = super().open(*asked, **options)
        place = answer.headers.get("Location", "")
        if answer.status_code == 302 and place.partition("?")[0] == quote(answer.request.path):
            return super().open(place, method=answer.request.method, headers=options.get("headers"))
        return answer


Flask.test_client_class = Following


@pytest.fixture(scope="session")
def client(app):
    return app.server.test_client()


@pytest.fixture(scope="session")
def inside(project):
    """Asks for pages of the service's own dashboard."""
    return create_app(project, Audience.INTERNAL).server.test_client()


@pytest.fixture(scope="session")
def demo_client(demonstration):
    """Asks for pages of the demonstration."""
    return create_app(demonstration).server.test_client()


@pytest.fixture(scope="session")
def listed(counted_projects):
    """Asks for pages of invented schools with register, lists and borders."""
    return create_app(counted_projects["borders"]).server.test_client()


LISTS = ("lists", "participations", "reconciliations", "complete_lists")


@pytest.fixture(scope="session")
def registered(counted_projects, made_once):
    """Asks for pages of the same register without a list."""

    def make(root):
        copied_project(counted_projects["borders"].root, root)
        for table in LISTS:
            (root / "data" / "raw" / "rows" / f"{table}.csv").unlink()
        build(Project(root))

    return create_app(Project(made_once("register-alone", make))).server.test_client()


def page_of(client, address):
    """A page as a reader is given it, without what it tells scripts."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.get_data(as_text=True).partition('<script id="_dash-config"')[0])


def main_of(client, address):
    """What is of a page itself, with plain spaces."""
    page = page_of(client, address).replace("\u00a0", " ")
    return re.search(r"<main.*?</main>", page, re.DOTALL)[0]


def cells_of(page, table):
    """The rows of a table as texts, without its heading."""
    body = re.search(rf'<table id="{table}"[^>]*>.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert body, table
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL)
    ]


@pytest.fixture(scope="session")
def serving():
    """Starts a dashboard of a project's folder."""
    return Server


@pytest.fixture(scope="session")
def served_once(made_once):
    """Gives the dashboard of a project that no test changes: one for all processes of the run, which makes
    its pages ahead once. The process that began the run ends it (`pytest_sessionfinish`)."""

    def served(name, project):
        def start(folder):
            folder.mkdir()
            made = Server(project.root)
            # Python warns of a process that nobody waits for.
            threading.Thread(target=made.process.wait, daemon=True).start()
            (folder / SERVER_PROCESS).write_text(str(made.process.pid))
            (folder / "port").write_text(str(made.port))

        return Served(int((made_once(f"server-{name}", start) / "port").read_text()))

    return served


@pytest.fixture(scope="session")
def server(project, made_once, served_once):
    """The dashboard of a copy of the project: commands of other processes are not in its way."""
    root = made_once("served", lambda folder: copied_project(project.root, folder))
    return served_once("project", Project(root))


@pytest.fixture(scope="session")
def counted_server(counted_projects, served_once):
    """The dashboard where lists of invented schools are loaded, with borders."""
    return served_once("counted", counted_projects["borders"])


@pytest.fixture(scope="session")
def demo_server(demonstration, served_once):
    """The dashboard of the demonstration."""
    return served_once("demonstration", demonstration)


EVERYTHING, OF_THIS_PAGE = "*", "main *, footer *, [aria-current], [aria-current] *"
"""Where contrast is measured; what is above the content is the same on every page but for the mark of the
page itself."""


LOOKED_AT = """(where) => {
    const seen = new Map(), stacks = new Map();
    const behind = (one) => {
        if (!one) return "";
        if (!stacks.has(one)) {
            const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(one);
            const own = [backgroundColor, backgroundImage, opacity, position].join();
            const rest = behind(one.parentElement);
            stacks.set(one, own === "rgba(0, 0, 0, 0),none,1,static" ? rest : `${own}/${rest}`);
        }
        return stacks.get(one);
    };
    const hasText = (one) => one.matches("input, select, textarea") ||
        [...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
    for (const one of document.querySelectorAll("[data-looked-at]")) delete one.dataset.lookedAt;
    for (const one of document.querySelectorAll(where)) {
        if (!hasText(one) || !one.checkVisibility()) continue;
        const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
        const look = [color, fontSize, fontWeight, textShadow, behind(one)].join("|");
        seen.set(look, (seen.get(look) || 0) + 1);
        if (seen.get(look) <= 3 || one.ownerSVGElement) one.dataset.lookedAt = "";
    }
}"""
"""Marks three texts of each look, where many have the same colours on the same ground; drawings whole."""


def violations(page, context=None, contrast=EVERYTHING, **rules):
    """What axe finds on a page as it is now: rules, with the HTML of their nodes. A page is given the script
    once; contrast, which takes longer than all other rules together, is measured where texts differ."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    page.evaluate(LOOKED_AT, contrast)
    page.evaluate("axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-looked-at]' }] })")
    options = {"resultTypes": ["violations"], "selectors": False, "preload": False, "rules": rules}
    found = page.evaluate(
        "([context, options]) => axe.run(context ?? document, options).then((all) => all.violations)",
        [context, options],
    )
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


@pytest.fixture
def tab(browser):
    """An empty page."""
    return browser.new_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def reading(browser, server):
    """Starts a reader at an address of the dashboard; `options` are those of the window."""
    return lambda path, **options: Reader(browser, server, **options).comes_to(path)


class OtherSite(BaseHTTPRequestHandler):
    """A site whose only page is empty."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>other</title>")

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture
def other_site():
    with HTTPServer(("127.0.0.1", 0), OtherSite) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}/"
        made.shutdown()
