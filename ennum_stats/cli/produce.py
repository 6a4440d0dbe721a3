"""Define the commands that make something: stores, charts and the release; and those that serve."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ennum_stats.cli import options as cli
from ennum_stats.document.blocks import written_table
from ennum_stats.errors import UsageError, message
from ennum_stats.files.boundary import require_installed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ennum_stats.release.release_changes import ReleaseChange

ChartFormat = Literal["svg", "png", "pdf"]


def chart(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NOM]", help="Sans nom : la liste.")] = None,
    lang: cli.Language = "fr",
    known_at: cli.KnownAt = None,
    form: Annotated[
        ChartFormat | None, typer.Option("--format", help="Format (svg, ou celui de --out).")
    ] = None,
    size: Annotated[
        Literal["press", "slide", "phone", "social", "social-portrait", "social-wide"],
        typer.Option("--size", help="Taille : presse, écran, téléphone, réseaux sociaux (carré, 4:5, 16:9)."),
    ] = "press",
    out: Annotated[Path | None, typer.Option("--out", metavar="FICHIER", help="Fichier.")] = None,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Dessine un graphique."""
    from ennum_stats.charts import catalogue
    from ennum_stats.drawing.picture import Picture, draw
    from ennum_stats.drawing.theme import size_named
    from ennum_stats.figures.figure import file_name
    from ennum_stats.files.atomic import write_atomic
    from ennum_stats.kit.edition import Edition
    from ennum_stats.kit.formats.chart_files import signature_of
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.languages import translate

    if name is None:
        entries = catalogue.CHARTS.items()
        cli.print_names([[name, translate(entry.description, lang)] for name, entry in entries])
        return
    chosen = form or _format_of(out)
    ledger = cli.ledger_of(context, root, known_at, audience)
    path = out or Path(file_name(ledger, f"{name}.{chosen}"))
    drawn = catalogue.chart(ledger, name, lang)
    if drawn.is_empty:
        cli.echo(message("Nothing is drawn. {why}.", why=drawn.title), lang)
        return
    publisher = read_publisher(cli.project_to_read(context, root))
    signature = signature_of(Edition(ledger, lang, publisher))
    picture = Picture(drawn, (chosen,), size_named(size), signature=signature)
    write_atomic(path, next(iter(draw([picture])))[chosen])
    cli.echo(message("Written: {path}", path=str(path)), lang)


def _format_of(out: Path | None) -> ChartFormat:
    """Choose the format by the ending of a file's name; SVG where there is no file."""
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


def check(context: typer.Context, root: cli.Root = None, lang: cli.Language = "fr") -> None:
    """Contrôle les tables de data/raw.

    Dit tout ce qui empêcherait de publier la base, sans la publier. Ce qui est sous embargo, les listes d’écoles et les
    contacts ne sont lus que par leur propriétaire : ce que d’autres pouvaient lire est dit, et fermé.
    """
    from ennum_stats.publication import checked

    project = cli.project_of(context, root)
    for place, is_mended in project.keep_private().items():
        closed = message("Others could read {place}: its owner alone can now.", place=place)
        still_open = message("Others can read {place}: its owner must close it.", place=place)
        cli.echo(closed if is_mended else still_open, lang, err=True)
    frames = checked(project)
    rows = sum(len(frame) for frame in frames.values())
    order = message(
        "The raw tables are in order: {tables} tables, {rows} rows.", tables=len(frames), rows=rows
    )
    cli.echo(order, lang)


def doctor(
    context: typer.Context,
    fix: Annotated[
        bool, typer.Option("--fix", help="Répare ce qui peut l’être sans risque : droits, restes.")
    ] = False,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="ADRESSE", help="http://127.0.0.1:8050, https://… ; répétable."),
    ] = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    root: cli.Root = None,
) -> None:
    """Examine le projet et la machine, et dit que faire.

    Base, journal, droits, restes de commandes tuées, disque, horloge, mémoire (de la machine et des services), polices,
    services qui ne montrent pas la même base, certificats de ceux en https. Le code de sortie est 1 s’il reste quelque
    chose à faire. « ennum check » contrôle ce qui est dans les tables.
    """
    from ennum_stats.languages import translate
    from ennum_stats.store.condition import conditions

    project = cli.project_of(context, root)
    looked_at = [*conditions(project, service or ())]
    if fix and (mendable := [each for each in looked_at if each.mend and not each.is_good]):
        for each in mendable:
            each.mend()  # type: ignore[misc]
        looked_at = [*conditions(project, service or ())]
    records = [
        {"name": each.name, "good": each.is_good, "found": translate(each.found, lang),
         "remedy": translate(each.remedy, lang) if each.remedy and not each.is_good else ""}
        for each in looked_at
    ]  # fmt: skip
    if output is not cli.Format.TABLE:
        cli.print_records(output, records, tuple(records[0]))
    else:
        for row in records:
            typer.echo(f"{'✓' if row['good'] else '✗'} {row['found']} {row['remedy']}".rstrip())
    if not all(each.is_good for each in looked_at):
        raise typer.Exit(1)


