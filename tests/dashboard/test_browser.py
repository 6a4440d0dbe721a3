"""The dashboard in a real browser: axe-core on every page, the keyboard, without a script, live."""

import json
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboards.pages import PAGES
from ennum_stats.languages import LANGUAGES
from ennum_stats.store.build import build

pytestmark = pytest.mark.browser
ADDRESSES = [*PAGES, "figure/total_investment", "chart/winners_per_call"]
VIEWS = [
    *((language, *view) for language in LANGUAGES for view in (("light", 1280), ("dark", 320))),
    ("fr", "light", 320), ("fr", "dark", 1280),
]  # fmt: skip
"""Each language, scheme and width with each other once; all three at once would say it again."""


def opened(browser, server, path, **options):
    context = browser.new_context(**options)
    page = context.new_page()
    faults = []
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request", lambda asked: asked.url.startswith(server.address) or faults.append(asked.url)
    )
    page.goto(server.address + path)
    return context, page, faults


def until(page, condition):
    """Waits for a condition; Playwright's own waiting needs an `eval` that our policy forbids."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        time.sleep(0.05)
    raise AssertionError(condition)


@pytest.mark.parametrize(("language", "scheme", "width"), VIEWS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    browser, server, language, scheme, width
):
    context, page, faults = opened(
        browser, server, f"/{language}/", color_scheme=scheme, reduced_motion="reduce",
        viewport={"width": width, "height": 900},
    )  # fmt: skip
    axe, found = Axe(), []
    for name in ADDRESSES:
        page.goto(f"{server.address}/{language}/{name}")
        result = axe.run(page)
        found += [
            (name, violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
            for violation in result.response["violations"]
        ]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        small = page.evaluate(
            """[...document.querySelectorAll("a,button,select,summary,input")].filter((one) => {
                const box = one.getBoundingClientRect();
                const isInText = getComputedStyle(one).display === "inline";
                const isSkip = one.classList.contains("skip");
                return box.width && !isInText && !isSkip && (box.width < 24 || box.height < 24);
            }).map((one) => one.outerHTML.slice(0, 80))"""
        )
        assert small == [], name
    context.close()
    assert found == []
    assert faults == []


def test_the_whole_tour_works_by_keyboard_with_visible_focus(browser, server):
    context, page, faults = opened(
        browser, server, "/fr/", viewport={"width": 1280, "height": 900}
    )  # fmt: skip
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(80):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """(() => { const one = document.activeElement, look = getComputedStyle(one);
              return [one === document.body, look.outlineStyle, parseFloat(look.outlineWidth)]; })()"""
        )
        if shown[0]:
            break
        assert shown[1] != "none"
        assert shown[2] >= 2
    context.close()
    assert faults == []


def test_enter_opens_the_evidence_and_escape_comes_back(browser, server):
    context, page, faults = opened(browser, server, "/fr/")
    link = page.locator("a[data-evidence-link]").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] table")
    assert "137" in page.locator("dialog h1 ~ section").first.inner_text()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.hasAttribute('data-evidence-link')")
    context.close()
    assert faults == []


def test_choices_change_the_address_and_the_back_button_works(browser, server):
    context, page, faults = opened(browser, server, "/fr/budgets")
    page.select_option("#choice-by", "call")
    until(page, "location.search.includes('by=call')")
    page.wait_for_selector("#budget-per-call-heading")
    page.locator("input.slider").press("ArrowLeft")
    until(page, "location.search.includes('known_at=')")
    shown = page.locator("h2").all_inner_texts()
    page.reload()
    assert page.locator("h2").all_inner_texts() == shown
    page.go_back()
    until(page, "!location.search.includes('known_at=')")
    page.go_back()
    page.wait_for_selector("#budget-by-programme-heading")
    context.close()
    assert faults == []


def test_copying_gives_words_with_the_source(browser, server):
    context, page, _ = opened(browser, server, "/fr/?known_at=2020-01-31")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("button[data-copy]").first.click()
    until(page, "document.getElementById('announce').textContent.length > 0")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "millions d’euros" in copied
    assert "Source" in copied
    assert "/fr/figure/total_investment?known_at=2020-01-31" in copied
    context.close()


def test_without_a_script_figures_sources_and_choices_are_there(browser, server):
    context, page, _ = opened(browser, server, "/fr/", java_script_enabled=False)
    assert page.locator(".card").count() >= 6
    assert all("20" in text for text in page.locator(".card .source").all_inner_texts())
    page.locator("a[data-evidence-link]").first.click()
    assert "/fr/figure/total_investment" in page.url
    assert page.locator("table tbody tr").count() > 3
    page.goto(server.address + "/fr/")
    page.select_option("#known-at", "2020-01-31")
    page.locator("form.day button").click()
    assert "known_at=2020-01-31" in page.url
    context.close()


def test_open_pages_show_a_new_store_within_three_seconds(browser, built_copy, serving):
    server = serving(built_copy.project.root)
    try:
        context, page, faults = opened(browser, server, "/fr/winners")
        page.locator("summary").first.click()
        page.evaluate("scrollTo(0, 300)")
        built_copy.cell(
            "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019", "value",
            "504",
        )  # fmt: skip
        build(built_copy.project)
        published = time.monotonic()
        until(page, "document.getElementById('announce').textContent.length > 0")
        assert time.monotonic() - published <= 3
        assert "504" in page.locator("main").inner_text()
        assert page.locator("details[open]").count() == 1
        assert abs(page.evaluate("scrollY") - 300) < 5
        assert page.get_attribute("#announce", "aria-live") == "polite"
        assert json.loads(server.get("/health")[1])["status"] == "ok"
        context.close()
        assert faults == []
    finally:
        server.stop()


def test_paper_gets_a_clean_page(browser, server):
    context, page, _ = opened(browser, server, "/fr/", color_scheme="dark")
    page.emulate_media(media="print")
    for hidden in (".pages", ".languages", ".tools", ".files"):
        assert not page.locator(hidden).first.is_visible()
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    context.close()
