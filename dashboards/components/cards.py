"""Key figures: cards that lead to their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.browser import dashed
from dashboards.components.texts import copy_button, evidence_link, marked
from dashboards.key_figures import key_figure_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboards.reading import Reading

_SPAN = "–"
"""In a number that is told as its two ends: its precision would say the same again."""
_IN_LARGE_TYPE = 12
"""The letters of a number that stand on one line of a card; a longer one is as small as words."""


def card(
    reading: Reading,
    name: str,
    programme: str = "",
    *,
    level: int = 2,
    spark: Component | None = None,
) -> html.Li:
    """A figure by name: number, unit, precision, change since the press kit, source, evidence.

    `programme` gives it the colour of one; `level` is that of its heading; `spark` is a small drawing below
    the number.
    """
    told = key_figure_of(reading.view, reading.ledger, name)
    heading = {2: html.H2, 3: html.H3}[level]
    page = f"figure/{name}"
    is_long = told.is_worded or len(told.number) > _IN_LARGE_TYPE
    small = (
        ("precision", "" if _SPAN in told.number else told.precision),
        ("basis", told.basis),
        ("change", told.change),
        ("source", told.source),
    )
    return html.Li(
        [
            heading(marked(told.label, reading.language), className="label"),
            html.P(
                [html.Strong(told.number, **dashed(data_cell=page)), " ", html.Span(told.unit)],
                className="number worded" if is_long else "number",
            ),
            html.Div([spark, *(html.P(text, className=style) for style, text in small if text)]),
            html.P(
                [
                    evidence_link(reading, page, told.label),
                    copy_button(
                        reading,
                        told.label,
                        told.copied,
                        reading.view.address(page, **reading.carried(page)),
                    ),
                ],
                className="tools",
            ),
        ],
        className=f"card of-{programme.replace('_', '-')}" if programme else "card",
        **dashed(data_label=told.label),
    )


def cards(
    reading: Reading,
    names: Sequence[tuple[str, str]],
    heading: str = "",
    sparks: Mapping[str, Component] | None = None,
) -> html.Section:
    """Several figures side by side, each with the programme whose colour it has."""
    level, small = 3 if heading else 2, sparks or {}
    drawn = [
        card(reading, name, programme, level=level, spark=small.get(name))
        for name, programme in names
    ]
    head = [html.H2(heading)] if heading else []
    return html.Section([*head, html.Ul(drawn, className="cards")], className="cards-section")
