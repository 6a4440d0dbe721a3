"""The dashboard in a real browser: axe-core on every page, the keyboard, without a script, live."""

import json
import re
import time
from urllib.parse import parse_qs, urlparse

import lxml.html
import pytest
from playwright.sync_api import expect

from bench.legibility import illegible
from bench.reader import LIVE, until
from dashboards.registry import all_pages
from ennum_stats.languages import LANGUAGES
from ennum_stats.store.build import build
from tests.conftest import SEEDS, covering
from tests.dashboard.conftest import EVERYTHING, OF_THIS_PAGE, violations

PAGES = [page.path for page in all_pages().values() if page.is_listed]
ADDRESSES = [
    *PAGES,
    "figure/total_investment",
    "chart/winners_per_call",
    "commune/63079",
    "search?q=budget",
    "province/namur",
    "point/comparison.EN2019?what=EN2018~EN2019",
]
WIDE, NARROW = 1280, 320
VIEWS = (("light", NARROW), ("dark", WIDE))
"""How all pages are looked at live, once loaded: axe sees each scheme, narrow and wide, of the first page, and
of the others one by turns, in the long search both; in the second view the charts are drawn anew. Contrast is
measured on the first page as a whole, on others where they differ."""


def views(place):
    """How a page is looked at, by its place among those that are looked at."""
    return VIEWS if SEEDS or not place else [VIEWS[place % 2]]


def opened(browser, server, path, **options):
    context = browser.new_context(**options)
    page = context.new_page()
    return context, page, visited(page, server, path)


def visited(page, server, path):
    """Loads an address of a dashboard; gives what goes wrong from now on."""
    faults = []
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: asked.url.startswith(server.address) or faults.append(asked.url))
    page.goto(server.address + path)
    return faults


GRAPHS = """[...document.querySelectorAll(".stage")].every((one) => one.querySelector(".main-svg"))"""
"""Every chart is live."""


def everything_live(page):
    """Dash is there, and every chart of the page was in view and is live."""
    until(page, LIVE)
    for stage in page.locator("main .stage").all():
        stage.scroll_into_view_if_needed()
    until(page, GRAPHS)


REDRAWN = """!document.querySelector("[data-dash-is-loading]")
    && [...document.querySelectorAll(".stage[data-room]")].every((one) =>
        one.style.getPropertyValue("--scale") === "1"
        && one.dataset.room.endsWith(matchMedia("(prefers-color-scheme: dark)").matches))"""
