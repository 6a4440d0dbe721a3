"""What nobody can read well on a page as the browser shows it: found by the places of its texts, in every width."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SMALLEST = 12
"""The smallest type on a screen, in px."""
_LOOK = Path(__file__).with_suffix(".js").read_text("utf-8").partition("\n")[2]


def illegible(page: Any) -> list[str]:
    """Return what cannot be read well on a page as it is shown now: type under 12 px, texts that lie on each other,
    are cut by the window, broken within a word or glued, " ." and double spaces, frames without content."""
    found: list[str] = page.evaluate(_LOOK, SMALLEST)
    return found
