"""What a person decides, a row each of a small table: a number corrected in the open, a difference explained, a list
declared complete, numbers that are one school site; or a cell of ours that was mistyped. It comes of a form of the page
or of a workbook, by one road.

A decision takes the place of an earlier one about the same thing. What would follow is shown before, and writing is
that of every change: all or none, with an entry of the history, which undoes it. One language is enough for a text:
the others get it with a mark, by which it is found again to be translated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ennum_stats.errors import UsageError, message
from ennum_stats.figures.observations import observation_cells, observation_named
from ennum_stats.imports.apply import new_contents
from ennum_stats.imports.choices import CELLS
from ennum_stats.imports.decision_forms import DECIDED, DECISION_FORMS, DECISIONS, TEXTS, Decision
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.kind import ImportKind, ImportOptions
from ennum_stats.imports.plan import FileChanges, FilledCell, NewRow, RemovalPlan
from ennum_stats.imports.preview import FORMS_LANGUAGE
from ennum_stats.imports.register.changes import latest_changes
from ennum_stats.imports.removal import newly_seen
from ennum_stats.imports.row_reader import RowReader
from ennum_stats.imports.schools.matcher import fase
from ennum_stats.imports.spreadsheets.cell_values import ParsedRow
from ennum_stats.imports.spreadsheets.header import recognise
from ennum_stats.imports.spreadsheets.kept_cells import kept
from ennum_stats.imports.spreadsheets.number_parser import CellRefused, plain, read_number
from ennum_stats.imports.spreadsheets.reader import read_file
from ennum_stats.imports.spreadsheets.sheet import ForeignRow, cell_of
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.schools.completeness import completeness
from ennum_stats.measures.schools.listed_and_published import comparisons
from ennum_stats.project import Audience, Project
from ennum_stats.publication import ledger_of_tables
from ennum_stats.raw.excel_csv import table_bytes
from ennum_stats.raw.history import ChangeMade
from ennum_stats.raw.reader import known_rows, table_files
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import Ledger, today
from ennum_stats.store.publish import raw_fingerprint

TYPING = "typing"
"""A cell of a published number that was not typed as the document prints it."""
_NUMBERS = ("value", "lower", "upper", "step")
_UNKNOWN = message("“{code}” is unknown.")


@dataclass
class Decisions:
    """Hold what was decided of a kind, and make rows of what is decided now."""

    project: Project
    name: str

    @property
    def decision(self) -> Decision:
        """The kind."""
        return DECISIONS[self.name]

    @cached_property
    def there(self) -> dict[str, dict[str, str]]:
        """The rows of its table, by what names them."""
        rows = known_rows(self.project, self.decision.table).fill_null("").to_dicts()
        return {self.new_row(row).key: row for row in rows}

    @cached_property
    def _numbers(self) -> dict[str, dict[str, str]]:
        rows = known_rows(self.project, "observations").fill_null("").to_dicts()
        return {row["observation_id"]: row for row in rows}

    def new_row(self, cells: dict[str, str], row: int = 0) -> NewRow:
        """Put the cells of a decision into its table."""
        table = TABLE_BY_NAME[self.decision.table]
        return NewRow(table.name, table.path, cells, row, takes_place=True)

    def full(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Complete the cells that say what is decided: with its day, what stands there now, the text in every language,
        marked where it is to be translated. A text that was there keeps its no-break spaces. Raises `CellRefused`."""
        decided = {self.decision.day: today().isoformat()}
        decided |= {key: _on_a_line(cell) for key, cell in cells.items()}
        if self.name == "corrections":
            decided |= {"old_value": self.old_value(decided), "new_value": new_value(decided)}
        if self.name == "links":
            decided |= self._link(decided)
        if self.decision.is_translated:
            decided |= _texts(decided)
        columns = TABLE_BY_NAME[self.decision.table].column_names
        row = {column: decided.get(column, "") for column in columns}
        known = self.there.get(self.new_row(row).key, {})
        return row | {column: text for column, text in known.items() if _on_a_line(text) == row[column]}

    def old_value(self, cells: Mapping[str, str]) -> str:
        """Give what stands in the cell of a published number that is to be corrected. Raises `CellRefused`."""
        for key, known in (("observation_id", self._numbers), ("column", CELLS)):
            if cells[key] not in known:
                raise CellRefused(key, message(_UNKNOWN.text, code=cells[key]))
        return self._numbers[cells["observation_id"]][cells["column"]]

    def _link(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Give the two numbers of a site as registers have them; all of the link where it is there. Raises
        `CellRefused`."""
        numbers = {key: fase(cells[key], key) for key in ("implantation", "same_as")}
        former, now = numbers.values()
        sites = set(known_rows(self.project, "implantations")["implantation"])
        for key, number in numbers.items():
            if number not in sites:
                raise CellRefused(key, message("No register has the site {number}.", number=number))
        if former == now:
            raise CellRefused("same_as", message("A site is no link to itself."))
        known = self.there.get(former, numbers)
        if known["same_as"] != now:
            words = message("{number} is linked to {other} already.", number=former, other=known["same_as"])
            raise CellRefused("implantation", words)
        return known

    def is_there(self, row: NewRow) -> bool:
        """Tell whether the same was decided before, whatever the day."""
        known = self.there.get(row.key)
        return known is not None and known | {self.decision.day: ""} == row.values | {self.decision.day: ""}

    def waiting(self, ledger: Ledger, language: str = FORMS_LANGUAGE) -> Iterator[dict[str, str]]:
        """Give what nobody has decided: the cells that say what it is about, reasons in a language."""
        if self.name == "corrections":
            yield from ({"observation_id": number.observation_id} for number in ledger.all_observations())
        elif self.name == "complete_lists":
            for judged in completeness(ledger):
                if judged.rows and not judged.is_declared_complete:
                    yield {"programme": judged.programme, "call": judged.call or "", "rows": str(judged.rows)}
        elif self.name == "links":
            for link in (link for changes in latest_changes(self.project) for link in changes.candidates):
                former, now = (", ".join(filter(None, site.cells)) for site in (link.former, link.now))
                yield {
                    "implantation": link.former.implantation, "same_as": link.now.implantation,
                    "reason": translate(link.reason, language), "about": f"{former} → {now}",
                }  # fmt: skip
        else:
            for pair in comparisons(ledger):
                listed, published = pair.listed.quantity.value, pair.published.quantity.value
                if pair.is_unexplained and listed is not None and published is not None:
                    yield {
                        "reconciliation": f"{pair.call or pair.programme}.{pair.measure}", "measure": pair.measure,
                        "programme": pair.programme, "call": pair.call or "", "listed": plain(listed),
                        "published": plain(published),
                    }  # fmt: skip

    def rows_of_form(self, ledger: Ledger, language: str) -> Iterator[dict[str, str]]:
        """Give the rows of its workbook, with words in a language: what nobody has decided, and what was decided, to be
        changed or translated."""
        key = self.decision.given[:2]
        public = {number.observation_id for number in ledger.all_observations()} | {None}
        rows = {tuple(cells.get(column, "") for column in key): cells
                for cells in (*self.there.values(), *self.waiting(ledger, language))
                if cells.get("observation_id") in public and cells.get("column") in {*CELLS, None}}  # fmt: skip
        for _, cells in sorted(rows.items()):
            yield cells | self._shown(ledger, cells, language)

    def _shown(self, ledger: Ledger, cells: Mapping[str, str], language: str) -> dict[str, str]:
        """Say what a decision is about, in the columns of the workbook that are only read."""
        if self.name == "corrections":
            number = observation_named(ledger, cells["observation_id"])
            subject, when, value, _, place, day = observation_cells(ledger, number, language)
            document = " – ".join(filter(None, (number.source.title, place, day)))
            words = " – ".join(filter(None, (subject, when)))
            return {"about": words, "value": value, "document": document}
        if self.name == "links":
            return {}
        about = (cells["programme"], cells["call"] or None)
        if self.name == "complete_lists":
            subject = cells["call"] or ledger.name("programmes", cells["programme"], language)
            judged = (
                each.words(language) for each in completeness(ledger) if (each.programme, each.call) == about
            )
            return {"about": " – ".join([subject, *judged])}
        differing = (
            pair.words(language) for pair in comparisons(ledger) if pair.about == (cells["measure"], *about)
        )
        return {"about": next(differing, "")}


def _on_a_line(text: str) -> str:
    return " ".join(text.split())


def new_value(cells: Mapping[str, str]) -> str:
    """Write what a cell should be as raw tables have it: numbers as documents print them. Raises `CellRefused`."""
    text = _on_a_line(cells.get("new_value", ""))
    is_number = text and cells["column"] in _NUMBERS
    return plain(read_number(cell_of(text), "new_value").value) if is_number else text


def _texts(cells: Mapping[str, str]) -> dict[str, str]:
    """Give a text in every language, marked where it is to be translated. Raises `CellRefused` where there is none."""
    texts = {name: cells[name] for name in TEXTS if cells.get(name)}
    own = [name for name, text in texts.items() if not text.startswith(_MARKS)]
    if not texts:
        raise CellRefused(TEXTS[0], message("Give the reason, in one language at least."))
    source = (own or [*texts])[0]
    return {name: texts.get(name) or f"{mark(source.removeprefix('name_'))}{texts[source]}" for name in TEXTS}


def mark(language: str) -> str:
    """Give what stands before a text that is to be translated, in the language that it is in.

    >>> mark("fr")
    '[fr] '
    """
    return f"[{language}] "


_MARKS = tuple(map(mark, LANGUAGES))


def to_translate(project: Project) -> Iterator[tuple[str, dict[str, str]]]:
    """List the decisions whose text is to be translated: kind and row."""
    for name, decision in DECISIONS.items():
        for row in Decisions(project, name).there.values() if decision.is_translated else ():
            if any(row[text].startswith(_MARKS) for text in TEXTS):
                yield name, row


# --- by workbook ------------------------------------------------------------------------------------


def form_rows(kind: str, project: Project, language: str) -> list[dict[str, str]]:
    """Give the rows with which the form of a kind is filled in, by field: those of decisions. Raises
    `RawTablesRefused`."""
    if kind not in DECISION_FORMS:
        return []
    with ledger_of_tables(project, today()) as ledger:
        return [*Decisions(project, kind).rows_of_form(ledger, language)]


class DecisionsImport(ImportKind):
    """Decisions of a kind that come back by the workbook that was made for them."""

    places_findings = True

    def __init__(self, name: str) -> None:
        self.name, self.form = name, DECISION_FORMS[name]

    def changes(self, file: Path, destination: Destination, options: ImportOptions) -> FileChanges:
        """Read what was decided; rows in which nothing is filled in are left out."""
        foreign, fields = read_file(file), self.form.fields
        recognised = recognise(foreign, fields, options.sheet)
        table = kept(recognised, fields, written=options.cells)
        destination.require_in_order()
        reader = DecisionReader(
            table, fields, destination.choices, Decisions(destination.project, self.name),
            questions=options.questions,
        )  # fmt: skip
        reader.read()
        left_out = message("Rows in which nothing was filled in: {n}.", n=reader.left_out)
        return reader.changes(foreign, today(), *([left_out] if reader.left_out else ()))


@dataclass
class DecisionReader(RowReader):
    """Go through decisions, beside those that are there."""

    decisions: Decisions

    def passes_over(self, row: ForeignRow) -> bool:
        """Leave out what nobody decided."""
        if super().passes_over(row):
            return True
        asked_keys = (each.key for each in self.fields if each.group is DECIDED)
        is_blank = all(self.table.cell(row, key).is_empty for key in asked_keys)
        self.left_out += is_blank
        return is_blank

    def take(self, parsed: ParsedRow) -> bool:
        """Take a decision that is not there yet."""
        row = self.decisions.new_row(self.decisions.full(parsed.texts), parsed.row)
        if self.decisions.is_there(row):
            return False
        self.decisions.there[row.key] = row.values
        self.new_rows.append(row)
        return True


# --- by form ----------------------------------------------------------------------------------------


def plan_decisions(
    project: Project, name: str, rows: Sequence[Mapping[str, str]], language: str
) -> RemovalPlan:
    """Say what taking decisions of a kind would do, in sentences of a language; nothing is written. Of each the cells
    are given that say what it is about and that a person fills in. `removal.remove` writes it.

    Raises `UsageError` where nothing is decided, or something that cannot be.
    """
    fingerprint, day = raw_fingerprint(project, Audience.INTERNAL), today()
    if not rows:
        raise UsageError(
            message("Nothing was decided."), remedy=message("Choose at least one of the answers.")
        )
    try:
        if name == TYPING:
            retyped = [_retyped(project, row) for row in rows]
            contents, names = new_contents(project.raw, (), retyped)[0], [cell.key for cell in retyped]
        else:
            decisions = Decisions(project, name)
            new = [decisions.new_row(decisions.full(row)) for row in rows]
            contents, names = new_contents(project.raw, new)[0], [row.key for row in new]
    except CellRefused as refused:
        raise UsageError(refused.reason) from refused
    options = {"reason": rows[0]["reason"]} if name == TYPING else {}
    change = ChangeMade(f"decide {name}", tuple(names), options=options, known_at=day.isoformat())
    seen = newly_seen(project, contents, day, language)
    return RemovalPlan(project, tuple(names), {}, seen, day, {**contents}, fingerprint, change)


def _retyped(project: Project, row: Mapping[str, str]) -> FilledCell:
    """Give the cell of a published number as the document prints it. Raises `CellRefused` where there is none."""
    Decisions(project, "corrections").old_value(row)
    name, column, table = row["observation_id"], row["column"], TABLE_BY_NAME["observations"]
    path = next(
        path
        for path in table_files(project.raw, table)
        for line in csv.DictReader(table_bytes(path, table).decode().splitlines())
        if line["observation_id"] == name
    )
    return FilledCell(
        table.name, path.relative_to(project.raw).as_posix(), name, column, new_value(row), 0, column
    )
