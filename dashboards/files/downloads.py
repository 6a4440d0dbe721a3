"""What is on a page as files: CSV that French Excel opens, a workbook, and pictures."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING, Any

from flask import Response

from dashboards.files.headings import PUBLISHED, worded_table
from dashboards.key_figures import key_figure_of
from dashboards.queries.comparison import NOTHING_COMPARED, chart_at, comparison_of
from dashboards.queries.numbers import numbers_of
from dashboards.queries.table_builder import table_of
from dashboards.reading import units_of
from ennum_stats.charts import Chart, chart
from ennum_stats.charts.comparison import NAME as COMPARISON
from ennum_stats.comparison.words import comparison_records, what_words
from ennum_stats.document.sheet import SHEETS
from ennum_stats.drawing import LIGHT
from ennum_stats.drawing.picture import Format, Picture, draw, png_of
from ennum_stats.drawing.theme import FALLBACK, PRESS, SEMIBOLD, Size, wrapped
from ennum_stats.errors import UsageError
from ennum_stats.figures import figure
from ennum_stats.figures.figure import file_name, marks, noticed
from ennum_stats.figures.observations import RECORD_COLUMNS, place_words, record
from ennum_stats.languages import translate
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.measures.columns import SHARED_COLUMNS, Column, typed
from ennum_stats.measures.coverage.coverage_table import coverage_rows
from ennum_stats.measures.frames.shapes import typed_frame
from ennum_stats.measures.measure_table import MeasureTable, flat_columns, kinds_of, records
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.measures.schools.places import CountedPlace, Had, Place, place_name, places_compared
from ennum_stats.store.place_rows import COMMUNE, NETWORK, PROVINCE
from ennum_stats.table import ValueTable

if TYPE_CHECKING:
    from dashboards.reading import Reading
    from dashboards.view import View
    from ennum_stats.store.answers import Observation
    from ennum_stats.store.ledger import Ledger

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
    "parquet": "application/vnd.apache.parquet",
}
PAGE_TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
"""The forms in which there is every page."""
_CARD = Size("card", 640, 300, 16, 3, 16)


def answer(ledger: Ledger, content: bytes, name: str, form: str) -> Response:
    """Give a file as it is given to a browser, under a name that says its day."""
    given = Response(content, content_type=(TYPES | PAGE_TYPES)[form])
    given.headers["Content-Disposition"] = f'attachment; filename="{file_name(ledger, name)}.{form}"'
    return given


# --- charts ---------------------------------------------------------------------------------------


def chart_file(view: View, ledger: Ledger, name: str, form: str, size: Size = PRESS) -> bytes:
    """Give a chart as a file: its picture, or its table. Raises `UnknownName`."""
    drawn = chart(
        ledger,
        name,
        view.language,
        prices=view.choice("prices") or NOMINAL,
        calls=view.chosen("call"),
        shares=view.chosen("share"),
        provinces=view.chosen("province"),
        units=units_of(view),
    )
    if form not in SHEETS:
        return _picture(drawn, form, size)
    return _as_file(drawn.table, form, ledger, view.language)


def _picture(drawn: Chart, form: str, size: Size = PRESS) -> bytes:
    """Draw a chart as a file, as high as it needs."""
    kind: Format = "svg" if form == "svg" else "png"
    return next(draw([Picture(drawn, (kind,), size)]))[kind]


# --- comparisons ----------------------------------------------------------------------------------


def comparison_file(reading: Reading, form: str) -> bytes:
    """Give what is set side by side as a file: its picture, or its numbers with their differences. Raises
    `UsageError` where there are not two things to compare, or nothing to draw."""
    if form not in SHEETS:
        return _picture(chart_at(reading, COMPARISON), form)
    comparison = comparison_of(reading)
    if comparison is None:
        raise UsageError(NOTHING_COMPARED)
    ledger, language = reading.ledger, reading.language
    rows = comparison_records(ledger, comparison, language)
    caption = what_words(comparison, language)
    table = worded_table(ledger, caption, rows, language, key=comparison.by)
    return _as_file(table, form, ledger, language)


# --- published numbers ----------------------------------------------------------------------------


def numbers_file(reading: Reading, form: str) -> bytes:
    """Every published number chosen as a row of plain values, whatever page of them is shown."""
    ledger, language = reading.ledger, reading.language
    rows = [_number(ledger, number, language) for number in numbers_of(reading)]
    table = worded_table(ledger, reading.t(PUBLISHED), rows, language, RECORD_COLUMNS)
    return _as_file(table, form, ledger, language)


def _number(ledger: Ledger, number: Observation, language: str) -> dict[str, Any]:
    """Give a published number with its place and remark in the reader's language, as far as there are words."""
    place, remark = place_words(number.locator, language), ledger.remark(number, language)
    return record(ledger, number, language) | {"locator": place[0], "note": remark[0]}


# --- figures --------------------------------------------------------------------------------------

_EVIDENCE = (
    "observation_id", "subject", "text", "value", "printed", "lower", "upper", "unit", "precision",
    "source_title", "locator", "published_on", "known_on", "url", "note",
)  # fmt: skip


def figure_file(view: View, ledger: Ledger, name: str, form: str) -> bytes:
    """Give a figure as a file: a card as picture, or the figure and the numbers it rests on as table."""
    if form in ("svg", "png"):
        return _card(view, ledger, name, form)
    language = view.language
    shown = figure(ledger, name, view.choice("prices") or NOMINAL)
    own = shown.record(language)
    own |= {
        "observation_id": name,
        "subject": own["label"],
        "text": shown.full_text(language),
        "note": own["formula"],
        "known_on": own["known_at"],
    }
    rows = [own, *(_number(ledger, number, language) for number in shown.observations)]
    return _as_file(worded_table(ledger, own["label"], rows, language, _EVIDENCE), form, ledger, language)


