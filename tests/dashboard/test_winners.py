"""Winners: calls on one axis, and what is chosen filters all of the page."""

import re

import pytest

from tests.dashboard.test_overview import main_of, numbers_with_evidence, rows_of


def calls(main):
    return [row[0].split(" ")[0] for row in rows_of(main, "winners-table")]


def test_all_calls_stand_on_one_axis_with_their_evidence(client):
    """Questions 3 and 12, one click: which call gave most a project, and applicants for one winner."""
    main = main_of(client, "/en/winners")
    rows = {row[0].split(" ")[0]: row[1:] for row in rows_of(main, "winners-table")}
    # RTL/Belga, June 2020: 955 submitted, 679 selected of EN2020; Regional-IT 2018: 781 for EN2018.
    assert rows["EN2020"][:2] == ["955", "679"]
    assert rows["EN2020"][3] == "1.4"
    assert rows["EN2018"][3] == "2.4"  # 781 / 326
    assert re.search(r"\d", rows["EN1"][0]) is None  # not known is not zero
    assert "EN2018 awarded the most per project" in main
    assert numbers_with_evidence(main)["/en/call/EN2019"] == "EN2019"
    leads = numbers_with_evidence(main_of(client, "/en/call/EN2019"))
    for suffix in ("introduced", "projects", "selection_rate", "mean_grant", "budget"):
        assert f"/en/figure/en2019_{suffix}" in leads


def test_planned_is_outlined_and_said(client):
    main = main_of(client, "/en/winners?known_at=2020-01-31")
    rows = {row[0].split(" ")[0]: row[1:] for row in rows_of(main, "winners-table")}
    assert "planned" in rows["EN2020"][1]
    assert 'class="bar planned"' in main


def test_two_calls_are_compared(client):
    """Question 8: two clicks on calls, and their difference is a row."""
    main = main_of(client, "/en/winners?call=EN2018~EN2019")
    *both, difference = rows_of(main, "winners-table")
    assert [row[0].split(" ")[0] for row in both] == ["EN2018", "EN2019"]
    # 762 - 781 and 762 / 781; 503 - 326 and 503 / 326; 503 / 762 - 326 / 781
    assert difference[1:3] == ["19 fewer (about 0.98 times)", "177 more (about 1.54 times)"]
    assert difference[3].startswith("about 24.3 points more")
    assert "From 326 winners in EN2018 to 503 in EN2019" in main


@pytest.mark.parametrize("chosen", ["EN2017", "EN1~EN2~EN3", "EN2018~EN2020"])
def test_calls_chosen_filter_every_chart_and_table(client, chosen):
    main = main_of(client, f"/en/winners?call={chosen}&charts=tables")
    wanted = chosen.split("~")
    assert calls(main)[: len(wanted)] == wanted
    for name in ("winners-per-call-table", "budget-per-call-table", "mean-grant-per-call-table"):
        assert [row[0].split(" ")[0] for row in rows_of(main, name)] == wanted
    if 'id="conflicts"' in main:
        assert all(any(call in row[0] for call in wanted) for row in rows_of(main, "conflicts"))
    if 'id="parts"' in main:
        assert {row[0] for row in rows_of(main, "parts")} <= set(wanted)
    asked = re.findall(r'href="(/en/chart/[^"]+)"', main)
    assert asked
    assert all(
        f"call={chosen}" in address for address in asked
    )  # evidence, and the files there, show the same


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("province=liege", {"41", "8"}),  # Today in Liège, 2017: added after the jury
        ("level=adult_education", {"19"}),  # Regional-IT, June 2018: EN2018
        ("level=adult_education~secondary_special", {"19", "8"}),
    ],
)
def test_parts_chosen_show_what_documents_print_of_them_and_nothing_else(client, asked, shown):
    main = main_of(client, f"/en/winners?{asked}")
    assert {row[3] for row in rows_of(main, "parts")} == shown
    assert 'id="winners-table"' not in main  # whole calls are not of these parts
    assert "Numbers of whole calls are not shown" in main
    assert 'id="winners-per-call-heading"' not in main


def test_where_nothing_is_printed_the_page_says_so(client):
    main = main_of(client, "/en/winners?call=EN1&network=municipal")
    assert "No document known on this day gives a number" in main
    assert "EN1" in main
    assert 'id="parts"' not in main


def test_prices_change_every_amount_and_no_count(client):
    pages = [main_of(client, f"/en/winners{asked}") for asked in ("", "?prices=real:2019")]
    for before, after in zip(*(rows_of(page, "winners-table") for page in pages), strict=True):
        assert before[:5] == after[:5]
        for one, other in zip(before[5:], after[5:], strict=True):
            assert (one != other) is bool(re.search(r"\d", one))
    table = re.search(r'id="winners-table".*?</thead>', pages[1], re.DOTALL)[0]
    assert table.count("at the prices of 2019") >= 2
    csv = [client.get(f"/en/table/winners.csv{asked}").data for asked in ("", "?prices=real:2019")]
    assert csv[0] != csv[1]
    assert b"real:2019" in csv[1]


def test_with_lists_the_parts_chosen_are_counted(tmp_path, counted_projects):
    from dashboards.app import create_app

    client = create_app(counted_projects["dots"]).server.test_client()
    every = main_of(client, "/en/winners")
    assert 'id="winners-by-province-heading"' in every
    some = main_of(client, "/en/winners?province=liege&call=EN1")
    assert 'id="winners-by-province-heading"' not in some
    rows = rows_of(some, "counted-province")
    assert [row[0] for row in rows] == ["Province of Liège"]
    assert "counted over all their calls together" in some


def test_shares_are_of_every_part_on_the_page(client):
    """Of 2,388 projects that are known EN2020 awarded 679, of its budgets about a quarter."""
    main = main_of(client, "/en/winners?units=shares&charts=tables")
    rows = {row[0].split(" ")[0]: row[1:] for row in rows_of(main, "winners-table")}
    assert rows["EN2020"][1] == "28.4%"  # 679 / 2388
    assert rows["EN2018"][2] == "41.7%"  # a rate stays
    assert "in shares of the whole that is known" in main
    told = {row[0].split(" ")[0]: row[1] for row in rows_of(main, "winners-per-call-table")}
    assert told["EN2020"].startswith("28.4")
    parts = {row[3] for row in rows_of(main, "parts")}
    assert "18.2%" in parts  # adult education, EN2017: 104 of 570
    assert all(part.endswith("%") for part in parts)
    asked = re.findall(r'href="(/en/chart/[^"]+)"', main)
    assert all("units=shares" in address for address in asked)
    file = asked[0].replace("&amp;", "&").replace("?", ".csv?")
    assert "0,28433" in client.get(file).get_data(as_text=True)  # 679 / 2388
