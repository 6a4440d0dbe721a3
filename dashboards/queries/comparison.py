"""What is set side by side, as an address asks for it: the kind of thing, which of them, by which number.

The page (`pages/compare.py`) and its files (`downloads`) show the same comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from dashboards.components.charts import declared
from dashboards.components.comparing import neighbours
from dashboards.filters import PRICES
from dashboards.reading import Reading
from dashboards.view import Filter, Option
from ennum_stats.charts import Chart
from ennum_stats.charts.comparison import NAME, can_be_drawn, comparison_chart
from ennum_stats.comparison.comparables import KINDS, codes_compared, comparables
from ennum_stats.comparison.side_by_side import FEWEST, MOST, SideBySide, codes_known, side_by_side
from ennum_stats.comparison.words import DAY, figure_on_days, part_words
from ennum_stats.errors import UsageError, message
from ennum_stats.figures.catalogue import definitions
from ennum_stats.languages import LANGUAGES, day, translate
from ennum_stats.periods import Period
from ennum_stats.store.ledger import Ledger, once_a_ledger

DAYS = message("Days: what was known then")
COMPARED, BY_NUMBER, AGAINST = message("Compare"), message("By"), message("Compared with")
ADD = {"commune": message("Add a commune"), DAY: message("Add a day")}
NOTHING_COMPARED = message("There is nothing to compare here.")
_FIRST_FIGURE = "total_investment"
_IN_TIME = ("call", "year")
"""Of what follows in time, the last ones are meant where none is chosen."""
_KIT_DAY = "2020-01-31"


def _kinds(ledger: Ledger, language: str) -> list[Option]:
    """Give the kinds of which there are two to compare; calls in any case, which are known by name at
    least."""
    known = [kind for kind in KINDS if kind == "call" or len(codes_compared(ledger, kind)) >= FEWEST]
    named = [Option(kind, translate(KINDS[kind], language)) for kind in known]
    return [*named, Option(DAY, translate(DAYS, language))]


def _codes(kind: str, ledger: Ledger, language: str) -> list[Option]:
    return _named(ledger, kind, language)


@once_a_ledger
def _named(ledger: Ledger, kind: str, language: str) -> list[Option]:
    """Tell what of a kind can be chosen, also by its name in any language; named once, because a page asks
    often."""
    if kind == DAY:
        return [Option(item, day(Period(item), language)) for item in _days(ledger)]
    others = _names(ledger) if kind == "commune" else {}
    return [
        Option(code, part_words(ledger, kind, code, language), others.get(code, ()))
        for code in codes_compared(ledger, kind)
    ]


def _names(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """Give the names of each commune."""
    return {
        row["commune"]: tuple(row[f"name_{item}"] for item in LANGUAGES) for row in ledger.records("communes")
    }


def _days(ledger: Ledger) -> list[str]:
    """Give the days on which something became known, up to the day that is shown."""
    known = [item for item in ledger.days_known() if item <= ledger.known_at]
    return [item.isoformat() for item in dict.fromkeys((*known, ledger.known_at))]


def _numbers(kind: str, ledger: Ledger, language: str) -> list[Option]:
    if kind != DAY:
        return [Option(item.name, translate(item.label, language)) for item in comparables(ledger, kind)]
    named = {name: translate(item.label, language) for name, item in definitions(ledger).items()}
    first = [name for name in (_FIRST_FIGURE,) if name in named]
    return [Option(name, named[name]) for name in dict.fromkeys((*first, *named))]


def _base_codes(kind: str, ledger: Ledger, language: str) -> list[Option]:
    return [Option("", ""), *_codes(kind, ledger, language)]


def _nothing(_ledger: Ledger, _language: str) -> list[Option]:
    return []


_OF_KINDS = (*KINDS, DAY)
OF = Filter("of", COMPARED, _kinds)
_WHAT = Filter("what", COMPARED, _nothing, is_many=True, most=MOST)
_MEASURE = Filter("measure", BY_NUMBER, _nothing)
_BASE = Filter("base", AGAINST, _nothing, is_carried=True)
WHAT = replace(
    _WHAT,
    after="of",
    kinds={
        kind: replace(
            _WHAT,
            label=ADD.get(kind, KINDS.get(kind, DAYS)),
            options=partial(_codes, kind),
            is_searched=kind == "commune",
            is_day=kind == DAY,
        )
        for kind in _OF_KINDS
    },
)
MEASURE = replace(
    _MEASURE, after="of",
    kinds={kind: replace(_MEASURE, options=partial(_numbers, kind)) for kind in _OF_KINDS},
)  # fmt: skip
BASE = replace(
    _BASE, after="of",
    kinds={
        kind: replace(_BASE, options=partial(_base_codes, kind), is_day=kind == DAY) for kind in _OF_KINDS
    },
)  # fmt: skip
FILTERS = (OF, WHAT, MEASURE, BASE, PRICES)


def kind_of(reading: Reading) -> str:
    """Give the kind of thing that is compared: calls, unless another one is chosen."""
    return reading.choice("of") or next(iter(KINDS))


def measure_of(reading: Reading) -> str:
    """Give the number by which things are compared, as it is named in the address."""
    return reading.choice("measure") or _numbers(kind_of(reading), reading.ledger, reading.language)[0].value


def codes_of(reading: Reading) -> tuple[str, ...]:
    """Tell what is chosen; beside a single one, or where nothing is, what is shown as an example."""
    chosen = reading.chosen("what")
    if not chosen:
        return _meant(reading)
    codes = [option.value for option in _codes(kind_of(reading), reading.ledger, reading.language)]
    return chosen if len(chosen) >= FEWEST else neighbours([*dict.fromkeys((*codes, *chosen))], chosen[0])


def _meant(reading: Reading) -> tuple[str, ...]:
    ledger, kind = reading.ledger, kind_of(reading)
    if kind == DAY:
        days = _days(ledger)
        kit = [item for item in (_KIT_DAY,) if days[0] <= item < days[-1]]
        return tuple(dict.fromkeys([*(kit or days[:1]), days[-1]]))
    codes = codes_known(ledger, measure_of(reading), kind) or codes_compared(ledger, kind)
    chosen: Sequence[str] = codes[-FEWEST:] if kind in _IN_TIME else codes[:FEWEST]
    return tuple(chosen)


def comparison_of(reading: Reading) -> SideBySide | None:
    """Tell what the address asks for; nothing where that are not two things."""
    kind, codes, ledger = kind_of(reading), codes_of(reading), reading.ledger
    if not FEWEST <= len(codes) <= MOST:
        return None
    base = reading.choice("base") if reading.choice("base") in codes else ""
    if kind == DAY:
        days = [Period(item).last for item in codes]
        first = Period(base).last if base else None
        return figure_on_days(ledger, measure_of(reading), days, base=first, prices=reading.prices)
    return side_by_side(ledger, measure_of(reading), kind, codes, base=base, prices=reading.prices)


def chart_at(reading: Reading, name: str) -> Chart:
    """Give a chart by its name, among them that of what is compared. Raises `UnknownName`, and `UsageError`
    where nothing can be drawn of that."""
    if name != NAME:
        return declared(reading, name)
    result = comparison_of(reading)
    if result is None or not can_be_drawn(result):
        raise UsageError(NOTHING_COMPARED)
    return comparison_chart(reading.ledger, result, reading.language)
