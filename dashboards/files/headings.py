"""Say what the columns of a file are called in the reader's language, and what its codes stand for.

What people read comes first. Codes follow it, for programs: a column of codes that has names stands a second time
behind all others. Each column bears its own code, which is what the API calls it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ennum_stats.charts.spec import AT_LEAST, AT_MOST, IN_WORDS, REMARK
from ennum_stats.document.sheet import cell_of
from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.measures.columns import SHARED_COLUMNS, VALUE, VALUE_LABEL, Column, triple
from ennum_stats.measures.labels import column_words, prices_words
from ennum_stats.table import ValueColumn, ValueTable
from ennum_stats.vocabulary import DIMENSIONS, MEASURES, STATUSES, UNITS, Precision, Reason

if TYPE_CHECKING:
    from ennum_stats.store.ledger import Ledger

_LOWER, _UPPER = message("{what}, lower bound"), message("{what}, upper bound")
_CODE = message("{what} (code)")
PUBLISHED = message("Published numbers")
_TERRITORY = DIMENSIONS["territory"]
_COLUMNS: dict[str, Column] = SHARED_COLUMNS | {
    "name": Column(message("Name")),
    "subject": Column(message("Subject")),
    "text": Column(IN_WORDS),
    "measure": Column(
        message("What is counted"), names={code: Message(item.label) for code, item in MEASURES.items()}
    ),
    "territory": Column(Message(_TERRITORY.label), named_by=_TERRITORY.names),
    "printed": Column(message("Printed")),
    VALUE: Column(VALUE_LABEL),
    "lower": Column(AT_LEAST),
    "upper": Column(AT_MOST),
    "unit": Column(message("Unit"), names={code: Message(item.label) for code, item in UNITS.items()}),
    "precision": Column(message("Precision"), names={item.value: item.label for item in Precision}),
    "status": Column(
        message("Status"),
        names={code: Message(item.title or item.label or code) for code, item in STATUSES.items()},
    ),
    "missing_reason": Column(
        message("Why there is no number"), names={item.value: item.label for item in Reason}
    ),
    "observation_id": Column(message("Name")),
    "observation_ids": Column(PUBLISHED),
    "source_title": Column(message("Document")),
    "locator": Column(message("Place")),
    "publisher": Column(message("Publisher")),
    "published_on": Column(message("Published")),
    "known_on": Column(message("Known since")),
    "url": Column(message("Address")),
    "note": Column(REMARK),
    "disagreeing": Column(message("Others say")),
    "base": Column(message("Base")),
    "difference": Column(message("Difference")),
    "ratio": Column(message("Ratio")),
    "sites": Column(message("School sites")),
    "schools": Column(message("Schools")),
    "notice": Column(message("What to know")),
    "source_id": Column(message("Document")),
    "order": Column(message("Comparison")),
    "audience": Column(message("Audience")),
    "day": Column(message("Day")),
}  # fmt: skip
"""What columns are called that no measure declares."""
_TOLD_IN_WORDS = ("source_id", "order", "audience")
"""Codes that another column of theirs tells in words."""


def worded_table(
    ledger: Ledger,
    caption: str,
    rows: Sequence[Mapping[str, Any]],
    language: str,
    columns: Iterable[str] = (),
    declared: Mapping[str, Column] | None = None,
    key: str = "",
) -> ValueTable:
    """Make a table for people of records, whose keys are codes.

    `columns` are these codes in order, where there may be no row; `declared` are columns that a measure has;
    `key` is that of the codes which the column `name` tells in words.
    """
    known = {**_COLUMNS, **(declared or {})}
    known |= {"name": Column(known[key].label)} if key else {}
    known |= {
        end: Column(message(form.text, what=column.label))
        for number, column in known.items()
        for end, form in zip(triple(number)[1:], (_LOWER, _UPPER), strict=True)
        if end not in known
    }
    names = list(columns) or list(rows[0])
    in_words = [name for name in names if name not in (*_TOLD_IN_WORDS, key)]
    named = [name for name in in_words if _has_names(name, known[name], rows)]
    in_codes = [name for name in names if name not in in_words or name in named]
    headings = {name: translate(known[name].label, language) for name in names}
    shown = [ValueColumn(headings[n], code=f"{n}_name" if n in named else n) for n in in_words]
    shown += [ValueColumn(translate(_CODE, language, what=headings[n]), code=n) for n in in_codes]
    cells = [
        [
            _told(ledger, n, known[n], row.get(n), language) if n in named else cell_of(row.get(n))
            for n in in_words
        ]
        + [cell_of(row.get(n)) for n in in_codes]
        for row in rows
    ]
    return ValueTable(tuple(shown), tuple(map(tuple, cells)), caption)


def _has_names(name: str, column: Column, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether what stands in a column has names: codes, prices, yes and no."""
    is_truth = any(isinstance(row.get(name), bool) for row in rows)
    return bool(column.named_by or column.names) or name == "prices" or is_truth


def _told(ledger: Ledger, name: str, column: Column, value: Any, language: str) -> str | None:
    """Write what a code stands for; nothing where there is none."""
    if value in (None, "", ()):
        return None
    return (
        prices_words(value, language) if name == "prices" else column_words(ledger, column, value, language)
    )
