"""What an import would do, said to a person: lines at a terminal, and plain values for JSON.

Plans are data; every word about them is chosen here. Workbooks that go back to people are in `workbooks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ennum_stats.errors import Message, message, with_options
from ennum_stats.imports.plan import (
    CountChange,
    CoverageChange,
    FigureChange,
    FilledCell,
    ImportPlan,
    Preview,
    Refusal,
    RemovalPlan,
)
from ennum_stats.imports.questions import Question
from ennum_stats.languages import number, translate, translate_plural, written
from ennum_stats.measures.schools.completeness import DECLARE
from ennum_stats.measures.schools.listed_and_published import BREAKS, VERDICTS
from ennum_stats.quantities import Bounds, Quantity
from ennum_stats.raw.embargo import HERE
from ennum_stats.raw.history import PUBLISH, REPUBLISH, HistoryEntry
from ennum_stats.store.answers import Answer
from ennum_stats.typography import Apart, semicolons
from ennum_stats.vocabulary import Reason
from ennum_stats.wording import words

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
    place = message("row {row}, {column}", row=str(refusal.row), column=refusal.column)
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


def removal_lines(removal: RemovalPlan, language: str, *, by_label: bool = False) -> list[str]:
    """Describe a removal for a person: rows, findings, changes; figures by their names, as a terminal takes them, or
    by their labels."""
    names = ", ".join(removal.names)
    seen = removal.preview
    sentences = (
        (message("{name}: rows that would be removed: {rows}."), removal.rows),
        (message("{name}: rows that would come back: {rows}."), removal.back),
    )
    return [
        *(
            translate(
                message(
                    sentence.text,
                    name=names,
                    rows=", ".join(f"{table_words(t, language)} {n}" for t, n in rows.items()),
                ),
                language,
            )
            for sentence, rows in sentences
            if rows
        ),
        *(f"  {finding.words(language)}" for finding in seen.findings),
        *(() if seen.findings else preview_lines(seen, removal.known_at, language, by_label=by_label)),
    ]


def _question_lines(plan: ImportPlan, language: str) -> Iterator[str]:
    """Tell what is doubtful, and how many rows are set aside for it."""
    if plan.unanswered:
        yield translate(message("Doubtful; rows set aside: {n}.", n=len(plan.set_aside)), language)
    elif plan.questions:
        yield translate(message("Decided; rows set aside: {n}.", n=len(plan.set_aside)), language)
    for question in plan.questions:
        yield "  " + question_words(question, language)


def _headings(plan: ImportPlan, language: str) -> dict[str, str]:
    """Give the field that each column of the file is, in words, with the plain spaces of headings in files."""
    return {header: " ".join(written(heading, language).split()) for header, heading in plan.columns}


def _column_lines(plan: ImportPlan, language: str) -> Iterator[str]:
    columns = _headings(plan, language)
    shown = [header if header == heading else f"{header} → {heading}" for header, heading in columns.items()]
    if not shown:
        return
    yield translate(message("Columns recognised (row {row}): {names}.",
                            row=str(plan.table.header.number), names=Apart(shown)),
                    language)  # fmt: skip
    if plan.ignored_columns:
        yield translate(message("Columns left out: {names}.", names=Apart(plan.ignored_columns)), language)


def _reading_lines(plan: ImportPlan, language: str) -> Iterator[str]:
    for reading in plan.readings:
        place = translate(message("row {row}", row=str(reading.row)), language)
        read = message("{column} “{text}”", column=reading.column, text=reading.shown)
        text = f"{translate(read, language)} → {words(reading.quantity, language)}"
        yield "  " + labelled(place, text, language)


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


def preview_lines(
    preview: Preview, known_at: date, language: str, *, by_label: bool = False
) -> Iterator[str]:
    """Tell what would be said otherwise, figures by their names or labels; those that move by less than their words
    tell are left out."""
    yield from _figure_lines(preview, known_at, language, by_label=by_label)
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
    yield from _completeness_lines(preview, language, is_page=by_label)


def _figure_lines(preview: Preview, known_at: date, language: str, *, by_label: bool) -> Iterator[str]:
    there, gone = (
        list(
            _changed(
                [change for change in preview.changes if bool(change.after) is stays], language, by_label
            )
        )
        for stays in (True, False)
    )
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


def _way(change: CountChange) -> str:
    """Tell whether there is `more` or `fewer` at least than before; empty where neither."""
    old, new = (
        (each.quantity.bounds.ends[0] if each and each.quantity else None) or Decimal(0)
        for each in (change.before, change.after)
    )
    return "more" if new > old else "fewer" if new < old else ""


def _completeness_lines(preview: Preview, language: str, *, is_page: bool) -> Iterator[str]:
    """Say of the lists that change whether they are complete then, and what is missing where they are not."""
    if preview.completeness.new:
        yield translate(message("Lists, complete or not:"), language)
    for judgement in preview.completeness.new:
        yield "  " + judgement.named_words(language)
    if (
        any(judgement.rows and not judgement.is_complete for judgement in preview.completeness.new)
        and not is_page
    ):
        yield "  " + translate(DECLARE, language)


def _changed(changes: Sequence[FigureChange], language: str, by_label: bool) -> Iterator[str]:
    for change in changes:
        old, new = figure_words(change.before, language), figure_words(change.after, language, NO_LONGER)
        if old != new:
            name = translate(change.label, language) if by_label else change.name
            yield "  " + labelled(name, f"{old} → {new}", language)


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
                "way": _way(change),
            }
            for change in seen.communes
        ],
        "sentences": {"struck": list(seen.sentences.gone), "new": list(seen.sentences.new)},
        "contradictions": {"gone": list(seen.contradictions.gone), "new": list(seen.contradictions.new)},
    }


def plan_record(
    plan: ImportPlan, language: str, worded: Callable[[Message], Message] = with_options
) -> dict[str, Any]:
    """Give a plan as plain values, for JSON; texts that name parameters are `worded` for who reads them."""
    return {
        "kind": plan.kind,
        "file": plan.file,
        "sheet": plan.table.sheet,
        "header_row": plan.table.header.number,
        "columns": _headings(plan, language),
        "ignored_columns": list(plan.ignored_columns),
        "remarks": [translate(worded(remark), language) for remark in plan.remarks],
        "read": plan.rows_read,
        "taken": list(plan.taken),
        "already_there": list(plan.already_there),
        "refused": [
            {
                "row": refusal.row,
                "key": refusal.key if refusal.key in plan.table.positions else "",
                "column": written(refusal.column, language),
                "value": refusal.shown,
                "reason": translate(worded(refusal.reason), language),
                "candidates": [asdict(candidate) for candidate in refusal.candidates],
            }
            for refusal in plan.refused
        ],
        "questions": [
            {
                "name": question.name,
                "text": translate(worded(question.text), language),
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
    "decide": message("decided: {what}"),
    "restore": message("restored: {what}"),
    PUBLISH: message("published: {what}"),
    REPUBLISH: message("put in force again: {what}"),
}
KNOWN_BY = {
    "declared": message("{name} (declared)"),
    "account": message("{name} (account)"),
    "proxy": message("{name}"),
}
SORTS = {
    "winners": message("a list of winners of a call"),
    "call": message("the results of a call (form)"),
    "observations": message("published numbers (form)"),
    "communes": message("inhabitants and pupils of communes (form)"),
    "equipped": message("a list of equipped schools"),
    "connections": message("a list of connected schools"),
    "deliveries": message("a list of deliveries"),
    "register": message("the register of schools"),
    "links": message("checked links between school numbers"),
    "borders": message("the borders of communes"),
    "list": message("a list of schools"),
    "observation": message("a published number"),
    "link": message("a link between school numbers"),
    "corrections": message("a number of a document corrected"),
    "typing": message("a mistake of typing corrected"),
    "reconciliations": message("a difference explained"),
    "complete_lists": message("a list declared complete"),
    "site_links": message("school numbers that are one site"),
}
"""What is imported, removed or decided, in words; the first ten are kinds of files."""
PARTICULARS = {
    "call": message("Call, for a list of winners"),
    "programme": message("Programme, for another list"),
    "as_of": message("Day of the list or register"),
    "replaces": message("List that this one corrects"),
    "sheet": message("Sheet of the workbook"),
    "sender": message("Sender, where columns have titles of their own"),
}
"""What is said beside a file, by the name of its option."""
_OPTIONS = {
    **PARTICULARS, "reason": message("Reason"), "mapping": message("Columns as in"),
    "remembered_by": message("Schools remembered by"), "embargoed": message("Numbers under embargo"),
}  # fmt: skip
TABLE_WORDS = {
    "sources": message("documents"), "calls": message("calls"), "observations": message("published numbers"),
    "remarks": message("remarks"), "registers": message("registers of schools"),
    "implantations": message("school sites"), "etablissements": message("schools"),
    "teaching": message("types of teaching"),
    "site_links": message("links between school numbers"), "lists": message("lists"),
    "participations": message("rows of lists"), "deliveries": message("deliveries"), "borders": message("borders"),
    "communes": message("communes"), "postal_codes": message("postal codes"),
    "commune_numbers": message("inhabitants and pupils"),
    "corrections": message("corrections"), "reconciliations": message("explanations"),
    "complete_lists": message("lists declared complete"),
    "school_aliases": message("remembered spellings of schools"),
}  # fmt: skip
"""The raw tables that a change may touch, in words."""
_QUESTIONS = {
    "hidden": message("what is hidden in the workbook"), "struck": message("what is struck through"),
    "look": message("rows that look otherwise"), "colour": message("rows that look otherwise"),
    "notes": message("notes on cells"), "footnotes": message("marks of footnotes"),
    "letters": message("letters that were lost"), "money": message("columns of money"),
    "currency": message("another currency"), "no": message("rows without an amount"),
    "list": message("the title of the list"), "section": message("a title within the list"),
    "call": message("another call"), "column": message("a column that is not read"),
    "rows": message("rows that would go"), "overlaps": message("a list that is there already"),
    "same": message("rows that are there already"),
}  # fmt: skip
"""What questions are about, by the first word of their names."""
_OTHER_QUESTION, _SITE_OF_ROW, _CELL_OF_ROW = (
    message("another question"), message("row {row}: the school"), message("row {row}: a cell written anew"),
)  # fmt: skip


HISTORY_COLUMNS = (
    message("Change no.").text, "Written on", "Who", "What", "File", "Rows", "Figures", "Undone by",
)  # fmt: skip
"""The headings of changes in a table (`entry_cells`)."""


def change_words(entry: HistoryEntry, language: str) -> str:
    """Say what a change did: `imported: a list of winners of a call – EN2020-winners-2020-06`."""
    verb, _, sort = entry.kind.partition(" ")
    kind = translate(SORTS[sort], language) if sort in SORTS else sort
    what = " – ".join(filter(None, (kind, ", ".join(entry.names))))
    return translate(message(KINDS_OF_CHANGE[verb].text, what=what), language)


def entry_cells(entry: HistoryEntry, undone: Mapping[str, str], language: str) -> list[str]:
    """Write a change as a row of a table: number, time, who, what, file, rows, figures, what undid it."""
    went, came = (sum(counts) for counts in zip((0, 0), *entry.rows().values(), strict=True))
    who = translate(message(KNOWN_BY[entry.known_by].text, name=entry.who), language)
    return [
        entry.number, moment_words(entry.at, language), who, change_words(entry, language), entry.file,
        f"+{came} −{went}" if entry.files else "", str(len(entry.figures)), undone.get(entry.number, ""),
    ]  # fmt: skip


def moment_words(at: str, language: str) -> str:
    """Say when something was written (ISO, UTC), by Belgian clocks."""
    return written(datetime.fromisoformat(at).astimezone(HERE), language)


def entry_lines(entry: HistoryEntry, undone: Mapping[str, str], language: str) -> list[str]:
    """Describe a change for a person at a terminal: who, when, from what, its answers, its rows, its figures."""
    return [
        *entry_facts(entry, undone, language),
        *(f"  {line}" for line in changed_lines(entry)),
        *(f"  {line}" for line in figure_lines(entry, language)),
    ]


def entry_facts(entry: HistoryEntry, undone: Mapping[str, str], language: str) -> list[str]:
    """Tell who changed what, when and from what, with which answers, and how many rows of each table; in words."""
    key, moment, who, what, file, rows, _, by = entry_cells(entry, undone, language)
    options = (
        labelled(translate(_OPTIONS.get(name, message(name)), language), text, language)
        for name, text in entry.options.items()
    )
    parts = (
        (message("What"), f"{key} – {what}"),
        (message("Written on"), moment),
        (message("Who"), who),
        (message("File"), " – ".join(filter(None, (file, entry.sha256)))),
        (message("What is said of the file"), semicolons(options, language)),
        (message("Rows"), _counts(entry.rows(), language) or rows),
        (message("Undoes"), entry.undoes),
        (message("Undone by"), by),
    )
    return [
        *(labelled(translate(label, language), text, language) for label, text in parts if text),
        *(_answer_words(name, answer, language) for name, answer in entry.answers.items()),
    ]


def _counts(rows: Mapping[str, tuple[int, int]], language: str) -> str:
    return ", ".join(
        f"{table_words(table, language)} +{came} −{went}" for table, (went, came) in rows.items()
    )


def table_words(table: str, language: str) -> str:
    """Name a raw table in words."""
    return translate(TABLE_WORDS.get(table, table), language)


def _answer_words(name: str, answer: str, language: str) -> str:
    """Say what was answered to a question, without its text, which may quote the file."""
    question, _, row = name.partition(":")
    if question in ("site", "cell"):
        text = _SITE_OF_ROW if question == "site" else _CELL_OF_ROW
        about = translate(message(text.text, row=row.partition(":")[0]), language)
        return labelled(about, answer, language) if answer else about
    about = translate(_QUESTIONS.get(question.partition("-")[0], _OTHER_QUESTION), language)
    about = f"{about} ({question}{f', {row}' if row else ''})"
    return labelled(about, translate(ANSWERS.get(answer, message(answer)), language), language)


def changed_lines(entry: HistoryEntry) -> Iterator[str]:
    """Give the first lines of raw tables that went and came, as they stand there."""
    pieces = [(sign, line) for file in entry.files for piece in file.lines
              for sign, lines in (("−", piece.went), ("+", piece.came)) for line in lines]  # fmt: skip
    yield from (f"{sign} {line.rstrip()}" for sign, line in pieces[:NAMED_ROWS])
    if len(pieces) > NAMED_ROWS:
        yield "…"


def figure_lines(entry: HistoryEntry, language: str) -> Iterator[str]:
    """Say the figures that a change turned, before and after."""
    for figure in entry.figures:
        old, new = (_written(figure[side], figure.get("unit"), language) for side in ("before", "after"))
        name = figure.get("label", {}).get(language, figure["name"])
        yield labelled(name, f"{old} → {new}", language)


def _written(parts: Sequence[str | None] | None, unit: str | None, language: str) -> str:
    """Write a figure as the history keeps it (bounds may be infinite): in words, as a preview does; by its bare numbers
    where the entry is older than its unit; or why there is none."""
    if parts is None:
        return "–"
    if parts[0] in set(Reason):
        return translate(Reason(parts[0]).label, language)
    value, low, high = (None if end in (None, "Infinity", "-Infinity") else Decimal(end) for end in parts)
    if unit:
        return words(Quantity.derived(value, Bounds(low, high), unit), language)
    shown = (low, high) if value is None else (value,)
    return "–".join("…" if end is None else number(end, language) for end in shown)


def entry_record(entry: HistoryEntry, undone: Mapping[str, str]) -> dict[str, Any]:
    """Give a change as plain values, with what went and came in all."""
    went, came = (sum(counts) for counts in zip((0, 0), *entry.rows().values(), strict=True))
    return asdict(entry) | {"went": went, "came": came, "undone_by": undone.get(entry.number)}
