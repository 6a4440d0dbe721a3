"""Alter raw tables as errors, disagreements and other histories would: each way is a function of the tables and
of a generator of random numbers, so that a case can be repeated.

Whether the altered rows are possible is no matter here: what the checks refuse is refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from ennum_stats.errors import Message, message

Row = dict[str, str]
Rows = list[Row]
PRESS_KIT, PUBLISHED = "observations/press_kit_2020.csv", "observations/published.csv"
NUMBERS = (PRESS_KIT, PUBLISHED)
_DATED = ("sources.csv", "calls.csv", "milestones.csv", "programmes.csv", "events.csv")
_DAYS = ("published_on", "retrieved_on", "valid_from", "valid_to", "opened_on", "closed_on", "occurred_on")
_COUNTED_FEW = ("sessions", "lots", "types", "aims", "persons", "schools", "projects", "implantations")
_SESSION = "information_session"
_LISTS, _WON = "rows/lists.csv", "rows/participations.csv"


@dataclass(frozen=True)
class Tables:
    """Hold the folder of raw tables, which are read as rows of texts and written again."""

    raw: Path

    def read(self, name: str) -> Rows:
        """Read the rows of a table, by its file below the folder."""
        return list(csv.DictReader(io.StringIO((self.raw / name).read_text("utf-8"))))

    def write(self, name: str, rows: Sequence[Row]) -> None:
        """Write the rows of a table in the place of those that it had, below its header."""
        header = next(csv.reader(io.StringIO((self.raw / name).read_text("utf-8"))))
        text = io.StringIO()
        writer = csv.DictWriter(text, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (self.raw / name).write_text(text.getvalue(), "utf-8")

    def numbers(self) -> dict[str, Row]:
        """Read all published numbers, by the name of the row."""
        return {row["observation_id"]: row for name in NUMBERS for row in self.read(name)}


Alteration = Callable[[Tables, Random], None]


class Way(NamedTuple):
    """Hold a way of altering tables, with its name for people; `is_of_lists` where it needs lists of schools."""

    name: Message
    alter: Alteration
    is_of_lists: bool = False


def times(row: Row, factor: int | Decimal) -> Row:
    """Give the number of a row, multiplied."""
    return {"value": f"{(Decimal(row['value']) * factor).quantize(Decimal('0.000001')):f}"}


def _drawn(tables: Tables, random: Random, is_meant: Callable[[Row], bool]) -> tuple[str, Rows, Rows]:
    """Draw a file of numbers: its name, its rows, and those of them with a number that are meant."""
    files = [(name, tables.read(name)) for name in NUMBERS]
    meant = [(name, rows, [row for row in rows if row["value"] and is_meant(row)]) for name, rows in files]
    return random.choice([each for each in meant if each[2]])


def _of_number(change: Callable[[Row, Random], Row], is_meant: Callable[[Row], bool] = bool) -> Alteration:
    """Change cells of one number among those that are meant."""

    def alter(tables: Tables, random: Random) -> None:
        name, rows, meant = _drawn(tables, random, is_meant)
        row = random.choice(meant)
        row.update(change(row, random))
        tables.write(name, rows)

    return alter


def _multiplied(factor: int | Decimal) -> Alteration:
    return _of_number(lambda row, _: times(row, factor))


def _several_multiplied(tables: Tables, random: Random) -> None:
    name, rows, printed = _drawn(tables, random, bool)
    for row in random.sample(printed, 12):
        row.update(times(row, Decimal(random.choice(["2", "0.5", "0.8", "3"]))))
    tables.write(name, rows)


def _is_of_few(row: Row) -> bool:
    return row["unit"] in _COUNTED_FEW


def _more(by: int) -> Alteration:
    return _of_number(lambda row, _: {"value": f"{Decimal(row['value']) + by:f}"}, _is_of_few)


def _set_to(value: int) -> Alteration:
    return _of_number(lambda *_: {"value": str(value), "step": "1", "precision": "exact"}, _is_of_few)


def _unknown(reason: str) -> Alteration:
    gone = dict.fromkeys(("value", "lower", "upper", "step", "precision"), "")
    return _of_number(lambda *_: gone | {"missing_reason": reason})


def _step(step: str, precision: str) -> Alteration:
    return _of_number(
        lambda *_: {"step": step, "precision": precision}, lambda row: row["unit"] in ("EUR", *_COUNTED_FEW)
    )


def _other_value(column: str, *values: str) -> Alteration:
    """Let a number be of another call, unit or stage."""

    def change(row: Row, random: Random) -> Row:
        other = random.choice([value for value in values if value != row[column]])
        return {column: other} | ({"counted": other} if row["counted"] == row[column] else {})

    return _of_number(change, lambda row: row[column] in values)


def numbers_exchanged(tables: Tables, random: Random) -> None:
    """Exchange two numbers of one call: projects submitted and awarded, most often."""
    name = random.choice(NUMBERS)
    rows = tables.read(name)
    of_calls = [row for row in rows if row["value"] and row["call"]]
    first = random.choice(of_calls)
    other = random.choice([row for row in of_calls if row["call"] == first["call"]])
    first["value"], other["value"] = other["value"], first["value"]
    tables.write(name, rows)


def _like(key: str, is_tie: bool, tables: Tables, random: Random) -> None:
    """Exchange the same number of two calls or programmes, or let the second be as the first."""
    name, rows, printed = _drawn(tables, random, lambda row: bool(row[key]))
    random.shuffle(printed)
    pairs = (
        (first, other)
        for first in printed
        for other in printed
        if (first["measure"], first["unit"]) == (other["measure"], other["unit"])
        and first[key] != other[key]
        and first["value"] != other["value"]
    )
    first, other = next(pairs)
    for column in ("value", "step", "precision"):
        first[column], other[column] = (first[column] if is_tie else other[column]), first[column]
    tables.write(name, rows)


def rows_left_out(tables: Tables, random: Random) -> None:
    """Leave out a row of a table, three, or a quarter."""
    name = random.choice([*NUMBERS, "milestones.csv", "rules.csv", "events.csv", "prices.csv"])
    rows = tables.read(name)
    gone = random.sample(range(len(rows)), random.choice([1, 3, len(rows) // 4]))
    tables.write(name, [row for place, row in enumerate(rows) if place not in gone])


def _left_out(name: str, kind: str = "", *, is_all: bool = False) -> Alteration:
    """Leave out one row of a table, or all, where a kind is named those of it."""

    def alter(tables: Tables, random: Random) -> None:
        rows = tables.read(name)
        of_kind = [row for row in rows if not kind or row["kind"] == kind]
        gone = of_kind if is_all else [random.choice(of_kind)]
        tables.write(name, [row for row in rows if row not in gone])

    return alter


def _subject_left_out(tables: Tables, random: Random) -> None:
    """Leave out all that documents say of a measure of a call or programme."""
    drawn = random.choice([*tables.numbers().values()])
    subject = [drawn[key] for key in ("measure", "programme", "call")]
    for name in NUMBERS:
        rows = tables.read(name)
        tables.write(
            name, [row for row in rows if [row[key] for key in ("measure", "programme", "call")] != subject]
        )


def call_left_out(tables: Tables, random: Random) -> None:
    """Leave out a call with everything that is of it, as if no document named it."""
    call = random.choice(tables.read("calls.csv"))["call"]
    for name in ("calls.csv", "events.csv", "milestones.csv", *NUMBERS):
        tables.write(name, [row for row in tables.read(name) if row["call"] != call])
    for name in ("call_sets.csv", "rules.csv"):
        rows = tables.read(name)
        for row in rows:
            for column in ("calls", "excluded_calls"):
                if column in row:
                    row[column] = " ".join(c for c in row[column].split() if c != call)
        tables.write(name, rows)


def _second_document(kind: str, factor: Decimal, tables: Tables, random: Random) -> None:
    """Let another document of a kind give a number otherwise, or the same one more exactly (factor 1)."""
    sources = [row["source_id"] for row in tables.read("sources.csv") if row["kind"] == kind]
    name, rows, printed = _drawn(tables, random, lambda row: row["programme"] != "")
    row = dict(random.choice(printed))
    number = (
        (Decimal(row["value"]) * factor).to_integral_value() if factor != 1 else Decimal(row["value"]) + 1
    )
    row.update(
        observation_id=f"{row['observation_id']}.again", source_id=random.choice(sources), value=f"{number:f}",
        step="1", precision="exact",
    )  # fmt: skip
    tables.write(name, [*rows, row])


def precision_altered(tables: Tables, random: Random) -> None:
    """Let a number be known better or worse than its document says."""
    name = random.choice(NUMBERS)
    rows = tables.read(name)
    row = random.choice([row for row in rows if row["value"]])
    row["precision"] = random.choice(["exact", "about", "more_than", "less_than", "nearly", "rounded"])
    tables.write(name, rows)


def _all_known(precision: str, tables: Tables, random: Random) -> None:
    """Let all numbers of a unit be known as well as each other."""
    name, rows, printed = _drawn(tables, random, bool)
    unit = random.choice(printed)["unit"]
    for row in printed:
        if row["unit"] == unit:
            row["precision"] = precision
    tables.write(name, rows)


def days_exchanged(tables: Tables, random: Random) -> None:
    """Exchange a day of two rows of a table."""
    name = random.choice(_DATED)
    rows = tables.read(name)
    day = random.choice([column for column in _DAYS if column in rows[0]] or ["starts_on"])
    first, other = random.sample(rows, 2)
    first[day], other[day] = other[day], first[day]
    tables.write(name, rows)


def _cell(name: str, column: str, change: Callable[[str], str]) -> Alteration:
    """Change a cell of a table that is not empty."""

    def alter(tables: Tables, random: Random) -> None:
        rows = tables.read(name)
        row = random.choice([row for row in rows if row[column]])
        row[column] = change(row[column])
        tables.write(name, rows)

    return alter


def _years_later(by: int) -> Callable[[str], str]:
    return lambda day: f"{int(day[:4]) + by}{day[4:].replace('-02-29', '-02-28')}"


def school_year_left_out(tables: Tables, random: Random) -> None:
    """Leave out the school year of a call."""
    rows = tables.read("calls.csv")
    random.choice(rows).update(valid_from="", valid_to="")
    tables.write("calls.csv", rows)


def _session_added(tables: Tables, random: Random) -> None:
    rows = tables.read("events.csv")
    row = dict(random.choice([row for row in rows if row["kind"] == _SESSION]))
    tables.write("events.csv", [*rows, row | {"event": f"{row['event']}.again"}])


def _call_added(tables: Tables, random: Random) -> None:
    rows = tables.read("calls.csv")
    row = rows[-1]
    names = {column: "École Numérique 2027 (EN2027)" for column in row if column.startswith("name_")}
    closed = random.choice(["", "2026-10-01", "2027-12-15"])
    days = {"valid_from": "2026-09-01", "valid_to": "2027-08-31", "opened_on": "2026", "closed_on": closed}
    tables.write("calls.csv", [*rows, row | names | days | {"call": "EN2027"}])


def _list_rows(change: Callable[[Rows, Random], Rows]) -> Alteration:
    """Change the rows of one list of winners, whose size then is that of what is left."""

    def alter(tables: Tables, random: Random) -> None:
        rows = tables.read(_WON)
        drawn = random.choice(sorted({row["list"] for row in rows}))
        others, own = ([row for row in rows if (row["list"] == drawn) is is_own] for is_own in (False, True))
        changed = change(own, random)
        tables.write(_WON, [*others, *changed])
        sizes = [
            row | ({"size": str(len(changed))} if row["list"] == drawn else {}) for row in tables.read(_LISTS)
        ]
        tables.write(_LISTS, sizes)

    return alter


def _thinned(kept: int) -> Callable[[Rows, Random], Rows]:
    """Leave out one row in so many, and one at least."""

    def change(rows: Rows, random: Random) -> Rows:
        gone = random.sample(range(len(rows)), max(1, len(rows) // kept))
        return [row for place, row in enumerate(rows) if place not in gone]

    return change


def _at_one_site(rows: Rows, random: Random) -> Rows:
    site = random.choice(rows)
    return [row | {key: site[key] for key in ("implantation", "etablissement")} for row in rows]


def _amounts(change: Callable[[Row], Row]) -> Callable[[Rows, Random], Rows]:
    return lambda rows, _: [row | change(row) if row["amount_eur"] else row for row in rows]


def _row_again(rows: Rows, random: Random) -> Rows:
    row = random.choice(rows)
    return [*rows, row | {"participation": f"{row['participation']}.again"}]


def _list_left_out(tables: Tables, random: Random) -> None:
    lists = tables.read(_LISTS)
    gone = random.choice(lists)["list"]
    for name in (_LISTS, _WON, "rows/deliveries.csv"):
        tables.write(name, [row for row in tables.read(name) if row["list"] != gone])


def _way_of_lists(name: Message, alter: Alteration) -> Way:
    return Way(name, alter, is_of_lists=True)


_CALLS = ("EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019", "EN2020")
WAYS = (
    Way(message("doubled"), _multiplied(2)),
    Way(message("halved"), _multiplied(Decimal("0.5"))),
    Way(message("tenfold"), _multiplied(10)),
    Way(message("a tenth"), _multiplied(Decimal("0.1"))),
    Way(message("zero"), _multiplied(0)),
    Way(message("negative"), _multiplied(-1)),
    Way(message("several multiplied"), _several_multiplied),
    Way(message("one more"), _more(1)),
    Way(message("one less"), _more(-1)),
    Way(message("a single one"), _set_to(1)),
    Way(message("two"), _set_to(2)),
    Way(message("numbers of a call exchanged"), numbers_exchanged),
    Way(message("two calls exchanged"), partial(_like, "call", False)),
    Way(message("two programmes exchanged"), partial(_like, "programme", False)),
    Way(message("a tie of calls"), partial(_like, "call", True)),
    Way(
        message("a part above its whole"),
        _of_number(lambda row, _: times(row, 25), lambda row: bool(row["component"] or row["level"])),
    ),
    Way(message("rows left out"), rows_left_out),
    Way(message("a number left out"), _subject_left_out),
    Way(message("a call left out"), call_left_out),
    Way(message("not yet known"), _unknown("not_yet_known")),
    Way(message("not collected"), _unknown("not_collected")),
    Way(message("not comparable"), _unknown("not_comparable")),
    Way(message("an official document contradicts"), partial(_second_document, "official", Decimal("1.5"))),
    Way(message("the press contradicts"), partial(_second_document, "press", Decimal("0.7"))),
    Way(message("an official document is more exact"), partial(_second_document, "official", Decimal(1))),
    Way(message("known otherwise"), precision_altered),
    Way(message("all about"), partial(_all_known, "about")),
    Way(message("all more than"), partial(_all_known, "more_than")),
    Way(message("all at least"), partial(_all_known, "at_least")),
    Way(message("all at most"), partial(_all_known, "at_most")),
    Way(message("rounded to hundreds"), _step("100", "about")),
    Way(message("to the last figure"), _step("1", "exact")),
    Way(message("days exchanged"), days_exchanged),
    Way(message("a document two years later"), _cell("sources.csv", "published_on", _years_later(2))),
    Way(message("a document two years earlier"), _cell("sources.csv", "published_on", _years_later(-2))),
    Way(message("a document without a date"), _cell("sources.csv", "published_on", lambda _: "")),
    Way(message("a milestone later"), _cell("milestones.csv", "occurred_on", _years_later(3))),
    Way(message("a milestone left out"), _left_out("milestones.csv")),
    Way(message("a programme begins earlier"), _cell("programmes.csv", "valid_from", _years_later(-4))),
    Way(message("a call closes later"), _cell("calls.csv", "closed_on", _years_later(7))),
    Way(message("without its school year"), school_year_left_out),
    Way(message("a session less"), _left_out("events.csv", _SESSION)),
    Way(message("no session"), _left_out("events.csv", _SESSION, is_all=True)),
    Way(message("a session more"), _session_added),
    Way(message("a rule left out"), _left_out("rules.csv")),
    Way(message("no rules"), _left_out("rules.csv", is_all=True)),
    Way(
        message("another rule"),
        _cell("rules.csv", "excluded_calls", lambda calls: calls.rpartition(" ")[0] or "EN1"),
    ),
    Way(message("a call more"), _call_added),
    Way(message("another call"), _other_value("call", *_CALLS)),
    Way(message("another unit"), _other_value("unit", "implantations", "etablissements", "schools")),
    Way(message("another stage"), _other_value("stage", "planned", "awarded", "installed")),
    Way(message("no deductions"), _left_out("deductions.csv", is_all=True)),
    Way(message("no corrections"), _left_out("corrections.csv", is_all=True)),
    Way(message("prices of a year left out"), _left_out("prices.csv")),
    _way_of_lists(message("a row of a list left out"), _list_rows(_thinned(1_000_000))),
    _way_of_lists(message("a quarter of a list left out"), _list_rows(_thinned(4))),
    _way_of_lists(message("a row of a list twice"), _list_rows(_row_again)),
    _way_of_lists(message("a list of one site alone"), _list_rows(_at_one_site)),
    _way_of_lists(
        message("amounts of a list tenfold"),
        _list_rows(_amounts(lambda row: {"amount_eur": f"{Decimal(row['amount_eur']) * 10:f}"})),
    ),
    _way_of_lists(message("a list without amounts"), _list_rows(_amounts(lambda _: {"amount_eur": ""}))),
    _way_of_lists(message("a list left out"), _list_left_out),
    _way_of_lists(message("a list that is not complete"), _left_out("rows/complete_lists.csv")),
    _way_of_lists(message("no list is complete"), _left_out("rows/complete_lists.csv", is_all=True)),
    _way_of_lists(message("a difference that is not explained"), _left_out("rows/reconciliations.csv")),
)
"""The ways of altering a ledger."""


def ways_of(tables: Tables) -> Sequence[Way]:
    """List the ways that alter tables of this kind: those of lists only where there are any."""
    has_lists = (tables.raw / "rows" / "lists.csv").exists()
    return [way for way in WAYS if has_lists or not way.is_of_lists]
