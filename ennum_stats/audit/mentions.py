"""What stands about each number of a text: its noun, the ideas of its clause and sentence, its calls and programme.

Words between two numbers belong to the one or the other: they are parted where the first comma or preposition
stands. What a sentence names before its first number holds for all its numbers; a call or programme that a
sentence does not name is that of the sentences before it, and of the headings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ennum_stats.audit.ideas import LOCAL, PLACES, ideas_of
from ennum_stats.audit.mention import Mention
from ennum_stats.audit.naming import REMEMBERED, in_a_list, is_older, is_topic, with_names
from ennum_stats.audit.nouns import AMONG, COUNTED, THINGS, head_of, headed, noun_of, of_call, with_money
from ennum_stats.audit.own_words import own_spans, sentences
from ennum_stats.audit.roles import paired
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.operators import ends_in, phrases
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.reading.references import YEAR_OFF, SubjectName
from ennum_stats.search.concepts import LEVELS

_CELL = re.compile(r"[|\t]")
_TOTAL = re.compile(rf"[|•* -]*(?:{phrases('total row').pattern})")
"""How the row begins that adds those above it."""
_ALONE = phrases("alone")
"""What says that the sentence is of a part that the one before it names."""
_THAT = re.compile(rf"[\s-]*(?:{phrases('that is').pattern})")
"""How a sentence begins that says more of the number before it."""
_BEYOND = re.compile(
    r" (?:[a-z]+ )?(?:de (?:plus|moins|mieux) qu|(?:(?:mehr|weniger) als|(?:meer|minder) dan|(?:more|fewer|less) than)"
    r"(?! [0-9€])|(?:mehr|weniger|meer|minder|more|fewer|less)(?=[.,;]|$)|(?:up|down) (?:on|from)|"
    r"(?:au-dela|au-dessus) d|uber de[mr]\b|uber den [0-9]|boven|above)"
)
"""What follows a number that says by how many another is exceeded."""
_UP_TO = re.compile(r" (?:auf|naar|tot|to|a) €?$")
"""What stands before what something has grown to: "steeg het budget naar 7,8 miljoen"."""
_MORE = re.compile(rf" (?:[a-z]+ )?(?:{phrases('additional').pattern})")
"""What follows a number that tells of two calls by how many the one exceeds the other."""
_ALL_BUT, _OP = ends_in("all but"), re.compile(r"(?<![a-z])op $")
"""What stands before those that are left out: "all but 17", "op 17 na"."""
_THERE = re.compile(
    r"\W*(?:(?:und|et|en|and|aber|mais|maar|but) )?(?:in|im|an|am|bei|dans|aux?|a|chez|at|bij|aan) [^,;:]*"
)
_PLACED = PLACES | {"wallonia"}
_HOUSES = frozenset(("school", "site", "institution", "classroom"))
"""Where is what a number counts that stands behind: "an den Schulen in Brüssel nur 8,7"."""
_ENDS = re.compile("[,;:.]| (?:et|und|and) ")
"""What ends the words about the last number of a sentence."""
_HUNDREDS = 100
_MONTHS = frozenset(f"month{month}" for month in range(1, 13))
_OWN_TOWN = frozenset(("municipal", "town"))
_ALSO = re.compile(
    r" ?(?:et|und|en|and|ou|or|of|oder) (?:(?:des?|du|la|les?|d'|l'|der|die|das|von|van|het|the|in|of) ?)*"
    r"((?:[^\W\d]+ ?){1,2})"
)
"""What may be another level of the same number: "540 établissements du secondaire et de promotion sociale"."""


@dataclass
class _Context:
    """Hold what the sentences before one tell of."""

    current: str
    """The call that is under way."""
    heading: str = ""
    header: str = ""
    """The heads of the columns of the table that is read."""
    of_rows: list[str] = field(default_factory=list)
    """The calls of its rows."""
    since: int = 0
    """Where the last sentence began that named what is told of."""
    previous: frozenset[str] = frozenset()
    """Ideas of the sentence before."""
    of_question: frozenset[str] = frozenset()
    """What it asks the number of."""
    place: frozenset[str] = frozenset()
    """The place that is told of in the paragraph, where the sentence names none."""
    last_place: frozenset[str] = frozenset()
    """That which is told of in the text."""
    town: frozenset[str] = frozenset()
    is_new: bool = True
    """Whether the sentence begins a line."""

    def enter(self, line: str, *, is_new: bool) -> None:
        """Begin a sentence: tables end with their rows, and places with their paragraph."""
        self.is_new = is_new
        if not _CELL.search(line):
            self.header, self.of_rows = "", []
        self.place = frozenset() if is_new else self.place
        self.town = ideas_of(line) & LOCAL - {"town"} or self.town

    def leave(self, line: str, inside: Sequence[SubjectName], first: int, *, is_read: bool) -> None:
        """End a sentence: later ones go on from what it tells, above all from one without a number."""
        self.since = first if any(is_topic(name) for name in inside) else self.since
        self.previous, self.of_question = ideas_of(line), frozenset()
        if self.previous & _PLACED:
            self.place = self.last_place = self.previous & LOCAL
        is_row = _CELL.search(line) is not None
        if is_row and is_read:
            self.of_rows += [call for name in inside for call in name.calls]
        elif is_row:
            self.header = self.header or line
        elif not is_read and line[-1:] not in ".!?,":
            self.heading = line
        elif not is_read and line.endswith("?"):
            self.of_question = head_of(self.previous & THINGS)


def mentions(
    text: str, plain: str, numbers: Sequence[NumberInText], names: Sequence[SubjectName], current: str
) -> list[Mention]:
    """Read what stands about each number that may be a statistic; `plain` is the text with bare words, `current` the
    call that is under way."""
    plain = re.sub(YEAR_OFF, lambda match: "precedent".ljust(len(match[0])), plain)  # no duration
    wanted = [number for number in numbers if not number.reason]
    begins, starts = [number.start for number in wanted], [name.start for name in names]
    context, result = _Context(current), list[Mention]()
    passing = set[int]()  # names of earlier calls behind a number: later sentences do not go on from them
    for place, (first, last) in enumerate(sentences(text, begins)):
        here = wanted[bisect_left(begins, first) : bisect_left(begins, last)]
        begin = bisect_left(starts, first)
        inside = names[begin : bisect_left(starts, last)]
        line = plain[first:last].strip()
        context.enter(line, is_new=text[first - 1 : first] in ("", "\n"))
        if here:
            before = [
                name for name in names[max(0, begin - REMEMBERED) : begin]
                if name.start not in passing
                and not (name.is_earlier and name.programme and "\n" in plain[name.end : first])  # but in its paragraph
            ]  # fmt: skip
            behind = (name for name in inside if name.start > here[0].start)
            passing |= {name.start for name in behind if name.is_earlier or is_older(name, before)}
            earlier = [mention for mention in result[-REMEMBERED:] if mention.sentence >= place - 2]
            result += _read(plain, here, (place, (first, last)), inside, before, earlier, context)
        context.leave(line, inside, first, is_read=bool(here))
    return result


def _read(
    plain: str,
    numbers: Sequence[NumberInText],
    sentence: tuple[int, tuple[int, int]],
    inside: Sequence[SubjectName],
    before: Sequence[SubjectName],
    earlier: Sequence[Mention],
    context: _Context,
) -> list[Mention]:
    """Read the numbers of a sentence, with what those before it tell: `earlier` are their numbers."""
    first, last = sentence[1]
    line = plain[first:last].strip()
    is_total, is_placed = _TOTAL.match(line), bool(ideas_of(line) & _PLACED)
    if is_total and context.header:
        rows = context.of_rows + [call for name in inside for call in name.calls]
        inside = [*inside, SubjectName(first, first, frozenset(rows), order=tuple(rows))]
    goes_on = not context.is_new and any(o.span[1] == first and o.heads & COUNTED for o in earlier)
    of_heading = ideas_of(context.heading)
    heading = frozenset[str]() if goes_on or _THAT.match(plain, first) else of_heading
    read = _of_sentence(plain, numbers, sentence, inside, before, heading, context.since)
    read = _continued(plain, read, sorted(earlier, key=lambda o: -o.sentence), context.of_question)
    if is_total:
        read = [replace(o, own=o.own | {"total"}, near=o.near | {"total"}) for o in read]
    if _ALONE.search(line):
        read = [o.hears(context.previous) for o in read]
    place, last_place = (frozenset[str](),) * 2 if is_placed else (context.place, context.last_place)
    read = [
        replace(
            _as_planned(o, context.current),
            before=context.previous | of_heading,
            place=place,
            last_place=context.town if o.near & _OWN_TOWN else last_place,
        )
        for o in read
    ]
    if not context.header:
        return read
    row = plain[first:last]
    return [_in_column(o, number, row, context.header) for o, number in zip(read, numbers, strict=True)]


def _continued(
    plain: str, read: list[Mention], earlier: Sequence[Mention], of_question: frozenset[str]
) -> list[Mention]:
    """Let a sentence that says of none of its numbers what they count go on from those before, the nearest first: "In
    EN2020 waren dat er 679 op 955"; from what it asks of; what it says of "that" is of the last number before."""
    last = max(earlier, key=lambda o: o.number.start, default=None)
    if last and _THAT.match(plain, read[0].span[0]):
        read = [o.hears(last.own) for o in read]
    if last and len(read) == 1 and read[0].number.unit == last.number.unit != "":
        calls = {call.lower() for call in last.calls_beside | read[0].calls_beside}
        if not read[0].around - calls - {"money", "call", "done"}:  # "Pour EN2017, 12 738 euros"
            return [read[0].hears(last.near - calls)]
    counted = [o for o in earlier if o.heads and not o.number.unit]
    alike = {o.role: o.heads for o in reversed(counted)}
    alike.setdefault("", alike.get("part", frozenset()))
    for place, o in enumerate(read):
        if not (o.heads or o.is_foreign):
            carried = alike.get(o.role, frozenset())
            carried = o.own & {"won"} if carried == {"rejected"} else carried
            is_won = carried == {"submitted"} and o.own & {"won", "success"}
            carried = frozenset(("project",)) if is_won else carried
            nearest = counted[0].heads if counted else frozenset[str]()
            heads = of_question or carried or o.near & COUNTED or nearest
            read[place] = replace(o, heads=heads, around=o.around | heads)
    return [of_call(o) for o in read]


