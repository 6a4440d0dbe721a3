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
    "money": "vaut valait valent valaient debours* enveloppe* injecte* consacre* alloue* finanz* aufwand aufwend* "
    "fund* expendit* outlay gezahlt ausgezahlt* uitgetrokken vrijgemaakt besteed* gespendeerd* summe somme sum som "
    "kredit* krediet* haushalt paie paient paid teuer* teure* duurder duurste expensive cheap* billig* gunstig* "
    "goedko* cher chers chere cheres cout* budget* argent depens* montant* euro* eur prix financ* pay* betaal* "
    "kost* gekost* valeur* wert waarde value* geld bezahlt preis* betrag* ausgab* ausgegeben mittel uitgav* "
    "uitgegeven bedrag* cost* spen* money amount* price* million* milliard* miljoen* miljard* billion*",
    "francs": "franc francs frank franken bef fb", "invest": "invest* geinvesteerd",
    "grant": "forder* gesubsidieerd* bezuschuss* gefordert* toelage* aid aide* subvention* zuschuss* hilfe steun "
    "subsid* grant* bourse*", "ceiling": "obergrenz* maxim* plafond* hochst* hoogste* highest ceiling",
    "planned": "vorgesehen* envisage* scheduled due beabsichtigt* ingepland* auront aura seront sera recevront "
    "recevra will shall zal zullen devait devaient doit doivent sollte sollten musste mussten moest moesten moeten "
    "must should prev* annonc* objectif* vise* geplant* angekundigt* plan* gepland aangekondigd visai* voorzien* "
    "announced forecast target* beoogd* soll verwacht* expected",
    "won": "vergeben verleend* vergab vergaben vainqueur* berucksichtigt* zuschlag ausgesucht* sieger* siegreich* "
    "gewinnt gewannen gewann wonnen weerhouden uitverkoren bekroond* designe* beneficiaire* begunstigt* "
    "begunstigde* beneficiar* successful decroche* verworven elu elus elue elues chose wahlte wahlten wahlt kozen "
    "koos accept* approuve* approved angenommen genehmigt* aanvaard* goedgekeurd* choisi* gewahlt* uitgekozen "
    "elected picks pick laureat* retenu* attribu* octroy* accord* gagn* ausgewahlt* zugesprochen bewilligt* "
    "gewonnen gewinner* geselecteerd* toegekend* select* award* winn* win wins won chosen gekozen verkozen picked "
    "zugeteilt* zuerkannt",
    "submitted": "einsend* abgabe* eingesend* ingestuurd* depot* rentre rentres rentrer rentrees gestellt gestellte "
    "binnengebracht binnengekomen ingezonden voorgelegd candidac* bids reichte reichten diende dienden antrag* "
    "beantrag* aangevraagd* demande* beworb* bewarb* postul* applied apply request* indien* introduit* introduire "
    "introduct* depos* soumis* eingereicht* eingegangen* ingediend* submit* submission* introduced bewerb* aanvra* "
    "applic* candidat* kandida* einreich*",
    "rejected": "ablehnen abgeblitzt afwijz* econduit* evince* declined unsuccessful nichtausgewahlt weiger* "
    "ablehnung* lehnte lehnten abgewiesen* afgekeurd* recale* refus* rejet* ecarte* abgelehnt* geweiger* afgewezen "
    "reject*",
    "added": "ajout* extra supplementaire* zusatzlich* bijkomend* additional nachruck* nachnominiert* repech* "
    "hinzugefugt* toegevoegd* nachtraglich* rescued added", "project": "vorhaben projet* projekt* project* dossier*",
    "call": "ausschreibungsrunde* appel* aufruf* oproep* call calls edition*",
    "school": "schul ecole* schule* school schools scholen",
    "site": "niederlassung* schulniederlassung* locatie* schoollocatie* location* campus* implantation* "
    "schulstandort* standort* vestiging* site sites schoolsite*",
    "institution": "etablissement* bildungseinrichtung* onderwijsinstelling* institution*",
    "pupil": "enfant* kinder kinderen children kids lerner* lernende* eleve* schuler* leerling* pupil* student* "
    "etudiant*",
    "teacher": "instits instit lehrperson* lehrende* padagogen lesgever* onderwijzend instituteur* docent* "
    "onderwijzer* enseignant* prof profs professeur* lehrkraft* lehrer* leerkracht* leraar* leraren teacher*",
    "head": "direktor* rektor* schuldirekt* schoolhoofd* headmaster* directies direction* directeur* directrice* "
    "schulleit* schooldirect* headteacher* principal*", "tablet": "tablet*", "ipad": "ipad*", "macbook": "macbook*",
    "board": "smartboard* smartbord* tableauinteractif tbi tni schultafel* tafel* schoolbord* whiteboard* "
    "interactiveboard* bord borden digibord*", "server": "serveur* server*",
    "terminal": "termina* endgerat* eindtoestel*",
    "computer": "ordi ordis laptop* portable* ordinateur* pc pcs computer* rechner",
    "device": "apparat* hardware appareil* gerat* toestel* device* materiel* machine*",
    "equipped": "ausgerust* ausrust* equip* ausgestatt* ausstatt* uitgerust* uitrust* dote*",
    "installed": "rollout deploie* deploy* uitrol* ausbau eingerichtet* aufgestellt* geplaatst* klaar pret prete "
    "prets pretes fertig ready install* geinstalleerd*", "delivered": "livr* gelief* geleverd* deliver*",
    "wifi": "wifi wlan", "internet": "internet*",
    "connected": "online vernetz* gekoppeld* reli* verbund* verbonden branche* linked schliess* schliest* connect* "
    "connex* raccord* angeschlossen anschluss konnektiv* aangesloten aansluit*",
    "share": "couverture coverage abdeckung dekking procent* quote fraction deel part pourcent* proportion* taux "
    "percent* prozent* anteil* aandeel share rate*",
    "mean": "mittelwert doorsnee schnitt moyen* durchschnitt* gemiddeld* average mean", "per": "par pro per je",
    "change": "zuwachs rise rises risen rose wachsen anstieg sprong toenam toenemen gewachs* wuchs* progress* "
    "diminu* gesunken sank daling daalde gedaald recul* toegenomen afgenomen zugenommen abgenommen evolution* "
    "augment* hausse* crois* baisse* steig* stieg steeg stijg* gestegen gestiegen wachstum* zunahme* verander* "
    "toename* groei* grew grow* increase* change*",
    "staff": "collaborateur* angestellt* beschaftigt* werknemer* workers gens tete tetes kopfe koppen agent agents "
    "effectif* mitarbeit* person* medewerk* staff people employ* travaill* arbeit* werkt* werken mensen worked work "
    "working leute", "team": "cellule* zelle equipe equipes team teams",
    "hired": "einstell* aanwerv* engag* embauch* recrut* eingestellt* aangeworven hired", "helpdesk": "helpdesk",
    "insurance": "assur* versicher* verzeker* insur*", "sparepart": "rechange* ersatzteil* wisselstuk* sparepart*",
    "lot": "lot lots los lose perceel percelen", "type": "type types typen soorten arten sorten kinds",
    "session": "sessie* infoavond* rencontre* bijeenkomst* treffen sitzung* zitting* vergadering* veranstaltung* "
    "meeting* infoveranstalt* seance* infosess* informationsveranstalt* informatiesess* session* reunion*",
    "hour": "heure heures stunde* uur uren hour hours",
    "point": "point points punkt* punten quota quotum kontingent*",
    "classroom": "classe classes klassenraum* klassenzimmer* klaslok* klas klassen classroom*",
    "room": "local locaux salle* raum* lokaal lokalen room rooms", "network": "reseau* netz* netwerk* network*",
    "space": "epn espace* raumepublic space spaces computerruimte*",
    "survey": "ondervra* enquete* sondage* umfrage* befrag* bevrag* survey* interrog* repondu* repondant* "
    "geantwort* antworteten geantwoord* antwoordde* responded replied answered",
    "problem": "gebrek mangel lack souci* ennui* hindernis* knelpunt* obstacle* trouble* problem* difficult* "
    "schwierig* moeilijk*",
    "success": "gelungen* gelukt* gluckt* satisf* zufrieden* tevreden* reussi* succes* erfolg* geslaagd*",
    "transformation": "transform* veranderungen",
    "notyet": "waiting attendent wartet warten wachten wacht left fehlen fehlt ubrig resterend* sans ohne zonder "
    "without notyet reste restait restent verbleib* resteren remain remaining remains",
    "pilot": "pilot* piloot* proefproject*", "not": "pas nicht niet not kein* geen",
    "never": "niemals noit jamais nie nooit never",
    "reached": "betrof* betraf* couver* concern* touch* atteint* abdeck* erreicht* dekking* bereikt* cover* reach*",
    "joined": "angemeldet* anmeld* aangemeld* inscrit* inscription* registered adhe* beigetret* beitritt* toetrad* "
    "toegetreden joined rejoin*", "contacted": "contact* kontakt* gecontacteerd*",
    "supported": "steunde steunden soutenu* soutien* unterstutz* ondersteun* support*",
    "duration": "hoelang dure longtemp* lange lang lung duree* dauer* duur* duration long",
    "aim": "objectifs aims ziele doelstelling*",
    "weekly": "wochentl* weeks semaine hebdomadaire* woche wekelijks week weekly",
    "use": "utilis* usage* nutz* gebruik* use uses using",
    "total": "gesammt* samen zusammen together total* ensemble gesamt* insgesamt totaal overall altogether",
    "distinct": "distinct* different* verschieden* verschillende", "own": "propres eigen eigenmittel own",
    "target": "norme* zielwert* norm ziel doel aimed visait visaient streefden streefde strebten",
    "involved": "concour* meeding* meedoe* antreten representer enter compete deelgenomen impliqu* mitgearbeit* "
    "mitgewirk* meegewerk* meegedaan betrokken particip* teilnehm* teilgenommen deelnem* involved takepart "
    "beteiligt* mitmach* mitgemacht mobilis*", "covid": "covid* corona*",
    "european": "europe* resilience* resilienz* veerkracht reprise*",
    "recovery": "relance* wiederaufbau* herstelplan* recovery",
    "primary": "primaire* primar* lager lagere basisschool* basisscholen elementary",
    "secondary": "secondaire* sekundar* secundair* secondary",
    "fundamental": "fondamental* grundschul* basisonderwijs fundamental maternel* kleuter* nursery",
    "adult": "promotionsociale erwachsenenbildung volwassenenonderwijs adult*",
    "special": "specialis* forderschul* buitengewoon special",
    "ordinary": "ordinaire* regelschul* gewoon mainstream ordinary",
    "municipal": "communal* gemeindeschul* gemeentelijk* municipal*", "wallonia": "walen wallon* waals* walloon*",
    "brussels": "bruxell* brussel*",
    "germanspeaking": "ostbelgi* oostbelg* dgstalig germanophon* dg germanspeaking deutschsprachig* duitstalig*",
    "fwb": "fwb federation foderation federatie", "liege": "liege* luttich* luik*",
    "hainaut": "hainaut hennegau henegouwen", "namur": "namur* namen", "luxembourg": "luxemb*", "brabant": "brabant*",
    "ecolenumerique": "ecolenumerique", "cyberecole": "cyberecole* cyberschool*",
    "cyberclasse": "cyberclass* cyberklas*", "yearly": "annuel* parannee jahrlich* jaarlijks* yearly annual*",
    "plan": "plan plans", "centre": "centre centrumregio", "month1": "janvier januar januari january",
    "month2": "fevrier februar februari february", "month3": "mars marz maart march", "month4": "avril april",
    "month5": "mai mei", "month6": "juin juni june", "month7": "juillet juli july", "month8": "aout august augustus",
    "month9": "septembre september", "month10": "octobre oktober october", "month11": "novembre november",
    "month12": "decembre dezember december",
}  # fmt: skip
"""The ideas that figures are about, with the words that name each, folded, French first."""
ACTS = {
    "begin": "opening openging opengegaan aanvang* aangevat angefangen inaugur* gelanceerd* commenc* debut* demarr* "
    "lanc* ouvr* ouvert* begann* begonn* begin* began gestartet start* launch* begon open opens opened eroffn* "
    "gegrundet cree creation",
    "end": "aufgehort* aufhor* opgehouden arrete* cesse* ferm* geschlossen beeindigt* geeindigd gestopt fin finit "
    "finiss* clot* termin* stop* ende* schluss* eindig* einde sluit* end ends close* closing abgeschlossen frist* "
    "delai delais deadline* termijn* echeance limite afgelopen",
    "accompany": "accompagn* begleit* begeleid* accompan* suit suivi suivent", "help": "help* hulp hilf* depann*",
    "signature": "signature* signe* unterschr* unterzeichn* handteken* onderteken* tekenen tekent sign",
    "study": "etude* studie* study",
    "tender": "marchespublics ausschreibung* overheidsopdracht* aanbesteding* tender*",
    "present": "presente* vorgestellt voorgesteld", "phase": "phase* fase*", "first": "premier* erste* eerste first",
    "second": "deuxieme* second seconde zweite* tweede",
    "maintain": "gewartet* entretenu* maintained onderhouden entretien* maintenance wartung informatikwartung "
    "onderhoud informaticaonderhoud", "assistant": "assistant* assistent*",
    "buy": "achet* achat* kauf* gekauft* koop* kopen gekocht aangekocht aankoop* bought buy* purchas*",
    "judge": "bewert* juge* evalu* beurteil* beoorde* assess* judg*",
    "decide": "decid* beschlies* entscheid* beslis* decision*",
    "advise": "conseill* berater* berat beraten raad advis* advice", "rule": "regle* regeln regel regels rule*",
    "check": "controle* verifi* pruf* check*", "programme": "programm*", "last": "last lasts lasted",
    "barred": "exclu* interdit* ineligib* eligib* admis* droit ausgeschlossen* ausschl* zugelassen* "
    "teilnahmeberechtigt* uitgesloten toegelaten uitsluit* barred",
    "agency": "agence* agentur* agentschap* agency agencies",
}  # fmt: skip
"""What is done, begins and ends: the ideas of milestones, events and partners."""

