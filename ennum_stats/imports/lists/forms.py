"""Declare the forms of lists of schools: winners, equipped and connected sites, deliveries.

A list is recognised by the titles that administrations give to columns; the empty form made by `ennum
template winners` has the first of them.
"""

from __future__ import annotations

from ennum_stats.errors import message
from ennum_stats.imports.forms import EXAMPLE_FIELD, CellReading, Field, Form

_CHOICE, _PERIOD, _NUMBER = CellReading.CHOICE, CellReading.PERIOD, CellReading.NUMBER
SCHOOL = message("The school")
WHAT = message("What it had")
SITE_HEADING = message("FASE number of the school site")
SCHOOL_HEADING = message("FASE number of the school")
_OPTIONAL = message("Optional.")

_SCHOOL_FIELDS = (
    Field(
        "implantation", SITE_HEADING, SCHOOL,
        message("The number of the site, not that of the school. With it, name and commune are not needed."),
        aliases=(
            "fase implantation", "n° implantation fase", "n° implantation", "fase site", "n° site", "implantation",
            "n° fase", "fase", "FASE-Nummer des Standorts", "FASE-Nummer der Niederlassung", "Standortnummer",
            "Schulstandort", "FASE-Nummer", "FASE-nummer van de vestiging", "Vestigingsnummer", "Vestiging",
        ),
        width=16,
    ),
    Field(
        "etablissement", SCHOOL_HEADING, SCHOOL, _OPTIONAL,
        aliases=(
            "fase établissement", "établissement fase", "n° établissement fase", "n° établissement", "fase école",
            "n° fase école", "n° école", "Schulnummer", "Schoolnummer",
        ),
        width=16,
    ),
    Field(
        "school", message("Name of the school"), SCHOOL,
        message("With the commune, where the number is not known: what is not certain is not taken."),
        aliases=(
            "école", "établissement", "nom de l’établissement", "nom", "nom de l’implantation", "bénéficiaire",
            "nom du bénéficiaire", "Schule", "Schulname", "Bezeichnung der Schule", "Einrichtung", "Name", "School",
            "Schoolnaam", "Instelling", "Naam", "Begunstigde",
        ),
        width=34,
    ),
    Field(
        "address", message("Address of the site"), SCHOOL, message("Optional: it tells two sites apart."),
        aliases=(
            "adresse", "rue", "rue et numéro", "adresse de l’école", "Anschrift", "Straße", "Straße und Hausnummer",
            "Adres", "Straat", "Straat en nummer",
        ),
        width=26,
    ),
    Field(
        "postal_code", message("Postal code"), SCHOOL, _OPTIONAL,
        aliases=("cp", "c.p.", "code postal de l’implantation", "PLZ"), width=10,
    ),
    Field(
        "commune", message("Commune"), SCHOOL, message("Commune of the site; it counts where there is no number."),
        aliases=(
            "commune de l’implantation", "ville", "entité", "entité communale", "Ort", "Stadt", "Stad", "Plaats",
        ),
        width=18,
    ),
)  # fmt: skip
_CALL_FIELD = Field(
    "call", message("Call"), WHAT,
    message("Empty where the list is of one call, which is named when it is imported."), _CHOICE, "call", width=20,
    aliases=("appel à projets", "aap", "code appel", "Projektaufruf", "Aufruf", "Projectoproep", "Oproep"),
)  # fmt: skip
_PROJECT_FIELD = Field(
    "project", message("Number of the project"), WHAT,
    message("Number of the file, if it has one. A site that is twice in a list needs two numbers."),
    aliases=(
        "projet", "n° dossier", "dossier", "référence", "référence du dossier", "référence du projet", "id projet",
        "Projektnummer", "Projekt", "Aktenzeichen", "Projectnummer", "Project", "Dossiernummer",
    ),
    width=14,
)  # fmt: skip
_AMOUNT_FIELD = Field(
    "amount_eur", message("Amount granted"), WHAT, message("In euros: €12 345,50."), _NUMBER,
    aliases=(
        "montant", "budget", "budget attribué", "subside", "subside attribué", "montant du subside",
        "montant du budget", "montant de l’octroi", "Betrag", "Gewährter Betrag", "Zuschuss", "Bewilligter Zuschuss",
        "Bedrag", "Subsidie", "Toegekende subsidie",
    ),
    width=14,
)  # fmt: skip


