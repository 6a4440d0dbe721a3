"""Find in an Office file what would run, fetch or call when somebody opens it: by its structure, however it is spelled.

Runs as a process of its own (`python foreign.py < FILE`) within limits of memory and time, and loads nothing but the
standard library; `ennum_stats.files.office` starts it and puts into words what it found. What is allowed is listed
here and nowhere else: parts, relations and fields that Office is known to do nothing by; formulas are listed there.
"""

from __future__ import annotations

import html
import io
import json
import posixpath
import re
import sys
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any
from xml.parsers import expat

LARGEST_CONTENT = 256 * 1024 * 1024
"""Of a file, unpacked."""
CONTENT_TYPES = "[Content_Types].xml"
OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST_RATIO = 200  # sheets full of repetitions reach about 50
_MOST_PARTS = 5_000
_SMALL_PART = 1024 * 1024
_MOST_FOUND = 50
_MEMORY, _SECONDS = 1024**3, 20
_READS_ALL = 200_000
"""Bytes up to which each part is read whole as XML; longer ones only where they hold anything of the below."""
_KNOWN = frozenset(
    """
    relationships core-properties extended-properties custom-properties customxmlproperties customxmlprops customxml
    xml thumbnail origin signature certificate digital-signature-origin digital-signature-xmlsignature
    digital-signature-certificate officedocument classificationlabels presentationmetadata binary
    theme themeoverride image hdphoto audio video media font fonttable obfuscatedfont x-fontdata x-font-ttf
    hyperlink chart chartex chartstyle chartcolorstyle chartshapes chartusershapes drawing vmldrawing diagramdata
    diagramlayout diagramquickstyle diagramstyle diagramcolors diagramdrawing comments tags ink inkml
    printersettings people person model3d tablestyles
    document template styles styleswitheffects settings websettings numbering header footer footnotes endnotes
    commentsextended commentsids commentsextensible glossary glossarydocument keymapcustomizations documenttasks
    presentation slideshow slide slidelayout slidemaster notesslide notesmaster handoutmaster presprops viewprops
    commentauthors authors changesinfo revisioninfo
    sheet worksheet chartsheet sharedstrings calcchain table tablesinglecells pivottable pivotcachedefinition
    pivotcacherecords sheetmetadata metadata threadedcomment threadedcomments slicer slicercache timeline
    timelinecache richvaluerel rdrichvalue rdrichvaluestructure rdrichvaluetypes namedsheetview namedsheetviews
    featurepropertybag ctrlprop controlproperties usernames
    """.strip().split()
)
"""How the names of relations and of types of parts end that show something, or keep what was typed."""
_SPACES = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/office/",
    "http://customooxmlschemas.google.com/")  # fmt: skip
