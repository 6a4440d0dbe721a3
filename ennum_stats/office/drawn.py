"""Draw a chart for an Office file: its picture, and the text that stands for it."""

from __future__ import annotations

from typing import NamedTuple

from ennum_stats.charts.catalogue import chart
from ennum_stats.charts.picture import Picture, draw
from ennum_stats.kit.edition import Edition


class Drawn(NamedTuple):
    """Hold a chart as a file shows it."""

    picture: bytes
    title: str
    alt: str


def drawn(edition: Edition, name: str) -> Drawn | None:
    """Draw a chart as known on the edition's day; nothing where it has nothing to draw."""
    made = chart(edition.ledger, name, edition.language)
    if not made.marks:
        return None
    picture = next(iter(draw([Picture(made, ("png",))])))["png"]
    return Drawn(picture, made.title, made.alt)
