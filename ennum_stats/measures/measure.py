"""What a measure declares, in the file that computes it: all that asks for measures reads it there.

`catalogue` finds the declarations; the command line, the API, analysts' methods, the release, the proof of
publication, pages and the data dictionary follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from inspect import signature

from ennum_stats.errors import Message, UsageError, message
from ennum_stats.measures.columns import PLACES, TOGETHER, Column, numbers_of
from ennum_stats.measures.measure_table import MeasureTable
from ennum_stats.store.ledger import Ledger

OPTIONS = {
    "prices": message("The euros of amounts: “nominal”, or those of a year, “real:2019”."),
    "levels": message("Levels of teaching whose sites are counted."),
    "calls": message("The calls whose sites are counted as reached."),
    "without": message("What a computation leaves aside: of constraints, their kinds."),
}
"""What the options of measures mean. What is a dimension of rows, too, is not among them: `programme`, `within`."""


@dataclass(frozen=True)
class MeasureDefinition:
    """Declare a measure that can be asked for by name.

    `rows` computes it, of a ledger, by a dimension (where there are several), with options; its docstring is
    that of the analysts' method.
    """

    name: str
    description: Message
    """The question that it answers."""
    rows: Callable[..., MeasureTable[object]]
    row_types: Mapping[type, tuple[str, ...]]
    """The dataclasses of its rows, each with the dimensions by which they are given: the first is meant where
    none is named. The last is also that of `pairs`."""
    options: tuple[str, ...] = ()
    """What else can be asked of it, by the names that `rows` gives it; whether several may be given, too, is read
    there."""
    analysts_options: tuple[str, ...] = ()
    """Options that only analysts' methods have, before the others."""
    carried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The further dimensions that rows by one of them have too."""
    pairs: tuple[str, ...] = ()
    """Two dimensions at once, "province_and_network", by which it is counted where that is asked for."""
    of_register: tuple[str, ...] = ()
    """By what it counts sites of the registers, and so may count those of some places only."""
    is_site_by_site: bool = False
    """Whether its rows are single schools: such rows stay with the service that loaded them."""
    is_released: bool = False
    """Whether its rows may be released as open data; never those of single schools."""

    @cached_property
    def by(self) -> tuple[str, ...]:
        """List the dimensions by which it is given."""
        return tuple(by for dimensions in self.row_types.values() for by in dimensions)

    def of(self, ledger: Ledger, by: str, **options: object) -> MeasureTable[object]:
        """Compute its rows by a dimension."""
        given = (by,) if len(self.by) > 1 else ()
        return self.rows(ledger, *given, **options)

    def takes_several(self, option: str) -> bool:
        """Tell whether an option is a list of codes."""
        return str(signature(self.rows).parameters[option].annotation) == "Sequence[str]"

    @cached_property
    def numbers(self) -> dict[str, Column]:
        """List its numbers, by whatever dimension."""
        return numbers_of(self.row_types)

    @cached_property
    def crossed(self) -> dict[str, Column]:
        """List the numbers that are counted by two dimensions."""
        return numbers_of([*self.row_types][-1:]) if self.pairs else {}

    @property
    def dimensions(self) -> tuple[str, ...]:
        """List the dimensions that its rows may have."""
        return tuple(dict.fromkeys(code for by in self.by for code in self.dimensions_by(by)))

    def dimensions_by(self, by: str) -> tuple[str, ...]:
        """List the dimensions that rows by one of them have: it, unless it only stands for others, and what
        they carry."""
        if by in self.pairs:
            return tuple(by.split(TOGETHER))
        carried = self.carried.get(by, ())
        return carried if by == TOGETHER.join(carried) or not by else (by, *carried)

    def places_of(self, by: str) -> tuple[str, ...]:
        """List the dimensions of places of which it can count some only (`within`), though its rows by one do
        not have them."""
        is_of_sites = by in self.of_register
        return tuple(p for p in PLACES if is_of_sites and p not in self.dimensions_by(by))

    def by_all(self, dimensions: Sequence[str]) -> str:
        """Choose by what to ask it so that its rows have all of these dimensions. Raises `UsageError`."""
        for by in (*self.by, *self.pairs):
            if set(dimensions) <= {*self.dimensions_by(by), by}:
                return by
        together = [
            " + ".join(self.dimensions_by(by))
            for by in (*self.by, *self.pairs)
            if len(self.dimensions_by(by)) > 1
        ]
        raise UsageError(
            message("{measure} cannot be given by “{by}”.", measure=self.name, by=" + ".join(dimensions)),
            expected=message("Expected one of: {names}.", names=", ".join((*self.dimensions, *together))),
        )
