"""Communes and provinces: searched and filtered, what is known of one, and all of them ranked.

Sites are only counted here, never named: single sites stay with the service.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dashboards.blocks import Division
from dashboards.components.comparing import rows_compared
from dashboards.components.tables import measure_table, table_section
from dashboards.components.texts import page_link, place_link, section
from dashboards.reading import Reading
from dashboards.view import Filter, Option
from ennum_stats.charts import coverage_map
from ennum_stats.document.blocks import Folded, Paragraph, Section
from ennum_stats.errors import message
from ennum_stats.languages import LANGUAGES, listed, number, plural, translate, translate_plural
from ennum_stats.measures.calls import call_range
from ennum_stats.measures.coverage.site_counts import coverage_by_rows
from ennum_stats.measures.measure_table import Row
from ennum_stats.measures.schools.places import LIKENESS, Place, place
from ennum_stats.measures.schools.school_sites import EVERY_LEVEL, has_lists, sites_rows
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE as COMMUNE_PAGE
from ennum_stats.vocabulary import NOT_IN_REGISTER
from ennum_stats.wording import words

ALL_COMMUNES = message("all communes")
IN_COMMUNE = message("School sites in {commune}")
ALL_OF = message("All that is known of {commune}")
COUNTED_IN = message(
    "School sites in the register: {all}. With at least one project of École Numérique: {reached}. "
    "Without any: {rest}. Counted for the calls {calls}."
)
AT_LEAST_IN = message("With at least one project of École Numérique: {reached}.")
REST_UNKNOWN = message(
    "How many have had none is not known: lists of winners are missing or not complete ({calls})."
)
REGISTERED = message("School sites in the register: {all}.")
NO_LIST = message("How many of them have had a project is not known: no list of winners was known on {day}.")
NO_SITE = message("The register has no school site in this commune.")
# States highest.
AHEAD = message("Highest share of school sites with a project: {first} ({high}). Lowest: {last} ({low}).")
BY_PROVINCE = message("Coverage by province")
RANKING = plural("{n} commune, ranked", "{n} communes, ranked")
AMONG = message("{commune} among all communes")
HIGHEST = message("The {n} communes with the highest share")
_AROUND, _FIRST = 5, 10
RANK_HEADER = (
    message("Rank"), message("Commune"), message("Province"), message("School sites with a project"),
    message("School sites without"), message("Share in %"),
)  # fmt: skip
SITES_BY = {
    "network": message("School sites of the register, by network"),
    "level": message("School sites of the register, by level"),
    "province": message("School sites of the register, by province"),
    "commune": message("School sites of the register, by commune"),
}


def _communes(ledger: Ledger, language: str) -> list[Option]:
    """Give all communes by their names in any of the languages; none where no register was imported."""
    result = {"": Option("", translate(ALL_COMMUNES, language))}
    for record in ledger.records("communes"):
        for code in (language, *LANGUAGES):
            name = record[f"name_{code}"]
            result.setdefault(name, Option(name, record[f"name_{language}"]))
    return [*result.values()]


def _shares(ledger: Ledger, language: str) -> list[Option]:
    """Give the classes of the map, by the lower end of each in percent."""
    bounds = coverage_map.share_classes(coverage_map.ranked_communes(ledger, language))
    return [Option(coverage_map.lower_end(item), coverage_map.class_label(item, language)) for item in bounds]


def _provinces(ledger: Ledger, language: str) -> list[Option]:
    codes = sorted({record["province"] for record in ledger.records("communes")})
    return [Option(code, ledger.name("codelists.province", code, language)) for code in codes]


def _likeness(_ledger: Ledger, language: str) -> list[Option]:
    return [Option(name, translate(text, language)) for name, text in LIKENESS.items()]


COMMUNE = Filter("commune", message("Search a commune"), _communes, is_searched=True)
SHARE_CLASS = Filter("share", message("Communes by share of their sites"), _shares, is_many=True)
PROVINCE = Filter("province", message("Communes by province"), _provinces, is_many=True)
LIKE = Filter("like", message("Communes like it: in what"), _likeness, is_many=True)
WITH_MAP = tuple(replace(item, is_carried=True) for item in (SHARE_CLASS, PROVINCE))
"""What comes along to the evidence of the map."""


def place_chosen(reading: Reading, kind: str, code: str) -> Place:
    """Say what is known of a place; of a commune also which are like it in what a reader chose."""
    return place(reading.ledger, kind, code, reading.chosen(LIKE.name))


def commune_chosen(reading: Reading) -> Row | None:
    """Give the commune that a reader searched, under whatever of its names."""
    name = reading.choice("commune")
    records = reading.ledger.records("communes") if name else []
    return next((r for r in records if name in {r[f"name_{code}"] for code in LANGUAGES}), None)


def commune_answer(reading: Reading) -> Iterator[Section]:
    """Tell how many sites of the commune searched have had something, and how many nothing; or what is not
    known."""
    record = commune_chosen(reading)
    if record is None:
        return
    ledger, language = reading.ledger, reading.language
    heading = reading.t(IN_COMMUNE, commune=record[f"name_{language}"])
    code = record["commune"]
    link = page_link(
        reading.view.address(f"{COMMUNE_PAGE}/{code}"), reading.t(ALL_OF, commune=record[f"name_{language}"])
    )
    ranked = {item.commune: item for item in coverage_map.ranked_communes(ledger, language)}
    if ranked:
        yield section(heading, _counted(reading, ranked[code]), links=[link])
        return
    yield section(heading, [*_known_of(reading, code)], links=[link])


def _known_of(reading: Reading, code: str) -> Iterator[str]:
    """Tell what is known of a commune where not all lists are complete: its sites, and how many of them have
    had something at least."""
    ledger, language = reading.ledger, reading.language
    rows = sites_rows(ledger, "commune", EVERY_LEVEL).rows
    row = next((item for item in rows if item.part == code), None)
    if row is None or not isinstance(row.implantations, Known):
        yield reading.t(NO_SITE)
        return
    yield reading.t(REGISTERED, all=words(row.implantations.quantity, language, style="text"))
    if not has_lists(ledger):
        yield reading.t(NO_LIST, day=ledger.known_at)
        return
    counted = next(item for item in coverage_by_rows(ledger, "commune").rows if item.part == code)
    if isinstance(counted.sites, Known):
        yield reading.t(AT_LEAST_IN, reached=words(counted.sites.quantity, language, style="text"))
    yield reading.t(REST_UNKNOWN, calls=listed(counted.incomplete or (), language))


def _counted(reading: Reading, item: coverage_map.RankedCommune) -> list[str]:
    if item.sites is None or item.reached is None:
        return [reading.t(NO_SITE)]
    language = reading.language
    rows = coverage_by_rows(reading.ledger, "commune").rows
    row = next(row for row in rows if row.part == item.commune)
    calls = call_range(reading.ledger, row.calls_covered or (), language)
    numbers = {"all": item.sites, "reached": item.reached, "rest": item.sites - item.reached}
    texts = {name: number(value, language) for name, value in numbers.items()}
    return [reading.t(COUNTED_IN, calls=calls, **texts)]


def provinces_compared(reading: Reading) -> Iterator[Section]:
    """Give coverage by province; where one is above all others and one below all, which these are."""
    of_parts = coverage_by_rows(reading.ledger, "province").rows
    rows = [row for row in of_parts if row.part not in (None, NOT_IN_REGISTER)]
    known = [(r.share.quantity, str(r.part)) for r in rows if isinstance(r.share, Known)]
    if not known:
        return
    known.sort(key=lambda pair: pair[0].bounds.ends, reverse=True)
    (high, first), *others = known
    (low, last), above = known[-1], []
    if (
        len(known) == len(rows) > 1
        and all(high.bounds.exceeds(other.bounds) for other, _ in others)
        and all(other.bounds.exceeds(low.bounds) for other, _ in known[:-1])
    ):
        language = reading.language
        texts = reading.t(
            AHEAD, high=words(high, language, style="text"), low=words(low, language, style="text"),
            first=reading.ledger.name("codelists.province", first, language),
            last=reading.ledger.name("codelists.province", last, language),
        )  # fmt: skip
        above.append(Paragraph((texts,)))
    yield measure_table(reading, "coverage", reading.t(BY_PROVINCE), by="province", above=above)


def ranking(reading: Reading) -> Iterator[Division]:
    """Give the communes of the classes and provinces chosen, highest share first; else those around the
    commune searched, or the first ones: all of them are in the table of the map. Each name leads to its
    page."""
    communes = coverage_map.ranked_communes(reading.ledger, reading.language)
    searched = commune_chosen(reading)
    shares = [item.share for item in communes]
    ranked = [(1 + shares.index(item.share), item) for item in communes]  # those of one share have one rank
    choice = coverage_map.MapChoice(reading.chosen("share"), reading.chosen("province"))
    if choice != coverage_map.MapChoice():
        within = {item.commune for item in coverage_map.chosen_communes(communes, choice)}
        shown = [(rank, item) for rank, item in ranked if item.commune in within]
        title = translate_plural(*RANKING, len(shown), reading.language)
    elif searched:
        place = next(n for n, item in enumerate(communes, 1) if item.commune == searched["commune"])
        shown = ranked[max(0, place - 1 - _AROUND) : place + _AROUND]
        title = reading.t(AMONG, commune=searched[f"name_{reading.language}"])
    else:
        shown = ranked[:_FIRST]
        title = reading.t(HIGHEST, n=len(shown))
    chosen = searched["commune"] if searched else None
    rows = [_rank_cells(reading, rank, item, item.commune == chosen) for rank, item in shown]
    header, rows = rows_compared(
        reading, "coverage", COMMUNE_PAGE, [item.commune for _, item in shown],
        [reading.t(text) for text in RANK_HEADER], rows,
    )  # fmt: skip
    drawn = table_section("ranking", title, header, rows, numeric={0, 3, 4, 5})
    yield Division((drawn,), "ranking")


def _rank_cells(reading: Reading, rank: int, item: coverage_map.RankedCommune, is_chosen: bool) -> list[Any]:
    language = reading.language
    name = place_link(reading, COMMUNE_PAGE, item.commune, is_here=is_chosen)
    if item.share is None or item.sites is None or item.reached is None:
        return ["–", name, item.province, "–", "–", "–"]
    rest = item.sites - item.reached
    numbers = (number(item.reached, language), number(rest, language))
    return [str(rank), name, item.province, *numbers, number(100 * item.share, language, 1)]


def sites_of_register(reading: Reading) -> Iterator[Section | Folded]:
    """Give the sites of the register by network, level, province and, folded, by commune."""
    for by, heading in SITES_BY.items():
        drawn = measure_table(reading, "sites", reading.t(heading), by=by)
        if by != "commune":
            yield drawn
            continue
        yield Folded((reading.t(heading),), drawn.blocks[1:], anchor="sites-all")
