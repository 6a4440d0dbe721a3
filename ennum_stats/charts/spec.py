"""Declare what a chart is, whatever draws it: its message, its marks with their values, and their sources.

A module of charts (`winners`, `budgets`, …) declares a chart from the ledger; `figure`, `svg`, the kit's
workbook and the dashboard draw the same declaration. Table, description and source line are derived
from the marks here. There is no colour and no position.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from ennum_stats.errors import Message, message
from ennum_stats.figures.figure import noticed
from ennum_stats.languages import day, period_words, plural, translate, translate_plural
from ennum_stats.measures.calls import call_range
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.measures.programmes import deductions
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Observation, Source
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.scenario import SCENARIO
from ennum_stats.store.school_rows import lists_known
from ennum_stats.table import Value, ValueColumn, ValueTable
from ennum_stats.typography import semicolons, unbroken
from ennum_stats.wording import amount, end_words, words

Kind = Literal["columns", "bars", "shares", "grid", "rows", "waterfall", "ranges", "people", "spans", "map"]
State = Literal["reached", "planned", "rest", "unknown"]
Points = tuple[tuple[float, float], ...]
"""Longitude and latitude of each point, in degrees."""
WHOLE, PART, CALL, MILESTONE = "whole", "part", "call", "milestone"
"""Groups of marks that are drawn in their own way: the sum of the others; a function within the team above;
a call, as a tick at the beginning of its years; what happened in a programme."""
LONGEST_ALT = 150
"""Signs of the alternative text of a picture, at most: longer ones are cut where websites are kept."""
SEEN = 0.02
"""The band of what is not sure of a sum is not drawn where it is narrower than this share of it."""


@dataclass(frozen=True)
class Mark:
    """Hold one thing that is drawn: a column, a bar, a row of squares, a span of years, a single day.

    `text` stands beside the mark; `words` give the value in full, for alternative text, tables and
    hovering. Without a quantity only the text is drawn: what is missing is never zero.
    """

    label: str
    words: str
    text: str = ""
    quantity: Quantity | None = None
    colour: str = "neutral"
    """The key of a programme, or `neutral`."""
    state: State = "reached"
    detail: str = ""
    """A second line of the label."""
    remark: str = ""
    """What a reader must know of this value: that it is planned, or why it cannot be compared."""
    group: str = ""
    first: date | None = None
    last: date | None = None
    depth: float | None = None
    """For a class, its place in their order, from 0 (drawn palest) to 1 (strongest)."""
    about: tuple[str, str] = ("", "")
    """Give a dimension and its code, ("call", "EN2014"); empty where it is of no one thing."""
    observations: tuple[Observation, ...] = field(default=(), repr=False)
    """The published numbers that it rests on."""
    sources: tuple[Source, ...] = field(default=(), repr=False)
    """The documents of what is drawn without being a number."""

    @property
    def name(self) -> str:
        """Label and detail in one line."""
        if not self.detail:
            return self.label
        is_closed = ")" in self.label[-1:] + self.detail[-1:]
        return f"{self.label}, {self.detail}" if is_closed else f"{self.label} ({self.detail})"

    @property
    def full_words(self) -> str:
        """Its value in full, with what a reader must know of it."""
        return f"{self.words} ({self.remark})" if self.remark else self.words

    @property
    def ends(self) -> tuple[Decimal | None, Decimal | None]:
        """Lower and upper bound; nothing where nothing is known."""
        return (self.quantity.bounds.lower, self.quantity.bounds.upper) if self.quantity else (None, None)

    @property
    def value(self) -> float | None:
        """The value to draw, or None: never a bound, and never zero for what is missing."""
        point = self.quantity.value if self.quantity else None
        return None if point is None else float(point)

    @property
    def sure(self) -> float | None:
        """The length of a bar: its value; of what is only bounded, as much as it is at least."""
        lower = self.ends[0]
        return float(lower) if self.value is None and lower else self.value

    @property
    def reach(self) -> float:
        """How far it extends: up to its upper bound where that is finite."""
        upper = self.ends[1]
        return max(self.sure or 0.0, float(upper) if upper is not None else 0.0)

    @property
    def is_open(self) -> bool:
        """Whether it is only known to be at least something."""
        lower, upper = self.ends
        return self.value is None and bool(lower) and upper is None

    def ends_in(self, whole: float) -> tuple[float, float]:
        """Give both ends: from nothing and up to the whole, where they are not known."""
        low, high = self.ends
        return float(low or 0), whole if high is None else float(high)


@dataclass(frozen=True)
class Area:
    """Hold a commune on a map: its name, its value in words, the index of its mark (its class), and its
    borders as closed rings. Where borders are not known, it holds the sites of a class as points."""

    label: str
    words: str
    mark: int
    rings: tuple[Points, ...] = ()
    points: Points = ()
    group: str = ""
    """What it is a part of: its province."""
    about: tuple[str, str] = ("", "")
    """As of a mark: ("commune", its code)."""
    is_outlined: bool = False
    """Whether the map is of this one among the others."""


@dataclass(frozen=True)
class Chart:
    """Hold a chart in one language, as known on one day."""

    kind: Kind
    language: str
    known_at: date
    title: str
    """The message, as a sentence with its numbers."""
    subtitle: str
    """What is counted, in which unit, of whom."""
    marks: tuple[Mark, ...]
    table: ValueTable
    source_line: str
    source_short: str
    """Who published what is plotted, and the day known at: for pictures that are seen small."""
    description: str
    """The message and all values, for readers who do not see the chart."""
    unit: str
    note: str = ""
    """How to read the chart, and what is not known."""
    name: str = ""
    """That of the function that makes it, by which it is asked for."""
    whole: Decimal = Decimal(1)
    """What a share is a part of: 1; or all sites, where reached ones are drawn as their number."""
    areas: tuple[Area, ...] = field(default=(), repr=False)
    """What a map draws; its marks are the classes."""
    observations: tuple[Observation, ...] = field(default=(), repr=False)
    """The numbers plotted, as their documents give them."""

    sources: tuple[Source, ...] = field(default=(), repr=False)
    """The documents of what is plotted, in the order of their first number."""

    lists: tuple[str, ...] = field(default=(), repr=False)
    """Keys of the lists of schools of which single sites were counted."""
    registers: tuple[str, ...] = field(default=(), repr=False)
    """Keys of the registers whose sites they are."""

    @property
    def alt(self) -> str:
        """The message alone, as short as systems ask that keep websites: at most 150 signs."""
        if len(self.title) <= LONGEST_ALT:
            return self.title
        return self.title[:LONGEST_ALT].rpartition(" ")[0] + "…"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was known on the day: then the title says so, and there is no drawing."""
        if self.kind in ("spans", "map"):
            return not (self.marks if self.kind == "spans" else self.areas)
        return not any(mark.quantity for mark in self.marks)


