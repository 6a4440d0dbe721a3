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
from datetime import date
from functools import cache, cached_property
from itertools import pairwise

from ennum_stats.audit.facts import heads_of
from ennum_stats.audit.ideas import SAYING_NOTHING, ideas_of
from ennum_stats.languages import LANGUAGES
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.operators import phrases
from ennum_stats.reading.quantities import NumberInText, NumberReading
from ennum_stats.reading.references import PROGRAMME_NAME, YEAR_OFF, SubjectName, references_in
from ennum_stats.search import concepts
from ennum_stats.search.candidates import HEADS
from ennum_stats.search.concepts import IDLE, LEVELS
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import Precision

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
_WORDS = re.compile(r"[a-z0-9%€]+(?:['-][a-z0-9]+)*")
_COUNTED = (frozenset(idea for ideas in HEADS.values() for idea in ideas) | heads_of("devices") | {
    "submitted", "rejected", "won", "respondent", "computer", "institution", "head", "server", "school", "months",
    "classroom",
}) - {"money", "per", "francs", "grant", "mean", "share"}  # fmt: skip
_DURATIONS = frozenset(("duration", "months"))
_OF_NO_CALL = _DURATIONS | {"staff", "head", "classroom", "room", "server", "computer", "network"}
"""Nouns of which no call has a number."""
_ACTS = frozenset(("won", "submitted"))
"""What is done to what is counted, told in the place of its noun."""
_BRACKETED_DAY = re.compile(r"\((?:[0-9]{1,2}\.? )?(?:[a-z]+ )?(?:19|20)[0-9]{2}\)")
_DUTCH_AND = re.compile(r" en (?:en ?[0-9]|(?:de|het|een|in|voor|bij|die|dat|van|daarna)\b)")
_DATELINE = re.compile(
    r"^\W*(?:[A-ZÀ-Ý][\w'-]+(?: \([^)\n]{1,20}\))? [–—-](?! ?[€\d])|[A-ZÀ-Ý]{4,} \|) ", re.MULTILINE
)
"""The place of a press agency's text: "NAMUR (Belga) – "."""
_NO_TOWN = re.compile(
    r"\bnamen\b(?=[^;:!?\n]* (?:aan|bij|deel|mee)\b)|\bToday in Liège\b|"
    r"(?:(?<=hat )|(?<=heeft )|(?<=has )|(?<=wil )|(?<=will ))Nam(?:ur|en)\b|"
    r"\bNam(?:ur|en) (?=(?:a|avait|veut|hat|hatte|will|heeft|had|wil|has|wants|promise?[ds]?)\b)"
)
"""The Dutch verb that looks like Namur, "namen 474 winnaars deel", a newspaper, and Namur for the Region."""
_CELL = re.compile(r"[|\t]")
_TOTAL = re.compile(rf"[|•* -]*(?:{phrases('total row').pattern})")
"""How the row begins that adds those above it."""
_AN_ANSWER = 20
"""How many characters behind a question the number begins that answers it."""
_OF_THE_DAY = ((phrases("this year"), 0), (phrases("this time"), 0), (phrases("last year"), 1))
"""The year in which a text is written, and the one before; "this time", only where no call is named before."""
_OF_CALL = re.compile(r"(?:ausgabe|jahrgang|jaargang|uitgave|round|version|volume|versie) $")
"""What a year follows that is that of a call."""
_ALONE = phrases("alone")
"""What says that the sentence is of a part that the one before it names."""
_AND_ITS = re.compile(
    r" (?:et|und|en|and) (?:son|sein|zijn|its) (?:(?:europ|wallo|waals)[a-z]* )?(?:pendant|equivalent|gegenstuck|"
    r"tegenhanger|counterpart)(?: (?:europeen|wallon))?(?<=.{21})"
)
"""A plan and its counterpart are both."""
_FOLLOWED = {
    ("cyberecole", "cyberclasse"),
    ("cyberecole", "ecole_numerique"),
    ("cyberclasse", "ecole_numerique"),
}
"""Programmes, and those that came after them."""
_HUNDREDS, _THOUSAND = 100, 1000
_FOR = re.compile(r" (?:pour|voor|fur|for|aan|naar)\b")
_REMEMBERED = 30
"""How many calls, years and programmes back a sentence may mean."""
_THAT = re.compile(rf"[\s-]*(?:{phrases('that is').pattern})")
"""How a sentence begins that says more of the number before it."""
_WITH_THEIR = re.compile(r" (?:[a-z]+ ){0,2}(?:leurs?|ihre[nr]?|hun|their) [^,;:.]*")
"""What those have that a number counts: "about 800 had their machines"."""
_JOINT = re.compile(r",? (?:et|und|en|and|dont|waarvan|davon) $")
_PARTICLE = re.compile(r" (?:op|uit|af|mee|aus|auf|ab|ein)(?=,? (?:en|und) )")
"""The end of a verb that a number parts: "slorpten 530.000 euro op en wisselstukken"."""
_OUT_OF = re.compile(r" (?:sur|des|von|van|op|of|out of|in)(?: les| den| the| de)? ")
_WHEREOF = phrases("whereof")
_BESIDES = phrases("moreover")
"""What joins a number of something else."""
_EACH = re.compile(r" (?:chacun\w*|jeweils|je(?! 100)|elk|each|apiece)\b")
"""What tells that an amount goes to each of those that the number before it counts."""
_LISTS = re.compile(r"[^,;:.!?]*: ?")
"""What stands between a whole and the first of its parts: "68 projets : 41 en province de Liège, 14 en Hainaut"."""
_OF_THE = re.compile(r" (?:du|de la|de l'|des|der|vom|van (?:de|het)|(?:of|from) the)(?![a-z])")
"""What follows a number whose noun stands before it: "2 500 projets du plan wallon et 650 du plan européen"."""
_OF_THEM = re.compile(f" (?:{phrases('of them').pattern})")
_AMONG = re.compile(r"\s*(?:of|von|van|sur|parmi|unter|onder|among)(?: the| den| de| les)? ?")
"""How a sentence begins that tells of what its numbers are a part."""
_OF_BASE = re.compile(
    r"[a-z,] (?:sur|op|out of|auf|parmi|among|unter|onder)(?: les| den| the| de| quelque| zowat| some| about)* $"
)
_REACHING = phrases("comes to")
"""Of what reaches a number, that is no base: "kam mit 176 weiteren auf 679"."""
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
_ONE_IN = re.compile(r"(?<![a-z])(?:one|een|eine?r?|une?) [a-z]+ (?:in|out of|op|van de|sur|von) $")
_TIMES = re.compile(f" (?:{phrases('times').pattern})")
_TEAM_OF = re.compile(r"\b([a-z]+) (?:de|of|von|van|aus|uit|with|mit|met) $")
_FOR_EACH = re.compile(
    r"\b(?:ordinateur|machine|appareil|computer|rechner|gerat|toestel|device|terminal) (?:pour|fur|je|pro|voor|per|for)"
    r"(?: every| each| chaque| jede| elke)? $"
)
_ALL_BUT = re.compile(
    r"(?<![a-z])(?:(?:sauf|hormis|excepte|a l'exception de|except(?: for)?|save(?: for)?|(?:all|every [a-z]+) but|"
    r"bis auf|aus+er|mit ausnahme von|behalve|met uitzondering van)|(?P<op>op)) $"
)
"""What stands before those that are left out: "all but 17", "op 17 na"."""
_PARTICIPLE = re.compile(r".*ge.{3,}(?:te?[nr]?|en|de?)|.*(?:ed|sen)")
_THERE = re.compile(
    r"\W*(?:(?:und|et|en|and|aber|mais|maar|but) )?(?:in|im|an|am|bei|dans|aux?|a|chez|at|bij|aan) [^,;:]*"
)
_HOUSES = frozenset(("school", "site", "institution", "classroom"))
"""Where is what a number counts that stands behind: "an den Schulen in Brüssel nur 8,7"."""
_PER_100 = re.compile(r" (?:per|pour|je|pro) 100\b")
_HUNDRED = re.compile(
    r"(?<=pour )cent(?= eleves)|(?<= (?:per|pro) )h(?:undred|onderd|undert)\b|(?<= je )hundert\b"
)
_IN_TIME = re.compile(r"(?<![a-z])(?:en|in|op) $")
"""What stands before a time that nothing is told of: "1 350 écoles en trois ans"."""
_IN_A_PLACE = re.compile(r" (?:in|im|en|a|au|aux|dans|bei|bij|chez|at) (?![0-9]|all\b|t[ou]t)[^,;.:]*")
"""What follows a number that counts what the one before it counts, in another part."""
_JOINED = re.compile(
    r"(?: projets| projekte| projecten| projects)?,?(?: et| und| en| and| puis)? | (?:a|auf|naar|to) |[ \t]+"
)
_STOP = phrases("ends noun")
_ARTICLE = re.compile(r"une?|eine?[mnrs]?|een|an?")
_LINK = phrases("links noun")


