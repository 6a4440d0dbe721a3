"""A page in two forms: HTML for the first answer, and a tree with still parts for Dash. They are the same."""

import json

import lxml.html
import pytest
from dash import dcc, html

from dashboards import inner
from dashboards.components.browser import Drawing, Kept, Select, Static
from dashboards.islands import islands
from dashboards.markup import html_of, json_of
from tests.dashboard.test_kept import router_asks

ADDRESSES = ("", "winners", "coverage", "documents", "figure/en_coverage", "chart/winners_per_call")
SILENT = ("LastVisit", "Points")


def walked(node, element):
    """Still parts with the elements in which `boot.js` finds them, which has nothing but their order."""
    if node["type"] == "Static":
        yield node["props"], element
    children = node["props"].get("children")
    following = iter(element)
    for one in children if isinstance(children, list) else [children]:
        is_component = isinstance(one, dict) and "props" in one
        if is_component and is_written(one):
            yield from walked(one, next(following))


def is_written(node):
    if node["namespace"] == "dashboards":
        return node["type"] not in SILENT
    return node["namespace"] == "dash_html_components"


def words_of(text):
    return "".join(lxml.html.fragment_fromstring(text, create_parent="div").itertext())


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_tree_has_the_elements_of_the_html_and_the_parts_that_dash_is_given_later(client, name):
    page = client.get(f"/de/{name}").get_data(as_text=True)
    drawn = lxml.html.fromstring(page).get_element_by_id("first")[0]
    written = lxml.html.fromstring(page).get_element_by_id("first-tree").text
    found = [*walked(json.loads(written)["layout"], drawn)]
    assert found
    assert all("html" not in props for props, _ in found)
    asked = client.post(inner.CALLBACK, json=router_asks(f"/de/{name}"))
    told = []

    def collect(node):
        if isinstance(node, list):
            [collect(one) for one in node]
        elif isinstance(node, dict) and node.get("type") == "Static":
            told.append(node["props"])
        elif isinstance(node, dict):
            collect(node.get("props", {}).get("children"))

    collect(asked.get_json()["response"][inner.CONTENT]["children"])
    for (props, element), other in zip(found, told, strict=True):
        assert element.tag == props["tag"] == other["tag"]
        assert props["props"] == other["props"]
        assert "".join(element.itertext()) == words_of(other["html"])


def test_only_what_nobody_asks_for_becomes_html():
    chosen = Select("by", "By", [("a", "A")], "a", field="by")
    tree = html.Div(
        [
            html.P(["one ", html.B("two"), Drawing("<svg></svg>"), Kept("a", "b")], className="p"),
            html.P(chosen),
            html.P("three", id="known"),
            html.P("four", id={"part": 1}),
            html.P(html.Span("five", id="known")),
            html.Main(html.P("six")),
            html.Img(src="/x"),
            dcc.Store(id="s"),
            "seven",
        ]
    )
    still, select, *others = islands(tree, {"known"}).children
    assert isinstance(still, Static)
    assert still.html == (
        'one <b>two</b><div class="drawing"><svg></svg></div>'
        '<input type="hidden" name="a" value="b">'
    )
    assert select.children is chosen
    kinds = [getattr(one, "_type", "") for one in others]
    assert kinds == ["P", "P", "P", "Main", "Img", "Store", ""]
    assert isinstance(others[3].children, Static)
    assert html_of(islands(tree, {"known"})) == html_of(tree)
    assert "six" not in json_of(islands(tree, ()))


def test_a_page_is_not_changed_by_what_dash_is_given():
    tree = html.Div([html.P("a"), dcc.Store(id="s")])
    before = tree.to_plotly_json()
    islands(tree, ())
    assert tree.to_plotly_json() == before
