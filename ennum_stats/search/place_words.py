"""What is said of a commune, province or network wherever it is told of: on its page, on its sheet, in an answer.

What registers and lists say of it, its rank among the others, what documents print of it alone, and what is not
known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ennum_stats.errors import Message, message
from ennum_stats.languages import day, listed, plural, translate, translate_plural
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_range
from ennum_stats.measures.coverage.coverage_table import row_of_known_calls
from ennum_stats.measures.schools import places
from ennum_stats.measures.schools.completeness import incomplete, not_complete
from ennum_stats.measures.schools.ranks import Rank, rank_words
from ennum_stats.measures.schools.school_lists import lists_counted, registers_named
from ennum_stats.project import Audience
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known, Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE, NETWORK, PROVINCE
from ennum_stats.typography import fold
from ennum_stats.wording import words

REGISTERED = message("{commune}: {sites} and {schools} in the register of schools of {days}.")
HAD = message("With at least one project of École Numérique: {reached}; without any: {rest}.")
SITES = message("School sites in the register")
REACHED = message("With at least one project of École Numérique")
REST = message("Without any project of École Numérique")
OF_REGISTER = message("Register of {days}")
SCHOOLS_THERE = message("{schools} there")
FOR_CALLS = message("Counted for the calls {calls}")
AS_BOUNDS = message("Lists missing or not complete: {calls}")
AMONG = {
    COMMUNE: message("Among the communes"),
    PROVINCE: message("Among the provinces"),
    NETWORK: message("Among the networks"),
}
RANK_SITES = message("By number of school sites, among all that have one: {rank}.")
RANK_SHARE = message("By share of school sites with a project of École Numérique: {rank}.")
ALIKE = plural(
    "Among the communes like it, {likeness}: {n} other.",
    "Among the communes like it, {likeness}: {n} others.",
)
NONE_ALIKE = message("No other commune is like it, {likeness}.")
ALIKE_SITES = message("There, by number of school sites: {rank}.")
ALIKE_SHARE = message("There, by share with a project of École Numérique: {rank}.")
UNKNOWN = message("What is not known")
STILL_KNOWN = message("What can be said all the same")
LACKING = message(
    "How many of its school sites have had nothing, exactly: the lists of {calls} are missing or not "
    "complete. What is told are bounds that hold whatever these say."
)
ALL_KNOWN = message("The lists of all calls that took place are complete.")
NO_SITES = message("The register has no school site there.")
NEEDS_LISTS = message(
    "How many schools there had nothing is not known: no document counts them by place, and no list of "
    "winners was known on {day}."
)
NEEDS_REGISTER = message(
    "How many schools there had nothing is not known: no document counts them by place, and no register of "
    "them was known on {day}."
)
OF_ALL = message(
    "In all of Wallonia, {share} of the school sites had at least one project of École Numérique ({calls}); "
    "{rest} had none. Of a single place these totals tell nothing."
)
NOTHING_PRINTED = message("No document known on {day} prints a number of {places} alone.")
PRINTED = message("What documents print of {places}")


# --- counted --------------------------------------------------------------------------------------------


def registered_sentence(ledger: Ledger, place: places.Place, language: str) -> str:
    """Say how many sites and schools the register has in a place; nothing where no register was known, or
    where it has none there."""
    sites, schools = place.sites, place.schools
    if not (isinstance(sites, Known) and isinstance(schools, Known) and sites.quantity.value):
        return ""
    registers = registers_named(ledger, place.registers)
    counted = message(
        REGISTERED.text,
        commune=places.place_name(ledger, place.kind, place.code, language),
        sites=words(sites.quantity, language, style="text"),
        schools=words(schools.quantity, language, style="text"),
        days=sorted({register.as_of for register in registers}),
    )
    return translate(counted, language)


def had_sentence(place: places.Place, language: str, text: Message = HAD, /, **named: str) -> str:
    """Say how many sites of a place had a project of École Numérique, and how many none, within bounds;
    nothing where no list says anything. The text may name more."""
    reached = place.counted.reached
    rest = place.sites - reached
    if not (isinstance(reached, Known) and isinstance(rest, Known)):
        return ""
    numbers = {"reached": reached, "rest": rest}
    written = {name: words(item.quantity, language, style="text") for name, item in numbers.items()}
    return translate(text, language, **written, **named)


def key_numbers(
    ledger: Ledger, place: places.Place, language: str
) -> Iterator[tuple[str, Message, Answer, str]]:
    """Give the numbers of a place that stand in large type: name, label, answer, and of what they are counted."""
    note = ""
    if isinstance(place.schools, Known):
        registers = registers_named(ledger, place.registers)
        days = listed(sorted({day(item.as_of, language) for item in registers}), language)
        schools = words(place.schools.quantity, language, style="text")
        note = f"{translate(SCHOOLS_THERE, language, schools=schools)}. {translate(OF_REGISTER, language, days=days)}"
    yield "sites", SITES, place.sites, note
    reached, note = place.counted.reached, ""
    if isinstance(reached, Known):
        lacking = incomplete(ledger, ECOLE_NUMERIQUE)
        calls = call_range(ledger, lacking or tuple(item.call for item in place.had if item.call), language)
        note = translate(AS_BOUNDS if lacking else FOR_CALLS, language, calls=calls)
    yield "reached", REACHED, reached, note
    yield "rest", REST, place.sites - reached, note


def rank_sentences(place: places.Place, language: str) -> Iterator[str]:
    """Say which rank a place has among all, and a commune among those like it; nothing where it has none."""

    def ranked(text: Message, rank: Rank | None) -> Iterator[str]:
        if rank is not None:
            yield translate(text, language, rank=rank_words(rank, language))

    if place.by_sites is None:
        return
    yield from ranked(RANK_SITES, place.by_sites)
    yield from ranked(RANK_SHARE, place.by_share)
    likeness = listed([translate(places.LIKENESS[name], language) for name in place.likeness], language)
    if place.kind == COMMUNE and place.alike:
        yield translate_plural(*ALIKE, len(place.alike), language, likeness=likeness)
    elif place.kind == COMMUNE:
        yield translate(NONE_ALIKE, language, likeness=likeness)
    yield from ranked(ALIKE_SITES, place.by_sites_alike)
    yield from ranked(ALIKE_SHARE, place.by_share_alike)


def names_of_lists(ledger: Ledger, codes: Sequence[str], language: str) -> list[str]:
    """Name calls, and programmes without calls."""
    calls = ledger.all_calls(ECOLE_NUMERIQUE)
    return [code if code in calls else ledger.name("programmes", code, language) for code in codes]


# --- not counted ----------------------------------------------------------------------------------------


def not_known(ledger: Ledger, place: places.Place, language: str) -> Iterator[str]:
    """Say what nobody can say of a place by what was known, besides `not_counted`; to the service also what can
    be loaded."""
    if not isinstance(place.sites, Known):
        no_register, *to_load = place.sites.caveats
        yield translate(no_register, language)
        if ledger.audience is Audience.INTERNAL:
            yield from (translate(caveat, language) for caveat in to_load)
        return
    if not place.sites.quantity.value:
        yield translate(NO_SITES, language)
    if isinstance(place.counted.reached, Known):
        yield _lists_lacking(ledger, place, language)
    if (place.kind, place.code) == (PROVINCE, "liege") and not places.lists_every_community(ledger):
        yield translate(places.OTHER_REGISTER, language)


def _lists_lacking(ledger: Ledger, place: places.Place, language: str) -> str:
    """Say which lists are missing or not complete, or that none is."""
    if lacking := incomplete(ledger, ECOLE_NUMERIQUE):
        return translate(LACKING, language, calls=call_range(ledger, lacking, language))
    if others := place.had[-1].incomplete:
        return translate(not_complete(names_of_lists(ledger, others, language)), language)
    return translate(ALL_KNOWN, language)


def not_counted(ledger: Ledger, language: str) -> Iterator[str]:
    """Say why schools of a place are not counted, and what is known of all of Wallonia."""
    lacking = NEEDS_REGISTER if lists_counted(ledger, ECOLE_NUMERIQUE) else NEEDS_LISTS
    yield translate(lacking, language, day=ledger.known_at)
    row = row_of_known_calls(ledger)
    if row is not None and isinstance(row.share, Known):
        share = row.share.quantity
        rest = Quantity.exact(1, "share") - share
        calls = call_range(ledger, row.calls_covered, language)
        texts = {"share": words(share, language, style="text"), "rest": words(rest, language, style="text")}
        yield translate(OF_ALL, language, calls=calls, **texts)


def printed_of(ledger: Ledger, kind: str, codes: Collection[str]) -> list[Observation]:
    """List the published numbers that are of places of a kind and of nothing beyond them."""
    return [item for item in ledger.all_observations() if _is_of(ledger, item, kind, codes)]


def _is_of(ledger: Ledger, item: Observation, kind: str, codes: Collection[str]) -> bool:
    """Tell whether a published number is of one of the places alone; a commune is called like the territory that
    a document names."""
    if kind != COMMUNE:
        return getattr(item, kind) in codes
    if not item.territory:
        return False
    territory = fold(ledger.name("codelists.territory", item.territory, "fr"))
    return territory in {fold(places.place_name(ledger, kind, code, "fr")) for code in codes}
