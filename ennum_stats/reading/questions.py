"""What a question asks for: its words bind the kind of its answer.

"Quand" wants a day, "qui" a partner, "où" a place, "quel appel a eu le plus" a name, "ensemble" a sum, "de plus
que" a difference, "est-il vrai" a yes or no; all else a number of what is to be counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ennum_stats.code_list import Labelled
from ennum_stats.errors import message
from ennum_stats.languages import LANGUAGES
from ennum_stats.reading import statements
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.happenings import told
from ennum_stats.reading.operators import Operator, operators_in, phrases
from ennum_stats.reading.quantities import NumberInText, numbers_in
from ennum_stats.reading.references import references_in
from ennum_stats.reading.statements import ASKS, TRUE_THAT
from ennum_stats.reading.strange_words import respelled, unnamed, without_strange_words
from ennum_stats.search.candidates import candidates
from ennum_stats.search.concepts import (
    CONCEPTS,
    IDLE,
    IDLE_WORDS,
    LEVELS,
    concept,
    concepts,
    is_named,
    is_unpublished,
    joined,
    telling_words,
)
from ennum_stats.search.places import commune_in
from ennum_stats.search.spelling import ASKING, meant_of
from ennum_stats.search.subjects import ALL_HEADS, AMOUNTS, DISTINCT, PLACES, POPULATIONS
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import fold

LONGEST = 300


class AnswerKind(Labelled):
    """Say which kind of answer a question wants."""

    NUMBER = "number", message("a number")
    DATE = "date", message("a date")
    WHO = "who", message("a partner")
    PLACE = "place", message("a place")
    WHICH = "which", message("a name")
    SUM = "sum", message("a sum")
    DIFFERENCE = "difference", message("a difference")
    TRUTH = "truth", message("yes or no")
    STATED = "stated", message("what has this number")
    ADMITTED = "admitted", message("who may not take part")


_UP_TO = r"(?:bis|jusqu['’]\w+|à|tot|tot en met|to|until|through)"
_INCLUDED = r"(?:einschlie(?:ß|ss)lich|inkl\w*|y compris|compris\w*|inclus\w*|inbegrepen|included)"
_ABBREVIATIONS = (
    (r"\bop z(?:ijn|['’]n) (?:langst|hoogst|meest)\b", "hoogstens"),
    (r"\bcb\b", "combien"), (r"^ya\b", "y a-t-il"),
    (r"\b(?:je ne sais|wei(?:ß|ss) nicht|weet niet|i forget)\b[^.?!]* \d+ (?:ou|oder|of|or) \d+[^.?!]*", " "),
    (r"\b(?:c'[ée]tait|war(?:en)? es|waren het|was it|were there) \d+ (?:ou|oder|of|or) \d+(?: mille)?,?", "combien"),
    (r"\b1[eè]?re\b", "première"), (r"\b1er (?=janv|f[ée]v|mars|avr|mai|jui|ao|sept|oct|nov|d[ée]c)", "1 "),
    (r"\bafter the (20\d\d) jury\b", r"after the jury in \1"),
    (r"(?<!by )\bhow much (?=(?:did|does|do|has) (?:\w+ ){1,9}?(?:(?:in|de)creas|gr[eo]w|ris|fall|drop|chang))",
     "by how much "),
    (r"\bt\.? ?o\. ?v\.|\btov\b", "ten opzichte van"), (r"\bt\.? ?e\. ?m\.|\bt/m\b|\btem\b", "tot en met"),
    (r"\bggu\.|\bggü\.", "gegenüber"), (r"\bp\. ?r\. ?à\b", "par rapport à"),
    (r"\b(plan|programme?|p[eé]riode?|zeitraum) ([12]\d) ?(?:[-–/]|à|bis|tot|to) ?([12]\d)\b", r"\1 20\2-20\3"),
    (r"\bbis(?: und mit|,? einschlie(?:ß|ss)lich|,? inkl\w*\.?)(?= )", "bis"),
    (r"\bby (?=20[0-2]\d\b)", "up to "), (r"\bd['’]ici(?: à)? (?=20[0-2]\d\b)", "jusqu'en "),
    (r"\btegen (?=20[0-2]\d\b)", "tot "),
    (r"\bjusqu(?:es?|['’](?:à|en))?,? (?:et )?y compris\b", "jusqu'à"),
    (r"\b(up to|to|through|until),? (?:and )?including\b", r"\1"),
    (rf"\b({_UP_TO} (?:(?:EN ?)?\d+|l['’]appel \d+)),? {_INCLUDED}\b", r"\1"),
    (r"\b(?:19|20)\d0(?:s|ern?)\b|\b(?:ann[ée]es|jaren) (?:19|20)\d0\b", " "),
    (r"\b(20[0-2]\d) ?[-–/] ?([0-2]\d)\b(?![-–/.])", r"\1-20\2"),
    (r"(?<![\d/.-])\b(?:17/18|18/19|19/20)\b(?![\d/.-])", lambda both: f"20{both[0][:2]} / 20{both[0][3:]}"),
    (r"\b(questions?|frage|vraag|pages?|seite|pagina|slides?|folie|dia|annexe?) (?:n[o°r]?\.? ?)?\d+\b", r"\1"),
    (r"[,;.–] [^,;.?!]*\b\d+ ?(?:mn|min(?:ut\w*)?)\b[^,;.?!]*", " "),
    (r"\b(20[0-2]\d (?:à|bis|tot|to|until)(?: ende| fin| eind)?) '?([0-2]\d)\b(?! ?[\d.,%])", r"\1 20\2"),
    (r"(?<!\d )\b(seit|ab|bis|depuis|sinds|tot|since|until|by|jahr|jaar|ende|in|en) '?(1[1-9]|2[0-7])(?=\W*$|[^\w ])",
     r"\1 20\2"),
    (r"\b(?-i:EN) ?'?(1[789]|2[01])\b", r"EN20\1"),
    (r"\b(\d[\d.]*)er[- ]?(marke|grenze|schwelle)\b", r"\2 von \1"),
)  # fmt: skip
_PRICED = phrases("priced")
"""Adjectives that compare amounts."""
_SPEAKER = re.compile(
    r"(?:\b\w+ (?:se )?(?:demand(?:e|ait)|(?:veut|voudrait|aimerait) savoir)\b|"
    rf"{phrases('speaker').pattern})(?! plai[ts])"
)
_REQUEST = re.compile(
    rf"(?:{phrases('request').pattern}|(?<=you )(?:have|got)\b(?! to\b))"
    r"(?:[ ,:]*(?:si|ob|of|if|whether|que|qu(?=')|dass|dat|that)\b)?"
)
"""Words with which somebody asks for something, and what joins it."""
_WHETHER = re.compile(
    r"\b(?:si|ob|(?<!remind me )of|if|whether|dire qu.?|sagen,? dass|zeggen dat|say that)$|confirm|bestatig|bevestig"
)
_RECEIVED = re.compile(
    r"^(?:qu'|que |combien a |was |wat |what |hoeveel (?=(?:kr|ontv)\w+ (?!er\b))).*"
    rf"(?:{phrases('handed').pattern})"
)
"""What winners receive, where no thing is named, is money."""
_GOT = phrases("got")
_RECEIVING = frozenset(("space", "team"))
"""Units that receive money as schools do."""
_CONTRACTED = re.compile(r"\b(wh(?:at|o|en|ere)|how)['’]s\b", re.IGNORECASE)
_ASKING_CLAUSE = re.compile(
    rf"(?:(?:l'|l[ae] )?(?:jour|annee|mois|date|moment|lieu|ville|endroit) (?=ou\b))?"
    rf"(?:\b(?:a|de|d'|en|in|bis|zu|ab|seit|von|bei|mit|um|an|tot|op|van|met|uit|by|until|for|from|at|to|of|since|depuis|"
    rf"jusqu'a|par|pour|sur) )*{ASKS.pattern}"
)
_ALTERNATIVES: tuple[frozenset[str], ...] = tuple(frozenset(ideas) for ideas in (
    ("cyberecole", "cyberclasse", "ecolenumerique", "connected"),
    ("liege", "hainaut", "namur", "luxembourg", "brabant"), ("wallonia", "brussels", "germanspeaking"),
    ("primary", "secondary", "fundamental", "adult", "special"),
    ("helpdesk", "insurance", "sparepart", "tablet", "ipad", "macbook", "board", "computer", "server"),
    ("submitted", "won", "rejected"), ("special", "ordinary"),
))  # fmt: skip
"""Ideas of which a number can have but one: a question that names two asks of both, each by itself."""
_CHOSEN = CONCEPTS - POPULATIONS - AMOUNTS - {*_ALTERNATIVES[0]} | {"connected"}
"""Ideas of what one may be chosen of: calls, programmes and whose they are stand beside it."""
_LONGEST_CHOICE = 4
"""How many words name one of what is listed."""
_FATES = frozenset(("won", "rejected"))
"""What becomes of applications."""
_SCHOOLING = frozenset(("primary", "secondary", "fundamental"))
_DIMENSION_OF = {
    idea: dimension
    for dimension, group in zip(
        ("programme", "province", "territory", "level", "component"), _ALTERNATIVES, strict=False
    )
    for idea in group
}
_GAP = re.compile(rf"{phrases('gap').pattern}|(?<=\d )(?:gegen|tegen|contre|against)(?= (?:en)?\d)")
"""Words of how far apart two numbers are, whichever is named first."""
_HIGHER, _LOWER = phrases("higher"), phrases("lower")
"""Words that say which of two numbers is the larger."""
_EQUAL, _ADDITIONAL = phrases("equal"), phrases("additional")
_OWNED = re.compile(rf"(?:{phrases('owner').pattern}) (\w+)")
"""Nouns of what belongs to somebody: "her *school*"."""
ASKS_HOUR, ASKS_DAY, ASKS_MONTH = phrases("hour"), phrases("exact day"), phrases("exact month")
"""What asks for the very hour, day or month, and not for a year."""
_HOW_MANY_OR_WHEN = phrases("how many or when")
_ADDRESS = re.compile(rf"(?:(?:{phrases('address').pattern})[^,:!?.0-9]{{0,40}}[,:!.] ?)*")
"""How somebody is spoken to."""
_NOT_MEANT = re.compile(
    r"(?:[,;(] ?(?:dus|en|maar|et|mais|donc|und|also|aber|and|so|but)? ?\b(?:niet|pas|non pas|nicht|not)|"
    r"[,;(]? ?\b(?:as opposed to|rather than|contrairement a|plutot que|im gegensatz zu|in tegenstelling tot))\b"
    r"(?! (?:waar|wahr|true|right)\b)(?: [^ ,;?)]+){2,9}\)?(?=[,;?]|$)"
)
_EN_CALL = re.compile(r"en\d+")
_CODE = re.compile(r"\bE\.?N\.? ?\d")
_FIRST_PROGRAMME = re.compile(r"\b(?:premier|erste[nrsm]?|eerste|first) programm\w*")
_COMPARED = re.compile(f"{_GAP.pattern}|{phrases('compared').pattern}")
_THAN = re.compile(
    r"\b(?:plus|moins|mehr|weniger|meer|minder|more|fewer|less)\b.*?\b(?:qu'?|que|als|dan|than)\b|"
    r"^(?:par rapport|gegenuber|im vergleich|vergelijk\w*|ten opzichte|compared)\b"
)
"""What stands before that which is taken away, even where it is named first: "more than in 2019 in 2020"."""
_PERCENT = re.compile(f"{phrases('percent').pattern}|%")
_FELL = phrases("fell")
"""Which words of change say that a number became smaller."""
_BETWEEN = phrases("between")
_EITHER = {"fr": "ou", "de": "oder", "nl": "of", "en": "or"}
_JOINED_BY = {"fr": "ou|et", "de": "oder|und", "nl": "of|en", "en": "or|and"}
_EITHER_OF = re.compile(r"[,:;–-] [^,:;?]+ (?:ou|oder|of|or) [^,:;?]+\??$")
"""A last clause that names who it may be: "who pays, the Region or the Federation?"."""
_WHICH_ONES = re.compile(r"^(?:quel(?:le)?s?|welche[rsnm]?|welke?|which) (\w+)")
_TOGETHER = phrases("together")
_AGAIN = re.compile(f"{phrases('already').pattern}|{phrases('a second time').pattern}")
"""What says that two calls are of one and the same, and not to be added."""
_HOW_MANY = re.compile(
    r"combien|wie ?viele?[nr]?|hoeveel|how (?:many|much)|quel|quoi|welch|welk|what|\b(?:wat|was)\b|"
    r"(?:^|[,:] )qu(?:e |'(?:a|ont)\b)"
)
_DOTTED = re.compile(r"(?<=\d)(?<!\b0)\.(?=\d{3}\b(?! ?(?:mi|mln|mrd|md|m\b)))")
"""The dot of thousands."""
_A_DURATION = re.compile(rf" (?:{phrases('years').pattern})")
_SINCE = re.compile(r"\b(?:depuis|il y a|seit|vor|sinds|sedert|al|since|in|en|dans|op|over|les|den|de|the) $")
"""What stands before a duration that says when, and not how long: "seit zehn Jahren", "in ten years"."""
_PER_SO_MANY = re.compile(r"\b(?:pour|par|pro|je|per|for|tranche de) (?:100|500|1000|1 000)\b")
_PER_WORD = re.compile(r"\b(?:pour|par|pro|je|per|for|tranche de) $")
_OF_SO_MANY = re.compile(
    r"(?:\b(?:les|des|aux|ces|ses|leurs|die|der|den|diese[nr]?|seine[nr]?|ihre[nr]?|alle|de|deze|zijn|the|these|those|its|their|all)"
    r"|['’]s) $"
)
"""What stands before a number that is known, and is told beside what is asked: "how many of the 200 sites"."""
_CLAUSE_AFTER = re.compile(r"[,;:.!?–] (.*)")
"""What stands behind a number that is told before the question: "it costs 60 million, *and the rest*"."""
_FEW = 4
"""Of how many words a number and its noun are fewer: "1709 projets lauréats"."""
_ALL_OF = re.compile(r"\b(?:tou(?:te)?s (?:les )?|alle[rn]? |all (?:the |of the )?)(?=[0-9])")
_CLAUSES = re.compile(r"(?<=[.:;,?!–—])\s+")
_CLAUSES_APART = re.compile(rf"(?<=[.:;?!–—])\s+|,\s+(?={ASKS.pattern})", re.IGNORECASE)
_OF_ANYTHING = {
    "school", "pupil", "teacher", "head", "parent", "staff", "team", "classroom", "room", "use", "not", "never",
    "money", "own", "francs", "duration", "survey", "total",
}  # fmt: skip
"""Ideas that those who ask tell of themselves, or of anything."""
_SHORTEST_CLAUSE = 3
_IN_A_LAND = re.compile(r"\b(?:in|en|aux?) ([A-ZÉÈ]\w+)")
_BESIDES = re.compile(
    rf"^(?:{phrases('besides').pattern})(?: (?:les?|la|des?|de|het|den|der|die|dem|das|the))? [^ ,]+,?",
    re.IGNORECASE,
)
"""What is told to be left out, before what is asked: "besides iPads, how many MacBooks"."""
_NOT_THIS = re.compile(
    r"[(,;–-] ?(?:und |aber |et |mais |en |maar |and |but )?(?:nicht|pas|niet|not) "
    r"(?:am|an|dem|den|der|die|das|von|vom|beim|bei|im|les?|la|du|des|de|celui|celle|het|van|bij|the|by|from|in|on)\b"
    r"(?: \w+){1,3} ?(?=[),;.?!–]|$)",
    re.IGNORECASE,
)
"""What is said not to be meant, beside what is: "the Walloon plan (not the European one)"."""
_NOT_THESE = re.compile(r"\((?:not|no|pas|niet|geen|nicht|keine) (\w+)\)", re.IGNORECASE)
"""Things in brackets that are not meant: "computers (not tablets)"."""
_DIMENSIONS = {
    dimension: phrases(f"of {dimension}")
    for dimension in ("call", "programme", "province", "level", "territory", "network", "component")
}
"""The nouns of what may be the largest or smallest."""
_OF_ANY_DIMENSION = re.compile("|".join(names.pattern for names in _DIMENSIONS.values()))
_WORD = re.compile(r"[^\W\d_]+")
_MILLIONS = r"(\d+)[ -]?(?:millionen|mio|miljoen(?:en)?|millions?|mln|m(?![a-z]))"
_CURRENCY = r"(?:[ -]?(?:d'|de )?(?:euros?|eur\b|€))?"
_PLAN_OF = re.compile(
    rf"{_MILLIONS}{_CURRENCY}[ -]?plan\w*|"
    rf"\bplan\w* (?:(?:a|de|des|du|von|van|uber|met|mit|of|worth|les|€) ?)*{_MILLIONS}{_CURRENCY}"
)
"""How a plan is named by its amount: "der 77-Millionen-Plan"."""
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_LEAST_MONEY = 1_000_000
"""Nothing else is counted by millions: no projects, devices or pupils."""
_KINDS = {
    Operator.SUM: AnswerKind.SUM, Operator.DIFFERENCE: AnswerKind.DIFFERENCE, Operator.GROWTH: AnswerKind.DIFFERENCE,
    Operator.WHO: AnswerKind.WHO, Operator.WHERE: AnswerKind.PLACE, Operator.WHEN: AnswerKind.DATE,
    Operator.HOUR: AnswerKind.DATE,
}  # fmt: skip
_BINDING = (Operator.MOST, Operator.LEAST, Operator.WHEN, Operator.HOUR, Operator.WHO, Operator.WHERE)
"""Operators that bind what is asked for, the first first, whatever else a question names."""
HAPPENINGS = (AnswerKind.WHO, AnswerKind.PLACE, AnswerKind.DATE)
"""Kinds of answers that are no numbers, but days, places and partners."""
_COMPARING = (AnswerKind.TRUTH, AnswerKind.DIFFERENCE, AnswerKind.WHICH)
_NAMING = {
    Operator.SHARE: "share", Operator.MEAN: "mean", Operator.PER_YEAR: "yearly", Operator.RATIO: "per",
    Operator.DURATION: "duration", Operator.REST: "notyet",
}  # fmt: skip
"""The word of the table by which a number is named that an operator asks for."""
_VOTES = {language: frozenset(words.split()) for language, words in IDLE_WORDS.items()}


@dataclass(frozen=True)
class ParsedQuestion:
    """Hold a question: the kind of its answer, what is left of its words, and what it names."""

    text: str
    kind: AnswerKind
    subject: str
    """The words that say what is asked about: without those that ask."""
    terms: tuple[str, ...] = ()
    """What it asks of one by one: the calls that it names, else programmes, places, levels or parts, as ideas."""
    stated: tuple[NumberInText, ...] = ()
    dimension: str = ""
    """What a superlative is to name."""
    wants_least: bool = False
    """Whether the smallest is wanted; of a comparison, whether the first is said to be the smaller."""
    wants_equal: bool = False
    """Whether two are said to be equal."""
    is_change: bool = False
    """Whether a difference is asked for as a change."""
    language: str = ""
    """The language of its words."""
    strange: tuple[str, ...] = ()
    """Words that nobody knows and that were passed over."""
    unpublished: tuple[str, ...] = ()
    """Words of matters of which no document says anything."""
    operators: Mapping[Operator, str] = field(default_factory=dict)
    """What its words want done with numbers, each with the question without these words."""
    whole: str = ""
    """All its words, with the codes of the calls that they name."""


def language_of(text: str, likelier: str = "fr") -> str:
    """Find the language of a text by its small words; of two as likely, the one that is given."""
    words = levelled(text).replace("'", " ").split()
    votes = {code: sum(word in _VOTES[code] for word in words) for code in LANGUAGES}
    return max(LANGUAGES, key=lambda code: (votes[code], code == likelier))


def read_question(ledger: Ledger, text: str, language: str) -> ParsedQuestion:
    """Read which kind of answer a question wants, and about what."""
    own = language_of(text, language)
    for short, full in _ABBREVIATIONS:
        text = re.sub(short, full, text, flags=re.IGNORECASE)
    written = respelled(ledger, _DOTTED.sub("", text[:LONGEST]), own)
    alone = _NOT_THIS.sub(" ", _NOT_THESE.sub(_unless_act, _BESIDES.sub("", written)))
    bare = _respelled(_without_frame(ledger, alone, own), own)
    if _RECEIVED.search(levelled(bare)) and not {*concepts(bare)} & (ALL_HEADS - POPULATIONS - _RECEIVING):
        bare = f"euro won {bare}"
    coded = _in_named_units(_with_codes(ledger, bare), own)
    unpublished = tuple(word for word in telling_words(coded) if is_unpublished(word, own))
    read = replace(
        _read(ledger, coded, language), text=text[:LONGEST], language=own, unpublished=unpublished,
        operators=operators_in(coded, own), whole=coded,
    )  # fmt: skip
    binding = next((operator for operator in _BINDING if operator in read.operators), None)
    is_claim = read.kind is AnswerKind.TRUTH and not (binding in _BINDING[2:] and ASKS.match(levelled(bare)))
    is_bound = read.dimension or is_claim or read.kind is AnswerKind.ADMITTED
    other = None if is_bound or binding is None else _by_operator(ledger, read, binding)
    return other or _without_strange(ledger, read)


def _in_named_units(text: str, language: str) -> str:
    """Leave out that a share is asked for, where its unit says that it is a part: "the share, in euros"."""
    plain = levelled(text)
    if not phrases("in units", language).search(plain):
        return text
    for share in reversed([*phrases("share", language).finditer(plain)]):
        text = f"{text[: share.start()]} {text[share.end() :]}"
    return _WORD.sub(lambda word: " " if concept(fold(word[0])) == "share" else word[0], text)


def _unless_act(not_these: re.Match[str]) -> str:
    """Leave out what is said not to be meant, where it is a thing: "(not tablets)", and not "(not selected)"."""
    idea = concept(fold(not_these[1]))
    is_thing = any(idea in group and "won" not in group for group in _ALTERNATIVES)
    return " " if is_thing else not_these[0]


def _without_strange(ledger: Ledger, read: ParsedQuestion) -> ParsedQuestion:
    """Leave the words that nobody knows out of the subject of a question; of one for days, places and partners, read
    what happens and what they do."""
    is_happening, unpublished = read.kind in HAPPENINGS, read.unpublished
    whole = _EITHER_OF.sub("", read.whole) if read.kind is AnswerKind.WHO else read.whole
    subject = told(whole, read.language) if is_happening else read.subject
    if is_happening or read.kind in _COMPARING:  # "kaputt" says what is to be done, "besser" that it is more
        unpublished = tuple(word for word in unpublished if word in subject.split())
    is_known = bool(read.dimension) or (read.kind is AnswerKind.TRUTH and bool(read.stated))
    known = without_strange_words(
        ledger, read.text, subject, read.language, of_numbers=not is_happening, is_of_kinds=is_known
    )
    strange = tuple(word for word in dict.fromkeys(joined(subject).split()) if word not in known.split())
    return replace(read, subject=known, strange=strange, unpublished=unpublished)


def rereadings(ledger: Ledger, read: ParsedQuestion) -> Iterator[ParsedQuestion]:
    """Read a question once more by each of its operators, wherever their words stand."""
    return filter(None, (_by_operator(ledger, read, operator) for operator in read.operators))


def without_asides(ledger: Ledger, text: str, language: str) -> str:
    """Give the clause of a question that asks, where the others name nothing of their own but people and what may be
    told of anything: "My wife teaches there. How many ..."; nothing where several ask, or the school is one's own."""
    clauses = _CLAUSES_APART.split(text)
    asking = [clause for clause in clauses if _asks(clause, language)]
    if (
        len(asking) != 1
        or len(clauses) == 1
        or {*map(concept, _OWNED.findall(fold(asking[0])))} & POPULATIONS
    ):
        return ""
    others = " ".join(clause for clause in clauses if clause not in asking)
    own = {*concepts(asking[0])}
    besides = {*concepts(others)} - own
    is_choice = Operator.WHO in operators_in(asking[0], language) and re.search(
        rf"\b{_EITHER[language]}\b", fold(others)
    )
    besides -= PLACES if is_choice else set()  # those of whom it may be
    is_of_its_own = (
        bool(besides & CONCEPTS - _OF_ANYTHING)
        or any(_YEAR.fullmatch(idea) or _EN_CALL.fullmatch(idea) for idea in besides)
        or any(is_unpublished(word, language) for word in telling_words(others))
        or (
            not is_choice
            and not own & (PLACES | {"centre"})
            and bool(commune_in(ledger, others, _capitals(others)))
        )
    )
    return "" if is_of_its_own else asking[0]


