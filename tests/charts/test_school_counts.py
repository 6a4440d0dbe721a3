"""Charts of what lists of schools tell, against what these tests count themselves from the rows."""

import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ennum_stats.charts import chart
from ennum_stats.charts.coverage_map import MapChoice, RankedCommune, class_of, classes
from ennum_stats.charts.place_map import change_map, place_map
from ennum_stats.drawing import figure_dict
from ennum_stats.languages import LANGUAGES
from tests.conftest import crossed

NAMES = ("coverage_map", "repeat_winners", "winners_by_province", "winners_by_network")
LEVELS = {
    "nursery_ordinary", "primary_ordinary", "nursery_special", "primary_special",
    "secondary_ordinary", "secondary_special", "cefa", "adult_secondary",
}  # fmt: skip


@pytest.fixture(scope="module")
def facts(counted):
    """Sites, their commune and networks, and the projects of each, counted in plain Python."""
    sites = {row["implantation"] for row in counted.rows("teaching") if row["teaching"] in LEVELS}
    network = {row["etablissement"]: row["network"] for row in counted.rows("etablissements")}
    networks = defaultdict(set)
    for row in counted.rows("teaching"):
        if row["teaching"] in LEVELS:
            networks[row["implantation"]].add(network[row["etablissement"]])
    commune = {row["implantation"]: row["commune"] for row in counted.rows("implantations")}
    province = {row["commune"]: row["province"] for row in counted.rows("communes")}
    projects = Counter(row["implantation"] for row in counted.rows("participations"))
    return sites, networks, commune, province, projects


# --- the ranking ------------------------------------------------------------------------------------


def test_the_ranking_is_what_the_rows_say(counted, facts):
    sites, _, commune, province, projects = facts
    of = defaultdict(list)
    for site in sites:
        of[commune[site]].append(projects[site] > 0)
    table = chart(counted.borders, "coverage_map", "fr").table
    assert len(table.rows) == len(province) == 262  # communes of Wallonia before 2025
    names = {row["commune"]: row["name_fr"] for row in counted.rows("communes")}
    expected = {names[code]: (sum(found), len(found)) for code, found in of.items()}
    shown = {row[0]: row[2:] for row in table.rows if row[4] is not None}
    assert {name: (int(a), int(b)) for name, (a, b, _) in shown.items()} == expected
    for reached, all_sites, share in shown.values():
        assert share == pytest.approx(reached / all_sites)
    shares = [row[4] for row in table.rows if row[4] is not None]
    assert shares == sorted(shares, reverse=True)
    without = [row for row in table.rows if row[4] is None]
    assert table.rows[len(shares) :] == tuple(without)
    assert {row[0] for row in without} == set(names.values()) - set(expected)


def test_the_title_counts_communes_with_half_of_their_sites(counted, facts):
    sites, _, commune, _, projects = facts
    of = defaultdict(list)
    for site in sites:
        of[commune[site]].append(projects[site] > 0)
    half = sum(Fraction(sum(found), len(found)) >= Fraction(1, 2) for found in of.values())
    assert re.findall(r"\d+", chart(counted.borders, "coverage_map", "en").title) == [str(half), str(len(of))]


def test_the_map_of_a_province_has_its_communes(counted):
    named = {row["name_fr"] for row in counted.rows("communes") if row["province"] == "namur"}
    drawn = place_map(counted.borders, "province", "namur", "fr")
    assert {area.label for area in drawn.areas} == {row[0] for row in drawn.table.rows} == named
    assert len(named) == 38  # communes of the province of Namur


def test_borders_change_the_picture_and_not_the_table(counted):
    filled, dotted = (chart(one, "coverage_map", "de") for one in (counted.borders, counted.dots))
    assert filled.table == dotted.table
    assert filled.title == dotted.title
    assert [bool(area.rings) for area in filled.areas] == [True] * 262
    assert [mark.state for mark in dotted.marks] == ["reached", "rest"]


# --- classes -----------------------------------------------------------------------------------------

SHARES = st.lists(
    st.builds(lambda a, b: Decimal(min(a, b)) / max(a, b, 1), st.integers(0, 60), st.integers(1, 60)),
    min_size=1, max_size=60,
)  # fmt: skip


@given(SHARES)
def test_classes_are_few_equal_and_hold_every_share_once(shares):
    found = classes(shares)
    assert 1 <= len(found) <= 5
    widths = {high - low for low, high in found}
    assert len(widths) == 1
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert found[0][0] >= 0
    assert found[-1][1] <= 1
    for share in shares:
        low, high = found[class_of(share, found)]
        assert low <= share
        assert share < high or (share == high == 1)


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (MapChoice(), ["a", "b", "c"]),
        (MapChoice(["50"]), ["a"]),
        (MapChoice(["0"], ["namur"]), ["b"]),
        (MapChoice(["50"], ["liege"]), []),
        (MapChoice((), ["liege"]), ["c"]),
    ],
)
def test_a_commune_is_chosen_by_its_share_and_province_and_without_a_share_by_its_province(choice, names):
    of_namur = {"province": "Namur", "province_code": "namur"}
    half, nothing = (
        RankedCommune(n, n, share=Decimal(s), **of_namur) for n, s in (("a", "0.5"), ("b", "0.1"))
    )
    unknown = RankedCommune("c", "c", "Liège", province_code="liege")
    ends = [(Decimal(0), Decimal("0.5")), (Decimal("0.5"), Decimal(1))]
    chosen = [one.name for one in (half, nothing, unknown) if choice.has(one, ends)]
    assert chosen == names