_JOINED = {
    "er": "er pas", "waren": "waren pas", "exclu": "ferme aux, ferme a, geschlossen fur, gesloten voor, closed to",
    "angekundigt": "bekannt gegeben, bekanntgegeben, bekendgemaakt, bekend gemaakt, rendu public, rendue publique, "
    "made public", "nombre d eleves": "taux d eleves",
    "centre": "raum centre, region du centre, region centre, regio centre, centre region",
    "par laureat": "pour un laureat, fur einen gewinner, voor een laureaat, voor een winnaar, for one winner, "
    "for each winner", "pedagogique": "valeur pedagogique", "padagogischen": "padagogischen wert",
    "pedagogische": "pedagogische waarde", "educational": "educational value",
    "nie": "noch nie etwas, nooit iets, nog nooit iets", "jamais": "jamais rien",
    "jamais laureat": "sans projet, sans aucun projet, ohne projekt, ohne ein projekt, zonder project, "
    "zonder een project, without project, without a project, without any project",
    "partner": "quel partenaire, quels partenaires, quelle administration, quel acteur, quels acteurs",
    "salaire": "combien gagne, combien gagnent", "est": "s eleve", "sont": "s elevent", "etait": "s elevait",
    "par": "se partagent, se partagent un", "pro": "teilen sich, teilen sich einen, teilt sich einen",
    "per": "delen een, share a, share one", "participe": "ont pris part, prennent part",
    "mitgearbeitet": "arbeiteten mit", "mitgewirkt": "wirkten mit", "meegewerkt": "werkten mee, werken mee",
    "meegedaan": "deden mee, doen mee", "wifi": "wi fi", "takepart": "took part, take part",
    "teilgenommen": "nahmen teil, nehmen teil", "deelnemend": "namen deel, nemen deel",
    "notyet": "pas encore, noch nicht, noch kein, noch keine, nog geen, nog niet, not yet, nog te, encore a, "
    "doivent encore, devaient encore, moeten nog, moesten nog, mussen noch, mussten noch, still need, still needs, "
    "still have to, still had to, il reste, blijven over", "repeche": "apres le jury", "hinzugefugt": "nach der jury",
    "toegevoegd": "na de jury", "added": "after the jury", "notyet equipped": "not equipped yet",
    "toegetreden": "traden toe", "beigetreten": "traten bei", "resilience": "recovery and resilience",
    "ecolenumerique": "ecole numerique, ecoles numeriques, digitale schule, digital school",
    "cyberecole": "cyber ecole, cyber ecoles", "cyberclasse": "cyber classe, cyber classes",
    "promotionsociale": "promotion sociale, sociale promotie", "adulteducation": "adult education",
    "tableauinteractif": "tableau interactif, tableaux interactifs, tableaux blancs interactifs, "
    "tableau blanc interactif", "tafel": "interaktive tafeln, interaktiver tafel, interaktive tafel",
    "schoolbord": "interactief schoolbord, interactieve schoolborden, interactieve borden, interactief bord",
    "europeen": "argent europeen", "europaisch": "europaisches geld, europaischem geld", "europees": "europees geld",
    "european": "european money", "eigen": "eigen middelen, eigenen mitteln", "own": "own funds",
    "rejected": "turned down", "consultant": "externer berater, externen berater",
    "whiteboard": "interactive whiteboard, interactive whiteboards, interactive board, interactive boards",
    "headteacher": "head teachers", "schoolsite": "school site, school sites", "sparepart": "spare parts",
    "rechange": "pieces de rechange, pieces detachees", "helpdesk": "centre d assistance", "installe": "mis en place",
    "fwb": "federation wallonie bruxelles, foderation wallonie brussel, federatie wallonie brussel, "
    "wallonia brussels federation",
    "germanophone": "communaute germanophone, deutschsprachige gemeinschaft, deutschsprachigen gemeinschaft, "
    "duitstalige gemeenschap, german speaking community, communaute germanophone de belgique, region germanophone",
    "ordinateurs": "ordinateurs pedagogiques", "propres": "fonds propres, moyens propres",
    "total": "depuis le debut, seit beginn, von anfang an, sinds het begin, since the beginning, since the start, "
    "en tout, im ganzen, in totaal, in total", "mitgemacht": "machten mit, machen mit",
    "marchespublics": "marches publics, marche public", "money": "how much",
    "anteil ausgewahlt": "auswahlquote, erfolgsquote", "share won": "success rate",
    "taux retenu": "taux de reussite, taux de selection", "aandeel geselecteerd": "slaagpercentage",
    "annuel": "par an, par annee", "jahrlich": "pro jahr", "jaarlijks": "per jaar", "yearly": "per year",
    "moyen": "je projekt, par projet, pro projekt, per project", "digibord": "digitaal bord, digitale borden",
    "the": "unit not stated", "die": "einheit nicht angegeben", "de": "eenheid niet vermeld, eenheid niet genoemd",
    "budget moyen": "prix d un projet, cout d un projet",
    "budget durchschnitt": "preis eines projekts, kosten eines projekts",
    "budget gemiddeld": "prijs van een project, kosten van een project",
    "budget average": "price of a project, cost of a project", "presse": "dossier de presse, dossiers de presse",
    "pilote": "projet pilote, projets pilotes", "secondaire": "enseignement secondaire",
    "etablissements": "bildungseinrichtungen etablissements, onderwijsinstellingen etablissements, "
    "schools etablissements", "volwassenenonderwijs": "volwassenenonderwijs promotion sociale",
    "erwachsenenbildung": "erwachsenenbildung promotion sociale", "maximum": "au plus", "encours": "en cours",
    "ostbelgien": "ost belgien, oost belgie, east belgium, duitstalig belgie", "how": "by how many, by how much",
    "size": "how big", "grosse": "wie gross", "grootte": "hoe groot", "taille": "de quelle taille",
    "duration": "how long", "dauer": "wie lange", "hoelang": "hoe lang", "duree": "combien de temps",
    "reussi": "a marche, ont marche, bien passe", "durchschnitt": "im mittel, im schnitt", "installed": "set up",
    "aangeworven": "in dienst genomen", "ecarte": "mis de cote", "directeur": "chef d etablissement",
    "directeurs": "chefs d etablissement", "betaald": "op tafel gelegd",
    "bezahlt": "auf den tisch gelegt, wer zahlt, wer zahlte", "paye": "mis sur la table",
    "lancement": "mise en route",
}  # fmt: skip
"""What stands for words that mean something only together, and these, by commas."""
PHRASES = {phrase: word for word, phrases in _JOINED.items() for phrase in phrases.split(", ")}
"""Words that mean something only together, and the word that stands for them."""