PLACES = concepts.PLACES - {"wallonia"} | {"centre", "charleroi", "survey", "town"}
"""Ideas that hold for all numbers of a sentence after them; a "town" is one of which nothing is published."""


MONTHS = frozenset(f"month{month}" for month in range(1, 13))
LOCAL = PLACES - {"fwb", "survey"}
"""Places of which the sentences go on to tell that follow the one that names them."""
_OWN_TOWN = frozenset(("municipal", "town"))
_ALSO = re.compile(
    r" ?(?:et|und|en|and|ou|or|of|oder) (?:(?:des?|du|la|les?|d'|l'|der|die|das|von|van|het|the|in|of) ?)*"
    r"((?:[^\W\d]+ ?){1,2})"
)
"""What may be another level of the same number: "540 établissements du secondaire et de promotion sociale"."""
_ADULT = r"(?:promotion sociale|erwachsenenbildung|volwassenenonderwijs|adult education)(?: \(promotion sociale\))?"
_INCLUDED = re.compile(
    rf"(?:{_ADULT}|[a-z-]+),? (?:y )?(?:compris\w*|inclus\w*|includ\w+|inbegriffen|eingerechnet|eingeschlossen|"
    rf"mitgerechnet|mitgezahlt|inbegrepen|"
    rf"meegerekend|meegeteld)|(?:y compris|incluant|including|einschliesslich|inklusive|inclusief) "
    rf"(?:(?:l[ae]s?|the|de[rn]?|die|het) )?(?:{_ADULT}|[a-z-]+)|"
    r"(?:wenn man|als (?:men|je|we)) [^,;.0-9]{3,60} (?:mit|hinzu|dazu|ein)?(?:rechnet|zahlt|meerekent|meetelt)\b|"
    r"(?:en (?:y )?comptant|si l'on compte|if (?:you|we) count|counting) [^,;.0-9]{3,60}(?=[,;.])"
)
_COUNTED_TOO = frozenset(("adult", "added", "brussels"))
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
    calls_told: frozenset[str]
    """Every call that the text names up to the end of its sentence."""
    order: tuple[str, ...]
    """Two calls that its sentence names from the one to the other."""
    before: frozenset[str] = frozenset()
    """Ideas of its heading and of the sentence before it, which say what is told of."""
    place: frozenset[str] = frozenset()
    """The place that the sentences before it tell of, where its own names none."""
    last_place: frozenset[str] = frozenset()
    """The last place that the text tells of, in this paragraph or before: the last town where its own is told of."""

    @cached_property
    def topic(self) -> frozenset[str]:
        """All that its sentence, the one before and its heading tell of."""
        return self.around | self.before

    @cached_property
    def needed(self) -> frozenset[str]:
        """All that, and what the number itself tells: "2 à 60 ordinateurs", "at most 15,000"."""
        is_of_each = self.number.readings[0].high is not None
        is_ceiling = self.number.precision in (Precision.AT_MOST, Precision.LESS_THAN, Precision.AT_LEAST)
        return (
            self.topic | ({"per", "each"} if is_of_each else set()) | ({"ceiling"} if is_ceiling else set())
        )

    @cached_property
    def part(self) -> frozenset[str]:
        """What a part that it is of must be told by."""
        return self.near | self.last_place

    @cached_property
    def is_since(self) -> bool:
        """Whether it is told of all calls so far: since the first, or of the programme without a call or a year."""
        is_of_programme = (
            self.programme == "ecole_numerique" and self.programme_from > 0 and self.calls_from < 0
        )
        is_of_all = is_of_programme and not self.years and "call" not in self.around
        return is_of_all or (self.since and not self.calls)


