"""What an import would do, said to a person: lines at a terminal, and plain values for JSON.

Plans are data; every word about them is chosen here. Workbooks that go back to people are in `workbooks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from ennum_stats.errors import Message, message, with_options
from ennum_stats.imports.history import HistoryEntry
from ennum_stats.imports.plan import (
    CoverageChange,
    FigureChange,
    FilledCell,
    ImportPlan,
    Preview,
    Refusal,
    RemovalPlan,
)
from ennum_stats.imports.questions import Question
from ennum_stats.languages import translate, translate_plural
from ennum_stats.measures.schools.completeness import DECLARE
from ennum_stats.measures.schools.listed_and_published import BREAKS, VERDICTS
from ennum_stats.raw.embargo import HERE
from ennum_stats.store.answers import Answer

ADDED = {
    "opened_on": message("opening day {text} added"),
    "closed_on": message("closing day {text} added"),
    "note": message("remark “{text}” added"),
}
ADDED_TO = message("{column}: “{text}” added")
ANSWERS = {
    "": message("Answer: none yet."),
    "take": message("Answer: take."),
    "leave": message("Answer: leave."),
    "rows": message("Answer: row by row."),
}
NOT_YET, NO_LONGER = message("not there yet"), message("no longer there")
NAMED_ROWS = 20
"""New rows whose keys are told; of a longer list the number says enough."""


def labelled(place: str, text: str, language: str) -> str:
    """Say something of a thing, after its name and a colon."""
    return translate(message("{place}: {text}", place=place, text=text), language)


def refusal_words(refusal: Refusal, language: str) -> str:
    """Say why a cell is refused: `row 7, Budget attribué: …`."""
    place = (
        message("row {row}, {column}", row=str(refusal.row), column=refusal.column)
        if refusal.column
        else message("row {row}", row=str(refusal.row))
    )
    return labelled(translate(place, language), translate(refusal.reason, language), language)


def question_words(question: Question, language: str) -> str:
    """Put a question: its name, what is doubtful, in which rows, and its answer."""
    parts: list[Message] = [with_options(question.text)]
    if question.rows:
        parts.append(message("Rows ({n}): {rows}.", n=len(question.rows), rows=row_ranges(question.rows)))
    parts.append(ANSWERS[question.answer])
    return labelled(question.name, " ".join(translate(part, language) for part in parts), language)


def row_ranges(rows: Sequence[int]) -> str:
    """Write the numbers of rows, those that follow each other by the first and the last of them.

    >>> row_ranges([3, 5, 6, 7, 9])
    '3, 5–7, 9'
    """
    ranges: list[list[int]] = []
    for row in sorted(set(rows)):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    shown = [f"{first}–{last}" if last > first else str(first) for first, last in ranges]
    return ", ".join([*shown[:NAMED_ROWS], "…"] if len(shown) > NAMED_ROWS else shown)


def figure_words(answer: Answer | None, language: str, missing: Message = NOT_YET) -> str:
    """Say a figure before or after a change; without one, that it is not there yet, or that it would be gone."""
    return translate(missing, language) if answer is None else answer.words(language)


def plan_lines(plan: ImportPlan, language: str) -> list[str]:
    """Describe a plan for a person at a terminal: columns, rows, refusals, findings, changes."""
    counts = message(
        "Rows: {read} read, {taken} taken, {there} there already, {refused} refused; "
        "{examples} examples left out.",
        read=plan.rows_read, taken=len(plan.taken), there=len(plan.already_there),
        refused=len(plan.refused_rows), examples=plan.examples,
    )  # fmt: skip
    return [
        *_column_lines(plan, language),
        *(translate(with_options(remark), language) for remark in plan.remarks),
        translate(counts, language),
        *(plan.corrected.lines(language) if plan.corrected else ()),
        *_question_lines(plan, language),
        *(f"  {refusal_words(refusal, language)}" for refusal in plan.refused),
        *(f"  {finding.words(language)}" for finding in plan.findings),
        *_reading_lines(plan, language),
        *_row_lines(plan, language),
        *(f"  {_filled_words(cell, language)}" for cell in plan.completed),
        *(
            preview_lines(plan.preview, plan.known_at, language)
            if plan.preview and not plan.unanswered
            else ()
        ),
    ]


def removal_lines(removal: RemovalPlan, language: str) -> list[str]:
    """Describe a removal for a person at a terminal: rows, findings, changes."""
    names = ", ".join(removal.names)
    seen = removal.preview
    sentences = (
        (message("{name}: rows that would be removed: {rows}."), removal.rows),
        (message("{name}: rows that would come back: {rows}."), removal.back),
    )
    return [
        *(
            translate(
                message(sentence.text, name=names, rows=", ".join(f"{t} {n}" for t, n in rows.items())),
                language,
            )
            for sentence, rows in sentences
            if rows
        ),
        *(f"  {finding.words(language)}" for finding in seen.findings),
        *(() if seen.findings else preview_lines(seen, removal.known_at, language)),
    ]


def _question_lines(plan: ImportPlan, language: str) -> Iterator[str]:
    """Tell what is doubtful, and how many rows are set aside for it."""
    if plan.unanswered:
        yield translate(message("Doubtful; rows set aside: {n}.", n=len(plan.set_aside)), language)
    elif plan.questions:
        yield translate(message("Decided; rows set aside: {n}.", n=len(plan.set_aside)), language)
    for question in plan.questions:
        yield "  " + question_words(question, language)


def _column_lines(plan: ImportPlan, language: str) -> Iterator[str]:
    shown = [header if header == heading else f"{header} → {heading}" for header, heading in plan.columns]
    if not shown:
        return
    yield translate(message("Columns recognised (row {row}): {names}.",
                            row=str(plan.table.header.number), names=" ; ".join(shown)),
                    language)  # fmt: skip
    if plan.ignored_columns:
        names = " ; ".join(plan.ignored_columns)
        yield translate(message("Columns left out: {names}.", names=names), language)


def _reading_lines(plan: ImportPlan, language: str) -> Iterator[str]:
    for reading in plan.readings:
        place = translate(message("row {row}", row=str(reading.row)), language)
        yield "  " + labelled(place, f"{reading.shown} → {reading.words}", language)


def _row_lines(plan: ImportPlan, language: str) -> Iterator[str]:
    for table, rows in plan.rows_by_table.items():
        count = translate_plural("{n} new row", "{n} new rows", len(rows), language)
        shown = [next(iter(row.values())) for row in rows[:NAMED_ROWS]]
        names = ", ".join([*shown, "…"] if len(rows) > NAMED_ROWS else shown)
        yield "  " + labelled(table, f"{count} – {names}", language)


def _filled_words(cell: FilledCell, language: str) -> str:
    """Say what is added to a row: `EN2021: closing day 2021-12-17 added`."""
    added = ADDED.get(cell.column, ADDED_TO)
    sentence = translate(message(added.text, column=cell.column, text=cell.text), language)
    return labelled(cell.key, sentence, language)


def preview_lines(preview: Preview, known_at: date, language: str) -> Iterator[str]:
    """Tell what would be said otherwise; figures that move by less than their words tell are left out."""
    yield from _figure_lines(preview, known_at, language)
    for comparison in preview.comparisons.new:
        verdict = translate(VERDICTS[comparison.verdict], language)
        yield "  " + labelled(comparison.words(language), verdict, language)
    for breach in preview.breaches.new:
        yield "  " + labelled(breach.words(language), translate(VERDICTS[BREAKS], language), language)
    parts = (
        (message("Coverage:"), [_coverage_words(change, language) for change in preview.coverage]),
        (message("School sites reached, by commune ({n}):", n=len(preview.communes)),
         [labelled(change.commune.name(language), _turned(change.before, change.after, language), language)
          for change in preview.communes]),
        (message("Sentences of the press kit that would be struck:"), preview.sentences.gone),
        (message("Sentences of the press kit that would be new:"), preview.sentences.new),
        (message("Contradictions that would vanish:"), preview.contradictions.gone),
        (message("Contradictions that would appear:"), preview.contradictions.new),
    )  # fmt: skip
    for title, lines in parts:
        if lines:
            yield translate(title, language)
            yield from (f"  {line}" for line in lines[:NAMED_ROWS])
            if len(lines) > NAMED_ROWS:
                yield "  " + translate(message("… and {n} more.", n=len(lines) - NAMED_ROWS), language)
    yield from _completeness_lines(preview, language)


def _figure_lines(preview: Preview, known_at: date, language: str) -> Iterator[str]:
    there = list(_changed([change for change in preview.changes if change.after], language))
    gone = list(_changed([change for change in preview.changes if not change.after], language))
    for header, lines in (
        (message("Published figures that would change (as known on {day}):", day=known_at), there),
        (message("Published figures that would be gone (as known on {day}):", day=known_at), gone),
    ):
        if lines:
            yield translate(header, language)
            yield from lines
    if not there and not gone:
        yield translate(message("No published figure would change."), language)


def _turned(before: Answer | None, after: Answer | None, language: str) -> str:
    return f"{figure_words(before, language)} → {figure_words(after, language, NO_LONGER)}"


def _coverage_words(change: CoverageChange, language: str) -> str:
    """Say what a programme would have reached: its sites, and their share."""
    old, new = change.before, change.after
    sites = _turned(old.sites if old else None, new.sites if new else None, language)
    share = _turned(old.share if old else None, new.share if new else None, language)
    return labelled(change.name, f"{sites} ; {share}", language)


def _completeness_lines(preview: Preview, language: str) -> Iterator[str]:
    """Say of the lists that change whether they are complete then, and what is missing where they are not."""
    for judgement in preview.completeness.new:
        yield "  " + judgement.named_words(language)
    if any(judgement.rows and not judgement.is_complete for judgement in preview.completeness.new):
        yield "  " + translate(DECLARE, language)


def _changed(changes: Sequence[FigureChange], language: str) -> Iterator[str]:
    for change in changes:
        old, new = figure_words(change.before, language), figure_words(change.after, language, NO_LONGER)
        if old != new:
            yield "  " + labelled(change.name, f"{old} → {new}", language)


def preview_record(preview: Preview | None, language: str) -> dict[str, Any]:
    """Give what would be said otherwise as plain values, for JSON and pages."""
    seen = preview or Preview()
    return {
        "changes": [
            {
                "name": change.name,
                "label": translate(change.label, language),
                "from": figure_words(change.before, language),
                "to": figure_words(change.after, language, NO_LONGER),
                "is_gone": change.after is None,
            }
            for change in seen.changes
        ],
        "comparisons": [{"text": c.words(language), "verdict": c.verdict} for c in seen.comparisons.new],
        "breaches": [
            {"rule": b.rule, "text": b.words(language), "sites": b.sites} for b in seen.breaches.new
        ],
        "completeness": [
            {"subject": c.subject, "complete": c.is_complete, "text": c.words(language)}
            for c in seen.completeness.new
        ],
        "coverage": [_coverage_words(change, language) for change in seen.coverage],
        "communes": [
            {
                "commune": change.commune.commune,
                "name": change.commune.name(language),
                "from": figure_words(change.before, language),
                "to": figure_words(change.after, language, NO_LONGER),
            }
            for change in seen.communes
        ],
        "sentences": {"struck": list(seen.sentences.gone), "new": list(seen.sentences.new)},
        "contradictions": {"gone": list(seen.contradictions.gone), "new": list(seen.contradictions.new)},
    }


def plan_record(plan: ImportPlan, language: str) -> dict[str, Any]:
    """Give a plan as plain values, for JSON."""
    return {
        "kind": plan.kind,
        "file": plan.file,
        "sheet": plan.table.sheet,
        "header_row": plan.table.header.number,
        "columns": dict(plan.columns),
        "ignored_columns": list(plan.ignored_columns),
        "remarks": [translate(with_options(remark), language) for remark in plan.remarks],
        "read": plan.rows_read,
        "taken": list(plan.taken),
        "already_there": list(plan.already_there),
        "refused": [
            {
                "row": refusal.row,
                "column": refusal.column,
                "value": refusal.shown,
                "reason": translate(refusal.reason, language),
                "candidates": [asdict(candidate) for candidate in refusal.candidates],
            }
            for refusal in plan.refused
        ],
        "questions": [
            {
                "name": question.name,
                "text": translate(with_options(question.text), language),
                "rows": list(question.rows),
                "answer": question.answer or None,
                "may_be_taken": question.may_be_taken,
                "answers_of_rows": {str(row): answer for row, answer in question.of_rows.items()},
            }
            for question in plan.questions
        ],
        "set_aside": list(plan.set_aside),
        "corrects": plan.corrected.record() if plan.corrected else None,
        "findings": [finding.words(language) for finding in plan.findings],
        "new_rows": plan.rows_by_table,
        "completed": [
            {"table": cell.table, "key": cell.key, "column": cell.column, "value": cell.text}
            for cell in plan.completed
        ],
        "known_at": plan.known_at.isoformat(),
    } | preview_record(plan.preview, language)


# --- the history ------------------------------------------------------------------------------------

KINDS_OF_CHANGE = {
    "import": message("imported: {what}"),
    "remove": message("removed: {what}"),
    "undo": message("undone: {what}"),
}
KNOWN_BY = {
    "declared": message("{name} (declared)"),
    "account": message("{name} (account)"),
    "proxy": message("{name}"),
}


HISTORY_COLUMNS = ("No.", "Written on", "Who", "What", "File", "Rows", "Figures", "Undone by")
"""The headings of changes in a table (`entry_cells`)."""


def change_words(entry: HistoryEntry, language: str) -> str:
    """Say what a change did: `imported: winners EN2020-winners-2020-06`."""
    verb, _, sort = entry.kind.partition(" ")
    what = " ".join(filter(None, (sort, ", ".join(entry.names))))
    return translate(message(KINDS_OF_CHANGE[verb].text, what=what), language)


def entry_cells(entry: HistoryEntry, undone: Mapping[str, str], language: str) -> list[str]:
    """Write a change as a row of a table: number, time, who, what, file, rows, figures, what undid it."""
    went, came = (sum(counts) for counts in zip((0, 0), *entry.rows().values(), strict=True))
    who = translate(message(KNOWN_BY[entry.known_by].text, name=entry.who), language)
    return [
        entry.number, moment_words(entry), who, change_words(entry, language), entry.file,
        f"+{came} −{went}", str(len(entry.figures)), undone.get(entry.number, ""),
    ]  # fmt: skip


def moment_words(entry: HistoryEntry) -> str:
    """Say when a change was written, by Belgian clocks."""
    return datetime.fromisoformat(entry.at).astimezone(HERE).strftime("%Y-%m-%d %H:%M")


def entry_lines(entry: HistoryEntry, undone: Mapping[str, str], language: str) -> list[str]:
    """Describe a change for a person at a terminal: who, when, from what, its answers, its rows, its figures."""
    number, moment, who, what, file, rows, _, by = entry_cells(entry, undone, language)
    answers = [
        labelled(name, translate(ANSWERS[answer], language) if answer in ANSWERS else answer, language)
        for name, answer in entry.answers.items()
    ]
    counts = ", ".join(f"{table} +{came} −{went}" for table, (went, came) in entry.rows().items())
    parts = (
        (message("What"), f"{number} – {what}"),
        (message("Written on"), moment),
        (message("Who"), who),
        (message("File"), " – ".join(filter(None, (file, entry.sha256)))),
        (message("Options"), ", ".join(f"{name} {text}" for name, text in entry.options.items())),
        (message("Rows"), counts or rows),
        (message("Undoes"), entry.undoes),
        (message("Undone by"), by),
    )
    lines = [labelled(translate(label, language), text, language) for label, text in parts if text]
    return [*lines, *answers, *_changed_lines(entry), *map(_figure_line, entry.figures)]


def _changed_lines(entry: HistoryEntry) -> Iterator[str]:
    """Give the first lines that went and came."""
    pieces = [(sign, line) for file in entry.files for piece in file.lines
              for sign, lines in (("−", piece.went), ("+", piece.came)) for line in lines]  # fmt: skip
    yield from (f"  {sign} {line.rstrip()}" for sign, line in pieces[:NAMED_ROWS])
    if len(pieces) > NAMED_ROWS:
        yield "  …"


def _figure_line(figure: Mapping[str, Any]) -> str:
    old, new = (
        "–" if parts is None else " ".join(part or "…" for part in parts[:1])
        for parts in (figure["before"], figure["after"])
    )
    return f"  {figure['name']}: {old} → {new}"


def entry_record(entry: HistoryEntry, undone: Mapping[str, str]) -> dict[str, Any]:
    """Give a change as plain values, with what went and came in all."""
    went, came = (sum(counts) for counts in zip((0, 0), *entry.rows().values(), strict=True))
    return asdict(entry) | {"went": went, "came": came, "undone_by": undone.get(entry.number)}
