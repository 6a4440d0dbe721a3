"""Read and write the words of a Word file as a reader sees them, whatever runs, marks of proofing and tracked
changes Word puts around them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import count

from ennum_stats.office.package import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR = "ennum-stats"


def w(name: str) -> str:
    """Give the full name of an element or attribute of Word."""
    return f"{{{W}}}{name}"


P, RUN, SDT, TABLE, CELL, ROW = (w(name) for name in ("p", "r", "sdt", "tbl", "tc", "tr"))
CONTENT, VALUE = w("sdtContent"), w("val")
FALLBACK = f"{{{_MC}}}Fallback"
_TEXT, _DELETED_TEXT, _PROPERTIES = w("t"), w("delText"), w("rPr")
_INSERTED, _DELETED = w("ins"), w("del")
_GONE = frozenset((_DELETED, w("moveFrom"), FALLBACK))
SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "‑", w("softHyphen"): ""}
_WORDS = frozenset((_TEXT, *SIGNS))
_NUMBERED = frozenset(map(w, (
    "ins", "del", "moveFrom", "moveTo", "bookmarkStart", "bookmarkEnd", "commentRangeStart",
    "moveFromRangeStart", "moveToRangeStart", "rPrChange", "pPrChange",
)))  # fmt: skip


def text_of(element: Element) -> str:
    """Read the words at or below an element as they are once all tracked changes are accepted."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _GONE or child.tag == _PROPERTIES:
            continue
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        else:
            yield from _pieces(child)


def paragraphs_text(element: Element) -> str:
    """Read the paragraphs below an element, a line each."""
    return "\n".join(text_of(paragraph) for paragraph in element.iter(P))


def property_of(control: Element, name: str) -> Element | None:
    """Find what a content control says of itself, such as its "tag"."""
    return control.find(f"{w('sdtPr')}/{w(name)}")


def within(element: Element, tag: str) -> bool:
    """Tell whether an element stands somewhere in one of this name."""
    return next(element.iterancestors(tag), None) is not None


def is_struck(element: Element) -> bool:
    """Tell whether nothing is left of an element once tracked changes are accepted."""
    has_struck = any(True for _ in element.iter(_DELETED, w("moveFrom")))
    is_inside = any(within(element, tag) for tag in (_DELETED, w("moveFrom")))
    return is_inside or (has_struck and not text_of(element).strip())


class Marks:
    """Number the marks of a document that must differ: controls, bookmarks, comments, tracked changes."""

    def __init__(self, roots: list[Element]) -> None:
        numbers = (_number(element.get(w("id"))) for root in roots for element in root.iter(*_NUMBERED))
        controls = (_number(element.get(VALUE)) for root in roots for element in root.iter(w("id")))
        self._changes = count(max(numbers, default=0) + 1)
        self._controls = count(max((n for n in controls if n < 2**30), default=0) + 1)

    def change(self) -> str:
        """Give the next number of a tracked change, bookmark or comment."""
        return str(next(self._changes))

    def control(self) -> str:
        """Give the next number of a content control."""
        return str(next(self._controls))

    def tracked(self, tag: str) -> Element:
        """Make the mark of a tracked change, which has no time: the same change is the same bytes."""
        from lxml import etree

        return etree.Element(tag, {w("id"): self.change(), w("author"): AUTHOR})


