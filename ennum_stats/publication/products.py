"""Everything that is made of a store, as the catalogues list it: figures, measures, charts, statements,
the lists of published numbers and of conflicts, and the text and tables of the kit, in some languages.

A new entry of a catalogue is in by itself. Files are not written here: they hold what is made here. A
difference between lists and published numbers that nobody has explained is no obstacle: the kit says what
to explain, and for that the store must be there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ennum_stats.charts.catalogue import CHARTS
from ennum_stats.charts.spec import Chart
from ennum_stats.document.blocks import Sentence
from ennum_stats.drawing.picture import size_of
from ennum_stats.drawing.plotly import figure_dict
from ennum_stats.errors import Message, message
from ennum_stats.figures.catalogue import definitions
from ennum_stats.figures.contradictions import conflict_record, correction_records, known_conflicts
from ennum_stats.figures.figure import figure
from ennum_stats.figures.observations import observation_lines
from ennum_stats.figures.statements import ROLES, call_named, holds
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver, table_named
from ennum_stats.kit.programme_tables import TABLES
from ennum_stats.kit.text import Conditional, KitText, kit_text, languages_of_texts, parts_of
from ennum_stats.measures import catalogue as measures
from ennum_stats.measures.coverage.call_constraints import rules_of_calls
from ennum_stats.measures.labels import worded_rows
from ennum_stats.store.ledger import Ledger


@dataclass(frozen=True)
class Product:
    """Something that is made of a store, with the name that a person knows it by."""

    name: Message
    make: Callable[[Ledger], object]


def products(ledger: Ledger, languages: Sequence[str]) -> Iterator[Product]:
    """List everything that is made of a store in some languages. What others rest on stands first."""
    yield Product(message("the rules of calls"), partial(_rules, languages))
    yield Product(message("the conflicts between documents"), partial(_conflicts, languages))
    yield Product(message("the published numbers"), partial(_published_numbers, languages))
    for name in definitions(ledger):
        yield Product(message("the figure {name}", name=name), partial(_figure, languages, name))
    for name, table in measures.TABLES.items():
        for by in table.by:
            what = message("the measure {name}, by {by}", name=name, by=by)
            plain = message("the measure {name}", name=name)
            yield Product(what if by else plain, partial(_measure, languages, name, by))
    for name in CHARTS:
        yield Product(message("the chart {name}", name=name), partial(_charts, languages, name))
    texts = [language for language in languages_of_texts() if language in languages]
    for name in TABLES:
        what = message("the table {name} of the press kit", name=name)
        yield Product(what, partial(_table, texts, name))
    for language in texts:
        what = message("the text of the press kit ({language})", language=language)
        yield Product(what, partial(_text, language))


def _rules(languages: Sequence[str], ledger: Ledger) -> None:
    for language in languages:
        rules_of_calls(ledger, language)


def _conflicts(languages: Sequence[str], ledger: Ledger) -> None:
    for language in languages:
        correction_records(ledger, language)
        for conflict in known_conflicts(ledger):
            conflict_record(ledger, conflict, language)


def _published_numbers(languages: Sequence[str], ledger: Ledger) -> None:
    """Word one published number of each kind: there may be a million of them."""
    kinds = {
        (each.measure, each.quantity and (each.quantity.unit, each.quantity.precision), each.status): each
        for each in ledger.all_observations()
    }
    for language in languages:
        for observation in kinds.values():
            observation_lines(ledger, observation, language)


def _figure(languages: Sequence[str], name: str, ledger: Ledger) -> None:
    for language in languages:
        figure(ledger, name).record(language)


def _measure(languages: Sequence[str], name: str, by: str, ledger: Ledger) -> None:
    """Give the rows of a measure; in words unless they are single schools as a register has them."""
    rows = measures.measure_rows(ledger, name, by)
    if not measures.TABLES[name].is_site_by_site:
        for language in languages:
            worded_rows(ledger, rows, language)


def _charts(languages: Sequence[str], name: str, ledger: Ledger) -> None:
    """Lay a chart out as the kit prints it, and as a page on a phone, where there is least room."""
    for language in languages:
        drawn = _chart(ledger, name, language)
        figure_dict(drawn)
        figure_dict(drawn, size_of(drawn, "narrow"), framed=False)


def _chart(ledger: Ledger, name: str, language: str) -> Chart:
    """Declare a chart once, for itself and for the kit."""
    return Edition(ledger, language).chart(name)


def _table(languages: Sequence[str], name: str, ledger: Ledger) -> None:
    for language in languages:
        table_named(Edition(ledger, language), name)


def _text(language: str, ledger: Ledger) -> None:
    """Fill the text of the kit, and ask for every statement in it, also where a condition leaves it out."""
    text = kit_text(language)
    for statement in _statements(text):
        holds(ledger, statement)
    for role in ROLES:
        call_named(ledger, role)
    drawn = {name for name in text.charts if _chart(ledger, name, language).marks}
    Resolver(Edition(ledger, language), drawn).resolved(text)


def _statements(text: KitText) -> Iterator[str]:
    for part in parts_of(text.blocks):
        if isinstance(part, Conditional | Sentence):
            yield from f"{part.conditions.get('states', '')} {part.conditions.get('unless', '')}".split()
