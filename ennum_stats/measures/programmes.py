"""The connectivity pilot: sites selected and installed, progress, and cost of a site.

What schools could choose from: kinds of equipment offered, programme by programme.

The team of the Region over time, by function.
"""

from __future__ import annotations

from ennum_stats.measures.calls import share_of
from ennum_stats.measures.frames import DictTable, Frame, FrameKind, Row, in_frame
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known, combined
from ennum_stats.store.ledger import Ledger

CONNECTIVITY = "connectivity"
_ANSWERS = ("sites_selected", "sites_installed", "progress", "budget_spent", "cost_per_site")


def connectivity(ledger: Ledger, *, frame: FrameKind = "pandas") -> Frame:
    """How far the pilot of internal connectivity is: implantations selected, and those with Wi-Fi.

    One row is the programme, at the last day for which its state is known. Population: implantations of
    Wallonia. Reads what was known on the ledger's day.

    Columns, each with `_lower` and `_upper`: `sites_selected`, `sites_installed` (implantations),
    `progress` (share of those selected), `budget_spent` (EUR), `cost_per_site` (EUR an implantation;
    only bounds, because the budget is for those selected or for those installed: the text allows both).

    >>> connectivity(store)[["sites_selected", "sites_installed"]]  # doctest: +SKIP
    """
    return in_frame(connectivity_rows(ledger), frame)


def connectivity_rows(ledger: Ledger) -> DictTable:
    """The row of `connectivity`, with answers."""
    selected = ledger.answer("sites_selected", programme=CONNECTIVITY)
    installed = ledger.answer("sites_installed", programme=CONNECTIVITY)
    budget = ledger.answer("budget_spent", programme=CONNECTIVITY)
    row = {
        "programme": CONNECTIVITY,
        "sites_selected": selected,
        "sites_installed": installed,
        "progress": share_of(installed, selected),
        "budget_spent": budget,
        "cost_per_site": _either(
            budget.over(selected, "EUR/implantation"), budget.over(installed, "EUR/implantation")
        ),
    }
    return DictTable([row], ("programme", *_ANSWERS), _ANSWERS)


def _either(first: Answer, second: Answer) -> Answer:
    """What holds in both readings of a text: no value, and the bounds around both."""
    return combined(
        lambda a, b: Quantity.derived(None, a.bounds.hull(b.bounds), a.unit), first, second
    )


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


def equipment_rows(ledger: Ledger) -> DictTable:
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
    return DictTable(rows, _COLUMNS, ("value",))


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


def staff_rows(ledger: Ledger) -> DictTable:
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
    return DictTable(
        rows, ("programme", "component", "valid_from", "valid_to", "value"), ("value",)
    )
