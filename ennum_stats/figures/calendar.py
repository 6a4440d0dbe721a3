"""What is announced: documents, lists and figures to come, and ends of embargoes, as a calendar.

Only what is declared in `releases.csv` stands here. An embargo that nobody declared is not told of: that
there is one would tell that there is a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ennum_stats.errors import message
from ennum_stats.figures.figure import noticed
from ennum_stats.figures.reports import labelled
from ennum_stats.languages import LANGUAGES, period_words, translate
from ennum_stats.periods import Period
from ennum_stats.raw.embargo import HERE
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import first_capital

KINDS = {
    "document": message("document"),
    "list": message("list of schools"),
    "figures": message("new figures"),
    "embargo": message("end of an embargo"),
}
AT = message("{day} at {time}, Belgian time")
UNTIL = message("Under embargo until {when}.")
_LONGEST_LINE = 73
"""Octets of a line of iCalendar before it goes on in the next one, which begins with a space."""
_BELGIAN_TIME = [
    "BEGIN:VTIMEZONE", "TZID:Europe/Brussels",
    "BEGIN:DAYLIGHT", "DTSTART:19970330T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT",
    "BEGIN:STANDARD", "DTSTART:19971026T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE",
]  # fmt: skip
"""What a calendar may hold without an event."""


@dataclass(frozen=True)
class Release:
    """Hold what is to come: its names by language, and the day, month or year for which it is announced."""

    release: str
    kind: str
    names: dict[str, str]
    announced_on: date
    expected_on: Period
    expected_at: time | None
    url: str | None

    @property
    def moment(self) -> datetime | None:
        """The moment, where an hour is told."""
        day = self.expected_on.first
        return datetime.combine(day, self.expected_at, HERE) if self.expected_at else None

    def when(self, language: str) -> str:
        """Say when it is to come, no more exactly than it is announced."""
        told = period_words(self.expected_on, language)
        if self.expected_at is None:
            return told
        return translate(AT, language, day=told, time=f"{self.expected_at:%H:%M}")

    def title(self, language: str) -> str:
        """Say what is to come; of an embargo, until when it holds."""
        name = self.names[language]
        if self.kind != "embargo":
            return name
        return f"{name}. {translate(UNTIL, language, when=self.when(language))}"

    def record(self, language: str) -> dict[str, Any]:
        """Give it as programs read it; the moment, where an hour is told, with its distance from UTC."""
        return {
            "release": self.release, "kind": self.kind, "title": self.title(language),
            "announced_on": self.announced_on.isoformat(), "expected_on": self.expected_on.text,
            "when": self.when(language), "url": self.url,
            "moment": self.moment.isoformat() if self.moment else None,
        }  # fmt: skip


def releases(ledger: Ledger) -> list[Release]:
    """Read what was announced by the ledger's day, in the order in which it is to come."""
    return [
        Release(
            row["release"], row["kind"],
            {language: row[f"name_{language}"] for language in LANGUAGES},
            row["announced_on"], Period(row["expected_on"]),
            time.fromisoformat(row["expected_at"]) if row["expected_at"] else None, row["url"],
        )
        for row in ledger.records("releases", order="expected_on, expected_at, release")
    ]  # fmt: skip


def to_come(ledger: Ledger) -> list[Release]:
    """Select what is not over on the ledger's day."""
    return [one for one in releases(ledger) if one.expected_on.last >= ledger.known_at]


def icalendar(ledger: Ledger, language: str, name: str, minted: str) -> str:
    """Write everything announced as iCalendar (RFC 5545), which may not be empty: where nothing is, it tells Belgian
    time alone. `minted` is the domain that names its entries."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ennum-stats//releases//EN",
        f"NAME:{_escaped(noticed(ledger, language, name))}",
        f"X-WR-CALNAME:{_escaped(noticed(ledger, language, name))}",
    ]  # fmt: skip
    events = [line for each in releases(ledger) for line in _event(ledger, each, language, minted)]
    lines += events or _BELGIAN_TIME
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in _folded(line))


def _event(ledger: Ledger, one: Release, language: str, minted: str) -> Sequence[str]:
    """Write an event: of an hour where it is told, else of all days that are meant."""
    starts = f"DTSTART;VALUE=DATE:{one.expected_on.first:%Y%m%d}"
    ends = [f"DTEND;VALUE=DATE:{one.expected_on.last + timedelta(days=1):%Y%m%d}"]
    if one.moment:
        starts, ends = f"DTSTART:{one.moment.astimezone(UTC):%Y%m%dT%H%M%SZ}", []
    told = labelled(KINDS[one.kind], one.title(language), language)
    summary = noticed(ledger, language, first_capital(told))
    return [
        "BEGIN:VEVENT", f"UID:{one.release}@{minted}", f"DTSTAMP:{one.announced_on:%Y%m%d}T000000Z",
        starts, *ends, f"SUMMARY;LANGUAGE={language}:{_escaped(summary)}", "TRANSP:TRANSPARENT",
        *([f"URL:{one.url}"] if one.url else []), "END:VEVENT",
    ]  # fmt: skip


def _escaped(text: str) -> str:
    """Write a text as a value: signs that end a value are marked."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Break a line that is too long, between signs."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
