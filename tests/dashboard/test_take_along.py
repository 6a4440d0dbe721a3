"""What is taken along: charts in pages of others, addresses, codes, pictures and views kept in a browser."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from dashboards.app import create_app
from dashboards.registry import all_pages
from dashboards.server.guards import Hosts
from ennum_stats.charts import CHARTS
from tests.dashboard.conftest import violations

CHART = "/fr/embed/chart/winners_per_call"
PINNED = f"{CHART}?known_at=2020-01-31"


def opened(page):
    """Unfolds what can be taken along; it stays open on the way to another page."""
    page.evaluate("document.getElementById('take-along').open = true")


def policy(answer):
    return answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", [CHART, PINNED, f"{CHART}.png", f"{CHART}.svg?known_at=2020-01-31"])
def test_a_chart_for_other_sites_may_be_framed_and_runs_no_script(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert "frame-ancestors *" in policy(answer)
    assert "script-src" not in policy(answer)
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert b"<script" not in answer.data


@pytest.mark.parametrize(
    "address",
    ["/fr/", "/fr/chart/winners_per_call", "/fr/chart/winners_per_call.png", "/fr/embed/chart/",
     "/fr/embed/x", "/fr/code/budgets", "/api/", "/embed/chart/winners_per_call"],
)  # fmt: skip
def test_nothing_else_may_be_framed(client, address):
    answer = client.get(address)
    assert "frame-ancestors 'none'" in policy(answer)
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_chart_elsewhere_follows_the_figures_or_keeps_its_day(client):
    """The press kit of January 2020 has 503 winners of the sixth call; the seventh came later."""
    pinned, living = (client.get(PINNED).get_data(as_text=True), client.get(CHART).get_data(as_text=True))
    assert "503" in pinned
    assert not re.search(r"\b679\b", pinned)
    assert "679" in living
    assert "31\u00a0janvier\u00a02020" in pinned
    assert 'href="/fr/chart/winners_per_call?known_at=2020-01-31"' in pinned


@pytest.mark.parametrize(
    ("asked", "accepted", "language"), [("lang=de", "nl", "de"), ("", "nl", "nl"), ("lang=xx", "de-BE", "de")]
)
def test_a_chart_elsewhere_speaks_the_language_asked_for(client, asked, accepted, language):
    answer = client.get(f"/embed/chart/winners_per_call?{asked}", headers={"Accept-Language": accepted})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"/{language}/embed/chart/winners_per_call")


def test_what_an_address_adds_makes_no_other_answer(app, client):
    """There are as many answers as there are charts as shown, whatever is asked."""
    tags = {
        client.get(f"{CHART}?{asked}", headers={"Accept-Encoding": "gzip"}).headers["ETag"]
        for asked in ("", "x=1", "known_at=", "lang=fr&y=2", "known_at=nothing&known_at=")
    }
    assert len(tags) <= 2  # with and without the notice that there is no such day
    kept = len(app.answers.kept)
    for n in range(20):
        client.get(f"{CHART}?utm={n}", headers={"Accept-Encoding": "gzip"})
        client.get(f"/fr/code/budgets?utm={n}", headers={"Accept-Encoding": "gzip"})
    assert len(app.answers.kept) <= kept + 1


def test_a_frame_is_as_light_as_is_said(client):
    """50 kB with all that it loads the first time; 5 kB once a browser has kept style and typeface."""
    for name in CHARTS:
        if name == "coverage_map":  # has the borders of all communes
            continue
        first = client.get(f"/de/embed/chart/{name}", headers={"Accept-Encoding": "br"})
        page = client.get(f"/de/embed/chart/{name}").get_data(as_text=True)
        loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
        assert loaded
        parts = [client.get(one, headers={"Accept-Encoding": "br"}).data for one in loaded]
        assert len(first.data) <= 5_000, name
        assert len(first.data) + sum(map(len, parts)) <= 50_000, name
        assert "Set-Cookie" not in first.headers


def test_a_telephone_gets_a_layout_of_its_own(client):
    desk, phone = (client.get(f"{CHART}{ending}.svg").get_data(as_text=True) for ending in ("", "-phone"))
    assert "utm" not in client.get(f"{CHART}-phone.svg?utm=1").request.url
    assert 'viewBox="0 0 640 ' in desk
    assert 'viewBox="0 0 390 ' in phone
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', phone)) >= 12


def test_the_internal_server_has_no_chart_for_others(inside):
    assert inside.get(CHART).status_code == 404
    assert inside.get(f"{CHART}.png").status_code == 404
    assert "iframe" not in inside.get("/fr/chart/winners_per_call").get_data(as_text=True)


@pytest.mark.parametrize("path", ["embed/chart/nothing", "embed/chart/winners_per_call.pdf", "code/nothing"])
def test_what_is_not_there_is_said(client, path):
    answer = client.get(f"/fr/{path}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.get_data(as_text=True)


def test_snippets_name_the_server_that_readers_know(project):
    app = create_app(project, hosts=Hosts(frozenset(("localhost", "stats.example")), public="stats.example"))
    page = app.server.test_client().get("/en/chart/winners_per_call").get_data(as_text=True)
    shown = "".join(re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL))
    assert 'src="https://stats.example/en/embed/chart/winners_per_call"' in shown
    assert re.search(
        r'src="https://stats.example/en/embed/chart/winners_per_call\?known_at=\d{4}-\d\d-\d\d"', shown
    )
    assert 'src="/en/code/chart/winners_per_call"' in page


def test_a_page_of_another_site_shows_a_chart_and_no_page(browser, server, other_site):
    context = browser.new_context()
    page = context.new_page()
    faults = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(other_site)
    for address in (PINNED, "/fr/chart/winners_per_call"):
        page.evaluate(
            "(src) => document.body.append(Object.assign(document.createElement('iframe'), { src }))",
            server.address + address,
        )
    shown = page.frame_locator("iframe >> nth=0")
    shown.locator("h1").wait_for()
    assert "503" in shown.locator("svg").first.get_attribute("aria-label")
    for _ in range(600):
        if any("frame-ancestors" in one or "X-Frame-Options" in one for one in faults):
            break
        page.wait_for_timeout(50)
    assert faults, "the page was framed"
    assert all("frame-ancestors" in one or "X-Frame-Options" in one for one in faults)
    context.close()


def test_a_view_is_kept_by_keyboard_found_on_another_page_and_deleted(reading):
    reader = reading("/en/budgets?prices=real:2020")
    page = reader.page
    page.focus("#take-along > summary")
    page.keyboard.press("Enter")
    page.fill("#view-name", "Old euros")
    page.keyboard.press("Enter")
    page.locator(".saved").get_by_role("link", name="Old euros").wait_for()
    reader.goes_to("Winners")
    opened(page)
    page.locator(".saved").get_by_role("link", name="Old euros").click()
    reader.until("location.pathname === '/en/budgets'")
    assert "prices=real" in page.evaluate("location.search")
    opened(page)
    page.get_by_role("button", name="Delete: Old euros").click()
    page.locator(".saved").get_by_role("link", name="Old euros").wait_for(state="detached")
    assert page.evaluate("localStorage.getItem('views')") == "[]"
    assert reader.faults == []


def test_an_image_is_copied(reading):
    reader = reading("/en/chart/winners_per_call")
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.page
    opened(page)
    page.get_by_role("button", name="Copy the image").click()
    reader.until("document.getElementById('announce').textContent.length > 0")
    kinds = page.evaluate("navigator.clipboard.read().then(([one]) => one.types)")
    assert kinds == ["image/png"]
    assert reader.faults == []


# --- a page as PDF --------------------------------------------------------------------------------


def pdf_of(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert '.pdf"' in answer.headers["Content-Disposition"]
    return PdfReader(BytesIO(answer.data))


def words_on(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def described(node):
    """The descriptions of the figures below a node of the structure."""
    node = node.get_object()
    if node.get("/S") == "/Figure":
        yield str(node["/Alt"])
    kids = node.get("/K", [])
    for one in kids if isinstance(kids, list) else [kids]:
        if isinstance(one.get_object(), dict):
            yield from described(one)


@pytest.mark.parametrize("language", ["fr", "de", "nl", "en"])
@pytest.mark.parametrize("page", ["overview", "figure/total_investment", "chart/winners_per_call"])
def test_a_page_is_a_tagged_pdf_with_title_and_language(client, language, page):
    pdf = pdf_of(client, f"/{language}/{page}.pdf")
    root = pdf.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"].split("-")[0] == language
    assert pdf.metadata.title
    assert page != "overview" or len(pdf.pages) == 1  # a brief on one sheet
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_every_listed_page_is_a_pdf(client):
    for page in all_pages().values():
        if page.is_listed:
            assert len(pdf_of(client, f"/en/{page.path or 'overview'}.pdf").pages) >= 1, page.path


def test_a_pdf_begins_with_its_answer_and_ends_with_its_sources(client, project):
    """503 winners of the sixth call stand in the press kit; the seventh was not known on that day."""
    asked = "known_at=2020-01-31&call=EN2019"
    words = words_on(pdf_of(client, f"/en/winners.pdf?{asked}"))
    assert words.index("Calls: EN2019") < words.index("503") < 500
    assert not re.search(r"\b679\b|/en/winners|\b[0-9a-f]{16}\b", words)
    ending = words[words.rindex("Sources") :]
    assert "20 ans d’investissement" in ending
    assert re.search(r"As known on 31.January 2020\.", ending)


def test_drawings_in_a_pdf_are_described(client):
    pdf = pdf_of(client, "/en/chart/winners_per_call.pdf?known_at=2020-01-31")
    told = [*described(pdf.trailer["/Root"]["/StructTreeRoot"])]
    assert any("503" in one for one in told)


def test_the_same_page_gives_the_same_pdf(app, client):
    address = "/en/people.pdf?known_at=2020-01-31"
    first = client.get(address).data
    app.answers.kept.clear()
    assert client.get(address, headers={"Accept-Encoding": "gzip"}).data == first


def test_the_internal_pdf_says_so_on_each_page(inside):
    pdf = pdf_of(inside, "/en/winners.pdf")
    for page in pdf.pages:
        assert "internal" in page.extract_text().lower()


def test_axe_finds_nothing_where_all_is_unfolded(reading):
    reader = reading("/fr/chart/winners_per_call")
    page = reader.page
    page.evaluate(
        "document.querySelectorAll('#take-along, #take-along details').forEach((one) => { one.open = true; })"
    )
    page.locator("#view-name").wait_for()
    page.get_by_role("button", name="Enregistrer").click()
    for address, where in (("", "#take-along"), (PINNED, None)):
        if address:
            page.goto(reader.server.address + address)
        for width, scheme in ((1280, "light"), (320, "dark")):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page, where) == []
            page.wait_for_function(f"document.documentElement.scrollWidth <= {width}")
