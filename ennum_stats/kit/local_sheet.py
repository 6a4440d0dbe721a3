"""Make the sheet of a commune or province: one page with what is counted and printed of it, where it lies, how it
stands among all and among those like it, and what is not known. It says what the page of the dashboard says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ennum_stats.charts.place_map import place_map
from ennum_stats.charts.spec import counted_from, source_line
from ennum_stats.document import blocks as doc
from ennum_stats.drawing.fitting import drawing_of
from ennum_stats.drawing.svg import print_svg
from ennum_stats.drawing.theme import Size
from ennum_stats.errors import Message, message, plural
from ennum_stats.figures.observations import observation_cells, place_words
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.languages import translate_plural
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_calendar, of_call
from ennum_stats.measures.coverage.site_counts import coverage_by_rows
from ennum_stats.measures.schools.places import (
    GERMAN_SPEAKING,
    CountedPlace,
    Place,
    is_german_speaking,
    place,
    place_name,
    places_compared,
    places_counted,
    province_of,
)
from ennum_stats.search.place_words import (
    AMONG,
    NOTHING_PRINTED,
    PRINTED,
    STILL_KNOWN,
    UNKNOWN,
    had_sentence,
    key_numbers,
    not_counted,
    not_known,
    printed_of,
    rank_sentences,
    registered_sentence,
)
from ennum_stats.store.answers import Answer, Known, Observation, sum_of
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.store.place_rows import COMMUNE, PROVINCE
from ennum_stats.typography import first_capital, fold
from ennum_stats.wording import key_figure, missing_words

SHEET = message("Local sheet")
KINDS = {COMMUNE: message("Commune"), PROVINCE: message("Province")}
WALLONIA = message("All of Wallonia")
IN_WALLONIA = message("For comparison: all of Wallonia")
COMPARED = message("Compared with all, and with those like it")
ALIKE = message("Communes like it, the nearest in size first")
OTHERS = message("The other provinces")
COLUMNS = (message("School sites"), message("School sites with a project"), message("Share of the sites"))
BY_CALL = message("What it had, call by call")
SITES, PROJECTS, AMOUNT = message("School sites"), message("Projects"), message("Amount")
ANY_CALL = message("All calls")
ALL_BY_CALL = message("All of Wallonia, call by call")
WHAT, AS_PRINTED, DOCUMENT = message("What"), message("Printed"), message("Document")
MORE = plural("{n} more published number has no room here.", "{n} more published numbers have no room here.")
_EVERY = 12
STEPS = (
    *((places, _EVERY) for places in (12, 9, 7, 5, 3)), *((3, numbers) for numbers in range(9, 2, -1)), (1, 3), (0, 2),
)  # fmt: skip
"""How many places like it, and how many published numbers, are told: fewer, until all stands on one page. Before a
published number is left out, the key figures of all of Wallonia are."""
_WHOLE = (
    ("total_investment", "cyberecole_schools", "cyberecole_primary_schools"),
    ("en_teams_2012_2021", "en_projects_2012_2019", "cyberecole_secondary_schools"),
    ("connectivity_sites_installed", "cyberclasse_implantations"),
)
"""The key figures of all of Wallonia, each the first that is known."""


def sheet_parts(
    edition: Edition, kind: str, code: str, most: tuple[int, int] = STEPS[0]
) -> Iterator[doc.Blocks]:
    """Give the parts of the sheet of a place, each of blocks that stay together; with so many places like it, and
    published numbers, at most. Raises `UnknownName`."""
    ledger, language = edition.ledger, edition.language
    facts = place(ledger, kind, code)
    is_counted = isinstance(facts.counted.reached, Known)
    without = [] if is_counted else [*not_counted(ledger, language)]
    sentences = [registered_sentence(ledger, facts, language), had_sentence(facts, language)]
    lead = first_capital(" ".join(filter(None, sentences)) or without.pop(0))
    yield doc.Heading(1, (_name(edition, kind, code),)), doc.Paragraph((lead,))
    if isinstance(facts.sites, Known):
        yield (doc.Cards(tuple(_cards(edition, facts))),)
    printed = dict(_printed(edition, facts))
    texts = tuple(_texts(edition, facts, without, printed))
    yield (doc.Section((doc.Section(texts), doc.Section(_map(ledger, kind, code, language))), "columns"),)
    if isinstance(facts.sites, Known):
        yield _compared(edition, facts, most[0])
    own = [item for item in facts.had if item.programme == ECOLE_NUMERIQUE]
    if own:
        calls = [item.call or edition.t(ANY_CALL) for item in own]
        rows = [
            (SITES, [item.reached for item in own]),
            (PROJECTS, [item.projects for item in own]),
            (AMOUNT, [item.amount_eur for item in own]),
        ]
        yield _by_call(edition, BY_CALL, calls, rows)
    for name, numbers in printed.items():
        if numbers:
            yield _numbers(edition, name, numbers, most[1])
    if not is_counted:
        yield from _whole(edition, has_cards=most[1] == _EVERY)
    yield tuple(_foot(edition, facts, printed))


def _name(edition: Edition, kind: str, code: str) -> str:
    return first_capital(place_name(edition.ledger, kind, code, edition.language))


def _cards(edition: Edition, facts: Place) -> Iterator[doc.Card]:
    language = edition.language
    for name, label, answer, note in key_numbers(edition.ledger, facts, language):
        number, unit, precision = "", "", ""
        if isinstance(answer, Known):
            number, unit, precision = key_figure(answer.quantity, language)
        else:
            number = missing_words(answer.reason, language)
        programme = "" if name == "sites" else ECOLE_NUMERIQUE
        yield doc.Card("", edition.t(label), number, unit, precision, note, programme)


def _texts(
    edition: Edition, facts: Place, without: Sequence[str], printed: dict[str, list[Observation]]
) -> Iterator[doc.Heading | doc.Paragraph | doc.Bullets]:
    """Say how it stands among others, and what is not known."""
    ledger, language = edition.ledger, edition.language
    if ranks := [*rank_sentences(facts, language)]:
        yield doc.Heading(2, (edition.t(AMONG[facts.kind]),))
        yield doc.Bullets(tuple((text,) for text in ranks))
    general = [*without]
    is_counted = isinstance(facts.counted.reached, Known)
    if not is_counted and not printed[_name(edition, facts.kind, facts.code)]:
        name = place_name(ledger, facts.kind, facts.code, language)
        general.append(edition.t(NOTHING_PRINTED, day=ledger.known_at, places=name))
    for heading, texts in ((STILL_KNOWN, general), (UNKNOWN, [*not_known(ledger, facts, language)])):
        if texts:
            yield doc.Heading(2, (edition.t(heading),))
            yield from (doc.Paragraph((text,)) for text in texts)


@once_a_ledger
def _map(ledger: Ledger, kind: str, code: str, language: str) -> doc.Blocks:
    chart = place_map(ledger, kind, code, language)
    note = " ".join(filter(None, (chart.subtitle, chart.note)))
    drawing = print_svg(chart, drawing_of(chart, map_size(ledger, kind, code, language), framed=False))
    return (doc.Illustration(drawing, chart.alt), *((doc.Paragraph((note,), "note"),) if note else ()))


@once_a_ledger
def map_size(ledger: Ledger, kind: str, code: str, language: str) -> Size:
    """Give the size of the map of a place: so high that its classes stand below it in type that can be read."""
    rows = len(place_map(ledger, kind, code, language).marks)
    return Size("sheet", 360, 209 + 22 * rows, 13.3, 3, 8.4)


# --- tables ---------------------------------------------------------------------------------------------


def _compared(edition: Edition, facts: Place, most: int) -> doc.Blocks:
    """Set a place beside its province, all of Wallonia, and those like it."""
    ledger = edition.ledger
    provinces = places_counted(ledger, PROVINCE)
    rows = [_counted(edition, _name(edition, facts.kind, facts.code), facts.counted, is_total=True)]
    if facts.kind == COMMUNE:
        province = province_of(facts.code)
        rows.append(_counted(edition, _name(edition, PROVINCE, province), provinces[province]))
    sites, reached = (
        sum_of(getattr(item, name) for item in provinces.values()) for name in ("sites", "reached")
    )
    share = reached.over(sites, "share")
    rows.append(_counted(edition, edition.t(WALLONIA), CountedPlace("", sites, reached, share)))
    shown = next(iter(places_compared(ledger, facts).values()), ())
    others = [item for item in shown if item.code != facts.code]
    others = others if facts.kind == PROVINCE else others[:most]  # one of four is not left out
    if others:
        rows.append(doc.group(edition.t((ALIKE if facts.kind == COMMUNE else OTHERS).text)))
    rows += [_counted(edition, _name(edition, facts.kind, item.code), item) for item in others]
    columns = (doc.column("", 5), *(doc.column(edition.t(text), 2, is_number=True) for text in COLUMNS))
    return _titled(edition.t(COMPARED), doc.WrittenTable(columns, tuple(rows), is_dense=True))


def _counted(edition: Edition, name: str, counted: CountedPlace, *, is_total: bool = False) -> doc.Row:
    answers = (counted.sites, counted.reached, counted.share)
    return doc.row(
        name,
        *(answer.words(edition.language, style="short", noun=False) for answer in answers),
        total=is_total,
    )


def _by_call(
    edition: Edition,
    title: Message,
    calls: Sequence[str],
    answers: Sequence[tuple[Message, Sequence[Answer]]],
) -> doc.Blocks:
    """Tell numbers call by call, each call in a column."""
    names = [edition.t(text) for text, _ in answers]
    cells = [
        [answer.words(edition.language, style="short", noun=False) for answer in line] for _, line in answers
    ]
    widths = [max(map(len, texts)) + 3 for texts in zip(calls, *cells, strict=True)]
    columns = [doc.column("", max(map(len, names)))]
    columns += [doc.column(call, width, is_number=True) for call, width in zip(calls, widths, strict=True)]
    rows = (doc.row(name, *texts) for name, texts in zip(names, cells, strict=True))
    return _titled(edition.t(title), doc.WrittenTable(tuple(columns), tuple(rows), is_dense=True))


def _printed(edition: Edition, facts: Place) -> Iterator[tuple[str, list[Observation]]]:
    """Give what documents print of a place alone; of a commune where nothing is counted also what
    they print of its province and community."""
    ledger = edition.ledger
    yield _name(edition, facts.kind, facts.code), printed_of(ledger, facts.kind, [facts.code])
    if facts.kind == COMMUNE and not isinstance(facts.counted.reached, Known):
        province = province_of(facts.code)
        yield _name(edition, PROVINCE, province), printed_of(ledger, PROVINCE, [province])
        if is_german_speaking(facts.code):
            territory = edition.name("codelists.territory", GERMAN_SPEAKING)
            yield territory, [item for item in ledger.all_observations() if item.territory == GERMAN_SPEAKING]


def _numbers(edition: Edition, name: str, numbers: Sequence[Observation], most: int) -> doc.Blocks:
    """Tell published numbers with their documents, the newest first."""
    ledger, language = edition.ledger, edition.language
    rows = []
    for item in sorted(numbers, key=lambda number: number.known_on, reverse=True)[:most]:
        what, when, printed, _, locator, day = observation_cells(ledger, item, language)
        remark, _ = ledger.remark(item, language)
        title = doc.Text(item.source.title, item.source.title_language)
        place_in_it = place_words(locator, language)[0]
        where = f", {place_in_it}" if fold(day) in fold(title.words) else f", {place_in_it}, {day}"
        subject = f"{what} ({when})" if when else what
        rows.append(doc.row(" – ".join(filter(None, (subject, remark))), printed, (title, where)))
    what, printed, document = (edition.t(text) for text in (WHAT, AS_PRINTED, DOCUMENT))
    columns = (doc.column(what, 11), doc.column(printed, 3, is_number=True), doc.column(document, 6))
    table = doc.WrittenTable(columns, tuple(rows), is_dense=True)
    blocks = _titled(edition.t(PRINTED, places=name), table)
    if (more := len(numbers) - len(rows)) > 0:
        blocks += (doc.Paragraph((translate_plural(*MORE, more, language),), "note"),)
    return blocks


def _titled(title: str, table: doc.WrittenTable) -> doc.Blocks:
    return doc.Heading(2, (title,)), replace(table, caption=title)


# --- all of Wallonia ------------------------------------------------------------------------------------


def _whole(edition: Edition, *, has_cards: bool) -> Iterator[doc.Blocks]:
    """Tell key figures of all of Wallonia, and its calls one by one, where nothing is counted of the place."""
    cards = tuple(map(Resolver(edition, set()).card, _cards_of_all(edition)))
    if cards and has_cards:
        yield doc.Heading(2, (edition.t(IN_WALLONIA),)), doc.Cards(cards)
    if answers := _calls_of_all(edition.ledger):
        yield _by_call(edition, ALL_BY_CALL, call_calendar(edition.ledger).took_place, answers)


def _cards_of_all(edition: Edition) -> list[str]:
    names = (next(filter(edition.can_say, choices), "") for choices in _WHOLE)
    return [*filter(None, names)]


def _calls_of_all(ledger: Ledger) -> list[tuple[Message, list[Answer]]]:
    calls = call_calendar(ledger).took_place
    measures = ((PROJECTS, "projects_awarded"), (AMOUNT, "budget_awarded"))
    return [(text, [of_call(ledger, measure, call) for call in calls]) for text, measure in measures if calls]


def _foot(
    edition: Edition, facts: Place, printed: Mapping[str, Sequence[Observation]]
) -> Iterator[doc.Paragraph]:
    """Say what was counted and read, of which day, and whom to ask."""
    ledger, language = edition.ledger, edition.language
    counted = coverage_by_rows(ledger, PROVINCE).rows if facts.had else ()
    lists = {name for item in counted for name in item.lists or ()}
    registers = facts.registers if isinstance(facts.sites, Known) else ()
    sources = dict.fromkeys(item.source for numbers in printed.values() for item in numbers)
    if not isinstance(facts.counted.reached, Known):
        figures = [edition.figure(name) for name in _cards_of_all(edition)]
        answers = [answer for _, line in _calls_of_all(ledger) for answer in line]
        sources |= dict.fromkeys(item.source for shown in (*figures, *answers) for item in shown.observations)
    lines = [
        source_line(tuple(sources), ledger, language, counted_from(ledger, [*lists], registers, language))
    ]
    lines += [edition.given(item) for item in ("press_contact", "licence")]
    yield from (doc.Paragraph((line,), "source") for line in lines if line)
