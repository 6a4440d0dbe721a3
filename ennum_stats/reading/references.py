"""The calls, years and programmes that a text names, and where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ennum_stats.reading.forms import FORMS
from ennum_stats.reading.operators import phrases
from ennum_stats.search.concepts import WORDS
from ennum_stats.store.ledger import Ledger

_COUNTED = rf"(?:{'|'.join(' '.join(WORDS['counted']['call'].values()).split()).replace('*', '[a-z]*')})"
_NOUNS = [
    word
    for row in (WORDS["idea"], WORDS["counted"])
    for words in row["call"].values()
    for word in words.split()
]
_NOUN = rf"(?:{'|'.join(_NOUNS).replace('*', '[a-z]*')})"
_CALL = (
    rf"(?:(?:pilot |(?:pilot|piloot|proef|pro[jg]e[ck]t)-?)?{_NOUN}(?: a projets| for projects| pilotes?)?)"
)
_ONE_CALL = (
    rf"{_CALL}\b(?:(?<!s)|(?<=rufs)|(?<=werbs)|(?<=gangs)|(?<=cours))(?<!en)(?<!rufe)(?<!werbe)(?<!gange)"
)
"""A noun of calls: those of the table, and those that mean a call only where one is counted ("le troisième tour")."""
_EN = r"\be\.?n\.?_?(20\d\d|[1-9])\b"
_SPACED = re.compile(r"\bE\.?N\.?([ \u00a0\u202f])(?=20\d\d|[1-9]\b)")
_YEAR = r"(?<![\d.,])((?:19|20)\d\d)(?![\d]| ?%)"
_ONE_OF = rf"(?:{_EN}|{_YEAR})"
_SINCE = re.compile(
    r"\b(?:depuis|seit|sinds|since|sedert) (?:(?:le |the |het |dem )?(?:debut|start|begin|beginn)|20(?:11|12))\b"
    r"(?! ?(?:jusqu|a |bis |tot |to |until|[-–]))|"
    r"\b(?:remont\w+ (?:a|jusqu'en)|back to|zuruck bis|terug (?:tot|naar)|a partir de|des|ab|vanaf|van|von|from) "
    r"20(?:11|12)(?: (?:af|an|on(?:wards?)?)\b|(?<!(?:an|on|om) 201\d))"
)
_SINCE_THE = re.compile(r"(?<![a-z])(?:depuis|seit|sinds|since)(?: (?:le|dem|de|the))? $")
_LONGEST = 40
_COMPARED = re.compile(
    r"(?:(?<![a-z])(?:plus|moins|autant|davantage|aussi|meme|superieur|inferieur)\b[^.;:!?]{0,60}(?<![a-z])qu(?:e|')|"
    rf"{phrases('compared with').pattern})"
    rf"(?: (?:pour|en|a|au|lors|du|la|le|for|in|bei|beim|im|bij|the|die|de[mnrst]?|het|(?:l')?{_CALL}))*"
    r"(?: |(?<='))$"
)
_EXCEEDED = re.compile(rf"(?:{phrases('higher').pattern}|{phrases('lower').pattern})[^.;:!?]{{0,60}}$")
_ITS_OWN = re.compile(r" ?: ?[0-9]")
"""A call with which another is compared has the number that is set beside it: "net als EN2019: 13.000 euro"; not where
more is told than that: "more winners than EN2019: 679"."""
PLAN = "plan_"
_PLAN_CODE = re.compile(rf"{PLAN}([0-9]{{4}})_([0-9]{{4}})")
_NEW_PLAN = re.compile(rf"(?:{phrases('new plan').pattern})(?! (?:(?:de|of|from|von|van) )?20[0-9]{{2}})")
"""The last plan, whose years go without saying, and the two plans that pay for it."""
_JOINING = r"(?:[-–/]|a|bis|tot|to|et|und|en|and|jusqu'en)"
_LISTED = re.compile(r", (?:(?:et|und|en|and) )?| (?:et|und|en|and) ")
"""What joins three calls or more: "EN1, EN2 und EN3"."""
_DAY = re.compile(
    rf"(?:(?<![a-z])(?:{'|'.join(forms.months for forms in FORMS.values())})|{phrases('part of a year').pattern})"
    r"[ -](?:de |van |of )?$"
)
"""A day or a season names a document or a state, not the call of its year."""
_OF_DOCUMENT = re.compile(r"\((?:[^()]*, )?$")
"""A year in brackets, alone or after a name, is that of a document: "(Batichronique, 2018)"."""
_DOCUMENT = re.compile(
    rf"(?:{phrases('document').pattern})"
    r" ?(?:(?:de|du|von|vom|aus|van|uit|of|from|in|en|l'annee|jahr|dem|het|jaar) )*$"
)
"""A document has a year of its own: "d'après la presse de 2018"."""
_CODED = re.compile(rf"{_EN} +$")
"""A call by its code, to which a year adds when a document said so: "avant EN2021 (2020)"."""
_TO = re.compile(
    rf" ?(?:(?:et )?(?:au|a|jusqu'en|jusqu'a|jusqu'au)(?: (?:l')?{_CALL})?|"
    rf"bis(?: einschliesslich)?(?: zu[mr](?: {_CALL})?)?|tot(?: en met)?(?: de(?: {_CALL})?)?|t/m|auf|zu|naar|"
    r"(?:to|through|until|up to)(?: the)?|[-–/]) ?"
)
_BETWEEN = re.compile(r"\b(?:entre|zwischen|tussen|between)\b[a-z' ]{0,14}$")
_NOT_OF_WIFI = (
    r"(?! (?:of|d'|de|des|von|van) ?(?:the |de |l')?(?:wi-?fi|wlan|install|liefer|lever|livr|deliver))"
)
"""What a second "batch" or "vague" is not of where it is a call."""
_CARDINALS = ("", "", "deux|zwei|twee|two|2", "trois|drei|drie|three|3", "quatre|vier|four|4", "cinq|funf|vijf|five|5",
              "six|sechs|zes|6", "sept|sieben|zeven|seven|7", "huit|acht|eight|8")  # fmt: skip
_SPELLED = ("premi(?:er|ere)|1er|(?:aller)?(?:ersten?r?|eerste)|1st|first", "deuxieme|seconde?|zweite[nr]?|tweede",
            "troisieme|dritte[nr]?|derde|third", "quatrieme|vierte[nr]?|vierde|fourth",
            "cinquieme|funfte[nr]?|vijfde|fifth", "sixieme|sechste[nr]?|zesde|sixth",
            "septieme|siebte[nr]?|zevende|seventh")  # fmt: skip
_ORDINALS = tuple(
    rf"{spelled}|(?<![0-9]){number}(?:eme|nde?|rd|th|[ed]e?|\.)"
    for number, spelled in enumerate(_SPELLED, start=1)
)
"""Words and digits of the first, second and so on: "deuxième", "2e", "2nd"."""
_EARLY, _LATE = (rf"(?:{phrases(row).pattern})" for row in ("the first", "last"))
_SO_MANY = "|".join(f"(?P<x{many}>{words})" for many, words in enumerate(_CARDINALS) if words)
_MANY_CALLS = re.compile(
    rf"(?<![a-z0-9])(?:(?P<lead>{_EARLY}|{_LATE}) )?(?:{_SO_MANY}) (?:(?P<kind>{_EARLY}|{_LATE}) )?"
    rf"(?:ecoles? ?numeriques? )?(?P<noun>{_CALL})\b"
)
"""So many calls: the first, the last, or all of them."""
_DID = phrases("did").pattern
"""Verbs of what a call did, which follow "le troisième" where no noun does."""
_NAMES_A_CALL = re.compile(rf"\b{_CALL}$")
_OF_ANYTHING = re.compile(rf" {_COUNTED}$")
_CALLED = re.compile(
    rf"(?P<call>\b(?!{_COUNTED}\b){_CALL}\b|ecoles? ?numeriques?|digitalen? schule|digitale school|digital school)|"
    r"\bcyber-?(?: ?ecoles?|schools?|class(?:es?)?|klas(?:sen)?)\b|\bpilot\w*|[ck]onne[ck]ti|konnekti|wi-?fi|wlan"
)
"""What a text tells of before its "first wave": calls, or another programme, which had waves of its own."""
_OF_THESE = (
    r"davon|daarvan|ervan|(?:of|van|von|de|des|d'entre|dieser|der|parmi) ?"
    rf"(?:(?:ces|ceux|deze|die|these|those|the|den|diesen) )?(?:{_CALL}|them|these|those|hen|elles|eux|ihnen|deux|"
    r"trois|drie|drei|three)"
)
_ANY_ORDINAL = "|".join(_ORDINALS)
_NTH = tuple(
    re.compile(
        rf"(?<![a-z])(?:(?P<noun>(?:{words})(?: {_ONE_CALL}{_NOT_OF_WIFI}|"
        rf"(?= (?:a|au|et|und|bis|tot|en|to|and|through)\b[a-z ]{{0,14}} (?:{_ANY_ORDINAL}) {_CALL}\b)))|"
        rf"(?P<these>(?:{words}) (?:{_OF_THESE})\b)|"
        rf"(?:le|la|au|du|der|die|beim|im|de|the) (?P<very>tout |aller|very )?(?:{words})"
        rf"(?= ?[,;:.\[]| (?:(?:deja|bereits|schon|gerade|nur|al|slechts|maar|already|just|only) )?"
        rf"(?:(?!20\d\d\b)[0-9]|n'|(?:{_DID}))))"
    )
    for words in _ORDINALS
)
"""A call by its place, also without its noun where the sentence names the first one: "le deuxième, 72"."""
_LAST_OF = re.compile(
    r"(?<![a-z])(?:le|la|au|du|de[rmn]?|die|beim|im|het|the) (?:tout |aller|very )?"
    rf"(?:derni(?:er|ere)|letzte[nr]?|laatste|last)(?: one)?"
    rf"(?:(?P<these> (?:{_OF_THESE})\b)|(?= ?(?:[,;:.\[]|$)| (?:[0-9]|n'|(?:{_DID}))))"
)
"""The last of those that its sentence tells together: "EN1, EN2 und EN3, das meiste für den letzten"."""
_RECENT = 12
"""How many names back "these calls" may mean."""
_PAIR = re.compile(
    r" (?:et|und|en|and) (?:(?:de|du|des|le|la|celui de|ceux de|von|vom|die van|der|dem|die|in|of|those of|that of|en|"
    r"the) )*"
)
_THESE = re.compile(r"(?<![a-z])(?:ces|diese[rn]?|deze|th[eo]se) $")
_ALL_OF = re.compile(r"(?<![a-z])(?:tous les|toutes les|alle|alle de|all|all the) $")
_BOTH = re.compile(
    rf"(?:{phrases('both').pattern}) (?:{phrases('taken as one').pattern}|{_CALL}\b)|"
    r"\bthe two (?:together|years|combined)\b"
)
"""The two calls that were just named."""
_FIRST = phrases("first calls")
_PILOTS = re.compile(
    rf"(?<![a-z])(?:(?:pilot |pilot-?|piloot|proef)(?!{_ONE_CALL}){_NOUN}|{_NOUN} pilotes)\b"
)
"""All pilot calls, however many they are."""
_UNTIL = re.compile(
    r"\b(?:by the time(?: that)?|up to|jusqu'en|jusqu'au|jusqu'a|bis|tot|until|jusque(?=-))"
    r"(?: et y compris| and including| en met)?"
    r"(?: zu[mr]| de| the| la| l')?(?: |(?<='))$"
)
_AFTER_FIRST = re.compile(
    rf"(?<![a-z])(?:{_ORDINALS[0]}) {_ONE_CALL}(?![^\n]*[.!?] )|"
    rf"\b{_CALL}\b(?![^\n]*[.!?] [^\n]*[.!?] [^\n]*[.!?] )"
)
_A_SENTENCE = 300
"""How far back the first call of a sentence is looked for, in characters."""
_A_YEAR_OFF = {
    off: phrases(row)
    for off, row in {
        -2: "two years before", -1: "year before", 1: "year after", 2: "two years after"
    }.items()
}  # fmt: skip
YEAR_OFF = "|".join(words.pattern for words in _A_YEAR_OFF.values())
"""A year told by the one before it, and how many years it is off."""
_BEFORE = rf"(?:{phrases('the one before').pattern}|before(?! (?:any\w*|the)\b)(?: (?:it|that))?)"
_ONE = rf"(?:une?|eine?|een|one|a) {_CALL}"
_THAT_ONE = (
    rf"(?:{_CALL}|cel(?:ui|le)|(?:le|la|du|au)(?= suivant| precedent)|the one|"
    r"(?:de[rmn]|die)(?= (?:da(?:nach|vor|arna|arvoor|arop)|er(?:na|voor|op)|nadien|voordien)))"
)
_GOES_ON = r"(?= ?(?:[,;:.?]|$)| [0-9])"
"""What follows an adjective whose noun goes without saying."""
_ITS = rf"(?:{phrases('its').pattern})"
_PREDECESSOR = rf"{_ITS} (?:{phrases('predecessor').pattern})"
_PREVIOUS = re.compile(
    rf"\b(?:{_THAT_ONE} {_BEFORE}|{_ONE} (?:{phrases('years before').pattern})|"
    rf"(?:{phrases('previous').pattern}) {_CALL}|"
    rf"(?:de[rmn]?|beim|zum|die|het) (?:{phrases('previous').pattern}){_GOES_ON}|"
    rf"the previous one|{_PREDECESSOR})\b"
)
_OLDER = re.compile(rf"{_PREDECESSOR}|{phrases('older programme').pattern}")
"""The programme before the one that was just named."""
_NEXT = re.compile(
    rf"\b(?:{_THAT_ONE} (?:{phrases('the one after').pattern})|{_ONE} (?:on\b|{phrases('later').pattern})|"
    rf"(?:de[rmn]?|die|im|beim|zum|het) (?:{phrases('next').pattern})(?: {_CALL}|{_GOES_ON})|"
    rf"the (?:{phrases('next').pattern}) (?:one|{_CALL})|{_ITS} (?:{phrases('successor').pattern})|"
    r"then (?:came|followed)|puis (?:vint|vinrent|vient)|"
    r"(?:dann|danach|darauf) (?:kam|folgte)\w*(?![^.;:]* (?:hinzu|dazu))|"
    r"(?:daarna|dan|toen) (?:kwam|volgde)\w*(?![^.;:]* (?:er)?bij\b))\b"
)
_YEAR_BEHIND = re.compile(r"(?: ?[,(–-] ?(?:[a-z]+ ){0,3}| (?:de|of|in|en|von|van|im) )(?:en)?_?20[0-9]{2}")
"""What names by its year what was told by the one after it: "bei der Ausgabe davor, der von 2019"."""
_THIS = re.compile(
    rf"\b(?:(?:{phrases('this').pattern}) {_ONE_CALL}|{phrases('the latter').pattern}|"
    r"(?<=up to )that point|(?<=until )then|(?<=jusque-)la|(?<=bis )(?:dahin|zu diesem zeitpunkt)|"
    r"(?<=tot )dan(?: toe)?)\b"
)
_CURRENT = re.compile(
    rf"\b(?:{_ONE_CALL} (?:{phrases('under way').pattern})|"
    rf"(?:{phrases('current').pattern}|"
    rf"(?<!geen )(?<!no )(?<!de )(?<!keine )(?:nouvel(?:le)?|neue[nrm]?|nieuwe|new)) {_ONE_CALL})"
)
"""The call that is under way, or opens, in the year of the text."""
_LAST = re.compile(
    rf"{_LATE} (?:{_ONE_CALL}|one\b)|"
    r"(?<=\b(?:le|du|au|er|em|en|as|de|et|he) )(?:dernier|letzten?|laatste|last)(?= ?\?*$)"
)
"""The last call whose winners are known; in its `order` the last of all."""
_ALL_CALLS = re.compile(
    rf"\b(?:tou(?:te)?s les {_CALL}|l'ensemble des {_CALL}|alle[nr]? {_CALL}|all (?:the )?{_CALL}|"
    rf"(?:du|de la) premiere?(?: {_CALL})? (?:jusqu')?(?:au|a la) derniere?|"
    rf"vo(?:m|n der) ersten(?: {_CALL})? bis zu[mr] letzten|van de eerste(?: {_CALL})? tot (?:en met )?de laatste|"
    rf"from (?:the )?first(?: {_CALL})? (?:to|through) (?:the )?last)\b"
)
_FOLLOWED = re.compile(rf"(?:{phrases('followed').pattern})(?: (?:the|le|la|du|de|het|das|den|dem))? $")
"""What stands before a programme that another followed."""
PROGRAMME_NAME = re.compile(r"\b(?:ecoles? ?numeriques?|cyber-? ?(?:ecoles?|classes?))\b")
"""Names with a noun in them that counts nothing."""
_OF_A_PLAN = re.compile(r"\bplan[^.!?]*$")
_PROGRAMMES = (
    ("cyberecole", re.compile(r"\bcyber-?(?: ?ecoles?|schools?)\b")),
    ("cyberclasse", re.compile(r"\bcyber-?(?: ?class(?:es?)?|klas(?:sen)?)\b")),
    ("connectivity", re.compile(
        r"\b(?<!appel )(?<!tour )(?<!edition )(?:projet |programme )?"
        rf"pilote?\b(?! {_CALL})(?:[a-z -]{{0,20}}conn?e[ck]t[a-z]*)?|"
        rf"\bpilot(?:projekt|versuch|phase)\w*|\bproefproject\w*|\bpilot\b(?! {_CALL})|\bconne[ck]tivit\w+|"
        r"\bkonnektivitat")),
    ("ecole_numerique", re.compile(r"\becoles? ?numeriques?\b|\bdigitalen? schule\b|\bdigital school\b")),
)  # fmt: skip


@dataclass(frozen=True)
class SubjectName:
    """Hold words that name calls, years or a programme, between two offsets."""

    start: int
    end: int
    calls: frozenset[str] = frozenset()
    programme: str = ""
    years: frozenset[int] = frozenset()
    since: bool = False
    """Whether it tells all calls so far."""
    is_name: bool = False
    """Whether it is the name of a programme, or the code of a call, and not a mere year."""
    is_compared: bool = False
    """Whether it is only that with which another is compared: "de plus que pour EN2019"."""
    order: tuple[str, ...] = ()
    """The calls in their order, where several are told together."""
    is_earlier: bool = False
    """Whether it is told as the one before another, of which sentences then go on to tell."""


class _Single(NamedTuple):
    """Hold what names one call or year, and whether it is the call's code."""

    start: int
    end: int
    call: str
    year: int
    is_code: bool


