"""Hold one edition of the kit: a ledger, a language, who publishes and whom to ask, and answer what the text
asks of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial

from ennum_stats.charts.catalogue import CHARTS, chart
from ennum_stats.charts.spec import Chart
from ennum_stats.document.blocks import Link, Text
from ennum_stats.errors import Message, UnknownName
from ennum_stats.figures import Figure, figures
from ennum_stats.figures.citation import PUBLISHER
from ennum_stats.figures.figure import file_name, noticed
from ennum_stats.figures.statements import ROLES, call_named, figure_named
from ennum_stats.kit.publisher import NOBODY, Publisher
from ennum_stats.languages import day, number, period_words, spelled, translate
from ennum_stats.measures.dates import dated, known_words, published_words, state_words
from ennum_stats.measures.targets import forecast_words
from ennum_stats.periods import Period
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Known, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import typeset
from ennum_stats.wording import CardNumber, amount, is_count, key_figure, noun_of, running_words, words

PLACES = "fr"
"""The language in which the ledger holds places in documents and places of events: they are quoted, not
translated."""


_ON = ".on"
"""The end of a milestone's name where a text has a preposition before it: "depuis le 1er mars 2020"."""


@dataclass(frozen=True)
class Edition:
    """Hold the kit in one language, as known on the ledger's day."""

    ledger: Ledger
    language: str
    publisher: Publisher = NOBODY
    has_native_charts: bool = True
    """Whether Word draws the charts that it can draw, to be edited there, and not shows their pictures."""

    news: tuple[str, ...] = ()
    """The names of the figures that are new, the first of which tells the release."""

    @property
    def known_at(self) -> str:
        """The day known at, in words."""
        return day(self.ledger.known_at, self.language)

    @property
    def known_line(self) -> str:
        """The line of every page with the day known at, and a warning where the kit is under embargo, for
        internal use only, or invented."""
        known = self.t("Figures as known on {day}", day=self.known_at)
        return noticed(self.ledger, self.language, known)

    @property
    def publisher_name(self) -> str:
        """The name of who publishes; of who answers for the figures, where none is given."""
        return self.given("publisher") or self.name("actors", PUBLISHER)

    @property
    def cover_lines(self) -> list[str]:
        """The lines below a title: when it is published, until when it may not be, of which day it is."""
        published = self.given("published_on")
        publication = self.t("Publication: {day}", day=published) if published else ""
        return [line for line in (publication, self.known_line) if line]

    @property
    def page_words(self) -> tuple[str, str]:
        """What stands before the number of a page, and between it and how many there are."""
        before, rest = self.t("page {n} of {all}", n="\x00", all="\x01").split("\x00")
        return before, rest.removesuffix("\x01")

    def file_name(self, name: str) -> str:
        """Name a file of the kit."""
        return file_name(self.ledger, name, self.language)

    def given(self, item: str) -> str:
        """Give what the publisher wrote for an item; empty where nothing."""
        return typeset(self.publisher.text(item, self.language), self.language)

    def address(self, page: str) -> str:
        """Give the address of a page of the publisher's site, as known on the day of the kit; empty where the
        publisher named none."""
        site = self.given("site_address").rstrip("/")
        day_known = self.ledger.known_at.isoformat()
        return f"{site}/{self.language}/{page}?known_at={day_known}" if site else ""

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """All figures of the catalogue."""
        return {each.name: each for each in figures(self.ledger)}

    def figure(self, name: str) -> Figure:
        """Find a figure by name, also one of a call by its role ("last_projects") or of a call of which
        nothing was published."""
        return figure_named(self.ledger, name)

    def key_figure(self, name: str) -> CardNumber:
        """Write a figure that is known on the day as a card shows it."""
        figure = self.figure(name)
        assert isinstance(figure.answer, Known)
        forecast = forecast_words(self.ledger, figure.answer, self.language)
        card = key_figure(figure.answer.quantity, self.language, forecast=forecast)
        time = state_words(self.ledger, figure.answer, self.language)
        return card._replace(precision=f"{card.precision}, {time}" if time else card.precision)

    def words_in_table(self, name: str) -> str:
        """Write a figure as a table has it: in digits, with the time of a state, and of a forecast that it is one."""
        figure = self.figure(name)
        forecast = forecast_words(self.ledger, figure.answer, self.language)
        return dated(figure.full_text(self.language), forecast, self.language)

    def chart(self, name: str) -> Chart:
        """Make a chart of the catalogue, once."""
        key = "made chart", name, self.language
        return self.ledger.cached(key, lambda: chart(self.ledger, name, self.language))

    @cached_property
    def milestones(self) -> dict[str, Period]:
        """The milestones known on the day, each with its day, month or year."""
        records = self.ledger.records("milestones")
        return {record["milestone"]: Period(record["occurred_on"]) for record in records}

    @property
    def undated_documents(self) -> int:
        """Count the documents with published numbers that have no date: they count from the day of reading."""
        sources = {observation.source for observation in self.ledger.all_observations()}
        return sum(not source.published_on for source in sources)

    def can_say(self, name: str) -> bool:
        """Tell whether what a text names was known on the day known at: a figure, a call by name or role
        (`EN2020`, `last`, `call:last`), a milestone (`milestone:connectivity_start`); or whether
        the publisher gave something (`publisher:quote`)."""
        kind, _, code = name.rpartition(":")
        if kind == "publisher":
            return bool(self.given(code))
        if kind == "milestone":
            return code.removesuffix(_ON) in self.milestones
        if kind == "chart":
            chart, _, aspect = code.partition(".")
            return aspect in OF_CHARTS and chart in CHARTS and bool(self.chart(chart).marks)
        if kind == "rate":
            return code in self.ledger.rates
        if kind == "documents":
            return code == "undated" and bool(self.undated_documents)
        call = call_named(self.ledger, code)
        if call or kind == "call" or code in ROLES:
            return call is not None
        try:
            return self.figure(name).quantity is not None
        except UnknownName:
            return False

    def can_write(self, token: str) -> bool:
        """Tell whether `words` can write a token on the day: what it names is known, and has that aspect."""
        if ":" in token:
            return self.can_say(token)
        name, _, aspect = token.partition(".")
        if aspect not in _ASPECTS or not self.can_say(name):
            return False
        figure = self.figure(name)
        if aspect in ("claim", "claimed"):
            claim = figure.answer.claim
            return claim is not None and claim.quantity is not None
        if aspect in NUMBERS:
            return self.number(token) is not None
        return aspect in ("", "dated", "number", "noun", "range") or bool(figure.observations)

    def number(self, token: str) -> Decimal | None:
        """Give the number of a figure that a token names: its value, or one of its bounds by the aspect."""
        name, _, aspect = token.partition(".")
        ends: dict[str, Decimal | None] = {}
        if ":" not in name and self.can_say(name):
            figure = self.figure(name)
            ends = {"lower": figure.lower, "upper": figure.upper}
            ends |= dict.fromkeys(("", "number", "value"), figure.value)
        return ends.get(aspect)

    def words(self, token: str) -> str:
        """Write what replaces `{{token}}` in the text: a figure in words, or one of its aspects.

        `name` is the number in words, `name.dated` with the time for which a state is known, `name.number`
        without what it counts; `name.value`, `name.lower` and `name.upper` the number and its bounds for who
        calculates; `name.noun` what it counts, in the plural ("établissements"), of a share that of which it
        is one; `name.range` its bounds; `name.claim` the published total, and `name.claimed` when that was
        published; `name.when` the time
        for which it is known; `name.published` when its newest document was published; `rate:BEF` a rate of
        exchange; `documents:undated` how many documents have no date; `call:last` a call;
        `milestone:connectivity_start` when it was, with `.on` as it follows "depuis"; `chart:timeline.title`
        what stands above a chart, `.subtitle` and `.note` what stands below it and at its end;
        `publisher:quote` what was given.
        """
        kind, _, code = token.rpartition(":")
        if kind == "publisher":
            return self.given(code)
        if kind == "rate":
            return number(self.ledger.rates[code], self.language, decimals=4)
        if kind == "documents":
            return spelled(self.undated_documents, self.language)
        if kind == "milestone":
            occurred = self.milestones[code.removesuffix(_ON)]
            needs_article = code.endswith(_ON) and self.language == "fr" and occurred.granularity == "day"
            return ("le " if needs_article else "") + period_words(occurred, self.language)
        if kind == "call":
            return call_named(self.ledger, code) or ""
        if kind == "chart":
            chart, _, aspect = code.partition(".")
            return OF_CHARTS[aspect](self.chart(chart))
        name, _, aspect = token.partition(".")
        return _ASPECTS[aspect](self, self.figure(name))

    def t(self, text: str | Message, **values: object) -> str:
        """Translate an English text of the package into the edition's language."""
        return translate(text, self.language, **values)

    def name(self, table: str, code: str) -> str:
        """Return the name of a code."""
        return self.ledger.name(table, code, self.language)

    def quoted(self, text: str, url: str = "", language: str = PLACES) -> Link | Text:
        """Quote a title or place, and mark its language where it is not the edition's."""
        words = Text(typeset(text, language), "" if self.language == language else language)
        return Link((words,), url) if url else words

    def published(self, observation: Observation) -> str:
        """Write when a document was published, no finer than is known: "janvier 2020"."""
        return published_words(observation.source, self.language)


