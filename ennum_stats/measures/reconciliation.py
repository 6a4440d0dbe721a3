"""What the lists of schools say, compared with what documents published.

A difference is explained in `data/raw/rows/reconciliations.csv`, which says which of the two is right; the
explanation holds as long as both numbers are those that it explains. A list that differs without one, or of
which the published number is right, is not complete: it only says what there is at least. Complete lists may
still break a rule of a document; that is told beside, and blocks nothing: no kit prints this number.

Lists of winners that break a rule of a call: sites that won although the call was closed to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ennum_stats.errors import ListsDiffer, Message, message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, of_call
from ennum_stats.measures.frames import DictTable, Frame, FrameKind, Row, in_frame
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import (
    Listed,
    listed_by_call,
    listed_by_programme,
    lists_known,
    patterns,
)
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
    found = patterns(ledger, ECOLE_NUMERIQUE, calls) if calls else {}
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
_COLUMNS = (
    "measure", "programme", "call", "excluded_call", "listed", "published", "verdict", "takes",
    "explanation", "rule", "meaning", "document",
)  # fmt: skip
_ANSWERS = ("listed", "published")
_OF_PROGRAMMES = {"cyberclasse": "implantations_equipped", "connectivity": "sites_installed"}
_OF_WINNERS = ("projects_awarded", "sites_awarded")


@dataclass(frozen=True)
class Comparison:
    """A number counted from lists beside the published one. `reconciliation` is the row that explains
    their difference, where there is one."""

    measure: str
    programme: str
    call: str | None
    listed: Known
    published: Known
    reconciliation: Row | None

    @property
    def verdict(self) -> str:
        """Whether they agree, given how precisely the published number is known."""
        number = self.listed.quantity.value
        assert number is not None
        if self.published.quantity.bounds.contains(number):
            return AGREES
        return EXPLAINED if self.reconciliation else DIFFERS

    @property
    def is_list_right(self) -> bool:
        """Whether the list may be counted on: it agrees, or is explained as the right one."""
        if self.verdict == EXPLAINED:
            assert self.reconciliation is not None
            return bool(self.reconciliation["takes"] == TAKES_LIST)
        return self.verdict == AGREES

    def words(self, language: str) -> str:
        """Both numbers in a line: EN2017, projects awarded: 568 in the lists, 570 published."""
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
    """What the lists say beside what documents published, wherever there are both.

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


def reconciliation_rows(ledger: Ledger, language: str = "en") -> DictTable:
    """The rows of `reconciliation`, with answers; explanations in a language."""
    rows = [_row(comparison, language) for comparison in comparisons(ledger)]
    rows += [_row_of_rule(breach, language) for breach in breaches(ledger)]
    return DictTable(rows, _COLUMNS, _ANSWERS)


def comparisons(ledger: Ledger) -> tuple[Comparison, ...]:
    """Every number that the lists and the documents known on the ledger's day both give."""
    return ledger.cached(("comparisons",), lambda: _comparisons(ledger))


def _comparisons(ledger: Ledger) -> tuple[Comparison, ...]:
    if not lists_known(ledger):
        return ()
    explained = ledger.records("reconciliations")
    return tuple(
        Comparison(measure, programme, call, Known(listed), published,
                   _explanation(explained, (measure, programme, call), listed, published))
        for measure, programme, call, listed, published in _pairs(ledger)
        if isinstance(published, Known)
    )  # fmt: skip


def complete_calls(ledger: Ledger) -> tuple[str, ...]:
    """The calls of École Numérique whose lists may be counted on, in the order of the calls."""
    doubtful = {
        comparison.call
        for comparison in comparisons(ledger)
        if comparison.measure in _OF_WINNERS and not comparison.is_list_right
    }
    listed = listed_by_call(ledger, ECOLE_NUMERIQUE)
    return tuple(c for c in ledger.all_calls(ECOLE_NUMERIQUE) if c in listed and c not in doubtful)


