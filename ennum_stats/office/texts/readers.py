"""Read the text of a file of somebody's: Word, slides, workbook, PDF, web page, e-mail, plain text.

Whatever a file says is read and never done; what may be in none of them is refused before it is read.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

from ennum_stats.errors import Message, UsageError, message
from ennum_stats.files.foreign import LARGEST_CONTENT
from ennum_stats.files.office import LARGEST_FILE
from ennum_stats.office.chart_merge import c
from ennum_stats.office.fill.placeholders import DRAWING, WORD, Dialect, letters
from ennum_stats.office.markup import CELL, ROW, TABLE, A, paragraphs_text, w
from ennum_stats.office.package import DocumentRefused, Element, Package, require_small
from ennum_stats.office.slide_file import SlideFile, SlidePlace
from ennum_stats.office.texts.text import NAMED_YEAR, Passage, SourceText, with_heads
from ennum_stats.office.word_file import WordFile

STANDARD_INPUT = "-"
_MOST_CELLS = 100_000
_STOPS, _WORDS_A_NUMBER = (".", "!", "?", "»", "”", ")"), 6
"""How a sentence of a PDF ends, and how many words it has for each of its numbers; one alone needs few."""
_SIGNATURES = (
    (b"%PDF", ".pdf"),
    (b"PK\x03\x04", ".docx, .pptx, .xlsx"),
    (b"\xd0\xcf\x11\xe0", ".doc, .ppt, .xls"),
)
_CORE = "docProps/core.xml"
_TERMS = "{http://purl.org/dc/terms/}"
_CHART = re.compile(r"(word|ppt|xl)/charts/chart\d*\.xml")
_HEADING = re.compile(r"#{1,6} ")
_DIGITS, _FULL_LINE = re.compile(r"\d+"), 0.7
"""How long a line is that goes to the right margin, of the long ones of its page."""
_PAGE_OF_CONTENTS = re.compile(r"\t\s*\d+\s*$")
"""The page behind an entry of a table of contents."""
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_MARKS = str.maketrans(dict.fromkeys("*_`#>|", " "))
"""What Markdown puts around words; a space each, so that offsets stay."""


@dataclass(frozen=True)
class Limits:
    """Hold how much of a text is read: bytes of its file, also unpacked, characters, and pages of a PDF."""

    size: int
    content: int
    characters: int
    pages: int


ON_A_DESK = Limits(LARGEST_FILE, LARGEST_CONTENT, 5_000_000, 500)


def read_text(name: str, data: bytes, limits: Limits = ON_A_DESK) -> SourceText:
    """Read the text of a file by the end of its name; that of standard input is plain.

    Raises `UsageError` for a kind that is not read and for a text without words, `DocumentRefused` for what may not be
    in a file.
    """
    suffix = ".txt" if name == STANDARD_INPUT else Path(name).suffix.lower()
    reader = _READERS.get(suffix)
    path = Path(name)
    if reader is None and suffix not in (".docm", ".pptm", ".xlsm", ".xlsb"):
        raise UsageError(
            message("This is a “{suffix}” file.", suffix=suffix or path.name), where=name,
            expected=message("Expected one of: {names}.", names=", ".join(_READERS)),
        )  # fmt: skip
    require_small(path, len(data), limits.size)
    if zipfile.is_zipfile(io.BytesIO(data)):
        unread = suppress(zipfile.BadZipFile, NotImplementedError)  # which is told below
        with unread, zipfile.ZipFile(io.BytesIO(data)) as archive:
            require_small(path, sum(part.file_size for part in archive.infolist()), limits.content)
    text = _pdf(path, data, limits.pages) if suffix == ".pdf" else (reader or _word)(path, data)
    if not text.whole.strip():
        raise UsageError(message("This file holds no text."), where=name, remedy=_NO_TEXT.get(suffix))
    if len(text.whole) > limits.characters:
        raise UsageError(
            message("This text is too long: {n} characters.", n=len(text.whole)), where=name,
            expected=message("At most {n} characters are read.", n=limits.characters),
        )  # fmt: skip
    return text


_NO_TEXT = {
    ".pdf": message(
        "Its pages are pictures: have their text recognised, or take the file that they were made of."
    )
}


# --- Word, slides, workbooks ------------------------------------------------------------------------


def _word(path: Path, data: bytes) -> SourceText:
    document = WordFile.of(Package.of(path, data, (".docx",)))
    heads = _Heads(TABLE, ROW, CELL)
    pieces: list[Passage] = []
    for part, paragraph, place in document.paragraphs():
        words = words_of(paragraph, WORD)
        if any("PAGEREF" in (code.text or "") for code in paragraph.iter(w("instrText"))):
            words = _PAGE_OF_CONTENTS.sub("", words)
        if not words.strip():
            continue
        is_heading = bool(place.heading) and not place.paragraph and not place.is_in_table
        role = "heading" if is_heading else "cell" if place.is_in_table else "text"
        spot, cell_heads = heads.of(paragraph)
        shown = message("{place}, {spot}", place=place.words, spot=spot) if spot else place.words
        before = pieces[-1].element if spot and pieces else None
        is_joined = before is not None and before.getparent() is paragraph.getparent()
        pieces.append(Passage(words, shown, role, cell_heads, paragraph, part, is_joined))
    return SourceText(
        str(path), (*pieces, *_of_charts(document.package)), (), (*_saved(document.package),), document
    )


def _slides(path: Path, data: bytes) -> SourceText:
    slides = SlideFile(Package.of(path, data, (".pptx",)))
    heads = _Heads(f"{{{A}}}tbl", f"{{{A}}}tr", f"{{{A}}}tc")
    pieces = []
    for number, slide in enumerate(slides.slides(), 1):
        notes = slides.package.related(slide, "notesSlide")
        for part, place in ((slide, SlidePlace(number)), *((n, SlidePlace(number, True)) for n in notes)):
            for paragraph in slides.package.tree(part).iter(DRAWING.paragraph):
                words = words_of(paragraph, READ_DRAWING)
                if words.strip():
                    spot, cell_heads = heads.of(paragraph)
                    shown = message("{place}, {spot}", place=place.words, spot=spot) if spot else place.words
                    pieces.append(
                        Passage(words, shown, "cell" if spot else "text", cell_heads, paragraph, part)
                    )
    package = slides.package
    return SourceText(str(path), (*pieces, *_of_charts(package)), (), (*_saved(package),), slides)


READ_DRAWING = replace(DRAWING, hidden=frozenset((f"{{{A}}}fld",)))
"""Slides without what PowerPoint writes itself: the number of the slide, the day."""


def words_of(paragraph: Element, dialect: Dialect) -> str:
    """Give the words of a paragraph, without those of a box in it."""
    return "".join(words for _, words in letters(paragraph, dialect))


class _Heads:
    """Find of a paragraph in a table where it stands there, and what heads its cell; of each table once."""

    def __init__(self, table: str, row: str, cell: str) -> None:
        self._table, self._row, self._cell = table, row, cell
        self._known: dict[Element, dict[Element, tuple[int, int, tuple[str, ...]]]] = {}

    def of(self, paragraph: Element) -> tuple[Message | None, tuple[str, ...]]:
        cell = next(paragraph.iterancestors(self._cell), None)
        table = None if cell is None else next(cell.iterancestors(self._table), None)
        if table is None:
            return None, ()
        if table not in self._known:
            rows = [
                list(row.iterchildren(self._cell)) for row in table.iter(self._row) if self._is_of(row, table)
            ]
            texts = [[" ".join(self._words(cell).split()) for cell in row] for row in rows]
            self._known[table] = {rows[r][col]: (r, col, heads) for r, col, heads in with_heads(texts)}
        row, column, heads = self._known[table].get(cell, (0, 0, ()))
        return message("row {row}, column {column}", row=str(row + 1), column=str(column + 1)), heads

    def _is_of(self, row: Element, table: Element) -> bool:
        return next(row.iterancestors(self._table), None) is table

    def _words(self, cell: Element) -> str:
        if self._cell == CELL:
            return paragraphs_text(cell)
        return "\n".join(words_of(paragraph, DRAWING) for paragraph in cell.iter(DRAWING.paragraph))


def _of_charts(package: Package) -> Iterator[Passage]:
    """Read the numbers from which Office draws charts, each headed by its series and category."""
    for name in sorted(name for name in package.parts if _CHART.fullmatch(name)):
        tree = package.tree(name)
        title = "".join(text.text or "" for top in tree.iter(c("title")) for text in top.iter(f"{{{A}}}t"))
        place = message("Chart “{title}”", title=title) if title else message("Chart")
        if title:
            yield Passage(title, place, "heading", part=name)
        for series in tree.iter(c("ser")):
            named = _points(series.find(c("tx")))
            categories, values = _points(series.find(c("cat"))), series.find(c("val"))
            form = next((code.text or "" for code in series.iter(c("formatCode"))), "")
            for at, value in _points(values).items():
                heads = tuple(filter(None, (named.get(0, ""), categories.get(at, ""))))
                with suppress(ValueError):
                    yield Passage(_number(float(value), form), place, "cell", heads, part=name)


def _points(element: Element | None) -> dict[int, str]:
    """Read the kept values of a chart, by their place."""
    if element is None:
        return {}
    points = {int(point.get("idx", 0)): point for point in element.iter(c("pt"))}
    return {at: (point.findtext(c("v")) or "").strip() for at, point in points.items()}


def _number(value: float, form: str) -> str:
    """Write a number of a cell or chart by its format; its last digits are of the machine's arithmetic."""
    if "%" in form:
        return f"{value * 100:.10g} %"
    unit = " euros" if "€" in form or "EUR" in form else ""
    return (f"{value:.0f}" if value == int(value) else f"{value:.10g}") + unit


