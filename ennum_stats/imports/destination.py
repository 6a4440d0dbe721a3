"""The project that files are imported into, as a kind of import sees it: tables, lists of values, sites."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ennum_stats.imports.choices import Choices, choices_of
from ennum_stats.imports.schools.matcher import Matcher
from ennum_stats.imports.schools.sites import read_site_register
from ennum_stats.project import Project
from ennum_stats.raw.reader import known_rows, read_tables
from ennum_stats.raw.row_checks import check_raw_tables
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.publish import is_published

if TYPE_CHECKING:
    import polars as pl


@dataclass
class Destination:
    """Hold the project that files are imported into.

    What no list of schools changes (calls, codes, registers) is read and checked once, however many lists
    follow each other; the rows of lists are read each time.
    """

    project: Project
    _matchers: dict[date, Matcher] = field(default_factory=dict, init=False)

    @cached_property
    def frames(self) -> dict[str, pl.DataFrame]:
        """The raw tables as they stand, with what is under embargo. Raises `RawTablesRefused`."""
        self.require_in_order()
        return read_tables(self.project.raw, self.project.root)[0]

    @cached_property
    def choices(self) -> Choices:
        """What may stand in columns with a list of values."""
        return choices_of(self.frames)

    def require_in_order(self) -> None:
        """Raise `RawTablesRefused` where the project's own tables do not pass their checks; those of which a
        store was published have passed them."""
        if is_published(self.project):
            return
        _, findings = check_raw_tables(self.project.raw, self.project.root)
        if findings:
            raise RawTablesRefused(findings)

    def rows(self, table: str) -> pl.DataFrame:
        """Read the rows of a raw table as strings. Raises `RawTablesRefused`."""
        return known_rows(self.project, table)

    def matcher(self, day: date, file: str) -> Matcher:
        """Give the sites of the register of a day. Raises `FileRefused` where there is no register."""
        if day not in self._matchers:
            register = read_site_register(self.project, day, file)
            aliases = dict(self.rows("school_aliases").select("alias", "implantation").iter_rows())
            self._matchers[day] = Matcher(register, is_invented=self.project.is_demo, aliases=aliases)
        return self._matchers[day]
