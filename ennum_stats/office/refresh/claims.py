"""Say in words why a sentence no longer holds on a day, and what the kit of that day says instead; and which figure a
card shows on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from ennum_stats.document.blocks import Paragraph, Sentence
from ennum_stats.errors import Message, UnknownName, message
from ennum_stats.figures.statements import ROLES, call_named
from ennum_stats.kit.conditions import conditions_failed
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.formats.control_writer import title_of
from ennum_stats.kit.text import CardsPlace, kit_text, parts_of
from ennum_stats.office.names import ROLE_WORDS

_NOT_KNOWN = message("“{what}” is not known on that day")
_WHYS: dict[str, Message] = {
    "exceeds": message("it is not proved that “{first}” is more than “{second}”"),
    "exceeds-each-before": message("it is not proved that {first} has more than each of the calls before it"),
    "highest": message("it is not proved that {first} has the highest number"),
    "rises": message("it is not proved that the numbers rise from call to call"),
    "beyond": message("no number of a later call is known"),
    "outside": message("{first} is no later call"),
    "took-place": message("{first} has not taken place yet"),
    "ahead": message("{first} no longer lies ahead"),
    "past": message("the time planned for it is not over"),
    "rounded": message("the numbers behind “{first}” are no longer rounded"),
    "exact": message("“{first}” is not known exactly"),
    "equals": message("“{first}” is no longer {second}"),
    "excludes": message("no rule known on that day closes {first} to the winners of these calls"),
    "has-events": message("the calendar of {first} has not as many events as are counted"),
    "counted-years": message("no year is counted from lists"),
    "only-planned": message("what was published of it is no longer a plan only"),
    "thin-years": message("each of these years has several documents now"),
    "consistent": message("the parts of “{first}” no longer leave its published total open"),
    "proved": message("the parts of “{first}” no longer prove its published total"),
    "contradicted": message("the parts of “{first}” no longer contradict its published total"),
}
"""Why a statement does not hold, by its name in `ennum_stats.figures.statements`."""
_OTHERWISE: dict[str, Message] = {
    "unless": message("what the sentence excepts is proved now"),
    "unknown": message("“{what}” is known now"),
}


def failed(edition: Edition, conditions: Mapping[str, str]) -> list[Message]:
    """List why a sentence does not hold on the edition's day; nothing where it holds."""
    sentences = []
    for test, names in conditions_failed(edition, conditions).items():
        for name in names:
            if test == "states":
                statement, *subjects = name.split(":")
                words = [_subject(edition, subject) for subject in subjects] + ["", ""]
                sentences.append(Message(_WHYS[statement].text, {"first": words[0], "second": words[1]}))
            else:
                text = _OTHERWISE.get(test, _NOT_KNOWN).text
                sentences.append(Message(text, {"what": _subject(edition, name)}))
    return sentences


def _subject(edition: Edition, name: str) -> str:
    """Name what a condition is about, in words where it has some."""
    kind, _, code = name.rpartition(":")
    if code in ROLES:
        return call_named(edition.ledger, code) or edition.t(ROLE_WORDS[code].text)
    if kind in ("call", "rate"):
        return code
    try:
        return title_of(edition, name)
    except UnknownName:  # the document may be older than a change of the tables
        return code


def conditions_of(language: str, key: str) -> dict[str, str]:
    """Find what a sentence of the kit's text rests on; nothing where the text no longer has it."""
    siblings = (sibling for sibling in _siblings(language).get(key, ()) if sibling.key == key)
    return next((dict(sibling.conditions) for sibling in siblings), {})


def instead(edition: Edition, key: str) -> str:
    """Give the sentence that the kit has on that day in the place of another; empty where it has none."""
    resolver = Resolver(edition)
    siblings = (sibling for sibling in _siblings(edition.language).get(key, ()) if sibling.key != key)
    return next(filter(None, map(resolver.sentence, siblings)), "")


def on_card(edition: Edition, name: str, day_written: date) -> str:
    """Find the figure that a card has on the edition's day: a forecast that is settled gives way to the result, as it
    does on the cards of the kit."""
    ledger, key = edition.ledger, ("card", edition.language, name, day_written)
    return ledger.cached(key, lambda: _on_card(edition, name, day_written))


def _on_card(edition: Edition, name: str, day_written: date) -> str:
    parts = parts_of(kit_text(edition.language).blocks)
    choices = [choice for part in parts if isinstance(part, CardsPlace) for choice in part.choices]
    its = [choice for choice in choices if name in choice]
    if not its:  # it stands for a call that had a role then
        then = Edition(edition.ledger.known_on(day_written), edition.language)
        roles = [choice for choice in choices if any(map(role_of, choice))]
        its = [c for c in roles if any(then.can_say(each) and then.figure(each).name == name for each in c)]
    known = (edition.figure(each).name for choice in its[:1] for each in choice if edition.can_say(each))
    return next(known, name)


def role_of(name: str) -> str:
    """Give the role of a call that a name speaks of; empty where it speaks of none."""
    if name.startswith("call:"):
        return name.removeprefix("call:") if name.removeprefix("call:") in ROLES else ""
    return next((role for role in ROLES if name.startswith(f"{role}_")), "")


@lru_cache(maxsize=4)
def _siblings(language: str) -> dict[str, list[Sentence]]:
    """Find for each sentence of the kit's text those that stand beside it, one of which holds on a day."""
    result: dict[str, list[Sentence]] = {}
    for block in parts_of(kit_text(language).blocks):
        for line in (block.inlines,) if isinstance(block, Paragraph) else getattr(block, "items", ()):
            family: list[Sentence] = []
            for inline in line:
                if isinstance(inline, Sentence) and inline.key:
                    family.append(inline)
                    result[inline.key] = family
                elif not (isinstance(inline, str) and inline.isspace()):
                    family = []
    return result
