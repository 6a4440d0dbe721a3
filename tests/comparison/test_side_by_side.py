"""Two to four things side by side: what is compared, what it shares, and what cannot be compared.

Numbers up to EN2019 are those of the press kit of January 2020, EN2020 that of Trends/Le Vif in October 2021.
"""

from datetime import date
from decimal import Decimal

import pytest

from ennum_stats.comparison.comparables import COMPARABLES, KINDS, codes_compared, comparables
from ennum_stats.comparison.differences import Difference, NotCompared, Order
from ennum_stats.comparison.side_by_side import side_by_side
from ennum_stats.comparison.words import comparison_records, figure_on_days, noted
from ennum_stats.comparison.words import sentences as set_sentences
from ennum_stats.errors import UnknownName, UsageError
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.store.answers import Known, Missing
from tests.measures.conftest import NAMES, awarded, listed

KIT = date(2020, 1, 31)
LEFT_OUT = {
    ("budgets", "call", "value"): "as the budget awarded of winners",
    ("winners", "school_year"): "the rows of calls under other names",
    ("winners", "universe_sites"): "as the sites of the register",
    ("coverage", "universe_sites"): "as the sites of the register",
    ("winners", "projects_per_1000_sites"): "a rate of places, which others have none of",
    ("sites", ""): "one row",
    ("connectivity",): "one row",
    ("targets",): "its rows hold what was announced beside what was reached",
    ("deliveries", "lot_and_year"): "two dimensions at once",
}
"""What of the measures is not compared, and why."""


def sentences(ledger, found, language):
    """The sentences with plain spaces."""
    return [one.replace("\u00a0", " ") for one in set_sentences(ledger, found, language)]


def ends(found):
    """The bounds of the first difference."""
    return found.differences[0].amount.quantity.bounds.ends


def test_every_number_of_every_measure_is_compared_or_said_to_be_left_out(ledger):
    for table in TABLES.values():
        for by in () if table.is_site_by_site else table.by:
            for column in measure_rows(ledger, table.name, by).answers:
                reasons = {(table.name,), (table.name, by), (table.name, column), (table.name, by, column)}
                one = COMPARABLES.get(f"{table.name}.{column}")
                dimensions = (by, "programme") if table.name in ("staff", "equipment") else (by,)
                is_compared = one is not None and {*dimensions} & {*one.by}
                if not (column == "share" and by == "repeats"):  # a share of those with so many is none
                    assert is_compared or reasons & {*LEFT_OUT}, (table.name, by, column)


@pytest.mark.parametrize("by", KINDS)
def test_whatever_is_offered_can_be_asked_for_on_any_day(ledger_at, by):
    for day in ("2012-01-01", "2020-01-31", "2026-11-24"):
        ledger = ledger_at(day)
        codes = codes_compared(ledger, by)
        if len(codes) < 2:
            continue
        for one in comparables(ledger, by):
            found = side_by_side(ledger, one.name, by, codes[-2:])
            for language in ("fr", "de", "nl", "en"):
                assert len(sentences(ledger, found, language)) == 1
                assert noted(ledger, found, language) is not None


def test_two_calls(ledger):
    found = side_by_side(ledger, "winners.projects_awarded", "call", ["EN2018", "EN2019"])
    assert ends(found) == (503 - 326, 503 - 326)
    [told] = sentences(ledger, found, "en")
    assert "177 more" in told
    assert "326 projects" in told
    assert "503 projects" in told
    base, other = comparison_records(ledger, found, "en")
    assert (base["call"], base["value"], base["base"]) == ("EN2018", 326, True)
    assert (other["lower"], other["upper"]) == (503, 503)
    assert (other["difference_lower"], other["difference_upper"]) == (177, 177)
    assert (other["difference"], other["order"], other["text"]) == (
        177,
        "more",
        set_sentences(ledger, found, "en")[0],
    )


def test_any_of_those_compared_can_be_the_base(ledger):
    found = side_by_side(
        ledger, "winners.projects_awarded", "call", ["EN1", "EN2018", "EN2019"], base="EN2018"
    )
    assert [side.code for side in found.sides] == ["EN2018", "EN1", "EN2019"]
    assert [one.order for one in found.differences] == [Order.LESS, Order.MORE]


