"""Define the commands of the press office: kits, correction notices, citations, and whether what was made is
still right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ennum_stats.cli import options as cli
from ennum_stats.document.blocks import written_table
from ennum_stats.errors import Message, UsageError, message
from ennum_stats.typography import LANGUAGES, LanguageCode

if TYPE_CHECKING:
    from ennum_stats.kit.press import Progress
    from ennum_stats.office.templates import KitTemplates
    from ennum_stats.project import Project
    from ennum_stats.publication import NewestStore
    from ennum_stats.store.ledger import Ledger


def press(
    context: typer.Context,
    lang: cli.Languages = None,
    known_at: cli.KnownAt = None,
    out: cli.Folder = None,
    charts: Annotated[
        Literal["native", "pictures"],
        typer.Option("--charts", help="Graphiques du fichier Word : à modifier, ou en images."),
    ] = "native",
    template: Annotated[
        list[Path] | None,
        typer.Option(
            "--template", metavar="FICHIER", help="Votre .docx ou .pptx : sa présentation ; peut se répéter."
        ),
    ] = None,
    embargo: Annotated[
        str | None,
        typer.Option(
            "--embargo", metavar="MOMENT", help="Sous embargo jusque-là (2026-12-01T05:00, heure belge)."
        ),
    ] = None,
    angle: Annotated[
        str,
        typer.Option(
            "--angle",
            metavar="ANGLE",
            help="Ce que dit d’abord le communiqué : total, EN2020, wifi, end, liège.",
        ),
    ] = "",
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Fait le dossier de presse : Word, PDF, Excel, page web, diapositives, communiqué, graphiques.

    Reconstruit d’abord la base si les tables ont changé ; ne refait rien si rien n’a changé. Un fichier que
    quelqu’un a modifié ou ouvert reste tel quel : le nouveau se place à côté. Les autres langues restent.

    Sous embargo (« --embargo », la ligne « embargo » de publisher.csv ou, avec « --audience internal », celui des
    chiffres), le dossier contient les chiffres qui le sont, le dit partout et a un dossier à lui. L’heure passée, la
    même commande fait le dossier de tous.

    Le communiqué commence par ce qu’aucun dossier ne disait encore, ou par « --angle » ; release.txt en donne un
    message de 280 signes et une brève.
    """
    languages = tuple(dict.fromkeys(lang or ("fr",)))
    spoken, native = _spoken(languages), charts == "native"
    from ennum_stats.kit.embargo import kept_until, store_of
    from ennum_stats.kit.inputs import default_folder, is_current
    from ennum_stats.kit.manifest import MANIFEST
    from ennum_stats.kit.placement import remarks_on
    from ennum_stats.publication import newest_store

    project = cli.project_of(context, root)
    until = kept_until(project, embargo, of_numbers=audience == "internal", out=out)
    seen_by = store_of(project, until)
    look = _looks(project, template or ())
    look_of = look.data if look else None
    day = cli.day_of(known_at) or (until and until.date())
    left: list[Message] = []
    new_advice: list[Message] = []
    with newest_store(project, seen_by, day) as store:
        named = replace(store.named, embargo=until)
        folder = out or default_folder(project, named)
        if is_current(project, named, languages, out, native=native, template=look_of, angle=angle):
            done = message("Nothing has changed: {path}", path=str(folder / MANIFEST))
        else:
            ledger = store.opened().until(until)
            left, new_advice = _make_kit(
                project, store, ledger, languages, out, native=native, look=look, angle=angle
            )
            done = message("Written: {path}", path=str(folder))
    _tell([*remarks_on(folder, languages, spoken), *left, done], spoken)
    if until:
        kept = message(
            "Under embargo until {moment}, Belgian time: nobody but you reads this folder.", moment=until
        )
        cli.echo(kept, spoken)
    _tell(new_advice, spoken)


