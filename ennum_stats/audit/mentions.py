"""What stands about each number of a text: its noun, the ideas of its clause and sentence, its calls and programme.

Words between two numbers belong to the one or the other: they are parted where the first comma or preposition
stands. What a sentence names before its first number holds for all its numbers; a call or programme that a
sentence does not name is that of the sentences before it, and of the headings.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ennum_stats.audit.facts import heads_of
from ennum_stats.audit.ideas import ideas_of
from ennum_stats.audit.references import YEAR_OFF, SubjectName, references_in
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.search.candidates import HEADS
from ennum_stats.search.concepts import IDLE
from ennum_stats.store.ledger import Ledger

_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-zé](?<!Fi))(?<!\b(?:cf|ex|no|nr|al|ca|vs))(?<!\b(?:Mio|Mrd|env|Art|art|mln|réf))"
    r"[.!?…]+[»”“\"]? +(?=[^a-z])|\n+"
)
_PART = re.compile(
    r"[,;:()«»“”„\"]| [–-] |\b(?:et|und|en(?! (?:19|20)[0-9]{2})|and|ou|dont|waarvan|davon|darunter|soit|pour|fur|voor|"
    r"for|sur|op|of|from|uit|bei|contre|avec|mit|met|with|puis|dus|also|mais|aber|maar|but|where|pendant|tegenover|"
    r"gegenuber|against|out)\b"
)
_WORDS = re.compile(r"[a-z0-9%€]+(?:['-][a-z0-9]+)*")
_COUNTED = (frozenset(idea for ideas in HEADS.values() for idea in ideas) | heads_of("devices") | {
    "submitted", "rejected", "won", "respondent", "computer", "institution", "head", "server", "school",
}) - {"money", "per", "francs", "grant", "mean", "share"}  # fmt: skip
_ACTS = frozenset(("won", "submitted"))
"""What is done to what is counted, told in the place of its noun."""
_BRACKETED_DAY = re.compile(r"\((?:[0-9]{1,2}\.? )?(?:[a-z]+ )?(?:19|20)[0-9]{2}\)")
_DUTCH_AND = re.compile(r" en (?:en ?[0-9]|(?:de|het|een|in|voor|bij)\b)")
_DATELINE = re.compile(r"^\W*[A-ZÀ-Ý][\w'-]+(?: \([^)\n]{1,20}\))? [–—-] ", re.MULTILINE)
"""The place of a press agency's text: "NAMUR (Belga) – "."""
_CELL = re.compile(r"[|\t]")
_REMEMBERED = 30
"""How many calls, years and programmes back a sentence may mean."""
_OUT_OF = re.compile(r" (?:sur|des|von|van|op|of|out of|in)(?: les| den| the| de)? ")
_WHEREOF = re.compile(
    r"\b(?:dont|parmi l\w+quel\w*|waarvan|van wie|van welke|onder wie|waaronder|davon|darunter|von den(?:en)?|"
    r"of (?:which|whom|them|these))\b"
)
_OF_BASE = re.compile(r"[a-z,] (?:sur|op|out of|auf)(?: les| den| the| de| quelque| zowat| some| about)* $")
_ONE_IN = re.compile(r"(?<![a-z])(?:one|een|eine?r?|une?) [a-z]+ (?:in|out of|op|van de|sur|von) $")
_TIMES = re.compile(r" (?:fois|mal|keer|times)(?![a-z])")
_JOINED = re.compile(r"(?: projets| projekte| projecten| projects)?,?(?: et| und| en| and| puis)? |[ \t]+")
_STOP = re.compile(
    r"(?:et|und|en|and|ou|dont|pour|fur|voor|for|sur|op|in|im|a|au|aux|by|par|per|je|avec|mit|met|with|qui|que|die|that|zu|"
    r"to|bei|uit|von|de|entre|pendant|selon|depuis|contre|dans|chez|auf|am|im|zum|zur|bij|naar|aan|at|among|parmi|vers|plus|moins|more|fewer|mehr|weniger|meer|minder|"
    r"lors|precedent|wurden?|werden|waren|war|est|sont|etaient|ont|had|has|have|were)"
)
_LINK = re.compile(
    r"(?:d'|de|des|du|der|van|of|the|les|la|le|den|dem|distinct\w*|nouveaux|neue|pilot|distinctes|school|autres|its)$"
)


