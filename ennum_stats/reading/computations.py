"""Numbers that a question asks for and no document prints: sums, differences, growth, shares, means, what is left,
and days between; computed of known ones, with the formula and the documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain, combinations

from ennum_stats.errors import message
from ennum_stats.languages import listed, translate
from ennum_stats.measures.dates import publisher_and_day, publishers_and_days
from ennum_stats.measures.labels import PRICE_INDEX
from ennum_stats.measures.prices import SERIES
from ennum_stats.quantities import Bounds, Quantity, total
from ennum_stats.reading.comparisons import is_of_percent
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.happenings import days_between, days_told
from ennum_stats.reading.judging import is_as_printed, lies
from ennum_stats.reading.operators import Operator, phrases
from ennum_stats.reading.parsed import AnswerKind, ParsedQuestion
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.reading.suggestions import Suggestion, suggestion_of
from ennum_stats.search import subjects
from ennum_stats.search.candidates import PROGRAMMES, Candidate, candidates
from ennum_stats.search.concepts import AIMS, PLACES, concept, concepts, telling_words
from ennum_stats.search.subjects import answering
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import fold
from ennum_stats.vocabulary import DIMENSIONS, PART_OF, PARTS
from ennum_stats.wording import words

NOTHING_COUNTED = PROGRAMMES | {"begin", "end", "call", "total", "wallonia"}
"""Ideas that say when, where and of what, but nothing that could be counted."""
_OF_MEANS = frozenset(("mean", "project", "money", "grant", "won", "call", "total"))
_NOT_ADDED = frozenset(
    ("share", "percent", "EUR/project", "EUR/implantation", "pupils/computer", "per_100_pupils")
)
"""Units of which a sum says nothing."""
A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CALL_OR_YEAR = re.compile(r"(?:\bim jahr )?\b(?:e\.?n\.? ?(?:20\d\d|[1-9])|20\d\d)\b")
_ABSOLUTE = re.compile(r"\babsolu")
_TIMES, _SCHOOL_YEARS = phrases("how many times"), phrases("school years")
_TOLD = r"(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)?"
_FROM_TO = re.compile(
    rf"(?<![\w.,])(?P<first>{_TOLD})(?: [a-z]+){{0,2}} "
    rf"(?:{phrases('to a number').pattern}|(?<=\d )(?:{phrases('and').pattern})) (?P<last>{_TOLD})\b"
)
"""Two numbers from one to the other of which somebody asks how much that is."""
_OF_DURATION = frozenset(("duration", "last", "begin", "end", "programme", "total", "year", "exist"))
"""Ideas of how long a programme lasted."""
_OF_PRICES = frozenset(("inflation", "change", "share", "money", "begin", "end", "belgium"))
"""Ideas of questions of how much prices grew."""
_OF_COMPARISONS = frozenset(("change", "call", "total"))
"""Ideas of questions of two years that name no number."""
_OF_PILOTS = frozenset(("connected", "en1", "en2", "en3"))
COMPUTED = message("{what}: {number}, computed from {documents}: {formula}.")


def has_calls(read: ParsedQuestion) -> bool:
    """Tell whether a question names calls."""
    return any(term.startswith("EN") for term in read.terms)


def is_absolute(read: ParsedQuestion) -> bool:
    """Tell whether growth is asked for as a number, and no share: "in absolute figures"."""
    return _ABSOLUTE.search(levelled(read.text)) is not None


def without_terms(read: ParsedQuestion) -> str:
    """Leave the calls that a question asks of one by one out of its words."""
    return (
        CALL_OR_YEAR.sub(" ", levelled(read.subject))
        if has_calls(read) and len(read.terms) > 1
        else read.subject
    )


def bounds_of(suggestion: Suggestion) -> Bounds:
    """Give the bounds of a number that is known."""
    assert suggestion.quantity is not None
    return suggestion.quantity.bounds


def series_of(candidate: Candidate, dimension: str) -> tuple[object, ...]:
    """Give what numbers of one measure have in common that differ by this dimension alone."""
    if not candidate.observations or (candidate.definition and dimension == "call"):
        return (candidate.name.partition("_")[2],)
    first = candidate.observations[0]
    names = ("measure", *(name for name in DIMENSIONS if name not in (dimension, "counted")))
    return (*(getattr(first, name) for name in names), first.quantity.unit if first.quantity else "")


def are_parts(item: Candidate, other: Candidate) -> bool:
    """Tell whether two numbers are parts of one whole: neither is then the number of it."""
    if not (item.observations and other.observations):
        return False
    first, second = item.observations[0], other.observations[0]
    if any(
        getattr(first, name) != getattr(second, name) for name in ("measure", "call", "programme", "valid_to")
    ):
        return False
    codes = [(getattr(first, name), getattr(second, name)) for name in PARTS]
    return any(a and b and a != b for a, b in codes)


def _measure(candidate: Candidate) -> str:
    """Name what a number of a call counts: the same of each call has the same name."""
    return candidate.observations[0].measure if candidate.observations else candidate.name.partition("_")[2]


# --- several numbers, one for each that a question names ---------------------------------------------


def of_each(ledger: Ledger, read: ParsedQuestion) -> list[tuple[str, Candidate]]:
    """Find the same number of each call, programme, place, part or year that a question names; nothing where one is
    not known."""
    return _of_terms(ledger, read) or _of_years(ledger, read)


def _of_years(ledger: Ledger, read: ParsedQuestion) -> list[tuple[str, Candidate]]:
    """Find the same number of each of the two years that a question names, of what belongs to no call."""
    years, every = list(dict.fromkeys(A_YEAR.findall(levelled(read.text)))), candidates(ledger)
    words_left = [
        word
        for word in subjects.words_of(CALL_OR_YEAR.sub(" ", levelled(read.subject)), every)
        if word.idea not in _OF_COMPARISONS
    ]
    if len(years) != 2 or not words_left:
        return []
    pairs = [
        (year, item)
        for year in years
        for item in subjects.meant([*words_left, *subjects.words_of(year, every)], every)[:1]
        if item.observations and not item.call and item.years.get(int(year))
    ]
    if len({item.name for _, item in pairs}) != 2:
        return []
    return pairs if len({series_of(item, "valid_to") for _, item in pairs}) == 1 else []


def _of_terms(ledger: Ledger, read: ParsedQuestion) -> list[tuple[str, Candidate]]:
    """Find the same number of each of the terms of a question."""
    every = candidates(ledger)
    ideas = {concept(telling_words(term)[0]): term for term in read.terms}
    own = {word.idea: word for word in subjects.words_of(" ".join(read.terms), every)}
    own_ideas = {*ideas, *(("pilot",) if ideas.keys() & _OF_PILOTS else ())}
    rest = [word for word in subjects.words_of(without_terms(read), every) if word.idea not in own_ideas]
    if len(ideas) < 2:
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
    are_alike = len({_measure(candidate) for _, candidate in pairs}) == 1
    if has_calls(read) and all(candidate.call for _, candidate in pairs):
        return pairs if are_alike else []
    if not (are_alike or {"won", "submitted"} & ideas.keys() or all("money" in heads for heads in units)):
        return []
    return pairs if len(units) == 1 and len({candidate.name for _, candidate in pairs}) == len(pairs) else []


def compared_alike(ledger: Ledger, read: ParsedQuestion) -> list[tuple[str, Candidate]]:
    """Find the same number of each that a question compares; where none is counted, shares, or those for 100 pupils."""
    plain = " ".join(word for word in read.subject.split() if concept(word) != "equipped")
    subjects_of = (read.subject, f"{read.subject} share", f"{plain} 100")
    if has_calls(read) and subjects.POPULATIONS & {*concepts(read.subject)}:  # schools of a call are projects
        projects = [
            "projects" if concept(word) in subjects.POPULATIONS else word for word in read.subject.split()
        ]
        subjects_of = (read.subject, " ".join(projects), read.subject)
    ways = (replace(read, subject=subject) for subject in subjects_of)
    return next((each for way in ways if (each := of_each(ledger, way))), [])


def _apart(
    words: Sequence[subjects.Word], every: Sequence[Candidate], *, is_sum: bool
) -> list[tuple[str, Candidate]]:
    """Find two words of which each names a number of its own, with all the others, counted alike: "advisers and AMI",
    what was planned and what was won."""
    if AIMS & {word.idea for word in words}:
        words = [*words, *subjects.words_of("won", every)]
    by_text: dict[str, list[subjects.Word]] = {}
    for word in words:
        if not (word.is_exact or word.idea.startswith("month")):
            key = "plan" if word.idea in AIMS else word.text
            by_text.setdefault(key, []).append(replace(word, is_soft=False))
    for first, second in combinations(by_text.values(), 2):
        rest = [word for word in words if word.text not in {other.text for other in (*first, *second)}]
        pair = [subjects.meant([*rest, *own], every)[:1] for own in (first, second)]
        if all(pair):
            (left,), (right,) = pair
            overlap = second[0].idea in left.every_idea or first[0].idea in right.every_idea
            overlap |= bool(left.narrow) is not bool(right.narrow)
            if left is not right and left.heads == right.heads and not (is_sum and overlap):
                return [(first[0].idea, left), (second[0].idea, right)]
    return []


def added(ledger: Ledger, read: ParsedQuestion, language: str) -> list[Suggestion]:
    """Add the numbers of several calls; what a document prints of them together stands beside it, or alone."""
    printed = [item for item in candidates(ledger) if item.observations and _is_set(ledger, item, read.terms)]
    every_word = subjects.words_of(without_terms(read), candidates(ledger))
    if {"mean"} <= {word.idea for word in every_word} <= _OF_MEANS:
        return _mean_of_several(ledger, read, language)
    free = frozenset(call.lower() for call in read.terms)
    whole = [fit.candidate for fit in answering(every_word, printed, free) if fit.why_not is None]
    readings = [suggestion_of(ledger, candidate, language) for candidate in whole[:1]]
    parts = [(call, suggestion_of(ledger, candidate, language)) for call, candidate in of_each(ledger, read)]
    sum_of_parts = _sum(parts, language)
    if sum_of_parts and (not readings or bounds_of(readings[0]) != bounds_of(sum_of_parts)):
        readings.insert(0, sum_of_parts)
    return readings


def _sum(parts: Sequence[tuple[str, Suggestion]], language: str) -> Suggestion | None:
    """Add numbers that are all known, counted alike, and of which a sum says something."""
    quantities = [part.quantity for _, part in parts if part.quantity is not None]
    units = {quantity.unit for quantity in quantities}
    if len(units) != 1 or len(quantities) < len(parts) or units & _NOT_ADDED:
        return None
    return _combined(parts, total(quantities, *units), " + ", language)


def _mean_of_several(ledger: Ledger, read: ParsedQuestion, language: str) -> list[Suggestion]:
    """Divide the budget of several calls by their projects: the mean of their means is another number."""
    both = [
        item
        for subject in ("budget", "projects won")
        for item in added(ledger, replace(read, subject=subject), language)[:1]
    ]
    quantities = [item.quantity for item in both if item.quantity]
    if len(quantities) < 2:
        return []
    mean = quantities[0].over(quantities[1], "EUR/project")
    return [_combined([(item.what, item) for item in both], mean, " ÷ ", language)]


def _is_set(ledger: Ledger, candidate: Candidate, calls: Sequence[str]) -> bool:
    call_set = candidate.observations[0].call
    return call_set is not None and {*ledger.calls_of(call_set)} == {*calls}


def difference(ledger: Ledger, read: ParsedQuestion, language: str) -> Suggestion | None:
    """Subtract the number of the second from that of the first; of a change, the smaller from the larger. How many
    times as much it is, is no difference."""
    if _TIMES.search(levelled(read.text)):
        return None
    if of_prices := _prices(ledger, read, language):
        return of_prices
    parts = [(call, suggestion_of(ledger, candidate, language)) for call, candidate in of_each(ledger, read)]
    if len(parts) > 2 and Operator.SUM in read.operators:  # than those of several together
        several = _sum(parts[1:], language)
        parts = [parts[0], ("", several)] if several else []
    if len(parts) != 2 or any(part.quantity is None for _, part in parts):
        return None
    known = [part for _, part in parts]
    if not all(is_told(number, known) for number in read.stated):
        return None
    if (Operator.GROWTH in read.operators and not is_absolute(read)) or is_of_percent(read.whole):
        return _growth(ledger, parts, read, language)
    if read.is_change:
        parts.sort(key=lambda part: bounds_of(part[1]).ends[1], reverse=True)
    elif read.wants_least:
        parts.reverse()
    (_, larger), (_, smaller) = parts
    assert larger.quantity is not None
    assert smaller.quantity is not None
    return _combined(parts, larger.quantity - smaller.quantity, " − ", language)


def is_told(number: NumberInText, known: Sequence[Suggestion]) -> bool:
    """Tell whether a number that a question tells is one of those that are known."""
    quantities = [item.quantity for item in known if item.quantity]
    return any(
        lies(number, quantity) == "inside" or is_as_printed(number, quantity) for quantity in quantities
    )


def _growth(
    ledger: Ledger, parts: list[tuple[str, Suggestion]], read: ParsedQuestion, language: str
) -> Suggestion | None:
    """Compute by which part a number grew from one call to a later one, or is larger than that named last."""
    if has_calls(read):
        order = [call.call for call in ledger.calls]
        parts.sort(key=lambda part: order.index(part[0]) if part[0] in order else -1, reverse=True)
    new, old = (part.quantity for _, part in parts)
    if new is None or old is None or new.unit in _NOT_ADDED:
        return None
    growth = new.over(old, "share") - Quantity.exact(1, "share")
    return _combined(parts, growth, " ÷ ", language, "−1 + ")


def numbers_from_to(read: ParsedQuestion) -> tuple[Decimal, ...]:
    """Give the two numbers from one to the other of which a question asks how much that is in percent: "from 503
    winners to 679"."""
    numbers = _FROM_TO.search(levelled(read.text))
    is_growth = Operator.GROWTH in read.operators or is_of_percent(read.text)
    if not (numbers and is_growth) or read.kind is AnswerKind.TRUTH or is_absolute(read):
        return ()
    return tuple(Decimal(number.replace(",", ".")) for number in numbers.group("first", "last"))