_SEPARATED = tuple(
    (re.compile(rf"\b(?:{verb})\b(.*) {particle}$"), rf"{word}\1")
    for verb, particle, word in (
        (r"nahm|nahmen|nehmen|nimmt", "teil", "teilgenommen"), (r"macht\w*|machen", "mit", "mitgemacht"),
        (r"wirkt\w*|arbeitet\w*", "mit", "mitgearbeitet"), (r"reicht\w*", "ein", "eingereicht"),
        (r"wahlt\w*", "aus", "ausgewahlt"), (r"trat|traten|treten", "bei", "beigetreten"),
        (r"lehnt\w*", "ab", "abgelehnt"), (r"schloss\w*", "an", "angeschlossen"),
        (r"namen?|nemen|neemt|nam", "deel", "deelgenomen"), (r"deden|deed|doen|doet", "mee", "meegedaan"),
        (r"werkt\w*", "mee", "meegewerkt"), (r"diende\w*|dienen", "in", "ingediend"),
        (r"keurde\w*", "goed", "goedgekeurd"), (r"wees|wezen", "af", "afgewezen"),
        (r"traden|trad", "toe", "toegetreden"),
        (r"sloot|sloten", "aan", "aangesloten"),
        (r"bot|boten|bietet|bieten", "an", "angeboten"), (r"bood|boden|biedt|bieden", "aan", "aangeboden"),
        (r"gab|gaben|gibt|geben", "aus", "ausgegeben"), (r"gaf|gaven|geeft|geven", "uit", "uitgegeven"),
        (r"stellte\w*", "ein", "eingestellt"), (r"zahlte\w*", "aus", "ausgezahlt"),
    )
)  # fmt: skip
"""Verbs of German and Dutch whose particle stands at the end of the sentence, and the participle that says the same."""