PLACES = frozenset((
    "brussels", "germanspeaking", "fwb", "liege", "hainaut", "namur", "luxembourg", "brabant", "centre",
    "charleroi", "survey",
))  # fmt: skip
"""Ideas that hold for all numbers of a sentence after them."""


LEVELS = frozenset(("primary", "secondary", "fundamental", "adult", "special", "ordinary"))
_ALSO = re.compile(
    r" ?(?:et|und|en|and|ou|or|of|oder) (?:(?:des?|du|la|les?|d'|l'|der|die|das|von|van|het|the|in|of) ?)*"
    r"((?:[^\W\d]+ ?){1,2})"
)
"""What may be another level of the same number: "540 établissements du secondaire et de promotion sociale"."""
_ADULT = r"(?:promotion sociale|erwachsenenbildung|volwassenenonderwijs|adult education)(?: \(promotion sociale\))?"
_INCLUDED = re.compile(
    rf"{_ADULT},? (?:y )?(?:compris\w*|includ\w+|inbegriffen|inbegrepen)|"
    rf"(?:y compris|incluant|including|einschliesslich|inclusief) (?:(?:la|the|der?) )?{_ADULT}"
)
"""What is told to be counted too: no part is meant."""


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
    """Which of two numbers it is: the "part" of a "base" ("183 sur 200"), the "whole" of a "part" ("200, dont 183")."""
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
    is_alone: bool
    """Whether the sentence before it that last named a programme or a call named but one: it goes on from there."""
    is_call_named: bool
    """Whether its call is named by its code, not by a year."""
    calls_beside: frozenset[str]
    """Every call that its sentence names."""
    compared: frozenset[str]
    """The calls with which its sentence compares."""
    order: tuple[str, ...]
    """Two calls that its sentence names from the one to the other."""

    @property
    def is_since(self) -> bool:
        """Whether it is told of all calls so far."""
        return self.since and self.calls_from == 3 and not self.calls


def names_in(text: str, numbers: Sequence[NumberInText], ledger: Ledger) -> list[SubjectName]:
    """Find the calls, years and programmes that a text names, in their order."""
    return sorted(references_in(text, _plain(text, numbers), ledger), key=lambda name: name.start)


def _plain(text: str, numbers: Sequence[NumberInText]) -> str:
    plain = _without_brackets(levelled(text), numbers)
    for match in (*_DATELINE.finditer(text), *_INCLUDED.finditer(plain)):
        plain = plain[: match.start()].ljust(match.end()) + plain[match.end() :]
    return plain


def mentions(text: str, numbers: Sequence[NumberInText], references: list[SubjectName]) -> list[Mention]:
    """Read what stands about each number that may be a statistic."""
    plain = _plain(text, numbers)
    plain = re.sub(YEAR_OFF, lambda match: "precedent".ljust(len(match[0])), plain)  # no duration
    starts = [reference.start for reference in references]
    result: list[Mention] = []
    heading = header = ""
    wanted = [number for number in numbers if not number.reason and number.readings]
    at = since = 0
    sentences = list(_sentences(text))
    cuts = [first for first, _ in sentences]
    for place, (first, last) in enumerate(sentences):
        here = []
        while at < len(wanted) and wanted[at].start < last:
            here.append(wanted[at])
            at += 1
        line = plain[first:last].strip()
        is_row = _CELL.search(line) is not None
        header = header if is_row else ""
        if not here:
            heading = line if line and line[-1] not in ".!?" else heading
            header = header or (line if is_row else "")
            continue
        begin = bisect_left(starts, first)
        before = references[max(0, begin - _REMEMBERED) : begin]
        inside = references[begin : bisect_left(starts, last)]
        if begin and (latest := bisect_right(cuts, starts[begin - 1])):
            since = cuts[latest - 1]
        read = _of_sentence(plain, here, (first, last), before, inside, place, ideas_of(heading), since)
        earlier = [mention for mention in result[-_REMEMBERED:] if mention.sentence >= place - 2]
        read = _continued(read, sorted(earlier, key=lambda mention: -mention.sentence))  # the nearest first
        result += [_in_column(mention, plain[first : mention.number.start], header) for mention in read]
    return result


