"""What clients may do to a server and to one another: slow ones, rude ones, many at once."""

import json
import re
import socket
import threading
import time
from contextlib import ExitStack

import pytest

from dashboards.app import create_app
from dashboards.served_store import published_store
from dashboards.server.connections import MOST_WAITING, THREADS
from dashboards.server.guards import STORE_HEADER
from dashboards.server.questions import coding_of
from dashboards.server.shared_answers import SharedAnswers
from dashboards.serving import connections
from ennum_stats.store.build import build
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import current_store
from tests.dashboard.local import Local

HOST = b"Host: localhost\r\n"


@pytest.fixture(scope="module")
def local(app):
    app.server.extensions["ennum"].edition()
    made = Local(app.kept)
    yield made
    made.stop()


def until(condition):
    for _ in range(2_000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it does not come to that")


SLOW = {
    "idle": b"",
    "header": b"GET /fr/ HTTP/1.1\r\nHost: loc",
    "body": b"POST /_dash-update-component HTTP/1.1\r\n" + HOST
    + b"Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{",
    "reader": (b"GET /fr/documents HTTP/1.1\r\n" + HOST + b"\r\n") * 5,
}  # fmt: skip


@pytest.mark.parametrize("kind", SLOW)
def test_slow_clients_cost_no_thread(local, kind):
    """200 of each kind; every thread would wait for them, were they given any."""
    with ExitStack() as opened:
        for _ in range(200):
            opened.enter_context(local.opened()).sendall(SLOW[kind])
        for path in ("/fr/", "/health", "/fr/budgets?by=year", "/api/figures/total_investment"):
            assert local.get(path)[0].status == 200


def test_who_asks_for_much_at_once_and_reads_nothing_waits_alone(local):
    """Each is given its next answer once it has read the last one: the rest is not even made."""
    asked = (b"GET /fr/documents HTTP/1.1\r\n" + HOST + b"\r\n") * 150
    with ExitStack() as opened:
        for _ in range(10):
            opened.enter_context(local.opened()).sendall(asked)
        assert local.get("/fr/")[0].status == 200
        until(
            lambda: (
                local.connections._asking and not any(c.is_read for c in local.connections._asking)
            )
        )
        assert len(local.connections._asking) == 10
        for path in ("/health", "/fr/budgets?by=component", "/fr/documents"):
            assert local.get(path)[0].status == 200
    until(lambda: not local.connections.active_channels)


def test_many_questions_at_once_are_all_answered_in_their_order(local):
    paths = [
        f"/{code}/{path}" for code in ("fr", "de") for path in ("", "method", "people", "x")
    ] * 10
    asked = "".join(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n" for path in paths)
    with local.opened() as client:
        client.sendall(asked.encode())
        answers = client.makefile("rb")
        for path in paths:
            status = answers.readline().split()[1]
            length = 0
            while (line := answers.readline().strip().lower()) != b"":
                if line.startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            body = answers.read(length).decode()
            assert status == (b"404" if path.endswith("/x") else b"200")
            assert f'<html lang="{path[1:3]}">' in body


def test_who_does_not_read_is_closed(app, monkeypatch):
    monkeypatch.setattr(connections, "SECONDS_IDLE", 0)
    server = Local(app.kept)
    try:
        with server.opened() as client:
            client.sendall((b"GET /fr/documents HTTP/1.1\r\n" + HOST + b"\r\n") * 150)
            assert client.recv(1, socket.MSG_PEEK)  # the first answer comes
            until(lambda: not server.connections.active_channels)
    finally:
        server.stop()


def test_a_request_that_does_not_come_to_its_end_is_closed(app, monkeypatch):
    monkeypatch.setattr(connections, "SECONDS_TO_ASK", 0)
    server = Local(app.kept)
    try:
        with server.opened() as client:
            client.sendall(SLOW["header"])
            assert client.recv(100) == b""
    finally:
        server.stop()


def test_what_waits_is_bounded_and_the_next_are_asked_to_come_back(client):
    """The threads are all held; what was answered before is answered all the same."""
    app = client.application
    dashboard = app.extensions["ennum-dash"]
    held, holding = threading.Event(), []
    kept, application = dashboard.kept, dashboard.kept._application

    def slow(environ, start_response):
        if "hold" in environ["PATH_INFO"]:
            holding.append(environ["PATH_INFO"])
            held.wait(20)
        return application(environ, start_response)

    kept._application = slow
    local = Local(kept)
    try:
        assert local.get("/fr/")[0].status == 200
        with ExitStack() as opened:

            def asked(number):
                asking = opened.enter_context(local.opened())
                asking.sendall(b"GET /fr/hold%d HTTP/1.1\r\n" % number + HOST + b"\r\n")

            for number in range(THREADS):
                asked(number)
            until(lambda: holding)  # one page is made at a time: the other threads wait for it
            until(lambda: not local.connections.task_dispatcher.queue)
            for number in range(MOST_WAITING):
                asked(THREADS + number)
            until(lambda: len(local.connections.task_dispatcher.queue) == MOST_WAITING)
            answer, body = local.get("/fr/elsewhere", Accept_Language="fr")
            assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
            assert "Beaucoup de lecteurs" in body.decode()
            assert local.get("/fr/")[0].status == 200
            assert local.get("/health")[0].status == 200
            held.set()
    finally:
        held.set()
        kept._application = application
        local.stop()


@pytest.mark.parametrize(
    ("request_line", "headers", "code"),
    [
        (b"GET //evil.example/fr/ HTTP/1.1", HOST, 404),
        (b"GET /fr/\x00 HTTP/1.1", HOST, 400),
        (b"GET /fr/%00 HTTP/1.1", HOST, 400),
        (b"GET /fr/%0d%0aSet-Cookie:x HTTP/1.1", HOST, 400),
        (b"GET /fr/%ff HTTP/1.1", HOST, 404),
        (b"GET /fr/\xff HTTP/1.1", HOST, 400),
        (b"GET /fr/?x=\xff HTTP/1.1", HOST, 400),
        (b"GET /api/figures?x=\xed\xa0\x80 HTTP/1.1", HOST, 400),
        (b"GET /fr/?" + b"x" * 3_000 + b" HTTP/1.1", HOST, 414),
        (b"GET /fr/?" + b"x" * 30_000 + b" HTTP/1.1", HOST, 431),
        (b"GET /fr/ HTTP/1.1", HOST + b"Cookie: " + b"x" * 20_000 + b"\r\n", 431),
        (b"TRACE /fr/ HTTP/1.1", HOST, 405),
        (b"BREW /fr/ HTTP/1.1", HOST, 405),
        (b"OPTIONS /fr/ HTTP/1.1", HOST, 405),
        (b"GET /fr/ HTTP/1.1", b"", 400),
        (b"GET /fr/ HTTP/1.1", b"Host: evil.example\r\n", 400),
        (b"GET /fr/ HTTP/1.1", HOST + b"Host: evil.example\r\n", 400),
        (b"GET /fr/ HTTP/1.1", HOST + b"Range: bytes=0-9\r\n", 200),
        (b"\x16\x03\x01\x02", b"", 400),
        (b"POST /_dash-update-component HTTP/1.1", HOST + b"Content-Length: 99999999\r\n", 413),
        (b"POST /_dash-update-component HTTP/1.1", HOST + b"Content-Length: -5\r\n", 400),
    ],
)  # fmt: skip
def test_what_is_no_question_of_a_reader_is_refused(local, request_line, headers, code):
    told = local.raw(request_line + b"\r\n" + headers + b"\r\n")
    assert told.split()[1] == str(code)
    assert local.get("/fr/")[0].status == 200


@pytest.mark.parametrize(
    "sent", ["http://localhost", "http://evil.example", "?x=1", "//evil.example/.."]
)
def test_no_address_is_redirected_to_a_host(local, sent):
    with local.opened() as client:
        client.sendall(
            f"GET {sent} HTTP/1.1\r\nX-Forwarded-Host: evil.example\r\n".encode() + HOST + b"\r\n"
        )
        head = client.recv(5_000).partition(b"\r\n\r\n")[0].decode()
    assert not re.search("^location: (?!/[a-z])", head, re.MULTILINE | re.IGNORECASE)


def test_an_address_that_is_no_text_is_refused(client):
    """A server may pass on what ours does not: bytes that are no UTF-8."""
    sent = {"QUERY_STRING": "x=\xed\xa0\x80"}
    for address in ("/api/figures", "/nothing"):
        assert client.get(address, environ_overrides=sent).status_code == 400


def test_wrong_methods_are_told_the_right_ones(client):
    for method in ("POST", "OPTIONS", "DELETE"):
        answer = client.open("/fr/", method=method)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) >= {"GET", "HEAD"}


def test_head_tells_what_get_gives(local):
    (got, body), (told, nothing) = local.get("/fr/budgets"), local.get("/fr/budgets", "HEAD")
    assert nothing == b""
    assert int(told.headers["Content-Length"]) == len(body)
    assert told.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize("told", ["{tag}", '"other", {tag}', "W/{tag}", "*"])
def test_a_page_that_a_browser_has_is_not_sent_again(client, told):
    tag = client.get("/fr/").headers["ETag"]
    answer = client.get("/fr/", headers={"If-None-Match": told.format(tag=tag)})
    assert (answer.status_code, answer.data) == (304, b"")
    assert client.get("/fr/", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0", ""),
        ("*;q=0", ""),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("identity, gzip;q=0.5", ""),
        ("BR", "br"),
        ("nonsense;q=x,,;", ""),
        ("", ""),
    ],
)
def test_a_coding_that_is_refused_is_not_used(client, app, accepted, coding):
    assert coding_of(accepted) == coding
    for address in ("/fr/", app.core.address):  # a page; a script that was compressed beforehand
        answer = client.get(address, headers={"Accept-Encoding": accepted})
        assert answer.headers.get("Content-Encoding", "") == coding


