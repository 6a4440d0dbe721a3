"""What if a number had been another one: a copy of a store in memory in which a hypothesis stands.

A hypothesis is a number of a document of its own, in the place of what documents say of the same thing. What
was counted from that thing, and so tells what happened, is left out: the totals of sets with the call, the
sites of its winners, its published means and its lists of winners. All the rest is as it was published; and what
follows of it for other calls stays, because the copy knows the store that it was made from (`published`).

A list of winners is their number, and which sites they are; a mean is the budget that so many projects make; an
index of prices is a row of its series, which a hypothesis tells of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import duckdb

from ennum_stats.errors import NEAREST, Message, Parameter, UsageError, message, nearest_names, unknown_name
from ennum_stats.languages import translate
from ennum_stats.store.answers import Answer, Known, Observation, sum_of
from ennum_stats.store.files import RowsGiven
from ennum_stats.store.ledger import HOME, HOME_LANGUAGE, Ledger
from ennum_stats.store.observation_rows import PUBLISHED, observation_of
from ennum_stats.vocabulary import ESTIMATED, PART_OF, Basis, Precision

SCENARIO = "scenario"
"""The key of the document of hypotheses."""
HYPOTHESES = message("Hypotheses of a scenario, not published")
LedgerT = TypeVar("LedgerT", bound=Ledger)
Supposed = float | Decimal | tuple[float | Decimal | None, float | Decimal | None]
"""A number, or the two ends between which it is supposed to lie; an end that is nothing is open."""
Sites = Sequence[str | int]
"""The sites of a list of winners, by their numbers in the register: as often as they have a project."""


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
    "mean_grant": _Kind("call", "EUR/project", None, "awarded", ()),
    "budget_spent": _Kind("programme", "EUR", None, "paid", ()),
    "price_index": _Kind("year", "points", None, None, ()),
}  # fmt: skip
"""The measures of which a number may be supposed."""


@dataclass(frozen=True)
class Hypothesis:
    """Suppose that a measure of a call, programme or year is a number, or lies between two ends; of a list, the sites
    that won."""

    measure: str
    code: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    sites: tuple[str, ...] = ()


def suppose(ledger: LedgerT, supposed: Mapping[str, Mapping[Any, Supposed | Sites]]) -> LedgerT:
    """Copy a store in memory, with hypotheses in the place of what is published of the same things.

    Raises `UnknownName` for a call, programme, year or site that there is not, and `UsageError` for what is no
    number, and for what is impossible: a part that is more than its whole, a budget beside its mean.
    """
    wanted = [
        _hypothesis(ledger, measure, str(code), value)
        for measure, values in supposed.items()
        for code, value in values.items()
    ]
    means = [_budget_of(ledger, one, wanted) for one in wanted if one.measure == "mean_grant"]
    wanted = [
        *(one for one in wanted if one.measure != "mean_grant"),
        *means,
        *(one for one in wanted if one.measure == "mean_grant"),
    ]
    if not wanted:
        raise UsageError(
            message("Nothing is supposed."),
            remedy=message("Write: {example}", example='projects_awarded={"EN2020": 500}'),
        )
    memory = _copy(ledger)
    rows = [_row(memory, one, ledger.known_at) for one in wanted]
    _write_document(memory, min(row["known_on"] for row in rows))
    for one, row in zip(wanted, rows, strict=True):
        _insert(memory, "observations", row)
        if one.sites:
            _write_list(memory, one, row)
        if one.measure == "price_index":
            priced = "UPDATE prices SET index = ?, source_id = ? WHERE year = ?"
            memory.execute(priced, [one.value, SCENARIO, int(one.code)])
    made = hashlib.sha256(f"{ledger.content_hash} {sorted(map(repr, wanted))}".encode()).hexdigest()
    published = ledger.published or ledger
    scenario = replace(
        ledger, connection=memory, content_hash=made, _cache={}, _of_store={}, published=published
    )
    for one in wanted:
        if KINDS[one.measure].dimension != "year":
            _require_possible(scenario, one)
    return scenario


def hypotheses(ledger: Ledger) -> tuple[Observation, ...]:
    """Read what is supposed in a store; nothing in a published one."""
    rows = ledger.query(f"{PUBLISHED} WHERE o.source_id = ? ORDER BY o.observation_id", [SCENARIO])
    return tuple(observation_of(row) for row in rows)


def _hypothesis(ledger: Ledger, measure: str, code: str, value: Supposed | Sites) -> Hypothesis:
    """Read a hypothesis. Raises `UnknownName` and `UsageError`."""
    known = _codes(ledger, measure)
    if code not in known:
        text, listing = _NOT_THERE[KINDS[measure].dimension]
        raise unknown_name(
            Message(text, {"name": code}), nearest_names(code, known), NEAREST,
            where=Parameter(measure),
            remedy=message("{call} lists them all.", call=listing),
        )  # fmt: skip
    sites: tuple[str, ...] = ()
    if KINDS[measure].moves_sites and isinstance(value, list):
        sites, value = _sites(ledger, measure, value), len(value)
    ends = value if isinstance(value, tuple) else (value, value)
    if any(isinstance(end, str | list) for end in ends):
        raise _no_number(measure, value)
    try:
        low, high = (None if end is None else Decimal(str(end)) for end in ends)
    except (ValueError, InvalidOperation) as error:
        raise _no_number(measure, value) from error
    given = [end for end in (low, high) if end is not None]
    if not given or not all(end.is_finite() and end >= 0 for end in given) or given != sorted(given):
        raise _no_number(measure, value)
    if measure == "price_index" and (low != high or not low or (low != 100 and _is_base(ledger, code))):
        raise UsageError(
            message("“{value}” cannot be supposed.", value=str(value)),
            where=Parameter(measure),
            expected=message("Expected one number above 0; of the year of its base, 100."),
        )
    return Hypothesis(measure, code, low if low == high else None, low, high, sites)


_NOT_THERE = {
    "call": (message("There is no call “{name}”.").text, "store.winners()"),
    "programme": (message("There is no programme “{name}”.").text, "store.budgets()"),
    "year": (message("No price index was known of “{name}”.").text, 'store.sql("FROM prices")'),
}
"""What is said of what cannot be supposed because it is not there, and what lists all that is, by dimension."""


def _sites(ledger: Ledger, measure: str, numbers: Sequence[str | int]) -> tuple[str, ...]:
    """Read the sites of a list: numbers of the registers. Raises `UnknownName`, and `UsageError` for a list without
    any."""
    sites = tuple(map(str, numbers))
    known = [row[0] for row in ledger.query("SELECT DISTINCT implantation FROM implantations ORDER BY ALL")]
    if not known:
        raise UsageError(
            message("No register of schools was known on {day}.", day=ledger.known_at),
            where=Parameter(measure),
            remedy=message("Load one: ennum import register FILE"),
        )
    if missing := next(iter({*sites} - {*known}), None):
        raise unknown_name(
            message("There is no school site “{name}” in the registers.", name=missing),
            nearest_names(missing, known), NEAREST, where=Parameter(measure),
        )  # fmt: skip
    if not sites:
        raise _no_number(measure, [])
    return sites


def _is_base(ledger: Ledger, year: str) -> bool:
    return any(str(row["base_year"]) == year for row in ledger.records("prices"))


def _budget_of(ledger: Ledger, mean: Hypothesis, wanted: Sequence[Hypothesis]) -> Hypothesis:
    """Suppose the budget that so many projects of such a mean make. Raises `UsageError` where the budget is supposed
    too, or nobody told how many projects there were."""
    of_call = {one.measure: one for one in wanted if one.code == mean.code}
    if "budget_awarded" in of_call:
        raise UsageError(
            message(
                "For “{code}” the budget and its mean cannot both be supposed: one follows.", code=mean.code
            ),
            where=Parameter(mean.measure),
        )
    if projects := of_call.get("projects_awarded"):
        least, most = projects.lower, projects.upper
    else:
        told = ledger.answer(
            "projects_awarded", programme=_programme(ledger.connection, mean), call=mean.code
        )
        least, most = told.quantity.bounds.ends if isinstance(told, Known) else (None, None)
    if least is None and most is None:
        raise UsageError(
            message("For “{code}” no number of projects is known: suppose one too.", code=mean.code),
            where=Parameter(mean.measure),
        )
    low, high = (
        None if one is None or many is None else one * many
        for one, many in ((mean.lower, least), (mean.upper, most))
    )
    return Hypothesis("budget_awarded", mean.code, low if low == high else None, low, high)


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
    """List what a measure may be supposed of: calls that have a name, programmes or years of which it is known."""
    if KINDS[measure].dimension == "programme":
        return ledger.codes(measure, "programme")
    if KINDS[measure].dimension == "year":
        return [str(row["year"]) for row in ledger.records("prices", order="year")]
    return [row[0] for row in ledger.query("SELECT call FROM calls ORDER BY valid_from, call")]


def _copy(ledger: Ledger) -> duckdb.DuckDBPyConnection:
    """Copy all tables of a store into memory."""
    memory, cursor = duckdb.connect(":memory:"), ledger.connection.cursor()
    for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        create_table(memory, name, cursor.sql(f'FROM "{name}"'))
    return memory


def create_table(memory: duckdb.DuckDBPyConnection, name: str, rows: duckdb.DuckDBPyRelation) -> None:
    """Make a table in memory of what is read from another store."""
    try:
        memory.register("rows_given", RowsGiven(rows))
        memory.execute(f'CREATE TABLE "{name}" AS FROM rows_given')
    except duckdb.InvalidInputException as error:  # so DuckDB calls it that the other store could not be read
        raise duckdb.IOException(str(error)) from error
    memory.unregister("rows_given")


def _row(memory: duckdb.DuckDBPyConnection, one: Hypothesis, today: date) -> dict[str, Any]:
    """Make a hypothesis a published number: it is known since what it replaces was, and holds as long."""
    kind = KINDS[one.measure]
    known_on, first, last = _replaced(memory, one)
    programme = _programme(memory, one) if kind.dimension == "call" else None
    return {
        "observation_id": f"{SCENARIO}.{one.measure}.{one.code}",
        "measure": one.measure,
        "programme": one.code if kind.dimension == "programme" else programme,
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
    if kind.dimension == "year":
        days = "min(known_on), make_date(min(year), 1, 1), make_date(min(year), 12, 31)"
        return memory.execute(f"SELECT {days} FROM prices WHERE year = $code", code).fetchone() or ()
    about = _OF_CALL if kind.dimension == "call" else _OF_PROGRAMME
    own = f"measure = $measure AND territory = '{HOME}' AND ({about})"
    told = "min(known_on), min(valid_from), max(valid_to)"
    query = f"SELECT {told} FROM observations WHERE {own}"
    found = memory.execute(query, code | {"measure": one.measure}).fetchone()
    for measure in (one.measure, *kind.followers):
        delete = f"DELETE FROM observations WHERE measure = $measure AND ({about})"
        memory.execute(delete, code | {"measure": measure})
    if kind.moves_sites:
        for delete in (_RULES, _LISTED, _LISTS, *_DECISIONS):
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
_DECISIONS = (
    "DELETE FROM reconciliations WHERE call = $code",
    "DELETE FROM complete_lists WHERE call = $code",
)


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


def _write_list(memory: duckdb.DuckDBPyConnection, one: Hypothesis, row: Mapping[str, Any]) -> None:
    """Write a list of winners: the sites that a hypothesis names, a project each time."""
    listed = {"list": row["observation_id"], "programme": row["programme"], "call": one.code}
    day = {"known_on": row["known_on"], "size": len(one.sites)}
    _insert(memory, "lists", listed | day | {"kind": "winners"})
    for position, site in enumerate(one.sites, 1):
        key = {"participation": f"{SCENARIO}.{one.code}.{position}", "project": str(position)}
        at = {"stage": KINDS[one.measure].stage, "implantation": site, "site": site}
        _insert(memory, "participations", listed | key | at)


def _insert(memory: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, Any]) -> None:
    columns, places = ", ".join(row), ", ".join("?" for _ in row)
    query = f"INSERT INTO {table} ({columns}) VALUES ({places})"
    memory.execute(query, list(row.values()))
