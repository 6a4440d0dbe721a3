"""Commands of the analysts: the open-data release, and the notebooks."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from ennum_stats.cli.shared import KnownAt, Language, Root, answering, ledger_of, project_of, say
from ennum_stats.errors import UsageError, message


def release(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Dossier de la publication.")],
    known_at: KnownAt = None,
    lang: Language = "fr",
    root: Root = None,
) -> None:
    """Prépare les données ouvertes d’un jour.

    CSV, Parquet, datapackage.json, CSVW, DCAT-AP, licence, sommes de contrôle. Reconstruit d’abord la base si
    les tables ont changé. Rien sous embargo et rien de personnel n’en fait partie.
    """
    with answering(lang):
        from ennum_stats.release import release as write_release
        from ennum_stats.store.build import build_if_changed

        build_if_changed(project_of(context, root))
        files = write_release(ledger_of(context, root, known_at), folder)
        say(message("Written: {n} files in {path}", n=len(files), path=str(folder)), lang)


def notebooks(context: typer.Context, lang: Language = "fr", root: Root = None) -> None:
    """Ouvre les carnets d’analyse dans JupyterLab."""
    with answering(lang):
        folder = project_of(context, root).root / "notebooks"
        if not folder.is_dir():
            raise UsageError(message("There is no folder notebooks here."), where=str(folder))
        if importlib.util.find_spec("jupyterlab") is None:
            raise UsageError(
                message("JupyterLab is not installed."),
                remedy=message("Run: python3 run.py setup notebooks"),
            )
        command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={folder}"]
        raise typer.Exit(subprocess.run(command, check=False).returncode)


COMMANDS = (release, notebooks)
