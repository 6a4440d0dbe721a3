"""Rows against each other and against the house rules: for each check a failing and a passing example."""

import pytest

from ennum_stats.raw.row_checks import CHECKS

KIT = "observations/press_kit_2020.csv"
PUBLISHED = "observations/published.csv"
EN2018 = "press-kit-2020.projects_awarded.EN2018"


def only(findings):
    (finding,) = findings
    return finding


def test_a_key_stands_once(raw_copy):
    line = raw_copy.row(KIT, EN2018)
    assert only(raw_copy.findings()).startswith(
        f"data/raw/{KIT}:{line}: observation_id: The key “{EN2018}” stands here again."
    )


def test_a_key_of_two_columns_stands_once(raw_copy):
    line = raw_copy.row("codelists.csv", "territory")
    assert f"codelists.csv:{line}: code: The key" in only(raw_copy.findings())


@pytest.mark.parametrize(
    ("column", "code", "table"),
    [
        ("programme", "ecole-numerique", "programmes"),
        ("call", "EN18", "calls, call_sets"),
        ("source_id", "dossier-2020", "sources"),
        ("measure", "projets", "measures"),
        ("territory", "wallonie", "codelists.csv"),
        ("component", "equipement", "codelists.csv"),
    ],
)
def test_an_unknown_code_is_a_finding(raw_copy, column, code, table):
    line = raw_copy.cell(KIT, EN2018, column, code)
    assert only(raw_copy.findings()).startswith(
        f"data/raw/{KIT}:{line}: {column}: “{code}” is unknown. Expected a code of {table}."
    )


