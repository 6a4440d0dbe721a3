"""Columns of a list that may say what was decided of each row, whatever they are called.

A column decides by its heading ("Décision", "Retenu ?"), or by its shape: it is not read, and has up to six values over
most rows, a remark on few of them, a word of refusal somewhere, or the numbers by which the rows are sorted. What only
says where a school is, or the same harmless word everywhere, decides nothing. Values are quoted only where every word
of them is a known one: they may name persons.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ennum_stats.errors import Message, message
from ennum_stats.imports.lists import verdicts
from ennum_stats.imports.lists.list_rows import ListDoubts, unread_columns
from ennum_stats.imports.lists.signals import is_money
from ennum_stats.imports.lists.titles import ListTitles
from ennum_stats.imports.spreadsheets.header import MatchedTable, title_of
from ennum_stats.imports.spreadsheets.sheet import ForeignRow, SheetCell
from ennum_stats.raw.personal_data import reaches_person, without_persons
from ennum_stats.typography import Apart, fold

_DECIDES = re.compile(
    r"(?P<against>refus|rejet|ecarte|reserve|desiste|abandon|annule|retire|non (?:retenu|selectionne))|"
    r"(?P<named>retenu|laureat|selectionne|accepte|approuve|recevab|eligib)|"
    r"(?:decision|statut|avis|selection|resultat)"
)
_NO_DECISION = re.compile(r"\b(?:date|jour|motif|n|montant|remarque|commentaire|budget|nombre)\b")
_MARKS = frozenset(("x", "1", "v", "✓", "✔", "☑", "✅"))
_MARKS_OF_NONE = frozenset(("", "non", "n", "faux", "0"))
_LETTERS = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"[^\W_]|[✓✔☑✅]")
_RATES = re.compile(
    r"\b(?:score|cote|note|points?|rang|rank|classement|evaluation|punkte|punten|rangschikking|bewertung|rangliste)\b"
)
_MOST_VALUES = 6
_FEWEST_ROWS = 3
"""Of fewer rows every column has a few values."""
_FEWEST_SORTED = 5


def doubt_decisions(
    table: MatchedTable, rows: Sequence[ForeignRow], titles: ListTitles, doubts: ListDoubts
) -> None:
    """Tell what the columns of decision hold, and doubt the rows that do not clearly say yes."""
    names: Counter[str] = Counter()
    gaps: dict[int, str] = {}
    for place, heading in unread_columns(table, rows):
        title = title_of(heading)
        match = _DECIDES.match(title)
        if match and not _NO_DECISION.search(title):
            kind = next((kind for kind, text in match.groupdict().items() if text), "")
            decisions = _Decisions(_free_name(heading, place, names), heading, place, kind)
        elif (shape := _shape(place, rows, titles, title)) and not (
            shape in (_Decisions, _Ranking)
            and is_money(table, rows, place, heading)
            and all(isinstance(row.cell(place).value, Decimal) and row.cell(place).value for row in rows)
        ):  # money beside every row is asked about as money
            decisions = shape(_free_name(heading, place, names), heading, place, _kind(heading))
        else:
            if _has_gaps([row.cell(place) for row in rows]):
                gaps[place] = heading
            continue
        decisions.doubt(rows, doubts)
    without = [row for row in rows if gaps and all(_is_nothing(row.cell(place)) for place in gaps)]
    if 2 * len(without) < len(rows):
        headings = Apart(map(without_persons, gaps.values()))
        for row in without:
            doubts.add(row.number, ("gaps", message(
                "Nothing stands beside these rows alone: {names}.", names=headings,
            )))  # fmt: skip


def _free_name(heading: str, place: int, names: Counter[str]) -> str:
    """Name a column by the first word of its heading; where it has none, by its place."""
    words = [] if reaches_person(heading) else title_of(heading).split()
    first = words[0] if words else f"column-{place + 1}"
    names[first] += 1
    return f"{first}-{names[first]}" if names[first] > 1 else first


def _kind(heading: str) -> str:
    return {verdicts.Selection.WON: "named", verdicts.Selection.NOT_WON: "against"}.get(
        verdicts.verdict(heading), ""
    )


# --- by its shape -----------------------------------------------------------------------------------


def _shape(place: int, rows: Sequence[ForeignRow], titles: ListTitles, title: str) -> type[_Decisions] | None:
    """Tell how a column that is not read decides by what stands in it; none where it does not."""
    cells = [row.cell(place) for row in rows]
    filled = [cell for cell in cells if not cell.is_empty]
    values = {fold(cell.shown) or cell.shown for cell in cells}
    if not filled or 2 * sum(reaches_person(cell.shown) for cell in filled) >= len(filled):  # whom to ask
        return _Refusals
    if 2 * len(filled) <= len(cells):
        return _Remarks
    if len(values) > _MOST_VALUES:
        if len(title) > 1 and verdicts.verdict(title) is verdicts.Selection.NOT_WON:
            return _Remarks
        if any(verdicts.mentions_refusal(cell.shown) for cell in filled):
            return _Refusals
        return _Ranking if _is_sorted(filled) or _RATES.search(title) else None
    if all(_is_harmless(cell, titles, is_everywhere=len(values) == 1) for cell in cells):
        return None
    is_repeated = len(cells) >= _FEWEST_ROWS and (len(values) == 1 or 2 * len(values) <= len(cells))
    speaks = any(verdicts.verdict(cell.shown) is not verdicts.Selection.UNCLEAR for cell in filled)
    return _Decisions if is_repeated or speaks else None


def _is_harmless(cell: SheetCell, titles: ListTitles, *, is_everywhere: bool) -> bool:
    """Tell whether a value decides nothing: a day, a place, a name of a list, or one known word everywhere."""
    text = cell.shown
    if isinstance(cell.value, date) or verdicts.says_where(text) or fold(text) in titles.lists_of_names:
        return True
    if not is_everywhere or titles.is_of_another(text) or verdicts.is_pending(text):
        return False
    won = verdicts.verdict(text)
    return won is verdicts.Selection.WON or (
        won is verdicts.Selection.UNCLEAR and not verdicts.unknown_words(text, titles.own)
    )


def _has_gaps(cells: Sequence[SheetCell]) -> bool:
    """Tell whether a column counts nothing, or gives no day, for some rows beside others: of days and numbers alone."""
    filled = [cell for cell in cells if not _is_nothing(cell)]
    kinds = {type(cell.value) for cell in filled}
    if len(filled) == len(cells):
        return False
    return kinds == {date} or (kinds == {Decimal} and any(cell.value == 0 for cell in cells))


def _is_nothing(cell: SheetCell) -> bool:
    return cell.is_empty or cell.value == 0


def _is_sorted(cells: Sequence[SheetCell]) -> bool:
    """Tell whether rows are sorted down by their numbers, as by a score."""
    numbers = [cell.value for cell in cells if isinstance(cell.value, Decimal)]
    return len(numbers) >= max(_FEWEST_SORTED, len(cells)) and numbers == sorted(numbers, reverse=True)


# --- what it says of each row -----------------------------------------------------------------------


@dataclass
class _Decisions:
    """Hold a column that says what was decided of each row. A mark is enough where its heading is the decision
    (“Retenu ?”); where that is one against (“Refusé ?”), whatever fills it says no."""

    name: str
    heading: str
    place: int
    kind: str

    def doubt(self, rows: Sequence[ForeignRow], doubts: ListDoubts) -> None:
        """Doubt the rows without a clear yes, and tell how often each value stands in the column."""
        counts: Counter[str] = Counter()
        shown: dict[str, str | Message] = {}
        for row in rows:
            text = row.cell(self.place).shown
            key, words = _decision(text)
            counts[key] += 1
            words = shown.setdefault(key, words)
            if not self._is_clear(text):
                question = message("Column “{column}”: {value}.", column=self._column, value=words)
                doubts.add(row.number, (f"{self.name}-{key}", question))
        values = [message("{value} ({n})", value=shown[key], n=n) for key, n in counts.most_common()]
        if values:
            doubts.remarks.append(message("Column “{column}”: {value}.", column=self._column, value=values))

    @property
    def _column(self) -> str:
        return without_persons(self.heading)

    def _is_clear(self, text: str) -> bool:
        if self.kind == "against":
            return fold(text) in _MARKS_OF_NONE
        return verdicts.is_clear_win(text) or (self.kind == "named" and text.casefold() in _MARKS)


class _Remarks(_Decisions):
    """Hold a column with something beside few rows."""

    text = message("Column “{column}”: something stands beside these rows alone.")

    def doubt(self, rows: Sequence[ForeignRow], doubts: ListDoubts) -> None:
        """Doubt the rows of which the column may tell something."""
        for row in rows:
            if self._tells_of(row.cell(self.place)):
                doubts.add(row.number, (self.name, message(self.text.text, column=self._column)))

    def _tells_of(self, cell: SheetCell) -> bool:
        return not cell.is_empty


class _Refusals(_Remarks):
    """Hold a column of texts, some of which say that a project did not go on."""

    text = message("Column “{column}”: a word of refusal or withdrawal.")

    def _tells_of(self, cell: SheetCell) -> bool:
        return verdicts.mentions_refusal(cell.shown)


class _Ranking(_Remarks):
    """Hold a column of numbers that rates or ranks the rows: where the ranking is cut is not told."""

    text = message(
        "The column “{column}”, which is not read, rates or ranks the rows: they may go on below those that won."
    )


def _decision(text: str) -> tuple[str, str | Message]:
    """Give a decision a name, and say it where all of its words are known, or it is a single sign."""
    if not text:
        return "empty", message("nothing")
    if verdicts.is_quotable(text) and _LETTERS.search(text):
        return fold(text).replace(" ", "-"), text
    if _CODE.fullmatch(text):
        return text.casefold(), text
    return "other", message("another text")