def _make_kit(
    project: Project, store: NewestStore, ledger: Ledger, languages: Sequence[str], out: Path | None, *,
    native: bool, look: KitTemplates | None, angle: str,
) -> tuple[list[Message], list[Message]]:  # fmt: skip
    """Make a kit; say which work of people waits to be carried over, and give advice that was not given yet."""
    from ennum_stats.kit.press import advice, advised, press, to_carry_over

    spoken, before = _spoken(languages), advised(project, out)
    given = [*advice(project, ledger), *(look.remarks(spoken) if look else ())]
    with _bar(spoken) as progress:
        press(
            project,
            ledger,
            languages,
            out,
            progress,
            native=native,
            template=look.word if look else None,
            slides=look.slides if look else None,
            published=store.published,
            given=given,
            angle=angle,
        )
    return to_carry_over(project, ledger), [each for each in given if str(each) not in before]


def _looks(project: Project, given: Sequence[Path]) -> KitTemplates | None:
    """Open the files whose look a kit is to have: those that are given, else those that the project names."""
    from ennum_stats.kit.publisher import templates_named

    named = templates_named(project)
    if not named and not given:
        return None
    from ennum_stats.office.templates import open_templates

    return open_templates(given, named)


def _spoken(languages: Sequence[str]) -> str:
    """Choose the language in which a command speaks: the first one asked for, or French."""
    return languages[0] if languages[0] in LANGUAGES else "fr"


def _tell(lines: Sequence[Message], language: str) -> None:
    for line in lines:
        cli.echo(line, language)


@contextmanager
def _bar(language: str) -> Iterator[Progress]:
    """Show a progress bar that says what is being made, on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as ProgressBar

    from ennum_stats.languages import translate

    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with ProgressBar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int, what: Message) -> None:
            bar.update(task, completed=done, total=total, description=translate(what, language))

        yield tell
        bar.update(task, completed=1, total=1, description="")


def notice(
    context: typer.Context,
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="Jour de ce qui a été publié.")],
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="Jour de ce qu’il faut lire.")],
    lang: Annotated[
        list[str] | None, typer.Option("--lang", help="Langue ; peut se répéter. Sans elle : les quatre.")
    ] = None,
    out: cli.Folder = None,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Écrit l’avis de rectification ou de mise à jour entre deux jours : Word, page web, Markdown.

    Pour chaque chiffre publié qui a changé : ce que nous écrivions, ce qu’il faut lire, pourquoi, le
    document, et les dossiers de reports/ qui portent l’ancien nombre. Rectifier, c’est réparer une erreur ; un
    chiffre plus récent n’est qu’une mise à jour. Un chiffre devenu connu depuis n’y est pas.
    """
    languages = tuple(dict.fromkeys(lang or LANGUAGES))
    spoken = _spoken(languages)
    from ennum_stats.kit.notice_files import default_notice_folder, write_notice
    from ennum_stats.kit.placement import remarks_on

    project = cli.project_of(context, root)
    store = cli.ledger_of(context, root, None, audience)
    before, after = (store.known_on(cli.day_of(*at)) for at in ((start, "--from"), (end, "--to")))
    notices = write_notice(project, before, after, languages, out)
    folder = out or default_notice_folder(project, before, after)
    mistakes = sum(each.is_mistake for each in notices)
    counts = message("Numbers to correct: {wrong}; to update: {newer}.",
                   wrong=mistakes, newer=len(notices) - mistakes)  # fmt: skip
    cli.echo(counts, spoken)
    cli.echo(message("Written: {path}", path=str(folder)), spoken)
    _tell(remarks_on(folder, languages, spoken), spoken)


