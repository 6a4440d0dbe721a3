"""Coverage, winners and deliveries counted from lists: a village of made schools, counted by hand.

site  commune     province  network(s)              levels                 EN1  EN2  EN2017
1     Namur       namur     municipal               fundamental            x    x2
2     Namur       namur     municipal, provincial   fundamental, secondary      x
3     Namur       namur     free                    secondary
4     Arlon       lux.      municipal               fundamental            x         (2017: x)
5     Arlon       lux.      provincial              adult
6     (in an earlier register only)                                        x

There are no other calls and programmes than those of its lists, all of which a person took for complete;
tests/measures/test_completeness.py tells what is said of lists that are not.
"""

import pytest

from ennum_stats.errors import UnknownName, UsageError
from ennum_stats.measures.catalogue import measure_rows
from ennum_stats.measures.coverage.coverage_over_time import coverage_by_year_rows
from ennum_stats.measures.coverage.site_counts import coverage_by_rows, never_awarded_rows, winners_by_rows
from ennum_stats.measures.measure_table import records
from ennum_stats.measures.schools.deliveries import deliveries_rows
from ennum_stats.opening import store_of
from ennum_stats.store.answers import Missing
from tests.measures.conftest import NAMES, awarded, listed

NAMUR, ARLON = "92094", "81001"
MUNICIPAL, PROVINCIAL, FREE = "municipal", "provincial", "free_denominational"
TAUGHT = [  # site, school, network, level, teaching
    ("1", "11", MUNICIPAL, "fundamental_ordinary", "primary_ordinary"),
    ("2", "11", MUNICIPAL, "fundamental_ordinary", "primary_ordinary"),
    ("2", "12", PROVINCIAL, "secondary_ordinary", "secondary_ordinary"),
    ("3", "13", FREE, "secondary_ordinary", "secondary_ordinary"),
    ("4", "14", MUNICIPAL, "fundamental_ordinary", "primary_ordinary"),
    ("5", "12", PROVINCIAL, "adult_education_secondary", "adult_secondary"),
]
AWARDS = [
    awarded("1", "EN1", "a", "100.50"), awarded("4", "EN1", "b", "200"),
    awarded("6", "EN1", "c", "50"), awarded("1", "EN2", "d", "10"), awarded("1", "EN2", "e"),
    awarded("2", "EN2", "f", "30"), awarded("4", "EN2017", "g", "40"),
    awarded("3", "EN2017", "h", "99", stage="planned"),
]  # fmt: skip
EQUIPPED = {"programme": "cyberclasse", "call": None, "stage": "installed", "list": "cc"}
PARTICIPATIONS = [
    *AWARDS, awarded("5", "EN3", list="later"),
    awarded("3", "cc") | EQUIPPED | {"occurred_on": "2010-05"},
    awarded("4", "cc", "2") | EQUIPPED | {"occurred_on": "2011"},
    awarded("4", "cc", "3") | EQUIPPED | {"occurred_on": "2013-01-02"},
    awarded("5", "cc", "4") | EQUIPPED,
]  # fmt: skip
DECIDED = NAMES | {"takes": "list", "reviewed_on": "2020-12"}
EXPLAINED = [  # 28, 72 and 570 projects, about 3,000 sites: press kit of 2020
    DECIDED | {"reconciliation": call, "measure": "projects_awarded", "call": call,
               "programme": "ecole_numerique", "listed": here, "published": published}
    for call, here, published in (("EN1", "3", "28"), ("EN2", "3", "72"), ("EN2017", "1", "570"))
] + [
    DECIDED | {"reconciliation": "cc", "measure": "implantations_equipped", "programme": "cyberclasse",
               "listed": "3", "published": "3000"}
]  # fmt: skip
LISTS = [listed(f"list-{call}", call) for call in ("EN1", "EN2", "EN2017")]


