"""The metadata of CSV on the Web (W3C): the same tables, for programs of the linked-data world."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.release.about import DESCRIPTION, LICENCE_URL, PUBLISHER, TITLE, Edition
from ennum_stats.release.columns import Released, ReleasedField
from ennum_stats.release.rows import Filled

_DATATYPES = {"number": "decimal", "integer": "integer", "date": "date"}


def csvw(edition: Edition, tables: Sequence[Filled]) -> str:
    """The text of `csv-metadata.json`."""
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": [_said(translate(TITLE, code), code) for code in LANGUAGES],
        "dc:description": [_said(translate(DESCRIPTION, code), code) for code in LANGUAGES],
        "dc:publisher": PUBLISHER,
        "dc:license": {"@id": LICENCE_URL},
        "dc:modified": {"@value": edition.known_at.isoformat(), "@type": "xsd:date"},
        "tables": [_table(filled.table) for filled in tables],
    }
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"


def _said(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _table(table: Released) -> dict[str, Any]:
    keys = [
        {"columnReference": column, "reference": _reference(target)}
        for column, target in table.references
    ]
    schema: dict[str, Any] = {
        "columns": [_column(field) for field in table.fields],
        "primaryKey": list(table.key),
    }
    if keys:
        schema["foreignKeys"] = keys
    return {
        "url": f"data/{table.name}.csv",
        "dc:title": table.row_is,
        "dialect": {"header": True, "encoding": "utf-8", "delimiter": ","},
        "tableSchema": schema,
    }


def _reference(target: str) -> dict[str, str]:
    resource, column = target.split(".")
    return {"resource": f"data/{resource}.csv", "columnReference": column}


def _column(field: ReleasedField) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": field.name,
        "titles": field.name,
        "dc:description": field.told,
        "datatype": _DATATYPES.get(field.type, "string"),
    }
    if field.choices:
        choices = "|".join(field.choices)
        column["datatype"] = {"base": "string", "format": f"({choices})"}
    if field.required:
        column["required"] = True
    if field.concept:
        column["propertyUrl"] = field.concept
    return column
