"""The team of the Region and its helpdesk, over the years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboards.components import cards, chart_figure, measure_table, table_section
from dashboards.components.evidence import justified, published_numbers
from dashboards.components.texts import cited, stated
from dashboards.filters import CHARTS
from dashboards.reading import Reading
from dashboards.registry import About, Content, register_page
from ennum_stats.document.blocks import Paragraph, Section
from ennum_stats.errors import message
from ennum_stats.figures.observations import time_words
from ennum_stats.languages import period_words
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.programmes import milestones
from ennum_stats.vocabulary import MEASURES
from ennum_stats.wording import as_printed

STAFF_TABLE = message("The team by programme and function")
# Defines the latest first.
SUPPORT_NUMBERS = message("What the team gave to schools, as documents tell it, the latest first")
HELPDESK_TABLE = message("The helpdesk over the years")
HELPDESK_HEADER = (message("When"), message("What"), message("Printed"), message("Document"))
_HELPDESK = "helpdesk"
_MEASURES = ("staff", "staff_hired", "information_sessions", "weekly_hours_per_school")
_CARDS = (
    ("staff_total_2019", ECOLE_NUMERIQUE), ("staff_ami_2019", ECOLE_NUMERIQUE),
    ("staff_advisers_2019", ECOLE_NUMERIQUE), ("cyberclasse_helpdesk", "cyberclasse"),
)  # fmt: skip


def people(reading: Reading) -> Content:
    """Show the team over time, its key figures and numbers, the helpdesk, and what happened when."""
    yield Paragraph((stated(reading, _CARDS[0][0]),), "state lead")
    yield chart_figure(reading, "team_over_time")
    yield cards(reading, _CARDS[1:])
    yield measure_table(reading, "staff", reading.t(STAFF_TABLE))
    yield chart_figure(reading, "timeline")
    support = [o for o in reading.ledger.all_observations() if o.measure in _MEASURES[1:]]
    printed = published_numbers(reading, "support", SUPPORT_NUMBERS, support[::-1])
    yield from justified(reading, (*_helpdesk(reading), *printed))


def _helpdesk(reading: Reading) -> Iterator[Section]:
    """Tell what is known of the helpdesk over the years: its steps, and what it cost."""
    ledger, language = reading.ledger, reading.language
    texts: list[tuple[str, list[Any]]] = []
    for item in milestones(ledger):
        if item.milestone.startswith(_HELPDESK):
            when_ = period_words(item.occurred_on, language)
            source = ledger.source(item.source_id)
            texts.append((when_, [when_, item.names[language], "", cited(reading, source)]))
    for number in ledger.all_observations():
        if number.component == _HELPDESK and number.quantity:
            years = time_words(ledger, number, language)
            what = reading.t(MEASURES[number.measure].label)
            printed = as_printed(number.quantity, language)
            texts.append((years, [years, what, printed, cited(reading, number.source)]))
    if texts:
        texts.sort(key=lambda pair: pair[0])
        header = [reading.t(text) for text in HELPDESK_HEADER]
        rows = [cells for _, cells in texts]
        yield table_section("helpdesk", reading.t(HELPDESK_TABLE), header, rows, numeric={2})


register_page(
    "people", message("Team and support"),
    About(
        message("The team of the Region that schools could turn to, over the years."),
        message("people in the team of the Region, and the hours and sessions that they give to schools"),
        lambda item: item.measure in _MEASURES,
    ),
    people, filters=(CHARTS,), order=50,
)  # fmt: skip
