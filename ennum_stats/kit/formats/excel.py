"""Write the kit as a workbook: a read-me, all figures with their bounds, and one sheet for each chart with
its data.

Charts are Excel's own, drawn from the cells, so that a reader can change them. Cells that begin like a
formula stay text. The same ledger gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from ennum_stats.charts.catalogue import CHARTS
from ennum_stats.charts.spec import Chart
from ennum_stats.document.sheet import sheet_name
from ennum_stats.drawing import theme
from ennum_stats.drawing.office.excel import excel_chart, money_format
from ennum_stats.errors import UnknownName, message
from ennum_stats.figures import Figure
from ennum_stats.figures.figure import noticed
from ennum_stats.files.atomic import repeatable
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.figure_tables import dates, grouped_figures, sources
from ennum_stats.languages import tag_of, translate
from ennum_stats.vocabulary import UNITS
from ennum_stats.wording import currency_of, precision_words

_WHOLE, _TENTHS = "#,##0", "#,##0.0#"
_PRINTED_ROWS = 60
"""A table with more rows is printed on several pages."""
_UNIT_NAMES = {"share": message("share"), "projects/project": message("projects submitted for one awarded")}
"""Shorter than the labels of the units."""
_SHARES = {"share": "0.0%", "percent": '0.0"%"'}
_OF_BOUND = {"0.0%": "0.0###%", '0.0"%"': '0.0###"%"'}
"""Shown to the place of its value, a bound would lie inside of what is proved: 44.779% is not “at least 44.8%”."""


def write_excel(edition: Edition, charts: Sequence[Chart], title: str, kind: str) -> bytes:
    """Write the workbook of an edition, with the charts that have something to draw."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": title, "subject": kind, "author": "Service public de Wallonie",
            "created": datetime.combine(edition.ledger.known_at, time()),
        }
    )  # fmt: skip
    forms = _Forms(book, edition.language)
    names = _sheet_names(edition, charts)
    _read_me(book, forms, edition, title, charts, names)
    _figures(book, forms, edition)
    for chart in charts:
        _chart_sheet(book, forms, edition, chart, names[chart.name])
    book.close()
    return repeatable(
        buffer.getvalue(), {"docProps/core.xml": lambda xml: _in_language(xml, edition.language)}
    )


