"""The notice that corrects what was published: what was written, what is to be read, why, by which document,
and which kits carry the old number.

Numbers that only became known later correct nothing, and stand in no notice. What a kit wrote is read from
its manifest, because the store may say something else of that day now.
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
from ennum_stats.languages import day, translate
from ennum_stats.measures.dates import published_words
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import typeset
from ennum_stats.wording import words

TITLE = message("Correction notice")
WROTE, READ = message("We wrote:"), message("It should read:")
REASON, DOCUMENT, KITS = message("Reason:"), message("Document:"), message("Kits that carry it:")
NEW_DOCUMENT = message("A new document.")
METHOD = message("The number is computed otherwise.")
CORRECTED = message("The data of that day were corrected since.")
COMPUTED_OTHERWISE = message("The data are the same; the number is computed otherwise since that kit.")
WRONG_THEN = message("It was another number on the day of publication, too.")
SET_RIGHT = message("A correction: {what}. {why}.")
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


@dataclass(frozen=True)
class Correction:
    """Hold one number to be corrected."""

    now: Figure
    written: str
    reasons: tuple[Message, ...]
    documents: tuple[Observation, ...]
    kits: tuple[str, ...]


def made_kits(reports: Path) -> list[MadeKit]:
    """List the kits that lie in a folder, each language on its own."""
    manifests = ((path.parent, Manifest.of(path.parent)) for path in sorted(reports.glob(f"*/{MANIFEST}")))
    return [
        MadeKit(folder.name, language, made_of)
        for folder, manifest in manifests
        for language, made_of in sorted(manifest.editions.items())
    ]


def corrections(
    before: Ledger, after: Ledger, kits: Sequence[MadeKit], language: str
) -> Iterator[Correction]:
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
            yield _correction(before, current, words, old, carrying, earlier, language)


def changed_since(before: Ledger, now: Figure, written: str, language: str) -> Correction:
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
) -> Correction:
    was = figure(before, now.name)
    known = {o.observation_id for o in was.observations}
    new = tuple(o for o in now.observations if o.observation_id not in known)
    if words == old:
        written, reasons = was.text(language), [*_set_right(before, now, language)]
        reasons += [NEW_DOCUMENT if new else METHOD] if not reasons else []
    else:  # the store says something else of that day than a kit did
        kit = next((each for each in kits if each.language == language), kits[0])
        written = kit.made_of["figures"][now.name]["text"]
        is_same = kit.made_of.get("content_hash") == now.ledger.content_hash
        says_now = earlier[kit.made_of["known_at"]].get(now.name)
        changed = [COMPUTED_OTHERWISE if is_same else CORRECTED] if says_now != words else []
        reasons = [*_set_right(before, now, language), *changed]
        reasons += [NEW_DOCUMENT] if new or not reasons else []
    names = tuple(each.name for each in kits)
    return Correction(now, written, tuple(reasons), new or now.observations, names)


def _set_right(before: Ledger, now: Figure, language: str) -> Iterator[Message]:
    """Tell the corrections of documents that were decided since, and touch a figure."""
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


def notice_blocks(edition: Edition, before: Ledger, corrections: Sequence[Correction]) -> Blocks:
    """Write the notice as blocks of a text."""
    language = edition.language
    first, last = (day(ledger.known_at, language) for ledger in (before, edition.ledger))
    blocks: list[Heading | Paragraph] = [_heading(1, f"{translate(TITLE, language)} – {last}")]
    if not corrections:
        blocks.append(Paragraph((translate(message(NOTHING.text, first=first, last=last), language),)))
    for correction in corrections:
        reasons = " ".join(translate(reason, language) for reason in correction.reasons)
        blocks += [
            _heading(2, correction.now.label(language)),
            _line(WROTE, f"{correction.written}.", language),
            _line(READ, f"{correction.now.text(language)}.", language),
            _line(REASON, reasons, language),
            *(_line(DOCUMENT, _document(o, language), language) for o in correction.documents),
        ]
        if correction.kits:
            blocks.append(_line(KITS, ", ".join(correction.kits), language))
    return tuple(blocks)


def _heading(level: int, words_of_it: str) -> Heading:
    anchor = "".join(sign if sign.isalnum() else "-" for sign in words_of_it.lower())
    return Heading(level, (words_of_it,), anchor)


def _line(title: Message, words_of_it: str, language: str) -> Paragraph:
    return Paragraph((Strong((translate(title, language),)), f" {words_of_it}"))


def _document(observation: Observation, language: str) -> str:
    source = observation.source
    value = words(observation.quantity, language) if observation.quantity else ""
    title, place = (typeset(text, PLACES) for text in (source.title, observation.locator))
    where = f"{title}, {place} ({published_words(source, language)})"
    return f"{where} – {value}" if value else where
