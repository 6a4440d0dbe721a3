"""What the browser asks of Dash: callbacks, what guards them, and the inner names of Dash that we rest on."""

import json
import re

import dash
import pytest
from cachetools import LRUCache
from dash import dcc

from dashboards import inner
from dashboards.callbacks import live_chart
from dashboards.serving import hosts_of
from ennum_stats.charts import CHARTS
from ennum_stats.drawing.picture import WIDTHS
from ennum_stats.languages import LANGUAGES, translate

OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


def ids(key):
    """The ids of a pattern with a chart: where it is asked for, and where it goes."""
    return {part: {"part": part, "chart": key, "place": ""} for part in ("ask", "live")}


def text_id(one):
    return json.dumps(one, separators=(",", ":"), sort_keys=True)


def asking_for_a_chart(name="winners_per_call", width="wide", path="/fr/", search="", dark=False):
    """What the renderer posts when a drawing comes into view."""
    both = ids(name)
    pattern = '{"chart":["MATCH"],"part":"live","place":["MATCH"]}.children'
    location = [
        {"id": inner.LOCATION, "property": key, "value": value}
        for key, value in (("pathname", path), ("search", search))
    ]
    data = {"chart": name, "width": width, "dark": dark}
    return {
        "output": pattern,
        "outputs": {"id": both["live"], "property": "children"},
        "inputs": [{"id": both["ask"], "property": "data", "value": data}],
        "changedPropIds": [f"{text_id(both['ask'])}.data"],
        "state": location,
    }


def asking_for_evidence(address):
    return {
        "output": "evidence-body.children",
        "outputs": {"id": "evidence-body", "property": "children"},
        "inputs": [{"id": "evidence-address", "property": "data", "value": address}],
        "changedPropIds": ["evidence-address.data"],
        "state": [],
    }


def asking_for_a_page(path, search=""):
    """What the router posts when the address becomes another one."""
    location = [
        {"id": inner.LOCATION, "property": key, "value": value}
        for key, value in (("pathname", path), ("search", search))
    ]
    return {
        "output": f"..{inner.CONTENT}.children...{inner.TITLE}.data..",
        "outputs": [{"id": inner.CONTENT, "property": "children"}, {"id": inner.TITLE, "property": "data"}],
        "inputs": [*location, {"id": "store", "property": "data", "value": "x"}],
        "changedPropIds": [f"{inner.LOCATION}.pathname"],
        "state": location,
    }


def posted(client, body, **headers):
    return client.post(inner.CALLBACK, json=body, headers={**OWN, **headers})


