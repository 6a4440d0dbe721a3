"""The table that a reader builds: its cells are the answers of the measure, its sums are bounded."""

import pytest

from ennum_stats.errors import UnknownName, UsageError
from ennum_stats.measures.catalogue import measure_rows
from ennum_stats.measures.frames import cross_table as module
from ennum_stats.measures.frames.cross_table import cross_table, crossable
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import open_ledger


@pytest.fixture(scope="module")
def ledger(demonstration):
    opened = open_ledger(demonstration)
    yield opened
    opened.connection.close()


def test_numbers_side_by_side_are_those_that_the_press_kit_prints(ledger_at):
    """Press kit of 2020, graph 1: 28 winners in EN1, 503 in EN2019."""
    found = cross_table(ledger_at("2020-06-01"), "winners", "call")
    assert found.columns_by == ""
    for call, projects in (("EN1", 28), ("EN2019", 503)):
        assert found.cells[call, "projects_awarded"].quantity.value == projects


def test_a_sum_is_at_least_the_parts_that_are_known(ledger_at):
    """Of EN2020 nothing was known in February 2020, of the other calls the kit prints 1,709 together."""
    found = cross_table(ledger_at("2020-02-01"), "winners", "call", number="projects_awarded")
    (total,) = found.column_sums
    assert total.quantity.bounds.ends[0] == 28 + 72 + 210 + 570 + 326 + 503
    calls = {call for (call, _), answer in found.cells.items() if isinstance(answer, Known)}
    assert "EN2020" not in calls
    assert total.quantity.bounds.upper is None


def test_sums_of_rows_are_those_of_the_measure_by_the_rows_alone(ledger):
    """A project is of one call, so that its calls add up to a province."""
    found = cross_table(ledger, "winners", "province", "call", "projects")
    alone = {row.part: row.projects for row in measure_rows(ledger, "winners", "province").rows}
    assert len(found.rows) > 3
    for code, total in zip(found.rows, found.row_sums, strict=True):
        assert total.quantity.value == alone[code].quantity.value


@pytest.mark.parametrize(
    ("number", "columns"), [("sites", "call"), ("sites", "network"), ("share", "network")]
)
def test_what_overlaps_is_not_summed(ledger, number, columns):
    measure = "coverage"
    assert cross_table(ledger, measure, "province", columns, number).row_sums is None


def test_rows_and_columns_can_be_exchanged(ledger):
    one = cross_table(ledger, "coverage", "province", "network", "share")
    other = cross_table(ledger, "coverage", "network", "province", "share")
    assert {(b, a): cell for (a, b), cell in one.cells.items()} == dict(other.cells)


def test_only_the_parts_chosen_are_left(ledger):
    only = {"call": ["EN2018", "EN2019"], "network": ["municipal"]}
    found = cross_table(ledger, "winners", "province", "call", "projects", only)
    assert set(found.columns) == {"EN2018", "EN2019"}


def test_a_cell_more_than_the_most_is_refused(ledger_at, monkeypatch):
    """By June 2020 there were seven calls."""
    calls = ledger_at("2020-06-01"), "winners", "call", "", "projects_awarded"
    monkeypatch.setattr(module, "MOST_CELLS", 7)
    assert len(cross_table(*calls).cells) == 7
    monkeypatch.setattr(module, "MOST_CELLS", 6)
    with pytest.raises(UsageError, match="7 cells"):
        cross_table(*calls)


def test_too_many_cells_are_refused_with_their_number(ledger, monkeypatch):
    monkeypatch.setattr(module, "MOST_CELLS", 10)
    with pytest.raises(UsageError, match="40 cells"):
        cross_table(ledger, "winners", "province", "call", "projects")


def test_impossible_tables_are_refused(ledger):
    with pytest.raises(UnknownName):
        cross_table(ledger, "nothing", "call")
    with pytest.raises(UsageError, match="year"):
        cross_table(ledger, "coverage", "year", "network")
    with pytest.raises(UsageError, match="projects_awarded"):
        cross_table(ledger, "winners", "province", "call", "projects_awarded")


def test_published_numbers_are_not_said_to_cross_what_is_counted():
    assert "province" not in crossable("winners", "projects_awarded")["call"]
    assert "province" in crossable("winners", "projects")["call"]