def sheet(
    context: typer.Context,
    place: Annotated[
        list[str],
        typer.Argument(metavar="[commune|province] NOM…", help="Nom dans une des langues, localité, code."),
    ],
    lang: cli.Languages = None,
    known_at: cli.KnownAt = None,
    out: cli.Folder = None,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Fait la fiche d’une commune ou d’une province, sur une page : PDF, Word, image.

    Ce que les listes y comptent, une carte, son rang parmi toutes et parmi celles qui lui ressemblent ; sans
    listes, ce que les documents en impriment. Et ce qui n’est pas connu.
    """
    languages = tuple(dict.fromkeys(lang or ("fr",)))
    from ennum_stats.kit.placement import remarks_on
    from ennum_stats.kit.sheet_files import write_local_sheet
    from ennum_stats.search.places import place_named

    project, spoken = cli.project_of(context, root), _spoken(languages)
    ledger = cli.ledger_of(context, root, known_at, audience)
    folder = write_local_sheet(project, ledger, *place_named(ledger, " ".join(place)), languages, out)
    cli.echo(message("Written: {path}", path=str(folder)), spoken)
    _tell(remarks_on(folder, languages, spoken), spoken)


def verify(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="DOSSIER|FICHIER", help="Dossier d’un jour, ou son .docx ou .pptx.")
    ],
    pages: Annotated[
        bool,
        typer.Option("--pages", help="Aussi chaque page : PDF, et Word et diapositives par LibreOffice."),
    ] = False,
    audience: cli.Audience = "public",
    lang: cli.Language = "fr",
    root: cli.Root = None,
) -> None:
    """Contrôle un dossier de presse ou un document : est-il tel qu’il a été fait, et encore juste ?

    D’un dossier : chaque fichier et chaque chiffre, contre le manifeste et la base du même jour. D’une copie du
    tableau de bord ou de données ouvertes : chaque fichier, contre SHA256SUMS. Du journal (data/raw/history) : chaque
    ligne, contre l’empreinte que garde la suivante. D’un document Word ou de
    diapositives : chaque chiffre, tableau et graphique que le logiciel y a écrit. Le code de sortie est 1 s’il y a
    une différence. Rien n’est écrit.

    Avec « --pages » : pages peu remplies, titres seuls en bas d’une page, mots superposés, coupés ou trop petits.
    LibreOffice met alors en page les fichiers Word et les diapositives, en quelques secondes ; dans Word, une ligne
    peut tomber autrement.
    """
    project = cli.project_of(context, root)
    if path.is_file():
        lines, is_wrong = _document_verified(project, path, audience, lang)
    else:
        from ennum_stats.files.sums import CHECKSUMS
        from ennum_stats.kit.verification import sums_verified, verify_kit
        from ennum_stats.languages import translate
        from ennum_stats.raw.history import FOLDER as JOURNAL
        from ennum_stats.raw.history import WHOLE, breaks, entries

        if (path / CHECKSUMS).is_file():
            lines, is_wrong = sums_verified(path, lang)
        elif path.resolve() == (project.raw / JOURNAL).resolve():
            broken = [*breaks(project.raw)]
            lines = [
                translate(each, lang) for each in broken or [message(WHOLE.text, n=len(entries(project)))]
            ]
            is_wrong = bool(broken)
        else:
            lines, is_wrong = verify_kit(project, path).summary(lang)
    if pages:
        faults = _page_faults(path, lang)
        lines, is_wrong = [*faults, *lines], is_wrong or bool(faults)
    cli.print_lines(lines)
    if is_wrong:
        raise typer.Exit(1)


def _page_faults(path: Path, language: str) -> list[str]:
    """Say what is wrong on the pages of a document, or of those of a kit."""
    from ennum_stats.kit.page_check import KINDS, NOT_SET, faults_of_files, has_office
    from ennum_stats.languages import translate

    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.suffix in KINDS)
    if not has_office():
        cli.echo(NOT_SET, language, err=True)
    sentence = message("In “{file}”, {fault}.")
    faults = faults_of_files(files)
    names = (
        (file.relative_to(path).as_posix() if file != path else file.name, fault) for file, fault in faults
    )
    return [translate(sentence, language, file=name, fault=fault) for name, fault in names]


def _document_verified(project: Project, path: Path, audience: str, language: str) -> tuple[list[str], bool]:
    """Say what the store would change in a document on the document's own day."""
    from ennum_stats.kit.embargo import embargo_named, state_of, store_of
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.languages import translate
    from ennum_stats.office.refresh import refresh
    from ennum_stats.office.slide_file import SlideFile
    from ennum_stats.office.word_file import WordFile
    from ennum_stats.project import Audience as Audiences
    from ennum_stats.store.ledger import open_ledger

    is_of_slides = path.suffix.lower() == ".pptx"
    file = SlideFile.open(path) if is_of_slides else WordFile.open(path)
    controls = file.shapes() if isinstance(file, SlideFile) else file.controls()
    days = [control.written.known_at for control in controls]
    seen_by = (
        store_of(project, until) if (until := embargo_named(file.package.identifier)) else Audiences(audience)
    )
    ledger = open_ledger(project, max(days, default=None), seen_by).until(until)
    report = refresh(ledger, path, read_publisher(project), dry_run=True)
    compared = message("Compared with what was known on {day}:", day=ledger.known_at)
    state = state_of(until, f'ennum refresh "{path}"')
    opening = [translate(sentence, language) for sentence in (state, compared)]
    return [*opening, *report.text(language)], bool(report.lines)


class PublishedFormat(StrEnum):
    """List how `published` can tell what no longer holds."""

    TABLE = "table"
    HTML = "html"
    ATOM = "atom"


def published(
    context: typer.Context,
    action: Annotated[
        Literal["add"] | None,
        typer.Argument(metavar="[add]", help="Garder les nombres d’un texte qui est paru."),
    ] = None,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FICHIER]", help="Le texte, tel qu’il est paru.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Jour de parution.")] = None,
    where: Annotated[str, typer.Option("--where", metavar="OÙ", help="Journal, site, discours.")] = "",
    output: Annotated[
        PublishedFormat,
        typer.Option("--format", help="Présentation des avis : aussi une page, un flux Atom."),
    ] = PublishedFormat.TABLE,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FICHIER", help="Où écrire la page ou le flux.")
    ] = None,
    known_at: cli.KnownAt = None,
    lang: Annotated[
        LanguageCode | None, typer.Option("--lang", help="Langue du texte, ou de l’avis.")
    ] = None,
    root: cli.Root = None,
) -> None:
    """Dit quels textes parus portent un nombre qui ne tient plus, avec l’avis à envoyer.

    « published add FICHIER --on DATE --where OÙ » garde, dans data/published_texts.csv, de quels chiffres le texte
    parle, ce qu’il en dit et ce que la vérification en dit : aucun de ses mots. Sans « add », chaque nombre gardé est
    comparé à ce qui est connu aujourd’hui ; le code de sortie est 1 si l’un ne tient plus. La page et le flux sont pour
    la maison : les textes y sont nommés.
    """
    from ennum_stats.office.texts.published import keep

    project, ledger = cli.project_of(context, root), cli.ledger_of(context, root, known_at)
    if action is None:
        _tell_stale(project, ledger, lang or "fr", output, out)
        return
    day = cli.day_of(on, "--on")
    if file is None or day is None:
        raise UsageError(
            message("A text that was published has a file and a day."), where="add",
            remedy=message("Type: {line}", line="ennum published add FILE --on DATE --where PLACE"),
        )  # fmt: skip
    from ennum_stats.cli.office import audited

    audit = audited(ledger, file, lang or "", day)
    kept = keep(project, audit, where)
    cli.echo(message("Numbers kept: {n}.", n=len(kept)), audit.language)


