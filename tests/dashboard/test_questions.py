"""What a director asks, each answered from the overview by clicks, keys and the search of the header.

The ways are those that are measured (`bench/questions.py`); the numbers expected are those of the press kit
of January 2020, of the documents after it, and of the raw lists of invented schools.
"""

import re
from collections import Counter
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from bench.questions import CLIPBOARD, QUESTIONS
from bench.reader import Reader
from tests.conftest import rows_of

CLICKS = {2: 2, 3: 1, 5: 1, 6: 1, 7: 2, 8: 4, 9: 1, 10: 1, 11: 1, 12: 1, 13: 1, 14: 2, 15: 2, 17: 2, 20: 6}
"""None where the first page itself is the answer."""


@pytest.fixture(scope="module")
def director(chromium, server):
    """One reader for all questions: each begins anew at the overview."""
    reader = Reader(chromium, server, permissions=[*CLIPBOARD])
    yield reader
    reader.context.close()


@pytest.fixture(scope="module")
def listed(chromium, counted_server):
    """The same where lists of invented schools are loaded."""
    reader = Reader(chromium, counted_server, permissions=[*CLIPBOARD])
    yield reader
    reader.context.close()


@pytest.fixture
def ask(director, request):
    """Asks a question by its number, and reads the answer."""
    asked = []

    def answer(number):
        question = QUESTIONS[number]
        reader = request.getfixturevalue("listed") if question.needs_lists else director
        asked.append(reader)
        told = question.way(reader.comes_to("/fr/"))
        assert reader.clicks == CLICKS.get(number, 0)
        return SimpleNamespace(said=plain(told), reader=reader)

    yield answer
    assert all(reader.faults == [] for reader in asked)


def plain(text):
    """A text with plain spaces, and none within a number."""
    return re.sub(r"(?<=\d)[\u202f\u00a0 ](?=\d{3}\b)", "", re.sub(r"[\u00a0\n]+", " ", text))


def bounds(text):
    """The least and the most that a number as a card writes it can be: 136,6–137,7."""
    found = [float(one.replace(",", ".")) for one in re.findall(r"\d+(?:,\d+)?", text)]
    return found[0], found[-1]


def is_on_the_first_screen(reader, place):
    box = reader.page.locator(place).first.bounding_box()
    return box["y"] + box["height"] <= reader.page.viewport_size["height"]


def test_every_question_has_a_way():
    assert [*QUESTIONS] == [*range(1, 21)]


def test_1_what_has_been_spent_since_1999(ask):
    found = ask(1)
    low, high = bounds(found.said.split(" (")[0])
    assert low <= 137 <= high
    assert high - low < 2
    assert "1999-2019" in found.said
    assert is_on_the_first_screen(found.reader, ".card")


def test_2_and_each_year_since_2012(ask):
    """Charts 1 and 2 of the kit; 8.7 million for EN2020 (Trends/Le Vif, October 2021)."""
    found = ask(2)
    assert "depuis 2012" in found.said
    least = 104_880 + 539_500 + 3_424_546 + 7_260_658 + 6_910_088 + 6_825_000 + 7_124_359 + 8_700_000
    said = Decimal(re.search(r"Au moins ([\d,]+) millions d’euros", found.said)[1].replace(",", "."))
    assert said * 1_000_000 <= least < (said + Decimal("0.2")) * 1_000_000  # rounded amounts: less
    calls = {row[0]: row for row in found.reader.rows("#budgets-calls")}
    assert calls["EN2018 2017-2018"][1] == "6,9 M€"
    assert calls["EN2019 2018-2019"][3] == "25,1 M€"  # 2.3: more than 25 million from 2012 to 2019
    spans = {row[0]: row for row in found.reader.rows("#budgets-spans")}
    low, high = bounds(spans["Cyberclasse 2009-2019"][3])  # 2.2: 85 million, over eleven years
    assert low <= 85 / 11 <= high
    years = {row[0] for row in found.reader.rows("#budgets-year")}
    assert set(map(str, range(2012, 2020))) <= years


def test_3_which_call_gave_most_per_project(ask):
    said = ask(3).said
    assert "EN2018" in said
    assert re.search(rf"\b{round(6_910_088 / 326, -2):.0f}\b", said)


def test_4_what_changed_since_the_last_kit(ask):
    found = ask(4)
    assert "janvier 2020" in found.said
    assert "762 projets" in found.said  # RTL/Belga, June 2020
    found.reader.click(found.reader.page.locator(".changes a").last)
    found.reader.until("document.querySelector('h1').textContent === 'Documents'")


