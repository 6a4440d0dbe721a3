"""Confirm what sentences compare by the numbers that are printed beside them, read back from their words.

A claim is a wording in four languages and what must be true of printed numbers for it: of calls, as the charts
of the same day print them, or of the numbers in the sentence itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from ennum_stats.doubt.reading import Doubt, PrintedNumber, numbers, plain
from ennum_stats.errors import message

UNCONFIRMED = message("a comparison that the printed numbers do not confirm")
Printed = Mapping[str, Mapping[str, PrintedNumber | None]]
"""By measure (`projects`, `mean_grant`, `projects_planned`) what is printed of each call, in the order of calls;
nothing where no number can be read."""
FIRST_YEARS = ("EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019")
# What a claim says between its call and its words holds no other call.
GAP = r"(?:(?!EN\d)[^:]){1,70}?"
CALL = r"(?P<call>EN\d+)"
COMPARISONS: dict[str, dict[str, str]] = {
    "more than each before": {
        "fr": rf"{CALL} a retenu {GAP}, plus que chacun des appels précédents",
        "de": rf"{CALL} zählt {GAP}, mehr als jeder Aufruf davor",
        "nl": rf"Voor {CALL} werden {GAP}, meer dan in elke vorige oproep",
        "en": rf"{CALL} selected {GAP}, more than any of the calls before it",
    },
    "rises": {
        "fr": r"le nombre augmente d’un appel au suivant\.",
        "de": r"steigt die Zahl von Aufruf zu Aufruf\.",
        "nl": r"stijgt het aantal bij elke oproep\.",
        "en": r"the number rises from one call to the next\.",
    },
    "falls once": {
        "fr": rf"sauf une fois : {CALL} compte {GAP}, après {GAP} pour (?P<before>EN\d+)",
        "de": rf"mit einer Ausnahme: {CALL} zählt {GAP}, (?P<before>EN\d+) zuvor",
        "nl": rf"op één keer na: {CALL} telt {GAP}, na {GAP} voor (?P<before>EN\d+)",
        "en": rf"with one exception: {CALL} has {GAP}, after {GAP} for (?P<before>EN\d+)",
    },
    "mean rose where the number fell": {
        "fr": r"En moyenne, un projet y a reçu davantage :",
        "de": r"Im Durchschnitt erhielt ein Projekt dabei mehr:",
        "nl": r"Gemiddeld kreeg een project toen wel meer:",
        "en": r"On average, a project received more:",
    },
    "highest mean of the first years": {
        "fr": rf"De ces appels, c’est {CALL} qui a la moyenne la plus forte",
        "de": rf"Von diesen Aufrufen hat {CALL} den höchsten Durchschnitt",
        "nl": rf"Van die oproepen heeft {CALL} het hoogste gemiddelde",
        "en": rf"Of these calls, {CALL} has the highest average",
    },
    "highest mean": {
        "fr": rf"{CALL} a attribué le plus par projet",
        "de": rf"Höchster Durchschnitt pro Projekt bei {CALL}",
        "nl": rf"{CALL} kende het meeste toe per project",
        "en": rf"{CALL} awarded the most per project",
    },
    "above the plan": {
        "fr": r"Le nombre de projets retenus dépasse la prévision :",
        "de": r"Die Zahl der ausgewählten Projekte liegt über der Planung:",
        "nl": r"Er zijn meer projecten geselecteerd dan gepland:",
        "en": r"The number of projects selected exceeds the forecast:",
    },
    "below the plan": {
        "fr": r"Le nombre de projets retenus est inférieur à la prévision :",
        "de": r"Die Zahl der ausgewählten Projekte liegt unter der Planung:",
        "nl": r"Er zijn minder projecten geselecteerd dan gepland:",
        "en": r"The number of projects selected is below the forecast:",
    },
}
"""What the texts compare, by name, as patterns of each language."""
PART_OF = {
    "fr": r"\b(?:sur|dont)$", "de": r"\b(?:davon|darunter|von insgesamt)$",
    "nl": r"\b(?:waarvan|op een totaal van)$", "en": r"\b(?:of which|out of)$",
}  # fmt: skip
"""Words between a whole and its part, or a part and its whole."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHOLE_COMES_SECOND = ("sur", "von insgesamt", "op een totaal van", "out of")
_HEDGES = (
    "au près plus environ quelque moins entre rund etwa fast mehr mindestens höchstens zwischen "
    "about some nearly more at between zowat ongeveer bijna meer minstens hoogstens tussen"
)
_HEDGE = rf"(?:\s(?:{_HEDGES.replace(' ', '|')})\b.*)?$"