def _tell_stale(
    project: Project, ledger: Ledger, language: str, output: PublishedFormat, out: Path | None
) -> None:
    """Tell of each text that carries a number which no longer holds, with its notice: printed, as a page, as a feed."""
    from ennum_stats.document.text import markdown_of
    from ennum_stats.files.atomic import write_atomic
    from ennum_stats.kit.edition import Edition
    from ennum_stats.kit.publisher import read_publisher
    from ennum_stats.office.texts.page import published_feed, published_page
    from ennum_stats.office.texts.published import published_numbers, stale_texts

    kept = published_numbers(project)
    texts = stale_texts(ledger, kept, language)
    edition = Edition(ledger, language, read_publisher(project).without("published_on"))
    if output is PublishedFormat.TABLE:
        cli.echo(message("Numbers of published texts that are followed: {n}.", n=len(kept)), language)
        for text in texts:
            notice = markdown_of(text.notice(edition)).splitlines()
            cli.print_lines([text.sentence(language), "", *notice, ""])
    else:
        written = (published_page if output is PublishedFormat.HTML else published_feed)(edition, texts)
        if out is None:
            typer.echo(written.decode(), nl=False)
        else:
            write_atomic(out, written)
            cli.echo(message("Written: {path}", path=str(out)), language)
    if texts:
        raise typer.Exit(1)