def test_a_language_that_is_not_there_is_answered_to_each_in_their_own(client):
    for language in ("nl", "de", "nl"):
        answer = client.get("/xx/", headers={"Accept-Language": language})
        assert f'<html lang="{language}">' in answer.get_data(as_text=True)
        assert set(answer.headers["Vary"].split(", ")) == {"Accept-Language", "Accept-Encoding"}
    assert "Accept-Language" not in client.get("/fr/").headers["Vary"]


def test_pages_and_programs_are_told_the_store_that_they_were_given(client, project):
    hash_shown = current_store(project).content_hash
    for address in ("/fr/", "/api/figures", "/fr/figure/total_investment.csv", "/health"):
        assert client.get(address).headers[STORE_HEADER] == hash_shown
    assert f'data-store="{hash_shown}"' in client.get("/fr/").get_data(as_text=True)


def test_the_pointer_is_read_once_for_a_store(built_copy, monkeypatch):
    """Another store is published between the two moments at which it was read."""
    project = built_copy.project
    store = create_app(project).server.extensions["ennum"]

    def then_another_is_published(*asked):
        found = published_store(*asked)
        built_copy.cell(
            "observations/press_kit_2020.csv",
            "press-kit-2020.projects_awarded.EN2019",
            "value",
            "504",
        )
        build(project)
        return found

    monkeypatch.setattr("dashboards.served_store.published_store", then_another_is_published)
    edition = store.edition()
    assert edition.published.content_hash == edition.ledger.content_hash


