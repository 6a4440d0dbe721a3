"""Define the commands that work on Word, PowerPoint and Excel files of people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ennum_stats.cli.options import (
    Audience,
    Format,
    KnownAt,
    Language,
    OutputFormat,
    Root,
    banner,
    columns_of,
    echo,
    headings,
    ledger_of,
    marked,
    print_lines,
    print_records,
    print_table,
    project_to_read,
)
from ennum_stats.document.blocks import written_table
from ennum_stats.errors import message


def refresh(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Document .docx, ou diapositives .pptx du dossier.")
    ],
    known_at: KnownAt = None,
    track: Annotated[
        bool, typer.Option("--track", help="En suivi des modifications, sous le nom ennum-stats.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FICHIER", help="Dans une copie : le document reste tel quel."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Dire ce qui changerait, sans écrire.")] = False,
    details: Annotated[
        bool, typer.Option("--details", help="Chaque endroit laissé, même s’il y en a des dizaines.")
    ] = False,
    audience: Audience = "public",
    lang: Language = "fr",
    root: Root = None,
) -> None:
    """Met à jour un document Word ou des diapositives que vous avez modifiés.

    Chiffres, tableaux et graphiques du dossier suivent ; vos phrases, vos styles, vos commentaires et ce que
    vous avez tapé dans un chiffre restent. Dit ce qui a changé, page par page, dans la langue du document.
    """
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.office import refresh as bring_up_to_date

    publisher = read_publisher(project_to_read(context, root))
    ledger = ledger_of(context, root, known_at, audience)
    report = bring_up_to_date(ledger, file, publisher, track=track, out=out, dry_run=dry_run)
    print_lines(report.text(is_tried=dry_run, is_whole=details))
    if out is not None and report.is_written:
        echo(message("Written: {path}", path=str(out)), lang)


def fill(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Document .docx, .pptx ou .xlsx à remplir.")
    ],
    known_at: KnownAt = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FICHIER", help="Le document rempli.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Dire ce qui serait rempli, sans écrire.")
    ] = False,
    audience: Audience = "public",
    lang: Language = "fr",
    root: Root = None,
) -> None:
    """Remplit un document à vous.

    {{total_investment}} devient le chiffre en mots, {{chart:budget_per_call}} un graphique et
    {{table:winners}} un tableau ; « ennum names » donne tous les noms. Votre document reste : le rempli est
    écrit à côté de lui, et « ennum refresh » tient ensuite un document Word à jour.
    """
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.office import fill as fill_in

    publisher = read_publisher(project_to_read(context, root))
    ledger = ledger_of(context, root, known_at, audience)
    result = fill_in(ledger, file, lang, publisher, out=out, dry_run=dry_run)
    echo(message("Filled in: {n}", n=len(result.filled)), lang)
    if result.unknown:
        names = list(dict.fromkeys(result.unknown))
        echo(message("Left as they are, because nothing is known on that day: {names}", names=names), lang)
    if result.filled and not dry_run:
        echo(message("Written: {path}", path=str(result.path)), lang)


def names(
    context: typer.Context,
    known_at: KnownAt = None,
    excel: Annotated[
        Path | None, typer.Option("--excel", metavar="FICHIER", help="En liste Excel (.xlsx).")
    ] = None,
    audience: Audience = "public",
    lang: Language = "fr",
    output: OutputFormat = Format.TABLE,
    root: Root = None,
) -> None:
    """Liste ce qu’un document peut nommer.

    Chiffres, dates, appels, graphiques et tableaux, avec leurs mots du jour : pour « ennum fill ».
    """
    from ennum_stats.kit.edition import Edition
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.office import names as names_of

    publisher = read_publisher(project_to_read(context, root))
    edition = Edition(ledger_of(context, root, known_at, audience), lang, publisher)
    known = names_of(edition)
    if excel is not None:
        from ennum_stats.files.atomic import write_atomic
        from ennum_stats.office.fill.names_workbook import names_workbook

        write_atomic(excel, names_workbook(edition, known))
        echo(message("Written: {path}", path=str(excel)), lang)
    elif output is Format.TABLE:
        rows = [[known_name.written, known_name.words or "–", known_name.what] for known_name in known]
        head = headings(("Write this", "What stands there", "What it is"), lang)
        print_table(written_table(head, rows, banner(edition.ledger, lang)))
    else:
        records = [
            {"name": known_name.token, "words": known_name.words, "what": known_name.what}
            for known_name in known
        ]
        marks_shown = marked(edition.ledger, records, lang)
        print_records(output, marks_shown, columns_of(marks_shown, ("name", "words", "what")))


COMMANDS = (refresh, fill, names)
