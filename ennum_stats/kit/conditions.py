"""Tell what parts of a text rest on, and whether it holds on the day.

A part names its conditions as attributes, each with the names that it is about: `known="a b"` holds where all
of these figures, calls and milestones were known, and `unknown=` where none was; `states="exceeds:a:b"` where
the numbers prove it (`ennum_stats.figures.statements`), and `unless=` where they do not;
`quotes="document#place"` where that document was known; `contacts=true` where there are contacts, `rows=name`
where a table is not empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ennum_stats.figures.statements import holds
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.programme_tables import TABLES
from ennum_stats.store.ledger import Ledger

_CONDITIONS: dict[str, Callable[[Edition, str], bool]] = {
    "known": Edition.can_say,
    "unknown": lambda edition, name: not edition.can_say(name),
    "states": lambda edition, statement: holds(edition.ledger, statement),
    "unless": lambda edition, statement: not holds(edition.ledger, statement),
    "quotes": lambda edition, place: document_of(place) in documents_known(edition.ledger),
    "contacts": lambda edition, _: bool(edition.publisher.contacts),
    "rows": lambda edition, name: bool(TABLES[name](edition).rows),
}
"""The tests in the order in which they are made: only of what is known something can be stated."""
TENSES = ("ahead:", "took-place:", "outside:", "past:")
"""How statements begin that choose the tense of a sentence, or whether a later call is told of, and prove no more."""
CLAIMS = frozenset(_CONDITIONS) - {"known", "quotes", "rows", "contacts"}
"""The conditions that say more than that something is known."""


def document_of(place: str) -> str:
    """Give the document of a place that is quoted, "press-kit-2020#section-1"."""
    return place.partition("#")[0]


def documents_known(ledger: Ledger) -> frozenset[str]:
    """List the documents known on the ledger's day."""
    return frozenset(source["source_id"] for source in ledger.records("sources"))


def hold(edition: Edition, conditions: Mapping[str, str]) -> bool:
    """Tell whether all conditions hold; the first that does not ends the tests."""
    return all(
        test(edition, name) for key, test in _CONDITIONS.items() for name in conditions.get(key, "").split()
    )


def conditions_failed(edition: Edition, conditions: Mapping[str, str]) -> dict[str, list[str]]:
    """List what does not hold of the conditions of a sentence, by the name of the condition."""
    failed = {
        test: [code for code in of.split() if not _CONDITIONS[test](edition, code)]
        for test, of in conditions.items()
        if test in _CONDITIONS
    }
    return {test: of for test, of in failed.items() if of}
