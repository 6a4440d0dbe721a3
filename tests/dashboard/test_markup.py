"""Whatever signs a text has, on a page it is words: in controls, in the head, in the name of a link."""

import re
from html.parser import HTMLParser

import pytest

from dashboards.components.controls import checks, finder, search, select
from dashboards.rendering.document import document
from dashboards.rendering.markup import html_of

HOSTILE = '"><img src=x onerror=alert(1)>&'


class Reader(HTMLParser):
    """What a browser makes of HTML: its elements, and the texts between and in them."""

    def __init__(self, markup):
        super().__init__()
        self.elements, self.texts = [], []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.texts += [value for _, value in attrs]

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize(
    "control",
    [
        select("of", HOSTILE, [("one", HOSTILE)], "one", field="f", slider=HOSTILE),
        checks("of", HOSTILE, [("one", HOSTILE)], "one", field="f"),
        search("of", HOSTILE, [("one", HOSTILE)], HOSTILE, field="f"),
        finder(HOSTILE, HOSTILE, "/fr/search", "/fr/suggest", HOSTILE, HOSTILE),
    ],
    ids=["select", "checks", "search", "finder"],
)
def test_no_text_of_a_control_is_markup(control):
    read = Reader(html_of(control))
    assert "img" not in read.elements
    assert read.texts.count(HOSTILE) >= 2


def test_no_title_or_description_of_a_page_is_markup(app):
    with app.server.app_context():
        read = Reader(document(language="fr", title=HOSTILE, description=HOSTILE, head="", body=""))
    assert "img" not in read.elements
    assert read.texts.count(HOSTILE) == 2


def test_a_choice_made_says_by_its_name_that_it_can_be_taken_away(client):
    page = client.get("/fr/winners?call=EN2018").text
    (chip,) = re.findall(r'<ul class="chips".*?</ul>', page, re.DOTALL)
    assert re.search(r'<a [^>]*aria-label="[^"]*EN2018', chip)
