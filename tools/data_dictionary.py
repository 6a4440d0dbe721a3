"""Write the data dictionary, `docs/data-dictionary.md`, from the declarations of the code.

`python -m tools.data_dictionary` writes it; a test fails where the file is not what the code declares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ennum_stats.measures.catalogue import TABLES as TABLES_OF_MEASURES
from ennum_stats.measures.columns import ACROSS, PART, columns_of
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.publication.shared_store import ABOUT
from ennum_stats.publication.shared_views import VIEWS
from ennum_stats.quantities import HOUSE_RULES
from ennum_stats.raw.schema import RawColumn, RawTable
from ennum_stats.raw.tables import RAW_TABLE_BY_NAME
from ennum_stats.release.schema import RELEASED, Released
from ennum_stats.vocabulary import MEASURES, UNITS

TARGET = Path(__file__).resolve().parents[1] / "docs" / "data-dictionary.md"

_SHARED = """\
`data/processed/ennum.duckdb`, and each table and view as Parquet in `data/processed/ennum`; the same tables
in a release as CSV and Parquet, and in `store.sql`. The comments in the file are these.
"""


_MEASURES = """\
`ennum measure`, `store.NAME()`, `/api/measures/NAME`, and as long rows `measures` of the release. Each number also has
`_lower` and `_upper`.
"""


def dictionary() -> str:
    """Return the whole page in Markdown."""
    parts = [
        "# Data dictionary\n",
        "Generated from the code by `python -m tools.data_dictionary`: do not edit.\n",
        "## Raw tables\n",
        "CSV in `data/raw`, UTF-8, commas, decimal point, ISO dates; a period is a day, a month or a year.\n",
        *[_table(table) for table in RAW_TABLE_BY_NAME.values()],
        "## The store for other programs\n",
        _SHARED,
        *[_shared(one.name, one.row_is, _meanings(one)) for one in (*RELEASED, ABOUT)],
        *[_shared(one.name, one.row_is, one.columns) for one in VIEWS],
        "## Tables of the measures\n",
        _MEASURES,
        *[_measure(one, row_type) for one in TABLES_OF_MEASURES.values() for row_type in one.row_types],
        "## Measures of the ledger\n",
        _rows(("Measure", "Meaning"), [(f"`{m.code}`", m.label) for m in MEASURES.values()]),
        "## Units\n",
        _rows(("Unit", "Smallest step"), [(f"`{u.code}`", str(u.resolution or "–")) for u in UNITS.values()]),
        "## House rules\n",
        _rows(
            ("Precision", "Ground", "Meaning"),
            [(f"`{r.precision}`", r.basis.value, r.meaning) for r in HOUSE_RULES.values()],
        ),
    ]
    return "\n".join(parts)


def _table(table: RawTable) -> str:
    place = f"{table.path}/*.csv" if table.is_folder else table.path
    head = f"### {table.name}\n\n`data/raw/{place}` – {table.description} Key: {', '.join(table.key)}.\n\n"
    if table.embargoed:
        beside = f"{table.embargoed}/*.csv" if table.is_folder else table.embargoed
        head += f"Rows under embargo: `data/raw/{beside}`, which git ignores.\n\n"
    header = ("Column", "Kind", "Filled", "Meaning")
    return head + _rows(header, [_column(column) for column in table.columns])


def _shared(name: str, row_is: str, meanings: Mapping[str, str]) -> str:
    rows = [(f"`{column}`", meaning) for column, meaning in meanings.items()]
    return f"### `{name}`\n\n{row_is}.\n\n" + _rows(("Column", "Meaning"), rows)


def _measure(measure: MeasureDefinition, row_type: type) -> str:
    """Write the columns of one kind of rows of a measure."""
    by = " or ".join(f"`{by}`" for by in measure.row_types[row_type] if by)
    rows = [
        (
            "that of the dimension" if name in (PART, ACROSS) else f"`{name}`",
            "" if name in (PART, ACROSS) else f"{column.label}",
            column.unit,
            ", ".join(column.adds_over),
            column.note,
        )
        for name, column in columns_of(row_type).items()
        if name != ACROSS
    ]
    header = ("Column", "Heading", "Unit", "Adds over", "Note")
    return f"### `{measure.name}` by {by}\n\n{measure.description}\n\n" + _rows(header, rows)


def _meanings(table: Released) -> dict[str, str]:
    return {field.name: field.meaning for field in table.fields}


def _column(column: RawColumn) -> tuple[str, ...]:
    meaning = [column.description] if column.description else []
    if column.references:
        meaning.append(f"Code of {column.references}.")
    if column.choices and len(column.choices) <= 12:
        meaning.append("One of " + ", ".join(f"`{choice}`" for choice in column.choices) + ".")
    return (f"`{column.name}`", column.kind.name, "yes" if column.required else "", " ".join(meaning))


def _rows(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(dictionary(), encoding="utf-8", newline="\n")