def test_an_answer_is_made_from_one_store_to_its_end(built_copy, monkeypatch):
    project = built_copy.project
    app = create_app(project)
    client, store = app.server.test_client(), app.server.extensions["ennum"]
    first = store.edition().published.content_hash
    application = app.kept._application

    def while_another_is_published(environ, start_response):
        if store.shown.published.content_hash == first:
            built_copy.cell(
                "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019", "value",
                "504",
            )  # fmt: skip
            build(project)
            monkeypatch.setattr(store, "before_shown", lambda *_: True)
            threading.Thread(target=store.look).run()
            assert store.shown.published.content_hash != first
        return application(environ, start_response)

    monkeypatch.setattr(app.kept, "_application", while_another_is_published)
    page = client.get("/fr/winners?known_at=2020-01-31")
    assert page.headers[STORE_HEADER] == first
    assert f'data-store="{first}"' in page.get_data(as_text=True)
    assert "504" not in page.get_data(as_text=True)
    assert "504" in client.get("/fr/winners?known_at=2020-01-31").get_data(as_text=True)


# --- nonsense -------------------------------------------------------------------------------------------


def test_nonsense_makes_no_pages(app, client):
    """However many addresses are asked, there are as many answers as views, with one notice each."""
    shelf = app.kept._shelf_of((app.server.extensions["ennum"].edition(), today()))
    before = len(shelf._kept)
    style = app.resources.address("dashboard.css")
    for number in range(40):
        for address in (
            f"{style}?x={number}",
            f"/fr/figure/total_investment.csv?x={number}",
            f"/fr/?x={number}",
            f"/fr/budgets?prices=z{number}9",
            f"/fr/budgets?known_at=q{number}",
            f"/fr/budgets?known_at={3000 + number}-01-01",
            f"/fr/budgets?known_at={1800 + number}-01-01",
            f"/fr/winners?call=z{number}9~y{number}9",
            f"/fr/table/budgets.csv?x={number}",
            f"/{'qwertyzxcv'[number % 10]}{'plkmnbgfds'[number // 4]}/people",
        ):
            assert client.get(address).status_code == 200
    assert len(shelf._kept) - before <= 14


def test_a_notice_says_which_choice_was_none_and_what_is_shown(client):
    page = client.get("/en/budgets?prices=nonsense").get_data(as_text=True)
    assert "“Prices”: the choice asked for does not exist here, you see" in page
    assert "nonsense" not in page


def test_health_is_json_and_never_kept(local):
    answer, body = local.get("/health")
    assert json.loads(body)["status"] == "ok"
    assert "no-store" in answer.headers["Cache-Control"]


def test_internal_answers_stay_in_memory():
    """No answer is large enough to be written to a file on its way, and what workers share has none."""
    assert connections._IN_MEMORY > 32 * 1024 * 1024
    assert SharedAnswers()._locks.seek(0, 2) == 0