def references_in(text: str, plain: str, ledger: Ledger, current: str = "") -> list[SubjectName]:
    """Find the calls, years and programmes that a text names, in their order; "ces trois appels", "the six calls" are
    those that it has just named, if they are so many; `current` is the call that is under way."""
    many_calls = [
        (many, match)
        for match in _MANY_CALLS.finditer(plain)
        for many, words in enumerate(_CARDINALS)
        if words and match[f"x{many}"]
    ]
    names = sorted(_written(text, plain, many_calls, ledger, current), key=lambda name: name.start)
    starts = [name.start for name in names]
    those: dict[int, SubjectName] = {}
    for many, match in many_calls:
        place = bisect_left(starts, match.start())
        before = [name for name in names[max(0, place - _RECENT) : place] if name.calls]
        single = dict.fromkeys(
            call for name in reversed(before) for call in name.calls if len(name.calls) == 1
        )
        these = [name.order for name in before if len(name.order) == many][-1:]
        is_these = _THESE.search(plain[max(0, match.start() - 12) : match.start()]) is not None
        is_all = _ALL_OF.search(plain[max(0, match.start() - 12) : match.start()]) is not None
        more = [name.order for name in before if len(name.order) > many][-1:]
        if is_these and more and re.fullmatch(_EARLY, match["lead"] or match["kind"] or ""):
            these = [more[0][:many]]
        elif (is_these and len(single) >= many) or (is_all and len(single) == many):
            these = [tuple(reversed([*single][:many]))]
        else:
            is_these = False
        for calls in these if is_these or not (match["lead"] or match["kind"]) else ():
            those[match.start()] = SubjectName(match.start(), match.end(), frozenset(calls), order=calls)
    for match in _BOTH.finditer(plain):
        before = [name for name in names[: bisect_left(starts, match.start())][-_RECENT:] if name.calls]
        single = dict.fromkeys(call for name in reversed(before) for call in name.order[::-1] or name.calls)
        if len(both := tuple(reversed([*single][:2]))) == 2:
            those[match.start()] = SubjectName(match.start(), match.end(), frozenset(both), order=both)
    kept = [name for name in names if name.start not in those]
    return sorted((*kept, *those.values()), key=lambda name: name.start)


