"""What is posted to a callback: the shape in which Dash's renderer asks, and no other.

Dash takes a body on trust, and fails in the midst of one that its renderer did not make. A body may say more
than a callback reads; no answer depends on that, so it makes no other question.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from dash import Dash

from dashboards.inner import LOCATION

Place = tuple[str, str]
"""The id of a component, or the pattern of ids, and one of its properties."""
_READ = ("output", "outputs", "inputs", "state")
_READ_OF_PLACE = ("id", "property", "value")
_ANY_NAME = ["MATCH"]


def is_question(app: Dash, body: Any) -> bool:
    """Tell whether a posted body asks one of the callbacks that the server answers, in its renderer's
    shape."""
    output = body.get("output") if isinstance(body, dict) else None
    declared = app.callback_map.get(output) if isinstance(output, str) else None
    if declared is None or "callback" not in declared:  # the others are answered by the browser
        return False
    changed = body.get("changedPropIds", [])
    return (
        _are_outputs(body.get("outputs"), str(output))
        and _are_given(body.get("inputs"), _declared(declared["inputs"]))
        and _are_given(body.get("state", []), _declared(declared["state"]))
        and isinstance(changed, list)
        and all(isinstance(name, str) and "." in name for name in changed)
    )


def addresses_of(question: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """List the addresses that a question is about, path and parameters: that of the page, that of
    evidence."""
    for places in (question["inputs"], question.get("state", [])):
        values = {f"{place['id']}.{place['property']}": place.get("value") for place in places}
        if (path := values.get(f"{LOCATION}.pathname")) is not None:
            yield path, values.get(f"{LOCATION}.search", "").removeprefix("?")
        if isinstance(address := values.get("evidence-address.data"), str):
            path, _, search = address.partition("?")
            yield path, search


def as_read(body: dict[str, Any]) -> dict[str, Any]:
    """Tell what a callback reads of a body. Raise `LookupError` or `TypeError` where that is not there."""
    places = {name: _of_places(body.get(name) or []) for name in _READ[1:]}
    return {"output": body["output"], **places}


def _of_places(given: Any) -> Any:
    if isinstance(given, list):  # some places are several, and so are their values
        return [_of_places(part) for part in given]
    return {name: given[name] for name in _READ_OF_PLACE if name in given}


def _declared(places: Sequence[dict[str, str]]) -> list[Place]:
    return [(place["id"], place["property"]) for place in places]


def _are_outputs(places: Any, output: str) -> bool:
    """Tell whether places are those that the name of a callback is made of."""
    is_many = output.startswith("..")
    names = output.strip(".").split("...") if is_many else [output]
    declared = [(name.rpartition(".")[0], name.rpartition(".")[2]) for name in names]
    given = places if is_many else [places]
    return (
        isinstance(given, list)
        and len(given) == len(declared)
        and all(_is_at(each, place) for each, place in zip(given, declared, strict=True))
    )


def _are_given(given: Any, declared: Sequence[Place]) -> bool:
    """Tell whether values are given of these places, in their order; those of the address are texts."""
    return (
        isinstance(given, list)
        and len(given) == len(declared)
        and all(
            _is_at(value, place) and (place[0] != LOCATION or isinstance(value.get("value"), str))
            for value, place in zip(given, declared, strict=True)
        )
    )


def _is_at(given: Any, place: Place) -> bool:
    key, name = place
    if not isinstance(given, dict) or given.get("property") != name:
        return False
    return _is_like(given.get("id"), json.loads(key)) if key[0] == "{" else given.get("id") == key


def _is_like(key: Any, pattern: dict[str, Any]) -> bool:
    """Tell whether an id of several parts fits a pattern of ids."""
    return (
        isinstance(key, dict)
        and key.keys() == pattern.keys()
        and all(
            isinstance(part, str) if pattern[name] == _ANY_NAME else part == pattern[name]
            for name, part in key.items()
        )
    )