@pytest.fixture(scope="module")
def village(made_store):
    store = made_store()
    store.put(
        "communes",
        [NAMES | {"commune": NAMUR, "province": "namur", "commune_2025": NAMUR},
         NAMES | {"commune": ARLON, "province": "luxembourg", "commune_2025": ARLON}],
    )  # fmt: skip
    store.put(
        "registers",
        [{"register": f"fwb-{year}", "community": "fwb", "as_of": f"{year}-10-31"} for year in (2012, 2020)],
    )
    places = dict.fromkeys("123", NAMUR) | dict.fromkeys("456", ARLON)
    store.put(
        "implantations",
        [{"register": register, "implantation": site, "commune": commune, "site": site,
          "address": f"Rue {site}", "postal_code": "5000", "locality": "Y"}
         for register in ("fwb-2012", "fwb-2020")
         for site, commune in places.items() if register == "fwb-2012" or site != "6"],
    )  # fmt: skip
    networks = {school: network for _, school, network, _, _ in TAUGHT}
    store.put(
        "etablissements",
        [{"register": "fwb-2020", "etablissement": school, "name": f"École {school}",
          "network": network} for school, network in networks.items()],
    )  # fmt: skip
    store.put(
        "teaching",
        [{"register": "fwb-2020", "implantation": site, "etablissement": school, "level": level,
          "teaching": teaching} for site, school, _, level, teaching in TAUGHT],
    )  # fmt: skip
    store.put("lists", [*LISTS, listed("later", "EN3", known_on="2022-01-01"),
                        listed("d", "EN2017", kind="deliveries"),
                        listed("cc", programme="cyberclasse", kind="equipped")])  # fmt: skip
    store.put("participations", PARTICIPATIONS)
    store.put("reconciliations", EXPLAINED)
    store.connection.execute("DELETE FROM calls WHERE call NOT IN ('EN1', 'EN2', 'EN2017', 'EN3')")
    store.connection.execute(
        "UPDATE calls SET closed_on = '2021', valid_from = '2021-09-01' WHERE call = 'EN3'"
    )
    store.connection.execute("DELETE FROM programmes WHERE programme IN ('cyberecole', 'connectivity')")
    store.connection.execute(
        "UPDATE programmes SET valid_from = '2012-09-01' WHERE programme = 'ecole_numerique'"
    )
    store.put(
        "deliveries",
        [{"list": "d", "position": n, "call": "EN2017", "lot": lot, "implantation": site,
          "quantity": quantity, "delivered_on": day}
         for n, (lot, site, quantity, day) in enumerate(
             [("Tablettes", "1", 10, "2017-03-01"), ("Tablettes", "1", 5, "2018-03-01"),
              ("Tablettes", "4", 7, "2018-04-01"), ("Tableaux", "6", 1, "2018-05-01")])],
    )  # fmt: skip
    return store


@pytest.fixture
def ledger(village):
    return village.known_at("2020-12-31")


def table(rows, key, *columns):
    return {row[key]: tuple(row[name] for name in columns) for row in records(rows)}


def test_coverage_by_network_level_province_and_commune(ledger):
    """Site 2 stands in two networks and levels; site 6 in none."""
    columns = ("sites", "universe_sites")
    by = {
        name: table(coverage_by_rows(ledger, name), name, *columns)
        for name in ("network", "level", "province", "commune")
    }
    assert by["network"] == {
        MUNICIPAL: (3, 3), PROVINCIAL: (1, 2), FREE: (0, 1), "not_in_register": (1, None),
    }  # fmt: skip
    assert by["level"] == {
        "fundamental_ordinary": (3, 3), "secondary_ordinary": (1, 2),
        "adult_education_secondary": (0, 1), "not_in_register": (1, None),
    }  # fmt: skip
    assert by["province"] == {"namur": (2, 3), "luxembourg": (1, 2), "not_in_register": (1, None)}
    assert by["commune"] == {ARLON: (1, 2), NAMUR: (2, 3), "not_in_register": (1, None)}


def test_shares_say_what_they_cover(ledger):
    rows = records(coverage_by_rows(ledger, "province"))
    assert rows[0]["share"] == pytest.approx(2 / 3)
    assert {row["basis"] for row in rows} == {"counted"}
    assert rows[0]["calls_covered"] == ("EN1", "EN2", "EN2017")
    assert rows[0]["calls_not_known"] == rows[0]["incomplete"] == ()
    assert rows[0]["lists"] == ("list-EN1", "list-EN2", "list-EN2017")
    assert rows[0]["registers"] == ("fwb-2020",)


def test_coverage_by_call_and_by_repeats(ledger):
    by_call = table(coverage_by_rows(ledger, "call"), "call", "sites", "universe_sites")
    assert by_call == {"EN1": (2, 5), "EN2": (2, 5), "EN2017": (1, 5)}
    repeats = table(coverage_by_rows(ledger, "repeats"), "repeats", "sites", "share")
    assert repeats == {0: (2, 0.4), 1: (1, 0.2), 2: (1, 0.2), 3: (1, 0.2)}


