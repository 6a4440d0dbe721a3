"""Declare the forms that a steward fills in: their columns, explanations and examples.

A form is declared once, in messages; the XLSX of each language, the recognition of columns, the conversion of cells and
the page that explains the form loop over its fields. `published_rows` makes rows of raw tables of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ennum_stats.errors import Message, message
from ennum_stats.imports.choices import NAMES_IN
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.vocabulary import DIMENSIONS


class CellReading(StrEnum):
    """List how a cell of a field can be read."""

    TEXT = "text"
    CODE = "code"
    CHOICE = "choice"
    ADDRESS = "address"
    PERIOD = "period"
    SCHOOL_YEARS = "school_years"
    MOMENT = "moment"
    NUMBER = "number"


@dataclass(frozen=True)
class Field:
    """Declare a column of a form.

    `key` is the name in the raw tables where there is one; `choices` names a list: the only values of a
    `CHOICE`, and for any other reading the values that are offered; `aliases` are other titles under which
    the column is recognised, beside its heading in every language.
    """

    key: str
    heading: Message
    group: Message
    explanation: Message
    reading: CellReading = CellReading.TEXT
    choices: str = ""
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    width: int = 16

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Its titles in the forms of all languages."""
        return tuple(dict.fromkeys(translate(self.heading, language) for language in LANGUAGES))

    @property
    def names(self) -> tuple[str, ...]:
        """All titles under which the column is recognised."""
        return (*self.headings, self.key, *self.aliases)


@dataclass(frozen=True)
class Form:
    """Declare a form: the title of its sheet, its columns, and examples by field (never imported)."""

    kind: str
    sheet: Message
    headline: Message
    fields: tuple[Field, ...]
    examples: tuple[dict[str, str], ...]
    guidance: tuple[Message, ...]

    def field(self, key: str) -> Field:
        """Find the column of a key."""
        return next(field for field in self.fields if field.key == key)


EXAMPLE_KEY = "example"
DOCUMENT = message("The document")
DOCUMENT_KEYS = (
    "source_id", "title", "title_language", "publisher", "kind", "published_on", "retrieved_on", "url",
)  # fmt: skip
_CHOICE, _NUMBER, _PERIOD, _CODE = (
    CellReading.CHOICE,
    CellReading.NUMBER,
    CellReading.PERIOD,
    CellReading.CODE,
)
_FROM_LIST = message("Choose from the list.")

EXAMPLE_FIELD = Field(
    EXAMPLE_KEY, message("Example?"), message("Row"),
    message("Leave it empty. A row marked “example” is never imported."),
    _CHOICE, "example", aliases=("exemple",), width=11,
)  # fmt: skip

_DOCUMENT_FIELDS = (
    Field(
        "source_id", message("Code of the document"), DOCUMENT,
        message(
            "Of a document that is known already, its code is enough. Of a new one, leave it empty: the code is made "
            "of the publisher and the day (spw-2031-06-15)."
        ),
        _CODE, "source", aliases=("document", "code document", "source"), width=20,
    ),
    Field(
        "title", message("Title of the document"), DOCUMENT,
        message("The title as printed, with publisher and day. To be filled in for a new document, on its first row."),
        aliases=("titre",), width=34,
    ),
    Field(
        "title_language", message("Language of the title"), DOCUMENT, message("Empty: French."), _CHOICE, "language",
        aliases=("langue",), width=12,
    ),
    Field(
        "publisher", message("Publisher"), DOCUMENT,
        message("Who published the document: SPW, Parliament of Wallonia, RTBF…"),
        aliases=("publié par", "auteur"), width=18,
    ),
    Field(
        "kind", message("Kind of document"), DOCUMENT,
        message("Choose from the list. It decides which document counts where two contradict each other."),
        _CHOICE, "source_kind", aliases=("nature", "type de document"), width=20,
    ),
    Field(
        "published_on", message("Day published"), DOCUMENT,
        message("27/01/2031, or 01/2031, or 2031. Empty where the document has no day: it counts from the day on which "
                "it was read."),
        _PERIOD, aliases=("date du document", "date de publication"), width=12,
    ),
    Field(
        "retrieved_on", message("Read on"), DOCUMENT, message("The day on which you read the document: 28/01/2031."),
        _PERIOD, aliases=("lu le", "date de consultation"), width=12,
    ),
    Field(
        "url", message("Address (link)"), DOCUMENT, message("Address of the document, if it has one: https://…"),
        CellReading.ADDRESS, aliases=("adresse", "lien", "url"), width=24,
    ),
    Field(
        "locator", message("Place in the document"), DOCUMENT,
        message("Where the number stands: “page 3”, “table 2”, “article”."),
        aliases=("endroit", "page"), width=18,
    ),
)  # fmt: skip