def _saved(package: Package) -> Iterator[tuple[date, Message]]:
    """Tell when Office last saved a file."""
    if not package.has(_CORE):
        return
    for name in ("modified", "created"):
        text = package.tree(_CORE).findtext(f"{_TERMS}{name}") or ""
        with suppress(ValueError):
            yield date.fromisoformat(text[:10]), message("the day on which the file was saved")
            return


def _workbook(path: Path, data: bytes) -> SourceText:
    import openpyxl

    package = Package.of(path, data, (".xlsx",))
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except (ValueError, LookupError, TypeError, AttributeError, OSError, SyntaxError) as error:
        raise _damaged(path) from error
    pieces: list[Passage] = []
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            raise UsageError(
                message("The sheet “{sheet}” has too many cells.", sheet=sheet.title), where=str(path),
                expected=message("At most {n} cells are read.", n=_MOST_CELLS),
            )  # fmt: skip
        rows = list(sheet.iter_rows())
        for r, column, heads in with_heads([[_cell_words(cell) for cell in row] for row in rows]):
            cell = rows[r][column]
            place = message("Sheet “{sheet}”, cell {cell}", sheet=sheet.title, cell=cell.coordinate)
            pieces.append(Passage(_cell_words(cell), place, "cell", heads))
    return SourceText(str(path), (*pieces, *_of_charts(package)), (), (*_saved(package),))


