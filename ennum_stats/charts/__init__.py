"""Charts: declared from the ledger, drawn by plotly, written as SVG, PNG and PDF.

`chart(ledger, name, language)` declares one of `CHARTS`; `figure` draws it for a screen, `images.draw` and
`images.write` make files of many. Nothing heavy is imported before something is drawn.
"""

from ennum_stats.charts.catalogue import CHARTS, chart
from ennum_stats.charts.figure import figure, figure_dict
from ennum_stats.charts.picture import Picture, draw, write
from ennum_stats.charts.spec import Chart, Table
from ennum_stats.charts.theme import DARK, LIGHT, SIZES, size_named

__all__ = [
    "CHARTS",
    "DARK",
    "LIGHT",
    "SIZES",
    "Chart",
    "Picture",
    "Table",
    "chart",
    "draw",
    "figure",
    "figure_dict",
    "size_named",
    "write",
]