def _asks(clause: str, language: str) -> bool:
    """Tell whether a clause asks for something, or whether something is so."""
    plain = levelled(clause)
    return bool(ASKS.search(plain)) or (plain.endswith("?") and statements.asks_truth(plain, language))


def _by_operator(ledger: Ledger, read: ParsedQuestion, operator: Operator) -> ParsedQuestion | None:
    """Read a question by one of its operators; nothing where it says nothing of how to read it."""
    bare = read.operators[operator]
    other = _reread(read, operator, f"{_NAMING.get(operator, '')} {bare}")
    if other is None:
        return None
    is_of_kinds = other.kind is AnswerKind.WHICH and _dimension_in(bare)  # "le mieux doté" of calls
    left = tuple(word for word in read.unpublished if not is_of_kinds or word in bare.split())
    return _without_strange(ledger, replace(other, unpublished=left))


def _reread(read: ParsedQuestion, operator: Operator, plain: str) -> ParsedQuestion | None:
    """Read a question by one operator: `plain` are its words without those of the operator, and that which names
    what it asks for."""
    if operator in (Operator.DIFFERENCE, Operator.GROWTH):
        apart = _apart(read.text, plain, read.terms)
        return _of_known(replace(apart, is_change=True, language=read.language, operators=read.operators))
    if operator in (Operator.MOST, Operator.LEAST):
        is_read = read.dimension or (read.kind is AnswerKind.WHICH and not _dimension_in(plain))
        return None if is_read else _superlative(read, operator, plain)
    if operator is Operator.TRUE:
        text = _DOTTED.sub("", read.text)
        stated = _stated_in(text, read.language)
        other = _statement(text, plain, read.terms, stated, read.language)
        return replace(other, language=read.language, operators=read.operators)
    if read.kind is AnswerKind.WHICH and operator in _NAMING:
        return replace(read, subject=f"{read.subject} {_NAMING[operator]}")
    kind = _KINDS.get(operator, AnswerKind.NUMBER)
    return replace(read, subject=plain, kind=kind, stated=(), dimension="", is_change=True)


