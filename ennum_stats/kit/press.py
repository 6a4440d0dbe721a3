"""Make the press kit of a day in each language, completely or not at all.

Files are made in a folder beside the one to be replaced, and both are swapped. They depend on what they are
made of alone, on no clock and no path. The manifest lists that: the store, the code, each file with its
hash, each figure with its value.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ennum_stats.atomic import folder_beside, swap_folder, write_atomic
from ennum_stats.boundary import require_file
from ennum_stats.charts.spec import Chart
from ennum_stats.errors import EnnumError, Message, OutputInUse, UsageError, message
from ennum_stats.figures import Figure
from ennum_stats.figures.figure import file_name
from ennum_stats.journal import writing
from ennum_stats.kit.document import Node, parse, plain_text
from ennum_stats.kit.edition import Edition, contacts_file, read_contacts
from ennum_stats.kit.excel import write_excel
from ennum_stats.kit.pdf import write_pdf
from ennum_stats.kit.text_template import Resolver, charts_named, languages_of_texts, text_of
from ennum_stats.kit.word import write_word
from ennum_stats.measures.reconciliation import require_reconciled
from ennum_stats.measures.school_sites import rows_to_load
from ennum_stats.project import Project
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.publish import code_fingerprint
from ennum_stats.typography import typeset

MANIFEST = "MANIFEST.json"


def inputs(project: Project, ledger: Ledger, languages: Iterable[str]) -> dict[str, Any]:
    """List all that a kit depends on; the contacts are named by a hash only, as is the content of the
    store."""
    contacts = contacts_file(project)
    return {
        "content_hash": ledger.content_hash,
        "version": _version(),
        "known_at": ledger.known_at.isoformat(),
        "audience": str(ledger.audience),
        "languages": list(languages),
        "code": code_fingerprint(),
        "contacts": sha256(contacts.read_bytes()) if contacts.is_file() else None,
    }


def manifest_text(
    made_of: dict[str, Any], folder: Path, figures: Iterable[Figure], language: str
) -> str:
    """Write the manifest of the files in a folder."""
    files = {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    values = {figure.name: _value(figure, language) for figure in figures}
    whole = made_of | {"files": files, "figures": values}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def is_made_of(made_of: dict[str, Any], folder: Path) -> bool:
    """Tell whether the kit in a folder was made of these inputs, and all its files are there unchanged."""
    try:
        told = json.loads(require_file(folder / MANIFEST).read_text("utf-8"))
        is_same = all(told.get(key) == value for key, value in made_of.items())
        return is_same and all(
            sha256(require_file(folder / path).read_bytes()) == digest
            for path, digest in told["files"].items()
        )
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def is_kit_or_empty(folder: Path) -> bool:
    """Tell whether a folder holds a kit or nothing."""
    return (folder / MANIFEST).is_file() or not any(folder.iterdir())


def foreign_files(folder: Path) -> list[Path]:
    """List the files in the folder of a kit that somebody added or changed.

    Lock files that Word and Excel leave beside an open file do not count.
    """
    if not (folder / MANIFEST).is_file():
        return []
    told = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != MANIFEST
        and not path.name.startswith(("~$", ".~lock."))
        and told.get(path.relative_to(folder).as_posix()) != sha256(path.read_bytes())
    ]


def sha256(data: bytes) -> str:
    """Compute the SHA-256 hash of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def _value(figure: Figure, language: str) -> dict[str, Any]:
    record = figure.record(language)
    keys = ("label", "value", "printed", "lower", "upper", "unit", "precision", "status", "text")
    return {key: record[key] for key in (*keys, "missing_reason")}


def _version() -> str:
    try:
        return version("ennum-stats")
    except PackageNotFoundError:
        return "0"


KIT_LANGUAGES = languages_of_texts()
STEM = "press-kit"
Progress = Callable[[int, int, Message], None]
"""Called with the number of steps done, the number of all steps, and what is being done."""