def stale_explanations(ledger: Ledger) -> list[Message]:
    """Why a difference stays unexplained although a row was written for it: its numbers were mistyped, or
    one of them has changed since."""
    return [
        message("The explanation “{name}” is of {was}, but the numbers are now {now}: it explains nothing.",
                name=row["reconciliation"], was=_side_by_side(row["listed"], row["published"]),
                now=_side_by_side(one.listed.quantity.value, one.published.quantity.value))
        for one in comparisons(ledger)
        for row in ledger.records("reconciliations")
        if (row["measure"], row["programme"], row["call"]) == (one.measure, one.programme, one.call)
        and one.verdict == DIFFERS
    ]  # fmt: skip


def _side_by_side(listed: Decimal | None, published: Decimal | None) -> str:
    told = ("–" if number is None else f"{number.normalize():f}" for number in (listed, published))
    return " / ".join(told)


def breaches(ledger: Ledger) -> tuple[Breach, ...]:
    """The rules of calls beside the lists that may be counted on; with 0 sites the lists keep to the rule."""
    return tuple(breaches_between(ledger, complete_calls(ledger)))


def require_reconciled(ledger: Ledger, language: str) -> None:
    """Raises `ListsDiffer` where a list and a document differ and nothing explains it."""
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


def _pairs(ledger: Ledger) -> Iterator[tuple[str, str, str | None, Quantity, Answer]]:
    """Measure, programme, call, and the number of the lists beside that of the documents."""
    by_call = listed_by_call(ledger, ECOLE_NUMERIQUE)
    for call, listed in by_call.items():
        for measure, number in _numbers_of(listed).items():
            yield measure, ECOLE_NUMERIQUE, call, number, of_call(ledger, measure, call)
    sites = {"programme": ECOLE_NUMERIQUE, "counted": "implantations"}
    for name in ledger.codes("sites_awarded", "call", **sites):
        calls = ledger.calls_of(name)
        if set(calls) <= set(by_call):
            number = Quantity.exact(
                sum(patterns(ledger, ECOLE_NUMERIQUE, calls).values()), "implantations"
            )
            published = ledger.answer("sites_awarded", call=name, **sites)
            yield "sites_awarded", ECOLE_NUMERIQUE, name, number, published
    for programme, listed in listed_by_programme(ledger).items():
        if programme in _OF_PROGRAMMES:
            measure = _OF_PROGRAMMES[programme]
            number = Quantity.exact(listed.sites, "implantations")
            yield measure, programme, None, number, ledger.answer(measure, programme=programme)


def _numbers_of(listed: Listed) -> dict[str, Quantity]:
    numbers = {"projects_awarded": Quantity.exact(listed.participations, "projects")}
    if listed.amount_eur is not None:
        numbers["budget_awarded"] = Quantity.exact(listed.amount_eur.normalize(), "EUR")
    return numbers


def _explanation(
    explained: list[Row],
    about: tuple[str, str, str | None],
    listed: Quantity,
    published: Known,
) -> Row | None:
    """The row that explains just this difference: with other numbers it explains nothing."""
    for row in explained:
        same = (row["measure"], row["programme"], row["call"]) == about
        numbers = (listed.value, published.quantity.value)
        if same and (row["listed"], row["published"]) == numbers:
            return row
    return None


def _row(comparison: Comparison, language: str) -> Row:
    row = comparison.reconciliation or {}
    is_explained = comparison.verdict == EXPLAINED
    return {
        "measure": comparison.measure,
        "programme": comparison.programme,
        "call": comparison.call,
        "listed": comparison.listed,
        "published": comparison.published,
        "verdict": comparison.verdict,
        "takes": row["takes"] if is_explained else None,
        "explanation": row[f"name_{language}"] if is_explained else None,
        **dict.fromkeys(("excluded_call", "rule", "meaning", "document")),
    }


def _row_of_rule(breach: Breach, language: str) -> Row:
    return {
        "measure": SITES_DESPITE_RULE,
        "programme": ECOLE_NUMERIQUE,
        "call": breach.call,
        "excluded_call": breach.excluded_call,
        "listed": Known(breach.quantity),
        "published": Known(Quantity.exact(0, "implantations")),
        "verdict": BREAKS if breach.is_broken else AGREES,
        "takes": None,
        "explanation": None,
        "rule": breach.rule["rule"],
        "meaning": breach.meaning(language),
        "document": breach.document,
    }
