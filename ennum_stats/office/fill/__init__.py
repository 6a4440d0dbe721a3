"""Fill in a document of somebody's: the names between braces become figures, charts and tables of a day.

The document stays; the filled one stands beside it. Nothing is written where a name does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from ennum_stats.errors import Message, UsageError, message
from ennum_stats.kit.edition import OF_CHARTS, Edition
from ennum_stats.kit.placement import name_beside
from ennum_stats.kit.publisher import NOBODY, Publisher
from ennum_stats.office.drawn import declared
from ennum_stats.office.fill.attached import AttachedFiller, NameLeft, names_left
from ennum_stats.office.fill.fill_slides import SlideFiller
from ennum_stats.office.fill.fill_word import WordFiller, names_in_fields
from ennum_stats.office.fill.fill_workbook import WorkbookFiller
from ennum_stats.office.fill.placeholders import Placeholder
from ennum_stats.office.names import CHART, TABLE, is_drawn, is_named, named_table, nearest
from ennum_stats.office.package import DocumentRefused, Package
from ennum_stats.office.word_file import WordFile
from ennum_stats.store.ledger import Ledger

_Filler = WordFiller | SlideFiller | WorkbookFiller
_Places = list[tuple[_Filler | AttachedFiller, str, Placeholder]]
SUFFIXES = (".docx", ".pptx", ".xlsx")


@dataclass
class FillResult:
    """Hold what was filled in, and what stays as it is: the names of which nothing is known on the day, and those that
    stand where nothing can be filled in."""

    path: Path
    filled: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    left: list[NameLeft] = field(default_factory=list)
    left_out: list[Message] = field(default_factory=list)
    """What the document would have fetched, and the filled one does not."""


def fill(
    ledger: Ledger,
    path: Path,
    language: str = "fr",
    publisher: Publisher = NOBODY,
    *,
    out: Path | None = None,
    dry_run: bool = False,
) -> FillResult:
    """Fill in a document as known on the ledger's day, and write it to `out`, or beside it.

    Raises `UsageError` for names that do not exist, or that stand where they cannot be filled in; and what
    `refresh` raises for a file that cannot be read or written.
    """
    edition = Edition(ledger, language, publisher)
    filler, save = _opened(path, edition)
    target = out or beside(path, ledger.known_at.isoformat())
    result = FillResult(target)
    filling = _Filling(edition, filler, path, result)
    filling.fill()
    result.left_out = filling.package.left_out
    if not dry_run and result.filled:
        save(target)
    return result


def _opened(path: Path, edition: Edition) -> tuple[_Filler, Callable[[Path], None]]:
    """Open a document, with what writes it to a place."""
    if path.suffix.lower() == ".docx":
        document = WordFile.open(path)
        if names := names_in_fields(document):
            raise _misplaced(path, names)

        def save(target: Path) -> None:
            document.keep_registry()
            document.package.save(document.package.data(), target)

        return WordFiller(document, edition), save
    package = Package.open(path, SUFFIXES)
    filler = SlideFiller(package) if path.suffix.lower() == ".pptx" else WorkbookFiller(package, edition)
    return filler, lambda target: package.save(package.data(), target)


def _misplaced(path: Path, names: list[str]) -> UsageError:
    return UsageError(
        message("These names stand in a field, which Word writes itself: {names}.", names=names),
        where=str(path),
        remedy=message("Write them as plain text, outside of fields and form controls."),
    )


def beside(path: Path, day: str) -> Path:
    """Name the first free place beside a document: no file of anybody's is written over."""
    places = (path.with_name(name_beside(path.name, day, n)) for n in count(1))
    return next(place for place in places if not place.exists())


