"""What an audit says of the numbers of texts, beside what was labelled by hand and what the rows say."""

import csv
import random
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

import ennum_stats
from ennum_stats.audit import VerdictKind, audit, judging
from ennum_stats.audit.verdict import RIGHT
from ennum_stats.office.texts.readers import read_text
from ennum_stats.office.texts.report import TextAudit
from ennum_stats.reading.quantities import numbers_in
from tests.reading.corpus import texts
from tests.reading.verdicts import RATES, counts, null_faults

SHARED = Path(__file__).parents[3] / "shared" / "reference"
REACHED = {"right numbers confirmed": 72}
"""Where the audit stands, so that it does not fall: of right numbers nothing is asked."""
DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def ledger(ledger_at):
    return ledger_at(DAY)


def test_rates_of_the_open_texts(ledger):
    counted = counts(ledger, "open")
    assert counted["false right"] == 0
    for name, part, whole, wanted in RATES:
        assert 100 * counted[part] >= REACHED.get(name, wanted) * counted[whole], (name, counted[part])


def test_sentences_on_other_subjects_are_not_judged(ledger):
    assert null_faults(ledger, "open") <= 1


def verdict_of(ledger, sentence, number, day=DAY):
    place = sentence.index(number)
    return next(one for one in audit(sentence, ledger, "fr", day) if one.start <= place < one.end)


def test_before_its_document_a_number_is_not_judged_and_right_today(ledger):
    verdict = verdict_of(ledger, "L'appel EN2020 a retenu 679 projets.", "679", date(2020, 2, 1))
    assert not verdict.is_right
    assert verdict.today is VerdictKind.EXACT


def test_an_older_number_is_stale(ledger):
    verdict = verdict_of(ledger, "École Numérique : 1 709 projets ont été retenus depuis 2012.", "1 709")
    assert verdict.kind is VerdictKind.STALE
    assert verdict.right_words == "2\N{NARROW NO-BREAK SPACE}388\N{NO-BREAK SPACE}projets"  # 679 more


def test_what_is_judged_once_since_nothing_became_known_is_as_if_judged_twice(ledger_at, monkeypatch):
    later = ledger_at(date(2026, 12, 31))
    assert later.last_day_known() <= DAY
    some = texts("open")[::20]
    once = [audit(text.words, later, text.language, DAY) for text in some]
    monkeypatch.setattr(judging, "_is_all_known", lambda _ledger, _day: False)
    assert once == [audit(text.words, later, text.language, DAY) for text in some]


