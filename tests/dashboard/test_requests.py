"""What clients may do to a server and to one another: slow ones, rude ones; what is kept for whom."""

import html
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards import inner
from dashboards.app import create_app
from dashboards.reading import reading_at
from dashboards.registry import all_pages
from dashboards.served_store import published_store
from dashboards.server.guards import STORE_HEADER
from dashboards.server.settled import settled
from ennum_stats.project import Audience
from ennum_stats.store.build import build
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import current_store
from tests.dashboard.test_callbacks import asking_for_a_page

HOST = b"Host: localhost\r\n"


SLOW = {
    "idle": b"",
    "header": b"GET /fr/ HTTP/1.1\r\nHost: loc",
    "reader": (b"GET /fr/documents HTTP/1.1\r\n" + HOST + b"\r\n") * 5,
}


@pytest.mark.parametrize("kind", SLOW)
def test_slow_clients_cost_no_thread(server, kind):
    """200 of each kind; every thread would wait for them, were they given any."""
    with ExitStack() as opened:
        for _ in range(200):
            opened.enter_context(server.opened()).sendall(SLOW[kind])
        for path in ("/fr/", "/health", "/fr/budgets?by=year", "/api/figures/total_investment"):
            assert server.asked(path)[0].status == 200


def test_who_asks_for_much_at_once_and_reads_nothing_waits_alone(server):
    asked = (b"GET /fr/documents HTTP/1.1\r\n" + HOST + b"\r\n") * 150
    with ExitStack() as opened:
        for _ in range(10):
            opened.enter_context(server.opened()).sendall(asked)
        for path in ("/fr/", "/health", "/fr/budgets", "/fr/documents"):
            assert server.asked(path)[0].status == 200


def test_many_questions_at_once_are_all_answered_in_their_order(server):
    """A worker that holds too much is replaced, whenever that is looked at: it answers what it has begun and closes.
    Who asked for more in one go asks for the rest once more, as HTTP has it (RFC 9112, 9.3.2)."""
    left = [f"/{code}/{path}" for code in ("fr", "de") for path in ("", "method", "people", "x")] * 10
    while left:
        asked = "".join(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n" for path in left)
        before = len(left)
        with server.opened() as client, client.makefile("rb") as answers:
            client.sendall(asked.encode())
            while left and (line := answers.readline()):
                status, path, length = line.split()[1], left.pop(0), 0
                while (header := answers.readline().strip().lower()) != b"":
                    if header.startswith(b"content-length:"):
                        length = int(header.partition(b":")[2])
                body = answers.read(length).decode()
                assert status == (b"404" if path.endswith("/x") else b"200")
                assert f'<html lang="{path[1:3]}">' in body
        assert len(left) < before


def test_who_waits_too_long_is_asked_to_come_back(app, client, monkeypatch):
    """What was answered before is answered all the same."""
    assert client.get("/fr/people").status_code == 200
    monkeypatch.setattr("dashboards.server.answers.SECONDS_TO_WAIT", 0.01)
    with app.answers._turn:
        answer = client.get("/fr/people?known_at=2019-12-30", headers={"Accept-Language": "fr"})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Beaucoup de lecteurs" in answer.get_data(as_text=True)
        assert client.get("/fr/people").status_code == 200
        assert client.get("/health").status_code == 200
    assert client.get("/fr/people?known_at=2019-12-30").status_code == 200


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
)
def test_what_is_no_question_of_a_reader_is_refused(server, request_line, headers, code):
    told = server.first_line(request_line + b"\r\n" + headers + b"\r\n")
    assert told.split()[1] == str(code)
    assert server.asked("/fr/")[0].status == 200


@pytest.mark.parametrize("sent", ["http://localhost", "http://evil.example", "?x=1", "//evil.example/.."])
def test_no_address_is_redirected_to_a_host(server, sent):
    with server.opened() as client:
        client.sendall(f"GET {sent} HTTP/1.1\r\nX-Forwarded-Host: evil.example\r\n".encode() + HOST + b"\r\n")
        head = client.recv(5_000).partition(b"\r\n\r\n")[0].decode()
    assert not re.search("^location: (?!/[a-z])", head, re.MULTILINE | re.IGNORECASE)


def test_an_address_that_is_no_text_is_refused(client):
    """A server may pass on what ours does not: bytes that are no UTF-8."""
    sent = {"QUERY_STRING": "x=\xed\xa0\x80"}
    for address in ("/api/figures", "/nothing"):
        assert client.get(address, environ_overrides=sent).status_code == 400


