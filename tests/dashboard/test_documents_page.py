"""Every number is within reach of a page of its document; evidence says what each number is of."""

import re

import pytest

from ennum_stats.store.ledger import open_ledger
from tests.dashboard.conftest import cells_of, page_of


@pytest.fixture(scope="module")
def ledger(project):
    return open_ledger(project)


def test_every_number_has_a_row_on_the_page_of_its_document(client, ledger):
    numbers = {}
    for one in ledger.all_observations():
        numbers[one.source.source_id] = numbers.get(one.source.source_id, 0) + 1
    listed = page_of(client, "/en/documents")
    for source, count in numbers.items():
        assert f'/en/document/{source}"' in listed
        page = page_of(client, f"/en/document/{source}")
        assert len(cells_of(page, "document-numbers")) == count
        assert ledger.source(source).title in page


def test_the_page_answers_and_folds_its_lists_by_page_and_year(client):
    """It was 8,900 px long; its sheet of paper has all that is folded."""
    main = re.search(r"<main.*?</main>", page_of(client, "/fr/documents"), re.DOTALL)[0]
    folded = re.findall(r"<details><summary>(.*?)</summary>", main)
    assert len(re.findall(r"<table", main)) < len(folded) < 20
    assert "<table" not in re.sub(r"<details.*?</details>", "", main, flags=re.DOTALL)
    assert any(
        re.match(r"2020 : \d+ documents", plain) for plain in (each.replace("\u00a0", " ") for each in folded)
    )


def test_a_call_has_one_page_with_the_evidence_of_each_of_its_numbers(client):
    """781 projects of EN2018 were submitted, 326 won 6,910,088 euros (charts 1 and 2 of the press kit)."""
    assert '<a href="/en/call/EN2018" data-evidence-link="">' in page_of(client, "/en/winners")
    page = page_of(client, "/en/call/EN2018").replace("\u00a0", " ")
    told = {row[0]: row[1] for row in cells_of(page, "call-figures")}
    assert told["Projects submitted for EN2018"] == "781 projects"
    assert told["Projects selected under EN2018"] == "326 projects"
    assert 'href="/en/figure/en2018_budget" data-evidence-link="">6,910,088' in page
    assert (
        "Projects selected under EN2018: 326 projects. Budget awarded to the projects of EN2018: 6,910,088"
        in page
    )
    assert client.get("/en/call/EN1899").status_code == 404


def test_a_document_keeps_the_day_known_and_is_not_there_before(client):
    page = page_of(client, "/fr/document/press-kit-2020?known_at=2020-06-01")
    assert "/fr/documents?known_at=2020-06-01" in page
    assert client.get("/fr/document/press-kit-2020?known_at=2018-01-01").status_code == 404
    assert client.get("/fr/document/there-is-none").status_code == 404


def test_a_title_has_the_language_of_its_document(client, ledger):
    sources = (ledger.source(row["source_id"]) for row in ledger.records("sources"))
    english = [source for source in sources if source.title_language == "en"]
    assert english
    page = page_of(client, "/de/documents")
    for source in english:
        before = page.partition(source.title)[0]
        assert re.search(r'lang="en"[^<]*$', before), source.title
    assert '<h1 lang="fr">' in page_of(client, "/de/document/press-kit-2020")
    assert re.search(r'lang="fr"[^<]*>École Numérique, dossier de presse', page)


def test_evidence_names_programme_call_and_year(client):
    page = page_of(client, "/en/figure/total_investment")
    rows = cells_of(page, "figure-total-investment-numbers")
    first, call = rows[0], next(row for row in rows if "EN2018" in row[0])
    assert first[0].endswith("Cyberécole 1999–2008")
    assert "805 million Belgian francs" in first[1].replace("\u00a0", " ")
    school_year = "2017–2018"  # in graph 1 of the press kit
    assert call[0].endswith(f"École Numérique, EN2018 {school_year}")


def test_parts_add_up_to_the_total(client):
    """20 + 85 + 25.1 + 7.1 million euros of the press kit."""
    rows = cells_of(page_of(client, "/en/figure/total_investment"), "parts")
    assert [row[0] for row in rows] == [
        "Cyberécole", "Cyberclasse", "École Numérique", "Internal connectivity (pilot project)", "Sum",
    ]  # fmt: skip
    parts = [int(row[1]) for row in rows]
    assert sum(parts[:-1]) == parts[-1]
    assert "20 million" in rows[0][2].replace("\u00a0", " ")
    assert "136.6 and 137.7 million" in rows[-1][2].replace("\u00a0", " ")