def test_chosen_levels_and_calls_and_programmes(ledger):
    """Without adult education site 5 is not in the universe."""
    compulsory = coverage_by_rows(ledger, "province", levels=("compulsory",))
    assert table(compulsory, "province", "universe_sites")["luxembourg"] == (1,)
    one = coverage_by_rows(ledger, "province", calls=("EN2017",))
    assert table(one, "province", "sites") == {"namur": (0,), "luxembourg": (1,)}
    anything = table(coverage_by_rows(ledger, "province", programme="all"), "province", "sites")
    assert anything == {"namur": (3,), "luxembourg": (2,), "not_in_register": (1,)}


def test_winners_count_projects_and_what_lists_tell_of_amounts(ledger):
    """One project of site 1 has no amount: the amount of its province is a lower bound."""
    columns = ("projects", "sites", "projects_per_1000_sites", "amount_eur", "amount_eur_lower")
    rows = table(winners_by_rows(ledger, "province"), "province", *columns)
    assert rows["namur"] == (4, 2, pytest.approx(4000 / 3), None, 140.5)
    assert rows["luxembourg"] == (2, 1, 1000, 240, 240)
    assert rows["not_in_register"] == (1, 1, None, 50, 50)
    repeats = table(winners_by_rows(ledger, "repeats"), "repeats", "projects", "sites")
    assert repeats == {0: (0, 2), 1: (1, 1), 2: (2, 1), 3: (3, 1)}


def test_winners_by_programme_and_year_count_every_site_of_the_lists(ledger):
    """EN1 began in 2012, EN2 in 2013, EN2017 in 2016; site 6 is not in the register."""
    columns = ("projects", "sites", "universe_sites", "amount_eur_lower")
    years = table(winners_by_rows(ledger, "year"), "year", *columns)
    assert years == {2012: (3, 3, None, 350.5), 2013: (3, 2, None, 40), 2016: (1, 1, None, 40)}
    whole = table(winners_by_rows(ledger, "programme"), "programme", *columns)
    assert whole == {"ecole_numerique": (7, 4, None, 430.5)}


def test_the_sites_that_never_had_anything_are_listed(ledger):
    never = never_awarded_rows(ledger).rows
    assert [row.implantation for row in never] == ["5", "3"]
    assert never[1].schools == ("École 13",)
    assert never[1].networks == (FREE,)
    anything = never_awarded_rows(ledger, programme="all").rows
    assert anything == []
    assert len(never_awarded_rows(ledger, calls=("EN2017",)).rows) == 4


def test_another_programme_by_year_from_the_dates_of_its_list(ledger):
    """Site 5 has no date: it is at most there from the beginning on."""
    rows = coverage_by_year_rows(ledger, "cyberclasse")
    years = table(rows, "year", "sites", "sites_lower", "sites_upper")
    assert years == {2009: (None, 0, 1), 2010: (None, 1, 2), 2011: (None, 2, 3)}


def test_devices_by_lot_and_year(ledger):
    rows = records(deliveries_rows(ledger))
    assert [(r["lot"], r["year"], r["devices"], r["deliveries"], r["sites"]) for r in rows] == [
        ("Tableaux", 2018, 1, 1, 1), ("Tablettes", 2017, 10, 1, 1), ("Tablettes", 2018, 12, 2, 2),
    ]  # fmt: skip
    by_province = table(deliveries_rows(ledger, "province"), "province", "devices")
    assert by_province == {"luxembourg": (7,), "namur": (15,), None: (1,)}


def test_a_list_is_unknown_before_its_day(village):
    before = village.known_at("2020-11-30")
    (row,) = coverage_by_rows(before, "province").rows
    assert isinstance(row.sites, Missing)
    assert "ennum import winners" in str(row.sites.caveats[0])
    later = coverage_by_rows(village.known_at("2022-01-01"), "call")
    assert table(later, "call", "sites_lower")["EN3"] == (1,)


def test_a_number_that_changed_is_one_site(village):
    """Site 6 was renumbered 3: then its award is one of Namur, and nothing is outside the register."""
    moved = [row | {"site": "3"} if row["site"] == "6" else row for row in PARTICIPATIONS]
    try:
        village.put("participations", moved)
        rows = coverage_by_rows(village.known_at("2020-12-31"), "province")
        assert table(rows, "province", "sites") == {"namur": (3,), "luxembourg": (1,)}
    finally:
        village.put("participations", PARTICIPATIONS)


def test_options_that_do_not_go_together_are_told(ledger):
    with pytest.raises(UnknownName, match="municipality"):
        coverage_by_rows(ledger, "municipality")
    with pytest.raises(UsageError, match="province"):
        measure_rows(ledger, "coverage", "province", without=["one_project_a_site"])
    with pytest.raises(UsageError, match="levels"):
        measure_rows(ledger, "winners", "call", levels=["adult"])
    with pytest.raises(UsageError, match="budgets"):
        measure_rows(ledger, "coverage", "programme", prices="real:2020")
    with pytest.raises(UsageError, match="prices"):
        measure_rows(ledger, "winners", "province", prices="real:2020")


