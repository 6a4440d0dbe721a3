"""What schools could choose from: kinds of equipment offered, programme by programme."""

from __future__ import annotations

from ennum_stats.measures.frames import Frame, FrameKind, Row, Rows, in_frame
from ennum_stats.store.answers import Known
from ennum_stats.store.opening import Ledger

_COLUMNS = ("programme", "call", "stage", "value")


def equipment(ledger: Ledger, *, frame: FrameKind = "pandas") -> Frame:
    """Kinds of equipment offered: types of desktop computer, then lots of the purchasing catalogue.

    One row is a programme or a call; `stage` says `planned` where the lots were only announced (the
    lots of the call before, and those to be added). Reads what was known on the ledger's day.

    Columns: `programme`, `call`, `stage`, `value`, `lower`, `upper` (in `unit`: types or lots, which are
    not the same thing), `unit`, `precision`, `status`, `missing_reason`, `observation_ids`.

    >>> equipment(store)[["programme", "call", "value", "unit"]]  # doctest: +SKIP
    """
    return in_frame(equipment_rows(ledger), frame)


def equipment_rows(ledger: Ledger) -> Rows:
    """The rows of `equipment`, with answers."""
    rows: list[Row] = [
        {
            "programme": programme,
            "call": None,
            "stage": None,
            "value": ledger.answer("lots_offered", programme=programme),
        }
        for programme in ("cyberecole", "cyberclasse")
    ]
    before: Known | None = None
    for call in ledger.calls:
        dimensions = {"programme": call.programme, "call": call.call}
        offered = ledger.answer("lots_offered", **dimensions)
        added = ledger.answer("lots_added_planned", **dimensions)
        stage = None
        if not isinstance(offered, Known) and isinstance(added, Known) and before is not None:
            offered, stage = before + added, "planned"
        if isinstance(offered, Known):
            rows.append(
                {"programme": call.programme, "call": call.call, "stage": stage, "value": offered}
            )
            before = offered
    rows = [row for row in rows if isinstance(row["value"], Known)]
    return Rows(rows, _COLUMNS, ("value",))