def test_what_is_no_sum_has_no_parts(client):
    assert '<table id="parts">' not in page_of(client, "/en/figure/en_coverage")


def test_changes_between_any_two_days(client):
    page = page_of(client, "/en/documents?start=2017-03-04&end=2019-05-06")
    assert "between 4\u00a0March 2017 and 6\u00a0May 2019" in page
    assert 'type="date" id="choice-start" name="start" value="2017-03-04"' in page
    assert 'role="note"' not in page


@pytest.mark.parametrize("day", ["2018-13-45", "tomorrow", "%00", "9" * 1000])
def test_no_such_day_is_told(client, day):
    page = page_of(client, f"/en/documents?start={day}")
    assert 'role="note"' in page


def test_a_day_beyond_the_ends_is_the_nearest_end(client, ledger):
    page = page_of(client, "/en/documents?start=1900-01-01")
    assert 'role="note"' in page
    first = min(one.known_on for one in ledger.all_observations())
    assert f'name="start" value="{first.isoformat()}"' in page


def test_the_plan_and_its_contradictions_are_shown(client, ledger):
    """Each number stands once: of the pilot in a row, of a plan in the column of its document."""
    page = page_of(client, "/en/connectivity")
    pilot = sum(len(cells_of(page, f"{name}-numbers")) for name in ("done", "planned", "announced"))
    found = ledger.all_observations()
    assert pilot == sum(one.programme == "connectivity" for one in found)
    for plan in ("plan-2014-2022", "plan-2022-2026"):
        tables = [f"{plan}-{kind}" for kind in ("amounts", "counts") if f'"{plan}-{kind}"' in page]
        rows = [row for table in tables for row in cells_of(page, table)]
        shown = sum(cell != "–" for row in rows for cell in row[1:])
        assert shown == sum(one.programme == plan.replace("-", "_") for one in found)
    wifi, equipment = (
        next(row for row in rows if row[0] == f"of which: {part}")
        for rows in [cells_of(page, "plan-2022-2026-amounts")]
        for part in ("Wi-Fi", "equipment")
    )
    assert [cell.replace("\u00a0", " ") for cell in wifi[1:]] == ["–", "€60m", "€60m", "€60m"]
    assert "€60m" in [cell.replace("\u00a0", " ") for cell in equipment]


def test_method_shows_no_codes(client):
    shown = re.sub(r"<script.*?</script>", "", page_of(client, "/en/method"), flags=re.DOTALL)
    page = re.sub(r"<[^>]+>", " ", shown)
    assert "lang=" not in page
    assert "/api" not in page


def test_9_the_parts_of_the_total_lead_to_their_own_evidence(client):
    """The 137 million euros of the press kit: Cyberécole, Cyberclasse, École Numérique, connectivity."""
    page = page_of(client, "/en/figure/total_investment")
    table = re.search(r'<table id="parts".*?</table>', page, re.DOTALL)[0]
    for name in ("cyberecole_budget", "cyberclasse_budget", "connectivity_budget"):
        assert f'href="/en/figure/{name}"' in table


def test_a_figure_tells_what_was_known_of_it_from_each_day_on(client):
    """Regional-IT, 6 June 2018: 6.85 million euros; press kit of January 2020: 6,910,088. In 2019 it was not known."""
    days = [
        re.sub(r"<[^>]+>", "", item).replace("\u00a0", " ")
        for item in re.findall(r"<li>(Since .*?)</li>", page_of(client, "/en/figure/en2018_budget"))
    ]
    assert [re.match(r"Since (\d+ \w+ \d{4})", day)[1] for day in days] == ["6 June 2018", "31 January 2020"]
    assert "6.85 million" in days[0]
    assert "6,910,088" in days[1]
    before = page_of(client, "/en/figure/en2018_budget?known_at=2019-01-01")
    assert "6,910,088" not in before
    assert "Since 6 June 2018" in before.replace("\u00a0", " ")