def _continued(read: list[Mention], earlier: list[Mention]) -> list[Mention]:
    """Let a sentence that says of none of its numbers what they count go on from the one before: "In EN2020 waren
    dat er 679 op 955"."""
    if any(mention.heads or mention.is_foreign or mention.number.unit for mention in read):
        return read
    alike = {o.role: o.heads for o in reversed(earlier) if o.heads and not o.number.unit}
    heads = [alike.get(mention.role, frozenset[str]()) for mention in read]
    return [replace(o, heads=own, around=o.around | own) for o, own in zip(read, heads, strict=True)]


def _in_column(mention: Mention, before: str, header: str) -> Mention:
    """Give a number of a table what the head of its column says."""
    cells, column = _CELL.split(header) if header else [], len(_CELL.findall(before))
    if column >= len(cells) or mention.number.unit:
        return mention
    head = ideas_of(cells[column])
    heads = frozenset(("money",)) if "money" in head and not head & _COUNTED else _head_of(head & _COUNTED)
    number = replace(mention.number, unit="EUR") if heads == {"money"} else mention.number
    return replace(mention, number=number, heads=heads, own=mention.own | head, near=mention.near | head,
                   around=mention.around | head, is_foreign=False)  # fmt: skip


def _without_brackets(plain: str, numbers: Sequence[NumberInText]) -> str:
    """Blank the brackets about a number or a day alone: "le Wi-Fi (16 %)" is told like "le Wi-Fi 16 %"."""
    blanked = list(plain)
    for number in numbers:
        opening = number.hedge[0] if 0 < number.hedge[0] < number.start else number.start
        if plain[opening - 1 : opening] == "(" and plain[number.end : number.end + 1] == ")":
            blanked[opening - 1] = blanked[number.end] = " "
    for match in _BRACKETED_DAY.finditer(plain):
        blanked[match.start()] = blanked[match.end() - 1] = " "
    return "".join(blanked)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    return ((first, last) for first, last in pairwise(cuts) if last > first)


def _of_sentence(
    plain: str, numbers: list[NumberInText], span: tuple[int, int], before: list[SubjectName],
    inside: list[SubjectName], place: int, heading: frozenset[str], since: int,
) -> list[Mention]:  # fmt: skip
    numbers = [_as_money(plain, number) for number in numbers]
    spans = _own_spans(plain, numbers, span)
    lead = ideas_of(plain[span[0] : spans[0][0]]) | ideas_of(plain[span[0] : numbers[0].start]) & PLACES
    around = ideas_of(plain[span[0] : span[1]])
    rest = ideas_of(plain[spans[-1][1] : span[1]]) if len(numbers) == 1 else around & {"since1999"}
    untils = [*(number.start for number in numbers[1:]), span[1]]
    single_calls = frozenset[str]().union(
        *(reference.calls for reference in inside if len(reference.calls) == 1)
    )
    is_named = any(reference.is_name for reference in (*before, *inside))
    named = [reference for reference in before if reference.start >= since and not reference.is_compared]
    programmes = {o.programme or "ecole_numerique" for o in named if o.calls or o.programme}
    is_alone = len(programmes) == 1 and len({o.calls for o in named if o.calls}) < 2
    result: list[Mention] = []
    free = [
        reference for reference in inside if not any(first <= reference.start < last for first, last in spans)
    ]
    for number, (start, end), until in zip(numbers, spans, untils, strict=True):
        noun, heads, is_foreign = _noun(plain, number)
        share = number.text if number.unit == "percent" and number.text[0].isalpha() else ""
        own = noun.union(ideas_of(levelled(share)), ideas_of(plain[start : number.start]),
                         ideas_of(plain[number.end : end]))  # fmt: skip
        if nearby := _ALSO.match(plain, end):
            own |= ideas_of(nearby[1]) & LEVELS
        own_refs = [reference for reference in inside if start <= reference.start < end]
        calls, calls_from, calls_at = _nearest(number, until, own_refs, before, inside, "calls")
        programme, programme_from, programme_at = _nearest(
            number, until, own_refs, before, inside, "programme"
        )
        is_since = any(reference.since for reference in inside)
        if is_since and calls_from < 3:
            calls, calls_from = frozenset(), 3
        years = [reference.years for reference in own_refs if reference.years] or [
            reference.years for reference in free
        ]
        is_placed = own & {"wallonia", *PLACES} - {"survey"}
        elsewhere = lead & PLACES - own - {"survey"} if is_placed else frozenset[str]()
        result.append(Mention(
            number, heads, is_foreign, own, (own | lead | rest) - elsewhere, around, "",
            calls or frozenset(), calls_from, calls_at, programme or "", programme_from, programme_at,
            frozenset[int]().union(*years), is_since, place, span, is_named, is_alone,
            any(reference.is_name and reference.start == calls_at for reference in (*before, *inside)), single_calls,
            frozenset[str]().union(*(reference.calls for reference in inside if reference.is_compared)),
            next((reference.order for reference in inside if len(reference.order) == 2), ()),
        ))  # fmt: skip
    result = _listed(plain, _paired(plain, result), inside)
    return [_headed(result, position, heading) for position in range(len(result))]


