"""The answer to a question in words: one sentence to be quoted, the next candidates, and what is not known.

The sentence has the number as its document prints it, or says that it is computed; the document, the place
in it and the day; and who says otherwise. A question that nothing answers gets no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, combinations
from typing import Any

from ennum_stats.errors import message, nearest_names
from ennum_stats.languages import LANGUAGES, listed, translate
from ennum_stats.measures.dates import publisher_and_day, publishers_and_days
from ennum_stats.measures.labels import PRICE_INDEX
from ennum_stats.measures.prices import SERIES
from ennum_stats.measures.schools.places import place
from ennum_stats.quantities import Bounds, Quantity, total
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.happenings import (
    actors_told,
    days_between,
    days_told,
    exclusions_told,
    nearest,
    places_told,
)
from ennum_stats.reading.judging import is_as_printed, lies, same_unit
from ennum_stats.reading.operators import Operator
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.reading.questions import (
    ASKS_HOUR,
    HAPPENINGS,
    AnswerKind,
    ParsedQuestion,
    is_of_percent,
    read_question,
    rereadings,
)
from ennum_stats.reading.statements import (
    done_word,
    is_kept_out,
    says_done,
    some_in,
    speaks_of_former,
    stated_day,
    without_name,
)
from ennum_stats.reading.suggestions import Suggestion, suggestion_of
from ennum_stats.search import subjects
from ennum_stats.search.candidates import HEADS, PROGRAMMES, Candidate, candidates, years_of
from ennum_stats.search.concepts import ACTS, LEVELS, concept, concepts, ideas_of, joined, telling_words
from ennum_stats.search.place_words import registered_sentence
from ennum_stats.search.places import commune_in, place_remarks
from ennum_stats.search.subjects import answering
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE
from ennum_stats.typography import fold
from ennum_stats.vocabulary import DIMENSIONS, PART_OF, PARTS
from ennum_stats.wording import words

_MOST, _MOST_READINGS = 6, 3
_OF_MEANS = frozenset(("mean", "project", "money", "grant", "won", "call", "total"))
_NOT_ADDED = frozenset(
    ("share", "percent", "EUR/project", "EUR/implantation", "pupils/computer", "per_100_pupils")
)
"""Units of which a sum says nothing."""
_NOTHING_COUNTED = PROGRAMMES | {"begin", "end", "call", "total", "wallonia"}
"""Ideas that say when, where and of what, but nothing that could be counted."""
_TOLD_IN_PASSING = frozenset(
    ("planned", "won", "project", "device", "classroom", "staff", "head", "call", "school", "plan", "equipped",
     "use", "first", "own", "session", "type", "file", "room", "aim", "supported", "accompany", "involved",
     "installed", "pupil", "teacher", "joined")
)  # fmt: skip
"""Ideas that a question may tell of without asking for them."""
_PARTS_OF_WHOLES = (LEVELS | subjects.PLACES | {"municipal", "freenetwork"}) - {"wallonia", "fwb", "ordinary"}
"""Ideas of parts that an answer must be of, if they are asked for."""
_OF_PLANS = frozenset(("planned", "plan", "target", "aim"))
_SINCE_OR_UNTIL = re.compile(
    r"\b(?:depuis|jusqu\w*|entre|d'ici|seit|bis|ab|zwischen|sinds|tot|vanaf|tussen|since|until|till|up to|between|by|"
    r"fin|ende|einde?|end)\b"
)
_OF_ITS_TIME = 0.5
"""How well a number must answer to a year that is asked for."""
_CALL_OR_YEAR = re.compile(r"(?:\bim jahr )?\b(?:e\.?n\.? ?(?:20\d\d|[1-9])|20\d\d)\b")
_BACKGROUND = (ACTS - {"help"}) | frozenset((
    "school", "site", "institution", "staff", "device", "terminal", "computer", "pupil", "teacher", "equipped",
    "installed", "reached", "session", "team", "network", "use", "file", "head", "type", "lot", "internet", "room",
    "classroom", "supported", "involved", "own", "project", "won", "hired", "call", "paid",
))  # fmt: skip
"""Ideas that a question may name beside its matter, and its answer need not."""
_MONEY_ALONE = frozenset(("money", "francs", "grant", "invest", "ceiling", "planned", "mean", "per", "share"))
"""Ideas that say which kind of number is asked for, and not of what."""
_OF_MOST = 0.5
"""Which part of the words of a question, by how much hangs on each, an answer must say all the same."""
_TIMES = re.compile(
    r"\b(?:combien de fois|wie oft|wie ?viel ?mal|um das wievielfache|hoeveel (?:keer|maal)|how many times)\b"
)
_OF_NUMBERS = frozenset(
    (
        Operator.GROWTH, Operator.DIFFERENCE, Operator.MEAN, Operator.SHARE, Operator.RATIO, Operator.PER_YEAR,
        Operator.REST, Operator.LIST,
    )
)  # fmt: skip
_OF_TWO = frozenset((Operator.SUM, Operator.DIFFERENCE, Operator.GROWTH))
_SCHOOL_YEARS = re.compile(r"\b(?:schuljahre?n?|annees? scolaires?|schoolja(?:ar|ren)|school years?)\b")
_OF_PRICES = frozenset(("inflation", "change", "share", "money", "begin", "end", "belgium"))
"""Ideas of questions of how much prices grew."""
_PLANS = frozenset(("planned", "target", "aim"))
COMPUTED = message("{what}: {number}, computed from {documents}: {formula}.")
LARGEST = message("{name}. {sentence} The largest of those whose number is known; the others: {others}.")
SMALLEST = message("{name}. {sentence} The smallest of those whose number is known; the others: {others}.")
VERDICTS = {
    "yes": message("Yes. {sentence}"),
    "no": message("No. {sentence}"),
    "unproved": message("It may be so, and is not proved. {sentence}"),
}
READ_AS = message("Read as asking for {kind}: {what}.")
OTHERWISE = message("It can also be read otherwise: {sentence}")
OF_OTHER_KIND = message("another kind of answer is asked for")
NEAREST = message("Nearest: {sentence} It is not the answer: {reason}.")


@dataclass(frozen=True)
class Findings:
    """Hold what is found for a question: whether anything answers it, the sentence that says so, what comes
    nearest, and what must be said beside it."""

    question: str
    kind: AnswerKind
    is_answered: bool
    sentence: str
    nearest: tuple[Suggestion, ...]
    unanswered: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    answering: int = 0
    """How many of the nearest answer it; the others only come near."""
    verdict: str = ""
    """Of what is asked to be true: yes, no or unproved."""

    def record(self) -> dict[str, Any]:
        """Give it as `ennum find --format json` gives it."""
        return {
            "question": self.question,
            "kind": self.kind.value,
            "answered": self.is_answered,
            "verdict": self.verdict or None,
            "answering": self.answering,
            "sentence": self.sentence,
            "unanswered": list(self.unanswered),
            "remarks": list(self.remarks),
            "candidates": [candidate.record() for candidate in self.nearest],
        }


def find(ledger: Ledger, question: str, language: str) -> Findings:
    """Answer a question in any of the four languages as known on the ledger's day, in words of `language`.

    The kind of the question binds the kind of its answer; what comes near and is another number is told beside it,
    with why it is not the answer.
    """
    read = read_question(ledger, question, language)
    answer = _answer(ledger, read, language)
    if not answer.is_answered or not _is_of_operators(read, answer):
        for other in rereadings(ledger, read):
            again = _answer(ledger, other, language)
            if again.is_answered and _is_of_operators(other, again):
                return again
        for other in (read, *rereadings(ledger, read)):
            bare = _by_most_words(ledger, other, language) if other.kind is AnswerKind.NUMBER else None
            if bare and bare.is_answered and _is_of_operators(other, bare):
                return bare
    if answer.is_answered and not _is_of_operators(read, answer):
        reason = translate(OF_OTHER_KIND, language)
        near = translate(NEAREST, language, sentence=answer.nearest[0].sentence, reason=reason)
        return Findings(
            read.text, read.kind, False, _nothing(ledger, (), language), answer.nearest, (), (near,)
        )
    return answer


def _answer(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings:
    """Answer a question as it was read."""
    answer = _ANSWERS[read.kind](ledger, read, language)
    if answer and (unmet := _unmet(ledger, read, answer)):
        reason = translate(subjects.WORDS, language, words=_cited(unmet, language))
        near = translate(NEAREST, language, sentence=answer.nearest[0].sentence, reason=reason)
        return Findings(
            read.text, read.kind, False, _nothing(ledger, unmet, language), answer.nearest, unmet, (near,)
        )
    return answer or _not_answered(ledger, read, language)


def _by_most_words(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Answer by the one number that says all of a question but words that make no other number of one: who uses it,
    what is done with it."""
    every = candidates(ledger)
    query = subjects.words_of(read.subject, every)
    counted = {word.idea for word in query if word.is_head} - {"money", "grant", "francs"}
    query = [replace(word, idea="paid") if counted and word.idea == "money" else word for word in query]
    fits = answering([replace(word, is_soft=word.is_soft or _is_background(word)) for word in query], every)
    nearby = [fit for fit in fits if fit.why_not is None]
    if not nearby or nearby[0].share < _OF_MOST or not _counts(nearby[0].candidate, query):
        return None
    unsaid = {
        word.text
        for word in query
        if _is_background(word) and not nearby[0].candidate.every_idea & {word.idea}
    }
    kept = {word.idea for word in query if word.text not in unsaid and not word.is_soft}
    if kept <= _MONEY_ALONE | _NOTHING_COUNTED:
        return None
    subject = " ".join(word for word in joined(read.subject).split() if word not in unsaid)
    again = _answer(ledger, replace(read, subject=subject), language)
    return again if again.answering == 1 else None


