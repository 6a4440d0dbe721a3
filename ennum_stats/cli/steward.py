"""Commands of the data steward: forms to fill in, and importing them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from ennum_stats.cli import options as cli
from ennum_stats.cli.usage import confirm
from ennum_stats.document.blocks import written_table
from ennum_stats.errors import Message, UsageError, message

if TYPE_CHECKING:
    from ennum_stats.imports import ImportOptions, ImportPlan
    from ennum_stats.imports.plan import RemovalPlan
    from ennum_stats.project import Project

_LISTED = ("list", "kind", "programme", "call", "known_on", "size", "replaces", "complete", "completeness")
_IN_HISTORY = (
    "place", "number", "at", "who", "known_by", "way", "kind", "names", "file", "sha256", "options", "went", "came",
    "undoes", "undone_by", "previous",
)  # fmt: skip
_Form = Literal[
    "call", "observations", "communes", "winners", "equipped", "connections", "deliveries", "corrections",
    "reconciliations", "complete_lists", "links",
]  # fmt: skip
_Imported = Literal[_Form, "register", "borders"]
_Removed = Literal["list", "register", "call", "observation", "link", "alias"]


def _one_of(kinds: Any, help_text: str) -> Any:
    """Declare an argument that is one of some kinds."""
    return typer.Argument(metavar="|".join(get_args(kinds)), help=help_text)


FormKind = Annotated[
    _Form,
    _one_of(
        _Form,
        "Un appel, des chiffres publiés, une liste d’écoles ; ou, déjà remplis de ce qui est là, "
        "les chiffres à corriger, les écarts à expliquer, les listes à déclarer complètes, les numéros à relier.",
    ),
]
ImportKind = Annotated[
    _Imported,
    _one_of(
        _Imported,
        "Un formulaire ou une liste, un registre d’écoles, des frontières, des liens vérifiés entre numéros.",
    ),
]
RemovedKind = Annotated[
    _Removed,
    _one_of(
        _Removed,
        "Une liste d’écoles, un registre, un appel, un chiffre publié, un lien entre numéros, une graphie retenue.",
    ),
]
Who = Annotated[
    str, typer.Option("--who", metavar="NOM", help="Qui le fait, pour l’historique ; sinon le compte.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Montre seulement ce qui changerait.")]
Yes = Annotated[bool, typer.Option("--yes", help="Confirme sans demander.")]


def template(
    context: typer.Context,
    kind: FormKind,
    out: Annotated[Path | None, typer.Argument(metavar="[FICHIER]")] = None,
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Fait un formulaire Excel à remplir, dans la langue choisie."""
    from ennum_stats.imports import template as write_form

    path = write_form(kind, cli.project_of(context, root), out or Path(f"{kind}.xlsx"), lang)
    cli.echo(message("Written: {path}", path=str(path)), lang)


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
    replaces: Annotated[
        str, typer.Option("--replaces", metavar="LISTE", help="Liste que celle-ci corrige.")
    ] = "",
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            metavar="QUESTION[:LIGNES]",
            help="Prend les lignes douteuses de cette question, ou ces lignes.",
        ),
    ] = None,
    leave: Annotated[
        list[str] | None,
        typer.Option(
            "--leave",
            metavar="QUESTION[:LIGNES]",
            help="Laisse les lignes douteuses de cette question, ou ces lignes.",
        ),
    ] = None,
    site: Annotated[
        list[str] | None,
        typer.Option(
            "--site", metavar="LIGNE=N°", help="L’implantation choisie pour une ligne et ses pareilles."
        ),
    ] = None,
    sender: Annotated[
        str,
        typer.Option("--sender", metavar="NOM", help="Qui envoie la liste : ses titres retenus comptent."),
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column", metavar="TITRE=CHAMP", help="Le champ du formulaire que désigne un titre de colonne."
        ),
    ] = None,
    remember: Annotated[
        bool,
        typer.Option(
            "--remember",
            help="Retient, pour les prochaines listes, les implantations choisies et les titres de "
            "l’expéditeur.",
        ),
    ] = False,
    who: Who = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Annotated[Literal["table", "json"], typer.Option("--format", help="Présentation.")] = "table",
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Lit un formulaire, un registre d’écoles, des frontières ou une liste, et complète les tables.

    Montre ce qui est pris, ce qui est refusé, ce qui est douteux et quels chiffres changeraient ; n’écrit
    qu’après accord, et une fois chaque question tranchée (--take, --leave). Les lignes refusées reviennent
    dans un classeur, la raison à côté de la cellule.
    """
    from ennum_stats.imports import Author, ImportOptions, apply, plan_import, require_answers
    from ennum_stats.imports.report import plan_lines, plan_record
    from ennum_stats.raw.history import COMMAND

    remembered_by = Author.here(who).name if remember else ""
    options = ImportOptions(
        call=call, programme=programme, as_of=as_of, mapping=mapping, sheet=sheet,
        replaces=replaces, take=frozenset(take or ()), leave=frozenset(leave or ()), language=lang,
        sites=dict(map(_chosen_site, site or ())), remembered_by=remembered_by, sender=sender,
        columns=dict(map(_titled_column, column or ())), titles_remembered_by=remembered_by,
    )  # fmt: skip
    project = cli.project_of(context, root)
    with _progress(lang):
        plan = plan_import(kind, file, project, options)
    while plan.unanswered and not (dry_run or yes) and sys.stdin.isatty():
        answered = _answered(plan, options, lang)
        if answered == options:  # who would have a sheet read is told below how
            break
        options = answered
        with _progress(lang):
            plan = plan_import(kind, file, project, options)
    if as_json == "json":
        cli.print_json(cli.marked(project, [plan_record(plan, lang)], lang)[0])
    else:
        typer.echo("\n".join(plan_lines(plan, lang)))
    _leave_workbooks(plan, file, lang)
    require_answers(plan)
    if dry_run or not plan.contents or plan.findings:
        if not dry_run:
            cli.echo(message("Nothing was written."), lang, err=True)
        raise typer.Exit(1 if plan.refused or plan.findings else 0)
    if not (yes or _is_confirmed(plan.row_count, lang)):
        cli.echo(message("Nothing was written."), lang, err=True)
        raise typer.Exit(1)
    _tell_written(apply(plan, Author.here(who, COMMAND)), lang)
    if plan.refused:
        cli.echo(message("Rows written: {taken}; not written, because they are refused: {refused}.",
                     taken=len(plan.taken), refused=len(plan.refused_rows)), lang, err=True)  # fmt: skip
        raise typer.Exit(1)


@contextmanager
def _progress(language: str) -> Iterator[None]:
    """Say at a terminal, on standard error, how far a long file is; the words go once it is read."""
    from ennum_stats.imports.spreadsheets.bounds import reporting_progress
    from ennum_stats.languages import translate

    if not sys.stderr.isatty():
        yield
        return
    blank = ""

    def tell(words: Message) -> None:
        nonlocal blank
        text = translate(words, language)
        sys.stderr.write("\r" + text.ljust(len(blank)))
        sys.stderr.flush()
        blank = " " * len(text)

    try:
        with reporting_progress(tell):
            yield
    finally:
        if blank:
            sys.stderr.write(f"\r{blank}\r")


def _chosen_site(text: str) -> tuple[int, str]:
    row, _, number = text.partition("=")
    if not row.isdecimal() or not number.strip():
        raise UsageError(
            message("“{value}” names no row and site.", value=text),
            where="--site",
            expected=message("The row and the number of its site: {example}", example="12=2818"),
        )
    return int(row), number.strip()


def _titled_column(text: str) -> tuple[str, str]:
    title, _, name = text.rpartition("=")
    if not title.strip() or not name.strip():
        raise UsageError(
            message("“{value}” names no title and field.", value=text),
            where="--column",
            expected=message("The title and the field that it means: {example}", example="Code=implantation"),
        )
    return title.strip(), name.strip()


def _answered(plan: ImportPlan, options: ImportOptions, language: str) -> ImportOptions:
    """Put each open question at the terminal, and give the options with the answers."""
    from ennum_stats.imports.report import question_words
    from ennum_stats.languages import translate

    take, leave = set(options.take), set(options.leave)
    for question in plan.unanswered:
        typer.echo(question_words(question, language))
        ask = message("Take them?") if question.may_be_taken else message("Leave it unread?")
        says_yes = confirm(translate(ask, language), language)
        if question.may_be_taken:
            (take if says_yes else leave).add(question.name)
        elif says_yes:
            leave.add(question.name)
    return replace(options, take=frozenset(take), leave=frozenset(leave))


def _leave_workbooks(plan: ImportPlan, file: Path, language: str) -> None:
    """Write the refused rows, and what a register changes, as workbooks beside the file, or into the
    reports where its folder cannot be written to."""
    from ennum_stats.imports.workbooks import leave_beside, write_refused, write_site_changes

    left: list[tuple[Message, str, Callable[[Path], Path]]] = []
    if plan.refused or plan.findings:
        left.append(
            (message("Refused rows: {path}"), "-refus", lambda path: write_refused(plan, path, language))
        )
    if plan.since:
        since = plan.since
        left.append((
            message("Changes since the register before: {path}"), "-changements",
            lambda path: write_site_changes(since, path, language),
        ))  # fmt: skip
    for sentence, suffix, write in left:
        path = leave_beside(file, suffix, plan.project, write)
        if path is None:
            cli.echo(message("The workbook “{name}” can be written nowhere: not beside the file, not in the "
                        "project’s reports, not in the current folder.", name=file.stem + suffix + ".xlsx"),
                language, err=True)  # fmt: skip
            continue
        cli.echo(message(sentence.text, path=str(path)), language, err=True)
        if path.parent != file.parent:
            cli.echo(message("It could not be written beside the file: the folder is read-only, or the "
                        "workbook is open."), language, err=True)  # fmt: skip


def _is_confirmed(row_count: int, language: str) -> bool:
    """Ask for consent at a terminal; without one, nothing is confirmed."""
    from ennum_stats.languages import translate

    if not sys.stdin.isatty():
        return False
    question = message("Write to the raw tables (rows: {n})?", n=row_count)
    return confirm(translate(question, language), language)


def lists(
    context: typer.Context,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    root: cli.Root = None,
) -> None:
    """Montre les listes d’écoles chargées : ce qu’elles comptent, et si elles sont complètes.

    Une liste importée par erreur s’enlève avec « ennum remove list ».
    """
    from ennum_stats.raw.reader import known_rows

    project = cli.project_to_read(context, root)
    rows = known_rows(project, "lists").fill_null("").to_dicts()
    _show_lists(project, rows, output, lang)


def _show_lists(project: Project, rows: list[dict[str, str]], output: cli.Format, language: str) -> None:
    """Print the lists with whether those of their call or programme are complete, and why or why not."""
    from ennum_stats.imports.apply import lists_judged
    from ennum_stats.languages import translate
    from ennum_stats.measures.schools.completeness import DECLARE, Completeness
    from ennum_stats.raw.schema import RawTablesRefused

    judged: list[Completeness | None]
    try:
        judged = lists_judged(project, rows)
    except RawTablesRefused as refused:
        # What is wrong may be a list, which must be seen to be removed.
        sentence = message("{findings} What they are: ennum check", findings=refused.found)
        cli.echo(sentence, language, err=True)
        judged = [None] * len(rows)
    corrected = {row["replaces"]: row["list"] for row in rows}
    shown: list[dict[str, Any]] = []
    for row, verdict in zip(rows, judged, strict=True):
        by = corrected.get(row["list"])
        judgement = verdict if by is None else None
        words = judgement.words(language) if judgement else ""
        if by is not None:
            words = translate(message("corrected by {list}", list=by), language)
        complete = judgement.is_complete if judgement else None
        shown.append(row | {"complete": complete, "completeness": words})
    if output is not cli.Format.TABLE:
        records = cli.marked(project, shown, language)
        cli.print_records(output, records, cli.columns_of(records, _LISTED))
    else:
        titles = ("List", "Kind", "Programme", "Call", "Known on", "Rows", "Corrects", "Completeness")
        columns = [key for key in _LISTED if key != "complete"]
        cells = [[row[key] for key in columns] for row in shown]
        cli.print_table(written_table(cli.headings(titles, language), cells))
        if any(judgement and not judgement.is_complete for judgement in judged):
            cli.echo(DECLARE, language)


def remove(
    context: typer.Context,
    kind: RemovedKind,
    names: Annotated[
        list[str], typer.Argument(metavar="NOM…", help="La clé de ce qui est à enlever ; plusieurs.")
    ],
    who: Who = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Enlève ce qui a été importé par erreur : ses lignes partent, le reste ne change pas.

    Montre les lignes qui partiraient et les chiffres qui changeraient. Ce à quoi d’autres lignes se
    réfèrent ne s’enlève pas : elles sont citées.
    """
    from ennum_stats.imports.removal import plan_removal

    _carry_out(
        plan_removal(cli.project_of(context, root), kind, names, lang), who, lang, dry_run=dry_run, yes=yes
    )


