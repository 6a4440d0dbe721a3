"""Write invented schools and lists of any size straight into `data/raw/rows/` of a project of their own.

`make_demo` makes the same through the imports, which is slow for millions of rows; here only the size
matters. Numbers begin where no real one ends, and `demonstration.csv` says that all is invented.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from ennum_stats.periods import Period
from ennum_stats.project import NOT_SHARED, Project
from ennum_stats.raw.communes import communes
from ennum_stats.raw.school_tables import INVENTED_FROM
from ennum_stats.raw.tables import TABLE_BY_NAME

CALLS = ("EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019", "EN2020")
LISTS_A_CALL = 4
REGISTER = "fwb-2023"
_LOTS = ("laptops", "tablets", "boards", "carts")
_TEACHING = (
    ("nursery_ordinary", "fundamental_ordinary"), ("primary_ordinary", "fundamental_ordinary"),
    ("secondary_ordinary", "secondary_ordinary"), ("adult_secondary", "adult_education"),
)  # fmt: skip
_NETWORKS = ("municipal", "free_denominational", "wbe", "provincial")
_KNOWN_ON = date(2020, 12, 31)


@dataclass(frozen=True)
class Size:
    """Say how many of each there are; `times` multiplies the size of the benchmark."""

    sites: int = 38_000
    participations: int = 200_000
    deliveries: int = 2_000_000

    @property
    def rows(self) -> int:
        """About how many rows there are: times and memory are divided by it."""
        return self.sites + self.participations + self.deliveries

    def times(self, factor: float) -> Size:
        """Return a size of the same proportions, this many times as large."""
        return Size(*(round(factor * n) for n in (self.sites, self.participations, self.deliveries)))


def invent(project: Project, root: Path, size: Size) -> Path:
    """Make a project at `root` with the public raw tables of `project` and `size` invented rows. The same
    size gives the same rows."""
    raw = root / "data" / "raw"
    shutil.copytree(project.raw, raw, ignore=shutil.ignore_patterns(*NOT_SHARED))
    chance = np.random.default_rng(2012)
    frames = {
        "demonstration": pl.DataFrame({"demonstration": ["schools"], "size": [size.sites]}),
        **_places(),
        **_schools(size, chance),
        "participations": _participations(size, chance),
        "deliveries": _deliveries(size, chance, _first_days(raw / "calls.csv")),
    }
    frames["lists"] = _lists(frames["participations"], frames["deliveries"])
    for name, frame in frames.items():
        path = raw / TABLE_BY_NAME[name].path
        path.parent.mkdir(exist_ok=True)
        _complete(name, frame).write_csv(path)
    return root


def _complete(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return all columns of the table in their order; those not invented are empty."""
    columns = TABLE_BY_NAME[table].column_names
    return frame.with_columns(
        pl.lit(None).alias(name) for name in columns if name not in frame.columns
    ).select(columns)


def _places() -> dict[str, pl.DataFrame]:
    known = communes()
    return {"communes": known.frame(), "postal_codes": known.postal_frame()}


def _schools(size: Size, chance: np.random.Generator) -> dict[str, pl.DataFrame]:
    """Invent one school for each site; every tenth school also has the next site."""
    number = pl.int_range(INVENTED_FROM, INVENTED_FROM + size.sites, eager=True)
    codes = np.array([place.commune for place in communes().walloon])
    sites = pl.DataFrame(
        {
            "implantation": number,
            "address": "Rue fictive " + (number - INVENTED_FROM).cast(pl.String),
            "commune": codes[chance.integers(len(codes), size=size.sites)],
            "latitude": chance.uniform(49.6, 50.8, size.sites).round(5),
            "longitude": chance.uniform(3.2, 6.3, size.sites).round(5),
        }
    ).with_columns(register=pl.lit(REGISTER))
    schools = sites.select(
        "register",
        etablissement="implantation",
        name="École fictive " + (pl.col("implantation") - INVENTED_FROM).cast(pl.String),
        network=_of(_NETWORKS, pl.col("implantation")),
    )
    own = sites.select("register", "implantation", etablissement="implantation")
    shared = own.with_columns(pl.col("etablissement") - 1).filter((pl.col("implantation") % 10) == 9)
    kind = pl.col("etablissement") % len(_TEACHING)
    teaching = pl.concat([own, shared]).with_columns(
        teaching=_of([code for code, _ in _TEACHING], kind),
        level=_of([level for _, level in _TEACHING], kind),
    )
    register = pl.DataFrame({"register": [REGISTER], "community": ["fwb"], "as_of": ["2023-10-01"]})
    return {"registers": register, "implantations": sites, "etablissements": schools, "teaching": teaching}


