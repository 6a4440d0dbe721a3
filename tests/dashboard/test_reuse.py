"""In a browser: a page of another site reads the public figures and no page; a citation is copied by
keyboard; a feed is found from the calendar."""

import pytest

from bench.reader import Reader

READ = """async (address) => {
    try {
        const answer = await fetch(address);
        return [answer.status, answer.headers.get("Ennum-Known-At"), (await answer.text()).length > 100];
    } catch (error) {
        return error.name;
    }
}"""


@pytest.fixture
def reader(browser, server):
    return Reader(browser, server)


def test_a_page_of_another_site_reads_the_figures_and_the_feeds_alone(browser, server, other_site):
    context = browser.new_context()
    page = context.new_page()
    page.goto(other_site)
    figure = "/api/figures/en2019_projects?known_at=2020-01-31"
    assert page.evaluate(READ, server.address + figure) == [200, "2020-01-31", True]
    status, _, is_told = page.evaluate(READ, server.address + "/fr/feed/figure/en2019_projects.atom")
    assert (status, is_told) == (200, True)
    for address in ("/fr/", "/health", "/fr/figure/en2019_projects.csv"):
        assert page.evaluate(READ, server.address + address) == "TypeError", address
    context.close()


def test_a_citation_is_copied_by_keyboard_with_day_data_and_address(reader):
    reader.comes_to("/en/figure/en2019_projects?known_at=2020-01-31")
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.page
    page.focus(".citation > summary")
    for key in ("Enter", "Tab", "Enter"):  # opens it, goes to its button, copies
        page.keyboard.press(key)
    reader.until("document.getElementById('announce').textContent.length > 0")
    copied = page.evaluate("navigator.clipboard.readText()")
    # The press kit: 503 winners of the sixth call.
    assert "503 projects" in copied.replace("\u00a0", " ")
    assert "As known on 31 January 2020, data " in copied.replace("\u00a0", " ")
    assert copied.endswith(f"{reader.server.address}/en/figure/en2019_projects?known_at=2020-01-31")
    assert reader.faults == []


def test_the_calendar_leads_to_a_feed_and_to_what_changed(reader):
    reader.comes_to("/de/calendar")
    page = reader.page
    addresses = page.eval_on_selector_all(
        "a[href$='.atom']", "found => found.map((one) => one.getAttribute('href'))"
    )
    assert addresses == ["/de/feed.atom"]  # those of pages and numbers stand there
    page.locator(".news a").first.click()
    reader.until("location.search.includes('known_at=')")
    assert reader.faults == []