def _of_known(read: ParsedQuestion) -> ParsedQuestion:
    """Leave out of the subject of a difference a number that is told: it must be one of the two."""
    if _PER_SO_MANY.search(read.subject):
        return read
    stated = _stated_in(read.text, read.language)
    return replace(read, subject=_without(read.subject, read.text, stated), stated=stated)


def _dimension_in(plain: str) -> str:
    """Find the noun that says of what the largest or smallest is to be named."""
    return next((code for code, names in _DIMENSIONS.items() if names.search(plain)), "")


def _superlative(read: ParsedQuestion, operator: Operator, plain: str) -> ParsedQuestion | None:
    """Read which of all has the most or least: calls, unless a noun or what it names says of what else."""
    if listed := _listed(read.text, read.language):
        read = replace(read, terms=listed)
    of_terms = _DIMENSION_OF.get(read.terms[0], "component" * bool(listed)) if len(read.terms) > 1 else ""
    is_of_calls = (
        "call" in concepts(plain)
        or re.search(r"\b(?:annees?|jahr\w*|jaar|jaren|years?)\b", plain)
        or any(term.startswith("EN") for term in read.terms)
    )
    dimension = (
        of_terms
        or _dimension_in(plain)
        or ("call" if is_of_calls and Operator.WHO not in read.operators else "")
    )
    if not dimension:  # who of all
        return None
    bare = plain if dimension == "component" else _DIMENSIONS[dimension].sub(" ", plain)
    subject = _PRICED.sub("euro", bare)
    if dimension == "component" and not {*concepts(subject)} & ALL_HEADS:
        subject += " share"
    if dimension in ("territory", "level") and "equipped" in concepts(
        subject
    ):  # the best equipped for their pupils
        subject = f"{_but_for('equipped', subject)} 100"
    return replace(
        read, kind=AnswerKind.WHICH, dimension=dimension, subject=subject, stated=(),
        wants_least=operator is Operator.LEAST,
    )  # fmt: skip