def _above(more: PrintedNumber | None, less: PrintedNumber | None) -> bool:
    """Tell whether a printed number is more than another; rounded ends may touch, but both are not the same."""
    return more is not None and less is not None and more.low >= less.high and more[:2] != less[:2]


def _is_highest(printed: Mapping[str, PrintedNumber | None], call: str) -> bool:
    """Tell whether a call has the highest number of those that are printed of any."""
    others = (number for other, number in printed.items() if other != call and number is not None)
    return all(_above(printed.get(call), other) for other in others)


def _more_than_each_before(printed: Printed, call: str) -> bool:
    projects = printed["projects"]
    before = [*projects][: [*projects].index(call)]
    return bool(before) and all(_above(projects[call], projects[other]) for other in before)


def _first_years(projects: Mapping[str, PrintedNumber | None]) -> list[str]:
    """List the calls of the first years that there are."""
    return [call for call in FIRST_YEARS if call in projects]


def _rises(printed: Printed) -> bool:
    projects = printed["projects"]
    return all(
        _above(projects.get(later), projects.get(call)) for call, later in pairwise(_first_years(projects))
    )


def _falls_once(printed: Printed, call: str, before: str) -> bool:
    projects = printed["projects"]
    falls = [
        (first, later)
        for first, later in pairwise(_first_years(projects))
        if not _above(projects.get(later), projects.get(first))
    ]
    return falls == [(before, call)] and _above(projects[before], projects[call])


def _mean_rose(printed: Printed) -> bool:
    """Tell whether of two calls, where the number fell, the mean rose."""
    projects, means = printed["projects"], printed["mean_grant"]
    return any(
        _above(projects.get(call), projects.get(later)) and _above(means.get(later), means.get(call))
        for call, later in pairwise(_first_years(projects))
    )


def _highest_of_first_years(printed: Printed, call: str) -> bool:
    means = printed["mean_grant"]
    return _is_highest({each: means[each] for each in _first_years(means)}, call)


def _against_plan(printed: Printed, more: str, less: str) -> bool:
    return _above(printed[more].get("EN2020"), printed[less].get("EN2020"))


_CONFIRMED: dict[str, Callable[..., bool]] = {
    "more than each before": _more_than_each_before,
    "rises": _rises,
    "falls once": _falls_once,
    "mean rose where the number fell": _mean_rose,
    "highest mean of the first years": _highest_of_first_years,
    "highest mean": lambda printed, call: _is_highest(printed["mean_grant"], call),
    "above the plan": lambda printed: _against_plan(printed, "projects", "projects_planned"),
    "below the plan": lambda printed: _against_plan(printed, "projects_planned", "projects"),
}


def unconfirmed(words: str, language: str, printed: Printed) -> Iterator[Doubt]:
    """Find what words compare and printed numbers do not confirm."""
    words = plain(words)
    for name, wordings in COMPARISONS.items():
        for match in re.finditer(wordings[language], words):
            if not _CONFIRMED[name](printed, **match.groupdict()):
                yield Doubt(UNCONFIRMED, match[0])
    words = re.sub(r" \([^()]*\)", "", words)
    counted = (read for read in numbers(words, language) if not _YEAR.fullmatch(words[read.begin : read.end]))
    for first, second in pairwise(counted):
        joint = re.sub(_HEDGE, "", words[first.end : second.begin].rstrip())
        if (part_of := re.search(PART_OF[language], joint)) and ". " not in joint:
            whole, part = (second, first) if part_of[0] in _WHOLE_COMES_SECOND else (first, second)
            if part.low > whole.high:
                yield Doubt(UNCONFIRMED, words[first.begin : second.end])
