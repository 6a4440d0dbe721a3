"""The Frictionless Data Package (version 2): what each file holds, for programs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ennum_stats.languages import translate
from ennum_stats.release.about import (
    DESCRIPTION,
    LICENCE,
    LICENCE_URL,
    NAME,
    PUBLISHER,
    TITLE,
    Edition,
)
from ennum_stats.release.columns import Released, ReleasedField
from ennum_stats.release.rows import Filled

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"


def datapackage(edition: Edition, tables: Sequence[Filled], files: Mapping[str, bytes]) -> str:
    """The text of `datapackage.json`; `files` are the bytes of the tables, by path."""
    package = {
        "$schema": _PROFILE,
        "name": NAME,
        "title": translate(TITLE, "en"),
        "description": translate(DESCRIPTION, "en"),
        "version": edition.version,
        "created": f"{edition.known_at}T00:00:00Z",
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": "CC BY 4.0"}],
        "contributors": [{"title": PUBLISHER, "roles": ["publisher"]}],
        "resources": [_csv(filled.table, files) for filled in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _csv(table: Released, files: Mapping[str, bytes]) -> dict[str, Any]:
    path = f"data/{table.name}.csv"
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
    keys = [
        {"fields": [column], "reference": _reference(target)} for column, target in table.references
    ]
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
    described = {"name": field.name, "type": field.type, "description": field.told}
    if field.concept:
        described["rdfType"] = field.concept
    return described | ({"constraints": constraints} if constraints else {})
