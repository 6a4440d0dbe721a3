"""Define the commands that look up single numbers: by words, one by one, and where each comes from."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ennum_stats.cli import options as cli
from ennum_stats.document.blocks import written_table
from ennum_stats.errors import message
from ennum_stats.files.boundary import require_installed

if TYPE_CHECKING:
    from ennum_stats.store.ledger import Ledger

OBSERVATION_MARK = "."
"""What the name of a published number has, and that of a figure has not."""


def find(
    context: typer.Context,
    question: Annotated[list[str], typer.Argument(metavar="MOTS…")],
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Répond à une question en mots : « coût EN2019 ».

    En français, allemand, néerlandais ou anglais : combien, quelle part, quand, qui, où, quel appel le plus,
    ensemble, de plus que, est-il vrai. La réponse tient en une phrase à citer, avec le document, l’endroit et la
    date, ce que d’autres disent, et comment la question a été lue ; puis viennent les chiffres les plus proches,
    avec leur nom (celui que demande trace). Si rien ne répond, elle le dit, avec ce qui s’en approche et pourquoi
    ce n’est pas la réponse, et le code de sortie est 1.
    """
    from ennum_stats.reading.answers import find as find_answer
    from ennum_stats.reading.suggestions import RECORD_COLUMNS

    ledger = cli.ledger_of(context, root, known_at, audience)
    answer = find_answer(ledger, " ".join(question), lang)
    if output is cli.Format.JSON:
        cli.print_json(cli.marked(ledger, [answer.record()], lang)[0])
    elif output is cli.Format.CSV:
        records = cli.marked(ledger, [candidate.record() for candidate in answer.nearest], lang)
        cli.print_csv(records, tuple(records[0]) if records else RECORD_COLUMNS)
    else:
        cli.print_lines([*filter(None, [cli.banner(ledger, lang)]), answer.sentence, *answer.remarks])
        if answer.nearest and not answer.is_answered:
            cli.echo(message("The nearest:"), lang)
        rows = [[candidate.name, candidate.text, candidate.what] for candidate in answer.nearest]
        cli.print_table(written_table(cli.headings(("Name", "Figure", "What"), lang), rows))
        cli.echo(message("Where each comes from: ennum trace NAME"), lang)
    if not answer.is_answered:
        raise typer.Exit(1)


