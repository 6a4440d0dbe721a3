"""Define the commands that answer in tables from the published store: figures, measures, conflicts, rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ennum_stats.cli import options as cli
from ennum_stats.document.blocks import written_table
from ennum_stats.errors import StoreMissing
from ennum_stats.measures.frames.names import MEASURE_NAMES

if TYPE_CHECKING:
    from ennum_stats.figures import Figure
    from ennum_stats.measures.coverage.call_constraints import RuleRow
    from ennum_stats.measures.measure_table import MeasureTable
    from ennum_stats.measures.schools.reconciliation import ReconciliationRow
    from ennum_stats.store.ledger import Ledger

_FIGURE_COLUMNS = (
    "name", "label", "value", "printed", "lower", "upper", "unit", "precision", "status", "missing_reason",
    "text", "known_at", "formula",
)  # fmt: skip


def figures(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NOM]…")] = None,
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Donne les chiffres nommés, avec leur source."""
    from ennum_stats.figures import figures as named_figures

    ledger = cli.ledger_of(context, root, known_at, audience)
    shown = named_figures(ledger, names or ())
    if output is cli.Format.TABLE:
        rows = [[f.name, f.full_text(lang), f.label(lang), _documents(f)] for f in shown]
        cli.print_table(
            written_table(
                cli.headings(("Name", "Figure", "What", "Source"), lang), rows, cli.banner(ledger, lang)
            )
        )
    else:
        records = cli.marked(ledger, [f.record(lang) for f in shown], lang)
        cli.print_records(output, records, cli.columns_of(records, _FIGURE_COLUMNS))


