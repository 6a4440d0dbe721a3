"""The chart of a comparison: what it draws, says and leaves blank; nothing overlaps in any language."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ennum_stats.charts.comparison import can_be_drawn, comparison_chart
from ennum_stats.comparison.side_by_side import side_by_side
from ennum_stats.drawing import SIZES, figure_dict
from ennum_stats.languages import LANGUAGES
from tests.conftest import crossed
from tests.drawing.test_layout import PAGES, faults_of

ROW_PX = 72
COMPARED = {
    "calls": ("winners.projects_awarded", "call", ["EN2018", "EN2019"]),
    "amounts": ("winners.budget_awarded", "call", ["EN1", "EN3", "EN2019", "EN2021"]),
    "shares": (
        "coverage.share", "programme", ["cyberecole", "cyberclasse", "ecole_numerique", "connectivity"],
    ),
    "at least": ("budgets.value", "programme", ["cyberecole", "ecole_numerique", "connectivity"]),
    "bands": ("budgets.cumulated", "year", ["2013", "2016", "2019"]),
    "functions": ("staff.value", "component", ["maintenance_assistants", "lawyer", "consultant"]),
}  # fmt: skip


@pytest.fixture
def drawn(ledger_at):
    ledger = ledger_at("2026-11-24")

    def draw(name, language="en"):
        return comparison_chart(ledger, side_by_side(ledger, *COMPARED[name]), language)

    return draw


@pytest.mark.parametrize(("name", "language"), crossed(COMPARED, LANGUAGES))
def test_nothing_overlaps_or_leaves_the_picture(drawn, name, language):
    chart = drawn(name, language)
    height = ROW_PX * (1 + len(chart.marks))
    for size in (*(replace(page, height=height) for page in PAGES), SIZES["press"]):
        framed = size.name == "press"
        assert [*faults_of(name, figure_dict(chart, size, framed=framed))] == []


def test_the_base_stands_first_and_the_difference_below_the_title(drawn):
    chart = drawn("calls")
    assert [mark.label for mark in chart.marks] == ["EN2018", "EN2019"]
    assert chart.title == "Projects awarded: 326 (EN2018); 503 (EN2019)"
    assert "177 more" in chart.subtitle
    assert chart.sources  # the press kit
    assert all(str(n) in chart.description for n in (326, 503))


def test_shares_are_parts_of_their_whole_and_amounts_begin_at_zero(drawn):
    assert drawn("shares").kind == "shares"
    assert drawn("amounts").kind == "bars"


def test_what_is_missing_is_no_bar(drawn):
    """Nothing was told of what EN2021 awarded."""
    last = drawn("amounts").marks[-1]
    assert (last.label, last.quantity, last.state) == ("EN2021", None, "unknown")
    assert last.text


def test_what_is_only_bounded_has_no_value(drawn):
    first = drawn("bands").marks[0]
    assert first.quantity.value is None
    assert first.ends[0] < first.ends[1]


def test_numbers_below_zero_are_not_drawn(ledger_at):
    """EN2018 awarded 244 fewer projects than EN2017: a bar begins at zero."""
    found = side_by_side(ledger_at("2026-11-24"), "winners.projects_change", "call", ["EN2018", "EN2019"])
    assert found.base.answer.quantity.value == Decimal(326 - 570)
    assert not can_be_drawn(found)
