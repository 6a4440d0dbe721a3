"""Rows of three states: whatever people did to a table, their rows stay, and ours are those of today."""

from hypothesis import given
from hypothesis import strategies as st

from ennum_stats.office.refresh.row_merge import merged

HEAD = ("Appel", "Projets")
NAMES = st.lists(st.sampled_from(["EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019"]), unique=True)
VALUES = st.sampled_from(["1", "2", "3"])


@st.composite
def tables(draw):
    """A table as it was written, what a person made of it, and the table of today."""
    written = [(name, draw(VALUES)) for name in draw(NAMES)]
    today = [(name, draw(VALUES)) for name in draw(NAMES)]
    found = [row for row in written if draw(st.integers(0, 4))]
    mine = [(f"à moi {number}", draw(VALUES)) for number in range(draw(st.integers(0, 3)))]
    for row in mine:
        found.insert(draw(st.integers(0, len(found))), row)
    return [HEAD, *written], [HEAD, *found], [HEAD, *today], mine


def applied(found, today, merge):
    """The table after the merge, made row by row as a document is."""
    rows = {place: [today[merge.changed[place]] if place in merge.changed else row]
            for place, row in enumerate(found)}  # fmt: skip
    made = {}
    for number, before in merge.added:
        after = made.get(before) or rows[merge.places[before]]
        after.append(today[number])
        made[number] = after
    for place in merge.removed:
        rows[place] = rows[place][1:]
    return [row for place in sorted(rows) for row in rows[place]]


@given(tables())
def test_rows_of_people_stay_and_the_others_are_of_today(states):
    written, found, today, mine = states
    merge = merged(written, found, today)
    after = applied(found, today, merge)
    assert [row for row in after if row in mine] == [row for row in found if row in mine]
    assert [found[place] for place in merge.kept if found[place] in mine] == [r for r in found if r in mine]
    assert all(row in today for row in after if row not in mine)
    names = [row[0] for row in after]
    assert len(names) == len(set(names))
    taken_out = {row[0] for row in written} - {row[0] for row in found}
    missing = {row[0] for row in today} - set(names)
    assert missing <= taken_out  # what a person took out does not come back


@given(tables())
def test_a_table_that_nobody_touched_becomes_that_of_today(states):
    written, _, today, _ = states
    after = applied(written, today, merged(written, written, today))
    assert sorted(after) == sorted(today)


def test_other_columns_are_no_longer_ours():
    assert merged([HEAD, ("EN1", "28")], [("Appel",), ("EN1",)], [HEAD]) is None