def test_the_methods_hand_every_option_on(ledger):
    store = store_of(ledger, "polars")

    def shares(**options):
        found = store.coverage(**options).to_dicts()
        return {row[options["by"]]: (row["sites"], row["universe_sites"]) for row in found}

    compulsory = {"levels": ["compulsory"], "calls": ["EN2"]}
    assert shares(by="commune", **compulsory) == {NAMUR: (2, 3), ARLON: (0, 1)}
    cyberclasse = {"programme": "cyberclasse"}
    assert shares(by="province", **cyberclasse) == {"namur": (1, 3), "luxembourg": (2, 2)}
    with pytest.raises(UnknownName, match="no_such_rule"):
        store.coverage(without=["no_such_rule"])
    for options in ({"by": "year", "universe": "implantations"}, {"programme": "cyberclasse"}):
        with pytest.raises(UsageError, match="is not given with"):
            store.coverage(**options)
    assert store.winners("commune", levels=["adult"])["universe_sites"][0] == 1

    def never(**options):
        return store.never_awarded(**options)["implantation"].to_list()

    assert never(levels=["adult"]) == ["5"]
    assert never(levels=["adult"], programme="all") == []
    assert set(never(levels=["compulsory"], calls=["EN2"])) == {"3", "4"}


# --- by two dimensions, and of some places --------------------------------------------------------------

ALL = {"levels": ["compulsory", "adult"]}
ORDINARY, SECONDARY = "fundamental_ordinary", "secondary_ordinary"


def crossed(rows, first, second, *columns):
    return {(r[first], r[second]): tuple(r[name] for name in columns) for r in records(rows)}


def test_sites_by_level_and_network_of_one_province(ledger):
    """The register alone: site 2 has two schools, of two levels and networks."""
    columns = ("level", "network", "implantations", "etablissements")
    rows = measure_rows(ledger, "sites", "level_and_network", **ALL, within={"province": ["namur"]})
    assert crossed(rows, *columns) == {
        (ORDINARY, MUNICIPAL): (2, 1), (SECONDARY, PROVINCIAL): (1, 1), (SECONDARY, FREE): (1, 1),
    }  # fmt: skip
    rows = measure_rows(ledger, "sites", "level_and_network", **ALL)
    assert crossed(rows, *columns) == {
        (ORDINARY, MUNICIPAL): (3, 2), (SECONDARY, PROVINCIAL): (1, 1), (SECONDARY, FREE): (1, 1),
        ("adult_education_secondary", PROVINCIAL): (1, 1),
    }  # fmt: skip


def test_only_sites_of_some_places_are_counted(ledger):
    """Of Arlon sites 4 and 5; only 4 has a project. Site 6, in no register, is nowhere."""
    within = {"commune": [ARLON]}
    rows = measure_rows(ledger, "coverage", "network", within=within)
    assert table(rows, "network", "sites", "universe_sites") == {MUNICIPAL: (1, 1), PROVINCIAL: (0, 1)}
    rows = measure_rows(ledger, "winners", "call_and_province", within=within)
    assert crossed(rows, "call", "province", "projects") == {
        ("EN1", "luxembourg"): (1,), ("EN2", "luxembourg"): (0,), ("EN2017", "luxembourg"): (1,),
    }  # fmt: skip
    rows = measure_rows(ledger, "coverage", "province", within={"level": [SECONDARY]})
    assert table(rows, "province", "sites", "universe_sites") == {"namur": (1, 2)}


def test_some_places_are_asked_of_the_register_only(ledger):
    with pytest.raises(UsageError, match="within"):
        measure_rows(ledger, "winners", "call", within={"province": ["namur"]})
    with pytest.raises(UnknownName, match="nowhere"):
        measure_rows(ledger, "sites", "level", within={"province": ["nowhere"]})
    with pytest.raises(UnknownName, match="planet"):
        measure_rows(ledger, "sites", "level", within={"planet": ["mars"]})


def test_deliveries_by_two_dimensions(ledger):
    """Devices by year and province; site 6 is in no register known."""
    rows = deliveries_rows(ledger, "year_and_province")
    assert crossed(rows, "year", "province", "devices", "sites") == {
        (2017, "namur"): (10, 1), (2018, "namur"): (5, 1), (2018, "luxembourg"): (7, 1),
        (2018, None): (1, 1),
    }  # fmt: skip
