"""A release as files in a folder: made whole in memory, checked, then written; the same bytes again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.errors import UsageError, message
from ennum_stats.project import Audience
from ennum_stats.raw.persons import reaches_person
from ennum_stats.release import papers
from ennum_stats.release.about import NAME, Edition
from ennum_stats.release.columns import ReleasedField
from ennum_stats.release.csvw import csvw
from ennum_stats.release.datapackage import datapackage
from ennum_stats.release.dcat import record
from ennum_stats.release.rows import Filled, cell, filled_tables
from ennum_stats.store.opening import Ledger
from ennum_stats.store.publish import write_whole

if TYPE_CHECKING:
    import polars as pl

CHECKSUMS = "SHA256SUMS"


def release(ledger: Ledger, folder: Path) -> list[Path]:
    """Writes the open-data release of the ledger's day; the files written, the checksums last.

    What stood there of an earlier release is replaced, and the changelog goes on from it. Raises
    `UsageError` for the internal store, for a folder that holds something else, and where a cell looks
    like a person's address or telephone number.
    """
    if ledger.audience is not Audience.PUBLIC:
        raise UsageError(
            message("The internal store is never released."),
            expected=message("A release is made of the public store."),
        )
    before = _earlier(folder)
    files = release_files(ledger, before)
    folder.mkdir(parents=True, exist_ok=True)
    for name in before:
        if name not in files:
            (folder / name).unlink(missing_ok=True)
    for name, content in files.items():
        write_whole(folder / name, content)
    return [folder / name for name in files]


def release_files(ledger: Ledger, before: dict[str, str]) -> dict[str, bytes]:
    """Every file of the release by its path; `before` are the texts of the one before it."""
    edition = Edition.of(ledger)
    tables = filled_tables(ledger)
    for filled in tables:
        _require_no_personal_data(filled)
    data: dict[str, bytes] = {}
    for filled in tables:
        data[f"data/{filled.table.name}.csv"] = csv_bytes(filled)
        data[f"data/{filled.table.name}.parquet"] = parquet_bytes(filled)
    turtle, linked = record(edition, data)
    texts = {
        **papers.papers(edition),
        "DICTIONARY.md": papers.dictionary(tables),
        "CHANGELOG.md": papers.changelog(edition, tables, before),
        "datapackage.json": datapackage(edition, tables, data),
        "csv-metadata.json": csvw(edition, tables),
        "dcat.ttl": turtle,
        "dcat.jsonld": linked,
    }
    files = dict(sorted((data | {name: text.encode() for name, text in texts.items()}).items()))
    sums = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()]
    return files | {CHECKSUMS: "".join(sums).encode()}


def csv_bytes(filled: Filled) -> bytes:
    """A table as UTF-8 without mark, commas, LF, decimal points; what is not known is empty."""
    text = io.StringIO()
    names = [field.name for field in filled.table.fields]
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([cell(row[name]) for name in names] for row in filled.rows)
    return text.getvalue().encode()


def parquet_bytes(filled: Filled) -> bytes:
    """The same as Parquet: numbers are decimals of six places, days are dates."""
    import polars as pl

    columns = [_series(filled.rows, field) for field in filled.table.fields]
    buffer = io.BytesIO()
    pl.DataFrame(columns).write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def _series(rows: Sequence[dict[str, Any]], field: ReleasedField) -> pl.Series:
    import polars as pl

    types = {
        "number": pl.Decimal(38, 6),
        "integer": pl.Int64(),
        "date": pl.Date(),
        "string": pl.String(),
    }
    values = [row[field.name] for row in rows]
    if field.type == "string":
        values = [cell(value) or None for value in values]
    elif field.type == "number":
        values = [None if value is None else Decimal(value) for value in values]
    return pl.Series(field.name, values, dtype=types[field.type])


def _require_no_personal_data(filled: Filled) -> None:
    """Free text could hold what no column should: an address or a number of a person stops all."""
    for row in filled.rows:
        for name, value in row.items():
            if not isinstance(value, str) or name == "url":
                continue
            if reaches_person(value):
                raise UsageError(
                    message("This looks like a person’s address or telephone number."),
                    where=f"{filled.table.name}: {row[filled.table.key[-1]]}: {name}",
                    remedy=message("Take it out of the raw tables: releases name no persons."),
                )


def _earlier(folder: Path) -> dict[str, str]:
    """The texts of the release in a folder, by path; none where it is empty or not there."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return {}
    try:
        told = json.loads((folder / "datapackage.json").read_text("utf-8"))["name"]
        sums = (folder / CHECKSUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError, KeyError, TypeError):
        told, sums = "", []
    if told != NAME:
        raise UsageError(
            message("This folder holds something that is not a release."),
            where=str(folder),
            remedy=message("Name an empty folder, or that of an earlier release."),
        )
    names = [line.split("  ", 1)[1] for line in sums if "  " in line]
    return {name: _text(folder / name) for name in names if (folder / name).is_file()}


def _text(path: Path) -> str:
    return "" if path.suffix == ".parquet" else path.read_text("utf-8")
