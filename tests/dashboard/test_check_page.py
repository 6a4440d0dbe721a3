"""The page that checks a reader's own text: what it shows, what it refuses, and that it keeps nothing."""

import io
import re

import pytest
from werkzeug import formparser

from dashboards.server.guards import MAX_TEXT
from ennum_stats.languages import LANGUAGES
from tests.conftest import crossed
from tests.dashboard.conftest import violations

SENTENCE = "Le jury a retenu 1234 projets dans les écoles de la région, en <b>deux</b> ans."


def posted(client, language="fr", headers=(), **form):
    return client.post(
        f"/{language}/check", data=form, content_type="multipart/form-data", headers=dict(headers)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_comes_back_with_its_numbers_marked(client, language):
    page = client.get(f"/{language}/check").get_data(as_text=True)
    assert re.search(r'<form[^>]*method="post"', page)
    answer = posted(client, language, text=SENTENCE)
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert re.search(r"<mark[^>]*>1234</mark><sup>[^ ]", shown)
    assert "<b>deux" not in shown
    assert "<script" not in shown  # Dash would draw the page of its address in its place


def test_a_file_is_read_by_its_name_and_bad_ones_are_told(client):
    shown = posted(client, file=(io.BytesIO(SENTENCE.encode()), "a.txt")).get_data(as_text=True)
    assert ">1234</mark>" in shown
    for form in ({"file": (io.BytesIO(b"x"), "a.xyz")}, {"file": (io.BytesIO(b"x"), "a.docx")}, {"text": " "}, {},
                 {"text": "EN2018: 12"}, {"text": SENTENCE, "date": "never"}):  # fmt: skip
        answer = posted(client, **form)
        assert answer.status_code == 200
        assert "</strong>" in answer.get_data(as_text=True)
        assert "<mark" not in answer.get_data(as_text=True)


def test_a_language_that_is_not_clear_can_be_chosen_below(client):
    shown = posted(client, "nl", text="EN2018: 12").get_data(as_text=True)
    field = re.search(r'<label for="check-lang">(.*?)</label>', shown)[1]
    assert field in re.search(r"<strong>(.*?)</strong>", shown)[1]


def test_nothing_of_a_text_is_kept_and_no_other_site_sends_one(client, app, caplog, monkeypatch):
    monkeypatch.setattr(formparser, "SpooledTemporaryFile", pytest.fail)  # where large files go by default
    before = len(app.answers.kept)
    head = '--xxx\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n--xxx--\r\n'
    for body in (
        head.format('file"; filename="a.txt', "Un mot de la ville. " * 40_000),
        head.format("text", SENTENCE),
    ):
        answer = client.post(
            "/fr/check", data=body.encode(), content_type="multipart/form-data; boundary=xxx"
        )
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
    assert len(app.answers.kept) == before
    assert "1234" not in caplog.text
    assert posted(client, headers={"Origin": "https://other.example"}, text=SENTENCE).status_code == 400
    assert posted(client, headers={"Sec-Fetch-Site": "cross-site"}, text=SENTENCE).status_code == 400
    assert client.post("/fr/check", data=b"x" * (MAX_TEXT + 1)).status_code == 413
    assert client.post("/fr/budgets", data={"text": SENTENCE}).status_code == 405


CLAIMS = {
    "fr": "L’appel EN2019 a retenu 530 projets et l’appel EN2018 326 projets dans les écoles de Wallonie.",
    "de": "Der Aufruf EN2019 hat 530 Projekte ausgewählt und der Aufruf EN2018 326 Projekte der wallonischen Schulen.",
    "nl": "De oproep EN2019 selecteerde 530 projecten en de oproep EN2018 326 projecten van de scholen in Wallonië.",
    "en": "The call EN2019 selected 530 projects and the call EN2018 326 projects of the schools in Wallonia.",
}
"""Chart 1 of the press kit of January 2020 has 503 of EN2019, and 326 of EN2018."""
VISITS = ((320, "light", False), (390, "dark", False), (1280, "light", True), (1280, "dark", True))


@pytest.mark.parametrize(("language", "visit"), crossed(LANGUAGES, VISITS))
def test_a_text_is_checked_by_keyboard_alone(browser, server, language, visit):
    """With scripts and without, on a phone and a desk; what was chosen stays for the next try."""
    width, scheme, has_scripts = visit
    window = {"width": width, "height": 800}
    page = browser.new_page(java_script_enabled=has_scripts, color_scheme=scheme, viewport=window)
    page.goto(f"{server.address}/{language}/check")

    def tabs_to(place):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement === document.querySelector('{place}')"):
                return
        raise AssertionError(place)

    tabs_to("#check-text")
    page.keyboard.insert_text(CLAIMS[language])
    tabs_to("#check-lang")
    page.keyboard.press("ArrowDown")
    tabs_to("form.check button")
    chosen = page.locator("#check-lang").input_value()
    assert chosen
    page.keyboard.press("Enter")
    page.locator(".checked").wait_for()
    assert page.locator("#check-lang").input_value() == chosen
    page.locator("#check-lang").select_option(language)
    page.locator("form.check button").press("Enter")
    page.locator(".checked mark.contradicted").get_by_text("530", exact=True).wait_for()
    assert page.locator(".checked mark.exact").inner_text() == "326"
    assert "503" in page.locator(".checked dd").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not has_scripts or violations(page) == []
    tabs_to(".checked sup a")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#remark-1"