def _listed(text: str, language: str) -> tuple[str, ...]:
    """List the ideas of what a question lists for one to be chosen: "training, Wi-Fi or internet"."""
    between = re.compile(rf", (?:(?:{_JOINED_BY[language]}) )?| (?:{_JOINED_BY[language]}) ")
    for clause in re.split(r"[:;?!.–]", levelled(text)):
        items = [item for item in between.split(clause) if not ASKS.search(item)]
        ideas = [{*concepts(item)} & _CHOSEN for item in items if len(item.split()) <= _LONGEST_CHOICE]
        if len(items) == len(ideas) > 1 and all(len(own) == 1 for own in ideas):
            return tuple(dict.fromkeys(idea for own in ideas for idea in own))
    return ()


def _respelled(text: str, language: str) -> str:
    """Spell the word that asks as it is meant ("wan", "how meny"), and part articles from nouns ("lecole")."""
    opening = list(re.finditer(r"\w+", text))[:2]
    for match in reversed(opening):
        word = fold(match[0])
        if word not in IDLE_WORDS[language].split() and not is_named(word) and len(word) > 2:
            near = meant_of(word, ASKING[language], is_first_sure=False)
            text = f"{text[: match.start()]}{near or match[0]}{text[match.end() :]}"
    if language == "en":
        return _CONTRACTED.sub(r"\1 is", text)
    if language != "fr":
        return text
    return re.sub(
        r"\b([dlDL])(\w{4,})",
        lambda match: (
            f"{match[1]}'{match[2]}"
            if is_named(fold(match[2])) and not is_named(fold(match[0])) and fold(match[0]) not in IDLE
            else match[0]
        ),
        text,
    )


