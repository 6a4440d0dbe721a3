"""Which of two numbers of a sentence is a part, and which that of which it is one: "183 sur 200", "200, dont 183"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ennum_stats.audit.ideas import PLACES
from ennum_stats.audit.mention import Mention
from ennum_stats.audit.nouns import ACTS, AMONG, OF_THEM
from ennum_stats.reading.operators import phrases

_OUT_OF = re.compile(r" (?:sur|des|von|van|op|of|out of|in)(?: les| den| the| de)? ")
_WHEREOF = phrases("whereof")
_EACH = re.compile(r" (?:chacun\w*|jeweils|je(?! 100)|elk|each|apiece)\b")
"""What tells that an amount goes to each of those that the number before it counts."""
_LISTS = re.compile(r"[^,;:.!?]*: ?")
_OF_BASE = re.compile(
    r"[a-z,] (?:sur|op|out of|auf|parmi|among|unter|onder)(?: les| den| the| de| quelque| zowat| some| about)* $"
)
_REACHING = phrases("comes to")
"""Of what reaches a number, that is no base: "kam mit 176 weiteren auf 679"."""
_WON = frozenset(("project", "won"))
_Ideas = tuple[frozenset[str], frozenset[str]]


def paired(plain: str, mentioned: Sequence[Mention]) -> list[Mention]:
    """Tell parts from wholes, and from that of which they are a share; what goes to each, and what a list is of."""
    result = [*mentioned]
    for place, (first, second) in enumerate(pairwise(result)):
        gap = plain[first.number.end : second.number.begin]
        if _EACH.search(gap) or _EACH.match(plain, second.number.end):
            result[place + 1] = replace(second, near=second.near | first.own - PLACES | {"each"})
        if roles := _roles(plain, gap, first, second):
            is_base = roles[1] == "base"
            own, heads = _of_base(gap, first, second) if is_base else _of_whole(first, second)
            near = result[place + 1].near | (frozenset() if is_base else first.own)
            result[place] = _beside(replace(result[place], role=roles[0], own=own[0], heads=heads[0]), second)
            result[place + 1] = replace(second, role=roles[1], own=own[1], heads=heads[1], near=near)
        elif _LISTS.fullmatch(gap):
            result[place + 1 :] = [replace(o, near=o.near | first.own) for o in result[place + 1 :]]
    return result


def _roles(plain: str, gap: str, first: Mention, second: Mention) -> tuple[str, str] | None:
    """Say which roles two numbers have by what stands between and about them."""
    is_reached = gap.endswith(" auf ") and _REACHING.search(plain, first.span[0], second.number.start)
    if (_OF_BASE.search(gap) and not is_reached) or _is_out_of(gap, first):
        is_other = first.heads and second.heads - ACTS and not first.heads & second.heads
        return None if is_other else ("part", "base")  # "2.075 projecten op 1.724 vestigingen"
    if OF_THEM.match(plain, second.number.end) or (_is_alike(first, second) and _WHEREOF.search(gap)):
        return "whole", "part"
    # a question is one sentence with its answer: "Et les câbles ? Sur les 200 sites"
    begins = max(first.span[0], plain.rfind("?", 0, first.number.start) + 1)
    return ("base", "part") if AMONG.fullmatch(plain, begins, first.number.start) else None


def _is_out_of(gap: str, first: Mention) -> bool:
    return not first.number.unit and _OUT_OF.fullmatch(gap) is not None


def _is_alike(first: Mention, second: Mention) -> bool:
    """Tell whether the one may be a part of the other: euros have none in projects."""
    return len({first.number.unit, second.number.unit} - {"percent"}) < 2


def _of_whole(first: Mention, second: Mention) -> tuple[_Ideas, _Ideas]:
    """Give what two numbers tell, and what they count, of which the second is a part of the first."""
    heads = second.heads
    if not heads and _is_alike(first, second):
        is_won = first.heads == {"submitted"} and second.own & {"won", "success"}
        heads = frozenset(("project",)) if is_won else first.heads
    return (first.own, second.own), (first.heads, heads)


def _of_base(gap: str, first: Mention, second: Mention) -> tuple[_Ideas, _Ideas]:
    """Give what two numbers tell, and what they count, of which the first is so many of the second."""
    both = first.own | second.own
    own, others = (both, both) if _is_out_of(gap, first) else (first.own, second.own)
    if second.heads <= {"won"} and first.heads <= _WON:
        heads = first.heads or second.heads, frozenset(("submitted",))
        return (both, others - {"won"} | {"submitted"}), heads
    if second.heads <= ACTS and first.heads - ACTS - {"project"}:  # "183 sites, out of 200 selected"
        return (own, others), (first.heads, first.heads)
    if second.heads <= ACTS and first.heads <= second.heads:  # "679 out of 955 submitted"
        return (own - {"submitted"}, others), (frozenset(("project",)), second.heads)
    return (own, others), (first.heads, second.heads)


def _beside(part: Mention, base: Mention) -> Mention:
    """Let a part be of the call and programme that are told beside its base: "183 of 200 pilot sites"."""
    if base.calls_from > part.calls_from:
        part = replace(part, calls=base.calls, calls_from=base.calls_from, calls_at=base.calls_at)
    if base.programme_from > part.programme_from:
        part = replace(
            part, programme=base.programme, programme_from=base.programme_from, programme_at=base.programme_at
        )
    return part
