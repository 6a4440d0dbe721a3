"""The twenty questions of a director, each answered from the French overview by clicks, keys and the search:
the way to each answer, for the tests, and its clicks and seconds."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

from bench import browser, serving
from bench.reader import Reader
from bench.timing import Line, Options, show

CLIPBOARD = ("clipboard-read", "clipboard-write")
SITES = 600
_LONGEST = 160


@dataclass(frozen=True)
class Question:
    """A question, the way to its answer, and whether it needs lists of schools."""

    number: int
    asked: str
    way: Callable[[Reader], str]
    needs_lists: bool = False


QUESTIONS: dict[int, Question] = {}


def _question(
    number: int, asked: str, *, needs_lists: bool = False
) -> Callable[[Callable[[Reader], str]], Callable[[Reader], str]]:
    def declare(way: Callable[[Reader], str]) -> Callable[[Reader], str]:
        QUESTIONS[number] = Question(number, asked, way, needs_lists)
        return way

    return declare


def measures(options: Options) -> None:
    """Print each question with its seconds, clicks and answer: on the data of the package, and on invented
    schools where lists are needed."""
    packaged = serving.copied(options.scratch / "questions")
    invented = serving.invented(options.scratch / "questions-demo", SITES)
    asked = [*QUESTIONS.values()][options.size(0, 4) : options.size(len(QUESTIONS), 6)]
    lines: dict[int, Line] = {}
    for needs_lists, root in ((False, packaged), (True, invented)):
        with serving.dashboard(root) as (port, _), browser.opened() as opened:
            server = SimpleNamespace(address=f"http://127.0.0.1:{port}")
            reader = Reader(opened, server, permissions=CLIPBOARD)
            for one in asked:
                if one.needs_lists is needs_lists:
                    lines[one.number] = _measured(reader, one, options.runs)
    shown = [lines[number] for number in sorted(lines)]
    show("Vingt questions d’une direction", shown, ("clics", "réponse"))


def _measured(reader: Reader, one: Question, runs: int) -> Line:
    """Take the shortest of some runs: what else the machine does is no part of an answer."""
    seconds, told = [], ""
    for _ in range(runs):
        reader.comes_to("/fr/")
        begin = time.perf_counter()
        told = one.way(reader)
        seconds.append(time.perf_counter() - begin)
    beside = (str(reader.clicks), textwrap.shorten(told, _LONGEST, placeholder="…"))
    name = f"{one.number}. {one.asked}"
    return Line(name, "", f"{min(seconds):.1f} s", is_reached=bool(told), beside=beside)


def _unfold_take_along(reader: Reader) -> None:
    reader.click(reader.page.locator("#take-along > summary"))


# --- the ways -------------------------------------------------------------------------------------


@_question(1, "Combien a été dépensé depuis 1999 ?")
def spent(reader: Reader) -> str:
    """Read the first key figure."""
    return f"{reader.text('.card .number')} ({reader.text('.card .label')})"


@_question(2, "Et chaque année depuis 2012 ?")
def by_year(reader: Reader) -> str:
    """Go to the budgets and choose the years."""
    reader.goes_to("Budgets")
    reader.chooses("#choice-by", "year")
    reader.page.locator("#budgets-calls").wait_for()
    calls = "; ".join(f"{row[0]} {row[1]}" for row in reader.rows("#budgets-calls"))
    return f"{reader.text('figure.chart h2')} : {calls}"


@_question(3, "Quel appel a donné le plus par projet ?")
def most_per_project(reader: Reader) -> str:
    """Read the heading of the mean grants."""
    reader.goes_to("Lauréats")
    return reader.text("h2:has-text('par projet')")


@_question(4, "Qu’est-ce qui a changé depuis le dernier dossier ?")
def changed(reader: Reader) -> str:
    """Read what changed on the overview."""
    return reader.text(".changes")


@_question(5, "Quelle est la certitude de la couverture ?")
def coverage(reader: Reader) -> str:
    """Go to coverage by keyboard, and read the first interval."""
    reader.tabs_to("Couverture")
    first = reader.rows("#interval")[0]
    return f"{first[1]} ({first[0]})"


@_question(6, "Combien d’écoles de Verviers n’ont rien eu ?", needs_lists=True)
def nothing_in_verviers(reader: Reader) -> str:
    """Type the commune into the search of the header."""
    reader.finds("Verviers", "Verviers")
    return reader.text("main .text .lead")


def _first_sentence(reader: Reader) -> str:
    """Read the first sentence of what is compared, without the button behind it."""
    first = reader.page.locator(".compared li").first
    return str(first.evaluate("item => item.firstChild.textContent")).strip()


@_question(7, "Hainaut ou Liège : qui est en tête ?", needs_lists=True)
def ahead(reader: Reader) -> str:
    """Compare provinces, of which these two are the example."""
    reader.goes_to("Comparer")
    reader.chooses("#choice-of", "province")
    reader.page.locator(".compared li", has_text="Liège").wait_for()
    return _first_sentence(reader)


@_question(8, "EN2018 face à EN2019")
def two_calls(reader: Reader) -> str:
    """Compare calls, and check the two."""
    reader.goes_to("Comparer")
    reader.click(reader.page.locator("details.choice summary", has_text="Appels"))
    for call in ("EN2018", "EN2019"):
        reader.checks("what", call)
    reader.page.locator(".compared li", has_text="EN2019 face à EN2018").wait_for()
    return _first_sentence(reader)


@_question(9, "D’où viennent les 137 M€ ?")
def parts(reader: Reader) -> str:
    """Open the evidence of the total."""
    reader.click(reader.page.locator("a[data-evidence-link]").first)
    reader.page.locator("dialog[open] #evidence-parts").wait_for()
    return "; ".join(f"{row[0]} {row[2]}" for row in reader.rows("#evidence-parts"))


@_question(10, "Que savait-on le 1er janvier 2018 ?")
def known_in_2018(reader: Reader) -> str:
    """Turn back the clock of the header."""
    listed = reader.page.locator("#known-at option").evaluate_all("(all) => all.map((o) => o.value)")
    reader.chooses("#known-at", max(day for day in listed if "" < day <= "2018-01-01"))
    reader.page.locator(".past").wait_for()
    return reader.text(".state")


@_question(11, "Tout cela aux prix de 2024")
def at_prices_of_2024(reader: Reader) -> str:
    """Choose the prices, which go along to every page."""
    reader.chooses("#choice-prices", "real:2024")
    reader.page.locator("#sum caption", has_text="aux prix de 2024").wait_for(state="attached")
    return reader.text(".state")


@_question(12, "Combien de candidatures pour un lauréat ?")
def applicants(reader: Reader) -> str:
    """Read the heading of the chart of applicants."""
    reader.goes_to("Lauréats")
    return reader.text("#applicants-per-winner-heading")


@_question(13, "Où en est le Wi-Fi, et qu’est-ce qui est prévu ?")
def wifi(reader: Reader) -> str:
    """Go to connectivity by keyboard, and read its first sentences."""
    reader.tabs_to("Connectivité et équipement")
    return reader.text(".state")


@_question(14, "Envoyer cette vue à un collègue")
def send(reader: Reader) -> str:
    """Copy the address of the page."""
    _unfold_take_along(reader)
    reader.click(reader.page.locator("#take-along button[data-copy]").first)
    reader.until("window.announced.length > 0")
    return str(reader.page.evaluate("navigator.clipboard.readText()"))


@_question(15, "Ce graphique dans mes diapositives")
def slides(reader: Reader) -> str:
    """Download the page as slides, and count the charts that Office can change."""
    from pptx import Presentation

    _unfold_take_along(reader)
    with reader.page.expect_download() as download:
        reader.click(reader.page.locator("#take-along a[href*='.pptx']"))
    made = Presentation(BytesIO(Path(download.value.path()).read_bytes()))
    charts = sum(shape.has_chart for slide in made.slides for shape in slide.shapes)
    return f"{len(made.slides)} diapositives, {charts} graphiques modifiables"


@_question(16, "Imprimer la page")
def printed(reader: Reader) -> str:
    """Print the page as the browser does."""
    import pypdfium2

    document = pypdfium2.PdfDocument(reader.page.pdf(prefer_css_page_size=True))
    pages = len(document)
    document.close()
    return f"{pages} pages"


@_question(17, "La même chose en allemand")
def in_german(reader: Reader) -> str:
    """Change the language on a page with remarks."""
    reader.goes_to("Connectivité et équipement")
    reader.click(reader.page.get_by_role("link", name="DE", exact=True))
    reader.page.locator("html[lang=de] h1", has_text="Konnektivität").wait_for()
    return reader.text(".state")


@_question(18, "Qui appeler à ce sujet ?")
def whom_to_call(reader: Reader) -> str:
    """Read the contact of the overview."""
    return reader.text("main .contact")


@_question(19, "Quand cela a-t-il été mis à jour ?")
def updated(reader: Reader) -> str:
    """Read the head of the page."""
    return reader.text(".top .updated")


@_question(20, "M’avertir des changements ; le montrer sur notre site")
def followed(reader: Reader) -> str:
    """Find the feed in the calendar, and what shows a chart on another site on the chart's own page."""
    reader.goes_to("Calendrier")
    feed = reader.page.locator("a[href$='feed.atom']").first.get_attribute("href")
    reader.goes_to("Lauréats")
    reader.click(reader.page.locator("figure.chart a[data-evidence-link]").first)
    reader.click(reader.page.locator("dialog[open] .address a"))
    reader.page.locator("main figure.alone").wait_for()
    _unfold_take_along(reader)
    reader.click(reader.page.locator("#take-along details.citation > summary").first)
    return f"{feed} ; {reader.text('#take-along details.citation pre')}"
