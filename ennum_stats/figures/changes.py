"""What changed between two days: figure by figure, with the document that made the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ennum_stats.errors import message
from ennum_stats.figures.resolving import Figure, figures
from ennum_stats.languages import listed, period_words, translate
from ennum_stats.measures.frames import plain
from ennum_stats.periods import Period
from ennum_stats.store.answers import Missing, Observation
from ennum_stats.store.opening import Ledger


@dataclass(frozen=True)
class Change:
    """A figure that is another one on a later day; `before` and `after` are the figure on each day."""

    before: Figure
    after: Figure

    @property
    def name(self) -> str:
        """The figure's name."""
        return self.after.name

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The published numbers that the later figure comes from and the earlier one did not."""
        earlier = {o.observation_id for o in self.before.observations}
        return tuple(o for o in self.after.observations if o.observation_id not in earlier)

    def sentence(self, language: str) -> str:
        """The change in a sentence fit for a correction notice."""
        label, new, old = (
            self.after.label(language), self.after.text(language), self.before.text(language)
        )  # fmt: skip
        documents = listed([_document(o, language) for o in self._documents()], language)
        if isinstance(self.before.answer, Missing):
            text = message(
                "{label}: {new}, published by {documents}.",
                label=label,
                new=new,
                documents=documents,
            )
        elif isinstance(self.after.answer, Missing):
            text = message("{label}: {new}; it was {old}.", label=label, new=new, old=old)
        else:
            text = message(
                "{label}: {new} instead of {old}, according to {documents}.",
                label=label, new=new, old=old, documents=documents,
            )  # fmt: skip
        return translate(text, language)

    def record(self, language: str) -> dict[str, Any]:
        """The change as `ennum diff --format json` gives it."""
        return {
            "name": self.name,
            "label": self.after.label(language),
            "from": _state(self.before, language),
            "to": _state(self.after, language),
            "reason": self.sentence(language),
            "observations": [o.observation_id for o in self.observations],
        }

    def _documents(self) -> list[Observation]:
        """One observation a document, of those that made the change."""
        by_source = {o.source.source_id: o for o in self.observations or self.after.observations}
        return list(by_source.values())


def changes(before: Ledger, after: Ledger) -> list[Change]:
    """The figures that differ between two ledgers, in the order of the catalogue."""
    earlier = {figure.name: figure for figure in figures(before)}
    pairs = [(earlier[f.name], f) for f in figures(after) if f.name in earlier]
    return [Change(old, new) for old, new in pairs if _says(old) != _says(new)]


def change_notice(found: Sequence[Change], language: str) -> str:
    """All changes as a list in Markdown, for a correction notice."""
    return "\n".join(f"- {change.sentence(language)}" for change in found)


def _says(figure: Figure) -> tuple[Any, ...]:
    reason = figure.answer.reason if isinstance(figure.answer, Missing) else None
    return figure.value, figure.lower, figure.upper, reason


def _state(figure: Figure, language: str) -> dict[str, Any]:
    return {
        "value": plain(figure.value),
        "lower": plain(figure.lower),
        "upper": plain(figure.upper),
        "text": figure.text(language),
        "known_at": figure.known_at.isoformat(),
    }


def _document(observation: Observation, language: str) -> str:
    source = observation.source
    when = Period(source.published_on or source.known_on.isoformat())
    return f"{source.publisher} ({period_words(when, language)})"
