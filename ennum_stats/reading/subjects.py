"""Which figures and published numbers words are about: the subject binds first, before any value is looked at.

A candidate is about what words say if it answers each of them and is about nothing more that they do not say:
not a part of the whole, not a plan where what was done is asked for, not another call. Each that is not says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ennum_stats.errors import Message, message
from ennum_stats.search.candidates import Candidate
from ennum_stats.search.concepts import CONCEPTS, NAMES
from ennum_stats.search.ranking import ALL_HEADS, NEAR, Hit, Word, ranked
from ennum_stats.typography import fold
from ennum_stats.vocabulary import DIMENSIONS

_NEAR_ENOUGH = 0.6
_EVERYWHERE = frozenset(("total", "wallonia", "call", "planned", "won", "project", "money"))
"""Ideas that a number may have without being about more than is said; plans, calls and units are seen apart."""
DISTINCT = frozenset(idea for idea in CONCEPTS if not idea.startswith("month")) - _EVERYWHERE - {
    "school", "site", "institution", "grant", "invest", "staff", "device", "terminal", "computer", "pupil",
    "cyberecole", "cyberclasse", "ecolenumerique", "connected", "equipped", "installed", "delivered", "reached",
    "session", "team", "distinct", "survey", "aim", "network", "use", "duration", "file", "head", "type", "lot",
    "added", "plan", "internet", "room", "per", "supported", "involved", "own",
}  # fmt: skip
"""Ideas that make another number of one: a share, a mean, a change, those never awarded, tablets alone."""
_RATIOS = frozenset(("per", "mean", "100"))
_IMPLIED = {"connected": {"wifi"}, "mean": {"per"}, "reached": {"share"}, "project": {"mean"}}
"""Ideas that others imply."""
_TEACHING = frozenset(("enseignement", "education", "unterricht", "onderwij"))
POPULATIONS = frozenset(("school", "site", "institution"))
_MONEY = frozenset(("money", "grant", "francs"))
_STAGES = frozenset(
    ("won", "installed", "equipped", "reached", "joined", "contacted", "involved", "connected", "supported")
)
_OF_SEVERAL = _MONEY | {"project", "mean", "device", "invest"}
"""Units of which several programmes have numbers."""
_SHORTEST = 4
_BEYOND, _LONG = 0.5, 0.01
WORDS = message("it does not say anything of {words}")
OTHER = message("it is about something else as well")
PART = message("it is only a part")
PLAN = message("it is a plan, and not what came of it")
SEVERAL = message("it is of several calls together")
OF_PROGRAMME = message("it is of one programme alone")
OF_CALL = message("it is of one call alone")
UNKNOWN = message("it is not known")


@dataclass(frozen=True)
class Fit:
    """Hold a candidate that comes near words, and why it is not what they are about; nothing where it is."""

    hit: Hit
    why_not: Message | None
    answers_all: bool = True
    """Whether it answers each word: it is then about what they say, if not about that alone."""

    @property
    def is_narrower(self) -> bool:
        """Whether it is a part, a plan or one of several of what they say, and nothing else."""
        is_part = self.why_not is PART and len(self.candidate.narrow) == 1
        return is_part or self.why_not in (PLAN, OF_CALL, OF_PROGRAMME, SEVERAL)

    @property
    def candidate(self) -> Candidate:
        """Give the candidate."""
        return self.hit.candidate


def fits(
    words: Sequence[Word], candidates: Iterable[Candidate], free: frozenset[str] = frozenset()
) -> list[Fit]:
    """Order candidates by how near they come to words, each with why it is not what these are about; those that
    are stand first. `free` are parts of a whole that need not be named."""
    judged = []
    for hit in ranked(words, candidates):
        missed = [word.text for word in words if not _answers(word, hit.candidate)]
        why_not = message(WORDS.text, words=missed) if missed else _why_not(words, hit.candidate, free)
        judged.append(Fit(hit, why_not, not missed))
    wanted = near_of(word.idea for word in words)
    return sorted(
        judged, key=lambda fit: (fit.why_not is not None, not fit.answers_all, _distance(fit.hit, wanted))
    )


def meant(words: Sequence[Word], candidates: Iterable[Candidate]) -> list[Candidate]:
    """List what words are about; where nothing is about them alone, the one number that answers them all, if there
    is but one: of a part, a plan or a call, as it says itself."""
    every = fits(words, candidates)
    exact = [fit.candidate for fit in every if fit.why_not is None]
    wider = [fit.candidate for fit in every if fit.answers_all and fit.is_narrower]
    wanted = {word.idea for word in words}
    parts = {candidate.name: frozenset[str]().union(*candidate.narrow) for candidate in exact}
    exact = [
        item for item in exact
        if not any(other < parts[item.name] and not (parts[item.name] - other) & wanted for other in parts.values())
    ]  # fmt: skip
    if not any(word.year for word in words):
        exact = _latest_first(exact)
    return exact or (wider if len(wider) == 1 else [])


def _latest_first(exact: list[Candidate]) -> list[Candidate]:
    """Put first, of what the first is at several times, the latest."""
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
    return [latest, *(candidate for candidate in exact if candidate is not latest)]


def _distance(hit: Hit, wanted: set[str]) -> float:
    """Say how far a candidate is from what is wanted: by its words, and by what it is about beyond that."""
    candidate = hit.candidate
    beyond = candidate.about - wanted - candidate.heads - _EVERYWHERE
    return len(beyond) * _BEYOND + len(candidate.ideas) * _LONG - hit.score


def _why_not(words: Sequence[Word], candidate: Candidate, free: frozenset[str]) -> Message | None:
    wanted = {word.idea for word in words}
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
    stages = candidate.about & (_STAGES | {"project"})
    if wanted & {"connected", "pilot", "pilote"}:
        more -= {"wifi"}
    if candidate.heads & (POPULATIONS | {"pupil", "teacher"}) and stages and not is_named:
        more |= stages if not wanted & (_STAGES | {"project", "wifi", *free}) else set()
    if _is_other_ratio(words, candidate):
        return OTHER
    if more:
        return OTHER
    if any(not part & wanted and not part & free for part in candidate.narrow):
        return PART
    if candidate.is_planned and not wanted & {"planned", "plan", "target", "aim"}:
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
    exact = {word.idea for word in words if word.is_exact}
    since_first = {str(min(candidate.years, default=0))} & candidate.ideas.keys()
    if len(candidate.calls) > 1 and len(exact) == 1 and not free and not exact & since_first:
        return SEVERAL
    return None


def _is_other_ratio(words: Sequence[Word], candidate: Candidate) -> bool:
    """Tell whether a candidate is a number for so many of another thing, and words do not say for which: pupils for
    a computer, terminals for 100 pupils."""
    if "per" not in candidate.ideas or not candidate.heads & {"pupil", "terminal", "computer"}:
        return False
    bases = {word.idea for word in words if word.is_base} | {word.idea for word in words} & _RATIOS
    of = {"computer", "terminal", "device", "tablet"} if "pupil" in candidate.heads else {"pupil", "100"}
    return not bases & (of | {"mean", "per"})


def near_of(ideas: Iterable[str]) -> set[str]:
    """Give ideas with all that are near enough to stand for them."""
    near = set(ideas)
    for idea in ideas:
        near |= {other for other, weight in NEAR.get(idea, {}).items() if weight >= _NEAR_ENOUGH}
    return near


def _answers(word: Word, candidate: Candidate) -> bool:
    """Tell whether a candidate answers to a word: exactly to a call, a year and what is to be counted."""
    idea, ideas = word.idea, candidate.ideas.keys() | candidate.counted | candidate.heads
    if word.is_base and not ideas & _RATIOS:
        return False
    if word.year:
        year = candidate.years.get(word.year, 0.0)
        return year == 1 if candidate.call else year >= _NEAR_ENOUGH or idea in ideas
    if word.is_exact:
        return candidate.ideas.get(idea, 0.0) == 1
    if idea == "won" and "project" in (candidate.heads if word.is_head else ideas):
        return "share" in candidate.heads or not ideas & {"submitted", "rejected"}
    if word.is_head and idea != "change":
        return _is_counted(idea, candidate)
    if idea in ("money", "francs") and not candidate.heads & (_MONEY | {"mean", "invest", "share"}):
        return False
    if idea in POPULATIONS and "share" in candidate.heads and (of := candidate.counted - {"share"}):
        return bool(near_of((idea,)) & of)
    return bool(near_of((idea,)) & ideas) or _is_implied(word, candidate, ideas)


def _is_counted(idea: str, candidate: Candidate) -> bool:
    """Tell whether a candidate counts what is to be counted."""
    if idea in ("submitted", "rejected"):
        return idea in candidate.ideas and "project" in candidate.heads
    parts = {part for narrow in candidate.narrow for part in narrow} - ALL_HEADS - {"wallonia"}
    is_object = idea in candidate.about - _EVERYWHERE and candidate.heads & {"device", "staff"}
    return bool(near_of((idea,)) & (candidate.heads | candidate.counted) or idea in parts or is_object)


def _is_implied(word: Word, candidate: Candidate, ideas: set[str]) -> bool:
    """Tell whether a word goes without saying of a candidate, or is its own in another form."""
    idea = word.idea
    if idea in ("total", "wallonia", "begin", "end"):
        return True
    if idea in _IMPLIED:
        return bool(ideas & _IMPLIED[idea])
    if idea in _TEACHING:
        return bool(candidate.narrow)
    if idea.startswith("month"):
        return idea in candidate.remarks
    if idea == "call":
        return bool(candidate.call)
    if idea == "school" and not candidate.heads & POPULATIONS:
        return True
    publisher = candidate.observations[0].source.publisher if candidate.observations else ""
    return (idea not in CONCEPTS and word.text in fold(publisher).split()) or _inflected(word.text, ideas)


def _inflected(text: str, ideas: frozenset[str] | set[str]) -> bool:
    """Tell whether a word that no idea names is one of the candidate's own in another form: "juge", "jugent"."""
    if text in NAMES or len(text) < _SHORTEST:
        return False
    own = ideas - CONCEPTS.keys()
    needed = {idea: max(_SHORTEST, -(-2 * max(len(text), len(idea)) // 3)) for idea in own}
    return any(text[:length] == idea[:length] for idea, length in needed.items())
