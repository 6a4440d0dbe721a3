"""Draw the communes by the share of their school sites reached, and rank them in a table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ennum_stats.charts import spec
from ennum_stats.errors import message
from ennum_stats.languages import listed, plural, translate, translate_plural
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_range
from ennum_stats.measures.coverage.site_counts import SiteCoverage, coverage_by_rows
from ennum_stats.measures.measure_table import Row
from ennum_stats.measures.schools.school_sites import borders, site_points
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.table import ValueTable
from ennum_stats.wording import amount, number

TITLE = plural(
    "In {n} of {all} communes, at least half of the school sites have had a project of École Numérique",
    "In {n} of {all} communes, at least half of the school sites have had a project of École Numérique",
)
TITLE_NONE = message(
    "In none of the {all} communes half of the school sites have had a project of École Numérique"
)
SUBTITLE = message(
    "Share of the school sites of each commune with at least one project, calls {calls}, "
    "adult education included"
)
NO_SITES = message("no site in the register")
ONLY = message("Only: {names}.")
NOT_CHOSEN = message("not chosen")
COMMUNES = plural("{n} commune", "{n} communes")
COMMUNES_COUNTED, SITES_COUNTED = message("communes"), message("sites")
LESS_THAN = message("less than {high}")
FROM_TO = message("{low} to less than {high}")
FROM_TO_WHOLE = message("{low} to {high}")
REACHED = message("with a project")
OTHERS = message("without a project")
SITES = plural("{n} site", "{n} sites")
NONE_REACHED = plural(
    "In {n} commune no site has had a project: {names}.",
    "In {n} communes no site has had a project: {names}.",
)
MANY_NONE = message("In {n} communes no site has had a project.")
NOT_DRAWN = plural(
    "{n} site without coordinates is not drawn.", "{n} sites without coordinates are not drawn."
)
# Defines fall on one dot, it shows what most of them are.
DOTS = message("Where several sites fall on one dot, it shows what most of them are.")
LINES = message("Grey lines: borders of the provinces.")
SHARE_OF = message("{share} ({sites} of {all} sites)")
COMMUNE, PROVINCE = message("Commune"), message("Province")
SITES_REACHED, ALL_SITES = message("School sites reached"), message("School sites")
SHARE = message("Share of the sites")
_STEPS = ("0.05", "0.1", "0.2", "0.25", "0.5")
_CLASSES = 5
_NAMED = 6
"""The most communes that a note names."""
_HALF = Decimal("0.5")


@dataclass(frozen=True)
class RankedCommune:
    """Hold a commune of the ranking; without a share where the registers have no site in it."""

    commune: str
    name: str
    province: str
    reached: Decimal | None = None
    sites: Decimal | None = None
    share: Decimal | None = None
    province_code: str = ""


@dataclass(frozen=True)
class MapChoice:
    """Hold which communes are chosen: those of some classes and provinces; all where none is named."""

    shares: Collection[str] = ()
    provinces: Collection[str] = ()

    def has(self, commune: RankedCommune, bounds: Sequence[tuple[Decimal, Decimal]]) -> bool:
        """Tell whether a commune is chosen."""
        if self.provinces and commune.province_code not in self.provinces:
            return False
        if not self.shares:
            return True
        return commune.share is not None and class_code(commune.share, bounds) in self.shares


def ranked_communes(ledger: Ledger, language: str) -> list[RankedCommune]:
    """Rank all communes by the share of their sites that École Numérique reached, highest first; of equal
    shares the one with more sites; those without a site last. None where nothing is counted, or lists are
    missing or not complete: a lower bound ranks nobody."""
    return list(_ranked(ledger, language))


@once_a_ledger
def _ranked(ledger: Ledger, language: str) -> list[RankedCommune]:
    rows = {row.part: row for row in coverage_by_rows(ledger, "commune").rows}
    if not any(isinstance(row.share, Known) and not row.incomplete for row in rows.values()):
        return []
    communes = [
        _commune(ledger, record, rows.get(record["commune"]), language)
        for record in ledger.records("communes")
    ]
    return sorted(
        communes,
        key=lambda commune: (
            commune.share is None, -(commune.share or 0), -(commune.sites or 0), commune.name, commune.commune,
        ),
    )  # fmt: skip


def _commune(ledger: Ledger, record: Row, row: SiteCoverage | None, language: str) -> RankedCommune:
    code, name = record["commune"], record[f"name_{language}"]
    province = ledger.name("codelists.province", record["province"], language)
    if row is None or not isinstance(row.share, Known):
        return RankedCommune(code, name, province, province_code=record["province"])
    reached, sites, share = (_value(answer) for answer in (row.sites, row.universe_sites, row.share))
    return RankedCommune(code, name, province, reached, sites, share, record["province"])


def _value(answer: Answer) -> Decimal | None:
    quantity = answer.quantity
    return quantity.value if quantity else None


def coverage_map(ledger: Ledger, language: str, options: spec.ChartOptions) -> spec.Chart:
    """Draw the communes in classes of their share; without borders, each site as a dot. Where classes (by the
    lower end in percent) or provinces are named, the other communes are left blank."""
    choice = MapChoice(options.shares, options.provinces)
    communes = ranked_communes(ledger, language)
    rows = coverage_by_rows(ledger, "commune").rows if communes else ()
    counted = next((row for row in rows if isinstance(row.share, Known)), None)
    rings = borders(ledger) if communes else {}
    marks: list[spec.Mark] = []
    areas: list[spec.Area] = []
    notes: list[str] = []
    only: list[str] = []
    if communes and rings:
        only = _names(ledger, communes, choice, language)
        marks, areas, notes = _filled(communes, rings, choice, language)
        communes = chosen_communes(communes, choice)
    elif communes:
        marks, areas, notes = _dotted(ledger, language)
    return spec.ChartDraft(
        kind="map",
        title=_title(communes, language),
        subtitle=_subtitle(ledger, counted, only, language),
        marks=marks,
        evidence=[],
        unit="share",
        label_heading=translate(COMMUNE, language),
        value_heading=translate(SHARE, language),
        notes=[*_notes(communes, language), *notes] if counted else [],
        table=_table(communes, language),
        lists=(counted.lists if counted else None) or (),
        registers=(counted.registers if counted else None) or (),
        areas=areas,
    ).completed(ledger, language)


def _title(communes: Sequence[RankedCommune], language: str) -> str:
    """Tell how many communes have at least half of their sites reached."""
    shares = [commune.share for commune in communes if commune.share is not None]
    half = sum(share >= _HALF for share in shares)
    if not shares:
        return ""
    if not half:
        return translate(TITLE_NONE, language, all=len(shares))
    return translate_plural(*TITLE, half, language, all=len(shares))


def _subtitle(ledger: Ledger, counted: SiteCoverage | None, only: Sequence[str], language: str) -> str:
    if counted is None:
        return translate(SHARE, language) + "."
    calls = call_range(ledger, counted.calls_covered or (), language)
    subtitle = translate(SUBTITLE, language, calls=calls) + "."
    return f"{subtitle} {translate(ONLY, language, names=listed(only, language))}" if only else subtitle


def _names(ledger: Ledger, communes: Sequence[RankedCommune], choice: MapChoice, language: str) -> list[str]:
    """Name what is chosen."""
    names = [ledger.name("codelists.province", code, language) for code in choice.provinces]
    classed = [bounds for bounds in share_classes(communes) if lower_end(bounds) in choice.shares]
    return names + [class_label(bounds, language) for bounds in classed]


def _notes(communes: Sequence[RankedCommune], language: str) -> list[str]:
    """Name communes with nothing."""
    none = sorted(commune.name for commune in communes if commune.share == 0)
    notes = []
    if len(none) > _NAMED:
        notes.append(translate(MANY_NONE, language, n=len(none)))
    elif none:
        names = listed(none, language)
        notes.append(translate_plural(*NONE_REACHED, len(none), language, names=names))
    return notes


def _table(communes: Sequence[RankedCommune], language: str) -> ValueTable:
    headings = (
        (COMMUNE, None), (PROVINCE, None), (SITES_REACHED, "implantations"),
        (ALL_SITES, "implantations"), (SHARE, "share"),
    )  # fmt: skip
    rows = (
        (commune.name, commune.province, commune.reached, commune.sites, commune.share)
        for commune in communes
    )
    return spec.value_table(headings, rows, language)


# --- filled communes ------------------------------------------------------------------------------------


def classes(shares: Sequence[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """Divide shares into classes of equal, round width: at most five, the narrowest that hold all."""
    low, high = min(shares), max(shares)
    for step in map(Decimal, _STEPS):
        first, last = (min(share // step, 1 / step - 1) for share in (low, high))
        if last - first < _CLASSES:
            break
    return [(step * n, step * (n + 1)) for n in range(int(first), int(last) + 1)]


def share_classes(communes: Sequence[RankedCommune]) -> list[tuple[Decimal, Decimal]]:
    """Divide the shares of communes into classes; none where no share is known."""
    shares = [commune.share for commune in communes if commune.share is not None]
    return classes(shares) if shares else []


def chosen_communes(communes: Sequence[RankedCommune], choice: MapChoice) -> list[RankedCommune]:
    """Give those that are chosen."""
    bounds = share_classes(communes)
    return [commune for commune in communes if choice.has(commune, bounds)]


def class_code(share: Decimal, bounds: Sequence[tuple[Decimal, Decimal]]) -> str:
    """Name the class of a share by its lower end in percent."""
    return lower_end(bounds[class_of(share, bounds)])


def lower_end(bounds: tuple[Decimal, Decimal]) -> str:
    """Name a class by its lower end in percent."""
    return str(int(100 * bounds[0]))


def class_of(share: Decimal, bounds: Sequence[tuple[Decimal, Decimal]]) -> int:
    """Find the class of a share: its lower bound belongs to it, the upper one to the next; 100% to the
    last."""
    return max(n for n, (low, _) in enumerate(bounds) if share >= low)


def class_label(bounds: tuple[Decimal, Decimal], language: str) -> str:
    """Say between which shares a class lies; its upper bound is outside, but for the whole."""
    low, high = (amount(end, "share", language) for end in bounds)
    template = LESS_THAN if bounds[0] == 0 else FROM_TO
    if bounds[1] == 1:
        template = FROM_TO_WHOLE
    return translate(template, language, low=low, high=high)


def _filled(
    communes: Sequence[RankedCommune],
    rings: dict[str, tuple[spec.Points, ...]],
    choice: MapChoice,
    language: str,
) -> tuple[list[spec.Mark], list[spec.Area], list[str]]:
    """Make a mark of each class that can be chosen, with its communes in the provinces chosen."""
    bounds = share_classes(communes)
    place = {
        commune.commune: class_of(commune.share, bounds) if commune.share is not None else len(bounds)
        for commune in communes
    }
    of_provinces = MapChoice(provinces=choice.provinces)
    there = [place[commune.commune] for commune in communes if of_provinces.has(commune, bounds)]
    counts = [there.count(n) for n in range(len(bounds) + 1)]
    marks = [_class(n, bounds, count, language) for n, count in enumerate(counts[:-1])]
    marks.reverse()  # the highest class stands on top
    if counts[-1]:
        label = translate(NO_SITES, language)
        marks.append(_mark(label, counts[-1], language, state="unknown"))
    chosen = {commune.commune for commune in chosen_communes(communes, choice)}
    if others := len(communes) - len(chosen):
        marks.append(_mark(translate(NOT_CHOSEN, language), others, language, state="unknown"))

    def mark_of(commune: RankedCommune) -> int:
        if commune.commune not in chosen:
            return len(marks) - 1
        return len(bounds) - 1 - place[commune.commune] if commune.share is not None else len(bounds)

    areas = [
        spec.Area(
            commune.name,
            _commune_words(commune, language),
            mark_of(commune),
            rings[commune.commune],
            group=commune.province,
            about=("commune", commune.commune),
        )
        for commune in communes
        if commune.commune in rings
    ]
    return marks, areas, [translate(LINES, language)]


def _class(n: int, bounds: Sequence[tuple[Decimal, Decimal]], count: int, language: str) -> spec.Mark:
    depth = n / (len(bounds) - 1) if len(bounds) > 1 else 0.5
    mark = _mark(class_label(bounds[n], language), count, language, depth=depth)
    return replace(mark, about=("share", lower_end(bounds[n])))


def _mark(
    label: str, count: int, language: str, *, depth: float | None = None, state: spec.State = "reached"
) -> spec.Mark:
    return spec.Mark(
        label=label,
        quantity=Quantity.exact(count, "implantations"),
        text=number(count, language),
        words=translate_plural(*COMMUNES, count, language),
        group=translate(COMMUNES_COUNTED, language),
        colour=ECOLE_NUMERIQUE,
        state=state,
        depth=depth,
    )


def _commune_words(commune: RankedCommune, language: str) -> str:
    if commune.share is None:
        return translate(NO_SITES, language)
    share = amount(commune.share, "share", language, decimals=0)
    return translate(SHARE_OF, language, share=share, sites=commune.reached, all=commune.sites)


# --- sites as dots --------------------------------------------------------------------------------------


def _dotted(ledger: Ledger, language: str) -> tuple[list[spec.Mark], list[spec.Area], list[str]]:
    reached, others, nowhere = site_points(ledger)
    parts = ((REACHED, reached), (OTHERS, others))
    marks = [
        spec.Mark(
            label=translate(label, language),
            quantity=Quantity.exact(len(points), "implantations"),
            text=number(len(points), language),
            words=translate_plural(*SITES, len(points), language),
            group=translate(SITES_COUNTED, language),
            colour=ECOLE_NUMERIQUE if label is REACHED else "neutral",
            state="reached" if label is REACHED else "rest",
        )
        for label, points in parts
    ]
    areas = [
        spec.Area(mark.label, mark.words, n, points=points)
        for n, (mark, (_, points)) in enumerate(zip(marks, parts, strict=True))
    ]
    notes = [translate(DOTS, language)]
    if nowhere:
        notes.append(translate_plural(*NOT_DRAWN, nowhere, language))
    return marks, [area for area in areas if area.points], notes
