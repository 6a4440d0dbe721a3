"""What is wrong in a raw table, and where, so that an editor can jump to it."""

from __future__ import annotations

from dataclasses import dataclass

from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.languages import translate


@dataclass(frozen=True)
class Finding:
    """One thing wrong: place, what was found, what was expected and what to do."""

    file: str
    line: int
    column: str
    found: Message
    expected: Message
    remedy: Message
    relies_on: frozenset[str] = frozenset()
    """Other tables that it was found with: where one of them could not be read, it says nothing."""

    def words(self, language: str) -> str:
        """`FILE:LINE: COLUMN: …` in the reader's language."""
        place = f"{self.file}:{self.line}: " + (f"{self.column}: " if self.column else "")
        return place + " ".join(
            translate(part, language) for part in (self.found, self.expected, self.remedy)
        )


class RawTablesRefused(EnnumError, ValueError):
    """The raw tables cannot be built from: here is everything that was found in one run."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(
            message("Findings in the raw tables: {n}.", n=len(findings)),
            remedy=message("Nothing was published; the store in force is untouched."),
        )
        self.findings = findings
