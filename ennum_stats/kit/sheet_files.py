"""Write the sheet of a place as PDF, Word and image, each language in a folder of its own, each on one page.

What people changed in an earlier one stays, as in a kit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from ennum_stats.document.blocks import Blocks, Illustration, flat, plain_text
from ennum_stats.document.typst import (
    TypesettingFailed,
    array,
    call,
    colour,
    colours,
    setting,
    text,
    typst_of,
)
from ennum_stats.drawing import theme
from ennum_stats.drawing.picture import png_of
from ennum_stats.drawing.theme import typst_fonts
from ennum_stats.figures.figure import file_name
from ennum_stats.files.atomic import folder_beside
from ennum_stats.files.leavings import owned_folder
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.pdf import logos_of, save_logos
from ennum_stats.kit.formats.word import write_sheet
from ennum_stats.kit.inputs import inputs
from ennum_stats.kit.local_sheet import KINDS, SHEET, STEPS, map_size, sheet_parts
from ennum_stats.kit.placement import put_in_place, require_kit_folder
from ennum_stats.kit.press import require_texts
from ennum_stats.kit.publisher import read_publisher
from ennum_stats.measures.schools.places import place_name
from ennum_stats.project import Project
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import fold

_LOOK = Path(__file__).parent / "formats" / "local-sheet.typ"
_LESS_IN_WORD = 2
"""By how many steps Word is told less: its lines are higher, and differ from program to program."""
_FULL = 5
"""From so many parts on, the room that is left is shared among them; fewer stand together above it."""
_DOTS = 200
"""The dots an inch of the image."""


def default_sheet_folder(project: Project, ledger: Ledger, kind: str, code: str) -> Path:
    """Return the folder of the sheet of a place on a day."""
    name = f"{_stem(ledger, kind, code)}-{ledger.known_at.isoformat()}"
    is_public = ledger.audience == "public"
    return project.reports / file_name(ledger, name if is_public else f"{name}-{ledger.audience}")


def _stem(ledger: Ledger, kind: str, code: str) -> str:
    name = place_name(ledger, kind, code, "fr").removeprefix("province ")
    return "-".join(("sheet", kind, *fold(name).removeprefix("de ").removeprefix("du ").split()))


def write_local_sheet(
    project: Project, ledger: Ledger, kind: str, code: str, languages: Sequence[str], out: Path | None = None
) -> Path:
    """Write the sheet of a commune or province in languages; return its folder. Raises `UnknownName`."""
    require_texts(languages)
    target = (out or default_sheet_folder(project, ledger, kind, code)).resolve()
    require_kit_folder(target, is_ours=out is None)
    publisher = read_publisher(project).without("published_on")
    made_of = inputs(project, ledger) | {"place": f"{kind}/{code}"}
    with folder_beside(target) as folder:
        for language in languages:
            edition = Edition(ledger, language, publisher)
            stem = folder / language / edition.file_name(_stem(ledger, kind, code))
            stem.parent.mkdir(parents=True)
            for suffix, data in _files(edition, kind, code, folder).items():
                stem.with_name(f"{stem.name}.{suffix}").write_bytes(data)
        put_in_place(folder, target, dict.fromkeys(languages, made_of), ledger.known_at.isoformat())
    return target


def _files(edition: Edition, kind: str, code: str, folder: Path) -> dict[str, bytes]:
    """Make the files of one language; so much is told that one page holds it."""
    heading = f"{edition.t(SHEET)} – {edition.t(KINDS[kind])}"
    moment = datetime.combine(edition.ledger.known_at, time(), UTC)
    with owned_folder(folder / "typst") as root:
        save_logos(edition, root)
        for step in range(len(STEPS)):
            parts = [*sheet_parts(edition, kind, code, STEPS[step])]
            title = plain_text(parts[0][0])
            page = _SetSheet(root, _description(edition, parts, title, heading))
            if page.count == 1:
                break
        less = STEPS[min(step + _LESS_IN_WORD, len(STEPS) - 1)]
        blocks = tuple(block for part in sheet_parts(edition, kind, code, less) for block in part)
        (drawing,) = (block for block in flat(blocks) if isinstance(block, Illustration))
        size = map_size(edition.ledger, kind, code, edition.language)
        picture = png_of(drawing.svg, title=title, alt=drawing.alt, language=edition.language, size=size)
        return {
            "pdf": page.written(format="pdf", pdf_standards="ua-1", timestamp=int(moment.timestamp())),
            "png": page.written(format="png", ppi=_DOTS),
            "docx": write_sheet(edition, blocks, title, heading, picture),
        }


class _SetSheet:
    """Hold the sheet as typst sets it."""

    def __init__(self, root: Path, description: str) -> None:
        import typst

        (root / "sheet.typ").write_text(description, "utf-8")
        self._typst = typst.Compiler(str(root / "sheet.typ"), root=str(root), font_paths=typst_fonts())
        self._refused: type[Exception] = typst.TypstError

    @property
    def count(self) -> int:
        """How many pages it takes."""
        return int(self._typst.query("<pages>", field="value", one=True))

    def written(self, **options: Any) -> bytes:
        """Write it in a format."""
        try:
            written = self._typst.compile(**options)
        except self._refused as error:
            raise TypesettingFailed(str(error)) from error
        if not isinstance(written, bytes):
            raise TypesettingFailed("the sheet takes more than a page")
        return written


def _description(edition: Edition, parts: Sequence[Blocks], title: str, heading: str) -> str:
    """Write the page in typst's language: its parts, with the same room between each two."""
    setup = call(
        "show: sheet.with", title=text(title), kind=text(heading), known=text(edition.known_line),
        logos=logos_of(edition), by=text(edition.publisher_name),
        colours=array(map(colour, theme.LIGHT.accents.values())),
        **setting(edition.language),
    )  # fmt: skip
    first, *body = parts
    written = [typst_of(first[1:], edition.language), *(typst_of(part, edition.language) for part in body)]
    between = "\n\n#v(1em)#v(1fr)\n\n" if len(parts) >= _FULL else "\n\n#v(1em)\n\n"
    page = f"{between.join(written[:-1])}\n\n#v(1em)#v(1fr)\n\n{written[-1]}"
    return "\n\n".join((colours(), _LOOK.read_text("utf-8"), setup, page, "#pages"))
