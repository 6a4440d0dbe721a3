"""Charts: declared from the ledger, printed as SVG, PNG and PDF, or given as a plotly figure.

`chart(ledger, name, language)` declares one of `CHARTS`; `picture.draw` makes files of many,
`figure` gives plotly's own object for a notebook. Nothing heavy is imported before something is drawn.
"""

from ennum_stats.charts.catalogue import CHARTS, chart
from ennum_stats.charts.figure import figure, figure_dict, live_figure
from ennum_stats.charts.picture import Picture, draw
from ennum_stats.charts.spec import Chart
from ennum_stats.charts.theme import DARK, LIGHT, SIZES, size_named

__all__ = [
    "CHARTS",
    "DARK",
    "LIGHT",
    "SIZES",
    "Chart",
    "Picture",
    "chart",
    "draw",
    "figure",
    "figure_dict",
    "live_figure",
    "size_named",
]
