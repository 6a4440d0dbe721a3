"""Borders of communes from GeoJSON: taken whole, or refused with what is wrong (R16)."""

import json
import math

import pytest

from ennum_stats.imports import FileRefused, apply, plan_import
from ennum_stats.raw.row_checks import check_raw_tables
from ennum_stats.store.build import build


def test_borders_come_from_geojson_in_degrees(raw_copy, tmp_path):
    path = tmp_path / "borders.geojson"
    square = "[[[4.8, 50.4], [4.9, 50.4], [4.9, 50.5], [4.8, 50.4]]]"
    feature = '{"properties": {"nis": "%s"}, "geometry": {"type": "Polygon", "coordinates": %s}}'
    features = ", ".join(feature % (code, square) for code in ("92094", "11001"))
    path.write_text(f'{{"features": [{features}]}}')
    plan = plan_import("borders", path, raw_copy.project)
    apply(plan)
    assert (plan.taken, plan.left_out) == ((1,), 1)
    assert plan_import("borders", path, raw_copy.project).contents == {}
    build(raw_copy.project)
    path.write_text(path.read_text().replace("[4.8, 50.4]", "[185000, 129000]"))
    with pytest.raises(FileRefused, match="not degrees"):
        plan_import("borders", path, raw_copy.project)


@pytest.mark.parametrize(
    "features", ["[1, 2]", "7", '{"a": 1}', '[{"properties": [1]}]', '[{"geometry": 3}]']
)
def test_a_file_that_is_no_geojson_is_refused_in_words(raw_copy, tmp_path, features):
    path = tmp_path / "communes.geojson"
    path.write_text(f'{{"features": {features}}}', "utf-8")
    with pytest.raises(FileRefused, match="no GeoJSON file"):
        plan_import("borders", path, raw_copy.project)


def _border(geometry, nis="92094"):
    return {"properties": {"nis": nis}, "geometry": geometry}


RING = [[4.8, 50.4], [4.9, 50.4], [4.9, 50.5], [4.8, 50.4]]


@pytest.mark.parametrize(
    ("features", "sentence"),
    [
        ([], "no commune of Wallonia"),
        ([_border({"type": "Polygon", "coordinates": [RING]}, "11001")], "no commune of Wallonia"),
        ([_border({"type": "Polygon", "coordinates": [RING]})] * 2, "92094 stands in this file 2 times"),
        ([_border(None)], "92094 is no closed polygon"),
        ([_border({"type": "Point", "coordinates": [4.8, 50.4]})], "no closed polygon"),
        ([_border({"type": "LineString", "coordinates": RING})], "no closed polygon"),
        ([_border({"type": "GeometryCollection", "geometries": []})], "no closed polygon"),
        ([_border({"type": ["Polygon"], "coordinates": [RING]})], "no closed polygon"),
        ([_border({"type": "Polygon"})], "not degrees"),
        ([_border({"type": "Polygon", "coordinates": []})], "no closed polygon"),
        ([_border({"type": "Polygon", "coordinates": [[]]})], "no closed polygon"),
        ([_border({"type": "Polygon", "coordinates": [RING[:3]]})], "no closed polygon"),
        ([_border({"type": "Polygon", "coordinates": [RING[:1] * 3]})], "no closed polygon"),
        ([_border({"type": "Polygon", "coordinates": "abc"})], "not degrees"),
        ([_border({"type": "Polygon", "coordinates": {"a": 1}})], "not degrees"),
        ([_border({"type": "Polygon", "coordinates": [[[None, None]]]})], "not degrees"),
        ([_border({"type": "Polygon", "coordinates": [[[True, False]]]})], "not degrees"),
        ([_border({"type": "Polygon", "coordinates": [[[10**400, 50]]]})], "not degrees"),
        ([_border({"type": "Polygon", "coordinates": [[[math.nan, 50.0]]]})], "not degrees"),
        ([_border({"type": "Polygon", "coordinates": [[[50.4, 4.8], [50.5, 4.8]]]})], "not degrees"),
        ([_border({"type": "Polygon", "coordinates": [[RING]]})], "not degrees"),
        ([_border({"type": "MultiPolygon", "coordinates": [None]})], "not degrees"),
        ([_border({"type": "MultiPolygon", "coordinates": []})], "no closed polygon"),
    ],
)
def test_odd_borders_are_refused_in_words(raw_copy, tmp_path, features, sentence):
    """R16: a commune that is taken has a border."""
    path = tmp_path / "communes.geojson"
    path.write_text(json.dumps({"features": features}), "utf-8")
    with pytest.raises(FileRefused, match=sentence):
        plan_import("borders", path, raw_copy.project)


@pytest.mark.parametrize("points", ["4.8 50.4", "4.8 50.4 " * 4, "a b c d e f g h", "4,8 50,4", "4.8 " * 9])
def test_a_ring_that_is_none_is_a_finding(raw_copy, points):
    """R16: what cannot be drawn is not published."""
    path = raw_copy.path("rows/borders.csv")
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"commune,part,ring,points\n92094,1,1,{json.dumps(points)}\n", "utf-8")
    findings = [
        f for f in check_raw_tables(raw_copy.project.raw, raw_copy.project.root)[1] if f.column == "points"
    ]
    assert [finding.line for finding in findings] == [2]
