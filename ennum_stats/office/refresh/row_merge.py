"""Compare three states of a table: as it was written, as people left it, and as it is today.

What people changed stays; what the machine wrote follows. Nothing here knows Word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Cells = tuple[str, ...]


@dataclass(frozen=True)
class RowMerge:
    """Hold what becomes of the rows of a document: which take the words of which new row, which go, and which
    new rows stand after which; `kept` are the rows of people."""

    changed: dict[int, int]
    removed: list[int]
    added: list[tuple[int, int]]
    """The new row, and the one after which it stands, which is in the document or was added before."""
    kept: list[int]
    places: dict[int, int]
    """Where each new row is that the document has already."""


def merged(written: Sequence[Cells], edited: Sequence[Cells], new: Sequence[Cells]) -> RowMerge | None:
    """Compare the rows, headings first; nothing where the columns are not the same ones.

    >>> old = [("Appel", "Projets"), ("EN1", "28"), ("EN2", "72")]
    >>> mine = [*old, ("Ma ligne", "!")]
    >>> today = [("Appel", "Projets"), ("EN1", "28"), ("EN2", "73"), ("EN3", "210")]
    >>> merge = merged(old, mine, today)
    >>> merge.changed, merge.added, merge.kept
    ({2: 2}, [(3, 2)], [3])
    """
    old, there, today = ([plain(row) for row in rows] for rows in (written, edited, new))
    if not (old and there and today) or len({len(rows[0]) for rows in (old, there, today)}) > 1:
        return None
    in_document = matches(old, there)
    today_of = _followed(old, today)
    changed, removed, places = {}, [], {}
    for number, place in in_document.items():
        following = today_of.get(number)
        if following is None:
            removed.append(place)
            continue
        places[following] = place
        if old[number] != today[following]:
            changed[place] = following
    added = []
    before = min(places, default=None)
    fresh = set(range(len(today))) - set(today_of.values())
    for number in range(len(today)):
        if number in places:
            before = number
        elif number in fresh and before is not None:
            added.append((number, before))
            before = number
    ours = set(in_document.values())
    kept = [place for place in range(len(there)) if place not in ours]
    return RowMerge(changed, removed, added, kept, places)


def plain(cells: Sequence[str]) -> Cells:
    """Give the words of cells or lines with plain single spaces: programs change them."""
    return tuple(" ".join(cell.split()) for cell in cells)


def _key(cells: Cells) -> tuple[int, str]:
    """Give what names a row: its first cell, and how many there are."""
    return len(cells), cells[0]


def _followed(old: Sequence[Cells], today: Sequence[Cells]) -> dict[int, int]:
    """Find which row of today follows which one: first those that are the same, between them those that are
    named alike."""
    pairs = matches(old, today)
    ends = [*sorted(pairs.items()), (len(old), len(today))]
    first, second = 0, 0
    for last, other_last in ends:
        names = [_key(row) for row in old[first:last]]
        others = [_key(row) for row in today[second:other_last]]
        pairs |= {first + a: second + b for a, b in matches(names, others).items()}
        first, second = last + 1, other_last + 1
    return pairs


def matches(first: Sequence[object], second: Sequence[object]) -> dict[int, int]:
    """Find which of some things stand in the same order among others, by their places."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return {block.a + n: block.b + n for block in matcher.get_matching_blocks() for n in range(block.size)}
