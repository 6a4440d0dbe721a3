"""Taking a list of schools out again: one imported by mistake, or replaced by a better one.

Its row in `lists` and every row that came with it go; everything else stays byte for byte.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from ennum_stats.errors import message, unknown_name
from ennum_stats.imports.apply import lists_judged, preview, write_raw
from ennum_stats.imports.plan import RemovalPlan
from ennum_stats.measures.completeness import Completeness
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.raw.reader import known_rows
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import raw_fingerprint
from ennum_stats.store.school_rows import DELIVERIES

_HOLDING_ROWS = ("participations", "deliveries")


def lists_loaded(project: Project) -> list[dict[str, str]]:
    """Read the rows of the table of lists, in the order in which they were imported."""
    return known_rows(project, "lists").fill_null("").to_dicts()


def judged(project: Project, rows: Sequence[Mapping[str, str]]) -> list[Completeness | None]:
    """Judge for each row of the table of lists whether the lists of its call or programme are complete; no
    list of deliveries says what there was in all.

    Raises `RawTablesRefused` where nothing can be built of the raw tables.
    """
    days = [Period(row["known_on"]).last for row in rows]
    found = lists_judged(project, max([today(), *days])) if rows else ()
    by_subject = {(one.programme, one.call or ""): one for one in found}
    return [
        None if row["kind"] == DELIVERIES else by_subject.get((row["programme"], row["call"]))
        for row in rows
    ]


def plan_removal(project: Project, name: str) -> RemovalPlan:
    """Say what removing a list would do; nothing is written.

    Raises `UnknownName` for a list that is not loaded, `RawTablesRefused` where the tables cannot be read.
    """
    fingerprint = raw_fingerprint(project, Audience.INTERNAL)
    loaded = {row["list"]: row for row in lists_loaded(project)}
    if name not in loaded:
        raise unknown_name(message("“{code}” is unknown.", code=name), loaded)
    contents, count = {}, 0
    for table in ("lists", *_HOLDING_ROWS):
        path = project.raw / TABLE_BY_NAME[table].path
        if path.is_file():
            kept, gone = _without(path.read_bytes().decode(), name)
            count += gone if table in _HOLDING_ROWS else 0
            if gone:
                contents[TABLE_BY_NAME[table].path] = kept.encode()
    known_at = max(today(), Period(loaded[name]["known_on"]).last)
    seen = preview(project, contents, known_at)
    return RemovalPlan(project, name, count, seen, known_at, contents, fingerprint)


def remove(removal: RemovalPlan) -> list[Path]:
    """Take the rows out, and give the files written.

    Raises as `apply` does; in each case nothing is written.
    """
    if removal.preview.findings:
        raise RawTablesRefused(list(removal.preview.findings))
    return write_raw(removal.project, removal.contents, (removal.fingerprint, removal.name))


def _without(text: str, name: str) -> tuple[str, int]:
    """Leave the rows of a list out of a file; give the rest, and how many they were. A row may
    span lines."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines)
    column = next(reader).index("list")
    kept, first, gone = lines[: reader.line_num], reader.line_num, 0
    for row in reader:
        if row and row[column] == name:
            gone += 1
        else:
            kept += lines[first : reader.line_num]
        first = reader.line_num
    return "".join(kept), gone
