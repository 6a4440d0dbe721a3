"""Hold an Office file of somebody's as its parts, after what may not be in one was refused.

Parts that nobody changes stay as they are, byte for byte; the file is written whole or not at all.
"""

from __future__ import annotations

import io
import posixpath
import re
import stat
import zipfile
from collections.abc import Collection, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from string import digits
from typing import Any, Self, TypeAlias

from ennum_stats.errors import EnnumError, Message, OutputInUse, UsageError, message
from ennum_stats.files.atomic import write_atomic
from ennum_stats.files.boundary import AccessRefused, require_file, translated_errors
from ennum_stats.files.foreign import CONTENT_TYPES
from ennum_stats.files.office import LARGEST_FILE, MACROS, NO_MACROS, inspect_office, is_locked

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PACKED = (".png", ".jpg", ".jpeg", ".gif")
_WRITABLE = 0o222
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_DOCUMENT = "word/document.xml"
_PROPERTIES, _IDENTIFIER = "docProps/core.xml", "{http://purl.org/dc/elements/1.1/}identifier"


class DocumentRefused(EnnumError, ValueError):
    """Tell of a document that is left as it is: what it is, and what to do."""


class Package:
    """Hold the parts of an Office file, parsed where somebody asks for their trees."""

    def __init__(self, path: Path, entries: list[zipfile.ZipInfo], parts: dict[str, bytes]) -> None:
        self.path, self._entries, self.parts = path, entries, parts
        self._trees: dict[str, Element] = {}
        self._before: dict[str, bytes] = {}
        """What each tree was when it was parsed: one that is read alone is not written anew."""
        self.left_out: list[Message] = []
        """What the file would have fetched, and does not any more."""

    @classmethod
    def open(cls, path: Path, suffixes: tuple[str, ...], *, to_read: bool = False) -> Self:
        """Open a file of one of these kinds; `to_read` alone also one that is open or read-only.

        Raises `DocumentRefused`, `OutputInUse` or `FileFault`."""
        require_file(path)
        _require_kind(path, suffixes)
        if not to_read:
            _require_free(path)
        return cls.of(path, bytes_of(path), suffixes)

    @classmethod
    def of(cls, path: Path, data: bytes, suffixes: tuple[str, ...]) -> Self:
        """Hold the bytes of a file of one of these kinds, wherever they come from. Raises `DocumentRefused`."""
        _require_kind(path, suffixes)
        require_small(path, len(data))
        inspection = inspect_office(data)
        if refusal := inspection.refusal:
            raise DocumentRefused(
                refusal.found, where=str(path), expected=inspection.more, remedy=refusal.remedy
            )
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            package = cls(path, entries, {entry.filename: archive.read(entry) for entry in entries})
        for finding in inspection.findings:
            package._leave_template(finding.part)
            package.left_out.append(
                message("{found} In what is written, that link is left out.", found=finding.found)
            )
        return package

    def _leave_template(self, relations: str) -> None:
        """Take out the template that a part would fetch; its styles stay."""
        for part, name in ((relations, "Relationship"), (_source(relations), "attachedTemplate")):
            for element in [*self.tree(part).iter(f"{{*}}{name}")] if self.has(part) else ():
                if name == "attachedTemplate" or element.get("Type", "").endswith("/attachedTemplate"):
                    element.getparent().remove(element)

    def tree(self, name: str) -> Element:
        """Return the root of a part, to be read or changed."""
        from lxml import etree

        if name not in self._trees:
            if not self.has(name):
                raise damaged(self.path)
            self._trees[name] = _parsed(self.path, self.parts[name])
            self._before[name] = etree.tostring(self._trees[name])
        return self._trees[name]

    @property
    def roots(self) -> Collection[Element]:
        """The roots of the parts that somebody asked for."""
        return self._trees.values()

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name."""
        return name in self.parts or name in self._trees

    def holding(self, data: bytes) -> list[str]:
        """List the parts in XML that hold some bytes, as they were opened or as they are now."""
        from lxml import etree

        names = sorted(name for name in {*self.parts, *self._trees} if name.endswith(".xml"))
        return [
            name
            for name in names
            if data in (etree.tostring(self._trees[name]) if name in self._trees else self.parts[name])
        ]

    def related(self, source: str, kind: str) -> list[str]:
        """List the parts that a part leads to by relations of a kind, such as "header"."""
        return [
            _target(source, relation.get("Target", ""))
            for relation in self._relations(source)
            if relation.get("Type") == _OFFICE + kind and relation.get("TargetMode") != "External"
        ]

    def target(self, source: str, number: str) -> str:
        """Find the part that a relation of a part leads to; empty where there is none."""
        relations = (relation for relation in self._relations(source) if relation.get("Id") == number)
        return next((_target(source, relation.get("Target", "")) for relation in relations), "")

    def relate(self, source: str, kind: str, target: str, number: str = "") -> str:
        """Lead from a part to another; return the number of the relation, a free one unless it is told."""
        from lxml import etree

        place = _relations_of(source)
        if not self.has(place):
            self._trees[place] = etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
        root = self.tree(place)
        taken = {relation.get("Id") for relation in root}
        free = (f"rIdE{n}" for n in range(1, len(taken) + 2) if f"rIdE{n}" not in taken)
        number = number or next(free)
        values = {
            "Id": number,
            "Type": _OFFICE + kind,
            "Target": posixpath.relpath(target, posixpath.dirname(source) or "."),
        }
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", values)
        return number

    def unrelate(self, source: str, number: str) -> None:
        """Take back a relation that a part no longer names, and its target where nothing leads there."""
        from lxml import etree

        target = self.target(source, number)
        if f'"{number}"'.encode() in etree.tostring(self.tree(source)):
            return
        for relation in self._relations(source):
            if relation.get("Id") == number:
                relation.getparent().remove(relation)
        sources = [_source(name) for name in {*self.parts, *self._trees} if name.endswith(".rels")]
        if not any(
            target == _target(origin, relation.get("Target", ""))
            for origin in sources
            for relation in self._relations(origin)
        ):
            self.parts.pop(target, None)
            self._entries = [entry for entry in self._entries if entry.filename != target]

    @property
    def identifier(self) -> str:
        """What the file calls itself in its properties; empty where it has none."""
        if not self.has(_PROPERTIES):
            return ""
        return self.tree(_PROPERTIES).findtext(_IDENTIFIER) or ""

    def forget_identifier(self) -> None:
        """Take out what the file calls itself."""
        if self.identifier:
            root = self.tree(_PROPERTIES)
            root.remove(root.find(_IDENTIFIER))

    def lead_on(self, site: str, days: Collection[date], to: date) -> None:
        """Let what leads to pages of a site as known on some days lead to those as known on another."""
        known = "|".join(day.isoformat() for day in days)
        dated = re.compile(rf"({re.escape(site)}/[^\s\"]*\?known_at=)(?:{known})\b")
        for name in {*self.parts, *self._trees}:
            if name.endswith(".rels"):
                for relation in self.tree(name):
                    relation.set("Target", dated.sub(rf"\g<1>{to}", relation.get("Target", "")))
            elif name == _DOCUMENT:
                for field in self.tree(name).iter("{*}instrText"):
                    field.text = dated.sub(rf"\g<1>{to}", field.text or "")

    def add(self, name: str, data: bytes, content_type: str) -> None:
        """Add a part, or put it in the place of one of the same name."""
        from lxml import etree

        self.parts[name] = data
        self._trees.pop(name, None)
        root = self.tree(CONTENT_TYPES)
        if not any(override.get("PartName") == f"/{name}" for override in root):
            values = {"PartName": f"/{name}", "ContentType": content_type}
            etree.SubElement(root, f"{{{_TYPES}}}Override", values)

    def adopt(self, other: Package, source: str, kind: str, kept: Mapping[str, str]) -> str:
        """Take over a part of another file, to which relations of a kind lead, with all that it leads to itself, under
        free names; relations of the kinds in `kept` lead to these parts of this file. Return the part's name."""
        stem, suffix = posixpath.splitext(source)
        name = self.free_name(f"{stem.rstrip(digits)}%d{suffix}")
        self.add(name, other.parts[source], other._content_type(source))
        kept = {**kept, kind: name}
        if other.has(place := _relations_of(source)):
            relations = deepcopy(other.tree(place))
            for relation in relations:
                if relation.get("TargetMode") != "External":
                    leads_by = relation.get("Type").removeprefix(_OFFICE)
                    target = _target(source, relation.get("Target"))
                    ours = kept.get(leads_by) or self.adopt(other, target, leads_by, kept)
                    relation.set("Target", posixpath.relpath(ours, posixpath.dirname(name)))
            self._trees[_relations_of(name)] = relations
        return name

    def _content_type(self, name: str) -> str:
        """Read what a part is."""
        types = {entry.get("PartName") or entry.get("Extension"): entry for entry in self.tree(CONTENT_TYPES)}
        entry = types.get(f"/{name}", types.get(posixpath.splitext(name)[1].removeprefix(".")))
        return "" if entry is None else str(entry.get("ContentType"))

    def replace(self, name: str, data: bytes) -> None:
        """Put other bytes in the place of a part, whoever read it before."""
        self.parts[name] = data
        self._trees.pop(name, None)

    def add_media(self, name: str, data: bytes, suffix: str, content_type: str) -> None:
        """Add a picture."""
        from lxml import etree

        self.parts[name] = data
        root = self.tree(CONTENT_TYPES)
        if not any(default.get("Extension") == suffix for default in root):
            values = {"Extension": suffix, "ContentType": content_type}
            root.insert(0, etree.Element(f"{{{_TYPES}}}Default", values))

    def free_name(self, pattern: str) -> str:
        """Give the first name of a pattern, such as "word/comments%d.xml", that no part has."""
        return next(name for n in range(1, 10_000) if not self.has(name := pattern % n))

    def data(self) -> bytes:
        """Write the file: parts that nobody changed are the same bytes as before."""
        from lxml import etree

        for name, root in self._trees.items():
            if etree.tostring(root) != self._before.get(name):
                self.parts[name] = _serialised(root)
        result = io.BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
            known = {entry.filename: entry for entry in self._entries}
            for name in (*known, *sorted(set(self.parts) - set(known))):
                entry = zipfile.ZipInfo(name, known[name].date_time if name in known else _EARLIEST)
                is_packed = name.lower().endswith(_PACKED)
                entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, self.parts[name])
        return result.getvalue()

    def save(self, data: bytes, target: Path | None = None) -> None:
        """Put these bytes in the place of the file, or of another one, whole or not at all."""
        place = (target or self.path).resolve()
        rights = None
        if place.exists():
            _require_free(place)
            rights = stat.S_IMODE(place.stat().st_mode)
        with translated_errors(place):
            write_atomic(place, data)
            if rights is not None:
                place.chmod(rights)  # colleagues who could write to it still can

    def _relations(self, source: str) -> list[Element]:
        place = _relations_of(source)
        return list(self.tree(place)) if self.has(place) else []


