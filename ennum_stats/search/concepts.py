"""What the words of a question mean, in four languages: `concepts` turns texts into the ideas that they name.

Labels of figures and questions are read by the same table, so that "combien a coûté", "Kosten", "kostprijs"
and "Budget attribué" meet in one idea. What the table does not name stays a word, without accents and plural.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ennum_stats.typography import fold

# An asterisk stands for any ending. What several ideas name belongs to the first.
CONCEPTS = {
    "money": "paie paient payes paid teuer* teure* duurder duurste expensive cheap* billig* gunstig* goedko* cher "
    "chers chere cheres cout* budget* argent depens* montant* euro* eur prix financ* paye pay* betaal* kost* "
    "gekost* valeur* wert waarde value* geld bezahlt betaald preis* betrag* ausgab* ausgegeben mittel uitgav* "
    "uitgegeven bedrag* kostprijs cost* spen* money amount* price* million* milliard* milliarden miljoen* miljard* "
    "billion*",
    "francs": "franc francs frank franken bef fb",
    "invest": "invest* geinvesteerd",
    "grant": "bezuschuss* gefordert* toelage* subsidi* aid aide* subvention* subside* zuschuss* zuschusse* hilfe "
    "steun subsid* grant* bourse*",
    "ceiling": "obergrenz* maxim* plafond* hochst* hoogste* highest ceiling",
    "planned": "auront aura seront sera recevront recevra will shall zal zullen devait devaient doit doivent sollte "
    "sollten musste mussten moest moesten moeten must should prev* annonc* prevision* objectif* vise* geplant* "
    "angekundigt* plan* gepland aangekondigd visai* voorzien* announced forecast target* beoogd* soll verwacht* "
    "expected",
    "won": "elu elus elue elues chose "
    "wahlte wahlten wahlt kozen koos accept* approuve* approved angenommen genehmigt* aanvaard* goedgekeurd* "
    "choisi* gewahlt* uitgekozen elected picks pick laureat* retenu* selection* attribu* octroy* accord* gagn* "
    "ausgewahlt* zugesprochen bewilligt* gewonnen gewinner* geselecteerd* toegekend* winnaar* select* award* winn* "
    "win wins "
    "won chosen gekozen verkozen picked zugeteilt* zuerkannt",
    "submitted": "reichte reichten diende dienden antrag* beantrag* aangevraagd* demande* beworb* bewarb* postul* "
    "applied apply request* indien* introduit* introduire introduct* depos* soumis* eingereicht* eingegangen* "
    "ingediend* submit* submission* introduced bewerb* aanvra* applic* candidat* kandidat* kandida* einreich*",
    "rejected": "weiger* ablehnung* rejection* lehnte lehnten abgewiesen* afgekeurd* recale* refus* rejet* ecarte* "
    "abgelehnt* geweiger* afgewezen "
    "reject*",
    "added": "repech* hinzugefugt* toegevoegd* nachtraglich* rescued added",
    "project": "projet* projekt* project* dossier*",
    "call": "appel* aufruf* oproep* call calls edition*",
    "school": "ecole* schule schulen schule* school schools scholen",
    "site": "implantation* schulstandort* standort* vestiging* site sites schoolsite*",
    "institution": "etablissement* bildungseinrichtung* onderwijsinstelling* institution*",
    "pupil": "eleve* schuler* leerling* pupil* student* etudiant*",
    "teacher": "instituteur* docent* onderwijzer* enseignant* prof profs professeur* lehrkraft* lehrer* leerkracht* "
    "leraar* leraren teacher*",
    "head": "directies direction* directeur* directrice* schulleit* schooldirect* directeuren headteacher* principal*",
    "tablet": "tablet*",
    "ipad": "ipad*",
    "macbook": "macbook*",
    "board": "tableauinteractif tbi tni schultafel* tafel* schoolbord* whiteboard* interactiveboard* bord borden "
    "digibord*",
    "server": "serveur* server*",
    "terminal": "termina* endgerat* eindtoestel*",
    "computer": "ordi ordis laptop* portable* ordinateur* pc pcs computer* rechner",
    "device": "hardware apparatuur appareil* gerat* toestel* device* materiel* machine*",
    "equipped": "equip* ausgestatt* ausstatt* uitgerust* uitrust* dote*",
    "installed": "klaar pret prete prets pretes fertig ready install* geinstalleerd*",
    "delivered": "livr* gelief* geleverd* deliver*",
    "wifi": "wifi wlan",
    "internet": "internet* internetanschluss internetverbinding",
    "connected": "reli* verbund* verbonden branche* linked schliess* schliest* connect* connex* raccord* "
    "angeschlossen anschluss konnektiv* aangesloten aansluit*",
    "share": "couverture coverage abdeckung dekking procent* quote fraction deel part pourcent* proportion* taux "
    "percent* prozent* anteil* aandeel share rate*",
    "mean": "schnitt moyen* durchschnitt* gemiddeld* average mean",
    "per": "par pro per je",
    "change": "gewachs* wuchs* progress* diminu* gesunken sank daling daalde gedaald recul* toegenomen afgenomen "
    "zugenommen abgenommen evolution* augment* hausse* crois* baisse* veranderung* steig* stieg steeg stijg* "
    "gestegen gestiegen wachstum* zunahme* verander* toename* groei* groeide grew grow* increase* change*",
    "staff": "personne* personnel* agent agents effectif* mitarbeit* person* medewerk* personeel* staff people "
    "employ* travaill* arbeit* werkt* werken mensen worked work working leute",
    "team": "cellule* zelle equipe equipes team teams",
    "hired": "einstell* aanwerv* engag* embauch* recrut* eingestellt* aangeworven hired",
    "helpdesk": "helpdesk",
    "insurance": "assur* versicher* verzeker* insur*",
    "sparepart": "rechange* ersatzteil* wisselstuk* sparepart*",
    "lot": "lot lots los lose perceel percelen",
    "type": "type types typen soorten arten sorten kinds",
    "session": "sitzung* zitting* vergadering* veranstaltung* meeting* infoveranstalt* seance* infosess* "
    "informationsveranstalt* informatiesess* session* reunion*",
    "hour": "heure heures stunde* uur uren hour hours",
    "point": "point points punkt* punten quota quotum kontingent*",
    "room": "local locaux salle* raum* raume lokaal lokalen room rooms",
    "network": "reseau* netz* netwerk* network*",
    "space": "espace* raumepublic space spaces computerruimte*",
    "survey": "enquete* sondage* umfrage* befrag* bevrag* ondervra* survey* interrog* repondu* repondant* geantwort* "
    "antworteten geantwoord* antwoordde* responded replied answered",
    "problem": "gebrek mangel lack "
    "souci* ennui* hindernis* knelpunt* obstacle* trouble* probleme* problem* difficult* schwierig* "
    "moeilijk*",
    "success": "satisf* zufrieden* tevreden* reussi* succes* erfolg* geslaagd* success*",
    "transformation": "transform* veranderungen",
    "notyet": "sans ohne zonder without notyet reste restait restent verbleib* resteren remain remaining remains",
    "pilot": "pilot* piloot* proefproject*",
    "not": "pas nicht niet not kein* geen",
    "never": "jamais nie nooit never",
    "reached": "betrof* betraf* betroff* couver* concern* touch* atteint* abdeck* erreicht* dekking* bereikt* "
    "cover* reach*",
    "joined": "adhe* beigetret* beitritt* toetrad* toegetreden joined rejoin*",
    "contacted": "contact* kontakt* gecontacteerd*",
    "supported": "steunde steunden soutenu* soutien* unterstutz* ondersteun* support*",
    "duration": "dure dauert duurt longtemp* lange lang lung duree* dauer* duur* duration long",
    "aim": "objectifs aims ziele doelstelling*",
    "weekly": "semaine hebdomadaire* wochentlich* woche wekelijks week weekly",
    "use": "utilis* usage* nutz* gebruik* use uses using",
    "total": "samen zusammen together total* ensemble gesamt* insgesamt totaal overall altogether",
    "distinct": "distinct* different* verschieden* verschillende",
    "own": "propres eigen eigenmittel own",
    "target": "norme* zielwert* norm normen ziel doel aimed visait visaient streefden streefde strebten",
    "involved": "impliqu* mitgearbeit* mitgewirk* meegewerk* meegedaan betrokken particip* teilnehm* teilgenommen "
    "deelnem* involved takepart beteiligt* mitmach* mitgemacht mobilis*",
    "covid": "covid* corona*",
    "publicspace": "epn",
    "european": "europe* resilience* resilienz* veerkracht reprise*",
    "recovery": "relance* wiederaufbau* herstelplan* recovery",
    "primary": "primaire* primar* lager basisschool* basisscholen primary elementary",
    "secondary": "secondaire* sekundar* secundair* secondary",
    "fundamental": "fondamental* grundschul* basisonderwijs fundamental maternel* kleuter* nursery",
    "adult": "promotionsociale erwachsenenbildung volwassenenonderwijs adulteducation adult*",
    "special": "specialis* forderschul* buitengewoon special",
    "ordinary": "ordinaire* regelschul* gewoon mainstream ordinary",
    "municipal": "communal* gemeindeschul* gemeentelijk* municipal*",
    "wallonia": "walloni* wallon* waals* walloon*",
    "brussels": "bruxell* brussel* brussels",
    "germanspeaking": "germanophon* dg germanspeaking deutschsprachig* duitstalig* ostbelgien",
    "fwb": "fwb federation foderation federatie",
    "liege": "liege* luttich* luik*",
    "hainaut": "hainaut hennegau henegouwen",
    "namur": "namur* namen",
    "luxembourg": "luxemb*",
    "brabant": "brabant*",
    "ecolenumerique": "ecolenumerique",
    "cyberecole": "cyberecole* cyberschool*",
    "cyberclasse": "cyberclass* cyberklas*",
    "yearly": "annuel* parannee jahrlich* jaarlijks* yearly annual* annually",
    "plan": "plan plans",
    "centre": "centre centrumregio",
    "month1": "janvier januar januari january",
    "month2": "fevrier februar februari february",
    "month3": "mars marz maart march",
    "month4": "avril april",
    "month5": "mai mei",
    "month6": "juin juni june",
    "month7": "juillet juli july",
    "month8": "aout august augustus",
    "month9": "septembre september",
    "month10": "octobre oktober october",
    "month11": "novembre november",
    "month12": "decembre dezember december",
}  # fmt: skip
"""The ideas that figures are about, with the words that name each, folded, French first."""
ACTS = {
    "begin": "opening openging opengegaan aanvang* aangevat angefangen inaugur* gelanceerd* commenc* debut* demarr* "
    "lanc* ouvr* ouvert* begann* beginn* begonn* begin* began startet* gestartet start* launch* begon open opens "
    "opened eroffn* gegrundet cree creation demarrage debuta",
    "end": "ferm* geschlossen beeindigt* geeindigd gestopt stopte fin finit finiss* clot* termin* stop* ende* "
    "endet* endete schluss* eindig* einde sluit* end ends ended close* closing abgeschlossen frist* delai delais "
    "deadline* termijn* echeance limite afgelopen stopt",
    "accompany": "accompagn* begleit* begeleid* accompan* suit suivi suivent",
    "help": "help* hulp hilf* hilft depann*",
    "signature": "signature* signe* signer unterschr* unterzeichn* handteken* onderteken* tekenen tekent sign signed",
    "study": "etude* studie* study studies",
    "tender": "marchespublics ausschreibung* overheidsopdracht* aanbesteding* tender*",
    "present": "presente* vorgestellt voorgesteld presented",
    "phase": "phase* fase*",
    "first": "premier* erste* eerste first",
    "second": "deuxieme* second seconde zweite* tweede",
    "maintain": "entretien* maintenance wartung informatikwartung onderhoud informaticaonderhoud",
    "assistant": "assistant* assistent*",
    "buy": "achet* achat* kauf* gekauft* koop* kopen gekocht aangekocht aankoop* bought buy* purchas*",
    "judge": "juge* jugent evalu* beurteil* beoorde* assess* judg*",
    "decide": "decid* beschlies* entscheid* beslis* decision*",
    "advise": "conseill* berater* berat beraten raad advis* advice",
    "rule": "regle* regeln regel regels rule*",
    "check": "controle* verifi* pruf* check*",
    "programme": "programm*",
    "agency": "agence* agentur* agentschap* agency agencies",
}  # fmt: skip
"""What is done, begins and ends: the ideas of milestones, events and partners."""

PHRASES = {
    "combien gagne": "salaire",
    "combien gagnent": "salaire",
    "s eleve": "est",
    "s elevent": "sont",
    "s elevait": "etait",
    "se partagent un": "par",
    "teilen sich einen": "pro",
    "teilt sich einen": "pro",
    "delen een": "per",
    "share a": "per",
    "share one": "per",
    "ont pris part": "participe",
    "prennent part": "participe",
    "arbeiteten mit": "mitgearbeitet",
    "wirkten mit": "mitgewirkt",
    "werkten mee": "meegewerkt",
    "werken mee": "meegewerkt",
    "deden mee": "meegedaan",
    "doen mee": "meegedaan",
    "wi fi": "wifi",
    "er pas": "er",
    "waren pas": "waren",
    "took part": "takepart",
    "take part": "takepart",
    "nahmen teil": "teilgenommen",
    "nehmen teil": "teilgenommen",
    "namen deel": "deelnemend",
    "nemen deel": "deelnemend",
    "pas encore": "notyet",
    "noch nicht": "notyet",
    "noch kein": "notyet",
    "noch keine": "notyet",
    "nog geen": "notyet",
    "apres le jury": "repeche",
    "nach der jury": "hinzugefugt",
    "na de jury": "toegevoegd",
    "after the jury": "added",
    "nog niet": "notyet",
    "not yet": "notyet",
    "not equipped yet": "notyet equipped",
    "traden toe": "toegetreden",
    "traten bei": "beigetreten",
    "recovery and resilience": "resilience",
    "ecole numerique": "ecolenumerique",
    "ecoles numeriques": "ecolenumerique",
    "digitale schule": "ecolenumerique",
    "digital school": "ecolenumerique",
    "cyber ecole": "cyberecole",
    "cyber ecoles": "cyberecole",
    "cyber classe": "cyberclasse",
    "cyber classes": "cyberclasse",
    "promotion sociale": "promotionsociale",
    "sociale promotie": "promotionsociale",
    "adult education": "adulteducation",
    "tableau interactif": "tableauinteractif",
    "tableaux interactifs": "tableauinteractif",
    "tableaux blancs interactifs": "tableauinteractif",
    "tableau blanc interactif": "tableauinteractif",
    "interaktive tafeln": "tafel",
    "interaktiver tafel": "tafel",
    "interaktive tafel": "tafel",
    "interactief schoolbord": "schoolbord",
    "interactieve schoolborden": "schoolbord",
    "interactieve borden": "schoolbord",
    "interactief bord": "schoolbord",
    "argent europeen": "europeen",
    "europaisches geld": "europaisch",
    "europaischem geld": "europaisch",
    "europees geld": "europees",
    "european money": "european",
    "eigen middelen": "eigen",
    "eigenen mitteln": "eigen",
    "own funds": "own",
    "turned down": "rejected",
    "externer berater": "consultant",
    "externen berater": "consultant",
    "interactive whiteboard": "whiteboard",
    "interactive whiteboards": "whiteboard",
    "head teachers": "headteacher",
    "school site": "schoolsite",
    "school sites": "schoolsite",
    "spare parts": "sparepart",
    "pieces de rechange": "rechange",
    "pieces detachees": "rechange",
    "centre d assistance": "helpdesk",
    "mis en place": "installe",
    "federation wallonie bruxelles": "fwb",
    "foderation wallonie brussel": "fwb",
    "federatie wallonie brussel": "fwb",
    "wallonia brussels federation": "fwb",
    "communaute germanophone": "germanophone",
    "deutschsprachige gemeinschaft": "germanophone",
    "deutschsprachigen gemeinschaft": "germanophone",
    "duitstalige gemeenschap": "germanophone",
    "german speaking community": "germanophone",
    "ordinateurs pedagogiques": "ordinateurs",
    "fonds propres": "propres",
    "moyens propres": "propres",
    "en tout": "total",
    "im ganzen": "total",
    "in totaal": "total",
    "in total": "total",
    "machten mit": "mitgemacht",
    "machen mit": "mitgemacht",
    "marches publics": "marchespublics",
    "marche public": "marchespublics",
    "how much": "money",
    "auswahlquote": "anteil ausgewahlt",
    "erfolgsquote": "anteil ausgewahlt",
    "success rate": "share won",
    "taux de reussite": "taux retenu",
    "taux de selection": "taux retenu",
    "slaagpercentage": "aandeel geselecteerd",
    "par an": "annuel",
    "par annee": "annuel",
    "pro jahr": "jahrlich",
    "per jaar": "jaarlijks",
    "per year": "yearly",
    "je projekt": "moyen",
    "digitaal bord": "digibord",
    "digitale borden": "digibord",
    "par projet": "moyen",
    "unit not stated": "the",
    "einheit nicht angegeben": "die",
    "eenheid niet vermeld": "de",
    "eenheid niet genoemd": "de",
    "prix d un projet": "budget moyen",
    "preis eines projekts": "budget durchschnitt",
    "prijs van een project": "budget gemiddeld",
    "price of a project": "budget average",
    "cout d un projet": "budget moyen",
    "kosten eines projekts": "budget durchschnitt",
    "kosten van een project": "budget gemiddeld",
    "cost of a project": "budget average",
    "pro projekt": "moyen",
    "per project": "moyen",
    "dossier de presse": "presse",
    "dossiers de presse": "presse",
    "projet pilote": "pilote",
    "projets pilotes": "pilote",
    "enseignement secondaire": "secondaire",
    "bildungseinrichtungen etablissements": "etablissements",
    "onderwijsinstellingen etablissements": "etablissements",
    "schools etablissements": "etablissements",
    "volwassenenonderwijs promotion sociale": "volwassenenonderwijs",
    "erwachsenenbildung promotion sociale": "erwachsenenbildung",
    "au plus": "maximum",
    "en cours": "encours",
}
"""Words that mean something only together, and the word that stands for them."""

IDLE_WORDS = {
    "fr": "cb nbre nbr nb svp stp merci bonjour dis moi donnez cherche savoir connaitre montre exactement precisement "
    "approximativement finalement vraiment ici maintenant tenait occupe occupent taille cela disent dit declarent "
    "declare estiment celui celle ceux celles "
    "realise realisee realises menee mene "
    "menees effectue effectuee trouve trouvent situe situee mis mise mises met mettent mettre obtenu obtenus "
    "obtient obtiennent obtenir dispose disposent disposait disposaient disposer appartient appartiennent comptait "
    "comptaient comptent compter represente representent representait constitue serait ville commune quantite "
    "reellement offert offerts propose proposes disponible disponibles souvent citent cite vient viennent venait "
    "venaient venus alle allee alles allees temps voit grand a ai ait au aux avec avait avaient avons c ca ce ces "
    "cet cette chaque chiffre chiffres combien comme comment d dans de des du elle en entre est et etait etaient "
    "ete etre eu eux fait fois font il ils j je jusqu jusque l la le les leur leurs lors m moi n ne nombre nombres "
    "nous on ont ou par pendant peut pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa se ses si "
    "son sont sous sur t te tel tels telle un une vers veut y recu recue recus recoit recoivent donne donner selon "
    "ans an annee annees environ depuis quelque quelques nt encore deja deux tout toute tous toutes avoir eut faut "
    "numerique numeriques publie publies composaient composait composent geraient gerait gerer bien lieu tenue tenu "
    "tient va vont ecoulee info infos correct exact juste vrai pouvait pouvaient peuvent pouvoir elles pris prend "
    "faite faites fallait compte existe existent sert",
    "de": "grosse bitte danke sag sagen gib weisst suche genau eigentlich ungefahr bisher jetzt galt gilt gelten "
    "sagen sagt sagten meinen derjenigen jener jenes durchgefuhrt gemacht erfolgt "
    "erfolgte "
    "befindet befinden findet finden bereits schon etwa wohl betragt betrug belief belaufen lag liegen liegt "
    "gehoren gehort gehorte umfasst umfasste zahlten zahlte zahlt zahlen besass verfugt verfugte machte machten "
    "machen ging gingen gegangen stand stehen steht brachte soviel stadt gemeinde davon darunter angeboten "
    "verfugbar oft stammt stammen stammten kamen kommen sein seine gross gros aber alle allen als am an anzahl auch "
    "auf aus bei bekam bekamen beim bis da das dass dem den der des die dies diese dieser durch ein eine einem "
    "einen einer es fur gab gibt haben hat hatte hatten hoch ich ihr im in ist jahr jahre jahren kam man mit nach "
    "noch nur oder seit sich sie sind so uber um und viel viele vielen vom von vor war waren was welche welcher "
    "welches wenn werden wie wird worden wurde wurden zahl zu zum zur wieviel wieviele erhielt erhielten bekommen "
    "te ten fand fanden statt stattfand richtig stimmt konnte konnten kann konnen n existiert besteht ab zwischen",
    "nl": "liep graag alsjeblieft alstublieft geef zeg zoek weet precies eigenlijk ongeveer nu liepen loopt lopen "
    "grootte geldt gold zeggen zegt zeiden diegene uitgevoerd gedaan gebeurde gebeurt "
    "bevindt bevinden vindt vinden "
    "reeds bedraagt bedroeg telt telde tellen telden omvat omvatte behoort behoren ligt lag liggen gaat gingen "
    "gegaan maakt maakte maken hoeveelheid stad gemeente waarvan daarvan kwam kwamen komt komen zit zaten zitten "
    "aangeboden beschikbaar vaak krijgt krijgen gekregen moest groot aan aantal al alle bij cijfer cijfers dan dat "
    "de deze die dit door een en er elk gaf geven had hadden heeft hebben het hoe hoeveel hoog hun ieder in is jaar "
    "kon kreeg kregen kunnen met na naar nog of om onder ontvangen ook op over sinds te tot uit van veel volgens "
    "voor waren was wat welk welke werd werden wie worden zich zijn zo tegenover vond plaats juist klopt waar ging "
    "konden kan bestaat bestaan iedere tussen",
    "en": "size please thanks tell give show looking know exactly precisely approximately roughly actually far now "
    "said say says report reported done made carried conducted located held find found already yet came "
    "come "
    "comes belong belongs belonged count counts counted contain contains include includes city offer offers offered "
    "available often cite cited went gone about all an and any are as at be been being but by did do does for from "
    "get gets given got had has have how i if in into is it its many may me much no number numbers of on one or our "
    "out so still than that the their them there they this those to up us was we were what when where which who "
    "really since with year years you your figure figures go goes between take takes took place gives give true "
    "right correct could can exist exists each every",
}  # fmt: skip
IDLE = frozenset(word for words in IDLE_WORDS.values() for word in words.split())
"""Words that ask, count and join, and say nothing of what is asked."""

_STEMS: dict[str, str] = {}
_WORDS: dict[str, str] = {}
for _concept, _words in (CONCEPTS | ACTS).items():
    for _word in _words.split():
        (_STEMS if _word.endswith("*") else _WORDS).setdefault(_word.rstrip("*"), _concept)
NAMES = tuple(dict.fromkeys((*_STEMS, *_WORDS)))
"""The words of the table, without their endings."""
_LONGEST = max(map(len, _STEMS))
_PHRASES = re.compile(rf"\b({'|'.join(sorted(PHRASES, key=len, reverse=True))})\b")
_CALL = re.compile(r"\bE\.?N\.? ?(\d{1,4})\b")


def concepts(text: str) -> list[str]:
    """List the ideas and remaining words of a text, in its order, without idle words.

    >>> concepts("Combien a coûté l’appel EN2019 ?"), concepts("Kosten von EN 2019")
    (['money', 'call', 'en2019'], ['money', 'en2019'])
    """
    return [concept(word) for word in telling_words(text)]


def telling_words(text: str) -> list[str]:
    """List the words of a text that say something, folded, in its order."""
    return [word for word in joined(text).split() if word not in IDLE]


@lru_cache(maxsize=1024)
def joined(text: str) -> str:
    """Fold a text and put one word in the place of each phrase that means something only as a whole."""
    folded = fold(_CALL.sub(r"EN\1", text).replace("%", " pourcent ").replace("€", " euro "))
    return _PHRASES.sub(lambda match: PHRASES[match[0]], folded)


@lru_cache(maxsize=4096)
def concept(word: str) -> str:
    """Give the idea that a folded word names; of any other word, what is left without its plural.

    >>> concept("laureates"), concept("schulstandorte"), concept("piscines")
    ('won', 'site', 'piscine')
    """
    if word in _WORDS:
        return _WORDS[word]
    for length in range(min(len(word), _LONGEST), 2, -1):
        if word[:length] in _STEMS:
            return _STEMS[word[:length]]
    return word.rstrip("sx") if len(word) > 3 and word.isalpha() else word