def press(
    project: Project,
    ledger: Ledger,
    languages: Sequence[str] = ("fr",),
    out: Path | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write the press kit as known on the ledger's day; return the paths of its files, the manifest last.

    `out` is the folder of the kit, by default `reports/<day known at>`. What stood there is replaced,
    except what people added or changed. Raises `UsageError` for a language without a text, `ListsDiffer`
    where a list of schools and a published number differ without explanation, `OutputInUse` where a file of
    the old kit is open in another program.
    """
    _require(languages)
    target = out or default_folder(project, ledger)
    _require_kit_folder(target)
    require_reconciled(ledger, languages[0])
    contacts = read_contacts(project)
    made_of = inputs(project, ledger, languages)
    steps = _Steps(progress, 4 * len(languages) + 1)
    project.tidy()
    with folder_beside(target) as folder:
        editions = [Edition(ledger, language, contacts) for language in languages]
        for edition in editions:
            _write_edition(edition, folder / edition.language, steps)
        steps.next(message("Manifest"))
        first = editions[0]
        manifest = manifest_text(made_of, folder, first.figures.values(), first.language)
        write_atomic(folder / MANIFEST, manifest.encode())
        _replace_kit(folder, target)
    return [path for path in sorted(target.rglob("*")) if path.is_file()]


def is_current(
    project: Project, ledger: Ledger, languages: Sequence[str] = ("fr",), out: Path | None = None
) -> bool:
    """Tell whether the kit of that day exists already, made of the same store, code and contacts."""
    folder = out or default_folder(project, ledger)
    return is_made_of(inputs(project, ledger, languages), folder)


def hints(project: Project, ledger: Ledger) -> list[Message]:
    """List what matters to whoever makes the kit, and not to its reader."""
    told = []
    if not read_contacts(project):
        told.append(
            message(
                "The kit has no page of contacts: copy data/raw/contacts.example.csv to "
                "data/raw/contacts.csv and fill it in. That file is never shared."
            )
        )
    missing = rows_to_load(ledger)
    if missing:
        told += [message("For schools counted one by one, and for their map, load:"), *missing]
    return told


def default_folder(project: Project, ledger: Ledger) -> Path:
    """Return the folder of the ledger's day; kits of the internal store have a folder of their own."""
    day = ledger.known_at.isoformat()
    is_public = ledger.audience == "public"
    return project.reports / file_name(ledger, day if is_public else f"{day}-{ledger.audience}")


def _require(languages: Iterable[str]) -> None:
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


def _write_edition(edition: Edition, folder: Path, steps: _Steps) -> None:
    """Write all files of one language. Those that do not need each other are made side by side: the
    pictures and the workbook, then Word (mostly pandoc's time) and PDF (mostly typst's)."""
    steps.next(message("Charts"))
    stem = folder / file_name(edition.ledger, STEM)
    tree = parse(text_of(edition.language))
    title, kind = (
        typeset(plain_text(tree["meta"][key]), edition.language) for key in ("title", "subtitle")
    )
    charts = _charts(edition, tree)
    with ThreadPoolExecutor(max_workers=1) as background:
        drawing = background.submit(_draw, charts, folder / "charts")
        excel = write_excel(edition, list(charts.values()), title, kind)
        alts = {name: chart.alt for name, chart in charts.items()}
        resolved = Resolver(edition, alts).resolved(tree)
        drawing.result()
        steps.next(message("Excel"))
        _save(stem.with_suffix(".xlsx"), excel)
        steps.next(message("Word"))
        document = (edition, resolved, title, kind, folder / "charts")
        word = background.submit(write_word, *document)
        pdf = write_pdf(*document)
        _save(stem.with_suffix(".docx"), word.result())
        steps.next(message("PDF"))
        _save(stem.with_suffix(".pdf"), pdf)


def _charts(edition: Edition, tree: Node) -> dict[str, Chart]:
    """Return the charts that the text shows, in its order, without those that have nothing to draw."""
    from ennum_stats.charts.catalogue import chart

    built = (chart(edition.ledger, name, edition.language) for name in charts_named(tree))
    return {one.name: one for one in built if one.marks}


def _draw(charts: dict[str, Chart], folder: Path) -> None:
    from ennum_stats.charts.picture import Picture, write

    folder.mkdir(parents=True, exist_ok=True)
    write({folder / name: Picture(chart) for name, chart in charts.items()})


def _save(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


# --- written whole -------------------------------------------------------------------------------------


def _require_kit_folder(target: Path) -> None:
    """Refuse a folder that holds something else, because it would be replaced."""
    if target.exists() and not (target.is_dir() and is_kit_or_empty(target)):
        raise UsageError(
            message("This folder holds something other than a press kit."),
            where=str(target),
            remedy=message("Choose an empty folder, or one that does not exist yet."),
        )


def _replace_kit(folder: Path, target: Path) -> None:
    """Put the new kit in the place of the old one, with the files that people added there.

    On Windows a folder with an open file cannot be moved: raises `OutputInUse`. Two commands at once would
    take each other's files for those of people: raises `FolderInUse`.
    """
    try:
        with writing(target.parent):
            _keep_what_people_made(target, folder)
            swap_folder(folder, target)
    except EnnumError:
        raise
    except PermissionError as error:
        raise OutputInUse(
            message("The press kit cannot be replaced: one of its files is open."),
            where=str(target),
            remedy=message("Close it in Word, Excel or the PDF reader, and start again."),
        ) from error


def _keep_what_people_made(target: Path, folder: Path) -> None:
    """Copy the files of the old kit that somebody added or changed into the new one."""
    for path in foreign_files(target):
        place = folder / path.relative_to(target)
        if place.exists():
            place = place.with_name(f"{place.stem}.changed{place.suffix}")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)