def _written(
    text: str, plain: str, many_calls: list[tuple[int, re.Match[str]]], ledger: Ledger, current: str
) -> Iterator[SubjectName]:
    """Find what names calls, years and programmes by itself."""
    order = [call.call for call in ledger.calls if call.call.startswith("EN")]
    won = [call for call in order if ("projects_awarded", call) in ledger.published_measures]
    letters = list(plain)
    for match in _SPACED.finditer(text):
        letters[match.start(1)] = "_"
    plain = "".join(letters)
    nth = [(place, match) for place, pattern in enumerate(_NTH) for match in pattern.finditer(plain)]
    single = sorted(_single(plain, order, nth))
    terms: dict[tuple[int, int], tuple[str, ...]] = {
        (call.valid_from.year, call.valid_to.year): (call.call,)
        for call in ledger.calls
        if call.call in order and call.valid_from and call.valid_to
    }
    together = [*_coded(plain, single, order, won, terms), *_many(plain, many_calls, order, won)]
    lists = sorted((name for name in together if len(name.order) > 1), key=lambda name: name.start)
    yield from together
    yield from _plans(plain, ledger)
    under_way = [match.span() for match in _CURRENT.finditer(plain)] if current in order else []
    yield from (SubjectName(start, end, frozenset((current,))) for start, end in under_way)
    calls = [(each.start, each.call) for each in single if each.call in order]
    calls = sorted(calls + [(start, current) for start, _ in under_way])
    yield from _named(plain, order, won, calls, lists, nth)