"""Every live chart has the width and the colours of the window."""
SMALL = """[...document.querySelectorAll("a,button,select,summary,input")].filter((one) => {
    const box = one.getBoundingClientRect();
    const isInText = getComputedStyle(one).display === "inline";
    const isSkip = one.classList.contains("skip");
    return box.width && !isInText && !isSkip && (box.width < 24 || box.height < 24);
}).map((one) => one.outerHTML.slice(0, 80))"""


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(browser, server):
    """German has the longest words."""
    context, page, faults = opened(browser, server, "/de/", reduced_motion="reduce")
    found = []
    for place, name in enumerate(covering(ADDRESSES, len(ADDRESSES) // 2)):
        for number, (scheme, width) in enumerate(views(place)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            if not number:
                page.goto(f"{server.address}/de/{name}")
                everything_live(page)
            until(page, f"{REDRAWN} && document.documentElement.scrollWidth <= {width}")
            where = EVERYTHING if name == ADDRESSES[0] else OF_THIS_PAGE
            found += [(name, scheme, *one) for one in violations(page, contrast=where)]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert page.evaluate(SMALL) == [], name
            assert illegible(page) == [], (name, width)
    context.close()
    assert found == []
    assert faults == []  # among them what the policy of the pages forbids


@pytest.mark.parametrize(
    ("style", "is_faint"),
    [
        ("", False),
        ("td:nth-child(40) { color: #aaa }", True),
        ("td:nth-child(40) { background: #444 }", True),
        ("tr:nth-child(2) { opacity: .4 }", True),
    ],
)
def test_a_faint_text_is_found_among_many_that_are_alike(tab, style, is_faint):
    rows = f"<tr>{'<td>text</td>' * 50}</tr>" * 2
    tab.set_content(f"<style>{style}</style><main><h1>Title</h1><table>{rows}</table></main>")
    assert ("color-contrast" in dict(violations(tab))) is is_faint


NOT_GERMAN = [one for one in LANGUAGES if one != "de"]


SIZES = ((NARROW, 900), (360, 740), (740, 360), (640, 400), (768, 1024), (1920, 1080))
"""Phones, one on its side, a laptop at 200 %, a tablet, a large screen; 400 % is in `test_unseen`."""
PAST = [f"{name}?known_at=2018-01-01" for name in ("", "targets", "budgets")]


@pytest.mark.parametrize("language", NOT_GERMAN)
def test_every_language_can_be_read_in_every_width(browser, server, language):
    """German is looked at above. Each page in one of the others, by turns, and of a past day."""
    context = browser.new_context(java_script_enabled=False)
    page, addresses = context.new_page(), [*ADDRESSES, *PAST]
    for name in addresses if SEEDS else addresses[NOT_GERMAN.index(language) :: 3]:
        page.goto(f"{server.address}/{language}/{name}")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert illegible(page) == [], (name, width)
            if width <= 768:
                assert page.locator(".top").bounding_box()["height"] <= 56 or name.startswith("search"), name
        assert page.evaluate(SMALL) == [], name


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<p>plain words</p>", ""),
        ("<p style='font-size:11px'>small</p>", "small type"),
        ("<p>one</p><p style='margin-top:-2.4em'>other</p>", "overlap"),
        ("<p style='white-space:nowrap'>" + "many words " * 90 + "</p>", "cut"),
        ("<p style='width:4em;overflow-wrap:break-word'>Konnektivitätsprojekte</p>", "broken word"),
        ("<p><span>exact</span><span>not known</span></p>", "glued"),
        ("<p>computed from .</p>", "space before a point"),
        ("<p>two\u00a0 spaces</p>", "two spaces"),
        ("<figure style='height:90px'></figure>", "empty frame"),
    ],
)
def test_what_cannot_be_read_well_is_found(tab, body, kind):
    tab.set_content(f"<main><h1>Title</h1>{body}</main>")
    assert {fault.partition(":")[0] for fault in illegible(tab)} == ({kind} if kind else set())


def test_the_whole_tour_works_by_keyboard_with_visible_focus(browser, server):
    context, page, faults = opened(browser, server, "/fr/", viewport={"width": 1280, "height": 900})
    until(page, LIVE)
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


# --- from the first answer to Dash ------------------------------------------------------------------------


def test_the_first_answer_is_the_page_that_dash_goes_on_with(browser, server):
    texts = []
    for script in (False, True):
        context, page, _ = opened(browser, server, "/de/winners", java_script_enabled=script)
        if script:
            until(page, LIVE)
            assert page.locator("#first").count() == 0
        # Points and live charts lie on the drawings and say the same once more, to pointer and keyboard.
        page.evaluate("document.querySelectorAll('main .touch, main .live').forEach((one) => one.remove())")
        texts.append(" ".join(page.locator("main").inner_text().split()))
        context.close()
    of_scripts = r" ?Kopieren| ?Anzeigen| ?Vollbild: die Diagramme .*? Pfeiltasten"
    assert re.sub(of_scripts, "", texts[0]) == re.sub(of_scripts, "", texts[1])


def test_the_swap_keeps_focus_open_details_and_scroll(browser, server):
    context = browser.new_context(viewport={"width": 1280, "height": 700})
    page = context.new_page()
    held = []

    def hold(route):
        held.append(route)

    page.route("**/core.*.js", hold)  # Dash comes when we let it
    page.goto(server.address + "/fr/winners", wait_until="commit")
    page.locator("#winners-per-call-values").wait_for()
    page.locator("#winners-per-call-values > summary").click()
    page.locator("#choice-prices").focus()
    page.evaluate("scrollTo(0, 200)")
    page.wait_for_timeout(300)
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    until(page, LIVE)
    assert page.evaluate("document.activeElement.id") == "choice-prices"
    assert page.locator("#winners-per-call-values[open]").count() == 1
    assert abs(page.evaluate("scrollY") - 200) < 5
    context.close()


def test_without_a_script_figures_sources_and_choices_are_there(browser, server):
    context, page, _ = opened(browser, server, "/fr/", java_script_enabled=False)
    assert page.locator(".card").count() >= 6
    named = re.compile(r"20\d\d|\d+ documents")  # a document with its year, or how many there are
    assert all(named.search(text) for text in page.locator(".card .source").all_inner_texts())
    assert page.locator(".drawing svg").first.is_visible()
    page.locator("a[data-evidence-link]").first.click()
    expect(page).to_have_url(re.compile("/fr/figure/total_investment"))
    page.locator("table tbody tr").nth(3).wait_for()
    page.goto(server.address + "/fr/")
    page.select_option("#known-at", "2020-01-31")
    page.locator("form.day button").click()
    expect(page).to_have_url(re.compile("known_at=2020-01-31"))
    context.close()


# --- evidence ---------------------------------------------------------------------------------------------


def test_evidence_opens_beside_the_page_and_escape_comes_back(browser, server):
    context, page, faults = opened(browser, server, "/fr/")
    until(page, LIVE)
    link = page.locator("a[data-evidence-link]").first
    for way in ("mouse", "keyboard", "mouse"):  # the same once more opens, too
        if way == "mouse":
            link.click()
        else:
            link.focus()
            page.keyboard.press("Enter")
        page.wait_for_selector("dialog[open] table")
        assert "137" in page.locator("dialog").inner_text()
        page.wait_for_function("!!document.activeElement.closest('dialog')")
        if way == "keyboard":
            assert violations(page) == []
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0
        assert page.evaluate("document.activeElement.hasAttribute('data-evidence-link')")
        assert page.url == server.address + "/fr/"
    context.close()
    assert faults == []


# --- choices ----------------------------------------------------------------------------------------------


def test_choices_change_the_address_and_the_back_button_works(browser, server):
    context, page, faults = opened(browser, server, "/fr/budgets")
    until(page, LIVE)
    page.select_option("#choice-by", "call")
    until(page, "location.search.includes('by=call')")
    page.wait_for_selector("#budget-per-call-heading")
    page.locator("#known-at-slider").focus()
    page.keyboard.press("ArrowLeft")
    until(page, "location.search.includes('known_at=')")
    until(page, "document.querySelector('.past')")
    assert page.evaluate("document.activeElement.id") == "known-at-slider"
    shown = page.locator("h2").all_text_contents()
    page.reload()
    assert page.locator("h2").all_text_contents() == shown
    until(page, LIVE)
    page.go_back()
    until(page, "!location.search.includes('known_at=')")
    until(page, "!document.querySelector('.past')")
    page.go_back()
    page.wait_for_selector("#budget-by-programme-heading")
    context.close()
    assert faults == []


CHOICES = {page.path: [one for one in page.filters if not one.is_carried]
           for page in all_pages().values() if page.is_listed}  # fmt: skip


def choose(page, declared):
    """Choose the last value of a filter: of a list, of check boxes, or by typing a day or a name."""
    one = declared.among({name: value for name, [value] in parse_qs(urlparse(page.url).query).items()})
    field = page.locator(f"#choice-{one.name}")
    if one.is_many and not (one.is_day or one.is_searched):
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.locator(f"input[name={one.name}]").last.check()
    elif one.is_day:
        field.fill("2020-10-31")
        field.blur()
    elif one.is_searched or one.is_text:
        field.fill("Namur")
        field.press("Enter")
    else:
        field.focus()
        field.select_option(field.locator("option").last.get_attribute("value"))
    until(page, f"location.search.includes('{one.name}=')")


def served(server, address, *tags):
    """What the server gives at an address: the elements of some kinds in the content of its page."""
    status, body = server.get(address.removeprefix(server.address))
    assert status == 200
    return [*lxml.html.fromstring(body.decode()).find(".//main").iter(*tags)]


@pytest.mark.parametrize("path", covering([path for path, found in CHOICES.items() if found], 4))
def test_a_control_leaves_nothing_behind(tab, server, path):
    """What one choice after the other makes of a page is what its address gives from the server.

    There are none of schools, which this store does not know: test_coverage_page has a store that does.
    """
    page, faults = tab, visited(tab, server, f"/en/{path}")
    until(page, LIVE)
    for one in CHOICES[path]:
        if not page.locator(f"main [name={one.name}]").count():
            continue
        choose(page, one)
        expected = [
            " ".join(told.text_content().split()) for told in served(server, page.url, "h1", "h2", "table")
        ]
        for _ in range(600):
            told = page.locator("main h1, main h2, main table").all_text_contents()
            found = [" ".join(text.split()) for text in told]
            if found == expected:
                break
            time.sleep(0.05)
        assert found == expected, one.name
        focused = page.evaluate("document.activeElement.id")
        assert focused in ("", "main") or focused.startswith(f"choice-{one.name}")
    assert faults == []


@pytest.mark.parametrize("path", ["", "budgets", "winners", "coverage", "connectivity", "people"])
def test_charts_are_tables_by_one_switch(server, path):
    figures = [
        one for one in served(server, f"/nl/{path}?charts=tables", "figure")
        if "chart" in one.get("class", "").split()
    ]  # fmt: skip
    assert figures
    for figure in figures:
        assert len(figure.findall(".//table")) == 1
        assert figure.find(".//svg") is None


# --- tables -----------------------------------------------------------------------------------------------

GROUPS = {"fr": " ", "de": ".", "nl": ".", "en": ","}


def amount_in(cell, language):
    """The number in a cell as its language writes it, millions written out; nothing where there is none."""
    told = re.search(r"\d[\d., ]*", re.sub(r"[\u00a0\u202f]", " ", cell))
    if told is None:
        return None
    number = told[0].replace(" ", "").replace(GROUPS[language], "").replace(",", ".")
    return float(number.rstrip(".")) * (1e6 if re.search(r"M€|[Mm]il[lj]", cell) else 1)


@pytest.mark.parametrize("language", covering(LANGUAGES, 2))
def test_sorting_reads_numbers_as_each_language_writes_them_and_is_announced(browser, server, language):
    context, page, faults = opened(browser, server, f"/{language}/budgets?by=call&charts=tables")
    until(page, LIVE)
    table = page.locator("#budget-per-call-table")
    buttons = table.locator("thead button")
    amount = buttons.count() - 1
    for order in ("ascending", "descending"):
        buttons.nth(amount).click()
        assert table.locator("th[aria-sort]").get_attribute("aria-sort") == order
        cells = table.locator(f"tbody tr td:nth-child({amount + 1})").all_text_contents()
        numbers = [n for n in (amount_in(cell, language) for cell in cells) if n is not None]
        assert len(numbers) >= 6
        assert max(numbers) > 1_000
        assert numbers == sorted(numbers, reverse=order == "descending")
        until(page, "document.getElementById('announce').textContent.length > 0")
        name = buttons.nth(amount).inner_text()
        assert name in page.locator("#announce").inner_text()
    context.close()
    assert faults == []


def test_a_sorted_table_stays_sorted_and_right_when_the_page_is_drawn_anew(browser, server):
    context, page, faults = opened(browser, server, "/fr/winners")
    until(page, LIVE)
    rows = "#winners-table tbody tr"
    page.locator("#winners-table thead button").first.click()
    page.locator("#winners-table thead button").first.click()
    first = page.locator(rows).first.inner_text()
    page.select_option("#known-at", "2020-01-31")
    until(page, "document.querySelector('.past')")
    until(page, "!document.querySelector('#winners-table').textContent.includes('679')")
    assert page.locator("#winners-table th[aria-sort=descending]").count() == 1
    found = page.locator(rows).all_text_contents()
    assert found[0] != first
    fresh_context, fresh, _ = opened(browser, server, "/fr/winners?known_at=2020-01-31",
                                     java_script_enabled=False)  # fmt: skip
    assert sorted(found) == sorted(fresh.locator(rows).all_text_contents())
    fresh_context.close()
    context.close()
    assert faults == []


# --- live -------------------------------------------------------------------------------------------------


RANGES = ".stage[data-chart=coverage_over_time]"


def opened_with_evidence(context, address):
    """A page with the evidence of the last point of a chart open."""
    page = context.new_page()
    page.goto(address)
    until(page, LIVE)
    stage = page.locator(RANGES)
    stage.scroll_into_view_if_needed()
    until(page, f"document.querySelector('{RANGES} .main-svg')")
    stage.locator(".touch-points").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] table")
    return page