def _counts(candidate: Candidate, query: Sequence[subjects.Word]) -> bool:
    """Tell whether a number is of just what is to be counted; where nothing is, whether it is no number of things."""
    head = next((word.idea for word in query if word.is_head), "")
    if not head:
        named = {word.idea for word in query} - {"device", "computer"}  # "what was set aside for gear"
        return bool(candidate.heads & (named | _MONEY_ALONE | {"duration", "pupil", "terminal"}))
    return subjects.is_counted(head, candidate)


def _is_background(word: subjects.Word) -> bool:
    """Tell whether what a word names may help to choose a number, and makes no other of it."""
    return word.idea in _BACKGROUND and not (word.is_head or word.is_base)


def _is_of_operators(read: ParsedQuestion, answer: Findings) -> bool:
    """Tell whether an answer is of the kind that each operator of its question asks for; of one that asks for a day,
    place or partner, none that is of numbers alone."""
    operators = {*read.operators} - (_OF_NUMBERS if read.kind in HAPPENINGS else set())
    return all(_is_of(operator, read, answer) for operator in operators)


def _is_of(operator: Operator, read: ParsedQuestion, answer: Findings) -> bool:
    """Tell whether an answer is of the kind that an operator asks for."""
    given = answer.nearest[0]
    unit = given.quantity.unit if given.quantity else ""
    ideas = {*concepts(given.what)}
    calls = [row.call for row in given.observations if row.call]
    is_of_several = len(given.observations) > 1 or "total" in ideas or any("_" in call for call in calls)
    return {
        Operator.SUM: is_of_several,
        Operator.DIFFERENCE: read.kind in (AnswerKind.DIFFERENCE, AnswerKind.TRUTH, AnswerKind.WHICH)
        or bool(ideas & {"change", "rejected", "notyet"}),
        Operator.GROWTH: unit in ("share", "percent") or "change" in ideas,
        Operator.MEAN: "/" in unit or "per" in unit or bool(ideas & {"mean", "per"}),
        Operator.PER_YEAR: "yearly" in ideas
        or any("per_year" in row.measure for row in given.observations)
        or (" ÷ " in given.what and unit == "EUR"),
        Operator.SHARE: unit in ("share", "percent"),
        Operator.RATIO: "/" in unit or "per" in unit,
        Operator.DURATION: unit in ("years", "months", "days", "hours"),
        Operator.MOST: read.kind is AnswerKind.TRUTH
        or (read.kind is AnswerKind.WHICH and not read.wants_least)
        or "ceiling" in ideas,
        Operator.LEAST: read.kind is AnswerKind.TRUTH or (read.kind is AnswerKind.WHICH and read.wants_least),
        Operator.WHO: read.kind in (AnswerKind.WHO, AnswerKind.ADMITTED, AnswerKind.WHICH, AnswerKind.TRUTH),
        Operator.WHERE: read.kind in (AnswerKind.PLACE, AnswerKind.WHICH),
        Operator.WHEN: read.kind in (AnswerKind.DATE, AnswerKind.WHICH) or unit == "days",
        Operator.HOUR: read.kind is AnswerKind.DATE,
        Operator.TRUE: read.kind in (AnswerKind.TRUTH, AnswerKind.ADMITTED),
        Operator.REST: bool(ideas & {"notyet", "rejected", "never", "not"}) or " − " in given.what,
        Operator.LIST: read.kind in (AnswerKind.WHO, AnswerKind.ADMITTED, AnswerKind.PLACE),
    }[operator]


def _unmet(ledger: Ledger, read: ParsedQuestion, answer: Findings) -> tuple[str, ...]:
    """List the years, calls, places, levels and networks that a question names and its answer, of whatever kind, has
    no number of, and matters of which nobody published any: it is only nearest."""
    if foreign := [word for word in read.unpublished if word not in fold(answer.nearest[0].what)]:
        return tuple(_as_written(read.text, word) for word in foreign)
    given = answer.nearest[: answer.answering]
    rows = [row for suggestion in given for row in suggestion.observations]
    calls = {call for row in rows if row.call for call in ledger.calls_of(row.call)}
    met = years_of(ledger, rows, tuple(calls))
    if _is_of_more(ledger, read, given):
        return tuple(dict.fromkeys(re.findall(r"\b(?:19|20)\d\d\b", read.text)))
    plain = levelled(read.text)
    is_plan = read.kind is AnswerKind.NUMBER and _is_planned(answer.nearest[0])
    if is_plan and (done := done_word(plain)) and not {*concepts(plain)} & _OF_PLANS:
        return (done,)
    years = [
        year for year in dict.fromkeys(re.findall(r"\b(?:19|20)\d\d\b", read.text))
        if rows and met.get(int(year), 0) < _OF_ITS_TIME and not any(year in suggestion.what for suggestion in given)
    ]  # fmt: skip
    if not rows and (
        answer.verdict or read.kind is not AnswerKind.ADMITTED
    ):  # of a day or partner all words were looked at
        return ()
    parts = [
        word for word in telling_words(read.text)
        if {*ideas_of(word)} & _PARTS_OF_WHOLES or word.upper() in {*read.terms} - calls
    ]  # fmt: skip
    texts = (answer.sentence, *(f"{suggestion.what} {suggestion.named}" for suggestion in given))
    ideas = subjects.near_of(frozenset(idea for text in texts if parts for idea in concepts(text)))
    words = [_as_written(read.text, word) for word in parts if not {*ideas_of(word)} & ideas]
    return *years, *words