def _coded(
    plain: str,
    single: list[_Single],
    order: list[str],
    won: list[str],
    terms: dict[tuple[int, int], tuple[str, ...]],
) -> Iterator[SubjectName]:
    """Find calls by code, year or place, alone or several together."""
    skip = -1
    for place, (start, end, call, year, is_code) in enumerate(single):
        if place <= skip:
            continue
        if several := _listed(plain, single[place:]):
            skip = place + len(several) - 1
            yield SubjectName(start, single[skip].end, frozenset(several), is_name=is_code, order=several)
            continue
        joined = single[place + 1] if place + 1 < len(single) else None
        between = plain[end : joined.start] if joined else ""
        opened = _BETWEEN.search(plain[max(0, start - 24) : start])
        low = call or (order[0] if order and 2011 <= year <= 2012 else "")
        high = (joined.call or f"EN{joined.year}") if joined else ""
        is_turned = low in order and high in order and order.index(low) > order.index(high)
        is_pair = _PAIR.fullmatch(between)
        if joined and (_TO.fullmatch(between) or (opened and is_pair and not is_turned)):
            is_range = low in order and high in order and not is_turned
            calls = tuple(order[order.index(low) : order.index(high) + 1]) if is_range else ()
            calls = calls or terms.get((year, joined.year), ())
            years = range(year, joined.year + 1) if year and 0 <= joined.year - year < _LONGEST else ()
            yield SubjectName(
                start, joined.end, frozenset(calls), years=frozenset(years), is_name=is_code, order=calls
            )
            skip = place + 1
        elif joined and is_pair and call and joined.call:
            both = (call, joined.call)
            yield SubjectName(start, joined.end, frozenset(both), is_name=is_code, order=both)
            skip = place + 1
        elif call in order and not is_code and _UNTIL.search(plain[max(0, start - 24) : start]):
            calls = tuple(order[: order.index(call) + 1])
            yield SubjectName(start, end, frozenset(calls), order=calls)
        elif not is_code and _SINCE_THE.search(plain[max(0, start - 12) : start]) and call in won[:-1]:
            calls = tuple(won[won.index(call) :]) if call != order[0] else ()
            yield SubjectName(start, end, frozenset(calls), since=not calls, order=calls)
        else:
            is_other = _is_compared(plain, start) and (
                not _ITS_OWN.match(plain, end)
                or _EXCEEDED.search(plain, max(0, start - 80), start) is not None
            )
            of_call, of_year = (call,) if call in order else (), (year,) if year else ()
            yield SubjectName(start, end, frozenset(of_call), years=frozenset(of_year), is_name=is_code,
                              is_compared=is_other)  # fmt: skip