@pytest.mark.parametrize(
    ("sentence", "number", "kind"),
    [
        ("Cyberclasse a équipé environ 3 000 implantations.", "3 000", VerdictKind.ROUNDED),
        ("Cyberclasse a équipé plus de 3 000 implantations.", "3 000", VerdictKind.STRONGER),
        ("De 2012 à 2019, École Numérique a attribué plus de 25 millions d'euros.", "25", VerdictKind.BOUND),
        ("L'appel EN2018 a retenu 326 écoles.", "326", VerdictKind.MIXED_UNITS),
        ("Cyberécole a coûté 805 millions d'euros.", "805", VerdictKind.MIXED_UNITS),
        ("L'appel EN2020 a retenu 500 projets.", "500", VerdictKind.FORECAST_AS_FACT),
        ("L'appel EN2019 a attribué 6,9 millions d'euros.", "6,9", VerdictKind.OTHER_SOURCE),
        ("L'appel EN2018 a retenu 212 projets du fondamental ordinaire.", "212", VerdictKind.EXACT),
        ("Les appels EN2017 et EN2018 ont retenu 896 projets.", "896", VerdictKind.EXACT),
        ("L'appel EN2019 a retenu 503 projets, et en EN2020, 679, soit 176 de plus.", "176", VerdictKind.DERIVED),
        ("La Flandre a retenu 503 projets, comme EN2019.", "503", VerdictKind.UNVERIFIABLE),
        ("L'appel EN2020 a été clôturé le 4 mars 2020.", "4", VerdictKind.NOT_STATISTIC),
        ("Le quatrième appel d'École Numérique a retenu 326 projets.", "326", VerdictKind.CONTRADICTED),
        ("Entre EN2019 et EN2020, les projets lauréats ont augmenté de 53 %.", "53 %", VerdictKind.CONTRADICTED),
        ("EN2020 a retenu deux fois plus de projets que EN2018.", "deux fois", VerdictKind.DERIVED),
        ("EN2020 a retenu deux fois plus de projets que EN2019.", "deux fois", VerdictKind.CONTRADICTED),
        ("EN1 a eu 28 projets, EN2 72 projets, EN3 210 projets, soit 310 au total.", "310", VerdictKind.DERIVED),
        ("EN1 a eu 28 projets, EN2 72 projets, EN3 210 projets, soit 320 au total.", "320", VerdictKind.CONTRADICTED),
        ("École Numérique. Une école sur trois attend toujours le Wi-Fi.", "Une école", VerdictKind.UNVERIFIABLE),
        ("À EN2018, le nombre de lauréats est le plus élevé.", "le plus élevé", VerdictKind.CONTRADICTED),
        ("À EN2020, le nombre de lauréats est le plus élevé.", "le plus élevé", VerdictKind.DERIVED),
        ("À EN1, le nombre de lauréats est le plus faible.", "le plus faible", VerdictKind.DERIVED),
        ("À EN2018, le nombre de lauréats est le plus faible.", "le plus faible", VerdictKind.CONTRADICTED),
        ("École Numérique : le nombre de projets est en baisse constante.", "en baisse", VerdictKind.CONTRADICTED),
        ("École Numérique touche la majorité des écoles.", "la majorité", VerdictKind.UNVERIFIABLE),
        ("De EN2018 à EN2019, les projets retenus sont passés de 326 à 503.", "326", VerdictKind.EXACT),
        ("EN2017 : le nombre de lauréats n'a cessé d'augmenter.", "n'a cessé", VerdictKind.UNVERIFIABLE),
        ("École Numérique. À Huy, 30 écoles sur 120, soit 30 %, ont répondu.", "30 %", VerdictKind.CONTRADICTED),
        ("École Numérique. À Huy, 30 écoles sur 120, soit 25 %, ont répondu.", "25 %", VerdictKind.UNVERIFIABLE),
        ("École Numérique. 90 000 € pour 30 projets, soit 2 000 € en moyenne.", "2 000", VerdictKind.CONTRADICTED),
        ("École Numérique. 90 000 € pour 30 projets, soit 3 000 € en moyenne.", "3 000", VerdictKind.UNVERIFIABLE),
        ("Le projet pilote de connectivité interne : 183 implantations équipées.", "183", VerdictKind.EXACT),
        ("De 2017 à 2020 : 2 075 projets sur 1 724 implantations, École numérique.", "1 724", VerdictKind.EXACT),
        ("EN2018 a reçu des dossiers. Le budget de l'appel est de 6 910 088 euros.", "6 910", VerdictKind.EXACT),
        ("EN2017 a retenu 570 projets, contre les 210 du troisième appel.", "210", VerdictKind.EXACT),
        ("École Numérique. Le premier appel compte 28 projets, le troisième déjà 210.", "210", VerdictKind.EXACT),
        ("École Numérique. Le plan 2022-2026 prévoit la connectivité de 1350 écoles.", "1350", VerdictKind.EXACT),
        ("Source : dossier de presse EN2019, 530 projets. Fin.", "530", VerdictKind.NOT_STATISTIC),
        ("EN2018 a retenu 326 projets, et l'année suivante 503.", "503", VerdictKind.EXACT),
        ("EN2018 a retenu 326 projets, et l'année suivante 530.", "530", VerdictKind.CONTRADICTED),
        ("L'équipe de Cyberclasse a fluctué entre 14 et 16 personnes.", "14 et 16", VerdictKind.ROUNDED),
        ("L'équipe de Cyberclasse a fluctué entre 14 et 26 personnes.", "14 et 26", VerdictKind.CONTRADICTED),
        ("De 2017 à 2020, École numérique a mobilisé près de 100 000 enseignants.", "100", VerdictKind.CONTRADICTED),
        ("De 2012 à 2019, École Numérique a attribué plus de 52 millions d'euros.", "52", VerdictKind.CONTRADICTED),
        ("Cyberclasse a coûté 86 millions d'euros.", "86", VerdictKind.CONTRADICTED),
        ("NAMUR (Belga) – #EcoleNumerique 2018 : 326 projets.", "326", VerdictKind.EXACT),
        ("EN2020 a reçu 955 candidatures. 276 n'ont pas été retenues.", "276", VerdictKind.EXACT),
        ("Le pilote de connectivité a équipé 183 sites sur les deux cents choisis.", "deux cents", VerdictKind.EXACT),
        ("En 2020, EN2020 a retenu 679 projets sur 955. Pour EN2019, c'était 503 sur 762.", "762", VerdictKind.EXACT),
        ("Le projet pilote de connectivité est fini. Il a coûté 7 214 359 euros.", "7 214", VerdictKind.CONTRADICTED),
        ("Le projet pilote de connectivité est fini. Un local a coûté 9 000 euros.", "9 000", VerdictKind.UNVERIFIABLE),
        ("École numérique. La commune compte 14 implantations.", "14", VerdictKind.UNVERIFIABLE),
        ("On a mis en place Cyberécole, pour 805 millions de francs belges.", "805", VerdictKind.ROUNDED),
        ("De 2012 à 2019 avec École numérique : 1 709 projets retenus.", "2019", VerdictKind.NOT_STATISTIC),
        ("École Numérique\n\nappel\tprojets\teuros\nEN1\t28\t104 880\nEN2\t27\t9", "27", VerdictKind.CONTRADICTED),
        ("École Numérique\n\nappel\tprojets\nEN1\t28\nEN2\t72\nTotal\t100", "100", VerdictKind.DERIVED),
        ("École Numérique\n\nappel\tprojets\nEN1\t28\nEN2\t72\nTotal\t110", "110", VerdictKind.CONTRADICTED),
        ("EN2018 par niveau\n- fondamental (ordinaire) : 212\n- secondaire (ordinaire) : 17", "17",
         VerdictKind.CONTRADICTED),
        ("Combien de projets l'appel EN2019 a-t-il retenus ? 530.", "530", VerdictKind.CONTRADICTED),
        ("EN2017 a retenu 570 projets, le suivant 362.", "362", VerdictKind.CONTRADICTED),
        ("EN2017 a retenu 570 projets, le suivant 326. Ensemble, ces deux appels font 896 projets.", "896",
         VerdictKind.EXACT),
        ("EN2020 a retenu 679 projets sur 955, soit 17,1 %.", "17,1 %", VerdictKind.CONTRADICTED),
        ("EN2019 a retenu 503 projets, EN2020 679, soit 716 de plus.", "716", VerdictKind.CONTRADICTED),
        ("Cyberclasse est finie. Elle a coûté 58 millions d'euros.", "58", VerdictKind.CONTRADICTED),
        ("Plus de 8 000 enseignants ont participé à EN2018.", "8 000", VerdictKind.STRONGER),
        ("L'appel EN2020 a retenu 679 élèves.", "679", VerdictKind.MIXED_UNITS),
        ("L'appel EN2020 a retenu 37 projets à Verviers.", "37", VerdictKind.UNVERIFIABLE),
        ("L'appel EN2020 a retenu 37 projets dans notre ville.", "37", VerdictKind.UNVERIFIABLE),
        ("École Numérique. Depuis 2017, 1 724 projets ont été retenus.", "1 724", VerdictKind.MIXED_UNITS),
        ("L'appel EN2020 n'a jamais coûté plus de 3 millions d'euros.", "3", VerdictKind.CONTRADICTED),
        ("École Numérique\n\nLe plan 2022-2026 est doté de 120 millions d'euros.", "120", VerdictKind.ROUNDED),
        ("EN3 a retenu 210 projets. Les neuf derniers appels en ont retenu 4 130.", "4 130", VerdictKind.UNVERIFIABLE),
        ("Vinrent les appels d'École Numérique. Le tout premier n'a retenu que 82 projets.", "82",
         VerdictKind.CONTRADICTED),
        ("Les appels EN2017 à EN2020 ont retenu 2 078 projets.", "2 078", VerdictKind.OTHER_SOURCE),
        ("École Numérique, depuis 2017. Quelque 2 540 équipes en ont profité.", "2 540", VerdictKind.CONTRADICTED),
        ("EN3 a coûté cher aux jeunes tablettes : 3 442 546 euros.", "3 442 546", VerdictKind.CONTRADICTED),
        ("Le plan 2022-2026 a relié 1 350 écoles.", "1 350", VerdictKind.UNVERIFIABLE),
        ("EN2017 : le jury a retenu 500 projets. 68 ont été ajoutés : 41 à Liège, 14 en Hainaut.", "41",
         VerdictKind.EXACT),
        ("L'appel EN2019 a retenu plus de 500 écoles.", "500", VerdictKind.MIXED_UNITS),
        ("Cyberclasse. En 2011, plus de 4 000 ordinateurs étaient installés.", "4 000", VerdictKind.UNVERIFIABLE),
        ("Cyberclasse à Liège. On y a dépensé 9 000 000 d'euros.", "9 000", VerdictKind.UNVERIFIABLE),
    ],
)  # fmt: skip
def test_kinds(ledger, sentence, number, kind):
    assert verdict_of(ledger, sentence, number).kind is kind


