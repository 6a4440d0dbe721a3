"""Small drawings beside a number, as SVG without words: what it is of a whole, of its parts, or of its years.

The number and its unit stand beside them, so that readers of screens miss nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.quantities import Quantity

_HEIGHT, _LOW = 10, 4
_GAP = 1.2
_STROKE = 1
_OWN = ECOLE_NUMERIQUE.replace("_", "-")
_SURE = 'fill="var(--ink-neutral)"'
_BAND = f'{_SURE} opacity=".3"'
"""How a drawing of its own is filled: as in files, which have no style sheet."""
_WIDE, _HIGH, _LINE = 720, 110, 32
"""A drawing of its own: its width, the height of what is drawn, and that of a line of labels."""
_FOOT = 2 * _LINE + _HIGH - 6
"""Where its lower labels stand."""
_AIR, _THIN = 1.08, 0.03
"""How much higher than the largest number it is, and the width of a stroke as a share of its height."""
_LONGEST = 2
"""So many times what was announced has room in a drawing."""


def interval(share: Quantity) -> str:
    """Draw a share of a whole as what is sure of it, and a paler band on to where it may end."""
    low, high = (min(float(end) * 100, 100) for end in share.bounds.ends)
    return _svg(
        f'<rect class="track" width="100" height="{_HEIGHT}"/>'
        f'<rect class="sure" width="{low:.2f}" height="{_HEIGHT}"/>'
        f'<rect class="band" x="{low:.2f}" width="{high - low:.2f}" height="{_HEIGHT}"/>'
    )


def reached_of(share: Quantity) -> str:
    """Draw what was reached of what was announced, which is the outlined frame: what is sure of it, a paler band on
    to where it may end; what is more than announced goes beyond the frame."""
    low, high = (float(end) for end in share.bounds.ends)
    longest = max(1, min(high, _LONGEST))
    low, high = (min(end, longest) / longest * 100 for end in (low, high))
    frame = 100 / longest
    return _svg(
        f'<rect class="track" width="{frame:.2f}" height="{_HEIGHT}"/>'
        f'<rect class="sure" width="{low:.2f}" height="{_HEIGHT}"/>'
        f'<rect class="band" x="{low:.2f}" width="{high - low:.2f}" height="{_HEIGHT}"/>'
        f'<rect class="aim" x="{frame - _STROKE:.2f}" width="{_STROKE}" height="{_HEIGHT}"/>'
    )


def columns(values: Sequence[float]) -> str:
    """Draw one number after the other, the last one strong; a number that is not known leaves its place
    free."""
    top, step = max(values), 100 / len(values)
    return _svg(
        "".join(
            f'<rect class="{"sure" if at == len(values) - 1 else "band"}" x="{at * step:.2f}" '
            f'y="{_HEIGHT - value / top * _HEIGHT:.2f}" width="{step - _GAP:.2f}" '
            f'height="{value / top * _HEIGHT:.2f}"/>'
            for at, value in enumerate(values)
        )
    )


def labelled_columns(values: Sequence[tuple[str, int]], title: str) -> str:
    """Draw numbers as columns, the largest with its number above it, the first, the last and that one with their
    labels."""
    top, step = max(value for _, value in values), _WIDE / len(values)
    drawn = "".join(
        _rectangle(_SURE, (at + 1 / 8) * step, step * 3 / 4, 0, value / top)
        for at, (_, value) in enumerate(values)
    )
    peak = [value for _, value in values].index(top)
    middle = (peak + 0.5) * step
    drawn += f'<text text-anchor="middle" x="{middle:.1f}" y="{_LINE - 4}">{top}</text>'
    if peak not in (0, len(values) - 1):
        drawn += f'<text text-anchor="middle" x="{middle:.1f}" y="{_FOOT}">{escape(values[peak][0])}</text>'
    return _labelled(drawn, values[0][0], values[-1][0], title)


def bounds_over_time(steps: Sequence[tuple[date, Quantity]], until: date, title: str) -> str:
    """Draw what was known of a number from each day on: a stroke at its value, or at each bound of the band in which
    it lies; of what has no upper bound, the band goes on to the top."""
    ends = [
        float(end)
        for _, known in steps
        for end in (*known.bounds.ends, known.value)
        if end and end.is_finite()
    ]
    top, first = max(ends, default=1.0) * _AIR, steps[0][0]
    days = (until - first).days or 1
    drawn = ""
    for (day, known), (after, _) in zip(steps, (*steps[1:], (until, None)), strict=True):
        x, width = (day - first).days / days * _WIDE, (after - day).days / days * _WIDE
        low, high = (float(end) / top if end.is_finite() else float(end > 0) for end in known.bounds.ends)
        strokes_at = (
            [float(known.value) / top] if known.value is not None else [low, *([high] if high < 1 else [])]
        )
        drawn += _rectangle(_BAND, x, width, low, high)
        drawn += "".join(_rectangle(_SURE, x, width, at - _THIN / 2, at + _THIN / 2) for at in strokes_at)
    return _labelled(drawn, str(first.year), str(until.year), title)


def _rectangle(style: str, x: float, width: float, low: float, high: float) -> str:
    """Draw between two heights, as shares of the whole one."""
    y, height = _LINE + (1 - high) * _HIGH, (high - low) * _HIGH
    return f'<rect {style} x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _labelled(drawn: str, first: str, last: str, title: str) -> str:
    box = f"0 0 {_WIDE} {2 * _LINE + _HIGH}"
    ends = f'<text x="0" y="{_FOOT}">{escape(first)}</text>'
    ends += f'<text text-anchor="end" x="{_WIDE}" y="{_FOOT}">{escape(last)}</text>'
    ground = _rectangle('fill="var(--ink-muted)"', 0, _WIDE, 0, 1 / _HIGH)
    return f'<svg viewBox="{box}" role="img" font-size="15"><title>{escape(title)}</title>{drawn}{ground}{ends}</svg>'


def strokes(others: Sequence[float], own: float, title: str) -> str:
    """Draw shares as strokes between nothing and all, one of them in its colour; in colours that files have, too."""
    drawn = "".join(
        f'<rect fill="var(--ink-{ink})" x="{share * (100 - width):.2f}" width="{width}" height="{_LOW}"/>'
        for ink, width, shares in (("neutral-55", 0.25, others), (_OWN, 0.9, [own]))
        for share in shares
    )
    return (
        f'<svg viewBox="0 0 100 {_LOW}" preserveAspectRatio="none" role="img"><title>{escape(title)}</title>'
        f'<rect fill="var(--ink-neutral-14)" width="100" height="{_LOW}"/>{drawn}</svg>'
    )


def _svg(inside: str) -> str:
    return f'<svg viewBox="0 0 100 {_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">{inside}</svg>'
