"""What documents claim of the sites that never won, judged against what is proved of those that did.

"Half of the schools" and "53 %" are no constraints: they are compared with the interval.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.measures.call_constraints import RULE_COLUMNS, bases, sites_of_calls
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, share_of
from ennum_stats.measures.coverage_facts import CoverageFacts, coverage_facts
from ennum_stats.measures.frames import DictTable, Frame, FrameKind, Row, in_frame, to_json_value
from ennum_stats.quantities import Bounds, Quantity
from ennum_stats.store.answers import Known, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.wording import words

_COLUMNS = ("document", "calls_covered", "counted", "claimed", "never", "basis", "verdict")
_ANSWERS = ("claimed", "never")
_HUNDRED = Decimal(100)
_JUDGED = ("percent", "implantations")
NEVER_AWARDED = message("Never awarded: {claimed} as published, {never} as bounded.")
VERDICTS = {
    "proved": message("Proved by the bounds"),
    "consistent": message("Compatible with the bounds"),
    "contradicted": message("Contradicted by the bounds"),
}


def never_winners(ledger: Ledger, *, frame: FrameKind = "pandas") -> Frame:
    """What documents say of the school sites that never won a project, and whether that can be.

    One row is one published number (a share in percent, or a number of sites) and one basis. `never` is
    what follows from the bounds of coverage on about 3,800 implantations; a number of établissements is
    left out, because it is no number of implantations. `verdict` is
    `proved` (all that is possible is what the document says), `consistent` (it may be so) or
    `contradicted`.

    Reads what was known on the ledger's day.

    Columns: `document`, `calls_covered` (tuple), `counted` (the unit of the document), `claimed` and
    `never` with `_lower` and `_upper` (percent, or sites), `basis`, `verdict`, `status`,
    `missing_reason`, `observation_ids`.

    >>> never_winners(store)[["document", "verdict"]]  # doctest: +SKIP
    """
    return in_frame(never_winners_rows(ledger), frame)


def never_winners_rows(ledger: Ledger) -> DictTable:
    """The rows of `never_winners`, with answers."""
    facts = coverage_facts(ledger)
    rows = [
        _row(facts, observation, calls, basis)
        for observation, calls in _claims(ledger)
        for basis in bases(facts)
    ]
    return DictTable([row for row in rows if row is not None], _COLUMNS, _ANSWERS)


def claims_of_calls(ledger: Ledger, language: str) -> list[Row]:
    """The same in the columns of `rules_of_calls`: what is judged, beside what bounds."""
    return [
        RULE_COLUMNS
        | {
            "kind": "claim",
            "rule": observation.observation_id,
            "basis": row["basis"],
            "meaning": translate(
                NEVER_AWARDED,
                language,
                claimed=words(row["claimed"].quantity, language),
                never=words(row["never"].quantity, language),
            ),
            "calls": row["calls_covered"],
            "value": to_json_value(row["claimed"].quantity.value),
            "source_id": observation.source.source_id,
            "source": observation.source.title,
            "published_on": observation.source.published_on,
            "locator": observation.locator,
            "verdict": row["verdict"],
        }
        for row in never_winners_rows(ledger).rows
        for observation in row["claimed"].observations
    ]


def _claims(ledger: Ledger) -> Iterator[tuple[Observation, tuple[str, ...]]]:
    for measure in ("never_awarded_share", "sites_never_awarded"):
        for call_set in ledger.codes(measure, "call", programme=ECOLE_NUMERIQUE):
            for observation in ledger.select(measure, programme=ECOLE_NUMERIQUE, call=call_set):
                if observation.quantity and observation.quantity.unit in _JUDGED:
                    yield observation, ledger.calls_of(call_set)


def _row(
    facts: CoverageFacts, observation: Observation, calls: tuple[str, ...], basis: str
) -> Row | None:
    assert observation.quantity is not None
    never = _never(facts, calls, basis, observation.quantity.unit)
    if never is None:
        return None
    judged = never.claiming(observation)
    assert judged.claim_status is not None
    source = observation.source
    return {
        "document": f"{source.title} ({source.published_on or source.known_on})",
        "calls_covered": calls,
        "counted": observation.counted,
        "claimed": Known(observation.quantity, (observation,), status=observation.status),
        "never": judged,
        "basis": basis,
        "verdict": judged.claim_status.value,
    }


def _never(facts: CoverageFacts, calls: tuple[str, ...], basis: str, unit: str) -> Known | None:
    """Sites without a project of these calls, or their share in percent."""
    size = facts.default_universe.size
    sites = sites_of_calls(facts, calls, basis, size=size)
    if not (isinstance(size, Known) and isinstance(sites, Known)):
        return None
    if unit != "percent":
        rest = size - sites
        return rest if isinstance(rest, Known) else None
    share = share_of(sites, size)
    assert isinstance(share, Known)
    low, high = share.quantity.bounds.ends
    bounds = Bounds(_HUNDRED * (1 - high), _HUNDRED * (1 - low), share.quantity.bounds.basis)
    return Known(Quantity.derived(None, bounds, "percent"), share.observations, status="E")
