"""What is doubtful in a list of schools before its rows are read: sheets that are not read, columns that are
hidden, sections with a title of their own, columns that say what was decided.

Titles and decisions often stand in columns that are not kept, since they may name persons. They are looked
at here, once, and quoted only where every word of them is a known one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from ennum_stats.errors import Message, Parameter, message
from ennum_stats.imports.choices import EXAMPLE
from ennum_stats.imports.lists.totals import says_total
from ennum_stats.imports.lists.verdicts import Selection, is_clear_win, is_quotable, says_where, verdict
from ennum_stats.imports.questions import Doubt, Questions
from ennum_stats.imports.spreadsheets.header import MatchedTable, heading_of, title_of
from ennum_stats.imports.spreadsheets.sheet import ForeignFile, ForeignRow, Sheet
from ennum_stats.imports.template import GUIDE, LISTS
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.typography import fold

HIDDEN_COLUMNS, UNREAD_SHEETS = "hidden-columns", "sheets"


@dataclass
class ListDoubts:
    """Hold the doubts about each row by its number, the first row of each section, and what is told of the list
    as a whole."""

    of_row: dict[int, list[Doubt]] = field(default_factory=dict)
    starts: set[int] = field(default_factory=set)
    remarks: list[Message] = field(default_factory=list)

    def add(self, row: int, doubt: Doubt) -> None:
        """Doubt a row."""
        self.of_row.setdefault(row, []).append(doubt)


def looked_through(
    file: ForeignFile, table: MatchedTable, questions: Questions
) -> tuple[MatchedTable, ListDoubts]:
    """Look for what is doubtful in a list; give its table without titles of sections and columns that are to
    be left, and the doubts about its rows."""
    _ask_about_sheets(file, table, questions)
    doubts = ListDoubts()
    table = _without_titles(file, table, doubts)
    _doubt_decisions(table, doubts)
    return _without_hidden_columns(file, table, questions), doubts


# --- sheets and columns -----------------------------------------------------------------------------


def _ask_about_sheets(file: ForeignFile, table: MatchedTable, questions: Questions) -> None:
    """Ask about the sheets that hold anything and are not read, but those of our own forms."""
    unread = [
        message("“{name}” (hidden, rows: {n})", name=without_persons(sheet.name), n=len(sheet.rows))
        if sheet.is_hidden
        else message("“{name}” (rows: {n})", name=without_persons(sheet.name), n=len(sheet.rows))
        for sheet in file.sheets
        if sheet.rows and sheet.name != table.sheet and not _is_of_form(sheet)
    ]
    if unread:
        questions.ask_to_leave(
            UNREAD_SHEETS,
            message("Sheets that are not read: {sheets}. To read one of them: {sheet}.",
                    sheets=unread, sheet=Parameter("sheet", "…")),
        )  # fmt: skip


def _is_of_form(sheet: Sheet) -> bool:
    """Tell whether it is the guide or the lists of a form that `ennum template` made."""
    first = sheet.rows[0].cell(0).shown
    return (sheet.name == GUIDE and first == GUIDE) or (sheet.name == LISTS and first.startswith("liste_"))


def _without_hidden_columns(file: ForeignFile, table: MatchedTable, questions: Questions) -> MatchedTable:
    """Ask about the hidden columns that would be read; leave them out where they are to be left."""
    [sheet] = [sheet for sheet in file.sheets if sheet.name == table.sheet]
    hidden = {k: table.heading(k) for k, at in table.positions.items() if at in sheet.hidden_columns}
    if not hidden:
        return table
    names = list(hidden.values())
    questions.ask(HIDDEN_COLUMNS, message("Columns that are hidden in the workbook: {names}.", names=names))
    if HIDDEN_COLUMNS not in questions.leave:
        return table
    kept = {key: place for key, place in table.positions.items() if key not in hidden}
    return replace(table, positions=kept, ignored=(*table.ignored, *names))


# --- sections ---------------------------------------------------------------------------------------

_SCHOOL = re.compile(r"ecole|ec|institut|inst|athenee|college|lycee|cefa|implantation|saint|sainte|st|ste")
_MOST_BESIDE_TITLE = 2
_WORD = re.compile(r"[^\W\d_]{3}")
_LETTERS = re.compile(r"[^\W\d_]")


def _without_titles(file: ForeignFile, table: MatchedTable, doubts: ListDoubts) -> MatchedTable:
    """Leave out the titles of sections, and doubt the rows below one unless it is of winners. A title that
    only says where changes nothing."""
    kept: list[ForeignRow] = []
    doubt = _doubt_of_headline(file, table)
    titles = {row.number: cell for row in table.rows if (cell := _title(row, table)) is not None}
    followed, starts = _followed_by_rows(table, titles), False
    for row in table.rows:
        title = titles.get(row.number)
        if title is None or (row.number not in followed and not is_quotable(title)):
            kept.append(row)
            if starts:
                doubts.starts.add(row.number)
                starts = False
            if doubt and _is_of_table(row, table):
                doubts.add(row.number, doubt)
        elif not says_where(title):
            starts = True
            doubt = _doubt_of_section(title, row.number)
    return replace(table, rows=tuple(kept))


def _doubt_of_headline(file: ForeignFile, table: MatchedTable) -> Doubt | None:
    """Doubt a list that is not of winners by its own title, above the columns or on the sheet."""
    [sheet] = [sheet for sheet in file.sheets if sheet.name == table.sheet]
    above = [c.shown for row in sheet.rows if row.number < table.header.number for c in row.cells]
    for text in (sheet.name, *above):
        if text and is_quotable(text) and verdict(text) is Selection.NOT_WON:
            return "list-title", message("The title of the list is “{title}”.", title=text)
    return None


def _doubt_of_section(title: str, row: int) -> Doubt | None:
    if verdict(title) is Selection.WON:
        return None
    name = f"section-{row}"
    if is_quotable(title):
        return name, message("Rows below the title “{title}” (row {row}).", title=title, row=str(row))
    return name, message("Rows below the title in row {row}.", row=str(row))


def _title(row: ForeignRow, table: MatchedTable) -> str | None:
    """Give the text of a row that is a title: alone in its row, or beside numbers where all of it is known
    words; and neither a total nor the name of a school."""
    filled = [(place, cell) for place, cell in enumerate(row.cells) if not cell.is_empty]
    texts = [(place, cell) for place, cell in filled if _WORD.search(cell.shown)]
    if len(texts) != 1 or len(filled) > 1 + _MOST_BESIDE_TITLE:
        return None
    [(place, cell)] = texts
    text = cell.shown
    if cell.fault or says_total(cell) or fold(text) == EXAMPLE:
        return None
    if len(filled) > 1:
        names_site = any(
            not table.cell(row, key).is_empty and place != table.positions.get(key)
            for key in ("implantation", "etablissement", "postal_code")
        )
        is_known = is_quotable(text) and verdict(text) is not Selection.UNCLEAR
        return text if is_known and not names_site else None
    is_school = place == table.positions.get("school") and any(
        _SCHOOL.fullmatch(word) for word in fold(text).split()
    )
    return None if is_school and verdict(text) is Selection.UNCLEAR else text


def _followed_by_rows(table: MatchedTable, titles: dict[int, str]) -> set[int]:
    """Find the titles below which rows of the table stand."""
    followed, last = set(), 0
    for row in table.rows:
        if row.number in titles:
            last = row.number
        elif last and _is_of_table(row, table):
            followed.add(last)
    return followed


def _is_of_table(row: ForeignRow, table: MatchedTable) -> bool:
    return any(not row.cell(place).is_empty for place in table.positions.values())


# --- decisions --------------------------------------------------------------------------------------

_DECIDES = re.compile(
    r"(?P<against>refus|rejet|ecarte|reserve|desiste|abandon|annule|retire|non (?:retenu|selectionne))|"
    r"(?P<named>retenu|laureat|selectionne|accepte|approuve|recevab|eligib)|"
    r"(?:decision|statut|avis|selection|resultat)"
)
_NO_DECISION = re.compile(r"\b(?:date|jour|motif|n|montant|remarque|commentaire|budget|nombre)\b")
_MARKS = frozenset(("x", "1", "v", "✓", "✔", "☑", "✅"))
_MARKS_OF_NONE = frozenset(("", "non", "n", "faux", "0"))


def _doubt_decisions(table: MatchedTable, doubts: ListDoubts) -> None:
    """Tell what the columns of decision hold, and doubt the rows that do not clearly say yes."""
    names: Counter[str] = Counter()
    for place, cell in enumerate(table.header.cells):
        title = title_of(heading_of(cell))
        match = _DECIDES.match(title)
        if place in table.positions.values() or match is None or _NO_DECISION.search(title):
            continue
        first = title.split()[0]
        names[first] += 1
        name = f"{first}-{names[first]}" if names[first] > 1 else first
        kind = next((kind for kind, text in match.groupdict().items() if text), "")
        _Decisions(name, heading_of(cell), place, kind).doubt(table, doubts)


@dataclass
class _Decisions:
    """Hold a column that says what was decided of each row. A mark is enough where its heading is the decision
    (“Retenu ?”); where that is one against (“Refusé ?”), whatever fills it says no."""

    name: str
    heading: str
    place: int
    kind: str

    def doubt(self, table: MatchedTable, doubts: ListDoubts) -> None:
        """Doubt the rows without a clear yes, and tell how often each value stands in the column."""
        counts: Counter[str] = Counter()
        shown: dict[str, str | Message] = {}
        for row in table.rows:
            if not _is_of_table(row, table) or any(map(says_total, row.cells)):
                continue
            text = row.cell(self.place).shown
            key, words = _decision(text)
            counts[key] += 1
            words = shown.setdefault(key, words)
            if not self._is_clear(text):
                question = message("Column “{column}”: {value}.", column=self.heading, value=words)
                doubts.add(row.number, (f"{self.name}-{key}", question))
        values = [message("{value} ({n})", value=shown[key], n=n) for key, n in counts.most_common()]
        if values:
            doubts.remarks.append(message("Column “{column}”: {value}.", column=self.heading, value=values))

    def _is_clear(self, text: str) -> bool:
        if self.kind == "against":
            return fold(text) in _MARKS_OF_NONE
        return is_clear_win(text) or (self.kind == "named" and text.casefold() in _MARKS)


def _decision(text: str) -> tuple[str, str | Message]:
    """Give a decision a name, and say it where all of its words are known."""
    if not text:
        return "empty", message("nothing")
    if is_quotable(text) and _LETTERS.search(text):
        return fold(text).replace(" ", "-"), text
    return "other", message("another text")
