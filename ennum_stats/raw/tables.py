"""The raw tables, declared once: their files, columns, kinds of cells, keys and references.

Reading, checking, the store, the data dictionary and the forms loop over `TABLES`.
"""

from __future__ import annotations

from ennum_stats.languages import LANGUAGES
from ennum_stats.raw import kinds
from ennum_stats.raw.schema import RawColumn, RawTable, code, names, optional, table
from ennum_stats.raw.school_tables import MEMORY_TABLES, SCHOOL_TABLES
from ennum_stats.vocabulary import COMMUNE_UNITS, DIMENSIONS, SOURCE_KINDS, STATUSES, UNITS, Precision, Reason

_NOTE = RawColumn("note", description="Anything a reader must know.")
_SOURCE = code("source_id", "The document.", "sources")
_LOCATOR = RawColumn("locator", description="The place in the document.")

OBSERVATION_COLUMNS = (
    RawColumn(
        "observation_id",
        kinds.MADE_CODE,
        required=True,
        description="Stable, readable key: source, measure, call or programme, breakdown.",
    ),
    code("measure", "What was counted or paid (see the vocabulary of measures).", "measures"),
    *(optional(dimension.code, dimension.names, dimension.description) for dimension in DIMENSIONS.values()),
    RawColumn("valid_from", kinds.PERIOD_START, description="First day to which the number belongs."),
    RawColumn("valid_to", kinds.PERIOD_END, description="Last day to which the number belongs."),
    RawColumn("value", kinds.AMOUNT, description="As printed; empty for bounds."),
    RawColumn("lower", kinds.AMOUNT, description="Lower bound as printed."),
    RawColumn("upper", kinds.AMOUNT, description="Upper bound as printed."),
    RawColumn("unit", kinds.CODE, required=True, choices=tuple(UNITS), description="Unit."),
    RawColumn("step", kinds.AMOUNT, description="Place of the last printed digit within the printed scale."),
    RawColumn("precision", kinds.CODE, choices=tuple(Precision), description="How the document gives it."),
    RawColumn("status", kinds.CODE, required=True, choices=tuple(STATUSES), description="SDMX status."),
    RawColumn(
        "missing_reason",
        kinds.CODE,
        choices=tuple(Reason),
        description="Why there is no number; only where value and bounds are empty.",
    ),
    _SOURCE,
    RawColumn("locator", required=True, description="The place in the document."),
    RawColumn("embargo_until", kinds.MOMENT, description="Not shown to the public before."),
    _NOTE,
)

RELEASE_KINDS = ("document", "list", "figures", "embargo")
"""What the calendar announces: an `embargo` is announced by its end."""

KEY_COLUMNS = ("measure", *DIMENSIONS, "valid_from", "valid_to")
"""What makes two numbers numbers of the same thing."""

