"""The answer to a question in words: one sentence to be quoted, the next candidates, and what is not known.

The sentence has the number as its document prints it, or says that it is computed; the document, the place
in it and the day; and who says otherwise. A question that nothing answers gets no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ennum_stats.errors import message, nearest_names
from ennum_stats.languages import translate
from ennum_stats.measures.schools.places import place
from ennum_stats.quantities import Bounds
from ennum_stats.reading.computations import (
    A_YEAR,
    NOTHING_COUNTED,
    added,
    added_levels,
    are_parts,
    bounds_of,
    days_from_one_to_another,
    difference,
    for_each,
    for_each_year,
    growth_of_told,
    has_calls,
    is_absolute,
    is_told,
    numbers_from_to,
    of_whole,
    programme_years,
    rejected,
    school_years,
)
from ennum_stats.reading.findings import MOST, MOST_READINGS, Findings, answer_of, as_written, cited
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.happenings import actors_told, days_told, exclusions_told, nearest, places_told
from ennum_stats.reading.operators import Operator, operators_in, phrases, unranked
from ennum_stats.reading.quantities import numbers_in
from ennum_stats.reading.questions import (
    ASKS_DAY,
    ASKS_HOUR,
    ASKS_MONTH,
    HAPPENINGS,
    AnswerKind,
    ParsedQuestion,
    read_question,
    rereadings,
    without_asides,
)
from ennum_stats.reading.rankings import largest_or_smallest
from ennum_stats.reading.statements import (
    ASKS,
    done_word,
    exceeds,
    is_kept_out,
    part_told,
    past_word,
    some_in,
    speaks_of_former,
)
from ennum_stats.reading.strange_words import unnamed
from ennum_stats.reading.suggestions import Suggestion, suggestion_of
from ennum_stats.reading.truth import agreeing, is_planned, judged_so, judgement, verdict_on
from ennum_stats.search import subjects
from ennum_stats.search.candidates import HEADS, Candidate, candidates, years_of
from ennum_stats.search.concepts import ACTS, AIMS, LEVELS, concepts, ideas_of, joined, telling_words
from ennum_stats.search.place_words import registered_sentence
from ennum_stats.search.places import commune_in, place_remarks
from ennum_stats.search.subjects import answering
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE
from ennum_stats.typography import fold

_DURATIONS = ("years", "months", "days", "hours")
_SPAN = re.compile(r"\b20\d\d-20\d\d\b")
_APART, _NONE, _NOW = phrases("apart"), phrases("none"), phrases("now")
"""What says that another thing is meant than the one that is named, or more or less of it; that there is none; and that
it is asked for as it is today."""
_EVERY_PROGRAMME, _WHOLLY = phrases("every programme"), phrases("wholly")
_LONG_AGO = 366
"""After how many days a number is no longer of today."""
_BEYOND = re.compile(
    r"\b(?:(?P<after>apres|au-dela de|posterieure?s? a|nach|na|after|beyond|post)|avant|vor|voor|before)[ -]"
    r"(?:(?:l'annee|fin|dem jahr|ende|het jaar|einde?|the year|the end of|end of) )*(?P<year>(?:19|20)\d\d)\b"
)
_BY_YEAR = re.compile(
    r"\b(?:by|up to|until|till|jusqu'en|d'ici|bis|tegen|tot)(?: (?:the end of|fin|ende|eind|en met))? ((?:19|20)\d\d)\b"
)
"""What says that all up to a year is meant."""
_OR_WHO = re.compile(r"\b(?:ou|oder|of|or) (?:bien )?(?:qui|wer|wie|who)\b")
_PARTS_OF_WHOLES = (LEVELS | subjects.PLACES | {"municipal", "freenetwork"}) - {"wallonia", "fwb", "ordinary"}
"""Ideas of parts that an answer must be of, if they are asked for."""
_OF_TITLES = frozenset(("wifi",))
"""Ideas that titles of articles tell as well: where nothing else is asked for, a number must be of them itself."""
_OF_PLANS = AIMS | {"plan"}
_SINCE_OR_UNTIL = phrases("since or until")
_ASKS_LAST, _HOW_MUCH_MONEY = phrases("asks last"), phrases("how much money")
"""What begins a last clause that asks for more than is told before it ("200 were chosen. *How many* were missing?"),
and what wants an amount."""
_CLAUSES = re.compile(r"[.,;:!–-] ")
_AND_WHO = re.compile(r" (?:et|und|en|and) (?:qui|wer|wie|who) ")
_AND_NEXT = re.compile(r"[;,.:!] (?:et|und|en|and|mais|aber|maar|but)\b[^;:.!?]*\?\W*$")
"""A last clause that asks for more than what is told before it."""
_TIMES = re.compile(rf" (?:{phrases('times').pattern})")
"""What follows a number that says how many times another is the larger."""
_OF_ITS_TIME = 0.5
"""How well a number must answer to a year that is asked for."""
_IN_PASSING = (ACTS - {"help", "first"}) | _OF_PLANS | frozenset((
    "school", "site", "institution", "staff", "device", "terminal", "computer", "pupil", "teacher", "equipped",
    "installed", "reached", "session", "team", "network", "use", "file", "head", "type", "lot", "internet", "room",
    "classroom", "supported", "involved", "own", "project", "won", "hired", "call", "paid", "accompany", "joined",
    "parent", "jury", "survey",
))  # fmt: skip
"""Ideas that a question may name beside its matter, and its answer need not."""
_PEOPLE = frozenset(("pupil", "teacher", "parent", "head"))
_OF_NUMBERS_ALONE = (AnswerKind.NUMBER, AnswerKind.DIFFERENCE)
_OF_WHOLES = (AnswerKind.NUMBER, AnswerKind.SUM)
_OF_MOST = 0.5
"""Which part of the words of a question, by how much hangs on each, an answer must say all the same."""
_CLEAR, _QUITE_CLEAR = 1.0, 4.0
"""How much nearer than any other a number must be that does not answer all words of a question: strange ones, or such
as are told in passing."""
_QUALIFIES = (
    r"\b(?:sur|dans|avec|pour|chez|aux?|du|des|sont|etaient|qui|von|vom|aus|mit|fur|uber|in|im|ins|zu[mr]?|sind|waren|"
    r"van|over|uit|met|voor|naar|op|zijn|on|about|of|from|with|for|by|are|were|who|that)"
    r"(?: (?:an?|the|une?|les?|la|eine?[mnrs]?|de[nrms]?|das|die|een|het|l')){0,1}[ ']?"
)
"""What stands before a word that says which of them is meant: "projects *about* bees", "tablets that *were* pink"."""
_MONEY_ALONE = frozenset(("money", "francs", "grant", "invest", "ceiling", "planned", "mean", "per", "share"))
"""Ideas that say which kind of number is asked for, and not of what."""
_OF_NUMBERS = frozenset(
    (
        Operator.GROWTH, Operator.DIFFERENCE, Operator.MEAN, Operator.SHARE, Operator.RATIO, Operator.PER_YEAR,
        Operator.REST, Operator.LIST,
    )
)  # fmt: skip
OF_OTHER_KIND = message("another kind of answer is asked for")
NEAREST = message("Nearest: {sentence} It is not the answer: {reason}.")


def find(ledger: Ledger, question: str, language: str) -> Findings:
    """Answer a question in any of the four languages as known on the ledger's day, in words of `language`.

    The kind of the question binds the kind of its answer; what comes near and is another number is told beside it,
    with why it is not the answer.
    """
    read = read_question(ledger, question, language)
    if ends := numbers_from_to(read):
        grown = growth_of_told(ledger, ends, read, language)
        return answer_of(read, [grown], language) if grown else _not_answered(ledger, read, language)
    answer = _answer(ledger, read, language)
    if answer.is_answered and _is_of_operators(read, answer):
        return answer
    # no number answers whether something is true
    is_judged = read.kind is AnswerKind.TRUTH and "?" in read.text and not ASKS.search(levelled(read.text))
    others = [other for other in rereadings(ledger, read) if not is_judged or other.kind is read.kind]
    for other in others:
        again = _answer(ledger, other, language)
        if again.is_answered and _is_of_operators(other, again):
            return again
    for other in (read, *others):
        bare = _but_in_passing(ledger, other, language) if other.kind in _OF_NUMBERS_ALONE else None
        if bare and bare.is_answered and _is_of_operators(other, bare):
            return bare
    if (clear := _standing_clear(ledger, read, language)) and _is_of_operators(read, clear):
        return clear
    if alone := without_asides(ledger, read.text, read.language):
        asked_alone = find(ledger, alone, language)
        if asked_alone.is_answered:
            return replace(asked_alone, question=read.text)
    if not answer.is_answered:
        return answer
    reason = translate(OF_OTHER_KIND, language)
    near = translate(NEAREST, language, sentence=answer.nearest[0].sentence, reason=reason)
    return Findings(read.text, read.kind, False, _nothing(ledger, (), language), answer.nearest, (), (near,))


def _answer(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings:
    """Answer a question as it was read."""
    answer = _ANSWERS[read.kind](ledger, read, language)
    if answer and (unmet := _unmet(ledger, read, answer)):
        reason = translate(subjects.WORDS, language, words=cited(unmet, language))
        near = translate(NEAREST, language, sentence=answer.nearest[0].sentence, reason=reason)
        return Findings(
            read.text, read.kind, False, _nothing(ledger, unmet, language), answer.nearest, unmet, (near,)
        )
    return answer or _not_answered(ledger, read, language)


def _but_in_passing(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Answer by the one number that says all of a question but what it tells in passing: who uses it, what is done with
    it; where something else is counted, who pays."""
    every = candidates(ledger)
    query = subjects.words_of(read.subject, every)
    is_counted = any(word.is_head and word.idea not in _MONEY_ALONE for word in query)
    passing = _passing(query) | ({"money"} if is_counted else set())
    loose = [word for word in query if word.idea in passing and not (word.is_head or word.is_base)]
    fits = answering([replace(word, is_soft=word.is_soft or word in loose) for word in query], every)
    best = next(
        (fit.candidate for fit in fits if fit.share >= _OF_MOST and (not fit.why_not or fit.is_narrower)),
        None,
    )
    if best is None:
        return None
    unsaid = {word.text for word in loose if word.idea not in best.every_idea}
    unsaid |= {*subjects.fits(query, [best])[0].missed}  # what is paid is no amount of it
    kept = {
        word.idea for word in query if word.text not in unsaid and not word.is_soft and word.idea.isalpha()
    }
    if kept <= _MONEY_ALONE | NOTHING_COUNTED:
        return None
    subject = " ".join(word for word in joined(read.subject).split() if word not in unsaid)
    again = _answer(ledger, replace(read, subject=subject), language)
    return again if again.answering == 1 else None