@pytest.mark.parametrize(
    ("language", "sentence", "number", "kind"),
    [
        (
            "fr",
            "Chaque projet d'École Numérique est accompagné trois mois.",
            "trois",
            VerdictKind.MIXED_UNITS,
        ),
        (
            "nl",
            "In 2018 hadden amper 88 vestigingsplaatsen in Wallonië internet.",
            "88",
            VerdictKind.MIXED_UNITS,
        ),
        (
            "en",
            "The surveys of EN2017 and EN2018 had 474 pupils who answered.",
            "474",
            VerdictKind.MIXED_UNITS,
        ),
        (
            "de",
            "École Numérique? Der Plan 2022-2026 hat 120 Millionen Euro, davon 60 für WLAN.",
            "60",
            VerdictKind.ROUNDED,
        ),
        (
            "de",
            "École Numérique? Der Plan 2022-2026 hat 120 Millionen Euro, davon 80 für WLAN.",
            "80",
            VerdictKind.CONTRADICTED,
        ),
        (
            "fr",
            "Cyberclasse : 9 489 000 € pour le helpdesk, l'assurance, elle, 530 000.",
            "530",
            VerdictKind.CONTRADICTED,
        ),
        (
            "nl",
            "École Numérique kende tot nu toe meer dan 48.000 toestellen toe.",
            "48.000",
            VerdictKind.BOUND,
        ),
        ("en", "Cyberclasse took over from Cyberécole. It cost €58 million.", "58", VerdictKind.CONTRADICTED),
        (
            "fr",
            "EN2018, 326 projets. Le budget de cet appel : 7 260 658 euros.",
            "7 260",
            VerdictKind.CONTRADICTED,
        ),
        ("de", "Cyberclasse hat 40.000 Computer installiert.", "40.000", VerdictKind.FORECAST_AS_FACT),
        ("nl", "EN2020 koos 679 projecten, 167 meer dan EN2019.", "167", VerdictKind.UNVERIFIABLE),
        ("en", "École Numérique. A new plan is worth €1.2 billion.", "1.2", VerdictKind.CONTRADICTED),
        (
            "de",
            "Das Pilotprojekt Konnektivität: Anfang 2020 waren 183 Standorte fertig.",
            "183",
            VerdictKind.EXACT,
        ),
        (
            "en",
            "School sites: 3,800. Pupils: 580,000. Winners: 679. Trees: 12.",
            "679",
            VerdictKind.UNVERIFIABLE,
        ),
    ],
)
def test_kinds_in_each_language(ledger, language, sentence, number, kind):
    place = sentence.index(number)
    verdict = next(one for one in audit(sentence, ledger, language, DAY) if one.start <= place < one.end)
    assert verdict.kind is kind, verdict.subject


