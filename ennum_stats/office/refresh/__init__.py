"""Bring a Word file of people up to date: what the machine wrote follows, what people wrote stays.

A control that somebody typed into is left, and so is one whose figure is not known on the day; a sentence
whose claim no longer holds gets a comment. Nothing else of the file is touched, and the same file renewed to
the same day is the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from ennum_stats.charts.spec import Chart
from ennum_stats.document.blocks import WrittenTable
from ennum_stats.document.control import (
    SHORTENED,
    ControlEntry,
    ControlForm,
    fingerprint,
    fingerprint_of_bytes,
    fingerprint_of_rows,
)
from ennum_stats.drawing.office.native import NativeChart
from ennum_stats.errors import Message, UnknownName, UsageError, message
from ennum_stats.figures.statements import call_named
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.control_writer import control_title, words_of
from ennum_stats.kit.publisher import NOBODY, Publisher
from ennum_stats.languages import day
from ennum_stats.office.drawn import declared, redrawn
from ennum_stats.office.markup import set_text
from ennum_stats.office.names import ROLE_WORDS, named_table
from ennum_stats.office.native_charts import as_written, native_of, put_native
from ennum_stats.office.package import Element, refuse_workbook
from ennum_stats.office.pictures import picture_of, put_picture
from ennum_stats.office.refresh.claims import conditions_of, failed, instead, on_card, role_of
from ennum_stats.office.refresh.comments import remark, remark_redrawn, take_back
from ennum_stats.office.refresh.growth import Growth
from ennum_stats.office.refresh.recovery import recover
from ennum_stats.office.refresh.refresh_slides import refresh_slides
from ennum_stats.office.refresh.report import Outcome, Report, ReportLine, shortened, shortened_pair
from ennum_stats.office.refresh.word_table import Renewal, TableRenewer, entry_of, rows_of, words_of_row
from ennum_stats.office.slide_file import SlideFile
from ennum_stats.office.word_file import DRAWN, Control, WordFile, is_words
from ennum_stats.store.ledger import Ledger

_TOGETHER = frozenset((ControlForm.NUMBER, ControlForm.UNIT, ControlForm.PRECISION, ControlForm.SOURCE))
"""The parts of a key figure that say nothing true without each other."""
_BESIDE = frozenset((ControlForm.UNIT, ControlForm.PRECISION, ControlForm.LABEL, ControlForm.SOURCE))
_OF_CARDS = _TOGETHER | _BESIDE
_NUMBERS = frozenset((ControlForm.NUMBER, ControlForm.UNIT))
_MOST_CELLS = 5
"""How many changes of a table are told one by one."""
_LOST = message("another program dropped what this was; it no longer follows")
_CHART_CHANGED = message("the chart was changed by hand, or saved by another program than Word")


def refresh(
    ledger: Ledger,
    path: Path,
    publisher: Publisher = NOBODY,
    *,
    track: bool = False,
    out: Path | None = None,
    dry_run: bool = False,
    add: Collection[str] = (),
) -> Report:
    """Bring a Word file, or the slides of a kit, up to the ledger's day, and tell what became of it; with
    `track` as tracked changes, with `out` in a copy, with `dry_run` without writing, with `add` together with what
    today's kit has more, by these numbers: chapters, charts, tables and cards as tracked insertions, slides.

    Raises `DocumentRefused` for a file without anything of ours, with macros, a password or parts outside of
    it, `UsageError` for slides whose changes are to be tracked, `OutputInUse` for one that is open,
    `FileFault` for what the system refuses: the file stays as it was.
    """
    refuse_workbook(path)
    is_of_slides = path.suffix.lower() == ".pptx"
    if is_of_slides and track:
        raise UsageError(
            message("PowerPoint has no tracked changes."),
            where=str(path),
            remedy=message("Write into a copy instead: {option}", option="--out"),
        )
    file = SlideFile.open(path) if is_of_slides else WordFile.open(path)
    before = dict(file.package.parts)
    if isinstance(file, SlideFile):
        report = refresh_slides(file, ledger, publisher, add)
    else:
        report = _WordRefresh(file, ledger, publisher, track=track).renewed(add)
    report.left_out = file.package.left_out
    if isinstance(file, WordFile):
        file.keep_registry()
    if dry_run or not (report.is_changed or out):
        if report.is_recovered:
            report.data = file.package.data()
        return report
    if ledger.embargo is None:
        file.package.forget_identifier()
    if site := publisher.text("site_address", report.language).rstrip("/"):
        file.package.lead_on(site, report.days, ledger.known_at)
    data = file.package.data()
    report.is_written = out is not None or file.package.parts != before
    if report.is_written:
        file.package.save(data, out)
    return report


class _WordRefresh:
    """Renew the controls of one document."""

    def __init__(self, document: WordFile, ledger: Ledger, publisher: Publisher, *, track: bool) -> None:
        self.document, self.ledger, self.publisher, self.track = document, ledger, publisher, track
        is_recovered = recover(document, ledger, publisher)
        self.controls = [control for control in document.controls() if not control.is_struck]
        self.report = Report.begun(document.package.path, [control.written for control in self.controls])
        self.report.is_recovered = is_recovered
        self._editions: dict[str, Edition] = {}
        self._handled: set[Element] = set()
        self._typed = {
            control for control in self.controls if is_words(control.written.form) and _is_typed(control)
        }
        self._bound = _bound_together(self.controls, self._typed)
        self._fixed_roles = _fixed_roles(self.controls, self._typed, self._can_follow)

    def renewed(self, add: Collection[str]) -> Report:
        """Renew all controls: tables before the figures in them, sentences last; then put in what is added."""
        charts = self._declared()
        with ThreadPoolExecutor(max_workers=1) as executor:
            forms = [control.written.form for control in charts]
            drawing = executor.submit(lambda: [*map(redrawn, charts.values(), forms)])
            self._renew_words()
            for (control, chart), data in zip(charts.items(), drawing.result(), strict=True):
                self._draw(control, chart, data)
        for control in self.controls:
            if control.written.form is ControlForm.SENTENCE:
                self._sentence(control)
        order = {id(control.place): n for n, control in enumerate(self.controls)}
        self.report.lines.sort(key=lambda line: order[id(line.place)])
        for place in self.document.lost():
            self.report.lines.append(ReportLine(Outcome.LEFT, place, "", _LOST))
        edition = Edition(self.ledger, self.report.language, self.publisher)
        self.report.grow(Growth(self.document, self.controls, edition), add)
        return self.report

    def _renew_words(self) -> None:
        for control in self.controls:
            if control.written.form is ControlForm.TABLE:
                self._table(control)
        for control in self.controls:
            if is_words(control.written.form) and control.element not in self._handled:
                self._words(control)

    def _edition(self, control: Control) -> Edition:
        language = control.written.language
        if language not in self._editions:
            self._editions[language] = Edition(self.ledger, language, self.publisher)
        return self._editions[language]

    def _tell(self, outcome: Outcome, control: Control, sentence: Message) -> None:
        title = "" if outcome is Outcome.REMARKED else control.title
        line = ReportLine(outcome, control.place, title, sentence)
        if not control.is_copy_for_old_programs and line not in self.report.lines:
            self.report.lines.append(line)

    def _keep(self, control: Control, entry: ControlEntry) -> None:
        """Write what a control holds now into its tag."""
        entry = replace(entry, title=control.title)
        if control.entry != entry or control.written != entry.written or control.is_dropped:
            self.document.retag(control, entry)
            self.report.is_changed = True

    def _can_follow(self, control: Control) -> bool:
        return self._edition(control).can_write(control.written.name)

    # --- words ------------------------------------------------------------------------------------------

    def _words(self, control: Control) -> None:
        edition = self._edition(control)
        name = self._name(control, edition)
        if isinstance(name, Message):
            self._tell(Outcome.LEFT, control, name)
            return
        form = control.written.form
        if form is not ControlForm.DAY and not edition.can_write(name):
            if form not in _BESIDE:  # a key figure is told once
                self._tell(Outcome.LEFT, control, _unknown(edition, role_of(name)))
            return
        words = words_of(edition, name, form)
        if control in self._typed:
            sentence = message("“{found}” was typed there; on {day} it would be “{words}”",
                            found=shortened(control.text), day=edition.known_at, words=words)  # fmt: skip
            self._tell(Outcome.LEFT, control, sentence)
            return
        if control in self._bound:
            return
        if fingerprint(words) != control.written.fingerprint:
            then, now = (
                day(each, edition.language) for each in (control.written.known_at, self.ledger.known_at)
            )
            text, before = (" ".join(each.split()) for each in (control.text, then))
            is_day = fingerprint(text.replace(before, now)) == fingerprint(words)
            old, new = (then, now) if is_day else shortened_pair(control.text, words)
            change = message("“{before}” becomes “{after}”", before=old, after=new)
            self._tell(Outcome.DATED if is_day else Outcome.CHANGED, control, change)
            marks = self.document.marks if self.track else None
            set_text(control.content, words, marks)
        written = replace(control.written, known_at=self.ledger.known_at, fingerprint=fingerprint(words))
        if form in _OF_CARDS and name != written.name:
            written = replace(written, name=name)
            control.rename(control_title(edition, name, form))
        self._keep(control, ControlEntry(written, words, of=self._of(written.name, name, edition)))

    def _name(self, control: Control, edition: Edition) -> str | Message:
        """Find what a control shows on the day: what a role names where all that the paragraph says of it is
        ours, else what it named when it was written; or say why that is not known."""
        name, entry = control.written.name, control.entry
        if control.written.form is ControlForm.DAY:
            return name
        if control.written.form in _OF_CARDS:
            return on_card(edition, name, control.written.known_at)
        role = role_of(name)
        if role and (entry is None or not entry.of):
            return message("it is a copy from another document, of which call is not known")
        if role and entry is not None and (control.paragraph, role) in self._fixed_roles:
            aspect = name.partition(".")[2]
            name = f"call:{entry.of}" if name.startswith("call:") else entry.of.split(".")[0]
            name = f"{name}.{aspect}" if aspect else name
        if ":" not in name:
            try:
                edition.figure(name.split(".")[0])
            except UnknownName as error:
                is_role = bool(role) and call_named(self.ledger, role) is None
                return _unknown(edition, role) if is_role else _unknown_name(error)
        return name

    def _of(self, written: str, name: str, edition: Edition) -> str:
        """Name the figure or call that a role has on the day; nothing where what was written is no role."""
        if not role_of(written):
            return ""
        if name.startswith("call:"):
            return call_named(self.ledger, name.removeprefix("call:")) or ""
        base, dot, aspect = name.partition(".")
        return edition.figure(base).name + dot + aspect

    # --- tables, charts, sentences ----------------------------------------------------------------------

    def _table(self, control: Control) -> None:
        edition, name = self._edition(control), control.written.name
        table = control.table
        if table is None:
            self._tell(Outcome.LEFT, control, message("the table was taken out"))
            return
        new = named_table(edition, name)
        written = self._written_rows(control, table)
        if new is None:
            self._tell(Outcome.LEFT, control, _unknown(edition))
        elif written is None:
            sentence = message("the table was changed, and how it was written is not known")
            self._tell(Outcome.LEFT, control, sentence)
        else:
            self._renew(control, table, written, new)

    def _written_rows(self, control: Control, table: Element) -> tuple[tuple[str, ...], ...] | None:
        if control.entry is not None and control.entry.rows:
            return control.entry.rows
        rows = tuple(words_of_row(row) for row in rows_of(table))
        is_ours = fingerprint_of_rows(rows) == control.written.fingerprint
        return rows if is_ours else None

    def _renew(
        self, control: Control, table: Element, written: tuple[tuple[str, ...], ...], new: WrittenTable
    ) -> None:
        edition, document = self._edition(control), self.document
        renewer = TableRenewer(edition, document.registry, document.marks, tracking=self.track)
        result = renewer.renewed(table, written, new)
        if result is None:
            self._tell(Outcome.LEFT, control, message("its columns were changed"))
            return
        self._handled |= renewer.handled
        for sentence in _changes(result):
            self._tell(Outcome.CHANGED, control, sentence)
        if result.kept:
            sentence = message("rows changed or added by hand: {n}", n=result.kept)
            self._tell(Outcome.LEFT, control, sentence)
        self._keep(control, entry_of(control.written.name, edition, new))

    def _declared(self) -> dict[Control, Chart]:
        """Declare today's charts in the place of those that are still ours; tell of the others."""
        charts = {}
        for control in self.controls:
            if control.written.form in DRAWN:
                chart = self._chart(control)
                if isinstance(chart, Message):
                    self._tell(Outcome.LEFT, control, chart)
                else:
                    charts[control] = chart
        return charts

    def _chart(self, control: Control) -> Chart | Message:
        edition = self._edition(control)
        is_native = control.written.form is ControlForm.NATIVE
        there = (native_of if is_native else picture_of)(self.document.package, control)
        if there is None:
            return message("the picture was taken out")
        if is_native and as_written(there, control.written, self.ledger) is None:
            return _CHART_CHANGED
        if not is_native and fingerprint_of_bytes(there) != control.written.fingerprint:
            return message("another picture was put in its place")
        try:
            chart = declared(edition, control.written.name)
        except UnknownName as error:
            return _unknown_name(error)
        return chart or _unknown(edition)

    def _draw(self, control: Control, chart: Chart, data: bytes | NativeChart) -> None:
        print_ = fingerprint_of_bytes(data.xml if isinstance(data, NativeChart) else data)
        if print_ != control.written.fingerprint:
            before = control.entry.text if control.entry else ""
            package = self.document.package
            if not isinstance(data, NativeChart):
                put_picture(package, control, data, before, chart.alt)
            elif not put_native(package, control, data, self.ledger, before, chart.alt):
                self._tell(Outcome.LEFT, control, _CHART_CHANGED)
                return
            sentence = message("drawn again: “{title}”", title=shortened(chart.title))
            if self.track:
                sentence = message("{told} (Word has no tracked change of charts)", told=sentence)
            remark_redrawn(self.document, control, before if self.track else "", self._edition(control))
            self._tell(Outcome.CHANGED, control, sentence)
        written = replace(control.written, known_at=self.ledger.known_at, fingerprint=print_)
        self._keep(control, ControlEntry(written, chart.alt))

    def _sentence(self, control: Control) -> None:
        edition, entry = self._edition(control), control.entry
        key = control.written.name
        conditions = entry.conditions if entry else conditions_of(edition.language, key)
        whys = failed(edition, conditions)
        if not whys:
            self.report.is_changed |= take_back(self.document, control)
            written = replace(control.written, known_at=self.ledger.known_at)
            if entry is not None:
                self._keep(control, replace(entry, written=written))
            return
        sentence = message("With the figures known on {day}, this sentence no longer holds: {whys}.",
                       day=edition.known_at, whys=whys)  # fmt: skip
        lines = [edition.t(sentence.text, **sentence.values)]
        if other := instead(edition, key):
            lines.append(edition.t("The kit of that day says: “{sentence}”", sentence=other))
        self.report.is_changed |= remark(self.document, control, "\n".join(lines))
        words = shortened(control.words_of_sentence)
        self._tell(Outcome.REMARKED, control, message("“{said}”: {whys}", said=words, whys=whys))