_STRICT = "http://purl.oclc.org/ooxml/"
"""How the names of the other dialect of Office begin, which few programs write or read."""
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
_MAY_MISS = ("image", "hyperlink", "thumbnail")
"""Relations whose parts some programs leave out, and all others do without."""
_KINDS = (
    ("macros", "vba|macro|xlm"), ("control", "activex|/control$"), ("external", "externallink"),
    ("connection", "connection|querytable|mashup|/model$|volatile|xmlmaps"),
    ("embedded", "embedding|oleobject|package"), ("addin", "customui|extensibility|webextension|toolbar"),
    ("imported", "afchunk|html|rfc822|rtf|subdocument"),
)  # fmt: skip
"""What is told of a part or relation that is not known, by what its name or type holds."""
_FIELDS = frozenset(
    """
    = ADDIN ADDRESSBLOCK ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BARCODE BIBLIOGRAPHY BIDIOUTLINE CITATION
    COMMENTS COMPARE CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FILLIN
    FORMCHECKBOX FORMDROPDOWN FORMTEXT GOTOBUTTON GREETINGLINE HYPERLINK IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM
    MERGEBARCODE MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE
    PRIVATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SET SHAPE SKIPIF STYLEREF SUBJECT SYMBOL TA TC
    TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE
    """.strip().split()
)
"""The fields of Word that fetch and run nothing; MACROBUTTON may name no macro (`_HARMLESS_BUTTON`)."""
_HARMLESS_BUTTON = re.compile(r"\s*MACROBUTTON\s+NoMacro\b", re.IGNORECASE)
_FIELD = re.compile(r"\s*(=|[A-Za-z]+)(?![A-Za-z\0])")
_FIELD_LINK = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]\S*))', re.IGNORECASE)
_SCHEMES = ("http", "https", "mailto", "tel", "ftp", "ftps", "file", "sip", "news")
_PROGRAM = re.compile(
    r"\.(?:exe|bat|cmd|ps1|vbs|vbe|jse?|wsf|hta|scr|lnk|msi|pif|cpl|reg|url)$", re.IGNORECASE
)
_ACTIONS = re.compile(r"ppaction://(?:hlink\w+|customshow|media|noaction)\b.*", re.IGNORECASE)
_OLE = {"OLEObject": "embedded", "oleObj": "embedded", "altChunk": "imported", "subDoc": "imported",
    "ddeLink": "external", "dde-link": "external", "dde-source": "external", "table-source": "external",
    "cell-range-source": "external", "DataMashup": "connection", "webextension": "addin", "customUI": "addin",
    "event-listener": "macros"}  # fmt: skip
"""Elements that are active wherever they stand."""
_SHOWN = ("image", "object", "object-ole", "plugin", "applet", "floating-frame", "section-source")
"""Elements of LibreOffice that show what an address leads to."""
_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")
_TELLING = re.compile(
    rb"<(?:[\w.-]+:)?(?:Relationship|Types|instrText|delInstrText|fldSimple|fldChar|svg|%s)[\s>/]|ppaction|:formula="
    % "|".join((*_OLE, *_FORMULAS)).encode()
)
_SPELLED = re.compile(rb"<!|&#|<\?(?!xml[ \t])|encoding=[\"'](?!utf-8|us-ascii)", re.IGNORECASE)
"""What lets the same structure be written otherwise than `_TELLING` looks for it."""
_STRING, _SHEET_NAME = re.compile(r'"[^"]*"'), re.compile(r"(?<!\|)'[^']*'")
_FAR = re.compile(r"['\[](?:[A-Za-z]+:[/\\]|\\\\|//)")
_FUNCTION = re.compile(r"([A-Za-z_][\w.]*)\(")
_ODF_SPACE = re.compile(r"^\w+:(?==)")


class Unreadable(Exception):
    """End the look at a file that cannot be read: what it is, and of which part."""


def is_bomb(parts: Sequence[zipfile.ZipInfo]) -> bool:
    """Tell whether an archive would be far larger, unpacked, than any file that people make."""
    return (
        len(parts) > _MOST_PARTS
        or sum(part.file_size for part in parts) > LARGEST_CONTENT
        or any(
            part.file_size > _SMALL_PART and part.file_size > _LARGEST_RATIO * max(part.compress_size, 1)
            for part in parts
        )
    )


