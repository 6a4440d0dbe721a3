"""Declare what a person decides, a row each of a small table, and its forms: those of the page and the workbooks, made
of the columns of the tables."""

from __future__ import annotations

from dataclasses import dataclass

from ennum_stats.errors import Message, message
from ennum_stats.imports.forms import CellReading, Field, Form
from ennum_stats.languages import LANGUAGES
from ennum_stats.raw.kinds import PERIOD
from ennum_stats.raw.schema import RawColumn
from ennum_stats.raw.tables import TABLE_BY_NAME

ABOUT = message("What it is about")
DECIDED = message("What you decide")
_KEPT = message("By which the row is known again: leave as it is")
_HEADINGS = {
    "observation_id": message("Name of the number"), "column": message("What is wrong"),
    "new_value": message("What it should be; empty: set aside"), "reason": message("Reason, in a sentence"),
    "note": message("Remark"), "reconciliation": message("Name of the difference"), "measure": message("Measure"),
    "programme": message("Programme"), "call": message("Call"), "listed": message("In the lists"),
    "published": message("Published"), "takes": message("Who is right?"), "rows": message("Rows"),
    "name_fr": message("Reason in French"), "name_de": message("Reason in German"),
    "name_nl": message("Reason in Dutch"), "name_en": message("Reason in English"),
    "implantation": message("Former number"), "same_as": message("Number now"), "reviewed_on": message("Checked on"),
    "about": ABOUT, "value": message("Value"), "document": message("Place"),
}  # fmt: skip
_SHORT = ("raison", "motif", "grund", "reden")
TEXTS = tuple(f"name_{language}" for language in LANGUAGES)
_LISTS = {"programmes": "programme", "calls": "call", "calls+call_sets": "call", "measures": "measure"}
"""The list of names that stands for the codes of a table."""


@dataclass(frozen=True)
class Decision:
    """Declare a kind of decision: its table, the columns that say what it is about, and that of its day."""

    table: str
    given: tuple[str, ...]
    day: str = "reviewed_on"
    is_dated: bool = False
    """Whether its day is what a person fills in: what it is about was proposed."""

    @property
    def is_translated(self) -> bool:
        """Whether its text stands there in every language."""
        return {*TEXTS} <= {*TABLE_BY_NAME[self.table].column_names}

    @property
    def asked_of_person(self) -> tuple[Field, ...]:
        """The columns that a person fills in, without the texts in several languages."""
        known = {*self.given, *TEXTS, *(() if self.is_dated else (self.day,))}
        return tuple(
            _field(column, DECIDED)
            for column in TABLE_BY_NAME[self.table].columns
            if column.name not in known
        )


DECISIONS = {
    "corrections": Decision("corrections", ("observation_id", "column", "old_value"), "decided_on"),
    "reconciliations": Decision(
        "reconciliations", ("reconciliation", "measure", "programme", "call", "listed", "published")
    ),
    "complete_lists": Decision("complete_lists", ("programme", "call", "rows")),
    "links": Decision("site_links", ("implantation", "same_as", "reason"), is_dated=True),
}


def _field(column: RawColumn, group: Message) -> Field:
    """Make the field of a column: chosen from a list where the column has one."""
    choices = column.name if column.choices or column.name == "column" else _LISTS.get(column.references, "")
    return Field(
        column.name, _HEADINGS.get(column.name, Message(column.name)), group, Message(column.description),
        CellReading.CHOICE if choices else CellReading.PERIOD if column.kind is PERIOD else CellReading.TEXT, choices,
        column.required and column.name not in TEXTS, _SHORT if column.name == "reason" else (),
        30 if group is DECIDED else 22,
    )  # fmt: skip


def _form(name: str, sheet: Message, headline: Message, shown: tuple[str, ...], *guidance: Message) -> Form:
    """Make the form of a workbook: what is `shown` of a decision, what is asked, by which columns it is known again."""
    decision = DECISIONS[name]
    columns = {column.name: column for column in TABLE_BY_NAME[decision.table].columns}
    given = [key for key in decision.given if key not in ("old_value", "column")]
    as_read = message("To read; it is not taken back.")
    return Form(
        name, sheet, headline,
        (
            *(Field(key, _HEADINGS[key], ABOUT, as_read, width=44 if key == "about" else 24) for key in shown),
            *([_field(columns["column"], DECIDED)] if "column" in columns else []),
            *decision.asked_of_person,
            *(_field(columns[key], DECIDED) for key in TEXTS if key in columns),
            *(_field(columns[key], _KEPT) for key in given),
        ),
        (), (message("A row in which you fill in nothing stays as it is."), *guidance),
    )  # fmt: skip


_ONE_LANGUAGE = message("One language is enough for a reason: the others get it, marked to be translated.")
DECISION_FORMS = {
    form.kind: form
    for form in (
        _form(
            "corrections", message("Corrections"),
            message("Numbers that documents print wrongly: fill in the rows that are to be corrected"),
            ("about", "value", "document"),
            message("The number itself stays as it is printed; the correction is shown beside it."),
            message("To correct two cells of one number, copy its row."),
        ),
        _form(
            "reconciliations", message("Explanations"),
            message("Lists and published numbers that differ: say who is right, and why"), ("about",), _ONE_LANGUAGE,
        ),
        _form(
            "complete_lists", message("Complete lists"),
            message("Lists of which it is not known whether they are complete: say why they are"), ("about",),
            _ONE_LANGUAGE,
        ),
        _form(
            "links", message("Numbers of one site"),
            message("School numbers that may be one site: write the day on which you checked those that are"),
            ("about",),
        ),
    )
}  # fmt: skip
