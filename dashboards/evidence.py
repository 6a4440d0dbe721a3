"""The page of one figure or one chart: what it rests on, line by line, under a stable address."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from dashboards.address import View
from dashboards.blocks import Block, Cards, Grid, Text
from dashboards.drawing import card, downloads, picture, when
from ennum_stats.charts import chart
from ennum_stats.errors import Message, message
from ennum_stats.figures import figure
from ennum_stats.languages import number, translate
from ennum_stats.measures.school_lists import (
    LISTS_HEADER,
    REGISTERS_HEADER,
    lists_named,
    registers_named,
    worded_list,
    worded_register,
)
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Known, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.wording import missing_words, words

FORMULA = message("Formula")
CAVEATS = message("To know beside it")
CLAIM = message("Printed total: {text} ({status}).")
RESTS_ON = message("Published numbers it rests on")
COUNTED_LISTS = message("Lists of schools it rests on")
COUNTED_REGISTERS = message("Registers whose sites it counts")
DISAGREEING = message("Documents that say something else")
NO_NUMBERS = message("No document known on this day gives it.")
HEADER = (
    message("Printed"), message("Bounds"), message("Document"), message("Place"),
    message("Published"), message("Remark"),
)  # fmt: skip
BOUNDS = message("from {low} to {high}")
AT_LEAST, AT_MOST = message("at least {n}"), message("at most {n}")
EXACT = message("exact")


def figure_blocks(view: View, ledger: Ledger, name: str) -> Iterator[Block]:
    """A figure: its words, formula, caveats, the numbers it rests on, and those that disagree."""
    language = view.language
    found = figure(ledger, name)
    yield Cards([card(view, ledger, name)])
    paragraphs = [f"{translate(FORMULA, language)} : {found.formula(language)}"]
    if language != "fr":
        paragraphs = [f"{translate(FORMULA, language)}: {found.formula(language)}"]
    claim = found.record(language)["claim"]
    if claim:
        status = translate(message(claim["status"]), language)
        paragraphs.append(translate(CLAIM, language, text=claim["text"], status=status))
    caveats = found.caveats(language)
    yield Text("", paragraphs)
    if caveats:
        yield Text(translate(CAVEATS, language), items=caveats)
    if not found.observations and not found.lists:
        yield Text(translate(RESTS_ON, language), [translate(NO_NUMBERS, language)])
    files = ("csv", "xlsx", "svg", "png")
    yield from _numbers(view, f"figure/{name}", RESTS_ON.text, found.observations, files)
    yield from _lists(view, ledger, [one.list for one in found.lists])
    if isinstance(found.answer, Known):
        yield from _numbers(view, "conflicts", DISAGREEING.text, found.answer.conflicts, ())


def chart_blocks(view: View, ledger: Ledger, name: str) -> Iterator[Block]:
    """A chart with its table, the numbers plotted as their documents give them, and the lists and registers
    of which single sites were counted."""
    drawn = chart(ledger, name, view.language)
    yield picture(view, ledger, name, is_alone=True)
    yield from _numbers(view, "observations", RESTS_ON.text, drawn.observations, ())
    yield from _lists(view, ledger, drawn.lists)
    yield from _registers(view, ledger, drawn.registers)


def _lists(view: View, ledger: Ledger, names: Collection[str]) -> Iterator[Grid]:
    rows = [worded_list(ledger, one, view.language) for one in lists_named(ledger, names)]
    yield from _counted(view, "lists", COUNTED_LISTS, LISTS_HEADER, rows)


def _registers(view: View, ledger: Ledger, names: Collection[str]) -> Iterator[Grid]:
    rows = [worded_register(ledger, one, view.language) for one in registers_named(ledger, names)]
    yield from _counted(view, "registers", COUNTED_REGISTERS, REGISTERS_HEADER, rows)


def _counted(
    view: View, name: str, title: Message, header: Sequence[Message], rows: Sequence[Sequence[str]]
) -> Iterator[Grid]:
    if rows:
        caption = translate(title, view.language)
        yield Grid(
            f"counted-{name}", caption, [translate(text, view.language) for text in header], rows,
            numeric=frozenset({2}), heading=caption,
        )  # fmt: skip


def _numbers(
    view: View, page: str, title: str, observations: Sequence[Observation], files: Sequence[str]
) -> Iterator[Grid]:
    if not observations:
        return
    language = view.language
    header, rows = observation_table(observations, language)
    caption = translate(title, language)
    yield Grid(
        page.replace("/", "-").replace("_", "-") + "-numbers", caption, header, rows,
        downloads=downloads(view, page, files), foreign=frozenset({2, 3, 5}), heading=caption,
    )  # fmt: skip


def observation_table(
    observations: Sequence[Observation], language: str
) -> tuple[list[str], list[list[str]]]:
    """Published numbers in words: number, bounds, document, place, day, remark."""
    rows = [
        [
            _printed(o, language),
            bounds_words(o.quantity, language) if o.quantity else "",
            o.source.title,
            o.locator,
            when(o.source, language),
            o.note or "",
        ]
        for o in observations
    ]
    return [translate(text, language) for text in HEADER], rows


def _printed(observation: Observation, language: str) -> str:
    if observation.quantity is not None:
        return words(observation.quantity, language)
    reason = observation.missing_reason
    return missing_words(reason, language) if reason else ""


def bounds_words(quantity: Quantity, language: str) -> str:
    """The ends between which a number lies, to their last digit."""
    if quantity.is_exact:
        return translate(EXACT, language)
    places = 4 if quantity.unit == "share" else None
    low, high = (
        None if end is None else number(end, language, places)
        for end in (quantity.bounds.lower, quantity.bounds.upper)
    )
    if low and high:
        return translate(BOUNDS, language, low=low, high=high)
    if low:
        return translate(AT_LEAST, language, n=low)
    return translate(AT_MOST, language, n=high) if high else ""
