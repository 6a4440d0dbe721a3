"""The command line: one function a command, each thin. Exit code 0: fine; 1: findings; 2: misuse."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.printing import Format, print_csv, print_json, print_table

if TYPE_CHECKING:
    from ennum_stats.project import Project
    from ennum_stats.store.opening import Ledger

app = typer.Typer(
    name="ennum",
    help="Chiffres, graphiques et dossier de presse de l’équipement numérique des écoles de Wallonie.",
    epilog="Chaque chiffre porte sa source et sa date ; « --known-at » redonne ceux d’un jour passé.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Root = Annotated[
    Path | None,
    typer.Option("--root", envvar="ENNUM_ROOT", help="Dossier du projet (celui de data/raw)."),
]
Language = Annotated[Literal["fr", "de", "nl", "en"], typer.Option("--lang", help="Langue.")]
KnownAt = Annotated[
    str | None,
    typer.Option("--known-at", metavar="DATE", help="Tel que connu ce jour (2020-01-31)."),
]
OutputFormat = Annotated[Format, typer.Option("--format", help="Présentation.")]


@app.callback()
def _everywhere(context: typer.Context, root: Root = None) -> None:
    context.obj = root


@app.command()
def check(context: typer.Context, root: Root = None, lang: Language = "fr") -> None:
    """Contrôle les tables de data/raw."""
    with answering(lang):
        from ennum_stats.raw.checks import check_raw_tables
        from ennum_stats.raw.findings import RawTablesRefused

        project = _project(context, root)
        frames, findings = check_raw_tables(project.raw, project.root)
        if findings:
            raise RawTablesRefused(findings)
        rows = sum(len(frame) for frame in frames.values())
        _say(message("The raw tables are in order: {tables} tables, {rows} rows.",
                     tables=len(frames), rows=rows), lang)  # fmt: skip


@app.command()
def build(context: typer.Context, root: Root = None, lang: Language = "fr") -> None:
    """Contrôle les tables, construit et publie la base."""
    with answering(lang):
        from ennum_stats.store.build import build as build_store

        published = build_store(_project(context, root))
        _say(message("Published: {store}", store=published.store), lang)


@app.command()
def figures(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NOM]…")] = None,
    known_at: KnownAt = None,
    lang: Language = "fr",
    output: OutputFormat = Format.TABLE,
    root: Root = None,
) -> None:
    """Donne les chiffres nommés, avec leur source."""
    with answering(lang):
        from ennum_stats.figures import figures as named_figures

        found = named_figures(_ledger(context, root, known_at), names or ())
        records = [figure.record(lang) for figure in found]
        if output is Format.JSON:
            print_json(records)
        elif output is Format.CSV:
            columns = ("name", "label", "value", "lower", "upper", "unit", "precision", "status",
                       "missing_reason", "text", "known_at", "formula")  # fmt: skip
            print_csv(records, columns)
        else:
            rows = [[r["name"], r["text"], r["label"], _documents(r)] for r in records]
            print_table(rows, _header(("Name", "Figure", "What", "Source"), lang))


@app.command()
def measure(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NOM")],
    by: Annotated[list[str] | None, typer.Option("--by", metavar="DIM", help="Par…")] = None,
    known_at: KnownAt = None,
    lang: Language = "fr",
    output: OutputFormat = Format.TABLE,
    root: Root = None,
) -> None:
    """Donne le tableau d’une mesure.

    Mesures : budgets, winners, coverage, connectivity, staff, equipment.
    """
    with answering(lang):
        from ennum_stats.languages import translate
        from ennum_stats.measures.frames import flat_columns, records
        from ennum_stats.measures.tables import measure_rows

        ledger = _ledger(context, root, known_at)
        table = measure_rows(ledger, name, by or ())
        rows = records(table, lambda sentence: translate(sentence, lang))
        if output is Format.JSON:
            print_json(rows)
        elif output is Format.CSV:
            print_csv(rows, flat_columns(table))
        else:
            from ennum_stats.measures.worded import worded_rows

            header, cells = worded_rows(ledger, table, lang)
            print_table(cells, header)


@app.command()
def trace(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NOM")],
    known_at: KnownAt = None,
    lang: Language = "fr",
    output: OutputFormat = Format.TABLE,
    root: Root = None,
) -> None:
    """Dit d’où vient un chiffre.

    Formule, documents, endroits, dates, et documents qui disent autre chose.
    """
    with answering(lang):
        from ennum_stats.figures import figure
        from ennum_stats.figures.tracing import trace_lines

        found = figure(_ledger(context, root, known_at), name)
        if output is Format.JSON:
            print_json(found.record(lang))
        elif output is Format.CSV:
            record = found.record(lang)
            print_csv(record["observations"], tuple(record["observations"][0]))
        else:
            typer.echo("\n".join(trace_lines(found, lang)))


def main() -> None:
    """Runs the command line; a stopped pipe is not an error."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()


# --- shared by the commands -------------------------------------------------------------------------


@contextmanager
def answering(language: str) -> Iterator[None]:
    """Tells an error in the user's language and ends with its exit code."""
    try:
        yield
    except EnnumError as error:
        from ennum_stats.languages import translate
        from ennum_stats.raw.findings import RawTablesRefused

        if isinstance(error, RawTablesRefused):
            for finding in error.findings:
                typer.echo(finding.words(language))
        parts = [part for part in (error.found, error.expected, error.remedy) if part]
        sentence = " ".join(translate(part, language) for part in parts)
        typer.echo((f"{error.where}: " if error.where else "") + sentence, err=True)
        raise typer.Exit(error.exit_code) from error


def _say(text: Message, language: str) -> None:
    from ennum_stats.languages import translate

    typer.echo(translate(text, language))


def _header(names: tuple[str, ...], language: str) -> list[str]:
    from ennum_stats.languages import translate

    return [translate(name, language) for name in names]


def _project(context: typer.Context, root: Path | None) -> Project:
    from ennum_stats.project import Project

    return Project.at(root or context.obj)


def _ledger(context: typer.Context, root: Path | None, known_at: str | None) -> Ledger:
    from ennum_stats.store.opening import open_ledger

    return open_ledger(_project(context, root), _day(known_at))


def _day(text: str | None) -> date | None:
    """A day; of a month or a year, the last one."""
    if text is None:
        return None
    from ennum_stats.errors import UsageError
    from ennum_stats.periods import Period

    try:
        return Period(text).last
    except ValueError as error:
        raise UsageError(
            message("“{value}” is not a date that exists.", value=text),
            where="--known-at",
            expected=message("A date is a day, a month or a year: 2020-01-15, 2020-01 or 2020."),
        ) from error


def _documents(record: dict[str, Any]) -> str:
    """The documents of a figure, each once."""
    titles = {o["source_title"]: None for o in record["observations"]}
    return " ; ".join(titles)
