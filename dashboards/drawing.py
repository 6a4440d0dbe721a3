"""From the package's figures, charts and measures to blocks of a page."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.address import View
from dashboards.blocks import Card, Cell, Grid, Link, Picture
from ennum_stats.charts import Chart, chart
from ennum_stats.charts.spec import Table, source_line
from ennum_stats.charts.svg import page_svg
from ennum_stats.charts.theme import Size
from ennum_stats.errors import message
from ennum_stats.figures import Figure, figure
from ennum_stats.languages import day, number, period_words, translate
from ennum_stats.measures.catalogue import measure_rows
from ennum_stats.measures.labels import worded_rows
from ennum_stats.periods import Period
from ennum_stats.store.answers import Missing, Source
from ennum_stats.store.ledger import Ledger
from ennum_stats.wording import key_figure, missing_words

KIT = "press-kit-2020"
WAS = message("{before} in the press kit of {day}")
UNCHANGED = message("as in the press kit of {day}")
COPIED = message("{label}: {words}. {source}")
VALUES = message("The values as a table")
NO_SOURCE = message("No document yet")
AND_OTHERS = message("{document} and {n} more")
_WIDE = Size("page", 900, 430, 15, 1, 24)
_HEIGHTS = {"spans": 620, "steps": 560, "shares": 480, "grid": 330, "map": 345}
_NARROW_WIDTH = 330


def language_of(title: str) -> str:
    """The language of a document's title: French, but for the few English ones of the ledger."""
    english = (" the ", " still ", " strengthens ", "Walloon schools")
    return "en" if any(word in title for word in english) else "fr"


def kit_day(ledger: Ledger) -> Source:
    """The press kit from which changes are counted."""
    return ledger.source(KIT)


def card(view: View, ledger: Ledger, name: str, programme: str = "") -> Card:
    """A key figure with its precision, its change since the press kit, its source and day."""
    found = figure(ledger, name)
    worded = found.text(view.language)
    source, source_language = _source(found, view.language)
    number_, unit, precision = worded, "", ""
    if found.quantity is not None:
        is_planned = found.definition.is_planned
        number_, unit, precision = key_figure(found.quantity, view.language, planned=is_planned)
    address = view.address(f"figure/{name}")
    return Card(
        name=name,
        label=found.label(view.language),
        number=number_,
        unit=unit,
        precision=precision,
        change=_change(found, ledger, view.language),
        source=source,
        source_language=source_language,
        words=worded,
        address=address,
        copied=copied(view, found),
        programme=programme,
        is_worded=found.quantity is None,
    )


def copied(view: View, found: Figure) -> str:
    """The figure in words with its source, to be pasted elsewhere."""
    sources = list({o.source.source_id: o.source for o in found.observations}.values())
    if sources:
        source = source_line(sources, found.ledger, view.language)
    else:
        source = translate(NO_SOURCE, view.language) + "."
    return translate(
        COPIED, view.language, label=found.label(view.language), words=found.text(view.language),
        source=source,
    )  # fmt: skip


def _source(found: Figure, language: str) -> tuple[str, str]:
    """The first document, by its publisher and date, and how many more there are."""
    sources = list({o.source.source_id: o.source for o in found.observations}.values())
    if not sources:
        return translate(NO_SOURCE, language), language
    last = max(sources, key=lambda source: source.known_on)
    when = period_words(Period(last.published_on or last.known_on.isoformat()), language)
    shown = f"{last.publisher}, {when}"
    if len(sources) > 1:
        shown = translate(AND_OTHERS, language, document=shown, n=len(sources) - 1)
    return shown, language


def _change(found: Figure, ledger: Ledger, language: str) -> str:
    kit = kit_day(ledger)
    if ledger.known_at <= kit.known_on:
        return ""
    before = figure(ledger.known_on(kit.known_on), found.name)
    when = period_words(Period(kit.published_on or kit.known_on.isoformat()), language)
    if (before.value, before.lower, before.upper) == (found.value, found.lower, found.upper):
        return translate(UNCHANGED, language, day=when)
    return translate(WAS, language, before=_short(before, language), day=when)


def _short(found: Figure, language: str) -> str:
    if isinstance(found.answer, Missing):
        return missing_words(found.answer.reason, language)
    return found.text(language)


# --- charts and tables ----------------------------------------------------------------------------


def picture(view: View, ledger: Ledger, name: str, *, is_alone: bool = False) -> Picture:
    """A chart of the package with its table and downloads."""
    return pictured(view, chart(ledger, name, view.language), is_alone=is_alone)


def pictured(view: View, drawn: Chart, *, is_alone: bool = False, table_label: str = "") -> Picture:
    """A chart that was declared already."""
    page = f"chart/{drawn.name}"
    name = drawn.name.replace("_", "-")
    height = _HEIGHTS.get(drawn.kind, 360)
    is_broad = drawn.kind == "spans"
    narrow = Size("narrow", 2 * _NARROW_WIDTH if is_broad else _NARROW_WIDTH, height, 13, 1, 9)
    wide = Size("page", _WIDE.width, 520 if drawn.kind == "spans" else _WIDE.height, 15, 1, 24)
    return Picture(
        name=name,
        title=drawn.title,
        subtitle=drawn.subtitle,
        wide=page_svg(drawn, wide, f"{name}-wide"),
        narrow=page_svg(drawn, narrow, f"{name}-narrow"),
        note=drawn.note,
        source=drawn.source_line,
        address=view.address(page),
        table=chart_grid(view, drawn),
        downloads=downloads(view, page, ("csv", "xlsx", "png", "svg")),
        copied=f"{drawn.title}. {drawn.source_line}",
        is_broad=is_broad,
        is_alone=is_alone,
        table_label=table_label or translate(VALUES, view.language),
    )


def downloads(view: View, page: str, forms: Sequence[str], **changes: str) -> list[Link]:
    """The same as files; what is chosen on the page goes into them."""
    return [Link(view.address(f"{page}.{form}", **changes), form.upper()) for form in forms]


def chart_grid(view: View, drawn: Chart) -> Grid:
    """The values of a chart as a table in words and numbers."""
    header, rows = chart_table(drawn.table, view.language)
    numeric = {i for i, column in enumerate(drawn.table.columns) if column.unit}
    return Grid(f"{drawn.name}-table", drawn.title, header, rows, numeric=frozenset(numeric))


def chart_table(table: Table, language: str) -> tuple[list[str], list[list[str]]]:
    """Headings and cells of a chart's table as a reader sees them."""
    rows = [
        [
            _written(cell, column.unit, language)
            for cell, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    return [column.name for column in table.columns], rows


def _written(cell: Cell, unit: str | None, language: str) -> str:
    if cell is None:
        return "–" if unit else ""
    if isinstance(cell, str):
        return cell
    if unit == "share":
        return number(cell * 100, language, 1) + "\u00a0%"
    return number(cell, language)


def measure_grid(
    view: View, ledger: Ledger, name: str, caption: str, *, by: str = "", prices: str = ""
) -> Grid:
    """A measure as a table in words."""
    table = measure_rows(ledger, name, by or None, prices=prices)
    header, rows = worded_rows(ledger, table, view.language)
    asked = {key: value for key, value in (("by", by), ("prices", prices)) if value}
    return Grid(
        f"{name}-table", caption, header, rows,
        downloads=downloads(view, f"table/{name}", ("csv", "xlsx"), **asked),
    )  # fmt: skip


def when(source: Source, language: str) -> str:
    """The day, month or year printed on a document; else the day on which it was read."""
    if source.published_on:
        return period_words(Period(source.published_on), language)
    return day(source.known_on, language)