_PRECISION_HELP = message("How the document gives it. Empty: in digits, exact; “6,85 million”, rounded.")


def _figure(key: str, heading: Message, explanation: Message, *aliases: str) -> tuple[Field, Field]:
    group = message("The numbers, as the document prints them")
    return (
        Field(key, heading, group, explanation, _NUMBER, aliases=aliases, width=15),
        Field(
            f"{key}_precision", message("{number}: precision", number=heading), group, _PRECISION_HELP,
            _CHOICE, "precision", width=13,
        ),
    )  # fmt: skip


_CALL = message("The call")
CALL_FORM = Form(
    "call", message("Call"), message("A call for projects: a row for each document that tells of it"),
    (
        EXAMPLE_FIELD,
        Field(
            "call", message("Code of the call"), _CALL,
            message("EN and the year: EN2031. The same on each row."),
            _CODE, is_required=True, aliases=("appel", "code appel"), width=12,
        ),
        Field(
            "programme", message("Programme"), _CALL,
            message("Choose from the list. Empty for a call that is known already."),
            _CHOICE, "programme", width=26,
        ),
        *(
            Field(
                f"name_{code}", heading, _CALL,
                message("Full name of the call in this language. Empty for a call that is known already."),
                aliases=(f"nom {code}",), width=24,
            )
            for code, heading in NAMES_IN.items()
        ),
        Field(
            "school_years", message("School years"), _CALL,
            message("2030-2031; 2014-2016 for a call in two school years. Empty for a call that is known already."),
            CellReading.SCHOOL_YEARS, aliases=("année scolaire",), width=13,
        ),
        Field(
            "opened_on", message("Opening"), _CALL, message("First day for handing in a project: 15/01/2031."),
            _PERIOD, aliases=("ouvert le", "date d’ouverture"), width=12,
        ),
        Field(
            "closed_on", message("Closing"), _CALL, message("Last day for handing in a project: 04/03/2031."),
            _PERIOD, aliases=("clôturé le", "date de clôture"), width=12,
        ),
        Field(
            "note", message("Remark on the call"), _CALL, message("What a reader must know of this call."),
            aliases=("remarque", "note"), width=24,
        ),
        *_DOCUMENT_FIELDS,
        *_figure(
            "projects_planned", message("Projects planned"),
            message("How many projects were announced before the choice: 500."),
        ),
        *_figure(
            "budget_planned", message("Budget planned"),
            message("The budget announced before it was attributed: 7,5 million; €7 500 000,00."),
        ),
        *_figure(
            "projects_introduced", message("Projects handed in"), message("How many projects were handed in: 955."),
            "projets déposés", "candidatures",
        ),
        *_figure(
            "projects_awarded", message("Projects attributed"), message("How many projects won: 679."),
            "projets retenus", "projets lauréats", "lauréats",
        ),
        *_figure(
            "budget_awarded", message("Budget awarded"),
            message("The budget for equipment attributed to the projects that won: 8,7 M€; 6 910 088."), "budget",
        ),
    ),
    (
        {
            "call": "EN2020", "programme": "ecole_numerique",
            "name_fr": "École Numérique 2020 (EN2020)", "name_de": "École Numérique 2020 (EN2020)",
            "name_nl": "École Numérique 2020 (EN2020)", "name_en": "École Numérique 2020 (EN2020)",
            "school_years": "2019-2020", "opened_on": "01/2020", "closed_on": "04/03/2020",
            "title": "École Numérique, dossier de presse", "publisher": "SPW", "kind": "official",
            "published_on": "01/2020", "retrieved_on": "24/11/2026", "locator": "section 5.1",
            "projects_planned": "500", "budget_planned": "7,5 millions",
        },
        {
            "call": "EN2020", "title": "RTL / Belga, juin 2020 : près de 700 écoles sélectionnées",
            "publisher": "RTL/Belga", "kind": "press", "published_on": "06/2020",
            "retrieved_on": "24/11/2026", "locator": "article", "projects_introduced": "955",
            "projects_awarded": "679", "budget_awarded": "8,7 M€",
        },
    ),
    (
        message("A row for each document: mostly one for the announcement, later another for the winners."),
        message("On the first row of a new call, fill in all of “The call”; after that, its code is enough."),
    ),
)  # fmt: skip

