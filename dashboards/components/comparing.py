"""Links from what a page shows to the same side by side: one word, always the same, beside the other
tools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboards.components.texts import onward
from dashboards.reading import Reading
from dashboards.view import SEPARATOR
from ennum_stats.comparison.comparables import KINDS, codes_compared, comparables
from ennum_stats.comparison.side_by_side import FEWEST, MOST
from ennum_stats.comparison.words import part_words
from ennum_stats.document.blocks import Paragraph, Text
from ennum_stats.errors import message
from ennum_stats.languages import listed

COMPARE = message("Compare")
COMPARE_OF = message("Compare: {label}")
COMPARE_WITH = message("Compare with {name}")
OF_CHARTS = {
    "winners_per_call": ("call", "winners.projects_awarded"),
    "budget_per_call": ("call", "winners.budget_awarded"),
    "mean_grant_per_call": ("call", "winners.mean_grant"),
    "applicants_per_winner": ("call", "winners.applicants_per_winner"),
    "budget_by_programme": ("programme", "budgets.value"),
    "cyberclasse_components": ("component", "budgets.value"),
    "coverage_by_programme": ("programme", "coverage.share"),
    "coverage_map": ("commune", "coverage.share"),
    "repeat_winners": ("repeats", "winners.sites"),
    "winners_by_province": ("province", "winners.projects_per_1000_sites"),
    "winners_by_network": ("network", "winners.projects_per_1000_sites"),
    "equipment_lots": ("programme", "equipment.value"),
}
"""What the charts draw, as it is compared."""
SITES_COMPARED = "sites.implantations"
"""By what places are compared first."""


def compare_link(
    reading: Reading, of: str, measure: str, label: str, what: Sequence[str] = (), **props: str
) -> html.A:
    """Make a link to things of a kind side by side by one of their numbers; named for readers of screens
    after `label`."""
    address = reading.view.address(
        "compare", of=of, what=SEPARATOR.join(what), measure=measure, prices=reading.choice("prices")
    )
    return onward(address, reading.t(COMPARE), aria_label=reading.t(COMPARE_OF, label=label), **props)


def chart_compared(reading: Reading, chart: str, label: str, code: str = "") -> list[html.A]:
    """Give the link of a chart, or of one of its points beside its neighbour; nothing where it draws no
    numbers of several things."""
    of, measure = OF_CHARTS.get(chart, ("", ""))
    if not of:
        return []
    codes = codes_compared(reading.ledger, of)
    if len(codes) < FEWEST or (code and code not in codes):
        return []
    return [compare_link(reading, of, measure, label, neighbours(codes, code) if code else ())]


def table_compared(reading: Reading, measure: str, by: str, label: str) -> list[Paragraph]:
    """Give the link of a table of a measure; nothing where fewer than two of its rows could be compared."""
    name = _number_compared(reading, measure, by)
    return [Paragraph((compare_link(reading, by, name, label),), "tools")] if name else []


def rows_compared(
    reading: Reading,
    measure: str,
    by: str,
    codes: Sequence[str | None],
    header: Sequence[Any],
    rows: Sequence[Sequence[Any]],
) -> tuple[list[Any], list[list[Any]]]:
    """Give the headings and rows of a table of a measure with a last column whose links set each row beside
    the one before it: none in a row that cannot be compared, and no column where none can."""
    name = _number_compared(reading, measure, by)
    known = codes_compared(reading.ledger, by) if name else ()
    pairs = [neighbours(known, code) if code in known else () for code in codes]
    ways = [compared_with(reading, by, name, *pair) if len(pair) == FEWEST else "" for pair in pairs]
    if not any(ways):
        return [*header], [[*row] for row in rows]
    return [*header, Text(reading.t(COMPARE))], [[*row, way] for row, way in zip(rows, ways, strict=True)]


def _number_compared(reading: Reading, measure: str, by: str) -> str:
    """Give the number by which the rows of a measure are compared; nothing where fewer than two could be."""
    if by not in KINDS or len(codes_compared(reading.ledger, by)) < FEWEST:
        return ""
    result = (item.name for item in comparables(reading.ledger, by) if item.measure == measure)
    return next(result, "")


def compared_with(reading: Reading, of: str, measure: str, base: str, code: str) -> html.A:
    """Give the link of a row of a table: its thing beside another one, which it is compared with."""
    names = [part_words(reading.ledger, of, item, reading.language) for item in (base, code)]
    label = listed(names, reading.language)
    return compare_link(reading, of, measure, label, (base, code), className="onward")


def few(codes: Sequence[str]) -> tuple[str, ...]:
    """Give the things that are chosen on a page, where these can be compared; else none."""
    return tuple(codes) if FEWEST <= len(codes) <= MOST else ()


def neighbours(codes: Sequence[str], code: str) -> tuple[str, ...]:
    """Give a thing after the one before it; the first, before the one after it; alone where there is no
    other."""
    place = codes.index(code)
    return tuple(codes[place - 1 : place + 1] if place else codes[:2])
