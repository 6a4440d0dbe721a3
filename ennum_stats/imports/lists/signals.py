"""What a person sees of a list and no column says: colours, letters, notes, stars, money that is not read, amounts that
are missing, letters that were lost.

Each signal that was read and is not used becomes a question with its rows. What is the same in all rows of a column,
or in each second row, tells nothing of single rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, pairwise, zip_longest
from statistics import median

from ennum_stats.errors import message
from ennum_stats.imports.choices import is_example
from ennum_stats.imports.forms import EXAMPLE_KEY
from ennum_stats.imports.lists.list_rows import ListDoubts, is_header_again, is_of_table, unread_columns
from ennum_stats.imports.lists.totals import is_of_a_part, is_total
from ennum_stats.imports.lists.verdicts import mentions_refusal
from ennum_stats.imports.questions import Doubt, Questions
from ennum_stats.imports.spreadsheets.header import MatchedTable, title_of
from ennum_stats.imports.spreadsheets.sheet import LINE_BELOW, ForeignRow, Sheet, SheetCell
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.typography import Apart, fold

Rows = Sequence[ForeignRow]
AMOUNT = "amount_eur"
_MOST_LOOKS = 5
_BANDED = 0.9


def doubt_looks(rows: Rows, doubts: ListDoubts) -> None:
    """Doubt the rows with cells that look otherwise than most of their column; those alike are one question."""
    usual: dict[int, Counter[str]] = {}
    looks = [
        [(place, _look(cell, row, below)) for place, cell in enumerate(row.cells) if not cell.is_empty]
        for row, below in zip_longest(rows, rows[1:])
    ]
    for place, look in chain.from_iterable(looks):
        usual.setdefault(place, Counter())[look] += 1
    most = {place: counts.most_common(1)[0][0] for place, counts in usual.items()}
    groups: dict[frozenset[str], list[int]] = {}
    for position, of_row in enumerate(looks):
        own = {look for place, look in of_row if look != most[place]}
        if own:
            groups.setdefault(frozenset(own), []).append(position)
    apart = [positions for positions in groups.values() if not _are_bands(positions)]
    text = message("Rows that look otherwise than the rest: colours, bold or italic letters, a thick line.")
    for number, positions in enumerate(apart, start=1):
        name = f"look-{number}" if 1 < len(apart) <= _MOST_LOOKS else "look"
        for position in positions:
            doubts.add(rows[position].number, (name, text))


def _look(cell: SheetCell, row: ForeignRow, below: ForeignRow | None) -> str:
    """Name how a cell looks; a line ends a list or a section, and tells something where rows go on below it."""
    goes_on = below is not None and below.number == row.number + 1
    return cell.look if goes_on else cell.look.removesuffix(LINE_BELOW)


def _are_bands(positions: Sequence[int]) -> bool:
    """Tell whether each second row looks so."""
    steps = [later - earlier for earlier, later in pairwise(positions)]
    return bool(steps) and steps.count(2) >= _BANDED * len(steps)


def doubt_notes(rows: Rows, sheet: Sheet, questions: Questions, doubts: ListDoubts) -> None:
    """Doubt the rows with a note on a cell; a note above them, and colours that come of rules, are asked about."""
    text = message("Notes on cells, which are not read.")
    for row in rows:
        if row.number in sheet.noted_rows:
            doubts.add(row.number, ("notes", text))
    if sheet.noted_rows - {row.number for row in rows}:
        questions.ask("notes", text)
    if sheet.has_colour_rules:
        questions.ask(
            "colour-rules", message("Rules colour cells of this sheet: what they show is not read.")
        )


_STAR = re.compile(r"(?:\*+|[†‡¹²³]+|\(\*+\))$")


def doubt_stars(table: MatchedTable, rows: Rows, doubts: ListDoubts) -> None:
    """Doubt the rows with the mark of a footnote behind a text, where most have none."""
    marked = [
        row for row in rows if any(_STAR.search(row.cell(place).shown) for place in table.positions.values())
    ]
    if 2 * len(marked) <= len(rows):
        for row in marked:
            doubts.add(row.number, ("footnotes", message("Cells with the mark of a footnote.")))


def doubt_words(table: MatchedTable, rows: Rows, doubts: ListDoubts) -> None:
    """Doubt the rows with a word of refusal or withdrawal in a cell that is read: behind a name or a number."""
    places = table.positions.values()
    for row in rows:
        if any(
            isinstance(row.cell(place).value, str) and mentions_refusal(row.cell(place).shown)
            for place in places
        ):
            doubts.add(row.number, ("words", message("Cells with a word of refusal or withdrawal.")))


_PARTED = re.compile(r"[-/_. ]")
_USUAL = 0.8
"""The share of numbers of projects that begin alike, where others are told apart by that."""


def doubt_project_numbers(
    table: MatchedTable, rows: Rows, others: Collection[str], doubts: ListDoubts
) -> None:
    """Doubt the rows whose project has a number that begins otherwise than most, or as the code of another call."""
    starts = {row.number: _PARTED.split(fold(table.cell(row, "project").shown), 1)[0] for row in rows}
    counts = Counter(filter(None, starts.values()))
    (usual, n), *_ = [*counts.most_common(1), ("", 0)]
    is_told_apart = len(counts) > 1 and n >= _USUAL * counts.total()
    for number, start in starts.items():
        if start and (start in others or (is_told_apart and start != usual)):
            doubts.add(number, ("project-numbers", message(
                "Numbers of projects that begin otherwise than most, as those of another call do.",
            )))  # fmt: skip


# --- breaks -----------------------------------------------------------------------------------------

_MOST_BREAKS = 2
_SAME_SHEET = 100
"""Rows of a further sheet are numbered from a thousand on."""
_BELOW_TOTAL = ("below-total", message("Rows below a total, without a title of their own."))
_BELOW_BLANK = ("blank-line", message("Rows below a line that was left blank."))


def doubt_breaks(table: MatchedTable, titles: Collection[int], doubts: ListDoubts) -> None:
    """Doubt the rows below a line that was left blank, where there are one or two, or below a total, unless a title
    says what they are."""
    marked: list[tuple[int, Doubt]] = []
    below: Doubt | None = None
    blanks = last = before = 0
    for row in table.rows:
        if row.number - before >= _SAME_SHEET:
            below, last = None, 0
        before = row.number
        if is_header_again(row, table) or is_example(table.cell(row, EXAMPLE_KEY)):
            last = 0
        elif is_total(row, table):
            below, last = None if any(map(is_of_a_part, row.cells)) else _BELOW_TOTAL, 0
        elif row.number in titles or not is_of_table(row, table):
            below, last = None, 0
        else:
            if last and row.number - last > 1:
                below, blanks = _BELOW_BLANK, blanks + 1
            if below:
                marked.append((row.number, below))
            last = row.number
    for number, doubt in marked:
        if doubt is _BELOW_TOTAL or blanks <= _MOST_BREAKS:
            doubts.add(number, doubt)


# --- letters that were lost -------------------------------------------------------------------------

_LOST = re.compile(r"\ufffd|\?(?=[^\W\d_])|\bN\?\s|Ã[^A-Za-z\s]|â€")


def doubt_letters(table: MatchedTable, rows: Rows, doubts: ListDoubts) -> None:
    """Doubt the rows in which letters were lost when the file was saved; all, where titles of columns lost some."""
    all_of_them = any(_LOST.search(cell.shown) for cell in table.header.cells)
    places = table.positions.values()
    for row in rows:
        if all_of_them or any(_LOST.search(row.cell(place).shown) for place in places):
            doubts.add(row.number, (
                "letters", message("Letters were lost when this file was saved: columns may not have been recognised."),
            ))  # fmt: skip


# --- money ------------------------------------------------------------------------------------------

_OF_MONEY = frozenset((
    "montant", "montants", "budget", "subside", "subsides", "cout", "couts", "prix", "depense", "depenses", "eur",
    "euro", "euros", "tvac", "htva", "tva", "bedrag", "betrag", "kosten", "subsidie", "zuschuss", "amount", "cost",
    "grant",
))  # fmt: skip
_EURO = frozenset(("€", "EUR"))
_FEWEST_PAIRS = 3
_SAME_SHARE = Decimal("1.01")
_NEXT_TO_NONE = Decimal("0.01")
"""The share of the usual amount below which one stands for none: a symbolic euro."""
_NOTHING = frozenset(("", "0", "0 00", "neant", "nihil"))


def without_doubtful_money(table: MatchedTable, rows: Rows, questions: Questions) -> MatchedTable:
    """Ask about money that is not read, and about another currency; leave amounts out where they are to be left."""
    others = [
        heading for place, heading in unread_columns(table, rows) if is_money(table, rows, place, heading)
    ]
    asked_about: list[Doubt] = []
    if others and AMOUNT in table.positions:
        asked_about.append(("money", message(
            "Columns of money that are not read: {names}. Taken as what was granted: “{column}”; where the question "
            "is left, no amount is taken.", names=_listed(others), column=table.heading(AMOUNT),
        )))  # fmt: skip
    elif others:
        asked_about.append(("money", message(
            "Columns of money that are not read: {names}. None is known to be what was granted: no amount is taken.",
            names=_listed(others),
        )))  # fmt: skip
    signs = sorted({table.cell(row, AMOUNT).currency for row in rows} - {"", *_EURO})
    if signs:
        asked_about.append(("currency", message(
            "The amounts are shown in another currency ({signs}): where the question is left, no amount is taken.",
            signs=", ".join(signs),
        )))  # fmt: skip
    for doubt in asked_about:
        questions.ask(*doubt)
    if AMOUNT not in table.positions or not any(name in questions.leave for name, _ in asked_about):
        return table
    kept = {key: place for key, place in table.positions.items() if key != AMOUNT}
    return replace(table, positions=kept, ignored=(*table.ignored, table.heading(AMOUNT)))


def _listed(headings: Sequence[str]) -> Apart:
    return Apart(map(without_persons, headings))


def is_money(table: MatchedTable, rows: Rows, place: int, heading: str) -> bool:
    """Tell whether a column is of money: its title or its cells say so, or it is a share of the amounts."""
    numbers = [(row.cell(place), table.cell(row, AMOUNT)) for row in rows if _is_number(row.cell(place))]
    if not numbers:
        return False
    words = {*fold(heading.replace("€", " eur ")).split(), *title_of(heading).split()}
    if words & _OF_MONEY or any(cell.currency for cell, _ in numbers):
        return True
    amounts = {amount.value for _, amount in numbers}
    shares = [
        cell.value / amount.value
        for cell, amount in numbers
        if isinstance(cell.value, Decimal)
        and isinstance(amount.value, Decimal)
        and cell.value
        and amount.value
    ]
    return len(amounts) > 1 and len(shares) >= _FEWEST_PAIRS and max(shares) <= _SAME_SHARE * min(shares)


def _is_number(cell: SheetCell) -> bool:
    return isinstance(cell.value, Decimal) or bool(re.fullmatch(r"[\d\s.,€]*\d[\d\s.,€]*", cell.shown))


def doubt_amounts(table: MatchedTable, rows: Rows, doubts: ListDoubts) -> None:
    """Doubt the rows without an amount, or with one of nothing, where most have one."""
    if AMOUNT not in table.positions:
        return
    values = [value for row in rows if isinstance(value := table.cell(row, AMOUNT).value, Decimal)]
    least = median(values) * _NEXT_TO_NONE if values else 0
    without = [row for row in rows if _is_nothing(table.cell(row, AMOUNT), least)]
    if 2 * len(without) < len(rows):
        for row in without:
            doubts.add(
                row.number,
                (
                    "no-amount",
                    message("Rows without an amount, or with next to none, beside others with one."),
                ),
            )


def _is_nothing(cell: SheetCell, least: Decimal | int) -> bool:
    is_least = isinstance(cell.value, Decimal) and (not cell.value or cell.value < least)
    return cell.fault is None and (is_least or fold(cell.shown) in _NOTHING)
