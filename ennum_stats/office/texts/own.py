"""Tell what of a document the machine wrote and nobody typed over: what stands in its controls, tables, shapes and
charts. `verify` and `refresh` judge it by the names of its figures; people's own words are for an audit."""

from __future__ import annotations

from functools import cache

from ennum_stats.document.control import ControlForm, fingerprint, read_tag
from ennum_stats.office.chart_merge import c
from ennum_stats.office.fill.placeholders import WORD, letters
from ennum_stats.office.markup import ROW, SDT, VALUE, R, property_of, text_of
from ennum_stats.office.package import Element
from ennum_stats.office.refresh.word_table import words_of_row
from ennum_stats.office.slide_file import SlideFile
from ennum_stats.office.texts.text import SourceText
from ennum_stats.office.word_file import DRAWN, WordFile


class Ours:
    """Tell of places of a text whether the machine wrote what stands there."""

    def __init__(self, text: SourceText) -> None:
        self._text = text
        self._whole = _ours(text.file) if text.file else frozenset()
        self.spans = cache(self._spans)
        """From where to where the machine wrote a piece, by its number."""

    def __contains__(self, place: tuple[int, int, int]) -> bool:
        """Tell it of a piece and offsets in it, as `SourceText.piece_at` gives them."""
        number, start, _ = place
        return any(first <= start < end for first, end in self.spans(number))

    def _spans(self, number: int) -> tuple[tuple[int, int], ...]:
        piece, file = self._text.pieces[number], self._text.file
        if file is None:
            return piece.ours
        if piece.element is None or not isinstance(file, WordFile):
            above = () if piece.element is None else piece.element.iterancestors()
            is_ours = (
                piece.part in self._whole if piece.element is None else any(e in self._whole for e in above)
            )
            return ((0, len(piece.text)),) if is_ours else ()
        written, at = [], 0
        for element, words in letters(piece.element, WORD):
            if any(_is_ours(file, control, element) for control in element.iterancestors(SDT)):
                written.append((at, at + len(words)))
            at += len(words)
        return tuple(written)


def _ours(file: WordFile | SlideFile) -> frozenset[str | Element]:
    """Gather what of a file is ours as a whole: the parts of charts, and the shapes of slides."""
    held = file.shapes() if isinstance(file, SlideFile) else file.controls()
    charts = {
        file.package.target(each.part, drawn.get(f"{{{R}}}id", ""))
        for each in held if each.written.form in DRAWN
        for drawn in each.element.iter(c("chart"))
    }  # fmt: skip
    shapes = {each.element for each in held} if isinstance(file, SlideFile) else set()
    return frozenset(charts | shapes)


def _is_ours(file: WordFile, control: Element, text: Element) -> bool:
    """Tell whether what stands in a control is what the machine wrote: its words, or the row of its table."""
    tag = property_of(control, "tag")
    written = None if tag is None else read_tag(tag.get(VALUE, ""))
    if written is None:
        return False
    if written.form is ControlForm.TABLE:
        entry, row = file.registry.get(written.tag), next(text.iterancestors(ROW), None)
        return entry is not None and row is not None and tuple(words_of_row(row)) in entry.rows
    return fingerprint(text_of(control)) == written.fingerprint