def _cell_words(cell: Any) -> str:
    match cell.value:
        case bool() | None:
            return ""
        case int() | float():
            return _number(float(cell.value), cell.number_format or "")
        case datetime() | date():
            return f"{cell.value:%d/%m/%Y}"
        case _:
            return " ".join(str(cell.value).split())


def _damaged(path: Path) -> DocumentRefused:
    return DocumentRefused(
        message("This file is damaged, or is not what the end of its name says."), where=str(path),
        remedy=message("Open it in the program that made it and save it again."),
    )  # fmt: skip


# --- PDF --------------------------------------------------------------------------------------------


def _pdf(path: Path, data: bytes, most_pages: int = ON_A_DESK.pages) -> SourceText:
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said here
    if b"%PDF" not in data[:1024]:
        raise _damaged(path)
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted:
            raise DocumentRefused(
                message("This PDF has a password."), where=str(path),
                remedy=message("Save it without a password, or copy its text into a document."),
            )  # fmt: skip
        if len(document.pages) > most_pages:
            raise UsageError(
                message("This PDF has too many pages: {n}.", n=len(document.pages)), where=str(path),
                expected=message("At most {n} pages are read.", n=most_pages),
            )  # fmt: skip
        pages = [page.extract_text() for page in document.pages]
        saved = document.metadata.modification_date if document.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        if isinstance(error, UsageError | DocumentRefused):
            raise
        raise _damaged(path) from error
    pieces = [
        Passage(line, message("Page {page}", page=str(number)), is_loose=not _is_prose(line))
        for number, page in enumerate(_without_repeated_lines(pages), 1)
        for line in _BLANK_LINES.split(_rejoined(page))
        if line.strip()
    ]
    days = ((saved.date(), message("the day on which the file was saved")),) if saved else ()
    has_cells = any(piece.is_loose and re.search(r"\d", NAMED_YEAR.sub("", piece.text)) for piece in pieces)
    return SourceText(
        str(path), tuple(pieces), (UNSURE_ORDER, *((CELLS_UNJUDGED,) if has_cells else ())), days
    )


