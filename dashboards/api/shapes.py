"""The shapes of answers, as JSON Schema: what the description tells, and tests find in every answer."""

from __future__ import annotations

from typing import Any

from ennum_stats.languages import translate
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.columns import SHARED_COLUMNS, Kind, columns_of, triple
from ennum_stats.measures.measure import MeasureDefinition

Schema = dict[str, Any]
_TYPES = {"text": "string", "number": "number", "whole": "integer", "yes_or_no": "boolean"}


def _shape(required: dict[str, Any], optional: dict[str, Any]) -> Schema:
    """Give an object: what is always told, and what may be null because it is not known."""
    always = {name: _property(kind) for name, kind in required.items()}
    maybe = {name: _property(kind, is_nullable=True) for name, kind in optional.items()}
    return {"type": "object", "properties": always | maybe, "required": [*required, *optional]}


def _property(kind: Any, *, is_nullable: bool = False) -> Schema:
    if isinstance(kind, dict):
        return kind
    name, is_list = kind.removeprefix("list of "), kind.startswith("list of ")
    schema: Schema = {"type": "object"} if name == "object" else {"type": _TYPES.get(name, name)}
    if is_list:
        return {"type": "array", "items": schema}
    return {"type": [schema["type"], "null"]} if is_nullable else schema


_QUANTITY = {"value": "number", "lower": "number", "upper": "number"}

FIGURE = _shape(
    {
        "name": "text", "label": "text", "unit": "text", "status": "text", "text": "text",
        "known_at": {"type": "string", "format": "date"}, "formula": "text",
        "observations": "list of object", "conflicts": "list of object", "lists": "list of object",
        "caveats": "list of text",
    },
    _QUANTITY | {
        "printed": "number", "precision": "text", "basis": "text", "missing_reason": "text",
        "claim": "object",
    },
)  # fmt: skip
MEASURE = _shape(
    {
        "name": "text", "description": "text", "dimensions": "list of text",
        "by": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
        "options": "list of text",
    },
    {},
)  # fmt: skip
ROW = {"anyOf": [{"$ref": f"#/components/schemas/row_of_{name}"} for name in TABLES]}
"""A row of any measure."""
NUMBER = _shape(
    {
        "observation_id": "text", "measure": "text", "subject": "text", "text": "text",
        "status": "text", "source_id": "text", "source_title": "text", "locator": "text",
        "known_on": {"type": "string", "format": "date"},
    },
    {"programme": "text", "call": "text", "territory": "text", "published_on": "text", "url": "text",
     "missing_reason": "text", "note": "text"},
)  # fmt: skip
SOURCE = _shape(
    {
        "source_id": "text", "title": "text", "title_language": "text", "publisher": "text",
        "kind": "text", "known_on": {"type": "string", "format": "date"}, "rank": "whole",
    },
    {"published_on": "text", "url": "text", "licence": "text", "note": "text"},
)  # fmt: skip
CALL = _shape(
    {"call": "text", "name": "text", "programme": "text", "school_year": "text"},
    {"valid_from": "text", "valid_to": "text", "opened_on": "text", "closed_on": "text"},
)
PLACE = _shape({"kind": "text", "code": "text", "name": "text"}, {})
CHANGE = _shape(
    {
        "name": "text", "label": "text", "reason": "text", "from": "object", "to": "object",
        "observations": "list of text",
    },
    {},
)  # fmt: skip
COMPARISON = _shape(
    {"name": "text", "base": "yes_or_no"},
    _QUANTITY | {
        "unit": "text", "missing_reason": "text", "order": "text", "text": "text",
        "difference": "number", "difference_lower": "number", "difference_upper": "number",
        "ratio": "number", "ratio_lower": "number", "ratio_upper": "number",
    },
)  # fmt: skip
CONFLICT = _shape(
    {
        "subject": "text", "measure": "text", "kind": "text", "calls": "list of text",
        "chosen": "object", "others": "list of object", "basis": "text",
    },
    {"programme": "text", "distance": "number"},
)  # fmt: skip
NEWS = _shape(
    {
        "kind": "text", "day": {"type": "string", "format": "date"}, "key": "text", "page": "text",
        "title": "text", "sentence": "text", "observations": "list of text",
    },
    {},
)  # fmt: skip
RELEASE = _shape(
    {
        "release": "text", "kind": "text", "title": "text", "when": "text", "expected_on": "text",
        "announced_on": {"type": "string", "format": "date"}, "is_over": "yes_or_no",
    },
    {"moment": "text", "url": "text"},
)  # fmt: skip
PROBLEM = _shape(
    {"type": "text", "title": "text", "status": "whole", "detail": "text"}, {"parameter": "text"}
)
"""What is wrong with a question (RFC 9457)."""
_KINDS: dict[Kind, Schema] = {
    "whole": {"type": ["integer", "null"]}, "number": {"type": ["number", "null"]},
    "truth": {"type": ["boolean", "null"]}, "day": {"type": ["string", "null"], "format": "date"},
    "call": {"type": ["string", "null"]}, "text": {"type": ["string", "array", "null"]},
}  # fmt: skip


def row_schemas(language: str) -> dict[str, Schema]:
    """Describe the rows of every measure, from the declarations of their columns; a number is three, each of
    them or null: `x`, `x_lower`, `x_upper`."""
    return {f"row_of_{name}": _row(table, language) for name, table in TABLES.items()}


def _row(table: MeasureDefinition, language: str) -> Schema:
    schema = _shape({"status": "text", "observation_ids": "list of text"}, {"missing_reason": "text"})
    columns = {name: SHARED_COLUMNS[name] for name in table.dimensions if name in SHARED_COLUMNS}
    for row_type in table.row_types:
        columns |= columns_of(row_type)
    for name, column in columns.items():
        unit = {"x-unit": column.unit} if column.unit else {}
        described = {**_KINDS[column.kind], "description": translate(column.label, language), **unit}
        schema["properties"] |= dict.fromkeys(triple(name) if column.is_answer else (name,), described)
    return schema
