"""Coverage of École Numérique as bounded by the raw tables: issue 5, and the documents of rules.csv."""

import csv

import pytest

from ennum_stats.errors import RulesContradict, UnknownName, UsageError
from ennum_stats.languages import translate
from ennum_stats.measures.catalogue import measure_rows
from ennum_stats.measures.coverage.call_constraints import require_possible, sites_of_calls
from ennum_stats.measures.coverage.coverage_facts import DEFAULT_UNIVERSE, coverage_facts
from ennum_stats.measures.coverage.coverage_table import coverage_rows
from ennum_stats.measures.coverage.published_claims import published_claims
from ennum_stats.measures.measure_table import records
from ennum_stats.quantities import Reason
from ennum_stats.store.answers import Known
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from tests.conftest import RAW

TO_2019 = ("EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019")


def bounds(ledger, **asked):
    """Both ends of the sites on the universe of the kit, by basis."""
    rows = records(coverage_rows(ledger, "implantations", **asked))
    return {
        row["basis"]: (row["sites_lower"], row["sites_upper"])
        for row in rows
        if row["programme"] == "ecole_numerique"
    }


def test_bounds_with_what_the_kit_and_the_press_had_published(kit_ledger):
    """Issue 5: 318 to 1,700, and 887 to 1,700 with the assumption."""
    assert bounds(kit_ledger) == {"convention": (318, 1700), "one_project_a_site": (887, 1700)}


def test_bounds_at_the_end_of_2021(ledger_at):
    """Issue 5: with the published union of 1,724, and 310 projects of the first three calls. The winners of
    EN2021 (closed on 17 December) are not known: any number of other sites may have a project."""
    both, later = (1724, 2034), ledger_at("2021-12-31")
    known = ["EN1_EN2020"]
    assert bounds(later, calls=known) == {"convention": both, "one_project_a_site": both}
    at_least = (1724, None)
    for asked in ({}, {"calls": ["EN1_EN2021"]}):
        assert bounds(later, **asked) == {"convention": at_least, "one_project_a_site": at_least}
    day_before = ledger_at("2021-12-16")
    assert bounds(day_before, calls=["EN1_EN2020"]) == bounds(day_before)


def test_while_no_document_lists_the_calls_there_are_at_least_so_many(ledger_at):
    """On 30 June 2018 EN2017 (570) and EN2018 (325 projects on 317 sites) were published, and the name EN3."""
    found = bounds(ledger_at("2018-06-30"))
    assert {upper for _, upper in found.values()} == {None}


def test_the_sites_of_the_federation_are_some_of_all(ledger_at):
    """Parliament, 9 July 2020: 607 implantations of the Federation have a project of EN2020, of 679. Those
    of EN2018 (317) could not take part: 317 + 607. With one project a site: 317 + 679, and of EN2019's 503,
    who have none of EN2020 either, 186 more than EN2018 can hold. At most 28 + 72 + 210 + 570 + 317 + 503 +
    679."""
    autumn = ledger_at("2020-10-31")
    assert bounds(autumn, calls=["EN2020"])["convention"] == (607, 679)
    assert bounds(autumn) == {"convention": (924, 2379), "one_project_a_site": (1182, 2379)}


def test_about_3800_sites_prove_nothing(kit_ledger):
    """The kit prints "environ": of a universe of about 3,800, no row is proved."""
    on_it = records(coverage_rows(kit_ledger, "implantations"))
    found = {(row["programme"], row["basis"]) for row in on_it if row["comparable"]}
    assert found == {
        ("cyberclasse", "convention"),
        ("connectivity", "convention"),
        ("ecole_numerique", "convention"),
        ("ecole_numerique", "one_project_a_site"),
    }
    (cyberecole,) = (row for row in on_it if row["programme"] == "cyberecole")
    assert cyberecole["basis"] == "proved"  # more than 1,700 and more than 540: no share


def test_about_3800_sites_are_read_only_where_they_limit(kit_ledger):
    """The kit counts 72 projects of EN2, which is no reading; where no rule ties sites to projects, a universe of
    "environ 3800" is all that limits them."""
    facts = coverage_facts(kit_ledger)
    for without, upper, basis in ((), 72, "proved"), (("sites_at_most_projects",), 3850, "convention"):
        answer = sites_of_calls(facts, ["EN2"], "proved", without, facts.default_universe.size)
        assert answer.quantity.bounds.upper == upper
        assert answer.quantity.bounds.basis == basis


def test_rows_say_which_calls_they_cover(kit_ledger, ledger_at):
    for row in records(coverage_rows(kit_ledger, "implantations")):
        en = row["programme"] == "ecole_numerique"
        assert row["calls_covered"] == (TO_2019 if en else ())
    later = records(coverage_rows(ledger_at("2021-12-31"), "implantations", ["EN1_EN2021"]))
    assert {row["programme"] for row in later} == {"ecole_numerique"}
    assert {row["calls_covered"] for row in later} == {(*TO_2019, "EN2020")}
    assert {row["calls_not_known"] for row in later} == {("EN2021",)}


@pytest.mark.parametrize(
    ("calls", "proved", "assumed"),
    [
        (["EN2018"], (317, 317), (317, 317)),
        (["EN2"], (1, 72), (72, 72)),
        (["EN2017", "EN2018"], (318, 887), (887, 887)),
        (["EN2017", "EN2018", "EN2019"], (318, 1390), (887, 1390)),
    ],
)
def test_any_union_can_be_asked_for(kit_ledger, calls, proved, assumed):
    assert bounds(kit_ledger, calls=calls) == {"convention": proved, "one_project_a_site": assumed}