def _without_frame(ledger: Ledger, text: str, language: str) -> str:
    """Leave out who asks and that it is asked: "Bonjour, je voudrais savoir", unless a place is named there; clauses
    in which nobody speaks and something is named stay."""
    text = text[_ADDRESS.match(levelled(text)).end() :]  # type: ignore[union-attr]  # it matches nothing as well
    text = "".join(text[start:end] for start, end in _uncontrasted(levelled(text)))
    text = " ".join(clause for clause in _CLAUSES.split(text) if not _is_beside(clause, language))
    plain = levelled(text)
    speaker = _SPEAKER.search(plain)
    if not speaker or ASKS.search(plain[: speaker.start()]):
        return text
    ends = [match.start() for match in _ASKING_CLAUSE.finditer(plain, speaker.end())]
    requests = {match.end(): match[0] for match in _REQUEST.finditer(plain, speaker.end())}
    ends += requests
    if not ends:
        return text
    frame, rest = text[: min(ends)], text[min(ends) :]
    if not statements.tells(rest):
        return text
    if _WHETHER.search(requests.get(min(ends), "")):
        rest = TRUE_THAT + rest.lstrip(" ,:")
    is_abroad = any(is_unpublished(fold(name), language) for name in _IN_A_LAND.findall(frame))
    is_placed = {*concepts(rest)} & (PLACES | {"centre"})
    if is_abroad or (commune_in(ledger, frame, _capitals(frame)) and not is_placed):
        return text
    clauses = [
        clause
        for clause in re.split(r"[,:;.!]", frame)
        if not _SPEAKER.search(levelled(clause))
        or {*concepts(clause)} & DISTINCT - PLACES - LEVELS
        or _CODE.search(clause)
        or any(idea.startswith("month") for idea in concepts(clause))
        or any(name.calls for name in references_in(clause, levelled(clause), ledger))
    ]
    kept = [
        clause
        for clause in clauses
        if any(idea in CONCEPTS or idea[-1:].isdigit() for idea in concepts(clause))
    ]
    return ", ".join([*kept, rest.lstrip(" ,:")])


