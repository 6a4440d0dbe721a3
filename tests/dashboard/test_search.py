"""The search of the header: without scripts as a form, with them as a combobox for keyboard and pointer."""

import json
import re

import pytest

from dashboards.view import Filter, settled_choice
from ennum_stats.errors import message
from tests.dashboard.conftest import page_of

TEXT = Filter("q", message("Search"), lambda _ledger, _language: [], is_text=True)


def links(page):
    main = page.partition("<main")[2]
    return re.findall(r'<li><a href="([^"]+)"', main)


@pytest.mark.parametrize(
    ("language", "text", "address"),
    [
        ("fr", "Verviers", "/fr/commune/63079"),
        ("de", "Lüttich", "/de/commune/62063"),
        ("nl", "Luik", "/nl/commune/62063"),
        ("en", "EN2018", "/en/winners?call=EN2018"),
        ("fr", "Hainaut", "/fr/province/hainaut"),
        ("de", "Abdeckung", "/de/coverage"),
        ("nl", "Batichronique", "/nl/document/batichronique-2018"),
        ("en", "school site", "/en/glossary#site"),
        ("fr", "lauréat", "/fr/glossary#winner"),
    ],
)
def test_results_lead_to_their_pages(client, language, text, address):
    page = page_of(client, f"/{language}/search?q={text}")
    assert address in links(page)
    assert client.get(address).status_code == 200


def test_every_result_is_a_page(client):
    for text in ("budget", "wifi", "liège", "2018", "projets"):
        found = links(page_of(client, f"/fr/search?q={text}"))
        assert found
        for address in found:
            assert client.get(address).status_code == 200, address


def test_the_day_goes_along(client):
    page = page_of(client, "/fr/search?q=EN2018&known_at=2020-01-31")
    assert any("known_at=2020-01-31" in address for address in links(page))
    assert 'name="known_at" value="2020-01-31"' in page


def test_what_was_typed_is_shown_and_harmless(client):
    text = '<b onclick="x">"\'&amp;'
    answer = client.get("/fr/search", query_string={"q": text})
    assert answer.status_code == 200
    assert "<b onclick" not in answer.get_data(as_text=True)
    told = json.loads(client.get("/fr/suggest", query_string={"q": text}).get_data())
    assert told["groups"] == []


@pytest.mark.parametrize("text", ["", "v", "zzzzqqq", "~", "~~~", "é" * 150, "a" * 1500, "%00x"])
def test_whatever_is_typed_gets_a_sentence(client, text):
    for path in ("search", "suggest"):
        answer = client.get(f"/nl/{path}", query_string={"q": text})
        assert answer.status_code == 200, (path, text)


def test_suggestions_are_few_and_lead_somewhere(client):
    told = json.loads(client.get("/de/suggest?q=budget").get_data())
    items = [item for group in told["groups"] for item in group["items"]]
    assert 3 <= len(items) <= 8
    assert all(item["address"].startswith("/de/") for item in items)
    assert any(is_typed for part, is_typed in items[0]["label"])
    assert json.loads(client.get("/de/suggest?q=b").get_data())["groups"] == []


def test_texts_are_one_question_where_they_find_the_same():
    ledger = None
    forms = {settled_choice(TEXT, {"q": text}, ledger, {}) for text in ("a b", " a  b ", "a~b", "a\u00a0b")}
    assert forms == {"a b"}
    assert len(settled_choice(TEXT, {"q": "x" * 999}, ledger, {})) <= 80


def test_answers_to_what_was_typed_are_not_kept(app, client):
    client.get("/fr/commune/63079")
    before = set(app.answers.kept)
    for n in range(5):
        for path in ("search", "suggest", "commune/63079", "numbers"):
            client.get(f"/fr/{path}?q=nonsense{n}")
    assert set(app.answers.kept) == before


def test_the_page_is_not_in_the_navigation_and_needs_no_script(client):
    page = page_of(client, "/fr/search")
    form = re.search(r'<form class="finder".*?</form>', page, re.DOTALL)[0]
    assert 'action="/fr/search"' in form
    assert 'method="get"' in form
    assert "/fr/search" not in re.search(r'<nav[^>]*class="pages".*?</nav>', page, re.DOTALL)[0]