def current_call(ledger: Ledger, day: date) -> str:
    """Name the call of the year of a day, if there is one."""
    return next((call.call for call in ledger.calls if call.call == f"EN{day.year}"), "")


def names_in(
    text: str, plain: str, numbers: Sequence[NumberInText], ledger: Ledger, day: date
) -> list[SubjectName]:
    """Find the calls, years and programmes that a text of a day names, in their order; not those of sources that it
    gives."""
    for number in numbers:
        if number.reason == "reference" and not _OF_CALL.search(
            plain, max(0, number.start - 20), number.start
        ):
            plain = plain[: number.start].ljust(number.end) + plain[number.end :]
    named = references_in(text, plain, ledger, current_call(ledger, day))
    for words, off in _OF_THE_DAY:
        calls = {call.call for call in ledger.calls} & {f"EN{day.year - off}"}
        for match in words.finditer(plain):
            is_told = words is phrases("this time") and any(
                o.calls and o.start < match.start() for o in named
            )
            if is_told or plain.startswith("-la", match.end()):  # "cette année-là"
                continue
            named.append(
                SubjectName(
                    match.start(),
                    match.end(),
                    frozenset(calls),
                    years=frozenset((day.year - off,)),
                    is_earlier=off > 0,
                )
            )
    return sorted(named, key=lambda name: name.start)


def bare_words(text: str, numbers: Sequence[NumberInText]) -> str:
    """Level a text, and blank what says nothing of its numbers: brackets about one, datelines, what is counted too."""
    plain = _without_brackets(levelled(text), numbers)
    for match in _in_towns().finditer(text):
        plain = plain[: match.start()] + "gde".ljust(len(match[0])) + plain[match.end() :]
    included = (match for match in _INCLUDED.finditer(plain) if ideas_of(match[0]) & _COUNTED_TOO)
    for match in (*_DATELINE.finditer(text), *included, *_NO_TOWN.finditer(text)):
        verb = "nemen" if match[0] == "namen" else ""  # in its other form, which is no town
        plain = plain[: match.start()] + verb.ljust(len(match[0])) + plain[match.end() :]
    for number in numbers:
        if (
            number.readings and number.readings[0].value == 100 and number.reason == "word"
        ):  # "hundert Schüler"
            plain = plain[: number.start] + "100".ljust(number.end - number.start) + plain[number.end :]
    plain = _AND_ITS.sub(lambda match: "relance european plan".rjust(len(match[0])), plain)
    return _HUNDRED.sub(lambda match: "100".ljust(len(match[0])), plain)


@cache
def _in_towns() -> re.Pattern[str]:
    """Find where something is in a commune of Wallonia."""
    from ennum_stats.raw.communes import communes  # the package of all communes

    names = {commune.name(language) for commune in communes().walloon for language in LANGUAGES}
    named = "|".join(re.escape(name) for name in sorted(names) if not ideas_of(levelled(name)) & PLACES)
    return re.compile(rf"\b(?:[Àà]|[Ii]n|[Tt]e|[Bb]ei|[Bb]ij|[Aa]t) (?:{named})(?!\w)")


