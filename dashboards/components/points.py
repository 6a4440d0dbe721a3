"""The points of a chart for those who touch it: what each says, its evidence, and what choosing it means.

A chart is one stop of the keyboard, a list of its points. The words are those of its declaration; the
browser (`assets/charts.js`) moves between them and shows what is said here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.components.browser import Points
from dashboards.components.evidence import HEADER
from dashboards.reading import Reading
from dashboards.registry import page_at
from ennum_stats.charts import Chart
from ennum_stats.charts.comparison import NAME as COMPARISON
from ennum_stats.charts.spec import LABEL_VALUE, Area, Mark
from ennum_stats.errors import message
from ennum_stats.figures.observations import BOUNDS as BETWEEN
from ennum_stats.figures.observations import bounds_words
from ennum_stats.languages import plural, translate, translate_plural
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Source
from ennum_stats.store.place_rows import COMMUNE
from ennum_stats.typography import semicolons
from ennum_stats.wording import end_words, words

POINTS = message("Points of the chart “{title}”")
MOVING = message("Arrow keys: from point to point. Enter: evidence. Escape: leave.")
CHOOSING = message("Space: choose, or choose no longer.")
LEADING = message("Space on a commune: its page.")
ZOOMING = message("Plus and minus: zoom. Zero: everything again.")
ZOOM_IN, ZOOM_OUT, ZOOM_RESET = message("Zoom in"), message("Zoom out"), message("Show everything")
SHOWN = message("The axis now shows {first} to {last}.")
NO_LONGER_DRAWN = message("{name}: no longer drawn.")
PAGE_OF = message("Page of the commune")
DRAWN_AGAIN = message("{name}: drawn again.")
TOGGLING = message("Space on a class: draw it, or no longer.")
NUMBERS = plural("Rests on {n} published number", "Rests on {n} published numbers")
OTHERS = plural("and {n} other document", "and {n} other documents")
_, _, _PRINTED, _BOUNDS, _DOCUMENT, _, _, _REMARK = HEADER
ZOOMED = ("spans",)
"""The kinds of chart whose horizontal axis is continuous."""
_NAMED_AT_MOST = 2
"""So many numbers and documents of a point are told one by one."""


def points_of(drawn: Chart) -> tuple[Mark | Area, ...]:
    """Tell what can be touched: the marks of a chart, and after them the areas of a map."""
    return (*drawn.marks, *drawn.areas)


def keys(drawn: Chart) -> list[str]:
    """Give the name of each point in an address: the code of what it is of, where no other has it."""
    codes = [item.about[1] for item in points_of(drawn)]
    return [code if code and codes.count(code) == 1 else str(place) for place, code in enumerate(codes)]


def touched(reading: Reading, drawn: Chart, key: str) -> Points:
    """Give the list of the points of a chart, as the browser is given it."""
    documents: list[str] = []
    selectable = _selectable(reading)
    is_map = any(area.rings for area in drawn.areas)
    points = []
    for name, item in zip(keys(drawn), points_of(drawn), strict=True):
        sentence = item.label if isinstance(item, Area) else item.name
        point: dict[str, Any] = {"key": name, "said": _line(reading, sentence, item.words)}
        if isinstance(item, Mark):
            point["lines"] = _lines(reading, item, documents)
            if is_map:  # its marks are the legend
                point["legend"] = item.label
        elif item.rings:
            point["area"] = item.mark
        if result := selectable.get(item.about):
            point["choice"], point["chosen"] = [*result], result[1] in reading.chosen(result[0])
            point.pop("legend", None)
        elif (
            isinstance(item, Area) and reading.choice(item.about[0]) == item.label
        ):  # the one that was searched
            point["chosen"] = True
        points.append(point)
    zoom, page = drawn.kind in ZOOMED, f"point/{drawn.name}.~"
    legend = {"off": NO_LONGER_DRAWN, "on": DRAWN_AGAIN} if is_map else {}
    hint = [MOVING]
    hint += [CHOOSING] * any("choice" in point for point in points) + [LEADING] * is_map
    hint += [ZOOMING] * zoom + [TOGGLING] * any("legend" in point for point in points)
    texts = {} if not zoom else {"in": ZOOM_IN, "out": ZOOM_OUT, "reset": ZOOM_RESET, "shown": SHOWN}
    is_chosen = drawn.name == COMPARISON  # what it compares is what its page has chosen
    carried = reading.view.choices or {} if is_chosen else reading.carried(page)
    return Points(
        field=f"{key}-points", label=reading.t(POINTS, title=drawn.title),
        hint=" ".join(reading.t(text) for text in hint), points=points, documents=documents,
        evidence=reading.view.address(page, **carried), zoom=zoom,
        evidence_label=reading.t(message("Evidence")),
        pages=reading.view.address(f"{COMMUNE}/~") if is_map else "", page_label=reading.t(PAGE_OF),
        zoom_texts={name: reading.t(text, first="{first}", last="{last}") for name, text in texts.items()},
        legend={name: reading.t(text, name="{name}") for name, text in legend.items()},
    )  # fmt: skip


def _selectable(reading: Reading) -> Mapping[tuple[str, str], tuple[str, str, bool]]:
    """Give what the page may be filtered by: the filters that take several values, or are searched by a name;
    each value with whether others may be chosen beside it."""
    page = page_at(reading.view.page)
    filters = [item for item in page.filters if item.is_many or item.is_searched] if page else []
    return {
        (item.name, option.value): (item.name, option.value, item.is_many)
        for item in filters
        if not item.is_carried
        for option in item.options(reading.ledger, reading.language)
    }


def _line(reading: Reading, label: str, value: str) -> str:
    return translate(LABEL_VALUE, reading.language, label=label, value=value)


def _lines(reading: Reading, mark: Mark, documents: list[str]) -> list[str | int]:
    """Give bounds, what was printed, documents (by their place among those of the chart), remark."""
    language = reading.language
    lines: list[str | int] = []
    if mark.quantity:
        lines.append(bounds_line(reading, mark.quantity))
    printed = [words(o.quantity, language) for o in mark.observations if o.quantity]
    if 0 < len(printed) <= _NAMED_AT_MOST:
        lines.append(_line(reading, reading.t(_PRINTED), semicolons(printed, language)))
    elif printed:
        lines.append(translate_plural(*NUMBERS, len(printed), language))
    titles = list(dict.fromkeys(source.title for source in sources_of(mark)))
    for title in titles[:_NAMED_AT_MOST]:
        wording = _line(reading, reading.t(_DOCUMENT), title)
        if wording not in documents:
            documents.append(wording)
        lines.append(documents.index(wording))
    if len(titles) > _NAMED_AT_MOST:
        lines.append(translate_plural(*OTHERS, len(titles) - _NAMED_AT_MOST, language))
    if mark.remark:
        lines.append(_line(reading, reading.t(_REMARK), mark.remark))
    return lines


def sources_of(mark: Mark) -> list[Source]:
    """Give the documents of a mark."""
    return [*(item.source for item in mark.observations), *mark.sources]


def bounds_line(reading: Reading, quantity: Quantity) -> str:
    """Give the bounds of a value, with their name; of a share, in percent."""
    wording = bounds_words(quantity, reading.language)
    if quantity.unit == "share" and not quantity.is_exact:
        low, high = end_words(quantity, reading.language)
        wording = reading.t(BETWEEN, low=low, high=high)
    return _line(reading, reading.t(_BOUNDS), wording)
