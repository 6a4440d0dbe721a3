"""Declare the look of the house as a template of Plotly, for charts that analysts draw themselves.

`px.bar(frame, template="ennum")` has the fonts, colours and grid of the press kit, and numbers as French
writes them; "ennum-de", "ennum-nl" and "ennum-en" write them as German, Dutch and English do. The package
registers them when Plotly's templates are first used (`ennum_stats`). Charts of the catalogue are laid out by
themselves and take nothing from here but what is added to them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Protocol

from ennum_stats.drawing.theme import FALLBACK, LIGHT, NEUTRAL, RAMP, Theme
from ennum_stats.languages import LANGUAGES, number

NAME = "ennum"
_EM = 14
_TITLE = 1.5
_BOUNDS = 1.5
"""The width of the bars of errors, in px: thin, because a bound is no number."""


class PlotlyTemplates(Protocol):
    """Take templates by name, as `plotly.io.templates` does."""

    def __setitem__(self, name: str, template: dict[str, Any], /) -> None: ...


def register(templates: PlotlyTemplates) -> None:
    """Register the look with Plotly, in four languages; that of French is the one without an ending."""
    templates[NAME] = template("fr")
    for language in LANGUAGES:
        templates[template_name(language)] = template(language)


def template_name(language: str) -> str:
    """Name the template of a language."""
    return NAME if language == "fr" else f"{NAME}-{language}"


def template(language: str, theme: Theme = LIGHT) -> dict[str, Any]:
    """Declare the look: layout and defaults of traces, with numbers as a language writes them."""
    font = {"family": FALLBACK, "size": _EM, "color": theme.text}
    muted = {"family": FALLBACK, "size": _EM, "color": theme.muted}
    axis = {
        "automargin": True, "exponentformat": "none", "separatethousands": True, "ticks": "",
        "gridcolor": theme.line, "linecolor": theme.line, "zerolinecolor": theme.line,
        "tickfont": muted, "title": {"font": muted, "standoff": _EM},
    }  # fmt: skip
    errors = {"color": theme.muted, "thickness": _BOUNDS, "width": _EM / 3}
    return {
        "layout": {
            "separators": separators(language),
            "font": font,
            "title": {
                "font": {**font, "size": _TITLE * _EM, "weight": 600},
                "x": 0, "xref": "paper", "xanchor": "left", "automargin": True,
                "subtitle": {"font": muted},
            },
            "paper_bgcolor": theme.background, "plot_bgcolor": theme.background,
            "colorway": [*theme.accents.values(), theme.muted],
            "colorscale": {"sequential": _steps(theme)},
            "coloraxis": {"colorbar": {"outlinewidth": 0, "ticks": "", "tickfont": muted}},
            "xaxis": {**axis, "showgrid": False, "showline": True},
            "yaxis": axis,
            "bargap": 0.3,
            "hovermode": "closest",
            "hoverlabel": {"font": font, "bgcolor": theme.background, "align": "left"},
            "legend": {
                "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
                "title": {"text": ""},
            },
            "annotationdefaults": {"font": muted, "showarrow": False},
            "shapedefaults": {"line": {"color": theme.line, "width": 1}},
            "modebar": {"remove": ["sendChartToCloud"]},
        },
        "data": {
            "bar": [{"marker": {"line": {"width": 0}}, "error_x": errors, "error_y": errors}],
            "scatter": [{"error_x": errors, "error_y": errors, "marker": {"size": _EM / 2}}],
        },
    }  # fmt: skip


def separators(language: str) -> str:
    """Give the signs before decimals and between thousands, as Plotly takes them."""
    thousands = number(Decimal(10_000), language)[2]
    decimal = number(Decimal("1.5"), language)[1]
    return decimal + thousands


def _steps(theme: Theme) -> list[list[float | str]]:
    """Give the classes of maps as a scale, from pale to strong, in the hue of no programme."""
    last = len(RAMP) - 1
    return [[step / last, theme.depth(NEUTRAL, step / last)] for step in range(len(RAMP))]
