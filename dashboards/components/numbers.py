"""Numbers in large type that no named figure is of: those of a commune, a province, a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dash import html

from dashboards.components.browser import dashed
from dashboards.components.texts import marked
from ennum_stats.store.answers import Answer, Known
from ennum_stats.wording.phrases import key_figure, missing_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.reading import Reading

_SPAN = "–"


@dataclass(frozen=True)
class Number:
    """A number with its label and a note below it; `programme` gives it the colour of one."""

    name: str
    label: str
    answer: Answer
    note: str = ""
    programme: str = ""


def number_cards(reading: Reading, numbers: Sequence[Number]) -> html.Section:
    """Numbers side by side, each with its precision in words, or why it is not known."""
    drawn = html.Ul([_card(reading, one) for one in numbers], className="cards")
    return html.Section(drawn, className="cards-section")


def _card(reading: Reading, one: Number) -> html.Li:
    language = reading.language
    if isinstance(one.answer, Known):
        number, unit, precision = key_figure(one.answer.quantity, language)
        precision = "" if _SPAN in number else precision
    else:
        number, unit, precision = missing_words(one.answer.reason, language), "", ""
    is_worded = not isinstance(one.answer, Known)
    small = (("precision", precision), ("source", one.note))
    return html.Li(
        [
            html.H2(marked(one.label, language), className="label"),
            html.P(
                [html.Strong(number, **dashed(data_cell=one.name)), " ", html.Span(unit)],
                className="number worded" if is_worded else "number",
            ),
            html.Div([html.P(text, className=style) for style, text in small if text]),
        ],
        className=f"card of-{one.programme.replace('_', '-')}" if one.programme else "card",
        **dashed(data_label=one.label),
    )
