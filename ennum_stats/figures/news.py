"""What is new, day by day: documents and lists, figures that they made or revised, contradictions and
corrections.

All of it follows from the content of a store, so that whoever reads the same store tells the same. An update
is a figure that a later document changed; a correction is a number or a list that was found to be wrong.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from ennum_stats.errors import message
from ennum_stats.figures import contradictions
from ennum_stats.figures.figure import figure
from ennum_stats.figures.reports import Change, changes, labelled
from ennum_stats.languages import LANGUAGES, plural, translate, translate_plural
from ennum_stats.measures.dates import published_words
from ennum_stats.measures.schools.school_lists import worded_list
from ennum_stats.periods import Period
from ennum_stats.store.answers import Missing, Observation, Source
from ennum_stats.store.conflicts import Conflict
from ennum_stats.store.ledger import HOME_LANGUAGE, Ledger
from ennum_stats.store.publish import code_fingerprint
from ennum_stats.store.school_rows import SchoolList, lists_ever_known
from ennum_stats.typography import first_capital, semicolons, typeset


class NewsKind(StrEnum):
    """Hold what kind of news it is, in the order in which those of one day are told."""

    CORRECTION = "correction"
    CONTRADICTION = "contradiction"
    REVISED = "revised"
    FIGURE = "figure"
    DOCUMENT = "document"
    LIST = "list"


KINDS = {
    NewsKind.CORRECTION: message("Correction"),
    NewsKind.CONTRADICTION: message("New contradiction"),
    NewsKind.REVISED: message("Updated figure"),
    NewsKind.FIGURE: message("New figure"),
    NewsKind.DOCUMENT: message("New document"),
    NewsKind.LIST: message("New list of schools"),
}
NUMBERS = plural("{n} number of it is kept here.", "{n} numbers of it are kept here.")
BY = message("{publisher}, {day}. {numbers}")
ROWS = plural("{n} row, of {what}.", "{n} rows, of {what}.")
CORRECTS = message("It corrects an earlier list.")
TAKEN = message("{kind}. Taken: {taken}. Against it: {others}.")
BECAUSE = message("{done}. {reason}")
BECAUSE_IN_FRENCH = message("{done}. Reason, in French: {reason}")
MOST = 60
"""News in one feed: readers keep what they have seen."""
Words = Callable[[str], str]
"""What is said in a language."""


@dataclass(frozen=True)
class NewsItem:
    """Hold one thing that became known on a day. Its kind and key name it for ever."""

    kind: NewsKind
    day: date
    key: str
    page: str
    """The page of the dashboard that shows it, such as "figure/NAME"; empty where none does."""
    observations: tuple[Observation, ...] = field(repr=False)
    """The published numbers that it is about."""
    titles: Mapping[str, str] = field(repr=False)
    """What is new in a few words, by language."""
    sentences: Mapping[str, str] = field(repr=False)


class News:
    """Hold what became known by a ledger's day, read from the last day backwards; each day is computed once, whatever
    day the news of a store are asked for.

    To compare all figures of two days takes a tenth of a second, so that whoever has time may read on before
    anyone asks.
    """

    def __init__(
        self,
        ledger: Ledger,
        items: Iterable[NewsItem] | None = None,
        changed: dict[date, list[NewsItem]] | None = None,
    ) -> None:
        """Begin with nothing read, or hold all items where they are given; what figures `changed` on a day is shared
        with the news of other days of the same store."""
        self.ledger = ledger
        self._changed = {} if changed is None else changed
        self._items = sorted(items or (), key=_rank)
        self._lock = threading.Lock()
        self._by_day: dict[date, list[NewsItem]] = {}
        self._days: list[date] | None = None if items is None else []
        """The days that are left to be read, the last one at the end; nothing before anyone asks."""
        self._later: Ledger | None = None

    @property
    def is_read(self) -> bool:
        """Whether everything is read."""
        return self._days == []

    def read_on(self) -> bool:
        """Read one more day; tell whether any is left."""
        with self._lock:
            if self._days is None:
                self._days = self._begun()
            if self._days:
                *earlier, day = self._days
                if day in self._changed:
                    self._later = None  # it is of another day than the next one needs
                else:
                    self._changed[day] = [*self._changes(day, earlier)]
                items = [*self._by_day.get(day, ()), *self._changed[day]]
                self._items += sorted(items, key=_rank)
                self._days = earlier  # at the end: who asks meanwhile must not take all for read
            if not self._days:
                self._later = None  # which holds what was computed on its day
            return bool(self._days)

    def _begun(self) -> list[date]:
        """Find what is told by its own day, and list the days on which anything became known."""
        for found in (_documents, _lists, _conflicts, _corrections):
            for item in found(self.ledger):
                self._by_day.setdefault(item.day, []).append(item)
        known = {day for day in self.ledger.days_known() if day <= self.ledger.known_at}
        return sorted({*self._by_day, *known})

    def written(self) -> bytes:
        """Write down everything, so that it need not be computed again of the same store by the same code."""
        while self.read_on():
            pass
        items = [
            {
                "kind": one.kind, "day": one.day.isoformat(), "key": one.key, "page": one.page,
                "observations": [o.observation_id for o in one.observations],
                "titles": dict(one.titles), "sentences": dict(one.sentences),
            }
            for one in self._items
        ]  # fmt: skip
        return json.dumps(self._rests_on() | {"items": items}, ensure_ascii=False).encode()

    def take(self, written: bytes) -> bool:
        """Take what was written down before; tell whether it is of this store, code and day."""
        try:
            told = json.loads(written)
            if any(told[name] != value for name, value in self._rests_on().items()):
                return False
            numbers = {o.observation_id: o for o in self.ledger.all_observations()}
            items = [_read_back(one, numbers) for one in told["items"]]
        except (ValueError, KeyError, TypeError, AttributeError):  # cut short, or no file of ours
            return False
        with self._lock:
            self._items, self._days, self._by_day, self._later = items, [], {}, None
        return True

    def _rests_on(self) -> dict[str, str]:
        """Name what all of it follows from; a day on which nothing became known makes no difference."""
        corrected = [
            Period(row["decided_on"]).last
            for row in self.ledger.records("corrections", order="observation_id")
        ]
        days = [
            day for day in (self.ledger.last_day_known(), *corrected) if day and day <= self.ledger.known_at
        ]
        return {
            "store": self.ledger.content_hash, "code": code_fingerprint(),
            "last_day": max(days).isoformat() if days else "",
        }  # fmt: skip

    def latest(self, is_wanted: Callable[[NewsItem], bool], most: int = MOST) -> list[NewsItem]:
        """List what is wanted, the latest first; that of one day by kind and key."""
        while len(found := [one for one in self._items if is_wanted(one)]) < most:
            if not self.read_on():
                return [one for one in self._items if is_wanted(one)]
        return found[:most]

    def of_figure(self, name: str, most: int = MOST) -> list[NewsItem]:
        """List what is new of a figure: its changes, and what contradicts or corrects the numbers that it
        rests on today. Raises `UnknownName`."""
        rests_on = {o.observation_id for o in figure(self.ledger, name).observations}
        others = (NewsKind.CONTRADICTION, NewsKind.CORRECTION)

        def is_of_figure(item: NewsItem) -> bool:
            is_of_number = any(o.observation_id in rests_on for o in item.observations)
            if item.page.startswith("figure/"):
                return item.page == f"figure/{name}"
            return item.kind in others and is_of_number

        return self.latest(is_of_figure, most)

    def known_on(self, ledger: Ledger) -> News:
        """Give what had become known by the day of a ledger of the same store; contradictions stand as they did
        then, which later documents settle or add to."""
        if ledger.known_at == self.ledger.known_at:
            return self

        def begun() -> News:
            if not self.is_read:
                return News(ledger, changed=self._changed)
            kept = (one for one in self._items if one.kind is not NewsKind.CONTRADICTION)
            return News(ledger, (one for one in (*kept, *_conflicts(ledger)) if one.day <= ledger.known_at))

        return ledger.cached(("news",), begun)

    def _changes(self, day: date, earlier: Sequence[date]) -> Iterator[NewsItem]:
        """Tell of the figures that changed on a day; of the first day none: there was nothing to change."""
        if not earlier:
            return
        after = self._later or Ledger.known_on(self.ledger, day)  # which keeps no room of readers' days
        before = self._later = Ledger.known_on(self.ledger, earlier[-1])
        ever = lists_ever_known(self.ledger)
        corrected = {one.list for one in ever if one.replaces and one.known_on == day}
        for change in changes(before, after):
            yield _change(change, day, corrected)


def _item(
    kind: NewsKind,
    day: date,
    key: str,
    page: str,
    observations: Iterable[Observation],
    about: Words,
    sentence: Words,
) -> NewsItem:
    """Word it in all languages at once, so that no item holds on to the ledgers that it was found in."""
    return NewsItem(
        kind, day, key, page, tuple(observations),
        {language: labelled(KINDS[kind], about(language), language) for language in LANGUAGES},
        {language: typeset(sentence(language), language) for language in LANGUAGES},
    )  # fmt: skip


def _rank(item: NewsItem) -> tuple[int, int, str]:
    """Give the order of what is told: the latest day first, that of one day by kind and key."""
    return -item.day.toordinal(), list(NewsKind).index(item.kind), item.key


def _read_back(told: Mapping[str, Any], numbers: Mapping[str, Observation]) -> NewsItem:
    """Read one thing that was written down."""
    return NewsItem(
        NewsKind(told["kind"]), date.fromisoformat(told["day"]), told["key"], told["page"],
        tuple(numbers[name] for name in told["observations"]), told["titles"], told["sentences"],
    )  # fmt: skip


# --- documents and lists ------------------------------------------------------------------------------


def _documents(ledger: Ledger) -> Iterator[NewsItem]:
    numbers: dict[Source, list[Observation]] = {}
    for observation in ledger.all_observations():
        numbers.setdefault(observation.source, []).append(observation)
    for source, observations in numbers.items():
        yield _item(
            NewsKind.DOCUMENT, source.known_on, source.source_id, f"document/{source.source_id}",
            observations, partial(_document_title, source),
            partial(_document_sentence, source, len(observations)),
        )  # fmt: skip


def _document_title(source: Source, _language: str) -> str:
    return source.title


def _document_sentence(source: Source, n: int, language: str) -> str:
    numbers = translate_plural(*NUMBERS, n, language)
    when = published_words(source, language)
    return translate(BY, language, publisher=source.publisher, day=when, numbers=numbers)


def _lists(ledger: Ledger) -> Iterator[NewsItem]:
    for one in lists_ever_known(ledger):
        yield _item(
            NewsKind.CORRECTION if one.replaces else NewsKind.LIST, one.known_on, one.list, "", (),
            partial(_list_title, ledger, one), partial(_list_sentence, ledger, one),
        )  # fmt: skip


def _list_title(ledger: Ledger, one: SchoolList, language: str) -> str:
    return ", ".join(worded_list(ledger, one, language)[:2])


def _list_sentence(ledger: Ledger, one: SchoolList, language: str) -> str:
    what = worded_list(ledger, one, language)[1]
    told = translate_plural(*ROWS, one.size, language, what=what)
    return f"{told} {translate(CORRECTS, language)}" if one.replaces else told


# --- figures ------------------------------------------------------------------------------------------


def _change(change: Change, day: date, corrected: set[str]) -> NewsItem:
    """Tell of a figure that changed; of one that a corrected list changed as of a correction."""
    kind = NewsKind.FIGURE if isinstance(change.before.answer, Missing) else NewsKind.REVISED
    if corrected.intersection(one.list for one in change.after.lists):
        kind = NewsKind.CORRECTION
    return _item(
        kind, day, f"{change.name}.{day.isoformat()}", f"figure/{change.name}",
        change.observations or change.after.observations, change.after.label, change.sentence,
    )  # fmt: skip


# --- contradictions and corrections -------------------------------------------------------------------


def _conflicts(ledger: Ledger) -> Iterator[NewsItem]:
    """Tell of each contradiction on the day of the last number that takes part in it."""
    for conflict in contradictions.known_conflicts(ledger):
        sides = (conflict.chosen, *conflict.others)
        numbers = {o.observation_id: o for side in sides for o in side.observations}
        told = " ".join((conflict.kind, *sorted(numbers)))
        key = f"{conflict.measure}.{hashlib.sha256(told.encode()).hexdigest()[:16]}"
        yield _item(
            NewsKind.CONTRADICTION, max(o.known_on for o in numbers.values()), key, "documents",
            numbers.values(), partial(contradictions.subject, ledger, conflict.key),
            partial(_conflict_sentence, conflict),
        )  # fmt: skip


def _conflict_sentence(conflict: Conflict, language: str) -> str:
    kind = contradictions.kind_words(conflict, language)
    told = message(
        TAKEN.text, kind=first_capital(kind), taken=contradictions.side_words(conflict.chosen, language),
        others=semicolons(contradictions.others_words(conflict, language), language),
    )  # fmt: skip
    return translate(told, language)


def _corrections(ledger: Ledger) -> Iterator[NewsItem]:
    for one, row in contradictions.corrected_numbers(ledger):
        day = Period(row["decided_on"]).last
        if day <= ledger.known_at:
            yield _item(
                NewsKind.CORRECTION, day, f"{row['observation_id']}.{row['column']}",
                f"document/{one.source.source_id}", (one,), partial(contradictions.subject, ledger, one),
                partial(_correction_sentence, ledger, row),
            )  # fmt: skip


def _correction_sentence(ledger: Ledger, row: dict[str, Any], language: str) -> str:
    """Say what is done and why; reasons are written in French."""
    done = contradictions.correction_words(ledger, row, language)
    told = BECAUSE if language == HOME_LANGUAGE else BECAUSE_IN_FRENCH
    reason = first_capital(row["reason"].rstrip(".")) + "."
    return translate(message(told.text, done=first_capital(done), reason=reason), language)
