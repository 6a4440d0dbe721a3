"""Make the kit's tables about the years after 2020: what plans announced, and what was published when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ennum_stats.document.blocks import Row, WrittenTable, column, group, row
from ennum_stats.figures.contradictions import subject
from ennum_stats.figures.since_2020 import published_by_year
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.figure_tables import cited
from ennum_stats.languages import number
from ennum_stats.measures.programmes import plans as known_plans
from ennum_stats.store.answers import Known, Observation
from ennum_stats.typography import typeset
from ennum_stats.wording import words


def plans(edition: Edition) -> WrittenTable:
    """Tabulate what each plan announced, the newest plan first: each number that no later one replaces, with
    its document."""
    columns = (
        column(edition.t("What was announced"), width=46),
        column(edition.t("In words"), width=27),
        column(edition.t("Document"), width=27),
    )
    rows: list[Row] = []
    for plan in reversed(known_plans(edition.ledger)):
        rows.append(group(typeset(plan.names[edition.language], edition.language)))
        rows += [
            row(
                typeset(
                    subject(edition.ledger, replace(observation, programme=None), edition.language),
                    edition.language,
                ),
                words(observation.quantity, edition.language) if observation.quantity else "",
                edition.quoted(cited(edition, observation)),
            )
            for observation in _announced(edition, plan.programme)
        ]
    return WrittenTable(columns, tuple(rows), is_dense=True)


def _announced(edition: Edition, plan: str) -> Iterator[Observation]:
    """Give one number for each thing that a plan announced, in the order of their measures and parts."""
    every = [o for o in edition.ledger.all_observations() if o.programme == plan]
    things = {(o.measure, o.component or "") for o in every}
    for measure, component in sorted(things):
        part = {"component": component} if component else {}
        answer = edition.ledger.answer(measure, programme=plan, **part)
        if isinstance(answer, Known):
            yield answer.observations[0]


def years(edition: Edition) -> WrittenTable:
    """Tabulate how many documents with numbers there are of each year after 2020, and how many numbers; no
    row before there is one."""
    columns = (
        column(edition.t("Year"), width=30),
        column(edition.t("Documents with numbers"), width=35, is_number=True),
        column(edition.t("Numbers"), width=35, is_number=True),
    )
    counted = published_by_year(edition.ledger)
    rows = [
        row(str(t.year), number(t.documents, edition.language), number(t.numbers, edition.language))
        for t in counted
    ]
    return WrittenTable(columns, tuple(rows) if any(target.numbers for target in counted) else ())
