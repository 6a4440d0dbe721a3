"""What if a number had been another one: a copy of a store in memory in which a hypothesis stands.

A hypothesis is a number of a document of its own, in the place of what documents say of the same thing. What
was counted from that thing, and so tells what happened, is left out: the totals of sets with the call, the
sites of its winners, its published means and its lists of winners. All the rest is as it was published; and what
follows of it for other calls stays, because the copy knows the store that it was made from (`published`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from ennum_stats.errors import NEAREST, Message, Parameter, UsageError, message, nearest_names, unknown_name
from ennum_stats.languages import translate
from ennum_stats.store.answers import Answer, Known, Observation, sum_of
from ennum_stats.store.files import RowsGiven, quoted
from ennum_stats.store.ledger import HOME, HOME_LANGUAGE, Ledger
from ennum_stats.store.observation_rows import PUBLISHED, observation_of
from ennum_stats.vocabulary import ESTIMATED, PART_OF, Basis, Precision

SCENARIO = "scenario"
"""The key of the document of hypotheses."""
HYPOTHESES = message("Hypotheses of a scenario, not published")
LedgerT = TypeVar("LedgerT", bound=Ledger)
Supposed = float | Decimal | tuple[float | Decimal | None, float | Decimal | None]
"""A number, or the two ends between which it is supposed to lie; an end that is nothing is open."""


@dataclass(frozen=True)
class _Kind:
    """Declare what may be supposed: by which dimension, how it is counted, and what is counted from it."""

    dimension: str
    unit: str
    counted: str | None
    stage: str | None
    followers: tuple[str, ...]
    moves_sites: bool = False
    """Whether rules and lists of winners tell what it was."""


_OF_SITES = (
    "sites_awarded", "coverage_share", "never_awarded_share", "sites_never_awarded", "teams_equipped",
)  # fmt: skip
KINDS = {
    "projects_introduced": _Kind(
        "call", "projects", "projects", None, ("projects_introduced_change", "projects_rejected")
    ),
    "projects_awarded": _Kind(
        "call", "projects", "projects", "awarded",
        ("mean_grant", "projects_rejected", *_OF_SITES), moves_sites=True,
    ),
    "budget_awarded": _Kind(
        "call", "EUR", None, "awarded", ("mean_grant", "budget_growth", "budget_awarded_per_year")
    ),
    "budget_spent": _Kind("programme", "EUR", None, "paid", ()),
}  # fmt: skip
"""The measures of which a number may be supposed."""


@dataclass(frozen=True)
class Hypothesis:
    """Suppose that a measure of a call or programme is a number, or lies between two ends."""

    measure: str
    code: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None


def suppose(ledger: LedgerT, supposed: Mapping[str, Mapping[str, Supposed]]) -> LedgerT:
    """Copy a store in memory, with hypotheses in the place of what is published of the same things.

    Raises `UnknownName` for a call or programme that there is not, and `UsageError` for what is no number, and for
    what is impossible: a part that is more than its whole.
    """
    wanted = [
        _hypothesis(ledger, measure, code, value)
        for measure, values in supposed.items()
        for code, value in values.items()
    ]
    if not wanted:
        raise UsageError(
            message("Nothing is supposed."),
            remedy=message("Write: {example}", example='projects_awarded={"EN2020": 500}'),
        )
    memory = _copy(ledger)
    rows = [_row(memory, one, ledger.known_at) for one in wanted]
    _write_document(memory, min(row["known_on"] for row in rows))
    for row in rows:
        _insert(memory, "observations", row)
    made = hashlib.sha256(f"{ledger.content_hash} {sorted(map(repr, wanted))}".encode()).hexdigest()
    published = ledger.published or ledger
    scenario = replace(
        ledger, connection=memory, content_hash=made, _cache={}, _of_store={}, published=published
    )
    for one in wanted:
        _require_possible(scenario, one)
    return scenario


def hypotheses(ledger: Ledger) -> tuple[Observation, ...]:
    """Read what is supposed in a store; nothing in a published one."""
    rows = ledger.query(f"{PUBLISHED} WHERE o.source_id = ? ORDER BY o.observation_id", [SCENARIO])
    return tuple(observation_of(row) for row in rows)


def _hypothesis(ledger: Ledger, measure: str, code: str, value: Supposed) -> Hypothesis:
    """Read a hypothesis. Raises `UnknownName` and `UsageError`."""
    known = _codes(ledger, measure)
    if code not in known:
        is_call = KINDS[measure].dimension == "call"
        text = "There is no call “{name}”." if is_call else "There is no programme “{name}”."
        listing = "store.winners()" if is_call else "store.budgets()"
        raise unknown_name(
            Message(text, {"name": code}), nearest_names(code, known), NEAREST,
            where=Parameter(measure),
            remedy=message("{call} lists them all.", call=listing),
        )  # fmt: skip
    ends = value if isinstance(value, tuple) else (value, value)
    if any(isinstance(end, str) for end in ends):
        raise _no_number(measure, value)
    try:
        low, high = (None if end is None else Decimal(str(end)) for end in ends)
    except (ValueError, InvalidOperation) as error:
        raise _no_number(measure, value) from error
    given = [end for end in (low, high) if end is not None]
    if not given or not all(end.is_finite() and end >= 0 for end in given) or given != sorted(given):
        raise _no_number(measure, value)
    return Hypothesis(measure, code, low if low == high else None, low, high)


def _require_possible(scenario: Ledger, one: Hypothesis) -> None:
    """Refuse a part that would be more than its whole, whatever both are. Raises `UsageError`."""
    kind = KINDS[one.measure]
    if kind.dimension == "programme":
        whole = scenario.answer(one.measure, programme=one.code)
        codes = scenario.codes(one.measure, "component", programme=one.code)
        parts = [scenario.answer(one.measure, programme=one.code, component=code) for code in codes]
        pairs: list[tuple[Answer, Answer]] = [(sum_of(parts), whole)]
    else:
        place = {"programme": _programme(scenario.connection.cursor(), one), "call": one.code}
        pairs = [
            (scenario.answer(part, **place), scenario.answer(of, **place))
            for part, of in PART_OF.items()
            if one.measure in (part, of)
        ]
    for part, whole in pairs:
        if isinstance(part, Known) and isinstance(whole, Known):
            least, most = part.quantity.bounds, whole.quantity.bounds
            if least.exceeds(most):
                raise UsageError(
                    message(
                        "For “{code}” that is impossible: a part would be more than its whole, at least {part} of at "
                        "most {whole}.",
                        code=one.code, part=least.lower, whole=most.upper,
                    ),
                    where=Parameter(one.measure),
                )  # fmt: skip


def _no_number(measure: str, value: object) -> UsageError:
    return UsageError(
        message("“{value}” cannot be supposed.", value=str(value)),
        where=Parameter(measure),
        expected=message("Expected a number that is not negative, or a lower and an upper end."),
    )


def _codes(ledger: Ledger, measure: str) -> list[str]:
    """List what a measure may be supposed of: calls that have a name, or programmes of which it is known."""
    if KINDS[measure].dimension == "programme":
        return ledger.codes(measure, "programme")
    return [row[0] for row in ledger.query("SELECT call FROM calls ORDER BY valid_from, call")]


def file_of(ledger: Ledger) -> Path | None:
    """Find the file of a store; nothing for a scenario, which is in memory."""
    query = "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    path = ledger.connection.cursor().execute(query).fetchall()[0][0]
    return Path(path) if path else None


def _copy(ledger: Ledger) -> duckdb.DuckDBPyConnection:
    """Copy all tables of a store into memory."""
    memory = duckdb.connect(":memory:")
    if path := file_of(ledger):
        memory.execute(f"ATTACH {quoted(path)} AS published (READ_ONLY)")
        memory.execute("COPY FROM DATABASE published TO memory")
        memory.execute("DETACH published")
        return memory
    cursor = ledger.connection.cursor()
    for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        memory.register("rows_given", RowsGiven(cursor.sql(f'FROM "{name}"')))
        memory.execute(f'CREATE TABLE "{name}" AS FROM rows_given')
        memory.unregister("rows_given")
    return memory


def _row(memory: duckdb.DuckDBPyConnection, one: Hypothesis, today: date) -> dict[str, Any]:
    """Make a hypothesis a published number: it is known since what it replaces was, and holds as long."""
    kind = KINDS[one.measure]
    known_on, first, last = _replaced(memory, one)
    return {
        "observation_id": f"{SCENARIO}.{one.measure}.{one.code}",
        "measure": one.measure,
        "programme": _programme(memory, one) if kind.dimension == "call" else one.code,
        "call": one.code if kind.dimension == "call" else None,
        "territory": HOME,
        "stage": kind.stage,
        "counted": kind.counted,
        "valid_from": first,
        "valid_to": last,
        "value": one.value,
        "bound_lower": one.lower,
        "bound_upper": one.upper,
        "unit": kind.unit,
        "precision": None if one.value is None else Precision.EXACT.value,
        "basis": Basis.PROVED.value,
        "status": ESTIMATED,
        "source_id": SCENARIO,
        "locator": "",
        "known_on": known_on or today,
    }


def _replaced(memory: duckdb.DuckDBPyConnection, one: Hypothesis) -> tuple[date | None, ...]:
    """Leave out what documents say of a thing that is supposed, and what was counted from it; give the day
    since which it was known, and the days between which it holds."""
    kind, code = KINDS[one.measure], {"code": one.code}
    about = _OF_CALL if kind.dimension == "call" else _OF_PROGRAMME
    own = f"measure = $measure AND territory = '{HOME}' AND ({about})"
    told = "min(known_on), min(valid_from), max(valid_to)"
    query = f"SELECT {told} FROM observations WHERE {own}"
    found = memory.execute(query, code | {"measure": one.measure}).fetchone()
    for measure in (one.measure, *kind.followers):
        delete = f"DELETE FROM observations WHERE measure = $measure AND ({about})"
        memory.execute(delete, code | {"measure": measure})
    if kind.moves_sites:
        for delete in (_RULES, _LISTED, _LISTS):
            memory.execute(delete, code)
    return found or (None, None, None)


_OF_PROGRAMME = "component IS NULL AND (programme = $code OR programme IS NULL)"
_OF_CALL = """call = $code OR call IN (
    SELECT call_set FROM call_sets WHERE list_contains(string_split(calls, ' '), $code))"""
_RULES = """DELETE FROM rules
    WHERE kind IN ('size', 'union') AND list_contains(string_split(calls, ' '), $code)"""
_LISTED = """DELETE FROM participations WHERE list IN (
    SELECT list FROM lists WHERE kind = 'winners' AND call = $code)"""
_LISTS = "DELETE FROM lists WHERE kind = 'winners' AND call = $code"


def _programme(memory: duckdb.DuckDBPyConnection, one: Hypothesis) -> str:
    (programme,) = memory.execute("SELECT programme FROM calls WHERE call = ?", [one.code]).fetchone() or (
        "",
    )
    return str(programme)


def _write_document(memory: duckdb.DuckDBPyConnection, known_on: date) -> None:
    """Write the document of the hypotheses, once."""
    memory.execute("DELETE FROM sources WHERE source_id = ?", [SCENARIO])
    title = translate(HYPOTHESES, HOME_LANGUAGE)
    row = {"source_id": SCENARIO, "title": title, "title_language": HOME_LANGUAGE, "kind": "official"}
    _insert(memory, "sources", row | {"publisher": title, "known_on": known_on, "rank": 0})


def _insert(memory: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, Any]) -> None:
    columns, places = ", ".join(row), ", ".join("?" for _ in row)
    query = f"INSERT INTO {table} ({columns}) VALUES ({places})"
    memory.execute(query, list(row.values()))
