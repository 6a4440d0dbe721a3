"""What the words of articles mean: the ideas by which questions are read, and more words for them.

Articles say more than questions: that something was done, is ready, is so today. A word may name several ideas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ennum_stats.search.concepts import ACTS, CONCEPTS, IDLE, PHRASES, compound, concept
from ennum_stats.typography import fold

_TOLD = {
    "exist": r"compte\w*|comptai\w*|tel[dt]|telden?|tellen|zahlt\w*|zahlen|counted|counts|"
    r"il y a|y avait|es gibt|gibt es|zijn er|er zijn|there are|"
    r"has (?:about|around)|wallonia has|wallonie a|wallonien hat|wallonie heeft|a environ|site count",
    "planned": r"prev\w+|attendu\w*|vis(?:e|ait|aient|ent)|beoogde|aimed (?:at|for)|targeted|"
    r"devrai\w+|iraient|seraient|sera|seront|viser\w*|ambition\w*|estime|annonc\w+|"
    r"vorgesehen|erwartet\w*|sollen?|geplant\w*|zouden|zullen|verwacht\w*|voorziet|gepland\w*|expected|will|"
    r"planned|plan to|hope\w*|announc\w+|comes to|amounts to|is to|s'eleve|investit|invests|visons|court sur|lauft|"
    r"[a-z]{3,}er(?:aient|ait|ont)|nouvel appel|neuer? aufruf|"
    r"nieuwe oproep|new call|sieht|loopt|worden(?= [a-z])|bedraagt|belauft",
    "done now": r"actuellement",
    "done": r"deja|ont ete|a ete|avaient ete|a depense|a coute|a permis|avaient|etaient|recu|wurden?|hatten|werd|"
    r"al uitgegeven|is al|hadden|kregen|already|have been|has been|were|was|is being|had",
    "spent": r"coute|depense\w*|verse\w*|schon|bereits|gekostet|ausgegeben|investiert|heeft|hebben|reeds|"
    r"uitgegeven|gekost|geinvesteerd|spent|has cost|has invested",
    "ready": r"up and running|(?:en|in) (?:service|betrieb|bedrijf|gebruik)|operationnel\w*|operation\w+|eingerichtet|"
    r"pret(?:e?s)?|installe(?:e?s)|fertig|klaar|geinstalleerd|done|ready|installed|completed|"
    r"finished",
    "now": r"aujourd'hui|heute|derzeit|vandaag|nu|today|now|currently",
    "connected": r"reli\w+|raccord\w+|angeschlossen|aangesloten|linked|online",
    "notyet": r"les autres|die anderen|de andere|the other|ubrigen|reste\w*|ubrig|verbleib\w*|nog te|"
    r"to go|left to do|remain\w*|attend(?:ent)? (?:toujours|encore)|wartet|warten|wacht(?:en)?|waiting",
    "rejected not": r"(?:n'\w+ )?pas ete (?:retenu|selectionne|choisi)\w*|nicht (?:aus)?gewahlt|"
    r"niet (?:geselecteerd|gekozen)|not (?:been )?(?:selected|chosen)",
    "not": r"n'\w+ pas|nicht|niet|not",
    "change": r"de (?:plus|moins)(?! de)|plus que|hausse|baisse|mehr als im|weniger als im|mehr (?!als)|"
    r"weniger als|gegenuber dem|meer dan het jaar|meer (?!dan)|minder|more (?!than)|"
    r"(?:mehr als|meer dan|more than) "
    r"(?:(?:het )?precedent|(?:im jahr |in |im |beim (?:aufruf )?)?(?:en)?(?:19|20)[0-9]{2})",
    "total": r"cela fait|das macht|dat maakt|that makes|"
    r"au total|ferait|ergibt|insgesamt|in totaal|komt op|in total|altogether|making",
    "total joint": r"a (?:elles|eux) (?:deux|trois|quatre)|zusammen|samen|together",
    "training": r"formation\w*|weiterbildung\w*|opleiding\w*|training",
    "classroom classe": r"class(?:es|rooms?)|klassen?|klaslokalen|klassen(?:zimmer|raum)\w*",
    "primary school": r"basisschol(?:en)?|primarschulen?",
    "secondary school": r"sekundarschulen?",
    "tablet": r"tablet\w*|tablette\w*",
    "ipad": r"ipads?",
    "macbook": r"macbooks?",
    "board": r"tableaux? (?:blancs? )?interactifs?|interaktiven? tafeln?|digiborden?|interactive (?:white)?boards?",
    "computer": r"ordinateur\w*|computers?|rechner|pcs?|laptops?",
    "terminal": r"terminaux|terminal\w*|endgerate\w*",
    "terminal device": r"toestel\w*|devices?",
    "device": r"appareils?|equipements|gerate\w*",
    "staff check": r"controleurs?|kontrolleur\w*|controllers?",
    "staff": r"personnes?|agents?|assistants?|conseillers?|juristes?|ami|leute\w*|personen|mitarbeiter\w*|berater\w*|"
    r"\w*assisten\w+|mensen|medewerkers?|adviseurs?|people|staff|advis[eo]rs?",
    "won": r"laureat\w*|choisi\w*|retenu\w*|ausgewahlt\w*|weerhouden|winnaars?|selected|won|winners?|"
    r"accepte\w*|angenommen\w*|aanvaard\w*",
    "never": r"jamais|noch nie|nie|nog nooit|nooit|never",
    "success": r"reussi\w*|gelungen\w*|geslaagd\w*|successful\w*|succes\w*",
    "transformation": r"effet sur|y voient|wirkung|effect op|verandering\w*|transform\w+|"
    r"(?:a|ont|avoir) change|verander[dt]|changed|wandel\w*|gewandelt",
    "problem": r"problem\w*|regrett\w+|manque|cite\w*|nennt|klaagt|klagen|bezwaar|blame\w*",
    "team": r"equipes?|teams?",
    "teacher": r"enseignants?|professeurs?|lehrkrafte\w*|lehrer\w*|leerkrachten|teachers?",
    "aim": r"objectifs?|s'adress\w*|richtet sich|richt zich|ziele?n?|doelstellingen|aims?|objectives?",
    "duration": r"ans|annees|jahren?|jaar|jaren|years?",
    "submitted": r"(?:sent|handed) in|remis(?:es?)?|rentre(?:e?s)?|eingesandt\w*|ingezonden|"
    r"introduits?|antrage?n?|bewerbungen|aanvragen|ingediend\w*|applications?|applicants?",
    "mean": r"par projet|en moyenne|moyenne|chaque laureat|pro projekt|je projekt|im schnitt|durchschnitt\w*|gemiddeld|"
    r"per project|on average|average\w*",
    "yearly": r"par an|annuel\w*|pro jahr|jahrlich\w*|per jaar|elk jaar|jaarlijks\w*|a year|per year|each year",
    "per_site": r"par (?:implantation|ecole)(?! ?numerique)|(?:pro|je) (?:schul)?standort|"
    r"per (?:vestigingsplaats|school)|(?:a|per) (?:school )?site",
    "since1999": r"en (?:vingt|20) ans|in (?:zwanzig|20) jahren|(?:op|in) (?:twintig|20) jaar|in (?:twenty|20) years|"
    r"(?:de|entre|von|zwischen|van|tussen|from|between) 1999 (?:a|et|bis|und|tot|en|to|and) 20(?:19|20)|"
    r"(?:en deux decennies|in zwei jahrzehnten|in twee decennia|in two decades)|"
    r"(?:depuis|seit|sinds|since) (?:1999|20 ans|vingt ans|20 jahren|20 jaar|20 years)",
    "region": r"region|gewest",
    "pilote": r"pilote?s?|pilotprojekt\w*|proefproject\w*",
    "wifi": r"wi-?fi|wlan",
    "rejected": r"refus\w+|abgelehnt\w*|geweiger\w*|weigerde\w*|afgewezen|rejected|turned down|"
    r"leer aus(?:gegangen)?|bredouilles?|uit de boot|empty-handed",
    "equipment": r"l'equipement|materiel|ausstattung|uitrusting|equipment",
    "jury": r"jury\w*",
    "added": r"repech\w*|ajout\w*|supplementaires?|hinzu\w*|toegevoegd|additional",
    "compulsory": r"obligatoire|pflichtschul\w*|leerplicht\w*|compulsory",
    "equipped": r"(?:a|ont|avait|avaient|deja) equipe",
    "elsewhere": r"la-bas|dort|daar|there(?! (?:are|is|were|was|will|have|had))|chez nous|bei uns|bij ons|"
    r"(?:nos|notre|unsere\w*|onze|our) (?:ecoles?|schulen?|scholen|school|schools)",
    "municipal": r"la ville|ville de|(?:the|our) (?:city|town)(?:'s)?|de stad|stads\w+|(?:der|die) stadt|stadtisch\w*",
    "hour": r"heures?|wochenstunden?|stunden|lesuren|uren|hours?",
}
"""Words for ideas of labels and of what happened, beside those by which questions are read."""
_IDEAS = [tuple(ideas.split()) for ideas in _TOLD]
_TOLD_WORDS = re.compile(
    "|".join(f"(?P<x{place}>(?<![a-z])(?:{words})(?![a-z]))" for place, words in enumerate(_TOLD.values()))
)
_PHRASES = re.compile(rf"\b({'|'.join(sorted(PHRASES, key=len, reverse=True))})\b")
SAYING_NOTHING = IDLE | {
    "assurer", "assure", "assurent", "assurait", "seulement", "puis", "ensuite", "malgre", "parmi", "cependant",
    "toutefois", "erst", "lediglich", "immerhin", "doch", "damals", "slechts", "maar", "toen", "nog", "toch", "only",
    "merely", "just", "then", "but", "yet", "back",
}  # fmt: skip
"""Words that look like an idea and are none ("assurer" insures nothing), and those that only join."""


def is_read_otherwise(idea: str) -> bool:
    """Tell whether an idea is a mere word that another idea was read from."""
    return idea not in CONCEPTS and idea not in ACTS and _TOLD_WORDS.fullmatch(idea) is not None


@lru_cache(maxsize=16384)
def ideas_of(words: str) -> frozenset[str]:
    """Read the ideas that levelled words name; what names none stays a word.

    >>> sorted(ideas_of("183 implantations sont pretes"))
    ['ready', 'site']
    """
    return frozenset(_read(words))


def _read(words: str) -> Iterator[str]:
    for match in _TOLD_WORDS.finditer(words):
        yield from _IDEAS[int((match.lastgroup or "x0")[1:])]
    for word in _PHRASES.sub(lambda match: PHRASES[match[0]], fold(words)).split():
        if word not in SAYING_NOTHING and (not word.isdigit() or word == "100"):
            idea = concept(word)
            is_named = idea in CONCEPTS or idea in ACTS
            first, last = ("", "") if is_named else compound(word)
            yield from filter(CONCEPTS.__contains__, (concept(first), concept(last))) if last else (idea,)
