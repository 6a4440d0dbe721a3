"""Questions of yes or no: what says that a statement is questioned, by its beginning, its end or its verb, and which
bound its verb sets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ennum_stats.reading.operators import phrases
from ennum_stats.reading.quantities import NumberInText
from ennum_stats.search.concepts import ACTS, AIMS, concept, concepts, is_named, telling_words
from ennum_stats.typography import fold
from ennum_stats.vocabulary import Precision

ASKS = re.compile(rf"(?:{phrases('asks').pattern}|\bou (?!i)\b)")
TRUE_THAT = "vrai que "
"""Stands before a statement that somebody asks to confirm: in any language."""
_INVERTED = re.compile(
    r"-(?:t-)?(?:ils?|elles?|on)\b|\b(?:a|est|etait|avait|ont|sont|etaient|avaient|fut|peut|pouvait|pouvaient)(?: t)? "
    r"(?:ils?|elles?|on)\b|^puis-je\b|(?<!qu')\b(?:est|etait)-ce (?!qu)|\bc'etait bien\b"
)
"""Verbs before their subject, in French."""
_ARTICLE = rf"(?:(?:{phrases('article').pattern}) )?"
_ASKED = re.compile(
    rf"{phrases('asks too').pattern}|[,:] qu'(?:a|ont)\b|^(?:que |qu'|was (?!\w+ \w+ true))|"
    rf"^{_ARTICLE}(?:{phrases('noun of numbers').pattern})(?!.*[0-9]\W*$)"
)
"""What else asks for something: nouns of numbers, unless the number itself comes last."""
_TAGS = re.compile(rf"(?:{phrases('ends').pattern}) *$")
_THAT = rf"(?: +(?:{phrases('that').pattern}))?"
_SAYS = re.compile(rf"[^0-9]*?(?:{phrases('says').pattern}){_THAT}")
"""Who says something, and that it is said."""
_OPENS = re.compile(rf"(?:{phrases('opens').pattern}){_THAT}")
_FIRST_VERBS = {language: phrases("turned", language) for language in ("de", "nl", "en")}
_JOINS = re.compile(r"(?<=[a-z0-9] )(?<!celui )(?:qui|which|who|when|where)\b")
"""Words that join a clause behind a verb that stands first, and ask elsewhere."""
_IS_KNOWN = phrases("known")
_MARK = rf"{_ARTICLE}(?:{phrases('mark').pattern}) (?:des?|von|van|of)\b"
_EXCEEDS = re.compile(
    rf"(?:\b(?:a|ont|avait|est) )?(?:{phrases('exceeds').pattern}|\bpasse(?=.* {_MARK})|\btops?(?! (?:of|up)))"
    r"(?:-t)?(?:-(?:ils?|elles?|on))?"
)
_BELOW = re.compile(
    rf"(?:(?:{phrases('stays').pattern}) )?(?:(?:{phrases('under').pattern}) (?={_MARK})|{phrases('below').pattern})|"
    rf"{phrases('stays below').pattern}"
)
_REACHES = re.compile(rf"\b{_MARK}|{phrases('reaches').pattern}")
_HEARSAY = re.compile(
    r"\bsoll(?:en|te|ten)? (?=.*\b(?:ge\w+|\w+iert|worden) (?:haben|sein)\b)|\bzou(?:den)? (?=.*\b(?:hebben|zijn)\b)|"
    r"\b(?:is|are|was|were) (?:said|supposed|reported|thought) to (?=have\b)"
)
"""What says that something is said to have been so, and not that it is planned."""
_DENIES = re.compile(
    r"\b(?:n'\w+|ne \w+)(?:-t)?(?:-(?:ils?|elles?|on))? (?:pas|jamais)\b|n't\b|" + phrases("denies").pattern
)
_KEPT_OUT = phrases("kept out")
_AGAIN = phrases("let in again")
_BEFORE = phrases("earlier")
_MAY = phrases("may")


def statement_in(plain: str, language: str, *, is_claimed: bool = False) -> str:
    """Give what a question of yes or no states, without what asks; nothing where it asks otherwise. What somebody
    claims (`is_claimed`: a number, or which is the larger) and puts a question mark behind is asked to be judged.

    >>> statement_in("en2019 a eu 500 projets, on est d'accord ?", "fr")
    'en2019 a eu 500 projets,'
    """
    bare = _without_tags(plain, language)
    asks = ASKS.search(bare) or _ASKED.search(bare)
    opened = _after(_OPENS.match(_spaced(bare)), bare)
    is_asked = bare != plain or opened != bare or plain.endswith("?")
    says = _SAYS.match(_spaced(opened)) if is_asked and not asks else None
    if says and telling_words(quoted := _after(says, opened)):
        return quoted
    if (bare != plain or opened != bare) and not ASKS.match(opened):
        return opened
    clauses = re.split(r"[:;.,] ", bare)
    turned = next((verb for clause in clauses if (verb := _turned(clause, language))), None)
    if turned is None or _IS_KNOWN.search(bare):
        return bare if is_claimed and plain.endswith("?") and not asks else ""
    unjoined = _JOINS.sub(" ", bare) if _turned(bare, language) else bare  # "was it the call which"
    return "" if ASKS.search(turned) or ASKS.search(unjoined) else bare


def _spaced(plain: str) -> str:
    """Put spaces in the place of signs, so that phrases of the table are found where they stand."""
    return re.sub(r"[^a-z0-9]", " ", plain)


def _after(match: re.Match[str] | None, plain: str) -> str:
    return plain[match.end() :].lstrip(" ,:;.!?–-") if match else plain


def _without_tags(plain: str, language: str) -> str:
    """Leave out what turns a statement into a question at its end: "oder?", "Is he right?", "Mag dat zo in de krant?";
    where nothing but the words tell it, only of what asks for nothing else."""
    rest = plain.rstrip(" ?!.)")
    while tag := _TAGS.search(_spaced(rest)):
        before = rest[: tag.start()].rstrip()
        is_apart = before[-1:] in ",;:.!?–—-("
        if not telling_words(before) or not (is_apart or (plain.endswith("?") and not ASKS.search(before))):
            break
        rest = before.rstrip(" ,;:.!?–—-(")
    *sentences, last = re.split(r"(?<=[.;:!?,]) ", rest)
    is_asking = (
        rest == plain.rstrip(" ?!.)") and sentences and plain.endswith("?") and _turned(last, language)
    )
    if is_asking and not ASKS.search(last) and not tells(last):
        rest = " ".join(sentences)
    return plain if rest == plain.rstrip(" ?!.)") else rest


def asks_truth(plain: str, language: str) -> bool:
    """Tell whether a clause asks whether what stands before it is true: "is he right?", "juist of fout?"."""
    bare = plain.rstrip(" ?!.")
    return bool(_TAGS.search(_spaced(bare)) or _OPENS.match(_spaced(bare)) or _turned(bare, language))


def tells(plain: str) -> bool:
    """Tell whether words name anything that is known or counted."""
    return any(is_named(word) or word[-1].isdigit() for word in telling_words(plain))


def _turned(plain: str, language: str) -> str:
    """Give the words up to a verb that stands first, as in questions of yes or no; nothing where none does."""
    match = _INVERTED.search(plain) if language == "fr" else _FIRST_VERBS[language].match(_spaced(plain))
    return plain[: match.end()] if match else ""


def bounded(plain: str, stated: Sequence[NumberInText]) -> tuple[tuple[NumberInText, ...], str]:
    """Give the stated numbers with the bound that a verb sets ("dépasse", "blieb unter"), and what is left of the
    words."""
    plain = _HEARSAY.sub("", plain)
    denied = bool(_DENIES.search(plain))
    over, under = Precision.MORE_THAN, Precision.LESS_THAN
    for signs, precision, opposite in (
        (_EXCEEDS, over, Precision.AT_MOST), (_BELOW, under, Precision.AT_LEAST),
        (_REACHES, Precision.AT_LEAST, under),
    ):  # fmt: skip
        if signs.search(plain):
            bound = opposite if denied else precision
            stated = [
                replace(number, precision=bound)
                if number.precision in (Precision.EXACT, Precision.ROUNDED)
                else number
                for number in stated
            ]
            rest = _DENIES.sub(" ", signs.sub(" ", plain)) if denied else signs.sub(" ", plain)
            return tuple(stated), re.sub(_MARK, " ", rest)
    return tuple(stated), plain


def exceeds(plain: str) -> bool:
    """Tell whether a verb says that one number is larger than another."""
    return _EXCEEDS.search(plain) is not None


def without_bounds(plain: str) -> str:
    """Leave the verbs out that say that one number is larger than another."""
    return _EXCEEDS.sub(" ", plain)


def is_of_admission(plain: str, calls: Sequence[str], *, is_yes_no: bool) -> bool:
    """Tell whether a question asks who may take part in a call, or is kept out of it."""
    ideas = {*concepts(plain)}
    if "barred" in ideas or (_MAY.search(plain) and ideas & {"submitted", "involved"}):
        return True
    if not is_yes_no:
        return False
    if len(calls) > 1:
        return bool(_KEPT_OUT.search(plain) or _AGAIN.search(plain) or _MAY.search(plain))
    return bool(_BEFORE.search(plain) and "won" in ideas)


def speaks_of_former(plain: str) -> bool:
    """Tell whether a statement is about those who won before: "les anciens lauréats"."""
    return _BEFORE.search(plain) is not None or "won" in concepts(plain)


def is_kept_out(plain: str) -> bool:
    """Tell whether a statement says that somebody may not take part: "exclus", "niet toegelaten"."""
    denied = _DENIES.search(plain) is not None and not re.match(r"\w+n't|n[e']", plain)
    return denied != (_KEPT_OUT.search(plain) is not None)


# --- what is stated but no number -----------------------------------------------------------------

_SOME = re.compile(
    r"\b(?:au moins (?=(?:\w+ ){0,3}une?\b)|ne serait-ce qu|mindestens (?=ein)|wenigstens (?=ein)|minstens (?=een)|"
    r"at least (?=one\b))(?:\w+ ){0,3}?(?:une? fois|une?|ein(?:e[nrsm]?|mal)?|een(?: keer)?|one)\b"
)
_MOST = phrases("majority")
_ALL = phrases("all")
_ALREADY = phrases("already")
_LIES = {
    "before": phrases("before a day"), "after": phrases("after a day"),
    "by": re.compile(rf"{_ALREADY.pattern}|\b(?:al|by)\b"), "still": phrases("still"),
}  # fmt: skip
"""What says how something lies to a day."""
_NEAR_DAY = 4
"""How many words before a day may say that something was before or after it."""
_OF_YEAR = re.compile(rf"(?:{phrases('in the year').pattern}) (?=(?:19|20)\d\d\b)")
_DAY = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th|e)?")


@dataclass(frozen=True)
class StatedDay:
    """Hold a day, month or year that a question states, and how what it speaks of lies to it."""

    day: str
    lies: str = ""
    """`before`, `after`, `by` ("déjà") or `still`; nothing where it is to be that day."""

    def verdict(self, known: str) -> str:
        """Say whether a known day lies so: not proved where either is told too roughly.

        >>> StatedDay("2021-11-01", "before").verdict("2021-10-06"), StatedDay("2011-03").verdict("2011")
        ('yes', 'unproved')
        """
        length = min(len(known), len(self.day))
        first, second = known[:length], self.day[:length]
        if first == second:
            if len(known) < len(self.day):
                return "unproved"
            return "no" if self.lies in ("before", "after") else "yes"
        holds = {
            "before": first < second,
            "by": first < second,
            "after": first > second,
            "still": first > second,
        }
        return "yes" if holds.get(self.lies) else "no"


def stated_day(plain: str, call: str) -> tuple[StatedDay, str] | None:
    """Read the day that a question states of a call, or of none, and the words without it."""
    tokens = re.findall(r"\w+", _OF_YEAR.sub("", plain))
    year_of_call = call.removeprefix("EN")
    used = {tokens.index(year_of_call)} if year_of_call in tokens else set()
    month, day = "", ""
    for place, token in enumerate(tokens):
        idea = concept(token)
        if idea.startswith("month") and idea[5:].isdigit():
            month = f"-{int(idea[5:]):02}"
            neighbours = [other for other in (place - 1, place + 1) if 0 <= other < len(tokens)]
            for other in neighbours:
                number = _DAY.fullmatch(tokens[other])
                if number and not day:
                    day = f"-{int(number[1]):02}"
                    used.add(other)
            used.add(place)
    years = [place for place, token in enumerate(tokens) if re.fullmatch(r"(?:19|20)\d\d", token)]
    others = [place for place in years if place not in used]
    if not others and not month:
        return None
    year = tokens[others[-1]] if others else year_of_call if len(year_of_call) == 4 else ""
    if not year:
        return None
    first = min(
        {*used, *others} - ({tokens.index(year_of_call)} if year_of_call in tokens else set()), default=0
    )
    before = " ".join(tokens[max(0, first - _NEAR_DAY) : first])  # "voor" what stands behind it is no time
    lies = next(
        (
            name
            for name, sign in _LIES.items()
            if sign.search(before if name in ("before", "after") else plain)
        ),
        "",
    )
    words = [token for place, token in enumerate(tokens) if place not in {*used, *others}]
    rest = " ".join(words)
    for sign in _LIES.values():
        rest = sign.sub(" ", rest)
    if not {concept(word) for word in rest.split()} & ACTS:  # it is there: since it began, or until it ends
        rest += {"by": " begin", "before": " begin", "still": " end"}.get(lies, "")
    return StatedDay(f"{year}{month}{day}", lies), rest


def part_told(plain: str) -> tuple[str, str]:
    """Give the part of a whole that a statement tells in words, as a number, and what is left: most, or all."""
    for sign, part in ((_MOST, "> 50%"), (_ALL, "100%")):
        if sign.search(plain):
            return part, sign.sub(" ", plain)
    return "", plain


def speaks_of_before(plain: str) -> bool:
    """Tell whether a statement says that something was so "already"."""
    return _ALREADY.search(plain) is not None


def done_word(plain: str, language: str) -> str:
    """Give the word that says that something was done, which no plan proves; empty where none does."""
    return _first_of(plain, language, "spent", "done")


def past_word(plain: str, language: str, *, is_money: bool) -> str:
    """Give the words that say that something came about, which no number of a plan answers, though the plan is named;
    empty where none do. Where an aim is told as well, only such as leave no doubt do; of money, such as say that it was
    spent."""
    is_meant = {*concepts(plain)} & AIMS or phrases("meant", language).search(plain)
    came_about = ("spent", "really") if is_money else ("past", "really")
    return _first_of(plain, language, "so far", *(() if is_meant else came_about))


def _first_of(plain: str, language: str, *kinds: str) -> str:
    """Give the first phrase of some rows of the table that a text has."""
    matches = (phrases(kind, language).search(plain) for kind in kinds)
    return next((match[0] for match in matches if match), "")


def some_in(plain: str) -> str:
    """Give the words of a statement that there was at least one, without these; nothing where it says otherwise."""
    return _SOME.sub(" ", plain) if _SOME.search(plain) else ""


def without_name(plain: str, names: Sequence[str]) -> str:
    """Leave the name of a partner out of a statement; nothing where it has none."""
    folded = fold(plain)
    for name in names:
        if name and re.search(rf"\b{re.escape(fold(name))}\b", folded):
            return re.sub(rf"\b{re.escape(fold(name))}\b", " ", folded)
    return ""
