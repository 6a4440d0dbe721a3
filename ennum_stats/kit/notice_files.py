"""Write the correction notice as Word, web page and Markdown, each language in a folder of its own.

What people changed in an earlier one stays, as in a kit.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ennum_stats.document.blocks import plain_text
from ennum_stats.document.text import markdown_of
from ennum_stats.figures.figure import file_name, noticed
from ennum_stats.files.atomic import folder_beside
from ennum_stats.kit.correction_notice import ChangedNumber, corrections, made_kits, notice_blocks
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.web_page import page_look, write_short_page
from ennum_stats.kit.formats.word import write_sheet
from ennum_stats.kit.inputs import inputs
from ennum_stats.kit.placement import put_in_place, require_kit_folder
from ennum_stats.kit.press import require_texts
from ennum_stats.kit.publisher import read_publisher
from ennum_stats.project import Project
from ennum_stats.store.ledger import Ledger

_STEM = "notice"


def default_notice_folder(project: Project, before: Ledger, after: Ledger) -> Path:
    """Return the folder of the notice between two days."""
    name = f"{_STEM}-{before.known_at.isoformat()}-{after.known_at.isoformat()}"
    is_public = after.audience == "public"
    return project.reports / file_name(after, name if is_public else f"{name}-{after.audience}")


def write_notice(
    project: Project, before: Ledger, after: Ledger, languages: Sequence[str], out: Path | None = None
) -> list[ChangedNumber]:
    """Write the notice of what changed between two days; return what it corrects, in the first language."""
    require_texts(languages)
    target = (out or default_notice_folder(project, before, after)).resolve()
    require_kit_folder(target, is_ours=out is None)
    kits = [kit for kit in made_kits(project.reports) if kit.is_for(after.audience)]
    look, publisher = page_look(), read_publisher(project).without("published_on")
    made_of = inputs(project, after) | {"since": before.known_at.isoformat()}
    by_language: list[list[ChangedNumber]] = []
    with folder_beside(target) as folder:
        for language in languages:
            edition = Edition(after, language, publisher)
            by_language.append([*corrections(before, after, kits, language)])
            _write_language(edition, before, by_language[-1], folder / language, look)
        editions = dict.fromkeys(languages, made_of)
        put_in_place(folder, target, editions, after.known_at.isoformat())
    return by_language[0]


def _write_language(
    edition: Edition, before: Ledger, corrections: Sequence[ChangedNumber], folder: Path, look: str
) -> None:
    blocks = notice_blocks(edition, before, corrections)
    title = plain_text(blocks[0])
    kind = edition.publisher_name
    folder.mkdir(parents=True)
    (folder / f"{_STEM}.docx").write_bytes(write_sheet(edition, blocks, title, kind))
    (folder / f"{_STEM}.html").write_bytes(write_short_page(edition, title, kind, blocks, look))
    markdown = markdown_of(blocks)
    head = noticed(edition.ledger, edition.language)
    text = f"{head}\n\n{markdown}" if head else markdown
    (folder / f"{_STEM}.md").write_text(text, "utf-8")
