"""Figures, changes, conflicts, documents and rules as plain rows, which analysts get as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ennum_stats.figures.contradictions import kind_words, known_conflicts, side_number, subject
from ennum_stats.figures.figure import figure, figures
from ennum_stats.figures.reports import Change, changes
from ennum_stats.languages import translate
from ennum_stats.measures.columns import Kind, triple, typed
from ennum_stats.measures.coverage.call_constraints import house_rules, rules_of_calls
from ennum_stats.measures.labels import notices
from ennum_stats.measures.schools.places import place_name, province_of
from ennum_stats.measures.schools.school_sites import polygons
from ennum_stats.store.answers import Source, documents_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE

FIGURE_COLUMNS: dict[str, Kind] = {
    **typed("name", "label", kind="text"),
    **typed(*triple("value")),
    **typed("unit", "precision", "basis", "status", "missing_reason", "text", "formula", kind="text"),
    "known_at": "day",
    "documents": "text",
}
CHANGE_COLUMNS: dict[str, Kind] = {
    **typed("name", "label", kind="text"),
    **typed(*triple("before")), "before_text": "text",
    **typed(*triple("after")), "after_text": "text",
    **typed("unit", "sentence", "documents", "observation_ids", kind="text"),
}  # fmt: skip
COMPARED_COLUMNS: dict[str, Kind] = {
    **typed("name", "label", "store", kind="text"),
    "known_at": "day",
    **typed(*triple("value")),
    **typed("unit", "text", "missing_reason", kind="text"),
}
CONFLICT_COLUMNS: dict[str, Kind] = {
    **typed("subject", "measure", "programme", "calls", "kind", "kind_name", "basis", "unit", kind="text"),
    **typed(*triple("chosen")), **typed("chosen_text", "chosen_documents", kind="text"),
    **typed(*triple("other")), **typed("other_text", "other_documents", kind="text"),
    **typed("distance", "relative_distance"),
}  # fmt: skip
SOURCE_COLUMNS: dict[str, Kind] = {
    **typed("source_id", "title", "publisher", "kind", "published_on", kind="text"),
    "known_on": "day",
    "numbers": "whole",
    "url": "text",
}
BORDER_COLUMNS = typed("commune", "name", "province", "geometry", kind="text")
RULE_COLUMNS: dict[str, Kind] = {
    **typed("rule", "kind", "basis", "meaning", "calls", "excluded_calls", kind="text"),
    "value": "number",
    **typed("documents", "published_on", "locator", kind="text"),
}


def figure_rows(ledger: Ledger, names: Iterable[str], language: str) -> list[dict[str, Any]]:
    """List figures, in the order of the catalogue."""
    return [
        one.record(language) | {"documents": documents_of(one.observations)} for one in figures(ledger, names)
    ]


def compared_rows(ledgers: Sequence[Ledger], names: Sequence[str], language: str) -> list[dict[str, Any]]:
    """List figures of several ledgers: those named, or else those on which any two do not agree."""
    found = names or [one.name for other in ledgers[1:] for one in changes(ledgers[0], other)]
    stores = [
        " ".join(translate(one, language) for one in notices(ledger)) or ledger.known_at.isoformat()
        for ledger in ledgers
    ]
    return [
        {column: figure(ledger, name).record(language).get(column) for column in COMPARED_COLUMNS}
        | {"store": store}
        for name in dict.fromkeys(found)
        for ledger, store in zip(ledgers, stores, strict=True)
    ]


def change_rows(found: Sequence[Change], language: str) -> list[dict[str, Any]]:
    """List the figures that changed, with what they were and what they are."""
    return [
        {
            "name": one.name,
            "label": one.after.label(language),
            "unit": one.after.unit,
            "sentence": one.sentence(language),
            "documents": documents_of(one.observations),
            "observation_ids": [o.observation_id for o in one.observations],
        }
        | {
            f"{side}{end}": cell
            for side, figure in (("before", one.before), ("after", one.after))
            for end, cell in (
                ("", figure.value),
                ("_lower", figure.lower),
                ("_upper", figure.upper),
                ("_text", figure.text(language)),
            )
        }
        for one in found
    ]


def conflict_rows(ledger: Ledger, language: str) -> Iterator[dict[str, Any]]:
    """List everything on which documents disagree: one row a side that is not taken."""
    for one in known_conflicts(ledger):
        taken = one.chosen.quantity
        for other in one.others:
            distance = taken.bounds.distance(other.quantity.bounds)
            size = abs(one.chosen.number) if one.chosen.number else None
            row: dict[str, Any] = {
                "subject": subject(ledger, one.key, language),
                "measure": one.measure,
                "programme": one.key.programme,
                "calls": one.calls,
                "kind": one.kind.value,
                "kind_name": kind_words(one, language),
                "basis": one.basis.value,
                "unit": taken.unit,
                "distance": distance,
                "relative_distance": distance / size if size else None,
            }
            for name, side in (("chosen", one.chosen), ("other", other)):
                row |= {
                    name: side.quantity.point,
                    f"{name}_lower": side.quantity.bounds.lower,
                    f"{name}_upper": side.quantity.bounds.upper,
                    f"{name}_text": side_number(side, language),
                    f"{name}_documents": documents_of(side.observations),
                }
            yield row


def source_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """List the documents that published numbers are from, by the days they were known from, with how many."""
    found: dict[str, tuple[Source, int]] = {}
    for one in ledger.all_observations():
        _, count = found.get(one.source.source_id, (one.source, 0))
        found[one.source.source_id] = one.source, count + 1
    as_written = {"title": "title_as_written", "publisher": "publisher_as_written"}
    return [
        {n: count if n == "numbers" else getattr(source, as_written.get(n, n)) for n in SOURCE_COLUMNS}
        for source, count in found.values()
    ]


def border_rows(ledger: Ledger, language: str) -> list[dict[str, Any]]:
    """List the communes of which borders were imported, each with its geometry as GeoJSON."""
    return [
        {
            "commune": code,
            "name": place_name(ledger, COMMUNE, code, language),
            "province": province_of(code),
            "geometry": json.dumps({"type": "MultiPolygon", "coordinates": [*parts.values()]}),
        }
        for code, parts in polygons(ledger).items()
    ]


def rule_rows(ledger: Ledger, language: str) -> list[dict[str, Any]]:
    """List the rules that bound coverage, with their documents, then how printed numbers are read."""
    every = (*rules_of_calls(ledger, language), *house_rules(language))
    return [
        {name: getattr(rule, "source_id" if name == "documents" else name) for name in RULE_COLUMNS}
        for rule in every
    ]
