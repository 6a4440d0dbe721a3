"""The chart of the progress of internal connectivity."""

from __future__ import annotations

from ennum_stats.charts.declaring import Draft, chart, mark_words, quantity_of
from ennum_stats.charts.specs import Chart, Mark
from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.measures.connectivity import PROGRAMME, connectivity_rows
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.opening import Ledger
from ennum_stats.wording import words

TITLE = message("Internal Wi-Fi in {installed} of {selected} selected sites: {progress}")
SUBTITLE = message("School sites of the internal connectivity pilot; one square is one site")
INSTALLED, REMAINING = message("sites with internal Wi-Fi"), message("sites still to be equipped")
STATE, SITES = message("State"), message("School sites")


def connectivity_progress(ledger: Ledger, language: str) -> Chart:
    """Sites equipped, and those of the selected ones that remain."""
    row = connectivity_rows(ledger).rows[0]
    selected, installed = row["sites_selected"], row["sites_installed"]
    title = ""
    if isinstance(selected, Known) and isinstance(installed, Known):
        title = translate(
            TITLE, language,
            installed=words(installed.quantity, language, noun=False),
            selected=words(selected.quantity, language, noun=False),
            progress=words(row["progress"].quantity, language),
        )  # fmt: skip
    draft = Draft(
        name="connectivity_progress",
        kind="grid",
        title=title,
        subtitle=translate(SUBTITLE, language) + ".",
        marks=[
            _mark(installed, translate(INSTALLED, language), language),
            _mark(selected - installed, translate(REMAINING, language), language, is_rest=True),
        ],
        evidence=[selected, installed],
        unit="implantations",
        label_heading=translate(STATE, language),
        value_heading=translate(SITES, language),
    )
    return chart(draft, ledger, language)


def _mark(answer: Answer, label: str, language: str, *, is_rest: bool = False) -> Mark:
    quantity = quantity_of(answer)
    return Mark(
        label=label,
        quantity=quantity,
        text=words(quantity, language, noun=False) if quantity else "",
        words=mark_words(answer, language),
        colour=PROGRAMME,
        state="rest" if is_rest else "reached",
    )
