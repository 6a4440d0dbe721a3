"""The last published stores, and what each changed."""

from __future__ import annotations

from typing import Any

import duckdb

from ennum_stats.project import Audience, Project
from ennum_stats.store.publish import Published, folder, history, in_force


def store_records(project: Project) -> list[dict[str, Any]]:
    """The public stores that are kept, the last one first: moment, hash, whether it is in force, how
    many published numbers it holds, and how many were added and removed since the one before."""
    entries = history(project)
    current = in_force(project).content_hash
    numbers = [_observation_ids(project, entry) for entry in entries]
    records = []
    for position, entry in enumerate(entries):
        before = numbers[position + 1] if position + 1 < len(entries) else set()
        records.append(
            {
                "published_at": entry.published_at,
                "content_hash": entry.content_hash[:16],
                "in_force": entry.content_hash == current,
                "observations": len(numbers[position]),
                "added": len(numbers[position] - before),
                "removed": len(before - numbers[position]),
            }
        )
    return records


def _observation_ids(project: Project, entry: Published) -> set[tuple[Any, ...]]:
    """Rows of the ledger by key and content, so that a changed number counts as removed and added."""
    path = folder(project, Audience.PUBLIC) / entry.store
    query = "SELECT observation_id, value, lower, upper, precision FROM observations"
    with duckdb.connect(str(path), read_only=True) as connection:
        return set(connection.execute(query).fetchall())
