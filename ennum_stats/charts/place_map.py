"""Draw a place: where it lies, with its neighbours by their shares where these are known, and what its schools had of
each programme and call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from ennum_stats.charts import spec
from ennum_stats.charts.coverage_map import COMMUNES, coverage_map, ranked_communes
from ennum_stats.errors import message
from ennum_stats.languages import listed, number, translate, translate_plural
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.coverage.site_counts import coverage_by_rows
from ennum_stats.measures.schools.places import Had, Place, place_name, province_of
from ennum_stats.measures.schools.school_sites import borders
from ennum_stats.store.ledger import Ledger, once_a_ledger
from ennum_stats.store.place_rows import COMMUNE, PROVINCE
from ennum_stats.typography import typeset

MAP_OF = message("Map: {place}")
NEIGHBOURS = message("{place} and the communes around it: share of the school sites with a project")
COMMUNES_OF = message("{place}, commune by commune: share of the school sites with a project")
HAD_OF = message("{place}: school sites that had something, by programme and call")
HAD_SUBTITLE = message("Of {sites} in the register; a site counts once in each programme and call.")
PROGRAMME, SITES = message("Programme or call"), message("School sites with something")
INCOMPLETE = message("At least: lists of {names} are missing or not complete.")
OTHER_PROVINCES = message("other provinces")
CANTONS = message(
    "The dark area also holds {names}: the borders at hand are those of judicial cantons, not of communes."
)
CHANGED_COMMUNES = message("Communes in which the minimum of school sites reached would change: {n}")
CHANGED_SITES = {
    "more": message("higher minimum"), "fewer": message("lower minimum"),
    "": message("minimum as before"),
}  # fmt: skip
_STATES: dict[str, spec.State] = {"more": "reached", "fewer": "rest", "": "unknown"}
_STEPS = 60
"""Of a degree: as fine as a map of all Wallonia shows."""
INSTITUTE = message("Borders: © National Geographic Institute.")


def place_map(ledger: Ledger, kind: str, code: str, language: str) -> spec.Chart:
    """Draw a commune with those around it, or the communes of a province, by the shares of their sites. Where borders
    of communes were not imported or shares are not known, a commune stands out in its province, a province in
    Wallonia."""
    rings = borders(ledger)
    if rings and ranked_communes(ledger, language):
        return _of_shares(ledger, kind, code, language)
    name, is_commune = place_name(ledger, kind, code, language), kind == COMMUNE
    beside = (
        place_name(ledger, PROVINCE, province_of(code), language)
        if is_commune
        else translate(OTHER_PROVINCES, language)
    )
    marks = [
        spec.Mark(
            label, "", colour=ECOLE_NUMERIQUE, state="unknown" if depth is None else "reached", depth=depth
        )
        for label, depth in ((name, 1.0), (beside, 0.0 if is_commune else None))
    ]
    areas, note = _of_communes(rings, kind, code) if rings else _of_provinces(kind, code, language)
    title = translate(MAP_OF, language, place=name)
    draft = spec.ChartDraft(
        "map", title, "", marks, (), "share", "", "", [note] if note else [], areas=areas,
    )  # fmt: skip
    return replace(
        draft.completed(ledger, language), name="place_map", description=f"{title}. {note}".strip()
    )


def _of_shares(ledger: Ledger, kind: str, code: str, language: str) -> spec.Chart:
    """Draw a part of the map of shares, in its classes: they say the same colour of the same share."""
    whole, name = (
        coverage_map(ledger, language, spec.ChartOptions()),
        place_name(ledger, kind, code, language),
    )
    shown = (
        _around(ledger)[code] if kind == COMMUNE else {c for c in _around(ledger) if province_of(c) == code}
    )
    areas = [
        replace(area, is_outlined=area.about[1] == code) for area in whole.areas if area.about[1] in shown
    ]
    counts = [sum(area.mark == at for area in areas) for at in range(len(whole.marks))]
    marks = [
        replace(mark, text=number(n, language), words=translate_plural(*COMMUNES, n, language))
        for mark, n in zip(whole.marks, counts, strict=True)
    ]
    names = {area.label for area in areas}
    rows = tuple(row for row in whole.table.rows if row[0] in names)
    draft = spec.ChartDraft(
        "map", translate(NEIGHBOURS if kind == COMMUNE else COMMUNES_OF, language, place=name), whole.subtitle, marks,
        (), "share", "", "", table=replace(whole.table, rows=rows), areas=areas, lists=whole.lists,
        registers=whole.registers,
    )  # fmt: skip
    return replace(draft.completed(ledger, language), name="place_map")


def change_map(ledger: Ledger, changed: Mapping[str, str], language: str) -> spec.Chart | None:
    """Draw the communes in which a change would have at least `more` school sites reached, or `fewer`; nothing where
    there is none, or borders of communes were not imported."""
    from ennum_stats.raw.communes import coarse, province_outlines

    rings, ways = borders(ledger), [way for way in CHANGED_SITES if way in {*changed.values(), ""}]
    if not changed or not rings:
        return None
    of = [ways.index(changed.get(commune, "")) for commune in rings]
    marks = [
        spec.Mark(
            translate(CHANGED_SITES[way], language), translate_plural(*COMMUNES, of.count(n), language),
            number(of.count(n), language), colour="neutral" if way == "fewer" else ECOLE_NUMERIQUE,
            state=_STATES[way], depth=1.0 if way == "more" else None,
        )
        for n, way in enumerate(ways)
    ]  # fmt: skip
    areas = [
        spec.Area(province, "", len(ways) - 1, outlines, group=province)
        for province, outlines in province_outlines().items()
    ]
    areas += [
        spec.Area(ledger.name("communes", commune, language), "", n,
                  tuple(coarse(ring, _STEPS) for ring in rings[commune]), group=province_of(commune))
        for n, commune in zip(of, rings, strict=True)
        if commune in changed
    ]  # fmt: skip
    title = translate(CHANGED_COMMUNES, language, n=number(len(changed), language))
    draft = spec.ChartDraft("map", title, "", marks, (), "share", "", "", areas=areas)
    return replace(draft.completed(ledger, language), name="change_map")


@once_a_ledger
def _around(ledger: Ledger) -> dict[str, Collection[str]]:
    """Find for each commune itself, its neighbours and theirs: those whose borders share two points."""
    points = {code: {p for ring in parts for p in ring} for code, parts in borders(ledger).items()}
    at: dict[tuple[float, float], list[str]] = defaultdict(list)
    for code, own in points.items():
        for point in own:
            at[point].append(code)
    shared: dict[str, list[str]] = defaultdict(list)
    for codes in at.values():
        for code in codes:
            shared[code] += codes
    beside = {code: {c for c in found if found.count(c) > 1} for code, found in shared.items()}
    return {code: {far for near in own for far in beside[near]} for code, own in beside.items()}


def place_history(ledger: Ledger, facts: Place, language: str) -> spec.Chart | None:
    """Draw how many sites of a place had something of each programme and call, in the order of their years; nothing
    where no list says anything."""
    own = [item for item in facts.had if item.call or item.programme not in (None, ECOLE_NUMERIQUE)]
    had = sorted(own, key=lambda item: _begins(ledger, item))
    marks = [_had_mark(ledger, item, language) for item in had]
    if not any(mark.quantity for mark in marks):
        return None
    name = place_name(ledger, facts.kind, facts.code, language)
    lacking = dict.fromkeys(mark.label for mark, item in zip(marks, had, strict=True) if item.incomplete)
    note = [translate(INCOMPLETE, language, names=listed([*lacking], language))] if lacking else []
    rows = coverage_by_rows(ledger, PROVINCE).rows
    lists = dict.fromkeys(key for row in rows for key in row.lists or ())
    draft = spec.ChartDraft(
        "columns", translate(HAD_OF, language, place=name),
        translate(HAD_SUBTITLE, language, sites=facts.sites.words(language, style="text")), marks, (),
        "implantations", translate(PROGRAMME, language), translate(SITES, language), note, lists=[*lists],
        registers=facts.registers,
    )  # fmt: skip
    return replace(draft.completed(ledger, language), name="place_history")


def _begins(ledger: Ledger, item: Had) -> str:
    rows = ledger.records("calls" if item.call else "programmes")
    row = next(
        row for row in rows if row["call" if item.call else "programme"] == (item.call or item.programme)
    )
    return str(row["valid_from"] or "")


def _had_mark(ledger: Ledger, item: Had, language: str) -> spec.Mark:
    quantity, programme = item.reached.quantity, item.programme or ""
    text = spec.value_text(quantity, language) if quantity else translate(spec.NOT_KNOWN, language)
    call = next((call for call in ledger.calls if call.call == item.call), None)
    return spec.Mark(
        item.call or ledger.name("programmes", programme, language),
        item.reached.words(language) if quantity else text, text, quantity, programme,
        "reached" if quantity else "unknown", typeset(call.school_year, language) if call else "",
        about=("call", item.call) if item.call else ("", ""),
    )  # fmt: skip


def _of_communes(
    rings: dict[str, tuple[spec.Points, ...]], kind: str, code: str
) -> tuple[list[spec.Area], str]:
    """Draw a commune among those of its province, or a province among all."""
    areas = [
        spec.Area(
            commune,
            "",
            0 if code in (commune, province_of(commune)) else 1,
            parts,
            group=province_of(commune),
        )
        for commune, parts in rings.items()
        if kind == PROVINCE or province_of(commune) == province_of(code)
    ]
    return areas, ""


def _of_provinces(kind: str, code: str, language: str) -> tuple[list[spec.Area], str]:
    """Draw a province among all; of a commune its own alone, and in it the judicial cantons in which it lies, of which
    borders are known."""
    from ennum_stats.raw.communes import canton_outlines, communes, province_outlines

    outlines, note = province_outlines(), translate(INSTITUTE, language)
    if kind == PROVINCE:
        areas = [
            spec.Area(province, "", int(province != code), rings, group=province)
            for province, rings in outlines.items()
        ]
        return areas, note
    cantons, within = canton_outlines(communes().by_code[code])
    around = province_of(code)
    areas = [
        spec.Area(around, "", 1, outlines[around], group=around),
        spec.Area(code, "", 0, cantons, group=code, is_outlined=True),
    ]
    names = [
        item.name(language)
        for item in communes().walloon
        if item.commune_2025 in within and item.commune != code
    ]
    text = translate(CANTONS, language, names=listed(names, language)) if names else ""
    return areas, f"{text} {note}".strip()