TEAM = "press-kit-2020.staff.cyberclasse"
HELPDESK = "press-kit-2020.budget_spent.cyberclasse.helpdesk"
NOW = "press-kit-2020.staff.2020-01"
IMPACT = "adn-2021-impact.projects_awarded.EN2017_EN2018"
AWARDED, INTRODUCED = (f"rtl-belga-2020-06.projects_{what}.EN2020" for what in ("awarded", "introduced"))
SHARE = "adn-2021-impact.projects_success_share.EN2017_EN2018"
NO_STEP = "The precision of this number has no step."
FAULTS = {
    "a set of calls names calls": [("call_sets.csv", "EN2017_EN2018", "calls", "EN2017 EN18"), "is unknown."],
    "an empty value has a reason": [(KIT, EN2018, "value", ""), "There is no number and no reason why."],
    "a value has no reason for missing": [(KIT, EN2018, "missing_reason", "not_collected"), "There is a number"],
    "the lower bound is not above the upper": [(KIT, TEAM, "upper", "16"), (KIT, TEAM, "lower", "17"),
        "The lower bound 17 is above the upper one."],
    **{
        f"{precision} says its step, not {step!r}": [(KIT, EN2018, "precision", precision),
            (KIT, EN2018, "step", step), NO_STEP]
        for precision in ("rounded", "about", "nearly") for step in ("", "0")
    },
    "nothing is less than zero": [(KIT, EN2018, "value", "0"), (KIT, EN2018, "precision", "less_than"), "No number is"],
    "nothing is nearly zero": [(KIT, EN2018, "value", "0"), (KIT, EN2018, "precision", "nearly"), "No number is"],
    "nearly has room for a whole number below": [(KIT, EN2018, "step", "0.1"), (KIT, EN2018, "precision", "nearly"),
        "No number is “nearly”"],
    # “Quelque 325” was once read with a step of 5, as 322.5 to 327.5.
    **{f"{step} is the place of no digit": [(KIT, EN2018, "step", step), f"“{step}” is no place"]
       for step in ("5", "25", "0.5", "1100")},
    "a value says how precise it is": [(KIT, EN2018, "precision", ""), "The value has no precision."],
    "a period does not end before it begins": [("calls.csv", "EN3", "valid_to", "2013-08-31"),
        "The period ends (2013-08-31) before it begins."],
    # Digital Wallonia's study is of 2021.
    **{f"an embargo does not end on {moment}, before its document": [(PUBLISHED, IMPACT, "embargo_until", moment),
        f"The embargo ends ({moment}) before"] for moment in ("2020-06-01T06:00+02:00", "2020-12-31")},
    # RTL: 679 of 955. Exchanged, it would be 955 of 679.
    "no document awards more projects than were submitted": [(PUBLISHED, INTRODUCED, "value", "679"),
        (PUBLISHED, AWARDED, "value", "955"), ("955 is more for “Winning projects” than the same document says for "
        "“Projects submitted”. In one document, a part is not more than its whole.")],
    # The kit: 183 of 200, on days of their own.
    "no document installs more sites than were selected": [
        (KIT, "press-kit-2020.sites_installed.connectivity", "value", "201"), "201 is more for"],
    **{f"a share of {value} is more than the whole": [(PUBLISHED, SHARE, "precision", "exact"),
        (PUBLISHED, SHARE, "unit", unit), (PUBLISHED, SHARE, "value", value),
        f"A share of {value} is more than the whole."] for value, unit in (("120", "percent"), ("1.2", "share"))},
}  # fmt: skip
"""Cells, and the one finding on the last of them."""
IN_ORDER = {
    "an empty value with a reason": [(KIT, EN2018, "value", ""), (KIT, EN2018, "missing_reason", "not_collected")],
    "equal bounds": [(KIT, TEAM, "lower", "16")],
    "an exact count without step": [(KIT, EN2018, "step", "")],
    # 84.53 M + 503,000 + 462,948 = 85,495,948: still below 85.5 M.
    "components that reach what the rounding of the whole allows": [(KIT, HELPDESK, "value", "84530000")],
    # Documents may disagree: that is a conflict to show, not a finding. The press tells 781 submitted for EN2018.
    "parts of another document": [(KIT, "press-kit-2020.projects_awarded.EN1_EN2019", "value", "1700")],
    "a whole of another document": [(KIT, EN2018, "value", "800")],
    "an embargo after publication": [(PUBLISHED, IMPACT, "embargo_until", "2021-01-01")],
    "winners that are all that were submitted": [(PUBLISHED, AWARDED, "value", "955")],
    # “About 900” is read as 850 to 950, and so 950 may have won.
    "more winners than about as many were submitted": [(PUBLISHED, AWARDED, "value", "950"),
        *((PUBLISHED, INTRODUCED, *of) for of in (("value", "900"), ("step", "100"), ("precision", "about")))],
    "a growth of more than the whole": [(PUBLISHED, "batichronique-2018.budget_growth.EN2018", "value", "120")],
}  # fmt: skip
"""Cells in which nothing is wrong."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_finding(raw_copy, fault):
    *cells, told = FAULTS[fault]
    findings, place = raw_copy.changed(*cells)
    assert told in only(findings).removeprefix(place)
    assert only(findings).startswith(place)


@pytest.mark.parametrize("case", IN_ORDER)
def test_what_is_in_order_is_no_finding(raw_copy, case):
    assert raw_copy.changed(*IN_ORDER[case])[0] == []


def test_no_reading_of_the_ledger_reaches_further_than_a_quarter_of_its_number(ledger_at):
    """A number of one figure that is 1 or 2 has the place below as its step: nearly 20,000 is no 10,001."""
    for observation in ledger_at("2026-11-24").all_observations():
        quantity = observation.quantity
        if quantity and quantity.precision in ("rounded", "about", "nearly"):
            reach = max(abs(end - quantity.value) for end in quantity.bounds.ends)
            assert reach <= quantity.value / 4, observation.observation_id


def test_francs_need_their_rate(raw_copy):
    raw_copy.cell("exchange_rates.csv", "BEF", "currency", "FRF")
    finding = only(raw_copy.findings())
    assert finding.startswith(f"data/raw/{KIT}:")
    assert ": unit: There is no rate for BEF." in finding


def test_components_do_not_exceed_their_whole(raw_copy):
    """85 million rounded is at most 85.5; 84.6 M + 503,000 (± 500) + 462,948 is above it."""
    helpdesk = "press-kit-2020.budget_spent.cyberclasse.helpdesk"
    raw_copy.cell(KIT, helpdesk, "value", "84600000")
    finding = only(raw_copy.findings())
    assert ": value: The parts of this whole (85000000) exceed it." in finding


def test_levels_do_not_exceed_their_whole(raw_copy):
    """Regional-IT: 212 + 15 + 71 + 8 + 19 = 325, "quelque 325" read as 322.5 to 327.5."""
    level = "regional-it-2018-06-06.projects_awarded.EN2018.adult_education"
    raw_copy.cell(PUBLISHED, level, "value", "22")
    assert ": value: The parts of this whole (325) exceed it." in only(raw_copy.findings())


def test_nothing_is_published_before_its_period_begins(raw_copy):
    line = raw_copy.cell(KIT, "press-kit-2020.staff.2020-01", "valid_from", "2020-09")
    raw_copy.cell(KIT, "press-kit-2020.staff.2020-01", "valid_to", "2020-09")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/{KIT}:{line}: source_id: “press-kit-2020” was published before the period"
    )


def test_nothing_is_awarded_before_the_school_year_of_its_call(raw_copy):
    """EN2021 is of the school year 2021-2022: its winners cannot be known in January 2020."""
    line = raw_copy.row(KIT, EN2018, observation_id="press-kit-2020.projects.EN2021", call="EN2021")
    assert f"{KIT}:{line}: source_id: " in only(raw_copy.findings())


def test_plans_are_published_before_their_period(raw_copy):
    raw_copy.row(
        KIT, EN2018, observation_id="press-kit-2020.projects_planned.EN2021", call="EN2021",
        measure="projects_planned", stage="planned", status="F",
    )  # fmt: skip
    assert raw_copy.findings() == []


def test_a_source_is_used(raw_copy):
    line = raw_copy.row("sources.csv", "press-kit-2020", source_id="dossier-2021")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/sources.csv:{line}: source_id: Nothing comes from the source “dossier-2021”."
    )


def test_one_document_gives_one_number_for_one_thing(raw_copy):
    line = raw_copy.row(KIT, EN2018, observation_id="press-kit-2020.again", value="325")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/{KIT}:{line}: measure: The document already gives “projects_awarded” for"
    )


def test_two_documents_may_give_two_numbers(raw_copy):
    raw_copy.row(KIT, EN2018, observation_id="rtbf.projects", value="325", source_id="rtbf-2020-01")
    assert raw_copy.findings() == []


def test_every_check_is_shown_here():
    """A new check comes with its examples; then it is added to this list."""
    assert {check.__name__ for check in CHECKS} == {
        "check_repeated_keys", "check_references", "check_missing_values", "check_bounds_in_order",
        "check_precision", "check_currencies", "check_parts_within_whole",
        "check_parts_of_counts", "check_shares",  # shown in raw/test_part_checks.py
        "check_periods_in_order", "check_published_after_beginning", "check_embargoes",
        "check_calls_open_first", "check_read_after_publication", "check_lists_after_calls",
        "check_days_of_rows", "check_releases",  # shown in raw/test_day_checks.py
        "check_embargoed_apart",  # shown in store/test_embargoed_documents.py
        "check_sources_used", "check_one_row_a_key",
        "check_invented_apart",  # shown in imports/test_demo.py
        "check_list_sizes", "check_corrected_lists", "check_declared_lists",
            "check_counted_once",  # in test_list_checks.py
    }  # fmt: skip
