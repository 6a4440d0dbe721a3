"""How a figure, a chart, a page or a document is cited: as text, for BibTeX, and as CSL-JSON.

A citation says the day as known on which it was read and the content of the store, because the same address
may tell another number later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from ennum_stats.errors import message
from ennum_stats.figures.figure import Figure, noticed
from ennum_stats.figures.reports import labelled
from ennum_stats.languages import language_name, period_words, tag_of, translate
from ennum_stats.periods import Period
from ennum_stats.store.answers import Source
from ennum_stats.store.ledger import Ledger

CitedKind: TypeAlias = Literal["figure", "chart", "page", "document"]
PUBLISHER = "spw"
"""The actor that answers for the figures."""
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
"""Under which they may be used."""
SITE = message("Digital equipment of schools")
MINTED_BY = "wallonie.be"
"""The domain of the Region, under which entries of feeds are named for ever."""
MINTED = f"tag:{MINTED_BY},2026-11:ennum"
"""Before every name (RFC 4151), with the month in which names began to be given."""
AS_KNOWN = message("As known on {day}, data {hash}.")
_CSL_TYPES = {"figure": "dataset", "chart": "graphic", "page": "webpage", "document": "report"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "\u00a0": "~", "\u202f": "~",
}  # fmt: skip
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
SHOWN_OF_HASH = 16
"""As many signs of a hash as the files of stores have in their names."""


@dataclass(frozen=True)
class Citation:
    """Hold what is cited: who published it, what it is called, of which day it is, and where it stands."""

    kind: CitedKind
    key: str
    title: str
    title_language: str
    publisher: str
    issued: Period
    address: str = ""
    site: str = ""
    """What it is a part of; empty for a document, which stands alone."""
    content_hash: str = ""
    """The content of the store that it was read from; empty for a document."""

    def text(self, language: str) -> str:
        """Write it as a line of a bibliography."""
        when = self.issued.first.year if self.content_hash else period_words(self.issued, language)
        parts = [f"{self.publisher} ({when}).", _ended(self.title)]
        parts += [_ended(self.site)] if self.site else []
        if self.content_hash:
            known = message(AS_KNOWN.text, day=self.issued.last, hash=self._short_hash)
            parts.append(translate(known, language))
        return " ".join([*parts, *([self.address] if self.address else [])])

    def bibtex(self) -> str:
        """Write it as an entry for BibTeX and BibLaTeX, in UTF-8."""
        year, *rest = self._date_parts
        fields = {"author": f"{{{_latex(self.publisher)}}}", "title": f"{{{_latex(self.title)}}}"}
        if self.site:
            fields["howpublished"] = _latex(self.site)
        fields["year"] = str(year)
        months = {"month": _MONTHS[rest[0] - 1]} if rest else {}
        if self.content_hash:
            fields["version"] = self.content_hash
            fields["note"] = _latex(translate(AS_KNOWN, self.title_language, day=self.issued.last,
                                              hash=self._short_hash))  # fmt: skip
        if self.address:
            fields["url"] = re.sub(r"[{}\\ ]", lambda sign: _IN_ADDRESS[sign[0]], self.address)
        fields["langid"] = language_name(self.title_language, "en").lower()
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
        lines += [f"  {name} = {value}" for name, value in months.items()]
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}\n"

    def csl(self) -> dict[str, Any]:
        """Give it as an item of CSL-JSON, which Zotero, pandoc and Word's add-ins read."""
        item: dict[str, Any] = {
            "id": self.key,
            "type": _CSL_TYPES[self.kind],
            "title": self.title,
            "author": [{"literal": self.publisher}],
            "publisher": self.publisher,
            "issued": {"date-parts": [list(self._date_parts)]},
            "language": tag_of(self.title_language),
        }
        others = {"container-title": self.site, "version": self.content_hash, "URL": self.address}
        return item | {name: value for name, value in others.items() if value}

    @property
    def _date_parts(self) -> tuple[int, ...]:
        """The year, month and day, as far as they are told."""
        return tuple(int(part) for part in self.issued.text.split("-"))

    @property
    def _short_hash(self) -> str:
        return self.content_hash[:SHOWN_OF_HASH]


def cite_figure(figure: Figure, language: str, address: str = "") -> Citation:
    """Cite a figure with its words, so that what was read is told although it may change."""
    said = labelled(figure.label(language), figure.full_text(language), language)
    return cite(figure.ledger, "figure", figure.name, said, language, address)


def cite(
    ledger: Ledger, kind: CitedKind, name: str, title: str, language: str, address: str = ""
) -> Citation:
    """Cite a figure, chart or page of ours by its title, as known on the ledger's day."""
    known = ledger.known_at.isoformat()
    return Citation(
        kind=kind,
        key="-".join(filter(None, ("ennum", kind, re.sub(r"[^\w.]+", "-", name).strip("-"), known))),
        title=noticed(ledger, language, title),
        title_language=language,
        publisher=ledger.name("actors", PUBLISHER, language),
        issued=Period(known),
        address=address,
        site=translate(SITE, language),
        content_hash=ledger.content_hash,
    )


def cite_document(source: Source) -> Citation:
    """Cite a document of others, in the language of its title."""
    return Citation(
        kind="document", key=source.source_id, title=source.title,
        title_language=source.title_language, publisher=source.publisher, issued=source.day,
        address=source.url or "",
    )  # fmt: skip


def _ended(text: str) -> str:
    """End a part of a citation with a full stop, where no other sign ends it."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _latex(text: str) -> str:
    """Write text so that LaTeX shows it as it is."""
    return "".join(_LATEX.get(sign, sign) for sign in text)
