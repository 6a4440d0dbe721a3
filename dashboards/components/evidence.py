"""What a number rests on: published numbers, lists and registers, line by line, with their documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from operator import add
from typing import Any

from dashboards.blocks import PageLink
from dashboards.components.tables import table_section
from dashboards.components.texts import downloads, evidence_link, located, titled
from dashboards.reading import Reading
from ennum_stats.document.blocks import Folded, Section, Small, Text
from ennum_stats.errors import Message, message
from ennum_stats.figures.catalogue import definitions
from ennum_stats.figures.figure import figure
from ennum_stats.figures.observations import observation_cells
from ennum_stats.measures.schools import school_lists
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Known, Observation
from ennum_stats.wording import words

JUSTIFIED = message("Evidence: numbers, documents, where these disagree")
RESTS_ON = message("Published numbers it rests on")
COUNTED_LISTS = message("Lists of schools it rests on")
COUNTED_REGISTERS = message("Registers whose sites it counts")
HEADER = (
    message("What"), message("For"), message("Printed"), message("Bounds"), message("Document"),
    message("Place"), message("Published"), message("Remark"),
)  # fmt: skip
_OF_DOCUMENT = (4, 6)
_SHOWN = (0, 2, 4, 7)
"""The columns of published numbers: the others stand small below these."""
PARTS = message("Parts that add up to it")
PARTS_HEADER = (message("Part"), message("Published numbers"), message("Sum of the part"))
SUM = message("Sum")


def justified(reading: Reading, sections: Iterable[Section]) -> Iterator[Folded]:
    """Fold away the numbers that a page rests on, with their documents; nothing where there are none."""
    if shown := tuple(sections):
        yield Folded((reading.t(JUSTIFIED),), shown, anchor="evidence-of-page")


def lists_counted(reading: Reading, names: Collection[str]) -> Iterator[Section]:
    """Give the lists of schools that were counted."""
    result = school_lists.lists_named(reading.ledger, names)
    rows = [school_lists.worded_list(reading.ledger, item, reading.language) for item in result]
    yield from _counted(reading, "lists", COUNTED_LISTS, school_lists.LISTS_HEADER, rows)


def registers_counted(reading: Reading, names: Collection[str]) -> Iterator[Section]:
    """Give the registers whose sites were counted."""
    result = school_lists.registers_named(reading.ledger, names)
    rows = [school_lists.worded_register(reading.ledger, item, reading.language) for item in result]
    yield from _counted(reading, "registers", COUNTED_REGISTERS, school_lists.REGISTERS_HEADER, rows)


def _counted(
    reading: Reading, name: str, title: Message, header: Sequence[Message], rows: Sequence[Sequence[str]]
) -> Iterator[Section]:
    if rows:
        texts = [reading.t(text) for text in header]
        yield table_section(f"counted-{name}", reading.t(title), texts, rows, numeric={2})


def published_numbers(
    reading: Reading,
    page: str,
    title: Message,
    observations: Sequence[Observation],
    forms: Sequence[str] = (),
) -> Iterator[Section]:
    """Give observations as a table in words, with their files where `page` has such."""
    if not observations:
        return
    header = [reading.t(HEADER[n]) for n in _SHOWN]
    rows: list[list[Any]] = []
    for o in observations:
        what, for_, print_, bounds, place, day_ = observation_cells(reading.ledger, o, reading.language)
        rows.append(
            [
                (what, Small((for_,))),
                (print_, Small((bounds,))),
                titled(reading, o.source, place, day_),
                Text(*reading.ledger.remark(o, reading.language)),
            ]
        )
    heading = reading.t(title)
    files = downloads(reading, page, forms, heading)
    yield table_section(f"{page}-numbers", heading, header, rows, below=files, numeric={1})


def document_numbers(reading: Reading, title: str, observations: Sequence[Observation]) -> Section:
    """Give every number of one document in words, in the order of their subjects."""
    header = [reading.t(text) for n, text in enumerate(HEADER) if n not in _OF_DOCUMENT]
    rows: list[list[Any]] = []
    for item in observations:
        what, when_, printed, bounds, place, _ = observation_cells(reading.ledger, item, reading.language)
        remark = Text(*reading.ledger.remark(item, reading.language))
        rows.append([what, when_, printed, bounds, located(reading, place), remark])
    rows.sort(key=lambda row: row[:3])
    return table_section("document-numbers", title, header, rows, numeric={2})


def parts_summed(reading: Reading, answer: Known) -> Iterator[Section]:
    """Give the parts of a number that is the sum of its published numbers: a row a programme, or a call where
    there is one programme, and the sum. Nothing where it is computed in another way."""
    ledger, language = reading.ledger, reading.language
    amounts = {o.observation_id: ledger.in_euro(o.quantity) for o in answer.observations if o.quantity}
    whole = _summed(list(amounts.values()))
    if len(amounts) < 2 or whole is None or whole.bounds.ends != answer.quantity.bounds.ends:
        return
    by = "programme" if len({o.programme for o in answer.observations}) > 1 else "call"
    parts: dict[str, list[Observation]] = {}
    for item in answer.observations:
        parts.setdefault(getattr(item, by) or "", []).append(item)
    if len(parts) < 2 or "" in parts:
        return
    rows: list[list[Any]] = []
    for code, observations in parts.items():
        part = _summed([amounts[o.observation_id] for o in observations])
        assert part is not None
        name = ledger.name("programmes", code, language) if by == "programme" else code
        rows.append(
            [
                _part_link(reading, f"{code.lower()}_budget", name, part),
                str(len(observations)),
                words(part, language),
            ]
        )
    rows.append([reading.t(SUM), str(len(amounts)), words(answer.quantity, language)])
    header = [reading.t(text) for text in PARTS_HEADER]
    yield table_section("parts", reading.t(PARTS), header, rows, numeric={1, 2})


def _part_link(reading: Reading, name: str, label: str, part: Quantity) -> str | PageLink:
    """Give the name of a part, leading to the evidence of the figure that is that part, where there is
    one."""
    known = definitions(reading.ledger)
    if name not in known:
        return label
    result = figure(reading.ledger, name).quantity
    if result is None or result.bounds.ends != part.bounds.ends:
        return label
    return evidence_link(reading, f"figure/{name}", label)


def _summed(quantities: Sequence[Quantity]) -> Quantity | None:
    """Give the sum; nothing where units differ, because such numbers were not added."""
    if not quantities or len({item.unit for item in quantities}) > 1:
        return None
    return reduce(add, quantities)