def _capitals(text: str) -> set[str]:
    """List the words with a capital that do not begin a text, folded: names, in all languages but German."""
    return {fold(name) for name in re.findall(r"(?<!^)\b[A-ZÉÈ]\w+", text)}


def _is_beside(clause: str, language: str) -> bool:
    """Tell whether a clause says nothing that the table knows, and asks nothing: "for the evening news:"."""
    words = telling_words(clause)
    if not words or len(clause.split()) < _SHORTEST_CLAUSE or ASKS.search(levelled(clause)):
        return False
    plain = levelled(clause)
    is_known = (
        _dimension_in(plain)
        or operators_in(clause, language)
        or statements.asks_truth(plain, language)
        or told(clause, language) != fold(clause)
    )
    return not is_known and unnamed(clause, clause, language) == words


def _uncontrasted(plain: str) -> Iterator[tuple[int, int]]:
    """Give what is left of a question without clauses that say what it is not about: ", and not what was promised"."""
    start = 0
    for clause in _NOT_MEANT.finditer(plain):
        yield start, clause.start()
        start = clause.end()
    yield start, len(plain)


def _with_codes(ledger: Ledger, text: str) -> str:
    """Write the codes of calls, and the name of a programme, for the words by which a question names them."""
    text = _with_plans(ledger, text)
    plain, taken = levelled(text), len(text)
    if first := _FIRST_PROGRAMME.search(plain):
        oldest = min(ledger.records("programmes"), key=lambda row: str(row["valid_from"]))
        return f"{text[: first.start()]} {oldest['name_fr']} {text[first.end() :]}"
    for name in reversed(references_in(text, plain, ledger)):
        if (
            name.calls
            and name.end <= taken
            and not re.search(r"[0-9]{4}|en.?[0-9]", plain[name.start : name.end])
        ):
            taken = name.start
            text = f"{text[:taken]} call {' '.join(name.order or name.calls)} {text[name.end :]}"
    return text


def _with_plans(ledger: Ledger, text: str) -> str:
    """Write the years of a plan that a question names by its amount, and asks something else of."""
    plain = levelled(text)
    named = _PLAN_OF.search(plain)
    if named is None or not (ASKS.search(plain) or "share" in concepts(plain)):
        return text
    plans = {
        row.quantity.value: row.programme.removeprefix("plan_").replace("_", "-")
        for item in candidates(ledger)
        for row in item.observations
        if row.measure == "budget_planned" and not row.component and row.programme and row.quantity
    }
    years = plans.get(Decimal(named[1] or named[2]).scaleb(6), "")
    return f"{text[: named.start()]}plan {years}{text[named.end() :]}" if years[:1].isdigit() else text


def is_of_percent(question: str) -> bool:
    """Tell whether a difference is asked for in percent: it is then growth."""
    return bool(_PERCENT.search(levelled(question)))


def _is_of_admission(plain: str, terms: tuple[str, ...], statement: str) -> bool:
    """Tell whether a question asks who may take part in a call that it names, or is kept out of it."""
    calls = [term for term in terms if term.startswith("EN")]
    ideas = {*concepts(plain)}
    if not calls or ideas & {"share", "hour"} or any(idea.startswith("month") for idea in ideas):
        return False
    if not statement and _HOW_MANY_OR_WHEN.search(plain):
        return False
    return statements.is_of_admission(statement or plain, calls, is_yes_no=bool(statement))


