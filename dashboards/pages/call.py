"""All numbers of one call under a stable address, each with the way to its evidence: what a row of calls leads to."""

from __future__ import annotations

from dashboards.blocks import Trail
from dashboards.components import evidence_link, table_section
from dashboards.components.conflicts import conflicts_shown
from dashboards.components.evidence import justified, published_numbers
from dashboards.components.texts import titled
from dashboards.filters import WITH_EVIDENCE
from dashboards.pages.figure import name_of
from dashboards.reading import Reading
from dashboards.registry import Content, page_at, register_page
from ennum_stats.comparison.words import LABEL_VALUE
from ennum_stats.document.blocks import Paragraph
from ennum_stats.errors import message, unknown_name
from ennum_stats.figures import figure
from ennum_stats.figures.catalogue import definitions
from ennum_stats.measures.coverage.call_constraints import rules_of_calls
from ennum_stats.measures.dates import published_words

NUMBERS = message("Numbers of {call}")
PRINTED = message("What documents print of it")
RULES, RULES_HEADER = message("Who could take part, and where"), (message("Rule"), message("Document"))
LEADING = ("projects", "budget")
"""What is said first of a call, by the ends of its figures' names."""
HEADER = (message("What"), message("What is known"))


def heading(reading: Reading) -> str:
    """Give the call of the address. Raises `UnknownName`."""
    calls, name = [call.call for call in reading.ledger.calls], name_of(reading)
    if name not in calls:
        raise unknown_name(message("There is no call “{name}”.", name=name), calls)
    return name


def evidence(reading: Reading) -> Content:
    """Say how many it chose and for how much; then give each figure of a call, where documents disagree on these, and
    its published numbers."""
    ledger, call = reading.ledger, heading(reading)
    if not reading.view.place and (above := page_at("winners")):
        yield Trail(((reading.t(above.title), reading.view.address("winners")),), call)
    names = (name for name in definitions(ledger) if name.startswith(f"{call.lower()}_"))
    known = [figure(ledger, name, reading.prices) for name in names]
    leading = (each for end in LEADING for each in known if each.definition.name == f"{call.lower()}_{end}")
    if answer := [
        f"{reading.t(LABEL_VALUE, label=each.label(reading.language), value=each.full_text(reading.language))}."
        for each in leading
    ]:
        yield Paragraph((" ".join(answer),), "state lead")
    rows = [
        [each.label(reading.language),
         evidence_link(reading, f"figure/{each.definition.name}", each.full_text(reading.language))]
        for each in known
    ]  # fmt: skip
    yield table_section("call-figures", reading.t(NUMBERS, call=call), map(reading.t, HEADER), rows)
    rules = [
        [rule.meaning, titled(reading, source, rule.locator or "", published_words(source, reading.language))]
        for rule in rules_of_calls(ledger, reading.language)
        if call in rule.calls and rule.source_id
        for source in (ledger.source(rule.source_id),)
    ]
    if rules:
        yield table_section("call-rules", reading.t(RULES), map(reading.t, RULES_HEADER), rules)
    yield from conflicts_shown(reading, lambda item: item.call == call)
    printed = [item for item in ledger.all_observations() if item.call == call]
    yield from justified(reading, published_numbers(reading, "call", PRINTED, printed))


register_page(
    "call/<name>", message("A call"),
    message("All numbers of this call, and the documents they rest on."),
    evidence, filters=WITH_EVIDENCE, heading=heading,
)  # fmt: skip
