"""Make the press kit of a day in each language, completely or not at all.

Files are made in a folder beside the kit, then put in their places together. They depend on what they are
made of alone, on no clock and no path. What people changed stays as it is (`placement`), and so do the
languages made earlier; the manifest lists what the kit was made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.fitting import drawing_of
from ennum_stats.drawing.svg import print_svg
from ennum_stats.errors import Message, UsageError, message
from ennum_stats.files.atomic import folder_beside
from ennum_stats.kit.correction_notice import editions_made
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.embargo import require_kept
from ennum_stats.kit.filling import Resolver, parted, titles_of
from ennum_stats.kit.formats.chart_files import FILE_SIZES, signature_of, write_chart_files
from ennum_stats.kit.formats.excel import write_excel
from ennum_stats.kit.formats.pdf import write_pdf
from ennum_stats.kit.formats.slide_template import SlideTemplate
from ennum_stats.kit.formats.slide_words import RELEASE, SlideWords
from ennum_stats.kit.formats.slides import write_slides
from ennum_stats.kit.formats.web_page import page_look, write_page
from ennum_stats.kit.formats.word import write_sheet, write_word
from ennum_stats.kit.formats.word_template import Template, dressed
from ennum_stats.kit.inputs import UNDER_EMBARGO, default_folder, inputs_of_kit
from ennum_stats.kit.manifest import Manifest, figure_values, hash_of, sha256
from ennum_stats.kit.page_check import faults_of
from ennum_stats.kit.placement import put_in_place, require_kit_folder
from ennum_stats.kit.press_release import TO_GIVE, lead_of, page_of, short_forms
from ennum_stats.kit.publisher import publisher_file, read_contacts, read_publisher
from ennum_stats.kit.text import KitText, kit_text, languages_of_texts
from ennum_stats.measures.schools.reconciliation import require_reconciled
from ennum_stats.measures.schools.school_sites import rows_to_load
from ennum_stats.project import Audience, Project
from ennum_stats.store.ledger import Ledger

KIT_LANGUAGES = languages_of_texts()
STEM = "press-kit"
ANNEX = f"{STEM}-annex"
_EDITED = "-edited.docx"
"""How the name ends of a document of people that is carried over to another day."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Progress = Callable[[int, int, Message], None]
"""Called with the number of steps done, the number of all steps, and what is being done."""


def press(  # noqa: PLR0913 - what a kit may be made of, each with a default
    project: Project,
    ledger: Ledger,
    languages: Sequence[str] = ("fr",),
    out: Path | None = None,
    progress: Progress | None = None,
    *,
    native: bool = True,
    template: Template | None = None,
    slides: SlideTemplate | None = None,
    published: Callable[[], object] = lambda: None,
    given: Sequence[Message] = (),
    angle: str = "",
) -> list[Path]:
    """Write the press kit as known on the ledger's day; return the paths of all files of its folder.

    `out` is the folder of the kit, by default `reports/<day known at>`. One under embargo, or with what is, has
    a folder that its owner alone reads. Languages that are there already stay, and so does every file that
    people added, changed or have open: the new one stands beside it (`placement.told_of` says which). Word
    draws the charts that it can draw, unless they are not to be `native`. Word files have the look of a
    `template`, and slides that of `slides`. Nothing takes its place before `published` has returned, which waits
    for the proof of the store. The manifest keeps which advice was `given`. The release begins with what is new,
    or with an `angle`.

    Raises `UsageError` for a language without a text, an embargo that ends before that of a number, and an angle
    that no number supports; `ListsDiffer` where a list of schools and a published number differ without
    explanation, `OutputInUse` where nothing can be written.
    """
    require_texts(languages)
    target = (out or default_folder(project, ledger)).resolve()
    require_kit_folder(target, is_ours=out is None)
    require_reconciled(ledger, languages[0])
    require_kept(project, ledger)
    publisher = read_publisher(project)
    looks = [look.data for look in (template, slides) if look is not None]
    look_of = b"\0".join(looks) if looks else None
    made_of = inputs_of_kit(project, ledger, look_of, native=native, angle=angle)
    steps = _Steps(progress, 5 * len(languages) + 1)
    news = lead_of(project, ledger, angle)
    look, drawn = page_look(), _drawn_before(target, made_of)
    project.tidy()
    is_private = bool(ledger.embargo) or ledger.audience is not Audience.PUBLIC
    with folder_beside(target) as folder:
        if is_private:
            for place in filter(Path.exists, (folder, target)):
                place.chmod(0o700)
        editions = {}
        for language in languages:
            edition = Edition(ledger, language, publisher, has_native_charts=native, news=news)
            faults = _write_edition(edition, look, drawn, folder / language, steps, template, slides)
            values = figure_values(edition.figures.values(), language)
            editions[language] = made_of | {"figures": values, "advice": [*map(str, given)], "pages": faults}
        steps.next(message("Manifest"))
        published()
        put_in_place(folder, target, editions, ledger.known_at.isoformat())
    files = [path for path in sorted(target.rglob("*")) if path.is_file()]
    if is_private:
        for path in files:
            path.chmod(path.stat().st_mode & 0o700)  # what somebody protects stays protected
    return files


