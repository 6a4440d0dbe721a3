"""What a number over calls says of all of them: at least so much, while one that took place is not known."""

import random
from datetime import date, timedelta
from itertools import product

import pandas as pd
import pytest

import ennum_stats
from ennum_stats.figures import figures
from ennum_stats.measures.budgets import programme_budget, whole_of_calls
from ennum_stats.measures.calls import CallCalendar, Whole
from ennum_stats.opening import store_of
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Known, Missing

CALLS = ("A", "B", "C", "D")
DAYS = [date(2017, 7, 1) + timedelta(days=91 * n) for n in range(21)] + [date(2026, 11, 24)]


def known(number):
    return Known(Quantity.exact(number, "projects"))


@pytest.mark.parametrize("seed", range(40))
def test_a_total_holds_whatever_is_not_known(seed):
    """Tried with every number of projects from 0 to 3 for the calls that are not known."""
    rng = random.Random(seed)  # noqa: S311
    told = {call: rng.randint(0, 3) for call in CALLS if rng.random() < 0.6}
    took_place = tuple(call for call in CALLS if call in told or rng.random() < 0.5)
    calendar = CallCalendar(CALLS, (), took_place, is_listed=True, sets={})
    whole = calendar.whole(told)
    parts = [known(told[c]) if c in told else Missing(Reason.NOT_COLLECTED) for c in took_place]
    total = whole.total(parts)
    lacking = [call for call in took_place if call not in told]
    assert whole.covered == tuple(call for call in CALLS if call in told)
    assert whole.not_known == tuple(lacking)
    truths = {sum(told.values()) + sum(more) for more in product(range(4), repeat=len(lacking))}
    if not told:
        assert isinstance(total, Missing)
        return
    low, high = total.quantity.bounds.ends
    assert low == min(truths)
    assert all(low <= truth <= high for truth in truths)
    assert (total.quantity.value is None) == bool(lacking)
    assert high.is_infinite() == bool(lacking)


def test_what_is_not_listed_is_open():
    assert Whole(("A",), is_listed=False).of(known(3)).quantity.bounds.upper is None
    assert Whole(("A",)).of(known(3)) == known(3)


@pytest.mark.filterwarnings("ignore::ennum_stats.NothingCollected")
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_amounts_by_year_and_by_programme_are_one_total(ledger_at, day):
    """Documents before the kit of January 2020 list no programmes; EN2020 closed on 4 March 2020, and its
    budget was published in June; EN2021 closed on 17 December 2021, and its budget is not published."""
    ledger = ledger_at(day.isoformat())
    store = store_of(ledger)
    is_before_budget = date(2020, 3, 4) <= day < date(2020, 6, 30)
    is_open = day < date(2020, 1, 31) or is_before_budget or day >= date(2021, 12, 17)
    assert whole_of_calls(ledger).is_closed != is_open
    total = store.total("budgets")
    if total.empty:  # nothing was known of any amount
        assert day < date(2018, 6, 6)
        return
    whole = total.iloc[0]
    assert bool(whole[["value", "upper"]].isna().all()) == is_open
    if day >= date(2020, 1, 31):
        by_year = store.total("budgets", by="year").iloc[0]
        for end in ("value", "lower", "upper"):
            assert (pd.isna(by_year[end]) and pd.isna(whole[end])) or by_year[end] == whole[end]
        lacking = store.budgets(by="year")["calls_not_known"].explode()
        assert lacking.isin(["EN2020", "EN2021"]).any() == is_open


def test_shares_and_sites_of_the_whole_have_no_upper_end(ledger_at):
    """Of EN1 to EN2020: 1,724 and 310 others of EN1 to EN3 at most."""
    store = store_of(ledger_at("2026-11-24"))
    row = store.coverage(universe="implantations").set_index(["programme", "basis"])
    whole = row.loc[("ecole_numerique", "convention")]
    assert whole[["sites", "sites_upper", "share", "share_upper"]].isna().all()
    assert whole["sites_lower"] == 1724
    named = store.coverage(calls=["EN1_EN2020"], universe="implantations").set_index("basis")
    assert named.loc["convention", "sites_upper"] == 2034
    assert store.figure("en_coverage_all_calls").text("en") == "at least 44.7%"
    view = store.sql("FROM coverage WHERE programme = 'ecole_numerique'").iloc[0]
    assert view[["sites_upper", "share_upper"]].isna().all()
    for name in ("budgets_by_programme", "winners_by_call"):
        frame = store.sql(f"FROM {name}")
        uppers = [column for column in frame.columns if column.split("_")[-1] == "upper"]
        assert uppers
        assert frame[uppers].isna().all(axis=None)


