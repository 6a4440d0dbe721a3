"""Compare what the lists of schools say with what documents published, and with the rules of the calls.

A difference is explained in `data/raw/rows/reconciliations.csv`, which says which of the two is right; the
explanation holds as long as both numbers are those that it explains. A list that differs without one, or of
which the published number is right, is not complete: it only says what there is at least. Complete lists may
still break a rule of a document, where sites won although the call was closed to them; that is told beside,
and blocks nothing: no kit prints this number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ennum_stats.errors import ListsDiffer, Message, message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.frames import Frame, FrameKind, MeasureTable, in_frame, names_of
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import Listed, ListedSchools, listed_schools
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
    found = listed_schools(ledger, ECOLE_NUMERIQUE).patterns_in(calls)
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
_OF_WINNERS = ("projects_awarded", "sites_awarded")
_SITES = {"programme": ECOLE_NUMERIQUE, "counted": "implantations"}


@dataclass(frozen=True)
class ReconciliationRow:
    """Hold a number of the lists beside the published one; or the sites that break a rule, beside 0."""

    measure: str
    programme: str
    call: str | None
    excluded_call: str | None
    listed: Known
    published: Known
    verdict: str
    takes: str | None
    explanation: str | None
    rule: str | None
    meaning: str | None
    document: str | None


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
    def is_list_right(self) -> bool:
        """Tell whether the list may be counted on: it agrees, or is explained as the right one."""
        if self.verdict == EXPLAINED:
            return self.explanation is not None and self.explanation.takes == TAKES_LIST
        return self.verdict == AGREES

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


def reconciliation(ledger: Ledger, *, frame: FrameKind = "pandas") -> Frame:
    """Give what the lists say beside what documents published, wherever there are both.

    One row is one number of a call, set of calls or programme: projects, budget or distinct sites of the
    winners, sites equipped or connected. A list of a call or of all calls of a set is compared with the
    published number as known on the ledger's day; a published “about” agrees with all that it allows.

    A row of measure `sites_despite_rule` is a rule that closes a call to the winners of another one, of which
    both lists are complete: `listed` are the sites that won in both, where the rule says 0 (`published`).

    Columns: `measure`, `programme`, `call`, `excluded_call` (of a rule), `listed` and `published` with
    `_lower` and `_upper` (projects, EUR or implantations), `verdict` (agrees, explained, differs, breaks),
    `takes` (list or published: which of two numbers is right, where explained), `explanation` (English),
    `rule`, `meaning` (English) and `document` (title) of a rule, `status`, `missing_reason`,
    `observation_ids`. No rows without lists.

    >>> reconciliation(store)[["call", "listed", "published", "verdict"]]  # doctest: +SKIP
    """
    return in_frame(reconciliation_rows(ledger), frame)


def reconciliation_rows(ledger: Ledger, language: str = "en") -> MeasureTable[ReconciliationRow]:
    """Give the rows of `reconciliation`, with answers; explanations in a language."""
    rows = [_row(comparison, language) for comparison in comparisons(ledger)]
    rows += [_row_of_rule(breach, language) for breach in breaches(ledger)]
    return MeasureTable(rows, ReconciliationRow)


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


def complete_calls(ledger: Ledger) -> tuple[str, ...]:
    """List the calls of École Numérique whose lists may be counted on, in the order of the calls."""
    doubtful = {
        comparison.call
        for comparison in comparisons(ledger)
        if comparison.measure in _OF_WINNERS and not comparison.is_list_right
    }
    listed = listed_schools(ledger, ECOLE_NUMERIQUE).by_call
    return tuple(c for c in ledger.all_calls(ECOLE_NUMERIQUE) if c in listed and c not in doubtful)


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


def breaches(ledger: Ledger) -> tuple[Breach, ...]:
    """Compare the rules with the lists that may be counted on: one result for each rule and pair of calls."""
    return tuple(breaches_between(ledger, complete_calls(ledger)))


def require_reconciled(ledger: Ledger, language: str) -> None:
    """Raise `ListsDiffer` where a list and a document differ and nothing explains it."""
    found = [one for one in comparisons(ledger) if one.verdict == DIFFERS]
    if not found:
        return
    told = "; ".join(one.words(language) for one in found)
    raise ListsDiffer(
        message("Lists and published numbers differ. {differences}.", differences=told),
        where="ennum reconcile",
        expected=message("A press kit never prints both without saying why they differ."),
        remedy=message(
            "Correct the list, or explain each difference in data/raw/rows/reconciliations.csv."
        ),
    )


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


def _row(comparison: Comparison, language: str) -> ReconciliationRow:
    explanation = comparison.explanation if comparison.verdict == EXPLAINED else None
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
        measure=SITES_DESPITE_RULE,
        programme=ECOLE_NUMERIQUE,
        call=breach.call,
        excluded_call=breach.excluded_call,
        listed=Known(breach.quantity),
        published=Known(Quantity.exact(0, "implantations")),
        verdict=BREAKS if breach.is_broken else AGREES,
        takes=None,
        explanation=None,
        rule=breach.rule,
        meaning=breach.names[language],
        document=breach.document,
    )