def growth_of_told(
    ledger: Ledger, ends: Sequence[Decimal], read: ParsedQuestion, language: str
) -> Suggestion | None:
    """Compute the growth from one number that a question tells to another: of two calls that have them."""
    by_value = [
        [item for item in candidates(ledger) if item.call and _value(item) == value] for value in ends
    ]
    pairs = (
        [(last.calls[0], last), (first.calls[0], first)]
        for first in by_value[0]
        for last in by_value[1]
        if _measure(first) == _measure(last)
    )
    pair = next(pairs, [])
    parts = [(call, suggestion_of(ledger, item, language)) for call, item in pair]
    return _growth(ledger, parts, replace(read, terms=()), language) if parts else None


def _value(candidate: Candidate) -> Decimal | None:
    quantity = candidate.observations[0].quantity if candidate.observations else None
    return quantity.value if quantity else None


def rejected(
    ledger: Ledger, read: ParsedQuestion, query: Sequence[subjects.Word], language: str
) -> Suggestion | None:
    """Compute how many projects of a call were rejected: those submitted that did not win."""
    ideas = {word.idea for word in query}
    rest = [word.text for word in query if word.idea not in ("rejected", "project")]
    named = [call.call for call in ledger.calls if {call.call.lower(), call.call.removeprefix("EN")} & ideas]
    if "rejected" not in ideas or len(named) != 1:
        return None
    both = ("submitted", "won")
    return difference(ledger, replace(read, subject=" ".join(("projects", *rest)), terms=both), language)


