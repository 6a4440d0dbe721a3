"""The French kit of today and the resolved text of other days, made once a run."""

import duckdb
import pytest

from ennum_stats.charts.catalogue import chart
from ennum_stats.document.blocks import Cards, ChartBlock, WrittenTable, plain_text
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.publisher import Publisher
from ennum_stats.kit.text import kit_text
from ennum_stats.store.ledger import open_ledger


def sites_counted(project):
    """Commune, sites and those with a project of each, counted in the raw tables without the program."""
    rows = project.raw / "rows"
    return duckdb.sql(f"""
        SELECT i.commune, count(DISTINCT i.implantation), count(DISTINCT p.implantation)
        FROM read_csv('{rows}/implantations.csv', all_varchar=true) i
        JOIN read_csv('{rows}/teaching.csv', all_varchar=true) t USING (register, implantation)
        LEFT JOIN read_csv('{rows}/participations.csv', all_varchar=true) p
          ON p.implantation = i.implantation AND p.programme = 'ecole_numerique'
             AND p.stage IN ('awarded', 'delivered')
        GROUP BY ALL ORDER BY 2 DESC, 1
    """).fetchall()  # noqa: S608 - of this project


@pytest.fixture(scope="session")
def invented(demonstration):
    """The public store of the demonstration, which has lists."""
    ledger = open_ledger(demonstration)
    yield ledger
    ledger.connection.close()


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
