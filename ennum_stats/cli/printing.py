"""Rows on the terminal: as a table for people, as JSON or CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """How a command prints its answer."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def print_json(value: Any) -> None:
    """Indented JSON with its accents."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_csv(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    """CSV with commas; what is not known is empty, several values are parted by spaces."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(row.get(name)) for name in columns} for row in rows)
    sys.stdout.write(text.getvalue())


def print_records(
    output: Format, records: Sequence[dict[str, Any]], columns: Sequence[str]
) -> None:
    """Records for a program: whole as JSON, or these columns of them as CSV."""
    if output is Format.JSON:
        print_json(records)
    else:
        print_csv(records, columns)


def print_table(rows: Sequence[Sequence[str]], header: Sequence[str], title: str = "") -> None:
    """A table as wide as the terminal; whole lines where the output is not a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    table = Table(*header, box=box.SIMPLE_HEAD, title=title or None, title_justify="left")
    for row in rows:
        table.add_row(*(cell.translate(_HELD) for cell in row))
    with console.capture() as captured:
        console.print(table)
    sys.stdout.write(captured.get().translate(_LET_GO))


# rich breaks lines at no-break spaces; it does not know these two characters of nobody.
_HELD = {0x00A0: 0xE0A0, 0x202F: 0xE02F}
_LET_GO = {held: space for space, held in _HELD.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return " ".join(str(item) for item in value)
    return "" if value is None else value
