"""Which figures and published numbers words are about: the subject binds first, before any value is looked at.

A candidate is about what words say if it answers each of them and is about nothing more that they do not say:
not a part of the whole, not a plan where what was done is asked for, not another call. Each that is not says why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile, takewhile
from math import log

from ennum_stats.errors import Message, message
from ennum_stats.languages import LANGUAGES
from ennum_stats.search import concepts
from ennum_stats.search.candidates import HEADS, Candidate
from ennum_stats.search.concepts import (
    ACTS,
    CONCEPTS,
    concept,
    ideas_of,
    is_unpublished,
    joined,
    telling_words,
)
from ennum_stats.search.spelling import meant_by
from ennum_stats.typography import fold
from ennum_stats.vocabulary import DIMENSIONS, Precision

_RELATED = (
    ("school", "site", 0.8), ("school", "institution", 0.8), ("site", "institution", 0.6),
    ("computer", "device", 0.6), ("computer", "terminal", 0.7), ("device", "terminal", 0.6),
    ("tablet", "ipad", 0.7), ("tablet", "device", 0.4),
    ("money", "invest", 0.9), ("money", "grant", 0.7), ("francs", "money", 0.7), ("money", "mean", 0.3),
    ("staff", "respondent", 0.6), ("study", "survey", 0.6), ("grant", "supported", 0.6),
    ("staff", "team", 0.8), ("equipped", "installed", 0.8), ("equipped", "device", 0.6), ("equipped", "reached", 0.6),
    ("wifi", "connected", 0.4), ("internet", "connected", 0.5), ("planned", "target", 0.7),
    ("reached", "involved", 0.7), ("project", "won", 0.5), ("primary", "fundamental", 0.6),
    ("type", "lot", 0.7), ("reached", "target", 0.6), ("supported", "accompany", 0.7), ("help", "supported", 0.6),
    ("change", "transformation", 0.7), ("grant", "won", 0.6), ("room", "classroom", 0.7),
)  # fmt: skip
"""Ideas that are near one another, and how well the one answers to the other."""
NEAR: dict[str, dict[str, float]] = {}
for _first, _second, _weight in _RELATED:
    NEAR.setdefault(_first, {})[_second] = _weight
    NEAR.setdefault(_second, {})[_first] = _weight
_COUNTED_WORDS = re.compile(
    r"\b(?:combien d|combien de|nombre d|nombre de|nombre des|wie ?viele?[nr]?|anzahl|anzahl der|hoeveel|"
    r"aantal|how many|number of) ((?:\w+ ?){1,4})"
)
_WHICH = re.compile(r"\b(?:quel(?:le)?s?|welche[rsnm]?|welke?|which) (\w+)")
_NUMBER_ALONE = re.compile(r"^(?:an|stuck)?zahl\b|\b(?:(?:an|stuck)?zahl|nombre|aantal|number)\b *$")
_NO_NOUN = re.compile(
    r"(?:wurden?|wird|werden|hat|haben|hatten?|ist|sind|waren?|gab|gibt|ging(?:en)?|bek[ao]m\w*|erh[ai]\w*|kriegt\w*|k[ao]m\w*|"
    r"beim?|im|am|in|an|auf|fur|vom|zu[mr]?|mit|aus|nach|durch|seit|bij|op|voor|met|chez|dans|pour|at|for|by|from|"
    r"k[oa]nn\w*|durf\w*|soll\w*|muss\w*|mach\w*|werd|is|zijn|was|heeft|hebben|had|gaat|er|"
    r"een|het|dem|das|ein|eine|einem|einen|einer|a|an|un|une)"
)
"""Verbs and articles before which "wie viel" and "hoeveel" count no noun: "hoeveel kreeg een project"."""
_OF_THEM = frozenset(("of", "the", "von", "den", "der", "die", "van", "de", "des", "les", "la", "le"))
"""Words before the noun of which some are counted; behind it, another noun begins."""
_MORE = frozenset(("plus", "moins", "mehr", "weniger", "meer", "minder", "more", "fewer", "less"))
BASE_WORD = re.compile(r"\b(?:par|per|pro|je|each|every|chaque|jede[rsnm]?|elke?|pour 100|for 100) (\w+)")
_EACH_OF_THEM = re.compile(
    r"\b(?P<verb>\w+) (?:each|every|chaque) (?P<noun>\w+)|"
    r"\b(?:jede[rsnm]?|elke) (?P<things>\w+) (?:(?:te|zu|aan) )?(?P<done>\w+)"
)
"""What is done to all of them: "to connect every school"."""
_SINGLE = re.compile(r"\b(?:une?|eine?[mnr]?|een|an?) (\w+)")
_FOR_HOW_MANY = re.compile(
    r"\b(?:pour combien|(?:fur|auf) wie ?viele?[nr]?|(?:voor|op) hoeveel|(?:for|to) how many)\b"
)
_MACHINES = frozenset(("computer", "device", "terminal", "tablet"))
_WINNERS = (
    "laureat",
    "elus",
    "preistrager",
    "prijswinn",
    "gagnant",
    "vainqueur",
    "gewinner",
    "sieger",
    "winnaar",
    "winner",
)
_UNKNOWN, _YEAR, _IN_REMARKS = 2.0, 4.0, 0.35
_LONGEST_DAY = 3
ALL_HEADS = frozenset(head for heads in HEADS.values() for head in heads) | {"school", "invest"}
_NEAR_ENOUGH = 0.6
_EVERYWHERE = frozenset(("total", "wallonia", "call", "planned", "won", "project", "money"))
"""Ideas that a number may have without being about more than is said; plans, calls and units are seen apart."""
DISTINCT = frozenset(idea for idea in CONCEPTS if not idea.startswith("month")) - _EVERYWHERE - {
    "school", "site", "institution", "grant", "invest", "staff", "device", "terminal", "computer", "pupil",
    "cyberecole", "cyberclasse", "ecolenumerique", "connected", "equipped", "installed", "delivered", "reached",
    "session", "team", "distinct", "survey", "aim", "network", "use", "duration", "file", "head", "type", "lot",
    "added", "plan", "internet", "room", "classroom", "per", "supported", "involved", "own", "pilot",
}  # fmt: skip
"""Ideas that make another number of one: a share, a mean, a change, those never awarded, tablets alone."""
_RATIOS = frozenset(("per", "mean", "100"))
_IMPLIED = {
    "connected": {"wifi"},
    "mean": {"per"}, "reached": {"share", "distinct", "pilot"}, "project": {"mean"},
    "won": {"mean", "lot", "type"}, "computer": {"use"}, "device": {"use"}, "last": {"duration"}, "involved": {"pilot"},
    "study": {"survey"}, "added": {"device"},
}  # fmt: skip
"""Ideas that others imply."""
_BOUNDS = frozenset(("ceiling", "never"))
"""Ideas of what is not exceeded."""
_LAST_DAYS = frozenset(("fin", "ende", "einde", "end"))
_PILOTS = frozenset(("en1", "en2", "en3"))
"""The calls that are told as pilots."""
_TEACHING = frozenset(("enseignement", "education", "unterricht", "onderwij"))
POPULATIONS = frozenset(("school", "site", "institution"))
_MONEY = frozenset(("money", "grant", "francs"))
PLACES = concepts.PLACES | {"charleroi"}
_TABLE = CONCEPTS | ACTS
AMOUNTS = _MONEY | {"invest"}
_STAGES = frozenset(
    ("won", "installed", "equipped", "reached", "joined", "contacted", "involved", "connected", "supported")
)
_EQUIPPING = frozenset(("connected", "equipped", "installed"))
_OF_SEVERAL = _MONEY | {"project", "mean", "device", "invest"}
"""Units of which several programmes have numbers."""
_BEYOND, _AS_NARROW, _HEAD = 0.5, 0.6, 1.2
WORDS = message("it does not say anything of {words}")
OTHER = message("it is about something else as well")
PART = message("it is only a part")
PLAN = message("it is a plan, and not what came of it")
SEVERAL = message("it is of several calls together")
OF_PROGRAMME = message("it is of one programme alone")
OF_CALL = message("it is of one call alone")
UNKNOWN = message("it is not known")


@dataclass(frozen=True)
class Word:
    """Hold a telling word of a question, what it means, and how much hangs on it."""

    text: str
    idea: str
    weight: float
    is_head: bool = False
    """Whether it is what is to be counted: "combien d’écoles", "wie viele Projekte"."""
    is_base: bool = False
    """Whether it is that for each of which is counted: "par élève", "pro Schule"."""
    is_soft: bool = False
    """Whether it is of no idea of the table: what has it comes nearer, and nothing need have it."""

    @property
    def is_exact(self) -> bool:
        """Whether it names one call or year, which no other can stand for."""
        return _is_exact(self.idea)

    @property
    def year(self) -> int | None:
        """The year that it names."""
        return int(self.idea) if self.idea.isdigit() and self.is_exact else None


@lru_cache(maxsize=1024)
def _is_exact(idea: str) -> bool:
    return bool(re.fullmatch(r"en\d{1,4}|(19|20)\d\d", idea))


@dataclass(frozen=True)
class Fit:
    """Hold a candidate that comes near words, which of them it does not answer, and why it is not what they are
    about; nothing where it is."""

    candidate: Candidate
    missed: tuple[str, ...]
    why_not: Message | None
    share: float
    """Which part of the words it answers, by how much hangs on each."""
    distance: float
    """How far it is: by the words, and by what it is about beyond them."""

    @property
    def is_narrower(self) -> bool:
        """Whether it is a part, a plan or one of several of what they say, and nothing else."""
        # what holds at most of a part is not said of the whole
        is_part = (
            self.why_not is PART and len(self.candidate.narrow) == 1 and "ceiling" not in self.candidate.ideas
        )
        return is_part or self.why_not in (PLAN, OF_CALL, SEVERAL, OF_PROGRAMME)


_NAMED: list[tuple[Sequence[Candidate], Counter[str], frozenset[str], frozenset[str]]] = []
"""What the last candidates name."""


def _named_by(candidates: Sequence[Candidate]) -> tuple[Counter[str], frozenset[str], frozenset[str]]:
    """Count the ideas of candidates, and list those of their parts and the words that name who published them."""
    known = next((entry for entry in [*_NAMED] if entry[0] is candidates), None)
    if known is None:
        counts = Counter(idea for candidate in candidates for idea in candidate.ideas)
        narrowing = frozenset[str]().union(*(part for item in candidates for part in item.narrow))
        names = {row.source.publisher for item in candidates for row in item.observations[:1]}
        known = (
            candidates,
            counts,
            narrowing,
            frozenset((*map(fold, names), *(word for name in names for word in fold(name).split()))),
        )
        _NAMED[:] = [known]
    return known[1:]


def words_of(question: str, candidates: Sequence[Candidate]) -> list[Word]:
    """Read the telling words of a question, one for each idea; what few candidates speak of weighs more.

    A word that nobody knows is read as the one that it is spelled most like; where there is none, it weighs
    little, unless it is what is to be counted.
    """
    counts, narrowing, publishers = _named_by(candidates)
    plain = joined(question)
    named_whole = {word for name in publishers if " " in name and name in plain for word in name.split()}
    counted = counted_word(plain) or _winners(plain) or _counted_apart(plain)
    every = {
        of_all["noun"] or of_all["things"]
        for of_all in _EACH_OF_THEM.finditer(plain)
        if concept(of_all["verb"] or of_all["done"]) in _EQUIPPING
    }
    bases = {*BASE_WORD.findall(plain)} - every
    words: dict[str, Word] = {}
    texts = telling_words(question)
    for text, following in zip(texts, (*texts[1:], ""), strict=False):
        if text.isdigit() and len(text) < _LONGEST_DAY and concept(following).startswith("month"):
            continue
        named = (f"{text} itself",) if text in named_whole else ideas_of(text)  # "Today in Liège" is no place
        is_known = named[0] in counts or _is_known(named[0], candidates)
        for idea in named if is_known else meant_by(text, counts):
            weight = 1 + log(len(candidates) / (1 + counts[idea])) if idea in counts else _UNKNOWN
            if idea.isdigit():
                weight = _YEAR
            is_base = text in bases and idea in ALL_HEADS
            is_head = text == counted and idea == named[-1]
            is_hard = (
                is_head
                or idea in _TABLE
                or idea in narrowing
                or text in publishers
                or _says_all_the_same(text)
            )
            words.setdefault(idea, Word(text, idea, weight, is_head, is_base, is_known and not is_hard))
    if _FOR_HOW_MANY.search(plain) and "pupil" in words and words.keys() & _MACHINES:
        words.setdefault("per", Word("per", "per", _UNKNOWN))
    if not any(word.is_head for word in words.values()) and not words.keys() & {"duration", "share"}:
        for text in _SINGLE.findall(plain):  # several are counted, and never "a teacher"
            if (single := words.get(concept(text))) and single.idea in ALL_HEADS - AMOUNTS:
                words[single.idea] = replace(single, is_base=True)
    _settle(words)
    return list(words.values())


def _settle(words: dict[str, Word]) -> None:
    """Read the words that mean another idea beside some others as that idea."""
    for applicant in ("team", "school", "institution"):
        if applicant in words and words.keys() & {"submitted", "rejected"}:  # those who apply are projects
            words[applicant] = replace(words[applicant], idea="project")
    if words.keys() >= {"cyberclasse", "room"} and words.keys() & AMOUNTS:
        del words["room"]  # it is nothing but rooms
    if "never" in words and "project" in words and not words["project"].is_head:  # without a project
        words["project"] = replace(words["project"], idea="won")
    is_of_call = any(word.is_exact for word in words.values())
    if (
        is_of_call
        and "device" in words
        and any(word.is_head and word.idea in POPULATIONS for word in words.values())
    ):
        words["device"] = replace(words["device"], idea="won")  # schools that get what a call gives
    if words.keys() >= {"european", "recovery"} and "wallonia" not in words:  # its plan is called so as well
        del words["recovery"]
    if "not" in words and "won" in words:  # not selected is rejected
        del words["not"]
        words["won"] = replace(words["won"], idea="rejected")
    if "success" in words and "submitted" in words:  # an application that succeeds is selected
        words["success"] = replace(words["success"], idea="won")


def _says_all_the_same(text: str) -> bool:
    """Tell whether a word that remarks have says something all the same: a year, a town, a matter of which nobody
    published anything."""
    is_foreign = any(is_unpublished(text, language) for language in LANGUAGES)
    return text[-1:].isdigit() or is_foreign or is_town(text)


def is_town(word: str) -> bool:
    """Tell whether a folded word is one of the name of a Walloon commune."""
    return word in _towns()


@lru_cache(maxsize=1)
def _towns() -> frozenset[str]:
    """List the words of the names of Walloon communes."""
    from ennum_stats.raw.communes import communes  # the package of all communes

    return frozenset(word for name in communes().by_name for word in name.split())


def counted_word(plain: str) -> str:
    """Give the word that says what is to be counted: a unit, before which others may stand ("the winning schools")."""
    match = _COUNTED_WORDS.search(plain)
    following = re.split(r"\b(?:par|pro|je|per)\b", match[1])[0].split() if match else []
    if (
        following[:1] == ["von"] and not {*following[1:2]} & _OF_THEM
    ):  # "wie viele von Schulen": of whom, not what
        return ""
    following = [*dropwhile((_OF_THEM | _MORE).__contains__, following)]
    following = [*takewhile(lambda word: word not in _OF_THEM and not _NO_NOUN.fullmatch(word), following)]
    telling = [word for word in following if telling_words(word)]
    return next((word for word in telling if ideas_of(word)[-1] in ALL_HEADS), telling[0] if telling else "")


def counted_words(plain: str) -> frozenset[str]:
    """Give the words of which one says what is to be counted: that, and the first one behind "how many" or "which"."""
    match = _COUNTED_WORDS.search(plain)
    first = next((word for word in match[1].split() if word not in _OF_THEM), "") if match else ""
    return frozenset((counted_word(plain), first, *_WHICH.findall(plain)))


def _winners(plain: str) -> str:
    """Give the word that names winners where nothing else is to be counted: they are projects, and no money."""
    texts = plain.split()
    winners = next((text for text in texts if text.startswith(_WINNERS)), "")
    return "" if any(concept(text) in ALL_HEADS for text in texts) else winners


def _counted_apart(plain: str) -> str:
    """Give the first word that can be counted, where "number" stands alone: "iPads 2017, Anzahl"."""
    countable = ALL_HEADS - AMOUNTS - {"francs", "share", "mean"}
    texts = plain.split() if _NUMBER_ALONE.search(plain) else ()
    return next((text for text in texts if ideas_of(text)[-1] in countable), "")


def _is_known(idea: str, candidates: Iterable[Candidate]) -> bool:
    return (
        idea in CONCEPTS
        or idea in ACTS
        or idea.isdigit()
        or any(idea in candidate.remarks for candidate in candidates)
    )


def fits(words: Sequence[Word], candidates: Iterable[Candidate]) -> list[Fit]:
    """Order the candidates that answer some word by how near they come, each with why it is not what the words are
    about; those that are stand first."""
    judged = [fit for candidate in candidates if (fit := _fit(words, candidate, frozenset())).share]
    return sorted(judged, key=lambda fit: (fit.why_not is not None, bool(fit.missed), *_order(fit)))


def _fit(words: Sequence[Word], candidate: Candidate, free: frozenset[str]) -> Fit:
    missed = tuple(word.text for word in words if not (word.is_soft or _answers(word, candidate)))
    why_not = message(WORDS.text, words=list(missed)) if missed else _why_not(words, candidate, free)
    gained = sum(word.weight * _match(word, candidate) for word in words if word.text not in missed)
    beyond = candidate.about - near_of(frozenset(word.idea for word in words)) - candidate.heads - _EVERYWHERE
    share = gained / sum(word.weight for word in words) if gained else 0.0
    named = _with_equipping(word.idea for word in words)
    in_place = _AS_NARROW * any(part & named for part in candidate.narrow) + _in_unit(words, candidate)
    return Fit(candidate, missed, why_not, share, round(len(beyond) * _BEYOND - gained - in_place, 2))


def _with_equipping(ideas: Iterable[str]) -> frozenset[str]:
    """Add to devices the part of plans that they are as well: what equips."""
    every = frozenset(ideas)
    return every | {"equipped"} if "device" in every else every


def _in_unit(words: Sequence[Word], candidate: Candidate) -> float:
    """Say how well a candidate counts what is asked for first: of schools, a number of schools."""
    head = next((word.idea for word in words if word.idea in ALL_HEADS), None)
    if head is None or not candidate.heads:
        return 0.0
    if head in candidate.heads | candidate.counted:
        return _HEAD
    return _HEAD * max(NEAR.get(head, {}).get(other, -1.0) for other in candidate.heads)


def _order(fit: Fit) -> tuple[float, bool, bool, int]:
    """Order by how near; of two as near, a figure before a number without a name, what is known before what is not,
    the later one first."""
    item = fit.candidate
    return fit.distance, item.is_unpublished, item.definition is None, -item.known


def _match(word: Word, candidate: Candidate) -> float:
    """Say how well a candidate answers to a word, from 0 to 1: by its own words before related ones and remarks."""
    if word.year:
        return candidate.years.get(word.year, 0.0)
    near = NEAR.get(word.idea, {})
    names = candidate.heads if word.is_head and candidate.heads & {word.idea, *near} else candidate.ideas
    if word.idea in names:
        return candidate.ideas.get(word.idea, 1.0)
    related = max((weight for idea, weight in near.items() if idea in names), default=0.0)
    return max(related, _IN_REMARKS * (word.idea in candidate.remarks))


def answering(
    words: Sequence[Word], candidates: Iterable[Candidate], free: frozenset[str] = frozenset()
) -> list[Fit]:
    """Order the candidates that answer each word, the nearest first. `free` are parts of a whole that need not be
    named."""
    every = [
        _fit(words, item, free)
        for item in candidates
        if words and all(word.is_soft or _answers(word, item) for word in words)
    ]
    return sorted(every, key=_order)


def meant(words: Sequence[Word], candidates: Iterable[Candidate]) -> list[Candidate]:
    """List what words are about; where nothing is about them alone, the one number that answers them all, if there
    is but one: of a part, a plan or a call, as it says itself."""
    every = answering(words, candidates)
    exact = [fit.candidate for fit in every if fit.why_not is None]
    wider = [fit.candidate for fit in every if fit.is_narrower]
    # "schools" do not say that schools paid
    wanted = _with_equipping({word.idea for word in words} - POPULATIONS)
    parts = {candidate.name: frozenset[str]().union(*candidate.narrow) - _TEACHING for candidate in exact}
    exact = [
        item for item in exact
        if not any(other < parts[item.name] and not (parts[item.name] - other) & wanted for other in parts.values())
    ]  # fmt: skip
    if not any(word.year for word in words):
        exact = _latest_first(exact)
    return exact or (wider if len(wider) == 1 else [])


def _latest_first(exact: list[Candidate]) -> list[Candidate]:
    """Put first, of what the first is at several times, the figure of all of it, then the latest."""
    if not exact or not exact[0].observations:
        return exact
    names = ("measure", *DIMENSIONS)
    first = [getattr(exact[0].observations[0], name) for name in names]
    with_rows = [candidate for candidate in exact if candidate.observations]
    alike = [
        candidate
        for candidate in with_rows
        if [getattr(candidate.observations[0], name) for name in names] == first
    ]
    dated = [candidate for candidate in alike if candidate.observations[0].valid_to]
    if len(dated) < 2 or len(dated) != len(alike):
        return exact
    latest = max(dated, key=lambda candidate: str(candidate.observations[0].valid_to))
    figures = [candidate for candidate in exact if candidate.definition and candidate not in dated]
    ahead = [*figures[:1], latest]
    return [*ahead, *(candidate for candidate in exact if candidate not in ahead)]


def _why_not(words: Sequence[Word], candidate: Candidate, free: frozenset[str]) -> Message | None:
    wanted = frozenset(word.idea for word in words)
    named = {idea for part in candidate.narrow for idea in part}
    more = (candidate.about & DISTINCT) - near_of(wanted) - candidate.heads - named - free
    if "share" in candidate.heads and "share" not in near_of(wanted) and not wanted & {"change"}:
        more |= {"share"}
    if "share" in candidate.heads and "won" in wanted:
        more -= {"submitted"}
    more |= candidate.heads & {"francs"} - wanted
    is_per = any(word.is_base for word in words)
    if "mean" in candidate.heads and not wanted & {"mean", "per", "ceiling"} and not is_per:
        more |= {"mean"}
    is_named = bool(wanted & candidate.programme) or any(word.is_exact for word in words)
    is_named = is_named or any(call.lower() in free for call in candidate.calls)
    is_named = is_named or ("pilot" in wanted and "connected" in candidate.programme)
    stages = candidate.about & (_STAGES | {"project"})
    if wanted & {"connected", "pilot"}:
        more -= {"wifi"}
    is_named = is_named or bool((wanted & candidate.about & DISTINCT) - named - candidate.heads)
    if candidate.heads & (POPULATIONS | {"pupil", "teacher"}) and stages and not is_named:
        more |= stages if not wanted & (_STAGES | {"project", "wifi", *free}) else set()
    is_added = "total" in wanted and "added" in candidate.ideas and "added" not in wanted
    if is_added or _is_other_ratio(words, candidate):
        return OTHER
    if more:
        return OTHER
    clear = (
        _with_equipping(wanted - {"school"})
        | free
        | (candidate.network if len(candidate.narrow) > 1 else frozenset())
    )
    named_parts = [
        part for part in apart(candidate.narrow) if part & clear
    ]  # the province of a university goes without saying
    if any(
        not any(part <= other for other in named_parts)
        and not ("university" in wanted and whole & clear & PLACES)
        for whole, part in zip(candidate.narrow, apart(candidate.narrow), strict=True)
    ):
        return PART
    of_plan = (
        len(exact := {word.idea for word in words if word.is_exact}) > 1 and exact <= candidate.ideas.keys()
    )
    of_plan |= not candidate.call and any(
        word.year == max(candidate.years, default=0) for word in words if word.year
    )
    if candidate.is_planned and not of_plan and not wanted & (concepts.AIMS | {"plan", "european"}):
        return PLAN
    is_of_named_call = candidate.call in wanted or any(
        word.year and candidate.years.get(word.year, 0) >= _NEAR_ENOUGH for word in words
    )
    if candidate.call and not is_of_named_call and candidate.call not in free:
        return OF_CALL
    if (
        candidate.programme
        and not is_named
        and candidate.heads & _OF_SEVERAL
        and not candidate.programme & free
    ):
        return OF_PROGRAMME
    since_first = {str(min(candidate.years, default=0))} & candidate.ideas.keys()
    if len(candidate.calls) > 1 and len(exact) == 1 and not free and not exact & since_first:
        return SEVERAL
    return None


def apart(parts: Sequence[frozenset[str]]) -> Iterator[frozenset[str]]:
    """Give of each part the ideas that no other part has as well: "Liège" names the province, not its university."""
    for part in parts:
        yield (part - frozenset().union(*(other for other in parts if not part <= other)) or part)


def _is_other_ratio(words: Sequence[Word], candidate: Candidate) -> bool:
    """Tell whether a candidate is a number for so many of another thing, and words do not say for which: pupils for
    a computer, terminals for 100 pupils."""
    if "per" not in candidate.ideas or not candidate.heads & {"pupil", "terminal", "computer", "project"}:
        return False
    bases = {word.idea for word in words if word.is_base} | {word.idea for word in words} & _RATIOS
    of = {"computer", "terminal", "device", "tablet"} if "pupil" in candidate.heads else {"pupil", "100"}
    if not candidate.heads & {"pupil", "per"}:  # "computers per school"
        of = {*(candidate.about & POPULATIONS)}
    return not bases & (of | {"mean", "per"})


@lru_cache(maxsize=4096)
def near_of(ideas: frozenset[str]) -> frozenset[str]:
    """Give ideas with all that are near enough to stand for them."""
    near = set(ideas)
    for idea in ideas:
        near |= {other for other, weight in NEAR.get(idea, {}).items() if weight >= _NEAR_ENOUGH}
    return frozenset(near)


def _answers(word: Word, candidate: Candidate) -> bool:
    """Tell whether a candidate answers to a word: exactly to a call, a year and what is to be counted."""
    idea, ideas = word.idea, candidate.every_idea
    if word.is_base and not ideas & _RATIOS:
        return False
    if word.year:
        year = candidate.years.get(word.year, 0.0)
        is_first = candidate.calls[:1] == (f"EN{idea}",)  # of several calls
        return year == 1 if candidate.call else year >= _NEAR_ENOUGH or idea in ideas or is_first
    if word.is_exact:
        return candidate.ideas.get(idea, 0.0) == 1
    if idea == "francs":
        return idea in ideas
    if idea == "won" and "project" in (candidate.heads if word.is_head else ideas):
        return bool({"share", "per"} & ideas) or not ideas & {"submitted", "rejected"}
    if word.is_head:
        return is_counted(idea, candidate)
    if idea == "share":
        return "share" in candidate.heads
    if (
        idea in _MONEY - (candidate.about & {"grant"})
        and not (idea == "grant" and "supported" in candidate.about)
        and not candidate.heads & (_MONEY | {"mean", "invest", "share"})
        and not any(idea in part for part in candidate.narrow)
    ):
        return False
    if (
        idea in POPULATIONS | {"classroom"}
        and "change" not in ideas
        and "share" in candidate.heads
        and (of := candidate.counted - {"share"})
    ):
        return bool(near_of(frozenset((idea,))) & of)
    return bool(near_of(frozenset((idea,))) & ideas) or _is_implied(word, candidate, ideas)


def is_counted(idea: str, candidate: Candidate) -> bool:
    """Tell whether a candidate counts what is to be counted."""
    if idea in ("submitted", "rejected"):
        return idea in candidate.ideas and "project" in candidate.heads
    if idea == "own":  # an amount, as "Eigenmittel" is
        return idea in candidate.about
    parts = {part for narrow in candidate.narrow for part in narrow} - ALL_HEADS - PLACES
    if candidate.heads & _MONEY and idea not in candidate.heads | AMOUNTS - {"francs"}:
        return False
    if idea in _MONEY and "mean" in candidate.heads:
        return True
    if idea == "school" and candidate.is_told_as_schools:
        return True
    is_object = idea in candidate.about - _EVERYWHERE - PLACES - POPULATIONS and candidate.heads & {
        "device",
        "staff",
    }
    return bool(
        near_of(frozenset((idea,))) & (candidate.heads | candidate.counted) or idea in parts or is_object
    )


def _is_implied(word: Word, candidate: Candidate, ideas: frozenset[str]) -> bool:
    """Tell whether a word goes without saying of a candidate, or is its own in another form."""
    idea = word.idea
    if idea in ("total", "wallonia", "begin") or word.text in _LAST_DAYS:  # what is closed is no number of it
        return True
    if idea == "first" and candidate.call == "en1":
        return True
    if idea == "pilot" and candidate.call in _PILOTS:
        return True
    if idea in _BOUNDS:
        bounds = (Precision.AT_MOST, Precision.RANGE)
        return any(row.quantity and row.quantity.precision in bounds for row in candidate.observations)
    if idea in _IMPLIED:
        return bool(ideas & _IMPLIED[idea])
    if idea in _TEACHING:
        return bool(candidate.narrow)
    if idea.startswith("month"):
        return idea in candidate.remarks
    if idea == "call":
        return bool(candidate.call)
    if idea == "programme":
        return bool(candidate.programme)
    if idea in ACTS:
        is_bought = idea == "buy" and bool(candidate.heads & (_MONEY | {"device"}))
        return is_bought or idea in candidate.remarks
    if idea == "school" and not candidate.heads & POPULATIONS:
        return True
    publisher = candidate.observations[0].source.publisher if candidate.observations else ""
    return idea not in CONCEPTS and word.text in fold(publisher).split()
