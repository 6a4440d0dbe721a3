"""The page that an auditor reads: how numbers come about, and how accessible these pages are."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.address import View
from dashboards.blocks import Block, Grid, Link, Text
from dashboards.published import Edition
from ennum_stats import __version__
from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.quantities import HOUSE_RULES
from ennum_stats.store.ledger import Ledger

HOW = message("From a document to a figure")
HOW_TEXTS = (
    message(
        "Every number stands in a document. It is kept as printed, with its place in the document and "
        "the day on which the document came out. Nothing is overwritten: a later document adds a number."
    ),
    message(
        "The day known at the top of each page turns the clock back: you see what had been published "
        "by that day, and nothing later."
    ),
    message(
        "Official documents go before answers in Parliament, these before the press, and these before "
        "questions in Parliament and parties. Those that disagree are shown beside the figure."
    ),
    message(
        "A sum or a share carries the bounds of its parts. Where only bounds are known, no value is "
        "given; what is missing is never zero, and the reason is said."
    ),
    message(
        "An amount of which only the period is known is not spread over its years: by year it lies "
        "between nothing and the whole."
    ),
)
RULES = message("What “about”, “more than” and a rounding mean here")
RULE_HEADER = (message("Precision"), message("Basis"), message("Meaning"))
FILES = message("For other programs")
FILES_TEXT = message("The figures as JSON, in any language and as known on any day:")
ACCESSIBLE = message("Accessibility statement")
ACCESSIBLE_TEXTS = (
    message(
        "These pages aim at the Web Content Accessibility Guidelines 2.2, level AA, as European and "
        "Belgian law ask of public bodies. They are tested with axe-core in a browser: every page, the "
        "four languages, light and dark, at 320 and 1280 pixels. No violation is known; no audit by "
        "people with a disability has been made yet."
    ),
    message(
        "Everything works by keyboard alone; charts have a name, a description and a table; colour is "
        "never the only sign; movement follows the settings of your system. Without a script all pages "
        "work: evidence then opens as a page of its own."
    ),
    message(
        "Known limits: titles of documents and remarks stay in the language in which they were "
        "written; pictures to download have their description inside, which not every program reads out."
    ),
    message("Something does not work for you? Tell the service that runs this dashboard."),
)
SYSTEM = message("This version")
VERSION = message("Software {version}; store {store}.")


def method(view: View, _ledger: Ledger, edition: Edition) -> Iterator[Block]:
    """Method, house rules, JSON, accessibility statement, version."""
    language = view.language
    yield Text(translate(HOW, language), [translate(text, language) for text in HOW_TEXTS])
    rows = [
        [rule.precision.value, rule.basis.value, translate(rule.meaning, language)]
        for rule in HOUSE_RULES.values()
    ]
    header = [translate(text, language) for text in RULE_HEADER]
    rules = translate(RULES, language)
    yield Grid("rules", rules, header, rows, heading=rules)
    yield Text(
        translate(ACCESSIBLE, language),
        [translate(text, language) for text in ACCESSIBLE_TEXTS],
        anchor="accessibility",
    )
    address = f"/api/figures?lang={language}"
    if view.known_at:
        address += f"&known_at={view.known_at.isoformat()}"
    yield Text(
        translate(FILES, language),
        [translate(FILES_TEXT, language)],
        links=[Link(address, address)],
    )
    version = translate(
        VERSION, language, version=__version__, store=edition.published.content_hash[:16]
    )
    yield Text(translate(SYSTEM, language), [version])