def added_levels(ledger: Ledger, parts: Sequence[Candidate], language: str) -> Suggestion | None:
    """Add the levels that a wider one is parted into, of numbers that differ by it alone: of "special", the primary
    and the secondary special schools."""
    rows = [row for part in parts for row in part.observations[:1]]
    levels = [row.level for row in rows if row.level]
    if not 1 < len(levels) == len(parts) or len({series_of(part, "level") for part in parts}) > 1:
        return None
    named = [suggestion_of(ledger, part, language) for part in parts]
    return _sum([*zip(levels, named, strict=True)], language)


# --- parts of a whole, and parts of its base ----------------------------------------------------------


def of_whole(ledger: Ledger, query: Sequence[subjects.Word], language: str) -> Suggestion | None:
    """Compute which share of a whole a part is, or what is left of it, where the ledger has both: the parts of one
    number, and measures that count a part of what another one counts."""
    ideas = {word.idea for word in query}
    if not ideas & {"share", "notyet"}:
        return None
    if {"share", "rejected"} <= ideas:
        won = [replace(word, idea="won" if word.idea == "rejected" else word.idea) for word in query]
        rates = [
            suggestion_of(ledger, item, language) for item in subjects.meant(won, candidates(ledger))[:1]
        ]
        rest = [Quantity.exact(1, "share") - rate.quantity for rate in rates if rate.quantity]
        return _combined([(rates[0].what, rates[0])], rest[0], "", language, "1 − ") if rest else None
    bare = [replace(word, is_head=False) for word in query if word.idea not in ("share", "notyet")]
    for part, whole in chain(
        _parts_of_measures(ledger, bare, language), _parts_named(ledger, bare, language)
    ):
        numerator, denominator = part.quantity, whole.quantity
        if numerator is None or denominator is None or numerator.unit != denominator.unit:
            continue
        pairs = [(part.what, part), (whole.what, whole)]
        if "share" not in ideas:
            return _combined(pairs[::-1], denominator - numerator, " − ", language)
        share = numerator.over(denominator, "share")
        if "notyet" in ideas:
            return _combined(pairs, Quantity.exact(1, "share") - share, " ÷ ", language, "1 − ")
        return _combined(pairs, share, " ÷ ", language)
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
        for item, whole in known[:1]:
            part = added_levels(ledger, nearby, language) or suggestion_of(ledger, item, language)
            yield part, _of_one_document(ledger, part, whole, language)


