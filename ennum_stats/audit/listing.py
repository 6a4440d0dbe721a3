"""The verdicts on a text as rows of a table, for analysts."""

from __future__ import annotations

from typing import Any

from ennum_stats.audit.judging import audit
from ennum_stats.measures.columns import Kind, typed
from ennum_stats.store.ledger import Ledger

VERDICT_COLUMNS: dict[str, Kind] = {
    **typed("start", "end", kind="whole"),
    **typed("text", "verdict", "label", "subject", "name", "unit", kind="text"),
    **typed("stated_lower", "stated_upper", "known_lower", "known_upper", "distance"),
    **typed("derivation", "documents", "observation_ids", "suggestion", "reason", kind="text"),
}


def verdict_rows(text: str, ledger: Ledger, language: str | None, reader: str) -> list[dict[str, Any]]:
    """Give one row a number of a text, in the order in which they stand."""
    return [_row(verdict.record(reader)) for verdict in audit(text, ledger, language, reader=reader)]


def _row(record: dict[str, Any]) -> dict[str, Any]:
    evidence = record["evidence"]
    ends = {name: record[name] or (None, None) for name in ("stated", "known")}
    return {
        **{f"{name}_lower": low for name, (low, _) in ends.items()},
        **{f"{name}_upper": high for name, (_, high) in ends.items()},
        "documents": [entry["source_id"] for entry in evidence],
        "observation_ids": [entry["observation_id"] for entry in evidence],
        **{name: record[name] for name in VERDICT_COLUMNS if name in record},
    }