@pytest.mark.parametrize(
    ("language", "sentence", "number", "kind"),
    [  # seven people and three of them, 28, 72 and 210 projects, 200 sites: press kit of 2020
        ("en", "Cyberécole ran on a dozen staff, three of them controllers.", "a dozen", "contradicted"),
        ("fr", "Cyberécole employait une douzaine de personnes.", "une douzaine", "contradicted"),
        ("de", "EN1: 28 Projekte\nEN2: 72\nEN3: 210\n\nAlle drei Runden zusammen: 310 Projekte.", "310", "derived"),
        ("fr", "EN1 : 28 projets\nEN2 : 72\nEN3 : 210\n\nTous les trois appels : 310 projets.", "310", "derived"),
        ("nl", "EN1: 28 projecten\nEN2: 72\nEN3: 210\n\nAlle drie oproepen samen: 310 projecten.", "310", "derived"),
        ("en", "EN1: 28 projects\nEN2: 72\nEN3: 210\n\nAll three calls together: 310 projects.", "310", "derived"),
        ("fr", "Et les câbles ?\n\nSur les 200 implantations du projet pilote de connectivité, 183 sont installées.",
         "200", "exact"),
        ("nl", "De winnaars van EN2018 kregen een 500-tal interactieve borden.", "500", "rounded"),
    ],
)  # fmt: skip
def test_what_strangers_wrote(ledger, language, sentence, number, kind):
    place = sentence.index(number)
    verdicts = audit(sentence, ledger, language, DAY)
    assert next(one for one in verdicts if one.start <= place < one.end).kind.value == kind


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Les 85 millions d'euros de Cyberclasse couvrent aussi un helpdesk de 9 489 000 euros."),
        ("de", "Die 85 Millionen Euro von Cyberclasse umfassen auch einen Helpdesk von 9.489.000 Euro."),
        ("nl", "De 85 miljoen euro van Cyberclasse dekken ook een helpdesk van 9.489.000 euro."),
        ("en", "The 85 million euros of Cyberclasse also cover a helpdesk of 9,489,000 euros."),
    ],
)
def test_a_noun_told_anew_belongs_to_the_number_behind_it(ledger, language, sentence):
    assert {each.kind for each in audit(sentence, ledger, language, DAY)} == {VerdictKind.ROUNDED}


