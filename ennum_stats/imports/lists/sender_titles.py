"""What the titles of columns mean where a sender has titles of its own, and what they meant last time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from ennum_stats.errors import Message, UsageError, message
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.forms import Field, Form
from ennum_stats.imports.kind import ImportOptions
from ennum_stats.imports.plan import NewRow
from ennum_stats.imports.spreadsheets.header import title_of
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.raw.tables import RAW_TABLE_BY_NAME
from ennum_stats.store.ledger import today
from ennum_stats.typography import fold

_TABLE = RAW_TABLE_BY_NAME["column_titles"]


@dataclass(frozen=True)
class SenderTitles:
    """Hold the titles of columns of a sender (empty for none) by what is left of them, with the fields of the form:
    those remembered, and those that a person gives now (empty where the column is left out)."""

    form: Form
    sender: str
    remembered: Mapping[str, tuple[str, str]]
    given: Mapping[str, tuple[str, str]]
    """Each with its wording, and the field."""

    @classmethod
    def of_list(cls, form: Form, options: ImportOptions, destination: Destination) -> SenderTitles:
        """Read what is remembered of the sender. Raises `UsageError` for a field that the form does not have."""
        rows = destination.rows("column_titles").filter(
            pl.col("kind") == form.kind, pl.col("sender") == options.sender
        )
        given = {title_of(title): (title, _field(form, name)) for title, name in options.columns.items()}
        remembered = {
            title_of(title): (title, key) for title, key in rows.select("title", "field").iter_rows()
        }
        return cls(form, options.sender, remembered, given)

    @property
    def of_form(self) -> Form:
        """The form whose columns are also known by these titles, and by no other field; its first field is of columns
        that are left out."""
        keys = {title: key for titles in (self.remembered, self.given) for title, (_, key) in titles.items()}
        left = Field("", *3 * (message(""),), aliases=tuple(title for title, key in keys.items() if not key))
        return replace(self.form, fields=(left, *(
            replace(field, aliases=(
                *(alias for alias in field.aliases if title_of(alias) not in keys),
                *(title for title, key in keys.items() if key == field.key),
            ))
            for field in self.form.fields
        )))  # fmt: skip

    def new_rows(self, remembered_by: str, row: int) -> Iterator[NewRow]:
        """Give what is to be remembered of the titles that were given now."""
        for title, (wording, key) in self.given.items():
            if remembered_by and self.sender and key and title not in self.remembered:
                name = ".".join(fold(part).replace(" ", "-") for part in (self.sender, self.form.kind, title))
                cells = (name, self.sender, self.form.kind, wording, key, today().isoformat())
                values = dict(zip(_TABLE.column_names, (*cells, without_persons(remembered_by)), strict=True))
                yield NewRow(_TABLE.name, _TABLE.path, values, row)

    @property
    def remarks(self) -> Iterator[Message]:
        """Say which titles are read as last time."""
        if self.remembered:
            names = [
                message("{text} → {column}", text=wording, column=self.form.field(key).heading)
                for wording, key in self.remembered.values()
            ]
            yield message(
                "Titles of columns of {sender} that are remembered: {names}.", sender=self.sender, names=names
            )


def _field(form: Form, name: str) -> str:
    keys = {title_of(text): field.key for field in form.fields for text in (field.key, *field.headings)}
    keys[title_of("")] = ""
    if title_of(name) not in keys:
        raise UsageError(
            message("The form has no field “{name}”.", name=name),
            where="--column",
            expected=message("One of: {names}", names=", ".join(field.key for field in form.fields)),
        )
    return keys[title_of(name)]
