"""Try cases: a copy of the raw tables is altered, everything is said of it, and what is doubtful is listed.

A case is repeated by its number and the seed. The project itself is only read: its tables are copied, with lists of
schools and without what is under embargo, to a place that its user alone may read.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from pathlib import Path
from random import Random
from typing import Any

from ennum_stats.doubt import reading
from ennum_stats.doubt.alterations import WAYS, Tables, Way, ways_of
from ennum_stats.doubt.claims import Printed, unconfirmed
from ennum_stats.doubt.sentences import ASPECTS, ReadLine, lines_of_edition
from ennum_stats.errors import message
from ennum_stats.figures import Figure
from ennum_stats.kit.edition import Edition
from ennum_stats.languages import translate
from ennum_stats.measures.calls import call_calendar
from ennum_stats.project import NOT_SHARED, Project
from ennum_stats.publication import ledger_of_tables
from ennum_stats.publication.proof import is_proved
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.ledger import Ledger, today
from ennum_stats.wording import is_count, words

UNMOVED = message("words that a number under them does not confirm")
TYPED = message("a typed number that was altered in its row")
FAILED = message("nothing could be made")
_OF_WHOLES = (reading.NEGATIVE, reading.ABOVE_WHOLE)
"""What pages may say of differences, and of what exceeds its target; documents of a growth on which they disagree."""
_OF_DIFFERENCES = ("page ", "press-kit, conflicts")
_TRIES = 20
_YEARS = re.compile(r"\b(?:19|20)\d\d[–-](?:19|20)\d\d\b")
_WITHOUT_NUMBER = re.compile(r"\.(?:when|published|claimed|claim|noun)$")
Lines = Mapping[ReadLine, None]
"""Lines in their order, each once."""
Pages = Callable[[Ledger, str], Iterable[tuple[str, str]]]
"""What gives further words of a ledger in a language: where they stand, and the words."""


@dataclass(frozen=True)
class Doubtful:
    """Hold a line that is doubtful, and why."""

    language: str
    line: ReadLine
    doubt: reading.Doubt


@dataclass(frozen=True)
class Case:
    """Hold what became of a case: the way of altering, whether the checks refused it, and what is doubtful."""

    number: int
    way: Way
    is_refused: bool
    doubtful: tuple[Doubtful, ...] = ()


def way_records(cases: Sequence[Case], language: str) -> list[dict[str, Any]]:
    """Count what became of the cases of each way, in the order of the ways."""
    records = []
    for way in WAYS:
        of_way = [case for case in cases if case.way is way]
        refused, bad = sum(case.is_refused for case in of_way), sum(bool(case.doubtful) for case in of_way)
        if tried := len(of_way):
            counts = {"tried": tried, "refused": refused, "fine": tried - refused - bad, "doubtful": bad}
            records.append({"way": translate(way.name, language), **counts})
    return records


def doubt_records(cases: Sequence[Case], seed: int, language: str) -> list[dict[str, Any]]:
    """Write what is doubtful as records, each with what repeats its case."""
    return [
        {
            "seed": seed, "case": case.number, "way": translate(case.way.name, language), "language": each.language,
            "place": each.line.place, "kind": translate(each.doubt.kind, language), "piece": each.doubt.piece,
            "words": each.line.words,
        }
        for case in cases
        for each in case.doubtful
    ]  # fmt: skip


def unaltered_lines(project: Project, languages: Sequence[str]) -> dict[str, Lines]:
    """Read all that is said of the raw tables as they are, by language. Raises `RawTablesRefused`."""
    with ledger_of_tables(project, today()) as ledger:
        return {code: dict.fromkeys(lines_of_edition(Edition(ledger, code))) for code in languages}


def try_case(
    project: Project, seed: int, number: int, before: Mapping[str, Lines], pages: Pages = lambda *_: ()
) -> Case:
    """Alter a copy of the raw tables in the way of a case, and find what is doubtful in what is said of it in the
    languages of what was said `before`."""
    ways = ways_of(Tables(project.raw))
    way = ways[number % len(ways)]
    with _altered(project, way, f"{seed}.{number}") as (altered, gone):
        try:
            with ledger_of_tables(altered, today()) as ledger:
                results = tuple(
                    each for code in before for each in doubtful(ledger, code, gone, before[code], pages)
                )
                is_refused = bool(results) and not is_proved(ledger)  # nothing of it would be published
        except RawTablesRefused:
            is_refused, results = True, ()
        return Case(number, way, is_refused, () if is_refused else results)


@contextmanager
def _altered(project: Project, way: Way, seed: str) -> Iterator[tuple[Project, set[tuple[Decimal, str]]]]:
    """Give a copy of the raw tables that is altered, and the numbers that rows no longer give, with their units."""
    ignored = shutil.ignore_patterns(*{*NOT_SHARED} - {"rows"}, ".~lock.*", "~$*")
    with project.workplace() as folder:
        raw = folder / "data" / "raw"
        for attempt in range(_TRIES):
            shutil.rmtree(raw, ignore_errors=True)
            shutil.copytree(project.raw, raw, ignore=ignored)
            tables, before = Tables(raw), _texts(raw)
            counted = tables.numbers()
            way.alter(tables, Random(f"{seed}.{attempt}"))  # noqa: S311 - the same alteration each time
            if _texts(raw) != before:
                break
        left = {(row["value"], row["unit"]) for row in tables.numbers().values()}
        yield (
            Project(folder),
            {
                (Decimal(row["value"]), row["unit"])
                for row in counted.values()
                if row["value"] and (row["value"], row["unit"]) not in left
            },
        )


def _texts(raw: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in raw.rglob("*.csv")}


def doubtful(
    ledger: Ledger,
    language: str,
    gone: Collection[tuple[Decimal, str]],
    before: Lines,
    pages: Pages = lambda *_: (),
) -> Iterator[Doubtful]:
    """Find what is doubtful of all that is said of a ledger in a language; `gone` are numbers that no row gives any
    more, `before` is what was said of the ledger that had them."""
    edition = Edition(ledger, language)
    try:
        lines = dict.fromkeys(lines_of_edition(edition))
        lines |= dict.fromkeys(ReadLine(f"page {path}", words) for path, words in pages(ledger, language))
        printed = _printed(edition)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is listed
        piece = f"{type(error).__name__}: {error}"
        yield Doubtful(language, ReadLine("", piece), reading.Doubt(FAILED, piece))
        return
    drawn, drawn_before = _numbers_drawn(lines, language), _numbers_drawn(before, language)
    for line in lines:
        chart = line.place.partition(",")[0]
        lost = (
            drawn_before.get(chart, set()) - drawn.get(chart, set())
            if line in before and not line.place.endswith(ASPECTS[-1])
            else set()
        )
        for doubt in (
            *(
                reading.Doubt(UNMOVED, line.words)
                for read in reading.numbers(line.words, language)
                if (read.low, read.high) in lost and not _is_in_span(read, line.words)
            ),
            *reading.doubts(line.words, language, is_prose=line.is_prose),
            *unconfirmed(line.words, language, printed),
            *_untrue(line, edition),
            *(
                reading.Doubt(TYPED, piece)
                for piece in reading.typed_counts(line.typed, language, gone)
                if line.is_prose
            ),
        ):
            if doubt.kind not in _OF_WHOLES or not line.place.startswith(_OF_DIFFERENCES):
                yield Doubtful(language, line, doubt)


def _is_in_span(read: reading.PrintedNumber, words: str) -> bool:
    """Tell whether a number is a year of a span: that names a plan or a school year, and no mark."""
    return any(span.start() <= read.begin < span.end() for span in _YEARS.finditer(words))


def _numbers_drawn(lines: Lines, language: str) -> dict[str, set[tuple[Decimal, Decimal]]]:
    """Collect the numbers that the marks of each chart print."""
    drawn: dict[str, set[tuple[Decimal, Decimal]]] = {}
    for line in lines:
        chart, _, mark = line.place.partition(", ")
        if chart.startswith("chart ") and mark not in ASPECTS:
            drawn.setdefault(chart, set()).update(
                (read.low, read.high) for read in reading.numbers(line.words, language)
            )
    return drawn


def _untrue(line: ReadLine, edition: Edition) -> Iterator[reading.Doubt]:
    """Find printed words of a figure that its bounds do not confirm."""
    for name, printed in line.figures:
        if ":" in name or _WITHOUT_NUMBER.search(name):
            continue
        quantity = edition.figure(name.partition(".")[0]).quantity
        read = reading.figure_read(printed, edition.language)
        if quantity and read:
            scale = 100 if quantity.unit == "percent" else 1
            low, high = (end / scale for end in quantity.bounds.ends)
            if is_count(quantity.unit):
                low, high = low.to_integral_value(ROUND_CEILING), high.to_integral_value(ROUND_FLOOR)
            if not read.may_hold(low, high):
                yield reading.Doubt(UNMOVED, f"{name}: {printed} ({low} – {high})")


def _printed(edition: Edition) -> Printed:
    """Read what is printed of each call, from its words."""

    def read(figure: Figure | None) -> reading.PrintedNumber | None:
        quantity = figure.quantity if figure else None
        return reading.figure_read(words(quantity, edition.language), edition.language) if quantity else None

    return {
        measure: {
            call: read(edition.figures.get(f"{call.lower()}_{measure}"))
            for call in call_calendar(edition.ledger).every
        }
        for measure in ("projects", "projects_planned", "mean_grant")
    }
