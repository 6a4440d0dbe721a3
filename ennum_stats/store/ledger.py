"""Open the published store at a day: the `Ledger` from which everything is computed.

A ledger is read-only and knows one thing about itself: the day known at. It shows what had been
published by then, and nothing later.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import duckdb

from ennum_stats.errors import Parameter, UsageError, message, unknown_name
from ennum_stats.files.boundary import store_damaged, translated_error, translated_errors
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.quantities import UNITS, Bounds, Quantity, Reason
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store import answers
from ennum_stats.store.files import OF_ANOTHER_VERSION
from ennum_stats.store.known_rows import known_rows, values_known
from ennum_stats.store.observation_rows import PUBLISHED, SOURCE_COLUMNS, observation_of
from ennum_stats.store.publish import published_store
from ennum_stats.typography import LanguageCode, typeset
from ennum_stats.vocabulary import BREAKDOWNS, DIMENSIONS, MEASURES

T = TypeVar("T")
P = ParamSpec("P")
_OF_WINNERS = ("projects_awarded", "budget_awarded", "sites_awarded", "mean_grant")
_STILL_TOLD = timedelta(days=3 * 365)
"""How long after a call documents still tell something new of it: its winners are helped for three years."""
SAID_LATER = message("A later document says it less precisely: {number} ({document}).")
HOME_LANGUAGE = "fr"
"""The language in which remarks are written."""
HOME = "wallonia"
"""The territory of the Region's programmes, which is meant where none is named."""
REMAINDERS = {"added_after_jury": "jury"}
"""Components that are what another one leaves of the whole."""
_LONGEST_KEPT = 5_000
"""Rows of an answer of the store that is kept; lists of single schools may be longer."""


@dataclass(frozen=True)
class Call:
    """Hold a call for projects: its school years, and the days between which projects were submitted. Days are
    empty before a document told them: the name of a call is known earlier."""

    call: str
    programme: str
    valid_from: date | None
    valid_to: date | None
    opened_on: str | None
    closed_on: str | None
    has_winners: bool
    """Whether a document known tells a number of what it awarded."""

    @property
    def school_year(self) -> str:
        """Its school year as in 2012-2013; of a call that covers two, both ends, as in 2014-2016; empty while
        it is not known."""
        if self.valid_from is None or self.valid_to is None:
            return ""
        return f"{self.valid_from.year}-{self.valid_to.year}"

    @property
    def years(self) -> tuple[date, date] | None:
        """Between which days it awarded its budget: in its school years, and not before it opened."""
        if not self.valid_from or not self.valid_to:
            return None
        opened = Period(self.opened_on).first if self.opened_on else self.valid_from
        return min(max(self.valid_from, opened), self.valid_to), self.valid_to

    def ended_by(self, day: date) -> bool:
        """Tell whether its school years are known to have ended by a day."""
        return self.valid_to is not None and self.valid_to <= day

    def took_place(self, day: date) -> bool:
        """Tell whether its projects had been submitted by a day (where no day is told, whether its first
        school year had begun; where that is not known either, whether it has winners)."""
        closed = Period(self.closed_on).last if self.closed_on else self.valid_from
        return self.has_winners if closed is None else closed <= day


