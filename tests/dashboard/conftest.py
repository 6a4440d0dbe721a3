"""A dashboard of the test project, in this process and as a server of its own."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from dashboards.app import create_app
from tests.dashboard.local import free_port

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """`ennum dashboard` in processes of its own."""

    def __init__(self, root, *options):
        self.port = free_port()
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        code = "from ennum_stats.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "dashboard", "--root", str(root), "--port", str(self.port),
             "--workers", "1", *options],
            env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.address = f"http://127.0.0.1:{self.port}"
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise

    def wait(self):
        for _ in range(600):  # scripts that changed are compressed first
            try:
                self.get("/health")
            except OSError:
                assert self.process.poll() is None, "the server ended"
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server does not answer")

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def health(self):
        return json.loads(self.get("/health")[1])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="session")
def app(project):
    return create_app(project)


@pytest.fixture(scope="session")
def client(app):
    return app.server.test_client()


@pytest.fixture(scope="session")
def serving():
    """Starts a dashboard of a project's folder."""
    return Server


@pytest.fixture(scope="session")
def server(project):
    made = Server(project.root)
    yield made
    made.stop()


WATCHING = """
    window.announced = [];
    document.addEventListener("securitypolicyviolation", (one) => console.error(one.violatedDirective));
    document.addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
        const places = new Set(changes.map(({ target }) =>
            (target.closest ? target : target.parentElement)
                ?.closest("[aria-live],[role=status],[role=alert]")));
        for (const one of places) if (one?.textContent.trim()) window.announced.push(one.textContent.trim());
    }).observe(document, { subtree: true, childList: true, characterData: true }));"""
"""Keeps what a page announces, and says what the policy of the pages forbids."""


LIVE = "document.documentElement.dataset.dash === 'live'"


def until(page, condition):
    """Waits for a condition; Playwright's own waiting needs an `eval` that our policy forbids."""
    for _ in range(400):
        if page.evaluate(condition):
            return
        time.sleep(0.05)
    raise AssertionError(condition)


class Reader:
    """Someone at a page in the browser: what is clicked or chosen is counted, what goes wrong is kept."""

    def __init__(self, browser, server, **options):
        self.server, self.clicks, self.faults = server, 0, []
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
        self.context.add_init_script(WATCHING)
        self.page = self.context.new_page()
        keep = self.faults.append
        self.page.on("console", lambda said: said.type == "error" and keep(said.text))
        self.page.on("pageerror", lambda error: keep(str(error)))

    def comes_to(self, path):
        """Loads an address and waits for Dash; what was clicked before does not count."""
        self.page.goto(self.server.address + path)
        self.until(LIVE)
        self.clicks = 0
        return self

    def until(self, condition):
        until(self.page, condition)

    def click(self, found):
        found.click()
        self.clicks += 1

    def goes_to(self, name):
        """Follows a link of the navigation, and is there when its heading is."""
        self.click(self.page.locator("nav.pages").get_by_role("link", name=name, exact=True))
        self.page.locator("h1").get_by_text(name, exact=True).wait_for()

    def chooses(self, field, value):
        """Chooses in a list; the page is drawn anew when the address says it and nothing loads."""
        self.page.select_option(field, value)
        self.clicks += 1
        self.until(f"decodeURIComponent(location.search).includes({json.dumps('=' + value)})")

    def text(self, place):
        """What one reads there, with plain spaces."""
        return " ".join(self.page.locator(place).first.inner_text().split())

    def rows(self, table):
        """The cells of a table as one reads them, by row."""
        told = self.page.locator(f"{table} tbody tr").evaluate_all(
            "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText))"
        )
        return [[" ".join(cell.split()) for cell in row] for row in told]


@pytest.fixture(scope="session")
def reading(browser, server):
    """Starts a reader at an address of the dashboard; `options` are those of the window."""
    readers = []

    def start(path, **options):
        readers.append(Reader(browser, server, **options))
        return readers[-1].comes_to(path)

    yield start
    for one in readers:
        one.context.close()


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
