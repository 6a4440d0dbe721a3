"""Numbers that an analyst adds from Python: by the same road as a form that a steward fills in.

    from ennum_stats.imports import add
    from ennum_stats.project import Project

    addition = add(Project.at(), {"title": …, "publisher": "SPW", …}, frame)
    addition.preview()["figures"]
    addition.commit(who="A. Dupont")

Columns are those of the form for numbers, by their keys (`measure`, `call`, `value`, `unit`, `locator`…) or titles.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ennum_stats.errors import message
from ennum_stats.imports.apply import ImportRefused, apply
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.kind import ImportOptions
from ennum_stats.imports.numbers.published import OBSERVATIONS
from ennum_stats.imports.plan import ImportPlan
from ennum_stats.imports.report import plan_record
from ennum_stats.measures.measure_table import FrameKind, require_library
from ennum_stats.project import Project
from ennum_stats.raw.history import PYTHON, Author


@dataclass(frozen=True)
class AddedNumbers:
    """Hold numbers that would be added, and what would follow of it; `plan` is that of any import."""

    plan: ImportPlan
    frame: FrameKind

    def preview(self, language: str = "fr") -> dict[str, Any]:
        """Give as frames what would be written (`rows`), what is refused and why (`refused`), and what would be said
        otherwise (`figures`, `coverage`, `sentences`, `contradictions`); `after` is empty where it would be gone.
        """
        record = plan_record(self.plan, language)
        turned = [
            {"name": each["name"], "label": each["label"], "before": each["from"], "after": each["to"]}
            for each in record["changes"]
        ]
        texts_of = {
            name: [
                {"change": change, "text": text} for change, texts in record[name].items() for text in texts
            ]
            for name in ("sentences", "contradictions")
        }
        tables: dict[str, list[dict[str, Any]]] = {
            "rows": [row for rows in record["new_rows"].values() for row in rows if "measure" in row],
            "refused": [
                {key: each[key] for key in ("row", "column", "value", "reason")} for each in record["refused"]
            ],
            "figures": turned,
            "coverage": [{"text": text} for text in record["coverage"]],
            **texts_of,
        }
        return {name: self._frame(rows) for name, rows in tables.items()}

    def commit(self, *, who: str) -> list[Path]:
        """Write the numbers and an entry of the history, all or none; give the files written.

        Raises `ImportRefused` where a row is refused, and what `apply` raises.
        """
        if self.plan.refused:
            raise ImportRefused(
                message("Rows that are refused: {n}. Nothing was written.", n=len(self.plan.refused_rows)),
                where=self.plan.file,
                remedy=message("Look at the frame “refused” of the preview, and mend them."),
            )
        return apply(self.plan, Author.here(who, PYTHON))

    def _frame(self, rows: list[dict[str, Any]]) -> Any:
        if self.frame == "polars":
            import polars as pl

            return pl.DataFrame(rows, infer_schema_length=None)
        import pandas as pd

        return pd.DataFrame(rows)


def add(
    project: Project, document: Mapping[str, object], numbers: Any, *, frame: FrameKind = "pandas"
) -> AddedNumbers:
    """Say what adding numbers of a document would do: a frame of pandas or polars, or rows by column; nothing is
    written. Of a document that is known its `source_id` is enough.

    Raises `FileRefused` where columns are missing, and `RawTablesRefused` where the project is not in order.
    """
    require_library(frame)
    rows = [{**document, **row} for row in _records(numbers)]
    columns = [*dict.fromkeys(name for row in rows for name in row)]
    with project.workplace() as folder:
        path = folder / "numbers.csv"
        with path.open("w", encoding="utf-8", newline="") as text:
            writer = csv.writer(text, delimiter=";")
            writer.writerows([columns, *([_cell(row.get(name)) for name in columns] for row in rows)])
        return AddedNumbers(OBSERVATIONS.plan(path, Destination(project), ImportOptions()), frame)


def _records(numbers: Any) -> Iterable[Mapping[str, object]]:
    if hasattr(numbers, "to_dicts"):
        return list(numbers.to_dicts())
    return list(numbers.to_dict("records")) if hasattr(numbers, "to_dict") else list(numbers)


def _cell(value: object) -> str:
    """Write a cell as the form has it: a decimal comma, nothing for what is missing."""
    if value is None or value != value:  # noqa: PLR0124 - pandas says so of what is missing
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}".replace(".", ",")
    return str(value)
