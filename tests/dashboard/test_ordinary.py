"""A page written as Dash's documentation tells, the one of our guide: in the menu, drawn first, used, taken along."""

import io
import re
from pathlib import Path

import plotly.io
import pytest
from pypdf import PdfReader

from bench.browser import throttled_shift
from bench.reader import LIVE, WATCHING, until
from dashboards.app import create_app
from ennum_stats.errors import UsageError
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import Project
from tests.conftest import copied_project

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "dash-page.md"
EVERYTHING = """
from datetime import date
import plotly.express as px
from dash import dcc, html, register_page

register_page(__name__, path_template="/everything/<what>", name="Everything")

def layout(what, **others):
    return [
        html.H1(f"Everything of {what}", style={"marginTop": "3rem"}),
        dcc.Dropdown(["a", "b"], "a", id="dropdown"), dcc.Checklist(["x", "y"], ["x"], id="checks"),
        dcc.RadioItems({"1": "One", "2": "Two"}, "1", id="radio"), dcc.Input(id="input", value="text"),
        dcc.Textarea(id="area", value="some"), dcc.Slider(0, 10, 1, value=3, id="slider"),
        dcc.RangeSlider(0, 10, value=[2, 5], id="range"),
        dcc.DatePickerSingle(id="day", date=date(2020, 1, 1)),
        dcc.DatePickerRange(id="days", start_date=date(2020, 1, 1), end_date=date(2020, 2, 1)),
        dcc.Tabs([dcc.Tab("first", label="A"), dcc.Tab("second", label="B")], id="tabs"),
        dcc.Markdown("*leaning* <b>text</b>\\n\\n```python\\nx = 1\\n```"), dcc.Clipboard(content="x"),
        dcc.Loading(html.P("loaded"), id="loading"), dcc.Upload(html.Button("up"), id="upload"),
        dcc.Graph(figure=px.box(x=["a", "a", "b", "b"], y=[1, 2, 3, 4]), id="box"),
        dcc.Graph(figure=px.histogram(x=[1, 2, 2, 3]), id="histogram"),
    ]
"""
BARS = "document.querySelectorAll('#projects .bars .point').length"


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory, project, serving):
    """The dashboard of a project with a page of the guide, and another with all of Dash's own components."""
    root = tmp_path_factory.mktemp("ordinary") / "project"
    copied_project(project.root, root)
    (root / "pages").mkdir()
    code = re.search(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)[1]
    (root / "pages" / "projects.py").write_text(code, "utf-8")
    (root / "pages" / "everything.py").write_text(EVERYTHING, "utf-8")
    server = serving(root)
    yield server
    server.stop()


def opened(browser, address, **options):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    page = context.new_page()
    page.add_init_script(WATCHING)
    faults = []
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda got: got.status >= 400 and faults.append(f"{got.status} {got.url}"))
    page.goto(address)
    return context, page, faults


def test_the_page_of_the_guide_is_used(browser, ordinary):
    context, page, faults = opened(browser, f"{ordinary.address}/en/budgets")
    until(page, LIVE)
    page.locator("nav.pages").get_by_role("link", name="Projects by call").click()
    page.locator("h1", has_text="Projects by call").first.wait_for()
    until(page, LIVE)
    until(page, f"{BARS} === 3")
    page.locator("#calls").click()
    page.locator(".dash-dropdown-option", has_text="EN2019").click()
    until(page, f"{BARS} === 4")
    colour = page.locator("#projects .bars .point path").first.evaluate("(one) => getComputedStyle(one).fill")
    assert colour == "rgb(51, 34, 136)"  # the first of our colours, not of plotly's
    page.keyboard.press("Escape")
    page.locator("nav.pages").get_by_role("link", name="Budgets").click()
    page.locator("h1", has_text="Budgets").wait_for()
    context.close()
    assert faults == []  # among them what the policy of the pages forbids


def test_it_is_drawn_before_any_script(browser, ordinary):
    """The press kit of 2020 counts 28, 72 and 210 projects for the first three calls; bars are as high."""
    context, page, _ = opened(browser, f"{ordinary.address}/fr/projects", java_script_enabled=False)
    assert page.locator(".sketch svg").get_attribute("aria-label") == "projects_awarded / call"
    told = page.locator(".sketch svg text").all_text_contents()
    assert {"EN1", "EN2", "EN3", "call", "projects_awarded"} <= set(told)
    heights = [float(one.get_attribute("height")) for one in page.locator(".sketch rect").all()[1:]]
    assert len(heights) == 3
    assert heights[1] / heights[0] == pytest.approx(72 / 28, rel=0.01)
    assert heights[2] / heights[0] == pytest.approx(210 / 28, rel=0.01)
    context.close()
    assert throttled_shift(browser, f"{ordinary.address}/fr/projects") <= 0.01


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stands_in_every_language_and_follows_the_day(ordinary, language):
    status, body = ordinary.get(f"/{language}/projects?known_at=2020-01-31")
    assert status == 200
    assert f'lang="{language}"' in body.decode()
    assert 'class="notice" role="note"' not in body.decode()
    assert ordinary.get("/projects")[0] == 302


def test_its_chart_is_in_the_pdf(ordinary):
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(ordinary.get("/en/projects.pdf")[1])).pages
    )
    assert {"EN1", "EN2", "EN3", "projects_awarded"} <= set(text.split())


def test_every_component_of_dash_works_under_the_policy(browser, ordinary):
    context, page, faults = opened(browser, f"{ordinary.address}/fr/everything/dcc")
    until(page, LIVE)
    assert page.locator("h2", has_text="Everything of dcc").is_visible()
    until(page, "document.querySelectorAll('.dash-graph .main-svg').length >= 2")
    for place in (
        "#dropdown",
        ".dash-datepicker-input-wrapper",
        "#tabs .tab:nth-child(2)",
        "#slider .dash-slider-thumb",
    ):
        page.locator(place).first.click()
        page.wait_for_timeout(300)
        page.keyboard.press("Escape")
    context.close()
    assert faults == []
    text = ordinary.get("/fr/everything/dcc")[1].decode()
    assert "<em>leaning</em> &lt;b&gt;text&lt;/b&gt;" in text
    assert 'style="marginTop' not in text
    assert "margin-top:3rem" in text
    assert "<td>b</td><td>4</td>" in text  # a box is not drawn by the server: its values stand there


@pytest.mark.parametrize(
    ("code", "line"), [("x = (\nregister_page(\n", 2), ("\n\nimport nowhere  # register_page\n", 3)]
)
def test_a_page_that_cannot_be_imported_is_told_by_its_line(tmp_path, monkeypatch, code, line):
    monkeypatch.setattr(plotly.io.templates, "default", plotly.io.templates.default)
    (tmp_path / "pages" / "more").mkdir(parents=True)
    (tmp_path / "pages" / "more" / "broken.py").write_text(code, "utf-8")
    with pytest.raises(UsageError, match=rf"^pages/more/broken\.py:{line}: .*Error"):
        create_app(Project(tmp_path))
