"""Keep which numbers a text carried when it left the house, and tell which of them no longer hold.

The table holds what was read of each number, and none of its words: `data/published_texts.csv`, which is shared with
the project and no part of any store.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from pathlib import Path

from ennum_stats.audit import VerdictKind
from ennum_stats.audit.verdict import RIGHT
from ennum_stats.document.blocks import Blocks
from ennum_stats.errors import UnknownName, UsageError, message
from ennum_stats.figures.figure import Figure, figure, figures
from ennum_stats.figures.statements import figure_named
from ennum_stats.files.atomic import write_atomic
from ennum_stats.files.boundary import translated_errors
from ennum_stats.kit.correction_notice import ChangedNumber, changed_since, notice_blocks
from ennum_stats.kit.edition import Edition
from ennum_stats.languages import day as day_words
from ennum_stats.languages import number, translate
from ennum_stats.office.slide_file import SlideFile
from ennum_stats.office.texts.report import TextAudit
from ennum_stats.office.word_file import is_words
from ennum_stats.project import Project
from ennum_stats.quantities import Bounds
from ennum_stats.reading.judging import in_percent
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import NBSP
from ennum_stats.wording import currency_of

CARRIES = message(
    "{text} ({where}) carries numbers that do not hold: {n}, of which wrong on that day: {wrong}."
)
_COLUMNS = ("text", "published_on", "published_in", "name", "unit", "lower", "upper", "verdict")


@dataclass(frozen=True)
class PublishedNumber:
    """Hold a number of a text that left the house: what it is of, what the text states, and what an audit said then."""

    text: str
    published_on: date
    published_in: str
    name: str
    unit: str
    stated: Bounds
    verdict: VerdictKind

    def said(self, language: str) -> str:
        """Write what the text states, in digits."""
        unit = {"percent": "%"}.get(self.unit, currency_of(self.unit))
        ends = (self.stated.lower, self.stated.upper)
        shown = ["…" if end is None else number(end, language) for end in dict.fromkeys(ends)]
        return "–".join(shown) + (f"{NBSP}{unit}" if unit else "")

    def row(self) -> dict[str, str]:
        """Give it as a row of the table."""
        ends = ("" if end is None else f"{end:f}" for end in (self.stated.lower, self.stated.upper))
        day = self.published_on.isoformat()
        values = (self.text, day, self.published_in, self.name, self.unit, *ends, self.verdict.value)
        return dict(zip(_COLUMNS, values, strict=True))


def table_of(project: Project) -> Path:
    """Return the path of the table."""
    return project.raw.parent / "published_texts.csv"


def published_numbers(project: Project) -> list[PublishedNumber]:
    """Read the table; nothing where there is none. Raises `UsageError` for a row that nobody can read."""
    path = table_of(project)
    if not path.exists():
        return []
    with translated_errors(path):
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    return [_read(path, line, row) for line, row in enumerate(rows, 2)]


def _read(path: Path, line: int, row: dict[str, str]) -> PublishedNumber:
    try:
        lower, upper = (Decimal(row[end]) if row[end] else None for end in ("lower", "upper"))
        day, verdict = date.fromisoformat(row["published_on"]), VerdictKind(row["verdict"])
        given = (row["text"], day, row["published_in"], row["name"], row["unit"])
        return PublishedNumber(*given, Bounds(lower, upper), verdict)
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            message("This row is not one that “ennum published add” writes."), where=f"{path}:{line}",
            remedy=message("Take it out, and add the text again."),
        ) from error  # fmt: skip


def keep(project: Project, audit: TextAudit, published_in: str) -> list[PublishedNumber]:
    """Keep the numbers of a text that was published on the day of its audit, in the place of what was kept of it."""
    text = Path(audit.text.name).name
    figure_of = figures_by_number(audit.ledger.known_on(min(audit.day, audit.ledger.known_at)))
    numbers = [
        PublishedNumber(text, audit.day, published_in, figure_of.get(verdict.name, verdict.name), verdict.unit,
                        verdict.stated, verdict.kind)
        for verdict in audit.statistics if verdict.is_judged and verdict.name and verdict.stated
    ]  # fmt: skip
    for known in _carried(audit):
        if known.quantity:
            stated = in_percent(known.quantity)
            given = (text, audit.day, published_in, known.name, known.quantity.unit)
            numbers.append(PublishedNumber(*given, stated, VerdictKind.EXACT))
    others = [
        kept for kept in published_numbers(project) if (kept.text, kept.published_on) != (text, audit.day)
    ]
    file = io.StringIO()
    writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    ordered = sorted([*others, *numbers], key=lambda kept: (kept.published_on, kept.text))
    writer.writerows(kept.row() for kept in ordered)
    write_atomic(table_of(project), file.getvalue().encode())
    return numbers


def figures_by_number(ledger: Ledger) -> dict[str, str]:
    """Name the figure that a number of a document is: it is followed, whatever document says it next."""
    return {
        each.observations[0].observation_id: each.name
        for each in figures(ledger)
        if len(each.observations) == 1 and each.quantity == each.observations[0].quantity
    }


def _carried(audit: TextAudit) -> Iterator[Figure]:
    """Give the figures that the machine wrote into a file, as it wrote them."""
    file = audit.text.file
    held = () if file is None else file.shapes() if isinstance(file, SlideFile) else file.controls()
    written = {
        (each.written.name.partition(".")[0], each.written.known_at)
        for each in held if ":" not in each.written.name and is_words(each.written.form)
    }  # fmt: skip
    for name, day in sorted(written):
        with suppress(UnknownName):
            yield figure_named(audit.ledger.known_on(min(day, audit.ledger.known_at)), name)


@dataclass(frozen=True)
class StaleText:
    """Hold a published text that carries numbers which what is known now contradicts, each with its correction."""

    text: str
    published_on: date
    published_in: str
    numbers: tuple[tuple[PublishedNumber, ChangedNumber], ...]

    @property
    def known_on(self) -> date:
        """The day on which a document last said of its numbers what is right."""
        days = (row.source.known_on for _, correction in self.numbers for row in correction.documents)
        return max((self.published_on, *days))

    def sentence(self, language: str) -> str:
        """Say which text it is, and how many of its numbers do not hold."""
        wrong = sum(carried.verdict not in RIGHT for carried, _ in self.numbers)
        where = ", ".join(filter(None, (day_words(self.published_on, language), self.published_in)))
        return translate(CARRIES, language, text=self.text, where=where, n=len(self.numbers), wrong=wrong)

    def notice(self, edition: Edition) -> Blocks:
        """Write the notice to send."""
        before = edition.ledger.known_on(min(self.published_on, edition.ledger.known_at))
        return notice_blocks(edition, before, [correction for _, correction in self.numbers])


def stale_texts(ledger: Ledger, kept: Iterable[PublishedNumber], language: str) -> list[StaleText]:
    """Give the published texts that carry numbers which no longer hold, the last published first."""
    found: dict[tuple[date, str, str], list[tuple[PublishedNumber, ChangedNumber]]] = {}
    for carried, correction in stale(
        ledger, dict.fromkeys(kept), language
    ):  # told once, however often it stands there
        place = (carried.published_on, carried.text, carried.published_in)
        found.setdefault(place, []).append((carried, correction))
    return [
        StaleText(text, published_on, where, tuple(numbers))
        for (published_on, text, where), numbers in sorted(found.items(), key=itemgetter(0), reverse=True)
    ]


def stale(
    ledger: Ledger, kept: Iterable[PublishedNumber], language: str
) -> Iterator[tuple[PublishedNumber, ChangedNumber]]:
    """Give the numbers of published texts that what is known now contradicts, each with its correction."""
    for carried in kept:
        try:
            now = figure(ledger, carried.name)
        except UnknownName:  # a number of a document, which stays what it is
            continue
        if now.quantity is None or carried.stated.overlaps(in_percent(now.quantity)):
            continue
        before = ledger.known_on(min(carried.published_on, ledger.known_at))
        yield carried, changed_since(before, now, carried.said(language), language)