def _number(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0


def set_text(content: Element, words: str, marks: Marks | None = None) -> None:
    """Write words in the place of those below an element, in the look of the first of them; with `marks` as a
    tracked change."""
    for element in list(content.iter(w("proofErr"))):
        element.getparent().remove(element)
    runs = [run for run in content.iter(RUN) if _is_shown(run, content)]
    if not runs:
        content.append(run_of(words))
        return
    pending = [run for run in runs if _is_ours(run)]
    if pending:
        _write(pending[0], words)
        rest = [run for run in runs if run is not pending[0]]
        _clear(rest)
    elif marks is None:
        _write(runs[0], words)
        _clear(runs[1:])
    else:
        if len(runs) == 1:
            runs[0], words = _apart(runs[0], words)
        _track(content, runs, words, marks)


def _is_shown(run: Element, content: Element) -> bool:
    """Tell whether a run holds words that are left once tracked changes are accepted."""
    for ancestor in run.iterancestors():
        if ancestor is content:
            break
        if ancestor.tag in _GONE:
            return False
    return any(child.tag in _WORDS for child in run)


def _is_ours(run: Element) -> bool:
    around = next(run.iterancestors(_INSERTED), None)
    return around is not None and around.get(w("author")) == AUTHOR


def _write(run: Element, words: str) -> None:
    for child in [piece for piece in run if piece.tag in _WORDS]:
        run.remove(child)
    _append_words(run, words)


def _append_words(run: Element, words: str) -> None:
    from lxml import etree

    for index, line in enumerate(words.split("\n")):
        if index:
            etree.SubElement(run, w("br"))
        text = etree.SubElement(run, _TEXT)
        text.text = line
        text.set(XML_SPACE, "preserve")


def run_of(words: str, like: Element | None = None) -> Element:
    """Make a run of words, in the look of another one."""
    from lxml import etree

    run = etree.Element(RUN)
    look = None if like is None else like.find(_PROPERTIES)
    if look is not None:
        run.append(deepcopy(look))
    _append_words(run, words)
    return run


def _clear(runs: list[Element]) -> None:
    """Take the words out of runs, and away what holds nothing else then."""
    for run in runs:
        for child in [piece for piece in run if piece.tag in _WORDS]:
            run.remove(child)
        place = run
        while place.getparent() is not None and all(piece.tag == _PROPERTIES for piece in place):
            above = place.getparent()
            above.remove(place)
            place = above
            if place.tag not in (_INSERTED, w("smartTag"), w("moveTo")):
                break


def alike(text: str, other: str) -> int:
    """Count the letters with which two texts begin alike."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((n for n, (letter, sign) in pairs if letter != sign), min(len(text), len(other)))


_LONG = 60
"""From how many letters on a tracked change strikes what differs alone, and not the whole text."""


def _apart(run: Element, words: str) -> tuple[Element, str]:
    """Part a long text of one run from the words with which today's begins and ends as well; return the run of what is
    between them, and what stands there today."""
    before = text_of(run)
    if len(before) < _LONG or "\n" in before + words:
        return run, words
    start = before.rfind(" ", 0, alike(before, words)) + 1
    tail = before[start:][::-1]
    end = tail.rfind(" ", 0, alike(tail, words[start:][::-1])) + 1
    middle, new = before[start : len(before) - end], words[start : len(words) - end]
    if not middle or not new:
        return run, words
    for place, text in ((run.addprevious, before[:start]), (run.addnext, before[len(before) - end :])):
        if text:
            place(run_of(text, run))
    _write(run, middle)
    return run, new


def _track(content: Element, runs: list[Element], words: str, marks: Marks) -> None:
    last = runs[-1]
    inserted = marks.tracked(_INSERTED)
    inserted.append(run_of(words, runs[0]))
    for run in runs:
        strike(run, marks)
    place = last.getparent()
    while place.getparent() is not content and place.getparent().tag in (_INSERTED, w("moveTo")):
        place = place.getparent()  # an insertion of somebody's holds no other one
    place.addnext(inserted)


def strike(run: Element, marks: Marks) -> None:
    """Mark a run as deleted."""
    around = marks.tracked(_DELETED)
    run.addprevious(around)
    around.append(run)
    for text in list(run.iter(_TEXT)):
        text.tag = _DELETED_TEXT


def insert_tracked(run: Element, marks: Marks) -> None:
    """Mark a run as inserted."""
    around = marks.tracked(_INSERTED)
    run.addprevious(around)
    around.append(run)