def test_wrong_methods_are_told_the_right_ones(client):
    for address, method in (
        ("/fr/", "POST"),
        ("/fr/", "OPTIONS"),
        ("/fr/", "DELETE"),
        ("/api/figures", "DELETE"),
    ):
        answer = client.open(address, method=method)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) >= {"GET", "HEAD"}


def test_head_tells_what_get_gives(server):
    (got, body), (told, nothing) = server.asked("/fr/budgets"), server.asked("/fr/budgets", "HEAD")
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
    for address in (
        "/fr/",
        app.resources.addresses["core.js"],
    ):  # a page; a script that was compressed beforehand
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
            "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019", "value", "504"
        )
        build(project)
        return found

    monkeypatch.setattr("dashboards.served_store.published_store", then_another_is_published)
    edition = store.edition()
    assert edition.published.content_hash == edition.ledger.content_hash


def test_an_answer_is_made_from_one_store_to_its_end(built_copy, monkeypatch):
    app = create_app(built_copy.project)
    client, store = app.server.test_client(), app.server.extensions["ennum"]
    first = store.edition().published.content_hash

    def while_another_is_published(*asked):
        if store.shown.published.content_hash == first:
            built_copy.cell(
                "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019", "value", "504"
            )
            build(built_copy.project)
            store.look()
            assert store.shown.published.content_hash != first
        return reading_at(*asked)

    monkeypatch.setattr("dashboards.rendering.layout.reading_at", while_another_is_published)
    page = client.get("/fr/winners?known_at=2020-01-31")
    assert page.headers[STORE_HEADER] == first
    assert f'data-store="{first}"' in page.get_data(as_text=True)
    then = client.get("/fr/winners?known_at=2020-01-31")
    # Between tags: addresses hold digits of their files' hashes.
    assert not re.search(r">[^<]*\b504\b", page.get_data(as_text=True))
    assert re.search(r">[^<]*\b504\b", then.get_data(as_text=True))


# --- nonsense -------------------------------------------------------------------------------------------


def test_nonsense_makes_no_pages(app, client):
    """However many addresses are asked, there are as many answers as views, with one notice each."""
    before = set(app.answers.kept)
    style = app.resources.addresses["dashboard.css"]
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
    assert len(set(app.answers.kept) - before) <= 14


@pytest.mark.parametrize(
    ("asked", "settled"),
    [
        ("/fr/winners?utm_source=x", "/fr/winners"),
        ("/fr/winners?call=EN1&call=EN2", "/fr/winners?call=EN1~EN2"),
        ("/fr/budgets?prices=", "/fr/budgets"),
        ("/fr/budgets?known_at=2020-01", "/fr/budgets?known_at=2020-01-31"),
        ("/fr/winners.pdf?x=1&known_at=2020-01-31", "/fr/winners.pdf?known_at=2020-01-31"),
        ("/fr/feed.atom?known_at=2012", "/fr/feed.atom"),
        ("/fr/table/budgets.csv?by=year&x=y", "/fr/table/budgets.csv?by=year"),
    ],
)
def test_an_address_is_redirected_to_its_settled_form(app, asked, settled):
    client = FlaskClient(app.server, app.server.response_class)
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, settled)
    assert client.get(settled).status_code == 200


@pytest.mark.parametrize("page", ["winners", "budgets", "coverage", "compare", "table", "numbers"])
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
def test_a_settled_address_stays_as_it_is(client, page, data):
    names = [one.name for one in all_pages()[page].filters] + ["known_at"]
    text = st.text("EN0129~?-nominalrel:2345 é%&=", max_size=12)
    search = urlencode(data.draw(st.dictionaries(st.sampled_from(names), text, max_size=4)))
    edition = client.application.extensions["ennum"].edition()
    found = settled(f"/fr/{page}", search, edition)
    assert found is None or settled(f"/fr/{page}", found, edition) is None


def test_no_link_of_a_page_is_redirected(client):
    """Nor what is asked of a live page: it would be answered, and not kept."""
    edition = client.application.extensions["ennum"].edition()
    for path in ("/fr/", "/fr/winners?call=EN1~EN2&known_at=2020-01-31", "/fr/budgets?prices=real:2019",
                 "/fr/coverage?units=numbers", "/fr/compare", "/fr/table", "/fr/commune/63079"):  # fmt: skip
        page = html.unescape(client.get(path).get_data(as_text=True))
        for address in set(re.findall(r'(?:href|action)="(/[^"#]*)', page)):
            found, _, search = address.partition("?")
            if f"known_at={today()}" in search:
                continue  # from tomorrow on the address of a day that is past
            assert settled(found, search, edition) is None, (path, address)


