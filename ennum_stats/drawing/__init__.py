"""Drawings of charts: printed as SVG, PNG and PDF, given as a plotly figure, or as charts of Office.

A chart is declared in `ennum_stats.charts`; here is where its marks stand, how they look, and who writes
them. `draw` makes files of many charts, `live_figure` gives plotly's own object for a notebook. Nothing heavy
is imported before something is drawn.
"""

from ennum_stats.drawing.picture import Picture, draw
from ennum_stats.drawing.plotly import figure, figure_dict, live_figure
from ennum_stats.drawing.theme import DARK, LIGHT, SIZES, size_named

__all__ = ["DARK", "LIGHT", "SIZES", "Picture", "draw", "figure", "figure_dict", "live_figure", "size_named"]
