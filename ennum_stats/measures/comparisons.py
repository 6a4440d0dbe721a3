"""Numbers that the lists of schools give, each beside the published one, and why the two differ.

A difference is explained in `data/raw/rows/reconciliations.csv`, which says which of the two is right; the
explanation holds as long as both numbers are those that it explains. What a list that agrees may be used for
is decided in `completeness`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.frames import names_of
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import Listed, ListedSchools, listed_schools
from ennum_stats.wording import words

AGREES, EXPLAINED, DIFFERS, BREAKS = "agrees", "explained", "differs", "breaks"
VERDICTS = {
    AGREES: message("agrees"),
    EXPLAINED: message("differs, explained"),
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
        """Judge whether they agree, given how precisely the published number is known."""
        number = self.listed.quantity.value
        assert number is not None
        if self.published.quantity.bounds.contains(number):
            return AGREES
        return EXPLAINED if self.explanation else DIFFERS

    @property
    def is_contradicting(self) -> bool:
        """Tell whether the list is wrong: it differs, and nobody says that it is right all the same."""
        if self.verdict == EXPLAINED:
            return self.explanation is None or self.explanation.takes != TAKES_LIST
        return self.verdict == DIFFERS

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


def comparisons(ledger: Ledger) -> tuple[Comparison, ...]:
    """Compare every number that the lists and the documents known on the ledger's day both give."""
    return ledger.cached(("comparisons",), lambda: _comparisons(ledger))


def _comparisons(ledger: Ledger) -> tuple[Comparison, ...]:
    sets = {name: ledger.calls_of(name) for name in ledger.codes("sites_awarded", "call", **_SITES)}
    numbers = dict(_listed_numbers(listed_schools(ledger, ECOLE_NUMERIQUE), sets))
    explained: dict[tuple[_About, Decimal | None, Decimal | None], Explanation] = {
        (one.about, one.listed, one.published): one for one in reversed(_explanations(ledger))
    }
    published = {about: _published(ledger, about) for about in numbers}
    return tuple(
        Comparison(
            *about, Known(listed), answer,
            # With other numbers than its own, an explanation explains nothing.
            explained.get((about, listed.value, answer.quantity.value)),
        )
        for about, listed in numbers.items()
        if isinstance(answer := published[about], Known)
    )  # fmt: skip


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
        if old.about == one.about and one.verdict == DIFFERS
    ]  # fmt: skip


def _side_by_side(listed: Decimal | None, published: Decimal | None) -> str:
    numbers = (listed, published)
    return " / ".join("–" if number is None else f"{number.normalize():f}" for number in numbers)


def _listed_numbers(
    listed_in: ListedSchools, sets: Mapping[str, Sequence[str]]
) -> Iterator[tuple[_About, Quantity]]:
    """Name each number that the lists give: of a call, of the calls of a set, of a programme."""
    for call, listed in listed_in.by_call.items():
        for measure, number in _numbers_of(listed).items():
            yield (measure, ECOLE_NUMERIQUE, call), number
    for name, calls in sets.items():
        if set(calls) <= set(listed_in.by_call):
            sites = sum(listed_in.patterns_in(calls).values())
            number = Quantity.exact(sites, "implantations")
            yield ("sites_awarded", ECOLE_NUMERIQUE, name), number
    for programme, listed in listed_in.by_programme.items():
        if programme in _OF_PROGRAMMES:
            number = Quantity.exact(listed.sites, "implantations")
            yield (_OF_PROGRAMMES[programme], programme, None), number


def _numbers_of(listed: Listed) -> dict[str, Quantity]:
    numbers = {"projects_awarded": Quantity.exact(listed.participations, "projects")}
    if listed.amount_eur is not None:
        numbers["budget_awarded"] = Quantity.exact(listed.amount_eur.normalize(), "EUR")
    return numbers
