"""Lists beside published numbers: what agrees, what is explained, and what bounds do with it.

Published (press kit, tables of the calls): EN2 72 projects, EN3 210; EN2018 in 317 sites (Batichronique).
"""

import pytest

from ennum_stats.errors import ListsDiffer
from ennum_stats.kit.press import press
from ennum_stats.measures.coverage.coverage_table import coverage_rows
from ennum_stats.measures.measure_table import records
from ennum_stats.measures.schools.completeness import complete_calls
from ennum_stats.measures.schools.listed_and_published import stale_explanations
from ennum_stats.measures.schools.reconciliation import breaches, reconciliation_rows, require_reconciled
from tests.measures.conftest import NAMES, awarded, listed

DAY = "2020-12-31"


def award(call, number, sites):
    """Projects of a call, spread over so many sites."""
    return [awarded(str(n % sites), call, str(n)) for n in range(number)]


def explained(**cells):
    return [
        NAMES | {"reconciliation": "EN2", "measure": "projects_awarded", "call": "EN2",
                 "programme": "ecole_numerique", "listed": "70", "published": "72",
                 "takes": "list", "reviewed_on": "2020-12"} | cells
    ]  # fmt: skip


@pytest.fixture(scope="module")
def store(made_store):
    return made_store()


@pytest.fixture
def with_lists(store):
    """A function that loads lists of winners and explanations, and gives the ledger."""

    def load(calls, explanations=(), day=DAY, declared=()):
        store.put("lists", [listed(f"list-{call}", call) for call in calls])
        store.put("participations", [row for rows in calls.values() for row in rows])
        store.put("reconciliations", explanations)
        store.put("complete_lists", declared)
        return store.known_at(day)

    return load


def sites(ledger, basis="convention", **asked):
    rows = records(coverage_rows(ledger, "implantations", **asked))
    return next(
        (row["sites_lower"], row["sites_upper"])
        for row in rows
        if row["programme"] == "ecole_numerique" and row["basis"] == basis
    )


def verdicts(ledger):
    return {row.call: row.verdict for row in reconciliation_rows(ledger).rows}


def test_a_list_that_agrees_is_counted_on(with_lists):
    ledger = with_lists({"EN2": award("EN2", 72, 60)})
    assert verdicts(ledger) == {"EN2": "agrees"}
    assert complete_calls(ledger) == ("EN2",)
    require_reconciled(ledger, "fr")
    assert sites(ledger, calls=["EN2"]) == (60, 60)
    assert sites(ledger, "one_project_a_site", calls=["EN2"]) == (60, 60)


def test_a_list_with_less_than_published_is_a_part_and_contradicts_nothing(with_lists):
    ledger = with_lists({"EN2": award("EN2", 70, 60)})
    assert verdicts(ledger) == {"EN2": "fewer"}
    require_reconciled(ledger, "fr")
    assert complete_calls(ledger) == ()
    assert sites(ledger, calls=["EN2"]) == (60, 72)


DECLARED = NAMES | {"programme": "ecole_numerique", "call": "EN2", "rows": "70", "reviewed_on": "2020-12"}


@pytest.mark.parametrize(
    ("number", "declared"), [(90, []), (70, [DECLARED])], ids=["more", "fewer, declared complete"]
)
def test_a_contradiction_blocks_until_it_is_explained(with_lists, number, declared):
    """72 were published: a list has more, or less although a person said that nothing lacks."""
    lists = {"EN2": award("EN2", number, 60)}
    ledger = with_lists(lists, declared=declared)
    with pytest.raises(ListsDiffer, match=rf"EN2, Projets lauréats.*{number}.*dans les listes, 72.*publiés"):
        require_reconciled(ledger, "fr")
    assert complete_calls(ledger) == ()
    ledger = with_lists(lists, explained(listed=str(number)), declared=declared)
    assert verdicts(ledger) == {"EN2": "explained"}
    require_reconciled(ledger, "fr")
    assert sites(ledger, calls=["EN2"]) == (60, 60)


def test_fewer_sites_with_all_projects_are_a_contradiction(with_lists):
    """326 projects as in the kit; 317 sites as in Batichronique, against 300 in the list."""
    ledger = with_lists({"EN2018": award("EN2018", 326, 300)})
    with pytest.raises(ListsDiffer, match=r"EN2018, .*300.*317"):
        require_reconciled(ledger, "fr")


def test_a_kit_with_both_numbers_is_not_made(with_lists, project, tmp_path):
    ledger = with_lists({"EN2": award("EN2", 90, 60)})
    with pytest.raises(ListsDiffer, match="EN2"):
        press(project, ledger, out=tmp_path / "kit")
    assert not (tmp_path / "kit").exists()


def test_where_the_published_number_is_right_the_list_is_a_lower_bound(with_lists):
    ledger = with_lists({"EN2": award("EN2", 70, 60)}, explained(takes="published"))
    require_reconciled(ledger, "fr")
    assert complete_calls(ledger) == ()
    assert sites(ledger, calls=["EN2"]) == (60, 72)


def test_an_explanation_of_other_numbers_explains_nothing(with_lists):
    ledger = with_lists({"EN2": award("EN2", 71, 60)}, explained())
    assert verdicts(ledger) == {"EN2": "fewer"}
    (told,) = map(str, stale_explanations(ledger))
    assert "“EN2” is of 70 / 72, but the numbers are now 71 / 72" in told
    assert stale_explanations(with_lists({"EN2": award("EN2", 70, 60)}, explained())) == []
    assert stale_explanations(with_lists({"EN2": award("EN2", 71, 60)})) == []