TABLES: tuple[RawTable, ...] = (
    table(
        "sources", "Documents: a page that changed is another source.", ("source_id",),
        code("source_id", "Key of the document."),
        RawColumn("title", required=True, description="Title of the document."),
        RawColumn(
            "title_language", kinds.CODE, required=True, choices=LANGUAGES,
            description="Language of the title.",
        ),
        RawColumn("publisher", required=True, description="Who published it."),
        RawColumn("kind", kinds.CODE, required=True, choices=tuple(SOURCE_KINDS), description="Rank."),
        RawColumn("published_on", kinds.PERIOD, description="Day, month or year."),
        RawColumn("retrieved_on", kinds.PERIOD, required=True, description="Day it was read.", is_past=True),
        RawColumn("url", kinds.ADDRESS, description="Address, where there is one."),
        RawColumn("licence", description="Licence, where one is stated."),
        _NOTE,
        embargoed="embargoed/sources.csv",
    ),
    table(
        "programmes", "Programmes of equipment, and plans announced for them.", ("programme",),
        code("programme", "Key of the programme."),
        RawColumn("kind", kinds.CODE, required=True, choices=("programme", "plan")),
        *names(),
        RawColumn("valid_from", kinds.PERIOD_START, required=True, description="Beginning."),
        RawColumn("valid_to", kinds.PERIOD_END, description="End; empty while it runs."),
        RawColumn(
            "adult_education", kinds.CODE, required=True, choices=("yes", "no", "unknown"),
            description="Whether the sites that it reached include promotion sociale.",
        ),
        _SOURCE,
        _NOTE,
    ),
    table(
        "calls", "Calls for projects.", ("call",),
        code("call", "Key of the call."),
        code("programme", "Its programme.", "programmes"),
        *names(),
        RawColumn("valid_from", kinds.PERIOD_START, required=True, description="School years, from."),
        RawColumn("valid_to", kinds.PERIOD_END, required=True, description="School years, to."),
        RawColumn("opened_on", kinds.PERIOD, description="Opening of the call."),
        RawColumn("closed_on", kinds.PERIOD, description="End of submission."),
        _SOURCE,
        _NOTE,
    ),
    table(
        "deductions", "Days of programmes and calls that no document prints, and what they follow from.",
        ("subject",),
        code("subject", "The programme or call.", "programmes+calls"),
        RawColumn("days", kinds.CODES, required=True, description="Which of them: valid_from, valid_to."),
        *names(), _SOURCE, _LOCATOR,
        is_optional=True,
    ),
    table(
        "call_sets", "Sets of calls to which a document gives one number.", ("call_set",),
        code("call_set", "Key of the set."),
        *names(),
        RawColumn("calls", kinds.CODES, required=True, references="calls"),
        _NOTE,
    ),
    table(
        "codelists", "Names of the codes of every dimension.", ("codelist", "code"),
        code("codelist", "Which list."),
        code("code", "Code in the list."),
        *names(),
        RawColumn("parts", kinds.CODES, description="Codes of the list that make it up, all of them."),
        _NOTE,
    ),
    table(
        "universes", "What a share may be a share of.", ("universe",),
        code("universe", "Key of the universe."),
        code("counted", "The unit counted.", "codelists.counted"),
        *names(),
        code("measure", "Measure that gives its size.", "measures"),
        code("territory", "Territory.", "codelists.territory"),
        optional("adds_level", "codelists.level", "Level counted beside."),
        optional("removes_level", "codelists.level", "Level taken out."),
        _NOTE,
    ),
    RawTable(
        "observations", "observations", OBSERVATION_COLUMNS, ("observation_id",),
        "One number that one document published.", is_folder=True, embargoed="embargoed",
    ),
    table(
        "milestones", "What happened when.", ("milestone",),
        code("milestone", "Key of the milestone."),
        RawColumn("occurred_on", kinds.PERIOD, required=True, description="Day, month, year."),
        optional("programme", "programmes", "Its programme."),
        optional("call", "calls", "Its call."),
        *names(), _SOURCE, _LOCATOR,
    ),
    table(
        "actors", "Who takes part.", ("actor",),
        code("actor", "Key of the actor."),
        *names(),
        RawColumn("abbreviation", description="Usual abbreviation."),
        _NOTE,
    ),
    table(
        "actor_roles", "What each actor does.", ("actor", "position"),
        code("actor", "The actor.", "actors"),
        RawColumn("position", kinds.INTEGER, required=True, description="Order."),
        *names(), _SOURCE, _LOCATOR,
    ),
    table(
        "events", "Dates of a call.", ("event",),
        code("event", "Key of the event."),
        code("call", "Its call.", "calls"),
        RawColumn(
            "kind", kinds.CODE, required=True,
            choices=(
                "opening", "information_period", "information_session", "submission_deadline",
                "validation_deadline", "closing",
            ),
        ),
        RawColumn("starts_on", kinds.PERIOD, required=True, description="First day."),
        RawColumn("ends_on", kinds.PERIOD, description="Last day."),
        RawColumn("starts_at", kinds.TIME, description="Hour."),
        RawColumn("ends_at", kinds.TIME, description="Hour."),
        RawColumn("place", description="Venue and town."),
        *names(), _SOURCE, _LOCATOR,
    ),
    table(
        "prices", "Consumer price index.", ("series", "year"),
        code("series", "Which index."),
        RawColumn("year", kinds.INTEGER, required=True, description="Year."),
        RawColumn("index", kinds.AMOUNT, required=True, description="Yearly mean."),
        RawColumn("base_year", kinds.INTEGER, required=True, description="Year of 100."),
        _SOURCE,
    ),
    table(
        "commune_numbers", "How many inhabitants and pupils a commune has, as documents say: what rates are taken of.",
        ("commune_number",),
        RawColumn("commune_number", kinds.MADE_CODE, required=True,
               description="Stable key: document, commune, unit, year."),
        code("commune", "NIS code of 2019."),
        RawColumn("unit", kinds.CODE, required=True, choices=COMMUNE_UNITS, description="What is counted."),
        RawColumn("year", kinds.INTEGER, required=True,
               description="Year: of inhabitants on 1 January, of pupils that in which the school year begins."),
        RawColumn("value", kinds.INTEGER, required=True, description="How many."),
        _SOURCE, _LOCATOR,
        is_optional=True,
    ),
    table(
        "exchange_rates", "Official rates of conversion.", ("currency",),
        code("currency", "Currency that the euro replaced."),
        RawColumn("per_euro", kinds.AMOUNT, required=True),
        _SOURCE, _LOCATOR,
    ),
    table(
        "remarks", "The remarks of published numbers in the other languages.", ("note",),
        RawColumn("note", required=True, description="A remark of published numbers, in French."),
        *(
            RawColumn(f"note_{language}", required=True, description=f"The same ({language}).")
            for language in LANGUAGES
            if language != "fr"
        ),
        is_optional=True,
    ),
    table(
        "rules", "What documents say about who could win and how many sites were reached.", ("rule",),
        code("rule", "Key of the rule."),
        RawColumn("kind", kinds.CODE, required=True, choices=("exclusion", "size", "union", "logic", "assumption")),
        RawColumn("calls", kinds.CODES, references="calls", description="Empty for every call."),
        RawColumn("excluded_calls", kinds.CODES, references="calls", description="Former winners."),
        RawColumn("value", kinds.AMOUNT, description="Number of sites."),
        *names(),
        optional("source_id", "sources", "The document; empty for logic and assumptions."),
        _LOCATOR, _NOTE,
    ),
    table(
        "corrections", "What is wrong in a document, corrected in the open.", ("observation_id", "column"),
        code("observation_id", "The row that is corrected.", "observations"),
        code("column", "The cell that is wrong in the document."),
        RawColumn("old_value", required=True, description="What stands there: the guard."),
        RawColumn("new_value", description="What it is taken for; empty: set aside."),
        RawColumn("reason", required=True, description="Why it is wrong, in a sentence."),
        RawColumn("decided_on", kinds.PERIOD, required=True, description="Day of the decision.", is_past=True),
        _NOTE,
    ),
    table(
        "releases", "What is to be published, on which day: documents, lists, figures, ends of embargoes.",
        ("release",),
        code("release", "Key of what is to come."),
        RawColumn("kind", kinds.CODE, required=True, choices=RELEASE_KINDS, description="What is to come."),
        RawColumn(
            "announced_on", kinds.PERIOD_END, required=True, is_past=True,
            description="Day from which readers were told.",
        ),
        RawColumn("expected_on", kinds.PERIOD, required=True, description="Day, month or year of publication."),
        RawColumn("expected_at", kinds.TIME, description="Hour in Belgium, where a day is told."),
        *names(),
        RawColumn("url", kinds.ADDRESS, description="Where it will be, where that is known."),
        _NOTE,
        is_optional=True,
    ),
    *SCHOOL_TABLES,
)  # fmt: skip

TABLE_BY_NAME = {table.name: table for table in TABLES}
"""The tables of a store."""
RAW_TABLE_BY_NAME = TABLE_BY_NAME | {table.name: table for table in MEMORY_TABLES}
"""Those, and what imports remember."""
