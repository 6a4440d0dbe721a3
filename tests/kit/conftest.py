"""The French kit of today and the resolved text of other days, made once a run."""

import pytest

from ennum_stats.charts.catalogue import chart
from ennum_stats.document.blocks import Cards, ChartBlock, WrittenTable, plain_text
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.publisher import Publisher
from ennum_stats.kit.text import kit_text


@pytest.fixture(scope="session")
def tree():
    """The French text as it is written."""
    return kit_text("fr")


@pytest.fixture(scope="session")
def resolved_at(ledger_at, tree):
    """The blocks of the French text as known on a day."""
    made = {}

    def at(day, contacts=()):
        key = day, bool(contacts)
        if key not in made:
            edition = Edition(ledger_at(day), "fr", Publisher(contacts=contacts))
            charts = [chart(edition.ledger, name, "fr") for name in tree.charts]
            made[key] = Resolver(edition, {one.name for one in charts if one.marks}).resolved(tree)
        return made[key]

    return at


@pytest.fixture(scope="session")
def words_at(resolved_at):
    """All words of the kit as known on a day: running text, cards and tables; its no-break spaces as
    plain ones unless `ties`."""

    def at(day, *, ties=False):
        text = "\n".join(line for block in resolved_at(day) for line in _lines(block))
        return text if ties else text.replace("\u00a0", " ").replace("\u202f", " ")

    return at


def _lines(block):
    match block:
        case Cards() as cards:
            yield cards.heading
            for card in cards.cards:
                yield f"{card.number} {card.unit} {card.precision} {card.label}"
        case ChartBlock() as place:
            yield place.caption
        case WrittenTable() as table:
            for row in table.rows:
                yield " | ".join(map(plain_text, row.cells))
        case _:
            yield plain_text(block)
