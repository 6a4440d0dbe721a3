"""The command line: one function a command, each thin. Exit code 0: fine; 1: findings; 2: misuse."""

from __future__ import annotations

import sys

import typer

from ennum_stats.cli import asking, making
from ennum_stats.cli.shared import Root

app = typer.Typer(
    name="ennum",
    help="Chiffres, graphiques et dossier de presse de l’équipement numérique des écoles de Wallonie.",
    epilog="Chaque chiffre porte sa source et sa date ; « --known-at » redonne ceux d’un jour passé.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _everywhere(context: typer.Context, root: Root = None) -> None:
    context.obj = root


for _command in (*making.COMMANDS, *asking.COMMANDS):
    app.command()(_command)


def main() -> None:
    """Runs the command line; a stopped pipe is not an error."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
