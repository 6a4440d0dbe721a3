"""An answer is made once, for all threads of a worker and for all workers, and is the same from each."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboards.app import create_app
from dashboards.server.guards import STORE_HEADER
from dashboards.server.shared_answers import SharedAnswers, SingleFlight
from ennum_stats.store.build import build
from ennum_stats.store.publish import current_store


class Counted(dict):
    """Counts who has looked whether an answer is under way."""

    looked = 0

    def get(self, key):
        self.looked += 1
        return super().get(key)


def test_threads_that_want_the_same_are_given_one_answer():
    flight, made = SingleFlight(), []
    flight._under_way = Counted()

    def make():
        while flight._under_way.looked < 8:  # the others have come
            time.sleep(0.01)
        made.append(1)
        return len(made)

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(flight.of, "page", make) for _ in range(8)]
        assert [one.result(10) for one in asked] == [1] * 8
    assert flight._under_way == {}


def test_a_failure_is_told_to_all_who_wait_and_not_kept():
    flight = SingleFlight()

    def fail():
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            flight.of("page", fail)
    assert flight.of("page", lambda: 1) == 1


def test_shared_answers_begin_anew_when_they_are_full():
    shared = SharedAnswers(1_000)
    for number in range(100):
        shared.put(f"question {number}", bytes([number]) * 200)
        assert shared.get(f"question {number}") == bytes([number]) * 200
    assert shared.get("question 0") is None
    shared.put("too large", b"x" * 2_000)
    assert shared.get("too large") is None


def test_another_worker_is_given_what_one_has_made(project):
    """Two applications that share their memory as forked workers do; the second may make nothing."""
    one, other = create_app(project), create_app(project)
    other.kept._shared = one.kept._shared
    first = one.server.test_client().get("/fr/budgets?by=year")
    other.server.extensions["ennum"].edition()
    other.kept._application = None
    second = other.server.test_client().get("/fr/budgets?by=year")
    assert second.data == first.data
    assert second.headers["ETag"] == first.headers["ETag"]


def test_what_was_put_last_is_given_first():
    shared = SharedAnswers()
    for number in range(5):
        shared.put(f"{number}", bytes([number]))
    assert shared.last(3) == [b"\x04", b"\x03", b"\x02"]


def test_a_process_of_its_own_makes_what_workers_were_asked(built_copy):
    """Three applications that share their memory: two workers, and what makes answers for them."""
    project = built_copy.project
    one, other, maker = apps = [create_app(project) for _ in range(3)]
    for app in apps[1:]:
        app.kept._shared, app.kept._asked = one.kept._shared, one.kept._asked
    asked = [
        "/fr/winners?call=EN2019&known_at=2020-01-31",
        "/de/figure/en2019_projects.csv?known_at=2020",
    ]
    browser = {"Accept-Encoding": "br"}
    for app, address in zip(apps, asked, strict=False):
        assert app.server.test_client().get(address, headers=browser).status_code == 200
    built_copy.cell(
        "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019", "value", "504"
    )
    build(project)
    edition = maker.server.extensions["ennum"].edition()
    assert not maker.kept.warm(edition, 0)
    one.kept.wait_until_warm(edition, 0)  # nobody waits longer than told
    assert maker.kept.warm(edition, 600)
    for app in (one, other):
        store = app.server.extensions["ennum"]
        store.before_shown = app.kept.wait_until_warm
        store.look()
        app.kept._application = None  # nothing can be made any more
        for address in (*asked, "/nl/"):
            answer = app.server.test_client().get(address, headers=browser)
            assert answer.status_code == 200
            assert answer.headers[STORE_HEADER] == current_store(project).content_hash


def test_what_makes_answers_for_workers_ends_with_them(serving, project):
    server = serving(project.root, "--workers", "2")
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    if not children.is_file():
        server.stop()
        pytest.skip("this system does not list the children of a process")
    started = [Path("/proc", one) for one in children.read_text().split()]
    try:
        assert len(started) == 3
    finally:
        server.stop()
    for _ in range(300):
        if not any(one.exists() for one in started):
            return
        time.sleep(0.1)
    raise AssertionError("a process is left")


def test_two_workers_serve_what_either_has_made(serving, project):
    server = serving(project.root, "--workers", "2")
    try:
        with ThreadPoolExecutor(20) as threads:
            found = list(threads.map(server.get, ["/fr/coverage?known_at=2020-01-31"] * 60))
        assert {status for status, _ in found} == {200}
        assert len({body for _, body in found}) == 1
    finally:
        server.stop()


@pytest.mark.product
def test_servers_that_answer_in_turn_give_the_same_page(project):
    """Each process has an order of its own for what Python does not order."""
    code = (
        "import sys, hashlib; from pathlib import Path; from ennum_stats.project import Project;"
        "from dashboards.app import create_app; from dashboards.registry import all_pages;"
        f"client = create_app(Project(Path({str(project.root)!r}))).server.test_client();"
        "asked = [page.path for page in all_pages().values() if page.is_listed];"
        "print([client.get('/fr/' + one).headers['ETag'] for one in (*asked, 'chart/timeline')])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1
