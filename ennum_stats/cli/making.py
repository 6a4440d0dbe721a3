"""Commands that make something: checks, the store, charts, the kit."""

from __future__ import annotations

from typing import Annotated

import typer

from ennum_stats.cli.printing import Format, print_csv, print_json, print_table
from ennum_stats.cli.shared import (
    Language,
    OutputFormat,
    Root,
    answering,
    headings,
    project_of,
    say,
)
from ennum_stats.errors import message


def check(context: typer.Context, root: Root = None, lang: Language = "fr") -> None:
    """Contrôle les tables de data/raw."""
    with answering(lang):
        from ennum_stats.raw.checks import check_raw_tables
        from ennum_stats.raw.findings import RawTablesRefused

        project = project_of(context, root)
        frames, findings = check_raw_tables(project.raw, project.root)
        if findings:
            raise RawTablesRefused(findings)
        rows = sum(len(frame) for frame in frames.values())
        order = message(
            "The raw tables are in order: {tables} tables, {rows} rows.",
            tables=len(frames), rows=rows,
        )  # fmt: skip
        say(order, lang)


def build(context: typer.Context, root: Root = None, lang: Language = "fr") -> None:
    """Contrôle les tables, construit et publie la base."""
    with answering(lang):
        from ennum_stats.store.build import build as build_store

        published = build_store(project_of(context, root))
        say(message("Published: {store}", store=published.store), lang)


def stores(
    context: typer.Context,
    lang: Language = "fr",
    output: OutputFormat = Format.TABLE,
    root: Root = None,
) -> None:
    """Liste les dix dernières bases publiées."""
    with answering(lang):
        from ennum_stats.store.history import store_records

        records = store_records(project_of(context, root))
        if output is Format.JSON:
            print_json(records)
        elif output is Format.CSV:
            print_csv(records, tuple(records[0]) if records else ())
        else:
            titles = ("Published on", "Hash", "In force", "Numbers", "Added", "Removed")
            rows = [[str(value) for value in record.values()] for record in records]
            print_table(rows, headings(titles, lang))


def publish(
    context: typer.Context,
    content_hash: Annotated[str, typer.Argument(metavar="EMPREINTE")],
    lang: Language = "fr",
    root: Root = None,
) -> None:
    """Remet en service une des dernières bases."""
    with answering(lang):
        from ennum_stats.store.publish import put_back

        published = put_back(project_of(context, root), content_hash)
        say(message("Published: {store}", store=published.store), lang)


COMMANDS = (check, build, stores, publish)
