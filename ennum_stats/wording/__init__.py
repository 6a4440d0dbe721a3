"""The one place that turns a value into words, in French, German, Dutch and English.

`words` says a quantity never more strongly than its bounds prove; `number`, `amount` and `money`
write a plain number for axes and columns. No other part of the package formats a number.
"""

from ennum_stats.languages import number
from ennum_stats.wording.amounts import Style, amount, money
from ennum_stats.wording.phrases import (
    KeyFigure,
    claim,
    key_figure,
    missing_words,
    precision_words,
    strongest,
    words,
)

__all__ = [
    "KeyFigure",
    "Style",
    "amount",
    "claim",
    "key_figure",
    "missing_words",
    "money",
    "number",
    "precision_words",
    "strongest",
    "words",
]