@pytest.mark.parametrize(
    ("language", "is_done", "clauses"),
    [
        ("fr", True, "a investi {}; a injecté {} dans les écoles; a distribué {}; a déjà dépensé {}; a coûté {}"),
        ("fr", False, "prévoit {}; a été doté de {}; investira {}; a prévu {}; a alloué {}; représente {}"),
        ("de", True, "hat {} investiert; investierte {}; steckte {} in die Schulen; hat {} ausgegeben; kostete {}"),
        ("de", False, "sieht {} vor; investiert {}; umfasst {}; wird {} investieren; stellt {} bereit"),
        ("nl", True, "heeft {} geïnvesteerd; investeerde {}; stak {} in de scholen; verdeelde {}; kostte {}"),
        ("nl", False, "voorziet {}; trekt {} uit; zal {} investeren; investeert {}"),
        ("en", True, "invested {}; has paid out {}; poured {} into schools; has cost {}; spent {}"),
        ("en", False, "provides {}; is worth {}; will invest {}; earmarked {}; allocated {}"),
    ],
)  # fmt: skip
def test_a_plan_is_no_account(ledger, language, is_done, clauses):
    """The plan 2022–2026 announces 120 million euros; nobody has published what was spent of it."""
    programme, plan, amount = {
        "fr": ("École Numérique équipe les écoles wallonnes.", "Le plan 2022-2026", "120 millions d’euros"),
        "de": (
            "École Numérique stattet wallonische Schulen aus.",
            "Der Plan 2022-2026",
            "120 Millionen Euro",
        ),
        "nl": ("École Numérique rust Waalse scholen uit.", "Het plan 2022-2026", "120 miljoen euro"),
        "en": ("École Numérique equips Walloon schools.", "The 2022-2026 plan", "120 million euros"),
    }[language]
    for clause in clauses.split("; "):
        text = f"{programme}\n\n{plan} {clause.format(amount)}."
        (verdict,) = (each for each in audit(text, ledger, language, DAY) if each.text.startswith("120"))
        assert (verdict.kind is VerdictKind.FORECAST_AS_FACT) == is_done, clause
        assert (verdict.kind in RIGHT) != is_done, clause