def observations(
    context: typer.Context,
    texts: Annotated[list[str] | None, typer.Argument(metavar="[MOTS]…")] = None,
    measure: Annotated[str, typer.Option("--measure", metavar="CODE", help="De cette mesure.")] = "",
    call: Annotated[str, typer.Option("--call", metavar="APPEL", help="De cet appel.")] = "",
    programme: Annotated[str, typer.Option("--programme", metavar="CODE", help="De ce programme.")] = "",
    document: Annotated[
        str, typer.Option("--document", metavar="MOT", help="De ces documents : clé, titre, éditeur.")
    ] = "",
    known: Annotated[
        str | None,
        typer.Option("--known", metavar="DATE", help="Devenus connus ce jour, ce mois, cette année."),
    ] = None,
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Liste les chiffres publiés, un par un.

    Chacun tel qu’imprimé, avec ses bornes, sa période, son document, l’endroit, et ce que d’autres disent.
    Sans filtre : tous.
    """
    from ennum_stats.figures import observations as published
    from ennum_stats.languages import translate
    from ennum_stats.periods import period_of

    ledger = cli.ledger_of(context, root, known_at, audience)
    wanted = published.ObservationFilter(
        measure, call, programme, document, period_of(known, "--known") if known else None, tuple(texts or ())
    )
    observations = published.observations(ledger, wanted, lang)
    if output is not cli.Format.TABLE:
        records = cli.marked(ledger, [published.record(ledger, o, lang) for o in observations], lang)
        cli.print_records(output, records, tuple(records[0]) if records else ("observation_id",))
    elif observations:
        header = [translate(heading, lang) for heading in published.HEADINGS]
        rows = [published.cells(ledger, o, lang) for o in observations]
        cli.print_table(written_table(header, rows, cli.banner(ledger, lang)))
    cli.echo(message("Published numbers found: {n}.", n=len(observations)), lang, err=True)


def trace(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NOM")],
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Dit d’où vient un chiffre.

    Formule, documents, endroits, dates, et documents qui disent autre chose. NOM est celui d’un chiffre
    (« ennum figures ») ou d’un nombre publié (« ennum observations ») ; « ennum find » donne les deux.
    """
    ledger = cli.ledger_of(context, root, known_at, audience)
    if OBSERVATION_MARK in name:
        _trace_observation(ledger, name, lang, output)
    else:
        _trace_figure(ledger, name, lang, output)


def _trace_figure(ledger: Ledger, name: str, lang: str, output: cli.Format) -> None:
    from ennum_stats.figures import figure
    from ennum_stats.figures.reports import trace_lines

    shown = figure(ledger, name)
    if output is cli.Format.JSON:
        cli.print_json(cli.marked(ledger, [shown.record(lang)], lang)[0])
    elif output is cli.Format.CSV:
        evidence = cli.marked(ledger, shown.evidence(), lang)
        cli.print_csv(evidence, tuple(evidence[0]) if evidence else ())
    else:
        cli.print_lines([*filter(None, [cli.banner(ledger, lang)]), *trace_lines(shown, lang)])


def _trace_observation(ledger: Ledger, name: str, lang: str, output: cli.Format) -> None:
    from ennum_stats.figures import observations as published

    observation = published.observation_named(ledger, name)
    record = cli.marked(ledger, [published.record(ledger, observation, lang)], lang)[0]
    if output is cli.Format.JSON:
        cli.print_json(record)
    elif output is cli.Format.CSV:
        cli.print_csv([record], tuple(record))
    else:
        lines = published.observation_lines(ledger, observation, lang)
        cli.print_lines([*filter(None, [cli.banner(ledger, lang)]), *lines])


def _tell_progress(percent: float) -> None:
    """Tell in a terminal how much of a long query is done; Ctrl-C ends it."""
    if sys.stderr.isatty() and percent > 0:
        sys.stderr.write(f"\r{percent:.0f} % ")


def sql(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="REQUÊTE")],
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Répond à une requête en SQL (DuckDB) qui ne fait que lire.

    Elle voit la base telle que connue au jour choisi, avec les tables et les vues de ennum.duckdb :
    « ennum sql "SHOW TABLES" » les nomme. Une requête qui écrirait ou lirait un fichier
    est refusée ; elle tourne à part, en 60 secondes, 2 Go et un million de lignes au plus, et Ctrl-C l’arrête.
    """
    import polars as pl

    from ennum_stats.measures.measure_table import to_json_value
    from ennum_stats.publication.shared_store import answer

    ledger = cli.ledger_of(context, root, known_at, audience)
    frame = answer(ledger, question, None, "polars", {}, _tell_progress)
    columns = [*map(str, frame.columns)]
    rows = [dict(zip(columns, map(to_json_value, row), strict=True)) for row in pl.DataFrame(frame).rows()]
    if output is cli.Format.TABLE:
        cells = [["" if cell is None else str(cell) for cell in row.values()] for row in rows]
        cli.print_table(written_table(columns, cells, cli.banner(ledger, lang)))
    else:
        records = cli.marked(ledger, rows, lang)
        cli.print_records(output, records, cli.columns_of(records, columns))


def mcp(context: typer.Context, lang: cli.Language = "fr", root: cli.Root = None) -> None:  # noqa: ARG001 - of errors
    """Ouvre les chiffres aux assistants (Model Context Protocol), en lecture seule.

    Cinq outils par l’entrée et la sortie standard : find, figure, table, check, trace ; seuls les chiffres publics.
    C’est l’assistant qui lance cette commande : le guide des assistants dit où l’inscrire.
    """
    require_installed("mcp")
    from ennum_stats.assistants import server

    project = cli.project_to_read(context, root)
    cli.ledger_of(context, root, None)
    server(project).run("stdio")


COMMANDS = (find, observations, trace, sql, mcp)
