"""Declare the forms of lists of schools: winners, equipped and connected sites, deliveries.

A list is recognised by the titles that administrations give to columns; the empty form made by `ennum
template winners` has the first of them.
"""

from __future__ import annotations

from ennum_stats.imports.forms import EXAMPLE_FIELD, CellReading, Field, Form

_CHOICE, _PERIOD, _NUMBER = CellReading.CHOICE, CellReading.PERIOD, CellReading.NUMBER
SCHOOL = "L’école"
WHAT = "Ce qu’elle a eu"
SITE_HEADING = "N° FASE de l’implantation"
SCHOOL_HEADING = "N° FASE de l’établissement"

_SCHOOL_FIELDS = (
    Field(
        "implantation", SITE_HEADING, SCHOOL,
        "Le numéro de l’implantation (pas celui de l’établissement). Avec lui, nom et commune sont inutiles.",
        aliases=(
            "fase implantation", "n° implantation fase", "n° implantation", "fase site", "n° site",
            "implantation", "n° fase", "fase",
            "FASE-Nummer des Schulstandorts",
            "FASE-Nummer des Standorts",
            "FASE-Nummer der Niederlassung",
            "Standortnummer",
            "Schulstandort",
            "FASE-Nummer",
            "FASE-nummer van de vestiging",
            "FASE-nummer van de vestigingsplaats",
            "Vestigingsnummer",
            "Vestiging",
        ),
        width=16,
    ),
    Field(
        "etablissement", SCHOOL_HEADING, SCHOOL, "Facultatif.",
        aliases=(
            "fase établissement", "établissement fase", "n° établissement fase", "n° établissement",
            "fase école", "n° fase école", "n° école",
            "FASE-Nummer der Schule",
            "Schulnummer",
            "FASE-nummer van de school",
            "Schoolnummer",
        ),
        width=16,
    ),
    Field(
        "school", "Nom de l’école", SCHOOL,
        "Avec la commune, là où le numéro n’est pas connu : ce qui n’est pas certain n’est pas pris.",
        aliases=(
            "école", "établissement", "nom de l’établissement", "nom", "nom de l’implantation",
            "bénéficiaire", "nom du bénéficiaire",
            "Name der Schule",
            "Schule",
            "Schulname",
            "Bezeichnung der Schule",
            "Einrichtung",
            "Name",
            "Naam van de school",
            "School",
            "Schoolnaam",
            "Instelling",
            "Naam",
            "Begunstigde",
        ),
        width=34,
    ),
    Field(
        "address", "Adresse de l’implantation", SCHOOL, "Facultatif : elle départage deux implantations.",
        aliases=(
            "adresse", "rue", "rue et numéro", "adresse de l’école", "Adresse des Standorts", "Anschrift", "Straße",
            "Straße und Hausnummer", "Adres", "Adres van de vestiging", "Straat", "Straat en nummer",
        ),
        width=26,
    ),
    Field(
        "postal_code", "Code postal", SCHOOL, "Facultatif.",
        aliases=("cp", "c.p.", "code postal de l’implantation", "PLZ", "Postleitzahl", "Postcode"), width=10,
    ),
    Field(
        "commune", "Commune", SCHOOL, "Commune de l’implantation ; elle compte là où il n’y a pas de numéro.",
        aliases=(
            "commune de l’implantation", "ville", "entité", "entité communale", "Gemeinde", "Ort", "Stadt", "Gemeente",
            "Stad", "Plaats",
        ),
        width=18,
    ),
)  # fmt: skip
_CALL_FIELD = Field(
    "call", "Appel", WHAT, "Vide si la liste est d’un seul appel, que la commande nomme.",
    _CHOICE, "call", width=20,
    aliases=("appel à projets", "aap", "code appel", "Projektaufruf", "Aufruf", "Projectoproep", "Oproep"),
)  # fmt: skip
_PROJECT_FIELD = Field(
    "project", "N° du projet", WHAT,
    "Numéro du dossier, s’il y en a un. Une implantation deux fois dans une liste a besoin de deux numéros.",
    aliases=(
        "projet", "n° dossier", "dossier", "référence", "référence du dossier", "référence du projet",
        "id projet",
            "Projektnummer",
            "Nummer des Projekts",
            "Projekt",
            "Aktenzeichen",
            "Projectnummer",
            "Nummer van het project",
            "Project",
            "Dossiernummer",
    ),
    width=14,
)  # fmt: skip
_AMOUNT_FIELD = Field(
    "amount_eur", "Montant attribué", WHAT, "En euros : 12 345,50 €.", _NUMBER,
    aliases=(
        "montant", "budget", "budget attribué", "subside", "subside attribué", "montant du subside",
        "montant du budget", "montant de l’octroi",
            "Betrag",
            "Bewilligter Betrag",
            "Gewährter Betrag",
            "Zuschuss",
            "Bewilligter Zuschuss",
            "Bedrag",
            "Toegekend bedrag",
            "Subsidie",
            "Toegekende subsidie",
    ),
    width=14,
)  # fmt: skip


