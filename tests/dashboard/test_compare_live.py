"""Comparing in the browser: by pointer, by keyboard and without a script; each change is announced once."""

import json
from urllib.parse import unquote

from playwright.sync_api import expect

from bench.reader import LIVE, until
from tests.conftest import crossed
from tests.dashboard.conftest import OF_THIS_PAGE, violations
from tests.dashboard.test_unseen import said_once

SETTLED_MS = 250


def difference(reader, row):
    """How far a row of the table lies from the base, once the page shows it below its base."""
    reader.page.locator("#compared tbody tr:nth-child(2)", has_text=row).wait_for()
    return {told[0]: told[2] for told in reader.rows("#compared")}[row]


def test_7_and_8_from_the_navigation_in_four_clicks(reading):
    """Question 8, EN2018 against EN2019: 326 and 503 projects."""
    asks = reading("/fr/")
    asks.goes_to("Comparer")
    asks.click(asks.page.locator("#choice-what > summary"))
    for call in ("EN2018", "EN2019"):
        asks.click(asks.page.locator(f"#choice-what-{call}"))
    asks.page.locator("#compared tbody tr:nth-child(1)", has_text="EN2018").wait_for()
    assert difference(asks, "EN2019") == "177 de plus"
    assert asks.clicks == 4
    asks.chooses("#choice-of", "province")  # question 7
    asks.page.locator("h2", has_text="Ce que l’on peut dire malgré tout").wait_for()
    asks.page.locator(".content", has_text="On ne sait pas combien d’écoles n’y ont rien eu").wait_for()
    assert asks.page.locator(".notice[role=note]").count() == 0  # the calls are no mistake
    assert asks.faults == []


def test_8_from_a_point_of_a_chart_in_one_click(reading):
    asks = reading("/fr/point/winners_per_call.EN2019")
    asks.click(asks.page.locator("main").get_by_role("link", name="Comparer : EN2019"))
    asks.until("location.pathname.endsWith('/compare')")
    assert difference(asks, "EN2019") == "177 de plus"
    assert asks.clicks == 1
    assert asks.faults == []


def test_each_choice_is_announced_once_and_the_focus_stays(reading):
    reader = reading("/en/compare")
    page = reader.page
    page.wait_for_timeout(SETTLED_MS)
    page.locator("#choice-what > summary").click()
    page.locator("#choice-what-EN2018").check()
    assert said_once(reader, "Calls", "EN2018") == "choice-what-EN2018"
    page.locator("#choice-of").focus()
    reader.chooses("#choice-of", "day")
    assert said_once(reader, "Compare", "Days") == "choice-of"
    page.locator("#choice-what").fill("2018-01-01")
    page.keyboard.press("Enter")
    assert said_once(reader, "1 January 2018") == "choice-what"
    page.locator("#choice-what").fill("2020-01-31")
    page.keyboard.press("Enter")
    said_once(reader, "1 January 2018", "31 January 2020")
    assert "2018-01-01~2020-01-31" in unquote(page.url)
    page.locator("#compared").get_by_role("link", name="as the base").first.focus()
    page.keyboard.press("Enter")
    reader.until("location.search.includes('base=')")
    assert reader.faults == []


def test_a_sentence_is_copied_with_its_address(reading):
    reader = reading("/en/compare?what=EN2018~EN2019")
    button = reader.page.locator(".compared button").first
    told = json.dumps(button.get_attribute("data-copy"))
    assert "177 more" in told
    assert "compare?what=EN2018~EN2019" in button.get_attribute("data-address")


def test_without_a_script_the_form_does_the_same(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.address}/en/compare?of=day&what=2018-01-01")
    page.locator("form.choices [name=what]:not([type=hidden])").fill("2020-01-31")
    page.locator("form.choices button").click()
    expect(page.locator(".chips a")).to_have_count(2)
    page.locator(".chips a").first.click()
    expect(page.locator(".chips a")).to_have_count(1)
    context.close()


def test_axe_finds_nothing_whatever_is_compared(browser, server):
    page = browser.new_page(reduced_motion="reduce")
    everything = ("what=EN2~EN3~EN2018~EN2019", "of=programme", "of=day", "of=province")
    for asked, (width, scheme) in crossed(everything, ((320, "light"), (1280, "dark"))):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{server.address}/de/compare?{asked}")
        until(page, LIVE)
        page.wait_for_timeout(SETTLED_MS)
        assert violations(page, contrast=OF_THIS_PAGE) == [], asked
        assert page.evaluate("document.documentElement.scrollWidth") <= width, asked
