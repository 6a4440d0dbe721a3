"""What would follow of the raw tables as a change leaves them: proved and computed in a copy, never in the project, and
compared with what holds now.

Both sides are compared whole: what is new, what is another and what is gone, of figures, coverage, communes, sentences
of the kit, contradictions between documents, and lists beside published numbers.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from ennum_stats.document.blocks import Bullets, Paragraph, flat, words_of
from ennum_stats.figures import Figure, figures
from ennum_stats.figures.contradictions import conflict_cells, known_conflicts
from ennum_stats.files.atomic import write_atomic
from ennum_stats.files.system import link_or_copy
from ennum_stats.imports.plan import Appearing, CountChange, CoverageChange, FigureChange, Preview
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.text import kit_text, languages_of_texts
from ennum_stats.measures.columns import COUNTED, REGISTER, SHARED_COLUMNS
from ennum_stats.measures.coverage.coverage_facts import coverage_facts
from ennum_stats.measures.coverage.coverage_table import CoverageRow, shown_rows
from ennum_stats.measures.coverage.site_counts import SiteCoverage, coverage_of
from ennum_stats.measures.labels import column_words
from ennum_stats.measures.schools.completeness import Completeness, completeness
from ennum_stats.measures.schools.listed_and_published import Comparison, comparisons
from ennum_stats.measures.schools.places import CountedPlace, places_counted
from ennum_stats.measures.schools.reconciliation import Breach, breaches
from ennum_stats.project import Project
from ennum_stats.publication import ledger_of_tables, trial
from ennum_stats.raw.communes import communes
from ennum_stats.raw.history import FOLDER
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.answers import Answer, Missing
from ennum_stats.store.ledger import Ledger, today
from ennum_stats.typography import colon

FORMS_LANGUAGE = "fr"
_COMMUNE = "commune"
_SENTENCE_ENDS = re.compile(r"(?<=[.!?]) +(?=[^\W\d_a-zà-ÿ]|[«„“])")
Value = TypeVar("Value")


@dataclass(frozen=True)
class _State:
    """Hold what a store says on a day, in words of a language where only words are compared."""

    figures: dict[str, Figure]
    comparisons: tuple[Comparison, ...]
    breaches: tuple[Breach, ...]
    completeness: tuple[Completeness, ...]
    coverage: dict[str, CoverageRow | SiteCoverage]
    """By programme, universe and basis, in words."""
    communes: dict[str, CountedPlace]
    contradictions: tuple[str, ...]
    sentences: tuple[str, ...]


def preview(
    project: Project, contents: Mapping[str, bytes | None], known_at: date, language: str = FORMS_LANGUAGE
) -> Preview:
    """Check a project with these raw files in a copy, and compare all that it says as known on a day: nothing
    is compared where no store can be made of the files as they are. Sentences are those of a language."""
    if not contents:
        return Preview()
    states: list[_State] = []

    def read(ledger: Ledger, _: Path) -> None:
        """Read a store where it is proved, with what was computed for that; the public one comes first."""
        states.append(_state(ledger if ledger.known_at == known_at else ledger.known_on(known_at), language))

    with _copy(project) as copy:
        for name, data in contents.items():
            if data is None:
                (copy.raw / name).unlink(missing_ok=True)
            else:
                write_atomic(copy.raw / name, data)
        try:  # that all can be made is proved in the language of the forms; the build proves the others
            with trial(copy, max(known_at, today()), (FORMS_LANGUAGE,), read):
                after = states[0]
        except RawTablesRefused as refused:
            return Preview(tuple(refused.findings))
    try:
        with ledger_of_tables(project, known_at) as ledger:
            before = _state(ledger, language)
    except RawTablesRefused:
        return Preview()
    return Preview(
        changes=tuple(_changes(before.figures, after.figures)),
        comparisons=_appearing(before.comparisons, after.comparisons),
        breaches=_appearing(before.breaches, after.breaches),
        completeness=_appearing(before.completeness, after.completeness),
        coverage=tuple(_coverage(before.coverage, after.coverage)),
        communes=tuple(_communes(before.communes, after.communes)),
        contradictions=_appearing(before.contradictions, after.contradictions),
        sentences=_appearing(before.sentences, after.sentences),
    )


@contextmanager
def _copy(project: Project) -> Iterator[Project]:
    with project.workplace() as place:
        copy = Project(place)
        hidden = shutil.ignore_patterns(".*", FOLDER)
        shutil.copytree(project.raw, copy.raw, ignore=hidden, copy_function=link_or_copy)
        yield copy


# --- what a store says ------------------------------------------------------------------------------


def _state(ledger: Ledger, language: str) -> _State:
    return _State(
        {figure.name: figure for figure in figures(ledger)},
        comparisons(ledger),
        tuple(breach for breach in breaches(ledger) if breach.is_broken),
        completeness(ledger),
        dict(_coverages(ledger, language)),
        places_counted(ledger, _COMMUNE),
        tuple(_contradiction(ledger, language)),
        tuple(_sentences(ledger, language)),
    )


def _coverages(ledger: Ledger, language: str) -> Iterator[tuple[str, CoverageRow | SiteCoverage]]:
    """Give what programmes reached, as it is shown, and at least by their lists while these are not complete."""

    def named(programme: str, universe: str, basis: str) -> str:
        codes = {"programme": programme, "universe": universe, "basis": basis}
        words = (column_words(ledger, SHARED_COLUMNS[name], code, language) for name, code in codes.items())
        return " – ".join(words)

    for row in shown_rows(ledger):
        yield named(row.programme, row.universe, row.basis), row
    facts = coverage_facts(ledger)
    for programme in dict.fromkeys(each.programme for each in facts.lists):
        if counted := coverage_of(facts, programme):
            yield named(programme, REGISTER, COUNTED), counted


def _contradiction(ledger: Ledger, language: str) -> Iterator[str]:
    for conflict in known_conflicts(ledger):
        subject, kind, taken, others = conflict_cells(ledger, conflict, language)
        yield f"{subject} – {kind}{colon(language)} {taken} ≠ {others}".replace("\n", " ; ")


def _sentences(ledger: Ledger, language: str) -> Iterator[str]:
    """Give the sentences of the kit's text; where a language has none, those of the language of the forms."""
    spoken = language if language in languages_of_texts() else FORMS_LANGUAGE
    for block in flat(Resolver(Edition(ledger, spoken)).resolved(kit_text(spoken))):
        match block:
            case Paragraph():
                yield from _SENTENCE_ENDS.split(words_of(block.inlines))
            case Bullets():
                for item in block.items:
                    yield from _SENTENCE_ENDS.split(words_of(item))