def test_what_is_not_known_is_no_base_and_has_no_difference(ledger):
    """No document tells how many projects of EN2021 were submitted."""
    found = side_by_side(ledger, "winners.projects_introduced", "call", ["EN2021", "EN2018", "EN2019"])
    assert found.base.code == "EN2018"
    missing, known = found.differences
    assert isinstance(missing, NotCompared)
    assert missing.is_missing
    assert isinstance(known, Difference)
    assert "cannot be told" in sentences(ledger, found, "en")[0]


def test_what_was_added_to_a_sum_is_its_difference(ledger):
    """EN2020 awarded "8.7 million"; what was spent before is not known as precisely."""
    found = side_by_side(ledger, "budgets.cumulated", "year", ["2019", "2020"])
    assert ends(found) == (8_650_000, 8_750_000)
    back = side_by_side(ledger, "budgets.cumulated", "year", ["2020", "2019"])
    assert ends(back) == (-8_750_000, -8_650_000)
    assert side_by_side(ledger, "winners.projects_cumulated", "call", ["EN2018", "EN2019"]).differences[
        0
    ].amount.quantity.value == Decimal(503)


def test_a_sum_is_never_less_than_before(ledger):
    found = side_by_side(ledger, "coverage.share", "year", ["2013", "2019"])
    assert found.differences[0].order in (Order.MORE, Order.NOT_LESS)


def test_shares_of_one_set_of_sites_have_the_ratio_of_their_sites(ledger):
    """183 sites connected, about 3,000 equipped: whatever the number of all sites is."""
    found = side_by_side(ledger, "coverage.share", "programme", ["cyberclasse", "connectivity"])
    bounds = found.differences[0].ratio.quantity.bounds
    assert bounds.lower == pytest.approx(Decimal(183) / Decimal(3_500))
    assert bounds.upper == pytest.approx(Decimal(183) / Decimal(2_500))
    assert any(one.startswith("Universe: ") for one in noted(ledger, found, "en"))


@pytest.mark.parametrize(
    ("name", "codes", "reason"),
    [
        ("staff.value", ["cyberecole", "cyberclasse"], "different times (2009–2013; 1999–2008)"),
        ("equipment.value", ["EN2019", "EN2020"], "one is planned"),
        ("coverage.sites", ["cyberecole", "connectivity"], "units differ"),
    ],
)
def test_what_cannot_be_compared_says_why(ledger, name, codes, reason):
    by = "call" if codes[0].startswith("EN") else "programme"
    found = side_by_side(ledger, name, by, codes)
    assert isinstance(found.differences[0], NotCompared)
    [told] = sentences(ledger, found, "en")
    assert "cannot be compared" in told
    assert reason in told


def test_schools_are_no_share_of_sites_and_the_sentence_says_so(ledger):
    found = side_by_side(ledger, "coverage.share", "programme", ["cyberecole", "connectivity"])
    assert "Not comparable: schools" in sentences(ledger, found, "en")[0]


def test_amounts_at_the_prices_of_a_year_say_so(ledger):
    found = side_by_side(ledger, "winners.budget_awarded", "call", ["EN2018", "EN2019"], prices="real:2019")
    assert "at the prices of 2019" in sentences(ledger, found, "en")[0]
    assert not any("current" in str(one) for one in found.notes)
    nominal = side_by_side(ledger, "winners.budget_awarded", "call", ["EN2018", "EN2019"])
    assert any("current prices" in str(one) for one in nominal.notes)