def _single(plain: str, order: list[str], nth: list[tuple[int, re.Match[str]]]) -> Iterator[_Single]:
    """Find codes, years, and calls by their place with a noun."""
    topics = [(match.start(), not match["call"]) for match in _CALLED.finditer(plain)]
    for match in re.finditer(_ONE_OF, plain):
        start, end, year = match.start(), match.end(), match[2] or ""
        is_day = (
            _DAY.search(plain[max(0, start - 20) : start])
            or _CODED.search(plain[max(0, start - 12) : start])
            or _DOCUMENT.search(plain[max(0, start - 40) : start])
            or (_OF_DOCUMENT.search(plain[max(0, start - 40) : start]) and plain[end : end + 1] == ")")
        )
        of_year = f"EN{year}" if f"EN{year}" in order and not is_day else ""
        single = _Single(start, end, f"EN{match[1]}" if match[1] else of_year, int(year or 0), not year)
        topics += [(start, False)] if single.call else []
        yield single
    topics.sort()
    for place, match in nth:
        topic = topics[max(0, bisect_left(topics, (match.start(), False)) - 1) :][:1]
        is_other = not topic or topic[0][0] > match.start() or topic[0][1]
        if place < len(order) and match["noun"] and not (is_other and _OF_ANYTHING.search(match[0])):
            yield _Single(match.start(), match.end(), order[place], 0, False)


