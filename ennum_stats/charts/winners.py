"""Charts of the winners of the calls: projects, budget and mean grant of each call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ennum_stats.charts import spec
from ennum_stats.errors import Message, message
from ennum_stats.languages import listed, plural, rounded, spelled, translate, translate_plural
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, Whole, call_calendar, call_range
from ennum_stats.measures.labels import prices_words
from ennum_stats.measures.targets import is_settled
from ennum_stats.measures.winners import WinnersRow, winners_rows
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing, sum_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import first_capital, typeset
from ennum_stats.wording import headline_words, key_figure, money, words

ORDINALS = (
    message("the first"), message("the second"), message("the third"), message("the fourth"),
    message("the fifth"), message("the sixth"), message("the seventh"), message("the eighth"),
    message("the ninth"), message("the tenth"),
)  # fmt: skip
# Defines the first call.
WINNERS_TITLE = message("From {first} winners in the first call to {last} in {last_call}")
WINNERS_BY_NAME = message("From {first} winners in {first_call} to {last} in {last_call}")
WINNERS_OF_CALL = message("{n} winners in {call}")
PLANNED_TITLE = message("{value} planned for {call}")
BUDGET_TITLE = plural("{amount} awarded in {n} call", "{amount} awarded in {n} calls")
BUDGET_OF_CALLS = message("{calls}: {amount} awarded")
# States highest mean.
MEAN_TITLE = message("{call} awarded the most per project: {amount} on average")
MEAN_OF_KNOWN = message(
    # States highest mean.
    "Of calls with a known amount, {call} awarded the most per project: {amount} on average"
)
MEAN_OF_CALL = message("{call}: {amount} per project on average")
MEAN_TITLE_PLAIN = message("Mean grant per project, from {first} to {last}")
APPLICANTS_TITLE = message("Applicants for one winner: {first} in {first_call}, {last} in {last_call}")
NOT_BOTH_KNOWN = message("No document gives both numbers for {calls}.")
APPLICANTS_OF_CALL = message("Applicants for one winner in {call}: {n}")
CALL = message("Call (school year)")
NOT_A_TIME_AXIS = message("The axis follows the calls, not the years; several school years for {calls}.")
IS_PLANNED = message("Hatched: planned.")
PLANNED_ONLY = message("was planned; what was awarded is not published")
PLANNED_FOR = message(
    "was planned for the projects that its document counts ({projects}); what was awarded is not published"
)
POPULATION = message("École Numérique, Wallonia, adult education included")


_Result = tuple[WinnersRow, Known]
"""A call and what is known of it."""


@dataclass(frozen=True)
class CallSubject:
    """Declare one number of every call, as planned and as awarded, and how it is said."""

    awarded: Callable[[WinnersRow], Answer]
    planned: Callable[[WinnersRow], Answer]
    unit: str
    subtitle: Message
    heading: Message
    short: Callable[[Quantity, str], str] = spec.value_text
    unknown: Message = spec.NUMBER_NOT_KNOWN


def winners_per_call(ledger: Ledger, language: str, options: spec.ChartOptions) -> spec.Chart:
    """Draw the projects awarded by each call."""
    return _chart(ledger, language, WINNERS, _winners_title, options)


def budget_per_call(ledger: Ledger, language: str, options: spec.ChartOptions) -> spec.Chart:
    """Draw the budget awarded to each call."""
    return _chart(ledger, language, BUDGET, _budget_title, options)


def mean_grant_per_call(ledger: Ledger, language: str, options: spec.ChartOptions) -> spec.Chart:
    """Draw the mean grant of a project of each call: budget awarded over projects awarded."""
    return _chart(ledger, language, MEAN, _mean_title, options)


def applicants_per_winner(ledger: Ledger, language: str, options: spec.ChartOptions) -> spec.Chart:
    """Draw how many projects were submitted to each call for one that it selected."""
    return _chart(ledger, language, APPLICANTS, _applicants_title, options)


def millions(quantity: Quantity, language: str) -> str:
    """Write a sum in tenths of a million where its bounds allow such a print, so that bars compare."""
    low, high = quantity.bounds.ends
    if quantity.value is None:
        return spec.value_text(quantity, language)
    tenths = rounded(quantity.value, Decimal(100_000))
    if low < tenths - 50_000 or high > tenths + 50_000:
        return spec.value_text(quantity, language)
    return money(quantity.value, language, "million", decimals=1)


def rounded_text(quantity: Quantity, language: str) -> str:
    """Write a mean without "about" where it is known to the unit: the subtitle says that means are rounded."""
    if quantity.bounds.width > 1:
        return spec.value_text(quantity, language)
    return key_figure(quantity, language).number


WINNERS = CallSubject(
    lambda row: row.projects_awarded, lambda row: row.projects_planned, "projects",
    message("Projects awarded, by call"), message("Projects"),
)  # fmt: skip
BUDGET = CallSubject(
    lambda row: row.budget_awarded, lambda row: row.budget_planned, "EUR",
    message("Budget awarded, by call, {prices}"), message("Budget (euros)"),
    millions,
)  # fmt: skip
MEAN = CallSubject(
    lambda row: row.mean_grant, lambda row: row.mean_grant_planned, "EUR/project",
    message("Budget awarded over projects awarded, by call, {prices}, rounded"),
    message("Mean grant (euros per project)"),
    rounded_text,
)  # fmt: skip

APPLICANTS = CallSubject(
    lambda row: row.applicants_per_winner, lambda _: Missing(Reason.NOT_APPLICABLE),
    "projects/project",
    message("Projects submitted over projects awarded, by call, rounded"),
    message("Applicants for one winner"), unknown=NOT_BOTH_KNOWN,
)  # fmt: skip


def _chart(
    ledger: Ledger,
    language: str,
    subject: CallSubject,
    title: Callable[[Ledger, Whole, Sequence[_Result], str], str],
    options: spec.ChartOptions,
) -> spec.Chart:
    prices, calls = options.prices, options.calls
    rows = [row for row in winners_rows(ledger, prices=prices).rows if not calls or row.call in calls]
    shown = [_shown(row, subject) for row in rows]
    marks = [_mark(ledger, row, *it, subject, language) for row, it in zip(rows, shown, strict=True)]
    known = [
        (row, answer)
        for row, (answer, is_planned) in zip(rows, shown, strict=True)
        if isinstance(answer, Known) and not is_planned
    ]
    whole = call_calendar(ledger).whole([row.call for row, _ in known], calls or None)
    population = translate(POPULATION, language)
    subtitle = translate(subject.subtitle, language, prices=prices_words(prices, language))
    return spec.ChartDraft(
        kind="columns",
        title=title(ledger, whole, known, language) if known else _planned_title(marks, language),
        subtitle=f"{subtitle}. {population}.",
        marks=marks,
        evidence=[answer for answer, _ in shown if isinstance(answer, Known)],
        unit=subject.unit,
        label_heading=translate(CALL, language),
        value_heading=translate(subject.heading, language),
        notes=[
            *_notes(rows, marks, subject.unknown, language),
            *spec.deduced(ledger, [row.call for row in rows], language),
        ],
    ).completed(ledger, language)


def _shown(row: WinnersRow, subject: CallSubject) -> tuple[Answer, bool]:
    """Choose what was awarded, or else what is planned; say whether it is planned."""
    awarded, planned = subject.awarded(row), subject.planned(row)
    if not isinstance(awarded, Known) and isinstance(planned, Known):
        return planned, True
    return awarded, False


def _mark(
    ledger: Ledger, row: WinnersRow, answer: Answer, is_planned: bool, subject: CallSubject, language: str
) -> spec.Mark:
    quantity = answer.quantity
    text = translate(spec.NOT_KNOWN, language)
    if quantity is not None:
        text = subject.short(quantity, language)
        if is_planned:
            text = translate(spec.VALUE_PLANNED, language, value=text)
    return spec.Mark(
        label=row.call,
        detail=typeset(row.school_year, language),
        quantity=quantity,
        text=text,
        words=answer.words(language) if quantity else text,
        colour=ECOLE_NUMERIQUE,
        state="unknown" if quantity is None else "planned" if is_planned else "reached",
        remark=_planned(ledger, row, answer, language) if is_planned else "",
        about=("call", row.call),
        observations=answer.observations,
    )


def _planned(ledger: Ledger, row: WinnersRow, answer: Answer, language: str) -> str:
    """Say that a number is planned; once that is settled, of how many projects its document spoke."""
    if not all(is_settled(ledger, observation) for observation in answer.observations):
        return translate(spec.PLANNED, language)
    documents = {observation.source.source_id for observation in answer.observations}
    counted = [
        observation.quantity
        for measure in ("projects_planned", "projects_awarded")
        for observation in ledger.select(measure, programme=ECOLE_NUMERIQUE, call=row.call)
        if observation.source.source_id in documents and observation.quantity
    ]
    if not counted:
        return translate(PLANNED_ONLY, language)
    return translate(PLANNED_FOR, language, projects=words(counted[0], language, style="text"))


def _notes(
    rows: Sequence[WinnersRow], marks: Sequence[spec.Mark], not_known: Message, language: str
) -> list[str]:
    notes = []
    long_calls = [row.call for row in rows if _school_years(row.school_year) > 1]
    if long_calls:
        notes.append(translate(NOT_A_TIME_AXIS, language, calls=listed(long_calls, language)))
    if any(mark.state == "planned" for mark in marks):
        notes.append(translate(IS_PLANNED, language))
    notes += [
        f"{translate(spec.LABEL_VALUE, language, label=mark.label, value=mark.remark)}."
        for mark in marks
        if mark.state == "planned" and mark.remark != translate(spec.PLANNED, language)
    ]
    unknown = [mark.label for mark in marks if mark.state == "unknown"]
    if unknown:
        notes.append(translate(not_known, language, calls=listed(unknown, language)))
    return notes


def _school_years(school_year: str) -> int:
    """Count the years that a call covers; of one whose school year is not known, 0."""
    first, _, last = school_year.partition("-")
    return int(last) - int(first) if last else 0


def _planned_title(marks: Sequence[spec.Mark], language: str) -> str:
    """Title a chart of which nothing has been awarded yet."""
    planned = [mark for mark in marks if mark.state == "planned"]
    if not planned:
        return ""
    value, call = planned[-1].words, planned[-1].label
    return first_capital(translate(PLANNED_TITLE, language, value=value, call=call))


def _winners_title(ledger: Ledger, _: Whole, known: Sequence[_Result], language: str) -> str:
    """Title the winners from the first call to the last: numbered, where the first of all is among them."""
    numbers = [words(answer.quantity, language, style="text", noun=False) for _, answer in known]
    calls = [row.call for row, _ in known]
    if len(calls) == 1:
        return translate(WINNERS_OF_CALL, language, n=numbers[0], call=calls[0])
    ends = {"first": numbers[0], "last": numbers[-1]}
    all_calls = [call.call for call in ledger.calls]
    place = all_calls.index(calls[-1])
    is_known = all(call.years for call in ledger.calls[: place + 1])
    if is_known and calls[0] == all_calls[0] and place < len(ORDINALS):
        ordinal = translate(ORDINALS[place], language)
        return translate(WINNERS_TITLE, language, **ends, last_call=ordinal)
    return translate(WINNERS_BY_NAME, language, **ends, first_call=calls[0], last_call=calls[-1])


def _budget_title(ledger: Ledger, whole: Whole, known: Sequence[_Result], language: str) -> str:
    """Tell the sum, and of how many calls, or of which ones where it is not that of all."""
    total = sum_of(item[1] for item in known)
    assert isinstance(total, Known)
    amount = headline_words(total.quantity, language)
    if not whole.is_closed:
        names = call_range(ledger, whole.covered, language)
        return translate(BUDGET_OF_CALLS, language, calls=names, amount=amount)
    calls = spelled(len(known), language)
    title = translate_plural(*BUDGET_TITLE, len(known), language, n=calls, amount=amount)
    return first_capital(title)


def _mean_title(_: Ledger, whole: Whole, known: Sequence[_Result], language: str) -> str:
    """Name the call of the highest mean, if its bounds leave no doubt."""
    row, top = max(known, key=lambda item: item[1].quantity.value or item[1].quantity.bounds.ends[0])
    lower = top.quantity.bounds.ends[0]
    amount = words(top.quantity, language, style="text", noun=False)
    if len(known) == 1:
        return translate(MEAN_OF_CALL, language, call=row.call, amount=amount)
    others = [it.quantity.bounds.ends[1] for _call, it in known if it is not top]
    if lower > max(others):
        title = MEAN_TITLE if whole.is_closed else MEAN_OF_KNOWN
        return translate(title, language, call=row.call, amount=amount)
    first, last = known[0][0].call, known[-1][0].call
    return translate(MEAN_TITLE_PLAIN, language, first=first, last=last)


def _applicants_title(_: Ledger, _whole: Whole, known: Sequence[_Result], language: str) -> str:
    """Tell the ratio of the first and of the last call of which it is known."""
    numbers = [words(answer.quantity, language, style="text", noun=False) for _, answer in known]
    calls = [row.call for row, _ in known]
    if len(calls) == 1:
        return first_capital(translate(APPLICANTS_OF_CALL, language, n=numbers[0], call=calls[0]))
    ends = {"first": numbers[0], "last": numbers[-1]}
    named = {"first_call": calls[0], "last_call": calls[-1]}
    return first_capital(translate(APPLICANTS_TITLE, language, **ends, **named))
