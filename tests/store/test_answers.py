"""Which of several published numbers is the value (issue 3: rank, then precision, then date)."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ennum_stats.figures.listings import source_rows
from ennum_stats.periods import Period
from ennum_stats.quantities import Bounds, Precision, Quantity, Reason
from ennum_stats.store import answers
from ennum_stats.store.files import RowsGiven
from ennum_stats.store.known_rows import known_rows, values_known
from ennum_stats.typography import fold
from ennum_stats.vocabulary import DIMENSIONS

RANKS = {"official": 0, "parliament_answer": 1, "press": 2, "parliament_question": 3, "political": 3}


def published(value, kind="press", day="2018-06-06", precision="exact", step="1", name=""):
    known = date.fromisoformat(day)
    quantity = Quantity.printed(Decimal(value), "EUR", Precision(precision), Decimal(step))
    source = answers.Source(name or f"{kind}-{day}", "", "", kind, day, None, known, RANKS[kind])
    subject = dict.fromkeys(DIMENSIONS) | {
        "programme": "ecole_numerique", "call": "EN2018", "territory": "wallonia", "stage": "awarded",
    }  # fmt: skip
    observation = answers.Observation(
        name or f"{kind}-{day}-{value}", "budget_awarded", None, None, quantity, Decimal(step), "A",
        None, "article", None, source, **subject,
    )  # fmt: skip
    return answers.BoundedObservation(observation, quantity.bounds)


def value(choice):
    return int(choice.chosen.observation.quantity.value)


def test_an_official_document_wins_over_a_later_one_of_the_press():
    """EN2018: 6,910,088 in the kit of 2020; 7.5 million in Regional-IT of July 2021."""
    kit = published("6910088", "official", "2020-01-31")
    press = published("7500000", "press", "2021-07-05", "rounded", "100000")
    choice = answers.choose([press, kit])
    assert value(choice) == 6910088
    assert choice.conflicting == (press,)


@pytest.mark.parametrize("other", ["parliament_question", "political"])
def test_the_press_wins_over_a_question_and_a_party(other):
    assert value(answers.choose([published("1", other, "2021-01-01"), published("2", "press")])) == 2


def test_an_answer_in_parliament_wins_over_the_press():
    assert value(answers.choose([published("1", "parliament_answer"), published("2", day="2021-01-01")])) == 1


def test_of_those_that_are_compatible_the_most_precise():
    """EN2018 in June 2018: "6,850 millions" and "6.8 millions" (to 6.85): the first."""
    precise = published("6850000", precision="rounded", step="1000")
    rough = published("6800000", day="2018-06-30", precision="rounded", step="100000")
    choice = answers.choose([rough, precise])
    assert value(choice) == 6850000
    assert choice.conflicting == ()


def test_of_those_that_are_not_compatible_the_latest():
    """EN2017: 500 chosen by the jury in June 2017, 570 published in October."""
    assert (
        value(answers.choose([published("570", day="2017-10-10"), published("500", day="2017-06-27")])) == 570
    )


numbers = st.builds(
    published,
    st.integers(1, 50).map(lambda n: str(n * 1000)),
    st.sampled_from(sorted(RANKS)),
    st.dates(date(2000, 1, 1), date(2024, 12, 31)).map(date.isoformat),
    st.sampled_from(["exact", "rounded", "about"]),
    st.sampled_from(["1", "1000", "10000"]),
)


@given(st.lists(numbers, min_size=1, max_size=6))
def test_the_others_are_never_lost(candidates):
    choice = answers.choose(candidates)
    apart = [c for c in candidates if not c.bounds.overlaps(choice.chosen.bounds)]
    assert list(map(id, choice.conflicting)) == list(map(id, apart))
    assert id(choice.chosen) in set(map(id, candidates)) - set(map(id, apart))
    best = min(candidate.observation.source.rank for candidate in candidates)
    taken = choice.confirming or choice.chosen
    assert taken.observation.source.rank == best
    if choice.confirming:
        assert choice.chosen.observation.known_on < taken.observation.known_on
        assert choice.chosen.bounds.intersection(taken.bounds).ends == choice.chosen.bounds.ends


@given(st.lists(numbers, min_size=1, max_size=6))
def test_no_later_number_that_agrees_takes_knowledge_away(candidates):
    """Day by day, a number that is wider and holds all that was said before takes nothing from it."""
    days = sorted({c.observation.known_on for c in candidates})
    for before, after in pairwise(days):
        then = answers.choose([c for c in candidates if c.observation.known_on <= before]).chosen
        now = answers.choose([c for c in candidates if c.observation.known_on <= after]).chosen
        low, high = now.bounds.ends
        is_wider = (low, high) != then.bounds.ends and low <= then.bounds.lower and then.bounds.upper <= high
        assert not is_wider or now.observation.known_on <= before


def test_a_later_number_that_says_less_confirms_a_sharper_one():
    """Cyberécole, primary schools: 1,773 (question in parliament of 2006); "more than 1,700" (press kit, 2020)."""
    exact = published("1773", "parliament_question", "2006-12-31")
    more = published("1700", "official", "2020-01-31", "more_than", "100")
    choice = answers.choose([more, exact])
    assert (choice.chosen, choice.confirming, choice.conflicting) == (exact, more, ())
    assert answers.choose([published("1650", "parliament_question", "2006-12-31"), more]).chosen == more
    later = published("1773", "parliament_question", "2022-12-31")
    assert answers.choose([more, later]).chosen == more


@given(st.lists(numbers, min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_documents_does_not_matter(candidates, random):
    shuffled = list(candidates)
    random.shuffle(shuffled)
    one, other = answers.choose(candidates).chosen, answers.choose(shuffled).chosen
    assert one.bounds == other.bounds
    assert one.observation.known_on == other.observation.known_on


def test_the_day_of_a_document_is_no_finer_than_it_is_printed():
    known = date(2020, 1, 31)
    printed = answers.Source("a", "", "", "press", "2020-01", None, known, 2)
    undated = answers.Source("b", "", "", "press", None, None, known, 2)
    assert printed.day == Period("2020-01")
    assert undated.day == Period("2020-01-31")


def test_titles_are_in_the_language_in_which_they_were_read(ledger_at):
    """Two of the ledger's documents have English titles: those of a newspaper and of a laboratory."""
    sources = {o.source for o in ledger_at("2026-11-24").all_observations()}
    english = {source.publisher for source in sources if source.title_language == "en"}
    assert english == {"The Brussels Times", "Labo Société Numérique"}
    assert {source.title_language for source in sources} == {"fr", "en"}


