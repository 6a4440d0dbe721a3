"""Where a text parts: into sentences, and each sentence into the words of its own of each of its numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ennum_stats.reading.quantities import NumberInText
from ennum_stats.search.concepts import IDLE

_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-zé](?<!Fi))(?<!\b(?:cf|ex|no|nr|al|ca|vs))(?<!\b(?:Mio|Mrd|env|Art|art|mln|réf))"
    r"[.!?…]+[»”“\"]? +(?=[^a-z])|\n+"
)
_PART = re.compile(
    r"[,;:()«»“”„\"]| [–-] |\b(?:et|und|en(?! (?:19|20)[0-9]{2})|and|ou|dont|waarvan|davon|darunter|soit|pour|"
    r"fur(?! jahr\b)|voor|for|sur|op|of|from|uit|bei|contre|avec|mit|met|with|puis|dus|also|mais|aber|maar|but|"
    r"where|pendant|tegenover|gegenuber|against|out)\b"
)
_CLAUSE = re.compile(
    r";[^,;]*$|[,;][^,;]*[a-z]{3}[^,;]*"
    r"(?:, (?:elles?|ils?|lui|eux|qui|dont|die|dat|waarvoor|der|das|wofur|which|that)?[^a-z,;]*)*$|"
    r"[,;](?: et| und| en| and)? (?:quant a|as for|was|wat|pour|fur|voor|for)\b[^,;]*,[^,;]*$|"
    r"[,;] [^,;]{3,60}, (?:qui|die|der|das|dat|which|that) [^,;]*$|"
    r"[,;] [^,;]{3,60}, (?:ou|wo|waar|where|qui|que|die|der|das|dat|which|who)\b[^,;]*,[^,;]*$"
)
"""The clause before a number, up to its mark: "l'assurance, elle, 503 000"."""
WORDS = re.compile(r"[a-z0-9%€]+(?:['-][a-z0-9]+)*")
_DUTCH_AND = re.compile(r" en (?:en ?[0-9]|(?:de|het|een|in|voor|bij|die|dat|van|daarna)\b)")
_JOINT = re.compile(r",? (?:et|und|en|and|dont|waarvan|davon) $")
_PARTICLE = re.compile(r" (?:op|uit|af|mee|aus|auf|ab|ein)(?=,? (?:en|und) )")
"""The end of a verb that a number parts: "slorpten 530.000 euro op en wisselstukken"."""
_NEW_NOUN = re.compile(r" (?:une?|eine[nmr]?|ein|een|an?) [a-z-]+ (?:de|von|van|of) $")
"""The noun of the number behind it alone: "85 millions couvrent aussi *un helpdesk de* 9,5 millions"."""
_AN_ANSWER = 20
"""How many characters behind a question the number begins that answers it."""


def sentences(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Part a text where sentences and lines end; a question without a number is one with the number that answers it."""
    first = 0
    for cut in (*(match.end() for match in _SENTENCE.finditer(text)), len(text)):
        place = bisect_left(starts, first)
        following = starts[place] if place < len(starts) else len(text)
        is_asked = text[first:cut].rstrip().endswith("?") and cut <= following < cut + _AN_ANSWER
        if cut > first and not is_asked:
            yield first, cut
            first = cut


def own_spans(plain: str, numbers: list[NumberInText], span: tuple[int, int]) -> list[tuple[int, int]]:
    """Give each number the words about it that are its own: up to where a gap between two numbers is parted; before
    the first and after the last, up to the first break."""
    first = numbers[0]
    lead = plain[span[0] : first.start]
    label = lead.rstrip().removesuffix(":")
    marks = _PART if label == lead.rstrip() else re.compile("[,;:]")  # "Regelschulen (Sekundarstufe): 71"
    opening = [match.end() for match in marks.finditer(label) if match[0] not in ("en", "et", "und", "and")]
    starts = [span[0] + (opening[-1] if opening else 0)]
    ends = []
    for number, following in pairwise(numbers):
        cut = number.end + _cut(plain[number.end : following.start])
        ends.append(cut)
        gap = plain[number.end : following.begin]
        last = _CLAUSE.search(gap)
        starts.append(max(cut, number.end + last.start() if last else 0))
    ends.append(numbers[-1].end + _cut(plain[numbers[-1].end : span[1]], last=True))
    return list(zip(starts, ends, strict=True))


def _cut(gap: str, *, last: bool = False) -> int:
    """Find where the words between two numbers part: before what joins the second, at the first mark, or else the first
    preposition, after a word."""
    if re.match(r" ?\([^()]*\)", gap):
        return gap.index(")")
    breaks = [*_PART.finditer(gap)]
    for first in breaks[:1]:
        joins = first[0] in (",", ";", ":", "et", "und", "and") or _DUTCH_AND.match(gap)
        if not last and joins and not gap[: first.start()].strip():
            return 0
    if particle := _PARTICLE.match(gap):
        return particle.end()
    joint = _JOINT.search(gap)
    if joint and _is_worded(gap[: joint.start()]) and not re.search(r"[,;:()]", gap[: joint.start()]):
        return joint.start()
    if (noun := _NEW_NOUN.search(gap)) and not breaks and _is_worded(gap[: noun.start()]):
        return noun.start()
    marks = [
        place
        for place in breaks
        if place[0] in ",;:(" or (place[0] == ")" and _is_worded(gap[: place.start()]))
    ]
    places = marks or (place for place in breaks if _is_worded(gap[: place.start()]))
    return next((place.start() for place in places), len(gap))


def _is_worded(words: str) -> bool:
    """Tell whether words say something."""
    return any(word not in IDLE for word in WORDS.findall(words))
