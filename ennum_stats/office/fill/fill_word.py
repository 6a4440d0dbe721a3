"""Fill in a Word file of somebody's: each name between braces becomes a control that `refresh` renews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from ennum_stats.charts.spec import Chart
from ennum_stats.document import word_markup
from ennum_stats.document.blocks import WrittenTable
from ennum_stats.document.control import ControlForm
from ennum_stats.document.word import native_run, picture_run, table_markup
from ennum_stats.drawing import theme
from ennum_stats.drawing.office.native import is_native, native_charts
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.control_writer import Controls
from ennum_stats.kit.formats.word_look import empty_document
from ennum_stats.office.drawn import picture, pixels_of
from ennum_stats.office.fill.placeholders import WORD, Placeholder, placeholders
from ennum_stats.office.markup import CELL, SDT, R, W, property_of, text_of, w
from ennum_stats.office.native_charts import add_native
from ennum_stats.office.package import Element
from ennum_stats.office.word_file import WordFile

_EMU_A_TWIP = 635
_STYLES_OF_TABLES = frozenset(
    ("KitTable", "TableText", "TableHead", "TableGroup", "TableTextDense", "TableHeadDense",
     "TableGroupDense")
)  # fmt: skip
_STYLE_OF = {"title": "ChartTitle", "subtitle": "ChartSubtitle"}
"""The style of what stands beside a chart. Captions of theirs name pictures; our notes are long."""
_LAST = '<w:keepNext w:val="0"/><w:spacing w:before="60" w:after="240"/>'
"""How the paragraph below a chart ends it."""
_STYLES_OF_CHARTS = frozenset(_STYLE_OF.values())


class WordFiller:
    """Fill in the names of a Word file."""

    def __init__(self, document: WordFile, edition: Edition) -> None:
        self.document, self.edition = document, edition
        self.controls = Controls(edition, document.registry, document.marks)
        self.parts = list(document.stories)
        self._is_in_field: dict[Element, bool] = {}

    def places(self) -> Iterator[tuple[str, Placeholder]]:
        """Give the names in all texts, each with the part in which it stands."""
        for part in self.parts:
            for placeholder in placeholders(self.document.package.tree(part), WORD):
                yield part, placeholder

    def is_guarded(self, placeholder: Placeholder) -> bool:
        """Tell whether a name stands where Word writes itself: in a field, or in a control for plain text."""
        is_simple = next(placeholder.run.iterancestors(w("fldSimple")), None) is not None
        plain = any(
            property_of(element, "text") is not None for element in placeholder.run.iterancestors(SDT)
        )
        if placeholder.run not in self._is_in_field:  # one that was made since
            self._is_in_field = dict(self._runs())
        return is_simple or plain or self._is_in_field[placeholder.run]

    def _runs(self) -> Iterator[tuple[Element, bool]]:
        """Give each run, and whether it stands between the begin and the end of a field."""
        for part in self.parts:
            depth = 0
            for element in self.document.package.tree(part).iter(w("fldChar"), w("r")):
                kind = element.get(w("fldCharType")) if element.tag == w("fldChar") else None
                depth += {"begin": 1, "end": -1}.get(kind or "", 0)
                if element.tag == w("r"):
                    yield element, depth > 0

    def has_own_paragraph(self, placeholder: Placeholder) -> bool:
        """Tell whether a name stands alone in a paragraph of the text, where a table can stand."""
        alone = text_of(placeholder.paragraph).strip() == text_of(placeholder.run).strip()
        return alone and placeholder.paragraph.getparent().tag in (w("body"), CELL)

    def words(self, placeholder: Placeholder, words: str) -> None:
        """Put the words of a figure, a call or a date in the place of its name."""
        of = _of(self.edition, placeholder.token, words)
        markup = self.controls.words(placeholder.token, ControlForm.WORDS, words, of=of)
        self._put(placeholder.run, _parsed(markup))

    def chart(self, part: str, placeholder: Placeholder, chart: Chart, aspects: Sequence[str]) -> None:
        """Put a chart in the place of its name: one that Word draws, with title and notes as text beside it,
        where it has a paragraph of its own; else its picture, which holds them."""
        has_room = part == self.document.main and self.has_own_paragraph(placeholder)
        if has_room and is_native(chart):
            self._native(placeholder, chart, aspects)
            return
        png = picture(chart)
        before, after = self.controls.chart(chart.name, chart.title, chart.alt, png, ControlForm.PICTURE)
        package = self.document.package
        place = package.free_name("word/media/chart%d.png")
        package.add_media(place, png, "png", "image/png")
        number = package.relate(part, "image", place)
        mark = self.document.marks.control()
        drawn = picture_run(chart, pixels_of(png), number, mark, self._text_width)
        self._put(placeholder.run, _parsed(f"{before}{drawn}{after}"))

    def _native(self, placeholder: Placeholder, chart: Chart, aspects: Sequence[str]) -> None:
        """Put a chart that Word draws in the place of its name, and what is told `beside` it: its title, what
        it shows, its notes."""
        document, paragraph = self.document, placeholder.paragraph
        (native,) = native_charts([chart])
        part = add_native(document.package, native, "word")
        relation = document.package.relate(document.main, "chart", part)
        before, after = self.controls.chart(
            chart.name, chart.title, chart.alt, native.xml, ControlForm.NATIVE
        )
        drawing = native_run(chart, relation, document.marks.control(), self._text_width)
        self._put(placeholder.run, _parsed(f"{before}{drawing}{after}"))
        self._add_styles(_STYLES_OF_CHARTS)
        for aspect in aspects:
            name = f"{placeholder.token}.{aspect}"
            words = self.controls.words(name, ControlForm.WORDS, self.edition.words(name))
            if aspect == "note":
                line = word_markup.paragraph(_STYLE_OF["subtitle"], words, _LAST)
                paragraph.addnext(_parsed(line))
                _keep_with_next(paragraph)
            else:
                line = word_markup.paragraph(_STYLE_OF[aspect], words)
                paragraph.addprevious(_parsed(line))

    def table(self, _part: str, placeholder: Placeholder, table: WrittenTable) -> None:
        """Put a table in the place of the paragraph with its name."""
        self._add_styles(_STYLES_OF_TABLES)
        drawn = _parsed(table_markup(table, self.controls))
        paragraph = placeholder.paragraph
        paragraph.addprevious(drawn)
        if paragraph.getparent().tag == CELL:  # whose last element must be a paragraph
            for child in [child for child in paragraph if child.tag != w("pPr")]:
                paragraph.remove(child)
        else:
            paragraph.getparent().remove(paragraph)

    def _put(self, run: Element, control: Element) -> None:
        look = run.find(w("rPr"))
        if look is not None:
            for inner in control.iter(w("r")):
                inner.insert(0, deepcopy(look))
        run.addprevious(control)
        run.getparent().remove(run)

    @property
    def _text_width(self) -> int:
        """How wide a line of the document is, in EMU."""
        section = next(self.document.package.tree(self.document.main).iter(w("sectPr")), None)
        size = None if section is None else section.find(w("pgSz"))
        margin = None if section is None else section.find(w("pgMar"))
        if size is None or margin is None:
            return round(theme.TEXT_WIDTH_CM * theme.EMU_A_CM)
        sides = int(margin.get(w("left"), 0)) + int(margin.get(w("right"), 0))
        return max(int(size.get(w("w"), 0)) - sides, 1000) * _EMU_A_TWIP

    def _add_styles(self, wanted: frozenset[str]) -> None:
        """Add styles of ours where the document lacks them; they rest on its own text."""
        package = self.document.package
        parts = package.related(self.document.main, "styles")
        if not parts:
            return
        styles = package.tree(parts[0])
        known = {style.get(w("styleId")) for style in styles.iter(w("style"))}
        if wanted <= known:
            return
        ours = empty_document(self.edition.language).styles.element
        for style in ours.iter(w("style")):
            if style.get(w("styleId")) in wanted - known:
                styles.append(deepcopy(style))


def _keep_with_next(paragraph: Element) -> None:
    """Keep a drawing on the page of its notes."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = paragraph.makeelement(w("pPr"))
        paragraph.insert(0, properties)
    if properties.find(w("keepNext")) is None:
        style = properties.find(w("pStyle"))
        properties.insert(0 if style is None else 1, properties.makeelement(w("keepNext")))


def _of(edition: Edition, token: str, words: str) -> str:
    """Name the figure or call of the day where a name is a role; nothing where it is none."""
    if token.startswith("call:"):
        return words
    if ":" in token:
        return ""
    name, dot, aspect = token.partition(".")
    known = edition.figure(name).name
    return "" if known == name else known + dot + aspect


def _parsed(markup: str) -> Element:
    from lxml import etree

    return etree.fromstring(f'<w:body xmlns:w="{W}" xmlns:r="{R}">{markup}</w:body>')[0]


def names_in_fields(document: WordFile) -> list[str]:
    """List the names in the instructions of fields, where nothing can be filled in."""
    return [
        "".join(element.text.split())
        for part in document.stories
        for element in document.package.tree(part).iter(w("instrText"))
        if "{{" in (element.text or "")
    ]
