"""The calls, years and programmes that a text names, and where."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ennum_stats.reading.forms import FORMS
from ennum_stats.store.ledger import Ledger

_EN = r"\be\.?n\.?_?(20\d\d|[1-9])\b"
_SPACED = re.compile(r"\bE\.?N\.?([ \u00a0\u202f])(?=20\d\d|[1-9]\b)")
_YEAR = r"(?<![\d.,])((?:19|20)\d\d)(?![\d]| ?%)"
_ONE_OF = rf"(?:{_EN}|{_YEAR})"
_SINCE = re.compile(
    r"\b(?:depuis|seit|sinds|since|sedert) (?:(?:le |the |het |dem )?(?:debut|start|begin|beginn)|20(?:11|12))\b"
    r"(?! ?(?:jusqu|a |bis |tot |to |until|[-–]))"
)
_SINCE_THE = re.compile(r"(?<![a-z])(?:depuis|seit|sinds|since)(?: (?:le|dem|de|the))? $")
_LONGEST = 40
_COMPARED = re.compile(
    r"(?<![a-z])(?:(?:plus|moins|autant|davantage|aussi|meme|superieur|inferieur)\b[^.;:!?]{0,60}(?<![a-z])qu(?:e|')|"
    r"than|als|dan|(?:viele?|hoch) wie|(?:many|much) as|vor|avant|before|"
    r"contre|tegenover|gegenuber|versus|par rapport a|sur|(?:up|down) on)"
    r"(?: (?:pour|en|a|for|in|bei|beim|im|bij|l'appel|the|(?:de[mnr] )?aufruf|de oproep))*(?: |(?<='))$"
)
_EXCEEDED = re.compile(
    r"(?<![a-z])(?:plus|moins|davantage|superieur\w*|inferieur\w*|mehr|weniger|meer|minder|more|fewer|less|higher|lower)\b"
    r"[^.;:!?]{0,60}$"
)
_ITS_OWN = re.compile(r" ?: ?[0-9]")
"""A call with which another is compared has the number that is set beside it: "net als EN2019: 13.000 euro"; not where
more is told than that: "more winners than EN2019: 679"."""
PLAN = "plan_"
_PLAN_CODE = re.compile(rf"{PLAN}([0-9]{{4}})_([0-9]{{4}})")
_NEW_PLAN = re.compile(
    r"\b(?:plans? de relance|(?:wieder)?aufbauplan\w*|herstelplan\w*|recovery plans?|"
    r"(?:walloon|european) (?:plan|one|counterpart)|(?:pendant|plan|equivalent) (?:wallon|europeen)|"
    r"(?:europaisch|wallonisch)e[mnrs]? (?:plan|gegenstuck|pendant)|(?:europese|waalse) (?:plan|tegenhanger|evenknie)|"
    r"(?:nouveau|actuel|neue[mnrs]?|aktuelle[mnrs]?|laufende[mnrs]?|nieuwe?|huidige?|lopende?|new|current) plan|"
    r"plan (?:actuel|en cours))\b(?! (?:(?:de|of|from|von|van) )?20[0-9]{2})"
)
"""The last plan, whose years go without saying, and the two plans that pay for it."""
_JOINING = r"(?:[-–/]|a|bis|tot|to|et|und|en|and|jusqu'en)"
_LISTED = re.compile(r", (?:(?:et|und|en|and) )?| (?:et|und|en|and) ")
"""What joins three calls or more: "EN1, EN2 und EN3"."""
_DAY = re.compile(
    rf"(?<![a-z])(?:{'|'.join(forms.months for forms in FORMS.values())}|debut|fin|mi|printemps|ete|automne|hiver|"
    r"anfang|ende|mitte|fruhjahr|fruhling|sommer|herbst|winter|begin|eind|medio|lente|voorjaar|zomer|herfst|najaar|"
    r"early|late|mid|spring|summer|autumn|(?:end|start|beginning) of)[ -](?:de |van |of )?$"
)
"""A day or a season names a document or a state, not the call of its year."""
_OF_DOCUMENT = re.compile(r"\((?:[^()]*, )?$")
"""A year in brackets, alone or after a name, is that of a document: "(Batichronique, 2018)"."""
_TO = re.compile(
    r" ?(?:(?:et )?(?:a|jusqu'en|jusqu'a)(?: l'appel)?|bis(?: einschliesslich)?(?: zum aufruf)?|"
    r"tot(?: en met)?(?: de oproep)?|t/m|auf|zu|naar|to|through|until|up to|[-–/]) ?"
)
_BETWEEN = re.compile(r"\b(?:entre|zwischen|tussen|between)\b[a-z' ]{0,14}$")
_CARDINALS = ("", "", "deux|zwei|twee|two|2", "trois|drei|drie|three|3", "quatre|vier|four|4", "cinq|funf|vijf|five|5",
              "six|sechs|zes|6", "sept|sieben|zeven|seven|7", "huit|acht|eight|8")  # fmt: skip
_ORDINALS = ("premier|1er|(?:aller)?(?:ersten?r?|eerste)|1st|first", "deuxieme|seconde?|zweite[nr]?|tweede",
             "troisieme|dritte[nr]?|derde|third", "quatrieme|vierte[nr]?|vierde|fourth",
             "cinquieme|funfte[nr]?|vijfde|fifth", "sixieme|sechste[nr]?|zesde|sixth",
             "septieme|siebte[nr]?|zevende|seventh")  # fmt: skip
_CALL = (
    r"(?:appel(?: a projets| pilote)?|edition|(?:pilot|projekt)?aufrufs?|auflage|editie|"
    r"(?:proef|piloot|project)?oproep|(?:pilot )?call(?: for projects)?|round)"
)
_CALLS = r"(?:appels|(?:pilot)?aufrufen?|(?:proef|piloot)?oproepen|calls)"
_EARLY, _LATE = r"(?:premiers|ersten|eerste|first|pilot)", r"(?:derniers|letzten|laatste|last)"
_MANY_CALLS = tuple(
    (many, re.compile(
        rf"(?<![a-z])(?:(?P<lead>{_EARLY}|{_LATE}) )?(?:{words}) (?:(?P<kind>{_EARLY}|{_LATE}) )?"
        rf"(?:ecoles? ?numeriques? )?(?P<noun>{_CALLS}(?: pilotes)?)\b"
    )) for many, words in enumerate(_CARDINALS) if words
)  # fmt: skip
"""So many calls: the first, the last, or all of them."""
_DID = (
    r"en|a(?:vait)?|compt(?:e|ait)|retint|gewahlt|ausgewahlt|war(?:en)?|wurden|hatte|brachte|kam(?:en)?|telde|kreeg|"
    r"leverde|koos|had|chose|drew|brought|picked|selected|attei\w+|reuni\w+|obt[ei]n\w+|financ\w+|soutin\w+|"
    r"erreicht\w*|zahlt\w*|bekam\w*|forderte\w*|haalde|bracht\w*|steunde|won|got|reached|funded|supported|counted"
)
"""Verbs of what a call did, which follow "le troisième" where no noun does."""
_NTH = tuple(
    re.compile(
        rf"(?<![a-z])(?:(?:{words}) {_CALL}\b|"
        rf"(?:le|la|au|du|der|die|beim|im|de|the) (?:tout |aller|very )?(?:{words})"
        rf"(?= ?[,;:.\[]| (?:(?:deja|bereits|schon|al|already) )?(?:[0-9]|n'|(?:{_DID})\b)))"
    )
    for words in _ORDINALS
)
"""A call by its place, also without its noun where the sentence names the first one: "le deuxième, 72"."""
_RECENT = 12
"""How many names back "these calls" may mean."""
_THESE = re.compile(r"(?<![a-z])(?:ces|diese|deze|these) $")
_FIRST = re.compile(
    r"\b(?:les premiers appels|(?:die )?ersten aufrufe|(?:de )?eerste oproepen|(?:the )?first calls)\b"
)
_UNTIL = re.compile(r"\b(?:up to|jusqu'en|jusqu'a|bis|tot|until)(?: et y compris| and including| en met)? $")
_UNTIL_THE = re.compile(r"(?<![a-z])(?:jusqu'au|bis zum|tot(?: en met)? de|(?:until|up to) the) $")
_AFTER_FIRST = re.compile(
    rf"(?<![a-z])(?:{_ORDINALS[0]}) {_CALL}\b(?![^\n]*[.!?] )|"
    rf"\b(?:projekt|project)?{_CALLS}\b(?![^\n]*[.!?] [^\n]*[.!?] [^\n]*[.!?] )"
)
_A_SENTENCE = 300
"""How far back the first call of a sentence is looked for, in characters."""
_A_YEAR_OFF = {
    -1: r"l'annee (?:precedente|d'avant)|un an (?:plus tot|avant|auparavant)|(?:(?:im|des|vom) )?vorjahr(?:es)?|"
    r"im jahr (?:davor|zuvor)|"
    r"ein jahr (?:zuvor|fruher|davor)|het (?:jaar (?:ervoor|daarvoor|voordien)|vorige jaar)|"
    r"een jaar (?:eerder|voordien)|"
    r"the (?:year before|previous year)|(?:a|one) year (?:earlier|before)",
    1: r"l'an(?:nee)? (?:suivante?|d'apres)|un an (?:plus tard|apres)|im folgejahr|"
    r"im (?:folgenden jahr|jahr da(?:rauf|nach))|"
    r"ein jahr (?:spater|danach)|het (?:jaar (?:daarop|daarna|nadien|erop)|volgende jaar)|een jaar (?:later|nadien)|"
    r"the (?:year after|following year|next year)|(?:a|one) year (?:later|after|on)",
    -2: r"deux ans (?:plus tot|avant|auparavant)|zwei jahre (?:zuvor|fruher|davor)|twee jaar (?:eerder|voordien)|"
    r"two years (?:earlier|before)",
    2: r"deux ans (?:plus tard|apres)|zwei jahre (?:spater|danach)|twee jaar (?:later|nadien)|"
    r"two years (?:later|after|on)",
}
YEAR_OFF = "|".join(_A_YEAR_OFF.values())
"""A year told by the one before it, and how many years it is off."""
_ROUND = r"(?:appel|edition|aufruf|ausgabe|auflage|runde|oproep|editie|ronde|call|round)"
_PREVIOUS = re.compile(
    rf"\b(?:{_ROUND} (?:precedente?|d'avant|davor|zuvor|daarvoor|voordien|before(?! (?:any\w*|the)\b))|"
    rf"(?:vorherig|vorig|vorangegangen|voorgaand|previous)(?:e[nrs]?)? {_ROUND}|"
    r"(?<=que )le precedent|(?:(?<=als )|(?<=wie ))der vorherige|(?:(?<=dan )|(?<=als ))de vorige|"
    r"(?:(?<=than )|(?<=as ))the previous one)\b"
)
_NEXT = re.compile(
    rf"\b(?:{_ROUND} (?:suivante?|d'apres|danach|darauf|daarna|erna|daarop|nadien|after|that followed)|le suivant|"
    rf"celui d'apres|(?:der|die|im|beim|de|het) (?:nachsten?|folgenden?|volgende|daaropvolgende)(?: {_ROUND})?|"
    rf"the (?:next|following) (?:one|{_ROUND})|the one after)\b"
)
_YEAR_BEHIND = re.compile(r"(?: ?[,(–-] ?(?:[a-z]+ ){0,3}| (?:de|of|in|en|von|van|im) )(?:en)?_?20[0-9]{2}")
"""What names by its year what was told by the one after it: "bei der Ausgabe davor, der von 2019"."""
_THIS = re.compile(
    r"\b(?:cet(?: appel|te edition)|diese[mrs]? aufrufs?|dieser ausgabe|deze (?:oproep|editie|ronde)|"
    r"th(?:is|at) (?:call|round))\b"
)
_LAST = re.compile(
    rf"\b(?:dernier {_CALL}|letzte[nrs]? {_CALL}|laatste {_CALL}|(?:last|latest) (?:{_CALL}|one))\b|"
    r"(?<=\b(?:le|du|au|er|em|en|as|de|et|he) )(?:dernier|letzten?|laatste|last)(?= ?\?*$)"
)
"""The last call whose winners are known; in its `order` the last of all."""
_ALL_CALLS = re.compile(
    rf"\b(?:tous les {_CALLS}|l'ensemble des {_CALLS}|alle[nr]? (?:project|projekt)?{_CALLS}|all (?:the )?{_CALLS})\b"
)
_FOLLOWED = re.compile(
    r"(?<![a-z])(?:took over from|after|succeed\w*|successor (?:of|to)|replac\w+|apres|releve de|suite de|succed\w+ a|"
    r"successeur de|remplac\w+|nach|nachfolger\w* (?:von|des|der)|ersetz\w+|loste|na|opvolger van|vervang\w*|"
    r"verving\w*|volgde\w*)(?: (?:the|le|la|du|de|het|das|den|dem))? $"
)
"""What stands before a programme that another followed."""
PROGRAMME_NAME = re.compile(r"\b(?:ecoles? ?numeriques?|cyber-? ?(?:ecoles?|classes?))\b")
"""Names with a noun in them that counts nothing."""
_OF_A_PLAN = re.compile(r"\bplan[^.!?]*$")
_PROGRAMMES = (
    ("cyberecole", re.compile(r"\bcyber-?(?: ?ecoles?|schools?)\b")),
    ("cyberclasse", re.compile(r"\bcyber-?(?: ?class(?:es?)?|klas(?:sen)?)\b")),
    ("connectivity", re.compile(
        r"\b(?<!appel )(?:projet |programme )?pilote?\b(?! calls?)(?:[a-z -]{0,20}conn?e[ck]t[a-z]*)?|"
        r"\bpilot(?:projekt|versuch|phase)\w*|\bproefproject\w*|\bpilot\b(?! calls?)|\bconne[ck]tivit\w+|"
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


def references_in(text: str, plain: str, ledger: Ledger) -> list[SubjectName]:
    """Find the calls, years and programmes that a text names, in their order; "ces trois appels", "the six calls" are
    those that it has just named, if they are so many."""
    many_calls = [(many, match) for many, pattern in _MANY_CALLS for match in pattern.finditer(plain)]
    names = sorted(_written(text, plain, many_calls, ledger), key=lambda name: name.start)
    starts = [name.start for name in names]
    those: dict[int, SubjectName] = {}
    for many, match in many_calls:
        place = bisect_left(starts, match.start())
        before = [name for name in names[max(0, place - _RECENT) : place] if name.calls]
        single = dict.fromkeys(
            call for name in reversed(before) for call in name.calls if len(name.calls) == 1
        )
        these = [name.order for name in before if len(name.order) == many][-1:]
        if _THESE.search(plain[max(0, match.start() - 12) : match.start()]) and len(single) >= many:
            these = [tuple(reversed([*single][:many]))]
        for calls in these if not match["lead"] and not match["kind"] else ():
            those[match.start()] = SubjectName(match.start(), match.end(), frozenset(calls), order=calls)
    kept = [name for name in names if name.start not in those]
    return sorted((*kept, *those.values()), key=lambda name: name.start)


def _written(
    text: str, plain: str, many_calls: list[tuple[int, re.Match[str]]], ledger: Ledger
) -> Iterator[SubjectName]:
    """Find what names calls, years and programmes by itself."""
    order = [call.call for call in ledger.calls if call.call.startswith("EN")]
    won = [call for call in order if ("projects_awarded", call) in ledger.published_measures]
    by_year = {call[2:]: call for call in order if len(call) == 6}
    letters = list(plain)
    for match in _SPACED.finditer(text):
        letters[match.start(1)] = "_"
    plain = "".join(letters)
    single = []
    for match in re.finditer(_ONE_OF, plain):
        year = match[2] or ""
        is_day = _DAY.search(plain[max(0, match.start() - 20) : match.start()]) or (
            _OF_DOCUMENT.search(plain[max(0, match.start() - 40) : match.start()])
            and plain[match.end() : match.end() + 1] == ")"
        )
        call = f"EN{match[1]}" if match[1] else "" if is_day else by_year.get(year, "")
        single.append((match, call, int(year or 0)))
    skip = -1
    for place, (match, call, year) in enumerate(single):
        if place <= skip:
            continue
        if several := _listed(plain, single[place:]):
            skip = place + len(several) - 1
            yield SubjectName(match.start(), single[skip][0].end(), frozenset(several), is_name=not year,
                              order=several)  # fmt: skip
            continue
        joined = single[place + 1] if place + 1 < len(single) else None
        between = plain[match.end() : joined[0].start()] if joined else ""
        opened = _BETWEEN.search(plain[max(0, match.start() - 24) : match.start()])
        is_pair = re.fullmatch(
            r" (?:et|und|en|and) (?:(?:de|celui de|ceux de|von|van|die van|in|of|those of|that of|en|the) )*",
            between,
        )
        low = _first(call, year, order)
        high = (joined[1] or _last(joined[2], order)) if joined else ""
        is_turned = low in order and high in order and order.index(low) > order.index(high)
        if joined and (_TO.fullmatch(between) or (opened and is_pair and not is_turned)):
            if low in order and high in order and not is_turned:
                calls = frozenset(order[order.index(low) : order.index(high) + 1])
            else:
                calls = frozenset[str]()
            years = range(year, joined[2] + 1) if year and 0 <= joined[2] - year < _LONGEST else ()
            ordered = tuple(call for call in order if call in calls)
            yield SubjectName(
                match.start(), joined[0].end(), calls, years=frozenset(years), is_name=not year, order=ordered
            )
            skip = place + 1
        elif joined and is_pair and call and joined[1]:
            both = (call, joined[1])
            yield SubjectName(match.start(), joined[0].end(), frozenset(both), is_name=not year, order=both)
            skip = place + 1
        elif call in order and year and _UNTIL.search(plain[max(0, match.start() - 16) : match.start()]):
            calls_so_far = order[: order.index(call) + 1]
            yield SubjectName(match.start(), match.end(), frozenset(calls_so_far), order=tuple(calls_so_far))
        elif (
            call in won[:-1] and year and _SINCE_THE.search(plain[max(0, match.start() - 12) : match.start()])
        ):
            later = won[won.index(call) :]
            yield SubjectName(match.start(), match.end(), frozenset(later), order=tuple(later))
        else:
            yield SubjectName(match.start(), match.end(), frozenset((call,)) if call in order else frozenset[str](),
                             years=frozenset((year,)) if year else frozenset(), is_name=not year,
                             is_compared=_is_compared(plain, match.start())
                             and (
                                 not _ITS_OWN.match(plain, match.end())
                                 or _EXCEEDED.search(plain, max(0, match.start() - 80), match.start()) is not None
                             ))  # fmt: skip
    yield from _plans(plain, ledger)
    yield from _many(many_calls, order, won)
    yield from _named(
        plain, order, won, [(match.start(), call) for match, call, _ in single if call in order[1:]]
    )


def _listed(plain: str, single: Sequence[tuple[re.Match[str], str, int]]) -> tuple[str, ...]:
    """Give the calls that a list begins with, if it is one of three or more."""
    calls = [single[0][1]]
    for (first, _, _), (following, call, _) in pairwise(single):
        if not (call and _LISTED.fullmatch(plain, first.end(), following.start())):
            break
        calls.append(call)
    return tuple(calls) if len(calls) > 2 and calls[0] else ()


def _plans(plain: str, ledger: Ledger) -> Iterator[SubjectName]:
    """Find plans by their years, by the last of them, or as the new one."""
    codes = [_PLAN_CODE.fullmatch(str(programme["programme"])) for programme in ledger.records("programmes")]
    plans = sorted(code[0] for code in codes if code)
    for plan in plans:
        first, last = plan.removeprefix(PLAN).split("_")
        from_to = rf"{first} ?{_JOINING} ?(?:{last[:2]})?{last[2:]}"
        until = rf"(?<![0-9] )(?:d'ici(?: a)?|jusqu'en|tegen|tot|bis|by|until) {last}"
        for match in re.finditer(rf"\b(?:{from_to}|{until})\b", plain):
            yield SubjectName(match.start(), match.end(), programme=plan)
    for match in _NEW_PLAN.finditer(plain) if plans else ():
        yield SubjectName(match.start(), match.end(), programme=plans[-1])


def _many(
    many_calls: list[tuple[int, re.Match[str]]], order: list[str], won: list[str]
) -> Iterator[SubjectName]:
    """Find so many calls that are told together: the first, the last, or all of them."""
    for many, match in many_calls:
        kind = match["lead"] or match["kind"] or ("pilot" if "pilo" in match["noun"] else "")
        if "proef" in match["noun"] or re.fullmatch(_EARLY, kind):
            some = order[:many]
        else:  # the last are those that are known to be so: none that is open
            some = won[-many:] if many == len(won) or (kind and won == order) else []
        if len(some) == many:
            yield SubjectName(match.start(), match.end(), frozenset(some), order=tuple(some))


def _is_compared(plain: str, start: int) -> bool:
    """Tell whether what stands before a name says that another is compared with it."""
    return _COMPARED.search(plain[max(0, start - 100) : start]) is not None


def _last_before(calls: list[tuple[int, str]], start: int) -> list[str]:
    place = bisect_left(calls, (start, ""))
    return [call for _, call in calls[max(0, place - 1) : place]]


def _ordinals(plain: str, order: list[str]) -> Iterator[tuple[re.Match[str], str]]:
    """Find calls by their place; without their noun only in a sentence that names the first one."""
    for pattern, call in zip(_NTH, order, strict=False):
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - _A_SENTENCE) : match.start()]
            if re.search(rf"{_CALL}$", match[0]) or _AFTER_FIRST.search(before):
                yield match, call


def _named(
    plain: str, order: list[str], won: list[str], calls: list[tuple[int, str]]
) -> Iterator[SubjectName]:
    """Find what names calls without code and year, and programmes."""
    for match in _SINCE.finditer(plain):
        yield SubjectName(match.start(), match.end(), since=True)
    for match, call in _ordinals(plain, order):
        is_since = call == order[0] and _SINCE_THE.search(plain[max(0, match.start() - 12) : match.start()])
        calls_named = frozenset[str]() if is_since else frozenset((call,))
        yield SubjectName(match.start(), match.end(), calls_named, since=bool(is_since))
    for match in _FIRST.finditer(plain):
        yield SubjectName(match.start(), match.end(), order=tuple(order[:3]))
    years_off = [
        (off, match)
        for off, words in _A_YEAR_OFF.items()
        for match in re.finditer(rf"\b(?:{words})\b", plain)
    ]
    for off, match in sorted(years_off, key=lambda pair: pair[1].start()):
        for call in _last_before(calls, match.start()):
            other = f"EN{int(call[2:]) + off}"
            if other in order[1:] and len(other) == len(call) == 6:
                insort(calls, (match.start(), other))
                yield SubjectName(match.start(), match.end(), frozenset((other,)),
                                  is_compared=_is_compared(plain, match.start()))  # fmt: skip
    one_off = {match.start(): (match.end(), -1) for match in _PREVIOUS.finditer(plain)}
    one_off |= {match.start(): (match.end(), 1) for match in _NEXT.finditer(plain)}
    one_off |= {match.start(): (match.end(), 0) for match in _THIS.finditer(plain)}
    for start, (end, off) in sorted(one_off.items()):
        if not off and _UNTIL.search(plain[max(0, start - 16) : start]):  # "from EN1 up to this call"
            yield SubjectName(start, end, since=True)
            continue
        if _YEAR_BEHIND.match(plain, end):
            continue
        for call in _last_before(calls, start) or [call for _, call in calls[:1]]:
            beyond = order[order.index(call) + off :][:1]
            if off > 0 and beyond:
                insort(calls, (start, beyond[0]))
            yield SubjectName(start, end, frozenset(beyond),
                              is_compared=_is_compared(plain, start))  # fmt: skip
    for match in _LAST.finditer(plain):
        is_until = _UNTIL_THE.search(plain[max(0, match.start() - 14) : match.start()]) is not None
        calls_named = frozenset[str]() if is_until else frozenset(won[-1:])
        yield SubjectName(match.start(), match.end(), calls_named, since=is_until, order=tuple(order[-1:]))
    for match in _ALL_CALLS.finditer(plain):
        yield SubjectName(match.start(), match.end(), since=True, order=tuple(order))
    yield from _programmes(plain)


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


def _first(call: str, year: int, order: list[str]) -> str:
    return call or (order[0] if order and 2011 <= year <= 2012 else "")


def _last(year: int, order: list[str]) -> str:
    return f"EN{year}" if f"EN{year}" in order else ""
