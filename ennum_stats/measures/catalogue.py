"""The measures by name: what `ennum measure`, the API, analysts' methods and pages offer.

Each is declared in the file that computes it (`measures/`, `coverage/`, `schools/`); `frames/` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from ennum_stats.errors import UsageError, message, unknown_name
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import Within

_FIRST = (
    "budgets", "winners", "coverage", "connectivity", "staff", "equipment", "sites", "never_awarded",
    "deliveries", "targets",
)  # fmt: skip
"""The order in which measures are listed; any other follows."""
_PACKAGE = "ennum_stats.measures"
_READS_THE_CATALOGUE = (__name__, f"{_PACKAGE}.frames")


def _declared() -> Iterator[MeasureDefinition]:
    """Find the declarations in the files of measures."""
    for found in walk_packages([str(Path(__file__).parent)], f"{_PACKAGE}."):
        if not found.name.startswith(_READS_THE_CATALOGUE):
            for value in vars(import_module(found.name)).values():
                if isinstance(value, MeasureDefinition):
                    yield value


TABLES: dict[str, MeasureDefinition] = {
    one.name: one for one in sorted(_declared(), key=lambda one: [*_FIRST, one.name].index(one.name))
}
RELEASED_MEASURES = tuple(one.name for one in TABLES.values() if one.is_released)
"""The measures whose rows may be released; none of them is about a single school."""


def measure_rows(
    ledger: Ledger, name: str, by: str | None = None, **options: str | Sequence[str] | Within | None
) -> MeasureTable[object]:
    """Give the rows of a measure by its name, and by one of its dimensions (by the first, unless told).

    `options` are those of the measure: prices, levels, calls, without, programme, within; empty ones are left
    out.

    Raises `UnknownName`, and `UsageError` for a `by` or an option that it does not have.
    """
    if name not in TABLES:
        raise unknown_name(message("There is no measure “{name}”.", name=name), TABLES)
    measure = TABLES[name]
    if by is not None and by not in (*measure.by, *measure.pairs):
        raise UsageError(
            message("{measure} cannot be given by “{by}”.", measure=name, by=by),
            expected=message("Expected one of: {names}.", names=", ".join(filter(None, measure.by))),
        )
    given = {option: value for option, value in options.items() if value}
    for option in given:
        if option not in (*measure.options, *measure.analysts_options):
            having = (other.name for other in TABLES.values() if option in other.options)
            raise UsageError(
                message("The measure {measure} has no option {option}.", measure=name, option=option),
                expected=message("It is asked of: {names}.", names=", ".join(having)),
            )
    return measure.of(ledger, measure.by[0] if by is None else by, **given)