def _in_column(mention: Mention, number: NumberInText, row: str, header: str) -> Mention:
    """Give a number of a table what the heads of its column and its row say, and no other cell."""
    cells, column = _CELL.split(header), len(_CELL.findall(row[: number.start - mention.span[0]]))
    head = ideas_of(cells[column]) if column < len(cells) else frozenset[str]()
    if not head:
        return mention
    heads = mention.heads if number.unit else head_of(head & COUNTED)
    if not number.unit and "money" in head and not heads:
        number, heads = replace(number, unit="EUR"), frozenset(("money",))
    of_row = ideas_of(next((cell for cell in _CELL.split(row) if cell.strip()), ""))
    own = head | of_row if column else head
    return replace(mention, number=number, heads=heads, own=own, near=mention.near | own, around=mention.around | own,
                   calls_from=3 if mention.calls_from > 0 else mention.calls_from, is_foreign=False)  # fmt: skip


def _as_planned(mention: Mention, current: str) -> Mention:
    """Let what is planned, of no call that its sentence names, be of the call that is under way."""
    is_free = mention.calls_from < 1 and mention.programme in ("", "ecole_numerique") and not mention.years
    if current and is_free and "planned" in mention.near and not mention.since:
        return replace(mention, calls=frozenset((current,)), calls_from=0)
    return mention


