"""Define the commands that work on Word, PowerPoint and Excel files of people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ennum_stats.cli.failures import reporting_errors
from ennum_stats.cli.options import (
    Audience,
    KnownAt,
    Language,
    Root,
    ledger_of,
    print_lines,
    project_of,
)


def refresh(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER.docx", help="Le document à mettre à jour.")
    ],
    known_at: KnownAt = None,
    track: Annotated[
        bool, typer.Option("--track", help="En suivi des modifications, sous le nom ennum-stats.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Dire ce qui changerait, sans écrire.")
    ] = False,
    audience: Audience = "public",
    lang: Language = "fr",
    root: Root = None,
) -> None:
    """Met à jour un document Word que vous avez modifié.

    Chiffres, tableaux et graphiques du dossier suivent ; vos phrases, vos styles, vos commentaires et ce que
    vous avez tapé dans un chiffre restent. Dit ce qui a changé, page par page, dans la langue du document.
    """
    with reporting_errors(lang):
        from ennum_stats.kit.publisher import read_contacts, read_publisher
        from ennum_stats.office import refresh as bring_up_to_date

        project = project_of(context, root)
        ours = read_contacts(project), read_publisher(project)
        ledger = ledger_of(context, root, known_at, audience)
        report = bring_up_to_date(ledger, file, *ours, track=track, dry_run=dry_run)
        print_lines(report.text(is_tried=dry_run))
