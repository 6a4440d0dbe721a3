"""What stands about each number of a text: its noun, the ideas of its clause and sentence, its calls and programme.

Words between two numbers belong to the one or the other: they are parted where the first comma or preposition
stands. What a sentence names before its first number holds for all its numbers; a call or programme that a
sentence does not name is that of the sentences before it, and of the headings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ennum_stats.audit.facts import heads_of
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.search.candidates import HEADS
from ennum_stats.search.concepts import IDLE, PHRASES, concept
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import fold

_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\b[A-Za-zé]{2})(?<!\b(?:Mio|Mrd|env|Art|art|mln|réf))[.!?…]+[»”“\"]? +(?=[^a-z])|\n+"
)
_PART = re.compile(
    r"[,;:()«»“”„\"]| [–-] |\b(?:et|und|en|and|ou|dont|waarvan|davon|darunter|soit|pour|fur|voor|for|sur|op|of|from|uit|bei|"
    r"contre|avec|mit|met|with|puis|dus|also|mais|aber|maar|but|where|pendant|tegenover|gegenuber|against|out)\b"
)
_WORDS = re.compile(r"[a-z0-9%€]+(?:['-][a-z0-9]+)*")
_EN = r"\be\.?n\.?_?(20\d\d|[1-9])\b"
_SPACED = re.compile(r"\bE\.?N\.?([ \u00a0\u202f])(?=20\d\d|[1-9]\b)")
_YEAR = r"(?<![\d.,])((?:19|20)\d\d)(?![\d]| ?%)"
_ONE_OF = rf"(?:{_EN}|{_YEAR})"
_SINCE = re.compile(
    r"\b(?:depuis|seit|sinds|since|bisher|depuis le|sedert) (?:(?:le |the |het |dem )?(?:debut|start|begin|beginn)|20(?:11|12))\b(?! ?(?:jusqu|a |bis |tot |to |until|[-–]))"
)
_FIRST_THREE = re.compile(
    r"\b(?:(?:trois|3) premiers appels|(?:drie|3) (?:proefoproepen|eerste oproepen)|(?:drei|3) (?:ersten |pilot)aufrufe|"
    r"ersten drei aufrufe|(?:three|3) (?:first|pilot) calls|first three calls|eerste drie oproepen)\b"
)
_FIRST = re.compile(
    r"\b(?:les premiers appels|(?:die )?ersten aufrufe|(?:de )?eerste oproepen|(?:the )?first calls)\b"
)
_UNTIL = re.compile(r"\b(?:up to|jusqu'en|jusqu'a|bis|tot|until)(?: et y compris| and including| en met)? $")
_FIRST_ONE = re.compile(r"\b(?:premier appel|ersten aufruf|eerste oproep|first call)\b(?! pilote)")
_BEFORE = re.compile(
    r"\b(?:l'appel precedent|vorherigen aufruf|vorige oproep|previous call|call before|oproep daarvoor)\b"
)
_PROGRAMMES = (
    ("cyberecole", re.compile(r"\bcyber-?(?: ?ecoles?|schools?)\b")),
    ("cyberclasse", re.compile(r"\bcyber-?(?: ?class(?:es?)?|klas(?:sen)?)\b")),
    ("connectivity", re.compile(
        r"\b(?:projet |programme )?pilote?\b(?! calls?)(?:[a-z -]{0,20}conn?e[ck]t[a-z]*)?|\bpilotprojekt\w*|\bproefproject\w*|\bpilot\b"
        r"|\bconne[ck]tivit\w+|\bkonnektivitat")),
    ("plan_2022_2026", re.compile(r"\b2022 ?(?:[-–/]|a|bis|tot|to|et|und|en|and|jusqu'en) ?(?:20)?26\b")),
    ("ecole_numerique", re.compile(r"\becoles? numeriques?\b|\bdigitale schule\b|\bdigital school\b")),
)  # fmt: skip
_EXTRA = (
    ("exist", r"compte\w*|telt|telden|tellen|zahlt|zahlen|il y a|y avait|es gibt|gibt es|zijn er|er zijn|there are|has about|a environ|site count"),
    ("planned", r"prev\w+|attendu\w*|devrai\w+|iraient|seraient|sera|seront|viser\w*|ambition\w*|vorgesehen|erwartet\w*|sollen?|geplant\w*|"
     r"zouden|zullen|verwacht\w*|voorziet|gepland\w*|expected|will|planned|plan to|hope\w*|estime|annonc\w+|announc\w+"),
    ("done", r"deja|ont ete|a ete|avaient ete|a depense|a coute|wurden?|werd|al uitgegeven|is al|already|a permis|"
     r"actuellement|have been|has been|were|was|is being|hatten|hadden|avaient|had|etaient|kregen|recu"),
    ("ready", r"pret(?:e?s)?|fertig|klaar|done|ready|installe(?:e?s)|installed|completed|finished|geinstalleerd|installiert"),
    ("now", r"aujourd'hui|heute|vandaag|nu|today|now|currently|actuellement|derzeit"),
    ("connected", r"reli\w+|raccord\w+|angeschlossen|aangesloten|linked|online"),
    ("notyet", r"reste\w*|to go|ubrig|verbleib\w*|nog te|left to do|remain\w*"),
    ("change", r"de plus qu\w*|de moins qu\w*|mehr als im|weniger als im|meer dan het jaar|hausse|baisse|plus que|more (?!than)|mehr (?!als)|meer (?!dan)|"
     r"minder|weniger als|gegenuber dem"),
    ("training", r"formation\w*|weiterbildung\w*|opleiding\w*|training"),
    ("classroom", r"class(?:es|rooms?)|klassen?|klaslokalen|klassenzimmer\w*"),
    ("classe", r"class(?:es|rooms?)|klassen?|klaslokalen|klassenzimmer\w*"),
    ("tablet", r"tablet\w*|tablette\w*"), ("ipad", r"ipads?"), ("macbook", r"macbooks?"),
    ("board", r"tableaux? (?:blancs? )?interactifs?|interaktiven? tafeln?|digiborden?|interactive (?:white)?boards?"),
    ("computer", r"ordinateur\w*|computers?|rechner|pcs?|laptops?"),
    ("terminal", r"terminaux|terminal\w*|endgerate\w*|toestel\w*|devices?"),
    ("device", r"appareils?|gerate\w*|toestel\w*|devices?"),
    ("staff", r"personnes?|leute\w*|mensen|people|staff|agents?|personen|mitarbeiter\w*|medewerkers?|assistant\w*|assisten\w+|conseillers?|"
     r"advis[eo]rs?|berater\w*|adviseurs?|controleurs?|kontrolleur\w*|controllers?|juristes?|ami"),
    ("check", r"controleurs?|kontrolleur\w*|controllers?|inspect\w+"),
    ("won", r"laureat\w*|choisi\w*|retenu\w*|weerhouden|selected|won|winners?|ausgewahlt\w*|winnaars?"),
    ("never", r"jamais|nog nooit|nooit|noch nie|nie|never"),
    ("success", r"reussi\w*|gelungen\w*|geslaagd\w*|successful\w*|succes\w*"),
    ("transformation", r"effet sur|wirkung|effect op|y voient|verandering\w*|transform\w+|changed their"),
    ("problem", r"problem\w*|regrett\w+|manque|klaagt|klagen|blame\w*|nennt|cite\w*|bezwaar"),
    ("team", r"equipes?|teams?"), ("teacher", r"enseignants?|leerkrachten|lehrkrafte\w*|lehrer\w*|teachers?|professeurs?"),
    ("aim", r"objectifs?|ziele?n?|doelstellingen|aims?|objectives?"),
    ("duration", r"ans|annees|jahren?|jaar|jaren|years?"),
    ("submitted", r"antrage?n?|aanvragen|applications?|applicants?|introduits?|dossiers? introduits?|bewerbungen|ingediend\w*"),
    ("mean", r"par projet|pro projekt|je projekt|per project|en moyenne|gemiddeld|im schnitt|durchschnitt\w*|on average|chaque laureat|average\w*|moyenne"),
    ("yearly", r"par an|pro jahr|per jaar|a year|per year|elk jaar|annuel\w*|each year|jahrlich\w*|jaarlijks\w*"),
    ("since1999", r"(?:depuis|seit|sinds|since) (?:1999|20 ans|20 jahren|20 jaar|20 years|vingt ans)"), ("region", r"region"),
    ("pilote", r"pilote?s?|pilotprojekt\w*|proefproject\w*"),
    ("wifi", r"wi-?fi|wlan"),
    ("rejected", r"refus\w+|abgelehnt\w*|geweiger\w*|weigerde\w*|rejected|turned down|afgewezen"),
    ("equipment", r"materiel|ausstattung|uitrusting|equipment"),
    ("jury", r"jury\w*"), ("added", r"repech\w*|ajout\w*|hinzu\w*|toegevoegd|additional|supplementaires?"),
    ("compulsory", r"obligatoire|pflichtschul\w*|leerplicht\w*|compulsory"),
    ("hour", r"wochenstunden?|lesuren|hours?|uren|heures?|stunden"),
)  # fmt: skip
"""Words of articles for ideas of labels, beside those by which questions are read."""
_EXTRA_WORDS = re.compile(
    "|".join(f"(?P<x{n}>(?<![a-z])(?:{pattern})(?![a-z]))" for n, (_, pattern) in enumerate(_EXTRA))
)
_VERBS = frozenset(("assurer", "assure", "assurent", "assurait"))
"""Words that look like an idea and are none: "assurer" insures nothing."""
_COUNTED = (frozenset(idea for ideas in HEADS.values() for idea in ideas) | heads_of("devices") | {
    "submitted", "rejected", "won", "respondent", "computer", "institution", "head", "server", "school",
}) - {"money", "per", "francs", "grant", "mean", "share"}  # fmt: skip
_OUT_OF = re.compile(r" (?:sur|des|von|van|op|of|out of|in)(?: les| den| the| de)? ")
_WHEREOF = re.compile(r"\b(?:dont|waarvan|davon|of which|of whom|of them)\b")
_OF_BASE = re.compile(
    r"[a-z,] (?:sur|op|out of|auf|of)(?: les| den| the| de| quelque| zowat| some| about)* $"
)
_JOINED = re.compile(r"(?: projets| projekte| projecten| projects)?,?(?: et| und| en| and| puis)? |[ \t]+")
_STOP = re.compile(
    r"(?:et|und|en|and|ou|dont|pour|fur|voor|for|sur|op|in|im|a|au|aux|by|par|per|je|avec|mit|met|with|qui|que|die|that|zu|"
    r"to|bei|uit|von|de|entre|pendant|selon|depuis|contre|dans|chez|auf|am|im|zum|zur|bij|naar|aan|at|among|parmi|vers|lors|wurden?|werden|waren|war|est|sont|etaient|ont|had|has|have|were)"
)
_LINK = re.compile(
    r"(?:d'|de|des|du|der|van|of|the|les|la|le|den|dem|distinct\w*|nouveaux|neue|pilot|distinctes|school|autres|its)$"
)


PLACES = frozenset(
    "brussels germanspeaking fwb liege hainaut namur luxembourg brabant centre charleroi survey".split()
)
"""Ideas that hold for all numbers of a sentence after them."""


@dataclass(frozen=True)
class Mention:
    """Hold a number with what its place in the text tells of it."""

    number: NumberInText
    heads: frozenset[str]
    """The ideas of the noun that is counted; empty where none follows."""
    is_foreign: bool
    """Whether its noun is one that nothing in the ledger is counted by."""
    own: frozenset[str]
    """Ideas of the words that belong to it alone."""
    near: frozenset[str]
    """Ideas of its sentence that belong to no other number alone."""
    around: frozenset[str]
    """Ideas of its whole sentence."""
    role: str
    """Which of two numbers it is: the "part" of a "base" ("183 sur 200"), or the "whole" of a "part" ("200, dont 183")."""
    calls: frozenset[str]
    calls_from: int
    """How near its calls are told: 3 beside it, 2 before it in the sentence, 1 after it, 0 in an earlier sentence."""
    calls_at: int
    programme: str
    programme_from: int
    programme_at: int
    years: frozenset[int]
    since: bool
    """Whether it is told since the first call."""
    sentence: int
    span: tuple[int, int]
    """Where its sentence stands."""
    is_named: bool
    """Whether the text names a call by its code, or a programme, up to the end of the sentence."""
    is_call_named: bool
    """Whether its call is named by its code, not by a year."""
    calls_beside: frozenset[str]
    """Every call that its sentence names."""


@dataclass(frozen=True)
class _Reference:
    start: int
    end: int
    calls: frozenset[str] = frozenset()
    programme: str = ""
    years: frozenset[int] = frozenset()
    since: bool = False
    is_name: bool = False
    order: tuple[str, ...] = ()
    """The calls in their order, where several are told together."""


def mentions(text: str, numbers: Sequence[NumberInText], ledger: Ledger) -> list[Mention]:
    """Read what stands about each number that may be a statistic."""
    plain = levelled(text)
    references = sorted(_references(text, plain, ledger), key=lambda one: one.start)
    starts = [one.start for one in references]
    result: list[Mention] = []
    heading: frozenset[str] = frozenset()
    wanted = [number for number in numbers if not number.reason and number.readings]
    at = 0
    for place, (first, last) in enumerate(_sentences(text)):
        here = []
        while at < len(wanted) and wanted[at].start < last:
            here.append(wanted[at])
            at += 1
        line = plain[first:last].strip()
        if not here:
            heading = _ideas(line) if line and line[-1] not in ".!?" else heading
            continue
        before = references[: bisect_left(starts, first)]
        inside = references[len(before) : bisect_left(starts, last)]
        result += _of_sentence(plain, here, (first, last), before, inside, place, heading)
    return result


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    return ((first, last) for first, last in pairwise(cuts) if last > first)


def _of_sentence(
    plain: str,
    numbers: list[NumberInText],
    span: tuple[int, int],
    before: list[_Reference],
    inside: list[_Reference],
    place: int,
    heading: frozenset[str],
) -> list[Mention]:
    spans = _own_spans(plain, numbers, span)
    lead = _ideas(plain[span[0] : spans[0][0]]) | _ideas(plain[span[0] : numbers[0].start]) & PLACES
    tail = _ideas(plain[spans[-1][1] : span[1]])
    around = _ideas(plain[span[0] : span[1]])
    made: list[Mention] = []
    untils = [*(number.start for number in numbers[1:]), span[1]]
    for number, (start, end), until in zip(numbers, spans, untils, strict=True):
        number = _as_money(plain, number)
        noun, heads, foreign = _noun(plain, number)
        words_of_share = number.text if number.unit == "percent" and number.text[0].isalpha() else ""
        own = (
            _ideas(levelled(words_of_share))
            | _ideas(plain[start : number.start])
            | _ideas(plain[number.end : end])
            | noun
        )
        own_refs = [one for one in inside if start <= one.start < end]
        calls, calls_from, calls_at = _nearest(number, until, own_refs, before, inside, "calls")
        programme, programme_from, programme_at = _nearest(
            number, until, own_refs, before, inside, "programme"
        )
        since = next((one for one in (*own_refs, *inside) if one.since), None)
        if since and calls_from < 3:
            calls, calls_from = frozenset(), 3
        years = frozenset[int]().union(*(one.years for one in own_refs)) or frozenset[int]().union(
            *(one.years for one in inside)
        )
        made.append(Mention(number, heads, foreign, own, own | lead | (tail if len(numbers) == 1 else around & {"since1999"}), around, "", calls or frozenset(), calls_from, calls_at, programme or "",
                            programme_from, programme_at, years, bool(since), place, span,
                            any(one.is_name for one in (*before, *inside)), any(one.is_name and one.start == calls_at for one in (*before, *inside)),
                            frozenset[str]().union(*(one.calls for one in inside if len(one.calls) == 1))))  # fmt: skip
    for position, (one, other) in enumerate(pairwise(made)):
        if _OUT_OF.fullmatch(plain[one.number.end : other.number.start]):
            both = one.own | other.own
            made[position : position + 2] = [
                replace(one, own=both, role="part"),
                replace(other, own=both, role="base"),
            ]
        elif _OF_BASE.search(plain[one.number.end : other.number.start]):
            made[position : position + 2] = [replace(one, role="part"), replace(other, role="base")]
        elif _WHEREOF.search(plain[one.number.end : other.number.start]):
            made[position : position + 2] = [replace(one, role="whole"), replace(other, role="part")]
    made = _listed(plain, made, inside)
    for position, mention in enumerate(made):
        if not mention.heads and not mention.is_foreign and not mention.number.unit:
            later = next((one.heads for one in made[position + 1 :] if one.heads & _COUNTED), frozenset())
            earlier = next(
                (one.heads for one in reversed(made[:position]) if one.heads & _COUNTED), frozenset()
            )
            told = frozenset(mention.own & _COUNTED)
            told = told or earlier or later or frozenset(mention.near & _COUNTED)
            if not told and heading:
                mention = replace(mention, near=mention.near | heading, around=mention.around | heading)
                told = frozenset(("money",)) if "money" in heading else heading & _COUNTED - {"duration"}
            if told == {"money"}:
                mention = replace(mention, number=replace(mention.number, unit="EUR"))
            made[position] = replace(mention, heads=told)
        elif "rejected" in mention.own and mention.heads <= {"submitted", "project"}:
            made[position] = replace(mention, heads=frozenset(("rejected",)))
    return made


def _listed(plain: str, made: list[Mention], inside: list[_Reference]) -> list[Mention]:
    """Give each of as many numbers as calls are told the call of its place: "les trois premiers appels : 28, 72, 210"."""
    orders = [one.order for one in inside if len(one.order) > 1]
    orders.append(
        tuple(call for one in inside if one.is_name for call in one.calls if one.start < made[0].number.start)
    )
    runs: list[list[int]] = [[0]]
    for place, (one, other) in enumerate(pairwise(made)):
        joined = _JOINED.fullmatch(plain[one.number.end : other.number.start])
        runs[-1].append(place + 1) if joined else runs.append([place + 1])
    for run in runs:
        calls = next((order for order in orders if len(order) == len(run) > 2), ())
        if calls and len({made[place].number.unit for place in run} - {""}) < 2:
            for place, call in zip(run, calls, strict=False):
                made[place] = replace(made[place], calls=frozenset((call,)), calls_from=3, since=False)
    return made


def _nearest(
    number: NumberInText,
    until: int,
    own: list[_Reference],
    before: list[_Reference],
    inside: list[_Reference],
    name: str,
) -> tuple[Any, int, int]:
    """Find the call or programme that is told nearest to a number, how near, and where."""
    own, inside, before = ([one for one in some if getattr(one, name)] for some in (own, inside, before))
    earlier = [one for one in inside if one.start < number.start]
    later = [one for one in inside if number.start < one.start < until]
    for near, some, place in ((3, own, 0), (2, earlier, -1), (1, later, 0), (0, before, -1)):
        if some:
            one = min(some, key=lambda one: abs(one.start - number.start)) if near == 3 else some[place]
            return getattr(one, name), near, one.start
    return None, -1, -1


def _own_spans(plain: str, numbers: list[NumberInText], span: tuple[int, int]) -> list[tuple[int, int]]:
    """Give each number the words about it that are its own: up to where a gap between two numbers is parted; before
    the first and after the last, up to the first break."""
    first = numbers[0]
    lead = plain[span[0] : first.start]
    opening = [match.end() for match in _PART.finditer(lead) if match[0] not in ("en", "et", "und", "and")]
    starts = [span[0] + (opening[-1] if opening else 0)]
    ends = []
    for one, other in pairwise(numbers):
        cut = one.end + _cut(plain[one.end : other.start])
        ends.append(cut)
        starts.append(max(cut, one.end + max(plain[one.end : other.start].rfind(mark) for mark in ",;")))
    ends.append(numbers[-1].end + _cut(plain[numbers[-1].end : span[1]], last=True))
    return list(zip(starts, ends, strict=True))


def _cut(gap: str, *, last: bool = False) -> int:
    """Find where the words between two numbers part: at the first mark, or else the first preposition, after a word."""
    if re.match(r" ?\([^()]*\)", gap):
        return gap.index(")")
    first = next((match for match in _PART.finditer(gap)), None)
    if (
        first
        and not last
        and not gap[: first.start()].strip()
        and first[0] in (",", ";", ":", "et", "und", "en", "and")
    ):
        return 0
    for marks in (",;:()", ""):
        for match in _PART.finditer(gap):
            is_worded = any(word not in IDLE for word in _WORDS.findall(gap[: match.start()]))
            if (match[0] in marks or not marks) and (is_worded or match[0] in ",;:("):
                return match.start()
    return len(gap)


def _noun(plain: str, number: NumberInText) -> tuple[frozenset[str], frozenset[str], bool]:
    """Read what is counted: the first known noun of the four words after a number; unknown where the first of them is
    no word that only joins."""
    if number.unit:
        return frozenset(), frozenset(("share",) if number.unit == "percent" else ("money",)), False
    after = re.split(r"[.;:!?,()\n«»“”\"]", plain[number.end : number.end + 70])[0]
    words = _WORDS.findall(after)[:5]
    stops = [place for place, word in enumerate(words) if _STOP.fullmatch(word) and not _LINK.fullmatch(word)]
    words = words[: stops[0]] if stops else words
    unknown = False
    for place, word in enumerate(words):
        if _LINK.fullmatch(word):
            continue
        ideas = _ideas(" ".join(words[place : place + 3])) if place == 0 else _ideas(word)
        if told := _ideas(word) & _COUNTED or ideas & _COUNTED:
            return ideas, _head_of(told), False
        if ideas & {"ready", "done", "won", "equipped", "installed", "connected", "added"}:
            break
        if word not in IDLE and not word.isdigit():
            unknown = True
            if place > 1:
                break
    return frozenset(), frozenset(), unknown


def _as_money(plain: str, number: NumberInText) -> NumberInText:
    """Read millions of nothing as euros: "8,7 millions, soit"."""
    is_bare = not number.unit and number.readings[0].value >= 10**6 and not _noun(plain, number)[1]
    return replace(number, unit="EUR") if is_bare else number


def _head_of(told: frozenset[str]) -> frozenset[str]:
    for group in (
        ("project",),
        ("site",),
        ("school",),
        ("institution",),
        ("type",),
        ("lot",),
        ("ipad", "macbook", "tablet", "board", "server"),
        ("submitted", "rejected"),
        ("staff",),
    ):
        if chosen := told & frozenset(group):
            return chosen
    return told


def _ideas(words: str) -> frozenset[str]:
    return frozenset(_read(words))


def _read(words: str) -> Iterator[str]:
    for match in _EXTRA_WORDS.finditer(words):
        yield from (_EXTRA[int(name[1:])][0] for name, value in match.groupdict().items() if value)
    folded = fold(words)
    for phrase, stands in PHRASES.items():
        if phrase in folded:
            folded = re.sub(rf"\b{phrase}\b", stands, folded)
    for word in folded.split():
        if word not in IDLE and word not in _VERBS and (not word.isdigit() or word == "100"):
            yield concept(word)


# --- calls, years, programmes -----------------------------------------------------------------------


def _references(text: str, plain: str, ledger: Ledger) -> Iterator[_Reference]:
    """Find the calls, years and programmes that a text names, and where."""
    order = [call.call for call in ledger.calls if call.call.startswith("EN")]
    by_year = {call[2:]: call for call in order if len(call) == 6}
    for match in _SPACED.finditer(text):
        plain = f"{plain[: match.start(1)]}_{plain[match.end(1) :]}"
    single = []
    for match in re.finditer(_ONE_OF, plain):
        year = match[2] or ""
        single.append((match, f"EN{match[1]}" if match[1] else by_year.get(year, ""), int(year or 0)))
    skip = -1
    for place, (match, call, year) in enumerate(single):
        if place <= skip:
            continue
        joined = single[place + 1] if place + 1 < len(single) else None
        between = plain[match.end() : joined[0].start()] if joined else ""
        opened = re.search(
            r"\b(?:entre|zwischen|tussen|between)\b[a-z' ]{0,14}$",
            plain[max(0, match.start() - 24) : match.start()],
        )
        if joined and (is_range := re.fullmatch(r" ?(?:a|bis|tot|to|until|jusqu'en|jusqu'a|[-–/]|t/m) ?", between) or
                       (opened and re.fullmatch(r" (?:et|und|en|and) ", between))):  # fmt: skip
            low, high = _first(call, year, order), joined[1] or _last(joined[2], order)
            if low in order and high in order and order.index(low) <= order.index(high):
                calls = frozenset(order[order.index(low) : order.index(high) + 1])
            else:
                calls = frozenset()
            years = (
                frozenset(range(year or 0, joined[2] + 1))
                if year and joined[2] and joined[2] - year < 40
                else frozenset[int]()
            )
            told = tuple(call for call in order if call in calls)
            yield _Reference(match.start(), joined[0].end(), calls, years=years, order=told)
            skip = place + 1
        elif joined and re.fullmatch(r" (?:et|und|en|and) ", between) and call and joined[1] and not is_range:
            yield _Reference(match.start(), joined[0].end(), frozenset((call, joined[1])))
            skip = place + 1
        elif call in order and year and _UNTIL.search(plain[: match.start()][-16:]):
            yield _Reference(match.start(), match.end(), frozenset(order[: order.index(call) + 1]))
        else:
            yield _Reference(match.start(), match.end(), frozenset((call,)) if call in order else frozenset(),
                             years=frozenset((year,)) if year else frozenset(), is_name=not year)  # fmt: skip
    for match in _SINCE.finditer(plain):
        yield _Reference(match.start(), match.end(), since=True)
    for match in _FIRST_THREE.finditer(plain):
        yield _Reference(match.start(), match.end(), frozenset(order[:3]), order=tuple(order[:3]))
    for match in _FIRST_ONE.finditer(plain):
        yield _Reference(match.start(), match.end(), frozenset(order[:1]))
    for match in _FIRST.finditer(plain):
        yield _Reference(match.start(), match.end(), order=tuple(order[:3]))
    for match in _BEFORE.finditer(plain):
        named = [one for one in single if one[0].start() < match.start() and one[1] in order[1:]]
        if named:
            yield _Reference(match.start(), match.end(), frozenset((order[order.index(named[-1][1]) - 1],)))
    for programme, pattern in _PROGRAMMES:
        for match in pattern.finditer(plain):
            yield _Reference(
                match.start(),
                match.end(),
                programme=programme,
                is_name=programme[:4] in ("cybe", "ecol") or "conne" in match[0],
            )


def _first(call: str, year: int, order: list[str]) -> str:
    return call or (order[0] if order and 2011 <= year <= 2012 else "")


def _last(year: int, order: list[str]) -> str:
    return f"EN{year}" if f"EN{year}" in order else ""
