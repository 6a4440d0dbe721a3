"""Make a press release of what is new, or of an angle: a page, a brief, and a message that fits anywhere.

What is new is what no kit before said, or what is under embargo. The sentences of the release's text follow; what
the page leaves empty says what to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ennum_stats.charts.spec import counted_from
from ennum_stats.document import blocks as doc
from ennum_stats.errors import UnknownName, UsageError, message
from ennum_stats.figures.figure import Figure, figures, noticed
from ennum_stats.figures.reports import labelled
from ennum_stats.kit.correction_notice import MadeKit
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.figure_tables import evidence, precisions
from ennum_stats.kit.inputs import folder_before
from ennum_stats.kit.manifest import Manifest
from ennum_stats.measures.coverage.site_counts import coverage_by_rows
from ennum_stats.measures.schools.places import place, place_name
from ennum_stats.project import Project
from ennum_stats.raw.embargo import held_back
from ennum_stats.search.place_words import AMONG, had_sentence, rank_sentences, registered_sentence
from ennum_stats.search.places import place_named
from ennum_stats.store.ledger import HOME_LANGUAGE, Ledger
from ennum_stats.store.place_rows import PROVINCE
from ennum_stats.typography import first_capital, semicolons
from ennum_stats.wording import precision_words

TOTAL = "total"
_ANGLES = {
    "wifi": (
        "plan_2022_2026_schools_wifi", "plan_2022_2026_budget_wifi", "plan_2022_2026_networks",
        "connectivity_sites_installed", "connectivity_wifi_share_2023",
    ),
    "end": ("milestone:calls_end", "en_teams_2012_2021", "en_devices_2012_2021", "en_budget_2012_2021"),
}  # fmt: skip
_OF_CALL = (
    "projects",
    "budget",
    "mean_grant",
    "introduced",
    "selection_rate",
    "projects_planned",
    "budget_planned",
)
_MOST, _CARDS = 4, 3
_SHORT, _FIRST = 280, 200
"""Signs of the shortest form, and of its first sentence: with the mark of an embargo it fits. One with more documents
leaves them to the brief."""
_SENTENCE_ENDS = re.compile(r"(?<=[^\d\s][.!?])\s+(?=[A-ZÀ-Þ])")
TO_GIVE = ("quote", "press_contact", "boilerplate")
"""The items of the publisher for which a release has room."""
HAD_THERE = message("{place}: {reached} with at least one project of École Numérique, {rest} without any.")
TOLD = message("{what} ({documents}).")
NOTES, TO_FILL_IN = message("Notes to editors."), message("To fill in before it is sent:")
ROWS = message("the rows {items} of data/raw/publisher.csv.")
MESSAGE, BRIEF = message("Message ({n} signs)"), message("Brief")


def lead_of(project: Project, ledger: Ledger, angle: str) -> tuple[str, ...]:
    """Name the figures that a release tells first: those of an angle; without one, those that are new, at most four.

    Raises `UsageError` for an angle that there is not, or that no number supports on the day.
    """
    if angle == TOTAL:
        return ()
    if not angle:
        return _new(project, ledger)
    edition = Edition(ledger, "en")
    calls = {call.call: [f"{call.call.lower()}_{aspect}" for aspect in _OF_CALL] for call in ledger.calls}
    angles: Mapping[str, Sequence[str]] = {**_ANGLES, **calls}
    supported = [name for name, of in angles.items() if any(map(edition.can_say, of))]
    if angle in supported:
        return tuple(filter(edition.can_say, angles[angle]))[:_MOST]
    if (province := _province_named(ledger, angle)) and (sentences := _sentences_of(edition, province)):
        return tuple(f"{PROVINCE}:{province}.{at}" for at in range(len(sentences)))
    problem = message("No number of {day} supports the angle “{angle}”.", day=ledger.known_at, angle=angle)
    if province:
        name = place_name(ledger, PROVINCE, province, HOME_LANGUAGE)
        problem = message(
            "No list of schools known on {day} says anything of: {place}.", day=ledger.known_at, place=name
        )
    raise UsageError(
        problem, where="--angle",
        expected=message("Numbers support: {names}.", names=", ".join([TOTAL, *supported])),
        remedy=message("Type: {line}", line=f"ennum press --angle {TOTAL}"),
    )  # fmt: skip


def _province_named(ledger: Ledger, angle: str) -> str:
    """Find the province of an angle, with or without the word before it; empty where it names none."""
    try:
        return place_named(ledger, f"{PROVINCE} {angle.removeprefix(PROVINCE)}")[1]
    except (UnknownName, UsageError):
        return ""


def _sentences_of(edition: Edition, province: str) -> list[str]:
    """Say what lists count of a province, and its rank among the others, as its sheet does; without the full stop that
    a release puts behind its documents. Nothing where no list supports it."""
    ledger, language = edition.ledger, edition.language
    facts = place(ledger, PROVINCE, province)
    name = first_capital(place_name(ledger, PROVINCE, province, language))
    if not (had := had_sentence(facts, language, HAD_THERE, place=name)):
        return []
    among = edition.t(AMONG[PROVINCE])
    ranks = [f"{among}, {rank[0].lower()}{rank[1:]}" for rank in rank_sentences(facts, language)]
    sentences = [had, registered_sentence(ledger, facts, language), *reversed(ranks)]
    return [first_capital(sentence).removesuffix(".") for sentence in sentences][:_MOST]


def _new(project: Project, ledger: Ledger) -> tuple[str, ...]:
    held = held_back(project.raw) if ledger.embargo else {}
    before = folder_before(project, ledger)
    editions = [*Manifest.of(before).editions.values()] if before else []
    kit = MadeKit("", "", editions[0]) if editions else None

    def rank(each: Figure) -> tuple[bool, str, bool]:
        return (
            _waits(each, held),
            max((o.source.published_on or "" for o in each.observations), default=""),
            each.is_printed,
        )

    new = [
        each
        for each in figures(ledger)
        if each.quantity is not None
        and (_waits(each, held) or (kit is not None and kit.says_otherwise(each)))
    ]
    return tuple(each.name for each in sorted(new, key=rank, reverse=True))[:_MOST]


def _waits(figure: Figure, held: Mapping[str, object]) -> bool:
    return any(o.observation_id in held for o in figure.observations)


# --- a page -------------------------------------------------------------------------------------------------


def page_of(edition: Edition, release: doc.Blocks) -> doc.Blocks:
    """Make the page: the lead above the sentences of the release's text, notes to editors below, then what is to be
    filled in."""
    return (*_led(edition, release), *_notes(edition, release), *_to_fill_in(edition))


def _led(edition: Edition, release: doc.Blocks) -> doc.Blocks:
    """Put the lead into the heading and below it; there is room for fewer cards then."""
    if not edition.news:
        return release
    first, *others = edition.news
    documents = _documents(edition, first)
    lead: list[doc.Paragraph | doc.Bullets] = (
        [doc.Paragraph((f"{first_capital(documents)}.",))] if documents else []
    )
    if others:
        lead.append(doc.Bullets(tuple(statement_of(edition, name) for name in others)))
    blocks: list[Any] = []
    for block in release:
        match block:
            case doc.Heading():
                blocks += [replace(block, inlines=_said(edition, first)), *lead]
            case doc.Cards():
                blocks.append(replace(block, cards=block.cards[:_CARDS]))
            case _:
                blocks.append(block)
    return tuple(blocks)


def _said(edition: Edition, name: str) -> doc.Inlines:
    """Say a figure, or a milestone, in a few words."""
    kind, _, code = name.rpartition(":")
    if kind == PROVINCE:
        province, _, at = code.partition(".")
        return (_sentences_of(edition, province)[int(at)],)
    label = edition.name("milestones", code) if kind else edition.figure(name).label(edition.language)
    before, after = labelled(first_capital(label), "\x00", edition.language).split("\x00")
    return (before, doc.FigureWords(edition.words(name), name, name), after)


def _documents(edition: Edition, name: str) -> str:
    if name.startswith(PROVINCE) and name.endswith(".0"):
        ledger = edition.ledger
        facts = place(ledger, PROVINCE, name.partition(":")[2].removesuffix(".0"))
        counted = coverage_by_rows(ledger, PROVINCE).rows
        lists = {key for row in counted for key in row.lists or ()}
        return semicolons(counted_from(ledger, [*lists], facts.registers, edition.language), edition.language)
    return "" if ":" in name else evidence(edition, edition.figure(name))


def statement_of(edition: Edition, name: str) -> doc.Inlines:
    """Say a figure or a milestone with its documents, as a sentence to be quoted."""
    if not (documents := _documents(edition, name)):
        return (*_said(edition, name), ".")
    before, after = edition.t(TOLD, what="\x00", documents=documents).split("\x00")
    return (before, *_said(edition, name), after)


def _notes(edition: Edition, release: doc.Blocks) -> Iterator[doc.Paragraph]:
    """Say what the words of precision mean that the release has."""
    cards = next(block for block in release if isinstance(block, doc.Cards)).cards
    named = [*edition.news, *(card.figure for card in cards)]
    quantities = [edition.figure(name).quantity for name in named if ":" not in name]
    words = " ".join(precision_words(each, edition.language, style="long") for each in quantities if each)
    rules = [tuple(map(doc.plain_text, row.cells[:2])) for row in precisions(edition).rows]
    meanings = [meaning for as_written, meaning in rules if as_written.casefold() in words.casefold()]
    if meanings:
        yield doc.Paragraph((doc.Strong((edition.t(NOTES),)), f" {' '.join(meanings)}"))


def _to_fill_in(edition: Edition) -> Iterator[doc.Paragraph]:
    """Say what the publisher has not given."""
    missing = [item for item in TO_GIVE if not edition.given(item)]
    if missing:
        rows = edition.t(ROWS, items=", ".join(missing))
        yield doc.Paragraph((doc.Strong((edition.t(TO_FILL_IN),)), f" {rows}"))


# --- short forms --------------------------------------------------------------------------------------------


def short_forms(edition: Edition, release: doc.Blocks) -> str:
    """Write the message of at most 280 signs, and the brief: the lead and what stands above the figures to quote."""
    above = release[: next(at for at, block in enumerate(release) if isinstance(block, doc.Cards))]
    headings, text = (
        [doc.plain_text(block) for block in above if isinstance(block, doc.Heading) is wanted]
        for wanted in (True, False)
    )
    lead = [doc.plain_text(statement_of(edition, name)) for name in edition.news] or [
        f"{heading}." for heading in headings
    ]
    sentences = lead
    if not edition.news:
        sentences = [*lead, *(sentence for line in text for sentence in _SENTENCE_ENDS.split(line))]
    elif len(lead[0]) > _FIRST:
        sentences = [f"{doc.plain_text(_said(edition, edition.news[0]))}.", *lead[1:]]
    short = noticed(edition.ledger, edition.language, sentences[0])
    for sentence in sentences[1:]:
        if len(longer := f"{short} {sentence}") > _SHORT:
            break
        short = longer
    parts = [
        edition.t(MESSAGE, n=len(short)), short,
        edition.t(BRIEF), *lead, *text, edition.known_line, edition.given("press_contact"),
    ]  # fmt: skip
    return "\n\n".join(filter(None, parts)) + "\n"
