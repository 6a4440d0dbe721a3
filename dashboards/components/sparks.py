"""Small drawings beside a number, as SVG without words: what it is of a whole, of its parts, or of its years.

The number and its unit stand beside them, so that readers of screens miss nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.quantities import Quantity

_HEIGHT, _LOW = 10, 4
_GAP = 1.2
_STROKE = 1
_OWN = ECOLE_NUMERIQUE.replace("_", "-")
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
