"""What a column of a measure is: its heading, unit and type, what it adds over, by what it is compared.

A number is declared on the field of its row (`Annotated[Answer, Column(…)]`), once; tables, frames, files,
sums, comparisons, views for other programs, the release and the data dictionary read it there. Columns of
codes and grounds that several measures have, and those by which rows are given, stand in `SHARED_COLUMNS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

from ennum_stats.errors import Message, message
from ennum_stats.quantities import Basis
from ennum_stats.store.answers import Answer
from ennum_stats.vocabulary import DIMENSIONS, NOT_IN_REGISTER, UNITS

Kind: TypeAlias = Literal["whole", "number", "day", "truth", "call", "text"]
"""What the cells of a column are: whole numbers, other numbers, days, yes or no, calls in the order of time,
or words and codes."""
VALUE = "value"
"""The column of a measure that has one number; its ends are `lower` and `upper`."""
VALUE_LABEL = message("Value")
PART, ACROSS = "part", "across"
"""The fields whose columns have the name of the dimension by which rows are given."""
NOT_DETAILED = "not_detailed"
ONE_PROJECT_A_SITE, COUNTED = "one_project_a_site", "counted"
"""Grounds of coverage: bounded also by that a site has at most one project a call; counted from lists."""
REGISTER = "register"
"""The universe of what is counted: the sites of the last register known."""
PLACES = ("level", "network", "province", "commune")
"""The dimensions of a site in the registers."""
TOGETHER = "_and_"
"""Between the two dimensions of a pair."""
_NONE: Mapping[str, Message] = MappingProxyType({})


@dataclass(frozen=True)
class Column:
    """Declare a column of a measure.

    Of a number: its `unit` (empty where rows have several), the dimensions that it `adds_over` (each thing
    counted has one part of them), those that it is `compared_by`, and what it is called there.
    """

    label: Message
    unit: str = ""
    adds_over: tuple[str, ...] = ()
    compared_by: tuple[str, ...] = ()
    compared_as: Message | None = None
    """What it is called where things are compared, when that is not its heading."""
    cumulated_by: str = ""
    """The dimension by which each row holds all of the rows before it, and so is never less."""
    grows_by: str = ""
    """The column of what a row adds to the one before."""
    named_by: str = ""
    """The table that gives its codes their names."""
    names: Mapping[str, Message] = field(default_factory=lambda: _NONE)
    """Names of codes that no table names."""
    is_ground: bool = False
    """Whether it says what a number rests on: where all rows say the same, it is said once."""
    released: str = ""
    """What the release says of it."""
    note: str = ""
    """What analysts must know of it, in English; more than its heading and unit tell."""
    kind: Kind = "text"
    name: str = ""
    """The name of its field, given by `columns_of`."""
    is_answer: bool = False
    """Whether its cells are numbers with bounds, given by `columns_of`."""

    def __post_init__(self) -> None:
        if self.unit and self.unit not in UNITS:
            raise ValueError(f"{self.unit!r} is no unit: `UNITS` in vocabulary.py lists them")


def _dimension(code: str, released: str = "", **more: Any) -> Column:
    """Declare the column of a dimension of published numbers."""
    named = DIMENSIONS[code]
    return Column(Message(named.label), named_by=named.names, released=released, **more)


_ELSEWHERE = {NOT_IN_REGISTER: message("not in the register, or of other levels")}
SHARED_COLUMNS: dict[str, Column] = {
    "programme": _dimension("programme", "Programme (codelist programme)."),
    "call": replace(_dimension("call", "Call (codelist call)."), named_by="", kind="call"),
    "school_year": Column(message("School year"), released="School years of the call, as in 2012-2013."),
    "component": _dimension("component", "Component (codelist component).",
                            names={NOT_DETAILED: message("not detailed")}),
    "year": Column(message("Year"), kind="whole", released="Year."),
    "level": _dimension("level", "Level of the sites (codelist level).", names=_ELSEWHERE),
    "network": _dimension("network", "Network of the sites (codelist network).", names=_ELSEWHERE),
    "province": _dimension("province", "Province of the sites (codelist province).", names=_ELSEWHERE),
    "commune": Column(message("Commune"), named_by="communes", names=_ELSEWHERE,
                      released="Commune of the sites: NIS code of 2019 (codelist commune)."),
    "repeats": Column(
        message("Participations of a site"),
        released="Number of projects that each of the sites had; 1+, of incomplete lists, is one or more.",
    ),
    "universe": Column(
        message("Universe"), named_by="universes",
        names={REGISTER: message("School sites of the register")},
        released="What the share is a share of (codelist universe).",
    ),
    "basis": Column(message("Basis"), is_ground=True, names={
        Basis.PROVED.value: message("Proved by documents"),
        Basis.CONVENTION.value: message("Without any assumption on the projects"),
        ONE_PROJECT_A_SITE: message("If a site has at most one project a call"),
        COUNTED: message("Counted from the lists"),
    }, released="Ground of the bounds: proved by the print, a convention on “about”; of coverage also "
                "counted from lists, or the assumption that they rest on."),
    "stage": _dimension("stage", "Stage (codelist stage)."),
    "counted": _dimension("counted", "What is counted (codelist counted)."),
    "valid_from": Column(message("From"), kind="day", released="First day; of a call, of its school years, "
                                                                "and of its budget, not before it opened."),
    "valid_to": Column(message("To"), kind="day", released="Last day; of a call, of its school years."),
    "prices": Column(message("Prices")),
    "lot": Column(message("Lot")),
    "levels": Column(message("Levels"), is_ground=True, names={
        "compulsory": message("compulsory education"),
        "adult": message("adult education (promotion sociale)"),
    }),
    "lists": Column(message("Lists"), is_ground=True,
                    released="The lists that it is counted from, parted by spaces."),
    "registers": Column(message("Registers"), is_ground=True,
                        released="The school registers that it is counted in, parted by spaces."),
    "calls_covered": Column(message("Calls covered"), is_ground=True,
                            released="Calls whose winners it counts, parted by spaces."),
    "calls_not_known": Column(message("Calls not known"), is_ground=True,
                              released="Calls of which it holds nothing, parted by spaces."),
    "incomplete": Column(message("Lists missing or not complete"), is_ground=True,
                         released="Lists that are missing or not complete, parted by spaces."),
}  # fmt: skip
"""The columns that rows of several measures have, or by which rows are given, by their names."""


@cache
def columns_of(row_type: type) -> Mapping[str, Column]:
    """List the columns of a row's dataclass by its fields, in order."""
    return {
        name: _of_field(name, hint) for name, hint in get_type_hints(row_type, include_extras=True).items()
    }


