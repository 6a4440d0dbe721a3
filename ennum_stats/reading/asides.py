"""What stands around what a question asks: who asks and why, what it says not to be about, and other clauses."""

from __future__ import annotations

import re

from ennum_stats.reading import statements
from ennum_stats.reading.forms import levelled
from ennum_stats.reading.happenings import told
from ennum_stats.reading.operators import Operator, operators_in, phrases
from ennum_stats.reading.references import references_in
from ennum_stats.reading.stated import YEAR
from ennum_stats.reading.statements import ASKS, TRUE_THAT
from ennum_stats.reading.strange_words import unnamed
from ennum_stats.reading.terms import dimension_in
from ennum_stats.search.concepts import CONCEPTS, LEVELS, concept, concepts, is_unpublished, telling_words
from ennum_stats.search.places import commune_in
from ennum_stats.search.subjects import DISTINCT, PLACES, POPULATIONS
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import fold

_SPEAKER = re.compile(rf"(?:{phrases('speaker').pattern})(?! plai[ts])")
_REQUEST = re.compile(
    rf"(?:{phrases('request').pattern}|(?<=you )(?:have|got)\b(?! to\b))"
    rf"(?:[ ,:]*(?:{phrases('whether').pattern}|{phrases('that').pattern}))?"
)
"""Words with which somebody asks for something, and what joins it."""
_SAYS_THAT = phrases("say that")
"""Requests to judge what follows: "can you confirm", "darf ich sagen, dass"."""
_ASKING_CLAUSE = re.compile(
    rf"(?:(?:l'|l[ae] )?(?:{phrases('moment or place').pattern}) (?=ou\b))?"
    rf"(?:(?:{phrases('before asking').pattern}) )*(?:{ASKS.pattern})"
)
_OWNED = re.compile(rf"(?:{phrases('owner').pattern}) (\w+)")
"""Nouns of what belongs to somebody: "her *school*"."""
_ADDRESS = re.compile(rf"(?:(?:{phrases('address').pattern})[^,:!?.0-9]{{0,40}}[,:!.] ?)*")
"""How somebody is spoken to."""
_NOT_MEANT = re.compile(
    rf"(?:[,;(] ?(?:{phrases('but').pattern})? ?(?:{phrases('not this').pattern})"
    r"(?! (?:waar|wahr|true|right)\b)(?: [^ ,;?)]+){2,9}|"
    rf"[,;(]? ?(?:{phrases('rather than').pattern})(?: [^ ,;?)]+){{0,9}})\)?(?=[,;?]|$)"
)
"""What a question says that it is not about: ", and not what was promised", "leaving aside the forecasts,"."""
_EN_CALL = re.compile(r"en\d+")
_CLAUSES = re.compile(r"(?<=[.:;,?!–—])\s+")
_CLAUSES_APART = re.compile(rf"(?<=[.:;?!–—])\s+|,\s+(?={ASKS.pattern})", re.IGNORECASE)
_OF_ANYTHING = {
    "school", "pupil", "teacher", "head", "parent", "staff", "team", "classroom", "room", "use", "not", "never",
    "money", "own", "francs", "duration", "survey", "total",
}  # fmt: skip
"""Ideas that those who ask tell of themselves, or of anything."""
_SHORTEST_CLAUSE = 3
_IN_A_LAND = re.compile(r"\b(?:in|en|aux?) ([A-ZÉÈ]\w+)")


def without_frame(ledger: Ledger, text: str, language: str) -> str:
    """Leave out who asks and that it is asked: "Bonjour, je voudrais savoir", unless a place is named there; clauses
    in which nobody speaks and something is named stay."""
    text = text[_ADDRESS.match(levelled(text)).end() :]  # type: ignore[union-attr]  # it matches nothing as well
    for clause in reversed([*_NOT_MEANT.finditer(levelled(text))]):
        text = text[: clause.start()] + text[clause.end() :]
    text = " ".join(clause for clause in _CLAUSES.split(text) if not _is_beside(clause, language))
    plain = levelled(text)
    speaker = _SPEAKER.search(plain)
    if not speaker or ASKS.search(plain[: speaker.start()]):
        return text
    requests = {match.end(): match[0] for match in _REQUEST.finditer(plain, speaker.end())}
    start = min(
        (*requests, *(match.start() for match in _ASKING_CLAUSE.finditer(plain, speaker.end()))), default=0
    )
    frame, rest = text[:start], text[start:].lstrip(" ,:")
    if not start or not statements.tells(rest) or _is_placed_elsewhere(ledger, frame, rest, language):
        return text
    if _asks_whether(requests.get(start, ""), language):
        rest = TRUE_THAT + rest
    return ", ".join([*_told_of_matter(ledger, frame), rest])