def _listed(plain: str, single: Sequence[_Single]) -> tuple[str, ...]:
    """Give the calls that a list begins with, if it is one of three or more."""
    calls = [single[0].call]
    for first, following in pairwise(single):
        if not (following.call and _LISTED.fullmatch(plain, first.end, following.start)):
            break
        calls.append(following.call)
    return tuple(calls) if len(calls) > 2 and calls[0] else ()


def _plans(plain: str, ledger: Ledger) -> Iterator[SubjectName]:
    """Find plans by their years, by the last of them, or as the new one."""
    codes = [_PLAN_CODE.fullmatch(str(programme["programme"])) for programme in ledger.records("programmes")]
    plans = sorted(code[0] for code in codes if code)
    for plan in plans:
        first, last = plan.removeprefix(PLAN).split("_")
        from_to = rf"{first} ?{_JOINING} ?(?:{last[:2]})?{last[2:]}"
        until = rf"(?<![0-9] )(?:d'ici(?: a)?|jusqu'en|tegen|tot|bis|by|until|up to|through to) {last}"
        since = rf"(?<![-–/]){first}(?:er)?[ -]plan|plan (?:(?:de|von|aus|van|uit|from|of) )?{first}"
        for match in re.finditer(rf"\b(?:{from_to}|{until}|{since})\b", plain):
            yield SubjectName(match.start(), match.end(), programme=plan)
    for match in _NEW_PLAN.finditer(plain) if plans else ():
        yield SubjectName(match.start(), match.end(), programme=plans[-1])


