"""Charts one can touch: by pointer and keyboard, zoom, choosing, width."""

import threading

import pytest
from werkzeug.serving import make_server

from bench.reader import LIVE, until
from dashboards import registry
from dashboards.app import create_app
from dashboards.components import chart_figure
from dashboards.view import Filter, Option
from ennum_stats.errors import message
from tests.conftest import SEEDS
from tests.dashboard.conftest import violations

ON_THE_DAY = "?known_at=2020-01-31"

# --- in a browser -----------------------------------------------------------------------------------------

GRAPHS = "[...document.querySelectorAll('.stage')].every((one) => one.querySelector('.main-svg'))"
AT = "document.querySelector('.touch-points li.at')?.textContent || ''"
SAID = "[...document.querySelectorAll('.said:not([hidden])')].map((one) => one.innerText).join()"


def opened(browser, address, *, live=True, **options):
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    page = context.new_page()
    return page, visited(page, address, live=live)


def visited(page, address, *, live=True):
    """Loads an address until its charts are live; gives what goes wrong from now on."""
    faults = []
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    if not live:
        page.route("**/charts.*.js", lambda route: route.abort())
    page.goto(address)
    until(page, LIVE)
    if live:
        for stage in page.locator("main .stage").all():
            stage.scroll_into_view_if_needed()
        until(page, GRAPHS)
        page.wait_for_timeout(100)
        page.evaluate("scrollTo(0, 0)")
    return faults


def middle(page, place, chart=0):
    """The middle of a point in the window."""
    option = page.locator(".stage").nth(chart).locator(".touch-points li").nth(place)
    option.scroll_into_view_if_needed()
    box = option.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_points_by_keyboard_and_their_evidence(tab, server):
    page, faults = tab, visited(tab, server.address + "/en/winners" + ON_THE_DAY)
    assert page.locator(".stage").first.locator("[tabindex='0']").count() == 1
    page.locator(".touch-points").first.focus()
    assert "EN1" in page.evaluate(AT)
    for key, call in (("ArrowRight", "EN2"), ("ArrowDown", "EN3"), ("ArrowLeft", "EN2"),
                      ("End", "EN2020"), ("ArrowRight", "EN2020"), ("Home", "EN1")):  # fmt: skip
        page.keyboard.press(key)
        assert page.evaluate(AT).startswith(call)
        # What a reader of screens hears is the option that the list names, once.
        named = page.evaluate("document.activeElement.getAttribute('aria-activedescendant')")
        assert page.locator(f"#{named}").text_content() == page.evaluate(AT)
        assert page.evaluate("document.getElementById('announce').textContent") == ""
    assert "28" in page.evaluate(SAID)
    assert page.locator(".said").first.get_attribute("aria-hidden") == "true"
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] table")
    text = page.locator("dialog").inner_text()
    assert "EN1" in text
    assert "dossier de presse" in text
    assert "72" not in text.replace("2012", "")  # of that point alone
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('dialog[open]')")
    assert page.evaluate("document.activeElement.className") == "touch-points"
    page.keyboard.press("Escape")
    assert page.evaluate(SAID) == ""
    assert page.evaluate("document.activeElement.className") == "touch-points"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.stage')") is None
    assert faults == []


@pytest.mark.parametrize("live", [True, False], ids=["live", "drawing"])
def test_points_by_pointer(browser, server, live):
    page, faults = opened(browser, server.address + "/fr/winners", live=live)
    page.mouse.move(*middle(page, 5))
    until(page, f"({SAID}).includes('503')")
    said = page.evaluate(SAID)
    assert "Bornes" in said
    assert "dossier de presse" in said
    page.mouse.move(*middle(page, 0))
    until(page, f"({SAID}).includes('28')")
    page.keyboard.press("Escape")
    assert page.evaluate(SAID) == ""
    page.mouse.move(*middle(page, 1))
    until(page, f"({SAID}).includes('72')")
    page.mouse.move(5, 5)
    until(page, f"({SAID}) === ''")
    if live:
        page.mouse.click(*middle(page, 2))  # the evidence, or chosen where the page is filtered by calls
        until(page, "document.querySelector('dialog[open] table') || location.search.includes('EN3')")
        assert faults == []


