"""Charts that Office draws: the values and words of the press picture, read from their part and workbook."""

from dataclasses import dataclass, replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from lxml import etree

from ennum_stats.charts import CHARTS, chart
from ennum_stats.drawing.office.native import is_native, native_charts
from ennum_stats.quantities import Quantity

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DRAWN = ("budget_per_call", "budget_by_programme", "coverage_by_programme", "coverage_over_time",
         "cumulated_investment", "plan_budgets", "committed_since_first_call")  # fmt: skip
PICTURES = ("timeline", "team_over_time", "equipment_lots", "connectivity_progress", "coverage_map")


@dataclass
class Series:
    """A series as Office reads it: values, words and fills by place, and whether it is bars."""

    name: str
    values: dict
    words: dict
    fills: dict
    is_bar: bool


def series_of(made):
    found = []
    for one in etree.fromstring(made.xml).iter(f"{C}ser"):
        cached = one.find(f"{C}val").iter(f"{C}pt")
        values = {int(point.get("idx")): float(point[0].text) for point in cached}
        words = {
            int(label.find(f"{C}idx").get("val")): " ".join(
                "".join(text.text for text in line.iter(f"{A}t")).strip() for line in label.iter(f"{A}p")
            )
            for label in one.iter(f"{C}dLbl")
        }
        common = one.find(f"{C}spPr")[0].tag.removeprefix(A)
        fills = dict.fromkeys(values, common)
        for point in one.iter(f"{C}dPt"):
            if point.find(f"{C}spPr") is not None:
                fills[int(point[0].get("val"))] = point.find(f"{C}spPr")[0].tag.removeprefix(A)
        name = one.find(f"{C}tx").findtext(f".//{C}v")
        found.append(Series(name, values, words, fills, one.getparent().tag == f"{C}barChart"))
    return found


def names_of(made):
    return [one.findtext(f"{C}v") for one in next(etree.fromstring(made.xml).iter(f"{C}cat")).iter(f"{C}pt")]


@pytest.fixture(scope="module")
def native(ledger_at):
    """A chart by name and language, as declared and as Office draws it."""

    def drawn(name, language="fr"):
        declared = chart(ledger_at("2026-11-24"), name, language)
        return declared, next(native_charts([declared]))

    return drawn


def plain(text):
    return " ".join(text.replace("\u00a0", " ").replace("▶", "").split())


@pytest.mark.parametrize("language", ["fr", "de", "nl", "en"])
@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_says_what_its_picture_says(native, name, language):
    declared, made = native(name, language)
    series = series_of(made)
    for at, mark in enumerate(declared.marks):
        said = [plain(one.words[at]) for one in series if at in one.words]
        whole = plain(mark.text or mark.words)
        if declared.kind == "ranges":  # "between 5% and 24%": an end on each side
            assert len(said) == 2
            assert all(one in whole for one in said)
        else:
            assert said == [whole]
    assert names_of(made) == [
        f"{mark.label}\n{mark.detail}" if mark.detail else mark.label for mark in declared.marks
    ]


@pytest.mark.parametrize("name", DRAWN)
def test_the_workbook_holds_the_rows_that_are_drawn_and_no_clock(native, name):
    _, made = native(name)
    sheet = openpyxl.load_workbook(BytesIO(made.workbook)).active
    names, *columns = [*sheet.iter_cols(values_only=True)]
    assert [*names[1:]] == names_of(made)
    for (head, *cells), one in zip(columns, series_of(made), strict=True):
        assert head == one.name
        assert {at: cell for at, cell in enumerate(cells) if cell is not None} == one.values
    assert native(name)[1] == made


def test_a_range_reaches_from_its_lower_to_its_upper_bound(native):
    declared, made = native("coverage_over_time")
    below, between, upper, lower = series_of(made)
    for at, mark in enumerate(declared.marks):
        low, high = map(float, mark.ends)
        assert below.values[at] == lower.values[at] == pytest.approx(low)
        assert below.values[at] + between.values[at] == pytest.approx(high) == upper.values[at]
    assert {*below.fills.values()} == {"noFill"}
    assert (below.is_bar, between.is_bar, upper.is_bar, lower.is_bar) == (True, True, False, False)


