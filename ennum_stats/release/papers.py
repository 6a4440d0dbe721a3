"""What people read in a release: the read-me, the licence, how to cite, the dictionary, the changelog."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.release.about import LICENCE, LICENCE_URL, PUBLISHER, TITLE, Edition
from ennum_stats.release.columns import ReleasedField
from ennum_stats.release.rows import Filled

_TEXTS = Path(__file__).parent / "texts"
_PAPERS = {"README.md": "readme.md", "LICENCE.md": "licence.md", "CITATION.cff": "citation.cff"}
_HEADING = "# Changements / Changes\n"


def papers(edition: Edition) -> dict[str, str]:
    """The read-me, the licence and the citation, by file."""
    values = {
        "known_at": edition.known_at.isoformat(),
        "version": edition.version,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "publisher": PUBLISHER,
        **{f"title_{code}": translate(TITLE, code) for code in LANGUAGES},
    }
    return {
        name: (_TEXTS / text).read_text("utf-8").format(**values) for name, text in _PAPERS.items()
    }


def dictionary(tables: Sequence[Filled]) -> str:
    """Every column of every table, in Markdown."""
    parts = ["# Data dictionary\n"]
    for filled in tables:
        table = filled.table
        parts.append(f"## {table.name}\n\n{table.row_is}. Key: {', '.join(table.key)}.\n")
        lines = ["| Column | Type | Filled | Meaning |", "|---|---|---|---|"]
        lines += [_described(field) for field in table.fields]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _described(field: ReleasedField) -> str:
    meaning = field.told
    if field.choices:
        meaning += " One of " + ", ".join(f"`{choice}`" for choice in field.choices) + "."
    filled = "yes" if field.required else ""
    return f"| `{field.name}` | {field.type} | {filled} | {meaning} |"


def changelog(edition: Edition, tables: Sequence[Filled], before: Mapping[str, str]) -> str:
    """What is new since the release that stood in the folder; `before` are its texts, by file.

    The same edition again leaves the changelog as it was.
    """
    earlier = before.get("CHANGELOG.md", _HEADING).removeprefix(_HEADING)
    title = f"\n## {edition.version}\n"
    if earlier.startswith(title):
        return _HEADING + earlier
    return _HEADING + title + "\n" + "\n".join(_changes(tables, before)) + "\n" + earlier


def _changes(tables: Sequence[Filled], before: Mapping[str, str]) -> list[str]:
    now = {filled.table.name: filled for filled in tables}
    if "data/observations.csv" not in before:
        n = len(now["observations"].rows)
        return [f"Première version / first release: {n} observations."]
    old_ids = set(_column(before["data/observations.csv"], "observation_id", "observation_id"))
    ids = {row["observation_id"] for row in now["observations"].rows}
    lines = [f"Observations: +{len(ids - old_ids)} −{len(old_ids - ids)}."]
    old = _column(before.get("data/figures.csv", ""), "name", "text_fr")
    new = {row["name"]: row["text_fr"] for row in now["figures"].rows}
    changed = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    if changed:
        lines += ["", "| Chiffre / figure | avant / before | maintenant / now |", "|---|---|---|"]
        lines += [f"| `{n}` | {old.get(n, '–')} | {new.get(n, '–')} |" for n in changed]
    return lines


def _column(text: str, key: str, column: str) -> dict[str, str]:
    """A column of a CSV by another one."""
    return {row[key]: row.get(column, "") for row in csv.DictReader(io.StringIO(text))}