def _carry_out(plan: RemovalPlan, who: str, language: str, *, dry_run: bool, yes: bool) -> None:
    """Show what taking rows out or putting them back would do, and do it with consent."""
    from ennum_stats.imports import Author
    from ennum_stats.imports.removal import remove as take_out
    from ennum_stats.imports.report import removal_lines
    from ennum_stats.raw.history import COMMAND

    typer.echo("\n".join(removal_lines(plan, language)))
    if dry_run or plan.preview.findings:
        raise typer.Exit(1 if plan.preview.findings else 0)
    if not (yes or _is_confirmed(sum(plan.rows.values()) + sum(plan.back.values()), language)):
        cli.echo(message("Nothing was written."), language, err=True)
        raise typer.Exit(1)
    _tell_written(take_out(plan, Author.here(who, COMMAND)), language)


def _tell_written(paths: Iterable[Path], language: str) -> None:
    for path in paths:
        cli.echo(message("Written: {path}", path=str(path)), language, err=True)
    cli.echo(message("To publish these numbers, run: ennum build"), language, err=True)


def history(
    context: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="[N°]", help="Un changement ; sans lui, tous.", show_default=False)
    ] = "",
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    root: cli.Root = None,
) -> None:
    """Montre qui a changé les tables ou publié, quand, avec quel fichier, et ce qui a changé.

    Chaque import, retrait et annulation y est, que « ennum undo N° » défait, et chaque base publiée ou remise en
    service, avec ce qui était sous embargo. Chaque ligne porte l’empreinte de celle d’avant : « ennum verify
    data/raw/history » dit si l’une a été enlevée ou changée. « --format csv » : pour qui contrôle.
    """
    from ennum_stats.imports.report import HISTORY_COLUMNS, entry_cells, entry_lines, entry_record
    from ennum_stats.raw.history import entries, undone_by, with_number

    project = cli.project_to_read(context, root)
    all_ = entries(project)
    undone = undone_by(all_)
    shown = [with_number(all_, number)] if number else all_
    if output is not cli.Format.TABLE:
        records = cli.marked(project, [entry_record(entry, undone) for entry in shown], lang)
        cli.print_records(output, records, cli.columns_of(records, _IN_HISTORY))
    elif number:
        cli.print_lines(entry_lines(shown[0], undone, lang))
    else:
        cli.print_table(
            written_table(
                cli.headings(HISTORY_COLUMNS, lang), [entry_cells(entry, undone, lang) for entry in shown]
            )
        )


