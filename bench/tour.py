"""Every control of a page, used as a reader does, by keyboard and pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_PAUSE_MS = 150
Act = tuple[str, Callable[[Any], object]]


def acts(page: Any, at_most: int) -> Iterator[str]:
    """Use the controls of the open page, of many alike (headings that sort, links to evidence) so many at most; yield
    those that did not answer."""
    for name, selector, act in _CONTROLS:
        for place in range(min(page.locator(selector).count(), at_most)):
            page.evaluate(f"window.acts.push([performance.now(), {name!r}])")
            try:
                act(page, page.locator(selector).nth(place))
                page.wait_for_timeout(_PAUSE_MS)
            except Exception as problem:  # noqa: BLE001 - whatever it is, the tour goes on
                yield f"{name} ({str(problem).splitlines()[0][:60]})"


def _pressed(*keys: str) -> Callable[[Any, Any], None]:
    def act(page: Any, one: Any) -> None:
        one.focus()
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(_PAUSE_MS)

    return act


def _evidence(page: Any, one: Any) -> None:
    _pressed("Enter")(page, one)
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("Escape")


def _listed(page: Any, one: Any) -> None:
    _pressed("ArrowDown")(page, one)
    page.wait_for_timeout(3 * _PAUSE_MS)
    _pressed("ArrowUp")(page, one)


def _checked(page: Any, one: Any) -> None:
    one.locator("summary").click()
    box = one.locator("input").first
    box.click()
    page.wait_for_timeout(3 * _PAUSE_MS)
    chip = page.locator(".chips a").first
    if chip.count():
        chip.click()
        page.wait_for_timeout(3 * _PAUSE_MS)


def _typed(page: Any, one: Any) -> None:
    one.click()
    if one.get_attribute("type") == "search":
        page.keyboard.type("Namur")
    else:
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_timeout(3 * _PAUSE_MS)


def _pointed(page: Any, one: Any) -> None:
    one.scroll_into_view_if_needed()
    page.wait_for_timeout(4 * _PAUSE_MS)
    box = one.bounding_box()
    for part in (0.3, 0.5, 0.7):
        page.mouse.move(box["x"] + part * box["width"], box["y"] + 0.6 * box["height"])
        page.wait_for_timeout(_PAUSE_MS)


def _told(page: Any, one: Any) -> None:
    _pressed("ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home", "Escape")(page, one)


def _followed(page: Any, one: Any) -> None:
    one.click()
    page.wait_for_timeout(5 * _PAUSE_MS)
    page.go_back()
    page.wait_for_timeout(5 * _PAUSE_MS)


_CONTROLS: tuple[tuple[str, str, Callable[[Any, Any], None]], ...] = (
    ("détails", "main details:not(.choice) > summary", _pressed("Enter")),
    ("preuve", "main a[data-evidence-link]:visible", _evidence),
    ("tri", "main button.sort:visible", _pressed("Enter", "Enter")),
    ("copie", "main button[data-copy]:visible", _pressed("Enter")),
    ("survol", ".stage:visible", _pointed),
    ("points", ".touch-points:visible", _told),
    ("zoom", "button[data-zoom-by]:visible", lambda _page, one: one.click(force=True)),
    ("cases", "details.choice", _checked),
    ("listes", "main select:visible", _listed),
    ("champs", "main input[type=search]:visible, main input[type=date]:visible", _typed),
    ("jour", "input.slider", _pressed("ArrowLeft", "ArrowLeft", "End")),
    ("navigation", "nav.pages a:not([aria-current])", _followed),
)
