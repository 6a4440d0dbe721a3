"""Reports about figures and published numbers, as plain values and in words.

There are two: what changed between two days, with the document that made the change; and where a figure comes
from, line by line, with what says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ennum_stats.errors import Message, message
from ennum_stats.figures.contradictions import kind_words, side_words
from ennum_stats.figures.figure import Figure, figure, figures
from ennum_stats.languages import day, listed, number, period_words, translate, translate_plural
from ennum_stats.measures.dates import publishers_and_days
from ennum_stats.measures.measure_table import to_json_value
from ennum_stats.measures.schools.school_lists import worded_list
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Missing, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import ClaimStatus
from ennum_stats.wording import missing_words, words

PUBLISHED = message("{label}: {new}, published by {documents}.")
COMPUTED = message("{label}: {new}, computed from what {documents} published.")
CHANGED = message("{label}: {new} instead of {old}, according to {documents}.")
COMPUTED_ANEW = message("{label}: {new} instead of {old}, computed from what {documents} published.")
COUNTED = message("{label}: {new}, counted from lists of schools.")
CLAIM = message("Printed total: {text} ({status}).")
COUNTED_ANEW = message("{label}: {new} instead of {old}, counted from lists of schools.")


@dataclass(frozen=True)
class Change:
    """Compare a figure that changed: `before` and `after` are the figure on the earlier and the later day."""

    before: Figure
    after: Figure

    @property
    def name(self) -> str:
        """Give the figure's name."""
        return self.after.name

    @property
    def observations(self) -> tuple[Observation, ...]:
        """List the published numbers that the later figure comes from and the earlier one did not."""
        earlier = {o.observation_id for o in self.before.observations}
        return tuple(o for o in self.after.observations if o.observation_id not in earlier)

    def sentence(self, language: str) -> str:
        """Say the change in a sentence fit for a correction notice."""
        label, new, old = (self.after.label(language), self.after.text(language), self.before.text(language))
        documents = listed(publishers_and_days(self._documents(), language), language)
        if isinstance(self.before.answer, Missing) and isinstance(self.after.answer, Missing):
            return f"{labelled(self.after.label(language), new, language)}."  # why it is missing is all that changed
        if isinstance(self.before.answer, Missing):
            told = PUBLISHED if self.after.is_printed else COMPUTED if documents else COUNTED
            text = message(told.text, label=label, new=new, documents=documents)
        elif isinstance(self.after.answer, Missing):
            text = message("{label}: {new}; it was {old}.", label=label, new=new, old=old)
        else:
            told = CHANGED if self.after.is_printed else COMPUTED_ANEW if documents else COUNTED_ANEW
            text = message(told.text, label=label, new=new, old=old, documents=documents)
        return translate(text, language)

    def record(self, language: str) -> dict[str, Any]:
        """Give the change as `ennum diff --format json` gives it."""
        return {
            "name": self.name,
            "label": self.after.label(language),
            "from": _state(self.before, language),
            "to": _state(self.after, language),
            "reason": self.sentence(language),
            "observations": [o.observation_id for o in self.observations],
        }

    def _documents(self) -> list[Observation]:
        """Pick one observation a document, of those that made the change."""
        by_source = {o.source.source_id: o for o in self.observations or self.after.observations}
        return list(by_source.values())


def changes(before: Ledger, after: Ledger) -> list[Change]:
    """List the figures that differ between two ledgers, in the order of the catalogue."""
    pairs = [(figure(before, one.name), one) for one in figures(after)]
    return [Change(old, new) for old, new in pairs if _says(old) != _says(new)]


def change_notice(found: Sequence[Change], language: str) -> str:
    """Write all changes as a list in Markdown, for a correction notice."""
    return "\n".join(f"- {change.sentence(language)}" for change in found)


def _says(figure: Figure) -> tuple[Any, ...]:
    reason = figure.answer.reason if isinstance(figure.answer, Missing) else None
    return figure.value, figure.lower, figure.upper, reason


