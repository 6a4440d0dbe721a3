"""Open the gate to Office files of others, or say in words why not; and tell whether one is open.

What a file would do is looked for in a process of its own (`foreign`), which cannot take the memory or the time of
this one; each reader refuses what was found with an error of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ennum_stats.errors import Message, message
from ennum_stats.files import foreign

LARGEST_FILE = 64 * 1024 * 1024
_PATIENCE_S = 60
LOCKS = ("~$", ".~lock.")
"""How the names of the files begin that Office and LibreOffice leave beside an open file."""

MACROS = message("This document holds macros.")
NO_MACROS = message("Save it as a document without macros (.docx, .pptx or .xlsx).")
_COPIED = message("Copy its text into a new document and save it.")
_MADE_BY_HAND = (
    message("No Office program wrote this file: unpacked, it is not what it says."), _COPIED,
)  # fmt: skip
_WORDS = {
    "macros": (MACROS, NO_MACROS),
    "outside": (message("This document shows what lies in another file: {detail}."),
        message("Break the link (File, Info, Edit Links to Files), then save it.")),
    "template": (message("This document fetches its template from elsewhere: {detail}."),
        message("Choose the template “Normal” (Developer, Document Template), then save it.")),
    "embedded": (message("Another document or a program is embedded in this one: {part}."),
        message("Put a picture of it in its place (Cut, Paste Special, Picture), then save it.")),
    "control": (message("This document holds a control that can run a program (ActiveX): {part}."),
        message("Delete it (Developer, Design Mode), then save the document.")),
    "field": (message("A field of this document fetches or runs something: {detail}."),
        message("Click into it, press Ctrl+Shift+F9 so that its text stays, then save the document.")),
    "formula": (message("A formula of this workbook takes values from elsewhere or starts a program: {detail}."),
        message("Put its value in its place (Copy, Paste Special, Values), then save it.")),
    "function": (message("A formula calls a function that is not known to be harmless: {detail}."),
        message("Put its value in its place (Copy, Paste Special, Values), then save it.")),
    "external": (message("This workbook takes values from other files (external links)."),
        message("Break the links (Data, Edit Links, Break Link), then save it.")),
    "connection": (message("This workbook takes values from a data connection."),
        message("Copy its values into a new workbook.")),
    "imported": (message("A text of another kind waits to be taken into this document: {part}."), _COPIED),
    "addin": (message("This document brings buttons or programs of its own: {part}."), _COPIED),
    "link": (message("A link of this document would start a program: {detail}."),
        message("Remove the link, then save the document.")),
    "unknown": (message("This document holds what this program does not know: {part} {detail}."), _COPIED),
    "damaged": (message("This file is damaged, or is not a document of Office."),
        message("Open it in Office and save it again.")),
    "part": (message("This file is damaged in one of its parts: {part}."),
        message("Open it in Office and save it again; where that fails, take a copy that was in order.")),
    "entities": _MADE_BY_HAND,
    "bomb": _MADE_BY_HAND,
    "old": (message("This document has a password, or is in the old format of Office."),
        message("Save it without a password as .docx, .pptx or .xlsx.")),
    "strict": (message("This document is in the Strict Open XML format."),
        message("Save it as an ordinary .docx, .pptx or .xlsx: the type without “Strict” in its name.")),
}  # fmt: skip
_HARMFUL_FUNCTIONS = frozenset(
    """
    CUBEKPIMEMBER CUBEMEMBER CUBEMEMBERPROPERTY CUBERANKEDMEMBER CUBESET CUBESETCOUNT CUBEVALUE RTD
    """.strip().split()
)
"""Of the functions of Excel 2007 those that ask another program."""
_NEWER_FUNCTIONS = frozenset(
    """
    ACOT ACOTH AGGREGATE ANCHORARRAY ARABIC ARRAYTOTEXT BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE
    BINOM.INV BITAND BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CEILING.PRECISE CHISQ.DIST
    CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT CHISQ.TEST CHOOSECOLS CHOOSEROWS COMBINA CONCAT CONFIDENCE.NORM
    CONFIDENCE.T COT COTH COVARIANCE.P COVARIANCE.S CSC CSCH DAYS DECIMAL DROP ENCODEURL ERF.PRECISE ERFC.PRECISE
    EXPAND EXPON.DIST F.DIST F.DIST.RT F.INV F.INV.RT F.TEST FILTER FILTERXML FLOOR.MATH FLOOR.PRECISE FORECAST.ETS
    FORECAST.ETS.CONFINT FORECAST.ETS.SEASONALITY FORECAST.ETS.STAT FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST
    GAMMA.INV GAMMALN.PRECISE GAUSS GROUPBY HSTACK HYPGEOM.DIST IFNA IFS IMCOSH IMCOT IMCSC IMCSCH IMSEC IMSECH
    IMSINH IMTAN ISFORMULA ISOMITTED ISOWEEKNUM LAMBDA LET LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP MAXIFS MINIFS
    MODE.MULT MODE.SNGL MUNIT NEGBINOM.DIST NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION
    PERCENTILE.EXC PERCENTILE.INC PERCENTOF PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI PIVOTBY POISSON.DIST
    QUARTILE.EXC QUARTILE.INC RANDARRAY RANK.AVG RANK.EQ REDUCE REGEXEXTRACT REGEXREPLACE REGEXTEST RRI SCAN SEC
    SECH SEQUENCE SHEET SHEETS SINGLE SKEW.P SORT SORTBY STDEV.P STDEV.S SUMIFS AVERAGEIFS COUNTIFS IFERROR SWITCH
    T.DIST T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW
    TRIMRANGE UNICHAR UNICODE UNIQUE VALUETOTEXT VAR.P VAR.S VSTACK WEIBULL.DIST WRAPCOLS WRAPROWS XLOOKUP XMATCH
    XOR Z.TEST ERRORTYPE EASTERSUNDAY CURRENT STYLE COLOR
    """.strip().split()
)
_OF_WHOM = re.compile(r"^(?:_XLFN\.|_XLWS\.|COM\.MICROSOFT\.|ORG\.\w+\.|LEGACY\.)+")
"""What stands before the name of a function that not every program has."""


@dataclass(frozen=True)
class OfficeFinding:
    """Hold what keeps a file from being read: in words, with what to do, and the part where it lies."""

    found: Message
    remedy: Message
    part: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Inspection:
    """Hold what a file would do: what is active in it, the addresses that it leads to on a click, how many parts
    were looked at; `is_readable` where it is whole."""

    findings: tuple[OfficeFinding, ...]
    links: tuple[str, ...] = ()
    parts: int = 0
    is_readable: bool = True

    @property
    def refusal(self) -> OfficeFinding | None:
        """What the file is refused for; nothing where nothing may be done by it. A template that lies elsewhere is
        left out of what is written, and is no reason."""
        return next((finding for finding in self.findings if finding.kind != "template"), None)

    @property
    def more(self) -> Message | None:
        """Say where all is named that the file is refused for, if that is more than one thing."""
        everything = len({str(finding.found) for finding in self.findings})
        return message("All {n} are named by: ennum inspect FILE", n=everything) if everything > 1 else None


def inspect_office(data: bytes) -> Inspection:
    """Look for what an Office file would run, fetch or call; a file of another kind is damaged."""
    seen = _seen(data)
    strange = [["function", part, name] for name, part in _strange(dict(seen["functions"])).items()]
    faults = [[seen["fault"], seen["part"], ""]] if seen["fault"] else []
    findings = tuple(_finding(*each) for each in (*seen["found"], *strange, *faults))
    return Inspection(findings, tuple(seen["links"]), seen["parts"], is_readable=not faults)


def _finding(kind: str, part: str, detail: str) -> OfficeFinding:
    sentence, remedy = _WORDS[kind if kind != "damaged" or not part else "part"]
    values = {"part": part, "detail": detail}
    needed = {name: value for name, value in values.items() if f"{{{name}}}" in sentence.text}
    return OfficeFinding(Message(sentence.text, needed), remedy, part, kind)


def _seen(data: bytes) -> dict[str, Any]:
    """Have a file looked at by a process of its own; one that it ends over is heavier than any that people make."""
    if not sys.executable:
        return foreign.answer(data)
    command = [sys.executable, "-I", "-S", foreign.__file__]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE_S, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return foreign.NOTHING | {"fault": "bomb"}
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def _strange(functions: dict[str, str]) -> dict[str, str]:
    """Give the functions of formulas that nobody knows to be harmless, each with its part."""
    names = {name: _OF_WHOM.sub("", name) for name in functions}
    unknown = {name for name, plain in names.items() if plain not in _NEWER_FUNCTIONS}
    if unknown:
        from openpyxl.utils import FORMULAE

        unknown = {n for n in unknown if names[n] not in FORMULAE or names[n] in _HARMFUL_FUNCTIONS}
    return {name: functions[name] for name in sorted(unknown) if not name.startswith("_XLPM.")}


def is_old_or_locked(path: Path) -> bool:
    """Tell whether a file has a password, or is in the old format of Office: both look alike outside."""
    with path.open("rb") as file:
        return file.read(len(foreign.OLD_FORMAT)) == foreign.OLD_FORMAT


def is_locked(path: Path) -> bool:
    """Tell whether a file is open in Office or LibreOffice, or is what they leave beside one.

    Word writes “~$” in the place of the first two letters of a long name, Excel before the whole.
    """
    name = path.name
    locks = (*(f"~${name[cut:]}" for cut in range(3)), f".~lock.{name}#")
    return name.startswith(LOCKS) or any(os.path.lexists(path.with_name(lock)) for lock in locks)