def mentions(
    text: str, plain: str, numbers: Sequence[NumberInText], references: list[SubjectName], current: str
) -> list[Mention]:
    """Read what stands about each number that may be a statistic; `plain` is the text with bare words, `current` the
    call that is under way."""
    plain = re.sub(YEAR_OFF, lambda match: "precedent".ljust(len(match[0])), plain)  # no duration
    starts = [reference.start for reference in references]
    result: list[Mention] = []
    heading = header = ""
    places = last_places = previous = town = of_question = frozenset[str]()
    of_rows: list[str] = []
    wanted = [number for number in numbers if not number.reason and number.readings]
    at = since = named_at = 0
    passing = set[int]()  # names of earlier calls behind a number: later sentences do not go on from them
    for place, (first, last) in enumerate(_sentences(text, [number.start for number in wanted])):
        here = []
        while at < len(wanted) and wanted[at].start < last:
            here.append(wanted[at])
            at += 1
        begin = bisect_left(starts, first)
        inside = references[begin : bisect_left(starts, last)]
        since, named_at = named_at, first if any(_is_topic(o) for o in inside) else named_at
        line = plain[first:last].strip()
        is_row = _CELL.search(line) is not None
        header, of_rows = (header, of_rows) if is_row else ("", [])
        around = ideas_of(line)
        is_placed = bool(around & {"wallonia", *PLACES})
        places = around if is_placed or text[first - 1 : first] == "\n" else places
        last_places = around if is_placed else last_places
        town = around & LOCAL - {"town"} or town
        if not here:
            previous, of_question = (
                around,
                frozenset(_head_of(around & _COUNTED - _DURATIONS) if line[-1:] == "?" else ()),
            )
            heading = line if line and not is_row and line[-1] not in ".!?," else heading
            header = header or (line if is_row else "")
            continue
        before = [
            o
            for o in references[max(0, begin - _REMEMBERED) : begin]
            if o.start not in passing
            and not (o.is_earlier and o.programme and "\n" in plain[o.end : first])  # but in its paragraph
        ]
        passing |= {
            o.start for o in inside if o.start > here[0].start and (o.is_earlier or _is_older(o, before))
        }
        of_rows += [call for reference in inside for call in reference.calls if is_row]
        if header and _TOTAL.match(line):
            inside = [*inside, SubjectName(first, first, frozenset(of_rows), order=tuple(of_rows))]
        goes_on = text[first - 1] != "\n" and any(
            o.span[1] == first and o.heads & _COUNTED for o in result[-_REMEMBERED:]
        )
        of_heading = frozenset() if goes_on or _THAT.match(plain, first) else ideas_of(heading)
        read = _of_sentence(plain, here, (first, last), before, inside, place, of_heading, since)
        earlier = [mention for mention in result[-_REMEMBERED:] if mention.sentence >= place - 2]
        read = _continued(
            plain, read, sorted(earlier, key=lambda mention: -mention.sentence), of_question
        )  # the nearest first
        there, text_place = (() if is_placed else some & LOCAL for some in (places, last_places))
        if _TOTAL.match(line):
            read = [replace(o, own=o.own | {"total"}, near=o.near | {"total"}) for o in read]
        if _ALONE.search(line):
            read = [replace(o, near=o.near | previous, around=o.around | previous) for o in read]
        read = [
            replace(
                _as_planned(o, current),
                before=previous | ideas_of(heading),
                place=frozenset(there),
                last_place=town if o.near & _OWN_TOWN else frozenset(text_place),
            )
            for o in read
        ]
        previous, of_question = around, frozenset()
        if header:
            read = [
                _in_column(o, number, plain[first:last], header) for o, number in zip(read, here, strict=True)
            ]
        result += read
    return result


def _continued(
    plain: str, read: list[Mention], earlier: list[Mention], of_question: frozenset[str]
) -> list[Mention]:
    """Let a sentence that says of none of its numbers what they count go on from the one before: "In EN2020 waren
    dat er 679 op 955"; from what it asks of; what it says of "that" is of the last number before."""
    if read and earlier and _THAT.match(plain, read[0].span[0]):
        of_that = max(earlier, key=lambda o: o.number.start).own
        read = [replace(o, near=o.near | of_that, around=o.around | of_that) for o in read]
    before = max(earlier, key=lambda o: o.number.start, default=None)
    if before and len(read) == 1 and read[0].number.unit == before.number.unit != "":
        calls = {call.lower() for call in before.calls_beside | read[0].calls_beside}
        if not read[0].around - calls - {"money", "call", "done"}:  # "Pour EN2017, 12 738 euros"
            topic = before.near - calls
            return [replace(o, near=o.near | topic, around=o.around | topic) for o in read]
    counted = [o for o in earlier if o.heads and not o.number.unit]
    alike = {o.role: o.heads for o in reversed(counted)}
    alike.setdefault("", alike.get("part", frozenset()))
    nearest = counted[0].heads if counted else frozenset[str]()
    for place, o in enumerate(read):
        if not (o.heads or o.is_foreign or o.number.unit):
            carried = alike.get(o.role, frozenset())
            carried = o.own & {"won"} if carried == {"rejected"} else carried
            is_won = carried == {"submitted"} and o.own & {"won", "success"}
            carried = frozenset(("project",)) if is_won else carried
            heads = of_question or carried or o.near & _COUNTED or nearest
            read[place] = replace(o, heads=heads, around=o.around | heads)
    return [_of_call(o) for o in read]


def _of_call(mention: Mention) -> Mention:
    """Count what calls are counted by, projects, where no noun that is told beside a number says what else."""
    is_bare = not (mention.is_foreign or mention.number.unit or mention.heads & mention.own)
    if not (is_bare and mention.calls and mention.programme_from < 1):
        return mention
    heads = mention.heads - _OF_NO_CALL if mention.calls_from > 1 else mention.heads
    is_of_some = mention.calls_from > 1 or bool(mention.own & (LEVELS | LOCAL))
    is_of_some = is_of_some and heads <= {"school", "site", "institution", "submitted"}
    is_large = mention.number.readings[0].value >= _HUNDREDS  # "we were 18 to celebrate"
    return replace(mention, heads=heads | {"project"}) if is_of_some or (is_large and not heads) else mention


