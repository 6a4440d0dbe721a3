"""Coverage of a register of which no lists are known: bounds by what is published."""

import pytest

from ennum_stats.measures.coverage.coverage_table import coverage_rows
from ennum_stats.measures.schools.places import place, places_compared
from ennum_stats.store.answers import Missing

SITES = 2_500
"""Invented sites, half in each community (données fictives); documents tell of at least 1,724."""


@pytest.fixture(scope="module")
def registered(made_store):
    store = made_store()
    store.put("registers", [{"register": one, "community": one, "as_of": "2020-10-31"}
                            for one in ("fwb", "german_speaking_community")])  # fmt: skip
    sites = [
        {"register": ("fwb", "german_speaking_community")[n % 2], "implantation": str(9_000_000 + n)}
        for n in range(SITES)
    ]
    store.put(
        "implantations",
        [site | {"site": site["implantation"], "address": "Rue", "postal_code": "5000", "locality": "Y"}
         for site in sites],
    )  # fmt: skip
    store.put(
        "etablissements",
        [{"register": one, "etablissement": "9000001", "name": "École", "network": "municipal"}
         for one in ("fwb", "german_speaking_community")],
    )  # fmt: skip
    store.put(
        "teaching",
        [site | {"etablissement": "9000001", "level": "fundamental_ordinary", "teaching": "primary_ordinary"}
         for site in sites],
    )  # fmt: skip
    return store


def rows_of(ledger, **asked):
    return {row.programme: row for row in coverage_rows(ledger, "register", **asked).rows}


def test_what_is_published_bounds_the_share_of_the_register(registered):
    """Batichronique, 2018: 325 projects of EN2018 on 317 sites; here of 2,500."""
    row = rows_of(registered.known_at("2026-11-24"), calls=["EN2018"])["ecole_numerique"]
    assert float(row.share.quantity.bounds.lower) == pytest.approx(317 / SITES)
    assert float(row.share.quantity.bounds.upper) == pytest.approx(317 / SITES)
    assert "register" in str(row.assumptions[0])


def test_a_province_is_compared_where_no_list_is_known(registered):
    """It failed, with the sheet and the page of the place: what documents bound has no hash."""
    ledger = registered.known_at("2026-11-24")
    compared = places_compared(ledger, place(ledger, "province", "namur"))
    assert [one.code for one in compared["all"]] == ["namur"]


def test_schools_are_no_share_of_sites_here_either(registered):
    row = rows_of(registered.known_at("2026-11-24"))["cyberecole"]
    assert isinstance(row.share, Missing)
    assert not row.comparable


def test_the_register_of_one_community_is_no_universe_of_wallonia(registered):
    ledger = registered.known_at("2026-11-24")
    row, *_ = coverage_rows(ledger, "register", ["EN2018"]).rows
    assert row.comparable
    registered.connection.execute("DELETE FROM registers WHERE register <> 'fwb'")
    row, *_ = coverage_rows(registered.known_at("2026-11-24"), "register", ["EN2018"]).rows
    assert not row.comparable
    assert "another territory" in str(row.assumptions[0])


def test_without_a_register_there_is_no_row(ledger_at):
    assert rows_of(ledger_at("2026-11-24")) == {}
