"""Where published numbers contradict each other: every conflict in words, as plain values, and by number.

The side called taken is the value of the figures. A number that is computed is never said to be a document's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from ennum_stats.errors import message
from ennum_stats.figures.figure import figure
from ennum_stats.languages import listed, translate
from ennum_stats.measures.dates import publisher_and_day
from ennum_stats.measures.measure_table import to_json_value
from ennum_stats.quantities import Basis, Quantity
from ennum_stats.store.answers import Known, Observation
from ennum_stats.store.conflicts import Conflict, ConflictKind, ConflictSide, conflicts
from ennum_stats.store.ledger import HOME, Ledger, once_a_ledger
from ennum_stats.typography import semicolons
from ennum_stats.vocabulary import BREAKDOWNS, DIMENSIONS, MEASURES, ClaimStatus
from ennum_stats.wording import as_printed, words

_OF_SEVERAL_POPULATIONS = frozenset(("connected_share", "coverage_share", "never_awarded_share"))
"""Measures that are shares of sites for one document, of schools or classrooms for another."""
KINDS = {
    ConflictKind.DISAGREEMENT: message("documents disagree"),
    ConflictKind.SUM: message("not the sum of its parts"),
    ConflictKind.RATIO: message("not the published ratio"),
    ConflictKind.FACT: message("a number that should agree with it does not"),
    ConflictKind.PART: message("more than the number that it is a part of"),
    ConflictKind.TOTAL: message("more than its parts prove"),
    ConflictKind.COUNTED: message("other things are counted"),
}
BY_CONVENTION = message("{kind}, if “about” is read as rounded, by convention")
COMPUTED = message("computed from {documents}")
CORRECTED = message("corrected: “{old}” is read as “{new}”")
SET_ASIDE = message("set aside: {old}")


@once_a_ledger
def known_conflicts(ledger: Ledger) -> list[Conflict]:
    """Find all conflicts, once a ledger: those of published numbers, and totals that are more than their
    parts guarantee."""
    return [*_unguaranteed(ledger), *conflicts(ledger)]


def _unguaranteed(ledger: Ledger) -> Iterator[Conflict]:
    """Find the printed total of the four programmes where its parts allow it and do not prove it."""
    answer = figure(ledger, "total_investment").answer
    if not isinstance(answer, Known) or answer.claim is None or answer.claim.quantity is None:
        return
    if answer.claim_status is ClaimStatus.CONSISTENT:
        chosen = ConflictSide(answer.quantity, answer.observations, is_computed=True)
        claim = ConflictSide(answer.claim.quantity, (answer.claim,))
        yield Conflict(answer.claim, ConflictKind.TOTAL, (), chosen, (claim,))


@once_a_ledger
def disagreeing(ledger: Ledger) -> dict[str, list[tuple[Conflict, ConflictSide]]]:
    """Find, for each published number that others contradict, what they say: the number that is taken for
    one that is not, and the others for the one that is."""
    result: dict[str, list[tuple[Conflict, ConflictSide]]] = defaultdict(list)
    for conflict in conflicts(ledger):
        if not conflict.kind.is_of_one_number:
            continue
        for other in conflict.others:
            pairs = ((conflict.chosen, other), (other, conflict.chosen))
            for own, against in pairs:
                if not own.is_computed:
                    result[own.observations[0].observation_id].append((conflict, against))
    return dict(result)


# --- in words ---------------------------------------------------------------------------------------


def subject(ledger: Ledger, observation: Observation, language: str) -> str:
    """Say what a number is about: Winning projects – École Numérique, EN2018. Wallonia is not said; of what a share
    is, where its measure has shares of several populations."""
    parts = []
    for dimension in BREAKDOWNS:
        code = getattr(observation, dimension)
        if code and dimension != "call" and not (dimension == "territory" and code == HOME):
            parts.append(ledger.name(DIMENSIONS[dimension].names, code, language))
    if observation.call:
        calls = ledger.calls_of(observation.call)
        parts.insert(1 if observation.programme else 0, " + ".join(calls))
    if observation.counted and observation.measure in _OF_SEVERAL_POPULATIONS:
        parts.append(ledger.name(DIMENSIONS["counted"].names, observation.counted, language))
    meaning = translate(MEASURES[observation.measure].label, language)
    return f"{meaning} – {', '.join(parts)}" if parts else meaning


def kind_words(conflict: Conflict, language: str) -> str:
    """Say what kind of conflict it is, and whether it is one only as "about" is read."""
    kind = translate(KINDS[conflict.kind], language)
    is_read = conflict.basis is Basis.CONVENTION
    compares = conflict.kind not in (ConflictKind.TOTAL, ConflictKind.COUNTED)
    return translate(BY_CONVENTION, language, kind=kind) if is_read and compares else kind


def side_number(side: ConflictSide, language: str) -> str:
    """Write the number of a side: as printed, or in words where it is computed."""
    printed = None if side.is_computed else side.observations[0].quantity
    return as_printed(printed, language) if printed else words(side.quantity, language)


def side_words(side: ConflictSide, language: str) -> str:
    """Write one side of a conflict: its number, and in brackets who says it and when, or from whose numbers
    it is computed."""
    return f"{side_number(side, language)} ({_who(side, language)})"


def others_words(conflict: Conflict, language: str) -> list[str]:
    """Write the other sides, each number once, with all who say it."""
    said: dict[str, dict[str, None]] = {}
    for side in conflict.others:
        said.setdefault(side_number(side, language), {})[_who(side, language)] = None
    return [f"{text} ({semicolons(who, language)})" for text, who in said.items()]


def _who(side: ConflictSide, language: str) -> str:
    documents = [*dict.fromkeys(publisher_and_day(o.source, language) for o in side.observations)]
    if side.is_computed:
        return translate(COMPUTED, language, documents=listed(documents, language))
    return ", ".join(documents)


def conflict_cells(ledger: Ledger, conflict: Conflict, language: str) -> list[str]:
    """Write a conflict as a row of a table: subject, kind, what is taken, what others say."""
    return [
        subject(ledger, conflict.key, language),
        kind_words(conflict, language),
        f"{words(conflict.chosen.quantity, language)} ({_who(conflict.chosen, language)})",
        "\n".join(others_words(conflict, language)),
    ]


def conflict_record(ledger: Ledger, conflict: Conflict, language: str) -> dict[str, Any]:
    """Give a conflict as `ennum conflicts --format json` gives it, the side that is taken first."""
    return {
        "subject": subject(ledger, conflict.key, language),
        "measure": conflict.measure,
        "programme": conflict.key.programme,
        "calls": list(conflict.calls),
        "chosen": side_record(conflict.chosen, language),
        "others": [side_record(side, language) for side in conflict.others],
        "distance": to_json_value(conflict.distance),
        "kind": conflict.kind.value,
        "basis": conflict.basis.value,
    }


def side_record(side: ConflictSide, language: str) -> dict[str, Any]:
    """Give a side of a conflict as plain values."""
    bounds = side.quantity.bounds
    return {
        "value": to_json_value(side.quantity.point),
        "printed": None if side.is_computed else to_json_value(side.quantity.value),
        "lower": to_json_value(bounds.lower),
        "upper": to_json_value(bounds.upper),
        "unit": side.quantity.unit,
        "text": side_number(side, language),
        "computed": side.is_computed,
        "source_id": side.source_id,
        "published_on": side.published_on,
        "observations": [o.observation_id for o in side.observations],
    }


# --- corrections --------------------------------------------------------------------------------------


def correction_cells(ledger: Ledger, language: str) -> list[list[str]]:
    """Write every number that is corrected or set aside as a row of a table: subject, what is done, why, the
    document."""
    return [
        [
            subject(ledger, observation, language),
            correction_words(ledger, row, language),
            row["reason"],
            publisher_and_day(observation.source, language),
        ]
        for observation, row in corrected_numbers(ledger)
    ]


def correction_records(ledger: Ledger, language: str) -> list[dict[str, Any]]:
    """Give the same as plain values, with the names that `conflict_record` has."""
    return [
        {
            "subject": subject(ledger, one, language),
            "measure": one.measure,
            "programme": one.programme,
            "calls": list(ledger.calls_of(one.call)) if one.call else [],
            "chosen": _reading(row["new_value"], row["reason"], ()),
            "others": [_reading(row["old_value"], row["old_value"], (one,))],
            "distance": None,
            "kind": "correction",
            "basis": None,
        }
        for one, row in corrected_numbers(ledger)
    ]


def corrected_numbers(ledger: Ledger) -> Iterator[tuple[Observation, dict[str, Any]]]:
    """Find the published numbers that are corrected or set aside, each with its row of the table."""
    by_name = {o.observation_id: o for o in ledger.all_observations()}
    for row in ledger.records("corrections", order="observation_id"):
        if row["observation_id"] in by_name:
            yield by_name[row["observation_id"]], row


def correction_words(ledger: Ledger, row: dict[str, Any], language: str) -> str:
    """Say what is done: how a number is read, or that it is set aside."""
    of_document = ledger.records("observations")
    unit = next(one["unit"] for one in of_document if one["observation_id"] == row["observation_id"])
    old, new = (_readable(ledger, row[name] or "", unit, language) for name in ("old_value", "new_value"))
    return translate(CORRECTED if new else SET_ASIDE, language, old=old, new=new)


def _readable(ledger: Ledger, text: str, unit: str, language: str) -> str:
    """Write what stands in a raw cell: a number with its unit, a set of calls by its name."""
    if text in ledger.call_sets:
        return ledger.name("call_sets", text, language)
    return as_printed(Quantity.exact(Decimal(text), unit), language) if text.isdigit() else text


def _reading(value: str | None, text: str | None, evidence: Sequence[Observation]) -> dict[str, Any]:
    one = evidence[0] if evidence else None
    return {
        "value": value,
        "text": text,
        "source_id": one.source.source_id if one else None,
        "published_on": one.source.published_on if one else None,
        "observations": [o.observation_id for o in evidence],
    }
