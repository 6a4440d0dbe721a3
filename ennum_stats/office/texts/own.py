"""Tell which numbers of a document people wrote: those outside of the controls, tables, shapes and charts that the
machine wrote and nobody typed over."""

from __future__ import annotations

from collections.abc import Iterator

from ennum_stats.audit import Verdict
from ennum_stats.audit.verdict import by_urgency
from ennum_stats.document.control import ControlForm, fingerprint, read_tag
from ennum_stats.languages import plural, translate_plural
from ennum_stats.office.chart_merge import c
from ennum_stats.office.fill.placeholders import WORD, letters
from ennum_stats.office.markup import ROW, SDT, VALUE, R, property_of, text_of
from ennum_stats.office.package import Element
from ennum_stats.office.refresh.word_table import words_of_row
from ennum_stats.office.slide_file import SlideFile
from ennum_stats.office.texts.report import TextAudit
from ennum_stats.office.word_file import DRAWN, WordFile

OWN_WORDS = plural(
    "{n} number outside of our figures wants another look",
    "{n} numbers outside of our figures want another look",
)
NOT_JUDGED = plural(
    "{n} number outside of our figures was not judged; “ennum audit” lists it",
    "{n} numbers outside of our figures were not judged; “ennum audit” lists them",
)


def own_lines(audit: TextAudit) -> Iterator[str]:
    """Tell the numbers of people's own words that want another look, and how many were not judged."""
    ours = _ours(audit.text.file) if audit.text.file else frozenset()
    own = [verdict for verdict in audit.remarked if _is_own(audit, verdict, ours)]
    faulty = [verdict for verdict in by_urgency(own) if verdict.is_judged]
    if faulty:
        yield translate_plural(*OWN_WORDS, len(faulty), audit.spoken)
    for verdict in faulty:
        yield f"  {audit.t(audit.piece_of(verdict).place)}: “{verdict.text}” – {audit.remark(verdict)}"
    if more := len(own) - len(faulty):
        yield translate_plural(*NOT_JUDGED, more, audit.spoken)


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


def _is_own(audit: TextAudit, verdict: Verdict, ours: frozenset[str | Element]) -> bool:
    piece, file = audit.piece_of(verdict), audit.text.file
    if piece.element is None:
        return piece.part not in ours
    if not isinstance(file, WordFile):
        return not any(above in ours for above in piece.element.iterancestors())
    place = audit.text.piece_at(verdict.start, verdict.end)
    at = 0
    for text, words in letters(piece.element, WORD):
        at += len(words)
        if place is not None and at > place[1]:
            return not any(_is_ours(file, control, text) for control in text.iterancestors(SDT))
    return True


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
