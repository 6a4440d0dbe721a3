"""The raw tables, declared once: their files, columns, kinds of value, keys and references.

Reading, checking, the store, the data dictionary and the forms loop over `TABLES`; nothing else names a
column twice.
"""

from __future__ import annotations

from ennum_stats.languages import LANGUAGES
from ennum_stats.quantities import UNITS, Precision, Reason
from ennum_stats.raw.schema import (
    LANGUAGE_SUFFIXES,
    SOURCE_KINDS,
    STATUSES,
    Column,
    Kind,
    Table,
    code,
    names,
    optional,
)
from ennum_stats.raw.school_tables import SCHOOL_TABLES

__all__ = [
    "EMBARGOED",
    "LANGUAGE_SUFFIXES",
    "SOURCE_KINDS",
    "STATUSES",
    "TABLES",
    "TABLE_BY_NAME",
    "Column",
    "Kind",
    "Table",
]

_NOTE = Column("note", description="Anything a reader must know.")
_SOURCE = code("source_id", "The document.", "sources")
_LOCATOR = Column("locator", description="The place in the document.")

OBSERVATION_COLUMNS = (
    code("observation_id", "Stable, readable key: source, measure, call or programme, breakdown."),
    code("measure", "What was counted or paid (see the vocabulary of measures).", "measures"),
    optional("programme", "programmes", "The programme; empty for all or none of them."),
    optional("call", "calls+call_sets", "A call or a set of calls."),
    optional("territory", "codelists.territory", "The territory."),
    optional("level", "codelists.level", "Level of teaching."),
    optional("network", "codelists.network", "School network."),
    optional("province", "codelists.province", "Province."),
    optional("component", "codelists.component", "Part of a budget, function, kind of device…"),
    optional("stage", "codelists.stage", "Planned, awarded, paid, installed…"),
    optional("counted", "codelists.counted", "The unit counted: a school is not a site."),
    Column("valid_from", Kind.PERIOD_START, description="First day to which the number belongs."),
    Column("valid_to", Kind.PERIOD_END, description="Last day to which the number belongs."),
    Column("value", Kind.DECIMAL, non_negative=True, description="As printed; empty for bounds."),
    Column("lower", Kind.DECIMAL, non_negative=True, description="Lower bound as printed."),
    Column("upper", Kind.DECIMAL, non_negative=True, description="Upper bound as printed."),
    Column("unit", Kind.CODE, required=True, choices=tuple(UNITS), description="Unit."),
    Column(
        "step", Kind.DECIMAL, non_negative=True,
        description="Place of the last printed digit within the printed scale.",
    ),
    Column(
        "precision", Kind.CODE, choices=tuple(Precision), description="How the document gives it."
    ),
    Column("status", Kind.CODE, required=True, choices=STATUSES, description="SDMX status."),
    Column(
        "missing_reason", Kind.CODE, choices=tuple(Reason),
        description="Why there is no number; only where value and bounds are empty.",
    ),
    _SOURCE,
    Column("locator", required=True, description="The place in the document."),
    Column("embargo_until", Kind.MOMENT, description="Not shown to the public before."),
    _NOTE,
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    Table(
        "sources", "sources.csv",
        (
            code("source_id", "Key of the document."),
            Column("title", required=True, description="Title of the document."),
            Column(
                "title_language", Kind.CODE, required=True, choices=LANGUAGES,
                description="Language of the title.",
            ),
            Column("publisher", required=True, description="Who published it."),
            Column("kind", Kind.CODE, required=True, choices=SOURCE_KINDS, description="Rank."),
            Column("published_on", Kind.PERIOD, description="Day, month or year."),
            Column("retrieved_on", Kind.PERIOD, required=True, description="Day it was read."),
            Column("url", description="Address, where there is one."),
            Column("licence", description="Licence, where one is stated."),
            _NOTE,
        ),
        ("source_id",), "Documents: a page that changed is another source.",
    ),
    Table(
        "programmes", "programmes.csv",
        (
            code("programme", "Key of the programme."),
            Column("kind", Kind.CODE, required=True, choices=("programme", "plan")),
            *names(),
            Column("valid_from", Kind.PERIOD_START, required=True, description="Beginning."),
            Column("valid_to", Kind.PERIOD_END, description="End; empty while it runs."),
            Column(
                "adult_education", Kind.CODE, required=True, choices=("yes", "no", "unknown"),
                description="Whether the sites that it reached include promotion sociale.",
            ),
            _SOURCE,
            _NOTE,
        ),
        ("programme",), "Programmes of equipment, and plans announced for them.",
    ),
    Table(
        "calls", "calls.csv",
        (
            code("call", "Key of the call."),
            code("programme", "Its programme.", "programmes"),
            *names(),
            Column("valid_from", Kind.PERIOD_START, required=True, description="School years, from."),
            Column("valid_to", Kind.PERIOD_END, required=True, description="School years, to."),
            Column("opened_on", Kind.PERIOD, description="Opening of the call."),
            Column("closed_on", Kind.PERIOD, description="End of submission."),
            _SOURCE,
            _NOTE,
        ),
        ("call",), "Calls for projects.",
    ),
    Table(
        "call_sets", "call_sets.csv",
        (
            code("call_set", "Key of the set."),
            *names(),
            Column("calls", Kind.CODES, required=True, references="calls"),
            _NOTE,
        ),
        ("call_set",), "Sets of calls to which a document gives one number.",
    ),
    Table(
        "codelists", "codelists.csv",
        (
            code("codelist", "Which list."),
            code("code", "Code in the list."),
            *names(),
            Column("parts", Kind.CODES, description="Codes of the list that make it up, all of them."),
            _NOTE,
        ),
        ("codelist", "code"), "Names of the codes of every dimension.",
    ),
    Table(
        "universes", "universes.csv",
        (
            code("universe", "Key of the universe."),
            code("counted", "The unit counted.", "codelists.counted"),
            *names(),
            code("measure", "Measure that gives its size.", "measures"),
            code("territory", "Territory.", "codelists.territory"),
            optional("adds_level", "codelists.level", "Level counted beside."),
            optional("removes_level", "codelists.level", "Level taken out."),
            _NOTE,
        ),
        ("universe",), "What a share may be a share of.",
    ),
    Table(
        "observations", "observations", OBSERVATION_COLUMNS, ("observation_id",),
        "One number that one document published.", is_folder=True,
    ),
    Table(
        "milestones", "milestones.csv",
        (
            code("milestone", "Key of the milestone."),
            Column("occurred_on", Kind.PERIOD, required=True, description="Day, month, year."),
            optional("programme", "programmes", "Its programme."),
            optional("call", "calls", "Its call."),
            *names(), _SOURCE, _LOCATOR,
        ),
        ("milestone",), "What happened when.",
    ),
    Table(
        "actors", "actors.csv",
        (
            code("actor", "Key of the actor."),
            *names(),
            Column("abbreviation", description="Usual abbreviation."),
            _NOTE,
        ),
        ("actor",), "Who takes part.",
    ),
    Table(
        "actor_roles", "actor_roles.csv",
        (
            code("actor", "The actor.", "actors"),
            Column("position", Kind.INTEGER, required=True, description="Order."),
            *names(), _SOURCE, _LOCATOR,
        ),
        ("actor", "position"), "What each actor does.",
    ),
    Table(
        "events", "events.csv",
        (
            code("event", "Key of the event."),
            code("call", "Its call.", "calls"),
            Column(
                "kind", Kind.CODE, required=True,
                choices=(
                    "opening", "information_period", "information_session", "submission_deadline",
                    "validation_deadline", "closing",
                ),
            ),
            Column("starts_on", Kind.PERIOD, required=True, description="First day."),
            Column("ends_on", Kind.PERIOD, description="Last day."),
            Column("starts_at", Kind.TIME, description="Hour."),
            Column("ends_at", Kind.TIME, description="Hour."),
            Column("place", description="Venue and town."),
            *names(), _SOURCE, _LOCATOR,
        ),
        ("event",), "Dates of a call.",
    ),
    Table(
        "prices", "prices.csv",
        (
            code("series", "Which index."),
            Column("year", Kind.INTEGER, required=True, description="Year."),
            Column("index", Kind.DECIMAL, required=True, non_negative=True, description="Yearly mean."),
            Column("base_year", Kind.INTEGER, required=True, description="Year of 100."),
            _SOURCE,
        ),
        ("series", "year"), "Consumer price index.",
    ),
    Table(
        "exchange_rates", "exchange_rates.csv",
        (
            code("currency", "Currency that the euro replaced."),
            Column("per_euro", Kind.DECIMAL, required=True, non_negative=True),
            _SOURCE, _LOCATOR,
        ),
        ("currency",), "Official rates of conversion.",
    ),
    Table(
        "rules", "rules.csv",
        (
            code("rule", "Key of the rule."),
            Column(
                "kind", Kind.CODE, required=True,
                choices=("exclusion", "size", "union", "logic", "assumption"),
            ),
            Column("calls", Kind.CODES, references="calls", description="Empty for every call."),
            Column("excluded_calls", Kind.CODES, references="calls", description="Former winners."),
            Column("value", Kind.DECIMAL, non_negative=True, description="Number of sites."),
            *names(),
            optional("source_id", "sources", "The document; empty for logic and assumptions."),
            _LOCATOR, _NOTE,
        ),
        ("rule",), "What documents say about who could win and how many sites were reached.",
    ),
    Table(
        "corrections", "corrections.csv",
        (
            code("observation_id", "The row that is corrected.", "observations"),
            code("column", "The cell that is wrong in the document."),
            Column("old_value", required=True, description="What stands there: the guard."),
            Column("new_value", description="What it is taken for; empty: set aside."),
            Column("reason", required=True, description="Why it is wrong, in a sentence."),
            Column("decided_on", Kind.PERIOD, required=True, description="Day of the decision."),
            _NOTE,
        ),
        ("observation_id", "column"), "What is wrong in a document, corrected in the open.",
    ),
    *SCHOOL_TABLES,
)  # fmt: skip

EMBARGOED = Table(
    "embargoed", "embargoed", OBSERVATION_COLUMNS, ("observation_id",),
    "Observations that the public must not see yet; git ignores them.", is_folder=True,
)  # fmt: skip
"""Read beside the observations, and joined with them; not a table of the store."""

TABLE_BY_NAME = {table.name: table for table in TABLES}
