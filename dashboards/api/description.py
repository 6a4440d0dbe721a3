"""The description of the API for programs: OpenAPI 3.1, made from the declarations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.api.declarations import Address, ApiParameter, Schema
from dashboards.api.shapes import PROBLEM, row_schemas
from dashboards.citations import FORMS
from dashboards.follow import public_address
from ennum_stats import __version__
from ennum_stats.errors import message
from ennum_stats.figures.citation import SITE
from ennum_stats.languages import translate

INTRODUCTION = message(
    "Every number with its bounds, its documents and the day on which it was known. Each answer says "
    "from which store it was made (“store”, the hash of its content) and as known on which day "
    "(“known_at”). What is not known is null and never zero."
)
ANSWERED = message("What was asked for.")
REFUSED = message("The question cannot be answered: why, and what was expected.")
UNKNOWN = message("There is nothing of this name.")
NO_STORE = message("The figures are not there yet.")
_DAY: Schema = {"type": "string", "format": "date"}
_ENVELOPE: dict[str, Schema] = {
    "store": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "known_at": _DAY,
    "audience": {"type": "string"},
    "notice": {"type": "string"},
}
_SAID = ["store", "known_at"]


def description(addresses: Sequence[Address], language: str) -> dict[str, Any]:
    """Give the whole description, its sentences in a language."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": translate(SITE, language),
            "version": __version__,
            "description": translate(INTRODUCTION, language),
        },
        "servers": [{"url": public_address("/")}],
        "paths": {address.path: {"get": _operation(address, language)} for address in addresses},
        "components": {"schemas": {"Problem": PROBLEM, **row_schemas(language)}},
    }


def _operation(address: Address, language: str) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    wrong = {"400": REFUSED, "503": NO_STORE}
    if any(parameter.is_in_path for parameter in address.parameters):
        wrong["404"] = UNKNOWN
    answers = {"200": {"description": translate(ANSWERED, language), "content": _content(address)}} | {
        code: {"description": translate(sentence, language), "content": problem}
        for code, sentence in sorted(wrong.items())
    }
    return {
        "operationId": address.name,
        "summary": translate(address.summary, language),
        "parameters": [_parameter(parameter, language) for parameter in address.all_parameters],
        "responses": answers,
    }


def _content(address: Address) -> dict[str, Any]:
    if address.schema == {"type": "string"}:
        return {kind.partition(";")[0]: {"schema": address.schema} for kind, _ in FORMS.values()}
    return {"application/json": {"schema": answer_schema(address)}}


def answer_schema(address: Address) -> Schema:
    """Give the schema of a whole answer of an address."""
    if not address.is_list:
        own = address.schema
        return own | {
            "properties": own["properties"] | _ENVELOPE,
            "required": [*dict.fromkeys((*own["required"], *_SAID))],
        }
    paged: dict[str, Schema] = {
        "total": {"type": "integer"},
        "limit": {"type": "integer"},
        "offset": {"type": "integer"},
        "next": {"type": ["string", "null"]},
        "items": {"type": "array", "items": address.schema},
    }
    return {"type": "object", "properties": _ENVELOPE | paged, "required": [*_SAID, *paged]}


def _parameter(parameter: ApiParameter, language: str) -> dict[str, Any]:
    schema: Schema = (
        {"type": "array", "items": parameter.schema} if parameter.is_many else dict(parameter.schema)
    )
    if parameter.default not in (None, ""):
        schema["default"] = parameter.default
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "path" if parameter.is_in_path else "query",
        "description": translate(parameter.description, language),
        "required": parameter.is_required or parameter.is_in_path,
        "schema": schema,
    }
    return described | ({"style": "form", "explode": False} if parameter.is_many else {})
