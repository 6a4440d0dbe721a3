"""A list that another corrects counts until the day on which that one is known, and from then no more.

June 2020: sites 1 (100 €) and 2 (200 €). October corrects June: site 2 has 250 €, site 1 is gone, 3 came
(30 €). January 2021 corrects October: site 1 is back (110 €). All made up.
"""

from collections import Counter
from datetime import date

import pytest

from ennum_stats.measures.measure_table import records
from ennum_stats.measures.schools.deliveries import deliveries_rows
from ennum_stats.store.known_rows import known_rows
from ennum_stats.store.school_rows import WINNERS, listed_amounts, listed_schools, listed_sites, lists_known
from tests.measures.conftest import awarded, listed

JUNE, OCTOBER, JANUARY = "june", "october", "january"


def corrected(name, day, replaces=None, **more):
    return listed(name, "EN2020", known_on=day, **more) | {"replaces": replaces}


@pytest.fixture(scope="module")
def store(made_store):
    store = made_store()
    store.put(
        "lists",
        [corrected(JUNE, "2020-06-30"), corrected(OCTOBER, "2020-10-15", JUNE),
         corrected(JANUARY, "2021-01-31", OCTOBER), listed("other", "EN2019", known_on="2020-06-30"),
         corrected("d", "2020-06-30", kind="deliveries"),
         corrected("d2", "2020-10-15", "d", kind="deliveries")],
    )  # fmt: skip
    rows = {
        JUNE: {"1": "100", "2": "200"}, OCTOBER: {"2": "250", "3": "30"},
        JANUARY: {"1": "110", "2": "250", "3": "30"},
    }  # fmt: skip
    store.put(
        "participations",
        [awarded("7", "EN2019", "z", "1", list="other")]
        + [awarded(site, "EN2020", "", amount, list=name)
           for name, sites in rows.items() for site, amount in sites.items()],
    )  # fmt: skip
    store.put(
        "deliveries",
        [{"list": name, "position": 1, "call": "EN2020", "lot": "Robots", "implantation": "1",
          "quantity": quantity, "delivered_on": "2020-06-01"}
         for name, quantity in (("d", 10), ("d2", 12))],
    )  # fmt: skip
    return store


@pytest.mark.parametrize(
    ("day", "name", "projects", "sites", "amount"),
    [
        ("2020-06-30", JUNE, 2, 2, 300),
        ("2020-10-14", JUNE, 2, 2, 300),
        ("2020-10-15", OCTOBER, 2, 2, 280),
        ("2021-01-30", OCTOBER, 2, 2, 280),
        ("2021-01-31", JANUARY, 3, 3, 390),
        ("2026-01-01", JANUARY, 3, 3, 390),
    ],
)
def test_each_day_counts_the_list_of_that_day(store, day, name, projects, sites, amount):
    ledger = store.known_at(day)
    assert {one.list for one in lists_known(ledger, WINNERS)} == {"other", name}
    assert listed_schools(ledger, "ecole_numerique").by_call["EN2020"] == projects
    assert listed_sites(ledger, "ecole_numerique", ["EN2020"]) == {"EN2020": sites}
    assert listed_amounts(ledger, "ecole_numerique")["EN2020"] == amount


@pytest.mark.parametrize(("day", "devices"), [("2020-10-14", 10), ("2020-10-15", 12)])
def test_deliveries_of_a_corrected_list_count_once(store, day, devices):
    rows = records(deliveries_rows(store.known_at(day), "lot"))
    assert [row["devices"] for row in rows] == [devices]


def test_an_analyst_sees_the_rows_that_count_and_every_list_that_was_known(store):
    ledger, day = store.known_at("2020-12-31"), {"day": date(2020, 12, 31)}
    rows = ledger.query(known_rows("participations"), day)
    assert Counter(row[1] for row in rows) == {"other": 1, OCTOBER: 2}
    known = ledger.query(known_rows("lists"), day)
    assert {row[0] for row in known} == {JUNE, OCTOBER, "other", "d", "d2"}
