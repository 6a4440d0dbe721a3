"""Borders of communes from a GeoJSON file of open data: rings of coordinates by NIS code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from ennum_stats.errors import message
from ennum_stats.imports.apply import appended
from ennum_stats.imports.communes import communes
from ennum_stats.imports.header import MatchedTable
from ennum_stats.imports.plan import ImportPlan
from ennum_stats.imports.spreadsheet import FileRefused, ForeignRow
from ennum_stats.imports.spreadsheet_reader import require_readable
from ennum_stats.project import Audience, Project
from ennum_stats.raw.reader import known_rows
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import raw_fingerprint

_CODE_NAMES = ("nis", "nis_code", "refnis", "cd_munty_refnis", "nis5", "code_ins", "ins", "id")


def plan_borders(file: Path, project: Project) -> ImportPlan:
    """What importing borders would do; nothing is written.

    Coordinates are degrees (WGS 84). Raises `FileRefused`.
    """
    fingerprint = raw_fingerprint(project, Audience.INTERNAL)
    path = Path(file)
    features = _features(path)
    reference = communes()
    known = {commune.commune for commune in reference.walloon}
    rows: list[tuple[str, str, str, str]] = []
    taken, left_out = [], 0
    for number, feature in enumerate(features, start=1):
        code = _code(feature)
        if code not in known:
            left_out += 1
            continue
        taken.append(number)
        rows += _rings(code, feature, path.name)
    columns = ["commune", "part", "ring", "points"]
    new = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    old = known_rows(project, "borders")
    is_there = not old.is_empty() and old.sort(columns).equals(new.sort(columns))
    if not old.is_empty() and not is_there:
        raise FileRefused(
            message("Other borders are there already."),
            where=path.name,
            remedy=message("Remove data/raw/rows/borders.csv first."),
        )
    names = reference.frame().join(known_rows(project, "communes"), on="commune", how="anti")
    contents = [appended(project, "borders", new)] if not is_there else []
    contents += [appended(project, "communes", names)] if len(names) and not is_there else []
    return ImportPlan(
        kind="borders", file=path.name, project=project,
        table=MatchedTable("", ForeignRow(1, ()), (), {}, ()), columns=(), ignored_columns=(),
        remarks=(message("Communes with borders: {n}.", n=new["commune"].n_unique()),),
        examples=0, taken=() if is_there else tuple(taken),
        already_there=tuple(taken) if is_there else (), refused=(), new_rows=(), readings=(),
        findings=(), changes=(), known_at=today(), contents=dict(contents), fingerprint=fingerprint,
        left_out=left_out,
    )  # fmt: skip


def _features(path: Path) -> list[dict[str, Any]]:
    require_readable(path)
    try:
        features = list(json.loads(path.read_bytes())["features"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FileRefused(
            message("This is no GeoJSON file with a list of communes."),
            where=path.name,
            remedy=message("Download the borders again as GeoJSON, in WGS 84."),
        ) from error
    return features


def _code(feature: dict[str, Any]) -> str:
    """The NIS code of a feature, wherever open data usually has it."""
    properties = {str(k).lower(): v for k, v in (feature.get("properties") or {}).items()}
    properties.setdefault("id", feature.get("id"))
    for name in _CODE_NAMES:
        value = properties.get(name)
        if value is not None and str(value).isdigit():
            return str(value).zfill(5)
    return ""


def _rings(code: str, feature: dict[str, Any], name: str) -> Iterator[tuple[str, str, str, str]]:
    geometry = feature.get("geometry") or {}
    polygons = geometry.get("coordinates", [])
    if geometry.get("type") == "Polygon":
        polygons = [polygons]
    for part, polygon in enumerate(polygons, start=1):
        for ring, points in enumerate(polygon, start=1):
            try:
                degrees = [(float(point[0]), float(point[1])) for point in points]
            except (TypeError, ValueError, IndexError) as error:
                raise _not_degrees(name) from error
            if not all(2 < x < 7 and 49 < y < 52 for x, y in degrees):
                raise _not_degrees(name)
            text = " ".join(f"{x:.6f} {y:.6f}" for x, y in degrees)
            yield code, str(part), str(ring), text


def _not_degrees(name: str) -> FileRefused:
    return FileRefused(
        message("These coordinates are not degrees in Belgium."),
        where=name,
        remedy=message("Download the borders again as GeoJSON, in WGS 84."),
    )