class _Filling:
    """Fill in the names of one document."""

    def __init__(self, edition: Edition, filler: _Filler, path: Path, result: FillResult) -> None:
        self.edition, self.filler, self.path, self.result = edition, filler, path, result
        self.package = filler.document.package if isinstance(filler, WordFiller) else filler.package

    def fill(self) -> None:
        """Look at all names first, then fill them in."""
        attached = AttachedFiller(self.package, self.edition, self.filler.parts)
        places: _Places = [(self.filler, *place) for place in self.filler.places()]
        places += [(attached, *place) for place in attached.places()]
        left = [*names_left(self.package)] if not places else []
        if not places and not left:
            raise DocumentRefused(
                message("This document holds no name to fill in."),
                where=str(self.path),
                expected=message("A name looks like this: {example}", example="{{total_investment}}"),
                remedy=message("ennum names lists them all."),
            )
        self._look_at(places)
        written = {placeholder.token for _, _, placeholder in places}
        for filler, part, placeholder in places:
            self._put(filler, part, placeholder, written)
        attached.finish(self.filler if isinstance(self.filler, WorkbookFiller) else None)
        unknown = set(self.result.unknown)
        self.result.left = [name for name in names_left(self.package) if name.token not in unknown]

    def _look_at(self, places: _Places) -> None:
        """Refuse names that do not exist, or that stand where they cannot be filled in."""
        unknown = dict.fromkeys(
            placeholder.token for *_, placeholder in places if not is_named(self.edition, placeholder.token)
        )
        if unknown:
            raise UsageError(
                message("These names do not exist: {names}.", names=nearest(self.edition, unknown)),
                where=str(self.path),
                remedy=message("ennum names lists them all."),
            )
        guarded = [placeholder.token for filler, _, placeholder in places if filler.is_guarded(placeholder)]
        if guarded:
            raise _misplaced(self.path, guarded)
        alone = [
            placeholder.token for filler, _, placeholder in places if self._needs_room(filler, placeholder)
        ]
        if alone:
            raise UsageError(
                message("These names need a place of their own: {names}.", names=alone),
                where=str(self.path),
                remedy=_OWN_PLACE[self.path.suffix.lower()],
            )

    def _needs_room(self, filler: _Filler | AttachedFiller, placeholder: Placeholder) -> bool:
        """Tell whether a chart or table has not the room that it needs."""
        is_table = placeholder.token.startswith(TABLE)
        is_broad = is_table or (is_drawn(placeholder.token) and not isinstance(filler, WordFiller))
        if not is_broad:
            return False
        if not filler.has_own_paragraph(placeholder):
            return True
        if is_table and isinstance(filler, WorkbookFiller):
            table = named_table(self.edition, placeholder.token.removeprefix(TABLE))
            return table is not None and not filler.is_free(placeholder, table)
        return False

    def _put(
        self, filler: _Filler | AttachedFiller, part: str, placeholder: Placeholder, written: Collection[str]
    ) -> None:
        """Fill in a name; `written` are all that the document holds: what it writes beside a chart itself is
        not told again."""
        token = placeholder.token
        is_filled = False
        if isinstance(filler, AttachedFiller):
            if is_filled := self.edition.can_write(token):
                filler.words(placeholder, self.edition.words(token))
        elif is_drawn(token):
            if chart := declared(self.edition, token.removeprefix(CHART)):
                missing = [aspect for aspect in OF_CHARTS if f"{token}.{aspect}" not in written]
                filler.chart(part, placeholder, chart, missing)
                is_filled = True
        elif token.startswith(TABLE):
            if table := named_table(self.edition, token.removeprefix(TABLE)):
                filler.table(part, placeholder, table)
                is_filled = True
        elif self.edition.can_write(token):
            filler.words(placeholder, self.edition.words(token))
            is_filled = True
        (self.result.filled if is_filled else self.result.unknown).append(token)


_OWN_PLACE: dict[str, Message] = {
    ".docx": message("Give each a paragraph of its own in the text."),
    ".pptx": message("Give each a shape of its own on a slide."),
    ".xlsx": message("Give each a cell of its own, with free cells below and to the right."),
}
