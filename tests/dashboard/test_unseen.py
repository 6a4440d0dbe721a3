"""What axe cannot see: what is announced, where the focus is, names, reading order, zoom, colours, motion."""

from itertools import pairwise

import pytest

from bench.legibility import illegible
from dashboards.registry import all_pages

LISTED = [page.path for page in all_pages().values() if page.is_listed]
SETTLED_MS = 250
FOCUSED = "document.activeElement.id || document.activeElement.tagName"


def said_once(reader, *words):
    """Waits for what is announced; it must be one text with the words, and the focus somewhere."""
    reader.until("announced.length > 0")
    reader.page.wait_for_timeout(SETTLED_MS)
    told = [" ".join(one.split()) for one in reader.page.evaluate("announced.splice(0)")]
    assert len(told) == 1, told
    assert all(word in told[0] for word in words), told
    focused = reader.page.evaluate(FOCUSED)
    assert focused != "BODY", told
    return focused


def test_every_change_is_announced_once_and_the_focus_is_never_lost(reading):
    reader = reading("/en/winners")
    page = reader.page
    page.wait_for_timeout(SETTLED_MS)
    assert page.evaluate("announced") == []  # a page that loads is read by itself
    page.locator("#choice-prices").focus()
    reader.chooses("#choice-prices", "real:2024")
    assert said_once(reader, "Prices", "prices of 2024") == "choice-prices"
    page.locator("#choice-call > summary").click()
    page.locator("#choice-call-EN2018").check()
    assert said_once(reader, "Calls", "EN2018") == "choice-call-EN2018"
    page.locator("#choice-call-EN2019").check()
    said_once(reader, "Calls", "EN2018", "EN2019")
    page.locator(".chips a", has_text="EN2018").click()
    assert said_once(reader, "Calls", "EN2019").startswith("chip-")
    page.locator(".chips a").click()  # the last one
    assert said_once(reader, "Calls", "no choice") == "main"
    page.locator("#known-at-slider").focus()
    for _ in range(3):  # the day on which the range comes to rest is asked for, and said, alone
        page.keyboard.press("ArrowLeft")
    assert said_once(reader, "As known on") == "known-at-slider"
    day = page.locator("#known-at option").nth(3).get_attribute("value")
    assert f"known_at={day}" in page.url
    page.locator("#winners-table thead button").first.click()
    assert said_once(reader, "ascending") == "BUTTON"
    reader.goes_to("Budgets")
    assert said_once(reader, "Budgets") == "main"
    page.go_back()
    said_once(reader, "Winners")
    page.locator("a[data-evidence-link]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] h1")
    assert page.evaluate("!!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('a[data-evidence-link]')")
    assert page.evaluate("announced") == []  # a dialog is read where the focus goes
    assert reader.faults == []


# --- names ----------------------------------------------------------------------------------------------

FOCUSABLE = ("link", "button", "combobox", "slider", "checkbox", "listbox", "searchbox", "textbox")
NAMED = ("figure", "group", "region", "form", "table")
"""What is named by something else than its content."""


def spoken(reader):
    """Every node that a reader of screens meets, with the nodes around it, outermost first."""
    session = reader.context.new_cdp_session(reader.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}

    def around(node):
        parent = by_id.get(node.get("parentId"))
        return [*around(parent), parent] if parent else []

    for node in nodes:
        if not node["ignored"] and node["role"]["value"] not in ("InlineTextBox", "StaticText"):
            yield node, around(node)[1:]


def name_of(node):
    return " ".join(node.get("name", {}).get("value", "").split())


def is_twice(name):
    """Whether a text says the same sentence twice."""
    sentences = [one.strip() for one in name.split(". ") if len(one) > 20]
    return len(sentences) != len(set(sentences))


@pytest.mark.parametrize("address", ["/de/", "/fr/winners", "/nl/coverage"])
def test_a_name_is_read_once_and_nothing_is_without(reading, address):
    reader = reading(address)
    for opens in (False, True):
        if opens:
            reader.page.locator("a[data-evidence-link]").first.click()
            reader.page.wait_for_selector("dialog[open] h1")
        for node, around in spoken(reader):
            role, name = node["role"]["value"], name_of(node)
            assert name or role not in FOCUSABLE, node
            assert not is_twice(name), name
            assert not name or name != node.get("description", {}).get("value", ""), name
            named = [name_of(one) for one in around if one["role"]["value"] in NAMED]
            assert not name or name not in named, (role, name)
    assert reader.faults == []


# --- order ----------------------------------------------------------------------------------------------

ORDER = """[...document.querySelectorAll("main :is(h1, h2, form, table, a, button, select)")]
    .filter((one) => one.checkVisibility() && !one.closest(".touch,.live")).map((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      return [one.textContent.slice(0, 40), left, top, right, bottom]; })
    .filter(([, left, top, right, bottom]) => right - left > 2 && bottom - top > 2)"""


@pytest.mark.parametrize("width", [1280, 320])
def test_what_is_read_first_is_seen_first(reading, width):
    reader = reading("/de/", viewport={"width": width, "height": 900})
    assert reader.page.locator("[aria-owns],[aria-flowto]").count() == 0
    assert reader.page.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").count() == 0
    found = reader.page.evaluate(ORDER)
    for one, other in pairwise(found):
        is_below = other[4] >= one[2]  # or beside it
        is_in_next_column = other[1] >= one[3] - 1
        assert is_below or is_in_next_column, (one, other)


# --- zoom, colours, motion ------------------------------------------------------------------------------


def test_at_400_percent_the_first_screen_has_content(browser, server):
    """1280 by 800 px at 400 % are 320 by 200; German has the longest words."""
    context = browser.new_context(viewport={"width": 320, "height": 200}, java_script_enabled=False)
    page = context.new_page()
    for path in LISTED:
        page.goto(f"{server.address}/de/{path}")
        heading = page.locator("h1").bounding_box()
        assert heading["y"] + heading["height"] <= 160, path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert illegible(page) == [], path
    context.close()


def test_forced_colours_and_no_motion(reading):
    reader = reading("/fr/winners", forced_colors="active", reduced_motion="reduce")
    page = reader.page
    current, other = (
        page.evaluate(f"getComputedStyle(document.querySelector('nav.pages a{which}')).borderLeftColor")
        for which in ("[aria-current]", ":not([aria-current])")
    )
    assert current != other
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    reader.chooses("#choice-prices", "real:2024")
    moving = """[...document.querySelectorAll("*")].filter((one) => {
        const look = getComputedStyle(one);
        return parseFloat(look.transitionDuration) || parseFloat(look.animationDuration); })
        .map((one) => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []
    assert reader.faults == []
