"""A table of an analyst as a file that says what its columns are, from which documents, of which day and licence.

In Parquet this stands in the metadata of the schema, where pandas finds its attributes again; in Excel on sheets
of its own; beside a CSV in the JSON of CSVW (https://www.w3.org/TR/tabular-metadata/); beside the features of
GeoJSON as members of their collection (RFC 7946, 6.1).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from ennum_stats.errors import ONE_OF, Message, Parameter, message, unknown_name
from ennum_stats.figures.citation import LICENCE_URL
from ennum_stats.files.atomic import write_atomic
from ennum_stats.files.boundary import require_installed
from ennum_stats.measures.columns import SHARED_COLUMNS, Column, triple
from ennum_stats.measures.frames.bounded_table import (
    METADATA,
    BoundedTable,
    declared_numbers,
    polars_of,
    with_one_notice,
)
from ennum_stats.measures.frames.shapes import store_attrs
from ennum_stats.release.schema import PUBLISHER
from ennum_stats.store.answers import Source
from ennum_stats.store.ledger import Ledger

GEOMETRY = "geometry"
ENDINGS = (".parquet", ".xlsx", ".csv", ".geojson")
_DATATYPES = {pl.Int64: "integer", pl.Float64: "number", pl.Boolean: "boolean", pl.Date: "date"}


def save_frame(ledger: Ledger, frame: Any, path: Path) -> Path:
    """Write a table of pandas or polars, as the store gave it or as somebody made another one of it.

    What cannot be read from the table itself (its title, its documents, where pandas or polars lost them) is left
    out. Raises `UnknownName` for another ending than .parquet, .xlsx, .csv or .geojson, and for a .geojson of a table
    without the column `geometry`.
    """
    if path.suffix not in ENDINGS:
        raise unknown_name(
            message("A file “{name}” cannot be written.", name=path.name),
            ENDINGS,
            ONE_OF,
            where=Parameter("path"),
        )
    attrs = getattr(frame, "attrs", {})
    if isinstance(frame, BoundedTable):
        attrs, frame = {**attrs, "units": frame.units}, frame.polars()
    frame = with_one_notice(frame)
    table = frame if isinstance(frame, pl.DataFrame) else polars_of(frame)
    description = _description(ledger, table, attrs)
    if path.suffix == ".geojson":
        write_atomic(path, _geojson(table, description))
    elif path.suffix == ".parquet":
        write_atomic(path, _parquet(frame, description))
    elif path.suffix == ".xlsx":
        write_atomic(path, _workbook(table, description))
    else:
        # The description first: a table without one would say less than it must.
        described = json.dumps(_csvw(path.name, table, description), ensure_ascii=False, indent=2)
        write_atomic(path.with_name(f"{path.name}-metadata.json"), described.encode() + b"\n")
        write_atomic(path, table.write_csv().encode())
    return path


def _description(ledger: Ledger, table: pl.DataFrame, attrs: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a table is: attributes of pandas, and what its columns are and its documents."""
    columns = {name: meaning for name in table.columns if (meaning := _meaning(name, attrs))}
    return {
        **attrs,
        **store_attrs(ledger),
        "publisher": PUBLISHER,
        "licence": LICENCE_URL,
        "columns": columns,
        "sources": [_document(source) for source in _documents(ledger, table, attrs)],
    }


def _meaning(name: str, attrs: Mapping[str, Any]) -> dict[str, str]:
    """Say what a column is: as it is declared, or of a number of somebody's own, its unit."""
    if name == GEOMETRY:
        return {"label": "Borders (WGS 84), as imported: they have the licence of the file they come from"}
    units = attrs.get("units", {})
    for number, column in (
        declared_numbers() | SHARED_COLUMNS | {of: Column(Message(of)) for of in units}
    ).items():
        if name in triple(number):
            end = dict(zip(triple(number), ("", "at least", "at most"), strict=True))[name]
            label = ", ".join(filter(None, (str(column.label), end)))
            unit = units.get(number) or column.unit
            return {"label": label} | ({"unit": unit} if unit else {})
    return {}


def _documents(ledger: Ledger, table: pl.DataFrame, attrs: Mapping[str, Any]) -> Iterator[Source]:
    """Find the documents that a table names, in its attributes or in a column of its own."""
    named = {*attrs.get("documents", ())}
    for column in ("documents", "source_id"):
        if column in table.columns:
            named.update(word for cell in table[column].drop_nulls().unique() for word in str(cell).split())
    sources = {number.source.source_id: number.source for number in ledger.all_observations()}
    yield from (sources[name] for name in sorted(named & {*sources}))


def _document(source: Source) -> dict[str, Any]:
    return {
        "source_id": source.source_id,
        "title": source.title_as_written,
        "publisher": source.publisher_as_written,
        "published_on": str(source.published_on),
        "url": source.url,
    }


def _parquet(frame: Any, description: Mapping[str, Any]) -> bytes:
    """Write a Parquet file by the library of the table, which then reads its own types again."""
    buffer = io.BytesIO()
    if isinstance(frame, pl.DataFrame):
        frame.write_parquet(buffer, metadata={METADATA: json.dumps(description, ensure_ascii=False)})
        return buffer.getvalue()
    require_installed("pyarrow")
    described = frame.copy(deep=False)
    described.attrs = dict(description)
    described.to_parquet(buffer)
    return buffer.getvalue()


def _workbook(table: pl.DataFrame, description: Mapping[str, Any]) -> bytes:
    """Write a workbook: the table, what its columns are, its documents, and what is said of all of it."""
    require_installed("xlsxwriter")
    import xlsxwriter

    about = [
        {"what": name, "value": str(value)}
        for name, value in description.items()
        if not isinstance(value, list | dict)
    ]
    columns = [{"column": name, **meaning} for name, meaning in description["columns"].items()]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        for name, rows in (
            ("data", table),
            ("columns", columns),
            ("sources", description["sources"]),
            ("about", about),
        ):
            sheet = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(rows, infer_schema_length=None)
            sheet.write_excel(workbook, name, autofit=True, float_precision=2)
    return buffer.getvalue()


def _geojson(table: pl.DataFrame, description: Mapping[str, Any]) -> bytes:
    """Write each row as a feature with the borders that it has."""
    if GEOMETRY not in table.columns:
        absent = message("There is no column “{name}”.", name=GEOMETRY)
        raise unknown_name(absent, table.columns, ONE_OF, where=Parameter("frame"))
    rows = json.loads(table.drop(GEOMETRY).write_json())
    features = [
        {"type": "Feature", "properties": row, GEOMETRY: json.loads(borders or "null")}
        for row, borders in zip(rows, table[GEOMETRY], strict=True)
    ]
    collection = {"type": "FeatureCollection", **description, "features": features}
    return json.dumps(collection, ensure_ascii=False).encode()


def _csvw(name: str, table: pl.DataFrame, description: Mapping[str, Any]) -> dict[str, Any]:
    columns = [
        {
            "name": column,
            "titles": column,
            "datatype": _DATATYPES.get(kind.base_type(), "string"),
            **(
                {"dc:description": meaning["label"]}
                if (meaning := description["columns"].get(column))
                else {}
            ),
            **({"schema:unitText": meaning["unit"]} if meaning and "unit" in meaning else {}),
        }
        for column, kind in table.schema.items()
    ]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        **({"dc:title": description["title"]} if "title" in description else {}),
        **({"dc:description": description["notice"]} if "notice" in description else {}),
        "dc:publisher": description["publisher"],
        "dc:license": {"@id": description["licence"]},
        "dc:date": description["known_at"],
        "dc:source": description["sources"],
        "tableSchema": {"columns": columns},
    }
