"""Which rows of a table of the store were known on a day: the one place that says so, in SQL.

A row is known from its day, or that of its document. A programme or a call has a name, and the days between
which it ran: the name is known as soon as any document known tells something of it, the days only with the
document that tells them. A set of calls is a name for its calls. Names of codes and definitions are there on
every day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ennum_stats.raw.tables import TABLE_BY_NAME

LISTS_IN_FORCE = """
    SELECT list FROM lists WHERE known_on <= $day AND list NOT IN (
        SELECT replaces FROM lists WHERE known_on <= $day AND replaces IS NOT NULL)
"""
"""The lists that count on `$day`: known by then, and not corrected by another one known by then."""

_DOCUMENT = "list_contains($documents, source_id)"
_CALLS = f"list_contains($named, call) OR {_DOCUMENT}"
_DOCUMENTS = "SELECT source_id, known_on FROM sources"
_NAMED = """
    SELECT call, min(day) FROM (
        SELECT unnest(coalesce(string_split(s.calls, ' '), [n.call])) AS call, day
        FROM (
            SELECT call, known_on AS day FROM observations
            UNION ALL SELECT m.call, known_on FROM milestones m JOIN sources USING (source_id)
            UNION ALL SELECT e.call, known_on FROM events e JOIN sources USING (source_id)
            UNION ALL SELECT call, known_on FROM lists
            UNION ALL SELECT unnest(string_split(concat_ws(' ', calls, excluded_calls), ' ')), known_on
                      FROM rules JOIN sources USING (source_id)
        ) n LEFT JOIN call_sets s ON s.call_set = n.call
    ) WHERE call IS NOT NULL GROUP BY call
"""
_RUNNING = f"""
    SELECT programme, min(day) FROM (
        SELECT programme, known_on AS day FROM observations
        UNION ALL SELECT m.programme, known_on FROM milestones m JOIN sources USING (source_id)
        UNION ALL SELECT programme, known_on FROM lists
        UNION ALL SELECT c.programme, known_on FROM calls c JOIN sources USING (source_id)
        UNION ALL SELECT c.programme, day FROM calls c JOIN ({_NAMED}) n(call, day) USING (call)
    ) WHERE programme IS NOT NULL GROUP BY programme
"""
_FIRST_DAYS = {"documents": _DOCUMENTS, "named": _NAMED, "running": _RUNNING}
"""What queries ask of a day, each with its first day: the documents known, the calls of which documents known
tell something, and the programmes of which they do. It is read once a store: to find it again in each part of each
query takes longer than all the rest."""
_PROGRAMMES = f"list_contains($running, programme) OR {_DOCUMENT}"
_CALL_SETS = f"""NOT EXISTS (
    SELECT 1 FROM (SELECT unnest(string_split(t.calls, ' ')) AS call) m
    WHERE m.call NOT IN (SELECT call FROM calls WHERE {_CALLS}))"""
_TOLD_BY_DOCUMENT = {
    "programmes": ("valid_from", "valid_to", "adult_education", "source_id", "note"),
    "calls": ("valid_from", "valid_to", "opened_on", "closed_on", "source_id", "note"),
}
"""What of a row is known only with its document, although its name was known before."""


def known_rows(table: str) -> str:
    """Write the query for the rows of a table that were known on `$day`, with what was known of them; for its
    other values see `values_known`."""
    columns = "*"
    if table in _TOLD_BY_DOCUMENT:
        told = (f"CASE WHEN {_DOCUMENT} THEN {c} END AS {c}" for c in _TOLD_BY_DOCUMENT[table])
        columns = f"* REPLACE ({', '.join(told)})"
    return f"SELECT {columns} FROM {table} t WHERE {_condition(table)}"


_CONDITIONS = {
    # A list that another one corrects is still known, but what stood in it counts no more.
    **dict.fromkeys(("sources", "observations", "lists", "prices"), "known_on <= $day"),
    "registers": "as_of <= $day",
    "releases": "announced_on <= $day",
    "programmes": _PROGRAMMES,
    "calls": _CALLS,
    "call_sets": _CALL_SETS,
    "remarks": "note IN (SELECT note FROM observations WHERE known_on <= $day)",
    "corrections": "observation_id IN (SELECT observation_id FROM observations WHERE known_on <= $day)",
}
_BY_COLUMN = {
    "list": f"list IN ({LISTS_IN_FORCE})",
    "register": "register IN (SELECT register FROM registers WHERE as_of <= $day)",
    "source_id": f"source_id IS NULL OR {_DOCUMENT}",
}
_ALWAYS = "$day IS NOT NULL"


def _condition(table: str) -> str:
    columns = TABLE_BY_NAME[table].column_names
    told = (condition for column, condition in _BY_COLUMN.items() if column in columns)
    return _CONDITIONS.get(table) or next(told, _ALWAYS)


def values_known(query: str, day: date, read: Callable[[str], list[tuple[Any, ...]]]) -> dict[str, Any]:
    """Give the values that a query names, as known on a day; `read` answers a query about the store."""
    values = {"day": day} if "$day" in query else {}
    first_days = {name: days for name, days in _FIRST_DAYS.items() if f"${name}" in query}
    return values | {
        name: [key for key, first in read(days) if first <= day] for name, days in first_days.items()
    }