def _many(
    plain: str, many_calls: list[tuple[int, re.Match[str]]], order: list[str], won: list[str]
) -> Iterator[SubjectName]:
    """Find so many calls that are told together: the first, the last, or all of them; all pilot calls."""
    for many, match in many_calls:
        kind = match["lead"] or match["kind"] or ("pilot" if "pilo" in match["noun"] else "")
        if "proef" in match["noun"] or re.fullmatch(_EARLY, kind):
            some = order[:many]
        else:  # the last are those that are known to be so: none that is open
            some = won[-many:] if many == len(won) or (kind and won == order) else []
        if len(some) == many:
            yield SubjectName(match.start(), match.end(), frozenset(some), order=tuple(some))
    counted = {match.end() for _, match in many_calls}
    for match in _PILOTS.finditer(plain):
        if match.end() not in counted:
            yield SubjectName(match.start(), match.end(), frozenset(order[:3]), order=tuple(order[:3]))


def _is_compared(plain: str, start: int) -> bool:
    """Tell whether what stands before a name says that another is compared with it."""
    return _COMPARED.search(plain[max(0, start - 100) : start]) is not None


def _topic_before(plain: str, calls: list[tuple[int, str]], start: int, order: list[str]) -> list[str]:
    """Give the call that was told last, but not that which it was only set beside: of "EN2018 : 326, après 570 pour
    EN2017. […] un appel plus tôt" EN2018."""
    last = calls[max(0, bisect_left(calls, (start, "")) - 2) : bisect_left(calls, (start, ""))]
    if len(last) == 2 and order.index(last[0][1]) == order.index(last[1][1]) + 1:
        is_beside = not re.search(r"[.;!?\n]", plain[last[0][0] : last[1][0]])
        if is_beside and re.search(r"[.!?\n]", plain[last[1][0] : start]):
            return [last[0][1]]
    return [call for _, call in last[-1:]]


def _ordinals(
    plain: str,
    order: list[str],
    calls: list[tuple[int, str]],
    lists: list[SubjectName],
    nth: list[tuple[int, re.Match[str]]],
) -> Iterator[tuple[re.Match[str], str]]:
    """Find calls by their place without a noun of their own: in a sentence that names the first one, or among those
    that were just told together ("le premier de ces millésimes", then "le deuxième")."""
    ends = [name.end for name in lists]
    for match in _LAST_OF.finditer(plain):
        for name in lists[: bisect_right(ends, match.start())][-1:]:
            between = plain[name.end : match.start()]
            is_followed = "\n" not in between and re.search(rf"\b(?:{_ORDINALS[0]})\b", between)
            if match["these"] or is_followed or not re.search(r"[.!?\n]", between):
                yield match, name.order[-1]
    among: Sequence[str] = ()
    since = 0
    for place, match in sorted(nth, key=lambda pair: pair[1].start()):
        start = match.start()
        if match["noun"]:
            continue
        several = (SubjectName(0, 0), *lists[: bisect_right(ends, start)][-1:])[-1]
        after = calls[bisect_left(calls, (several.end, "")) : bisect_left(calls, (start, ""))]
        single = tuple(dict.fromkeys(call for _, call in after))
        if match["these"]:
            enough = (some for some in (single, several.order, order) if len(some) > max(place, 1))
            among, since = next(enough, ()), match.end()
        elif len(several.order) > max(place, 2) and not single and "\n" not in plain[several.end : start]:
            among, since = several.order, several.end
        is_among = since and "\n" not in plain[since:start]
        is_first = place == 0 and match["very"]
        if is_among or is_first or _AFTER_FIRST.search(plain[max(0, start - _A_SENTENCE) : start]):
            yield from [(match, call) for call in (among if is_among else order)[place : place + 1]]