class _Forms:
    """Make the formats of cells, each once."""

    def __init__(self, book: Any, language: str) -> None:
        self.book, self.language = book, language
        self._made: dict[tuple[Any, ...], Any] = {}
        base = {"font_name": theme.EXCEL_TYPEFACE, "font_size": 10.5, "font_color": theme.LIGHT.text}
        self.base = base | {"valign": "top"}
        book.formats[0].set_font_name(theme.EXCEL_TYPEFACE)
        book.formats[0].set_font_size(10.5)

    def get(self, **settings: Any) -> Any:
        """Return a format with the kit's typeface and these settings."""
        key = tuple(sorted(settings.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(self.base | settings)
        return self._made[key]

    def head(self, *, is_number: bool = False, is_inner: bool = False) -> Any:
        """Return the format of a heading."""
        return self.get(
            bold=True, text_wrap=True, bottom=1, bg_color=theme.BAND, valign="vcenter",
            align="right" if is_number else "left", indent=int(is_inner and not is_number),
        )  # fmt: skip

    def text(self, *, is_inner: bool) -> Any:
        """Return the format of a text; a text that may stand beside a number is indented."""
        return self.get(text_wrap=True, align="left", indent=int(is_inner))

    def number(self, unit: str | None, *, is_whole: bool = True, is_bound: bool = False) -> Any:
        """Return the format of a number of a unit."""
        currency = currency_of(unit or "")
        code = _SHARES.get(unit or "", _WHOLE if is_whole else _TENTHS)
        if currency:
            code = money_format(self.language, currency)
            code = code if is_whole or not is_bound else code.replace("#,##0", "#,##0.00")
        code = _OF_BOUND.get(code, code) if is_bound else code
        return self.get(num_format=code, align="right")


def _sheet_names(edition: Edition, charts: Sequence[Chart]) -> dict[str, str]:
    """Name the sheet of each chart by what it shows, in front its number in the kit."""
    names: dict[str, str] = {}
    for number, chart in enumerate(charts, start=1):
        what = translate(CHARTS[chart.name].description, edition.language)
        names[chart.name] = sheet_name(f"{number} {what}", names.values())
    return names


def _read_me(
    book: Any, forms: _Forms, edition: Edition, title: str, charts: Sequence[Chart], names: dict[str, str]
) -> None:
    sheet = book.add_worksheet(edition.t("Read me"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, title, forms.get(bold=True, font_size=20))
    is_marked = bool(noticed(edition.ledger, edition.language))
    look = {"bold": True} if is_marked else {"font_color": theme.LIGHT.muted}
    sheet.write_string(1, 0, edition.known_line, forms.get(**look))
    row = 3
    for sentence in _READ_ME:
        sheet.merge_range(row, 0, row, 1, edition.t(sentence), forms.get(text_wrap=True))
        sheet.set_row(row, 30)
        row += 1
    row += 1
    sheet.write_row(row, 0, (edition.t("Sheet"), edition.t("What it holds")), forms.head())
    link = forms.get(underline=1, font_color=theme.LIGHT.accents["cyberclasse"])
    entries = [(edition.t("Figures"), edition.t("All figures, with bounds, words and sources"))]
    entries += [(names[chart.name], chart.title) for chart in charts]
    for number, (name, words) in enumerate(entries, start=row + 1):
        sheet.write_url(number, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(number, 1, words, forms.get(text_wrap=True))
    _print_setup(sheet, edition, landscape=False)


_READ_ME = (
    message("Every number of the press kit stands in the sheet of figures, with what is known of it."),
    message("Where the value is empty, only bounds are known: quote the words, never the middle."),
    message("Quote a figure with its words: without “about” or “more than” it is another figure."),
    message("The charts are drawn from the cells of their sheet and can be changed or copied."),
)
_HEADINGS = (
    (message("Subject"), 20),
    (message("Figure"), 50),
    (message("Value"), 16),
    (message("At least"), 16),
    (message("At most"), 16),
    (message("Unit"), 20),
    (message("Precision"), 26),
    (message("In words"), 40),
    (message("Published"), 16),
    (message("Source"), 44),
    (message("Computed as"), 44),
    (message("What to know"), 60),
    (message("Name"), 30),
)
_NUMBERS = range(2, 5)
"""The columns of the value and its bounds."""
_LAST_PRINTED = 9


def _figures(book: Any, forms: _Forms, edition: Edition) -> None:
    sheet = book.add_worksheet(edition.t("Figures"))
    top = 0
    if notice := noticed(edition.ledger, edition.language):
        sheet.write_string(0, 0, notice, forms.get(bold=True))
        top = 1
    for column, (heading, width) in enumerate(_HEADINGS):
        form = forms.head(is_number=column in _NUMBERS, is_inner=True)
        sheet.write_string(top, column, edition.t(heading), form)
        sheet.set_column(column, column, width)
    row = top
    for subject, figures in grouped_figures(edition):
        for figure in figures:
            row += 1
            _figure_row(sheet, forms, edition, row, subject, figure)
    sheet.freeze_panes(top + 1, 2)
    sheet.autofilter(top, 0, row, len(_HEADINGS) - 1)
    sheet.repeat_rows(0, top)
    _print_setup(sheet, edition, landscape=True)
    sheet.set_paper(8)  # A3 holds all columns, up to the source
    sheet.print_area(0, 0, row, _LAST_PRINTED)


def _figure_row(sheet: Any, forms: _Forms, edition: Edition, row: int, subject: str, figure: Figure) -> None:
    language = edition.language
    quantity = figure.quantity
    texts: dict[int, str] = {
        0: subject,
        1: figure.label(language),
        5: _unit_name(edition, figure.unit),
        6: precision_words(quantity, language, style="long") if quantity else "",
        7: edition.words_in_table(figure.name),
        8: dates(edition, figure),
        9: sources(edition, figure),
        10: figure.formula(language),
        11: " ".join(figure.caveats(language)),
        12: figure.name,
    }
    for column, words in texts.items():
        sheet.write_string(row, column, words, forms.text(is_inner=True))
    for column, number in zip(_NUMBERS, (figure.value, figure.lower, figure.upper), strict=True):
        is_bound = column > _NUMBERS[0]
        _write_number(sheet, forms, row, column, number, figure.unit, is_bound=is_bound)


def _unit_name(edition: Edition, unit: str) -> str:
    if unit in _UNIT_NAMES:
        return edition.t(_UNIT_NAMES[unit])
    try:
        return edition.ledger.name("codelists.counted", unit, edition.language)
    except UnknownName:
        return edition.t(UNITS[unit].label)


def _write_number(
    sheet: Any, forms: _Forms, row: int, column: int, number: Decimal | None, unit: str | None,
    *, is_bound: bool,
) -> None:  # fmt: skip
    """Write a number into its cell; an unknown one is left empty, never zero."""
    if number is None:
        sheet.write_blank(row, column, None, forms.number(unit))
        return
    is_whole = number == number.to_integral_value()
    form = forms.number(unit, is_whole=is_whole, is_bound=is_bound)
    sheet.write_number(row, column, float(number), form)


def _chart_sheet(book: Any, forms: _Forms, edition: Edition, chart: Chart, name: str) -> None:
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    widths = [
        _width(column.name, [row[index] for row in chart.table.rows])
        for index, column in enumerate(chart.table.columns)
    ]
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    wide = _Wide(sheet, len(widths) - 1, sum(widths))
    grey = forms.get(font_color=theme.LIGHT.muted, text_wrap=True)
    wide.write(0, chart.title, forms.get(bold=True, font_size=15, text_wrap=True), 15)
    wide.write(1, chart.subtitle, grey)
    top = 3
    _chart_table(sheet, forms, chart, top)
    last = top + len(chart.table.rows) + 1
    for note in (chart.note, chart.source_line):
        if note:
            last += 1
            wide.write(last, note, grey)
    drawn = excel_chart(book, chart, name, top)
    if drawn is not None:
        sheet.insert_chart(last + 2, 0, drawn, {"description": chart.alt, "object_position": 1})
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    _print_setup(sheet, edition, landscape=True)
    sheet.fit_to_pages(1, 0 if len(chart.table.rows) > _PRINTED_ROWS else 1)


def _chart_table(sheet: Any, forms: _Forms, chart: Chart, top: int) -> None:
    for column, heading in enumerate(chart.table.columns):
        form = forms.head(is_number=heading.unit is not None, is_inner=column > 0)
        sheet.write_string(top, column, heading.name, form)
    for row, values in enumerate(chart.table.rows, start=top + 1):
        for column, cell in enumerate(values):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, forms.text(is_inner=column > 0))
            else:
                of = chart.table.columns[column]
                _write_number(sheet, forms, row, column, cell, of.unit, is_bound=bool(of.bound))


class _Wide:
    """Write lines of text as wide as the table, in rows high enough to show them whole."""

    def __init__(self, sheet: Any, last_column: int, width: int) -> None:
        self.sheet, self.last_column, self.width = sheet, last_column, width

    def write(self, row: int, words: str, form: Any, size: float = 10.5) -> None:
        """Write one text in a row of its own."""
        signs_a_line = max(20.0, self.width * 10.5 / size)
        lines = -(-len(words) // int(signs_a_line))
        if self.last_column:
            self.sheet.merge_range(row, 0, row, self.last_column, words, form)
        else:
            self.sheet.write_string(row, 0, words, form)
        self.sheet.set_row(row, lines * size * 1.4 + 2)


def _width(heading: str, cells: Sequence[Any]) -> int:
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return max(14, min(60, longest + 2), min(26, len(heading) + 2))


def _print_setup(sheet: Any, edition: Edition, *, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    sheet.set_footer(f"&L{edition.known_line}&R" + edition.t("page {n} of {all}", n="&P", all="&N"))


def _in_language(properties: bytes, language: str) -> bytes:
    """Set the language in the workbook's properties, which xlsxwriter cannot."""
    end = "</cp:coreProperties>"
    return properties.replace(end.encode(), f"<dc:language>{tag_of(language)}</dc:language>{end}".encode())
