"""The overview: one screen, its sum and what changed; no control leaves anything behind."""

import html
import re

import pytest

from ennum_stats.languages import LANGUAGES
from ennum_stats.quantities import Quantity

MONEY = re.compile(r"€|euro|Euro")


def main_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.data[:300]
    page = answer.get_data(as_text=True)
    main = re.sub(r"<svg.*?</svg>", "", re.search(r"<main.*?</main>", page, re.DOTALL)[0], flags=re.DOTALL)
    main = re.sub(r' data-store="\w+"', "", main)  # a fingerprint may hold any digits
    return html.unescape(main).replace("\u00a0", " ")


def rows_of(main, table):
    """The rows of a table as texts, without its heading."""
    body = re.search(rf'<table[^>]* id="{table}".*?</table>', main, re.DOTALL)
    body = body or re.search(rf'<table id="{table}".*?</table>', main, re.DOTALL)
    assert body, table
    rows = re.findall(r"<tr.*?</tr>", body[0], re.DOTALL)[1:]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def numbers_with_evidence(main):
    """What a reader can follow to its documents: text by address."""
    links = re.findall(r'<a href="([^"]+)"[^>]*data-evidence-link=""[^>]*>(.*?)</a>', main, re.DOTALL)
    return {address: re.sub(r"<[^>]+>", "", text) for address, text in links}


def test_the_sum_names_both_totals_and_what_differs(client):
    """Question 1, no click; question 9, one click from each part."""
    main = main_of(client, "/fr/")
    rows = dict(rows_of(main, "sum"))
    # The kit: 20 + 85 + 25.1 + 7.1 = 137 million; EN2020 awarded 8.7 (RTL/Belga, June 2020).
    assert rows["Cyberécole"] == "20 M€"
    assert rows["Cyberclasse"] == "85 M€"
    assert rows["École Numérique"] == "25,1 M€"
    assert rows["Connectivité interne"] == "7,1 M€"
    assert "136,6–137,7 M€" in rows["Total 1999-2019"]
    assert rows["+ EN2020, après 2019"] == "8,7 M€"
    # 136.63 + 8.65 to 137.66 + 8.75
    assert "145,2–146,5 M€" in rows["Total avec EN2020"]
    leads = numbers_with_evidence(main)
    for name in ("cyberecole_budget", "cyberclasse_budget", "en_budget_2012_2019", "connectivity_budget",
                 "total_investment", "en2020_budget"):  # fmt: skip
        assert f"/fr/figure/{name}" in leads


def test_before_the_later_call_there_is_one_total(client):
    main = main_of(client, "/en/?known_at=2020-01-31")
    assert "137" in main
    assert "146" not in re.sub(r"<[^>]+>", " ", main)
    assert "EN2020" not in str(rows_of(main, "sum"))


def test_146_is_never_said_without_what_differs(client):
    for address in ("/fr/", "/fr/budgets", "/fr/budgets?by=year", "/fr/chart/budget_by_programme"):
        main = main_of(client, address)
        for section in re.findall(r"<(?:section|figure).*?</(?:section|figure)>", main, re.DOTALL):
            if "146" in section:
                assert "EN2020" in section or "2020" in section, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_state_is_said_in_a_sentence_of_numbers(client, language):
    state = re.search(r'<p class="state">(.*?)</p>', main_of(client, f"/{language}/"), re.DOTALL)[1]
    for told in ("137", "679", "183", "200"):
        assert told in state
    early = re.search(
        r'<p class="state">(.*?)</p>', main_of(client, f"/{language}/?known_at=2000-01-01"), re.DOTALL
    )
    assert "679" not in (early[1] if early else "")


def test_prices_change_every_amount_of_the_page_or_it_says_why_not(client):
    """Question 11: one choice, and nothing is left behind."""
    nominal, real = (main_of(client, f"/en/{asked}") for asked in ("", "?prices=real:2019"))
    assert dict(rows_of(nominal, "sum")).keys() == dict(rows_of(real, "sum")).keys()
    for before, after in zip(rows_of(nominal, "sum"), rows_of(real, "sum"), strict=True):
        assert before[1] != after[1], before
    cards = [re.findall(r'<li class="card.*?</li>', page, re.DOTALL) for page in (nominal, real)]
    for before, after in zip(*cards, strict=True):
        number = re.search(r'class="number.*?</p>', before, re.DOTALL)[0]
        if MONEY.search(number):
            assert "at the prices of 2019" in after or "at current prices" in after
            assert "prices=real%3A2019" in after  # its evidence is at the same prices
        else:
            assert number in after
    assert "at the prices of 2019" in re.search(r'<p class="state">(.*?)</p>', real)[1]
    titles = [re.findall(r'class="subtitle">(.*?)</p>', page) for page in (nominal, real)]
    assert [title for title in titles[0] if "current prices" in title]
    assert not [title for title in titles[1] if "current prices" in title]


def test_evidence_keeps_the_prices_chosen(client):
    main = main_of(client, "/en/figure/cyberclasse_budget?prices=real:2019")
    assert "at the prices of 2019" in main
    assert "84.5" in main
    drawn = client.get("/en/chart/budget_per_call.csv?prices=real:2019").data
    assert drawn != client.get("/en/chart/budget_per_call.csv").data


def test_what_changed_since_the_kit_leads_to_all_changes(client):
    main = main_of(client, "/en/")
    assert "What changed since the press kit" in main
    assert re.search(r'href="/en/documents\?start=[\d-]+#changes"', main)
    assert "Belgian time" in main


def test_a_bar_of_unknown_size_is_not_drawn():
    from dashboards.components.bars import BarredNumber

    assert BarredNumber("?").middle == 0
    assert BarredNumber("5", Quantity.exact(5, "EUR")).starting(3).start == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_is_one_screen(browser, server, language):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    for _ in range(2):  # the second time the typeface is there before the first paint
        page.goto(f"http://127.0.0.1:{server.port}/{language}/")
        page.locator("html[data-dash=live]").wait_for()
    for part in (".state", ".key-figures", ".sum", ".timeline", ".changes", ".halves"):
        box = page.locator(part).bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800, part


def test_the_last_visit_is_kept_by_the_browser_alone(browser, server):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en")
    page = context.new_page()
    address = f"http://127.0.0.1:{server.port}/en/"
    page.goto(address)
    page.locator("html[data-dash=live]").wait_for()
    page.locator(".changes").wait_for()
    assert page.locator(".changes", has_text="your last visit").count() == 0
    page.evaluate("localStorage.setItem('visits', JSON.stringify({today: '2020-06-30'}))")
    page.goto(address)
    link = page.locator(".changes a", has_text="30 June 2020")
    link.wait_for()
    link.click()
    page.locator("#changes").wait_for()
    assert "start=2020-06" in page.url or "start=2020-0" in page.url
    assert context.cookies() == []
    context.close()