def _passing(words: Sequence[subjects.Word]) -> frozenset[str]:
    """Give the ideas that may be told in passing: who it is not where a share is asked for, which is of them."""
    return _IN_PASSING - _PEOPLE if any(word.idea == "share" for word in words) else _IN_PASSING


def _standing_clear(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Answer by the number that comes much nearer than any other, where all that it does not answer are words that
    nobody knows; where it comes nearer still, also what is told in passing."""
    every = candidates(ledger)
    words = subjects.words_of(read.subject, every)
    near = subjects.fits(words, every)
    if read.kind not in (AnswerKind.NUMBER, AnswerKind.SUM) or not near:
        return None
    first = near[0]
    given = suggestion_of(ledger, first.candidate, language)
    if not (first.missed or first.why_not is subjects.OTHER) or given.quantity is None:
        return None
    if not first.missed and any(word.is_base for word in words):  # for each of which is another number
        return None
    strange, plain = {*unnamed(read.text, read.subject, read.language)}, levelled(read.text)
    if exceeds(plain):  # whether it is, and not how many
        return None
    if {word.idea for word in words if word.text not in first.missed} <= _MONEY_ALONE:
        return None
    if any(re.search(rf"{_QUALIFIES}{word}\b", plain) for word in strange & {*first.missed}):
        return None
    missed = [word for word in words if word.text in first.missed and word.text not in strange]
    if any(word.idea not in _passing(words) for word in missed) or len(first.missed) > 1:
        return None
    others = ((fit, suggestion_of(ledger, fit.candidate, language).quantity) for fit in near[1:])
    following = next((fit for fit, quantity in others if quantity != given.quantity), None)
    if following and following.distance - first.distance < (_QUITE_CLEAR if missed else _CLEAR):
        return None
    passed_over = tuple(dict.fromkeys((*read.strange, *first.missed)))
    again = replace(read, kind=AnswerKind.NUMBER, strange=passed_over)
    answer = answer_of(again, [given], language, near=_suggestions(ledger, near, language))
    return None if _unmet(ledger, again, answer) else answer


def _is_of_operators(read: ParsedQuestion, answer: Findings) -> bool:
    """Tell whether an answer is of the kind that each operator of its question asks for; of one that asks for a day,
    place or partner, none that is of numbers alone."""
    if answer.verdict and read.kind is not AnswerKind.STATED:
        *before, last = _CLAUSES.split(read.text)
        is_asked_more = before and Operator.TRUE not in read.operators and _ASKS_LAST.match(fold(last))
        return not ({Operator.LIST, Operator.WHERE} & {*read.operators} or is_asked_more)
    quantity = answer.nearest[0].quantity
    if quantity and _HOW_MUCH_MONEY.search(fold(read.text)) and not quantity.unit.startswith(("EUR", "BEF")):
        return False
    operators = {*read.operators} - (_OF_NUMBERS if read.kind in HAPPENINGS else set())
    return all(_is_of(operator, read, answer) for operator in operators)


def _is_of(operator: Operator, read: ParsedQuestion, answer: Findings) -> bool:
    """Tell whether an answer is of the kind that an operator asks for."""
    given = answer.nearest[0]
    unit = given.quantity.unit if given.quantity else ""
    ideas = {*concepts(given.what)}
    calls = [row.call for row in given.observations if row.call]
    is_apart = Operator.DIFFERENCE in read.operators
    is_of_several = len(given.observations) > 1 or any("_" in call for call in calls)
    return {
        Operator.SUM: (is_of_several and (read.kind is not AnswerKind.DIFFERENCE or is_apart))
        or (len(read.terms) == 1 and "total" in telling_words(read.whole)),
        Operator.DIFFERENCE: read.kind in (AnswerKind.DIFFERENCE, AnswerKind.TRUTH, AnswerKind.WHICH)
        or bool(ideas & {"change", "rejected", "notyet", "added"}),
        Operator.GROWTH: unit in ("share", "percent") or "change" in ideas or is_absolute(read),
        Operator.MEAN: "/" in unit
        or "per" in unit
        or bool(ideas & {"mean", "per"})
        or (" ÷ " in given.what and unit == "EUR"),
        Operator.PER_YEAR: "yearly" in ideas
        or any("per_year" in row.measure for row in given.observations)
        or " ÷ " in given.what,
        Operator.SHARE: unit in ("share", "percent"),
        Operator.RATIO: "/" in unit or "per" in unit,
        Operator.DURATION: unit in _DURATIONS,
        Operator.MOST: read.kind is AnswerKind.TRUTH
        or (read.kind is AnswerKind.WHICH and not read.wants_least)
        or "ceiling" in ideas,
        Operator.LEAST: read.kind is AnswerKind.TRUTH or (read.kind is AnswerKind.WHICH and read.wants_least),
        Operator.WHO: read.kind in (AnswerKind.WHO, AnswerKind.ADMITTED, AnswerKind.WHICH, AnswerKind.TRUTH),
        Operator.WHERE: read.kind in (AnswerKind.PLACE, AnswerKind.WHICH, AnswerKind.DATE),
        Operator.WHEN: read.kind in (AnswerKind.DATE, AnswerKind.WHICH) or unit == "days",
        Operator.HOUR: read.kind is AnswerKind.DATE,
        Operator.TRUE: read.kind in (AnswerKind.TRUTH, AnswerKind.ADMITTED),
        Operator.REST: bool(ideas & {"notyet", "rejected", "never", "not"}) or " − " in given.what,
        Operator.LIST: read.kind in (AnswerKind.WHO, AnswerKind.ADMITTED, AnswerKind.PLACE, AnswerKind.WHICH),
    }[operator]


def _unmet(ledger: Ledger, read: ParsedQuestion, answer: Findings) -> tuple[str, ...]:
    """List the years, calls, places, levels and networks that a question names and its answer, of whatever kind, has
    no number of, and matters of which nobody published any: it is only nearest."""
    if foreign := [word for word in read.unpublished if word not in fold(answer.nearest[0].what)]:
        return tuple(as_written(read.text, word) for word in foreign)
    given = answer.nearest[: answer.answering]
    plain = joined(read.whole)
    ceased = phrases("no longer", read.language).search(plain) if read.kind in _OF_WHOLES else None
    if apart := _APART.search(plain) or ceased:
        return (apart[0],)
    spans = {*_SPAN.findall(read.text)}
    if (
        spans
        and (others := {span for item in given for span in _SPAN.findall(item.what)})
        and not spans & others
    ):
        return (*sorted(spans),)
    if of_others := _unclear(read, given) or _repeated(read, given) or _of_other_units(read, given):
        return of_others
    rows = [row for suggestion in given for row in suggestion.observations]
    calls = {call for row in rows if row.call for call in ledger.calls_of(row.call)}
    met = years_of(ledger, rows, tuple(calls))
    several = len(read.terms) > (2 if read.kind is AnswerKind.TRUTH else 1) and has_calls(read)
    if several and len(calls) == 1 and read.kind in (*_OF_WHOLES, AnswerKind.TRUTH) and not read.dimension:
        return tuple(sorted({*read.terms} - calls))
    if _is_of_more(ledger, read, given):
        return tuple(dict.fromkeys(A_YEAR.findall(read.text)))
    if done := _only_planned(read, given):
        return (done,)
    if outside := _outside(ledger, read, rows, met):
        return outside
    years = [
        year for year in dict.fromkeys(A_YEAR.findall(read.text))
        if rows and met.get(int(year), 0) < _OF_ITS_TIME and not any(year in suggestion.what for suggestion in given)
        and not (read.dimension == "call" and len(read.terms) > 1 and f"EN{year}" in read.terms)
    ]  # fmt: skip
    if answer.verdict == "unproved" and len(read.stated) > 1:  # one of them may have become the other
        return tuple(number.text for number in read.stated)
    if answer.verdict and read.strange and any(number.unit == "percent" for number in read.stated):
        return read.strange  # what became of so many is not known
    if answer.verdict and read.kind is AnswerKind.ADMITTED:  # whoever no rule keeps out
        return ()
    if not rows and read.kind is not AnswerKind.ADMITTED:  # of a day or partner all words were looked at
        return ()
    parts = [
        word for word in telling_words(read.text)
        if {*ideas_of(word)} & _PARTS_OF_WHOLES or word.upper() in {*read.terms} - calls
    ]  # fmt: skip
    if read.kind is AnswerKind.NUMBER and (quantity := given[0].quantity):
        own = subjects.near_of(frozenset(concepts(f"{given[0].what} {given[0].named}")))
        titled = [word for word in telling_words(read.text) if {*ideas_of(word)} & _OF_TITLES - own]
        if titled and not {*concepts(read.whole)} & subjects.near_of(frozenset(HEADS.get(quantity.unit, ()))):
            return tuple(as_written(read.text, word) for word in titled)
    texts = (answer.sentence, *(f"{suggestion.what} {suggestion.named}" for suggestion in given))
    ideas = subjects.near_of(frozenset(idea for text in texts for idea in concepts(text)))
    words = [as_written(read.text, word) for word in parts if not {*ideas_of(word)} & ideas]
    return *years, *words


def _only_planned(read: ParsedQuestion, given: Sequence[Suggestion]) -> str:
    """Give the words of a question that say that something was done, where the number that answers is one of a plan."""
    if read.kind is not AnswerKind.NUMBER or not is_planned(given[0]):
        return ""
    plain, unit = levelled(read.text), given[0].quantity.unit if given[0].quantity else ""
    past = (
        ""
        if unit in (*_DURATIONS, "share", "percent")
        else past_word(plain, read.language, is_money="EUR" in unit)
    )
    return past or ("" if {*concepts(plain)} & _OF_PLANS else done_word(plain, read.language))


def _outside(
    ledger: Ledger, read: ParsedQuestion, rows: Sequence[Observation], met: Mapping[int, float]
) -> tuple[str, ...]:
    """List what a question says of time that no number of its answer is of: after the last of their years or before the
    first, or now, where the last of them is older than a year."""
    if read.kind in HAPPENINGS or not rows:
        return ()
    of_its_time = [year for year, weight in met.items() if weight > _OF_ITS_TIME] or [*met]
    for bound in _BEYOND.finditer(levelled(read.text)):
        year = int(bound["year"])
        if max(of_its_time) <= year if bound["after"] else min(of_its_time) >= year:
            return (bound[0],)
    by_year = _BY_YEAR.search(levelled(read.text)) if read.kind is AnswerKind.TRUTH else None
    if by_year and {row.call for row in rows} == {f"EN{by_year[1]}"}:
        return (by_year[0],)
    now = _NOW.search(fold(read.whole))
    last = max(max(row.source.day.last, row.valid_to or row.source.day.last) for row in rows)
    return (now[0],) if now and (ledger.known_at - last).days > _LONG_AGO else ()


def _repeated(read: ParsedQuestion, given: Sequence[Suggestion]) -> tuple[str, ...]:
    """List the numbers that a question tells, where the one that answers is among them: who tells it asks for another
    ("six schools in February; and in September?")."""
    if read.kind is AnswerKind.TRUTH:
        if _is_of_another(read, given):
            return tuple(number.text for number in read.stated)
        last = _AND_NEXT.search(levelled(read.text))
        is_next = last and Operator.TRUE not in operators_in(last[0], read.language)
        every, plain = phrases("all", read.language).pattern, levelled(read.text)
        return tuple(
            number.text
            for number in read.stated
            if is_next
            or _TIMES.match(levelled(number.following))
            or re.search(
                rf"(?:{every}) {re.escape(levelled(number.text))}\b", plain
            )  # of all: are they done?
        )
    values = [item.quantity.value or 0 for item in given if item.quantity]
    is_number, is_part = read.kind is AnswerKind.NUMBER, Operator.REST in read.operators
    return tuple(
        number.text
        for number in read.stated
        if is_number
        and any(o.value in values or (is_part and o.value < max(values)) for o in number.readings)
    )


def _unclear(read: ParsedQuestion, given: Sequence[Suggestion]) -> tuple[str, ...]:
    """Give the word by which a question asks more than one number or verdict answers: a superlative of which nobody
    knows whether it is the most or the least; whether it is so of the whole ("*entirely* for Wi-Fi"), or of others
    together; whether what was planned came true ("500 were planned; is that what it *became*?")."""
    if read.dimension and (adjective := unranked(read.whole, read.language)):
        return (adjective,)
    if read.kind is not AnswerKind.TRUTH or not (given and given[0].quantity):
        return ()
    if whole := _WHOLLY.search(fold(read.text)):
        return (whole[0],)
    before, _, last = re.sub(r"[,;:.!–] +", "\n", levelled(read.text)).rpartition("\n")
    became = phrases("ends", read.language).sub(" ", fold(last)).split()
    is_of_plan = is_planned(given[0]) and "planned" in {*concepts(before)} - {*concepts(last)}
    return (" ".join(became),) if is_of_plan and len(became) > 1 else ()


def _of_other_units(read: ParsedQuestion, given: Sequence[Suggestion]) -> tuple[str, ...]:
    """Give the word of what is to be counted, "how many *files* came in", where the answer is an amount of money; that
    for each of which, "pupils for each *project*", where it is for each of something else; that of all programmes,
    where it is of one."""
    if not given or read.kind in HAPPENINGS:
        return ()
    programmes = _EVERY_PROGRAMME.search(fold(read.text)) if read.kind in _OF_WHOLES else None
    if programmes and "programme" not in concepts(given[0].what):
        return (programmes[0],)
    plain, unit = levelled(read.whole), given[0].quantity.unit if given[0].quantity else ""
    counted = [word for word in (subjects.counted_word(joined(plain)),) if word and unit == "EUR"]
    bases = [word for word in subjects.BASE_WORD.findall(plain) if "/" in unit]
    ideas = subjects.near_of(frozenset(concepts(unit.replace("/", " "))))
    return tuple(
        as_written(read.text, word)
        for word in (*counted, *bases)
        if ideas_of(word)[-1] in subjects.ALL_HEADS - subjects.AMOUNTS - {"mean"} - ideas
    )


def _is_of_another(read: ParsedQuestion, given: Sequence[Suggestion]) -> bool:
    """Tell whether the number that answers is one that a question takes for known, and asks whether another is larger:
    "were the 500 that were planned *exceeded*"."""
    known = given[0].quantity if given else None
    if known is None or not exceeds(levelled(read.text)):
        return False
    return any(number.readings[0].value == known.value for number in read.stated)


def _is_of_more(ledger: Ledger, read: ParsedQuestion, given: Sequence[Suggestion]) -> bool:
    """Tell whether a question names one year, and its answer is of several together: what was spent since 2009 is not
    what was spent in 2019."""
    years = {*A_YEAR.findall(read.text)}
    if len(years) != 1 or read.kind is not AnswerKind.NUMBER:
        return False
    if _SINCE_OR_UNTIL.search(levelled(read.text)) or any(
        years <= {*A_YEAR.findall(item.what)} for item in given
    ):
        return False
    rows = [row for item in given[:1] for row in item.observations]
    if len(rows) != 1 or {*read.terms} & {row.call for row in rows}:
        return False
    (row,) = rows
    is_paid = row.quantity is not None and row.quantity.unit == "EUR"
    is_long = bool(is_paid and row.valid_from and row.valid_to and row.valid_from.year < row.valid_to.year)
    return is_long or (row.call is not None and len(ledger.calls_of(row.call)) > 1)


def _number(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Answer by the number that the words are about; by several, where they can be read in several ways; by one that is
    computed, where nobody printed any."""
    if of_years := school_years(ledger, read, language) or programme_years(ledger, read, language):
        return answer_of(read, [of_years], language)
    every = candidates(ledger)
    query = subjects.words_of(read.subject, every)
    named = {word.idea for word in query}
    if {"submitted", "won"} <= named and named & {"mean", "per"}:  # applicants for one winner
        query = [replace(word, idea="per") if word.idea == "mean" else word for word in query]
    elif "submitted" in named and "share" not in named and len(named & {"rejected", "won"}) == 1:
        # applications that were refused or accepted: projects, and no sum
        read = replace(read, terms=read.terms if has_calls(read) else ())
        query = [replace(word, idea="project") if word.idea == "submitted" else word for word in query]
    telling = [word for word in query if not word.is_soft]
    if all(word.is_exact or word.idea in NOTHING_COUNTED for word in telling) or (
        {word.idea for word in telling} <= {"money", "francs", "programme"}
    ):
        return None
    nearby = [item for item in subjects.meant(query, every) if has_calls(read) or item.is_about(read.terms)]
    if any(are_parts(nearby[0], other) for other in nearby[1:]):
        levels = added_levels(ledger, nearby, language)
        return answer_of(read, [levels], language) if levels else None
    by_bounds: dict[Bounds, Suggestion] = {}
    for suggestion in (suggestion_of(ledger, candidate, language) for candidate in nearby):
        if suggestion.quantity:
            by_bounds.setdefault(suggestion.quantity.bounds, suggestion)
    if any(is_told(number, [*by_bounds.values()]) for number in read.stated):
        return None  # whoever tells a number asks for another one
    if by_bounds:
        near = _suggestions(ledger, subjects.fits(query, every), language)
        return answer_of(read, [*by_bounds.values()][:MOST_READINGS], language, near=near)
    computed = (
        of_whole(ledger, query, language)
        or rejected(ledger, read, query, language)
        or for_each(ledger, query, language)
        or for_each_year(ledger, query, language)
    )
    if computed:
        return answer_of(read, [computed], language)
    if len(read.terms) > 1 and not has_calls(read) and (parts := added(ledger, read, language)):
        return answer_of(read, parts, language)
    days = days_from_one_to_another(ledger, read, language)
    return answer_of(read, [days], language) if days else None


def _not_answered(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings:
    """Say that nothing answers a question: what is nearest, and why it is not the answer."""
    every = candidates(ledger)
    words = subjects.words_of(read.subject, every)
    near = subjects.fits(words, every)
    best = near[0] if near else None
    unanswered = [word for word in words if best is None or word.text in best.missed]
    texts = tuple(as_written(read.text, word.text) for word in unanswered)
    nearest = tuple(_suggestions(ledger, near, language))
    may_be_places = {word.text for word in words if word in unanswered or word.idea in subjects.PLACES}
    commune = commune_in(ledger, read.text, may_be_places) if unanswered else ""
    if commune:
        there = place(ledger, COMMUNE, commune)
        others = {word.idea for word in words if word.text not in may_be_places} - subjects.POPULATIONS
        counted = "" if others else registered_sentence(ledger, there, language)
        remarks = tuple(place_remarks(ledger, there, language))
        sentence = counted or _nothing(ledger, texts, language)
        return Findings(read.text, read.kind, bool(counted), sentence, nearest, texts, remarks)
    remarks = ()
    if best and nearest:
        why = best.why_not or (subjects.PART if best.candidate.narrow else subjects.UNKNOWN)
        values = (
            {"words": cited([as_written(read.text, text) for text in why.values["words"]], language)}
            if why.values
            else {}
        )
        reason = translate(why, language, **values)
        remarks = (translate(NEAREST, language, sentence=nearest[0].sentence, reason=reason),)
    return Findings(
        read.text, read.kind, False, _nothing(ledger, texts, language),
        nearest or _spelled_alike(ledger, read.text, every, language), texts, remarks,
    )  # fmt: skip


def _nothing(ledger: Ledger, texts: Sequence[str], language: str) -> str:
    if not texts:
        return translate(message("Nothing known on {day} answers this.", day=ledger.known_at), language)
    sentence = message("Nothing known on {day} answers: {words}.", day=ledger.known_at,
                   words=cited(texts, language))  # fmt: skip
    return translate(sentence, language)


def _spelled_alike(
    ledger: Ledger, question: str, every: Sequence[Candidate], language: str
) -> tuple[Suggestion, ...]:
    by_name = {candidate.name: candidate for candidate in every}
    near = nearest_names(fold(question).replace(" ", "_"), by_name)
    return tuple(suggestion_of(ledger, by_name[name], language) for name in near)


def _suggestions(ledger: Ledger, near: Iterable[subjects.Fit], language: str) -> Iterator[Suggestion]:
    """Say what comes nearest; of what nothing is known, only the first is told."""
    shown = 0
    for fit in near:
        suggestion = suggestion_of(ledger, fit.candidate, language)
        if suggestion.quantity is not None or not shown:
            shown += 1
            yield suggestion
        if shown == MOST:
            return


# --- days, partners, places -------------------------------------------------------------------------


def _date(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    nearby = nearest(ledger, read.subject, "day", is_whole=not read.strange)
    plain = levelled(read.text)
    if ASKS_HOUR.search(plain):
        nearby = [entry for entry in nearby if entry.hour]
    exact = "2020-03-04" if ASKS_DAY.search(plain) else "2020-03" if ASKS_MONTH.search(plain) else ""
    nearby = [entry for entry in nearby if len(entry.day) >= len(exact)]
    if past_word(plain, read.language, is_money=False):
        nearby = [entry for entry in nearby if not entry.code.endswith("_planned")]
    if {*concepts(read.subject)} & {"untilwhen", "end"}:
        nearby = [replace(entry, day=entry.days[-1]) if entry.days else entry for entry in nearby]
    return answer_of(read, days_told(ledger, nearby[:MOST_READINGS], language), language) if nearby else None


def _who(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Say who does something; of two things that are asked of, who does each."""
    if _OR_WHO.search(levelled(read.text)):  # whoever is named is not sure to be meant
        return None
    is_whole, clauses = not read.strange, _AND_WHO.split(read.subject)
    nearby = [nearest(ledger, clause, "actor", is_whole=is_whole) for clause in clauses]
    if not all(nearby):
        nearby = [nearest(ledger, read.subject, "actor", is_whole=is_whole)]
    return answer_of(read, actors_told(ledger, nearby, language), language) if all(nearby) else None


def _place(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    nearby = nearest(ledger, read.subject, "place")
    return answer_of(read, places_told(ledger, nearby, language), language) if nearby else None


def _admitted(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Say who may not take part in a call; of winners of others, whether they may: not where a rule keeps them out."""
    order = [call.call for call in ledger.calls]
    *former, call = sorted({*read.terms} & {*order}, key=order.index)
    rules = exclusions_told(ledger, [call], language)
    keeping = [rule for rule in rules if {*former} <= {*rule.named.split(" & ")}]
    if _NONE.search(fold(read.text)):
        return None
    if not rules or not (read.subject or (former and keeping)):
        return answer_of(read, rules, language) if rules and not former else None
    if not former and not speaks_of_former(read.subject):
        return None
    verdict = "yes" if bool(keeping) is is_kept_out(read.subject) else "no"
    return judged_so(read, (keeping or rules)[0], verdict, language)


# --- several numbers in one answer ------------------------------------------------------------------


def _sum(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Answer by a sum of calls or parts; else by one number of them together."""
    is_added = has_calls(read) or Operator.SUM in read.operators
    if not is_added and (single := _number(ledger, read, language)):
        return single
    readings, order = added(ledger, read, language), tuple(call.call for call in ledger.calls)
    if not readings and read.terms == order:  # of all calls, the last of which may not be known
        readings = added(ledger, replace(read, terms=order[:-1]), language)
    return answer_of(read, readings, language) if readings else _number(ledger, read, language)


def _difference(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    computed = difference(ledger, read, language)
    return answer_of(read, [computed], language) if computed else None


# --- is it true? ------------------------------------------------------------------------------------


def _truth(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge what a question states; where it is that there was at least one, by the number of them; of a part of a
    whole, by its share."""
    part, rest = ("", read.subject) if read.stated else part_told(levelled(read.subject))
    stated = tuple(numbers_in(part, read.language)) or read.stated
    if stated and stated[0].unit == "percent" and {*concepts(rest)} & (subjects.ALL_HEADS | {"submitted"}):
        of_share = replace(read, kind=AnswerKind.NUMBER, subject=f"share {rest}", stated=stated)
        shares = _number(ledger, of_share, language)
        verdict = verdict_on(of_share, shares.nearest[0]) if shares and shares.answering == 1 else ""
        if shares and verdict:
            return judged_so(read, shares.nearest[0], verdict, language)
    if judged := judgement(ledger, read, language):
        return judged
    some = some_in(levelled(read.subject))
    given = _number(ledger, replace(read, subject=some), language) if some else None
    if given is None or given.answering != 1:
        return None
    low, high = bounds_of(given.nearest[0]).ends
    verdict = "yes" if low > 0 else "no" if high == 0 else "unproved"
    return judged_so(read, given.nearest[0], verdict, language)


_ANSWERS: Mapping[AnswerKind, Callable[[Ledger, ParsedQuestion, str], Findings | None]] = {
    AnswerKind.NUMBER: _number, AnswerKind.DATE: _date, AnswerKind.WHO: _who, AnswerKind.PLACE: _place,
    AnswerKind.WHICH: largest_or_smallest, AnswerKind.SUM: _sum, AnswerKind.DIFFERENCE: _difference,
    AnswerKind.TRUTH: _truth, AnswerKind.STATED: agreeing, AnswerKind.ADMITTED: _admitted,
}  # fmt: skip
