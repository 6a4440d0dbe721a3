"""R16: what becomes of the files of a store while it is served, and before: readers keep what they have, or
read in their language that there is nothing at the moment; nobody reads a path of the server."""

import json
import os
import sys

import pytest

from dashboards import routes
from dashboards.app import create_app
from ennum_stats.languages import LANGUAGES
from ennum_stats.store.publish import POINTER
from tests.conftest import crossed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and circles are no files")
PAGES = ("/{}/", "/{}/people", "/{}/figure/total_investment", "/{}/chart/team_over_time.svg")


def _instead(put):
    def change(path):
        path.unlink()
        put(path)

    return change


FAULTS = {
    "gone": lambda path: path.unlink(),
    "a folder": _instead(lambda path: path.mkdir()),
    "a pipe": _instead(os.mkfifo),
    "a circle": _instead(lambda path: path.symlink_to(path.name)),
    "a device": _instead(lambda path: path.symlink_to("/dev/zero")),
    "no object": _instead(lambda path: path.write_bytes(b"[1]")),
    "no text": _instead(lambda path: path.write_bytes(b"\xff\xfe\x00")),
    "empty": _instead(lambda path: path.write_bytes(b"")),
}
STORES = {"a pointer": POINTER, "a store": "stores/*/store.duckdb"}


def break_it(project, place, fault):
    (path,) = project.processed.glob(STORES[place])
    FAULTS[fault](path)
    pointer = project.processed / POINTER
    if pointer.is_file():
        os.utime(pointer, ns=(1, 1))  # as if it had been written again


@pytest.mark.parametrize(("fault", "place"), crossed(FAULTS, STORES))
def test_readers_keep_the_store_that_they_have(built_copy, place, fault):
    app = create_app(built_copy.project)
    client, store = app.server.test_client(), app.server.extensions["ennum"]
    before = json.loads(client.get("/health").data)
    assert before["status"] == "ok"
    break_it(built_copy.project, place, fault)
    store.look()
    told = client.get("/health")
    health = json.loads(told.data)
    assert health["store"] == before["store"]
    assert health["problem"]
    assert str(built_copy.project.root) not in told.get_data(as_text=True)
    for page in PAGES:
        assert client.get(page.format("fr")).status_code == 200


@pytest.mark.parametrize(
    ("place", "fault"), [("a pointer", "a circle"), ("a pointer", "no object"), ("a store", "empty")]
)
def test_without_a_store_that_can_be_read_pages_say_so(built_copy, place, fault):
    break_it(built_copy.project, place, fault)
    client = create_app(built_copy.project).server.test_client()
    titles = set()
    for language in LANGUAGES:
        for page in PAGES:
            answer = client.get(page.format(language))
            text = answer.get_data(as_text=True)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
            assert f'<html lang="{language}">' in text
            assert str(built_copy.project.root) not in text
            assert "ennum build" not in text
        titles.add(text.partition("<title>")[2].partition("</title>")[0])
    assert len(titles) == len(LANGUAGES)
    assert client.get("/api/figures").status_code == 503


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), MemoryError()])
def test_what_the_system_refuses_in_an_answer_is_503(built_copy, monkeypatch, error, caplog):
    def figure_file(*_args):
        raise error

    monkeypatch.setattr(routes.downloads, "figure_file", figure_file)
    client = create_app(built_copy.project).server.test_client()
    answer = client.get("/de/figure/total_investment.csv")
    assert answer.status_code == 503
    assert "im Moment nicht gelesen" in answer.get_data(as_text=True)
    assert "Request failed" in caplog.text
