"""What can be said of a place while no lists of schools are known: what documents print of it, and what is
known of all of Wallonia."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dashboards.components.evidence import published_numbers
from dashboards.components.texts import page_link, section
from dashboards.reading import Reading
from ennum_stats.charts.spec import call_range
from ennum_stats.comparison.words import part_words
from ennum_stats.document.blocks import Section
from ennum_stats.errors import message
from ennum_stats.languages import listed
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.coverage.coverage_table import row_of_known_calls
from ennum_stats.measures.schools.places import KINDS, place_name
from ennum_stats.measures.schools.school_lists import lists_counted
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Known, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE
from ennum_stats.typography import fold
from ennum_stats.wording import words

STILL_KNOWN = message("What can be said all the same")
NEEDS_LISTS = message(
    "How many schools there had nothing is not known: no document counts them by place, and no list of "
    "winners was known on {day}."
)
NEEDS_REGISTER = message(
    "How many schools there had nothing is not known: no document counts them by place, and no register of "
    "them was known on {day}."
)
OF_ALL = message(
    "In all of Wallonia, {share} of the school sites had at least one project of École Numérique ({calls}); "
    "{rest} had none. Of a single place these totals tell nothing."
)
NOTHING_PRINTED = message("No document known on {day} prints a number of {places} alone.")
PRINTED = message("What documents print of {places}")
TO_COVERAGE = message("Coverage of all of Wallonia")


def known_without_lists(reading: Reading, kind: str, codes: Sequence[str]) -> Iterator[Section]:
    """Tell why the schools of places are not counted, what is known of all of Wallonia, and every number that
    documents print of the places alone."""
    ledger, language = reading.ledger, reading.language
    name = place_name if kind in KINDS else part_words
    names = listed([name(ledger, kind, code, language) for code in codes], language)
    result = [item for item in ledger.all_observations() if _is_of(ledger, item, kind, codes)]
    lacking = NEEDS_REGISTER if lists_counted(ledger, ECOLE_NUMERIQUE) else NEEDS_LISTS
    texts: list[Any] = [reading.t(lacking, day=ledger.known_at), *_of_all(reading)]
    if not result:
        texts.append(reading.t(NOTHING_PRINTED, day=ledger.known_at, places=names))
    texts.append(page_link(reading.view.address("coverage"), reading.t(TO_COVERAGE)))
    yield section(reading.t(STILL_KNOWN), texts, style="text without-lists")
    yield from published_numbers(reading, "printed", message(PRINTED.text, places=names), result)


def _of_all(reading: Reading) -> Iterator[str]:
    """Give the share of all school sites, and the rest of the whole; nothing where it is not known."""
    ledger, language = reading.ledger, reading.language
    row = row_of_known_calls(ledger)
    if row is not None and isinstance(row.share, Known):
        share = row.share.quantity
        rest = Quantity.exact(1, "share") - share
        calls = call_range(ledger, row.calls_covered, language)
        texts = {"share": words(share, language, style="text"), "rest": words(rest, language, style="text")}
        yield reading.t(OF_ALL, calls=calls, **texts)


def _is_of(ledger: Ledger, item: Observation, kind: str, codes: Sequence[str]) -> bool:
    """Tell whether a published number is of one of the places and of nothing beyond it; a commune is called
    like the territory that a document names."""
    if kind != COMMUNE:
        return getattr(item, kind) in codes
    if not item.territory:
        return False
    territory = fold(ledger.name("codelists.territory", item.territory, "fr"))
    return territory in {fold(place_name(ledger, kind, code, "fr")) for code in codes}