def _parts_named(
    ledger: Ledger, bare: Sequence[subjects.Word], language: str
) -> Iterator[tuple[Suggestion, Suggestion]]:
    """Give a part and the whole that a question names as well, "of the 500 that the *jury* chose, those of *compulsory*
    education": each without the one word that only the other has."""
    every = candidates(ledger)
    narrowing = [word for word in bare if any(word.idea in part for item in every for part in item.narrow)]
    for own in narrowing:
        parts = Counter(part for item in every for part in item.narrow if own.idea in part)
        is_place = own.idea in PLACES  # "the province of Liège", and not its university
        of_part = parts.most_common(1)[0][0] if is_place else frozenset.union(*parts)
        wholes = subjects.meant([word for word in bare if word.idea not in of_part], every)
        for other in (None, *narrowing):
            for part in subjects.meant([word for word in bare if word is not other], every)[:1]:
                whole = next((item for item in wholes if _is_within(part, item)), None)
                if whole and any(own.idea in ideas for ideas in part.narrow):
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


def _whole_of(part: Candidate, every: Sequence[Candidate]) -> Candidate | None:
    """Find the number that a published one is a part of: the same without its one breakdown, or of the measure that
    counts the whole."""
    if not part.observations:
        return None
    row = part.observations[0]
    broken = [name for name in PARTS if name != "programme" and getattr(row, name)]
    measure = PART_OF.get(row.measure, "") if not broken else row.measure
    names = [name for name in DIMENSIONS if name not in (*broken, "counted", "stage")]
    wholes = []
    for item in every:
        other = item.observations[0] if item.observations else None
        if other and other.measure == measure and not any(getattr(other, name) for name in broken) and all(
            getattr(other, name) == getattr(row, name) for name in names
        ):  # fmt: skip
            wholes.append(item)
    alike = (item for item in wholes if item.observations[0].stage == row.stage)
    return next(alike, next(iter(wholes), None)) if len(broken) < 2 else None