def _is_prose(words: str) -> bool:
    """Tell whether words are a sentence: those of tables, cards and charts have no end, and more numbers."""
    words = NAMED_YEAR.sub("", words)
    numbers = len(re.findall(r"\d[\d\s.,]*", words))
    return (
        words.rstrip().endswith(_STOPS)
        and len(re.findall(r"[^\W\d_]{2,}", words)) >= _WORDS_A_NUMBER * numbers - 2
    )


CELLS_UNJUDGED = message(
    "Numbers of this PDF that stand in tables, boxes and charts are not judged cell by cell: for these, check the Word "
    "file or workbook that it was made of."
)
UNSURE_ORDER = message(
    "A PDF does not say in which order its lines are read: where columns or notes stand beside each other, look at "
    "the page itself."
)


def _without_repeated_lines(pages: list[str]) -> Iterator[str]:
    """Leave out the lines that stand on half of the pages: headers and footers, which no sentence goes on from."""
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    often = Counter(line for page in lines for line in {_DIGITS.sub("0", line) for line in page})
    least = max(3, len(pages) / 2)
    return ("\n".join(line for line in page if often[_DIGITS.sub("0", line)] < least) for page in lines)


def _rejoined(page: str) -> str:
    """Join the lines of a page to paragraphs: a line that goes to the right margin goes on in the next; a short one, of
    a table or a heading, ends, and so does one that ends a sentence. A hyphen at the end of a line parts a word."""
    lines = page.split("\n")
    widths = sorted(map(len, filter(None, lines))) or [0]
    margin = _FULL_LINE * widths[len(widths) * 9 // 10]
    joined = ""
    for line, following in pairwise((*lines, "")):
        if len(line) < margin or line.endswith((".", "!", "?")):
            joined += f"{line}\n\n"
        elif not re.search(r"\w-$", line):
            joined += f"{line} "
        else:
            joined += line.removesuffix("-") if following[:1].islower() else line
    return joined


# --- plain text, Markdown, web pages, e-mails -------------------------------------------------------


def _plain(path: Path, data: bytes) -> SourceText:
    return SourceText(str(path), tuple(_paragraphs(_decoded(path, data))))


def _markdown(path: Path, data: bytes) -> SourceText:
    text = _decoded(path, data)
    pieces = (
        replace(piece, text=piece.text.translate(_MARKS),
                role="heading" if _HEADING.match(piece.text) and "\n" not in piece.text.strip() else "")
        for piece in _paragraphs(re.sub(r"(?m)^(#{1,6} .*)$", r"\1\n", text))
    )  # fmt: skip
    return SourceText(str(path), tuple(pieces))


def _paragraphs(text: str) -> Iterator[Passage]:
    """Give the paragraphs of a text, each with its number."""
    number, start = 0, 0
    for gap in (*_BLANK_LINES.finditer(text), None):
        words = text[start : gap.start() if gap else len(text)].strip("\n")
        if words.strip():
            number += 1
            yield Passage(words, message("Paragraph {n}", n=str(number)))
        start = gap.end() if gap else start


def _decoded(path: Path, data: bytes) -> str:
    """Read plain text: in UTF-8 or UTF-16, else as older programs of Windows write it."""
    signs = next((suffix for signature, suffix in _SIGNATURES if data.startswith(signature)), "")
    if signs:
        raise UsageError(
            message("This is no plain text: it begins as a file of another kind ({suffix}).", suffix=signs),
            where=str(path), remedy=message("Give it the end of its name back, or save it as text."),
        )  # fmt: skip
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if "\0" not in text:
                return text.replace("\r\n", "\n").replace("\r", "\n")
    raise _damaged(path)


def _page(path: Path, data: bytes) -> SourceText:
    return SourceText(str(path), tuple(_of_page(_decoded(path, data))))


def _of_page(markup: str) -> Iterator[Passage]:
    reader = _Page()
    reader.feed(markup)
    reader.close()
    reader.end_block()
    number = 0
    for words, tag, table in reader.blocks:
        if table:
            for row, column, heads in with_heads(table):
                place = message(
                    "In a table, row {row}, column {column}", row=str(row + 1), column=str(column + 1)
                )
                yield Passage(table[row][column], place, "cell", heads)
            continue
        number += 1
        role = "heading" if tag in _HEADINGS else "text"
        yield Passage(words, message("Paragraph {n}", n=str(number)), role)


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title"))
_HIDDEN = frozenset(("script", "style", "template", "noscript", "svg", "math"))
_IN_LINE = re.compile(
    "a|abbr|b|bd[io]|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strong|su[bp]|time|u|var|wbr"
)


class _Page(HTMLParser):
    """Gather the words of a page by the blocks in which they stand, and its tables by their cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str, list[list[str]]]] = []
        self._words: list[str] = []
        self._tag = ""
        self._hidden = 0
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        """Begin a block, a table, a row or a cell."""
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "br":
            self._words.append("\n")
        elif not _IN_LINE.fullmatch(tag):
            self.end_block()
            self._tag = tag
            if tag == "table" and self._rows is None:
                self._rows = []
            elif tag == "tr" and self._rows is not None:
                self._rows.append([])
            elif tag in ("td", "th") and self._rows:
                self._rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """End what began."""
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif not _IN_LINE.fullmatch(tag):
            self.end_block()
            if tag == "table" and self._rows is not None:
                self.blocks.append(("", tag, self._rows))
                self._rows = None

    def handle_data(self, data: str) -> None:
        """Take words, unless no browser shows them."""
        if not self._hidden:
            self._words.append(data)

    def end_block(self) -> None:
        """Put the words so far into the cell or the block in which they stand."""
        words = " ".join("".join(self._words).split())
        self._words = []
        if not words:
            return
        if self._rows and self._rows[-1] and self._tag in ("td", "th", "p", "div", "li"):
            self._rows[-1][-1] = f"{self._rows[-1][-1]} {words}".strip()
        else:
            self.blocks.append((words, self._tag, []))


def _mail(path: Path, data: bytes) -> SourceText:
    from email import errors, message_from_bytes, policy
    from email.message import EmailMessage

    broken = (errors.NoBoundaryInMultipartDefect, errors.StartBoundaryNotFoundDefect,
              errors.MissingHeaderBodySeparatorDefect, errors.InvalidBase64LengthDefect)  # fmt: skip
    mail = message_from_bytes(data, EmailMessage, policy=policy.default)
    if not {"from", "date", "subject", "received"} & {name.lower() for name in mail} or any(
        isinstance(defect, broken) for part in mail.walk() for defect in part.defects
    ):
        raise _damaged(path)
    body = mail.get_body(("plain", "html"))
    try:
        content = str(body.get_content()) if body is not None else ""
    except (LookupError, ValueError) as error:
        raise _damaged(path) from error
    is_page = body is not None and body.get_content_subtype() == "html"
    pieces = tuple(_of_page(content) if is_page else _paragraphs(content.replace("\r\n", "\n")))
    if subject := str(mail["subject"] or "").strip():
        pieces = (Passage(subject, message("Subject"), "heading"), *pieces)
    names = [
        message("“{name}”", name=part.get_filename() or part.get_content_type())
        for part in mail.iter_attachments()
    ]
    remarks = (message("Not read, as it is attached to the e-mail: {names}.", names=names),) if names else ()
    sent = getattr(mail["date"], "datetime", None)
    days = ((sent.date(), message("the day on which the e-mail was sent")),) if sent else ()
    return SourceText(str(path), pieces, remarks, days)


_READERS: dict[str, Callable[[Path, bytes], SourceText]] = {
    ".docx": _word, ".pptx": _slides, ".xlsx": _workbook, ".pdf": _pdf, ".txt": _plain, ".md": _markdown,
    ".html": _page, ".htm": _page, ".eml": _mail,
}  # fmt: skip
