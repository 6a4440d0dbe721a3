"""Charts along the years: the band of a sum, a team's size, and programmes with their milestones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ennum_stats.charts.canvas import Canvas
from ennum_stats.charts.specs import Chart, Mark
from ennum_stats.charts.typeface import SEMIBOLD
from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.wording import amount

END_OF = message("end of {year}")
AT_LEAST, AT_MOST = message("at least"), message("at most")
_DAYS_OF_A_YEAR = 365.2425


def as_year(day: date) -> float:
    """A day on an axis of years: 1 January 2009 is 2009.0."""
    return day.year + (day - date(day.year, 1, 1)).days / _DAYS_OF_A_YEAR


# --- band -------------------------------------------------------------------------------------------


def draw_band(chart: Chart, canvas: Canvas) -> None:
    """An interval at the end of each year. Between two ends the sum only grows: it is at least what it was
    at the first, and at most what it is at the second."""
    marks = [mark for mark in chart.marks if mark.quantity and mark.first]
    if not marks:
        return
    ends = [as_year(mark.first) + 1 / _DAYS_OF_A_YEAR for mark in marks if mark.first]
    lows = [float(mark.ends[0] or 0) for mark in marks]
    highs = [float(mark.ends[1] or 0) for mark in marks]
    canvas.right = 0.5 * canvas.em
    canvas.left = canvas.width_of(amount(max(highs), "EUR", chart.language), 0.9) + 0.5 * canvas.em
    canvas.top, canvas.bottom = 3.2 * canvas.em, 1.7 * canvas.em
    canvas.needs(8 * canvas.em, canvas.rise)
    start = ends[0] - 1
    canvas.axes((start, ends[-1]), (0, max(highs)))
    _money_grid(chart, canvas, max(highs))
    draw_years(canvas, round(start), round(ends[-1]))
    _band(chart, canvas, [start, *ends], [0.0, *lows], highs)
    for end, mark in zip(ends, marks, strict=True):
        if mark.text:
            _point(chart, canvas, end, mark)


def _band(
    chart: Chart, canvas: Canvas, ends: list[float], lows: list[float], highs: list[float]
) -> None:
    """Steps: in each year from the lower end at its start up to the upper end at its close."""
    years = list(zip(ends, ends[1:], lows, highs, strict=False))
    top = [point for first, last, _, high in years for point in ((first, high), (last, high))]
    bottom = [point for first, last, low, _ in years for point in ((first, low), (last, low))]
    outline = [*top, *reversed(bottom)]
    canvas.trace(
        type="scatter", mode="lines", x=[x for x, _ in outline], y=[y for _, y in outline],
        fill="toself", fillcolor=canvas.theme.tint("neutral"), line={"width": 0},
        hoverinfo="skip", hovertemplate=None,
    )  # fmt: skip
    for edge in (top, bottom):
        canvas.line(edge, canvas.theme.quiet, 1.2, layer="above")
    middle = len(years) * 5 // 8
    first, _, low, high = years[middle]
    for place, text, side in ((high, AT_MOST, "bottom"), (low, AT_LEAST, "top")):
        canvas.text(
            first, place, translate(text, chart.language), size=0.9, colour=canvas.theme.quiet,
            vertical="bottom" if side == "bottom" else "top",
            shift=(0, (0.15 if side == "bottom" else -0.15) * canvas.em),
        )  # fmt: skip


def _point(chart: Chart, canvas: Canvas, end: float, mark: Mark) -> None:
    """A sum that is well known, as a dot with its value."""
    assert mark.quantity is not None
    value = float(mark.quantity.value or 0)
    canvas.trace(
        type="scatter", mode="markers", x=[end], y=[value], cliponaxis=False,
        marker={"color": canvas.theme.text, "size": 0.75 * canvas.em},
        customdata=[f"{mark.label}<br>{mark.words}"],
    )  # fmt: skip
    lines = [translate(END_OF, chart.language, year=mark.label), mark.text]
    canvas.text(
        end, value, lines[1], size=1.1, weight=SEMIBOLD, anchor="right", vertical="bottom",
        shift=(-0.3 * canvas.em, 0.35 * canvas.em),
    )  # fmt: skip
    canvas.text(
        end, value, lines[0], size=0.9, anchor="right", vertical="bottom",
        shift=(-0.3 * canvas.em, 1.8 * canvas.em),
    )  # fmt: skip


def _money_grid(chart: Chart, canvas: Canvas, highest: float) -> None:
    """Hairlines at round millions: a band has no values on it."""
    step = next(step for step in (1e6, 5e6, 1e7, 2.5e7, 5e7, 1e8, 1e9) if highest / step < 5)
    first, last = canvas.xaxis["range"]
    for place in range(int(highest / step) + 1):
        y = place * step
        canvas.line([(first, y), (last, y)], canvas.theme.line)
        canvas.text(
            0, y, amount(Decimal(int(y)), "EUR", chart.language), size=0.9, xref="paper",
            anchor="right", colour=canvas.theme.quiet, shift=(-0.5 * canvas.em, 0),
        )  # fmt: skip


def draw_years(canvas: Canvas, first: int, last: int) -> None:
    """Ticks at the beginnings of the years, and as many of their names as fit: between two ticks
    stands the year."""
    step_px = canvas.room / max(canvas.xaxis["range"][1] - canvas.xaxis["range"][0], 1)
    needed = canvas.width_of("2000", 0.9) + 0.8 * canvas.em
    every = next(n for n in (1, 2, 5, 10, 20) if n * step_px >= needed)
    canvas.line([(first, 0), (last, 0)], canvas.theme.quiet, layer="above")
    for year in range(first, last + 1):
        canvas.line([(year, 0), (year, -canvas.px_y(0.3 * canvas.em))], canvas.theme.quiet)
        if year < last and (last - 1 - year) % every == 0:
            canvas.text(
                year + 0.5, 0, str(year), size=0.9, vertical="top", colour=canvas.theme.quiet,
                shift=(0, -0.4 * canvas.em),
            )  # fmt: skip