def undo(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="N°", help="Le numéro que donne « ennum history ».")],
    who: Who = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Annule un changement des tables : ce qu’il a ajouté part, ce qu’il a enlevé revient.

    Montre d’abord ce qui changerait. Une annulation s’annule aussi ; ce qui repose sur le changement est
    cité, et s’annule avant lui.
    """
    from ennum_stats.imports.removal import plan_undo

    _carry_out(plan_undo(cli.project_of(context, root), number, lang), who, lang, dry_run=dry_run, yes=yes)


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="La sauvegarde, un .zip.")],
    private: Annotated[
        Path | None,
        typer.Option(
            "--private",
            metavar="FICHIER2",
            help="À part, lisible de vous seul : contacts, embargos, listes d’écoles, journal.",
        ),
    ] = None,
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Sauvegarde les tables, relues avant d’être dites sauvées.

    Le premier fichier ne contient que ce que git partage ; ce qui est confidentiel n’y est jamais. « ennum restore »
    remet l’un et l’autre, ici ou sur une autre machine.
    """
    from ennum_stats.imports.backup import write_backup

    for path, n in write_backup(cli.project_of(context, root), file, private).items():
        cli.echo(message("Written: {n} files in {path}", n=n, path=str(path)), lang)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Une sauvegarde de « ennum backup ».")],
    who: Who = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Remet les tables d’une sauvegarde, ici ou dans un projet nouveau (--root DOSSIER).

    Contrôle chaque fichier et montre d’abord ce qui changerait ; « ennum undo » l’annule. Une sauvegarde publique ne
    touche pas à ce qui est confidentiel, ni l’inverse. Une table d’une version plus ancienne reçoit, vides, les
    colonnes déclarées depuis.
    """
    from ennum_stats.imports.backup import place_for, plan_restore

    with place_for(file, root):
        plan, lacking = plan_restore(cli.project_of(context, root), file, lang)
        for columns in lacking:
            cli.echo(message("Columns declared since, added empty: {columns}", columns=columns), lang)
        _carry_out(plan, who, lang, dry_run=dry_run, yes=yes)


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Un dossier nouveau.")],
    schools: Annotated[int, typer.Option("--schools", help="Nombre d’implantations.")] = 400,
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Fait un projet de démonstration, aux écoles et listes fictives.

    Les chiffres publiés sont ceux du projet ; tout ce qui en sort porte « données fictives ».
    """
    from ennum_stats.demo import make_demo

    written = make_demo(cli.project_of(context, root), folder, schools)
    cli.echo(message("Written: {path}", path=str(written.root)), lang)


COMMANDS = (template, lists, remove, history, undo, backup, restore, demo)
