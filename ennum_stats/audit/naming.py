"""The calls, years and programmes that a text names, and of which of them each number of a sentence is.

A call or programme that a sentence does not name is that of the sentences before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ennum_stats.audit.bare import blank
from ennum_stats.audit.ideas import ideas_of
from ennum_stats.audit.mention import Mention
from ennum_stats.reading.operators import ends_in, phrases
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.reading.references import SubjectName, references_in
from ennum_stats.store.ledger import Ledger

_OF_THE_DAY = ((phrases("this year"), 0), (phrases("this time"), 0), (phrases("last year"), 1))
"""The year in which a text is written, and the one before; "this time", only where no call is named before."""
_OF_CALL = ends_in("edition")
"""What a year follows that is that of a call."""
_FOLLOWED = {
    ("cyberecole", "cyberclasse"),
    ("cyberecole", "ecole_numerique"),
    ("cyberclasse", "ecole_numerique"),
}
"""Programmes, and those that came after them."""
_JOINED = re.compile(
    r"(?: projets| projekte| projecten| projects)?,?(?: et| und| en| and| puis)? | (?:a|auf|naar|to) |[ \t]+"
)
"""What stands between two numbers of a list."""
REMEMBERED = 30
"""How many calls, years and programmes back a sentence may mean."""


def call_of(ledger: Ledger, year: int) -> str:
    """Name the call of a year, if there is one."""
    return next((call.call for call in ledger.calls if call.call == f"EN{year}"), "")


def names_in(
    text: str, plain: str, numbers: Sequence[NumberInText], ledger: Ledger, day: date
) -> list[SubjectName]:
    """Find the calls, years and programmes that a text of a day names, in their order; not those of sources that it
    gives."""
    letters = list(plain)
    for number in numbers:
        if number.reason == "reference" and not _OF_CALL.search(
            plain, max(0, number.start - 20), number.start
        ):
            blank(letters, number.start, number.end)
    plain = "".join(letters)
    names = references_in(text, plain, ledger, call_of(ledger, day.year))
    for words, ago in _OF_THE_DAY:
        year = day.year - ago
        calls = frozenset(filter(None, (call_of(ledger, year),)))
        for match in words.finditer(plain):
            is_other = words is phrases("this time") and any(
                o.calls and o.start < match.start() for o in names
            )
            if not (is_other or plain.startswith("-la", match.end())):  # "cette année-là"
                years = frozenset((year,))
                names.append(SubjectName(*match.span(), calls, years=years, is_earlier=ago > 0))
    return sorted(names, key=lambda name: name.start)


def is_topic(name: SubjectName) -> bool:
    """Tell whether a name is one of which sentences may go on to tell."""
    return bool(name.calls or name.programme) and not name.is_compared


def is_older(name: SubjectName, before: Sequence[SubjectName]) -> bool:
    """Tell whether a name is of a programme that went before the one that is told of."""
    topic = next((o.programme for o in reversed(before) if o.programme and not o.is_compared), "")
    return (name.programme, topic) in _FOLLOWED


def with_names(
    plain: str,
    numbers: Sequence[NumberInText],
    spans: Sequence[tuple[int, int]],
    sentence: tuple[int, tuple[int, int]],
    inside: Sequence[SubjectName],
    before: Sequence[SubjectName],
    since: int,
    around: frozenset[str],
) -> Iterator[Mention]:
    """Give each number of a sentence the calls, years and programme that it is of; `spans` are the own words of each,
    `before` the names of earlier sentences, of which what is told of stands from `since` on."""
    topics = [name for name in before if name.start >= since and is_topic(name)]
    programmes = {name.programme or "ecole_numerique" for name in topics}
    is_alone = len(programmes) == 1 and len({name.calls for name in topics if name.calls}) < 2
    every = (*before, *inside)
    is_joint = bool(around & {"total", "joint"})
    earlier = [name for name in reversed(before) if is_topic(name) or (name.since and is_joint)]
    last_call = next((name for name in earlier if not name.programme), None)
    last_programme = next((name for name in earlier if name.programme), None)
    of_calls = [name for name in inside if name.calls]
    of_programmes = [name for name in inside if name.programme]
    behind = [(number.end, end) for number, (_, end) in zip(numbers, spans, strict=True)]
    passing = frozenset(  # "16 soorten van vorig jaar"
        name.start
        for name in inside
        if name.is_earlier and any(start <= name.start < end for start, end in behind)
    )
    free = [
        name
        for name in inside
        if name.start < numbers[0].start or not any(start <= name.start < end for start, end in spans)
    ]
    untils = (*(number.start for number in numbers[1:]), sentence[1][1])
    for number, span, until in zip(numbers, spans, untils, strict=True):
        call, calls_from, calls_at = _nearest(number, span, until, of_calls, passing, last_call)
        programme, programme_from, programme_at = _nearest(
            number, span, until, of_programmes, passing, last_programme
        )
        calls = call.calls if call else frozenset[str]()
        is_since = any(name.since for name in (*inside, call) if name)
        is_other = programme is not None and programme.programme != "ecole_numerique"
        if is_other and calls_from == 0 <= programme_from and programme_at > calls_at:
            calls, calls_from = frozenset(), -1  # of another programme, told since
        if is_since and calls_from < 3:
            calls, calls_from = frozenset(), 3
        elif "sofar" in around and calls_from < 1:
            calls, is_since = frozenset(), True
        years = [name.years for name in inside if span[0] <= name.start < span[1] and name.years] or [
            name.years for name in free
        ]
        yield Mention(
            number,
            *sentence,
            around=around,
            calls=calls,
            calls_from=calls_from,
            calls_at=calls_at,
            programme=programme.programme if programme else "",
            programme_from=programme_from,
            programme_at=programme_at,
            years=frozenset[int]().union(*years),
            since=is_since,
            is_named=any(name.is_name for name in every),
            is_alone=is_alone,
            is_call_named=any(name.is_name and name.start == calls_at for name in every),
            calls_beside=_calls(
                o for o in inside if len(o.calls) == 1 and ";" not in plain[number.end : o.start]
            ),
            compared=_calls(name for name in inside if name.is_compared),
            calls_told=_calls(every),
            order=next((name.order for name in inside if len(name.order) == 2), ()),
        )


def _calls(names: Iterable[SubjectName]) -> frozenset[str]:
    return frozenset[str]().union(*(name.calls for name in names))


def _nearest(
    number: NumberInText,
    span: tuple[int, int],
    until: int,
    names: Sequence[SubjectName],
    passing: frozenset[int],
    last: SubjectName | None,
) -> tuple[SubjectName | None, int, int]:
    """Find which of the names of calls, or of programmes, is told nearest to a number, how near, and where; `last` is
    that of earlier sentences. Those of `passing` are told of other numbers alone."""
    topics = [name for name in names if name.start not in passing and not name.is_compared]
    earlier = [name for name in topics if name.start < number.start]
    own = [name for name in names if span[0] <= name.start < span[1]]
    own = [name for name in own if not (name.is_compared and (earlier or last))]
    until = min(until, number.end + (number.following + ";").find(";"))
    later = [name for name in topics if number.start < name.start < until]
    nearest = sorted(own, key=lambda name: abs(name.start - number.start))
    for near, some in ((3, nearest), (2, earlier[-1:]), (1, later), (0, [last] if last else [])):
        if some:
            return some[0], near, some[0].start
    return None, -1, -1


def in_a_list(plain: str, mentioned: Sequence[Mention], inside: Sequence[SubjectName]) -> list[Mention]:
    """Give each of the numbers of a list the call of its place: "appels EN1 à EN3 : 28, 72 et 210"."""
    result, first = [*mentioned], mentioned[0].number.start
    if "joint" in ideas_of(plain[mentioned[0].span[0] : first]):
        return result  # "2017 and 2018 together: out of 896 projects, 447"
    orders = [name.order for name in inside if len(name.order) > 1]
    orders += [tuple(sorted(o.calls, key=lambda call: (len(call), call))) for o in inside if not o.order]
    orders.append(tuple(call for o in inside if o.is_name and o.start < first for call in o.calls))
    runs: list[list[int]] = [[0]]
    for place, (last, following) in enumerate(pairwise(result), start=1):
        joined = _JOINED.fullmatch(plain, last.number.end, following.number.start)
        runs[-1].append(place) if joined else runs.append([place])
    for run in runs:
        calls = next((order for order in orders if len(order) == len(run) > 1), ())
        units = {result[place].number.unit for place in run} - ({""} if len(run) > 2 else set())
        if calls and len(units) < 2 and not result[run[0]].role:
            for place, call in zip(run, calls, strict=True):
                result[place] = replace(result[place], calls=frozenset((call,)), calls_from=3, since=False)
    return result
