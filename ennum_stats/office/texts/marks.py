"""Mark in a copy of a Word file or of slides what an audit found: as comments on the very words, as tracked
corrections, and by turning numbers that are right into controls that `refresh` renews.

Word has no comments in notes, text boxes and charts: what is found there stands on what leads to them, with its place;
of headers and footers in a comment at the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ennum_stats.audit import Verdict, VerdictKind
from ennum_stats.errors import UsageError, message
from ennum_stats.kit.edition import Edition
from ennum_stats.office.chart_merge import c
from ennum_stats.office.fill import beside
from ennum_stats.office.fill.fill_word import WordFiller
from ennum_stats.office.fill.placeholders import WORD, Placeholder, atoms, explode, isolated, letters
from ennum_stats.office.markup import AUTHOR, SDT, P, R, insert_tracked, run_of, strike, w
from ennum_stats.office.package import Element
from ennum_stats.office.refresh.comments import add_comment
from ennum_stats.office.slide_file import PML, SlideFile
from ennum_stats.office.texts.published import figures_by_number
from ennum_stats.office.texts.report import REMARKED, TextAudit, kind_of
from ennum_stats.office.texts.text import Passage
from ennum_stats.office.word_file import WordFile
from ennum_stats.reading.quantities import numbers_in

MOST_COMMENTS = 4
"""How many comments a paragraph gets; more numbers share one."""
_CORRECTED = frozenset((VerdictKind.CONTRADICTED, VerdictKind.STALE, VerdictKind.STRONGER))
_BOX, _INSERTED = w("txbxContent"), w("ins")
_REFERENCES = {w(note): w(f"{note}Reference") for note in ("footnote", "endnote")}
"""What a note is called, and what leads to it from the text."""
_DIGITS = re.compile(r"[^\d]*\d(?:[\d.,\s]*\d)?(?:\s?%)?")
_SCALE = re.compile("(?i)mil|mrd|mld|bil|euro|eur|€|franc|frank|%")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009", " "))
_FORMS = ("", ".dated", ".number")
"""The aspects of a figure that a number in a text may be the words of."""


@dataclass
class Marking:
    """Hold what became of a copy: where it is written, and how many comments, corrections and controls it has."""

    path: Path
    commented: int = 0
    corrected: int = 0
    adopted: int = 0
    left: list[Verdict] = field(default_factory=list)
    """Numbers that are right and could not become controls: their words are no words of their figure."""


def mark(
    audit: TextAudit, out: Path | None, edition: Edition, *, comment: bool, track: bool, adopt: bool
) -> Marking:
    """Write a copy of a Word file or of slides with marks, to `out` or beside the file, which stays as it is.

    Raises `UsageError` for a file of another kind, and for slides that are to have more than comments.
    """
    file, path = audit.text.file, Path(audit.text.name)
    if file is None:
        raise UsageError(
            message("Marks are put into Word files and slides alone."), where=audit.text.name,
            remedy=message("For any text, a page shows them: {option}", option="--format html"),
        )  # fmt: skip
    if isinstance(file, SlideFile) and (track or adopt):
        raise UsageError(
            message("PowerPoint has no tracked changes."), where=audit.text.name,
            remedy=message("For slides: {option}", option="--comment"),
        )  # fmt: skip
    marking = Marking(out or beside(path, audit.day.isoformat()))
    if marking.path.resolve() == path.resolve():
        raise UsageError(message("The original is never written over: name another file."), where="--out")
    if isinstance(file, SlideFile):
        _comment_slides(audit, file, marking)
    else:
        _WordMarks(audit, file, edition, marking).put(comment=comment, track=track, adopt=adopt)
        file.keep_registry()
    file.package.save(file.package.data(), marking.path)
    return marking


class _WordMarks:
    """Put marks into a Word file, paragraph by paragraph, from the last words of each to the first."""

    def __init__(self, audit: TextAudit, document: WordFile, edition: Edition, marking: Marking) -> None:
        self.audit, self.document, self.marking = audit, document, marking
        self._edition = edition
        self._filler = WordFiller(document, edition)
        self._figure_of = figures_by_number(edition.ledger)

    def put(self, *, comment: bool, track: bool, adopt: bool) -> None:
        elsewhere: list[Verdict] = []
        wanted = {id(verdict) for verdict in self.audit.remarked}
        for number, verdicts in self.audit.by_piece(self.audit.statistics).items():
            piece = self.audit.text.pieces[number]
            outside = self._leading_to(piece) if comment else None
            places: list[tuple[Element, Element, Verdict]] = []
            for start, end, verdict in reversed(verdicts):
                right = self._right(piece, start, end, verdict) if track else None
                if adopt and verdict.is_right and verdict.name:
                    self._adopt(piece, start, end, verdict)
                if id(verdict) not in wanted:
                    continue
                is_here = comment and self._has_comments(piece)
                first, words = right or (start, "")
                run = _run_at(piece.element, first, end) if words or is_here else None
                last = run
                if run is not None and words:
                    run, last = self._correct(run, words)
                place = (run, last) if is_here else (outside, outside)
                if place[0] is None:
                    elsewhere.append(verdict)
                else:
                    places.append((*place, verdict))
            if comment:
                self._comment(places[::-1], is_on_words=outside is None)
        if comment:
            self._comment_first(elsewhere)

    def _has_comments(self, piece: Passage) -> bool:
        return piece.part == self.document.main and next(_boxes(piece), None) is None

    def _leading_to(self, piece: Passage) -> Element | None:
        """Find what of the body leads to words that stand where Word has no comments: the mark of their note, their
        box, their chart; nothing for headers and footers."""
        package, main = self.document.package, self.document.main
        body, leads = package.tree(main), iter(())
        if piece.element is None:
            leads = (
                drawn for drawn in body.iter(c("chart"))
                if package.target(main, drawn.get(f"{{{R}}}id", "")) == piece.part
            )  # fmt: skip
        elif piece.part == main:
            leads = iter([*_boxes(piece)][-1:])
        else:
            notes = piece.element.iterancestors(*_REFERENCES)
            leads = (
                mark for note in notes for mark in body.iter(_REFERENCES[note.tag])
                if mark.get(w("id")) == note.get(w("id"))
            )  # fmt: skip
        return next(leads, None)

    def _comment(self, places: Sequence[tuple[Element, Element, Verdict]], *, is_on_words: bool) -> None:
        if not is_on_words:
            remarks = [self.audit.remark_at(verdict) for _, _, verdict in places]
        elif len(places) > MOST_COMMENTS:
            remarks = [
                self.audit.t(REMARKED, number=verdict.text, remark=self.audit.remark(verdict))
                for _, _, verdict in places
            ]
        else:
            remarks = [self.audit.remark(verdict) for _, _, verdict in places]
        if len(places) > MOST_COMMENTS:
            self._add(self._outside(places[0][0]), self._outside(places[-1][1]), "\n".join(remarks))
            return
        for (first, last, _), words in zip(places, remarks, strict=True):
            self._add(self._outside(first), self._outside(last), words)

    def _comment_first(self, elsewhere: Sequence[Verdict]) -> None:
        """Say at the beginning what was not judged, what was found, and what stands where no comment can be."""
        lines = [self.audit.remark_at(verdict) for verdict in elsewhere]
        first = next((piece.element for piece in self.audit.text.pieces if self._has_comments(piece)), None)
        if first is not None:
            inside = [child for child in first if child.tag != w("pPr")]
            self._add(inside[0], inside[-1], "\n".join([*self.audit.headline(), *lines]))

    def _add(self, first: Element, last: Element, words: str) -> None:
        add_comment(self.document, first, last, words)
        self.marking.commented += 1

    def _outside(self, element: Element) -> Element:
        """Give what holds an element in its paragraph: a comment begins and ends beside links, controls and
        insertions."""
        while element.getparent().tag != P:
            if element.getparent().tag == _INSERTED:
                self._alone(element)
            element = element.getparent()
        return element

    def _alone(self, run: Element) -> None:
        """Leave a run alone in the insertion of somebody's that holds it: what else it holds stands beside it."""
        around = run.getparent()
        for siblings, put in ((list(run.itersiblings(preceding=True))[::-1], around.addprevious),
                              (list(run.itersiblings()), around.addnext)):  # fmt: skip
            if siblings:
                other = around.makeelement(
                    around.tag, {**around.attrib, w("id"): self.document.marks.change()}
                )
                other.extend(siblings)
                put(other)

    def _right(self, piece: Passage, start: int, end: int, verdict: Verdict) -> tuple[int, str] | None:
        """Give the words that may stand in the place of a number, and where that begins, with the word before it that
        says how surely it is said; nothing where the sentence would have to be written anew."""
        right = verdict.right_words.partition(", ")[0]  # without how far it reaches
        digits = _DIGITS.match(right)
        if kind_of(verdict) not in _CORRECTED or digits is None:
            return None
        if not any(map(str.isalpha, verdict.text)):
            if _SCALE.search(right[digits.end() :]):
                return None
            right = digits[0].rstrip()  # what is counted stands in the sentence
        after, plain = (words.translate(_SPACES) for words in (piece.text[end:], right))
        length = next((at for at in range(1, len(plain)) if after.startswith(plain[at:])), len(right))
        right = right[:length].rstrip()  # and so may what it is of
        hedges = (
            number.hedge for number in numbers_in(piece.text, self.audit.language) if number.start == start
        )
        first, last = next(hedges, (0, 0))
        first = first if last and last <= start else start
        is_same = piece.text[first:end].translate(_SPACES) == right.translate(_SPACES)
        return None if is_same else (first, right)

    def _correct(self, run: Element, words: str) -> tuple[Element, Element]:
        """Put the right words in the place of a run as a tracked change; give its first and last element."""
        if next(run.iterancestors(SDT), None) is not None:
            return run, run  # what refresh renews is not corrected by hand
        right = run_of(words, run)
        above = run.getparent()
        if above.tag == _INSERTED:
            self._alone(run)
            above.addnext(right)
        else:
            run.addnext(right)
        insert_tracked(right, self.document.marks)
        strike(run, self.document.marks)
        self.marking.corrected += 1
        return run.getparent(), right.getparent()

    def _adopt(self, piece: Passage, start: int, end: int, verdict: Verdict) -> None:
        """Turn a number into a control of its figure where its words are those that the figure has today."""
        plain = piece.text.translate(_SPACES)
        name = self._figure_of.get(verdict.name, verdict.name)
        for token in (name + form for form in _FORMS):
            words = self._edition.words(token) if self._edition.can_write(token) else ""
            at = plain.find(words.translate(_SPACES), max(0, end - len(words))) if words else -1
            if piece.element is None or not 0 <= at <= start or at + len(words) < end:
                continue
            run = _run_at(piece.element, at, at + len(words))
            placeholder = Placeholder(token, run, piece.element)
            if run is None or next(run.iterancestors(SDT), None) is not None:
                break
            if not self._filler.is_guarded(placeholder):
                self._filler.words(placeholder, words)
                self.marking.adopted += 1
                return
        self.marking.left.append(verdict)


