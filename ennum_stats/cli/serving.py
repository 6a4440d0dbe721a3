"""The command that serves the dashboard."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ennum_stats.cli.shared import Audience, Language, Root, answering, project_of, say
from ennum_stats.errors import EnnumError, UsageError, message


def dashboard(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port.", min=1, max=65535)] = 8050,
    workers: Annotated[
        int | None,
        typer.Option("--workers", help="Processus (autant que de cœurs).", min=1, max=64),
    ] = None,
    audience: Audience = "public",
    lang: Language = "fr",
    root: Root = None,
) -> None:
    """Sert le tableau de bord.

    « --audience internal » n’écoute que sur cette machine, derrière le proxy de l’administration.
    """
    with answering(lang):
        from ennum_stats.project import Audience as Audiences

        try:
            from dashboards.server import checked_host, serve
        except ModuleNotFoundError as error:
            raise EnnumError(
                message("The dashboard is not installed here ({name}).", name=error.name or ""),
                remedy=message("Run: python3 run.py setup"),
            ) from error
        project = project_of(context, root)
        checked_host(Audiences(audience), host)
        _require_free(host, port)
        say(
            message("The dashboard: {address} (Ctrl+C stops it)", address=f"http://{host}:{port}/"),
            lang,
        )
        serve(project, Audiences(audience), host, port, workers or os.cpu_count() or 1)


def _require_free(host: str, port: int) -> None:
    """Says at once that an address cannot be used, before workers try it again and again."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise UsageError(
                message("{host}:{port} cannot be used.", host=host, port=str(port)),
                where="--port",
                remedy=message("Choose another with --host and --port."),
            ) from error


COMMANDS = (dashboard,)
