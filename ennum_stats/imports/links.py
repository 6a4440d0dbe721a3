"""Reviewed links between numbers of one site, into site_links.csv.

They come in the workbook that a register's import leaves beside it: of its candidates, those that a person
has dated in `reviewed_on` are taken, and no others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from ennum_stats.errors import message
from ennum_stats.imports.bulk import known_rows
from ennum_stats.imports.choices import Choices
from ennum_stats.imports.columns import Recognised, recognise
from ennum_stats.imports.converting import Filled, convert
from ennum_stats.imports.files import read_file
from ennum_stats.imports.foreign import ForeignRow
from ennum_stats.imports.forms import Field, Reading
from ennum_stats.imports.matching import fase
from ennum_stats.imports.plan import ImportPlan, NewRow
from ennum_stats.imports.planning import raw_tables
from ennum_stats.imports.preview import preview
from ennum_stats.imports.printed import CellRefused
from ennum_stats.imports.refusals import Refusal, refusal
from ennum_stats.imports.writing import new_contents
from ennum_stats.project import Audience, Project
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.opening import today
from ennum_stats.store.publish import raw_fingerprint

_GROUP = "Le lien"
FIELDS = (
    Field("implantation", "Ancien numéro", _GROUP, "Numéro disparu.", is_required=True),
    Field("same_as", "Numéro actuel", _GROUP, "La même implantation, depuis.", is_required=True),
    Field("reason", "Raison", _GROUP, "Pourquoi c’est la même implantation.", is_required=True),
    Field(
        "reviewed_on", "Vérifié le", _GROUP, "Vide : pas pris.", Reading.PERIOD, is_required=True
    ),
)
"""The columns; their keys are those of site_links.csv, which the workbook of candidates has as titles."""
_TABLE = TABLE_BY_NAME["site_links"]


def plan_links(file: Path, project: Project, sheet: str = "") -> ImportPlan:
    """What importing reviewed links would do; nothing is written.

    Raises `FileRefused`, and `RawTablesRefused` where the project is not in order.
    """
    fingerprint = raw_fingerprint(project, Audience.INTERNAL)
    raw_tables(project)
    foreign = read_file(Path(file))
    table = recognise(foreign, FIELDS, sheet, len(FIELDS))
    pass_ = _Pass(table, project)
    for row in table.rows:
        pass_.row(row)
    contents, _ = new_contents(project.raw, pass_.new_rows)
    shown = preview(project, contents, today())
    return ImportPlan(
        kind="links", file=foreign.name, project=project, table=table,
        columns=tuple((table.heading(f.key), f.heading) for f in FIELDS),
        ignored_columns=table.ignored,
        remarks=(
            *foreign.remarks,
            message("Links without a day of review, left out: {n}.", n=pass_.left_out),
        ),
        examples=0, taken=tuple(row.row for row in pass_.new_rows),
        already_there=tuple(pass_.already_there), refused=tuple(pass_.refused),
        new_rows=tuple(pass_.new_rows), readings=(), findings=shown.findings, changes=shown.changes,
        known_at=today(), contents=contents, fingerprint=fingerprint, left_out=pass_.left_out,
        comparisons=shown.comparisons, breaches=shown.breaches,
    )  # fmt: skip


@dataclass
class _Pass:
    """One way through the links."""

    table: Recognised
    project: Project
    new_rows: list[NewRow] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    already_there: list[int] = field(default_factory=list)
    left_out: int = 0

    def __post_init__(self) -> None:
        self._links = dict(
            known_rows(self.project, "site_links").select("implantation", "same_as").rows()
        )
        self._sites = set(known_rows(self.project, "implantations")["implantation"])

    def row(self, row: ForeignRow) -> None:
        """Takes a link that was reviewed, or refuses it with its reason."""
        if self.table.cell(row, "reviewed_on").is_empty:
            self.left_out += 1
            return
        filled = Filled(row.number)
        try:
            for target in FIELDS:
                convert(target, self.table.cell(row, target.key), Choices({}), filled)
            former, now = (self._number(filled, key) for key in ("implantation", "same_as"))
            self._require_possible(former, now)
        except CellRefused as refused:
            self.refused.append(refusal(self.table, row, refused, FIELDS))
            return
        if former in self._links:
            self.already_there.append(row.number)
            return
        self._links[former] = now
        values = {**filled.texts, "implantation": former, "same_as": now}
        self.new_rows.append(NewRow(_TABLE.name, _TABLE.path, values, row.number))

    def _require_possible(self, former: str, now: str) -> None:
        if former == now:
            raise CellRefused("same_as", message("A site is no link to itself."))
        known = self._links.get(former, now)
        if known != now:
            raise CellRefused(
                "implantation",
                message("{number} is linked to {other} already.", number=former, other=known),
            )

    def _number(self, filled: Filled, key: str) -> str:
        number = fase(re.sub(r"\s", "", filled.text(key)), key)
        if number not in self._sites:
            raise CellRefused(key, message("No register has the site {number}.", number=number))
        return number