def steps(parts: Sequence[Mark]) -> list[tuple[float, float]]:
    """Compute the bounds of the sum after each part; a part without an upper bound adds its lower one."""
    sums, low, high = [], 0.0, 0.0
    for mark in parts:
        least, most = mark.ends
        low += float(least or 0)
        high += float(most if most is not None else least or 0)
        sums.append((low, high))
    return sums


def has_band(marks: Sequence[Mark]) -> bool:
    """Tell whether so little is sure of the sum of parts that a band is seen at its end."""
    low, high = steps([mark for mark in marks if mark.group != WHOLE])[-1]
    return high - low > SEEN * high


@dataclass(frozen=True)
class ChartOptions:
    """Hold what else a chart can be asked for; a chart reads what it has a use for."""

    prices: str = NOMINAL
    """Those of an amount's time, or of a year ("real:2019")."""
    calls: Collection[str] = ()
    """Calls that are drawn; all where none is named."""
    shares: Collection[str] = ()
    """Classes of communes by the lower end of their share in percent ("50"); all where none is named."""
    provinces: Collection[str] = ()
    is_in_numbers: bool = False
    """Whether sites reached are drawn as their number, and not as their share."""
    is_in_shares: bool = False
    """Whether what is drawn will be given in shares: of a whole of which all is known, where there is one."""


SOURCES = plural("Source: {documents}. As known on {day}.", "Sources: {documents}. As known on {day}.")
LISTS = {
    "winners": plural(
        "list of the winners of {calls} (known on {day})",
        # Defines the last one known on.
        "lists of the winners of {calls} (the last one known on {day})",
    ),
    "equipped": plural(
        "list of the sites equipped (known on {day})",
        # Defines the last one known on.
        "lists of the sites equipped (the last one known on {day})",
    ),
    "connections": plural(
        "list of the sites connected (known on {day})",
        # Defines the last one known on.
        "lists of the sites connected (the last one known on {day})",
    ),
}
REGISTER = message("register of schools on {day} ({community})")
COUNTED_LISTS, COUNTED_REGISTERS = message("lists of schools"), message("registers of schools")
PLANNED = message("planned, not yet awarded")
NOT_KNOWN = message("not known")
NUMBER_NOT_KNOWN = message("Result not known: {calls}.")
VALUE_PLANNED = message("{value} planned")
KNOWN_ON = message("As known on {day}.")
LABEL_VALUE = message("{label}: {value}")
AT_LEAST, AT_MOST = message("Lower bound"), message("Upper bound")
IN_WORDS, REMARK = message("In words"), message("Remark")