def _is_within(part: Candidate, whole: Candidate) -> bool:
    """Tell whether a number may be a part of another one: of the same measure, call and programme, and smaller."""
    if not (part.observations and whole.observations):
        return False
    row, other = part.observations[0], whole.observations[0]
    names = ("measure", "call", "programme", "territory")
    is_alike = all(getattr(row, name) == getattr(other, name) for name in names)
    return bool(
        is_alike and row.quantity and other.quantity and other.quantity.bounds.exceeds(row.quantity.bounds)
    )


_BECAME = frozenset(("installed", "equipped", "reached", "won"))
"""What became of those among whom money is divided; nobody says it of the money."""


def for_each(ledger: Ledger, query: Sequence[subjects.Word], language: str) -> Suggestion | None:
    """Divide the money of a part by what it was for: by the sites or projects that its question names."""
    base = next((word for word in query if word.idea in subjects.POPULATIONS | {"project", "won"}), None)
    ideas = {word.idea for word in query}
    if base is None or not ideas & {"mean", "per"} or "yearly" in ideas:
        return None
    every = candidates(ledger)
    rest = [word for word in query if word.idea not in ("mean", "per", "money", "grant", base.idea)]
    pairs = []
    of_money = [word for word in rest if word.idea not in _BECAME]
    for others, head in (
        (of_money, subjects.words_of("budget", every)[0]), (rest, replace(base, is_base=False)),
    ):  # fmt: skip
        nearby = subjects.meant([*others, replace(head, is_head=True)], every)
        pairs += [(item.what, item) for item in (suggestion_of(ledger, c, language) for c in nearby[:1])]
    quantities = [part.quantity for _, part in pairs if part.quantity]
    if len(quantities) < 2 or quantities[0].unit != "EUR":
        return None
    unit = "EUR/project" if quantities[1].unit == "projects" else "EUR/implantation"
    return _combined(pairs, quantities[0].over(quantities[1], unit), " ÷ ", language)