def _paired(plain: str, result: list[Mention]) -> list[Mention]:
    """Tell parts from wholes: "183 sur 200", "200, dont 183"."""
    for position, (first, second) in enumerate(pairwise(result)):
        gap = plain[first.number.end : second.number.start]
        roles = (
            ("part", "base") if _OF_BASE.search(gap) else ("whole", "part") if _WHEREOF.search(gap) else None
        )
        own = first.own, second.own
        heads = first.heads, second.heads
        if _OUT_OF.fullmatch(gap) and not first.number.unit:
            roles, own = ("part", "base"), (first.own | second.own,) * 2
        if (
            roles
            and first.heads
            and second.heads - _ACTS
            and not first.heads & second.heads
            and roles[1] == "base"
        ):
            roles = None  # "2.075 projecten op 1.724 vestigingen"
        if roles == ("part", "base") and second.heads <= _ACTS:
            if first.heads - _ACTS - {"project"}:  # "183 sites, out of 200 selected"
                heads = first.heads, first.heads
            elif "submitted" in second.heads and first.heads <= second.heads:  # "679 out of 955 submitted"
                heads = frozenset(("project",)), second.heads
        if roles:
            of_whole = first.own if roles[1] == "part" else frozenset[str]()
            result[position : position + 2] = [
                replace(result[position], role=roles[0], own=own[0], heads=heads[0]),
                replace(second, role=roles[1], own=own[1], heads=heads[1], near=second.near | of_whole),
            ]
    return result


def _headed(result: list[Mention], position: int, heading: frozenset[str]) -> Mention:
    """Find what a number counts that no noun follows: what its clause, the others of its sentence, a heading tell."""
    mention = result[position]
    if "rejected" in mention.own and mention.heads and mention.heads <= {"submitted", "project"}:
        return replace(mention, heads=frozenset(("rejected",)))
    if mention.heads or mention.is_foreign or mention.number.unit:
        return mention
    others = (*reversed(result[:position]), *result[position + 1 :])
    counted = mention.own & _COUNTED or next((o.heads for o in others if o.heads & _COUNTED), frozenset())
    counted = counted or mention.near & _COUNTED
    if not counted and heading:
        mention = replace(mention, near=mention.near | heading, around=mention.around | heading)
        counted = frozenset(("money",)) if "money" in heading else heading & _COUNTED - {"duration"}
    if counted == {"money"}:
        mention = replace(mention, number=replace(mention.number, unit="EUR"))
    return replace(mention, heads=counted)


def _listed(plain: str, result: list[Mention], inside: list[SubjectName]) -> list[Mention]:
    """Give each of the numbers of a list the call of its place: "appels EN1 à EN3 : 28, 72 et 210"."""
    orders = [reference.order for reference in inside if len(reference.order) > 1]
    orders.append(
        tuple(
            call
            for reference in inside
            if reference.is_name
            for call in reference.calls
            if reference.start < result[0].number.start
        )
    )
    runs: list[list[int]] = [[0]]
    for place, (first, second) in enumerate(pairwise(result)):
        joined = _JOINED.fullmatch(plain[first.number.end : second.number.start])
        runs[-1].append(place + 1) if joined else runs.append([place + 1])
    for run in runs:
        calls = next((order for order in orders if len(order) == len(run) > 2), ())
        if calls and len({result[place].number.unit for place in run} - {""}) < 2:
            for place, call in zip(run, calls, strict=False):
                result[place] = replace(result[place], calls=frozenset((call,)), calls_from=3, since=False)
    return result


