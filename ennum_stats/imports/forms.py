"""Declare the forms that a steward fills in: their columns, explanations and examples, in French.

A form is declared once; the XLSX, the recognition of columns, the conversion of cells and the page "Mode
d’emploi" loop over its fields. `published_rows` makes rows of raw tables of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ennum_stats.imports.choices import TITLE_LANGUAGES
from ennum_stats.languages import translate
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
    the column is recognised.
    """

    key: str
    heading: str
    group: str
    explanation: str
    reading: CellReading = CellReading.TEXT
    choices: str = ""
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    width: int = 16

    @property
    def names(self) -> tuple[str, ...]:
        """All titles under which the column is recognised."""
        return (self.heading, self.key, *self.aliases)


@dataclass(frozen=True)
class Form:
    """Declare a form: the title of its sheet, its columns, and examples by field (never imported)."""

    kind: str
    sheet: str
    headline: str
    fields: tuple[Field, ...]
    examples: tuple[dict[str, str], ...]
    guidance: tuple[str, ...]

    def field(self, key: str) -> Field:
        """Find the column of a key."""
        return next(field for field in self.fields if field.key == key)


EXAMPLE_KEY = "example"
DOCUMENT = "Le document"
DOCUMENT_KEYS = (
    "source_id", "title", "title_language", "publisher", "kind", "published_on", "retrieved_on", "url",
)  # fmt: skip
_CHOICE, _NUMBER, _PERIOD, _CODE = (
    CellReading.CHOICE,
    CellReading.NUMBER,
    CellReading.PERIOD,
    CellReading.CODE,
)

EXAMPLE_FIELD = Field(
    EXAMPLE_KEY, "Exemple ?", "Ligne",
    "Laissez vide. Une ligne marquée « exemple » n’est jamais importée.",
    _CHOICE, "example", aliases=("exemple",), width=11,
)  # fmt: skip

_DOCUMENT_FIELDS = (
    Field(
        "source_id", "Code du document", DOCUMENT,
        "Pour un document déjà connu, son code suffit. Pour un nouveau, laissez vide : le code est fait "
        "de l’éditeur et de la date (spw-2031-06-15).",
        _CODE, "source", aliases=("document", "code document", "source"), width=20,
    ),
    Field(
        "title", "Titre du document", DOCUMENT,
        "Titre tel qu’imprimé, avec l’éditeur et la date. À remplir pour un nouveau document, sur sa "
        "première ligne.",
        aliases=("titre",), width=34,
    ),
    Field(
        "title_language", "Langue du titre", DOCUMENT, "Vide : français.", _CHOICE, "language",
        aliases=("langue",), width=12,
    ),
    Field(
        "publisher", "Éditeur", DOCUMENT, "Qui a publié le document : SPW, Parlement de Wallonie, RTBF…",
        aliases=("publié par", "auteur"), width=18,
    ),
    Field(
        "kind", "Nature du document", DOCUMENT,
        "Choisissez dans la liste. Elle décide du rang du document là où deux documents se contredisent.",
        _CHOICE, "source_kind", aliases=("nature", "type de document"), width=20,
    ),
    Field(
        "published_on", "Publié le", DOCUMENT,
        "27/01/2031, ou 01/2031, ou 2031. Vide si le document n’a pas de date : il compte alors depuis le "
        "jour où il a été consulté.",
        _PERIOD, aliases=("date du document", "date de publication"), width=12,
    ),
    Field(
        "retrieved_on", "Consulté le", DOCUMENT, "Jour où vous avez lu le document : 28/01/2031.",
        _PERIOD, aliases=("lu le", "date de consultation"), width=12,
    ),
    Field(
        "url", "Adresse (lien)", DOCUMENT, "Adresse du document, s’il y en a une : https://…",
        CellReading.ADDRESS, aliases=("adresse", "lien", "url"), width=24,
    ),
    Field(
        "locator", "Endroit dans le document", DOCUMENT,
        "Où le chiffre se trouve : « page 3 », « tableau 2 », « article ».",
        aliases=("endroit", "page"), width=18,
    ),
)  # fmt: skip

_PRECISION_HELP = "Comment le document le donne. Vide : en chiffres, exact ; « 6,85 millions », arrondi."


