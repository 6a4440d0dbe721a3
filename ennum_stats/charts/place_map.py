"""Draw where a commune or province lies, and where shares of communes are known, those of its province."""

from __future__ import annotations

from dataclasses import replace

from ennum_stats.charts.coverage_map import coverage_map, ranked_communes
from ennum_stats.charts.spec import Area, Chart, ChartDraft, ChartOptions, Mark, Points, completed
from ennum_stats.errors import message
from ennum_stats.languages import listed, translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.schools.places import place_name, province_of
from ennum_stats.measures.schools.school_sites import borders
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.place_rows import COMMUNE, PROVINCE

MAP_OF = message("Map: {place}")
OTHER_COMMUNES = message("its province")
OTHER_PROVINCES = message("other provinces")
CANTONS = message(
    "The dark area also holds {names}: the borders at hand are those of judicial cantons, not of communes."
)
INSTITUTE = message("Borders: © National Geographic Institute.")


def place_map(ledger: Ledger, kind: str, code: str, language: str) -> Chart:
    """Draw a commune or a province in Wallonia. Where the borders of communes were imported and their shares are
    known, the map of shares tells those of its province; else the place stands out alone."""
    province = province_of(code) if kind == COMMUNE else code
    rings = borders(ledger)
    if rings and ranked_communes(ledger, language):
        chart = coverage_map(ledger, language, ChartOptions(provinces=(province,)))
        outlined = tuple(replace(area, is_outlined=area.about == (COMMUNE, code)) for area in chart.areas)
        return replace(chart, name="place_map", areas=outlined)
    name = place_name(ledger, kind, code, language)
    labels = [name, translate(OTHER_PROVINCES, language)]
    if kind == COMMUNE:
        labels.insert(1, translate(OTHER_COMMUNES, language))
    depths = (1.0, 0.0, None) if kind == COMMUNE else (1.0, None)
    marks = [
        Mark(label, "", colour=ECOLE_NUMERIQUE, state="unknown" if depth is None else "reached", depth=depth)
        for label, depth in zip(labels, depths, strict=True)
    ]
    areas, note = (
        _of_communes(rings, kind, code, marks) if rings else _of_provinces(kind, code, marks, language)
    )
    title = translate(MAP_OF, language, place=name)
    draft = ChartDraft(
        "map", title, "", marks, (), "share", "", "", [note] if note else [], areas=areas,
    )  # fmt: skip
    return replace(
        completed(draft, ledger, language), name="place_map", description=f"{title}. {note}".strip()
    )


def _of_communes(
    rings: dict[str, tuple[Points, ...]], kind: str, code: str, marks: list[Mark]
) -> tuple[list[Area], str]:
    """Draw all communes, those of the place or the province around it in another colour."""
    areas = []
    for commune, parts in rings.items():
        province = province_of(commune)
        is_own = commune == code or (kind == PROVINCE and province == code)
        is_near = kind == COMMUNE and province == province_of(code)
        mark = 0 if is_own else 1 if is_near else len(marks) - 1
        areas.append(Area(commune, "", mark, parts, group=province))
    return areas, ""


def _of_provinces(kind: str, code: str, marks: list[Mark], language: str) -> tuple[list[Area], str]:
    """Draw the provinces, and in its own the judicial cantons in which a commune lies, of which borders are known."""
    from ennum_stats.raw.communes import canton_outlines, communes, province_outlines

    around = province_of(code) if kind == COMMUNE else ""
    areas = [
        Area(
            province,
            "",
            0 if province == code else 1 if province == around else len(marks) - 1,
            rings,
            group=province,
        )
        for province, rings in province_outlines().items()
    ]
    note = translate(INSTITUTE, language)
    if kind == PROVINCE:
        return areas, note
    cantons, within = canton_outlines(communes().by_code[code])
    areas.append(Area(code, "", 0, cantons, group=code))
    names = [
        item.name(language)
        for item in communes().walloon
        if item.commune_2025 in within and item.commune != code
    ]
    text = translate(CANTONS, language, names=listed(names, language)) if names else ""
    return areas, f"{text} {note}".strip()
