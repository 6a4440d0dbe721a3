"""Share what all commands need: options, opening the project, and printing.

Answers are printed as a table for people, as JSON or CSV for programs.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ennum_stats.cli.terminal import line_width, table_lines, wrapped
from ennum_stats.errors import FICTITIOUS, Message
from ennum_stats.table import harmless
from ennum_stats.typography import (
    LANGUAGES,
    LanguageCode,
)  # not of `languages`: help needs none of them loaded

if TYPE_CHECKING:
    from ennum_stats.document.blocks import WrittenTable
    from ennum_stats.project import Project
    from ennum_stats.store.ledger import Ledger


class Format(StrEnum):
    """List how a command can print its answer."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def print_json(value: Any) -> None:
    """Print a value as indented JSON, with accented letters as they are."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_csv(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    """Print rows as CSV with commas; an unknown value is empty, several values are separated by spaces."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(row.get(name)) for name in columns} for row in rows)
    sys.stdout.write(text.getvalue())


def print_records(output: Format, records: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    """Print records for a program: whole as JSON, or these columns of them as CSV."""
    if output is Format.JSON:
        print_json(records)
    else:
        print_csv(records, columns)


def print_table(table: WrittenTable) -> None:
    """Print a table as wide as the terminal: in columns where its words fit, else a block a row."""
    print_lines(["", *table_lines(table, line_width()), ""])


def print_lines(lines: Sequence[str]) -> None:
    """Print lines; one that is wider than the terminal goes on below, further in where it is set in."""
    width = line_width()
    for line in lines:
        margin = len(line) - len(line.lstrip(" "))
        indent = " " * (margin + 4 if margin else 0)
        typer.echo("\n".join(wrapped(line, width, indent)) if len(line) > width else line)


def _cell(value: Any) -> Any:
    if isinstance(value, tuple | list):
        value = " ".join(str(item) for item in value)
    return harmless(value) if isinstance(value, str) else "" if value is None else value


_ROOT_HELP = "Dossier du projet (celui de data/raw)."
Root = Annotated[Path | None, typer.Option("--root", metavar="DOSSIER", help=_ROOT_HELP)]
DefaultRoot = Annotated[
    Path | None, typer.Option("--root", metavar="DOSSIER", envvar="ENNUM_ROOT", help=_ROOT_HELP)
]
"""The one before the command; only it reads the environment, so that what is said always wins."""
Folder = Annotated[Path | None, typer.Option("--out", metavar="DOSSIER", help="Dossier.")]
Languages = Annotated[
    list[str] | None, typer.Option("--lang", help=f"Langue ({', '.join(LANGUAGES)}) ; peut se répéter.")
]
Language = Annotated[LanguageCode, typer.Option("--lang", help="Langue.")]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", metavar="DATE", help="Tel que connu ce jour (31/01/2020).")
]
Audience = Annotated[
    Literal["public", "internal"],
    typer.Option("--audience", help="« internal » montre aussi ce qui est sous embargo."),
]
OutputFormat = Annotated[Format, typer.Option("--format", help="Présentation.")]


def echo(text: Message, language: str, *, err: bool = False) -> None:
    """Print a sentence in the user's language; with `err` to standard error, where the output is data."""
    from ennum_stats.languages import translate

    typer.echo(translate(text, language), err=err)


def print_names(rows: list[list[str]]) -> None:
    """Print names and what they stand for in two columns."""
    width = max(len(name) for name, _ in rows)
    hanging = " " * (width + 2)
    for name, description in rows:
        typer.echo("\n".join(wrapped(f"{name:<{width}}  {description}", line_width(), hanging)))


def headings(names: tuple[str, ...], language: str) -> list[str]:
    """Translate column headings into the user's language."""
    from ennum_stats.languages import translate

    return [translate(name, language) for name in names]


def project_of(context: typer.Context, root: Path | None) -> Project:
    """Find the project that the command is about."""
    from ennum_stats.project import Project

    return Project.at(root or context.obj)


def project_to_read(context: typer.Context, root: Path | None) -> Project:
    """Find the project that a command reads; away from any, the one that came with the package."""
    from ennum_stats.publication import project_at_hand

    return project_at_hand(root or context.obj)


def ledger_of(
    context: typer.Context, root: Path | None, known_at: str | None, audience: str = "public"
) -> Ledger:
    """Open the published store, as known on a day."""
    from ennum_stats import project
    from ennum_stats.store.ledger import open_ledger

    read = project_to_read(context, root)
    return open_ledger(read, day_of(known_at), project.Audience(audience))


def marked(of: Ledger | Project, records: Sequence[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Mark each record of the internal store, or of a demonstration, as such; return the others unchanged."""
    from ennum_stats.figures.figure import marks
    from ennum_stats.languages import translate
    from ennum_stats.project import Project

    if isinstance(of, Project):
        marks_shown = {"notice": translate(FICTITIOUS, language)} if of.is_demo else {}
    else:
        marks_shown = marks(of, language)
    return [{**marks_shown, **record} for record in records]


def columns_of(records: Sequence[dict[str, Any]], columns: Sequence[str]) -> tuple[str, ...]:
    """List the columns of a CSV, first those in which records say of which store they are."""
    names = [name for name in ("audience", "notice") if records and name in records[0]]
    return (*names, *columns)


def banner(ledger: Ledger, language: str) -> str:
    """Return what stands above a table: nothing for the public store of a real project, else a warning."""
    from ennum_stats.figures.figure import noticed

    return noticed(ledger, language)


def parts(text: str | None) -> list[str]:
    """Split a text at its commas."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def day_of(text: str | None, option: str = "--known-at") -> date | None:
    """Read a day; for a month or a year, its last day."""
    if text is None:
        return None
    from ennum_stats.periods import period_of

    return period_of(text, option).last
