"""What pages are made of: functions that return blocks, and the parts of screens that stand among them."""

from dashboards.components.cards import card, cards, number_card
from dashboards.components.charts import chart_figure, chart_table, drawn_figure, small_chart
from dashboards.components.comparing import chart_compared, compare_link
from dashboards.components.tables import measure_table, table, table_section
from dashboards.components.texts import (
    copy_button,
    downloads,
    evidence_button,
    evidence_link,
    onward,
    page_link,
    place_link,
    section,
)

__all__ = [
    "card",
    "cards",
    "chart_compared",
    "chart_figure",
    "chart_table",
    "compare_link",
    "copy_button",
    "downloads",
    "drawn_figure",
    "evidence_button",
    "evidence_link",
    "measure_table",
    "number_card",
    "onward",
    "page_link",
    "place_link",
    "section",
    "small_chart",
    "table",
    "table_section",
]
