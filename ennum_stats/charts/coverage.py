"""The chart of how many of the school sites each programme has reached."""

from __future__ import annotations

from collections.abc import Sequence

from ennum_stats.charts.spec import (
    NUMBER_NOT_KNOWN,
    Chart,
    ChartInput,
    Mark,
    chart,
    first_capital,
    mark_words,
    named,
    quantity_of,
)
from ennum_stats.errors import message
from ennum_stats.languages import listed, translate
from ennum_stats.measures.call_constraints import DEFAULT_UNIVERSE, ONE_PROJECT_A_SITE, PROVED
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.coverage import coverage_rows
from ennum_stats.measures.frames import Row
from ennum_stats.measures.reconciliation import complete_calls
from ennum_stats.measures.school_lists import COUNTED, WINNERS, lists_known
from ennum_stats.measures.school_sites import registers_known
from ennum_stats.measures.site_counts import coverage_of
from ennum_stats.store.answers import Answer, Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.wording import words

TITLE = message("School sites reached: {shares}")
SHARE_BY_PROGRAMME = message("{share} by {programme}")
UNDER_ASSUMPTION = message("{programme}, at most one project per site and call")
SUBTITLE = message("Share of the school sites of Wallonia, adult education included ({sites})")
SHARE = message("Share of the sites")
PROGRAMME = message("Programme reached")
IN_REGISTER = message("{sites} of {all} in the register")
NOTE = message("Band: possible values; stroke: the value, or the bounds where there is none.")


def coverage_by_programme(ledger: Ledger, language: str) -> Chart:
    """Share of about 3,800 sites reached by each programme, as an interval; the reason where there is no
    share."""
    rows = _rows(ledger)
    is_counted = any(row["basis"] == COUNTED for row in rows)
    size = ledger.answer("implantations")
    marks = [_mark(ledger, row, language) for row in rows]
    draft = ChartInput(
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
        lists=[one.list for one in lists_known(ledger, WINNERS)] if is_counted else (),
        registers=registers_known(ledger) if is_counted else (),
    )
    return chart(draft, ledger, language)


def _rows(ledger: Ledger) -> list[Row]:
    """The rows of every programme; of École Numérique one that is counted in the register, where the lists
    of all calls may be counted on: nothing is left to be assumed then."""
    rows = [*coverage_rows(ledger, DEFAULT_UNIVERSE).rows]
    counted = coverage_of(ledger, ECOLE_NUMERIQUE)
    covered = next((r["calls_covered"] for r in rows if r["programme"] == ECOLE_NUMERIQUE), ())
    if counted is None or not covered or not {*covered} <= {*complete_calls(ledger)}:
        return rows
    told = {"programme": ECOLE_NUMERIQUE, "basis": COUNTED, "comparable": True, "assumptions": ()}
    return [
        counted | told if row["programme"] == ECOLE_NUMERIQUE else row
        for row in rows
        if row["programme"] != ECOLE_NUMERIQUE or row["basis"] == PROVED
    ]


def _mark(ledger: Ledger, row: Row, language: str) -> Mark:
    share: Answer = row["share"]
    quantity = quantity_of(share)
    reason = "" if row["comparable"] else translate(row["assumptions"][0], language).rstrip(".")
    return Mark(
        label=_label(ledger, row, language),
        detail=_detail(row, language),
        quantity=quantity,
        text=words(quantity, language).replace(" (", "\n(") if quantity else "",
        words=reason or mark_words(share, language),
        colour=row["programme"],
        state="reached" if quantity else "unknown",
    )


def _detail(row: Row, language: str) -> str:
    """How many sites; of those counted, how many there are in the register."""
    sites = mark_words(row["sites"], language)
    if row["basis"] != COUNTED:
        return sites
    universe: Answer = row["universe_sites"]
    assert isinstance(universe, Known)
    size = words(universe.quantity, language, noun=False)
    return translate(IN_REGISTER, language, sites=sites, all=size)


def _label(ledger: Ledger, row: Row, language: str) -> str:
    """The programme; of two rows of one programme, the second says what is assumed."""
    programme = named(ledger, "programmes", row["programme"], language)
    if row["basis"] != ONE_PROJECT_A_SITE:
        return programme
    return translate(UNDER_ASSUMPTION, language, programme=programme)


def _title(ledger: Ledger, rows: Sequence[Row], language: str) -> str:
    """The two largest shares."""
    known = [
        row
        for row in rows
        if isinstance(row["share"], Known) and row["basis"] != ONE_PROJECT_A_SITE
    ]
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