def _read(ledger: Ledger, text: str, language: str) -> ParsedQuestion:
    own = language_of(text, language)
    plain = levelled(text)
    terms = _terms(ledger, plain, text)
    stated = _stated_in(text, own)
    compares = _LOWER.search(plain) or _HIGHER.search(plain)
    claimed = tuple(
        number
        for number in stated
        if number.unit == "percent" or not _OF_SO_MANY.search(plain[: number.start])
    )
    is_of_all = bool(stated and not claimed and statements.part_told(_ALL_OF.sub(" ", plain))[0])
    is_apart = compares and re.search(r"\b(?:qu|que|als|dan|than)\b", plain[compares.end() :])
    is_of_any = {Operator.MOST, Operator.LEAST} & {*operators_in(text, own)}  # "less than all others"
    is_claimed = bool(claimed) or is_of_all or statements.speaks_of_before(plain)
    is_claimed |= bool(is_apart) and not is_of_any
    statement = statements.statement_in(plain, own, is_claimed=is_claimed)
    if _is_of_admission(plain, terms, statement) and not stated:
        return ParsedQuestion(text, AnswerKind.ADMITTED, statement, terms)
    is_sum = len(terms) > 1 and not (claimed or is_apart) and _TOGETHER.search(plain)
    lasting = [
        number
        for number in numbers_in(text, own)
        if _A_DURATION.match(number.following) and not _SINCE.search(levelled(text[: number.start]))
    ]
    is_of_its_own = {*concepts(statement)} & CONCEPTS - {"duration", *_ALTERNATIVES[0]}
    if statement and not stated and is_of_its_own and len(lasting) == 1:
        stated = claimed = tuple(lasting)
        statement += " duration"
    if statement and not is_sum:
        return _statement(text, statement, terms, claimed or (() if is_of_all else stated), own, stated)
    if len(terms) == 2 and re.search(rf"\b{_EITHER[own]}\b", plain) and compares:
        return _either(text, plain, terms, is_lower=compares.re is _LOWER)
    if len(terms) > 2 and terms[0].startswith("EN") and _BETWEEN.search(plain) and _compares(plain):
        terms = terms[0], terms[-1]
    ones = _WHICH_ONES.match(plain)
    is_of_kind = ones and _OF_ANY_DIMENSION.fullmatch(ones[1]) and not stated
    if ones and (is_of_kind or concept(ones[1]) in POPULATIONS | {"teacher", "pupil"}):  # which, not how many
        return ParsedQuestion(text, AnswerKind.WHICH, plain, terms)
    is_added = _TOGETHER.search(plain) or Operator.SUM in operators_in(text, own)
    if len(terms) == 2 and (
        is_apart
        or _compares(plain)
        or statements.exceeds(plain)
        or (_ADDITIONAL.search(plain) and not is_added)
    ):
        return _apart(text, plain, terms)
    if len(terms) > 1 and (
        _TOGETHER.search(plain) or (terms[0].startswith("EN") and not _AGAIN.search(plain))
    ):
        return ParsedQuestion(text, AnswerKind.SUM, _TOGETHER.sub(" ", plain), terms)
    if stated and not stated[0].start and len(telling_words(plain)) < _FEW:
        return ParsedQuestion(text, AnswerKind.STATED, _without(plain, text, stated), terms, stated)
    known = tuple(
        number
        for number in stated
        if not _YEAR.fullmatch(number.text)
        and (_OF_SO_MANY.search(plain[: number.start]) or _is_told_before(plain[number.end :]))
    )
    if stated and not known and not _HOW_MANY.search(plain) and not _PER_SO_MANY.search(plain):
        return _statement(text, plain, terms, stated, own)
    bare = _without(plain, text, known) if known else text
    return ParsedQuestion(text, AnswerKind.NUMBER, bare, terms, known)


def _is_told_before(following: str) -> bool:
    """Tell whether what follows a number is another clause that asks: "60 million, *and the equipment*"."""
    after = _CLAUSE_AFTER.search(following)
    return bool(after and any(is_named(word) for word in telling_words(after[1])))


def _stated_in(text: str, language: str) -> tuple[NumberInText, ...]:
    """List the numbers that a question tells: no years, and no durations."""
    return tuple(number for number in numbers_in(text, language)
                 if number.readings and not number.reason and not _A_DURATION.match(number.following)
                 and not _PER_WORD.search(levelled(text[: number.start]))
                 and not _is_year(number))  # fmt: skip


def _is_year(number: NumberInText) -> bool:
    """Tell whether digits that could be a year stand before no noun that is counted: "2020 mehr Projekte"."""
    following = number.following.split()[:1]
    return bool(_YEAR.fullmatch(number.text)) and not (following and concept(following[0]) in ALL_HEADS)


def _statement(
    text: str,
    plain: str,
    terms: tuple[str, ...],
    stated: tuple[NumberInText, ...],
    language: str,
    every: tuple[NumberInText, ...] = (),
) -> ParsedQuestion:
    """Read what a question states: a number, a bound that its verb sets, a day, or which of two is the larger; `every`
    number that it tells, also those that go without saying ("the 200 sites")."""
    stated, bare = statements.bounded(_without(plain, text, every or stated), stated)
    subject = bare + " euro" * any(number.readings[0].value >= _LEAST_MONEY for number in stated)
    compared = None if stated else (
        _change_stated(text, plain, subject, terms)
        or _larger_stated(text, plain, subject, terms)
        or _most_stated(text, subject, terms, language)
    )  # fmt: skip
    if compared:
        return compared
    is_of_fates = len({*terms} & _FATES) == 1 and "submitted" in terms and "share" not in concepts(subject)
    if stated and is_of_fates:  # applications that were refused are projects
        subject = " ".join("projects" if concept(word) == "submitted" else word for word in subject.split())
        terms = ()
    return ParsedQuestion(text, AnswerKind.TRUTH, subject, terms if stated or len(terms) == 1 else (), stated)


