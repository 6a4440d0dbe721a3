"""The column of numbers as a whole: whether it holds those of sites or of schools, and whether it slipped.

"N° FASE" alone may be either, and many numbers are both in the register. What stands beside them decides for
the whole file; where it does not, nobody guesses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ennum_stats.errors import Message, message
from ennum_stats.imports.lists.forms import SCHOOL_HEADING, SITE_HEADING
from ennum_stats.imports.schools.contradictions import SiteDescription
from ennum_stats.imports.schools.matcher import Matcher, fase
from ennum_stats.imports.spreadsheets.bounds import FileRefused
from ennum_stats.imports.spreadsheets.header import MatchedTable, title_of
from ennum_stats.imports.spreadsheets.number_parser import CellRefused

_SITE_WORDS = frozenset(("implantation", "site"))
_ASTRAY = 0.1
"""A part of the rows may be mistyped; where more speak for the other, the file does not tell."""
_FEWEST = 3
_MOST_UNKNOWN = 1 / 3
"""A part of the numbers may be of sites that were closed, or mistyped."""
Numbered = Counter[tuple[str, SiteDescription]]
"""How many rows have a number, and beside it the same."""


def with_numbers_of(
    table: MatchedTable, matcher: Matcher, file: str
) -> tuple[MatchedTable, tuple[Message, ...]]:
    """Take a bare column of numbers for that of sites or of schools, and say which.

    Raises `FileRefused` where the file does not tell, tells that a column of sites holds schools, or has numbers
    of which many are of nothing that the register knows: those of authorities, of which a few are sites by chance.
    """
    places = table.positions
    if "implantation" not in places:
        return table, ()
    heading = table.heading("implantation")
    numbered = Counter(_numbered(table))
    _require_known(numbered, matcher, heading, file)
    if "etablissement" in places:
        return table, ()
    sites, schools, all_ = _spoken_for(numbered, matcher)
    if _SITE_WORDS & set(title_of(heading).split()):
        if schools >= _FEWEST and sites <= _ASTRAY * (sites + schools):
            raise _misnamed(heading, schools, all_, file)
        return table, ()
    if not sites and not schools:
        if all_:
            raise _undecided(heading, file)
        return table, ()
    if min(sites, schools) > _ASTRAY * (sites + schools):
        raise _undecided(heading, file)
    if sites > schools:
        return table, (
            message("“{heading}” holds numbers of sites: {n} of {all} rows can be nothing else.",
                    heading=heading, n=sites, all=all_),
        )  # fmt: skip
    renamed = {"etablissement" if key == "implantation" else key: n for key, n in places.items()}
    return replace(table, positions=renamed), (
        message("“{heading}” holds numbers of schools: {n} of {all} rows can be nothing else.",
                heading=heading, n=schools, all=all_),
    )  # fmt: skip


def _require_known(numbered: Numbered, matcher: Matcher, heading: str, file: str) -> None:
    """Raise `FileRefused` where more than a third of the numbers are of nothing in any register."""
    unknown = sum(rows for (number, _), rows in numbered.items() if not matcher.register.knows(number))
    all_ = numbered.total()
    if unknown >= _FEWEST and unknown > _MOST_UNKNOWN * all_:
        raise FileRefused(
            message("“{heading}” holds numbers that no register has: {n} of {all} rows.",
                    heading=heading, n=unknown, all=all_),
            where=file,
            expected=message("The numbers of sites; those of authorities and of schools are others."),
            remedy=message("Ask who made the list for the numbers of the sites, or give names and communes alone."),
        )  # fmt: skip


def _spoken_for(numbered: Numbered, matcher: Matcher) -> tuple[int, int, int]:
    """Count the rows that can only be a site, only a school, and all with a number of the register; rows
    for which both come to the same count as sites."""
    only_site = only_school = all_ = 0
    register = matcher.register
    for (number, given), rows in numbered.items():
        as_site = matcher.fitting(register.with_number(number), given)
        as_school = matcher.fitting(register.of_school.get(number, []), given)
        only_site += rows * (bool(as_site) and (not as_school or as_school == as_site))
        only_school += rows * (bool(as_school) and not as_site)
        all_ += rows * bool(as_site or as_school)
    return only_site, only_school, all_


def _numbered(table: MatchedTable) -> Iterator[tuple[str, SiteDescription]]:
    """Give the number of each row that has one, and what stands beside it."""
    for row in table.rows:
        texts = {key: table.cell(row, key).shown for key in SiteDescription.__slots__}
        try:
            number = fase(texts["implantation"], "implantation")
        except CellRefused:
            continue
        yield number, SiteDescription(**texts | {"implantation": ""})


def _undecided(heading: str, file: str) -> FileRefused:
    return FileRefused(
        message("Whether “{heading}” holds numbers of sites or of schools is not told by this file.",
                heading=heading),
        where=file,
        remedy=message("Rename the column: “{site}” or “{school}”.",
                       site=SITE_HEADING, school=SCHOOL_HEADING),
    )  # fmt: skip


def _misnamed(heading: str, schools: int, all_: int, file: str) -> FileRefused:
    return FileRefused(
        message("“{heading}” holds numbers of schools: {n} of {all} rows can be nothing else.",
                heading=heading, n=schools, all=all_),
        where=file,
        remedy=message("Rename the column: “{school}”; or write the numbers of the sites.",
                       school=SCHOOL_HEADING),
    )  # fmt: skip


def _number_key(table: MatchedTable) -> str:
    return next(key for key in ("implantation", "etablissement") if key in table.positions)


@dataclass
class Contradictions:
    """Hold how many rows with a number and something beside it were read, and how many contradict themselves."""

    judged: int = 0
    contradicted: int = 0

    def judge(self, given: SiteDescription, *, is_contradicted: bool) -> None:
        """Count a row."""
        number = given.implantation or given.etablissement
        context = given.school or given.address or given.postal_code or given.commune
        if number and (context or (given.implantation and given.etablissement)):
            self.judged += 1
            self.contradicted += is_contradicted

    def require_few(self, table: MatchedTable) -> None:
        """Raise `FileRefused` where most rows contradict their number: such a list is no list of slips."""
        if self.contradicted >= _FEWEST and 2 * self.contradicted > self.judged:
            raise FileRefused(
                message("{n} of {all} rows contradict their number: a column seems to have been sorted on "
                        "its own.", n=self.contradicted, all=self.judged),
                where=table.heading(_number_key(table)),
                remedy=message("Go back to the file as it was, and sort whole rows only; then import it "
                               "again."),
            )  # fmt: skip
