"""What an analyst holds: a published store, opened as known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ennum_stats.figures import Figure, figure, figures
from ennum_stats.project import Audience, Project
from ennum_stats.store.opening import Ledger, open_ledger


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