def _state(figure: Figure, language: str) -> dict[str, Any]:
    return {
        "value": to_json_value(figure.value),
        "lower": to_json_value(figure.lower),
        "upper": to_json_value(figure.upper),
        "text": figure.text(language),
        "known_at": figure.known_at.isoformat(),
    }


def claim_words(figure: Figure, language: str) -> str:
    """Say the total that a document prints beside a sum, and whether it holds; nothing where none does."""
    claim = figure.record(language)["claim"]
    status = claim and ClaimStatus(claim["status"]).label
    return translate(CLAIM, language, text=claim["text"], status=status) if claim else ""


def trace_lines(figure: Figure, language: str) -> list[str]:
    """Write label, words, formula, caveats, then every document with its place and date, every list of
    schools with its day, then the documents that do not agree."""
    lines = [
        f"{figure.name}: {figure.label(language)}",
        f"  {figure.full_text(language)}",
        "  " + labelled("Formula", figure.formula(language), language),
        "  " + labelled("Known at", day(figure.known_at, language), language),
        *(f"  ! {caveat}" for caveat in figure.caveats(language)),
    ]
    if told := claim_words(figure, language):
        lines.append(f"  ! {told}")
    lines += _document_lines("Comes from", figure.observations, language)
    lines += _lists(figure, language)
    return lines + _against_lines(figure, language)


def _against_lines(figure: Figure, language: str) -> list[str]:
    """Write what says otherwise, by the kind of contradiction: printed numbers with their documents, computed
    ones with the numbers that they are computed from."""
    lines = _document_lines("Other documents disagree", figure.answer.conflicts, language)
    told = {o.observation_id for o in figure.answer.conflicts}
    by_kind: dict[str, list[str]] = {}
    for conflict, side in figure.against:
        of_kind = by_kind.setdefault(kind_words(conflict, language), [])
        if side.is_computed:
            of_kind.append(f"  - {side_words(side, language)}")
            of_kind += [f"    {o.observation_id}" for o in side.observations]
        elif side.observations[0].observation_id not in told:
            of_kind += _document(side.observations[0], language)
    for kind, found in by_kind.items():
        if found:
            lines += [labelled("Contradiction", kind, language), *found]
    return lines


def labelled(title: str | Message, value: str, language: str) -> str:
    """Join a title and what it says, with the colon of the language."""
    return translate("{label}: {value}", language, label=translate(title, language), value=value)


def _document_lines(title: str, observations: Sequence[Observation], language: str) -> list[str]:
    if not observations:
        return []
    return [
        labelled(title, "", language).rstrip(),
        *(line for o in observations for line in _document(o, language)),
    ]


def _lists(figure: Figure, language: str) -> list[str]:
    if not figure.lists:
        return []
    lines = [labelled("Rests on lists of schools", "", language).rstrip()]
    for one in figure.lists:
        what, about, _, known_on, key = worded_list(figure.ledger, one, language)
        size = translate_plural("{n} row", "{n} rows", one.size, language)
        lines += [f"  - {what}, {about} · {size} · {known_on}", f"    {key}"]
    return lines


def _document(observation: Observation, language: str) -> list[str]:
    source = observation.source
    if observation.quantity is not None:
        told = words(observation.quantity, language)
    elif observation.missing_reason is not None:
        told = missing_words(observation.missing_reason, language)
    else:
        told = ""
    when = period_words(source.day, language)
    if observation.quantity is not None:
        told += f" [{_in_full(observation.quantity, language)}]"
    lines = [
        f"  - {told} · {source.title}, {observation.locator} · {when}",
        f"    {observation.observation_id}",
    ]
    if observation.note:
        lines.append(f"    {observation.note}")
    return lines


def _in_full(quantity: Quantity, language: str) -> str:
    """Write the printed number to its last digit, its unit, and its bounds."""
    ends = [
        "…" if end is None else number(end, language)
        for end in (quantity.bounds.lower, quantity.bounds.upper)
    ]
    value = "" if quantity.value is None else f"{number(quantity.value, language)} "
    return f"{value}{quantity.unit}: {ends[0]} – {ends[1]}"
