"""Who publishes a kit and whom to ask: `data/raw/publisher.csv` and `data/raw/contacts.csv`, which people
write for themselves. They are never published or shared, and each may be missing.

What is not given leaves nothing behind in a kit: no empty frame, no heading without a text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from ennum_stats.errors import UsageError, message, nearest_names, unknown_name
from ennum_stats.files.boundary import require_file
from ennum_stats.languages import LANGUAGES, period_words
from ennum_stats.periods import period_of
from ennum_stats.project import Project
from ennum_stats.raw.embargo import moment_of

Contact = dict[str, str]
CONTACT_FIELDS = ("role", "organisation", "name", "telephone", "email")
_FIELDS = ("item", *LANGUAGES)
_FIRST = "fr"
"""The language of what is given once for all."""
_PICTURES = ("logo", "photo")
"""The items that name files, several with semicolons between them."""
_PNG = b"\x89PNG"
"""How the files begin that Word, PowerPoint, PDF and web pages all show."""
_DAYS = ("published_on",)
_TEMPLATE = "template"
ITEMS = (
    "publisher", "logo", "press_contact", "boilerplate", "licence", "credit", "data_address", "site_address",
    "embargo", "published_on", "quote", "quoted", "photo", "photo_alt", "photo_credit", "template",
)  # fmt: skip


@dataclass(frozen=True)
class Publisher:
    """Hold what the publisher gave, by item and language, and whom to ask; an empty one where there is no
    table."""

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pictures: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    """PNG files by item."""
    contacts: tuple[Contact, ...] = ()
    """Whom to ask, a row of the table each."""

    def text(self, item: str, language: str) -> str:
        """Give an item in a language, or in French where it was given once; empty where it was not given."""
        texts = self.texts.get(item, {})
        text = texts.get(language) or texts.get(_FIRST, "")
        return period_words(period_of(text, item), language) if text and item in _DAYS else text

    @property
    def embargo(self) -> datetime | None:
        """Until when nothing may be published; nothing where the publisher names no moment."""
        text = self.texts.get("embargo", {}).get(_FIRST, "")
        return moment_of(text) if text else None

    def without(self, *items: str) -> Publisher:
        """Leave out some items: what is said of a kit is not said of everything."""
        return replace(self, texts={item: text for item, text in self.texts.items() if item not in items})


NOBODY = Publisher()
"""Where there is no table."""


def contacts_file(project: Project) -> Path:
    """Return the path of the contacts."""
    return project.raw / "contacts.csv"


def publisher_file(project: Project) -> Path:
    """Return the path of the publisher's table."""
    return project.raw / "publisher.csv"


def read_contacts(project: Project) -> tuple[Contact, ...]:
    """Read the contacts, one for each row; none where there is no file.

    Raises `UsageError` for a file in another encoding or with other columns.
    """
    return tuple(row for _, row in _rows(contacts_file(project), CONTACT_FIELDS))


def read_publisher(project: Project) -> Publisher:
    """Read who publishes and whom to ask; an empty one where there are no files.

    Raises `UsageError` for a file in another encoding or with other columns, for a day that is none, and for
    a picture that is not there or not PNG; `UnknownName` for an item that there is not.
    """
    path, texts = publisher_file(project), {}
    pictures: dict[str, tuple[bytes, ...]] = {}
    for line, row in _rows(path, _FIELDS):
        where, item = f"{path}:{line}", row.pop("item")
        if item not in ITEMS:
            raise unknown_name(
                message("There is no item “{name}”.", name=item), nearest_names(item, ITEMS), where=where
            )
        if not any(row.values()):
            continue
        texts[item] = row
        if item in _DAYS:
            period_of(row[_FIRST], where)
        if item == "embargo":
            embargo_in(row[_FIRST], where)
        if item in _PICTURES:
            names = row[_FIRST].split(";")
            pictures[item] = tuple(_picture(path.parent / name.strip(), where) for name in names)
    return Publisher(texts, pictures, read_contacts(project))


def embargo_in(text: str, where: str) -> datetime:
    """Read until when nothing may be published. Raises `UsageError` for a text that is no moment, for a day without
    its hour, and for an hour without zone that the clocks of Belgium skip or show twice."""
    with suppress(ValueError):
        has_zone, moment = datetime.fromisoformat(text).tzinfo is not None, moment_of(text)
        is_one = has_zone or len({moment.replace(fold=fold).utcoffset() for fold in (0, 1)}) == 1
        if is_one and len(text) > len("2026-12-01"):
            return moment
    raise UsageError(
        message("“{text}” is not the moment of an embargo.", text=text),
        where=where,
        expected=message(
            "A day and an hour, Belgian where there is no zone: {example}.", example="2026-12-01T05:00"
        ),
        remedy=message(
            "Write it so; in an hour in which the clocks change, with its zone: {example}.",
            example="2026-10-25T02:30+01:00",
        ),
    )


def templates_named(project: Project) -> list[Path]:
    """List the files whose look a kit is to have, beside the table that names them.

    Raises `UsageError` for one that is not there."""
    path, findings = publisher_file(project), []
    for line, row in _rows(path, _FIELDS):
        names = row[_FIRST] if row["item"] == _TEMPLATE else ""
        for name in filter(None, map(str.strip, names.split(";"))):
            if not (path.parent / name).is_file():
                raise UsageError(
                    message("The template “{name}” is not there.", name=name),
                    where=f"{path}:{line}",
                    remedy=message("Put it beside the table, or leave the row empty."),
                )
            findings.append(path.parent / name)
    return findings


def private_bytes(project: Project) -> Iterator[bytes]:
    """Give all that a kit takes from these tables and their pictures."""
    for path in (contacts_file(project), publisher_file(project)):
        yield path.read_bytes() if path.is_file() else b""
    for pictures in read_publisher(project).pictures.values():
        yield from pictures


def _rows(path: Path, fields: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the rows of a table that hold anything, each with its line."""
    if not path.is_file():
        return
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(
            message("This file is not UTF-8 text."),
            where=str(path),
            remedy=message("Save it as “CSV UTF-8” in Excel."),
        ) from error
    head = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=";" if ";" in head else ",")
    if tuple(reader.fieldnames or ()) != tuple(fields):
        raise UsageError(
            message("The columns of this table are {found}.", found=head or "–"),
            where=f"{path}:1",
            expected=message("Expected: {columns}.", columns=",".join(fields)),
            remedy=message("Copy the first line of {file}.", file=f"{path.stem}.example.csv"),
        )
    for line in reader:
        row = {name: (line.get(name) or "").strip() for name in fields}
        if any(row.values()):
            yield reader.line_num, row


def _picture(path: Path, where: str) -> bytes:
    if not path.is_file() or not (data := require_file(path).read_bytes()).startswith(_PNG):
        raise UsageError(
            message("“{file}” is not a PNG picture in data/raw.", file=path.name),
            where=where,
            remedy=message("Save the picture as PNG, and name it from data/raw: “logos/spw.png”."),
        )
    return data