def _nearest(
    number: NumberInText,
    until: int,
    own: list[SubjectName],
    before: list[SubjectName],
    inside: list[SubjectName],
    name: str,
) -> tuple[Any, int, int]:
    """Find the call or programme that is told nearest to a number, how near, and where."""
    own, inside, before = (
        [reference for reference in some if getattr(reference, name)] for some in (own, inside, before)
    )
    before = [reference for reference in before if not reference.is_compared]
    earlier = [
        reference for reference in inside if reference.start < number.start and not reference.is_compared
    ]
    own = [reference for reference in own if not (reference.is_compared and (earlier or before))]
    later = [
        reference
        for reference in inside
        if number.start < reference.start < until and not reference.is_compared
    ]
    for near, some, place in ((3, own, 0), (2, earlier, -1), (1, later, 0), (0, before, -1)):
        if some:
            nearest = (
                min(some, key=lambda nearest: abs(nearest.start - number.start)) if near == 3 else some[place]
            )
            return getattr(nearest, name), near, nearest.start
    return None, -1, -1


def _own_spans(plain: str, numbers: list[NumberInText], span: tuple[int, int]) -> list[tuple[int, int]]:
    """Give each number the words about it that are its own: up to where a gap between two numbers is parted; before
    the first and after the last, up to the first break."""
    first = numbers[0]
    lead = plain[span[0] : first.start]
    opening = [match.end() for match in _PART.finditer(lead) if match[0] not in ("en", "et", "und", "and")]
    starts = [span[0] + (opening[-1] if opening else 0)]
    ends = []
    for number, following in pairwise(numbers):
        cut = number.end + _cut(plain[number.end : following.start])
        ends.append(cut)
        starts.append(
            max(cut, number.end + max(plain[number.end : following.start].rfind(mark) for mark in ",;"))
        )
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
        and (first[0] in (",", ";", ":", "et", "und", "and") or _DUTCH_AND.match(gap))
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
    if _ONE_IN.search(plain, max(0, number.start - 40), number.start) or _TIMES.match(plain, number.end):
        return frozenset(), frozenset(), True
    after = re.split(r"[.;:!?,()\n«»“”\"]", plain[number.end : number.end + 70])[0]
    words = _WORDS.findall(after)[:5]
    stops = [place for place, word in enumerate(words) if _STOP.fullmatch(word) and not _LINK.fullmatch(word)]
    words = words[: stops[0]] if stops else words
    unknown, act = False, None
    for place, word in enumerate(words):
        if act and (_LINK.fullmatch(word) or not ideas_of(word) & _COUNTED):
            break
        if _LINK.fullmatch(word):
            continue
        ideas = ideas_of(" ".join(words[place : place + 3])) if not unknown else ideas_of(word)
        if counted := ideas_of(word) & _COUNTED or ideas & _COUNTED:
            if not act and counted <= _ACTS and not unknown:
                act = ideas, _head_of(counted), False  # "200 selected sites"
                continue
            return ideas, _head_of(counted), False
        if ideas & {"ready", "done", "won", "equipped", "installed", "connected", "added", *LEVELS}:
            break
        if place and "call" in ideas:
            break  # "the 210 of the third call"
        if word not in IDLE and not word.isdigit():
            unknown = True
            if place > 1:
                break
    return act or (frozenset(), frozenset(), unknown)


def _as_money(plain: str, number: NumberInText) -> NumberInText:
    """Read millions of nothing as euros: "8,7 millions, soit"."""
    is_bare = not number.unit and number.readings[0].value >= 10**6 and not _noun(plain, number)[1]
    return replace(number, unit="EUR") if is_bare else number


def _head_of(counted: frozenset[str]) -> frozenset[str]:
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
        if chosen := counted & frozenset(group):
            return chosen
    return counted