_WHAT = message("What is counted")
_WHERE = message("For whom, where, when")
_HOW_MUCH = message("The number, as the document prints it")


_WIDTHS = {"programme": 24, "call": 24, "stage": 16}
_ALIASES = {"counted": ("compté en",)}
_REQUIRED = ("territory",)


def _dimensions(group: Message, *names: str) -> Iterator[Field]:
    """Make the fields of dimensions: each is chosen from its own list."""
    for name in names:
        dimension = DIMENSIONS[name]
        yield Field(
            name, Message(dimension.label), group, dimension.asked, _CHOICE, name, name in _REQUIRED,
            _ALIASES.get(name, ()), _WIDTHS.get(name, 18),
        )  # fmt: skip


_OF_WHAT = ("stage", "counted", "component")


OBSERVATIONS_FORM = Form(
    "observations", message("Observations"), message("Published numbers: a row for each number of a document"),
    (
        EXAMPLE_FIELD,
        *_DOCUMENT_FIELDS,
        Field(
            "measure", message("Measure"), _WHAT, message("What is counted or paid: choose from the list."),
            _CHOICE, "measure", is_required=True, width=34,
        ),
        *_dimensions(_WHAT, *_OF_WHAT),
        *_dimensions(_WHERE, *(name for name in DIMENSIONS if name not in _OF_WHAT)),
        Field(
            "valid_from", message("Valid from"), _WHERE,
            message("First day that the number is about: 01/09/2030, 09/2030 or 2030. Empty for a call."),
            _PERIOD, aliases=("du",), width=12,
        ),
        Field(
            "valid_to", message("Valid to"), _WHERE, message("Last day that the number is about."), _PERIOD,
            aliases=("au",), width=12,
        ),
        Field(
            "value", message("Value"), _HOW_MUCH,
            message(
                "503; €12 345,50; 6,85 million; about 500. For “between 14 and 16”: minimum and maximum."
            ),
            _NUMBER, aliases=("chiffre", "nombre", "montant"), width=16,
        ),
        Field("unit", message("Unit"), _HOW_MUCH, _FROM_LIST, _CHOICE, "unit", is_required=True, width=22),
        Field("precision", message("Precision"), _HOW_MUCH, _PRECISION_HELP, _CHOICE, "precision", width=13),
        Field(
            "step", message("Rounded to"), _HOW_MUCH,
            message(
                "Place of the last digit printed: million for “85 million”. Empty: the last digit that is not zero."
            ),
            _CHOICE, "step", aliases=("pas",), width=14,
        ),
        Field("lower", message("Minimum"), _HOW_MUCH, message("Lower bound as printed."), _NUMBER, width=12),
        Field("upper", message("Maximum"), _HOW_MUCH, message("Upper bound as printed."), _NUMBER, width=12),
        Field(
            "missing_reason", message("Why there is none"), _HOW_MUCH,
            message("Only where the document says that there is no number."), _CHOICE, "missing_reason", width=18,
        ),
        Field(
            "status", message("Status"), _HOW_MUCH,
            message("Empty: a forecast where the stage is “planned”, else normal."), _CHOICE, "status", width=14,
        ),
        Field(
            "embargo_until", message("Embargo until"), _HOW_MUCH,
            message(
                "15/06/2031 or 15/06/2031 10:00. Until then the number stays internal, and with it a document of which "
                "nothing else is taken."
            ),
            CellReading.MOMENT, aliases=("embargo",), width=16,
        ),
        Field(
            "note", message("Remark"), _HOW_MUCH, message("What a reader must know of this number."),
            aliases=("note",), width=28,
        ),
    ),
    (
        {
            "title": "Regional-IT, 6 juin 2018 : 325 projets sélectionnés", "publisher": "Regional-IT",
            "kind": "press", "published_on": "06/06/2018", "retrieved_on": "24/11/2026",
            "locator": "article", "measure": "projects_introduced", "counted": "projects",
            "programme": "ecole_numerique", "call": "EN2018", "territory": "wallonia",
            "value": "781", "unit": "projects", "precision": "exact",
        },
        {
            "source_id": "regional-it-2018-06-06", "locator": "article", "measure": "budget_awarded",
            "stage": "awarded", "programme": "ecole_numerique", "call": "EN2018",
            "territory": "wallonia", "value": "6,850 millions", "unit": "EUR", "precision": "rounded",
        },
    ),
    (
        message("A row is one number of a document, with the place where it is read."),
        message("Nothing is ever corrected here: a newer document adds a row."),
        message("The document is filled in on its first row; on the next ones its code is enough."),
    ),
)  # fmt: skip