def _day(*aliases: str) -> Field:
    return Field(
        "occurred_on", message("Date"), WHAT, message("27/01/2020, 01/2020 or 2020."), _PERIOD, width=12,
        aliases=("année", "jour", "Jahr", "Jaar", *aliases),
    )  # fmt: skip


_GUIDANCE = (
    message("A row is a school site."),
    message("Names, telephone numbers and e-mails of persons are never kept."),
    message("A last row “Total” is compared with the sum of the rows."),
)
_EXAMPLE = {"implantation": "1234", "school": "École communale", "commune": "Namur"}

WINNERS_FORM = Form(
    "winners", message("Winners"), message("The winners of a call: a row for each project of a school site"),
    (
        EXAMPLE_FIELD, *_SCHOOL_FIELDS, _CALL_FIELD, _PROJECT_FIELD, _AMOUNT_FIELD,
        _day(
            "date d’octroi", "date d’attribution", "date de notification", "date de la décision",
            "octroyé le", "attribué le", "notifié le", "Datum der Bewilligung", "Bewilligt am",
            "Datum van toekenning", "Toegekend op",
        ),
    ),
    (_EXAMPLE | {"project": "EN20-0001", "amount_eur": "12 345,50 €", "occurred_on": "27/06/2020"},),
    (*_GUIDANCE, message("Name the call when you import it: its field on the page, or --call EN2020.")),
)  # fmt: skip
EQUIPPED_FORM = Form(
    "equipped", message("Equipped sites"), message("The sites that a programme equipped: a row for each site"),
    (
        EXAMPLE_FIELD, *_SCHOOL_FIELDS, _AMOUNT_FIELD,
        _day(
            "date d’équipement", "équipé le", "date d’installation", "installé le",
            "année d’équipement", "année d’installation", "mise en service",
            "date de mise en service",
        ),
    ),
    (_EXAMPLE | {"occurred_on": "2014"},),
    (
        *_GUIDANCE,
        message("Name the programme when you import it: its field on the page, or --programme cyberclasse."),
    ),
)  # fmt: skip
CONNECTIONS_FORM = Form(
    "connections", message("Connections"), message("The sites that were connected: a row for each site"),
    (
        EXAMPLE_FIELD, *_SCHOOL_FIELDS,
        Field(
            "stage", message("Stage"), WHAT, message("Selected or installed; empty: installed."), _CHOICE, "stage",
            aliases=("état", "statut", "avancement"), width=14,
        ),
        _AMOUNT_FIELD,
        _day(
            "date de raccordement", "raccordé le", "date de connexion", "connecté le",
            "date d’installation", "installé le", "mise en service", "date de mise en service",
        ),
    ),
    (_EXAMPLE | {"stage": "installed", "occurred_on": "15/09/2020"},),
    _GUIDANCE,
)  # fmt: skip
DELIVERIES_FORM = Form(
    "deliveries", message("Deliveries"),
    message("The equipment that was delivered: a row for each delivery of a lot to a site"),
    (
        EXAMPLE_FIELD, *_SCHOOL_FIELDS, _CALL_FIELD,
        Field(
            "lot", message("Lot"), WHAT, message("Kind of equipment, or number of the lot."), is_required=True,
            aliases=("n° de lot", "lot n°", "type de matériel", "matériel", "article", "Los", "Perceel"),
            width=20,
        ),
        Field(
            "quantity", message("Quantity"), WHAT, message("How many devices were delivered."), _NUMBER,
            is_required=True, width=10,
            aliases=(
                "nombre", "quantité livrée", "nombre d’appareils", "nombre de pièces", "Anzahl", "Stückzahl", "Aantal",
            ),
        ),
        Field(
            "delivered_on", message("Delivered on"), WHAT, message("Day of the delivery: 27/01/2020."), _PERIOD,
            is_required=True, width=12,
            aliases=("date de livraison", "livraison", "date", "Datum", "Lieferdatum", "Leveringsdatum"),
        ),
    ),
    (_EXAMPLE | {"lot": "Tablettes", "quantity": "12", "delivered_on": "27/01/2020"},),
    (
        *_GUIDANCE,
        message("Name the programme or the call when you import it: its field on the page, or --call EN2020."),
    ),
)  # fmt: skip
LIST_FORMS = {form.kind: form for form in (WINNERS_FORM, EQUIPPED_FORM, CONNECTIONS_FORM, DELIVERIES_FORM)}
