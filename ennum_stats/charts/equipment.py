"""The chart of what schools could choose from: types of computer, then lots of a catalogue."""

from __future__ import annotations

from ennum_stats.charts.declaring import VALUE_PLANNED, Draft, chart, mark_words, named
from ennum_stats.charts.specs import Chart, Mark
from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.measures.equipment import equipment_rows
from ennum_stats.measures.frames import Row
from ennum_stats.store.answers import Known
from ennum_stats.store.opening import Ledger
from ennum_stats.wording import words

TITLE = message("The choice grew from {first} of desktop computer to {last} of equipment")
TITLE_PLANNED = message("{title}, {planned}")
TITLE_PLAIN = message("Equipment that schools can choose from")
SUBTITLE = message(
    "What schools can choose from. A lot holds one kind of equipment: not a type of computer"
)
GROUPS = {
    "types": message("Types of desktop computer (one circle, one type)"),
    "lots": message("Lots of the catalogue (one square, one lot)"),
}
PLANNED = message("planned")
OFFER, NUMBER = message("Offer"), message("Number")


def equipment_lots(ledger: Ledger, language: str) -> Chart:
    """Types of desktop computer in the first programmes, lots of the catalogue since."""
    rows = [row for row in equipment_rows(ledger).rows if isinstance(row["value"], Known)]
    draft = Draft(
        name="equipment_lots",
        kind="rows",
        title=_title(rows, language),
        subtitle=translate(SUBTITLE, language) + ".",
        marks=[_mark(ledger, row, language) for row in rows],
        evidence=[row["value"] for row in rows],
        unit="lots",
        label_heading=translate(OFFER, language),
        value_heading=translate(NUMBER, language),
    )
    return chart(draft, ledger, language)


def _mark(ledger: Ledger, row: Row, language: str) -> Mark:
    quantity = row["value"].quantity
    is_planned = row["stage"] == "planned"
    text = words(quantity, language)
    group = GROUPS.get(quantity.unit)
    return Mark(
        label=row["call"] or named(ledger, "programmes", row["programme"], language),
        quantity=quantity,
        text=translate(VALUE_PLANNED, language, value=text) if is_planned else text,
        words=mark_words(row["value"], language),
        colour=row["programme"],
        state="planned" if is_planned else "reached",
        remark=translate(PLANNED, language) if is_planned else "",
        group=translate(group, language) if group else "",
    )


def _title(rows: list[Row], language: str) -> str:
    offered = [row["value"].quantity for row in rows if row["stage"] != "planned"]
    planned = [row["value"].quantity for row in rows if row["stage"] == "planned"]
    if len(offered) < 2:
        return translate(TITLE_PLAIN, language)
    first, last = words(offered[0], language), words(offered[-1], language)
    title = translate(TITLE, language, first=first, last=last)
    if planned:
        value = translate(VALUE_PLANNED, language, value=words(planned[-1], language, noun=False))
        title = translate(TITLE_PLANNED, language, title=title, planned=value)
    return title