def test_5_how_sure_are_we_of_coverage(ask, director):
    """By keyboard; one answer, not two: at least 1,724 of at most 3,850 sites, as the winners of EN2021 are not
    known."""
    found = ask(5)
    assert "au moins 44,7" in found.said.replace("\u00a0", " ")
    director.comes_to("/fr/")
    card = director.page.locator(".card", has_text="ayant au moins un projet")
    assert "44,7" in card.locator(".number").inner_text()
    assert "54,3" not in card.inner_text()


def test_6_how_many_schools_in_verviers_have_had_nothing(ask, counted_projects):
    """By the search of the header, by keyboard; counted anew from the raw lists of invented schools."""
    found = ask(6)
    project = counted_projects["borders"]
    won = {row["implantation"] for row in rows_of(project, "participations")}
    there = {row["implantation"] for row in rows_of(project, "implantations") if row["commune"] == "63079"}
    assert f"avec un projet École Numérique, {len(there - won)} sans." in found.said


def test_6_without_lists_it_is_said_what_is_known(director):
    director.comes_to("/fr/").finds("Verviers", "Verviers")
    told = plain(director.text("main .without-lists"))
    assert "aucune liste de lauréats n’était connue" in told
    assert bounds(re.search(r"; (entre .*?) n’en ont eu aucun", told)[1]) == (45.7, 55.3)


def test_7_hainaut_or_liege(ask, counted_projects):
    """The share of sites with a project in each, counted anew from the raw lists."""
    said = ask(7).said
    project = counted_projects["borders"]
    won = {row["implantation"] for row in rows_of(project, "participations")}
    of = {row["commune"]: row["province"] for row in rows_of(project, "communes")}
    sites, reached = Counter(), Counter()
    for row in rows_of(project, "implantations"):
        sites[of[row["commune"]]] += 1
        reached[of[row["commune"]]] += row["implantation"] in won
    shares = {name: Decimal(100 * reached[name]) / sites[name] for name in ("hainaut", "liege")}
    for name, share in (("Hainaut", shares["hainaut"]), ("Liège", shares["liege"])):
        shown = re.search(rf"rovince de {name} : (?:environ )?([\d,]+) %", said)[1]
        assert abs(Decimal(shown.replace(",", ".")) - share) <= Decimal("0.05"), name
    names = {"Hainaut": "hainaut", "Liège": "liege"}
    last, first = re.search(r"Écart, province de (\w+) face à province de (\w+) :", said).groups()
    is_behind = shares[names[last]] < shares[names[first]]
    assert ("de moins" if is_behind else "de plus") in said


def test_8_en2018_against_en2019(ask):
    said = ask(8).said
    assert "EN2018 : 326 projets" in said  # chart 1
    assert "EN2019 : 503 projets" in said
    assert f"{503 - 326} de plus" in said


def test_9_where_the_137_millions_come_from(ask):
    found = ask(9)
    for part in (
        "Cyberécole environ 20 millions d’euros",  # 2.1 to 2.4
        "Cyberclasse environ 85 millions d’euros",
        "École Numérique plus de 25 millions d’euros",
        "Connectivité interne (projet pilote) 7124359 euros",
    ):
        assert part in found.said
    page = found.reader.page
    found.reader.click(page.locator("dialog[open] a[href*='/document/']").first)
    page.locator("h1", has_text="dossier de presse").wait_for()


def test_10_what_did_we_know_on_1_january_2018(ask):
    found = ask(10)
    assert "12 implantations sur 200" in found.said  # Parliament, 12 December 2017
    assert found.reader.text(".card .number") == "pas encore connu"  # first printed in January 2020


def test_11_all_that_at_the_prices_of_2024(ask):
    """The choice goes along: every amount of every page is at these prices, or says why not."""
    found = ask(11)
    reader = found.reader
    low, high = bounds(reader.text(".card .number"))
    assert 137 < low <= high < 2 * 137  # prices rose: the same amounts are more at those of 2024
    for page in ("Vue d’ensemble", "Lauréats", "Connectivité et équipement"):
        reader.goes_to(page)
        left = reader.page.evaluate(
            "(form) => document.querySelector('main').innerText.replace(form, '')",
            reader.page.locator("main form").first.inner_text(),
        )
        told = [line for line in left.splitlines() if "euros courants" in line]
        assert all("plans" in line or "non converti" in line for line in told), (page, told)
        assert "aux prix de 2024" in left
    reader.goes_to("Objectifs")  # what was announced stays as printed, and says so
    assert "restent en euros courants" in reader.text("main .notice")
    reader.goes_to("Équipe et soutien")  # no amounts: the choice passes through
    reader.goes_to("Budgets")
    assert "aux prix de 2024" in reader.text("#budgets-programme caption")


