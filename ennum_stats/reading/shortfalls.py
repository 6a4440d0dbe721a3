"""What a question asks and its answer does not say: another kind of answer, another unit, time, part or stage.

An answer that falls short is none: it is told as what comes nearest, with the words of the question that it misses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ennum_stats.reading.computations import A_YEAR, has_calls, is_absolute
from ennum_stats.reading.findings import Findings, as_written
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.operators import Operator, operators_in, phrases, unranked
from ennum_stats.reading.parsed import HAPPENINGS, AnswerKind, ParsedQuestion
from ennum_stats.reading.statements import done_word, exceeds, past_word
from ennum_stats.reading.suggestions import Suggestion
from ennum_stats.reading.truth import is_planned
from ennum_stats.search import subjects
from ennum_stats.search.candidates import HEADS, years_of
from ennum_stats.search.concepts import AIMS, LEVELS, concepts, ideas_of, joined, telling_words
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import fold
from ennum_stats.wording import currency_of

_DURATIONS = ("years", "months", "days", "hours")
_OF_WHOLES = (AnswerKind.NUMBER, AnswerKind.SUM)
_OF_NUMBERS = frozenset(
    (
        Operator.GROWTH, Operator.DIFFERENCE, Operator.MEAN, Operator.SHARE, Operator.RATIO, Operator.PER_YEAR,
        Operator.REST, Operator.LIST,
    )
)  # fmt: skip
_SPAN = re.compile(r"\b20\d\d-20\d\d\b")
_APART, _NOW = phrases("apart"), phrases("now")
"""What says that another thing is meant than the one that is named, or more or less of it; and that it is asked for as
it is today."""
_EVERY_PROGRAMME, _WHOLLY = phrases("every programme"), phrases("wholly")
_SINCE_OR_UNTIL, _TIMES = phrases("since or until"), re.compile(rf" (?:{phrases('times').pattern})")
_LONG_AGO = 366
"""After how many days a number is no longer of today."""
_OF_ITS_TIME = 0.5
"""How well a number must answer to a year that is asked for."""
_BEYOND = re.compile(
    r"\b(?:(?P<after>apres|au-dela de|posterieure?s? a|nach|na|after|beyond|post)|avant|vor|voor|before)[ -]"
    r"(?:(?:l'annee|fin|dem jahr|ende|het jaar|einde?|the year|the end of|end of) )*(?P<year>(?:19|20)\d\d)\b"
)
_BY_YEAR = re.compile(
    r"\b(?:by|up to|until|till|jusqu'en|d'ici|bis|tegen|tot)(?: (?:the end of|fin|ende|eind|en met))? ((?:19|20)\d\d)\b"
)
"""What says that all up to a year is meant."""
_ASKS_LAST = phrases("asks last")
"""What begins a last clause that asks for more than is told before it ("200 were chosen. *How many* were missing?")."""
_HOW_MUCH_MONEY, _HOW_MANY, _CALLS = (
    phrases("how much money"),
    phrases("how many of them"),
    phrases("several calls"),
)
"""What wants an amount; what wants a count, in the languages that part these; what asks of calls together."""
_CLAUSES = re.compile(r"[.,;:!–-] ")
_AND_NEXT = re.compile(r"[;,.:!] (?:et|und|en|and|mais|aber|maar|but)\b[^;:.!?]*\?\W*$")
"""A last clause that asks for more than what is told before it."""
_PARTS_OF_WHOLES = (LEVELS | subjects.PLACES | {"municipal", "freenetwork"}) - {"wallonia", "fwb", "ordinary"}
"""Ideas of parts that an answer must be of, if they are asked for."""
_OF_TITLES = frozenset(("wifi",))
"""Ideas that titles of articles tell as well: where nothing else is asked for, a number must be of them itself."""


@dataclass(frozen=True)
class _Answered:
    """Hold a question with the answer that it may get, and what the numbers of this are of."""

    ledger: Ledger
    read: ParsedQuestion
    answer: Findings

    @cached_property
    def given(self) -> tuple[Suggestion, ...]:
        """The readings that answer."""
        return self.answer.nearest[: self.answer.answering]

    @cached_property
    def first(self) -> Suggestion | None:
        """The first of them, where it is a number."""
        return self.given[0] if self.given and self.given[0].quantity else None

    @cached_property
    def unit(self) -> str:
        """The unit of the first; empty where it is no number."""
        return self.first.quantity.unit if self.first and self.first.quantity else ""

    @cached_property
    def rows(self) -> list[Observation]:
        """The observations that they rest on."""
        return [row for suggestion in self.given for row in suggestion.observations]

    @cached_property
    def calls(self) -> frozenset[str]:
        """The calls that these are of."""
        return frozenset(call for row in self.rows if row.call for call in self.ledger.calls_of(row.call))

    @cached_property
    def years(self) -> Mapping[int, float]:
        """How well they answer to each year, from 0 to 1."""
        return years_of(self.ledger, self.rows, tuple(self.calls))

    @cached_property
    def years_named(self) -> tuple[str, ...]:
        """The years that the question names."""
        return tuple(dict.fromkeys(A_YEAR.findall(self.read.text)))

    @cached_property
    def plain(self) -> str:
        """The words of the question, levelled."""
        return levelled(self.read.text)


def unmet(ledger: Ledger, read: ParsedQuestion, answer: Findings) -> tuple[str, ...]:
    """List the words of a question that its answer, of whatever kind, does not meet: years, calls, places, levels and
    networks of which it is no number, another stage or unit, matters of which nobody published any."""
    case = _Answered(ledger, read, answer)
    return next((words for rule in _RULES if (words := rule(case))), ())


def is_of_kind(read: ParsedQuestion, answer: Findings) -> bool:
    """Tell whether an answer is of the kind that each operator of its question asks for; of one that asks for a day,
    place or partner, none that is of numbers alone."""
    if answer.verdict and read.kind is not AnswerKind.STATED:
        *before, last = _CLAUSES.split(read.text)
        is_asked_more = before and Operator.TRUE not in read.operators and _ASKS_LAST.match(fold(last))
        return not ({Operator.LIST, Operator.WHERE} & {*read.operators} or is_asked_more)
    quantity, plain = answer.nearest[0].quantity, fold(read.text)
    is_amount, wants_amount = quantity and currency_of(quantity.unit), _HOW_MUCH_MONEY.search(plain)
    if quantity and (not is_amount if wants_amount else is_amount and _HOW_MANY.search(plain)):
        return False
    operators = {*read.operators} - (_OF_NUMBERS if read.kind in HAPPENINGS else set())
    return not operators or operators <= _operators_answered(read, answer.nearest[0])


def _operators_answered(read: ParsedQuestion, given: Suggestion) -> set[Operator]:
    """List the operators of which an answer is one: a sum rests on several numbers, a share has its unit."""
    kind, unit = read.kind, given.quantity.unit if given.quantity else ""
    ideas = {*concepts(given.what)}
    calls = [row.call for row in given.observations if row.call]
    is_apart = Operator.DIFFERENCE in read.operators
    is_of_several = len(given.observations) > 1 or any("_" in call for call in calls)
    is_each = any("_per_" in row.measure for row in given.observations)
    is_quotient, is_for_each = " ÷ " in given.what, "/" in unit or "per" in unit
    is_true, is_which = kind is AnswerKind.TRUTH, kind is AnswerKind.WHICH
    is_judged = is_true or kind is AnswerKind.ADMITTED
    answered = {
        Operator.SUM: (is_of_several and (kind is not AnswerKind.DIFFERENCE or is_apart))
        or (len(read.terms) == 1 and not is_each and "total" in telling_words(read.whole)),
        Operator.DIFFERENCE: kind is AnswerKind.DIFFERENCE
        or is_true or is_which or ideas & {"change", "rejected", "notyet", "added"},
        Operator.GROWTH: unit in ("share", "percent") or "change" in ideas or is_absolute(read),
        Operator.MEAN: is_for_each or ideas & {"mean", "per"} or (is_quotient and unit == "EUR"),
        Operator.PER_YEAR: is_quotient
        or "yearly" in ideas or any("per_year" in row.measure for row in given.observations),
        Operator.SHARE: unit in ("share", "percent"),
        Operator.RATIO: is_for_each,
        Operator.DURATION: unit in _DURATIONS,
        Operator.MOST: is_true or (is_which and not read.wants_least) or "ceiling" in ideas,
        Operator.LEAST: is_true or (is_which and read.wants_least),
        Operator.WHO: is_judged or is_which or kind is AnswerKind.WHO,
        Operator.WHERE: is_which or kind in (AnswerKind.PLACE, AnswerKind.DATE),
        Operator.WHEN: is_which or kind is AnswerKind.DATE or unit == "days",
        Operator.HOUR: kind is AnswerKind.DATE,
        Operator.TRUE: is_judged,
        Operator.REST: ideas & {"notyet", "rejected", "never", "not"} or " − " in given.what,
        Operator.LIST: is_which or kind in (AnswerKind.WHO, AnswerKind.ADMITTED, AnswerKind.PLACE),
    }  # fmt: skip
    return {operator for operator, is_answered in answered.items() if is_answered}


# --- the rules, in the order in which they are asked ------------------------------------------------


def _unpublished(case: _Answered) -> tuple[str, ...]:
    """List the words of matters of which nobody published a number."""
    what = fold(case.answer.nearest[0].what)
    return tuple(as_written(case.read.text, word) for word in case.read.unpublished if word not in what)


def _apart(case: _Answered) -> tuple[str, ...]:
    """Give what says that something else is meant than what is named; of a number, that it is so no longer."""
    plain = joined(case.read.whole)
    ceased = phrases("no longer", case.read.language) if case.read.kind in _OF_WHOLES else None
    apart = _APART.search(plain) or (ceased.search(plain) if ceased else None)
    return (apart[0],) if apart else ()


def _spans(case: _Answered) -> tuple[str, ...]:
    """List the spans of years that are asked for, where the answer is of another."""
    spans = {*_SPAN.findall(case.read.text)}
    others = {span for item in case.given for span in _SPAN.findall(item.what)}
    return tuple(sorted(spans)) if others and not spans & others else ()


def _unclear(case: _Answered) -> tuple[str, ...]:
    """Give the word by which a question asks more than one number or verdict answers: a superlative of which nobody
    knows whether it is the most or the least; whether it is so of the whole ("*entirely* for Wi-Fi"), or of others
    together; whether what was planned came true ("500 were planned; is that what it *became*?")."""
    read = case.read
    if read.dimension and (adjective := unranked(read.whole, read.language)):
        return (adjective,)
    if read.kind is not AnswerKind.TRUTH or not case.first:
        return ()
    if whole := _WHOLLY.search(fold(read.text)):
        return (whole[0],)
    before, _, last = re.sub(r"[,;:.!–] +", "\n", case.plain).rpartition("\n")
    became = phrases("ends", read.language).sub(" ", fold(last)).split()
    is_of_plan = is_planned(case.first) and "planned" in {*concepts(before)} - {*concepts(last)}
    return (" ".join(became),) if is_of_plan and len(became) > 1 else ()


def _repeated(case: _Answered) -> tuple[str, ...]:
    """List the numbers that a question tells, where the one that answers is among them: who tells it asks for another
    ("six schools in February; and in September?")."""
    read = case.read
    if read.kind is AnswerKind.TRUTH:
        last = _AND_NEXT.search(case.plain)
        is_next = last and Operator.TRUE not in operators_in(last[0], read.language)
        every = phrases("all", read.language).pattern
        return tuple(
            number.text for number in read.stated
            if is_next or _exceeds_known(case) or _TIMES.match(levelled(number.following))
            or re.search(rf"(?:{every}) {re.escape(levelled(number.text))}\b", case.plain)  # of all: are they done?
        )  # fmt: skip
    values = [item.quantity.value or 0 for item in case.given if item.quantity]
    is_number, is_part = read.kind is AnswerKind.NUMBER, Operator.REST in read.operators
    return tuple(
        number.text for number in read.stated
        if is_number and any(o.value in values or (is_part and o.value < max(values)) for o in number.readings)
    )  # fmt: skip


def _exceeds_known(case: _Answered) -> bool:
    """Tell whether the number that answers is one that a question takes for known, and asks whether another is larger:
    "were the 500 that were planned *exceeded*"."""
    known = case.first.quantity if case.first else None
    if known is None or not exceeds(case.plain):
        return False
    return any(number.readings[0].value == known.value for number in case.read.stated)


def _of_other_units(case: _Answered) -> tuple[str, ...]:
    """Give the word of what is to be counted, "how many *files* came in", where the answer is an amount of money; that
    for each of which, "pupils for each *project*", where it is for each of something else; that of all programmes,
    where it is of one; that of all together, where it is what each got."""
    read, unit = case.read, case.unit
    if not case.given or read.kind in HAPPENINGS:
        return ()
    programmes = _EVERY_PROGRAMME.search(fold(read.text)) if read.kind in _OF_WHOLES else None
    if programmes and "programme" not in concepts(case.given[0].what):
        return (programmes[0],)
    plain = levelled(read.whole)
    together = [word for word in telling_words(read.whole) if "total" in ideas_of(word)]
    if together and read.kind is AnswerKind.NUMBER and all("_per_" in row.measure for row in case.rows):
        return (as_written(read.text, together[0]),)
    counted = [word for word in (subjects.counted_word(joined(plain)),) if word and unit == "EUR"]
    bases = [word for word in subjects.BASE_WORD.findall(plain) if "/" in unit]
    ideas = subjects.near_of(frozenset(concepts(unit.replace("/", " "))))
    return tuple(
        as_written(read.text, word)
        for word in (*counted, *bases)
        if ideas_of(word)[-1] in subjects.ALL_HEADS - subjects.AMOUNTS - {"mean"} - ideas
    )


def _other_calls(case: _Answered) -> tuple[str, ...]:
    """List the calls that are asked of together, but for the only one that the answer is of."""
    read = case.read
    several = len(read.terms) > (2 if read.kind is AnswerKind.TRUTH else 1) and has_calls(read)
    is_whole = read.kind in (*_OF_WHOLES, AnswerKind.TRUTH) and not read.dimension
    return tuple(sorted({*read.terms} - case.calls)) if several and is_whole and len(case.calls) == 1 else ()


def _one_of_calls(case: _Answered) -> tuple[str, ...]:
    """Give the word by which all calls are asked of, where the answer is a day of one: when "the calls" began."""
    calls = _CALLS.search(case.plain) if case.read.kind is AnswerKind.DATE and not case.read.terms else None
    return (calls[0],) if calls and re.search(r"\bEN\d", case.given[0].what) else ()


def _longer(case: _Answered) -> tuple[str, ...]:
    """Give the one year that is named, where the answer is of several together: what was spent since 2009 is not what
    was spent in 2019."""
    years = {*case.years_named}
    if len(years) != 1 or case.read.kind is not AnswerKind.NUMBER or _SINCE_OR_UNTIL.search(case.plain):
        return ()
    if any(years <= {*A_YEAR.findall(item.what)} for item in case.given) or not case.given:
        return ()
    rows = case.given[0].observations
    if len(rows) != 1 or rows[0].call in case.read.terms:
        return ()
    (row,) = rows
    is_paid = row.quantity is not None and row.quantity.unit == "EUR"
    is_long = bool(is_paid and row.valid_from and row.valid_to and row.valid_from.year < row.valid_to.year)
    is_of_calls = row.call is not None and len(case.ledger.calls_of(row.call)) > 1
    return case.years_named if is_long or is_of_calls else ()


def _only_planned(case: _Answered) -> tuple[str, ...]:
    """Give the words of a question that say that something was done, where the number that answers is one of a plan."""
    language, plain = case.read.language, case.plain
    if case.read.kind is not AnswerKind.NUMBER or not is_planned(case.given[0]):
        return ()
    is_past = case.unit not in (*_DURATIONS, "share", "percent")
    past = past_word(plain, language, is_money="EUR" in case.unit) if is_past else ""
    done = past or ("" if {*concepts(plain)} & (AIMS | {"plan"}) else done_word(plain, language))
    return (done,) if done else ()


def _outside(case: _Answered) -> tuple[str, ...]:
    """List what a question says of time that no number of its answer is of: after the last of their years or before the
    first, or now, where the last of them is older than a year."""
    if case.read.kind in HAPPENINGS or not case.rows:
        return ()
    of_its_time = [year for year, weight in case.years.items() if weight > _OF_ITS_TIME] or [*case.years]
    for bound in _BEYOND.finditer(case.plain):
        year = int(bound["year"])
        if max(of_its_time) <= year if bound["after"] else min(of_its_time) >= year:
            return (bound[0],)
    by_year = _BY_YEAR.search(case.plain) if case.read.kind is AnswerKind.TRUTH else None
    if by_year and {row.call for row in case.rows} == {f"EN{by_year[1]}"}:
        return (by_year[0],)
    now = _NOW.search(fold(case.read.whole))
    last = max(max(row.source.day.last, row.valid_to or row.source.day.last) for row in case.rows)
    return (now[0],) if now and (case.ledger.known_at - last).days > _LONG_AGO else ()


def _unproved(case: _Answered) -> tuple[str, ...]:
    """List what a verdict cannot be on: which of several numbers became the other, what became of so many percent."""
    read, verdict = case.read, case.answer.verdict
    if verdict == "unproved" and len(read.stated) > 1:
        return tuple(number.text for number in read.stated)
    return read.strange if verdict and any(number.unit == "percent" for number in read.stated) else ()


def _titled(case: _Answered) -> tuple[str, ...]:
    """List the words that titles of articles tell as well as numbers, where nothing says that the number is of them."""
    if case.read.kind is not AnswerKind.NUMBER or not case.rows or not case.first:
        return ()
    own = subjects.near_of(frozenset(concepts(f"{case.first.what} {case.first.named}")))
    if {*concepts(case.read.whole)} & subjects.near_of(frozenset(HEADS.get(case.unit, ()))):
        return ()
    titled = (word for word in telling_words(case.read.text) if {*ideas_of(word)} & _OF_TITLES - own)
    return tuple(as_written(case.read.text, word) for word in titled)


def _parts(case: _Answered) -> tuple[str, ...]:
    """List the years, calls and parts that are named and of which the answer is no number; of a day or partner all
    words were looked at, and whoever no rule keeps out is told of no part."""
    read, admitted = case.read, case.read.kind is AnswerKind.ADMITTED
    if (admitted and case.answer.verdict) or not (case.rows or admitted):
        return ()
    years = [
        year for year in case.years_named
        if case.rows and case.years.get(int(year), 0) < _OF_ITS_TIME and not any(year in o.what for o in case.given)
        and not (read.dimension == "call" and len(read.terms) > 1 and f"EN{year}" in read.terms)
    ]  # fmt: skip
    texts = (case.answer.sentence, *(f"{suggestion.what} {suggestion.named}" for suggestion in case.given))
    ideas = subjects.near_of(frozenset(idea for text in texts for idea in concepts(text)))
    words = (
        as_written(read.text, word) for word in telling_words(read.text)
        if ({*ideas_of(word)} & _PARTS_OF_WHOLES or word.upper() in {*read.terms} - case.calls)
        and not {*ideas_of(word)} & ideas
    )  # fmt: skip
    return *years, *words


_RULES: Sequence[Callable[[_Answered], tuple[str, ...]]] = (
    _unpublished, _apart, _spans, _unclear, _repeated, _of_other_units, _other_calls, _one_of_calls, _longer,
    _only_planned, _outside, _unproved, _titled, _parts,
)  # fmt: skip
