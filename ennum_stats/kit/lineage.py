"""The way of a number: from lines of documents through rows and rules to a figure, its sentences and charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Literal, TypeAlias

from ennum_stats.charts import CHARTS
from ennum_stats.errors import Message, message
from ennum_stats.figures.contradictions import subject
from ennum_stats.figures.figure import Figure
from ennum_stats.figures.observations import place_words, printed
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.resting import sentences_with
from ennum_stats.languages import translate
from ennum_stats.measures.columns import Kind, typed
from ennum_stats.measures.dates import published_words
from ennum_stats.measures.schools.school_lists import worded_list
from ennum_stats.quantities import HOUSE_RULES, Precision
from ennum_stats.store.answers import Observation

StepKind: TypeAlias = Literal["document", "row", "rule", "figure", "sentence", "chart"]
STEPS: dict[StepKind, Message] = {
    "document": message("Document"), "row": message("Row"), "rule": message("Rule"), "figure": message("Figure"),
    "sentence": message("Sentence"), "chart": message("Chart"),
}  # fmt: skip
"""The steps of the way, in its order."""
LINEAGE_COLUMNS: dict[str, Kind] = typed("step", "name", "text", "rests_on", kind="text")
FORMULA = "formula"
_COLUMNS: tuple[tuple[StepKind, ...], ...] = (
    ("document",),
    ("row",),
    ("rule",),
    ("figure",),
    ("sentence", "chart"),
)
_WIDE, _HIGH, _GAP, _TOP = 176, 58, 28, 20
"""The size of a box of the drawing, what is between two columns, and the height of their headings."""
_LETTERS, _LINES = 24, 3
"""How many words there are in a box."""


@dataclass(frozen=True)
class LineageStep:
    """Hold one step of the way of a number: what it says, and the names of the steps that it rests on."""

    step: StepKind
    name: str
    text: str
    rests_on: tuple[str, ...] = ()


def lineage(figure: Figure, language: str) -> list[LineageStep]:
    """List the steps of a figure: documents at the place where they say it, rows, rules, sentences, charts."""
    return [*_before(figure, language), *_after(figure, language)]


def _before(figure: Figure, language: str) -> Iterator[LineageStep]:
    places: dict[str, str] = {}
    for number in figure.observations:
        source, where = number.source, place_words(number.locator, language)[0]
        places[_place(number)] = f"{where} · {source.title} ({published_words(source, language)})"
    yield from (LineageStep("document", name, text) for name, text in places.items())
    for item in figure.lists:
        yield LineageStep("document", item.list, " · ".join(worded_list(figure.ledger, item, language)[:-1]))
    rules: dict[Precision, list[str]] = {}
    for number in figure.observations:
        text = f"{printed(number, language)} · {subject(figure.ledger, number, language)}"
        yield LineageStep("row", number.observation_id, text, (_place(number),))
        if number.quantity:
            rules.setdefault(number.quantity.precision, []).append(number.observation_id)
    for precision, rows in rules.items():
        rule = HOUSE_RULES[precision].meaning if precision in HOUSE_RULES else precision.label
        yield LineageStep("rule", precision, translate(rule, language), tuple(rows))
    lists = [item.list for item in figure.lists]
    if not figure.is_printed:
        rows = [number.observation_id for number in figure.observations]
        yield LineageStep("rule", FORMULA, figure.formula(language), (*rows, *lists))
    text = f"{figure.full_text(language)} · {figure.label(language)}"
    yield LineageStep("figure", figure.name, text, (*rules, *([] if figure.is_printed else [FORMULA])))


def _place(number: Observation) -> str:
    """Name a place of a document, as the texts of the kit quote one."""
    return f"{number.source.source_id}#{number.locator.replace(' ', '-')}"


def _after(figure: Figure, language: str) -> Iterator[LineageStep]:
    edition = Edition(figure.ledger, language)
    for place, text in enumerate(sentences_with(edition, figure.name), 1):
        yield LineageStep("sentence", f"sentence-{place}", text, (figure.name,))
    rows = {number.observation_id for number in figure.observations}
    for name in CHARTS if rows else ():
        chart = edition.chart(name)
        if rows <= {number.observation_id for number in chart.observations}:
            yield LineageStep("chart", name, chart.title, (figure.name,))


def lineage_svg(steps: Sequence[LineageStep], language: str, title: str) -> str:
    """Draw the way of a number from left to right, as SVG: a box a step, in full words when it is pointed at."""
    columns = [[step for step in steps if step.step in kinds] for kinds in _COLUMNS]
    height = _TOP + max(map(len, columns)) * (_HIGH + 12)
    at: dict[str, tuple[int, int]] = {}
    words, lines = "", ""
    for place, (kinds, column) in enumerate(zip(_COLUMNS, columns, strict=True)):
        x, room = place * (_WIDE + _GAP), (height - _TOP) / max(len(column), 1)
        heading = " · ".join(translate(STEPS[kind], language) for kind in kinds)
        words += f'<text x="{x}" y="12" font-weight="600">{escape(heading)}</text>'
        for row, step in enumerate(column):
            y = round(_TOP + (row + 0.5) * room - _HIGH / 2)
            at[step.name] = x, y + _HIGH // 2
            shown = wrap(step.text, _LETTERS, max_lines=_LINES, placeholder=" …")
            whole = f"<title>{escape(step.text)}</title>" if shown[-1].endswith("…") else ""
            spans = "".join(f'<tspan x="{x + 8}" dy="15">{escape(text)}</tspan>' for text in shown)
            words += f'<text y="{y + 3}">{whole}{spans}</text>'
            lines += f"M{x},{y}h{_WIDE}v{_HIGH}h-{_WIDE}z"
    for step in steps:
        for name in step.rests_on:
            (x, y), (x2, y2), half = at[name], at[step.name], _GAP // 2
            lines += f"M{x + _WIDE},{y}C{x + _WIDE + half},{y} {x2 - half},{y2} {x2},{y2}"
    width = len(_COLUMNS) * (_WIDE + _GAP) - _GAP
    return (
        f'<svg viewBox="-1 0 {width + 2} {height}" width="{width}" role="img" fill="currentColor" font-size="12">'
        f'<title>{escape(title)}</title><path fill="none" stroke="currentColor" stroke-opacity=".4" d="{lines}"/>'
        f"{words}</svg>"
    )
