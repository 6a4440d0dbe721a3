"""Whether the lists of a call, or of a programme without calls, are complete: may numbers be counted on them?

They are complete where the number that they give equals an exact published number, or where a person decided
so: in `data/raw/rows/complete_lists.csv`, or in `reconciliations.csv` by an explanation that takes the list.
All others say what there is at least. Everything that counts from lists asks here.

A decision is about the list, whatever the day on which it was taken: it holds on every day on which just the
rows that it names were known. A published number counts from the day on which it was known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_calendar
from ennum_stats.measures.measure_table import names_of
from ennum_stats.measures.schools.listed_and_published import AGREES, EXPLAINED, Comparison, counts_compared
from ennum_stats.periods import Period
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.store.school_rows import listed_schools
from ennum_stats.wording import words

DECLARED_IN = "data/raw/rows/complete_lists.csv"
_SUBJECT = message("{place}: {text}")
_AS_PUBLISHED = message("complete, as many as published ({published})")
_EXPLAINED = message("complete, because the list is right: {reason}")
_DECLARED = message("complete, declared so ({day}): {reason}")
_DIFFERS = message("counts as a minimum: {listed} in the list, {published} published")
_STALE = message("counts as a minimum: declared complete with {was} rows, it has {now}")
_NOT_EXACT = message(
    "counts as a minimum: no exact published number proves it ({listed} in the list, {published} published)"
)
_UNPUBLISHED = message("counts as a minimum: no document says how many there were (rows: {rows})")
_NO_LIST = message("no list")
DECLARE = message("A list that is known to be complete is declared so in {file}.", file=DECLARED_IN)
NOT_COMPLETE = message("Which school sites had nothing is not known. Lists missing or not complete: {names}.")


@dataclass(frozen=True)
class Declaration:
    """Hold that a person declared lists complete which had so many rows, why, and when."""

    programme: str
    call: str | None
    rows: int
    reviewed_on: str
    names: dict[str, str]
    """The reason in each language."""


@dataclass(frozen=True)
class Completeness:
    """Judge the lists of a call, or of a programme without calls."""

    programme: str
    call: str | None
    rows: int
    """How many rows they have of what won, was equipped or connected: none where there is no list."""
    comparisons: tuple[Comparison, ...]
    """Their numbers beside the published ones."""
    declaration: Declaration | None

    @property
    def subject(self) -> str:
        """Name the call, or the programme."""
        return self.call or self.programme

    @property
    def is_complete(self) -> bool:
        """Tell whether a person or an exact number says so, and no number the contrary."""
        return self.is_declared_complete and self._contradicting is None

    @property
    def is_declared_complete(self) -> bool:
        """Tell whether a person or an exact number says that nothing lacks, be it contradicted or not."""
        return self.rows > 0 and (
            self._is_declared or self._proving is not None or self._explaining is not None
        )

    @property
    def is_stale(self) -> bool:
        """Tell whether the lists were declared complete with another number of rows than they have."""
        return self.declaration is not None and self.declaration.rows != self.rows

    def words(self, language: str) -> str:
        """Say whether they are complete, and why or why not."""
        return translate(self._reason(language), language)

    def named_words(self, language: str) -> str:
        """Say the same of the call or programme by name."""
        text = self.words(language)
        return translate(_SUBJECT, language, place=self.subject, text=text)

    @property
    def _is_declared(self) -> bool:
        return self.declaration is not None and not self.is_stale

    @property
    def _contradicting(self) -> Comparison | None:
        """Find a number that the list does not reach, or exceeds, and that is not explained as wrong."""
        return next((one for one in self.comparisons if one.is_contradicting), None)

    @property
    def _proving(self) -> Comparison | None:
        agreeing = (one for one in self.comparisons if one.verdict == AGREES)
        return next((one for one in agreeing if one.published.quantity.is_exact), None)

    @property
    def _explaining(self) -> Comparison | None:
        return next((one for one in self.comparisons if one.verdict == EXPLAINED), None)

    def _reason(self, language: str) -> Message:
        if not self.rows:
            return _NO_LIST
        if (wrong := self._contradicting) is not None:
            return _beside(_DIFFERS, wrong, language)
        if (proof := self._proving) is not None:
            return message(_AS_PUBLISHED.text, published=words(proof.published.quantity, language))
        if (right := self._explaining) is not None and right.explanation is not None:
            return message(_EXPLAINED.text, reason=right.explanation.names[language])
        if (said := self.declaration) is not None:
            if self.is_stale:
                return message(_STALE.text, was=said.rows, now=self.rows)
            reason, day = said.names[language], Period(said.reviewed_on)
            return message(_DECLARED.text, day=day, reason=reason)
        if self.comparisons:
            return _beside(_NOT_EXACT, self.comparisons[0], language)
        return message(_UNPUBLISHED.text, rows=self.rows)


def _beside(text: Message, one: Comparison, language: str) -> Message:
    """Say both numbers of a comparison."""
    return message(
        text.text,
        listed=words(one.listed.quantity, language, noun=False),
        published=words(one.published.quantity, language),
    )


@once_a_ledger
def completeness(ledger: Ledger) -> tuple[Completeness, ...]:
    """Judge the lists of every call that took place by the ledger's day or has any, in the order of the
    calls, then those of every programme without calls that has any."""
    return tuple(_judged(ledger))


def _judged(ledger: Ledger) -> Iterator[Completeness]:
    found = listed_schools(ledger, ECOLE_NUMERIQUE)
    calendar = call_calendar(ledger)
    subjects: list[tuple[str, str | None, int]] = [
        (ECOLE_NUMERIQUE, call, found.by_call.get(call, 0))
        for call in calendar.every
        if call in found.by_call or call in calendar.took_place
    ]
    subjects += [
        (programme, None, one.participations)
        for programme, one in found.by_programme.items()
        if programme != ECOLE_NUMERIQUE
    ]
    declared = {(one.programme, one.call): one for one in _declarations(ledger)}
    for programme, call, rows in subjects:
        beside = tuple(
            pair for pair in counts_compared(ledger) if (pair.programme, pair.call) == (programme, call)
        )
        yield Completeness(programme, call, rows, beside, declared.get((programme, call)))


def _declarations(ledger: Ledger) -> list[Declaration]:
    return [
        Declaration(row["programme"], row["call"], row["rows"], row["reviewed_on"], names_of(row))
        for row in ledger.records("complete_lists")
    ]


def complete_calls(ledger: Ledger) -> tuple[str, ...]:
    """List the calls of École Numérique whose lists are complete, in their order."""
    return tuple(one.call for one in completeness(ledger) if one.call and one.is_complete)


def incomplete(ledger: Ledger, programme: str | None, calls: Sequence[str] = ()) -> tuple[str, ...]:
    """List what keeps the lists of a programme (of all where it is `None`) from being complete: the calls
    that took place and whose lists are missing or not complete, of those asked for where any are; the
    programmes without calls, by their code."""
    judged = completeness(ledger)
    if programme is not None or calls:
        return incomplete_among(judged, programme or ECOLE_NUMERIQUE, calls)
    others = _programmes_begun(ledger)
    return tuple(name for one in others for name in incomplete_among(judged, one))


def incomplete_among(
    judged: Sequence[Completeness], programme: str, calls: Sequence[str] = ()
) -> tuple[str, ...]:
    """List the same of one programme, among lists that are judged already."""
    of_programme = {one.subject: one for one in judged if one.programme == programme}
    wanted = calls or (of_programme if programme == ECOLE_NUMERIQUE else (programme,))
    return tuple(name for name in wanted if name not in of_programme or not of_programme[name].is_complete)


def _programmes_begun(ledger: Ledger) -> list[str]:
    """List the programmes that had begun by the ledger's day; a plan gave nobody anything."""
    return [
        row["programme"]
        for row in ledger.records("programmes")
        if row["kind"] == "programme" and row["valid_from"] and row["valid_from"] <= ledger.known_at
    ]


def not_complete(names: Sequence[str]) -> Message:
    """Say that the lists of these calls and programmes keep it from being known who had nothing."""
    return message(NOT_COMPLETE.text, names=[*names])


def stale_declarations(ledger: Ledger) -> list[Completeness]:
    """List the lists that were declared complete and have changed since."""
    return [one for one in completeness(ledger) if one.is_stale]
