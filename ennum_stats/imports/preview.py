"""What the raw tables would be with the new rows: built beside, never in the project.

The project's raw tables are linked (copied where that cannot be) into a temporary folder, the new files
swapped in, and the result is checked, built and asked for its figures.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ennum_stats.errors import StoreDamaged, StoreMissing
from ennum_stats.figures import Figure, figures
from ennum_stats.imports.plan import FigureChange
from ennum_stats.measures.breaches import Breach
from ennum_stats.measures.reconciling import Comparison, breaches, comparisons
from ennum_stats.project import Audience, Project
from ennum_stats.raw.findings import Finding, RawTablesRefused
from ennum_stats.store.answers import Answer, Missing
from ennum_stats.store.build import build
from ennum_stats.store.opening import open_ledger
from ennum_stats.store.publish import (
    code_fingerprint,
    folder,
    in_force,
    raw_fingerprint,
    write_whole,
)


@dataclass(frozen=True)
class Preview:
    """What the checks say; where they say nothing, the figures that change, how the lists that change
    compare with what was published, and the rules that they break."""

    findings: tuple[Finding, ...] = ()
    changes: tuple[FigureChange, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    breaches: tuple[Breach, ...] = ()


@dataclass(frozen=True)
class _State:
    """What a store says on a day."""

    figures: dict[str, Figure]
    comparisons: tuple[Comparison, ...]
    breaches: tuple[Breach, ...]


def preview(project: Project, contents: dict[str, bytes], known_at: date) -> Preview:
    """The checks and figures of a project with these raw files, as known on a day."""
    if not contents:
        return Preview()
    with _copy(project) as copy:
        for name, data in contents.items():
            write_whole(copy.raw / name, data)
        try:
            build(copy)
        except RawTablesRefused as refused:
            return Preview(tuple(refused.findings))
        after = _state(copy, known_at)
    if is_built(project):
        before = _state(project, known_at)
    else:
        with _copy(project) as copy:
            build(copy)
            before = _state(copy, known_at)
    return Preview(
        changes=tuple(_changes(before.figures, after.figures)),
        comparisons=tuple(one for one in after.comparisons if one not in before.comparisons),
        breaches=tuple(one for one in after.breaches if one not in before.breaches),
    )


def _changes(before: dict[str, Figure], after: dict[str, Figure]) -> Iterator[FigureChange]:
    for name, figure in after.items():
        old = before[name].answer if name in before else None
        if old is None or _says(old) != _says(figure.answer):
            yield FigureChange(name, figure.definition.label, old, figure.answer)


def _says(answer: Answer) -> tuple[object, ...]:
    if isinstance(answer, Missing):
        return (answer.reason,)
    return answer.quantity.value, *answer.quantity.bounds.ends


def _state(project: Project, known_at: date) -> _State:
    """All figures by name, comparisons and broken rules; the store is closed again, so that its folder can
    go."""
    ledger = open_ledger(project, known_at)
    try:
        return _State(
            {figure.name: figure for figure in figures(ledger)},
            comparisons(ledger),
            tuple(breach for breach in breaches(ledger) if breach.is_broken),
        )
    finally:
        ledger.connection.close()


def is_built(project: Project) -> bool:
    """Whether the store in force is that of the raw tables and the code as they are."""
    try:
        published = in_force(project)
    except (StoreMissing, StoreDamaged):
        return False
    return (
        (folder(project, Audience.PUBLIC) / published.store).is_file()
        and published.raw_fingerprint == raw_fingerprint(project, Audience.PUBLIC)
        and published.code_fingerprint == code_fingerprint()
    )


@contextmanager
def _copy(project: Project) -> Iterator[Project]:
    with tempfile.TemporaryDirectory(prefix="ennum-", ignore_cleanup_errors=True) as root:
        copy = Project(Path(root))
        shutil.copytree(project.raw, copy.raw, copy_function=_link_or_copy)
        yield copy


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