def test_a_list_longer_than_what_was_published_bounds_no_more_than_it(with_lists):
    ledger = with_lists({"EN2": award("EN2", 90, 80)})
    assert verdicts(ledger) == {"EN2": "differs"}
    assert sites(ledger, calls=["EN2"]) == (72, 72)


def test_distinct_sites_of_a_call_are_compared_too(with_lists):
    """326 projects as in the kit; 317 sites as in Batichronique, against 300 in the list."""
    ledger = with_lists({"EN2018": award("EN2018", 326, 300)})
    rows = {row["measure"]: row for row in records(reconciliation_rows(ledger))}
    assert rows["projects_awarded"]["verdict"] == "agrees"
    assert rows["sites_awarded"]["verdict"] == "fewer"
    assert (rows["sites_awarded"]["listed"], rows["sites_awarded"]["published"]) == (300, 317)
    assert complete_calls(ledger) == ()


def test_counted_and_bounded_combine(with_lists):
    """EN2 counted in 60 sites, EN3 as published: 210 projects, in 1 to 210 sites."""
    ledger = with_lists({"EN2": award("EN2", 72, 60)})
    asked = {"calls": ["EN2", "EN3"], "without": ["one_project_a_site"]}
    assert sites(ledger, **asked) == (60, 270)
    assumed = sites(ledger, "one_project_a_site", calls=["EN2", "EN3"])
    assert assumed == (210, 270)


def test_a_list_that_breaks_a_rule_is_taken_as_it_is(with_lists):
    """EN2020 was closed to EN2019. Lists of both with 10 sites in common are counted; the rule still holds
    for EN2018, of which there is no list: 679 sites, and 317 others."""
    en2020 = [awarded(str(n), "EN2020", str(n)) for n in range(679)]
    en2019 = [awarded(str(n), "EN2019", str(n)) for n in range(669, 669 + 503)]
    ledger = with_lists({"EN2019": en2019, "EN2020": en2020})
    assert complete_calls(ledger) == ("EN2019", "EN2020")
    assert sites(ledger, calls=["EN2019", "EN2020"]) == (679 + 503 - 10,) * 2
    assert sites(ledger, calls=["EN2018", "EN2020"]) == (679 + 317,) * 2
    told = {row.rule: row for row in reconciliation_rows(ledger).rows if row.rule is not None}
    assert set(told) == {"en2020_closed_to_former"}  # EN2018, which it names too, has no list
    row = told["en2020_closed_to_former"]
    assert (row.call, row.excluded_call, row.verdict) == ("EN2020", "EN2019", "breaks")
    assert (row.listed.quantity.value, row.published.quantity.value) == (10, 0)
    assert row.meaning == "EN2020: closed to the winners of EN2018 and EN2019"
    assert row.document == ledger.source("press-kit-2020").title
    require_reconciled(ledger, "fr")


def test_lists_that_keep_to_a_rule_agree_with_it(with_lists):
    en2020 = [awarded(str(n), "EN2020", str(n)) for n in range(679)]
    en2019 = [awarded(str(n), "EN2019", str(n)) for n in range(679, 679 + 503)]
    (breach,) = breaches(with_lists({"EN2019": en2019, "EN2020": en2020}))
    assert (breach.sites, breach.is_broken) == (0, False)
    rows = reconciliation_rows(with_lists({"EN2019": en2019, "EN2020": en2020})).rows
    assert {row.verdict for row in rows} == {"agrees"}


def test_a_rule_is_judged_by_complete_lists_and_known_rules_only(with_lists):
    en2020 = [awarded(str(n), "EN2020", str(n)) for n in range(679)]
    short = [awarded(str(n), "EN2019", str(n)) for n in range(669, 669 + 502)]
    assert breaches(with_lists({"EN2019": short, "EN2020": en2020})) == ()
    # EN2020 is closed to EN2019 by the press kit of January 2020.
    assert breaches(with_lists({"EN2019": [], "EN2020": []}, day="2019-12-31")) == ()


def test_each_rule_and_pair_has_its_row(with_lists):
    """Two documents close EN2018 to EN3 and to EN2017: 3 sites of EN3 won again, none of EN2017."""
    en2018 = [awarded(str(n % 317), "EN2018", str(n)) for n in range(326)]
    en3 = [awarded(str(314 + n), "EN3", str(n)) for n in range(210)]
    en2017 = [awarded(str(1000 + n), "EN2017", str(n)) for n in range(570)]
    found = breaches(with_lists({"EN2018": en2018, "EN3": en3, "EN2017": en2017}))
    assert {(b.rule, b.excluded_call): b.sites for b in found} == {
        ("en2018_closed_to_former", "EN3"): 3, ("en2018_closed_to_former", "EN2017"): 0,
        ("en2018_closed_to_former_2", "EN3"): 3, ("en2018_closed_to_former_2", "EN2017"): 0,
    }  # fmt: skip
    assert found[0].words("fr").replace("\u00a0", " ").startswith(
        "EN2018 et EN3 : 3 implantations dans les deux listes, alors que « EN2018 : ouvert aux seules "
    )  # fmt: skip


def test_without_lists_there_is_nothing_to_reconcile(kit_ledger):
    assert reconciliation_rows(kit_ledger).rows == []
    require_reconciled(kit_ledger, "fr")
    bases = {row["basis"] for row in records(coverage_rows(kit_ledger))}
    assert bases == {"proved", "convention", "one_project_a_site"}
