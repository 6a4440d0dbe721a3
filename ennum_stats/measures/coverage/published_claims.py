"""Judge what documents claim of the sites that never won against what is proved of those that did.

"Half of the schools" and "53 %" are no constraints: they are compared with the interval.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, share_of
from ennum_stats.measures.coverage.call_constraints import RuleRow, bases, basis_of, sites_of_calls
from ennum_stats.measures.coverage.coverage_facts import CoverageFacts, coverage_facts
from ennum_stats.measures.measure_table import to_json_value
from ennum_stats.quantities import Bounds, Quantity
from ennum_stats.store.answers import Known, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.wording import words

_HUNDRED = Decimal(100)
_JUDGED = ("percent", "implantations")
NEVER_AWARDED = message("Never awarded: {claimed} as published, {never} as bounded.")
VERDICTS = {
    "proved": message("Proved by the bounds"),
    "consistent": message("Compatible with the bounds"),
    "contradicted": message("Contradicted by the bounds"),
}


@dataclass(frozen=True)
class PublishedClaim:
    """Hold what one document says of the sites that never won a project, beside what is bounded of them.

    `claimed` is the published share in percent, or number of sites; `never` is what follows from the bounds
    of coverage under one basis. `verdict` is `proved` (all that is possible is what the document says),
    `consistent` (it may be so) or `contradicted`.
    """

    observation: Observation
    calls_covered: tuple[str, ...]
    claimed: Quantity
    never: Known
    basis: str
    verdict: str


def published_claims(ledger: Ledger) -> list[PublishedClaim]:
    """Judge what documents say of the sites that never won, on about 3,800 implantations, by each basis.

    A number of établissements is left out, because it is no number of implantations. Reads what was known on
    the ledger's day.
    """
    facts = coverage_facts(ledger)
    found = (
        _claim(facts, observation, calls, basis)
        for observation, calls in _claims(ledger)
        for basis in bases(facts)
    )
    return [claim for claim in found if claim is not None]


def claims_of_calls(ledger: Ledger, language: str) -> list[RuleRow]:
    """List the same beside the rules of the calls: what is judged, beside what bounds."""
    return [
        RuleRow(
            kind="claim",
            rule=claim.observation.observation_id,
            basis=claim.basis,
            meaning=translate(
                NEVER_AWARDED,
                language,
                claimed=words(claim.claimed, language),
                never=words(claim.never.quantity, language),
            ),
            calls=claim.calls_covered,
            value=to_json_value(claim.claimed.value),
            source_id=claim.observation.source.source_id,
            source=claim.observation.source.title,
            published_on=claim.observation.source.published_on,
            locator=claim.observation.locator,
            verdict=claim.verdict,
        )
        for claim in published_claims(ledger)
    ]


def _claims(ledger: Ledger) -> Iterator[tuple[Observation, tuple[str, ...]]]:
    for measure in ("never_awarded_share", "sites_never_awarded"):
        for call_set in ledger.codes(measure, "call", programme=ECOLE_NUMERIQUE):
            for observation in ledger.select(measure, programme=ECOLE_NUMERIQUE, call=call_set):
                if observation.quantity and observation.quantity.unit in _JUDGED:
                    yield observation, ledger.calls_of(call_set)


def _claim(
    facts: CoverageFacts, observation: Observation, calls: tuple[str, ...], basis: str
) -> PublishedClaim | None:
    assert observation.quantity is not None
    never = _never(facts, calls, basis, observation.quantity.unit)
    if never is None:
        return None
    judged = never.claiming(observation)
    assert judged.claim_status is not None
    return PublishedClaim(
        observation, calls, observation.quantity, judged, basis_of(basis, judged), judged.claim_status.value
    )


def _never(facts: CoverageFacts, calls: tuple[str, ...], basis: str, unit: str) -> Known | None:
    """Bound the sites without a project of these calls, or their share in percent."""
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
