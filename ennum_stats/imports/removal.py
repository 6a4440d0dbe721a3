"""Taking out again what was imported by mistake: a list, a register, a call, a published number, a link, a remembered
spelling; and undoing any change of the history.

The row that names it goes, with the rows that came with it and the documents from which nothing comes any
more; everything else stays byte for byte. What other rows refer to stays, and who refers to it is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from ennum_stats.errors import ONE_OF, UsageError, message, unknown_name
from ennum_stats.imports.apply import figure_records, without_rows, write_raw
from ennum_stats.imports.plan import Preview, RemovalPlan
from ennum_stats.imports.preview import FORMS_LANGUAGE, preview
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.publication import checked
from ennum_stats.raw.excel_csv import table_bytes
from ennum_stats.raw.history import Author, ChangeMade, entries, resting_on, undone_by, with_number
from ennum_stats.raw.kinds import CODES
from ennum_stats.raw.reader import read_tables, table_files
from ennum_stats.raw.schema import Finding, RawTablesRefused
from ennum_stats.raw.tables import RAW_TABLE_BY_NAME, TABLES
from ennum_stats.store.ledger import today
from ennum_stats.store.publish import raw_fingerprint

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Removable:
    """Hold a sort of thing that can be removed: the table whose key names it, the tables whose rows go with it,
    and the column that says from when it was known."""

    table: str
    with_it: tuple[str, ...] = ()
    known_on: str = ""

    @property
    def key(self) -> str:
        """The column that names it, in its table and in those that go with it."""
        return RAW_TABLE_BY_NAME[self.table].key[0]

    @property
    def tables(self) -> tuple[str, ...]:
        """All tables that hold rows of it."""
        return self.table, *self.with_it


REMOVABLE = {
    "list": Removable("lists", ("participations", "deliveries"), "known_on"),
    "register": Removable("registers", ("implantations", "etablissements", "teaching"), "as_of"),
    "call": Removable("calls"),
    "observation": Removable("observations"),
    "link": Removable("site_links"),
    "alias": Removable("school_aliases"),
}
"""What can be removed, by the name that a person gives."""


def plan_removal(
    project: Project, kind: str, names: Sequence[str], language: str = FORMS_LANGUAGE
) -> RemovalPlan:
    """Say what removing things of a kind, by their keys, would do; nothing is written. Sentences of the preview are
    those of a language.

    Raises `UnknownName` for what is not there, `RawTablesRefused` where the tables cannot be read.
    """
    if kind not in REMOVABLE:
        raise unknown_name(message("“{code}” is unknown.", code=kind), REMOVABLE, ONE_OF)
    what = REMOVABLE[kind]
    fingerprint = raw_fingerprint(project, Audience.INTERNAL)
    frames, findings = read_tables(project.raw, project.root, tuple(RAW_TABLE_BY_NAME.values()))
    if findings:
        raise RawTablesRefused(findings)
    loaded = frames[what.table][what.key].to_list()
    for name in names:
        if name not in loaded:
            raise unknown_name(message("“{code}” is unknown.", code=name), loaded)
    going = {table: (what.key, frozenset(names)) for table in what.tables}
    if unused := _unused_documents(frames, what, names):
        going["sources"] = ("source_id", unused)
    contents, rows = _contents(project, going)
    known_at = max([today(), *_days_known(frames[what.table], what, names)])
    referring = [*_referring(frames, what, names), *_sites_without_register(frames, kind, names)]
    seen = Preview(tuple(referring)) if referring else newly_seen(project, contents, known_at, language)
    change = ChangeMade(f"remove {kind}", tuple(names), known_at=known_at.isoformat())
    return RemovalPlan(project, tuple(names), rows, seen, known_at, contents, fingerprint, change)


def plan_undo(project: Project, number: str, language: str = FORMS_LANGUAGE) -> RemovalPlan:
    """Say what undoing a change of the history would do, by its number; nothing is written. What it removed comes
    back, and an undo can be undone.

    Raises `UnknownName` for another number, and `UsageError` where it is undone already, where later changes rest on
    it, or where its rows were changed by hand since.
    """
    fingerprint = raw_fingerprint(project, Audience.INTERNAL)
    all_ = entries(project)
    entry = with_number(all_, number)
    if not entry.files:
        raise UsageError(
            message("{number} changed no table: a store was published.", number=number),
            remedy=message(
                "To put an earlier one in force: {command}", command="ennum stores, ennum publish"
            ),
        )
    if number in (undone := undone_by(all_)):
        raise UsageError(
            message("The change {number} is undone already, by {by}.", number=number, by=undone[number]),
            remedy=message("To bring it back, undo that one: {command}", command=f"ennum undo {undone[number]}"),
        )  # fmt: skip
    if resting := resting_on(entry, all_, project.raw):
        raise UsageError(
            message("Later changes rest on {number}: {names}.", number=number,
                    names=[f"{other.number} ({other.kind} {', '.join(other.names)})" for other in resting]),
            remedy=message("Undo them first: {command}", command=f"ennum undo {resting[0].number}"),
        )  # fmt: skip
    contents: dict[str, bytes | None] = {}
    for file in entry.files:
        path = project.raw / file.path
        try:
            contents[file.path] = file.reversed_in(path.read_bytes() if path.is_file() else None)
        except LookupError as error:
            raise UsageError(
                message("Rows of the change {number} were changed since, by hand.", number=number),
                where=path.relative_to(project.root).as_posix(),
                remedy=message("Change them by hand, or put the file back from a backup."),
            ) from error
    known_at = max(today(), date.fromisoformat(entry.known_at or "0001-01-01"))
    counts = entry.rows()
    change = ChangeMade("undo", (number,), known_at=known_at.isoformat(), undoes=number)
    return RemovalPlan(
        project, (number,), {table: came for table, (_, came) in counts.items() if came},
        newly_seen(project, contents, known_at, language), known_at, contents, fingerprint, change,
        {table: went for table, (went, _) in counts.items() if went},
    )  # fmt: skip


def newly_seen(
    project: Project, contents: Mapping[str, bytes | None], known_at: date, language: str
) -> Preview:
    """Say what would change, and what the checks would find that they do not find now: what is wrong
    elsewhere is no reason to keep a mistake."""
    seen = preview(project, contents, known_at, language)
    if not seen.findings:
        return seen
    try:
        checked(project)
    except RawTablesRefused as refused:
        there = Counter(map(_without_line, refused.findings))
    else:
        return seen
    now = Counter(map(_without_line, seen.findings))
    return Preview(tuple(f for f in seen.findings if now[_without_line(f)] > there[_without_line(f)]))


def _without_line(finding: Finding) -> tuple[str, str, str]:
    """Give what a finding says but for its line, which moves where rows above go."""
    return finding.file, finding.column, str(finding.found)


def remove(removal: RemovalPlan, author: Author | None = None) -> list[Path]:
    """Take the rows out, or put them back, with an entry of the history; give the files written.

    Raises as `apply` does; in each case nothing is written.
    """
    if removal.preview.findings:
        raise RawTablesRefused(list(removal.preview.findings))
    change = replace(removal.made, figures=figure_records(removal.preview.changes))
    return write_raw(removal.project, removal.contents, removal.fingerprint, change, author)


def _contents(
    project: Project, going: Mapping[str, tuple[str, frozenset[str]]]
) -> tuple[dict[str, bytes | None], dict[str, int]]:
    """Give the files without the rows that go, by path relative to `data/raw`, and how many rows go from each
    table."""
    contents: dict[str, bytes | None] = {}
    rows: dict[str, int] = {}
    for table, (column, names) in going.items():
        for path in table_files(project.raw, RAW_TABLE_BY_NAME[table]):
            if not path.is_file():
                continue
            old = table_bytes(path, RAW_TABLE_BY_NAME[table])
            kept, gone = without_rows(old, (column,), {(name,) for name in names})
            if gone:
                contents[path.relative_to(project.raw).as_posix()] = kept
                rows[table] = rows.get(table, 0) + gone
    return contents, rows


def _unused_documents(frames: Frames, what: Removable, names: Sequence[str]) -> frozenset[str]:
    """Find the documents of rows that go from which nothing else comes."""
    of_documents = {name: frame for name, frame in frames.items() if "source_id" in frame.columns}
    if what.table not in of_documents:
        return frozenset()
    is_going = pl.col(what.key).is_in(list(names))
    sources = of_documents[what.table].filter(is_going)["source_id"].drop_nulls()
    of_documents[what.table] = of_documents[what.table].filter(~is_going)
    used = {
        source
        for name, frame in of_documents.items()
        if name != "sources"
        for source in frame["source_id"].to_list()
    }
    return frozenset(sources) - used


def _days_known(frame: pl.DataFrame, what: Removable, names: Sequence[str]) -> list[date]:
    if not what.known_on:
        return []
    known = frame.filter(pl.col(what.key).is_in(list(names)))[what.known_on]
    return [Period(text).last for text in known]


def _referring(frames: Frames, what: Removable, names: Sequence[str]) -> Iterator[Finding]:
    """Find rows that refer to what is to go, and do not go with it."""
    for table in TABLES:
        for column in table.columns:
            if what.table not in column.references.split("+") or table.name in what.with_it:
                continue
            frame, values = frames[table.name], pl.col(column.name)
            if table.name == what.table:  # what goes too refers to nothing any more
                frame = frame.filter(~pl.col(what.key).is_in(list(names)))
            named = values.str.split(" ") if column.kind is CODES else pl.concat_list(values)
            cells = frame.select(
                "_file", "_line", pl.col(table.key[0]).alias("_key"), named.alias("_names")
            ).explode("_names")
            for file, line, key, name in cells.filter(pl.col("_names").is_in(list(names))).rows():
                yield Finding(
                    file, line, column.name,
                    message("“{key}” refers to {name}.", key=key or "", name=name),
                    message("What other rows refer to is not removed."),
                    message("Remove or change those rows first."),
                )  # fmt: skip


def _sites_without_register(frames: Frames, kind: str, names: Sequence[str]) -> Iterator[Finding]:
    """Find lists and links with sites that only the registers to be removed have."""
    if kind != "register":
        return
    sites, is_going = frames["implantations"], pl.col("register").is_in(list(names))
    going, staying = (sites.filter(chosen)["implantation"] for chosen in (is_going, ~is_going))
    only_there = list(set(going) - set(staying))
    for table, of in (("participations", "list"), ("deliveries", "list"), ("site_links", "same_as")):
        rows = frames[table].filter(pl.col("implantation").is_in(only_there))
        lists = rows.group_by(of, maintain_order=True).agg(
            pl.col("_file", "_line").first(), pl.col("implantation").n_unique().alias("n")
        )
        for name, file, line, n in lists.select(of, "_file", "_line", "n").rows():
            yield Finding(
                file, line, "implantation",
                message("{name}: sites that no other register has: {n}.", name=name, n=n),
                message("What other rows refer to is not removed."),
                message("Remove the list or the link first, or import another register with these sites."),
            )  # fmt: skip