# --- both sides -------------------------------------------------------------------------------------


def _appearing(before: Iterable[Value], after: Iterable[Value]) -> Appearing[Value]:
    old, new = [*before], [*after]
    return Appearing(
        tuple(value for value in new if value not in old), tuple(value for value in old if value not in new)
    )


def _changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> Iterator[FigureChange]:
    """Compare all figures of both sides: those that are new, changed and gone."""
    for name in {**before, **after}:
        old, new = (figures_of[name].answer if name in figures_of else None for figures_of in (before, after))
        if old is None or new is None or said(old) != said(new):
            yield FigureChange(name, {**before, **after}[name].definition.label, old, new)


def _coverage(
    before: Mapping[str, CoverageRow | SiteCoverage], after: Mapping[str, CoverageRow | SiteCoverage]
) -> Iterator[CoverageChange]:
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if (
            old is None
            or new is None
            or (said(old.sites), said(old.share)) != (said(new.sites), said(new.share))
        ):
            yield CoverageChange(name, old, new)


def _communes(before: Mapping[str, CountedPlace], after: Mapping[str, CountedPlace]) -> Iterator[CountChange]:
    names = {commune.commune: commune for commune in communes().walloon}
    for code in {**before, **after}:
        old, new = (places[code].reached if code in places else None for places in (before, after))
        if (old and said(old)) != (new and said(new)):
            yield CountChange(names[code], old, new)


def said(answer: Answer) -> tuple[object, ...]:
    """Give what an answer says: its value and bounds, or why it is missing."""
    if isinstance(answer, Missing):
        return (answer.reason,)
    return answer.quantity.value, *answer.quantity.bounds.ends
