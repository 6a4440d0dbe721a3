"""The notice of what reads otherwise than it was published: what was written, what is to be read, why, by which
document, and which kits carry the old number.

It corrects where something was wrong: a document, its reading, a list, or how we computed. Where there is only
a newer number it is an update, and confesses no mistake. Numbers that only became known later stand in no
notice. What a kit wrote is read from its manifest, because the store may say something else of that day now.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ennum_stats.document.blocks import Blocks, Heading, Paragraph, Strong
from ennum_stats.errors import Message, message
from ennum_stats.figures import Figure
from ennum_stats.figures.contradictions import corrected_numbers, correction_words
from ennum_stats.figures.figure import figure, figures
from ennum_stats.kit.edition import PLACES, Edition
from ennum_stats.kit.manifest import MANIFEST, Manifest, figure_values
from ennum_stats.languages import LANGUAGES, day, translate
from ennum_stats.measures.dates import published_words
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import lists_ever_known
from ennum_stats.typography import typeset
from ennum_stats.wording import words

TITLE, BOTH, UPDATE = (
    message("Correction notice"),
    message("Corrections and updates"),
    message("Update notice"),
)
CORRECTED_NUMBERS, NEWER_NUMBERS = message("Corrections"), message("Updates")
NO_MISTAKE = message("These were the numbers of their day; there are newer ones.")
WROTE, READ, NOW = message("We wrote:"), message("It should read:"), message("The number now:")
REASON, DOCUMENT, KITS = message("Reason:"), message("Document:"), message("Kits that carry it:")
NEWER = message("There is a newer number, in “{title}”.")
COMPUTED_SINCE = message("It is computed from what became known since.")
LIST_CORRECTED = message("A list of schools was wrong, and was replaced.")
CORRECTED = message("The data of that day were corrected since.")
COMPUTED_OTHERWISE = message("The data are the same; the number is computed otherwise since that kit.")
WRONG_THEN = message("It was another number on the day of publication, too.")
SET_RIGHT = message("A correction: {what}. {why}.")
_MISTAKES = frozenset(
    each.text for each in (CORRECTED, COMPUTED_OTHERWISE, WRONG_THEN, LIST_CORRECTED, SET_RIGHT)
)
NOTHING = message("No number that was published has changed between {first} and {last}.")


@dataclass(frozen=True)
class MadeKit:
    """Hold a language of a kit in `reports`, as its manifest tells it."""

    folder: str
    language: str
    made_of: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its folder and language, as people name it."""
        return f"{self.folder}/{self.language}"

    def is_for(self, audience: str) -> bool:
        """Tell whether an audience may hear of it: the public of none under embargo, and of no internal one."""
        is_public = self.made_of.get("audience", "public") == "public" and not self.made_of.get("embargo")
        return is_public or audience != "public"

    def says(self, name: str) -> str:
        """Give what it says of a figure; nothing where it says no number."""
        return _says(self.made_of.get("figures", {}).get(name, {}))

    def says_otherwise(self, now: Figure) -> bool:
        """Tell whether it says another number of a figure than is known now, or none."""
        return self.says(now.name) != _says(figure_values([now], self.language or "en")[now.name])


@dataclass(frozen=True)
class ChangedNumber:
    """Hold one number that reads otherwise than it was published."""

    now: Figure
    written: str
    reasons: tuple[Message, ...]
    documents: tuple[Observation, ...]
    kits: tuple[str, ...]

    @property
    def is_mistake(self) -> bool:
        """Whether what was written was wrong, and not only the number of its day."""
        return any(reason.text in _MISTAKES for reason in self.reasons)


def made_kits(reports: Path) -> list[MadeKit]:
    """List the kits that lie in a folder, each language on its own."""
    manifests = ((path.parent, Manifest.of(path.parent)) for path in sorted(reports.glob(f"*/{MANIFEST}")))
    return [
        MadeKit(folder.name, language, made_of)
        for folder, manifest in manifests
        for language, made_of in sorted(manifest.editions.items())
    ]


def editions_made(reports: Path, out: Path | None) -> list[Mapping[str, Any]]:
    """List what each language of the kits in a folder, and in another one, was made of."""
    editions = [kit.made_of for kit in made_kits(reports)]
    return [*editions, *Manifest.of(out).editions.values()] if out else editions


def corrections(
    before: Ledger, after: Ledger, kits: Sequence[MadeKit], language: str
) -> Iterator[ChangedNumber]:
    """Find what was written on one day, or in a kit made between both, and reads otherwise on the other."""
    between = [
        kit for kit in kits if str(before.known_at) <= str(kit.made_of.get("known_at")) <= str(after.known_at)
    ]
    now_says = _says_all(after, language)
    days = {str(kit.made_of["known_at"]) for kit in between}
    earlier = {moment: _says_all(after.known_on(date.fromisoformat(moment)), language) for moment in days}
    old_says = _says_all(before, language)
    for current in figures(after):
        variants: dict[str, list[MadeKit]] = {}
        if (old := old_says.get(current.name, "")) and old != now_says[current.name]:
            variants[old] = []
        for kit in between:
            words = kit.says(current.name)
            if words and words != now_says[current.name]:
                variants.setdefault(words, []).append(kit)
        for words, carrying in variants.items():
            changed = _correction(before, current, words, old, carrying, earlier, language)
            read_in = {language, *(kit.language for kit in carrying)} & {*LANGUAGES}
            if changed.written not in [current.text(code) for code in read_in]:
                yield changed  # else nobody can read that it changed: only digits that are not printed did


