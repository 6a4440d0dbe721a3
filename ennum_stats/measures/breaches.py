"""Lists of winners that break a rule of a call: sites that won although the call was closed to them.

A list is counted as it is, and the rule gives way to it in the bounds (`constraining`). One of the two is
wrong all the same, and somebody should look.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.measures.frames import Row
from ennum_stats.measures.lists import patterns
from ennum_stats.quantities import Quantity
from ennum_stats.store.opening import Ledger
from ennum_stats.wording import words

EXCLUSION = "exclusion"


@dataclass(frozen=True)
class Breach:
    """How many sites the lists of two calls have in common although a rule closes the one to the winners of
    the other; 0 where the lists keep to it. `document` is the title of the one that states it."""

    rule: Row
    call: str
    excluded_call: str
    sites: int
    document: str

    @property
    def is_broken(self) -> bool:
        """Whether there is any such site."""
        return self.sites > 0

    @property
    def quantity(self) -> Quantity:
        """The number of sites."""
        return Quantity.exact(self.sites, "implantations")

    def meaning(self, language: str) -> str:
        """The rule in words."""
        return str(self.rule[f"name_{language}"])

    def words(self, language: str) -> str:
        """`EN2020 and EN2019: 10 school sites in both lists, although “EN2020: closed to …” (document)`."""
        return translate(
            message(
                "{call} and {excluded}: {sites} in both lists, although “{rule}” ({document})",
                call=self.call, excluded=self.excluded_call,
                sites=words(self.quantity, language), rule=self.meaning(language),
                document=self.document,
            ),
            language,
        )  # fmt: skip


def breaches_between(ledger: Ledger, calls: Collection[str]) -> Iterator[Breach]:
    """One a rule known on the ledger's day and pair of these calls that it speaks of."""
    found = patterns(ledger, calls) if calls else {}
    for rule in ledger.records("rules"):
        if rule["kind"] != EXCLUSION:
            continue
        document = ledger.source(rule["source_id"]).title if rule["source_id"] else ""
        for call in (rule["calls"] or "").split():
            for excluded in (rule["excluded_calls"] or "").split():
                if {call, excluded} <= {*calls}:
                    pair = {call, excluded}
                    sites = sum(number for won, number in found.items() if pair <= won)
                    yield Breach(rule, call, excluded, sites, document)