def measure(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NOM")],
    by: Annotated[list[str] | None, typer.Option("--by", metavar="DIM", help="Par…")] = None,
    prices: Annotated[
        str | None, typer.Option("--prices", metavar="real:ANNÉE", help="Aux prix d’une année.")
    ] = None,
    levels: Annotated[
        str | None, typer.Option("--levels", metavar="compulsory,adult", help="Seulement ces niveaux.")
    ] = None,
    calls: Annotated[
        str | None, typer.Option("--calls", metavar="EN2017,EN2018", help="Seulement ces appels.")
    ] = None,
    programme: Annotated[
        str | None, typer.Option("--programme", metavar="CODE|all", help="Compté : programme.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="RÈGLE", help="De coverage : sans cette règle.")
    ] = None,
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Donne le tableau d’une mesure.

    Mesures : {names}.
    """
    from ennum_stats.languages import translate
    from ennum_stats.measures.catalogue import measure_rows
    from ennum_stats.measures.measure_table import flat_columns, records

    ledger = cli.ledger_of(context, root, known_at, audience)
    off = [rule for names in without or () for rule in cli.parts(names)]
    table = measure_rows(
        ledger, name, ", ".join(by) if by else None, prices=prices, levels=cli.parts(levels),
        calls=cli.parts(calls), without=off, programme=programme,
    )  # fmt: skip
    if output is cli.Format.TABLE:
        from ennum_stats.measures.labels import explanations, worded_grounds, worded_rows

        header, cells = worded_rows(ledger, table, lang)
        cli.print_table(written_table(header, cells, cli.banner(ledger, lang)))
        for sentence in (*worded_grounds(ledger, table, lang), *explanations(table, lang)):
            cli.print_lines([sentence])
    else:
        rows = cli.marked(ledger, records(table, lambda sentence: translate(sentence, lang)), lang)
        cli.print_records(output, rows, cli.columns_of(rows, flat_columns(table)))


measure.__doc__ = (measure.__doc__ or "").format(names=", ".join(MEASURE_NAMES))


def reconcile(
    context: typer.Context,
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Compare ce que disent les listes d’écoles et les chiffres publiés.

    Une différence sans explication bloque le dossier de presse (code de sortie 1).
    """
    from ennum_stats import project as projects
    from ennum_stats.errors import message
    from ennum_stats.measures.measure_table import flat_columns, records
    from ennum_stats.measures.schools.completeness import stale_declarations
    from ennum_stats.measures.schools.listed_and_published import BREAKS, stale_explanations
    from ennum_stats.measures.schools.reconciliation import differences, reconciliation_rows
    from ennum_stats.store.publish import is_up_to_date

    ledger = cli.ledger_of(context, root, known_at, audience)
    table = reconciliation_rows(ledger, lang)
    is_current = is_up_to_date(cli.project_to_read(context, root), projects.Audience(audience))
    if output is cli.Format.TABLE:
        _print_reconciliation(ledger, table, lang, is_up_to_date=is_current)
    else:
        rows = cli.marked(ledger, records(table), lang)
        cli.print_records(output, rows, cli.columns_of(rows, flat_columns(table)))
    if not is_current:
        cli.echo(message("The raw tables have changed since the store was built, and lists may have come. To "
                    "compare what they say now: ennum build"), lang, err=True)  # fmt: skip
    for stale in stale_explanations(ledger):
        cli.echo(stale, lang, err=True)
    for declaration in stale_declarations(ledger):
        typer.echo(declaration.named_words(lang), err=True)
    broken = sum(row.verdict == BREAKS for row in table.rows)
    if broken:
        cli.echo(message("Rules that lists break: {n}. The lists are counted as they are; check the list, or "
                    "how the rule is read.", n=broken), lang, err=True)  # fmt: skip
    if differing := len(differences(ledger)):
        cli.echo(message("Differences without explanation: {n}. Explain them in {file}.", n=differing,
                    file="data/raw/rows/reconciliations.csv"), lang, err=True)  # fmt: skip
        raise typer.Exit(1)


def conflicts(
    context: typer.Context,
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Liste ce que les documents disent différemment."""
    from ennum_stats.figures import contradictions

    ledger = cli.ledger_of(context, root, known_at, audience)
    known = contradictions.known_conflicts(ledger)
    if output is cli.Format.TABLE:
        titles = ("Subject", "Conflict", "Taken", "Others")
        rows = [contradictions.conflict_cells(ledger, conflict, lang) for conflict in known]
        cli.print_table(written_table(cli.headings(titles, lang), rows, cli.banner(ledger, lang)))
        corrected = contradictions.correction_cells(ledger, lang)
        if corrected:
            typer.echo()
            titles = ("Subject", "Correction", "Reason", "Source")
            cli.print_table(written_table(cli.headings(titles, lang), corrected))
        return
    records = [contradictions.conflict_record(ledger, conflict, lang) for conflict in known]
    records = cli.marked(ledger, [*records, *contradictions.correction_records(ledger, lang)], lang)
    if output is cli.Format.JSON:
        cli.print_json(records)
    else:
        cli.print_csv([_flat_conflict(r) for r in records], cli.columns_of(records, _CONFLICT_COLUMNS))


def diff(
    context: typer.Context,
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="Premier jour.")],
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="Second jour.")],
    lang: cli.Language = "fr",
    output: Annotated[
        Literal["table", "json", "csv", "markdown"], typer.Option("--format", help="Présentation.")
    ] = "table",
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Dit quels chiffres ont changé entre deux jours."""
    from ennum_stats.figures.reports import change_notice, changes

    store = cli.ledger_of(context, root, None, audience)
    before, after = (store.known_on(cli.day_of(*at)) for at in ((start, "--from"), (end, "--to")))
    changed = changes(before, after)
    if output == "markdown":
        typer.echo("\n\n".join(filter(None, (cli.banner(after, lang), change_notice(changed, lang)))))
    elif output == "table":
        titles = ("Name", "Before", "After", "Why")
        rows = [[c.name, c.before.text(lang), c.after.text(lang), c.sentence(lang)] for c in changed]
        cli.print_table(written_table(cli.headings(titles, lang), rows, cli.banner(after, lang)))
    else:
        records = cli.marked(after, [change.record(lang) for change in changed], lang)
        if output == "json":
            cli.print_json(records)
        else:
            cli.print_csv([_flat_change(r) for r in records], cli.columns_of(records, _CHANGE_COLUMNS))


def rules(
    context: typer.Context,
    known_at: cli.KnownAt = None,
    lang: cli.Language = "fr",
    output: cli.OutputFormat = cli.Format.TABLE,
    audience: cli.Audience = "public",
    root: cli.Root = None,
) -> None:
    """Donne les règles : ce que disent « environ », un arrondi ; et ce que l’on sait des lauréats."""
    from ennum_stats.measures.coverage.call_constraints import house_rules, rules_of_calls
    from ennum_stats.measures.coverage.published_claims import claims_of_calls

    house, ledger = house_rules(lang), None
    of_calls, claims = [], []
    try:
        ledger = cli.ledger_of(context, root, known_at, audience)
    except StoreMissing:
        pass
    else:
        of_calls, claims = rules_of_calls(ledger, lang), claims_of_calls(ledger, lang)
    if output is cli.Format.TABLE:
        cli.print_lines([warning] if ledger and (warning := cli.banner(ledger, lang)) else [])
        _print_rules(house, of_calls, claims, lang)
    else:
        records = [asdict(rule) for rule in (*house, *of_calls, *claims)]
        records = cli.marked(ledger, records, lang) if ledger else records
        cli.print_records(output, records, tuple(records[0]))


COMMANDS = (figures, measure, reconcile, conflicts, diff, rules)

_CONFLICT_COLUMNS = ("subject", "measure", "calls", "kind", "distance", "value", "source_id",
                     "published_on", "other_values", "other_source_ids")  # fmt: skip
_CHANGE_COLUMNS = ("name", "from_value", "from_text", "to_value", "to_text", "reason", "observations")


def _documents(figure: Figure) -> str:
    """List the documents of a figure, each once."""
    return " ; ".join(dict.fromkeys(o.source.title for o in figure.observations))


def _print_reconciliation(
    ledger: Ledger, table: MeasureTable[ReconciliationRow], language: str, *, is_up_to_date: bool
) -> None:
    """Print the numbers of lists beside the published ones; below, the rules of calls beside the lists.
    Where there are none, a list is to be loaded, unless the store may lack one that is."""
    from ennum_stats.measures.calls import ECOLE_NUMERIQUE
    from ennum_stats.measures.labels import worded_rows
    from ennum_stats.measures.schools.school_lists import list_to_load

    compared, ruled = (
        replace(table, rows=[row for row in table.rows if bool(row.rule) is of_rules])
        for of_rules in (False, True)
    )
    header, cells = worded_rows(ledger, compared, language)
    cli.print_table(written_table(header, cells, cli.banner(ledger, language)))
    if not cells and is_up_to_date:
        cli.echo(list_to_load(ECOLE_NUMERIQUE), language)
    if ruled.rows:
        typer.echo()
        header, cells = worded_rows(ledger, ruled, language)
        cli.print_table(written_table(header, cells))


def _print_rules(
    house: Sequence[RuleRow], of_calls: Sequence[RuleRow], claims: Sequence[RuleRow], language: str
) -> None:
    """Print the house rules, and what is known of the winners and claimed of them, where there is any."""
    from ennum_stats.measures.coverage.published_claims import VERDICTS

    rows = [[rule.precision or "", rule.basis or "", rule.meaning] for rule in house]
    cli.print_table(written_table(cli.headings(("Precision", "Basis", "Meaning"), language), rows))
    if of_calls:
        typer.echo()
        rows = [[rule.rule, rule.meaning, rule.source or "–"] for rule in of_calls]
        cli.print_table(written_table(cli.headings(("Rule", "Meaning", "Source"), language), rows))
    if claims:
        typer.echo()
        verdicts = cli.headings(tuple(VERDICTS[c.verdict or ""].text for c in claims), language)
        rows = [
            [claim.meaning, claim.basis or "", verdict, claim.source or ""]
            for claim, verdict in zip(claims, verdicts, strict=True)
        ]
        cli.print_table(written_table(cli.headings(("Claim", "Basis", "Verdict", "Source"), language), rows))


def _flat_conflict(record: dict[str, Any]) -> dict[str, Any]:
    chosen, others = record["chosen"], record["others"]
    return {
        **record,
        **{name: chosen[name] for name in ("value", "source_id", "published_on")},
        "other_values": [side["value"] for side in others],
        "other_source_ids": [side["source_id"] for side in others],
    }


def _flat_change(record: dict[str, Any]) -> dict[str, Any]:
    before, after = record["from"], record["to"]
    return {
        **record,
        "from_value": before["value"],
        "from_text": before["text"],
        "to_value": after["value"],
        "to_text": after["text"],
    }