def test_titles_are_typeset_for_people_and_as_written_for_programs(ledger_at):
    """In French the publisher and the day stand before a title, also of "The Brussels Times, février 2020 : …"."""
    ledger = ledger_at("2026-11-24")
    written = dict(ledger.query("SELECT source_id, title FROM sources"))
    for row in source_rows(ledger):
        source = ledger.source(row["source_id"])
        assert row["title"] == source.title_as_written == written[source.source_id]
        assert not re.search(r" [:;!?»]|« |'", source.title + source.publisher)
        assert fold(source.title) == fold(source.title_as_written)


def test_a_sum_with_a_part_that_is_not_known_is_only_a_lower_bound():
    known = answers.Known(Quantity.exact(3, "projects"))
    found = answers.sum_of_known([known, answers.Missing(Reason.NOT_YET_KNOWN), known])
    assert found.quantity.value is None
    assert found.quantity.bounds == Bounds(Decimal(6), None)
    assert answers.sum_of_known([known, known]).quantity == Quantity.exact(6, "projects")


@pytest.mark.parametrize(
    ("table", "column"),
    [("sources", "known_on"), ("observations", "known_on"), ("lists", "known_on"), ("prices", "known_on"),
     ("registers", "as_of"), ("releases", "announced_on")],
)  # fmt: skip
def test_a_row_is_known_from_its_day_on(table, column):
    """Of three rows, of the day before, the day and the day after, two are."""
    before, day, after = (date(2020, 1, 30), date(2020, 1, 31), date(2020, 2, 1))
    query = known_rows(table)
    with duckdb.connect() as connection:
        connection.register(table, RowsGiven(pl.DataFrame({column: [before, day, after]})))
        known = connection.execute(query, values_known(query, day, lambda _: [])).fetchall()
    assert sorted(known) == [(before,), (day,)]
