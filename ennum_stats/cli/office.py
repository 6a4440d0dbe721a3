"""Define the commands that work on Word, PowerPoint and Excel files of people."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ennum_stats.cli import options as cli
from ennum_stats.document.blocks import written_table
from ennum_stats.errors import EnnumError, UsageError, message
from ennum_stats.typography import LanguageCode

if TYPE_CHECKING:
    from ennum_stats.office.texts.report import TextAudit
    from ennum_stats.store.ledger import Ledger


def refresh(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Document .docx, ou diapositives .pptx du dossier.")
    ],
    known_at: cli.KnownAt = None,
    track: Annotated[
        bool, typer.Option("--track", help="En suivi des modifications, sous le nom ennum-stats.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FICHIER", help="Dans une copie : le document reste tel quel."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Dire ce qui changerait, sans écrire.")] = False,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add",
            metavar="NUMÉRO",
            help="Ajouter ce que le dossier du jour a de plus, par son numéro ; ou « all ».",
        ),
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Chaque endroit laissé, même s’il y en a des dizaines.")
    ] = False,
    audience: cli.Audience = "public",
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Met à jour un document Word ou des diapositives que vous avez modifiés.

    Chiffres, tableaux et graphiques du dossier suivent ; vos phrases, vos styles, vos commentaires et ce que
    vous avez tapé dans un chiffre restent. Dit ce qui a changé, page par page, dans la langue du document.
    """
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.office.refresh import refresh as bring_up_to_date

    publisher = read_publisher(cli.project_to_read(context, root))
    ledger = cli.ledger_of(context, root, known_at, audience)
    report = bring_up_to_date(ledger, file, publisher, track=track, out=out, dry_run=dry_run, add=add or ())
    place = out if out is not None and out.exists() else file
    own = audited(ledger, place, report.language, ledger.known_at, report.data).own_lines()
    cli.print_lines([*report.text(is_tried=dry_run, is_whole=details), *own])
    if out is not None and report.is_written:
        cli.echo(message("Written: {path}", path=str(out)), lang)


