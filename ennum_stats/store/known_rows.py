"""Which rows of a table of the store were known on a day: the one place that says so, in SQL.

A row is known from its day, or that of its document. A programme or a call has a name, and the days between
which it ran: the name is known as soon as any document known tells something of it, the days only with the
document that tells them. A set of calls is a name for its calls. Names of codes and definitions are there on
every day.
"""

from __future__ import annotations

from ennum_stats.raw.tables import TABLE_BY_NAME

LISTS_IN_FORCE = """
    SELECT list FROM lists WHERE known_on <= $day AND list NOT IN (
        SELECT replaces FROM lists WHERE known_on <= $day AND replaces IS NOT NULL)
"""
"""The lists that count on `$day`: known by then, and not corrected by another one known by then."""

_DOCUMENT = "source_id IN (SELECT source_id FROM sources WHERE known_on <= $day)"
_NAMED = f"""
    SELECT unnest(coalesce(string_split(s.calls, ' '), [n.call])) AS call
    FROM (
        SELECT call FROM observations WHERE known_on <= $day
        UNION SELECT call FROM milestones WHERE {_DOCUMENT}
        UNION SELECT call FROM events WHERE {_DOCUMENT}
        UNION SELECT call FROM lists WHERE known_on <= $day
        UNION SELECT unnest(string_split(concat_ws(' ', calls, excluded_calls), ' '))
              FROM rules WHERE {_DOCUMENT}
    ) n LEFT JOIN call_sets s ON s.call_set = n.call
"""
"""The calls of which documents known tell something."""
_CALLS = f"call IN ({_NAMED}) OR {_DOCUMENT}"
_PROGRAMMES = f"""{_DOCUMENT} OR programme IN (
    SELECT programme FROM observations WHERE known_on <= $day
    UNION SELECT programme FROM milestones WHERE {_DOCUMENT}
    UNION SELECT programme FROM lists WHERE known_on <= $day
    UNION SELECT programme FROM calls WHERE {_CALLS})"""
_CALL_SETS = f"""NOT EXISTS (
    SELECT 1 FROM (SELECT unnest(string_split(t.calls, ' ')) AS call) m
    WHERE m.call NOT IN (SELECT call FROM calls WHERE {_CALLS}))"""
_TOLD_BY_DOCUMENT = {
    "programmes": ("valid_from", "valid_to", "adult_education", "source_id", "note"),
    "calls": ("valid_from", "valid_to", "opened_on", "closed_on", "source_id", "note"),
}
"""What of a row is known only with its document, although its name was known before."""


def known_rows(table: str) -> str:
    """Write the query for the rows of a table that were known on `$day`, with what was known of them."""
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
