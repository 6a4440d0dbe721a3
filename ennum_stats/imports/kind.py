"""One road for every file that is imported, and what a kind of import has to say on it.

A file is read, its header recognised, its cells converted, its rows made into changes of the raw tables:
that is what each kind does (`changes`). From there on the road is one: `plan` puts the changes beside the
raw tables, looks which findings and figures follow, and gives an `ImportPlan` for `report` or `apply`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path

import polars as pl

from ennum_stats.errors import Parameter, UsageError, message
from ennum_stats.imports.apply import Places, appended, new_contents
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.plan import FileChanges, ImportPlan
from ennum_stats.imports.preview import FORMS_LANGUAGE, preview
from ennum_stats.imports.questions import Questions, row_answers
from ennum_stats.project import Audience, Project
from ennum_stats.raw.cell_checks import cell_findings
from ennum_stats.raw.history import ChangeMade
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.raw.schema import Finding, RawTablesRefused
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.publish import raw_fingerprint


@dataclass(frozen=True)
class ImportOptions:
    """Hold what a person says beside the file; empty where it is not of that kind."""

    call: str = ""
    programme: str = ""
    as_of: str | None = None
    mapping: Path | None = None
    sheet: str = ""
    replaces: str = ""
    """The list that a list corrects."""
    take: frozenset[str] = frozenset()
    leave: frozenset[str] = frozenset()
    """The questions about the file whose rows are taken, and those whose rows are left; or rows of one of them:
    `struck-through:12,15-17`."""
    sites: Mapping[int, str] = field(default_factory=dict)
    """The numbers of the sites that a person chose for rows; every row that says the same means it."""
    cells: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """What a person wrote into cells instead of what stands in the file, by row and field of the form."""

    language: str = FORMS_LANGUAGE
    """That of sentences in the preview."""
    remembered_by: str = ""
    """Who wants the chosen sites to be remembered for the next lists; empty where nobody does."""
    sender: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What titles of columns mean: fields of the form, or none. What is remembered of the sender need not be said
    again."""
    titles_remembered_by: str = ""
    """Who wants the titles of the sender to be remembered, as the sites are."""

    @property
    def said(self) -> dict[str, str]:
        """What is said beside the file but for answers, without what is empty."""
        texts = {
            "call": self.call, "programme": self.programme, "as_of": self.as_of or "", "sheet": self.sheet,
            "replaces": self.replaces, "mapping": self.mapping.name if self.mapping else "",
            "remembered_by": without_persons(self.remembered_by or self.titles_remembered_by),
            "sender": without_persons(self.sender),
            "columns": ", ".join(f"{title}={name}" for title, name in self.columns.items()),
        }  # fmt: skip
        return {name: text for name, text in texts.items() if text}

    @property
    def answers(self) -> dict[str, str]:
        """The answers to questions, by name."""
        sites = {f"site:{row}": number for row, number in self.sites.items()}
        mended = {
            f"cell:{row}:{key}": "" for row, key in self.cells
        }  # what stands there may be refused again
        whole = dict.fromkeys(sorted(self.take), "take") | dict.fromkeys(sorted(self.leave), "leave")
        return whole | sites | mended

    @property
    def questions(self) -> Questions:
        """The questions of a file that is not read yet, and these answers. Raises `UsageError`."""
        (take, take_rows), (leave, leave_rows) = row_answers(self.take), row_answers(self.leave)
        both = sorted(take & leave)
        both += [name for name, rows in take_rows.items() if rows & leave_rows.get(name, set())]
        if both:
            raise UsageError(
                message("“{name}” cannot be taken and left.", name=", ".join(both)),
                remedy=message("Say one of them."),
            )
        of_rows: dict[str, dict[int, str]] = {}
        for answer, rows_of in (("take", take_rows), ("leave", leave_rows)):
            for name, rows in rows_of.items():
                of_rows.setdefault(name, {}).update(dict.fromkeys(rows, answer))
        return Questions(take, leave, of_rows)


class ImportKind(ABC):
    """Hold a kind of file that can be imported."""

    name: str
    is_previewed = True
    """Whether figures are computed beforehand: no figure counts registers or borders alone."""
    may_correct = False
    """Whether what it brings may take the place of an earlier one."""
    places_findings = False
    """Whether a finding on a new row is told at its place in the file."""

    @abstractmethod
    def changes(self, file: Path, destination: Destination, options: ImportOptions) -> FileChanges:
        """Read a file, and say what it would change.

        Raises `FileRefused` where the file is not read at all, and `RawTablesRefused` where the project is
        not in order.
        """

    def plan(
        self, file: Path, destination: Destination, options: ImportOptions, *, looks_ahead: bool = True
    ) -> ImportPlan:
        """Say what importing a file would do; nothing is written. Raises what `changes` raises.

        Unless it `looks_ahead`, findings and changes of figures are left to the next build; they are also
        while a question has no answer, since its rows may change them.
        """
        if options.replaces and not self.may_correct:
            raise UsageError(
                message("Only a list corrects another one."),
                where=Parameter("replaces", options.replaces),
                remedy=message("Leave the option out; ennum remove takes out what was imported by mistake."),
            )
        project = destination.project
        fingerprint = raw_fingerprint(project, Audience.INTERNAL)
        changes = self.changes(Path(file), destination, options)
        _require_right_cells(changes)
        contents, places = new_contents(project.raw, changes.new_rows, changes.completed)
        contents |= dict(appended(project, name, frame) for name, frame in changes.frames.items())
        seen = None
        if self.is_previewed:
            is_settled = looks_ahead and not changes.unanswered
            seen = preview(project, contents if is_settled else {}, changes.known_at, options.language)
            if self.places_findings:
                findings = tuple(_placed(finding, places, changes, project) for finding in seen.findings)
                seen = replace(seen, findings=findings)
        read = {each.name: getattr(changes, each.name) for each in fields(changes)}
        change = ChangeMade(
            f"import {self.name}", tuple(changes.keys), without_persons(Path(file).name),
            sha256(Path(file).read_bytes()).hexdigest(), options.said, options.answers, changes.known_at.isoformat(),
        )  # fmt: skip
        return ImportPlan(
            **read, kind=self.name, project=project, preview=seen, contents=contents, fingerprint=fingerprint,
            made=change,
        )  # fmt: skip


def _require_right_cells(changes: FileChanges) -> None:
    """Raise `RawTablesRefused` where cells of whole columns would not pass the checks of the raw tables: no
    preview looks at them, and what reaches a person must not be written first."""
    findings = [
        finding
        for name, frame in changes.frames.items()
        for finding in cell_findings(
            TABLE_BY_NAME[name],
            frame.with_columns(pl.lit(changes.file).alias("_file")).with_row_index("_line", 1),
        )
    ]
    if findings:
        raise RawTablesRefused(findings)


def _placed(finding: Finding, places: Places, changes: FileChanges, project: Project) -> Finding:
    """Move a finding on a new row to its place in the file; any other stays where it is."""
    start = project.raw.relative_to(project.root).as_posix() + "/"
    row = places.get((finding.file.removeprefix(start), finding.line))
    if row is None:
        return finding
    key, table = row.field_of(finding.column), changes.table
    column = table.heading(key) if key in table.positions else finding.column
    return replace(finding, file=changes.file, line=row.row, column=column)