def changed_since(before: Ledger, now: Figure, written: str, language: str) -> ChangedNumber:
    """Tell what became of a number that something published on the day of `before` states, in these words."""
    was = figure(before, now.name).text(language)
    correction = _correction(before, now, was, was, (), {}, language)
    reasons = (WRONG_THEN,) if was == now.text(language) else correction.reasons
    return replace(correction, written=written, reasons=reasons)


def _correction(
    before: Ledger,
    now: Figure,
    words: str,
    old: str,
    kits: Sequence[MadeKit],
    earlier: Mapping[str, Mapping[str, str]],
    language: str,
) -> ChangedNumber:
    was = figure(before, now.name)
    known = {o.observation_id for o in was.observations}
    new = tuple(o for o in now.observations if o.observation_id not in known)
    if words == old:
        written, reasons = was.text(language), [*_set_right(before, now, language)]
        reasons = reasons or [_newer(new)]
    else:  # the store says something else of that day than a kit did
        kit = next((each for each in kits if each.language == language), kits[0])
        written = kit.made_of["figures"][now.name]["text"]
        is_same = kit.made_of.get("content_hash") == now.ledger.content_hash
        says_now = earlier[kit.made_of["known_at"]].get(now.name)
        changed = [COMPUTED_OTHERWISE if is_same else CORRECTED] if says_now != words else []
        reasons = [*_set_right(before, now, language), *changed]
        reasons += [_newer(new)] if new or not reasons else []
    names = tuple(each.name for each in kits)
    return ChangedNumber(now, written, tuple(reasons), new or now.observations, names)


def _newer(new: Sequence[Observation]) -> Message:
    """Say what made the number of a day another one: the last document that is new, or what is computed."""
    if not new:
        return COMPUTED_SINCE
    return message(NEWER.text, title=max(new, key=lambda o: o.known_on).source.title)


def _set_right(before: Ledger, now: Figure, language: str) -> Iterator[Message]:
    """Tell the corrections of documents and lists that were decided since, and touch a figure."""
    replaced = {
        each.list
        for each in lists_ever_known(now.ledger)
        if each.replaces and each.known_on > before.known_at
    }
    if replaced.intersection(each.list for each in now.lists):
        yield LIST_CORRECTED
    of_figure = {o.observation_id for o in now.observations}
    for observation, row in corrected_numbers(now.ledger):
        is_since = str(row["decided_on"]) > before.known_at.isoformat()
        if is_since and observation.observation_id in of_figure:
            yield message(SET_RIGHT.text, what=correction_words(now.ledger, row, language), why=row["reason"])


def _says_all(ledger: Ledger, language: str) -> dict[str, str]:
    values = figure_values(figures(ledger), language)
    return {name: _says(record) for name, record in values.items()}


def _says(record: Mapping[str, Any]) -> str:
    """Write value and bounds to be compared; nothing where no number is known, which is no mistake."""
    if not record or record.get("missing_reason") is not None:
        return ""
    return json.dumps([record.get(key) for key in ("value", "lower", "upper")])


# --- as a text ------------------------------------------------------------------------------------------


def notice_blocks(edition: Edition, before: Ledger, corrections: Sequence[ChangedNumber]) -> Blocks:
    """Write the notice as blocks of a text."""
    language = edition.language
    first, last = (day(ledger.known_at, language) for ledger in (before, edition.ledger))
    mistakes = [each for each in corrections if each.is_mistake]
    newer = [each for each in corrections if not each.is_mistake]
    title = BOTH if mistakes and newer else UPDATE if newer else TITLE
    blocks: list[Heading | Paragraph] = [_heading(1, f"{translate(title, language)} – {last}")]
    if not corrections:
        blocks.append(Paragraph((translate(message(NOTHING.text, first=first, last=last), language),)))
    for numbers, kind in ((mistakes, CORRECTED_NUMBERS), (newer, NEWER_NUMBERS)):
        if mistakes and newer:
            blocks.append(_heading(2, translate(kind, language)))
        if numbers and numbers is newer:
            blocks.append(Paragraph((translate(NO_MISTAKE, language),)))
        for number in numbers:
            blocks += _of_number(number, 3 if mistakes and newer else 2, language)
    return tuple(blocks)


def _of_number(number: ChangedNumber, level: int, language: str) -> Iterator[Heading | Paragraph]:
    yield _heading(level, number.now.label(language))
    yield _line(WROTE, f"{number.written}.", language)
    yield _line(READ if number.is_mistake else NOW, f"{number.now.text(language)}.", language)
    yield _line(REASON, " ".join(translate(reason, language) for reason in number.reasons), language)
    yield from (_line(DOCUMENT, _document(o, language), language) for o in number.documents)
    if number.kits:
        yield _line(KITS, ", ".join(number.kits), language)


def _heading(level: int, words_of_it: str) -> Heading:
    anchor = "".join(sign if sign.isalnum() else "-" for sign in words_of_it.lower())
    return Heading(level, (words_of_it,), anchor)


def _line(title: Message, words_of_it: str, language: str) -> Paragraph:
    return Paragraph((Strong((translate(title, language),)), f" {words_of_it}"))


def _document(observation: Observation, language: str) -> str:
    source = observation.source
    value = words(observation.quantity, language) if observation.quantity else ""
    where = f"{source.title}, {typeset(observation.locator, PLACES)} ({published_words(source, language)})"
    return f"{where} – {value}" if value else where