def _day(*aliases: str) -> Field:
    return Field(
        "occurred_on", "Date", WHAT, "27/01/2020, 01/2020 ou 2020.", _PERIOD, width=12,
        aliases=("année", "jour", "Datum", "Jahr", "Jaar", *aliases),
    )  # fmt: skip


_GUIDANCE = (
    "Une ligne est une implantation.",
    "Les noms, téléphones et adresses électroniques de personnes ne sont jamais gardés.",
    "Une dernière ligne « Total » est comparée à la somme des lignes.",
)
_EXAMPLE = {"implantation": "1234", "school": "École communale", "commune": "Namur"}

WINNERS_FORM = Form(
    "winners", "Lauréats", "Les lauréats d’un appel : une ligne par projet d’une implantation",
    (
        EXAMPLE_FIELD, *_SCHOOL_FIELDS, _CALL_FIELD, _PROJECT_FIELD, _AMOUNT_FIELD,
        _day(
            "date d’octroi", "date d’attribution", "date de notification", "date de la décision",
            "octroyé le", "attribué le", "notifié le", "Datum der Bewilligung", "Bewilligt am",
            "Datum van toekenning", "Toegekend op",
        ),
    ),
    (_EXAMPLE | {"project": "EN20-0001", "amount_eur": "12 345,50 €", "occurred_on": "27/06/2020"},),
    (*_GUIDANCE, "Ajoutez l’appel à la commande : --call EN2020."),
)  # fmt: skip
EQUIPPED_FORM = Form(
    "equipped", "Implantations équipées",
    "Les implantations équipées par un programme : une ligne par implantation",
    (
        EXAMPLE_FIELD, *_SCHOOL_FIELDS, _AMOUNT_FIELD,
        _day(
            "date d’équipement", "équipé le", "date d’installation", "installé le",
            "année d’équipement", "année d’installation", "mise en service",
            "date de mise en service",
        ),
    ),
    (_EXAMPLE | {"occurred_on": "2014"},),
    (*_GUIDANCE, "Ajoutez le programme à la commande : --programme cyberclasse."),
)  # fmt: skip
CONNECTIONS_FORM = Form(
    "connections", "Connexions", "Les implantations raccordées : une ligne par implantation",
    (
        EXAMPLE_FIELD, *_SCHOOL_FIELDS,
        Field(
            "stage", "Stade", WHAT, "Sélectionné ou installé ; vide : installé.", _CHOICE, "stage",
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
    "deliveries", "Livraisons", "Le matériel livré : une ligne par livraison d’un lot à une implantation",
    (
        EXAMPLE_FIELD, *_SCHOOL_FIELDS, _CALL_FIELD,
        Field(
            "lot", "Lot", WHAT, "Sorte de matériel, ou numéro du lot.", is_required=True,
            aliases=("n° de lot", "lot n°", "type de matériel", "matériel", "article", "Los", "Perceel"),
            width=20,
        ),
        Field(
            "quantity", "Quantité", WHAT, "Nombre d’appareils livrés.", _NUMBER, is_required=True,
            aliases=(
                "nombre", "quantité livrée", "nombre d’appareils", "nombre de pièces", "Menge", "Anzahl",
                "Stückzahl", "Hoeveelheid", "Aantal",
            ),
            width=10,
        ),
        Field(
            "delivered_on", "Livré le", WHAT, "Jour de la livraison : 27/01/2020.", _PERIOD,
            is_required=True, width=12,
            aliases=(
                "date de livraison", "livraison", "date", "Datum", "Geliefert am", "Lieferdatum", "Geleverd op",
                "Leveringsdatum",
            ),
        ),
    ),
    (_EXAMPLE | {"lot": "Tablettes", "quantity": "12", "delivered_on": "27/01/2020"},),
    (*_GUIDANCE, "Ajoutez le programme ou l’appel à la commande : --call EN2020."),
)  # fmt: skip
LIST_FORMS = {form.kind: form for form in (WINNERS_FORM, EQUIPPED_FORM, CONNECTIONS_FORM, DELIVERIES_FORM)}
