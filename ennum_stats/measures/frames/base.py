"""What every table of an opened store has in common: a library, a form, and what is said of a wrong call.

Here and in the methods of the store what computes is imported when it is options for: opening a store takes a
tenth of a second, and a third more with all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, cast

from ennum_stats.errors import Message, Parameter, UsageError, message
from ennum_stats.measures.columns import Kind, typed
from ennum_stats.measures.measure_table import FrameKind, MeasureTable
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.store.ledger import Ledger

if TYPE_CHECKING:
    import pandas as pd
    from typing_extensions import TypeVar

    from ennum_stats.measures.frames.shapes import Labels, Shape, Wanted

    FrameT = TypeVar("FrameT", default="pd.DataFrame")
else:
    from typing import TypeVar

    FrameT = TypeVar("FrameT")

By: TypeAlias = str | Sequence[str]
"""A dimension, or two at once: `["province", "network"]`."""


@dataclass(frozen=True)
class TableStore(Ledger, Generic[FrameT]):
    """Hold a ledger that gives tables of one library of frames."""

    library: FrameKind = "pandas"

    def _listing(self, rows: Sequence[dict[str, Any]], columns: Mapping[str, Kind] | None = None) -> FrameT:
        """Make a table of plain rows; where nothing says what its columns hold, of words."""
        from ennum_stats.measures.frames.shapes import store_attrs, typed_frame

        made = typed_frame(
            self, rows, columns or typed(*rows[0], kind="text"), self.library, store_attrs(self)
        )
        return cast("FrameT", made)

    def _shaped(self, name: str, title: Message, table: MeasureTable[object], wanted: Wanted) -> FrameT:
        from ennum_stats.measures.frames.shapes import shaped

        return cast("FrameT", shaped(self, name, title, table, wanted))

    def _wanted(
        self, shape: Shape = "wide", labels: Labels | None = None, provenance: bool = False
    ) -> Wanted:
        """Say in what form a table is wanted, of the store's library."""
        from ennum_stats.measures.frames.shapes import Wanted

        return Wanted(self.library, shape, labels or self.language, provenance)

    def _table(self, name: str, by: By, wanted: Wanted, **options: Any) -> FrameT:
        from ennum_stats.measures.catalogue import TABLES
        from ennum_stats.measures.frames.known_codes import require_known
        from ennum_stats.measures.frames.shapes import shaped

        require_known(self, **options)
        table = self._rows(name, by, **options)
        return cast("FrameT", shaped(self, name, TABLES[name].description, table, wanted))

    def _rows(self, name: str, by: By, **options: Any) -> MeasureTable[object]:
        """Ask a measure by one dimension, or by several at once; what is not given is left out."""
        from ennum_stats.measures.catalogue import measure_rows

        dimension = dimension_of(name, by)
        if options.get("prices") == NOMINAL:
            options.pop("prices")
        return measure_rows(self, name, dimension or None, **options)


def dimension_of(name: str, by: By) -> str:
    """Find the dimension, or the pair of them, by which a measure is asked; raise `UnknownName`."""
    from ennum_stats.measures.catalogue import TABLES
    from ennum_stats.measures.frames.known_codes import unknown_code

    if name not in TABLES:
        absent = message("There is no measure “{name}”.", name=name)
        raise unknown_code(absent, name, TABLES, "measure", "measures")
    table = TABLES[name]
    chosen = by if isinstance(by, str) else table.by_all(require_sequence(by))
    every = [*filter(None, table.by), *table.pairs]
    if chosen and chosen not in every:
        absent = message("{measure} cannot be given by “{by}”.", measure=name, by=chosen)
        raise unknown_code(absent, chosen, every, "by", "measures")
    return chosen


def require_column(table: MeasureTable[object], column: str, option: str) -> None:
    """Refuse an option that chooses among rows by a column that they do not have. Raises `UsageError`."""
    if column not in table.columns:
        raise UsageError(
            message("The table has no column “{column}” by which to choose.", column=column), where=option
        )


def require_sequence(by: By) -> Sequence[str]:
    """Refuse dimensions that are no list of names. Raises `UsageError`."""
    if not isinstance(by, list | tuple) or not all(isinstance(name, str) for name in by):
        raise UsageError(
            message("A dimension is a name, and several are a list of names."),
            where=Parameter("by"),
            remedy=message("Write: {example}", example='by="province", by=["province", "network"]'),
        )
    return by
