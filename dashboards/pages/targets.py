"""What was announced beside what was reached of it: every promise once, with the state that it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboards.blocks import Items, OwnLine, SmallDrawing
from dashboards.components import downloads, section, table_section
from dashboards.components.sparks import reached_of
from dashboards.components.texts import feed_link, titled
from dashboards.filters import PRICES_AS_PRINTED, PROGRAMME
from dashboards.follow import has_feeds, target_feed
from dashboards.reading import Reading
from dashboards.registry import About, Content, register_page
from ennum_stats.document.blocks import Inlines, Paragraph, Section, Small, Strong
from ennum_stats.errors import message
from ennum_stats.figures.contradictions import subject
from ennum_stats.figures.observations import printed
from ennum_stats.languages import listed, plural, translate_plural
from ennum_stats.measures.dates import dated, known_words, published_words
from ennum_stats.measures.targets import Promise, PromiseState, is_target, promises
from ennum_stats.store.answers import Known, Observation
from ennum_stats.wording import words

HEADER = (
    message("Announcement"), message("Where it stands"), message("What was announced"),
    message("What was reached (by when)"),
)  # fmt: skip
ANNOUNCEMENTS = plural("{n} announcement: {states}.", "{n} announcements: {states}.")
STATES = {
    PromiseState.UNDER_WAY: message("Under way"),
    PromiseState.SHORT: message("Fell short"),
    PromiseState.UNCERTAIN: message("Perhaps reached"),
    PromiseState.REACHED: message("Reached"),
    PromiseState.EXCEEDED: message("Exceeded"),
    PromiseState.REPLACED: message("Replaced by a later one"),
}
COUNTED = {
    PromiseState.SILENT: plural("{n} of which nothing is heard", "{n} of which nothing is heard"),
    PromiseState.UNDER_WAY: plural("{n} under way", "{n} under way"),
    PromiseState.SHORT: plural("{n} that fell short", "{n} that fell short"),
    PromiseState.UNCERTAIN: plural("{n} perhaps reached", "{n} perhaps reached"),
    PromiseState.REACHED: plural("{n} reached", "{n} reached"),
    PromiseState.EXCEEDED: plural("{n} exceeded", "{n} exceeded"),
    PromiseState.REPLACED: plural("{n} replaced by a later one", "{n} replaced by a later one"),
}
SILENT_FOR = plural("Nothing heard for {n} month", "Nothing heard for {n} months")
SILENT_SINCE = message("Nothing heard since")
LAST_TOLD = message("last told on {day}")
UNTIL = message("until {day}")
HEADING = message("Announcements, those to look after first")
DOCUMENTS = plural("{n} document", "{n} documents")
HOW_READ = message("How to read it")
NOTES = (
    message(
        "Each line is one announcement: what several documents announce of one thing, with numbers that may be the "
        "same, stands in it once, with all of them."
    ),
    message(
        "What was reached is what a document of the same day or later tells of the same thing, counted "
        "alike, with the time for which it tells it: what came after that is not in it. Where none does, "
        "nothing is deduced from other numbers."
    ),
    message(
        "“Perhaps reached” is said where the numbers are too rough to tell. More than the whole may be reached."
    ),
)
NONE = message("On {day} no document known announced anything here.")
ALL = message("Every announcement of every document, as a file")


def targets(reading: Reading) -> Content:
    """Tell how many promises are in which state; then each of them, those to look after first; how it is read; the
    file."""
    chosen = reading.chosen("programme")
    shown = [each for each in promises(reading.ledger) if not chosen or each.rows[0].programme in chosen]
    if not shown:
        yield section(paragraphs=[reading.t(NONE, day=reading.ledger.known_at)])
        return
    yield Paragraph((counted(reading, shown),), "state lead")
    yield _table(reading, shown)
    files = downloads(reading, "table/targets", ("csv", "xlsx"), reading.t(ALL))
    yield section(reading.t(HOW_READ), items=[reading.t(item) for item in NOTES])
    yield Section(tuple(files), "text")


def counted(reading: Reading, shown: list[Promise]) -> str:
    """Count promises by their state, those to look after first: "21 promises on record: 12 of which …"."""
    counts = {state: sum(each.state is state for each in shown) for state in PromiseState}
    states = [translate_plural(*COUNTED[state], n, reading.language) for state, n in counts.items() if n]
    return translate_plural(
        *ANNOUNCEMENTS, len(shown), reading.language, states=listed(states, reading.language)
    )  # fmt: skip


def promise_subject(reading: Reading, promise: Promise) -> str:
    """Say what was promised, without the programme."""
    announced = promise.announced.observations[0]
    return subject(reading.ledger, replace(announced, programme=None), reading.language)


def state_words(reading: Reading, promise: Promise) -> str:
    """Say where a promise stands; of one of which nothing is heard, for how many months."""
    if promise.state is not PromiseState.SILENT:
        return reading.t(STATES[promise.state])
    if not promise.silent_months:
        return reading.t(SILENT_SINCE)
    return translate_plural(*SILENT_FOR, promise.silent_months, reading.language)


def announced_words(reading: Reading, promise: Promise) -> str:
    """Give the number that was announced, as its document prints it."""
    return printed(promise.announced.observations[0], reading.language)


def _table(reading: Reading, shown: list[Promise]) -> Section:
    header = [reading.t(text) for text in HEADER]
    rows = [_cells(reading, promise, at) for at, promise in enumerate(shown)]
    return table_section("promises", reading.t(HEADING), header, rows)


def _cells(reading: Reading, promise: Promise, at: int) -> list[Any]:
    ledger, language = reading.ledger, reading.language
    programme = promise.rows[0].programme
    of_it = ledger.name("programmes", programme, language) if programme else ""
    time = known_words(ledger, promise.reached, language)
    documents = [observation for row in promise.rows for observation in row.planned.observations]
    state: list[Any] = [Strong((state_words(reading, promise),))]
    if promise.state is PromiseState.SILENT:
        state.append(Small((reading.t(LAST_TOLD, day=promise.heard_on),)))
    if isinstance(promise.share, Known):
        share = dated(words(promise.share.quantity, language), time, language)
        bar = SmallDrawing(reached_of(promise.share.quantity), programme=programme or "")
        state += [bar, Small((share,))]
    announced: list[Any] = [Strong((announced_words(reading, promise),))]
    if promise.ends_on:
        announced.append(Small((reading.t(UNTIL, day=promise.ends_on),)))
    announced += _documents(reading, documents, f"announced-{at}")
    if promise.is_running and has_feeds(reading):
        state += feed_link(reading, target_feed(reading, promise))
    return [
        (promise_subject(reading, promise), *((Small((of_it,)),) if of_it else ())),
        tuple(state), tuple(announced), _reached(reading, promise, time, at),
    ]  # fmt: skip


def _reached(reading: Reading, promise: Promise, time: str, at: int) -> str | Inlines:
    """Give the number reached by a time with its documents; nothing where no later document tells one."""
    reached, language = promise.reached, reading.language
    if isinstance(reached, Known):
        text = dated(words(reached.quantity, language), time, language)
        return (Strong((text,)), *_documents(reading, reached.observations, f"reached-{at}"))
    return reached.words(language) if reached.observations else ""


def _documents(reading: Reading, observations: Sequence[Observation], key: str) -> Inlines:
    """Name the last document that tells a number; fold all of them away, each with its place and day."""
    last = observations[-1].source
    days = {each: published_words(each.source, reading.language) for each in observations}
    items = tuple((OwnLine(titled(reading, each.source, each.locator, day)),) for each, day in days.items())
    label = translate_plural(*DOCUMENTS, len(items), reading.language)
    return (Small((f"{last.publisher}, {days[observations[-1]]}",)), Items(items, label, key))


register_page(
    "targets", message("Targets"),
    About(
        message("What was planned or announced, and what was reached of it as far as documents tell."),
        message("every number that a document announced before it was reached"),
        is_target,
    ),
    targets, filters=(PROGRAMME, PRICES_AS_PRINTED), order=45,
)  # fmt: skip
