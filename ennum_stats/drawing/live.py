"""A chart as Plotly's own figure, live in a notebook, which our printer saves without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import plotly.graph_objects as go

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.picture import Format, Picture, draw
from ennum_stats.drawing.theme import size_named
from ennum_stats.errors import ONE_OF, Parameter, UsageError, message, unknown_name
from ennum_stats.files.atomic import write_atomic


class LiveFigure(go.Figure):  # type: ignore[misc] # Plotly has no types
    """Hold a figure of Plotly and the chart that it shows."""

    def __init__(self, *values: Any, chart: Chart | None = None, **named: Any) -> None:
        """Make the figure; a copy of it, which Plotly makes, has no chart."""
        super().__init__(*values, **named)
        self._chart = chart

    def save(self, path: Path | str, *, size: str = "press") -> Path:
        """Write the chart as a .png, .svg or .pdf in a size of the press kit: "press", "slide", "phone", "social" …

        It is drawn as the kit draws it, with its title, day and sources; what you changed in the figure itself is
        written by Plotly (`write_html`). Raises `UnknownName` for another ending or size.

        >>> store.chart("winners_per_call").save("winners.png", size="slide")
        """
        target = Path(path)
        forms: dict[str, Format] = {f".{form}": form for form in get_args(Format)}
        form = forms.get(target.suffix)
        if form is None:
            raise unknown_name(
                message("A file “{name}” cannot be written.", name=target.name), forms,
                ONE_OF, where=Parameter("path"),
            )  # fmt: skip
        if self._chart is None:
            raise UsageError(
                message("A copy of a figure has no chart to save."),
                remedy=message(
                    "Write: {example}", example='store.chart("winners_per_call").save("winners.png")'
                ),
            )
        write_atomic(target, next(draw([Picture(self._chart, (form,), size_named(size))]))[form])
        return target
