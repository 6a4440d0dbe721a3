"""Turn values into words, in French, German, Dutch and English; no other package does.

`words` says a quantity never more strongly than its bounds prove; `number`, `amount` and `money` write a
plain number for axes and columns.
"""

from ennum_stats.languages import number
from ennum_stats.wording.amounts import Style, amount, currency_of, is_count, money, noun_of
from ennum_stats.wording.phrases import (
    CardNumber,
    as_printed,
    end_words,
    headline_words,
    key_figure,
    missing_words,
    precision_words,
    running_words,
    words,
)

__all__ = [
    "CardNumber",
    "Style",
    "amount",
    "as_printed",
    "currency_of",
    "end_words",
    "headline_words",
    "is_count",
    "key_figure",
    "missing_words",
    "money",
    "noun_of",
    "number",
    "precision_words",
    "running_words",
    "words",
]
