"""Where things stand on a page: as its first paint puts them, on slow machines too.

A layout that rests on what is not there yet moves when it comes: on a script, or on elements further below.
"""

import pytest

from bench.browser import throttled_shift
from bench.reader import LIVE, until
from dashboards.registry import all_pages
from tests.conftest import covering

PAGES = covering((page.path for page in all_pages().values() if page.is_listed), 6)
AROUND = """[...document.querySelectorAll(
        ".top, .top>*, .side, main, main>:not(.content):not(.content~*), main>.choices>*, main>.content")]
    .map((one) => [one.className || one.tagName, one.getBoundingClientRect()])
    .map(([name, { x, y, width }]) => [name, ...[x, y, width].map((value) => Math.round(value))])
    .filter(([, , , width]) => width)"""
"""Header, heading and choices, each with its place; the content with its beginning."""
CONTENT = '<div class="content">'


def page_without_typefaces(context):
    """A page whose typeface is the same at each load: ours is taken where it comes in time."""
    page = context.new_page()
    page.route("**/*.woff2", lambda route: route.abort())
    return page


def places(page):
    """Where things stand in a wide window, and in a narrow one."""
    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found.append(page.evaluate(AROUND))
    return found


def test_scripts_move_nothing(browser, server):
    page = page_without_typefaces(browser.new_context())
    held = []

    def hold(route):
        held.append(route)

    page.route("**/dash-renderer-boot.*.js", hold)
    for name in PAGES:
        page.goto(f"{server.address}/de/{name}", wait_until="commit")
        until(page, "performance.getEntriesByType('paint').length > 0")
        before = places(page)
        held.pop().continue_()
        until(page, LIVE)
        assert places(page) == before, name


def test_what_stands_above_does_not_rest_on_what_is_read_later(browser, server):
    page = page_without_typefaces(browser.new_context(java_script_enabled=False))

    def cut(route):
        above, begins, _ = route.fetch().text().partition(CONTENT)
        assert begins
        route.fulfill(body=above + begins, content_type="text/html; charset=utf-8")

    for name in PAGES:
        address = f"{server.address}/de/{name}"
        page.goto(address)
        whole = places(page)
        page.route(address, cut)
        page.goto(address)
        assert places(page) == whole, name


@pytest.mark.parametrize("path", covering(["", "budgets"], 1))
def test_a_slow_machine_shows_a_page_that_stands_still(chromium, server, path):
    assert throttled_shift(chromium, f"{server.address}/fr/{path}") <= 0.01
