"""Describe the released tables to programs.

The Frictionless Data Package (version 2) and the metadata of CSV on the Web (W3C) say the same of each
file, the second for programs of linked data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ennum_stats.figures.citation import LICENCE_URL
from ennum_stats.languages import LANGUAGES
from ennum_stats.release.rows import Filled
from ennum_stats.release.schema import LICENCE, PUBLISHER, Released, ReleasedField, ReleaseVersion

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"


def datapackage(edition: ReleaseVersion, tables: Sequence[Filled], files: Mapping[str, bytes]) -> str:
    """Write `datapackage.json`; `files` are the bytes of the tables, by path."""
    package = {
        "$schema": _PROFILE,
        "name": edition.name,
        "title": edition.title("en"),
        "description": edition.description("en"),
        "version": edition.version,
        "created": f"{edition.known_at}T00:00:00Z",
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": "CC BY 4.0"}],
        "contributors": [{"title": PUBLISHER, "roles": ["publisher"]}],
        "resources": [_csv(edition, filled.table, files) for filled in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _csv(edition: ReleaseVersion, table: Released, files: Mapping[str, bytes]) -> dict[str, Any]:
    path = edition.path(table.name, "csv")
    return {
        "$schema": _RESOURCE,
        "name": table.name,
        "type": "table",
        "title": table.row_is,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(files[path]),
        "hash": "sha256:" + hashlib.sha256(files[path]).hexdigest(),
        "schema": _schema(table),
    }


def _schema(table: Released) -> dict[str, Any]:
    keys = [{"fields": [column], "reference": _reference(target)} for column, target in table.references]
    schema: dict[str, Any] = {
        "$schema": _SCHEMA,
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    return schema | ({"foreignKeys": keys} if keys else {})


def _reference(target: str) -> dict[str, Any]:
    resource, column = target.split(".")
    return {"resource": resource, "fields": [column]}


def _field(field: ReleasedField) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.choices:
        constraints["enum"] = list(field.choices)
    described = {"name": field.name, "type": field.type, "description": field.summary}
    if field.concept:
        described["rdfType"] = field.concept
    return described | ({"constraints": constraints} if constraints else {})


_DATATYPES = {"number": "decimal", "integer": "integer", "date": "date"}


def csvw(edition: ReleaseVersion, tables: Sequence[Filled]) -> str:
    """Write `csv-metadata.json`."""
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": [_in_language(edition.title(code), code) for code in LANGUAGES],
        "dc:description": [_in_language(edition.description(code), code) for code in LANGUAGES],
        "dc:publisher": PUBLISHER,
        "dc:license": {"@id": LICENCE_URL},
        "dc:modified": {"@value": edition.known_at.isoformat(), "@type": "xsd:date"},
        "tables": [_table(edition, filled.table) for filled in tables],
    }
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"


def _in_language(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _table(edition: ReleaseVersion, table: Released) -> dict[str, Any]:
    keys = [
        {"columnReference": column, "reference": _csvw_reference(edition, target)}
        for column, target in table.references
    ]
    schema: dict[str, Any] = {
        "columns": [_column(field) for field in table.fields],
        "primaryKey": list(table.key),
    }
    if keys:
        schema["foreignKeys"] = keys
    return {
        "url": edition.path(table.name, "csv"),
        "dc:title": table.row_is,
        "dialect": {"header": True, "encoding": "utf-8", "delimiter": ","},
        "tableSchema": schema,
    }


def _csvw_reference(edition: ReleaseVersion, target: str) -> dict[str, str]:
    resource, column = target.split(".")
    return {"resource": edition.path(resource, "csv"), "columnReference": column}


def _column(field: ReleasedField) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": field.name,
        "titles": field.name,
        "dc:description": field.summary,
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
