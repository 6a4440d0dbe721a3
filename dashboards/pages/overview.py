"""The overview on one screen: the figure that leads, its parts and the others; what changed, which announcements to
look after, where documents disagree; time line and freshness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from dashboards.blocks import Division, OnScreen
from dashboards.components import cards, evidence_link, page_link, small_chart
from dashboards.components.bars import BarredLine, barred, barred_table
from dashboards.components.browser import LastVisit
from dashboards.components.conflicts import CONFLICTS
from dashboards.components.sparks import columns, interval
from dashboards.filters import CHARTS, PRICES
from dashboards.key_figures import kit_day
from dashboards.pages.budgets import both_totals, spent_words
from dashboards.pages.connectivity import pilot_words
from dashboards.pages.targets import announced_words
from dashboards.pages.winners import last_call, last_call_words
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from dashboards.service import contact, published_at
from ennum_stats.charts.spec import deduced
from ennum_stats.document.blocks import Bullets, Heading, Illustration, Paragraph, Section, Text
from ennum_stats.errors import message
from ennum_stats.figures import figure
from ennum_stats.figures.catalogue import definitions
from ennum_stats.figures.contradictions import known_conflicts, subject
from ennum_stats.figures.reports import changes
from ennum_stats.languages import plural, span_words, translate_plural
from ennum_stats.measures.budgets import TWENTY_YEARS, awarded, later_calls, programme_budget, twenty_years
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.dates import published_words
from ennum_stats.measures.labels import prices_words
from ennum_stats.measures.prices import prices_named
from ennum_stats.measures.programmes import programmes
from ennum_stats.measures.targets import PromiseState, promises
from ennum_stats.measures.winners import winners_rows
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger

KEY_FIGURES = message("Key figures")
SUM = message("Where {total} come from, {prices}")
PART, AMOUNT = message("Part"), message("Amount")
UNTIL = message("Total {years}")
AND_LATER = message("+ {calls}, after {year}")
WITH_LATER = message("Total with {calls}")
TIMELINE = message("Time line")
ALL_EVENTS = message("All milestones")
IN_WORDS = message("{name}: {period}")
SINCE_THEN = message("since {year}")
CHANGED = message("What changed since the press kit of {day}")
NOTHING_CHANGED = message("No figure is another one than in the press kit.")
ALL_CHANGES = message("All changes, with their documents")
SINCE_VISIT = message("What changed since your last visit on {day}")
NOTHING_SINCE = message("Nothing is newer than your last visit on {day}.")
FRESHNESS = message("How fresh is this?")
LAST_DOCUMENT = message("Last document: {title} ({day}).")
NUMBERS = plural(
    "{n} published number, each with its document.", "{n} published numbers, each with its document."
)
_ITEMS_SHOWN = 2
TO_LOOK_AFTER = plural(
    "{n} announcement in progress of which nothing is heard",
    "{n} announcements in progress of which nothing is heard",
)
SILENT = message("{what}: {announced}, until {day}.")
_IN_KEY_FIGURES = ("en_coverage",)
"""What the key figures tell for all calls: the same of fewer would be a second answer to one question."""


def overview(reading: Reading) -> Content:
    """Show all on one screen; two charts below it. As files it is one sheet, and three slides: the amounts as a chart,
    the key figures, and what there is to do."""
    yield Paragraph((_state(reading),), "state")
    figures = Division((cards(reading, _cards(reading.ledger), reading.t(KEY_FIGURES), _sparks(reading)),))
    left = Division((figures, _sum(reading)), "key-figures")
    brief = Division((*_changed(reading), *_to_look_after(reading), *_to_settle(reading)))
    given = OnScreen((Paragraph(contact(reading)),), "text contact")
    yield Division((left, brief, Division((*_timeline(reading), _fresh(reading), given))), "halves")
    winners = OnScreen((small_chart(reading, "winners_per_call"),), "")
    yield Division((winners, small_chart(reading, "budget_by_programme")), "pair")


def _state(reading: Reading) -> str:
    """Tell where all stands in sentences; each only where its numbers are known."""
    return " ".join(filter(None, (spent_words(reading), last_call_words(reading), pilot_words(reading))))


def _cards(ledger: Ledger) -> list[tuple[str, str]]:
    """Give the key figures by their rank: the total, which leads; three large ones, of every day and of the last
    call that is known; and two small ones. Amounts stand among the parts of the total."""
    large, small = [("total_investment", "")], [("en_projects_2012_2019", ECOLE_NUMERIQUE)]
    call = last_call(ledger).lower()
    if call:
        large.append((f"{call}_projects", ECOLE_NUMERIQUE))
    large += [("en_coverage_all_calls", ECOLE_NUMERIQUE), ("connectivity_progress", "connectivity")]
    small.append(("cyberclasse_coverage", "cyberclasse"))
    return [*large, *((name, colour) for name, colour in small if name in definitions(ledger))]


def _sparks(reading: Reading) -> dict[str, str]:
    """Tell what stands below the large key figures: calls, and shares of a whole."""
    ledger, drawn = reading.ledger, {}
    won = [barred(reading, row.projects_awarded).middle for row in winners_rows(ledger).rows]
    if call := last_call(ledger):
        last = max(place for place, number in enumerate(won, 1) if number)
        drawn[f"{call.lower()}_projects"] = columns(won[:last])
    for name in ("en_coverage_all_calls", "connectivity_progress"):
        if quantity := figure(ledger, name).quantity:
            drawn[name] = interval(quantity)
    return drawn


# --- the sum of the parts -------------------------------------------------------------------------


def _short_name(ledger: Ledger, programme: str, language: str) -> str:
    """Give a programme's name without what stands in brackets behind it."""
    return ledger.name("programmes", programme, language).split(" (")[0]