def _boxes(piece: Passage) -> Iterator[Element]:
    """Give the text boxes in which words stand, from the inside."""
    return iter(()) if piece.element is None else piece.element.iterancestors(_BOX)


def _run_at(paragraph: Element | None, start: int, end: int) -> Element | None:
    """Make a run of the letters between two places of a paragraph; nothing where a tab or a line's end is among
    them, or of what stands in no paragraph."""
    if paragraph is None:
        return None
    explode(paragraph, WORD)
    place = signs = 0
    for element, words in letters(paragraph, WORD):
        if element.tag != WORD.text:
            if start <= place < end:
                return None
            signs += len(words) * (place < start)
        place += len(words)
    return isolated(atoms(paragraph, WORD), start - signs, end - signs, WORD)


# --- slides -----------------------------------------------------------------------------------------

_AUTHORS_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
_BESIDE = 3
"""How many words a comment quotes on each side of a number."""
_EMU_A_UNIT = 1588
"""The places of comments are counted in units of 1/576 of an inch."""


def _comment_slides(audit: TextAudit, slides: SlideFile, marking: Marking) -> None:
    """Put comments on the shapes whose words they quote; what stands in notes and charts is said on its slide, else
    on the first."""
    main, parts = slides.main, list(slides.slides())
    slide_of = {note: slide for slide in parts for note in slides.package.related(slide, "notesSlide")}
    authors = _part(slides, main, "commentAuthors", "ppt/commentAuthors.xml", _AUTHORS_TYPE, "cmAuthorLst")
    number = str(max((int(author.get("id", 0)) for author in authors), default=-1) + 1)
    values = {"id": number, "name": AUTHOR, "initials": "es", "lastIdx": "0", "clrIdx": number}
    author = authors.makeelement(f"{{{PML}}}cmAuthor", values)
    authors.append(author)

    def add(part: str, element: Element | None, words: str) -> None:
        marking.commented += 1
        pattern = slides.package.free_name("ppt/comments/comment%d.xml")
        comments = _part(slides, part, "comments", pattern, _COMMENTS_TYPE, "cmLst")
        comment = comments.makeelement(f"{{{PML}}}cm", {"authorId": number, "idx": str(marking.commented)})
        x, y = _corner(element)
        comment.append(comment.makeelement(f"{{{PML}}}pos", {"x": str(x), "y": str(y)}))
        text = comment.makeelement(f"{{{PML}}}text")
        text.text = words
        comment.append(text)
        comments.append(comment)

    add(parts[0], None, "\n".join(audit.headline()))
    for at, verdicts in audit.by_piece(audit.remarked).items():
        piece = audit.text.pieces[at]
        is_here = piece.part in parts
        lines = [
            audit.t(REMARKED, number=_surrounded(piece.text, start, end), remark=audit.remark(verdict))
            if is_here else audit.remark_at(verdict)
            for start, end, verdict in verdicts
        ]  # fmt: skip
        slide = piece.part if is_here else slide_of.get(piece.part, parts[0])
        for words in lines if len(lines) <= MOST_COMMENTS else ["\n".join(lines)]:
            add(slide, piece.element if is_here else None, words)
    author.set("lastIdx", str(marking.commented))