def advice(project: Project, ledger: Ledger) -> list[Message]:
    """List what would make a better kit: it matters to whoever makes it, and not to its reader."""
    lines = []
    if not read_contacts(project):
        lines.append(
            message(
                "The kit has no page of contacts: copy data/raw/contacts.example.csv to "
                "data/raw/contacts.csv and fill it in. That file is never shared."
            )
        )
    missing = rows_to_load(ledger)
    if missing:
        lines += [message("For schools counted one by one, and for their map, load:"), *missing]
    if not publisher_file(project).is_file():
        lines.append(
            message(
                "Who publishes is not told: copy data/raw/publisher.example.csv to data/raw/publisher.csv "
                "and fill in what there is. That file is never shared."
            )
        )
    elif missing_items := [item for item in TO_GIVE if item not in read_publisher(project).texts]:
        kept = message("The release keeps room for what data/raw/publisher.csv leaves empty: {items}.")
        lines.append(Message(kept.text, {"items": ", ".join(missing_items)}))
    return lines


def advised(project: Project, out: Path | None = None) -> set[str]:
    """Collect the advice that was given when the kits were made that are there: nobody is told twice."""
    return {text for edition in editions_made(project.reports, out) for text in edition.get("advice", ())}


def to_carry_over(project: Project, ledger: Ledger) -> list[Message]:
    """Say how the Word files that people edited in the kit before come to this day, with their work; nothing
    of those that came, in whose copy they may have written since."""
    target = default_folder(project, ledger)
    edited = edited_before(project, ledger)
    copies = {
        path: target / path.parent.name / f"{ANNEX if path.name.startswith(ANNEX) else STEM}{_EDITED}"
        for path in edited
    }
    return [
        message(
            "“{file}” was edited by somebody. To carry their work over to this day: {command}",
            file=f"{path.parent.parent.name}/{path.parent.name}/{path.name}",
            command=f'ennum refresh "{path}" --known-at {ledger.known_at} --out "{copy}"',
        )
        for path, copy in copies.items()
        if not copy.exists()
    ]


def edited_before(project: Project, ledger: Ledger) -> list[Path]:
    """List the Word files of the newest kit before the ledger's day that people edited there."""
    if not project.reports.is_dir():
        return []
    today = default_folder(project, ledger).name
    kinds = {_DAY.sub("", today), _DAY.sub("", f"{today}{UNDER_EMBARGO}")}  # what waited is of everybody now
    kits = [
        path for path in project.reports.iterdir() if _DAY.sub("", path.name) in kinds and path.name != today
    ]
    of_day = {path: path.name.removesuffix(UNDER_EMBARGO) for path in kits}
    for folder in sorted((kit for kit in kits if of_day[kit] <= today), key=of_day.__getitem__, reverse=True):
        ours = Manifest.of(folder).files
        edited = [
            path
            for path in sorted(folder.glob(f"*/*{STEM}*.docx"))
            if ours.get(path.relative_to(folder).as_posix()) != hash_of(path)
        ]
        if edited:
            return edited
    return []


def require_texts(languages: Iterable[str]) -> None:
    """Refuse a language in which there is no text. Raises `UsageError`."""
    for language in languages:
        if language not in KIT_LANGUAGES:
            raise UsageError(
                message("The kit's text does not exist in “{language}”.", language=language),
                expected=message("It exists in: {languages}.", languages=", ".join(KIT_LANGUAGES)),
                remedy=message("Choose one of them."),
            )


# --- one edition ---------------------------------------------------------------------------------------


@dataclass
class _Steps:
    """Count the steps of the work and report each."""

    progress: Progress | None
    total: int
    done: int = 0

    def next(self, what: Message) -> None:
        if self.progress is not None:
            self.progress(self.done, self.total, what)
        self.done += 1