def test_open_pages_show_a_new_store_by_themselves(browser, built_copy, serving):
    server = serving(built_copy.project.root)
    try:
        context, page, faults = opened(browser, server, "/fr/winners")
        until(page, LIVE)
        page.locator("#winners-per-call-values > summary").click()
        page.locator("#choice-prices").focus()
        page.evaluate("scrollTo(0, 300)")
        told = opened_with_evidence(context, server.address + "/en/coverage")
        store = told.get_attribute("#main", "data-store")
        built_copy.cell(
            "observations/press_kit_2020.csv", "press-kit-2020.projects_awarded.EN2019", "value", "504"
        )
        build(built_copy.project)
        until(page, "document.getElementById('announce').textContent.length > 0")
        assert "503 → 504" in page.locator("#announce").inner_text().replace("\u00a0", " ")
        marked = page.locator("main [data-changed]")
        assert "503" in [marked.nth(n).get_attribute("data-changed") for n in range(marked.count())]
        assert "504" in marked.all_text_contents()
        assert page.locator("details[open]").count() == 1
        assert page.evaluate("document.activeElement.id") == "choice-prices"
        assert abs(page.evaluate("scrollY") - 300) < 5
        assert page.get_attribute("#announce", "aria-live") == "polite"
        assert json.loads(server.get("/health")[1])["status"] == "ok"
        # Only data change: what was pointed at and opened stays, and says the new numbers.
        until(told, f"document.getElementById('main').dataset.store !== '{store}'")
        until(told, "!document.querySelector('[data-old]')")
        until(told, "document.querySelector('dialog[open]').textContent.includes('504')")
        told.keyboard.press("Escape")
        until(told, "document.activeElement.className === 'touch-points'")
        assert told.locator(f"{RANGES} li.at").text_content().startswith("EN2020")
        context.close()
        assert faults == []
    finally:
        server.stop()


