"""What lists tell, by keyboard alone and as it is read out: a table built and turned, places compared, what
is taken along."""

import json

import pytest

from bench.reader import LIVE, Reader, until
from tests.conftest import SEEDS
from tests.dashboard.conftest import violations
from tests.dashboard.test_unseen import said_once

SETTLED_MS = 250


@pytest.fixture(scope="module")
def reader(chromium, counted_server):
    made = Reader(chromium, counted_server, reduced_motion="reduce")
    yield made
    made.context.close()


def steps_to(reader, field, value):
    """Goes down a list with the arrow until it shows a value; at each step the page is drawn anew."""
    page = reader.page
    page.focus(field)
    chosen = f"document.querySelector({json.dumps(field)}).value"
    while (before := page.evaluate(chosen)) != value:
        page.keyboard.press("ArrowDown")
        reader.until(f"{chosen} !== {json.dumps(before)}")
        reader.until(f"decodeURIComponent(location.search).includes('=' + {chosen})")
        reader.until("!document.querySelector('[data-dash-is-loading]')")
    assert page.evaluate("document.activeElement.id") == field[1:]


def hears(reader, words):
    """Waits until something with these words is announced, and forgets it."""
    told = "announced.join(' ').replace(/\\s+/g, ' ')"
    reader.until(f"{told}.includes({json.dumps(words)})")
    reader.page.evaluate("announced.splice(0)")


def test_a_table_is_built_turned_and_filtered_and_each_is_read_out(chromium, demo_server):
    """A province has some share of its sites in each network: rows, columns and their numbers are told. Where one of
    all kinds of lists is loaded, as in a demonstration, each has its number."""
    reader = Reader(chromium, demo_server, reduced_motion="reduce")
    page = reader.comes_to("/en/table").page
    page.wait_for_timeout(SETTLED_MS)
    steps_to(reader, "#choice-number", "coverage.share")
    steps_to(reader, "#choice-rows", "province")
    steps_to(reader, "#choice-columns", "network")
    hears(reader, "rows provinces (5), columns networks")
    assert len(reader.rows("#built")) == 5
    page.get_by_role("link", name="Exchange rows and columns").focus()
    page.keyboard.press("Enter")
    page.locator("#built thead", has_text="Namur").wait_for()
    hears(reader, "columns provinces (5)")
    assert page.evaluate("document.activeElement.tagName") != "BODY"
    page.wait_for_timeout(SETTLED_MS)  # a page drawn anew takes no key of who is faster than any hand
    page.focus("#choice-province > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    reader.until("location.search.includes('province=')")
    hears(reader, "columns provinces (1)")
    page.keyboard.press("Escape")  # folds the list of provinces again
    assert page.locator("#choice-province[open]").count() == 0
    assert page.evaluate("document.activeElement.parentElement.id") == "choice-province"
    assert reader.faults == []
    reader.context.close()


def test_a_row_is_compared_by_keyboard_and_its_chart_is_live(reader):
    page = reader.comes_to("/en/province/namur").page
    page.wait_for_timeout(SETTLED_MS)
    row = page.locator("#all tbody tr", has_text="Liège")
    row.get_by_role("link", name="Compare: Province of Namur and Province of Liège").focus()
    page.keyboard.press("Enter")
    page.locator("#compared tbody tr:nth-child(2)", has_text="Liège").wait_for()
    assert said_once(reader, "Compare") == "main"
    page.locator(".stage").scroll_into_view_if_needed()
    reader.until("!!document.querySelector('.stage .js-plotly-plot .main-svg')")
    page.focus(".touch-points")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.locator("dialog[open] h1", has_text="Liège").wait_for()
    assert page.evaluate("!!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "touch-points"
    assert reader.faults == []


def test_what_is_taken_along_is_unfolded_walked_through_and_folded_again(reader):
    """It is a part of the page and no dialog: Tab leaves it at its end, Escape folds it."""
    page = reader.comes_to("/en/compare?what=EN2018~EN2019").page
    page.focus("#take-along > summary")
    page.keyboard.press("Enter")
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        if not page.evaluate("!!document.activeElement.closest('#take-along')"):
            break
        seen.append(page.evaluate("document.activeElement.textContent || document.activeElement.id"))
    assert {"PDF", "PPTX", "view-name", "Save"} <= set(seen)
    page.focus("#view-name")
    page.keyboard.press("Escape")
    assert page.locator("#take-along[open]").count() == 0
    assert page.evaluate("document.activeElement.parentElement.id") == "take-along"
    assert reader.faults == []


ADDRESSES = (
    "province/namur", "network/municipal", "compare?of=province&what=hainaut~namur",
    "table?number=coverage.share&rows=province&columns=network",
)  # fmt: skip


def test_axe_finds_nothing_where_there_are_lists(browser, counted_server):
    """Languages, schemes and widths beside each other; all that is folded is unfolded."""
    views = (("fr", "dark", 320), ("de", "light", 1280), ("nl", "light", 320), ("en", "dark", 1280))
    context = browser.new_context(reduced_motion="reduce")
    page, found = context.new_page(), []
    for name, (language, scheme, width) in zip(ADDRESSES, views, strict=True):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{counted_server.address}/{language}/{name}")
        until(page, LIVE)
        page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
        for colours, room in ((scheme, width), (*{"dark", "light"} - {scheme}, 1600 - width))[
            : 1 + bool(SEEDS)
        ]:
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            page.set_viewport_size({"width": room, "height": 900})
            page.wait_for_timeout(SETTLED_MS)
            found += [(language, name, *one) for one in violations(page)]
            assert page.evaluate("document.documentElement.scrollWidth") <= room, name
    context.close()
    assert found == []
