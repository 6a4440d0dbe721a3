"""What a text says of calls beside one another: growth, how many times as many, which has most, that numbers rise.

"Deux fois plus" and "a doublé" are read as a growth of 100 %, as "un tiers de plus" is one of 33 %.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise

from ennum_stats.audit.facts import Fact, facts_by_measure
from ennum_stats.audit.ideas import PLACES
from ennum_stats.audit.matching import DISTINCT
from ennum_stats.audit.mention import Mention
from ennum_stats.audit.verdict import VerdictKind
from ennum_stats.quantities import Quantity
from ennum_stats.reading.judging import lies, lies_in_words
from ennum_stats.reading.operators import phrases
from ennum_stats.reading.quantities import NumberInText, NumberReading
from ennum_stats.search.concepts import LEVELS
from ennum_stats.store.ledger import HOME, Ledger
from ennum_stats.vocabulary import Precision

_MANY = {
    2: r"deux fois plus|le double d\w*|(?:\w+ )?double(?= (?:entre|de|depuis|en)\b|[.,;])|doppelt so (?:viele?|hoch)|"
    r"verdoppelt\w*|(?:twee keer|dubbel) zo ?veel|verdubbeld\w*|twice as (?:many|much)|doubled",
    3: r"trois fois plus|triple(?= (?:entre|de|depuis|en)\b|[.,;])|drei ?mal so (?:viele?|hoch)|verdreifacht\w*|"
    r"drie keer zo ?veel|verdrievoudigd\w*|three times as (?:many|much)|tripled",
    4: r"quatre fois plus|vier ?mal so (?:viele?|hoch)|vier keer zo ?veel|four times as (?:many|much)|quadrupled",
}
_MORE = r"plus que|mehr als|meer dan|more than|over"
_TIMES = re.compile(
    "|".join(
        rf"(?P<x{times}>(?<![a-z-])(?:(?:{_MORE}) )?(?:{words})(?![a-z]))" for times, words in _MANY.items()
    )
)
_ROSE, _FELL = phrases("rose").pattern, phrases("fell").pattern
_UP, _DOWN = phrases("more of it").pattern, phrases("less of it").pattern
_AFTER = re.compile(rf" (?:[a-z]+ )?(?:(?P<up>{_UP}|{_ROSE})|(?P<down>{_DOWN}|{_FELL}))(?![a-z])")
_BEFORE = re.compile(
    rf"(?<![a-z])(?:(?P<up>{_ROSE})|(?P<down>{_FELL}))(?![a-z])[^.;:0-9]{{0,40}}(?<![a-z])(?:de|d'|by|of|um|met|von) ?$"
)
_STATEMENTS = {
    "rising": phrases("rises always").pattern,
    "falling": phrases("falls always").pattern,
    "least": r"(?:est|etait|fut|reste) le plus (?:bas|faible)|le moins de (?:projets|laureats|dossiers)|"
    r"die wenigsten (?:projekte|gewinner)(?= (?:wurden (?:bei|im|in)|gab es))|"
    r"die niedrigste zahl (?:von|an) (?:projekten|gewinnern)|"
    r"de minste (?:projecten|winnaars)(?= (?:werden (?:bij|in)|waren er))|het laagste aantal (?:projecten|winnaars)|"
    r"(?:smallest|lowest) number of (?:projects|winners)|fewest (?:projects|winners)",
    "unjudged": r"(?:la (?:grande )?majorite|la plupart) des (?:ecoles|projets|implantations|laureats)|"
    r"die (?:grosse )?mehrheit der (?:schulen|projekte|standorte)|"
    r"de (?:grote )?meerderheid van de (?:scholen|projecten|vestigingsplaatsen)|"
    r"(?:the (?:vast )?majority|most) of the (?:schools|projects|sites|winners)",
    "most": r"(?:est|etait|fut|reste) le plus (?:eleve|haut)|le plus grand nombre de (?:projets|laureats)|"
    r"le plus de (?:projets|laureats|dossiers)|record de (?:projets|laureats)|"
    r"die meisten (?:projekte|gewinner)(?= (?:wurden (?:bei|im|in)|gab es))|"
    r"die hochste zahl (?:von|an) (?:projekten|gewinnern)|"
    r"de meeste (?:projecten|winnaars)(?= (?:werden (?:bij|in)|waren er))|"
    r"het (?:hoogste|grootste) aantal (?:projecten|winnaars)|"
    r"(?:largest|highest|greatest|record) number of (?:projects|winners)",
}  # fmt: skip
_STATED = re.compile(
    "|".join(rf"(?P<{kind}>(?<![a-z])(?:{words})(?![a-z]))" for kind, words in _STATEMENTS.items())
)
_INTO = phrases("made up of")
_IN_ALL = re.compile(rf"[,;:]? (?:{phrases('in all').pattern})[ ,:]*$")
_THAT_IS = re.compile(rf"(?:{phrases('it follows').pattern})[ ,:]*$|\($")
"""What announces a number that follows from those before it."""
_MEASURES = (
    ("projects_introduced", {"submitted"}),
    ("budget_awarded", {"money", "grant"}),
    ("projects_awarded", {"project", "won"}),
)
"""What is compared, by the ideas of its sentence, the narrowest first."""
_OF_ANOTHER = DISTINCT - {"submitted", "change"}
_COUNTED_OTHERWISE = frozenset(
    ("school", "site", "institution", "teacher", "device", "computer", "terminal", "classroom", "team")
)


def with_multiples(plain: str, text: str, numbers: Sequence[NumberInText]) -> list[NumberInText]:
    """Read "deux fois plus", "a doublé" as growth in percent, in the place of the bare number in them."""
    multiples = []
    for match in _TIMES.finditer(plain):
        times = int((match.lastgroup or "x2")[1:])
        is_more = re.match(rf"(?:{_MORE}) ", match[0])
        multiples.append(NumberInText(
            match.start(), match.end(), text[match.start() : match.end()],
            (NumberReading(Decimal(100 * (times - 1)), Decimal(1)),),
            Precision.MORE_THAN if is_more else Precision.ROUNDED, "percent", plain[match.end() : match.end() + 60],
        ))  # fmt: skip
    starts = [multiple.start for multiple in multiples]
    ends = [0, *(multiple.end for multiple in multiples)]
    kept = [number for number in numbers if ends[bisect_left(starts, number.end)] <= number.start]
    return sorted((*kept, *multiples), key=lambda number: number.start)


def is_multiple(number: NumberInText) -> bool:
    """Tell whether a number is said as a multiple, which no number can stand in for."""
    return number.unit == "percent" and number.readings[0].value >= 100 and number.text[0].isalpha()


def direction(plain: str, number: NumberInText) -> int:
    """Say whether a share is told as growth (1), as loss (-1), or as neither (0)."""
    if number.unit != "percent":
        return 0
    if is_multiple(number):
        return 1
    match = _AFTER.match(plain, number.end) or _BEFORE.search(plain, max(0, number.start - 90), number.begin)
    return 0 if match is None else 1 if match["up"] else -1


def judge_growth(
    mention: Mention, sign: int, before: Sequence[Fact | None], ledger: Ledger
) -> tuple[Fact, VerdictKind] | None:
    """Judge growth from one call to another, where both are told; `before` is what the two numbers before it are of.
    Of two numbers that are only told in turn, nothing but what agrees is said."""
    top = before[-1] if before else None
    measure = _measure(mention)
    known = _by_call(ledger, top.measure if measure and top and len(top.calls) == 1 else measure)
    others = top.calls if top else mention.calls_beside - mention.compared
    is_in_turn = False
    if len(mention.order) == 2:
        first, last = mention.order
    elif len(mention.compared) == len(others) == 1:
        (first,), (last,) = mention.compared, others
    else:
        two = {call for fact in before if fact and top and fact.measure == top.measure for call in fact.calls}
        every = [call.call for call in ledger.calls if call.call in known]
        if len(two) == len(before) == 1 and two <= {
            *every[1:]
        }:  # of the call before it, which goes without saying
            two |= {every[every.index(next(iter(two))) - 1]}
        ordered = [call for call in every if call in two]
        is_in_turn = len(ordered) == 2
        first, last = ordered if is_in_turn else ("", "")
    if first not in known or last not in known or first == last:
        return None
    fact = _growth(known[first], known[last], sign)
    kind = _kind(mention.number, fact)
    return None if is_in_turn and kind is VerdictKind.CONTRADICTED else (fact, kind)


def _growth(base: Fact, top: Fact, sign: int) -> Fact:
    share, whole = top.quantity.over(base.quantity, "share"), Quantity.exact(Decimal(1), "share")
    return replace(
        top, name=f"{base.name} → {top.name}", measure=f"{top.measure}_growth",
        quantity=share - whole if sign > 0 else whole - share,
        observations=(*top.observations, *base.observations), others=(), formula=("→", (base, top)),
    )  # fmt: skip


def _kind(number: NumberInText, fact: Fact) -> VerdictKind:
    """Compare digits by the house rules, and words as loosely as they are said."""
    how = lies_in_words(number, fact.quantity) if number.text[0].isalpha() else lies(number, fact.quantity)
    return {"inside": VerdictKind.DERIVED, "apart": VerdictKind.CONTRADICTED}.get(
        how, VerdictKind.UNVERIFIABLE
    )


def statements_in(plain: str, text: str) -> Iterator[tuple[str, NumberInText]]:
    """Find what is said without a number: that the numbers of calls rise, that a call has most."""
    for match in _STATED.finditer(plain):
        yield match.lastgroup or "", NumberInText(
            match.start(), match.end(), text[match.start() : match.end()],
            (NumberReading(Decimal(1), Decimal(1)),), unit="percent",
        )  # fmt: skip


def judge_statement(kind: str, mention: Mention, ledger: Ledger) -> tuple[Fact, VerdictKind] | None:
    """Judge a statement without a number by the facts of the calls; nothing where the calls are not told."""
    known = _by_call(ledger, _measure(mention))
    every = [known[call.call] for call in ledger.calls if call.call in known]
    is_more = kind in ("rising", "most")
    if kind == "unjudged" or len(every) < 2:
        return None
    if kind in ("rising", "falling"):
        if mention.calls_beside or mention.years or mention.order:
            return None
        turns = [pair for pair in pairwise(every) if _exceeds(*pair if is_more else pair[::-1])]
        if turns:
            return _growth(*turns[0], 1), VerdictKind.CONTRADICTED
        goes_on = all(_exceeds(*pair[::-1] if is_more else pair) for pair in pairwise(every))
        return (_growth(every[0], every[-1], 1), VerdictKind.DERIVED) if goes_on else None
    (call,) = mention.calls_beside if len(mention.calls_beside) == 1 else ("",)
    if call not in known:
        return None
    pairs = [(fact, known[call])[:: 1 if is_more else -1] for fact in every if call not in fact.calls]
    if beyond := [pair for pair in pairs if _exceeds(*pair)]:
        return beyond[-1][0 if is_more else 1], VerdictKind.CONTRADICTED
    return (known[call], VerdictKind.DERIVED) if all(_exceeds(*pair[::-1]) for pair in pairs) else None


def _exceeds(larger: Fact, smaller: Fact) -> bool:
    return larger.quantity.bounds.exceeds(smaller.quantity.bounds)


def _measure(mention: Mention) -> str:
    """Name what calls are compared by; nothing where a part, a place or a negation is told too."""
    is_other = mention.around & _COUNTED_OTHERWISE and "project" not in mention.around
    if is_other or mention.own & _OF_ANOTHER or mention.around & (PLACES | LEVELS):
        return ""
    if mention.number.text.endswith("much"):
        return "budget_awarded"
    return next((measure for measure, ideas in _MEASURES if mention.around & ideas), "")


def _by_call(ledger: Ledger, measure: str) -> dict[str, Fact]:
    return {
        next(iter(fact.calls)): fact for fact in facts_by_measure(ledger).get(measure, ())
        if len(fact.calls) == 1 and not fact.narrow and fact.territory == HOME and not fact.is_planned
    }  # fmt: skip


def follows(plain: str, number: NumberInText) -> bool:
    """Tell whether a number is told to follow from those before it: "soit 71 %", "das sind 71 %"."""
    return _THAT_IS.search(plain, max(0, number.begin - 40), number.begin) is not None


def sums_that_fail(
    plain: str, mentions: Sequence[Mention]
) -> Iterator[tuple[Mention, str, list[Mention], Decimal]]:
    """Find what a sentence says to follow from its other numbers and does not, the sign by which it would, what it
    would be made of, and what that makes: sums, shares of a whole, means."""
    for _, group in groupby(mentions, key=lambda mention: mention.sentence):
        here = list(group)
        if len(here) > 2:
            yield from _sums(plain, here)
            yield from _quotients(plain, here)


def _sums(plain: str, here: list[Mention]) -> Iterator[tuple[Mention, str, list[Mention], Decimal]]:
    numbers = [mention.number for mention in here]
    if len({(mention.heads, mention.number.unit) for mention in here}) > 1 or here[0].since:
        return
    is_split = _INTO.search(plain[numbers[0].end : numbers[1].start])
    is_last = here[-1].calls_from < 3 and _IN_ALL.search(plain[numbers[-2].end : numbers[-1].start])
    if not (is_split or is_last) or any(number.precision is not Precision.EXACT for number in numbers):
        return
    whole, parts = (here[0], here[1:]) if is_split else (here[-1], here[:-1])
    readings = [mention.number.readings[0] for mention in parts]
    computed, printed = sum((reading.value for reading in readings), Decimal(0)), whole.number.readings[0]
    step = sum((reading.step for reading in readings), printed.step) if whole.number.unit else Decimal(0)
    if whole.number.unit != "percent" and abs(computed - printed.value) > step / 2:
        yield whole, " + ", parts, computed


def _quotients(plain: str, here: list[Mention]) -> Iterator[tuple[Mention, str, list[Mention], Decimal]]:
    for first, second, result in zip(here, here[1:], here[2:], strict=False):
        printed, times = result.number.readings[0], 1
        top, base = (first, second) if first.number.unit else (second, first)
        if result.number.unit == "percent" and (first.role, second.role) == ("part", "base"):
            top, base, times = first, second, 100
        elif not (
            result.own & {"mean", "per"} and result.number.unit == top.number.unit != base.number.unit == ""
        ):
            continue
        if not base.number.readings[0].value or not follows(plain, result.number):
            continue
        over, under = top.number.readings[0], base.number.readings[0].value
        computed = times * over.value / under
        if abs(computed - printed.value) > (printed.step + times * over.step / under) / 2:
            yield result, " / ", [top, base], round(computed, 1)
