"""Sketch a plotly figure that somebody else declared, as SVG without a browser: bars, lines and points.

Charts of the catalogue have layouts of their own and are not drawn here. A sketch says what plotly will show;
where it could not (another kind of trace, facets, colours that are numbers), there is none, and the values
of the figure stand in its place.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

import numpy as np

from ennum_stats.drawing.primitives import Anchor, Dot, Drawing, Lettering, Path, Place, Polyline, Rectangle
from ennum_stats.drawing.svg import sketch_svg
from ennum_stats.drawing.template import separators
from ennum_stats.drawing.theme import LIGHT, REGULAR, SEMIBOLD, Size, mixed, text_width
from ennum_stats.languages import LANGUAGES, number

SIZE = (960.0, 450.0)
"""The width that a page has for a figure on a desk, and plotly's own height where it has none, in px."""
MOST_ROWS = 500
"""More values say nothing to a reader where there is no drawing."""
_EM, _LINE, _GAP = 14.0, 18.0, 8.0
_BAR_GAP = 0.3
_CM = 16
"""The width of a sketch on paper."""
_TICKS = 5
_ROOM = 0.05
"""Plotly leaves so much of an axis beyond the largest value."""
_COLOUR = re.compile(r"[#\w(),.% -]+")
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?([T ].*)?")
_BREAK, _TAG = re.compile(r"<br\s*/?>"), re.compile(r"<[^>]*>")
_DRAWN = ("bar", "scatter", "scattergl")


@dataclass
class _Series:
    """Hold a trace: its places and values as numbers, and how it looks."""

    name: str
    is_bar: bool
    is_lying: bool
    colours: Sequence[str]
    """One, or one for each place."""
    places: list[float]
    values: list[float | None]
    bases: list[float]
    errors: list[tuple[float, float]]
    has_line: bool = False
    is_filled: bool = False
    sizes: Sequence[float] = ()


@dataclass
class _Axis:
    """Hold what stands along an axis: names in their order, days, or numbers; from and to in px."""

    kind: str
    title: str
    names: list[str] = field(default_factory=list)
    low: float = 0
    high: float = 1
    start: float = 0
    end: float = 1

    def px(self, value: float) -> float:
        """Give the place of a value."""
        return self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)

    def ticks(self, language: str) -> Iterator[tuple[float, str]]:
        """List what is written along it."""
        if self.kind == "names":
            yield from enumerate(self.names)
        elif self.kind == "days":
            yield from _days(self.low, self.high)
        else:
            step = _step((self.high - self.low) / _TICKS)
            for n in range(ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9) + 1):
                yield n * step, number(round(n * step, 10), language)


def values_of(figure: Any) -> tuple[list[str], list[list[str]]]:
    """List the values of a figure's traces in x and y, whatever their kind; nothing of those that have none."""
    read = _read(figure)
    x, y = (_words(read.layout[f"{side}axis"].title.text) or side for side in "xy")
    rows = [
        [_words(trace.name), str(place), str(value)]
        for trace in read.data
        for place, value in zip(_listed(trace, "x"), _listed(trace, "y"), strict=False)
    ]
    return ["", x, y], rows


def sketched(figure: Any, width: float, height: float) -> str:
    """Draw a figure as SVG; empty where that could not say the same as plotly."""
    try:
        return sketch_svg(_Sketch(_read(figure), width, height).drawn(), described(figure))
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):  # of another kind than ours
        return ""


def described(figure: Any) -> str:
    """Say what a figure shows: its title, or what stands along its axes; else the names of its traces."""
    read = _read(figure)
    axes = [_words(read.layout[f"{side}axis"].title.text) for side in "yx"]
    names = [_words(trace.name) or str(trace.type) for trace in read.data]
    return _words(read.layout.title.text) or " / ".join(filter(None, axes)) or ", ".join(names)


