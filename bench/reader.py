"""Someone at a page in the browser, whose clicks are counted: for tests, and for the questions measured."""

from __future__ import annotations

import json
import re
import time
from typing import Any

WATCHING = """
    window.announced = [];
    document.addEventListener("securitypolicyviolation", (one) => console.error(one.violatedDirective));
    document.addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
        const places = new Set(changes.map(({ target }) =>
            (target.closest ? target : target.parentElement)
                ?.closest("[aria-live],[role=status],[role=alert]")));
        for (const one of places) if (one?.textContent.trim()) window.announced.push(one.textContent.trim());
    }).observe(document, { subtree: true, childList: true, characterData: true }));"""
"""Keeps what a page announces, and says what the policy of the pages forbids."""
LIVE = "document.documentElement.dataset.dash === 'live'"
_TIMES, _PAUSE_SECONDS = 400, 0.05
_MOST_STOPS = 80
"""So many presses of Tab lead to everything above the content of a page."""


def until(page: Any, condition: str) -> None:
    """Wait for a condition; Playwright's own waiting needs an `eval` that our policy forbids."""
    for _ in range(_TIMES):
        if page.evaluate(condition):
            return
        time.sleep(_PAUSE_SECONDS)
    raise AssertionError(condition)


class Reader:
    """Someone at a page: what is clicked, chosen or pressed is counted, what goes wrong is kept."""

    def __init__(self, browser: Any, server: Any, **options: Any) -> None:
        self.server, self.clicks = server, 0
        self.faults: list[str] = []
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
        self.context.add_init_script(WATCHING)
        self.page = self.context.new_page()
        keep = self.faults.append
        self.page.on("console", lambda said: said.type == "error" and keep(said.text))
        self.page.on("pageerror", lambda error: keep(str(error)))

    def comes_to(self, path: str) -> Reader:
        """Load an address and wait for Dash; what was clicked before does not count."""
        self.page.goto(self.server.address + path)
        self.until(LIVE)
        self.clicks = 0
        return self

    def until(self, condition: str) -> None:
        """Wait for a condition of the page."""
        until(self.page, condition)

    def click(self, found: Any) -> None:
        """Click on something."""
        found.click()
        self.clicks += 1

    def goes_to(self, name: str) -> None:
        """Follow a link of the navigation, and be there when its heading is."""
        self.click(self._link_to(name))
        self._heading(name).wait_for()

    def tabs_to(self, name: str) -> None:
        """Go to a link of the navigation by keyboard alone: Tab until it has the focus, then Enter."""
        link = self._link_to(name)
        self.page.evaluate("document.activeElement?.blur()")
        for _ in range(_MOST_STOPS):
            self.page.keyboard.press("Tab")
            if link.evaluate("(one) => one === document.activeElement"):
                break
        self.presses("Enter")
        self._heading(name).wait_for()

    def finds(self, text: str, name: str) -> None:
        """Type into the search of the header and open the first that is suggested, by keyboard alone."""
        self.page.locator("#q").focus()
        self.page.keyboard.type(text)
        self.until("document.querySelectorAll('.near [role=option]').length > 0")
        self.page.keyboard.press("ArrowDown")
        self.until("document.querySelector('#q').getAttribute('aria-activedescendant') === 'q-0'")
        self.presses("Enter")
        self._heading(name).wait_for()

    def presses(self, key: str) -> None:
        """Press a key that does something; it counts as a click does."""
        self.page.keyboard.press(key)
        self.clicks += 1

    def chooses(self, field: str, value: str) -> None:
        """Choose in a list; the page is drawn anew when the address says it and nothing loads."""
        self.page.select_option(field, value)
        self.clicks += 1
        self.until(f"decodeURIComponent(location.search).includes({json.dumps('=' + value)})")

    def checks(self, name: str, value: str) -> None:
        """Check a box of a choice of several that is open."""
        self.click(self.page.locator(f'details.choice input[name="{name}"][value="{value}"]'))
        self.until(f"decodeURIComponent(location.search).includes({json.dumps(value)})")

    def text(self, place: str) -> str:
        """Return what one reads there, with plain spaces."""
        return " ".join(self.page.locator(place).first.inner_text().split())

    def rows(self, table: str) -> list[list[str]]:
        """Return the cells of a table as one reads them, by row."""
        told = self.page.locator(f"{table} tbody tr").evaluate_all(
            "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText))"
        )
        return [[" ".join(cell.split()) for cell in row] for row in told]

    def _heading(self, name: str) -> Any:
        """Find the heading of a page, which of a past day names this behind its name."""
        return self.page.locator("h1", has_text=re.compile(rf"^{re.escape(name)}(,|$)"))

    def _link_to(self, name: str) -> Any:
        return self.page.locator("nav.pages").get_by_role("link", name=name, exact=True)
