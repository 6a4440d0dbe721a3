"""Numbers that the lists of schools give, each beside the published one, and why the two differ.

A difference is explained in `data/raw/rows/reconciliations.csv`, which says which of the two is right; the
explanation holds as long as both numbers are those that it explains. What a list that agrees may be used for
is decided in `completeness`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.measure_table import names_of
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.store.school_rows import listed_amounts, listed_schools, listed_sites, site_patterns
from ennum_stats.wording import words

AGREES, EXPLAINED, FEWER, DIFFERS, BREAKS = "agrees", "explained", "fewer", "differs", "breaks"
VERDICTS = {
    AGREES: message("agrees"),
    EXPLAINED: message("differs, explained"),
    FEWER: message("less than published"),
    DIFFERS: message("differs, not explained"),
    BREAKS: message("breaks a rule"),
}
SITES_DESPITE_RULE = "sites_despite_rule"
NAMES = {
    "projects_awarded": message("Projects awarded"),
    "budget_awarded": message("Budget awarded"),
    "sites_awarded": message("Distinct school sites with a project"),
    "implantations_equipped": message("School sites equipped"),
    "sites_installed": message("School sites connected"),
    SITES_DESPITE_RULE: message("School sites despite a rule"),
}
"""What is compared."""
TAKES_LIST, TAKES_PUBLISHED = "list", "published"
_OF_PROGRAMMES = {"cyberclasse": "implantations_equipped", "connectivity": "sites_installed"}
_SITES = {"programme": ECOLE_NUMERIQUE, "counted": "implantations"}
_About = tuple[str, str, str | None]
"""The measure, programme and call of a number."""


@dataclass(frozen=True)
class Explanation:
    """Hold why a list and a published number differ, and which is right, as a person decided."""

    reconciliation: str
    about: _About
    listed: Decimal
    published: Decimal
    takes: str
    names: dict[str, str]
    """The explanation in each language."""


@dataclass(frozen=True)
class Comparison:
    """Compare a number counted from lists with the published one; `explanation` explains their difference."""

    measure: str
    programme: str
    call: str | None
    listed: Known
    published: Known
    explanation: Explanation | None

    @property
    def about(self) -> _About:
        """Give what is compared."""
        return self.measure, self.programme, self.call

    @property
    def verdict(self) -> str:
        """Judge whether they agree, given how precisely the published number is known. A list with less than
        was published may only be a part."""
        number, bounds = self.listed.quantity.value, self.published.quantity.bounds
        assert number is not None
        if bounds.contains(number):
            return AGREES
        if self.explanation:
            return EXPLAINED
        return FEWER if bounds.lower is not None and number < bounds.lower else DIFFERS

    @property
    def is_unexplained(self) -> bool:
        """Tell whether they differ and nobody says why."""
        return self.verdict in (FEWER, DIFFERS)

    @property
    def is_contradicting(self) -> bool:
        """Tell whether the list is not all: it differs, and nobody says that it is right all the same."""
        if self.explanation and self.verdict == EXPLAINED:
            return self.explanation.takes != TAKES_LIST
        return self.is_unexplained

    def words(self, language: str) -> str:
        """Say both numbers in a line: EN2017, projects awarded: 568 in the lists, 570 published."""
        return translate(
            message(
                "{about}, {what}: {listed} in the lists, {published} published",
                about=self.call or self.programme,
                what=NAMES[self.measure],
                listed=words(self.listed.quantity, language),
                published=words(self.published.quantity, language),
            ),
            language,
        )


@once_a_ledger
def comparisons(ledger: Ledger) -> tuple[Comparison, ...]:
    """Compare every number that the lists and the documents known on the ledger's day both give."""
    return (
        *counts_compared(ledger),
        *_compared(ledger, _listed_amounts(ledger)),
        *_compared(ledger, _listed_unions(ledger)),
    )


@once_a_ledger
def counts_compared(ledger: Ledger) -> tuple[Comparison, ...]:
    """Compare the numbers that tell whether the lists of a call, or of a programme without calls, lack any:
    projects and sites, equipped and connected ones. They are read in a third of the time of all numbers."""
    numbers = partial(_listed_counts, ledger)
    return tuple(_compared(ledger, numbers()))


