"""Which codes an analyst may name in each parameter of a table, and how a wrong one is told.

An error names the parameter, the nearest codes, and the call that lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ennum_stats.errors import NEAREST, Message, Parameter, UsageError, message, nearest_names, unknown_name
from ennum_stats.measures.calls import call_calendar
from ennum_stats.measures.columns import PLACES, REGISTER
from ennum_stats.measures.coverage.call_constraints import rule_names
from ennum_stats.measures.coverage.coverage_facts import coverage_facts
from ennum_stats.measures.programmes import programmes
from ennum_stats.measures.schools.school_sites import EVERY_LEVEL
from ennum_stats.store.ledger import Ledger

EVERY_PROGRAMME = "all"
"""The code of any programme together, where it is counted from lists."""
_LISTS = ("calls", "without", "levels")


@dataclass(frozen=True)
class _Codes:
    """Declare what a parameter may name: what a wrong one is told as, the codes, and the call that lists
    them."""

    wrong: Message
    known: Callable[[Ledger], Iterable[str]]
    listing: str


def _calls(ledger: Ledger) -> list[str]:
    calendar = call_calendar(ledger)
    return [*calendar.every, *calendar.sets]


def _programmes(ledger: Ledger) -> list[str]:
    return [*(one.programme for one in programmes(ledger)), EVERY_PROGRAMME]


def _universes(ledger: Ledger) -> list[str]:
    return [*(row["universe"] for row in ledger.records("universes")), REGISTER]


_CODES = {
    "calls": _Codes(message("There is no call “{name}”."), _calls, "winners"),
    "without": _Codes(
        message("There is no rule “{name}”."), lambda ledger: rule_names(coverage_facts(ledger)), "rules"
    ),
    "universe": _Codes(message("There is no universe “{name}”."), _universes, "coverage"),
    "programme": _Codes(message("There is no programme “{name}”."), _programmes, "budgets"),
    "levels": _Codes(message("There are no levels “{name}”."), lambda _: EVERY_LEVEL, "sites"),
    "within": _Codes(message("School sites have no “{name}”."), lambda _: PLACES, "measures"),
}


def require_known(ledger: Ledger, **options: Any) -> None:
    """Refuse codes that there are not, and one code where a list of them is meant. Raises `UsageError`."""
    for parameter, value in options.items():
        if not value or parameter not in _CODES:
            continue
        if parameter in _LISTS:
            require_list(parameter, value, f'["{value}"]')
        names = [value] if isinstance(value, str) else list(value)
        codes = _CODES[parameter]
        known = list(codes.known(ledger))
        for name in names:
            if name not in known:
                raise unknown_code(Message(codes.wrong.text, {"name": str(name)}), str(name), known,
                               parameter, codes.listing)  # fmt: skip
    _require_places(ledger, options.get("within") or {})


def _require_places(ledger: Ledger, within: Mapping[str, Sequence[str]]) -> None:
    """Refuse codes of levels, networks, provinces or communes that there are not."""
    for place, codes in within.items():
        require_list("within", codes, f'{{"{place}": ["{codes}"]}}')
        known = [row["commune"] for row in ledger.records("communes")] if place == "commune" else [
            row["code"] for row in ledger.records("codelists") if row["codelist"] == place
        ]  # fmt: skip
        for code in codes:
            if code not in known:
                absent = message("“{code}” is unknown.", code=code)
                raise unknown_code(absent, code, known, "within", f'sites(by="{place}")')


def require_list(parameter: str, value: object, example: str) -> None:
    """Refuse one name where a list of names is meant: its letters would be read as names."""
    if isinstance(value, str):
        raise UsageError(
            message("A list of names is needed, not one."),
            where=Parameter(parameter),
            remedy=message("Write: {example}", example=f"{parameter}={example}"),
        )


def unknown_code(
    absent: Message, name: str, known: Iterable[str], parameter: str, listing: str
) -> UsageError:
    """Make the error for a name that there is not: the parameter, the nearest, the call that lists all."""
    call = listing if listing.endswith(")") else f"{listing}()"
    return unknown_name(
        absent, nearest_names(name, known), NEAREST, where=Parameter(parameter),
        remedy=message("{call} lists them all.", call=f"store.{call}"),
    )  # fmt: skip
