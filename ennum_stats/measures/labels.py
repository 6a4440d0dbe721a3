"""A measure's rows in words, for a terminal or a page: names for codes, words for numbers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ennum_stats.errors import FICTITIOUS, INTERNAL_USE, Message, message
from ennum_stats.languages import listed, translate, written
from ennum_stats.measures.columns import SHARED_COLUMNS, Column, columns_of
from ennum_stats.measures.coverage.site_counts import OR_MORE
from ennum_stats.measures.dates import dated, state_words
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.measures.programmes import ConnectivityRow
from ennum_stats.measures.winners import WinnersRow
from ennum_stats.project import Audience
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Known, Missing, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.scenario import hypotheses
from ennum_stats.wording import words

GROUND = message("{what}: {which}.")
OR_MORE_OFTEN = message("{n} or more")
_NOTHING = "–"
OF_THE_TIME = message("at current prices")
OF_YEAR = message("at the prices of {year}")
PRICE_INDEX = message("Price index")


def prices_words(prices: str, language: str) -> str:
    """Say in which euros amounts are: "nominal" those of their time, "real:2019" those of 2019."""
    if prices in ("", NOMINAL):
        return translate(OF_THE_TIME, language)
    return translate(OF_YEAR, language, year=prices.removeprefix("real:"))


def worded_rows(
    ledger: Ledger, table: MeasureTable[object], language: str
) -> tuple[list[str], list[list[str]]]:
    """Write the headings and cells of a measure in a language, without columns that are empty throughout and
    those of `worded_grounds`."""
    hoisted = _alike(table)
    columns = [column for column in table.columns if column not in hoisted]
    header = [translate(table.column(name).label, language) for name in columns]
    cells = [[_cell_words(ledger, table, row, name, language) for name in columns] for row in table.rows]
    kept = [i for i in range(len(header)) if any(row[i] not in (_NOTHING, "") for row in cells)]
    return [header[i] for i in kept], [[row[i] for i in kept] for row in cells]


def _cell_words(ledger: Ledger, table: MeasureTable[object], row: object, name: str, language: str) -> str:
    """Write what stands in a cell; a state that documents tell has its time, unless a column of the row does."""
    value = table.cell(row, name)
    text = column_words(ledger, table.column(name), value, language)
    if not isinstance(value, Known) or value.lists or "valid_from" in table.columns:
        return text
    return dated(text, state_words(ledger, value, language), language)


def notices(ledger: Ledger) -> list[Message]:
    """List what every output of a store says of itself: until when it is under embargo, or that it is for
    internal use, that it is invented, what of it is only supposed."""
    internal = [] if ledger.audience is Audience.PUBLIC else [INTERNAL_USE]
    if ledger.embargo:
        internal = [message("UNDER EMBARGO until {moment}", moment=ledger.embargo)]
    invented = [FICTITIOUS] if ledger.is_demo else []
    supposed = [_supposed(one) for one in hypotheses(ledger)]
    told = [message("Scenario, not published: {hypotheses}", hypotheses=supposed)] if supposed else []
    return [*internal, *invented, *told]


def _supposed(one: Observation) -> Message:
    assert one.quantity is not None
    ends = one.quantity.bounds
    told = one.quantity.value if one.quantity.is_exact else ends
    columns = {**columns_of(ConnectivityRow), **columns_of(WinnersRow)}
    what = columns[one.measure].label if one.measure in columns else PRICE_INDEX
    code = one.call or one.programme or str(one.valid_from)[:4]
    label = message("{what} ({code})", what=what, code=code)
    return message("{label}: {value}", label=label, value=told)


def caveat_text(ledger: Ledger, caveat: Message, language: str) -> str:
    """Write what a reader must know beside a number: numbers in words, programmes by their names."""

    def worded(name: str, value: Any) -> Any:
        if isinstance(value, Quantity):
            return words(value, language)
        if name == "programmes":
            return [ledger.name("programmes", code, language) for code in value]
        return value

    values = {name: worded(name, value) for name, value in caveat.values.items()}
    return translate(Message(caveat.text, values), language)


def explanations(table: MeasureTable[object], language: str) -> list[str]:
    """Say why a table has no answer at all, and what would give it one, each sentence once; say nothing where
    it has any, or where nobody knows."""
    answers = [table.cell(row, column) for row in table.rows for column in table.answers]
    missing = [answer for answer in answers if isinstance(answer, Missing)]
    if len(missing) < len(answers):
        return []
    sentences = (caveat for answer in missing for caveat in answer.caveats)
    return list(dict.fromkeys(written(sentence, language) for sentence in sentences))


def worded_grounds(
    ledger: Ledger, table: MeasureTable[object], language: str, hidden: Collection[str] = ()
) -> list[str]:
    """Say what all rows of a measure rest on alike, a sentence each: lists, registers, calls, basis; without
    the columns `hidden`."""
    return [
        translate(
            GROUND,
            language,
            what=translate(table.column(name).label, language),
            which=column_words(ledger, table.column(name), value, language),
        )
        for name, value in _alike(table).items()
        if value and name not in hidden
    ]


def _alike(table: MeasureTable[object]) -> dict[str, object]:
    """Find the columns of grounds that say the same in several rows."""
    if len(table.rows) < 2:
        return {}
    first, *others = table.rows
    found = {c: table.cell(first, c) for c in table.columns if table.column(c).is_ground}
    return {
        column: value
        for column, value in found.items()
        if all(table.cell(row, column) == value for row in others)
    }


def column_words(ledger: Ledger, column: Column, value: object, language: str) -> str:
    """Write what stands in a column of a measure: a name for a code, words for a number."""
    if column is SHARED_COLUMNS["repeats"] and isinstance(value, str):
        return translate(OR_MORE_OFTEN, language, n=int(value.removesuffix(OR_MORE)))
    codes = value if isinstance(value, tuple) else (value,)
    if all(isinstance(code, str) and code in column.names for code in codes) and codes:
        return listed([translate(column.names[code], language) for code in codes], language)
    if value and column.named_by:
        return listed([ledger.name(column.named_by, code, language) for code in codes], language)
    return _cell(value, language)


def _cell(value: object, language: str) -> str:
    match value:
        case None | ():
            return _NOTHING
        case Known() | Missing():
            return value.words(language, style="short")
        case True | False:
            return translate("yes" if value else "no", language)
        case int():
            return str(value)
        case tuple() if isinstance(value[0], Message):
            return " ".join(written(item, language) for item in value)
        case tuple():
            return listed(value, language)
        case _:
            return written(value, language)