@dataclass(frozen=True)
class Ledger:
    """Hold a published store, opened read-only, as it was known on `known_at`."""

    connection: duckdb.DuckDBPyConnection
    known_at: date
    content_hash: str
    audience: Audience = Audience.PUBLIC
    _cache: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    published: Ledger | None = field(default=None, repr=False, compare=False)
    """What a scenario supposes otherwise: the store that it was made from, as known on the same day."""
    _of_store: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was read of the whole store, for all days on which it is asked."""
    embargo: datetime | None = None
    """Until when what is made of it must not be published; it says so everywhere."""
    language: LanguageCode | None = None
    """In which language it was opened: that of all texts of it for which no other is asked."""

    last_day: date | None = None
    """Until when it tells what was known, where that is an earlier day than today: of a release, its own."""

    def known_on(self, day: date | None) -> Self:
        """Give the same store as known on another day (today where none is given, or its last). Raises `UsageError`
        for a later day than it tells of."""
        day = day or self.last_day or today()
        if self.last_day and day > self.last_day:
            raise UsageError(
                message(
                    "This release tells what was known on {day}: nothing later is in it.", day=self.last_day
                ),
                where=Parameter("known_at", day.isoformat()),
                remedy=message("Name an earlier day, or open a later release."),
            )
        published = self.published.known_on(day) if self.published else None
        return replace(self, known_at=day, _cache={}, published=published)

    def __reduce__(self) -> tuple[Callable[..., Ledger], tuple[object, ...]]:
        """Send a store to another process as its file, its day and for whom it is; there it is opened again.

        Raises `UsageError` for what is only supposed, which has no file."""
        if self.file is None:
            raise UsageError(
                message("What is supposed has no file, and cannot be sent to another process."),
                remedy=message("Send the store that it was made from, and suppose it there."),
            )
        held = {
            part.name: getattr(self, part.name)
            for part in fields(self)
            if part.name not in ("connection", "_cache", "_of_store")
        }
        return _opened_again, (type(self), str(self.file), held)

    @property
    def file(self) -> Path | None:
        """The file that is open; none of what is only supposed."""
        query = "SELECT path FROM duckdb_databases() WHERE path NOT NULL"
        row = self.connection.cursor().execute(query).fetchone()
        return Path(row[0]) if row else None

    def until(self, embargo: datetime | None) -> Self:
        """Give the same store for those who may have what is made of it under an embargo."""
        return replace(self, embargo=embargo, _cache={})

    def cached(self, key: tuple[Hashable, ...], compute: Callable[[], T]) -> T:
        """Give what was computed under a key; it is computed once, because a ledger never changes.

        Functions of a ledger are kept by `once_a_ledger`."""
        if key not in self._cache:
            self._cache[key] = compute()
        found: T = self._cache[key]
        return found

    def query(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Read rows by a query in SQL with its values, by place or by name; short answers only once.

        Only modules of `store` ask in SQL. Such a query sees the whole store: it says itself what was known
        on the day.
        """
        key = ("query", sql, repr(values))  # values may be lists
        if (found := self._cache.get(key)) is None:
            with translated_errors():
                found = self.connection.cursor().execute(sql, values).fetchall()
            if len(found) <= _LONGEST_KEPT:
                self._cache[key] = found
        return list(found)

    def days_known(self) -> list[date]:
        """Read the days on which something became known, in order, the later ones too."""
        query = "SELECT DISTINCT known_on FROM observations ORDER BY 1"
        return [row[0] for row in self.query(query)]

    def last_day_known(self) -> date | None:
        """Read the last day, of those up to the ledger's, on which a document, number, list, price or register
        became known."""
        query = """
            SELECT max(day) FROM (
                SELECT known_on AS day FROM sources UNION ALL SELECT known_on FROM observations
                UNION ALL SELECT known_on FROM lists UNION ALL SELECT known_on FROM prices
                UNION ALL SELECT as_of FROM registers) WHERE day <= ?
        """
        [[last]] = self.query(query, [self.known_at])
        return last if isinstance(last, date) else None

    def has_rows(self, table: str) -> bool:
        """Tell whether a table has any row, of whatever day."""
        return bool(self.query(f"SELECT 1 FROM {table} LIMIT 1"))

    @cached_property
    def is_demo(self) -> bool:
        """Whether its schools and lists are invented: whatever is made from it must say so."""
        return self.has_rows("demonstration")

    # --- numbers ------------------------------------------------------------------------------------

    def answer(self, measure: str, **dimensions: str) -> answers.Answer:
        """Answer a measure as known on the day known at.

        A dimension that is not given is not broken down (the whole); the territory is Wallonia. Of a
        state of the world that was published for several days, the last day counts. Money comes in
        euro. Where nothing had been published yet, the answer is `Missing` with its reason.
        """

        def found() -> answers.Answer:
            observations = answers.of_last_day(self.select(measure, **dimensions))
            choice = self.choice(observations)
            return self.known(choice) if choice else self._missing(observations, dimensions)

        return self.cached(("answer", measure, tuple(sorted(dimensions.items()))), found)

    def choice(self, observations: Sequence[answers.Observation]) -> answers.Choice | None:
        """Choose among published numbers of one thing; nothing where none of them gives a number."""
        candidates = self.candidates(observations)
        return answers.choose(candidates, self._left_for(observations[0])) if candidates else None

    def select(self, measure: str, **dimensions: str) -> list[answers.Observation]:
        """Read all observations of one thing known by the day known at, in the order of their days."""
        self._require(measure, dimensions)
        return [one for one in self._observations_of(measure) if _is_about(one, dimensions)]

    def all_observations(self) -> list[answers.Observation]:
        """Read everything that was published by the day known at, in the order of its days."""

        def read() -> list[answers.Observation]:
            until, found = self._of_store.get("observations", (date.min, []))
            if until < self.known_at:
                query = f"{PUBLISHED} WHERE s.known_on <= ? ORDER BY s.known_on, o.observation_id"
                found = [observation_of(row) for row in self.query(query, [self.known_at])]
                self._of_store["observations"] = self.known_at, found
            return [one for one in found if one.source.known_on <= self.known_at]

        return list(self.cached(("observations",), read))

    def _observations_of(self, measure: str) -> list[answers.Observation]:
        def sort_out() -> dict[str, list[answers.Observation]]:
            found: dict[str, list[answers.Observation]] = {}
            for one in self.all_observations():
                found.setdefault(one.measure, []).append(one)
            return found

        return self.cached(("observations by measure",), sort_out).get(measure, [])

    def candidates(self, observations: Sequence[answers.Observation]) -> list[answers.BoundedObservation]:
        """Select those that give a number, with its bounds in euro where it is money."""
        return [
            answers.BoundedObservation(o, self.in_euro(o.quantity).bounds)
            for o in observations
            if o.quantity is not None
        ]

    def codes(self, measure: str, dimension: str, **dimensions: str) -> list[str]:
        """Read the codes of `dimension` for which something of the measure was known, in order."""
        self._require(measure, {dimension: "", **dimensions})
        found = self._observations_of(measure)
        codes = (getattr(o, dimension) for o in found if _is_about(o, dimensions, free=dimension))
        return sorted({code for code in codes if code is not None})

    def in_euro(self, quantity: Quantity) -> Quantity:
        """Convert money of a former currency at its official rate; leave anything else as it is."""
        if not UNITS[quantity.unit].is_money or quantity.unit == "EUR":
            return quantity
        rate = Quantity.exact(self.rates[quantity.unit], quantity.unit)
        return quantity.over(rate, "EUR")

    # --- what the numbers are about -------------------------------------------------------------------

    @cached_property
    def rates(self) -> dict[str, Decimal]:
        """Units of a former currency for one euro."""
        return {row["currency"]: row["per_euro"] for row in self.records("exchange_rates")}

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The calls that were known of by the day known at, in the order of their school years; last those of
        which only the name was known."""
        awarded = {call for measure, call in self.published_measures if measure in _OF_WINNERS}
        named = ("call", "programme", "valid_from", "valid_to", "opened_on", "closed_on")
        return tuple(
            Call(**{name: row[name] for name in named}, has_winners=row["call"] in awarded)
            for row in self.records("calls", order="valid_from, valid_to, length(call), call")
        )

    def all_calls(self, programme: str) -> list[str]:
        """Read the names of all calls of a programme: those known in their order, then those that were not
        known of by then, because a call keeps its name."""

        def read() -> list[str]:
            known = [call.call for call in self.calls if call.programme == programme]
            query = "SELECT call FROM calls WHERE programme = ? ORDER BY valid_from, valid_to, call"
            every = [row[0] for row in self.query(query, [programme])]
            return list(dict.fromkeys((*known, *every)))

        return list(self.cached(("calls of a programme", programme), read))

    @cached_property
    def published_measures(self) -> frozenset[tuple[str, str]]:
        """The pairs of a measure and a call, or set of calls, that a document known gives."""
        query = "SELECT DISTINCT measure, call FROM observations WHERE call IS NOT NULL AND known_on <= ?"
        return frozenset((measure, call) for measure, call in self.query(query, [self.known_at]))

    @cached_property
    def call_sets(self) -> dict[str, tuple[str, ...]]:
        """The sets of calls that have a name, each with its calls, of which all were known."""
        return {row["call_set"]: tuple(row["calls"].split()) for row in self.records("call_sets")}

    def calls_of(self, call_set: str) -> tuple[str, ...]:
        """List the calls of a set; of a call, itself."""
        return self.call_sets.get(call_set, (call_set,))

    def name(self, table: str, code: str, language: str) -> str:
        """Name a code in a language, typeset; `table` is a table with names, or `codelists.NAME`."""
        if code in (names := self._names(table, language)):
            return names[code]
        raise unknown_name(message("“{code}” is unknown.", code=code), names, where=table)

    def remark(self, observation: answers.Observation, language: str) -> tuple[str, str]:
        """Read the remark of a published number, typeset, and the language it is in: French, in which remarks are
        written, where nobody has translated it; empty where there is none."""
        note = observation.note or ""
        translated = self.cached(("remarks", language), partial(self._remarks, language)).get(note)
        found = language if translated else HOME_LANGUAGE
        return typeset(translated or note, found), found

    def _remarks(self, language: str) -> dict[str, str]:
        if language == HOME_LANGUAGE:
            return {}
        return {row["note"]: row[f"note_{language}"] for row in self.records("remarks")}

    def rows_read(self) -> dict[Any, Any]:
        """Give the rows that were read of the store, for a ledger of the same day that computes otherwise."""
        return {key: rows for key, rows in self._cache.items() if key[0] in ("query", "records", "source")}

    def records(self, table: str, order: str = "") -> list[dict[str, Any]]:
        """Read the rows of a small table that were known on the day, as dictionaries."""
        read = partial(self._records, table, order or ", ".join(TABLE_BY_NAME[table].key))
        return [dict(record) for record in self.cached(("records", table, order), read)]

    def _records(self, table: str, by: str) -> list[dict[str, Any]]:
        """Read the rows of a table that were known on the day, in an order."""
        query = f"SELECT * FROM ({known_rows(table)}) ORDER BY {by}"
        with translated_errors():
            cursor = self.connection.cursor().execute(query, values_known(query, self.known_at, self._read))
            names = [item[0] for item in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _read(self, sql: str) -> list[tuple[Any, ...]]:
        """Read rows by a query that asks for no day."""
        if sql not in self._of_store:
            self._of_store[sql] = self.connection.cursor().execute(sql).fetchall()
        found: list[tuple[Any, ...]] = self._of_store[sql]
        return found

    def source(self, source_id: str) -> answers.Source:
        """Read a document by its key. Raises `UnknownName`."""
        query = f"SELECT {', '.join(SOURCE_COLUMNS)} FROM sources WHERE source_id = ?"
        rows = self.cached(("source", source_id), lambda: self.query(query, [source_id]))
        if not rows:
            known = (row[0] for row in self.query("SELECT source_id FROM sources ORDER BY 1"))
            raise unknown_name(message("“{code}” is unknown.", code=source_id), known)
        return answers.Source(*rows[0])

    # --- inside ---------------------------------------------------------------------------------------

    def _left_for(self, part: answers.Observation) -> Bounds | None:
        """Bound what the totals taken leave for a part; nothing where no total or other part is known."""
        other = REMAINDERS.get(part.component or "")
        if other is None:
            return None
        here = {n: v for n in BREAKDOWNS if n != "component" and (v := getattr(part, n)) is not None}
        left = self.answer(part.measure, **here) - self.answer(part.measure, **here, component=other)
        return left.quantity.bounds if isinstance(left, answers.Known) else None

    def _names(self, table: str, language: str) -> dict[str, str]:
        def read() -> dict[str, str]:
            if table.startswith("codelists."):
                query = f"SELECT code, name_{language} FROM codelists WHERE codelist = ?"
                named = self.query(query, [table.removeprefix("codelists.")])
            else:
                named = self.query(f"SELECT {TABLE_BY_NAME[table].key[0]}, name_{language} FROM {table}")
            return {code: typeset(name, language) for code, name in named}

        return dict(self.cached(("names", table, language), read))

    def known(self, choice: answers.Choice) -> answers.Known:
        """Answer with the number chosen, and those that do not agree with it."""
        observation = choice.chosen.observation
        assert observation.quantity is not None
        known = answers.Known(
            self.in_euro(observation.quantity),
            (observation,),
            tuple(candidate.observation for candidate in choice.conflicting),
            observation.status,
        )
        if choice.confirming is None:
            return known
        later = choice.confirming.observation
        number = later.quantity
        return known.noting(message(SAID_LATER.text, document=later.source.title, number=number))

    def _missing(
        self, observations: list[answers.Observation], dimensions: dict[str, str]
    ) -> answers.Missing:
        reasons = [o.missing_reason for o in observations if o.missing_reason is not None]
        if reasons:
            return answers.Missing(reasons[-1], tuple(observations))
        is_over = any(
            call.call == dimensions.get("call") and call.ended_by(self.known_at - _STILL_TOLD)
            for call in self.calls
        )
        return answers.Missing(Reason.NOT_COLLECTED if is_over else Reason.NOT_YET_KNOWN)

    def _require(self, measure: str, dimensions: dict[str, str]) -> None:
        if measure not in MEASURES:
            raise unknown_name(message("There is no measure “{name}”.", name=measure), MEASURES)
        for name in dimensions:
            if name not in DIMENSIONS:
                raise unknown_name(message("There is no dimension “{name}”.", name=name), BREAKDOWNS)


def once_a_ledger(function: Callable[Concatenate[Ledger, P], T]) -> Callable[Concatenate[Ledger, P], T]:
    """Keep what a function of a ledger and of plain arguments gives: a ledger never changes."""

    @wraps(function)
    def kept(ledger: Ledger, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (function, args, *sorted(kwargs.items()))
        return ledger.cached(key, lambda: function(ledger, *args, **kwargs))

    return kept


def open_ledger(
    project: Project, known_at: date | None = None, audience: Audience = Audience.PUBLIC
) -> Ledger:
    """Open the published store of a project as known on a day (today unless told); the internal audience gets
    what is under embargo too. Raises `StoreMissing` before the first build, and `StoreDamaged`."""
    published, path = published_store(project, audience)
    return open_store(path, published.content_hash, known_at, audience)


def open_store(
    path: Path, content_hash: str, known_at: date | None = None, audience: Audience = Audience.PUBLIC
) -> Ledger:
    """Open the file of a store. Raises `StoreDamaged` where it cannot be read."""
    try:
        connection = duckdb.connect(str(path), read_only=True)
        is_of_this_version = _is_of_this_version(connection)
    except duckdb.Error as error:
        raise translated_error(error, path) or store_damaged(path) from error
    if not is_of_this_version:
        connection.close()
        raise store_damaged(path, OF_ANOTHER_VERSION)
    return Ledger(connection, known_at or today(), content_hash, audience)


def _opened_again(kind: type[Ledger], path: str, held: dict[str, Any]) -> Ledger:
    """Open the store that another process held."""
    ledger = open_store(Path(path), held["content_hash"], held["known_at"], held["audience"])
    return kind(connection=ledger.connection, **held)


def _is_of_this_version(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether all declared columns are there: asked table by table, in a third of the time that DuckDB
    takes to list all columns."""
    try:
        return all(
            {*connection.table(table.name).columns}.issuperset(table.column_names)
            for table in TABLE_BY_NAME.values()
        )
    except duckdb.CatalogException:  # a table is not there
        return False


def today() -> date:
    """Read the day of the reader's clock."""
    return datetime.now().astimezone().date()


def _is_about(observation: answers.Observation, dimensions: Mapping[str, str], free: str = "") -> bool:
    """Tell whether a number is of these dimensions, and of no part of those that are not given but `free`."""
    wanted = {"territory": HOME} | dict(dimensions)
    return all(
        getattr(observation, name) == wanted[name]
        if name in wanted
        else not dimension.is_breakdown or getattr(observation, name) is None
        for name, dimension in DIMENSIONS.items()
        if name != free
    )
