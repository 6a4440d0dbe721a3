"""What an analyst holds: a published store, opened as known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ennum_stats.figures import Figure, figure, figures
from ennum_stats.figures.changes import Change, changes
from ennum_stats.measures.frames import observations_frame
from ennum_stats.project import Audience, Project
from ennum_stats.store.conflicts import Conflict, conflicts
from ennum_stats.store.opening import Ledger, open_ledger

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Store(Ledger):
    """A published store as it was known on `known_at`: figures by name; measures take it as argument."""

    def figure(self, name: str) -> Figure:
        """The named figure. Raises `UnknownName`.

        >>> store.figure("en2019_projects").text("fr")  # doctest: +SKIP
        '503 projets'
        """
        return figure(self, name)

    def figures(self) -> list[Figure]:
        """All figures of the catalogue, in its order."""
        return figures(self)

    def conflicts(self) -> list[Conflict]:
        """Everything on which documents disagree beyond their precision.

        Each has the side that is taken, the others, how far apart they are, and of which kind it is.
        """
        return conflicts(self)

    def diff(self, other: Ledger) -> list[Change]:
        """The figures that are other ones in `other`, the later store, than here.

        >>> open(known_at=date(2020, 1, 31)).diff(open())[0].sentence("fr")  # doctest: +SKIP
        """
        return changes(self, other)

    def observations(self, measure: str | None = None, **dimensions: str) -> pd.DataFrame:
        """Published numbers, each with its document, in the order of the days from which they were known.

        All of them, or those of one measure (where a dimension that is not given is not broken down; the
        territory is Wallonia). One row is one number that one document published by the store's day, as
        printed: francs stay francs, and `lower` and `upper` are what the print implies.

        Columns: `observation_id`, `measure`, `programme`, `call`, `territory`, `level`, `network`,
        `province`, `component`, `stage`, `counted`, `valid_from`, `valid_to`, `value`, `lower`,
        `upper`, `unit`, `precision`, `status`, `missing_reason`, `source_id`, `source_title`, `locator`,
        `published_on`, `known_on`, `note`. Raises `UnknownName`.

        >>> store.observations("projects_awarded", call="EN2018")  # doctest: +SKIP
        """
        found = self.select(measure, **dimensions) if measure else self.everything()
        return observations_frame(found)


def open(  # noqa: A001 - the public name is ennum_stats.open
    root: Path | str | None = None,
    *,
    known_at: date | None = None,
    audience: Audience | str = Audience.PUBLIC,
) -> Store:
    """Opens the published store of the project at `root` (the current one unless told).

    It shows what had been published by `known_at` (today unless told). Raises `StoreMissing` before the
    first `ennum build`, and `UsageError` where there is no project.

    >>> store = open(known_at=date(2020, 1, 31))  # doctest: +SKIP
    """
    ledger = open_ledger(Project.at(root), known_at, Audience(audience))
    return Store(ledger.connection, ledger.known_at, ledger.content_hash, ledger.audience)