def _is_of_more(ledger: Ledger, read: ParsedQuestion, given: Sequence[Suggestion]) -> bool:
    """Tell whether a question names one year, and its answer is of several together: what was spent since 2009 is not
    what was spent in 2019."""
    if (
        read.kind is not AnswerKind.NUMBER
        or len(years := {*re.findall(r"\b(?:19|20)\d\d\b", read.text)}) != 1
    ):
        return False
    if _SINCE_OR_UNTIL.search(levelled(read.text)) or any(
        years <= {*re.findall(r"\b\d{4}\b", item.what)} for item in given
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
    """Answer by the number that the words are about; by several, where they can be read in several ways."""
    if of_years := _school_years(ledger, read, language):
        return of_years
    every = candidates(ledger)
    readings: list[Suggestion] = []
    query = subjects.words_of(read.subject, every)
    named = {word.idea for word in query}
    if {"submitted", "won"} <= named and named & {"mean", "per"}:  # applicants for one winner
        query = [replace(word, idea="per") if word.idea == "mean" else word for word in query]
    elif "submitted" in named and "share" not in named and len(named & {"rejected", "won"}) == 1:
        # applications that were refused or accepted: projects, and no sum
        read = replace(read, terms=read.terms if _has_calls(read) else ())
        query = [replace(word, idea="project") if word.idea == "submitted" else word for word in query]
    if all(word.is_exact or word.idea in _NOTHING_COUNTED for word in query) or named <= {
        "money",
        "francs",
        "programme",
    }:
        return None
    nearby = [item for item in subjects.meant(query, every) if _has_calls(read) or item.is_about(read.terms)]
    if any(_are_parts(nearby[0], other) for other in nearby[1:]):
        return _sum_of_levels(ledger, read, nearby, language)
    for candidate in nearby:
        suggestion = suggestion_of(ledger, candidate, language)
        bounds = suggestion.quantity.bounds if suggestion.quantity else None
        if bounds and all(other.quantity and other.quantity.bounds != bounds for other in readings):
            readings.append(suggestion)
    if not readings:
        return (
            _of_whole(ledger, read, query, language)
            or _rejected(ledger, read, query, language)
            or _for_each(ledger, read, query, language)
            or _for_each_year(ledger, read, query, language)
            or _sum_of_parts(ledger, read, language)
            or _days_between(ledger, read, language)
            or _in_passing(ledger, read, query, language)
        )
    return _given(
        read,
        readings[:_MOST_READINGS],
        language,
        near=_suggestions(ledger, subjects.fits(query, every), language),
    )


def _in_passing(
    ledger: Ledger, read: ParsedQuestion, query: Sequence[subjects.Word], language: str
) -> Findings | None:
    """Answer by the one number that is meant where a word or two that are told in passing are left out: "how many
    *pupils must* share a device", "the devices of the *classes*"; nothing where that leads to several."""
    every = candidates(ledger)
    is_counted = any(word.is_head and word.idea not in _MONEY_ALONE for word in query)
    passing = _TOLD_IN_PASSING | {"money"} if is_counted else _TOLD_IN_PASSING  # who pays for what is counted
    loose = [word for word in query if word.idea in passing and not (word.is_head or word.is_base)]
    for many in (1, 2):
        readings: dict[Quantity, tuple[Candidate, Suggestion]] = {}
        for passed in combinations(loose, many):
            rest = [word for word in query if word not in passed]
            if all(word.is_soft or word.idea in _NOTHING_COUNTED | {"planned", "duration"} for word in rest):
                continue
            ideas = subjects.near_of(frozenset(word.idea for word in rest))
            for candidate in subjects.meant(rest, every)[:1]:
                suggestion = suggestion_of(ledger, candidate, language)
                if suggestion.quantity and (candidate.heads | candidate.counted) & ideas:
                    readings.setdefault(suggestion.quantity, (candidate, suggestion))
        if readings:
            ((item, suggestion), *others) = readings.values()
            return _given(read, [suggestion], language) if not others and _counts(item, query) else None
    return None


def _of_whole(
    ledger: Ledger, read: ParsedQuestion, query: Sequence[subjects.Word], language: str
) -> Findings | None:
    """Compute which share of a whole a part is, or what is left of it, where the ledger has both: the parts of one
    number, and measures that count a part of what another one counts."""
    ideas = {word.idea for word in query}
    if not ideas & {"share", "notyet"}:
        return None
    bare = [replace(word, is_head=False) for word in query if word.idea not in ("share", "notyet")]
    known = [*_parts_of_measures(ledger, bare, language), *_parts_named(ledger, bare, language)]
    if not known and {"share", "rejected"} <= ideas:  # where only those that were selected are known
        ideas |= {"notyet"}
        bare = [replace(word, idea="won") if word.idea == "rejected" else word for word in bare]
        known = [*_parts_of_measures(ledger, bare, language)]
    for part, whole in known:
        numerator, denominator = part.quantity, whole.quantity
        if numerator is None or denominator is None or numerator.unit != denominator.unit:
            continue
        pairs = [(part.what, part), (whole.what, whole)]
        if "share" not in ideas:
            rest = _combined(pairs[::-1], denominator - numerator, " − ", language)
            return _given(read, [rest], language)
        share = numerator.over(denominator, "share")
        if "notyet" in ideas:
            share = Quantity.exact(1, "share") - share
        before = "1 − " if "notyet" in ideas else ""
        return _given(read, [_combined(pairs, share, " ÷ ", language, before)], language)
    return None


def _parts_of_measures(
    ledger: Ledger, bare: Sequence[subjects.Word], language: str
) -> Iterator[tuple[Suggestion, Suggestion]]:
    """Give what words are about, with the number that it is a part of: the same without its breakdown, or of the
    measure that counts the whole."""
    every = candidates(ledger)
    for implied in (frozenset(), frozenset(("submitted",))):
        nearby = subjects.meant([word for word in bare if word.idea not in implied], every)
        known = [(item, whole) for item in nearby if (whole := _whole_of(item, every))]
        known = [(item, whole) for item, whole in known if implied <= whole.ideas.keys()]
        are_levels = len(nearby) > 1 and _levels_of(nearby)
        for item, whole in known[:1]:
            part = (
                _added_levels(ledger, nearby, language)
                if are_levels
                else suggestion_of(ledger, item, language)
            )
            if part:
                yield part, _of_one_document(ledger, part, whole, language)


def _parts_named(
    ledger: Ledger, bare: Sequence[subjects.Word], language: str
) -> Iterator[tuple[Suggestion, Suggestion]]:
    """Give a part and the whole that a question names as well, "of the 500 that the *jury* chose, those of *compulsory*
    education": each without the one word that only the other has."""
    every = candidates(ledger)
    narrowing = [word for word in bare if any(word.idea in part for item in every for part in item.narrow)]
    for own in narrowing:
        names = chain.from_iterable(part for item in every for part in item.narrow if own.idea in part)
        of_part = {own.idea, *names}  # "the province of Liège"
        wholes = subjects.meant([word for word in bare if word.idea not in of_part], every)
        for other in (None, *narrowing) if wholes else ():
            for part in subjects.meant([word for word in bare if word is not other], every)[:1]:
                whole = next((item for item in wholes if _is_within(part, item)), None)
                if whole and own is not other and any(own.idea in ideas for ideas in part.narrow):
                    small = suggestion_of(ledger, part, language)
                    yield small, _of_one_document(ledger, small, whole, language)


def _of_one_document(ledger: Ledger, part: Suggestion, whole: Candidate, language: str) -> Suggestion:
    """Say a whole as the document of its part prints it, where it does: the two then belong together."""
    all_of_it = suggestion_of(ledger, whole, language)
    row, sources = whole.observations[0], {observation.source.source_id for observation in part.observations}
    for other in ledger.all_observations():
        is_same = other.measure == row.measure and all(
            getattr(other, name) == getattr(row, name) for name in DIMENSIONS
        )
        if is_same and other.source.source_id in sources and other.quantity:
            text = words(other.quantity, language)
            return replace(all_of_it, text=text, quantity=other.quantity, observations=(other,))
    return all_of_it


def _is_within(part: Candidate, whole: Candidate) -> bool:
    """Tell whether a number may be a part of another one: of the same measure, call and programme, and smaller."""
    if not (part.observations and whole.observations) or part is whole or _are_parts(part, whole):
        return False
    row, other = part.observations[0], whole.observations[0]
    names = ("measure", "call", "programme", "territory")
    is_alike = all(getattr(row, name) == getattr(other, name) for name in names)
    return bool(
        is_alike and row.quantity and other.quantity and other.quantity.bounds.exceeds(row.quantity.bounds)
    )


def _for_each(
    ledger: Ledger, read: ParsedQuestion, query: Sequence[subjects.Word], language: str
) -> Findings | None:
    """Divide the money of a part by what it was for: by the sites or projects that its question names."""
    base = next((word for word in query if word.idea in subjects.POPULATIONS | {"project", "won"}), None)
    ideas = {word.idea for word in query}
    if base is None or not ideas & {"mean", "per"} or ideas & {"submitted", "rejected", "yearly"}:
        return None
    every = candidates(ledger)
    rest = [word for word in query if word.idea not in ("mean", "per", "money", "grant", base.idea)]
    pairs = []
    for head in (subjects.words_of("budget", every)[0], replace(base, is_base=False, is_head=True)):
        nearby = subjects.meant([*rest, replace(head, is_head=True)], every)
        pairs += [(item.what, item) for item in (suggestion_of(ledger, c, language) for c in nearby[:1])]
    quantities = [part.quantity for _, part in pairs]
    if len(quantities) < 2 or quantities[0] is None or quantities[1] is None or quantities[0].unit != "EUR":
        return None
    unit = "EUR/project" if quantities[1].unit == "projects" else "EUR/implantation"
    return _given(
        read, [_combined(pairs, quantities[0].over(quantities[1], unit), " ÷ ", language)], language
    )


def _for_each_year(
    ledger: Ledger, read: ParsedQuestion, query: Sequence[subjects.Word], language: str
) -> Findings | None:
    """Divide what was paid in several years by their number."""
    if "yearly" not in {word.idea for word in query}:
        return None
    nearby = subjects.meant(
        [word for word in query if word.idea not in ("yearly", "per", "mean")], candidates(ledger)
    )
    rows = nearby[0].observations if nearby else ()
    if (
        not rows
        or rows[0].quantity is None
        or rows[0].quantity.unit != "EUR"
        or not (rows[0].valid_from and rows[0].valid_to)
    ):
        return None
    years = Quantity.exact(rows[0].valid_to.year - rows[0].valid_from.year + 1, "years")
    paid, many = suggestion_of(ledger, nearby[0], language), words(years, language)
    if paid.quantity is None or years.value == 1:
        return None
    pairs = [(paid.what, paid), (many, Suggestion("years", many, many, ""))]
    return _given(read, [_combined(pairs, paid.quantity.over(years, "EUR"), " ÷ ", language)], language)


def _prices(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Compute by how much prices grew from one year to another."""
    index = {int(row["year"]): row for row in ledger.records("prices") if row["series"] == SERIES}
    years = sorted({int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", read.text)})
    ideas = {idea for idea in concepts(read.subject) if not idea[-1].isdigit()} - _NOTHING_COUNTED
    if len(years) != 2 or not {*years} <= index.keys() or "inflation" not in ideas or not ideas <= _OF_PRICES:
        return None
    first, last = (Quantity.exact(index[year]["index"], "points") for year in years)
    growth = last.over(first, "share") - Quantity.exact(1, "share")
    source = publisher_and_day(ledger.source(index[years[1]]["source_id"]), language)
    what, text = f"{translate(PRICE_INDEX, language)} ({years[0]}–{years[1]})", words(growth, language)
    formula = f"−1 + {index[years[1]]['index']:f} ÷ {index[years[0]]['index']:f}"
    sentence = translate(COMPUTED, language, what=what, number=text, formula=formula, documents=source)
    return _given(read, [Suggestion(SERIES, what, text, sentence, growth)], language)


def _school_years(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Count the school years over which the projects of a call went on."""
    call = next((call for call in ledger.calls if read.terms == (call.call,)), None)
    if call is None or Operator.DURATION not in read.operators or not (call.valid_from and call.valid_to):
        return None
    if not _SCHOOL_YEARS.search(fold(read.text)):
        return None
    many = Quantity.exact(call.valid_to.year - call.valid_from.year, "years")
    name, text = ledger.name("calls", call.call, language), words(many, language)
    record = next(row for row in ledger.records("calls") if row["call"] == call.call)
    documents = publisher_and_day(ledger.source(record["source_id"]), language)
    sentence = translate(
        COMPUTED, language, what=name, number=text, formula=call.school_year, documents=documents
    )
    return _given(read, [Suggestion(call.call, name, text, sentence, many)], language)


def _days_between(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Count the days from one that a question names to another one of the same call."""
    pair = days_between(ledger, " ".join((read.subject, *read.terms))) if _has_calls(read) else None
    if pair is None or Operator.DURATION not in read.operators:
        return None
    first, last = days_told(ledger, pair, language)
    days = (date.fromisoformat(last.named) - date.fromisoformat(first.named)).days
    many = Quantity.exact(days, "days")
    sources = [ledger.source(entry.source_id) for entry in pair]
    documents = listed(dict.fromkeys(publisher_and_day(source, language) for source in sources), language)
    what = f"{last.what} − {first.what}"
    formula = f"{last.text} − {first.text}"
    text = words(many, language)
    sentence = translate(COMPUTED, language, what=what, number=text, formula=formula, documents=documents)
    return _given(read, [Suggestion(last.name, what, text, sentence, many)], language)


def _rejected(
    ledger: Ledger, read: ParsedQuestion, query: Sequence[subjects.Word], language: str
) -> Findings | None:
    """Compute how many projects of a call were rejected: those submitted that did not win."""
    ideas = {word.idea for word in query}
    rest = [word.text for word in query if word.idea not in ("rejected", "project")]
    named = [call.call for call in ledger.calls if {call.call.lower(), call.call.removeprefix("EN")} & ideas]
    if "rejected" not in ideas or len(named) != 1:
        return None
    both = ("submitted", "won")
    return _difference(ledger, replace(read, subject=" ".join(("projects", *rest)), terms=both), language)


def _whole_of(part: Candidate, every: Sequence[Candidate]) -> Candidate | None:
    """Find the number that a published one is a part of: the same without its one breakdown, or of the measure that
    counts the whole."""
    if not part.observations:
        return None
    row = part.observations[0]
    broken = [name for name in PARTS if name != "programme" and getattr(row, name)]
    measure = PART_OF.get(row.measure, "") if not broken else row.measure
    names = [name for name in DIMENSIONS if name not in (*broken, "counted", "stage")]
    for item in every:
        other = item.observations[0] if item.observations else None
        if other and other.measure == measure and not any(getattr(other, name) for name in broken) and all(
            getattr(other, name) == getattr(row, name) for name in names
        ):  # fmt: skip
            return item if item is not part and len(broken) < 2 else None
    return None


def _sum_of_parts(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Add what is known of several parts or places that a question names together."""
    if len(read.terms) < 2 or _has_calls(read) or read.kind is AnswerKind.SUM:
        return None
    return _sum(ledger, replace(read, kind=AnswerKind.SUM), language)


def _sum_of_levels(
    ledger: Ledger, read: ParsedQuestion, parts: Sequence[Candidate], language: str
) -> Findings | None:
    """Add the levels that a wider one is parted into: of "special", the primary and the secondary special schools."""
    added = _added_levels(ledger, parts, language)
    return _given(read, [added], language) if added else None


def _levels_of(parts: Sequence[Candidate]) -> list[str]:
    """List the levels of numbers of which each is of one, and that differ by it alone; else none."""
    rows = [part.observations[0] if part.observations else None for part in parts]
    levels = [row.level for row in rows if row and row.level]
    is_one_series = len({_series(part, "level") for part in parts}) == 1
    return levels if len(levels) == len(parts) and is_one_series else []


def _added_levels(ledger: Ledger, parts: Sequence[Candidate], language: str) -> Suggestion | None:
    """Add the numbers of several levels."""
    named = [
        (level, suggestion_of(ledger, part, language))
        for level, part in zip(_levels_of(parts), parts, strict=False)
    ]
    quantities = [part.quantity for _, part in named if part.quantity]
    if not quantities or quantities[0].unit in _NOT_ADDED:
        return None
    return _combined(named, total(quantities, quantities[0].unit), " + ", language)


def _are_parts(item: Candidate, other: Candidate) -> bool:
    """Tell whether two numbers are parts of one whole: neither is then the number of it."""
    if not (item.observations and other.observations):
        return False
    first, second = item.observations[0], other.observations[0]
    if any(
        getattr(first, name) != getattr(second, name) for name in ("measure", "call", "programme", "valid_to")
    ):
        return False
    codes = [(getattr(first, name), getattr(second, name)) for name in PARTS if name != "programme"]
    return any(a and b and a != b for a, b in codes)


def _given(
    read: ParsedQuestion,
    readings: Sequence[Suggestion],
    language: str,
    *,
    verdict: str = "",
    sentence: str = "",
    near: Iterable[Suggestion] = (),
) -> Findings:
    """Give readings as an answer, the first as its sentence, the others beside it."""
    how = translate(READ_AS, language, kind=translate(read.kind.label, language), what=readings[0].what)
    others = [translate(OTHERWISE, language, sentence=other.sentence) for other in readings[1:]]
    names = {reading.name for reading in readings}
    nearest = (*readings, *(other for other in near if other.name not in names))
    return Findings(
        read.text, read.kind, True, sentence or readings[0].sentence, nearest[:_MOST],
        remarks=(*others, how), answering=len(readings), verdict=verdict,
    )  # fmt: skip


def _not_answered(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings:
    """Say that nothing answers a question: what is nearest, and why it is not the answer."""
    every = candidates(ledger)
    words = subjects.words_of(read.subject, every)
    near = subjects.fits(words, every)
    best = near[0] if near else None
    unanswered = [word for word in words if best is None or word.text in best.missed]
    texts = tuple(_as_written(read.text, word.text) for word in unanswered)
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
            {"words": _cited([_as_written(read.text, text) for text in why.values["words"]], language)}
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
                   words=_cited(texts, language))  # fmt: skip
    return translate(sentence, language)


def _cited(texts: Sequence[str], language: str) -> str:
    return listed([translate(message("“{word}”", word=text), language) for text in texts], language)


def _as_written(question: str, folded: str) -> str:
    """Give a word as the question writes it."""
    return next((word for word in re.findall(r"[\w-]+", question) if fold(word) == folded), folded)


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
        if shown == _MOST:
            return


# --- days, partners, places -------------------------------------------------------------------------


def _date(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    nearby = nearest(ledger, read.subject, "day")
    if ASKS_HOUR.search(levelled(read.text)):
        nearby = [entry for entry in nearby if entry.hour]
    return _given(read, days_told(ledger, nearby[:_MOST_READINGS], language), language) if nearby else None


def _who(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    nearby = nearest(ledger, read.subject, "actor")
    return _given(read, actors_told(ledger, nearby, language), language) if nearby else None


def _place(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    nearby = nearest(ledger, read.subject, "place")
    return _given(read, places_told(ledger, nearby, language), language) if nearby else None


def _admitted(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Say who may not take part in a call; of winners of others, whether they may: not where a rule keeps them out."""
    order = [call.call for call in ledger.calls]
    *former, call = sorted({*read.terms} & {*order}, key=order.index)
    rules = exclusions_told(ledger, [call], language)
    keeping = [rule for rule in rules if {*former} <= {*rule.named.split(" & ")}]
    if not rules or not (read.subject or (former and keeping)):
        return _given(read, rules, language) if rules and not former else None
    if not former and not speaks_of_former(read.subject):
        return None
    verdict = "yes" if bool(keeping) is is_kept_out(read.subject) else "no"
    kept = (keeping or rules)[:1]
    sentence = translate(VERDICTS[verdict], language, sentence=kept[0].sentence)
    return _given(read, kept, language, verdict=verdict, sentence=sentence)


# --- several numbers in one answer ------------------------------------------------------------------


def _of_each(ledger: Ledger, read: ParsedQuestion) -> list[tuple[str, Candidate]]:
    """Find the same number of each call, programme, place or part that a question names; nothing where one is not
    known."""
    every = candidates(ledger)
    ideas = {concept(telling_words(term)[0]): term for term in read.terms}
    own = {word.idea: word for word in subjects.words_of(" ".join(read.terms), every)}
    own_ideas = {*ideas, *(("pilot",) if "connected" in ideas else ())}
    rest = [word for word in subjects.words_of(_without_terms(read), every) if word.idea not in own_ideas]
    if {"submitted", "won", "rejected"} >= ideas.keys():  # applications and winners are counted as projects
        own = {idea: replace(word, is_head=True) for idea, word in own.items()}
    if len(ideas) < 2 and read.operators.keys() & _OF_TWO:
        return _apart(subjects.words_of(read.subject, every), every, is_sum=read.kind is AnswerKind.SUM)
    pairs = []
    for idea, term in ideas.items():
        nearby = subjects.meant([*rest, own[idea]], every)
        single = [
            item
            for item in nearby
            if subjects.near_of(frozenset((idea,)))
            & {item.call, *item.programme, *item.about, *chain(*item.narrow)}
        ]
        if not single:
            return []
        pairs.append((term, single[0]))
    units = {candidate.heads for _, candidate in pairs}
    is_mixed = len({_measure(candidate) for _, candidate in pairs}) > 1 and not {"won", "submitted"} & {
        *ideas
    }
    if is_mixed and not all("money" in heads for heads in units):
        return []
    if all(candidate.call for _, candidate in pairs) and _has_calls(read):
        return pairs if len({_measure(candidate) for _, candidate in pairs}) == 1 else []
    return pairs if len(units) == 1 and len({candidate.name for _, candidate in pairs}) == len(pairs) else []


def _apart(
    words: Sequence[subjects.Word], every: Sequence[Candidate], *, is_sum: bool
) -> list[tuple[str, Candidate]]:
    """Find two words of which each names a number of its own, with all the others, counted alike: "advisers and AMI",
    what was planned and what was won."""
    if _PLANS & {word.idea for word in words}:
        words = [*words, *subjects.words_of("won", every)]
    by_text: dict[str, list[subjects.Word]] = {}
    for word in words:
        if not (word.is_exact or word.idea.startswith("month")):
            key = "plan" if word.idea in _PLANS else word.text
            by_text.setdefault(key, []).append(replace(word, is_soft=False))
    for first, second in combinations(by_text.values(), 2):
        rest = [word for word in words if word.text not in {other.text for other in (*first, *second)}]
        pair = [subjects.meant([*rest, *own], every)[:1] for own in (first, second)]
        if all(pair):
            (left,), (right,) = pair
            overlap = second[0].idea in left.every_idea or first[0].idea in right.every_idea
            if left is not right and left.heads == right.heads and not (is_sum and overlap):
                return [(first[0].idea, left), (second[0].idea, right)]
    return []


def _without_terms(read: ParsedQuestion) -> str:
    """Leave the calls that a question asks of one by one out of its words."""
    return (
        _CALL_OR_YEAR.sub(" ", levelled(read.subject))
        if _has_calls(read) and len(read.terms) > 1
        else read.subject
    )


def _has_calls(read: ParsedQuestion) -> bool:
    return any(term.startswith("EN") for term in read.terms)


def _measure(candidate: Candidate) -> str:
    """Name what a number of a call counts: the same of each call has the same name."""
    return candidate.observations[0].measure if candidate.observations else candidate.name.partition("_")[2]


def _sum(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Answer by a sum of calls or parts; else by one number of them together."""
    is_added = _has_calls(read) or Operator.SUM in read.operators
    if not is_added and (single := _number(ledger, read, language)):
        return single
    readings, order = _added(ledger, read, language), tuple(call.call for call in ledger.calls)
    if not readings and read.terms == order:  # of all calls, the last of which may not be known
        readings = _added(ledger, replace(read, terms=order[:-1]), language)
    return _given(read, readings, language) if readings else _number(ledger, read, language)


def _added(ledger: Ledger, read: ParsedQuestion, language: str) -> list[Suggestion]:
    """Add the numbers of several calls; what a document prints of them together stands beside it, or alone."""
    printed = [
        candidate for candidate in candidates(ledger)
        if candidate.observations and _is_set(ledger, candidate, read.terms)
    ]  # fmt: skip
    every_word = subjects.words_of(_without_terms(read), candidates(ledger))
    free = frozenset(call.lower() for call in read.terms)
    whole = [fit.candidate for fit in answering(every_word, printed, free) if fit.why_not is None]
    if {"mean"} <= {word.idea for word in every_word} <= _OF_MEANS and _has_calls(read):
        return _mean_of_several(ledger, read, language)
    parts = [(call, suggestion_of(ledger, candidate, language)) for call, candidate in _of_each(ledger, read)]
    quantities = [part.quantity for _, part in parts if part.quantity is not None]
    readings = [suggestion_of(ledger, candidate, language) for candidate in whole[:1]]
    if parts and len(quantities) == len(parts) and quantities[0].unit not in _NOT_ADDED:
        added = _combined(parts, total(quantities, quantities[0].unit), " + ", language)
        if not readings or _bounds(readings[0]) != _bounds(added):
            readings.insert(0, added)
    return readings


def _mean_of_several(ledger: Ledger, read: ParsedQuestion, language: str) -> list[Suggestion]:
    """Divide the budget of several calls by their projects: the mean of their means is another number."""
    both = [
        _added(ledger, replace(read, subject=subject), language)[:1] for subject in ("budget", "projects won")
    ]
    if not all(both):
        return []
    (budget,), (projects,) = both
    if budget.quantity is None or projects.quantity is None:
        return []
    mean = budget.quantity.over(projects.quantity, "EUR/project")
    return [_combined([(budget.what, budget), (projects.what, projects)], mean, " ÷ ", language)]


def _is_set(ledger: Ledger, candidate: Candidate, calls: Sequence[str]) -> bool:
    call_set = candidate.observations[0].call
    return call_set is not None and {*ledger.calls_of(call_set)} == {*calls}


def _difference(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Subtract the number of the second from that of the first; of a change, the smaller from the larger. How many
    times as much it is, is no difference."""
    if _TIMES.search(levelled(read.text)):
        return None
    if of_prices := _prices(ledger, read, language):
        return of_prices
    parts = [(call, suggestion_of(ledger, candidate, language)) for call, candidate in _of_each(ledger, read)]
    if (
        len(parts) > 2 and _has_calls(read) and Operator.SUM in read.operators
    ):  # than those of several together
        quantities = [part.quantity for _, part in parts[1:] if part.quantity is not None]
        if len(quantities) < len(parts) - 1 or quantities[0].unit in _NOT_ADDED:
            return None
        several = _combined(parts[1:], total(quantities, quantities[0].unit), " + ", language)
        parts = [parts[0], ("", several)]
    if len(parts) != 2 or any(part.quantity is None for _, part in parts):
        return None
    if not all(_is_of_either(number, parts) for number in read.stated):
        return None
    if Operator.GROWTH in read.operators or is_of_percent(read.text):
        return _growth(ledger, parts, read, language)
    if read.is_change:
        parts.sort(key=lambda part: _bounds(part[1]).ends[1], reverse=True)
    elif read.wants_least:
        parts.reverse()
    (_, larger), (_, smaller) = parts
    assert larger.quantity is not None
    assert smaller.quantity is not None
    rest = larger.quantity - smaller.quantity
    return _given(read, [_combined(parts, rest, " − ", language)], language)


def _is_of_either(number: NumberInText, parts: Sequence[tuple[str, Suggestion]]) -> bool:
    """Tell whether a number that is told is one of those that are compared."""
    known = [part.quantity for _, part in parts if part.quantity]
    return any(lies(number, quantity) == "inside" or is_as_printed(number, quantity) for quantity in known)


def _growth(
    ledger: Ledger, parts: list[tuple[str, Suggestion]], read: ParsedQuestion, language: str
) -> Findings | None:
    """Compute by which part a number grew from one call to a later one, or is larger than that named last."""
    if _has_calls(read):
        order = [call.call for call in ledger.calls]
        parts.sort(key=lambda part: order.index(part[0]) if part[0] in order else -1, reverse=True)
    new, old = (part.quantity for _, part in parts)
    if new is None or old is None or new.unit in _NOT_ADDED:
        return None
    growth = new.over(old, "share") - Quantity.exact(1, "share")
    return _given(read, [_combined(parts, growth, " ÷ ", language, "−1 + ")], language)


def _combined(
    parts: Sequence[tuple[str, Suggestion]], quantity: Quantity, sign: str, language: str, before: str = ""
) -> Suggestion:
    """Say what is computed of several numbers, each with its document; `before` stands before what is computed."""
    text = words(quantity, language)
    are_calls = all(name.startswith("EN") for name, _ in parts)
    names = [name if are_calls else part.what for name, part in parts]
    formula = before + sign.join(
        f"{part.text} ({name})" for name, (_, part) in zip(names, parts, strict=True)
    )
    observations = tuple(o for _, part in parts for o in part.observations)
    what = parts[0][1].what.replace(parts[0][0], sign.join(names)) if are_calls else before + sign.join(names)
    documents = listed(publishers_and_days(observations, language), language)
    sentence = translate(COMPUTED, language, what=what, number=text, formula=formula, documents=documents)
    return Suggestion(parts[0][1].name, what, text, sentence, quantity, observations=observations)


def _which(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Name the call, programme, province, level or territory with the largest or smallest number, if its bounds
    leave no doubt; of those whose number is known, which are told."""
    if not read.dimension:
        return None
    if read.dimension == "call" or len(read.terms) < 2:
        every = _longest(ledger, read)
        compared = [item for item in every if len(read.terms) < 2 or item.calls[0] in read.terms]
    else:
        compared = [item for _, item in _of_each(ledger, read)]
    known = [
        (suggestion_of(ledger, item, language), _code(item, read.dimension)) for item in compared
    ] or _rejected_by_call(ledger, read, language)
    pairs = [(suggested, code) for suggested, code in known if suggested.quantity is not None]
    if len(pairs) < 2 or len(pairs) < len(known):
        return None
    sign = 1 if read.wants_least else -1
    pairs.sort(key=lambda pair: sign * _bounds(pair[0]).ends[0])
    (best, code), *others = pairs
    ends = [(_bounds(best), _bounds(other)) for other, _ in others]
    clear = all(other.exceeds(mine) if read.wants_least else mine.exceeds(other) for mine, other in ends)
    if not clear:
        return None
    names = DIMENSIONS[read.dimension].names.partition("+")[0]
    named = [(ledger.name(names, c, language) if c else s.what, s) for s, c in pairs]
    others_named = listed([f"{name} ({s.text})" for name, s in named[1:]], language)
    sentence = translate(LARGEST if not read.wants_least else SMALLEST, language,
                         name=named[0][0], sentence=best.sentence, others=others_named)  # fmt: skip
    return _given(read, [replace(best, sentence=sentence, named=code)], language)


def _rejected_by_call(ledger: Ledger, read: ParsedQuestion, language: str) -> list[tuple[Suggestion, str]]:
    """Compute how many projects each call rejected, of those of which it is known."""
    if "rejected" not in concepts(read.subject) or read.dimension != "call" or _has_calls(read):
        return []
    computed = [
        (
            _rejected(ledger, read, subjects.words_of(f"rejected {call.call}", candidates(ledger)), language),
            call.call,
        )
        for call in ledger.calls
    ]
    return [(answer.nearest[0], call) for answer, call in computed if answer]


def _longest(ledger: Ledger, read: ParsedQuestion) -> list[Candidate]:
    """List the numbers of one measure that differ by one dimension alone, of the measure that has the most of them."""
    every = [candidate for candidate in candidates(ledger) if _code(candidate, read.dimension)]
    wanted = subjects.words_of(_without_terms(read), candidates(ledger))
    free = PROGRAMMES.union(*(_ideas_of(ledger, candidate, read.dimension) for candidate in every))
    series: dict[tuple[object, ...], dict[str, Candidate]] = {}
    for fit in answering(wanted, every, free):
        item = fit.candidate
        is_of_one_call = fit.why_not is subjects.OF_CALL and read.dimension != "call"
        if (fit.why_not is None or is_of_one_call) and suggestion_of(
            ledger, item, LANGUAGES[0]
        ).quantity is not None:
            alike = series.setdefault(_series(item, read.dimension), {})
            alike.setdefault(_code(item, read.dimension), item)
    return list(max(series.values(), key=len, default={}).values())


def _bounds(suggestion: Suggestion) -> Bounds:
    """Give the bounds of a number that is known."""
    assert suggestion.quantity is not None
    return suggestion.quantity.bounds


def _code(candidate: Candidate, dimension: str) -> str:
    """Give the code by which a number is one of several: of sets of calls, none."""
    if dimension == "call":
        return candidate.calls[0] if len(candidate.calls) == 1 else ""
    return getattr(candidate.observations[0], dimension) or "" if candidate.observations else ""


def _series(candidate: Candidate, dimension: str) -> tuple[object, ...]:
    """Give what numbers of one measure have in common that differ by this dimension alone."""
    if not candidate.observations or (candidate.definition and dimension == "call"):
        return (candidate.name.partition("_")[2],)
    first = candidate.observations[0]
    names = ("measure", *(name for name in DIMENSIONS if name not in (dimension, "counted")))
    return (*(getattr(first, name) for name in names), first.quantity.unit if first.quantity else "")


def _ideas_of(ledger: Ledger, candidate: Candidate, dimension: str) -> Iterator[str]:
    code = _code(candidate, dimension)
    yield code.lower()
    if dimension not in ("call", "programme"):
        for language in LANGUAGES:
            yield from concepts(ledger.name(DIMENSIONS[dimension].names, code, language))


# --- is it true? ------------------------------------------------------------------------------------


def _truth(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge what a question states against what is known of its subject: yes, no, or not proved."""
    if read.dimension:
        return _is_first(ledger, read, language)
    if not read.stated and len(read.terms) == 2:
        return _larger(ledger, read, language)
    if not read.stated:
        return (
            _true_actor(ledger, read, language)
            or _true_day(ledger, read, language)
            or _is_some(ledger, read, language)
        )
    judged_numbers = _judged(ledger, read, language)
    if not judged_numbers:
        return _valued(ledger, read, language)
    verdict, best = judged_numbers[0]
    return _judged_so(read, best, verdict, language)


def _is_first(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge whether a call has the largest or smallest number: not proved while one of a call is not known."""
    is_call = read.dimension == "call"
    subject = _CALL_OR_YEAR.sub(" ", levelled(read.subject)) if is_call else read.subject
    bare = replace(read, subject=subject, terms=())
    first = _which(ledger, bare, language)
    if first is None:
        return None
    calls = {item.calls[0] for item in _longest(ledger, bare)} if is_call else set()
    is_proved = not is_call or {call.call for call in ledger.calls} <= calls
    agrees = read.terms[0] in first.nearest[0].named
    verdict = "no" if not agrees else "yes" if is_proved else "unproved"
    return replace(
        first, verdict=verdict, sentence=translate(VERDICTS[verdict], language, sentence=first.sentence)
    )


def _larger(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge which of two numbers is the larger: not proved where their bounds overlap."""
    pairs = [(term, suggestion_of(ledger, candidate, language)) for term, candidate in _of_each(ledger, read)]
    if len(pairs) != 2 or any(suggested.quantity is None for _, suggested in pairs):
        return None
    first, second = (_bounds(suggested) for _, suggested in pairs)
    if read.wants_least:
        first, second = second, first
    verdict = (
        "yes"
        if first.exceeds(second)
        else "no"
        if not first.overlaps(second) or first == second
        else "unproved"
    )
    both = " ".join(suggested.sentence for _, suggested in pairs)
    sentence = translate(VERDICTS[verdict], language, sentence=both)
    return _given(read, [suggested for _, suggested in pairs], language, verdict=verdict, sentence=sentence)


def _stated(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Find what has a number, told without a question: what agrees with it, never a contradiction."""
    agreeing = [(verdict, best) for verdict, best in _judged(ledger, read, language) if verdict == "yes"]
    if not agreeing:
        return _valued(ledger, read, language)
    return _given(read, [agreeing[0][1]], language, verdict="yes")


def _judged(ledger: Ledger, read: ParsedQuestion, language: str) -> list[tuple[str, Suggestion]]:
    """Judge the stated number by each number that the other words are about, those that agree first."""
    every = candidates(ledger)
    number = read.stated[0]
    unit = {"percent": " percent", "EUR": " euro", "BEF": " francs"}.get(number.unit, "")
    following = telling_words(number.following)[:1] if number.unit != "percent" else []
    query = subjects.words_of(read.subject + unit, every)
    heads = [
        replace(word, is_head=word.is_head or (word.text in following and word.idea in subjects.ALL_HEADS))
        for word in query
    ]
    if not [word for word in query if word.idea != "money"]:
        return []
    suggestions = _added(ledger, read, language) if len(read.terms) > 1 and _has_calls(read) else []
    nearby = subjects.meant(heads, every)
    if not any(_are_parts(nearby[0], other) for other in nearby[1:]):
        suggestions += [suggestion_of(ledger, candidate, language) for candidate in nearby]
    of_heads = {word.idea for word in heads if word.is_head}
    counted = subjects.near_of(frozenset("project" if idea == "won" else idea for idea in of_heads))
    of_calls = [item for item in suggestions if {row.call for row in item.observations} & {*read.terms}]
    done = says_done(levelled(read.text))
    verdicts = [
        ("unproved" if done and _is_planned(suggested) else _verdict(read, suggested), suggested)
        for suggested in of_calls or suggestions
        if suggested.quantity is not None
        and (not counted or counted & {*HEADS.get(suggested.quantity.unit, ())})
    ]
    order = ("yes", "unproved", "no")
    # what a document says of a whole is not proved where its parts leave it open
    return sorted(
        (pair for pair in verdicts if pair[0]),
        key=lambda pair: order.index(pair[0]) if pair[0] != "unproved" or pair[1].is_printed else -1,
    )


def _valued(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """List what has just the stated number, and answers what else is said: "120 millions", "503 projets"."""
    every = candidates(ledger)
    subject = [word for word in subjects.words_of(read.subject, every) if word.idea != "money"]
    number = read.stated[0]
    nearby: dict[Quantity, Suggestion] = {}
    for candidate in (fit.candidate for fit in answering(subject, every)) if subject else every:
        suggestion = suggestion_of(ledger, candidate, language)
        known = suggestion.quantity
        if known and known.value == number.readings[0].value and same_unit(number, known.unit):
            nearby.setdefault(known, suggestion)
    if not nearby:
        return None
    readings = [*nearby.values()][:_MOST_READINGS]
    if read.kind is not AnswerKind.TRUTH:
        return _given(read, readings, language)
    readings = [suggestion for suggestion in readings if _verdict(read, suggestion) == "yes"]
    if not readings:  # "more than 1,709" is not 1,709
        return None
    verdict = "unproved" if says_done(levelled(read.text)) and _is_planned(readings[0]) else "yes"
    sentence = translate(VERDICTS[verdict], language, sentence=readings[0].sentence)
    return _given(read, readings, language, verdict=verdict, sentence=sentence)


def _is_planned(suggested: Suggestion) -> bool:
    """Tell whether a number is one of a plan, and not of what came of it."""
    return "planned" in concepts(suggested.what) or any(
        "planned" in row.measure for row in suggested.observations
    )


def _verdict(read: ParsedQuestion, suggestion: Suggestion) -> str:
    """Compare the stated number with a known one: by their intervals; nothing where they are of other units."""
    assert suggestion.quantity is not None
    known = suggestion.quantity
    for number in read.stated:
        if compared := lies(number, known):
            agrees = "inside" if is_as_printed(number, known) else compared
            return {"inside": "yes", "apart": "no"}.get(agrees, "unproved")
    return ""


def _true_day(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge a day that is stated, exactly or as a bound: "avant le 1er novembre", "already open in July"."""
    call = next((term for term in read.terms if term.startswith("EN")), "")
    stated = stated_day(levelled(read.subject), call)
    if stated is None:
        return None
    day, words_left = stated
    nearby = nearest(ledger, f"{words_left} {call}", "day")
    if not nearby:
        return None
    (suggested,) = days_told(ledger, nearby[:1], language)
    return _judged_so(read, suggested, day.verdict(suggested.named), language)


def _true_actor(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge whether a partner that is named does what is stated: one of those who do it."""
    for actor in ledger.records("actors"):
        names = [
            str(actor["abbreviation"] or ""),
            *(re.split(r" [–(]", str(actor[f"name_{code}"]))[0] for code in LANGUAGES),
        ]
        rest = without_name(levelled(read.subject), names)
        if nearby := nearest(ledger, rest, "actor") if rest else []:
            (suggested,) = actors_told(ledger, nearby, language)
            verdict = "yes" if actor["actor"] in suggested.named.split(" & ") else "no"
            return _judged_so(read, suggested, verdict, language)
    return None


def _is_some(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Judge whether there was at least one of what is stated."""
    some = some_in(levelled(read.subject))
    given = _number(ledger, replace(read, subject=some), language) if some else None
    if given is None or given.answering != 1 or given.nearest[0].quantity is None:
        return None
    low, high = _bounds(given.nearest[0]).ends
    verdict = "yes" if low > 0 else "no" if high == 0 else "unproved"
    return _judged_so(read, given.nearest[0], verdict, language)


def _judged_so(read: ParsedQuestion, suggested: Suggestion, verdict: str, language: str) -> Findings:
    """Give what proves a verdict as the answer."""
    sentence = translate(VERDICTS[verdict], language, sentence=suggested.sentence)
    return _given(read, [suggested], language, verdict=verdict, sentence=sentence)


_ANSWERS: Mapping[AnswerKind, Callable[[Ledger, ParsedQuestion, str], Findings | None]] = {
    AnswerKind.NUMBER: _number, AnswerKind.DATE: _date, AnswerKind.WHO: _who, AnswerKind.PLACE: _place,
    AnswerKind.WHICH: _which,
    AnswerKind.SUM: _sum, AnswerKind.DIFFERENCE: _difference, AnswerKind.TRUTH: _truth, AnswerKind.STATED: _stated,
    AnswerKind.ADMITTED: _admitted,
}  # fmt: skip
