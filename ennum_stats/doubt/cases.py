"""Try cases: a copy of the raw tables is altered, everything is said of it, and what is doubtful is listed.

A case is repeated by its number and the seed. The project itself is only read.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from ennum_stats.doubt.alterations import WAYS, Tables
from ennum_stats.doubt.claims import Printed, unconfirmed
from ennum_stats.doubt.reading import INFINITY, Doubt, ReadNumber, doubts, figure_read, typed_counts
from ennum_stats.doubt.sentences import Line, lines_of_edition
from ennum_stats.errors import EnnumError, message
from ennum_stats.figures import Figure
from ennum_stats.files.leavings import temporary_folder
from ennum_stats.kit.edition import Edition
from ennum_stats.project import NOT_SHARED, Project
from ennum_stats.publication import ledger_of_tables
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.ledger import Ledger, today
from ennum_stats.wording import words

UNMOVED = message("words that a number under them does not confirm")
TYPED = message("a typed number that was altered in its row")
FAILED = message("nothing could be made")
_TRIES = 20
_WITHOUT_NUMBER = re.compile(r"\.(?:when|published|claimed|claim|noun|range)$")
Pages = Callable[[Ledger, str], Iterable[tuple[str, str]]]
"""What gives further words of a ledger in a language: where they stand, and the words."""


@dataclass(frozen=True)
class Doubtful:
    """Hold a line that is doubtful, and why."""

    language: str
    line: Line
    doubt: Doubt


@dataclass(frozen=True)
class Case:
    """Hold what became of a case: the way of altering, whether the checks refused it, and what is doubtful."""

    number: int
    way: str
    is_refused: bool
    doubtful: tuple[Doubtful, ...] = ()


def no_pages(_: Ledger, __: str) -> Iterable[tuple[str, str]]:
    """Give no further words."""
    return ()


def try_case(project: Project, seed: int, number: int, languages: Sequence[str], pages: Pages = no_pages) -> Case:
    """Alter a copy of the raw tables in the way of a case, and find what is doubtful in what is said of it."""
    way = [*WAYS][number % len(WAYS)]
    with _altered(project, way, f"{seed}.{number}") as (altered, gone):
        try:
            with ledger_of_tables(altered, today()) as ledger:
                found = tuple(each for code in languages for each in doubtful(ledger, code, gone, pages))
        except RawTablesRefused:
            return Case(number, way, is_refused=True)
        return Case(number, way, is_refused=False, doubtful=found)


@contextmanager
def _altered(project: Project, way: str, seed: str) -> Iterator[tuple[Project, set[tuple[Decimal, str]]]]:
    """Give a copy of the raw tables that is altered, and the numbers that rows no longer give, with their units."""
    with temporary_folder() as folder:
        raw = folder / "data" / "raw"
        for attempt in range(_TRIES):
            shutil.rmtree(raw, ignore_errors=True)
            shutil.copytree(project.raw, raw, ignore=shutil.ignore_patterns(*NOT_SHARED, ".~lock.*", "~$*"))
            tables, before = Tables(raw), _texts(raw)
            numbers = tables.numbers()
            WAYS[way](tables, Random(f"{seed}.{attempt}"))  # noqa: S311 - the same alteration each time
            if _texts(raw) != before:
                break
        left = {(row["value"], row["unit"]) for row in tables.numbers().values()}
        yield Project(folder), {
            (Decimal(row["value"]), row["unit"])
            for row in numbers.values()
            if row["value"] and (row["value"], row["unit"]) not in left
        }


def _texts(raw: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in raw.rglob("*.csv")}


def doubtful(
    ledger: Ledger, language: str, gone: Collection[tuple[Decimal, str]] = (), pages: Pages = no_pages
) -> Iterator[Doubtful]:
    """Find what is doubtful of all that is said of a ledger in a language; `gone` are numbers that no row gives."""
    edition = Edition(ledger, language)
    try:
        lines = dict.fromkeys(lines_of_edition(edition))
        lines |= dict.fromkeys(Line(place, words) for place, words in pages(ledger, language))
        printed = _printed(edition)
    except (EnnumError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        piece = f"{type(error).__name__}: {error}"
        yield Doubtful(language, Line("", piece), Doubt(FAILED, piece))
        return
    for line in lines:
        for doubt in (
            *doubts(line.words, language, is_prose=line.is_prose),
            *unconfirmed(line.words, language, printed),
            *_untrue(line, edition),
            *(Doubt(TYPED, piece) for piece in typed_counts(line.typed, language, gone)),
        ):
            yield Doubtful(language, line, doubt)


def _untrue(line: Line, edition: Edition) -> Iterator[Doubt]:
    """Find printed words of a figure that its bounds do not confirm."""
    for name, printed in line.figures:
        if ":" in name or _WITHOUT_NUMBER.search(name):
            continue
        quantity = edition.figure(name.partition(".")[0]).quantity
        read = figure_read(printed, edition.language)
        if quantity and read:
            scale = 100 if quantity.unit == "percent" else 1
            low, high = (end / scale for end in quantity.bounds.ends)
            slack = Decimal("0.5") if INFINITY not in (high, -low) and high - low < 1 else 0
            if not read.may_hold(low, high) and not read.may_hold(low + slack, high - slack):
                yield Doubt(UNMOVED, f"{name}: {printed} ({low} – {high})")


def _printed(edition: Edition) -> Printed:
    """Read what is printed of each call, from its words."""

    def read(figure: Figure | None) -> ReadNumber | None:
        quantity = figure.quantity if figure else None
        return figure_read(words(quantity, edition.language), edition.language) if quantity else None

    calls = [call.call for call in edition.ledger.calls]
    return {
        measure: {call: read(edition.figures.get(f"{call.lower()}_{measure}")) for call in calls}
        for measure in ("projects", "projects_planned", "mean_grant")
    }