def _sum(reading: Reading) -> OnScreen:
    """Give the parts of the total, each after the one before and with its evidence; then what came later."""
    caption = reading.t(
        SUM,
        total=barred(reading, both_totals(reading, reading.prices)[0]).text,
        prices=prices_words(reading.prices, reading.language),
    )
    lines, at = [], 0.0
    for line in _summands(reading):
        [number] = line.cells
        lines.append(replace(line, cells=[number.starting(at)]) if line.programme else line)
        at += number.middle if line.programme else 0
    header = [reading.t(PART), reading.t(AMOUNT)]
    drawn = barred_table(reading, "sum", caption, header, lines, axes=[{0}], is_sortable=False)
    return OnScreen((Heading(2, (caption,)), drawn), "table-section sum")


def _summands(reading: Reading) -> Iterator[BarredLine]:
    """Give each programme, their total, and each later call with the total that it makes."""
    ledger, basis = reading.ledger, prices_named(reading.ledger, reading.prices)
    for row in programmes(ledger):
        code = row.programme
        name = "en_budget_2012_2019" if code == ECOLE_NUMERIQUE else f"{code}_budget"
        part = programme_budget(ledger, code, TWENTY_YEARS[1], basis)
        amount = barred(reading, part, f"figure/{name}")
        yield BarredLine(_short_name(ledger, code, reading.language), [amount], programme=code)
    until, all_known = both_totals(reading, reading.prices)
    yield BarredLine(
        reading.t(UNTIL, years=twenty_years(reading.language)),
        [barred(reading, until)],  # whose evidence is that of the card
    )
    later = later_calls(ledger)
    if later and isinstance(until, Known):
        for call in later:
            amount = barred(reading, awarded(ledger, call, basis), f"figure/{call.call.lower()}_budget")
            name = reading.t(AND_LATER, calls=[call.call], year=str(TWENTY_YEARS[1].year))
            yield BarredLine(name, [amount], programme=ECOLE_NUMERIQUE)
        name = reading.t(WITH_LATER, calls=[call.call for call in later])
        yield BarredLine(name, [barred(reading, all_known)])


# --- time line ------------------------------------------------------------------------------------


def _timeline(reading: Reading) -> Iterator[OnScreen]:
    """Give the programmes as spans of years, those that go on with an open end; nothing before a document
    told when they began."""
    ledger = reading.ledger
    spans = [
        (row.programme, row.valid_from.year, row.valid_to.year if row.valid_to else None)
        for row in programmes(ledger)
        if row.valid_from
    ]
    if not spans:
        return
    names = [_short_name(ledger, code, reading.language) for code, _, _ in spans]
    texts = []
    for name, (_, first, last) in zip(names, spans, strict=True):
        period = span_words(first, last, reading.language) if last else reading.t(SINCE_THEN, year=str(first))
        texts.append(reading.t(IN_WORDS, name=name, period=period))
    svg = _spans_svg(names, spans, ledger.known_at.year, "; ".join(texts), reading.language)
    heading = reading.t(TIMELINE)
    notes = deduced(ledger, [code for code, _, _ in spans], reading.language)
    evidence = evidence_link(reading, "chart/timeline", reading.t(ALL_EVENTS))
    yield OnScreen(
        (
            Heading(2, (heading,)),
            Illustration(svg, "", "spans"),
            Paragraph((*(Text(f"{item} ") for item in notes), evidence)),
        ),
        "timeline",
    )