def _quantity(of: Figure | Observation) -> Quantity:
    assert of.quantity is not None
    return of.quantity


def _claim(figure: Figure) -> Observation:
    assert isinstance(figure.answer, Known)
    assert figure.answer.claim is not None
    return figure.answer.claim


def _noun(edition: Edition, figure: Figure) -> str:
    counted = {o.counted for o in figure.observations if o.counted}
    unit = figure.unit if is_count(figure.unit) or len(counted) != 1 else counted.pop()
    return noun_of(unit, edition.language)


def _end(aspect: str, edition: Edition, figure: Figure) -> str:
    value = edition.number(f"{figure.name}.{aspect}")
    assert value is not None
    if figure.unit == "share":
        return amount(value, figure.unit, edition.language, decimals=2)
    return number(value, edition.language)


NUMBERS = ("value", "lower", "upper")
"""The aspects that are a number alone, as a cell of a workbook holds it."""
OF_CHARTS: dict[str, Callable[[Chart], str]] = {
    "title": lambda drawn: drawn.title,
    "subtitle": lambda drawn: drawn.subtitle,
    "note": lambda drawn: f"{drawn.note} {drawn.source_line}".strip(),
}
_ASPECTS: dict[str, Callable[[Edition, Figure], str]] = {
    "": lambda edition, of: running_words(_quantity(of), edition.language),
    "dated": lambda edition, of: dated(
        running_words(_quantity(of), edition.language),
        state_words(edition.ledger, of.answer, edition.language), edition.language,
    ),
    "number": lambda edition, of: running_words(_quantity(of), edition.language, noun=False),
    "noun": _noun,
    "range": lambda edition, of: words(Quantity.derived(None, _quantity(of).bounds, of.unit), edition.language),
    "claim": lambda edition, of: words(_quantity(_claim(of)), edition.language),
    "claimed": lambda edition, of: edition.published(_claim(of)),
    "when": lambda edition, of: known_words(edition.ledger, of.answer, edition.language),
    "published": lambda edition, of: edition.published(max(of.observations, key=lambda o: o.known_on)),
    **{aspect: partial(_end, aspect) for aspect in NUMBERS},
}  # fmt: skip
ASPECTS = frozenset(_ASPECTS)
"""What may follow the name of a figure, after a full stop; nothing is its words."""