def _card(view: View, ledger: Ledger, name: str, form: str) -> bytes:
    """Number, label, precision and source as a picture."""
    key_figure = key_figure_of(view, ledger, name)
    size, em = _CARD, _CARD.em
    room = size.width - 4 * em
    lines: list[tuple[str, float, str, str]] = [
        (line, 1.25, LIGHT.text, SEMIBOLD) for line in wrapped(key_figure.label, room, 1.25 * em, SEMIBOLD)
    ]
    number = f"{key_figure.number} {key_figure.unit}".strip()
    lines += [(line, 3, LIGHT.text, SEMIBOLD) for line in wrapped(number, room, 3 * em, SEMIBOLD)]
    notice = noticed(ledger, view.language)
    for small in (notice, key_figure.precision, key_figure.basis, key_figure.change, key_figure.source):
        lines += [(line, 1, LIGHT.muted, "") for line in wrapped(small, room, em) if line]
    at, drawn = 1.5 * em, []
    for text, scale, colour, weight in lines:
        at += 1.3 * scale * em
        bold = ' font-weight="600"' if weight else ""
        drawn.append(
            f'<text x="{2 * em}" y="{at:.1f}" font-size="{scale * em}" fill="{colour}"{bold}>'
            f"{escape(text)}</text>"
        )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}"'
        f' width="{size.width_cm}cm" height="{size.height_cm:g}cm" role="img" lang="{view.language}"'
        f' font-family="{escape(FALLBACK)}"><title>{escape(f"{key_figure.label}: {key_figure.words}")}</title>'
        f'<rect width="{size.width}" height="{size.height}" fill="{LIGHT.background}"/>'
        f"{''.join(drawn)}</svg>"
    )
    if form == "svg":
        return svg.encode()
    return png_of(svg, title=key_figure.label, alt=key_figure.words, language=view.language, size=size)


# --- measures -------------------------------------------------------------------------------------


def measure_file(
    view: View, ledger: Ledger, name: str, form: str, by: str, prices: str, universe: str
) -> bytes:
    """Give a measure as a table of its numbers. Raises `UnknownName` and `UsageError`."""
    table: MeasureTable[Any]
    if universe and universe != "all":
        table = coverage_rows(ledger, universe)
    else:
        table = measure_rows(ledger, name, by or None, prices=prices)
    return _measured(ledger, translate(TABLES[name].description, view.language), table, form, view.language)


def place_file(ledger: Ledger, profile: Place, name: str, form: str, language: str) -> bytes | None:
    """Give a table of the page of a commune, province or network as a file; nothing where it has none of that
    name."""
    kind, caption = profile.kind, place_name(ledger, profile.kind, profile.code, language)
    if name == "levels" and profile.cells:
        across = PROVINCE if kind == NETWORK else NETWORK
        cells = [
            {"level": cell.level, across: cell.across, "sites": cell.sites, "schools": cell.schools}
            for cell in profile.cells
        ]
        return _as_file(worded_table(ledger, caption, cells, language), form, ledger, language)
    if name == "had" and profile.had:
        return _measured(ledger, caption, MeasureTable(profile.had, Had), form, language)
    compared = places_compared(ledger, profile).get(name)
    if not compared:
        return None
    of = COMMUNE if name == "communes" else kind
    table = MeasureTable(compared, CountedPlace)
    rows = [{"name": place_name(ledger, of, row["code"], language), **row} for row in records(table)]
    declared = _declared(table) | {"code": SHARED_COLUMNS[of]}
    shown = worded_table(ledger, caption, rows, language, declared=declared, key="code")
    return _as_file(shown, form, ledger, language)


def built_file(reading: Reading, form: str) -> bytes:
    """Give the rows of a table that a reader built, long and with their bounds. Raises `UsageError`."""
    built = table_of(reading)
    if form == "parquet":
        return _parquet(built.source, reading.ledger, reading.language)
    caption = reading.t(TABLES[built.measure].description)
    return _measured(reading.ledger, caption, built.source, form, reading.language)


def _parquet(table: MeasureTable[object], ledger: Ledger, language: str) -> bytes:
    """Give the rows of a measure, each column of its type."""
    import polars as pl

    marked = marks(ledger, language)
    rows = [row | marked for row in records(table)]
    content = io.BytesIO()
    frame = typed_frame(ledger, rows, kinds_of(table) | typed(*marked, kind="text"), "polars", {})
    assert isinstance(frame, pl.DataFrame)
    frame.write_parquet(content)
    return content.getvalue()


def _measured(ledger: Ledger, caption: str, table: MeasureTable[Any], form: str, language: str) -> bytes:
    """Give the rows of a measure as a file for people."""
    rows = records(table, lambda sentence: translate(sentence, language))
    shown = worded_table(ledger, caption, rows, language, flat_columns(table), _declared(table))
    return _as_file(shown, form, ledger, language)


def _declared(table: MeasureTable[Any]) -> dict[str, Column]:
    return {name: table.column(name) for name in table.columns}


def _as_file(table: ValueTable, form: str, ledger: Ledger, language: str) -> bytes:
    """Give a table as a file; of the internal store or a demonstration, each row says so."""
    if marked := marks(ledger, language):
        before = worded_table(ledger, "", [marked], language)
        rows = tuple((*before.rows[0], *row) for row in table.rows)
        table = ValueTable((*before.columns, *table.columns), rows, table.caption)
    return SHEETS[form](table, ledger.known_at)


BUILT = (*SHEETS, "parquet")
"""The forms of a table that a reader built."""
SHOWN = ("csv", "xlsx", "svg", "png")
"""The forms of what is a drawing and a table."""