def _of_field(name: str, hint: Any) -> Column:
    """Read the column of a field: what is declared on it, or under its name."""
    own: Column | None = None
    if get_origin(hint) is Annotated:
        own = next((one for one in hint.__metadata__ if isinstance(one, Column)), None)
        hint = hint.__origin__
    column = own or SHARED_COLUMNS.get(name) or Column(Message(name))
    kinds = {*get_args(hint)} or {hint}
    is_answer = kinds <= {*get_args(Answer)}
    kind = _kind_of_number(name, column) if is_answer else _KINDS.get(hint, column.kind)
    return replace(column, name=name, kind=kind, is_answer=is_answer)


def numbers_of(row_types: Iterable[type]) -> dict[str, Column]:
    """List the numbers of rows of several types: what a number adds over or is compared by is that of all."""
    found: dict[str, Column] = {}
    for row_type in row_types:
        for name, own in columns_of(row_type).items():
            if own.is_answer:
                other = found.get(name, own)
                found[name] = replace(
                    other,
                    adds_over=tuple(dict.fromkeys((*other.adds_over, *own.adds_over))),
                    compared_by=tuple(dict.fromkeys((*other.compared_by, *own.compared_by))),
                    cumulated_by=other.cumulated_by or own.cumulated_by,
                )
    return found


_KINDS: dict[Any, Kind] = {bool: "truth", date: "day"}


def _kind_of_number(name: str, column: Column) -> Kind:
    """Say of a number whether it is counted whole; what has one number may be of several units."""
    is_whole = name != VALUE and column.unit != "" and UNITS[column.unit].resolution == 1
    return "whole" if is_whole else "number"


def triple(number: str) -> tuple[str, str, str]:
    """Name the columns of a number and of its two ends."""
    if number == VALUE:
        return VALUE, "lower", "upper"
    return number, f"{number}_lower", f"{number}_upper"


def typed(*names: str, kind: Kind = "number") -> dict[str, Kind]:
    """Give columns that no measure declares, those of listings, their kind."""
    return dict.fromkeys(names, kind)
