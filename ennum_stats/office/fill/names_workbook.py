"""Write the names that documents may use as an Excel list, to be searched, filtered and copied from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time

from ennum_stats.drawing import theme
from ennum_stats.errors import message
from ennum_stats.files.atomic import repeatable
from ennum_stats.kit.edition import Edition
from ennum_stats.office.names import Name

_HEADINGS = (message("Write this"), message("What it is"), message("What stands there"))
_WIDTHS = (46, 60, 60)
NOT_KNOWN = message("not known on this day")


def names_workbook(edition: Edition, names: Sequence[Name]) -> bytes:
    """Write the list; the same day gives the same bytes, and no cell is ever computed."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        moment = datetime.combine(edition.ledger.known_at, time())
        book.set_properties({"title": edition.known_line, "created": moment})
        base = {"font_name": theme.EXCEL_TYPEFACE, "valign": "top", "text_wrap": True}
        head = book.add_format(base | {"bold": True, "bottom": 1, "bg_color": theme.BAND})
        text, grey = (book.add_format(base), book.add_format(base | {"font_color": theme.LIGHT.muted}))
        sheet = book.add_worksheet(edition.t("Names"))
        for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, edition.t(heading.text), head)
        for number, name in enumerate(names, start=1):
            sheet.write_string(number, 0, name.written, text)
            sheet.write_string(number, 1, name.what, text)
            known = name.words or edition.t(NOT_KNOWN.text)
            sheet.write_string(number, 2, known, text if name.words else grey)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(names), len(_HEADINGS) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_paper(9)
        sheet.set_footer(f"&L{edition.known_line}&R&P / &N")
    return repeatable(content.getvalue())
