"""The page that an auditor reads: how numbers come about, and how accessible these pages are."""

from __future__ import annotations

from collections import Counter

from dashboards.components import section, table_section
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from dashboards.service import contact, published_at, service_name
from ennum_stats import __version__
from ennum_stats.document.blocks import Link, Paragraph
from ennum_stats.errors import message
from ennum_stats.languages import plural, translate_plural
from ennum_stats.quantities import HOUSE_RULES, Basis, Precision

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
PRECISIONS = {
    Precision.EXACT: message("printed in full"),
    Precision.ROUNDED: message("rounded"),
    Precision.ABOUT: message("about"),
    Precision.NEARLY: message("nearly"),
    Precision.MORE_THAN: message("more than"),
    Precision.LESS_THAN: message("less than"),
    Precision.AT_LEAST: message("at least"),
    Precision.AT_MOST: message("at most"),
    Precision.RANGE: message("from … to …"),
}
BASES = {Basis.PROVED: message("follows from the print"), Basis.CONVENTION: message("agreed here")}
RULE_HEADER = (message("Precision"), message("Numbers"), message("Basis"), message("Meaning"))
STATE = plural(
    "Of {n} published number, {exact} is printed in full; what is meant by the words of the others stands below.",
    "Of {n} published numbers, {exact} are printed in full; what is meant by the words of the others stands below.",
)
SOMETHING_WRONG = message(
    "Something does not work for you? Tell the service that runs this dashboard: {service}."
)
FILES = message("For other programs")
FILES_TEXT = message("All figures can be read by other programs, in any language and as known on any day.")
FILES_LINK = message("All figures as data")
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
        "Known limits: titles of documents stay in the language in which they were "
        "written; pictures to download have their description inside, which not every program reads out."
    ),
)
SYSTEM = message("This version")
VERSION = message("Version {version} of the software.")
ASK = message("Contact")


def method(reading: Reading) -> Content:
    """Answer how exact numbers are; then method, house rules, JSON, accessibility statement, version."""
    numbers = [item.quantity for item in reading.ledger.all_observations() if item.quantity]
    counts = Counter(quantity.precision for quantity in numbers)
    exact = counts[Precision.EXACT]
    if numbers:
        yield Paragraph(
            (translate_plural(*STATE, len(numbers), reading.language, exact=exact),), "state lead"
        )
    yield section(reading.t(HOW), [reading.t(text) for text in HOW_TEXTS])
    rows = [
        [
            reading.t(PRECISIONS[rule.precision]), str(counts[rule.precision]), reading.t(BASES[rule.basis]),
            reading.t(rule.meaning),
        ]
        for rule in HOUSE_RULES.values()
    ]  # fmt: skip
    yield table_section("rules", reading.t(RULES), map(reading.t, RULE_HEADER), rows, numeric={1})
    texts = [reading.t(text) for text in ACCESSIBLE_TEXTS]
    texts.append(reading.t(SOMETHING_WRONG, service=service_name(reading)))
    yield section(reading.t(ACCESSIBLE), texts, anchor="accessibility")
    address = f"/api/figures?lang={reading.language}"
    if reading.view.known_at:
        address += f"&known_at={reading.view.known_at.isoformat()}"
    link = Link((reading.t(FILES_LINK),), address)
    yield section(reading.t(FILES), [reading.t(FILES_TEXT)], links=[link])
    version = reading.t(VERSION, version=__version__)
    yield section(reading.t(SYSTEM), [f"{published_at(reading)} {version}"])
    yield section(reading.t(ASK), [contact(reading)], anchor="contact")


register_page(
    "method", message("Method and accessibility"),
    message("How a published number becomes a figure here, and how these pages can be used."),
    method, order=70,
)  # fmt: skip