class _Sketch:
    """Draws one figure."""

    def __init__(self, figure: Any, width: float, height: float) -> None:
        self.layout, self.width, self.height = figure.layout, width, height
        written = figure.layout.separators or figure.layout.template.layout.separators
        self.language = next((language for language in LANGUAGES if separators(language) == written), "en")
        traces = [trace for trace in figure.data if trace.visible in (None, True)]
        if not traces or any(trace.type not in _DRAWN for trace in traces):
            raise ValueError("traces")
        if any((trace.xaxis or "x", trace.yaxis or "y") != ("x", "y") for trace in traces):
            raise ValueError("facets")
        self.x, self.y = (self._axis(side, traces) for side in "xy")
        self.series = [self._series(trace, i) for i, trace in enumerate(traces)]
        self._stack()
        self.below: list[Rectangle | Polyline] = []
        self.points: list[Dot | Path] = []
        self.above: list[Rectangle | Polyline] = []
        self.texts: list[Lettering] = []

    # --- what is read -------------------------------------------------------------------------------

    def _axis(self, name: str, traces: Sequence[Any]) -> _Axis:
        declared = self.layout[f"{name}axis"]
        if declared.type not in (None, "-", "linear", "date", "category"):
            raise ValueError(declared.type)
        title = _words(declared.title.text)
        given = [value for trace in traces for value in _listed(trace, name)]
        known = [value for value in given if value is not None]
        if declared.type in (None, "-", "linear") and all(_is_number(value) for value in known):
            return _Axis("numbers", title)
        if declared.type != "category" and all(_is_day(value) for value in known):
            return _Axis("days", title)
        order = [str(c) for c in declared.categoryarray] if declared.categoryarray is not None else []
        names = dict.fromkeys([*order, *map(str, known)])
        if declared.categoryorder in ("category ascending", "category descending"):
            names = dict.fromkeys(sorted(names, reverse=declared.categoryorder.endswith("descending")))
        elif declared.categoryorder not in (None, "trace", "array"):
            raise ValueError(declared.categoryorder)
        return _Axis("names", title, list(names), -0.5, len(names) - 0.5)

    def _series(self, trace: Any, nth: int) -> _Series:
        is_bar = trace.type == "bar"
        is_lying = is_bar and trace.orientation == "h"
        along, across = ("y", "x") if is_lying else ("x", "y")
        places = [self._number(along, value) for value in _listed(trace, along)]
        values = [self._number(across, value) for value in _listed(trace, across)]
        pairs = [(place, value) for place, value in zip(places, values, strict=True) if place is not None]
        mode = trace.mode if not is_bar else ""
        mode = mode or ("lines+markers" if len(pairs) < 20 else "lines")
        if not is_bar and ("text" in mode or trace.line.shape not in (None, "linear", "spline")):
            raise ValueError(mode)
        if is_bar and trace.base is not None:
            raise ValueError("base")
        fill = None if is_bar else trace.fill
        if fill not in (None, "none", "tozeroy") and not trace.stackgroup:
            raise ValueError(fill)
        return _Series(
            _words(trace.name), is_bar, is_lying, self._colours(trace, nth, is_bar),
            [place for place, _ in pairs], [value for _, value in pairs], [0.0] * len(pairs),
            _errors(trace[f"error_{across}"], [value for _, value in pairs]),
            "lines" in mode and not is_bar, bool(fill == "tozeroy" or (not is_bar and trace.stackgroup)),
            _sizes(trace) if not is_bar and "markers" in mode else (),
        )  # fmt: skip

    def _number(self, name: str, value: Any) -> float | None:
        axis = self.x if name == "x" else self.y
        if value is None or value != value:  # noqa: PLR0124 -- not a number
            return None
        if axis.kind == "names":
            return float(axis.names.index(str(value)))
        return _ordinal(value) if axis.kind == "days" else float(value)

    def _colours(self, trace: Any, nth: int, is_bar: bool) -> Sequence[str]:
        colour = trace.marker.color if is_bar else (trace.line.color or trace.marker.color)
        if colour is None:
            way = self.layout.colorway or self.layout.template.layout.colorway
            way = way or [*LIGHT.accents.values(), LIGHT.muted]
            return [str(way[nth % len(way)])]
        colours = [colour] if isinstance(colour, str) else list(colour)
        if not all(isinstance(colour, str) and _COLOUR.fullmatch(colour) for colour in colours):
            raise ValueError("colours that are numbers")
        return colours

    def _stack(self) -> None:
        """Put bars of one place, and areas of one group, on top of each other."""
        is_stacked = self.layout.barmode in ("relative", "stack", None) and any(
            series.is_bar for series in self.series
        )
        self.is_grouped = self.layout.barmode in (None, "group") and len(self.series) > 1
        ends: defaultdict[tuple[float, bool], float] = defaultdict(float)
        for series in self.series:
            if not (series.is_bar and is_stacked and not self.is_grouped) and not (
                series.is_filled and not series.is_bar
            ):
                continue
            for i, (place, value) in enumerate(zip(series.places, series.values, strict=True)):
                key = (place, (value or 0) < 0)
                series.bases[i] = ends[key]
                ends[key] += value or 0

    # --- what is drawn ------------------------------------------------------------------------------

    def drawn(self) -> Drawing:
        """Lay the whole out, in px from above."""
        top = self._above()
        self._scale()
        self._place(top)
        self._axes()
        bars = [series for series in self.series if series.is_bar]
        for nth, series in enumerate(bars):
            self._bars(series, nth, len(bars))
        for series in self.series:
            if not series.is_bar:
                self._points(series)
        size = Size("sketch", round(self.width), round(self.height), _EM, 1, _CM)
        return Drawing(
            size, _EM, LIGHT, 0, 0, 0, 0, (0, self.width), (self.height, 0), True,
            tuple(self.below), (), tuple(self.points), tuple(self.above), tuple(self.texts), (),
        )  # fmt: skip

    def _above(self) -> float:
        """Write title, names of the series and of the axis that stands; return where they end."""
        top = 0.0
        if title := _words(self.layout.title.text):
            top += 1.5 * _LINE
            self._text(0, top / 2, title, "left", LIGHT.text, size=1.5 * _EM, weight=SEMIBOLD)
        x = 0.0
        for series in self.series if len(self.series) > 1 else ():
            wide = 2 * _EM + text_width(series.name, _EM, REGULAR)
            if x == 0 or x + wide > self.width:
                x, top = 0.0, top + _LINE
            self.below.append(
                Rectangle((x, x + 0.7 * _EM), (top - 0.85 * _LINE, top - 0.3 * _LINE), series.colours[0])
            )
            self._text(x + _EM, top - _LINE / 2, series.name, "left", LIGHT.text)
            x += wide
        if self.y.title:
            top += _LINE
            self._text(0, top - _LINE / 2, self.y.title, "left")
        return top + _LINE

    def _scale(self) -> None:
        for axis, name in ((self.x, "x"), (self.y, "y")):
            if axis.kind == "names":
                continue
            known, is_from_zero = [], self.layout[f"{name}axis"].rangemode == "tozero"
            for series in self.series:
                if (name == "x") != series.is_lying:
                    half = _least_step(series.places) / 2 if series.is_bar else 0.0
                    known += [place + side for place in series.places for side in (-half, half)]
                    continue
                is_from_zero |= series.is_bar or series.is_filled
                for value, base, (less, more) in zip(series.values, series.bases, series.errors, strict=True):
                    known += [] if value is None else [base + value - less, base + value + more]
            low, high = (min(known), max(known)) if known else (0.0, 1.0)
            if is_from_zero:
                low, high = min(low, 0), max(high, 0)
            room = (high - low or 1) * _ROOM
            axis.low = low if is_from_zero and low == 0 else low - room
            axis.high = high if is_from_zero and high == 0 else high + room
            given = self.layout[f"{name}axis"].range
            if given is not None and None not in given:
                axis.low, axis.high = (float(self._number(name, end) or 0) for end in given)

    def _place(self, top: float) -> None:
        labels = [text for _, text in self.y.ticks(self.language)]
        left = max((text_width(text, _EM, REGULAR) for text in labels), default=0)
        self.x.start, self.x.end = left + _GAP, self.width - _EM
        self.y.start, self.y.end = self.height - _LINE * (2.5 if self.x.title else 1.5), top
        if self.y.start - self.y.end < _LINE or self.x.end - self.x.start < _LINE:
            raise ValueError("no room")

    def _axes(self) -> None:
        x, y = self.x, self.y
        is_lying = any(series.is_lying for series in self.series)
        for value, text in y.ticks(self.language):
            if not is_lying and y.kind != "names":
                self.below.append(_line((x.start, y.px(value)), (x.end, y.px(value)), LIGHT.line))
            self._text(x.start - _GAP / 2, y.px(value), text, "right")
        ticks = [*x.ticks(self.language)]
        widest = max((text_width(text, _EM, REGULAR) for _, text in ticks), default=0) + _GAP
        each = ceil(
            widest * len(ticks) / (x.end - x.start)
        )  # of more than there is room for, every other one
        for value, text in ticks[:: max(1, each)]:
            if is_lying and x.kind != "names":
                self.below.append(_line((x.px(value), y.start), (x.px(value), y.end), LIGHT.line))
            self._text(x.px(value), y.start + _LINE * 0.75, text, "center")
        zero = x.px(0) if is_lying and x.low <= 0 <= x.high else x.start
        ends = ((zero, y.start), (zero, y.end)) if is_lying else ((x.start, y.start), (x.end, y.start))
        self.below.append(_line(*ends, LIGHT.muted))
        if x.title:
            self._text((x.start + x.end) / 2, self.height - _LINE / 2, x.title, "center")

    def _bars(self, series: _Series, nth: int, count: int) -> None:
        along, across = (self.y, self.x) if series.is_lying else (self.x, self.y)
        gap = self.layout.bargap if self.layout.bargap is not None else _BAR_GAP
        whole = (along.px(_least_step(series.places)) - along.px(0)) * (1 - gap)
        wide = whole / count if self.is_grouped else whole
        for i, (place, value) in enumerate(zip(series.places, series.values, strict=True)):
            if value is None:
                continue
            start = along.px(place) - whole / 2 + (nth * wide if self.is_grouped else 0)
            side = (start, start + wide)
            ends = (across.px(series.bases[i]), across.px(series.bases[i] + value))
            x, y = (ends, side) if series.is_lying else (side, ends)
            self.below.append(Rectangle(x, y, series.colours[i % len(series.colours)]))
            self._error(series, i, start + wide / 2)

    def _points(self, series: _Series) -> None:
        known = [
            (i, (self.x.px(place), self.y.px(base + value)))
            for i, (place, value, base) in enumerate(
                zip(series.places, series.values, series.bases, strict=True)
            )
            if value is not None
        ]
        colour = series.colours[0]
        if series.is_filled and known:
            below = [(at[0], self.y.px(series.bases[i])) for i, at in reversed(known)]
            fill = mixed(colour, LIGHT.background, 0.5) if colour.startswith("#") else colour
            self.points.append(Path(((*(at for _, at in known), *below),), fill, (series.name, self.y.title)))
        if series.has_line:
            parts: list[list[Place]] = [[]]
            for (i, at), after in zip(known, [*(j for j, _ in known[1:]), -1], strict=True):
                parts[-1].append(at)
                if after != i + 1:  # a value is not known: the line is broken there
                    parts.append([])
            self.above.append(Polyline(tuple(tuple(part) for part in parts if len(part) > 1), colour, 2))
        for i, at in known if series.sizes else ():
            self._error(series, i, at[0])
            size, hue = series.sizes[i % len(series.sizes)], series.colours[i % len(series.colours)]
            self.points.append(Dot((at,), size, hue))

    def _error(self, series: _Series, i: int, at: float) -> None:
        less, more = series.errors[i]
        if less or more:
            axis, end = (self.x if series.is_lying else self.y), series.bases[i] + (series.values[i] or 0)
            low, high = axis.px(end - less), axis.px(end + more)
            ends = ((low, at), (high, at)) if series.is_lying else ((at, low), (at, high))
            self.above.append(_line(*ends, LIGHT.muted, 1.5))

    def _text(
        self, x: float, y: float, text: str, anchor: Anchor, colour: str = LIGHT.muted,
        *, size: float = _EM, weight: str = REGULAR,
    ) -> None:  # fmt: skip
        self.texts.append(Lettering(x, y, (text,), size, colour, weight, anchor))