NUMBERS_GUIDANCE = (
    message("Write a number as the document prints it: 503; €12 345,50; 6,85 million; 6,85 M€."),
    message("With its word, if it has one: about 500; nearly 700; more than 1 700; between 14 and 16."),
    message("“6,85 million” is rounded to 10 000, “6,850 million” to 1 000: zeros that are printed count."),
    message("A number in digits, without a word, is exact."),
    message("Where it ends in 000, say whether it is: “exact” or “rounded” in the column of the precision."),
    message("“12.345” is refused: the point may be that of thousands or that of decimals."),
    message("Of a formula the value last computed is read; where it has none, paste the values."),
    message("A day is written 27/01/2031, 01/2031 or 2031, as the document says it."),
)
_COMMUNE = message("The commune, as Statbel or another office counts it")
COMMUNES_FORM = Form(
    "communes", message("Communes"), message("Inhabitants and pupils of communes: a row for each commune and year"),
    (
        EXAMPLE_FIELD,
        *_DOCUMENT_FIELDS,
        Field(
            "commune", message("NIS code"), _COMMUNE,
            message("The code of 2019, of five digits: 62063. Places outside Wallonia are left out."),
            _CODE, is_required=True, aliases=("cd_refnis", "refnis", "code ins", "ins", "nis"), width=12,
        ),
        Field(
            "year", message("Year"), _COMMUNE,
            message("Inhabitants on 1 January; of pupils, the year in which the school year begins."),
            _CODE, is_required=True, aliases=("cd_year", "annee"), width=10,
        ),
        Field(
            "inhabitants", message("Inhabitants"), _COMMUNE, message("How many people live in the commune."), _NUMBER,
            aliases=("ms_population", "population", "habitants"), width=14,
        ),
        Field(
            "pupils", message("Pupils"), _COMMUNE, message("How many pupils go to school in the commune."), _NUMBER,
            aliases=("eleves",), width=14,
        ),
    ),
    (
        {
            "title": "Population par commune au 1er janvier 2031", "publisher": "Statbel", "kind": "official",
            "published_on": "06/2031", "retrieved_on": "24/11/2031", "locator": "table 1", "commune": "62063",
            "year": "2031", "inhabitants": "195000",
        },
    ),
    (
        message("The document is filled in on its first row; on the next ones its code is enough."),
        message("Another document about the same year takes the place of the earlier one from its own day on."),
    ),
)  # fmt: skip
FORMS = {form.kind: form for form in (CALL_FORM, OBSERVATIONS_FORM, COMMUNES_FORM)}