def build(context: typer.Context, root: cli.Root = None, lang: cli.Language = "fr") -> None:
    """Contrôle les tables, construit et publie la base."""
    from ennum_stats.publication import build as build_store

    project = cli.project_of(context, root)
    published = build_store(project)
    cli.echo(message("Published: {store}", store=published.store), lang)


def stores(
    context: typer.Context,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    root: cli.Root = None,
) -> None:
    """Liste les dix dernières bases publiées."""
    from ennum_stats.store.publish import store_records

    project = cli.project_to_read(context, root)
    records = store_records(project)
    if output is not cli.Format.TABLE:
        records = cli.marked(project, records, lang)
        cli.print_records(output, records, tuple(records[0]) if records else ())
    else:
        titles = ("Published on", "Hash", "In force", "Numbers", "Added", "Removed")
        rows = [["–" if value is None else str(value) for value in record.values()] for record in records]
        cli.print_table(written_table(cli.headings(titles, lang), rows))


def publish(
    context: typer.Context,
    content_hash: Annotated[
        str, typer.Argument(metavar="[EMPREINTE]", help="Sans elle : celle en service.", show_default=False)
    ] = "",
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="ADRESSE",
            help="s3://seau/ennum, https://… (WebDAV) ou un dossier.",
            show_default=False,
        ),
    ] = "",
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Remet en service une des dernières bases, ou porte la base publique ailleurs.

    « --to » pose la base scellée à une adresse, son pointeur en dernier, d’un coup : « ennum dashboard --from ADRESSE »
    la suit de n’importe quelle machine. Rien sous embargo n’y va.
    """
    from ennum_stats.store.mirror import put_store
    from ennum_stats.store.publish import rollback

    if not (content_hash or to):
        raise UsageError(
            message("A hash is needed, or an address."),
            remedy=message("Write: {example}", example="ennum publish --to s3://…"),
        )
    project = cli.project_of(context, root)
    if content_hash:
        published = rollback(project, content_hash)
        cli.echo(message("Published: {store}", store=published.store), lang)
    if to:
        published = put_store(project, to)
        cli.echo(message("Published: {store}", store=f"{to.rstrip('/')}/{published.store}"), lang)


def dashboard(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port.", min=1, max=65535)] = 8050,
    workers: Annotated[
        int | None, typer.Option("--workers", help="Processus (autant que de cœurs).", min=1, max=64)
    ] = None,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allowed-host",
            metavar="NOM",
            help="Nom sous lequel on l’atteint aussi, par un proxy par exemple. Répétable.",
        ),
    ] = None,
    proxy_secret: Annotated[
        Path | None,
        typer.Option(
            "--proxy-secret",
            metavar="FICHIER",
            help="Le mot de passe par lequel le proxy se fait connaître, dans un fichier.",
        ),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="ADRESSE",
            help="Suit la base que « ennum publish --to » y pose ; aucun projet n’est nécessaire.",
            show_default=False,
        ),
    ] = "",
    audience: cli.Audience = "public",
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Sert le tableau de bord.

    Une question posée sous un autre nom que ceux de cette machine ou de --allowed-host est refusée.
    « --audience internal » n’écoute que sur cette machine, derrière le proxy de l’administration. Avec
    « --proxy-secret », la page des données ne répond qu’à ce proxy, et le nom qu’il donne est celui du journal :
    il envoie les en-têtes Ennum-Secret et Ennum-User.
    """
    from dashboards.serving import checked_host, serve
    from ennum_stats.project import Audience as Audiences
    from ennum_stats.store.mirror import followed

    if source and audience != "public":
        raise UsageError(
            message("The store at an address is the public one."), where="--from",
            remedy=message("Leave out {parameter}.", parameter="--audience internal"),
        )  # fmt: skip
    project = followed(source) if source else cli.project_to_read(context, root)
    checked_host(Audiences(audience), host)
    _require_free(host, port)
    cli.echo(message("The dashboard: {address} (Ctrl+C stops it)", address=f"http://{host}:{port}/"), lang)
    processes = workers or os.cpu_count() or 1
    secret = _secret_in(proxy_secret) if proxy_secret else ""
    serve(project, Audiences(audience), host, port, processes, allowed_host or (), secret, source)


def _secret_in(path: Path) -> str:
    """Read the one line of a file. Raises `UsageError` where it is too short to keep anybody out."""
    from ennum_stats.files.boundary import require_file

    secret = require_file(path).read_text("utf-8").strip()
    if len(secret) < _SHORTEST_SECRET or not secret.isascii():
        raise UsageError(
            message("This file holds no secret."),
            where=str(path),
            expected=message("A line of at least {n} letters and digits.", n=_SHORTEST_SECRET),
        )
    return secret