def test_calls_of_different_length_say_their_school_years(ledger):
    found = side_by_side(ledger, "winners.projects_awarded", "call", ["EN2", "EN3"])
    assert any("EN3 2014-2016" in one for one in noted(ledger, found, "en"))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("winners.projects_awarded", "call", ["EN2018"]), UsageError),
        (("winners.projects_awarded", "call", ["EN1", "EN2", "EN3", "EN2017", "EN2018"]), UsageError),
        (("winners.projects_awarded", "call", ["EN2018", "EN2091"]), UnknownName),
        (("winners.projects_awarded", "planet", ["a", "b"]), UnknownName),
        (("winners.nonsense", "call", ["EN2018", "EN2019"]), UnknownName),
    ],
)
def test_nonsense_is_refused_in_a_sentence(ledger, arguments, error):
    with pytest.raises(error, match=r"[.”]"):
        side_by_side(ledger, *arguments)
    with pytest.raises(UnknownName, match="EN1"):
        side_by_side(ledger, "winners.projects_awarded", "call", ["EN2018", "EN2019"], base="EN1")


# --- days -----------------------------------------------------------------------------------------------


def test_a_number_that_no_document_told_yet(ledger):
    found = figure_on_days(ledger, "en2019_introduced", [KIT, date(2026, 11, 1)])
    assert isinstance(found.sides[1].answer, Missing)
    [told] = sentences(ledger, found, "en")
    assert "As known on 1 November 2026: 762 projects" in told
    assert "not yet known" in told or "not known" in told


def test_bounds_that_became_narrower_are_the_same_number(ledger):
    """From between 23% and 46% to between 27% and 46%: nothing grew."""
    found = figure_on_days(ledger, "en_coverage", [KIT, date(2026, 11, 1)])
    assert "known more precisely" in sentences(ledger, found, "en")[0]
    back = figure_on_days(ledger, "en_coverage", [date(2026, 11, 1), KIT])
    assert "known less precisely" in sentences(ledger, back, "en")[0]
    same = figure_on_days(ledger, "en2018_projects", [KIT, date(2026, 11, 1)])
    assert "unchanged" in sentences(ledger, same, "en")[0]


# --- lists ----------------------------------------------------------------------------------------------


def test_lists_that_are_not_complete_give_lower_bounds_and_are_named(made_store):
    """Two sites of Namur and one of Liège on a list of three of 28 projects: who is ahead is not known."""
    store = made_store()
    places = {"9000001": "92094", "9000002": "92094", "9000003": "62063"}
    provinces = {"92094": "namur", "62063": "liege"}
    store.put("communes", [NAMES | {"commune": code, "province": province, "commune_2025": code}
                           for code, province in provinces.items()])  # fmt: skip
    store.put("registers", [{"register": "fwb-2020", "community": "fwb", "as_of": "2020-10-31"}])
    store.put(
        "implantations",
        [{"register": "fwb-2020", "implantation": site, "commune": commune, "site": site,
          "address": "données fictives", "postal_code": "5000", "locality": "Y"}
         for site, commune in places.items()],
    )  # fmt: skip
    store.put("etablissements", [{"register": "fwb-2020", "etablissement": "9000011",
                                  "name": "données fictives", "network": "municipal"}])  # fmt: skip
    store.put(
        "teaching",
        [{"register": "fwb-2020", "implantation": site, "etablissement": "9000011",
          "level": "fundamental_ordinary", "teaching": "primary_ordinary"} for site in places],
    )  # fmt: skip
    store.put("lists", [listed("list-EN1", "EN1")])
    store.put("participations", [awarded(site, "EN1", site) for site in places])
    ledger = store.known_at("2020-12-31")
    found = side_by_side(ledger, "winners.projects", "province", ["namur", "liege"])
    assert [side.answer.quantity.bounds.ends[0] for side in found.sides] == [2, 1]
    assert found.differences[0].order is Order.NOT_KNOWN
    assert "not known which is larger" in sentences(ledger, found, "en")[0]
    assert any("EN1" in one and "at least" in one for one in noted(ledger, found, "en"))
    # All sites of both are on the list: there are no more, whatever is still awaited.
    share = side_by_side(ledger, "coverage.share", "province", ["namur", "liege"])
    assert share.differences[0].order is Order.EQUAL
    reached = side_by_side(ledger, "coverage.sites", "province", ["namur", "liege"])
    assert ends(reached) == (-1, -1)
    sites = side_by_side(ledger, "sites.implantations", "province", ["namur", "liege"])
    assert ends(sites) == (-1, -1)  # what the register counts is exact
    assert isinstance(sites.sides[0].answer, Known)
