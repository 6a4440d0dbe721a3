"""Questions of yes or no: what says that a statement is questioned, by its beginning, its end or its verb, and which
bound its verb sets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ennum_stats.reading.quantities import NumberInText
from ennum_stats.search.concepts import concepts
from ennum_stats.vocabulary import Precision

ASKS = re.compile(
    r"\b(?:combien|quand|qui|(?:le|la|les)?quel(?:le)?s?|ou (?!i)|pourquoi|wie ?viele?|wann|we[rnm]|wo|"
    r"welche[rsnm]?|warum|hoeveel|wanneer|wie|waar|welke?|waarom|how|when|who|where|which|what|why)\b"
)
TRUE_THAT = "vrai que "
"""Stands before a statement that somebody asks to confirm: in any language."""
_OPENING = re.compile(
    r"^(?:(?:c'est|est-ce|serait-ce) (?:bien )?(?:vrai|exact|correct|juste)(?: qu[e'])?|(?:est-ce|vrai) qu[e']|"
    r"vrai ou faux ?:?|"
    r"(?:est|serait)-(?:il|elle) (?:vrai|exact|correct|juste|bien)|y a-t-il (?:eu )?|"
    r"(?:peut|pourrait|puis|dois|doit|faut)-(?:on|je|il) (?:dire|affirmer|conclure|ecrire|croire|penser) qu[e']|"
    r"(?:il parait|(?:on|quelqu'un) (?:m'a )?(?:dit|raconte|pretend|affirme)|j'ai (?:lu|entendu(?: dire)?)) qu[e']|"
    r"stimmt (?:es|das)|ist es (?:wahr|richtig|korrekt|so)|trifft es zu|"
    r"(?:kann|darf) (?:man|ich) (?:sagen|behaupten)|(?:man|jemand) (?:sagte?|behauptet)|ich habe (?:gehort|gelesen)|"
    r"klopt (?:het|dat)|is het (?:waar|juist|correct|zo)|(?:kan|mag) (?:je|men|ik) (?:zeggen|stellen)|"
    r"(?:men|iemand) (?:zegt|beweert)|ik (?:las|hoorde|heb (?:gelezen|gehoord))|"
    r"is it (?:true|correct|right|fair to say|the case|a fact)|(?:can|could) (?:we|i|one|you) say|"
    r"(?:i (?:read|heard)|they say))\b"
)
"""How a question begins that asks whether something is true."""
_TAG = re.compile(
    r"(?:[,;:.–—-] ?(?:(?:c'est|est-ce) (?:bien )?(?:vrai|exact|correct|juste|ca)|vrai|exact|correct|non|hein|oui|"
    r"pas vrai|sauf erreur(?: de ma part)?|si je ne (?:me trompe pas|m'abuse)|j'ai (?:bon|raison)|"
    r"(?:vous|tu) confirme[sz]|je me trompe|"
    r"oder|nicht|ne|ja|gell?|gelt|richtig|korrekt|wahr|(?:das )?stimmt(?: das| doch)?|"
    r"(?:ist das |das ist )(?:richtig|wahr|so)|wenn ich mich nicht irre|habe ich recht|liege ich richtig|"
    r"(?:klopt|is) dat(?: juist| waar| zo| toch)?|dat klopt(?: toch)?|klopt|toch|juist|he|niet|akkoord|"
    r"als ik me niet vergis|heb ik gelijk|"
    r"(?:is that )?(?:right|true|correct)|no|yes|agreed|eh|if i(?:'m| am) not (?:mistaken|wrong)|"
    r"(?:is|was|are|were|did|do|does|has|have|had|could|can)(?:n't| not)? (?:it|they|he|she|there|we|i)(?: not)?)|"
    r",? ?(?:vrai ou faux|oui ou non|n'est[- ]ce pas|ou (?:bien )?(?:je me trompe|je fais erreur|pas|non)|"
    r"(?:on est|nous sommes) (?:bien )?d'accord|ja oder nein|nicht wahr|oder (?:etwa )?nicht|oder irre ich mich|"
    r"sind wir uns einig|ja of nee?n?|nietwaar|waar of niet|of (?:niet|vergis ik me|heb ik het mis)|yes or no|"
    r"true or false|innit|or (?:not|am i (?:wrong|mistaken))|am i (?:right|wrong|mistaken))) ?\?*$"
)
"""What turns a statement into a question at its end."""
_TURNED = {
    "fr": r"(?:[^?]*-(?:t-)?(?:il|elle|on|ils|elles)\b|"
    r"(?:[^?]* )?(?:a|est|etait|avait|ont|sont|etaient|avaient|fut|peut|pouvait|pouvaient)(?: t)? "
    r"(?:ils?|elles?|on)\b|puis-je )",
    "de": r"(?:hat|hatten?|haben|war|waren|wurden?|gab|gibt|kostete?n?|kostet|ist|sind|lag|liegt|bekam|begann|"
    r"endete?n?|startete?n?|beginnt|dauerte?|lief|gewann\w*|erhielt\w*|wird|werden|soll(?:t?en?|te)?|bekamen|machten?|"
    r"blieb(?:en)?|kam(?:en)?|ging(?:en)?|konnten?|durften?|darf|durfen|kann|konnen|fand(?:en)?|schafften?|"
    r"\w+(?:stieg|steigt|schritt|schreitet)|erreichte?n?|zahlte?|sagen|sagten) ",
    "nl": r"(?:heeft|had|hadden|hebben|waren|was|werd|werden|kost|kostten?|is|zijn|lag|ligt|kreeg|begon|eindigde|"
    r"stopte|startte|liep|duurde|wonnen|won|kregen|telde|gaf|gaven|ging|gingen|zit|zitten|stond|kwamen?|steeg|daalde|"
    r"bedraagt|bedroeg|dienden?|deden|haalden?|ontvingen?|raakten?|bleef|bleven|mocht(?:en)?|mag|mogen|kon(?:den)?|kan|"
    r"over(?:schreed|schrijdt|trof|treft)|bereikte?n?) ",
    "en": r"(?:did|does|do|was|were|is|are|has|have|had|could|can|may|might)(?:n't)? ",
}
"""The verb that stands first in a question of yes or no, in each language."""
_MARK = (
    r"(?:(?:la|le|les|der?|die|de|het|the) )?(?:barre|marque|cap|seuil|marke|schwelle|grenze|grens|kaap|drempel|mark|"
    r"threshold|bar) (?:des?|von|van|of)\b"
)
_EXCEEDS = re.compile(
    rf"(?:\b(?:a|ont|avait|est) )?\b(?:depass\w*|exced\w*|surpass\w*|franchi\w*|passe(?=.* {_MARK})|"
    r"ubersteig\w*|uberstieg\w*|uberschr\w*|ubertr\w*|geknackt|knackte|gesprengt|overschr\w*|overtr\w*|exceed\w*|"
    r"(?:went|go|gone) (?:over|above|beyond))(?:-t)?(?:-(?:ils?|elles?|on))?"
)
_BELOW = re.compile(
    rf"\b(?:(?:\w*rest\w*|\w*blieb\w*|\w*bleef|stay\w*|remain\w*) )?(?:(?:sous|unter|onder|below|under) (?={_MARK})|"
    r"en (?:dessous|deca) d(?:e|u|es)\b|unterhalb(?: von)?|short of)|\b(?:unterschr\w*|inferieur\w* a)|"
    r"\b(?:rest\w*) sous\b|\b(?:fall|fell|stay\w*|kept|keep) (?:short of|under|below)"
)
_REACHES = re.compile(
    r"\b(?:atteint|atteignait|atteignent|erreicht\w*|bereikt\w*|gehaald|haalden?|reach\w*|hit|attain\w*)\b"
)
_DENIES = re.compile(
    r"\b(?:n'\w+|ne \w+)(?:-t)?(?:-(?:ils?|elles?|on))? (?:pas|jamais)\b|\b(?:nicht|kein\w*|nie|niet|geen|nooit|not|"
    r"never|cannot)\b|n't\b"
)
_KEPT_OUT = re.compile(
    r"\b(?:exclu\w*|interdi\w*|ferme\w*|ecarte\w*|prive\w*|ausgeschl\w*|ausgesperrt|gesperrt|verschlossen|tabu|uitgesl\w*|"
    r"geweigerd|verboden|gesloten|barred|banned|shut|closed|excluded?|locked|turned away|kept out|ineligible|out)\b"
)
_AGAIN = re.compile(
    r"\b(?:a nouveau|de nouveau|encore une fois|re(?:tent|present|postul|particip|jou(?:er|ait|e)|essay|candidat)\w*|"
    r"admis\w*|accepte\w*|noch ?mal\w*|noch einmal|erneut|wieder|zugelassen|opnieuw|nog eens|nog een keer|weer|"
    r"toegelaten|again|once more|reapply|eligible|welcome)\b"
)
_BEFORE = re.compile(
    r"\b(?:auparavant|anterieure?s?|precedemment|anciens?|anciennes?|vorher\w*|zuvor|fruher\w*|ehemalig\w*|eerdere?|voordien|"
    r"vroegere?|previous(?:ly)?|earlier|former|beforehand)\b"
)
_MAY = re.compile(
    r"\b(?:peu(?:t|vent)|peux|puis(?=-je)|pouvai\w+|pourr\w+|autorise\w*|darf|durfen|durfte\w*|kann|konnen|konnte\w*|mag|mogen|"
    r"mocht\w*|kan|kunnen|kon|konden|can(?:not)?|can't|could\w*|may|might|allowed)\b"
)


def statement_in(plain: str, language: str) -> str:
    """Give what a question of yes or no states, without what asks; nothing where it asks otherwise.

    >>> statement_in("en2019 a eu 500 projets, on est d'accord ?", "fr")
    'en2019 a eu 500 projets '
    """
    bare = _TAG.sub(" ", plain)
    opened = _OPENING.sub(" ", bare)
    if bare != plain or opened != bare:
        return opened
    clauses = re.split(r"[:;.,] ", bare)
    is_turned = any(re.match(_TURNED[language], clause) for clause in clauses) and not ASKS.search(bare)
    return bare if is_turned else ""


def bounded(plain: str, stated: Sequence[NumberInText]) -> tuple[tuple[NumberInText, ...], str]:
    """Give the stated numbers with the bound that a verb sets ("dépasse", "blieb unter"), and what is left of the
    words."""
    denied = bool(_DENIES.search(plain))
    over, under = Precision.MORE_THAN, Precision.LESS_THAN
    for signs, precision, opposite in (
        (_EXCEEDS, over, Precision.AT_MOST), (_BELOW, under, Precision.AT_LEAST),
        (_REACHES, Precision.AT_LEAST, under),
    ):  # fmt: skip
        if signs.search(plain):
            bound = opposite if denied else precision
            stated = [
                replace(number, precision=bound)
                if number.precision in (Precision.EXACT, Precision.ROUNDED)
                else number
                for number in stated
            ]
            rest = _DENIES.sub(" ", signs.sub(" ", plain)) if denied else signs.sub(" ", plain)
            return tuple(stated), re.sub(_MARK, " ", rest)
    return tuple(stated), plain


def exceeds(plain: str) -> bool:
    """Tell whether a verb says that one number is larger than another."""
    return _EXCEEDS.search(plain) is not None


def without_bounds(plain: str) -> str:
    """Leave the verbs out that say that one number is larger than another."""
    return _EXCEEDS.sub(" ", plain)


def is_of_admission(plain: str, calls: Sequence[str], *, is_yes_no: bool) -> bool:
    """Tell whether a question asks who may take part in a call, or is kept out of it."""
    ideas = {*concepts(plain)}
    if "barred" in ideas or (_MAY.search(plain) and ideas & {"submitted", "involved"}):
        return True
    if not is_yes_no:
        return False
    if len(calls) > 1:
        return bool(_KEPT_OUT.search(plain) or _AGAIN.search(plain))
    return bool(_BEFORE.search(plain) and "won" in ideas)


def is_kept_out(plain: str) -> bool:
    """Tell whether a statement says that somebody may not take part: "exclus", "niet toegelaten"."""
    denied = _DENIES.search(plain) is not None and not re.match(r"\w+n't|n[e']", plain)
    return denied != (_KEPT_OUT.search(plain) is not None)