def _parsed(path: Path, data: bytes) -> Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(path) from error


def _serialised(root: Element) -> bytes:
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _relations_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _source(relations: str) -> str:
    """Give the part whose relations a part holds."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _target(source: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


# --- what is refused ----------------------------------------------------------------------------------


def damaged(path: Path) -> DocumentRefused:
    """Make the error for a file that no program can read."""
    return DocumentRefused(
        message("This file is damaged, or is not a document of Office."),
        where=str(path),
        remedy=message("Open it in Office and save it again."),
    )


def refuse_workbook(path: Path) -> None:
    """Refuse to bring a workbook up to date: cells say nothing of who wrote them."""
    if path.suffix.lower() == ".xlsx":
        raise UsageError(
            message("A workbook is not brought up to date in place."),
            where=str(path),
            remedy=message(
                "Fill in the one that holds the names again: {fill}", fill="ennum fill --known-at DATE"
            ),
        )


def _require_kind(path: Path, suffixes: tuple[str, ...]) -> None:
    suffix = path.suffix.lower()
    if suffix in suffixes:
        return
    if suffix in (".docm", ".dotm", ".pptm", ".xlsm", ".xlsb"):
        raise DocumentRefused(MACROS, where=str(path), remedy=NO_MACROS)
    raise UsageError(
        message("This is a “{suffix}” file.", suffix=suffix or path.name),
        where=str(path),
        expected=message("Expected one of: {names}.", names=", ".join(suffixes)),
    )


def _require_free(path: Path) -> None:
    """Refuse a file that is open or may not be written to: what is typed there would be lost."""
    if is_locked(path):
        raise OutputInUse(
            message("This document is open in Office or LibreOffice."),
            where=str(path),
            remedy=message("Save it and close it, then start again."),
        )
    if not path.stat().st_mode & _WRITABLE:
        raise AccessRefused(
            message("This document is read-only."),
            where=str(path),
            remedy=message("Take the write protection off, or work on a copy."),
        )


def bytes_of(path: Path) -> bytes:
    """Read a file that is no larger than people make them. Raises `DocumentRefused` or `FileFault`."""
    require_file(path)
    with translated_errors(path):
        require_small(path, path.stat().st_size)
        return path.read_bytes()


def require_small(path: Path, size: int, most: int = LARGEST_FILE) -> None:
    """Refuse a file of more bytes than people make them."""
    if size > most:
        raise DocumentRefused(
            message("This file is too large: {size} MB.", size=size // 1024**2),
            where=str(path),
            expected=message("At most {size} MB are read.", size=most // 1024**2),
        )
