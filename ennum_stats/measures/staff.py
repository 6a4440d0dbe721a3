"""The team of the Region over time, by function."""

from __future__ import annotations

from ennum_stats.measures.frames import Frame, FrameKind, Row, Rows, in_frame
from ennum_stats.store.opening import Ledger

PROGRAMMES = ("cyberecole", "cyberclasse", "ecole_numerique")


def staff(ledger: Ledger, *, frame: FrameKind = "pandas") -> Frame:
    """Persons of the Region's team, by programme and function.

    One row is a programme's team, or one function in it (`component`; empty for the whole team), for
    the days `valid_from` to `valid_to`. Functions that a document names lie inside its whole; they are
    not all of it. Reads what was known on the ledger's day.

    Columns: `programme`, `component`, `valid_from`, `valid_to`, `value`, `lower`, `upper` (persons; a
    team that "varies between 14 and 16" has no value), `unit`, `precision`, `status`,
    `missing_reason`, `observation_ids`.

    >>> staff(store)[["programme", "component", "value"]]  # doctest: +SKIP
    """
    return in_frame(staff_rows(ledger), frame)


def staff_rows(ledger: Ledger) -> Rows:
    """The rows of `staff`, with answers."""
    rows: list[Row] = []
    for programme in PROGRAMMES:
        codes = ledger.codes("staff", "component", programme=programme)
        for code in (None, *codes):
            dimensions = {"programme": programme} | ({"component": code} if code else {})
            observations = ledger.select("staff", **dimensions)
            if not observations:
                continue
            last = observations[-1]
            rows.append(
                {
                    "programme": programme,
                    "component": code,
                    "valid_from": last.valid_from,
                    "valid_to": last.valid_to,
                    "value": ledger.answer("staff", **dimensions),
                }
            )
    return Rows(rows, ("programme", "component", "valid_from", "valid_to", "value"), ("value",))
