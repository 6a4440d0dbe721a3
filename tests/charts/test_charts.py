"""What the charts say. Expected values are typed from the press kit of January 2020 and from what was
published later, with the place."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from ennum_stats.charts import CHARTS, chart
from ennum_stats.errors import UnknownName
from ennum_stats.languages import LANGUAGES
from ennum_stats.typography import fold
from tests.conftest import crossed, plain

GOLDEN = Path(__file__).parents[1] / "golden" / "titles.csv"
KIT, TODAY = "2020-01-31", "2026-11-24"
DAYS = ("2007-06-01", "2017-06-30", "2019-01-01", KIT, TODAY)
COUNTED = ("coverage_map", "repeat_winners", "winners_by_province", "winners_by_network")
"""Those that need lists of schools: see test_counted_charts."""
# What a reader of the alt text must hear in French: sections and charts of the kit.
SPOKEN = {
    "winners_per_call": ["28", "72", "210", "570", "326", "503", "500"],  # chart 1; 5.1: planned
    "budget_per_call": [  # chart 2; 5.1: planned
        "104 880", "539 500", "3 424 546", "7 260 658", "6 910 088", "6 825 000", "7,5",
    ],
    "mean_grant_per_call": ["3 746", "7 493", "16 307", "12 738", "21 197", "13 570", "15 000"],
    # 781 projects submitted for EN2018 (Parliament, June 2018), 326 selected; about 1,300 for EN2017, 570
    "applicants_per_winner": ["EN2018", "2,4", "2,1"],
    "budget_by_programme": ["20 millions", "85 millions", "25 millions", "7 124 359"],  # 2.1-2.4
    "cyberclasse_components": [
        "85 millions", "9 489 000", "503 000", "462 948", "entre 74 et 75,1 millions",
    ],
    "cumulated_investment": ["136,6 et 137,7 millions", "1999", "2019", "20 millions"],  # 2
    # chart 2: 104,880, then 539,500 more; 2.2: 85 million from 2009 on, of unknown years
    "committed_since_first_call": ["104 880", "644 380", "2012", "85 millions"],
    "coverage_by_programme": ["79 %", "64 %", "94 %", "8 %", "23 %", "46 %", "4,7 %", "comparable"],
    "coverage_over_time": ["2012-2013", "2018-2019", "8 %", "23 %", "46 %"],  # issue 5
    "connectivity_progress": ["183", "17", "200", "91,5 %"],  # 1.1 and 2.4
    "team_over_time": ["7", "14", "16", "15", "2014", "30", "11", "9"],  # 3
    "equipment_lots": ["2 types", "1 type", "16 lots", "23 lots"],  # 4
    "timeline": ["1999", "2009", "2011", "2014", "2016", "2020"],  # 1
}  # fmt: skip


def built(ledger_at, name, day=KIT, language="fr"):
    return chart(ledger_at(day), name, language)


def test_every_chart_has_values_that_are_looked_for():
    """A plan of 2022 is in no kit of 2020."""
    assert {*CHARTS} - {*SPOKEN, *COUNTED} == {"plan_budgets"}, "add it to SPOKEN, with what documents say"
    assert {*SPOKEN, *COUNTED} < {*CHARTS}


def test_an_unknown_chart_is_refused_by_name(kit_ledger):
    with pytest.raises(UnknownName, match="pie") as refused:
        chart(kit_ledger, "pie", "fr")
    assert "winners_per_call" in str(refused.value)


@pytest.mark.parametrize(("name", "day", "language"), crossed(CHARTS, DAYS, LANGUAGES))
def test_every_chart_is_whole(ledger_at, name, language, day):
    require_whole(built(ledger_at, name, day, language), name, language, day)


@pytest.mark.parametrize(("name", "language", "schools"), crossed(COUNTED, LANGUAGES, ["borders", "dots"]))
def test_every_counted_chart_is_whole(counted, name, language, schools):
    made = chart(getattr(counted, schools), name, language)
    assert not made.is_empty
    require_whole(made, name, language, TODAY)


def require_whole(made, name, language, day):
    assert (made.name, made.language, made.known_at.isoformat()) == (name, language, day)
    for text in (made.title, made.subtitle, made.source_line, made.description):
        assert text.strip()
        assert "{" not in text
        assert "None" not in text
    assert made.title[0].isupper() or made.title[0].isdigit() or made.title[0] == "€"
    assert made.title.rstrip(".") in made.description
    assert not re.search(r"(^|\s)[.;,]|: *\.", plain(made.description).replace(" ;", ";"))
    for row in made.table.rows:
        assert len(row) == len(made.table.columns)
    for mark in made.marks:
        assert mark.words, mark.label
        assert made.is_empty or mark.words in made.description
    assert all(source.known_on <= made.known_at for source in made.sources)
    years = re.findall(r"\d{4}", made.source_line)
    assert years[-1] == day[:4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_alternative_text_is_the_message_in_what_websites_keep(ledger_at, language):
    for name in CHARTS:
        made = chart(ledger_at("2026-11-24"), name, language)
        assert 10 < len(made.alt) <= 150
        assert made.title.startswith(made.alt.removesuffix("…"))


@pytest.mark.parametrize("name", SPOKEN)
def test_the_description_has_the_values(ledger_at, name):
    said = plain(built(ledger_at, name).description)
    for value in SPOKEN[name]:
        assert re.search(rf"(?<![\d,]){re.escape(value)}(?!\d)", said), f"{value}: {said}"


@pytest.mark.parametrize("name", COUNTED)
def test_counted_titles_are_told_in_each_language(counted, name):
    titles = {chart(counted.dots, name, language).title for language in LANGUAGES}
    assert len(titles) == len(LANGUAGES)


@pytest.mark.parametrize("name", CHARTS)
def test_titles_are_told_in_each_language(ledger_at, name):
    titles = {built(ledger_at, name, TODAY, language).title for language in LANGUAGES}
    assert len(titles) == len(LANGUAGES)


# --- titles follow the values --------------------------------------------------------------------

TITLES = {
    (row["chart"], row["known_at"]): row["title"]
    for row in csv.DictReader(GOLDEN.read_text("utf-8").splitlines(), delimiter=";")
}


@pytest.mark.parametrize(("name", "day"), TITLES)
def test_titles_are_computed(ledger_at, name, day):
    assert plain(built(ledger_at, name, day).title) == TITLES[name, day]


def test_the_call_of_the_highest_mean_grant_is_named_where_it_is_sure(ledger_at):
    """6,910,088 / 326; today EN2021 has taken place, and may have awarded more."""
    of_kit = plain(built(ledger_at, "mean_grant_per_call", KIT).title)
    assert of_kit.startswith("EN2018 a attribué le plus")
    today = plain(built(ledger_at, "mean_grant_per_call", TODAY).title)
    assert today.startswith("Montants connus : EN2018 a attribué le plus par projet")


def test_a_title_says_no_more_than_was_known(ledger_at):
    """On 1 January 2019 only EN2017 (570) and EN2018 (325 then) had been published."""
    titles = {name: plain(built(ledger_at, name, "2019-01-01").title) for name in CHARTS}
    assert titles["winners_per_call"] == "De 570 lauréats pour EN2017 à 325 pour EN2018"
    assert titles["mean_grant_per_call"].startswith(
        "EN2018 : quelque 21 100 euros"
    )  # 6,850,000 / 325 = 21,077
    # 6,849,500 to 6,850,500 for EN2018; EN2017 had winners, and its budget was not published
    assert titles["budget_by_programme"] == "Au moins 6,8 millions d’euros pour École Numérique"
    assert "EN2017" in built(ledger_at, "budget_by_programme", "2019-01-01").note
    for name in ("cumulated_investment", "team_over_time", "coverage_by_programme"):
        assert titles[name].endswith(" : pas encore connu au 1er janvier 2019")


def test_a_chart_of_nothing_says_so(ledger_at):
    made = built(ledger_at, "winners_per_call", "2007-06-01")
    assert made.is_empty
    assert made.marks == made.sources == made.table.rows == ()
    assert plain(made.title) == "Projets retenus, par appel : pas encore connu au 1er juin 2007"
    assert plain(made.source_line) == "Connu au 1er juin 2007."


def test_programmes_appear_as_they_begin_and_end(ledger_at):
    """Only the press kit of January 2020 tells when they began."""
    assert built(ledger_at, "timeline", "2019-12-31", "en").is_empty
    later = built(ledger_at, "timeline", KIT, "en").marks[:4]
    assert [m.words for m in later] == ["1999 to 2008", "since 2009", "since 2011", "since 2016"]


# --- what is drawn -------------------------------------------------------------------------------


def test_a_planned_call_is_drawn_as_planned_until_its_result_is_known(ledger_at):
    planned = built(ledger_at, "winners_per_call").marks[-1]
    assert (planned.label, planned.state, planned.quantity.value) == ("EN2020", "planned", 500)
    assert planned.text == "500 prévus"
    awarded = {mark.label: mark for mark in built(ledger_at, "winners_per_call", TODAY).marks}
    assert (awarded["EN2020"].state, awarded["EN2020"].quantity.value) == ("reached", 679)


def test_what_is_not_known_is_said_and_not_drawn_as_zero(ledger_at):
    made = built(ledger_at, "winners_per_call", TODAY)
    unknown = made.marks[-1]
    assert (unknown.label, unknown.state, unknown.quantity) == ("EN2021", "unknown", None)
    assert "EN2021" in made.note
    assert made.table.rows[-1][1] is None


def test_nothing_is_known_of_later_calls_on_an_earlier_day(ledger_at):
    labels = [mark.label for mark in built(ledger_at, "winners_per_call", KIT).marks]
    assert labels == ["EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019", "EN2020"]


def test_a_call_over_two_school_years_is_told(ledger_at):
    made = built(ledger_at, "budget_per_call")
    assert [m.detail for m in made.marks if m.label == "EN3"] == ["2014-2016"]  # chart 1
    assert "EN3" in made.note


def test_coverage_has_intervals_and_reasons(ledger_at):
    """318 to 1,700 sites are proved; 887 to 1,700 if a site has one project a call (issue 5)."""
    made = built(ledger_at, "coverage_by_programme").marks
    marks = {mark.colour: mark for mark in made}
    assert marks["cyberecole"].quantity is None
    assert "comparable" in marks["cyberecole"].words
    of_calls = [mark for mark in made if mark.colour == "ecole_numerique"]
    assert [mark.quantity.value for mark in of_calls] == [None, None]  # never 45%
    lowest, highest = zip(*(mark.ends for mark in of_calls), strict=True)
    assert [float(low) for low in lowest] == pytest.approx([318 / 3850, 887 / 3850])
    assert [float(high) for high in highest] == pytest.approx([1700 / 3750] * 2)
    assert float(marks["cyberclasse"].quantity.value) == pytest.approx(3000 / 3800)


def test_the_parts_of_cyberclasse_leave_a_rest(ledger_at):
    made = built(ledger_at, "cyberclasse_components")
    values = [mark.quantity.value for mark in made.marks]
    assert values == [85000000, 9489000, 503000, 462948, 74545052]  # 2.2; the last computed by hand
    assert [mark.state for mark in made.marks] == ["reached"] * 4 + ["rest"]
    assert sum(values[1:]) == values[0]


def test_the_remaining_sites_are_not_drawn_as_equipped(ledger_at):
    marks = built(ledger_at, "connectivity_progress").marks
    assert [(mark.state, mark.quantity.value) for mark in marks] == [("reached", 183), ("rest", 17)]


def test_plans_are_drawn_as_planned_with_their_parts(ledger_at):
    """Geeko/Le Soir, 18 March 2025; Le Vif/Belga, not dated."""
    marks = built(ledger_at, "plan_budgets", TODAY).marks
    values = [(mark.detail, float(mark.quantity.value) / 1e6) for mark in marks]
    assert values == [
        *(("2022-2026", amount) for amount in (120, 60, 60)),
        *(("2014-2022", amount) for amount in (77, 64, 10, 3.5)),
    ]
    assert {mark.state for mark in marks} == {"planned"}
    assert built(ledger_at, "plan_budgets", KIT).is_empty


def test_the_last_team_is_shown_in_its_functions(ledger_at):
    parts = [m for m in built(ledger_at, "team_over_time").marks if m.group == "part"]
    assert [mark.quantity.value for mark in parts] == [11, 9, 3, 7]  # 3; 30 - 23 others
    hired = plain(built(ledger_at, "team_over_time").note)
    assert hired.startswith("15 engagements en 2014 : assistants à la maintenance informatique")


def test_types_and_lots_are_told_apart(ledger_at):
    marks = built(ledger_at, "equipment_lots").marks
    assert [mark.quantity.unit for mark in marks] == ["types", "types", "lots", "lots"]
    assert marks[0].group == marks[1].group != marks[2].group == marks[3].group
    assert marks[3].state == "planned"


def test_the_programmes_add_up_to_their_total(ledger_at):
    """805 million francs at 40.3399 a euro, 85 million, 25,064,672 and 7,124,359 euros (2.1 to 2.4)."""
    *parts, whole = built(ledger_at, "cumulated_investment", TODAY).marks
    assert [mark.colour for mark in parts] == ["cyberecole", "cyberclasse", "ecole_numerique", "connectivity"]
    values = [float(mark.quantity.value) for mark in parts]
    assert values == pytest.approx([805e6 / 40.3399, 85e6, 25064672, 7124359], abs=1)
    assert float(whole.quantity.value) == pytest.approx(sum(values))
    for end in (0, 1):
        assert whole.ends[end] == pytest.approx(sum(mark.ends[end] for mark in parts))
    assert built(ledger_at, "cumulated_investment", "2019-12-31").is_empty


def test_a_call_has_one_range_and_the_hypothesis_is_a_note(ledger_at):
    """Without a hypothesis 318 to 1,700 of 3,750 to 3,850 sites are proved; with it 887 to 1,700."""
    made = built(ledger_at, "coverage_over_time")
    calls = ["EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019"]
    assert [mark.label for mark in made.marks] == calls
    assert [mark.detail for mark in made.marks][2] == "2014-2016"  # chart 1
    assert [float(end) for end in made.marks[-1].ends] == pytest.approx([318 / 3850, 1700 / 3750])
    assert "entre 23 % et 46 % avec les appels jusqu’à 2018-2019" in plain(made.note)


def test_at_most_seven_milestones_have_words_and_calls_are_ticks(ledger_at):
    made = built(ledger_at, "timeline", TODAY)
    told = [mark for mark in made.marks if mark.group == "milestone"]
    assert [mark.first.year for mark in told] == [2014, 2015, 2016, 2021, 2022]  # 1, 2.2, 3; 2022
    assert len([mark for mark in made.marks if mark.group == "call"]) == 8  # EN1 to EN2021
    assert len(made.table.rows) > len(made.marks)  # the table has all milestones


def test_small_counts_in_titles_are_words(ledger_at):
    assert built(ledger_at, "timeline", KIT).title.startswith("Quatre programmes")
    assert built(ledger_at, "budget_per_call", KIT).title.endswith("en six appels")


# --- sources -------------------------------------------------------------------------------------


def test_the_source_line_names_the_documents_of_what_is_plotted(ledger_at):
    kit = plain(built(ledger_at, "winners_per_call").source_line)
    assert kit.startswith("Source : École Numérique, dossier de presse")
    assert kit.endswith("Connu au 31 janvier 2020.")
    later = plain(built(ledger_at, "winners_per_call", TODAY).source_line)
    assert later.startswith("Sources : École Numérique, dossier de presse")
    assert "Trends" in later  # where the 679 projects were published
    assert later.endswith("Connu au 24 novembre 2026.")


@pytest.mark.parametrize("name", CHARTS)
def test_every_document_plotted_is_in_the_line_and_no_other(ledger_at, name):
    made = built(ledger_at, name, TODAY)
    plotted = {o.source.source_id for o in made.observations}
    assert plotted <= {source.source_id for source in made.sources}
    line = fold(made.source_line)
    for source in made.sources:
        assert fold(source.title) in line
        assert source.known_on <= made.known_at


def test_a_table_has_bounds_only_where_they_differ(ledger_at):
    exact = built(ledger_at, "connectivity_progress").table
    assert [column.unit for column in exact.columns] == [None, "implantations", None]
    bounded = built(ledger_at, "budget_by_programme").table
    assert [column.unit for column in bounded.columns] == [None, "EUR", "EUR", "EUR", None]
    assert bounded.rows[1][1:4] == (85000000, 84500000, 85500000)  # 2.2


# --- shares ---------------------------------------------------------------------------------------


def test_winners_in_shares_of_those_of_the_kit(kit_ledger):
    made = chart(kit_ledger, "winners_per_call", "en", units="shares")
    known = {"EN1": 28, "EN2": 72, "EN3": 210, "EN2017": 570, "EN2018": 326, "EN2019": 503}
    shares = {mark.label: mark.quantity.value for mark in made.marks if mark.quantity}
    assert {name: round(share, 6) for name, share in shares.items()} == {
        name: round(Decimal(n) / 1709, 6) for name, n in known.items()
    }  # the planned call is no part
    assert made.unit == "share"
    assert "1,709" in made.title
    assert "33.4" in made.title  # 570 / 1709, the largest
    planned = next(mark for mark in made.marks if mark.label == "EN2020")
    assert not re.search(r"\d", planned.text + planned.words)


def test_shares_of_what_is_known_name_it(ledger_at):
    """679 of 28 + 72 + 210 + 570 + 326 + 503 + 679 = 2,388, and EN2021 is not known; of the programmes the twenty
    years are a closed whole: 84.5 to 85.5 million of 136.6 to 137.7."""
    winners = chart(ledger_at("2026-11-24"), "winners_per_call", "en", units="shares")
    assert "EN1 to EN2020: 2,388" in plain(winners.title)
    assert "EN1 to EN2020" in winners.subtitle
    budgets = chart(ledger_at("2026-11-24"), "budget_by_programme", "en", units="shares")
    assert "1999" in budgets.subtitle
    for mark in budgets.marks:
        low, high = mark.ends
        assert 0 < low <= high < 1
    assert sum(mark.quantity.value for mark in budgets.marks) == pytest.approx(1)


def test_what_is_no_part_of_a_whole_stays(kit_ledger):
    for name in ("mean_grant_per_call", "timeline", "coverage_by_programme"):
        assert chart(kit_ledger, name, "fr", units="shares") == chart(kit_ledger, name, "fr")


@pytest.mark.parametrize(
    ("name", "language"),
    crossed(["budget_per_call", "budget_by_programme", "cyberclasse_components"], LANGUAGES),
)
def test_amounts_in_shares_leave_no_amount_in_a_mark_or_cell(kit_ledger, name, language):
    made = chart(kit_ledger, name, language, units="shares", prices="real:2019")
    for mark in made.marks:
        assert "%" in mark.words or not mark.quantity
        assert "€" not in mark.text
    low = sum(mark.ends[0] for mark in made.marks[1:] if mark.quantity)
    assert low <= 1
    assert {column.unit for column in made.table.columns} == {None, "share"}


def test_sites_reached_can_be_read_as_numbers(kit_ledger):
    """About 3,000 sites of Cyberclasse, 183 of the pilot, out of about 3,800: as the kit prints them."""
    made = chart(kit_ledger, "coverage_by_programme", "en", units="numbers")
    values = {mark.about[1]: mark.quantity.value for mark in made.marks if mark.quantity}
    assert values["cyberclasse"] == 3000
    assert values["connectivity"] == 183
    assert made.whole == 3800
    assert made.unit == "implantations"
    shares, numbers = (
        chart(kit_ledger, "coverage_over_time", "en", units=units) for units in ("", "numbers")
    )
    for share, number in zip(shares.marks, numbers.marks, strict=True):
        # The number of the sites and their share are of one whole, read as 3,750 to 3,850.
        assert share.ends[0] * 3750 <= number.ends[1]
        assert number.ends[0] <= share.ends[1] * 3850
    assert "school sites" in numbers.title
    assert "%" not in numbers.title + numbers.subtitle + "".join(m.words for m in numbers.marks)
