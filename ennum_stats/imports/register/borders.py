"""Borders of communes from a GeoJSON file of open data: rings of coordinates by NIS code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ennum_stats.errors import message
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.kind import ImportKind, ImportOptions
from ennum_stats.imports.plan import FileChanges
from ennum_stats.imports.spreadsheets.bounds import FileRefused, reading
from ennum_stats.imports.spreadsheets.header import MatchedTable
from ennum_stats.imports.spreadsheets.sheet import ForeignRow
from ennum_stats.raw.communes import communes
from ennum_stats.store.ledger import today

_FEWEST_POINTS = 4
"""Those of a triangle whose last point is its first."""
_CODE_NAMES = ("nis", "nis_code", "refnis", "cd_munty_refnis", "nis5", "code_ins", "ins", "id")


@dataclass(frozen=True)
class Ring:
    """Hold a ring of the border of a commune, as a row of borders.csv. Its points are degrees (WGS 84)."""

    commune: str
    part: str
    ring: str
    points: str


class Borders(ImportKind):
    """Hold a GeoJSON file with the borders of communes, in degrees (WGS 84)."""

    name = "borders"
    is_previewed = False

    def changes(self, file: Path, destination: Destination, options: ImportOptions) -> FileChanges:  # noqa: ARG002
        """Read the borders of the communes of Wallonia; others are left out and counted."""
        reference = communes()
        known = {commune.commune for commune in reference.walloon}
        taken: list[int] = []
        rings: list[Ring] = []
        left_out = 0
        features = _features(file)
        _require_each_once([code for code, _ in features if code in known], file.name)
        for number, (code, geometry) in enumerate(features, start=1):
            if code in known:
                taken.append(number)
                rings += _rings(code, geometry, file.name)
            else:
                left_out += 1
        columns = list(Ring.__dataclass_fields__)
        new = pl.DataFrame(
            [tuple(vars(ring).values()) for ring in rings],
            schema=dict.fromkeys(columns, pl.String),
            orient="row",
        )
        old = destination.rows("borders")
        is_there = not old.is_empty() and old.sort(columns).equals(new.sort(columns))
        if not old.is_empty() and not is_there:
            raise FileRefused(
                message("Other borders are there already."),
                where=file.name,
                remedy=message("Remove data/raw/rows/borders.csv first."),
            )
        names = reference.frame().join(destination.rows("communes"), on="commune", how="anti")
        frames = {"borders": new} | ({"communes": names} if len(names) else {})
        return FileChanges(
            file=file.name,
            table=MatchedTable("", ForeignRow(1, ()), (), {}, ()),
            columns=(),
            known_at=today(),
            remarks=(message("Communes with borders: {n}.", n=new["commune"].n_unique()),),
            taken=() if is_there else tuple(taken),
            already_there=tuple(taken) if is_there else (),
            left_out=left_out,
            frames={} if is_there else frames,
        )


def _features(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Read the NIS code and the geometry of each feature."""
    with reading(path):
        content = path.read_bytes()
    try:
        features = json.loads(content)["features"]
        return [(_code(feature), dict(feature.get("geometry") or {})) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileRefused(
            message("This is no GeoJSON file with a list of communes."),
            where=path.name,
            remedy=message("Download the borders again as GeoJSON, in WGS 84."),
        ) from error


def _require_each_once(codes: list[str], name: str) -> None:
    """Refuse a file without communes of Wallonia, or with one of them twice."""
    if not codes:
        raise FileRefused(
            message("This file holds no commune of Wallonia."),
            where=name,
            expected=message("Each has its NIS code, as one of: {names}.", names=", ".join(_CODE_NAMES)),
        )
    code, times = Counter(codes).most_common(1)[0]
    if times > 1:
        raise FileRefused(
            message("The commune {code} stands in this file {n} times.", code=code, n=times),
            where=name,
            remedy=message("Download the borders of communes again, without their parts."),
        )


def _code(feature: dict[str, Any]) -> str:
    """Find the NIS code of a feature, wherever open data usually has it."""
    properties = {str(k).lower(): v for k, v in (feature.get("properties") or {}).items()}
    properties.setdefault("id", feature.get("id"))
    for name in _CODE_NAMES:
        value = properties.get(name)
        if value is not None and str(value).isdigit():
            return str(value).zfill(5)
    return ""


def _rings(code: str, geometry: dict[str, Any], name: str) -> Iterator[Ring]:
    """Read the rings of a polygon or of several. Raises `FileRefused` where they are none, or no degrees."""
    polygons: Any = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        polygons = [polygons]
    elif geometry.get("type") != "MultiPolygon":
        raise _not_closed(code, name)
    try:
        rings = [
            (part, ring, [(float(point[0]), float(point[1])) for point in points])
            for part, polygon in enumerate(polygons, start=1)
            for ring, points in enumerate(polygon, start=1)
        ]
    except (TypeError, ValueError, OverflowError, IndexError, KeyError) as error:
        raise _not_degrees(name) from error
    if not rings:
        raise _not_closed(code, name)
    for part, ring, degrees in rings:
        if not all(2 < x < 7 and 49 < y < 52 for x, y in degrees):
            raise _not_degrees(name)
        if len(degrees) < _FEWEST_POINTS or degrees[0] != degrees[-1]:
            raise _not_closed(code, name)
        yield Ring(code, str(part), str(ring), " ".join(f"{x:.6f} {y:.6f}" for x, y in degrees))


def _not_closed(code: str, name: str) -> FileRefused:
    return FileRefused(
        message("The border of the commune {code} is no closed polygon.", code=code),
        where=name,
        remedy=message("Download the borders again as GeoJSON, in WGS 84."),
    )


def _not_degrees(name: str) -> FileRefused:
    return FileRefused(
        message("These coordinates are not degrees in Belgium."),
        where=name,
        remedy=message("Download the borders again as GeoJSON, in WGS 84."),
    )