def fill(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Document .docx, .pptx ou .xlsx à remplir.")
    ],
    known_at: cli.KnownAt = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FICHIER", help="Le document rempli.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Dire ce qui serait rempli, sans écrire.")
    ] = False,
    audience: cli.Audience = "public",
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Remplit un document à vous.

    {{total_investment}} devient le chiffre en mots, {{chart:budget_per_call}} un graphique et
    {{table:winners}} un tableau ; « ennum names » donne tous les noms. Votre document reste : le rempli est
    écrit à côté de lui, et « ennum refresh » tient ensuite un document Word à jour.
    """
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.office.fill import fill as fill_in

    publisher = read_publisher(cli.project_to_read(context, root))
    ledger = cli.ledger_of(context, root, known_at, audience)
    result = fill_in(ledger, file, lang, publisher, out=out, dry_run=dry_run)
    cli.echo(message("Filled in: {n}", n=len(result.filled)), lang)
    for template in result.left_out:
        cli.echo(template, lang)
    if result.unknown:
        names = list(dict.fromkeys(result.unknown))
        cli.echo(
            message("Left as they are, because nothing is known on that day: {names}", names=names), lang
        )
    if result.left:
        left = [
            message("{name} ({place})", name=f"{{{{{name.token}}}}}", place=name.place)
            for name in result.left
        ]
        cli.echo(
            message("Left as they are, because nothing can be filled in there: {names}", names=left), lang
        )
    if result.filled and not dry_run:
        cli.echo(message("Written: {path}", path=str(result.path)), lang)
    if result.unknown or result.left:
        raise typer.Exit(1)


def names(
    context: typer.Context,
    known_at: cli.KnownAt = None,
    excel: Annotated[
        Path | None, typer.Option("--excel", metavar="FICHIER", help="En liste Excel (.xlsx).")
    ] = None,
    audience: cli.Audience = "public",
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    root: cli.Root = None,
) -> None:
    """Liste ce qu’un document peut nommer.

    Chiffres, dates, appels, graphiques et tableaux, avec leurs mots du jour : pour « ennum fill ».
    """
    from ennum_stats.kit.edition import Edition
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.office.names import names as names_of

    publisher = read_publisher(cli.project_to_read(context, root))
    edition = Edition(cli.ledger_of(context, root, known_at, audience), lang, publisher)
    known = names_of(edition)
    if excel is not None:
        from ennum_stats.files.atomic import write_atomic
        from ennum_stats.office.fill.names_workbook import names_workbook

        write_atomic(excel, names_workbook(edition, known))
        cli.echo(message("Written: {path}", path=str(excel)), lang)
    elif output is cli.Format.TABLE:
        rows = [[known_name.written, known_name.words or "–", known_name.what] for known_name in known]
        head = cli.headings(("Write this", "What stands there", "What it is"), lang)
        cli.print_table(written_table(head, rows, cli.banner(edition.ledger, lang)))
    else:
        records = [
            {"name": known_name.token, "words": known_name.words, "what": known_name.what}
            for known_name in known
        ]
        marks_shown = cli.marked(edition.ledger, records, lang)
        cli.print_records(output, marks_shown, cli.columns_of(marks_shown, ("name", "words", "what")))


def inspect(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Fichier Word, PowerPoint, Excel ou LibreOffice reçu.")
    ],
    lang: cli.Language = "fr",
) -> None:
    """Dit ce que ferait un fichier reçu à qui l’ouvre, sans l’ouvrir.

    Macros, objets et contrôles incorporés, champs et formules qui vont chercher ailleurs, images du web, modèles
    lointains, liaisons, boutons : chacun avec l’endroit et ce qu’il faut faire ; puis où mènent ses liens. Le code de
    sortie est 1 si le fichier ferait quelque chose, 2 s’il ne peut pas être lu. Rien n’est écrit.
    """
    from ennum_stats.files.office import inspect_office
    from ennum_stats.office.package import bytes_of

    inspection = inspect_office(bytes_of(file))
    for finding in {str(finding.found): finding for finding in inspection.findings}.values():
        cli.echo(message("{found} {remedy}", found=finding.found, remedy=finding.remedy), lang)
    if not inspection.findings:
        cli.echo(
            message(
                "Nothing in it runs, fetches or calls elsewhere: {n} parts were looked at.",
                n=inspection.parts,
            ),
            lang,
        )
    if inspection.links:
        cli.echo(message("It leads there, for whoever clicks: {links}.", links=list(inspection.links)), lang)
    if inspection.findings:
        raise typer.Exit(1 if inspection.is_readable else 2)


class AuditFormat(StrEnum):
    """List how `audit` can print what it found."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