def test_classes_of_all_shares_are_fifths():
    assert classes([Decimal(0), Decimal(1)]) == [(Decimal(n) / 5, Decimal(n + 1) / 5) for n in range(5)]


def test_sites_without_coordinates_are_told(counted):
    nowhere = sum(not row["latitude"] for row in counted.rows("implantations"))
    made = chart(counted.dots, "coverage_map", "en")
    assert f"{nowhere} sites without coordinates are not drawn." in made.note
    drawn = sum(len(area.points) for area in made.areas)
    assert drawn == sum(mark.quantity.value for mark in made.marks) == 700 - nowhere


# --- repeats and rates -----------------------------------------------------------------------------


def test_sites_by_number_of_projects_are_all_sites(counted, facts):
    sites, _, _, _, projects = facts
    times = Counter(min(projects[site], 4) for site in sites)
    made = chart(counted.dots, "repeat_winners", "fr")
    assert [mark.quantity.value for mark in made.marks] == [times[n] for n in range(max(times) + 1)]
    assert sum(row[1] for row in made.table.rows) == len(sites)
    assert sum(row[2] for row in made.table.rows) == pytest.approx(1)
    several = sum(number for n, number in times.items() if n > 1)
    numbers = [int(n) for n in re.findall(r"\d+", re.sub(r"[\s\u202f]", "", made.title))]
    assert numbers == [several, times[0]]


@pytest.mark.parametrize("by", ["province", "network"])
def test_rates_are_projects_over_sites(counted, facts, by):
    sites, networks, commune, province, projects = facts
    of = defaultdict(lambda: [0, 0])
    for site in sites:
        for part in networks[site] if by == "network" else [province[commune[site]]]:
            of[part][0] += projects[site]
            of[part][1] += 1
    made = chart(counted.dots, f"winners_by_{by}", "en")
    rates = sorted((1000 * won / all_sites for won, all_sites in of.values()), reverse=True)
    assert [float(mark.quantity.value) for mark in made.marks] == pytest.approx(rates)
    assert sorted((int(row[2]), int(row[3])) for row in made.table.rows) == sorted(
        tuple(pair) for pair in of.values()
    )


def test_a_site_that_the_register_has_lost_is_told_and_not_counted(counted):
    made = chart(counted.dots, "winners_by_province", "en")
    assert "1 site of the lists is not in the register any more, and is not counted." in made.note


# --- sources -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "language"), crossed(NAMES, LANGUAGES))
def test_the_source_line_names_lists_register_and_that_all_is_invented(counted, name, language):
    line = chart(counted.borders, name, language).source_line.replace("\u00a0", " ")
    invented = {
        "fr": "Données fictives", "de": "Fiktive Daten", "nl": "Fictieve gegevens",
        "en": "Fictitious data",
    }  # fmt: skip
    assert line.startswith(f"{invented[language]} – ")
    assert re.search(r"EN1(?: (?:\S+ )+|–)EN2021", line)
    assert "2012" in line  # the register of the demonstration
    assert "2022)" in line  # when its lists are known
    assert line.rstrip(".").endswith("2026")


def test_in_french_a_source_line_reads_so(counted):
    line = chart(counted.borders, "repeat_winners", "fr").source_line.replace("\u00a0", " ")
    assert line == (
        "Données fictives – Sources : listes des lauréats d’EN1 à EN2021 (la dernière connue au "
        "31 décembre 2022) ; registre des écoles au 31 décembre 2012 (Fédération Wallonie-Bruxelles)"
        ". Connu au 24 novembre 2026."
    )


@pytest.mark.parametrize("name", NAMES)
def test_without_lists_a_title_says_so_and_nothing_is_drawn(ledger_at, name):
    made = chart(ledger_at("2026-11-24"), name, "fr")
    assert made.is_empty
    assert "aucune liste d’écoles" in made.title
    figure_dict(made)
    assert "ennum" not in made.title + made.note + made.source_line  # a public chart gives no orders


def test_lists_are_not_known_before_their_day(counted):
    before = counted.borders.known_on(date(2019, 6, 1))
    assert chart(before, "coverage_map", "fr").is_empty


def test_communes_whose_minimum_would_change_stand_on_a_map_of_the_provinces(counted):
    one, other, *_ = (row["commune"] for row in counted.borders.records("borders"))
    drawn = change_map(counted.borders, {one: "more", other: "fewer"}, "fr")
    marked = {area.about[1] or area.label: drawn.marks[area.mark].label for area in drawn.areas[5:]}
    assert sorted(marked.values()) == ["minimum moins élevé", "minimum plus élevé"]
    assert [mark.text for mark in drawn.marks][:2] == ["1", "1"]
    assert change_map(counted.borders, {}, "fr") is None
    assert change_map(counted.dots, {one: "more"}, "fr") is None