def test_12_how_many_applicants_for_one_winner(ask):
    found = ask(12)
    assert "EN2020" in found.said
    headings = found.reader.page.locator("#winners-table thead th").all_inner_texts()
    place = next(n for n, one in enumerate(headings) if "pour un lauréat" in one)
    rows = {row[0].split()[0]: row[place] for row in found.reader.rows("#winners-table")}
    for call, submitted, selected in (("EN2018", 781, 326), ("EN2019", 762, 503), ("EN2020", 955, 679)):
        assert float(rows[call].replace(",", ".")) == round(submitted / selected, 1)
    low, high = bounds(rows["EN2017"])  # about 1,300 submitted
    assert low <= 1300 / 570 <= high


def test_13_how_far_is_wi_fi_and_what_is_planned(ask):
    """By keyboard: the pilot (1.1 of the kit) and the plan (Belga, 13 July 2023) in the first sentences."""
    found = ask(13)
    assert "183 implantations sur 200" in found.said
    assert "1350 écoles" in found.said
    assert "60 millions d’euros" in found.said
    assert is_on_the_first_screen(found.reader, "main .state")
    assert "120 millions d’euros" in plain(found.reader.text("h2:has-text('annoncés pour 2022-2026')"))


def test_14_send_this_view_to_a_colleague(ask):
    found = ask(14)
    assert found.said.endswith(f"{found.reader.server.address}/fr/")


def test_15_this_chart_into_my_slides(ask):
    slides, charts = map(int, re.findall(r"\d+", ask(15).said))
    assert slides == 3  # a board's brief
    assert charts == 1


def inked(paper):
    """How far down each page of a PDF is printed on, without its number; from 0 to 1."""
    document = pypdfium2.PdfDocument(paper)
    for page in document:
        grey = page.render(scale=0.5, grayscale=True).to_pil()
        body = grey.crop((0, 0, grey.width, round(grey.height * 0.94)))
        box = body.point(lambda value: 255 * (value < 200)).getbbox()
        yield box[3] / body.height if box else 0
    document.close()


def test_16_print_the_page(ask):
    found = ask(16)
    *full, last = inked(found.reader.page.pdf(prefer_css_page_size=True))
    assert all(page > 0.6 for page in full)
    assert last > 0.1
    assert len(full) <= 2


def test_17_the_same_in_german(ask, director):
    """Sentences, and remarks on documents, are in the reader's language; titles stay in their own."""
    director.comes_to("/fr/connectivity")
    remark = "#done-numbers tbody td:last-child"
    told = director.page.locator(remark).all_text_contents()  # folded below what the page answers
    found = ask(17)
    german = found.reader.page.locator(remark).all_text_contents()
    assert "1.350 Schulen" in found.said
    assert "Abschnitt 2.4" in plain(found.reader.page.locator("#done-numbers").text_content())
    assert len(german) == len(told)
    assert all(one != other for one, other in zip(told, german, strict=True) if one.strip())


def test_18_whom_do_i_call_about_it(ask):
    found = ask(18)
    assert "1718" in found.said
    assert "SPW Emploi" in found.said
    assert is_on_the_first_screen(found.reader, "main .contact")
    found.reader.goes_to("Budgets")
    assert found.reader.page.locator("footer a[href='tel:1718']").count() == 1


def test_19_when_was_it_updated(ask):
    found = ask(19)
    published = datetime.fromisoformat(found.reader.server.health()["published_at"])
    there = published.astimezone(ZoneInfo("Europe/Brussels"))
    assert f"{there:%H:%M}, heure belge" in found.said
    assert f"{there.day} " in found.said
    fresh = found.reader.page.locator("section", has_text="De quand datent ces chiffres").last
    assert "18 mars 2025" in fresh.inner_text()
    found.reader.goes_to("Documents")
    assert is_on_the_first_screen(found.reader, ".top .updated")


def test_20_tell_me_when_it_changes_and_put_it_on_our_site(ask):
    found = ask(20)
    feed, frame = found.said.split(" ; ", 1)
    status, told = found.reader.server.get(feed)
    assert status == 200
    assert b"<feed" in told
    there = re.search(r'src="(/fr/embed/chart/[^"]+)"', frame)[1]
    status, told = found.reader.server.get(there)
    assert status == 200
    assert "679" in told.decode()  # Trends/Le Vif, October 2021
