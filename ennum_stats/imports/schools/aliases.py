"""Spellings of schools that a person decided once, and by which the next lists mean the same site.

A name that many schools may have is never remembered: the next list may mean another of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ennum_stats.imports.schools.contradictions import SiteDescription
from ennum_stats.imports.schools.names import plain_name, school_name, with_notre_dame
from ennum_stats.imports.schools.places import place_key
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.raw.tables import RAW_TABLE_BY_NAME
from ennum_stats.store.ledger import today

TABLE = RAW_TABLE_BY_NAME["school_aliases"]


def alias_of(given: SiteDescription) -> str:
    """Give the key of a spelling and its place; empty where a row has a number, names no place, or has a name that
    many schools may have.

    >>> alias_of(SiteDescription(school="Éc. comm. Ransart Bois", commune="Charleroi"))
    'ecole-communal-ransart-bois.charleroi'
    >>> alias_of(SiteDescription(school="École communale", commune="Charleroi"))
    ''
    """
    place, name = given.commune or given.postal_code, school_name(given.school)
    is_telling = name.own - school_name(place).own or name.marks
    if given.implantation or given.etablissement or not place or not is_telling:
        return ""
    return f"{plain_name(with_notre_dame(given.school))}.{place_key(place)}".replace(" ", "-")


@dataclass
class Aliases:
    """Hold the sites of remembered spellings, and who wants those chosen now to be remembered too."""

    sites: dict[str, str]
    by: str
    new: dict[int, dict[str, str]] = field(default_factory=dict, init=False)
    """What is remembered now, as rows of the table, by the rows of the list."""
    forgotten: list[int] = field(default_factory=list, init=False)
    """Rows of which a site was chosen that is not remembered: their names are those of many schools."""
    other: dict[int, str] = field(default_factory=dict, init=False)
    """Rows of which another site is remembered, by its alias."""

    def remember(self, given: SiteDescription, site: str, row: int) -> None:
        """Remember the site that was chosen for a row."""
        alias = alias_of(given)
        known = self.sites.get(alias)
        if not self.by or known == site:
            return
        if not alias:
            self.forgotten.append(row)
        elif known:
            self.other[row] = alias
        else:
            self.sites[alias] = site
            cells = (alias, given.school, given.commune or given.postal_code, site, today().isoformat())
            by = without_persons(self.by)
            self.new[row] = dict(zip(TABLE.column_names, (*cells, by), strict=True))