def _asks_whether(request: str, language: str) -> bool:
    """Tell whether words ask to judge what follows them: "I wonder if", "confirm that"."""
    joins = re.search(rf"(?:{phrases('whether', language).pattern})$", request)
    return bool(joins or _SAYS_THAT.search(fold(request)))


def _is_placed_elsewhere(ledger: Ledger, frame: str, rest: str, language: str) -> bool:
    """Tell whether what is asked is asked of a place that only the frame names: a land, or a commune."""
    if any(is_unpublished(fold(name), language) for name in _IN_A_LAND.findall(frame)):
        return True
    return not {*concepts(rest)} & (PLACES | {"centre"}) and bool(commune_in(ledger, frame, _capitals(frame)))


def _told_of_matter(ledger: Ledger, frame: str) -> list[str]:
    """List the clauses of a frame that name something: those in which somebody speaks, where it is told of nothing
    else."""
    clauses = [
        clause
        for clause in re.split(r"[,:;.!]", frame)
        if not _SPEAKER.search(levelled(clause))
        or {*concepts(clause)} & DISTINCT - PLACES - LEVELS
        or any(idea.startswith("month") for idea in concepts(clause))
        or any(name.calls for name in references_in(clause, levelled(clause), ledger))
    ]
    return [
        clause
        for clause in clauses
        if any(idea in CONCEPTS or idea[-1:].isdigit() for idea in concepts(clause))
    ]


def _is_beside(clause: str, language: str) -> bool:
    """Tell whether a clause says nothing that the table knows, and asks nothing: "for the evening news:"."""
    words, plain = telling_words(clause), levelled(clause)
    if not words or len(clause.split()) < _SHORTEST_CLAUSE or ASKS.search(plain):
        return False
    is_known = (
        dimension_in(plain)
        or operators_in(clause, language)
        or statements.asks_truth(plain, language)
        or told(clause, language) != fold(clause)
    )
    return not is_known and unnamed(clause, clause, language) == words


def without_asides(ledger: Ledger, text: str, language: str) -> str:
    """Give the clause of a question that asks, where the others name nothing of their own but people and what may be
    told of anything: "My wife teaches there. How many ..."; nothing where several ask, or the school is one's own."""
    clauses = _CLAUSES_APART.split(text)
    asking = [clause for clause in clauses if _asks(clause, language)]
    if (
        len(asking) != 1
        or len(clauses) == 1
        or {*map(concept, _OWNED.findall(fold(asking[0])))} & POPULATIONS
    ):
        return ""
    others = " ".join(clause for clause in clauses if clause not in asking)
    return "" if _is_of_its_own(ledger, others, asking[0], language) else asking[0]


def _asks(clause: str, language: str) -> bool:
    """Tell whether a clause asks for something, or whether something is so."""
    plain = levelled(clause)
    return bool(ASKS.search(plain)) or (plain.endswith("?") and statements.asks_truth(plain, language))


def _is_of_its_own(ledger: Ledger, others: str, asking: str, language: str) -> bool:
    """Tell whether clauses name a matter, year, call or place of their own beside the one that asks; partners that it
    may be are none: "who pays, the Region or the Federation?"."""
    is_choice = Operator.WHO in operators_in(asking, language) and phrases("or", language).search(
        fold(others)
    )
    own = {*concepts(asking)}
    ideas = {*concepts(others)} - own - (PLACES if is_choice else set())
    return (
        bool(ideas & CONCEPTS - _OF_ANYTHING)
        or any(YEAR.fullmatch(idea) or _EN_CALL.fullmatch(idea) for idea in ideas)
        or any(is_unpublished(word, language) for word in telling_words(others))
        or (
            not is_choice
            and not own & (PLACES | {"centre"})
            and bool(commune_in(ledger, others, _capitals(others)))
        )
    )


def _capitals(text: str) -> set[str]:
    """List the words with a capital that do not begin a text, folded: names, in all languages but German."""
    return {fold(name) for name in re.findall(r"(?<!^)\b[A-ZÉÈ]\w+", text)}