def _line(start: Place, end: Place, colour: str, width: float = 1) -> Polyline:
    return Polyline(((start, end),), colour, width)


def _read(figure: Any) -> Any:
    from plotly.graph_objects import Figure

    return figure if isinstance(figure, Figure) else Figure(figure or {}, skip_invalid=True)


def _listed(trace: Any, name: str) -> list[Any]:
    """Give the values of a trace along an axis, as Python's own; those of the other count where it has none."""
    given = trace[name] if name in trace else None  # noqa: SIM401 -- a trace has no `get`
    if given is None:
        other = "y" if name == "x" else "x"
        is_counted = other in trace and trace[other] is not None
        return [*range(len(_listed(trace, other)))] if is_counted else []
    if isinstance(given, dict):  # as plotly writes and copies what numpy holds
        given = np.frombuffer(b64decode(given["bdata"]), np.dtype(given["dtype"]))
    return [value.item() if hasattr(value, "item") and not _is_day(value) else value for value in given]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_day(value: Any) -> bool:
    return isinstance(value, date) or bool(_DAY.fullmatch(str(value)))


def _ordinal(value: Any) -> float:
    moment = datetime.fromisoformat(str(value)[:19])
    return moment.toordinal() + (moment.hour + moment.minute / 60) / 24


def _days(low: float, high: float) -> Iterator[tuple[float, str]]:
    first, last = (date.fromordinal(round(end)) for end in (low, high))
    if last.year - first.year >= 2:
        step = max(1, round((last.year - first.year) / _TICKS))
        days = [date(year, 1, 1) for year in range(first.year, last.year + 1, step)]
        form = "%Y"
    elif (last - first).days > 60:
        days = [
            date(first.year + n // 12, n % 12 + 1, 1) for n in range(first.month - 1, first.month + 24, 2)
        ]
        form = "%Y-%m"
    else:
        step = max(1, (last - first).days // _TICKS)
        days = [first + timedelta(n) for n in range(0, (last - first).days + 1, step)]
        form = "%Y-%m-%d"
    yield from ((day.toordinal(), day.strftime(form)) for day in days if low <= day.toordinal() <= high)


def _step(least: float) -> float:
    scale = 10 ** floor(log10(least))
    return float(next(scale * factor for factor in (1, 2, 5, 10) if scale * factor >= least))


def _least_step(places: Sequence[float]) -> float:
    there = sorted(set(places))
    return min((b - a for a, b in pairwise(there)), default=1.0)


def _errors(declared: Any, values: Sequence[float | None]) -> list[tuple[float, float]]:
    if declared.array is None or declared.visible is False:
        return [(0.0, 0.0)] * len(values)
    more = [float(distance or 0) for distance in declared.array]
    less = more if declared.arrayminus is None else [float(distance or 0) for distance in declared.arrayminus]
    return list(zip(less, more, strict=True))


def _sizes(trace: Any) -> Sequence[float]:
    """Give the widths of the points in px."""
    given, marker = trace.marker.size, trace.marker
    if given is None or isinstance(given, int | float):
        return [float(given or 6)]
    ref = marker.sizeref or 1
    return [(float(size) / ref) ** 0.5 if marker.sizemode == "area" else float(size) / ref for size in given]


def _words(text: Any) -> str:
    """Give a text of plotly without its markup."""
    return _TAG.sub("", _BREAK.sub(" ", str(text or ""))).strip()
