"""Commands that make something for readers: a chart, the press kit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ennum_stats.cli.shared import (
    Audience,
    KnownAt,
    Language,
    Root,
    answering,
    ledger_of,
    print_names,
    project_of,
    say,
)
from ennum_stats.errors import Message, UsageError, message

if TYPE_CHECKING:
    from ennum_stats.kit.press import Progress

ChartFormat = Literal["svg", "png", "pdf"]


def chart(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NOM]", help="Sans nom : la liste.")
    ] = None,
    lang: Language = "fr",
    known_at: KnownAt = None,
    form: Annotated[
        ChartFormat | None, typer.Option("--format", help="Format (svg, ou celui de --out).")
    ] = None,
    size: Annotated[
        Literal["press", "slide", "social", "social-portrait"],
        typer.Option("--size", help="Taille : presse, écran, réseaux sociaux."),
    ] = "press",
    out: Annotated[Path | None, typer.Option("--out", metavar="FICHIER", help="Fichier.")] = None,
    audience: Audience = "public",
    root: Root = None,
) -> None:
    """Dessine un graphique."""
    with answering(lang):
        from ennum_stats.charts import catalogue
        from ennum_stats.charts.images import Picture, draw
        from ennum_stats.charts.theme import size_named
        from ennum_stats.languages import translate
        from ennum_stats.store.publish import write_whole

        if name is None:
            entries = catalogue.CHARTS.values()
            print_names([[entry.name, translate(entry.description, lang)] for entry in entries])
            return
        chosen = form or _format_of(out)
        path = out or Path(f"{name}.{chosen}")
        drawn = catalogue.chart(ledger_of(context, root, known_at, audience), name, lang)
        picture = Picture(drawn, (chosen,), size_named(size))
        write_whole(path, next(iter(draw([picture])))[chosen])
        say(message("Written: {path}", path=str(path)), lang)


def press(
    context: typer.Context,
    lang: Annotated[
        list[str] | None, typer.Option("--lang", help="Langue (fr, de, nl, en) ; peut se répéter.")
    ] = None,
    known_at: KnownAt = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DOSSIER", help="Dossier.")] = None,
    audience: Audience = "public",
    root: Root = None,
) -> None:
    """Fait le dossier de presse : Word, PDF, Excel, graphiques.

    Reconstruit d’abord la base si les tables ont changé ; ne refait rien si rien n’a changé.
    """
    languages = tuple(dict.fromkeys(lang or ("fr",)))
    spoken = languages[0] if languages[0] in ("fr", "de", "nl", "en") else "fr"
    with answering(spoken):
        from ennum_stats import project as projects
        from ennum_stats.kit.manifest import NAME
        from ennum_stats.kit.press import default_folder, is_current, notices
        from ennum_stats.kit.press import press as make
        from ennum_stats.store.build import build_if_changed

        project = project_of(context, root)
        build_if_changed(project, projects.Audience(audience))
        ledger = ledger_of(context, root, known_at, audience)
        folder = out or default_folder(project, ledger)
        if is_current(project, ledger, languages, out):
            say(message("Nothing has changed: {path}", path=str(folder / NAME)), spoken)
            return
        for notice in notices(project, ledger):
            say(notice, spoken)
        with _bar(spoken) as progress:
            make(project, ledger, languages, out, progress)
        say(message("Written: {path}", path=str(folder)), spoken)


@contextmanager
def _bar(language: str) -> Iterator[Progress]:
    """A progress bar that says what is being made, on the error channel."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from ennum_stats.languages import translate

    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int, what: Message) -> None:
            bar.update(task, completed=done, total=total, description=translate(what, language))

        yield tell
        bar.update(task, completed=1, total=1, description="")


def _format_of(out: Path | None) -> ChartFormat:
    """The format that a file's name asks for; SVG where there is none."""
    match out.suffix if out else ".svg":
        case ".svg":
            return "svg"
        case ".png":
            return "png"
        case ".pdf":
            return "pdf"
        case other:
            raise UsageError(
                message("A chart cannot be written as “{suffix}”.", suffix=other),
                where=str(out),
                expected=message("Expected one of: {names}.", names="svg, png, pdf"),
            )


COMMANDS = (chart, press)