def _is_typed(control: Control) -> bool:
    """Tell whether somebody wrote into a control."""
    return control.is_emptied or fingerprint(control.text) != control.written.fingerprint


def _bound_together(controls: list[Control], typed: set[Control]) -> set[Control]:
    """Find the parts of key figures whose number was typed over: what stands beside it stays with it."""
    typed_over = {
        (control.cell, control.written.name) for control in typed if control.written.form in _NUMBERS
    }
    return {
        control
        for control in controls
        if control.written.form in _TOGETHER and (control.cell, control.written.name) in typed_over
    }


def _fixed_roles(
    controls: list[Control], typed: set[Control], can_follow: Callable[[Control], bool]
) -> set[tuple[Element, str]]:
    """Find the roles that stay with their call in a paragraph, so that it never speaks of two calls: those
    whose call is not named there in words of ours, that somebody wrote beside, or of which a part is not
    known."""
    groups: dict[tuple[Element, str], list[Control]] = {}
    for control in controls:
        if is_words(control.written.form) and (role := role_of(control.written.name)):
            groups.setdefault((control.paragraph, role), []).append(control)
    return {
        place
        for place, ones in groups.items()
        if any(control in typed or not can_follow(control) for control in ones)
        or not any(control.written.name.startswith("call:") for control in ones)
    }


def _unknown(edition: Edition, role: str = "") -> Message:
    """Say why nothing is there: nobody knows it, or no call has the role any more."""
    if role and call_named(edition.ledger, role) is None:
        return message("no call has this role on {day} ({role}): to be said otherwise", day=edition.known_at,
                       role=ROLE_WORDS[role])  # fmt: skip
    return message("not known on {day}", day=edition.known_at)


def _unknown_name(error: UnknownName) -> Message:
    if SHORTENED in str(error.found):
        return _LOST
    return message("{found} {expected}", found=error.found, expected=error.expected or "")


def _changes(result: Renewal) -> list[Message]:
    """Tell the changes of a table, one by one where they are few."""
    lines = [
        message("{row}: “{before}” becomes “{after}”", row=shortened(row), before=old, after=new)
        for row, before, after in result.cells
        for old, new in [shortened_pair(before, after)]
    ]
    if len(lines) > _MOST_CELLS:
        lines = [message("cells changed: {n}", n=len(lines))]
    if result.added:
        lines.append(message("rows added: {n}", n=result.added))
    if result.removed:
        lines.append(message("rows taken out: {n}", n=result.removed))
    return lines
