"""Declare what may be released: an allow-list of tables and columns. What is not named here never is.

Contacts, lists of schools, rows under embargo and notes of raw tables, other than those of published
numbers, have no column here. The release's own title, description, licence, version and publisher stand
here too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ennum_stats.errors import FICTITIOUS, FICTITIOUS_FILE, Message, message
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.catalogue import RELEASED_MEASURES
from ennum_stats.measures.columns import SHARED_COLUMNS, Kind
from ennum_stats.raw.kinds import ReleaseType
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import DIMENSIONS, SOURCE_KINDS, STATUSES, Basis, ClaimStatus, Precision, Reason

OBS_STATUS = "http://purl.org/linked-data/sdmx/2009/attribute#obsStatus"
OBS_VALUE = "http://purl.org/linked-data/sdmx/2009/measure#obsValue"
UNIT_MEASURE = "http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure"


@dataclass(frozen=True)
class ReleasedField:
    """Declare a released column; `concept` is the property of a public vocabulary that it corresponds to."""

    name: str
    summary: str
    type: ReleaseType = "string"
    required: bool = False
    choices: tuple[str, ...] = ()
    concept: str = ""

    @property
    def meaning(self) -> str:
        """Say what it holds, with the codes of a closed list."""
        if not self.choices:
            return self.summary
        return f"{self.summary} One of " + ", ".join(f"`{choice}`" for choice in self.choices) + "."


@dataclass(frozen=True)
class Released:
    """Declare a released table, its key, and the columns that refer to keys of other tables."""

    name: str
    row_is: str
    fields: tuple[ReleasedField, ...]
    key: tuple[str, ...]
    references: tuple[tuple[str, str], ...] = ()
    """Pairs of a column of this table and the `table.column` that it refers to."""


def _number(name: str, summary: str, concept: str = "") -> ReleasedField:
    return ReleasedField(name, summary, "number", concept=concept)


_KINDS = {column.name: column.kind for column in TABLE_BY_NAME["observations"].columns}


def _raw(name: str, summary: str) -> ReleasedField:
    """Declare a column of the raw observations, whose kind names its type."""
    return ReleasedField(name, summary, _KINDS[name].release_type)


def _names(name: str, what: str) -> tuple[ReleasedField, ...]:
    return tuple(ReleasedField(f"{name}_{code}", f"{what} ({code}).") for code in LANGUAGES)


_SOURCE = ReleasedField("source_id", "The document (table sources).", required=True)
_NUMBERS = (
    _number("value", "The number; empty where only bounds are known, or nothing.", OBS_VALUE),
    _number("lower", "The least that it can be, given how it is printed."),
    _number("upper", "The most that it can be."),
    ReleasedField("unit", "Unit of value, lower and upper.", concept=UNIT_MEASURE),
)
_PRINTED = _number("printed", "The number as the document prints it, also where it is only a bound.")
_STATUS = (
    ReleasedField("status", "SDMX observation status (codelist status).", required=True,
          choices=tuple(STATUSES), concept=OBS_STATUS),
    ReleasedField("missing_reason", "Why there is no number.", choices=tuple(Reason)),
)  # fmt: skip
_PRECISION = (
    ReleasedField("precision", "How the number is given.", choices=tuple(Precision)),
    ReleasedField("basis", "Ground of the bounds: proved by the print, or a convention on “about”.",
          choices=tuple(Basis)),
)  # fmt: skip
_EVIDENCE = ReleasedField("observation_ids", "The observations that it comes from, parted by spaces.")

OBSERVATIONS = Released(
    "observations", "One row is one number that one document published",
    (
        ReleasedField("observation_id", "Stable key.", required=True),
        ReleasedField("measure", "What was counted or paid (codelist measure).", required=True),
        *(ReleasedField(dimension.code, dimension.released) for dimension in DIMENSIONS.values()),
        _raw("valid_from", "First day in the world to which the number belongs."),
        _raw("valid_to", "Last day in the world to which the number belongs."),
        *_NUMBERS,
        _PRINTED,
        _number("printed_lower", "The lower end that the document prints, of a number given by its ends."),
        _number("printed_upper", "The upper end that the document prints."),
        _raw("step", "Place of the last printed digit."),
        *_PRECISION,
        *_STATUS,
        _SOURCE,
        ReleasedField("locator", "The place in the document.", required=True),
        ReleasedField("known_on", "The day from which it was known.", "date", required=True),
        ReleasedField("note", "Anything a reader must know."),
    ),
    ("observation_id",),
    (("source_id", "sources.source_id"),),
)  # fmt: skip
SOURCES = Released(
    "sources", "One row is one document",
    (
        ReleasedField("source_id", "Key of the document.", required=True),
        ReleasedField("title", "Title.", required=True),
        ReleasedField("title_language", "Language of the title.", required=True, choices=LANGUAGES),
        ReleasedField("publisher", "Who published it.", required=True),
        ReleasedField("kind", "Kind of document.", required=True, choices=tuple(SOURCE_KINDS)),
        ReleasedField("published_on", "Day, month or year printed on it."),
        ReleasedField("known_on", "The day from which it counts as known.", "date", required=True),
        ReleasedField("url", "Address, where there is one."),
    ),
    ("source_id",),
)  # fmt: skip
FIGURES = Released(
    "figures",
    "One row is one named figure, as known on the day of the release",
    (
        ReleasedField("name", "Name of the figure; never reused for another number.", required=True),
        *_names("label", "What it is"),
        *_NUMBERS,
        _PRINTED,
        *_PRECISION,
        *_STATUS,
        *_names("text", "The number in words, never more strongly than it is known"),
        ReleasedField("formula_fr", "How it is computed (fr)."),
        ReleasedField("formula_en", "How it is computed (en)."),
        ReleasedField("claim_status", "What the parts say of a printed total.", choices=tuple(ClaimStatus)),
        ReleasedField("known_at", "The day known at.", "date", required=True),
        _EVIDENCE,
    ),
    ("name",),
)
_TYPES: dict[Kind, ReleaseType] = {"whole": "integer", "day": "date"}
_KEYS = {
    name: ReleasedField(name, key.released, _TYPES.get(key.kind, "string"))
    for name, key in SHARED_COLUMNS.items()
    if key.released
}
"""The columns of measures that say of what a number is, or what it rests on."""
_RESTS_ON = ("lists", "registers", "calls_covered", "calls_not_known", "incomplete")
"""Those that stand after the numbers."""
MEASURES = Released(
    "measures",
    "One row is one number of one measure table, computed with its bounds. The same things are counted by "
    "several dimensions: only rows of one measure_table, given_by and measure may be added",
    (
        ReleasedField("number_id", "Key: table, dimension, row and measure.", required=True),
        ReleasedField("measure_table", f"Table: {', '.join(RELEASED_MEASURES)}.",
              required=True),
        ReleasedField("given_by", "The dimension by which it is given.", required=True),
        ReleasedField("measure", "Which number of the table; that of a table with one number has its name.",
              required=True),
        *(key for name, key in _KEYS.items() if name not in _RESTS_ON),
        *_NUMBERS,
        *_STATUS,
        _EVIDENCE,
        *(_KEYS[name] for name in _RESTS_ON),
    ),
    ("number_id",),
)  # fmt: skip
CALLS = Released(
    "calls", "One row is one call for projects, with its dates as far as a document tells them",
    (
        ReleasedField("call", "Key of the call.", required=True),
        ReleasedField("programme", "Its programme (codelist programme).", required=True),
        *_names("name", "Name"),
        ReleasedField("school_year", "Its school years, as in 2012-2013."),
        ReleasedField("valid_from", "First day of its school years.", "date"),
        ReleasedField("valid_to", "Last day of its school years.", "date"),
        ReleasedField("opened_on", "Day, month or year in which it opened."),
        ReleasedField("closed_on", "Day, month or year in which submission ended."),
        ReleasedField("source_id", "The document (table sources)."),
    ),
    ("call",),
    (("source_id", "sources.source_id"),),
)  # fmt: skip
MILESTONES = Released(
    "milestones", "One row is something that happened, in the order of the days",
    (
        ReleasedField("milestone", "Key of the milestone.", required=True),
        ReleasedField("occurred_on", "Day, month or year, as printed.", required=True),
        ReleasedField("first_day", "The first day of it.", "date", required=True),
        ReleasedField("programme", "Its programme (codelist programme)."),
        ReleasedField("call", "Its call (table calls)."),
        *_names("name", "What happened"),
        _SOURCE,
        ReleasedField("locator", "The place in the document."),
    ),
    ("milestone",),
    (("source_id", "sources.source_id"),),
)  # fmt: skip
CODES = Released(
    "codes", "Names of all codes in four languages",
    (
        ReleasedField("codelist", "Which list.", required=True),
        ReleasedField("code", "The code.", required=True),
        *_names("name", "Name"),
    ),
    ("codelist", "code"),
)  # fmt: skip
EXCHANGE_RATES = Released(
    "exchange_rates", "Official rates of former currencies",
    (
        ReleasedField("currency", "Currency, as in the column unit.", required=True),
        _number("per_euro", "Units of it for one euro."),
        _SOURCE,
        ReleasedField("locator", "The place in the document."),
    ),
    ("currency",),
    (("source_id", "sources.source_id"),),
)  # fmt: skip

RELEASED = (OBSERVATIONS, FIGURES, MEASURES, CALLS, MILESTONES, SOURCES, CODES, EXCHANGE_RATES)
RELEASED_NAMES = tuple(table.name for table in RELEASED)

PUBLISHER = "Service public de Wallonie"
TELEPHONE = "1718"
"""The free number of the Walloon administration."""
LICENCE = "CC-BY-4.0"
TITLE = message("Digital equipment of the schools of Wallonia: published figures")
DESCRIPTION = message(
    "Every published number on Cyberécole, Cyberclasse, École Numérique and the connectivity pilot, with "
    "its document, place, date and bounds; the figures of the press kit; and the measures computed from "
    "them."
)
KEYWORDS = (
    message("education"),
    message("school"),
    message("digital equipment"),
    message("call for projects"),
    message("Wallonia"),
)
PREPARED = {
    "observations": message("Published numbers"),
    "figures": message("Named figures"),
    "measures": message("Measures"),
    "calls": message("Calls"),
    "milestones": message("Milestones"),
    "sources": message("Documents"),
    "codes": message("Names of the codes"),
    "exchange_rates": message("Exchange rates"),
}


NAMES = ("ennum-stats", "ennum-stats-demonstration")
"""The names of releases: of a real project, and of a demonstration."""
_IN_A_DEMONSTRATION = message(
    "A demonstration: schools and lists are invented, and nothing in it may be quoted."
)
_NOTICE = ReleasedField(
    "notice", "What must be said beside the row: that its data are invented, internal or supposed.",
    required=True,
)  # fmt: skip


def noticed(table: Released, notice: str) -> Released:
    """Give a table a column for a notice, where there is one to tell in each row."""
    if not notice:
        return table
    prefix = f"{translate(FICTITIOUS, 'en')} – " if translate(FICTITIOUS, "fr") in notice else ""
    return replace(table, row_is=prefix + table.row_is, fields=(*table.fields, _NOTICE))


@dataclass(frozen=True)
class ReleaseVersion:
    """Hold what identifies one release: the day known at, the content of the store that it is made of, and
    whether that is a demonstration, which says so in title, description, names of files and every row."""

    known_at: date
    content_hash: str
    is_demo: bool = False

    @classmethod
    def of(cls, ledger: Ledger) -> ReleaseVersion:
        """Make the edition of a ledger."""
        return cls(ledger.known_at, ledger.content_hash, ledger.is_demo)

    @property
    def version(self) -> str:
        """The version, such as 2020.1.31+691dde68: the day known at, and the content of the store."""
        day = self.known_at
        return f"{day.year}.{day.month}.{day.day}+{self.content_hash[:8]}"

    @property
    def name(self) -> str:
        """The name of the release: a demonstration never takes the place of a real one."""
        return NAMES[self.is_demo]

    @property
    def notice(self) -> str:
        """What every row of a demonstration says, in the four languages; empty for a real release."""
        return " · ".join(translate(FICTITIOUS, code) for code in LANGUAGES) if self.is_demo else ""

    def title(self, language: str, title: Message = TITLE) -> str:
        """Give the title of the release, or of a part of it."""
        words = translate(title, language)
        return f"{translate(FICTITIOUS, language)} – {words}" if self.is_demo else words

    def description(self, language: str) -> str:
        """Give what the release holds."""
        words = translate(DESCRIPTION, language)
        return f"{translate(_IN_A_DEMONSTRATION, language)} {words}" if self.is_demo else words

    def path(self, table: str, form: str) -> str:
        """Give the place of a table in the release."""
        return f"data/{FICTITIOUS_FILE if self.is_demo else ''}{table}.{form}"
