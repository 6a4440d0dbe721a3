"""The pages: each with its address, its title, one sentence of what it tells, and its blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dashboards import documents, method, subjects
from dashboards.address import Filter, View
from dashboards.blocks import Block, Choice, Choices
from dashboards.overview import overview
from dashboards.published import Edition
from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.store.ledger import Ledger


@dataclass(frozen=True)
class Page:
    """A page of the dashboard."""

    name: str
    """Its address below the language."""
    title: Message
    sentence: Message
    build: Callable[[View, Ledger, Edition], Iterable[Block]]
    filters: tuple[Filter, ...] = ()


PAGES: dict[str, Page] = {
    page.name: page
    for page in (
        Page(
            "", message("Overview"),
            message("Where twenty years of digital equipment of the schools of Wallonia stand."),
            overview,
        ),
        Page(
            "budgets", message("Budgets"),
            message("What was spent and awarded: by programme, call, item and year."),
            subjects.budgets, (subjects.BY, subjects.PRICES),
        ),
        Page(
            "winners", message("Winners"),
            message("Who won: projects submitted and awarded, call by call."),
            subjects.winners, (subjects.BREAKDOWN,),
        ),
        Page(
            "coverage", message("Coverage"),
            message("How many of the school sites each programme has reached, and how sure that is."),
            subjects.coverage, (subjects.UNIVERSE,),
        ),
        Page(
            "connectivity", message("Connectivity and equipment"),
            message("How far the Wi-Fi pilot is, and what equipment was on offer."),
            subjects.connectivity,
        ),
        Page(
            "people", message("People and support"),
            message("The team of the Region that schools could turn to, over the years."),
            subjects.people,
        ),
        Page(
            "documents", message("Documents"),
            message("What every number rests on, where documents disagree, and what changed when."),
            documents.documents, (documents.KIND, documents.START, documents.END),
        ),
        Page(
            "method", message("Method and accessibility"),
            message("How a published number becomes a figure here, and how these pages can be used."),
            method.method,
        ),
    )
}  # fmt: skip


def choices(view: View, page: Page, ledger: Ledger) -> list[Choices]:
    """The filters of a page, with what is chosen; nothing where it has none."""
    if not page.filters:
        return []
    shown = []
    for one in page.filters:
        options = one.options(ledger, view.language)
        chosen = view.choice(one.name) or options[0].value
        told = [(option.value, option.label, option.value == chosen) for option in options]
        shown.append(Choice(one.name, translate(one.label, view.language), told))
    kept = [("known_at", view.known_at.isoformat())] if view.known_at else []
    return [Choices(shown, kept)]
