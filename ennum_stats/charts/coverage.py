"""The chart of how many of the school sites each programme has reached."""

from __future__ import annotations

from collections.abc import Sequence

from ennum_stats.charts.declaring import (
    NUMBER_NOT_KNOWN,
    Draft,
    chart,
    first_capital,
    mark_words,
    named,
    quantity_of,
)
from ennum_stats.charts.specs import Chart, Mark
from ennum_stats.errors import message
from ennum_stats.languages import listed, translate
from ennum_stats.measures.constraining import PROVED
from ennum_stats.measures.coverage import coverage_rows
from ennum_stats.measures.frames import Row
from ennum_stats.measures.reaching import DEFAULT_UNIVERSE
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.opening import Ledger
from ennum_stats.wording import words

TITLE = message("School sites reached: {shares}")
SHARE_BY_PROGRAMME = message("{share} by {programme}")
UNDER_ASSUMPTION = message("{programme}, at most one project per site and call")
SUBTITLE = message("Share of the school sites of Wallonia, promotion sociale included ({sites})")
SHARE = message("Share of the sites")
PROGRAMME = message("Programme reached")
NOTE = message("Band: possible values; stroke: the value, or the bounds where there is none.")


def coverage_by_programme(ledger: Ledger, language: str) -> Chart:
    """Share of about 3,800 sites reached by each programme, as an interval; the reason where there is no
    share."""
    rows = coverage_rows(ledger, DEFAULT_UNIVERSE).rows
    size = ledger.answer("implantations")
    marks = [_mark(ledger, row, language) for row in rows]
    draft = Draft(
        name="coverage_by_programme",
        kind="shares",
        title=_title(ledger, rows, language),
        subtitle=translate(SUBTITLE, language, sites=mark_words(size, language)) + ".",
        marks=marks,
        evidence=[*(row["sites"] for row in rows), size],
        unit="share",
        label_heading=translate(PROGRAMME, language),
        value_heading=translate(SHARE, language),
        notes=_notes(rows, language),
    )
    return chart(draft, ledger, language)


def _mark(ledger: Ledger, row: Row, language: str) -> Mark:
    share: Answer = row["share"]
    quantity = quantity_of(share)
    reason = "" if row["comparable"] else translate(row["assumptions"][0], language).rstrip(".")
    return Mark(
        label=_label(ledger, row, language),
        detail=mark_words(row["sites"], language),
        quantity=quantity,
        text=words(quantity, language).replace(" (", "\n(") if quantity else "",
        words=reason or mark_words(share, language),
        colour=row["programme"],
        state="reached" if quantity else "unknown",
    )


def _label(ledger: Ledger, row: Row, language: str) -> str:
    """The programme; of two rows of one programme, the second says what is assumed."""
    programme = named(ledger, "programmes", row["programme"], language)
    if row["basis"] == PROVED:
        return programme
    return translate(UNDER_ASSUMPTION, language, programme=programme)


def _title(ledger: Ledger, rows: Sequence[Row], language: str) -> str:
    """The two largest shares."""
    known = [row for row in rows if isinstance(row["share"], Known) and row["basis"] == PROVED]
    known.sort(key=lambda row: -row["share"].quantity.bounds.ends[1])
    shares = [
        translate(
            SHARE_BY_PROGRAMME,
            language,
            share=words(row["share"].quantity, language, style="short"),
            programme=named(ledger, "programmes", row["programme"], language),
        )
        for row in known[:2]
    ]
    if not shares:
        return ""
    return first_capital(translate(TITLE, language, shares=", ".join(shares)))


def _notes(rows: Sequence[Row], language: str) -> list[str]:
    """How to read it, and the assumptions that the shares rest on."""
    comparable = [row for row in rows if row["comparable"]]
    said = [translate(item, language) for row in comparable for item in row["assumptions"]]
    unknown = dict.fromkeys(call for row in comparable for call in row["calls_not_known"])
    if unknown:
        said.append(translate(NUMBER_NOT_KNOWN, language, calls=listed(unknown, language)))
    return [translate(NOTE, language), *dict.fromkeys(said)]
