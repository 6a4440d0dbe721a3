"""What a worker keeps: one answer a view, however it is asked for, and made before a new store is shown."""

import copy
import json

import pytest
from werkzeug.test import EnvironBuilder

from dashboards import inner, served_store
from dashboards.app import create_app
from dashboards.latest import Latest
from dashboards.registry import all_pages
from dashboards.server.questions import listed_questions, question_of
from ennum_stats.languages import LANGUAGES
from ennum_stats.store.build import build


def key_of(address):
    return question_of(EnvironBuilder(address).get_environ(), None).key


def posted_key(asked, **headers):
    builder = EnvironBuilder(inner.CALLBACK, method="POST", json=asked, headers=headers)
    question = question_of(builder.get_environ(), None)
    return question and question.key


def router_asks(path="/fr/winners", search="", store="x", changed="pathname"):
    where = [
        {"id": inner.LOCATION, "property": name, "value": value}
        for name, value in (("pathname", path), ("search", search))
    ]
    return {
        "output": inner.ROUTER,
        "outputs": [
            {"id": inner.CONTENT, "property": "children"},
            {"id": inner.TITLE, "property": "data"},
        ],
        "inputs": [*where, {"id": "store", "property": "data", "value": store}],
        "changedPropIds": [f"{inner.LOCATION}.{changed}"],
        "parsedChangedPropsIds": [inner.LOCATION],
        "state": copy.deepcopy(where),
    }


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("/fr/winners?call=EN1&known_at=2020", "/fr/winners?known_at=2020&call=EN1", True),
        ("/fr/winners?call=EN1&call=EN2", "/fr/winners?call=EN1~EN2", True),
        ("/fr/winners?utm_source=x", "/fr/winners", True),
        ("/fr/winners", "/de/winners", False),
        ("/fr/winners?call=EN1", "/fr/winners?call=EN2", False),
        ("/fr/winners", "/fr/budgets", False),
        ("/fr/winners?known_at=2020", "/fr/winners", False),
    ],
)
def test_a_view_is_one_question_however_its_address_is_written(one, other, is_same):
    assert (key_of(one) == key_of(other)) is is_same
    pages = [router_asks(*address.split("?")) for address in (one, other)]
    assert (posted_key(pages[0]) == posted_key(pages[1])) is is_same


def test_a_page_drawn_anew_does_not_depend_on_what_had_changed():
    assert posted_key(router_asks()) == posted_key(router_asks(store="y", changed="search"))


def test_what_another_site_asks_is_no_question_of_ours():
    assert posted_key(router_asks(), Origin="https://evil.example") is None
    assert posted_key(router_asks(), Origin="http://localhost") == posted_key(router_asks())


def test_the_last_values_are_kept_and_no_more():
    latest, made = Latest(2), []
    for key in (1, 2, 1, 3, 1, 2):
        latest.of(key, lambda key=key: made.append(key) or -key)
    assert made == [1, 2, 3, 2]
    assert list(latest) == [1, 2]


def test_a_new_store_is_shown_with_its_pages_made(built_copy, monkeypatch):
    monkeypatch.setattr(served_store, "_SECONDS_BEFORE_SHOWN", 600)
    app = create_app(built_copy.project)
    client, store = app.server.test_client(), app.server.extensions["ennum"]
    chosen = "/fr/winners?call=EN2019&known_at=2020-01-31"
    assert client.get(chosen, headers={"Accept-Encoding": "br"}).status_code == 200
    built_copy.cell(
        "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019", "value", "504"
    )
    build(built_copy.project)
    store.look()
    monkeypatch.setattr(app.kept, "_application", None)  # nothing can be made any more
    browser = {"Accept-Encoding": "gzip, deflate, br"}
    paths = [page.path for page in all_pages().values() if page.is_listed]
    for address in [chosen, *(f"/{code}/{path}" for code in LANGUAGES for path in paths)]:
        assert client.get(address, headers=browser).status_code == 200
        asked = router_asks(*address.split("?"), store=store.shown.published.content_hash)
        if address != chosen:
            answer = client.post(inner.CALLBACK, json=asked, headers=browser)
            assert answer.status_code == 200
    assert len([*listed_questions()]) == 2 * len(LANGUAGES) * len(paths) + 1


def test_pages_of_the_first_answer_and_of_dash_are_one_tree(client):
    page = client.get("/de/budgets").get_data(as_text=True)
    first = json.loads(
        page.split('id="first-tree" type="application/json">')[1].split("</script>")[0]
    )
    asked = router_asks("/de/budgets")
    drawn = json.loads(client.post(inner.CALLBACK, json=asked).data)["response"]
    content = next(
        one
        for one in first["layout"]["props"]["children"]
        if one["props"].get("id") == inner.CONTENT
    )
    without = without_html(drawn[inner.CONTENT]["children"])
    assert content["props"]["children"] == without


def without_html(node):
    if isinstance(node, list):
        return [without_html(one) for one in node]
    if isinstance(node, dict):
        return {key: without_html(one) for key, one in node.items() if key != "html"}
    return node
