"""Tell what the machine wrote in a Word file, so that it can be found there later, renewed, or left alone.

Each figure, sentence, table and chart stands in a content control. Its tag names it, its language, its form,
the day known at and a fingerprint of what was written; Word holds 64 characters in a tag, so that a part of
the file (custom XML) keeps the rest. A control with others inside also has a bookmark: LibreOffice keeps the
innermost controls only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self

_PREFIX = "ennum"
_LONGEST_TAG = _LONGEST_ALIAS = 64
SHORTENED = "~"
_DIGITS = 8
NAMESPACE = "urn:ennum-stats:controls"
BOOKMARK = "_ennum_"
"""How the names of our bookmarks begin; Word hides those that begin with a line."""


class ControlForm(StrEnum):
    """List in which forms something of ours stands in a text."""

    WORDS = "words"
    CELL = "cell"
    PLANNED = "plan"
    NUMBER = "number"
    UNIT = "unit"
    PRECISION = "sure"
    LABEL = "label"
    SOURCE = "source"
    DAY = "day"
    SENTENCE = "claim"
    TABLE = "table"
    CHART = "chart"
    PICTURE = "picture"
    """A chart with its title and sources in the picture."""
    NATIVE = "native"
    """A chart that Word draws itself."""


NESTING = frozenset((ControlForm.SENTENCE, ControlForm.TABLE))
"""The forms that hold other controls."""


@dataclass(frozen=True)
class Written:
    """Hold what stands in a control: which thing, in which language and form, of which day, and a fingerprint
    of what was written."""

    name: str
    language: str
    form: ControlForm
    known_at: date
    fingerprint: str

    @property
    def tag(self) -> str:
        """The tag of its control; a name that is too long for it is given by its hash."""
        if len(self.whole_tag) <= _LONGEST_TAG:
            return self.whole_tag
        return self._head + shortened(self.name)

    @property
    def whole_tag(self) -> str:
        """The same where there is room for every name."""
        return self._head + self.name

    @property
    def _head(self) -> str:
        return f"{_PREFIX}|{self.language}|{self.form}|{self.known_at:%y%m%d}|{self.fingerprint}|"


def alias_of(title: str) -> str:
    """Give what Word shows above a control: its title, or whole words of it that Word has room for."""
    if len(title) <= _LONGEST_ALIAS:
        return title
    return title[:_LONGEST_ALIAS].rpartition(" ")[0] + "…"


def shortened(name: str) -> str:
    """Give what stands in a tag for a name that is too long for it."""
    return SHORTENED + _digest(name.encode())


def read_tag(tag: str, names: Iterable[str] = ()) -> Written | None:
    """Read the tag of a control, with the names that may be shortened in it; nothing where it is not ours."""
    pieces = tag.split("|", 5)
    try:
        prefix, language, form, day, print_, name = pieces
        known_at = date(2000 + int(day[:2]), int(day[2:4]), int(day[4:6]))
        written = Written(name, language, ControlForm(form), known_at, print_)
    except ValueError:
        return None
    if prefix != _PREFIX:
        return None
    if name.startswith(SHORTENED):
        name = next((candidate for candidate in names if shortened(candidate) == name), name)
        written = Written(name, language, written.form, known_at, print_)
    return written


def fingerprint(text: str) -> str:
    r"""Compute the fingerprint of a text; which spaces stand in it does not matter: programs change them.

    >>> fingerprint("12 projets") == fingerprint(" 12\u00a0projets") != fingerprint("13 projets")
    True
    """
    return _digest(re.sub(r"\s+", " ", text).strip().encode())


def fingerprint_of_rows(rows: Iterable[Iterable[str]]) -> str:
    """Compute the fingerprint of a table."""
    return fingerprint("\n".join("\t".join(cells) for cells in rows))


def fingerprint_of_bytes(data: bytes) -> str:
    """Compute the fingerprint of a picture."""
    return _digest(data)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_DIGITS]


@dataclass(frozen=True)
class ControlEntry:
    """Hold what is kept of a control beside its tag."""

    written: Written
    text: str = ""
    """What was written: of a chart its alternative text, of a sentence its words with names of figures."""
    title: str = ""
    """What the control calls itself in the document's language."""
    of: str = ""
    """The figure or call of that day, where the name is a role (`last_projects`)."""
    conditions: Mapping[str, str] = field(default_factory=dict)
    """What a sentence claims, as the text writes it: `states`, `unless`, `known` and others."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The rows of a table, its heading first."""


class Registry(dict[str, ControlEntry]):
    """Hold the entries of a document, by tag; kept in the file as a part of custom XML."""

    def add(self, entry: ControlEntry) -> str:
        """Keep an entry; return its tag."""
        self[entry.written.tag] = entry
        return entry.written.tag

    def bookmarked(self, bookmark: str) -> ControlEntry | None:
        """Find the entry of a bookmark; programs add to its name where they copy it."""
        key = bookmark.removeprefix(BOOKMARK)[:_DIGITS]
        return next((entry for tag, entry in self.items() if _digest(tag.encode()) == key), None)

    def xml(self) -> bytes:
        """Write the part, the same bytes for the same entries."""
        from lxml import etree

        root = etree.Element(f"{{{NAMESPACE}}}controls", nsmap={"e": NAMESPACE})
        for tag, entry in sorted(self.items()):
            _append(root, tag, entry)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    @classmethod
    def read(cls, root: Any) -> Self:
        """Read the root of a part."""
        registry = cls()
        for element in root.iter(f"{{{NAMESPACE}}}control"):
            written = read_tag(element.get("tag", ""), (element.get("name", ""),))
            if written is None:
                continue
            conditions = {
                child.get("test", ""): child.get("of", "") for child in element.iter(_name("condition"))
            }
            rows = tuple(
                tuple(cell.text or "" for cell in row.iter(_name("cell")))
                for row in element.iter(_name("row"))
            )
            text = element.findtext(_name("text"), "")
            title, of = element.get("title", ""), element.get("of", "")
            registry.add(ControlEntry(written, text, title, of, conditions, rows))
        return registry


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _append(root: Any, tag: str, entry: ControlEntry) -> None:
    from lxml import etree

    values = {"tag": tag, "name": entry.written.name, "title": entry.title, "of": entry.of}
    values = {name: value for name, value in values.items() if value}
    element = etree.SubElement(root, _name("control"), values)
    if entry.text:
        etree.SubElement(element, _name("text")).text = entry.text
    for test, subject in entry.conditions.items():
        etree.SubElement(element, _name("condition"), {"test": test, "of": subject})
    for cells in entry.rows:
        row = etree.SubElement(element, _name("row"))
        for cell in cells:
            etree.SubElement(row, _name("cell")).text = cell


def bookmark_of(tag: str) -> str:
    """Name the bookmark of a control, up to the number that makes it the only one of its name."""
    return BOOKMARK + _digest(tag.encode())
