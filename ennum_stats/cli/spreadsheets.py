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
    Literal["call", "observations", "winners", "equipped", "connections", "deliveries"],
    typer.Argument(
        metavar="call|observations|winners|equipped|connections|deliveries",
        help="Un appel, des chiffres publiés, ou une liste d’écoles.",
    ),
]
ImportKind = Annotated[
    Literal[
        "call",
        "observations",
        "register",
        "borders",
        "links",
        "winners",
        "equipped",
        "connections",
        "deliveries",
    ],
    typer.Argument(
        metavar="call|observations|register|borders|links|winners|equipped|connections|deliveries",
        help="Un appel, des chiffres publiés, un registre d’écoles, des frontières, des liens vérifiés "
        "entre numéros, une liste d’écoles.",
    ),
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
    kind: ImportKind,
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="XLSX, CSV, ou GeoJSON.")],
    call: Annotated[str, typer.Option("--call", help="Appel d’une liste de lauréats.")] = "",
    programme: Annotated[str, typer.Option("--programme", help="Programme d’une liste.")] = "",
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Jour du registre ou de la liste.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", metavar="TOML", help="Forme d’un autre registre.")
    ] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="Feuille du classeur.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Montre seulement ce qui changerait.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Confirme sans demander.")] = False,
    as_json: Annotated[
        Literal["table", "json"], typer.Option("--format", help="Présentation.")
    ] = "table",
    lang: Language = "fr",
    root: Root = None,
) -> None:
    """Lit un formulaire, un registre d’écoles, des frontières ou une liste, et complète les tables.

    Montre ce qui est pris, ce qui est refusé et quels chiffres changeraient ; n’écrit qu’après accord. Les
    lignes refusées reviennent dans un classeur, la raison à côté de la cellule.
    """
    with answering(lang):
        from ennum_stats.imports import Asked, apply, plan_any

        asked = Asked(call=call, programme=programme, as_of=as_of, mapping=mapping, sheet=sheet)
        plan = plan_any(kind, file, project_of(context, root), asked)
        if as_json == "json":
            print_json(plan.record(lang))
        else:
            typer.echo("\n".join(plan.lines(lang)))
        if plan.refused or plan.findings:
            refused = plan.refused_workbook(file.with_name(f"{file.stem}-refus.xlsx"), lang)
            say(message("Refused rows: {path}", path=str(refused)), lang, err=True)
        if plan.since:
            changed = plan.since.workbook(file.with_name(f"{file.stem}-changements.xlsx"), lang)
            told = message("Changes since the register before: {path}", path=str(changed))
            say(told, lang, err=True)
        if dry_run or not plan.contents or plan.findings:
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
    question = message("Write to the raw tables (rows: {n})?", n=plan.row_count)
    return typer.confirm(translate(question, language))


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Un dossier nouveau.")],
    schools: Annotated[int, typer.Option("--schools", help="Nombre d’implantations.")] = 400,
    lang: Language = "fr",
    root: Root = None,
) -> None:
    """Fait un projet de démonstration, aux écoles et listes fictives.

    Les chiffres publiés sont ceux du projet ; tout ce qui en sort porte « données fictives ».
    """
    with answering(lang):
        from ennum_stats.imports.demo import make_demo

        made = make_demo(project_of(context, root), folder, schools)
        say(message("Written: {path}", path=str(made.root)), lang)


COMMANDS = (template, demo)
