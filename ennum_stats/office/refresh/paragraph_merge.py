"""Bring the paragraphs of a shape to another day: as they were written, as a person left them, as they are
today. What a person changed or added stays, paragraph by paragraph; the others follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ennum_stats.kit.formats.slide_words import Paragraphs, joined
from ennum_stats.office.package import Element
from ennum_stats.office.refresh.row_merge import matches, plain
from ennum_stats.office.slide_file import set_words, words_of


@dataclass
class Merged:
    """Hold what became of paragraphs: those that changed, before and after, and how many a person changed."""

    changed: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    """What a person wrote or took out, and what would stand there."""


def merge(there: Sequence[Element], written: Sequence[str], today: Paragraphs) -> Merged:
    """Bring paragraphs from what was written to what is said today."""
    result = Merged()
    ours = _ours(there, written)
    now = joined(today)
    for was, comes in _steps(written, now):
        places = [ours.get(number) for number in was]
        paragraphs = [paragraph for paragraph in places if paragraph is not None]
        if len(paragraphs) < len(places):
            before = " ".join(written[number] for number in was)
            result.kept.append((before, " ".join(now[number] for number in comes)))
            continue
        if not paragraphs:
            if not there:
                continue
            paragraphs = [_added(there, ours, was.start)]
        _rewrite(result, paragraphs, [today[number] for number in comes], is_new=not len(was))
    return result


def _rewrite(
    result: Merged, paragraphs: list[Element], today: Sequence[tuple[str, ...]], *, is_new: bool
) -> None:
    """Write paragraphs in the place of others, as many as there are."""
    befores = ["" if is_new else words_of(paragraph) for paragraph in paragraphs]
    while len(paragraphs) < len(today):
        paragraphs.append(_copy_after(paragraphs[-1]))
        befores.append("")
    for paragraph, before, runs in zip(paragraphs, befores, today, strict=False):
        set_words(paragraph, runs)
        result.changed.append((before, "".join(runs)))
    for paragraph, before in zip(paragraphs[len(today) :], befores[len(today) :], strict=True):
        result.changed.append((before, ""))
        if len(paragraph.getparent().findall(paragraph.tag)) > 1:
            paragraph.getparent().remove(paragraph)
        else:  # a shape has one paragraph at least
            set_words(paragraph, ("",))


def _ours(there: Sequence[Element], written: Sequence[str]) -> dict[int, Element]:
    """Find the paragraphs that stand as they were written, by their number then."""
    pairs = matches(plain(written), plain(lines_of(there)))
    return {number: there[place] for number, place in pairs.items()}


def _steps(written: Sequence[str], now: Sequence[str]) -> Iterator[tuple[range, range]]:
    """List what is different today: which paragraphs, and by which they are replaced; one by one where they
    are as many."""
    matcher = SequenceMatcher(None, plain(written), plain(now), autojunk=False)
    for tag, first, last, other, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        if last - first == end - other:
            pairs = zip(range(first, last), range(other, end), strict=True)
            yield from ((range(first, first + 1), range(second, second + 1)) for first, second in pairs)
        else:
            yield range(first, last), range(other, end)


def _added(there: Sequence[Element], ours: dict[int, Element], number: int) -> Element:
    """Add a paragraph: after the last of ours that stands before it, else before all others."""
    before = [paragraph for place, paragraph in sorted(ours.items()) if place < number]
    if before:
        return _copy_after(before[-1])
    copied = deepcopy(there[0])
    there[0].addprevious(copied)
    return copied


def _copy_after(paragraph: Element) -> Element:
    copied = deepcopy(paragraph)
    paragraph.addnext(copied)
    return copied


def lines_of(paragraphs: Iterable[Element]) -> list[str]:
    """Read the words of paragraphs, a line each."""
    return [words_of(paragraph) for paragraph in paragraphs]
