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


def test_a_set_of_calls_names_calls(raw_copy):
    line = raw_copy.cell("call_sets.csv", "EN2017_EN2018", "calls", "EN2017 EN18")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/call_sets.csv:{line}: calls: “EN2017 EN18” is unknown."
    )


def test_an_empty_value_has_a_reason(raw_copy):
    line = raw_copy.cell(KIT, EN2018, "value", "")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/{KIT}:{line}: value: There is no number and no reason why."
    )


def test_an_empty_value_with_a_reason_passes(raw_copy):
    raw_copy.cell(KIT, EN2018, "value", "")
    raw_copy.cell(KIT, EN2018, "missing_reason", "not_collected")
    assert raw_copy.findings() == []


def test_a_value_has_no_reason_for_missing(raw_copy):
    line = raw_copy.cell(KIT, EN2018, "missing_reason", "not_collected")
    assert f"{KIT}:{line}: missing_reason: There is a number" in only(raw_copy.findings())


def test_the_lower_bound_is_not_above_the_upper(raw_copy):
    raw_copy.cell(KIT, "press-kit-2020.staff.cyberclasse", "lower", "17")
    line = raw_copy.cell(KIT, "press-kit-2020.staff.cyberclasse", "upper", "16")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/{KIT}:{line}: lower: The lower bound 17 is above the upper one."
    )


def test_bounds_may_be_equal(raw_copy):
    raw_copy.cell(KIT, "press-kit-2020.staff.cyberclasse", "lower", "16")
    assert raw_copy.findings() == []


@pytest.mark.parametrize("step", ["", "0"])
@pytest.mark.parametrize("precision", ["rounded", "about", "nearly"])
def test_a_rounding_says_its_step(raw_copy, precision, step):
    raw_copy.cell(KIT, EN2018, "precision", precision)
    line = raw_copy.cell(KIT, EN2018, "step", step)
    assert only(raw_copy.findings()).startswith(
        f"data/raw/{KIT}:{line}: step: The precision of this number has no step."
    )


@pytest.mark.parametrize(("value", "precision"), [("0", "less_than"), ("0", "nearly")])
def test_nothing_is_less_than_zero(raw_copy, value, precision):
    raw_copy.cell(KIT, EN2018, "value", value)
    line = raw_copy.cell(KIT, EN2018, "precision", precision)
    assert only(raw_copy.findings()).startswith(f"data/raw/{KIT}:{line}: precision: No number is")


def test_nearly_has_room_for_a_whole_number_below(raw_copy):
    raw_copy.cell(KIT, EN2018, "step", "0.1")
    line = raw_copy.cell(KIT, EN2018, "precision", "nearly")
    assert f"{KIT}:{line}: precision: No number is “nearly”" in only(raw_copy.findings())


@pytest.mark.parametrize("step", ["5", "25", "0.5", "1100"])
def test_a_step_is_the_place_of_a_digit(raw_copy, step):
    """“Quelque 325” was once read with a step of 5, as 322.5 to 327.5."""
    line = raw_copy.cell(KIT, EN2018, "step", step)
    assert f"{KIT}:{line}: step: “{step}” is no place" in only(raw_copy.findings())


def test_no_reading_of_the_ledger_reaches_further_than_a_quarter_of_its_number(ledger_at):
    """A number of one figure that is 1 or 2 has the place below as its step: nearly 20,000 is no 10,001."""
    for observation in ledger_at("2026-11-24").all_observations():
        quantity = observation.quantity
        if quantity and quantity.precision in ("rounded", "about", "nearly"):
            reach = max(abs(end - quantity.value) for end in quantity.bounds.ends)
            assert reach <= quantity.value / 4, observation.observation_id


def test_an_exact_count_needs_no_step(raw_copy):
    raw_copy.cell(KIT, EN2018, "step", "")
    assert raw_copy.findings() == []


def test_a_value_says_how_precise_it_is(raw_copy):
    line = raw_copy.cell(KIT, EN2018, "precision", "")
    assert f"{KIT}:{line}: precision: The value has no precision." in only(raw_copy.findings())


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


def test_components_may_reach_what_the_rounding_of_the_whole_allows(raw_copy):
    """84.53 M + 503,000 + 462,948 = 85,495,948: still below 85.5 M."""
    helpdesk = "press-kit-2020.budget_spent.cyberclasse.helpdesk"
    raw_copy.cell(KIT, helpdesk, "value", "84530000")
    assert raw_copy.findings() == []


def test_levels_do_not_exceed_their_whole(raw_copy):
    """Regional-IT: 212 + 15 + 71 + 8 + 19 = 325, "quelque 325" read as 322.5 to 327.5."""
    level = "regional-it-2018-06-06.projects_awarded.EN2018.adult_education"
    raw_copy.cell(PUBLISHED, level, "value", "22")
    assert ": value: The parts of this whole (325) exceed it." in only(raw_copy.findings())


def test_parts_of_another_document_are_no_fault(raw_copy):
    """Documents may disagree: that is a conflict to show, not a finding."""
    raw_copy.cell(KIT, "press-kit-2020.projects_awarded.EN1_EN2019", "value", "1700")
    assert raw_copy.findings() == []


def test_a_period_does_not_end_before_it_begins(raw_copy):
    line = raw_copy.cell("calls.csv", "EN3", "valid_to", "2013-08-31")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/calls.csv:{line}: valid_to: The period ends (2013-08-31) before it begins."
    )


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


@pytest.mark.parametrize("moment", ["2020-06-01T06:00+02:00", "2020-12-31"])
def test_an_embargo_does_not_end_before_its_document_is_published(raw_copy, moment):
    """Digital Wallonia's study is of 2021."""
    key = "adn-2021-impact.projects_awarded.EN2017_EN2018"
    line = raw_copy.cell(PUBLISHED, key, "embargo_until", moment)
    assert only(raw_copy.findings()).startswith(
        f"data/raw/{PUBLISHED}:{line}: embargo_until: The embargo ends ({moment}) before"
    )


def test_an_embargo_after_publication_passes(raw_copy):
    key = "adn-2021-impact.projects_awarded.EN2017_EN2018"
    raw_copy.cell(PUBLISHED, key, "embargo_until", "2021-01-01")
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
