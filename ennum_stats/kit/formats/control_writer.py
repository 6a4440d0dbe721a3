"""Write content controls in WordprocessingML, and say in words what stands in each on the ledger's day."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Protocol
from xml.sax.saxutils import quoteattr

from ennum_stats.charts.catalogue import CHARTS
from ennum_stats.document.blocks import WrittenTable
from ennum_stats.document.control import (
    ControlEntry,
    ControlForm,
    Registry,
    Written,
    alias_of,
    bookmark_of,
    fingerprint,
    fingerprint_of_bytes,
    fingerprint_of_rows,
)
from ennum_stats.document.word_markup import LEADS_ON, bookmarked, link, run
from ennum_stats.errors import Message, message
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.figure_tables import evidence
from ennum_stats.languages import translate
from ennum_stats.measures.targets import forecast_words
from ennum_stats.typography import NBSP

DAY = "known_at"
"""The name of the line with the day known at."""
_FIRST_BOOKMARK = 50_000
"""Where our bookmarks begin to count."""
_ALIASES: dict[ControlForm, Message] = {
    ControlForm.UNIT: message("Unit: {what}"),
    ControlForm.PRECISION: message("Precision: {what}"),
    ControlForm.LABEL: message("Label: {what}"),
    ControlForm.SOURCE: message("Source: {what}"),
    ControlForm.DAY: message("Day of the figures"),
    ControlForm.SENTENCE: message("Sentence that rests on numbers"),
    ControlForm.TABLE: message("Table: {what}"),
    ControlForm.CHART: message("Chart: {what}"),
    ControlForm.PICTURE: message("Chart: {what}"),
    ControlForm.NATIVE: message("Chart: {what}"),
}


def words_of(edition: Edition, name: str, form: ControlForm) -> str:
    """Write what stands in a control of words; what it names must be known on the day."""
    match form:
        case ControlForm.DAY:
            return edition.known_line
        case ControlForm.WORDS:
            return edition.words(name)
        case ControlForm.PLANNED:
            return edition.words_in_table(name)
        case ControlForm.CELL:
            return edition.figure(name).full_text(edition.language)
        case ControlForm.LABEL:
            return edition.figure(name).label(edition.language)
        case ControlForm.SOURCE:
            return evidence(edition, edition.figure(name))
        case ControlForm.NUMBER:
            return edition.key_figure(name).number
        case ControlForm.UNIT:
            return edition.key_figure(name).unit
        case ControlForm.PRECISION:
            return edition.key_figure(name).precision
        case _:
            raise ValueError(form)


def title_of(edition: Edition, name: str) -> str:
    """Say what a name stands for: a figure, a call, a milestone, a rate or the documents without a date."""
    kind, _, code = name.rpartition(":")
    match kind:
        case "":
            return edition.figure(name.split(".", maxsplit=1)[0]).label(edition.language)
        case "milestone":
            return edition.name("milestones", code.removesuffix(".on"))
        case "chart":
            name, _, aspect = code.partition(".")
            words = translate(CHARTS[name].description, edition.language)
            return edition.t(_OF_CHART[aspect], what=words)
        case "call":
            return edition.words(name)
        case "documents":
            return edition.t(UNDATED)
        case _:
            return code


def control_title(edition: Edition, name: str, form: ControlForm) -> str:
    """Say what a control of a name and form calls itself."""
    return _titled(edition, title_of(edition, name), form)


def _titled(edition: Edition, title: str, form: ControlForm) -> str:
    pattern = _ALIASES.get(form)
    return edition.t(pattern, what=title) if pattern else title


UNDATED = message("Documents without a date")
_OF_CHART = {
    "title": message("Title: {what}"),
    "subtitle": message("What is shown: {what}"),
    "note": message("Note and sources: {what}"),
}


class Numbers(Protocol):
    """Give the numbers of marks that must differ in a document."""

    def control(self) -> str:
        """Give the next number of a control."""

    def change(self) -> str:
        """Give the next number of a bookmark."""


class _Counter:
    """Number the marks of a new document."""

    def __init__(self) -> None:
        self._controls, self._bookmarks = count(1), count(_FIRST_BOOKMARK)

    def control(self) -> str:
        return str(next(self._controls))

    def change(self) -> str:
        return str(next(self._bookmarks))


class Controls:
    """Write the content controls of a document, number them, and keep what the tags have no room for."""

    def __init__(
        self, edition: Edition, registry: Registry | None = None, numbers: Numbers | None = None
    ) -> None:
        self.edition = edition
        self.registry = Registry() if registry is None else registry
        self._numbers = _Counter() if numbers is None else numbers
        self._titles: dict[str, str] = {}

    def words(
        self, name: str, form: ControlForm, words: str, style: str = "", more: str = "", of: str = ""
    ) -> str:
        """Write words as a control; `of` is the figure or call of the day where the name is a role."""
        entry = ControlEntry(self._written(name, form, fingerprint(words)), words, of=of)
        title = "" if form is ControlForm.DAY else self._title(name if ":" in name else of or name)
        start = self._start(entry, title, "<w:text/>")
        return f"{start}{run(words or NBSP, style, more)}{_END}"

    def form_in_table(self, name: str) -> ControlForm:
        """Tell in which form a table has a figure: digits always, and a plan says there that it is one."""
        figure = self.edition.figure(name)
        forecast = forecast_words(self.edition.ledger, figure.answer, self.edition.language)
        return ControlForm.PLANNED if forecast else ControlForm.CELL

    def evidence(self, page: str) -> str:
        """Write the link to the evidence on the publisher's site; nothing where there is no site."""
        address = self.edition.address(page)
        return run(" ") + link(self.edition.t("Evidence"), address, LEADS_ON) if address else ""

    def sentence(self, key: str, words: str, conditions: dict[str, str]) -> tuple[str, str]:
        """Write what stands before and after a sentence that rests on conditions; `told` are its words with
        the names of its figures."""
        written = self._written(key, ControlForm.SENTENCE, fingerprint(words))
        start = self._start(ControlEntry(written, words, conditions=conditions), "")
        before, after = self._bookmark(written.tag)
        return start + before, after + _END

    def table(self, data: WrittenTable) -> tuple[str, str, tuple[str, str]]:
        """Write what stands before and after a table, and the two ends of the bookmark in its first cell."""
        rows = data.shown
        written = self._written(data.name, ControlForm.TABLE, fingerprint_of_rows(rows))
        start = self._start(ControlEntry(written, rows=rows), data.caption)
        return start, _END, self._bookmark(written.tag)

    def chart(
        self, name: str, caption: str, alt: str, picture: bytes, form: ControlForm = ControlForm.CHART
    ) -> tuple[str, str]:
        """Write what stands before and after the picture of a chart, or a chart that Word draws itself."""
        written = self._written(name, form, fingerprint_of_bytes(picture))
        kind = "" if form is ControlForm.NATIVE else "<w:picture/>"
        return self._start(ControlEntry(written, alt), caption, kind), _END

    def _written(self, name: str, form: ControlForm, print_: str) -> Written:
        edition = self.edition
        return Written(name, edition.language, form, edition.ledger.known_at, print_)

    def _title(self, name: str) -> str:
        if name not in self._titles:
            self._titles[name] = title_of(self.edition, name)
        return self._titles[name]

    def _start(self, entry: ControlEntry, title: str, kind: str = "") -> str:
        title = _titled(self.edition, title, entry.written.form)
        tag, alias = self.registry.add(replace(entry, title=title)), alias_of(title)
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(alias)}/><w:tag w:val={quoteattr(tag)}/>"
            f'<w:id w:val="{self._numbers.control()}"/>{kind}</w:sdtPr><w:sdtContent>'
        )

    def _bookmark(self, tag: str) -> tuple[str, str]:
        number = self._numbers.change()
        return bookmarked(f"{bookmark_of(tag)}_{number}", number)


_END = "</w:sdtContent></w:sdt>"
