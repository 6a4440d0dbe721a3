"""A dashboard of the test project, in this process and as a server of its own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboards.app import create_app

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
        self.wait()

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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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


@pytest.fixture(scope="session")
def browser():
    """Chromium, through Playwright; its path comes from run.py."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("ENNUM_BROWSER") or os.environ.get("BROWSER_PATH") or "/usr/bin/chromium"
    if not Path(path).exists():
        pytest.skip("no Chromium or Chrome: ENNUM_BROWSER is not set")
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer"]
        opened = playwright.chromium.launch(executable_path=path, args=args)
        yield opened
        opened.close()
