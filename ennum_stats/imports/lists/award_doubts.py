"""What is doubtful in a row of a list once its site is known: another call than that of the list, a site
that no coverage counts, and awards that another list has already under other numbers of projects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ennum_stats.errors import Message, Parameter, message
from ennum_stats.imports.lists.loaded import Award
from ennum_stats.imports.questions import Doubt
from ennum_stats.imports.schools.sites import SiteRegister
from ennum_stats.measures.schools.school_sites import EVERY_LEVEL, teaching_of

_COUNTED = frozenset(teaching_of(EVERY_LEVEL))
_UNCOUNTED = (
    "levels",
    message("Sites without teaching that is counted (compulsory education, adult education at "
            "secondary level): these rows count in no coverage."),
)  # fmt: skip


def doubts_of_call(call: str, of_list: str) -> Iterator[Doubt]:
    """Doubt a row whose own call is not that of the list; a list of several calls has none."""
    if of_list and call != of_list:
        yield (
            f"call-{call}",
            message("Rows of the call {call}, while the list is one of {other}.", call=call, other=of_list),
        )


def doubts_of_levels(site: str, register: SiteRegister) -> Iterator[Doubt]:
    """Doubt a site of which no school teaches at a level that coverage counts."""
    schools = [school for entry in register.with_number(site) for school in entry.schools]
    if not any(school.teaching & _COUNTED for school in schools):
        yield _UNCOUNTED


def renumbered(
    new: Sequence[tuple[int, Award]],
    seen: Collection[str],
    there: Mapping[str, Sequence[Award]],
    award_of: Callable[[Award], tuple[str, ...]],
) -> Iterator[tuple[Doubt, frozenset[int]]]:
    """Find the lists of which most awards are new ones under another number of a project, the same but for it
    (`award_of`, amount); or which have most awards of the file (`seen`) so. Gives the rows of each."""

    def content(award: Award) -> tuple[str, ...]:
        return (*award_of(award), award.amount_eur)

    contents = [(row, content(award)) for row, award in new]
    for name, awards in there.items():
        left = Counter(content(award) for award in awards if award.participation not in seen)
        again: list[int] = []
        for row, of_award in contents:
            if left[of_award] > 0:
                left[of_award] -= 1
                again.append(row)
        if 2 * len(again) > min(len(seen), len(awards)):
            yield (f"same-as-{name}", _same_as(name)), frozenset(again)


def _same_as(name: str) -> Message:
    return message(
        "Rows that the list {name} has already with the same sites and amounts, under other numbers of "
        "projects. To correct that list: {replaces}.",
        name=name, replaces=Parameter("replaces", name),
    )  # fmt: skip
