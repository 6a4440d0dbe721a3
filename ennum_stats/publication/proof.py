"""Proof that everything can be made of a store, and findings where something cannot.

Rows that cannot be true together are told by name where the measures know why: rules of calls that no sites
can satisfy. For anything else the smallest set of published numbers is looked for with which it still
fails: these are the rows to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from traceback import extract_tb

from ennum_stats.errors import EnnumError, Message, RulesContradict, message
from ennum_stats.kit.proofs import unproved
from ennum_stats.kit.text import TEXTS, languages_of_texts
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.coverage.call_constraints import require_possible
from ennum_stats.measures.coverage.coverage_facts import coverage_facts
from ennum_stats.publication.products import Product, products
from ennum_stats.raw.cell_checks import Frames
from ennum_stats.raw.schema import Finding
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.answers import Observation
from ennum_stats.store.build import BuiltStore
from ennum_stats.store.conflicts import observations_by_subject
from ennum_stats.store.ledger import Ledger

_THINGS_NAMED = 4
EXPECTED = message("Everything that is published can be computed from the raw tables.")
LOOK_IT_UP = message(
    "Look it up in the document; a number that is wrong there is corrected or set aside in corrections.csv."
)
A_FAULT = message("No row is behind it: it is a fault of the program, for those who maintain it to mend.")
PROVED = message("Each sentence is a statement, a quotation with its place, or a definition.")
BIND_IT = message("State it, quote it or define it (states=, quotes=, defines=), or take it out.")
Fails = Callable[[Ledger], bool]


def prove(
    stores: Sequence[BuiltStore],
    known_at: date | None = None,
    languages: Sequence[str] = LANGUAGES,
    share: Callable[[Ledger, Path], None] = lambda *_: None,
) -> list[Finding]:
    """Find what cannot be made of stores that are not yet published, as known on a day (or today). Of one of
    which all can, `share` makes in its folder what other programs read, with what was computed for the proof.

    What is wrong in the public and in the internal store is told once.
    """
    findings_by_place: dict[tuple[str, int, str, str], Finding] = {}
    for store in stores:
        with store.opened(known_at) as ledger:
            findings = findings_of(ledger, store.frames, languages)
            if not findings:
                share(ledger, store.folder)
        findings_by_place |= {
            (finding.file, finding.line, finding.column, str(finding.found)): finding for finding in findings
        }
    return [findings_by_place[place] for place in sorted(findings_by_place)]


def findings_of(ledger: Ledger, frames: Frames, languages: Sequence[str] = LANGUAGES) -> list[Finding]:
    """Find what cannot be made of a store as known on a day, each at the rows behind it."""
    rows, rules = _RawRows(frames), _impossible_rules(ledger)
    impossible = rows.findings(rules.rows, rules.found) if rules else ()
    return [*_unproved(languages), *impossible, *_failed(ledger, rows, languages)]


def _unproved(languages: Sequence[str]) -> Iterator[Finding]:
    """Find the sentences of the kit's texts that nothing proves, each at its file and line."""
    for language in set(languages).intersection(languages_of_texts()):
        for name in TEXTS:
            file = f"ennum_stats/kit/texts/{language}/{name}.md"
            for line, sentence in unproved(language, name):
                yield Finding(file, line, "", sentence, PROVED, BIND_IT)


def is_proved(ledger: Ledger) -> bool:
    """Tell whether everything can be made of a store, without looking for the rows behind what cannot."""
    return not _impossible_rules(ledger) and not _failures(ledger, LANGUAGES)


@dataclass(frozen=True)
class _RawRows:
    """Hold the rows of the raw tables, each with its file and line."""

    frames: Frames

    def findings(self, keys: Iterable[tuple[str, str]], found: Message) -> Iterator[Finding]:
        """Tell the same of rows, each by its table and key; of no row where there is none to name."""
        places = [place for table, key in keys if (place := self._place(table, key))]
        for file, line, column in places:
            yield Finding(file, line, column, found, EXPECTED, LOOK_IT_UP)
        if not places:
            yield Finding("data/raw", 1, "", found, EXPECTED, A_FAULT)

    def _place(self, table: str, key: str) -> tuple[str, int, str] | None:
        column = TABLE_BY_NAME[table].key[0]
        rows = self.frames[table].filter(self.frames[table][column] == key)
        if rows.is_empty():
            return None
        file, line = rows.select("_file", "_line").row(0)
        return file, line, "value" if "value" in rows.columns else column


