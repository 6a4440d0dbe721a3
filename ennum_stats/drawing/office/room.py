"""Find the room that names and words have beside Office's bars, so that no word is broken or cut.

Lengths are told in points. Office places the bars themselves, on axes whose ends are found here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import chain

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.canvas import LINE, Canvas
from ennum_stats.drawing.layouts.bars import TOO_WIDE, column_label
from ennum_stats.drawing.office.stacks import BarWords, Spot, Stacks
from ennum_stats.drawing.theme import BOLD, LIGHT, REGULAR, SEMIBOLD

OPEN = "▶ "
"""What stands before the words of a bar that may be any longer."""
_GAPS = {"ranges": 85, "columns": 60}
_GAP_LYING = 75
_NAMES, _MOST_LINES = (0.36, 0.43, 0.5), 3
"""Which part of the width the names of lying bars may have: the first in which they have so few lines."""


@dataclass(frozen=True)
class Room:
    """Hold the size of a drawing and of its type, in points."""

    width: float
    height: float
    em: float

    @property
    def canvas(self) -> Canvas:
        """Give what measures words in it."""
        return Canvas(self.width, self.height, self.em, LIGHT)


class Places(ABC):
    """Hold how much room is left of, above and below the bars of a chart, and the ends of their axis."""

    is_upright = True
    span: tuple[float, float]

    def __init__(self, chart: Chart, stacks: Stacks, room: Room) -> None:
        self.stacks, self.room, self.canvas = stacks, room, room.canvas
        self.left = self.top = self.bottom = 0.0
        self.gap = _GAPS.get(chart.kind, _GAP_LYING)
        """The room between bars, in hundredths of their width."""
        self.has_scale = chart.kind == "shares"
        """Whether numbers stand along the axis: beside a track up to the whole."""
        self._measure()

    def lines(self, words: BarWords) -> list[str]:
        """Break words into lines that have room."""
        return self.canvas.lines_of(words.text, self._room_of(is_reason=words.is_muted)) or [""]

    @property
    @abstractmethod
    def length(self) -> float:
        """How long the axis of values is."""

    @abstractmethod
    def _measure(self) -> None:
        """Find what room there is, and the ends of the axis."""

    @abstractmethod
    def _room_of(self, *, is_reason: bool) -> float:
        """Tell how wide the words of a bar may be."""


class Upright(Places):
    """Find the room of bars that stand: names below them, words above, and of ranges also below."""

    @property
    def length(self) -> float:
        """How long the axis of values is."""
        return self.room.height - self.bottom

    @property
    def _step(self) -> float:
        return self.room.width / len(self.stacks.names)

    def _room_of(self, *, is_reason: bool) -> float:  # noqa: ARG002 - reasons stand where values do
        return self._step

    def _measure(self) -> None:
        em = self.room.em
        names = [self.canvas.lines_of(name, self._step) for name in self.stacks.names]
        self.bottom = (max(map(len, names)) * LINE + 0.6) * em
        has_two_ends = any(column.spot is Spot.BELOW for column in self.stacks.columns)
        below = 1.7 * em if has_two_ends else 0
        free = self.length - below
        heights = [len(self.lines(words)) * LINE + 0.6 if words else 0 for words in self.stacks.words]
        reach = max(
            end * free / max(free - high * em, 1)
            for end, high in zip(self.stacks.reach, heights, strict=True)
        )
        self.span = (-reach * below / free, reach or 1.0)


class Lying(Places):
    """Find the room of bars that lie, from the top down: names on their left, words on their right."""

    is_upright = False

    @property
    def length(self) -> float:
        """How long the axis of values is."""
        return self.room.width - self.left

    @property
    def needed_height(self) -> float:
        """How high the chart is to be, so that names and words have all their lines: all bars have the same room."""
        lines = max(map(len, (*self._names, *map(self.lines, filter(None, self.stacks.words)))))
        return len(self._names) * (lines * LINE + 0.6) * self.room.em

    @property
    def _names(self) -> list[list[str]]:
        for part in _NAMES:
            names = [self.canvas.lines_of(name, part * self.room.width) for name in self.stacks.names]
            if max(map(len, names)) <= _MOST_LINES:
                break
        return names

    def _room_of(self, *, is_reason: bool) -> float:
        return self.length - self.room.em if is_reason else 0.3 * self.room.width

    def _measure(self) -> None:
        em, names = self.room.em, self._names
        self.left = max(map(self.canvas.width_of, chain(*names))) + 1.3 * em
        self.bottom = 1.9 * em if self.has_scale else 0.0
        reach = max(
            end * self.length / max(self.length - self._width_of(words) - 1.2 * em, em)
            for end, words in zip(self.stacks.reach, self.stacks.words, strict=True)
            if words
        )
        self.span = (0.0, max(reach, *self.stacks.reach) or 1.0)

    def _width_of(self, words: BarWords) -> float:
        """Measure the widest line of words."""
        weight = BOLD if words.is_strong else REGULAR
        more = self.canvas.width_of(OPEN) if words.is_open else 0
        return more + max(self.canvas.width_of(line, 1, weight) for line in self.lines(words))


def stand(chart: Chart, room: Room) -> bool:
    """Tell whether bars stand: as in a picture, those whose words have no room beside each other lie."""
    if chart.kind != "columns":
        return chart.kind == "ranges"
    canvas, step = room.canvas, room.width / len(chart.marks)
    labels = chain(*(chain(*column_label(mark, step, canvas)) for mark in chart.marks))
    texts = chain(*(canvas.lines_of(mark.text, step) for mark in chart.marks))
    widths = [canvas.width_of(line) for line in labels]
    widths += [canvas.width_of(line, 1, SEMIBOLD) for line in texts]
    return max(widths) <= TOO_WIDE * step
