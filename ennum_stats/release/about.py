"""What a release says of itself: title, description, licence, version, publisher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ennum_stats.errors import message
from ennum_stats.store.opening import Ledger

NAME = "ennum-stats"
PUBLISHER = "Service public de Wallonie"
LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
TITLE = message("Digital equipment of the schools of Wallonia: published figures")
DESCRIPTION = message(
    "Every published number on Cyberécole, Cyberclasse, École Numérique and the connectivity pilot, with "
    "its document, place, date and bounds; the figures of the press kit; and the measures computed from "
    "them."
)
KEYWORDS = (
    message("education"),
    message("school"),
    message("digital equipment"),
    message("call for projects"),
    message("Wallonia"),
)
PREPARED = {
    "observations": message("Published numbers"),
    "figures": message("Named figures"),
    "measures": message("Measures"),
    "sources": message("Documents"),
    "codes": message("Names of the codes"),
    "exchange_rates": message("Exchange rates"),
}


@dataclass(frozen=True)
class Edition:
    """One release: the day known at, and the content of the store that it is made of."""

    known_at: date
    content_hash: str

    @classmethod
    def of(cls, ledger: Ledger) -> Edition:
        """The edition of a ledger."""
        return cls(ledger.known_at, ledger.content_hash)

    @property
    def version(self) -> str:
        """As in 2020.1.31+691dde68: the day known at, and the content."""
        day = self.known_at
        return f"{day.year}.{day.month}.{day.day}+{self.content_hash[:8]}"