def _of_sentence(
    plain: str,
    numbers: Sequence[NumberInText],
    sentence: tuple[int, tuple[int, int]],
    inside: Sequence[SubjectName],
    before: Sequence[SubjectName],
    heading: frozenset[str],
    since: int,
) -> list[Mention]:
    """Read the numbers of a sentence by its own words; what it names before the first of them holds for all."""
    first, last = sentence[1]
    numbers = with_money(plain, numbers)
    spans = own_spans(plain, numbers, sentence[1])
    around = ideas_of(plain[first:last].strip())
    label = plain[first : numbers[0].start].rstrip()
    lead = ideas_of(label if label[-1:] == ":" else plain[first : spans[0][0]]) | ideas_of(label) & PLACES
    rest = around & {"since1999"}
    if len(numbers) == 1:  # its verb may stand before and behind it
        rest |= ideas_of(plain[numbers[0].end : last]) | around & {"done", "hired"}
    is_dated = any(name.years or name.calls for name in inside)
    last_years = next((name.years for name in reversed(before) if name.years), frozenset[int]())
    result: list[Mention] = []
    drafts = with_names(plain, numbers, spans, sentence, inside, before, since, around)
    for draft, (start, end), until in zip(
        drafts, spans, [*(o.start for o in numbers[1:]), last], strict=True
    ):
        lead_from = draft.number.start if result else first
        mention = _with_own_words(plain, draft, (start, end), until, since=lead_from)
        if not is_dated and (mention.own | lead) & _MONTHS:  # "By September, more than 30 did."
            mention = replace(mention, years=last_years)
        is_placed = mention.own & _PLACED - {"survey"}
        elsewhere = lead & PLACES - mention.own - {"survey"} if is_placed else frozenset[str]()
        tail = _ENDS.search(plain, end, last) if until == last else None
        words_end = end if until < last else tail.start() if tail else last
        near = mention.own | lead | rest | ideas_of(plain[draft.number.end : words_end])
        result.append(replace(mention, near=near - elsewhere))
    if among := re.match(rf"{AMONG.pattern}(?=[a-z])[^,0-9]*", plain[first:last]):
        counted = head_of(ideas_of(among[0]) & COUNTED)
        result = [o if o.heads else replace(o, heads=counted, is_foreign=False) for o in result]
    result = in_a_list(plain, paired(plain, result), inside)
    for place in range(len(result)):
        result[place] = headed(result, place, heading)
    return result