def _lists(participations: pl.DataFrame, deliveries: pl.DataFrame) -> pl.DataFrame:
    """Give the lists of these rows, each with how many it has."""
    sized = [
        frame.group_by("list", "call", maintain_order=True)
        .agg(pl.len().alias("size"))
        .with_columns(pl.lit(kind).alias("kind"))
        for kind, frame in (("winners", participations), ("deliveries", deliveries))
    ]
    return pl.concat(sized).with_columns(
        programme=pl.lit("ecole_numerique"), known_on=pl.lit(_KNOWN_ON.isoformat())
    )


def _participations(size: Size, chance: np.random.Generator) -> pl.DataFrame:
    """Draw the same number of sites for each call, anew each time."""
    each = -(-size.participations // len(CALLS))
    parts = [
        pl.DataFrame(
            {
                "list": f"{call}-w",
                "call": call,
                "implantation": INVENTED_FROM + chance.permutation(size.sites)[:each],
            }
        )
        for call in CALLS
    ]
    frame = pl.concat(parts).head(size.participations)
    return frame.with_columns(
        participation=pl.format("{}.awarded.{}", "call", "implantation"),
        programme=pl.lit("ecole_numerique"),
        stage=pl.lit("awarded"),
        amount_eur=pl.Series(chance.integers(4_000, 20_000, len(frame))),
    )


def _first_days(calls: Path) -> np.ndarray[Any, np.dtype[np.datetime64]]:
    """Read from which day on each call can have delivered: open, and in its school years."""
    frame = pl.read_csv(calls, columns=["call", "valid_from", "opened_on"], infer_schema=False)
    first = {call: max(Period(day).first for day in days if day) for call, *days in frame.rows()}
    return np.array([first[call] for call in CALLS], "datetime64[D]")


def _deliveries(
    size: Size, chance: np.random.Generator, begins: np.ndarray[Any, np.dtype[np.datetime64]]
) -> pl.DataFrame:
    """Invent four lists for each call, each numbered from its first row, as imports write them."""
    number = np.arange(size.deliveries)
    each = -(-size.deliveries // (len(CALLS) * LISTS_A_CALL))
    call = number // (each * LISTS_A_CALL)
    spans = (np.datetime64(_KNOWN_ON) - begins).astype(int)
    frame = pl.DataFrame(
        {
            "call": np.array(CALLS)[call],
            "part": number // each % LISTS_A_CALL,
            "position": number % each + 2,
            "lot": np.array(_LOTS)[chance.integers(len(_LOTS), size=size.deliveries)],
            "implantation": INVENTED_FROM + chance.integers(size.sites, size=size.deliveries),
            "quantity": chance.integers(1, 25, size.deliveries),
            "delivered_on": begins[call] + chance.integers(spans[call] + 1),
        }
    )
    return frame.with_columns(list=pl.format("{}-{}", "call", "part")).drop("part")


def _of(names: list[str] | tuple[str, ...], number: pl.Expr) -> pl.Expr:
    places = dict(enumerate(names))
    return (number % len(names)).replace_strict(places, return_dtype=pl.String)


if __name__ == "__main__":
    invent(Project(Path(sys.argv[1])), Path(sys.argv[2]), Size(*map(int, sys.argv[3:])))
