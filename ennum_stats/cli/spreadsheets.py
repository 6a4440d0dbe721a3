"""Commands of the data steward: forms to fill in, and importing them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ennum_stats.cli.printing import print_json
from ennum_stats.cli.shared import Language, Root, answering, project_of, say
from ennum_stats.errors import message

if TYPE_CHECKING:
    from ennum_stats.imports import ImportPlan

FormKind = Annotated[
    Literal["call", "observations"],
    typer.Argument(metavar="call|observations", help="Un appel, ou des chiffres publiés."),
]


def template(
    context: typer.Context,
    kind: FormKind,
    out: Annotated[Path | None, typer.Argument(metavar="[FICHIER]")] = None,
    lang: Language = "fr",
    root: Root = None,
) -> None:
    """Fait un formulaire Excel à remplir."""
    with answering(lang):
        from ennum_stats.imports import template as write_form

        path = write_form(kind, project_of(context, root), out or Path(f"{kind}.xlsx"))
        say(message("Written: {path}", path=str(path)), lang)


def import_file(
    context: typer.Context,
    kind: FormKind,
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="XLSX, ou CSV d’Excel.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Montre seulement ce qui changerait.")
    ] = False,
    sheet: Annotated[
        str,
        typer.Option("--sheet", metavar="FEUILLE", help="Feuille à lire, s’il y en a plusieurs."),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Confirme sans demander.")] = False,
    as_json: Annotated[
        Literal["table", "json"], typer.Option("--format", help="Présentation.")
    ] = "table",
    lang: Language = "fr",
    root: Root = None,
) -> None:
    """Lit un formulaire rempli et complète les tables.

    Montre ce qui est pris, ce qui est refusé et quels chiffres changeraient ; n’écrit qu’après accord. Les
    lignes refusées reviennent dans un classeur, la raison à côté de la cellule.
    """
    with answering(lang):
        from ennum_stats.imports import apply, plan_import

        plan = plan_import(kind, file, project_of(context, root), sheet)
        if as_json == "json":
            print_json(plan.record(lang))
        else:
            typer.echo("\n".join(plan.lines(lang)))
        if plan.refused or plan.findings:
            refused = plan.refused_workbook(file.with_name(f"{file.stem}-refus.xlsx"))
            say(message("Refused rows: {path}", path=str(refused)), lang, err=True)
        if dry_run or not plan.new_rows or plan.findings:
            raise typer.Exit(1 if plan.refused or plan.findings else 0)
        if not (yes or _is_confirmed(plan, lang)):
            say(message("Nothing was written."), lang, err=True)
            raise typer.Exit(1)
        for path in apply(plan):
            say(message("Written: {path}", path=str(path)), lang, err=True)
        say(message("To publish these numbers, run: ennum build"), lang, err=True)
        if plan.refused:
            raise typer.Exit(1)


def _is_confirmed(plan: ImportPlan, language: str) -> bool:
    """Asks at a terminal; elsewhere nobody can answer, so nothing is confirmed."""
    from ennum_stats.languages import translate

    if not sys.stdin.isatty():
        return False
    question = message("Write to the raw tables (rows: {n})?", n=len(plan.new_rows))
    return typer.confirm(translate(question, language))


COMMANDS = (template,)
