"""Bring slides of a kit up to date after people edited them: words and charts follow, theirs stay.

Slides have no tracked changes and no part that programs keep, so that what was written is worked out anew for
the day that a shape names. A shape of which that cannot be done is renewed whole where nobody touched it, and
left where somebody did.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property

from ennum_stats.charts.catalogue import CHARTS
from ennum_stats.charts.spec import Chart
from ennum_stats.document.control import ControlForm, fingerprint_of_bytes
from ennum_stats.document.word_markup import CHART_URI
from ennum_stats.drawing.office.native import NativeChart
from ennum_stats.errors import Message, UnknownName, message
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats import slide_words
from ennum_stats.kit.formats.control_writer import title_of
from ennum_stats.kit.formats.slides import native_of_slide, picture_of_slide
from ennum_stats.kit.publisher import Publisher
from ennum_stats.office.chart_merge import merged_chart
from ennum_stats.office.drawn import declared
from ennum_stats.office.markup import A, R
from ennum_stats.office.native_charts import as_written, says_the_same
from ennum_stats.office.refresh.claims import on_card
from ennum_stats.office.refresh.paragraph_merge import lines_of, merge
from ennum_stats.office.refresh.report import Outcome, Report, ReportLine, shortened, shortened_pair
from ennum_stats.office.refresh.slide_growth import SlideGrowth
from ennum_stats.office.slide_file import Shape, SlideFile
from ennum_stats.store.ledger import Ledger

_CHANGED = message("the chart was changed by hand, or saved by another program than PowerPoint")
_LINKED = f"{{{R}}}id"


def refresh_slides(
    file: SlideFile, ledger: Ledger, publisher: Publisher, add: Collection[str] = ()
) -> Report:
    """Bring opened slides of a kit up to the ledger's day, and tell what became of them; then put in what is added.

    `refresh` opens and saves them. Raises `DocumentRefused` where nothing of ours is on them.
    """
    return _SlideRefresh(file, ledger, publisher).renewed(add)


class _SlideRefresh:
    """Renew the shapes of one presentation."""

    def __init__(self, file: SlideFile, ledger: Ledger, publisher: Publisher) -> None:
        self.file, self.ledger, self.publisher = file, ledger, publisher
        self.shapes = file.shapes()
        self.report = Report.begun(file.package.path, [shape.written for shape in self.shapes])
        self._words: dict[tuple[str, object], slide_words.SlideWords] = {}

    def renewed(self, add: Collection[str]) -> Report:
        """Renew all shapes, in their order; tell what today's slides have more and less, and put in what is to be."""
        for shape in self.shapes:
            match shape.written.form:
                case ControlForm.NATIVE:
                    self._native(shape)
                case ControlForm.CHART:
                    self._picture(shape)
                case _:
                    self._renew_words(shape)
        words = slide_words.SlideWords.of(Edition(self.ledger, self.report.language, self.publisher))
        self.report.grow(SlideGrowth(self.file, self.shapes, words), add)
        return self.report

    def _words_on(self, shape: Shape, day: object = None) -> slide_words.SlideWords:
        """Give the words of all slides in the language of a shape, as known today or on another day."""
        written = shape.written
        key = (written.language, day)
        if key not in self._words:
            ledger = self.ledger if day is None else self.ledger.known_on(written.known_at)
            edition = Edition(ledger, written.language, self.publisher)
            self._words[key] = slide_words.SlideWords.of(edition)
        return self._words[key]

    def _tell(self, outcome: Outcome, shape: Shape, sentence: Message) -> None:
        line = ReportLine(outcome, shape.place, self._title(shape), sentence)
        if line not in self.report.lines:
            self.report.lines.append(line)

    def _title(self, shape: Shape) -> str:
        edition = self._words_on(shape).edition
        figure = slide_words.figure_of_card(shape.written.name)
        try:
            return title_of(edition, figure) if figure else ""
        except UnknownName:
            return figure

    def _keep(self, shape: Shape, print_: str, name: str = "") -> None:
        name = name or shape.written.name
        written = replace(shape.written, name=name, known_at=self.ledger.known_at, fingerprint=print_)
        if written != shape.written:
            shape.keep(written)
            self.report.is_changed = True

    @cached_property
    def _unknown(self) -> Message:
        edition = Edition(self.ledger, self.report.language)
        return message("not known on {day}", day=edition.known_at)

    # --- words ------------------------------------------------------------------------------------------

    def _renew_words(self, shape: Shape) -> None:
        name, there = self._name(shape), shape.paragraphs
        today = self._words_on(shape).paragraphs(name)
        current = lines_of(there)
        is_ours = slide_words.fingerprint_of_lines(current) == shape.written.fingerprint
        written = current if is_ours else self._written(shape)
        if today is None:
            self._tell(Outcome.LEFT, shape, self._unknown)
            return
        lines = slide_words.joined(today)
        is_bound = not is_ours and bool(slide_words.figure_of_card(name))
        if written is None or is_bound:
            words = " · ".join(lines)
            self._tell(Outcome.LEFT, shape, message(
                "“{found}” was typed there; on {day} it would be “{words}”",
                found=shortened(" ".join(current)), day=self._words_on(shape).edition.known_at,
                words=shortened(words),
            ))  # fmt: skip
            return
        merged = merge(there, written, today)
        for before, after in merged.changed:
            self._tell(Outcome.CHANGED, shape, _change(before, after))
        for before, after in merged.kept:
            old, new = shortened_pair(before, after)
            sentence = message("“{before}” was changed by hand; today: “{after}”", before=old, after=new)
            self._tell(Outcome.LEFT, shape, sentence)
        self._keep(shape, slide_words.fingerprint_of_lines(lines), name)

    def _name(self, shape: Shape) -> str:
        """Find what a shape shows on the day: the figures of cards follow, as they do in Word."""
        name, edition = shape.written.name, self._words_on(shape).edition
        figures = [
            on_card(edition, figure, shape.written.known_at) for figure in slide_words.figures_of(name)
        ]
        return f"{name.partition(':')[0]}:{','.join(figures)}" if figures else name

    def _written(self, shape: Shape) -> list[str] | None:
        """Work out what was written into a shape that a person changed; nothing where the store of today no
        longer says it."""
        written = shape.written
        then = self._words_on(shape, written.known_at).paragraphs(written.name)
        lines = slide_words.joined(then or ())
        is_told = written.fingerprint in ("", slide_words.fingerprint_of_lines(lines))
        return lines if then and is_told else None

    # --- charts -----------------------------------------------------------------------------------------

    def _declared(self, shape: Shape) -> Chart | None:
        name = shape.written.name.removeprefix("chart:")
        chart = declared(self._words_on(shape).edition, name) if name in CHARTS else None
        if chart is None:
            self._tell(Outcome.LEFT, shape, self._unknown)
        return chart

    def _native(self, shape: Shape) -> None:
        native, package = self._declared(shape), self.file.package
        if native is None:
            return
        chart = next(shape.element.iter(f"{{{CHART_URI}}}chart"), None)
        part = "" if chart is None else package.target(shape.part, chart.get(_LINKED, ""))
        if not package.has(part):
            self._tell(Outcome.LEFT, shape, message("the picture was taken out"))
            return
        there = package.parts[part]
        written = replace(shape.written, name=native.name)
        before = as_written(there, written, self.ledger, lambda drawn: native_of_slide(drawn, ""))
        if before is None:
            self._tell(Outcome.LEFT, shape, _CHANGED)
            return
        relation = next(iter(package.tree(part).iter(f"{{{CHART_URI}}}externalData")), None)
        number = "" if relation is None else relation.get(_LINKED, "")
        today = native_of_slide(native, number)
        if says_the_same(there, today.xml):
            self._keep(shape, shape.written.fingerprint)
            return
        data = today.xml if before == there else merged_chart(before, there, today.xml)
        if data is None:
            self._tell(Outcome.LEFT, shape, _CHANGED)
            return
        self._put(part, data, today)
        self._drawn(shape, native, today.xml)  # with another look it is not as it was written

    def _put(self, part: str, data: bytes, today: NativeChart) -> None:
        package = self.file.package
        package.replace(part, data)
        for workbook in package.related(part, "package"):
            package.parts[workbook] = today.workbook

    def _picture(self, shape: Shape) -> None:
        chart, package = self._declared(shape), self.file.package
        if chart is None:
            return
        blip = next(shape.element.iter(f"{{{A}}}blip"), None)
        number = "" if blip is None else blip.get(f"{{{R}}}embed", "")
        there = package.parts.get(package.target(shape.part, number), b"")
        if fingerprint_of_bytes(there) != shape.written.fingerprint:
            self._tell(Outcome.LEFT, shape, message("another picture was put in its place"))
            return
        data = picture_of_slide(chart, shape.written.language)
        if data == there:
            self._keep(shape, fingerprint_of_bytes(there))
            return
        place = package.free_name("ppt/media/chart%d.png")
        package.add_media(place, data, "png", "image/png")
        assert blip is not None
        blip.set(f"{{{R}}}embed", package.relate(shape.part, "image", place))
        package.unrelate(shape.part, number)
        self._drawn(shape, chart, data)

    def _drawn(self, shape: Shape, chart: Chart, data: bytes) -> None:
        then = self._words_on(shape, shape.written.known_at).edition
        before = declared(then, chart.name)
        # Decks of before told all values in the alternative text.
        own = (before.alt, before.description) if before else (shape.description,)
        shape.describe(own, chart.alt)
        sentence = message("drawn again: “{title}”", title=shortened(chart.title))
        self._tell(Outcome.CHANGED, shape, sentence)
        self._keep(shape, fingerprint_of_bytes(data))


def _change(before: str, after: str) -> Message:
    if not after:
        return message("taken out: “{words}”", words=shortened(before))
    if not before:
        return message("added: “{words}”", words=shortened(after))
    old, new = shortened_pair(before, after)
    return message("“{before}” becomes “{after}”", before=old, after=new)