@pytest.mark.parametrize(
    ("kind", "sentences"),
    [
        (  # in a year of the plan, of no call that is told
            VerdictKind.FORECAST_AS_FACT,
            (
                "École Numérique, c'est fini. Depuis 2024, [[1 350]] écoles ont été équipées en Wi-Fi.",
                "École Numérique ist vorbei. Seit 2024 sind [[1.350]] Schulen mit WLAN ausgestattet worden.",
                "École Numérique is voorbij. Sinds 2024 kregen er al [[1.350]] scholen wifi.",
                "École Numérique is over. Since 2024, [[1,350]] schools have been given Wi-Fi.",
            ),
        ),
        (  # 104,880 + 539,500
            VerdictKind.CONTRADICTED,
            (
                "EN2 a reçu 539 500 euros ; avec EN1, on arrive au total à [[664 380]] euros.",
                "Für EN2 wurden 539.500 Euro bewilligt; nimmt man EN1 hinzu, kommt man auf [[664.380]] Euro.",
                "EN2 kreeg 539.500 euro; met EN1 erbij komt dat uit op [[664.380]] euro.",
                "EN2 was given €539,500; put together with EN1, it comes to €[[664,380]].",
            ),
        ),
        (
            VerdictKind.DERIVED,
            (
                "EN2 a reçu 539 500 euros ; avec EN1, on arrive au total à [[644 380]] euros.",
                "Für EN2 wurden 539.500 Euro bewilligt; nimmt man EN1 hinzu, kommt man auf [[644.380]] Euro.",
                "EN2 kreeg 539.500 euro; met EN1 erbij komt dat uit op [[644.380]] euro.",
                "EN2 was given €539,500; put together with EN1, it comes to €[[644,380]].",
            ),
        ),
        (  # 679 of 955
            VerdictKind.CONTRADICTED,
            (
                "À EN2020, 955 projets ont été introduits. Moins de [[la moitié]] d'entre eux ont été retenus.",
                "Bei École Numérique gingen 2020 955 Anträge ein. Weniger als die [[Hälfte]] davon wurde bewilligt.",
                "In 2020 kwamen bij EN2020 955 dossiers binnen. Minder dan de [[helft]] daarvan is goedgekeurd.",
                "In 2020, 955 projects were submitted to EN2020. Less than [[half]] of them were selected.",
            ),
        ),
        (
            VerdictKind.CONTRADICTED,
            (
                "En 2020, 679 des 955 projets d'École Numérique ont été retenus, soit moins de [[deux tiers]].",
                "Bei EN2020 gingen 955 Anträge ein, 679 davon gingen durch, also weniger als [[zwei Drittel]].",
            ),
        ),
        (  # 21.2 thousand
            VerdictKind.CONTRADICTED,
            (
                "En 2018, un projet d'École Numérique a reçu en moyenne [[21,2]] millions d'euros.",
                "2018 erhielt ein Projekt von École Numérique durchschnittlich [[21,2]] Millionen Euro.",
                "In 2018 kreeg een project van École Numérique gemiddeld [[21,2]] miljoen euro.",
                "In 2018 an École Numérique project received on average €[[21.2]] million.",
            ),
        ),
        (  # grown to 8.7 million, not by it
            VerdictKind.CONTRADICTED,
            (
                "École Numérique en 2019 : 503 projets. En 2020, le budget est monté à [[7,8]] millions d'euros.",
                "École Numérique 2019: 503 Projekte. 2020 stieg das Budget auf [[7,8]] Millionen Euro.",
                "École Numérique in 2019: 503 projecten. In 2020 steeg het budget naar [[7,8]] miljoen euro.",
                "École Numérique in 2019: 503 projects. In 2020 the budget rose to €[[7.8]] million.",
            ),
        ),
        (  # more than 540 of both levels together
            VerdictKind.CONTRADICTED,
            (
                "Cyberécole a équipé au plus [[540]] établissements du secondaire et de promotion sociale.",
                "Cyberécole stattete höchstens [[540]] Einrichtungen der Sekundarstufe und der Erwachsenenbildung aus.",
                "Cyberécole rustte hoogstens [[540]] instellingen van het secundair en het volwassenenonderwijs uit.",
            ),
        ),
        (  # fifteen
            VerdictKind.CONTRADICTED,
            (
                "Cyberclasse avait une équipe. En 2014, [[cinquante]] assistants à la maintenance ont été engagés.",
                "Cyberclasse had een ploeg. Toen namen ze er in 2014 [[vijftig]] onderhoudsassistenten bij.",
            ),
        ),
        (  # more than 137 million in all
            VerdictKind.CONTRADICTED,
            (
                "École Numérique et le reste : de 1999 à 2019, la Région a dépensé au total moins de [[137]] millions.",
                "École Numérique und der Rest: Von 1999 bis 2019 gab die Region in allem unter [[137]] Mio. Euro aus.",
                "École Numérique en de rest: van 1999 tot 2019 gaf het Gewest in totaal minder dan €[[137]] mln. uit.",
                "École Numérique and the rest: from 1999 to 2019 the Region spent in all less than €[[137]] million.",
            ),
        ),
        (  # more than 1,700, there
            VerdictKind.CONTRADICTED,
            (
                "École Numérique en Communauté germanophone. Ici, on a subsidié au plus [[1 700]] tablettes.",
                "École Numérique in der Deutschsprachigen Gemeinschaft. Hier höchstens [[1.700]] Tablets bezuschusst.",
                "École Numérique in de Duitstalige Gemeenschap. Hier werden hoogstens [[1.700]] tablets gesubsidieerd.",
                "École Numérique in the German-speaking Community. Here at most [[1,700]] tablets were subsidised.",
            ),
        ),
        (  # 500 were planned, though 679 won
            VerdictKind.CONTRADICTED,
            (
                "En 2020, École Numérique a retenu 679 projets. Cette année-là, [[700]] projets étaient prévus.",
                "2020 hat École Numérique 679 Projekte ausgewählt. In jenem Jahr waren [[700]] Projekte geplant.",
                "In 2020 koos École Numérique 679 projecten. Dat jaar waren er [[700]] projecten gepland.",
                "In 2020 École Numérique selected 679 projects. That year [[700]] projects had been planned.",
            ),
        ),
        (  # of the insurance, not of the helpdesk
            VerdictKind.CONTRADICTED,
            (
                "Cyberclasse a coûté 85 millions d'euros, y compris l'assurance, qui a pris [[9 489 000]] euros.",
                "Cyberclasse kostete 85 Mio. Euro, einschließlich der Versicherung, die [[9.489.000]] Euro kostete.",
                "Cyberclasse kostte 85 miljoen euro, met inbegrip van de verzekering, die [[9.489.000]] euro opslokte.",
                "Cyberclasse cost €85 million, including the insurance, which took €[[9,489,000]].",
            ),
        ),
        (  # projects, whatever the sentence before it counts: 19
            VerdictKind.CONTRADICTED,
            (
                "EN2018 a reçu 781 demandes. La promotion sociale en a eu [[8]].",
                "Für EN2018 gingen 781 Anträge ein. Die Erwachsenenbildung bekam [[8]].",
                "Voor EN2018 kwamen 781 aanvragen binnen. Het volwassenenonderwijs kreeg er [[8]].",
                "For EN2018 there were 781 applications. Adult education got [[8]].",
            ),
        ),
        (  # of 2009, whatever call is told before: 53,400
            VerdictKind.CONTRADICTED,
            (
                "L'appel EN2017 est clos. Fin 2009, il y avait [[5 340]] ordinateurs en Wallonie.",
                "Der Aufruf EN2017 ist zu Ende. Ende 2009 gab es in der Wallonie [[5.340]] Computer.",
                "De oproep EN2017 is afgelopen. Eind 2009 waren er in Wallonië [[5.340]] computers.",
                "The call EN2017 is over. At the end of 2009 there were [[5,340]] computers in Wallonia.",
            ),
        ),
        (  # computers per 100 pupils
            VerdictKind.MIXED_UNITS,
            (
                "École Numérique. En 2009, l'enseignement de plein exercice avait [[8,5]] élèves par ordinateur.",
                "École Numérique. 2009 kamen im Vollzeitunterricht [[8,5]] Schüler auf einen Computer.",
                "École Numérique. In 2009 waren er in het voltijds onderwijs [[8,5]] leerlingen per computer.",
                "École Numérique. In 2009, full-time schools in Wallonia had [[8.5]] pupils to every computer.",
            ),
        ),
        (  # 183 since January 2020
            VerdictKind.STALE,
            (
                "Le pilote connectivité et ses écoles, dont à peine [[12]] sont connectées.",
                "Das Pilotprojekt Konnektivität und seine Schulen, von denen erst [[12]] angeschlossen sind.",
                "Het proefproject connectiviteit en zijn scholen, waarvan er nog maar [[12]] aangesloten zijn.",
                "The connectivity pilot and its schools, of which only [[12]] are connected.",
            ),
        ),
    ],
)
def test_the_same_in_each_language(ledger, kind, sentences):
    for sentence in sentences:
        before, number, after = re.split(r"\[\[|\]\]", sentence)
        verdicts = audit(before + number + after, ledger, None, DAY)
        verdict = next(one for one in verdicts if one.end > len(before))
        assert verdict.kind is kind, (sentence, verdict.subject)


