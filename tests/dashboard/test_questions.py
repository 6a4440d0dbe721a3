"""What a director asks, each answered from the overview in the browser, and in how many clicks.

The numbers expected are those of the press kit of January 2020 and of the articles after it.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def director(reading):
    """One reader for all questions: each begins anew at the overview."""
    return reading("/fr/")


@pytest.fixture
def asks(director):
    director.comes_to("/fr/")
    yield director
    assert director.faults == []


def bounds(text):
    """The least and the most that a number as a card writes it can be: 136,6–137,7."""
    found = [float(one.replace(",", ".")) for one in re.findall(r"\d+(?:,\d+)?", text)]
    return found[0], found[-1]


def is_on_the_first_screen(asks, place):
    box = asks.page.locator(place).first.bounding_box()
    return box["y"] + box["height"] <= asks.page.viewport_size["height"]


def test_1_what_has_been_spent_since_1999(asks):
    low, high = bounds(asks.text(".card .number"))
    assert low <= 137 <= high
    assert high - low < 2
    assert "1999-2019" in asks.text(".card .label")
    assert is_on_the_first_screen(asks, ".card")


def test_2_and_each_year_since_2012(asks):
    asks.goes_to("Budgets")
    asks.chooses("#choice-by", "year")
    asks.page.locator("#budgets-year").wait_for()
    spans = {row[0]: row[1] for row in asks.rows("#budgets-spans")}
    assert spans["EN2018 2017–2018"] == "6,9 M€"
    assert spans["EN2019 2018–2019"] == "6,8 M€"
    years = {row[0]: row for row in asks.rows("#budgets-year")}
    assert set(map(str, range(2012, 2020))) <= set(years)
    assert asks.clicks == 2


def test_3_which_call_gave_most_per_project(asks):
    asks.goes_to("Lauréats")
    per_project = round(6_910_088 / 326)  # EN2018
    heading = asks.text("h2:has-text('par projet')")
    assert re.search(rf"\b{per_project // 1000}\s{per_project % 1000}\b", heading)
    assert "EN2018" in heading
    assert asks.clicks == 1


def test_4_what_changed_since_the_last_kit(asks):
    told = asks.text(".changes")
    assert "janvier 2020" in told
    assert "762 projets" in told  # RTL/Belga, June 2020
    asks.click(asks.page.locator(".changes a").last)
    asks.until("document.querySelector('h1').textContent === 'Documents'")
    assert asks.clicks == 1


def test_5_how_sure_are_we_of_coverage(asks):
    card = asks.page.locator(".card", has_text="ayant au moins un projet")
    label, said = (card.locator(place).inner_text() for place in (".label", ".number"))
    asks.goes_to("Couverture")
    row = next(row for row in asks.rows("#interval") if row[0].startswith(label))
    assert bounds(row[1]) == bounds(said)  # one answer, not two
    assert asks.clicks == 1


def test_9_where_the_137_millions_come_from(asks):
    asks.click(asks.page.locator("a[data-evidence-link]").first)
    asks.page.locator("dialog[open] #evidence-parts").wait_for()
    parts = {row[0]: row[2] for row in asks.rows("#evidence-parts")}
    assert parts["Cyberécole"] == "environ 20 millions d’euros"
    assert parts["Cyberclasse"] == "environ 85 millions d’euros"
    assert parts["École Numérique"] == "plus de 25 millions d’euros"
    assert parts["Connectivité interne (projet pilote)"] == "7 124 359 euros"
    asks.click(asks.page.locator("dialog[open] a[href*='/document/']").first)
    asks.page.locator("h1", has_text="dossier de presse").wait_for()
    assert asks.clicks == 2


def test_10_what_did_we_know_on_1_january_2018(asks):
    listed = asks.page.locator("#known-at option").evaluate_all("(all) => all.map((o) => o.value)")
    asks.chooses("#known-at", max(day for day in listed if "" < day <= "2018-01-01"))
    asks.page.locator(".sentence strong").wait_for(state="attached")
    assert "12 implantations sur 200" in asks.text(".state")  # Parliament, 12 December 2017
    assert asks.text(".card .number") == "pas encore connu"  # first printed in January 2020
    assert asks.clicks == 1


def test_11_all_that_at_the_prices_of_2024(asks):
    asks.chooses("#choice-prices", "real:2024")
    asks.page.locator("#sum caption", has_text="aux prix de 2024").wait_for(state="attached")
    left = asks.page.evaluate(
        "(form) => document.querySelector('main').innerText.replace(form, '')",
        asks.page.locator("main form").first.inner_text(),
    )
    assert "euros courants" not in left
    low, high = bounds(asks.text(".card .number"))
    assert low > 137  # prices rose: the same amounts are more at those of 2024
    assert high < 2 * 137
    assert asks.clicks == 1


def test_12_how_many_applicants_for_one_winner(asks):
    asks.goes_to("Lauréats")
    headings = asks.page.locator("#winners-table thead th").all_inner_texts()
    place = next(n for n, one in enumerate(headings) if "pour un lauréat" in one)
    rows = {row[0].split()[0]: row[place] for row in asks.rows("#winners-table")}
    assert float(rows["EN2018"].replace(",", ".")) == round(781 / 326, 1)
    assert float(rows["EN2019"].replace(",", ".")) == round(762 / 503, 1)
    assert float(rows["EN2020"].replace(",", ".")) == round(955 / 679, 1)
    assert asks.clicks == 1


def test_13_how_far_is_wi_fi_and_what_is_planned(asks):
    asks.goes_to("Connectivité et équipement")
    assert "183 implantations sur 200" in asks.text(".content h2")
    planned = asks.text("h2:has-text('annoncés pour 2022-2026')")
    assert "120 millions d’euros" in planned
    assert "Wi-Fi : 60 M€" in planned
    counts = " ".join(" ".join(row) for row in asks.rows("#plan-2022-2026-counts"))
    assert "1 350 écoles" in counts  # Belga, 13 July 2023
    assert asks.clicks == 1


def inked(paper):
    """How far down each page of a PDF is printed on, without its number; from 0 to 1."""
    document = pypdfium2.PdfDocument(paper)
    for page in document:
        grey = page.render(scale=0.5, grayscale=True).to_pil()
        body = grey.crop((0, 0, grey.width, round(grey.height * 0.94)))
        box = body.point(lambda value: 255 * (value < 200)).getbbox()
        yield box[3] / body.height if box else 0
    document.close()


def test_16_print_the_page(asks):
    *full, last = inked(asks.page.pdf(prefer_css_page_size=True))
    assert all(page > 0.6 for page in full)
    assert last > 0.1
    assert len(full) <= 2


def test_17_the_same_in_german(asks):
    asks.goes_to("Connectivité et équipement")
    remark = "#done-numbers tbody td:last-child"
    told = asks.page.locator(remark).all_inner_texts()
    asks.click(asks.page.get_by_role("link", name="DE", exact=True))
    asks.page.locator("html[lang=de] h1", has_text="Konnektivität").wait_for()
    german = asks.page.locator(remark).all_inner_texts()
    assert len(german) == len(told)
    assert all(one != other for one, other in zip(told, german, strict=True) if one.strip())
    assert asks.clicks == 2


def test_18_whom_do_i_call_about_it(asks):
    contact = asks.page.locator("main .contact a")
    assert contact.get_attribute("href") == "tel:1718"
    assert "SPW Emploi" in asks.text("main .contact")
    assert is_on_the_first_screen(asks, "main .contact")


def test_19_when_was_it_updated(asks):
    published = datetime.fromisoformat(asks.server.health()["published_at"])
    there = published.astimezone(ZoneInfo("Europe/Brussels"))
    assert f"{there:%H:%M}, heure belge" in asks.text("main")
    fresh = asks.page.locator("section", has_text="De quand datent ces chiffres").last
    assert "18 mars 2025" in fresh.inner_text()
