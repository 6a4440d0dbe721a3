"""Whom the press may ask: from `data/raw/contacts.csv`, which is never shared and may be missing.

The file is written by hand, often in a French Excel: `,` or `;`, with or without a byte-order mark.
"""

from __future__ import annotations

import csv
from pathlib import Path

from ennum_stats.errors import UsageError, message
from ennum_stats.project import Project

Contact = dict[str, str]
FIELDS = ("role", "organisation", "name", "telephone", "email")


def contacts_file(project: Project) -> Path:
    """Where the contacts are, if there are any."""
    return project.raw / "contacts.csv"


def read_contacts(project: Project) -> tuple[Contact, ...]:
    """The contacts, one a row; none where there is no file.

    Raises `UsageError` for a file in another encoding or with other columns.
    """
    path = contacts_file(project)
    if not path.is_file():
        return ()
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
    if tuple(reader.fieldnames or ()) != FIELDS:
        raise UsageError(
            message("The columns of the contacts are {found}.", found=head or "–"),
            where=f"{path}:1",
            expected=message("Expected: {columns}.", columns=",".join(FIELDS)),
            remedy=message("Copy the first line of contacts.example.csv."),
        )
    rows = ({field: (line.get(field) or "").strip() for field in FIELDS} for line in reader)
    return tuple(row for row in rows if any(row.values()))