def test_by_keyboard(reading):
    """Typed, chosen with the arrows, opened with Enter; closed with Escape."""
    reader = reading("/fr/")
    field = reader.page.locator("#q")
    field.focus()
    reader.page.keyboard.type("verv")
    reader.until("document.querySelectorAll('.near [role=option]').length === 1")
    assert field.get_attribute("aria-expanded") == "true"
    reader.page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "verv"
    reader.page.keyboard.press("ArrowDown")
    reader.until("document.querySelectorAll('.near [role=option]').length === 1")
    reader.page.keyboard.press("ArrowDown")
    reader.until("document.querySelector('#q').getAttribute('aria-activedescendant') === 'q-0'")
    reader.page.keyboard.press("Enter")
    reader.page.locator("h1").get_by_text("Verviers", exact=True).wait_for()
    assert reader.page.evaluate("location.pathname") == "/fr/commune/63079"
    field.focus()
    reader.page.keyboard.type("budget")
    reader.page.keyboard.press("Enter")
    reader.until("location.search === '?q=budget'")
    reader.page.locator(".results a").first.wait_for()
    field.fill("")
    field.focus()
    reader.page.keyboard.type("projets EN2018")
    reader.until("(document.querySelector('.near [role=option]')?.textContent ?? '').startsWith('326')")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    reader.page.locator("p.answer").get_by_text("326").wait_for()
    reader.page.locator("p.answer button").focus()
    reader.page.keyboard.press("Enter")
    reader.page.locator("[role=status]").get_by_text("Copié.").wait_for()
    reader.page.locator("summary").get_by_text("Lecture de la question").press("Enter")
    reader.page.locator("dd").get_by_text("EN2018").first.wait_for()
    assert not reader.faults


def test_without_scripts(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address + "/nl/")
    page.fill("#q", "Luik")
    page.press("#q", "Enter")
    page.locator(".results a").first.click()
    assert page.locator("h1").inner_text() == "Luik"
    context.close()


def test_a_question_that_nothing_answers_says_so_and_what_comes_near(client):
    main = page_of(client, "/de/search?q=Wie viele Gewinner hatte EN2021?").partition("<main")[2]
    assert ">Keine Antwort<" in main
    assert "nicht bekannt" in main


def test_a_sum_stands_beside_no_number_of_one_call(client):
    main = page_of(client, "/fr/search?q=Total des projets EN1 et EN2").partition("<main")[2]
    assert "100 projets" in main.replace("\xa0", " ")
    assert 'class="cards' not in main


def test_places_alone_are_set_side_by_side_and_a_number_is_looked_up(client):
    """1,350 schools and networks of the Wi-Fi plan; 1350 is also a postal code."""
    main = page_of(client, "/fr/search?q=Hainaut ou Liège").partition("<main")[2]
    assert re.search(r'href="/fr/compare\?of=province[^"]*hainaut[^"]*liege', main)
    main = page_of(client, "/en/search?q=1350").partition("<main")[2]
    assert "1,350" in main.partition(">Answer<")[2][:400]
    assert "Orp-Jauche" in main


def test_places_side_by_side_stand_first_as_one_types(client):
    """Liège is a commune as well: what is typed names two provinces."""
    for language, text in (("de", "Hennegau oder Lüttich"), ("nl", "Henegouwen of Luik")):
        told = json.loads(client.get(f"/{language}/suggest", query_string={"q": text}).get_data())
        first = told["groups"][0]["items"][0]
        assert first["label"][0][0] in told["said"]
        main = page_of(client, first["address"]).partition("<main")[2]
        assert re.search(rf'href="/{language}/compare\?of=province[^"]*hainaut[^"]*liege', main)
        assert "ennum import" not in main


@pytest.mark.parametrize(
    ("language", "heading", "question", "number"),
    [("fr", "Réponse", "Combien de lauréats en 2020 ?", "679"), ("en", "Answer", "How many winners in 2020?", "679"),
     ("de", "Antwort", "Wie viele Gewinner 2020?", "679"), ("nl", "Antwoord", "Hoeveel laureaten in 2020?", "679"),
     ("fr", "Réponse", "Combien de lauréats en 2031 ?", "")],
)  # fmt: skip
def test_a_question_gets_its_answer_above_the_links(client, language, heading, question, number):
    """With the chart that draws the number, and first of what is suggested, also to readers of screens."""
    main = page_of(client, f"/{language}/search?q={question}").partition("<main")[2]
    assert (f">{heading}<" in main) is bool(number)
    assert number in main.partition(f">{heading}<")[2][:600]
    assert re.findall(r'data-chart="(\w+)"', main) == ["winners_per_call"] * bool(number)
    told = json.loads(client.get(f"/{language}/suggest", query_string={"q": question}).get_data())
    assert told["said"].startswith(number)