def cite(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NOM", help="D’un chiffre, d’un graphique, d’un document.")],
    output: Annotated[
        Literal["text", "bibtex", "csl"], typer.Option("--format", help="Présentation.")
    ] = "text",
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Cite un chiffre, un graphique ou un document : texte, BibTeX, CSL-JSON.

    Avec le jour et l’empreinte de la base : la même adresse peut dire un autre nombre plus tard. L’adresse
    est celle du site, si data/raw/publisher.csv la donne (site_address).
    """
    from ennum_stats.charts.citations import cite_any
    from ennum_stats.kit.publisher import read_publisher

    ledger = cli.ledger_of(context, root, known_at, audience)
    site = read_publisher(cli.project_to_read(context, root)).text("site_address", lang).rstrip("/")
    day = ledger.known_at.isoformat()
    citation = cite_any(
        ledger, name, lang, lambda kind, code: f"{site}/{lang}/{kind}/{code}?known_at={day}" if site else ""
    )
    match output:
        case "text":
            typer.echo(citation.text(lang))
        case "bibtex":
            typer.echo(citation.bibtex(), nl=False)
        case "csl":
            cli.print_json([citation.csl()])


def doubt(
    context: typer.Context,
    cases: Annotated[int, typer.Option("--cases", help="Combien de bases altérées.", min=1)] = 54,
    seed: Annotated[int, typer.Option("--seed", help="Graine du hasard.")] = 0,
    case: Annotated[int | None, typer.Option("--case", help="Un seul cas, à refaire.", min=0)] = None,
    lang: cli.Languages = None,
    output: cli.OutputFormat = cli.Format.TABLE,
    root: cli.Root = None,
) -> None:
    """Altère des copies des tables, relit tous les textes faits d’elles, et liste les phrases douteuses.

    Le projet n’est que lu. Ce que les contrôles refusent est compté comme refusé. Sort avec 1 si une phrase
    est douteuse ; « --seed » et « --case » la refont.
    """
    languages = tuple(dict.fromkeys(lang or ("fr",)))
    spoken = _spoken(languages)
    from dashboards.page_texts import page_texts
    from ennum_stats.doubt.cases import doubt_records, try_case, unaltered_lines, way_records
    from ennum_stats.kit.press import require_texts

    require_texts(languages)
    project = cli.project_of(context, root)
    before = unaltered_lines(project, languages)
    tried = [
        try_case(project, seed, number, before, page_texts)
        for number in (range(cases) if case is None else [case])
    ]
    ways, records = way_records(tried, spoken), doubt_records(tried, seed, spoken)
    if output is cli.Format.JSON:
        cli.print_json({"seed": seed, "ways": ways, "doubtful": records})
    elif output is cli.Format.CSV:
        cli.print_csv(records, ("seed", "case", "way", "language", "place", "kind", "piece", "words"))
    else:
        titles = ("Way of altering", "Tried", "Refused", "Fine", "Doubtful")
        cli.print_table(
            written_table(cli.headings(titles, spoken), [[*map(str, way.values())] for way in ways])
        )
        cli.print_lines([" · ".join(str(value) for value in record.values()) for record in records])
    if records:
        raise typer.Exit(1)


COMMANDS = (press, sheet, notice, published, verify, cite, doubt)
