"""A table of a measure: what its rows' dataclass says is what frames, JSON and CSV show."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pytest

from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.measures.frames.shapes import typed_frame
from ennum_stats.measures.measure_table import MeasureTable, flat_columns, kinds_of, records
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing

EVIDENCE = ["status", "missing_reason", "observation_ids"]


@dataclass(frozen=True)
class Visits:
    """Made up: visits of one place."""

    part: str | None
    lists: tuple[str, ...]
    visits: Answer
    visitors: Known


VISITS = [
    Visits("namur", ("A", "B"), Known(Quantity.exact(3, "projects")), Known(Quantity.exact(2, "persons"))),
    Visits("liege", (), Missing(Reason.NOT_COLLECTED), Known(Quantity.exact(0, "persons"))),
]


def test_columns_are_the_fields_and_answers_those_of_that_type():
    table = MeasureTable(VISITS, Visits, by="province")
    assert table.columns == ("province", "lists", "visits", "visitors")
    assert table.answers == ("visits", "visitors")
    assert flat_columns(table) == [
        "province", "lists", "visits", "visits_lower", "visits_upper", "visitors", "visitors_lower",
        "visitors_upper", *EVIDENCE,
    ]  # fmt: skip
    assert [table.cell(row, "province") for row in table.rows] == ["namur", "liege"]


def test_without_a_dimension_the_part_is_no_column():
    assert MeasureTable(VISITS, Visits).columns == ("lists", "visits", "visitors")


def test_shown_fields_are_columns_in_the_order_given():
    table = MeasureTable(VISITS, Visits, by="commune", shown=("visitors", "part"))
    assert (table.columns, table.answers) == (("visitors", "commune"), ("visitors",))
    assert [list(row) for row in records(table)] == [
        ["visitors", "visitors_lower", "visitors_upper", "commune", *EVIDENCE]
    ] * 2


def test_what_is_not_known_is_missing_in_every_frame(kit_ledger):
    table = MeasureTable(VISITS, Visits, by="province")
    kinds = kinds_of(table)
    pandas, polars = (
        typed_frame(kit_ledger, records(table), kinds, kind, {}) for kind in ("pandas", "polars")
    )
    assert list(pandas.columns) == polars.columns == flat_columns(table)
    assert pandas["visits"].isna().tolist() == [False, True]
    assert polars["visits"].is_null().to_list() == [False, True]
    assert polars["lists"].to_list() == ["A B", ""]


@pytest.mark.parametrize("name", TABLES)
def test_rows_of_a_measure_are_of_its_dataclass(kit_ledger, name):
    for by in TABLES[name].by:
        table = measure_rows(kit_ledger, name, by)
        assert all(isinstance(row, table.row_type) for row in table.rows), by
        assert set(table.columns) - {by} <= {field.name for field in fields(table.row_type)}
        assert table.answers, by