def _named(
    plain: str,
    order: list[str],
    won: list[str],
    calls: list[tuple[int, str]],
    lists: list[SubjectName],
    nth: list[tuple[int, re.Match[str]]],
) -> Iterator[SubjectName]:
    """Find what names calls without code and year, and programmes."""
    for match in _SINCE.finditer(plain):
        yield SubjectName(match.start(), match.end(), since=True)
    ordinals = [*_ordinals(plain, order, calls, lists, nth)]
    calls = sorted(
        [*calls, *((match.start(), call) for match, call in ordinals if call in order)]
    )  # known on the day
    yield from (SubjectName(match.start(), match.end(), frozenset((call,))) for match, call in ordinals)
    for match in _FIRST.finditer(plain):
        yield SubjectName(match.start(), match.end(), order=tuple(order[:3]))
    yield from _years_off(plain, order, calls)
    programmes = sorted(_programmes(plain), key=lambda name: name.start)
    older = [*_older_programmes(plain, programmes)]
    yield from _one_off(plain, order, calls, {name.start for name in older})
    for match in _LAST.finditer(plain):
        is_until = _UNTIL.search(plain[max(0, match.start() - 24) : match.start()]) is not None
        calls_named = frozenset[str]() if is_until else frozenset(won[-1:])
        yield SubjectName(match.start(), match.end(), calls_named, since=is_until, order=tuple(order[-1:]))
    for match in _ALL_CALLS.finditer(plain):
        yield SubjectName(match.start(), match.end(), since=True, order=tuple(order))
    yield from programmes
    yield from older


def _years_off(plain: str, order: list[str], calls: list[tuple[int, str]]) -> Iterator[SubjectName]:
    """Find calls by how many years they are off the one that was told last, and add them to those that are told."""
    years_off = [(off, match) for off, words in _A_YEAR_OFF.items() for match in words.finditer(plain)]
    for off, match in sorted(years_off, key=lambda pair: pair[1].start()):
        for call in _topic_before(plain, calls, match.start(), order):
            other = f"EN{int(call[2:]) + off}"
            if other in order[1:] and len(other) == len(call) == 6:
                insort(calls, (match.start(), other))
                yield SubjectName(match.start(), match.end(), frozenset((other,)), is_earlier=off < 0,
                                  is_compared=_is_compared(plain, match.start()))  # fmt: skip


def _one_off(
    plain: str, order: list[str], calls: list[tuple[int, str]], passing: set[int]
) -> Iterator[SubjectName]:
    """Find the call before, or after, the one that was told last, and "this call"; add them to those that are told, but
    for those of other programmes, where these stand (`passing`)."""
    one_off = {match.start(): (match.end(), -1) for match in _PREVIOUS.finditer(plain)}
    one_off |= {match.start(): (match.end(), 1) for match in _NEXT.finditer(plain)}
    one_off |= {match.start(): (match.end(), 0) for match in _THIS.finditer(plain)}
    for start in passing & {*one_off}:
        del one_off[start]
    for start, (end, off) in sorted(one_off.items()):
        if not off and _UNTIL.search(plain[max(0, start - 24) : start]):  # "from EN1 up to this call"
            so_far = (
                [] if _NAMES_A_CALL.search(plain, start, end) else _topic_before(plain, calls, start, order)
            )
            until = tuple(order[: order.index(so_far[0]) + 1]) if so_far else ()
            yield SubjectName(start, end, frozenset(until), since=not until, order=until)
            continue
        if _YEAR_BEHIND.match(plain, end):
            continue
        for call in _topic_before(plain, calls, start, order) or [call for _, call in calls[:1]]:
            beyond = order[max(0, order.index(call) + off) :][:1]
            if off > 0 and beyond:
                insort(calls, (start, beyond[0]))
            yield SubjectName(start, end, frozenset(beyond), is_earlier=off < 0,
                              is_compared=_is_compared(plain, start))  # fmt: skip


def _programmes(plain: str) -> Iterator[SubjectName]:
    """Find the names of programmes; "connectivity" behind a plan is what the plan is for, and not the pilot; one that
    another followed is not what is told of."""
    for programme, pattern in _PROGRAMMES:
        for match in pattern.finditer(plain):
            is_topic = re.search("[ck]onn", match[0]) and "pilot" not in match[0]
            if is_topic and _OF_A_PLAN.search(plain[: match.start()][-_A_SENTENCE:]):
                continue
            is_name = programme[:4] in ("cybe", "ecol") or bool(re.search("[ck]onn", match[0]))
            is_followed = _FOLLOWED.search(plain[max(0, match.start() - 40) : match.start()]) is not None
            yield SubjectName(
                match.start(), match.end(), programme=programme, is_name=is_name, is_compared=is_followed
            )


def _older_programmes(plain: str, programmes: list[SubjectName]) -> Iterator[SubjectName]:
    """Find the programme before the one that was just named: "Cyberclasse […] Its predecessor"."""
    for match in _OLDER.finditer(plain):
        for name in [o for o in programmes if o.end <= match.start() and not o.is_compared][-1:]:
            is_of_calls = any(called["call"] for called in _CALLED.finditer(plain, name.end, match.start()))
            place = next((at for at, (code, _) in enumerate(_PROGRAMMES[:2]) if code == name.programme), 0)
            if place and not is_of_calls:
                yield SubjectName(
                    match.start(), match.end(), programme=_PROGRAMMES[place - 1][0], is_earlier=True
                )