def test_where_plotly_does_not_come_the_server_is_not_asked_again_and_again(browser, server):
    """Dash repeats a callback whose chart cannot be drawn, twenty times a second and for ever."""
    page, _ = opened(browser, server.address + "/fr/winners", live=False)
    asked = []
    page.on("request", lambda one: "_dash-update" in one.url and asked.append(one.post_data))
    for stage in page.locator("main .stage").all():
        stage.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    assert asked == []
    assert page.locator("main .stage svg").count() >= page.locator("main .stage").count() > 0


def test_a_finger_shows_first_and_acts_the_second_time(browser, server):
    page, faults = opened(
        browser, server.address + "/nl/winners", has_touch=True, viewport={"width": 390, "height": 844}
    )
    page.touchscreen.tap(*middle(page, 3))
    until(page, f"({SAID}).includes('570')")
    assert page.locator("dialog[open]").count() == 0
    page.locator(".said a").first.click()
    page.wait_for_selector("dialog[open] table")
    assert faults == []


def test_a_continuous_axis_is_zoomed_and_everything_shown_again(tab, server):
    page, faults = tab, visited(tab, server.address + "/en/people")
    place = page.locator(".stage").evaluate_all(
        "(all) => all.findIndex((one) => one.dataset.chart === 'timeline')"
    )
    stage = page.locator(".stage").nth(place)
    axis = f"document.querySelectorAll('.stage')[{place}].querySelector('.js-plotly-plot').layout.xaxis.range"
    full = page.evaluate(axis)
    stage.locator(".touch-points").focus()
    page.keyboard.press("Home")
    page.keyboard.press("+")
    until(page, "document.getElementById('announce').textContent.includes('1999 to')")
    zoomed = page.evaluate(axis)
    assert zoomed[1] - zoomed[0] == pytest.approx((full[1] - full[0]) / 2)
    assert stage.locator("li.away").count() > 0
    page.keyboard.press("-")
    until(page, f"{axis}[1] - {axis}[0] > {full[1] - full[0] - 0.01}")
    assert stage.locator("li.away").count() == 0
    stage.locator("button[data-zoom-by=in]").click()
    until(page, f"{axis}[1] - {axis}[0] < 13")
    stage.locator("button[data-zoom-by=reset]").click()
    until(page, f"{axis}[1] - {axis}[0] > 20")
    box = stage.bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 600, box["y"] + 210, steps=5)
    page.mouse.up()
    until(page, f"{axis}[1] - {axis}[0] < 13")
    page.mouse.dblclick(box["x"] + 400, box["y"] + 60)
    until(page, f"{axis}[1] - {axis}[0] > 20")
    assert faults == []


