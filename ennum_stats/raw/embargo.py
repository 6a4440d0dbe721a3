"""What is under embargo: where it stands, until when, and what of it is public already.

Rows under embargo stand in `data/raw/embargoed/`, which git ignores: numbers in files like those of the
observations, documents in `sources.csv`. By the real clock they are public from their moment on, without any
editing; a document is public with the first of its numbers. Frames of rows are for `embargoed_rows`: whoever
asks whether anything has changed needs no polars.
"""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ennum_stats.files.boundary import require_file
from ennum_stats.raw.excel_csv import table_bytes
from ennum_stats.raw.schema import RawTable
from ennum_stats.raw.tables import TABLE_BY_NAME, TABLES

Row = dict[str, str]
HERE = ZoneInfo("Europe/Brussels")
"""Where hours are told, wherever the program runs."""


def now() -> datetime:
    """Read the real clock: embargoes are compared with it, never with the day known at."""
    return datetime.now(UTC)


def moment_of(text: str) -> datetime:
    """Read a moment, in Belgian time; so is an hour without zone. Raises `ValueError` for anything else."""
    moment = datetime.fromisoformat(text)
    try:
        return moment.astimezone(HERE) if moment.tzinfo else moment.replace(tzinfo=HERE)
    except OverflowError as error:  # before the first day that there is
        raise ValueError(text) from error


def is_under_embargo(embargo_until: str | None, moment: datetime) -> bool:
    """Tell whether a row must not be shown to the public yet; what is no moment is never over."""
    if not embargo_until:
        return False
    try:
        return moment_of(embargo_until) > moment
    except ValueError:
        return True


def held_back(raw: Path) -> dict[str, datetime]:
    """List the numbers that the public does not have yet, each with the end of its embargo."""
    moment, numbers = now(), _rows(raw, TABLE_BY_NAME["observations"])
    ends = {}
    for row in numbers:
        with suppress(ValueError):  # what is no moment is a finding of the checks
            if (end := moment_of(row.get("embargo_until") or "")) > moment:
                ends[row["observation_id"]] = end
    return ends


def embargoed_files(raw: Path, table: RawTable) -> list[Path]:
    """Locate the files of a table with rows under embargo; mostly there is none."""
    if not table.embargoed:
        return []
    place = raw / table.embargoed
    if not table.is_folder:
        return [place] if place.exists() else []
    of_others = {raw / other.embargoed for other in TABLES}
    return [path for path in sorted(place.glob("*.csv")) if path not in of_others]


def embargoed_rows(raw: Path) -> tuple[list[Row], list[Row]]:
    """Read the rows in the files under embargo: those that are public by now, and all of them."""
    numbers = _rows(raw, TABLE_BY_NAME["observations"])
    documents = _rows(raw, TABLE_BY_NAME["sources"])
    moment = now()
    public = [row for row in numbers if not is_under_embargo(row.get("embargo_until"), moment)]
    named = {row.get("source_id") for row in public}
    public += [row for row in documents if row.get("source_id") in named]
    return public, numbers + documents


def _rows(raw: Path, table: RawTable) -> list[Row]:
    rows: list[Row] = []
    for path in embargoed_files(raw, table):
        # What cannot be read (no rights, a folder) is a finding of the checks, not an error here.
        with suppress(OSError, csv.Error):
            require_file(path)
            text = table_bytes(path, table).decode("utf-8", "replace")
            rows += csv.DictReader(io.StringIO(text, newline=""))
    return rows
