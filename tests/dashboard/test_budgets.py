"""Budgets: planned beside awarded beside spent, nominal beside real, from programme to evidence."""

import re

import pytest

from tests.dashboard.test_overview import main_of, numbers_with_evidence, rows_of


def test_programmes_lead_to_calls_and_items_and_these_to_evidence(client):
    main = main_of(client, "/en/budgets")
    assert re.search(r'href="/en/budgets\?by=call"', main)
    assert re.search(r'href="/en/budgets\?by=component"', main)
    for by, name in (("call", "call/EN2019"), ("component", "figure/cyberclasse_helpdesk")):
        further = main_of(client, f"/en/budgets?by={by}")
        crumb = re.search(r'<nav class="breadcrumb".*?</nav>', further, re.DOTALL)[0]
        assert 'href="/en/budgets"' in crumb
        assert 'aria-current="page"' in crumb
        assert f"/en/{name}" in numbers_with_evidence(further)


def test_planned_awarded_and_spent_stand_side_by_side(client):
    rows = {row[0]: row[1:] for row in rows_of(main_of(client, "/en/budgets"), "budgets-programme")}
    # L'Essentiel 2009 and Le Vif 2018 on what was planned; the kit on what was spent.
    assert rows["Cyberclasse"][:4] == ["€85m", "–", "€85m", "€85m"]
    assert rows["Internal connectivity (pilot project)"][:3] == ["€7m", "–", "€7.1m"]
    assert rows["École Numérique"][2] == "–"
    assert "137" in rows["Total 1999–2019"][3]
    assert "146" in rows["Total with EN2020"][3]
    plan = next(cells for name, cells in rows.items() if name.startswith("2022–2026"))
    assert plan == ["€120m", "–", "–", "–", "–"]  # announced: in no total


def test_that_years_have_no_share_is_told_where_shares_of_years_are_asked_for(client):
    assert "Years stay amounts" in main_of(client, "/en/budgets?by=year&units=shares")


def test_totals_that_are_not_known_do_not_differ(client):
    """No document of June 2018 gives what Cyberclasse cost: neither total is known."""
    told = "These totals differ by"
    assert told in main_of(client, "/en/budgets")
    assert told not in main_of(client, "/en/budgets?known_at=2018-06-30")


@pytest.mark.parametrize("by", ["programme", "call", "component", "year"])
def test_nominal_and_real_stand_side_by_side_and_prices_leave_nothing_behind(client, by):
    pages = [main_of(client, f"/en/budgets?by={by}{asked}") for asked in ("", "&prices=real:2019")]
    table = f"budgets-{by}"
    tables = [rows_of(page, table) for page in pages]
    headings = [
        re.findall(r">([^<]+)<", re.search(rf'id="{table}".*?(<thead>.*?</thead>)', p, re.DOTALL)[1])
        for p in pages
    ]
    assert [text for text in headings[0] if "2024" in text]
    real = [n for n, text in enumerate(headings[1]) if "at the prices of 2019" in text]
    assert real
    for before, after in zip(*tables, strict=True):
        for column in real:
            is_number = bool(re.search(r"\d", before[column]))
            assert (before[column] != after[column]) is is_number, (before, after)
    for subtitle in re.findall(r'class="subtitle">(.*?)</p>', pages[1]):
        assert "at the prices of 2019" in subtitle
    assert "prices=real%3A2019" in re.search(r'href="([^"]+table/budgets.csv[^"]*)"', pages[1])[1]


def test_a_year_is_a_band_and_the_periods_say_why(client):
    """Question 2, two clicks: of a single year only bounds are known, and the page says from what."""
    main = main_of(client, "/en/budgets?by=year")
    spans = {row[0].split(" ")[0]: row for row in rows_of(main, "budgets-spans")}
    assert spans["Cyberclasse"][0].endswith("2009–2019")
    assert spans["EN2018"][1] == "€6.9m"
    years = {row[0]: row[1:] for row in rows_of(main, "budgets-year")}
    # Cyberclasse 85.5, EN1 0.1, and Cyberécole 20.0, of which no document prints the end
    assert years["2012"][0] == "at most €105.6m"
    assert "The end of Cyberécole (2008) is inferred" in main
    assert "is not spread over its years" in main


@pytest.mark.parametrize(
    ("name", "by"),
    [("en2018_budget", "call"), ("cyberclasse_helpdesk", "component"), ("total_investment", "")],
)
def test_evidence_of_an_amount_leads_back_the_way_it_was_reached(client, name, by):
    main = main_of(client, f"/en/figure/{name}?prices=real:2019")
    crumb = re.search(r'<nav class="breadcrumb".*?</nav>', main, re.DOTALL)[0]
    links = re.findall(r'href="/en/budgets\?([^"]*)"', crumb)
    assert all("prices=real" in link for link in links)
    assert [f"by={by}" in link for link in links] == ([False, True] if by else [False])


def test_the_breadcrumb_keeps_what_was_chosen(client):
    main = main_of(client, "/en/budgets?by=call&prices=real:2019&known_at=2020-01-31")
    crumb = re.search(r'<nav class="breadcrumb".*?</nav>', main, re.DOTALL)[0]
    assert "prices=real%3A2019" in crumb
    assert "known_at=2020-01-31" in crumb
    assert "by=" not in crumb
