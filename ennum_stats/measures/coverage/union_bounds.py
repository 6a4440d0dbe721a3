"""Sharp bounds of how many sites a union of calls reached, given what is known about some of them.

With k calls there are 2^k - 1 kinds of sites that won: one a set of calls in which a site has a project. What
documents state is linear in the number of sites of each kind, so that the least and the largest union
are two linear programs, solved by HiGHS in whole numbers of sites. Nothing here reads a ledger or knows
a document; every number counts sites.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_TOLERANCE = 1e-6
_SECONDS_FOR_WHOLE_NUMBERS = 0.4
_KINDS_FOR_WHOLE_NUMBERS = 256
"""Where there are more kinds of sites, HiGHS may look for cuts for twenty seconds without a look at its
limit of time; in all cases that it ended, the whole numbers gave the rounded bound of the linear program."""
_SETS_TRIED = 2000


@dataclass(frozen=True)
class SizeConstraint:
    """Between `lower` and `upper` sites have a project in at least one of `calls`, and in none of `without`;
    `upper` may be open."""

    rule: str
    calls: tuple[str, ...]
    lower: int = 0
    upper: int | None = None
    without: tuple[str, ...] = ()

    def __str__(self) -> str:
        top = "…" if self.upper is None else str(self.upper)
        size = top if str(self.lower) == top else f"{self.lower}–{top}"
        return f"{self.rule} ({' '.join(self.calls)}: {size})"


@dataclass(frozen=True)
class Exclusion:
    """Hold a site with a project in one of `calls` has none in `excluded`."""

    rule: str
    calls: tuple[str, ...]
    excluded: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({' '.join(self.calls)} ∌ {' '.join(self.excluded)})"


@dataclass(frozen=True)
class CountedCalls:
    """Hold the sites of `calls` were counted one by one: `sites` says how many have a project in just these
    calls and in no other of `calls`."""

    rule: str
    calls: tuple[str, ...]
    sites: Mapping[frozenset[str], int] = field(hash=False)

    def __str__(self) -> str:
        return f"{self.rule} ({' '.join(self.calls)})"


Constraint = SizeConstraint | Exclusion | CountedCalls


def renamed(constraint: Constraint, names: Mapping[str, str]) -> Constraint:
    """State the same of calls under other names."""
    calls = tuple(names.get(call, call) for call in constraint.calls)
    match constraint:
        case Exclusion():
            excluded = tuple(names.get(call, call) for call in constraint.excluded)
            return replace(constraint, calls=calls, excluded=excluded)
        case CountedCalls():
            sites = {
                frozenset(names.get(call, call) for call in kind): n for kind, n in constraint.sites.items()
            }
            return replace(constraint, calls=calls, sites=sites)
        case SizeConstraint():
            without = tuple(names.get(call, call) for call in constraint.without)
            return replace(constraint, calls=calls, without=without)


class Contradiction(Exception):
    """Constraints that no set of sites can satisfy together; without any one of them, one can."""

    def __init__(self, constraints: Sequence[Constraint]) -> None:
        super().__init__(", ".join(map(str, constraints)))
        self.constraints = tuple(constraints)


def union_bounds(asked: Sequence[str], constraints: Sequence[Constraint]) -> tuple[int, int | None]:
    """Bound the number of sites with a project in one of the calls `asked`: the least and the largest.

    The largest is `None` where nothing limits it. Raises `Contradiction`, with a smallest set.

    >>> known = [SizeConstraint("a", ("A",), 3, 3), SizeConstraint("b", ("B",), 5, 5)]
    >>> union_bounds(["A", "B"], known)
    (5, 8)
    """
    return _bounds(tuple(asked), tuple(constraints))


@lru_cache(maxsize=2_000)
def _bounds(asked: tuple[str, ...], constraints: tuple[Constraint, ...]) -> tuple[int, int | None]:
    """Solve each problem once: other languages, days and charts ask for the same."""
    problem = _Problem(_calls(asked, constraints), constraints)
    least = problem.extreme(asked, largest=False)
    largest = None if least is None else problem.extreme(asked, largest=True)
    if least is None or largest is None:
        raise Contradiction(smallest_contradiction(constraints))
    return math.ceil(least), None if math.isinf(largest) else math.floor(largest)


@lru_cache(maxsize=200)
def smallest_contradiction(constraints: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
    """Find a smallest set of constraints that cannot hold together.

    First every constraint is left out that the contradiction does not need; then smaller sets are tried,
    as far as there are few of them.
    """
    kept = list(constraints)
    for constraint in constraints:
        fewer = [other for other in kept if other is not constraint]
        if not is_possible(fewer):
            kept = fewer
    for size in range(1, len(kept)):
        if math.comb(len(constraints), size) > _SETS_TRIED:
            break
        for chosen in combinations(constraints, size):
            if not is_possible(chosen):
                return chosen
    return tuple(kept)


def is_possible(constraints: Sequence[Constraint]) -> bool:
    """Tell whether some sites satisfy all constraints."""
    return _Problem(_calls((), constraints), constraints).extreme((), largest=False) is not None


def _calls(asked: Sequence[str], constraints: Sequence[Constraint]) -> tuple[str, ...]:
    """List the calls that matter: one that is only excluded may as well have no sites."""
    counted = [c.calls for c in constraints if isinstance(c, SizeConstraint | CountedCalls)]
    return tuple(dict.fromkeys([*asked, *(call for calls in counted for call in calls)]))


class _Problem:
    """Hold the kinds of sites that constraints leave (columns) and what they must sum to (rows)."""

    def __init__(self, calls: tuple[str, ...], constraints: Sequence[Constraint]) -> None:
        import numpy as np

        self._bit = {call: 1 << place for place, call in enumerate(calls)}
        self._kinds: Array = np.arange(1, 1 << len(calls))
        for constraint in constraints:
            self._kinds = self._kinds[self._allowed(constraint)]
        self._rows: list[tuple[Array, float, float]] = []
        for constraint in constraints:
            self._add(constraint)

    def extreme(self, asked: Sequence[str], *, largest: bool) -> float | None:
        """Compute the least or largest union of `asked` in whole sites, or a bound of it where that takes
        long; infinity where nothing limits it, `None` where no sites satisfy the constraints."""
        model = self._model(asked, largest=largest)
        best, values = _solved(model)
        if best is None or math.isinf(best):
            return best
        if _are_whole(values) or len(self._kinds) > _KINDS_FOR_WHOLE_NUMBERS:
            return _settled(best)
        exact, _ = _solved(model, whole=True)
        return None if exact is None else _settled(best if math.isnan(exact) else exact)

    def _mask(self, calls: Sequence[str]) -> int:
        return sum(self._bit.get(call, 0) for call in dict.fromkeys(calls))

    def _allowed(self, constraint: Constraint) -> Array:
        kinds = self._kinds
        allowed = kinds > 0
        match constraint:
            case Exclusion():
                for call in constraint.calls:
                    others = self._mask([other for other in constraint.excluded if other != call])
                    allowed &= ((kinds & self._mask([call])) == 0) | ((kinds & others) == 0)
            case CountedCalls():
                import numpy as np

                found = [self._mask(tuple(calls)) for calls, n in constraint.sites.items() if n]
                allowed &= np.isin(kinds & self._mask(constraint.calls), [0, *found])
        return allowed

    def _add(self, constraint: Constraint) -> None:
        match constraint:
            case SizeConstraint(calls=calls, lower=lower, upper=upper, without=without):
                touched = (self._kinds & self._mask(calls)) != 0
                touched &= (self._kinds & self._mask(without)) == 0
                self._rows.append((touched, lower, math.inf if upper is None else upper))
            case CountedCalls(calls=calls, sites=sites):
                own = self._kinds & self._mask(calls)
                for kind, number in sites.items():
                    if kind and number:
                        row = own == self._mask(tuple(kind))
                        self._rows.append((row, number, number))

    def _model(self, asked: Sequence[str], *, largest: bool) -> Any:
        import highspy
        import numpy as np

        model = highspy.HighsLp()
        count = len(self._kinds)
        model.num_col_, model.num_row_ = count, len(self._rows)
        model.col_cost_ = ((self._kinds & self._mask(asked)) != 0).astype(float)
        model.col_lower_, model.col_upper_ = np.zeros(count), np.full(count, highspy.kHighsInf)
        model.row_lower_ = np.array([low for _, low, _ in self._rows], float)
        model.row_upper_ = np.array([high for _, _, high in self._rows], float)
        places = [np.flatnonzero(row) for row, _, _ in self._rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *map(len, places)]).astype(np.int32)
        model.a_matrix_.index_ = np.concatenate([*places, np.zeros(0)]).astype(np.int32)
        model.a_matrix_.value_ = np.ones(sum(map(len, places)))
        model.sense_ = highspy.ObjSense.kMaximize if largest else highspy.ObjSense.kMinimize
        return model


def _solved(model: Any, *, whole: bool = False) -> tuple[float | None, list[float]]:
    """Solve a model: its best value and the number of sites of each kind; no number where time ran out."""
    import highspy

    # The class under `highspy.Highs`, which would greet on standard output and set up callbacks.
    solver = highspy._Highs()  # type: ignore[attr-defined]  # noqa: SLF001
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    if whole:
        solver.setOptionValue("time_limit", _SECONDS_FOR_WHOLE_NUMBERS)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.99)  # whole numbers less than 1 apart are the same
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    solver.passModel(model)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        solver.setOptionValue("presolve", "off")
        solver.run()
        status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None, []
    if status == highspy.HighsModelStatus.kUnbounded:
        return math.inf, []
    if status == highspy.HighsModelStatus.kTimeLimit:
        return math.nan, []
    return solver.getInfo().objective_function_value, list(solver.getSolution().col_value)


def _are_whole(values: Sequence[float]) -> bool:
    return all(abs(value - round(value)) < _TOLERANCE for value in values)


def _settled(number: float) -> float:
    """Take off the last digits that a computation in binary leaves."""
    if math.isinf(number):
        return number
    return round(number) if abs(number - round(number)) < _TOLERANCE else number