def _change_stated(text: str, plain: str, subject: str, terms: tuple[str, ...]) -> ParsedQuestion | None:
    """Read a statement that a number of a call is more or less than that of an earlier one: it grew, or fell."""
    fell = _FELL.search(plain)
    if len(terms) < 2 or not terms[0].startswith("EN") or not (fell or "change" in concepts(plain)):
        return None
    first, *_, last = sorted(terms, key=lambda call: int(call[2:]))
    rest = _but_for("change", subject)
    return ParsedQuestion(text, AnswerKind.TRUTH, rest, (last, first), wants_least=bool(fell))


def _larger_stated(text: str, plain: str, subject: str, terms: tuple[str, ...]) -> ParsedQuestion | None:
    """Read a statement that one of two numbers is the larger, the smaller, or as large."""
    is_lower, is_equal = bool(_LOWER.search(plain)), bool(_EQUAL.search(plain))
    is_compared = is_lower or is_equal or _HIGHER.search(plain) or statements.exceeds(plain)
    if len(terms) != 2 or not is_compared:
        return None
    rest = _EQUAL.sub(" ", _LOWER.sub(" ", _HIGHER.sub(" ", _PRICED.sub(" euro ", subject))))
    if _GOT.search(rest) and not {*concepts(rest)} & (ALL_HEADS - {"won"}):  # winners receive money
        rest = f"{_but_for('won', rest)} euro"
    return ParsedQuestion(
        text, AnswerKind.TRUTH, f"{rest} {_price(plain)}", terms, wants_least=is_lower, wants_equal=is_equal
    )


def _most_stated(text: str, subject: str, terms: tuple[str, ...], language: str) -> ParsedQuestion | None:
    """Read a statement that a call, or what else it names, has the most or least of all."""
    operators = operators_in(subject, language)
    largest = next((operator for operator in (Operator.MOST, Operator.LEAST) if operator in operators), None)
    if largest is None:
        return None
    rest = operators[largest]
    dimension = _dimension_in(rest) or "call"
    parts = tuple(idea for idea in concepts(rest) if _DIMENSION_OF.get(idea) == dimension)
    named = terms if dimension == "call" else parts
    if len(named) != 1:
        return None
    rest = _but_for(named[0], _PRICED.sub("euro", _DIMENSIONS[dimension].sub(" ", rest)))
    return ParsedQuestion(
        text, AnswerKind.TRUTH, rest, named, (), dimension, wants_least=largest is Operator.LEAST
    )


def _price(words: re.Match[str] | str) -> str:
    """Say that amounts are compared where an adjective of prices compares: "teurer" is of more money."""
    return " euro " if _PRICED.search(words if isinstance(words, str) else words[0]) else " "


def _apart(text: str, plain: str, terms: tuple[str, ...]) -> ParsedQuestion:
    """Read a question of how far two numbers lie apart: in the order in which they are named where it is asked by how
    much the one is more or less "than" the other; else whichever is the larger."""
    is_lower = bool(_LOWER.search(plain))
    bare = _COMPARED.sub(" ", _ADDITIONAL.sub(" ", plain))
    than = _THAN.search(plain)
    if than and not any(_is_named_in(term, plain[: than.end()]) for term in terms):
        terms = terms[::-1]
    is_change = bool(than is None or _GAP.search(plain))
    is_change |= "change" in concepts(_ADDITIONAL.sub(" ", bare))
    subject = _HIGHER.sub(
        _price, _LOWER.sub(_price, statements.without_bounds(_PERCENT.sub(" ", _but_for("change", bare))))
    )
    return ParsedQuestion(
        text, AnswerKind.DIFFERENCE, subject, terms, wants_least=is_lower, is_change=is_change
    )


def _is_named_in(term: str, plain: str) -> bool:
    """Tell whether words name a call, by its code or year, or an idea."""
    return not {term, term.lower(), term.removeprefix("EN")}.isdisjoint(concepts(plain))


def _compares(plain: str) -> bool:
    """Tell whether a question compares two numbers, or asks how one changed."""
    return bool(_COMPARED.search(plain)) or "change" in concepts(plain)


def _but_for(idea: str, plain: str) -> str:
    """Leave out the words of an idea."""
    return " ".join(word for word in joined(plain).split() if concept(word) != idea)


def _either(text: str, plain: str, terms: tuple[str, ...], *, is_lower: bool) -> ParsedQuestion:
    """Read a question of which of two things that it names has more, or less."""
    rest = _LOWER.sub(" ", _HIGHER.sub(" ", _OF_ANY_DIMENSION.sub(" ", plain))) + _price(plain)
    dimension = "call" if terms[0].startswith("EN") else _DIMENSION_OF.get(terms[0], "component")
    return ParsedQuestion(text, AnswerKind.WHICH, rest, terms, (), dimension, is_lower)


def _without(plain: str, text: str, stated: tuple[NumberInText, ...]) -> str:
    """Leave the stated numbers out of a question."""
    for number in stated:
        written = levelled(text[number.hedge[0] if number.hedge[1] else number.start : number.end])
        plain = plain.replace(written, " ", 1)
    return plain


def _terms(ledger: Ledger, plain: str, text: str) -> tuple[str, ...]:
    """List what a question asks of one by one: calls, with a programme beside one; else what stands for one another."""
    ideas = list(dict.fromkeys(concepts(text)))
    names = references_in(text, plain, ledger)
    named = [name for name in names if name.calls] or [name for name in names if name.since]
    calls = tuple(dict.fromkeys(call for name in named for call in name.order or name.calls))
    programmes = [idea for idea in ideas if idea in _ALTERNATIVES[0] and idea != "ecolenumerique"]
    is_adjective = "special" in ideas and bool(_SCHOOLING & {*ideas})  # primary and secondary special schools
    several = (
        [
            idea
            for idea in ideas
            if idea in group and not (is_adjective and idea == "special" and "adult" in group)
        ]
        for group in _ALTERNATIVES
    )
    alike = next((tuple(some) for some in several if len(some) > 1), tuple(programmes))
    if len(calls) > 1 or (calls and len(alike) < 2):
        return (*programmes, *calls) if len(calls) == len(programmes) == 1 else calls
    return alike