@pytest.mark.parametrize(
    ("language", "sentence", "number", "kind"),
    [
        # a part that is named beside a number, of what the words before it count
        ("fr", "EN2018 : 781 demandes, 326 lauréats. La promotion sociale en a eu 8.", "8.", VerdictKind.CONTRADICTED),
        ("fr", "EN2018 : 781 demandes, 326 lauréats. La promotion sociale en a eu 19.", "19", VerdictKind.EXACT),
        ("de", "EN2018: 781 Anträge, 326 Gewinner. Die Erwachsenenbildung bekam 8.", "8.", VerdictKind.CONTRADICTED),
        ("nl", "EN2018: 781 aanvragen, 326 winnaars. Het volwassenenonderwijs kreeg er 8.", "8.",
         VerdictKind.CONTRADICTED),
        ("en", "EN2018: 781 applications, 326 winners. Adult education got 8.", "8.", VerdictKind.CONTRADICTED),
        # of the year that is told, and not of the call before
        ("en", "EN2018 chose 326 projects. At the end of 2009 there were 5,340 computers for teaching in Wallonia.",
         "5,340", VerdictKind.CONTRADICTED),
        ("en", "École Numérique is over. In the German-speaking Community primary schools had €755,871 in subsidies.",
         "755", VerdictKind.CONTRADICTED),
        ("en", "EN2017: the lorry dropped off 3,210 iPads.", "3,210", VerdictKind.CONTRADICTED),
    ],
)  # fmt: skip
def test_subject_told_before_or_by_another_word(ledger, language, sentence, number, kind):
    place = sentence.rindex(number)
    verdict = next(o for o in audit(sentence, ledger, language, DAY) if o.start <= place < o.end)
    assert verdict.kind is kind, verdict.subject


@pytest.mark.parametrize(
    ("day", "is_right"), [(date(2020, 12, 1), True), (date(2021, 12, 1), False), (date(2019, 12, 1), False)]
)
def test_this_year_is_that_of_the_text(ledger, day, is_right):
    sentence = "Cette année, 679 projets d'École Numérique ont été retenus."
    assert verdict_of(ledger, sentence, "679", day).is_right is is_right


@pytest.mark.parametrize(
    ("name", "words"),
    [("fr14", "n'a cessé"), ("de08", "von Aufruf"), ("nl08", "van oproep tot"), ("en08", "kept rising")],
)
def test_winners_did_not_rise_from_call_to_call(ledger, name, words):
    text = next(one for one in texts("open") if one.name == name)
    told = audit(text.words, ledger, text.language)
    verdict = next(one for one in told if one.start <= text.words.index(words) < one.end)
    assert (verdict.kind, verdict.right_words) == (VerdictKind.CONTRADICTED, "")
    assert verdict.derivation.startswith("570")  # 570 in EN2017, 326 in EN2018


def test_as_many_as_another_call_is_of_that_call_too(ledger):
    (verdict,) = [
        one
        for one in audit("EN2020 selected projects. It had 679 projects, as in EN2019.", ledger, "en")
        if one.text == "679"
    ]
    assert verdict.kind is VerdictKind.CONTRADICTED  # 503 in EN2019


def test_no_subject_of_another_call_is_shown(ledger):
    verdict = verdict_of(ledger, "École Numérique : EN2021 a retenu 28 projets.", "28")
    assert (verdict.kind, verdict.subject) == (VerdictKind.UNVERIFIABLE, "")


def test_a_contradicted_number_comes_with_what_would_be_right(ledger):
    verdict = verdict_of(ledger, "L'appel EN2019 a retenu 530 projets.", "530")
    assert verdict.kind is VerdictKind.CONTRADICTED
    assert verdict.distance == Decimal(27)
    assert verdict.right_words == "503\N{NO-BREAK SPACE}projets"
    assert verdict.right_words in verdict.suggestion
    assert {"source_id", "publisher", "place", "day"} <= verdict.evidence[0].record().keys()


