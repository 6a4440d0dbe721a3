"""Say of which pieces Office's bars are made, so that a chart shows what the press picture shows.

A bar is a stack: of bounds the lower one stands on nothing that is seen, and the pale piece between the two
on it. Where a value stands is a column of its own, of which only the words are seen. Nothing here writes XML.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ennum_stats.charts.spec import AT_LEAST, AT_MOST, SEEN, WHOLE, Chart, Kind, Mark, end_texts, steps
from ennum_stats.errors import Message, message
from ennum_stats.languages import translate

BETWEEN = message("From the lower to the upper bound")
BEFORE = message("The parts before it")
NOT_SURE = message("Not sure of the sum so far")
VALUE_IN = message("From the lower bound to the value")
VALUE_TO = message("From the value to the upper bound")
UP_TO_WHOLE = message("The rest of the whole")
PLACE_OF_WORDS = message("Where the words stand")
_SEEN = 0.005
"""A piece shorter than this share of the longest bar is not drawn: the value says it in words."""
_THIN = 0.015
"""The share of a track that is thinner than its strokes."""


class Look(StrEnum):
    """List how a piece looks."""

    SOLID = "solid"
    PALE = "pale"
    HATCHED = "hatched"
    HOLLOW = "hollow"
    TRACK = "track"
    HIDDEN = "hidden"


class Spot(StrEnum):
    """List where words stand, as Office names it."""

    AFTER_BAR = "outEnd"
    AT_BEGIN = "inBase"
    ABOVE = "t"
    BELOW = "b"


_LOOKS = {"planned": Look.HATCHED, "rest": Look.HOLLOW}


@dataclass(frozen=True)
class Piece:
    """Hold a piece of a bar: its length, its look, and whether strokes mark its begin and its end."""

    length: float
    look: Look = Look.HIDDEN
    colour: str = "neutral"
    strokes: tuple[bool, bool] = (False, False)

    @property
    def number(self) -> float:
        """Its length as Office keeps numbers: of fifteen digits."""
        return float(f"{self.length:.15g}")


@dataclass(frozen=True)
class BarWords:
    """Hold the words at a bar; an open one may be longer than it is drawn, muted ones tell no number."""

    text: str
    colour: str = "neutral"
    is_open: bool = False
    is_strong: bool = True
    is_muted: bool = False


@dataclass(frozen=True)
class PieceColumn:
    """Hold a column of the workbook: a piece of each bar, or of a line that is not seen a point of each."""

    name: str
    pieces: tuple[Piece | None, ...]
    words: tuple[BarWords | None, ...] = ()
    spot: Spot | None = None
    is_line: bool = False
    dots: frozenset[int] = frozenset()
    """The points of a line that are seen."""


@dataclass(frozen=True)
class Stacks:
    """Hold all bars of a chart: their names, their columns, and how far each goes with its words."""

    names: tuple[str, ...]
    columns: tuple[PieceColumn, ...]
    reach: tuple[float, ...]
    words: tuple[BarWords | None, ...]


def stacks_of(chart: Chart, *, is_upright: bool) -> Stacks:
    """Make the bars of a chart; those that stand have their words on a line, as bars cannot."""
    stacks = _STACKS[chart.kind](chart)
    if stacks.columns[-1].spot is not None:
        return stacks
    if is_upright:
        points = tuple(map(Piece, stacks.reach))
        words = PieceColumn(_heading(PLACE_OF_WORDS, chart), points, stacks.words, Spot.ABOVE, is_line=True)
    else:
        longest = max(stacks.reach)
        pieces = tuple(Piece(longest) for _ in stacks.reach)
        words = PieceColumn(_heading(PLACE_OF_WORDS, chart), pieces, stacks.words, Spot.AT_BEGIN)
    return Stacks(stacks.names, (*stacks.columns, words), stacks.reach, stacks.words)


def _plain(chart: Chart) -> Stacks:
    """Make bars of their values; where bounds lie so far apart that it is seen, of the lower ones, with pale
    pieces up to the upper ones. What is not known has no bar, and says so."""
    marks = chart.marks
    names, words = tuple(map(_name, marks)), tuple(_words(mark, chart) for mark in marks)
    values, widths = [mark.sure for mark in marks], [_width(mark) for mark in marks]
    if max(widths) <= _SEEN * max(value or 0.0 for value in values):
        bars = tuple(_bar(mark, value) for mark, value in zip(marks, values, strict=True))
        spot = Spot.AFTER_BAR if all(bars) else None
        reach = tuple(value or 0.0 for value in values)
        return Stacks(names, (PieceColumn(chart.subtitle, bars, words, spot),), reach, words)
    sure = [
        value if mark.ends[0] is None else float(mark.ends[0])
        for mark, value in zip(marks, values, strict=True)
    ]
    columns = (
        PieceColumn(_heading(AT_LEAST, chart), tuple(map(_bar, marks, sure))),
        PieceColumn(
            _heading(BETWEEN, chart),
            tuple(
                Piece(width, Look.PALE, mark.colour) if width else None
                for mark, width in zip(marks, widths, strict=True)
            ),
        ),
    )
    reach = tuple((low or 0.0) + width for low, width in zip(sure, widths, strict=True))
    return Stacks(names, columns, reach, words)


def _bar(mark: Mark, length: float | None) -> Piece | None:
    if length is None:
        return None
    return Piece(length, _LOOKS.get(mark.state, Look.SOLID), mark.colour)


def _shares(chart: Chart) -> Stacks:
    """Make tracks up to the whole, with the pale piece of what is possible in each; its strokes are the
    value, or the bounds where there is none. What cannot be compared has no track."""
    whole = float(chart.whole)
    rows = [_track(mark, whole) for mark in chart.marks]
    heads: Sequence[Message] = (AT_LEAST, VALUE_IN, VALUE_TO, UP_TO_WHOLE)
    if not any(row[2] for row in rows):
        rows, heads = [(row[0], row[1], row[3]) for row in rows], (AT_LEAST, BETWEEN, UP_TO_WHOLE)
    columns = [
        PieceColumn(_heading(head, chart), tuple(pieces))
        for head, pieces in zip(heads, zip(*rows, strict=True), strict=True)
    ]
    words = tuple(
        _words(mark, chart) if mark.quantity else BarWords(mark.words, is_strong=False, is_muted=True)
        for mark in chart.marks
    )
    reach = tuple(whole if mark.quantity else 0.0 for mark in chart.marks)
    return Stacks(tuple(map(_name, chart.marks)), tuple(columns), reach, words)


def _track(mark: Mark, whole: float) -> Sequence[Piece | None]:
    """Make the track of a mark. What is possible may be thinner than a stroke: then the stroke stands in the
    track beside it."""
    if mark.quantity is None:
        return (None, None, None, None)
    (low, high), value, hue = mark.ends_in(whole), mark.quantity.value, mark.colour
    at = high if value is None else min(max(float(value), low), high)
    is_thin = high - low < _THIN * whole
    is_before = is_thin and low > _THIN * whole
    lower, upper = (end is not None and value is None for end in mark.ends)
    strokes = (False, False) if is_thin else (lower, upper or value is not None)
    return (
        Piece(low, Look.TRACK, hue, (False, is_before)),
        Piece(at - low, Look.PALE, hue, strokes),
        Piece(high - at, Look.PALE, hue) if high > at else None,
        Piece(max(whole - high, 0.0), Look.TRACK, hue, (is_thin and not is_before, False)),
    )


def _waterfall(chart: Chart) -> Stacks:
    """Make the parts as steps and their sum below them, each part in a column of its own."""
    parts = [mark for mark in chart.marks if mark.group != WHOLE]
    sums, count = steps(parts), len(chart.marks)
    begins = [0.0, *(low for low, _ in sums[:-1])]
    ends = [*sums, *sums[-1:] * (count - len(parts))]
    before = [Piece(begin) if begin else None for begin in begins]
    columns = [PieceColumn(_heading(BEFORE, chart), (*before, *[None] * (count - len(parts))))]
    for at, (mark, begin, (low, _)) in enumerate(zip(parts, begins, sums, strict=True)):
        piece = Piece(low - begin, Look.SOLID, mark.colour)
        shown = [piece if row in (at, len(parts)) else None for row in range(count)]
        columns.append(PieceColumn(mark.label, tuple(shown)))
    least = SEEN * ends[-1][1]
    pale = [
        Piece(high - low, Look.PALE, mark.colour) if high - low > least else None
        for mark, (low, high) in zip([*parts, *parts[-1:]], ends, strict=True)
    ]
    if any(pale):
        columns.append(PieceColumn(_heading(NOT_SURE, chart), tuple(pale)))
    is_open = chart.marks[-1].ends[1] is None
    words = [BarWords(mark.text, mark.colour) for mark in parts]
    words += [BarWords(mark.text, parts[-1].colour, is_open) for mark in chart.marks[len(parts) :]]
    reach = tuple(high for _, high in ends)
    return Stacks(tuple(map(_name, chart.marks)), tuple(columns), reach, tuple(words))


def _ranges(chart: Chart) -> Stacks:
    """Make bars from the lower to the upper bound, with a value at each end; what is counted is a dot."""
    marks = [mark for mark in chart.marks if mark.quantity]
    ends = [mark.ends_in(float(chart.whole)) for mark in marks]
    texts = [end_texts(mark, chart) for mark in marks]
    last = len(marks) - 1
    dots = frozenset(at for at, (low, high) in enumerate(ends) if low == high)
    bars = tuple(
        Piece(high - low, Look.PALE, mark.colour, (True, True)) if high > low else None
        for mark, (low, high) in zip(marks, ends, strict=True)
    )
    upper = tuple(BarWords(text[1], is_strong=at == last) for at, text in enumerate(texts))
    lower = tuple(
        None if at in dots else BarWords(text[0], is_strong=at == last) for at, text in enumerate(texts)
    )
    lows = tuple(Piece(low, colour=m.colour) for m, (low, _) in zip(marks, ends, strict=True))
    highs = tuple(Piece(high, colour=m.colour) for m, (_, high) in zip(marks, ends, strict=True))
    least, most = _heading(AT_LEAST, chart), _heading(AT_MOST, chart)
    columns = (
        PieceColumn(least, lows),
        PieceColumn(_heading(BETWEEN, chart), bars),
        PieceColumn(most, highs, upper, Spot.ABOVE, is_line=True, dots=dots),
        PieceColumn(least, lows, lower, Spot.BELOW, is_line=True),
    )
    return Stacks(tuple(map(_name, marks)), columns, tuple(high for _, high in ends), upper)


_STACKS: dict[Kind, Callable[[Chart], Stacks]] = {
    "columns": _plain,
    "bars": _plain,
    "shares": _shares,
    "waterfall": _waterfall,
    "ranges": _ranges,
}


def is_native(drawn: Chart) -> bool:
    """Tell whether Office can draw a chart as it is meant."""
    return drawn.kind in _STACKS and not drawn.is_empty


def _name(mark: Mark) -> str:
    """Name a bar, its detail on a line of its own."""
    return f"{mark.label}\n{mark.detail}" if mark.detail else mark.label


def _words(mark: Mark, chart: Chart) -> BarWords:
    """Give the words at a bar; those of columns are strong only where something was reached."""
    is_strong = mark.state == "reached" or chart.kind != "columns"
    is_muted = mark.quantity is None and not is_strong
    is_open = mark.is_open and chart.kind != "columns"
    return BarWords(mark.text or mark.words, mark.colour, is_open, is_strong, is_muted)


def _width(mark: Mark) -> float:
    """Give how far apart the bounds of a mark are, where both are known."""
    lower, upper = mark.ends
    return 0.0 if lower is None or upper is None else float(upper - lower)


def _heading(text: Message, chart: Chart) -> str:
    return translate(text, chart.language)