def for_each_year(ledger: Ledger, query: Sequence[subjects.Word], language: str) -> Suggestion | None:
    """Divide what was paid in several years by their number."""
    rest = [word for word in query if word.idea not in ("yearly", "per", "mean")]
    nearby = subjects.meant(rest, candidates(ledger)) if "yearly" in {word.idea for word in query} else []
    row = next((row for item in nearby[:1] for row in item.observations), None)
    if (
        row is None
        or row.quantity is None
        or row.quantity.unit != "EUR"
        or not (row.valid_from and row.valid_to)
    ):
        return None
    years = Quantity.exact(row.valid_to.year - row.valid_from.year + 1, "years")
    paid, many = suggestion_of(ledger, nearby[0], language), words(years, language)
    if paid.quantity is None or years.value == 1:
        return None
    pairs = [(paid.what, paid), (many, Suggestion("years", many, many, ""))]
    return _combined(pairs, paid.quantity.over(years, "EUR"), " ÷ ", language)


# --- time and prices ----------------------------------------------------------------------------------


def _prices(ledger: Ledger, read: ParsedQuestion, language: str) -> Suggestion | None:
    """Compute by how much prices grew from one year to another."""
    index = {int(row["year"]): row for row in ledger.records("prices") if row["series"] == SERIES}
    years = sorted({int(year) for year in A_YEAR.findall(read.text)})
    ideas = {idea for idea in concepts(read.subject) if not idea[-1].isdigit()} - NOTHING_COUNTED
    if len(years) != 2 or not {*years} <= index.keys() or "inflation" not in ideas or not ideas <= _OF_PRICES:
        return None
    first, last = (Quantity.exact(index[year]["index"], "points") for year in years)
    growth = last.over(first, "share") - Quantity.exact(1, "share")
    source = publisher_and_day(ledger.source(index[years[1]]["source_id"]), language)
    what = f"{translate(PRICE_INDEX, language)} ({years[0]}–{years[1]})"
    formula = f"−1 + {index[years[1]]['index']:f} ÷ {index[years[0]]['index']:f}"
    return _computed(SERIES, what, growth, formula, [source], language)