SHIFTS = """new PerformanceObserver((list) => {
  const isLive = document.documentElement.dataset.dash;
  for (const one of list.getEntries()) if (isLive) window.shifted = (window.shifted || 0) + one.value;
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("width", [320, 700, 1280, 1920])
def test_a_live_chart_is_as_wide_as_there_is_room_and_nothing_moves(browser, server, width):
    size = {"width": width, "height": 900}
    plain = browser.new_context(viewport=size, java_script_enabled=False)
    first = plain.new_page()
    first.goto(server.address + "/fr/winners")
    heights = [round(one.bounding_box()["height"]) for one in first.locator(".stage").all()]
    plain.close()
    context = browser.new_context(viewport=size)
    context.add_init_script(SHIFTS)
    page = context.new_page()
    page.goto(server.address + "/fr/winners")
    until(page, LIVE)
    for stage in page.locator("main .stage").all():
        stage.scroll_into_view_if_needed()
    until(page, GRAPHS)
    rooms = page.evaluate(
        """[...document.querySelectorAll(".stage")].map((one) => [one.offsetHeight, one.clientWidth,
             one.querySelector(".main-svg").getBoundingClientRect().width])"""
    )
    assert [room[0] for room in rooms] == heights
    for _, there, drawn in rooms:
        assert there - 8 < drawn <= there
    assert page.evaluate("window.shifted || 0") <= 0.01
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


FITS = """[...document.querySelectorAll(".stage")].every((one) =>
    one.style.getPropertyValue("--scale") === "1")"""


def test_another_width_of_the_window_draws_anew(tab, server):
    page, faults = tab, visited(tab, server.address + "/fr/winners")
    page.set_viewport_size({"width": 1000, "height": 900})
    until(
        page,
        """[...document.querySelectorAll(".stage")].every((one) =>
        Math.abs(one.clientWidth - one.querySelector(".js-plotly-plot").layout.width) < 8)""",
    )
    page.mouse.move(*middle(page, 5))
    until(page, f"({SAID}).includes('503')")
    assert faults == []


LOOKS = [{"reduced_motion": "reduce"}, {"forced_colors": "active"}, {"color_scheme": "dark"}]
PLAIN = {"reduced_motion": "no-preference", "forced_colors": "none", "color_scheme": "light"}


@pytest.mark.parametrize("path", ["winners", "budgets", "people", "coverage"])
def test_axe_finds_nothing_at_a_point_that_is_told(browser, server, path):
    """What stands around the charts is asked of the winners alone: `test_browser` asks it of every page. Each
    look is tried on the winners, and one of them on another page; in the long search each on each."""
    looks = LOOKS if SEEDS or path == "winners" else [LOOKS[len(path) % 3]]
    page, faults = opened(browser, f"{server.address}/de/{path}", reduced_motion="reduce")
    for look in looks:
        page.emulate_media(**PLAIN | look)
        if "color_scheme" in look:
            page.set_viewport_size({"width": 320, "height": 800})
            until(page, FITS)
        page.locator(".touch-points").first.focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate(SAID)
        around = None if path == "winners" else "main .stage"
        assert violations(page, around) == [], look
        outline = page.evaluate("""(() => { const one = getComputedStyle(document.querySelector("li.at"));
            return [one.outlineStyle, parseFloat(one.outlineWidth)]; })()""")
        assert outline[0] == "solid"
        assert outline[1] >= 2
    assert faults == []


# --- choosing ---------------------------------------------------------------------------------------------


def _calls(ledger, _language):
    return [Option(call.call, call.call) for call in ledger.calls]


def _one_chart(reading):
    yield chart_figure(reading, "winners_per_call")
    yield chart_figure(reading, "mean_grant_per_call")


@pytest.fixture(scope="module")
def choosing(project):
    """A dashboard with a page that is filtered by calls."""
    registry.register_page(
        "choosing", message("Winners"), message("Winners"), _one_chart,
        filters=(Filter("call", message("Call"), _calls, is_many=True),), order=99,
    )  # fmt: skip
    app = create_app(project)
    serving = make_server("127.0.0.1", 0, app.server, threaded=True)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_port}/en/choosing"
    serving.shutdown()
    del registry._PAGES["choosing"]


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_a_point_is_chosen_for_the_page_and_stands_as_a_chip(tab, choosing, way):
    page, faults = tab, visited(tab, choosing)

    def choose(place):
        if way == "pointer":
            page.mouse.click(*middle(page, place))
        else:
            page.locator(".touch-points").first.focus()
            page.keyboard.press("Home")
            for _ in range(place):
                page.keyboard.press("ArrowRight")
            page.keyboard.press("Space")

    choose(2)
    until(page, "location.search === '?call=EN3'")
    chosen = "document.querySelectorAll('.touch-points li[aria-selected=true]').length"
    until(page, f"{chosen} === 2")  # in both charts
    assert page.locator(".chips a").all_inner_texts() == ["EN3 ×"]
    if way == "keyboard":
        assert page.evaluate("document.activeElement.className") == "touch-points"
    points = "document.querySelectorAll('.touch-points li').length"
    until(page, f"{points} === 2")  # the page is filtered: each chart shows the call alone
    page.locator(".chips a").click()
    until(page, "location.search === ''")
    until(page, f"{chosen} === 0")
    page.go_back()
    until(page, f"{chosen} === 2")
    assert page.locator("dialog[open]").count() == 0
    assert faults == []


# --- the map ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mapped(counted_server):
    return counted_server.address


def test_a_class_is_chosen_on_the_map_and_a_commune_answers_where_it_is_and_leads_to_its_page(tab, mapped):
    page, faults = tab, visited(tab, mapped + "/fr/coverage")
    stage = page.locator(".stage[data-chart=coverage_map]")
    names = stage.locator("li[data-area]")
    assert names.count() == 262
    # A class is chosen for the ranking too, and the keyboard stays where it is.
    stage.locator(".touch-points").focus()
    page.keyboard.press("Home")
    low = stage.locator("li.at").get_attribute("data-code")
    page.keyboard.press("Space")
    until(page, f"location.search === '?share={low}'")
    until(page, "document.querySelector('#ranking caption').textContent.includes('Classement')")
    assert page.evaluate("document.activeElement.className") == "touch-points"
    assert stage.locator("li.at").get_attribute("data-code") == low
    assert page.locator(".chips a").count() == 1
    page.keyboard.press("Space")
    until(page, "location.search === ''")
    until(page, "!document.querySelector('.chips')")
    until(page, "!document.querySelector('[data-old]')")
    # A commune says its share beside its shape, which is marked; a click leads to its page, and back to the same map.
    place = names.evaluate_all("(all) => all.findIndex((one) => one.textContent.startsWith('Namur'))")
    names.nth(place).scroll_into_view_if_needed()
    box = names.nth(place).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    until(page, f"({SAID}).includes('Namur')")
    shape = stage.locator(".outline")
    assert shape.count() == 1
    around, own = shape.bounding_box(), names.nth(place).bounding_box()
    for side, length in (("x", "width"), ("y", "height")):
        assert abs(around[side] + around[length] / 2 - own[side] - own[length] / 2) <= 1, (around, own)
    code, size = names.nth(place).get_attribute("data-key"), stage.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    until(page, f"location.pathname === '/fr/commune/{code}'")
    page.get_by_role("heading", name="Namur", exact=True).wait_for()
    page.go_back()
    until(page, "location.pathname === '/fr/coverage' && location.search === ''")
    assert {side: stage.bounding_box()[side] for side in ("width", "height")} == {
        side: size[side] for side in ("width", "height")
    }
    assert faults == []


def test_the_map_alone_shows_evidence_and_draws_its_classes_or_not(tab, mapped):
    page, faults = tab, visited(tab, mapped + "/fr/chart/coverage_map")
    stage = page.locator(".stage[data-chart=coverage_map]")
    stage.locator(".touch-points").focus()
    page.keyboard.press("End")
    assert page.evaluate("document.querySelector('li.at').dataset.area !== undefined")
    told = page.evaluate(SAID)
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] table")
    assert told.split(":")[0].strip() in page.locator("dialog h1").inner_text()
    page.keyboard.press("Escape")
    stage.locator(".touch-points").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    gone = """[...document.querySelector("[data-chart=coverage_map] .js-plotly-plot").data]
        .filter((one) => one.opacity === 0).length"""
    until(page, f"{gone} > 0")
    there = stage.locator("li[data-area='0']").count()
    assert page.evaluate(gone) == there
    legend = stage.locator("li[data-legend]").first.get_attribute("data-legend")
    until(page, f"document.getElementById('announce').textContent.includes({legend!r})")
    page.keyboard.press("Space")
    until(page, f"{gone} === 0")
    assert faults == []


def test_charts_of_a_page_fill_the_screen_one_after_the_other(browser, server):
    """Their day and their source are in view, in type that is read from five metres, and nothing lies over them."""
    page, faults = opened(browser, server.address + "/en/coverage", live=False)
    page.set_viewport_size({"width": 1920, "height": 1080})
    charts = page.locator(".stage").evaluate_all("(all) => all.map((one) => one.dataset.chart)")
    assert len(charts) == 2
    page.get_by_role("link", name="Full screen").click()
    shown = "[...document.querySelectorAll('main .stage')].map((one) => one.dataset.chart).join()"
    for name in (*charts, *charts[:1]):  # and after the last one the first
        until(page, f"location.pathname === '/en/chart/{name}' && {shown} === {name!r}")
        assert page.evaluate("!!document.fullscreenElement")
        assert not page.locator(".top").is_visible()
        assert page.locator(".drawing svg").first.is_visible()
        known = page.locator(".caption", has_text="As known on").bounding_box()
        assert known["y"] + known["height"] <= 1080
        assert (
            page.evaluate("parseFloat(getComputedStyle(document.querySelector('.caption')).fontSize)") >= 20
        )
        page.keyboard.press("ArrowRight")
    page.evaluate("document.exitFullscreen()")
    until(page, "!document.fullscreenElement")
    page.get_by_role("link", name="Previous chart").click()
    until(page, f"location.pathname === '/en/chart/{charts[0]}'")
    page.close()
    assert [one for one in faults if "ERR_FAILED" not in one] == []