def _with_own_words(
    plain: str, mention: Mention, span: tuple[int, int], until: int, *, since: int
) -> Mention:
    """Read what a number counts, and the words that belong to it alone; `until` is where the next number begins."""
    number, (start, end) = mention.number, span
    noun = noun_of(plain, number, since)
    share = number.text if number.unit == "percent" and number.text[0].isalpha() else ""
    own = noun.ideas | ideas_of(levelled(share))
    own |= ideas_of(f"{plain[start : number.begin]} 0 {plain[number.end : end]}")  # "minder dan" is no idea
    own |= _by_form(plain, number, mention.span[0])
    if not noun.heads and _THERE.fullmatch(plain, start, number.begin):
        own -= _HOUSES
    if "wallonia" in own:
        own -= {"total"}  # "in der gesamten Wallonie" adds nothing
    if _UP_TO.search(plain, start, number.begin):
        own -= {"change"}
    if (also := _ALSO.match(plain, end, until)) and also.end() < until:
        own |= ideas_of(also[1]) & LEVELS
    if len(mention.calls) == 2 and _MORE.match(plain, number.end):
        own |= {"change"}
    is_large = mention.calls_from > 0 or number.readings[0].value >= _HUNDREDS
    is_of_call = "won" in mention.around or (is_large and len(mention.calls) == 1 and not mention.since)
    heads = noun.heads | (
        {"project"} if noun.heads == {"team"} and is_of_call else set()
    )  # teams win projects
    return replace(mention, heads=heads, is_foreign=noun.is_foreign, own=own, around=mention.around | own)


def _by_form(plain: str, number: NumberInText, first: int) -> frozenset[str]:
    """Give the ideas that the words just about a number name by how it stands between them."""
    if _BEYOND.match(plain, number.end):
        return frozenset(("change",))
    is_op = _OP.search(plain, first, number.begin) and plain.startswith(" na ", number.end)
    is_left_out = is_op or _ALL_BUT.search(plain, first, number.begin)
    return frozenset(("notyet", "leftout")) if is_left_out else frozenset()
