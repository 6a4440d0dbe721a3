"""The command line: one short function for each command.

Exit code 0: done; 1: findings, or nothing could be made; 2: the command was used wrongly.
"""

from __future__ import annotations

import gc

import typer

from ennum_stats.cli import lookup, office, press_office, produce, query, steward
from ennum_stats.cli.failures import let_go_of_output, open_standard_streams
from ennum_stats.cli.options import DefaultRoot
from ennum_stats.cli.usage import Command, EnnumGroup

app = typer.Typer(
    name="ennum",
    cls=EnnumGroup,
    help="Chiffres, graphiques et dossier de presse de l’équipement numérique des écoles de Wallonie.",
    epilog="Chaque chiffre porte sa source et sa date ; « --known-at » redonne ceux d’un jour passé.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _everywhere(context: typer.Context, root: DefaultRoot = None) -> None:
    context.obj = root


for _command in (
    produce.chart,
    *press_office.COMMANDS,
    *office.COMMANDS,
    *lookup.COMMANDS,
    *query.COMMANDS,
    produce.check,
    produce.doctor,
    produce.build,
    produce.stores,
    produce.publish,
    *steward.COMMANDS,
    produce.release,
    produce.notebooks,
    produce.dashboard,
    produce.site,
):
    app.command(cls=Command)(_command)
app.command("import", cls=Command)(steward.import_file)


def main() -> None:
    """Run the command line, and end with its exit code."""
    open_standard_streams()
    gc.set_threshold(100_000)  # nearly all that a command reads it needs to its end
    try:
        app()
    finally:
        let_go_of_output()
