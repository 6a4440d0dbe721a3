"""Tell what today's kit has more or less than a Word file of an earlier day, and put chapters, charts, tables and cards
of it into the file where they belong, as tracked insertions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ennum_stats.document.blocks import Blocks, Card, Cards, ChartBlock, Heading, WrittenTable, plain_text
from ennum_stats.document.control import ControlForm
from ennum_stats.document.word import WordWriter, card_table, native_run, picture_run
from ennum_stats.document.word_markup import bookmarked
from ennum_stats.drawing.office.native import is_native, native_charts
from ennum_stats.drawing.picture import draw, on_page
from ennum_stats.errors import Message, UsageError, message
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import parted
from ennum_stats.kit.formats.control_writer import Controls
from ennum_stats.kit.text import TEXTS, ChartPlace, TablePlace, kit_text, parts_of
from ennum_stats.office.drawn import pixels_of
from ennum_stats.office.markup import CELL, ROW, RUN, SDT, TABLE, P, R, W, insert_tracked, text_of, w
from ennum_stats.office.native_charts import add_native
from ennum_stats.office.package import Element
from ennum_stats.office.refresh.recovery import texts_of
from ennum_stats.office.word_file import DRAWN, Control, WordFile

T = TypeVar("T")
ALL = "all"
"""What `add` takes for everything that is listed."""
_OF_ANNEX = "table:figures"
"""What every annex has, and no kit beside it."""
_START, _END = w("bookmarkStart"), w("bookmarkEnd")


@dataclass(frozen=True)
class Addition:
    """Hold what today's kit has and a document has not, and what it follows there."""

    what: Message
    blocks: Blocks
    after: str
    """The anchor of a heading, or the key of a chart or table, behind which it belongs; a card, the last one."""