def test_what_is_counted_is_a_dot_with_one_value(native):
    """Données fictives: one call counted site by site has no second end, so no bar."""
    declared, _ = native("coverage_over_time")
    counted = Quantity.exact(Decimal("0.5"), "share")
    marks = (*declared.marks[:-1], replace(declared.marks[-1], quantity=counted))
    made = next(native_charts([replace(declared, marks=marks)]))
    _, between, upper, lower = series_of(made)
    last = len(marks) - 1
    assert last not in between.values
    assert last not in lower.words
    assert plain(upper.words[last]) == "50 %"
    dots = etree.fromstring(made.xml).findall(f".//{C}symbol[@val='circle']")
    assert len(dots) == 1


def test_steps_begin_where_the_ones_before_end_and_add_up(native):
    """Press kit of 2020: 85 million for Cyberclasse, 7 124 359 euros for connectivity."""
    declared, made = native("cumulated_investment")
    before, *parts, _ = series_of(made)
    at, total = 0.0, len(declared.marks) - 1
    for row, part in enumerate(parts):
        assert before.values.get(row, 0.0) == pytest.approx(at)
        assert part.values[row] == part.values[total]
        at += part.values[row]
    assert parts[1].values[1] == pytest.approx(84_500_000)
    assert parts[3].values[3] == pytest.approx(7_124_359)
    assert at == pytest.approx(float(declared.marks[total].ends[0]))


def test_tracks_end_at_the_whole_and_what_cannot_be_compared_has_none(native):
    declared, made = native("coverage_by_programme")
    bars = series_of(made)[:-1]
    for row, mark in enumerate(declared.marks):
        pieces = [one.values[row] for one in bars if row in one.values]
        if mark.quantity is None:
            assert pieces == []
            continue
        assert sum(pieces) == pytest.approx(1)
        assert bars[0].values[row] == pytest.approx(float(mark.ends[0]))
        most = 1 if mark.ends[1] is None else float(mark.ends[1])  # what has no upper end may be the whole
        assert 1 - bars[-1].values[row] == pytest.approx(most)


def test_bounds_are_pale_pieces_and_no_bar_of_a_bound_is_drawn_twice(native):
    """Cyberclasse cost 85 million, which is rounded: half a million less or more (the press kit)."""
    declared, made = native("budget_by_programme")
    sure, between, _ = series_of(made)
    rows = [mark.label for mark in declared.marks]
    at, opened = rows.index("Cyberclasse"), rows.index("École Numérique")
    assert (sure.values[at], between.values[at]) == (84_500_000, 1_000_000)
    assert sure.values[opened] == float(declared.marks[opened].ends[0])
    assert opened not in between.values
    ends = {row: column.words[row] for column in series_of(made) for row in column.words}
    assert [row for row, words in ends.items() if words.startswith("▶")] == [opened]


def test_planned_amounts_are_hatched_and_the_rest_is_hollow(native):
    _, planned = native("plan_budgets")
    _, items = native("cyberclasse_components")
    assert {*series_of(planned)[0].fills.values()} == {"pattFill"}
    assert [*series_of(items)[0].fills.values()][-1] == "noFill"


def test_a_value_that_comes_later_is_seen_in_the_colour_of_its_series(native):
    """Somebody who types a number for a call that has none yet must see its bar."""
    _, made = native("winners_per_call")
    bars, words = series_of(made)
    assert len(bars.values) == 7
    assert {*bars.fills.values()} == {"solidFill"}
    assert plain(words.words[7]) == "non connu"
    series = next(etree.fromstring(made.xml).iter(f"{C}ser"))
    assert series.find(f"{C}spPr")[0].tag == f"{A}solidFill"


def test_what_office_draws_otherwise_stays_a_picture(ledger_at):
    ledger = ledger_at("2026-11-24")
    drawn = {name: is_native(chart(ledger, name, "fr")) for name in CHARTS}
    assert not any(drawn[name] for name in PICTURES)
    assert all(drawn[name] for name in DRAWN)
