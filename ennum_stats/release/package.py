"""Make the open-data release in memory, check it, and write it to a folder.

Besides the tables and their descriptions, a release holds what people read: the read-me, the licence, how
to cite it, the dictionary, the changelog. The same store gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.errors import Parameter, UsageError, message
from ennum_stats.figures.citation import LICENCE_URL
from ennum_stats.files.boundary import require_file
from ennum_stats.files.journal import settle
from ennum_stats.files.sums import put, sums_of, with_sums
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.quantities import Reason
from ennum_stats.raw.personal_data import holds_e_mail, reaches_person
from ennum_stats.release import release_changes
from ennum_stats.release.carried_store import ARCHIVE, require_public, store_archive
from ennum_stats.release.data_wheel import data_wheel
from ennum_stats.release.dcat import catalogue, record
from ennum_stats.release.rows import Filled, cell, filled_tables
from ennum_stats.release.schema import CODES, LICENCE, NAMES, PUBLISHER, ReleasedField, ReleaseVersion
from ennum_stats.release.table_metadata import csvw, datapackage
from ennum_stats.store.ledger import Ledger
from ennum_stats.table import harmless
from ennum_stats.wording import missing_words

if TYPE_CHECKING:
    import polars as pl

_TEXTS = Path(__file__).parent / "texts"
_PAPERS = {"README.md": "readme.md", "LICENCE.md": "licence.md", "CITATION.cff": "citation.cff"}
_HEADING = "# Changements / Changes\n"
CATALOGUE = "catalog.ttl"
FIRST = message("The first version of this data set.")
_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?")


def papers(edition: ReleaseVersion) -> dict[str, str]:
    """Write the read-me, the licence and the citation; return them by file name."""
    values = {
        "known_at": edition.known_at.isoformat(),
        "version": edition.version,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "publisher": PUBLISHER,
        "figures": edition.path("figures", "csv"),
        **{name: edition.path(name, "csv") for name in ("observations", "measures", "sources")},
        **{name: edition.path(name, "csv") for name in ("calls", "codes", "exchange_rates")},
        **{f"title_{code}": edition.title(code) for code in LANGUAGES},
        **{f"description_{code}": edition.description(code) for code in LANGUAGES},
    }
    return {name: (_TEXTS / text).read_text("utf-8").format(**values) for name, text in _PAPERS.items()}


def dictionary(tables: Sequence[Filled]) -> str:
    """Describe every column of every table, in Markdown."""
    parts = ["# Data dictionary\n"]
    for filled in tables:
        table = filled.table
        parts.append(f"## {table.name}\n\n{table.row_is}. Key: {', '.join(table.key)}.\n")
        lines = ["| Column | Type | Filled | Meaning |", "|---|---|---|---|"]
        lines += [_described(field) for field in table.fields]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _described(field: ReleasedField) -> str:
    filled = "yes" if field.required else ""
    return f"| `{field.name}` | {field.type} | {filled} | {field.meaning} |"


def changelog(edition: ReleaseVersion, tables: Sequence[Filled], before: Mapping[str, str]) -> str:
    """Tell what is new since the release that stood in the folder; `before` are its texts, by file.

    For the same edition the changelog stays as it was.
    """
    earlier = before.get("CHANGELOG.md", _HEADING).removeprefix(_HEADING)
    title = f"\n## {edition.version}\n"
    if earlier.startswith(title):
        return _HEADING + earlier
    return _HEADING + title + "\n" + "\n".join(_changes(edition, tables, before)) + "\n" + earlier


def _changes(edition: ReleaseVersion, tables: Sequence[Filled], before: Mapping[str, str]) -> list[str]:
    now = release_changes.tables_of({table.table.name: csv_bytes(table).decode() for table in tables})
    then = release_changes.tables_of(_by_table(edition, before))
    if not then["observations"]:
        n = len(now["observations"])
        return [f"Première version / first release: {n} observations."]
    changes = release_changes.differences(then, now)
    published = Counter(change.kind for change in changes if change.table == "observations")
    gone = sum(change.after is None for change in changes if change.table == "observations")
    lines = [f"Observations: +{published[release_changes.ChangeKind.NEW]} −{gone}."]
    figures = [change for change in changes if change.table == "figures"]
    if figures:
        unknown = missing_words(Reason.NOT_YET_KNOWN, "fr")  # named on its own day only
        titles = "Chiffre / figure", "avant / before", "maintenant / now", "pourquoi / why"
        lines += ["", f"| {' | '.join(titles)} |", "|---|---|---|---|"]
        for figure in figures:
            before_it = release_changes.number_words(figure.before, "fr") if figure.before else unknown
            why = " / ".join(release_changes.kind_words(figure.kind, code) for code in ("fr", "en"))
            lines.append(
                f"| `{figure.name}` | {before_it} | {release_changes.number_words(figure.after, 'fr')} | {why} |"
            )
    return lines


def _notes(edition: ReleaseVersion, tables: Sequence[Filled], before: Mapping[str, str]) -> dict[str, str]:
    """Say in each language what is another number than in the release before."""
    now = release_changes.tables_of({table.table.name: csv_bytes(table).decode() for table in tables})
    then = release_changes.tables_of(_by_table(edition, before))
    if not then["observations"]:
        return {code: translate(FIRST, code) for code in LANGUAGES}
    changes = release_changes.differences(then, now)
    return {code: " ".join(release_changes.counts_in_words(changes, code)) for code in LANGUAGES}


def compare(ledger: Ledger, folder: Path) -> list[release_changes.ReleaseChange]:
    """Find what is another number in the release of the ledger's day than in an earlier one, in a folder.

    Raises `UsageError` where there is no release of this project in it.
    """
    edition = ReleaseVersion.of(ledger)
    before = _by_table(edition, _earlier(folder, edition.name))
    if not before.get("observations"):
        raise UsageError(
            message("There is no release in this folder."),
            where=str(folder),
            remedy=message("Name the folder of an earlier release: ennum release makes one."),
        )
    now = {
        table.table.name: csv_bytes(table).decode() for table in filled_tables(ledger, release_changes.KEYS)
    }
    return release_changes.differences(release_changes.tables_of(before), release_changes.tables_of(now))


def _by_table(edition: ReleaseVersion, texts: Mapping[str, str]) -> dict[str, str]:
    """Pick the texts of the tables of a release, by table."""
    return {name: texts.get(edition.path(name, "csv"), "") for name in release_changes.KEYS}


def release(ledger: Ledger, folder: Path, address: str = "", *, is_wheel_made: bool = False) -> list[Path]:
    """Write the open-data release of the ledger's day; return the paths of its files, the checksums last.

    An earlier release in the folder is replaced, and its changelog continued; with the `address` at which the folder
    is published also the catalogue that portals harvest, and on wish a wheel that brings the release to analysts.
    Raises `UsageError` for an address that is none, the internal store, for a folder that holds something else, and
    where a cell looks like a person's address or telephone number.
    """
    require_public(ledger.audience)
    if address and not _ADDRESS.fullmatch(address):
        raise UsageError(
            message("“{address}” is no address of a folder.", address=address), where=Parameter("address"),
            expected=message("Expected an address such as {example}.", example="https://example.org/data/"),
        )  # fmt: skip
    settle(folder)
    before = _earlier(folder, ReleaseVersion.of(ledger).name)
    files = release_files(ledger, before, address and f"{address.rstrip('/')}/")
    if is_wheel_made:
        files = with_sums(files | data_wheel(ReleaseVersion.of(ledger), files))
    put(folder, files, before)
    return [folder / name for name in files]


def release_files(ledger: Ledger, before: dict[str, str], address: str = "") -> dict[str, bytes]:
    """Make every file of the release, by its path; `before` are the texts of the one before it."""
    edition = ReleaseVersion.of(ledger)
    tables = filled_tables(ledger)
    for filled in tables:
        _require_no_personal_data(filled)
    data: dict[str, bytes] = {}
    for filled in tables:
        data[edition.path(filled.table.name, "csv")] = csv_bytes(filled)
        data[edition.path(filled.table.name, "parquet")] = parquet_bytes(filled)
    turtle, linked = record(edition, data, address)
    carried = {} if edition.is_demo else {ARCHIVE: store_archive(ledger)}
    texts = {
        **papers(edition),
        "DICTIONARY.md": dictionary(tables),
        "CHANGELOG.md": changelog(edition, tables, before),
        "datapackage.json": datapackage(edition, tables, data),
        "csv-metadata.json": csvw(edition, tables),
        "dcat.ttl": turtle,
        "dcat.jsonld": linked,
    }
    if address:
        notes = _notes(edition, tables, before)
        texts[CATALOGUE] = catalogue(edition, data, address, before.get(CATALOGUE, ""), notes)
        names = {
            (row["codelist"], row["code"]): row["name_fr"]
            for each in tables
            if each.table.name == CODES.name
            for row in each.rows
        }
        texts |= {f"flat/{each.table.name}.csv": flat_csv(each, names) for each in tables}
    return with_sums(data | carried | {name: text.encode() for name, text in texts.items()})


def csv_bytes(filled: Filled) -> bytes:
    """Write a table as CSV: UTF-8 without byte-order mark, commas, LF, decimal points; an unknown value is
    empty, and what a spreadsheet program would compute stands behind an apostrophe."""
    text = io.StringIO()
    names = [field.name for field in filled.table.fields]
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([harmless(cell(row[name])) for name in names] for row in filled.rows)
    return text.getvalue().encode()


def flat_csv(filled: Filled, names: Mapping[tuple[str, str], str]) -> str:
    """Write a table for portals that join no tables: each code is followed by its name in French."""
    coded = {code_list for code_list, _ in names}
    columns = [field.name for field in filled.table.fields]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([each for name in columns for each in (name, f"{name}_label")[: 1 + (name in coded)]])
    for row in filled.rows:
        cells = ((cell(row[name]), names.get((name, row[name]), "")) for name in columns)
        pairs = zip(columns, cells, strict=True)
        writer.writerow([harmless(each) for name, pair in pairs for each in pair[: 1 + (name in coded)]])
    return text.getvalue()


def parquet_bytes(filled: Filled) -> bytes:
    """Write a table as Parquet."""
    buffer = io.BytesIO()
    frame_of(filled).write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def frame_of(filled: Filled) -> pl.DataFrame:
    """Make a DataFrame of a table: numbers are decimals with six places, days are dates."""
    import polars as pl

    return pl.DataFrame([_series(filled.rows, field) for field in filled.table.fields])


def _series(rows: Sequence[dict[str, Any]], field: ReleasedField) -> pl.Series:
    import polars as pl

    types = {"number": pl.Decimal(38, 6), "integer": pl.Int64(), "date": pl.Date(), "string": pl.String()}
    values = [row[field.name] for row in rows]
    if field.type == "string":
        values = [cell(value) or None for value in values]
    elif field.type == "number":
        values = [None if value is None else Decimal(value) for value in values]
    return pl.Series(field.name, values, dtype=types[field.type])


def _require_no_personal_data(filled: Filled) -> None:
    """Refuse free text that looks like a person's address or telephone number."""
    for row in filled.rows:
        for name, value in row.items():
            if not isinstance(value, str):
                continue
            if (holds_e_mail if name == "url" else reaches_person)(value):
                raise UsageError(
                    message("This looks like a person’s address or telephone number."),
                    where=f"{filled.table.name}: {row[filled.table.key[-1]]}: {name}",
                    remedy=message("Take it out of the raw tables: releases name no persons."),
                )


def _earlier(folder: Path, name: str) -> dict[str, str]:
    """Read the texts of the release of a name in a folder, by path; none where the folder is empty or
    missing."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return {}
    try:
        earlier = json.loads(require_file(folder / "datapackage.json").read_text("utf-8"))["name"]
        names = sums_of(folder)
    except (OSError, ValueError, KeyError, TypeError):
        earlier, names = "", {}
    if earlier != name:
        raise UsageError(
            message(
                "This folder holds the release of a demonstration, or of a real project: each has one of "
                "its own."
            )
            if earlier in NAMES
            else release_changes.NOT_A_RELEASE,
            where=str(folder),
            remedy=release_changes.ANOTHER_FOLDER,
        )
    return {
        name: "" if name.endswith((".parquet", ".zip", ".whl")) else (folder / name).read_text("utf-8")
        for name in names
        if (folder / name).is_file()
    }