@pytest.mark.parametrize(
    ("without", "proved", "assumed"),
    [
        (["en2018_sites"], (2, 1709), (896, 1709)),
        (["en2018_closed_to_former"], (318, 1700), (887, 1700)),  # a second document says it
        (["en2018_closed_to_former", "en2018_closed_to_former_2"], (317, 1700), (570, 1700)),
    ],
)
def test_each_rule_can_be_switched_off(kit_ledger, without, proved, assumed):
    """Without the 317, EN2018 counts 326 projects; without the exclusions, all sites may be of EN2017."""
    assert bounds(kit_ledger, without=without) == {"convention": proved, "one_project_a_site": assumed}


def test_without_projects_as_a_limit_only_the_universe_limits(kit_ledger):
    """ "About 3,800" is at most 3,850."""
    assert bounds(kit_ledger, without=["sites_at_most_projects"])["convention"][1] == 3850


def test_without_the_assumption_there_is_one_row(kit_ledger):
    assert bounds(kit_ledger, without=["one_project_a_site"]) == {"convention": (318, 1700)}


def test_a_rule_call_or_measure_that_is_not_there_is_told(kit_ledger):
    with pytest.raises(UnknownName, match="en2018_sites"):
        bounds(kit_ledger, without=["en2018_size"])
    with pytest.raises(UnknownName, match="EN2018"):
        bounds(kit_ledger, calls=["EN18"])
    with pytest.raises(UsageError, match="coverage"):
        measure_rows(kit_ledger, "winners", calls=["EN2018"])


def test_rules_that_contradict_each_other_are_named(raw_copy):
    """400 sites of EN2018 cannot be, of 326 projects."""
    raw_copy.cell("rules.csv", "en2018_sites", "value", "400")
    build(raw_copy.project)
    ledger = open_ledger(raw_copy.project)
    with pytest.raises(RulesContradict, match="en2018_sites") as caught:
        require_possible(coverage_facts(ledger))
    assert "sites_at_most_projects" in str(caught.value)
    assert "en2020_closed_to_former" not in str(caught.value)
    assert set(caught.value.rows) == {
        ("rules", "en2018_sites"),
        ("rules", "sites_at_most_projects"),
        ("observations", "press-kit-2020.projects_awarded.EN2018"),
    }
    assert {row.sites.reason for row in ecole_numerique(ledger)} == {Reason.CONTRADICTED}
    told = translate(ecole_numerique(ledger)[0].assumptions[-1], "en")
    assert told.startswith("No sites can satisfy all of: ")
    assert "EN2018: 400 school sites" in told
    assert "_" not in told, "readers do not know the names of rules"
    known = ecole_numerique(ledger, without=["en2018_sites"])
    assert all(isinstance(row.sites, Known) for row in known)
    ledger.connection.close()


def ecole_numerique(ledger, **asked):
    rows = coverage_rows(ledger, DEFAULT_UNIVERSE, **asked).rows
    return [row for row in rows if row.programme == "ecole_numerique"]


def test_claims_of_never_winners_are_judged_and_bound_nothing(ledger_at):
    """3,750 to 3,850 sites less 1,724 to 2,034: 45.8 % to 55.2 % never won. "53 %" (52.5 to 53.5) may be;
    the 2,000 of Trends are établissements, which are not measured against implantations."""
    claims = published_claims(ledger_at("2021-12-31"))
    found = {(claim.observation.observation_id.split(".")[0], claim.basis): claim.verdict for claim in claims}
    for basis in ("convention", "one_project_a_site"):
        assert found["regional-it-2021-10-11", basis] == "consistent"
        assert found["spw-emploi-2021", basis] == "consistent"
        assert ("trends-levif-2021-10", basis) not in found
    lower, upper = next(c.never.quantity.bounds.ends for c in claims if c.claimed.value == 53)
    assert float(lower) == pytest.approx(100 * (1 - 2034 / 3750))
    assert float(upper) == pytest.approx(100 * (1 - 1724 / 3850))
    assert published_claims(ledger_at("2020-01-31")) == []


def test_rules_are_those_known_on_the_day(ledger_at):
    with (RAW / "rules.csv").open(encoding="utf-8", newline="") as file:
        every = {row["rule"] for row in csv.DictReader(file)}

    def known(day):
        return {row["rule"] for row in ledger_at(day).records("rules")}

    assert known("2026-11-24") == every
    assert known("2012-12-31") == {"sites_at_most_projects", "one_project_a_site"}
    assert "en2017_2020_union" not in known("2020-01-31")


def test_a_universe_without_adult_education_has_no_fewer_than_no_sites(raw_copy):
    """Were about 3,800 of about 3,800 sites of adult education, zero to a hundred would be left, not −100."""
    file = "observations/press_kit_2020.csv"
    raw_copy.cell(file, "press-kit-2020.implantations.adult_education", "value", "3800")
    build(raw_copy.project)
    ledger = open_ledger(raw_copy.project)
    sizes = [universe.size for universe in coverage_facts(ledger).universes if universe.removes_level]
    assert sizes
    assert all(isinstance(size, Known) and size.quantity.bounds.lower == 0 for size in sizes)
    ledger.connection.close()
