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
from axe_playwright_python.sync_playwright import Axe

from bench.reader import Reader
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


def violations(page, context=None, **rules):
    """What axe finds on a page as it is now: rules, with the HTML of their nodes. A page is given the script
    once, and nothing is computed that no test reads: it takes as long as most rules."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {"resultTypes": ["violations"], "selectors": False, "preload": False, "rules": rules}
    found = page.evaluate(
        "([context, options]) => axe.run(context ?? document, options).then((all) => all.violations)",
        [context, options],
    )
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


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