def _in_column(mention: Mention, number: NumberInText, row: str, header: str) -> Mention:
    """Give a number of a table what the heads of its column and its row say, and no other cell."""
    cells, column = _CELL.split(header), len(_CELL.findall(row[: number.start - mention.span[0]]))
    head = ideas_of(cells[column]) if column < len(cells) else frozenset[str]()
    if not head:
        return mention
    heads = mention.heads if number.unit else _head_of(head & _COUNTED)
    if not number.unit and "money" in head and not heads:
        number, heads = replace(number, unit="EUR"), frozenset(("money",))
    of_row = ideas_of(next((cell for cell in _CELL.split(row) if cell.strip()), ""))
    own = head | of_row if column else head
    return replace(mention, number=number, heads=heads, own=own, near=mention.near | own, around=mention.around | own,
                   calls_from=3 if mention.calls_from > 0 else mention.calls_from, is_foreign=False)  # fmt: skip


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


def _sentences(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Part a text where sentences and lines end; a question without a number is one with the number that answers it."""
    first = 0
    for cut in (*(match.end() for match in _SENTENCE.finditer(text)), len(text)):
        place = bisect_left(starts, first)
        following = starts[place] if place < len(starts) else len(text)
        is_asked = text[first:cut].rstrip().endswith("?") and cut <= following < cut + _AN_ANSWER
        if cut > first and not is_asked:
            yield first, cut
            first = cut


def _of_sentence(
    plain: str, numbers: list[NumberInText], span: tuple[int, int], before: list[SubjectName],
    inside: list[SubjectName], place: int, heading: frozenset[str], since: int,
) -> list[Mention]:  # fmt: skip
    numbers = _with_money(plain, numbers)
    spans = _own_spans(plain, numbers, span)
    label = plain[span[0] : numbers[0].start].rstrip()
    lead = ideas_of(label if label[-1:] == ":" else plain[span[0] : spans[0][0]]) | ideas_of(label) & PLACES
    around = ideas_of(plain[span[0] : span[1]])
    rest = (  # the verb of a single number may stand before and behind it
        around & {"since1999"}
        if len(numbers) > 1
        else ideas_of(plain[numbers[0].end : span[1]]) | around & {"done", "hired", "since1999"}
    )
    untils = [*(number.start for number in numbers[1:]), span[1]]
    is_named = any(reference.is_name for reference in (*before, *inside))
    calls_told = frozenset[str]().union(*(reference.calls for reference in (*before, *inside)))
    named = [reference for reference in before if reference.start >= since and _is_topic(reference)]
    programmes = {o.programme or "ecole_numerique" for o in named}
    is_alone = len(programmes) == 1 and len({o.calls for o in named if o.calls}) < 2
    of_others = [o for o in reversed(before) if _is_topic(o) or (o.since and around & {"total", "joint"})]
    named_here = (
        ([o for o in inside if o.calls], next((o for o in of_others if not o.programme), None)),
        ([o for o in inside if o.programme], next((o for o in of_others if o.programme), None)),
    )
    result: list[Mention] = []
    free = [
        reference
        for reference in inside
        if reference.start < numbers[0].start
        or not any(first <= reference.start < last for first, last in spans)
    ]
    for number, (start, end), until in zip(numbers, spans, untils, strict=True):
        noun, heads, is_foreign = _noun(plain, number, number.start if result else span[0])
        share = number.text if number.unit == "percent" and number.text[0].isalpha() else ""
        bound = min(number.hedge[0] or number.start, number.start)  # its words are no idea: "minder dan"
        own = noun.union(
            ideas_of(levelled(share)), ideas_of(f"{plain[start:bound]} 0 {plain[number.end : end]}")
        )
        own |= _by_form(plain, number, span[0], bound)
        own -= (
            (_HOUSES if not heads and _THERE.fullmatch(plain, start, bound) else frozenset())
            | ({"total"} if "wallonia" in own else frozenset())  # "in der gesamten Wallonie" adds nothing
            | ({"change"} if _UP_TO.search(plain, start, bound) else frozenset())
        )
        own |= (
            ideas_of(nearby[1]) & LEVELS
            if (nearby := _ALSO.match(plain, end, until)) and nearby.end() < until
            else frozenset()
        )
        tail = re.split(
            "[,;:.]| (?:et|und|and) ", plain[end : span[1] if number is numbers[-1] else end], maxsplit=1
        )[0]
        own_refs = [reference for reference in inside if start <= reference.start < end]
        (of_calls, calls_from, calls_at), (of_programme, programme_from, programme_at) = (
            _nearest(
                number,
                until,
                [o for o in those if start <= o.start < end],
                _passed_on(those, numbers, spans),
                last,
            )
            for those, last in named_here
        )
        calls = of_calls.calls if of_calls else frozenset[str]()
        is_since = any(o.since for o in (*inside, of_calls) if o)
        is_of_call = (
            (calls_from > 0 or number.readings[0].value >= _HUNDREDS) and len(calls) == 1 and not is_since
        )
        heads |= (
            {"project"} if heads == {"team"} and ("won" in around or is_of_call) else set()
        )  # teams win projects
        if len(calls) == 2 and _MORE.match(plain, number.end):
            own |= {"change"}
        is_other = of_programme is not None and of_programme.programme != "ecole_numerique"
        if is_other and calls_from == 0 <= programme_from and programme_at > calls_at:
            calls, calls_from = frozenset(), -1  # of another programme, told since
        if is_since and calls_from < 3:
            calls, calls_from = frozenset(), 3
        elif "sofar" in around and calls_from < 1:
            calls, is_since = frozenset(), True
        years = [reference.years for reference in own_refs if reference.years] or [
            reference.years for reference in free
        ]
        if (
            not any(o.years or o.calls for o in inside) and (own | lead) & MONTHS
        ):  # "By September, more than 30 did."
            years = [reference.years for reference in before if reference.years][-1:]
        is_placed = own & {"wallonia", *PLACES} - {"survey"}
        elsewhere = lead & PLACES - own - {"survey"} if is_placed else frozenset[str]()
        result.append(Mention(
            number, heads, is_foreign, own,
            (own | lead | rest | ideas_of(plain[number.end : end + len(tail)])) - elsewhere, around | own, "",
            calls, calls_from, calls_at, of_programme.programme if of_programme else "", programme_from, programme_at,
            frozenset[int]().union(*years), is_since, place, span, is_named, is_alone,
            any(reference.is_name and reference.start == calls_at for reference in (*before, *inside)),
            frozenset[str]().union(*(
                o.calls for o in inside if len(o.calls) == 1 and ";" not in plain[number.end : o.start]
            )),
            frozenset[str]().union(*(reference.calls for reference in inside if reference.is_compared)),
            calls_told, next((reference.order for reference in inside if len(reference.order) == 2), ()),
        ))  # fmt: skip
    if among := re.match(rf"{_AMONG.pattern}(?=[a-z])[^,0-9]*", plain[span[0] : span[1]]):
        counted = _head_of(ideas_of(among[0]) & _COUNTED)
        result = [
            o if o.heads or o.number.unit else replace(o, heads=counted, is_foreign=False) for o in result
        ]
    result = _listed(plain, _paired(plain, result), inside)
    for position in range(len(result)):
        result[position] = _headed(result, position, heading)
    return result


def _by_form(plain: str, number: NumberInText, first: int, bound: int) -> frozenset[str]:
    """Give the ideas that the words just about a number name by how it stands between them."""
    if _BEYOND.match(plain, number.end):
        return frozenset(("change",))
    left_out = _ALL_BUT.search(plain, first, bound)
    is_left_out = left_out and (not left_out["op"] or plain.startswith(" na ", number.end))
    return frozenset(("notyet", "leftout")) if is_left_out else frozenset()


def _paired(plain: str, result: list[Mention]) -> list[Mention]:
    """Tell parts from wholes: "183 sur 200", "200, dont 183"."""
    for position, (first, second) in enumerate(pairwise(result)):
        gap = plain[first.number.end : second.number.hedge[0] or second.number.start]
        is_reached = gap.endswith(" auf ") and _REACHING.search(plain, first.span[0], second.number.start)
        roles = None
        is_alike = (
            len({first.number.unit, second.number.unit} - {"percent"}) < 2
        )  # euros have no part in projects
        if _OF_BASE.search(gap) and not is_reached:
            roles = "part", "base"
        elif _OF_THEM.match(plain, second.number.end) or (is_alike and _WHEREOF.search(gap)):
            roles = "whole", "part"
        if roles is None and position == 0 and _AMONG.fullmatch(plain, first.span[0], first.number.start):
            roles = "base", "part"
        own = first.own, second.own
        heads = first.heads, second.heads
        if roles and roles[1] == "part" and is_alike and not second.heads:
            is_won = first.heads == {"submitted"} and second.own & {"won", "success"}
            heads = first.heads, frozenset(("project",)) if is_won else first.heads
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
        if (
            roles == ("part", "base")
            and second.heads <= {"won"}
            and first.heads <= {"project", "won"} != frozenset()
        ):
            own = own[0] | second.own, own[1] - {"won"} | {"submitted"}
            heads = first.heads or second.heads, frozenset(("submitted",))
        elif roles == ("part", "base") and second.heads <= _ACTS:
            if first.heads - _ACTS - {"project"}:  # "183 sites, out of 200 selected"
                heads = first.heads, first.heads
            elif "submitted" in second.heads and first.heads <= second.heads:  # "679 out of 955 submitted"
                heads, own = (frozenset(("project",)), second.heads), (own[0] - {"submitted"}, own[1])
        if _EACH.search(gap) or _EACH.match(plain, second.number.end):
            result[position + 1] = replace(second, near=second.near | first.own - PLACES | {"each"})
        if roles is None and _LISTS.fullmatch(gap):
            result[position + 1 :] = [replace(o, near=o.near | first.own) for o in result[position + 1 :]]
        if roles:
            of_whole = first.own if roles[1] == "part" else frozenset[str]()
            result[position : position + 2] = [
                _beside(replace(result[position], role=roles[0], own=own[0], heads=heads[0]), second),
                replace(
                    second,
                    role=roles[1],
                    own=own[1],
                    heads=heads[1],
                    near=result[position + 1].near | of_whole,
                ),
            ]
    return result


def _beside(part: Mention, base: Mention) -> Mention:
    """Let a part be of the call and programme that are told beside its base: "183 of 200 pilot sites"."""
    if base.calls_from > part.calls_from:
        part = replace(part, calls=base.calls, calls_from=base.calls_from, calls_at=base.calls_at)
    if base.programme_from > part.programme_from:
        part = replace(
            part, programme=base.programme, programme_from=base.programme_from, programme_at=base.programme_at
        )
    return part


def _headed(result: list[Mention], position: int, heading: frozenset[str]) -> Mention:
    """Find what a number counts that no noun follows: what its clause, the others of its sentence, a heading tell."""
    mention = result[position]
    if "rejected" in mention.own and mention.heads and mention.heads <= {"submitted", "project"}:
        return replace(mention, heads=frozenset(("rejected",)))
    is_accepted = {"won", "submitted"} <= mention.own and mention.heads <= {"submitted", "won"}
    if is_accepted and mention.role != "base":  # applications that were accepted
        own, near = (ideas - {"submitted"} for ideas in (mention.own, mention.near))
        return replace(mention, heads=frozenset(("project",)), own=own, near=near)
    if mention.heads or mention.is_foreign or mention.number.unit:
        return mention
    others = [*reversed(result[:position]), *result[position + 1 :]]
    if _BESIDES.search(mention.number.following):
        others = others[:position]
    of_others = next((o.heads for o in others if o.heads & _COUNTED), frozenset[str]())
    if {"100", "pupil"} <= mention.around and "pupil" not in of_others and "not" not in mention.own:
        return replace(mention, heads=frozenset(("per",)))
    is_of_them = _OF_THEM.match(mention.number.following)
    if is_of_them and not of_others:  # "eight of those in Liège" are some of the place's
        return replace(mention, is_foreign=bool(mention.own & PLACES))
    own = frozenset[str]() if is_of_them else mention.own & _COUNTED - _DURATIONS
    having = _WITH_THEIR.match(mention.number.following)
    own, near = (ideas - ideas_of(having[0]) if having else ideas for ideas in (own, mention.near))
    if there := _IN_A_PLACE.match(mention.number.following):  # "davon 16.000 in den Schulen"
        return replace(mention, heads=of_others or (own | mention.near & _COUNTED) - ideas_of(there[0]))
    if mention.own & LEVELS and own <= {
        "school"
    }:  # "in der Primarschule 6,3 Schüler, in der Sekundarschule zehn"
        own = of_others
    counted = own or of_others or near & _COUNTED - _DURATIONS
    if not counted and heading:
        mention = replace(mention, near=mention.near | heading, around=mention.around | heading)
        is_money = "money" in heading and mention.number.readings[0].value >= _THOUSAND
        counted = frozenset(("money",)) if is_money else heading & _COUNTED - _DURATIONS
    if counted == {"money"}:
        mention = replace(mention, number=replace(mention.number, unit="EUR"))
    return replace(mention, heads=counted)


def _listed(plain: str, result: list[Mention], inside: list[SubjectName]) -> list[Mention]:
    """Give each of the numbers of a list the call of its place: "appels EN1 à EN3 : 28, 72 et 210"."""
    orders = [reference.order for reference in inside if len(reference.order) > 1]
    orders += [tuple(sorted(o.calls, key=lambda call: (len(call), call))) for o in inside if not o.order]
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
        calls = next((order for order in orders if len(order) == len(run) > 1), ())
        if result[run[0]].role or "joint" in ideas_of(plain[result[0].span[0] : result[0].number.start]):
            continue  # "2017 and 2018 together: out of 896 projects, 447"
        units = {result[place].number.unit for place in run}
        if calls and len(units - {""} if len(run) > 2 else units) < 2:
            for place, call in zip(run, calls, strict=False):
                result[place] = replace(result[place], calls=frozenset((call,)), calls_from=3, since=False)
    return result


def _as_planned(mention: Mention, current: str) -> Mention:
    """Let what is planned, of no call that its sentence names, be of the call that is under way."""
    is_free = mention.calls_from < 1 and mention.programme in ("", "ecole_numerique") and not mention.years
    if current and is_free and "planned" in mention.near and not mention.since:
        return replace(mention, calls=frozenset((current,)), calls_from=0)
    return mention


def _is_topic(name: SubjectName) -> bool:
    """Tell whether a name is one of which sentences may go on to tell."""
    return bool(name.calls or name.programme) and not name.is_compared


def _is_older(name: SubjectName, before: list[SubjectName]) -> bool:
    """Tell whether a name is of a programme that went before the one that is told of."""
    topic = next((o.programme for o in reversed(before) if o.programme and not o.is_compared), "")
    return (name.programme, topic) in _FOLLOWED


def _passed_on(
    names: list[SubjectName], numbers: list[NumberInText], spans: list[tuple[int, int]]
) -> list[SubjectName]:
    """Leave out earlier calls that are told behind a number and of it alone: "16 soorten van vorig jaar"."""
    if not any(o.is_earlier for o in names):
        return names
    behind = [(number.end, end) for number, (_, end) in zip(numbers, spans, strict=True)]
    return [o for o in names if not (o.is_earlier and any(first <= o.start < last for first, last in behind))]


def _nearest(
    number: NumberInText,
    until: int,
    own: list[SubjectName],
    inside: list[SubjectName],
    before: SubjectName | None,
) -> tuple[SubjectName | None, int, int]:
    """Find which of the names of calls, or of programmes, is told nearest to a number, how near, and where; `before` is
    the last one of earlier sentences."""
    earlier = [o for o in inside if o.start < number.start and not o.is_compared]
    own = [o for o in own if not (o.is_compared and (earlier or before))]
    until = min(until, number.end + (number.following + ";").find(";"))
    later = [o for o in inside if number.start < o.start < until and not o.is_compared]
    for near, some in ((3, own), (2, earlier[-1:]), (1, later), (0, [before] if before else [])):
        if some:
            nearest = min(some, key=lambda o: abs(o.start - number.start)) if near == 3 else some[0]
            return nearest, near, nearest.start
    return None, -1, -1


def _own_spans(plain: str, numbers: list[NumberInText], span: tuple[int, int]) -> list[tuple[int, int]]:
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
        gap = plain[number.end : following.hedge[0] or following.start]
        last = _CLAUSE.search(gap)
        starts.append(max(cut, number.end + last.start() if last else 0))
    ends.append(numbers[-1].end + _cut(plain[numbers[-1].end : span[1]], last=True))
    return list(zip(starts, ends, strict=True))


def _cut(gap: str, *, last: bool = False) -> int:
    """Find where the words between two numbers part: before what joins the second, at the first mark, or else the first
    preposition, after a word."""
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
    if particle := _PARTICLE.match(gap):
        return particle.end()
    joint = _JOINT.search(gap)
    if (
        joint
        and not last
        and any(word not in IDLE for word in _WORDS.findall(gap[: joint.start()]))
        and not re.search(r"[,;:()]", gap[: joint.start()])
    ):
        return joint.start()
    for marks in (",;:()", ""):
        for match in _PART.finditer(gap):
            is_worded = any(word not in IDLE for word in _WORDS.findall(gap[: match.start()]))
            if (match[0] in marks or not marks) and (is_worded or match[0] in ",;:("):
                return match.start()
    return len(gap)


def _noun(plain: str, number: NumberInText, since: int) -> tuple[frozenset[str], frozenset[str], bool]:
    """Read what is counted: the first known noun of the four words after a number, unknown where the first of them is
    no word that only joins; of those that are "of them", the noun that its sentence tells before it `since` there."""
    if number.unit:
        return frozenset(), frozenset(("share",) if number.unit == "percent" else ("money",)), False
    team = _TEAM_OF.search(plain, max(0, number.start - 24), number.start)
    if team and ideas_of(team[1]) & {"team", "staff", "unit", "cel"}:
        return frozenset(), frozenset(("staff",)), False
    is_time = _IN_TIME.search(plain[max(0, number.start - 4) : number.start]) and "duration" in ideas_of(
        number.following[:12]
    )
    if (
        is_time
        or _ONE_IN.search(plain, max(0, number.start - 40), number.start)
        or _TIMES.match(plain, number.end)
    ):
        return frozenset(), frozenset(), True
    if _PER_100.match(plain, number.end):
        return frozenset(("per", "100")), frozenset(("per",)), False
    if _OF_THEM.match(plain, number.end):
        lead = plain[since : number.hedge[0] or number.start]
        of_lead = _head_of(ideas_of(lead) & _COUNTED - _DURATIONS)
        return frozenset(), frozenset(("pupil",)) if _FOR_EACH.search(lead) else of_lead, False
    after = re.split(r"[.;:!?,()\n«»“”\"]", PROGRAMME_NAME.sub("", plain[number.end : number.end + 90]))[0]
    words = _WORDS.findall(after)[:5]
    stops = [place for place, word in enumerate(words) if _STOP.fullmatch(word) and not _LINK.fullmatch(word)]
    words = words[: stops[0]] if stops else words
    words = [] if words and _ARTICLE.fullmatch(words[0]) else words  # "zijn er twaalf een netwerk"
    unknown, act, done = False, None, frozenset[str]()
    is_of = _OF_THE.match(plain, number.end)
    for place, word in enumerate(words):
        if act and (_LINK.fullmatch(word) or not ideas_of(word) & _COUNTED - done):
            break
        if _LINK.fullmatch(word):
            continue
        ideas = ideas_of(" ".join(words[place : place + 3])) if not unknown else ideas_of(word)
        if counted := ideas_of(word) & _COUNTED or ideas & _COUNTED:
            if not act and counted <= _ACTS and not unknown:
                act = ideas, _head_of(counted), False  # "200 selected sites"
                done = frozenset() if _PARTICIPLE.fullmatch(word) else _ACTS  # "447 winners sent back"
                continue
            return ideas, _head_of(counted), False
        if ideas & {"ready", "done", "won", "equipped", "installed", "connected", "added", *LEVELS}:
            break
        if place and "call" in ideas:
            break  # "the 210 of the third call"
        is_noun = number.nouns is None or word in number.nouns
        if is_noun and word not in SAYING_NOTHING and not word.isdigit() and not is_of:
            unknown = True
            if place > 1:
                break
    return act or (frozenset(), frozenset(), unknown)


def _as_money(plain: str, number: NumberInText) -> NumberInText:
    """Read millions of nothing as euros: "8,7 millions, soit"."""
    is_bare = (
        not number.unit
        and number.readings[0].value >= 10**6
        and not _noun(plain, number, number.start)[1] - _ACTS - {"device"}
    )
    return replace(number, unit="EUR") if is_bare else number


def _with_money(plain: str, numbers: list[NumberInText]) -> list[NumberInText]:
    """Read what is an amount though its currency is not told: "9 489 000 euros, l'assurance 503 000"."""
    numbers = [_chosen_among(plain, _as_money(plain, number)) for number in numbers]
    for place in range(1, len(numbers)):
        first, second = numbers[place - 1], numbers[place]
        value, is_bare = second.readings[0].value, not second.following.strip()
        is_in_millions = first.readings[0].step > _THOUSAND and _FOR.match(second.following)
        if first.unit not in ("EUR", "BEF") or second.unit or not (is_in_millions or is_bare):
            continue
        if value >= _THOUSAND and is_bare:
            numbers[place] = replace(second, unit=first.unit)
        elif value < _THOUSAND and is_in_millions:  # "120 millions, dont 60 pour le Wi-Fi"
            reading = NumberReading(value * 10**6, second.readings[0].step * 10**6)
            numbers[place] = replace(second, unit=first.unit, readings=(reading,))
    return numbers


def _chosen_among(plain: str, number: NumberInText) -> NumberInText:
    """Read "unter 762 Bewerbungen" as those from which is chosen, and not as fewer."""
    is_among = plain[slice(*number.hedge)].strip() in ("unter", "onder") and "submitted" in ideas_of(
        number.following[:20]
    )
    return replace(number, precision=Precision.EXACT, hedge=(0, 0)) if is_among else number


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