@dataclass(frozen=True)
class ChartDraft:
    """Hold what a module of charts declares of a chart; it derives the rest, and the catalogue names it."""

    kind: Kind
    title: str
    subtitle: str
    marks: Sequence[Mark]
    evidence: Sequence[Answer]
    unit: str
    label_heading: str
    value_heading: str
    notes: Sequence[str] = ()
    table: ValueTable | None = None
    documents: Sequence[str] = ()
    """Documents of what is drawn and is no number."""
    lists: Sequence[str] = ()
    """Lists of schools of which single sites were counted."""
    registers: Sequence[str] = ()
    """Registers whose sites they are."""
    areas: Sequence[Area] = ()
    whole: Decimal = Decimal(1)

    def completed(self, ledger: Ledger, language: str) -> Chart:
        """Complete a declaration: add table, description, note, documents and source line."""
        observations = tuple({o: None for answer in self.evidence for o in answer.observations})
        documents = [o.source for o in observations]
        documents += [ledger.source(s) for s in self.documents]
        documents = [s for s in documents if s.known_on <= ledger.known_at and s.source_id != SCENARIO]
        sources = tuple({source.source_id: source for source in documents}.values())
        counted = (name for answer in self.evidence for name in answer.lists)
        return Chart(
            kind=self.kind,
            language=language,
            known_at=ledger.known_at,
            title=self.title,
            # A picture goes its own way, and nobody reads the end of its sources.
            subtitle=noticed(ledger, language, self.subtitle) if ledger.embargo else self.subtitle,
            marks=tuple(self.marks),
            table=self.table or self.tabulated(language),
            source_line=source_line(
                sources, ledger, language, counted_from(ledger, self.lists, self.registers, language)
            ),
            source_short=source_short(sources, ledger, language, self.lists, self.registers),
            description=self.described(language),
            unit=self.unit,
            note=" ".join(self.notes),
            whole=self.whole,
            areas=tuple(self.areas),
            observations=observations,
            sources=sources,
            lists=tuple(dict.fromkeys((*self.lists, *counted))),
            registers=tuple(self.registers),
        )

    def described(self, language: str) -> str:
        """Write the message and all values, for readers who do not see the chart."""
        values = [
            translate(LABEL_VALUE, language, label=mark.name, value=mark.full_words) for mark in self.marks
        ]
        title = self.title if self.title.endswith((".", "?")) else self.title + "."
        parts = (title, self.subtitle, semicolons(values, language) + ".", " ".join(self.notes))
        return " ".join(filter(None, parts))

    def tabulated(self, language: str) -> ValueTable:
        """Tabulate every mark: label, value, bounds where they differ from the value, words and remark."""
        has_bounds = any(mark.quantity and not mark.quantity.is_exact for mark in self.marks)
        has_remark = any(mark.remark for mark in self.marks)
        columns = [ValueColumn(self.label_heading), ValueColumn(self.value_heading, self.unit)]
        columns += bound_columns(self.unit, language) if has_bounds else ()
        in_words = (IN_WORDS, REMARK) if has_remark else (IN_WORDS,)
        columns += [ValueColumn(translate(heading, language)) for heading in in_words]
        rows: list[tuple[Value, ...]] = []
        for mark in self.marks:
            cells: list[Value] = [mark.name, mark.quantity.point if mark.quantity else None]
            cells += mark.ends if has_bounds else ()
            rows.append((*cells, mark.words, *((mark.remark,) if has_remark else ())))
        return ValueTable(tuple(columns), tuple(rows))


def mark_of(label: str, answer: Answer, language: str) -> Mark:
    """Mark an answer with its number, in short and in full; where there is none, with the reason."""
    quantity = answer.quantity
    return Mark(
        label=label,
        quantity=quantity,
        text=value_text(quantity, language) if quantity else "",
        words=answer.words(language),
        observations=answer.observations,
    )


