"""Open the files of a team whose look a kit is to have: one of Word, one of PowerPoint, or both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ennum_stats.errors import EnnumError, Message, UsageError, message
from ennum_stats.files.foreign import CONTENT_TYPES
from ennum_stats.kit.formats.slide_template import SlideTemplate
from ennum_stats.kit.formats.word_template import Template
from ennum_stats.office.package import Package, damaged

WORD, SLIDES = (".docx", ".dotx"), (".pptx", ".potx")
_KINDS = (
    (b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"),
    (b"presentationml.template.main+xml", b"presentationml.presentation.main+xml"),
)
"""What a template is called in a file, and a document: the libraries read documents alone."""


@dataclass(frozen=True)
class KitTemplates:
    """Hold the files whose look a kit has; each may be missing."""

    word: Template | None = None
    slides: SlideTemplate | None = None

    @property
    def data(self) -> bytes | None:
        """All that a kit takes from them; nothing where there is none."""
        files = [file.data for file in (self.word, self.slides) if file is not None]
        return b"\0".join(files) if files else None

    def remarks(self, language: str) -> list[Message]:
        """Say what the kit does not find in them."""
        return [
            *(self.word.remarks(language) if self.word else ()),
            *(self.slides.remarks() if self.slides else ()),
        ]


def open_templates(given: Iterable[Path], remembered: Iterable[Path] = ()) -> KitTemplates:
    """Open templates: those that are given, and of the other kind those that the project names.

    Raises `DocumentRefused`, `UsageError` or `FileFault`, also for two of one kind."""
    paths = _by_kind(remembered) | _by_kind(given)
    word, slides = paths.get(WORD), paths.get(SLIDES)
    return KitTemplates(
        open_template(word) if word else None, open_slide_template(slides) if slides else None
    )


def open_template(path: Path) -> Template:
    """Open the Word file whose look the kit is to have. Raises `DocumentRefused`, `UsageError` or
    `FileFault`."""
    with _explained_damage(path):
        return Template.of(path, _opened(path, WORD))


def open_slide_template(path: Path) -> SlideTemplate:
    """Open the slides whose look those of the kit are to have. Raises `DocumentRefused`, `UsageError` or
    `FileFault`."""
    with _explained_damage(path):
        return SlideTemplate.of(path, _opened(path, SLIDES))


@contextmanager
def _explained_damage(path: Path) -> Iterator[None]:
    """Say of a file that it is damaged, where a library fails in its own way to read it."""
    try:
        yield
    except EnnumError:
        raise
    except (KeyError, ValueError, AttributeError, SyntaxError) as error:  # lxml's are of syntax
        raise damaged(path) from error


def _opened(path: Path, suffixes: tuple[str, ...]) -> bytes:
    package = Package.open(path, suffixes, to_read=True)
    types = package.parts[CONTENT_TYPES]
    for template, document in _KINDS:
        types = types.replace(template, document)
    package.parts[CONTENT_TYPES] = types
    return package.data()


def _by_kind(paths: Iterable[Path]) -> dict[tuple[str, ...], Path]:
    files: dict[tuple[str, ...], Path] = {}
    for path in paths:
        kind = SLIDES if path.suffix.lower() in (*SLIDES, ".pptm", ".potm") else WORD
        if kind in files:
            raise UsageError(
                message("There are two templates of one kind: {names}.", names=[files[kind].name, path.name]),
                remedy=message("Give one Word file and one file of slides at most."),
            )
        files[kind] = path
    return files
