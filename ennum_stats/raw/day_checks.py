"""Checks of days that cannot be: what ends before it begins, is known before it happened, or read before it
was published.

Documents give a day, a month or a year: only periods of which one lies wholly before the other contradict
each other. That a day is still to come is told cell by cell (`Column.is_past`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import polars as pl

from ennum_stats.errors import Message, message
from ennum_stats.periods import Period
from ennum_stats.raw.cell_checks import Frames, findings_at
from ennum_stats.raw.embargoed_rows import IS_SHARED
from ennum_stats.raw.kinds import is_period
from ennum_stats.raw.schema import Finding
from ennum_stats.vocabulary import FORECAST, PLANNED


@dataclass(frozen=True)
class CallDays:
    """Hold when a call opened and closed, and when its school years began; a call of which no opening is told
    may have opened a year before these."""

    opened: Period | None
    closed: Period | None
    begins: Period | None

    def list_fault(self, kind: str, known_on: date) -> Message | None:
        """Say why no list of this kind can be known on a day, if so."""
        if self.opened and known_on < self.opened.first:
            return message("The list was known before its call opened ({day}).", day=self.opened.text)
        if self._is_before_all(known_on) and self.begins:
            return message("The list was known more than a year before the school years of its call "
                           "({day}).", day=self.begins.text)  # fmt: skip
        if kind == "winners" and self.closed and known_on < self.closed.first:
            return message("These winners were known before their call closed ({day}).", day=self.closed.text)
        return None

    def row_fault(self, day: Period) -> Message | None:
        """Say why nothing of the call can have happened on a day, if so."""
        if self.opened and day.last < self.opened.first:
            return message("This day ({value}) is before the call opened ({day}).",
                           value=day.text, day=self.opened.text)  # fmt: skip
        if self._is_before_all(day.last) and self.begins:
            return message("This day ({value}) is more than a year before the school years of the call "
                           "({day}).", value=day.text, day=self.begins.text)  # fmt: skip
        return None

    def _is_before_all(self, day: date) -> bool:
        """Tell whether a day lies more than a year before the school years of a call of which no opening is
        told."""
        return self.opened is None and self.begins is not None and (
            day < self.begins.first - timedelta(days=365)
        )  # fmt: skip


def call_days(calls: pl.DataFrame) -> dict[str, CallDays]:
    """Return the days of each call, of raw rows or of those of the store; no invalid ones."""
    columns = ("call", "opened_on", "valid_from", "closed_on")
    return {
        call: CallDays(_period(opened), _period(closed), _period(begins))
        for call, opened, begins, closed in reversed(calls.select(columns).rows())
    }


def day_fault(day: Period, known_on: date, of_call: CallDays | None) -> Message | None:
    """Say why a row of a list that was known on a day cannot tell of this one, if so."""
    if day.first > known_on:
        return message("This day ({value}) is after the list was known ({day}).",
                       value=day.text, day=known_on.isoformat())  # fmt: skip
    return of_call.row_fault(day) if of_call else None


@cache
def _period(value: date | str | None) -> Period | None:
    text = str(value or "")
    return Period(text) if is_period(text) else None


# --- the checks -------------------------------------------------------------------------------------


def check_periods_in_order(frames: Frames) -> list[Finding]:
    """Find periods and events that end before they begin."""
    events = frames["events"]
    findings = _ending_first(events, "ends_on", _days_before(events, "ends_on", "starts_on"))
    for name in ("programmes", "calls", "observations"):
        is_wrong = pl.col("valid_to") < pl.col("valid_from")
        findings += _ending_first(frames[name], "valid_to", is_wrong)
    return findings


def _ending_first(frame: pl.DataFrame, column: str, is_wrong: pl.Expr) -> list[Finding]:
    return findings_at(
        frame, column, is_wrong,
        lambda value: message("The period ends ({value}) before it begins.", value=value),
        message("The last day is not before the first."), message("Exchange or correct them."),
    )  # fmt: skip


def check_calls_open_first(frames: Frames) -> list[Finding]:
    """Find calls that close before they open, or open after their school years."""
    calls = frames["calls"]
    return findings_at(
        calls, "closed_on", _days_before(calls, "closed_on", "opened_on"),
        lambda value: message("The call closes ({value}) before it opens.", value=value),
        message("The last day is not before the first."), message("Exchange or correct them."),
    ) + findings_at(
        calls, "opened_on", _days_before(calls, "valid_to", "opened_on"),
        lambda value: message("The call opens ({value}) after its school years.", value=value),
        message("A call opens before its school years are over."), message("Correct one of the days."),
    )  # fmt: skip


def check_read_after_publication(frames: Frames) -> list[Finding]:
    """Find documents that were read before they were published; those under embargo may be."""
    sources = frames["sources"]
    return findings_at(
        sources, "published_on", _days_before(sources, "retrieved_on", "published_on") & IS_SHARED,
        lambda value: message("The document was read before it was published ({value}).", value=value),
        message("A document is read on the day of its publication or later, unless it stands in "
                "data/raw/embargoed/sources.csv."),
        message("Correct one of the days."),
    )  # fmt: skip


def _days_before(frame: pl.DataFrame, column: str, other: str) -> pl.Expr:
    """Tell in which rows the whole period of a column lies before that of another: a year and a day in it
    are in order."""
    pairs = [(_period(first), _period(second)) for first, second in frame.select(column, other).rows()]
    return pl.lit(
        pl.Series(
            [bool(first and second and first.last < second.first) for first, second in pairs],
            dtype=pl.Boolean,
        )
    )


def check_published_after_beginning(frames: Frames) -> list[Finding]:
    """Find numbers, other than plans, that were published before their period began."""
    published = _published_on(frames)
    calls = frames["calls"].select(
        pl.col("call").cast(pl.Categorical), pl.col("valid_from").alias("_call_begins")
    )
    rows = frames["observations"].join(calls, on="call", how="left").with_columns(
        pl.coalesce("valid_from", "_call_begins").alias("_begins"),
        pl.col("source_id").replace_strict(
            {source: period.last for source, period in published.items()},
            default=None, return_dtype=pl.Date,
        ).alias("_known_on"),
    )  # fmt: skip
    is_plan = (pl.col("status") == FORECAST) | (pl.col("stage") == PLANNED).fill_null(value=False)
    return findings_at(
        rows, "source_id", (pl.col("_known_on") < pl.col("_begins")) & ~is_plan,
        lambda value: message("“{value}” was published before the period of this number began.", value=value),
        message("Only plans are published before their period; they have the status F."),
        message("Correct the period or the date of the document, or give it the status F."),
        ("sources", "calls", "corrections"),
    )  # fmt: skip


def check_embargoes(frames: Frames) -> list[Finding]:
    """Find embargoes that end before their document is published."""
    published = _published_on(frames)
    rows = frames["observations"].filter(pl.col("embargo_until").is_not_null())
    too_early = [
        observation
        for observation, source, until in rows.select("observation_id", "source_id", "embargo_until").rows()
        if source in published and until[:10] < published[source].first.isoformat()
    ]
    return findings_at(
        rows, "embargo_until", pl.col("observation_id").is_in(too_early),
        lambda value: message("The embargo ends ({value}) before the document is published.", value=value),
        message("An embargo ends on the day of publication or later."),
        message("Correct the embargo, or the date of the document."), ("sources",),
    )  # fmt: skip


def check_releases(frames: Frames) -> list[Finding]:
    """Find what is announced for a time before its announcement, or for an hour of no day."""
    rows = frames["releases"].with_columns(pl.col("announced_on").cast(pl.String).alias("_announced"))
    is_no_day = pl.col("expected_on").str.len_chars() != len("2020-01-31")
    return findings_at(
        rows, "expected_on", _days_before(rows, "expected_on", "_announced"),
        lambda value: message("What is to come ({value}) was announced after it had come.", value=value),
        message("A publication is announced on its day or before."), message("Correct one of the days."),
    ) + findings_at(
        rows, "expected_at", pl.col("expected_at").is_not_null() & is_no_day,
        lambda value: message("An hour ({value}) is told of no day.", value=value),
        message("Where an hour is told, “expected_on” is a day."),
        message("Write the day, or take the hour out."),
    )  # fmt: skip


def _published_on(frames: Frames) -> dict[str, Period]:
    """Return when each document was published (or read, where it has no date); no invalid dates."""
    dates = frames["sources"].select("source_id", pl.coalesce("published_on", "retrieved_on"))
    rows = reversed(dates.rows())  # of a key that stands twice the first counts
    return {source: Period(text) for source, text in rows if text and is_period(text)}


_WHEN_KNOWN = message(
    "A list is known after its call has opened, and its winners after it has closed; what it tells happened "
    "in between."
)
_CORRECT = message("Correct this day, or those of the list and of its call.")


def check_lists_after_calls(frames: Frames) -> list[Finding]:
    """Find lists that were known before their call opened (without a call, before their programme began), and
    winners before it closed."""
    of_calls = call_days(frames["calls"])
    began = dict(frames["programmes"].select("programme", "valid_from").rows())
    findings = []
    for row in frames["lists"].drop_nulls("known_on").to_dicts():
        known_on, begins = row["known_on"], began.get(row["programme"])
        fault = None
        if row["call"] in of_calls:
            fault = of_calls[row["call"]].list_fault(row["kind"], known_on)
        elif begins and known_on < begins:
            fault = message("The list was known before its programme began ({day}).", day=begins.isoformat())
        if fault:
            place = (row["_file"], row["_line"], "known_on")
            of = frozenset({"calls", "programmes"})
            findings.append(Finding(*place, fault, _WHEN_KNOWN, _CORRECT, of))
    return findings


def check_days_of_rows(frames: Frames) -> list[Finding]:
    """Find awards, equipment and deliveries after the day of their list, or before their call opened."""
    known = dict(frames["lists"].select("list", "known_on").drop_nulls().rows())
    of_calls = call_days(frames["calls"])
    findings = []
    for table, column in (("participations", "occurred_on"), ("deliveries", "delivered_on")):
        dated = frames[table].select("_file", "_line", "list", "call", column).drop_nulls(column)
        wrong = {}
        distinct = dated.lazy().select("list", "call", column).unique().collect(engine="streaming")
        for name, call, value in distinct.rows():
            day = _period(value)
            if day and name in known:
                fault = day_fault(day, known[name], of_calls.get(call))
                wrong.update({(name, call, value): fault} if fault else {})
        days = {value for *_, value in wrong}
        rows = dated.filter(pl.col(column).is_in(days)).rows() if wrong else []
        findings += [
            Finding(file, line, column, wrong[tuple(key)], _WHEN_KNOWN, _CORRECT,
                    frozenset({"lists", "calls"}))
            for file, line, *key in rows
            if tuple(key) in wrong
        ]  # fmt: skip
    return findings