def _surrounded(text: str, start: int, end: int) -> str:
    """Give the words between two places of a text with those beside them, which tell them from others of the slide."""
    before, after = text[:start].split(), text[end:].split()
    is_cut = len(before) > _BESIDE, len(after) > _BESIDE
    first, last = (sign * cut for sign, cut in zip(("… ", " …"), is_cut, strict=True))
    around = " ".join((*before[-_BESIDE:], text[start:end])), " ".join(after[:_BESIDE])
    return f"{first}{' '.join(filter(None, around))}{last}"


def _part(slides: SlideFile, source: str, kind: str, name: str, content_type: str, root: str) -> Element:
    """Find the part of a kind that another leads to; else add an empty one."""
    there = [part for part in slides.package.related(source, kind) if slides.package.has(part)]
    if not there:
        slides.package.add(name, f'<p:{root} xmlns:p="{PML}"/>'.encode(), content_type)
        slides.package.relate(source, kind, name)
        there = [name]
    return slides.package.tree(there[0])


def _corner(element: Element | None) -> tuple[int, int]:
    """Find where the shape of a paragraph begins, in the units of comments."""
    shape = (
        None
        if element is None
        else next(element.iterancestors(f"{{{PML}}}sp", f"{{{PML}}}graphicFrame"), None)
    )
    offset = (
        None
        if shape is None
        else next((child for child in shape.iter() if str(child.tag).endswith("}off")), None)
    )
    if offset is None:
        return 10, 10
    return int(offset.get("x", 0)) // _EMU_A_UNIT, int(offset.get("y", 0)) // _EMU_A_UNIT