@pytest.mark.parametrize(
    ("sentence", "is_contradicted"),
    [
        ("Le projet pilote de connectivité a équipé 183 implantations.", False),
        ("Le projet pilote de connectivité couvre 183 implantations.", False),
        ("Le projet pilote de connectivité a sélectionné 183 implantations.", True),
        ("Le projet pilote de connectivité couvre 138 implantations.", True),
    ],
)
def test_sites_of_the_pilot_are_those_selected_or_those_ready(ledger, sentence, is_contradicted):
    """The kit of 2020: 200 sites were selected, of which 183 are ready."""
    number = "183" if "183" in sentence else "138"
    kind = verdict_of(ledger, sentence, number).kind
    assert (kind is VerdictKind.CONTRADICTED) is is_contradicted, kind


def test_a_sum_over_calls_names_what_is_counted_once(ledger):
    """1,709 winners of six calls, as the kit of 2020 adds them, and 679 of the seventh."""
    verdict = verdict_of(ledger, "École Numérique a retenu 1 907 projets en sept appels.", "1 907")
    assert verdict.subject.endswith(", EN1 + EN2 + EN3 + EN2017 + EN2018 + EN2019 + EN2020")
    assert verdict.subject.count("École Numérique") == 1
    assert verdict.right_words == "2\N{NARROW NO-BREAK SPACE}388\N{NO-BREAK SPACE}projets"


@pytest.mark.skipif(not SHARED.exists(), reason="the kit of 2020 is not here")
def test_every_number_of_the_press_kit_is_right(ledger):
    kit = (SHARED / "press_kit_2020.fr.txt").read_text("utf-8")
    right = {one.start for one in audit(kit, ledger, "fr", date(2020, 1, 31)) if one.is_right}
    confirmed = {
        reading.value
        for number in numbers_in(kit, "fr")
        if number.start in right
        for reading in number.readings
    }
    rows = csv.DictReader((SHARED / "press_kit_figures.csv").read_text("utf-8").splitlines())
    stated = {Decimal(row["printed"] or row["printed_low"]) for row in rows if row["kind"] == "stated"}
    assert stated - {Decimal(1)} <= confirmed  # "une juriste", "un même type" are articles


def test_no_number_of_the_kit_is_contradicted(ledger_at, kit):
    for name in ("press-kit.docx", "release.docx", "press-kit.pdf"):
        path = kit / "fr" / name
        told = TextAudit.of(
            read_text(name, path.read_bytes()), ledger_at("2026-11-24"), "fr", date(2026, 11, 24)
        )
        assert not told.is_contradicted, [
            one.text for one in told.verdicts if one.kind is VerdictKind.CONTRADICTED
        ]


def test_analysts_get_a_row_a_number(project):
    store = ennum_stats.open(project.root, known_at=DAY)
    table = store.check("Le 4 mars 2020, EN2020 a retenu 679 projets ; EN2019, 530 projets.", language="fr")
    judged = table[table["verdict"] != "not_statistic"]
    assert [*judged["verdict"]] == ["exact", "contradicted"]
    assert [*judged["known_lower"]] == [679, 503]


def test_a_text_without_numbers_has_no_verdicts(ledger):
    assert audit("Le numérique à l'école.", ledger, "fr") == []
    assert not any(
        one.kind in RIGHT for text in texts("open")[:1] for one in audit(text.words[:20], ledger, "fr")
    )


def test_calls_that_nobody_knew_of_on_the_day_may_be_named(ledger):
    words = (
        "Les appels EN1, EN2 et EN3 se suivent. Le premier de ces appels a 28 lauréats, le troisième 210. "
        "L'appel précédent en comptait 72."
    )
    verdicts = audit(words, ledger, "fr", date(2012, 6, 15))
    assert [one.text for one in verdicts if one.kind is VerdictKind.UNVERIFIABLE] == ["28", "210", "72"]


@pytest.mark.parametrize("seed", range(3))
def test_any_mixture_of_sentences_is_judged(ledger, seed):
    """Whatever stands beside whatever, in whichever language it is taken for: each number gets its own verdict."""
    chance, every = random.Random(seed), texts("open")  # noqa: S311 - no secret
    for _ in range(15):
        first, second = chance.sample(every, 2)
        sentences = [*first.words.split(". "), *second.words.split(". ")]
        words = ". ".join(chance.sample(sentences, min(12, len(sentences))))
        day = date.fromisoformat(first.day)
        verdicts = audit(words, ledger, chance.choice(["fr", "de", "nl", "en"]), day)
        spans = [(one.start, one.end) for one in verdicts]
        assert all(end <= start for (_, end), (start, _) in pairwise(spans)), words
