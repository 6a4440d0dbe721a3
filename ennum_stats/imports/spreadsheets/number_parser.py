"""Parse numbers as Belgian documents print them, with words of any language: "12 345,50 €", "6,85 M€", "environ 500",
"zwischen 14 und 16".

The rules are fixed, and shown to whoever imports; where they do not decide, the cell is refused:

- thin and no-break spaces and apostrophes group digits; a comma is the decimal sign; "12.345,50" and
  "12.345,-" are read as Belgian, "12.345" is refused, because it may be either, and so is "12,345" in the
  column of amounts of a list; "€" may stand before;
- "mille", "millions", "milliards", "k€", "M€", "Md€" scale a number, which is then rounded to its last
  printed digit: 6,85 M€ is 6,850,000 to the nearest 10,000;
- the words before a number ("environ", "près de", "plus de", …) say its precision;
- a count or a sum of money in full, without a word, is exact; but a multiple of a thousand may as well
  be rounded, and is refused until a word says which;
- where a number in full is not exact, its last digit that is not zero is taken for the last certain one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from ennum_stats.errors import Message, message
from ennum_stats.imports.spreadsheets.sheet import SheetCell
from ennum_stats.reading.forms import FORMS, SHORT_SCALES, SIGNS, either, last_place, levelled, meaning
from ennum_stats.vocabulary import UNITS, Precision, Unit


class CellRefused(Exception):
    """Raised for a cell that cannot be taken: its field, and the reason."""

    def __init__(self, key: str, reason: Message) -> None:
        super().__init__(str(reason))
        self.key = key
        self.reason = reason


class RowRefused(Exception):
    """Raised for several cells of a row that cannot be taken, reported together."""

    def __init__(self, refusals: Sequence[CellRefused]) -> None:
        super().__init__("; ".join(map(str, refusals)))
        self.refusals = tuple(refusals)


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """Hold a number as printed. `precision` and `unit` are what stands beside it, if anything; `scale` is
    1,000 for "mille"; `high` is the upper end of "entre … et …"."""

    value: Decimal
    scale: Decimal = Decimal(1)
    decimals: int = 0
    precision: Precision | None = None
    unit: str = ""
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NumberCells:
    """Hold the cells of an observation that give its number."""

    value: str = ""
    lower: str = ""
    upper: str = ""
    step: str = ""
    precision: str = ""


_WORDS = (*SIGNS, *(word for forms in FORMS.values() for word in forms.before))
_SCALES = (
    *(scale for forms in FORMS.values() for scale in forms.scales if "billion" not in scale[0]), *SHORT_SCALES,
)  # fmt: skip
"""A billion is another number in German."""
_UNITS = tuple(unit for forms in FORMS.values() for unit in forms.units)
_DIGITS = r"(\d[\d .,'’]*)"
_SPACES = re.compile(r" +")


_NUMBER = re.compile(
    rf"(?:({either(_WORDS)}) ?)?(?:(€|eur) ?)?{_DIGITS}(?: ?({either(_SCALES)}))?"
    rf"(?: ?(?:d['’] ?|de )?({either(_UNITS)}))?"
)
_NO_CENTS = re.compile(r"(\d),[-\u2013]+(?= ?(?:€|eur|$))")
_RANGE = re.compile("|".join(
    rf"{opened} (.+) {joined} (.+)" if opened else rf"(\d.*) {joined} (\d.*)"
    for forms in FORMS.values() for opened, joined in forms.ranges
))  # fmt: skip


@lru_cache(maxsize=4096)  # many schools are granted the same
def read_number(cell: SheetCell, key: str) -> ParsedNumber:
    """Parse the number in a cell; raise `CellRefused` with the reason where there is none."""
    value = cell.value
    if isinstance(value, Decimal):
        if value < 0:
            raise CellRefused(key, message("“{value}” is negative.", value=cell.shown))
        exponent = value.normalize().as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        return ParsedNumber(value, decimals=decimals, unit="percent" if cell.is_percent else "")
    if not isinstance(value, str):
        raise CellRefused(
            key,
            message(
                "This is a day ({value}), not a number: the spreadsheet program made one of it.",
                value=cell.shown,
            ),
        )
    text = _SPACES.sub(" ", levelled(value).replace("\n", " ")).strip()
    ends = _RANGE.fullmatch(text)
    if ends is None:
        return _single(text, cell, key)
    low, high = (_single(end, cell, key) for end in ends.groups() if end is not None)
    if low.scale == 1:
        low = _scaled(low, high.scale)
    low = replace(low, precision=Precision.RANGE, unit=low.unit or high.unit, high=high.value)
    if low.value > high.value:
        raise CellRefused(key, message("“{value}”: the first number is the larger.", value=value))
    return low


def _scaled(printed: ParsedNumber, scale: Decimal) -> ParsedNumber:
    return replace(printed, value=printed.value * scale, scale=scale)


def _single(text: str, cell: SheetCell, key: str) -> ParsedNumber:
    match = _NUMBER.fullmatch(_NO_CENTS.sub(r"\1,00", text))
    if match is None or (match[2] and match[5]):
        raise CellRefused(key, message("“{value}” cannot be read as a number.", value=cell.shown))
    word, currency, digits, scale, unit = match.groups()
    if key == "amount_eur" and not scale and re.fullmatch(r"\d{1,3},\d{3}", digits.strip()):
        raise CellRefused(
            key,
            message(
                "“{value}”: is the comma for thousands or for decimals? Write {thousands} or {decimal}.",
                value=cell.shown, thousands=digits.strip().replace(",", ""), decimal=digits.strip()[:-1],
            ),
        )  # fmt: skip
    number, decimals = _digits(digits.strip(), cell, key)
    printed = ParsedNumber(
        number,
        decimals=decimals,
        precision=meaning(_WORDS, word) if word else None,
        unit=meaning(_UNITS, unit or currency) if unit or currency else "",
    )
    return _scaled(printed, meaning(_SCALES, scale) if scale else Decimal(1))


def _digits(digits: str, cell: SheetCell, key: str) -> tuple[Decimal, int]:
    """Parse digits, spaces, points and commas into a number and how many decimals it has."""
    whole, _, decimals = digits.partition(",")
    if "," in decimals or "." in decimals:
        raise CellRefused(key, message("“{value}”: points and commas as in English.", value=cell.shown))
    if re.fullmatch(r"\d+\.\d{3}", whole) and not decimals:
        raise CellRefused(
            key,
            message(
                "“{value}”: is the point for thousands or for decimals? Write {thousands} or {decimal}.",
                value=cell.shown, thousands=whole.replace(".", ""), decimal=whole.replace(".", ","),
            ),
        )  # fmt: skip
    if whole.count(".") == 1 and not decimals and not re.fullmatch(r"\d{1,3}\.\d{3}", whole):
        whole, _, decimals = whole.partition(".")
    plain = re.sub(r"[ .'’]", "", whole)
    groups = re.split(r"[ .'’]", whole)
    is_grouped = len(groups) == 1 or all(len(group) == 3 for group in groups[1:])
    if not is_grouped or not re.fullmatch(r"\d*", decimals):
        raise CellRefused(key, message("“{value}” cannot be read as a number.", value=cell.shown))
    return Decimal(f"{plain}.{decimals or 0}"), len(decimals)


# --- what an observation says -----------------------------------------------------------------------


def numbers(
    printed: ParsedNumber, key: str, unit: str, precision: str = "", step: Decimal | None = None
) -> NumberCells:
    """Make the cells of an observation from a number as printed; `precision` and `step` are those that the
    form gives beside it. Raises `CellRefused`."""
    _require_unit(printed, key, UNITS[unit])
    if printed.high is not None:
        return NumberCells(
            lower=plain(printed.value), upper=plain(printed.high), precision=Precision.RANGE.value
        )
    stated = Precision(precision) if precision else None
    if stated and printed.precision and stated is not printed.precision:
        raise CellRefused(key, message("The number and its precision do not say the same."))
    how = stated or printed.precision or _precision(printed, key, UNITS[unit])
    return NumberCells(
        value=plain(printed.value),
        step=plain(step or last_place(printed.value, printed.scale, printed.decimals, how)),
        precision=how.value,
    )


def plain(number: Decimal) -> str:
    """Write digits as raw tables have them: no grouping, a decimal point, no trailing zeros.

    >>> plain(Decimal("6850000.00"))
    '6850000'
    """
    return f"{number.normalize():f}"


def _require_unit(printed: ParsedNumber, key: str, unit: Unit) -> None:
    if printed.unit and printed.unit != unit.code:
        raise CellRefused(
            key, message("The number is in {found}, the unit is {unit}.", found=printed.unit, unit=unit.code)
        )
    ends = [end for end in (printed.value, printed.high) if end is not None]
    if unit.resolution is not None and any(end % unit.resolution for end in ends):
        raise CellRefused(
            key,
            message("{number} cannot be: the unit {unit} has no such fraction.",
                    number=plain(printed.value).replace(".", ","), unit=unit.code),
        )  # fmt: skip


def _precision(printed: ParsedNumber, key: str, unit: Unit) -> Precision:
    """Find the precision of a number without a word beside it."""
    if printed.scale != 1:
        return Precision.ROUNDED
    if unit.resolution is None:
        raise CellRefused(key, message("Say how the document gives this number: exact, rounded…"))
    if printed.value and printed.value % 1000 == 0:
        raise CellRefused(
            key,
            message(
                "Is {number} exact or rounded? Say it beside the number, or write it as it is printed "
                "(7,5 millions).",
                number=printed.value,
            ),
        )
    return Precision.EXACT