IDLE_WORDS = {
    "fr": "responsable responsables paru parue parus hauteur occasionne cela charge charges chargee inclus compris "
    "incluse koi quid lequel laquelle lesquels lesquelles desquels auquel auxquels duquel peux pouvez pourriez "
    "pourrait pourrais pourra voudrais voudrait aimerais souhaite sais sait savez savons connait cherchons besoin "
    "donc alors aussi ainsi tres trop peu beaucoup seulement uniquement enfin hein actuel actuelle actuels "
    "actuellement sinon voila car puis grace quant parmi chez plutot presque arrive arrivent arrivait fourni "
    "fournis fournie fournies fournit distribue distribues distribuee distribuees donnes recevoir remportent "
    "interesse interessant question reponse information informations precise precis detail details parle parler "
    "avez eues fut furent soit soient meme memes quelqu notre nos votre vos mon ma mes fameux cb nbre nbr nb svp "
    "stp merci bonjour dis moi donnez cherche savoir connaitre montre exactement precisement approximativement "
    "finalement vraiment ici maintenant tenait occupe occupent taille disent dit declarent declare estiment celui "
    "celle ceux celles realise realisee realises menee mene menees effectue effectuee trouve trouvent situe situee "
    "mis mise mises met mettent mettre obtenu obtenus obtient obtiennent obtenir dispose disposent disposait "
    "disposaient disposer appartient appartiennent comptait comptaient comptent compter represente representent "
    "representait constitue serait ville commune quantite reellement offert offerts propose proposes disponible "
    "disponibles souvent citent cite vient viennent venait venaient venus alle allee alles allees temps voit grand "
    "a ai ait au aux avec avait avaient avons c ca ce ces cet cette chaque chiffre chiffres combien comme comment d "
    "dans de des du elle en entre est et etait etaient ete etre eu eux fait fois font il ils j je jusqu jusque l la "
    "le les leur leurs lors m n ne nombre nombres nous on ont ou par pendant peut pour pourquoi qu quand que quel "
    "quelle quelles quels qui quoi s sa se ses si son sont sous sur t te tel tels telle un une vers veut y recu "
    "recue recus recoit recoivent donne donner selon ans an annee annees environ depuis quelque quelques nt encore "
    "deja tout toute tous toutes avoir eut faut numerique numeriques publie publies composaient composait composent "
    "geraient gerait gerer bien lieu tenue tenu tient va vont ecoulee info infos correct exact juste vrai pouvait "
    "pouvaient peuvent pouvoir elles pris prend faite faites fallait compte existe existent sert",
    "de": "verantwortlich zustandig gabs verursachte verursacht hohe wofur veroffentlicht erschien erschienen insg "
    "kamen geben wieviele wurd wer wem wen ihre ihren ihrem ihrer seiner seinem seinen einschliesslich inklusive "
    "fuer ueber sage wissen mochte mochten wollte wollen moegen mag uns unser unsere unserem unseren euch ihnen ihm "
    "also sehr wirklich eben mal denn gerade derzeit aktuell momentan nun dort hier dazu daran dafur dabei waere "
    "ware seid gewesen geht gegeben jeweils jede jeder jedes jeden solche solcher sowie ohnehin insbesondere etwas "
    "welchem welchen wessen warum wieso weshalb wozu woher wohin bereitgestellt verteilt erteilt verteilte passiert "
    "interessiert frage antwort auskunft information informationen zirka circa rund insoweit kurz bloss lediglich "
    "einzelne einzelnen beide beiden beider grosse bitte danke sag sagen gib weisst suche genau eigentlich ungefahr "
    "bisher jetzt galt gilt gelten sagt sagten meinen derjenigen jener jenes durchgefuhrt gemacht erfolgt erfolgte "
    "befindet befinden findet finden bereits schon etwa wohl betragt betrug belief belaufen lag liegen liegt "
    "gehoren gehort gehorte umfasst umfasste zahlten zahlte zahlt zahlen besass verfugt verfugte machte machten "
    "machen ging gingen gegangen stand stehen steht brachte soviel stadt gemeinde davon darunter angeboten "
    "verfugbar oft stammt stammen stammten kommen sein seine gross gros aber alle allen als am an anzahl auch auf "
    "aus bei bekam bekamen beim bis da das dass dem den der des die dies diese dieser durch ein eine einem einen "
    "einer es fur gab gibt haben hat hatte hatten hoch ich ihr im in ist jahr jahre jahren kam man mit nach noch "
    "nur oder seit sich sie sind so uber um und viel viele vielen vom von vor war waren was welche welcher welches "
    "wenn werden wie wird worden wurde wurden zahl zu zum zur wieviel erhielt erhielten bekommen te ten fand fanden "
    "statt stattfand richtig stimmt konnte konnten kann konnen n existiert besteht ab zwischen",
    "nl": "verantwoordelijk bevoegd hoogte verschenen gepubliceerd veroorzaakte waaraan iemands haar hem inbegrepen "
    "inclusief mag mogen wil willen zou zouden weten zoeken vertel vertellen aub dus heel zeer erg alleen slechts "
    "enkel even gewoonweg hier daar daarvoor hiervoor mij ons onze jullie hen ben bent geweest gegeven uitgereikt "
    "uitgedeeld verdeeld verstrekt bezorgd zorgt zorgen vraag antwoord informatie momenteel huidige huidig actueel "
    "beide elke enkele iets waarom waarvoor soort wiens circa rond doet doen deed deden gedurende tijdens sedert "
    "daarin erin binnen eigenlijke precieze exacte ergens intussen ondertussen liep graag alsjeblieft alstublieft "
    "geef zeg zoek weet precies eigenlijk ongeveer nu liepen loopt lopen grootte geldt gold zeggen zegt zeiden "
    "diegene uitgevoerd gedaan gebeurde gebeurt bevindt bevinden vindt vinden reeds bedraagt bedroeg telt telde "
    "tellen telden omvat omvatte behoort behoren ligt lag liggen gaat gingen gegaan maakt maakte maken hoeveelheid "
    "stad gemeente waarvan daarvan kwam kwamen komt komen zit zaten zitten aangeboden beschikbaar vaak krijgt "
    "krijgen gekregen moest groot aan aantal al alle bij cijfer cijfers dan dat de deze die dit door een en er elk "
    "gaf geven had hadden heeft hebben het hoe hoeveel hoog hun ieder in is jaar kon kreeg kregen kunnen met na "
    "naar nog of om onder ontvangen ook op over sinds te tot uit van veel volgens voor waren was wat welk welke "
    "werd werden wie worden zich zijn zo tegenover vond plaats juist klopt waar ging konden kan bestaat bestaan "
    "iedere tussen",
    "en": "responsible released caused there through inclusive wanna want wants would like need needs my mine doing "
    "very just only also even quite rather currently current today here then thus hence whose whom why answer "
    "question information details detail happened happen happens supplied provided handed distributed receive "
    "received receives receiving provide provides some something actual precise during within among amongst "
    "regarding great ours such both whether because while ever else pls thx hi hello dear size please thanks tell "
    "give show looking know exactly precisely approximately roughly actually far now said say says report reported "
    "done made carried conducted located held find found already yet came come comes belong belongs belonged count "
    "counts counted contain contains include includes city offer offers offered available often cite cited went "
    "gone about all an and any are as at be been being but by did do does for from get gets given got had has have "
    "how i if in into is it its many may me much no number numbers of on one or our out so still than that the "
    "their them they this those to up us was we were what when where which who really since with year years you "
    "your figure figures go goes between take takes took place gives true right correct could can exist exists each "
    "every",
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
_SHORTEST_COMPOUND = 6
_LONGEST = max(map(len, _STEMS))
_PHRASES = re.compile(rf"\b({'|'.join(sorted(PHRASES, key=len, reverse=True))})\b")
_CALL = re.compile(r"\bE\.?N\.? ?(\d{1,4})\b")


def concepts(text: str) -> list[str]:
    """List the ideas and remaining words of a text, in its order, without idle words.

    >>> concepts("Combien a coûté l’appel EN2019 ?"), concepts("Kosten von EN 2019")
    (['money', 'call', 'en2019'], ['money', 'en2019'])
    """
    return [idea for word in telling_words(text) for idea in ideas_of(word)]


@lru_cache(maxsize=4096)
def ideas_of(word: str) -> tuple[str, ...]:
    """Give the ideas that a folded word names: of one that is made of two that name one each, both.

    >>> ideas_of("laureates"), ideas_of("wifinetwerken"), ideas_of("piscines")
    (('won',), ('wifi', 'network'), ('piscine',))
    """
    is_whole = word in _WORDS or len(word) - len(_stem(word)) < _SHORTEST_COMPOUND
    first, last = ("", "") if is_whole else compound(word)
    return (concept(first), concept(last)) if is_named(last) and is_named(first) else (concept(word),)


def is_named(word: str) -> bool:
    """Tell whether the table has a folded word."""
    return concept(word) in CONCEPTS or concept(word) in ACTS


def telling_words(text: str) -> list[str]:
    """List the words of a text that say something, folded, in its order."""
    return [word for word in joined(text).split() if word not in IDLE]


@lru_cache(maxsize=1024)
def joined(text: str) -> str:
    """Fold a text and put one word in the place of each phrase that means something only as a whole."""
    folded = fold(_CALL.sub(r"EN\1", text).replace("%", " pourcent ").replace("€", " euro "))
    for pattern, whole in _SEPARATED:
        folded = pattern.sub(whole, folded)
    return _PHRASES.sub(lambda match: PHRASES[match[0]], folded)


def _stem(word: str) -> str:
    """Give the longest beginning of a word that the table has with any ending."""
    lengths = range(min(len(word), _LONGEST), 2, -1)
    return next((word[:length] for length in lengths if word[:length] in _STEMS), "")


@lru_cache(maxsize=4096)
def concept(word: str) -> str:
    """Give the idea that a folded word names; of any other word, what is left without its plural.

    >>> concept("laureates"), concept("schulstandorte"), concept("piscines")
    ('won', 'site', 'piscine')
    """
    if word in _WORDS:
        return _WORDS[word]
    if stem := _stem(word):
        return _STEMS[stem]
    return word.rstrip("sx") if len(word) > 3 and word.isalpha() else word


def compound(word: str) -> tuple[str, str]:
    """Part a folded word that is made of two, the last of which is what it is; of others, give nothing.

    >>> compound("wifinetwerken"), compound("lehrerzimmer")
    (('wifi', 'netwerken'), ('', ''))
    """
    cuts = range(3, len(word) - _SHORTEST_COMPOUND + 1)
    cut = next((cut for cut in cuts if concept(word[cut:]) in CONCEPTS), 0)
    return (word[:cut], word[cut:]) if cut else ("", "")
