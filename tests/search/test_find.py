"""Questions in four languages, as people ask them: the first answer has the number and document of data/raw.

The right answers were read from the rows of `data/raw/observations`, which were typed from the documents;
those that no document prints are computed here from such rows.
"""

import re
from fractions import Fraction

import pytest

from ennum_stats.figures.contradictions import subject
from ennum_stats.reading.answers import find
from ennum_stats.search.candidates import candidates
from ennum_stats.search.concepts import WORDS, concept
from ennum_stats.search.places import commune_in
from ennum_stats.search.spelling import meant_by
from tests.conftest import covering

QUESTIONS = [
    ("fr", "coût EN2019", "press-kit-2020.budget_awarded.EN2019"),
    ("fr", "wifi 2023", "dh-2023-07-13.connected_share.wifi"),
    ("fr", "Combien d’implantations scolaires en Wallonie ?", "press-kit-2020.implantations.wallonia"),
    ("fr", "combien de projets lauréats EN2018", "press-kit-2020.projects_awarded.EN2018"),
    ("fr", "projets introduits pour EN2020", "rtl-belga-2020-06.projects_introduced.EN2020"),
    ("fr", "élèves par ordinateur en primaire", "awt-2010-05-31-020.pupils_per_computer.primary"),
    ("fr", "budget du helpdesk de Cyberclasse", "press-kit-2020.budget_spent.cyberclasse.helpdesk"),
    ("fr", "combien de tablettes EN2018", "lecho-2018-06.devices_awarded.EN2018.tablets"),
    ("fr", "réseaux Wi-Fi prévus par le plan de relance wallon",
     "regional-it-2022-11-09.wifi_sites_planned.plan_2022_2026.walloon_recovery_plan"),
    ("fr", "combien de dossiers refusés pour EN2020", "pw-2020-10-09-99115.projects_rejected.EN2020"),
    ("fr", "ordinateurs pédagogiques fin 2009", "awt-2010-05-31-020.computers.wallonia.2009"),
    ("fr", "écoles pas encore équipées par Cyberclasse",
     "pw-2013-02-27-45143.schools_not_equipped.cyberclasse.2012-02"),
    ("fr", "combien de serveurs pour Cyberclasse", "pw-2009-05-04-22639.servers_planned.cyberclasse"),
    ("fr", "fonds propres de Charleroi", "lavenir-2022-05-28.own_funds.charleroi"),
    ("de", "Wie viele Projekte wurden in EN2017 ausgewählt?", "press-kit-2020.projects_awarded.EN2017"),
    ("de", "Kosten des Pilotprojekts Konnektivität", "press-kit-2020.budget_spent.connectivity"),
    ("de", "Tablets Deutschsprachige Gemeinschaft",
     "ostbelgien-bildung.devices_subsidised.german_speaking_community.tablets"),
    ("de", "Endgeräte pro 100 Schüler in Brüssel", "barometre-2018-02.terminals_per_100_pupils.brussels"),
    ("de", "Anteil der Primarschulen mit interaktiver Tafel in Wallonien",
     "levif-belga-2018-10.interactive_boards_share.primary.wallonia"),
    ("de", "Budget für WLAN im Plan 2022-2026",
     "geeko-le-soir-2025-03-18.budget_planned.plan_2022_2026.wifi"),
    ("de", "Abgelehnte Projekte EN2020", "pw-2020-10-09-99115.projects_rejected.EN2020"),
    ("de", "Versicherung von Cyberclasse", "press-kit-2020.budget_spent.cyberclasse.insurance"),
    ("de", "Wie viele Schulleitungen beantworteten die Umfrage 2009?",
     "awt-2010-05-31-010.directors_surveyed.2009"),
    ("de", "Wie viele Informationsveranstaltungen zu EN2020?",
     "press-kit-2020.information_sessions.EN2020"),
    ("nl", "Hoeveel projecten werden geselecteerd in EN2020?",
     "trends-levif-2021-10.projects_awarded.EN2020"),
    ("nl", "kosten EN1", "press-kit-2020.budget_awarded.EN1"),
    ("nl", "Hoeveel scholen traden toe tot Cyberclasse?",
     "pw-2013-03-12-46030.schools_joined.cyberclasse.2012-06-01"),
    ("nl", "leerlingen per computer in het secundair onderwijs",
     "awt-2010-05-31-020.pupils_per_computer.secondary"),
    ("nl", "hoeveel MacBooks geleverd", "data-news-2017-09.devices_delivered.EN2017.macbooks"),
    ("nl", "budget plan 2014-2022 uitrusting",
     "levif-belga-77-millions.budget_planned.plan_2014_2022.equipment"),
    ("nl", "uitgaven van Cyberclasse", "press-kit-2020.budget_spent.cyberclasse"),
    ("nl", "aandeel klaslokalen aangesloten op internet",
     "le-vif-2018.connected_share.internet.classrooms.wallonia"),
    ("nl", "hoeveel personen werden aangeworven in 2014",
     "press-kit-2020.staff_hired.2014.maintenance_assistants"),
    ("nl", "hoeveel leerkrachten namen deel aan EN2018", "batichronique-2018.teachers_involved.EN2018"),
    ("en", "How many school sites did Cyberclasse equip?",
     "press-kit-2020.implantations_equipped.cyberclasse"),
    ("en", "cost of EN3", "press-kit-2020.budget_awarded.EN3"),
    ("en", "Wi-Fi sites installed by the pilot", "press-kit-2020.sites_installed.connectivity"),
    ("en", "public digital spaces supported",
     "labo-societe-numerique-2020.spaces_supported.public_spaces_2020"),
    ("en", "how many lots of equipment for EN2019", "press-kit-2020.lots_offered.EN2019"),
    ("en", "applications received by Cyberclasse in September 2009",
     "lessentiel-2009-09-09.files_introduced.cyberclasse.2009-09"),
    ("en", "schools of Charleroi awarded in EN2021", "lavenir-2022-05-28.sites_awarded.EN2021.charleroi"),
    ("en", "spare parts", "press-kit-2020.budget_spent.cyberclasse.spare_parts"),
    ("en", "hours per week granted to a school",
     "brf-2020-06.weekly_hours_per_school.EN2020.german_speaking_community"),
    ("en", "Covid aid per 500 pupils",
     "labo-societe-numerique-2020.grant_per_500_pupils.covid_2020.secondary"),
    ("fr", "combien a coûté Cyberécole en francs belges ?", "press-kit-2020.budget_spent.cyberecole.bef"),
    ("fr", "prix d'un projet EN2019 selon Trends", "trends-levif-2021-10.mean_grant.EN2019"),
    ("fr", "repêchés EN2017 dans le Hainaut",
     "today-in-liege-2017.projects_awarded.EN2017.added_after_jury.hainaut"),
    ("fr", "combien d'implantations différentes ont gagné de 2017 à 2020",
     "spw-emploi-2021.sites_awarded.EN2017_EN2020"),
    ("de", "Höchstbetrag pro Projekt in der Deutschsprachigen Gemeinschaft",
     "brf-2020-06.grant_ceiling.EN2020.german_speaking_community"),
    ("de", "Anteil der Schulen mit WLAN", "dh-2023-07-13.connected_share.wifi"),
    ("nl", "hoeveel scholen kregen een project in de regio Centre",
     "dh-2020-06-centre.sites_awarded.EN2020.centre"),
    ("nl", "groei van het aantal leerlingen", "levif-belga-2018-10.pupils_growth.fwb"),
    ("en", "how many schools in the Wallonia-Brussels Federation", "pw-2020-07-09-97514.etablissements.fwb"),
    ("en", "how many winners answered the survey", "adn-2021-impact.survey_respondents.EN2017_EN2018"),
]  # fmt: skip
ENOUGH = Fraction(30, 36)
COMPUTED = [  # the press kit prints the projects of 2012 to 2019 together
    ("fr", "taux de sélection EN2020", Fraction(679, 955)),
    ("de", "Durchschnittliches Budget pro Projekt EN2018", Fraction(6_910_088, 326)),
    ("nl", "gemiddeld budget per project EN1", Fraction(104_880, 28)),
    ("en", "projects awarded from 2017 to 2019", Fraction(570 + 326 + 503)),
]


