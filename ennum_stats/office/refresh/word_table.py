"""Renew a table in a Word file row by row: what the machine wrote follows, what people changed stays."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from ennum_stats.document.blocks import FigureWords, Inlines, Link, Row, WrittenTable, lines_of
from ennum_stats.document.control import (
    ControlEntry,
    ControlForm,
    Registry,
    Written,
    fingerprint,
    fingerprint_of_rows,
)
from ennum_stats.document.word import row_markup
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.control_writer import Controls
from ennum_stats.office import markup
from ennum_stats.office.package import Element
from ennum_stats.office.refresh.row_merge import Cells, RowMerge, merged, plain


@dataclass
class Renewal:
    """Hold what became of a table: its cells that changed with their old and new words, and how many rows
    came, went and stayed because people had changed them."""

    cells: list[tuple[str, str, str]] = field(default_factory=list)
    added: int = 0
    removed: int = 0
    kept: int = 0


def rows_of(table: Element) -> list[Element]:
    """List the rows of a table, without those in tables inside, and those that are marked as deleted."""
    return [
        row
        for row in table.iter(markup.ROW)
        if next(row.iterancestors(markup.TABLE)) is table
        and row.find(f"{markup.w('trPr')}/{markup.w('del')}") is None
    ]


def cells_of(row: Element) -> list[Element]:
    """List the cells of a row."""
    return [cell for cell in row.iter(markup.CELL) if next(cell.iterancestors(markup.ROW)) is row]


def words_of_row(row: Element) -> Cells:
    """Read the words of a row, those of each cell with its lines."""
    return tuple(
        "\n".join(markup.text_of(paragraph) for paragraph in _paragraphs(cell)) for cell in cells_of(row)
    )


def _paragraphs(cell: Element) -> list[Element]:
    return [
        paragraph for paragraph in cell.iter(markup.P) if next(paragraph.iterancestors(markup.CELL)) is cell
    ]


class TableRenewer:
    """Renew a table; with `tracking` as tracked changes."""

    def __init__(self, edition: Edition, registry: Registry, marks: markup.Marks, *, tracking: bool) -> None:
        self.edition, self.registry, self.marks, self.tracking = edition, registry, marks, tracking
        self.controls = Controls(edition, registry, marks)
        self.handled: set[Element] = set()
        """The controls in rows of ours, which have today's words."""

    def renewed(self, table: Element, written: tuple[Cells, ...], new: WrittenTable) -> Renewal | None:
        """Bring a table up to date; nothing where its columns are no longer those that were written."""
        rows = rows_of(table)
        words = [words_of_row(row) for row in rows]
        merge = merged(written, words, new.shown)
        if merge is None:
            return None
        result = Renewal(kept=len(merge.kept), added=len(merge.added), removed=len(merge.removed))
        for number, place in sorted(merge.places.items()):
            if number == 0:
                self._heading(rows[place], new)
            else:
                rows[place] = self._row(rows[place], new, number - 1, result)
        self._add(rows, merge, new)
        for place in merge.removed:
            self._remove(rows[place])
        return result

    def _heading(self, row: Element, new: WrittenTable) -> None:
        for cell, words in zip(cells_of(row), new.shown[0], strict=True):
            if plain((words,)) != plain((markup.text_of(cell),)):
                markup.set_text(_paragraphs(cell)[0], words, self._tracked)

    def _row(self, row: Element, new: WrittenTable, number: int, result: Renewal) -> Element:
        """Write today's words into a row; return it, or the one that stands in its place."""
        model, words = new.rows[number], words_of_row(row)
        replaced = False
        for cell, today, text in zip(cells_of(row), model.cells, words, strict=True):
            shown = "\n".join(lines_of(today))
            is_same = plain((shown,)) == plain((text,))
            if not is_same:
                result.cells.append((words[0], text, shown))
                replaced = replaced or not self._fits(cell, today)
            if not replaced:
                self._cell(cell, today, is_same=is_same)
        if not replaced:
            return row
        added = self._made(model, new, row)
        row.addnext(added)
        self._remove(row)
        return added

    def _fits(self, cell: Element, today: Inlines) -> bool:
        """Tell whether today's words can be written into a cell as it is."""
        has_control = next(cell.iter(markup.SDT), None) is not None
        is_link = isinstance(today[0], Link)
        is_fit = has_control == isinstance(today[0], FigureWords) and not is_link
        return is_fit and len(_paragraphs(cell)) == len(lines_of(today))

    def _cell(self, cell: Element, today: Inlines, *, is_same: bool) -> None:
        figure = today[0] if isinstance(today[0], FigureWords) else None
        control = next(cell.iter(markup.SDT), None) if figure else None
        if figure and control is not None and control.find(markup.CONTENT) is not None:
            if not is_same:
                markup.set_text(control.find(markup.CONTENT), figure.words, self._tracked)
            self._retag(control, figure)
        elif not is_same:
            for paragraph, line in zip(_paragraphs(cell), lines_of(today), strict=True):
                if plain((line,)) != plain((markup.text_of(paragraph),)):
                    markup.set_text(paragraph, line, self._tracked)

    def _retag(self, control: Element, today: FigureWords) -> None:
        form = self.controls.form_in_table(today.figure)
        language, day = self.edition.language, self.edition.ledger.known_at
        written = Written(today.figure, language, form, day, fingerprint(today.words))
        self.handled.add(control)
        tag = markup.property_of(control, "tag")
        if tag is not None:
            tag.set(markup.VALUE, self.registry.add(ControlEntry(written, today.words)))

    def _add(self, rows: list[Element], merge: RowMerge, new: WrittenTable) -> None:
        added: dict[int, Element] = {}
        for number, before in merge.added:
            above = added[before] if before in added else rows[merge.places[before]]
            likeness = self._likeness(rows, merge, new, number)
            row = added[number] = self._made(new.rows[number - 1], new, likeness)
            above.addnext(row)

    def _likeness(
        self, rows: list[Element], merge: RowMerge, new: WrittenTable, number: int
    ) -> Element | None:
        """Find a row that looks as a new one must: a group, a total or one of the others."""
        kind = _kind(new.rows[number - 1])
        near = sorted(merge.places, key=lambda place: abs(place - number))
        alike = (rows[merge.places[place]] for place in near if place and _kind(new.rows[place - 1]) == kind)
        return next(alike, None)

    def _made(self, row: Row, new: WrittenTable, like: Element | None) -> Element:
        """Make a row, in the look of another one."""
        element = _parsed(row_markup(row, new, self.controls))
        if like is not None:
            self._dress(element, like)
        if self.tracking:
            for run in list(element.iter(markup.RUN)):
                markup.insert_tracked(run, self.marks)
            element.find(markup.w("trPr")).append(self.marks.tracked(markup.w("ins")))
        return element

    def _dress(self, element: Element, like: Element) -> None:
        for cell, model in zip(cells_of(element), cells_of(like), strict=False):
            _replace(cell, markup.w("tcPr"), model)
            look = next((paragraph for paragraph in _paragraphs(model)), None)
            for paragraph in _paragraphs(cell) if look is not None else ():
                _replace(paragraph, markup.w("pPr"), look)

    def _remove(self, row: Element) -> None:
        inserted = row.find(f"{markup.w('trPr')}/{markup.w('ins')}")
        if not self.tracking or (inserted is not None and inserted.get(markup.w("author")) == markup.AUTHOR):
            row.getparent().remove(row)
            return
        properties = row.find(markup.w("trPr"))
        if properties is None:
            from lxml import etree

            properties = etree.Element(markup.w("trPr"))
            row.insert(0, properties)
        properties.append(self.marks.tracked(markup.w("del")))
        for run in [each_run for each_run in row.iter(markup.RUN) if markup.text_of(each_run)]:
            markup.strike(run, self.marks)

    @property
    def _tracked(self) -> markup.Marks | None:
        return self.marks if self.tracking else None


def _kind(row: Row) -> tuple[bool, bool]:
    return row.is_group, row.is_total


def _replace(element: Element, name: str, model: Element) -> None:
    """Give an element the properties of another one."""
    own, other = element.find(name), model.find(name)
    if own is not None:
        element.remove(own)
    if other is not None:
        element.insert(0, deepcopy(other))


def _parsed(code: str) -> Element:
    from lxml import etree

    return etree.fromstring(f'<w:tbl xmlns:w="{markup.W}">{code}</w:tbl>')[0]


def entry_of(name: str, edition: Edition, new: WrittenTable) -> ControlEntry:
    """Make what is kept of a table as it is written now."""
    rows = new.shown
    day = edition.ledger.known_at
    written = Written(name, edition.language, ControlForm.TABLE, day, fingerprint_of_rows(rows))
    return ControlEntry(written, rows=rows)