def _spans_svg(
    names: Sequence[str], spans: Sequence[tuple[str, int, int | None]], year: int, texts: str, language: str
) -> str:
    first, last = min(span[1] for span in spans), max(year, *(span[2] or 0 for span in spans)) + 1
    room, left, step = 290.0, 220.0, 26
    scale = room / (last - first)
    parts = []
    for at, (name, (code, begin, end)) in enumerate(zip(names, spans, strict=True)):
        x, width = left + (begin - first) * scale, ((end + 1 if end else last) - begin) * scale
        period = span_words(begin, end, language) if end else f"{begin}–"
        style = code.replace("_", "-")
        parts.append(
            f'<g class="of-{style}"><text x="0" y="{at * step + 19}">{escape(name)}</text>'
            f'<rect class="sure" x="{x:.1f}" y="{at * step + 3}" width="{width:.1f}" height="21"/>'
            f'<text class="on" x="{x + 4:.1f}" y="{at * step + 19}">{period}</text></g>'
        )
    height = len(spans) * step
    return (
        f'<svg viewBox="0 0 {left + room:.0f} {height}" role="img"><title>{escape(texts)}</title>'
        f"{''.join(parts)}</svg>"
    )


# --- changes and freshness ------------------------------------------------------------------------


def _changed(reading: Reading) -> Iterator[Section]:
    ledger, language = reading.ledger, reading.language
    kit = kit_day(ledger)
    if ledger.known_at <= kit.known_on:
        return
    every = changes(ledger.known_on(kit.known_on), ledger)
    result = [item for item in every if item.name not in _IN_KEY_FIGURES]
    items = tuple((Text(change.sentence(language)),) for change in result[:_ITEMS_SHOWN])
    address = reading.view.address("documents", start=kit.known_on.isoformat()) + "#changes"
    visit = LastVisit(
        reading.t(SINCE_VISIT, day="{day}"), reading.t(NOTHING_SINCE, day="{day}"),
        reading.view.address("documents", start="DAY") + "#changes",
        [day.isoformat() for day in reading.edition.days], language,
    )  # fmt: skip
    links = [page_link(address, reading.t(ALL_CHANGES))] if items else []
    yield Section(
        (
            Heading(2, (reading.t(CHANGED, day=published_words(kit, language)),)),
            Bullets(items) if items else Paragraph((reading.t(NOTHING_CHANGED),)),
            Paragraph((*links, " ", visit), "tools"),
        ),
        "text changes",
    )


def _to_look_after(reading: Reading) -> Iterator[Section]:
    """Give the announcements whose time runs while nothing is told of them; nothing where there are none."""
    silent = [
        each for each in promises(reading.ledger)
        if each.is_running and each.silent_months and each.state is PromiseState.SILENT
    ]  # fmt: skip
    if not silent:
        return
    items = [
        (Text(reading.t(
            SILENT, what=subject(reading.ledger, each.announced.observations[0], reading.language),
            announced=announced_words(reading, each), day=each.ends_on,
        )),)
        for each in silent[:_ITEMS_SHOWN]
    ]  # fmt: skip
    heading = translate_plural(*TO_LOOK_AFTER, len(silent), reading.language)
    link = page_link(reading.view.address("targets"), heading)
    yield Section((Heading(2, (link,)), Bullets(tuple(items))), "text risk")


def _to_settle(reading: Reading) -> Iterator[Section]:
    """Tell on how many numbers documents disagree, and lead to them; nothing where they agree."""
    shown = known_conflicts(reading.ledger)
    if shown:
        heading = translate_plural(*CONFLICTS, len(shown), reading.language)
        link = page_link(reading.view.address("documents") + "#contradictions", heading)
        yield Section((Heading(2, (link,)),), "text settle")


def _fresh(reading: Reading) -> OnScreen:
    language = reading.language
    observations = reading.ledger.all_observations()
    texts = []
    dated = [o.source for o in observations if o.source.published_on]
    if dated:
        last = dated[-1]
        texts.append(reading.t(LAST_DOCUMENT, title=last.title, day=published_words(last, language)))
        texts.append(translate_plural(*NUMBERS, len(observations), language))
    texts.append(published_at(reading))
    return OnScreen((Heading(2, (reading.t(FRESHNESS),)), Paragraph((" ".join(texts),))), "text")


register_page(
    "", message("Overview"),
    message("Where the digital equipment of the schools of Wallonia stands."),
    overview, filters=(PRICES, CHARTS), order=0,
)  # fmt: skip