def audit(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FICHIER…", help="Texte, Word, diapositives, classeur, PDF, page, e-mail ; ou « - »."
        ),
    ],
    lang: Annotated[
        LanguageCode | None, typer.Option("--lang", help="Langue du texte ; sans elle : trouvée.")
    ] = None,
    written_on: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="Jour du texte ; sans lui : trouvé dans le texte."),
    ] = None,
    comment: Annotated[
        bool, typer.Option("--comment", help="Dans une copie du document, en commentaires sur les mots.")
    ] = False,
    track: Annotated[
        bool, typer.Option("--track", help="Dans une copie, les mots justes en suivi des modifications.")
    ] = False,
    adopt: Annotated[
        bool,
        typer.Option(
            "--adopt", help="Dans une copie, un nombre juste devient un chiffre que « refresh » suit."
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FICHIER", help="La copie, ou la page de --format html.")
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Aussi les nombres justes et ceux mis de côté.")
    ] = False,
    output: Annotated[AuditFormat, typer.Option("--format", help="Présentation.")] = AuditFormat.TABLE,
    known_at: cli.KnownAt = None,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Vérifie les nombres d’un texte : justes, arrondis, dépassés, contredits, ou non jugés.

    Chaque nombre est lu, son sujet trouvé, puis jugé par ce qui était connu le jour du texte et par ce qui l’est
    aujourd’hui, avec le document et les mots justes. Ce qui n’a pas été jugé est dit en premier. L’original reste tel
    quel ; rien ne quitte l’ordinateur. Le code de sortie est 1 si un nombre est contredit, 2 si un fichier ne
    peut pas être lu.
    """
    ledger = cli.ledger_of(context, root, known_at, audience)
    day = cli.day_of(written_on, "--date")
    if out is not None and len(files) > 1:
        raise UsageError(message("One file is written for one text."), where="--out")
    audits = [audited(ledger, path, lang or "", day) for path in files]
    match output:
        case AuditFormat.JSON:
            cli.print_json([cli.marked(ledger, [each.record()], each.language)[0] for each in audits])
        case AuditFormat.CSV:
            cli.print_csv(*_rows(audits))
        case AuditFormat.HTML:
            _write_page(context, root, audits, out)
        case AuditFormat.TABLE:
            for each in audits:
                cli.print_lines(
                    [*filter(None, [cli.banner(ledger, each.language)]), each.text.name, *each.headline()]
                )
                if (table := each.table(is_whole=details)).rows:
                    cli.print_table(table)
    if comment or track or adopt:
        _write_copies(context, root, audits, out, comment=comment, track=track, adopt=adopt)
    if any(each.is_contradicted for each in audits):
        raise typer.Exit(1)


def audited(ledger: Ledger, path: Path, language: str, day: date | None, data: bytes = b"") -> TextAudit:
    """Judge the numbers of a file, or of what would be in it. An error that it raises ends the command with 2."""
    from ennum_stats.office.package import bytes_of
    from ennum_stats.office.texts.readers import ON_A_DESK, STANDARD_INPUT, read_text
    from ennum_stats.office.texts.report import TextAudit

    name = str(path)
    try:
        if not data:
            data = sys.stdin.buffer.read(ON_A_DESK.size + 1) if name == STANDARD_INPUT else bytes_of(path)
        return TextAudit.of(read_text(name, data), ledger, language, day)
    except EnnumError as error:
        error.exit_code = 2
        raise


def _rows(audits: list[TextAudit]) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Give the numbers of texts as rows, one a number."""
    columns = (
        "file",
        "start",
        "end",
        "text",
        "verdict",
        "today",
        "subject",
        "right_words",
        "suggestion",
        "place",
    )
    rows = [{"file": each.text.name, **row} for each in audits for row in each.record()["verdicts"]]
    return rows, columns


def _write_page(context: typer.Context, root: Path | None, audits: list[TextAudit], out: Path | None) -> None:
    from ennum_stats.files.atomic import write_atomic
    from ennum_stats.kit.edition import Edition
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.office.texts.page import audit_page

    publisher = read_publisher(cli.project_to_read(context, root)).without("published_on")
    for each in audits:
        page = audit_page(Edition(each.ledger, each.language, publisher), each)
        if out is None:
            sys.stdout.write(page.decode())
        else:
            write_atomic(out, page)
            cli.echo(message("Written: {path}", path=str(out)), each.language)


def _write_copies(
    context: typer.Context, root: Path | None, audits: list[TextAudit], out: Path | None, *,
    comment: bool, track: bool, adopt: bool,
) -> None:  # fmt: skip
    from ennum_stats.kit.edition import Edition
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.office.texts.marks import mark

    publisher = read_publisher(cli.project_to_read(context, root))
    for each in audits:
        edition = Edition(each.ledger, each.language, publisher)
        marking = mark(each, out, edition, comment=comment, track=track, adopt=adopt)
        counts = message(
            "Comments: {comments}; corrections: {corrections}; numbers that refresh follows now: {adopted}.",
            comments=marking.commented, corrections=marking.corrected, adopted=marking.adopted,
        )  # fmt: skip
        cli.echo(counts, each.language, err=True)
        if marking.left:
            words = [message("“{word}”", word=verdict.text) for verdict in marking.left]
            cli.echo(
                message("Right, and not in the words of their figure: {words}.", words=words),
                each.language,
                err=True,
            )
        cli.echo(message("Written: {path}", path=str(marking.path)), each.language, err=True)


COMMANDS = (refresh, fill, names, inspect, audit)