def answer(ledger, question, language):
    found = find(ledger, question, language)
    assert found.is_answered, question
    return found, found.record()["candidates"][0]


def says(record, row):
    """The number of the row, in its unit, from its document."""
    told = record["printed"] if row["value"] else record["lower"]
    expected = float(row["value"] or row["lower"])
    return (told, record["unit"]) == (expected, row["unit"]) and row["source_id"] in record["source_ids"]


def test_the_first_answer_is_right(ledger, raw_observations):
    assert len(QUESTIONS) >= 36
    assert {language for language, *_ in QUESTIONS} == {"fr", "de", "nl", "en"}
    missed = []
    for language, question, name in QUESTIONS:
        found = find(ledger, question, language)
        first = found.record()["candidates"][0]
        if not (found.is_answered and says(first, raw_observations[name])):
            missed.append((question, first["name"]))
    assert len(QUESTIONS) - len(missed) >= ENOUGH * len(QUESTIONS), missed


@pytest.mark.parametrize(("language", "question", "expected"), COMPUTED)
def test_a_number_that_is_computed_says_so(ledger, language, question, expected):
    found, first = answer(ledger, question, language)
    assert first["value"] == pytest.approx(float(expected), rel=1e-9)
    word = {"fr": "calculé", "de": "berechnet", "nl": "berekend", "en": "computed"}[language]
    assert word in found.sentence


