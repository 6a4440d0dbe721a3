"""Which call, programme, place or part has the largest or smallest number of those whose number is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ennum_stats.errors import message
from ennum_stats.languages import LANGUAGES, listed, translate
from ennum_stats.reading.computations import bounds_of, compared_alike, rejected, series_of, without_terms
from ennum_stats.reading.findings import Findings, answer_of
from ennum_stats.reading.operators import Operator
from ennum_stats.reading.parsed import ParsedQuestion
from ennum_stats.reading.suggestions import Suggestion, suggestion_of
from ennum_stats.search import subjects
from ennum_stats.search.candidates import PROGRAMMES, Candidate, candidates
from ennum_stats.search.concepts import concepts
from ennum_stats.search.subjects import answering
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import DIMENSIONS

_MACHINES = frozenset(("computer", "device", "terminal"))
LARGEST = message("{name}. {sentence} The largest of those whose number is known; the others: {others}.")
SMALLEST = message("{name}. {sentence} The smallest of those whose number is known; the others: {others}.")


def largest_or_smallest(ledger: Ledger, read: ParsedQuestion, language: str) -> Findings | None:
    """Name the call, programme, province, level or territory with the largest or smallest number, if its bounds
    leave no doubt; of those whose number is known, which are told."""
    if not read.dimension:
        return None
    if read.dimension == "call" and {call.call for call in ledger.calls} <= {*read.terms}:
        read = replace(read, terms=())
    if read.dimension == "call" or len(read.terms) < 2:
        every = longest_series(ledger, read)
        compared = [item for item in every if len(read.terms) < 2 or item.calls[0] in read.terms]
    else:
        compared = [item for _, item in compared_alike(ledger, read)]
    known = [
        (suggestion_of(ledger, item, language), _code(item, read.dimension)) for item in compared
    ] or _rejected_by_call(ledger, read, language)
    pairs = [(suggested, code) for suggested, code in known if suggested.quantity is not None]
    if len(pairs) < 2 or len(pairs) < len(known):
        return None
    sign = 1 if read.wants_least else -1
    pairs.sort(key=lambda pair: sign * bounds_of(pair[0]).ends[0])
    (best, code), *others = pairs
    ends = [(bounds_of(best), bounds_of(other)) for other, _ in others]
    clear = all(other.exceeds(mine) if read.wants_least else mine.exceeds(other) for mine, other in ends)
    if not clear or _is_inverse(read, best):
        return None
    names = DIMENSIONS[read.dimension].names.partition("+")[0]
    named = [(ledger.name(names, c, language) if c else s.what, s) for s, c in pairs]
    others_named = listed([f"{name} ({s.text})" for name, s in named[1:]], language)
    sentence = translate(LARGEST if not read.wants_least else SMALLEST, language,
                         name=named[0][0], sentence=best.sentence, others=others_named)  # fmt: skip
    return answer_of(read, [replace(best, sentence=sentence, named=code)], language)


def _is_inverse(read: ParsedQuestion, best: Suggestion) -> bool:
    """Tell whether pupils for each device are asked for, and devices for so many pupils are known: the largest of these
    is the smallest of those."""
    ideas = [idea for idea in concepts(read.text) if idea in _MACHINES | {"pupil", "per"}]
    is_ratio = "per" in ideas or Operator.RATIO in read.operators
    is_of_each = is_ratio and ideas[0] == "pupil" and not _MACHINES.isdisjoint(ideas)
    return is_of_each and best.quantity is not None and best.quantity.unit.endswith("pupils")


def _rejected_by_call(ledger: Ledger, read: ParsedQuestion, language: str) -> list[tuple[Suggestion, str]]:
    """Compute how many projects each call rejected, of those of which it is known."""
    if "rejected" not in concepts(read.subject) or read.dimension != "call":
        return []
    computed = [
        (
            rejected(ledger, read, subjects.words_of(f"rejected {call.call}", candidates(ledger)), language),
            call.call,
        )
        for call in ledger.calls
    ]
    return [(suggested, call) for suggested, call in computed if suggested]


def longest_series(ledger: Ledger, read: ParsedQuestion) -> list[Candidate]:
    """List the numbers of one measure that differ by one dimension alone, of the measure that has the most of them."""
    every = [candidate for candidate in candidates(ledger) if _code(candidate, read.dimension)]
    wanted = subjects.words_of(without_terms(read), candidates(ledger))
    free = PROGRAMMES.union(*(_ideas_of(ledger, candidate, read.dimension) for candidate in every))
    series: dict[tuple[object, ...], dict[str, Candidate]] = {}
    for fit in answering(wanted, every, free):
        item = fit.candidate
        is_of_one_call = fit.why_not is subjects.OF_CALL and read.dimension != "call"
        if (fit.why_not is None or is_of_one_call) and suggestion_of(
            ledger, item, LANGUAGES[0]
        ).quantity is not None:
            alike = series.setdefault(series_of(item, read.dimension), {})
            alike.setdefault(_code(item, read.dimension), item)
    ideas = {word.idea for word in wanted}  # "the most awards", "the fewest schools"
    of_projects = "won" in ideas or bool(ideas & subjects.POPULATIONS and not ideas & subjects.AMOUNTS)
    return list(max(series.values(), key=lambda alike: _length(alike, of_projects), default={}).values())


def _length(alike: dict[str, Candidate], of_projects: bool) -> tuple[int, bool]:
    """Say how long a series is; of two as long, one of projects before one of money where winners are asked for."""
    return len(alike), of_projects and any("project" in item.heads for item in alike.values())


def _code(candidate: Candidate, dimension: str) -> str:
    """Give the code by which a number is one of several: of sets of calls, none."""
    if dimension == "call":
        return candidate.calls[0] if len(candidate.calls) == 1 else ""
    return getattr(candidate.observations[0], dimension) or "" if candidate.observations else ""


def _ideas_of(ledger: Ledger, candidate: Candidate, dimension: str) -> Iterator[str]:
    code = _code(candidate, dimension)
    yield code.lower()
    if dimension not in ("call", "programme"):
        for language in LANGUAGES:
            yield from concepts(ledger.name(DIMENSIONS[dimension].names, code, language))