def _write_edition(
    edition: Edition, look: str, drawn: Mapping[str, bytes], folder: Path, steps: _Steps,
    template: Template | None, slides: SlideTemplate | None,
) -> list[tuple[str, str, dict[str, Any]]]:  # fmt: skip
    """Write all files of one language; tell what is wrong on the pages of its PDFs, as the manifest keeps it.

    Those that do not need each other are made side by side: the pictures and the workbook, then PDF (mostly typst's
    time) and all others."""
    steps.next(message("Charts"))
    stem = folder / edition.file_name(STEM)
    text = kit_text(edition.language)
    title, kind = titles_of(edition, text)
    charts = _charts(edition, text)
    with ThreadPoolExecutor(max_workers=2) as background:
        drawing = background.submit(_draw, edition, charts.values(), folder / "charts", drawn)
        excel = write_excel(edition, list(charts.values()), title, kind)
        blocks = Resolver(edition, charts).resolved(text)
        drawing.result()
        steps.next(message("Excel"))
        _save(stem.with_suffix(".xlsx"), excel)
        write_chart_files(edition, charts.values(), folder / "charts")
        kit_blocks, annex_title, annex_blocks = parted(blocks)
        kit = (edition, kit_blocks, title, kind)
        annex = (edition, annex_blocks, annex_title, f"{title} · {edition.publisher_name}")
        kit_pdf = background.submit(write_pdf, *kit, folder / STEM)
        annex_pdf = background.submit(write_pdf, *annex, folder / ANNEX)
        announced = kit_text(edition.language, RELEASE)
        steps.next(message("Slides and web page"))
        release = Resolver(edition, charts).resolved(announced)
        words = SlideWords(edition, kind, release)
        _save(stem.with_suffix(".pptx"), write_slides(words, title, slides.ground() if slides else None))
        sheet = write_sheet(edition, page_of(edition, release), *titles_of(edition, announced))
        sheet = dressed(sheet, template, has_cover=False)
        _save(folder / edition.file_name(f"{RELEASE}.docx"), sheet)
        short = short_forms(edition, release)
        _save(folder / edition.file_name(f"{RELEASE}.txt"), short.encode())
        _save(stem.with_suffix(".html"), write_page(edition, blocks, title, kind, look))
        steps.next(message("PDF"))
        faults = {}
        for name, pages in ((STEM, kit_pdf.result()), (ANNEX, annex_pdf.result())):
            _save(folder / edition.file_name(f"{name}.pdf"), pages.pdf)
            faults[edition.file_name(f"{name}.pdf")] = background.submit(faults_of, pages.pdf)
        steps.next(message("Word"))
        _save(stem.with_suffix(".docx"), dressed(write_word(*kit, kit_pdf.result().page_of), template))
        sheet = write_sheet(*annex, page_of=annex_pdf.result().page_of)
        _save(folder / edition.file_name(f"{ANNEX}.docx"), dressed(sheet, template, has_cover=False))
        return [(name, fault.text, fault.values) for name, of in faults.items() for fault in of.result()]


def _charts(edition: Edition, text: KitText) -> dict[str, Chart]:
    """Return the charts that the text shows, in its order, without those that have nothing to draw."""
    built = (edition.chart(name) for name in text.charts)
    return {chart.name: chart for chart in built if chart.marks}


def _draw(edition: Edition, charts: Iterable[Chart], folder: Path, drawn: Mapping[str, bytes]) -> None:
    """Draw charts as SVG and PNG; what was drawn of the same SVG before is taken from there."""
    from ennum_stats.drawing.picture import png_of

    folder.mkdir(parents=True, exist_ok=True)
    signature = signature_of(edition)
    for chart, (ending, size) in product(charts, FILE_SIZES.items()):
        drawing = drawing_of(chart, size, signature=signature)
        svg = print_svg(chart, drawing)
        texts = {"title": chart.title, "alt": chart.description, "language": chart.language}
        png = drawn.get(sha256(svg.encode())) or png_of(svg, **texts, size=drawing.size)
        for form, data in (("svg", svg.encode()), ("png", png)):
            (folder / edition.file_name(f"{chart.name}{ending}.{form}")).write_bytes(data)


def _drawn_before(target: Path, made_of: Mapping[str, object]) -> dict[str, bytes]:
    """Give the PNG pictures of a kit by the hash of their SVG, as far as the same code drew them and both are
    unchanged."""
    manifest, pictures = Manifest.of(target), {}
    for name, digest in manifest.files.items():
        picture = f"{name.removesuffix('.svg')}.png"
        edition = manifest.editions.get(name.partition("/")[0], {})
        if name.endswith(".svg") and edition.get("code") == made_of["code"]:
            path = target / picture
            if hash_of(target / name) == digest and hash_of(path) == manifest.files.get(picture, ""):
                pictures[digest] = path.read_bytes()
    return pictures


def _save(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