def test_one_sentence_has_number_document_place_day_and_who_says_otherwise(ledger):
    """EN2019: 6 825 000 euros in chart 2 of the kit; about 6 and 6.9 million in three other documents."""
    found, _ = answer(ledger, "coût EN2019", "fr")
    sentence = found.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    for part in (
        " : environ 6 825 000 euros, à 500 euros près (SPW, janvier 2020 : « École Numérique, dossier de presse",
        "graphique 2",
        "environ 6 millions d’euros (Regional-IT, 5 juillet 2021)",
        "6,9 millions d’euros (Trends/Le Vif, octobre 2021 ; MR, 2021)",
    ):  # fmt: skip
        assert part in sentence
    assert sentence.count(". ") == 0
    assert sentence.endswith(".")


def test_every_subject_of_the_ledger_can_be_found_by_its_own_words(ledger):
    """Asked by its own words, each published number comes among those that are told: in each run one in four."""
    lost = []
    published = [one for one in candidates(ledger) if one.observations]
    tried = covering(published, len(published) // 4)
    for one in tried:
        first = one.observations[0]
        question = f"{subject(ledger, first, 'fr')} {first.source.publisher}"
        told = find(ledger, question, "fr").record()["candidates"]
        names = {name for record in told for name in (record["name"], *record["observations"])}
        if one.name not in names:
            lost.append(one.name)
    assert len(lost) <= 4 * len(tried) / len(published), lost


@pytest.mark.parametrize(
    "question",
    ["combien de piscines équipées par Cyberclasse", "projets EN2031", "wifi 1987",
     "combien de tablettes EN2019", "Wie viele Hamster", "xyzzy"],
)  # fmt: skip
def test_what_nothing_answers_gets_no_number_but_the_nearest_names(ledger, question):
    for language in ("fr", "de", "nl", "en"):
        found = find(ledger, question, language)
        assert not found.is_answered
        assert found.nearest
        assert found.unanswered
        assert found.nearest[0].sentence != found.sentence
        assert all(text in found.sentence for text in found.unanswered)


@pytest.mark.parametrize("question", ["", "?", "combien", "x" * 10_000, "\x00 \u202e 💥", "a b c d e f g"])
def test_a_question_that_asks_nothing_has_no_answer(ledger, question):
    found = find(ledger, question, "fr")
    assert not found.is_answered
    assert found.sentence.startswith("Rien de ce qui était connu le 24\u00a0novembre 2026 ne répond")


def test_nothing_can_be_found_before_anything_was_known(ledger_at):
    found = find(ledger_at("1990-01-01"), "coût de Cyberécole", "fr")
    assert found.nearest[0].quantity is None
    assert "1990" in found.sentence


def test_schools_of_a_commune_need_a_register(ledger):
    found = find(ledger, "combien d'écoles Verviers", "fr")
    assert not found.is_answered
    assert "Verviers" in found.sentence
    assert any("ennum import register" in remark for remark in found.remarks)


def test_schools_of_a_commune_are_counted_where_there_is_a_register(counted):
    """The invented register: as many sites as its rows have, and as many of them in the lists."""
    rows = counted.rows("implantations")
    names = {row["commune"]: row["name_fr"] for row in counted.rows("communes")}
    sizes = {}
    for row in rows:
        sizes.setdefault(row["commune"], set()).add(row["implantation"])
    commune = max(sizes, key=lambda code: (len(sizes[code]), code))
    found = find(counted.dots, f"combien d'écoles à {names[commune]}", "fr")
    assert found.is_answered
    told = found.sentence.replace("\u00a0", " ")
    assert told.startswith(f"{names[commune]} : {len(sizes[commune])} implantations")
    assert "31 décembre 2012" in told
    won = {row["implantation"] for row in counted.rows("participations")} & sizes[commune]
    rest = len(sizes[commune] - won)
    remarks = " ".join(found.remarks).replace("\u00a0", " ")
    assert f"un projet École Numérique : {len(won)} implantation" in remarks
    assert f"sans aucun : {rest} implantation" in remarks


@pytest.mark.parametrize(
    ("question", "unanswered", "code"),
    [
        ("combien d'écoles à La Louvière", ["louviere"], "58001"),
        ("wie viele Schulen in Lüttich", ["luttich"], "62063"),
        ("combien d'écoles à Charlroi", ["charlroi"], "52011"),
        ("combien d'écoles", ["ecoles"], ""),
    ],
)
def test_the_commune_of_a_question(ledger, question, unanswered, code):
    assert commune_in(ledger, question, unanswered) == code


def test_nothing_is_told_before_it_was_known(ledger_at):
    """In June 2018 the kit was still to come: three documents say 325 projects or so."""
    found, first = answer(ledger_at("2018-06-30"), "combien de projets lauréats EN2018", "fr")
    assert first["value"] == 325
    assert "SPW" not in found.sentence
    early = find(ledger_at("2017-01-01"), "combien de projets lauréats EN2018", "fr")
    assert early.nearest[0].quantity is None


def test_a_call_of_which_nothing_was_published_says_so(ledger):
    found = find(ledger, "budget EN2021", "en")
    assert not found.is_answered
    assert found.nearest[0].quantity is None
    assert any("not known" in remark for remark in found.remarks)


def test_each_word_of_the_table_names_one_idea_and_is_written_as_it_is_compared():
    meanings = {}
    for kind in ("idea", "level", "place", "act"):
        for idea, by_language in WORDS[kind].items():
            for word in " ".join(by_language.values()).split():
                assert re.fullmatch(r"[a-z]+[*]?", word), word
                assert meanings.setdefault(word, idea) == idea, word


def test_misspelled_words_are_understood(ledger):
    for question in ("budjet cyberclase", "BUDGETS DE CYBERCLASSES", "budget cyber-classe"):
        assert answer(ledger, question, "fr")[1]["name"] == "cyberclasse_budget"


def test_of_two_words_equally_near_the_same_is_meant_in_any_order():
    near = ["ornitaologie", "ornitbologie"]
    assert meant_by("ornitcologie", near) == meant_by("ornitcologie", near[::-1])
    assert meant_by("ornitcologie", near) == ("ornitaologie",)


@pytest.mark.parametrize(
    ("one", "several"), [("piscine", "piscines"), ("rideau", "rideaux"), ("umbrella", "umbrellas")]
)
def test_of_what_no_idea_names_one_and_several_are_the_same(one, several):
    assert concept(one) == concept(several) == one


def test_what_is_short_or_no_word_keeps_its_last_letter():
    assert [concept(word) for word in ("mus", "2020s", "x1x")] == ["mus", "2020s", "x1x"]