def test_a_total_of_the_twenty_years_is_closed(ledger_at):
    total = programme_budget(ledger_at("2026-11-24"), "ecole_numerique", date(2019, 12, 31))
    assert total.quantity.bounds.ends == (25_064_172, 25_065_172)


def test_a_call_awards_on_the_same_days_everywhere(ledger_at):
    """EN2020 opened in January 2020: its 8.65 to 8.75 million are of that year alone."""
    store = store_of(ledger_at("2026-11-24"))
    by_call = store.budgets(by="call")
    spread = ennum_stats.sum_bounds(ennum_stats.allocate(by_call), by="year").set_index("year")
    years = store.budgets(by="year").set_index("year")
    assert spread.loc[2020, "upper"] == years.loc[2020, "upper"] == 8_750_000
    assert spread.loc[2019, "upper"] < years.loc[2019, "upper"]
    real = store.budgets(by="call", prices="real:2024").set_index("call").loc["EN2020"]
    index = store.sql("SELECT year, index FROM prices WHERE year IN (2020, 2024)").set_index("year")["index"]
    assert real["value"] == pytest.approx(8_700_000 * float(index[2024]) / float(index[2020]))
    with pytest.raises(ennum_stats.UsageError, match=r"store.total"):
        ennum_stats.sum_bounds(store.budgets(by="year"))


def numbers_told(store):
    """Every number with bounds of figures, measures and views for other tools, under what names its row."""
    for one in figures(store):
        yield ("figure", one.name), one.quantity.bounds.ends if one.quantity else None
    frames = {(name, by): store.measure(name, by=by).frame() for name, by in MEASURES}
    frames |= {("view", name): store.sql(f"FROM {name}") for name in VIEWS}
    for table, frame in frames.items():
        named = [column for column in ROW_NAMES if column in frame]
        for row in frame.to_dict("records"):
            for lower in (column for column in frame if column.endswith("lower")):
                stem = lower.removesuffix("lower")
                ends = [row[f"{stem}{end}"] for end in ("lower", "upper")]
                known = [pd.notna(end) for end in ends]
                ends = [
                    end if is_known else other
                    for end, is_known, other in zip(ends, known, (-INFINITY, INFINITY), strict=True)
                ]
                yield (*table, *(str(row[n]) for n in named), stem), ends if any(known) else None


INFINITY = float("inf")
ROW_NAMES = ("programme", "call", "year", "component", "basis", "universe", "school_year", "calls_covered")
MEASURES = [
    ("budgets", "programme"), ("budgets", "year"), ("winners", "call"), ("coverage", "programme"), ("coverage", "year"),
]  # fmt: skip
VIEWS = ("budgets_by_programme", "coverage", "winners_by_call")


@pytest.fixture(scope="module", params=["EN2019", "EN2021"])
def lacking(request, lacking_en2019, ledger_at):
    """A store in which the winners and the budget of a call that took place are not known, the call, and what is
    told."""
    store = store_of(ledger_at("2026-11-24"))
    if request.param == "EN2019":
        store = ennum_stats.open(lacking_en2019.root, known_at="2026-11-24")
    return store, request.param, {name: ends for name, ends in numbers_told(store) if ends}


@pytest.mark.filterwarnings("ignore::ennum_stats.NothingCollected")
@pytest.mark.parametrize(("projects", "euros"), [(0, 0), (700, 60_000_000)])
def test_what_is_told_without_a_call_holds_whatever_it_was(lacking, projects, euros):
    """Every sum, share and number of sites, whatever number of projects and euros the call had."""
    store, call, told = lacking
    scenario = store.scenario(projects_awarded={call: projects}, budget_awarded={call: euros})
    compared = {name: (told[name], ends) for name, ends in numbers_told(scenario) if ends and name in told}
    scenario.connection.close()
    assert len(compared) > 150
    narrow = {
        name: (known, ends)
        for name, (known, ends) in compared.items()
        if not (float(known[0]) <= float(ends[0]) + 1e-6 and float(ends[1]) <= float(known[1]) + 1e-6)
    }
    assert narrow == {}
    whole = told["figure", "en_projects_2012_2019"]
    assert [float(end) for end in whole] == ([1_206, INFINITY] if call == "EN2019" else [1_709, 1_709])
