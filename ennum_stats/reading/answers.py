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
from ennum_stats.reading.asides import without_asides
from ennum_stats.reading.computations import (
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
from ennum_stats.reading.operators import Operator, phrases
from ennum_stats.reading.parsed import AnswerKind, ParsedQuestion
from ennum_stats.reading.quantities import numbers_in
from ennum_stats.reading.questions import read_question, rereadings
from ennum_stats.reading.rankings import largest_or_smallest
from ennum_stats.reading.shortfalls import is_of_kind, unmet
from ennum_stats.reading.statements import (
    ASKS,
    exceeds,
    is_kept_out,
    part_told,
    past_word,
    some_in,
    speaks_of_former,
)
from ennum_stats.reading.strange_words import unnamed
from ennum_stats.reading.suggestions import Suggestion, suggestion_of
from ennum_stats.reading.truth import agreeing, judged_so, judgement, verdict_on
from ennum_stats.search import subjects
from ennum_stats.search.candidates import Candidate, candidates
from ennum_stats.search.concepts import ACTS, AIMS, concepts, joined
from ennum_stats.search.place_words import registered_sentence
from ennum_stats.search.places import commune_in, place_remarks
from ennum_stats.search.subjects import answering
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE
from ennum_stats.typography import fold

_ASKS_HOUR, _ASKS_DAY, _ASKS_MONTH = phrases("hour"), phrases("exact day"), phrases("exact month")
"""What asks for the very hour, day or month, and not for a year."""
_NONE = phrases("none")
"""What says that there is none."""
_OR_WHO = re.compile(r"\b(?:ou|oder|of|or) (?:bien )?(?:qui|wer|wie|who)\b")
_AND_WHO = re.compile(r" (?:et|und|en|and) (?:qui|wer|wie|who) ")
_IN_PASSING = (ACTS - {"help", "first", "maintain"}) | AIMS | frozenset((
    "school", "site", "institution", "staff", "device", "terminal", "computer", "pupil", "teacher", "equipped",
    "installed", "reached", "session", "team", "network", "use", "file", "head", "type", "lot", "internet", "room",
    "classroom", "supported", "involved", "own", "project", "won", "hired", "call", "paid", "accompany", "joined",
    "parent", "jury", "survey", "plan",
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
    if answer.is_answered and is_of_kind(read, answer):
        return answer
    # no number answers whether something is true
    is_judged = read.kind is AnswerKind.TRUTH and "?" in read.text and not ASKS.search(levelled(read.text))
    others = [other for other in rereadings(ledger, read) if not is_judged or other.kind is read.kind]
    for other in others:
        again = _answer(ledger, other, language)
        if again.is_answered and is_of_kind(other, again):
            return again
    for other in (read, *others):
        bare = _but_in_passing(ledger, other, language) if other.kind in _OF_NUMBERS_ALONE else None
        if bare and bare.is_answered and is_of_kind(other, bare):
            return bare
    if (clear := _standing_clear(ledger, read, language)) and is_of_kind(read, clear):
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
    if answer and (missed := unmet(ledger, read, answer)):
        reason = translate(subjects.WORDS, language, words=cited(missed, language))
        near = translate(NEAREST, language, sentence=answer.nearest[0].sentence, reason=reason)
        return Findings(
            read.text, read.kind, False, _nothing(ledger, missed, language), answer.nearest, missed, (near,)
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
    return None if unmet(ledger, again, answer) else answer


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
        or {word.idea for word in telling} == {"yearly"}
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
    if _ASKS_HOUR.search(plain):
        nearby = [entry for entry in nearby if entry.hour]
    exact = "2020-03-04" if _ASKS_DAY.search(plain) else "2020-03" if _ASKS_MONTH.search(plain) else ""
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
