"""Compare what the lists of schools say with what documents published, and with the rules of the calls.

A list that differs from a published number without an explanation (`comparisons`) blocks the kit. Complete
lists may still break a rule of a document, where sites won although the call was closed to them; that is told
beside, and blocks nothing: no kit prints this number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated

from ennum_stats.errors import ListsDiffer, message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.columns import Column
from ennum_stats.measures.measure_table import MeasureTable, names_of
from ennum_stats.measures.schools import listed_and_published
from ennum_stats.measures.schools.completeness import complete_calls, completeness
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import site_patterns
from ennum_stats.wording import words

EXCLUSION = "exclusion"


@dataclass(frozen=True)
class Breach:
    """Count the sites that the lists of two calls have in common although a rule closes the one to the
    winners of the other: 0 where the lists keep to it."""

    rule: str
    names: dict[str, str]
    """The rule in words, in each language."""
    call: str
    excluded_call: str
    sites: int
    document: str
    """The title of the document that states the rule."""

    @property
    def is_broken(self) -> bool:
        """Tell whether there is any such site."""
        return self.sites > 0

    @property
    def quantity(self) -> Quantity:
        """Give the number of sites."""
        return Quantity.exact(self.sites, "implantations")

    def words(self, language: str) -> str:
        """Say `EN2020 and EN2019: 10 school sites in both lists, although “EN2020: closed …” (document)`."""
        return translate(
            message(
                "{call} and {excluded}: {sites} in both lists, although “{rule}” ({document})",
                call=self.call, excluded=self.excluded_call,
                sites=words(self.quantity, language), rule=self.names[language],
                document=self.document,
            ),
            language,
        )  # fmt: skip


def breaches_between(ledger: Ledger, calls: Collection[str]) -> Iterator[Breach]:
    """Compare the lists of these calls with the rules known on the ledger's day: one result for each rule and
    pair of calls that it speaks of."""
    found = site_patterns(ledger, ECOLE_NUMERIQUE, calls)
    for row in ledger.records("rules"):
        if row["kind"] != EXCLUSION:
            continue
        document = ledger.source(row["source_id"]).title if row["source_id"] else ""
        for call in (row["calls"] or "").split():
            for excluded in (row["excluded_calls"] or "").split():
                if {call, excluded} <= {*calls}:
                    pair = {call, excluded}
                    sites = sum(number for won, number in found.items() if pair <= won)
                    yield Breach(row["rule"], names_of(row), call, excluded, sites, document)


@dataclass(frozen=True)
class ReconciliationRow:
    """Hold a number of the lists beside the published one; or the sites that break a rule, beside 0."""

    measure: Annotated[str, Column(message("What"), names=listed_and_published.NAMES)]
    programme: str
    call: str | None
    excluded_call: Annotated[str | None, Column(message("Closed to the winners of"))]
    listed: Annotated[Known, Column(message("In the lists"))]
    published: Annotated[Known, Column(message("Published"))]
    verdict: Annotated[str, Column(message("Verdict"), names=listed_and_published.VERDICTS)]
    takes: Annotated[
        str | None,
        Column(
            message("Right is"),
            names={
                listed_and_published.TAKES_LIST: message("the list"),
                listed_and_published.TAKES_PUBLISHED: message("the published number"),
            },
        ),
    ]
    explanation: Annotated[str | None, Column(message("Explanation"))]
    rule: Annotated[str | None, Column(message("Rule"))]
    meaning: Annotated[str | None, Column(message("Meaning"))]
    document: Annotated[str | None, Column(message("Document"))]


def reconciliation_rows(ledger: Ledger, language: str = "en") -> MeasureTable[ReconciliationRow]:
    """Give the rows of `reconciliation`, with answers; explanations in a language."""
    rows = [_row(comparison, language) for comparison in listed_and_published.comparisons(ledger)]
    rows += [_row_of_rule(breach, language) for breach in breaches(ledger)]
    return MeasureTable(rows, ReconciliationRow)


def breaches(ledger: Ledger) -> tuple[Breach, ...]:
    """Compare the rules with the lists that may be counted on: one result for each rule and pair of calls."""
    return tuple(breaches_between(ledger, complete_calls(ledger)))


def differences(ledger: Ledger) -> list[listed_and_published.Comparison]:
    """List the numbers of lists that contradict published ones and that nothing explains.

    A list that has less than was published is only not complete, and contradicts nothing, unless a person or
    another of its numbers says that nothing lacks.
    """
    said = {one.subject for one in completeness(ledger) if one.is_declared_complete}

    def is_contradicted(one: listed_and_published.Comparison) -> bool:
        calls = ledger.calls_of(one.call) if one.call else (one.programme,)
        return one.verdict == listed_and_published.DIFFERS or (
            one.verdict == listed_and_published.FEWER and {*calls} <= said
        )

    return [one for one in listed_and_published.comparisons(ledger) if is_contradicted(one)]


def require_reconciled(ledger: Ledger, language: str) -> None:
    """Raise `ListsDiffer` where a list and a document contradict each other and nothing explains it."""
    found = differences(ledger)
    if not found:
        return
    told = "; ".join(one.words(language) for one in found)
    raise ListsDiffer(
        message("Lists and published numbers differ. {differences}.", differences=told),
        where="ennum reconcile",
        expected=message("A press kit never prints both without saying why they differ."),
        remedy=message("Correct the list, or explain each difference in data/raw/rows/reconciliations.csv."),
    )


def _row(comparison: listed_and_published.Comparison, language: str) -> ReconciliationRow:
    explanation = comparison.explanation if comparison.verdict == listed_and_published.EXPLAINED else None
    return ReconciliationRow(
        measure=comparison.measure,
        programme=comparison.programme,
        call=comparison.call,
        excluded_call=None,
        listed=comparison.listed,
        published=comparison.published,
        verdict=comparison.verdict,
        takes=explanation.takes if explanation else None,
        explanation=explanation.names[language] if explanation else None,
        rule=None,
        meaning=None,
        document=None,
    )


def _row_of_rule(breach: Breach, language: str) -> ReconciliationRow:
    return ReconciliationRow(
        measure=listed_and_published.SITES_DESPITE_RULE,
        programme=ECOLE_NUMERIQUE,
        call=breach.call,
        excluded_call=breach.excluded_call,
        listed=Known(breach.quantity),
        published=Known(Quantity.exact(0, "implantations")),
        verdict=listed_and_published.BREAKS if breach.is_broken else listed_and_published.AGREES,
        takes=None,
        explanation=None,
        rule=breach.rule,
        meaning=breach.names[language],
        document=breach.document,
    )