@pytest.mark.parametrize("audience", Audience)
def test_only_what_is_public_may_be_kept_in_front(project, audience):
    client = create_app(project, audience).server.test_client()
    body = {"output": "evidence-body.children", "state": [], "changedPropIds": [],
            "outputs": {"id": "evidence-body", "property": "children"},
            "inputs": [{"id": "evidence-address", "property": "data",
                        "value": "/fr/figure/total_investment"}]}  # fmt: skip
    answers = [client.get(path) for path in ("/fr/", "/api/calls", "/fr/chart/timeline.svg")]
    answers.append(client.post("/_dash-update-component", json=body))
    for answer in answers:
        assert answer.status_code == 200
        told = answer.headers["Cache-Control"]
        if audience is Audience.PUBLIC:
            assert told == "public, max-age=0, s-maxage=2, must-revalidate"
        else:
            assert told == "private, no-cache"
    for path in ("/fr/search?q=verviers", "/fr/suggest?q=wifi", "/health", "/", "/xx/", "/fr/nothing"):
        assert "s-maxage" not in client.get(path).headers["Cache-Control"]


def test_a_notice_says_which_choice_was_none_and_what_is_shown(client):
    page = client.get("/en/budgets?prices=nonsense").get_data(as_text=True)
    assert "“Prices”: the choice asked for does not exist here, you see" in page
    assert "nonsense" not in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("winners?call=EN99", "everything"), ("winners?call=EN99~EN2018", "EN2018"), ("compare?what=EN9~EN2018", "EN2018"),
     ("budgets?prices=real:1850", "at current prices"), ("coverage?commune=vervier", "all communes")],
)  # fmt: skip
def test_what_is_not_there_is_never_taken_for_what_is_spelled_like_it(client, asked, shown):
    page = html.unescape(client.get(f"/en/{asked}").get_data(as_text=True))
    (notice,) = re.findall(r'<p class="notice" role="note">(.*?)</p>', page)
    assert notice.endswith(f"you see “{shown}”.")


def test_health_is_json_and_never_kept(server):
    answer, body = server.asked("/health")
    assert json.loads(body)["status"] == "ok"
    assert "no-store" in answer.headers["Cache-Control"]


# --- workers --------------------------------------------------------------------------------------------


def test_pages_of_the_first_answer_and_of_dash_are_one_tree(client):
    page = client.get("/de/budgets").get_data(as_text=True)
    first = json.loads(page.split('id="first-tree" type="application/json">')[1].split("</script>")[0])
    drawn = json.loads(client.post(inner.CALLBACK, json=asking_for_a_page("/de/budgets")).data)["response"]
    content = next(
        one for one in first["layout"]["props"]["children"] if one["props"].get("id") == inner.CONTENT
    )
    without = without_html(drawn[inner.CONTENT]["children"])
    assert content["props"]["children"] == without


def without_html(node):
    if isinstance(node, list):
        return [without_html(one) for one in node]
    if isinstance(node, dict):
        return {key: without_html(one) for key, one in node.items() if key != "html"}
    return node


def test_two_workers_give_the_same_and_end_with_their_parent(serving, project):
    server = serving(project.root, "--workers", "2")
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    started = [Path("/proc", one) for one in children.read_text().split()] if children.is_file() else []
    try:
        with ThreadPoolExecutor(20) as threads:
            found = list(threads.map(server.get, ["/fr/coverage?known_at=2020-01-31"] * 60))
        assert {status for status, _ in found} == {200}
        assert len({body for _, body in found}) == 1
        assert len(started) in (0, 2)
        if started:  # where the system is Linux
            server.process.kill()  # which leaves it no time to end them
    finally:
        server.stop()
    until(lambda: not any(one.exists() for one in started))


def until(condition):
    for _ in range(3_000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it does not come to that")


@pytest.mark.product
def test_servers_that_answer_in_turn_give_the_same_page(project, client):
    """Each process has an order of its own for what Python does not order: this one, and another."""
    asked = [f"/fr/{page.path}" for page in all_pages().values() if page.is_listed] + ["/fr/chart/timeline"]
    code = (
        "import sys, json; from pathlib import Path; from ennum_stats.project import Project;"
        "from dashboards.app import create_app;"
        "client = create_app(Project(Path(sys.argv[1]))).server.test_client();"
        "print(json.dumps([client.get(one).headers['ETag'] for one in sys.argv[2:]]))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, str(project.root), *asked],
        capture_output=True, check=True, text=True, env=os.environ | {"PYTHONHASHSEED": "1"},
    )  # fmt: skip
    assert json.loads(other.stdout) == [client.get(one).headers["ETag"] for one in asked]
