"""Draw the share of the school sites that each programme has reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ennum_stats.charts.spec import NUMBER_NOT_KNOWN, Chart, ChartDraft, ChartOptions, Mark
from ennum_stats.errors import message
from ennum_stats.languages import listed, translate
from ennum_stats.measures.columns import COUNTED, ONE_PROJECT_A_SITE
from ennum_stats.measures.coverage.coverage_table import CoverageRow, shown_rows
from ennum_stats.measures.dates import dated, state_words
from ennum_stats.store.answers import Known
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.school_rows import registers_known
from ennum_stats.typography import first_capital
from ennum_stats.wording import words

TITLE = message("School sites reached: {shares}")
SHARE_BY_PROGRAMME = message("{share} by {programme}")
UNDER_ASSUMPTION = message("{programme}, at most one project per site and call")
SUBTITLE = message("Share of the school sites of Wallonia, adult education included ({sites})")
SITES_SUBTITLE = message("School sites of Wallonia reached, adult education included, out of {sites}")
SHARE, SITES = message("Share of the sites"), message("School sites reached")
PROGRAMME = message("Programme reached")
IN_REGISTER = message("{sites} of {all} in the register")
NOTE = message(
    "Band: possible values, with a line at each end that is known; where the value is known, a mark of its own within."
)


def coverage_by_programme(ledger: Ledger, language: str, options: ChartOptions) -> Chart:
    """Draw the share of about 3,800 sites that each programme reached, or their number, as an interval; the
    reason where there is no share."""
    is_in_numbers = options.is_in_numbers
    rows = _rows(ledger, language)
    counted = [row.sites for row in rows if row.basis == COUNTED]
    size = ledger.answer("implantations")
    whole = size.quantity if is_in_numbers else None
    sites = ", ".join(filter(None, (size.words(language), state_words(ledger, size, language))))
    marks = [_mark(ledger, row, language, is_in_numbers=is_in_numbers) for row in rows]
    return ChartDraft(
        kind="shares",
        title=_title(ledger, rows, language, is_in_numbers=is_in_numbers),
        subtitle=translate(SITES_SUBTITLE if is_in_numbers else SUBTITLE, language, sites=sites) + ".",
        marks=marks,
        evidence=[*(row.sites for row in rows), size],
        unit="implantations" if is_in_numbers else "share",
        label_heading=translate(PROGRAMME, language),
        value_heading=translate(SITES if is_in_numbers else SHARE, language),
        whole=whole.value if whole and whole.value else Decimal(1),
        notes=_notes(rows, language),
        lists=[name for sites in counted for name in sites.lists],
        registers=registers_known(ledger) if counted else (),
    ).completed(ledger, language)


def _rows(ledger: Ledger, language: str) -> list[CoverageRow]:
    """List the rows of every programme; an assumption that changes nothing that is read has no row. The
    source line names the register in which a row is counted."""
    rows = [replace(row, assumptions=()) if row.basis == COUNTED else row for row in shown_rows(ledger)]
    plain = {row.programme: _read(row, language) for row in rows if row.basis != ONE_PROJECT_A_SITE}
    return [
        row
        for row in rows
        if row.basis != ONE_PROJECT_A_SITE or _read(row, language) != plain.get(row.programme)
    ]


def _read(row: CoverageRow, language: str) -> tuple[str, str]:
    """Write what stands in a row: two rows that read the same are one."""
    return _share(row, language), row.sites.words(language)


def _mark(ledger: Ledger, row: CoverageRow, language: str, *, is_in_numbers: bool) -> Mark:
    drawn = row.sites if is_in_numbers else row.share
    quantity = drawn.quantity if isinstance(row.share, Known) else None
    reason = "" if row.comparable else translate(row.assumptions[0], language).rstrip(".")
    return Mark(
        label=_label(ledger, row, language),
        detail=_share(row, language) if is_in_numbers else _detail(ledger, row, language),
        quantity=quantity,
        text=words(quantity, language).replace(" (", "\n(") if quantity else "",
        words=reason or dated(drawn.words(language), state_words(ledger, drawn, language), language),
        colour=row.programme,
        state="reached" if quantity else "unknown",
        about=("programme", row.programme),
        observations=row.share.observations,
    )


def _share(row: CoverageRow, language: str) -> str:
    quantity = row.share.quantity
    return words(quantity, language, style="short") if quantity else ""


def _detail(ledger: Ledger, row: CoverageRow, language: str) -> str:
    """Say how many sites, and when; of those counted, how many there are in the register."""
    sites = row.sites.words(language)
    if row.basis != COUNTED:
        times = (state_words(ledger, answer, language) for answer in (row.sites, row.share))
        return dated(sites, next(filter(None, times), ""), language)
    assert isinstance(row.universe_sites, Known)
    size = words(row.universe_sites.quantity, language, noun=False)
    return translate(IN_REGISTER, language, sites=sites, all=size)


def _label(ledger: Ledger, row: CoverageRow, language: str) -> str:
    """Name the programme; of two rows of one programme, the second says what is assumed."""
    programme = ledger.name("programmes", row.programme, language)
    if row.basis != ONE_PROJECT_A_SITE:
        return programme
    return translate(UNDER_ASSUMPTION, language, programme=programme)


def _title(ledger: Ledger, rows: Sequence[CoverageRow], language: str, *, is_in_numbers: bool) -> str:
    """Tell the two largest shares, or numbers."""
    known = [
        (row.programme, row.sites if is_in_numbers else row.share)
        for row in rows
        if isinstance(row.share, Known) and isinstance(row.sites, Known) and row.basis != ONE_PROJECT_A_SITE
    ]
    known.sort(key=lambda pair: -pair[1].quantity.bounds.ends[0])
    shares = [
        translate(
            SHARE_BY_PROGRAMME,
            language,
            share=words(share.quantity, language, style="text", noun=False),
            programme=dated(
                ledger.name("programmes", programme, language), state_words(ledger, share, language), language
            ),
        )
        for programme, share in known[:2]
    ]
    if not shares:
        return ""
    return first_capital(translate(TITLE, language, shares=", ".join(shares)))


def _notes(rows: Sequence[CoverageRow], language: str) -> list[str]:
    """Tell how to read it, and the assumptions that the shares rest on."""
    comparable = [row for row in rows if row.comparable]
    notes = [translate(item, language) for row in comparable for item in row.assumptions]
    unknown = dict.fromkeys(call for row in comparable for call in row.calls_not_known)
    if unknown:
        notes.append(translate(NUMBER_NOT_KNOWN, language, calls=listed(unknown, language)))
    return [translate(NOTE, language), *dict.fromkeys(notes)]