def school_years(ledger: Ledger, read: ParsedQuestion, language: str) -> Suggestion | None:
    """Count the school years over which the projects of a call went on."""
    call = next((call for call in ledger.calls if read.terms == (call.call,)), None)
    if call is None or Operator.DURATION not in read.operators or not (call.valid_from and call.valid_to):
        return None
    if not _SCHOOL_YEARS.search(fold(read.text)):
        return None
    many = Quantity.exact(call.valid_to.year - call.valid_from.year, "years")
    name = ledger.name("calls", call.call, language)
    record = next(row for row in ledger.records("calls") if row["call"] == call.call)
    source = publisher_and_day(ledger.source(record["source_id"]), language)
    return _computed(call.call, name, many, call.school_year, [source], language)


def programme_years(ledger: Ledger, read: ParsedQuestion, language: str) -> Suggestion | None:
    """Count the years of a programme that is over, the first and the last as well."""
    if Operator.DURATION not in read.operators or {*concepts(read.subject)} - {*read.terms} - _OF_DURATION:
        return None
    for row in ledger.records("programmes"):
        if row["kind"] == "programme" and row["valid_to"] and read.terms == (row["programme"],):
            first, last = row["valid_from"].year, row["valid_to"].year
            source = publisher_and_day(ledger.source(row["source_id"]), language)
            years = Quantity.exact(last - first + 1, "years")
            name, formula = str(row[f"name_{language}"]), f"1 + {last} − {first}"
            return _computed(row["programme"], name, years, formula, [source], language)
    return None


def days_from_one_to_another(ledger: Ledger, read: ParsedQuestion, language: str) -> Suggestion | None:
    """Count the days from one that a question names to another one of the same call."""
    is_long = Operator.DURATION in read.operators
    pair = days_between(ledger, " ".join((read.subject, *read.terms))) if is_long else None
    if pair is None:
        return None
    first, last = days_told(ledger, pair, language)
    many = Quantity.exact((date.fromisoformat(last.named) - date.fromisoformat(first.named)).days, "days")
    sources = [publisher_and_day(ledger.source(entry.source_id), language) for entry in pair]
    what, formula = f"{last.what} − {first.what}", f"{last.text} − {first.text}"
    return _computed(last.name, what, many, formula, sources, language)


# --- what is computed, in a sentence --------------------------------------------------------------------


def _combined(
    parts: Sequence[tuple[str, Suggestion]], quantity: Quantity, sign: str, language: str, before: str = ""
) -> Suggestion:
    """Say what is computed of several numbers, each with its document; `before` stands before what is computed."""
    are_calls = all(name.startswith("EN") for name, _ in parts)
    names = [name if are_calls else part.what for name, part in parts]
    formula = before + sign.join(
        f"{part.text} ({name})" for name, (_, part) in zip(names, parts, strict=True)
    )
    first, observations = parts[0][1], tuple(o for _, part in parts for o in part.observations)
    what = first.what.replace(parts[0][0], sign.join(names)) if are_calls else before + sign.join(names)
    documents = publishers_and_days(observations, language)
    return replace(
        _computed(first.name, what, quantity, formula, documents, language), observations=observations
    )


def _computed(
    name: str, what: str, quantity: Quantity, formula: str, documents: Iterable[str], language: str
) -> Suggestion:
    """Say a computed number with its formula and documents."""
    text, named = words(quantity, language), listed(dict.fromkeys(documents), language)
    sentence = translate(COMPUTED, language, what=what, number=text, formula=formula, documents=named)
    return Suggestion(name, what, text, sentence, quantity)