_SHORTEST_SECRET = 16


def _require_free(host: str, port: int) -> None:
    """Refuse an address that cannot be used at once, before workers try it again and again."""
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


def site(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Dossier de la copie.")],
    lang: Annotated[
        list[str] | None, typer.Option("--lang", help="Langue ; peut se répéter. Sans elle : les quatre.")
    ] = None,
    root: cli.Root = None,
) -> None:
    """Copie tout le tableau de bord en fichiers, sans serveur.

    Toutes les pages en quatre langues, d’aujourd’hui et du jour de chaque dossier de presse : justifications,
    lieux, tableaux, dessins, PDF, recherche. S’ouvre d’un dossier, d’un serveur de fichiers ou d’une archive ;
    « ennum verify DOSSIER » dit si un fichier a changé. Une copie précédente est remplacée.
    """
    from dashboards.site import write_site
    from ennum_stats.kit.correction_notice import made_kits
    from ennum_stats.languages import LANGUAGES

    project = cli.project_to_read(context, root)
    kits = [kit for kit in made_kits(project.reports) if kit.is_for("public")]
    days = {date.fromisoformat(kit.made_of["known_at"]) for kit in kits}
    files = write_site(project, folder, days, tuple(dict.fromkeys(lang or LANGUAGES)))
    cli.echo(
        message("Written: {n} files in {path}", n=len(files), path=str(folder)), lang[0] if lang else "fr"
    )


def release(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DOSSIER]", help="Dossier de la publication.")
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            "--compare",
            metavar="ANCIENNE",
            help="Dit ce qui change depuis cette publication ; sans DOSSIER, sans rien écrire.",
        ),
    ] = None,
    address: Annotated[
        str,
        typer.Option(
            "--address", metavar="ADRESSE", help="Où le dossier sera publié : catalog.ttl pour les portails."
        ),
    ] = "",
    wheel: Annotated[
        bool,
        typer.Option(
            "--wheel", help="Aussi une roue Python de ces données : ennum_stats.open(release=…) la lit."
        ),
    ] = False,
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    root: cli.Root = None,
) -> None:
    """Prépare les données ouvertes d’un jour.

    CSV, Parquet, base pour analystes (store.zip), datapackage.json, CSVW, DCAT-AP, licence, sommes de contrôle.
    Reconstruit d’abord la base si les tables ont changé. Rien sous embargo et rien de personnel n’en fait partie.
    « --compare » dit les nombres qui changent : nouveaux, révisés par un document, corrigés, calculés autrement.
    """
    from ennum_stats.publication import build_if_changed
    from ennum_stats.release import compare as compared
    from ennum_stats.release import release as write_release

    if folder is None and compare is None:
        raise UsageError(
            message("A folder is needed, or an earlier release to compare with."),
            remedy=message("Write: {example}", example="ennum release FOLDER"),
        )
    build_if_changed(cli.project_to_read(context, root))
    ledger = cli.ledger_of(context, root, known_at)
    if compare is not None:
        _tell_differences(compared(ledger, compare), lang, output)
    if folder is not None:
        files = write_release(ledger, folder, address, is_wheel_made=wheel)
        sentence = message("Written: {n} files in {path}", n=len(files), path=str(folder))
        cli.echo(sentence, lang, err=output is not cli.Format.TABLE)


def _tell_differences(changes: Sequence[ReleaseChange], language: str, output: cli.Format) -> None:
    """Say which numbers of a release are others, by kind."""
    from ennum_stats.release.release_changes import SINGLE, counts_in_words, kind_words

    records = [change.record(language) for change in changes]
    if output is not cli.Format.TABLE:
        cli.print_records(output, records, tuple(records[0]) if records else ())
        return
    titles = ("What", "Kind", "Before", "After", "Documents")
    rows = [
        [r["label"], kind_words(change.kind, language), r["before"], r["after"], ", ".join(r["documents"])]
        for change, r in zip(changes, records, strict=True)
        if change.table in SINGLE
    ]
    if rows:
        cli.print_table(written_table(cli.headings(titles, language), rows))
    cli.print_lines(counts_in_words(changes, language))


def notebooks(context: typer.Context, lang: cli.Language = "fr", root: cli.Root = None) -> None:  # noqa: ARG001 - of errors
    """Ouvre les carnets d’analyse dans JupyterLab."""
    folder = cli.project_of(context, root).root / "notebooks"
    if not folder.is_dir():
        raise UsageError(message("There is no folder notebooks here."), where=str(folder))
    require_installed("jupyterlab")
    command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={folder}"]
    settings = [str(folder), os.environ.get("JUPYTER_CONFIG_PATH", "")]  # beside the user's own
    env = {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, settings))}
    raise typer.Exit(subprocess.run(command, env=env, check=False).returncode)