class Examination:
    """Look through an Office file: `found` is what is active in it (kind, part, detail), `links` where it leads on a
    click, `functions` what its formulas call."""

    def __init__(self, depth: int = 0) -> None:
        self.found: dict[tuple[str, str, str], None] = {}
        self.links: dict[str, None] = {}
        self.functions: dict[str, str] = {}
        self.parts = 0
        self._names: set[str] = set()
        self._depth = depth

    def look(self, data: bytes) -> None:
        """Look at all parts of a file. Raises `Unreadable`; what was found before stays."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as self._archive:
                self._look()
        except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError, OSError, RuntimeError,
                ValueError) as error:  # fmt: skip
            raise Unreadable("damaged", "") from error

    def _look(self) -> None:
        entries = [entry for entry in self._archive.infolist() if not entry.is_dir()]
        if is_bomb(entries):
            raise Unreadable("bomb", "")
        self._parts = {entry.filename.lower(): entry for entry in entries}
        if len(self._parts) < len(entries):
            raise Unreadable("bomb", "")  # programs differ in which of two parts of one name they read
        self.parts = len(entries)
        self.is_of_libreoffice = CONTENT_TYPES.lower() not in self._parts
        self._types: dict[str, str] = {}
        self._targets: list[tuple[str, str, str]] = []
        types = self._parts.get(CONTENT_TYPES.lower())
        if self.is_of_libreoffice and "content.xml" not in self._parts:
            raise Unreadable("damaged", "")  # no file of Office at all
        if not self.is_of_libreoffice and "_rels/.rels" not in self._parts:
            raise Unreadable("damaged", "_rels/.rels")
        for entry in [*([types] if types else ()), *(entry for entry in entries if entry is not types)]:
            self._part(entry)
        for source, kind, target in self._targets:
            self._related(source, kind, target)
        self.functions = {n: part for n, part in self.functions.items() if n not in self._names}

    def note(self, kind: str, part: str, detail: str = "") -> None:
        """Keep what was found."""
        if len(self.found) < _MOST_FOUND:
            self.found[kind, part, detail.strip()[:120]] = None

    def _type(self, name: str) -> str:
        lower = name.lower()
        return self._types.get("/" + lower, self._types.get(lower.rpartition(".")[2], ""))

    def _part(self, entry: zipfile.ZipInfo) -> None:
        name, lower = entry.filename, entry.filename.lower()
        kind = self._type(name)
        is_seen = kind.startswith(("image/", "audio/", "video/"))
        is_known = is_seen or (
            _last(kind) in _KNOWN and (_kind_of(lower) == "unknown" or _last(kind) == "sheet")
        )
        if not is_known and lower != CONTENT_TYPES.lower() and not self.is_of_libreoffice:
            active = _kind_of(f"{kind} {lower}")
            if kind or active != "unknown":  # a part without a type is none that Office reads
                self.note(active, name, kind)
        elif lower.startswith(("basic/", "scripts/")) and self.is_of_libreoffice:
            self.note("macros", name)
        data = self._archive.read(entry)
        if data.startswith((OLD_FORMAT, b"MZ")) and is_known:
            self.note("embedded", name, kind)
        if data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
            self._read(name, data)
        elif kind.endswith("xml"):
            raise Unreadable("damaged", name)

    def _read(self, name: str, data: bytes) -> None:
        """Read a part as XML; a long one whose signs can mean one thing alone only where it holds any that tells."""
        is_plain = len(data) > _READS_ALL and b"\0" not in data[:4] and not _SPELLED.search(data)
        if is_plain and not _TELLING.search(data):
            return
        reader, before = _Part(self, name), dict(self.found)
        try:
            reader.parser.Parse(data, True)
        except expat.ExpatError as error:
            if _last(self._type(name)) != "vmldrawing":  # older programs wrote them as they wrote web pages
                self.found = before  # what is half read is damage
                raise Unreadable("damaged", name) from error

    def typed(self, place: str, kind: str) -> None:
        """Keep of what type a part, or all of a suffix, are."""
        self._types[place.lower()] = kind.lower()

    def related(self, part: str, kind: str, target: str, *, is_outside: bool) -> None:
        """Judge a relation, wherever it stands."""
        if kind.startswith(_STRICT):
            raise Unreadable("strict", part)
        if is_outside:
            if kind == _LINK:
                self.linked(part, target)
            elif kind == _TEMPLATE:
                if _is_far(target):
                    self.note("template", part, target)
            else:
                self.note("outside" if _kind_of(kind) != "control" else "control", part, target)
        elif not kind.startswith(_SPACES) or _last(kind) not in _KNOWN | {"package"}:
            self.note(_kind_of(kind), part, target or kind)
        else:
            folder, name = posixpath.split(part)
            source = posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])
            if not target.startswith("/"):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
            self._targets.append((source, _last(kind), target.lstrip("/")))

    def _related(self, source: str, kind: str, target: str) -> None:
        entry = self._parts.get(target.lower())
        if entry is None:
            if (
                kind not in _MAY_MISS
                and "#" not in target
                and self._parts.get(source.lower() or CONTENT_TYPES.lower())
            ):
                raise Unreadable("damaged", target)
        elif kind == "package":
            of_chart = (
                _last(self._type(source)) in ("chart", "chartex") and _last(self._type(target)) == "sheet"
            )
            if not of_chart or self._depth:
                self.note("embedded", target, source)
            else:
                inner = Examination(self._depth + 1)
                inner.look(self._archive.read(entry))
                for active, part, detail in inner.found:
                    self.note(active, f"{target}/{part}", detail)
                self.functions |= {name: f"{target}/{part}" for name, part in inner.functions.items()}

    def linked(self, part: str, target: str) -> None:
        """Judge what a reader may click on."""
        plain = "".join(sign for sign in target if sign.isprintable()).strip()
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):", plain)
        is_web = bool(scheme) and scheme[1].lower() in ("http", "https")  # type: ignore[index]
        if (scheme and scheme[1].lower() not in _SCHEMES) or (not is_web and _PROGRAM.search(plain)):
            self.note("link", part, plain)
        elif scheme:
            self.links[re.sub(r"^(\w+:/{0,2}[^/?#]*).*", r"\1", plain)] = None

    def formula(self, part: str, text: str) -> None:
        """Judge a formula, or what a name stands for."""
        bare = _SHEET_NAME.sub("", _STRING.sub('""', text))
        if "|" in bare or _FAR.search(_STRING.sub('""', text)):
            self.note("formula", part, text)
        for name in _FUNCTION.findall(bare):
            self.functions.setdefault(name.upper(), part)

    def named(self, attributes: dict[str, str]) -> bool:
        """Keep the name of a formula, by which others call it; tell whether it is that of a macro."""
        self._names.add(attributes.get("name", "").upper())
        return any(attributes.get(key) in ("1", "true") for key in ("xlm", "function", "vbProcedure"))


class _Part:
    """Read a part in a stream, in any coding: its relations, fields, formulas, links and active elements."""

    def __init__(self, file: Examination, name: str) -> None:
        self.file, self.name = file, name
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._root = ""
        self._fields: list[str | None] = []
        """The codes of the fields that are open; none where what it shows begins."""
        self._text: list[str] | None = None
        self._is_odf = file.is_of_libreoffice

    def _refuse(self, *_: object) -> None:
        raise Unreadable("entities", self.name)

    def _start(self, whole: str, attributes: dict[str, str]) -> None:
        local = whole.rpartition(" ")[2]
        values = {key.rpartition(" ")[2]: value for key, value in attributes.items()} if attributes else {}
        self._root = self._root or local
        if local in _OLE:
            self.file.note(_OLE[local], self.name, values.get("ProgID") or values.get("progId", local))
        elif local == "Relationship":
            if self._root == "Relationships" or self.name.lower().endswith(".rels"):
                self.file.related(
                    self.name, values.get("Type", ""), values.get("Target", ""),
                    is_outside=values.get("TargetMode", "").strip().lower() == "external",
                )  # fmt: skip
        elif local in ("Default", "Override") and self._root == "Types":
            self.file.typed(
                values.get("PartName") or values.get("Extension", ""), values.get("ContentType", "")
            )
        elif local == "fldSimple":
            self._field(values.get("instr", ""))
        elif local == "fldChar":
            self._turn(values.get("fldCharType", ""))
        elif local in ("instrText", "delInstrText", *_FORMULAS):
            if local == "definedName" and self.file.named(values):
                self.file.note("macros", self.name, values.get("name", ""))
            self._text = []
            self.parser.CharacterDataHandler = self._text.append
        if self._is_odf and "formula" in values:
            self.file.formula(self.name, _ODF_SPACE.sub("", values["formula"]))
        action = values.get("action", "")
        if local.startswith("hlink") and action and not _ACTIONS.fullmatch(action):
            self.file.note("link", self.name, action)
        if self._root == "svg" or (self._is_odf and local in _SHOWN):
            self._drawn(local, values)

    def _drawn(self, local: str, values: dict[str, str]) -> None:
        """Judge an element of a picture."""
        if local in ("script", "foreignObject") or any(key.startswith("on") for key in values):
            self.file.note("macros", self.name, local)
        href = values.get("href", "")
        if local != "a" and not href.startswith("data:") and (":" in href or href.startswith("//")):
            self.file.note("outside", self.name, href)

    def _end(self, whole: str) -> None:
        if self._text is None:
            return
        text, self._text, self.parser.CharacterDataHandler = "".join(self._text), None, None
        if whole.rpartition(" ")[2] in _FORMULAS:
            self.file.formula(self.name, text)
        elif self._fields and self._fields[-1] is not None:
            self._fields[-1] += text
        else:
            self._field(text)  # an instruction outside of any field

    def _turn(self, kind: str) -> None:
        if kind == "begin":
            if self._fields and self._fields[-1] is not None:
                self._fields[-1] += "\0"  # what an inner field shows there, nobody knows before
            self._fields.append("")
        elif self._fields:
            code = self._fields.pop()
            if code is not None:
                self._field(code)
            if kind == "separate":
                self._fields.append(None)

    def _field(self, code: str) -> None:
        name = _FIELD.match(code)
        if (
            code.strip()
            and (name is None or name[1].upper() not in _FIELDS)
            and not _HARMLESS_BUTTON.match(code)
        ):
            self.file.note("field", self.name, code.replace("\0", "{…}"))
        for link in _FIELD_LINK.findall(code):
            self.file.linked(self.name, html.unescape(link[0] or link[1]))


def _last(kind: str) -> str:
    """Give how the name of a type or relation ends: “…wordprocessingml.document.main+xml” is “document”."""
    return re.split(r"[./]", kind.lower().removesuffix("+xml").removesuffix(".main"))[-1]


def _kind_of(name: str) -> str:
    return next((kind for kind, signs in _KINDS if re.search(signs, name.lower())), "unknown")


def _is_far(target: str) -> bool:
    """Tell whether a template lies on another computer: an address of the web, or of a server."""
    plain = target.strip().lower().removeprefix("file:").replace("\\", "/")
    return bool(re.match(r"/*[a-z][a-z0-9+.-]+:", plain)) or bool(re.match(r"(//|/{4,})[^/]", plain))


NOTHING: dict[str, Any] = {"fault": "", "part": "", "found": [], "links": [], "functions": [], "parts": 0}


def answer(data: bytes) -> dict[str, Any]:
    """Look through a file; what keeps from that is its `fault`, with the part."""
    if data.startswith(OLD_FORMAT):
        return NOTHING | {"fault": "old"}
    file = Examination()
    fault = part = ""
    try:
        file.look(data)
    except Unreadable as unreadable:
        fault, part = unreadable.args
    except (MemoryError, RecursionError):
        fault = "bomb"
    return {"fault": fault, "part": part, "found": [*file.found], "links": [*file.links],
            "functions": [*file.functions.items()], "parts": file.parts}  # fmt: skip


def confine(memory: int, seconds: int) -> None:
    """Have the system end this process where it takes more bytes of addresses or seconds of a processor; what the
    one that started it may not take stays out of reach."""
    if sys.platform != "win32":
        import resource

        for kind, wanted in (
            (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0),
        ):  # fmt: skip
            _, most = resource.getrlimit(kind)
            resource.setrlimit(kind, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _main() -> None:
    confine(_MEMORY, _SECONDS)
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    _main()