def _compared(ledger: Ledger, numbers: Iterable[tuple[_About, Quantity]]) -> Iterator[Comparison]:
    explained: dict[tuple[_About, Decimal | None, Decimal | None], Explanation] = {
        (one.about, one.listed, one.published): one for one in reversed(_explanations(ledger))
    }
    for about, listed in numbers:
        answer = _published(ledger, about)
        if isinstance(answer, Known):
            # With other numbers than its own, an explanation explains nothing.
            explanation = explained.get((about, listed.value, answer.quantity.value))
            yield Comparison(*about, Known(listed), answer, explanation)


def _published(ledger: Ledger, about: _About) -> Answer:
    """Answer what documents say of the same measure, programme and call."""
    measure, programme, call = about
    place = {"programme": programme} | ({"call": call} if call else {})
    unit = {"counted": "implantations"} if measure == "sites_awarded" else {}
    return ledger.answer(measure, **place, **unit)


def _explanations(ledger: Ledger) -> list[Explanation]:
    return [
        Explanation(
            reconciliation=row["reconciliation"],
            about=(row["measure"], row["programme"], row["call"]),
            listed=row["listed"],
            published=row["published"],
            takes=row["takes"],
            names=names_of(row),
        )
        for row in ledger.records("reconciliations")
    ]


def stale_explanations(ledger: Ledger) -> list[Message]:
    """Say why a difference stays unexplained although a row was written for it: its numbers were mistyped, or
    one of them has changed since."""
    explanations = _explanations(ledger)
    return [
        message("The explanation “{name}” is of {was}, but the numbers are now {now}: it explains nothing.",
                name=old.reconciliation, was=_side_by_side(old.listed, old.published),
                now=_side_by_side(one.listed.quantity.value, one.published.quantity.value))
        for one in comparisons(ledger)
        for old in explanations
        if old.about == one.about and one.is_unexplained
    ]  # fmt: skip


def _side_by_side(listed: Decimal | None, published: Decimal | None) -> str:
    numbers = (listed, published)
    return " / ".join("–" if number is None else f"{number.normalize():f}" for number in numbers)


def _listed_counts(ledger: Ledger) -> Iterator[tuple[_About, Quantity]]:
    """Name the projects that the lists of each call give, their sites where documents count these, and the
    sites of each programme without calls."""
    found = listed_schools(ledger, ECOLE_NUMERIQUE)
    counted = {*ledger.codes("sites_awarded", "call", **_SITES)} & {*found.by_call}
    sites = listed_sites(ledger, ECOLE_NUMERIQUE, counted) if counted else {}
    for call, projects in found.by_call.items():
        about = ECOLE_NUMERIQUE, call
        yield ("projects_awarded", *about), Quantity.exact(projects, "projects")
        if call in sites:
            yield ("sites_awarded", *about), Quantity.exact(sites[call], "implantations")
    for programme, listed in found.by_programme.items():
        if programme in _OF_PROGRAMMES:
            number = Quantity.exact(listed.sites, "implantations")
            yield (_OF_PROGRAMMES[programme], programme, None), number


def _listed_amounts(ledger: Ledger) -> Iterator[tuple[_About, Quantity]]:
    """Name the budget that the lists of each call give, where each of its awards tells an amount."""
    for call, amount in listed_amounts(ledger, ECOLE_NUMERIQUE).items():
        about = "budget_awarded", ECOLE_NUMERIQUE, call
        yield about, Quantity.exact(amount.normalize(), "EUR")


def _listed_unions(ledger: Ledger) -> Iterator[tuple[_About, Quantity]]:
    """Name the distinct sites of sets of calls all of which have lists, where documents name such a set."""
    by_call = listed_schools(ledger, ECOLE_NUMERIQUE).by_call
    for name in ledger.codes("sites_awarded", "call", **_SITES):
        calls = ledger.calls_of(name)
        if len(calls) > 1 and {*calls} <= {*by_call}:
            sites = sum(site_patterns(ledger, ECOLE_NUMERIQUE, calls).values())
            yield ("sites_awarded", ECOLE_NUMERIQUE, name), Quantity.exact(sites, "implantations")
