"""Chart of the plans that were announced for schools: what each was to cost, in all and by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ennum_stats.charts import spec
from ennum_stats.charts.budgets import years_of
from ennum_stats.errors import message
from ennum_stats.languages import listed, span_words, translate
from ennum_stats.measures.programmes import CONNECTIVITY, plans
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import first_capital, semicolons
from ennum_stats.wording import words

TITLE = message("{amount} announced for {years}")
TITLE_WITH_PARTS = message("{amount} announced for {years} ({parts})")
SUBTITLE = message("Amounts that plans announced, in all and by part, at current prices")
ANNOUNCED = message("announced")
IN_ALL = message("in all")
NOT_DRAWN = message("Plans that were announced are not drawn: {years}.")
PLAN_OR_PART, AMOUNT = message("Plan or part"), message("Amount announced (euros)")
_COLOURS = {
    "wifi": CONNECTIVITY, "connectivity": CONNECTIVITY,
    "equipment": "ecole_numerique", "call_for_projects": "ecole_numerique",
}  # fmt: skip
"""The programme whose work a part of a plan goes on with."""


@dataclass(frozen=True)
class _Announced:
    """Hold what a plan announced for a part, or in all where there is no part."""

    plan: str
    component: str | None
    value: Known

    def years(self, language: str) -> str:
        """Write the first and the last year of the plan; nothing where the document tells none."""
        return years_of(self.value.observations[0], language)


def plan_budgets(ledger: Ledger, language: str, _: spec.ChartOptions) -> spec.Chart:
    """Draw what each plan announced, the newest plan first: in all, then its parts."""
    announced = list(_announced(ledger))
    return spec.ChartDraft(
        kind="bars",
        title=_title(ledger, announced, language),
        subtitle=translate(SUBTITLE, language) + ".",
        marks=[
            replace(
                spec.mark_of(first_capital(_part(ledger, amount, language)), amount.value, language),
                detail=amount.years(language),
                colour=_COLOURS.get(amount.component or "", "neutral"),
                state="planned",
                remark=translate(ANNOUNCED, language),
                about=("programme", amount.plan),
            )
            for amount in announced
        ],
        evidence=[amount.value for amount in announced],
        unit="EUR",
        label_heading=translate(PLAN_OR_PART, language),
        value_heading=translate(AMOUNT, language),
    ).completed(ledger, language)


def plans_not_drawn(ledger: Ledger, language: str) -> str:
    """Say of a chart of programmes which announced plans it leaves out, as a sentence that follows another;
    nothing where none was known."""
    spans: list[tuple[date | None, date | None]] = [
        (plan.valid_from, plan.valid_to) for plan in plans(ledger)
    ]
    years = [span_words(first.year, last.year, language) for first, last in spans if first and last]
    if not years:
        return ""
    return " " + translate(NOT_DRAWN, language, years=listed(years, language))


def _announced(ledger: Ledger) -> Iterator[_Announced]:
    for plan in reversed(plans(ledger)):
        parts = ledger.codes("budget_planned", "component", programme=plan.programme)
        amounts = []
        for component in (None, *parts):
            part = {"component": component} if component else {}
            value = ledger.answer("budget_planned", programme=plan.programme, **part)
            if isinstance(value, Known):
                amounts.append(_Announced(plan.programme, component, value))
        yield from sorted(
            amounts, key=lambda amount: (amount.component is not None, -amount.value.quantity.bounds.ends[0])
        )


def _title(ledger: Ledger, announced: list[_Announced], language: str) -> str:
    """Say what the newest plan announced in all, and its parts."""
    wholes = [amount for amount in announced if amount.component is None]
    if not wholes:
        return ""
    newest = wholes[0]
    years = newest.years(language) or ledger.name("programmes", newest.plan, language)
    values = {"amount": words(newest.value.quantity, language, style="text"), "years": years}
    parts = [
        translate(
            spec.LABEL_VALUE,
            language,
            label=_part(ledger, amount, language),
            value=spec.value_text(amount.value.quantity, language),
        )
        for amount in announced
        if amount.plan == newest.plan and amount.component
    ]
    if not parts:
        return first_capital(translate(TITLE, language, **values))
    return first_capital(translate(TITLE_WITH_PARTS, language, **values, parts=semicolons(parts, language)))


def _part(ledger: Ledger, amount: _Announced, language: str) -> str:
    if amount.component is None:
        return translate(IN_ALL, language)
    return ledger.name("codelists.component", amount.component, language)