class Growth:
    """Compare a kit in Word with the text of its kind as it is on the ledger's day."""

    def __init__(self, document: WordFile, controls: Sequence[Control], edition: Edition) -> None:
        self.document, self.edition = document, edition
        self._held = {key for control in controls for key in _keys(control)}
        self._anchors = {
            mark.get(w("name"), "") for mark in document.package.tree(document.main).iter(_START)
        }
        numbers = [control for control in controls if control.written.form is ControlForm.NUMBER]
        self._cards = {control.written.name: control for control in numbers}
        self._is_kit = bool(numbers) or _OF_ANNEX in self._held

    @cached_property
    def _texts(self) -> Mapping[str, Blocks]:
        return texts_of(self.edition)

    @cached_property
    def more(self) -> tuple[Addition, ...]:
        """The cards, chapters, charts and tables that today's kit has and the document has not, in its order."""
        return (*self._more_cards(), *self._additions(self._blocks)) if self._is_kit else ()

    def _more_cards(self) -> Iterator[Addition]:
        """Give the cards of today's cover beside which the document has others."""
        if not self._cards:
            return
        (cards,) = (block for block in self._texts[TEXTS[0]] if isinstance(block, Cards))
        for card in cards.cards:
            if card.figure not in self._cards:
                yield Addition(message("card “{title}”", title=card.label), (card,), "")

    @property
    def _blocks(self) -> Blocks:
        """Give the blocks of today's kit, of its annex, or of both for a kit of when they were one file."""
        kit, _, annex = parted(self._texts[TEXTS[0]])
        headed = ((part, [block for block in part if isinstance(block, Heading)]) for part in (kit, annex))
        return tuple(block for part, headings in headed if any(map(self._has, headings)) for block in part)

    @cached_property
    def less(self) -> tuple[Message, ...]:
        """The cards, chapters, charts and tables that the document has and no text of today: what they rested on no
        longer holds, or is not known."""
        return tuple(self._gone()) if self._is_kit else ()

    def _gone(self) -> Iterator[Message]:
        for name, control in self._cards.items():
            if not self.edition.can_say(name):
                yield message("card “{title}”", title=control.title)
        today = [block for blocks in self._texts.values() for block in blocks]
        anchors = {_anchor(block) for block in today if isinstance(block, Heading)}
        keys = {block.key for block in today if isinstance(block, ChartBlock | WrittenTable)}
        for name in TEXTS:
            for part in parts_of(kit_text(self.edition.language, name).blocks):
                match part:
                    case Heading() if self._has(part) and _anchor(part) not in anchors:
                        yield _chapter(part)
                    case ChartPlace() if (key := f"chart:{part.name}") in self._held and key not in keys:
                        yield message("chart “{title}”", title=part.caption)
                    case TablePlace() if (key := f"table:{part.name}") in self._held and key not in keys:
                        yield message("table “{title}”", title=part.caption)

    def _additions(self, blocks: Blocks) -> Iterator[Addition]:
        after, missing = "", 0
        chapter: list[object] = []
        begun: Heading | None = None
        for block in (*blocks, None):
            if isinstance(block, Heading) or block is None:
                if begun and (block is None or block.level <= missing or self._has(block)):
                    yield Addition(_chapter(begun), tuple(chapter), after)
                    begun, chapter = None, []
                if block is None:
                    return
                if begun is None and not self._has(block):
                    begun, missing = block, block.level
                if begun is None:
                    after = _anchor(block)
            if begun:
                chapter.append(block)
            elif isinstance(block, ChartBlock | WrittenTable):
                if block.key in self._held:
                    after = block.key
                else:
                    yield Addition(_named(block), (block,), after)

    def _has(self, heading: Heading) -> bool:
        return _anchor(heading) in self._anchors

    # --- putting in -------------------------------------------------------------------------------------

    def add(self, wished: Collection[str]) -> list[Message]:
        """Put the additions of these numbers, as `more` is listed, into the document; tell what was put in."""
        chosen = chosen_of(self.more, wished, self.document.package.path)
        ends: dict[str, Element] = {}
        for addition in chosen:
            if isinstance(addition.blocks[0], Card):
                self._add_card(addition.blocks[0])
                continue
            place = ends.get(addition.after)
            if place is None:
                place = self._end_of(addition.after)
            for element in self._written(addition.blocks):
                place.addnext(element)
                place = element
            ends[addition.after] = place
        return [addition.what for addition in chosen]

    def _written(self, blocks: Blocks) -> list[Element]:
        """Write blocks as tracked insertions."""
        controls = self._controls
        # with a cover, chapters begin pages as they do in a kit
        writer = WordWriter(controls, self.edition.language, chart=self._chart(controls), cover=lambda _: "")
        return self._inserted(writer.markup(blocks))

    @property
    def _controls(self) -> Controls:
        return Controls(self.edition, self.document.registry, self.document.marks)

    def _add_card(self, card: Card) -> None:
        """Put a card beside the last one, where there is room, else into a row of its own below."""
        (written,) = self._inserted(card_table((card,), self._controls))
        new = next(written.iter(ROW))
        control = next(iter(self._cards.values()))
        table = next(control.element.iterancestors(TABLE))
        rows = table.findall(ROW)
        cells = rows[-1].findall(CELL)
        if len(cells) > 1 and _is_empty(cells[-1]):
            rows[-1].replace(cells[-1], new.find(CELL))
            return
        if len(rows) > 1 and _is_empty(rows[-2]):
            space = deepcopy(rows[-2])
            _child(space, "trPr").append(self.document.marks.tracked(w("ins")))
            table.append(space)
        table.append(new)

    def _inserted(self, markup: str) -> list[Element]:
        """Read markup as tracked insertions."""
        from lxml import etree

        document = self.document
        root = etree.fromstring(f'<w:body xmlns:w="{W}" xmlns:r="{R}">{markup}</w:body>')
        numbers = {start.get(w("id")): document.marks.change() for start in root.iter(_START)}
        for mark in root.iter(_START, _END):
            mark.set(w("id"), numbers[mark.get(w("id"))])
        for run in list(root.iter(RUN)):
            insert_tracked(run, document.marks)
        for paragraph in root.iter(P):
            _child(_child(paragraph, "pPr"), "rPr").insert(0, document.marks.tracked(w("ins")))
        for row in root.iter(w("tr")):
            _child(row, "trPr").append(document.marks.tracked(w("ins")))
        return list(root)

    def _chart(self, controls: Controls) -> Callable[[ChartBlock], str]:
        """Give what writes a chart that Word draws, or its picture, into the file."""
        document, package = self.document, self.document.package

        def written(block: ChartBlock) -> str:
            chart, number = block.chart, document.marks.control()
            if self.edition.has_native_charts and is_native(chart):
                (native,) = native_charts([chart])
                relation = package.relate(document.main, "chart", add_native(package, native, "word"))
                before, after = controls.chart(
                    chart.name, block.caption, chart.alt, native.xml, ControlForm.NATIVE
                )
                return before + native_run(chart, relation, number) + after
            (files,) = draw([on_page(chart, "png")])
            place = package.free_name("word/media/chart%d.png")
            package.add_media(place, files["png"], "png", "image/png")
            relation = package.relate(document.main, "image", place)
            before, after = controls.chart(
                chart.name, block.caption, chart.alt, files["png"], ControlForm.CHART
            )
            return before + picture_run(chart, pixels_of(files["png"]), relation, number) + after

        return written

    def _end_of(self, key: str) -> Element:
        """Find the last element of the body that belongs to a heading, chart or table of the document."""
        body = self.document.package.tree(self.document.main).find(w("body"))
        elements = [element for element in body if element.tag != w("sectPr")]
        at = next((n for n, element in enumerate(elements) if self._holds(element, key)), len(elements) - 1)
        if key in self._anchors:
            rest = enumerate(elements[at + 1 :], at)
            return elements[next((n for n, element in rest if self._is_heading(element)), len(elements) - 1)]
        last = at
        while last + 1 < len(elements) and self._holds(elements[last + 1], key):
            last += 1
        following = elements[last + 1] if last + 1 < len(elements) else None
        is_space = following is not None and following.tag == P and not "".join(following.itertext()).strip()
        return following if is_space and key.startswith("table:") else elements[last]

    def _is_heading(self, element: Element) -> bool:
        style = element.find(f"{w('pPr')}/{w('pStyle')}")
        return style is not None and style.get(w("val")) in self.document.heading_styles

    def _holds(self, element: Element, key: str) -> bool:
        if any(mark.get(w("name")) == key for mark in element.iter(_START)):
            return True
        controls = (self.document.written(control) for control in element.iter(SDT))
        return any(key in _keys_of(written.name, written.form) for written in controls if written)