def in_answer(node):
    """Every text in an answer."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for one in node.values():
            yield from in_answer(one)
    elif isinstance(node, list):
        for one in node:
            yield from in_answer(one)


# --- answers --------------------------------------------------------------------------------------


def test_a_live_chart_has_the_numbers_of_its_document(client):
    # The kit, page on the six calls: 28, 72, 210, 570, 326, 503 winners.
    answer = posted(client, asking_for_a_chart(search="?known_at=2020-01-31"))
    assert answer.status_code == 200, answer.data[:200]
    (given,) = answer.get_json()["response"].values()
    texts = {text for text in in_answer(given) if re.fullmatch(r"\d+", text)}
    assert {"28", "72", "210", "570", "326", "503"} <= texts


@pytest.mark.parametrize("width", WIDTHS)
def test_a_live_chart_is_a_graph_of_the_size_of_its_drawing(app, width):
    with app.server.test_request_context("/"):
        made = live_chart({"chart": "winners_per_call", "width": width}, "/de/", "")
    assert isinstance(made, dcc.Graph)
    assert made.figure["layout"]["width"] == WIDTHS[width]


def test_evidence_beside_a_page_tells_its_documents_and_has_ids_of_its_own(client):
    answer = posted(client, asking_for_evidence("/fr/figure/en2019_projects?known_at=2020-01-31"))
    assert answer.status_code == 200
    told = list(in_answer(answer.get_json()))
    assert any("503" in text for text in told)
    assert any("dossier de presse" in text for text in told)
    assert "evidence-title" in told


def test_the_router_draws_the_page_of_an_address(client):
    answer = posted(client, asking_for_a_page("/nl/winners", "?known_at=2020-01-31"))
    assert answer.status_code == 200, answer.data[:300]
    told = answer.get_json()["response"]
    assert any(">503</" in text for text in in_answer(told[inner.CONTENT]))
    assert told[inner.TITLE]["data"]["title"].startswith(translate("Winners", "nl"))


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/fr/figure/nothing", 404),
        ("/fr/nothing", 404),
        ("nothing", 404),
        ("/fr/budgets", 400),  # a page is no evidence
        (None, 400),
        ({"a": 1}, 400),
        (7, 400),
        ("/fr/figure/" + "x" * 3000, 404),
    ],
)
def test_evidence_of_nothing_is_refused(client, address, code):
    answer = posted(client, asking_for_evidence(address))
    assert answer.status_code == code
    assert b"Traceback" not in answer.data


@pytest.mark.parametrize(
    "changes",
    [{"name": "nothing"}, {"name": "\ud800"}, {"name": "x" * 5000}, {"width": "huge"}, {"width": None},
     {"width": []}, {"name": 3}, {"path": None}, {"path": "/nowhere"}, {"search": 3}],
)  # fmt: skip
def test_a_chart_that_there_is_not_is_refused(client, changes):
    answer = posted(client, asking_for_a_chart(**changes))
    assert answer.status_code in (400, 404)
    assert json.loads(answer.data)["detail"]
    assert b"Traceback" not in answer.data


@pytest.mark.parametrize(
    "change",
    [
        {"output": "nobody.children"},
        {"output": 3},
        {"inputs": []},
        {"inputs": "x"},
        {"inputs": [{"value": 1}]},
        {"inputs": [[{"id": 1}]]},
        {"inputs": json.loads("[" * 900 + "]" * 900)},
        {"state": [1]},
        {"outputs": "x"},
        {"changedPropIds": "x"},
        {"changedPropIds": [1]},
        {"changedPropIds": ["nodot"]},
        {"output": {}},
        {"output": []},
        {"output": "nowhere.data"},  # the browser answers it
        {"outputs": {}},
        {"outputs": []},
        {"outputs": {"id": "evidence-body", "property": "style"}},
        {"outputs": {"id": {"a": 1}, "property": "children"}},
        {"inputs": [{"id": "store", "property": "data", "value": "x"}]},
        {"inputs": [{"id": ["evidence-address"], "property": "data", "value": "/fr/figure/x"}]},
        {"inputs": [{"id": "evidence-address", "property": "data"}, {}]},
        {"state": {"id": "x"}},
    ],
)
def test_a_callback_of_another_shape_is_refused(client, change):
    answer = posted(client, asking_for_evidence("/fr/figure/total_investment") | change)
    assert answer.status_code == 400
    assert json.loads(answer.data)["detail"]


@pytest.mark.parametrize(
    "key",
    [
        {},
        "chart",
        {"part": "ask", "chart": "timeline"},
        {"part": "ask", "chart": ["timeline"], "place": ""},
        {"part": "live", "chart": "timeline", "place": ""},
        {"part": "ask", "chart": "timeline", "place": "", "more": ""},
    ],
)
def test_a_chart_is_asked_for_at_a_place_of_its_pattern(client, key):
    body = asking_for_a_chart("timeline")
    assert posted(client, body).status_code == 200
    body["inputs"][0]["id"] = key
    assert posted(client, body).status_code == 400


@pytest.mark.parametrize("path", ["", "x", "/", "/fr", "/fr/nothing", "//fr/", "?", "\ud800", "/é/"])
def test_the_router_draws_no_page_that_there_is_not(client, path):
    answer = posted(client, asking_for_a_page(path))
    assert answer.status_code == 404
    assert json.loads(answer.data)["detail"]


def test_what_a_callback_does_not_read_makes_no_other_answer(app, client):
    body = asking_for_evidence("/fr/figure/total_investment")
    first = posted(client, body)
    before = len(app.answers.kept)
    for n in range(20):
        body["inputs"][0]["more"] = body["outputs"]["more"] = body["more"] = n
        body["changedPropIds"] = [f"evidence-address.{n}"]
        assert posted(client, body).data == first.data
    assert len(app.answers.kept) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_origins_are_refused_even_what_was_answered_before(client, headers):
    body = asking_for_evidence("/fr/figure/total_investment")
    assert posted(client, body).status_code == 200
    assert posted(client, body, **headers).status_code == 400


def test_over_long_selections_and_bodies_are_refused_or_cut(client):
    long = "~".join(["call"] * 5_000)
    assert client.get("/fr/budgets?by=" + long[:1500]).status_code == 200
    assert client.get("/fr/budgets?" + "&".join(f"a{n}=1" for n in range(90))).status_code == 200
    assert posted(client, asking_for_a_chart(search="?" + "x" * 100_000)).status_code == 413


@pytest.mark.parametrize(
    "asked",
    ["units=x%00y", "units=shares~numbers~shares", "share=" + "7~" * 900, "commune=" + "x" * 900,
     "province=nowhere&share=-1", "prices=real:1066", "call=" + "EN1~" * 400, "known_at=31.02.2020"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["winners", "coverage"])
def test_choices_that_there_are_not_give_the_nearest_view(client, path, asked):
    answer = client.get(f"/en/{path}?{asked}")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "Traceback" not in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "x" * 100 not in main
    assert main.count('role="note"') <= 40


@pytest.mark.parametrize(
    "address",
    [
        "/_dash-layout", "/_dash-dependencies", "/_dash-config", "/_reload-hash", "/_favicon.ico",
        "/_dash-component-suites/dash/dcc/dash_core_components.js",
        "/_dash-component-suites/plotly/package_data/plotly.min.js",
        "/_dash-component-suites/x/../../server.py", "/assets/boot.js", "/fr//budgets", "/fr/x/y/z",
    ],
)  # fmt: skip
def test_nothing_of_dash_is_given_but_what_pages_need(client, address):
    assert client.get(address).status_code == 404


def test_no_address_says_versions(client):
    page = client.get("/fr/").get_data(as_text=True)
    found = re.search(r'id="_dash-config" type="application/json">(.*?)</script>', page)[1]
    told = json.loads(found.replace("<\\/", "</"))
    assert not [name for name in told if "version" in name and isinstance(told[name], str)]
    assert dash.__version__ not in found
    assert "end_id" not in told


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "10.0.0.4", "", "[::1", "a b", "evil/@localhost"]
)
def test_another_name_that_leads_here_is_refused_even_what_was_answered_before(client, host):
    assert client.get("/fr/method").status_code == 200
    for address in ("/fr/method", "/health", "/api/figures", "/", "/fr/chart/timeline.svg"):
        answer = client.get(address, headers={"Host": host})
        assert answer.status_code == 400
        assert b"evil" not in answer.data


def test_a_server_answers_under_the_names_that_it_is_given():
    one = hosts_of("127.0.0.1", ["Stats.example.be"])
    assert all(map(one.allows, ("localhost:8050", "127.0.0.1", "[::1]:80", "stats.example.be:443")))
    assert not any(map(one.allows, ("10.0.0.4", "example.be", "x.stats.example.be")))
    reached = hosts_of("::")
    assert all(map(reached.allows, ("10.0.0.4:8050", "[2001:db8::1]:8050", "localhost")))
    assert not reached.allows("evil.example")


# --- what is kept ---------------------------------------------------------------------------------


def test_what_a_page_does_not_read_makes_no_other_answer(app, client):
    client.get("/fr/method")
    before = len(app.answers.kept)
    for n in range(30):
        assert client.get(f"/fr/method?x={n}").status_code == 200
    assert len(app.answers.kept) == before


def test_what_is_kept_is_bounded(app, client, monkeypatch):
    kept = LRUCache(120_000, getsizeof=app.answers.kept.getsizeof)
    monkeypatch.setattr(app.answers, "kept", kept)
    for n in range(20):
        posted(client, asking_for_evidence("/fr/figure/total_investment?known_at=2020-01-31"))
        client.get(f"/fr/method?known_at=2020-01-{1 + n}")
    assert 0 < len(kept) < 20
    assert kept.currsize == sum(1_000 + len(one.body) for one in kept.values()) <= 120_000
    app.answers.kept = LRUCache(1_000, getsizeof=kept.getsizeof)  # no answer is as small
    assert client.get("/fr/method").status_code == 200
    assert not app.answers.kept


def test_what_is_asked_of_another_form_of_an_address_is_answered_and_not_kept(app, client):
    body = asking_for_evidence("/fr/figure/total_investment")
    first = posted(client, body).data
    before = set(app.answers.kept)
    for n in range(5):
        assert posted(client, asking_for_evidence(f"/fr/figure/total_investment?x={n}")).data == first
    assert set(app.answers.kept) == before


# --- the inner names of Dash ------------------------------------------------------------------------


def test_dash_still_has_the_inner_names_that_we_rest_on(app):
    """Where this fails, Dash was changed: read `dashboards/inner.py` beside its new sources."""
    assert dash.__version__ == "4.4.1"
    assert isinstance(app._callback_list, list)
    assert {"output", "inputs", "state", "clientside_function"} <= set(app._callback_list[0])
    assert (inner.LOCATION, inner.CONTENT, inner.TITLE, inner.DUMMY) == (
        dash.dash._ID_LOCATION, dash.dash._ID_CONTENT, dash.dash._ID_STORE, dash.dash._ID_DUMMY,
    )  # fmt: skip
    found = [address or text for address, text in inner.scripts(app)]
    for part in ("react@", "react-dom@", "dash_renderer", "dash_core_components", "dash_html"):
        assert any(part in one for one in found), part
    assert inner.CALLBACK.strip("/") in {str(rule).strip("/") for rule in app.server.url_map.iter_rules()}


def test_every_chart_can_be_live_in_every_language(app):
    with app.server.test_request_context("/"):
        for name in CHARTS:
            for language in LANGUAGES:
                made = live_chart({"chart": name, "width": "narrow"}, f"/{language}/", "")
                assert isinstance(made, dcc.Graph)
