"""Give the parts of a whole as shares of it: the same chart, in percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ennum_stats.charts.spec import Chart, ChartDraft, Mark
from ennum_stats.errors import message
from ennum_stats.languages import translate
from ennum_stats.quantities import Quantity, total
from ennum_stats.typography import first_capital
from ennum_stats.wording import words

TITLE = message("{part}: {share}; in all, {whole}")
TITLE_OF_CALLS = message("{part}: {share}; {calls}: {whole}")
SUBTITLE = message("Shares of the whole that is known. {subtitle}")
SUBTITLE_OF_CALLS = message("Shares of what {calls} have together. {subtitle}")
SHARE = message("Share of the whole")


def in_shares(chart: Chart, calls: str = "", *, is_whole_first: bool = False) -> Chart:
    """Draw each mark as its share of all marks, or of the first one; what is planned is no part.

    The title names the largest part, and the whole: its `calls`, where these are not all there are.
    """
    parts = [mark for mark in chart.marks if mark.quantity and mark.state != "planned"]
    whole = parts.pop(0) if is_whole_first and parts else None
    known = [mark.quantity for mark in parts if mark.quantity]
    if not known:
        return chart
    language = chart.language
    shares = {id(mark): _share(place, known) for place, mark in enumerate(parts)}
    if whole:
        shares[id(whole)] = Quantity.exact(1, "share")
    marks = [_mark(mark, shares.get(id(mark)), language) for mark in chart.marks]
    largest = max(parts, key=lambda mark: shares[id(mark)].bounds.ends)
    sum_known = whole.quantity if whole and whole.quantity else total(known, chart.unit)
    title = translate(
        TITLE_OF_CALLS if calls else TITLE, language, part=largest.label,
        share=words(shares[id(largest)], language, style="text"), calls=calls,
        whole=words(sum_known, language, style="text"),
    )  # fmt: skip
    draft = ChartDraft(
        chart.kind, first_capital(title),
        translate(
            SUBTITLE_OF_CALLS if calls else SUBTITLE, language, subtitle=chart.subtitle, calls=calls
        ), marks, (), "share",
        chart.table.columns[0].name, translate(SHARE, language), (chart.note,),
    )  # fmt: skip
    return replace(
        chart, title=draft.title, subtitle=draft.subtitle, marks=tuple(marks), unit="share",
        table=draft.tabulated(language), description=draft.described(language),
    )  # fmt: skip


def _share(place: int, known: Sequence[Quantity]) -> Quantity:
    rest = [*known[:place], *known[place + 1 :]]
    return known[place].share_beside(total(rest, known[place].unit))


def _mark(mark: Mark, share: Quantity | None, language: str) -> Mark:
    if share is not None:
        text = words(share, language)
        return replace(mark, quantity=share, text=words(share, language, style="short"), words=text)
    if mark.state == "planned":
        return replace(mark, quantity=None, text=mark.remark, words=mark.remark, state="unknown", remark="")
    return mark