def chosen_of(more: Sequence[T], wished: Collection[str], path: Path) -> list[T]:
    """Choose what is to be added by its number, as it is listed. Raises `UsageError` for a number that is not."""
    numbers = {str(number): addition for number, addition in enumerate(more, 1)}
    if ALL in wished:
        return [*more]
    if unknown := [number for number in wished if number not in numbers]:
        raise UsageError(
            message("There is nothing to add with the number {names}.", names=unknown),
            where=str(path),
            expected=message("Expected one of: {names}.", names=", ".join((*numbers, ALL))),
        )
    return [numbers[number] for number in dict.fromkeys(wished)]


def _is_empty(element: Element) -> bool:
    return not text_of(element).strip() and next(element.iter(SDT), None) is None


def _keys(control: Control) -> Iterator[str]:
    yield from _keys_of(control.written.name, control.written.form)


def _keys_of(name: str, form: ControlForm) -> Iterator[str]:
    """Give the key of the chart or table that a control is of, or whose title or notes it holds."""
    if form is ControlForm.TABLE:
        yield f"table:{name}"
    elif form in DRAWN:
        yield f"chart:{name}"
    elif name.startswith("chart:"):
        yield name.partition(".")[0]


def _anchor(heading: Heading) -> str:
    """Give the name of the bookmark of a heading."""
    return bookmarked(heading.anchor, "")[0].split('"')[3]


def _chapter(heading: Heading) -> Message:
    return message("chapter “{title}”", title=plain_text(heading))


def _named(block: ChartBlock | WrittenTable) -> Message:
    if isinstance(block, ChartBlock):
        return message("chart “{title}”", title=block.caption)
    return message("table “{title}”", title=block.caption)


def _child(element: Element, name: str) -> Element:
    """Find a property of an element; make it, first of all, where it is not there."""
    child = element.find(w(name))
    if child is None:
        child = element.makeelement(w(name))
        element.insert(0 if name != "rPr" else len(element), child)
    return child
