"""Every published number that a reader asks for, in the order asked for: what the grid and its files show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dashboards.filters import PROGRAMME
from dashboards.reading import Reading
from dashboards.view import Filter, Option
from ennum_stats.errors import message
from ennum_stats.figures.contradictions import disagreeing, subject
from ennum_stats.figures.observations import ObservationFilter, observations, status_words
from ennum_stats.languages import translate
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import MEASURES

ROWS = 25
"""Numbers on one page."""
NEWEST = "-known"
SORTS = (NEWEST, "known", "what", "-what", "value", "-value")
"""The orders, the first one meant; a hyphen turns one round."""
EVERY = message("all of them")
DISPUTED, UNDISPUTED = message("with a contradiction"), message("without a contradiction")
STATUS = message("Status")
COLUMNS = {
    "status": STATUS,
    "others": message("Others say"),
    "figures": message("Figures that use it"),
    "remark": message("Remark"),
    "name": message("Name"),
}
USUAL = ("status", "others", "figures")
"""The columns beside number and document where none is chosen."""


def _measures(ledger: Ledger, language: str) -> list[Option]:
    codes = {item.measure for item in ledger.all_observations()}
    named = [Option(code, translate(MEASURES[code].label, language)) for code in codes]
    return [Option("", translate(EVERY, language)), *sorted(named, key=lambda item: item.label)]


def _statuses(ledger: Ledger, language: str) -> list[Option]:
    codes = {item.status: item for item in ledger.all_observations()}
    named = [Option(code, status_words(codes[code], language)) for code in sorted(codes)]
    return [Option("", translate(EVERY, language)), *named]


def _disputes(_ledger: Ledger, language: str) -> list[Option]:
    named = (("", EVERY), ("yes", DISPUTED), ("no", UNDISPUTED))
    return [Option(code, translate(text, language)) for code, text in named]


def _columns(_ledger: Ledger, language: str) -> list[Option]:
    return [Option(code, translate(text, language)) for code, text in COLUMNS.items()]


def _sorts(_ledger: Ledger, _language: str) -> list[Option]:
    return [Option(code, code) for code in SORTS]


def _pages(ledger: Ledger, _language: str) -> list[Option]:
    last = max(1, -(-len(ledger.all_observations()) // ROWS))
    return [Option(str(number), str(number)) for number in range(1, last + 1)]


FILTERS = (
    Filter("q", message("With these words"), lambda _ledger, _language: [], is_text=True),
    PROGRAMME,
    Filter("measure", message("What is counted"), _measures),
    Filter("status", STATUS, _statuses),
    Filter("dispute", message("Contradictions"), _disputes),
    Filter("columns", message("Columns"), _columns, is_many=True),
    Filter("sort", message("Order"), _sorts, is_carried=True),
    Filter("leaf", message("Page"), _pages, is_place=True),
)


def numbers_of(reading: Reading) -> list[Observation]:
    """Give every number asked for, in its order."""
    ledger, programmes = reading.ledger, reading.chosen("programme")
    given = ObservationFilter(measure=reading.choice("measure"), texts=tuple(reading.choice("q").split()))
    matches = observations(ledger, given, reading.language)
    if programmes:
        matches = [item for item in matches if item.programme in programmes]
    if status := reading.choice("status"):
        matches = [item for item in matches if item.status == status]
    if dispute := reading.choice("dispute"):
        contradicted = disagreeing(ledger)
        matches = [o for o in matches if (o.observation_id in contradicted) is (dispute == "yes")]
    order = reading.choice("sort") or NEWEST
    matches.sort(key=_key(reading, order.removeprefix("-")), reverse=order.startswith("-"))
    return matches


def shown_of(reading: Reading, matches: Sequence[Observation]) -> tuple[int, Sequence[Observation]]:
    """Give the page asked for, or the last that there is, and its numbers."""
    last = max(1, -(-len(matches) // ROWS))
    page = min(int(reading.choice("leaf") or 1), last)
    return page, matches[(page - 1) * ROWS : page * ROWS]


def _key(reading: Reading, order: str) -> Callable[[Observation], Any]:
    """Tell what numbers are sorted by: their day, their subject, or how large they are of one unit."""
    if order == "known":
        return lambda item: (item.known_on, item.observation_id)
    if order == "what":
        return lambda item: (
            subject(reading.ledger, item, reading.language).casefold(),
            item.known_on,
            item.observation_id,
        )
    return _size


def _size(item: Observation) -> tuple[str, Any, str]:
    if item.quantity is None:
        return "", 0, item.observation_id
    low, high = item.quantity.bounds.ends
    number = item.quantity.value
    if number is None:
        number = low if low.is_finite() else high
    return item.quantity.unit, number, item.observation_id
