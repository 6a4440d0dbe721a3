"""What of a kit is still as it was written, and still true: its files against the manifest, its figures
against the store.

A kit says what was known on its day. Where the store says something else of that day now, a number was
corrected since, or is computed otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from ennum_stats.errors import Message, UsageError, message
from ennum_stats.figures import figures
from ennum_stats.files.journal import settle
from ennum_stats.files.office import inspect_office
from ennum_stats.files.sums import CHECKSUMS, differences_from_sums, sums_of
from ennum_stats.kit.embargo import state_of
from ennum_stats.kit.manifest import MANIFEST, Manifest, figure_values
from ennum_stats.languages import listed, translate
from ennum_stats.project import Audience, Project
from ennum_stats.raw.embargo import moment_of
from ennum_stats.store.ledger import open_ledger

_COMPARED = ("value", "lower", "upper", "missing_reason")


@dataclass(frozen=True)
class Discrepancy:
    """Something of a kit that is not as it was; `is_wrong` where whoever uses it would be misled."""

    sentence: Message
    is_wrong: bool = True


@dataclass(frozen=True)
class Verification:
    """Hold what was found of a kit: the manifest, and each difference."""

    manifest: Manifest
    findings: tuple[Discrepancy, ...]

    @property
    def wrong(self) -> list[Discrepancy]:
        """List what would mislead."""
        return [finding for finding in self.findings if finding.is_wrong]

    def summary(self, language: str) -> tuple[list[str], bool]:
        """Say all of it, the whole in the last line; and whether something is wrong."""
        whole = message("Differences found: {n}.", n=len(self.wrong))
        if not self.wrong:
            whole = message(
                "The kit ({languages}) is as it was made: {n} files, nothing active in them, nothing that calls "
                "elsewhere, and every figure is that of the store.",
                languages=listed(sorted(self.manifest.editions), language), n=len(self.manifest.files),
            )  # fmt: skip
        embargoes = {edition.get("embargo") for edition in self.manifest.editions.values()}
        states = [state_of(moment_of(each) if each else None, "ennum press") for each in embargoes]
        lines = [*(finding.sentence for finding in self.findings), *states, whole]
        return [translate(line, language) for line in lines], bool(self.wrong)


def sums_verified(folder: Path, language: str) -> tuple[list[str], bool]:
    """Say which files of a copy of the dashboard, or of a release, are not as listed; and whether one misleads."""
    sums = sums_of(folder)
    differences = [*differences_from_sums(folder, sums, (CHECKSUMS,))]
    wrong = sum(is_wrong for _, is_wrong in differences)
    whole = message("Differences found: {n}.", n=wrong)
    if not wrong:
        whole = message("All {n} files are as they were made.", n=len(sums))
    return [translate(line, language) for line in (*(sentence for sentence, _ in differences), whole)], bool(
        wrong
    )


def verify_kit(project: Project, folder: Path) -> Verification:
    """Compare a kit with its manifest and with the store. Raises `UsageError` where there is no kit."""
    settle(folder.parent)
    if not (folder / MANIFEST).is_file():
        raise UsageError(
            message("There is no press kit here: a kit has a file {name}.", name=MANIFEST),
            where=str(folder),
            remedy=message("Name the folder of a day, such as reports/2020-01-31."),
        )
    manifest = Manifest.of(folder)
    if manifest.is_changed:
        changed = message("The manifest was changed by hand: what it says proves nothing.")
        return Verification(manifest, (Discrepancy(changed),))
    differences = (*_files(folder, manifest), *_activity(folder, manifest), *_figures(project, manifest))
    return Verification(manifest, differences)


def _files(folder: Path, manifest: Manifest) -> Iterator[Discrepancy]:
    for sentence, is_wrong in differences_from_sums(folder, manifest.files, (MANIFEST,)):
        yield Discrepancy(sentence, is_wrong)


def _activity(folder: Path, manifest: Manifest) -> Iterator[Discrepancy]:
    """Name what would run or call elsewhere once somebody opens a file, whoever put it there."""
    for name in manifest.files:
        if (path := folder / name).is_file():
            for what in active_in(path):
                yield Discrepancy(message("{file}: {what}", file=name, what=what))


def _figures(project: Project, manifest: Manifest) -> Iterator[Discrepancy]:
    """Compare the figures of each language with what the store says of the same day."""
    by_day: dict[tuple[str, str], list[str]] = {}
    for language, edition in sorted(manifest.editions.items()):
        by_day.setdefault((edition["known_at"], edition["audience"]), []).append(language)
    for (day, audience), languages in by_day.items():
        ledger = open_ledger(project, date.fromisoformat(day), Audience(audience))
        for language in languages:
            now = figure_values(figures(ledger), language)
            of_kit = manifest.editions[language].get("figures", {})  # a notice lists none
            for name, written in of_kit.items():
                held = now.get(name)
                if held is None:
                    yield Discrepancy(message("The figure {name} is not there any more.", name=name))
                elif any(written[key] != held[key] for key in _COMPARED):
                    yield Discrepancy(message(
                        "{label}: written {old}; on {day} known is {new} ({name}).", label=held["label"],
                        old=written["text"], new=held["text"], day=ledger.known_at, name=name,
                    ))  # fmt: skip


OFFICE = (".docx", ".pptx", ".xlsx")
_RUN = ("script", "iframe", "object", "embed", "base", "form")
_FETCHED = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//|\s*javascript:", re.IGNORECASE)
_FETCHED_BY_STYLE = re.compile(r"(?:url\(|@import)\s*['\"]?\s*(?:[a-z]+:)?//", re.IGNORECASE)
_NAMES_ALONE = ("canonical", "alternate", "license")
"""What a page says of itself by an address that no browser asks."""


def active_in(path: Path) -> Iterator[Message]:
    """Give what is active in a file of a kit, in words; nothing of pictures and plain text, nor of a damaged file,
    which its checksum names."""
    suffix = path.suffix.lower()
    if suffix in OFFICE:
        inspection = inspect_office(path.read_bytes())
        yield from (finding.found for finding in inspection.findings if inspection.is_readable)
    elif suffix in (".html", ".svg"):
        page = _OpenedPage()
        page.feed(path.read_text("utf-8", errors="replace"))
        for what in dict.fromkeys(page.active):
            yield message("It holds {what}.", what=what)
    elif suffix == ".pdf":
        for what in dict.fromkeys(_active_in_pdf(path)):
            yield message("It holds {what}.", what=what)


class _OpenedPage(HTMLParser):
    """Read a page or drawing: `active` is what runs or is fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element."""
        values = {name: value or "" for name, value in attrs}
        is_named = tag == "a" or values.get("rel", "") in _NAMES_ALONE
        if tag in _RUN:
            self.active.append(f"<{tag}>")
        for name, value in values.items():
            is_address = name in ("src", "srcset", "poster", "href", "xlink:href", "background")
            is_far = is_address and _FETCHED.match(value) and (not is_named or "script" in value[:12].lower())
            if name.startswith("on") or is_far or (name == "style" and _FETCHED_BY_STYLE.search(value)):
                self.active.append(f"<{tag} {name}>")

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        """Look at the rules of styles."""
        if self.lasttag == "style" and _FETCHED_BY_STYLE.search(data):
            self.active.append("<style>")


def _active_in_pdf(path: Path) -> Iterator[str]:
    """Name what a PDF does by itself, and its links that lead to more than a page or an address."""
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        root: Any = reader.trailer["/Root"]
    except (pypdf.errors.PyPdfError, KeyError, ValueError, OSError):
        return
    yield from (name for name in ("/OpenAction", "/AA") if name in root)
    yield from (name for name in ("/JavaScript", "/EmbeddedFiles") if name in root.get("/Names", {}))
    for page in reader.pages:
        yield from (name for name in ("/AA",) if name in page)
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A", {})
            if action and action.get_object().get("/S") not in ("/URI", "/GoTo"):
                yield str(action.get_object().get("/S"))