def _impossible_rules(ledger: Ledger) -> RulesContradict | None:
    """Find rules of calls that no sites can satisfy. The lists of a demonstration are those of another number
    of schools than documents say."""
    if ledger.is_demo:
        return None
    try:
        require_possible(coverage_facts(ledger))
    except RulesContradict as error:
        return error
    except Exception:  # noqa: BLE001 - what it fails at is told as everything else that fails
        return None
    return None


# --- whatever fails -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Failure:
    """Something that cannot be made, and why."""

    product: Product
    error: Exception

    def is_like(self, other: _Failure) -> bool:
        """Tell whether it fails at the same as another."""
        return repr(self.error) == repr(other.error)

    def is_still(self, ledger: Ledger) -> bool:
        """Tell whether it fails in the same way with other numbers."""
        error = _error_of(self.product, ledger)
        return error is not None and type(error) is type(self.error)


def _failures(ledger: Ledger, languages: Sequence[str]) -> list[_Failure]:
    return [
        _Failure(product, error)
        for product in products(ledger, languages)
        if (error := _error_of(product, ledger))
    ]


def _failed(ledger: Ledger, rows: _RawRows, languages: Sequence[str]) -> Iterator[Finding]:
    """Find what cannot be made, told once for each set of rows that makes it so."""
    failures = _failures(ledger, languages)
    while failures:
        first = failures[0]
        behind = _smallest(first.is_still, ledger)
        without = _seeing(ledger, (o for o in ledger.all_observations() if o not in behind))
        alike = [failure for failure in failures if failure.is_like(first) or not failure.is_still(without)]
        failures = [failure for failure in failures if failure not in alike]
        keys = [("observations", observation.observation_id) for observation in behind]
        yield from rows.findings(keys, _proof_failure(alike))


def _error_of(product: Product, ledger: Ledger) -> Exception | None:
    try:
        product.make(ledger)
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing may be published
        return error
    return None


def _proof_failure(failures: Sequence[_Failure]) -> Message:
    """Say what cannot be made, and why the first of it cannot."""
    error = failures[0].error
    why = error.found if isinstance(error, EnnumError) else _in_its_words(error)
    names = [failure.product.name for failure in failures]
    more = len(names) - _THINGS_NAMED
    if more > 0:
        return message(
            "This cannot be made with it: {things} and {n} more ({why}).",
            things=names[:_THINGS_NAMED], n=more, why=why,
        )  # fmt: skip
    return message("This cannot be made with it: {things} ({why}).", things=names, why=why)


def _in_its_words(error: Exception) -> Message:
    """Quote an error that is no sentence for people, with its place in the code, for those who will mend it."""
    *_, last = extract_tb(error.__traceback__)
    place = f"{Path(last.filename).name}:{last.lineno}"
    return Message(
        "{kind}: {text} ({place})", {"kind": type(error).__name__, "text": str(error), "place": place}
    )


@dataclass(frozen=True)
class _PartOfLedger(Ledger):
    """Hold a store of which only some published numbers are seen."""

    seen: tuple[Observation, ...] = ()

    def all_observations(self) -> list[Observation]:
        """Give the numbers that are seen."""
        return list(self.seen)


def _seeing(ledger: Ledger, seen: Iterable[Observation]) -> Ledger:
    plain = (ledger.connection, ledger.known_at, ledger.content_hash, ledger.audience, ledger.rows_read())
    return _PartOfLedger(*plain, seen=tuple(seen))


def _smallest(fails: Fails, ledger: Ledger) -> list[Observation]:
    """Find the fewest published numbers with which it fails as with all of them, those of one thing together:
    larger parts are left out first, then smaller ones, as long as it goes on failing."""
    kept = list(observations_by_subject(ledger.all_observations()).values())
    size = len(kept)
    while size:
        for start in range(0, len(kept), size):
            fewer = [*kept[:start], *kept[start + size :]]
            if len(fewer) < len(kept) and fails(_seeing(ledger, chain(*fewer))):
                kept = fewer
                break
        else:
            size //= 2
    return [*chain(*kept)]