def value_text(quantity: Quantity, language: str) -> str:
    """Write a value as it stands beside its mark: short, without noun."""
    return words(quantity, language, style="short", noun=False)


def end_texts(mark: Mark, chart: Chart) -> tuple[str, str]:
    """Write both ends as the words of the mark do; one that is not known as nothing, or as the whole."""
    assert mark.quantity is not None
    low, high = end_words(mark.quantity, chart.language)
    least, most = mark.ends
    if not least:
        low = amount(0, chart.unit, chart.language, noun=False)
    if most is None:
        high = amount(chart.whole, chart.unit, chart.language, noun=False)
    return low, high


def deduced(ledger: Ledger, subjects: Collection[str], language: str) -> list[str]:
    """Say which days of these programmes or calls no document prints, and what they follow from."""
    return [deduction.names[language] for deduction in deductions(ledger, subjects)]


def source_line(sources: Sequence[Source], ledger: Ledger, language: str, counted: Sequence[str] = ()) -> str:
    """Write the source line: what was counted, the documents of what is plotted, the day known at, and
    whether the chart is for internal use only, or invented."""
    documents = [*counted, *(_document(source, language) for source in sources)]
    return _line_of(documents, ledger, language)


def source_short(
    sources: Sequence[Source],
    ledger: Ledger,
    language: str,
    lists: Sequence[str] = (),
    registers: Sequence[str] = (),
) -> str:
    """Write the source line with publishers in the place of documents."""
    publishers = dict.fromkeys(source.publisher for source in sources)
    counted = [
        translate(text, language)
        for text, keys in ((COUNTED_LISTS, lists), (COUNTED_REGISTERS, registers))
        if keys
    ]
    return _line_of([*counted, *publishers], ledger, language)


def _line_of(names: Sequence[str], ledger: Ledger, language: str) -> str:
    """Write the source line of what is named, with the day known at and the notices of the store."""
    known = unbroken(day(ledger.known_at, language))
    line = translate(KNOWN_ON, language, day=known)
    if names:
        documents = semicolons(names, language)
        line = translate_plural(*SOURCES, len(names), language, documents=documents, day=known)
    return noticed(ledger, language, line)


def counted_from(ledger: Ledger, lists: Sequence[str], registers: Sequence[str], language: str) -> list[str]:
    """List the lists and registers from which sites were counted, as a caption names them."""
    used = [used_list for used_list in lists_known(ledger) if used_list.list in lists]
    named_lists = []
    for kind in dict.fromkeys(used_list.kind for used_list in used):
        of_kind = [used_list for used_list in used if used_list.kind == kind]
        calls = {used_list.call for used_list in of_kind if used_list.call}
        last = unbroken(day(max(used_list.known_on for used_list in of_kind), language))
        named_list = translate_plural(
            *LISTS[kind], len(of_kind), language, calls=call_range(ledger, calls, language), day=last
        )
        named_lists.append(named_list)
    named_registers = [
        translate(
            REGISTER, language,
            community=ledger.name("codelists.territory", row["community"], language),
            day=unbroken(day(row["as_of"], language)),
        )
        for row in ledger.records("registers")
        if row["register"] in registers
    ]  # fmt: skip
    return named_lists + named_registers


def _document(source: Source, language: str) -> str:
    """Write a document as a caption names it; its title stays in its own language."""
    is_named = source.publisher.replace(" ", "") in source.title.replace(" ", "")
    parts = [] if is_named else [source.publisher]
    if source.published_on:
        parts.append(unbroken(period_words(source.day, language)))
    return f"{source.title} ({', '.join(parts)})" if parts else source.title


def bound_columns(
    unit: str, language: str, heading: Message | None = None
) -> tuple[ValueColumn, ValueColumn]:
    """Give the columns of both bounds of a number; a `heading` says of `end` what it supposes."""
    lower, upper = (translate(end, language) for end in (AT_LEAST, AT_MOST))
    if heading:
        lower, upper = (translate(heading, language, end=end) for end in (lower, upper))
    return ValueColumn(lower, unit, bound="lower"), ValueColumn(upper, unit, bound="upper")


def value_table(
    headings: Iterable[tuple[Message, str | None]], rows: Iterable[Sequence[Value]], language: str
) -> ValueTable:
    """Tabulate rows under headings, each with the unit of its numbers; a text has none."""
    columns = tuple(ValueColumn(translate(heading, language), unit) for heading, unit in headings)
    return ValueTable(columns, tuple(map(tuple, rows)))
