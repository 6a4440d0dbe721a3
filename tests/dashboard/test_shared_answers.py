"""An answer is made once, for all threads of a worker and for all workers, and is the same from each."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboards.app import create_app
from dashboards.shared_answers import SharedAnswers, SingleFlight


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


@pytest.mark.slow
def test_two_workers_serve_what_either_has_made(serving, project):
    server = serving(project.root, "--workers", "2")
    try:
        with ThreadPoolExecutor(20) as threads:
            found = list(threads.map(server.get, ["/fr/coverage?known_at=2020-01-31"] * 60))
        assert {status for status, _ in found} == {200}
        assert len({body for _, body in found}) == 1
    finally:
        server.stop()


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