def _figure(key: str, heading: str, explanation: str, *aliases: str) -> tuple[Field, Field]:
    group = "Les chiffres, tels que le document les imprime"
    return (
        Field(key, heading, group, explanation, _NUMBER, aliases=aliases, width=15),
        Field(
            f"{key}_precision", f"{heading} : précision", group, _PRECISION_HELP,
            _CHOICE, "precision", width=13,
        ),
    )  # fmt: skip


_CALL = "L’appel"
CALL_FORM = Form(
    "call", "Appel", "Un appel à projets : une ligne par document qui en parle",
    (
        EXAMPLE_FIELD,
        Field(
            "call", "Code de l’appel", _CALL, "EN suivi de l’année : EN2031. Le même sur chaque ligne.",
            _CODE, is_required=True, aliases=("appel", "code appel"), width=12,
        ),
        Field(
            "programme", "Programme", _CALL,
            "Choisissez dans la liste. Vide pour un appel déjà connu.",
            _CHOICE, "programme", width=26,
        ),
        *(
            Field(
                f"name_{code}", f"Nom en {language}", _CALL,
                f"Nom complet de l’appel en {language}. Vide pour un appel déjà connu.",
                aliases=(f"nom {language}", f"nom {code}"), width=24,
            )
            for code, language in TITLE_LANGUAGES.items()
        ),
        Field(
            "school_years", "Années scolaires", _CALL,
            "2030-2031 ; 2014-2016 pour un appel sur deux années scolaires. Vide pour un appel déjà connu.",
            CellReading.SCHOOL_YEARS, aliases=("année scolaire",), width=13,
        ),
        Field(
            "opened_on", "Ouverture", _CALL, "Premier jour pour introduire un projet : 15/01/2031.",
            _PERIOD, aliases=("ouvert le", "date d’ouverture"), width=12,
        ),
        Field(
            "closed_on", "Clôture", _CALL, "Dernier jour pour introduire un projet : 04/03/2031.",
            _PERIOD, aliases=("clôturé le", "date de clôture"), width=12,
        ),
        Field(
            "note", "Remarque sur l’appel", _CALL, "Ce qu’un lecteur doit savoir de cet appel.",
            aliases=("remarque", "note"), width=24,
        ),
        *_DOCUMENT_FIELDS,
        *_figure("projects_planned", "Projets prévus", "Nombre de projets annoncé avant le choix : 500."),
        *_figure(
            "budget_planned", "Budget prévu",
            "Budget annoncé avant l’attribution : 7,5 millions ; 7 500 000,00 €.",
        ),
        *_figure(
            "projects_introduced", "Projets introduits", "Nombre de projets introduits : 955.",
            "projets déposés", "candidatures",
        ),
        *_figure(
            "projects_awarded", "Projets attribués", "Nombre de projets retenus : 679.",
            "projets retenus", "projets lauréats", "lauréats",
        ),
        *_figure(
            "budget_awarded", "Budget attribué",
            "Budget d’équipement attribué aux projets retenus : 8,7 M€ ; 6 910 088.", "budget",
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
        "Une ligne par document : d’ordinaire une pour l’annonce, une autre plus tard pour l’attribution.",
        "Sur la première ligne d’un nouvel appel, remplissez tout « L’appel » ; ensuite, son code suffit.",
    ),
)  # fmt: skip

_WHAT = "Ce qui est compté"
_WHERE = "Pour qui, où, quand"
_HOW_MUCH = "Le chiffre, tel que le document l’imprime"


_WIDTHS = {"programme": 24, "call": 24, "stage": 16}
_ALIASES = {"counted": ("compté en",)}
_REQUIRED = ("territory",)


def _dimensions(group: str, *names: str) -> Iterator[Field]:
    """Make the fields of dimensions: each is chosen from its own list, and asked for in French."""
    for name in names:
        dimension = DIMENSIONS[name]
        yield Field(
            name, translate(dimension.label, "fr"), group, translate(dimension.asked, "fr"),
            _CHOICE, name, name in _REQUIRED, _ALIASES.get(name, ()), _WIDTHS.get(name, 18),
        )  # fmt: skip


_OF_WHAT = ("stage", "counted", "component")


OBSERVATIONS_FORM = Form(
    "observations", "Observations", "Des chiffres publiés : une ligne par chiffre d’un document",
    (
        EXAMPLE_FIELD,
        *_DOCUMENT_FIELDS,
        Field(
            "measure", "Mesure", _WHAT, "Ce qui est compté ou payé : choisissez dans la liste.",
            _CHOICE, "measure", is_required=True, width=34,
        ),
        *_dimensions(_WHAT, *_OF_WHAT),
        *_dimensions(_WHERE, *(name for name in DIMENSIONS if name not in _OF_WHAT)),
        Field(
            "valid_from", "Valable du", _WHERE,
            "Premier jour auquel le chiffre se rapporte : 01/09/2030, 09/2030 ou 2030. Vide pour un appel.",
            _PERIOD, aliases=("du",), width=12,
        ),
        Field(
            "valid_to", "Valable au", _WHERE, "Dernier jour auquel le chiffre se rapporte.", _PERIOD,
            aliases=("au",), width=12,
        ),
        Field(
            "value", "Valeur", _HOW_MUCH,
            "503 ; 12 345,50 € ; 6,85 millions ; environ 500. Pour « entre 14 et 16 » : minimum et maximum.",
            _NUMBER, aliases=("chiffre", "nombre", "montant"), width=16,
        ),
        Field(
            "unit", "Unité", _HOW_MUCH, "Choisissez dans la liste.", _CHOICE, "unit", is_required=True,
            width=22,
        ),
        Field(
            "precision", "Précision", _HOW_MUCH, _PRECISION_HELP, _CHOICE, "precision", width=13
        ),
        Field(
            "step", "Arrondi à", _HOW_MUCH,
            "Place du dernier chiffre imprimé : million pour « 85 millions ». Vide : le dernier chiffre qui "
            "n’est pas zéro.",
            _CHOICE, "step", aliases=("pas",), width=14,
        ),
        Field("lower", "Minimum", _HOW_MUCH, "Borne inférieure imprimée.", _NUMBER, width=12),
        Field("upper", "Maximum", _HOW_MUCH, "Borne supérieure imprimée.", _NUMBER, width=12),
        Field(
            "missing_reason", "Raison de l’absence", _HOW_MUCH,
            "Seulement si le document dit qu’il n’y a pas de chiffre.", _CHOICE, "missing_reason", width=18,
        ),
        Field(
            "status", "Statut", _HOW_MUCH,
            "Vide : prévision si le stade est « prévu », sinon normal.", _CHOICE, "status", width=14,
        ),
        Field(
            "embargo_until", "Embargo jusqu’au", _HOW_MUCH,
            "15/06/2031 ou 15/06/2031 10:00. Jusque-là, le chiffre reste interne, et avec lui le document "
            "dont rien d’autre n’est tiré.",
            CellReading.MOMENT, aliases=("embargo",), width=16,
        ),
        Field(
            "note", "Remarque", _HOW_MUCH, "Ce qu’un lecteur doit savoir de ce chiffre.",
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
        "Une ligne est un chiffre d’un document, avec l’endroit où on le lit.",
        "Rien n’est jamais corrigé : un document plus récent ajoute une ligne.",
        "Le document se remplit sur sa première ligne ; sur les suivantes, son code suffit.",
    ),
)  # fmt: skip

NUMBERS_GUIDANCE = (
    "Écrivez un nombre comme le document l’imprime : 503 ; 12 345,50 € ; 6,85 millions ; 6,85 M€.",
    "Avec son mot, s’il en a un : environ 500 ; près de 700 ; plus de 1 700 ; entre 14 et 16.",
    "« 6,85 millions » est arrondi à 10 000, « 6,850 millions » à 1 000 : les zéros imprimés comptent.",
    "Un nombre écrit en chiffres, sans mot, est exact.",
    "S’il finit par 000, dites s’il l’est : « exact » ou « arrondi » dans la colonne de la précision.",
    "« 12.345 » est refusé : le point peut être celui des milliers ou celui des décimales.",
    "Les formules sont refusées : copiez les cellules, puis collez les valeurs.",
    "Une date s’écrit 27/01/2031, 01/2031 ou 2031, selon ce que dit le document.",
)
FORMS = {form.kind: form for form in (CALL_FORM, OBSERVATIONS_FORM)}