def test_a_hidden_page_does_not_ask(browser, server):
    """Its clock goes twenty times faster."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "window.isHidden = false;"
        "Object.defineProperty(document, 'visibilityState', "
        "{ get: () => window.isHidden ? 'hidden' : 'visible' });"
        "const every = setInterval; window.setInterval = (does, ms) => every(does, ms / 20);"
    )
    asked = []
    page.on("request", lambda one: one.url.endswith("/health") and asked.append(one.url))
    page.goto(server.address + "/fr/method")
    until(page, LIVE)
    for _ in range(500):
        if len(asked) >= 2:
            break
        page.wait_for_timeout(20)
    assert len(asked) >= 2
    page.evaluate("window.isHidden = true")
    page.wait_for_timeout(50)
    asked.clear()
    page.wait_for_timeout(300)
    assert asked == []
    context.close()


# --- copies, paper ----------------------------------------------------------------------------------------


def test_copying_gives_words_with_the_source(browser, server):
    context, page, _ = opened(browser, server, "/fr/?known_at=2020-01-31")
    until(page, LIVE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("button[data-copy]").first.click()
    until(page, "document.getElementById('announce').textContent.length > 0")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "millions d’euros" in copied
    assert "Source" in copied
    assert "/fr/figure/total_investment?known_at=2020-01-31" in copied
    context.close()


def test_paper_gets_a_clean_page(browser, server):
    context, page, _ = opened(browser, server, "/fr/", color_scheme="dark")
    everything_live(page)
    page.emulate_media(media="print")
    for hidden in (".pages", ".languages", ".tools", ".files", ".live"):
        assert not page.locator(hidden).first.is_visible()
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    assert page.locator(".stage .drawing.wide svg").first.is_visible()
    page.goto(server.address + "/fr/winners")
    until(page, LIVE)
    assert page.locator("#winners-table thead button").first.is_visible()  # a heading that sorts
    context.close()
